"""The scores of kg eval, against annotations of the samples made wrong in known ways."""

import copy
import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.builder import build
from kg.corrections.gold import gold
from kg.evaluation import evaluate, what_is_wrong
from kg.evaluation.compare import near, number
from kg.stores import open_store
from ontology.json_lines import json_value
from ontology.model.corrections import Correction
from queries.presets import preset

Gold = dict[str, Any]


@pytest.fixture(scope="module")
def read(corpus_store: str) -> tuple[Gold, Callable[[str], list[dict[str, Any]]], dict[str, str]]:
    """Annotations that agree with the store, the rows of its presets, and its texts."""
    with open_store(corpus_store) as store:

        @cache
        def rows(name: str) -> list[dict[str, Any]]:
            table = preset(name).run(store)
            return [dict(zip(table.columns, map(json_value, row), strict=True)) for row in table.rows]

        for name in (
            "plans",
            "regions",
            "outline",
            "tasks",
            "indicators",
            "observations",
            "targets",
            "lineage",
            "responsibilities",
        ):
            rows(name)
        texts = {Path(str(f)).stem: str(t) for f, t in preset("texts").run(store).of(("file", "text")).rows}
        correction = Correction("remove", file="yunling.txt", kind="Target", quote="甲")
        return gold(store, [correction])["yunling"], rows, texts


def test_annotations_that_agree_score_one(read: tuple[Gold, Any, Any]) -> None:
    annotations, rows, texts = read
    found = evaluate([annotations], rows, texts)
    assert found.misses == []
    assert {(score.precision, score.recall, score.f1) for score in found.scores.values()} == {(1.0, 1.0, 1.0)}
    assert found.scores["targets"].gold > 0


def wrong(key: str, change: Callable[[list[Any]], Any]) -> Callable[[Gold], None]:
    return lambda annotations: change(annotations[key])


@pytest.mark.parametrize(
    ("change", "facet", "right", "found", "wanted", "misses"),
    [
        (wrong("outline", lambda a: a.pop()), "outline", -1, 0, -1, 1),  # one heading too many was read
        (wrong("outline", lambda a: a[0].update(title="别的标题")), "outline", -1, 0, 0, 2),
        (wrong("outline", lambda a: a[-1].update(parent="别的标题")), "outline parent", -1, 0, 0, 0),
        (wrong("tasks", lambda a: a.append({"title": "没有的任务", "parent": None, "start": ""})), "tasks", 0, 0, 1, 1),
        (wrong("targets", lambda a: a[0].update(unit="光年")), "targets: op, unit, deadline right", -1, 0, 0, 0),
        (wrong("targets", lambda a: a[0].update(value=123456)), "targets", -1, 0, 0, 2),
        (wrong("citations", lambda a: a[0].update(relation="none")), "citations with relation", -1, 0, 0, 1),
        (wrong("citations", lambda a: a[0].update(relation="none")), "citations", 0, 0, 0, 1),  # the document is right
        (wrong("indicators", lambda a: a[0].update(dimension="别的")), "indicator rows, every cell", -1, 0, 0, 1),
        (wrong("indicators", lambda a: a[0].update(unit="光年")), "indicator rows, every cell", -1, 0, 0, 1),
        (wrong("indicators", lambda a: a[0]["target"].update(year=1999)), "indicator rows, every cell", -1, 0, 0, 1),
        (wrong("indicators", lambda a: a[0]["baseline"].update(year=None)), "indicator rows, every cell", -1, 0, 0, 1),
        (wrong("indicators", lambda a: a[0]["target"].pop("year")), "indicator rows, every cell", 0, 0, 0, 0),
        (wrong("assignments", lambda a: a[0].update(role="none")), "responsibility roles", -1, 0, 0, 0),
        (wrong("plan", lambda a: a.update(issued="1999-01-01")), "plan", -1, 0, 0, 1),  # type: ignore[attr-defined]
        (wrong("region_chain", lambda a: a.pop()), "region chain", -1, 0, 0, 1),
    ],
)
def test_each_disagreement_counts(
    read: tuple[Gold, Any, Any],
    change: Callable[[Gold], None],
    facet: str,
    right: int,
    found: int,
    wanted: int,
    misses: int,
) -> None:
    annotations, rows, texts = read
    before = evaluate([annotations], rows, texts).scores[facet]
    changed = copy.deepcopy(annotations)
    change(changed)
    after = evaluate([changed], rows, texts)
    score = after.scores[facet]
    assert (score.right - before.right, score.found - before.found, score.gold - before.gold) == (right, found, wanted)
    assert len(after.misses) == misses


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda a: a.pop("tasks"), "tasks is missing"),
        (lambda a: a["plan"].pop("region"), "plan.region is missing"),
        (lambda a: a["indicators"][1].pop("name"), "indicators[1].name is missing"),
        (lambda a: a["indicators"][0].update(target="5万张"), "indicators[0].target is no object"),
        (lambda a: a["assignments"][0].update(canonical=None), "assignments[0].canonical is no text"),
        (lambda a: a.update(citations={}), "citations is no list"),
        (lambda a: a.update(ignore=None, observations=None), None),
        (lambda a: [a.pop(key) for key in list(a) if key not in {"plan", "region_chain", "citations"}], None),
        (lambda a: a.clear(), "plan is missing"),
    ],
)
def test_annotations_that_cannot_be_scored(
    read: tuple[Gold, Any, Any], change: Callable[[Gold], object], words: str | None
) -> None:
    annotations, rows, texts = read
    changed = copy.deepcopy(annotations)
    assert what_is_wrong(changed) is None
    change(changed)
    assert what_is_wrong(changed) == words
    if words is None:
        evaluate([{**changed, "doc": "yunling"}], rows, texts)


