"""Beam search over the words of a table whose cells come one after another, row by row, without marks between them.

A PDF's text comes out in the order in which the cells were drawn: 1 / 城镇职工基本医疗 / 保险参保人数 / 万人 …. The
header gives the columns, except those for labels of groups that it does not name. The words are divided into cells and
the cells into rows at the lowest total cost, of such things as how badly each cell's text fits its column, lines that
end before the width at which the column wraps, the gaps inside a cell, and each cell left empty. Readings of the first
words that cost BEAM_COST more than the cheapest are dropped.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Literal, NamedTuple

from extractors.tables.cost import (
    BAND,
    BAND_NUMBER,
    EMPTY_COST,
    RAGGED_COST,
    TIGHT_COST,
    UNIT_AT_END,
    CellCosts,
    CellEnd,
)
from extractors.tables.model import GROUP_ROLES, Column
from extractors.tables.words import Gap, Token

WORD_AFTER_TABLE_COST = 2.0  # the cost of a word after the table
CONTINUED_ROW_COST = 3.0  # the cost of continuing a row after a page break
BAND_COST = 2.0  # the cost of a line that heads the rows below it
HEADING_BAND_COST = 0.5  # and of one right above the name of a row
GROUP_COST = 3.0  # the cost of a column that the head does not name
NO_FIRST_LABEL_COST = 2.0  # the cost of a first row without a label
NO_OWN_LABEL_COST = 1.0  # the cost of a row without a label where every row has one
MAX_SEARCHED_WORDS = 900
MAX_WORDS_OF_ALL_READINGS = 450  # more words are read under one reading of the header only
GOOD_READING_COST = 1.5  # the cost of a row that needs no other reading
BEAM_COST = 5.0  # how much costlier than the cheapest a way of reading the words so far may be


@dataclass(slots=True)
class FittedRow:
    """A row of a reading: `cells` has, by the index of its column, the words of each filled cell, from the first to the
    last. A `band` is a title across all columns, whose words stand in column 0."""

    cells: dict[int, list[Token]] = field(default_factory=dict)
    band: bool = False


@dataclass(frozen=True, slots=True)
class Solution:
    """A reading of the words of a candidate as the rows of a table with these columns. `used` is the number of the
    words up to the end of the last row; `cost` is the sum of the costs of the rows, of the columns that the header does
    not name, and of the words after the rows; about 0 for a perfect fit."""

    columns: tuple[Column, ...]
    rows: tuple[FittedRow, ...]
    used: int  # words of the candidate that the rows take up
    cost: float  # of the rows, and of the words that they leave out

    @property
    def mean_cost(self) -> float:
        """The cost of the reading divided by the number of its rows, bands included, by which readings with different
        rows are compared. A solution has at least one row."""
        return self.cost / len(self.rows)


Step = Literal["cell", "row", "rest", "band"]


class _Entry(NamedTuple):
    """The cheapest way to begin a cell in column `column` with a certain word. `cost` is that of everything before the
    cell, empty cells included; `before` is the last state of it, None at the very beginning.

    `step` says what the cell is: a further cell of its row ("cell"), the first of a row ("row"), a cell with which a
    row goes on after a page break ("rest"), or a band. In the part of a row after a page break, `filled` is the index
    of the last column that the part before has filled; -1 elsewhere.
    """

    cost: float
    column: int
    filled: int
    step: Step
    before: "_State | None"


class _State(NamedTuple):
    """The cheapest way to read the words before the index `end`, the last of which, the words `start:end`, are a cell
    in the column of `entry`, or a band. `cost` is that of all words before `end`; in the state that `search` returns,
    of all words. In the first state, before any word, there is no cell: start and end are 0."""

    cost: float
    start: int
    end: int
    entry: _Entry


ByColumn = list["_State | None"]  # by the column of the last cell
States = dict[int, ByColumn]  # by `filled`


def solve(columns: Sequence[Column], costs: CellCosts, bound: float = inf) -> Solution | None:
    """The cheapest reading found of `costs.words`, the words after the header, as rows of these columns. None where
    none is found that costs less than `bound` by a first search, and where no column holds names.

    Up to two columns for labels of groups, which the header does not name, are tried before the column of names, at
    GROUP_COST each, twice that where the header names such a column; no more are tried after a reading that costs less
    than GOOD_READING_COST a row, and none for more than MAX_WORDS_OF_ALL_READINGS words. The widths of the columns are
    known only after a reading, so the readings that cost little more than the cheapest are made a second time with
    these widths (`refined`), and of these the cheapest is returned.
    """
    found: list[tuple[_State, _Solver]] = []
    extra = GROUP_COST * (2 if any(c.role == "dimension" for c in columns) else 1)
    for groups in range(3):
        attempt = with_groups(columns, groups)
        if attempt is None:
            break
        solver = _Solver(attempt, costs, extra * groups)
        if (last := solver.search(bound)) is not None:
            found.append((last, solver))
            bound = min(bound, last.cost + extra)
            if last.cost < GOOD_READING_COST * solver.height(last):
                break
        if len(costs.words) > MAX_WORDS_OF_ALL_READINGS:
            break
    near = (solver.refined(last) for last, solver in found if last.cost <= bound)
    return min((s for s in near if s is not None), key=lambda s: s.cost, default=None)


def with_groups(columns: Sequence[Column], groups: int) -> tuple[Column, ...] | None:
    """The columns with as many unnamed columns for labels of groups as `groups` says added before the column of names;
    None where no column holds names."""
    at = next((i for i, c in enumerate(columns) if c.role == "name"), None)
    if at is None:
        return None
    return (*columns[:at], *[Column("group", "")] * groups, *columns[at:])


class _Solver:
    """A search for the cheapest reading of `costs.words` as rows of these columns. It keeps what it has learned: the
    widths of the columns, the cost of an empty cell in each, and the cost of a line that is too short."""

    def __init__(self, columns: Sequence[Column], costs: CellCosts, extra: float) -> None:
        """Prepares the search for readings with these columns; `costs` has the words below the header and the cost of
        each cell. `extra` is the cost that every reading begins with, for columns that the header does not name. An
        empty cell costs EMPTY_COST, but 0.3 in a column of row numbers where no words number the rows, and
        NO_OWN_LABEL_COST in one of labels that the header names, after the column of names."""
        self.columns, self.costs, self.words, self.extra = tuple(columns), costs, costs.words, extra
        self.count, self.last = len(costs.words), len(columns) - 1
        self.serials = costs.row_numbers(columns)
        bounds = [*sorted(self.serials), self.count]
        self.until = [bounds[bisect_right(bounds, i)] for i in range(self.count)]
        self.open = costs.openings(columns, self.serials)
        self.widths: dict[int, int] = {}
        self.rate = RAGGED_COST
        empty = [EMPTY_COST[c.role] for c in columns]
        if not self.serials:
            empty = [0.3 if c.role == "serial" else e for c, e in zip(columns, empty, strict=True)]
        name = next((c for c, head in enumerate(columns) if head.role == "name"), 0)
        # labels before the names span rows; after them every row has its own
        self.empty = [
            NO_OWN_LABEL_COST if columns[c].role == "dimension" and c > name else e for c, e in enumerate(empty)
        ]

    def refined(self, last: _State) -> Solution | None:
        """The reading that a second search finds, which knows how wide the columns are from the reading that ends with
        the state `last`; that reading itself where no width is known (`_learned`) or the second search finds nothing.
        None where there are no rows. What the solver knows of widths, short lines and empty cells is changed
        (`_learned`, `_underfull_line_cost`, `_label_each_row`)."""
        self._label_each_row(last)
        self.widths = self._learned(last)
        if self.widths:
            self.rate = self._underfull_line_cost(last)
            again = self.search(inf)
            last = again if again is not None else last
        rows = tuple(self.rows(last))
        return Solution(self.columns, rows, last.end, last.cost) if rows else None

    def height(self, last: _State) -> int:
        """The number of rows, bands included, of the reading that ends with the state `last`."""
        return sum(1 for _ in self.rows(last))

    def search(self, bound: float) -> _State | None:
        """The last state of the cheapest reading of the words as rows; words after the last row may be left out, at the
        cost WORD_AFTER_TABLE_COST each. Cells are only begun where that costs less than BEAM_COST more than the
        cheapest beginning of a cell with the same word. None where every reading costs `bound` or more, or as much as
        leaving out all words or more."""
        states: list[States] = [{} for _ in range(self.count + 1)]
        origin = _State(self.extra, 0, 0, _Entry(self.extra, self.last, -1, "row", None))
        states[0][-1] = [*([None] * self.last), origin]
        best: _State | None = None
        most = min(bound, WORD_AFTER_TABLE_COST * self.count + self.extra)
        for i, here in enumerate(states):
            if not here:
                continue
            entries, closed, cheapest = self._entries(here, i)
            if closed + WORD_AFTER_TABLE_COST * (self.count - i) < most:
                most = closed + WORD_AFTER_TABLE_COST * (self.count - i)
                best = cheapest._replace(cost=most)
            if entries:
                limit = min(bound, min(entry.cost for entry in entries) + BEAM_COST)
                for entry in entries:
                    if entry.cost < limit:
                        self._cells(states, i, entry)
            if i < self.count:
                self._band(states, i, closed, cheapest)
            here.clear()
        return best

    def _entries(self, here: States, i: int) -> tuple[list[_Entry], float, _State]:
        """The cheapest ways to begin a cell with word `i`; then the lowest cost of ending a row before word `i`, and
        the state with which that row ends. `here` are the states that have read the words before `i`, of which there
        must be at least one.

        The cell may be one of the row so far, in a column after the last filled one; the first one of a new row, in any
        column; or, after a page break, one with which the row of the page before goes on (`_rest`). Each column passed
        over costs what an empty cell costs; a column of labels that the header names costs NO_FIRST_LABEL_COST before
        the first cell of the first row and, up to the second cell, after it. Of entries for one column and `filled` the
        cheapest stays, of equal ones the first."""
        columns, empty = range(self.last + 1), self.empty
        openings = self.open[i] if i < self.count else ()
        found: dict[tuple[int, int], _Entry] = {}
        closed, cheapest = inf, None
        for filled, line in here.items():
            cost, before = inf, None
            for c in columns:
                if before is not None:
                    if c in openings:
                        found[c, filled] = _Entry(cost, c, filled, "cell", before)
                    if c > filled:
                        first = before.start == 0 and before.entry.step == "row"
                        cost += NO_FIRST_LABEL_COST if first and self.columns[c].role == "dimension" else empty[c]
                if (state := line[c]) is not None and state.cost < cost:
                    cost, before = state.cost, state
            if cost < closed:
                closed, cheapest = cost, before
        assert cheapest is not None
        cost = closed
        for c in columns:
            if c in openings and ((known := found.get((c, -1))) is None or cost < known.cost):
                found[c, -1] = _Entry(cost, c, -1, "row", cheapest)
            cost += empty[c] if i or self.columns[c].role != "dimension" else NO_FIRST_LABEL_COST
        if i and openings and self.words[i].gap == Gap.PAGE:
            for state in here.get(-1, ()):
                if state is not None:
                    self._rest(found, state, openings)
        return list(found.values()), closed, cheapest

    def _rest(self, found: dict[tuple[int, int], _Entry], state: _State, openings: Sequence[int]) -> None:
        """Adds to `found`, by (column, `filled`), the entries by which the row that ends before a page break with
        `state` is continued after it, at CONTINUED_ROW_COST, in any of the columns `openings`. Columns after that of
        `state` cost the empty cells between too; that one and earlier ones are open only if they are not for row
        numbers, kinds or units. An entry that is there already and costs no more stays."""
        cost, at = state.cost + CONTINUED_ROW_COST, state.entry.column
        for c, head in enumerate(self.columns):
            allowed = c in openings and (c > at or head.role not in ("serial", "kind", "unit"))
            if allowed and ((known := found.get((c, at))) is None or cost < known.cost):
                found[c, at] = _Entry(cost, c, at, "rest", state)
            if c > at:
                cost += self.empty[c]

    def _band(self, states: list[States], i: int, closed: float, before: _State) -> None:
        """Adds to `states` the state in which word `i` is a band, where it can be one: it is alone on its line, looks
        like one (BAND: `cost.is_band`, but kinds and 暂无 too), is not the last word, and neither of the next two words
        has its text. It costs BAND_COST with a number (一、经济发展), HEADING_BAND_COST above the name of a
        row (`_heads_rows`), six times that without one where the header names
        a column of labels or it has fewer than four characters, else three times. `closed` is the lowest cost of ending
        a row before it, `before` the state with which that row ends. A state that is there already and costs no more
        stays."""
        text = self.words[i].text
        if self.words[i].gap == Gap.SPACE or i + 1 == self.count or BAND.fullmatch(text) is None:
            return
        if self.words[i + 1].gap == Gap.SPACE or any(text == w.text for w in self.words[i + 1 : i + 3]):
            return
        grouped = any(c.role == "dimension" for c in self.columns)
        if self._heads_rows(i):
            cost = closed + HEADING_BAND_COST
        else:
            cost = closed + BAND_COST * (1 if BAND_NUMBER.match(text) else 6 if grouped or len(text) < 4 else 3)
        line = states[i + 1].setdefault(-1, [None] * (self.last + 1))
        if (known := line[self.last]) is None or cost < known.cost:
            line[self.last] = _State(cost, i, i + 1, _Entry(closed, self.last, -1, "band", before))

    def _heads_rows(self, i: int) -> bool:
        """Whether word `i` is followed by a name that ends with its unit in brackets, on one line or two, and that by a
        number, each on a line of its own, so that word `i`, which has neither, may head rows: 城镇化水平 above
        常住人口城镇化率（%） and 53.7."""
        for j in range(i + 1, min(i + 3, self.count - 1)):
            if self.words[j].gap == Gap.SPACE or self.costs.number[j]:
                return False
            if UNIT_AT_END.search(self.words[j].text):
                return self.words[j + 1].gap != Gap.SPACE and self.costs.number[j + 1]
        return False

    def _cells(self, states: list[States], i: int, entry: _Entry) -> None:
        """Adds to `states[j]` the state of each cell `i:j` that begins with word `i` by this entry and does not reach
        beyond the next row number, unless a state with the same `filled` and column is there that costs as little or
        less; a dearer one is replaced. A cell of a column that was begun before a page break continues that column's
        words (`continued_cells`)."""
        c, filled, until = entry.column, entry.filled, self.until[i]
        role, wide, cost = self.columns[c].role, self.widths.get(c), entry.cost
        earlier = self._earlier(entry.before, c) if entry.step == "rest" or filled >= 0 else None
        if earlier:
            cells: Iterable[CellEnd] = self.costs.continued_cells(earlier, role, wide, self.rate, i)
        else:
            cells = self.costs.cells(role, wide, self.rate, i)
        for j, more in cells:
            if j > until:
                break
            there = states[j]
            if (line := there.get(filled)) is None:
                line = there[filled] = [None] * (self.last + 1)
            if (known := line[c]) is None or cost + more < known.cost:
                line[c] = _State(cost + more, i, j, entry)

    def _earlier(self, state: _State | None, c: int) -> list[Token]:
        """The words that column `c` of the row that ends with `state` already has, in order, those from before a page
        break first; cells of earlier rows do not count. Empty where it has none, for a band, and for None."""
        found: list[Token] = []
        while state is not None and state.entry.before is not None:
            entry = state.entry
            if entry.column == c and entry.step != "band":
                found = [*self.words[state.start : state.end], *found]
            if entry.step in ("row", "band"):
                break
            state = entry.before
        return found

    def _label_each_row(self, last: _State) -> None:
        """Makes an empty cell in a column of labels that the header names ("dimension") cost NO_OWN_LABEL_COST in the
        next search, where the column is filled in at least eight in ten rows, of four or more, of the reading that ends
        with `last`; bands are no rows here."""
        rows = [row for row in self.rows(last) if not row.band]
        for c, head in enumerate(self.columns):
            if (
                head.role == "dimension"
                and len(rows) >= 4
                and sum(c in row.cells for row in rows) * 10 >= len(rows) * 8
            ):
                self.empty[c] = NO_OWN_LABEL_COST

    def _learned(self, last: _State) -> dict[int, int]:
        """How wide the columns are in the reading that ends with `last`, in half-width characters, by the index of the
        column; only columns with a cell of several lines are there. A cell counts with its widest line; the width is
        the 90th percentile of the cells of several lines, or that of the cells of one word where it is larger. A column
        of labels that the header names ("dimension") is there whether a cell of it has several lines or not, with the
        median of all its cells. Cells with a space between two words are not counted, nor are bands."""
        wrapped: dict[int, list[int]] = {}
        single: dict[int, list[int]] = {}
        for row in self.rows(last):
            for c, words in row.cells.items():
                if not row.band and all(w.gap != Gap.SPACE for w in words[1:]):
                    (wrapped if len(words) > 1 else single).setdefault(c, []).append(max(w.width for w in words))
        widths = {
            c: max(sorted(found)[int(0.9 * (len(found) - 1))] for found in (wrapped[c], single.get(c, [0])))
            for c in wrapped
        }
        for c, head in enumerate(self.columns):
            if head.role == "dimension" and (found := sorted(wrapped.get(c, []) + single.get(c, []))):
                widths[c] = found[len(found) // 2]  # a label or two may be the first line of a name
        return widths

    def _underfull_line_cost(self, last: _State) -> float:
        """The cost of each half-width character that a line lacks to the width of its column: TIGHT_COST where at least
        85 % of the lines are full, to 3 characters, in the reading that ends with `last`; else, and where there are
        fewer than 6 lines, RAGGED_COST. Each word counts as a line, also where two stand on one; the last word of a
        cell does not count, nor do labels of groups and columns whose width is not known."""
        full = total = 0
        for row in self.rows(last):
            for c, words in row.cells.items():
                if c in self.widths and self.columns[c].role not in GROUP_ROLES:
                    total += len(words) - 1
                    full += sum(word.width >= self.widths[c] - 3 for word in words[:-1])
        return TIGHT_COST if total >= 6 and full * 100 >= total * 85 else RAGGED_COST

    def rows(self, last: _State) -> Iterator[FittedRow]:
        """The rows, bands included, of the reading that ends with the state `last`, from top to bottom; each has the
        words of a cell by the index of its column, a band its word by 0. No rows for the state before the first word.
        The words of a cell that a page break divided are together."""
        path: list[_State] = []
        at: _State | None = last
        while at is not None and at.entry.before is not None:
            path.append(at)
            at = at.entry.before
        row = FittedRow()
        for state in reversed(path):
            entry = state.entry
            if entry.step in ("row", "band"):
                if row.cells:
                    yield row
                row = FittedRow(band=entry.step == "band")
            cell = 0 if row.band else entry.column
            row.cells.setdefault(cell, []).extend(self.words[state.start : state.end])
        if row.cells:
            yield row
