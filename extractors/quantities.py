"""Quantities in Chinese text: a number with its comparator and unit, and where they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extractors import units
from extractors.numerals import chinese_number
from kg.model.facts import Op

# １００％ -> 100%, ﹪ -> %; one character for one, so that offsets hold. The full-width comma stays: it parts clauses
WIDE = {0xFF01 + i: 0x21 + i for i in range(94) if chr(0xFF01 + i) not in "，；：？！"} | {
    0xFE6A: 0x25, 0x2212: 0x2D, 0x3000: 0x20, 0xFF5E: 0x7E, 0x223C: 0x7E, 0x301C: 0x7E,
}  # fmt: skip
# １，２３４ and 1，234 inside a number of full-width digits
WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")

# 1,234.5, 98, 2.10
DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
# 十, 二十三, 一百零五, 一点五
HANZI = r"[〇零一二三四五六七八九十百千两]+(?:点[〇零一二三四五六七八九]+)?"
# what stands before the number: 不少于100种
BEFORE: dict[str, Op] = {
    **dict.fromkeys("不低于 不少于 不小于 不得低于 不得少于 不能低于 不能少于 不下于 至少 最少 最低 ≥ ≧ ⩾ >= 大于等于 大于或等于".split(), ">="),
    **dict.fromkeys("不超过 不高于 不大于 不多于 不得超过 不得高于 不能超过 不超出 至多 最多 最高 控制在 控制到 限制在 压缩至 ≤ ≦ ⩽ <= 小于等于 小于或等于".split(), "<="),
    **dict.fromkeys("超过 超出 高于 大于 多于 突破 超 > ﹥".split(), ">"),
    **dict.fromkeys("低于 少于 小于 不足 不到 < ﹤".split(), "<"),
    **dict.fromkeys("接近 约为 大约 将近 约 近 ≈ ~".split(), "~"),
}  # fmt: skip
# what stands behind it: 100种以上
AFTER: dict[str, Op] = {
    **dict.fromkeys("以上 及以上 或以上 之上 起".split(), ">="),
    **dict.fromkeys("以内 之内 以下 及以下 之下".split(), "<="),
    **dict.fromkeys("左右 上下 前后".split(), "~"),
}
LOOSE = frozenset(("约", "近", "超", "控制在", "控制到", "限制在", "压缩至", "最高", "最低", "最多", "最少"))
# “一站式”, 《…2030》: what is quoted is a name, and its numbers are no quantities
QUOTED = re.compile(r"[“\"‘「『《〈<][^”\"’」』》〉>\n]{0,80}[”\"’」』》〉>]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """`start:end` takes in comparator, number and unit; `number_start:unit_end` leaves the comparators out.

    `high` is set for a range (1～5年), whose lower end is `value`. `cue` is the comparator as printed.
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


def narrow(text: str) -> str:
    """'１００％，６０～７０' -> '100%，60~70', the length unchanged."""
    return WIDE_COMMA.sub(",", text).translate(WIDE)


def masked(text: str) -> str:
    """'实现“一站式”服务' -> the same with the quoted stretch blanked, the length unchanged."""
    return QUOTED.sub(lambda found: "\0" * len(found[0]), text)


@cache
def _pattern() -> re.Pattern[str]:
    before = "|".join(re.escape(w) for w in sorted(BEFORE, key=len, reverse=True))
    after = "|".join(sorted(AFTER, key=len, reverse=True))
    unit = units.pattern()
    number = rf"(?:{DIGITS}|{HANZI})"
    return re.compile(
        # 2025年底, 2021-2025年, 2023.12: dates
        r"(?P<skip>(?<![\d.])(?:19|20)\d\d(?:\s?[-~—–－至到]{1,2}\s?(?:19|20)\d\d)?\s?年(?!均)(?:\d{1,2}月(?:\d{1,2}日)?)?"
        # 第一个百年, 第3批
        rf"|第\s?{number}"
        # PM2.5, H2O, 5A级, 4K, V2X: a name
        rf"|[A-Za-z]+[-.]?\d[A-Za-z0-9.]*|\d+(?:A+级?|[GgKk](?![A-Za-zWw])|[DP](?![A-Za-z]))"
        # 60岁以上老人, 3岁以下婴幼儿: whom it is about
        rf"|(?:{DIGITS})(?:\s?[-~—–－至]{{1,2}}\s?\d+)?\s?周?岁(?:及以上|及以下|以上|以下|左右)?+(?=[\u4e00-\u9fff])"
        # 近三年, 每千人口, 每百户: what a rate refers to
        rf"|(?:近|过去|未来|今后|前)\s?{number}年(?:来|内|间)?|每(?:{HANZI}|{DIGITS})(?:名|个|人口|人|户)?"
        r")"
        # 百分之九十五, 千分之五
        rf"|(?P<pre1>(?:{before})[为达在到至]{{0,2}})?(?P<base>百分之|千分之)(?P<fraction>{number})(?P<post1>{after})?"
        # 八成五以上
        rf"|(?P<pre2>(?:{before})[为达在到至]{{0,2}})?(?P<tenths>[一二三四五六七八九]成[一二三四五六七八九半]?)"
        rf"(?![为员立果本效功都长人品交])(?P<post2>{after})?"
        # 不低于培训总课时的10%, 十余项, 1～5年, 稳定在98%以上
        rf"|(?P<pre>(?:至少|最少)[\u4e00-\u9fff]{{2,4}}?(?=\d|{HANZI})"
        rf"|(?:{before})\s?(?:达到|[为达在到至])?\s?(?:[^\d，,。；;、：:\s（）()]{{1,20}}的)?)?"
        rf"(?<![\d.])(?P<low>(?:(?<![\d%‰\u4e00-\u9fff)）])[-+])?{DIGITS}|{HANZI})"
        rf"(?:(?P<low_unit>\s?{unit})?\s?[-~—–－至到]{{1,2}}\s?(?P<high>{number}))?"
        rf"(?P<more>\s?[余多])?(?P<unit>\s?{unit})?(?P<more2>余(?![\u4e00-\u9fff]))?(?P<post>\s?(?:{after}))?"
    )


