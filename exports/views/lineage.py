"""The view of how plans are based on policies: a band for each level of government, an edge for each plan, policy and
relation.

Where there are many cards, plans are grouped by region, and policies by the plans that cite them; a group is drawn as
one card until the reader opens it. The page works out where cards stand, since that changes with every group that is
opened (`web/src/bands.ts`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from exports.views.groups import FOLD_ABOVE, joined
from exports.views.model import (
    Band,
    EdgeKind,
    GraphSheet,
    NodeKind,
    Quote,
    Ranking,
    Row,
    Rows,
    View,
    ViewEdge,
    ViewNode,
)
from exports.views.selection import PlanKey, Selection, check_relations, chosen_plans, key_of, levels_of
from exports.views.words import LEVEL_NAMES, RELATION_NAMES, UNKNOWN_LEVEL, localized, properties
from extractors.vocabulary.notices import SHORT_NOTICE
from ontology.iris import policy_key

MAX_SINGLE_PLANS = 24  # plans, up to which each has a card of its own also where documents are grouped
MAX_GROUPED_REGIONS = 12  # regions of one level that have a card each; plans of more are grouped by province

RegionKey = tuple[str, str | None]  # name and code: two regions may have one name

LINEAGE_EDGE_KINDS = (
    EdgeKind("basis", RELATION_NAMES["basis"], "blue"),
    EdgeKind("implements", RELATION_NAMES["implements"], "green", (7, 4)),
    EdgeKind("issued", RELATION_NAMES["issued"], "orange", (10, 4, 2, 4)),
    EdgeKind("mentions", RELATION_NAMES["mentions"], "grey", (2, 4)),
)
LINEAGE_NODE_KINDS = (
    NodeKind("plan", "库中规划", "ink", "solid", 190, 58),
    NodeKind("policy", "政策文件", "ink", "card", 190, 58),
)


def lineage_view(rows: Rows, selection: Selection) -> View:
    """The view of the chosen plans and of the policies that they cite in `selection.relations` (all where it is empty);
    where these are plans of the store, also of what they cite themselves, and so on, up to `selection.depth` steps
    (None: all). Of more than FOLD_ABOVE (80) documents groups are drawn, which the reader can open. Raises Refused and
    Usage as `chosen_plans` and `check_relations` do."""
    check_relations(selection, (relation.key for relation in LINEAGE_EDGE_KINDS))
    graph = _Lineage.read(rows)
    chosen = [key_of(row) for row in chosen_plans(rows, selection)]
    relations = selection.relations or tuple(relation.key for relation in LINEAGE_EDGE_KINDS)
    edges = list(graph.walk(chosen, relations, selection.depth))
    ends = {edge.source for edge in edges} | {edge.target for edge in edges} | {graph.plans[key] for key in chosen}
    nodes = {node.id: node for node in graph.nodes(ends, edges)}
    rankings = _rankings(nodes.values(), edges)
    plans = sum(node.kind == "plan" for node in nodes.values())
    policies = len(nodes) - plans
    cited = sum(edge.weight for edge in edges)
    subtitle = f"{plans} 份规划 · {policies} 份政策文件 · {cited} 处引用"
    drawn_nodes, drawn_edges = list(nodes.values()), edges
    if len(nodes) > FOLD_ABOVE:
        drawn_nodes, drawn_edges = _grouped(nodes, edges, graph)
        subtitle = f"{subtitle} · 带 ＋ 的卡片可展开"
    order = {plan: number for number, plan in enumerate(graph.order(nodes))}
    drawn_nodes.sort(key=lambda node: (order.get(node.id, len(order)), node.id))
    bands = _bands(drawn_nodes)
    sheet = GraphSheet(
        "lineage",
        "政策脉络",
        "cards",
        LINEAGE_NODE_KINDS,
        LINEAGE_EDGE_KINDS,
        tuple(drawn_nodes),
        tuple(drawn_edges),
        bands,
        rankings,
    )
    title = "规划的政策脉络"
    if len(chosen) == 1:
        title = f"{nodes[graph.plans[chosen[0]]].label}：政策脉络"
    return View("lineage", title, subtitle, (sheet,))


def _grouped(
    nodes: Mapping[str, ViewNode], edges: list[ViewEdge], graph: "_Lineage"
) -> tuple[list[ViewNode], list[ViewEdge]]:
    """The nodes and the edges, and with them a node for each group of two or more nodes, which these name as their
    `group`, and the edges of groups (`joined`). The page draws a group or what is in it, and of the edges those whose
    two ends it draws, so that no citation is drawn twice; one inside a closed group is not drawn.

    The plans of one region, or of one province, are a group (`_Lineage.plan_groups`). Policies that only the plans of
    one such group cite join it where they have its level; the others that only these plans cite are groups of their
    own, one for each level. Policies that only one plan outside such groups cites are groups by level too. Where more
    than FOLD_ABOVE (80) cards are left, policies of one level that the same several groups or plans cite are groups
    too. A node is in one group at most.
    """
    plan_groups = graph.plan_groups(node for node in nodes.values() if node.kind == "plan")
    citing: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        citing[edge.target].add(plan_groups[edge.source])
    ordered = sorted(nodes.values(), key=lambda node: (node.kind, node.id))
    group_of: dict[str, str] = {}
    for most in (1, len(citing)):  # what one group alone cites; where that leaves many cards, what the same ones cite
        members: dict[str, list[ViewNode]] = defaultdict(list)
        for node in ordered:
            if node.kind == "plan":
                members[plan_groups[node.id]].append(node)
            elif len(citing[node.id]) <= most:
                by = " + ".join(sorted(citing[node.id]))
                own = by.startswith(f"{node.level} ") and len(citing[node.id]) == 1  # on the card of the plans
                members[by if own else f"{by} {node.level}"].append(node)
        group_of = {node.id: name for name, found in members.items() if len(found) > 1 for node in found}
        if len(nodes) - len(group_of) + len(set(group_of.values())) <= FOLD_ABOVE:
            break
    groups = [_group(name, members[name]) for name in dict.fromkeys(group_of.values())]
    return [replace(node, group=group_of.get(node.id)) for node in nodes.values()] + groups, [
        *edges,
        *joined(edges, group_of),
    ]


def _group(name: str, members: list[ViewNode]) -> ViewNode:
    """The node of a group, with the id `name`: of plans 'county 渠县 511725', of policies alone the ids of the groups
    or plans that cite them, joined with +, and the policies' level. `members` are its nodes, plans first.

    The label of several plans is '渠县：3 份规划', of one plan its title, of policies alone '2 份：' and their titles;
    the note says how many policies are with the plans; both are in the page's language. Kind and level are those of the
    first member. The size is 4 + the number of members, at most 12.
    """
    plans = [node for node in members if node.kind == "plan"]
    policies = [node for node in members if node.kind == "policy"]
    titles = "、".join(node.label for node in members)
    if not plans:
        label, note = localized(f"{len(policies)} 份：{titles}"), ""
    else:
        label = plans[0].label if len(plans) == 1 else localized(f"{name.split(' ')[1]}：{len(plans)} 份规划")
        note = localized(f"及只由其引用的文件 {len(policies)} 份") if policies else ""
    size = 4 + min(8, len(members))
    return ViewNode(name, label, members[0].kind, members[0].level, size=size, note=note)


@dataclass(slots=True)
class _Lineage:
    """The plans of the store and their citations, as the view needs them. The id of a node, of a plan or policy, is
    that of `node_of` or `_short_id`. By the ids of nodes, `plan_rows` has the rows of the plans in the preset `plans`,
    `citations` the rows of the preset `lineage` of what a plan cites, with the node's id as `policy_id`, and `levels`
    the levels of government that are known. `plans` has the node's id of each plan by the id of the plan's document,
    `provinces` the name of each region's province by the region's name and code."""

    plans: dict[PlanKey, str]
    plan_rows: dict[str, Row]
    citations: dict[str, list[Row]]
    levels: dict[str, str]
    provinces: dict[RegionKey, str]

    @classmethod
    def read(cls, rows: Rows) -> "_Lineage":
        """The plans and their citations, from the rows of the presets `plans`, `lineage` and `regions`. A node's level
        is that of the plan's region, else the one level that its citations give; where they give two, none. Citations
        of a plan without a row are left out; of two plans that are one policy the later row counts. `rows` returns the
        rows of a preset by its name."""
        regions = levels_of(rows)
        plans: dict[PlanKey, str] = {}
        plan_rows: dict[str, Row] = {}
        levels: dict[str, str] = {}
        for row in rows("plans"):
            node = node_of(row)
            plans[key_of(row)] = node
            plan_rows[node] = row
            if level := regions.get((row["region"], row["region_code"])):
                levels[node] = level
        citations: dict[str, list[Row]] = defaultdict(list)
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for cited in rows("lineage"):
            row = {**cited, "policy_id": _short_id(cited["policy_id"])}
            if key_of(row) in plans:
                citations[plans[key_of(row)]].append(row)
                if row["level"]:
                    votes[row["policy_id"]][row["level"]] += 1
        for policy, counts in votes.items():
            if len(counts) == 1:  # plans that disagree leave the level open
                levels.setdefault(policy, next(iter(counts)))
        return cls(plans, plan_rows, citations, levels, _provinces(rows))

    def plan_groups(self, plans: Iterable[ViewNode]) -> dict[str, str]:
        """The name of the group in which each of the plans is, by the id of its node: the plan's level and region,
        'county 渠县 511725'; or its level and province, 'county 四川省', where more than MAX_GROUPED_REGIONS (12)
        regions of the level have plans and the province is known. A plan whose region or level is not known is alone in
        its group, whose name is the plan's own id; so is each plan where there are MAX_SINGLE_PLANS (24) at most."""
        plans = list(plans)
        if len(plans) <= MAX_SINGLE_PLANS:
            return {node.id: node.id for node in plans}
        regions = {node.id: _region(self.plan_rows[node.id]) for node in plans}
        region_counts = Counter(level for level, _ in {(node.level, regions[node.id]) for node in plans})
        groups = {}
        for node in plans:
            name, code = regions[node.id]
            if region_counts[node.level] > MAX_GROUPED_REGIONS and (name, code) in self.provinces:
                name, code = self.provinces[name, code], None
            groups[node.id] = " ".join(filter(None, (node.level, name, code))) if name and node.level else node.id
        return groups

    def walk(self, start: Iterable[PlanKey], relations: tuple[str, ...], depth: int | None) -> Iterable[ViewEdge]:
        """The edges from the plans `start` to the policies that they cite in one of `relations`, then from those of
        these policies that are plans, and so on, up to `depth` steps (None: all); each plan is followed once. There is
        an edge for each plan, policy and relation, with the number of citations as its weight and their quotes in the
        order of the text; a plan's citations of itself are left out. Each step is sorted by the ids of its ends, then
        by relation. Raises KeyError for a plan that is not in `plans`."""
        visited: set[str] = set()
        frontier = sorted({self.plans[key] for key in start})
        while frontier and (depth is None or depth > 0):
            visited.update(frontier)
            following: set[str] = set()
            for plan in frontier:
                grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
                for row in self.citations.get(plan, ()):
                    if row["relation"] in relations and row["policy_id"] != plan:
                        grouped[row["policy_id"], row["relation"]].append(row)
                for (policy, relation), citations in sorted(grouped.items()):
                    quotes = tuple(Quote.of(row, _cue(row)) for row in sorted(citations, key=lambda row: row["start"]))
                    yield ViewEdge(plan, policy, relation, len(citations), quotes)
                    if policy in self.plan_rows:
                        following.add(policy)
            frontier = sorted(following - visited)
            depth = None if depth is None else depth - 1

    def order(self, nodes: Iterable[str]) -> list[str]:
        """The ids of plans among `nodes`, sorted by the codes of the plans' regions, '' for none, so that neighbouring
        regions are together, then by id."""

        def code(plan: str) -> tuple[str, str]:
            return self.plan_rows[plan]["region_code"] or "", plan

        return sorted((node for node in nodes if node in self.plan_rows), key=code)

    def nodes(self, ends: set[str], edges: list[ViewEdge]) -> Iterable[ViewNode]:
        """The nodes of the plans and policies with the ids `ends`, sorted by id; a policy that is no plan is the
        larger, the more citations `edges` has of it. The level is '' where it is not known."""
        cited: Counter[str] = Counter()
        for edge in edges:
            cited[edge.target] += edge.weight
        rows = defaultdict(list)
        for citations in self.citations.values():
            for row in citations:
                rows[row["policy_id"]].append(row)
        for end in sorted(ends):
            level = self.levels.get(end, "")
            if end in self.plan_rows:
                yield replace(plan_node(self.plan_rows[end], end), level=level)
            else:
                yield replace(_policy_node(end, rows[end], cited[end]), level=level)


