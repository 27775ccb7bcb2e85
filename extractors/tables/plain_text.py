"""Tables in plain text without marks: a row a line with blanks between its cells, or, of work, a cell a line.

  序号 重点任务 责任单位 完成时限
  1 改造学校食堂 县教育局 2024年12月

`by_blanks` reads rows of one line, as a copy from a web page leaves them. Where wider gaps separate the labels, they
separate the cells too, which then need not stand in columns, and a single blank is inside a cell; so tables of values
are read too. Only a line with as many words as the header has labels is a row, and only if each word is what its column
holds (`_fits_column`): the next number, bodies, text that is no list of bodies unless it stands below its label.
Another line with the next number is refused, and so is a row that is continued below, because nothing shows to which of
its cells the rest belongs; only a name that stands on the lines above and below its figures is read.

`one_per_line` reads cells of one line or more, as Word saves them as text. The header labels stand on lines of their
own, then the cells, row by row; an empty cell takes no line. Where empty lines part the labels, the lines between two
of these are in one cell. Where a column numbers the rows, the numbers show where
each begins; where the first column alone holds bodies, their names do; elsewhere the lines are cut into rows at the
lowest cost (dynamic programming over lines and columns). A row is refused where its lines can be divided between the
columns in several ways, badly, or not at all.

Needed by: `one_per_line` by wild/fuxin_jiankang.docx and wild/hainan_fj1_zhize.docx, saved as text (部门 | 职责与任务).
`by_blanks` by no file that is known: it is for a table that was copied out of a web page (任务清单, 项目表), whose rows
would otherwise be read as lists and sentences.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from math import inf

from extractors import expressions as re
from extractors.document import Document
from extractors.tables.bounds import AFTER_WORK_TABLE, SIGNATURE_DATE, SIGNING_BODY, comes_after_table
from extractors.tables.cost import (
    POOR_CELL,
    cell_cost,
    is_bodies,
    is_dash,
    is_number,
    is_numbered_band,
    serial_number,
)
from extractors.tables.header import blanks_header, work_header
from extractors.tables.model import (
    GROUP_ROLES,
    VALUE_ROLES,
    Caption,
    Column,
    PlanTable,
    Refusal,
    Span,
    TableCell,
    from_tokens,
    grouped,
    merged_down,
)
from extractors.tables.words import (
    MAX_TABLE_LINES,
    Gap,
    Token,
    display_width,
    lines_of,
    source_lines,
    text_offset,
    tokens,
)

ONE_BLANK = re.compile(" ")
WIDE_BLANK = re.compile(r"[ \u3000]{2,}|\u3000|\t")
MARK_IN_SENTENCE = re.compile(r"[，。；：]")
MIN_ROWS = 2
WRONG_COUNT = "it has more or fewer words than the header has labels"
# 2024年起, 每年, 分阶段, 持续: words of time
TIME_WORD = re.compile(r"[年月日季底期]|\d|持续|长期|常态|阶段|每|完成|前")
# 参照范本: what may be the label of a column that is not known
FURTHER_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}")
MAX_FURTHER_LABELS = 2
CONTINUED_BELOW = "its text goes on below, and to which cell is not known"
WORDS_UNFIT = "its words do not fit the columns in their order"


def by_blanks(document: Document, start: int, limit: int, caption: Caption) -> PlanTable | None:
    """The table whose header is the line at the offset `start` of `Document.text`, or that line and the next
    (`_columns_of_two_lines`), read up to the offset `limit`; `caption` gives its title and unit. Words are parted by
    two blanks, a full-width blank or a tab where the header has one of these (`blanks_header`: then also a table of
    values), else by each blank.

    Each line below is a row (`_is_row`) or a numbered band (一、经济发展); a row whose words are not those of its
    columns (`_misfit`), or do not stand in them though at least half of the others do (`_in_columns`), is refused: two
    cells that a conversion has run together push the next ones out of their columns. The table ends with any other
    line, and after MAX_TABLE_LINES (400). Where wide gaps separate the words, a line with such a gap, and one that
    begins at the second label or right of it, is never a band, and never comes after a table. Unless the line that ends
    the table comes after tables (`comes_after_table`), it may be the rest of a cell: the last row that was read is
    refused, with all down to and with that line. Where a band was read last, that line alone is refused, and only if it
    has such a gap or beginning. A row whose name stands on the lines above and below its figures is one row
    (`_with_names_around`); a line above figures without a name that is no such row is refused with them, and not the
    row above it.

    Labels of groups are left out of a table of values, because it is not known which rows they are for. None where the
    line at `start` is no header, fewer than MIN_ROWS (2) rows can be read, or more are refused than read.
    """
    source = document.source.text
    all_lines = source_lines(document, start, limit)
    opening = next(all_lines, (0, 0))
    header = source[slice(*opening)]
    following = list(islice(all_lines, 1))
    if columns := _columns_of_two_lines(source, [opening, *following]):
        part, following = WIDE_BLANK, []
    else:
        columns, part = _columns_by_blanks(header)
    if not columns:
        return None
    lines = [opening, *following, *islice(all_lines, MAX_TABLE_LINES - len(following))]
    margin = len(header) - len(header.lstrip())
    read_lines = [
        _Row(first, last, _places_of_words(source, first, last, part, margin, columns[0])) for first, last in lines
    ]
    second = read_lines[0].places[1][0] - opening[0]
    names = _name_column(columns, read_lines[0])
    rows = _with_names_around(source, read_lines, columns, names) if names and part is WIDE_BLANK else read_lines
    in_columns = _in_columns(source, [row.places for row in rows]) if part is WIDE_BLANK else frozenset()
    cells: list[TableCell] = []
    refused: list[Refusal] = []
    number = row = 0
    end = start
    for count, line in enumerate(rows[1:], 1):
        words = line.words(source)
        opens = text_offset(document, line.first, start, limit)
        closes = text_offset(document, line.last - 1, start, limit) + 1
        text = source[line.first : line.last].strip()
        # what stands below another column than the first is the rest of a cell
        outside = part is ONE_BLANK or line.alone_left_of(second)
        if outside and len(words) == 1 and is_numbered_band(text):
            cells.append(TableCell(row, 0, text, ((opens, closes),), column_span=len(columns)))
            row, end = row + 1, closes
            continue
        if not _is_row(columns, words, number + 1):
            below = rows[count + 1 : count + 2]
            if cells and names and line.alone_in(names) and any(_is_nameless(source, x, columns, names) for x in below):
                end = text_offset(document, rows[count + 1].last - 1, start, limit) + 1
                refused.append(Refusal(opens, end, CONTINUED_BELOW))
            elif cells and not (outside and comes_after_table(text)):
                cells, rest = _before_rest(cells, Refusal(opens, closes, CONTINUED_BELOW), outside=outside)
                refused += rest
                end = closes if rest else end
            break
        number += 1
        end = closes
        reason = _misfit(columns, words, in_column=count in in_columns)
        if reason or (in_columns and count not in in_columns):
            refused.append(Refusal(opens, closes, reason or WORDS_UNFIT))
            continue
        for c, (word, places) in enumerate(zip(words, line.pieces, strict=True)):
            if word:
                pieces = tuple(
                    (text_offset(document, a, start, limit), text_offset(document, b - 1, start, limit) + 1)
                    for a, b in places
                )
                cells.append(TableCell(row, c, word, pieces))
        row += 1
    read = len({cell.row for cell in cells if cell.column_span == 1})
    if read < MIN_ROWS or len(refused) > read:
        return None
    if any(head.role in VALUE_ROLES for head in columns):
        cells = [cell for cell in cells if columns[cell.column].role not in GROUP_ROLES or cell.column_span > 1]
    return PlanTable(start, end, caption.title, "blanks", columns, tuple(cells), caption.unit, tuple(refused))


@dataclass(frozen=True, slots=True)
class _NameColumn:
    """The column of the names in a table set by blanks: its `index`, and how many characters from the margin it begins
    and ends: `left` is where the label before its own ends, 0 where there is none, `right` where the next one begins.
    """

    index: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a table set by blanks, `first:last` in the source text, with the places of its words there; or a row of
    three lines, from the first to the last of them, whose name, the word of index `name`, goes on at `rest`, the place
    of the last line's word (`_with_names_around`; None for a single line)."""

    first: int
    last: int
    places: list[Span]
    rest: Span | None = None
    name: int = 0

    @property
    def pieces(self) -> list[tuple[Span, ...]]:
        """For each cell the places of its text: one, or two for a name that goes on."""
        return [(place, self.rest) if self.rest and n == self.name else (place,) for n, place in enumerate(self.places)]

    def words(self, source: str) -> list[str]:
        """The text of each cell, in the text `source` of the file."""
        return ["".join(source[a:b] for a, b in places) for places in self.pieces]

    def alone_left_of(self, label: int) -> bool:
        """Whether it is a single line with one word, which begins fewer than `label` characters from the margin."""
        return self.rest is None and len(self.places) == 1 and self.places[0][0] - self.first < label

    def alone_in(self, names: _NameColumn) -> bool:
        """Whether it is a single line with one word, which begins in the column of the names."""
        return self.alone_left_of(names.right) and not self.alone_left_of(names.left)


