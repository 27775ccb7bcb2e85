"""The analyst's workbook: a sheet a preset, with filters, widths and the quote beside each row."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from exports.columns import text
from exports.options import Selection
from exports.xml_graphs import clean
from ontology.json_lines import plain
from ontology.model.store import Store, Table
from ontology.schema import schema
from queries.presets import preset

BREAK = re.compile(r"\r\n?")  # a cell has line feeds alone
LIMIT = 32_767  # characters in a cell
ROWS = 1_048_575  # in a sheet, below its head
LINKS = 65_530  # in a sheet
WIDTHS = {
    **dict.fromkeys(("plan", "policy", "policy_label", "work", "subject", "indicator"), 36),
    **dict.fromkeys(("task", "label", "parent"), 30),
    **dict.fromkeys(("concept", "department", "departments", "organization", "issuer", "doc_number"), 22),
    **dict.fromkeys(("position", "start", "end", "page", "op"), 9),
    "quote": 60,
}


def xlsx(store: Store, selection: Selection, path: Path) -> None:
    """Text stays text: nothing is taken for a formula or a link. The same store gives the same bytes."""
    with TemporaryDirectory() as folder:
        options = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        workbook = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": folder, **options})
        workbook.set_properties({"created": datetime(2000, 1, 1), "title": "Government plans"})  # no clock in the file
        head = workbook.add_format({"bold": True, "bg_color": "#DCE6F1"})
        cells = workbook.add_format({"text_wrap": True, "valign": "top"})
        for name, title in sheets().items():
            columns, rows = _table(name, store, selection)
            for start in range(0, max(len(rows), 1), ROWS):
                sheet = workbook.add_worksheet(title if not start else f"{title} {start // ROWS + 1}")
                _fill(sheet, columns, rows[start : start + ROWS], head, cells, selection.options.pages or {})
        try:
            workbook.close()
        except FileCreateError as error:
            raise OSError(*error.args[0].args) from None


def table_workbook(title: str, table: Table, out: BinaryIO) -> None:
    """One table as a workbook with one sheet, written to `out`."""
    options = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as workbook:
        workbook.set_properties({"created": datetime(2000, 1, 1), "title": title})
        head = workbook.add_format({"bold": True, "bg_color": "#DCE6F1"})
        cells = workbook.add_format({"text_wrap": True, "valign": "top"})
        name = _UNSAFE.sub(" ", title).strip("'")[:28] or "table"
        for start in range(0, max(len(table.rows), 1), ROWS):
            sheet = workbook.add_worksheet(name if not start else f"{name} {start // ROWS + 1}")
            _fill(sheet, table.columns, table.rows[start : start + ROWS], head, cells, {})


def sheets() -> dict[str, str]:
    """The preset of each sheet and its name: the plans, then each kind of fact."""
    kinds = {kind.preset: f"{kind.label('zh')} {kind.preset}" for kind in schema().kinds}
    return {name: _UNSAFE.sub(" ", title)[:31] for name, title in {"plans": "规划 plans", **kinds}.items()}


_UNSAFE = re.compile(r"[\[\]:*?/\\]")  # what the name of a sheet cannot hold


def _table(name: str, store: Store, selection: Selection) -> tuple[Sequence[str], list[tuple[object, ...]]]:
    """The preset's columns and its rows of the plans that are selected."""
    plans = set(selection.graphs)
    table = preset(name).run(store)
    plan = table.columns.index("plan_id")
    rows = [row for row in table.rows if row[plan] in plans]
    columns = [key for key in table.columns if selection.options.evidence or key != "quote"]
    return columns, list(type(table)(table.columns, rows).of(columns).rows)


def _fill(
    sheet: Any,
    columns: Sequence[str],
    rows: Sequence[tuple[object, ...]],
    head: Any,
    cells: Any,
    pages: Mapping[str, str],
) -> None:
    """The rows of a sheet; a quote links to its place in the page of the plan's text, where there is one."""
    sheet.freeze_panes(1, 1)
    for column, key in enumerate(columns):
        sheet.set_column(column, column, WIDTHS.get(key, 14))
        sheet.write_string(0, column, key, head)
    for number, row in enumerate(rows, 1):
        address = _address(dict(zip(columns, row, strict=True)), pages) if number <= LINKS else None
        for column, value in enumerate(row):
            cell = plain(value)
            if address and columns[column] == "quote":
                sheet.write_url(number, column, address, cells, _cut(clean(text(cell))))
                continue
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                sheet.write_number(number, column, cell, cells)
            elif cell is not None:
                sheet.write_string(number, column, _cut(BREAK.sub("\n", clean(text(cell)))), cells)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)


def _address(row: Mapping[str, object], pages: Mapping[str, str]) -> str | None:
    page = pages.get(str(row.get("file")))
    return f"external:{page}#c{row['start']}-{row['end']}" if page and row.get("start") is not None else None


def _cut(words: str) -> str:
    """As much as a cell holds; one that holds less than all ends with …."""
    return words if len(words.encode("utf-16-le")) <= 2 * LIMIT else words[: LIMIT // 2] + "…"
