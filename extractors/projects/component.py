"""Appends the projects of a plan: rows of tables of projects, boxes that are a project, and items of boxes."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from extractors.indicators.names import department_names
from extractors.projects.model import Project
from extractors.projects.words import PROJECT_COLUMNS as WORDS
from extractors.projects.words import (
    group_of_table,
    in_groups,
    investment,
    invests,
    is_list,
    money,
    name_column,
    of_costs,
    project_name,
    stated_years,
    work_name,
    years,
)
from extractors.reading import Reading, Section, reading
from extractors.reference.departments import organization
from extractors.reference.regions import NOWHERE, REFERENCE_YEAR
from extractors.tables import PlanTable, Row, TableCell, tables_of
from ontology.model.facts import Evidence, Heading, Organization

if TYPE_CHECKING:
    from spacy.tokens import Doc


def projects(doc: "Doc") -> "Doc":
    """Appends to `Reading.facts` a `Project` for each project that a box or a table of the plan names, in the order of
    the text, and returns the same `doc`. Raises Usage for a Doc that was not made of a plan."""
    state = reading(doc)
    tables = [(table, names) for table in tables_of(doc) if (names := _names(table)) is not None]
    found = [*_of_tables(state, tables), *_of_boxes(state, [table.start for table, _ in tables])]
    state.facts.extend(sorted(found, key=lambda project: (project.evidence.start, project.evidence.end)))
    return doc


def _of_tables(state: Reading, tables: Sequence[tuple[PlanTable, int]]) -> Iterator[Project]:
    """The projects of `tables`, those whose columns are those of a list of projects, each with the index of its column
    of names (`name_column`), one for each row whose cell in that column is a name; bands, groups, sums and costs
    (`_named_rows`) and rows without a place in the text have none. Place, investment and years are those of the first
    column whose label has such words in it, None where there is no such column; the amount is in the unit that its cell
    has, else in that of the column or table (`_unit`). The task is the one in which the row begins, if any."""
    for table, at in tables:
        labels = [column.label for column in table.columns]
        certain = invests(labels)
        columns = {
            word: next((n for n, label in enumerate(labels) if WORDS[word].search(label)), None) for word in WORDS
        }
        for row, cell in _named_rows(table, at):
            name = project_name(cell.flat, listed=True, in_column=certain)
            if name is None or row.span is None:
                continue
            texts = {word: row.cells[n].flat if n is not None and row.cells[n] else None for word, n in columns.items()}  # type: ignore[union-attr]
            amount, unit = money(texts["investment"], _unit(table, columns["investment"]))
            start, end = years(texts["period"])
            printed = tuple(name for part in row.of("departments") for name in department_names(part[1].text))
            task = state.task_at(row.span[0])
            yield Project(
                state.document.evidence(*row.span),
                name,
                group_of_table(table.title),
                task.position if task else None,
                texts["place"],
                amount,
                unit,
                start,
                end,
                printed,
                tuple(_leads(state, printed)),
            )


def _named_rows(table: PlanTable, at: int) -> Iterator[tuple[Row, TableCell]]:
    """The rows of the table that may be projects, each with its cell in the column of names, which has the index `at`:
    all with text there, bands and those that `in_groups` refuses aside; none for a table of costs (`of_costs`)."""
    named = [(row, cell) for row in table.rows() if row.band is None and (cell := row.cells[at]) is not None]
    if of_costs([cell.flat for _, cell in named]):
        return
    own = in_groups([(row.text("serial") or "", cell.flat) for row, cell in named])
    yield from (one for one, project in zip(named, own, strict=True) if project)


def _unit(table: PlanTable, column: int | None) -> str | None:
    """The unit of the amounts in the column with the index `column`: that of its header, else the table's; None where
    neither has one, or `column` is None."""
    return None if column is None else table.columns[column].unit or table.unit


def _names(table: PlanTable) -> int | None:
    """The index of the column with the names of projects (`name_column`); None for a table of something else."""
    return name_column([column.label for column in table.columns], table.title)


def _of_boxes(state: Reading, tables: Sequence[int]) -> Iterator[Project]:
    """The projects that boxes (专栏) name. A box is a project where its title is the name of one (`project_name`) and
    not that of a list (`is_list`), and no table of projects is in the box; `tables` are the starts of these tables in
    `Document.text`.

    An item below a box is a project where its title is the name of one; in a list, where `work_name` finds one, which
    may also end with other words than 工程 or 项目 (机场, 水库). The group of a project is the title of its box, also
    where it is the box itself (`_title`); its task is the one in which its heading ends, if any."""
    headings = {heading.position: heading for heading in state.headings}
    sections: dict[int, list[Section]] = {}
    for section in state.sections:
        if section.heading is not None:
            sections.setdefault(section.heading.position, []).append(section)
    text = state.document.text
    for heading in state.headings:
        box = heading if heading.kind == "box" else _box_of(heading, headings)
        if box is None:
            continue
        own = sections.get(heading.position, [])
        said = _stated(state, own)
        if heading.kind == "box":
            tabled = any(part.start <= at < part.end for part in own for at in tables)
            name = None if is_list(box.title) or tabled else project_name(heading.title)
        elif is_list(box.title):
            follows = text[own[0].start : own[0].end] if own else None
            labelled = bool(own) and _is_after_colon(text, own[0].start)
            name = work_name(heading.title, follows, labelled=labelled, dated=said.end > 0)
        else:
            name = project_name(heading.title)
        if name is not None:
            task = state.task_at(own[0].start - 1) if own else None
            yield Project(
                _proof(state, heading, said),
                name,
                _title(box),
                task.position if task else None,
                None,
                said.amount,
                said.unit,
                said.first,
                said.last,
            )


def _box_of(heading: Heading, headings: Mapping[int, Heading]) -> Heading | None:
    """The box that the heading, a line of one, stands in, None for a heading outside of boxes. `headings` are all, by
    their positions."""
    if heading.kind != "box-item":
        return None
    box = headings.get(heading.parent) if heading.parent is not None else None
    while box is not None and box.kind != "box":
        box = headings.get(box.parent) if box.parent is not None else None
    return box


def _is_after_colon(text: str, at: int) -> bool:
    """Whether the last character before the offset `at` that is no white space is a colon."""
    while at and text[at - 1].isspace():
        at -= 1
    return at > 0 and text[at - 1] in "：:"


def _title(box: Heading) -> str:
    """The title of a box with its number, as the projects in it are grouped: '专栏2 重大疾病救助工程'; the title alone
    where the box has no number."""
    return f"{box.number} {box.title}" if box.number else box.title


class _Stated(NamedTuple):
    """What the text of a box or of an item in one states of a project: its investment (`amount`, in `unit`), and its
    first and last year; each None where it does not. The one year of a completion is the last. `end` is the offset in
    `Document.text` after the words that state these, 0 where there are none."""

    amount: Decimal | None
    unit: str | None
    first: int | None
    last: int | None
    end: int


def _stated(state: Reading, sections: Sequence[Section]) -> _Stated:
    """What the sections of a heading state of the project that it names: an investment where `investment` finds exactly
    one, neither approximate (约12亿元) nor a bound (12亿元以上), and years where `stated_years` finds them. Nothing
    where there is not exactly one section."""
    if len(sections) != 1:
        return _Stated(None, None, None, None, 0)
    start = sections[0].start
    text = state.document.text[start : sections[0].end]
    amount, unit, paid = investment(text) or (None, None, 0)
    first, last, built = stated_years(text) or (None, None, 0)
    return _Stated(amount, unit, first, last, start + max(paid, built) if paid or built else 0)


def _proof(state: Reading, heading: Heading, said: _Stated) -> Evidence:
    """The evidence of a project: from its heading to the end of the words that state its investment and years, or the
    heading alone."""
    if not said.end:
        return heading.evidence
    document = state.document
    last = document.evidence(said.end - 1, said.end).end
    return Evidence.of(document.file or document.source, heading.evidence.start, last)


def _leads(state: Reading, departments: Sequence[str]) -> Iterator[Organization]:
    """The bodies among the printed names `departments` that the scheme of functions knows, as organizations of their
    regions in the plan's first year (REFERENCE_YEAR without one). Names whose region is not certain are left out, and
    all of them where the plan's own region is not known (`Reading.home`)."""
    if state.home is NOWHERE:
        return
    year = state.plan.period[0] if state.plan and state.plan.period else REFERENCE_YEAR
    for printed in departments:
        _, body = organization(printed, state.home, year)
        if body is not None and body.region is not NOWHERE:
            yield body
