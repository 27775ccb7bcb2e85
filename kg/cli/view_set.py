"""The set of pages that `kg view all` writes: views, texts and comparisons, with links to one another."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from urllib.parse import quote

from exports import Options, export
from exports.views import FIGURES, VIEWS, Figure, Links, Row, Rows, Selection, View, draw, in_language, page, pair_key
from exports.views import selection as selections
from exports.views.document import document_page, documents, page_name, plan_text
from exports.views.figure import figure_page, index_page
from exports.views.lineage import node_of
from exports.views.words import localized, localized_title
from exports.whole import whole_folder
from kg.cli.common import tell
from kg.cli.view import VIEW_TITLES, preset_rows
from ontology import words
from ontology.model.errors import Refused, Usage
from ontology.model.store import Store

MAX_COMPARED_PAIRS = 200  # pages that compare two plans in a set

# Names of pages that compare two plans, with the ids of the two.
Pairs = Mapping[str, tuple[str, str]]


def write_set(store: Store, selection: Selection, folder: str) -> None:
    """Writes the set for the selected plans to the folder: a page for each view that can be drawn, each plan's text and
    each two plans that `compared_pairs` chooses, an index.html that lists them, and plans.xlsx with the tables of the
    whole store. The folder appears when all of it is written; one that is there is replaced with all that it contains
    if it is empty or this program made it. Raises Refused where the selection names no plan of the store, and where the
    folder cannot be written or is there and may not be replaced; Usage for - as the folder.

    Of more than MAX_PLANS texts, the facts of each are queried by themselves, so that those of all are never in
    memory.
    """
    rows = preset_rows(store)
    selected = {plan["plan_id"] for plan in selections.chosen_plans(rows, selection)}
    texts = [row for row in documents(rows) if row["plan_id"] in selected]

    def rows_of(*plans: str) -> Rows:
        return rows if len(texts) <= selections.MAX_PLANS else preset_rows(store, plans, rows)

    pairs = compared_pairs(rows, selected, rows_of)
    links = Links(_text_pages(texts), {pair_key(*two): address for address, two in pairs.items()})
    titles = _titles(rows("plans"))
    nodes = {plan["plan_id"]: node_of(plan) for plan in rows("plans")}
    with in_language(words.language()), whole_folder(folder) as target:
        views = _view_pages(rows, selection, links)
        links = replace(links, others=_navigation(views))
        for name, html in views.items():
            (target / f"{name}.html").write_text(html, "utf-8")
        for address, two in pairs.items():
            (target / address).write_text(draw("compare", rows_of(*two), Selection(two), links), "utf-8")
        for row in texts:
            plan = row["plan_id"]
            own_links = replace(links, others=_navigation(views, nodes[plan]))
            html = document_page(plan_text(rows_of(plan), row), own_links, _comparisons(plan, pairs, titles))
            (target / page_name(plan)).write_text(html, "utf-8")
        groups = (
            (localized("视图"), [(localized_title(title), address) for title, address in links.others[1:]]),
            (
                localized("两份规划对照"),
                [(" ↔ ".join(titles[plan] for plan in two), name) for name, two in pairs.items()],
            ),
            (localized("规划原文"), [(titles[row["plan_id"]], page_name(row["plan_id"])) for row in texts]),
            (localized("表格"), [("plans.xlsx", "plans.xlsx")]),
        )
        (target / "index.html").write_text(index_page(groups), "utf-8")
        export("xlsx", store, str(target / "plans.xlsx"), Options(pages=links.texts))


def _text_pages(texts: Iterable[Row]) -> dict[str, str]:
    """The name of the page of each text (a row with `file` and `plan_id`) by its `file`; a `file` that several of the
    texts have is left out, because the file of a quote does not say which of them is meant."""
    texts = list(texts)
    names = Counter(row["file"] for row in texts)
    return {row["file"]: page_name(row["plan_id"]) for row in texts if names[row["file"]] == 1}


def _titles(plans: Iterable[Row]) -> dict[str, str]:
    """The title of each plan (a row of the preset `plans`), else its file's name, by the plan's id; where several plans
    have one title, with the file's name: '云岭省养老服务规划（yunling.txt）'."""
    plans = list(plans)
    titles = selections.told_apart([plan["plan"] for plan in plans], plans)
    return {plan["plan_id"]: title for plan, title in zip(plans, titles, strict=True)}


