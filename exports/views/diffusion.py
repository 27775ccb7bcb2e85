"""The page that shows how policies spread: levels of government as rows, years as columns, and a line from each policy
to the plans that took it up."""

from collections import defaultdict
from dataclasses import dataclass

from exports.views.figure import KIND_COLOURS, Figure, place, relation_name, svg, words
from exports.views.markup import Markup, distinct_labels, join, tag
from exports.views.model import Row, Rows
from exports.views.selection import Selection, check_relations
from exports.views.words import LEVEL_NAMES, UNKNOWN_LEVEL, localized, page_language
from ontology.model.errors import Refused

MARGIN, LEFT, TOP, COLUMN, LINE, PADDING = 16, 76, 46, 210, 26, 14  # pixels
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
    that are plans of the store or whose year is known. Of a plan's citations of a policy the one with the strongest
    relation counts, and only where `selection.relations` has its relation or is empty. Regions and depth of the
    selection are not used. The subtitle counts policies, plans and citations. `rows` returns the rows of a preset by
    its name. Raises Usage for a relation that is not one of RELATIONS_BY_WEIGHT, and Refused where no plan took such a
    policy up."""
    check_relations(selection, RELATIONS_BY_WEIGHT)
    citations = [
        row for row in rows("policy-diffusion") if not selection.relations or row["relation"] in selection.relations
    ]
    policy_of = {row["plan_id"]: row["policy_id"] for row in rows("plans")}
    stored_policies = set(policy_of.values())
    if selection.plans:
        chosen = [row for row in citations if any(name in row["policy"] for name in selection.plans)]
    else:
        chosen = [row for row in citations if row["policy_id"] in stored_policies or row["policy_year"]]
    if not chosen:
        raise Refused("no plan of the store took such a policy up: see `kg query policy-diffusion`")
    documents = _documents(chosen, policy_of, stored_policies)
    policies = {row["policy_id"] for row in chosen}
    plans = {row["plan_id"] for row in chosen}
    return Figure(
        "diffusion",
        localized("政策扩散：谁在何时承接"),
        localized(f"{len(policies)} 项政策 · {len(plans)} 份规划 · {len(chosen)} 次承接"),
        _drawing(documents, chosen, policy_of),
        _details(chosen),
    )


def _documents(chosen: list[Row], policy_of: dict[str, str], stored_policies: set[str]) -> dict[str, _Document]:
    """The policies and plans in the chosen rows (of the preset `policy-diffusion`) by their keys. A plan that is itself
    one of these policies is there once, with the title and level that it has as a plan; its year is that of the plan's
    date, or where that is not known the policy's. Of several rows of a policy the first counts, of a plan the last.
    `policy_of` has the IRI of the policy that a plan is by the plan's id, `stored_policies` the IRIs of the policies
    whose text the store has."""
    documents: dict[str, _Document] = {}
    for row in chosen:
        policy = row["policy_id"]
        documents.setdefault(
            policy, _Document(policy, row["policy"], row["policy_year"], row["policy_level"], policy in stored_policies)
        )
    for row in chosen:
        key = policy_of[row["plan_id"]]
        year = int(row["date"][:4]) if row["date"] else None
        as_policy = documents.get(key)
        documents[key] = _Document(
            key, row["plan"], year or (as_policy.year if as_policy else None), row["level"], True
        )
    return documents


def _drawing(documents: dict[str, _Document], chosen: list[Row], policy_of: dict[str, str]) -> Markup:
    """The drawing of the documents, given by their keys, with a legend below. Bands are the levels that documents have,
    from the national one downwards, every second one tinted; columns are their years in order; an unknown level or year
    is the last. In a cell documents are sorted by label and key. Labels are shortened (`distinct_labels`).

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
    width = LEFT + COLUMN * len(years)
    top = float(TOP)
    for index, level in enumerate(levels):
        most = max(len(cells[level, year]) for year in years)
        height = most * LINE + 2 * PADDING
        if index % 2 == 0:
            grounds.append(tag("rect", x=0, y=top, width=width + MARGIN, height=height, fill="#f4f6f8"))
        grounds.append(
            words(
                localized(LEVEL_NAMES.get(level or "", UNKNOWN_LEVEL)), MARGIN, top + height / 2 + 4, font_weight="bold"
            )
        )
        for column, year in enumerate(years):
            for i, document in enumerate(cells[level, year]):
                places[document.key] = (LEFT + COLUMN * column, top + PADDING + LINE * (i + 0.5))
        top += height
    heads = [words(_year(year), LEFT + COLUMN * i + 4, 28, font_weight="bold") for i, year in enumerate(years)]
    lines = [
        _line(row, places[row["policy_id"]], places[policy_of[row["plan_id"]]], number)
        for number, row in sorted(enumerate(chosen), key=lambda item: RELATIONS_BY_WEIGHT.index(item[1]["relation"]))
    ]
    labels = distinct_labels([document.label for document in documents.values()], DOCUMENT_LABEL_LENGTH)
    dots = [
        part for key, document in documents.items() for part in _dot(document, labels[document.label], *places[key])
    ]
    return svg(width + MARGIN, top + 30, *grounds, *heads, *lines, *dots, *_legend(LEFT, top + 20))


