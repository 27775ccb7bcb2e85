"""The command `kg view`: draws a store's graph as HTML pages."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click

from kg.cli.common import Choice, output_file, say_file, store_option, tell
from ontology import words
from ontology.model.store import Store

if TYPE_CHECKING:
    from exports.views import Figure, Links, Rows, Selection
    from queries.presets import Preset

# Each view by its name with its title on the pages, and `all`, which writes the whole set.
VIEW_TITLES = {
    "lineage": "政策脉络",
    "tasks": "任务树",
    "responsibilities": "职责与协作",
    "indicators": "指标",
    "graph": "全图",
    "document": "规划原文",
    "compare": "两份规划对照",
    "diffusion": "政策扩散",
    "matrix": "文本重合",
    "tracking": "目标进展",
    "regions": "地区",
    "all": "全部",
}

MAX_COMPARED_PAIRS = 200  # pages that compare two plans in a set

# Views that draw the facts of each chosen plan by themselves.
PER_PLAN_VIEWS = ("tasks", "graph", "compare")


@click.command()
@click.argument(
    "name", metavar="VIEW", type=Choice(list(VIEW_TITLES), {title: name for name, title in VIEW_TITLES.items()})
)
@click.argument("compared", nargs=-1, metavar="[A B]")
@click.option("-o", "--output", required=True, help="The HTML file to write, - for standard output; for all, a folder.")
@click.option("--plan", "plans", multiple=True, help="Part of a plan's title or file name; may repeat.")
@click.option("--region", "regions", multiple=True, help="A region's name or code, with all within it; may repeat.")
@click.option("--depth", type=click.IntRange(1), help="Steps from the plans (lineage), levels shown (tasks, graph).")
@click.option(
    "--relation", "relations", multiple=True, help="basis, implements, issued, mentions, lead, participant; may repeat."
)
@store_option
def view(
    name: str,
    compared: tuple[str, ...],
    output: str,
    plans: tuple[str, ...],
    regions: tuple[str, ...],
    depth: int | None,
    relations: tuple[str, ...],
    store: str,
) -> None:
    """Write one HTML page that opens anywhere and makes no network request.

    \b
    lineage           plans and the policies they rest on, by level of government
    tasks             a plan's outline as a tree, with targets and departments
    responsibilities  functions and tasks; functions that are named together
    indicators        for each concept, regions from baseline to target
    graph             everything
    document          a plan's text with every fact marked in it
    compare A B       two plans side by side: counterparts, and where their words and numbers differ
    diffusion         levels by years: who took a policy (--plan: part of its name) up, and when
    matrix            plans by plans: how much of one's text stands in the other
    tracking          targets against the values that `kg observations` loaded
    regions           a tile for each province, with the plans of it and of the regions within it
    all               every view, a page for each plan's text and each two plans compared, and the workbook

    \b
    Example: kg view lineage --plan 云岭 -o lineage.html
    """
    from exports.views import Selection, draw, in_language
    from exports.views.document import document_of, document_page, plan_text
    from exports.views.selection import relation_key
    from kg.stores import open_store
    from ontology.model.errors import Usage

    if compared and name != "compare":
        raise Usage(f"{' '.join(compared)}: only compare takes names of plans; write --plan {compared[0]}")
    chosen = Selection((*compared, *plans), regions, tuple(map(relation_key, relations)), depth)
    with open_store(store) as source:
        if name == "all":
            write_set(source, chosen, output)
            say_file(output)
            return
        if name == "document":
            row = document_of(preset_rows(source, plans), plans)
            with in_language(words.language()):
                text = document_page(plan_text(preset_rows(source, (row["plan_id"],)), row))
            with output_file(output) as out:
                out.write(text)
            say_file(output)
            return
        rows = preset_rows(source, chosen.plans if name in PER_PLAN_VIEWS else ())
        made = draw(name, rows, chosen, language=words.language())
    with output_file(output) as out:
        out.write(made)
    say_file(output)


def write_set(store: Store, chosen: "Selection", folder: str) -> None:
    """Writes every view of the chosen plans, a page for each document's text, and the workbook into one folder, with
    links between them.

    Two plans that were compared have a page of their own. There are at most MAX_COMPARED_PAIRS such pages, for the
    pairs that share most text. Of more than MOST_PLANS texts, each page's facts are read by themselves, so that those
    of all are never in memory.
    """
    from exports import Options, export
    from exports.views import Links, Selection, draw, in_language, pair_key
    from exports.views.document import document_page, documents, page_name, plan_text
    from exports.views.figure import figure_page, index_page
    from exports.views.lineage import node_of
    from exports.views.selection import MOST_PLANS, chosen_plans
    from exports.views.words import say
    from exports.whole import whole_folder

    rows = preset_rows(store)
    wanted = {plan["plan_id"] for plan in chosen_plans(rows, chosen)}
    texts = [row for row in documents(rows) if row["plan_id"] in wanted]
    names = Counter(row["file"] for row in texts)  # files of one name in two folders: a quote's file says not which
    pages = {row["file"]: page_name(row["plan_id"]) for row in texts if names[row["file"]] == 1}

    def of(*plans: str) -> "Rows":
        return rows if len(texts) <= MOST_PLANS else preset_rows(store, plans, rows)

    pairs = compared(rows, wanted, of)
    pair_pages = {pair_key(*two): address for address, two in pairs.items()}
    with in_language(words.language()), whole_folder(folder) as target:
        figures = dict(_figures(rows, chosen))
        views = _views(rows, chosen, Links(pages, pair_pages), list(figures))
        for name, text in views.items():
            (target / f"{name}.html").write_text(text, "utf-8")
        links = Links(pages, pair_pages, _others([*views, *figures]))
        for name, figure in figures.items():
            (target / f"{name}.html").write_text(figure_page(figure, links), "utf-8")
        for address, two in pairs.items():
            (target / address).write_text(draw("compare", of(*two), Selection(two), links), "utf-8")
        titles = {plan["plan_id"]: plan["plan"] or plan["file"] for plan in rows("plans")}
        comparisons = [(" ↔ ".join(titles[plan] for plan in two), address) for address, two in pairs.items()]
        documents_of = [(row["plan"] or row["file"], page_name(row["plan_id"])) for row in texts]
        groups = (
            (say("视图"), [(say(title), address) for title, address in links.others[1:]]),
            (say("两份规划对照"), comparisons),
            (say("规划原文"), documents_of),
            (say("表格"), [("plans.xlsx", "plans.xlsx")]),
        )
        (target / "index.html").write_text(index_page(groups), "utf-8")
        nodes = {plan["plan_id"]: node_of(plan) for plan in rows("plans")}
        for row in texts:
            beside = [
                (titles[other], address)
                for address, two in pairs.items()
                for one, other in (two, two[::-1])
                if one == row["plan_id"]
            ]
            own = Links(pages, pair_pages, _others([*views, *figures], nodes[row["plan_id"]]))
            text = document_page(plan_text(of(row["plan_id"]), row), own, beside)
            (target / page_name(row["plan_id"])).write_text(text, "utf-8")
        export("xlsx", store, str(target / "plans.xlsx"), Options(pages=pages))


def _others(names: Sequence[str], node: str | None = None) -> tuple[tuple[str, str], ...]:
    """The pages of a set as (title in Chinese, address), the index first; `names` are those of its views (keys of
    VIEW_TITLES). With `node`, the id of a node, the page of lineage opens narrowed to what is linked to that node."""
    narrowed = {"lineage": f"#only={quote(node)}&node={quote(node)}"} if node else {}
    return (("目录", "index.html"), *((VIEW_TITLES[name], f"{name}.html{narrowed.get(name, '')}") for name in names))


def _views(rows: "Rows", chosen: "Selection", links: "Links", figures: Sequence[str]) -> dict[str, str]:
    """The HTML of each view by its name, with links to one another, to the pages of `figures` (names) and to the pages
    of texts and of two plans in `links`. `rows` is a function as `preset_rows` returns it. A view of more plans than a
    page can hold is left out, and a line on standard error says so."""
    from exports.views import VIEWS, Links, page
    from ontology.model.errors import Usage

    left, made = list(VIEWS), {}
    for name in VIEWS:
        try:
            made[name] = VIEWS[name](rows, chosen)
            page(made[name], links)
        except Usage as refusal:  # of more plans than a page can hold
            tell(f"kg: no {name}.html: {refusal}", err=True)
            left.remove(name)
    whole = Links(links.texts, links.pairs, _others([*left, *figures]))
    return {name: page(made[name], whole) for name in left}


def _figures(rows: "Rows", chosen: "Selection") -> Iterator[tuple[str, "Figure"]]:
    """The figures that can be drawn without naming two plans, each with its name; `rows` is a function as
    `preset_rows` returns it. A figure for which the store has no data or too much is left out, and a note on
    standard error says so."""
    from exports.views import FIGURES, Selection
    from exports.views.figure import figure_page
    from ontology.model.errors import Refused, Usage

    for name, figure_of in FIGURES.items():
        if name == "compare":
            continue
        try:
            # In diffusion a name of --plan is part of a policy's name, which is another thing.
            figure = figure_of(rows, Selection(relations=chosen.relations) if name == "diffusion" else chosen)
            figure_page(figure)
            yield name, figure
        except (Refused, Usage) as nothing:  # no data, or of more plans than a page can hold
            tell(f"note: no {name}.html: {nothing}", err=True)


def compared(rows: "Rows", wanted: Collection[str], of: Callable[..., "Rows"]) -> dict[str, tuple[str, str]]:
    """The file names of the pages that compare two plans, each with the ids of the two. There is a page for two of the
    `wanted` plans (ids) in which counterparts were found; at most MAX_COMPARED_PAIRS, for the pairs that share most
    text. `rows` is a function as `preset_rows` returns it; `of`, called with the id of a plan, returns a function from
    a preset's name to the rows of that plan."""
    from exports.views import pair_key

    @cache
    def aligned(lower: str) -> set[str]:
        return {row["other_plan_id"] for row in of(lower)("task-alignment") if row["plan_id"] == lower}

    names: dict[str, tuple[str, str]] = {}
    for row in rows("text-reuse"):  # the largest share first
        two = row["plan_id"], row["other_plan_id"]
        upper, lower = two if row["position"] == "upper" else two[::-1]
        if len(names) < MAX_COMPARED_PAIRS and set(two) <= set(wanted) and upper in aligned(lower):
            names.setdefault(f"compare-{pair_key(*two).replace(' ', '-')}.html", two)
    return names


def preset_rows(store: Store, plans: Sequence[str] = (), others: "Rows | None" = None) -> "Rows":
    """A function from the name of a preset to its rows, each preset queried once. With `plans` (parts of titles, or
    ids) it returns the rows of these plans alone for a preset that chooses documents by the parameter `plan`, except
    for the preset `plans`. For any other preset it returns all rows, those of the function `others` where that is
    given."""

    @cache
    def rows(name: str) -> "Iterable[Mapping[str, Any]]":
        preset = _preset(name)
        limited = plans and "plan" in preset.documents and name != "plans"
        if others and not limited:
            return others(name)
        tables = [preset.run(store, {"plan": plan}) for plan in plans] if limited else [preset.run(store)]
        found = dict.fromkeys((table.columns, row) for table in tables for row in table.rows)
        return [dict(zip(columns, row, strict=True)) for columns, row in found]

    return rows


@cache
def _preset(name: str) -> "Preset":
    """The preset of this name, read once: a set of pages asks it for each plan."""
    from queries.presets import preset

    return preset(name)
