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

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extractors.tables.beam import EMPTY, Row, Solution
from extractors.tables.cell_cost import (
    BAND_NUMBER,
    BODIES_INSIDE,
    CHINESE,
    NAME_END,
    NO_FIT,
    cell_cost,
    is_band,
    is_dash,
    is_number,
    is_serial,
    is_unit,
)  # fmt: skip
from extractors.tables.columns import FREE, Column, Role
from extractors.tables.tokens import Gap, Token

MOST_SHARES = 300  # of a line's words over the columns
OPEN = FREE | {"name", "departments", "note"}  # whose words may have spaces between them
LABELS = frozenset(("dimension", "group"))


def share_out(line: Sequence[Token], columns: Sequence[Column]) -> Iterator[tuple[int, ...]]:
    """The columns that the words of a line may stand in, from left to right: 1 % 80 100 约束性 -> (0, 2, 3, 4, 5)."""
    # before a name there may be a label: two words are not taken for one name then
    several = OPEN - ({"name"} if any(head.role in LABELS for head in columns) else set())
    stack: list[tuple[int, ...]] = [()]
    for word in line:
        stack = [
            (*share, c)
            for share in stack
            for c in range(share[-1] if share else 0, len(columns))
            if _may(columns[c].role, word.text) and not (share and c == share[-1] and columns[c].role not in several)
        ]
    yield from stack[:MOST_SHARES]


def _may(role: Role, text: str) -> bool:
    """Whether the word can be all or part of such a cell."""
    if cell_cost("kind", text) == 0.0:
        return role == "kind"
    if role == "kind":
        return is_dash(text)
    if role == "serial":
        return is_serial(text) is not None
    if role == "unit":
        return is_unit(text) or is_dash(text) or (len(text) <= 4 and not is_number(text))
    if role in ("value", "growth"):
        return role == "value" or is_number(text) or is_dash(text)
    if is_number(text) or is_dash(text):
        return role == "departments" and is_dash(text)
    return CHINESE.search(text) is not None or text.isalpha() or role in ("name", "note") or role in FREE


def is_value(role: Role, text: str) -> bool:
    return role in ("value", "growth") and (is_number(text) or is_dash(text))


TALLEST = 4  # lines above a row's own
BEAM = 12
# 市文化广电旅, 游局、市水利局: pieces of a list of bodies
BODY = re.compile(r"^[市县区省州](?!域|政|级|场|容)|[局委厅]|[部办][、，]|[、，][市县区省州]")
TWO_CELLS = 3.0  # the cost of two whole values in one cell
SPACE_INSIDE = 0.8
CERTAIN = 0.8  # by how much the best way must be better than any other
OTHER_PLACE = 1.0  # and the rows in the middle of their lines than those at the top of them
BAD_NAME = 1.4  # the cost of a name that no row is believed with
SHORT = 4  # characters of a word that may be a label, or the rest of one
MOST_LINES = 150


@dataclass(frozen=True, slots=True)
class LineParse:
    """`complete`: every line was assigned to a row, and some rows span several lines, which the cell by cell order
    does not explain."""

    solution: Solution
    complete: bool


class _Cell(NamedTuple):
    text: str
    last: int  # line
    words: tuple[Token, ...]


class _Way(NamedTuple):
    """One way to share out the words of a row's lines so far."""

    cost: float
    cells: tuple[_Cell | None, ...]


class _Place(NamedTuple):
    """A row's own line, and the first and last of its lines; a band has no other."""

    own: int
    first: int
    last: int
    band: bool = False


