"""Functions of presets on responsibilities: how many measures each government function has, who takes part in a task,
and which functions work together.

Each function is named in a preset's header. It gets the rows of the preset's query and the values of the preset's
parameters, and returns the preset's final rows.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from itertools import combinations
from typing import Any

import networkx as nx

from ontology.model.store import Scalar
from queries.compute import Row

# Digits of a centrality that are shown: equal on every machine.
CENTRALITY_DIGITS = 4


def workload(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """One row for each `function` (of government), `role`, `plan_id` and `chapter`, from `rows` with one responsibility
    each, with the columns of the first of them and two more. `measures` is the number of responsibilities (of different
    values of `measure`, their ids), and `tasks` that of the different tasks to which they belong; a responsibility
    outside any task adds to the first number alone. `parameters` are not used."""
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
    """One row for each task, from `rows` with one task and one participant each (None for a task without any), with the
    columns of the first of them. `participants` is added: the names of all participants of the task, sorted and joined
    with 、; None without any. `parameters` are not used."""
    merged: dict[Hashable, Row] = {}
    names: dict[Hashable, set[str]] = defaultdict(set)
    for row in rows:
        key = row["task_id"]
        merged.setdefault(key, row)
        if row["participant"] is not None:
            names[key].add(row["participant"])
    return [row | {"participants": "、".join(sorted(names[key])) or None} for key, row in merged.items()]


def collaboration(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """The pairs of government functions that have parts in the same task, one row each; `rows` has one responsibility
    each, with file, task, start, end, function and role. Outside of tasks, responsibilities with the same evidence
    count as one task. `function` and `other` are the pair, in the order of their names, `tasks` the number of tasks in
    which both have a part, `plans` that of the files with these tasks, and `both_lead` the number of the tasks in which
    both lead. Pairs with fewer tasks than the parameter `least` (1 by default and for 0) are left out."""
    pairs = []
    for (one, other), shared in _shared(rows, parameters).items():
        both = sum(roles[one] == roles[other] == "lead" for _, roles in shared)
        plans = len({file for file, _ in shared})
        pairs.append({"function": one, "other": other, "tasks": len(shared), "plans": plans, "both_lead": both})
    return pairs


def collaboration_over_time(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """The pairs of `collaboration`, which takes the same `rows` and parameters, computed for the plans of each level
    and period by themselves, with `function`, `other`, `tasks`, `plans` and `both_lead`; the columns `level`,
    `period_start` and `period_end` are added. With the parameter `function` only pairs remain in which the name of one
    of the two functions contains its words."""
    name_part = parameters.get("function")
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["level"], row["period_start"], row["period_end"]].append(row)
    return [
        pair | {"level": level, "period_start": start, "period_end": end}
        for (level, start, end), group in groups.items()
        for pair in collaboration(group, parameters)
        if not name_part or any(str(name_part) in str(pair[side]) for side in ("function", "other"))
    ]


def collaboration_network(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """Each government function's place in the network of functions that share tasks, one row each; `rows` has one
    responsibility each, with file, task, start, end, function and role. Outside of tasks, responsibilities with the
    same evidence count as one task. Pairs with fewer tasks than the parameter `least` (1 by default and for 0) do not
    count, and functions that share no task are left out.

    `partners` is the number of functions that it shares tasks with, `shared` the sum of these tasks over the partners.
    `degree` is the share of the other functions of the network that are partners, from 0 to 1. `betweenness` is the
    centrality of that name, from 0 to 1, in which the edge between two partners has the length 1 divided by the number
    of tasks that they share. `community` is the number, from 1 for the largest, of the community that the function is
    in (communities maximise modularity), and `members` the names of all functions of that community, joined with 、.
    `degree` and `betweenness` are rounded to CENTRALITY_DIGITS digits. Communities of one size, and the functions of
    one, are sorted by their names.
    """
    network: nx.Graph[str] = nx.Graph()
    for (one, other), shared in sorted(_shared(rows, parameters).items()):
        network.add_edge(one, other, weight=len(shared), distance=1 / len(shared))
    if not network:
        return []
    degree = nx.degree_centrality(network)
    betweenness = nx.betweenness_centrality(network, weight="distance")
    unordered = nx.community.greedy_modularity_communities(network, weight="weight")
    communities = sorted((sorted(names) for names in unordered), key=lambda names: (-len(names), names))
    return [
        {
            "function": name,
            "partners": network.degree(name),
            "shared": network.degree(name, weight="weight"),
            "degree": round(degree[name], CENTRALITY_DIGITS),
            "betweenness": round(betweenness[name], CENTRALITY_DIGITS),
            "community": number,
            "members": "、".join(names),
        }
        for number, names in enumerate(communities, 1)
        for name in names
    ]


SharedTask = tuple[str, Mapping[str, str]]


def _shared(rows: Iterable[Row], parameters: Mapping[str, Scalar]) -> dict[tuple[str, str], list[SharedTask]]:
    """For each pair of functions, given as their names in sorted order, the tasks in which both have a part. A task is
    its file, and the role ("lead" or "participant") of each function that has a part in it, by the function's name; a
    function with both roles counts as lead. `rows` has one responsibility each; the pairs and their tasks are in the
    order of the tasks in it. Pairs with fewer tasks than the parameter `least` (1 by default and for 0) are left out.

    Tasks are told apart by the file and the row's `task`, which is the IRI of the task. Responsibilities outside any
    task (`task` is None) are told apart by the file and the place of their evidence (`start`, `end`) instead.
    """
    roles: dict[tuple[str, Hashable], dict[str, str]] = defaultdict(dict)
    for row in rows:
        place: tuple[str, Hashable] = (row["file"], row["task"] or (row["start"], row["end"]))
        earlier_role = roles[place].get(row["function"])
        roles[place][row["function"]] = "lead" if "lead" in (earlier_role, row["role"]) else row["role"]
    shared: dict[tuple[str, str], list[SharedTask]] = defaultdict(list)
    for (file, _), parts in roles.items():
        for one, other in combinations(sorted(parts), 2):
            shared[one, other].append((file, parts))
    least = int(parameters.get("least") or 1)
    return {pair: tasks for pair, tasks in shared.items() if len(tasks) >= least}