def quantities(text: str) -> Iterator[Quantity]:
    """'药品500个以上，耗材5类以上' -> (>= 500 个), (>= 5 类), in order, each with its place in `text`.

    Dates, ordinals, ages, quoted numbers and names with digits are no quantities. A Chinese numeral counts only
    with a unit behind it.
    """
    flat = masked(narrow(text))
    for found in _pattern().finditer(flat):
        if found["skip"] is None and (quantity := _quantity(found)):
            yield quantity


def _quantity(found: re.Match[str]) -> Quantity | None:
    if found["base"] or found["tenths"]:
        return _fraction(found)
    chinese = not found["low"][-1].isdigit()
    value, high = _number(found["low"]), _number(found["high"]) if found["high"] else None
    unit = found["unit"] or found["low_unit"]
    unit = unit.strip() if unit else None
    if value is None or (found["high"] and high is None) or (chinese and unit is None):
        return None
    if high is not None and high <= value:
        return None
    op = operator(found["pre"], found["post"], bool(found["more"] or found["more2"]))
    if op is None:
        return None
    end = found.end("unit") if found["unit"] else found.end("low_unit") if found["low_unit"] else found.end("low")
    return Quantity(
        op, value, high, unit, found.start(), found.start("low"), end, found.end(), (found["pre"] or "").strip(), chinese
    )


def _fraction(found: re.Match[str]) -> Quantity | None:
    if found["base"]:
        value = _number(found["fraction"])
        unit, pre, post = "%" if found["base"] == "百分之" else "‰", found["pre1"], found["post1"]
        start, end = found.start("base"), found.end("fraction")
    else:
        digits = found["tenths"].replace("成", "")
        half = Decimal(5) if digits[1:] == "半" else Decimal(chinese_number(digits[1:] or "零") or 0)
        value = Decimal((chinese_number(digits[0]) or 0) * 10) + half
        unit, pre, post = "%", found["pre2"], found["post2"]
        start, end = found.start("tenths"), found.end("tenths")
    op = operator(pre, post, False)
    if value is None or op is None:
        return None
    return Quantity(op, value, None, unit, found.start(), start, end, found.end(), pre or "", True)


def operator(before: str | None, after: str | None, more: bool) -> Op | None:
    """('控制在', '左右', False) -> '~'; None for two that contradict each other (超过50%以下)."""
    first = next((word for word in sorted(BEFORE, key=len, reverse=True) if (before or "").startswith(word)), "")
    front, back = BEFORE.get(first), AFTER.get((after or "").strip())
    if front and back and front != back:
        if first in LOOSE:  # 控制在5%左右, 最高80%以上: the exact word is the one behind
            return back
        if front[0] != back[0]:
            return None
    return front or back or (">" if more else "=")


def _number(text: str) -> Decimal | None:
    if text[-1].isdigit():
        return Decimal(text.replace(",", ""))
    whole, point, decimals = text.partition("点")
    value = chinese_number(whole)
    if value is None:
        return None
    return Decimal(f"{value}.{chinese_digits(decimals)}") if point else Decimal(value)


def chinese_digits(text: str) -> str:
    """'二五' -> '25'"""
    return "".join(str(chinese_number(c)) for c in text)
