"""Tables whose text comes in row-major order, as PDF text layers have it: the lines of a wrapped cell stand above,
beside and below the other cells of its row, and only the order of the words shows the columns.

  社区养老服务设施配建
  1 % 80 100 约束性
  达标率

A line with a kind, or with as many numbers as the table has columns of them, is an anchor: each row has one. Where
cells are vertically centred, a row has as many lines above its anchor as below: the first row tells how many of the
lines between it and the second are its own, and so on to the end. Where the counts do not add up, only the rows are
read whose anchor has another anchor right above or below. The remaining lines are left out.

Found in: a city's five-year outline, text layer of a PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extractors import expressions as re
from extractors.tables.cell_cost import (
    BAND_NUMBER,
    BODIES_INSIDE,
    EMPTY,
    NAME_END,
    NO_FIT,
    OPEN,
    cell_cost,
    is_band,
    is_dash,
    is_number,
    is_serial,
    is_unit,
    may,
)  # fmt: skip
from extractors.tables.columns import FREE, Column, Role
from extractors.tables.tokens import Token, lines_of
from extractors.tables.wrapped.beam import FittedRow, Solution

MOST_ASSIGNMENTS = 300  # of a line's words over the columns
LABELS = frozenset(("dimension", "group"))


def column_assignments(line: Sequence[Token], columns: Sequence[Column]) -> Iterator[tuple[int, ...]]:
    """The columns in which the words of a line may be, from left to right: 1 % 80 100 约束性 -> (0, 2, 3, 4, 5). Every
    possible way, but at most MOST_ASSIGNMENTS. A column takes several words only where its cells may have spaces
    (names, bodies, free text); none where a word fits no column."""
    # before a name there may be a label: two words are not taken for one name then
    several = OPEN - ({"name"} if any(head.role in LABELS for head in columns) else set())
    stack: list[tuple[int, ...]] = [()]
    for word in line:
        stack = [
            (*share, c)
            for share in stack
            for c in range(share[-1] if share else 0, len(columns))
            if may(columns[c].role, word.text) and not (share and c == share[-1] and columns[c].role not in several)
        ]
    yield from stack[:MOST_ASSIGNMENTS]


def is_value(role: Role, text: str) -> bool:
    """Whether the text is a number or a dash in a column of values or growth rates."""
    return role in ("value", "growth") and (is_number(text) or is_dash(text))


TALLEST = 4  # lines above a row's anchor
BEAM = 12
# 市文化广电旅, 游局、市水利局: pieces of a list of bodies
BODY = re.compile(r"^[市县区省州](?!域|政|级|场|容)|[局委厅]|[部办][、，]|[、，][市县区省州]")
TWO_CELLS = 3.0  # the cost of two complete values in one cell
SPACE_INSIDE = 0.8
CERTAIN = 0.8  # by how much the best assignment must be cheaper than any other
OTHER_PLACE = 1.0  # and centred rows than top-aligned ones, or the reverse
BAD_NAME = 1.4  # the cost of a name from which its row is left out
SHORT = 4  # characters of a word that may be a label, or the rest of one
MOST_LINES = 150


@dataclass(frozen=True, slots=True)
class LineParse:
    """`complete`: every line was assigned to a row, and some rows span several lines, which the cell by cell order
    does not explain."""

    solution: Solution
    complete: bool


class _Held(NamedTuple):
    text: str
    last: int  # line
    words: tuple[Token, ...]


class _Hypothesis(NamedTuple):
    """One assignment of the words of a row's lines so far to the columns, with its cost."""

    cost: float
    cells: tuple[_Held | None, ...]


class RowLines(NamedTuple):
    """A row's anchor line, and the first and last of its lines; a band has no other."""

    own: int
    first: int
    last: int
    band: bool = False


def solve_lines(columns: Sequence[Column], words: Sequence[Token]) -> LineParse | None:
    """The rows that the lines make up in row-major order; None where there are none but bands, and where there are more
    than MOST_LINES lines."""
    lines = lines_of(words)
    if not lines or len(lines) > MOST_LINES:
        return None
    table = _Lines(columns, lines)
    middle, complete = table.centred_rows()
    read = table.rows(middle)
    if not complete and (top := table.top_aligned_rows()):
        other = table.rows(top)
        if sum(cost for cost, _ in other) < sum(cost for cost, _ in read):
            read, complete = other, True
    elif complete and (top := table.top_aligned_rows()):
        read = _agreed(read, table.rows(top))
    rows = tuple(row for _, row in read)
    if not any(not row.band for row in rows):
        return None
    used = max(words.index(word) for row in rows for cell in row.cells.values() for word in cell) + 1
    return LineParse(
        Solution(tuple(columns), rows, used, sum(cost for cost, _ in read)),
        complete and len(table.lines) > len(table.own) + len(table.bands),
    )


Costed = list[tuple[float, FittedRow]]


