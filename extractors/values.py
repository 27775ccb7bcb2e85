"""The meaning of an indicator's cell: comparator, number and unit, or nothing where it has no single number."""

import re
from dataclasses import dataclass
from decimal import Decimal

from extractors.quantities import Quantity, masked, narrow, quantities
from kg.model.facts import Op, Part

# —, ——, -, /, 无: no value
NONE = re.compile(r"[-—–―－─/／\\一~～…·.\s]*|无|暂无|待定|空")
# [1200], 〔18〕, 【5】, (13.5): the cumulative value over the period
BRACKETED = re.compile(r"\s*[\[〔［【(（]\s*([^\[\]〔〕［］【】()（）]{1,20})\s*[\]〕］】)）]\s*((?:以上|以内|以下|左右)?)\s*")
# （5年累计）, （2020年）, [五年]: a remark without a value of its own
REMARK = re.compile(r"[\[〔［【(（](?:[^\[\]〔〕［］【】()（）]{0,12}(?:累计|累积)[^\[\]〔〕［］【】()（）]{0,6}|[^\[\]〔〕［］【】()（）]{0,6}\d{4}年[^\[\]〔〕［］【】()（）]{0,4}|五年|5年)[\]〕］】)）]")
# —2.1: minus 2.1, or a dash and the number of the next cell
DASHED = re.compile(r"\s*[—–―─]+\s*\d")
# 推行15项编码标准: the number says how many standards there are, not what is to be reached
INCIDENTAL_BEFORE = re.compile(r"(?:推行|落实|执行|贯彻|实施|推进|推广|按照|根据|参照|依据)(?:国家|省|全省|全国|市)?$")
INCIDENTAL_AFTER = re.compile(r"[\u4e00-\u9fff]{0,8}?(?:标准|制度|政策|机制|措施|举措|规范|清单|原则|行动|工程|战略|计划|办法)")
# 达到, 为, 至: what may stand between a subject and its number
LINK = re.compile(r"(?:(?:力争|争取|基本|均|全部|累计|新增)*(?:达到|达|增加到|增长到|提高到|提升到|提高至|提升至|下降到|降低到|降至|降到|增至|升至|稳定在|保持在|维持在|为|至|到|在))+$")
VERB = re.compile(r"^(?:实现|完成|确保|力争|争取|全面|基本|其中)+")


@dataclass(frozen=True, slots=True)
class Value:
    """The meaning of a cell. `op` and `value` are None where it has no single number; `parts` holds the several."""

    op: Op | None = None
    value: Decimal | None = None
    unit: str | None = None
    parts: tuple[Part, ...] = ()


def read_value(text: str, unit: str | None = None) -> Value:
    """('稳定在98%以上') -> >= 98 %; ('850', '家') -> = 850 家; ('药品500个以上，耗材5类以上') -> its two parts.

    `unit` is that of the row's unit column or of the name; a unit printed in the cell comes first.
    """
    unit = _given(unit)
    flat = REMARK.sub(lambda found: "\0" * len(found[0]), narrow(text))
    if NONE.fullmatch(flat.replace("\0", "")):
        return Value(unit=unit)
    if bracketed := BRACKETED.fullmatch(flat):
        flat = bracketed[1] + bracketed[2]
    if DASHED.match(flat):
        return Value(unit=unit)
    found = [q for q in quantities(flat) if _counts(q, flat)]
    if len(found) == 1 and found[0].high is None:
        return _single(found[0], flat, unit)
    if len(found) == 1:
        return Value(unit=found[0].unit or unit, parts=_range(found[0], flat, unit))
    return Value(unit=unit, parts=tuple(part for q in found for part in _range(q, flat, unit)))


def _given(unit: str | None) -> str | None:
    unit = narrow(unit or "").strip().strip("()（）")
    return None if NONE.fullmatch(unit) else unit


def _counts(quantity: Quantity, text: str) -> bool:
    """Whether the number says what is reached: it has a unit or a comparator, or is all there is in the cell."""
    before = text[: quantity.start]
    if INCIDENTAL_BEFORE.search(before) and INCIDENTAL_AFTER.match(text, quantity.end):
        return False
    if quantity.chinese:
        return bool(quantity.op != "=" or quantity.unit in ("%", "‰") or _alone(quantity, text) or LINK.search(before))
    if quantity.unit is None and quantity.op == "=":
        return _alone(quantity, text) or bool(LINK.search(before))
    return True


def _alone(quantity: Quantity, text: str) -> bool:
    rest = masked(text)[: quantity.start] + masked(text)[quantity.end :]
    return not re.sub(r"[\0\s。；，,.;]", "", LINK.sub("", rest))


def _single(quantity: Quantity, text: str, unit: str | None) -> Value:
    return Value(quantity.op, quantity.value, _unit(quantity, unit))


def _unit(quantity: Quantity, given: str | None) -> str | None:
    printed = quantity.unit
    if printed and given and re.fullmatch(r"[十百千]?[万亿]", printed):  # 1.2万 in a row of 人
        return printed + given
    return printed or given


def _range(quantity: Quantity, text: str, unit: str | None) -> tuple[Part, ...]:
    """1～5年 -> at least 1 年, at most 5 年; any other quantity -> itself."""
    subject, of = _subject(quantity, text), _unit(quantity, unit)
    if quantity.high is None:
        return (Part(subject, quantity.op, quantity.value, of),)
    return (Part(subject, ">=", quantity.value, of), Part(subject, "<=", quantity.high, of))


def _subject(quantity: Quantity, text: str) -> str | None:
    """'药品500个以上，' -> 药品; '112个药品品种和' -> 药品品种"""
    before = re.split(r"[，,。；;、：:\0\s]|(?<=\d.)和", text[: quantity.start])[-1]
    before = VERB.sub("", LINK.sub("", before)).rstrip("的")
    if before and not before.endswith(("和", "及", "与")):
        return before
    after = re.match(r"的?([^\d，,。；;、：:\0\s和及与]{1,20})", text[quantity.end :])
    return after[1] if after else None
