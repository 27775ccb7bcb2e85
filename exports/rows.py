"""Writers of query results: for people (a drawn table, Markdown) and for programs (CSV, JSON, JSON lines)."""

import csv
import json
import os
import re
from collections.abc import Callable, Sequence
from io import StringIO
from typing import TYPE_CHECKING, TextIO

from exports.people import SPARE_COLUMNS, HeadedTable
from exports.terminal import with_escapes
from ontology import words
from ontology.json_lines import json_rows, json_value
from ontology.messages import translated
from ontology.model.store import Table
from ontology.namespaces import turtle_name

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

# How a drawn column may be folded: to a width, if no cell takes more lines then; the first of the two that fits
FOLDS = ((16, 4), (10, 8))
MIN_HEADING_WIDTH = 8  # a head may be folded to this width
FILE_TABLE_WIDTH = 120  # columns of a drawn table that goes to a file or a pipe, where $COLUMNS does not say


BOM = "\ufeff"  # a byte order mark, without which Excel takes a CSV file for the system's old encoding


def write(table: Table, format: str, out: TextIO, links: Sequence[str | None] = ()) -> None:
    """Writes the rows, with `table.columns` as their heads or keys, to `out` in one of TABLE_WRITERS (table, csv, json,
    jsonl, markdown); raises KeyError for any other. Control characters become escapes in a drawn table, and in any
    other format where `out` is a terminal.

    `links` are addresses of the rows' passages, in the order of the rows, None for a row without one; () for none at
    all. A table drawn on a terminal has them as hyperlinks (OSC 8); other formats do not use them. Raises ValueError
    where rows are drawn with some links, but not as many as rows.
    """
    if format == "table":
        _drawn(table, out, links)
        return
    if not out.isatty():
        TABLE_WRITERS[format](table, out)
        return
    buffer = StringIO()
    TABLE_WRITERS[format](table, buffer)
    out.write(with_escapes(buffer.getvalue()))


def with_prefixes(table: Table) -> Table:
    """The rows of a SPARQL query with the IRIs of well-known vocabularies as prefixed names, for people to read.

    'http://purl.org/dc/terms/title' -> 'dcterms:title', '"5"^^<http://www.w3.org/2001/XMLSchema#integer>' ->
    '"5"^^xsd:integer'; IRIs of data stay as they are. Each name can be used in a query of `kg sparql`.
    """
    return Table(table.columns, [tuple(map(_prefixed, row)) for row in table.rows])


def _prefixed(value: object) -> object:
    """A cell with the IRI in it as a prefixed name, without < and >. Unchanged where it is no text, is not as a whole
    an IRI (http://… or https://… without white space, <…>) or a literal with a datatype in <…>, or the IRI has no name
    with a prefix."""
    if not isinstance(value, str):
        return value
    match = _IRI_TERM.fullmatch(value)  # a bare IRI, <IRI> or "text"^^<IRI>
    if match is None or (name := turtle_name(match["bracketed"] or match["bare"])).startswith("<"):
        return value
    return f"{match['literal'] or ''}{name}"


_IRI_TERM = re.compile(r'(?P<literal>"(?:[^"\\]|\\.)*"\^\^)?(?:<(?P<bracketed>[^<>]+)>)|(?P<bare>https?://\S+)')


def _json(table: Table, out: TextIO) -> None:
    out.write(json.dumps(list(json_rows(table)), ensure_ascii=False, indent=1) + "\n")


def _jsonl(table: Table, out: TextIO) -> None:
    for row in json_rows(table):
        out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _csv(table: Table, out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)


def _cell(value: object) -> object:
    """A value as CSV takes it: a number, True or False as `json_value` has it (a Decimal as an int or float), all else
    as text (`as_text`), with an apostrophe before it where a spreadsheet would take it for a formula."""
    value = json_value(value)
    return value if isinstance(value, int | float) else without_formula(as_text(value))


