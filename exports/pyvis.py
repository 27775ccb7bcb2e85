"""The whole graph as a page of pyvis, for notebooks that use pyvis further. Its physics is off: nodes stand where the
layout of `kg view graph` puts them.

pyvis writes node texts into a script without escaping them, and its page asks a content network for Bootstrap even when
it is told to put everything inline; `<` is therefore written in full width, and what the page would load from elsewhere
is taken out. Titles (pyvis shows them as raw HTML) are not set. `kg view graph` is the page for reading.
"""

import re
from collections.abc import Callable
from typing import Any, BinaryIO

from exports import options as chosen
from exports.views import VIEWS, GraphSheet, Selection
from ontology.model.errors import Refused
from ontology.model.store import Store
from queries.presets import preset

# <link href="https://cdn.jsdelivr.net/npm/bootstrap@5…" rel="stylesheet" … />   <script src="https://…"></script>
REMOTE = re.compile(r"<link[^>]*\"(?:https?:)?//[^>]*>|<script[^>]*src=\"(?:https?:)?//[^>]*>\s*</script>")
PALETTE = {
    "ink": "#27364b",
    "blue": "#0072b2",
    "sky": "#3a9bd9",
    "green": "#00855f",
    "orange": "#d55e00",
    "yellow": "#c48a00",
    "purple": "#a8518a",
    "grey": "#858d99",
}


def pyvis(store: Store, selected: chosen.ExportSelection, out: BinaryIO) -> None:
    """Writes the selected plans as one graph to `out`, an HTML page drawn by pyvis, or, where they are more than
    MAX_PLANS (100), the overview by region that `kg view graph` shows. An edge is as many pixels wide as its weight, 6
    at most. Labels are in Chinese. Raises Refused where pyvis is not installed, and where `selected` has no
    document."""
    try:
        from pyvis.network import Network  # type: ignore[import-untyped]
    except ImportError:
        raise Refused("kg export pyvis needs pyvis: `pip install 'plan-kg[pyvis]'`") from None
    sheet = VIEWS["graph"](_rows(store, selected), Selection()).sheets[0]
    assert isinstance(sheet, GraphSheet)
    network = Network(height="900px", width="100%", directed=True, cdn_resources="in_line")
    network.toggle_physics(False)
    kinds = {kind.key: kind for kind in sheet.kinds}
    relations = {relation.key: relation for relation in sheet.relations}
    for node in sheet.nodes:
        kind = kinds[node.kind]
        colour = PALETTE[kind.colour]
        shape = {"circle": "dot"}.get(kind.shape, kind.shape)
        network.add_node(
            _safe(node.id), label=_safe(node.label), x=node.x, y=node.y, size=node.size, color=colour, shape=shape
        )
    for edge in sheet.edges:
        relation = relations[edge.relation]
        network.add_edge(
            _safe(edge.source),
            _safe(edge.target),
            color=PALETTE[relation.colour],
            dashes=list(relation.dash) or False,
            width=min(6, edge.weight),
        )
    out.write(REMOTE.sub("", network.generate_html()).encode("utf-8", "replace"))


def _rows(store: Store, selected: chosen.ExportSelection) -> Callable[[str], list[dict[str, Any]]]:
    """A function that returns the rows of a preset by its name, as views take it, without those of plans that are not
    selected. Rows of no plan, such as those of regions, stay."""
    plans = {None, *selected.graphs}

    def rows(name: str) -> list[dict[str, Any]]:
        return [row for row in preset(name).run(store).dicts() if row.get("plan_id") in plans]

    return rows


def _safe(text: str) -> str:
    """The text without `<`, which pyvis would not escape: '</script>' -> '＜/script>'."""
    return text.replace("<", "＜")
