"""Alignment: which tasks are counterparts, which plans are compared, and that the derived graphs follow the store."""

import shutil
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
import servers
from conftest import SAMPLES, VALUES, copy, made_once

from extractors.policies.fields import field, same_field
from kg.align import align, grams
from kg.align.grams import Grams, SparseRows, clauses, letters
from kg.align.judge import Pair, pairs
from kg.align.measures import ComparedText, Prepared
from kg.align.outside import counterparts_outside
from kg.align.read import ComparedPlan, PlanPassage
from kg.align.related import related
from kg.align.sketch import reused, sharing, sketch
from kg.builder import build
from kg.observations import load_observations
from kg.stores import open_store
from ontology.model.store import Store
from queries.empty import preset_runner, why_empty
from queries.presets import preset

# The tasks of two fictional plans of one field, as (title, text): what the second makes of the first.
UPPER = [
    (
        "完善社区养老服务设施",
        "推动社区日间照料机构与社区卫生服务中心毗邻建设，完善服务清单和评价机制，方便老年人就近养老。",
    ),
    (
        "健全探访关爱制度",
        "建立特殊困难老年人探访关爱制度，对独居、空巢、留守老年人每月至少探访一次，及时发现并处置风险。",
    ),
    ("推进医养结合", "支持养老机构内设医疗机构，将符合条件的纳入医疗保险定点范围，推动家庭医生签约服务进机构。"),
    ("培养养老服务人才", "支持职业院校开设养老服务相关专业，建立养老护理员职业技能等级与薪酬挂钩的制度。"),
    ("加强综合监管", "建立跨部门协同监管机制，加强养老机构消防、食品、预付费监管，公开检查结果。"),
    ("发展银发经济", "引导企业开发老年用品，培育龙头企业和产业园区，举办老年用品展览。"),
]
LOWER = [
    ("落实探访关爱", "建立特殊困难老年人探访关爱制度，对独居、空巢、留守老年人每月至少探访两次，及时发现并处置风险。"),
    ("建设日间照料中心", "新建社区日间照料中心12处，与社区卫生服务站相邻设置，制定服务清单，让老年人在家门口养老。"),
    ("发展旅居康养", "依托温泉和森林资源，发展旅居康养项目，打造候鸟式养老目的地。"),
    ("医养融合", "鼓励养老机构开办医务室，按规定纳入医保定点，开展家庭医生上门签约。"),
    ("修缮敬老院", "对乡镇敬老院实施消防改造和适老化修缮，更换老旧床位。"),
    ("加强队伍建设", "与职业学校合作开办养老护理班，护理员工资与技能等级挂钩。"),
]


def prepared(tasks: list[tuple[str, str]]) -> Prepared:
    return Prepared.of([ComparedText(title, "重点任务", text) for title, text in tasks])


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], Pair]:
    return {(UPPER[pair.one][0], LOWER[pair.other][0]): pair for pair in pairs(prepared(UPPER), prepared(LOWER))}


@pytest.mark.parametrize(
    ("upper", "lower", "kinds"),
    [
        ("健全探访关爱制度", "落实探访关爱", {"copied"}),  # all but one number is in the same words
        ("完善社区养老服务设施", "建设日间照料中心", {"adapted"}),  # the same measure, own words and numbers
        ("推进医养结合", "医养融合", {"adapted"}),
        ("培养养老服务人才", "加强队伍建设", {"adapted"}),
        ("发展银发经济", "发展旅居康养", {None, "related"}),  # one set word in common
        ("加强综合监管", "修缮敬老院", {None, "related"}),  # fire safety is watched here and built there
        ("发展银发经济", "落实探访关爱", {None}),
    ],
)
def test_kinds(found: dict[tuple[str, str], Pair], upper: str, lower: str, kinds: set[str | None]) -> None:
    pair = found.get((upper, lower))
    assert (pair and pair.kind) in kinds