def _legend(x: float, y: float) -> list[Markup]:
    """The SVG elements that say what the colours of lines and dots mean, from (x, y) in pixels to the right."""
    elements = []
    for index, relation in enumerate(reversed(RELATIONS_BY_WEIGHT)):
        elements.append(tag("rect", x=x + 100 * index, y=y - 6, width=18, height=3, fill=KIND_COLOURS[relation]))
        elements.append(words(relation_name(relation), x + 100 * index + 24, y, font_size=11))
    for index, (fill, name) in enumerate((("#222222", "库中规划"), ("#ffffff", "仅被提及的文件"))):
        left = x + 330 + 110 * index
        elements.append(tag("circle", cx=left, cy=y - 4, r=5, fill=fill, stroke="#222222", stroke_width=1.5))
        elements.append(words(localized(name), left + 12, y, font_size=11))
    return elements


def _line(row: Row, start: tuple[float, float], end: tuple[float, float], number: int) -> Markup:
    """The line of a row of the preset `policy-diffusion` from its policy at the point `start` to its plan at `end`, in
    pixels, as a link to '#step-NUMBER', the row's passage below the drawing."""
    (x1, y1), (x2, y2) = start, end
    bend = max(40.0, abs(x2 - x1) / 2)
    after = "" if row["days_after"] is None else " · " + localized(f"{row['days_after']} 天后")
    path = tag(
        "path",
        tag("title", f"{row['policy']} → {row['plan']} · {relation_name(row['relation'])}{after}"),
        d=f"M{x1:.1f} {y1:.1f}C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}",
        fill="none",
        stroke=KIND_COLOURS[row["relation"]],
        stroke_width=2,
        stroke_opacity=0.6,
        stroke_dasharray="3 4" if row["relation"] == "mentions" else None,
    )
    return tag("a", path, href=f"#step-{number}")


def _dot(document: _Document, label: str, x: float, y: float) -> tuple[Markup, Markup]:
    """The dot of a document at (x, y) in pixels, and the label beside it, which is `label`, a short form of the
    document's own."""
    fill = "#222222" if document.held else "#ffffff"
    dot = tag("circle", tag("title", document.label), cx=x, cy=y, r=5, fill=fill, stroke="#222222", stroke_width=1.5)
    halo = {"stroke": "#ffffff", "stroke_width": 3, "paint_order": "stroke"}
    return dot, words(label, x + 9, y + 4, **halo)


def _year(year: int | None) -> str:
    """A year in the page's language: 2021 -> '2021年' in Chinese, '2021' in English; None -> words that say that it is
    not known."""
    if year is None:
        return localized("年份未明")
    return f"{year}年" if page_language() == "zh" else str(year)


def _details(chosen: list[Row]) -> Markup:
    """The HTML of the passages that prove the chosen rows (of the preset `policy-diffusion`), grouped by policy in the
    order of the rows; the id of a passage is 'step-NUMBER', by the place of its row in `chosen`, from 0. Above each
    passage stand the place of the plan among those that took the policy up (`order`) and the days between the two
    (`days_after`), where the row has them, the plan's date, the relation and the plan's title; a year or date that is
    not known has words that say so."""
    groups: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for number, row in enumerate(chosen):
        groups[row["policy_id"]].append((number, row))
    parts = []
    for members in groups.values():
        first = members[0][1]
        rule = str(first["year_rule"])
        year = (
            f"{_year(first['policy_year'])} · {localized(YEAR_RULES.get(rule, rule))}"
            if first["policy_year"]
            else _year(None)
        )
        parts.append(tag("h3", f"{first['policy']} · {year}"))
        for number, row in members:
            after = "" if row["days_after"] is None else " · " + localized(f"{row['days_after']} 天后")
            order = "" if row["order"] is None else localized(f"第 {row['order']} 份") + " · "
            date = row["date"] or localized("日期未明")
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
    return join(tag("h2", localized("承接的原文")), *parts)
