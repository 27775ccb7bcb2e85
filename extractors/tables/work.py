"""Tables of work (序号 | 重点任务 | 具体举措 | 责任单位 | 完成时限): which tables set work, and what each row says.

    for row in work_rows(table):        # none for a table that sets no work, such as one of indicators or points
        row.title                       # the cell that names the task; None where the row has none of its own or above
        row.measures, row.goals         # the cells that say how it is done, and what is to be reached
        row.due                         # the cell of 完成时限
        row.start, row.end              # where the row stands in Document.text

Needed by the annexes that plans set their work in: 重点任务清单, 任务分解表, 分工方案, 职责清单, 整改任务清单.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors import expressions as re
from extractors.document import Document
from extractors.tables.header import has_bodies
from extractors.tables.model import PlanTable, Role, Row, TableCell
from extractors.vocabulary.chapters import TITLE_VERB
from extractors.vocabulary.dates import PRINTED_YEAR
from ontology.model.facts import squeeze

# 分值, 评分标准, 扣分办法: what is weighed is no work; 总投资, 建设地点: projects; 完成情况: what has been done
NO_WORK_LABEL = re.compile(
    r"[分权][值重]|[评扣计得打赋]分|评[价估]标准|考[核评](?:标准|指标|办法|内容|项目|方式)|投资|资金(?:来源|规模)|补助|建设(?:地点|年限|性质|期限)|面积"
    r"|(?:完成|进展|落实|整改|推进|执行)(?:情况|进展)|工作进展|自评"
)
NO_WORK_TITLE = re.compile(
    r"考[评核](?!.{0,8}任务)|评分|打分|完成情况|进展情况|落实情况|名单|统计|汇总表|成员(?!单位)|联系|申[报请]"
)
# 重点项目, 建设工程: names of projects
PROJECT_NAMES_LABEL = re.compile(r"(?:重点|重大|主要|建设|年度)*(?:工程|项目)+(?:名称|类型|清单)?")
# 重点任务分工表, 民生实事责任清单: what calls its items work
TITLE_OF_WORK = re.compile(r"任务|分工|实事|责任清单")
# 项目名称, 名称: what a table numbers, whatever it is
ITEMS_LABEL = re.compile(r"(?:项目|工程)?名称|项目")
GOAL_LABEL = re.compile(r"目标|成效|成果要求|任务量|指标")


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A row of a table of work. `start:end` is its own text in `Document.text`, without cells that it shares with rows
    above.

    `title` is the cell that names the task, `measures` those that say how it is done, `goals` those of what is to be
    reached, `due` that of the deadline; None or empty where the row has none. `carried` says that `title` is that of
    the row above (None where that has none), because the cell is merged or this row has no title of its own.
    """

    row: Row
    start: int
    end: int
    title: TableCell | None
    measures: tuple[TableCell, ...]
    goals: tuple[TableCell, ...]
    due: TableCell | None
    carried: bool

    @property
    def texts(self) -> tuple[TableCell, ...]:
        """The row's own cells that say what is to be done, each once: title, measures, goals. A carried title and cells
        that begin in a row above are left out."""
        own = () if self.carried or self.title is None else (self.title,)
        return tuple(cell for cell in dict.fromkeys((*own, *self.measures, *self.goals)) if cell.row == self.row.index)


# 治理坡耕地12万亩, 2023年新建堤防20公里: a deed with its object, no level that an indicator is to reach (提高到95%)
DEED_CELL = re.compile(
    rf"(?:到?{PRINTED_YEAR}年?(?:年?底)?前?[，,]?)?(?:\d{{1,2}}[.．、])?{TITLE_VERB}(?![到至在])[\u4e00-\u9fff]{{2,}}"
    r"(?<![到至在为])(?<!以上)(?<!以下)(?:\d|[，、。；]|$)"
)
INDICATORS_LABEL = re.compile(r"指标")


def as_work(table: PlanTable) -> PlanTable:
    """The table with the roles of columns that a table of work has, where its labels alone do not show that it is one:
    a table of items with what is to be done and by whom (`_of_items`), or with deeds in columns of aims (`_of_deeds`).
    Any other table is returned unchanged."""
    return _of_deeds(_of_items(table))


def _of_items(table: PlanTable) -> PlanTable:
    """The table with its column of names as that of the tasks, where these are items (项目名称, 名称: ITEMS_LABEL) and
    another column says what is to be done: 项目名称 | 主要内容 | 责任单位 | 完成时限. Unchanged where it has no column
    of measures or none of bodies, or one of units, values, growth or kinds."""
    roles = {c.role for c in table.columns}
    if not roles >= {"name", "content", "departments"} or roles & {"unit", "value", "growth", "kind"}:
        return table
    return replace(
        table,
        columns=tuple(
            replace(c, role="task") if c.role == "name" and ITEMS_LABEL.fullmatch(c.label) else c for c in table.columns
        ),
    )


