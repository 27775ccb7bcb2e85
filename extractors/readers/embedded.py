"""Tables that a converter left as HTML in a txt or md file: <table><tr><td>参保率</td>…, often on one line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.readers.writer import place
from ontology.model.source import Cell, SourceTable

# a tag with more than 300 characters of attributes, or with an angle bracket in one, is text
TABLE_TAG = re.compile(r"<(?P<close>/?)(?P<name>table|tr|td|th)(?P<more>\s[^<>]{0,300})?>", re.IGNORECASE)
SPAN_ATTRIBUTE = re.compile(r"(row|col)span\s{0,3}=\s{0,3}[\"']?(\d{1,4})", re.IGNORECASE)


@dataclass(slots=True)
class _OpenTable:
    """A table whose end tag has not been read yet, by offsets in the text.

    `start` is the offset of its tag. `rows` has, for each row and each finished cell of it, (row span, column span,
    start, end), where `start:end` are the words of the cell. `cell` is the cell being read as (row span, column span,
    start), None between cells. A table that begins while others are open is inside the one of them that began last:
    `first_inner` says that this table was the first inside another, `holds_table` that one began inside this.
    """

    start: int
    rows: list[list[tuple[int, int, int, int]]] = field(default_factory=list)
    cell: tuple[int, int, int] | None = None
    first_inner: bool = False
    holds_table: bool = False

    def close(self, at: int) -> None:
        """Ends the cell being read at the offset `at`, if there is one, and adds it to the last row: HTML lets the end
        tag </td> be left out. A cell before the first row is dropped."""
        if self.cell and self.rows:
            self.rows[-1].append((*self.cell, at))
        self.cell = None


def embedded_tables(text: str) -> tuple[SourceTable, ...]:
    """The HTML tables in the text that have at least two rows with cells, and two cells in one of them, in order, with
    the offsets of their cells in the text. Left as text are smaller tables, which are frames around text (专栏), a
    table that has another table inside, with all that are in it, and a table without an end tag, with the first table
    after it, which may be a part of it."""
    return tuple(_tables(text)) if "<t" in text or "<T" in text else ()


def _tables(text: str) -> list[SourceTable]:
    """The tables of the text that `embedded_tables` returns, in order. What TABLE_TAG matches is a tag. A row begins
    with each <tr>, a cell with each <td> or <th>, and a cell ends at the next tag of a row or cell in its table, or at
    the end tag of the table. A span that a tag does not state is 1; of several in a tag the last counts. An end tag
    </table> ends the table that began last of those not ended; tags of rows and cells outside of any are ignored."""
    opened: list[_OpenTable] = []
    found: list[SourceTable] = []  # those finished, without any inside a table that is finished
    for tag in TABLE_TAG.finditer(text):
        name, closes = tag["name"].lower(), bool(tag["close"])
        if name == "table" and not closes:
            table = _OpenTable(tag.start(), first_inner=bool(opened) and not opened[-1].holds_table)
            if opened:
                opened[-1].holds_table = True
            opened.append(table)
        elif not opened:
            continue
        elif name == "table":
            table = opened.pop()
            table.close(tag.start())
            while found and found[-1].start > table.start:
                found.pop()
            if not (table.first_inner or table.holds_table):
                found += _finished(table, tag.end())
        else:
            table = opened[-1]
            table.close(tag.start())
            if name == "tr" and not closes:
                table.rows.append([])
            elif name != "tr" and not closes:
                spans = {which.lower(): int(count) for which, count in SPAN_ATTRIBUTE.findall(tag["more"] or "")}
                table.cell = spans.get("row", 1), spans.get("col", 1), tag.end()
    return found


def _finished(table: _OpenTable, end: int) -> Iterator[SourceTable]:
    """The finished table as a SourceTable, of which `end` is the offset after its end tag; nothing where it has fewer
    than two rows with cells, or no row of two cells. Rows without cells are not counted, and the cells are placed as
    HTML does (`writer.place`)."""
    rows = [row for row in table.rows if row]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return
    places = [(start, stop) for row in rows for _, _, start, stop in row]
    grid = place([(row_span, column_span, ()) for row_span, column_span, _, _ in row] for row in rows)
    cells = tuple(
        Cell(cell.row, cell.column, start, stop, cell.row_span, cell.column_span)
        for cell, (start, stop) in zip(grid, places, strict=True)
    )
    yield SourceTable(table.start, end, cells)
