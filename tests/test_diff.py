"""What changed between two versions of a plan."""

import json
from typing import Any

import pytest
from conftest import SAMPLES, kg_here

from kg.diff import changes


def target(subject: str, value: float | None = None, quote: str | None = None, **more: Any) -> dict[str, Any]:
    start = more.pop("start", 0)
    said = {
        "plan": "规划",
        "file": "a.txt",
        "subject": subject,
        "value": value,
        "quote": quote or f"{subject}达到{value}",
    }
    return {**said, "start": start, "end": start + 5, "fact_id": f"{subject}{start}", **more}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([target("床位", 500)], [target("床位", 500)], []),
        ([target("床位", 500)], [target("床位", 500, start=90)], []),  # moved, and says the same
        ([target("床位", 500)], [target("床位", 500, "床位 达到\n500")], []),  # white space says nothing
        ([target("床位", 500)], [target("床位", 600)], [("changed", "床位", ["value", "quote"])]),
        ([target("床位", 500)], [target("床位", 500, "床位增至500")], [("changed", "床位", ["quote"])]),  # other words
        ([target("床位", 500)], [], [("gone", "床位", [])]),
        ([], [target("床位", 500)], [("new", "床位", [])]),
        # another name in nearly the same words is one fact; in other words it is two
        (
            [target("床位", 500, "新增养老床位五百张")],
            [target("养老床位", 500, "新增养老床位500张")],
            [("changed", "养老床位", ["subject", "quote"])],
        ),
        (
            [target("床位", 500)],
            [target("机构", 9, "每县一所综合服务中心")],
            [("gone", "床位", []), ("new", "机构", [])],
        ),
        # of two with one name, the one that did not change stays
        ([target("床位", 500), target("床位", 90, start=50)], [target("床位", 90, start=20)], [("gone", "床位", [])]),
    ],
)
def test_changes(old: list[dict[str, Any]], new: list[dict[str, Any]], expected: list[Any]) -> None:
    found = changes({"targets": old}, {"targets": new})
    assert [(c.change, c.label, [name for name, _, _ in c.fields]) for c in found] == expected
    assert all((c.old is None) == (c.change == "new") and (c.new is None) == (c.change == "gone") for c in found)


def test_the_plan_s_own_values() -> None:
    old, new = {"plan": "甲规划", "file": "a", "issued": None}, {"plan": "甲规划", "file": "b", "issued": "2022-01-01"}
    (found,) = changes({"plans": [old]}, {"plans": [new]})
    assert found.fields == (("issued", None, "2022-01-01"),)


def test_the_command(corpus_store: str, tmp_path: Any) -> None:
    text = (SAMPLES / "qinghe.txt").read_text("utf-8")
    draft = tmp_path / "draft.txt"
    draft.write_text(text.replace("1.2 主要短板", "1.2 主要问题").replace("不少于40张", "不少于50张"), "utf-8")

    def run(*arguments: str) -> str:
        done = kg_here("diff", *arguments, "--store", corpus_store)
        assert done.returncode == 0, done.stderr
        return done.stdout

    found = json.loads(run(str(draft), "qinghe.txt", "--format", "json"))
    assert {"value": {"old": 50, "new": 40}}.items() <= next(c for c in found if c["kind"] == "target")[
        "fields"
    ].items()
    assert [c["label"] for c in found if c["kind"] == "heading" and "title" in c["fields"]] == ["主要短板"]
    assert "value: 50 → 40" in run(str(draft), "qinghe.txt")
    assert run("qinghe.txt", "qinghe.txt") == "no fact differs\n"
