"""Which column of the table each word of a line belongs to, and how badly words of some lines fit as one cell."""

from collections.abc import Sequence
from itertools import pairwise

from extractors import expressions as re
from extractors.tables.cell_cost import (
    CHINESE,
    DIGIT,
    FREE_CELL,
    NAME_GOES_ON,
    NO_FIT,
    OPEN,
    PHRASE,
    cell_cost,
    is_dash,
    is_number,
    is_several,
    is_unit,
    may,
)
from extractors.tables.columns import FREE, Column, Role
from extractors.tables.gaps.header import VALUES
from extractors.tables.gaps.page import WIDE_GAP, PageWord, Run, distance
from extractors.vocabulary.stops import FULL_STOPS

MARGIN = 0.8  # by how much the best way must be cheaper than any other
OUT = 0.4  # the cost of each place by which a word stands out of its column
MISFIT = 6.0  # and of a word that its column cannot hold
MOST_WAYS = 40
CUT_OPEN = 1.5  # the cost of a text that begins as only the rest of one does
UNDERFULL = 1.5  # the cost of a line that ends early though its cell goes on
WORK = FREE | {"departments"}
# 约束 | 性, 预 | 期性
KIND_PART = re.compile(r"约束?|预期?|束?性|期?性")
# ≥28.9 is not broken
LEADING_FIGURES = re.compile(r"[\x21-\x7e≥≤]+")
SENTENCE_END = re.compile(rf"[{FULL_STOPS}](?=.)")


def assigned_columns(
    words: Sequence[PageWord], runs: Sequence[Run], columns: Sequence[Column]
) -> tuple[list[int], bool]:
    """The index of the column of each word of a line, from left to right, and whether that is certain. The assignment
    is the one that costs least: what counts is how far words stand outside their columns, and whether these can hold
    them. It is certain where every word can be held and every other assignment costs at least MARGIN more. `runs` are
    the stretches of the page that the columns take up."""
    ways: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for word in words:
        longer: list[tuple[float, tuple[int, ...]]] = []
        for cost, taken in ways:
            for c in range(taken[-1] if taken else 0, len(columns)):
                more = OUT * distance(word, runs[c]) + (0.0 if _may_hold(columns[c].role, word.text) else MISFIT)
                if taken and taken[-1] == c:
                    more += 0.0 if columns[c].role in OPEN else MISFIT
                longer.append((cost + more, (*taken, c)))
        ways = sorted(longer)[:MOST_WAYS]
    best = ways[0]
    return list(best[1]), best[0] < MISFIT and (len(ways) < 2 or ways[1][0] - best[0] >= MARGIN)


def _may_hold(role: Role, text: str) -> bool:
    """Whether a word can be all or part of a cell of this role. As `cell_cost.may` says, but 预期 and 性 alone can be
    parts of a kind (预期性), and a unit without brackets is no part of a name, unless it is a single Chinese character
    (人)."""
    if role == "name" and is_unit(text) and text.strip("（()）") == text and (len(text) > 1 or not CHINESE.match(text)):
        return False
    return may(role, text) or (role == "kind" and KIND_PART.fullmatch(text) is not None)


def cell_fit(head: Column, words: Sequence[tuple[int, PageWord]], widest: int) -> tuple[float, bool]:
    """The cost of the words as one cell of the column `head`, and whether they can be one cell at all. Each word has
    the index of its line before it; `widest` is the width of the widest word in the column, in characters of the page.

    They cannot be one cell where a wide gap is inside a line, where digits stand on a line of their own among the words
    of a name or of free text, where two words of a name are on one line, or where two numbers or two kinds would be in
    one cell: it is then not known which part comes first, or whether they belong together. A unit printed above its
    number (% / 95) is no fault.
    """
    role = head.role
    lines = _by_line(words)
    whole = not any(
        b.left - a.right >= WIDE_GAP
        for (n, a), (m, b) in pairwise(words) if n == m
    )  # fmt: skip
    text = "".join(lines)
    if role == "serial":
        return (0.0 if len(lines) == 1 else NO_FIT) + cell_cost(role, text), whole
    if role == "kind" and len(lines) > 1 and cell_cost(role, lines[0]) == 0.0 == cell_cost(role, lines[-1]):
        return NO_FIT, False
    if role in VALUES and len(lines) > 1:
        if sum(is_number(line) or is_dash(line) for line in lines) > 1:
            return NO_FIT, False
        if DIGIT.search(text):
            if is_number(text) or (is_several(text) and not any(map(is_number, lines))):
                return 0.0, whole
            if len(lines) == 2 and is_number(lines[1] + lines[0]):
                return 0.2, whole
            seam = any(a[-1:].isdigit() and b[:1].isdigit() for a, b in pairwise(lines))
            if seam or any(is_number(line) for line in lines) or not PHRASE.search(text):
                return 2.0 + cell_cost(role, text), False
    if role == "name" and len(lines) > 1 and any(not CHINESE.search(line) and DIGIT.search(line) for line in lines):
        whole = False
    if role in ("name", *WORK) and len(lines) > 1 and any(line.isascii() and line.isalnum() for line in lines):
        whole = False
    if role == "name" and any(n == m for (n, _), (m, _) in pairwise(words)):
        whole = False
    if role in FREE:
        # a line of text may hold the end of a sentence; 并完善管网 goes on with the row above
        text = SENTENCE_END.sub("", text)
        cost = (cell_cost(role, text) if text else 0.0) - FREE_CELL
        return max(0.0, cost) + (CUT_OPEN if NAME_GOES_ON.match(text) else _underfull(words, widest)), whole
    return cell_cost(role, text) + _underfull(words, widest), whole


def _underfull(words: Sequence[tuple[int, PageWord]], widest: int) -> float:
    """The cost of line breaks inside a cell that nothing explains: UNDERFULL for each line that ends although more than
    two further characters would have fitted into the column. `words` are those of the cell, each with the index of its
    line before it; `widest` is the width of the column in characters of the page."""
    cost = 0.0
    for (n, word), (m, following) in pairwise(words):
        each = (word.right - word.left) / len(word.text)  # a character
        next_piece = LEADING_FIGURES.match(following.text)
        room = widest - (word.right - word.left) - each * (len(next_piece[0]) if next_piece else 1)
        if n != m and room > 2 * each:
            cost += UNDERFULL
    return cost


def _by_line(words: Sequence[tuple[int, PageWord]]) -> list[str]:
    """The text of each line: `words` are those of a cell, each with the index of its line before it; those of one line
    are joined."""
    found: dict[int, str] = {}
    for n, word in words:
        found[n] = found.get(n, "") + word.text
    return list(found.values())


def cell_text(role: str, words: Sequence[tuple[int, PageWord]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text of a cell of this role, with a space between words of one line and none between lines, and the span of
    each of its words in `Document.text`. `words` are the words of the cell, each with the index of its line before it.
    Where the unit of a value was printed a line above its number, the number comes first: (% / 95) -> '95%'."""
    lines = _by_line(words)
    pieces = tuple((word.start, word.end) for _, word in words)
    if role in VALUES and len(lines) == 2 and not is_number("".join(lines)) and is_number(lines[1] + lines[0]):
        return lines[1] + lines[0], pieces
    text = ""
    for k, (n, word) in enumerate(words):
        text += (" " if k and words[k - 1][0] == n else "") + word.text
    return text, pieces
