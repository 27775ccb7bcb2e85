"""Tables of a PDF without rules down the page, set by blanks or between three rules, whose cells have several lines.

The lines of such cells stand between those of their neighbours, so that a line of the page is no row:

                                县水务局、县发展
    用水总量   亿立方米   0.73
                                改革局

Where each row shows by its place, the table gets its cells; where one does not, the table is not read. Tables whose
rows are lines of the page are left to those who read plain text. In all functions the measures are in points from the
top left of the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import mean, median

from extractors.readers.pdf_lines import GlyphLine, lines, over
from extractors.readers.pdf_page import Glyph
from extractors.readers.writer import GridCell, Paragraph, Run
from extractors.vocabulary.numbering import marker

BLURRED_ROWS = "the rows of a table without rules cannot be told apart"
ABOVE_BASE, BELOW_BASE = 0.85, 0.12  # type sizes: how far characters reach above and below the base line
MIN_OVERLAP = 0.1  # type sizes by which lines that stand beside one another overlap in height
MIN_STRIP = 0.4  # type sizes: an empty strip of this width down the table parts two columns
MAX_CELL_GAP = 0.7  # type sizes: a wider gap in a line of a cell shows that it is of two columns
MAX_HEAD_GAP = 2.0  # type sizes: the same in the header, whose words may be spaced
MIN_ROW_GAP = 1.2  # type sizes between the pieces of a line that is a row
MAX_ROW_DISTANCE = 2.5  # type sizes of white between rows of one table
CENTRE_TOLERANCE = 0.3  # type sizes between the middles of the cells of a row


@dataclass(frozen=True, slots=True)
class BlankTable:
    """A table without rules, on a page or from several: `page` is the last, `cells` are those of its rows, `columns`
    the edges (left, right) of the words in each column, `lines` those of the last page. `doubt` says why the cells
    cannot be trusted, None where they can."""

    page: int
    columns: tuple[tuple[float, float], ...]
    cells: tuple[GridCell, ...]
    doubt: str | None
    lines: tuple[GlyphLine, ...]

    def continued(self, after: "BlankTable") -> "BlankTable | None":
        """This table with the rows of `after`, without a header that repeats the first row, where `after` continues it:
        it is on the next page and has as many columns, of which each shares a place across the page with that of this
        table. None where it does not. The result has the page and columns of `after`, and the doubt of either."""
        alike = len(self.columns) == len(after.columns) and all(
            one[0] < two[1] and two[0] < one[1] for one, two in zip(self.columns, after.columns, strict=True)
        )
        if not alike or after.page != self.page + 1:
            return None
        head, again = ([cell.text for cell in table.cells if cell.row == 0] for table in (self, after))
        skipped = int(head == again)
        shift = max(cell.row for cell in self.cells) + 1 - skipped
        added = (replace(cell, row=cell.row + shift) for cell in after.cells if cell.row >= skipped)
        return replace(after, cells=(*self.cells, *added), doubt=self.doubt or after.doubt)


def with_blank_tables(page_lines: Sequence[GlyphLine]) -> list[GlyphLine | BlankTable]:
    """The lines of a page outside of tables with rules, in order, with a BlankTable in place of the lines of each table
    without rules in which lines stand beside one another at different heights (`_bands`). It has three rows, or two of
    which one has three columns: the names of two bodies beside 文件 are no table. Other
    tables without rules stay lines too, as do lines in columns of text and footnotes."""
    bands = _bands(page_lines)
    result: list[GlyphLine | BlankTable] = []
    at = 0
    while at < len(bands):
        part = bands[at : max(at + 1, _stretch_end(bands, at))]
        large = len(part) > 2 or (len(part) == 2 and max(_pieces(line) for band in part for line in band) > 2)
        if not any(len(band) > 1 for band in part):  # nor has a stretch that begins within this one
            result += [line for band in part for line in band]
            at += len(part)
        elif large:
            result.append(_table(part))
            at += len(part)
        else:
            result += bands[at]
            at += 1
    return result


def _bands(page_lines: Sequence[GlyphLine]) -> list[list[GlyphLine]]:
    """The lines in order, those together that stand beside one another: whose characters overlap in height by more than
    MIN_OVERLAP (0.1 type sizes), directly or through others of the band, but do not across the page. Lines in columns
    of text, boxes and footnotes are each alone."""
    bands: list[list[GlyphLine]] = []
    for line in page_lines:
        band = bands[-1] if bands else []
        if band and not line.region[1] and any(_beside(other, line) for other in band):
            band.append(line)
        else:
            bands.append([line])
    return bands


def _beside(one: GlyphLine, two: GlyphLine) -> bool:
    """Whether the characters of two lines of the page itself overlap in height and not across the page."""
    overlap = min(_bottom(one), _bottom(two)) - max(_top(one), _top(two))
    apart = one.right <= two.left or two.right <= one.left or not over(one.glyphs, two.glyphs)
    return not one.region[1] and apart and overlap > MIN_OVERLAP * min(one.size, two.size)


def _top(line: GlyphLine) -> float:
    """Where the line's characters end above its base line."""
    return line.base - ABOVE_BASE * line.size


