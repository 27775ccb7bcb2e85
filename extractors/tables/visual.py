"""Tables that come line by line as the eye sees them: the lines of a wrapped cell stand above, beside and below the
other cells of its row, without a trace of the columns but their order.

  社区养老服务设施配建
  1 % 80 100 约束性
  达标率

Lines are cut into rows, and the words of each line shared out over the columns from left to right, so that the cells
fit their columns best and the lines of each cell lie evenly about its row's middle (or begin at its top).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.tables.columns import Column, Role
from extractors.tables.rows import Segment, labelled
from extractors.tables.shapes import CHINESE, NAME_END, NO_FIT, is_dash, is_number, is_serial, is_unit, misfit
from extractors.tables.solver import EMPTY, Row, Solution
from extractors.tables.tokens import Gap, Token

TALLEST = 9  # lines of one row
BEAM = 12
MOST_SHARES = 300  # of a line's words over the columns
OPEN = frozenset(("name", "departments", "note", "text"))  # whose words may have spaces between them
OUTSIDE = 2.0  # the price of a line behind the table
OFF_MIDDLE = 1.5  # the price of a cell's lines standing a line off the middle of their row
TWO_CELLS = 3.0  # the price of two whole values in one cell
LABEL = -0.2  # the price of a line that holds a label alone: there must be labels where the head has a column of them
# 市文化广电旅, 市水利局: no labels of indicators
BODIES = re.compile(r"^[市县区省州]|[局委办厅、]")
# 增加值占比, 覆盖率: how no label of indicators ends
MEASURE = re.compile(r"(?:率|比例|比重|占比|数|人次|总量|面积|里程|强度)$")
CERTAIN = 0.4  # by how much the best way must be better than any other
MOST_LINES = 150


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    lines: tuple[int, ...]
    words: tuple[Token, ...]


class _Way(NamedTuple):
    """One way to share out the words of a row's lines so far."""

    price: float
    cells: tuple[_Cell | None, ...]


def solve_lines(columns: Sequence[Column], words: Sequence[Token]) -> Solution | None:
    """The rows that the lines make up, read as the eye sees them; None where there are none."""
    lines = _lines(words)
    if not lines or len(lines) > MOST_LINES:
        return None
    numbered = sum(is_serial(line[0].text) is not None for line in lines) >= 2
    found = [_Lines(columns, lines, numbered, middle=middle).solution() for middle in (True, False)]
    solutions = [solution for solution in found if solution is not None]
    return min(solutions, key=lambda solution: solution.price, default=None)


def _lines(words: Sequence[Token]) -> list[list[Token]]:
    lines: list[list[Token]] = []
    for word in words:
        if word.gap == Gap.SPACE and lines:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


