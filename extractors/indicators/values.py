"""What the text of an indicator's cell says: comparator, number and unit, or its parts where it has several numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest

from extractors import expressions as re
from extractors.reference.units import SCALE, UNIT_SCALES
from extractors.vocabulary.characters import UNREADABLE
from extractors.vocabulary.quantities import Quantity, half_width, masked, quantities
from ontology.model.facts import Op, Part

OPEN, CLOSE = r"[\[〔［【(（]", r"[\]〕］】)）]"
INSIDE = r"[^\[\]〔〕［］【】()（）]"
# —, ——, -, /, 无: no value
NO_VALUE = re.compile(r"[-—–―－─/／\\一~～…·.\s]*|无|暂无|待定|空")
# [1200], 〔18〕, 【5】, (13.5): the value over the whole period
BRACKETED_VALUE = re.compile(rf"\s*{OPEN}\s*({INSIDE}{{1,20}})\s*{CLOSE}\s*([^\d\s]{{0,6}})\s*")
# （5年累计）, （2020年）, [五年]: a remark without a value of its own
YEARS_REMARK = re.compile(
    rf"{OPEN}(?:{INSIDE}{{0,12}}累[计积]{INSIDE}{{0,6}}|{INSIDE}{{0,6}}\d{{4}}年{INSIDE}{{0,4}}|[五5]年){CLOSE}"
)
# 98.2*, 98.2①: a mark that leads to a note
VALUE_NOTE_MARK = re.compile(r"(?<=[\d%％])\s*[*＊※①-⑳]+\s*\Z")
# （年均）, （含大病保险）: a remark without a number
WORDS_ASIDE = re.compile(rf"{OPEN}(?:(?!\d){INSIDE}){{0,20}}{CLOSE}")
# —2.1: minus 2.1, or a dash and the number of the next cell
DASH_AND_NUMBER = re.compile(r"\s*[—–―─]+\s*\d")
# 推行15项编码标准: the number says how many standards there are, not what is to be reached
APPLYING = re.compile(r"(?:推行|落实|执行|贯彻|实施|推进|推广|按照|根据|参照|依据)(?:国家|全国|全省|省|市)?$")
RULES_NOUN = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:标准|制度|政策|机制|措施|举措|规范|清单|原则|行动|工程|战略|计划|办法)"
)
# 提高到, 稳定在, 年均增长: what leads from a subject to its number
VALUE_LINK = re.compile(
    r"(?:力争|争取|基本|均|全部|累计|新增|年均|每年|再|[增下]?[加长降]低?|减少|提[高升]|上升|完成|建成|降|增|升|"
    r"达|为|至|到|在|稳定|保持|维持|总[数量])+$"
)
PART_VERB = re.compile(r"^(?:实现|完成|确保|力争|争取|全面|基本|其中|包?含)+")
# 全国前10位, 排名前三强: a rank
RANK_WORD = re.compile(r"(?:前|第|排名|居|列)$")
RANK_UNITS = frozenset(("位", "名", "强", "席", "届"))
# 水质达到三类, 二期, 四届: a numeral that names
CLASS_UNITS = frozenset(("类", "期", "届", "轮", "档", "层", "片"))


@dataclass(frozen=True, slots=True)
class CellValue:
    """What a cell says. `op` and `value` are None where the cell has not exactly one number; `parts` are its numbers
    where it has several or a range, each with what it is for. `unit` is that of the value or range; where the cell has
    several numbers or none, it is the one that `read_value` was given, without brackets and in half width. Parts have
    units of their own."""

    op: Op | None = None
    value: Decimal | None = None
    unit: str | None = None
    parts: tuple[Part, ...] = ()


def read_value(text: str, unit: str | None = None) -> CellValue:
    """What the text of a cell says: ('稳定在98%以上') -> >= 98 %; ('850', '家') -> = 850 家; ('药品500个，耗材5类以上')
    -> the parts 药品 = 500 个 and 耗材 >= 5 类; ('1～5年') -> the parts >= 1 and <= 5 年. Marks of notes at the end
    (98①, 98%*) and remarks about years (（5年累计）) are left out, brackets around the whole value are removed. The
    result has only the unit for a dash or 无 (NO_VALUE), a long dash before a number (—2.1, which may be minus; -2.1
    is), text without a number that counts as a value (`_counts`: 前10位 has none), and text with ± or with a character
    that could not be read.

    `unit` is the one that holds for the cell by its row, column or table (`component._unit`), None where there is
    none; a unit printed in the cell comes first, but where both differ by a power of ten only, numbers are given in
    `unit` (`in_unit_of_row`): ('12万', '个') -> = 120000 个. A number of which that cannot be told does not count.
    """
    unit = _unit_of_cell(unit)
    if UNREADABLE in text:  # a number of the cell may be lost, and another one be taken for its value
        return CellValue(unit=unit)
    flat = YEARS_REMARK.sub(lambda found: "\0" * len(found[0]), half_width(VALUE_NOTE_MARK.sub("", text)))
    if NO_VALUE.fullmatch(flat.replace("\0", "")) or DASH_AND_NUMBER.match(flat) or "±" in flat:
        return CellValue(unit=unit)
    if bracketed := BRACKETED_VALUE.fullmatch(flat):
        flat = bracketed[1] + bracketed[2]
    found = [scaled for q in quantities(flat) if _counts(q, flat) and (scaled := in_unit_of_row(q, unit))]
    if len(found) == 1 and found[0].high is None:
        return CellValue(found[0].op, found[0].value, _unit(found[0], unit))
    subjects = _subjects(found, flat)
    return CellValue(
        unit=_unit(found[0], unit) if len(found) == 1 else unit,
        parts=tuple(
            part
            for quantity, subject in zip(found, subjects, strict=True)
            for part in _parts(quantity, subject, _unit(quantity, unit))
        ),
    )


def _unit_of_cell(unit: str | None) -> str | None:
    """The unit that a cell of units prints, without brackets around it and in half width: '（％）' -> '%'; None for a
    dash, 无, 暂无, 待定, 空, an empty cell, and None."""
    unit = without_brackets(half_width(unit or ""))
    return None if NO_VALUE.fullmatch(unit) else unit


def without_brackets(unit: str) -> str:
    """The unit without white space and round brackets around it: '（个）' -> '个'. A bracket that is part of the unit
    stays (万吨（标准煤）), one at an end without its counterpart goes ('个）' -> '个')."""
    while (unit := unit.strip()) and (unit[0] in "(（" or unit[-1] in ")）"):
        partner = _partners(unit)
        first, last = partner.get(0), partner.get(len(unit) - 1)
        if unit[0] in "(（" and first in (None, len(unit) - 1):
            unit = unit[1:] if first is None else unit[1:-1]
        elif unit[-1] in ")）" and last is None:
            unit = unit[:-1]
        else:
            break
    return unit


def _partners(text: str) -> dict[int, int]:
    """The index of the counterpart of each round bracket of the text that has one, by the bracket's own index: '（a）'
    -> {0: 2, 2: 0}."""
    opened: list[int] = []
    found: dict[int, int] = {}
    for at, character in enumerate(text):
        if character in "(（":
            opened.append(at)
        elif character in ")）" and opened:
            found[at] = opened.pop()
    return found | {first: last for last, first in found.items()}


def _counts(quantity: Quantity, text: str) -> bool:
    """Whether the number in `text` is a value: it has a comparator or a unit, is all that the cell holds (`_alone`), or
    words that lead to a value (提高到) stand before it. The number of a rank (前10位: RANK_WORD, RANK_UNITS) and that
    of rules that are applied (推行15项编码标准) are no values.

    A Chinese numeral without a comparator counts with % or ‰ and where it is alone; after words that lead to a value
    only if it is not 1 and its unit is none with which numerals name (类, 期: CLASS_UNITS). With a comparator it
    counts, but beside such a unit only where the comparator stands before it (不少于三类, not 三类以上) or the number
    is above 9.
    """
    before = text[: quantity.start]
    if APPLYING.search(before) and RULES_NOUN.match(text, quantity.end):
        return False
    if RANK_WORD.search(before) and (quantity.unit is None or quantity.unit in RANK_UNITS):
        return False
    if quantity.op != "=":
        return not quantity.chinese or quantity.unit not in CLASS_UNITS or bool(quantity.cue) or quantity.value > 9
    if quantity.chinese:
        if quantity.unit in ("%", "‰") or _alone(quantity, text):
            return True
        return quantity.unit not in CLASS_UNITS and quantity.value != 1 and bool(VALUE_LINK.search(before))
    return quantity.unit is not None or _alone(quantity, text) or bool(VALUE_LINK.search(before))


def _alone(quantity: Quantity, text: str) -> bool:
    """Whether the text holds nothing but the number, words right before it that lead to it (提高到, 年均: VALUE_LINK),
    remarks in brackets of up to 20 characters without a digit, quoted words (“”, 《》), white space, and the marks
    。；，,.; (so not 、 or ：)."""
    flat = masked(text)
    around = flat[: quantity.start] + "|" + WORDS_ASIDE.sub("", flat[quantity.end :])
    before, _, after = WORDS_ASIDE.sub("", around).partition("|")
    return not re.sub(r"[\0\s。；，,.;]", "", VALUE_LINK.sub("", before) + after)


def _unit(quantity: Quantity, row_unit: str | None) -> str | None:
    """The unit of the number: the one printed with it, else `row_unit`, that of its row, column or table, which may be
    None."""
    return quantity.unit or row_unit


def in_unit_of_row(quantity: Quantity, row_unit: str | None) -> Quantity | None:
    """The number of a cell in the unit of its row, where both differ by a power of ten only: in a row of 个 12万 and
    12万个 are 120000 个, in one of 万人 1.2亿 is 12000 万人 and 5000人 are 0.5 万人, in one of 万元 8万 is 8 万元. A
    power of ten beside a row's larger one multiplies it where the number is below MAX_MULTIPLE (100): 1万 in a row of
    亿元 is 10000 亿元. Every other number as it is, and so each where `row_unit` is None. None where it cannot be told:
    5000万 in a row of 亿元."""
    if quantity.unit is None or row_unit is None:
        return quantity
    power, thing = _power_and_thing(quantity.unit)
    row_power, counted = _power_and_thing(row_unit)
    if thing not in ("", counted) or (not thing and power == 1):
        return quantity
    if not thing and power < row_power:
        if quantity.value >= MAX_MULTIPLE:
            return None
        row_power = 1
    if power == row_power:
        return replace(quantity, unit=row_unit)
    factor = Decimal(power) / row_power
    high = None if quantity.high is None else _plain(quantity.high * factor)
    return replace(quantity, value=_plain(quantity.value * factor), high=high, unit=row_unit)


def _power_and_thing(unit: str) -> tuple[int, str]:
    """A unit as a power of ten and what is counted: '万人' -> (10000, '人'); '万' -> (10000, ''); '千瓦', which is a
    unit of its own, -> (1, '千瓦')."""
    found = SCALED_UNIT.match(unit)
    return (UNIT_SCALES[found[0]], unit[found.end() :]) if found else (1, unit)


def _plain(number: Decimal) -> Decimal:
    """The same number without zeros after its decimal places and without an exponent: 152000.0 -> 152000."""
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()


def _parts(quantity: Quantity, subject: str | None, unit: str | None) -> tuple[Part, ...]:
    """The number as parts of a cell's value: 1～5年 -> at least 1 年 and at most 5 年; one part with its comparator for
    any other. `unit` is the number's. Both parts of a range have the same subject."""
    if quantity.high is None:
        return (Part(subject, quantity.op, quantity.value, unit),)
    return (Part(subject, ">=", quantity.value, unit), Part(subject, "<=", quantity.high, unit))


