"""How each plan is based on policies: a band for each level of government, an edge for each plan, policy and
relation."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from exports.views.layouts import Stripe, banded
from exports.views.model import Edge, GraphSheet, Kind, Node, Quote, Ranking, Relation, Row, Rows, View
from exports.views.selection import PlanKey, Selection, check_relations, chosen_plans, key_of, levels_of
from exports.views.words import LEVELS, UNKNOWN_LEVEL, properties, say
from extractors.vocabulary.notices import SHORT_NOTICE
from ontology.iris import policy_key

FOLD_ABOVE = 80  # cards: what only one plan cites is then drawn together

RELATIONS = (
    Relation("basis", "依据", "blue"),
    Relation("implements", "贯彻落实", "green", (7, 4)),
    Relation("issued", "制定出台", "orange", (10, 4, 2, 4)),
    Relation("mentions", "提及", "grey", (2, 4)),
)
KINDS = (
    Kind("plan", "库中规划", "ink", "solid", 190, 58),
    Kind("policy", "政策文件", "ink", "card", 190, 58),
)


def lineage_view(rows: Rows, selection: Selection) -> View:
    """The view of the chosen plans, what they cite, and, up to `depth` steps, what cited plans cite themselves."""
    check_relations(selection, (relation.key for relation in RELATIONS))
    graph = _Lineage.read(rows)
    chosen = [key_of(row) for row in chosen_plans(rows, selection)]
    relations = selection.relations or tuple(relation.key for relation in RELATIONS)
    edges = list(graph.walk(chosen, relations, selection.depth))
    ends = {edge.source for edge in edges} | {edge.target for edge in edges} | {graph.plans[key] for key in chosen}
    nodes = {node.id: node for node in graph.nodes(ends, edges)}
    rankings = _rankings(nodes.values(), edges)
    plans = sum(node.kind == "plan" for node in nodes.values())
    policies = len(nodes) - plans
    cited = sum(edge.weight for edge in edges)
    said = f"{plans} 份规划 · {policies} 份政策文件 · {cited} 处引用"
    if len(nodes) > FOLD_ABOVE:
        nodes, edges = _folded(nodes, edges)
        said = f"{said} · 仅一份规划引用的同级文件合为一张卡片（选定规划则分列）"
    placed, bands = banded(_stripes(nodes.values()), {k.key: k for k in KINDS}, edges, graph.order(nodes))
    sheet = GraphSheet("lineage", "政策脉络", "cards", KINDS, RELATIONS, placed, tuple(edges), bands, rankings)
    title = "规划的政策脉络"
    if len(chosen) == 1:
        title = f"{nodes[graph.plans[chosen[0]]].label}：政策脉络"
    return View("lineage", title, said, (sheet,))


def _folded(nodes: Mapping[str, Node], edges: list[Edge]) -> tuple[dict[str, Node], list[Edge]]:
    """The policies of one level that one plan alone cites become one card with all their titles and quotes."""
    citing: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        citing[edge.target].add(edge.source)
    groups: dict[tuple[str, str | None], list[Node]] = defaultdict(list)
    for node in nodes.values():
        if node.kind == "policy" and len(citing[node.id]) == 1:
            groups[next(iter(citing[node.id])), node.level].append(node)
    cards: dict[str, Node] = {}  # by the policy that stands in it
    for (plan, level), members in groups.items():
        if len(members) > 1:
            titles = [node.label for node in members]
            card = Node(
                f"{plan} {level}",
                say(f"{len(members)} 份：{'、'.join(titles)}"),
                "policy",
                level,
                size=4 + min(8, len(members)),
                properties=properties(仅此规划引用="；".join(titles)),
            )
            cards.update({node.id: card for node in members})
    kept = {key: node for key, node in nodes.items() if key not in cards}
    merged: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        target = cards[edge.target].id if edge.target in cards else edge.target
        merged[edge.source, target, edge.relation].append(edge)
    joined = [
        Edge(*key, sum(edge.weight for edge in found), tuple(quote for edge in found for quote in edge.quotes))
        for key, found in merged.items()
    ]
    return kept | {card.id: card for card in cards.values()}, joined


@dataclass(slots=True)
class _Lineage:
    plans: dict[PlanKey, str]  # to the node's id
    plan_rows: dict[str, Row]
    citations: dict[str, list[Row]]  # by the id of the citing plan
    levels: dict[str, str]  # of nodes

    @classmethod
    def read(cls, rows: Rows) -> "_Lineage":
        regions = levels_of(rows)
        plans: dict[PlanKey, str] = {}
        plan_rows: dict[str, Row] = {}
        levels: dict[str, str] = {}
        for row in rows("plans"):
            node = _short_id(row.get("policy_id")) or key_of(row)
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
        return cls(plans, plan_rows, citations, levels)

    def walk(self, start: Iterable[PlanKey], relations: tuple[str, ...], depth: int | None) -> Iterable[Edge]:
        """The edges in order of their ends, from the plans `start` outwards, up to `depth` steps."""
        seen: set[str] = set()
        frontier = sorted({self.plans[key] for key in start})
        while frontier and (depth is None or depth > 0):
            seen.update(frontier)
            following: set[str] = set()
            for plan in frontier:
                grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
                for row in self.citations.get(plan, ()):
                    if row["relation"] in relations and row["policy_id"] != plan:
                        grouped[row["policy_id"], row["relation"]].append(row)
                for (policy, relation), found in sorted(grouped.items()):
                    quotes = tuple(Quote.of(row, _cue(row)) for row in sorted(found, key=lambda row: row["start"]))
                    yield Edge(plan, policy, relation, len(found), quotes)
                    if policy in self.plan_rows:
                        following.add(policy)
            frontier = sorted(following - seen)
            depth = None if depth is None else depth - 1

    def order(self, nodes: Iterable[str]) -> list[str]:
        """The plans among the nodes, by the codes of their regions, so that neighbouring regions are together."""

        def code(plan: str) -> tuple[str, str]:
            return self.plan_rows[plan]["region_code"] or "", plan

        return sorted((node for node in nodes if node in self.plan_rows), key=code)

    def nodes(self, ends: set[str], edges: list[Edge]) -> Iterable[Node]:
        cited: Counter[str] = Counter()
        for edge in edges:
            cited[edge.target] += edge.weight
        rows = defaultdict(list)
        for found in self.citations.values():
            for row in found:
                rows[row["policy_id"]].append(row)
        for end in sorted(ends):
            level = self.levels.get(end, "")
            if end in self.plan_rows:
                yield replace(plan_node(self.plan_rows[end], end), level=level)
            else:
                yield replace(_policy_node(end, rows[end], cited[end]), level=level)


def _short_id(policy_id: str | None) -> str:
    """The part of a policy's IRI that differs between policies: 'https://…/id/policy/四川省/…' -> '四川省/…'."""
    return policy_key(policy_id or "")


