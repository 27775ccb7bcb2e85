"""The dates in a sentence by which something is to be reached, and those before the plan (2020年达到2万张); dates that
only refer to a time, as 比2020年 and 2022年起, are left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from extractors import expressions as re
from extractors.targets.words import COMPARED_WITH
from extractors.vocabulary.dates import BARE_MONTH, CENTURY_YEAR, COMING_YEAR, FIVE_YEAR, five_year_period, integer
from extractors.vocabulary.numerals import HAN_DIGIT, ONES
from extractors.vocabulary.quantities import half_width

# 2025, 二〇二五, 1998, 一九九八: years before FIRST_YEAR_NOW count in plans of that time only
FIRST_YEAR_NOW = 2000
YEAR = rf"(?:{COMING_YEAR}|19[5-9]\d|一九[五六七八九]{HAN_DIGIT})"
# 到2025年底前, 力争2023年, 2021—2023年, 2024年6月底前
NAMED_YEAR_DATE = re.compile(
    rf"(?P<lead>(?:到|至|截至|截止到?|力争在?|争取在?|确保在?|计划在?|原则上|于|在|自|从|相?(?:(?<!占)比|较)|相对|与|同|以|对比|由|按照?){{1,4}})?"
    rf"(?P<from>{YEAR}\s?年?\s?(?:[-—–~－]{{1,2}}|至|到)\s?)?(?<!\d)(?P<year>{YEAR})\s?(?:年(?![均报鉴版代])|(?=年均)|(?=(?:、{YEAR})*[、和及与]{YEAR}年))"
    rf"(?P<part>年?[底末]|内|\s?(?P<month>1[0-2]|0?[1-9])\s?月\s?(?:[底末]|初(?=(?:以|之)?前)|\d{{1,2}}\s?日)?|(?P<half>[上下])半年"
    rf"|第?(?P<quarter>[{ONES[:4]}1-4])季度[底末]?|(?:国庆|元旦|春节|中秋|重阳|五一|六一|“?七一”?|教师)节?(?=(?:以|之)?前))?"
    r"(?P<before>年?(?:以|之)?前)?"
)
# 6月底前, 年底前, 年内, 第三季度末, 上半年: the year is the plan's; not 每年6月底, 次年3月, 去年底, 3—6月
YEARLESS_DATE = re.compile(
    r"(?P<lead>(?:到|至|截至|力争在?|争取在?|确保在?|计划在?|于|在){0,2})(?:(?P<this>今年|明年|本年度?|[今明本](?=年[底末]))"
    r"|(?<![每次隔逐前后个第去往历翌明来\d年月—–~－-])(?<!(?<!以)上))"
    rf"(?:(?P<month>{BARE_MONTH})\s?月份?\s?(?:[底末]|初(?=(?:以|之)?前)|[上中下]旬|\d{{1,2}}\s?日)?"
    rf"|第?(?P<quarter>[{ONES[:4]}1-4])季度[底末]?|(?P<half>[上下])半年|年年?[底末]|(?P<within>(?<=[今明本]年)内|(?<![{ONES}十两几多半全当同])年内))(?P<before>(?:以|之|结束)?前)?"
)
# 上半年|投资完成率达到: how far something has got by then; not 上半年考评分值
SET_FOR = re.compile(
    r"(?:[\u4e00-\u9fff]{2,16}(?:率|进度|比例))?(?:力争|确保|均|全部)*(?:达到?(?![标产])|不低于|超过)|(?:全面|基本)?(?:完成(?!情况|率)|建成|出台|上线|启用|投用|投产|投入|开工|实现|竣工|通车|验收|交付|开通|运营|印发|发布)"
)
RECURRING = re.compile(r"(?:每年|每个?月|每季度?|次年|翌年|上年|去年|往年|历年|每)(?:年底)?\Z")
# 年初部署、年中指导、|年末检查: the times of every year
IN_EVERY_YEAR = re.compile(r"(?:年[初中]|平时|前期)[\u4e00-\u9fff]{2,4}[、和与]\Z")
REVIEWED = re.compile(r"(?:检查|考核|考评|总结|评估|督查|验收|盘点)")
# “十四五”期间, 规划期末
NAMED_PERIOD = re.compile(
    rf"{FIVE_YEAR}(?P<when>期间|时期|规划期|期?末|以来|(?=新增|累计|新?建成?|完成|培[育训]|引进|实现|计划|[、和及][“\"]?十[{ONES}]五))|(?P<plan>(?:本?规划)期(?:内|末|间))"
)
# what makes a year the point of comparison or the start
REFERS_BEFORE = re.compile(rf"(?:力争|争取|确保|计划|原则上)?(?:按|{COMPARED_WITH}|与|同|以|自|从|由|对比)")
REFERS_AFTER = re.compile(
    r"(?:建成|投用|投产|竣工|设立|成立|制定|发布|实施|完成|取得|开始|启动|开工|动工|修订|颁布|印发)的|起|以来|出台的|(?:底|末)?前?建成[\u4e00-\u9fff]{0,4}的|度|的?基础上|(?:不变|可比|现行|当年)?价|为基[期准数]|基[期准数]|相比|水平|同期|实现值|国务院|"
    rf"\s?[-—–~－]\s?{CENTURY_YEAR}"
)
# 制定|2024年|改造项目计划, 编制2023年、|2024年|项目清单: the year that a paper is for
DRAWN_UP = re.compile(rf"(?:制定|制订|编制|拟定|拟订|下达|发布|公布|印发|出台)(?:{YEAR}年?[、和及与至—－-])*\Z")
PAPER_OF_YEAR = re.compile(
    rf"(?:[、和及与至—－-]{YEAR}年)*[\u4e00-\u9fff]{{0,12}}(?:计划|方案|清单|目录|要点|预算|名单|台账|指南|任务书)(?![\u4e00-\u9fff])"
)
# 2000年之前|的老旧小区: which ones
OF_BEFORE_THEN = re.compile(r"的(?!目标|任务|要求|工作|确|[重主]|时间)[\u4e00-\u9fff]")
# 2024年|开工建设水库: a beginning, and 2021年|印发《…》: what a document is of; but 2024年底前|开工 is a limit
BEGINS_AFTER = re.compile(r"初?(?:开始|启动|开工(?!率)|动工)|修订|颁布|印发")
# 较|“十三五”末: a period that is only compared with
COMPARED_BEFORE = re.compile(rf"(?:{COMPARED_WITH}|较之)\Z")
# 与“十三五”末|相比, 在“十三五”末|的基础上: a period that is only compared with
COMPARED_PERIOD = re.compile(r"相比|的?基础上|水平|同期|实现值")
# 由“六五”期间|的73.6%提高到: a period with the level from which something changes
START_OF_CHANGE = re.compile(
    r"的?(?:平均)?\s?\d[^，,。；;]{0,16}?(?:提高|增加|增长|上升|扩大|发展|下降|降低|减少|降|缩[短小])[到至为]"
)
# 2020年|的2倍, 2020年|城镇建设用地规模的1.3倍: the year that a multiple is reckoned from
MULTIPLE = re.compile(
    r"(?:(?!达到|[提增扩]|超|控制|实现|[是为到])[^，,。；;、：:\d\n]){0,16}的\s?(?:约|近)?\d+(?:\.\d+)?\s?倍"
)
# （2021—2023年）: the period in the title of a plan of action
IN_BRACKETS = re.compile(r"[（(][^（）()]{0,6}\Z")
# 近期（2025年）供水能力达到…: the year of a stage is no title's
STAGE = re.compile(r"(?:[近中远]期|期)末?[（(]\Z")

# one of these is in every date: 2025年, 6月, 第三季度, “十四五”
DATE_CHARACTER = re.compile("[年月季期五]")
# 《…规划（2021—2025年）》
QUOTED_TITLE = re.compile(r"《[^《》]{0,100}》")

DateKind = Literal["date", "period", "past"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date by which something is to be done. `printed` is "2025", or with a month "2023-06", also where the text says
    year-end ("2023-12"). `kind` is `date`; `period` for the last year of a period (“十四五”期间); `past` for a year
    before the plan's period, or without one before its issue, so that what stands after it has been reached already.
    `firm` says that a word before it such as 到, 力争 or 计划 (but not 在 or 于 before a year) or 底, 末, 前 makes it a
    limit (到2023年), not only a year; a period is never firm. `start:end` is the place of the expression, such a word
    included, in the text that was read."""

    printed: str
    kind: DateKind
    start: int
    end: int
    firm: bool

    @property
    def year(self) -> int:
        """The year of the deadline."""
        return int(self.printed[:4])

    @property
    def within_year(self) -> bool:
        """Whether it is a month other than December, which many plans write for the year's end."""
        return self.printed[5:] not in ("", "12")


