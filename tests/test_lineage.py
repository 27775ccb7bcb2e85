"""Lineage beyond one query, on rows as the presets' queries return them, and decisions that a build honours."""

from pathlib import Path
from typing import Any

import pytest

from extractors.policies import decisions as module
from extractors.policies.decisions import decisions
from extractors.policies.identity import identify
from extractors.reference.regions import gazetteer
from kg.builder import build
from kg.stores import open_store
from ontology.model.errors import Refused
from queries.lineage import coverage, influence, matches, missing, paths
from queries.presets import preset

Row = dict[str, Any]


def row(
    plan: str,
    relation: str,
    policy: str,
    *,
    level: str | None = "national",
    region: str | None = "中国",
    scope: str = "中国",
    number: str | None = None,
    home: str = "青禾县",
    position: int = 0,
) -> Row:
    """A citation of `policy` (its id is policy/scope/name) by the plan whose own policy is policy/plan."""
    return {
        "plan": plan,
        "plan_id": f"document/{plan}",
        "file": f"{plan}.txt",
        "home": home,
        "home_code": {"青禾县": "511725"}.get(home),
        "home_id": f"region/{home}",
        "from_id": f"policy/{plan}",
        "citing": plan,
        "relation": relation,
        "policy": policy,
        "policy_id": policy if policy.startswith("policy/") else f"policy/{scope}/{policy}",
        "title": policy,
        "scope": scope,
        "policy_type": None,
        "cited_level": level,
        "region": region,
        "doc_number": number,
        "issuer": None,
        "cue": "根据",
        "position": position,
        "start": 0,
        "end": 1,
        "quote": "引",
    }


CHAIN = [
    row("县规划", "basis", "policy/市规划", position=0),
    row("县规划", "implements", "某法", position=1),
    row("县规划", "mentions", "某纲要", position=2),
    row("市规划", "basis", "policy/省规划", home="泽宁市", position=0),
    row("市规划", "basis", "国规划", home="泽宁市", position=1),
    row("省规划", "basis", "国规划", home="云岭省", position=0),
    row("省规划", "basis", "policy/市规划", home="云岭省", position=1),  # a ring: the walk must end
]


def test_paths_are_all_the_ways_up_and_end_at_what_rests_on_nothing() -> None:
    found = paths(CHAIN, {"plan": "青禾", "relation": None})
    chains: dict[int, list[str]] = {}
    for step in found:
        chains.setdefault(step["chain"], []).append(f"{step['step']} {step['relation']} {step['policy_id']}")
    assert list(chains.values()) == [
        ["1 basis policy/市规划", "2 basis policy/省规划", "3 basis policy/中国/国规划"],
        ["1 basis policy/市规划", "2 basis policy/中国/国规划"],
        ["1 implements policy/中国/某法"],
    ]
    assert [step["held"] for step in found[:3]] == [True, True, False]
    assert {step["start_plan"] for step in found} == {"县规划"}


def test_paths_of_one_relation_and_of_no_plan() -> None:
    assert {step["relation"] for step in paths(CHAIN, {"plan": "县", "relation": "basis"})} == {"basis"}
    assert paths(CHAIN, {"plan": "别处", "relation": None}) == []


@pytest.mark.parametrize(
    ("plan", "starts"),
    [
        ("青禾", {"县规划"}),
        ("511725", {"县规划"}),
        ("51172", set()),  # a code is not named by a part of it
        ("region/泽宁市", {"市规划"}),
        ("region/", set()),
        ("document/省规划", {"省规划"}),
        ("policy/省规划", {"省规划"}),
        ("省规划.txt", {"省规划"}),
        ("", {"县规划", "市规划", "省规划"}),
    ],
)
def test_paths_start_from_the_plans_that_are_named_as_in_every_preset(plan: str, starts: set[str]) -> None:
    assert {step["start_plan"] for step in paths(CHAIN, {"plan": plan, "relation": None})} == starts


