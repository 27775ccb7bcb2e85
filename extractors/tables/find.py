"""Finds the tables of a plan and reads their cells. What the cells mean is read by `indicators` and other packages.

Every cell keeps the spans of its words in `Document.text`, so that the text from a row's first to its last character
proves the row.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors import expressions as re
from extractors.document import Block, Document
from extractors.reading import reading
from extractors.tables.bounds import caption, reach
from extractors.tables.gaps import by_gaps, has_gaps, set_by_gaps, single_lines
from extractors.tables.marked import declared, delimited, mark
from extractors.tables.model import Caption, Table
from extractors.tables.plain_text import by_blanks, header_end, one_per_line
from extractors.tables.unread import closed
from extractors.tables.work import as_work
from extractors.tables.wrapped import candidate, wrapped
from extractors.vocabulary.numbering import CUTTING_STYLES, marker

if TYPE_CHECKING:
    from spacy.tokens import Doc
# 序号, 主要指标, 类 / 别: a line that begins so may be the header of a table without marks
HEADER_START = re.compile(
    r"(?:^|(?<=[\n\r\f]))[ \t\u3000]*"
    r"(?=序|编\s*号|类|分\s*类|领|维|考察|一级|二级|具体|核心|主要|发展|规划|重点|指|项|名称|监测|目标|准则|责任|牵头|部门|成员|任务|工作|事项|单位"
    r"|改革(?:事项|任务|举措)|政策(?:事项|措施)|整改|存在问题|反馈问题|年度任务)"
)
MAX_NEXT_LINE = 200  # characters after a candidate in which the line stands that follows it
MAX_WORDS_WITHOUT_MARKS = 5000  # in all tables without marks of one plan: more than that is no plan


def read_tables(document: Document) -> tuple[Document, tuple[Table, ...]]:
    """The document with the text of tables that could not be read put into blocks of the kind `table`
    (`unread.closed`), and the tables that could be read. Offsets are the same in both documents."""
    found = tables(document)
    return closed(document, found, list(_heads(document))), found


def tables(document: Document) -> tuple[Table, ...]:
    """The tables of the plan that can be read, in the order of the text, each as `as_work` gives it. Where one may
    begin (`_places`), a block with marks between its cells is read by them, other text by the first of the layouts
    without marks that can read it. Blocks with a `doubt` about their cells are passed over, and so are places inside
    a table that was read before."""
    found: list[Table] = []
    end = 0
    unmarked = _Unmarked(document)
    for start, block in _places(document):
        if start < end or (block is not None and block.doubt):
            continue
        title = caption(document, start)
        if block is not None and block.cells:
            read = declared(document, block, title)
        elif block is not None and (separator := mark(document, block.start, block.end)):
            read = delimited(document, block.start, block.end, separator, title)
        else:
            read = unmarked.read(start, block, title)
        for table in read:
            if table.start >= end:
                found.append(table)
                end = table.end
    return tuple(map(as_work, found))


class _Unmarked:
    """Reads the tables of a document that have no marks between their cells. It keeps what was tried, so that lines
    that gave no table are not read again from each line in them that begins like a header."""

    def __init__(self, document: Document) -> None:
        """`document` is the plan; nothing is read yet."""
        self.document = document
        # a table without marks ends before what the file itself sets apart
        self.bounds = [block.start for block in document.blocks if block.cells or block.kind == "contents"]
        self.after_gaps = self.after_header = self.words = 0

    def read(self, start: int, block: Block | None, title: Caption) -> Iterator[Table]:
        """The tables, one or none, whose header begins at the offset `start` of `Document.text`, by the first layout
        that can read it: gaps, a cell a line, single blanks, no separation at all (`wrapped`). A table ends before the
        next block with declared cells or table of contents, and within `block` where a heading follows that. `block`
        is the block of the kind `table` that begins there, None for a line of running text; `title` is the caption.

        In lines that are set by gaps only the rows of one line are kept of a table that `wrapped` reads. After
        MAX_WORDS_WITHOUT_MARKS words of candidates for `wrapped` that layout is not tried any more.
        """
        document = self.document
        after = bisect_right(self.bounds, start)
        limit = self.bounds[after] if after < len(self.bounds) else len(document.text)
        if block is not None and _before_heading(document, block):
            limit = min(limit, block.end)
        edge = limit
        if (block is not None or start >= self.after_gaps) and set_by_gaps(document, start, limit):
            edge = block.end if block is not None else reach(document, start, limit)
            if (table := by_gaps(document, start, edge, title)) is not None:
                yield table
                return
            self.after_gaps = max(self.after_gaps, edge)
        if start >= self.after_header:
            self.after_header = header_end(document, start, limit)
            if self.after_header > start and (table := one_per_line(document, start, limit, title)) is not None:
                yield table
                return
        if (table := by_blanks(document, start, limit, title)) is not None:
            yield table
            return
        found = candidate(document, start, limit) if self.words < MAX_WORDS_WITHOUT_MARKS else None
        if found is None:
            return
        self.words += len(found.body)
        gaps = has_gaps(document, start, found.end)
        for table in wrapped(found, title):
            yield single_lines(document, table, min(edge, found.end + MAX_NEXT_LINE)) if gaps else table


def _before_heading(document: Document, block: Block) -> bool:
    """Whether the next block after this one is text that begins with the number of a heading (二、, （二）), so that no
    line after this block is a row of its table."""
    after = bisect_right(document.blocks, block.start, key=lambda each: each.start)
    if after == len(document.blocks) or document.blocks[after].kind != "text":
        return False
    number = marker(document.words(document.blocks[after]))
    return number is not None and (number.style in CUTTING_STYLES or number.style == "han-paren")


def tables_of(doc: "Doc") -> tuple[Table, ...]:
    """The tables of the plan that the spaCy `Doc` holds, in the order of the text; they are read once and kept in
    `doc.user_data` for all components. Raises Usage for a Doc that was not made of a plan."""
    if "tables" not in doc.user_data:
        doc.user_data["tables"] = tables(reading(doc).document)
    found: tuple[Table, ...] = doc.user_data["tables"]
    return found


def _places(document: Document) -> list[tuple[int, Block | None]]:
    """Where a table may begin, as (offset in `Document.text`, block), in order: each block that the layout marked as a
    table, and each line that begins like a header (`_heads`), with None for the block, because a table without marks
    may be in blocks of running text; of one offset the block comes first."""
    places: list[tuple[int, Block | None]] = [(b.start, b) for b in document.blocks if b.kind == "table"]
    places += [(at, None) for at in _heads(document)]
    return sorted(places, key=lambda place: (place[0], place[1] is None))


def _heads(document: Document) -> Iterator[int]:
    """The offsets in `Document.text` of the lines that begin like a header (HEADER_START: 序号, 指标, 重点任务 …), in
    order, without those in tables of cells and in the table of contents, and those whose first character the layout
    left out."""
    apart = [(b.start, b.end) for b in document.blocks if b.cells or b.kind == "contents"]
    starts = [first for first, _ in apart]
    origin = document.origin
    for match in HEADER_START.finditer(document.source.text):
        at = bisect_left(origin, match.end())
        if at < len(origin) and origin[at] == match.end():
            before = bisect_right(starts, at) - 1
            if before >= 0 and at < apart[before][1]:
                continue
            yield at
