"""Finds the tables of a plan, reads their cells, and closes those that cannot be read to all other readers. What the
cells mean is read by `indicators` and other packages.

Every cell keeps the spans of its words in `Document.text`, so that the text from a row's first to its last character
proves the row.

Some text is a table by its header and its lines, though no layout can read it:

  重点任务 责任单位
  1.改造食堂 36个 县教育局
  2.清理河道 县水利局 县财政局

To the outline such rows are a list, to the readers of tasks and targets they are sentences, and each would give wrong
facts. So `closed` makes their lines a block of the kind `table`, which those readers pass over and the audit reports.
Its header is a line of labels, or three lines or more of one label each, that says what is done, and who does it, until
when, or that the rows are numbered (`header_lines`). Lines below it are rows where they have blanks between words, a
number, the name of a body or a deadline, and do not read as a sentence (`is_row`); two of them are needed, because one
may be anything. This is needed by annexes of county plans copied from web pages and from PDF files (任务清单 with
blanks inside the cells).

So it is with a text whose columns are set by blanks, as `pdftotext -layout` writes it:

     部门              职责与任务
               加强对各部门工作情况的考核
   省委组织部
               评价。

Its lines do not say where a row ends, and no layout reads it. Rows are here also the lines with a wide gap, and those
that begin to the right of the first column. The file that needs it: wild/hainan_fj1_zhize.docx, made a PDF and that a
text.
"""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors import expressions as re
from extractors.document import Block, Document
from extractors.reading import reading
from extractors.tables.bounds import (
    ANNEX_BELOW,
    NOTE_BELOW_TABLE,
    SIGNATURE_DATE,
    SIGNING_BODY,
    TABLE_NUMBER,
    caption,
)
from extractors.tables.cost import is_bodies, serial_number
from extractors.tables.header import MIN_LABELS, column, columns_of_words, header_lines
from extractors.tables.marked import cell_separator, declared, delimited
from extractors.tables.model import Caption, PlanTable, Span
from extractors.tables.plain_text import CONTINUED_BELOW, DEADLINE_CELL, MIN_ROWS, by_blanks, header_end, one_per_line
from extractors.tables.words import GAP_IN_LINE, MAX_TABLE_LINES, has_gaps, source_lines, text_offset
from extractors.tables.work import as_work
from extractors.tables.wrapped import candidate, wrapped
from extractors.vocabulary.numbering import CUTTING_STYLES, STRONG_STYLES, marker
from extractors.vocabulary.stops import SENTENCE_ENDS

if TYPE_CHECKING:
    from spacy.tokens import Doc
# 序号, 主要指标, 类 / 别: a line that begins so may be the header of a table without marks
HEADER_START = re.compile(
    r"(?:^|(?<=[\n\r\f]))[ \t\u3000]*"
    r"(?=序|编\s*号|类|分\s*类|领|维|考察|一级|二级|具体|核心|主要|发展|规划|重点|指|项|名称|监测|目标|准则|责任|牵头|部门|成员|任务|工作|事项|单位"
    r"|改革(?:事项|任务|举措)|政策(?:事项|措施)|整改|存在问题|反馈问题|年度任务)"
)
MAX_WORDS_WITHOUT_MARKS = 5000  # in all tables without marks of one plan: more than that is no plan


def read_tables(document: Document) -> tuple[Document, tuple[PlanTable, ...]]:
    """The document with the text of tables that could not be read put into blocks of the kind `table` (`closed`), and
    the tables that could be read. Offsets are the same in both documents."""
    found = tables(document)
    return closed(document, found, list(_heads(document))), found


def tables(document: Document) -> tuple[PlanTable, ...]:
    """The tables of the plan that can be read, in the order of the text, each as `as_work` gives it. Where one may
    begin (`_places`), a block with marks between its cells is read by them, other text by the first of the layouts
    without marks that can read it. Blocks with a `doubt` about their cells are passed over, and so are places inside a
    table that was read before."""
    found: list[PlanTable] = []
    end = 0
    unmarked = _Unmarked(document)
    for start, block in _places(document):
        if start < end or (block is not None and block.doubt):
            continue
        title = caption(document, start)
        if block is not None and block.cells:
            read = declared(document, block, title)
        elif block is not None and (separator := cell_separator(document, block.start, block.end)):
            read = delimited(document, block.start, block.end, separator, title)
        else:
            read = unmarked.read(start, block, title)
        for table in read:
            if table.start >= end:
                found.append(table)
                end = table.end
    return tuple(map(as_work, found))