def _name_column(columns: Sequence[Column], header: _Row) -> _NameColumn | None:
    """The column of the names where it is the first, or the second behind row numbers, and not the last; None for
    others. `header` is the line of the labels."""
    index = 1 if columns[0].role == "serial" else 0
    if index + 1 >= min(len(columns), len(header.places)) or columns[index].role != "name":
        return None
    left = header.places[0][1] - header.first if index else 0
    return _NameColumn(index, left, header.places[index + 1][0] - header.first)


def _with_names_around(
    source: str, lines: Sequence[_Row], columns: Sequence[Column], names: _NameColumn
) -> list[_Row]:  # fmt: skip
    """The lines, with those of a row whose name stands on the lines above and below its figures made one row, as
    pdftotext prints a name of two lines in the middle of which the figures stand:

        缺水城市
                    %    20    25    约束性
        再生水利用率

    `lines` are those of the table from its header on, with offsets in the text `source` of the file; `columns` are its
    columns, and `names` is that of the names."""
    found: list[_Row] = []
    at = 0
    while at < len(lines):
        if found and _stands_around(source, found[-1], lines[at : at + 4], columns, names):
            upper, figures, lower = lines[at : at + 3]
            places = [*figures.places[: names.index], *upper.places, *figures.places[names.index :]]
            found.append(_Row(upper.first, lower.last, places, lower.places[0], names.index))
            at += 3
        else:
            found.append(lines[at])
            at += 1
    return found


