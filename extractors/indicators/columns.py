"""Which columns of a table of indicators hold what, and whether the table is about the plan's own years or the past.

`period` is the first and last year of the plan, None where it has none; `years` has it and whatever else is known of
the plan's years. Columns given as int are indices of the table's columns. That a column is labelled as one of targets
or of reached values is its `Column.sense`, which may come from a merged header above it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors import expressions as re
from extractors.tables.header import year as label_year
from extractors.tables.model import FREE_ROLES, Column, PlanTable
from extractors.vocabulary.dates import CALENDAR_YEAR, FIVE_YEAR, five_year_period

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
# …规划纲要实施情况中期评估报告: the title of a report on how far a plan has got
HALF_WAY_REPORT = re.compile(r"中期(?:实施)?(?:情况)?(?:评估|监测|评价|检查|总结|考核)|中评")
# 规划近期目标年, 近期目标值, 阶段目标: a stage before the last year of a long plan
NEAR_LABEL = re.compile(r"近期|中期|阶段")
# 远期目标值, 远景目标
FAR_LABEL = re.compile(r"远期|远景|展望")
# 主要目标分年度计划表, 年度目标分解表: a table that sets targets for each of its years
YEAR_BY_YEAR = re.compile(r"(?<!部)分年|逐年|各年度?(?:目标|计划|任务)|年度(?:目标|计划|任务)(?:分解|安排)")
# 近期至2025年, 近期目标年为2025年, 近期为2021—2025年: the last year of the first stage
NEAR_YEAR = re.compile(
    r"近期(?:规划|目标)?(?:期限|年限|年)?(?:为|至|到|是|：|（)?"
    rf"(?:{CALENDAR_YEAR}年?[-—–~～至到]{{1,2}})?({CALENDAR_YEAR})年"
)
LONG_PLAN = 5  # years between the first and the last of a plan with more than one stage
# 配合单位: those that help do not lead
HELPING_LABEL = re.compile(r"配合|协办|参与")
FIVE_YEAR_NAME = re.compile(FIVE_YEAR)


@dataclass(frozen=True, slots=True)
class PlanYears:
    """What is known of the years of the plan that a table stands in. `period` is its first and last year, `issued` the
    year in which it was issued, `near` the last year of its first stage (2025 of 近期至2025年), each None where it is
    not known; `half_way` says that the document reports how far a plan for this period has got (中期评估)."""

    period: tuple[int, int] | None = None
    issued: int | None = None
    near: int | None = None
    half_way: bool = False

    @property
    def long(self) -> bool:
        """Whether more than LONG_PLAN (5) years lie between the plan's first and last year: 2021–2035, not 2021–2025;
        False where they are not known."""
        return self.period is not None and self.period[1] - self.period[0] > LONG_PLAN


def near_year(text: str, period: tuple[int, int] | None) -> int | None:
    """The last year of the first stage of a plan for `period` with this text, where all places that name such a year
    (近期至2025年: NEAR_YEAR) name the same one before the plan's last: 2025 for 2021–2035. None for no such place, for
    several years, and for a plan without a period."""
    if period is None:
        return None
    found = {int(year) for year in NEAR_YEAR.findall(text)}
    inside = {year for year in found if period[0] <= year < period[1]}
    return inside.pop() if len(found) == len(inside) == 1 else None


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
    each with its year; in a table of targets of a report on a plan half way, both are set: those of years after the
    plan's first are observed. In all, `unit`, `kind` and `dimension` are the columns of units, of kinds (约束性) and of
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


def indicator_columns(table: PlanTable, years: PlanYears, *, past: bool = False) -> IndicatorColumns | None:
    """What the columns hold: 指标 单位 2020年 2025年 属性 in a plan for 2021–2025 -> forward, baseline 2020, target
    2025; of a table about the past only the columns of values that were reached, as `observed`, of each year the first.
    `past` says that the table stands in a chapter about the past. In a report on a plan half way columns of years
    without words say by the year what they hold (`_half_way`).

    Left out are columns of values with a rate of completion (完成率) or a part of another column (`Column.part`), and
    columns of growth with a change (比2020年) or without a `basis`, but for those of a plan's only year
    (`_of_only_year`). None for a table without a column of names; with no
    column of values and none of growth left; of places (`PLACE_LABEL`) or projects (`_projects`); for one that looks
    ahead (`forward`) and has columns neither of targets nor of growth; and for any other one without columns of reached
    values of a known year, or with a single one that neither a label of its own or above it nor the table's title or
    chapter says to be of the past.
    """
    table = _half_way(table, years)
    columns = table.columns
    values = [
        n for n, c in enumerate(columns) if c.role == "value" and not RATE_OF_TARGET.search(c.label) and not c.part
    ]
    growth = tuple(
        n
        for n, c in enumerate(columns)
        if c.role == "growth" and (c.basis or _of_only_year(c, years)) and not COMPARED_LABEL.search(c.label)
    )
    name = next((c for c in columns if c.role == "name"), None)
    if not (values or growth) or name is None or PLACE_LABEL.fullmatch(name.label) or _projects(columns):
        return None
    back = past or _back(table, years.period)
    if forward(table, years, growth, back=back):
        return _aimed_at(table, years, values, growth)
    return _observed(table, values, back=back)


def _of_only_year(head: Column, years: PlanYears) -> bool:
    """Whether the column `head` holds the growth in the only year of a plan of one year: 2024年计划增长 in the plan for
    2024."""
    period = years.period
    return period is not None and period[0] == period[1] == label_year(head.label)


def _half_way(table: PlanTable, years: PlanYears) -> PlanTable:
    """The table as a report on a plan half way means it: a column of values whose label is a year without words holds
    targets where that is the plan's last year and no other column is of it, and reached values where it is an earlier
    one: 2020年 | 2022年 | 2025年 in a report on a plan for 2021–2025. Every other table unchanged, and so in a document
    that is no such report (`PlanYears.half_way`) or has no period."""
    if not years.half_way or years.period is None:
        return table
    last = years.period[1]
    once = sum(c.role == "value" and c.year == last for c in table.columns) == 1

    def meant(head: Column) -> Column:
        if head.role != "value" or head.sense is not None or not head.year or head.year > last:
            return head
        if head.year < last:
            return replace(head, sense="actual")
        return replace(head, sense="target") if once else head

    return replace(table, columns=tuple(map(meant, table.columns)))


def _aimed_at(
    table: PlanTable, years: PlanYears, values: Sequence[int], growth: tuple[int, ...]
) -> IndicatorColumns | None:
    """The columns of a table about the plan's own years, of which `values` are those of values and `growth` those of
    averages and sums; None where there are columns neither of targets nor of growth."""
    columns = table.columns
    target = _target(columns, values, years)
    if target is None and not growth:
        return None
    end = years.period[1] if years.period else _title_period(table, 1)
    first = _first_ahead(table, values, target, years)
    baseline = _baseline(columns, values, target, years, first)
    targets = [(target, columns[target].year or end)] if target is not None else []
    targets += [(n, year) for n in values if (year := _further(columns, n, target, years, first))]
    targets += [(n, years.near) for n in values if target is not None and n != target and _near(columns[n], years)]
    baseline_year = columns[baseline].year if baseline is not None else None
    reached = tuple(
        (n, year)
        for n in values
        if years.half_way and years.period and n != baseline and columns[n].sense == "actual"
        if (year := columns[n].year) and year >= years.period[0]
    )
    return IndicatorColumns(
        True, *_described(columns), baseline, baseline_year, tuple(targets), growth, end, observed=reached
    )


def _near(head: Column, years: PlanYears) -> bool:
    """Whether the column `head` of a plan of several stages (`PlanYears.long`) holds the targets of an earlier stage
    than the last and does not say of which year they are: 规划近期目标年, 近期目标值."""
    return years.long and head.sense == "target" and head.year is None and NEAR_LABEL.search(head.label) is not None


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


def _further(columns: Sequence[Column], at: int, target: int | None, years: PlanYears, first: int | None) -> int | None:
    """The year of the column `at` where it holds targets of another year than `target`, the main column of targets;
    else None. It holds such targets where its year is later than that of `target`, or is `first` (`_first_ahead`) or
    later, or ends a five-year period within the plan (`_ends_stage`), or where its label says so and it has no merged
    header above it; beside a `target` without a year only this label tells. A column of reached values or of a year
    before the plan's first never does, and none does where `target` is None."""
    year = columns[at].year
    start = years.period[0] if years.period else None
    if target is None or at == target or year is None or year == columns[target].year or year < (start or year):
        return None
    last = columns[target].year
    if columns[at].sense == "actual" or (last is None and columns[at].sense != "target"):
        return None
    if last is not None and (year > last or (first is not None and year >= first) or _ends_stage(year, last, years)):
        return year
    return year if columns[at].sense == "target" and not columns[at].spanning else None