def _comparisons(plan: str, pairs: Pairs, titles: Mapping[str, str]) -> list[tuple[str, str]]:
    """The pages that compare the plan (id) with another, as (title of the other plan, address), in the order of `pairs`
    (the ids of two plans by address), in which the plan may be the first or the second; `titles` are by the ids of
    plans."""
    return [
        (titles[other], address) for address, two in pairs.items() for one, other in (two, two[::-1]) if one == plan
    ]


def _navigation(views: Collection[str], node: str | None = None) -> tuple[tuple[str, str], ...]:
    """The index and the pages of these views (keys of VIEW_TITLES) as (title in Chinese, address). With `node`, the id
    of a node, the page of lineage opens narrowed to what is linked to that node."""
    narrowed = {"lineage": f"#only={quote(node)}&node={quote(node)}"} if node else {}
    return (("目录", "index.html"), *((VIEW_TITLES[name], f"{name}.html{narrowed.get(name, '')}") for name in views))


def _view_pages(rows: Rows, selection: Selection, links: Links) -> dict[str, str]:
    """The HTML of each view that can be drawn (`_drawings`), by its name, with `links` and those to the pages of the
    other views. A page that is too large is left out, and a line on standard error says so; only then the other pages,
    which had links to it, are made again, until none is left out."""
    drawings = dict(_drawings(rows, selection))
    while True:
        whole_links = replace(links, others=_navigation(drawings))
        pages = {}
        for name, drawing in drawings.items():
            try:
                pages[name] = (
                    page(drawing, whole_links) if isinstance(drawing, View) else figure_page(drawing, whole_links)
                )
            except Usage as refusal:  # larger than what browsers open
                tell(f"note: no {name}.html: {refusal}", err=True)
        if len(pages) == len(drawings):
            return pages
        drawings = {name: drawings[name] for name in pages}


def _drawings(rows: Rows, selection: Selection) -> Iterator[tuple[str, View | Figure]]:
    """The views and figures by name, without `compare`, which needs two plans. All are of the selection but diffusion,
    which is of all plans, with the relations of the selection. One for which the store has no data, or the selection
    too many plans for a page, is left out, and a line on standard error says so. `rows` is a function as `preset_rows`
    returns it."""
    every: dict[str, Callable[[Rows, Selection], View | Figure]] = {**VIEWS, **FIGURES}
    for name, draw_of in every.items():
        if name == "compare":
            continue
        try:
            # In diffusion a name of --plan is part of a policy's name, which is another thing.
            yield name, draw_of(rows, Selection(relations=selection.relations) if name == "diffusion" else selection)
        except (Refused, Usage) as refusal:
            tell(f"note: no {name}.html: {refusal}", err=True)


def compared_pairs(rows: Rows, selected: Collection[str], rows_of: Callable[[str], Rows]) -> dict[str, tuple[str, str]]:
    """The pairs of plans that a page compares: the ids of the two, the upper one first as on the page, by the page's
    file name, at most MAX_COMPARED_PAIRS (200). They are the pairs of `selected` plans (ids) that preset `text-reuse`
    has and in which `kg align` found counterparts, those that share most text first.

    `rows` is a function as `preset_rows` returns it. `rows_of` returns, for the id of a plan, such a function for the
    rows of that plan, of which `task-alignment` is read: all its rows at once may be too many for memory."""

    @cache
    def upper_plans(lower: str) -> set[str]:
        """The ids of the plans that have counterparts in the plan `lower`."""
        return {row["other_plan_id"] for row in rows_of(lower)("task-alignment") if row["plan_id"] == lower}

    names: dict[str, tuple[str, str]] = {}
    for row in rows("text-reuse"):  # the largest share first
        two = row["plan_id"], row["other_plan_id"]
        name = f"compare-{pair_key(*two).replace(' ', '-')}.html"
        if name in names or len(names) == MAX_COMPARED_PAIRS or not set(two) <= set(selected):
            continue
        for upper, lower in (two, two[::-1]):
            if upper in upper_plans(lower):
                names[name] = upper, lower
    return names