def _stands_around(
    source: str, above: _Row, lines: Sequence[_Row], columns: Sequence[Column], names: _NameColumn
) -> bool:  # fmt: skip
    """Whether the first three of the lines are a row whose name stands on the first and the third, around its figures.
    `source` is the text of the file, `columns` are those of the table and `names` is that of the names. `above` is the
    row or line above them, and the fourth of `lines`, where there is one, that below. False where either shows that a
    part of the name may be of another row: where the line above is a part of a name too, or the line below has figures
    without a name."""
    if len(lines) < 3:
        return False
    upper, figures, lower, *below = lines
    return (
        _is_nameless(source, figures, columns, names)
        and not any(_is_nameless(source, line, columns, names) for line in below)
        and all(_is_part_of_name(source, line, figures, names) for line in (upper, lower))
        and not _is_part_of_name(source, above, figures, names)
    )


def _is_part_of_name(source: str, line: _Row, figures: _Row, names: _NameColumn) -> bool:
    """Whether the line has nothing but what may be a part of the name of the row that has the line `figures`: one word
    in the column of the names, without a mark of a sentence, that ends before the figures begin. No band, and nothing
    that comes after a table (`comes_after_table`), is one."""
    text = source[line.first : line.last].strip()
    return (
        line.alone_in(names)
        and line.places[0][1] - line.first <= figures.places[names.index][0] - figures.first
        and not MARK_IN_SENTENCE.search(text)
        and not comes_after_table(text)
        and not is_numbered_band(text)
    )


def _is_nameless(source: str, line: _Row, columns: Sequence[Column], names: _NameColumn) -> bool:
    """Whether the line has a word for each of the columns but that of the names, each of which fits its column
    (`_fits_column`), and those of the columns behind it begin right of it."""
    others = [head for n, head in enumerate(columns) if n != names.index]
    words = line.words(source)
    return (
        len(words) == len(others)
        and line.places[names.index][0] - line.first >= names.right
        and all(_fits_column(head, word, in_column=False) for head, word in zip(others, words, strict=True))
    )


def _before_rest(cells: list[TableCell], line: Refusal, *, outside: bool) -> tuple[list[TableCell], list[Refusal]]:
    """The cells of the table above a line that ends it and may be the rest of a cell, and what is refused for that:
    the last row together with the line, whose cells are left out; below a band the line alone, nothing where it stands
    `outside` the columns. `cells` are all cells so far, at least one; `line` is the line as a refusal."""
    last = cells[-1]
    if last.column_span > 1:
        return cells, [] if outside else [line]
    first = min(cell.pieces[0][0] for cell in cells if cell.row == last.row)
    return [cell for cell in cells if cell.row != last.row], [replace(line, start=first)]