def deadlines(
    text: str, period: tuple[int, int] | None, issued: int | None = None, month: int | None = None
) -> Iterator[Deadline]:
    """The deadlines in the text, and the dates before the plan, as `past`, in order: '到2025年，…；2023年底前，…' ->
    2025, 2023-12. `period` is the first and last year of the plan, `issued` and `month` the year and month of its
    issue, None where not known.

    “十四五”期间 is the last year of that period. A year of comparison (比2020年), a start (2022年起) and dates in
    titles (《…（2021—2025年）》) are left out.

    A month without a year (6月底前) is of the year of the last date before it in the text that names a year and is not
    before the plan; else of the plan's year, if its period is a single one; else, in a plan without a period, of the
    year of its issue, if it is not before the month of issue. With 今年, 本年 or 明年 before it, it is of the year that
    this names, reckoned from the plan's single year, else from the year of issue, but then not where it is outside of
    the period or before the month of issue (`_year_of_this`). Where none of these holds, it is left out.
    """
    if not DATE_CHARACTER.search(text):
        return
    flat = _without_titles(text)
    years = list(_dates(flat, period, issued))
    found = [*years, *_periods(flat, period, issued), *_months(flat, years, period, issued, month)]
    yield from sorted(found, key=lambda deadline: deadline.start)


