"""The component that reads tables of indicators: the rows of those about the plan's own years are indicators, the
numbers of those about the past observations.

`columns` says in all functions what the columns of the table hold; `at` is the index of one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors import expressions as re
from extractors.document import Document
from extractors.indicators.columns import (
    HALF_WAY_REPORT,
    IndicatorColumns,
    PlanYears,
    indicator_columns,
    near_year,
)
from extractors.indicators.names import department_names
from extractors.indicators.rows import NamedRow, kind, named_rows
from extractors.indicators.values import read_value, without_brackets
from extractors.plain import span
from extractors.reading import Reading, Rejected, reading
from extractors.reference.concepts import concept
from extractors.reference.departments import organization
from extractors.reference.regions import NOWHERE
from extractors.tables import PlanTable, tables_of
from extractors.tables.cost import is_dash
from extractors.vocabulary.dates import CALENDAR_YEAR
from extractors.vocabulary.quantities import half_width
from ontology.model.facts import Basis, Indicator, Measure, Observation, Organization

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

# 19.8（2019年）, 2023年达到90: the year of the cell; 比2020年下降15% is none
OWN_YEAR = re.compile(
    rf"(?<![比较以自从超\d])(?<!超过)(?<![高低大小优多少]于)({CALENDAR_YEAR})年"
    r"(?!(?:[底末]|末期|同期|实际|水平|基数)?的?(?:以来|为基|基础|相比|水平|持平|相当|[\d.]+倍))"
)
CELL_CLAUSE = re.compile(r"[^，,；;。]+")
# 参保率, 比重: a share, which a unit said for the whole table (单位：万元) does not hold for
SHARE_NAME = re.compile(r"(?:率|比例?|比重|占比|指数|系数)(?:[（(].*[）)])?$")
# 较2025年下降15%, 单位GDP能耗降低
CHANGE_WORD = re.compile(r"下降|降低|减少|削减|增长|增加|提高|提升|上升|增幅|降幅|增速")
PERCENT_UNITS = frozenset(("%", "‰", "个百分点"))
PER_YEAR = re.compile(r"年均|每年|年增长")
# [13.5], 〔60〕: what is counted over all years, in a column that has yearly averages too
SUM_IN_BRACKETS = re.compile(r"[\[〔［【(（].*[\]〕］】)）]")
# 注：[ ]内为五年累计数, 带〔〕的为累计值: a table's note on numbers in brackets; round ones stand around remarks
BRACKETS_NOTE = re.compile(
    r"[\[〔［【]\s*[\]〕］】]\s*(?:[内中里号]|的)*[^。；\n]{0,8}(?:为|是|表示|指)[^。；，\n]{0,10}累[计积]"
)
SQUARE_BRACKETS = re.compile(r"[\[〔［【].*[\]〕］】]")


def indicators(doc: "Doc") -> "Doc":
    """Appends to `Reading.facts` the indicators of each row of a table about the plan's own years (`_indicators`: one
    for each target) and the observations of each row of one about the past (one for each exact number in a column of
    reached values; also in the table of targets of a report on a plan half way), and returns the same `doc`. The rows
    that gave facts are the spans `doc.spans["indicators"]` and `doc.spans["observations"]`; refused rows of both kinds
    of tables are appended to `Reading.rejected`. Raises Usage for a Doc that was not made of a plan."""
    state = reading(doc)
    spans: dict[str, list[Span]] = {"indicators": [], "observations": []}
    years = _plan_years(state)
    for table in tables_of(doc):
        section = state.section_at(table.start)
        past = section is not None and section.role == "background"
        columns = indicator_columns(table, years, past=past)
        if columns is None:
            continue
        rows, refused = named_rows(table, columns)
        state.rejected += [Rejected(row.start, row.end, "indicator", row.reason) for row in (*table.refused, *refused)]
        sums = columns.forward and _sums_in_brackets(state.document, table)
        for row in rows:
            aimed = _indicators(state, table, columns, row, sums=sums) if columns.forward else ()
            found = [*aimed, *_observations(state, table, columns, row)]
            state.facts.extend(found)
            for kind_of_fact, label in ((Indicator, "indicators"), (Observation, "observations")):
                if any(isinstance(fact, kind_of_fact) for fact in found):
                    spans[label].append(span(doc, row.start, row.end, label=label))
    for label, places in spans.items():
        doc.spans[label] = places
    return doc


def _plan_years(state: Reading) -> PlanYears:
    """What is known of the years of the plan that is read; nothing where the reading has no plan."""
    plan = state.plan
    if plan is None:
        return PlanYears()
    return PlanYears(
        plan.period,
        plan.issued.year if plan.issued else None,
        near_year(state.document.text, plan.period),
        HALF_WAY_REPORT.search(plan.title) is not None,
    )


def _indicators(
    state: Reading, table: PlanTable, columns: IndicatorColumns, row: NamedRow, *, sums: bool
) -> Iterator[Indicator | Observation]:
    """The indicators of the row, one for each target in the order of their years (those without a year first), or one
    without a target, and before them the baseline as an observation where a target has another unit (`_in_other_unit`:
    1578.4 亿元, and 6 % more); none for a row that has neither target, baseline nor kind. `columns` are those of the
    table; `sums` says that a note of the table calls numbers in square brackets sums (`_sums_in_brackets`): targets
    that stand wholly in square brackets then have the `basis` 累计."""
    baseline = _measure(table, row, columns, columns.baseline, columns.baseline_year)
    targets = [
        replace(target, basis="累计") if sums and SQUARE_BRACKETS.fullmatch(target.text) else target
        for target in _targets(table, row, columns)
    ]
    attribute = kind(row, columns)
    if baseline is None and not targets and attribute is None:
        return
    departments = tuple(
        name for n in columns.departments if (cell := row.cells[n]) for name in department_names(cell.text)
    )
    unit = _row_unit(table, row, columns)
    targets = [_growth_of_year(state, baseline, target) if baseline else target for target in targets]
    apart = [target for target in targets if baseline and _in_other_unit(baseline, target)]
    if apart and baseline and baseline.year and baseline.value is not None:
        yield Observation(
            state.document.evidence(row.start, row.end),
            row.name,
            concept(row.name),
            baseline.year,
            baseline.value,
            baseline.unit,
        )
    targets_or_none: list[Measure | None] = [*sorted(targets, key=lambda target: target.year or 0)] or [None]
    for target in targets_or_none:
        own = None if target in apart else baseline
        yield Indicator(
            state.document.evidence(row.start, row.end),
            row.name,
            concept(row.name),
            dimension=row.dimension,
            kind=attribute,
            departments=departments,
            leads=tuple(_leads(state, departments)),
            unit=_unit_of_all(unit, target, own),
            baseline=own,
            target=target,
        )


def _targets(table: PlanTable, row: NamedRow, columns: IndicatorColumns) -> list[Measure]:
    """The targets of the row, each year and text once, in the order of `columns.targets`: the main one first. Where
    this one is missing, the first annual average or sum of `columns.growth` that the row has takes its place."""
    measures = [_measure(table, row, columns, at, year) for at, year in columns.targets]
    if not measures or measures[0] is None:
        sums = [measure for at in columns.growth if (measure := _growth(table, row, columns, at)) is not None]
        measures = [*sums[:1], *measures[1:]]
    return list({(m.year, m.text): m for m in measures if m is not None}.values())


def _sums_in_brackets(document: Document, table: PlanTable) -> bool:
    """Whether a note, from 200 characters above the table to 600 below it, says that numbers in square brackets are
    sums (累计, 累积): 注：[ ]内为五年累计数. Square are also 〔〕 and 【】; notes on round brackets do not count."""
    return BRACKETS_NOTE.search(document.text, max(0, table.start - 200), table.end + 600) is not None


def _growth(table: PlanTable, row: NamedRow, columns: IndicatorColumns, at: int) -> Measure | None:
    """The value of the row in the column `at` of annual averages or sums, with its `basis`, 年均 or 累计; None where
    the row has none there. Where the header names both, a number in brackets, square or round, is the sum (累计) and
    any other the average (年均); where it names the average alone, a number in square brackets is still a sum. A column
    that names neither is that of the growth in a plan's only year, which is 年均.

    The unit is that of the header, for a sum that of the row where it has one: below 年均增长（%） 6 is 6 %, but [300]
    in the row 城镇新增就业（万人） 300 万人. An average rate of growth (年均增速, 年均增长: RATE_LABEL) must be in % or
    ‰: for 5.2 in a row of 万元, below a header without a unit, the measure has the text of the cell but no number.
    """
    cell, head = row.cells[at], table.columns[at]
    brackets = SUM_IN_BRACKETS if len(head.basis) > 1 else SQUARE_BRACKETS
    summed = head.basis == ("累计",) or (cell is not None and brackets.fullmatch(cell.flat) is not None)
    basis: Basis = "累计" if summed else "年均"
    of_head = None if summed and _row_unit(table, row, columns) else head.unit
    measure = _measure(table, row, columns, at, columns.end, of_head)
    if measure is None:
        return None
    if basis == "年均" and measure.unit not in ("%", "％", "‰") and RATE_LABEL.search(head.label):
        return Measure(measure.year, measure.text, basis=basis)
    return replace(measure, basis=basis)


RATE_LABEL = re.compile(r"增速|增长|增幅|率")  # 年均增速, 年均增长


def _observations(state: Reading, table: PlanTable, columns: IndicatorColumns, row: NamedRow) -> Iterator[Observation]:
    """The observations of the row: one for each column of `columns.observed` whose cell has a single number without a
    comparator; other cells are left out. The year is the only one printed in the cell (8（2016年）: OWN_YEAR), else
    that of the column, the unit the one printed in the cell, else `_unit`. Values of a year after that in which the
    plan was issued cannot have been reached and are left out."""
    issued = state.plan.issued if state.plan else None
    for at, year in columns.observed:
        cell = row.cells[at]
        if cell is None or is_dash(cell.flat):
            continue
        value = read_value(cell.flat, _unit(table, row, columns, at))
        if value.value is None or value.op != "=":
            continue
        own_year = _own_year(cell.flat) or year
        if issued is not None and own_year > issued.year:
            continue
        yield Observation(
            state.document.evidence(row.start, row.end), row.name, concept(row.name), own_year, value.value, value.unit
        )


def _row_unit(table: PlanTable, row: NamedRow, columns: IndicatorColumns) -> str | None:
    """The unit of the whole row, as printed but ％ as %: that in its unit column, without brackets around it (a dash is
    none); else that printed after its name, in brackets or after a comma or slash; else that of the table, which does
    not hold for shares, ratios and indices (参保率, 比重: SHARE_NAME). None where none of these gives one."""
    cell = row.cells[columns.unit] if columns.unit is not None else None
    printed = without_brackets(cell.flat) if cell else ""
    row_unit = (printed if printed and not is_dash(printed) else None) or row.unit
    row_unit = row_unit or (None if SHARE_NAME.search(row.name) else table.unit)
    return row_unit.replace("％", "%") if row_unit else None


def _unit(table: PlanTable, row: NamedRow, columns: IndicatorColumns, at: int) -> str | None:
    """The unit of the row's cell in column `at`: that in the row's unit column or printed after its name; where it has
    neither, that in the header of column `at`, else that of the table, which does not hold for shares and the like
    (`_row_unit`). None where none of these gives one."""
    cell = row.cells[columns.unit] if columns.unit is not None else None
    if row.unit is None and (cell is None or is_dash(cell.flat)) and table.columns[at].unit:
        return table.columns[at].unit
    return _row_unit(table, row, columns)


def _measure(
    table: PlanTable,
    row: NamedRow,
    columns: IndicatorColumns,
    at: int | None,
    year: int | None,
    of_head: str | None = None,
) -> Measure | None:
    """What the row's cell in column `at` says, with its text, number, unit or parts (`read_value`), and its year: the
    only one that is printed in a cell with a single number (19.8（2019年）), else `year`; years of comparison
    (比2020年, 2020年水平: OWN_YEAR) do not count. A change in per cent of a value in another unit (`_of_change`) has
    its text, but no number. None for an empty cell, a dash, and where `at` is None. `of_head` is the unit of the column
    where that holds before the row's, else None."""
    cell = row.cells[at] if at is not None else None
    if at is None or cell is None or is_dash(cell.flat):
        return None
    row_unit = of_head or _unit(table, row, columns, at)
    value = read_value(cell.flat, row_unit)
    if _of_change(row, cell.flat, value.unit, row_unit):
        return Measure(year, cell.flat)
    if value.value is not None:
        year = _own_year(cell.flat) or year
    return Measure(year, cell.flat, value.op, value.value, value.unit, value.parts)


