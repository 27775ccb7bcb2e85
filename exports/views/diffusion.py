"""The page that shows how policies spread: levels of government as rows, years as columns, and a line from each policy
to the plans that took it up."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from exports.views.figure import KIND_COLOURS, Figure, legend, place, relation_name, staying, svg, words
from exports.views.markup import Markup, distinct_labels, join, tag
from exports.views.model import Row, Rows
from exports.views.selection import Selection, check_relations
from exports.views.words import LEVEL_NAMES, UNKNOWN_LEVEL, localized, page_language
from ontology.model.errors import Refused

MARGIN, LEFT, TOP, COLUMN, LINE, PADDING = 16, 136, 70, 210, 38, 14  # pixels
TITLES = 100  # pixels: how wide the names of the levels are
GUTTER = 30  # pixels between the labels of a column and the dots of the next
LANES = 5  # between two rows of labels, for lines
DOCUMENT_LABEL_LENGTH = 15  # characters
YEAR_RULES = {
    "date of issue": "据印发日期",
    "document number": "据文号",
    "year in the title": "据题名中的年份",
    "first year of the period in the title": "据题名所示规划期首年",
    "first year of the plan's period": "据规划期首年",
}
RELATIONS_BY_WEIGHT = ("mentions", "implements", "basis")  # which line lies on which


@dataclass(frozen=True, slots=True)
class _Document:
    """A policy or a plan in the drawing: its name (`label`), its year and the key of its level of government, None
    where they are not known; `held` says that the store has its text. `key` is the IRI of the policy; a plan is a
    policy too, and has that one's."""

    key: str
    label: str
    year: int | None
    level: str | None
    held: bool


def diffusion_view(rows: Rows, selection: Selection) -> Figure:
    """The page of the policies whose names contain one of `selection.plans`; where these are empty, of all policies
    that are plans of the store or whose year is known, and the citations of the others are listed below, not drawn. Of
    a plan's citations of a policy the one with the strongest relation counts, and only where `selection.relations` has
    its relation or is empty. Regions and depth of the selection are not used. The subtitle counts policies, plans and
    citations that are drawn, and the citations that are not. `rows` returns the rows of a preset by its name. Raises
    Usage for a relation that is not one of RELATIONS_BY_WEIGHT, and Refused where no plan took such a policy up."""
    check_relations(selection, RELATIONS_BY_WEIGHT)
    citations = [
        row for row in rows("policy-diffusion") if not selection.relations or row["relation"] in selection.relations
    ]
    policy_of = {row["plan_id"]: row["policy_id"] for row in rows("plans")}
    stored_policies = set(policy_of.values())
    if selection.plans:
        citations = [row for row in citations if any(name in row["policy"] for name in selection.plans)]
    chosen: list[Row] = []
    others: list[Row] = []
    for row in citations:
        is_drawn = selection.plans or row["policy_id"] in stored_policies or row["policy_year"]
        (chosen if is_drawn else others).append(row)
    if not chosen:
        raise Refused("no plan of the store took such a policy up: see `kg query policy-diffusion`")
    documents = _documents(chosen, policy_of)
    policy_count = len({row["policy_id"] for row in chosen})
    plan_count = len({row["plan_id"] for row in chosen})
    subtitle = localized(f"{policy_count} 项政策 · {plan_count} 份规划 · {len(chosen)} 次承接")
    if others:
        subtitle += " · " + localized(f"另有 {len(others)} 次承接因政策年份未明而未画，列于页末")
    return Figure(
        "diffusion",
        localized("政策扩散：谁在何时承接"),
        subtitle,
        _drawing(documents, chosen, policy_of),
        join(
            tag("h2", localized("承接的原文")),
            _details(chosen, 0),
            tag("h2", localized(f"政策年份未明、未画的承接（{len(others)}）")) if others else None,
            _details(others, len(chosen)),
        ),
    )


def _documents(chosen: list[Row], policy_of: Mapping[str, str]) -> dict[str, _Document]:
    """The policies and plans in the chosen rows (of the preset `policy-diffusion`) by their keys. A plan that is itself
    one of these policies is there once, with the title and level that it has as a plan; its year is the plan's
    (`plan_year`), or where that is not known the policy's. Of several rows of a policy the first counts, of a plan the
    last. `policy_of` has the IRI of the policy that each plan of the store is by the plan's id."""
    documents: dict[str, _Document] = {}
    stored_policies = set(policy_of.values())
    for row in chosen:
        policy = row["policy_id"]
        documents.setdefault(
            policy, _Document(policy, row["policy"], row["policy_year"], row["policy_level"], policy in stored_policies)
        )
    for row in chosen:
        key = policy_of[row["plan_id"]]
        as_policy = documents.get(key)
        year = row["plan_year"] or (as_policy.year if as_policy else None)
        documents[key] = _Document(key, row["plan"], year, row["level"], True)
    return documents