def _cue(row: Row) -> str | None:
    """The words that decided the relation ('根据'), where the quote does not contain them; else None."""
    cue = row.get("cue")
    return f"“{cue}”" if cue and cue not in row["quote"] else None


def plan_node(row: Row, node_id: str) -> Node:
    """A plan of the store as a node."""
    period = f"{row['period_start']}—{row['period_end']}" if row["period_start"] else None
    return Node(
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


def _policy_node(node_id: str, rows: list[Row], cited: int) -> Node:
    titles = Counter(row["policy"] for row in rows)
    works = Counter(row["work"] for row in rows if row["work"])
    numbers = sorted({row["doc_number"] for row in rows if row["doc_number"]})
    issuers = sorted({row["issuer"] for row in rows if row["issuer"]})
    label = _commonest(works) if works else short_title(_commonest(titles))
    return Node(
        node_id,
        label,
        "policy",
        size=4 + min(8, cited),
        note=numbers[0] if numbers else (issuers[0] if issuers else ""),
        properties=properties(
            引用时的名称="；".join(sorted(titles)),
            文号="、".join(numbers),
            发文机关="、".join(issuers),
            被引用=f"{cited} 处",
        ),
    )


def _commonest(counts: Counter[str]) -> str:
    return min(counts, key=lambda text: (-counts[text], len(text), text))


def short_title(title: str) -> str:
    """The title of the work inside a notice's title: 国务院关于印发“十四五”数字经济发展规划的通知 ->
    “十四五”数字经济发展规划."""
    found = SHORT_NOTICE.match(title)
    return found["work"].strip("<>〈〉《》") if found else title


def _stripes(nodes: Iterable[Node]) -> list[Stripe]:
    by_level: dict[str | None, list[Node]] = defaultdict(list)
    for node in nodes:
        by_level[node.level or None].append(node)
    order: list[tuple[str | None, str]] = [*LEVELS.items(), (None, UNKNOWN_LEVEL)]
    return [
        Stripe(
            title,
            tuple(node for node in by_level[level] if node.kind == "policy"),
            tuple(sorted((node for node in by_level[level] if node.kind == "plan"), key=lambda node: node.note)),
        )
        for level, title in order
        if level in by_level
    ]


def _rankings(nodes: Iterable[Node], edges: list[Edge]) -> tuple[Ranking, ...]:
    """Two lists: the documents that most plans cite, and the plans that cite most documents."""
    pairs = {(edge.source, edge.target) for edge in edges}
    citing = Counter(target for _, target in pairs)
    shared = sorted(((n, c) for n, c in citing.items() if c > 1), key=lambda item: (-item[1], item[0]))
    cites = Counter(source for source, _ in pairs)
    plans = sorted((node.id for node in nodes if node.kind == "plan"), key=lambda plan: (-cites[plan], plan))
    return (
        Ranking("多份规划共同引用的文件", tuple(shared[:10])),
        Ranking("各规划引用的文件", tuple((plan, cites[plan]) for plan in plans[:10])),
    )
