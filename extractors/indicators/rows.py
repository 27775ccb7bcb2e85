"""The rows of an indicator table: each with its full name, unit, kind and group."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from extractors import expressions as re
from extractors.indicators.columns import IndicatorColumns
from extractors.indicators.names import name_and_unit, within_group
from extractors.tables import PlanTable, Refusal, Row, TableCell
from extractors.tables.cost import KIND_STRICT, is_dash, is_unit
from extractors.vocabulary.characters import UNREADABLE
from extractors.vocabulary.numerals import ONES, ORDINAL
from ontology.model.facts import IndicatorKind

KIND_OF_STEM: dict[str, IndicatorKind] = {"约束": "约束性", "预期": "预期性", "预测": "预测性"}
MIN_ROWS_OF_KIND = 3  # rows before one can say that each row has a kind
# 注：…, 说明：…, 合计: rows that are no indicator
NO_ROW = re.compile(r"备?注(?:[：:\d]|$)|说明[：:]|资料来源|数据来源|[（(]?续表|合计$|小计$|累计$|总计$")
# 一、, （二）, 1.: the number of a group
GROUP_NUMBER = re.compile(rf"^(?:{ORDINAL}[、．.]|[（(][{ONES}十\d]{{1,3}}[）)]|\d{{1,2}}[、．.])")
# 经济发展（5项）
GROUP_COUNT = re.compile(r"[（(]\d{1,2}[项个][）)]$")


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row of a table of indicators that has a name; `start:end` is its place in `Document.text`, without cells that
    span several rows where it has others.

    `name` begins with the label of its innermost group where it needs that (`names.within_group`); `unit` is that
    printed after the name in its cell (`names.name_and_unit`); `dimension` is the label in the column of dimensions, or
    in a table without one in the first column of groups, else the band above, without its number and count
    (一、社会救助（2项） -> 社会救助), None where there is none: it may be another group than that in `name`. `cells`
    has for each column the cell that covers it, or None.
    """

    name: str
    unit: str | None
    cells: Sequence[TableCell | None]
    start: int
    end: int
    dimension: str | None


def named_rows(table: PlanTable, columns: IndicatorColumns) -> tuple[list[NamedRow], list[Refusal]]:
    """The rows of the table that have a name, and the refusals of those of which a character of the name could not be
    read or that have a unit in place of a value. `columns` says what the columns of the table hold.

    Rows without a place in the text, notes and totals (NO_ROW), bands, rows without a name (`_name_cell`) or with one
    that is a dash or has fewer than two characters besides its number and unit are neither; nor are rows below the
    table (`_above_the_text`).
    """
    rows = table.rows()
    at = next(n for n, c in enumerate(table.columns) if c.role == "name")
    inner = [n for n, c in enumerate(table.columns) if c.role == "group" and n < at]
    labelled = [(row, cell) for row in rows if (cell := _name_cell(row, at, inner)) and not NO_ROW.match(cell.flat)]
    named = [(row, cell, *name_and_unit(cell.flat)) for row, cell in labelled]
    named = [one for one in named if len(one[2]) >= 2 and not is_dash(one[2])]
    counts = Counter(name for _, _, name, _ in named)
    # Only where lines had to be given to columns can a line be one of another cell.
    texts = {cell.flat for cell in table.cells} if table.how == "wrapped" else set()
    bands = sorted((cell.row, cell) for cell in table.cells if cell.column_span >= len(table.columns) > 1)
    band_rows = [row for row, _ in bands]
    result: list[NamedRow] = []
    refused: list[Refusal] = []
    for row, cell, name, unit in named:
        if row.span is None:
            continue
        if UNREADABLE in cell.flat:
            refused.append(Refusal(*row.span, "a character of the name could not be read"))
            continue
        if _unit_without_number(row):
            refused.append(Refusal(*row.span, "a unit stands where a value should"))
            continue
        group = next((c for n in reversed(inner) if (c := row.cells[n]) is not None and c is not cell), None)
        certain = group is not None and _shared(row, group)
        label = group_label(row, inner, group, texts) if group else None
        full = within_group(name, label, repeated=counts[name] > 1, own=certain)
        before = bisect_left(band_rows, row.index)
        band = bands[before - 1][1] if before else None
        result.append(NamedRow(full, unit, row.cells, *row.span, _dimension(row, columns, band)))
    return _above_the_text(table, result, columns), refused


