"""Excel workbooks (.xlsx): the title lines and tables of each visible sheet, without hidden rows and columns, with
numbers as Excel shows them. Rows and columns of a sheet are counted from 1."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extractors.readers.limits import Limits
from extractors.readers.ooxml import Element, Package, attribute, child, integer, is_true, local
from extractors.readers.writer import GridCell, Paragraph, Run, Writer
from extractors.readers.xlsx_formats import BUILT_IN_FORMATS, formatted
from ontology.model.errors import Refused
from ontology.model.source import Source

CELL_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
MAX_SHEET_COLUMNS = 200  # a sheet with more is no table that people read
MAX_MERGED_RANGES = 20_000  # of a sheet
MAX_TABLE_CELLS = 500_000  # of a table, also those that merged ranges cover


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of all sheets refer to: the shared strings and the number format of each cell style, both by their
    numbers from 0, and whether days are counted from 1904 on."""

    strings: tuple[str, ...]
    formats: tuple[str, ...]  # by the number of a cell's style
    from_1904: bool


Cells = dict[tuple[int, int], str]  # (row, column) -> text
Merged = Mapping[tuple[int, int], tuple[int, int]]  # the first cell -> height and width


def read_xlsx(name: str, data: bytes, limits: Limits) -> Source:
    """A .xlsx file -> Source of the format 'xlsx' with the visible sheets one after another in the workbook's order,
    without hidden rows and columns. An empty row separates tables (`_blocks`). Hidden sheets, '?' for one without a
    name, are named in the `notes` of the Source; a sheet whose part is not in the file has no text.

    Raises Refused for a damaged file, and for one beyond the limits or with more columns, cells or merged cells than a
    table that people read.
    """
    package = Package(name, data, limits)
    path = package.main("xl/workbook.xml")
    root = package.part(path)
    related = package.relations(path)
    book = _Book(
        tuple(_strings(package.part(related.get("sharedStrings")))),
        tuple(_formats(package.part(related.get("styles")))),
        is_true(child(root, "workbookPr"), "date1904"),
    )
    writer = Writer(name, limits)
    hidden = []
    sheets = child(root, "sheets")
    for sheet in sheets if sheets is not None else ():
        if attribute(sheet, "state") in ("hidden", "veryHidden"):
            hidden.append(attribute(sheet, "name") or "?")
            continue
        identity = next((str(v) for k, v in sheet.attrib.items() if str(k).endswith("}id")), None)
        part = package.part(package.target(path, identity))
        if part is not None:
            _write(name, part, book, writer)
    notes = [f"hidden sheets, not read: {'、'.join(hidden)}"] if hidden else []
    return writer.source(data, "xlsx", notes=notes)


def _write(name: str, sheet: Element, book: _Book, writer: Writer) -> None:
    """Writes the tables of a sheet (`_blocks`) into `writer`, each with the columns that have a text in it, and with
    titles across all of them (`_titles_across`). A table of a single column is written as paragraphs instead, one for
    each line of its texts. `book` has what the cells refer to. Raises Refused, with `name` as the file's name, where
    the sheet has more than MAX_SHEET_COLUMNS (200) columns with text, where a table has more than MAX_TABLE_CELLS
    (500,000) cells or its sheet too many merged ones, and where the text becomes too long."""
    merged = _merged(name, sheet)
    cells, hidden_rows = _cells(sheet, book, merged)
    if len({column for _, column in cells}) > MAX_SHEET_COLUMNS:
        raise Refused(f"{name}: a sheet of more than {MAX_SHEET_COLUMNS} columns; save the table of the plan by itself")
    for block in _blocks(sorted({row for row, _ in cells}), merged, hidden_rows):
        columns = sorted({column for row, column in cells if block[0] <= row <= block[-1]})
        if len(block) * len(columns) > MAX_TABLE_CELLS:
            raise Refused(
                f"{name}: a table of more than {MAX_TABLE_CELLS:,} cells; save the table of the plan by itself"
            )
        if len(columns) == 1:  # text that was typed into a column
            for row in block:
                for line in cells.get((row, columns[0]), "").splitlines():
                    writer.paragraph(Paragraph((Run(line),)))
        else:
            writer.grid(_titles_across(_grid(name, block, columns, cells, merged), len(columns)))


def _grid(name: str, rows: list[int], columns: list[int], cells: Cells, merged: Merged) -> list[GridCell]:
    """The cells where these rows and columns of a sheet cross, also empty ones, numbered from 0; each line of a text is
    a paragraph, and a cell without text has one empty paragraph. A merged range is one cell, with the text of its first
    place, which spans those of the rows and columns that it covers. `rows` and `columns` are sorted numbers of the
    sheet, `cells` has its texts by (row, column), `merged` the (height, width) of its merged ranges by their first
    cells; `name` is the file's name. Raises Refused where merged ranges cover more than MAX_TABLE_CELLS (500,000)
    cells, as when they cover each other."""
    spans, covered = _spans(name, rows, columns, merged)
    grid = []
    for r, row in enumerate(rows):
        for c, column in enumerate(columns):
            if (r, c) not in covered:
                lines = cells.get((row, column), "").splitlines() or [""]
                words = tuple(Paragraph((Run(line),)) for line in lines)
                grid.append(GridCell(r, c, words, *spans.get((r, c), (1, 1))))
    return grid


