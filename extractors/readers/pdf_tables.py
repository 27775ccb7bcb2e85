"""Tables of a PDF: cells with their words, tables that continue over a page break, rows that a break divided.

In all functions `habits` is what the lines of the document have in common, and a character as a measure is the type
size of a line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from extractors.readers.pdf_flow import Flow, words
from extractors.readers.pdf_grid import SAME_RULE_DISTANCE, Box, Ruled, contents
from extractors.readers.pdf_lines import HAN_CHARACTER, HANGING_MARKS, GlyphLine, lines
from extractors.readers.pdf_page import Glyph
from extractors.readers.writer import GridCell, Paragraph

CELL_PADDING = 0.45  # characters: each side of a cell
CENTRED_CELL_TOLERANCE = 0.6  # characters by which the two sides of a centred line may differ
CELL_WIDTH_TOLERANCE = 0.3  # characters by which a word that did not fit may seem to
MAX_PAGE_SHIFT = 40.0  # points between two scanned pages that were not laid down at one place
MIN_LINE_ROOM = 1.0  # characters of height that another line needs
# what is not divided from the character after it, or before it
OPENING_MARKS, CLOSING_MARKS = "（(《“‘【〔", f"{HANGING_MARKS})%％"


@dataclass(slots=True)
class PageTable:
    """A table of a page by its grid (`ruled`) and cells, or one joined from several pages, whose page is the last; its
    grid, `tails` and `openings` are those of the last one that has more than a repeated header.

    `openings` has the first line of each cell that is not empty, by its row and column; `tails` the last line of each
    of them that reaches the foot of the table, with the cell's box, by the column in which it begins. `doubt` says why
    the cells of a scanned page cannot be trusted, None where they can.
    """

    page: int
    ruled: Ruled
    cells: list[GridCell]
    tails: dict[int, tuple[GlyphLine, Box]]
    openings: dict[tuple[int, int], GlyphLine]
    scanned: bool = False
    doubt: str | None = None

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.ruled.columns) - 1


def page_table(ruled: Ruled, glyphs: Sequence[Glyph], page: int, habits: Flow) -> PageTable:
    """The table that the grid `ruled` makes of the glyphs of a page, of which those inside it are used. `page` is the
    page's number. `scanned` and `doubt` are left False and None."""
    inside, _ = contents(ruled, glyphs)
    table = PageTable(page, ruled, [], {}, {})
    height = max(box.row + box.row_span for box in ruled.boxes)
    for box in ruled.boxes:
        cell_lines = lines(inside[box], page)
        paragraphs = _paragraphs(cell_lines, box, habits)
        table.cells.append(GridCell(box.row, box.column, paragraphs, box.row_span, box.column_span))
        if cell_lines:
            table.openings[box.row, box.column] = cell_lines[0]
            if box.row + box.row_span == height:
                table.tails[box.column] = cell_lines[-1], box
    return table


def continues(before: PageTable, after: PageTable) -> bool:
    """Whether `after` continues the table `before`: it is on the next page, and has as many columns, whose rules are at
    the same places, give or take less than 7 points (2 SAME_RULE_DISTANCE). Where both pages are scanned, all rules may
    be shifted alike by less than MAX_PAGE_SHIFT (40 points), the median of their distances."""
    if after.page != before.page + 1 or before.width != after.width:
        return False
    moved = [b - a for a, b in zip(before.ruled.columns, after.ruled.columns, strict=True)]
    shift = median(moved) if before.scanned and after.scanned else 0.0
    return abs(shift) < MAX_PAGE_SHIFT and all(abs(each - shift) < 2 * SAME_RULE_DISTANCE for each in moved)


