"""Views: one HTML page each, drawn from a store's presets.

view = VIEWS["lineage"](rows, Selection(plans=("云岭",)))
write_page(view, Path("lineage.html"))
"""

from collections.abc import Callable
from pathlib import Path

from exports.views.graph import graph_view
from exports.views.indicators import indicators_view
from exports.views.lineage import lineage_view
from exports.views.model import GraphSheet, Row, Rows, View
from exports.views.page import page
from exports.views.responsibilities import responsibilities_view
from exports.views.selection import Selection
from exports.views.tasks import tasks_view

__all__ = ["VIEWS", "GraphSheet", "Row", "Rows", "Selection", "View", "page", "write_page"]

VIEWS: dict[str, Callable[[Rows, Selection], View]] = {
    "lineage": lineage_view,
    "tasks": tasks_view,
    "responsibilities": responsibilities_view,
    "indicators": indicators_view,
    "graph": graph_view,
}


def write_page(view: View, out: Path) -> None:
    """The view as one HTML file."""
    out.write_text(page(view), "utf-8")
