"""Views of many plans: an overview, or a message that says how to choose; never a page that no browser opens."""

import sys
from typing import Any

import pytest

from exports.views import VIEWS
from exports.views import page as write
from exports.views.model import GraphSheet
from exports.views.overview import MOST_REGIONS
from exports.views.selection import MOST_PLANS, Selection
from ontology.model.errors import Usage

Row = dict[str, Any]
page_module = sys.modules["exports.views.page"]  # exports.views has a function of this name
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
    rows = corpus(MOST_PLANS + 1)
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


def test_regions_beyond_the_bound_are_counted_in_those_above() -> None:
    rows = corpus(MOST_REGIONS + 1)
    view = VIEWS["graph"](lambda name: rows[name], Selection())
    (sheet,) = view.sheets
    assert isinstance(sheet, GraphSheet)
    assert {node.label for node in sheet.nodes} >= {"云岭省", "第0市"}
    assert not any(node.label.endswith("县") for node in sheet.nodes)
    assert len(write(view)) < page_module.MOST_BYTES


def test_a_plan_without_a_region_is_counted() -> None:
    rows = corpus(MOST_PLANS + 1)
    rows["plans"][0] |= {"region": None, "region_id": None}
    (sheet,) = VIEWS["graph"](lambda name: rows[name], Selection()).sheets
    assert isinstance(sheet, GraphSheet)
    assert [node.note for node in sheet.nodes if node.label == "地区不明"] == ["1 份规划"]


def test_the_tasks_of_many_plans_are_refused_with_a_way_on() -> None:
    rows = corpus(MOST_PLANS + 1)
    with pytest.raises(Usage, match="--plan or --region"):
        VIEWS["tasks"](lambda name: rows[name], Selection())


def test_a_page_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    view = VIEWS["graph"](lambda name: corpus(MOST_PLANS + 1)[name], Selection())
    monkeypatch.setattr(page_module, "MOST_BYTES", 1000)
    with pytest.raises(Usage, match="--plan or --region"):
        write(view)
