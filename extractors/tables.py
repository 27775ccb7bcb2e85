"""The tables of a plan as grids of cells, however the file sets them down.

What a table says is read elsewhere (`indicators`, `responsibilities`); here it is only taken apart. Every cell keeps
the places of its pieces in `Document.text`, so that a row can be proved by the stretch from its first to its last
character.
"""

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from extractors.document import Block, Document
from extractors.reading import reading
from extractors.table_aligned import aligned, is_aligned
from extractors.table_cells import declared
from extractors.table_delimited import delimited, is_delimited
from extractors.table_model import Table, TableCell
from extractors.table_wrapped import wrapped

__all__ = ["Table", "TableCell", "tables", "tables_of"]

# 指标, 单位, 2025年, 牵头单位: a text block that begins with such a word may be the head of a table
HEAD = re.compile(r"[\s|]*(?:序\s*号|编\s*号|类\s*别|类\s*型|分\s*类|领\s*域|维\s*度|考察|一级|主要|具体|核心|发展|规划|指\s*标|项\s*目|名\s*称|重点|工作)")
# 表2：…, 专栏1 …, …主要指标
TITLE_LENGTH = 60


def tables(document: Document) -> tuple[Table, ...]:
    """The tables of the plan in the order of the text; a stretch that cannot be told apart into cells is left out."""
    found: list[Table] = []
    behind = 0
    for place, block in enumerate(document.blocks):
        if block.start < behind or not (block.kind == "table" or _may_begin(document, block)):
            continue
        for table in _read(document, block, place):
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


def _may_begin(document: Document, block: Block) -> bool:
    return block.kind == "text" and HEAD.match(document.text, block.start, block.end) is not None


def _read(document: Document, block: Block, place: int) -> Iterator[Table]:
    title = _title(document, place)
    if block.cells:
        yield from declared(document, block, title)
        return
    if block.kind == "table":
        if is_delimited(document, block.start, block.end):
            yield from delimited(document, block.start, block.end, title)
            return
        if is_aligned(document, block.start, block.end):
            yield from aligned(document, block.start, block.end, title)
            return
    yield from wrapped(document, block.start, _limit(document, place), title)


def _limit(document: Document, place: int) -> int:
    """Where a table that begins in this block must end: at the next block that is set apart as a table or contents.

    The rows of a table whose columns were lost may stand in text blocks, so its end is for the solver to find.
    """
    for block in document.blocks[place + 1 :]:
        if block.kind != "text" and (block.cells or block.kind == "contents"):
            return block.start
    return len(document.text)


def _title(document: Document, place: int) -> str | None:
    """The short line above the table."""
    for block in reversed(document.blocks[max(0, place - 2) : place]):
        words = document.words(block).strip()
        if block.kind == "text" and 2 < len(words) <= TITLE_LENGTH and not words.endswith(("。", "；", "，")):
            return words
        if not re.fullmatch(r"[（(]?(?:单位|续表)[^。]{0,20}", words):
            return None
    return None
