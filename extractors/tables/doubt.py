"""Whether a table came apart into rows that can be believed."""

from collections.abc import Sequence

from extractors.tables.columns import Role
from extractors.tables.shapes import DEPARTMENT_END, NAME_END, THING_END, UNIT_BEHIND, misfit
from extractors.tables.solver import Solution
from extractors.tables.tokens import Gap, Token

SHORT = 0.3  # the share of names that stop short from which the table may have come in another order
SOME = 0.15  # the share of doubtful rows from which the table is read another way
MOST = 0.5  # and the one from which it is refused
BAD_FIT = 2.5  # the price of a cell that fits its column badly
DEAR_ROW = 2.2  # the price of a row that does not fit well
TOO_DEAR = 3.6  # and of one that is not believed


def suspect(solution: Solution, count: int) -> bool:
    """The words may have come in another order than cell by cell: rows are doubtful or dear, names stop short or
    stand elsewhere than they were drawn, or a word or two are left over behind the last row, as the rest of its name
    would be."""
    return (
        doubtful(solution) > SOME
        or solution.price > DEAR_ROW * len(solution.rows)
        or _stopping_short(solution) >= SHORT
        or out_of_place(solution) > 0
        or 0 < count - solution.used <= 2
    )


def incredible(solution: Solution) -> bool:
    """However it was read: most names stop short, or several labels have what only a name has behind it."""
    labels = [n for n, head in enumerate(solution.columns) if head.role in ("dimension", "group")]
    rests = sum(is_rest(row.cells.get(n, ())) for row in solution.rows if not row.band for n in labels)
    return rests > 1 or _stopping_short(solution) > MOST


def is_rest(label: Sequence[Token]) -> bool:
    """'险参保率（%）': the end of a name, and no label."""
    return UNIT_BEHIND.search(_text(label)) is not None


def holds_body(label: Sequence[Token]) -> bool:
    """'县财政局基金安全': a body of the cell beside, and the label."""
    text = _text(label)
    return any(text[n - 1] in "局委厅" and DEPARTMENT_END.search(text[:n]) for n in range(3, len(text) - 1))


def _stopping_short(solution: Solution) -> float:
    """The share of names that end as none does."""
    at = _name(solution)
    names = [_text(row.cells[at]) for row in solution.rows if not row.band and at in row.cells]
    short = sum(NAME_END.search(name) is None and THING_END.search(name) is None for name in names)
    return short / len(names) if names else 1.0


def _text(words: Sequence[Token]) -> str:
    return "".join(word.text for word in words)


def unlikely(solution: Solution) -> bool:
    """Suspected rows that are too doubtful or too dear to be believed, or show that they were drawn otherwise."""
    return (
        doubtful(solution) > SOME or solution.price > TOO_DEAR * len(solution.rows) or out_of_place(solution) > 0
    )  # fmt: skip


def out_of_place(solution: Solution) -> int:
    """How many names stand where none is drawn. Drawn cell by cell, each in the middle of its row, only a name of one
    line stands beside its numbers: so the last of several lines never does; and one line does, if not in a table
    where hardly any does."""
    at, several, single, alone = _name(solution), 0, 0, 0
    for row in solution.rows:
        behind = [row.cells[c] for c in sorted(row.cells) if c > at]
        if row.band or at not in row.cells or len(behind) < 2:
            continue
        beside, *rest = (words[0].gap == Gap.SPACE for words in behind)
        if any(word.gap != Gap.SPACE for word in row.cells[at][1:]):
            several += beside
        elif len(behind[0]) == 1 and all(rest):
            single += 1
            alone += not beside
    return several + (alone if alone * 5 < single * 4 else 0)


def _name(solution: Solution) -> int:
    return next(c for c, head in enumerate(solution.columns) if head.role == "name")


def doubtful(solution: Solution) -> float:
    """The share of rows that something is wrong with: a cell that fits its column badly, a bare number among the
    words of a name, no value at all, no row number where the others have one."""
    rows = [row for row in solution.rows if not row.band]
    roles = [head.role for head in solution.columns]
    serial = (
        roles.index("serial") if "serial" in roles and any(roles.index("serial") in row.cells for row in rows) else None
    )
    bad = sum(
        (serial is not None and serial not in row.cells)
        or not any(roles[c] == "value" for c in row.cells)
        or any(_misplaced(roles[c], words) for c, words in row.cells.items())
        for row in rows
    )
    return bad / len(rows) if rows else 1.0


def _misplaced(role: Role, words: Sequence[Token]) -> bool:
    if role in ("name", "dimension", "group", "departments") and any(
        word.text.isdecimal() and (n == 0 or word.gap != Gap.SPACE) for n, word in enumerate(words)
    ):
        return True
    return role != "text" and misfit(role, _text(words)) >= BAD_FIT


def convincing(solution: Solution) -> bool:
    """Rows enough, most of them with something beside the name, at a price that says they fit."""
    rows = [row for row in solution.rows if not row.band]
    full = [row for row in rows if len(row.cells) >= max(2, len(solution.columns) // 2)]
    return bool(rows) and len(full) * 3 >= len(rows) * 2 and solution.price <= 6.0 * len(rows) + 6.0