def _first_ahead(table: PlanTable, values: Sequence[int], target: int | None, years: PlanYears) -> int | None:
    """The first year that cannot have been reached when the plan was made, so that the columns of this year and later
    ones, but for those labelled as reached, hold targets; None where that is not known or `target`, the main column of
    targets, has no year.

    That is the year after the plan's issue, and not the plan's first. In a table that sets targets for each year, as
    its title says (YEAR_BY_YEAR) or because the columns without words are of every year of the plan, it may be the year
    of issue itself, but not one before the plan; where the year of issue is not known, it is the second of the plan's
    years, and the first where no column without words is of a year before the plan (2023年 | 2024年 | 2025年 in a plan
    for 2023–2025). Without a period too, and if the title says so, it is the first year of a column without words after
    the last that is labelled as reached, or where none is labelled so, the second year of such columns. `values` are
    the columns of values."""
    last = table.columns[target].year if target is not None else None
    if last is None:
        return None
    start = years.period[0] if years.period else None
    bare = sorted({c.year for n in values if (c := table.columns[n]).sense is None and c.year})
    said = YEAR_BY_YEAR.search(table.title or "") is not None
    each = start is not None and last > start and set(bare) >= set(range(start, last + 1))
    if years.issued is not None:
        return max(years.issued, start or 0) + (0 if said or each else 1)
    if start is not None:
        return (start if bare and bare[0] >= start else start + 1) if said or each else None
    reached = max((c.year for n in values if (c := table.columns[n]).sense == "actual" and c.year), default=None)
    after = bare[1:] if reached is None else [year for year in bare if year > reached]
    return after[0] if said and after else None