def _columns_by_blanks(header: str) -> tuple[tuple[Column, ...], re.Pattern[str]]:
    """The columns of the header that is the line `header` (`blanks_header`), none where it is no header, and what parts
    its words and those of the rows: WIDE_BLANK where it stands between two words of the header, else ONE_BLANK."""
    labels = header.strip()
    part = WIDE_BLANK if WIDE_BLANK.search(labels) else ONE_BLANK
    return blanks_header([word for word in part.split(labels) if word], values=part is WIDE_BLANK), part


def _columns_of_two_lines(source: str, lines: Sequence[Span]) -> tuple[Column, ...]:
    """The columns of the header that is printed on the first two of `lines`, which are given as offsets in `source`:
    wide gaps part the labels of the first line, and each word of the second stands right below one of these, which it
    goes on with: 2020年 above 实际, 指标 above 属性. A Chinese character takes one column of the page, or two. Empty
    for other lines, and where the labels are together no header (`blanks_header`)."""
    if len(lines) < 2:
        return ()
    upper, lower = (
        [(at, text) for at, text in _placed_words(source, first, last) if text] for first, last in lines[:2]
    )
    for width in (len, display_width):
        places = {width(source[lines[0][0] : at]): n for n, (at, _) in enumerate(upper)}
        below = {places.get(width(source[lines[1][0] : at])): text for at, text in lower}
        if lower and None not in below and len(below) == len(lower):
            labels = [text + below.get(n, "") for n, (_, text) in enumerate(upper)]
            if columns := blanks_header(labels, values=True):
                return columns
    return ()


def _placed_words(source: str, first: int, last: int) -> Iterator[tuple[int, str]]:
    """The words of the line `source[first:last]` that wide gaps part, each with its offset in `source`; an empty one
    before an indent."""
    line = source[first:last].rstrip()
    for at, end in _parted(source, first, first + len(line), WIDE_BLANK):
        yield at, source[at:end]


def _places_of_words(
    source: str, first: int, last: int, part: re.Pattern[str], margin: int, head: Column
) -> list[Span]:
    """The words of the line `source[first:last]` that the matches of `part` separate, as offsets in `source`. Blanks at
    the start of the line are passed over. Where the first column, `head`, holds labels of groups, only as many as
    `margin` are, which is the indent of the header; where the blanks after these match `part`, the first word is empty,
    the cell of a group without a label."""
    line = source[first:last]
    indent = len(line) - len(line.lstrip())
    first += min(margin, indent) if head.role in GROUP_ROLES else indent
    return list(_parted(source, first, first + len(source[first:last].rstrip()), part))


def _in_columns(source: str, lines: Sequence[Sequence[Span]]) -> frozenset[int]:
    """The indices of those of the lines, each given as the places of its words in `source`, whose words begin in the
    same columns of the page as those of the header, the first line. None at all where that are fewer than half of the
    lines with as many words, or only the header: such a table does not stand in columns. A Chinese character takes one
    column of the page, or two; that way counts in which more lines stand in columns."""
    best: frozenset[int] = frozenset()
    for width in (len, display_width):
        starts = {
            n: tuple(width(source[source.rfind("\n", 0, a) + 1 : a].replace("\u3000", "\u4e00")) for a, _ in places)
            for n, places in enumerate(lines)
            if len(places) == len(lines[0])
        }
        inside = frozenset(n for n, place in starts.items() if place == starts[0])
        if len(inside) > max(1, len(best)) and len(inside) * 2 >= len(starts):
            best = inside
    return best


def _is_row(columns: Sequence[Column], words: Sequence[str], number: int) -> bool:
    """Whether a line with these words is the next row, of the number `number`: where the first column numbers the rows,
    if the first word is that number; elsewhere if there are as many words as columns."""
    if columns[0].role == "serial":
        return serial_number(words[0]) == number
    return len(words) == len(columns)


def _misfit(columns: Sequence[Column], words: Sequence[str], *, in_column: bool) -> str | None:
    """Why a row with these words is refused: WRONG_COUNT where they are not as many as the columns, WORDS_UNFIT where
    some word does not fit its column (`_fits_column`); None where nothing is wrong. `in_column` says that each word
    stands below its label on the page."""
    if len(words) != len(columns):
        return WRONG_COUNT
    fit = all(_fits_column(head, word, in_column=in_column) for head, word in zip(columns, words, strict=True))
    return None if fit else WORDS_UNFIT


def _parted(text: str, start: int, end: int, part: re.Pattern[str]) -> Iterator[Span]:
    """The stretches of `text[start:end]` before, between and after the matches of `part`, in order, as offsets in
    `text`; a stretch may be empty."""
    at = start
    for gap in part.finditer(text, start, end):
        yield at, gap.start()
        at = gap.end()
    yield at, end


