"""The tables of a plan as grids of cells, however the file sets them down.

What a table says is read elsewhere (`indicators`, `responsibilities`); here it is only taken apart. Every cell
keeps the places of its pieces in `Document.text`, so that a row can be proved by the stretch from its first to its
last character.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from spacy.tokens import Doc

from extractors.document import Block, Document
from extractors.reading import reading
from extractors.tables.caption import caption
from extractors.tables.cell_by_cell import stretch, wrapped
from extractors.tables.marked import declared, delimited, mark
from extractors.tables.model import Table
from extractors.tables.one_per_line import header_end, one_per_line

# 序号, 主要指标, 类 / 别: a line that begins so may be the head of a table that lost its columns
HEAD = re.compile(
    r"(?:^|(?<=[\n\r\f]))[ \t\u3000]*"
    r"(?=序|编\s*号|类|分\s*类|领|维|考察|一级|二级|具体|核心|主要|发展|规划|重点|指|项|名称|监测|目标|准则|责任|牵头|部门|成员|任务|工作|事项|单位)"
)
MOST_WORDS = 5000  # in all tables without marks of one plan: more than that is no plan


def tables(document: Document) -> tuple[Table, ...]:
    """The tables of the plan in the order of the text; a stretch that does not come apart into cells is left out."""
    found: list[Table] = []
    behind = words = tried = 0
    # a table without marks ends before what the file itself sets apart
    apart = [block.start for block in document.blocks if block.cells or block.kind == "contents"]
    for start, block in _places(document):
        if start < behind:
            continue
        read: Iterator[Table] = iter(())
        if block is not None and block.cells:
            read = declared(document, block, caption(document, start))
        elif block is not None and (part := mark(document, block.start, block.end)):
            read = delimited(document, block.start, block.end, part, caption(document, start))
        else:
            after = bisect_right(apart, start)
            limit = apart[after] if after < len(apart) else len(document.text)
            if start >= tried:
                tried = header_end(document, start, limit)
                work = one_per_line(document, start, limit, caption(document, start)) if tried > start else None
                if work is not None:
                    found.append(work)
                    behind = work.end
                    continue
            stretched = stretch(document, start, limit) if words < MOST_WORDS else None
            words += len(stretched.body) if stretched else 0
            if stretched:
                read = wrapped(stretched, caption(document, start))
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
    starts = [first for first, _ in closed]
    origin = document.origin
    for match in HEAD.finditer(document.source.text):
        at = bisect_left(origin, match.end())
        if at < len(origin) and origin[at] == match.end():
            before = bisect_right(starts, at) - 1
            if before >= 0 and at < closed[before][1]:
                continue
            places.append((at, None))
    return sorted(places, key=lambda place: (place[0], place[1] is None))
