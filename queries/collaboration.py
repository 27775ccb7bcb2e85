"""Who carries how much, and who works with whom: counts and a weighted network over responsibilities.

Each function is named in a preset's header. The rows that it gets are those of the preset's query.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from itertools import combinations
from typing import Any

import networkx as nx

from ontology.model.store import Scalar

Row = dict[str, Any]
# Digits of a centrality that are shown: equal on every machine.
DIGITS = 4


def workload(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """Rows of one responsibility each -> one row for each function, role, plan and chapter. `measures` is the number of
    different measures, `tasks` that of different tasks, in which responsibilities outside any task do not count."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        key = tuple(row[name] for name in ("function", "role", "plan_id", "chapter"))
        groups[key].append(row)
    return [
        group[0]
        | {
            "measures": len({row["measure"] for row in group}),
            "tasks": len({row["task"] for row in group} - {None}),
        }
        for group in groups.values()
    ]


def participants(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """Rows of one task and one participant -> one row a task, its participants joined with 、 (None without any)."""
    merged: dict[Hashable, Row] = {}
    names: dict[Hashable, set[str]] = defaultdict(set)
    for row in rows:
        key = row["task_id"]
        merged.setdefault(key, row)
        if row["participant"] is not None:
            names[key].add(row["participant"])
    return [row | {"participants": "、".join(sorted(names[key])) or None} for key, row in merged.items()]


def collaboration(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """Rows of one responsibility each -> the pairs of functions that have parts in the same task, or outside of tasks
    in the same clause: `function` and `other`, the number of such `tasks` and of their `plans`, and in how many of the
    tasks both lead (`both_lead`). Pairs with fewer tasks than the parameter `least` (1 by default) are left out."""
    pairs = []
    for (one, other), shared in _shared(rows, parameters).items():
        both = sum(roles[one] == roles[other] == "lead" for _, roles in shared)
        plans = len({file for file, _ in shared})
        pairs.append({"function": one, "other": other, "tasks": len(shared), "plans": plans, "both_lead": both})
    return pairs


def collaboration_over_time(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """The pairs of `collaboration`, computed for the plans of each level and period by themselves, with `level`,
    `period_start` and `period_end`. The parameter `function` keeps the pairs of which one name contains its words."""
    wanted = parameters.get("function")
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["level"], row["period_start"], row["period_end"]].append(row)
    return [
        pair | {"level": level, "period_start": start, "period_end": end}
        for (level, start, end), group in groups.items()
        for pair in collaboration(group, parameters)
        if not wanted or any(str(wanted) in str(pair[side]) for side in ("function", "other"))
    ]


def collaboration_network(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """Each function's place in the network of functions that share tasks; functions that share none are left out.

    `partners` is the number of functions that it shares tasks with, `shared` the sum of these tasks over the partners.
    `degree` is the share of the other functions of the network that are partners. `betweenness` weights a tie by the
    number of its tasks: the more, the shorter the way. Communities maximise modularity; `community` is their number by
    size, then by name, and `members` the names of all their functions, joined with 、.
    """
    network: nx.Graph[str] = nx.Graph()
    for (one, other), shared in sorted(_shared(rows, parameters).items()):
        network.add_edge(one, other, weight=len(shared), distance=1 / len(shared))
    if not network:
        return []
    degree = nx.degree_centrality(network)
    betweenness = nx.betweenness_centrality(network, weight="distance")
    found = nx.community.greedy_modularity_communities(network, weight="weight")
    communities = sorted((sorted(names) for names in found), key=lambda names: (-len(names), names))
    return [
        {
            "function": name,
            "partners": network.degree(name),
            "shared": network.degree(name, weight="weight"),
            "degree": round(degree[name], DIGITS),
            "betweenness": round(betweenness[name], DIGITS),
            "community": number,
            "members": "、".join(names),
        }
        for number, names in enumerate(communities, 1)
        for name in names
    ]


Task = tuple[str, Mapping[str, str]]


def _shared(rows: Iterable[Row], parameters: Mapping[str, Scalar]) -> dict[tuple[str, str], list[Task]]:
    """For each pair of functions the tasks in which both have a part, with the file and the role of each; a function
    with both roles counts as lead.

    Responsibilities outside any task are grouped by their clause.
    """
    roles: dict[tuple[str, Hashable], dict[str, str]] = defaultdict(dict)
    for row in rows:
        place: tuple[str, Hashable] = (row["file"], row["task"] or (row["start"], row["end"]))
        held = roles[place].get(row["function"])
        roles[place][row["function"]] = "lead" if "lead" in (held, row["role"]) else row["role"]
    shared: dict[tuple[str, str], list[Task]] = defaultdict(list)
    for (file, _), parts in roles.items():
        for one, other in combinations(sorted(parts), 2):
            shared[one, other].append((file, parts))
    least = int(parameters.get("least") or 1)
    return {pair: tasks for pair, tasks in shared.items() if len(tasks) >= least}
