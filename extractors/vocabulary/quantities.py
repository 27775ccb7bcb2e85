"""Quantities in Chinese text: a number with its comparator and unit, and where they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import get_args

from extractors import expressions as re
from extractors.reference import units
from extractors.reference.data_files import data_rows
from extractors.vocabulary.characters import UNREADABLE
from extractors.vocabulary.dates import CALENDAR_YEAR
from extractors.vocabulary.numerals import (
    HAN_DIGIT,
    NUMERAL_CHARACTER,
    ONES,
    WIDE_DIGITS,
    ZERO,
    exact_number,
    mixed_number,
)
from ontology.model.facts import Op

# １００％ -> 100%, ﹪ -> %, − -> -: one character for one, so that offsets hold.
# The full-width comma and colon stay: they part clauses.
WIDE_CHARACTERS = {0xFF01 + i: 0x21 + i for i in range(94) if chr(0xFF01 + i) not in "，；：？！"} | {
    ord(wide): ord(plain) for wide, plain in zip("﹪−　～∼〜", "%- ~~~", strict=True)
}
ANY_WIDE_CHARACTER = re.compile(f"[{''.join(map(chr, WIDE_CHARACTERS))}]")
# １，２３４ and 2，300亿元: a Chinese comma between thousands
WIDE_COMMA = re.compile(
    r"[0-9０-９](?<![0-9０-９.．,，][0-9０-９])[0-9０-９]{0,2}(?:，[0-9０-９]{3})+(?![0-9０-９])(?=\s?[.．万亿\u4e00-\u9fff%％‰A-Za-z]|\s*\Z)"
)
# 5,100: this comma parts no clauses
THOUSANDS_COMMA = r"(?<=\d),(?=\d{3}(?!\d))"
# 3·5%, ３．５: a point that was set in the middle, or wide; 320·399 may be a range, and stays
MIDDLE_POINT = re.compile(
    r"[·•・∙．](?<=[0-9０-９][·•・∙．])(?<![0-9０-９]{3}[·•・∙])(?=[0-9０-９])|[·•・∙](?<=[0-9０-９]{3}[·•・∙])(?=[0-9０-９]{1,2}(?![0-9０-９]))"
)
FIFTEEN = "巧"  # as which OCR reads 15: 巧0万千瓦
# 7,000万一9,000万吨: a dash that OCR read as 一
ONE_FOR_DASH = re.compile(r"一(?<=[0-9０-９万亿%％‰]一)(?=[0-9０-９])")
ANY_WIDE_DIGIT = re.compile("[０-９]")
# “一站式”, 《…2030》: what is quoted is a name, and its numbers are no quantities
QUOTED_NAME = re.compile(r"[“\"‘「『《〈][^“”\"‘’「」『』《》〈〉\n]{0,80}[”\"’」』》〉]")

# 1,234.5, 98, 2.10; the possessive quantifiers keep a refused number from being read in part
DIGITS_NUMBER = r"(?:\d{1,3}+(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?+"
# 13万2千, 1亿2000万, 2千5百: digits and scales in turn; a scale at the end is read with the unit (1.5万人)
MIXED = r"\d++(?:\.\d++)?[亿万千百](?:零?\d++[万千百](?=\d))*+零?\d++(?:[千百](?![瓦米克伏卡]))?+(?![.\d])"
# 十, 二十三, 一百零五, 十万零一千, 一点五
NUMERAL_NUMBER = (
    rf"(?<![〇零○{ONES}十百千两万亿几数点]){NUMERAL_CHARACTER}++(?:[万亿]{NUMERAL_CHARACTER}++)*+"
    rf"(?:[点·][〇零○{ONES}]++)?+"
)
# 突破 | 万亿元: so many 亿元; 上万亿元 and 几万亿元 say no number
MYRIAD_OF_MONEY = rf"(?<![\d.〇零○{ONES}十百千两万亿几数点多余])(?<!(?<![迈跨站跃登])上)万(?=亿美?元)"
NUMBER_EXPRESSION = rf"(?:{DIGITS_NUMBER}|{NUMERAL_NUMBER})"
# 1,234.5, -3
SIGNED_DIGITS = re.compile(r"[-+]?[\d,.]+")
YEAR_ALONE = re.compile(CALENDAR_YEAR)
# 1～5, 80%-85%, 10至15
RANGE_DASH = r"\s?(?:[-~—–－]{1,6}|至|到)\s?"
# 原则上不低于, 一般不超过, 不得少于, 不允许突破: words that change nothing of what is compared
HEDGE = r"(?:原则上|总体上?|一般|平均|努力|力争|最[高低多少](?=不))"
FORBIDDING = r"(?:[得能应宜可许准]|允许)"
UNHEDGED = re.compile(rf"^{HEDGE}|(?<=不){FORBIDDING}")
# 2.2:1, after the number
TO_ONE = r"\s?[:∶：]\s?1(?![\d.:∶：百千万亿])"
RATIO_COLON = rf"(?<=\d)(?={TO_ONE})[:：]"
# 10亿|篓, 1.2亿|Sm³: after a scale, one character that ends its item is a measure word, and letters are a unit, also
# where no list of units has them; without them the number would be of the scale alone
UNLISTED_UNIT = (
    rf"(?:{units.SCALE}(?:(?![余多内的和及与至到为以等时后者中前外年月日个点级能方分])[\u4e00-\u9fff]|[A-Za-z]{{1,6}}[²³]?)"
    r"(?=\s?(?:以[上下内]|左右|[，。；、：,;:\0\n]|\Z)))"
)
# what looks like a quantity and is none
SKIPPED = "|".join([
    # 2025年底, 2021—2025年, 2023年12月31日; 2021—2025 before 年均
    rf"(?<![\d.]){CALENDAR_YEAR}(?:{RANGE_DASH}{CALENDAR_YEAR})?\s?"
    r"(?:年(?!均)(?:\d{1,2}月(?:\d{1,2}日)?)?|(?=年均))",
    rf"(?<![\d.]){CALENDAR_YEAR}{RANGE_DASH}{CALENDAR_YEAR}(?![\d.])",
    # 二〇二五年, 二O二五年
    rf"[一二][九{ZERO}]{HAN_DIGIT}{{2}}年(?!均)",
    # 12月底, 6月30日
    r"(?<![\d.])\d{1,2}月(?:\d{1,2}日)?",
    # 第一个百年, 第3批
    rf"第\s?{NUMBER_EXPRESSION}",
    # 4+7, 1+N, 7×24小时, 1:1.2, 10:45:45, 3/5, but not 2.2:1 (TO_ONE)
    rf"\w{{1,4}}(?:\+\w{{1,4}})+|{DIGITS_NUMBER}\s?[×xX*]\s?\d+(?:小时)?"
    rf"|{DIGITS_NUMBER}(?!{TO_ONE})(?:[:∶：]{DIGITS_NUMBER})+",
    rf"{DIGITS_NUMBER}/{DIGITS_NUMBER}(?![万\d])",
    # 2 3岁, 6 .5%: digits set apart, which layout joins where it can tell what they are
    r"(?<![\d.])\d[\d.]*(?:[ \u3000]{1,3}\.?\d[\d.]*)+\s?[万亿]?[\u4e00-\u9fff%‰]",
    # 二次供水, 三次产业: the second or third of its kind, and no number of times
    r"二次(?:供水|加压|污染|装修|开发|创业|搬运|转运|分拣|能源|电池|分配|元|入侵|管网|泵房|利用|加工)"
    r"|三次(?:产业|采油|分配)",
    # 三分之二, 几十个, 数百家
    rf"(?![百千]分之){NUMBER_EXPRESSION}分之{NUMBER_EXPRESSION}|[几数]{NUMERAL_CHARACTER}+[万亿]?|(?:{NUMERAL_CHARACTER}|\d)+[几来][万亿]?\w?",
    # L 32亿吨, 1L5万吨: digits that were taken for letters
    r"(?<![A-Za-z])[lLIOoZS]\s?\d[\d.]*|\d[\d.]*[lLIOo]\s?\d[\d.]*",
    # 320·399亿元, 4 · 3万吨: a range whose dash was lost, or a number
    r"\d[\d.]*\s?[·•・∙]\s?\d[\d.]*",
    # 3H00亿元: a digit that was taken for a letter
    r"\d[\d.]*[A-Z]\d[\d.]*(?=[万亿])",
    # 1’200人次: thousands or a dash, set apart by a mark that Chinese numbers do not have
    r"\d[\d.,]*['’‘′]\d[\d.,]*",
    # 2一3天: a dash that was taken for a numeral
    r"\d[\d.]*一\d[\d.]*",
    # 1.2.3, v2.0
    r"\d++(?:\.\d++){2,}+",
    # PM2.5, H2O, 5A级, 4K, 5G
    r"[A-Za-z]+[-.]?\d[A-Za-z0-9.]*|\d+(?:A+级?|[GgKkDPNn](?![A-Za-z]))",
    # 60岁以上老人, 0-3岁婴幼儿, 满18周岁的: whom it is about
    rf"{DIGITS_NUMBER}(?:{RANGE_DASH}\d+)?\s?周?岁(?:[及或]?以[上下内]|之[上下内]|左右|上下)?+(?=[\u4e00-\u9fff])",
    # 近三年, 前5年: a stretch of time
    rf"(?:近|过去|未来|今后|前|头)\s?{NUMBER_EXPRESSION}\s?年(?:来|内|间)?",
    # 每千人口, 每百户, 每万人: what a rate refers to
    rf"每\s?{NUMBER_EXPRESSION}[万亿]?(?:[名位个]|年(?!均)|平方公里|亩|公里)?(?:老年人口?|常住人口|人口|人|户)?",
    r"每(?:万|亿)(?:名|位)?(?:老年人口?|常住人口|人口|人|户|元)?",
])  # fmt: skip
# What SKIPPED, a number, a hedge and 至少 begin with: every other place of a text is passed over at once.
OPENING_CHARACTERS = rf"\dA-Za-z+\-〇零{ONES}十百千万两第几数近过未今前头每原总一平努力最至不"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its comparators and its unit in a text; places are offsets in the text. `start:end` includes the
    comparators before and after it; `number_start:unit_end` is the number, range or ratio to 1 (2.2:1, whose value is
    2.2) with its unit alone (100万余人).

    `op` is what the comparators say, '=' without any, but '>' for 10余家. `high` is the upper end of a range (1～5年),
    whose lower end is `value`; None for a single number. `unit` is None without one, and has the scale with it (100 and
    万人 of 100万余人). `cue` is the comparator before the number as printed, with the words between the two
    (不低于人均, 至少开通), '' without one; `chinese` says that the number is in Chinese numerals or a share in words
    (百分之五), `more` that 余 or 多 follows its digits.
    """

    op: Op
    value: Decimal
    high: Decimal | None
    unit: str | None
    start: int
    number_start: int
    unit_end: int
    end: int
    cue: str
    chinese: bool
    more: bool = False