def test_paths_of_a_plan_that_cites_itself_in_a_ring_end() -> None:
    rows = [row(f"{i}", "basis", f"policy/{(i + 1) % 40}", home="x") for i in range(40)]
    found = paths(rows, {"plan": "0", "relation": None})
    assert max(step["step"] for step in found) == 12


def test_a_citation_of_the_plan_itself_is_no_way_up() -> None:
    rows = [row("县规划", "basis", "policy/县规划", position=0), row("县规划", "basis", "某法", position=1)]
    found = paths(rows, {"plan": "县", "relation": None})
    assert [(step["chain"], step["policy_id"]) for step in found] == [(1, "policy/中国/某法")]


def test_influence_counts_who_rests_on_a_policy_at_any_distance() -> None:
    found = {r["policy_id"]: r for r in influence(CHAIN, {})}
    country = found["policy/中国/国规划"]
    assert (country["plans"], country["regions"], country["reach"], country["centrality"]) == (2, 2, 3, 2.5)
    assert found["policy/中国/某纲要"]["cited"] == 1
    assert found["policy/中国/某纲要"]["plans"] == 0  # a mention is no foundation


def test_two_regions_of_one_name_are_two() -> None:
    rows = [
        row(f"规划{code}", "basis", "国规划", home="城关区") | {"home_id": f"region/{code}"} for code in ("甲", "乙")
    ]
    rows += [row("无区域规划", "basis", "国规划") | {"home": None, "home_id": None}]
    (country,) = influence(rows, {})
    assert (country["plans"], country["regions"]) == (3, 2)


def test_missing_are_the_cited_that_no_file_holds() -> None:
    found = missing([*CHAIN, row("另规划", "mentions", "国规划", number="国发〔2021〕1号")], {})
    assert {r["policy_id"]: r["cited"] for r in found} == {
        "policy/中国/国规划": 3,
        "policy/中国/某法": 1,
        "policy/中国/某纲要": 1,
    }
    assert {r["doc_number"] for r in found if r["policy"] == "国规划"} == {"国发〔2021〕1号"}


def test_a_plan_of_the_store_that_cites_nothing_is_held(tmp_path: Path) -> None:
    goal = "第一章 总体要求\n\n{}到2025年，数字经济占比达到50%。\n"
    plans = {"四川省": "", "渠县": "根据《四川省“十四五”数字经济发展规划》《四川省“十四五”冷链物流规划》，制定本规划。"}
    for region, basis in plans.items():
        text = f"{region}“十四五”数字经济发展规划\n\n{goal.format(basis)}"
        (tmp_path / f"{region}.txt").write_text(text, "utf-8")
    with open_store(str(tmp_path / "s.kg"), write=True) as store:
        build([tmp_path / f"{region}.txt" for region in plans], store, jobs=1)
        steps = preset("lineage-path").run(store, {"plan": "渠县"}).of(("policy", "held")).rows
        lacking = preset("missing-sources").run(store).of(("policy",)).rows
    cold_chain = "四川省“十四五”冷链物流规划"
    assert sorted(steps) == [(cold_chain, False), ("四川省“十四五”数字经济发展规划", True)]
    assert lacking == [(cold_chain,)]


def test_coverage_counts_levels_and_names_those_without_a_basis() -> None:
    base = {"plan": "p", "file": "f", "plan_id": "d", "region_id": "r", "home": "渠县", "home_level": "county"}
    cited = [("a", "national"), ("b", "national"), ("c", None)]
    rows = [
        base | {"above_level": above, "policy_id": policy, "cited_level": level}
        for above in ("national", "provincial", "prefectural")
        for policy, level in cited
    ]
    (found,) = coverage(rows, {"plan": None})
    assert (found["national"], found["unclear"], found["missing"]) == (2, 1, "provincial、prefectural")
    bare = base | {"above_level": None, "policy_id": None, "cited_level": None}
    (found,) = coverage([bare], {"plan": None})
    assert (found["national"], found["missing"]) == (0, None)


