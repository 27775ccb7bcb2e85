"""The view of a plan's outline as a tree: chapters, sections and boxes, below them the tasks with their targets."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from exports.views.model import EdgeKind, GraphSheet, NodeKind, Quote, Ranking, Row, Rows, View, ViewNode
from exports.views.selection import MAX_PLANS, Selection, by_plan, check_relations, chosen_plans, key_of
from exports.views.words import ROLE_NAMES, amount, localized, page_language
from ontology.model.errors import Usage

TREE_NODE_KINDS = (
    NodeKind("plan", "规划", "ink", "solid", 0, 34),
    NodeKind("chapter", "章", "blue", "solid", 0, 26),
    NodeKind("section", "节", "blue", "card", 0, 24),
    NodeKind("item", "条", "sky", "card", 0, 24),
    NodeKind("box", "专栏", "yellow", "card", 0, 24),
    NodeKind("box-item", "专栏条目", "yellow", "card", 0, 24),
    NodeKind("task", "任务", "green", "card", 0, 24),
    NodeKind("target", "量化目标", "orange", "card", 0, 24),
)
TREE_EDGE_KINDS = (EdgeKind("under", "从属", "grey"),)


def tasks_view(rows: Rows, selection: Selection) -> View:
    """The view of the selected plans, a sheet for each; `selection.depth` is how many levels of each tree are open at
    first (None: all). Raises Usage where the selection names relations, Refused as `chosen_plans` does, and Usage for
    more plans than MAX_PLANS (100)."""
    check_relations(selection, ())
    chosen = chosen_plans(rows, selection)
    if len(chosen) > MAX_PLANS:
        raise Usage(
            f"this view shows {MAX_PLANS} plans at most, not {len(chosen)}: choose some with --plan or --region, or "
            "take 'kg query tasks' or 'kg view graph'"
        )
    outline, tasks = by_plan(rows("outline")), by_plan(rows("tasks"))
    targets, parts = by_plan(rows("targets")), by_plan(rows("responsibilities"))
    sheets = []
    for index, plan in enumerate(chosen):
        key = key_of(plan)
        nodes = tuple(plan_tree(plan, outline[key], tasks[key], targets[key], parts[key]))
        title = plan["plan"] or plan["file"]
        sheets.append(
            GraphSheet(
                f"p{index + 1}",
                title,
                "tree",
                TREE_NODE_KINDS,
                TREE_EDGE_KINDS,
                nodes,
                (),
                rankings=(_fullest(nodes),),
                open_depth=selection.depth,
            )
        )
    title = f"{sheets[0].title}：任务" if len(sheets) == 1 else "规划的任务"
    count = sum(node.kind == "task" for sheet in sheets for node in sheet.nodes)
    return View("tasks", title, f"{len(sheets)} 份规划 · {count} 项任务", tuple(sheets))


def _fullest(nodes: Sequence[ViewNode]) -> Ranking:
    """The list of the sections of a tree, given by its nodes, that have the most tasks below them at any depth, twelve
    at most; of the chapters where the tree has no sections. Equal ones are in the order of the nodes, and those without
    a task are left out."""
    parent = {node.id: node.parent for node in nodes}
    kind = {node.id: node.kind for node in nodes}
    ranked_kind = "section" if "section" in kind.values() else "chapter"
    counts: Counter[str] = Counter()
    for node in nodes:
        above = node.parent if node.kind == "task" else None
        while above:
            counts[above] += kind[above] == ranked_kind
            above = parent[above]
    ranked = sorted(((node.id, counts[node.id]) for node in nodes if counts[node.id]), key=lambda item: -item[1])
    return Ranking("任务最多的章节", tuple(ranked[:12]))


def plan_tree(plan: Row, outline: list[Row], tasks: list[Row], targets: list[Row], parts: list[Row]) -> list[ViewNode]:
    """The nodes of a plan's tree, parents before children, siblings in reading order: the plan, its headings, its tasks
    and their targets. `plan` is the plan's row in the preset `plans`; the others are its rows in the presets `outline`,
    `tasks`, `targets` and, as `parts`, `responsibilities`.

    A task with a heading of its own is one node with the heading, of the kind task. Any other task is below the heading
    that its `parent_id` names, and a target below its task; where they name none, below the last heading at or before
    their start. Below the plan's node is what has no heading before it, and what names a heading that is not in
    `outline`. A target whose task is not in `tasks` is placed as one without. Responsibilities become quotes of their
    task; those of no task are left out.
    """
    root = ViewNode("plan", plan["plan"] or plan["file"], "plan", properties=(("文件", plan["file"]),))
    places = {row["heading_id"]: row["start"] for row in outline}
    nodes = {row["heading_id"]: _heading(row) for row in outline}
    owners: dict[str, str] = {}  # the id of a task -> that of its node
    for task in sorted(tasks, key=lambda row: row["start"]):
        heading = nodes.get(task["heading_id"])
        if heading is None:
            owners[task["task_id"]] = task["task_id"]
            places[task["task_id"]] = task["start"]
            nodes[task["task_id"]] = ViewNode(
                node_id(task["task_id"]),
                task["label"] or task["task"],
                "task",
                parent=node_id(task["parent_id"]) or _before(task["start"], outline),
                quotes=(Quote.of(task),),
            )
        else:
            owners[task["task_id"]] = task["heading_id"]
            quotes = (*heading.quotes, Quote.of(task, localized("任务全文")))
            nodes[task["heading_id"]] = replace(heading, kind="task", quotes=quotes)
    for part in parts:
        if owner := owners.get(part["task_id"]):
            role = localized(ROLE_NAMES.get(part["role"]) or part["role"])
            quote = Quote.of(part, f"{role} · {part['department']}")
            nodes[owner] = replace(nodes[owner], quotes=(*nodes[owner].quotes, quote))
    leaves = []
    for target in targets:
        owner = owners.get(target["task_id"])
        parent = nodes[owner].id if owner else _before(target["start"], outline)
        leaves.append((target["start"], _target_node(target, parent or "plan")))
    ordered = sorted([*((places[key], node) for key, node in nodes.items()), *leaves], key=lambda item: item[0])
    ids = {node.id for _, node in ordered}
    return _preorder([root, *(replace(n, parent=n.parent if n.parent in ids else "plan") for _, n in ordered)])


def node_id(iri: str | None) -> str:
    """The id on the page of the node of a heading, task or target: the last two segments of its IRI, 'heading/1a2b'; ''
    for None."""
    return "/".join((iri or "").rsplit("/", 2)[1:])


def _preorder(nodes: list[ViewNode]) -> list[ViewNode]:
    """The nodes, each followed by those below it; siblings keep their order. The first must be the root; nodes that are
    not below it are left out."""
    children: dict[str | None, list[ViewNode]] = defaultdict(list)
    for node in nodes:
        children[node.parent].append(node)
    result: list[ViewNode] = []
    stack = [nodes[0]]
    while stack:
        result.append(stack.pop())
        stack.extend(reversed(children[result[-1].id]))
    return result


def node_of_task(row: Row) -> str:
    """The id on the page of the node of a task, from its row in the preset `tasks`: that of its heading where it has
    one of its own, because both are one node."""
    return node_id(row["heading_id"] or row["task_id"])


def _heading(row: Row) -> ViewNode:
    """The node of a heading, from its row in the preset `outline`; its parent is the heading above it, None for the
    highest. The label is '第一节 总体要求', number and title, without the blank where the number ends with 、 or ） or
    ．; without a number the title alone."""
    number = row["number"] or ""
    label = number + ("" if number.endswith(("、", "）", "．")) or not number else " ") + row["title"]
    parent = node_id(row["parent_id"]) or None
    return ViewNode(node_id(row["heading_id"]), label, row["kind"], parent=parent, quotes=(Quote.of(row),))


def _before(start: int, outline: list[Row]) -> str | None:
    """The id of the node of the last heading at or before the offset `start` (the first of several at one offset),
    below which a task or target without a place of its own is drawn; None before the first heading. `outline` are the
    rows of the headings."""
    above = [row for row in outline if row["start"] <= start]
    return node_id(max(above, key=lambda row: row["start"])["heading_id"]) if above else None


def _target_node(target: Row, parent: str) -> ViewNode:
    """The node of a target below the node with the id `parent`, from its row in the preset `targets`. The label is the
    subject, the amount and the deadline, as far as there are any: '养老床位 ≥100张 · 2025 年'; in Chinese, 年 is added
    to a year alone. Before an amount of change stands 提高 or 下降, in English up or down."""
    number = amount(target["op"], target["value"], target["unit"])
    if number:  # 下降16%: an amount of change is not shown as a level
        number = localized({"increase": "提高", "decrease": "下降"}.get(target.get("change") or "", "")) + number
    deadline = target["deadline"]
    if str(deadline or "").isdigit() and page_language() == "zh":
        deadline = f"{deadline} 年"
    note = " · ".join(filter(None, (number, deadline)))
    label = f"{target['subject']} {note}".strip()
    return ViewNode(node_id(target["fact_id"]), label, "target", parent=parent, quotes=(Quote.of(target),))
