"""Which columns of a table of indicators hold what, and whether the table is about the plan's own years or the past.

`period` is the first and last year of the plan, None where it has none. Columns given as int are indices of the
table's columns. That a column is labelled as one of targets or of reached values is its `Column.sense`, which may come
from a merged header above it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors import expressions as re
from extractors.tables.model import FREE_ROLES, Column, PlanTable
from extractors.vocabulary.dates import FIVE_YEAR, five_year_period

# “十三五”规划主要指标完成情况
PAST_TITLE = re.compile(r"(?:完成|实现|执行|落实)情况|(?:实施|中期|终期)?评估|发展(?:成效|回顾)|对比")
# 建设内容, 总投资: the columns of a list of projects
PROJECT_LABEL = re.compile(r"投资|建设|工程|项目|资金|规模|内容|地点")
# 地区, 县（市、区）, 市州: rows of places are what each of them is to do, no indicators
PLACE_LABEL = re.compile(r"地区|区域|行政区划?|(?:各|所属)?[省市州盟地县区旗](?:[州盟县区旗]|[（(、].{1,8})?(?:名称)?")
# 实际完成, 完成值, 实现情况; not 基期值, 现状
REACHED_LABEL = re.compile(r"完成|实现|达到")
# 完成率, 2020年目标完成比例: how much of the target, not of what is measured
RATE_OF_TARGET = re.compile(r"(?:完成|实现|达成)(?:率|比例?|程度|进度)|是否")
# 年均增长与2020年相比: a change, no target by itself
COMPARED_LABEL = re.compile(r"比20|较20|相比")
# 中期评估: half way
HALF_WAY = re.compile(r"中期|中评")
# 配合单位: those that help do not lead
HELPING_LABEL = re.compile(r"配合|协办|参与")
FIVE_YEAR_NAME = re.compile(FIVE_YEAR)


@dataclass(frozen=True, slots=True)
class IndicatorColumns:
    """What the columns of a table of indicators hold, by index; None where no column does.

    `forward` says that the table gives targets for the plan's own years. `targets` are the columns of targets, each
    with its year (None where not known): first the main one, that of the plan's last year where there is such a column,
    then those of other years (2035年; in a plan until 2035 also 2025年). `baseline` is the column of the values that
    the plan starts from, `baseline_year` their year. `growth` are the columns of annual averages and sums (年均, 累计),
    which give the target of a row without one in the main column; `end` is the plan's last year, for which they hold,
    in a plan without a period that of the five-year period in the table's title.

    In any other table, taken to be about the past, only `observed` is set, the columns of values that were reached,
    each with its year. In both, `unit`, `kind` and `dimension` are the columns of units, of kinds (约束性) and of
    labels of groups, and `departments` those of the bodies that lead, or where none does, of those that help.
    """

    forward: bool
    unit: int | None
    kind: int | None
    dimension: int | None
    departments: tuple[int, ...]
    baseline: int | None = None
    baseline_year: int | None = None
    targets: tuple[tuple[int, int | None], ...] = ()
    growth: tuple[int, ...] = ()
    end: int | None = None
    observed: tuple[tuple[int, int], ...] = ()


def indicator_columns(
    table: PlanTable, period: tuple[int, int] | None, *, past: bool = False
) -> IndicatorColumns | None:
    """What the columns hold: 指标 单位 2020年 2025年 属性 in a plan for 2021–2025 -> forward, baseline 2020, target
    2025; of a table about the past only the columns of values that were reached, as `observed`, of each year the first.
    `past` says that the table stands in a chapter about the past.

    Left out are columns of values with a rate of completion (完成率) or a part of another column (`Column.part`), and
    columns of growth without a `basis` or with a change (比2020年). None for a table without a column of names; with no
    column of values and none of growth left; of places (`PLACE_LABEL`) or projects (`_projects`); for one that looks
    ahead (`forward`) and has columns neither of targets nor of growth; and for any other one without columns of reached
    values of a known year, or with a single one that neither a label of its own or above it nor the table's title or
    chapter says to be of the past.
    """
    columns = table.columns
    values = [
        n for n, c in enumerate(columns) if c.role == "value" and not RATE_OF_TARGET.search(c.label) and not c.part
    ]
    growth = tuple(
        n for n, c in enumerate(columns) if c.role == "growth" and c.basis and not COMPARED_LABEL.search(c.label)
    )
    name = next((c for c in columns if c.role == "name"), None)
    if not (values or growth) or name is None or PLACE_LABEL.fullmatch(name.label) or _projects(columns):
        return None
    back = past or _back(table, period)
    if forward(table, period, growth, back=back):
        return _aimed_at(table, period, values, growth)
    return _observed(table, values, back=back)


def _aimed_at(
    table: PlanTable, period: tuple[int, int] | None, values: Sequence[int], growth: tuple[int, ...]
) -> IndicatorColumns | None:
    """The columns of a table about the plan's own years, of which `values` are those of values and `growth` those of
    averages and sums; None where there are columns neither of targets nor of growth."""
    columns = table.columns
    target = _target(columns, values, period)
    if target is None and not growth:
        return None
    start, end = period or (None, _title_period(table, 1))
    baseline = _baseline(columns, values, target, period)
    targets = [(target, columns[target].year or end)] if target is not None else []
    targets += [(n, year) for n in values if (year := _further(columns, n, target, start))]
    baseline_year = columns[baseline].year if baseline is not None else None
    return IndicatorColumns(True, *_described(columns), baseline, baseline_year, tuple(targets), growth, end)


def _observed(table: PlanTable, values: Sequence[int], *, back: bool) -> IndicatorColumns | None:
    """The columns of a table that does not look ahead: of its columns of values (`values`) those of reached values with
    a year, of each year the first. None where there is none, and for a single one that neither a label of its own or
    above it nor, with `back`, the table's title or chapter says to be of the past."""
    columns = table.columns
    reached = {
        year: n for n in reversed(values) if (year := _year(table, n, back=back)) and _reached(columns, values, n)
    }  # the first column of each year
    observed = tuple((n, year) for year, n in sorted(reached.items(), key=lambda item: item[1]))
    looks_back = len(observed) > 1 or any(columns[n].sense for n, _ in observed) or back
    return IndicatorColumns(False, *_described(columns), observed=observed) if observed and looks_back else None