class _Unmarked:
    """Reads the tables of a document that have no marks between their cells. It keeps the end of the last header that
    was tried for a cell a line, so that this header is not tried again from its second line on (`after_header`), and
    how many words `wrapped` was given (`words`)."""

    def __init__(self, document: Document) -> None:
        """`document` is the plan; nothing is read yet."""
        self.document = document
        # a table without marks ends before what the file itself sets apart
        self.bounds = [block.start for block in document.blocks if block.cells or block.kind == "contents"]
        self.after_header = self.words = 0

    def read(self, start: int, block: Block | None, title: Caption) -> Iterator[PlanTable]:
        """The tables, one or none, whose header begins at the offset `start` of `Document.text`, by the first layout
        that can read it: a cell a line, a row a line with blanks, no separation at all (`wrapped`). `block` is the
        block of the kind `table` that begins there, None for a line of running text; `title` is the caption. A table
        ends before the next block with declared cells or table of contents, and at the end of `block` where a heading
        comes next.

        A table by blanks whose last row was refused because it goes on below is given all lines to its end in that
        refusal (`_to_its_end`). A cell a line is not tried from inside a header for which it was tried before.
        `wrapped` is not tried on a text with gaps (`has_gaps`), in which the lines of a cell do not follow one another,
        nor once the candidates for it had MAX_WORDS_WITHOUT_MARKS words."""
        document = self.document
        after = bisect_right(self.bounds, start)
        limit = self.bounds[after] if after < len(self.bounds) else len(document.text)
        if block is not None and _before_heading(document, block):
            limit = min(limit, block.end)
        if start >= self.after_header:
            self.after_header = header_end(document, start, limit)
            if self.after_header > start and (table := one_per_line(document, start, limit, title)) is not None:
                yield table
                return
        if (table := by_blanks(document, start, limit, title)) is not None:
            yield self._to_its_end(table, limit)
            return
        found = candidate(document, start, limit) if self.words < MAX_WORDS_WITHOUT_MARKS else None
        if found is None or has_gaps(document, start, found.end):
            return
        self.words += len(found.body)
        yield from wrapped(found, title)

    def _to_its_end(self, table: PlanTable, limit: int) -> PlanTable:
        """The table, of which the last row was refused because its text goes on below (CONTINUED_BELOW), with all lines
        down to its end (`_end_of_table`, up to the offset `limit`) in that refusal, so that no row below is read as
        running text; every other table unchanged."""
        last = table.refused[-1] if table.refused else None
        end = _end_of_table(self.document, table.start, limit)
        if last is None or last.reason != CONTINUED_BELOW or end <= table.end:
            return table
        return replace(table, end=end, refused=(*table.refused[:-1], replace(last, end=end)))


def _before_heading(document: Document, block: Block) -> bool:
    """Whether the next block after this one is text that begins with the number of a part, chapter, section or box
    (第三章, 专栏2), or with 二、, 贰、, （二）, 二） or the like, so that no line after this block is a row of its
    table. Numbers of other styles, which rows have too, do not count: 1., 1.1, （1）, 第一条, 行动一：."""
    after = bisect_right(document.blocks, block.start, key=lambda each: each.start)
    if after == len(document.blocks) or document.blocks[after].kind != "text":
        return False
    number = marker(document.words(document.blocks[after]))
    return number is not None and (number.style in CUTTING_STYLES or number.style == "han-paren")


def tables_of(doc: "Doc") -> tuple[PlanTable, ...]:
    """The tables of the plan that the spaCy `Doc` holds, in the order of the text; they are read once and kept in
    `doc.user_data` for all components. Raises Usage for a Doc that was not made of a plan."""
    if "tables" not in doc.user_data:
        doc.user_data["tables"] = tables(reading(doc).document)
    found: tuple[PlanTable, ...] = doc.user_data["tables"]
    return found