def _drawing(documents: dict[str, _Document], chosen: list[Row], policy_of: dict[str, str]) -> Markup:
    """The drawing of the documents, given by their keys, with a legend above. Bands are the levels that documents have,
    from the national one downwards, every second one tinted; columns are their years in order; an unknown level or year
    is the last. In a cell documents are sorted by label and key. Labels are shortened (`distinct_labels`). The legend,
    the names of the levels and the years stay in sight (`staying`).

    There is a line for each of the chosen rows (of the preset `policy-diffusion`), which leads to the row's passage in
    `_details`. Lines of stronger relations (the later in RELATIONS_BY_WEIGHT, which must have all) lie on top, and of
    one relation the later row's. `policy_of` has the IRI of the policy that a plan is by the plan's id.
    """
    years: list[int | None] = [*sorted({d.year for d in documents.values() if d.year is not None})]
    if any(d.year is None for d in documents.values()):
        years.append(None)
    levels = [level for level in (*LEVEL_NAMES, None) if any(d.level == level for d in documents.values())]
    cells: dict[tuple[str | None, int | None], list[_Document]] = defaultdict(list)
    for document in sorted(documents.values(), key=lambda d: (d.label, d.key)):
        cells[document.level, document.year].append(document)
    places: dict[str, tuple[float, float]] = {}
    grounds: list[Markup] = []
    titles: list[Markup] = []
    width = LEFT + COLUMN * len(years)
    top = float(TOP)
    for index, level in enumerate(levels):
        most = max(len(cells[level, year]) for year in years)
        height = most * LINE + 2 * PADDING
        fill = "#ffffff" if index % 2 else "#f4f6f8"
        grounds.append(tag("rect", x=0, y=top, width=width + MARGIN, height=height, fill=fill))
        name = localized(LEVEL_NAMES.get(level or "", UNKNOWN_LEVEL))
        titles.append(tag("rect", x=0, y=top, width=TITLES, height=height, fill=fill))
        titles.append(words(name, MARGIN, top + height / 2 + 4, font_weight="bold"))
        for column, year in enumerate(years):
            for i, document in enumerate(cells[level, year]):
                places[document.key] = (LEFT + COLUMN * column, top + PADDING + LINE * i + 13)
        top += height
    passed: Counter[float] = Counter()
    lines = []
    for number, row in sorted(enumerate(chosen), key=lambda item: RELATIONS_BY_WEIGHT.index(item[1]["relation"])):
        start, end = places[row["policy_id"]], places[policy_of[row["plan_id"]]]
        lines.append(_line(row, _way(start, end, passed[start[1]] % LANES), number))
        passed[start[1]] += 1
    labels = distinct_labels([document.label for document in documents.values()], DOCUMENT_LABEL_LENGTH)
    dots = [
        part for key, document in documents.items() for part in _dot(document, labels[document.label], *places[key])
    ]
    heads = [words(_year(year), LEFT + COLUMN * i - 5, TOP - 14, font_weight="bold") for i, year in enumerate(years)]
    ground = tag("rect", width=width + MARGIN, height=TOP, fill="#ffffff")
    return svg(
        width + MARGIN,
        top + MARGIN,
        *grounds,
        *lines,
        *dots,
        staying("x", *titles),
        staying("y", ground, *heads),
        staying("x y", *legend(_signs(), MARGIN, 24), share=1),
    )


def _signs() -> Iterator[tuple[Callable[[float, float], Markup], str]]:
    """The entries of the legend (`legend`), each as what draws its sign at (x, y) and its words: the colours of
    lines, the strongest relation first, and the two dots."""
    for relation in reversed(RELATIONS_BY_WEIGHT):
        yield partial(_dash, KIND_COLOURS[relation]), relation_name(relation)
    yield partial(_sign, "#222222"), localized("库中规划")
    yield partial(_sign, "#ffffff"), localized("仅被提及的文件")


def _dash(colour: str, x: float, y: float) -> Markup:
    return tag("rect", x=x, y=y - 2, width=18, height=3, fill=colour)


def _sign(fill: str, x: float, y: float) -> Markup:
    return tag("circle", cx=x + 13, cy=y, r=5, fill=fill, stroke="#222222", stroke_width=1.5)


