"""Which body does what in tables of work: 序号 | 重点任务 | 牵头单位 | 完成时限, and lists of duties: 部门 | 职责.

A label of duties (牵头单位, 责任部门, 责任分工) gives the part of the bodies in its column. Where the bodies are
under a plain label (部门, 成员单位) next to a column of duties or tasks, each does what is in its row.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors import expressions as re
from extractors.reading import Rejected
from extractors.reference.departments import organization
from extractors.responsibilities.duty import Duty
from extractors.responsibilities.lists import OFFICE_LABEL, ListedBody, listed
from extractors.responsibilities.roles import Convention, is_marked, leader_has_column, role_in_column
from extractors.tables import Column, PlanTable, Row, TableCell, tables_of
from extractors.vocabulary.duties import ACT, head_kind
from ontology.model.facts import Region, Role, squeeze

if TYPE_CHECKING:
    from spacy.tokens import Doc

# A plan without these words has no such table; reading all tables to find that out would cost more
WORK_TABLE_WORDS = re.compile(
    rf"{ACT}[^\n]{{0,8}}(?:单\s*位|部\s*门|主\s*体|[处科股]\s*室|机\s*构|分\s*工)|职\s*责|(?:部门|单位)[^\n]{{0,4}}\n?[^\n]{{0,10}}任务"
)
# 部门, 成员单位, 市直单位: heads that name bodies and not their part
PLAIN_HEAD = re.compile(r"(?:有关|相关|成员|各|[省市县区]级?直?)*(?:部门|单位)(?:名称|[（(]单位[）)])?|部门[、/／]单位")
# 县教育局|、 or |；: what parts the bodies of a cell
BODY_MARKS = re.compile(r"[、，,；;]")


def headed(text: str) -> bool:
    """Whether the text has words with which tables that give bodies work are labelled; other texts need not be searched
    for such tables."""
    return "职责" in text or WORK_TABLE_WORDS.search(text) is not None


def tabled(doc: "Doc", home: Region, year: int, rule: Convention, rejected: list[Rejected]) -> Iterator[Duty]:
    """The duties in the tables of the Doc that give bodies work, row by row without bands. Tables with columns of
    values are left out, because `indicators` reads their bodies. A cell of bodies that has text, but none in which a
    body is recognised, is appended to `rejected`, once if it is merged over several rows. `home` and `year` are those
    by which names are resolved, `rule` is the document's convention."""
    for table in tables_of(doc):
        if any(column.role == "value" for column in table.columns):
            continue
        columns = _duty_columns(table)
        for row in table.rows() if columns else ():
            if row.span is not None and row.band is None:
                yield from _row(row, row.span, columns, home, year, rule, rejected)


def _duty_columns(table: PlanTable) -> dict[int, str]:
    """The columns that hold bodies with work, by index, each with the label that says what part the bodies have. Where
    the table has a column with a plain label (部门) and one of duties, tasks or contents, this is only the first plain
    column, with the label of the first column of duties, tasks or contents (部门 | 职责分工 -> {0: '职责分工'}); else
    all columns whose own label says it (牵头单位: that label). Empty where there are none."""
    labels = {
        at: column.label
        for at, column in enumerate(table.columns)
        if column.role in ("departments", "duty", "text") and head_kind(column.label)
    }
    plain = [at for at, column in enumerate(table.columns) if _is_plain(column)]
    given = next((column.label for column in table.columns if column.role in ("duty", "task", "content")), None)
    if plain and given:  # 部门 | 职责分工: the second column tells what they do
        return {plain[0]: given}
    return labels


def _is_plain(column: Column) -> bool:
    """Whether the label of the column names bodies without saying what part they have: 部门, 成员单位."""
    return column.role == "departments" and PLAIN_HEAD.fullmatch(squeeze(column.label)) is not None


def _row(
    row: Row,
    span: tuple[int, int],
    columns: dict[int, str],
    home: Region,
    year: int,
    rule: Convention,
    rejected: list[Rejected],
) -> Iterator[Duty]:
    """The duties in one row, whose place in `Document.text` is `span`. `columns` are those of `_duty_columns`. Cells
    that begin in this row and have text without a body are appended to `rejected`."""
    leader_named = leader_has_column(head_kind(label) for label in columns.values())
    for at, label in columns.items():
        cell = row.cells[at]
        if cell is None or not cell.pieces:
            continue
        found = list(_cell(cell, label, span, leader_named, rule, home, year))
        if not found and cell.row == row.index:
            rejected.append(Rejected(*_stretch(cell), "responsibility", "no body is recognised in the cell"))
        yield from found


def _stretch(cell: TableCell) -> tuple[int, int]:
    """The span in `Document.text` from the cell's first character to its last; the cell must have text."""
    return cell.pieces[0][0], cell.pieces[-1][1]


def _cell(
    cell: TableCell, label: str, span: tuple[int, int], leader_named: bool, rule: Convention, home: Region, year: int
) -> Iterator[Duty]:
    """The duties of the bodies in one cell, which has text, of a column with this label, as parts of the task in the
    row at `span`, with the roles of `duties_of_cell`; `leader_named` says that the table has a column for those who
    lead and none for those who help (`leader_has_column`). For a cell that is merged over several rows it is called
    with each of them. Row and cell together, as one span, are the evidence."""
    start, end = _stretch(cell)
    clause = (min(start, span[0]), max(end, span[1]))
    text = _names_joined(cell.text, home, year)
    for item, role, offices in duties_of_cell(text, 0, len(text), label, leader_named, rule, home, year):
        yield Duty(start, end, role, label, clause, text[item.start : item.end], of_offices=offices, at=span[0])


def _names_joined(text: str, home: Region, year: int) -> str:
    """The text of a cell, with white space removed in names that were divided between two lines: '省自然资源和
    规划厅、省财政厅' -> '省自然资源和规划厅、省财政厅'. A part between two marks is joined where that makes it a name
    that the scheme knows, and not all its pieces are such names."""
    parts = BODY_MARKS.split(text)
    for part in parts:
        whole = squeeze(part)
        if (
            whole != part
            and organization(whole, home, year)[0]
            and not all(organization(piece, home, year)[0] for piece in part.split())
        ):
            text = text.replace(part, whole)
    return text


def duties_of_cell(
    text: str, start: int, end: int, head: str, leader_named: bool, rule: Convention, home: Region, year: int
) -> Iterator[tuple[ListedBody, Role, bool]]:
    """The bodies in the cell `text[start:end]` of a column with the label `head`, each with its role and whether it is
    an office inside one body. A bracket of a body, then its verb or a label in the cell, decides before `head`. Where
    one of these or another column (`leader_named`) names a leader, the other bodies take part as `role_in_column` says;
    where none does, a body with the mark of `rule`, the document's convention (★市教育局), is the leader. Words for no
    particular body (各有关部门) are left out. `home` and `year` are those by which names are resolved."""
    parts = list(listed(text, start, end, home, year, OFFICE_LABEL.search(head) is not None))
    items = [item for part in parts for item in part.items]
    led = leader_named or any((item.kind or part.kind) in ("lead", "mixed") for part in parts for item in part.items)
    # ★市教育局、市财政局 in a document that says so once: the mark is as good as a verb
    marked = [] if led or rule.mark is None else [item for item in items if is_marked(text, item, rule.mark)]
    for part in parts:
        for item in part.items:
            kind = item.kind or part.kind or head_kind(head)
            if item in marked and kind in ("duty", None):
                kind = "lead"
            if not item.anybody:
                yield item, role_in_column(kind, item is items[0], led or bool(marked), rule), part.offices
