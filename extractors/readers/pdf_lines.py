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

from extractors.readers.pdf_page import Face, Glyph

BLANK_GAP = 0.15  # of a character's width: a space of the file that shows
WORD_GAP = 0.25  # of a character's width, between Latin words
HAN_GAP = 0.2  # between Chinese characters, more than between the others of the line
MARK_GAP = 0.7  # beside a mark, which may be set narrow
TAB_GAP = 2.0  # columns, or a page number after its heading
GUTTER_GAP = 1.2
MAX_SMALL_GLYPHS = 8  # characters of small type on a line
MAX_LINE_GLYPHS = 1_000
MAX_PAGE_GAPS = 1_000  # a page with more is a drawing
MIN_COLUMN_ROWS = 5  # rows in which two columns stand side by side
MIN_COLUMN_WIDTH = 8.0  # characters: narrower columns are those of a table
HAN_CHARACTER = re.compile(r"[\u3400-\u9fff]")


@dataclass(slots=True)
class GlyphLine:
    """Characters on one base line, from left to right. It is made from its glyphs, the page's number and the layout
    region; the other members are computed.

    Lines of one `region` share their margins. It is (page, kind, number), where the kind is 'column', 'box', 'note'
    (footnotes) or '' for the page itself. `text` has tabs and spaces where there are gaps, and `faces` the typeface of
    each character of it. The edges, the y of the base line (`base`) and the type size (`size`) are in points, with y
    counted from the top of the page.
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
        """The typeface of most of its characters."""
        return Counter(self.faces).most_common(1)[0][0]


def size(glyphs: Sequence[Glyph]) -> float:
    """The type size in points: the median width of the Chinese characters, or nine tenths of the median height where
    there are none; at least 1."""
    widths = [glyph.right - glyph.left for glyph in glyphs if HAN_CHARACTER.match(glyph.text)]
    return max(1.0, median(widths) if widths else median(glyph.bottom - glyph.top for glyph in glyphs) * 0.9)


def lines(glyphs: Iterable[Glyph], page: int) -> list[GlyphLine]:
    """The glyphs of a page or cell as lines, from the top down, all in the region of the page itself. Small type that
    is raised or lowered (km²) joins the line beside it, and lines of white space are left out. `page` is the page's
    number."""
    seen = sorted(glyphs, key=lambda glyph: (glyph.base, glyph.left))
    rows: list[list[Glyph]] = []
    for glyph in seen:
        height = max(1.0, glyph.bottom - glyph.top)
        if rows and glyph.base - rows[-1][0].base <= 0.4 * height and _near(rows[-1], glyph, height):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    found = []
    for row in _merged(rows):
        if not all(glyph.text.isspace() for glyph in row):
            found.append(GlyphLine(_once(sorted(row, key=lambda glyph: glyph.left)), page))
    return sorted(found, key=lambda line: (line.top + line.bottom, line.left))


def in_columns(found: list[GlyphLine], page: int) -> list[GlyphLine]:
    """The lines of a page in reading order: where two columns stand side by side, the lines are divided, those of the
    left column come first, and the parts get regions of kind 'column'. `found` is in order from the top down, and is
    returned where there are no columns; `page` is the page's number."""
    gutter = _gutter(found)
    if gutter is None:
        return found
    order: list[GlyphLine] = []
    sides: tuple[list[GlyphLine], list[GlyphLine]] = ([], [])
    band = 0
    for line in found:
        left = [glyph for glyph in line.glyphs if glyph.right <= gutter]
        right = [glyph for glyph in line.glyphs if glyph.left >= gutter]
        if len(left) + len(right) < len(line.glyphs) or (left and right and right[0].left - left[-1].right < line.size):
            order += [*sides[0], *sides[1], line]
            sides = ([], [])
            band += 1
            continue
        for side, part in enumerate((left, right)):
            if part:
                sides[side].append(GlyphLine(part, page, (page, "column", band * 2 + side)))
    return [*order, *sides[0], *sides[1]]


def _near(row: list[Glyph], glyph: Glyph, height: float) -> bool:
    """Whether the glyph belongs to the row of glyphs: their base lines differ by at most 15 % of `height`, the height
    of the glyph in points, or the glyph is at most 1.5 times as high as the row's first."""
    first = row[0]
    return abs(glyph.base - first.base) <= 0.15 * height or glyph.bottom - glyph.top <= 1.5 * (first.bottom - first.top)