def _fits_column(head: Column, word: str, *, in_column: bool) -> bool:
    """Whether the word can be a cell of the column `head`, by the first that holds: a column of row numbers takes row
    numbers; one of bodies, lists of bodies and dashes; one of units, values, growth or kinds, what costs less than
    POOR_CELL (2.5) there (`cell_cost`); another one whose label gives a unit, numbers and dashes; an empty word only
    one of labels of groups; one of tasks, measures or names, anything but a number and, unless the word stands
    `in_column`, a list of bodies; every other one, anything."""
    if head.role == "serial":
        return serial_number(word) is not None
    if head.role == "departments":
        return is_bodies(word) or is_dash(word)
    if head.role in ("unit", "value", "growth", "kind"):
        return cell_cost(head.role, word) < POOR_CELL
    if head.unit is not None:
        return is_number(word) or is_dash(word)
    if not word:
        return head.role in GROUP_ROLES
    return head.role not in ("task", "content", "name") or not (is_number(word) or (not in_column and is_bodies(word)))


MAX_HEADER_TEXT = 200
MAX_LINES_TEXT = 60_000  # characters of one table
MAX_CELL_LINES = 24
MIN_DIVISION_MARGIN = 0.4  # by how much the best division of a row's lines must be cheaper than any other
MAX_LINE_ROW_COST = 3.0  # of a line below the last row; half of it, for each column, is the most that a row costs
# the cost of a cell that has no line of its own: merged with the one above, or left blank
NO_LINE_COST = {
    "serial": 9.0,
    "departments": 1.8,
    "duty": 9.0,
    "content": 1.6,
    "task": 1.2,
    "name": 1.2,
    "dimension": 0.2,
}
NO_LINE_COST_OTHER = 0.8
FURTHER_LINE_COST = 0.15  # the cost of each further line of a cell
# 2025年12月底前, 持续推进, 长期坚持, 2023-2025年
DEADLINE_CELL = re.compile(
    r"(?:\d{4}|每年|今年|明年|年底|季度|上半年|下半年|\d{1,2}月|长期|持续|常年|即时|立即|按(?:时|季|月|年|国家|省)|分(?:步|阶段)|适时|全年).{0,24}"
)
PROSE_MARK = re.compile(r"[。；]")
SENTENCE_END = re.compile(r"[。；]$")
GOES_ON = ("和", "与", "及", "、", "（")  # how a line ends whose cell goes on
MAX_LINE_COST = 1.2  # the cost above which a line fits its column badly


@dataclass(frozen=True, slots=True)
class WordLine:
    """A line of the file as its words, from left to right."""

    words: tuple[Token, ...]

    @property
    def text(self) -> str:
        """The words of the line, joined without spaces."""
        return "".join(word.text for word in self.words)


def header_end(document: Document, start: int, limit: int) -> int:
    """The offset in `Document.text` after the header (`work_header`), if one begins at the offset `start`; `start`
    itself where none does. At most MAX_HEADER_TEXT (200) characters are read, none from `limit` on."""
    lines = _lines(document, start, min(limit, start + MAX_HEADER_TEXT))
    _, used = work_header([line.text for line in lines])
    return lines[used - 1].words[-1].end if used else start


