"""Positions of nodes that are computed before the page opens, so that the same rows give the same picture."""

import math
from collections.abc import Sequence
from dataclasses import replace

from exports.views.model import ViewEdge, ViewNode


def circle(nodes: Sequence[ViewNode], radius: float) -> tuple[ViewNode, ...]:
    """The nodes with positions evenly on a circle of this radius (in pixels) around (0, 0), clockwise from the top."""
    turn = math.tau / max(1, len(nodes))
    return tuple(
        replace(node, x=round(radius * math.sin(index * turn), 1), y=round(-radius * math.cos(index * turn), 1))
        for index, node in enumerate(nodes)
    )


def near_together(nodes: Sequence[ViewNode], edges: Sequence[ViewEdge]) -> list[ViewNode]:
    """The nodes in an order for a circle in which neighbours are connected: first the node with the largest sum of its
    edges' weights, then always, of the nodes that remain, the one whose edges with the node before it have the largest
    weight. Of equal nodes that with the larger sum comes first, then by id."""
    weight: dict[tuple[str, str], int] = {}
    for edge in edges:
        weight[edge.source, edge.target] = weight.get((edge.source, edge.target), 0) + edge.weight
        weight[edge.target, edge.source] = weight.get((edge.target, edge.source), 0) + edge.weight
    total = {node.id: sum(w for (a, _), w in weight.items() if a == node.id) for node in nodes}
    remaining = sorted(nodes, key=lambda node: (-total[node.id], node.id))
    order = remaining[:1]
    remaining = remaining[1:]
    while remaining:
        last = order[-1].id
        remaining.sort(key=lambda node: (-weight.get((last, node.id), 0), -total[node.id], node.id))
        order.append(remaining.pop(0))
    return order