def joined(before: PageTable, after: PageTable) -> PageTable:
    """The table `before` with the rows of `after`, which continues it on the next page, without a header that the
    second page repeats (`_without_head`). Where the page break divided a row (`_is_rest`, `_did_not_fit`), the words of
    its second part go to the cells that reach the foot of `before` in the same columns; a cell of that part with
    several rows, the rest of a label, lengthens the cell above it, and the others are not added. Another cell at the
    top of `after` that is empty in a column of labels (the first, or one in which a cell below the first row has
    several rows), is in a column that `before` does not close, or continues a label (`_continues_label`), lengthens the
    cell that ends above it in its column, if there is one (`_ends_at`), and its words go to that cell too. The result
    has the page and grid of `after`, so that a third page can be joined to it, and the doubt of `before`, else of
    `after`; both tables stay as they are. Where `after` has nothing but the header, it is `before` with that page and
    doubt."""
    added = _without_head(before.cells, after.cells)
    if not added:
        return replace(before, page=after.page, doubt=before.doubt or after.doubt)
    top = min(cell.row for cell in added)
    height = max(cell.row + cell.row_span for cell in before.cells)
    first_row = [cell for cell in added if cell.row == top]
    cells = list(before.cells)
    shift = height - top  # from a row of `after` to that of the result
    unclosed = before.ruled.unclosed
    divided = _is_rest(before.cells, first_row, unclosed) and _did_not_fit(before, after, first_row)
    labels = {0} | {cell.column for cell in (*before.cells, *added) if cell.row > 0 and cell.row_span > 1}
    if divided:
        shift -= 1
        rest = {cell.column: cell for cell in first_row if cell.text}
        cells = [
            _with_rest(cell, rest.get(cell.column)) if cell.row + cell.row_span == height else cell for cell in cells
        ]
        added = [cell for cell in added if cell.row != top or cell.row_span > 1]
    for cell in added:
        above = _ends_at(cells, cell.column, height) if cell.row == top else None
        goes_on = divided or cell.column in unclosed or (not cell.text and cell.column in labels)
        if above is not None and (goes_on or _continues_label(before, after, cell)):
            span = cells[above].row_span + cell.row_span + cell.row + shift - height
            words = cell if cell.text and not divided else None
            cells[above] = replace(_with_rest(cells[above], words), row_span=span)
        elif cell.row != top or not divided:
            cells.append(replace(cell, row=cell.row + shift))
    return replace(after, cells=cells, doubt=before.doubt or after.doubt)


def _continues_label(before: PageTable, after: PageTable, cell: GridCell) -> bool:
    """Whether `cell`, a cell of several rows at the top of the table `after` on the second page, continues the label
    above it in `before`, the table on the first page. It does where the label's cell has no room for another line
    below its last one, and the first word of `cell` did not fit on that last line (`_filled`). False where one of the
    two cells is empty or `cell` has one row."""
    tail, opening = before.tails.get(cell.column), after.openings.get((cell.row, cell.column))
    if tail is None or opening is None or cell.row_span == 1:
        return False
    line, box = tail
    return box.bottom - line.bottom < MIN_LINE_ROOM * line.size and _filled(line, opening, box)