def _of_deeds(table: PlanTable) -> PlanTable:
    """The table with the columns of a table of work where its columns of aims (role "value") hold deeds: 项目类别 |
    年度目标 | 牵头科室 with 治理坡耕地12万亩 below 年度目标. The last column of names, classes, groups or tasks becomes
    that of the tasks, the first of aims that of the measures ("content"), further ones "text"; `Column.year` and
    `Column.sense` of all these become None.

    The table is returned unchanged where it has no column of aims, of bodies, or of names, classes, groups or tasks;
    where it has one of units, kinds, growth, reached values or names of indicators (指标); and where fewer than half of
    the filled cells of the first column of aims are deeds, or it has none.
    """
    columns = table.columns
    roles = {c.role for c in columns}
    aims = [n for n, c in enumerate(columns) if c.role == "value"]
    names = [n for n, c in enumerate(columns) if c.role in ("name", "dimension", "group", "task")]
    if not aims or not names or "departments" not in roles or roles & {"unit", "kind", "growth"}:
        return table
    if any(columns[n].sense == "actual" for n in aims) or any(INDICATORS_LABEL.search(columns[n].label) for n in names):
        return table
    filled = [cell for cell in table.cells if cell.column == aims[0] and cell.pieces and cell.column_span == 1]
    if not filled or sum(DEED_CELL.match(cell.flat) is not None for cell in filled) * 2 < len(filled):
        return table
    roles_of_work: dict[int, Role] = dict.fromkeys(aims, "text")
    roles_of_work[aims[0]], roles_of_work[names[-1]] = "content", "task"
    return replace(
        table,
        columns=tuple(
            replace(c, role=roles_of_work[n], year=None, sense=None) if n in roles_of_work else c
            for n, c in enumerate(columns)
        ),
    )


def sets_work(table: PlanTable) -> bool:
    """Whether the table sets work: it has a column of tasks or measures, or of the duties of bodies (`_text_columns`),
    and one of who does them or until when (`has_bodies`, deadlines). False where a column is of names of indicators or
    items, units, values, growth or kinds, where a label tells of points, money, places or finished work (NO_WORK_LABEL:
    分值, 投资, 建设地点, 完成情况), and where the title does (NO_WORK_TITLE: 考核, 名单, 统计). A table of projects
    without any of these, 重点项目 | 建设内容 | 责任单位, sets work."""
    columns = table.columns
    if any(c.role in ("name", "unit", "value", "growth", "kind") or NO_WORK_LABEL.search(c.label) for c in columns):
        return False
    if NO_WORK_TITLE.search(squeeze(table.title or "")):
        return False
    names, measures = _text_columns(table)
    return bool(names or measures) and (has_bodies(columns) or any(c.role == "deadline" for c in columns))


def work_rows(table: PlanTable) -> list[WorkRow]:
    """The rows of a table of work from top to bottom, without bands, rows without text, and rows that have neither a
    title, of their own or of the row before, nor a measure; an empty list for a table that sets no work (`sets_work`).

    - `title` is the cell of the last column of tasks (`_text_columns`); in a table without such a column it is the
      first measure, which is then not in `measures`. A row without a title takes what the row before it in the result
      has, title or None, and the deadline of that row if it has none, unless a refused row stands between the two.
    - `carried` is true where the title was taken from the row before, or its cell begins in a row above.
    - `due` is the first filled cell of the columns of deadlines.
    - `start:end` is the span of the row, from the title on where that is not carried and stands before it.
    """
    if not sets_work(table):
        return []
    names, measures = _text_columns(table)
    goals = [n for n, c in enumerate(table.columns) if c.role == "text" and GOAL_LABEL.search(c.label)]
    dues = [n for n, c in enumerate(table.columns) if c.role == "deadline"]
    found: list[WorkRow] = []
    for row in table.rows():
        if row.band is not None or row.span is None:
            continue
        texts = _cells(row, measures)
        title = next(iter(_cells(row, names[-1:])), None)
        if title is None and not names:
            title = next(iter(texts), None)
        before = found[-1] if found and not _refused_between(table, found[-1].end, row.span[0]) else None
        merged = title is None and before is not None
        if merged and before is not None:
            title = before.title
        if title is None and not texts:
            continue
        due = next(iter(_cells(row, dues)), None)
        if merged and due is None and before is not None:
            due = before.due
        carried = merged or (title is not None and title.row != row.index)
        start, end = row.span
        if title is not None and not carried:
            start = min(start, title.pieces[0][0])
        others = tuple(cell for cell in texts if cell is not title)
        found.append(WorkRow(row, start, end, title, others, tuple(_cells(row, goals)), due, carried))
    return found


def _text_columns(table: PlanTable) -> tuple[list[int], list[int]]:
    """The indices of the columns that name tasks, and those of the columns of measures. Names of projects (重点项目)
    are no tasks, but where the table's title calls them work (民生实事任务分工表: TITLE_OF_WORK). In a table with
    neither that has a column of bodies, the duties are the measures: 部门 | 职责. Both lists are empty where there are
    none."""
    columns = table.columns
    names = [n for n, c in enumerate(columns) if c.role == "task"]
    if not TITLE_OF_WORK.search(squeeze(table.title or "")):
        names = [n for n in names if not PROJECT_NAMES_LABEL.fullmatch(columns[n].label)]
    measures = [n for n, c in enumerate(columns) if c.role == "content"]
    if not names and not measures:
        bodies = any(c.role == "departments" for c in columns)
        measures = [n for n, c in enumerate(columns) if c.role == "duty" and bodies]
    return names, measures


def _cells(row: Row, columns: Sequence[int]) -> list[TableCell]:
    """The cells with text that the row has in the columns of these indices, in their order, each once."""
    return list(dict.fromkeys(cell for n in columns if (cell := row.cells[n]) is not None and cell.pieces))


def _refused_between(table: PlanTable, start: int, end: int) -> bool:
    """Whether a refused row begins in `Document.text[start:end]`, the text between two rows: the lower of them may
    belong to the task of the refused one."""
    return any(start <= one.start < end for one in table.refused)


def offsets_of_cell(document: Document, cell: TableCell) -> list[int]:
    """For each character of `cell.flat` (the cell's text without white space) its offset in `Document.text`, found in
    the cell's pieces in their order, other characters of these passed over. The list is empty where any of the
    characters is not found."""
    flat = cell.flat
    found: list[int] = []
    for start, end in cell.pieces:
        for at in range(start, end):
            if len(found) < len(flat) and document.text[at] == flat[len(found)]:
                found.append(at)
    return found if len(found) == len(flat) else []