def test_the_best_counterpart_is_first(found: dict[tuple[str, str], Pair]) -> None:
    best: dict[str, str] = {}
    for upper, lower in found:
        best.setdefault(lower, upper)
    assert best["落实探访关爱"] == "健全探访关爱制度"
    assert best["医养融合"] == "推进医养结合"
    assert best["加强队伍建设"] == "培养养老服务人才"


def test_scores_do_not_depend_on_the_direction(found: dict[tuple[str, str], Pair]) -> None:
    back = {(UPPER[p.other][0], LOWER[p.one][0]): p for p in pairs(prepared(LOWER), prepared(UPPER))}
    assert back.keys() == found.keys()
    for names, pair in back.items():
        assert (pair.kind, pair.shared) == (found[names].kind, found[names].shared)
        assert pair.score == pytest.approx(found[names].score, abs=1e-3)


@pytest.mark.parametrize("tasks", [[], UPPER[:1]])
def test_short_plans(tasks: list[tuple[str, str]]) -> None:
    assert all(0 <= pair.score <= 1 for pair in pairs(prepared(tasks), prepared(UPPER)))
    assert len(pairs(prepared(tasks), prepared(UPPER))) >= len(tasks)


@pytest.mark.parametrize(
    ("title", "places", "expected"),
    [
        ("云岭省“十四五”医疗保障事业发展规划", ["云岭省"], "医疗保障"),
        ("泽宁市“十四五”全民医疗保障专项规划", ["泽宁市"], "医疗保障"),
        ("青禾县养老服务体系建设三年行动计划（2021—2023年）", ["青禾县"], "养老服务"),
        ("云岭省国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", ["云岭省"], ""),  # all fields
        ("关于印发《泽宁市“十五五”数字经济发展规划》的通知", ["泽宁市"], "数字经济"),
        ("泽宁市城市更新专项规划", ["泽宁市"], "城市更新"),
        ("青禾县社区服务体系建设规划", ["青禾县"], "社区服务"),
        ("市“十四五”养老服务规划", [], "养老服务"),
        ("泽宁市市场监管规划", ["泽宁市"], "市场监管"),
        ("泽宁市“十四五”市政设施规划", ["泽宁市"], "市政设施"),
        ("区域协调发展规划", [], "区域协调"),
        ("渠县县城新型城镇化规划", ["渠县"], "县城新型城镇化"),
        ("泽宁市市域社会治理现代化规划", ["泽宁市"], "市域社会治理现代化"),
        ("县级医院能力提升规划", [], "县级医院能力提升"),
        ("中华人民共和国国民经济和社会发展第十一个五年规划纲要", [], ""),
        ("泽宁市区养老服务规划", ["泽宁市"], "养老服务"),
        ("“二十五”能源规划", [], "能源"),
        ("二十一五能源规划", [], "能源"),
        ("“十五”能源规划", [], "能源"),
        ("“九五”能源规划", [], "能源"),
        ("五金产业发展规划", [], "五金产业"),
        ("泽宁市五水共治规划", ["泽宁市"], "五水共治"),
    ],
)
def test_field(title: str, places: list[str], expected: str) -> None:
    assert field(title, places) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("医疗保障", "全民医疗保障", True),
        ("竹产业创新", "竹产业", True),
        ("养老服务", "养老服务业", True),
        ("产业创新", "产业", True),  # common words alone
        ("竹产业创新", "食品科技创新赋能产业", False),
        ("数字产业", "竹产业", False),
        ("养老服务", "家政服务", False),
        ("养老服务", "数字经济", False),
        ("水", "水", False),
    ],
)
def test_same_field(one: str, other: str, expected: bool) -> None:
    assert same_field(one, other) == same_field(other, one) == expected


def plan(name: str, title: str, region: tuple[str, ...], level: str, start: int | None, **cited: str) -> ComparedPlan:
    return ComparedPlan(
        name,
        "",
        f"policy/{name}",
        title,
        name,
        region[0] if region else None,
        level,
        region,
        start,
        None,
        cited,
        (),
        (),
    )