def _paragraphs(cell_lines: list[GlyphLine], box: Box, habits: Flow) -> tuple[Paragraph, ...]:
    """The paragraphs of a cell from its lines: a line that fills the cell's width (`_filled`), or is one of a label set
    down its cell (`_is_vertical`), continues on the next line, a shorter one ends a paragraph. `box` is the place of
    the cell; `habits` decides which type is bold."""
    groups: list[list[GlyphLine]] = []
    for line in cell_lines:
        if groups and (_filled(groups[-1][-1], line, box) or _is_vertical(groups[-1][-1], line)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(words(group, habits) for group in groups)


def _filled(before: GlyphLine, line: GlyphLine, box: Box) -> bool:
    """Whether the line `before` fills the width of the box, so that the first word of `line`, the next one, did not fit
    on it (`_first_word`): that word is wider than the room beside `before` less CELL_WIDTH_TOLERANCE (0.3 characters).
    The room is what is free to the right less CELL_PADDING (0.45 characters); for a centred line, whose two sides
    differ by less than CENTRED_CELL_TOLERANCE (0.6 characters), what is free on both sides less twice CELL_PADDING."""
    left, right = before.left - box.left, box.right - before.right
    centred = abs(left - right) < CENTRED_CELL_TOLERANCE * before.size
    room = left + right - 2 * CELL_PADDING * before.size if centred else right - CELL_PADDING * before.size
    return room - CELL_WIDTH_TOLERANCE * before.size < _first_word(line)


def _first_word(line: GlyphLine) -> float:
    """The width in points of what cannot be divided at the beginning of the line: where it begins with a letter or
    digit that is no Chinese character, all such characters, points and per cent signs that follow; else one character,
    or an opening mark with the character after it; and the closing marks (CLOSING_MARKS) that follow. At most the whole
    line."""
    glyphs = line.glyphs
    end = 1
    if not HAN_CHARACTER.match(glyphs[0].text) and glyphs[0].text.isalnum():
        while (
            end < len(glyphs)
            and (glyphs[end].text.isalnum() or glyphs[end].text in ".%％")
            and not HAN_CHARACTER.match(glyphs[end].text)
        ):
            end += 1
    elif glyphs[0].text in OPENING_MARKS:
        end = 2
    while end < len(glyphs) and glyphs[end].text in CLOSING_MARKS:
        end += 1
    end = min(end, len(glyphs))
    return glyphs[end - 1].right - glyphs[0].left


def _is_vertical(before: GlyphLine, line: GlyphLine) -> bool:
    """Whether the two lines of a cell are one character each, their left edges less than a character apart, as in a
    label set down its cell: 覆 / 盖."""
    return len(before.text) == 1 == len(line.text) and abs(before.left - line.left) < before.size


def _without_head(before: Sequence[GridCell], after: Sequence[GridCell]) -> list[GridCell]:
    """The cells `after` of the second page without the rows at its top that repeat those at the top of `before`, the
    cells of the first page, one by one: rows with the same columns and words. The first row that differs, or has no
    words, ends them. The spans of cells are not compared."""

    def rows(cells: Sequence[GridCell]) -> list[list[tuple[int, str]]]:
        by_row: dict[int, list[tuple[int, str]]] = {}
        for cell in cells:
            by_row.setdefault(cell.row, []).append((cell.column, cell.text))
        return [by_row[row] for row in sorted(by_row)]

    one, two = rows(before), rows(after)
    same = 0
    while same < min(len(one), len(two)) and one[same] == two[same] and any(text for _, text in one[same]):
        same += 1
    skipped = sorted({cell.row for cell in after})[:same]
    return [cell for cell in after if cell.row not in skipped]


def _is_rest(before: Sequence[GridCell], first: Sequence[GridCell], unclosed: frozenset[int]) -> bool:
    """Whether the cells `first`, the first row of the second page, are the rest of the last row of `before`, which the
    page break divided. Three conditions must hold. `first` has cells with text, of which one has one row; one of
    several rows can be the rest of a label, as no label begins within a row. In the column of each cell with text
    begins a cell of `before` that reaches its foot. And at least one column shows that no new row begins: the cell of
    `first` is empty there though all cells of `before` below its first row have text there, and both it and the last
    cell of `before` there have one row, the latter being closed (its column is not in `unclosed`)."""
    height = max(cell.row + cell.row_span for cell in before)
    body = [cell for cell in before if cell.row > 0]
    always = {cell.column for cell in body} - {cell.column for cell in body if not cell.text}
    empty = {cell.column for cell in first if not cell.text and cell.row_span == 1}
    last = [cell for cell in before if cell.row + cell.row_span == height]
    ended = {cell.column for cell in last if cell.row_span == 1} - unclosed
    texts = [cell for cell in first if cell.text]
    if all(cell.row_span > 1 for cell in texts):
        return False
    return bool(always & empty & ended) and {cell.column for cell in texts} <= {cell.column for cell in last}


def _did_not_fit(before: PageTable, after: PageTable, first: Sequence[GridCell]) -> bool:
    """Whether the words of most cells with text in `first`, the first row of `after`, can be what did not fit on the
    last lines of the cells above them (`_filled`), so that the page break may have divided the row: 万立方米 below % is
    another value. True where no cell of `first` has lines above it."""
    filled = [
        _filled(before.tails[cell.column][0], after.openings[cell.row, cell.column], before.tails[cell.column][1])
        for cell in first
        if cell.column in before.tails and (cell.row, cell.column) in after.openings
    ]
    return not filled or sum(filled) * 2 > len(filled)


def _with_rest(cell: GridCell, rest: GridCell | None) -> GridCell:
    """The cell with the words of `rest`, its continuation on the next page: its last paragraph continues with the first
    of `rest`, and the others of `rest` follow; a cell without paragraphs gets those of `rest`. Its place and spans
    stay. The same cell where `rest` is None; otherwise `rest` has a paragraph."""
    if rest is None:
        return cell
    if not cell.paragraphs:
        return replace(cell, paragraphs=rest.paragraphs)
    last, following = cell.paragraphs[-1], rest.paragraphs[0]
    complete = replace(last, runs=last.runs + following.runs)
    return replace(cell, paragraphs=(*cell.paragraphs[:-1], complete, *rest.paragraphs[1:]))


def _ends_at(cells: Sequence[GridCell], column: int, height: int) -> int | None:
    """The index in `cells` of the first cell that begins in this column and reaches the last row of the table, which
    has `height` rows; None where no cell does."""
    return next(
        (i for i, cell in enumerate(cells) if cell.column == column and cell.row + cell.row_span == height), None
    )
