"""The data of a page: sheets of nodes and edges or of plotted rows, each item with the text that proves it.

Views make these from rows of a store's presets; the page writer and the pyvis export read them. Positions are in CSS
pixels at scale 1, y downwards; trees and sheets with bands have none, because the page works them out. Words that a
page shows are in Chinese here and are translated when the page is written.
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
    """A stretch of a plan's file that proves an item: its words, and its place as offsets in the file's text. `title`
    says what it proves where an item has several."""

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
    """A kind of node, and how it looks; `title` is its name for readers, `colour` names a colour of the page's palette.
    `width` and `height` are those of a card in pixels, 0 where the label decides or the shape is no card."""

    key: str
    title: str
    colour: str
    shape: Shape = "circle"
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """A kind of edge, and how it looks; `title` is its name for readers, `colour` names a colour of the page's palette,
    and `dash` is a canvas dash pattern in pixels, empty for a full line."""

    key: str
    title: str
    colour: str
    dash: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a graph. `kind` is the key of its `NodeKind`, `note` a short second line, `size` a dot's radius,
    `parent` the id of the node above it in a tree, `group` the id of the node that is drawn in its place until the
    reader opens it. `properties` are pairs of name and value that are shown for it.

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
class Edge:
    """An edge between the nodes with the ids `source` and `target`; `relation` is the key of its `EdgeKind`, `weight`
    the number of places in plans that it stands for."""

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
    """A short list that is shown while nothing is selected: pairs of a node's id and a count, the highest first."""

    title: str
    items: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GraphSheet:
    """One tab of a page that draws nodes and edges: as cards, as dots or as a tree (`mode`). `kinds` and `relations`
    are the kinds of its nodes and edges; `open_depth` is how many levels of a tree are open at first, None for all."""

    key: str
    title: str
    mode: Mode
    kinds: tuple[NodeKind, ...]
    relations: tuple[EdgeKind, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    bands: tuple[Band, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    open_depth: int | None = None


@dataclass(frozen=True, slots=True)
class PlotMark:
    """The mark of a baseline or a target on the axis: the printed `text`, its comparator `op`, and its number where it
    has one."""

    year: int | None
    text: str
    op: str | None
    value: float | None


@dataclass(frozen=True, slots=True)
class PlotRow:
    """One indicator of a plan as a line from its baseline to its target on the panel's axis; either is None where the
    plan gives none. `label` is the region, `kind` the key of its `NodeKind` (约束性)."""

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
    """The rows of one concept in one unit, which share an axis."""

    title: str
    unit: str | None
    rows: tuple[PlotRow, ...]


@dataclass(frozen=True, slots=True)
class PlotSheet:
    """One tab of a page that draws panels of marks on axes."""

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