def _ends_stage(year: int, last: int, years: PlanYears) -> bool:
    """Whether `year` ends a five-year period (is divisible by 5) and lies between the plan's first year and `last`, the
    year of its main targets: 2025 in a plan for 2021–2035, 2020 in one for 2018–2022. Where the year of issue is known,
    `year` must come after it. The plan's first year, which may be what the plan starts from (2020年 | 2025年 | 2035年
    in a plan for 2020–2035), does only where the plan was issued before it and `last` is more than LONG_PLAN (5) years
    later. False for a plan without a period."""
    if years.period is None or year % 5 or not years.period[0] <= year < last:
        return False
    start, issued = years.period[0], years.issued
    if issued is not None and year <= issued:
        return False
    return year > start or (issued is not None and last - start > LONG_PLAN)


def _year(table: PlanTable, at: int, *, back: bool) -> int | None:
    """The year of the numbers in the column `at`, by its label or the one above it; None where it is not known. But
    with `back`, in a table about the past, a column of reached values without a year is of the last year of the period
    in the table's title (2020 in “十三五”规划完成情况) where 完成, 实现 or 达到 is in its label (REACHED_LABEL: not
    现状); None where the title says that it is half way (中期)."""
    head = table.columns[at]
    if head.year or head.sense != "actual" or not back or not REACHED_LABEL.search(head.label):
        return head.year
    return None if HALF_WAY.search(table.title or "") else _title_period(table, 1)


def forward(table: PlanTable, years: PlanYears, growth: Sequence[int] = (), *, back: bool) -> bool:
    """Whether some column holds what is aimed at in the plan's own years, which are those of its period, else of the
    five-year period in the table's title. Asked are all columns of values, also those that `indicator_columns` leaves
    out, and `growth`, the columns of averages and sums; `back` says that the table's title or chapter is about the
    past.

    Unless `back`, one of these is enough: columns of growth beside a column of kinds, or of growth in a plan's only
    year; a column of a year from the plan's first on; a column of targets without a year (目标值); where the plan's
    years are not known, any column of targets, a column of a year after the plan's issue that is not labelled as
    reached, or, beside a column of kinds, columns of several years of which at least one is not labelled so.
    With `back`, the plan's years must be known, a column must be of a year from the first on, one must be labelled as a
    target, and the columns must not compare targets with what was reached (`_judged`).
    """
    values = [c for c in table.columns if c.role == "value"]
    dated = [c.year for c in values if c.year]
    kinds = any(c.role == "kind" for c in table.columns)
    if growth and not back and (kinds or any(not table.columns[n].basis for n in growth)):
        return True
    start = years.period[0] if years.period else _title_period(table, 0)
    if back and _judged(values):
        return False
    if start is not None:
        if any(year >= start for year in dated):
            return not (back and all(c.sense != "target" for c in values))
        return not back and _open_target(values)
    if back:
        return False
    if any(c.sense == "target" for c in values):
        return True
    open_years = [c.year for c in values if c.year and c.sense != "actual"]
    if years.issued is not None and any(year > years.issued for year in open_years):
        return True
    return bool(open_years) and len(set(dated)) > 1 and kinds


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