class _Lines:
    def __init__(
        self, columns: Sequence[Column], lines: Sequence[Sequence[Token]], numbered: bool, *, middle: bool
    ) -> None:
        self.columns, self.lines, self.middle = tuple(columns), lines, middle
        self.groups = frozenset(c for c, head in enumerate(columns) if head.role in ("dimension", "group"))
        self.empty = [
            0.3 if head.role == "serial" and not numbered else 0.0 if c in self.groups else EMPTY[head.role]
            for c, head in enumerate(columns)
        ]
        self.shares = [list(_shares(line, self.columns)) for line in lines]

    def solution(self) -> Solution | None:
        count = len(self.lines)
        best: list[tuple[float, int, _Way | None]] = [(0.0, 0, None), *[(float("inf"), 0, None)] * count]
        for i in range(count):
            if best[i][0] == float("inf"):
                continue
            ways = [_Way(0.0, (None,) * len(self.columns))]
            for j in range(i, min(count, i + TALLEST)):
                ways = self._further(ways, j)
                if not ways:
                    break
                whole = min(ways, key=lambda way: self._closed(way, i, j))
                price = best[i][0] + self._closed(whole, i, j)
                if price < best[j + 1][0]:
                    best[j + 1] = price, i, whole
        last = min(range(count + 1), key=lambda n: best[n][0] + OUTSIDE * (count - n))
        cut, chosen = last, []
        while cut:
            _, before, way = best[cut]
            if way is not None:
                chosen.append(self._certain(way, before, cut - 1))
            cut = before
        rows = list(self._rows(chosen[::-1]))
        used = sum(len(line) for line in self.lines[:last])
        price = best[last][0] + OUTSIDE * (count - last)
        return Solution(self.columns, tuple(rows), used, price) if rows else None

    def _certain(self, chosen: _Way, i: int, j: int) -> _Way:
        """The way without the cells that another way, as cheap as it, would fill otherwise."""
        ways = [_Way(0.0, (None,) * len(self.columns))]
        for line in range(i, j + 1):
            ways = self._further(ways, line)
        most = self._closed(chosen, i, j) + CERTAIN
        cells = list(chosen.cells)
        for way in ways:
            if self._closed(way, i, j) < most:
                for c, (mine, other) in enumerate(zip(chosen.cells, way.cells, strict=True)):
                    if (mine and mine.text) != (other and other.text):
                        cells[c] = None
        return chosen._replace(cells=tuple(cells))

    def _further(self, ways: Sequence[_Way], j: int) -> list[_Way]:
        """The ways with line `j` shared out too, the cheapest of them."""
        found: list[_Way] = []
        for way in ways:
            for share in self.shares[j]:
                cells, price = list(way.cells), way.price
                for c, word in zip(share, self.lines[j], strict=True):
                    price += self._add(cells, c, word, j)
                found.append(_Way(price, tuple(cells)))
        found.sort(key=lambda way: way.price + self._hopes(way, j))
        return found[:BEAM]

    def _add(self, cells: list[_Cell | None], c: int, word: Token, j: int) -> float:
        held = cells[c]
        if held is None:
            cells[c] = _Cell(word.text, (j,), (word,))
            return 0.0
        cells[c] = _Cell(
            held.text + word.text, (*held.lines, j) if held.lines[-1] != j else held.lines, (*held.words, word)
        )
        price = 0.8 if held.lines[-1] == j else 0.0  # a space inside the cell
        if c in self.groups:
            return price
        if _whole(self.columns[c].role, held.text) and _whole(self.columns[c].role, word.text):
            price += TWO_CELLS
        if held.lines[-1] < j - 2:
            price += TWO_CELLS
        return price

    def _fits(self, way: _Way) -> float:
        return sum(min(NO_FIT, misfit(self.columns[c].role, cell.text)) for c, cell in enumerate(way.cells) if cell)

    def _hopes(self, way: _Way, j: int) -> float:
        """The least that the cells may come to: words that go on below may yet fit."""
        return sum(
            min(misfit(self.columns[c].role, cell.text), NO_FIT if cell.lines[-1] < j - 1 else 0.5)
            for c, cell in enumerate(way.cells)
            if cell
        )

    def _closed(self, way: _Way, i: int, j: int) -> float:
        """The price of a row of the lines `i` to `j`."""
        own = [cell for c, cell in enumerate(way.cells) if cell and c not in self.groups]
        if not own:
            return LABEL + way.price
        price = (
            way.price + self._fits(way) + sum(e for e, cell in zip(self.empty, way.cells, strict=True) if cell is None)
        )
        single = [cell.lines[0] for cell in own if len(cell.lines) == 1]
        anchor = sum(single) / len(single) if single else (i + j) / 2
        for cell in own:
            at = sum(cell.lines) / len(cell.lines) if self.middle else cell.lines[0]
            price += OFF_MIDDLE * abs(at - anchor)
        return price

    def _rows(self, ways: Sequence[_Way]) -> Iterator[Row]:
        """The rows, each with the label that holds it."""
        name = next((c for c, head in enumerate(self.columns) if head.role == "name"), 0)
        whole = [way for way in ways if (cell := way.cells[name]) and NAME_END.search(cell.text)]
        labels: dict[int, list[tuple[Token, ...]]] = {}
        for c in sorted(self.groups):
            segments = [
                (line, Segment(word.text, 0, word.width, word.start, word.end))
                for way in ways
                if (cell := way.cells[c])
                for line, word in zip(_by_word(cell), cell.words, strict=True)
            ]
            spans = [_extent(way, self.groups) for way in whole]
            found = labelled(segments, spans)
            if all(_is_label(cell.text) for cell in found):
                labels[c] = [tuple(self._token(piece) for piece in cell.pieces) for cell in found]
        seen: set[tuple[int, int]] = set()
        for r, way in enumerate(whole):
            cells = {
                c: list(cell.words)
                for c, cell in enumerate(way.cells)
                if cell and c not in self.groups and not (self.columns[c].role == "value" and _may_be_mixed(cell))
            }
            for c, by_row in labels.items():
                if by_row[r] and (c, by_row[r][0].start) not in seen:
                    seen.add((c, by_row[r][0].start))
                    cells[c] = list(by_row[r])
            yield Row(cells)

    def _token(self, piece: tuple[int, int]) -> Token:
        return next(word for line in self.lines for word in line if word.start == piece[0])


def _is_label(text: str) -> bool:
    """'生态环境' and '' -> True; '市文化广电旅' and '增加值占比' -> False: words of other columns."""
    return len(text) <= 8 and BODIES.search(text) is None and MEASURE.search(text) is None


def _may_be_mixed(cell: _Cell) -> bool:
    """A value of several lines that make no number: its neighbours' lines may be among them."""
    return len(cell.lines) > 1 and not is_number(cell.text)


def _by_word(cell: _Cell) -> Iterator[int]:
    """The line of each word of the cell."""
    n = -1
    for k, word in enumerate(cell.words):
        if k == 0 or word.gap != Gap.SPACE or (n + 1 < len(cell.lines) and cell.words[k - 1].end + 1 != word.start):
            n = min(n + 1, len(cell.lines) - 1)
        yield cell.lines[n]


def _extent(way: _Way, groups: frozenset[int]) -> tuple[int, int]:
    lines = [line for c, cell in enumerate(way.cells) if cell and c not in groups for line in cell.lines]
    return min(lines), max(lines) + 1


def _shares(line: Sequence[Token], columns: Sequence[Column]) -> Iterator[tuple[int, ...]]:
    """The columns that the words of a line may stand in, from left to right: 1 % 80 100 约束性 -> (0, 2, 3, 4, 5)."""
    stack: list[tuple[int, ...]] = [()]
    for word in line:
        stack = [
            (*share, c)
            for share in stack
            for c in range(share[-1] if share else 0, len(columns))
            if _may(columns[c].role, word.text) and not (share and c == share[-1] and columns[c].role not in OPEN)
        ]
    yield from stack[:MOST_SHARES]


def _may(role: Role, text: str) -> bool:
    """Whether the word can be all or part of such a cell."""
    if misfit("kind", text) == 0.0:
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
    return CHINESE.search(text) is not None or text.isalpha() or role in ("name", "note", "text")


def _whole(role: Role, text: str) -> bool:
    return role in ("value", "growth") and (is_number(text) or is_dash(text))
