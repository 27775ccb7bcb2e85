"""Groups of nodes, one of which is drawn in place of its members until the reader opens it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from exports.views.model import ViewEdge

FOLD_ABOVE = 80  # cards, from which a sheet is drawn with groups


def joined(edges: Iterable[ViewEdge], group_of: Mapping[str, str]) -> Iterable[ViewEdge]:
    """The edges of groups, in addition to `edges`: for each relation one from a group to another group or to a node
    outside it, or from such a node to a group. Its weight is the sum of those of the members' edges, its quotes are all
    of theirs. There is none for an edge between two members of one group. `group_of` has the id of its group for each
    node that is in a group."""
    merged: dict[tuple[str, str, str], list[ViewEdge]] = defaultdict(list)
    for edge in edges:
        if edge.source in group_of and group_of[edge.source] == group_of.get(edge.target):
            continue
        ends = [(end, group_of[end]) if end in group_of else (end,) for end in (edge.source, edge.target)]
        for source in ends[0]:
            for target in ends[1]:
                if (source, target) != (edge.source, edge.target):
                    merged[source, target, edge.relation].append(edge)
    for key, several in merged.items():
        yield ViewEdge(
            *key, sum(edge.weight for edge in several), tuple(quote for edge in several for quote in edge.quotes)
        )