def solve_lines(columns: Sequence[Column], words: Sequence[Token]) -> LineParse | None:
    """The rows that the lines make up, read as the eye sees them; None where there are none."""
    lines = _lines(words)
    if not lines or len(lines) > MOST_LINES:
        return None
    table = _Lines(columns, lines)
    middle, whole = table.in_the_middle()
    read = table.rows(middle)
    if not whole and (top := table.at_the_top()):
        other = table.rows(top)
        if sum(cost for cost, _ in other) < sum(cost for cost, _ in read):
            read, whole = other, True
    elif whole and (top := table.at_the_top()):
        read = _alike(read, table.rows(top))
    rows = tuple(row for _, row in read)
    if not any(not row.band for row in rows):
        return None
    used = max(words.index(word) for row in rows for cell in row.cells.values() for word in cell) + 1
    return LineParse(
        Solution(tuple(columns), rows, used, sum(cost for cost, _ in read)),
        whole and len(table.lines) > len(table.own) + len(table.bands),
    )


Costed = list[tuple[float, Row]]


def _alike(middle: Costed, top: Costed) -> Costed:
    """The rows of the way that is clearly cheaper, else those that both ways hold."""
    if len(middle) != len(top):
        return max(middle, top, key=len)
    a, b = (sum(cost for cost, _ in rows) / max(1, len(rows)) for rows in (middle, top))
    if abs(a - b) * min(len(middle), len(top)) >= OTHER_PLACE:
        return middle if a < b else top
    return [(cost, row) for cost, row in middle if any(row == other for _, other in top)]