def node_of(plan: Row) -> str:
    """The id of a plan's node, from the plan's row in the preset `plans`: that of the policy that the plan is
    (`_short_id`), else the id of the plan's document."""
    return _short_id(plan.get("policy_id")) or key_of(plan)


def _short_id(policy_id: str | None) -> str:
    """The id of a policy's node, the part of its IRI that differs between policies: 'https://…/id/policy/四川省/…' ->
    '四川省/…'; '' for None, another IRI unchanged."""
    return policy_key(policy_id or "")


def _cue(row: Row) -> str | None:
    """The words that decided the relation, in quotation marks (“根据”), where the quote does not contain them; else
    None."""
    cue = row.get("cue")
    return f"“{cue}”" if cue and cue not in row["quote"] else None


def plan_node(row: Row, node_id: str) -> ViewNode:
    """The node of a plan of the store, from its row in the preset `plans`, with the id `node_id`: its label is the
    title, else the file's name, its note region and period, as far as they are known."""
    period = f"{row['period_start']}—{row['period_end']}" if row["period_start"] else None
    return ViewNode(
        node_id,
        row["plan"] or row["file"],
        "plan",
        size=9,
        note=" · ".join(filter(None, (row["region"], period))),
        properties=properties(
            地区=row["region"],
            行政区划代码=row["region_code"],
            文号=row["doc_number"],
            发布机关=row["issuer"],
            发布日期=row["issued"],
            规划期=period,
            展望=row["horizon"],
            文件=row["file"],
        ),
    )


