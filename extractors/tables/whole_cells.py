"""Tables of values in which each word is a whole cell on a line of its own, as Word or a web page saves them as text.

  1 / 智慧管理 / 应用场景覆盖率 / % / 100 / 约束性 / 2 / 二维码覆盖率 / % / 90 / 预期性

No cell is divided, so nothing has to be weighed: a row has a cell for each column, but where a label spans several rows
only the first of them has it (row 2 above has no 智慧管理). Where the words can be divided into such rows in one way
only, that is the reading, and a label that is new (多元参与) is told from the name after it by the count of cells. Any
other table is left to `beam` and `row_major`.

Needed by: indicator tables of two district plans, saved from web pages with a cell a line.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.tables.beam import FittedRow, Solution
from extractors.tables.cost import POOR_CELL, VALUE_PHRASE, cell_cost, is_dash, is_number, is_unit, serial_number
from extractors.tables.model import FREE_ROLES, GROUP_ROLES, VALUE_ROLES, Column
from extractors.tables.words import Gap, Token

MIN_WHOLE_ROWS = 2
MIN_FULL_ROWS = 3  # rows from which it is no accident that all have as many cells
MIN_PARALLEL_LABEL = 3  # characters of labels that are known by being alike
ROOM = 4  # half-width characters by which a line is too short to be a full one
WORDED_ROLES = GROUP_ROLES | {"name"}  # whose cells may be taken for one another


def whole_cells(ways: Sequence[Sequence[Column]], words: Sequence[Token]) -> Solution | None:
    """The reading of the words below a header as rows of whole cells, at the cost 0; `ways` are the readings of the
    header. None where two words stand on one line, where the words cannot be divided into at least MIN_WHOLE_ROWS (2)
    rows, or in several ways, where a label may be the first line of the cell after it or the rest of the one before
    (`_labels_are_whole`), and where readings of the header with different numbers of columns both fit. Words after the
    last row may be left over if none of them is a number, unit or kind by itself."""
    if any(word.gap == Gap.SPACE for word in words):
        return None
    last = max((n for n, word in enumerate(words) if _is_figure(word.text)), default=-1)
    found = [solution for columns in ways if (solution := _solution(columns, words[: last + 1])) is not None]
    return found[0] if len({len(solution.columns) for solution in found}) == 1 else None


def _is_figure(text: str) -> bool:
    """Whether the word is a number, dash, unit or kind by itself, as only cells of tables are."""
    return is_number(text) or is_dash(text) or is_unit(text) or cell_cost("kind", text) == 0.0


def _solution(columns: Sequence[Column], words: Sequence[Token]) -> Solution | None:
    """The only reading of all the words as rows of these columns; None where there is none, or more than one, or where
    half of its rows or more lack a value (`_lacks_values`): a label too many was read in the header. None too where a
    column is of notes or free text, for fewer than MIN_WHOLE_ROWS rows, and where a label may be a line of another
    cell (`_labels_are_whole`)."""
    if any(head.role == "note" or head.role in FREE_ROLES for head in columns):
        return None
    ends: list[dict[int, list[tuple[int, list[int]]]]] = [{} for _ in range(len(words) + 1)]
    ends[0][0] = []
    for i, here in enumerate(ends):
        for n in here:
            for filled in _row_shapes(columns, first=n == 0):
                j = i + len(filled)
                if j <= len(words) and all(_fits(columns[c], words[i + k].text, n + 1) for k, c in enumerate(filled)):
                    ends[j].setdefault(n + 1, []).append((i, filled))
    rows: list[FittedRow] = []
    at, counts = len(words), list(ends[-1])
    if len(counts) != 1 or counts[0] < MIN_WHOLE_ROWS:
        return None
    for n in range(counts[0], 0, -1):
        if len(ends[at][n]) != 1:
            return None
        start, filled = ends[at][n][0]
        rows.append(FittedRow({c: [words[start + k]] for k, c in enumerate(filled)}))
        at = start
    rows.reverse()
    if sum(_lacks_values(columns, row) for row in rows) * 2 >= len(rows):
        return None
    return Solution(tuple(columns), tuple(rows), len(words), 0.0) if _labels_are_whole(columns, rows) else None


def _row_shapes(columns: Sequence[Column], *, first: bool) -> Iterator[list[int]]:
    """The columns that a row may fill: all; and, but in the `first` row, all without the labels of groups before the
    name, from the outermost on, because a new outer group begins a new inner one. Of several columns of values and
    growth all but the first may be empty too; which of them are is not known, so the last ones stand for them, and
    `wrapped` refuses the row."""
    name = next(c for c, head in enumerate(columns) if head.role == "name")
    groups = [c for c in range(name) if columns[c].role in GROUP_ROLES]
    values = [c for c, head in enumerate(columns) if head.role in VALUE_ROLES]
    for count in range(1 if first else len(groups) + 1):
        for lacking in range(max(1, len(values))):
            left_out = {*groups[:count], *values[len(values) - lacking :]}
            yield [c for c in range(len(columns)) if c not in left_out]


def _lacks_values(columns: Sequence[Column], row: FittedRow) -> bool:
    """Whether a column of values or growth has no cell in the row."""
    return any(head.role in VALUE_ROLES and c not in row.cells for c, head in enumerate(columns))


def _fits(head: Column, text: str, number: int) -> bool:
    """Whether the text fits the column without doubt; `number` is that of its row."""
    if head.role == "serial":
        return serial_number(text) == number
    return cell_cost(head.role, text) < POOR_CELL


def _labels_are_whole(columns: Sequence[Column], rows: Sequence[FittedRow]) -> bool:
    """Whether no label of a group, but in the first row, can be a line of another cell.

    It could be the rest of the row above, unless that ends with a number, unit or kind, only an empty line parts the
    two, or it looks like the labels of the other groups (`_like_the_others`). It could be the first line of the label
    or name after it, unless that column has a text wider by ROOM (4), so that such a line would have gone on; unless a
    label of an outer group stands before it, below which the row has one of its own; or unless all rows, at least
    MIN_FULL_ROWS (3), have all cells."""
    full = len(rows) >= MIN_FULL_ROWS and all(len(row.cells) == len(columns) for row in rows)
    widest = [max((row.cells[c][0].width for row in rows if c in row.cells), default=0) for c in range(len(columns))]
    for above, row in pairwise(rows):
        labels = [c for c in row.cells if columns[c].role in GROUP_ROLES]
        if not labels:
            continue
        last, first = above.cells[max(above.cells)][0], row.cells[min(row.cells)][0]
        if not (
            _is_figure(last.text)
            or (first.gap == Gap.BLANK and last.gap == Gap.LINE)
            or _like_the_others(first, [one.cells[min(labels)][0] for one in rows if min(labels) in one.cells])
        ):
            return False
        for c, below in pairwise(row.cells):
            begun = c in labels and columns[below].role in WORDED_ROLES and (c == labels[0] or below in labels)
            if begun and not full and row.cells[c][0].width + ROOM > widest[below]:
                return False
    return True


def _like_the_others(label: Token, all_labels: Sequence[Token]) -> bool:
    """Whether the label may not be taken for the rest of a value, because it has as many characters, three or more, as
    each of the labels of its column, which are at least MIN_FULL_ROWS (3), and no words of values in it: 优生态 beside
    促发展, 惠民生 and 提品质."""
    return (
        len(all_labels) >= MIN_FULL_ROWS
        and len(label.text) >= MIN_PARALLEL_LABEL
        and all(len(one.text) == len(label.text) for one in all_labels)
        and not VALUE_PHRASE.search(label.text)
    )
