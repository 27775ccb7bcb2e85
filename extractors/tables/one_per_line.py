"""Tables of work (重点任务 | 具体举措 | 责任单位 | 完成时限) in texts with one cell a line, as Word saves them as text.

The header labels stand on lines of their own, then the cells, row by row; a cell of several paragraphs takes several
lines and an empty one none. Where a column numbers the rows, the numbers show where each begins; elsewhere the lines
are cut into rows at the lowest cost (dynamic programming over lines and columns). A row is refused where a second
division of its lines costs nearly the same.

Found in: annexes of provincial and city action plans (职责清单, 任务分解表).
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

from extractors import expressions as re
from extractors.document import Document
from extractors.tables.cell_cost import cell_cost, is_bodies, is_dash, serial_number
from extractors.tables.columns import FREE, Column, column
from extractors.tables.model import Caption, Refusal, Table, TableCell, from_tokens
from extractors.tables.spans import grouped
from extractors.tables.tokens import Token, lines_of, tokens
from extractors.vocabulary.duties import head_kind
from extractors.vocabulary.numbering import DIVISION_NUMBER
from extractors.vocabulary.numerals import HAN_DIGIT

FEWEST_COLUMNS, MOST_COLUMNS = 2, 9
HEADER_TEXT = 200
MOST_TEXT = 60_000  # characters of one table
MOST_LINES_OF_CELL = 24
MARGIN = 0.4  # by how much the best division of a row's lines must be cheaper than any other
WORST_ROW = 3.0  # the cost per row above which it is refused
# the cost of a cell that has no line of its own: merged with the one above, or left blank
EMPTY = {"serial": 9.0, "departments": 1.8, "duty": 9.0, "content": 1.6, "task": 1.2, "name": 1.2, "dimension": 0.2}
EMPTY_OTHER = 0.8
FURTHER_LINE = 0.15  # the cost of each further line of a cell
# 2025年12月底前, 持续推进, 长期坚持, 2023-2025年
DEADLINE = re.compile(
    r"(?:\d{4}|每年|今年|明年|年底|季度|上半年|下半年|\d{1,2}月|长期|持续|常年|即时|立即|按(?:时|季|月|年|国家|省)|分(?:步|阶段)|适时|全年).{0,24}"
)
# 第三章, 附件2, 表3: what ends a table
END = re.compile(rf"{DIVISION_NUMBER}|附[件表]|专栏|表\s?\d|[（(]?(?:备?注|说明|抄送|联系人)[：:]")
# 2023年5月6日; 泽宁市人民政府办公室: the signature below
DATE = re.compile(rf"(?:\d{{4}}|{HAN_DIGIT}{{4}})年\S{{1,3}}月\S{{1,3}}日")
BODY = re.compile(r"(?:政府|办公[厅室]|委员会|[局厅委])$")
LIST_TITLE = re.compile(r"清单$|分工$")
SENTENCE = re.compile(r"[。；]")


@dataclass(frozen=True, slots=True)
class WordLine:
    """A line of the file as its words, from left to right."""

    words: tuple[Token, ...]

    @property
    def text(self) -> str:
        """The words of the line, joined without spaces."""
        return "".join(word.text for word in self.words)


def header_end(document: Document, start: int, limit: int) -> int:
    """The offset in `Document.text` after the header, if one of a table of work begins at the offset `start`; `start`
    itself where none does. At most HEADER_TEXT characters are read, none from `limit` on."""
    lines = _lines(document, start, min(limit, start + HEADER_TEXT))
    _, used = work_header(lines)
    return lines[used - 1].words[-1].end if used else start


def one_per_line(document: Document, start: int, limit: int, caption: Caption) -> Table | None:
    """The table of work whose header begins at the offset `start` of `Document.text`, where `header_end` has found one;
    read up to `limit`, or a heading, annex or note before it. `caption` gives its title and unit. A row whose lines can
    be divided between the columns in several ways is refused. None where fewer than two rows are read, and where more
    are refused than read."""
    lines = _lines(document, start, min(limit, start + MOST_TEXT))
    columns, used = work_header(lines)
    lines = lines[used:]
    lines = lines[: next((n for n, line in enumerate(lines) if END.match(line.text)), len(lines))]
    if not (columns and columns[0].role == "serial" and columns[-1].role == "deadline"):
        lines = _without_signature(lines)  # elsewhere the numbers show that a body and a date are the last row's
    rows = _lines_of_rows(columns, lines)
    cells: list[TableCell] = []
    refused: list[Refusal] = []
    gaps: list[int] = []  # the places of the refused rows
    for at, row in enumerate(rows):
        cuts = divided(columns, row)
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
    if read < 2 or len(refused) > read:
        return None
    end = max([cell.pieces[-1][1] for cell in cells] + [row.end for row in refused])
    cells = _with_merged_cells(grouped(cells, columns, len(rows), "wrapped", gaps), columns, [*gaps, len(rows)])
    return Table(start, end, caption.title, "wrapped", columns, tuple(cells), caption.unit, tuple(refused))


def _without_signature(lines: list[WordLine]) -> list[WordLine]:
    """The lines without the bodies and the date at the end that sign the document below its last table; all lines where
    they do not end with a date."""
    last = len(lines)
    if last and DATE.fullmatch(lines[-1].text):
        last -= 1
        while last and len(lines[last - 1].text) <= 30 and BODY.search(lines[last - 1].text):
            last -= 1
    return lines[:last]


def _lines(document: Document, start: int, end: int) -> list[WordLine]:
    """The lines of `Document.text[start:end]` as their words."""
    return [WordLine(tuple(words)) for words in lines_of(tokens(document, start, end))]


def work_header(lines: Sequence[WordLine]) -> tuple[tuple[Column, ...], int]:
    """The columns of the header that begins with the first line, whose labels take one line or two each, and the number
    of lines that it takes; ((), 0) where it is not that of a table of work: one that has FEWEST_COLUMNS to MOST_COLUMNS
    columns, among them bodies and free text and none of values, units or kinds, with row numbers, if any, in the first.
    A title (重点任务清单) is no label."""
    columns: list[Column] = []
    n = 0
    while n < len(lines) and len(columns) <= MOST_COLUMNS:
        two = lines[n].text + lines[n + 1].text if n + 1 < len(lines) else ""
        if (head := column(lines[n].text)) is not None:
            n += 1
        elif (head := column(two)) is not None:
            n += 2
        else:
            break
        columns.append(head)
    roles = {head.role for head in columns}
    if not columns or ("serial" in roles and columns[0].role != "serial") or LIST_TITLE.search(columns[0].label):
        return (), 0  # 重点任务清单 above the header is a title
    bodies = "departments" in roles or any(head_kind(head.label) for head in columns)
    work = bodies and roles & (FREE - {"deadline"}) and not roles & {"value", "growth", "kind", "unit"}
    return (tuple(columns), n) if work and FEWEST_COLUMNS <= len(columns) <= MOST_COLUMNS else ((), 0)


def _lines_of_rows(columns: Sequence[Column], lines: Sequence[WordLine]) -> list[list[WordLine]]:
    """The lines of each row. With a column of row numbers, which must be the first, a row begins at each line that is
    the next number (1, 2, 3 …), and the last row has at most as many lines as the longest before it; an empty list
    where there are fewer than two numbers. Without such a column, the lines as `_rows_by_cost` divides them."""
    if columns[0].role == "serial":
        starts: list[int] = []
        for n, line in enumerate(lines):
            if serial_number(line.text) == len(starts) + 1:
                starts.append(n)
        if len(starts) > 1:
            last = starts[-1] + max(b - a for a, b in pairwise(starts))
            return [list(lines[a:b]) for a, b in zip(starts, [*starts[1:], min(last, len(lines))], strict=True)]
        return []
    return _rows_by_cost(columns, lines)


def _rows_by_cost(columns: Sequence[Column], lines: Sequence[WordLine]) -> list[list[WordLine]]:
    """The lines of each row, where no numbers show where rows begin: the division into rows and cells that costs least.
    Lines after the last row are left out, each at the cost WORST_ROW."""
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
            for last in range(n + 1, min(len(lines), n + MOST_LINES_OF_CELL) + 1):
                more = cost_of_cell(columns[c], lines[n:last])
                if more < inf:
                    _keep_cheaper(best, back, (last, following), cost + more, (n, c))
    end = min(range(len(lines) + 1), key=lambda n: best[n][0] + WORST_ROW * (len(lines) - n))
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


def divided(columns: Sequence[Column], lines: Sequence[WordLine]) -> list[tuple[int, int]] | None:
    """For each column the lines `first:last` of its cell, as indices in `lines`, which are the lines of one row; `first
    == last` for an empty cell. None where the lines cannot be divided, where the cheapest division costs more than half
    of WORST_ROW a column, or where the second cheapest costs less than MARGIN more."""
    ways: dict[tuple[int, int], list[tuple[float, tuple[int, ...]]]] = {(0, 0): [(0.0, ())]}
    for c, head in enumerate(columns):
        for n in range(len(lines) + 1):
            for cost, cuts in ways.get((n, c), ()):
                for last in range(n, min(len(lines), n + MOST_LINES_OF_CELL) + 1):
                    more = cost_of_cell(head, lines[n:last]) if last > n else _empty_cost(head)
                    if more < inf:
                        ways.setdefault((last, c + 1), []).append((cost + more, (*cuts, last)))
        for n in range(len(lines) + 1):
            if found := ways.get((n, c + 1)):
                found.sort()
                del found[2:]
    found = ways.get((len(lines), len(columns)), [])
    if not found or found[0][0] > WORST_ROW * len(columns) / 2:
        return None
    if len(found) > 1 and found[1][0] - found[0][0] < MARGIN:
        return None
    cuts = found[0][1]
    return list(zip((0, *cuts), cuts, strict=False))


def _empty_cost(head: Column) -> float:
    """The cost of an empty cell in the column `head`, by its role (EMPTY)."""
    return EMPTY.get(head.role, EMPTY_OTHER)


def cost_of_cell(head: Column, lines: Sequence[WordLine]) -> float:
    """How badly the lines, together, fit as one cell of the column: 0 for a perfect fit, more for each line after the
    first (FURTHER_LINE), for bodies or a deadline in a column of other text, and for long titles. `inf` for what is no
    row number in a column of row numbers."""
    text = "".join(line.text for line in lines)
    further = FURTHER_LINE * (len(lines) - 1)
    if head.role == "serial":
        return 0.0 if len(lines) == 1 and serial_number(text) is not None else inf
    if is_dash(text):
        return 0.2
    if head.role == "departments":
        return cell_cost("departments", text) + further
    if head.role == "deadline":
        return (0.0 if DEADLINE.fullmatch(text) else 3.0) + further
    bodies = is_bodies(text)  # a list of bodies is no text
    if head.role in ("task", "name", "dimension"):
        long = 0.05 * max(0, len(text) - 30) + (1.5 if SENTENCE.search(text) else 0.0)
        return 0.1 + long + further + (2.0 if bodies else 0.0) + (2.0 if DEADLINE.fullmatch(text) else 0.0)
    short = 0.0 if SENTENCE.search(text) or len(text) > 20 else 0.3
    return 0.1 + short + further + (2.5 if bodies else 0.0) + (1.5 if DEADLINE.fullmatch(text) else 0.0)


def _with_merged_cells(cells: Sequence[TableCell], columns: Sequence[Column], ends: Sequence[int]) -> list[TableCell]:
    """The cells, with those in columns of names and tasks spanning the rows below them, up to the next cell of their
    column: such a cell is taken for a merged one whose text stands in its first row. `ends` are sorted indices of rows
    that no span reaches beyond: those of refused rows, because another task may begin there, and the number of rows."""
    found = list(cells)
    for c, head in enumerate(columns):
        if head.role not in ("task", "name"):
            continue
        places = sorted((cell.row, n) for n, cell in enumerate(found) if cell.column == c)
        for (row, n), following in zip(places, [*(row for row, _ in places[1:]), ends[-1]], strict=True):
            end = min(following, ends[bisect_right(ends, row)])
            found[n] = replace(found[n], row_span=end - row)
    return found
