"""The view of the selected plans as one graph: their outlines, tasks, targets, indicators and facts of other kinds, but
not the plans' own fields and the observations, and what the plans share. More than MAX_PLANS plans are shown as an
overview by region instead."""

from collections import Counter, defaultdict
from dataclasses import replace

from exports.views import lineage, tasks
from exports.views.model import EdgeKind, GraphSheet, NodeKind, Quote, Ranking, Row, Rows, View, ViewEdge, ViewNode
from exports.views.overview import overview
from exports.views.rosettes import rosettes
from exports.views.selection import MAX_PLANS, PlanKey, Selection, check_relations, chosen_plans, key_of, levels_of
from exports.views.words import ROLE_NAMES, properties
from ontology.iris import policy_key
from ontology.schema import Class, schema

GRAPH_NODE_KINDS = (
    NodeKind("plan", "规划", "ink", "square"),
    NodeKind("region", "地区", "ink", "diamond"),
    NodeKind("policy", "政策文件", "purple", "square"),
    NodeKind("heading", "标题", "grey", "circle"),
    NodeKind("task", "任务", "green", "circle"),
    NodeKind("target", "量化目标", "orange", "triangle"),
    NodeKind("indicator", "指标", "blue", "circle"),
    NodeKind("concept", "指标概念", "blue", "diamond"),
    NodeKind("function", "政府职能", "yellow", "square"),
)
GRAPH_EDGE_KINDS = (
    *lineage.LINEAGE_EDGE_KINDS,
    EdgeKind("under", "从属", "grey"),
    EdgeKind("of", "属于地区", "ink"),
    EdgeKind("lead", ROLE_NAMES["lead"], "yellow"),
    EdgeKind("participant", ROLE_NAMES["participant"], "yellow", (6, 4)),
    EdgeKind("has", "设定指标", "blue"),
    EdgeKind("measures", "衡量", "sky"),
)
SIZES = {"plan": 13.0, "region": 9.0, "policy": 5.0, "heading": 3.2, "task": 4.0, "target": 3.2}


def graph_view(rows: Rows, selection: Selection) -> View:
    """The view of the selected plans as one graph: outlines, facts, and what the plans share (policies, concepts,
    functions, regions), as far as an edge is drawn to it. `selection.relations` are the relations of the edges that are
    drawn, all where it is empty; nodes of the plans stay.

    `selection.depth` is how many levels of each plan are shown: 1 the plan alone, 2 its chapters too, and so on, None
    for all. More than MAX_PLANS (100) plans are shown as an overview by region instead. Raises Refused and Usage as
    `chosen_plans` and `check_relations` do.
    """
    check_relations(selection, (relation.key for relation in GRAPH_EDGE_KINDS))
    chosen = chosen_plans(rows, selection)
    if len(chosen) > MAX_PLANS:
        return overview(rows, chosen)
    builder = _Builder(rows, selection)
    for plan in builder.chosen:
        builder.add(plan)
    drawn_relations = set(selection.relations)
    edges = [edge for edge in builder.edges if not drawn_relations or edge.relation in drawn_relations]
    degree: Counter[str] = Counter()
    for edge in edges:
        degree[edge.source] += 1
        degree[edge.target] += 1
    shared = [
        replace(node, size=round(SIZES.get(node.kind, 4.5) + min(7, degree[node.id] ** 0.5), 1))
        for _, node in sorted(builder.shared.items())
        if degree[node.id]
    ]
    nodes = rosettes(builder.trees, shared, edges)
    kinds = {node.kind for node in nodes}
    relations = {edge.relation for edge in edges}
    ranked = sorted(((n.id, degree[n.id]) for n in shared), key=lambda item: (-item[1], item[0]))
    sheet = GraphSheet(
        "graph",
        "全图",
        "dots",
        tuple(kind for kind in (*GRAPH_NODE_KINDS, *_kinds()) if kind.key in kinds),
        tuple(relation for relation in GRAPH_EDGE_KINDS if relation.key in relations),
        nodes,
        tuple(edges),
        (),
        (Ranking("连接最多", tuple(ranked[:12])),),
    )
    title = "全部规划的知识图谱"
    if len(builder.chosen) == 1:
        title = f"{builder.chosen[0]['plan']}：知识图谱"
    subtitle = f"{len(builder.chosen)} 份规划 · {len(nodes)} 个节点 · {len(edges)} 条关系"
    return View("graph", title, subtitle, (sheet,))


