"""Tables whose columns were lost: one word after another, cell by cell and row by row, every cell wrapped.

A PDF's text comes out in the order in which the cells were drawn: 1 / 城镇职工基本医疗 / 保险参保人数 / 万人 ….
The head tells the columns; the words are then cut into cells and the cells into rows so that together they fit
best (dynamic programming): each cell's shape against its column, the width at which each column wraps, the gaps
between the words, the row numbers, and the price of every cell left empty.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from extractors.tables.clues import Lines, repeated, serials
from extractors.tables.columns import Column, Role
from extractors.tables.shapes import BAND, BAND_NUMBER, NO_FIT, PHRASE, STARTS, is_dash, is_number, misfit
from extractors.tables.tokens import Gap, Token

# the price of an empty cell, by column: merged with the one above, or left out
EMPTY: dict[str, float] = {
    "serial": 4.0, "dimension": 0.05, "group": 0.2, "name": 9.0, "unit": 2.2, "value": 3.5, "growth": 2.0,
    "kind": 3.0, "departments": 2.0, "note": 0.2, "text": 1.5,
}  # fmt: skip
LONGEST: dict[str, int] = {"serial": 2, "unit": 3, "kind": 3, "growth": 4, "dimension": 14, "group": 14}
LONGEST_CELL = 22  # words in one cell
OUTSIDE = 2.0  # the price of a word behind the table
LEFT_OVER = 3.0  # the price of going on with a row behind a page break
BAND_PRICE = 2.0  # the price of a line that heads the rows below it
GROUP_PRICE = 3.0  # the price of a column that the head does not name
REPEATED = {"name": 0.8, "dimension": -0.15, "departments": -0.3}  # for a text that comes again
DEAR = 5.0
NO_FIRST_LABEL = 2.0  # the price of a first row without a label
OWN_LABEL = 1.0  # the price of a row without a label where every row has one
TWO_PHRASES = 0.8  # the price of a value that goes on with words that values begin with
LONGEST_TEXT = 160
# the price of a line that is a half-width character too short: where lines are broken by hand, where they are full
RAGGED, TIGHT = 0.2, 0.6
MOST_WORDS = 900
MANY_WORDS = 450  # of which only the likeliest reading is tried
WELL = 1.5  # the price of a row that needs no other reading


@dataclass(slots=True)
class Row:
    """`cells` maps a column to the words in it; a band is a line across all columns."""

    cells: dict[int, list[Token]] = field(default_factory=dict)
    band: bool = False


@dataclass(frozen=True, slots=True)
class Solution:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    used: int  # words of the stretch that the rows take up
    price: float  # of the rows, and of the words that they leave out


Step = Literal["cell", "row", "rest", "band"]


@dataclass(slots=True)
class _State:
    """The cheapest way to have read the first words, the last cell being in `column`.

    `filled` holds, behind a page break, the columns of the row before it as far as it went; -1 elsewhere.
    """

    price: float
    column: int
    filled: int
    start: int
    end: int
    step: Step
    before: "_State | None"


def solve(columns: Sequence[Column], words: Sequence[Token], spaced: bool = False) -> Solution | None:
    """The rows that the words behind the head make up; None where there are none. `spaced` says that the text puts
    spaces between Chinese characters and figures (达到 85 %左右), so that a space there parts no cells."""
    words = words[:MOST_WORDS]
    best: Solution | None = None
    price = GROUP_PRICE * (2 if any(c.role == "dimension" for c in columns) else 1)
    for groups in range(3):
        attempt = with_groups(columns, groups)
        if attempt is None:
            break
        found = _Solver(attempt, words, spaced).solution()
        found = replace(found, price=found.price + price * groups)
        if best is None or found.price < best.price:
            best = found
        if (found.rows and found.price < WELL * len(found.rows)) or len(words) > MANY_WORDS:
            break
    return best if best is not None and best.rows else None


def with_groups(columns: Sequence[Column], groups: int) -> tuple[Column, ...] | None:
    """The columns with that many unnamed ones for the groups of rows before the names."""
    at = next((i for i, c in enumerate(columns) if c.role == "name"), None)
    if at is None:
        return None
    return (*columns[:at], *[Column("group", "")] * groups, *columns[at:])


class _Solver:
    def __init__(self, columns: Sequence[Column], words: Sequence[Token], spaced: bool = False) -> None:
        self.columns, self.words = tuple(columns), words
        self.count = len(words)
        at = next((c for c, head in enumerate(columns) if head.role == "serial"), None)
        self.serials = serials(words, first=at == 0) if at is not None else frozenset()
        self.numbered = bool(self.serials)
        self.repeated = repeated(words)
        self.plain = [is_number(w.text) or is_dash(w.text) for w in words]  # whole values by themselves
        gaps = Counter(w.gap for w in words)
        before = Counter(
            w.gap for w, plain in zip(words, self.plain, strict=True) if plain or misfit("kind", w.text) == 0.0
        )
        # where the lines of a cell are set apart by empty lines, a mere line break parts two cells; but where every
        # value has an empty line before it, a mere line break is inside a cell
        self.line_parts = before[Gap.LINE] >= 2 and gaps[Gap.BLANK] * 3 >= gaps[Gap.LINE]
        self.line_joins = before[Gap.LINE] == 0 and before[Gap.BLANK] >= 4
        self.widths: dict[int, int] = {}
        self.rate = RAGGED
        self.mixed = 0.5 if spaced else 1.6
        empty = [EMPTY[c.role] for c in columns]
        if not self.numbered:
            empty = [0.3 if c.role == "serial" else e for c, e in zip(columns, empty, strict=True)]
        name = next((c for c, head in enumerate(columns) if head.role == "name"), 0)
        # labels before the names span rows; behind them every row has its own
        self.empty = [OWN_LABEL if columns[c].role == "dimension" and c > name else e for c, e in enumerate(empty)]

    def solution(self) -> Solution:
        last = self._search()
        self._label_each_row(last)
        self.widths = self._learned(last)
        if self.widths:
            self.rate = self._raggedness(last)
            last = self._search()
        used = last.end
        return Solution(self.columns, tuple(self._rows(last)), used, last.price)

    def _search(self) -> _State:
        start = _State(0.0, len(self.columns) - 1, -1, 0, 0, "row", None)
        states: list[dict[tuple[int, int], _State]] = [{} for _ in range(self.count + 1)]
        states[0][(start.column, -1)] = start
        best = replace(start, price=OUTSIDE * self.count)
        for i in range(self.count + 1):
            if not states[i]:
                continue
            for state in states[i].values():
                closing = state.price + self._left(state) + OUTSIDE * (self.count - i)
                if closing < best.price:
                    best = replace(state, price=closing)
            if i < self.count:
                self._extend(states, i)
        return best

    def _extend(self, states: list[dict[tuple[int, int], _State]], i: int) -> None:
        """Every cell that may begin with word `i`."""
        last = len(self.columns) - 1
        entries: dict[tuple[int, int], tuple[float, _State, Step]] = {}
        cheapest: tuple[float, _State] | None = None
        for state in states[i].values():
            closed = state.price + self._left(state)
            if cheapest is None or closed < cheapest[0]:
                cheapest = closed, state
            price = state.price
            for c in range(state.column + 1, last + 1):
                _keep(entries, (c, state.filled), price, state, "cell")
                if c > state.filled:
                    price += self.empty[c]
            if self.words[i].gap == Gap.PAGE and state.filled < 0 and state.before is not None:
                self._rest(entries, state)
        assert cheapest is not None
        closed, before = cheapest
        for c in range(last + 1):
            _keep(entries, (c, -1), closed, before, "row")
            closed += self.empty[c] if i or self.columns[c].role != "dimension" else NO_FIRST_LABEL
        for (c, filled), (price, before, step) in entries.items():
            self._cells(states, i, c, filled, price, before, step)
        if self.words[i].gap != Gap.SPACE and BAND.fullmatch(self.words[i].text) and i + 1 < self.count:
            self._band(states, i, *cheapest)

    def _rest(self, entries: dict[tuple[int, int], tuple[float, _State, Step]], state: _State) -> None:
        """The row before the page break goes on: any of its columns may."""
        price = state.price + LEFT_OVER
        for c in range(len(self.columns)):
            if c > state.column:
                _keep(entries, (c, state.column), price, state, "rest")
                price += self.empty[c]
            elif self.columns[c].role not in ("serial", "kind", "unit"):
                _keep(entries, (c, state.column), price, state, "rest")

    def _band(self, states: list[dict[tuple[int, int], _State]], i: int, closed: float, before: _State) -> None:
        text, following = self.words[i].text, self.words[i + 1]
        if following.gap == Gap.SPACE or any(text == w.text for w in self.words[i + 1 : i + 3]):
            return
        grouped = any(c.role == "dimension" for c in self.columns)
        price = closed + BAND_PRICE * (1 if BAND_NUMBER.match(text) else 6 if grouped or len(text) < 4 else 3)
        state = _State(price, len(self.columns) - 1, -1, i, i + 1, "band", before)
        _put(states[i + 1], state)

    def _cells(
        self, states: list[dict[tuple[int, int], _State]], i: int, c: int, filled: int, price: float,
        before: _State, step: Step,
    ) -> None:  # fmt: skip
        role = self.columns[c].role
        limit = min(self.count, i + LONGEST.get(role, LONGEST_CELL))
        earlier = self._earlier(before, c) if step == "rest" or filled >= 0 else []
        lines = Lines(role, self.widths.get(c), self.rate)
        for word in earlier:
            lines.add(word)
        text = "".join(w.text for w in earlier)
        if text:
            price -= self._fit(role, text) + lines.price()
        if role == "serial" and i not in self.serials:
            price += 5.0
        inner = 1.5 if self.line_joins and self.words[i].gap == Gap.LINE else 0.0
        for j in range(i, limit):
            word = self.words[j]
            if j > i:
                inner += self._inside(role, self.words[j - 1], word, text)
                if role == "value" and len(text) >= 4 and STARTS.match(word.text) and PHRASE.search(text):
                    inner += TWO_PHRASES
                if role in ("value", "growth") and self.plain[j] and (is_number(text) or is_dash(text)):
                    inner += 3.0
            if role != "serial" and j in self.serials:
                inner += 5.0
            lines.add(word)
            if inner + lines.short > DEAR:
                break
            text += word.text
            if len(text) > LONGEST_TEXT:
                break
            fit = self._fit(role, text)
            if fit >= NO_FIT:
                continue
            _put(states[j + 1], _State(price + inner + fit + lines.price(), c, filled, i, j + 1, step, before))

    def _fit(self, role: Role, text: str) -> float:
        return misfit(role, text) + (REPEATED.get(role, 0.0) if text in self.repeated else 0.0)

    def _earlier(self, state: _State, c: int) -> list[Token]:
        """The words that column `c` of the row at hand has already, before the page break."""
        found: list[Token] = []
        at: _State | None = state
        while at is not None and at.before is not None:
            if at.column == c and at.step != "band":
                found = [*self.words[at.start : at.end], *found]
            if at.step in ("row", "band"):
                break
            at = at.before
        return found

    def _left(self, state: _State) -> float:
        """The price of ending the row here."""
        return sum(self.empty[c] for c in range(max(state.column, state.filled) + 1, len(self.columns)))

    def _inside(self, role: str, before: Token, word: Token, text: str) -> float:
        """The price of the gap before a word that goes on with a cell that holds `text`."""
        if word.gap == Gap.SPACE:
            if role == "departments":
                return 0.4
            if role == "value" and is_number(text) and not is_number(word.text) and is_number(text + word.text):
                return 0.3  # 85 %, 7.9 万人次以上
            mixed = (before.text[-1] > "\u2e80") != (word.text[0] > "\u2e80")
            return self.mixed if mixed and role not in ("unit", "serial", "kind") else 3.0
        if word.gap == Gap.LINE and self.line_parts:
            return 2.0
        return 0.4 if word.gap == Gap.PAGE else 0.0

    def _label_each_row(self, last: _State) -> None:
        """Where nearly every row has a label, one without is dear."""
        rows = [row for row in self._rows(last) if not row.band]
        for c, head in enumerate(self.columns):
            if (
                head.role == "dimension"
                and len(rows) >= 4
                and sum(c in row.cells for row in rows) * 10 >= len(rows) * 8
            ):
                self.empty[c] = OWN_LABEL

    def _learned(self, last: _State) -> dict[int, int]:
        """The width of each column that wraps: that of its widest line but for one in ten; of labels the middle one."""
        wrapped: dict[int, list[int]] = {}
        single: dict[int, list[int]] = {}
        for row in self._rows(last):
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

    def _raggedness(self, last: _State) -> float:
        """The price of a line that is too short: higher where the lines of this table fill their columns."""
        full = total = 0
        for row in self._rows(last):
            for c, words in row.cells.items():
                if c in self.widths and self.columns[c].role not in ("group", "dimension"):
                    total += len(words) - 1
                    full += sum(word.width >= self.widths[c] - 3 for word in words[:-1])
        return TIGHT if total >= 6 and full * 100 >= total * 85 else RAGGED

    def _rows(self, last: _State) -> Iterator[Row]:
        path: list[_State] = []
        at: _State | None = last
        while at is not None and at.before is not None:
            path.append(at)
            at = at.before
        row = Row()
        for state in reversed(path):
            if state.step in ("row", "band"):
                if row.cells:
                    yield row
                row = Row(band=state.step == "band")
            cell = 0 if row.band else state.column
            row.cells.setdefault(cell, []).extend(self.words[state.start : state.end])
        if row.cells:
            yield row


def _keep(
    entries: dict[tuple[int, int], tuple[float, _State, Step]],
    key: tuple[int, int],
    price: float,
    state: _State,
    step: Step,
) -> None:
    if key not in entries or price < entries[key][0]:
        entries[key] = price, state, step


def _put(states: dict[tuple[int, int], _State], state: _State) -> None:
    key = state.column, state.filled
    if key not in states or state.price < states[key].price:
        states[key] = state
