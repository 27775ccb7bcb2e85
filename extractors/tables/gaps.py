"""Tables whose cells are set one under the other by gaps of several spaces, as `pdftotext -layout` writes them.

  类别       指标      2020 年   2025 年     属性
  资源保护     森林覆盖   38      40        约束性
           率（%）

A column is a stretch of the page in which some line has words, with a stretch beside it in which no line has any; each
must have a label. A Chinese character is as wide as a space in some conversions and twice as wide in others; the table
must be whole under one of the two. A line belongs to one row; `gap_rows` finds where the lines of a row end.

Needed by: texts that `pdftotext -layout` and similar converters make of the PDF files of plans, and tables of work that
were lined up with spaces.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from extractors import expressions as re
from extractors.document import Document
from extractors.tables.bounds import NOTE_BELOW_TABLE, TABLE_NUMBER
from extractors.tables.cell_cost import BAND_NUMBER, CHINESE_START, SPACED_ROLES, is_band, is_unit, may
from extractors.tables.columns import GROUP_ROLES, VALUE_ROLES, Column, Role, column
from extractors.tables.gap_rows import MIN_MARGIN, TableBody, refused_lines
from extractors.tables.header import gap_header
from extractors.tables.model import UNCERTAIN, Caption, PlanTable, Refusal, TableCell, refusal
from extractors.tables.words import (
    MAX_TABLE_LINES,
    MIN_CELL_GAP,
    PageLine,
    PageWord,
    Run,
    columns_of,
    display_width,
    distance,
    lines_of_page,
    pages,
    runs_of_words,
    source_lines,
)
from extractors.vocabulary.numbering import marker

GAP_IN_LINE = re.compile(r"\S[ \u3000]{2,}\S")
FIRST_LINES = 12  # lines by which a table set by gaps is known
# the width of a text in columns of the page: a Chinese character takes one, or two
MEASURES: tuple[Callable[[str], int], ...] = (len, display_width)
MAX_HEADER_LINES = 4  # lines of one header
MIN_GAP_COLUMNS, MAX_GAP_COLUMNS = 3, 14
LINES_PER_CROSSING = 5  # one line in so many may have words in the white space between two columns
PAGE_BREAK_INSIDE = "a page break stands inside it"


def set_by_gaps(document: Document, start: int, end: int) -> bool:
    """Whether the first lines of `Document.text[start:end]`, at most FIRST_LINES, are those of a table set by gaps: the
    header is the first line, or the first two where the first has no wide gap (two blanks or more between words); it
    has a wide gap, no tab in its first line, and at least MIN_GAP_COLUMNS words, of which two are labels of columns;
    and at least a third of the lines have a wide gap or, from the third line on, begin with two blanks. False where
    there are no lines."""
    places = list(islice(source_lines(document, start, end), FIRST_LINES))
    lines = [document.source.text[first:last].rstrip() for first, last in places]
    if not lines or "\t" in lines[0]:
        return False
    wide = [GAP_IN_LINE.search(line) is not None or (n > 1 and line[:2].isspace()) for n, line in enumerate(lines)]
    head = 1 if wide[0] else 2
    heads = " ".join(lines[:head]).split()
    return (
        any(wide[:head]) and sum(wide) * 3 >= len(wide)
        and len(heads) >= MIN_GAP_COLUMNS and sum(column(head) is not None for head in heads) >= 2
    )  # fmt: skip


def has_gaps(document: Document, start: int, end: int) -> bool:
    """Whether at least a third of the lines of `Document.text[start:end]`, at most MAX_TABLE_LINES, have a wide gap
    (two blanks or more between words) or begin with three blanks, so that a table that is set by gaps may be there.
    False where there are no lines."""
    lines = [
        document.source.text[first:last].rstrip()
        for first, last in islice(source_lines(document, start, end), MAX_TABLE_LINES)
    ]
    return sum(GAP_IN_LINE.search(line) is not None or line[:3].isspace() for line in lines) * 3 >= len(lines) > 0


def by_gaps(document: Document, start: int, end: int, caption: Caption) -> PlanTable | None:
    """The table in the lines of `Document.text[start:end]`, whose header is in the first ones; rows whose cells are not
    certain are refused. `caption` gives its title and unit. The lines are read twice, with a Chinese character as one
    column of the page and as two; the reading with fewer refusals is used, of as many the first. None where neither
    reading gives a table, or where the other one has a cell that this one does not have."""
    readings = [found for measure in MEASURES if (found := _read(document, start, end, measure))]
    if not readings:
        return None
    readings.sort(key=lambda reading: len(reading.refused))
    best, *others = readings
    contents = {(cell.column, cell.text, cell.pieces) for cell in best.cells}
    if not all((cell.column, cell.text, cell.pieces) in contents for other in others for cell in other.cells):
        return None
    refused = tuple(best.refused)
    return PlanTable(start, best.end, caption.title, "gaps", best.columns, tuple(best.cells), caption.unit, refused)


def single_lines(document: Document, table: PlanTable, end: int) -> PlanTable:
    """The table, which another layout read in lines that are set by gaps, with only those of its rows that are one
    complete line between two complete lines; a line beside a row with a part of a row could hold the rest of its cells.
    A line is complete where all its words are in cells of the table and are no fewer than its columns, those of groups'
    labels aside, or where it is a single word with a band's number (一、经济发展). The lines above the first row, and
    the end of the lines, count as complete neighbours. The other rows are refused; other bands and labels of groups are
    dropped. Looked at are the lines up to the offset `end` of `Document.text`, and to the first heading, caption or
    note after the table."""
    lines = lines_of_page(document, table.start, end, len)
    below = [n for n, line in enumerate(lines) if line.words[0].start >= table.end and _is_heading(line)]
    lines = lines[: min(below, default=len(lines))]
    line_of = {word.start: n for n, line in enumerate(lines) for word in line.words}
    starts = sorted(line_of)
    lines_of_rows: dict[int, set[int]] = {}
    used: dict[int, set[int]] = {}  # for each line the starts of its words that are in cells
    for cell in table.cells:
        for first, last in cell.pieces:
            for start in starts[bisect_left(starts, first) : bisect_left(starts, last)]:
                lines_of_rows.setdefault(cell.row, set()).add(line_of[start])
                used.setdefault(line_of[start], set()).add(start)
    columns = sum(head.role not in GROUP_ROLES for head in table.columns)
    complete = {
        n for n, line in enumerate(lines)
        if (len(line.words) >= columns and len(used.get(n, ())) == len(line.words))
        or (len(line.words) == 1 and BAND_NUMBER.match(line.words[0].text))
    }  # fmt: skip
    first_row = min((n for own in lines_of_rows.values() for n in own), default=0)
    beside = complete | set(range(-1, first_row)) | {len(lines)}
    single = {
        row for row, own in lines_of_rows.items()
        if len(own) == 1 and own <= complete and {min(own) - 1, min(own) + 1} <= beside
    }  # fmt: skip
    refused = [*table.refused]
    bands = {cell.row for cell in table.cells if cell.column_span >= len(table.columns) > 1}
    for row in sorted(lines_of_rows.keys() - single - bands):
        refused.append(refusal((cell for cell in table.cells if cell.row == row), UNCERTAIN))
    labels = {c for c, head in enumerate(table.columns) if head.role in GROUP_ROLES}
    cells = tuple(cell for cell in table.cells if cell.row in single and cell.column not in labels)
    return replace(table, cells=cells, refused=tuple(refused))


def _is_heading(line: PageLine) -> bool:
    """Whether the line is a heading, a caption or a note, after which no rest of a cell can come: it begins with a
    number as headings do (第二章 重点任务) or with the label of a note (注：…), or its first word is the number of a
    table (表2)."""
    text = " ".join(word.text for word in line.words)
    return (
        marker(text) is not None
        or NOTE_BELOW_TABLE.match(text) is not None
        or TABLE_NUMBER.fullmatch(line.words[0].text) is not None
    )


class _GapReading(NamedTuple):
    """A table as it is read with one width of a Chinese character; `end` is the offset in `Document.text` after its
    last row, whether that is read or refused."""

    columns: tuple[Column, ...]
    cells: list[TableCell]
    refused: list[Refusal]
    end: int


def _read(document: Document, start: int, end: int, measure: Callable[[str], int]) -> _GapReading | None:
    """The table that begins with the first line of `Document.text[start:end]`, or with the second where only that has
    wide gaps and a table begins there; `measure` gives the width of a text in columns of the page. The header may be
    repeated on each page; the rows of all pages are numbered together. A later page without a table, or with other
    labels than the last page that was read, is refused, and so is the last row that was read before a page that begins
    with the rest of a row. None where the first page has no table (`_body`), and where there are neither cells nor
    refusals."""
    lines = lines_of_page(document, start, end, measure)
    if len(lines) > 1 and not lines[0].has_cell_gap and lines[1].has_cell_gap and _body(lines[1:]):
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
            refused.append(refusal((cell for cell in cells if cell.row == gone), PAGE_BREAK_INSIDE))
            cells = [cell for cell in cells if cell.row != gone]
        cells += [replace(cell, row=cell.row + height) for cell in found]
        refused += left_out
        height = max((cell.row + cell.row_span for cell in cells), default=0)
        last = max([last, *(piece[1] for cell in found for piece in cell.pieces), *(one.end for one in left_out)])
    return _GapReading(columns, cells, refused, last) if cells or refused else None


def _body(lines: Sequence[PageLine]) -> "TableBody | None":
    """The table whose header is in the first of the lines, at most MAX_HEADER_LINES, as its columns and the lines below
    the header. It ends before a line of one word that stands in several columns and is no band, and, below the last
    line with a wide gap, before a line that has an empty one above it or begins with a band's number. Two columns are
    separated by white space down all lines or, where no header fits that, with words of up to one in LINES_PER_CROSSING
    lines in it; of several divisions and headers that fit, the one with the fewest words between columns, then the
    longest header, but none above a line that still belongs to the header (`_is_header_line`). None where none fits
    with MIN_GAP_COLUMNS to MAX_GAP_COLUMNS columns."""
    crossing = [n for n, line in enumerate(lines) if n and not line.has_cell_gap and len(line.words) == 1]
    runs = runs_of_words([line for n, line in enumerate(lines) if n not in crossing], 1, 0)
    # a line of one word that stands in no single column is a band, or the text below
    outside = {n for n in crossing if len(columns_of(lines[n].words[0], runs)) > 1}
    ends = [n for n in outside if not is_band(lines[n].words[0].text)]
    last = max((n for n, line in enumerate(lines) if line.has_cell_gap), default=0)
    ends += [n for n in range(last + 1, len(lines)) if lines[n].blank or BAND_NUMBER.match(lines[n].words[0].text)]
    lines = lines[: min(ends, default=len(lines))]
    inside = [line for n, line in enumerate(lines) if n not in outside]
    for most in range(len(inside) // LINES_PER_CROSSING + 1):
        for narrowest in (1, MIN_CELL_GAP) if not most else (1,):  # a single blank may stand inside a cell
            runs = runs_of_words(inside, narrowest, most)
            if not MIN_GAP_COLUMNS <= len(runs) <= MAX_GAP_COLUMNS:
                continue
            for used in range(min(MAX_HEADER_LINES, len(lines) - 1), 0, -1):
                if any(n in outside for n in range(used)) or _is_header_line(lines[used]):
                    continue
                if columns := gap_header(lines[:used], runs):
                    assigned = (assigned_columns(line.words, runs, columns) for line in lines[used:])
                    return TableBody(columns, tuple(runs), tuple(lines[used:]), tuple(assigned))
    return None


def _is_header_line(line: PageLine) -> bool:
    """Whether the line holds only labels of values or growth, and two or more, so that it is a line of the header
    (2025年 2030年 under 目标值) and no row."""
    return len(line.words) > 1 and all(
        (head := column(word.text)) is not None and head.role in VALUE_ROLES for word in line.words
    )


OUTSIDE_COLUMN_COST = 0.4  # the cost of each place by which a word stands out of its column
MISFIT_COST = 6.0  # and of a word that its column cannot hold
MAX_ASSIGNMENTS = 40  # assignments of the words of a line to columns that are followed up
# 约束 | 性, 预 | 期性
KIND_PART = re.compile(r"约束?|预期?|束?性|期?性")


def assigned_columns(
    words: Sequence[PageWord], runs: Sequence[Run], columns: Sequence[Column]
) -> tuple[list[int], bool]:
    """The index of the column of each word of a line, from left to right, and whether that is certain. Words keep their
    order, and the assignment is the one that costs least: OUTSIDE_COLUMN_COST for each place by which a word stands
    outside the run of its column, MISFIT_COST for a word that its column cannot hold (`_may_hold`) and for a second
    word in a column whose cells have no spaces. It is certain where no MISFIT_COST is in it and every other assignment
    costs at least MIN_MARGIN more. `runs` are the stretches of the page that the columns take up."""
    ways: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for word in words:
        longer: list[tuple[float, tuple[int, ...]]] = []
        for cost, places in ways:
            for c in range(places[-1] if places else 0, len(columns)):
                more = OUTSIDE_COLUMN_COST * distance(word, runs[c]) + (
                    0.0 if _may_hold(columns[c].role, word.text) else MISFIT_COST
                )
                if places and places[-1] == c:
                    more += 0.0 if columns[c].role in SPACED_ROLES else MISFIT_COST
                longer.append((cost + more, (*places, c)))
        ways = sorted(longer)[:MAX_ASSIGNMENTS]
    best = ways[0]
    return list(best[1]), best[0] < MISFIT_COST and (len(ways) < 2 or ways[1][0] - best[0] >= MIN_MARGIN)


def _may_hold(role: Role, text: str) -> bool:
    """Whether a word can be all or part of a cell of this role: as `cell_cost.may` says, but parts of a kind (预期, 性)
    too can be in a column of kinds, and a unit without brackets is no part of a name, unless it is a single Chinese
    character (人)."""
    if (
        role == "name"
        and is_unit(text)
        and text.strip("（()）") == text
        and (len(text) > 1 or not CHINESE_START.match(text))
    ):
        return False
    return may(role, text) or (role == "kind" and KIND_PART.fullmatch(text) is not None)