NATION, PROVINCE, CITY, OTHER = (
    ("中国",),
    ("云岭省", "中国"),
    ("泽宁市", "云岭省", "中国"),
    ("松平市", "海原省", "中国"),
)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (
            ("泽宁市养老服务规划", CITY, "prefectural", 2021),
            ("云岭省养老服务发展规划", PROVINCE, "provincial", 2021),
            "region",
        ),
        (
            ("泽宁市养老服务规划", CITY, "prefectural", 2021),
            ("泽宁市养老服务发展规划", CITY, "prefectural", 2016),
            "period",
        ),
        (
            ("泽宁市养老服务规划", CITY, "prefectural", 2021),
            ("松平市养老服务体系规划", OTHER, "prefectural", 2021),
            "domain",
        ),
        (
            ("泽宁市养老服务规划", CITY, "prefectural", 2021),
            ("泽宁市国民经济和社会发展规划", CITY, "prefectural", 2021),
            "region",
        ),
        (
            ("泽宁市养老服务规划", CITY, "prefectural", 2021),
            ("云岭省数字经济发展规划", PROVINCE, "provincial", 2021),
            None,
        ),  # another field
        (
            ("泽宁市养老服务规划", CITY, "prefectural", 2021),
            ("松平市养老服务规划", OTHER, "prefectural", 2001),
            None,
        ),  # another time
    ],
)
def test_which_plans_are_compared(one: tuple, other: tuple, relation: str | None) -> None:  # type: ignore[type-arg]
    chosen = related([plan("a", *one), plan("b", *other)]).pairs
    assert [pair.relation for pair in chosen] == ([relation] if relation else [])


def test_what_is_cited_comes_first_and_levels_make_the_upper() -> None:
    city = plan("a", "泽宁市养老服务规划", CITY, "prefectural", 2021, **{"policy/b": "basis"})
    nation = plan("b", "“十四五”国家老龄事业发展规划", NATION, "national", 2021)
    (pair,) = related([city, nation]).pairs
    assert (pair.upper.document, pair.lower.document, pair.relation, pair.order) == ("b", "a", "basis", "cited")


CARE, OUTLINE = "养老服务规划", "国民经济和社会发展规划纲要"


@pytest.mark.parametrize(
    ("one", "other", "relation", "order"),
    [
        # (title, region, level, first year, day of issue)
        ((CARE, CITY, "prefectural", 2016, None), (CARE, CITY, "prefectural", 2021, None), "period", "earlier"),
        ((CARE, CITY, "prefectural", None, None), (CARE, CITY, "prefectural", 2021, None), "period", None),
        ((CARE, CITY, "prefectural", None, "2018-01-05"), (CARE, CITY, "prefectural", 2021, None), "period", None),
        ((CARE, CITY, "prefectural", 2021, "2021-01-05"), (CARE, CITY, "prefectural", 2021, "2021-09-01"), "period", "earlier"),
        ((OUTLINE, CITY, "prefectural", 2021, None), (CARE, CITY, "prefectural", 2021, None), "region", "above"),
        ((OUTLINE, CITY, "prefectural", None, None), (CARE, CITY, "prefectural", 2021, None), "region", None),
        ((CARE, PROVINCE, "provincial", 2021, None), (CARE, CITY, "prefectural", 2021, None), "region", "above"),
        ((CARE, PROVINCE, "provincial", None, None), (CARE, CITY, "prefectural", 2021, None), "region", "above"),
        ((CARE, PROVINCE, "provincial", 2020, None), (CARE, CITY, "prefectural", 2021, None), "region", "earlier"),
        # of another province, neither above nor expected to be taken up
        ((CARE, OTHER, "prefectural", 2020, None), (CARE, CITY, "prefectural", 2021, None), "domain", None),
        ((CARE, OTHER[1:], "provincial", 2021, None), (CARE, CITY, "prefectural", 2021, None), "domain", None),
    ],
)  # fmt: skip
def test_an_order_is_said_only_where_it_is_known(
    one: tuple[str, tuple[str, ...], str, int | None, str | None],
    other: tuple[str, tuple[str, ...], str, int | None, str | None],
    relation: str,
    order: str | None,
) -> None:
    plans = [
        replace(plan(name, title, region, level, start), issued=issued)
        for name, (title, region, level, start, issued) in (("one", one), ("other", other))
    ]
    for both in (plans, plans[::-1]):
        (pair,) = related(both).pairs
        assert (pair.relation, pair.order) == (relation, order)
        assert order is None or pair.upper.document == "one"