def _policy_node(node_id: str, rows: list[Row], cited: int) -> ViewNode:
    """The node, with the id `node_id`, of a policy that is no plan of the store, from the rows of its citations, at
    least one; `cited` is the number of citations drawn.

    Its label is the commonest `work`, the document that a notice hands down, or, where no row has one, the commonest
    title, shortened by `short_title`. Its note is a document number, else an issuer, the first in alphabetical order
    where citations differ, else ''. Its size is 4 + `cited`, at most 12. Its properties are all titles that it is cited
    by, document numbers and issuers, and `cited`.
    """
    titles = Counter(row["policy"] for row in rows)
    works = Counter(row["work"] for row in rows if row["work"])
    numbers = sorted({row["doc_number"] for row in rows if row["doc_number"]})
    issuers = sorted({row["issuer"] for row in rows if row["issuer"]})
    label = _commonest(works) if works else short_title(_commonest(titles))
    return ViewNode(
        node_id,
        label,
        "policy",
        size=4 + min(8, cited),
        note=numbers[0] if numbers else (issuers[0] if issuers else ""),
        properties=properties(
            引用时的名称="；".join(sorted(titles)),
            文号="、".join(numbers),
            发文机关="、".join(issuers),
            被引用=localized(f"{cited} 处"),
        ),
    )


