"""The view of who does what: government functions beside the tasks in which they have a part, and functions that work
together."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from exports.views.layouts import circle, columns_of, near_together
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
    return View("responsibilities", title, subtitle, (duties_sheet(duties), network_sheet(duties)))


def _function(row: Row) -> str:
    """The function in a row of the preset `responsibilities`, else the body's printed name."""
    return str(row["function"] or row["department"])


def duties_sheet(duties: list[Row]) -> GraphSheet:
    """The sheet with functions in the middle column and tasks on both sides of it (`_three_columns`), and an edge for
    each function, task and role. `duties` are rows of the preset `responsibilities`; a body without a function stands
    by its printed name, and in place of a task, for work outside any, there is a node for the plan. Functions are
    sorted by their number of rows, the highest first, equal ones by id; the ranking has the first twelve."""
    grouped: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in duties:
        grouped[f"f:{_function(row)}", _task_id(row), row["role"]].append(row)
    edges = tuple(
        ViewEdge(function, task, role, len(rows), tuple(Quote.of(row, row["department"]) for row in rows))
        for (function, task, role), rows in sorted(grouped.items())
    )
    names: dict[str, Counter[str]] = defaultdict(Counter)
    tasks: dict[str, ViewNode] = {}
    for row in duties:
        names[f"f:{_function(row)}"][row["department"]] += 1
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
    nodes = _three_columns(functions, list(tasks.values()), edges)
    ranking = Ranking("分工最多的职能", tuple((node.id, int(node.note)) for node in functions[:12]))
    return GraphSheet("duties", "职能与任务", "cards", DUTY_NODE_KINDS, DUTY_EDGE_KINDS, nodes, edges, (), (ranking,))


def _task_id(row: Row) -> str:
    """The id of the node of the task in a row of the preset `responsibilities`, or of its plan where it is outside any
    task."""
    return f"t:{document_key(row['task_id'] or row['plan_id'])}"


def _three_columns(functions: list[ViewNode], tasks: list[ViewNode], edges: Iterable[ViewEdge]) -> tuple[ViewNode, ...]:
    """The nodes with their positions in three columns of about one height: functions in the middle, in their order,
    then the left and the right tasks, one left and one right in turn. Tasks are sorted by the mean place of their
    functions, so that they stand near these, then by id. `edges` lead from functions to tasks, one at least to each
    task."""
    rank = {node.id: index for index, node in enumerate(functions)}
    ranks: dict[str, list[int]] = defaultdict(list)
    for edge in edges:
        ranks[edge.target].append(rank[edge.source])
    tasks = sorted(tasks, key=lambda node: (sum(ranks[node.id]) / len(ranks[node.id]), node.id))
    height = max(len(tasks) / 2 * 38, len(functions) * 46)
    left = columns_of([tasks[::2]], [-430], height / max(1, len(tasks[::2])))
    right = columns_of([tasks[1::2]], [430], height / max(1, len(tasks[1::2])))
    middle = columns_of([functions], [0], height / max(1, len(functions)))
    return (*middle, *left, *right)


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
