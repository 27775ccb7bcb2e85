"""How a policy travels: targets between levels and periods, what was reached, who took a policy up and when."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import SAMPLES

from extractors.policies.years import policy_year
from extractors.reference.polarity import polarity, polarity_words
from kg.observations import read_observations
from ontology.model.errors import Refused
from ontology.model.store import Store
from queries.diffusion import diffusion, joint_issuers
from queries.presets import preset
from queries.targets import escalation, evolution, tracking

Row = dict[str, Any]


@pytest.mark.parametrize(
    ("concept", "expected"),
    [
        ("养老机构护理型床位占比", "more"),  # curated
        ("孕产妇死亡率", "less"),
        ("亿元地区生产总值生产安全事故死亡率下降", "more"),  # a fall that is measured: more of it is better
        ("单位地区生产总值能耗", "less"),
        ("非化石能源占能源消费总量比重", "more"),  # although the total is better low
        ("常住人口", None),
        ("农村公厕覆盖率", "more"),  # by the words of the name
        ("城市内涝积水点数", "less"),
        ("万元工业增加值用水量下降率", "more"),
        ("工作机制", None),
    ],
)
def test_polarity(concept: str, expected: str | None) -> None:
    assert polarity(concept) == expected


def test_each_row_of_the_polarity_table_fits_its_sample_and_decides() -> None:
    for pattern, better, sample in polarity_words():
        assert next(b for p, b, _ in polarity_words() if p.search(sample)) == better, sample
        assert pattern.search(sample)


@pytest.mark.parametrize(
    ("given", "year", "rule"),
    [
        (
            ("云岭省养老服务条例", "云政发〔2019〕8号", "2018-12-20", 2021),
            2018,
            "date of issue",
        ),  # what was read comes first
        (("云岭省“十四五”养老服务规划", "云政发〔2022〕8号"), 2022, "document number"),
        (("云岭省养老服务行动计划（2021—2023年）",), 2021, "first year of the period in the title"),
        (("云岭省养老服务行动计划（2021年到2023年）",), 2021, "first year of the period in the title"),
        (("云岭省“十三五”养老服务规划",), 2016, "first year of the period in the title"),
        (("云岭省国民经济和社会发展第十四个五年规划纲要",), 2021, "first year of the period in the title"),
        (("云岭省国民经济和社会发展第十个五年计划纲要",), 2001, "first year of the period in the title"),
        (("云岭省“十五”养老服务计划",), 2001, "first year of the period in the title"),
        (("国民经济和社会发展第六个五年计划",), 1981, "first year of the period in the title"),
        # a proposal for making a plan comes before its years
        (("中共云岭省委关于制定国民经济和社会发展第十个五年计划的建议",), None, None),
        (("关于制定云岭省国民经济和社会发展第十四个五年规划和二〇三五年远景目标的建议", None, None, 2021), None, None),
        (("关于制定国民经济和社会发展第十个五年计划的建议", None, "2000-10-11"), 2000, "date of issue"),
        (("关于“十四五”养老服务规划实施的意见",), 2021, "first year of the period in the title"),
        (("支持养老服务的二十五条措施",), None, None),  # a count
        (("云岭省2022年民政工作要点",), 2022, "year in the title"),
        (("云岭省养老服务条例（2018年修正）",), 2018, "year in the title"),
        (("云岭省养老服务规划", None, None, 2021), 2021, "first year of the plan's period"),
        (("关于2030年前碳达峰行动方案的意见",), None, None),  # a goal, no year of issue
        (("“健康云岭2030”规划纲要",), None, None),
        (("云岭省养老服务条例",), None, None),
    ],
)
def test_years_of_policies(given: tuple[Any, ...], year: int | None, rule: str | None) -> None:
    found = policy_year(*given)
    assert (found and found.year, found and found.rule) == (year, rule)


def indicator(fact: str, region: str, value: str | None, op: str | None = ">=", **more: Any) -> Row:
    """A row of the query behind the presets on targets."""
    row = dict.fromkeys(
        [
            "level",
            "period_start",
            "kind",
            "baseline_year",
            "baseline_value",
            "baseline_unit",
            "target_unit",
            "page",
            "above_id",
            "actual_year",
            "actual_value",
            "actual_unit",
            "source",
        ]
    )
    return row | {
        "fact_id": fact,
        "plan": f"{region}“十四五”养老服务规划",
        "plan_id": f"plan-{fact}",
        "region": region,
        "region_id": region,
        "concept": "养老机构护理型床位占比",
        "indicator": "护理型床位占比",
        "unit": "%",
        "target_year": 2025,
        "target_text": value,
        "target_op": op,
        "target_value": None if value is None else Decimal(value),
        "file": f"{fact}.txt",
        "start": 0,
        "end": 9,
        "quote": value,
        **more,
    }


@pytest.mark.parametrize(
    ("upper", "lower", "direction", "difference"),
    [
        ({"value": "50"}, {"value": "55"}, "stricter", 5),
        ({"value": "50"}, {"value": "50"}, "equal", 0),
        ({"value": "50", "op": "="}, {"value": "55", "op": "~"}, "stricter", 5),
        ({"value": "50"}, {"value": "45"}, "looser", -5),
        (
            {"value": "10", "concept": "孕产妇死亡率", "op": "<="},
            {"value": "8", "concept": "孕产妇死亡率", "op": "<="},
            "stricter",
            -2,
        ),
        (
            {"value": "10", "concept": "常住人口", "op": "="},
            {"value": "8", "concept": "常住人口", "op": "="},
            "unclear",
            -2,
        ),
        ({"value": "50"}, {"value": None}, "unclear", None),
        ({"value": "50"}, {"value": "40", "op": "<="}, "unclear", -10),  # a least and a most
        (
            {"value": "5", "unit": "万张"},
            {"value": "60000", "unit": "张"},
            "stricter",
            10000,
        ),  # in the lower one's unit
        ({"value": "5", "unit": "万张"}, {"value": "60000", "unit": "人"}, "unclear", None),
    ],
)
def test_escalation(upper: Row, lower: Row, direction: str, difference: int | None) -> None:
    rows = [indicator("a", "云岭省", **upper), indicator("b", "泽宁市", **lower, above_id="云岭省")]
    (found,) = escalation(rows, {})
    assert (found["direction"], found["difference"]) == (direction, difference)
    assert (found["upper_region"], found["region"]) == ("云岭省", "泽宁市")


def test_a_value_stands_beside_the_unit_of_its_cell() -> None:
    """The unit of a cell (5万张) counts before that of its indicator, in every row with the cell's value."""
    cell = {"unit": "张", "target_unit": "万张"}
    rows = [indicator("a", "云岭省", "3", **cell), indicator("b", "泽宁市", "5", **cell, above_id="云岭省")]
    (found,) = escalation(rows, {})
    assert [found[key] for key in ("upper_value", "upper_unit", "value", "unit", "difference")] == [
        3,
        "万张",
        5,
        "万张",
        2,
    ]
    rows[0]["target_unit"] = None  # 3张
    (found,) = escalation(rows, {})
    assert (found["upper_unit"], found["unit"], found["difference"]) == ("张", "万张", Decimal("4.9997"))

    earlier = {"value": "30000", "unit": "张"}
    (found,) = evolution(both_periods(earlier, {"value": "5", "baseline_value": Decimal(29000), **cell}), {})
    assert [found[key] for key in ("earlier_target_unit", "later_baseline_unit", "unit")] == ["张", "张", "万张"]
    assert (found["change"], found["reached"]) == ("raised", False)

    (found,) = tracking([indicator("a", "泽宁市", "5", baseline_value=Decimal(29000), **cell)], {})
    assert (found["baseline_unit"], found["unit"]) == ("张", "万张")


