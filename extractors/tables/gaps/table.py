"""Tables whose cells are set one under the other by gaps of several spaces, as `pdftotext -layout` writes them.

  类别       指标      2020 年   2025 年     属性
  资源保护     森林覆盖   38      40        约束性
           率（%）

A column is a stretch of the page in which some line has words, with a stretch beside it in which no line has any; each
must have a head. A Chinese character is as wide as a space in some conversions and twice as wide in others; the table
must be whole under one of the two. A line belongs to one row. Where a row's lines end is found by cost: how well the
cells fit their columns, and whether they stand at the top or in the middle of their row. A row whose lines could as
well be other ones is refused.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from extractors import expressions as re
from extractors.document import Document
from extractors.tables.caption import CAPTION, NOTE
from extractors.tables.cell_cost import BAND_NUMBER, is_band
from extractors.tables.columns import Column, column
from extractors.tables.gaps.header import gap_header
from extractors.tables.gaps.page import (
    MOST_LINES,
    WIDE_GAP,
    PageLine,
    columns_of,
    lines_of_page,
    pages,
    refused_lines,
    runs_of_words,
)
from extractors.tables.gaps.rows import LABELS, TableBody
from extractors.tables.model import UNCERTAIN, Caption, Refusal, Table, TableCell, refusal
from extractors.tables.tokens import display_width, source_lines
from extractors.vocabulary.numbering import marker

WIDE = re.compile(r"\S[ \u3000]{2,}\S")
LINES_LOOKED_AT = 12
# how the columns of a page are counted
MEASURES: tuple[Callable[[str], int], ...] = (len, display_width)
MOST_HEAD_LINES = 4
FEWEST_COLUMNS, MOST_COLUMNS = 3, 14
STICKING_OUT = 5  # one line in so many may have words in the white space between two columns
BROKEN = "a page break stands inside it"


def set_by_gaps(document: Document, start: int, end: int) -> bool:
    """Whether the first lines of `Document.text[start:end]` are those of a table set by gaps: the header, one line or
    two with wide gaps and no tab, has at least FEWEST_COLUMNS words, of which two are labels of columns, and a third of
    the first LINES_LOOKED_AT lines are divided or indented by wide gaps."""
    places = list(islice(source_lines(document, start, end), LINES_LOOKED_AT))
    lines = [document.source.text[first:last].rstrip() for first, last in places]
    if not lines or "\t" in lines[0]:
        return False
    wide = [WIDE.search(line) is not None or (n > 1 and line[:2].isspace()) for n, line in enumerate(lines)]
    head = 1 if wide[0] else 2
    heads = " ".join(lines[:head]).split()
    return (
        any(wide[:head]) and sum(wide) * 3 >= len(wide)
        and len(heads) >= FEWEST_COLUMNS and sum(column(head) is not None for head in heads) >= 2
    )  # fmt: skip


def has_gaps(document: Document, start: int, end: int) -> bool:
    """Whether a third of the lines of `Document.text[start:end]` are divided or indented by wide gaps, so that a table
    that is set by gaps may be there."""
    lines = [
        document.source.text[first:last].rstrip()
        for first, last in islice(source_lines(document, start, end), MOST_LINES)
    ]
    return sum(WIDE.search(line) is not None or line[:3].isspace() for line in lines) * 3 >= len(lines) > 0


def by_gaps(document: Document, start: int, end: int, caption: Caption) -> Table | None:
    """The table in the lines of `Document.text[start:end]`, whose header is in the first ones; rows whose cells are not
    certain are refused. `caption` gives its title and unit. The lines are read twice, with a Chinese character as one
    column of the page and as two, and the reading with fewer refused rows is used. None where neither reading gives a
    table, or where the other one has a cell that this one does not have."""
    readings = [found for measure in MEASURES if (found := _read(document, start, end, measure))]
    if not readings:
        return None
    readings.sort(key=lambda reading: len(reading[2]))
    kept = [{(cell.column, cell.text, cell.pieces) for cell in cells} for _, cells, _, _ in readings]
    if not all(held <= kept[0] for held in kept):
        return None
    columns, cells, refused, last = readings[0]
    return Table(start, last, caption.title, "gaps", columns, tuple(cells), caption.unit, tuple(refused))


def single_lines(document: Document, table: Table, end: int) -> Table:
    """The table, which another layout read in lines that are set by gaps, with only those of its rows that are one
    complete line between two lines that are rows too; a line beside a row with a part of a row could hold the rest of
    its cells. A numbered band (一、经济发展) is such a row. The other rows are refused, other bands and labels of
    groups are dropped. `end` is the offset in `Document.text` up to which lines are looked at."""
    lines = lines_of_page(document, table.start, end, len)
    below = [n for n, line in enumerate(lines) if line.words[0].start >= table.end and _is_heading(line)]
    lines = lines[: min(below, default=len(lines))]
    at = {word.start: n for n, line in enumerate(lines) for word in line.words}
    starts = sorted(at)
    rows: dict[int, set[int]] = {}
    used: dict[int, set[int]] = {}
    for cell in table.cells:
        for first, last in cell.pieces:
            for start in starts[bisect_left(starts, first) : bisect_left(starts, last)]:
                rows.setdefault(cell.row, set()).add(at[start])
                used.setdefault(at[start], set()).add(start)
    columns = sum(head.role not in LABELS for head in table.columns)
    whole = {
        n for n, line in enumerate(lines)
        if (len(line.words) >= columns and len(used.get(n, ())) == len(line.words))
        or (len(line.words) == 1 and BAND_NUMBER.match(line.words[0].text))
    }  # fmt: skip
    first_row = min((n for held in rows.values() for n in held), default=0)
    head = set(range(first_row)) | {len(lines)}
    kept = {
        row for row, held in rows.items()
        if len(held) == 1 and held <= whole and {min(held) - 1, max(held) + 1} <= whole | head | {-1}
    }  # fmt: skip
    refused = [*table.refused]
    bands = {cell.row for cell in table.cells if cell.column_span >= len(table.columns) > 1}
    for row in sorted(rows.keys() - kept - bands):
        refused.append(refusal((cell for cell in table.cells if cell.row == row), UNCERTAIN))
    labels = {c for c, head in enumerate(table.columns) if head.role in LABELS}
    cells = tuple(cell for cell in table.cells if cell.row in kept and cell.column not in labels)
    return replace(table, cells=cells, refused=tuple(refused))


def _is_heading(line: PageLine) -> bool:
    """Whether the line is a heading, a caption or a note, after which no rest of a cell can come: 第二章 重点任务,
    表2 主要指标, 注：…."""
    text = " ".join(word.text for word in line.words)
    return marker(text) is not None or NOTE.match(text) is not None or CAPTION.fullmatch(line.words[0].text) is not None


GapTable = tuple[tuple[Column, ...], list[TableCell], list[Refusal], int]


def _read(document: Document, start: int, end: int, measure: Callable[[str], int]) -> GapTable | None:
    """The columns, the cells, the refusals, and the offset after the last row, of the table that begins with the first
    line or the second of `Document.text[start:end]`. `measure` gives the width of a text in columns of the page. The
    header may be repeated on each page; a page with other columns is refused, and so is a row that a page break
    divides. None where there is no table."""
    lines = lines_of_page(document, start, end, measure)
    if len(lines) > 1 and not lines[0].parted and lines[1].parted and _body(lines[1:]):
        lines = lines[1:]  # a title above the head
    parts = pages(lines)
    columns: tuple[Column, ...] = ()
    cells: list[TableCell] = []
    refused: list[Refusal] = []
    last = height = 0
    for n, lines in enumerate(parts):
        body = _body(lines)
        if body is None or (n and [c.label for c in body.columns] != [c.label for c in columns]):
            if not n:
                return None
            refused.append(refused_lines(lines, "its columns stand otherwise than those of the page before"))
            continue
        columns = body.columns
        found, left_out, first_is_rest = body.rows(continued=n > 0)
        if first_is_rest and cells:  # the first lines are the rest of the last row
            gone = max(cell.row for cell in cells)
            refused.append(refusal((cell for cell in cells if cell.row == gone), BROKEN))
            cells = [cell for cell in cells if cell.row != gone]
        cells += [replace(cell, row=cell.row + height) for cell in found]
        refused += left_out
        height = max((cell.row + cell.row_span for cell in cells), default=0)
        last = max([last, *(piece[1] for cell in found for piece in cell.pieces), *(one.end for one in left_out)])
    return (columns, cells, refused, last) if cells or refused else None


def _body(lines: Sequence[PageLine]) -> "TableBody | None":
    """The table whose header is in the first of the lines, as its columns and the lines below the header; lines from
    the first that cannot belong to it are left out. None where some column has no label or some label no column. Two
    columns are separated by white space down all lines or, where there is none, down most of them."""
    crossing = [n for n, line in enumerate(lines) if n and not line.parted and len(line.words) == 1]
    runs = runs_of_words([line for n, line in enumerate(lines) if n not in crossing], 1, 0)
    # a line of one word that stands in no single column is a band, or the text below
    outside = {n for n in crossing if len(columns_of(lines[n].words[0], runs)) > 1}
    ends = [n for n in outside if not is_band(lines[n].words[0].text)]
    last = max((n for n, line in enumerate(lines) if line.parted), default=0)
    ends += [n for n in range(last + 1, len(lines)) if lines[n].blank or BAND_NUMBER.match(lines[n].words[0].text)]
    lines = lines[: min(ends, default=len(lines))]
    inside = [line for n, line in enumerate(lines) if n not in outside]
    for most in range(len(inside) // STICKING_OUT + 1):
        for narrowest in (1, WIDE_GAP) if not most else (1,):  # a single blank may stand inside a cell
            runs = runs_of_words(inside, narrowest, most)
            if not FEWEST_COLUMNS <= len(runs) <= MOST_COLUMNS:
                continue
            for used in range(min(MOST_HEAD_LINES, len(lines) - 1), 0, -1):
                if not any(n in outside for n in range(used)) and (columns := gap_header(lines[:used], runs)):
                    return TableBody(columns, tuple(runs), tuple(lines[used:]))
    return None