def one_per_line(document: Document, start: int, limit: int, caption: Caption) -> PlanTable | None:
    """The table of work whose header begins at the offset `start` of `Document.text`, where `header_end` has found one;
    read up to `limit`, or a heading, annex, box, caption or note before it (AFTER_WORK_TABLE), at most MAX_LINES_TEXT
    (60,000) characters. `caption` gives its title and unit. Without the lines that sign the document
    (`_without_signature`), except where the first column numbers the rows and the last is the deadline, whose last cell
    may be a date. A row is refused where its lines can be divided between the columns in several ways, only badly, or
    not at all (`lines_of_cells`, `cells_below_bodies`), and where its body's name may begin in a refused row right
    above. None where fewer than MIN_ROWS (2) rows are read, and where more are refused than read."""
    lines = _lines(document, start, min(limit, start + MAX_LINES_TEXT))
    columns, used = work_header([line.text for line in lines])
    if columns and all(line.words[0].gap == Gap.BLANK for line in lines[1:used]):
        lines = [*lines[:used], *_paragraphs(lines[used:])]
    lines = lines[used:]
    further = _further_labels(columns, lines)
    columns, lines = (*columns, *further), lines[len(further) :]
    lines = lines[: next((n for n, line in enumerate(lines) if AFTER_WORK_TABLE.match(line.text)), len(lines))]
    if not (columns and columns[0].role == "serial" and columns[-1].role == "deadline"):
        lines = _without_signature(lines)  # elsewhere the numbers show that a body and a date are the last row's
    rows = _lines_of_rows(columns, lines)
    cells: list[TableCell] = []
    refused: list[Refusal] = []
    gaps: list[int] = []  # the places of the refused rows
    for at, row in enumerate(rows):
        if _begins_with_bodies(columns):
            # of a name on two lines the first may be the last line of the refused row above
            torn = at - 1 in gaps and is_bodies(rows[at - 1][-1].text + row[0].text)
            cuts = None if torn else cells_below_bodies(columns, row)
        else:
            cuts = lines_of_cells(columns, row)
        if cuts is None:
            words = [word for line in row for word in line.words]
            reason = "its lines can be divided between the columns in several ways"
            refused.append(Refusal(words[0].start, words[-1].end, reason))
            gaps.append(at)
            continue
        for c, (first, last) in enumerate(cuts):
            if last > first:
                cells.append(from_tokens(at, c, [word for line in row[first:last] for word in line.words]))
    read = len(rows) - len(refused)
    if read < MIN_ROWS or len(refused) > read:
        return None
    end = max([cell.pieces[-1][1] for cell in cells] + [row.end for row in refused])
    cells = merged_down(grouped(cells, columns, len(rows), "wrapped", gaps), columns, [*gaps, len(rows)])
    return PlanTable(start, end, caption.title, "wrapped", columns, tuple(cells), caption.unit, tuple(refused))


def _paragraphs(lines: Sequence[WordLine]) -> list[WordLine]:
    """The lines with each that no empty line parts from the one before joined to that: in a table whose labels stand
    between empty lines each paragraph is in one cell (市水务局、 / 市财政局)."""
    found: list[WordLine] = []
    for line in lines:
        if found and line.words[0].gap < Gap.BLANK:
            found[-1] = WordLine(found[-1].words + line.words)
        else:
            found.append(line)
    return found


def _further_labels(columns: Sequence[Column], lines: Sequence[WordLine]) -> tuple[Column, ...]:
    """The columns of free text whose labels (FURTHER_LABEL), which are not known, are the first one or two of the
    `lines` below a header that numbers its rows: 序号 / 重点任务 / 责任单位 / 参照范本 / 1. Empty where the number 1 is
    not right below them; the lines above it are then no labels."""
    if not columns or columns[0].role != "serial":
        return ()
    first = next((n for n, line in enumerate(lines[: MAX_FURTHER_LABELS + 1]) if serial_number(line.text) == 1), 0)
    labels = [line.text for line in lines[:first]]
    return tuple(Column("text", label) for label in labels) if all(map(FURTHER_LABEL.fullmatch, labels)) else ()


def _without_signature(lines: list[WordLine]) -> list[WordLine]:
    """The lines without the date at the end and the bodies above it, each of at most 30 characters, that sign the
    document below its last table; all lines where they do not end with a date."""
    last = len(lines)
    if last and SIGNATURE_DATE.fullmatch(lines[-1].text):
        last -= 1
        while last and len(lines[last - 1].text) <= 30 and SIGNING_BODY.search(lines[last - 1].text):
            last -= 1
    return lines[:last]


def _lines(document: Document, start: int, end: int) -> list[WordLine]:
    """The lines of `Document.text[start:end]` as their words."""
    return [WordLine(tuple(words)) for words in lines_of(tokens(document, start, end))]


def _lines_of_rows(columns: Sequence[Column], lines: Sequence[WordLine]) -> list[list[WordLine]]:
    """The lines of each row. With a column of row numbers, which must be the first, a row begins at each line that is
    the next number (1, 2, 3 …); where the first column is the only one of bodies, at each list of bodies
    (`_lines_of_name`). The last row then has at most as many lines as the longest before it; lines above the first row
    are in no row, and fewer than two rows give an empty list. Without such a column, the lines as `_rows_by_cost`
    divides them."""
    starts: list[int] = []
    if columns[0].role == "serial":
        for n, line in enumerate(lines):
            if serial_number(line.text) == len(starts) + 1:
                starts.append(n)
    elif _begins_with_bodies(columns):
        names = [_lines_of_name(lines, n) for n in range(len(lines))]
        starts = [n for n, name in enumerate(names) if name and not (n and names[n - 1] > 1)]
    else:
        return _rows_by_cost(columns, lines)
    if len(starts) < 2:
        return []
    last = starts[-1] + max(b - a for a, b in pairwise(starts))
    return [list(lines[a:b]) for a, b in zip(starts, [*starts[1:], min(last, len(lines))], strict=True)]