def _dates(flat: str, period: tuple[int, int] | None, issued: int | None) -> Iterator[Deadline]:
    """The deadlines of `flat` that name a year (2025年, 2024年6月底前) of 2000 to 2069, and in a plan that begins, or
    was issued, before 2000 also of 1950 to 1999; of a range the last (2021—2023年 -> 2023). Left out are 2025年版,
    2025年报, 2025年鉴 and 2020年代, and years that are only referred to: before 起, 以来 or the like (`_only_refers`);
    with an opening bracket at most six characters before (（2021—2023年）), unless words such as 近期 and the bracket
    stand right before (近期（2025年）); before the plan with 以前 and things of that time (2000年以前的小区); before a
    multiple (2020年的2倍); before 年均, unless the year ends a range; after 比, 较, 相对, 与, 同, 以, 自, 按 or 对比;
    and after 由 and 从, where a year that is more than one year before the plan counts, as `past`.

    `flat` is a text with half-width digits and NUL characters in place of titles in 《》; `period` and `issued` are
    those of `deadlines`; years before the first of the period, else before that of the issue, are `past`.
    """
    first = period[0] if period else issued
    for found in NAMED_YEAR_DATE.finditer(flat):
        lead, year = found["lead"] or "", _year(found["year"])
        before = flat[max(0, found.start() - 8) : found.start()]
        if _only_refers(flat, found) or (IN_BRACKETS.search(before) and not STAGE.search(before)):
            continue
        if MULTIPLE.match(flat, found.end()):
            continue
        if year < FIRST_YEAR_NOW and (first is None or first >= FIRST_YEAR_NOW):
            continue  # a plan of our time tells of 1998, and sets nothing for it
        past = first is not None and year < first
        if past and _says_of_when(flat, found):
            continue
        if past and lead in ("由", "从") and first is not None and year == first - 1:
            continue  # 由2020年的35%提高到60%: the year from which the plan reckons
        if flat.startswith("年均", found.end()) and not found["from"]:
            continue
        if REFERS_BEFORE.match(lead) and not (past and lead in ("由", "从")):
            continue
        firm = bool(
            (lead and lead not in ("在", "于")) or found["before"] or (found["part"] or "")[-1:] in ("底", "末")
        )
        yield Deadline(_printed(found, year), "past" if past else "date", found.start(), found.end(), firm)