def quantities(text: str) -> Iterator[Quantity]:
    """The quantities in a text, in order, each with its place in `text`: '药品500个以上，耗材5类以上' -> (>= 500 个),
    (>= 5 类).

    Dates, ordinals, ages of whom it is about (60岁以上老人, not 60岁 alone), quoted numbers, names with digits and the
    like (SKIPPED) are no quantities. A Chinese numeral counts only with a unit after it and if it is not 0, a share in
    words (百分之五, 八成) always. Left out are quantities whose number cannot be read, whose comparators contradict
    each other (`operator`) or whose range does not ascend, and those beside a character that OCR could not read or,
    before them, 巧 (`_touches_hole`), because it may be a digit of them: �00个以上.
    """
    holed = UNREADABLE in text or FIFTEEN in text
    for found in quantity_pattern().finditer(masked(half_width(text))):
        if found["skip"] is not None:
            continue
        quantity = _fraction(found) if found["tenth"] else _plain(found)
        if quantity and not (holed and _touches_hole(text, quantity)):
            yield quantity


def _touches_hole(text: str, quantity: Quantity) -> bool:
    """Whether a character that OCR could not read (UNREADABLE) stands beside the quantity in `text`, in which it was
    found: before its first comparator, before its number, after its unit or after its last comparator, with up to two
    blanks between. It may be another digit, a decimal point or a ≥. In the first two places 巧, which OCR makes of 15,
    counts too."""
    edges = (quantity.start, quantity.number_start)
    before = any(text[max(0, at - 3) : at].rstrip().endswith((UNREADABLE, FIFTEEN)) for at in edges)
    return before or any(text[at : at + 3].lstrip().startswith(UNREADABLE) for at in (quantity.unit_end, quantity.end))