def test_only_the_same_year_and_a_region_above_are_compared() -> None:
    rows = [
        indicator("a", "云岭省", "50", target_year=2030),
        indicator("b", "泽宁市", "55", above_id="云岭省"),
        indicator("c", "松平市", "55", above_id="海原省"),
    ]
    assert escalation(rows, {}) == []


def both_periods(earlier: Row, later: Row) -> list[Row]:
    return [
        indicator("a", "泽宁市", period_start=2016, target_year=2020, plan="泽宁市“十三五”养老服务规划", **earlier),
        indicator("b", "泽宁市", period_start=2021, baseline_year=2020, **later),
    ]


@pytest.mark.parametrize(
    ("earlier", "later", "change", "reached"),
    [
        ({"value": "30"}, {"value": "55", "baseline_value": Decimal(35)}, "raised", True),
        ({"value": "40"}, {"value": "40", "baseline_value": Decimal(35)}, "kept", False),
        ({"value": "60"}, {"value": "55", "baseline_value": None}, "lowered", None),
        ({"value": "30"}, {"value": None, "baseline_value": Decimal(35)}, None, True),
    ],
)
def test_evolution(earlier: Row, later: Row, change: str | None, reached: bool | None) -> None:
    (found,) = evolution(both_periods(earlier, later), {})
    assert (found["change"], found["reached"]) == (change, reached)


