"""The view of who does what: government functions beside the tasks in which they have a part, and functions that work
together.

Where there are many cards, the tasks of each plan are drawn as one card until the reader opens it, and so are the
functions with fewest duties. The page works out where cards stand (`web/src/columns.ts`).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace

from exports.views.groups import FOLD_ABOVE, joined
from exports.views.layouts import circle, near_together
from exports.views.model import EdgeKind, GraphSheet, NodeKind, Quote, Ranking, Row, Rows, View, ViewEdge, ViewNode
from exports.views.selection import Selection, check_relations, chosen_plans, key_of
from exports.views.words import ROLE_NAMES, localized, properties
from ontology.iris import document_key

DUTY_NODE_KINDS = (
    NodeKind("function", "政府职能", "ink", "solid", 150, 34),
    NodeKind("task", "任务", "blue", "card", 300, 30),
)
DUTY_EDGE_KINDS = (
    EdgeKind("lead", ROLE_NAMES["lead"], "blue"),
    EdgeKind("participant", ROLE_NAMES["participant"], "orange", (6, 4)),
)
NETWORK_NODE_KINDS = (NodeKind("function", "政府职能", "blue", "circle"),)
NETWORK_EDGE_KINDS = (
    EdgeKind("with-lead", "牵头与参与", "blue", (9, 3)),
    EdgeKind("together", "同句并列", "grey"),
)
MAX_SINGLE_FUNCTIONS = 24  # functions that have a card of their own where the sheet is drawn with groups


def responsibilities_view(rows: Rows, selection: Selection) -> View:
    """The view of the selected plans with two sheets: functions and their tasks, and functions that one sentence names
    together. `selection.relations` are the roles that are shown, all where it is empty. Raises Refused and Usage as
    `chosen_plans` and `check_relations` do."""
    check_relations(selection, ROLE_NAMES)
    plans = {key_of(row): row for row in chosen_plans(rows, selection)}
    duties = [row for row in rows("responsibilities") if key_of(row) in plans]
    roles = set(selection.relations)
    duties = [row for row in duties if not roles or row["role"] in roles]
    title = "部门分工与协作"
    if len(plans) == 1:
        title = f"{next(iter(plans.values()))['plan']}：{title}"
    functions = {_function(row) for row in duties}
    subtitle = f"{len(plans)} 份规划 · {len(functions)} 项职能 · {len(duties)} 处分工"
    sheet = duties_sheet(duties)
    if any(node.group for node in sheet.nodes):
        subtitle = f"{subtitle} · 带 ＋ 的卡片可展开"
    return View("responsibilities", title, subtitle, (sheet, network_sheet(duties)))


def _function(row: Row) -> str:
    """The function in a row of the preset `responsibilities`, else the body's printed name."""
    return str(row["function"] or row["department"])


def duties_sheet(duties: list[Row]) -> GraphSheet:
    """The sheet with functions, the tasks in which they have a part, and an edge for each function, task and role; the
    page gives them their places. `duties` are rows of the preset `responsibilities`; a body without a function stands
    by its printed name, and in place of a task, for work outside any, there is a node for the plan. Functions are
    sorted by their number of rows, the highest first, equal ones by id, and tasks by id; the ranking has the first
    twelve functions. More than FOLD_ABOVE (80) nodes are in groups (`_groups`), which follow them, as do the groups'
    edges (`joined`)."""
    grouped: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in duties:
        grouped[f"f:{_function(row)}", _task_id(row), row["role"]].append(row)
    edges = [
        ViewEdge(function, task, role, len(rows), tuple(Quote.of(row, row["department"]) for row in rows))
        for (function, task, role), rows in sorted(grouped.items())
    ]
    names: dict[str, Counter[str]] = defaultdict(Counter)
    tasks: dict[str, ViewNode] = {}
    plan_of: dict[str, Row] = {}
    for row in duties:
        names[f"f:{_function(row)}"][row["department"]] += 1
        plan_of[_task_id(row)] = row
        tasks[_task_id(row)] = ViewNode(
            _task_id(row),
            row["task"] or localized("{}：任务之外").format(row["plan"]),
            "task",
            properties=properties(规划=row["plan"], 任务=row["task"]),
        )
    functions = [
        ViewNode(
            key,
            key.removeprefix("f:"),
            "function",
            note=str(sum(counts.values())),
            properties=properties(文中称谓="、".join(sorted(counts)), 分工=localized(f"{sum(counts.values())} 处")),
        )
        for key, counts in names.items()
    ]
    functions.sort(key=lambda node: (-int(node.note), node.id))
    nodes = [*functions, *sorted(tasks.values(), key=lambda node: node.id)]
    if len(nodes) > FOLD_ABOVE:
        groups, group_of = _groups(functions, plan_of)
        nodes = [*(replace(node, group=group_of.get(node.id)) for node in nodes), *groups]
        edges += joined(edges, group_of)
    ranking = Ranking("分工最多的职能", tuple((node.id, int(node.note)) for node in functions[:12]))
    return GraphSheet(
        "duties", "职能与任务", "cards", DUTY_NODE_KINDS, DUTY_EDGE_KINDS, tuple(nodes), tuple(edges), (), (ranking,)
    )


