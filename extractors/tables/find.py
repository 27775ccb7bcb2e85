"""The tables of a plan as grids of cells, however the file sets them down.

What a table says is read elsewhere (`indicators`, `responsibilities`); here it is only taken apart. Every cell
keeps the places of its pieces in `Document.text`, so that a row can be proved by the stretch from its first to its
last character.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from spacy.tokens import Doc

from extractors.document import Block, Document
from extractors.reading import reading
from extractors.tables.cell_by_cell import stretch, wrapped
from extractors.tables.marked import declared, delimited, mark
from extractors.tables.model import Table

# 序号, 主要指标, 类 / 别: a line that begins so may be the head of a table that lost its columns
HEAD = re.compile(
    r"(?:^|(?<=[\n\r\f]))[ \t\u3000]*"
    r"(?=序|编\s*号|类|分\s*类|领|维|考察|一级|二级|具体|核心|主要|发展|规划|重点|指|项|名称|监测|目标|准则)"
)
# （单位：万元）, 续表: what may stand between a table and its title
BETWEEN = re.compile(r"[（(]?(?:计量)?单位[：:].{0,16}|[（(]?续表.{0,4}|[-=─━\s|+:]+")
LONGEST_TITLE = 60
ABOVE = 1200  # characters in which the title is looked for
MOST_WORDS = 5000  # in all tables without marks of one plan: more than that is no plan


def tables(document: Document) -> tuple[Table, ...]:
    """The tables of the plan in the order of the text; a stretch that does not come apart into cells is left out."""
    found: list[Table] = []
    behind = words = 0
    for start, block in _places(document):
        if start < behind:
            continue
        read: Iterator[Table] = iter(())
        if block is not None and block.cells:
            read = declared(document, block, _title(document, start))
        elif block is not None and (part := mark(document, block.start, block.end)):
            read = delimited(document, block.start, block.end, part, _title(document, start))
        else:
            limit = _limit(document, start)
            stretched = stretch(document, start, limit) if words < MOST_WORDS else None
            words += len(stretched.body) if stretched else 0
            if stretched:
                read = wrapped(stretched, _title(document, start))
        for table in read:
            if table.start >= behind:
                found.append(table)
                behind = table.end
    return tuple(found)


def tables_of(doc: Doc) -> tuple[Table, ...]:
    """The tables of the plan that the Doc holds, taken apart once for all components that ask."""
    if "tables" not in doc.user_data:
        doc.user_data["tables"] = tables(reading(doc).document)
    found: tuple[Table, ...] = doc.user_data["tables"]
    return found


def _places(document: Document) -> list[tuple[int, Block | None]]:
    """Where a table may begin: the blocks set apart as tables, and every line that begins like a head. A table that
    lost its columns may stand in blocks of running text, its head joined to its title."""
    places: list[tuple[int, Block | None]] = [(b.start, b) for b in document.blocks if b.kind == "table"]
    closed = [(b.start, b.end) for b in document.blocks if b.cells or b.kind == "contents"]
    origin = document.origin
    for match in HEAD.finditer(document.source.text):
        at = bisect_left(origin, match.end())
        if at < len(origin) and origin[at] == match.end() and not any(a <= at < b for a, b in closed):
            places.append((at, None))
    return sorted(places, key=lambda place: (place[0], place[1] is None))


def _limit(document: Document, start: int) -> int:
    """Where a table that begins here must end: before what the file itself sets apart. Its rows may stand in blocks
    of running text, so its end is for the solver to find."""
    apart = (b.start for b in document.blocks if b.start > start and (b.cells or b.kind == "contents"))
    return next(apart, len(document.text))


def _title(document: Document, start: int) -> str | None:
    """The short line above the table."""
    if start >= len(document.origin):
        return None
    at = document.origin[start]
    lines = document.source.text[max(0, at - ABOVE) : at].split("\n")[:-1][-12:]
    for line in reversed([line.strip(" \t\r\u3000*#") for line in lines]):
        if not line or BETWEEN.fullmatch(line):
            continue
        return line if 2 < len(line) <= LONGEST_TITLE and not line.endswith(("。", "；", "，")) else None
    return None
