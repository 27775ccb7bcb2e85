"""Dates and periods as plans print them."""

from datetime import date

from extractors import expressions as re
from extractors.vocabulary.numerals import DIGIT, HAN_DIGIT, HAN_ZERO, ONES, ZERO, chinese_number

# 1998, 2025
CALENDAR_YEAR = r"(?:19|20)\d\d"
# 2025
CENTURY_YEAR = r"20\d\d"
# 2021, ２０２１, 二〇二一, 二O二一
PRINTED_YEAR = rf"(?:[12１２]{DIGIT}{{3}}|[一二]{HAN_DIGIT}{{3}})"
# 2021-2025, 2021—2025年, 2021至2025
YEAR_RANGE = rf"{PRINTED_YEAR}\s*年?\s*(?:[-－—–~～至]|——)+\s*{PRINTED_YEAR}\s*年?"
_OPEN_QUOTE = r"[“\"‘'「『＂]"
_CLOSE_QUOTE = r"[”\"’'」』＂]"
# “十四五” "十四五" ‘十四五’ 十四五: the group `five_year` is the ordinal
FIVE_YEAR = rf"{_OPEN_QUOTE}?(?P<five_year>十[{ONES}]|二十|[{ONES}])五{_CLOSE_QUOTE}?"
# 1, ０１, 十二, 〇八; 元月 is January
MONTH_NUMBER = rf"(?:{DIGIT}{{1,2}}|元|正|[{ZERO}][{ONES}]|十?[{ONES}十])"
# 29, 二十九, 廿八, 初一
DAY_NUMBER = rf"(?:{DIGIT}{{1,2}}|[{ZERO}][{ONES}]|[二三]?十?[{ONES}十]|[廿卅][{ONES}]?|初[{ONES}十])"
# 2022年1月29日, 二〇二二年一月二十九日, 2022-01-29, 2022.1.29, 2022/1/29
FULL_DATE = (
    rf"(?P<year>{PRINTED_YEAR})(?:年|[-.．／/－])(?P<month>{MONTH_NUMBER})(?:月|[-.．／/－])(?P<day>{DAY_NUMBER})日?"
)
# 2022年3月7日 星期一
WEEKDAY = rf"星期[{ONES[:6]}日天]"
FULL_DATE_RE = re.compile(FULL_DATE)
# 2021年9月15日, 二〇二一年九月: the date of a signature, also where a conversion put blanks into it
HAN_DIGITS = f"{HAN_ZERO}{ONES}"
PRINTED_DATE = re.compile(
    rf"[12二一][0-9{HAN_DIGITS}]{{3}}\s{{0,3}}年\s{{0,3}}[0-9{HAN_DIGITS}十]{{1,3}}\s{{0,3}}月"
    rf"(?:\s{{0,3}}[0-9{HAN_DIGITS}十]{{1,3}}\s{{0,3}}日)?"
)


def read_date(text: str) -> date | None:
    """The date at the start of a text: '二〇二二年一月二十九日' -> 2022-01-29; None where it starts with no date
    (FULL_DATE), or with one that is no day of the calendar."""
    found = FULL_DATE_RE.match(text)
    return date_of(found) if found else None


def date_of(found: re.Match[str]) -> date | None:
    """The day that a match of FULL_DATE names: 2022年1月29日 -> 2022-01-29; None where it is no day of the calendar
    (2月30日) or one of its parts is no number (`integer`)."""
    year, month, day = (integer(found[part]) for part in ("year", "month", "day"))
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def integer(text: str) -> int | None:
    """The number that digits or Chinese numerals stand for: '２０２１' -> 2021, '二○二一' -> 2021, '二十九' -> 29,
    '〇八' -> 8, '初五' -> 5; numerals as `chinese_number` reads them. 元 and 正 (of 元月, 正月) count as 一 wherever
    they stand, and a 初 before the numeral as nothing, but only beside Chinese numerals (None for '初5', '10元'). None
    for other text and ''."""
    if text.isdecimal():
        return int(text)
    if len(text) == 2 and text[0] in ZERO:  # 〇八
        text = text[1]
    return chinese_number(text.replace("元", "一").replace("正", "一").removeprefix("初"))


# 2025, 二〇二五, 二O二五: a year that a plan of our time may set
COMING_YEAR = rf"(?:20[0-6]\d|二[{ZERO}][{ZERO}{ONES[:6]}]{HAN_DIGIT})"
# 6, 12, 十二: a month without its year
BARE_MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{ONES}])"

