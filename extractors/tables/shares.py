"""In which columns the words of one line of a table may stand, from left to right."""

from collections.abc import Iterator, Sequence

from extractors.tables.columns import Column, Role
from extractors.tables.shapes import CHINESE, is_dash, is_number, is_serial, is_unit, misfit
from extractors.tables.tokens import Token

MOST_SHARES = 300  # of a line's words over the columns
OPEN = frozenset(("name", "departments", "note", "text"))  # whose words may have spaces between them
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


def is_value(role: Role, text: str) -> bool:
    return role in ("value", "growth") and (is_number(text) or is_dash(text))