def _places(document: Document) -> list[tuple[int, Block | None]]:
    """Where a table may begin, as (offset in `Document.text`, block), in order: each block that the layout marked as a
    table, and each line that begins like a header (`_heads`), with None for the block, because a table without marks
    may be in blocks of running text; of one offset the block comes first."""
    places: list[tuple[int, Block | None]] = [(b.start, b) for b in document.blocks if b.kind == "table"]
    places += [(at, None) for at in _heads(document)]
    return sorted(places, key=lambda place: (place[0], place[1] is None))


def _heads(document: Document) -> Iterator[int]:
    """The offsets in `Document.text` of the lines that begin like a header, in order: with 序, 类, 指, 项, 主要, 重点,
    任务 or another beginning in HEADER_START, so that lines such as 指导思想 are among them. Left out are lines in
    tables of cells and in the table of contents, and lines whose first character is not in `Document.text`."""
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


BETWEEN_CELLS = re.compile(r"[\s|│┃]+")
# 到 2025 年: a blank beside a figure, which parts no cells in running text
BLANK_BESIDE_FIGURE = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=\d)|(?<=\d) +(?=[\u4e00-\u9fff])")
PAUSE_INSIDE = re.compile(r"[，。；]")
ENDED_SENTENCE = re.compile(rf"[{SENTENCE_ENDS}：:!?]$")
MIN_INSET = 5  # blanks at the start of a line; the first line of a paragraph has four
MAX_LINES_BETWEEN_ROWS = 6  # from one row down to the next; the lines between may be the rest of cells
MAX_REST_LENGTH, MAX_PAUSED_LENGTH, MAX_ROW_LENGTH = (
    30,
    16,
    120,
)  # characters of such a line; with marks inside; of a row


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file: `first:last` are its offsets in the source text, `text` is what stands there without white
    space at both ends, `words` are that text divided at blanks and bars. `inset` says that it is a line of a table
    whose columns are set by blanks (`_with_insets`)."""

    first: int  # in the source text
    last: int
    text: str
    words: tuple[str, ...]
    inset: bool = False


def closed(document: Document, read: Sequence[PlanTable], heads: Sequence[int]) -> Document:
    """The document with the text of tables that were not read (`unread`) in blocks of the kind `table`, which all
    readers of running text pass over. `read` are the tables that were read, `heads` the offsets in `Document.text` at
    which a header may begin, both in order. The text and the offsets stay the same; the document itself where there are
    no such tables."""
    spans = list(unread(document, read, heads))
    return replace(document, blocks=tuple(_blocks(document.blocks, spans))) if spans else document


def unread(document: Document, read: Sequence[PlanTable], heads: Sequence[int]) -> Iterator[Span]:
    """The spans in `Document.text` of tables that were not read, in order, each from the first character of the header
    to the last of the rows: '重点任务 责任单位\\n1.改造食堂 36个 县教育局\\n2.清理河道 县水利局 县财政局' -> (0, 42).
    None begins inside a table that was read or another span; each ends before the next table that was read, declared
    cells, heading that the file format marks, table of contents or attachment. `read` and `heads` are those of
    `closed`."""
    starts = [table.start for table in read]
    apart = sorted(
        {*starts, *(b.start for b in document.blocks if b.cells or b.level or b.kind in ("contents", "attachment"))}
    )
    reached = 0
    for start in heads:
        before = bisect_right(starts, start) - 1
        if start < reached or (before >= 0 and start < read[before].end):
            continue
        after = bisect_right(apart, start)
        limit = apart[after] if after < len(apart) else len(document.text)
        if end := _end_of_table(document, start, limit):
            yield start, end
            reached = end


def _end_of_table(document: Document, start: int, limit: int) -> int:
    """The offset in `Document.text` after the last row (`_last_row`) of the table whose header begins at the offset
    `start`, looked for up to `limit` in at most MAX_TABLE_LINES lines, those of the header included; 0 where there are
    fewer than MIN_ROWS (2) rows or no header: neither lines of labels that blanks and bars divide (`header_lines`) nor
    a line of labels with wide gaps (`_labels_apart`)."""
    lines: list[_Line] = []
    found = source_lines(document, start, limit)
    for first, last in found:
        text = document.source.text[first:last].strip()
        lines.append(_Line(first, last, text, tuple(word for word in BETWEEN_CELLS.split(text) if word)))
        if len(lines) == 1 and not columns_of_words(lines[0].words) and not _labels_apart(text):
            return 0
        if len(lines) >= MAX_TABLE_LINES:
            break
    used = header_lines([line.words for line in lines])
    if lines and _labels_apart(lines[0].text):
        used = used or 1
        lines = _with_insets(document.source.text, lines)
    last_row = _last_row(lines, used) if used else 0
    if not last_row:
        return 0
    # the layout left out what closes a frame (│)
    return start + len(document.text[start : text_offset(document, lines[last_row].last, start, limit)].rstrip())


def _labels_apart(text: str) -> bool:
    """Whether the line with this text is the header of a table whose columns are set by blanks: it has wide gaps, and
    of the words between them at least MIN_LABELS (2), and more than half, are labels: '部门    职责与任务' -> True."""
    labels = GAP_IN_LINE.split(text)
    known = sum(column(label) is not None for label in labels)
    return known >= MIN_LABELS and known * 2 > len(labels)


def _with_insets(source: str, lines: Sequence[_Line]) -> list[_Line]:
    """The lines of a table whose columns are set by blanks, with `inset` set for those that only a table has: lines
    with a wide gap between two words, and lines that begin with at least MIN_INSET (5) blanks and not further left than
    where the first label of the header ends; the header is the first line. `source` is the text of the file."""
    label = GAP_IN_LINE.split(lines[0].text)[0]
    least = max(MIN_INSET, source.index(label, lines[0].first) - lines[0].first + len(label))
    found = []
    for line in lines:
        own = source[line.first : line.last].rstrip()
        inset = GAP_IN_LINE.search(own) is not None or len(own) - len(own.lstrip()) >= least
        found.append(replace(line, inset=inset))
    return found


def _last_row(lines: Sequence[_Line], first: int) -> int:
    """The index of the last line that is a row (`is_row`), of the table whose rows begin at line `first`; 0 where fewer
    than MIN_ROWS are found. A row is at most MAX_LINES_BETWEEN_ROWS (6) lines below the row before it, the first at
    most as many below line `first`; the table ends with more, or where `_table_ends` says so. Where it ends at a date
    and the row right above that is the body which signs the document, the last line is the one above the body, and a
    body of one word does not count as a row."""
    rows = last = 0
    for at in range(first, len(lines)):
        if at - (last or first) > MAX_LINES_BETWEEN_ROWS or _table_ends(lines, at):
            if SIGNATURE_DATE.fullmatch(lines[at].text) and last == at - 1 and SIGNING_BODY.search(lines[last].text):
                last, rows = last - 1, rows - (len(lines[last].words) == 1)  # the body that signs
            break
        if is_row(lines[at]):
            rows, last = rows + 1, at
    return last if rows >= MIN_ROWS and last >= first else 0


def is_row(line: _Line) -> bool:
    """Whether the line is a row of a table, or a cell that only a table has: '1.改造食堂 36个 县教育局', '2 清理河道',
    '县水利局', '2024年6月' -> True.

    - A line that is `inset`, whatever stands in it.
    - A line of several words, of at most MAX_ROW_LENGTH (120) characters; with ，。 or ； in it, only white space
      divides words, and not a blank beside a figure (到 2025 年).
    - A line of a single word, of at most MAX_REST_LENGTH (30) characters and without any of ，。；, that begins with a
      plain number that counts it (1.改造食堂, 3改造食堂; not 36个) or is a row number, a list of bodies or a deadline
      (also what else begins with four digits).

    A line that is not `inset` and ends with a mark of the end of a sentence or a colon is no row, unless it has ，。
    or ； in it and at least three words, the first of them a row number (1.).
    """
    if line.inset:
        return True
    text, words = line.text, line.words
    if PAUSE_INSIDE.search(text):
        words = tuple(BLANK_BESIDE_FIGURE.sub("", text).split())
        if len(words) < 2 or (ENDED_SENTENCE.search(text) and (len(words) < 3 or serial_number(words[0]) is None)):
            return False
    elif ENDED_SENTENCE.search(text):
        return False
    if len(words) > 1:
        return len(text) <= MAX_ROW_LENGTH
    if len(text) > MAX_REST_LENGTH:
        return False
    number = marker(text)
    counted = serial_number(text) is not None or (number is not None and number.style in ("bare", "arabic"))
    return counted or is_bodies(text) or DEADLINE_CELL.fullmatch(text) is not None


def _table_ends(lines: Sequence[_Line], at: int) -> bool:
    """Whether the table ends above the line of index `at` in `lines`, by the first of these that the line is:

    - a note, a caption (`_is_caption`), an annex or a date, or begins with a number like 第三章, 专栏2 or 3.1: yes;
    - a row (`is_row`): only where it begins with a plain number and the line below with one like 3.1;
    - a line with 一、, 壹、 or （一）: where it ends a sentence, or no row with a plain number or none is right below
      (`_counted_row`);
    - the end of a sentence: where it is longer than MAX_PAUSED_LENGTH (16) or no row is right below;
    - other text: where it is longer than MAX_REST_LENGTH (30), or with ，, 。 or ； in it than MAX_PAUSED_LENGTH.
    """
    line = lines[at]
    text, number = line.text, marker(line.text)
    if NOTE_BELOW_TABLE.match(text) or _is_caption(line) or ANNEX_BELOW.match(text) or SIGNATURE_DATE.fullmatch(text):
        return True
    below = lines[at + 1] if at + 1 < len(lines) else None
    if number is not None and (number.style in STRONG_STYLES or number.style == "decimal"):
        return True
    if is_row(line):
        after = marker(below.text) if below and number and number.style in ("bare", "arabic") else None
        return after is not None and after.style == "decimal"  # 4 保障措施, above 4.1
    if number is not None and (number.style in CUTTING_STYLES or number.style == "han-paren"):
        # 一、设施建设, above further rows, is a line across the table
        return ENDED_SENTENCE.search(text) is not None or below is None or not _counted_row(below)
    if ENDED_SENTENCE.search(text):
        return len(text) > MAX_PAUSED_LENGTH or below is None or not is_row(below)
    return len(text) > (MAX_PAUSED_LENGTH if PAUSE_INSIDE.search(text) else MAX_REST_LENGTH)


def _is_caption(line: _Line) -> bool:
    """Whether the line begins with the number of a table or figure, or its first word is 表 or 图: '表2 主要指标', '表
    主要指标' -> True; '图书馆 20个 县文旅局' -> False."""
    found = TABLE_NUMBER.match(line.text)
    return found is not None and (found.end() > 1 or len(line.words[0]) == 1)


