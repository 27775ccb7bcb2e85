"""Tables with marks between their cells: declared by the file format, tabs, or pipes."""

from collections.abc import Iterator
from itertools import pairwise

from extractors import expressions as re
from extractors.document import Block, Document
from extractors.tables.assembly import assemble
from extractors.tables.model import Caption, RawRow, Table, TableCell, cell
from extractors.tables.tokens import place, source_lines

MOST_CELLS = 20000


def declared(document: Document, block: Block, caption: Caption) -> Iterator[Table]:
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
    yield from assemble([RawRow(row) for row in grid], "cells", caption)


# ------\t------, |---|:--:|, +-----+-----+, ┌──┬──┐
RULE = re.compile(r"[\s|+:=─━│┃┌┬┐├┼┤└┴┘—-]*(?:[-=─━—]{2}|:-|-:)[\s|+:=─━│┃┌┬┐├┼┤└┴┘—-]*")
PIPE = re.compile(r"(?<!\\)[|│┃]")
TAB = re.compile(r"\t")
BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
# **参保率**, `98%`: marks that are not words
MARKS = re.compile(r"^(?:\*{1,3}|_{2}|`)\s*|\s*(?:\*{1,3}|_{2}|`)$")


def mark(document: Document, start: int, end: int) -> re.Pattern[str] | None:
    """A pattern of what separates the cells: tabs between words in at least two lines, or pipes in two; None where
    neither does."""
    tabs = pipes = 0
    for first, last in source_lines(document, start, end):
        text = document.source.text[first:last].strip("\r\n \u3000")
        tabs += "\t" in text.strip()
        pipes += len(PIPE.findall(text)) >= 2
    if pipes >= 2 and pipes >= tabs:
        return PIPE
    return TAB if tabs >= 2 else None


def delimited(
    document: Document, start: int, end: int, mark: re.Pattern[str], caption: Caption
) -> Iterator[Table]:  # fmt: skip
    """The tables of a candidate whose lines are rows: 参保率\\t98%\\t约束性 or | 参保率 | 98% | 约束性 |."""
    yield from assemble(rows(document, start, end, mark), "pipes" if mark is PIPE else "tabs", caption)


def rows(document: Document, start: int, end: int, mark: re.Pattern[str]) -> list[RawRow]:
    """The lines as rows of cells. Rules between them are left out; a row is `broken` where an empty line or a rule is
    above it."""
    found: list[RawRow] = []
    end_before = -1
    broken = False
    boxed = False  # the rows of a grid table (+----+) may take several lines, of which the later ones have empty cells
    text = document.source.text
    for first, last in source_lines(document, start, end):
        line = text[first:last]
        if RULE.fullmatch(line):
            boxed = boxed or line.lstrip().startswith(("+", "┌"))
            broken = True
            continue
        gap = text[end_before:first] if end_before >= 0 else ""
        broken = broken or gap.count("\n") > 1 or bool(gap.strip())
        end_before = last
        cells = list(_cells(document, first, last, start, end, mark))
        full = all(c.text for c in cells)
        if boxed and not broken and not full and found and len(found[-1].cells) == len(cells):
            found[-1].cells = [_under(a, b) for a, b in zip(found[-1].cells, cells, strict=True)]
        elif any(c.text for c in cells):
            found.append(RawRow(cells, broken))
        broken = False
    return found


def _cells(
    document: Document, first: int, last: int, start: int, end: int, mark: re.Pattern[str]
) -> Iterator[TableCell]:  # fmt: skip
    line = document.source.text[first:last]
    cuts = [-1, *(found.start() for found in mark.finditer(line)), len(line)]
    if mark is PIPE:
        if not line[: cuts[1]].strip() and len(cuts) > 2:
            cuts = cuts[1:]
        if not line[cuts[-2] + 1 :].strip() and len(cuts) > 2:
            cuts = cuts[:-1]
    for n, (left, right) in enumerate(pairwise(cuts)):
        yield _cell(document, n, first + left + 1, first + right, start, end)


def _cell(document: Document, column: int, first: int, last: int, start: int, end: int) -> TableCell:
    """The cell made of the characters `first:last` of the file, without `<br>` and marks of emphasis."""
    text = document.source.text
    parts: list[TableCell] = []
    at = first
    for found in [*BREAK.finditer(text, first, last), None]:
        stop = found.start() if found else last
        parts.append(cell(document, 0, column, place(document, at, start, end), place(document, stop, start, end)))
        at = found.end() if found else last
    pieces = tuple(piece for part in parts for piece in part.pieces)
    words = MARKS.sub("", "".join(part.text for part in parts)).replace("\\|", "|")
    return TableCell(0, column, words, pieces if words else ())


def _under(above: TableCell, below: TableCell) -> TableCell:
    return TableCell(0, above.column, above.text + below.text, (*above.pieces, *below.pieces))