def half_width(text: str) -> str:
    """The text with full-width letters, digits and marks as half-width ones (WIDE_CHARACTERS), of the same length:
    '１００％，６０～７０' -> '100%，60~70'. The marks ，；：？！ stay, except a ， between thousands, and those without
    such a form (。、“); numbers are written as `plain_numbers` does."""
    text = plain_numbers(text)
    return text.translate(WIDE_CHARACTERS) if ANY_WIDE_CHARACTER.search(text) else text


def plain_numbers(text: str) -> str:
    """The text with its numbers in half-width digits, commas and points, of the same length, and with — where OCR read
    a dash between two numbers as 一; the other marks stay: '（２，９１１万吨，增长３·５％）' ->
    '（2,911万吨，增长3.5％）'."""
    if WIDE_COMMA.search(text):
        text = WIDE_COMMA.sub(lambda found: found[0].replace("，", ","), text)
    if MIDDLE_POINT.search(text):
        text = MIDDLE_POINT.sub(".", text)
    if ONE_FOR_DASH.search(text):
        text = ONE_FOR_DASH.sub("—", text)
    return text.translate(WIDE_DIGITS) if ANY_WIDE_DIGIT.search(text) else text


def masked(text: str) -> str:
    """The text with each character of quoted stretches, with their marks (“”, 《》 and the like), replaced by a NUL
    character, so that offsets hold: in '实现“一站式”服务' those of “一站式”. A stretch has at most 80 characters of one
    line between the marks; in nested ones the innermost."""
    return QUOTED_NAME.sub(lambda found: "\0" * len(found[0]), text)