def _target(columns: Sequence[Column], values: Sequence[int], years: PlanYears) -> int | None:
    """The main column of targets, one of `values` that is not labelled as reached and not of a year before the plan's
    first, and without a year is labelled as one of targets (`_may_be_target`): the first of the plan's last year; else
    of those without a year that of the plan's last stage (`_by_stage`); else that of the latest year within the period;
    else that of the nearest year after it; of several of one year the first. Without a period the first without a year,
    else that of `_last`. None where no column may hold targets."""
    end = years.period[1] if years.period else None
    candidates = [n for n in values if _may_be_target(columns[n], years.period)]
    for n in candidates:
        if end is not None and columns[n].year == end:
            return n
    unset = [n for n in candidates if columns[n].year is None]
    if unset:
        return min(unset, key=lambda n: _by_stage(columns[n].label, years))
    within = [n for n in candidates if end is None or (columns[n].year or 0) < end]
    if within and end is not None:
        return max(within, key=lambda n: columns[n].year or 0)
    return (
        min(candidates, key=lambda n: columns[n].year or 0, default=None)
        if end is not None
        else _last(columns, candidates)
    )


def _by_stage(label: str, years: PlanYears) -> int:
    """How far from the plan's last year the targets below a label without a year may be, for comparison: 0 where the
    label names no stage (规划目标年), then the far stage (远期目标) before the near one (近期目标) in a long plan, and
    the near one before the far one, which is beyond its period, in a short one."""
    near, far = NEAR_LABEL.search(label) is not None, FAR_LABEL.search(label) is not None
    if not (near or far):
        return 0
    return 1 if far == years.long else 2


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
    columns: Sequence[Column], values: Sequence[int], target: int | None, years: PlanYears, first: int | None
) -> int | None:
    """The one of the columns `values` that has the baseline: of those before the period, and those of any year that are
    labelled as reached (实际), the column of the latest year, of equal ones the labelled one, else the first; where
    there is none, the first column without a year that is labelled so; else None. `target`, the main column of targets,
    does not count; without a period its year takes the place of the period's first, and of the columns before it only
    those count that were surely reached (`_surely_reached`); where that is not known either, columns of any year count.
    In a report on a plan half way columns of the plan's own years count only where there is none before the period.
    `first` is the first year that cannot have been reached (`_first_ahead`), None where it is not known.

    Columns labelled as targets do not count either, unless all others are labelled so: then those of years before the
    period under a merged header (目标值 over 2020年 and 2025年) do.
    """
    before = years.period[0] if years.period else columns[target].year if target is not None else None
    reached = [n for n in values if n != target and columns[n].sense != "target"]
    if not reached and before is not None:
        reached = [n for n in values if n != target and columns[n].spanning and (columns[n].year or before) < before]
    dated = [
        n
        for n in reached
        if (year := columns[n].year) and (before is None or year < before or columns[n].sense == "actual")
    ]
    if years.half_way and before is not None:
        dated = [n for n in dated if (columns[n].year or before) < before] or dated
    if years.period is None and target is not None:
        dated = _surely_reached(columns, dated, columns[target], years.issued, first)
    if dated:
        return max(dated, key=lambda n: (columns[n].year or 0, columns[n].sense == "actual"))
    return next((n for n in reached if columns[n].year is None and columns[n].sense == "actual"), None)


def _surely_reached(
    columns: Sequence[Column], dated: Sequence[int], target: Column, issued: int | None, first: int | None
) -> list[int]:
    """Those of the columns `dated`, which have years before that of `target`, the main column of targets of a plan
    without a period, that hold values reached before the plan:

    - those labelled as reached (2020年现状), where there are any;
    - of a plan whose year of issue is known, those of years before it, or where there is none, that of the year itself,
      if it comes before `first`, the first year that cannot have been reached (`_first_ahead`; None: not known);
    - else all, where there is one, or where `target` is labelled as a target and the others are not (2021年 | 2022年 |
      2023年目标);
    - else, where the year of `target` ends a five-year period, those that do not lie within this period: 2020 of 2020年
      | 2022年 | 2025年. None of any others, because some of them may hold targets.
    """
    labelled = [n for n in dated if columns[n].sense == "actual"]
    if labelled:
        return labelled
    before = [n for n in dated if first is None or (columns[n].year or 0) < first]
    if issued is not None:
        return [n for n in before if (columns[n].year or 0) < issued] or before
    told = target.sense == "target" and not target.spanning
    if first is None and (len(before) == 1 or told):
        return before
    last = target.year or 0
    return [n for n in before if last % 5 == 0 and (columns[n].year or 0) <= last - 5]


def _reached(columns: Sequence[Column], values: Sequence[int], at: int) -> bool:
    """Whether the column `at`, one of `values`, holds values that were reached, not aimed at: its label says so
    (2020年实际), or it says neither and no other column of that year is labelled as reached."""
    head = columns[at]
    if head.sense is not None:
        return head.sense == "actual"
    return not any(columns[n].year == head.year and columns[n].sense == "actual" for n in values if n != at)
