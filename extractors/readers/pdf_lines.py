"""Characters of a page -> lines in reading order: words with the gaps between them, columns one after the other.

Coordinates and sizes are in points, with y counted from the top of the page.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extractors.readers.pdf_grid import Ruled
from extractors.readers.pdf_page import Face, Glyph
from extractors.vocabulary.stops import CLAUSE_ENDS

# in multiples of the type size
BLANK_GAP = 0.15  # a gap as wide shows a space of the file
WORD_GAP = 0.25  # between Latin words
HAN_GAP = 0.2  # between Chinese words, beyond the median gap of the line
MARK_GAP = 0.7  # beside other characters: a mark may be set narrow
TAB_GAP = 2.0  # between columns, or a heading and its page number
GUTTER_GAP = 1.2  # between columns of text
PART_GAP = 1.0  # between the parts of one line that are of two columns: a mark hangs into the gutter
MAX_SMALL_GLYPHS = 8  # characters of small type that join the line beside them
MAX_LINE_GLYPHS = 1_000  # characters of a line that small type joins
MAX_PAGE_GAPS = 1_000  # wide gaps: a page with more is a drawing
MIN_COLUMN_ROWS = 5  # lines in which two columns stand side by side
MIN_COLUMN_WIDTH = 8.0  # type sizes: narrower columns are those of a table
BESIDE = 0.7  # type sizes: lines whose middles are nearer in height stand beside one another
FULL_COLUMN_LINE = 2.2  # type sizes by which a full line of a column may stop short of its edge
HANGING_MARKS = f"{CLAUSE_ENDS}、）》”’】〕"  # marks that may hang beyond the edge of a column
HAN_CHARACTER = re.compile(r"[\u3400-\u9fff]")


@dataclass(slots=True)
class GlyphLine:
    """Characters on one base line, from left to right. It is made from its glyphs, of which at least one is no white
    space, the page's number and the layout region; the other members are computed, and `glyphs` is without white space.

    Lines of one `region` share their margins. It is (page, kind, number), where the kind is 'column', 'box', 'note'
    (footnotes) or '' for the page itself ((page, '', 0)). `text` has tabs and spaces where there are gaps, and `faces`
    the typeface of each character of it. The edges, the y of the base line (`base`) and the type size (`size`) are in
    points, with y counted from the top of the page.
    """

    glyphs: list[Glyph]
    page: int
    region: tuple[int, str, int] = (0, "", 0)
    text: str = ""
    faces: list[Face] = field(default_factory=list)  # one for each character of the text
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    base: float = 0.0
    size: float = 0.0

    def __post_init__(self) -> None:
        blanks = sorted(glyph.left for glyph in self.glyphs if glyph.text.isspace())
        self.glyphs = glyphs = [glyph for glyph in self.glyphs if not glyph.text.isspace()]
        self.left, self.right = glyphs[0].left, max(glyph.right for glyph in glyphs)
        self.top, self.bottom = min(glyph.top for glyph in glyphs), max(glyph.bottom for glyph in glyphs)
        self.base = median(glyph.base for glyph in glyphs)
        self.size = size(glyphs)
        usual = median([max(0.0, b.left - a.right) for a, b in pairwise(glyphs)] or [0.0])
        parts: list[str] = []
        for n, glyph in enumerate(glyphs):
            space = _space(glyphs[n - 1], glyph, self.size, blanks, usual) if n else ""
            parts += [space, glyph.text]
            self.faces += [glyph.face] * (len(space) + len(glyph.text))
        self.text = "".join(parts)

    @property
    def face(self) -> Face:
        """The typeface of most of its characters, of several the first."""
        return Counter(self.faces).most_common(1)[0][0]


def size(glyphs: Sequence[Glyph]) -> float:
    """The type size in points of at least one glyph: the median width of the Chinese characters, or nine tenths of the
    median height where there are none; at least 1."""
    widths = [glyph.right - glyph.left for glyph in glyphs if HAN_CHARACTER.match(glyph.text)]
    return max(1.0, median(widths) if widths else median(glyph.bottom - glyph.top for glyph in glyphs) * 0.9)


def lines(glyphs: Iterable[Glyph], page: int) -> list[GlyphLine]:
    """The glyphs of a page or cell as lines, all in the region of the page itself, in the order of their middles from
    the top down, those at one height from left to right. Small type that is raised or lowered (km²) joins the line
    beside it, a character that is printed twice to look bold stands once (`_once`), and lines of white space are left
    out. `page` is the page's number."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.base, glyph.left)):
        if rows and _is_in_row(glyph, rows[-1][0]):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    page_lines = [
        GlyphLine(_once(sorted(row, key=lambda glyph: glyph.left)), page, (page, "", 0))
        for row in _merged(rows)
        if not all(glyph.text.isspace() for glyph in row)
    ]
    return sorted(page_lines, key=_place)


