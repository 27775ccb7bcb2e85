"""The page of targets beside what was reached: a panel for each target, from its baseline to its target, with the
actual value."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from exports.views.figure import Figure, legend, place, staying, svg, words
from exports.views.markup import Markup, clipped, join, tag
from exports.views.model import Row, Rows
from exports.views.selection import Selection, chosen_plans
from exports.views.words import amount, localized, page_language
from extractors.reference.units import convert
from ontology.model.errors import Refused

WIDTH, HEIGHT, GAP, COLUMNS = 296, 190, 18, 4  # pixels of a panel, and panels side by side
LEFT, TOP, RIGHT, BOTTOM = 14, 58, 14, 26  # what a panel keeps free around its axes
PANEL_TITLE_LENGTH = 20  # characters
STATUS_STYLES = {
    "reached": ("已达到", "#009e73"),
    "on course": ("进度正常", "#0072b2"),
    "behind": ("进度滞后", "#e69f00"),
    "missed": ("未达到", "#d55e00"),
    "unknown": ("未知", "#777777"),
}


def tracking_view(rows: Rows, selection: Selection) -> Figure:
    """The page of the chosen plans' targets, sorted by status in the order of STATUS_STYLES, region (those without one
    first), concept and file: those with a number and an actual value in a comparable unit (`_drawable`) are drawn, all
    are listed. The subtitle says how many targets there are, and how many of each status that occurs. Raises Refused
    where none can be drawn, and as `chosen_plans` does."""
    chosen = {row["plan_id"] for row in chosen_plans(rows, selection)}
    order = list(STATUS_STYLES)
    targets = [row for row in rows("target-tracking") if row["plan_id"] in chosen]
    targets.sort(key=lambda row: (order.index(row["status"]), row["region"] or "", row["concept"], row["file"]))
    drawn: list[Row] = []
    others: list[Row] = []
    for row in targets:
        (drawn if _drawable(row) else others).append(row)
    if not drawn:
        raise Refused("no target has an actual value: load them with `kg observations FILE.csv`")
    counts = " · ".join(
        f"{localized(name)} {sum(row['status'] == status for row in targets)}"
        for status, (name, _) in STATUS_STYLES.items()
        if any(row["status"] == status for row in targets)
    )
    return Figure(
        "tracking",
        localized("目标进展"),
        localized(f"{len(targets)} 项目标 · {counts}"),
        _drawing(drawn),
        _table(drawn, others),
    )


def _drawable(row: Row) -> bool:
    """Whether the row, of the preset `target-tracking`, has a target value and an actual value that stand on one axis:
    in one unit, or in units that can be converted (亿元 and 万元, but not 亿元 and %)."""
    return row["target_value"] is not None and _height(row, "value", "value_unit") is not None


def _height(row: Row, value: str, unit: str) -> float | None:
    """The number in the column `value` of the row, whose unit is in the column `unit`, in the unit of the target; None
    where there is none or it cannot be converted."""
    converted = None if row[value] is None else convert(Decimal(str(row[value])), row[unit], row["unit"])
    return None if converted is None else float(converted)


def _drawing(targets: list[Row]) -> Markup:
    """The drawing: a panel for each of the rows (of the preset `target-tracking`, at least one), COLUMNS (4) side by
    side, and a legend below; it is at least 720 pixels wide. The number of a panel is the place of its row, from 0."""
    columns = min(COLUMNS, len(targets))
    panels = [
        _panel(row, i, GAP + i % columns * (WIDTH + GAP), GAP + i // columns * (HEIGHT + GAP))
        for i, row in enumerate(targets)
    ]
    lines = -(-len(targets) // columns)
    below = GAP + lines * (HEIGHT + GAP)
    return svg(
        max(GAP + columns * (WIDTH + GAP), 720),
        below + 30,
        *panels,
        staying("x", *legend(_signs(), GAP, below + 14), share=1),
    )


@dataclass(frozen=True, slots=True)
class _Scales:
    """Where a year and a value stand in a panel, in CSS pixels of the drawing: years go from left to right, from
    `first` to `last`, and values upwards, from `low` to `high`. (`left`, `top`) is the panel's top left corner."""

    left: float
    top: float
    first: int
    last: int
    low: float
    high: float

    @classmethod
    def of(cls, points: list[tuple[int, float]], left: float, top: float) -> "_Scales":
        """The scales of a panel in which the points, (year, value), at least one, all have their place, with room for
        their words. The years are those from the first to the last, one more where these are equal. The values reach
        beyond those of the points by a quarter of their difference (where they are equal a tenth of their amount, or 1
        where that is 0) above, and by 1.6 times as much below."""
        years, values = [year for year, _ in points], [value for _, value in points]
        low, high = min(values), max(values)
        room = (high - low) * 0.25 or abs(high) * 0.1 or 1.0
        return cls(left, top, min(years), max(max(years), min(years) + 1), low - 1.6 * room, high + room)

    def x(self, year: int) -> float:
        """The x of a year."""
        width = WIDTH - LEFT - RIGHT - 48
        return self.left + LEFT + 24 + width * (year - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        """The y of a value."""
        height = HEIGHT - TOP - BOTTOM
        return self.top + HEIGHT - BOTTOM - height * (value - self.low) / (self.high - self.low)


def _panel(row: Row, number: int, left: float, top: float) -> Markup:
    """The SVG of the panel of one target, a link to '#target-NUMBER': the frame, then the marks of the baseline, the
    target and the actual value, as far as their years and values are known, the baseline only where its unit can be
    converted to the target's, and the target's year is known too, since its line leads there. `row` is one of the
    preset `target-tracking` that is `_drawable`, with the year of the actual value; (`left`, `top`) is the panel's top
    left corner in CSS pixels."""
    heights = {
        "baseline": _height(row, "baseline_value", "baseline_unit"),
        "target": _height(row, "target_value", "unit"),
        "actual": _height(row, "value", "value_unit"),
    }
    years = {"baseline": row["baseline_year"], "target": row["target_year"], "actual": row["year"]}
    points = {
        side: (int(years[side]), height)
        for side, height in heights.items()
        if height is not None and years[side] is not None
    }
    if "target" not in points:
        points.pop("baseline", None)
    scales = _Scales.of(list(points.values()), left, top)
    at = {side: (scales.x(year), scales.y(height)) for side, (year, height) in points.items()}
    parts = _frame(row, sorted({year for year, _ in points.values()}), scales)
    if "baseline" in at:
        parts += _baseline(row, at["baseline"], at["target"])
    if "target" in at:
        parts += _target(row, at["target"], at["actual"])
    parts += _actual(row, at["actual"])
    title = tag("title", f"{row['plan']} · {row['concept']} · {localized(STATUS_STYLES[row['status']][0])}")
    return tag("a", title, *parts, href=f"#target-{number}")


def _frame(row: Row, years: list[int], scales: _Scales) -> list[Markup]:
    """The border of a target's panel, its title (region and concept, cut to PANEL_TITLE_LENGTH, 20, characters), the
    words for the status, and the axis with these years."""
    name, colour = STATUS_STYLES[row["status"]]
    left, top, base = scales.left, scales.top, scales.top + HEIGHT - BOTTOM
    title = clipped(f"{row['region'] or ''} {row['concept']}".strip(), PANEL_TITLE_LENGTH)
    return [
        tag("rect", x=left, y=top, width=WIDTH, height=HEIGHT, fill="none", stroke="#d5d9de", rx=6),
        words(title, left + 12, top + 20, font_weight="bold"),
        words(localized(name), left + WIDTH - 12, top + 40, text_anchor="end", fill=_ink(colour), font_weight="bold"),
        tag("line", x1=left + LEFT, y1=base, x2=left + WIDTH - RIGHT, y2=base, stroke="#999999"),
        *(words(str(year), scales.x(year), base + 16, text_anchor="middle", font_size=11) for year in years),
    ]


def _baseline(row: Row, at: tuple[float, float], target: tuple[float, float]) -> list[Markup]:
    """The mark of a target's baseline: a circle `at` its (x, y), a dashed line from there to the mark of the `target`,
    and the amount below."""
    (x, y), (end_x, end_y) = at, target
    way = {"stroke": "#777777", "stroke_width": 1.5, "stroke_dasharray": "5 4"}
    amount_text = amount(row["baseline_op"], float(row["baseline_value"]), row["baseline_unit"])
    return [
        tag("line", x1=_px(x), y1=_px(y), x2=_px(end_x), y2=_px(end_y), **way),
        tag("circle", cx=_px(x), cy=_px(y), r=4, fill="#ffffff", stroke="#222222"),
        words(amount_text, x, y + 18, font_size=11, text_anchor="middle"),
    ]


def _target(row: Row, at: tuple[float, float], actual: tuple[float, float]) -> list[Markup]:
    """The mark of a target whose year is known: a square `at` its (x, y), and the amount above it, or below it where
    the `actual` value of the same year is higher than the target."""
    x, y = at
    above = not (row["year"] == row["target_year"] and actual[1] < y)
    amount_text = amount(row["target_op"], float(row["target_value"]), row["unit"])
    return [
        tag("rect", x=_px(x - 4.5), y=_px(y - 4.5), width=9, height=9, fill="#222222"),
        words(amount_text, x, y - 10 if above else y + 20, font_size=11, text_anchor="middle"),
    ]


def _actual(row: Row, at: tuple[float, float]) -> list[Markup]:
    """The mark of a target's actual value: a dot `at` its (x, y) in the colour of the status, and the amount below it,
    or, in the target's year, on its left, so that it does not lie over the words of the target."""
    colour = STATUS_STYLES[row["status"]][1]
    x, y = at
    amount_text = amount(None, float(row["value"]), row["value_unit"])
    bold = {"font_size": 12, "fill": _ink(colour), "font_weight": "bold"}
    halo = {"stroke": "#ffffff", "stroke_width": 3, "paint_order": "stroke", **bold}
    dot = tag("circle", cx=_px(x), cy=_px(y), r=6, fill=colour, stroke="#ffffff", stroke_width=1.5)
    if row["year"] == row["target_year"]:
        return [dot, words(amount_text, x - 12, y + 5, text_anchor="end", **halo)]
    return [dot, words(amount_text, x, y + 20, text_anchor="middle", **halo)]


def _ink(colour: str) -> str:
    """A colour of STATUS_STYLES, given and returned as #rrggbb, with each channel at 0.68 of its value, so that words
    in it can be read on white: for these colours that is a contrast of 4.5 or more, as WCAG 2 asks
    (https://www.w3.org/TR/WCAG21/#contrast-minimum); a lighter one would need a smaller factor."""
    red, green, blue = (round(int(colour[i : i + 2], 16) * 0.68) for i in (1, 3, 5))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _px(value: float) -> float:
    return round(value, 1)


def _signs() -> Iterator[tuple[Callable[[float, float], Markup], str]]:
    """The entries of the legend (`legend`), each as what draws its sign at (x, y) and its words: the marks of a
    baseline and a target, and the colours of each status."""
    yield partial(_dot, 4, "#ffffff", "#222222"), localized("基期")
    yield _square, localized("目标")
    for name, colour in STATUS_STYLES.values():
        yield partial(_dot, 6, colour, None), localized(f"实际：{localized(name)}")


def _dot(radius: int, fill: str, stroke: str | None, x: float, y: float) -> Markup:
    return tag("circle", cx=_px(x + 13), cy=_px(y), r=radius, fill=fill, stroke=stroke)


def _square(x: float, y: float) -> Markup:
    return tag("rect", x=_px(x + 9), y=_px(y - 4.5), width=9, height=9, fill="#222222")


def _table(drawn: list[Row], others: list[Row]) -> Markup:
    """The HTML of the list of all targets (rows of the preset `target-tracking`) with the words that prove them: those
    that are drawn, in the order of their panels, then the others below a heading with their number, if there are
    any."""
    return join(
        tag("h2", localized("目标的原文")),
        *(_listed_target(row, f"target-{number}") for number, row in enumerate(drawn)),
        tag("h2", localized(f"没有可比较的数值的目标（{len(others)}）")) if others else None,
        *(_listed_target(row, None) for row in others),
    )


def _listed_target(row: Row, anchor: str | None) -> Markup:
    """The HTML of one target, a row of the preset `target-tracking`, in the list: region, concept, status and plan, the
    quote, the actual value with its year and source as far as there are any, and the place of the quote. `anchor` is
    its id on the page, None for a target that is not drawn."""
    name, _ = STATUS_STYLES[row["status"]]
    year = f"{row['year']}年" if page_language() == "zh" else row["year"]
    value = "" if row["value"] is None else f"{year} {row['value']}{row['value_unit'] or ''}"
    source = f"（{row['source']}）" if row["source"] else ""
    return tag(
        "section",
        tag("div", f"{row['region'] or ''} {row['concept']} · {localized(name)} · {row['plan']}", class_="head"),
        tag("p", row["quote"]),
        tag("p", f"{value}{source}"),
        tag("div", place(row), class_="where"),
        class_="pair",
        id=anchor,
    )