PAIRS: list[tuple[Row, Row, str | None]] = [
    # the same name, one issuer open and the other above the citing plan
    (
        row("a", "basis", "养老规划", scope="未定：云岭省泽宁市", level=None, region=None),
        row("b", "basis", "养老规划"),
        "same name, issuer open",
    ),
    (
        row("a", "basis", "养老规划", scope="未定：云岭省泽宁市", level=None, region=None),
        row("b", "basis", "养老规划", scope="云岭省", level="provincial", region="云岭省"),
        "same name, issuer open",
    ),
    # two districts of one name
    (
        row("a", "basis", "养老规划", scope="云岭省泽宁市城关区", level="county", region="城关区"),
        row("b", "basis", "养老规划", scope="海东省安平市城关区", level="county", region="城关区"),
        None,
    ),
    # of another province: cannot be meant
    (
        row("a", "basis", "养老规划", scope="未定：云岭省泽宁市", level=None, region=None),
        row("b", "basis", "养老规划", scope="海东省", level="provincial", region="海东省"),
        None,
    ),
    # a body of the province; its region begins the chain of the open one
    (
        row("a", "basis", "养老规划", scope="未定：云岭省泽宁市", level=None, region=None),
        row("b", "basis", "养老规划", scope="云岭省人民政府", level="provincial", region="云岭省"),
        "same name, issuer open",
    ),
    # two open issuers: of one region and of one within it; of two regions that have nothing to do with one another
    (
        row("a", "basis", "养老规划", scope="未定：云岭省泽宁市", level=None, region=None),
        row("b", "basis", "养老规划", scope="未定：云岭省", level=None, region=None),
        "same name, issuer open",
    ),
    (
        row("a", "basis", "养老规划", scope="未定：云岭省泽宁市", level=None, region=None),
        row("b", "basis", "养老规划", scope="未定：云岭省青禾县", level=None, region=None),
        None,
    ),
    # two known issuers
    (row("a", "basis", "养老规划"), row("b", "basis", "养老规划", scope="云岭省", region="云岭省"), None),
    # a number that two names share
    (
        row("a", "basis", "养老意见", number="国发〔2021〕3号"),
        row("b", "basis", "医疗方案", number="国发[2021]03号"),
        "same 文号",
    ),
    # names that are almost equal
    (row("a", "basis", "关于改革的意见"), row("b", "basis", "关于改革的实施意见"), "names almost equal"),
    (row("a", "basis", "质量行动计划(2021-2023)"), row("b", "basis", "质量行动计划"), "names almost equal"),
    # years and periods tell documents apart
    (row("a", "basis", "质量行动计划(2021-2023)"), row("b", "basis", "质量行动计划(2024-2026)"), None),
    (row("a", "basis", "十四五能源规划"), row("b", "basis", "十三五能源规划"), None),
    # one policy under two numbers may be two
    (
        row("a", "basis", "关于改革的意见", number="国发〔2021〕3号"),
        row("b", "basis", "关于改革的意见", number="国发〔2015〕8号"),
        "one policy, several 文号: 国发2015-8、国发2021-3",
    ),
]


@pytest.mark.parametrize(("one", "other", "reason"), PAIRS)
def test_possible_matches_are_pairs_that_a_person_may_join(one: Row, other: Row, reason: str | None) -> None:
    found = matches([one, other], {})
    assert [pair["reason"] for pair in found] == ([reason] if reason else [])


