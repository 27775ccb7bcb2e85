"""The cost of words as a cell of each column, for tables whose cells have no marks between them: of words that follow
one another in the text (`CellCosts`), and of words that stand under one another on a page (`cell_fit`)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise, product

from extractors import expressions as re
from extractors.tables.cell_cost import (
    ARABIC_DIGIT,
    CHINESE_START,
    FREE_CELL_COST,
    NAME_REST,
    NO_FIT,
    VALUE_PHRASE,
    VALUE_START,
    cell_cost,
    is_dash,
    is_number,
    is_several,
    is_unit,
    serial_number,
)
from extractors.tables.columns import FREE_ROLES, GROUP_ROLES, VALUE_ROLES, Column, Role
from extractors.tables.words import MIN_CELL_GAP, Gap, PageWord, Token
from extractors.vocabulary.stops import FULL_STOPS


def serials(words: Sequence[Token], *, first: bool) -> frozenset[int]:
    """The indices of the words that number the rows: those of the ascending sequence of numbers that scores best, each
    at least three words after the one before. A number counts 1, less 0.6 for each that is missing before it, the first
    number 0.2 less for each above 1; a sequence of less than 1.5 is none. A number has a Chinese word that is no unit
    after it. With `first` each begins a line, because the numbers stand in the first column; without, it may also come
    after a Chinese word on its line. Empty where there is no such sequence."""
    candidates = [
        (i, n)
        for i, word in enumerate(words[:-1])
        if (word.gap != Gap.SPACE or (not first and i and CHINESE_START.match(words[i - 1].text)))
        and (n := serial_number(word.text)) is not None
        and CHINESE_START.match(words[i + 1].text)
        and not is_unit(words[i + 1].text)
    ]
    best: list[tuple[float, int]] = []  # score, index of the one before
    for k, (i, n) in enumerate(candidates):
        score, before = 1.0 - 0.2 * (n - 1), -1
        for earlier in range(k):
            at, m = candidates[earlier]
            if m < n and i - at >= 3:
                gained = best[earlier][0] + 1.0 - 0.6 * (n - m - 1)
                if gained > score:
                    score, before = gained, earlier
        best.append((score, before))
    if not best:
        return frozenset()
    k = max(range(len(best)), key=lambda x: best[x][0])
    if best[k][0] < 1.5:
        return frozenset()
    found = set()
    while k >= 0:
        found.add(candidates[k][0])
        k = best[k][1]
    return frozenset(found)


def repeated(words: Sequence[Token]) -> dict[str, int]:
    """The texts of one to three neighbouring words, joined, that occur at least twice, with how often: labels of
    groups, kinds and bodies occur often, names do not. Only texts of 2 to 16 characters with a Chinese one among them;
    numbers and dashes are left out. Occurrences may overlap."""
    counts: Counter[str] = Counter()
    for i in range(len(words)):
        text = ""
        for j in range(i, min(i + 3, len(words))):
            text += words[j].text
            if len(text) > 16:
                break
            counts[text] += 1
    return {
        text: n for text, n in counts.items()
        if n >= 2 and len(text) >= 2 and CHINESE_START.search(text) and not is_number(text) and not is_dash(text)
    }  # fmt: skip


def line_costs(words: Iterable[Token], role: str, wide: int | None, rate: float) -> Iterator[tuple[float, float]]:
    """How badly the text of a cell is divided into lines. `words` are the words that it may consist of, in order; for
    each, two costs of the cell that ends with it. The first counts the lines that are too short though another follows,
    because a line should be filled before the next begins; more words can only add to it. The second adds what counts
    only if the cell does end here: a word wider than the column by more than 2 (0.3 for each half-width character, at
    most 2), and a line break in a text that has room on one line (0.7).

    `role` is that of the column, `wide` its width in half-width characters, None where it is not known. A line should
    be as wide as the column, or as the widest word of the cell if that is wider; each half-width character that it
    lacks, beyond 3, costs `rate`, a line at most 2.5. For labels of groups it should be as wide as their widest word,
    beyond 1 each character costs 0.3, a line at most 1.5, and a word too wide at most 1; the width of a column that the
    header does not name ("group") is not used.
    """
    grouped = role in GROUP_ROLES
    slack, rate, most = (1, 0.3, 1.5) if grouped else (3, rate, 2.5)
    wide = None if role == "group" else wide
    full = 0 if grouped else wide or 0
    widest = total = last = 0
    short = 0.0
    followed: list[int] = []  # the widths of the lines that another follows
    for word in words:
        if last and word.gap != Gap.SPACE:
            followed.append(last)
            if last < full - slack:
                short += min(most, rate * (full - last - slack))
        last = width = word.width
        total += width
        if width > widest:
            widest = width
            if width > full:
                full = width
                short = sum(min(most, rate * (full - w - slack)) for w in followed if w < full - slack)
        cost = short
        if wide:
            if followed and total <= wide and not grouped:
                cost += 0.7
            if widest > wide + 2:
                cost += min(1.0 if grouped else 2.0, 0.3 * (widest - wide - 2))
        yield short, cost


# words in one cell
MAX_CELL_WORDS: dict[str, int] = {"serial": 2, "unit": 3, "kind": 3, "growth": 4, "dimension": 14, "group": 14}
# 县级市≥20, 85%: no other number follows in the same cell
ENDS_IN_NUMBER = re.compile(r"[\d%％‰]$|\d(?:以上|以下|左右|以内)$")
MAX_OTHER_CELL_WORDS = 22
MAX_CELL_TEXT = 160  # characters in one cell
REPEATED_COST = {"name": 0.8, "dimension": -0.15, "departments": -0.3}  # for a text that comes again
SECOND_PHRASE_COST = 0.8  # the cost of a value that goes on with words that values begin with
MAX_GAPS_COST = 5.0  # the cost of the gaps and lines in it at which a cell is given up
MAX_CELL_COST = 8.0  # the cost at which a run of words is no cell
# the cost of a line that is a half-width character too short: where lines are broken by hand, where they are full
RAGGED_COST, TIGHT_COST = 0.2, 0.6
WORD_ROLES = frozenset(("name", "dimension", "group", "departments"))
CellEnd = tuple[int, float]  # the index after its last word, its cost


class CellCosts:
    """The cost of each cell that the words of a table can make up. It depends on the words, the role of the column and
    the width at which its lines end. It is computed when it is first asked for, and kept for all columns and all
    readings of the header.

    `spaced` says that the text has spaces between Chinese characters and digits (达到 85 %左右), so that a space there
    hardly separates cells.
    """

    def __init__(self, words: Sequence[Token], spaced: bool = False) -> None:
        """Makes the costs for `words`, the words of the table below its header; `spaced` is explained at the class.

        From the gaps before words that are a kind, a number or a dash it is known what a line break means. It divides
        cells (`line_parts`) where two of them or more come after a line break, and of all words at least a third as
        many after an empty line as after a line break; it is inside a cell (`line_joins`) where none comes after a line
        break, and four or more after an empty line."""
        self.words = words
        self.repeated = repeated(words)
        self.dash = [is_dash(w.text) for w in words]
        self.number = [dash or is_number(w.text) for w, dash in zip(words, self.dash, strict=True)]  # whole values
        self.kind = [cell_cost("kind", w.text) == 0.0 for w in words]
        gaps = Counter(w.gap for w in words)
        before = Counter(w.gap for w, a, b in zip(words, self.number, self.kind, strict=True) if a or b)
        # where the lines of a cell are set apart by empty lines, a mere line break parts two cells; but where every
        # value has an empty line before it, a mere line break is inside a cell
        self.line_parts = before[Gap.LINE] >= 2 and gaps[Gap.BLANK] * 3 >= gaps[Gap.LINE]
        self.line_joins = before[Gap.LINE] == 0 and before[Gap.BLANK] >= 4
        self.script_change = 0.5 if spaced else 1.6  # the cost of a space between Chinese and other characters
        self._texts: dict[tuple[Role, int], list[tuple[Token, float, float]]] = {}
        self._cells: dict[tuple[Role, int | None, float], list[list[CellEnd] | None]] = {}

    @cached_property
    def leading(self) -> frozenset[int]:
        """The indices of the words that number the rows, if the column of row numbers is the first: each begins a
        line."""
        return serials(self.words, first=True)

    @cached_property
    def inner(self) -> frozenset[int]:
        """The indices of the words that number the rows, if the column of row numbers is not the first."""
        return serials(self.words, first=False)

    def row_numbers(self, columns: Sequence[Column]) -> frozenset[int]:
        """The indices of the words that number the rows: `leading` where the first column is that of row numbers,
        `inner` where another is; empty where none is."""
        at = next((c for c, head in enumerate(columns) if head.role == "serial"), None)
        return frozenset() if at is None else self.leading if at == 0 else self.inner

    def openings(self, columns: Sequence[Column], rows: frozenset[int]) -> list[list[int]]:
        """For each word the indices of the columns whose cells may begin with it (`_may_begin`); for a word that
        numbers a row only the columns of row numbers. `rows` are the indices of the words that number the rows."""
        by_kind = {
            kind: [c for c, head in enumerate(columns) if _may_begin(head.role, *kind, numbered=bool(rows))]
            for kind in product((False, True), repeat=3)
        }
        serial = [c for c, head in enumerate(columns) if head.role == "serial"]
        kinds = zip(self.kind, self.number, self.dash, strict=True)
        return [serial if i in rows else by_kind[kind] for i, kind in enumerate(kinds)]

    def memory(self, role: Role, wide: int | None, rate: float) -> list[list[CellEnd] | None]:
        """The results of `cells` that are kept for this role, width and rate: for each word its list of cells, None
        where it was not computed yet. `cells` fills the list in place."""
        return self._cells.setdefault((role, wide, rate), [None] * len(self.words))

    def cells(self, role: Role, wide: int | None, rate: float, i: int) -> list[CellEnd]:
        """The cells that may begin with word `i` in a column of this role: for each the index of the word after it, and
        its cost, which is what stands between its words (`gap`), its division into lines (`line_costs`) and its text
        (`fit`). `wide` is the width of the column in half-width characters, None where it is not known; `rate` is the
        cost of each character that a line is too short. Cells that cost MAX_CELL_COST or more are left out, and all
        longer ones once gaps and short lines cost more than MAX_GAPS_COST."""
        memory = self.memory(role, wide, rate)
        if (found := memory[i]) is None:
            found = memory[i] = list(self._cell_ends(role, wide, rate, i))
        return found

    def _cell_ends(self, role: Role, wide: int | None, rate: float, i: int) -> Iterator[CellEnd]:
        """What `cells` gives for the same arguments, computed anew."""
        if (texts := self._texts.get((role, i))) is None:
            texts = self._texts[role, i] = list(self._fits(role, i))
        lines = line_costs((word for word, _, _ in texts), role, wide, rate)
        for j, ((_, inner, fit), (short, cost)) in enumerate(zip(texts, lines, strict=True), i + 1):
            if inner + short > MAX_GAPS_COST:
                return
            if (whole := inner + fit + cost) < MAX_CELL_COST:
                yield j, whole

    def _fits(self, role: Role, i: int) -> Iterator[tuple[Token, float, float]]:
        """For each word from `i` on with which a cell that begins with word `i` may end: that word, the cost of what is
        between the words of the cell, and how badly its text fits the role (`fit`). It ends before a word that
        `_ends_before` says, after MAX_CELL_WORDS words or MAX_CELL_TEXT characters, and where the gaps cost more than
        MAX_GAPS_COST. A value that is continued by a phrase that values begin with costs SECOND_PHRASE_COST more, a
        number after a number or dash in values and growth 3; where empty lines separate all cells, a cell that begins
        right below a line costs 1.5."""
        words, text = self.words, ""
        inner = 1.5 if self.line_joins and words[i].gap == Gap.LINE else 0.0
        for j in range(i, min(len(words), i + MAX_CELL_WORDS.get(role, MAX_OTHER_CELL_WORDS))):
            word = words[j]
            if j > i:
                if self._ends_before(role, j):
                    return
                inner += self.gap(role, words[j - 1], word, text)
                if role == "value" and len(text) >= 4 and VALUE_START.match(word.text) and VALUE_PHRASE.search(text):
                    inner += SECOND_PHRASE_COST
                if role in VALUE_ROLES and self.number[j] and (is_dash(text) or ENDS_IN_NUMBER.search(text)):
                    inner += 3.0
                if inner > MAX_GAPS_COST:
                    return
            text += word.text
            if len(text) > MAX_CELL_TEXT:
                return
            yield word, inner, self.fit(role, text)

    def continued_cells(
        self, earlier: Sequence[Token], role: Role, wide: int | None, rate: float, i: int
    ) -> Iterator[CellEnd]:  # fmt: skip
        """The cells that begin before a page break with the words `earlier` and are continued after it with word `i`:
        for each the index of the word after it, and what it costs more than the cell of the words `earlier` alone,
        which may be less than 0. `role`, `wide` and `rate` are those of `cells`; gaps cost nothing, and costs of
        MAX_CELL_COST and more are not left out here. The words end where `_ends_before` says, or where short lines cost
        more than MAX_GAPS_COST."""
        words = self.words[i : i + MAX_CELL_WORDS.get(role, MAX_OTHER_CELL_WORDS)]
        costs = line_costs([*earlier, *words], role, wide, rate)
        text, had = "".join(w.text for w in earlier), 0.0
        for _ in earlier:
            _, had = next(costs)
        had += self.fit(role, text)
        for j, (word, (short, cost)) in enumerate(zip(words, costs, strict=True), i + 1):
            if short > MAX_GAPS_COST or (j > i + 1 and self._ends_before(role, j - 1)):
                return
            text += word.text
            yield j, self.fit(role, text) + cost - had

    def _ends_before(self, role: Role, j: int) -> bool:
        """Whether a cell of this role must end before word `j`: because that is a kind, which is a cell by itself, or a
        number or dash at the beginning of a line, which is no part of a name, label or body."""
        return self.kind[j] or (role in WORD_ROLES and self.number[j] and self.words[j].gap != Gap.SPACE)

    def fit(self, role: Role, text: str) -> float:
        """The cost of the text as a cell of this role, for a text that the table repeats changed by REPEATED_COST: a
        name costs more, a label of a group or a body less."""
        return cell_cost(role, text) + (REPEATED_COST.get(role, 0.0) if text in self.repeated else 0.0)

    def gap(self, role: Role, before: Token, word: Token, text: str) -> float:
        """The cost of taking `word` into the same cell as the word `before` it, by what is between them in the file.
        `role` is that of the column, `text` what the cell holds so far.

        A line break or empty line costs nothing, except that a line break costs 2 in a table where empty lines separate
        the lines of a cell, so that a line break separates cells; a page break costs 0.4. A space costs 0.4 between
        bodies, 0.3 between a number and what makes it a longer number (7.9 万人次), `script_change` between a Chinese
        character and another one, units, row numbers and kinds aside, and 3 elsewhere.
        """
        if word.gap == Gap.SPACE:
            if role == "departments":
                return 0.4
            if role == "value" and is_number(text) and not is_number(word.text) and is_number(text + word.text):
                return 0.3  # 85 %, 7.9 万人次以上
            mixed = (before.text[-1] > "\u2e80") != (word.text[0] > "\u2e80")
            return self.script_change if mixed and role not in ("unit", "serial", "kind") else 3.0
        if word.gap == Gap.LINE and self.line_parts:
            return 2.0
        return 0.4 if word.gap == Gap.PAGE else 0.0


def _may_begin(role: Role, kind: bool, number: bool, dash: bool, *, numbered: bool) -> bool:
    """Whether a cell of this role may begin with a word of which the three flags say whether it is a kind (约束性), a
    number or dash, and a dash. A kind begins only cells of kinds, notes and free text; a number begins no name, label
    or body, but a dash may stand for a body; other words begin every cell but that of a row number. `numbered` says
    that the words that number the rows are known; no other word is then a row number."""
    if role == "serial" and (numbered or not number):
        return False
    if kind:
        return role in ("kind", "note") or role in FREE_ROLES
    if number:
        return role not in WORD_ROLES or (dash and role == "departments")
    return True


WORK_ROLES = FREE_ROLES | {"departments"}
LineWord = tuple[int, PageWord]  # a word after the index of its line
REST_START_COST = 1.5  # the cost of a text that begins as only the rest of one does
UNDERFULL_COST = 1.5  # the cost of a line that ends early though its cell goes on
# ≥28.9: no line break is inside it
LEADING_FIGURES = re.compile(r"[\x21-\x7e≥≤]+")
SENTENCE_END_INSIDE = re.compile(rf"[{FULL_STOPS}](?=.)")


def cell_fit(head: Column, words: Sequence[LineWord], widest: int) -> tuple[float, bool]:
    """The cost of the words as one cell of the column `head`, and whether they can be one cell (`_is_one_cell`, and
    `_several_values` for values of several lines). Each word has the index of its line before it; `widest` is the
    width of the widest word in the column, in characters of the page.

    The cost is `cell_cost` of the joined text plus `_underfull`. A cell of free text costs what it costs more than any
    such text, full stops inside it being no fault, and REST_START_COST instead of `_underfull` where it begins as the
    rest of another text does (并完善管网). A row number on several lines costs NO_FIT, and so do two kinds.
    """
    role = head.role
    lines = _by_line(words)
    text = "".join(lines)
    one = _is_one_cell(role, words, lines)
    if role == "serial":
        return (0.0 if len(lines) == 1 else NO_FIT) + cell_cost(role, text), one
    if role == "kind" and len(lines) > 1 and cell_cost(role, lines[0]) == 0.0 == cell_cost(role, lines[-1]):
        return NO_FIT, False
    if role in VALUE_ROLES and len(lines) > 1 and (fit := _several_values(head, lines)) is not None:
        cost, whole = fit
        return cost, whole and one
    if role in FREE_ROLES:
        text = SENTENCE_END_INSIDE.sub("", text)
        cost = (cell_cost(role, text) if text else 0.0) - FREE_CELL_COST
        return max(0.0, cost) + (REST_START_COST if NAME_REST.match(text) else _underfull(words, widest)), one
    return cell_cost(role, text) + _underfull(words, widest), one


def _is_one_cell(role: Role, words: Sequence[LineWord], lines: Sequence[str]) -> bool:
    """Whether the words, whose texts by line are `lines`, can be one cell of this role. They cannot where MIN_CELL_GAP
    or more is between two words of a line; in a name, where two words are on one line; and in a name, bodies or free
    text of several lines, where a line has only Latin letters and digits, or, in a name, digits and no Chinese: it is
    then not known whether they belong to the name."""
    beside = [(a, b) for (n, a), (m, b) in pairwise(words) if n == m]
    if any(b.left - a.right >= MIN_CELL_GAP for a, b in beside) or (role == "name" and beside):
        return False
    if len(lines) < 2 or role not in ("name", *WORK_ROLES):
        return True
    return not any(
        (line.isascii() and line.isalnum())
        or (role == "name" and not CHINESE_START.search(line) and ARABIC_DIGIT.search(line))
        for line in lines
    )


def _several_values(head: Column, lines: Sequence[str]) -> tuple[float, bool] | None:
    """The cost of the lines, of which there are several, as one cell of values or growth, and whether they can be one;
    None where that is to be judged as for other cells: text without digits, and text with digits and phrases that no
    number stands in alone. They can where they are one number together, in this order or with its unit above it
    (% / 95), or a list of values with what each is for; they cannot where they are two numbers or dashes, where digits
    meet digits at a line break, and where they are other text with a number on a line of its own or without phrases of
    values (保持稳定)."""
    text = "".join(lines)
    if sum(is_number(line) or is_dash(line) for line in lines) > 1:
        return NO_FIT, False
    if not ARABIC_DIGIT.search(text):
        return None
    numbers = any(map(is_number, lines))
    if is_number(text) or (is_several(text) and not numbers):
        return 0.0, True
    if len(lines) == 2 and is_number(lines[1] + lines[0]):
        return 0.2, True
    digits_meet = any(a[-1:].isdigit() and b[:1].isdigit() for a, b in pairwise(lines))
    if digits_meet or numbers or not VALUE_PHRASE.search(text):
        return 2.0 + cell_cost(head.role, text), False
    return None


def _underfull(words: Sequence[LineWord], widest: int) -> float:
    """The cost of line breaks inside a cell that nothing explains: UNDERFULL_COST for each line that ends although its
    column has room for the first character of the next line, or for the figures that it begins with, which no break
    divides (≥28.9), and for more than two characters besides. `words` are those of the cell, each with the index of
    its line before it; `widest` is the width of the column in characters of the page."""
    cost = 0.0
    for (n, word), (m, following) in pairwise(words):
        each = (word.right - word.left) / len(word.text)  # a character
        next_piece = LEADING_FIGURES.match(following.text)
        room = widest - (word.right - word.left) - each * (len(next_piece[0]) if next_piece else 1)
        if n != m and room > 2 * each:
            cost += UNDERFULL_COST
    return cost


def _by_line(words: Sequence[LineWord]) -> list[str]:
    """The texts of the lines of a cell, in order. `words` are those of the cell, each with the index of its line before
    it; those of one line are joined without spaces."""
    found: dict[int, str] = {}
    for n, word in words:
        found[n] = found.get(n, "") + word.text
    return list(found.values())


def cell_text(role: str, words: Sequence[LineWord]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text of a cell of this role, with a space between words of one line and none between lines, and the span of
    each of its words in `Document.text`, in the order of `words`, which are the words of the cell, each with the index
    of its line before it. Where the unit of a value was printed a line above its number, the number comes first,
    without spaces: (% / 95) -> '95%'."""
    lines = _by_line(words)
    pieces = tuple((word.start, word.end) for _, word in words)
    if role in VALUE_ROLES and len(lines) == 2 and not is_number("".join(lines)) and is_number(lines[1] + lines[0]):
        return lines[1] + lines[0], pieces
    text = ""
    for k, (n, word) in enumerate(words):
        text += (" " if k and words[k - 1][0] == n else "") + word.text
    return text, pieces