@pytest.mark.parametrize(
    ("city", "nation", "upper"),
    [
        ((2021, None, {}), (2021, None, {}), "nation"),  # of one time
        ((2001, None, {}), (2005, None, {}), "city"),  # what is later cannot be taken up
        ((2021, None, {"policy/nation": "basis"}), (2022, None, {}), "nation"),  # but what is cited was there
        ((2021, None, {"policy/nation": "issued"}), (2022, None, {}), "city"),  # announced
        ((2021, "2022-01-05", {}), (2021, "2022-03-01", {}), "nation"),
        ((None, "2018-01-05", {}), (2021, "2021-03-01", {}), "city"),
        ((None, "2018-01-05", {}), (2016, None, {}), "nation"),  # not known
        ((None, None, {}), (None, None, {}), "nation"),
    ],
)
def test_a_later_plan_is_not_the_upper(
    city: tuple[int | None, str | None, dict[str, str]],
    nation: tuple[int | None, str | None, dict[str, str]],
    upper: str,
) -> None:
    one, other = (
        replace(plan(name, title, region, level, start, **cited), issued=issued)
        for name, title, region, level, (start, issued, cited) in (
            ("city", "泽宁市养老服务规划", CITY, "prefectural", city),
            ("nation", "国家养老服务发展规划", NATION, "national", nation),
        )
    )
    for plans in ([one, other], [other, one]):
        assert [pair.upper.document for pair in related(plans).pairs] == [upper]


def test_peers_that_are_left_out_are_counted() -> None:
    cities = [plan(str(i), f"{i}市养老服务规划", (str(i), "中国"), "prefectural", 2021) for i in range(5)]
    assert len(related(cities).pairs) == 10
    fewer = related(cities, peers=1)
    assert len(fewer.pairs) < 10
    assert fewer.left_out == 15


def passage(part: str, label: str, text: str, start: int = 0) -> PlanPassage:
    return PlanPassage("t" if part == "task" else None, part, label, "", text, start, start + len(text), None)


TASKS = [
    passage("task", *task)
    for task in [
        *UPPER,
        (
            "加强异地就医直接结算",
            "持续扩大门诊费用跨省直接结算范围，增加定点医疗机构数量，简化备案手续，优化异地就医结算管理。",
        ),
        ("鼓励纺织工业增加附加值", "提高纺织工业技术含量和自主品牌比重，发展绿色环保纤维，推进纺织工业梯度转移。"),
        ("改善宏观调控", "综合运用财政、金融手段，保持经济增长，引导固定资产投资合理增长，促进年均增长目标实现。"),
        ("促进医养结合", "推动社区养老与医疗保障协同发展，加大医保支付方式改革对医养结合机构的支持力度。"),
        ("完善生育医疗费用政策", "做好生育保险对生育医疗费用待遇的保障，提高生育保险与职工基本医疗保险合并实施成效。"),
    ]
]


