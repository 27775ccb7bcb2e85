"""What a page shows, as data: sheets of nodes and edges or of plotted rows, each item with the text that proves it.

Views make these from a store's preset rows; the page writer and the hand-over to pyvis read them. Positions are
in CSS pixels at scale 1, y downwards; trees and sheets with bands have none, because the page works them out.
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
    """A stretch of a plan's file; `title` says what it proves where an item has several."""

    text: str
    file: str
    start: int | None
    end: int | None
    page: int | None = None
    title: str | None = None

    @classmethod
    def of(cls, row: Row, title: str | None = None) -> "Quote":
        """The evidence columns of a preset's row."""
        return cls(row["quote"], row["file"], row["start"], row["end"], row.get("page"), title)


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A kind of node, and how it looks; `colour` names a colour of the page's palette."""

    key: str
    title: str
    colour: str
    shape: Shape = "circle"
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """A kind of edge, and how it looks; `dash` is a canvas dash pattern."""

    key: str
    title: str
    colour: str
    dash: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """`note` is a short second line, `size` a dot's radius, `parent` the node above it in a tree, `group` the node that
    is drawn in its place until the reader opens it.

    `level` is None for what has none (a concept), "" for what has one that is not known.
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
    """`weight` is the number of places that say so."""

    source: str
    target: str
    relation: str
    weight: int = 1
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A level's stripe across the picture; the page works out how high it is."""

    title: str
    level: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """A short list shown while nothing is selected: (node id, count), the highest first."""

    title: str
    items: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GraphSheet:
    """One tab of a page that draws nodes and edges; `open_depth` is how many levels of a tree are open at first,
    None for all."""

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
    """One end of a dumbbell: the printed `text`, and its number where it has one."""

    year: int | None
    text: str
    op: str | None
    value: float | None


@dataclass(frozen=True, slots=True)
class PlotRow:
    """One indicator of a plan: its baseline and its target as marks on a common axis, either None where the plan
    gives none."""

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
    """One concept in one unit; its rows share an axis."""

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
    """A page: its name (lineage, tasks, …), title, one line below it, and one sheet or more."""

    name: str
    title: str
    subtitle: str
    sheets: tuple[GraphSheet | PlotSheet, ...] = field(default=())
