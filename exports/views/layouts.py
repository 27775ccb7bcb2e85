"""Positions of nodes, computed before the page opens; the same rows give the same picture."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from exports.views.model import Band, Edge, Kind, Node

GAP_X = 22
GAP_Y = 26
BAND_PADDING = 34
LAST_APART = 26
ASPECT = 1.33  # width by height of the area that a page has on a laptop, beside its panel


@dataclass(frozen=True, slots=True)
class Stripe:
    """A band before it is placed. Its rows are formed from `nodes` from top to bottom; the nodes of `last` are the
    lowest row."""

    title: str
    nodes: tuple[Node, ...]
    last: tuple[Node, ...]


def banded(
    stripes: Sequence[Stripe], kinds: Mapping[str, Kind], edges: Sequence[Edge], order: Sequence[str]
) -> tuple[tuple[Node, ...], tuple[Band, ...]]:
    """The nodes with their positions, and the bands: stripes one below the other, in each the nodes in rows, near the
    nodes that they are connected to.

    `order` gives the order of the last rows' nodes from left to right, over all stripes, so that none is right below
    another. The number of columns is chosen so that the picture has the shape of a screen.
    """
    width = max(kind.width for kind in kinds.values()) + GAP_X
    height = max(kind.height for kind in kinds.values()) + GAP_Y
    columns = _columns(stripes, width, height)
    rows = sum(math.ceil(len(s.nodes) / columns) + math.ceil(len(s.last) / columns) for s in stripes)
    tall = rows * height + len(stripes) * (2 * BAND_PADDING + LAST_APART - GAP_Y)
    width = round(min(1.6 * width, max(width, ASPECT * tall / columns)))  # few columns stand further apart
    neighbours = _neighbours(edges)
    places = {name: (index + 0.5) / len(order) for index, name in enumerate(order)}
    spread = len(order) <= columns
    nodes: list[Node] = []
    bands: list[Band] = []
    top = 0.0
    for stripe in stripes:
        ordered = _by_neighbours(stripe.nodes, neighbours, places)
        upper, lower = _cut_columnwise(ordered, columns), _cut(stripe.last, columns)
        apart = LAST_APART if upper and lower else 0
        bottom = top + 2 * BAND_PADDING + (len(upper) + len(lower)) * height - GAP_Y + apart
        for row, members in enumerate([*upper, *lower]):
            y = top + BAND_PADDING + row * height + (height - GAP_Y) / 2 + (apart if row >= len(upper) else 0)
            if row < len(upper):
                xs = _apart([_mean(node, neighbours, places) * columns for node in members], columns)
            elif spread:
                xs = [places[node.id] * columns for node in members]
            else:
                xs = [(index + 0.5) * columns / len(members) for index in range(len(members))]
            nodes += [replace(n, x=round(x * width, 1), y=round(y, 1)) for n, x in zip(members, xs, strict=True)]
        bands.append(Band(stripe.title, top, bottom))
        top = bottom
    return tuple(nodes), tuple(bands)


def _columns(stripes: Sequence[Stripe], width: int, height: int) -> int:
    def shape(columns: int) -> float:
        rows = sum(math.ceil(len(s.nodes) / columns) + math.ceil(len(s.last) / columns) for s in stripes)
        return columns * width / (rows * height + len(stripes) * (2 * BAND_PADDING - GAP_Y))

    most = max(1, max((max(len(s.nodes), len(s.last)) for s in stripes), default=1))
    low, high = 1, most
    while low < high:  # the shape only widens with more columns
        middle = (low + high) // 2
        if shape(middle) < ASPECT:
            low = middle + 1
        else:
            high = middle
    return low


def _neighbours(edges: Sequence[Edge]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for edge in edges:
        found.setdefault(edge.source, []).append(edge.target)
        found.setdefault(edge.target, []).append(edge.source)
    return found


def _by_neighbours(
    nodes: Sequence[Node], neighbours: Mapping[str, list[str]], places: Mapping[str, float]
) -> list[Node]:
    """The nodes from left to right, by the mean position of the nodes that they are connected to."""
    return sorted(nodes, key=lambda node: (_mean(node, neighbours, places), node.id))


def _mean(node: Node, neighbours: Mapping[str, list[str]], places: Mapping[str, float]) -> float:
    found = [places[other] for other in neighbours.get(node.id, ()) if other in places]
    return sum(found) / len(found) if found else 0.5


def _apart(wishes: Sequence[float], room: int) -> list[float]:
    """Positions at least 1 apart and within `room`, in order and near the wishes: [1.0, 1.0] in a room of 4 -> [0.5,
    1.5]."""
    rightwards: list[float] = []
    for index, wish in enumerate(wishes):
        least = rightwards[-1] + 1 if rightwards else 0.5
        rightwards.append(min(max(wish, least), room - len(wishes) + index + 0.5))
    leftwards: list[float] = []
    for index, wish in enumerate(reversed(wishes)):
        most = leftwards[-1] - 1 if leftwards else room - 0.5
        leftwards.append(max(min(wish, most), len(wishes) - index - 0.5))
    return [(one + other) / 2 for one, other in zip(rightwards, reversed(leftwards), strict=True)]


def _cut(nodes: Sequence[Node], columns: int) -> list[Sequence[Node]]:
    """The nodes divided into rows of nearly equal length: 7 nodes in 4 columns -> 4 + 3, 5 -> 3 + 2."""
    if not nodes:
        return []
    rows = math.ceil(len(nodes) / columns)
    return [nodes[len(nodes) * row // rows : len(nodes) * (row + 1) // rows] for row in range(rows)]


def _cut_columnwise(nodes: Sequence[Node], columns: int) -> list[Sequence[Node]]:
    """As `_cut`, but filled column by column, so that the order from left to right holds in every row."""
    rows = math.ceil(len(nodes) / columns)
    return [nodes[row::rows] for row in range(rows)]


def columns_of(groups: Sequence[Sequence[Node]], xs: Sequence[float], gap: float) -> tuple[Node, ...]:
    """The nodes with their positions: each group is a column at its x, from top to bottom `gap` apart, and all
    columns are centred on one height."""
    nodes: list[Node] = []
    for group, x in zip(groups, xs, strict=True):
        for index, node in enumerate(group):
            nodes.append(replace(node, x=x, y=round((index - (len(group) - 1) / 2) * gap, 1)))
    return tuple(nodes)


def circle(nodes: Sequence[Node], radius: float) -> tuple[Node, ...]:
    """Nodes on a circle, clockwise from the top."""
    turn = math.tau / max(1, len(nodes))
    return tuple(
        replace(node, x=round(radius * math.sin(index * turn), 1), y=round(-radius * math.cos(index * turn), 1))
        for index, node in enumerate(nodes)
    )


def near_together(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[Node]:
    """The nodes in an order for a circle: each is followed by the one most strongly connected to it."""
    weight: dict[tuple[str, str], int] = {}
    for edge in edges:
        weight[edge.source, edge.target] = weight.get((edge.source, edge.target), 0) + edge.weight
        weight[edge.target, edge.source] = weight.get((edge.target, edge.source), 0) + edge.weight
    total = {node.id: sum(w for (a, _), w in weight.items() if a == node.id) for node in nodes}
    left = sorted(nodes, key=lambda node: (-total[node.id], node.id))
    order = left[:1]
    left = left[1:]
    while left:
        last = order[-1].id
        left.sort(key=lambda node: (-weight.get((last, node.id), 0), -total[node.id], node.id))
        order.append(left.pop(0))
    return order
