"""The view of the selected plans as one graph: their outlines, tasks, targets, indicators and facts of other kinds, but
not the plans' own fields and the observations, and what the plans share. More than MAX_PLANS plans are shown as an
overview by region instead."""

from collections import Counter, defaultdict
from dataclasses import replace

from exports.views import lineage, tasks
from exports.views.model import EdgeKind, GraphSheet, NodeKind, Quote, Ranking, Row, Rows, View, ViewEdge, ViewNode
from exports.views.overview import overview
from exports.views.rosettes import rosettes
from exports.views.selection import MAX_PLANS, Selection, by_plan, check_relations, chosen_plans, key_of, levels_of
from exports.views.words import ROLE_NAMES, localized, page_language, properties, shown
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

    `selection.depth` is how many levels of each plan's outline with its tasks and targets are shown: 1 the plan alone,
    2 its chapters too, and so on, None for all. Indicators and facts of `other_kinds` are shown at any depth. More than
    MAX_PLANS (100) plans are shown as an overview by region instead, for which relations and depth mean nothing. Raises
    Usage as `check_relations` does, then Refused as `chosen_plans` does.
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
    """Collects the nodes and edges of the graph: `trees` has the nodes of each plan that was added, the plan first,
    `shared` the nodes that several plans may have, by id, and `edges` all edges.

    What is read beforehand: `chosen`, the rows of the selected plans; `depth`, that of the selection; `levels` and
    `regions`, the level and the row of each region by its name and code; `facts`, the rows of each preset by its name
    and then by plan; `roots`, the ids of the plans' nodes by the IRI of the policy that a plan is, the later
    one of two plans that are one policy.
    """

    def __init__(self, rows: Rows, selection: Selection) -> None:
        self.chosen = chosen_plans(rows, selection)
        self.depth = selection.depth
        self.levels = levels_of(rows)
        self.regions = {(row["region"], row["code"]): row for row in rows("regions")}
        names = (*_DRAWN_PRESETS, *(kind.preset for kind in other_kinds()))
        self.facts = {name: by_plan(rows(name)) for name in names}
        self.roots = {plan.get("policy_id"): f"{index}/plan" for index, plan in enumerate(self.chosen)}
        self.trees: list[list[ViewNode]] = []
        self.shared: dict[str, ViewNode] = {}
        self.edges: list[ViewEdge] = []

    def add(self, plan: Row) -> None:
        """Adds a plan, given as its row of the preset `plans`: to `trees` its nodes (`_tree`, `_indicators`,
        `_others`), to `shared` the concepts, policies, functions and regions that it refers to, and to `edges` the
        edges between all these. Plans are added in the order of `chosen`, which gives their nodes' ids."""
        key = key_of(plan)
        facts = {name: found.get(key, []) for name, found in self.facts.items()}
        prefix = f"{len(self.trees)}/"
        level = self.levels.get((plan["region"], plan["region_code"]))
        tree = self._tree(plan, facts, prefix, level)
        root = tree[0].id
        tree_ids = {node.id for node in tree}
        task_nodes = {row["task_id"]: prefix + tasks.node_of_task(row) for row in facts["tasks"]}
        task_nodes = {task: node for task, node in task_nodes.items() if node in tree_ids}
        tree += self._indicators(facts["indicators"], prefix, root, level)
        for kind in other_kinds():
            tree += self._others(kind, facts[kind.preset], prefix, task_nodes, root, level)
        self.trees.append(tree)
        self._policies(root, facts["lineage"])
        self._functions(root, facts["responsibilities"], task_nodes)
        self._region(root, plan)

    def _indicators(self, rows: list[Row], prefix: str, root: str, level: str | None) -> list[ViewNode]:
        """The nodes of a plan's indicators, from its rows of the preset `indicators`, below the plan's node, whose id
        is `root`. Their ids begin with `prefix`, and `level` is the level of the plan's region. Adds an edge `has` from
        the plan to each, the concepts to `shared`, and an edge `measures` from each indicator to its concept."""
        nodes = []
        for row in rows:
            node = ViewNode(
                prefix + tasks.node_id(row["fact_id"]),
                row["indicator"],
                "indicator",
                level,
                parent=root,
                properties=properties(
                    基期=row["baseline_text"],
                    目标=row["target_text"],
                    单位=row["unit"],
                    属性=localized(row["kind"] or ""),
                ),
                quotes=(Quote.of(row),),
            )
            nodes.append(node)
            self.edges.append(ViewEdge(root, node.id, "has", quotes=node.quotes))
            if row["concept"]:
                concept = self.share(ViewNode(f"c:{row['concept']}", row["concept"], "concept"))
                self.edges.append(ViewEdge(node.id, concept, "measures", quotes=node.quotes))
        return nodes

    def _others(
        self, kind: Class, rows: list[Row], prefix: str, task_nodes: dict[str, str], root: str, level: str | None
    ) -> list[ViewNode]:
        """The nodes of a plan's facts of a kind that the view has no rules for, from `rows`, the plan's rows of the
        kind's preset. Each is below its task where `task_nodes`, the ids of nodes by the tasks' ids, has that task,
        else below the plan's node, whose id is `root`; an edge `under` from there to it is added. Ids begin with
        `prefix`, and `level` is the level of the plan's region. A label is the first column of the row that is text
        and a field (`_is_field`), else the quote. Names and values of the columns are in the page's language."""
        nodes = []
        for row in rows:
            parent = task_nodes.get(row.get("task_id") or "", root)
            given = [key for key in row if _is_field(key) and row[key] not in (None, "")]
            fields = {key: shown(kind.preset, key, row[key]) for key in given}
            node = ViewNode(
                prefix + tasks.node_id(row["fact_id"]),
                next((fields[key] for key in given if isinstance(row[key], str)), row["quote"]),
                kind.plural,
                level,
                parent=parent,
                properties=tuple((_column_title(key), value) for key, value in fields.items()),
                quotes=(Quote.of(row),),
            )
            nodes.append(node)
            self.edges.append(ViewEdge(parent, node.id, "under", quotes=node.quotes))
        return nodes

    def share(self, node: ViewNode) -> str:
        """Puts a node that several plans may have into `shared`, unless a node with its id is there, and returns the
        id."""
        self.shared.setdefault(node.id, node)
        return node.id

    def _tree(self, plan: Row, facts: dict[str, list[Row]], prefix: str, level: str | None) -> list[ViewNode]:
        """The nodes of a plan's outline, tasks and targets (`tasks.plan_tree`), the plan first, with ids that begin
        with `prefix`, down to `self.depth` levels (1: the plan alone). An edge `under` from a node's parent to the node
        is added for each. Chapters, sections, boxes and items are all of the kind `heading` here; the plan's node has
        the properties of `lineage.plan_node`. `plan` is the plan's row, `facts` has its rows of each preset by the
        preset's name, `level` is the level of its region."""
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
        """Adds an edge from the plan to each policy that it cites, for each relation, with the citations as weight and
        quotes. Where the policy is a plan of the graph, the edge leads to that plan's node, and there is none to the
        plan itself; else to a node in `shared`, which says what the first citation of it says. `root` is the id of
        the plan's node, `rows` are its rows of the preset `lineage`."""
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

    def _functions(self, root: str, rows: list[Row], task_nodes: dict[str, str]) -> None:
        """Adds the government functions that have work in a plan to `shared`, and for each task and role an edge from
        the function to the task, or to the plan's node, whose id is `root`, where `task_nodes`, the ids of nodes by the
        tasks' ids, lacks the task. A body without a function stands by its printed name. `rows` are the plan's rows of
        the preset `responsibilities`."""
        grouped: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in rows:
            function = row["function"] or row["department"]
            grouped[task_nodes.get(row["task_id"], root), function, row["role"]].append(row)
        for (owner, function, role), parts in sorted(grouped.items()):
            node = self.share(ViewNode(f"f:{function}", function, "function"))
            quotes = tuple(Quote.of(row, row["department"]) for row in parts)
            self.edges.append(ViewEdge(node, owner, role, len(parts), quotes))

    def _region(self, root: str, plan: Row) -> None:
        """Adds the region of the plan, whose node's id is `root` and whose row is `plan`, to `shared`, and the regions
        that contain it, up to the country, each with an edge `of` from what it contains. The last is a region that was
        added before, or one whose parent is not known or has the name of several regions. Nothing is added where the
        plan's own region is not known."""
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
    """The kinds of fact that this view has no rules of its own for (projects, passages that were not understood, kinds
    of other packages): each of their facts is a node below its task or its plan."""
    return [kind for kind in schema().kinds if kind.preset not in {*_DRAWN_PRESETS, *_OMITTED_PRESETS}]


def _kinds() -> tuple[NodeKind, ...]:
    """The kinds of node for the facts of `other_kinds`."""
    return tuple(NodeKind(kind.plural, kind.label("zh"), "purple", "triangle") for kind in other_kinds())


def _is_field(key: str) -> bool:
    """Whether the column `key` of a fact's preset says something of the fact itself: it is none of _COMMON_COLUMNS and
    no id (…_id)."""
    return key not in _COMMON_COLUMNS and not key.endswith("_id")


def _column_title(key: str) -> str:
    """The label, in the page's language, of a column whose key is that of a declared property; the key itself for other
    columns."""
    prop = schema().properties.get(key)
    return prop.label(page_language()) if prop else key