def _bottom(line: GlyphLine) -> float:
    """Where the line's characters end below its base line."""
    return line.base + BELOW_BASE * line.size


def _is_row(band: Sequence[GlyphLine]) -> bool:
    """Whether the band, which stands outside of columns of text, boxes and footnotes, may be a row of a table: several
    lines beside one another, or one with a gap of at least MIN_ROW_GAP (1.2 type sizes)."""
    return not band[0].region[1] and (len(band) > 1 or _pieces(band[0]) > 1)


def _pieces(line: GlyphLine) -> int:
    """How many pieces gaps of at least MIN_ROW_GAP (1.2 type sizes) make of a line."""
    return 1 + sum(b.left - a.right >= MIN_ROW_GAP * line.size for a, b in pairwise(line.glyphs))


def _stretch_end(bands: Sequence[Sequence[GlyphLine]], start: int) -> int:
    """The index after the last row of a table that begins with the band at `start`: rows (`_is_row`), and between them
    single lines less than half as wide as the table so far, with at most MAX_ROW_DISTANCE (2.5 type sizes) of white
    between neighbours. `start` itself where that band is no row."""
    if not _is_row(bands[start]):
        return start
    end = start + 1
    left, right = _edges(bands[start])
    for at in range(start + 1, len(bands)):
        band, above = bands[at], bands[at - 1]
        white = min(map(_top, band)) - max(map(_bottom, above))
        if white > MAX_ROW_DISTANCE * band[0].size or band[0].region[1]:
            break
        if _is_row(band):
            end = at + 1
            left, right = min(left, _edges(band)[0]), max(right, _edges(band)[1])
        elif band[0].right - band[0].left > (right - left) / 2:
            break
    return end


def _edges(band: Sequence[GlyphLine]) -> tuple[float, float]:
    """The left and right edge of the lines of a band."""
    return min(line.left for line in band), max(line.right for line in band)


def _table(bands: Sequence[Sequence[GlyphLine]]) -> BlankTable:
    """The table that bands of lines make, each a row, with its doubt: BLURRED_ROWS where it cannot be seen which line
    is of which row or which words are of which column. In a table with a doubt each line is a row."""
    every = sorted((line for band in bands for line in band), key=lambda line: (line.base, line.left))
    em = median(line.size for line in every)
    columns = _columns(every, em)
    rows = _completed([_by_column(band, columns) for band in bands], em)
    if rows is not None and len(columns) > 1 and all(_is_sure(row, n == 0, em) for n, row in enumerate(rows)):
        cells = [cell for n, row in enumerate(rows) for cell in _cells(n, row)]
        return BlankTable(every[0].page, columns, tuple(cells), None, tuple(every))
    cells = [cell for n, line in enumerate(every) for cell in _cells(n, _by_column([line], columns))]
    return BlankTable(every[0].page, columns, tuple(cells), BLURRED_ROWS, tuple(every))


