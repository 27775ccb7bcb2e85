"""Which body does what in tables of work that lost their form: each cell on a line of its own, or gaps between cells.

Of tables with a line for each cell only those with numbered rows (序号, 1, 2 …) are read, because only the numbers
show where a row begins.
"""

from collections.abc import Iterator
from typing import NamedTuple

from extractors import expressions as re
from extractors.document import Document
from extractors.responsibilities.duty import Duty
from extractors.responsibilities.roles import Convention, leader_has_column
from extractors.responsibilities.tables import duties_of_cell
from extractors.vocabulary.duties import head_kind
from extractors.vocabulary.numerals import ONES
from ontology.model.facts import Region

SERIAL = re.compile(r"序\s?号|编\s?号")
BETWEEN = re.compile(rf"[{ONES}十（(]")
NUMBER = re.compile(r"(?P<n>\d{1,3})[.．、]?")
# 重点任务, 工作内容, 完成时限, 备注: the other heads of such a table
HEAD = re.compile(
    r"(?:责任|牵头|分管|包保|挂钩)(?:领导|人)|联系人|"
    r"(?:重点|主要|具体|工作|改革|政策|目标|任务|建设)*(?:任务|工作|事项|举措|措施|内容|项目|目标|要求|名称)+"
    r"|(?:完成|时间|进度|推进|实施|办结)*(?:时限|时间|进度|节点|安排|要求|期限|年限)+|备注|类别|领域"
)
SPACE = re.compile(r"\s")
GAP = re.compile(r"\t|\s{2,}|　")
# | 重点任务 | 责任单位 |, and the line below such heads
PIPED = re.compile(r"\|.+\|")
RULE = re.compile(r"[|\s:-]+")
PIPE_CELL = re.compile(r"(?<=\|)[ \t　]*(?P<cell>[^|]*?)[ \t　]*(?=\|)")
# 责任单位（排第一位的为牵头单位）
REMARK = re.compile(r"[（(][^（）()]*[）)]$")
MOST_HEADS = 8
LONGEST_HEAD = 12  # characters


class LineSpan(NamedTuple):
    """A line of the text: `text` is what stands from offset `start` to `end`."""

    start: int
    end: int
    text: str


def rows_of_work(
    document: Document, home: Region, year: int, rule: Convention
) -> Iterator[tuple[tuple[int, int], list[Duty]]]:
    """The rows of such tables: the stretch of each, and its duties."""
    lines = list(_lines(document.text))
    at = 0
    while at < len(lines):
        heads, at = _heads(lines, at)
        if heads:
            rows, at = _rows(lines, at, heads)
            for row in rows:
                yield (row[0].start, row[-1].end), list(_duties(document.text, heads, row, home, year, rule))


def _lines(text: str) -> Iterator[LineSpan]:
    start = 0
    for line in text.split("\n"):
        if words := line.strip():
            yield LineSpan(start + line.index(words), start + line.index(words) + len(words), words)
        start += len(line) + 1


def _heads(lines: list[LineSpan], at: int) -> tuple[list[str], int]:
    """The labels of the header that begins at line `at`, and the index of the line after them: '序号', '工作任务',
    '负责部门' on lines of their own or on one."""
    first = lines[at]
    cells = _cells(first)
    if len(cells) > 1:
        heads, stop = [cell.text for cell in cells], at + 1
    else:
        heads, stop = [first.text], at + 1
        while stop < len(lines) and len(heads) <= MOST_HEADS and _is_head(lines[stop].text):
            heads.append(lines[stop].text)
            stop += 1
    counted = SERIAL.fullmatch(heads[0]) is not None
    whole = len(heads) > 2 and (counted or len(cells) > 1) and all(_is_head(head) for head in heads[counted:])
    return ([REMARK.sub("", head) for head in heads], stop) if whole and any(map(_is_work, heads)) else ([], stop)


def _is_work(text: str) -> bool:
    return head_kind(text) is not None


def _is_head(text: str) -> bool:
    return _is_work(text) or (len(text) <= LONGEST_HEAD and HEAD.fullmatch(text) is not None)


def _cells(line: LineSpan) -> list[LineSpan]:
    """The cells of a line: '1  建设中心  市民政局' or '| 1 | 建设中心 | 市民政局 |' -> three cells."""
    if PIPED.fullmatch(line.text):
        cells = PIPE_CELL.finditer(line.text)
        return [LineSpan(line.start + c.start("cell"), line.start + c.end("cell"), c["cell"]) for c in cells]
    if not SPACE.search(line.text):
        return [line]
    found, at = [], 0
    for gap in [*GAP.finditer(line.text), None]:
        end = gap.start() if gap else len(line.text)
        if end > at:
            found.append(LineSpan(line.start + at, line.start + end, line.text[at:end]))
        at = gap.end() if gap else end
    return found


def _rows(lines: list[LineSpan], at: int, heads: list[str]) -> tuple[list[list[LineSpan]], int]:
    """The rows of the table from line `at` on, in the order of their numbers 1, 2, 3 …, and the index of the line
    after them. `heads` are the labels of its header: a row with more or fewer cells ends the table."""
    counted = SERIAL.fullmatch(heads[0]) is not None
    rows: list[list[LineSpan]] = []
    while at < len(lines):
        cells = _cells(lines[at])
        stop = at + 1
        if counted and len(cells) == 1 and NUMBER.fullmatch(cells[0].text):
            cells, stop = lines[at : at + len(heads)], at + len(heads)
        if RULE.fullmatch(lines[at].text) or (rows and len(cells) == 1 and BETWEEN.match(cells[0].text)):
            at += 1  # |---|---|; 二、健全机制: a heading between rows
            continue
        if len(cells) != len(heads):
            break
        if [REMARK.sub("", cell.text) for cell in cells] == heads:  # again on the next page
            at = stop
            continue
        number = NUMBER.fullmatch(cells[0].text)
        if counted and (number is None or int(number["n"]) != len(rows) + 1):
            break
        rows.append(cells)
        at = stop
    return rows, at


def _duties(
    text: str, heads: list[str], row: list[LineSpan], home: Region, year: int, rule: Convention
) -> Iterator[Duty]:
    columns = [(i, head) for i, head in enumerate(heads) if _is_work(head)]
    leader_named = leader_has_column(head_kind(head) for _, head in columns)
    clause = (row[0].start, row[-1].end)
    for i, head in columns:
        cell = row[i]
        for item, role, offices in duties_of_cell(text, cell.start, cell.end, head, leader_named, rule, home, year):
            yield Duty(item.start, item.end, role, head, clause, of_offices=offices)