def _of_change(row: NamedRow, text: str, unit: str | None, row_unit: str | None) -> bool:
    """Whether a cell with this text and the `unit` of its number says by how much the value is to change, in a row of
    values in another unit: 较2025年下降15% in a row of m³ is no level of 15. False where the row is in a share itself,
    or has no unit, where its name is that of a change (能耗降低率), and for a growth per year (年均增长8%), which is a
    target of its own."""
    other = unit in PERCENT_UNITS and row_unit is not None and half_width(row_unit) not in PERCENT_UNITS
    return other and not PER_YEAR.search(text) and bool(CHANGE_WORD.search(text)) and not CHANGE_WORD.search(row.name)


def _own_year(text: str) -> int | None:
    """The year that the text of a cell with one number gives that: 19.8（2019年） -> 2019. Of several it is the only
    one in the clause of the number: 2027年60%，2028年优化布局 -> 2027. None where it has none, or several that this
    does not tell apart; years of comparison (比2020年) do not count."""
    years = OWN_YEAR.findall(text)
    if len(years) > 1:
        clauses = (clause for clause in CELL_CLAUSE.findall(text) if re.search(r"\d", OWN_YEAR.sub("", clause)))
        years = [year for clause in clauses for year in OWN_YEAR.findall(clause)]
    return int(years[0]) if len(years) == 1 else None