def _described(columns: Sequence[Column]) -> tuple[int | None, int | None, int | None, tuple[int, ...]]:
    """The columns that describe a row: the first of units, of kinds and of labels of groups (of dimensions, or where
    there is no such column, of groups), each None where there is none; and those of bodies whose label is none of
    helpers (配合, 协办, 参与), or where there are no such columns, all of bodies."""
    first = {role: n for n, role in reversed([(n, c.role) for n, c in enumerate(columns)])}
    dimension = first.get("dimension", first.get("group"))
    bodies = [n for n, c in enumerate(columns) if c.role == "departments"]
    leading = tuple(n for n in bodies if not HELPING_LABEL.search(columns[n].label))
    return first.get("unit"), first.get("kind"), dimension, leading or tuple(bodies)


def _further(columns: Sequence[Column], at: int, target: int | None, start: int | None) -> int | None:
    """The year of the column `at` where it holds targets of another year than `target`, the main column of targets;
    else None. It holds such targets where its year is later than that of `target`, or ends a five-year period within
    the plan's years (`_milestone`), or where its label says so and it has no merged header above it; beside a `target`
    without a year only this label tells. A column of reached values or of a year before `start`, the plan's first,
    never does, and none does where `target` is None."""
    year = columns[at].year
    if target is None or at == target or year is None or year == columns[target].year or year < (start or year):
        return None
    last = columns[target].year
    if columns[at].sense == "actual" or (last is None and columns[at].sense != "target"):
        return None
    if last is not None and (year > last or _milestone(year, start, last)):
        return year
    return year if columns[at].sense == "target" and not columns[at].spanning else None


