"""Who does what in division-of-work tables: 序号 | 重点任务 | 牵头单位 | 责任单位 | 完成时限."""

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from extractors.responsibilities.brackets import Convention
from extractors.responsibilities.duty import Duty
from extractors.responsibilities.lists import listed
from extractors.tables import tables_of
from extractors.tables.model import Table, TableCell
from ontology.model.facts import Region, Role

# a plan without these words has no such table; reading all tables to find that out would cost more
HEADED = re.compile(r"(?:牵头|责任|负责|实施|落实|主办|主责|配合|承办|协办|参与)\s*(?:单\s*位|部\s*门|主\s*体)")
LEADS = re.compile(r"牵头|主办|主责|总负责")
HELPS = re.compile(r"配合|协办|协助|参与|参加|协同|支持|指导")
# 监测单位, 申报单位, 业主单位 have no part in a measure
WORKS = re.compile(r"牵头|责任|负责|主办|主责|主管|实施|落实|承担|承办|建设|配合|协办|协助|参与|参加|协同|支持|指导")


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
            if column.role == "departments" and WORKS.search(column.label)
        ]
        if columns:
            yield from _rows(table, columns, home, year, rule)


def _rows(table: Table, columns: list[tuple[int, str]], home: Region, year: int, rule: Convention) -> Iterator[Duty]:
    others_lead = said_by_columns(label for _, label in columns)
    for row, cells in enumerate(table.grid()):
        span = table.row_span(row)
        if span is None:
            continue
        for at, label in columns:
            cell = cells[at]
            if cell is None or not cell.pieces or cell.row != row:
                continue
            yield from _cell(cell, column_kind(label), label, span, others_lead, rule, home, year)


def said_by_columns(labels: Iterable[str]) -> bool:
    """Whether the heads name who leads and nobody who helps: those in 责任单位 then help."""
    found = {column_kind(label) for label in labels}
    return "lead" in found and "help" not in found


def column_kind(label: str) -> str:
    """'牵头单位' -> lead, '参加部门' -> help, '责任单位' -> duty"""
    return "lead" if LEADS.search(label) else "help" if HELPS.search(label) else "duty"


def _cell(
    cell: TableCell,
    kind: str,
    label: str,
    span: tuple[int, int],
    others_lead: bool,
    rule: Convention,
    home: Region,
    year: int,
) -> Iterator[Duty]:
    """The bodies of one cell: 牵头单位 lead, 责任单位 do so where no other column does."""
    parts = list(listed(cell.text, 0, len(cell.text), home, year))
    start, end = cell.pieces[0][0], cell.pieces[-1][1]
    first = next((part.items[0] for part in parts if part.items), None)
    for part in parts:
        for item in part.items:
            yield Duty(
                start, end, role_of(part.kind or kind, item is first, others_lead, rule), label, span,
                cell.text[item.start : item.end],
            )  # fmt: skip


def role_of(kind: str, first: bool, others_lead: bool, rule: Convention) -> Role:
    """The part of a body by the kind of its column or verb; `first` of its cell, beside a column that leads."""
    if kind == "help" or (kind == "duty" and others_lead):
        return "participant"
    return "lead" if kind == "lead" or first or not rule.first else "participant"