class _Builder:
    """Collects the nodes and edges of the graph. `trees` has the nodes of each plan that was added, the plan first;
    `shared` are nodes that several plans may have, by id; `edges` are those of all. `chosen` are the selected plans'
    rows, `depth` is that of the selection, `levels` and `regions` have the level and the row of each region by its name
    and code, `facts` the rows of each preset by plan, `roots` the ids of the plans' nodes by the IRI of the policy that
    the plan is."""

    def __init__(self, rows: Rows, selection: Selection) -> None:
        self.chosen = chosen_plans(rows, selection)
        self.depth = selection.depth
        self.levels = levels_of(rows)
        self.regions = {(row["region"], row["code"]): row for row in rows("regions")}
        names = (*_DRAWN_PRESETS, *(kind.preset for kind in other_kinds()))
        self.facts = {name: _by_plan(rows, name) for name in names}
        self.roots = {plan.get("policy_id"): f"{index}/plan" for index, plan in enumerate(self.chosen)}
        self.trees: list[list[ViewNode]] = []
        self.shared: dict[str, ViewNode] = {}
        self.edges: list[ViewEdge] = []

    def add(self, plan: Row) -> None:
        """Adds the tree of a plan, given as its row of the preset `plans`, to `trees`, with its indicators and facts of
        `other_kinds` whatever the depth, and to `shared` and `edges` the concepts, policies, functions and regions that
        it has in common with others, and the edges to them."""
        key = key_of(plan)
        facts = {name: found.get(key, []) for name, found in self.facts.items()}
        prefix = f"{len(self.trees)}/"
        level = self.levels.get((plan["region"], plan["region_code"]))
        tree = self._tree(plan, facts, prefix, level)
        root = tree[0].id
        for row in facts["indicators"]:
            node = ViewNode(
                prefix + tasks.node_id(row["fact_id"]),
                row["indicator"],
                "indicator",
                level,
                parent=root,
                properties=properties(
                    基期=row["baseline_text"], 目标=row["target_text"], 单位=row["unit"], 属性=row["kind"]
                ),
                quotes=(Quote.of(row),),
            )
            tree.append(node)
            self.edges.append(ViewEdge(root, node.id, "has", quotes=node.quotes))
            if row["concept"]:
                concept = self.share(ViewNode(f"c:{row['concept']}", row["concept"], "concept"))
                self.edges.append(ViewEdge(node.id, concept, "measures", quotes=node.quotes))
        for kind in other_kinds():
            tree += self._others(kind, facts[kind.preset], prefix, {node.id for node in tree}, root, level)
        self.trees.append(tree)
        self._policies(root, facts["lineage"])
        self._functions(tree, prefix, facts["responsibilities"], facts["tasks"])
        self._region(root, plan)

    def _others(
        self, kind: Class, rows: list[Row], prefix: str, tree_ids: set[str], root: str, level: str | None
    ) -> list[ViewNode]:
        """The nodes of the facts of a kind that the view has no rules for, each below its task if that is among the
        nodes `tree_ids` (their ids), else below the plan, whose node's id is `root`; their edges are added. `rows` are
        the facts' rows, ids begin with `prefix`, and `level` is the level of the plan's region. A node's label is the
        fact's first field of text, else its quote."""
        nodes = []
        for row in rows:
            task = prefix + tasks.node_id(row.get("task_id"))
            parent = task if task in tree_ids else root
            fields = properties(**{_short(key): row[key] for key in row if _is_field(key)})
            words = str(next((row[key] for key in row if _is_field(key) and isinstance(row[key], str)), row["quote"]))
            node = ViewNode(
                prefix + tasks.node_id(row["fact_id"]),
                words,
                kind.plural,
                level,
                parent=parent,
                properties=fields,
                quotes=(Quote.of(row),),
            )
            nodes.append(node)
            self.edges.append(ViewEdge(parent, node.id, "under", quotes=node.quotes))
        return nodes

    def share(self, node: ViewNode) -> str:
        """Keeps a node that several plans may have in `shared`, where none has its id yet, and returns the id."""
        self.shared.setdefault(node.id, node)
        return node.id

    def _tree(self, plan: Row, facts: dict[str, list[Row]], prefix: str, level: str | None) -> list[ViewNode]:
        """The nodes of a plan's outline, tasks and targets, with ids that begin with `prefix`, down to `self.depth`
        levels (1: the plan alone); an edge `under` from each to its parent is added to `self.edges`. Other kinds than
        plan, task and target become `heading`; the plan's node has the properties of `lineage.plan_node`. `plan` is the
        plan's row, `facts` has its rows of each preset by the preset's name, `level` is the level of its region."""
        described = lineage.plan_node(plan, "plan")
        nodes = tasks.plan_tree(plan, facts["outline"], facts["tasks"], facts["targets"], [])
        depth: dict[str | None, int] = {None: 0}
        tree: list[ViewNode] = []
        for node in nodes:
            depth[node.id] = depth[node.parent] + 1
            if self.depth is not None and depth[node.id] > self.depth:
                continue
            kind = node.kind if node.kind in ("plan", "task", "target") else "heading"
            parent = None if node.parent is None else prefix + node.parent
            if parent:
                self.edges.append(ViewEdge(parent, prefix + node.id, "under"))
            tree.append(
                replace(
                    node,
                    id=prefix + node.id,
                    parent=parent,
                    kind=kind,
                    level=level,
                    size=SIZES[kind],
                    properties=node.properties if parent else described.properties,
                )
            )
        return tree

    def _policies(self, root: str, rows: list[Row]) -> None:
        """Adds an edge for each policy that the plan cites and each relation, but for itself, and the nodes of those
        policies that are no plan of the graph, with what the first of these citations says of them. `root` is the id of
        the plan's node, `rows` its rows of the preset `lineage`."""
        grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            grouped[row["policy_id"], row["relation"]].append(row)
        for (policy, relation), citations in sorted(grouped.items()):
            row = citations[0]
            quotes = tuple(Quote.of(row) for row in citations)
            if policy in self.roots:  # a plan that is in the store itself
                if self.roots[policy] != root:
                    self.edges.append(ViewEdge(root, self.roots[policy], relation, len(citations), quotes))
                continue
            policy = policy_key(policy)
            node = ViewNode(
                f"d:{policy}",
                row["work"] or lineage.short_title(row["policy"]),
                "policy",
                row["level"] or "",
                properties=properties(引用时的名称=row["policy"], 文号=row["doc_number"], 发文机关=row["issuer"]),
            )
            self.edges.append(ViewEdge(root, self.share(node), relation, len(citations), quotes))

    def _functions(self, tree: list[ViewNode], prefix: str, rows: list[Row], task_rows: list[Row]) -> None:
        """Adds an edge from each government function to the task that gives it work, or to the plan where the work is
        outside of the tasks shown, for each role; a body without a function stands by its printed name. `tree` has the
        plan's nodes, the plan first, with ids that begin with `prefix`; `rows` and `task_rows` are its rows of the
        presets `responsibilities` and `tasks`."""
        tree_ids = {node.id for node in tree}
        owners = {row["task_id"]: prefix + tasks.node_of_task(row) for row in task_rows}
        grouped: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in rows:
            owner = owners.get(row["task_id"], tree[0].id)
            function = row["function"] or row["department"]
            grouped[owner if owner in tree_ids else tree[0].id, function, row["role"]].append(row)
        for (owner, function, role), parts in sorted(grouped.items()):
            node = self.share(ViewNode(f"f:{function}", function, "function"))
            quotes = tuple(Quote.of(row, row["department"]) for row in parts)
            self.edges.append(ViewEdge(node, owner, role, len(parts), quotes))

    def _region(self, root: str, plan: Row) -> None:
        """Adds the region of the plan, whose node's id is `root` and whose row is `plan`, and the regions that contain
        it, up to the country, with their edges. It stops at a region that was added before, and where a region's parent
        is not known or its name is that of several regions."""
        below, key = root, (plan["region"], plan["region_code"])
        while row := self.regions.get(key):
            node_id = f"r:{row['code'] or row['region']}"
            is_known = node_id in self.shared
            node = ViewNode(node_id, row["region"], "region", row["level"], properties=properties(代码=row["code"]))
            self.edges.append(ViewEdge(below, self.share(node), "of"))
            if is_known:
                return
            below = node_id
            parents = [k for k in self.regions if k[0] == row["parent"]]
            if len(parents) != 1:
                return
            key = parents[0]


