"""A plan's outline as a tree: chapters, sections and boxes, the tasks with their targets and departments."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from exports.views.model import GraphSheet, Kind, Node, Quote, Ranking, Relation, Row, Rows, View
from exports.views.selection import PlanKey, Selection, check_relations, chosen_plans, key_of
from exports.views.words import ROLES, amount

KINDS = (
    Kind("plan", "规划", "ink", "solid", 0, 34),
    Kind("chapter", "章", "blue", "solid", 0, 26),
    Kind("section", "节", "blue", "card", 0, 24),
    Kind("item", "条", "sky", "card", 0, 24),
    Kind("box", "专栏", "yellow", "card", 0, 24),
    Kind("box-item", "专栏条目", "yellow", "card", 0, 24),
    Kind("task", "任务", "green", "card", 0, 24),
    Kind("target", "量化目标", "orange", "card", 0, 24),
)
RELATIONS = (Relation("under", "从属", "grey"),)


def tasks_view(rows: Rows, selection: Selection) -> View:
    """One sheet a plan; `depth` is how far the tree stands open."""
    check_relations(selection, ())
    chosen = chosen_plans(rows, selection)
    outline, tasks = _by_plan(rows("outline")), _by_plan(rows("tasks"))
    targets, parts = _by_plan(rows("targets")), _by_plan(rows("responsibilities"))
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
                KINDS,
                RELATIONS,
                nodes,
                (),
                rankings=(_fullest(nodes),),
                open_depth=selection.depth,
            )
        )
    title = f"{sheets[0].title}：任务" if len(sheets) == 1 else "规划的任务"
    count = sum(node.kind == "task" for sheet in sheets for node in sheet.nodes)
    return View("tasks", title, f"{len(sheets)} 份规划 · {count} 项任务", tuple(sheets))


def _fullest(nodes: Sequence[Node]) -> Ranking:
    """The sections (chapters where there are none) that hold most tasks."""
    parent = {node.id: node.parent for node in nodes}
    kind = {node.id: node.kind for node in nodes}
    wanted = "section" if "section" in kind.values() else "chapter"
    counts: Counter[str] = Counter()
    for node in nodes:
        above = node.parent if node.kind == "task" else None
        while above:
            counts[above] += kind[above] == wanted
            above = parent[above]
    ranked = sorted(((node.id, counts[node.id]) for node in nodes if counts[node.id]), key=lambda item: -item[1])
    return Ranking("任务最多的章节", tuple(ranked[:12]))


def _by_plan(rows: Iterable[Row]) -> dict[PlanKey, list[Row]]:
    found: dict[PlanKey, list[Row]] = defaultdict(list)
    for row in rows:
        found[key_of(row)].append(row)
    return found


def plan_tree(plan: Row, outline: list[Row], tasks: list[Row], targets: list[Row], parts: list[Row]) -> list[Node]:
    """The tree's nodes, parents before children, siblings in reading order."""
    root = Node("plan", plan["plan"] or plan["file"], "plan", properties=(("文件", plan["file"]),))
    headings = _headings(sorted(outline, key=lambda row: row["position"]))
    nodes: list[tuple[int, Node]] = list(headings)
    last_task: list[tuple[int, str]] = []
    for task in sorted(tasks, key=lambda row: row["start"]):
        own = _heading_of(task, headings)
        if own is None:
            node = Node(
                f"t{task['start']}",
                task["label"] or task["task"],
                "task",
                parent=_last_titled(task["parent"], task["start"], headings),
                quotes=(Quote.of(task),),
            )
            nodes.append((task["start"], node))
        else:
            node = replace(own, kind="task", quotes=(*own.quotes, Quote.of(task, "任务全文")))
            nodes = [(at, node if other is own else other) for at, other in nodes]
        last_task.append((task["start"], node.id))
    found = {node.id: node for _, node in nodes}
    for part in parts:
        owner = _holding(part["start"], tasks, last_task)
        if owner:
            quote = Quote.of(part, f"{ROLES.get(part['role'], part['role'])} · {part['department']}")
            found[owner] = replace(found[owner], quotes=(*found[owner].quotes, quote))
    leaves = []
    for target in targets:
        owner = _holding(target["start"], tasks, last_task) or _last_before(target["start"], headings)
        leaves.append((target["start"], _target_node(target, owner or "plan")))
    ordered = sorted([*((at, found[node.id]) for at, node in nodes), *leaves], key=lambda item: item[0])
    known = {node.id for _, node in ordered}
    return _preorder([root, *(replace(n, parent=n.parent if n.parent in known else "plan") for _, n in ordered)])


def _preorder(nodes: list[Node]) -> list[Node]:
    """Each node directly followed by what is below it; siblings keep their order."""
    children: dict[str | None, list[Node]] = defaultdict(list)
    for node in nodes:
        children[node.parent].append(node)
    result: list[Node] = []
    stack = [nodes[0]]
    while stack:
        result.append(stack.pop())
        stack.extend(reversed(children[result[-1].id]))
    return result


def _headings(outline: list[Row]) -> list[tuple[int, Node]]:
    """Each heading below the last one before it that has the parent's title."""
    found: list[tuple[int, Node]] = []
    last: dict[str, str] = {}
    for row in outline:
        node_id = f"h{row['position']}"
        number = row["number"] or ""
        label = number + ("" if number.endswith(("、", "）", "．")) or not number else " ") + row["title"]
        found.append(
            (
                row["start"],
                Node(node_id, label, row["kind"], parent=last.get(row["parent"]), quotes=(Quote.of(row),)),
            )
        )
        last[row["title"]] = node_id
    return found


def _heading_of(task: Row, headings: list[tuple[int, Node]]) -> Node | None:
    """The heading that is this task's own: the nearest one before its text that ends with its title."""
    if not task["task"]:
        return None
    above = [(at, node) for at, node in headings if at <= task["start"] + 1]
    for _, node in reversed(above[-3:]):
        if node.label.endswith(task["task"]) and node.kind in ("chapter", "section", "item"):
            return node
    return None


def _last_titled(title: str | None, start: int, headings: list[tuple[int, Node]]) -> str | None:
    for at, node in reversed(headings):
        if at <= start and title and node.label.endswith(title):
            return node.id
    return _last_before(start, headings)


def _last_before(start: int, headings: list[tuple[int, Node]]) -> str | None:
    return next((node.id for at, node in reversed(headings) if at <= start), None)


def _holding(start: int, tasks: list[Row], ids: list[tuple[int, str]]) -> str | None:
    """The task whose text holds the offset."""
    spans = {row["start"]: row["end"] for row in tasks}
    return next((node_id for at, node_id in ids if at <= start < spans[at]), None)


def _target_node(target: Row, parent: str) -> Node:
    said = amount(target["op"], target["value"], target["unit"])
    deadline = f"{target['deadline']} 年" if str(target["deadline"] or "").isdigit() else target["deadline"]
    note = " · ".join(filter(None, (said, deadline)))
    label = f"{target['subject']} {note}".strip()
    return Node(f"q{target['start']}-{target['subject']}", label, "target", parent=parent, quotes=(Quote.of(target),))
