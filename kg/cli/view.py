"""The command `kg view`: draws a store's graph as HTML pages."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import Choice, output_file, say_file, store_option
from ontology import words
from ontology.model.store import Store

if TYPE_CHECKING:
    from exports.views import Rows
    from queries.presets import Preset

# Each view by its name with its title in Chinese, and `all`, which writes the whole set.
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
    from kg.cli.view_set import write_set
    from kg.stores import open_store
    from ontology.model.errors import Usage

    if compared and name != "compare":
        raise Usage(f"{' '.join(compared)}: only compare takes names of plans; write --plan {compared[0]}")
    selection = Selection((*compared, *plans), regions, tuple(map(relation_key, relations)), depth)
    with open_store(store) as source:
        if name == "all":
            write_set(source, selection, output)
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
        rows = preset_rows(source, selection.plans if name in PER_PLAN_VIEWS else ())
        html = draw(name, rows, selection, language=words.language())
    with output_file(output) as out:
        out.write(html)
    say_file(output)


def preset_rows(store: Store, plans: Sequence[str] = (), others: "Rows | None" = None) -> "Rows":
    """A function from the name of a preset to its rows, as dicts by column; each preset is queried once, and a row that
    repeats an earlier one is left out. The function raises Usage for an unknown preset.

    Without `plans` (parts of titles or of file names, or ids) these are the rows of all plans. With `plans`, a preset
    that chooses documents by the parameter `plan` has the rows of these plans alone, plan after plan. Any other preset,
    and the one called `plans`, has the rows of all plans, which `others`, another such function, returns where it is
    given."""

    @cache
    def rows(name: str) -> "Iterable[Mapping[str, Any]]":
        preset = _preset(name)
        limited = plans and "plan" in preset.documents and name != "plans"
        if others and not limited:
            return others(name)
        tables = [preset.run(store, {"plan": plan}) for plan in plans] if limited else [preset.run(store)]
        distinct = dict.fromkeys((table.columns, row) for table in tables for row in table.rows)
        return [dict(zip(columns, row, strict=True)) for columns, row in distinct]

    return rows


@cache
def _preset(name: str) -> "Preset":
    """The preset of this name, whose files are read only at the first call with this name; raises Usage for an unknown
    one."""
    from queries.presets import preset

    return preset(name)