def _agreed(middle: Costed, top: Costed) -> Costed:
    """The rows to use of two readings of one table, with cells in the middle and at the top of their rows: those of
    the reading with more rows, or of the one that is clearly cheaper; else the rows that both have."""
    if len(middle) != len(top):
        return max(middle, top, key=len)
    a, b = (sum(cost for cost, _ in rows) / max(1, len(rows)) for rows in (middle, top))
    if abs(a - b) * min(len(middle), len(top)) >= OTHER_PLACE:
        return middle if a < b else top
    return [(cost, row) for cost, row in middle if any(row == other for _, other in top)]


class _Lines:
    def __init__(self, columns: Sequence[Column], lines: Sequence[Sequence[Token]]) -> None:
        self.columns, self.lines = tuple(columns), lines
        self.roles = [head.role for head in columns]
        self.values = sum(role in ("value", "growth") for role in self.roles)
        self.name = self.roles.index("name") if "name" in self.roles else 0
        self.serial = int(self.roles[0] == "serial")
        self.bodies = self.roles.index("departments") if "departments" in self.roles else -1
        self.labels = [c for c, role in enumerate(self.roles) if role in LABELS]
        self.label = self.labels[-1] if self.labels else len(columns)
        numbered = sum(is_serial(line[0].text) is not None for line in lines) >= 2
        self.empty = [
            0.3 if head.role == "serial" and not numbered else 0.0 if head.role in LABELS else EMPTY[head.role]
            for head in columns
        ]
        self.bands = [n for n, line in enumerate(lines) if len(line) == 1 and _is_band(line[0].text)]
        self.own = [n for n, line in enumerate(lines) if self._is_own(line)]

    def _is_own(self, line: Sequence[Token]) -> bool:
        """Whether the line is an anchor: it has a kind or, in a table without kinds, a number for each column of
        values."""
        if "kind" in self.roles:
            return len(line) > 1 and any(cell_cost("kind", word.text) == 0.0 for word in line)
        return len(line) > 1 and sum(is_number(word.text) or is_dash(word.text) for word in line) >= self.values

    def centred_rows(self) -> tuple[list[RowLines], bool]:
        """The rows whose lines are known if anchors stand in the middle of their rows; whether that holds for all."""
        places: list[RowLines] = []
        complete = True
        for first, own, end in self._sections():
            around = [b - a - 1 for a, b in zip([first - 1, *own], [*own, end], strict=True)]  # lines between
            tall, left = [], 0
            for n in range(len(own)):
                tall.append(around[n] - left)
                left = tall[-1]
            last = end == len(self.lines)  # text may follow the last section
            if all(0 <= k <= TALLEST for k in tall) and (left == around[-1] or (last and left < around[-1])):
                places += [RowLines(at, at - k, at + k) for at, k in zip(own, tall, strict=True)]
            else:
                complete = False
                places += [
                    RowLines(at, at, at) for n, at in enumerate(own) if 0 in (around[n], around[n + 1])
                ]  # fmt: skip
        places += [RowLines(n, n, n, band=True) for n in self.bands]
        return sorted(places), complete

    def top_aligned_rows(self) -> list[RowLines]:
        """The rows with all lines down to the next anchor, if every row may begin with its anchor; else none."""
        if self.labels or not self.own or self.own[0] != 0 or self.bands:
            return []
        ends = [*self.own[1:], len(self.lines)]
        places = [RowLines(at, at, end - 1) for at, end in zip(self.own, ends, strict=True)]
        return places if all(p.last - p.first <= 2 * TALLEST for p in places[:-1]) else []

    def _sections(self) -> Iterator[tuple[int, list[int], int]]:
        """The sections between two bands, as (first line, anchors, line after the last)."""
        bounds = [-1, *self.bands, len(self.lines)]
        for before, end in pairwise(bounds):
            if own := [n for n in self.own if before < n < end]:
                yield before + 1, own, end

    def rows(self, places: Sequence[RowLines]) -> Costed:
        """The rows of these lines whose name is plausible, each with its cost."""
        found: Costed = []
        ways = [(place, None if place.band else self._read(place)) for place in places]
        labelled = all(
            place.first == place.last and any(way.cells[c] for c in self.labels) for place, way in ways if way
        )
        for place, way in ways:
            if place.band:
                found.append((0.0, FittedRow({0: list(self.lines[place.own])}, band=True)))
            elif (
                way
                and (cell := way.cells[self.name])
                and _is_name(cell.text, single=place.first == place.last and not self.labels)
            ):
                held = {c: list(cell.words) for c, cell in enumerate(way.cells) if cell}
                cells = {c: words for c, words in held.items() if labelled or c not in self.labels}
                found.append((self._cost(way), FittedRow(cells)))
        return found

    def _read(self, place: RowLines) -> _Hypothesis | None:
        """The best assignment of the words of the row's lines to the columns; None where none is possible or the
        columns of some words are not known.

        A cell is left empty where another assignment, which costs less than CERTAIN more, has other words in it.
        """
        shares = list(self._loose(place))
        if any(share is None for share in shares):
            return None
        ways = [_Hypothesis(0.0, (None,) * len(self.columns))]
        for n, share in zip(range(place.first, place.last + 1), shares, strict=True):
            ways = self._extend_beam(
                ways, n, [share] if share else list(column_assignments(self.lines[n], self.columns))
            )
        if place.first == place.own < place.last:  # at the top of its row the name begins on the row's own line
            ways = [way for way in ways if (name := way.cells[self.name]) and name.words[0] in self.lines[place.own]]
        if not ways:
            return None
        best = min(ways, key=self._cost)
        most = self._cost(best) + CERTAIN
        cells = list(best.cells)
        for way in ways:
            if self._cost(way) < most:
                for c, (mine, other) in enumerate(zip(best.cells, way.cells, strict=True)):
                    if (mine and mine.text) != (other and other.text):
                        cells[c] = None
        return best._replace(cells=tuple(cells))

    def _loose(self, place: RowLines) -> Iterator[tuple[int, ...] | None]:
        """For each of the row's lines the columns of its words, where only their order could show them: () for the
        anchor, None where they are not known. Words beside the anchor continue the name, the label before it, or
        the bodies after it. Where values, units or remarks may continue too, nothing is known."""
        own = self.lines[place.own][self.serial :]
        numbers = sum(is_number(word.text) or is_dash(word.text) for word in own)
        units = "unit" not in self.roles or any(is_unit(word.text) and not word.text[0].isdigit() for word in own)
        told = numbers >= self.values and units and not (FREE | {"note"}) & set(self.roles)
        loose = [n for n in range(place.first, place.last + 1) if n != place.own]
        bodies = any(BODY.search(word.text) for n in loose for word in self.lines[n])
        for n in range(place.first, place.last + 1):
            words = [word.text for word in self.lines[n]]
            if n == place.own:
                yield ()
            elif not told or self._may_be_another_cell(words):
                yield None
            elif len(words) == 1:
                yield (self.bodies,) if BODY.search(words[0]) else None if bodies else (self.name,)
            elif bodies:
                yield (self.name, self.bodies) if BODY.search(words[1]) and not BODY.search(words[0]) else None
            else:
                yield (self.label, self.name) if self.label < self.name else None

    def _may_be_another_cell(self, words: Sequence[str]) -> bool:
        """Whether the words of a line beside the anchor may belong to another cell than the name: they may continue
        a value, or be a label."""
        label = len(words) == 1 and bool(self.labels) and len(words[0]) <= SHORT
        return label or len(words) > 2 or any(is_number(word) for word in words)

    def _extend_beam(self, ways: Sequence[_Hypothesis], n: int, shares: Sequence[tuple[int, ...]]) -> list[_Hypothesis]:
        """The hypotheses `ways` extended by line `n`, each by each of the assignments `shares` of the line's words
        to columns; only the BEAM cheapest are kept."""
        found: list[_Hypothesis] = []
        for way in ways:
            for share in shares:
                cells, cost = list(way.cells), way.cost
                for c, word in zip(share, self.lines[n], strict=True):
                    cost += self._add(cells, c, word, n)
                found.append(_Hypothesis(cost, tuple(cells)))
        found.sort(key=lambda way: way.cost + self._least_cost(way))
        return found[:BEAM]

    def _add(self, cells: list[_Held | None], c: int, word: Token, n: int) -> float:
        held = cells[c]
        if held is None:
            cells[c] = _Held(word.text, n, (word,))
            return 0.0
        cells[c] = _Held(held.text + word.text, n, (*held.words, word))
        cost = SPACE_INSIDE if held.last == n else 0.0
        role = self.columns[c].role
        return cost + (TWO_CELLS if is_value(role, held.text) and is_value(role, word.text) else 0.0)

    def _least_cost(self, way: _Hypothesis) -> float:
        """A lower bound of what the hypothesis will cost with the row's further lines: a name that fits badly so
        far may fit when it is complete, so it does not count."""
        return sum(
            min(cell_cost(head.role, cell.text), 0.5 if head.role == "name" else NO_FIT)
            for head, cell in zip(self.columns, way.cells, strict=True)
            if cell
        )

    def _cost(self, way: _Hypothesis) -> float:
        return way.cost + sum(
            min(NO_FIT, cell_cost(head.role, cell.text)) if cell else empty
            for head, cell, empty in zip(self.columns, way.cells, self.empty, strict=True)
        )


def _is_band(text: str) -> bool:
    return BAND_NUMBER.match(text) is not None and is_band(text)


def _is_name(text: str, *, single: bool) -> bool:
    """Whether the text is a complete name: it ends as names do, or is on one line by itself (`single`), and
    contains no body and no words of values. '森林覆盖率' -> True, '森林覆' -> False."""
    return (
        (single or NAME_END.search(text) is not None)
        and cell_cost("name", text) < BAD_NAME
        and not (BODIES_INSIDE.search(text))
    )