def in_columns(page_lines: list[GlyphLine], page: int, before: float | None) -> tuple[list[GlyphLine], float | None]:
    """The lines of a page from the top down, and the x coordinate of the gutter (`_gutter`) where two columns of text
    stand side by side, else None. The lines of each column are made of the characters on its side of the gutter alone,
    since those of the two may stand at different heights, and get a region of kind 'column'; a line across the gutter,
    or whose parts are less than a character apart, stays whole and ends the columns above it. `before` is the gutter of
    the page before, if it has one, which the last page of a text may have too, where its columns are short.
    `page_lines` is in order from the top down, `page` the page's number."""
    gutter = _gutter(page_lines, before)
    if gutter is None:
        return page_lines, None
    whole: list[GlyphLine] = []
    bands: list[tuple[list[Glyph], list[Glyph]]] = [([], [])]
    for line in page_lines:
        left = [glyph for glyph in line.glyphs if _ink_end(glyph) <= gutter]
        right = [glyph for glyph in line.glyphs if glyph.left >= gutter]
        gap = right[0].left - _ink_end(left[-1]) if left and right else PART_GAP * line.size
        if len(left) + len(right) < len(line.glyphs) or gap < PART_GAP * line.size:
            whole.append(line)
            bands.append(([], []))
        else:
            bands[-1][0].extend(left)
            bands[-1][1].extend(right)
    for band, sides in enumerate(bands):
        for side, glyphs in enumerate(sides):
            for line in lines(glyphs, page):
                line.region = page, "column", band * 2 + side
                whole.append(line)
    return sorted(whole, key=_place), gutter


def in_order(page_lines: Sequence[GlyphLine], areas: Sequence[Ruled], gutter: float | None) -> list[GlyphLine | Ruled]:
    """The lines of a page and its areas, which are tables and frames, in reading order: by their tops, at one height
    lines before areas; where the page has a `gutter`, those of the left column before those of the right. What goes
    across the gutter ends the columns above it."""
    items: list[GlyphLine | Ruled] = [*page_lines, *areas]
    if areas or gutter is not None:
        items.sort(key=lambda item: item.top)
    if gutter is None:
        return items
    order: list[GlyphLine | Ruled] = []
    sides: tuple[list[GlyphLine | Ruled], list[GlyphLine | Ruled]] = ([], [])
    for item in items:
        right = _ink_end(item.glyphs[-1]) if isinstance(item, GlyphLine) else item.right
        if item.left < gutter < right:
            order += [*sides[0], *sides[1], item]
            sides = ([], [])
        else:
            sides[item.left >= gutter].append(item)
    return [*order, *sides[0], *sides[1]]


def _ink_end(glyph: Glyph) -> float:
    """The x coordinate where the glyph's ink ends at the latest: the middle of a mark such as ，or 。, which fills the
    left half of its square and may be set beyond the edge of a column; the right edge of others."""
    return (glyph.left + glyph.right) / 2 if glyph.text in HANGING_MARKS else glyph.right


def _place(line: GlyphLine) -> tuple[float, float]:
    """Where a line stands in the order of a page: its middle (twice its height on the page), then its left edge."""
    return line.top + line.bottom, line.left


def _is_in_row(glyph: Glyph, first: Glyph) -> bool:
    """Whether the glyph belongs to the row whose first glyph is `first`, which has the higher base line or the same:
    its base line is lower by at most 0.15 of its height (taken as at least a point), or by at most 0.4 where the glyph
    is at most 1.5 times as high as `first`."""
    height = max(1.0, glyph.bottom - glyph.top)
    lower = glyph.base - first.base
    alike = glyph.bottom - glyph.top <= 1.5 * (first.bottom - first.top)
    return lower <= 0.4 * height and (lower <= 0.15 * height or alike)