_DRAWN_PRESETS = ("outline", "tasks", "targets", "indicators", "lineage", "responsibilities")
# What the view leaves out: the plan's own fields, and numbers of the past.
_OMITTED_PRESETS = frozenset({"fields", "observations"})
_COMMON_COLUMNS = frozenset(
    {"plan", "region", "task", "position", "file", "start", "end", "page", "quote", "origin", "part_of_task"}
)


def other_kinds() -> list[Class]:
    """The kinds of fact that this view has no rules of its own for: each of their facts is a node below its task or its
    plan."""
    return [kind for kind in schema().kinds if kind.preset not in {*_DRAWN_PRESETS, *_OMITTED_PRESETS}]


def _kinds() -> tuple[NodeKind, ...]:
    """The kinds of node for the facts of `other_kinds`."""
    return tuple(NodeKind(kind.plural, kind.label("zh"), "purple", "triangle") for kind in other_kinds())


def _is_field(key: str) -> bool:
    """Whether the column `key` of a fact's preset says something of the fact itself, and is no id, evidence or name of
    the plan."""
    return key not in _COMMON_COLUMNS and not key.endswith("_id")


def _short(key: str) -> str:
    """The Chinese label of a column that is a declared property; the key itself for other columns."""
    prop = schema().properties.get(key)
    return prop.label("zh") if prop else key


def _by_plan(rows: Rows, name: str) -> dict[PlanKey, list[Row]]:
    """The rows of the preset `name` by the ids of their plans' documents."""
    groups: dict[PlanKey, list[Row]] = defaultdict(list)
    for row in rows(name):
        groups[key_of(row)].append(row)
    return groups