def _in_other_unit(baseline: Measure, target: Measure) -> bool:
    """Whether both have a single number with a unit, that of the baseline an exact one of a known year, and the units
    are different, so that one indicator cannot have both: 1578.4 亿元 below 2023年完成（亿元） and 6 % below
    2024年目标（%）. % and 个百分点 are not different here."""
    if baseline.value is None or baseline.op != "=" or baseline.year is None or target.value is None:
        return False
    units = {baseline.unit, target.unit}
    return len(units) == 2 and None not in units and not units <= PERCENT_UNITS


def _growth_of_year(state: Reading, baseline: Measure, target: Measure) -> Measure:
    """The target, where its text says by how much per cent the value of the `baseline`, in another unit, is to change
    (增长6左右 below 2024年目标（%）): per year (年均增长8%), or in a plan for one year, it has the `basis` 年均; in any
    other plan only its text stays, because the change may be meant per year or in all. Every other target as it is."""
    if target.basis or not _in_other_unit(baseline, target) or not CHANGE_WORD.search(target.text):
        return target
    period = state.plan.period if state.plan else None
    if PER_YEAR.search(target.text) or (period and period[0] == period[1]):
        return replace(target, basis="年均")
    return Measure(target.year, target.text)


def _unit_of_all(unit: str | None, target: Measure | None, baseline: Measure | None) -> str | None:
    """The unit in which the indicator's numbers are: that of its target where it has a single number, else that of its
    baseline; where neither has one, `unit`, that of the row, else what the parts of one are in. A unit that `unit`
    prints in full width is given as printed. None where both have a number, in different units."""
    numbers = [measure for measure in (target, baseline) if measure and measure.value is not None]
    if not numbers:
        return unit or _printed_unit(target) or _printed_unit(baseline)
    if numbers[0].unit != numbers[-1].unit:
        return None
    only = numbers[0].unit
    return unit if unit and half_width(unit) == only else only


def _printed_unit(measure: Measure | None) -> str | None:
    """The unit of the measure, or where it has several numbers, the one that all of them share; None for no measure,
    for numbers without a unit and for different units."""
    if measure is None:
        return None
    units = {part.unit for part in measure.parts} if measure.parts else {measure.unit}
    return units.pop() if len(units) == 1 else None


def _leads(state: Reading, departments: Sequence[str]) -> Iterator[Organization]:
    """The bodies with these printed names, as `departments.organization` gives them for the plan's region in the first
    year of its period, or in REFERENCE_YEAR where it has none. Names whose body or its region is not known are left
    out; none where the reading has no plan."""
    if state.plan is None:
        return
    year = state.plan.period[0] if state.plan.period else None
    for printed in departments:
        _, body = organization(printed, state.home, year)
        if body is not None and body.region is not NOWHERE:
            yield body