def test_what_is_to_be_ignored_is_neither_right_nor_wrong(read: tuple[Gold, Any, Any]) -> None:
    annotations, rows, texts = read
    changed = copy.deepcopy(annotations)
    quote = changed["targets"].pop()["quote"]
    changed["targets"] = [each for each in changed["targets"] if each["quote"] != quote]
    assert evaluate([changed], rows, texts).scores["targets"].precision < 1
    changed["ignore"] = {"targets": [quote]}
    assert evaluate([changed], rows, texts).scores["targets"].precision == 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("乙丙", "甲乙丙丁", True),
        ("甲乙", "乙丙", True),
        ("甲乙", "丙丁", False),
        ("", "甲", False),
        ("甲 乙", "甲乙", True),
    ],
)
def test_near(one: str, other: str, expected: bool) -> None:
    assert near("甲乙丙丁", one, other) is expected


@pytest.mark.parametrize(("value", "expected"), [("1,000", 1000), (None, None), ("", None), ("约5", None), (0, 0)])
def test_number(value: object, expected: float | None) -> None:
    assert number(value) == expected


def test_the_command(corpus_store: str, read: tuple[Gold, Any, Any], tmp_path: Path) -> None:
    (tmp_path / "yunling.json").write_text(json.dumps(read[0]), "utf-8")
    (tmp_path / "elsewhere.json").write_text(json.dumps({**read[0], "doc": "elsewhere"}), "utf-8")

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "kg", "eval", *arguments, "--store", corpus_store], capture_output=True, text=True
        )

    done = run(str(tmp_path), "--format", "json")
    assert {row["f1"] for row in json.loads(done.stdout)} == {1}
    assert "elsewhere: no plan" in done.stderr
    for broken, words in (("{", "cannot be read"), ("[]", "the whole is no object"), ('{"plan": {}}', "plan.title")):
        (tmp_path / "broken.json").write_text(broken, "utf-8")
        done = run(str(tmp_path))
        assert (done.returncode, "broken.json: " in done.stderr, words in done.stderr) == (1, True, True), done.stderr


def test_the_figures_are_those_of_the_scorer_that_the_annotations_came_with(real_plans: Path, tmp_path: Path) -> None:
    script, annotations = real_plans.parent / "score" / "score.py", real_plans.parent / "gold"
    if not script.exists():
        pytest.skip("no scorer beside the repository (../shared/score)")
    store = str(tmp_path / "plans.kg")
    with open_store(store, write=True) as target:
        build([real_plans], target, jobs=2)
    kg = f"{sys.executable} -m kg"
    arguments = ["--kg", kg, "--store", store, "--gold", str(annotations), "--plans", str(real_plans)]
    theirs = subprocess.run([sys.executable, str(script), *arguments], capture_output=True, text=True, env=os.environ)
    mine = subprocess.run(
        [*kg.split(), "eval", str(annotations), "--store", store, "--format", "json"],
        capture_output=True,
        text=True,
    )
    expected = {line[:36].strip(): list(map(int, line[36:].split()[:3])) for line in theirs.stdout.splitlines()[1:]}
    assert {row["facet"]: [row["right"], row["found"], row["gold"]] for row in json.loads(mine.stdout)} == expected