def _begins_with_bodies(columns: Sequence[Column]) -> bool:
    """Whether the first column holds bodies and no other one does (部门 | 职责 | 完成时限), so that the name of a body
    shows where a row begins."""
    return [head.role == "departments" for head in columns] == [True, *[False] * (len(columns) - 1)]


def _lines_of_name(lines: Sequence[WordLine], n: int) -> int:
    """The number of lines of the list of bodies that begins with the line of index `n`: 1 where that line is one
    (`is_bodies`); 2 where it ends in GOES_ON and is one with the next line (省自然资源和 / 规划厅); else 0."""
    if is_bodies(lines[n].text):
        return 1
    two = lines[n].text + lines[n + 1].text if n + 1 < len(lines) else ""
    return 2 if two and lines[n].text.endswith(GOES_ON) and is_bodies(two) else 0


def cells_below_bodies(columns: Sequence[Column], lines: Sequence[WordLine]) -> list[tuple[int, int]] | None:
    """What `lines_of_cells` gives, for a row of a table whose first column alone holds bodies (`_begins_with_bodies`),
    by the lines alone: first the cell of the bodies (`_lines_of_name`); the other lines are a cell each where they are
    as many as the other columns. Where they are more, neighbouring lines of which each ends a sentence (。；) are one
    cell, any other line is a cell; the lines of a sentence that wraps are not joined. None where that does not give a
    cell for each column, where a line of those fits its column badly (MAX_LINE_COST, 1.2), and where a cell ends in
    GOES_ON (规划和; also 与, 及, 、 and （): it is then not known where one cell ends and the next begins."""
    name = _lines_of_name(lines, 0)
    cuts = [(0, name)]
    several = len(lines) - name > len(columns) - 1
    for n in range(name, len(lines)):
        joined = several and n > name and all(SENTENCE_END.search(line.text) for line in lines[n - 1 : n + 1])
        cuts = [*cuts[:-1], (cuts[-1][0], n + 1)] if joined else [*cuts, (n, n + 1)]
    if len(cuts) != len(columns):
        return None
    fit = all(
        cost_of_cell(head, lines[n : n + 1]) <= MAX_LINE_COST and not lines[last - 1].text.endswith(GOES_ON)
        for head, (first, last) in zip(columns[1:], cuts[1:], strict=True) for n in range(first, last)
    )  # fmt: skip
    return cuts if fit else None


def _rows_by_cost(columns: Sequence[Column], lines: Sequence[WordLine]) -> list[list[WordLine]]:
    """The lines of each row, where no numbers show where rows begin: the division into rows and cells that costs least.
    A row is a cell of each column in order, each of one to MAX_CELL_LINES (24) lines (`cost_of_cell`) or empty
    (`_empty_cost`), but the first cell of a row is never empty. Lines after the last row are left out, each at the cost
    MAX_LINE_ROW_COST (3); an empty list where no line is in a row."""
    width = len(columns)
    best: list[list[float]] = [[inf] * width for _ in range(len(lines) + 1)]  # [line][column that comes next]
    back: dict[tuple[int, int], tuple[int, int]] = {}
    best[0][0] = 0.0
    for n in range(len(lines) + 1):
        for c in [*range(width), *range(width)]:  # twice: an empty last cell leads back to the first column
            cost = best[n][c]
            if cost == inf:
                continue
            following = (c + 1) % width
            if c or n == len(lines):
                _keep_cheaper(best, back, (n, following), cost + _empty_cost(columns[c]), (n, c))
            for last in range(n + 1, min(len(lines), n + MAX_CELL_LINES) + 1):
                more = cost_of_cell(columns[c], lines[n:last])
                if more < inf:
                    _keep_cheaper(best, back, (last, following), cost + more, (n, c))
    end = min(range(len(lines) + 1), key=lambda n: best[n][0] + MAX_LINE_ROW_COST * (len(lines) - n))
    cuts = [end]
    at = (end, 0)
    while at in back and len(cuts) <= len(lines) + 1:
        at = n, c = back[at]
        if c == 0 and n < cuts[-1]:
            cuts.append(n)
    cuts.reverse()
    return [list(lines[a:b]) for a, b in pairwise(cuts)]