def as_text(value: object) -> str:
    """A value as text: '' for None, a list or dict (no subclass of these) as JSON, a float or Decimal, also one in a
    list or dict, as the number that `json_value` makes of it (2.0 as '2'); anything else by its `str`: True as 'True',
    Neo4j's nodes and paths as these have it. Raises TypeError for a list or dict in which there is what JSON does not
    have."""
    value = json_value(value)
    if type(value) in {list, dict}:
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def without_formula(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula: '=1+1' -> "'=1+1". That is
    a text of two or more characters of which the first is one of = + - @, their full-width forms, a tab or a line
    break; but not where the second is = or > and the last ('->', '=>', '=='), and not a number or percentage without
    other marks ('-5.5%', '+86', but not '-1,000'). Other text is unchanged."""
    if len(text) < 2 or text[0] not in _FORMULA or text[1:] in {"=", ">"} or _NUMBER_OR_SHARE.fullmatch(text):
        return text
    return "'" + text


# What spreadsheets begin a formula with, or skip before one; some of them take full-width signs too.
_FORMULA = "=+-@\t\r\n＝＋－＠"
# -5.5%
_NUMBER_OR_SHARE = re.compile(r"[-+]?\d+(?:\.\d+)?%?")


def _markdown(table: Table, out: TextIO) -> None:
    """Writes a Markdown table to `out`; what would end a cell or begin a link, an image, code or a tag of HTML, and a
    backslash, has a backslash before it (marks of emphasis have none), and a line break in a cell is a blank."""

    def line(values: list[str]) -> str:
        return "| " + " | ".join(_CELL_LINE_BREAK.sub(" ", _MARKUP.sub(r"\\\g<0>", value)) for value in values) + " |\n"

    out.write(line(list(table.columns)) + line(["---"] * len(table.columns)))
    for row in table.rows:
        out.write(line([as_text(value) for value in row]))


# what would end a cell, or begin a tag, a link or an image: a|b, <b>, [a](b), ![a](b), <http://a>
_MARKUP = re.compile(r"[\\|\[\]`]|<(?=[A-Za-z/!?])")
_CELL_LINE_BREAK = re.compile(r"\r\n?|\n")


def _drawn(table: Table, out: TextIO, links: Sequence[str | None] = ()) -> None:
    """Draws the table on `out` as a grid where the columns fit (`_fitting`) the width, which is $COLUMNS, else that of
    the terminal, else 120 for a file or pipe; where they do not, as a block of lines for each row. Below it stands the
    number of rows and the columns left out for want of width. Without rows there is a message alone.

    Columns of ids (…_id) are drawn only where there are no others. Of the columns that may be drawn, those with None
    alone are left out, unless all are such. Which columns the grid can do without, a `HeadedTable` says by `spare`; for
    any other table they are SPARE_COLUMNS. `links` are the addresses of the rows' passages, None for a row without one,
    () for none at all; the link of a row is on its cell of the first drawn column that is quote or file, else of the
    first drawn column.
    """
    from rich.console import Console
    from rich.style import Style
    from rich.text import Text

    if not isinstance(table, HeadedTable):
        table = HeadedTable.of_keys(table, SPARE_COLUMNS)
    console = Console(file=out, width=None if out.isatty() or os.environ.get("COLUMNS") else FILE_TABLE_WIDTH)
    if not table.rows:
        console.print(translated("no rows"))
        return
    candidates = [i for i, key in enumerate(table.keys) if not key.endswith("_id")] or list(range(len(table.keys)))
    used = [i for i in candidates if any(row[i] is not None for row in table.rows)] or candidates
    cells = {i: [with_escapes(as_text(row[i])) for row in table.rows] for i in used}
    fitting = _fitting(table, cells, console.width)
    drawn = used if fitting is None else fitting
    linked = next((at for at, i in enumerate(drawn) if table.keys[i] in {"quote", "file"}), 0)
    texts = zip(*(cells[i] for i in drawn), strict=True)
    rows = [
        [Text(cell, Style(link=link) if at == linked else "") for at, cell in enumerate(row)]
        for row, link in zip(texts, links or [None] * len(table.rows), strict=True)
    ]
    draw = _draw_blocks if fitting is None else _draw_grid
    draw(console, [table.columns[i] for i in drawn], rows)
    counted = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
    if left_out := [table.columns[i] for i in used if i not in drawn]:
        counted += f"; for want of width without {words.listed(left_out)}: --columns and the other formats show them"
    console.print(translated(counted), style="dim", highlight=False)


def _draw_grid(console: "Console", names: Sequence[str], rows: Sequence[Sequence["Text"]]) -> None:
    """Draws the rows, texts in the order of the columns, as a grid on the console below these names, which are headings
    (`_head`)."""
    from rich.table import Table as Grid

    grid = Grid(header_style="bold")
    for name in names:
        grid.add_column("\n".join(_head(name)), overflow="fold")
    for row in rows:
        grid.add_row(*row)
    console.print(grid)


def _draw_blocks(console: "Console", names: Sequence[str], rows: Sequence[Sequence["Text"]]) -> None:
    """Draws each row as a numbered block, with a line for each cell that is not empty: the name of its column and the
    cell. The cells of each row are in the order of the columns with these `names`."""
    from rich.cells import cell_len
    from rich.table import Table as Grid

    margin = max(map(cell_len, names)) + 2
    for number, row in enumerate(rows, 1):
        console.rule(str(number), align="left", style="dim")
        for name, cell in zip(names, row, strict=True):
            if cell:
                line = Grid.grid(padding=(0, 0))
                line.add_column(width=margin, style="bold")
                line.add_column(overflow="fold")
                line.add_row(name, cell)
                console.print(line)


def _fitting(table: HeadedTable, cells: dict[int, list[str]], width: int) -> list[int] | None:
    """The indices of the columns to draw so that the table is at most `width` characters of a terminal wide: all
    columns in `cells`, which has the texts of each by its index, or these without the first ones of `table.spare`, as
    few as have to go. None where the table is too wide even without all of `spare`, or would have no column.

    The table takes 1 character for its border, and for each column 3 with the border beside it and `_column_width` for
    its texts, as narrow and of as many lines as the first pair of FOLDS allows. Where the last column of a group of
    `spare` has just gone, the second pair, of narrower cells with more lines, is tried too; before any column goes,
    only where there are no groups or `cells` has no column of the first one.
    """
    order: list[int] = []
    ends = []  # how many columns are gone at the end of each group
    for group in table.spare or ((),):
        order += [i for key in group for i in cells if table.keys[i] == key]
        ends.append(len(order))
    for count in range(len(order) + 1):
        drawn = [i for i in cells if i not in order[:count]]
        for narrow, tall in FOLDS if count in ends else FOLDS[:1]:
            folded = (_column_width(table.columns[i], cells[i], narrow, tall) for i in drawn)
            if drawn and sum(size + 3 for size in folded) < width:
                return drawn
    return None


def _column_width(heading: str, texts: Sequence[str], narrow: int, tall: int) -> int:
    """The width of a column in characters of a terminal, the largest of three: its longest text, up to `narrow`; what
    the longest text takes when it is folded into `tall` lines; the longest line of its heading, up to MIN_HEADING_WIDTH
    (8)."""
    from rich.cells import cell_len

    longest = max(map(cell_len, texts))
    heading_width = min(max(map(cell_len, _head(heading))), MIN_HEADING_WIDTH)
    return max(min(longest, narrow), -(-longest // tall), heading_width)


def _head(name: str) -> list[str]:
    """A heading as the lines that it is drawn in: 'baseline_value' -> ['baseline_', 'value'], broken after its last _.
    One of at most MIN_HEADING_WIDTH (8) characters, or without _ after its first character, is one line."""
    first, sign, last = name.rpartition("_")
    return [first + sign, last] if first and len(name) > MIN_HEADING_WIDTH else [name]


TABLE_WRITERS: dict[str, Callable[[Table, TextIO], None]] = {
    "table": _drawn,
    "csv": _csv,
    "json": _json,
    "jsonl": _jsonl,
    "markdown": _markdown,
}
