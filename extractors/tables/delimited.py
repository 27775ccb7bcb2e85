"""Tables whose cells are set apart by tabs, by Markdown pipes or by even gaps, one row a line."""

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors.document import Document
from extractors.tables.assembly import assemble
from extractors.tables.columns import column
from extractors.tables.model import RawRow, Table, TableCell, cell
from extractors.tables.tokens import place, source_lines

# ------\t------, |---|:--:|, +-----+-----+, ┌──┬──┐
RULE = re.compile(r"[\s|+:=─━│┃┌┬┐├┼┤└┴┘—-]*(?:[-=─━—]{2}|:-|-:)[\s|+:=─━│┃┌┬┐├┼┤└┴┘—-]*")
PIPE = re.compile(r"(?<!\\)[|│┃]")
TAB = re.compile(r"\t")
# 参保率    %    98    约束性: as many gaps in each line as in the head
GAP = re.compile(r" {2,}|[ ]?\u3000[ \u3000]*")
FEWEST_FIELDS = 3
BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
# **参保率**, `98%`: marks that are not words
MARKS = re.compile(r"^(?:\*{1,3}|_{2}|`)\s*|\s*(?:\*{1,3}|_{2}|`)$")


def mark(document: Document, start: int, end: int) -> re.Pattern[str] | None:
    """What parts the cells: tabs between words in at least two lines, pipes in two, or gaps that part all lines
    alike; None where nothing does."""
    tabs = pipes = 0
    for first, last in source_lines(document, start, end):
        text = document.source.text[first:last].strip("\r\n \u3000")
        tabs += "\t" in text.strip()
        pipes += len(PIPE.findall(text)) >= 2
    if pipes >= 2 and pipes >= tabs:
        return PIPE
    return TAB if tabs >= 2 else GAP if _evenly(document, start, end) else None


def _evenly(document: Document, start: int, end: int) -> bool:
    """Gaps part each line into as many words as the head, or into one less behind an indent: the group's cell that is
    empty. Then no word can stand in another column."""
    text = document.source.text
    lines = [line for a, b in source_lines(document, start, end) if not RULE.fullmatch(line := text[a:b].rstrip())]
    if len(lines) < 2 or any("\t" in line for line in lines):
        return False
    head = GAP.split(lines[0].strip())
    fields = len(head)
    if fields < FEWEST_FIELDS or sum(column(word) is not None for word in head) < fields - 1 or lines[0][0].isspace():
        return False
    return all(len(GAP.split(line)) == fields for line in lines[1:])


def delimited(
    document: Document, start: int, end: int, mark: re.Pattern[str], title: str | None
) -> Iterator[Table]:  # fmt: skip
    """The tables of a stretch whose lines are rows: 参保率\\t98%\\t约束性 or | 参保率 | 98% | 约束性 |."""
    yield from assemble(rows(document, start, end, mark), "pipes" if mark is PIPE else "tabs", title)


def rows(document: Document, start: int, end: int, mark: re.Pattern[str]) -> list[RawRow]:
    """The lines as rows; rules between them are left out, and an empty line or a rule above is a break."""
    found: list[RawRow] = []
    behind = -1
    broken = False
    boxed = False  # the rows of a grid table (+----+) may take several lines, of which the later ones have empty cells
    text = document.source.text
    for first, last in source_lines(document, start, end):
        line = text[first:last]
        if RULE.fullmatch(line):
            boxed = boxed or line.lstrip().startswith(("+", "┌"))
            broken = True
            continue
        gap = text[behind:first] if behind >= 0 else ""
        broken = broken or gap.count("\n") > 1 or bool(gap.strip())
        behind = last
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
    """The cell of these characters of the file, `<br>` and emphasis left out."""
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