@pytest.mark.parametrize(
    ("part", "label", "text", "task"),
    [
        ("indicator", "跨省异地就医直接结算率", "跨省异地就医直接结算率 % 60 75 预期性", "加强异地就医直接结算"),
        ("box", "优化异地就医结算管理", "2.优化异地就医结算管理", "加强异地就医直接结算"),  # and no copy: a title alone
        ("goal", "老年用品产业产值", "老年用品产业产值年均增长8%", None),  # shares 老年用品 with a text, no title
        ("goal", "单位工业增加值用水量", "单位工业增加值用水量降低30%", None),
        ("goal", "全社会固定资产投资年均增长", "全社会固定资产投资年均增长12%左右", None),
        ("box", "医保支付方式改革", "2.医保支付方式改革", None),  # stands in a task on something else
        ("indicator", "基本医疗保险（含生育保险）基金收入", "基本医疗保险（含生育保险）基金收入 150792.1万元", None),
    ],
)
def test_passages_outside_of_tasks_name_what_they_take_up(part: str, label: str, text: str, task: str | None) -> None:
    others = [passage(part, label, text)]
    tasks, prepared = (Prepared.of([ComparedText(one.label, "", one.text) for one in side]) for side in (TASKS, others))
    found = counterparts_outside(tasks, others, prepared)
    assert [TASKS[pair.one].label for pair in found] == ([task] if task else [])
    assert {pair.kind for pair in found} <= {"adapted"}
    assert counterparts_outside(tasks, [], Prepared.of([])) == []


@pytest.mark.parametrize(
    ("text", "expected"), [("到2025年，建成3家。", "到年建成家"), ("", ""), ("“互联网+医疗”", "互联网医疗")]
)
def test_letters(text: str, expected: str) -> None:
    assert letters(text) == expected


def test_clauses_leave_out_what_is_too_short() -> None:
    assert clauses("健全制度，到2025年，覆盖全部县区；好。") == ["健全制度", "覆盖全部县区"]


def test_grams_are_counted() -> None:
    grams = Grams.of(["养老养老", ""], (2,))
    assert (len(grams), grams.counts.tolist()) == (
        2,
        [2.0, 1.0] if grams.ids[0] < grams.ids[1] and grams.counts[0] == 2 else [1.0, 2.0],
    )
    assert grams.starts.tolist() == [0, 2, 2]


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [("医保", "医疗保险", 1), ("医保", "医疗机构", 0), ("医保", "医", 0)],
)
def test_pairs_apart_find_short_forms(one: str, other: str, shared: int) -> None:
    first, second = (set(Grams.of([text], (2,), skip=True).ids.tolist()) for text in (one, other))
    assert len(first & second) == shared


def test_reused() -> None:
    same = "建立特殊困难老年人探访关爱制度"
    assert reused(same, f"一是{same}，二是完善其他") == (1.0, pytest.approx(15 / 23, abs=0.01))
    assert reused("完善制度", same) == (0.0, 0.0)  # shorter than a run


def test_sharing_needs_more_than_a_phrase() -> None:
    long = "。".join(text for _, text in UPPER)
    shares = sharing({"a": sketch(long), "b": sketch(long), "c": sketch("完善社区养老服务设施")})
    assert shares["a"]["b"] >= 3
    assert not shares["c"]