def _commonest(counts: Counter[str]) -> str:
    """The text with the highest count; of several such texts the shortest, then the first in alphabetical order.
    Raises ValueError for no texts."""
    return min(counts, key=lambda text: (-counts[text], len(text), text))


def short_title(title: str) -> str:
    """The title of the document that a notice carries, from the notice's title, without the marks of a title around it:
    国务院关于印发《“十四五”数字经济发展规划》的通知 -> “十四五”数字经济发展规划; other titles are unchanged."""
    match = SHORT_NOTICE.match(title)
    return _MARKED_TITLE.sub(r"\1\2\3", match["work"]) if match else title


# 《〈甲规划〉实施方案》, but not 《甲规划》和《乙规划》
_MARKED_TITLE = re.compile(r"^(?:《([^《》]*)》|〈([^〈〉]*)〉|<([^<>]*)>)$")


def _bands(nodes: Iterable[ViewNode]) -> tuple[Band, ...]:
    """A band for each level of government that one of the nodes has, from the national one downwards, and last, if
    there are any, one for nodes of unknown level ('' or None)."""
    levels = {node.level or "" for node in nodes}
    return tuple(Band(title, key) for key, title in {**LEVEL_NAMES, "": UNKNOWN_LEVEL}.items() if key in levels)


def _region(row: Row) -> RegionKey:
    return row["region"], row["region_code"]


def _provinces(rows: Rows) -> dict[RegionKey, str]:
    """The name of the province that each region lies in, by the region's name and code; a province lies in itself. Left
    out are regions in no province, such as the country, and those whose parents lead in a circle. `rows` returns the
    rows of a preset by its name; in those of `regions` a parent is found by its name, of several with it the last."""
    regions = list(rows("regions"))
    above = {row["region"]: row for row in regions}
    provinces: dict[RegionKey, str] = {}
    for row in regions:
        up: Row | None = row
        passed: set[RegionKey] = set()
        while up and up["level"] not in ("provincial", "national") and (up["region"], up["code"]) not in passed:
            passed.add((up["region"], up["code"]))
            up = above.get(up["parent"])
        if up and up["level"] == "provincial":
            provinces[row["region"], row["code"]] = up["region"]
    return provinces


def _rankings(nodes: Iterable[ViewNode], edges: list[ViewEdge]) -> tuple[Ranking, ...]:
    """Two lists of at most ten of the nodes, the largest number first, of equal ones by id: the documents that most
    plans cite (two at least), and the plans that cite most documents (which may be 0). Each pair of ends of `edges`
    counts once."""
    pairs = {(edge.source, edge.target) for edge in edges}
    citing = Counter(target for _, target in pairs)
    shared = sorted(((n, c) for n, c in citing.items() if c > 1), key=lambda item: (-item[1], item[0]))
    cites = Counter(source for source, _ in pairs)
    plans = sorted((node.id for node in nodes if node.kind == "plan"), key=lambda plan: (-cites[plan], plan))
    return (
        Ranking("多份规划共同引用的文件", tuple(shared[:10])),
        Ranking("各规划引用的文件", tuple((plan, cites[plan]) for plan in plans[:10])),
    )
