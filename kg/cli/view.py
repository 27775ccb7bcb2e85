"""kg view"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import output_file, say_file, store_option
from ontology.model.store import Store

if TYPE_CHECKING:
    from exports.views import Selection

NAMES = (
    "lineage",
    "tasks",
    "responsibilities",
    "indicators",
    "graph",
    "document",
    "compare",
    "diffusion",
    "matrix",
    "all",
)

# Views that draw the facts of each chosen plan by themselves.
OF_PLANS = ("tasks", "graph")


@click.command()
@click.argument("name", type=click.Choice(NAMES))
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
    all               lineage to graph, a page for each plan's text, and the workbook; quotes link to the texts

    \b
    Example: kg view lineage --plan 云岭 -o lineage.html
    """
    from exports.views import Selection, draw
    from exports.views.document import document_of, document_page, plan_text
    from kg.stores import open_store
    from ontology.model.errors import Usage

    if compared and name != "compare":
        raise Usage(f"{' '.join(compared)}: only compare takes names of plans; write --plan {compared[0]}")
    chosen = Selection((*compared, *plans), regions, relations, depth)
    with open_store(store) as source:
        if name == "all":
            write_set(source, chosen, output)
            say_file(output)
            return
        if name == "document":
            rows = preset_rows(source)
            text = document_page(plan_text(rows, document_of(rows, plans)))
            with output_file(output) as out:
                out.write(text)
            say_file(output)
            return
        made = draw(name, preset_rows(source, plans if name in OF_PLANS else ()), chosen)
    with output_file(output) as out:
        out.write(made)
    say_file(output)


def write_set(store: Store, chosen: "Selection", folder: str) -> None:
    """Every view, a page for each document's text, and the workbook, in one folder, with links between them."""
    from exports import Options, export
    from exports.views import VIEWS, page
    from exports.views.document import document_page, documents, page_name, plan_text
    from exports.views.selection import chosen_plans
    from exports.whole import whole_folder
    from ontology.model.errors import Usage

    rows = preset_rows(store)
    wanted = {plan["plan_id"] for plan in chosen_plans(rows, chosen)}
    texts = [row for row in documents(rows) if row["plan_id"] in wanted]
    names = Counter(row["file"] for row in texts)  # files of one name in two folders: a quote's file says not which
    pages = {row["file"]: page_name(row["plan_id"]) for row in texts if names[row["file"]] == 1}
    with whole_folder(folder) as target:
        for name, view_of in VIEWS.items():
            try:
                text = page(view_of(rows, chosen), pages)
            except Usage as refusal:  # of more plans than a page can hold
                click.echo(f"kg: no {name}.html: {refusal}", err=True)
                continue
            (target / f"{name}.html").write_text(text, "utf-8")
        for row in texts:
            (target / page_name(row["plan_id"])).write_text(document_page(plan_text(rows, row)), "utf-8")
        export("xlsx", store, str(target / "plans.xlsx"), Options(pages=pages))


def preset_rows(store: Store, plans: Sequence[str] = ()) -> Callable[[str], list[dict[str, Any]]]:
    """The rows of a preset by its name, read from the store once; with `plans` the facts of these plans alone."""
    from queries.presets import presets

    known = presets([])

    @cache
    def rows(name: str) -> list[dict[str, Any]]:
        limited = plans and "plan" in known[name].documents and name != "plans"
        tables = [known[name].run(store, {"plan": plan}) for plan in plans] if limited else [known[name].run(store)]
        found = dict.fromkeys((table.columns, row) for table in tables for row in table.rows)
        return [dict(zip(columns, row, strict=True)) for columns, row in found]

    return rows
