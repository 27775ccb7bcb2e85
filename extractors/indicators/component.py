"""The rows of indicator tables: forward-looking ones are indicators, backward-looking ones observations."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from extractors.document import Document
from extractors.indicators.columns import Roles, roles
from extractors.indicators.names import department_names, name_and_unit, within_group
from extractors.indicators.values import read_value
from extractors.reading import Reading, reading
from extractors.reference.concepts import concept
from extractors.reference.departments import organization
from extractors.reference.regions import NOWHERE
from extractors.tables import tables_of
from extractors.tables.cell_cost import KIND_STRICT, is_dash, is_unit
from extractors.tables.columns import Column
from extractors.tables.model import Table, TableCell
from ontology.model.facts import Indicator, IndicatorKind, Measure, Observation, Organization

KINDS: dict[str, IndicatorKind] = {"约束": "约束性", "预期": "预期性", "预测": "预测性"}
FEWEST_KINDS = 3  # rows before one can say that each row has a kind
# 19.8（2019年）, 2023年达到90: the year of the cell; 比2020年下降15% is none
OWN_YEAR = re.compile(r"(?<![比较以自从超\d])((?:19|20)\d\d)年(?!以来|为基|基础)")
# 注：…, 说明：…, 合计: rows that are no indicator
NO_ROW = re.compile(r"备?注(?:[：:\d]|$)|说明[：:]|资料来源|数据来源|[（(]?续表|合计$|小计$|累计$|总计$")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that has a name: its cells by column, and its place in `Document.text`."""

    name: str
    unit: str | None
    cells: Sequence[TableCell | None]
    start: int
    end: int
    group: str | None
    own_group: bool


def indicators(doc: Doc) -> Doc:
    """Appends an Indicator for each row of a forward-looking table and an Observation for each number of a
    backward-looking one, and puts the rows on `doc.spans["indicators"]` and `doc.spans["observations"]`."""
    state = reading(doc)
    spans: dict[str, list[Span]] = {"indicators": [], "observations": []}
    counts: Counter[str] = Counter()
    for table in tables_of(doc):
        found = roles(table, state.plan.period if state.plan else None)
        if found is None:
            continue
        kind = "indicators" if found.forward else "observations"
        for row in _above_the_text(table, [*_rows(table)], found):
            facts: Iterator[Indicator | Observation]
            if found.forward:
                facts = _indicator(state, table, found, row, counts[kind])
            else:
                facts = _observations(state.document, found, row, counts[kind])
            before = counts[kind]
            for fact in facts:
                state.facts.append(fact)
                counts[kind] += 1
            if counts[kind] > before:
                spans[kind].append(Span(doc, row.start, row.end, label=kind))
    for kind, places in spans.items():
        doc.spans[kind] = places
    return doc


def _rows(table: Table) -> Iterator[_Row]:
    """The rows of the body that have a name."""
    grid = table.grid()
    at = next(n for n, c in enumerate(table.columns) if c.role == "name")
    inner = [n for n, c in enumerate(table.columns) if c.role == "group" and n < at]
    named: list[tuple[int, str, str | None, TableCell | None]] = []
    for r, cells in enumerate(grid):
        cell = cells[at]
        if cell is None and inner and cells[inner[-1]] is not None and cells[inner[-1]].row == r:  # type: ignore[union-attr]
            cell = cells[inner[-1]]
        if cell is None or cell.column_span >= len(table.columns) > 1 or NO_ROW.match(cell.flat):
            continue
        name, unit = name_and_unit(cell.flat)
        if len(name) >= 2 and not is_dash(name):
            group = next((cells[n] for n in reversed(inner) if cells[n] is not None and cells[n] is not cell), None)
            named.append((r, name, unit, group))
    counts = Counter(name for _, name, _, _ in named)
    for r, name, unit, group in named:
        span = table.row_span(r)
        if span is None or _came_apart(table, grid[r]):
            continue
        own = group is not None and _shared(grid, r, group, table.columns)
        full = within_group(name, group.flat if group else None, repeated=counts[name] > 1, own=own)
        yield _Row(full, unit, grid[r], *span, group.flat if group else None, own)


def _above_the_text(table: Table, rows: list[_Row], found: Roles) -> list[_Row]:
    """The rows of a table without an edge, less those at its end that have no kind where all others have one: they
    are the text below."""
    if table.how not in ("wrapped", "aligned"):
        return rows
    kinds = [_kind(row, found) is not None for row in rows]
    last = len(rows)
    while last and not kinds[last - 1]:
        last -= 1
    return rows[:last] if last >= FEWEST_KINDS and all(kinds[:last]) else rows