def group_label(row: Row, inner: Sequence[int], group: TableCell, texts: Collection[str]) -> str:
    """The words of the label of a row's group, the cell `group`; where a page prints one label in two cells, with the
    words of the cell before it in front: 城镇职工基本医疗 | 保险基金收入 -> 城镇职工基本医疗保险基金收入.

    The cell before is the first other cell in one of the columns `inner` of `row` that begins in the same row as
    `group`. Both are one label if some other text in `texts` contains the words of the cell before
    (城镇职工基本医疗保险参保人数), and after these words each such text goes on with the first two characters
    (CONTINUED_LENGTH) of `group`. `texts` are those of the table's cells in a "wrapped" table; for others `named_rows`
    gives none, and the answer is `group` alone.
    """
    before = next((c for n in inner if (c := row.cells[n]) is not None and c.row == group.row and c is not group), None)
    if before is None:
        return group.flat
    others = [text.partition(before.flat)[2] for text in texts if before.flat in text and text != before.flat]
    start = group.flat[:CONTINUED_LENGTH]
    return before.flat + group.flat if others and all(rest.startswith(start) for rest in others) else group.flat


CONTINUED_LENGTH = 2  # characters by which a phrase is seen to go on


def _name_cell(row: Row, at: int, inner: Sequence[int]) -> TableCell | None:
    """The cell with the row's name: that in the column `at`, that of the names, or, where it is empty, the label of the
    innermost group (the last of the columns `inner`) if it begins in this row. None for a row without either and for a
    band, a cell across all columns."""
    cell = row.cells[at]
    if cell is None and inner and (label := row.cells[inner[-1]]) is not None and label.row == row.index:
        cell = label
    return None if cell is None or cell.column_span >= len(row.columns) > 1 else cell


def _above_the_text(table: PlanTable, rows: list[NamedRow], columns: IndicatorColumns) -> list[NamedRow]:
    """The rows without those at the end that have no kind (`columns.kind`), if all rows before them, at least
    MIN_ROWS_OF_KIND (3), have one: in a table whose end is not marked in the file (`how` is "wrapped"), these are
    running text below the table. Else all rows."""
    if table.how != "wrapped":
        return rows
    kinds = [kind(row, columns) is not None for row in rows]
    last = len(rows)
    while last and not kinds[last - 1]:
        last -= 1
    return rows[:last] if last >= MIN_ROWS_OF_KIND and all(kinds[:last]) else rows


def _unit_without_number(row: Row) -> bool:
    """Whether a cell of a column of values holds a unit only (亿元). Its number is then in another cell, and no cell of
    the row can be trusted."""
    return any(is_unit(text) and not is_dash(text) for text in row.texts("value"))


def _shared(row: Row, group: TableCell) -> bool:
    """Whether it is certain that the row belongs to the group whose label is the cell `group`: the label begins in the
    row itself, or the row's unit is a merged cell that begins in the same row as the label."""
    if group.row == row.index:
        return True
    unit = next((cell for _, cell in row.of("unit")), None)
    return unit is not None and unit.row < row.index and unit.row == group.row


def kind(row: NamedRow, columns: IndicatorColumns) -> IndicatorKind | None:
    """The kind of the indicator, "约束性", "预期性" or "预测性", by the row's cell in the column `columns.kind`, which
    may have brackets or 指标 beside the word and lack 性 (约束 -> "约束性": KIND_STRICT); None for an empty cell, for
    other words, and where there is no such column."""
    cell = row.cells[columns.kind] if columns.kind is not None else None
    printed = KIND_STRICT.fullmatch(cell.flat) if cell else None
    return KIND_OF_STEM[printed["kind"]] if printed else None


def _dimension(row: Row, columns: IndicatorColumns, band: TableCell | None) -> str | None:
    """The name of the group that the row belongs to, without the number before it (一、, （1）, 1.: GROUP_NUMBER) and
    the count after it (（5项）, （3个）): the label in the column `columns.dimension` (of dimensions, or in a table
    without one of groups), else the text of `band`, the band above the row; None where it has neither or nothing is
    left."""
    cell = row.cells[columns.dimension] if columns.dimension is not None else None
    cell = cell or band
    return GROUP_NUMBER.sub("", GROUP_COUNT.sub("", cell.flat)) or None if cell else None