def test_a_baseline_of_an_earlier_year_says_nothing_of_the_target() -> None:
    rows = both_periods({"value": "30"}, {"value": "55", "baseline_value": Decimal(35)})
    rows[1]["baseline_year"] = 2019
    assert evolution(rows, {})[0]["reached"] is None


def test_dropped_and_new_within_a_field_alone() -> None:
    rows = both_periods({"value": "30", "concept": "每千名老年人养老床位数"}, {"value": "55"})
    assert {row["concept"]: row["change"] for row in evolution(rows, {})} == {
        "每千名老年人养老床位数": "dropped",
        "养老机构护理型床位占比": "new",
    }
    rows[0]["plan"] = "泽宁市“十三五”数字经济发展规划"
    assert evolution(rows, {}) == []  # an economy plan's indicators are not dropped by a plan for the aged


@pytest.mark.parametrize(
    ("actual", "status"),
    [
        ((2023, "50"), "on course"),  # a straight line from 35 in 2020 to 55 in 2025 is at 47
        ((2023, "44"), "behind"),
        ((2023, "56"), "reached"),
        ((2025, "54"), "missed"),
        ((2020, "35"), "unknown"),  # the baseline itself
        ((2026, "60"), "unknown"),  # after the target's year
        ((None, None), "unknown"),
    ],
)
def test_tracking(actual: tuple[int | None, str | None], status: str) -> None:
    year, value = actual
    (found,) = tracking(
        [
            indicator(
                "a", "泽宁市", "55", baseline_year=2020, baseline_value=Decimal(35), actual_year=year,
                actual_value=value and Decimal(value), actual_unit="%", source="公报",
            )
        ],
        {},
    )  # fmt: skip
    assert found["status"] == status
    assert (found["value"] is None) == (status == "unknown")


def citation(policy: str, plan: str, date: str | None, relation: str = "basis", **more: Any) -> Row:
    return {
        "policy": policy, "policy_id": policy, "policy_label": policy, "policy_date": None, "policy_period_start": None,
        "doc_number": None, "plan": plan, "plan_id": plan, "own_id": f"policy {plan}", "date": date, "relation": relation,
        "plan_doc_number": None, "plan_period_start": None, "file": f"{plan}.txt", "start": 0, **more,
    }  # fmt: skip


def test_diffusion_counts_days_and_orders_by_date() -> None:
    rows = [
        citation("甲", "省", "2021-12-20", policy_date="2021-09-10"),
        citation("甲", "市", "2022-03-15", "mentions", policy_date="2021-09-10"),
        citation("甲", "市", "2022-03-15", "basis", policy_date="2021-09-10", start=5),
        citation("甲", "县", None, policy_date="2021-09-10", plan_doc_number="县府办〔2023〕69号"),
        citation("甲", "区", "2022-03-15", policy_date="2021-09-10"),
        citation("甲", "本", "2022-01-01", own_id="甲"),  # the policy itself
    ]
    found = {row["plan"]: row for row in diffusion(rows, {})}
    assert {plan: (row["days_after"], row["order"]) for plan, row in found.items()} == {
        "省": (101, 1),
        "市": (186, 2),
        "区": (186, 2),  # the same day
        "县": (None, None),
    }
    assert found["市"]["relation"] == "basis"  # what says most
    assert (found["县"]["plan_year"], found["县"]["plan_year_rule"]) == (2023, "document number")
    assert (found["省"]["plan_year"], found["省"]["plan_year_rule"]) == (2021, "date of issue")
    (by_period,) = diffusion([citation("甲", "市", None, plan_period_start=2021)], {})
    assert (by_period["plan_year"], by_period["plan_year_rule"]) == (2021, "first year of the plan's period")


@pytest.mark.parametrize(
    ("undated", "order"),
    [
        ({"plan_doc_number": "县府办〔2023〕69号"}, 1),  # surely later
        ({"plan_doc_number": "县府办〔2021〕69号"}, None),  # earlier, or later in the year
        ({"plan_period_start": 2026}, None),  # plans are issued before their years begin, too
        ({}, None),
    ],
)
def test_an_order_that_is_not_known(undated: dict[str, Any], order: int | None) -> None:
    rows = [
        citation("甲", "省", "2021-12-20"),
        citation("甲", "县", None, **undated),
        citation("乙", "省", "2021-12-20"),
    ]
    found = {(row["policy"], row["plan"]): row["order"] for row in diffusion(rows, {})}
    assert found == {("甲", "省"): order, ("甲", "县"): None, ("乙", "省"): 1}


