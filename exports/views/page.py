"""The HTML of a view, as one file that makes no network request.

The page's own script and style are made from `web/` when the package is built. What plans say goes into the file as
JSON in which no `<` is left, and the page writes it as text only; a content security policy lets nothing else run.
"""

import base64
import gzip
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from exports.views.frame import bounded, safe_json, whole_page
from exports.views.links import Links, navigation
from exports.views.model import GraphSheet, PlotMark, PlotSheet, Quote, View
from exports.views.words import LEVEL_NAMES, UNKNOWN_LEVEL, localized
from ontology.model.errors import Refused

PACK_ABOVE = 400_000  # characters of details, from which they are compressed and read after the first picture


def page(view: View, links: Links | None = None) -> str:
    """The HTML of a view as one file. `links` says to which pages of texts its quotes lead, and to which other pages of
    a set; without it, to none. Raises Usage for a page of more than `frame.MAX_PAGE_BYTES`, and Refused where the
    package was installed without its scripts."""
    script, style = _bundle("view.js"), _bundle("view.css")
    links = links or Links()
    details = _Details(links.texts)
    data = {
        "view": view.name,
        "title": localized(view.title),
        "subtitle": localized(view.subtitle),
        "levels": [[key, localized(title)] for key, title in LEVEL_NAMES.items()] + [["", localized(UNKNOWN_LEVEL)]],
        "sheets": [
            _graph(sheet, details) if isinstance(sheet, GraphSheet) else _plot(sheet, details) for sheet in view.sheets
        ],
    }
    body = (files("exports.views") / "page.html").read_text("utf-8")
    html = whole_page(
        body,
        script,
        style,
        localized(view.title),
        data=safe_json(data),
        details=details.element(),
        set=navigation(links, f"{view.name}.html").text,
        noscript=localized("此页需要启用脚本才能显示图形。"),
    )
    return bounded(html)


@cache
def _bundle(name: str) -> str:
    """The script or style of the page with this file name. Raises Refused where it was not made."""
    path = files("exports.views") / "bundle" / name
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise Refused(f"the views' {name} is missing: it is made when the package is built (`pip install .`)") from None


