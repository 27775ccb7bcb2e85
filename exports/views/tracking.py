"""The page of targets beside what was reached: a panel for each target, from its baseline to its target, with the
actual value."""

from exports.views.figure import Figure, place, svg, words
from exports.views.markup import Markup, clipped, join, tag
from exports.views.model import Row, Rows
from exports.views.selection import Selection, chosen_plans
from exports.views.words import amount, localized, page_language
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
    first), concept and file: those with a number and an actual value are drawn, all are listed. The subtitle says how
    many targets there are, and how many of each status that occurs. Raises Refused where none can be drawn, and as
    `chosen_plans` does."""
    chosen = {row["plan_id"] for row in chosen_plans(rows, selection)}
    order = list(STATUS_STYLES)
    targets = [row for row in rows("target-tracking") if row["plan_id"] in chosen]
    targets.sort(key=lambda row: (order.index(row["status"]), row["region"] or "", row["concept"], row["file"]))
    drawn = [row for row in targets if row["value"] is not None and row["target_value"] is not None]
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
        _table(targets),
    )


def _drawing(targets: list[Row]) -> Markup:
    """The drawing: a panel for each of the rows (of the preset `target-tracking`, at least one), COLUMNS (4) side by
    side, and a legend below; it is at least 720 pixels wide. The number of a panel is the place of its row, from 0."""
    columns = min(COLUMNS, len(targets))
    panels = [
        panel
        for i, row in enumerate(targets)
        for panel in _panel(row, i, GAP + i % columns * (WIDTH + GAP), GAP + i // columns * (HEIGHT + GAP))
    ]
    lines = -(-len(targets) // columns)
    below = GAP + lines * (HEIGHT + GAP)
    return svg(max(GAP + columns * (WIDTH + GAP), 720), below + 30, *panels, *_legend(GAP, below + 14))


def _panel(row: Row, number: int, left: float, top: float) -> list[Markup]:
    """The SVG of the panel of one target, a link to '#target-NUMBER'. `row` is one of the preset `target-tracking` with
    a target value, an actual value and its year; (`left`, `top`) is the panel's top left corner in CSS pixels. Years go
    from left to right. The target is a square where its year is known, its amount above it, or below where the actual
    value of the same year stands higher. Where the baseline's year and value are known too, the baseline is a circle
    from which a dashed line leads to the target. The actual value is a dot in the colour of the status, its amount on
    its left in the target's year, else below. The title, region and concept, is cut to PANEL_TITLE_LENGTH (20)
    characters."""
    name, colour = STATUS_STYLES[row["status"]]
    points = [
        (int(row[f"{side}year"]), float(row[f"{side}value"]))
        for side in ("baseline_", "target_", "")
        if row[f"{side}value"] is not None and row[f"{side}year"] is not None
    ]
    years, values = [int(p[0]) for p in points], [p[1] for p in points]
    first, last = min(years), max(years) if max(years) > min(years) else min(years) + 1
    low, high = min(values), max(values)
    room = (high - low) * 0.25 or abs(high) * 0.1 or 1.0
    low, high = low - 1.6 * room, high + room

    def x(year: float) -> float:
        return left + LEFT + 24 + (WIDTH - LEFT - RIGHT - 48) * (year - first) / (last - first)

    def y(value: float) -> float:
        return top + HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / (high - low)

    unit = row["unit"]
    parts = [
        tag("rect", x=left, y=top, width=WIDTH, height=HEIGHT, fill="none", stroke="#d5d9de", rx=6),
        words(
            clipped(f"{row['region'] or ''} {row['concept']}".strip(), PANEL_TITLE_LENGTH),
            left + 12,
            top + 20,
            font_weight="bold",
        ),
        words(localized(name), left + WIDTH - 12, top + 40, text_anchor="end", fill=_ink(colour), font_weight="bold"),
    ]
    base = top + HEIGHT - BOTTOM
    parts.append(tag("line", x1=left + LEFT, y1=base, x2=left + WIDTH - RIGHT, y2=base, stroke="#999999"))
    parts += [words(str(year), x(year), base + 16, text_anchor="middle", font_size=11) for year in sorted(set(years))]
    if None not in (row["baseline_year"], row["baseline_value"], row["target_year"]):
        a, b = (row["baseline_year"], float(row["baseline_value"])), (row["target_year"], float(row["target_value"]))
        way = {"stroke": "#777777", "stroke_width": 1.5, "stroke_dasharray": "5 4"}
        parts.append(tag("line", x1=_px(x(a[0])), y1=_px(y(a[1])), x2=_px(x(b[0])), y2=_px(y(b[1])), **way))
        parts.append(tag("circle", cx=_px(x(a[0])), cy=_px(y(a[1])), r=4, fill="#ffffff", stroke="#222222"))
        parts.append(words(amount(None, a[1], unit), x(a[0]), y(a[1]) + 18, font_size=11, text_anchor="middle"))
    if row["target_year"] is not None:
        place_x, place_y = x(row["target_year"]), y(float(row["target_value"]))
        target_text = amount(row["target_op"], float(row["target_value"]), unit)
        parts.append(tag("rect", x=_px(place_x - 4.5), y=_px(place_y - 4.5), width=9, height=9, fill="#222222"))
        # below the target where a value of the same year stands above it
        above = not (row["year"] == row["target_year"] and y(float(row["value"])) < place_y)
        parts.append(
            words(target_text, place_x, place_y - 10 if above else place_y + 20, font_size=11, text_anchor="middle")
        )
    actual_x, actual_y = x(row["year"]), y(float(row["value"]))
    target_text = amount(None, float(row["value"]), row["value_unit"] or unit)
    parts.append(
        tag("circle", cx=_px(actual_x), cy=_px(actual_y), r=6, fill=colour, stroke="#ffffff", stroke_width=1.5)
    )
    halo = {
        "stroke": "#ffffff",
        "stroke_width": 3,
        "paint_order": "stroke",
        "fill": _ink(colour),
        "font_weight": "bold",
    }
    if row["year"] == row["target_year"]:  # beside the target, not over its words
        parts.append(words(target_text, actual_x - 12, actual_y + 5, font_size=12, text_anchor="end", **halo))
    else:
        parts.append(words(target_text, actual_x, actual_y + 20, font_size=12, text_anchor="middle", **halo))
    title = tag("title", f"{row['plan']}：{row['concept']}，{localized(name)}")
    return [tag("a", title, *parts, href=f"#target-{number}")]


def _ink(colour: str) -> str:
    """The colour, given as #rrggbb, darkened so that words in it can be read on white (a contrast of 4.5 or more)."""
    red, green, blue = (round(int(colour[i : i + 2], 16) * 0.72) for i in (1, 3, 5))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _px(value: float) -> float:
    return round(value, 1)


