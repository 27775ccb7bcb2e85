"""Views of many plans: an overview, or a message that says how to choose; never a page that no browser opens."""

import re
from typing import Any

import pytest

from exports.views import FIGURES, VIEWS, draw, frame, matrix
from exports.views import page as write
from exports.views.model import GraphSheet, ViewNode
from exports.views.overview import MAX_REGIONS, _preorder
from exports.views.selection import MAX_PLANS, Selection
from ontology.model.errors import Usage

Row = dict[str, Any]
COUNTRY = {"region_id": "r/0", "region": "中国", "code": "100000", "level": "national", "parent_id": None}


def region(name: str, level: str, parent: str) -> Row:
    return {"region_id": f"r/{name}", "region": name, "code": None, "level": level, "parent_id": parent}


def corpus(plans: int, per_city: int = 10) -> dict[str, list[Row]]:
    """So many counties with a plan each, in cities of one province."""
    cities = [region(f"第{i}市", "prefectural", "r/云岭省") for i in range(-(-plans // per_city))]
    counties = [region(f"第{i}县", "county", cities[i // per_city]["region_id"]) for i in range(plans)]
    found = [
        {"plan": f"第{i}县规划", "file": f"{i}.txt", "plan_id": f"d/{i}", "policy_id": f"p/{i}"}
        | {"region": county["region"], "region_code": None, "region_id": county["region_id"], "level": "county"}
        for i, county in enumerate(counties)
    ]
    regions = [COUNTRY, region("云岭省", "provincial", "r/0"), *cities, *counties]
    return {"plans": found, "regions": [row | {"parent": None} for row in regions]}


def test_many_plans_are_an_overview_by_region() -> None:
    rows = corpus(MAX_PLANS + 1)
    view = VIEWS["graph"](lambda name: rows[name], Selection())
    (sheet,) = view.sheets
    assert isinstance(sheet, GraphSheet)
    notes = {node.label: node.note for node in sheet.nodes}
    assert [notes["云岭省"], notes["第0市"], notes["第0县"]] == ["101 份规划", "10 份规划", "1 份规划"]
    parents = {node.id: node.parent for node in sheet.nodes}
    assert [parents["r/第0县"], parents["r/第0市"], parents["r/云岭省"]] == ["r/第0市", "r/云岭省", "r/0"]
    seen: set[str | None] = {None}
    for node in sheet.nodes:  # the page draws parents before children
        assert node.parent in seen
        seen.add(node.id)


@pytest.mark.parametrize(
    ("given", "ordered"),  # (id, parent, label)
    [
        ([("a", None, "甲"), ("c", "a", "丙"), ("b", "a", "乙"), ("d", "b", "丁")], "acbd"),
        ([("a", None, "甲"), ("c", "a", "鼓楼区"), ("b", "a", "鼓楼区"), ("d", "x", "丁")], "acb"),
        ([("d", "x", "丁")], ""),
    ],
)
def test_regions_of_equal_names_keep_their_order(given: list[tuple[str, str | None, str]], ordered: str) -> None:
    nodes = [ViewNode(id=one, label=label, kind="region", parent=parent) for one, parent, label in given]
    assert "".join(node.id for node in _preorder(nodes)) == ordered


def test_regions_beyond_the_bound_are_counted_in_those_above() -> None:
    rows = corpus(MAX_REGIONS + 1)
    view = VIEWS["graph"](lambda name: rows[name], Selection())
    (sheet,) = view.sheets
    assert isinstance(sheet, GraphSheet)
    assert {node.label for node in sheet.nodes} >= {"云岭省", "第0市"}
    assert not any(node.label.endswith("县") for node in sheet.nodes)
    assert len(write(view)) < frame.MAX_PAGE_BYTES


def test_a_plan_without_a_region_is_counted() -> None:
    rows = corpus(MAX_PLANS + 1)
    rows["plans"][0] |= {"region": None, "region_id": None}
    (sheet,) = VIEWS["graph"](lambda name: rows[name], Selection()).sheets
    assert isinstance(sheet, GraphSheet)
    assert [node.note for node in sheet.nodes if node.label == "地区不明"] == ["1 份规划"]


def test_the_tasks_of_many_plans_are_refused_with_a_way_on() -> None:
    rows = corpus(MAX_PLANS + 1)
    with pytest.raises(Usage, match="--plan or --region"):
        VIEWS["tasks"](lambda name: rows[name], Selection())


def test_a_page_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    view = VIEWS["graph"](lambda name: corpus(MAX_PLANS + 1)[name], Selection())
    monkeypatch.setattr(frame, "MAX_PAGE_BYTES", 1000)
    with pytest.raises(Usage, match="--plan or --region"):
        write(view)


def reuse(plans: int) -> list[Row]:
    """Each plan compared with the next; the later, the more they share."""
    both = []
    for i in range(plans - 1):
        one = {"plan": f"第{i}县规划", "plan_id": f"d/{i}", "relation": "basis", "share": i / plans, "other_share": 0.1}
        other = {"other_plan": f"第{i + 1}县规划", "other_plan_id": f"d/{i + 1}", "position": "upper"}
        both.append(one | other)
        both.append(
            {"plan": other["other_plan"], "plan_id": other["other_plan_id"], "other_plan": one["plan"]}
            | {"other_plan_id": one["plan_id"], "relation": "basis", "share": 0.1, "other_share": i / plans}
            | {"position": "lower"}
        )
    return both


def many_compared(plans: int) -> dict[str, list[Row]]:
    rows = corpus(plans)
    rows["plans"] = [row | {"period_start": 2021} for row in rows["plans"]]
    return rows | {"text-reuse": reuse(plans)}


def test_a_matrix_of_many_plans_draws_those_that_share_most_and_says_so() -> None:
    rows = many_compared(MAX_PLANS + 50)  # without the passages, which are not read
    figure = FIGURES["matrix"](lambda name: rows[name], Selection())
    assert f"共 {MAX_PLANS + 50} 份规划经比对" in figure.subtitle
    assert figure.subtitle.startswith(f"{MAX_PLANS} 份规划")
    drawn, body = figure.drawing.text, figure.body.text
    assert "第149县规划 见于" in drawn
    assert "第10县规划 见于" not in drawn
    assert set(re.findall(r'href="#(plans-\d+-\d+)"', drawn)) == set(re.findall(r'id="(plans-\d+-\d+)"', body)) != set()


def test_a_matrix_shows_the_passages_of_those_that_share_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "MAX_PASSAGES", 3)
    monkeypatch.setattr(matrix, "MAX_PASSAGES_OF_PAIR", 2)
    rows = many_compared(3)
    side = {"label": "任务", "file": "f.txt", "start": 0, "end": 2, "page": None, "quote": "甲乙"}
    passage = {"kind": "copied", "score": 0.9, "shared": 0.5, "relation": "basis", "rule": "r"}
    rows["task-alignment"] = [
        passage
        | {("task_label" if name == "label" else name): value for name, value in side.items()}
        | {f"other_{name}": value for name, value in side.items()}
        | {
            "plan_id": f"d/{i + 1}",
            "other_plan_id": f"d/{i}",
            "plan": "a",
            "other_plan": "b",
            "task_id": "t",
            "other_task_id": "u",
        }
        for i in (0, 0, 0, 1, 1, 1)
        for i in (i,)
    ]
    body = FIGURES["matrix"](lambda name: rows[name], Selection()).body.text
    assert re.findall(r"其余 (\d+) 对", body) == [
        "2",
        "1",
    ]  # of the pair that shares less one passage, of the other two


def test_a_figure_is_never_larger_than_browsers_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "MAX_PAGE_BYTES", 1000)
    rows = many_compared(MAX_PLANS + 1)
    with pytest.raises(Usage, match="choose plans with --plan or --region"):
        draw("matrix", lambda name: rows[name], Selection())