def _merged(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """The rows of glyphs, from the top down, with small type joined to the row before or after it (`_belong`)."""
    merged: list[list[Glyph]] = []
    for row in rows:
        if merged and _belong(merged[-1], row):
            merged[-1] = merged[-1] + row
        else:
            merged.append(row)
    return merged


def _belong(one: list[Glyph], other: list[Glyph]) -> bool:
    """Whether the row with the smaller glyphs (`_height`; of equal ones that with fewer) is small type of the other,
    such as the ² of km². It must have at most MAX_SMALL_GLYPHS (8) glyphs, be less than 0.8 as high as the other row,
    which has at most MAX_LINE_GLYPHS (1,000) glyphs, be beside that row with more than half of its height, and have no
    glyph over or under a glyph of that row (`over`)."""
    small, large = sorted((one, other), key=lambda row: (_height(row), len(row)))
    if len(small) > MAX_SMALL_GLYPHS or len(large) > MAX_LINE_GLYPHS or over(small, large):
        return False
    top, bottom = min(g.top for g in small), max(g.bottom for g in small)
    overlap = min(bottom, max(g.bottom for g in large)) - max(top, min(g.top for g in large))
    return _height(small) < 0.8 * _height(large) and overlap > 0.5 * (bottom - top)


def _height(row: list[Glyph]) -> float:
    """The height in points of the row's highest glyph."""
    return max(glyph.bottom - glyph.top for glyph in row)


def over(one: Iterable[Glyph], other: Sequence[Glyph]) -> bool:
    """Whether a glyph of one row stands over or under one of the other rather than between them: across the page the
    two overlap by more than a point. White space does not count."""
    return any(
        a.right > b.left + 1 and a.left < b.right - 1
        for a in one
        if not a.text.isspace()
        for b in other
        if not b.text.isspace()
    )


def _once(row: list[Glyph]) -> list[Glyph]:
    """The row, which is from left to right, without the copies of characters that are printed twice to look bold: a
    glyph with the text of the last one that was kept, at nearly its place (`_close`), is left out. Where the font has
    one glyph for two equal characters (`_one_glyph`), both are kept."""
    once: list[Glyph] = []
    for glyph in row:
        twin = once[-1] if once else None
        if twin is None or twin.text != glyph.text or _one_glyph(twin, glyph) or not _close(twin, glyph):
            once.append(glyph)
    return once


def _close(one: Glyph, two: Glyph) -> bool:
    """Whether the left edge of glyph `two` is less than 0.3 of the width of glyph `one` (taken as at least a point) to
    the right of the left edge of `one`."""
    return two.left - one.left < 0.3 * max(1.0, one.right - one.left)


def _one_glyph(one: Glyph, two: Glyph) -> bool:
    """Whether the two characters are one glyph of the font, as —— may be: `two` is the next character after `one` in
    the file, and has the same left and right edge."""
    return two.order == one.order + 1 and two.left == one.left and two.right == one.right


def _space(before: Glyph, after: Glyph, em: float, blanks: Sequence[float], usual: float) -> str:
    """What the text has between two neighbouring glyphs of a line, by the width of the gap between them in type sizes:
    a tab where it is at least TAB_GAP (2.0). A space where it is at least MARK_GAP (0.7); BLANK_GAP (0.15) where the
    file has a space between their left edges; HAN_GAP (0.2) more than the usual gap between Chinese characters; or
    WORD_GAP (0.25) between ASCII characters. Else ''. `em` is the type size and `usual` the median gap of the line, in
    points. `blanks` are the x coordinates of the spaces in the file, sorted."""
    gap = (after.left - before.right) / em
    if gap >= TAB_GAP:
        return "\t"
    if gap >= BLANK_GAP and bisect_right(blanks, before.left) < bisect_left(blanks, after.left):
        return " "
    han = HAN_CHARACTER.match(before.text) and HAN_CHARACTER.match(after.text)
    if gap >= MARK_GAP or (han and gap - usual / em >= HAN_GAP):
        return " "
    return " " if gap >= WORD_GAP and before.text.isascii() and after.text.isascii() else ""


def _gutter(page_lines: list[GlyphLine], before: float | None) -> float | None:
    """The x coordinate of an empty strip between two columns of running text, from the lines of a page, which are at
    one height in both columns or not (`_Halves`). It lies from 0.35 to 0.65 of the way across all lines, in the middle
    of a gap of at least GUTTER_GAP (1.2 type sizes) in a line, or half as far before a line that begins there. Of
    several places the one with most lines side by side counts, then the one with fewest lines across it. Where there is
    no such place, it is `before`, the gutter of the page before, if no line goes across that and all lines are to the
    left of it, or the two sides are columns but for their number of lines. Else None, also where there are more than
    MAX_PAGE_GAPS (1,000) places."""
    if not page_lines:
        return None
    left, right = min(line.left for line in page_lines), max(line.right for line in page_lines)
    gaps: list[list[tuple[float, float]]] = []
    places: set[float] = set()
    for line in page_lines:
        wide = [
            (_ink_end(glyph), after.left)
            for glyph, after in pairwise(line.glyphs)
            if after.left - _ink_end(glyph) >= PART_GAP * line.size
        ]
        gaps.append(wide)
        places.update((start + end) / 2 for start, end in wide if end - start >= GUTTER_GAP * line.size)
        places.add(line.left - GUTTER_GAP / 2 * line.size)
    inner = [x for x in sorted(places) if 0.35 <= (x - left) / max(1.0, right - left) <= 0.65]
    if len(inner) > MAX_PAGE_GAPS:
        return None
    every = [halves for x in inner if (halves := _Halves.at(x, page_lines, gaps)).are_columns(MIN_COLUMN_ROWS)]
    if every:
        return max(every, key=lambda halves: (halves.beside, -len(halves.across))).place
    if before is not None:
        halves = _Halves.at(before, page_lines, gaps)
        if not halves.across and (not halves.right or halves.are_columns(1)):
            return before
    return None


class _Part(NamedTuple):
    """A line, or the part of one beside a gap: its left and right edge, the height of its middle, its type size."""

    left: float
    right: float
    middle: float
    size: float


@dataclass(slots=True)
class _Halves:
    """The lines of a page on the two sides of a place across it. `left` and `right` have each line, or part of a line,
    on that side; `on_a_side` counts the lines that they are from, `several` those of these with a gap elsewhere;
    `across` has the middles of the lines that go across the place."""

    place: float
    left: list[_Part] = field(default_factory=list)
    right: list[_Part] = field(default_factory=list)
    on_a_side: int = 0
    several: int = 0
    across: list[float] = field(default_factory=list)

    @classmethod
    def at(cls, place: float, lines: Sequence[GlyphLine], gaps: Sequence[Sequence[tuple[float, float]]]) -> "_Halves":
        """The halves at a place; `gaps` has the wide gaps of each of the lines, as (start, end)."""
        halves = cls(place)
        for line, wide in zip(lines, gaps, strict=True):
            whole = _Part(line.left, _ink_end(line.glyphs[-1]), (line.top + line.bottom) / 2, line.size)
            here = next(((start, end) for start, end in wide if start <= place <= end), None)
            if here:
                halves.left.append(whole._replace(right=here[0]))
                halves.right.append(whole._replace(left=here[1]))
            elif whole.right <= place:
                halves.left.append(whole)
            elif whole.left >= place:
                halves.right.append(whole)
            else:
                halves.across.append(whole.middle)
                continue
            halves.on_a_side += 1
            halves.several += len(wide) > (here is not None)
        return halves

    @property
    def beside(self) -> int:
        """How many lines of one side stand beside lines of the other, of the side with fewer: between the middles of
        the first and the last line of the other side, give or take their type size."""
        counts = []
        for one, other in ((self.left, self.right), (self.right, self.left)):
            first, last = min(part.middle for part in other), max(part.middle for part in other)
            counts.append(sum(first - part.size <= part.middle <= last + part.size for part in one))
        return min(counts)

    def are_columns(self, least: int) -> bool:
        """Whether the sides are two columns of running text: at least so many lines stand side by side (`least`), and
        no more lines go across than do not, none of them beside a line on one side, as a column in the middle has
        them. Columns of a table are none: in the median the lines of both sides are at least MIN_COLUMN_WIDTH (8 type
        sizes) wide, at most a third of the lines have a gap elsewhere, and more than half of those on each side are
        full, ending at most FULL_COLUMN_LINE (2.2 type sizes) before the longest."""
        if not self.left or not self.right or self.beside < least or len(self.across) > self.on_a_side:
            return False
        parts = self.left + self.right
        if any(abs(middle - part.middle) < BESIDE * part.size for middle in self.across for part in parts):
            return False
        for side in (self.left, self.right):
            if median((part.right - part.left) / part.size for part in side) < MIN_COLUMN_WIDTH:
                return False
            edge = max(part.right for part in side)
            if sum(edge - part.right <= FULL_COLUMN_LINE * part.size for part in side) * 2 <= len(side):
                return False
        return self.several * 3 <= self.on_a_side