@pytest.fixture(scope="session")
def aligned_samples(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of the samples with all that is derived from them."""

    def make(store: Store) -> None:
        build([SAMPLES], store)
        align(store)
        load_observations(VALUES, store)

    return made_once(tmp_path_factory, "aligned.kg", make)


@pytest.fixture
def aligned(aligned_samples: str, tmp_path: Path) -> str:
    """A copy of it that a test may change."""
    return str(shutil.copytree(aligned_samples, tmp_path / "s.kg"))


def test_a_second_run_compares_nothing(aligned: str) -> None:
    with open_store(aligned, write=True) as store:
        report = align(store)
    assert report.compared == 0
    assert report.unchanged >= 3


def test_processes_find_the_same(tmp_path: Path, aligned: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.align.update.MIN_PARALLEL_PAIRS", 1)
    with open_store(str(tmp_path / "other.kg"), write=True) as store:
        build([SAMPLES], store)
        align(store, jobs=2)
        found = preset("task-alignment").run(store).rows
    with open_store(aligned) as store:
        assert preset("task-alignment").run(store).rows == found


def test_derived_graphs_follow_the_store(aligned: str) -> None:
    with open_store(aligned, write=True) as store:
        before = store.derived()
        assert preset("task-alignment").run(store, {"plan": "qinghe.txt"}).rows
        store.forget([record.path for record in store.records() if record.path.endswith("qinghe.txt")])
        assert preset("task-alignment").run(store, {"plan": "qinghe.txt"}).rows == []  # at once, before a new run
        report = align(store)
        assert report.dropped == 1
        assert len(store.derived()) == len(before) - 1


def test_a_changed_plan_is_compared_again_and_not_judged_before(tmp_path: Path) -> None:
    path, folder = str(tmp_path / "s.kg"), tmp_path / "plans"
    folder.mkdir()
    for name in ("guojia.txt", "yunling.txt"):
        (folder / name).write_bytes((SAMPLES / name).read_bytes())
    with open_store(path, write=True) as store:
        build([folder], store)
        align(store)
        assert preset("coverage-gaps").run(store, {"plan": "全国"}).rows
        text = (folder / "yunling.txt").read_text("utf-8")
        (folder / "yunling.txt").write_text(text.replace("支持餐饮企业", "鼓励餐饮企业"), "utf-8")
        build([folder], store)
        assert preset("coverage-gaps").run(store, {"plan": "全国"}).rows == []  # nothing was compared with this text
        assert align(store).compared == 1
        assert preset("coverage-gaps").run(store, {"plan": "全国"}).rows


def test_no_gaps_between_plans_of_no_known_order(tmp_path: Path) -> None:
    """A plan without a period or a day is neither before nor after another one of its region, and the user is told so."""
    plans = {"a.txt": ("“十四五”全国养老服务规划", UPPER), "b.txt": ("全国养老服务规划", LOWER)}
    for name, (title, tasks) in plans.items():
        sections = (f"第{n}节 {task}\n{text}\n" for n, (task, text) in zip("一二三四五六", tasks, strict=True))
        (tmp_path / name).write_text(f"{title}\n第一章 重点任务\n{''.join(sections)}", "utf-8")
    with open_store(str(tmp_path / "s.kg"), write=True) as store:
        build([tmp_path], store)
        align(store)
        assert set(preset("task-alignment").run(store).of(["relation", "plan_order"]).rows) == {("period", None)}
        assert {row[0] for row in preset("text-reuse").run(store).of(["position"]).rows} == {None}
        assert {row[0] for row in preset("unmatched-tasks").run(store).of(["file"]).rows} == set(plans)
        for name in ("coverage-gaps", "own-additions"):
            assert preset(name).run(store).rows == []
            assert "not known which is above or before" in why_empty(preset(name), preset_runner(store), {})


def test_every_task_is_taken_up_elsewhere_or_without_a_counterpart(aligned: str) -> None:
    """The presets of what a plan did not take up agree, and the report counts as they do."""
    with open_store(aligned, write=True) as store:
        for name in list(store.derived()):
            if name.startswith("alignment/"):
                store.load_derived(name, None, [])
        report = align(store)

        def rows_of(name: str) -> list[dict[str, object]]:
            table = preset(name).run(store)
            return [dict(zip(table.columns, row, strict=True)) for row in table.rows]

        strong = [row for row in rows_of("task-alignment") if row["kind"] != "related"]
        outside, unmatched = rows_of("taken-up-elsewhere"), rows_of("unmatched-tasks")
        gaps, additions = rows_of("coverage-gaps"), rows_of("own-additions")
        tasks: Counter[object] = Counter(row["plan_id"] for row in rows_of("tasks"))
        two_ways = [(row["plan_id"], row["other_plan_id"]) for row in rows_of("text-reuse")]
    assert len(strong) == report.kinds["copied"] + report.kinds["adapted"]
    assert report.outside == len(outside) > 0
    for plan_id, other_id in two_ways:
        mine = [row for row in unmatched if (row["plan_id"], row["other_plan_id"]) == (plan_id, other_id)]
        taken = {row["task_id"] for row in strong if (row["plan_id"], row["other_plan_id"]) == (plan_id, other_id)}
        taken |= {
            row["other_task_id"] for row in strong if (row["other_plan_id"], row["plan_id"]) == (plan_id, other_id)
        }
        elsewhere = [row for row in outside if (row["plan_id"], row["other_plan_id"]) == (plan_id, other_id)]
        assert len(mine) + len(taken) + len(elsewhere) == tasks[plan_id]
    listed = {(row["task_id"], row.get("lower_plan_id") or row.get("upper_plan_id")) for row in (*gaps, *additions)}
    assert listed == {
        (row["task_id"], row["other_plan_id"]) for row in unmatched if row["position"] and not row["perhaps"]
    }


def test_derived_graphs_are_no_plans(aligned: str) -> None:
    with open_store(aligned) as store:
        assert store.derived()
        assert not [graph for graph in store.graphs() if "/derived/" in graph]
        assert {record.document for record in store.records()} <= set(store.graphs())
    with open_store(aligned, write=True) as store:  # opening tidies up, and leaves these
        assert store.derived()
        assert preset("task-alignment").run(store).rows


def test_both_sides_are_quoted(aligned: str) -> None:
    with open_store(aligned) as store:
        table = preset("task-alignment").run(store)
    texts = {path.name: path.read_text("utf-8") for path in SAMPLES.iterdir()}
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert {row["kind"] for row in rows} >= {"copied", "adapted", "related"}
    for row in rows:
        assert 0 < Decimal(str(row["score"])) <= 1
        for side in ("", "other_"):
            text = texts[str(row[f"{side}file"])][int(str(row[f"{side}start"])) : int(str(row[f"{side}end"]))]
            assert "".join(text.split()) == "".join(str(row[f"{side}quote"]).split())


def test_servers_keep_derived_graphs(empty: str, server: servers.Server, aligned: str) -> None:
    copy(aligned, empty)
    with open_store(aligned) as source, open_store(empty, write=True) as target:
        assert target.derived() == source.derived()
        assert preset("task-alignment").run(target).rows
        graphs = target.graphs()
        assert align(target).compared == 0
        for name in list(target.derived()):
            target.load_derived(name, None, [])
        assert (target.derived(), target.graphs()) == ({}, graphs)
        assert preset("task-alignment").run(target).rows == []


@pytest.mark.parametrize("at_once", [1, 7, 1 << 20])
@pytest.mark.parametrize(("height", "other", "width"), [(6, 4, 9), (1, 1, 1), (5, 3, 2), (3, 5, 40)])
def test_a_product_of_sparse_rows_is_that_of_the_whole_matrices(
    monkeypatch: pytest.MonkeyPatch, at_once: int, height: int, other: int, width: int
) -> None:
    monkeypatch.setattr(grams, "MAX_PRODUCTS", at_once)
    random = np.random.default_rng(7)
    one, two = (
        random.integers(-2, 3, (rows, width)) * (random.random((rows, width)) < 0.4) for rows in (height, other)
    )
    one[0], two[-1] = 0, 0  # rows without a cell
    assert np.array_equal(_sparse(one).times(_sparse(two)), one @ two.T)


def _sparse(matrix: "np.ndarray[tuple[int, int], np.dtype[np.int64]]") -> SparseRows:
    rows, columns = np.nonzero(matrix)
    starts = np.searchsorted(rows, np.arange(len(matrix) + 1))
    return SparseRows(matrix[rows, columns].astype(np.float64), columns, starts, matrix.shape[1])
