"""The numbers that Word prints before paragraphs and does not keep in their text: 第一章, 一、, （一）, 1."""

import re
from dataclasses import dataclass, field, replace

from extractors.readers.ooxml import Element, attribute, child, integer, local
from extractors.vocabulary.numerals import FORMAL_ONES, ONES

HAN_DIGITS_FROM_ZERO = f"〇{ONES}"
HEAVENLY_STEMS = "甲乙丙丁戊己庚辛壬癸"
EARTHLY_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN_VALUES = {"M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40}
ROMAN_VALUES |= {"X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}
MAX_PATTERN_LENGTH = 40  # characters of the pattern of a number
LEVEL_PLACEHOLDER = re.compile(r"%(\d)")
LIST_DEPTHS = 9  # of Word: depths 0 to 8
HAN_FORMS = frozenset((
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "ideographDigital",
    "japaneseDigitalTenThousand", "taiwaneseDigital", "taiwaneseCountingThousand",
))  # fmt: skip


def han(n: int) -> str:
    """A number from 0 in Han characters: 0 -> '〇', 10 -> '十', 21 -> '二十一', 100 -> '一百', 105 -> '一百零五', 110
    -> '一百一十'. From 1000 on digit by digit: 2025 -> '二〇二五'."""
    if n < 10:
        return HAN_DIGITS_FROM_ZERO[n]
    if n < 100:
        tens, ones = divmod(n, 10)
        return (HAN_DIGITS_FROM_ZERO[tens] if tens > 1 else "") + "十" + (HAN_DIGITS_FROM_ZERO[ones] if ones else "")
    if n < 1000:
        hundreds, below = HAN_DIGITS_FROM_ZERO[n // 100] + "百", n % 100
        if not below:
            return hundreds
        return hundreds + ("零" if below < 10 else "一" if below < 20 else "") + han(below)
    return "".join(HAN_DIGITS_FROM_ZERO[int(digit)] for digit in str(n))


def letters(n: int) -> str:
    """A number from 1 as Word counts with letters: 1 -> 'a', 26 -> 'z', 27 -> 'aa', 53 -> 'aaa'; after 208 the letters
    are not more than eight: 209 -> 'aaaaaaaa'."""
    return chr(97 + (n - 1) % 26) * min(1 + (n - 1) // 26, 8)


def roman(n: int) -> str:
    """A number from 1 in capital Roman numerals: 4 -> 'IV'; in digits from 4000 on."""
    numeral = ""
    for letter, value in ROMAN_VALUES.items():
        while n >= value and n < 4000:
            numeral, n = numeral + letter, n - value
    return numeral or str(n)


def printed(n: int, form: str) -> str:
    """A number as Word prints it in a number format, named as in ST_NumberFormat (ECMA-376 part 1, 17.18.59): (2,
    'chineseCountingThousand') -> '二', (2, 'chineseLegalSimplified') -> '贰', (3, 'lowerRoman') -> 'iii', (5,
    'decimalZero') -> '05'. The signs of 'ideographTraditional' (甲乙丙) and 'ideographZodiac' (子丑寅) begin anew after
    their last. '' for a bullet and for no number ('none'). Else in digits where the format is not known, or cannot
    express the number: circles end at ⑳ and ㊉, Roman numerals at 3999, and no format goes below 1."""
    if form in ("none", "bullet"):
        return ""
    if n < 1:
        return str(n)
    if form in HAN_FORMS:
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
    return str(n)


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list definition of Word.

    `form` is the number format ('decimal', 'chineseCounting') and `text` the pattern of the number, such as 第%1章, in
    which %1 stands for the number of level 1. `start` is the first number, `suffix` what follows the number ('tab',
    'space', 'nothing'). `style` is the id of the paragraph style that is tied to the level, None where none is. `legal`
    says that the numbers of all levels in the pattern are printed in digits.
    """

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    suffix: str = "tab"
    style: str | None = None
    legal: bool = False


@dataclass(slots=True)
class _List:
    """The levels of a list by their depth, from 0, and in `counts` by depth the number that was counted last; a
    paragraph removes the counts of all deeper levels. The lists of one definition share `counts`, so that one
    continues the numbers of another."""

    levels: dict[int, ListLevel]
    counts: dict[int, int] = field(default_factory=dict)


class ListCounter:
    """Counts the numbered lists of a Word file while its paragraphs are read in order. It is made from the root element
    of numbering.xml, None where the file has no such part, and then knows no lists."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, _List] = {}
        self._lists: dict[str, _List] = {}
        self._anew: dict[str, set[int]] = {}  # the depths of each list that its override starts anew, until they begin
        self._by_style: dict[tuple[str | None, str | None], int] = {}  # the depth, by the list and the style
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

    def style_depth(self, identity: str | None, style: str | None) -> int:
        """The depth (from 0) of the first level of the list with the id `identity` that is tied to the paragraph style
        with the id `style`; 0 where none is, and for None."""
        return self._by_style.get((identity, style), 0)

    def number(self, identity: str, depth: int) -> str:
        """Counts one more paragraph of the list with the id `identity` at level `depth` (from 0), and returns the
        number that Word prints before it: '第一章 ', '（一）'. A space follows where the number ends with a letter, a
        Chinese character or a digit (① too), or the level says 'space', unless it says 'nothing'. '' for a bullet and a
        number that is blank, which are counted; '' without counting for a list or level that the file does not define,
        and for a depth of 9 or more.

        The counts of all deeper levels start anew. Lists of one definition go on counting from one another; but the
        first paragraph of a list at a level whose first number it overrides gets that number.
        """
        numbered = self._lists.get(identity)
        if numbered is None or not 0 <= depth < LIST_DEPTHS or depth not in numbered.levels:
            return ""
        level = numbered.levels[depth]
        if depth in self._anew.get(identity, ()):
            self._anew[identity].remove(depth)
            numbered.counts.pop(depth, None)
        numbered.counts[depth] = numbered.counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, LIST_DEPTHS):
            numbered.counts.pop(deeper, None)
        words = LEVEL_PLACEHOLDER.sub(lambda slot: self._slot(numbered, level, int(slot[1]) - 1), level.text)
        if level.form == "bullet" or not words.strip():
            return ""
        spaced = words[-1].isalnum() or level.suffix == "space"
        return words + (" " if spaced and level.suffix != "nothing" else "")

    def _slot(self, numbered: _List, level: ListLevel, depth: int) -> str:
        """What is printed for a placeholder in the pattern of `level`, a level of the list `numbered`. The placeholder
        refers to the level at `depth`, from 0 (%1 to depth 0), and prints the present number of that level in its
        format, or in digits where `level` is `legal`; '' for a bullet. A level that no paragraph has counted yet is set
        to its first number. Where the list has no level of this depth, the first number of `level` is printed so."""
        referred = numbered.levels.get(depth, level)
        form = "decimal" if level.legal and referred.form != "bullet" else referred.form
        return printed(numbered.counts.setdefault(depth, referred.start), form)

    def _num(self, each: Element, aliases: dict[str | None, str | None]) -> None:
        """Defines the list of a w:num element, which names a definition (w:abstractNum) and may override levels and
        first numbers of it, each by its depth (0 where it states none; a first number that is not stated is 1, one of a
        level that the list does not have is left out). A level whose first number is overridden starts anew with it;
        otherwise the lists of one definition count on from one another. Does nothing where it has no id or its
        definition is missing. Each level is tied to the paragraph style that it names, unless an earlier one of
        this list is. `aliases` has, by the id of each definition, the id
        of the definition of the list style that it only refers to, None where it refers to none."""
        identity = attribute(each, "numId")
        abstract = attribute(child(each, "abstractNumId"), "val")
        definition = self._abstract.get(aliases.get(abstract) or abstract or "")
        if identity is None or definition is None:
            return
        levels, starts = dict(definition.levels), {}
        for override in _children(each, "lvlOverride"):
            depth = integer(attribute(override, "ilvl"))
            if (start := child(override, "startOverride")) is not None:
                starts[depth] = integer(attribute(start, "val"), 1)
            if (level := child(override, "lvl")) is not None:
                levels[depth] = _level(level)[1]
        levels |= {depth: replace(levels[depth], start=start) for depth, start in starts.items() if depth in levels}
        self._lists[identity] = _List(levels, definition.counts)
        self._anew[identity] = set(starts)
        for depth, each_level in levels.items():
            if each_level.style:
                self._by_style.setdefault((identity, each_level.style), depth)


def _level(each: Element) -> tuple[int, ListLevel]:
    """The depth (from 0) and the properties of a w:lvl element. Where it does not state them, the depth is 0, the
    format 'decimal', the pattern '', the first number 0 and the suffix 'tab'. Of a pattern the first MAX_PATTERN_LENGTH
    (40) characters count."""
    return integer(attribute(each, "ilvl")), ListLevel(
        form=attribute(child(each, "numFmt"), "val") or "decimal",
        text=(attribute(child(each, "lvlText"), "val") or "")[:MAX_PATTERN_LENGTH],
        start=integer(attribute(child(each, "start"), "val")),
        suffix=attribute(child(each, "suff"), "val") or "tab",
        style=attribute(child(each, "pStyle"), "val"),
        legal=child(each, "isLgl") is not None,
    )


def _children(element: Element, name: str) -> list[Element]:
    """The children of the element whose name without namespace is `name`: 'lvl' -> the w:lvl elements."""
    return [each for each in element if local(each) == name]
