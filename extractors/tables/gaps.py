"""Tables whose cells are set one under the other by gaps of several spaces, as `pdftotext -layout` writes them.

  类别       指标      2020 年   2025 年     属性
  资源保护     森林覆盖   38      40        约束性
           率（%）

A column is a stretch of the page in which some line has words, with a stretch beside it in which no line has any; each
must have a label. A Chinese character is as wide as a space in some conversions and twice as wide in others; the table
must be whole under one of the two. A line belongs to one row. `TableBody` divides the lines into rows at the lowest
cost: how well the cells fit their columns, and whether they stand at the top or in the middle of their row. A row whose
lines could as well be other rows is refused.

Needed by: texts that `pdftotext -layout` and similar converters make of the PDF files of plans, and tables of work that
were lined up with spaces.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, pairwise
from math import inf
from typing import Literal, NamedTuple

from extractors import expressions as re
from extractors.document import Document
from extractors.tables.bounds import NOTE_BELOW_TABLE, TABLE_NUMBER
from extractors.tables.cost import (
    BAND_NUMBER,
    CHINESE_START,
    EMPTY_COST,
    NAME_END,
    POOR_CELL,
    SPACED_ROLES,
    THING_END,
    WORK_ROLES,
    LineWord,
    cell_cost,
    cell_fit,
    cell_text,
    is_band,
    is_number,
    is_unit,
    may_be_part,
    serial_number,
)
from extractors.tables.header import column, gap_header
from extractors.tables.model import (
    FREE_ROLES,
    GROUP_ROLES,
    UNCERTAIN,
    VALUE_ROLES,
    Caption,
    Column,
    PlanTable,
    Refusal,
    Role,
    TableCell,
    refusal,
)
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
    """Whether a word can be all or part of a cell of this role: as `may_be_part` says, but parts of a kind (预期, 性)
    too can be in a column of kinds, and a unit without brackets is no part of a name, unless it is a single Chinese
    character (人)."""
    if (
        role == "name"
        and is_unit(text)
        and text.strip("（()）") == text
        and (len(text) > 1 or not CHINESE_START.match(text))
    ):
        return False
    return may_be_part(role, text) or (role == "kind" and KIND_PART.fullmatch(text) is not None)


MIN_MARGIN = 0.8  # by how much the best way must be cheaper than any other
MAX_ROW_LINES = 9
ASKEW_COST = 0.4  # the cost of a line by which a cell is off its place in the row
BLANK_LINE_COST = 0.6  # the cost of an empty line inside a row
ROW_COST = 0.1
FULL_LINE_COST = 3.0  # the cost of a further line with a word in each column, which is more likely a row
MAX_NAME_COST = 1.6
REST_OF_PAGE_COST = 1.0  # the cost of lines above the first row that a page break cut from the row before
MIN_LABEL_DISTANCE = 3  # lines between which two labels may be the lines of one
MAX_GROUP_LABEL = 8  # characters of the label of a group
CELLS_UNFIT = "its cells do not fit the columns that they stand in"
Aligned = Literal["middle", "top"]
ALIGNMENTS: tuple[Aligned, ...] = ("middle", "top")


class RowWords(NamedTuple):
    """The words of a row: for each column its words, each with the index of its line before it. `cost` is how badly the
    cells fit their columns; `sound` is False where the words of some column cannot be one cell. Columns of groups'
    labels are not judged."""

    words: tuple[tuple[LineWord, ...], ...]
    cost: float
    sound: bool


@dataclass(frozen=True)
class TableBody:
    """The lines of a table below its header, which `rows` divides into rows. `runs` are the stretches of the page that
    the `columns` take up; `assignments` has for each line the index of the column of each of its words, and whether
    that is certain. Lines are named by their index in `lines`; `first:end` are the lines of a row."""

    columns: tuple[Column, ...]
    runs: tuple[Run, ...]
    lines: tuple[PageLine, ...]
    assignments: tuple[tuple[list[int], bool], ...]

    @cached_property
    def placed(self) -> list[list[tuple[int, PageWord]]]:
        """For each line its words from left to right, each with the index of its column before it."""
        return [
            list(zip(places, line.words, strict=True))
            for (places, _), line in zip(self.assignments, self.lines, strict=True)
        ]

    def _is_clear(self, first: int, end: int) -> bool:
        """Whether the columns of all words of the lines `first:end` are certain."""
        return all(clear for _, clear in self.assignments[first:end])

    @cached_property
    def bands(self) -> dict[int, PageWord]:
        """The bands, titles of the rows below them, by the index of their line: lines with a single word that can be a
        band and is numbered (一、经济发展) or reaches over several columns."""
        found: dict[int, PageWord] = {}
        for n, line in enumerate(self.lines):
            if len(line.words) == 1 and is_band(line.words[0].text):
                word = line.words[0]
                if BAND_NUMBER.match(word.text) or len(columns_of(word, self.runs)) > 1:
                    found[n] = word
        return found

    @cached_property
    def label_lines(self) -> set[int]:
        """The indices of the lines, bands aside, whose words are all labels of groups, so that they belong to no
        row."""
        return {
            n for n, words in enumerate(self.placed)
            if n not in self.bands and all(self.columns[c].role in GROUP_ROLES for c, _ in words)
        }  # fmt: skip

    @cached_property
    def full_lines(self) -> set[int]:
        """The indices of the lines with a word in each column, columns of groups' labels and of tasks aside, because
        their cells may be merged."""
        wanted = {c for c, head in enumerate(self.columns) if head.role not in GROUP_ROLES and head.role != "task"}
        return {n for n, words in enumerate(self.placed) if wanted <= {c for c, _ in words}}

    @cached_property
    def numbered(self) -> bool:
        """Whether the table has a column of row numbers and each line, bands aside, has one word in it, the next
        number: 1, 2, 3 … Each line is then a row. False for fewer than two lines; of several such columns the first
        counts."""
        at = next((c for c, head in enumerate(self.columns) if head.role == "serial"), None)
        lines = [words for n, words in enumerate(self.placed) if n not in self.bands]
        numbers = [[serial_number(word.text) for c, word in words if c == at] for words in lines]
        return at is not None and len(lines) > 1 and numbers == [[n] for n in range(1, len(lines) + 1)]

    @cached_property
    def widest(self) -> list[int]:
        """For each column the width of its widest word, in characters of the page; 0 for a column without words."""
        found = [0] * len(self.columns)
        for words in self.placed:
            for c, word in words:
                found[c] = max(found[c], word.right - word.left)
        return found

    def rows(self, *, continued: bool) -> tuple[list[TableCell], list[Refusal], bool]:
        """The cells of the rows that can be used, in the order of the table, with rows numbered from 0; the refusals of
        the other rows; and whether the first lines are the rest of a row of the page before. `continued` says that
        there is a page before.

        The division with the lower cost is used, of those with cells in the middle and at the top of their rows; where
        the other costs less than MIN_MARGIN more, only rows that both have are certain. A row can be used where it, the
        two rows above it and the two below it are usable (`_is_usable`), or where it is usable and a complete line
        (`_is_one_line`). Everything is refused where the lines cannot be divided into rows, or where two neighbouring
        columns of values may be one (`_falsely_parted`).
        """
        best, other = sorted(
            (self._divide(aligned, continued=continued) for aligned in ALIGNMENTS), key=lambda division: division.cost
        )
        if best.cost == inf:
            return [], [refused_lines(self.lines, UNCERTAIN)], False
        if other.cost - best.cost < MIN_MARGIN:
            best = best._replace(certain=best.certain & set(other.rows))
        cells: list[TableCell] = []
        refused: list[Refusal] = []
        usable = [self._is_usable(best, *row) for row in best.rows]
        for number, (first, end) in enumerate(best.rows):
            surrounded = all(usable[max(0, number - 2) : number + 3])
            if usable[number] and (first in self.bands or surrounded or self._is_one_line(first, end)):
                cells += self._cells_of_row(number, first, end)
            else:
                refused.append(refused_lines(self.lines[first:end], UNCERTAIN))
        row_of_line = {n: number for number, (first, end) in enumerate(best.rows) for n in range(first, end)}
        for c, head in enumerate(self.columns):
            if head.role in GROUP_ROLES:
                cells += self._labels(c, row_of_line, {cell.row for cell in cells})
        if self._falsely_parted(cells):
            return [], [refused_lines(self.lines, CELLS_UNFIT)], False
        cells.sort(key=lambda cell: (cell.row, cell.column))
        return cells, refused, best.first_is_rest

    def _cells_of_row(self, number: int, first: int, end: int) -> Iterator[TableCell]:
        """The cells of row `number` of the table, which has the lines `first:end`, without labels of groups; for a band
        one cell across all columns."""
        if first in self.bands:
            word = self.bands[first]
            yield TableCell(number, 0, word.text, ((word.start, word.end),), column_span=len(self.columns))
            return
        for c, (head, words) in enumerate(zip(self.columns, self._cells(first, end).words, strict=True)):
            if words and head.role not in GROUP_ROLES:
                yield TableCell(number, c, *cell_text(head.role, words))

    def _is_usable(self, cut: "_Division", first: int, end: int) -> bool:
        """Whether the row of the lines `first:end` in the division `cut` can be used: it is one of the certain rows,
        the column of each of its words is certain, and its cells fit their columns (`_fits`). Of a band whether it is
        numbered (一、经济发展); another may be the rest of a cell."""
        if first in self.bands and end == first + 1:
            return BAND_NUMBER.match(self.bands[first].text) is not None
        return (first, end) in cut.certain and self._is_clear(first, end) and self._fits(self._cells(first, end))

    def _is_one_line(self, first: int, end: int) -> bool:
        """Whether the row is a single line with one word in each column, those of groups' labels aside, and a number in
        each column of values, in a table whose names take one line each (`_wraps_names`). Such a row can be used even
        where a row beside it is refused, because it can lack no line and have none too many."""
        row = self._cells(first, end)
        own = [
            (head, words) for head, words in zip(self.columns, row.words, strict=True) if head.role not in GROUP_ROLES
        ]
        return (
            end == first + 1
            and not self._wraps_names
            and all(
                len(words) == 1 and (head.role not in VALUE_ROLES or is_number(words[0][1].text)) for head, words in own
            )
        )

    def _falsely_parted(self, cells: Sequence[TableCell]) -> bool:
        """Whether some two neighbouring columns of values or growth, both with cells, may be one, because no row has a
        cell in both. `cells` are those of the rows that were read."""
        rows = [{cell.row for cell in cells if cell.column == c} for c in range(len(self.columns))]
        return any(
            a.role in VALUE_ROLES and b.role in VALUE_ROLES and rows[n] and rows[n + 1] and not rows[n] & rows[n + 1]
            for n, (a, b) in enumerate(pairwise(self.columns))
        )

    def _divide(self, aligned: Aligned, *, continued: bool) -> "_Division":
        """The division of the lines into rows with the lowest cost; of several the one found first. A row of it is
        certain where every division without the row costs at least MIN_MARGIN more; a row with the same lines counts as
        the same row, whatever `label_lines` it has. Never certain are the rest of a row of the page before, and a row
        of label lines only.
        `aligned` says whether cells are taken to stand in the middle or at the top of their rows, `continued` that
        there is a page before. The cost is `inf` where there is no division."""
        count = len(self.lines)
        steps, rests = self._steps(aligned, continued=continued)
        to, since = [0.0] + [inf] * count, [inf] * count + [0.0]  # the lowest costs of the lines before and from a line
        back = [0] * (count + 1)
        for first, end in sorted(steps, key=lambda step: (step[1], step[0])):
            if (cost := to[first] + steps[first, end]) < to[end]:
                to[end], back[end] = cost, first
        for first, end in sorted(steps, key=lambda step: (-step[0], step[1])):
            since[first] = min(since[first], steps[first, end] + since[end])
        if to[count] == inf:
            return _Division(inf, [], set(), False)
        rows: list[tuple[int, int]] = []
        at = count
        while at:
            rows.append((back[at], at))
            at = back[at]
        rows.reverse()
        certain = {
            row for row in rows
            if (own := self._own_lines(*row)) and all(
                to[a] + cost + since[b] - to[count] >= MIN_MARGIN
                for (a, b), cost in steps.items()
                if a <= own[0] < b and self._own_lines(a, b) != own
            )
        }  # fmt: skip
        first_is_rest = bool(rows) and rows[0] in rests
        return _Division(to[count], rows, certain - rests, first_is_rest)

    def _steps(self, aligned: Aligned, *, continued: bool) -> tuple[dict[tuple[int, int], float], set[tuple[int, int]]]:
        """The costs of the rows that the lines may make up, by (first line, line after the last), and those of these
        rows that are read as the rest of a row of the page before. A row has at most MAX_ROW_LINES lines, one where
        each line is numbered; a band is a row of its own at no cost, and in no other row.

        A rest (`_is_rest`, only where `continued`) is made up of the first lines, fewer than MAX_ROW_LINES and not all,
        of several also where each line is numbered. It costs REST_OF_PAGE_COST, and is read where a row of its own
        would cost as much or more, or cannot be.
        """
        steps: dict[tuple[int, int], float] = {}
        for first in range(len(self.lines)):
            if first in self.bands:
                steps[first, first + 1] = 0.0
                continue
            for end in range(first + 1, min(len(self.lines), first + (1 if self.numbered else MAX_ROW_LINES)) + 1):
                if end - 1 in self.bands:
                    break
                steps[first, end] = self._cost(first, end, aligned)
        rests = {
            (0, end) for end in range(1, min(len(self.lines), MAX_ROW_LINES))
            if continued and self._is_rest(end) and steps.get((0, end), inf) >= REST_OF_PAGE_COST
        }  # fmt: skip
        return steps | dict.fromkeys(rests, REST_OF_PAGE_COST), rests

    def _own_lines(self, first: int, end: int) -> list[int]:
        """The indices of those of the lines `first:end` that are no `label_lines`; two rows with the same are the same
        row."""
        return [n for n in range(first, end) if n not in self.label_lines]

    def _is_rest(self, end: int) -> bool:
        """Whether the lines before `end` can be the rest of a row of the page before: they have no word in a column of
        row numbers, kinds or units, and no number in one of values or growth."""
        roles = {self.columns[c].role for words in self.placed[:end] for c, _ in words}
        return not roles & {"serial", "kind", "unit"} and not any(
            is_number(word.text)
            for words in self.placed[:end]
            for c, word in words
            if self.columns[c].role in VALUE_ROLES
        )

    def _cost(self, first: int, end: int, aligned: Aligned) -> float:
        """The cost of reading the lines `first:end` as one row: how badly the cells fit their columns; how far they are
        from the middle or the top of the row (`aligned`); BLANK_LINE_COST for each empty line inside it, which is more
        likely between two rows; and FULL_LINE_COST for each line with a word in every column (`full_lines`) but one,
        which is more likely a row of its own. Lines with nothing but labels of groups do not count: a single one costs
        0, and several without another line are no row (`inf`)."""
        row = self._cells(first, end)
        cost = row.cost
        own = self._own_lines(first, end)
        if not own:
            return 0.0 if end == first + 1 else inf
        top, bottom = own[0], own[-1]
        for c, words in enumerate(row.words):
            if not words or self.columns[c].role in GROUP_ROLES:
                continue
            lines = [n for n, _ in words]
            if aligned == "top":
                cost += ASKEW_COST * (lines[0] - top)
            else:
                cost += ASKEW_COST * max(0.0, abs(lines[0] + lines[-1] - top - bottom) / 2 - 0.5)
        cost += FULL_LINE_COST * max(0, sum(n in self.full_lines for n in own) - 1)
        cost += BLANK_LINE_COST * sum(self.lines[n].blank for n in range(top + 1, bottom + 1))
        return cost + ROW_COST

    def _cells(self, first: int, end: int) -> RowWords:
        """The words of the lines `first:end` as one row, with the cost of its cells: `cell_fit` for those with words,
        EMPTY_COST for those without, nothing for labels of groups, whose words are given all the same."""
        words: list[list[LineWord]] = [[] for _ in self.columns]
        for n in range(first, end):
            for c, word in self.placed[n]:
                words[c].append((n, word))
        cost, sound = 0.0, True
        for c, head in enumerate(self.columns):
            if head.role in GROUP_ROLES:
                continue
            if not words[c]:
                cost += EMPTY_COST[head.role]
                continue
            more, whole = cell_fit(head, words[c], self.widest[c])
            cost, sound = cost + more, sound and whole
        return RowWords(tuple(map(tuple, words)), cost, sound)

    @cached_property
    def _wraps_names(self) -> bool:
        """Whether names take several lines in this table: some line that is no band holds words of a name and nothing
        else, labels of groups aside. False in a table without a column of names."""
        return any(
            {self.columns[c].role for c, _ in words if self.columns[c].role not in GROUP_ROLES} == {"name"}
            for n, words in enumerate(self.placed)
            if n not in self.bands
        )

    def _fits(self, row: RowWords) -> bool:
        """Whether the words can be a row of the table. They can where the words of each column can be one cell
        (`sound`); there is a name with a value, or in a table without a column of names a body or free text; either all
        columns of values and growth are filled or none; and no cell fits its column badly: POOR_CELL or more, for names
        MAX_NAME_COST, unless it costs less than POOR_CELL with a unit behind its number (`cell_text`). Free text and
        labels of groups are not judged. Where names take several lines, the name must also end as names or counted
        things do."""
        roles = [head.role for head in self.columns]
        if not row.sound:
            return False
        if "name" in roles and self._wraps_names:
            name = "".join(word.text for _, word in row.words[roles.index("name")])
            if not NAME_END.search(name) and not THING_END.search(name):
                return False
        for role, words in zip(roles, row.words, strict=True):
            text = "".join(word.text for _, word in words)
            if (
                words
                and role not in FREE_ROLES | GROUP_ROLES
                and cell_cost(role, text) >= (MAX_NAME_COST if role == "name" else POOR_CELL)
            ):
                turned = cell_text(role, words)[0]
                if cell_cost(role, turned.replace(" ", "")) >= POOR_CELL:
                    return False
        if len({bool(words) for role, words in zip(roles, row.words, strict=True) if role in VALUE_ROLES}) > 1:
            return False
        filled = {role for role, words in zip(roles, row.words, strict=True) if words}
        return ("name" in filled and bool(filled & VALUE_ROLES)) or ("name" not in roles and bool(filled & WORK_ROLES))

    def _labels(self, c: int, at: dict[int, int], rows: set[int]) -> Iterator[TableCell]:
        """The labels of groups in column `c`, each as a cell that spans the rows that its lines are in. Words on the
        same line or on neighbouring lines are one label. `at` has the index of the row of each line, `rows` are the
        indices of the rows that were read.

        The column gives no labels where one has a single character or more than MAX_GROUP_LABEL, or may be the rest of
        the label above it: it begins at most MIN_LABEL_DISTANCE lines below that label, whose last word is as wide as
        the widest of the column. A label is left out where none of its rows were read, or these do not follow one
        another."""
        pieces = [(n, word) for n, words in enumerate(self.placed) for column_, word in words if column_ == c]
        labels: list[list[LineWord]] = []
        for n, word in pieces:
            if labels and labels[-1][-1][0] + 1 >= n:
                labels[-1].append((n, word))
            else:
                labels.append([(n, word)])
        texts = ["".join(word.text for _, word in label) for label in labels]
        wide = max((word.right - word.left for _, word in pieces), default=0)
        near = any(
            b[0][0] - a[-1][0] <= MIN_LABEL_DISTANCE and a[-1][1].right - a[-1][1].left >= wide
            for a, b in pairwise(labels)
        )  # the second may be the rest of the first
        if near or not all(2 <= len(text) <= MAX_GROUP_LABEL for text in texts):
            return
        for label, text in zip(labels, texts, strict=True):
            covered = sorted({at[n] for n, _ in label if n in at and at[n] in rows})
            if covered and covered == list(range(covered[0], covered[-1] + 1)):
                spans = tuple((word.start, word.end) for _, word in label)
                yield TableCell(covered[0], c, text, spans, row_span=len(covered))


class _Division(NamedTuple):
    """A division of the lines into `rows`, each (first line, line after the last), with its cost. `certain` are those
    of the rows that every division of nearly the same cost has too. `first_is_rest` says that the first of the rows is
    the rest of a row of the page before."""

    cost: float
    rows: list[tuple[int, int]]
    certain: set[tuple[int, int]]
    first_is_rest: bool


def refused_lines(lines: Sequence[PageLine], reason: str) -> Refusal:
    """The refusal, for this reason, of the rows on these lines, from their first to their last word."""
    words = [word for line in lines for word in line.words]
    return Refusal(min(word.start for word in words), max(word.end for word in words), reason)
