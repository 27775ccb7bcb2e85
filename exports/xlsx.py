"""The analyst's workbook: a sheet a preset, with filters, widths and the quote beside each row."""

from datetime import datetime
from pathlib import Path

import xlsxwriter

from exports.columns import text
from exports.options import Selection
from kg.model.store import Store
from kg.output import plain
from queries.presets import preset

SHEETS = {
    "plans": "规划 plans",
    "indicators": "指标 indicators",
    "targets": "目标 targets",
    "lineage": "依据 lineage",
    "tasks": "任务 tasks",
    "responsibilities": "职责 responsibilities",
}
LIMIT = 32_767  # characters in a cell
WIDTHS = {"quote": 60, "plan": 36, "task": 30, "label": 30, "policy": 40, "policy_id": 20, "subject": 30}


def xlsx(store: Store, selection: Selection, path: Path) -> None:
    """Text stays text: nothing is taken for a formula or a link. The same store gives the same bytes."""
    plans = {(document.title, document.file) for document in selection.documents}
    workbook = xlsxwriter.Workbook(
        path,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    workbook.set_properties({"created": datetime(2000, 1, 1), "title": "Government plans"})  # no clock in the file
    bold = workbook.add_format({"bold": True, "bg_color": "#DCE6F1"})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    for name, title in SHEETS.items():
        table = preset(name).run(store)
        plan, file = table.columns.index("plan"), table.columns.index("file")
        sheet = workbook.add_worksheet(title)
        sheet.freeze_panes(1, 1)
        for column, key in enumerate(table.columns):
            sheet.set_column(column, column, WIDTHS.get(key, 14))
            sheet.write_string(0, column, key, bold)
        rows = [row for row in table.rows if (row[plan], row[file]) in plans]
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                cell = plain(value)
                if isinstance(cell, int | float) and not isinstance(cell, bool):
                    sheet.write_number(number, column, cell, wrapped)
                elif cell is not None and (selection.options.evidence or table.columns[column] != "quote"):
                    sheet.write_string(number, column, text(cell)[:LIMIT], wrapped)
        sheet.autofilter(0, 0, max(len(rows), 1), len(table.columns) - 1)
    workbook.close()
