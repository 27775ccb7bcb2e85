"""The tasks in the rows of tables of work: 序号 | 重点任务 | 具体举措 | 责任单位 | 完成时限.

Each row is a task. Its title is the cell that names it, which several rows share where cells are merged. Where only one
column says what is to be done, its cell is the title if it is one sentence, or begins with a title of its own.
"""

from extractors import expressions as re
from extractors.outline.headings import SENTENCE_MARKS, run_in, spaceless
from extractors.reading import Reading
from extractors.tables import PlanTable
from extractors.tables.work import WorkRow, work_rows
from extractors.tasks.units import TaskSpan
from extractors.vocabulary.numbering import marker
from extractors.vocabulary.stops import SENTENCE_ENDS

MAX_CELL_TITLE_LENGTH = 60
# 附件2, 附件：重点任务分工表
ANNEX_LINE = re.compile(r"(?<=\n)[ \u3000]{0,8}附\s{0,6}[件表录]")
HAS_SENTENCE_END = re.compile(rf"[{SENTENCE_MARKS}]")
AT_END = f"{SENTENCE_ENDS};，, "


def tasks_of_table(state: Reading, table: PlanTable) -> list[TaskSpan]:
    """The tasks of the table's rows, in order; none where the table sets no work, stands in a part of the role
    background, or after the last section. Their `parent` is the position of the heading that the table stands under,
    None before the first heading and in an annex (附件2) that no heading opens."""
    section = state.section_at(table.start)
    if section is None or section.role == "background":
        return []
    above = section.heading
    if above is not None and ANNEX_LINE.search(state.document.text, section.start, table.start):
        above = None  # the table is that of an annex, which no heading opens
    parent = above.position if above is not None else None
    return [_task(row, parent) for row in work_rows(table)]


def _task(row: WorkRow, parent: int | None) -> TaskSpan:
    """The task of the row, with the title of its cell of titles; where that has none, its label is the first of its
    cells of titles and measures, without number. `parent` is the position of the heading that the table stands under,
    None where there is none."""
    title = title_of_cell(row.title.text) if row.title is not None else None
    cells = [cell for cell in (row.title, *row.measures) if cell is not None]
    return TaskSpan(row.start, row.end, title, None, parent, None if title or not cells else _unnumbered(cells[0].text))


def title_of_cell(text: str) -> str | None:
    """The title of the task that a cell names, without white space, its number (but for a bare one: `_unnumbered`) and
    marks at its end: '1.改造学校食堂' -> '改造学校食堂'; its run-in heading, where it has one:
    '推广岸电使用。新建设施16套。' -> '推广岸电使用'. None for an empty cell, a cell of several sentences, also divided
    by ；, without such a heading, and a sentence of more than MAX_CELL_TITLE_LENGTH (60) characters."""
    words = _unnumbered(text)
    if found := run_in(words):
        return found[0]
    whole = words.rstrip(AT_END)
    return (
        spaceless(whole)
        if whole and len(whole) <= MAX_CELL_TITLE_LENGTH and not HAS_SENTENCE_END.search(whole)
        else None
    )


def _unnumbered(text: str) -> str:
    """The text without white space at its ends and without the number before it: '（一）完善制度' -> '完善制度'. A bare
    number is kept: '1 完善制度', '01农村道路提升工程'."""
    words = text.strip()
    number = marker(words)
    return words[number.end :] if number and number.style != "bare" else words
