"""How far a reading of a table without marks between its cells can be used."""

from collections.abc import Iterator, Sequence

from extractors.tables.beam import FittedRow, Solution
from extractors.tables.cell_cost import DEPARTMENT_END, NAME_END, POOR_CELL, THING_END, UNIT_AT_END, cell_cost
from extractors.tables.columns import FREE_ROLES, GROUP_ROLES, VALUE_ROLES, Role
from extractors.tables.words import Gap, Token

# scores below which another order of the words is tried, that order is preferred, the table is refused
CERTAIN_SCORE, LOW_SCORE, REJECTED_SCORE = 0.9, 0.5, 0.1
SOME_ROWS_SHARE, MOST_ROWS_SHARE = 0.15, 0.5  # shares of rows with a fault
REGULAR_ROW_COST = 1.0
POOR_ROW_COST, BAD_ROW_COST = 2.2, 3.6  # the mean cost of rows that fit poorly, and badly
UNFINISHED_NAMES_SHARE = 0.3  # the share of unfinished names from which the words may have come in another order


def confidence(solution: Solution, word_count: int) -> float:
    """How well `solution` explains a table of `word_count` words: 1 where the reading has no fault (`_faults`), 0 where
    it must not be used, else the score of its gravest fault. One of its columns must hold names."""
    return min(_faults(solution, word_count), default=1.0)