class _Details:
    """What a page shows of items on demand: their properties and quotes (`items`, by their number). Each quote and each
    repeated word is kept once in `quotes` and `words`, and named by its number. `pages` are the addresses of pages with
    plans' texts, by file name."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self.pages = pages
        self.quotes: dict[Quote, int] = {}
        self.words: dict[str, int] = {}
        self.items: list[list[Any]] = []

    def add(self, properties: tuple[tuple[str, str], ...], quotes: tuple[Quote, ...]) -> int:
        """Keeps the properties (pairs of name and value) and quotes of an item in `items`, and returns the item's
        number; -1 where it has none of both."""
        if not properties and not quotes:
            return -1
        flat = [part for name, value in properties for part in (self.word(localized(name)), value)]
        self.items.append([flat, [self.quotes.setdefault(quote, len(self.quotes)) for quote in quotes]])
        return len(self.items) - 1

    def word(self, text: str | None) -> int:
        """The number of a word, which is kept once; -1 for None."""
        return -1 if text is None else self.words.setdefault(text, len(self.words))

    def element(self) -> str:
        """The script element with all details as JSON, or, where that has PACK_ABOVE (400,000) characters or more, as
        its gzip in Base64."""
        quotes = [[q.text, self.word(q.file), q.start, q.end, q.page, self.word(q.title)] for q in self.quotes]
        text = safe_json({"items": self.items, "quotes": quotes, "words": list(self.words), "pages": self.pages})
        if len(text) < PACK_ABOVE:
            return f'<script type="application/json" id="details">{text}</script>'
        packed = base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()
        return f'<script type="text/plain" id="details" data-encoding="gzip">{packed}</script>'


def _graph(sheet: GraphSheet, details: _Details) -> dict[str, Any]:
    """A sheet of nodes and edges as JSON for the page's script; the properties and quotes are added to `details`.

    'nodes' and 'edges' have a list for each field, in the order of the nodes or edges; other nodes and kinds are named
    in these by their numbers, -1 for a parent or group that is none of the nodes. The list `parent` is empty unless the
    sheet is a tree, `note` and `group` where no node has any. Nodes of rankings that are not in the sheet are left out.
    Raises KeyError for an edge whose end is no node, and for an unknown kind, and ValueError as `_level` does.
    """
    kinds = {kind.key: index for index, kind in enumerate(sheet.kinds)}
    relations = {relation.key: index for index, relation in enumerate(sheet.relations)}
    index = {node.id: number for number, node in enumerate(sheet.nodes)}
    return {
        "key": sheet.key,
        "title": localized(sheet.title),
        "mode": sheet.mode,
        "openDepth": sheet.open_depth,
        "kinds": [[k.key, localized(k.title), k.colour, k.shape, k.width, k.height] for k in sheet.kinds],
        "relations": [[r.key, localized(r.title), r.colour, r.dash] for r in sheet.relations],
        "bands": [[localized(band.title), _level(band.level)] for band in sheet.bands],
        "rankings": [
            [localized(ranking.title), [[index[node], count] for node, count in ranking.items if node in index]]
            for ranking in sheet.rankings
        ],
        "nodes": {
            "id": [node.id for node in sheet.nodes],
            "label": [node.label for node in sheet.nodes],
            "note": [node.note for node in sheet.nodes] if any(n.note for n in sheet.nodes) else [],
            "kind": [kinds[node.kind] for node in sheet.nodes],
            "level": [_level(node.level) for node in sheet.nodes],
            "x": [_round(node.x) for node in sheet.nodes],
            "y": [_round(node.y) for node in sheet.nodes],
            "size": [_round(node.size) for node in sheet.nodes],
            "parent": [index.get(node.parent or "", -1) for node in sheet.nodes] if sheet.mode == "tree" else [],
            "group": [index.get(node.group or "", -1) for node in sheet.nodes]
            if any(n.group for n in sheet.nodes)
            else [],
            "item": [details.add(node.properties, node.quotes) for node in sheet.nodes],
        },
        "edges": {
            "source": [index[edge.source] for edge in sheet.edges],
            "target": [index[edge.target] for edge in sheet.edges],
            "relation": [relations[edge.relation] for edge in sheet.edges],
            "weight": [edge.weight for edge in sheet.edges],
            "item": [details.add((), edge.quotes) for edge in sheet.edges],
        },
    }


def _level(level: str | None) -> int:
    """The number of a level of government in the page's list of levels, in which '', the unknown level, is the last; -1
    for None. Raises ValueError for any other text."""
    return -1 if level is None else [*LEVEL_NAMES, ""].index(level)


def _round(value: float) -> float | int:
    return int(value) if value == int(value) else round(value, 1)


def _plot(sheet: PlotSheet, details: _Details) -> dict[str, Any]:
    """A sheet of panels as JSON for the page's script; the properties and quotes of its rows are added to `details`. A
    panel without a unit has '', a row without a baseline or target None for it, one of unknown level the number of the
    level ''. Raises KeyError for a row of a kind that the sheet lacks, and ValueError as `_level` does."""
    kinds = {kind.key: index for index, kind in enumerate(sheet.kinds)}

    def mark(value: PlotMark | None) -> list[Any] | None:
        return None if value is None else [value.year, value.text, value.op, value.value]

    return {
        "key": sheet.key,
        "title": localized(sheet.title),
        "mode": "plot",
        "kinds": [[k.key, localized(k.title), k.colour, k.shape, 0, 0] for k in sheet.kinds],
        "panels": [
            {
                "title": panel.title,
                "unit": panel.unit or "",
                "rows": [
                    {
                        "id": row.id,
                        "label": row.label,
                        "plan": row.plan,
                        "level": _level(row.level or ""),
                        "kind": kinds[row.kind],
                        "baseline": mark(row.baseline),
                        "target": mark(row.target),
                        "item": details.add(row.properties, row.quotes),
                    }
                    for row in panel.rows
                ],
            }
            for panel in sheet.panels
        ],
    }
