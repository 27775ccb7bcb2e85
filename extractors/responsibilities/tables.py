"""Who does what in division-of-work tables: 序号 | 重点任务 | 牵头单位 | 责任单位 | 完成时限."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from extractors.responsibilities.duty import Duty
from extractors.responsibilities.lists import OFFICES, Item, listed
from extractors.responsibilities.roles import Convention, leader_has_column, role_in_column
from extractors.tables import tables_of
from extractors.tables.model import Table, TableCell
from extractors.vocabulary.duties import ACT, head_kind
from ontology.model.facts import Region, Role

# A plan without these words has no such table; reading all tables to find that out would cost more
HEADED = re.compile(rf"{ACT}[^\n]{{0,8}}(?:单\s*位|部\s*门|主\s*体|[处科股]\s*室|机\s*构)")


def tabled(doc: Doc, text: str, home: Region, year: int, rule: Convention) -> Iterator[Duty]:
    """The duties of the tables that set measures against bodies; those of indicators are read with their rows."""
    if not HEADED.search(text):
        return
    for table in tables_of(doc):
        if any(column.role == "value" for column in table.columns):
            continue
        columns = [
            (at, column.label)
            for at, column in enumerate(table.columns)
            if column.role == "departments" and head_kind(column.label)
        ]
        if columns:
            yield from _rows(table, columns, home, year, rule)


def _rows(table: Table, columns: list[tuple[int, str]], home: Region, year: int, rule: Convention) -> Iterator[Duty]:
    leader_named = leader_has_column(head_kind(label) for _, label in columns)
    for row, cells in enumerate(table.grid()):
        span = table.row_span(row)
        if span is None:
            continue
        for at, label in columns:
            cell = cells[at]
            if cell is None or not cell.pieces or cell.row != row:
                continue
            yield from _cell(cell, label, span, leader_named, rule, home, year)


def _cell(
    cell: TableCell, label: str, span: tuple[int, int], leader_named: bool, rule: Convention, home: Region, year: int
) -> Iterator[Duty]:
    """The bodies of one cell: those under 牵头单位 lead, those under 责任单位 where no other column leads."""
    start, end = cell.pieces[0][0], cell.pieces[-1][1]
    for item, role, offices in duties_of_cell(cell.text, 0, len(cell.text), label, leader_named, rule, home, year):
        yield Duty(start, end, role, label, span, cell.text[item.start : item.end], of_offices=offices)


def duties_of_cell(
    text: str, start: int, end: int, head: str, leader_named: bool, rule: Convention, home: Region, year: int
) -> Iterator[tuple[Item, Role, bool]]:
    """The bodies of the cell `text[start:end]` under `head`, their roles, and whether they are offices of one body."""
    parts = list(listed(text, start, end, home, year, OFFICES.search(head) is not None))
    items = [item for part in parts for item in part.items]
    leader_in_cell = any((item.kind or part.kind) in ("lead", "mixed") for part in parts for item in part.items)
    for part in parts:
        for item in part.items:
            kind = item.kind or part.kind or head_kind(head)
            if not item.anybody:
                yield item, role_in_column(kind, item is items[0], leader_named or leader_in_cell, rule), part.offices