def _milestone(year: int, start: int | None, last: int) -> bool:
    """Whether `year` ends a five-year period (is divisible by 5) and lies between `start`, the plan's first year, which
    counts, and `last`, the year of its main targets, which does not and is more than five years after `start`: 2025 in
    a plan for 2021–2035 with targets for 2035, not 2035. False where `start` is None."""
    return start is not None and start <= year < last and year % 5 == 0 and last - start > 5


def _year(table: PlanTable, at: int, *, back: bool) -> int | None:
    """The year of the numbers in the column `at`, by its label or the one above it; None where it is not known. But
    with `back`, in a table about the past, a column of reached values without a year is of the last year of the period
    in the table's title (2020 in “十三五”规划完成情况) where 完成, 实现 or 达到 is in its label (REACHED_LABEL: not
    现状); None where the title says that it is half way (中期)."""
    head = table.columns[at]
    if head.year or head.sense != "actual" or not back or not REACHED_LABEL.search(head.label):
        return head.year
    return None if HALF_WAY.search(table.title or "") else _title_period(table, 1)


def forward(
    table: PlanTable, period: tuple[int, int] | None, growth: Sequence[int] = (), *, back: bool
) -> bool:  # fmt: skip
    """Whether some column holds what is aimed at in the plan's own years, which are those of `period`, else of the
    five-year period in the table's title. Asked are all columns of values, also those that `indicator_columns` leaves
    out, and `growth`, the columns of averages and sums; `back` says that the table's title or chapter is about the
    past.

    Unless `back`, one of these is enough: columns of growth beside a column of kinds; a column of a year from the
    plan's first on; a column of targets without a year (目标值); where the plan's years are not known, any column of
    targets, or, beside a column of kinds, columns of several years of which at least one is not labelled as reached.
    With `back`, the plan's years must be known, a column must be of a year from the first on, one must be labelled as a
    target, and the columns must not compare targets with what was reached (`_judged`).
    """
    values = [c for c in table.columns if c.role == "value"]
    years = [c.year for c in values if c.year]
    if growth and not back and any(c.role == "kind" for c in table.columns):
        return True
    start = period[0] if period else _title_period(table, 0)
    if back and _judged(values):
        return False
    if start is not None:
        if any(year >= start for year in years):
            return not (back and all(c.sense != "target" for c in values))
        return not back and _open_target(values)
    if back:
        return False
    if any(c.sense == "target" for c in values):
        return True
    open_year = any(c.year and c.sense != "actual" for c in values)
    return open_year and len(set(years)) > 1 and any(c.role == "kind" for c in table.columns)


def _back(table: PlanTable, period: tuple[int, int] | None) -> bool:
    """Whether the table's title is about what was done (完成情况, 中期评估, 对比 or the like; PAST_TITLE), or names a
    five-year period that ended before `period`."""
    if table.title is not None and PAST_TITLE.search(table.title):
        return True
    end = _title_period(table, 1)
    return end is not None and period is not None and end < period[0]


def _judged(values: Sequence[Column]) -> bool:
    """Whether the columns of values compare targets with what was reached: there are targets, and each of their years
    (or a missing one) is that of a column of reached values: 2020年规划目标 next to 2020年实际."""
    aimed = {c.year for c in values if c.sense == "target"}
    reached = {c.year for c in values if c.sense == "actual"}
    return bool(aimed) and aimed <= reached


def _open_target(values: Sequence[Column]) -> bool:
    """Whether one of the columns of values holds targets and has no year (目标值)."""
    return any(c.sense == "target" and c.year is None for c in values)


def _title_period(table: PlanTable, which: int) -> int | None:
    """The first (`which` is 0) or last (`which` is 1) year of the first five-year period that the table's title names:
    2020 for the title “十三五”规划完成情况 and 1. None where it names none, or one that `five_year_period` does not
    know."""
    found = FIVE_YEAR_NAME.search(table.title or "")
    period = five_year_period(found["five_year"]) if found else None
    return period[which] if period else None


