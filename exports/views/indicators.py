"""The view of indicators: a panel for each concept and unit, in which each plan's indicator is a line from its baseline
to its target."""

from collections import defaultdict

from exports.views.model import NodeKind, PlotMark, PlotPanel, PlotRow, PlotSheet, Quote, Row, Rows, View
from exports.views.selection import Selection, check_relations, chosen_plans, key_of, levels_of
from exports.views.words import LEVEL_NAMES, localized, properties

INDICATOR_KINDS = (
    NodeKind("约束性", "约束性", "orange", "square"),
    NodeKind("预期性", "预期性", "blue", "circle"),
    NodeKind("预测性", "预测性", "green", "diamond"),
    NodeKind("", "未注明", "grey", "triangle"),
)


def indicators_view(rows: Rows, selection: Selection) -> View:
    """The view of the selected plans' indicators, a panel for each concept (the indicator's name where it has none) and
    unit. The panels with the most regions (or plans of unknown region) come first, equal ones in the order of files and
    places; in a panel rows go from the national level downwards, the unknown one last. Raises Usage where the selection
    names relations, of which this view draws none, and Refused as `chosen_plans` does."""
    check_relations(selection, ())
    plans = {key_of(row): row for row in chosen_plans(rows, selection)}
    levels = levels_of(rows)
    order: list[str | None] = [*LEVEL_NAMES, None]
    indicators = [row for row in rows("indicators") if key_of(row) in plans]
    grouped: dict[tuple[str, str | None], list[PlotRow]] = defaultdict(list)
    for row in sorted(indicators, key=lambda row: (row["file"], row["start"], row["indicator"])):
        plan = plans[key_of(row)]
        level = levels.get((plan["region"], plan["region_code"]))
        grouped[row["concept"] or row["indicator"], row["unit"]].append(_plot_row(row, plan, level))
    panels = [
        PlotPanel(name, unit, tuple(sorted(members, key=lambda row: order.index(row.level))))
        for (name, unit), members in grouped.items()
    ]
    panels.sort(key=lambda panel: -len({row.label for row in panel.rows}))
    title = "规划指标：从基期到目标"
    if len(plans) == 1:
        title = f"{next(iter(plans.values()))['plan']}：指标"
    binding = sum(row["kind"] == "约束性" for row in indicators)
    subtitle = f"{len(plans)} 份规划 · {len(panels)} 个概念 · {len(indicators)} 项指标，其中约束性 {binding} 项"
    return View("indicators", title, subtitle, (PlotSheet("indicators", "指标", INDICATOR_KINDS, tuple(panels)),))


def _plot_row(row: Row, plan: Row, level: str | None) -> PlotRow:
    """One indicator of a plan as a row of its panel. `row` is that of the preset `indicators`, `plan` that of the
    preset `plans`, `level` the level of the plan's region, None where it is not known."""
    return PlotRow(
        f"{row['file']}:{row['start']}:{row['indicator']}",
        plan["region"] or plan["plan"],
        plan["plan"],
        level,
        row["kind"] or "",
        _mark(row, "baseline"),
        _mark(row, "target"),
        properties(
            指标=row["indicator"],
            规划=row["plan"],
            考察维度=row["dimension"],
            属性=localized(row["kind"] or ""),
            单位=row["unit"],
            责任部门=row["departments"],
        ),
        (Quote.of(row),),
    )


def _mark(row: Row, side: str) -> PlotMark | None:
    """The mark of one `side`, "baseline" or "target", of a row of the preset `indicators`; None where the plan gives
    none."""
    if row[f"{side}_text"] is None:
        return None
    value = row[f"{side}_value"]
    return PlotMark(
        row[f"{side}_year"], row[f"{side}_text"], row[f"{side}_op"], None if value is None else float(value)
    )
