"""The lines below the header divided into rows at the lowest cost; a row is refused where its lines could as well be
other rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import inf
from typing import Literal, NamedTuple

from extractors.tables.cell_cost import (
    BAND_NUMBER,
    EMPTY,
    NAME_END,
    THING_END,
    cell_cost,
    is_band,
    is_number,
    serial_number,
)
from extractors.tables.columns import FREE, Column
from extractors.tables.gaps.cells import MARGIN, WORK, assigned_columns, cell_fit, cell_text
from extractors.tables.gaps.header import VALUES
from extractors.tables.gaps.page import PageLine, PageWord, Run, columns_of, refused_lines
from extractors.tables.model import UNCERTAIN, Refusal, TableCell

MOST_ROW_LINES = 9
ASKEW = 0.4  # the cost of a line by which a cell is off its place in the row
OVER_BLANK = 0.6  # the cost of an empty line inside a row
ROW = 0.1
FULL_LINE = 3.0  # the cost of a further line with a word in each column, which is more likely a row
POOR = 2.5  # the cost of a cell from which its row is refused
BAD_NAME = 1.6
LEFT_OVER = 1.0  # the cost of lines above the first row that a page break cut from the row before
NEAR = 3  # lines between which two labels may be the lines of one
LONGEST_LABEL = 8  # characters of the label of a group
LABELS = frozenset(("dimension", "group"))
UNFIT = "its cells do not fit the columns that they stand in"

Aligned = Literal["middle", "top"]


class RowWords(NamedTuple):
    """The words of a row: for each column its words, each with the index of its line before it. `cost` is how badly the
    cells fit their columns; `sound` is False where the words of some column cannot be one cell."""

    words: tuple[tuple[tuple[int, PageWord], ...], ...]
    cost: float
    sound: bool


@dataclass(frozen=True)
class TableBody:
    """The lines of a table below its header, which `rows` divides into rows. `runs` are the stretches of the page that
    the `columns` take up. Lines are named by their index in `lines`; `first:end` are the lines of a row."""

    columns: tuple[Column, ...]
    runs: tuple[Run, ...]
    lines: tuple[PageLine, ...]

    @cached_property
    def _assignments(self) -> list[tuple[list[int], bool]]:
        """For each line the index of the column of each of its words, and whether that is certain
        (`assigned_columns`)."""
        return [assigned_columns(line.words, self.runs, self.columns) for line in self.lines]

    @cached_property
    def placed(self) -> list[list[tuple[int, PageWord]]]:
        """For each line its words from left to right, each with the index of its column before it."""
        return [
            list(zip(places, line.words, strict=True))
            for (places, _), line in zip(self._assignments, self.lines, strict=True)
        ]

    def _is_clear(self, first: int, end: int) -> bool:
        """Whether the columns of all words of the lines `first:end` are certain."""
        return all(clear for _, clear in self._assignments[first:end])

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
        """The indices of the lines that hold only words of columns of groups' labels, so that they belong to no row."""
        return {
            n for n, words in enumerate(self.placed)
            if n not in self.bands and all(self.columns[c].role in LABELS for c, _ in words)
        }  # fmt: skip

    @cached_property
    def full_lines(self) -> set[int]:
        """The indices of the lines with a word in each column, columns of groups' labels and of tasks aside, because
        their cells may be merged."""
        wanted = {c for c, head in enumerate(self.columns) if head.role not in LABELS and head.role != "task"}
        return {n for n, words in enumerate(self.placed) if wanted <= {c for c, _ in words}}

    @cached_property
    def numbered(self) -> bool:
        """Whether the table has a column of row numbers and each line, bands aside, has the next number in it: 1, 2, 3
        … Each line is then a row."""
        at = next((c for c, head in enumerate(self.columns) if head.role == "serial"), None)
        lines = [words for n, words in enumerate(self.placed) if n not in self.bands]
        numbers = [[serial_number(word.text) for c, word in words if c == at] for words in lines]
        return at is not None and len(lines) > 1 and numbers == [[n] for n in range(1, len(lines) + 1)]

    @cached_property
    def widest(self) -> list[int]:
        """For each column the width of its widest word, in characters of the page."""
        found = [0] * len(self.columns)
        for words in self.placed:
            for c, word in words:
                found[c] = max(found[c], word.right - word.left)
        return found

    def rows(self, *, continued: bool) -> tuple[list[TableCell], list[Refusal], bool]:
        """The cells of the rows that can be used, with rows numbered from 0; the refusals of the other rows; and
        whether the first lines are the rest of a row of the page before. `continued` says that there is a page before.

        A row can be used where `_is_usable` says so of it, of the two rows above it and of the two below it, or of it
        alone if it is a complete line (`_is_one_line`). Everything is refused where the lines cannot be divided into
        rows, or where two neighbouring columns of values may be one.
        """
        ways = [self._divide(aligned, continued=continued) for aligned in ("middle", "top")]
        ways.sort(key=lambda way: way.cost)
        best, other = ways
        if best.cost == inf:
            return [], [refused_lines(self.lines, UNCERTAIN)], False
        if other.cost - best.cost < MARGIN:
            best = best._replace(certain=best.certain & set(other.rows))
        cells: list[TableCell] = []
        refused: list[Refusal] = []
        at: dict[int, int] = {}  # the row of the table for each line
        good = [self._is_usable(best, *row) for row in best.rows]
        for number, (first, end) in enumerate(best.rows):
            for n in range(first, end):
                at[n] = number
            if first in self.bands and good[number]:
                word = self.bands[first]
                span = ((word.start, word.end),)
                cells.append(TableCell(number, 0, word.text, span, column_span=len(self.columns)))
                continue
            row = self._cells(first, end)
            beside = not all(good[max(0, number - 2) : number + 3])
            if not good[number] or (beside and not self._is_one_line(first, end)):
                unfit = (first, end) in best.certain and not beside
                refused.append(refused_lines(self.lines[first:end], UNFIT if unfit else UNCERTAIN))
                continue
            for c, words in enumerate(row.words):
                if words and self.columns[c].role not in LABELS:
                    cells.append(TableCell(number, c, *cell_text(self.columns[c].role, words)))
        for c, head in enumerate(self.columns):
            if head.role in LABELS:
                cells += self._labels(c, at, {cell.row for cell in cells})
        if self._falsely_parted(cells):
            return [], [refused_lines(self.lines, UNFIT)], False
        cells.sort(key=lambda cell: (cell.row, cell.column))
        return cells, refused, best.first_is_rest

    def _is_usable(self, cut: "_Division", first: int, end: int) -> bool:
        """Whether the row of the lines `first:end` in the division `cut` can be used: every division of the lines
        without this row costs clearly more, the column of each of its words is certain, and its cells fit their
        columns. Of a band whether it is numbered (一、经济发展)."""
        if first in self.bands and end == first + 1:
            return BAND_NUMBER.match(self.bands[first].text) is not None  # others may be the rest of a cell
        return (first, end) in cut.certain and self._is_clear(first, end) and self._fits(self._cells(first, end))

    def _is_one_line(self, first: int, end: int) -> bool:
        """Whether the row is a single line with one word in each column and a number in each column of values, in a
        table whose names take one line each. Such a row can be used even where a row beside it is refused, because it
        can lack no line and have none too many."""
        row = self._cells(first, end)
        own = [(head, words) for head, words in zip(self.columns, row.words, strict=True) if head.role not in LABELS]
        return (
            end == first + 1
            and not self._wraps_names
            and all(len(words) == 1 and (head.role not in VALUES or is_number(words[0][1].text)) for head, words in own)
        )

    def _falsely_parted(self, cells: Sequence[TableCell]) -> bool:
        """Whether two neighbouring columns of values, both with cells, may be one, because no row has a cell in
        both."""
        held = [{cell.row for cell in cells if cell.column == c} for c in range(len(self.columns))]
        return any(
            a.role in VALUES and b.role in VALUES and held[n] and held[n + 1] and not held[n] & held[n + 1]
            for n, (a, b) in enumerate(pairwise(self.columns))
        )

    def _divide(self, aligned: Aligned, *, continued: bool) -> "_Division":
        """The division of the lines into rows with the lowest cost. Its certain rows are those without which every
        division costs at least MARGIN more. `aligned` says whether cells are taken to stand in the middle or at the top
        of their rows, `continued` that the first lines may be the rest of a row of the page before. The cost is `inf`
        where there is no division."""
        count = len(self.lines)
        steps: dict[tuple[int, int], float] = {}
        for first in range(count):
            if first in self.bands:
                steps[first, first + 1] = 0.0
                continue
            for end in range(first + 1, min(count, first + (1 if self.numbered else MOST_ROW_LINES)) + 1):
                if end - 1 in self.bands:
                    break
                steps[first, end] = self._cost(first, end, aligned)
        rests: set[int] = set()
        if continued:
            for end in range(1, min(count, MOST_ROW_LINES)):
                if self._is_rest(end):
                    steps[0, end] = min(steps.get((0, end), inf), LEFT_OVER)
                    rests.add(end)
        to, since = [0.0] + [inf] * count, [inf] * count + [0.0]
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
            (first, end)
            for first, end in rows
            if all(
                to[a] + cost + since[b] - to[count] >= MARGIN
                for (a, b), cost in steps.items()
                if a <= first < b and (a, b) != (first, end) and not self._alike((a, b), (first, end))
            )
        }
        first_is_rest = continued and bool(rows) and rows[0][1] in rests and steps[rows[0]] == LEFT_OVER
        if first_is_rest:
            certain.discard(rows[0])
        return _Division(to[count], rows, certain, first_is_rest)

    def _alike(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Whether the lines `one` and `other`, each (first, end), are the same, lines with nothing but labels of groups
        aside, so that they give the same row."""
        lines = [{n for n in range(*each) if n not in self.label_lines} for each in (one, other)]
        return lines[0] == lines[1]

    def _is_rest(self, end: int) -> bool:
        """Whether the lines before `end` can be the rest of a row of the page before: they have no row number, kind or
        unit, and no number in a column of values."""
        roles = {self.columns[c].role for words in self.placed[:end] for c, _ in words}
        return not roles & {"serial", "kind", "unit"} and not any(
            is_number(word.text) for words in self.placed[:end] for c, word in words if self.columns[c].role in VALUES
        )

    def _cost(self, first: int, end: int, aligned: Aligned) -> float:
        """The cost of reading the lines `first:end` as one row: how badly the cells fit their columns, how far they are
        from the middle or the top of the row (`aligned`), and for each empty line inside it and each line after the
        first with a word in every column, which are more likely between two rows and a row of its own. `inf` where the
        lines cannot be one row."""
        row = self._cells(first, end)
        cost = row.cost
        own = [n for n in range(first, end) if n not in self.label_lines]
        if not own:
            return 0.0 if end == first + 1 else inf
        top, bottom = own[0], own[-1]
        for c, words in enumerate(row.words):
            if not words or self.columns[c].role in LABELS:
                continue
            lines = [n for n, _ in words]
            if aligned == "top":
                cost += ASKEW * (lines[0] - top)
            else:
                cost += ASKEW * max(0.0, abs(lines[0] + lines[-1] - top - bottom) / 2 - 0.5)
        cost += FULL_LINE * max(0, sum(n in self.full_lines for n in own) - 1)
        cost += OVER_BLANK * sum(self.lines[n].blank for n in range(first + 1, end))
        return cost + ROW

    def _cells(self, first: int, end: int) -> RowWords:
        """The words of the lines `first:end` as one row, with the cost of its cells: `cell_fit` for those with words,
        EMPTY for those without, nothing for labels of groups."""
        words: list[list[tuple[int, PageWord]]] = [[] for _ in self.columns]
        for n in range(first, end):
            for c, word in self.placed[n]:
                words[c].append((n, word))
        cost, sound = 0.0, True
        for c, head in enumerate(self.columns):
            if head.role in LABELS:
                continue
            if not words[c]:
                cost += EMPTY[head.role]
                continue
            more, whole = cell_fit(head, words[c], self.widest[c])
            cost, sound = cost + more, sound and whole
        return RowWords(tuple(map(tuple, words)), cost, sound)

    @cached_property
    def _wraps_names(self) -> bool:
        """Whether names take several lines in this table: some line holds words of a name and nothing else, labels of
        groups aside."""
        return any(
            {self.columns[c].role for c, _ in words if self.columns[c].role not in LABELS} == {"name"}
            for n, words in enumerate(self.placed)
            if n not in self.bands
        )

    def _fits(self, row: RowWords) -> bool:
        """Whether the words can be a row of the table. They can where the words of each column can be one cell
        (`sound`); there is a name with a value, or in a table of work a body or free text; either all columns of values
        are filled or none; and no cell fits its column badly, which is not asked of free text and labels of groups.
        Where names take several lines, the name must also end as names do."""
        roles = [head.role for head in self.columns]
        if not row.sound:
            return False
        if "name" in roles and self._wraps_names:
            name = "".join(word.text for _, word in row.words[roles.index("name")])
            if not NAME_END.search(name) and not THING_END.search(name):
                return False
        for role, words in zip(roles, row.words, strict=True):
            text = "".join(word.text for _, word in words)
            if words and role not in FREE | LABELS and cell_cost(role, text) >= (BAD_NAME if role == "name" else POOR):
                reversed_text = cell_text(role, words)[0]
                if cell_cost(role, reversed_text.replace(" ", "")) >= POOR:
                    return False
        if len({bool(words) for role, words in zip(roles, row.words, strict=True) if role in VALUES}) > 1:
            return False
        filled = {role for role, words in zip(roles, row.words, strict=True) if words}
        return ("name" in filled and bool(filled & VALUES)) or ("name" not in roles and bool(filled & WORK))

    def _labels(self, c: int, at: dict[int, int], rows: set[int]) -> Iterator[TableCell]:
        """The labels of groups in column `c`, each as a cell that spans the rows that its lines are in. `at` has the
        index of the row of each line, `rows` are the indices of the rows that were read.

        None are given where two labels are so close that the second may be the rest of the first, or where one has a
        single character or more than LONGEST_LABEL. A label is left out where its lines are in no row that was read or
        in rows apart.
        """
        pieces = [(n, word) for n, words in enumerate(self.placed) for column_, word in words if column_ == c]
        labels: list[list[tuple[int, PageWord]]] = []
        for n, word in pieces:
            if labels and labels[-1][-1][0] + 1 >= n:
                labels[-1].append((n, word))
            else:
                labels.append([(n, word)])
        texts = ["".join(word.text for _, word in label) for label in labels]
        wide = max((word.right - word.left for _, word in pieces), default=0)
        near = any(
            b[0][0] - a[-1][0] <= NEAR and a[-1][1].right - a[-1][1].left >= wide for a, b in pairwise(labels)
        )  # the second may be the rest of the first
        if near or not all(2 <= len(text) <= LONGEST_LABEL for text in texts):
            return
        for label, text in zip(labels, texts, strict=True):
            held = sorted({at[n] for n, _ in label if n in at and at[n] in rows})
            if held and held == list(range(held[0], held[-1] + 1)):
                spans = tuple((word.start, word.end) for _, word in label)
                yield TableCell(held[0], c, text, spans, row_span=held[-1] - held[0] + 1)


class _Division(NamedTuple):
    """A division of the lines into `rows`, each (first line, line after the last), with its cost. `certain` are those
    of the rows that every division of nearly the same cost has too. `first_is_rest` says that the first of the rows is
    the rest of a row of the page before."""

    cost: float
    rows: list[tuple[int, int]]
    certain: set[tuple[int, int]]
    first_is_rest: bool