def _came_apart(table: Table, cells: Sequence[TableCell | None]) -> bool:
    """A value is a unit alone (亿元): its number stands in another cell, so that no cell of the row can be believed."""
    values = [cell.flat for cell, c in zip(cells, table.columns, strict=True) if cell and c.role == "value"]
    return any(is_unit(text) and not is_dash(text) for text in values)


def _shared(grid: Sequence[Sequence[TableCell | None]], r: int, group: TableCell, columns: Sequence[Column]) -> bool:
    """The row surely stands in the group: the label is its own, or it shares the unit of a row whose label it is."""
    if group.row == r:
        return True
    unit = next((grid[r][n] for n, c in enumerate(columns) if c.role == "unit"), None)
    return unit is not None and unit.row < r and unit.row == group.row


def _indicator(state: Reading, table: Table, found: Roles, row: _Row, position: int) -> Iterator[Indicator]:
    unit = _unit(row, found)
    baseline = _measure(row, found.baseline, found.baseline_year, unit, table.columns)
    target = _measure(row, found.target, found.target_year, unit, table.columns)
    kind = _kind(row, found)
    if baseline is None and target is None and kind is None:
        return
    departments = tuple(
        name for n in found.departments if (cell := row.cells[n]) for name in department_names(cell.text)
    )
    yield Indicator(
        state.document.evidence(row.start, row.end),
        position,
        row.name,
        concept(row.name),
        dimension=_dimension(table, row, found),
        kind=kind,
        departments=departments,
        leads=tuple(_leads(state, departments)),
        unit=unit or _printed_unit(target) or _printed_unit(baseline),
        baseline=baseline,
        target=target,
    )


def _observations(document: Document, found: Roles, row: _Row, position: int) -> Iterator[Observation]:
    unit = _unit(row, found)
    for n, year in found.observed:
        cell = row.cells[n]
        if cell is None or is_dash(cell.flat):
            continue
        value = read_value(cell.flat, unit)
        if value.value is None or value.op != "=":
            continue
        yield Observation(
            document.evidence(row.start, row.end), position, row.name, concept(row.name), year, value.value, value.unit
        )
        position += 1


def _unit(row: _Row, found: Roles) -> str | None:
    """The unit's own column, the name's brackets; the brackets of the head count for each column alone."""
    cell = row.cells[found.unit] if found.unit is not None else None
    printed = cell.flat.strip("（()）") if cell else ""
    return (printed if printed and not is_dash(printed) else None) or row.unit


def _measure(
    row: _Row, at: int | None, year: int | None, unit: str | None, columns: Sequence[Column]
) -> Measure | None:
    cell = row.cells[at] if at is not None else None
    if at is None or cell is None or is_dash(cell.flat):
        return None
    value = read_value(cell.flat, unit or columns[at].unit)
    if value.value is not None and len(own := OWN_YEAR.findall(cell.flat)) == 1:
        year = int(own[0])
    return Measure(year, cell.flat, value.op, value.value, value.unit, value.parts)


def _printed_unit(measure: Measure | None) -> str | None:
    """The unit of the cell's number, or the one that all of its numbers share."""
    if measure is None:
        return None
    units = {part.unit for part in measure.parts} if measure.parts else {measure.unit}
    return units.pop() if len(units) == 1 else None


def _kind(row: _Row, found: Roles) -> IndicatorKind | None:
    cell = row.cells[found.kind] if found.kind is not None else None
    printed = KIND_STRICT.fullmatch(cell.flat) if cell else None
    return KINDS[printed["kind"]] if printed else None


def _dimension(table: Table, row: _Row, found: Roles) -> str | None:
    """The group that the row stands in: its column, the unnamed column before the names, or the line above."""
    at = found.dimension
    cell = row.cells[at] if at is not None else None
    if cell is None:
        here = next((c.row for c in row.cells if c is not None and c.above == 0 and c.row_span == 1), None)
        bands = [
            c for c in table.cells if c.column_span >= len(table.columns) > 1 and here is not None and c.row < here
        ]
        cell = bands[-1] if bands else None
    return NUMBERING.sub("", COUNTED.sub("", cell.flat)) or None if cell else None


# 一、, （二）, 1.: the number of a group
NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、．.])"
)
# 经济发展（5项）
COUNTED = re.compile(r"[（(]\d{1,2}[项个][）)]$")


def _leads(state: Reading, departments: Sequence[str]) -> Iterator[Organization]:
    if state.plan is None:
        return
    year = state.plan.period[0] if state.plan.period else None
    for printed in departments:
        _, body = organization(printed, state.home, year)
        if body is not None and body.region is not NOWHERE:
            yield body