def _projects(columns: Sequence[Column]) -> bool:
    """Whether the table is a list of projects and not one of indicators: the label of the column of names, which it
    must have, is without 指标, and that of some column of free text (FREE_ROLES) has a word of such lists
    (PROJECT_LABEL: 建设内容, 资金来源)."""
    name = next(c for c in columns if c.role == "name")
    return "指标" not in name.label and any(c.role in FREE_ROLES and PROJECT_LABEL.search(c.label) for c in columns)


def _target(columns: Sequence[Column], values: Sequence[int], period: tuple[int, int] | None) -> int | None:
    """The main column of targets, one of `values` that is not labelled as reached and not of a year before `period`,
    and without a year is labelled as one of targets (`_may_be_target`): the first of the last year of `period`; else
    the first without a year; else that of the latest year within the period; else that of the nearest year after it; of
    several of one year the first. Without a `period` the first without a year, else that of `_last`. None where no
    column may hold targets."""
    end = period[1] if period else None
    candidates = [n for n in values if _may_be_target(columns[n], period)]
    for n in candidates:
        if end is not None and columns[n].year == end:
            return n
    unset = [n for n in candidates if columns[n].year is None]
    if unset:
        return unset[0]
    within = [n for n in candidates if end is None or (columns[n].year or 0) < end]
    if within and end is not None:
        return max(within, key=lambda n: columns[n].year or 0)
    return (
        min(candidates, key=lambda n: columns[n].year or 0, default=None)
        if end is not None
        else _last(columns, candidates)
    )


def _last(columns: Sequence[Column], values: Sequence[int]) -> int | None:
    """The main column of targets where the plan has no period: the first that says that it holds targets, else the
    first of the latest year, or of all where none has a year. `values` are the columns to choose from; None where there
    are none."""
    aimed = [n for n in values if columns[n].sense == "target"]
    return aimed[0] if aimed else max(values, key=lambda n: columns[n].year or 0, default=None)


def _may_be_target(head: Column, period: tuple[int, int] | None) -> bool:
    """Whether the column `head` may hold targets of the plan: it is not labelled as one of reached values, and
    its year is not before `period`, if the plan has one; without a year it must be labelled as one of targets."""
    if head.sense == "actual":
        return False
    if head.year is None:
        return head.sense == "target"
    return head.year >= period[0] if period else True


def _baseline(
    columns: Sequence[Column], values: Sequence[int], target: int | None, period: tuple[int, int] | None
) -> int | None:
    """The one of the columns `values` that has the baseline: of those before the period, and those of any year that are
    labelled as reached (实际), the column of the latest year, of equal ones the labelled one, else the first; where
    there is none, the first column without a year that is labelled so; else None. `target`, the main column of targets,
    does not count; without a `period` its year takes the place of the period's first, and where that is not known
    either, columns of any year count.

    Columns labelled as targets do not count either, unless all others are labelled so: then those of years before the
    period under a merged header (目标值 over 2020年 and 2025年) do.
    """
    before = period[0] if period else columns[target].year if target is not None else None
    reached = [n for n in values if n != target and columns[n].sense != "target"]
    if not reached and before is not None:
        reached = [n for n in values if n != target and columns[n].spanning and (columns[n].year or before) < before]
    dated = [
        n
        for n in reached
        if (year := columns[n].year) and (before is None or year < before or columns[n].sense == "actual")
    ]
    if dated:
        return max(dated, key=lambda n: (columns[n].year or 0, columns[n].sense == "actual"))
    return next((n for n in reached if columns[n].year is None and columns[n].sense == "actual"), None)


def _reached(columns: Sequence[Column], values: Sequence[int], at: int) -> bool:
    """Whether the column `at`, one of `values`, holds values that were reached, not aimed at: its label says so
    (2020年实际), or it says neither and no other column of that year is labelled as reached."""
    head = columns[at]
    if head.sense is not None:
        return head.sense == "actual"
    return not any(columns[n].year == head.year and columns[n].sense == "actual" for n in values if n != at)
