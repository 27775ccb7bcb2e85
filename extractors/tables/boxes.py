"""Boxes (专栏) that are tables of two or more columns: which of their cells say what is to be done, and about what.

专栏1 养老服务重点工程
设施建设工程 | 新建养老服务综合体50个，新增护理型床位1万张。
人才培养工程 | 培训养老护理员1万人次。

This is how Word prints a box; a table of one column comes from the readers as lines already.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors import expressions as re
from extractors.document import Block, Document
from extractors.tables.marked import raw_rows
from extractors.tables.model import VALUE_ROLES, PlanTable, TableCell
from extractors.tables.work import NO_WORK_LABEL, sets_work
from extractors.vocabulary.numerals import DIGIT
from extractors.vocabulary.stops import SENTENCE_ENDS

MAX_NAME_LENGTH = 40  # characters of a cell that names what the cell to the right of it is about
# 设施建设工程, “十四五”养老服务项目: a name, and no sentence; 2025年 and 50个 name nothing
NAME_CELL = re.compile(rf"(?![\d.,%％]+.?$)[^{SENTENCE_ENDS}，：:;]{{2,{MAX_NAME_LENGTH}}}")
# 新建养老服务综合体50个，新增护理型床位1万张: what is no label and no value
RUNNING_TEXT = re.compile(rf"[，{SENTENCE_ENDS}]")
# 培训护理员1万人次: what may promise something without such a mark, where a name stands to the left of it
WORDS_AND_DIGIT = re.compile(rf"[\u4e00-\u9fff]{{4}}.*{DIGIT}")
# 续建10个，新建10个: deeds and how many, but not of what
BARE_DEED = (
    rf"(?:新建|续建|改建|扩建|改扩建|迁建|改造|在建|已建|拟建|新增|提升){DIGIT}[\d,.]{{0,9}}[万亿]?"
    r"[\u4e00-\u9fff㎡]{1,3}"
)
BARE_DEEDS = re.compile(rf"(?:其中[：:，]?)?{BARE_DEED}(?:[，、；和]{BARE_DEED}){{0,8}}[{SENTENCE_ENDS}]?")
# the cells of a table of indicators, also where none of its rows could be read
INDICATOR_CELL = re.compile(r"(?:约束|预期)性?(?:指标)?")
INDICATOR_ROLES = VALUE_ROLES | {"unit", "kind"}


@dataclass(frozen=True, slots=True)
class BoxCell:
    """A cell of a box that says what is to be done; `name` is the one to the left of it that says what it is about,
    None where there is none."""

    cell: TableCell
    name: TableCell | None


def box_cells(document: Document, block: Block, read: Sequence[PlanTable]) -> Iterator[BoxCell]:
    """The cells with running text of the block, a table that is a box or a part of one, in the order of the rows, each
    once where it is merged over several. Running text has one of ，。！？； in it; or it begins with four Chinese
    characters, has a digit, and stands to the right of a name. `read` are the tables that were read in the block.
    Deeds alone with how many (续建10个，新建10个) are not among them, because the cell to the left may say where (乡镇)
    as well as what (敬老院).

    Where there are such tables, only the cells below their headers count; a table of work, which is read as such, one
    with a column of units, values, growth or kinds, as those of indicators have, and one of points, money, places or
    finished work (NO_WORK_LABEL) have none. None also for a table with cells that cannot be trusted (`Block.doubt`),
    without marks between its cells, or with the kind of an indicator (约束性) in a cell.
    """
    if block.doubt:
        return
    if read:
        rows = [list(row.cells) for table in read if not _of_values(table) for row in table.rows()]
    else:
        rows = [list(raw.cells) for raw in raw_rows(document, block)]
    filled = [[cell for cell in dict.fromkeys(row) if cell is not None and cell.pieces] for row in rows]
    if any(INDICATOR_CELL.fullmatch(cell.flat) for row in filled for cell in row):
        return
    seen: set[int] = set()
    for row in filled:
        name = None
        for cell in row:
            if BARE_DEEDS.fullmatch(cell.flat):
                continue
            start = cell.pieces[0][0]
            if RUNNING_TEXT.search(cell.flat) or (name is not None and WORDS_AND_DIGIT.match(cell.flat)):
                if start not in seen:
                    yield BoxCell(cell, name)
                seen.add(start)
            elif NAME_CELL.fullmatch(cell.flat):
                name = cell


def _of_values(table: PlanTable) -> bool:
    """Whether the table, which was read, is read elsewhere or sets no work: it is a table of work, or has a column of
    units, values, growth or kinds, or one of points, money, places or finished work."""
    columns = table.columns
    return sets_work(table) or any(c.role in INDICATOR_ROLES or NO_WORK_LABEL.search(c.label) for c in columns)
