"""Makes Excel workbooks."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import openpyxl

Row = Sequence[object]


def workbook(sheets: Mapping[str, Sequence[Row]], merged: Sequence[str] = (), **formats: str) -> bytes:
    """The sheets with their rows; `merged` ranges and number formats by cell (B2='0%') are of the first one."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    first = book.worksheets[0]
    for reference in merged:
        first.merge_cells(reference)
    for cell, pattern in formats.items():
        first[cell].number_format = pattern
    out = BytesIO()
    book.save(out)
    return out.getvalue()