def _counted_row(line: _Line) -> bool:
    """Whether the line is a row and has no number, or a plain one (1, 1.), unlike a heading (一、)."""
    number = marker(line.text)
    return is_row(line) and (number is None or number.style in ("bare", "arabic"))


def _blocks(blocks: Sequence[Block], spans: Sequence[Span]) -> Iterator[Block]:
    """The blocks, with one of the kind `table` for each of the spans of `Document.text`, which are in order and each
    touch a block. What stands before and after a span in the same block keeps the block's kind, but no longer counts as
    a line of its own (`line`), nor, after a span, as bold at its start; a block of the kind `table` that a span touches
    is made part of it as a whole, and a further span in that block adds nothing."""
    left, reached = deque(blocks), 0
    for start, end in spans:
        while left and left[0].end <= max(start, reached):
            yield left.popleft()
        if not left or left[0].start >= end:
            continue  # in the block of the span before
        first = last = left.popleft()
        while left and left[0].start < end:
            last = left.popleft()
        if first.kind == "table" or start < reached:
            start = first.start
        elif first.start < start:
            yield replace(first, end=start, line=False)
        if last.kind == "table":
            end = last.end
        yield Block("table", start, end, line=False)
        reached = end
        if last.end > end:
            left.appendleft(replace(last, start=end, line=False, bold_end=0))
    yield from left