def _spans(
    name: str, rows: list[int], columns: list[int], merged: Merged
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """The merged ranges of a sheet in a table of some of its rows and columns, by places (row, column) of the table,
    counted from 0: the (height, width) of each range by the first place that it covers, and the set of the other places
    that ranges cover. A range that covers no place is left out, and of several with one first place the last counts.
    `rows` and `columns` are the sorted numbers, in the sheet, of the table's rows and columns; `merged` has the
    (height, width) of the ranges in the sheet by their first cells. Raises Refused, with `name` as the file's name,
    where the ranges together cover more than MAX_TABLE_CELLS (500,000) places, as when they cover each other."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    remaining = MAX_TABLE_CELLS
    for (top, first), (height, width) in merged.items():
        down = range(bisect_left(rows, top), bisect_left(rows, top + height))
        across = range(bisect_left(columns, first), bisect_left(columns, first + width))
        remaining -= len(down) * len(across)
        if remaining < 0:
            raise Refused(f"{name}: merged cells that cover each other; save the table again in Excel")
        inside = [(r, c) for r in down for c in across]
        if inside:
            spans[inside[0]] = len(down), len(across)
            covered.update(inside[1:])
    return spans, covered


def _titles_across(grid: list[GridCell], width: int) -> list[GridCell]:
    """The cells of a table, row by row, in which a title spans all columns (`width` is their number), as Excel shows
    it. A title is the only cell of its row with a text, is in the first column and has one row; the blank cells of its
    row are left out. It must be in the first or the last row, or in one after a row whose last cell spans `width`
    columns, such as another title."""
    rows: dict[int, list[GridCell]] = {}
    for cell in grid:
        rows.setdefault(cell.row, []).append(cell)
    result: list[GridCell] = []
    for row, row_cells in sorted(rows.items()):
        full = [cell for cell in row_cells if cell.text]
        alone = len(full) == 1 and full[0].column == 0 and full[0].row_span == 1
        if alone and (not result or result[-1].column_span == width or row == max(rows)):
            result.append(GridCell(row, 0, full[0].paragraphs, 1, width))
        else:
            result += row_cells
    return result


def _blocks(rows: list[int], merged: Merged, hidden_rows: set[int]) -> Iterator[list[int]]:
    """The numbers of the rows with text (`rows`, sorted), divided into those of each table: [1, 2, 4, 5] -> [1, 2], [4,
    5]. A row between two of them separates tables, unless it is one of `hidden_rows`, or a merged range that begins in
    a row with text, of this table or one above, reaches down to it: `merged` has the (height, width) of each by its
    first cell. Nothing without rows."""
    lowest = 0  # the last row that a merged range reaches from a row so far
    ends: dict[int, int] = {}
    for (top, _), (height, _) in merged.items():
        ends[top] = max(ends.get(top, 0), top + height - 1)
    block: list[int] = []
    for row in rows:
        if block:
            stop = max(block[-1], lowest) + 1
            while stop in hidden_rows:
                stop += 1
            if stop < row:
                yield block
                block = []
        block.append(row)
        lowest = max(lowest, ends.get(row, 0))
    if block:
        yield block


def _cells(sheet: Element, book: _Book, merged: Merged) -> tuple[Cells, set[int]]:
    """The texts of the cells of a sheet, without white space at their ends, by (row, column), and the numbers of the
    hidden rows that the sheet has. Left out are blank cells and those of hidden rows and columns; but the text of a
    merged range whose first cell is hidden is that of its first cell that is not. A row that states no number of up to
    six digits, or a cell without a sound reference (B2), is the one after the last; a cell is in the row that it stands
    in, whichever its reference names. Of several at one place the last that is not blank counts. `book` has what the
    cells refer to, `merged` the (height, width) of each range by its first cell."""
    hidden_columns = _hidden_columns(sheet)
    texts: Cells = {}
    hidden_texts: Cells = {}
    hidden_rows: set[int] = set()
    data = child(sheet, "sheetData")
    row_number = 0
    for row in data if data is not None else ():
        row_number = integer(attribute(row, "r"), row_number + 1)
        if is_true(row, "hidden"):
            hidden_rows.add(row_number)
        column = 0
        for cell in row:
            place = CELL_REFERENCE.fullmatch(attribute(cell, "r") or "")
            column = _column(place[1]) if place else column + 1
            hidden = row_number in hidden_rows or _shown_column(column, hidden_columns) != column
            if (not hidden or (row_number, column) in merged) and (text := _text(cell, book).strip()):
                (hidden_texts if hidden else texts)[row_number, column] = text
    shown_rows: dict[int, int] = {}  # hidden row -> the first after it that is not
    for number in sorted(hidden_rows, reverse=True):
        shown_rows[number] = shown_rows.get(number + 1, number + 1)
    for (top, left), text in hidden_texts.items():
        height, width = merged[top, left]
        place_shown = shown_rows.get(top, top), _shown_column(left, hidden_columns)
        if place_shown[0] < top + height and place_shown[1] < left + width:
            texts.setdefault(place_shown, text)
    return texts, hidden_rows


def _shown_column(column: int, hidden: list[tuple[int, int]]) -> int:
    """The first column from `column` on that is in none of the ranges `hidden`, which are those of
    `_hidden_columns`."""
    return next((last + 1 for first, last in hidden if first <= column <= last), column)


def _hidden_columns(sheet: Element) -> list[tuple[int, int]]:
    """The ranges of columns of a sheet that are marked as hidden, as (first, last), counted from 1, in order, with
    those that touch or overlap joined to one; a number that is not stated is 0, and ranges that end before they begin
    are left out."""
    columns = child(sheet, "cols")
    marked = [
        (integer(attribute(each, "min")), integer(attribute(each, "max")))
        for each in (columns if columns is not None else ())
        if is_true(each, "hidden")
    ]
    joined: list[tuple[int, int]] = []
    for first, last in sorted(marked):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(joined[-1][1], last)
        elif first <= last:
            joined.append((first, last))
    return joined


def _text(cell: Element, book: _Book) -> str:
    """The text of a cell as Excel shows it: 0.95 in the format 0% -> '95%' (`formatted`). A cell of no stated type is a
    number, one that names no style has style 0, and a style that the book does not have gives no format. A text is
    taken as it is, from the cell itself or by its number from the book's strings. '' for an error, a truth value, an
    empty cell, and a number of a shared string that the book does not have. `book` has the strings and formats that the
    cell refers to by numbers."""
    kind = attribute(cell, "t") or "n"
    value = child(cell, "v")
    if kind == "inlineStr":
        return _string(child(cell, "is"))
    text = (value.text or "") if value is not None else ""
    if kind == "s":
        at = integer(text, -1)
        return book.strings[at] if 0 <= at < len(book.strings) else ""
    if kind == "n" and text:
        style = integer(attribute(cell, "s"))
        return formatted(text, book.formats[style] if style < len(book.formats) else "", book.from_1904)
    return "" if kind in ("e", "b") else text


def _strings(root: Element | None) -> Iterator[str]:
    """The shared strings of a workbook, in order, also empty ones; `root` is the root element of the part that has
    them, None where there is none."""
    for item in root if root is not None else ():
        yield _string(item)


def _string(item: Element | None) -> str:
    """The text of an element si or is: its own text (t) and that of each of its runs (the first t in r), joined in
    order, without the phonetic text (rPh). '' for None and where it has no text."""
    if item is None:
        return ""
    parts = []
    for each in item:
        if local(each) == "t":
            parts.append(each.text or "")
        elif local(each) == "r":
            words = child(each, "t")
            parts.append((words.text or "") if words is not None else "")
    return "".join(parts)


def _formats(root: Element | None) -> Iterator[str]:
    """The number format ('0%') of each cell style, in order: that which the file declares for the number of the style's
    format, unless it is blank, else the one that Excel has for it (BUILT_IN_FORMATS), else ''. `root` is the root
    element of the part with the styles, None where there is none, which gives nothing."""
    declared = child(root, "numFmts")
    codes = {
        integer(attribute(each, "numFmtId")): attribute(each, "formatCode") or ""
        for each in (declared if declared is not None else ())
    }
    styles = child(root, "cellXfs")
    for style in styles if styles is not None else ():
        number = integer(attribute(style, "numFmtId"))
        yield codes.get(number) or BUILT_IN_FORMATS.get(number, "")


def _merged(name: str, sheet: Element) -> dict[tuple[int, int], tuple[int, int]]:
    """The height and width, in rows and columns, of each merged range of a sheet, by the (row, column) of its first
    cell; of several with one first cell the last. References that are no range in capital letters (A1:C2, $A$1:$C$2)
    are left out; a range that ends before it begins has a height or width of 1. Raises Refused, with `name` as the
    file's name, where more than MAX_MERGED_RANGES (20,000) are returned."""
    merged = child(sheet, "mergeCells")
    sizes = {}
    for each in merged if merged is not None else ():
        first, _, last = (attribute(each, "ref") or "").partition(":")
        start, end = CELL_REFERENCE.fullmatch(first), CELL_REFERENCE.fullmatch(last)
        if start and end:
            top, left = int(start[2]), _column(start[1])
            sizes[top, left] = max(1, int(end[2]) - top + 1), max(1, _column(end[1]) - left + 1)
    if len(sizes) > MAX_MERGED_RANGES:
        raise Refused(
            f"{name}: a sheet of more than {MAX_MERGED_RANGES:,} merged cells; save the table of the plan by itself"
        )
    return sizes


def _column(letters: str) -> int:
    """The number of a column by its capital letters, from 1: 'A' -> 1, 'AB' -> 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
