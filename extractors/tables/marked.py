"""Tables with marks between their cells: declared by the file format, tabs, or pipes.

The marks give rows of cells. Headers are found among them, headers repeated on a page dropped, rows that a line break
or a page break divided joined, and rows with too few or too many cells aligned with the columns at the lowest cost.

Needed by: html, docx and xlsx files (cells), text files of city plans (tabs), Markdown files (pipes).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors import expressions as re
from extractors.document import Block, Document
from extractors.tables.bounds import with_line
from extractors.tables.cost import BAND_NUMBER, EMPTY_COST, NAME_END, cell_cost, is_band, is_bodies, is_number
from extractors.tables.header import column, is_head, row_header, same_labels
from extractors.tables.model import (
    FREE_ROLES,
    GROUP_ROLES,
    Caption,
    Column,
    How,
    PlanTable,
    RawRow,
    Refusal,
    TableCell,
    cell_at,
    grouped,
    refusal,
    spanned,
)
from extractors.tables.words import source_lines, text_offset

# 县发改局、: the list goes on below
LIST_GOES_ON = re.compile(r"[、，,；;和及与]$")
MAX_DECLARED_CELLS = 20000
MAX_ADDED_COLUMNS = 2  # columns under a label that covers them and the names
MIN_ROW_NAME = 3  # characters of the shortest names: 火化率, 生师比
MAX_ROW_COST = 6.0  # a row that fits no better than this is none


def declared(document: Document, block: Block, caption: Caption) -> Iterator[PlanTable]:
    """The tables that the declared cells of the block make up, as `assemble` divides them, each from its header on; a
    cell that spans rows or columns is taken for each of them, a span below 1 counts as 1, and of two cells at one place
    the later one in the block counts. Cells after the first MAX_DECLARED_CELLS (20,000), cells with a negative row or
    column, and what lies in row 2000 or column 60 or beyond (the first is 0) are not read; places without a cell are
    empty cells. `caption` is that of the first table. Nothing where the block has no cells, none of its rows is a
    header, or no row below one fits its columns."""
    yield from assemble(_declared_rows(document, block), "cells", caption)


def _declared_rows(document: Document, block: Block) -> list[RawRow]:
    """The declared cells of the block as rows, headers included, with the limits that `declared` states; [] where the
    block has no cells."""
    cells = [c for c in block.cells[:MAX_DECLARED_CELLS] if c.row >= 0 and c.column >= 0]
    if not cells:
        return []
    height = min(max(c.row + max(1, c.row_span) for c in cells), 2000)
    width = min(max(c.column + max(1, c.column_span) for c in cells), 60)
    grid: list[list[TableCell]] = [[TableCell(r, c, "", ()) for c in range(width)] for r in range(height)]
    for one in cells:
        made = cell_at(document, one.row, one.column, one.start, one.end)
        for r in range(one.row, min(one.row + max(1, one.row_span), height)):
            for c in range(one.column, min(one.column + max(1, one.column_span), width)):
                grid[r][c] = made
    return [RawRow(row) for row in grid]


def raw_rows(document: Document, block: Block) -> list[RawRow]:
    """The rows of the block, headers included, by its declared cells, or else by the tabs or pipes on its lines; []
    where it has neither."""
    if block.cells:
        return _declared_rows(document, block)
    separator = cell_separator(document, block.start, block.end)
    return rows(document, block.start, block.end, separator) if separator else []


# ------\t------, |---|:--:|, +-----+-----+, ┌──┬──┐
RULE_BETWEEN_ROWS = re.compile(r"[\s|+:=─━│┃┌┬┐├┼┤└┴┘—-]*(?:[-=─━—]{2}|:-|-:)[\s|+:=─━│┃┌┬┐├┼┤└┴┘—-]*")
# the break after a row, and an empty line
EMPTY_LINE = re.compile(r"[ \t\r\u3000]*\n[ \t\r\u3000]*\n\s*")
PIPE = re.compile(r"(?<!\\)[|│┃]")
TAB = re.compile(r"\t")
HTML_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
# **参保率**, `98%`: marks that are not words
EMPHASIS = re.compile(r"^(?:\*{1,3}|_{2}|`)\s*|\s*(?:\*{1,3}|_{2}|`)$")


def cell_separator(document: Document, start: int, end: int) -> re.Pattern[str] | None:
    """The pattern of what separates the cells on the lines of the file that `Document.text[start:end]` was taken from
    (`source_lines`): PIPE where at least two lines have two pipes or more, and these are no fewer than the lines with a
    tab between words; else TAB where at least two lines have a tab between words; None where neither holds."""
    tabs = pipes = 0
    for first, last in source_lines(document, start, end):
        text = document.source.text[first:last].strip("\r\n \u3000")
        tabs += "\t" in text.strip()
        pipes += len(PIPE.findall(text)) >= 2
    if pipes >= 2 and pipes >= tabs:
        return PIPE
    return TAB if tabs >= 2 else None


def delimited(
    document: Document, start: int, end: int, separator: re.Pattern[str], caption: Caption
) -> Iterator[PlanTable]:  # fmt: skip
    """The tables of `Document.text[start:end]` whose lines are rows, with cells that `separator` separates:
    参保率\\t98%\\t约束性 or | 参保率 | 98% | 约束性 |. `caption` is that of the first table."""
    yield from assemble(rows(document, start, end, separator), "pipes" if separator is PIPE else "tabs", caption)


def rows(document: Document, start: int, end: int, separator: re.Pattern[str]) -> list[RawRow]:
    """The lines of `Document.text[start:end]` as rows of cells, which matches of `separator` separate. Drawn lines
    (|---|) and rows without any text are left out. A row is `broken` where an empty line, a drawn line, or text that
    the layout left out (a page number) is above it, and `opens` where an empty line is right above it, with a row above
    that, and a drawn line with pipes right below. In a grid table (+----+) a row with an empty cell continues the row
    above, cell by cell, if both have as many cells and it is not `broken`."""
    found: list[RawRow] = []
    end_before = -1
    broken = False
    boxed = False  # the rows of a grid table (+----+) may take several lines, of which the later ones have empty cells
    apart = False  # an empty line is right above the row that was read last
    text = document.source.text
    for first, last in source_lines(document, start, end):
        line = text[first:last]
        if RULE_BETWEEN_ROWS.fullmatch(line):
            boxed = boxed or line.lstrip().startswith(("+", "┌"))
            if apart and found and line.lstrip().startswith("|"):
                found[-1].opens = True
            broken, apart, end_before = True, False, last
            continue
        gap = text[end_before:first] if end_before >= 0 else ""
        apart = EMPTY_LINE.fullmatch(gap) is not None
        broken = broken or gap.count("\n") > 1 or bool(gap.strip())
        end_before = last
        cells = list(_cells(document, first, last, start, end, separator))
        full = all(c.text for c in cells)
        if boxed and not broken and not full and found and len(found[-1].cells) == len(cells):
            found[-1].cells = [joined_cells(a, b) for a, b in zip(found[-1].cells, cells, strict=True)]
        elif any(c.text for c in cells):
            found.append(RawRow(cells, broken))
        broken = False
    return found


def _cells(
    document: Document, first: int, last: int, start: int, end: int, separator: re.Pattern[str]
) -> Iterator[TableCell]:  # fmt: skip
    """The cells of one line, which is `first:last` in the source text, between the matches of `separator`. A pipe
    before the first word and one after the last are no separators. `start:end` is the place of the table in
    `Document.text`."""
    line = document.source.text[first:last]
    cuts = [-1, *(found.start() for found in separator.finditer(line)), len(line)]
    if separator is PIPE:
        if not line[: cuts[1]].strip() and len(cuts) > 2:
            cuts = cuts[1:]
        if not line[cuts[-2] + 1 :].strip() and len(cuts) > 2:
            cuts = cuts[:-1]
    for n, (left, right) in enumerate(pairwise(cuts)):
        yield _cell(document, n, first + left + 1, first + right, start, end)


def _cell(document: Document, column: int, first: int, last: int, start: int, end: int) -> TableCell:
    """The cell of a line in column `column`, without `<br>`, one mark of emphasis at each end (*, **, ***, __ or `),
    and the backslash before a pipe. Its `row` is 0 in every row. `first:last` is its place in the source text; that in
    `Document.text` is looked for in the place of the table there, `start:end`. It has one piece for each part between
    `<br>` with text."""
    text = document.source.text
    parts: list[TableCell] = []
    at = first
    for found in [*HTML_BREAK.finditer(text, first, last), None]:
        stop = found.start() if found else last
        parts.append(
            cell_at(document, 0, column, text_offset(document, at, start, end), text_offset(document, stop, start, end))
        )
        at = found.end() if found else last
    pieces = tuple(piece for part in parts for piece in part.pieces)
    words = EMPHASIS.sub("", "".join(part.text for part in parts)).replace("\\|", "|")
    return TableCell(0, column, words, pieces if words else ())


def assemble(rows: Sequence[RawRow], how: How, caption: Caption) -> Iterator[PlanTable]:
    """The tables that the rows make up: a header begins a table, and the same header again continues it. A row that is
    the header of a table which cannot be read (`_heads_another`) ends a table too, and the rows below it are in none.
    Rows above the first header are in no table; one with a single filled cell is read as a line of the caption
    (`with_line`). `caption` is that of the first table, without these lines; a table has none where its header `opens`
    it below other rows (`RawRow.opens`), and where it is not the first. Two tables side by side under the same labels
    are read as one, the right one below the left one. `how` is what separates the cells (`PlanTable.how`)."""
    rows = side_by_side_stacked(rows)
    head: list[Column] | None = None
    body: list[RawRow] = []
    start = i = 0
    broken = False
    while i < len(rows):
        found, used = row_header(rows, i)
        if found is None:
            if head is not None and _heads_another(rows[i]):
                yield from _table(start, head, body, how, caption)
                head, caption = None, Caption()
            elif head is not None and rows[i].filled:
                body.append(replace(rows[i], broken=True) if broken else rows[i])
                broken = False
            elif head is None and len(rows[i].filled) == 1:
                caption = with_line(caption, rows[i].filled[0].flat)
            i += 1
            continue
        if head is not None and same_labels(found, head):
            broken = True
        else:
            if head is not None:
                yield from _table(start, head, body, how, caption)
            if head is not None or rows[i].opens:
                caption = Caption()
            head, body, start = found, [], _first_offset(rows[i])
        i += used
    if head is not None:
        yield from _table(start, head, body, how, caption)


def _heads_another(raw: RawRow) -> bool:
    """Whether the row, which is no header that can be read, is that of a Markdown table: it `opens` one, none of its
    cells is a number, and at least one is the label of a column (`column`): 资金来源 | 总投资（亿元） | 占比. A row
    with a number in this place is the first one after a page break, which a conversion took for a header:
    2 | 乙丙公路 | 50."""
    texts = [cell.flat for cell in raw.filled]
    return raw.opens and not any(map(is_number, texts)) and any(column(text) is not None for text in texts)


def side_by_side_stacked(rows: Sequence[RawRow]) -> Sequence[RawRow]:
    """The rows, where two tables stand side by side (指标 | 2025年 | 指标 | 2025年), with the rows of the right half,
    without its header and each `broken`, below those of the left half; rows with another number of cells are in the
    left half only. Rows without such a header (`_is_doubled`) are returned as they are. Where most rows from the header
    on do not have as many cells as the header, the halves cannot be told apart, and only the rows above the header are
    returned."""
    head = next((n for n, raw in enumerate(rows) if _is_doubled(raw)), None)
    if head is None:
        return rows
    half = len(rows[head].cells) // 2
    above, below = rows[:head], rows[head:]
    if sum(len(raw.cells) != 2 * half for raw in below) * 2 > len(below):
        return above
    left = [replace(raw, cells=raw.cells[:half]) if len(raw.cells) == 2 * half else raw for raw in below]
    right = [replace(raw, cells=raw.cells[half:], broken=True) for raw in below[1:] if len(raw.cells) == 2 * half]
    return [*above, *left, *right]


def _is_doubled(raw: RawRow) -> bool:
    """Whether the row is a header (`is_head`) whose halves hold the same two labels or more in the same order, as
    different cells, because two tables stand side by side: 指标 | 2025年 | 指标 | 2025年."""
    labels = [cell.flat for cell in raw.cells]
    half, odd = divmod(len(labels), 2)
    apart = len({id(cell) for cell in raw.cells}) == len(labels)
    return not odd and half >= 2 and labels[:half] == labels[half:] and apart and is_head(raw.cells)


def _table(start: int, head: list[Column], body: list[RawRow], how: How, caption: Caption) -> Iterator[PlanTable]:
    """The table, one or none, with the header `head` and the rows `body`; none where no row fits the columns. `start`
    is the offset of the header in `Document.text`; `how` and `caption` are those of the table. Rows that do not fit the
    columns (`_placed`) are refused."""
    columns = widened(head, body)
    rows: list[list[tuple[int, TableCell]]] = []
    refused: list[Refusal] = []
    gaps: list[int] = []  # the places of the refused rows
    for raw in join_broken_rows(body, columns):
        if placed := _placed(raw, columns):
            rows.append(placed)
        elif raw.filled:
            refused.append(refusal(raw.filled, "more or fewer cells than the table has columns"))
            gaps.append(len(rows))
            rows.append([])
    cells = spanned(rows)
    if how in ("tabs", "pipes"):
        cells = grouped(cells, columns, len(rows), how, gaps)
    if cells:
        end = max([piece[1] for cell in cells for piece in cell.pieces] + [row.end for row in refused])
        yield PlanTable(
            start, end, caption.title, how, tuple(columns), tuple(cells), unit=caption.unit, refused=tuple(refused)
        )


def widened(head: list[Column], body: Sequence[RawRow]) -> list[Column]:
    """The header `head`, made as wide as the rows of `body` where these have one or two cells more (MAX_ADDED_COLUMNS):
    the label of the names stands over labels of groups too, so unnamed columns for these are added before the column of
    names. 指标 | 2025年 above 民生 | 参保率 | 98% -> group, name, value. The width is the commonest among the rows with
    two filled cells or more. Columns without a label at the end of `head`, with which a file format fills a row up, are
    not counted; a head with such is changed only where the rows are as wide as all of it, and fit better then. `head`
    itself also where the rows are not wider, where it has no column of names, and where most cells that would be names
    are numbers."""
    counts = Counter(len(raw.cells) for raw in body if len(raw.filled) > 1)
    width = counts.most_common(1)[0][0] if counts else 0
    named = len(head)
    while named and not head[named - 1].label:
        named -= 1
    more = width - named
    at = next((n for n, c in enumerate(head[:named]) if c.role == "name"), None)
    if at is None or not 1 <= more <= MAX_ADDED_COLUMNS:
        return head
    wide = [*head[:at], *[Column("group", "")] * more, *head[at:named]]
    whole = [raw.cells for raw in body if len(raw.cells) == width]
    if sum(is_number(cells[at + more].flat) for cells in whole) * 2 > len(whole):
        return head
    if named == len(head):
        return wide
    return wide if len(head) == width and _misfit(wide, whole) < _misfit(head, whole) else head


def _misfit(columns: Sequence[Column], rows: Sequence[Sequence[TableCell]]) -> float:
    """The sum of the costs (`cell_cost`) of the cells with text in their columns; each row has as many cells as there
    are columns."""
    pairs = (pair for cells in rows for pair in zip(columns, cells, strict=True))
    return sum(cell_cost(head.role, cell.flat) for head, cell in pairs if cell.text)


def _placed(raw: RawRow, columns: Sequence[Column]) -> list[tuple[int, TableCell]] | None:
    """The cells of the row `raw`, each with the index of its column: in order where there is a cell for each column, or
    further ones without text; else at the lowest cost (`_aligned`). A band (`is_band`), the only cell with text, in the
    column of names or before it (`_leads`) and in a table of three columns or more, is in column 0 and spans all. None
    where the row has no text, where it has more filled cells than there are columns, and where `_aligned` finds no
    place for them."""
    filled = raw.filled
    if not filled:
        return None
    if len(filled) == 1 and is_band(filled[0].flat) and len(columns) > 2 and _leads(raw, filled[0], columns):
        return [(0, replace(filled[0], column_span=len(columns)))]
    if len(raw.cells) == len(columns):
        return list(enumerate(raw.cells))
    if len(raw.cells) > len(columns):
        if not any(cell.text for cell in raw.cells[len(columns) :]):
            return list(enumerate(raw.cells[: len(columns)]))
        return _aligned(filled, columns) if len(filled) <= len(columns) else None
    return _aligned(raw.cells, columns)


def _leads(raw: RawRow, cell: TableCell, columns: Sequence[Column]) -> bool:
    """Whether `cell`, the only cell of the row with text, is in the column of names or before it, so that it may be a
    band; in a table without names whether it is in the first column."""
    name = next((n for n, c in enumerate(columns) if c.role == "name"), 0)
    return next(n for n, one in enumerate(raw.cells) if one is cell) <= name


def _aligned(cells: Sequence[TableCell], columns: Sequence[Column]) -> list[tuple[int, TableCell]] | None:
    """The cells of a row, no more than there are columns, each with the index of its column, in order and at the lowest
    cost: `cell_cost` of a cell with text, EMPTY_COST of one without and of a column without a cell; of equal ones the
    cells stand further right. None where that costs more than MAX_ROW_COST (6), columns without a cell aside, and where
    no column of names or free text has a cell."""
    width = len(columns)
    table: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for c, head in enumerate(columns):
        for n in range(len(cells) + 1):
            if (n, c) not in table:
                continue
            cost, places = table[n, c]
            _keep_cheaper_placing(table, (n, c + 1), cost + EMPTY_COST[head.role], places)
            if n < len(cells):
                fit = cell_cost(head.role, cells[n].flat) if cells[n].text else EMPTY_COST[head.role]
                _keep_cheaper_placing(table, (n + 1, c + 1), cost + fit, (*places, c))
    found = table.get((len(cells), width))
    if found is None:
        return None
    empty = sum(EMPTY_COST[head.role] for c, head in enumerate(columns) if c not in found[1])
    if found[0] - empty > MAX_ROW_COST or not any(
        columns[c].role == "name" or columns[c].role in FREE_ROLES for c in found[1]
    ):
        return None
    return list(zip(found[1], cells, strict=True))


def _keep_cheaper_placing(
    table: dict[tuple[int, int], tuple[float, tuple[int, ...]]],
    key: tuple[int, int],
    cost: float,
    places: tuple[int, ...],
) -> None:
    """Writes (cost, places) into `table` under this key, unless what it holds there costs as little or less. The key is
    (number of cells placed, number of columns passed), `places` are the columns of these cells."""
    if key not in table or cost < table[key][0]:
        table[key] = cost, places


def _first_offset(raw: RawRow) -> int:
    """The offset in `Document.text` of the row's first character with text. Raises ValueError for a row without
    text."""
    return min(piece[0] for cell in raw.filled for piece in cell.pieces)


def join_broken_rows(body: Sequence[RawRow], columns: Sequence[Column]) -> list[RawRow]:
    """The rows `body`, with those joined that belong together: a line break inside a cell divided the row, so that it
    has fewer cells than `columns` and the next row has the others (`_continues`, which may hold several times); a row
    of one cell is the rest of the last cell of the row above (`_with_rest_of_last`); or a row holds only the rest of
    cells of the row above (`_with_rest`), as after a page break."""
    rows: list[RawRow] = []
    name = next((n for n, head in enumerate(columns) if head.role == "name"), 0)
    longest = max((len(raw.cells[name].flat) for raw in body if len(raw.cells) == len(columns)), default=0)
    i = 0
    while i < len(body):
        raw = body[i]
        while len(raw.cells) < len(columns) and i + 1 < len(body) and _continues(raw, body[i + 1], columns, longest):
            following = body[i + 1]
            joined = joined_cells(raw.cells[-1], following.cells[0])
            raw = replace(raw, cells=[*raw.cells[:-1], joined, *following.cells[1:]])
            i += 1
        i += 1
        above = rows[-1] if rows else RawRow([])
        rest = _with_rest_of_last(above, raw, columns) or _with_rest(above, raw, columns)
        if rest is not None:
            rows[-1] = rest
        else:
            rows.append(raw)
    return rows


def _with_rest_of_last(before: RawRow, raw: RawRow, columns: Sequence[Column]) -> RawRow | None:
    """The row `before`, with the text of `raw` below it appended to its last cell, where a line break divided that:
    县发改局、 / 县统计局. `raw` has one cell, `before` one for each of the `columns`, and its last either ends with a
    mark of a list (LIST_GOES_ON), or is a cell of bodies, as that of `raw` is. None for any other row."""
    if len(raw.cells) != 1 or len(before.cells) != len(columns) or len(columns) < 2 or not before.cells[-1].text:
        return None
    text, rest = before.cells[-1].flat, raw.cells[0].flat
    bodies = columns[-1].role == "departments" and is_bodies(rest)
    if not rest or not (LIST_GOES_ON.search(text) or bodies):
        return None
    return replace(before, cells=[*before.cells[:-1], joined_cells(before.cells[-1], raw.cells[0])])


def _continues(raw: RawRow, following: RawRow, columns: Sequence[Column], longest: int) -> bool:
    """Whether `following` holds the other cells of the row `raw`, which a line break inside a cell divided: with the
    last cell of `raw` and the first of `following` joined, both have exactly as many cells as the header, and these
    cost less than MAX_ROW_COST (6). False where `raw` is a single cell that can be a band, unless that is the beginning
    of a name (`_cut_short`) whose end is too short for a name (MIN_ROW_NAME, 3), or that is about as long as
    `longest`, the number of characters of the longest name on one line. So 专项社会服务 above 火化率 is a band, as
    the line of 社区综合服务设施覆盖率 has room for both."""
    if len(raw.cells) + len(following.cells) - 1 != len(columns) or not raw.cells or not following.cells:
        return False
    text, rest = raw.cells[-1].flat, following.cells[0].flat
    if len(raw.cells) == 1 and is_band(text):
        whole_line = len(rest) < MIN_ROW_NAME or len(text) >= longest - 1
        if not (whole_line and _cut_short(text, rest)):
            return False
    whole = [*raw.cells[:-1], joined_cells(raw.cells[-1], following.cells[0]), *following.cells[1:]]
    return sum(cell_cost(c.role, cell.flat) for c, cell in zip(columns, whole, strict=True) if cell.text) < MAX_ROW_COST


def _cut_short(text: str, rest: str) -> bool:
    """Whether `text`, of at least six characters, is the beginning of a name and `rest`, of at most three, its end, not
    a title of other rows: ('农村生活污水治', '理率') -> True. Only both together end as names do."""
    whole = NAME_END.search(text + rest) is not None and NAME_END.search(text) is None
    return whole and len(text) >= 6 and len(rest) <= 3


def _is_broken_name(text: str, rest: str) -> bool:
    """Whether `text` is the beginning of a name and `rest` its end, not the label of a group and another name:
    ('住院费用占全部住', '院费用的比例') -> True. Only both together end as names do, and `rest` has 的, ends with a
    bracket, or is short (`_cut_short`)."""
    whole = NAME_END.search(text + rest) is not None and NAME_END.search(text) is None
    return whole and ("的" in rest or rest[-1:] in "）)" or _cut_short(text, rest))


def _with_rest(before: RawRow, raw: RawRow, columns: Sequence[Column]) -> RawRow | None:
    """The row `before`, with the texts of the row `raw` below it appended to its cells, where `raw` is the rest of it;
    None where it is a row of its own, and where `before` has not as many cells as there are `columns`, or `raw` has
    more.

    A rest has text, no row number, and no kind or unit where `before` has one. In a table without names it is one cell
    after a break (`RawRow.broken`), not in the first column, row numbers aside. With a name it must be the rest of one
    (`_is_rest_of_name`); labels of groups alone are no rest; any other rest must add no second number to a column of
    values (`_adds`).
    """
    cells = [*raw.cells, *[TableCell(0, 0, "", ())] * (len(columns) - len(raw.cells))]
    if len(before.cells) != len(columns) or len(cells) != len(columns):
        return None
    filled = {n for n, cell in enumerate(cells) if cell.text}
    above = {n for n, cell in enumerate(before.cells) if cell.text}
    roles = {columns[n].role for n in filled}
    if not filled or "serial" in roles or any(columns[n].role in ("kind", "unit") for n in filled & above):
        return None
    if not any(c.role == "name" for c in columns):  # a table of work: only what a page break left over is a rest
        first = next(n for n, c in enumerate(columns) if c.role != "serial")
        if not raw.broken or first in filled or len(filled) > 1:
            return None
    if "name" in roles or roles <= GROUP_ROLES:
        if not _is_rest_of_name(before.cells, cells, columns, broken=raw.broken):
            return None
    elif not _adds(before.cells, cells, filled & above, columns):
        return None
    return replace(
        before, cells=[joined_cells(a, b) if a.text else b for a, b in zip(before.cells, cells, strict=True)]
    )


def _is_rest_of_name(
    before: Sequence[TableCell], cells: Sequence[TableCell], columns: Sequence[Column], *, broken: bool
) -> bool:
    """Whether the row `cells` holds the rest of the name of the row `before`: it has a name, and comes after a break
    (`RawRow.broken`), or has nothing but the end of a broken name (`_is_broken_name`). Both rows have a cell for each
    of the `columns`.

    It is no rest where `cells` has text in several columns that are more than half of them; where `before` has no name;
    where the name in `cells` begins with a band's number; where each of the two rows has text in a column that is empty
    in the other; and where `cells` has nothing but a name, with which that of `before` does not fit its column better.
    """
    filled = {n for n, cell in enumerate(cells) if cell.text}
    above = {n for n, cell in enumerate(before) if cell.text}
    name = next((n for n in filled if columns[n].role == "name"), None)
    if name is None or not before[name].text or len(filled) > max(1, len(columns) // 2):
        return False
    text, rest = before[name].flat, cells[name].flat
    if not broken and not (filled == {name} and _is_broken_name(text, rest)):
        return False
    if (filled - {name} - above and above - filled) or BAND_NUMBER.match(rest):
        return False
    return len(filled) > 1 or cell_cost("name", text + rest) < cell_cost("name", text)


def _adds(before: Sequence[TableCell], cells: Sequence[TableCell], both: set[int], columns: Sequence[Column]) -> bool:
    """Whether the cells of the row below can be appended to those of the row `before`, as no column of values would
    hold two numbers. `both` are the indices of the columns with text in both rows."""
    return not any(is_number(before[n].flat) and is_number(cells[n].flat) for n in both if columns[n].role == "value")


def joined_cells(first: TableCell, second: TableCell) -> TableCell:
    """Two parts of one cell as one: the text and the pieces of the first, then those of the second; row, column and
    spans are those of the first."""
    return replace(first, text=first.text + second.text, pieces=(*first.pieces, *second.pieces))