def _lines(words: Sequence[Token]) -> list[list[Token]]:
    lines: list[list[Token]] = []
    for word in words:
        if word.gap == Gap.SPACE and lines:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


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
        """The line holds a kind, or where the table has none as many numbers as there are columns of them."""
        if "kind" in self.roles:
            return len(line) > 1 and any(cell_cost("kind", word.text) == 0.0 for word in line)
        return len(line) > 1 and sum(is_number(word.text) or is_dash(word.text) for word in line) >= self.values

    def in_the_middle(self) -> tuple[list[_Place], bool]:
        """The rows whose lines are certain, where each stands in the middle of them, and whether all are."""
        places: list[_Place] = []
        whole = True
        for first, own, behind in self._sections():
            around = [b - a - 1 for a, b in zip([first - 1, *own], [*own, behind], strict=True)]  # lines between
            tall, left = [], 0
            for n in range(len(own)):
                tall.append(around[n] - left)
                left = tall[-1]
            last = behind == len(self.lines)  # text may follow the last section
            if all(0 <= k <= TALLEST for k in tall) and (left == around[-1] or (last and left < around[-1])):
                places += [_Place(at, at - k, at + k) for at, k in zip(own, tall, strict=True)]
            else:
                whole = False
                places += [
                    _Place(at, at, at) for n, at in enumerate(own) if 0 in (around[n], around[n + 1])
                ]  # fmt: skip
        places += [_Place(n, n, n, band=True) for n in self.bands]
        return sorted(places), whole

    def at_the_top(self) -> list[_Place]:
        """The rows with all lines down to the next one, if every row may begin with its own line."""
        if self.labels or not self.own or self.own[0] != 0 or self.bands:
            return []
        ends = [*self.own[1:], len(self.lines)]
        places = [_Place(at, at, end - 1) for at, end in zip(self.own, ends, strict=True)]
        return places if all(p.last - p.first <= 2 * TALLEST for p in places[:-1]) else []

    def _sections(self) -> Iterator[tuple[int, list[int], int]]:
        """The lines between two bands: the first, the rows' own ones, the one behind."""
        bounds = [-1, *self.bands, len(self.lines)]
        for before, behind in pairwise(bounds):
            if own := [n for n in self.own if before < n < behind]:
                yield before + 1, own, behind

    def rows(self, places: Sequence[_Place]) -> Costed:
        """The rows at these places that can be believed."""
        found: Costed = []
        ways = [(place, None if place.band else self._read(place)) for place in places]
        labelled = all(
            place.first == place.last and any(way.cells[c] for c in self.labels) for place, way in ways if way
        )
        for place, way in ways:
            if place.band:
                found.append((0.0, Row({0: list(self.lines[place.own])}, band=True)))
            elif (
                way
                and (cell := way.cells[self.name])
                and _is_name(cell.text, single=place.first == place.last and not self.labels)
            ):
                held = {c: list(cell.words) for c, cell in enumerate(way.cells) if cell}
                cells = {c: words for c, words in held.items() if labelled or c not in self.labels}
                found.append((self._cost(way), Row(cells)))
        return found

    def _read(self, place: _Place) -> _Way | None:
        """The best way to share out the words of the row's lines, without the cells that another way, nearly as good,
        would fill otherwise."""
        shares = list(self._loose(place))
        if any(share is None for share in shares):
            return None
        ways = [_Way(0.0, (None,) * len(self.columns))]
        for n, share in zip(range(place.first, place.last + 1), shares, strict=True):
            ways = self._further(ways, n, [share] if share else list(share_out(self.lines[n], self.columns)))
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

    def _loose(self, place: _Place) -> Iterator[tuple[int, ...] | None]:
        """Line by line the columns of the words that are not on the row's own line, which has an empty one; None
        where they cannot be told. Words may be the rest of the name, of the label before it or of the bodies behind
        it; nothing can be told where values, units or remarks may go on as well."""
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
            elif not told or self._may_be_other(words):
                yield None
            elif len(words) == 1:
                yield (self.bodies,) if BODY.search(words[0]) else None if bodies else (self.name,)
            elif bodies:
                yield (self.name, self.bodies) if BODY.search(words[1]) and not BODY.search(words[0]) else None
            else:
                yield (self.label, self.name) if self.label < self.name else None

    def _may_be_other(self, words: Sequence[str]) -> bool:
        """The words may be the rest of a value, or a label."""
        label = len(words) == 1 and bool(self.labels) and len(words[0]) <= SHORT
        return label or len(words) > 2 or any(is_number(word) for word in words)

    def _further(self, ways: Sequence[_Way], n: int, shares: Sequence[tuple[int, ...]]) -> list[_Way]:
        """The ways with line `n` shared out too, the cheapest of them."""
        found: list[_Way] = []
        for way in ways:
            for share in shares:
                cells, cost = list(way.cells), way.cost
                for c, word in zip(share, self.lines[n], strict=True):
                    cost += self._add(cells, c, word, n)
                found.append(_Way(cost, tuple(cells)))
        found.sort(key=lambda way: way.cost + self._hopes(way))
        return found[:BEAM]

    def _add(self, cells: list[_Cell | None], c: int, word: Token, n: int) -> float:
        held = cells[c]
        if held is None:
            cells[c] = _Cell(word.text, n, (word,))
            return 0.0
        cells[c] = _Cell(held.text + word.text, n, (*held.words, word))
        cost = SPACE_INSIDE if held.last == n else 0.0
        role = self.columns[c].role
        return cost + (TWO_CELLS if is_value(role, held.text) and is_value(role, word.text) else 0.0)

    def _hopes(self, way: _Way) -> float:
        """The least that the cells may come to: names that go on below may yet fit."""
        return sum(
            min(cell_cost(head.role, cell.text), 0.5 if head.role == "name" else NO_FIT)
            for head, cell in zip(self.columns, way.cells, strict=True)
            if cell
        )

    def _cost(self, way: _Way) -> float:
        return way.cost + sum(
            min(NO_FIT, cell_cost(head.role, cell.text)) if cell else empty
            for head, cell, empty in zip(self.columns, way.cells, self.empty, strict=True)
        )


def _is_band(text: str) -> bool:
    return BAND_NUMBER.match(text) is not None and is_band(text)


def _is_name(text: str, *, single: bool) -> bool:
    """A name that ends as names do, or that stands on one line by itself; no bodies, no words of values."""
    return (
        (single or NAME_END.search(text) is not None)
        and cell_cost("name", text) < BAD_NAME
        and not (BODIES_INSIDE.search(text))
    )