def _way(start: tuple[float, float], end: tuple[float, float], lane: int) -> str:
    """The way of a line from the dot at the point `start` to that at `end`, in pixels, as the `d` of an SVG path. It
    does not pass through labels, which stand below their dots: it goes sideways above the dots of the row of `start`,
    the higher the larger `lane` (from 0 to LANES - 1), and up or down before the column of `end`, where no labels are.
    To the next column it goes sideways at the height of its dot, since no other dot is on that way."""
    (x1, y1), (x2, y2) = start, end
    if x1 == x2:
        return f"M{x1:.1f} {y1:.1f}C{x1 - GUTTER:.1f} {y1:.1f} {x2 - GUTTER:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    side = 1 if x2 > x1 else -1
    height = y1 if x2 - x1 == COLUMN else y1 - 5 - 2 * lane
    before = x2 - GUTTER - 2
    return (
        f"M{x1:.1f} {y1:.1f}C{x1 + 12 * side:.1f} {y1:.1f} {x1 + 8 * side:.1f} {height:.1f} {x1 + 20 * side:.1f} "
        f"{height:.1f}H{before:.1f}C{x2 - 12:.1f} {height:.1f} {x2 - GUTTER + 8:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    )


def _line(row: Row, way: str, number: int) -> Markup:
    """The line of a row of the preset `policy-diffusion` on this way (the `d` of an SVG path), as a link to
    '#step-NUMBER', the row's passage below the drawing."""
    after = "" if row["days_after"] is None else " · " + localized(f"{row['days_after']} 天后")
    path = tag(
        "path",
        tag("title", f"{row['policy']} → {row['plan']} · {relation_name(row['relation'])}{after}"),
        d=way,
        fill="none",
        stroke=KIND_COLOURS[row["relation"]],
        stroke_width=2,
        stroke_opacity=0.6,
        stroke_dasharray="3 4" if row["relation"] == "mentions" else None,
    )
    return tag("a", path, href=f"#step-{number}")


def _dot(document: _Document, label: str, x: float, y: float) -> tuple[Markup, Markup]:
    """The dot of a document at (x, y) in pixels, and the label below it, which is `label`, a short form of the
    document's own."""
    fill = "#222222" if document.held else "#ffffff"
    dot = tag("circle", tag("title", document.label), cx=x, cy=y, r=5, fill=fill, stroke="#222222", stroke_width=1.5)
    halo = {"stroke": "#ffffff", "stroke_width": 3, "paint_order": "stroke"}
    return dot, words(label, x - 5, y + 18, **halo)


def _year(year: int | None) -> str:
    """A year in the page's language: 2021 -> '2021年' in Chinese, '2021' in English; None -> words that say that it is
    not known."""
    if year is None:
        return localized("年份未明")
    return f"{year}年" if page_language() == "zh" else str(year)


def _details(chosen: list[Row], first: int) -> Markup:
    """The HTML of the passages that prove the chosen rows (of the preset `policy-diffusion`), grouped by policy in the
    order of the rows; the id of a passage is 'step-NUMBER', by the place of its row in `chosen`, from `first`. Above
    each passage stand the place of the plan among those that took the policy up (`order`) and the days between the two
    (`days_after`), where the row has them, the plan's date, the relation and the plan's title. Where the date is not
    known, there is the plan's year with its rule; a year that is not known either has words that say so."""
    groups: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for number, row in enumerate(chosen, first):
        groups[row["policy_id"]].append((number, row))
    parts = []
    for members in groups.values():
        policy = members[0][1]
        year = _ruled(policy["policy_year"], policy["year_rule"])
        parts.append(tag("h3", f"{policy['policy']} · {year or _year(None)}"))
        for number, row in members:
            after = "" if row["days_after"] is None else " · " + localized(f"{row['days_after']} 天后")
            order = "" if row["order"] is None else localized(f"第 {row['order']} 份") + " · "
            date = row["date"] or _ruled(row["plan_year"], row["plan_year_rule"]) or localized("日期未明")
            heading = f"{order}{date}{after} · {relation_name(row['relation'])} · {row['plan']}"
            parts.append(
                tag(
                    "section",
                    tag("div", heading, class_="head"),
                    tag("p", row["quote"]),
                    tag("div", place(row), class_="where"),
                    class_="pair",
                    id=f"step-{number}",
                )
            )
    return join(*parts)


def _ruled(year: int | None, rule: str | None) -> str:
    """A year with the rule by which it was found, in the page's language: '2021年 · 据文号'; '' without a year."""
    return f"{_year(year)} · {localized(YEAR_RULES.get(rule, rule))}" if year and rule else ""