def _merged(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """The rows of glyphs, with a row of a few glyphs of small type (km², ①) joined to the row before or after it that
    it overlaps in height."""
    found: list[list[Glyph]] = []
    for row in rows:
        if found:
            before = found[-1]
            small, large = sorted((before, row), key=lambda r: (max(g.bottom - g.top for g in r), len(r)))
            top, bottom = min(g.top for g in small), max(g.bottom for g in small)
            overlap = min(bottom, max(g.bottom for g in large)) - max(top, min(g.top for g in large))
            height = max(g.bottom - g.top for g in small)
            few = len(small) <= MAX_SMALL_GLYPHS and len(large) <= MAX_LINE_GLYPHS
            if (
                few
                and not _over(small, large)
                and height < 0.8 * max(g.bottom - g.top for g in large)
                and overlap > 0.5 * (bottom - top)
            ):
                found[-1] = before + row
                continue
        found.append(row)
    return found


def _over(small: list[Glyph], large: list[Glyph]) -> bool:
    """Whether a glyph of the row of small type is straight above or below one of the large type, and not between its
    glyphs."""
    return any(
        s.right > g.left + 1 and s.left < g.right - 1
        for s in small
        if not s.text.isspace()
        for g in large
        if not g.text.isspace()
    )


def _once(row: list[Glyph]) -> list[Glyph]:
    """The row, from left to right, without the second of two equal characters at nearly one place: characters are
    printed twice to look bold."""
    kept: list[Glyph] = []
    for glyph in row:
        twin = kept[-1] if kept else None
        if twin is None or twin.text != glyph.text or _one_glyph(twin, glyph) or not _close(twin, glyph):
            kept.append(glyph)
    return kept


def _close(one: Glyph, two: Glyph) -> bool:
    """Whether the left edges of the glyphs are less than 0.3 of the first one's width apart."""
    return two.left - one.left < 0.3 * max(1.0, one.right - one.left)


def _one_glyph(one: Glyph, two: Glyph) -> bool:
    """Whether the two characters are one glyph of the font, as —— may be: they follow one another in the file and have
    one place."""
    return two.order == one.order + 1 and two.left == one.left and two.right == one.right


def _space(before: Glyph, after: Glyph, em: float, blanks: Sequence[float], usual: float) -> str:
    """What the text has between two neighbouring glyphs of a line: a tab, a space or '', by the width of the gap
    between them. `em` is the type size and `usual` the median gap of the line, in points. `blanks` are the x
    coordinates of the spaces that are in the file; such a space counts where there is a visible gap."""
    gap = (after.left - before.right) / em
    if gap >= TAB_GAP:
        return "\t"
    if gap >= BLANK_GAP and bisect_right(blanks, before.left) < bisect_left(blanks, after.left):
        return " "
    han = HAN_CHARACTER.match(before.text) and HAN_CHARACTER.match(after.text)
    if gap >= MARK_GAP or (han and gap - usual / em >= HAN_GAP):
        return " "
    return " " if gap >= WORD_GAP and before.text.isascii() and after.text.isascii() else ""


def _gutter(found: list[GlyphLine]) -> float | None:
    """The x coordinate of the middle of the empty strip between two columns of running text, from the lines of a page
    (`found`); None where there is no such strip, or the columns are those of a table."""
    gaps: list[tuple[float, float, GlyphLine]] = []
    for line in found:
        for before, after in zip(line.glyphs, line.glyphs[1:], strict=False):
            if after.left - before.right >= GUTTER_GAP * line.size:
                gaps.append((before.right, after.left, line))
    if not MIN_COLUMN_ROWS <= len(gaps) <= MAX_PAGE_GAPS:
        return None
    left, right = min(line.left for line in found), max(line.right for line in found)
    best: list[tuple[float, float, GlyphLine]] = []
    place = 0.0
    for start, end, _ in gaps:
        middle = (start + end) / 2
        if not 0.35 <= (middle - left) / max(1.0, right - left) <= 0.65:
            continue
        through = [gap for gap in gaps if gap[0] <= middle <= gap[1]]
        if len(through) > len(best):
            best, place = through, middle
    rows = [gap[2] for gap in best]
    if len(rows) < MIN_COLUMN_ROWS or len(rows) * 2 < len(found):
        return None
    lefts = median(gap[0] - gap[2].left for gap in best) / median(line.size for line in rows)
    rights = median(gap[2].right - gap[1] for gap in best) / median(line.size for line in rows)
    several = sum(sum(gap[2] is line for gap in gaps) > 1 for line in rows)
    if min(lefts, rights) < MIN_COLUMN_WIDTH or several * 3 > len(rows):
        return None
    return place
