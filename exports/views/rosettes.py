"""The layout of the whole graph: each plan's tree is a rosette with the plan in its middle, and what plans share stands
between the rosettes.

The time grows in proportion to nodes and edges, so that tens of thousands take a second; the same rows give the same
picture.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from exports.views.layouts import circle
from exports.views.model import ViewEdge, ViewNode

LEAF_SPACING = 13.0
SHARED_CELL = 34.0
ASPECT = 1.6
Point = tuple[float, float]


def rosettes(
    trees: Sequence[Sequence[ViewNode]], shared: Sequence[ViewNode], edges: Iterable[ViewEdge]
) -> tuple[ViewNode, ...]:
    """The nodes with their positions, in pixels. Each of `trees` (the root first, parents before children) is a
    rosette (`_rosette`), and the rosettes are in rows (`_shelves`).

    A node of `shared` with edges to one tree alone is on a ring around that tree; one with edges to several is near the
    mean of their middles, weighted by the number of edges; one without an edge to a tree is above all the rest
    (`_above`). `edges` may also have other ends.
    """
    edges = list(edges)
    owner = {node.id: index for index, tree in enumerate(trees) for node in tree}
    trees_of: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for edge in edges:
        for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if one not in owner and other in owner:
                trees_of[one][owner[other]] += 1
    lonely: dict[int, list[ViewNode]] = defaultdict(list)
    common: list[ViewNode] = []
    for node in shared:
        if len(trees_of[node.id]) == 1:
            lonely[next(iter(trees_of[node.id]))].append(node)
        else:
            common.append(node)
    radii = [_radius(tree, len(lonely[index])) for index, tree in enumerate(trees)]
    middles = _shelves([radius + 70 for radius in radii])
    placed: list[ViewNode] = []
    occupied = _Taken()
    for index, tree in enumerate(trees):
        for node in [*_rosette(tree, radii[index]), *circle(lonely[index], radii[index] + 42)]:
            x, y = middles[index]
            moved = replace(node, x=round(node.x + x, 1), y=round(node.y + y, 1))
            occupied.add((moved.x, moved.y))
            placed.append(moved)
    for node in common:
        if trees_of[node.id]:
            placed.append(_at(node, occupied.near(_mean(trees_of[node.id], middles))))
    above = [node for node in common if not trees_of[node.id]]
    return (*placed, *_above(above, placed, edges))


def _above(nodes: Sequence[ViewNode], placed: Sequence[ViewNode], edges: Sequence[ViewEdge]) -> list[ViewNode]:
    """The `nodes` with positions above all that are `placed` already, in rows 64 pixels apart, from below upwards. A
    row has the nodes that `edges` connect to nodes placed before the row, or all that are left where there are none. A
    node stands over the mean x of those that it is connected to (0 for none), or further right, 120 pixels from its
    left neighbour; nodes with the same mean are sorted by id."""
    neighbours: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        neighbours[edge.source].append(edge.target)
        neighbours[edge.target].append(edge.source)
    xs = {node.id: node.x for node in placed}
    top = min((node.y for node in placed), default=0.0)
    remaining = list(nodes)
    result: list[ViewNode] = []
    while remaining:
        top -= 64
        ready = [node for node in remaining if any(other in xs for other in neighbours[node.id])] or remaining
        wishes = sorted((_middle([xs[o] for o in neighbours[n.id] if o in xs]), n.id, n) for n in ready)
        x = -math.inf
        for wish, _, node in wishes:
            x = max(wish, x + 120)
            result.append(_at(node, (x, top)))
        xs.update((node.id, node.x) for node in result)
        remaining = [node for node in remaining if node.id not in xs]
    return result


def _middle(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _at(node: ViewNode, point: Point) -> ViewNode:
    return replace(node, x=round(point[0], 1), y=round(point[1], 1))


def _radius(tree: Sequence[ViewNode], ring: int) -> float:
    """The radius of a tree's rosette in pixels, which leaves room for its leaves and for a ring of `ring` nodes around
    it; 110 at least."""
    parents = {node.parent for node in tree}
    leaves = sum(node.id not in parents for node in tree)
    return max(110.0, leaves * LEAF_SPACING / math.tau, ring * 16 / math.tau - 42)


def _rosette(tree: Sequence[ViewNode], radius: float) -> list[ViewNode]:
    """The nodes of a tree (the root first, parents before children) in reading order, with positions in a circle of
    this radius around (0, 0). The root is in the middle. Nodes without children, at any depth, are evenly on the rim,
    clockwise from the top; each other node is on the ring of its depth, half-way between the angles of its first and
    last child."""
    children: dict[str | None, list[ViewNode]] = defaultdict(list)
    depth: dict[str, int] = {}
    for node in tree:
        children[node.parent].append(node)
        depth[node.id] = depth[node.parent] + 1 if node.parent in depth else 0
    deepest = max(depth.values(), default=1) or 1
    leaves = sum(not children.get(node.id) for node in tree) or 1
    angle: dict[str, float] = {}
    stack = [tree[0]]
    order: list[ViewNode] = []
    while stack:
        node = stack.pop()
        order.append(node)
        stack.extend(reversed(children.get(node.id, ())))
    turn = 0
    for node in order:
        if not children.get(node.id):
            angle[node.id] = math.tau * turn / leaves
            turn += 1
    for node in reversed(order):
        below = children.get(node.id)
        if below:
            angle[node.id] = (angle[below[0].id] + angle[below[-1].id]) / 2
    placed = []
    for node in order:
        reach = radius * (depth[node.id] / deepest if children.get(node.id) else 1) if depth[node.id] else 0
        placed.append(_at(node, (reach * math.sin(angle[node.id]), -reach * math.cos(angle[node.id]))))
    return placed


def _shelves(radii: Sequence[float]) -> list[Point]:
    """The centres of circles of these radii, in their order, in rows from left to right and from the top down. The
    width is that of an area ASPECT times as wide as high that holds the squares around all circles, at least that of
    the largest circle; rows that are not full make the whole higher (two equal circles stand one below the other). A
    row ends before the first circle with which it would be more than 1 % longer than the width, and its circles are
    spread over the width, so that they overlap by no more than the 1 %."""
    area = sum((2 * radius) ** 2 for radius in radii)
    widest = max(2 * max(radii, default=1), math.sqrt(area * ASPECT))
    rows: list[list[float]] = []
    used = widest
    for radius in radii:
        if not rows or used + 2 * radius > widest * 1.01:
            rows.append([])
            used = 0
        rows[-1].append(radius)
        used += 2 * radius
    middles: list[Point] = []
    top = 0.0
    for row in rows:
        height = 2 * max(row)
        slack = (widest - 2 * sum(row)) / len(row)
        left = 0.0
        for radius in row:
            middles.append((left + slack / 2 + radius, top + height / 2))
            left += 2 * radius + slack
        top += height
    return middles


def _mean(weights: Mapping[int, int], middles: Sequence[Point]) -> Point:
    """The mean of the points `middles`, the centres of the trees, each weighted by the number of edges to that tree
    (`weights`, by the tree's index)."""
    total = sum(weights.values())
    return (
        sum(middles[tree][0] * count for tree, count in weights.items()) / total,
        sum(middles[tree][1] * count for tree, count in weights.items()) / total,
    )


class _Taken:
    """The cells of a grid over the plane that are occupied (`cells`). `near` gives a new node a free place close to the
    place that it should have; `turns` counts the points that `near` has tried, by the cell of the wanted place."""

    def __init__(self) -> None:
        self.cells: set[tuple[int, int]] = set()
        self.turns: dict[tuple[int, int], int] = defaultdict(int)

    def add(self, point: Point) -> None:
        """Marks the cell with this point as occupied."""
        self.cells.add(self.cell(point))

    def cell(self, point: Point) -> tuple[int, int]:
        """The cell that contains the point."""
        return round(point[0] / SHARED_CELL), round(point[1] / SHARED_CELL)

    def near(self, wish: Point) -> Point:
        """A point in a free cell, close to the point `wish`; its cell is then occupied. Points are tried along a spiral
        around `wish`, which a later call for the same cell continues."""
        start = self.cell(wish)
        while True:
            step = self.turns[start]
            self.turns[start] += 1
            reach = SHARED_CELL * 0.62 * math.sqrt(step)
            turn = step * 2.399963  # the golden angle: a sunflower's spiral
            point = (wish[0] + reach * math.cos(turn), wish[1] + reach * math.sin(turn))
            if self.cell(point) not in self.cells:
                self.add(point)
                return point