@dataclass(frozen=True, slots=True)
class Comparator:
    """The comparator that a word before or after a number stands for: `op` is >= for 以上. `loose` says that a
    comparator before the number gives way to another one after it, if one of the two is ~: 控制在 alone is <=,
    控制在5%左右 is ~; after the number it says nothing (`operator`)."""

    op: Op
    loose: bool


@cache
def comparators(place: str) -> dict[str, Comparator]:
    """The comparator by each word that stands `place` ("before" or "after") a number, longer words first: 'after' ->
    {'以上': >=, …}."""
    rows = data_rows("comparators.tsv", header=True)
    ops: dict[str, Op] = {op: op for op in get_args(Op)}
    rows.sort(key=lambda row: -len(row[0]))
    return {word: Comparator(ops[op], loose == "loose") for word, where, op, loose in rows if where == place}


@cache
def quantity_pattern() -> re.Pattern[str]:
    """The pattern of `quantity_expression`, compiled. A test of the first character stands before it, which makes the
    search faster and finds the same."""
    opening = OPENING_CHARACTERS + re.escape("".join(sorted({word[0] for word in comparators("before")})))
    return re.compile(rf"(?=[{opening}]|\w{{1,4}}\+)(?:{quantity_expression()})")


def quantity_expression() -> str:
    """The pattern, as text, of everything that looks like a quantity, and, as the group `skip`, of what looks like one
    and is none (dates, ages). Its other groups are what `_plain` and `_fraction` read: a number in digits or numerals
    is in `low`, a share in words (百分之五) in `tenth`. `quantities` decides which of the matches are quantities."""
    before = "|".join(re.sub("^不", f"不{FORBIDDING}?", re.escape(word)) for word in comparators("before"))
    # 30日内, 48小时内放行, but not 内部
    after = (
        "|".join(comparators("after")) + r"|内(?![\u4e00-\u9fff])|(?<=[时钟日天月年周])内(?![部外地容涝河陆需存衣置服])"
    )
    unit = rf"(?:{UNLISTED_UNIT}|{units.unit_pattern()})"
    # 至少开通一种; 不低于总学时的15%; 节约5%, 就近3家 and 最低生活保障标准达到…的1.5倍 hold no comparator
    cue = (
        rf"(?:至少|最少)[\u4e00-\u9fff]{{1,4}}?(?={NUMBER_EXPRESSION})"
        rf"|(?:(?<![节签集制契缩邻附就靠临反高赶不])|(?=不|{HEDGE}))(?:{HEDGE})?(?:{before})\s?(?:达到|[为达在到至])?(?:\s|\0{{1,40}})?"
        r"(?:(?<![超约近])(?<!最[低高])[^\d，,。；;、：:\s（）()\0]{1,20}(?:的|[额数量]|收入|支出|面积|里程|资金|投资|经费|工资|生产总值)|人均|(?:每[人户亩年月日次生床村])+|每[十百千万]{1,2}(?:常住|户籍)?(?:人口?|户))?"
    )
    post = rf"\s?(?:[（(]含[）)])?(?:{after})"
    return (
        rf"(?P<skip>{SKIPPED})"
        rf"|(?P<before_tenth>{cue})?(?P<tenth>百分之(?:{NUMBER_EXPRESSION}|百)|千分之{NUMBER_EXPRESSION}"
        rf"|[{ONES}两]成[{ONES}半]?(?![为员立果本效功都长人品交套]))(?![〇零{ONES}十百千两万亿点·\d几])"
        rf"(?:{RANGE_DASH}(?:[百千]分之)?(?P<high_tenth>{NUMBER_EXPRESSION}))?(?P<more_tenth>[余多])?(?P<after_tenth>{post})?"
        rf"|(?P<before>{cue})?(?<![\d.])(?<!\d,)(?P<low>(?:(?<![-\d%‰\u4e00-\u9fff)）])[-+])?(?:{MIXED}|{DIGITS_NUMBER})|{NUMERAL_NUMBER}|{MYRIAD_OF_MONEY})"
        # 提升1.5个百分点至52%, 增长8%至15亿元 is a change and the level that it leads to, no range
        rf"(?:(?P<low_unit>\s?(?!(?:个?百分点|[%％](?=\s?[至到]\s?[\d.,]+\s?[^\s\d.,%％个百]))\s?[至到]){unit})?{RANGE_DASH}(?P<high>{MIXED}|{NUMBER_EXPRESSION}))?"
        # 不低于1:8, 不低于三分之二: the first number alone says nothing, but 2:1 is 2
        rf"(?P<to_one>{TO_ONE})?(?!\s?[:∶：]\s?\d|分之|\s?[.,]\s?\d)"
        # 100余家, 1万多人, 5万余吨
        rf"(?P<more>\s?[余多])?(?:(?P<scale>[十百千]?[万亿])(?P<more_scaled>[余多])(?={unit}))?"
        rf"(?P<unit>\s?{unit})?(?P<more_after>[余多](?![\u4e00-\u9fff]))?(?P<after>{post})?"
    )