# 2021—2025年, 2021年至2025年, 二〇二一至二〇二五年, 2022年1月至2024年12月
DATE_GAP = r"\s{0,3}"
REST_OF_YEAR = rf"(?:{DATE_GAP}年(?:{DATE_GAP}{MONTH_NUMBER}{DATE_GAP}月)?)?"
PERIOD_RANGE = (
    rf"(?P<from>{PRINTED_YEAR}){REST_OF_YEAR}{DATE_GAP}[-－—–―─~～至到]{{1,4}}{DATE_GAP}"
    rf"(?P<to>{PRINTED_YEAR}){REST_OF_YEAR}"
)
PERIOD_RANGE_RE = re.compile(rf"(?<!{DIGIT}){PERIOD_RANGE}(?!{DIGIT})")
# （2021—2025年）, (2025年-2027年): a bracket that holds nothing but the period
PERIOD_BRACKET = re.compile(rf"[（(【\[〔]{DATE_GAP}{PERIOD_RANGE}{DATE_GAP}[）)】\]〕]")
# “十四五”, 十五五, 第十四个五年规划, “九五”计划; not the 三五 of 二〇三五年, nor “八五”普法, which counts otherwise
FIVE_YEAR_PLAN = re.compile(
    rf"(?<!{HAN_DIGIT})(?<!十)(?:第(?P<n>二?十?[{ONES}十])个五年"
    rf"|(?P<m>二?十[{ONES}]|二十)五(?![年个项大位条])(?!{DIGIT})"
    r"|(?P<k>[六七八九])五[”\"’']?(?:计划|规划|时期|期间))"
)
# “十五” in quotation marks is the tenth plan
TENTH = re.compile(r"[“\"‘']十五[”\"’']")
# 2024年度上海市…工作要点, 2024年本县…方案: a plan of one year; not 2024年本, an edition
SINGLE_YEAR = re.compile(
    rf"(?<![到至])(?<!{DIGIT})(?P<year>{PRINTED_YEAR})年度?(?![版前底末远修]|本(?![省市县区州旗盟镇乡]))(?!{DIGIT})"
)
YEARLY_TITLE = re.compile(
    r"(?:计划|要点|安排|部署|重点工作|(?:工作|重点|目标)任务|任务分[工解]|(?:分解|分工|任务|责任)表|清单|台账|方案|(?:工作|指导|实施)意见|措施|政府工作报告|考[核评](?:实施)?(?:办法|细则)|目标责任书?)(?:[（(]草案[）)])?$"
)
# 2023年国民经济和社会发展计划执行情况与|2024年|国民经济和社会发展计划草案的报告: the plan is that of the second year
NEXT_YEARS_PLAN = re.compile(
    rf"(?:执行|完成|实施)情况(?:[与和及暨、]|以及)(?P<year>{PRINTED_YEAR})年[^《》。；，]{{0,30}}(?:计划|草案)(?:[（(]草案[）)])?(?:的?报告)?$"
)
# “十四五”规划2023年度实施计划: what one year does of a plan of several
YEARS_PART = re.compile(
    rf"(?<![-—–~～至到、和及与暨])(?P<year>{PRINTED_YEAR})年度?(?:实施|工作|推进|行动|重点)*(?:计划|方案|要点|任务|安排)(?:[（(][^（）()]{{1,12}}[）)])?$"
)


def five_year_period(ordinal: str) -> tuple[int, int] | None:
    """First and last year of a five-year plan by its number in Chinese (`chinese_number`): '十四' -> (2021, 2025), '九'
    -> (1996, 2000). None for those before the sixth (1981), which did not follow one another without a gap, for those
    after the thirtieth, and for other texts."""
    n = chinese_number(ordinal)
    if n is None or not 6 <= n <= 30:
        return None
    return 1951 + 5 * n, 1955 + 5 * n


def title_period(title: str) -> tuple[tuple[int, int], int, int] | None:
    """The first and last year of the period in a title, and the start and end of the words that state it, as offsets in
    the title: '渠县“十四五”规划' -> ((2021, 2025), 3, 6). None where the title states no period. The first of these
    that the title has:

    - the first pair of years that is a period (2021—2025年; `range_of`) outside of another document's title
      (`inside_title`);
    - the year of what one year does of a plan of several (YEARS_PART: “十四五”规划2023年度实施计划);
    - the last five-year period from the sixth to the thirtieth (FIVE_YEAR_PLAN: “十四五”, 第十四个五年; 六五 to 九五
      only right before 计划, 规划, 时期 or 期间, which belong to the words), wherever it stands;
    - “十五” in quotation marks, which belong to the words;
    - the year of the plan that follows the one reported on (NEXT_YEARS_PLAN: 2023年计划执行情况与2024年计划草案的报告);
    - the year of a title that ends as that of a yearly plan does (YEARLY_TITLE: 2024年工作要点), if it has only one
      single year (SINGLE_YEAR: not 2025年底, 2024年版) outside of another document's title.
    """
    for years in PERIOD_RANGE_RE.finditer(title):
        if not inside_title(title, years.start()) and (period := range_of(years)):
            return period, years.start(), years.end()
    if (part := YEARS_PART.search(title)) and (year := integer(part["year"])):
        return (year, year), *part.span("year")
    for found in reversed(list(FIVE_YEAR_PLAN.finditer(title))):
        if period := five_year_period(found["n"] or found["m"] or found["k"]):
            return period, found.start(), found.end()
    if tenth := TENTH.search(title):
        return (2001, 2005), tenth.start(), tenth.end()
    if following := NEXT_YEARS_PLAN.search(title):
        year = integer(following["year"])
        return ((year, year), *following.span("year")) if year else None
    single = [year for year in SINGLE_YEAR.finditer(title) if not inside_title(title, year.start())]
    if len(single) == 1 and YEARLY_TITLE.search(title) and (year := integer(single[0]["year"])):
        return (year, year), single[0].start(), single[0].end()
    return None


def inside_title(text: str, at: int) -> bool:
    """Whether the offset `at` of the text lies inside a title in 《》 or 〈〉, which is so where more opening than
    closing marks of a kind stand before it: the period in '贯彻《水网规划（2021—2035年）》实施方案' does.

    False for a text that ends with 》的批复, 》的决定 or 》的决议 and so only approves the titled document, because the
    period is then its own.
    """
    if text.endswith(("》的批复", "》的决定", "》的决议")):
        return False
    return text.count("《", 0, at) > text.count("》", 0, at) or text.count("〈", 0, at) > text.count("〉", 0, at)


def range_of(found: re.Match[str]) -> tuple[int, int] | None:
    """First and last year of a match of PERIOD_RANGE: '2021—2025年' -> (2021, 2025); None where they are equal, out of
    order or more than 40 years apart, longer than any plan, or where one is no number (`integer`)."""
    first, last = integer(found["from"]), integer(found["to"])
    if first is None or last is None or not 0 < last - first <= 40:
        return None
    return first, last