def _columns(table_lines: Sequence[GlyphLine], em: float) -> tuple[tuple[float, float], ...]:
    """The columns of a table, as the left and right edge of the words in each: they are parted by strips of at least
    MIN_STRIP (0.4 type sizes, `em` points each) in which no line has a character."""
    columns: list[tuple[float, float]] = []
    for glyph in sorted((glyph for line in table_lines for glyph in line.glyphs), key=lambda glyph: glyph.left):
        if columns and glyph.left - columns[-1][1] < MIN_STRIP * em:
            columns[-1] = columns[-1][0], max(columns[-1][1], glyph.right)
        else:
            columns.append((glyph.left, glyph.right))
    return tuple(columns)


Row = list[list[GlyphLine]]  # the lines of each cell of a row, from the top down; an empty cell has none


def _by_column(band: Sequence[GlyphLine], columns: Sequence[tuple[float, float]]) -> Row:
    """The lines of a band divided into the cells of the columns."""
    glyphs: list[list[Glyph]] = [[] for _ in columns]
    for line in band:
        for glyph in line.glyphs:
            glyphs[next(n for n, (_, right) in enumerate(columns) if glyph.left < right)].append(glyph)
    return [lines(each, band[0].page) for each in glyphs]


def _completed(rows: Sequence[Row], em: float) -> list[Row] | None:
    """The rows with what belongs to a row above and below it: of two single words in one column, as far above a row as
    below it, both are lines of its cell there. A single word with the number of a heading is a row of its own. None
    where any other row has words in one column only."""
    single = [sum(map(bool, row)) == 1 for row in rows]
    done: list[Row] = []
    at = 0
    while at < len(rows):
        if not single[at]:
            done.append(rows[at])
        elif single[at : at + 3] == [True, False, True] and _frame(rows[at], rows[at + 1], rows[at + 2], em):
            done.append([above + cell + below for above, cell, below in zip(*rows[at : at + 3], strict=True)])
            at += 2
        elif any(cell and marker(cell[0].text) for cell in rows[at]):
            done.append(rows[at])
        else:
            return None
        at += 1
    return done


def _frame(above: Row, row: Row, below: Row, em: float) -> bool:
    """Whether the words of the rows `above` and `below` are in one column and as far from the middle of `row`, give or
    take CENTRE_TOLERANCE (0.3 type sizes, `em` points each)."""
    column = next(n for n, cell in enumerate(above) if cell)
    if not below[column]:
        return False
    middle = mean(line.base for cell in row for line in cell)
    return abs(above[column][0].base + below[column][-1].base - 2 * middle) <= 2 * CENTRE_TOLERANCE * em


def _is_sure(row: Row, head: bool, em: float) -> bool:
    """Whether each cell of a row holds what belongs to it: the middles of all cells are at one height, give or take
    CENTRE_TOLERANCE (0.3 type sizes, `em` points each), and no line of a cell has a gap of MAX_CELL_GAP (0.7), or of
    MAX_HEAD_GAP (2) in the first row (`head`), which may hide the strip between two columns."""
    middles = [mean((cell[0].base, cell[-1].base)) for cell in row if cell]
    widest = (MAX_HEAD_GAP if head else MAX_CELL_GAP) * em
    gaps = (b.left - a.right for cell in row for line in cell for a, b in pairwise(line.glyphs))
    return max(middles) - min(middles) <= CENTRE_TOLERANCE * em and all(gap < widest for gap in gaps)


def _cells(number: int, row: Row) -> list[GridCell]:
    """The cells of a row with this number, each with its lines as one paragraph; one of a row that has words in one
    column only goes over all columns."""
    if sum(map(bool, row)) == 1:
        only = next(cell for cell in row if cell)
        return [GridCell(number, 0, _paragraphs(only), column_span=len(row))]
    return [GridCell(number, n, _paragraphs(cell)) for n, cell in enumerate(row)]


def _paragraphs(cell: Sequence[GlyphLine]) -> tuple[Paragraph, ...]:
    """The lines of a cell as one paragraph; none for an empty cell."""
    text = "".join(line.text for line in cell)
    return (Paragraph((Run(text, page=cell[0].page),)),) if cell else ()