def _plain(found: re.Match[str]) -> Quantity | None:
    """The quantity of a match of `quantity_pattern` with digits or a Chinese numeral in the group `low` (500个以上,
    十二家). Its unit is the one after the number or range, with the scale before 余 or 多 (100万余人 -> 万人), else the
    one after the lower end (5个—10), else None. Without a unit after it, `unit_end` is the end of the number, range or
    ratio to 1 (2.2:1).

    None where a number cannot be read, the upper end of a range is not greater than the lower (5-3), the comparators
    contradict each other (`operator`), a Chinese numeral has no unit or is 0 (零部件), or the number is a calendar year
    after a comparator (不低于2020年水平).
    """
    chinese = not found["low"][-1].isdigit() and found["low"][0] not in "0123456789+-"
    low, unit, end = found["low"], found["unit"] or found["low_unit"], found.end("unit")
    unit = (found["scale"] or "") + unit.strip() if unit else None
    value, high = _number(low, unit), _number(found["high"], unit) if found["high"] else None
    if value is None or (found["high"] and (high is None or high <= value)) or (chinese and unit is None):
        return None
    if chinese and value == 0:
        return None  # 零部件, 零售: no number
    if found["before"] and unit == "年" and YEAR_ALONE.fullmatch(low):
        return None  # 不低于2020年水平: the year that one compares with
    if not found["unit"]:
        end = max(found.end(part) for part in ("low", "high", "to_one"))
    more = bool(found["more"] or found["more_scaled"] or found["more_after"])
    op = operator(found["before"], found["after"], more=more)
    if op is None:
        return None
    return _quantity(found, op, value, unit, "low", end, high=high, chinese=chinese, more=more)


def _fraction(found: re.Match[str]) -> Quantity | None:
    """The quantity of a match of `quantity_pattern` with a share in words in the group `tenth`: 百分之九十五 -> 95 %,
    百分之一三三·二 -> 133.2 %, 千分之五 -> 5 ‰, 八成五 and 八成半 -> 85 %. The upper end of a range (百分之五至八) has
    the unit of the lower. None where a number cannot be read, the upper end is not greater than the lower (nor is the
    九 of 八成至九成), or the comparators contradict each other (`operator`)."""
    printed = found["tenth"]
    if "成" in printed:
        tenths, _, hundredths = printed.partition("成")
        value = _number(tenths.replace("两", "二") + "十" + hundredths.replace("半", "五"))
    else:
        value = _share(printed[3:])
    op = operator(found["before_tenth"], found["after_tenth"], more=bool(found["more_tenth"]))
    high = _share(found["high_tenth"]) if found["high_tenth"] else None
    if value is None or op is None or (found["high_tenth"] and (high is None or high <= value)):
        return None
    unit, end = "‰" if printed[0] == "千" else "%", found.end("high_tenth" if high else "tenth")
    return _quantity(found, op, value, unit, "tenth", end, high=high, chinese=True)


