"""Commitments in the rows of tables of work, the numbers of a row's cells and the date in its column 完成时限; and in
the cells of boxes (专栏) that are tables.

重点任务 | 具体举措 | 完成时限
完善充电网络 | 新建充电桩1200个。 | 2025年6月 -> 充电桩 = 1200 个, deadline 2025-06
划定管理范围 | | 2023年10月底前 -> 划定管理范围, deadline 2023-10
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors import expressions as re
from extractors.document import Block, Document
from extractors.tables import PlanTable
from extractors.tables.boxes import box_cells
from extractors.tables.model import TableCell
from extractors.tables.work import WorkRow, offsets_of_cell, work_rows
from extractors.targets.commitments import Years, read_sentence
from extractors.targets.dated import is_own
from extractors.targets.deadlines import Deadline
from extractors.targets.due import due_of_cell
from extractors.targets.model import Commitment, RefusedNumber
from extractors.targets.words import MAX_DEED
from extractors.vocabulary.dates import PRINTED_YEAR, integer
from extractors.vocabulary.numbering import marker
from extractors.vocabulary.stops import FULL_STOPS

CELL_SENTENCE = re.compile(rf"[^{FULL_STOPS}!?]+[{FULL_STOPS}!?]?")


@dataclass(frozen=True, slots=True)
class RowCommitment:
    """A commitment of a row, about `subject`: `start:end` in `Document.text` proves it, `at` is the offset at which the
    row, and so its task, begins. The offsets and the subject of `found` are not used."""

    found: Commitment
    subject: str
    start: int
    end: int
    at: int


def of_table(
    document: Document, table: PlanTable, years: Years
) -> Iterator[RowCommitment | tuple[int, int, RefusedNumber]]:
    """The commitments of the rows of a table of work, and, as (start, end, refusal) in `Document.text`, their numbers
    that commit to nothing. `years` are those of the plan.

    A row with a date in its cell of deadlines and no commitment in its other cells gives one, to its task by that date.
    A commitment whose words have no subject is about the row's task; where the row has none, it is left out and not
    refused. `_row` has the details.
    """
    title_years = {integer(found[0]) for found in re.finditer(rf"{PRINTED_YEAR}(?=年)", table.title or "")}
    of_list = title_years.pop() if len(title_years) == 1 else None
    for row in work_rows(table):
        yield from _row(document, row, years, of_list)


def _row(
    document: Document, row: WorkRow, years: Years, of_list: int | None
) -> Iterator[RowCommitment | tuple[int, int, RefusedNumber]]:
    """The commitments of one row, and, as (start, end, refusal) in `Document.text`, its numbers that commit to nothing;
    cells whose characters are not found in the document (`offsets_of_cell`) are skipped. A commitment without a subject
    is about the row (`_name`), or left out where that has no name; one without a date gets that of the row's cell of
    deadlines. A row with such a date and a name, of whose cells no commitment was read, with a number or without, gives
    one to its task by that date, if the date is one of its own (`is_own`) and not `of_list`, the year that the title of
    the table has (2024年工作任务清单), None where it has none or several."""
    due = due_of_cell(row.due.flat, years) if row.due is not None else None
    name = _name(row)
    promised = False
    for cell in row.texts:
        for start, end, one in _of_cell(document, cell, years):
            if isinstance(one, RefusedNumber):
                yield start, end, one
            elif subject := one.subject or name:
                promised = True
                if one.deadline is None and due is not None and row.due is not None:
                    yield _with_due(one, subject, due, row, start, end)
                else:
                    yield RowCommitment(one, subject, start, end, row.start)
    if due is None or promised or not name or due.printed == str(of_list):
        return
    if is_own(due, years.period, years.horizon):
        dated = Commitment(name, None, None, None, due.printed, 0, 0, "due")
        yield _with_due(dated, name, due, row, row.start, row.end)


def of_box(
    document: Document, block: Block, read: Sequence[PlanTable], years: Years
) -> Iterator[RowCommitment | tuple[int, int, RefusedNumber]]:
    """The commitments in the cells of the block, a table in a box (专栏), and, as (start, end, refusal) in
    `Document.text`, the numbers there that commit to nothing. Which cells are read, `box_cells` says; `read` are the
    tables that were read in the block, `years` those of the plan. A commitment whose words have no subject is about
    what the cell to the left names, which is then part of the proof; where that has none, it is left out."""
    for part in box_cells(document, block, read):
        for start, end, one in _of_cell(document, part.cell, years):
            if isinstance(one, RefusedNumber):
                yield start, end, one
            elif one.subject:
                yield RowCommitment(one, one.subject, start, end, start)
            elif part.name is not None and (name := _unnumbered(part.name)):
                yield RowCommitment(one, name, min(start, part.name.pieces[0][0]), end, start)


def _of_cell(
    document: Document, cell: TableCell, years: Years
) -> Iterator[tuple[int, int, Commitment | RefusedNumber]]:
    """What `read_sentence` finds in the sentences of the cell, with its start and end in `Document.text`: of each
    sentence first the numbers that commit to nothing. Nothing where the cell's characters are not found there
    (`offsets_of_cell`)."""
    at = offsets_of_cell(document, cell)
    for sentence in CELL_SENTENCE.finditer(cell.flat) if at else ():
        commitments, refused = read_sentence(sentence[0], years)
        found: list[Commitment | RefusedNumber] = [*refused, *commitments]
        for one in found:
            last = min(sentence.start() + one.end, len(at))
            yield at[sentence.start() + one.start], at[last - 1] + 1, one


def _with_due(one: Commitment, subject: str, due: Deadline, row: WorkRow, start: int, end: int) -> RowCommitment:
    """The commitment `one` of the row, about `subject`, with the date `due` of the row's cell of deadlines as its
    deadline. Its proof is `start:end` extended to that cell, which the row must have."""
    assert row.due is not None
    start = min(start, row.due.pieces[0][0])
    end = max(end, row.due.pieces[-1][1])
    found = Commitment(
        one.subject, one.op, one.value, one.unit, due.printed, 0, 0, one.rule, one.change, one.relative_to
    )
    return RowCommitment(found, subject, start, end, row.start)


def _name(row: WorkRow) -> str:
    """What the row is about: the first sentence of its title, or else of its first measure, without its number and the
    。 or ； at its end. A bare number without a mark (2025 …) stays. '' where that has more than MAX_DEED (80)
    characters, is empty, or the row has neither cell."""
    cell: TableCell | None = row.title or next(iter(row.measures), None)
    if cell is None:
        return ""
    first = CELL_SENTENCE.match(_unnumbered(cell))
    name = first[0].rstrip("。；; ") if first else ""
    return name if len(name) <= MAX_DEED else ""


def _unnumbered(cell: TableCell) -> str:
    """The text of the cell without white space and without its number; a bare number without a mark (2025 …) stays."""
    number = marker(cell.flat)
    return cell.flat[number.end :] if number and number.style != "bare" else cell.flat
