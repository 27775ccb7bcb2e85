"""Tables that a converter left as HTML in a txt or md file: <table><tr><td>参保率</td>…, often on one line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.readers.writer import place
from ontology.model.source import Cell, SourceTable

TAG = re.compile(r"<(?P<close>/?)(?P<name>table|tr|td|th)(?P<more>\s[^<>]{0,300})?>", re.IGNORECASE)
SPAN = re.compile(r"(row|col)span\s{0,3}=\s{0,3}[\"']?(\d{1,4})", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    """A table whose end tag has not been read yet. `cell` is the open cell: its row span, column span and offset."""

    start: int
    rows: list[list[tuple[int, int, int, int]]] = field(default_factory=list)
    cell: tuple[int, int, int] | None = None
    nested: bool = False

    def close(self, at: int) -> None:
        """Ends the open cell at offset `at`: HTML lets the end tag </td> be left out."""
        if self.cell and self.rows:
            self.rows[-1].append((*self.cell, at))
        self.cell = None


def embedded_tables(text: str) -> tuple[SourceTable, ...]:
    """The tables in the text that have at least two rows and two columns. A table of one column is a frame around
    text (专栏) and is left as text."""
    return tuple(_tables(text)) if "<t" in text or "<T" in text else ()


def _tables(text: str) -> Iterator[SourceTable]:
    table: _Open | None = None
    for tag in TAG.finditer(text):
        name, closes = tag["name"].lower(), bool(tag["close"])
        if name == "table" and not closes:
            table = _Open(tag.start(), nested=table is not None)
        elif table is None:
            continue
        elif name == "table":
            table.close(tag.start())
            if not table.nested:
                yield from _made(table, tag.end())
            table = None
        else:
            table.close(tag.start())
            if name == "tr" and not closes:
                table.rows.append([])
            elif name != "tr" and not closes:
                spans = {which.lower(): int(count) for which, count in SPAN.findall(tag["more"] or "")}
                table.cell = spans.get("row", 1), spans.get("col", 1), tag.end()


def _made(table: _Open, end: int) -> Iterator[SourceTable]:
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