def _keep_cheaper(
    best: list[list[float]],
    back: dict[tuple[int, int], tuple[int, int]],
    at: tuple[int, int],
    cost: float,
    before: tuple[int, int],
) -> None:
    """Sets `best[line][column]` for `at`, which is (line, column), to this cost, and `back[at]` to `before`, the place
    that it was reached from, where this cost is lower than the one that is there; on a tie the earlier entry stays."""
    if cost < best[at[0]][at[1]]:
        best[at[0]][at[1]] = cost
        back[at] = before


def lines_of_cells(columns: Sequence[Column], lines: Sequence[WordLine]) -> list[tuple[int, int]] | None:
    """For each column the lines `first:last` of its cell, as indices in `lines`, which are the lines of one row; `first
    == last` for an empty cell. None where the lines cannot be divided, where the cheapest division costs more than 1.5
    for each column (half of MAX_LINE_ROW_COST), or where the second cheapest costs less than MIN_DIVISION_MARGIN (0.4)
    more."""
    ways: dict[tuple[int, int], list[tuple[float, tuple[int, ...]]]] = {(0, 0): [(0.0, ())]}
    for c, head in enumerate(columns):
        for n in range(len(lines) + 1):
            for cost, cuts in ways.get((n, c), ()):
                for last in range(n, min(len(lines), n + MAX_CELL_LINES) + 1):
                    more = cost_of_cell(head, lines[n:last]) if last > n else _empty_cost(head)
                    if more < inf:
                        ways.setdefault((last, c + 1), []).append((cost + more, (*cuts, last)))
        for n in range(len(lines) + 1):
            if found := ways.get((n, c + 1)):
                found.sort()
                del found[2:]
    found = ways.get((len(lines), len(columns)), [])
    if not found or found[0][0] > MAX_LINE_ROW_COST * len(columns) / 2:
        return None
    if len(found) > 1 and found[1][0] - found[0][0] < MIN_DIVISION_MARGIN:
        return None
    cuts = found[0][1]
    return list(zip((0, *cuts), cuts, strict=False))


def _empty_cost(head: Column) -> float:
    """The cost of an empty cell in the column `head`, by its role (NO_LINE_COST), NO_LINE_COST_OTHER (0.8) for a role
    that has no cost there."""
    return NO_LINE_COST.get(head.role, NO_LINE_COST_OTHER)


def cost_of_cell(head: Column, lines: Sequence[WordLine]) -> float:
    """How badly the lines, together, fit as one cell of the column, by its role:

    - row numbers: 0 for a row number on one line, `inf` for other text;
    - all other roles: 0.2 for a dash; for other text FURTHER_LINE_COST (0.15) for each line after the first, and
      besides:
    - bodies: what `cell_cost` says; deadlines: 0 for a deadline, `inf` for one below lines that say no time, else 3;
    - titles (task, name, "dimension"): 0.1, 0.05 for each character beyond 30, 1.5 with a mark of a sentence, 2 for a
      list of bodies, and 2 for a deadline;
    - other text: 0.1, 0.3 for at most 20 characters without such a mark, 2.5 for a list of bodies, 1.5 for a deadline.
    """
    text = "".join(line.text for line in lines)
    further = FURTHER_LINE_COST * (len(lines) - 1)
    if head.role == "serial":
        return 0.0 if len(lines) == 1 and serial_number(text) is not None else inf
    if is_dash(text):
        return 0.2
    if head.role == "departments":
        return cell_cost("departments", text) + further
    if head.role == "deadline":
        if DEADLINE_CELL.fullmatch(text):
            return further
        first = [line.text for line in lines[:-1]]
        # 区党政机关、公共机构 / 2019年9月: the first line is of the cell before; not 2019年9月 / 长期坚持
        of_two = len(lines) > 1 and DEADLINE_CELL.fullmatch(lines[-1].text) and not any(map(TIME_WORD.search, first))
        return inf if of_two else 3.0 + further
    bodies = is_bodies(text)  # a list of bodies is no text
    if head.role in ("task", "name", "dimension"):
        long = 0.05 * max(0, len(text) - 30) + (1.5 if PROSE_MARK.search(text) else 0.0)
        return 0.1 + long + further + (2.0 if bodies else 0.0) + (2.0 if DEADLINE_CELL.fullmatch(text) else 0.0)
    short = 0.0 if PROSE_MARK.search(text) or len(text) > 20 else 0.3
    return 0.1 + short + further + (2.5 if bodies else 0.0) + (1.5 if DEADLINE_CELL.fullmatch(text) else 0.0)