def test_the_rows_grow_with_the_policies_and_not_with_their_pairs() -> None:
    """One name that the plans of every region cite with an open issuer, as do those of the province and the country."""

    def rows(count: int) -> list[Row]:
        counties = [
            row("a", "basis", "养老规划", scope=f"未定：云岭省泽宁市第{i}县", level=None, region=None)
            for i in range(count)
        ]
        province = row("b", "basis", "养老规划", scope="云岭省", level="provincial", region="云岭省")
        return [*counties, province, row("c", "basis", "养老规划")]

    small, large = (matches(rows(count), {}) for count in (50, 100))
    assert [len(small), len(large)] == [50, 100]  # each with the nearest above, the province's
    assert all("云岭省" in (pair["scope"], pair["other_scope"]) for pair in large)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "decisions.tsv"
    monkeypatch.setenv(module.DECISIONS_VARIABLE, str(file))
    module._read.cache_clear()
    return file


def test_a_decision_joins_two_policies_in_every_plan(own: Path) -> None:
    home = gazetteer(2023).resolve("渠县")
    assert home is not None
    own.write_text(
        "# ours\nsame\t中国\t养老规划\t四川省\t养老规划纲要\tthe same text\n"
        "same\t四川省\t养老规划纲要\t四川省达州市\t养老总规\ta chain of decisions\n",
        "utf-8",
    )
    found = identify("养老规划", issuer="国家", home=home)
    assert (found.scope, found.name, found.level) == ("四川省达州市", "养老总规", "prefectural")


@pytest.mark.parametrize(
    ("title", "number", "issuer"),
    [
        ("关于发展养老服务的意见", "川农业〔2021〕3号", None),  # a bureau that the number shows, but no name of it
        ("关于发展养老服务的意见", None, "四川省"),
        ("三年行动计划", None, "四川省"),
        ("养老规划", None, None),
    ],
)
def test_a_policy_is_the_same_whether_cited_or_joined_by_a_decision(
    own: Path, title: str, number: str | None, issuer: str | None
) -> None:
    home = gazetteer(2023).resolve("渠县")
    assert home is not None
    own.write_text("", "utf-8")
    cited = identify(title, issuer=issuer, doc_number=number, home=home)
    own.write_text(f"same\t中国\t养老总规\t{cited.scope}\t{cited.name}\tthe same text\n", "utf-8")
    module._read.cache_clear()
    assert identify("养老总规", issuer="国家", home=home) == cited


def test_a_decision_keeps_a_pair_from_being_offered(own: Path) -> None:
    own.write_text("apart\t中国\t关于改革的意见\t中国\t关于改革的实施意见\ttwo documents\n", "utf-8")
    assert matches([row("a", "basis", "关于改革的意见"), row("b", "basis", "关于改革的实施意见")], {}) == []


def test_the_last_decision_is_in_force_and_a_ring_ends(own: Path) -> None:
    own.write_text("same\tA\ta\tB\tb\tx\napart\tA\ta\tB\tb\ty\nsame\tC\tc\tD\td\tx\nsame\tD\td\tC\tc\tx\n", "utf-8")
    found = decisions()
    assert ("A", "a") not in found.same
    own.write_text("same\tA\ta\tB\tb\tx\napart\tB\tb\tA\ta\ty\n", "utf-8")
    module._read.cache_clear()
    assert decisions().same.get(("A", "a")) is None  # also where the later line names the two in the other order
    own.write_text("same\tC\tc\tD\td\tx\nsame\tD\td\tC\tc\tx\n", "utf-8")
    module._read.cache_clear()
    found = decisions()
    assert found.same["C", "c"] == found.same["D", "d"] == ("C", "c")


@pytest.mark.parametrize("line", ["same\tA\ta\tB", "perhaps\tA\ta\tB\tb\tx", "same\tA\t\tB\tb\tx"])
def test_a_decision_that_cannot_be_read_is_refused_with_its_line(own: Path, line: str) -> None:
    own.write_text(f"# comment\n{line}\n", "utf-8")
    with pytest.raises(Refused, match="line 2"):
        decisions()
    own.unlink()
    module._read.cache_clear()
    with pytest.raises(Refused, match="KG_DECISIONS"):
        decisions()