def _legend(x: float, y: float) -> list[Markup]:
    """The SVG elements that say what the marks and colours mean, from (x, y) in pixels to the right."""
    parts = [
        tag("circle", cx=x + 5, cy=y - 4, r=4, fill="#ffffff", stroke="#222222"),
        words(localized("基期"), x + 14, y, font_size=11),
        tag("rect", x=x + 56, y=y - 8, width=9, height=9, fill="#222222"),
        words(localized("目标"), x + 70, y, font_size=11),
    ]
    for index, (name, colour) in enumerate(STATUS_STYLES.values()):
        left = x + 130 + 112 * index
        parts.append(tag("circle", cx=left, cy=y - 4, r=6, fill=colour))
        parts.append(words(localized(f"实际：{localized(name)}"), left + 10, y, font_size=11))
    return parts


def _table(targets: list[Row]) -> Markup:
    """The HTML of the list of all targets (rows of the preset `target-tracking`) with the words that prove them: those
    that are drawn, which have a target value and an actual value, in the order of their panels, then the others below a
    heading with their number, if there are any."""
    drawn = [row for row in targets if row["value"] is not None and row["target_value"] is not None]
    others = [row for row in targets if row not in drawn]
    return join(
        tag("h2", localized("目标的原文")),
        *(_listed_target(row, f"target-{number}") for number, row in enumerate(drawn)),
        tag("h2", localized(f"没有实际值或数值的目标（{len(others)}）")) if others else None,
        *(_listed_target(row, None) for row in others),
    )


def _listed_target(row: Row, anchor: str | None) -> Markup:
    """The HTML of one target, a row of the preset `target-tracking`, in the list: what it is of and its status, the
    quote, the actual value with its year and source as far as there are any, and the place of the quote. `anchor` is
    its id on the page, None for one that is not drawn."""
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