def _months(
    flat: str, years: list[Deadline], period: tuple[int, int] | None, issued: int | None, issue_month: int | None
) -> Iterator[Deadline]:
    """The deadlines of `flat` that name a month, quarter, half-year or year-end without a year (6月底前, 年底, 年内),
    of the years that `deadlines` describes. Left out are those that `_yearless` leaves out, those that are part of one
    of `years`, the results of `_dates`, and those whose year is not known. `period`, `issued` and `issue_month` are the
    period, year and month of issue of `deadlines`."""
    single = period[0] if period and period[0] == period[1] else None
    for found in _yearless(flat):
        if any(date.start < found.end() and found.start() < date.end for date in years):
            continue
        month = _month(found)
        before = [date.year for date in years if date.end <= found.start() and date.kind == "date"]
        if found["this"]:
            year = _year_of_this(found["this"], month, period, issued, issue_month)
        else:
            year = before[-1] if before else single
        if year is None and not found["this"] and period is None and issue_month is not None and month >= issue_month:
            year = issued
        if year is None:
            continue
        firm = bool(found["lead"] or found["within"]) or _is_limit(found)
        yield Deadline(f"{year}-{month:02d}", "date", found.start(), found.end(), firm)


def _yearless(flat: str) -> Iterator[re.Match[str]]:
    """The matches of YEARLESS_DATE in `flat` that set a time for something: not those after 每年, 次年, 去年,
    年中指导、 or the like, those that only refer (`_only_refers`), 年内 in brackets, and a quarter or half-year that is
    no limit: without 前, 底 or 末, and without a verb of completion or a rate that is reached after it
    (上半年考评分值)."""
    for found in YEARLESS_DATE.finditer(flat):
        before_it = flat[max(0, found.start() - 8) : found.start()]
        every_year = IN_EVERY_YEAR.search(before_it) and REVIEWED.match(flat, found.end())
        if RECURRING.search(before_it) or every_year or _only_refers(flat, found):
            continue
        if found["within"] and IN_BRACKETS.search(before_it):
            continue  # （市财政局牵头，年内推进）: of the bracket alone
        if not (found["half"] or found["quarter"]) or _is_limit(found) or SET_FOR.match(flat, found.end()):
            yield found


def _is_limit(found: re.Match[str]) -> bool:
    """Whether the date, a match of YEARLESS_DATE or NAMED_YEAR_DATE, has 前 or ends with 底 or 末: 6月底, 9月30日前;
    not 6月, 上半年."""
    return bool(found["before"]) or found[0].endswith(("底", "末"))


def _without_titles(text: str) -> str:
    """The text in half width, with NUL characters for titles in 《》."""
    return QUOTED_TITLE.sub(lambda title: "\0" * len(title[0]), half_width(text))


def undated(text: str, known: Iterable[Deadline]) -> Iterator[tuple[int, int]]:
    """The start and end of the times in the text that set a limit in a year that is not known, so that `deadlines` has
    left them out: 9月底前 in a plan without a year. They are those of `_yearless` but for months without 前, 底 or 末,
    and do not touch any of `known`, the deadlines of the text. Such a time is no part of a subject."""
    if not DATE_CHARACTER.search(text):
        return
    for found in _yearless(_without_titles(text)):
        bare_month = found["month"] and not _is_limit(found)
        if not bare_month and all(found.end() <= date.start or date.end <= found.start() for date in known):
            yield found.span()


def _year_of_this(
    word: str, month: int, period: tuple[int, int] | None, issued: int | None, issue_month: int | None
) -> int | None:
    """The year that `word` names, 今年, 本年 or 明年 (or its first character), before the month `month`.

    Where the `period` is a single year, 今年 and 本年 are that year; 明年 is the next one if the plan was issued in
    that year (`issued`), else None. Elsewhere 今年 and 本年 are the year of issue and 明年 is the next: None where that
    is outside of the period, where the year or the month of issue (`issue_month`) is not known, and for a month of 今年
    before the month of issue.
    """
    next_year = word.startswith("明")
    if period and period[0] == period[1]:
        return None if next_year and issued != period[0] else period[0] + next_year
    if issued is None or issue_month is None or (not next_year and month < issue_month):
        return None
    year = issued + next_year
    return year if period is None or period[0] <= year <= period[1] else None


