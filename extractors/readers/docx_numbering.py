"""The numbers that Word prints before paragraphs and does not keep in their text: 第一章, 一、, （一）, 1."""

import re
from dataclasses import dataclass, field

from extractors.readers.ooxml import Element, attribute, child, local
from extractors.vocabulary.numerals import FORMAL_ONES, ONES

HAN_DIGITS_FROM_ZERO = f"〇{ONES}"
HEAVENLY_STEMS = "甲乙丙丁戊己庚辛壬癸"
EARTHLY_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN_VALUES = {"M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40}
ROMAN_VALUES |= {"X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}
LEVEL_PLACEHOLDER = re.compile(r"%(\d)")
LIST_DEPTHS = 9


def han(n: int) -> str:
    """A number from 0 in Han characters: 10 -> '十', 21 -> '二十一', 105 -> '一百零五'. From 1000 on digit by digit:
    2025 -> '二〇二五'."""
    if n < 10:
        return HAN_DIGITS_FROM_ZERO[n]
    if n < 20:
        return "十" + (HAN_DIGITS_FROM_ZERO[n % 10] if n % 10 else "")
    if n < 100:
        return HAN_DIGITS_FROM_ZERO[n // 10] + "十" + (HAN_DIGITS_FROM_ZERO[n % 10] if n % 10 else "")
    if n < 1000:
        rest = n % 100
        tail = (
            ""
            if not rest
            else "零" + HAN_DIGITS_FROM_ZERO[rest]
            if rest < 10
            else ("一" if rest < 20 else "") + han(rest)
        )
        return HAN_DIGITS_FROM_ZERO[n // 100] + "百" + tail
    return "".join(HAN_DIGITS_FROM_ZERO[int(digit)] for digit in str(n))


def letters(n: int) -> str:
    """A number from 1 as Word counts with letters: 1 -> 'a', 27 -> 'aa', 53 -> 'aaa'; at most eight letters."""
    return chr(97 + (n - 1) % 26) * min(1 + (n - 1) // 26, 8)


def roman(n: int) -> str:
    """A number from 1 in Roman numerals: 4 -> 'IV'; in digits from 4000 on."""
    found = ""
    for letter, value in ROMAN_VALUES.items():
        while n >= value and n < 4000:
            found, n = found + letter, n - value
    return found or str(n)


def printed(n: int, form: str) -> str:
    """A number as Word prints it in a number format: (2, 'chineseCountingThousand') -> '二'. '' for a bullet; in digits
    where the format is not known or cannot express the number."""
    if n < 1:
        return str(n)
    if form in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"):
        return han(n)
    if form in (
        "ideographDigital",
        "japaneseDigitalTenThousand",
        "taiwaneseDigital",
        "taiwaneseCountingThousand",
    ):
        return han(n)
    if form == "chineseLegalSimplified":
        return han(n).translate(str.maketrans(f"{ONES}十百", f"{FORMAL_ONES}拾佰"))
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and n <= 20:
        return chr(0x2460 + n - 1)
    if form == "ideographEnclosedCircle" and n <= 10:
        return chr(0x3280 + n - 1)
    if form in ("ideographTraditional", "ideographZodiac"):
        signs = HEAVENLY_STEMS if form == "ideographTraditional" else EARTHLY_BRANCHES
        return signs[(n - 1) % len(signs)]
    if form in ("upperLetter", "lowerLetter"):
        return letters(n).upper() if form == "upperLetter" else letters(n)
    if form in ("upperRoman", "lowerRoman"):
        return roman(n) if form == "upperRoman" else roman(n).lower()
    if form == "decimalZero":
        return f"{n:02}"
    if form == "decimalFullWidth":
        return str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return "" if form in ("none", "bullet") else str(n)


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list definition of Word.

    `form` is the number format ('decimal', 'chineseCounting') and `text` the pattern of the number, such as 第%1章, in
    which %1 stands for the number of level 1. `start` is the first number, `suffix` what follows the number ('tab',
    'space', 'nothing'). `style` is the id of the paragraph style that is tied to the level, if any. `legal` says that
    the numbers of all levels in the pattern are printed in digits.
    """

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    suffix: str = "tab"
    style: str | None = None
    legal: bool = False


@dataclass(slots=True)
class _List:
    """The levels of a list by their depth, from 0, and for each depth the last number that was printed."""

    levels: dict[int, ListLevel]
    counts: dict[int, int] = field(default_factory=dict)


class ListCounter:
    """Counts the numbered lists of a Word file while its paragraphs are read in order. It is made from the root element
    of numbering.xml, None where the file has no such part."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, _List] = {}
        self._lists: dict[str, _List] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._by_style: dict[str, tuple[str, int]] = {}
        if root is None:
            return
        links = {}
        for each in root:
            identity = attribute(each, "abstractNumId")
            if local(each) == "abstractNum" and identity is not None:
                self._abstract[identity] = _List(dict(map(_level, _children(each, "lvl"))))
                if link := attribute(child(each, "styleLink"), "val"):
                    links[link] = identity
        aliases = {
            attribute(each, "abstractNumId"): links.get(attribute(child(each, "numStyleLink"), "val") or "")
            for each in _children(root, "abstractNum")
        }
        for each in _children(root, "num"):
            self._num(each, aliases)

    def style_level(self, style: str | None) -> tuple[str, int] | None:
        """The list's id and the depth (from 0) that a list definition ties to the paragraph style with the id `style`;
        None where none does."""
        return self._by_style.get(style or "")

    def number(self, identity: str, depth: int) -> str:
        """Counts one more paragraph of the list with the id `identity` at level `depth` (from 0), and returns the
        number that Word prints before it, with the gap after it: '第一章 ', '（一）'. '' for a bullet, and for a list
        or level that the file does not define. The count of all deeper levels starts anew."""
        one = self._lists.get(identity)
        if one is None or not 0 <= depth < LIST_DEPTHS or depth not in one.levels:
            return ""
        for at, start in self._starts.pop(identity, {}).items():
            one.counts[at] = start - 1
        level = one.levels[depth]
        one.counts[depth] = one.counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, LIST_DEPTHS):
            one.counts.pop(deeper, None)
        words = LEVEL_PLACEHOLDER.sub(lambda slot: self._slot(one, level, int(slot[1]) - 1), level.text)
        if level.form == "bullet" or not words.strip():
            return ""
        open_end = words[-1].isalnum() or level.suffix == "space"
        return words + (" " if open_end and level.suffix != "nothing" else "")

    def _slot(self, one: _List, level: ListLevel, at: int) -> str:
        """What is printed for a place such as %1 in the pattern of `level`, a level of the list `one`: the present
        number of the level with the depth `at`, from 0. A level that no paragraph has counted yet is set to its first
        number."""
        other = one.levels.get(at, level)
        form = "decimal" if level.legal and other.form != "bullet" else other.form
        return printed(one.counts.setdefault(at, other.start), form)

    def _num(self, each: Element, aliases: dict[str | None, str | None]) -> None:
        """Defines the list of a w:num element, which names a definition (w:abstractNum) and may override levels and
        first numbers of it; nothing where it has no id or its definition is missing. `aliases` has, by the id of a
        definition that only refers to a list style, the id of the definition that the style has."""
        identity = attribute(each, "numId")
        abstract = attribute(child(each, "abstractNumId"), "val")
        one = self._abstract.get(aliases.get(abstract) or abstract or "")
        if identity is None or one is None:
            return
        overrides = {}
        for override in _children(each, "lvlOverride"):
            depth = integer(attribute(override, "ilvl"))
            if (start := child(override, "startOverride")) is not None:
                self._starts.setdefault(identity, {})[depth] = integer(attribute(start, "val"), 1)
            if (level := child(override, "lvl")) is not None:
                overrides[depth] = _level(level)[1]
        self._lists[identity] = _List({**one.levels, **overrides}, one.counts)
        for depth, level_ in self._lists[identity].levels.items():
            if level_.style:
                self._by_style.setdefault(level_.style, (identity, depth))


def _level(each: Element) -> tuple[int, ListLevel]:
    """The depth (from 0) and the properties of a w:lvl element."""
    return integer(attribute(each, "ilvl")), ListLevel(
        form=attribute(child(each, "numFmt"), "val") or "decimal",
        text=(attribute(child(each, "lvlText"), "val") or "")[:40],
        start=integer(attribute(child(each, "start"), "val")),
        suffix=attribute(child(each, "suff"), "val") or "tab",
        style=attribute(child(each, "pStyle"), "val"),
        legal=child(each, "isLgl") is not None,
    )


def _children(element: Element, name: str) -> list[Element]:
    """The children of the element whose name without namespace is `name`: 'lvl' -> the w:lvl elements."""
    return [each for each in element if local(each) == name]


def integer(text: str | None, otherwise: int = 0) -> int:
    """The number that an attribute holds: '3' -> 3. `otherwise` for None and for what is not a number of one to six
    digits without a sign."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else otherwise
