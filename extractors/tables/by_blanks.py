"""Tables of work and of projects whose cells are parted by blanks, as a copy from a web page leaves them.

  序号 重点任务 责任单位 完成时限
  1 改造学校食堂 县教育局 2024年12月

Where wider gaps part the labels, they part the cells too, which then need not stand in columns, and a single blank is
inside a cell. Only a line with as many words as the header has labels is a row, and only if each word is what its
column holds: the next number, bodies, text that is no list of bodies. Another line with the next number is refused,
and so is a row that goes on below, because nothing shows to which of its cells the rest belongs.

Needed by: annexes copied as text from web pages of county plans (任务清单, 项目表).
"""

from collections.abc import Iterator, Sequence

from extractors import expressions as re
from extractors.document import Document
from extractors.tables.cell_cost import BAND_NUMBER, is_band, is_bodies, is_dash, is_number, serial_number
from extractors.tables.columns import FREE, Column, column
from extractors.tables.model import Caption, Refusal, Span, Table, TableCell
from extractors.tables.tokens import place, source_lines
from extractors.vocabulary.duties import head_kind
from extractors.vocabulary.numbering import marker

SINGLE = re.compile(" ")
WIDE = re.compile(r"[ \u3000]{2,}|\u3000|\t")
FEWEST_COLUMNS, MOST_COLUMNS = 3, 9  # only a table of bodies and their duties has two
FEWEST_ROWS = 2
MOST_LINES = 400
COUNT = "it has more or fewer words than the header has labels"
GOES_ON = "its text goes on below, and to which cell is not known"
NO_FIT = "its words do not fit the columns in their order"


def by_blanks(document: Document, start: int, limit: int, caption: Caption) -> Table | None:
    """The table whose header is the line at the offset `start` of `Document.text`, read up to the offset `limit`;
    `caption` gives its title and unit. A numbered band (一、经济发展) is a row of its own.

    Where the first column numbers the rows, each line with the next number is a row, which is refused where its words
    are not as many as the labels or do not fit; elsewhere each line with as many words as labels is one. The table ends
    with any other line; the row above it is refused if that line may be the rest of a cell. None where the line at
    `start` is no header, where fewer than FEWEST_ROWS rows can be read, and where more are refused than read.
    """
    lines = source_lines(document, start, limit)
    columns: tuple[Column, ...] = ()
    cells: list[TableCell] = []
    refused: list[Refusal] = []
    read = number = row = 0
    end = start
    part = SINGLE
    for count, (first, last) in enumerate(lines):
        if not columns:
            part = WIDE if WIDE.search(document.source.text[first:last].strip()) else SINGLE
        places = list(_parted(document.source.text, first, last, part))
        words = [document.source.text[a:b] for a, b in places]
        if not columns:
            columns = _header(words)
            if not columns or count:
                return None
            continue
        opens, closes = place(document, first, start, limit), place(document, last - 1, start, limit) + 1
        text = document.source.text[first:last].strip()
        counted = serial_number(words[0]) == number + 1 if columns[0].role == "serial" else None
        if len(words) == 1 and BAND_NUMBER.match(text) and is_band(text):
            cells.append(TableCell(row, 0, text, ((opens, closes),), column_span=len(columns)))
            row, end = row + 1, closes
            continue
        if counted is False or (counted is None and len(words) != len(columns)) or count > MOST_LINES:
            if cells and not _table_ends(text) and cells[-1].column_span == 1:
                gone = cells[-1].row  # the line may be the rest of a cell
                refused.append(Refusal(min(c.pieces[0][0] for c in cells if c.row == gone), closes, GOES_ON))
                cells = [cell for cell in cells if cell.row != gone]
                read, end = read - 1, closes
            break
        number += 1
        end = closes
        if len(words) != len(columns):
            refused.append(Refusal(opens, closes, COUNT))
        elif not all(_fits(head, word) for head, word in zip(columns, words, strict=True)):
            refused.append(Refusal(opens, closes, NO_FIT))
        else:
            for c, (word, (a, b)) in enumerate(zip(words, places, strict=True)):
                piece = place(document, a, start, limit), place(document, b - 1, start, limit) + 1
                cells.append(TableCell(row, c, word, (piece,)))
            row, read = row + 1, read + 1
    if read < FEWEST_ROWS or len(refused) > read:
        return None
    return Table(start, end, caption.title, "gaps", columns, tuple(cells), caption.unit, tuple(refused))


def _parted(text: str, start: int, end: int, part: re.Pattern[str]) -> Iterator[Span]:
    """The stretches of `text[start:end]` between the matches of `part`, in order, as offsets in `text`."""
    at = start
    for gap in part.finditer(text, start, end):
        yield at, gap.start()
        at = gap.end()
    yield at, end


def _header(words: Sequence[str]) -> tuple[Column, ...]:
    """The columns of the header whose labels are these words, one each, for a table of work, of projects, or of bodies
    and their duties. An empty tuple where a word is no label, where there are too few or too many of them, where none
    is of free text, where there are units, kinds or values, and where no column is of bodies and the first does not
    number the rows."""
    heads = [column(word) for word in words]
    if not 2 <= len(heads) <= MOST_COLUMNS or None in heads:
        return ()
    columns = tuple(head for head in heads if head is not None)
    roles = {head.role for head in columns}
    if len(columns) < FEWEST_COLUMNS and roles != {"departments", "duty"}:
        return ()
    bodies = "departments" in roles or any(head_kind(head.label) for head in columns)
    counted = columns[0].role == "serial"
    if roles & {"value", "growth", "kind", "unit"} or not roles & FREE or not (bodies or counted):
        return ()
    return columns


def _fits(head: Column, word: str) -> bool:
    """Whether the word can be a cell of the column `head`: a row number in a column of these, bodies or a dash in one
    of bodies, a number or a dash in a column with a unit; in a column of tasks, measures or names anything but a list
    of bodies, in other columns anything."""
    if head.role == "serial":
        return serial_number(word) is not None
    if head.role == "departments":
        return is_bodies(word) or is_dash(word)
    if head.unit is not None:
        return is_number(word) or is_dash(word)
    return head.role not in ("task", "content", "name") or not is_bodies(word)


def _table_ends(text: str) -> bool:
    """Whether the line with this text comes after the end of a table: 二、保障措施, 附件3, 注：…, 2023年2月1日. It
    begins with a number that has a mark (二、, 1.), with 附, 备, 注, 表, 图 or a bracket, or ends with 日."""
    number = marker(text)
    return (number is not None and number.style != "bare") or text[:1] in "附注备表图（(" or text.endswith("日")
