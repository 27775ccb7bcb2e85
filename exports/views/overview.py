"""The overview that `kg view graph` shows of more than MAX_PLANS plans: a tree of regions with the number of plans of
each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from exports.views.model import EdgeKind, GraphSheet, NodeKind, Ranking, Row, Rows, View, ViewNode
from exports.views.words import LEVEL_NAMES, localized, properties

OVERVIEW_NODE_KINDS = (NodeKind("region", "地区", "ink", "card", 0, 26),)
OVERVIEW_EDGE_KINDS = (EdgeKind("under", "从属", "grey"),)
# The most regions on the page, some 300 bytes each: as many levels are shown, from the country down, as they allow.
MAX_REGIONS = 4_000
UNKNOWN_REGION = "地区不明"
OVERVIEW_ROOT = "overview"


def overview(rows: Rows, chosen: Sequence[Row]) -> View:
    """The view with a tree of the regions of the plans `chosen` (rows of the preset `plans`, at least one), each with
    the number of plans of it and of all regions within it as its note: '3 份规划'. Plans without a region are in a node
    UNKNOWN_REGION (地区不明) of its own. Where the tree would have more than MAX_REGIONS (4,000) regions, its lowest
    levels are left out (`_shown_chains`), and their plans count in the regions above. The list beside the tree has the
    twelve regions with the highest numbers, of equal ones the first by id; UNKNOWN_REGION is not listed, nor is a
    region with no plans of its own, only of regions within it."""
    regions = {row["region_id"]: row for row in rows("regions")}
    plan_counts: Counter[str] = Counter(plan["region_id"] or "" for plan in chosen)
    total: Counter[str] = Counter()
    parents: dict[str, str] = {}
    for region, chain in _shown_chains(plan_counts, regions).items():
        total.update(dict.fromkeys(chain, plan_counts[region]))
        parents |= dict(zip(chain, [OVERVIEW_ROOT, *chain], strict=False))
    nodes = [
        ViewNode(
            region or UNKNOWN_REGION,
            regions[region]["region"] if region in regions else localized(UNKNOWN_REGION),
            "region",
            regions[region]["level"] if region in regions else "",
            note=localized(f"{count} 份规划"),
            parent=parents[region],
            properties=properties(级别=localized(LEVEL_NAMES.get(regions[region]["level"], "")))
            if region in regions
            else (),
        )
        for region, count in total.items()
    ]
    root = ViewNode(OVERVIEW_ROOT, localized("全部规划"), "region", note=localized(f"{len(chosen)} 份规划"))
    ordered = _preorder([root, *nodes])
    ranked = tuple((node.id, total[node.id]) for node in ordered if plan_counts.get(node.id))
    most = Ranking("规划最多", tuple(sorted(ranked, key=lambda pair: (-pair[1], pair[0]))[:12]))
    sheet = GraphSheet(
        "overview",
        "概览",
        "tree",
        OVERVIEW_NODE_KINDS,
        OVERVIEW_EDGE_KINDS,
        ordered,
        (),
        rankings=(most,),
        open_depth=3,
    )
    return View(
        "graph",
        "全部规划概览",
        f"{len(chosen)} 份规划 · {len(total)} 个地区；单份规划用 --plan，一地用 --region",
        (sheet,),
    )


def _shown_chains(plan_regions: Iterable[str], regions: Mapping[str, Row]) -> dict[str, list[str]]:
    """The chain (`_chain`) of each of the regions `plan_regions`, given by id, at least one, by that id; all cut to as
    many regions from the country down as leave no more than MAX_REGIONS (4,000) different ones, but to one at least."""
    chains = {region: _chain(region, regions) for region in plan_regions}
    depth = max(map(len, chains.values()))
    while depth > 1 and len({region for chain in chains.values() for region in chain[:depth]}) > MAX_REGIONS:
        depth -= 1
    return {region: chain[:depth] for region, chain in chains.items()}


def _chain(region: str, regions: Mapping[str, Row]) -> list[str]:
    """The ids of the region and of all regions above it, from the country down: ['…/100000中国',
    '…/510000四川省']. A region is in it once, also where parents lead in a circle. `regions` has the rows of the preset
    `regions` by id; of a region that it lacks, the chain is the region's id alone."""
    chain = [region]
    while (row := regions.get(chain[-1])) and row["parent_id"] and row["parent_id"] not in chain:
        chain.append(row["parent_id"])
    return chain[::-1]


def _preorder(nodes: Sequence[ViewNode]) -> tuple[ViewNode, ...]:
    """The nodes, from those without a parent on, each followed by those below it; siblings are sorted by their labels,
    those with equal labels in the order of `nodes`. Nodes whose parent is not among them are left out; () where all
    nodes have a parent."""
    below: dict[str | None, list[ViewNode]] = {}
    for node in sorted(nodes, key=lambda node: node.label):
        below.setdefault(node.parent, []).append(node)
    ordered, stack = [], below.get(None, [])[::-1]
    while stack:
        ordered.append(stack.pop())
        stack += below.get(ordered[-1].id, [])[::-1]
    return tuple(ordered)
