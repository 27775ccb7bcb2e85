"""Views and figures: pages of HTML that are drawn from the rows of a store's presets, each a file of its own. VIEWS
has the views by name; FIGURES has the figures, each one drawing with the passages that prove it. `draw` takes a name of
either; `write_page` writes a view.

view = VIEWS["lineage"](rows, Selection(plans=("云岭",)))
write_page(view, Path("lineage.html"))
"""

from collections.abc import Callable
from pathlib import Path

from exports.views.compare import compare_view
from exports.views.diffusion import diffusion_view
from exports.views.figure import Figure, figure_page, pair_key
from exports.views.graph import graph_view
from exports.views.indicators import indicators_view
from exports.views.lineage import lineage_view
from exports.views.links import Links
from exports.views.matrix import matrix_view
from exports.views.model import GraphSheet, Row, Rows, View
from exports.views.page import page
from exports.views.responsibilities import responsibilities_view
from exports.views.selection import Selection
from exports.views.tasks import tasks_view
from exports.views.tiles import tiles_view
from exports.views.tracking import tracking_view
from exports.views.words import in_language, page_language
from ontology.words import Language

__all__ = [
    "FIGURES",
    "VIEWS",
    "Figure",
    "GraphSheet",
    "Links",
    "Row",
    "Rows",
    "Selection",
    "View",
    "draw",
    "in_language",
    "page",
    "pair_key",
    "write_page",
]

VIEWS: dict[str, Callable[[Rows, Selection], View]] = {
    "lineage": lineage_view,
    "tasks": tasks_view,
    "responsibilities": responsibilities_view,
    "indicators": indicators_view,
    "graph": graph_view,
}

# Pages that are one drawing and the passages that prove it.
FIGURES: dict[str, Callable[[Rows, Selection], Figure]] = {
    "compare": compare_view,
    "diffusion": diffusion_view,
    "matrix": matrix_view,
    "tracking": tracking_view,
    "regions": tiles_view,
}


def draw(
    name: str, rows: Rows, selection: Selection, links: Links | None = None, language: Language | None = None
) -> str:
    """The HTML of the view or figure with this name, in `language`, else in that of `in_language`, else in Chinese.
    `rows` returns the rows of a preset by its name, `selection` says which plans are shown, and `links` to which other
    pages the page leads (None: to none). Raises KeyError for an unknown name, and what the function of the view raises
    (Refused, Usage)."""
    with in_language(language or page_language()):
        if name in FIGURES:
            return figure_page(FIGURES[name](rows, selection), links)
        return page(VIEWS[name](rows, selection), links)


def write_page(view: View, out: Path) -> None:
    """Writes the view to the file `out` as one HTML page, in Chinese unless inside `in_language`. Raises Usage for a
    page that is larger than what browsers open, Refused where the package was installed without its scripts, and
    OSError where the file cannot be written."""
    out.write_text(page(view), "utf-8")
