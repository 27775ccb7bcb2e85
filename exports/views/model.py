"""The data of a page: sheets of nodes and edges or of plotted rows, each item with the text that proves it.

Views make these from rows of a store's presets; the page writer and the pyvis export read them. Positions are in CSS
pixels at scale 1, y downwards; trees and cards have none, because the page works them out. Titles and names
of properties are in Chinese here and are translated when the page is written. Labels and notes of nodes, values of
properties and titles of quotes are written as they are: words of plans, and the program's own (3 份规划) in the page's
language already.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Row = Mapping[str, Any]
Rows = Callable[[str], Iterable[Row]]
Mode = Literal["cards", "dots", "tree"]
Shape = Literal["card", "solid", "circle", "square", "diamond", "triangle"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a plan's file that proves an item: its words, and its place as offsets `start:end` in the file's
    text and as page, each None where it is not known. `title` says what it proves where an item has several."""

    text: str
    file: str
    start: int | None
    end: int | None
    page: int | None = None
    title: str | None = None

    @classmethod
    def of(cls, row: Row, title: str | None = None) -> "Quote":
        """The quote of a preset's row, from its evidence columns, with this title."""
        return cls(row["quote"], row["file"], row["start"], row["end"], row.get("page"), title)


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A kind of node, and how it looks; `key` names it in nodes, `title` is its name for readers, `colour` names a
    colour of the page's palette. `width` and `height` are those of a card in pixels, 0 where the label decides or the
    shape is no card."""

    key: str
    title: str
    colour: str
    shape: Shape = "circle"
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """A kind of edge, and how it looks; `key` names it in edges, `title` is its name for readers, `colour` names a
    colour of the page's palette, and `dash` is a canvas dash pattern in pixels, empty for a full line."""

    key: str
    title: str
    colour: str
    dash: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewNode:
    """A node of a graph. `label` is what is written on or beside it, `kind` the key of its `NodeKind`, `note` a short
    second line; (`x`, `y`) is its middle in pixels and `size` a dot's radius; `parent` is the id of the node above it
    in a tree, `group` the id of the node that is drawn in its place until the reader opens it. `properties` are pairs
    of name and value that are shown for it, `quotes` the passages that prove it.

    `level` is the level of government: None for what has none (a concept), "" for what has one that is not known.
    """

    id: str
    label: str
    kind: str
    level: str | None = None
    x: float = 0
    y: float = 0
    size: float = 4
    note: str = ""
    parent: str | None = None
    group: str | None = None
    properties: tuple[tuple[str, str], ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewEdge:
    """An edge between the nodes with the ids `source` and `target`; `relation` is the key of its `EdgeKind`, `weight`
    the number of places in plans that it stands for, `quotes` the passages there."""

    source: str
    target: str
    relation: str
    weight: int = 1
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """The stripe of a level of government across the picture; the page works out how high it is. `title` is its name,
    `level` its key."""

    title: str
    level: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """A short list with a title that is shown while nothing is selected; `items` are pairs of a node's id and a count,
    the highest first."""

    title: str
    items: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GraphSheet:
    """One tab of a page that draws nodes and edges: as cards, as dots or as a tree (`mode`). `key` tells it from the
    page's other sheets, `title` is the name of the tab. `kinds` and `relations` are the kinds of its nodes and edges;
    `bands` are the stripes of levels, () for none; `rankings` are the lists beside it; `open_depth` is how many levels
    of a tree are open at first, None for all."""

    key: str
    title: str
    mode: Mode
    kinds: tuple[NodeKind, ...]
    relations: tuple[EdgeKind, ...]
    nodes: tuple[ViewNode, ...]
    edges: tuple[ViewEdge, ...]
    bands: tuple[Band, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    open_depth: int | None = None


@dataclass(frozen=True, slots=True)
class PlotMark:
    """The mark of a baseline or a target on the axis: its year, the printed `text`, its comparator `op`, and its number
    `value`, each but the text None where it has none."""

    year: int | None
    text: str
    op: str | None
    value: float | None


@dataclass(frozen=True, slots=True)
class PlotRow:
    """One indicator of a plan as a line from its baseline to its target on the panel's axis; either is None where the
    plan gives none. `label` is the region, or the plan's title where that is not known, `plan` the plan's title,
    `level` that of the region's government (None where it is not known), `kind` the key of its `NodeKind` (约束性).
    `properties` are pairs of name and value that are shown for it, `quotes` the passages that prove it."""

    id: str
    label: str
    plan: str
    level: str | None
    kind: str
    baseline: PlotMark | None
    target: PlotMark | None
    properties: tuple[tuple[str, str], ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class PlotPanel:
    """The rows of one concept in one unit (None for none), which share an axis. `title` is the concept's name, or that
    of the indicator where it has no concept."""

    title: str
    unit: str | None
    rows: tuple[PlotRow, ...]


@dataclass(frozen=True, slots=True)
class PlotSheet:
    """One tab of a page that draws panels of marks on axes; `key` tells it from the page's other sheets, `title` is the
    name of the tab, `kinds` are the kinds of its rows."""

    key: str
    title: str
    kinds: tuple[NodeKind, ...]
    panels: tuple[PlotPanel, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A page: its name (lineage, tasks, …), title, one line below the title, and its sheets, each a tab."""

    name: str
    title: str
    subtitle: str
    sheets: tuple[GraphSheet | PlotSheet, ...] = field(default=())