def _faults(solution: Solution, word_count: int) -> Iterator[float]:
    """The faults of a reading of `word_count` words, each as its score: how far, from 0 to 1, a reading with this fault
    can be used. Bands are not judged. Names end as those of indicators or counted things do; where each row is whole
    without doubt (`_regular`), any end is accepted. One word or two left over after the last row are a fault, because
    they may be the rest of its name; more are the text below."""
    rows = [row for row in solution.rows if not row.band]
    name = next(c for c, head in enumerate(solution.columns) if head.role == "name")
    names = [_text(row.cells[name]) for row in rows if name in row.cells]
    unfinished = _share(NAME_END.search(text) is None and THING_END.search(text) is None for text in names)
    faulty = faulty_share(solution)
    labels = [n for n, head in enumerate(solution.columns) if head.role in GROUP_ROLES]
    filled = sum(len(row.cells) >= max(2, len(solution.columns) // 2) for row in rows)
    if not rows or filled * 3 < len(rows) * 2 or solution.cost > 6.0 * len(rows) + 6.0:
        yield 0.0  # most rows have no value
    if sum(is_name_end(row.cells.get(n, ())) for row in rows for n in labels) > 1:
        yield 0.0  # group labels end with a unit as only names do
    if _regular(solution, rows):
        unfinished = 0.0
    if unfinished > MOST_ROWS_SHARE:
        yield 0.0  # most names are unfinished
    elif unfinished >= UNFINISHED_NAMES_SHARE:
        yield 0.7  # some names are unfinished
    if faulty > MOST_ROWS_SHARE:
        yield 0.0  # most rows have a cell that does not fit its column
    elif faulty > SOME_ROWS_SHARE:
        yield 0.4  # some rows have a cell that does not fit its column
    if solution.mean_cost > BAD_ROW_COST:
        yield 0.4  # the rows fit badly
    elif solution.mean_cost > POOR_ROW_COST:
        yield 0.7  # the rows fit poorly
    if misplaced_names(rows, name):
        yield 0.4  # names stand on lines where cell by cell order would not put them
    if 0 < word_count - solution.used <= 2:
        yield 0.7  # words are left over after the last row


def _regular(solution: Solution, rows: Sequence[FittedRow]) -> bool:
    """Whether every one of the rows has a name, values, growth and kind as far as there are such columns, three at
    least, the cells, names aside, cost at most REGULAR_ROW_COST a row, and either each row has its number or each cell
    is a single word. Where a name ends is then certain, whatever it ends with (新开河道). There must be rows."""
    needed = [c for c, head in enumerate(solution.columns) if head.role in ("name", "value", "growth", "kind")]
    serial = next((c for c, head in enumerate(solution.columns) if head.role == "serial"), None)
    complete = all(c in row.cells for row in rows for c in needed)
    numbered = serial is not None and all(serial in row.cells for row in rows)
    single = all(len(words) == 1 for row in rows for words in row.cells.values())
    return complete and len(needed) > 2 and (numbered or single) and _cells_cost(solution, rows) <= REGULAR_ROW_COST


def _cells_cost(solution: Solution, rows: Sequence[FittedRow]) -> float:
    """The mean cost per row of the texts of its cells in their columns (`cell_cost`), names left out."""
    costs = [
        cell_cost(solution.columns[c].role, _text(words))
        for row in rows
        for c, words in row.cells.items()
        if solution.columns[c].role != "name"
    ]
    return sum(costs) / len(rows)


def _share(found: Iterator[bool]) -> float:
    """The share of true values among those of `found`, from 0 to 1; 1 where there are none."""
    values = list(found)
    return sum(values) / len(values) if values else 1.0


def is_name_end(label: Sequence[Token]) -> bool:
    """Whether the words, read as the label of a group, are really the end of a name, because a unit in brackets ends
    them: '险参保率（%）' -> True, '民生福祉' -> False, no words -> False."""
    return UNIT_AT_END.search(_text(label)) is not None


def holds_body(label: Sequence[Token]) -> bool:
    """Whether the words, read as the label of a group, begin with the name of a body of three characters or more that
    ends with 局, 委 or 厅, with two characters or more after it: it belongs to the cell beside. '县财政局基金安全' ->
    True."""
    text = _text(label)
    return any(text[n - 1] in "局委厅" and DEPARTMENT_END.search(text[:n]) for n in range(3, len(text) - 1))


def misplaced_names(rows: Sequence[FittedRow], name: int) -> int:
    """The number of names whose place in the lines speaks against cell-by-cell text. In such text every cell is
    vertically centred, so a name shares a line with the cell after it only where it has one line. Counted are names of
    several lines that share the last one with the next cell, and names of one line that do not share it with a next
    cell of one word whose row has all further cells on that line; these only if fewer than four in five names like them
    are so. Rows without a name, or with fewer than two cells after it, are not looked at. `name` is the index of the
    column of names."""
    several = single = alone = 0
    for row in rows:
        after = [row.cells[c] for c in sorted(row.cells) if c > name]
        if name not in row.cells or len(after) < 2:
            continue
        beside, *rest = (words[0].gap == Gap.SPACE for words in after)
        if any(word.gap != Gap.SPACE for word in row.cells[name][1:]):
            several += beside
        elif len(after[0]) == 1 and all(rest):
            single += 1
            alone += not beside
    return several + (alone if alone * 5 < single * 4 else 0)


def faulty_share(solution: Solution) -> float:
    """The share, from 0 to 1, of the rows that have a fault, bands left out: a cell that fits its column badly
    (`_fits_badly`), no value or growth at all, or no row number where some row has one. 1 where there are no rows."""
    rows = [row for row in solution.rows if not row.band]
    roles = [head.role for head in solution.columns]
    serial = roles.index("serial") if "serial" in roles else None
    if not any(serial in row.cells for row in rows):
        serial = None
    return _share(
        (serial is not None and serial not in row.cells)
        or not any(roles[c] in VALUE_ROLES for c in row.cells)
        or any(_fits_badly(roles[c], words) for c, words in row.cells.items())
        for row in rows
    )


def _fits_badly(role: Role, words: Sequence[Token]) -> bool:
    """Whether the words fit badly as a cell of this role: their cost is POOR_CELL or more (free text is not judged), or
    digits alone are the first word, or the first of a line, of a name, label or list of bodies."""
    if role in ("name", "dimension", "group", "departments") and any(
        word.text.isdecimal() and (n == 0 or word.gap != Gap.SPACE) for n, word in enumerate(words)
    ):
        return True
    return role not in FREE_ROLES and cell_cost(role, _text(words)) >= POOR_CELL


def _text(words: Sequence[Token]) -> str:
    """The texts of the words, joined without spaces."""
    return "".join(word.text for word in words)