def _only_refers(flat: str, found: re.Match[str]) -> bool:
    """Whether the words of `flat` after the date `found`, a match of NAMED_YEAR_DATE or YEARLESS_DATE, make it a time
    that is only referred to (REFERS_AFTER: 2022年起, 2000年底前建成的), or a year, without 底 or 前, that of a paper
    that is drawn up for it (制定2024年改造计划); or, where no 以前 or the like ends it, that of
    a beginning or of a document (BEGINS_AFTER: 2024年开工建设, not 2024年6月底前开工)."""
    if REFERS_AFTER.match(flat, found.end()):
        return True
    if found[0].endswith("年") and DRAWN_UP.search(flat, 0, found.start()) and PAPER_OF_YEAR.match(flat, found.end()):
        return True
    return not found["before"] and BEGINS_AFTER.match(flat, found.end()) is not None


def _says_of_when(flat: str, found: re.Match[str]) -> bool:
    """Whether the date `found`, one before the plan with 以前 or 之前, says of what time things are:
    2000年之前的老旧小区; not 2000年前, 2020年之前的目标."""
    ends = found["before"] is not None and found["before"].endswith(("以前", "之前"))
    return ends and OF_BEFORE_THEN.match(flat, found.end()) is not None


def _month(found: re.Match[str]) -> int:
    """The last month of `found`, a match of YEARLESS_DATE or NAMED_YEAR_DATE: 6月底 -> 6, 第三季度 -> 9, 上半年 -> 6,
    下半年, 年底, 年内 -> 12."""
    if found["month"]:
        return integer(found["month"]) or 12
    if found["quarter"]:
        return 3 * (integer(found["quarter"]) or 4)
    return 6 if found["half"] == "上" else 12


def _periods(flat: str, period: tuple[int, int] | None, issued: int | None) -> Iterator[Deadline]:
    """The deadlines of `flat` that name a five-year period, with 期间, 末, 以来 or another word of NAMED_PERIOD after
    it (“十四五”期间; not “十四五”规划), or the plan's own `period` (规划期末): the last year, as `past` where the
    period ended before the plan's or, without one, the year of its issue, or 以来 follows. Left out are those that
    `five_year_period` does not know (“三五”期间); those that are only compared with: right after 比, 较 or 相对于
    (较“十三五”末), after 由 or 从 with the level from which something changes (START_OF_CHANGE), before 相比, 的基础上
    or another word of COMPARED_PERIOD, or before a multiple (“十三五”末的2倍); the period right before the plan's, or
    where that has none any earlier one, after 由 and 从; and the plan's own where `period` is None. None of them is
    `firm`."""
    first = period[0] if period else issued
    for found in NAMED_PERIOD.finditer(flat):
        years = five_year_period(found["five_year"]) if found["five_year"] else period
        before = flat[: found.start()]
        if years is None or COMPARED_BEFORE.search(before):
            continue  # 较“十三五”末
        if COMPARED_PERIOD.match(flat, found.end()) or MULTIPLE.match(flat, found.end()):
            continue  # 与“十三五”末相比, “十三五”末的2倍
        if before.endswith(("由", "从")) and START_OF_CHANGE.match(flat, found.end()):
            continue  # 由“六五”期间的73.6%提高到75%: the level that it starts from
        earlier = first is not None and years[1] < first
        if earlier and (period is None or years[1] == period[0] - 1) and before.endswith(("由", "从")):
            continue  # 由“十三五”末的50万吨提高到60万吨: the level from which the plan reckons
        past = earlier or found["when"] == "以来"
        yield Deadline(str(years[1]), "past" if past else "period", found.start(), found.end(), False)


def _year(printed: str) -> int:
    """The year that `printed`, digits or Chinese numerals, is: '二〇二五' -> 2025; 0 for what is no number."""
    return integer(printed) or 0


def _printed(found: re.Match[str], year: int) -> str:
    """`Deadline.printed` for `found`, a match of NAMED_YEAR_DATE with the year `year`: 2024年6月底前 -> '2024-06',
    2023年底 -> '2023-12', 2023年第三季度末 -> '2023-09', 2025年, 2025年上半年, 2025年国庆节前 -> '2025'."""
    if found["month"]:
        return f"{year}-{int(found['month']):02d}"
    if (found["quarter"] or found["half"]) and _is_limit(found):
        return f"{year}-{_month(found):02d}"
    return f"{year}-12" if (found["part"] or "")[-1:] in ("底", "末") else str(year)
