"""Who carries how much, and who works with whom."""

from typing import Any

from queries.collaboration import collaboration, collaboration_network, participants, workload


def held(file: str, task: str | None, function: str, role: str = "participant", start: int = 0) -> dict[str, Any]:
    return {"file": file, "task": task, "function": function, "role": role, "start": start, "end": start + 9}


ROWS = [
    held("a", "t1", "民政", "lead"),
    held("a", "t1", "财政"),
    held("a", "t1", "财政", "lead"),  # named twice in one task: it leads, and counts once
    held("a", "t2", "民政"),
    held("a", "t2", "财政"),
    held("a", "t2", "教育"),
    held("b", None, "民政", start=5),  # outside of tasks the clause is what is shared
    held("b", None, "财政", start=5),
    held("b", None, "教育", start=50),  # another clause
    held("b", "t9", "公安"),  # alone in its task
]


def test_pairs_that_share_tasks() -> None:
    assert collaboration(ROWS, {}) == [
        {"function": "民政", "other": "财政", "tasks": 3, "plans": 2, "both_lead": 1},
        {"function": "教育", "other": "民政", "tasks": 1, "plans": 1, "both_lead": 0},
        {"function": "教育", "other": "财政", "tasks": 1, "plans": 1, "both_lead": 0},
    ]


def test_only_pairs_that_share_enough() -> None:
    assert [row["other"] for row in collaboration(ROWS, {"least": 2})] == ["财政"]


def test_the_order_of_rows_does_not_matter() -> None:
    def key(row: dict[str, Any]) -> str:
        return str(row["function"]) + str(row.get("other"))

    assert sorted(collaboration(ROWS[::-1], {}), key=key) == sorted(collaboration(ROWS, {}), key=key)
    assert collaboration_network(ROWS[::-1], {}) == collaboration_network(ROWS, {})


def test_the_network_of_pairs() -> None:
    network = {row["function"]: row for row in collaboration_network(ROWS, {})}
    assert set(network) == {"民政", "财政", "教育"}  # 公安 works with nobody
    assert network["民政"]["partners"] == 2
    assert network["民政"]["shared"] == 4
    assert network["教育"]["shared"] == 2


def test_who_stands_between_communities() -> None:
    rows = [held("a", f"l{i}", name) for i in range(3) for name in ("民政", "财政", "残联")]
    rows += [held("a", f"r{i}", name) for i in range(3) for name in ("公安", "司法", "检察院")]
    rows += [held("a", "bridge", name) for name in ("财政", "公安")]
    network = {row["function"]: row for row in collaboration_network(rows, {})}
    assert network["财政"]["community"] == network["民政"]["community"] != network["公安"]["community"]
    assert network["财政"]["betweenness"] > network["民政"]["betweenness"] == 0


def test_nothing_shared_is_no_network() -> None:
    assert collaboration_network([], {}) == []
    assert collaboration([held("a", "t", "民政")], {}) == []


def test_workload_counts_measures_and_tasks() -> None:
    place = {"function": "民政", "role": "lead", "region": "云岭市", "plan_id": "a", "chapter": "重点任务"}
    rows = [
        place | {"measure": "m1", "task": "t1"},
        place | {"measure": "m2", "task": "t1"},
        place | {"measure": "m3", "task": None},
        place | {"chapter": None, "measure": "m4", "task": None},
    ]
    counted = [(row["chapter"], row["measures"], row["tasks"]) for row in workload(rows, {})]
    assert counted == [("重点任务", 3, 1), (None, 1, 0)]


def test_participants_of_a_task_are_joined() -> None:
    rows = [{"task_id": "t1", "participant": name} for name in ("市财政局", "市民政局")]
    rows.append({"task_id": "t2", "participant": None})
    assert [row["participants"] for row in participants(rows, {})] == ["市民政局、市财政局", None]