SCALED_UNIT = re.compile(rf"{SCALE}(?![瓦米克伏卡])")  # 万人, 亿元; 千瓦 is a unit of its own
MAX_MULTIPLE = 100  # of a power of ten of what a row counts in 亿: 1万 亿元, not 5000万
# a mark, or a bracket that is still open at the number: 90%（其中城镇|80%）
SUBJECT_START = re.compile(rf"[，,。；;、：:\0\s]|(?<=\d.)和|{OPEN}(?!{INSIDE}*{CLOSE})")
SUBJECT_WORDS = r"[^\d，,。；;、：:\0\s和及与且\[\]〔〕［］【】()（）]{1,20}"
# 60个|品种, 98%|（城市）
SUBJECT_AFTER = re.compile(rf"的?({SUBJECT_WORDS})|{OPEN}({SUBJECT_WORDS}){CLOSE}")
WHOLLY_IN_BRACKETS = re.compile(rf"{OPEN}({INSIDE}*){CLOSE}")
AND = ("和", "及", "与", "且")


def _subjects(found: Sequence[Quantity], text: str) -> Iterator[str | None]:
    """What each of the numbers `found` in `text` is for, by the words before it, from the last mark, open bracket or
    number before it on, without verbs at its ends (PART_VERB, VALUE_LINK): '药品500个以上，耗材5类' -> 药品, 耗材;
    '设区市≥25县级市≥20' -> 设区市, 县级市; '90%（其中城镇80%）' -> None, 城镇. Where there are none, or they end with a
    word for 'and', by up to 20 characters after it, as far as the next number, mark, bracket, digit or word for 'and',
    or by the words in brackets after it: '98%（城市）、95%（农村）' -> 城市, 农村. These are then not the words before
    the next number: '60个品种和30家' -> 品种, None. None where neither tells."""
    reached = 0  # the end of the number before, with its subject
    for quantity, following in zip_longest(found, found[1:]):
        first = max((mark.end() for mark in SUBJECT_START.finditer(text, reached, quantity.start)), default=reached)
        words = text[first : quantity.start].lstrip("".join(AND) + ")]〕】" if reached else "")
        words = whole[1] if (whole := WHOLLY_IN_BRACKETS.fullmatch(words)) else words
        words = PART_VERB.sub("", VALUE_LINK.sub("", words)).rstrip("的")
        reached = quantity.end
        if re.search(r"\w", words) and not words.endswith(AND):
            yield words
        elif after := SUBJECT_AFTER.match(text, quantity.end, following.start if following else len(text)):
            reached = after.end()
            yield after[1] or after[2]
        else:
            yield None