def _groups(functions: list[ViewNode], plan_of: Mapping[str, Row]) -> tuple[list[ViewNode], dict[str, str]]:
    """The nodes of the groups of the duties' sheet, and the id of its group for each node that is in one: the functions
    after the first MAX_SINGLE_FUNCTIONS (24) are a group, and so are the tasks of each plan, where there are several
    plans. A group has two members at least; that of a plan has its title as label, and the number of its members as
    note ('13 项', in the page's language). `functions` are sorted, those with most duties first; `plan_of` has for the
    id of each task a row of the preset `responsibilities` of its plan."""
    members: dict[str, list[str]] = defaultdict(list)
    titles: dict[str, str] = {}
    for task, row in sorted(plan_of.items()):
        group = f"p:{document_key(key_of(row))}"
        members[group].append(task)
        titles[group] = row["plan"] or row["file"]
    groups = [
        ViewNode(group, titles[group], "task", note=localized(f"{len(found)} 项"))
        for group, found in members.items()
        if len(found) > 1 and len(members) > 1
    ]
    rest = functions[MAX_SINGLE_FUNCTIONS:]
    if len(rest) > 1:
        members["f+"] = [node.id for node in rest]
        groups.append(ViewNode("f+", localized(f"其余 {len(rest)} 项职能"), "function"))
    return groups, {member: node.id for node in groups for member in members[node.id]}


def _task_id(row: Row) -> str:
    """The id of the node of the task in a row of the preset `responsibilities`, or of its plan where it is outside any
    task."""
    return f"t:{document_key(row['task_id'] or row['plan_id'])}"


def network_sheet(duties: list[Row]) -> GraphSheet:
    """The sheet of functions that work together, in a circle, with the edges of `_network_edges`. `duties` are rows of
    the preset `responsibilities`; a body without a function stands by its printed name. A node is the larger, the more
    rows it has; the ranking has the twelve with the most edges, of equal ones the first by id."""
    edges = _network_edges(duties)
    counts = Counter(_function(row) for row in duties)
    partners: Counter[str] = Counter()
    for edge in edges:
        partners[edge.source] += 1
        partners[edge.target] += 1
    nodes = [
        ViewNode(
            f"f:{name}",
            name,
            "function",
            size=round(5 + 2.2 * count**0.5, 1),
            properties=properties(分工=localized(f"{count} 处"), 协作职能=partners[f"f:{name}"]),
        )
        for name, count in counts.items()
    ]
    placed = circle(near_together(nodes, edges), max(220, len(nodes) * 15))
    ranked = sorted(partners.items(), key=lambda item: (-item[1], item[0]))
    return GraphSheet(
        "network",
        "协作网络",
        "dots",
        NETWORK_NODE_KINDS,
        NETWORK_EDGE_KINDS,
        placed,
        edges,
        (),
        (Ranking("协作最多的职能", tuple(ranked[:12])),),
    )


def _network_edges(duties: list[Row]) -> tuple[ViewEdge, ...]:
    """The edges between functions that one sentence names together (rows with one quote in one plan). Two functions
    have an edge `with-lead` for the sentences in which one leads and the other takes part, and an edge `together` for
    those in which both have the same role, each from the first of the two by name; its weight is the number of these
    sentences, its quotes are the sentences. A function with both roles in a sentence leads there. `duties` are rows of
    the preset `responsibilities`."""
    sentences: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in duties:
        sentences[row["plan_id"], row["quote"]].append(row)
    grouped: dict[tuple[str, str, str], list[Quote]] = defaultdict(list)
    for _, rows in sorted(sentences.items()):
        roles = {_function(row): row["role"] for row in sorted(rows, key=lambda row: row["role"] == "lead")}
        members = sorted(roles)
        for index, one in enumerate(members):
            for other in members[index + 1 :]:
                relation = "with-lead" if roles[one] != roles[other] else "together"
                grouped[one, other, relation].append(Quote.of(rows[0], rows[0]["task"]))
    return tuple(
        ViewEdge(f"f:{one}", f"f:{other}", relation, len(quotes), tuple(quotes))
        for (one, other, relation), quotes in sorted(grouped.items())
    )