def test_joint_issuers() -> None:
    rows = [
        {"plan": "甲", "own_id": "1", "issuer": "县民政局、县财政局", "issued": "2022-07-08"},
        {"plan": "甲", "own_id": "1", "issuer": "县民政局、县财政局", "issued": "2022-07-08"},  # another file of it
        {"plan": "乙", "own_id": "2", "issuer": "县财政局、县民政局、县医保局", "issued": None},
        {"plan": "丙", "own_id": "3", "issuer": "县民政局", "issued": None},  # nobody beside it
        {"plan": "丁", "own_id": "4", "issuer": "国家发展改革委、财政部", "issued": None},
        {"plan": "戊", "own_id": "5", "issuer": "财政部、国家发展和改革委员会、科技部", "issued": None},
    ]

    def pairs(**given: str) -> dict[tuple[str, str], int]:
        return {(row["issuer"], row["other"]): row["plans"] for row in joint_issuers(rows, given)}

    assert pairs() == {
        ("县民政局", "县财政局"): 2,
        ("县医保局", "县民政局"): 1,
        ("县医保局", "县财政局"): 1,
        ("国家发展和改革委员会", "财政部"): 2,
        ("国家发展和改革委员会", "科学技术部"): 1,
        ("科学技术部", "财政部"): 1,
    }
    assert len(pairs(issuer="国家发展改革委")) == len(pairs(issuer="国家发展和改革")) == 2


def test_observations_are_read_by_their_header() -> None:
    text = (
        '\ufeff年份,地区,指标,数值\n2023年,泽宁市,全市护理型床位占比（%）,48.5%\n\n2022,泽宁市,护理型床位占比,"1,048"\n'
    )
    one, other = read_observations(text, "v.csv")
    assert (one.region, one.concept, one.year, one.value, one.unit) == (
        "泽宁市",
        other.concept,
        2023,
        Decimal("48.5"),
        "%",
    )
    assert (other.value, other.line) == (Decimal(1048), 4)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no column region, concept, year, value"),
        ("地区,指标,年份\n", "no column value"),
        ("地区,指标,年份,数值\n泽宁市,床位,去年,3", "line 2: '去年' is no year"),
        ("地区,指标,年份,数值\n泽宁市,床位,2023,约3", "line 2: '约3' is no number"),
        ("地区,指标,年份,数值\n泽宁市,床位,2023,NaN", "line 2: 'NaN' is no number"),
        ("地区,指标,年份,数值\n,床位,2023,3", "line 2: names no region"),
        ("地区,指标,年份,数值\r,床位,2023,3", "line 2: names no region"),
        ("地区,指标,年份,数值\n泽宁市," + "床" * 140_000, "cannot be read: field larger"),
    ],
)
def test_observations_that_are_refused(text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        list(read_observations(text, "v.csv"))


def test_the_samples_show_each(store: Store) -> None:
    def values(name: str, column: str) -> set[Any]:
        return {row[0] for row in preset(name).run(store).of((column,)).rows}

    assert values("target-escalation", "direction") >= {"stricter", "equal", "looser"}
    assert values("indicator-evolution", "change") >= {"raised", "dropped", "new"}
    assert values("indicator-evolution", "reached") >= {True, False}
    assert values("target-tracking", "status") >= {"on course", "behind", "reached", "missed", "unknown"}
    assert values("task-alignment", "relation") >= {"basis", "region", "period"}
    assert preset("coverage-gaps").run(store, {"plan": "全国", "other": "青禾县"}).rows


def test_gaps_and_taken_up_tasks_make_up_the_plan(store: Store) -> None:
    """Each task of the upper plan is either taken up by the lower one or a gap."""
    given = {"plan": "全国", "other": "云岭省"}
    gaps = {row[0] for row in preset("coverage-gaps").run(store, given).of(("task_id",)).rows}
    aligned = (
        preset("task-alignment").run(store, {"plan": "云岭省", "other": "全国"}).of(("other_task_id", "kind")).rows
    )
    taken = {task for task, kind in aligned if kind != "related"}
    tasks = {row[0] for row in preset("tasks").run(store, {"plan": "全国"}).of(("task_id",)).rows}
    assert not gaps & taken
    assert gaps | taken <= tasks
    assert len(tasks - gaps - taken) <= 1  # at most one stands in a passage that is no task


def test_the_values_of_the_samples_are_readable() -> None:
    path: Path = SAMPLES / "values.csv"
    assert len(list(read_observations(path.read_text("utf-8"), path.name))) >= 5
