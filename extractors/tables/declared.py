"""Tables that the file format declares (docx, html, a ruled pdf)."""

from collections.abc import Iterator

from extractors.document import Block, Document
from extractors.tables.assembly import assemble
from extractors.tables.model import RawRow, Table, TableCell, cell

MOST_CELLS = 20000


def declared(document: Document, block: Block, title: str | None) -> Iterator[Table]:
    """The block's cells as tables; a cell that spans rows or columns is spread over them."""
    cells = [c for c in block.cells[:MOST_CELLS] if c.row >= 0 and c.column >= 0]
    if not cells:
        return
    height = min(max(c.row + max(1, c.row_span) for c in cells), 2000)
    width = min(max(c.column + max(1, c.column_span) for c in cells), 60)
    grid: list[list[TableCell]] = [[TableCell(r, c, "", ()) for c in range(width)] for r in range(height)]
    for one in cells:
        made = cell(document, one.row, one.column, one.start, one.end)
        for r in range(one.row, min(one.row + max(1, one.row_span), height)):
            for c in range(one.column, min(one.column + max(1, one.column_span), width)):
                grid[r][c] = made
    yield from assemble([RawRow(row) for row in grid], "cells", title)
