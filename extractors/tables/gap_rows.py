"""The lines of a table that is set by gaps divided into rows at the lowest cost: how well the cells fit their columns,
and whether they stand at the top or in the middle of their row. A row whose lines could as well be other rows is
refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import inf
from typing import Literal, NamedTuple

from extractors.tables.cell_cost import (
    BAND_NUMBER,
    EMPTY_COST,
    NAME_END,
    POOR_CELL,
    THING_END,
    cell_cost,
    is_band,
    is_number,
    serial_number,
)
from extractors.tables.columns import FREE_ROLES, GROUP_ROLES, VALUE_ROLES, Column
from extractors.tables.model import UNCERTAIN, Refusal, TableCell
from extractors.tables.word_costs import WORK_ROLES, LineWord, cell_fit, cell_text
from extractors.tables.words import PageLine, PageWord, Run, columns_of

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
        """The division of the lines into rows with the lowest cost; of several the one found first. Its certain rows
        are those without which, or one that is the same apart from `label_lines`, every division costs at least
        MIN_MARGIN more; a row that is the rest of a row of the page before is none, nor is one of label lines only.
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
        """The cost of reading the lines `first:end` as one row: how badly the cells fit their columns, how far they are
        from the middle or the top of the row (`aligned`), and for each empty line inside it and each line after the
        first with a word in every column (`full_lines`), which are more likely between two rows and a row of its own.
        Lines with nothing but labels of groups are left out of this: alone such a line costs nothing, several of them
        cannot be a row (`inf`)."""
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

        None are given where the second of two labels may be the rest of the first, because it begins at most
        MIN_LABEL_DISTANCE lines below a line of the full width, or where one has a single character or more than
        MAX_GROUP_LABEL. A label is left out where none of its rows were read, or these do not follow one another."""
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
