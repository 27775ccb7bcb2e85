"""kg view"""

from collections.abc import Callable
from functools import cache
from typing import Any

import click

from kg.cli.common import output_file, store_option
from ontology.model.store import Store

NAMES = ("lineage", "tasks", "responsibilities", "indicators", "graph")


@click.command()
@click.argument("name", type=click.Choice(NAMES))
@click.option("-o", "--output", required=True, help="The HTML file to write, - for standard output.")
@click.option("--plan", "plans", multiple=True, help="Part of a plan's title or file name; may repeat.")
@click.option("--region", "regions", multiple=True, help="A region's name or code, with all within it; may repeat.")
@click.option("--depth", type=click.IntRange(1), help="Steps from the plans (lineage), levels shown (tasks, graph).")
@click.option(
    "--relation", "relations", multiple=True, help="basis, implements, issued, mentions, lead, participant; may repeat."
)
@store_option
def view(
    name: str,
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

    \b
    Example: kg view lineage --plan 云岭 -o lineage.html
    """
    from exports.views import VIEWS, Selection, page
    from kg.stores import open_store

    with open_store(store) as source:
        made = VIEWS[name](preset_rows(source), Selection(plans, regions, relations, depth))
    with output_file(output) as out:
        out.write(page(made))


def preset_rows(store: Store) -> Callable[[str], list[dict[str, Any]]]:
    """The rows of a preset by its name, read from the store once."""
    from queries.presets import presets

    known = presets([])

    @cache
    def rows(name: str) -> list[dict[str, Any]]:
        table = known[name].run(store)
        return [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    return rows