def _share(printed: str) -> Decimal | None:
    """The number after 百分之, whose Chinese digits may stand in their places without 十: '一三三·二' -> 133.2; two
    digits from 一 to 九 before the point, if any, are tens and ones: '九五' -> 95. Else as `_number` reads the text,
    None where it cannot."""
    digits = re.split("[点·]", printed)[0]
    if len(digits) == 2 and all(c in ONES for c in digits):
        printed = digits[0] + "十" + printed[1:]
    return _number(printed)


def _quantity(
    found: re.Match[str],
    op: Op,
    value: Decimal,
    unit: str | None,
    group: str,
    unit_end: int,
    *,
    high: Decimal | None,
    chinese: bool,
    more: bool = False,
) -> Quantity:
    """The quantity with these values (as in `Quantity`), its places and its cue taken from `found`, a match of
    `quantity_pattern`: `group` is the name of the group in which its number begins ("low" or "tenth"), `unit_end` the
    offset after its unit."""
    cue = (found["before"] or found["before_tenth"] or "").strip()
    places = found.start(), found.start(group), unit_end, found.end()
    return Quantity(op, value, high, unit, *places, cue, chinese, more)


def operator(before: str | None, after: str | None, *, more: bool) -> Op | None:
    """The comparator of a number by the words before and after it, as matched by `quantity_pattern`, each of which is
    None where there are no such words: ('控制在', '左右') -> '~', (None, '以上') -> '>='. Before the number the longest
    comparator counts with which the words begin. Words that change nothing (原则上, 不得 for 不) and brackets
    (（含）以上) do not count; 内 is <=. Where neither side has a comparator it is '=', or '>' where 余 or 多 follows
    the digits (`more`): 10余家.

    Where both have one, it is that of the word after, if both point the same way (>98%以上) or the word before is loose
    (`Comparator.loose`) and one of the two is ~; otherwise the words contradict each other (超过50%以下), and the
    result is None.
    """
    front = back = None
    if before:
        plain = UNHEDGED.sub("", before)
        front = next((found for word, found in comparators("before").items() if plain.startswith(word)), None)
    if after:
        word = re.sub(r"[\s()（）含]", "", after)
        back = Comparator("<=", False) if word == "内" else comparators("after").get(word)
    if front and back and front.op != back.op:
        same_way = front.op[0] == back.op[0]  # >98%以上 takes in 98; 超过50%以下 says nothing
        return back.op if same_way or (front.loose and "~" in (front.op, back.op)) else None
    return front.op if front else back.op if back else ">" if more else "="


def _number(text: str, unit: str | None = None) -> Decimal | None:
    """The number that the text is, written as `quantity_pattern` matches numbers: '1,234.5' -> 1234.5, '-3' -> -3,
    '十万零一千' -> 101000, '13万2千' -> 132000. A sign is read before digits alone. Where the text has a 万 or 亿
    itself, the last of which is not smaller than the one that `unit` begins with, the text is read together with that
    scale and the result is in the unit: ('一亿二千', '万元') -> 12000, for 一亿二千万元. Any other unit changes
    nothing. None where the number is not exact (二百五, 1万5)."""
    if SIGNED_DIGITS.fullmatch(text):
        return Decimal(text.replace(",", ""))
    printed = _scale(unit)
    inside = [c for c in text if c in "万亿"]
    if printed and inside and "万亿".index(printed[-1]) <= "万亿".index(inside[-1]):  # 一亿二千 | 万元
        value = _whole(text + printed)
        return None if value is None else value / units.UNIT_SCALES[printed]
    return _whole(text)


def _whole(text: str) -> Decimal | None:
    """The number of a text that is not empty: digits with or without Chinese scales (`mixed_number`), the first of them
    of ASCII, or a Chinese numeral (`exact_number`), or 万 alone (10000); None where these read none."""
    if text == "万":  # 万 | 亿元
        return Decimal(10**4)
    return mixed_number(text) if text[0].isascii() else exact_number(text)


def _scale(unit: str | None) -> str | None:
    """The 万 or 亿 with which a unit begins: '万元' -> 万; None for other units, such as 千米 and 百万人."""
    return unit[0] if unit and unit[0] in "万亿" else None
