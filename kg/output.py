"""Tables on their way out: for people (a drawn table, Markdown) and for programs (CSV, JSON, JSON lines)."""

import csv
import json
from collections.abc import Callable
from decimal import Decimal
from typing import TextIO

from rich.console import Console
from rich.table import Table as Drawn
from rich.text import Text

from kg.model.store import Table



EXACT = 2**53  # beyond it a double, which is what JSON readers and Neo4j have, no longer holds every whole number


def write(table: Table, format: str, out: TextIO) -> None:
    """Writes the rows in one of FORMATS."""
    FORMATS[format](table, out)


def plain(value: object) -> object:
    """A value as JSON has it: a number that is whole becomes an int as far as a double holds it exactly."""
    if isinstance(value, Decimal | float):
        number = float(value)
        return int(number) if number.is_integer() and abs(number) < EXACT else number
    return value


def _json(table: Table, out: TextIO) -> None:
    rows = [dict(zip(table.columns, map(plain, row), strict=True)) for row in table.rows]
    out.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")


def _jsonl(table: Table, out: TextIO) -> None:
    for row in table.rows:
        out.write(json.dumps(dict(zip(table.columns, map(plain, row), strict=True)), ensure_ascii=False) + "\n")


def _csv(table: Table, out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)


def _cell(value: object) -> object:
    """A CSV field. Text that a spreadsheet would run as a formula is kept text by a leading apostrophe."""
    value = plain(value)
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + value
    return "" if value is None else value


def _markdown(table: Table, out: TextIO) -> None:
    def line(values: list[str]) -> str:
        return "| " + " | ".join(v.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for v in values) + " |\n"

    out.write(line(list(table.columns)) + line(["---"] * len(table.columns)))
    for row in table.rows:
        out.write(line(["" if value is None else str(plain(value)) for value in row]))


def _drawn(table: Table, out: TextIO) -> None:
    """Empty columns are left out; a cell is cut to a few lines by the terminal's width."""
    used = [i for i, name in enumerate(table.columns) if any(row[i] is not None for row in table.rows)]
    drawn = Drawn(show_lines=False, header_style="bold")
    for i in used:
        drawn.add_column(table.columns[i], overflow="fold", no_wrap=table.columns[i] in {"start", "end"})
    for row in table.rows:
        drawn.add_row(*(Text("" if row[i] is None else _short(str(plain(row[i])))) for i in used))
    console = Console(file=out)
    console.print(drawn if used else "no rows")
    if used:
        console.print(f"{len(table.rows)} rows", style="dim")


def _short(text: str, width: int = 80) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


FORMATS: dict[str, Callable[[Table, TextIO], None]] = {
    "table": _drawn,
    "csv": _csv,
    "json": _json,
    "jsonl": _jsonl,
    "markdown": _markdown,
}
