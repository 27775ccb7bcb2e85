"""Rows of tables as indicators and observations: columns, years, names, units, groups, and tables that are neither."""

import hashlib
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import cast

import pytest
from reading_of import doc_of
from spacy.tokens import Doc

from extractors.indicators.component import indicators
from extractors.indicators.names import department_names, name_and_unit, within_group
from extractors.indicators.rows import group_label
from extractors.indicators.values import CellValue, read_value
from extractors.layout import layout
from extractors.reading import Reading, reading
from extractors.reference.regions import CHINA
from extractors.tables.model import Row, TableCell
from ontology.model.facts import Indicator, Measure, Observation, Plan, Region, squeeze
from ontology.model.source import Source

HOME = Region("澄江市", None, "prefectural", CHINA, "test")


def read(
    text: str,
    period: tuple[int, int] | None = (2021, 2025),
    issued: date | None = None,
    title: str = "澄江市养老服务规划",
) -> Doc:
    """The Doc of a plan for these years, its tables read."""
    document = layout(Source("t.txt", hashlib.sha256(text.encode()).hexdigest(), text, "txt", "utf-8"))
    plan = SimpleNamespace(title=title, period=period, region=HOME, issued=issued)
    return indicators(doc_of(Reading(document, plan=cast(Plan, plan))))


def facts(text: str, period: tuple[int, int] | None = (2021, 2025), **more: object) -> list[Indicator]:
    return [fact for fact in reading(read(text, period, **more)).facts if isinstance(fact, Indicator)]


def observations(
    text: str, period: tuple[int, int] | None = (2021, 2025), **more: object
) -> list[tuple[str, int, Decimal, str | None]]:
    found = [fact for fact in reading(read(text, period, **more)).facts if isinstance(fact, Observation)]
    return [(fact.name, fact.year, fact.value, fact.unit) for fact in found]


def measure(found: Measure | None) -> tuple[object, ...] | None:
    return found and (found.year, found.text, found.op, found.value, found.unit)


PLAN = """表1 “十四五”养老服务主要指标
序号\t类别\t指标名称\t2020年\t2025年\t牵头单位\t配合单位\t属性
1\t设施建设\t1.护理型床位占比①（%）\t48.5\t≥55\t市民政局、市财政局\t市卫健委\t约束性
2\t\t老年大学覆盖面\t—\t每个县至少1所\t市教育局\t\t预期性
3\t人才队伍\t护理员培训人次（万人次）\t1.2\t3以上\t市人社局 市民政局\t\t预测性
4\t\t社会组织参与情况\t/\t稳步提高\t市民政局\t\t
注：①含公办和民办机构。
"""


def test_a_row_gives_all_its_columns() -> None:
    first, second, third, fourth = facts(PLAN)
    assert (first.name, first.dimension, first.kind, first.unit) == ("护理型床位占比", "设施建设", "约束性", "%")
    assert first.departments == ("市民政局", "市财政局")  # those that help do not lead
    assert [body.function for body in first.leads] == ["民政", "财政"]
    assert measure(first.baseline) == (2020, "48.5", "=", Decimal("48.5"), "%")
    assert measure(first.target) == (2025, "≥55", ">=", Decimal(55), "%")
    assert (second.dimension, second.baseline) == ("设施建设", None)  # a dash is no value
    assert measure(second.target) == (2025, "每个县至少1所", ">=", Decimal(1), "所")
    assert (third.name, third.unit, third.kind, third.dimension) == ("护理员培训人次", "万人次", "预测性", "人才队伍")
    assert third.departments == ("市人社局", "市民政局")
    assert measure(fourth.target) == (2025, "稳步提高", None, None, None)
    assert fourth.kind is None


def test_the_proof_is_the_row() -> None:
    doc = read(PLAN)
    quotes = [squeeze(fact.evidence.quote) for fact in reading(doc).facts]
    assert quotes[0] == "1设施建设1.护理型床位占比①（%）48.5≥55市民政局、市财政局市卫健委约束性"
    assert [squeeze(span.text) for span in doc.spans["indicators"]] == quotes
    assert list(doc.spans["observations"]) == []


@pytest.mark.parametrize(
    ("head", "period", "baseline", "targets"),
    [
        ("2020年\t2025年", (2021, 2025), 2020, [2025]),
        ("2020年\t2025年\t2035年", (2021, 2025), 2020, [2025, 2035]),
        ("2020年\t2025年\t2035年", (2021, 2035), 2020, [2025, 2035]),  # 2025 ends a five-year period within the plan
        ("2020年\t2022年\t2025年", (2021, 2025), 2020, [2025]),  # 2022 may be what was reached
        ("2020年\t2025年实际\t2035年", (2021, 2035), 2025, [2035]),
        ("2020年\t2022年目标\t2025年目标", (2021, 2025), 2020, [2022, 2025]),
        ("2019年\t2020年\t2025年", (2021, 2025), 2020, [2025]),  # the latest before the period
        ("2020年目标\t2020年实际\t2025年目标", (2021, 2025), 2020, [2025]),  # an old target is no baseline
        ("基期值\t目标值", (2021, 2025), None, [2025]),
        ("“十三五”期末数（2020年）\t“十四五”目标", (2021, 2025), 2020, [2025]),
        ("2020年\t2021年\t2022年\t2023年\t2024年\t2025年", (2021, 2025), 2020, [2022, 2023, 2024, 2025]),  # each year
        ("2015年\t2020年\t年均增速", (2016, 2020), 2015, [2020]),
        ("2025年现状值\t2030年目标值", (2026, 2030), 2025, [2030]),
        ("2025年预计\t2030年目标", (2026, 2030), 2025, [2030]),  # drawn up in 2025
        ("2025年\t2030年预计", (2026, 2030), 2025, [2030]),
        ("2025年（预计数）\t2030年", (2026, 2030), 2025, [2030]),
        ("2020年实际\t2025年目标", None, 2020, [2025]),  # a plan without a known period
        ("2016年\t2020年\t2022年", (2018, 2022), 2016, [2020, 2022]),  # 2020 ends a five-year period
        ("2016年\t2018年\t2022年", (2018, 2022), 2016, [2022]),
        ("2019年\t2020年\t2022年", (2020, 2022), 2019, [2022]),  # 2020 is the plan's first year
    ],
)
def test_years(head: str, period: tuple[int, int] | None, baseline: int | None, targets: list[int]) -> None:
    width = head.count("\t") + 1
    text = (
        f"主要指标\n指标\t单位\t{head}\t属性\n森林覆盖率\t%\t"
        + "\t".join(str(40 + n) for n in range(width))
        + "\t约束性\n"
    )
    text += "用水总量\t亿立方米\t" + "\t".join(str(5 + n) for n in range(width)) + "\t约束性\n"
    found = facts(text, period)
    first = found[0]
    assert first.baseline
    assert first.baseline.year == baseline
    assert [fact.target.year for fact in found if fact.name == first.name and fact.target] == targets


@pytest.mark.parametrize(
    ("head", "issued", "targets"),
    [
        ("2020年\t2023年\t2025年", 2022, [2023, 2025]),
        ("2020年\t2022年\t2025年", 2022, [2025]),  # 2022 may be what was reached
        ("2020年\t2023年实际\t2025年", 2022, [2025]),
        ("2020年\t2021年\t2025年", 2020, [2025]),  # the plan's first year
    ],
)
def test_a_year_after_that_of_issue_is_aimed_at(head: str, issued: int, targets: list[int]) -> None:
    text = f"主要指标\n指标\t{head}\n森林覆盖率\t40\t41\t42\n湿地保护率\t50\t51\t52\n"
    found = facts(text, issued=date(issued, 3, 1))
    assert [fact.target.year for fact in found if fact.name == "森林覆盖率" and fact.target] == targets


@pytest.mark.parametrize(
    ("title", "head", "period", "issued", "baseline", "targets"),
    [
        # a plan without a period: what comes after its issue is aimed at
        ("主要指标", "2020年\t2023年\t2025年", None, 2022, 2020, [2023, 2025]),
        ("主要指标", "2020年\t2022年\t2025年", None, 2022, 2020, [2025]),  # 2022 may be what was reached
        ("主要指标", "2020年\t2021年\t2025年", None, 2022, 2021, [2025]),
        ("主要指标", "2022年\t2025年", None, 2022, 2022, [2025]),
        ("主要指标", "2023年\t2025年", None, 2022, None, [2023, 2025]),
        ("主要指标", "2015年\t2020年\t2025年", None, 2021, 2020, [2025]),
        # neither a period nor a year of issue
        ("主要指标", "2020年\t2025年", None, None, 2020, [2025]),
        ("主要指标", "2020年\t2022年\t2025年", None, None, 2020, [2025]),  # within the period that 2025 ends
        ("主要指标", "2018年\t2019年\t2020年\t2025年", None, None, 2020, [2025]),
        ("主要指标", "2020年现状\t2022年\t2025年", None, None, 2020, [2025]),
        ("主要指标", "2021年\t2022年\t2023年目标", None, None, 2022, [2023]),
        ("主要指标", "2021年\t2022年\t2023年", None, None, None, [2023]),  # 2022 may be a target
        # the title says that each year has its targets
        ("主要目标分年度计划表", "2021年\t2022年\t2023年\t2024年\t2025年", None, 2022, 2021, [2022, 2023, 2024, 2025]),
        ("主要目标分年度计划表", "2021年\t2022年\t2023年\t2024年\t2025年", None, None, None, [2022, 2023, 2024, 2025]),
        ("主要目标分年度计划表", "2020年现状\t2022年\t2023年\t2025年", None, None, 2020, [2022, 2023, 2025]),
        ("各年度目标", "2022年\t2023年\t2024年\t2025年", (2023, 2025), 2023, 2022, [2023, 2024, 2025]),
        ("部分年份主要指标", "2020年\t2022年\t2025年", None, 2022, 2020, [2025]),
        # so does a column for each year of the plan
        ("主要指标", "2022年\t2023年\t2024年\t2025年", (2023, 2025), 2023, 2022, [2023, 2024, 2025]),
        ("主要指标", "2022年\t2023年\t2024年\t2025年", (2023, 2025), None, 2022, [2024, 2025]),
        ("主要指标", "2020年\t2021年\t2022年\t2023年\t2024年\t2025年", (2021, 2025), 2023, 2020, [2023, 2024, 2025]),
        ("主要指标", "2020年\t2021年\t2023年\t2025年", (2021, 2025), 2021, 2020, [2023, 2025]),
        # no column comes before the plan, and nothing says when it was issued: its first year has targets too
        ("主要指标", "2023年\t2024年\t2025年", (2023, 2025), None, None, [2023, 2024, 2025]),
        ("主要指标", "2023年\t2024年\t2025年\t合计", (2023, 2025), None, None, [2023, 2024, 2025]),
        ("主要指标", "2022年实际\t2023年\t2024年\t2025年", (2023, 2025), None, 2022, [2023, 2024, 2025]),
        ("年度目标分解", "2021年\t2023年\t2025年", (2021, 2025), None, None, [2021, 2023, 2025]),
        ("主要指标", "2021年\t2023年\t2025年", (2021, 2025), None, None, [2025]),  # 2021 may be what was reached
        ("主要指标", "2021年\t2022年\t2023年\t2024年\t2025年", (2021, 2025), 2022, None, [2022, 2023, 2024, 2025]),
        # the year of issue or one before it ends no stage, nor does a first year that may be what the plan starts from
        ("主要指标", "2018年\t2020年\t2025年\t2035年", (2018, 2035), 2021, None, [2025, 2035]),
        ("主要指标", "2018年\t2020年\t2025年\t2035年", (2018, 2035), 2019, None, [2020, 2025, 2035]),
        ("主要指标", "2017年\t2020年\t2022年", (2018, 2022), 2020, 2017, [2022]),
        ("主要指标", "2020年\t2025年\t2035年", (2020, 2035), None, None, [2025, 2035]),
        ("主要指标", "2019年\t2020年\t2035年", (2020, 2035), 2019, 2019, [2020, 2035]),
    ],
)  # fmt: skip
def test_a_column_for_each_of_several_years(
    title: str, head: str, period: tuple[int, int] | None, issued: int | None, baseline: int | None, targets: list[int]
) -> None:
    cells = "\t".join(str(40 + n) for n in range(head.count("\t") + 1))
    text = f"{title}\n指标\t{head}\t属性\n森林覆盖率\t{cells}\t约束性\n湿地保护率\t{cells}\t约束性\n"
    found = facts(text, period, issued=issued and date(issued, 3, 1))
    rows = [fact for fact in found if fact.name == "森林覆盖率"]
    assert {fact.baseline and fact.baseline.year for fact in rows} == {baseline}
    assert [fact.target.year for fact in rows if fact.target] == targets


def test_a_year_after_the_issue_is_aimed_at_whatever_else_the_table_says() -> None:
    text = "主要指标\n指标\t单位\t2020年\t2025年\n湿地保护率\t%\t9\t12\n森林覆盖率\t%\t40\t41\n"
    assert [one.target and one.target.year for one in facts(text, None, issued=date(2021, 3, 4))] == [2025, 2025]
    assert not facts(text, None)  # nothing says when the plan was made


@pytest.mark.parametrize(
    ("head", "period", "said", "targets"),
    [
        ("规划基期年\t规划近期目标年\t规划目标年", (2021, 2035), "", [(None, "42"), (2035, "44")]),
        ("现状值\t近期目标值\t规划目标值", (2021, 2035), "近期至2025年，", [(2025, "42"), (2035, "44")]),
        ("现状值\t近期目标值\t远期目标值", (2021, 2035), "近期为2021—2025年，", [(2025, "42"), (2035, "44")]),
        ("现状值\t近期目标值\t规划目标值", (2021, 2035), "近期到2025年、近期到2026年，", [(None, "42"), (2035, "44")]),
        ("现状值\t近期目标值\t远期目标值", (2021, 2025), "", [(2025, "42")]),  # the far stage is beyond the plan
        ("现状（2020年）\t近期（2025年）\t远期（2035年）", (2021, 2035), "", [(2025, "42"), (2035, "44")]),
        ("基期年\t2025年\t2035年", (2021, 2035), "近期至2028年，", [(2025, "42"), (2035, "44")]),
    ],
)
def test_stages_of_a_long_plan(
    head: str, period: tuple[int, int], said: str, targets: list[tuple[int | None, str]]
) -> None:
    table = f"指标\t{head}\t属性\n森林覆盖率（%）\t40\t42\t44\t约束性\n耕地面积（万亩）\t9\t9\t9\t约束性\n"
    found = facts(f"规划期限为{period[0]}年至{period[1]}年，{said}统筹推进。\n\n表1 规划指标\n{table}", period)
    assert [(one.target.year, one.target.text) for one in found if one.name == "森林覆盖率" and one.target] == targets


REPORT = "澄江市国民经济和社会发展第十四个五年规划纲要实施情况中期评估报告"


@pytest.mark.parametrize(
    ("title", "head", "expected"),
    [
        (REPORT, "2020年\t2022年\t2025年", (2020, [2025], [2022])),
        (REPORT, "2020年实际\t2022年实际\t2025年目标", (2020, [2025], [2022])),
        (REPORT, "2015年\t2019年\t2020年", (None, [], [2015, 2019, 2020])),  # all before the plan
        ("澄江市养老服务规划", "2020年实际\t2022年实际\t2025年目标", (2022, [2025], [])),
        ("澄江市养老服务规划", "2013年\t2015年\t2020年", (None, [], [2013, 2015, 2020])),
    ],
)
def test_a_report_half_way_gives_what_was_reached_and_what_is_aimed_at(
    title: str, head: str, expected: tuple[int | None, list[int], list[int]]
) -> None:
    text = f"表1 主要指标完成情况\n指标名称\t{head}\t属性\n粮食产量（万吨）\t31\t39\t50\t预期性\n床位数（张）\t8\t9\t10\t预期性\n"
    found = [one for one in facts(text, title=title) if one.name == "粮食产量"]
    reached = [year for name, year, _, _ in observations(text, title=title) if name == "粮食产量"]
    baseline = found[0].baseline.year if found and found[0].baseline else None
    assert (baseline, [one.target.year for one in found if one.target], reached) == expected


def test_bands_give_the_dimension_and_an_average_stands_in_for_a_year_without_value() -> None:
    text = (
        "主要指标\n指标\t2020年\t2025年\t年均增长/累计\t属性\n一、经济发展\t\t\t\t\n"
        "全员劳动生产率增长（%）\t2.5\t—\t高于GDP增长\t预期性\n常住人口城镇化率（%）\t60.6*\t65\t—\t预期性\n"
        "二、民生福祉（2项）\t\t\t\t\n城镇调查失业率（%）\t5.2\t—\t＜5.5\t预期性\n注：*为2019年数据。\n"
    )
    got = facts(text)
    assert [(fact.name, fact.dimension) for fact in got] == [
        ("全员劳动生产率增长", "经济发展"),
        ("常住人口城镇化率", "经济发展"),
        ("城镇调查失业率", "民生福祉"),
    ]
    assert [measure(fact.target) for fact in got] == [
        (2025, "高于GDP增长", None, None, "%"),
        (2025, "65", "=", Decimal(65), "%"),
        (2025, "＜5.5", "<", Decimal("5.5"), "%"),
    ]


def test_a_plan_looks_back_before_it_looks_ahead() -> None:
    text = (
        "表1 “十三五”时期主要指标完成情况\n\n指标\t单位\t2015年\t2020年目标\t2020年完成\n"
        "优良天数比例\t%\t78.5\t82\t88.1\n"
        "水质优良断面\t个\t—\t12\t约14\n\n"
        "表2 “十四五”主要指标\n\n指标\t单位\t2020年\t2025年\t属性\n优良天数比例\t%\t88.1\t90\t约束性\n"
    )
    assert observations(text) == [
        ("优良天数比例", 2015, Decimal("78.5"), "%"),
        ("优良天数比例", 2020, Decimal("88.1"), "%"),  # not the old target; and 约14 is no exact number
    ]
    assert [fact.name for fact in facts(text)] == ["优良天数比例"]


def test_what_was_reached_was_reached_by_the_end_of_the_period() -> None:
    text = (
        "表1 “十三五”规划主要指标完成情况\n\n指标\t单位\t“十二五”末\t规划目标\t实际完成\t完成率\t是否完成\n"
        "水土流失治理面积\t万亩\t80\t120\t131.2\t109%\t超额完成\n湿地保护率\t%\t—\t50\t52\t104%\t完成\n"
    )
    assert observations(text) == [
        ("水土流失治理面积", 2015, Decimal(80), "万亩"),
        ("水土流失治理面积", 2020, Decimal("131.2"), "万亩"),  # neither the target nor how much of it
        ("湿地保护率", 2020, Decimal(52), "%"),
    ]
    assert observations(text.replace("主要指标完成情况", "中期评估完成情况")) == [
        ("水土流失治理面积", 2015, Decimal(80), "万亩")
    ]


def test_a_value_of_the_past_may_have_a_year_of_its_own() -> None:
    text = "表1 “十三五”主要指标完成情况\n指标\t单位\t2015年\t2020年\n湿地保护率\t%\t8（2016年）\t9.1\n"
    assert [(year, value) for _, year, value, _ in observations(text)] == [(2016, Decimal(8)), (2020, Decimal("9.1"))]


def test_no_value_was_reached_after_the_plan_was_issued() -> None:
    text = "主要指标对比\n指标\t单位\t2019年\t2020年\t2025年\n湿地保护率\t%\t8\t9\t12\n"
    found = [
        [fact.year for fact in reading(read(text, None, issued)).facts if isinstance(fact, Observation)]
        for issued in (None, date(2026, 1, 2), date(2021, 3, 4))
    ]
    assert found == [[2019, 2020, 2025], [2019, 2020, 2025], [2019, 2020]]


def test_two_tables_side_by_side_are_one_behind_the_other() -> None:
    head = "指标\t2020年\t2025年"
    text = f"主要指标\n{head}\t{head}\n森林覆盖率\t38%\t40%\t湿地保护率\t50%\t55%\n林地面积\t80\t81\t草原面积\t6\t7\n"
    got = [(fact.name, fact.dimension, fact.target and fact.target.text) for fact in facts(text)]
    assert got == [
        ("森林覆盖率", None, "40%"),
        ("林地面积", None, "81"),
        ("湿地保护率", None, "55%"),
        ("草原面积", None, "7"),
    ]


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("2023年达到90", 2023),  # a year of its own
        ("90（2024年）", 2024),
        ("90", 2025),
        ("比2020年提高5个百分点", 2025),  # what it is compared with
        ("与2020年相比下降5%", 2025),
        ("达到2020年的1.5倍", 2025),
        ("高于2020年5个百分点", 2025),
        ("于2023年达到90", 2023),
        ("2023年达到85，2025年达到90", 2025),  # two numbers: no value, so no year of its own
        ("2023年60%，2024年进一步优化布局", 2023),
        ("2023年60%", 2023),
        ("2023年6月底前达到60", 2023),
        ("2023年启动，2024年达到60", 2024),
        ("2022年启动；2023年推进；2024年达到60", 2024),
        ("2020年1.5倍", 2025),
        ("2023年启动、2024年达到60", 2025),  # not told apart
    ],
)
def test_a_cell_may_have_a_year_of_its_own(cell: str, year: int) -> None:
    (fact,) = facts(f"主要指标\n指标\t单位\t2020年\t2025年\t属性\n健康素养水平\t%\t20\t{cell}\t预期性\n")
    assert fact.target
    assert fact.target.year == year


def test_groups_name_the_rows_that_say_nothing_alone() -> None:
    text = (
        "表1 2015年和2020年对比\n类别\t指标\t\t单位\t2015年\t2020年\n"
        "社会救助\t医疗救助\t对象人次\t万人次\t2.1\t7.9\n\t\t支出\t万元\t1200\t1977\n"
        "\t教育救助\t对象人次\t万人次\t1.1\t1.9\n\t养老机构数\t\t家\t120\t184\n"
    )
    assert [(name, year) for name, year, _, _ in observations(text) if year == 2020] == [
        ("医疗救助对象人次", 2020),
        ("医疗救助支出", 2020),
        ("教育救助对象人次", 2020),
        ("养老机构数", 2020),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # a division of work
        "序号\t重点任务\t牵头单位\t完成时限\n1\t推进改革\t市民政局\t2023年\n2\t健全制度\t市医保局\t2025年\n",
        # projects with a column of money for each year
        "项目名称\t建设内容\t2021年\t2022年\t责任单位\n水库扩建\t库容500万方\t1200\t800\t市水利局\n管网改造\t120公里\t300\t20\t市住建局\n",
        # one measure shared out over the counties
        "县（区）\t2020年\t2025年\n云岭县\t1.2\t1.3\n澄江区\t2.2\t2.1\n",
        # and over the cities, year by year
        "地区\t2021年\t2022年\t2023年\t2024年\t2025年\n澄江市\t12\t13\t14\t15\t16\n云岭市\t2\t3\t4\t5\t6\n",
        # the years aimed at were not recognised: one year says nothing of looking back
        "指标\t单位\t2020年\t愿景\t属性\n森林覆盖率\t%\t40\t42\t约束性\n用水总量\t亿立方米\t5\t6\t约束性\n",
        # a number that slipped out of its cell into the name's
        "指标\t2020年\t2025年\t属性\n基金(含生36.43育)收入\t亿元\t60\t预期性\n覆盖率(含40.2村)比例\t%\t60\t预期性\n",
        # a list that merely has tabs
        "一、\t加强领导\t2025年\n二、\t加大投入\t2023年\n",
        # a table without values
        "指标\t单位\t属性\n森林覆盖率\t%\t约束性\n用水总量\t亿立方米\t约束性\n",
    ],
)
def test_tables_of_other_things(text: str) -> None:
    assert reading(read(text)).facts == []


def test_no_row_from_notes_sums_and_empty_rows() -> None:
    text = (
        "指标\t单位\t2020年\t2025年\t属性\n森林覆盖率\t%\t40\t42\t约束性\n湿地保护率\t%\t\t\t\n合计\t项\t2\t2\t\n"
        "注：2020年为快报数。\t\t\t\t\n"
    )
    assert [fact.name for fact in facts(text)] == ["森林覆盖率"]


def test_names_of_repeated_heads_and_pages_stay_out_of_the_rows() -> None:
    text = (
        "指标 单位 2020年 2025年 属性\n\n农村自来水普及率 % 88 92 预期性\n\n"
        "城市供水管网漏损\n\n率\n% 9.5 8.0 约束性\n\n\n— 12 —\n\n\n指标 单位 2020年 2025年 属性\n\n再生水利用率 % 18 25 预期性\n\n第三章 主要任务\n"
    )
    assert [fact.name for fact in facts(text)] == ["农村自来水普及率", "城市供水管网漏损率", "再生水利用率"]


def test_several_numbers_in_a_cell_are_parts_and_no_value() -> None:
    text = (
        "指标\t2020年\t2025年\t属性\n集中采购品种\t5类\t药品500个以上，耗材5类以上\t预期性\n"
        "平均候诊时间\t1小时\t30分钟\t预期性\n"
    )
    target = facts(text)[0].target
    assert target
    assert (target.value, target.op) == (None, None)
    assert [(part.subject, part.op, part.value, part.unit) for part in target.parts] == [
        ("药品", ">=", Decimal(500), "个"),
        ("耗材", ">=", Decimal(5), "类"),
    ]


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("90%（其中城镇80%）", [None, "城镇"]),  # a bracket begins another subject
        ("城区95%以上（镇区90%以上）", ["城区", "镇区"]),
        ("省级10个（含3个县）", ["省级", "县"]),
        ("98%（城市）、95%（农村）", ["城市", "农村"]),
        ("设区市（含县级）25家，镇20家", ["设区市(含县级)", "镇"]),
    ],
)
def test_subjects_of_values_in_brackets(text: str, subjects: list[str | None]) -> None:
    assert [part.subject for part in read_value(text).parts] == subjects


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("用水量（立方米）", "较2020年下降15%", None),  # by 15 %, and not to 15 立方米
        ("用水量（立方米）", "下降至50", 50),
        ("人均收入（元）", "年均增长8%", 8),  # a target of its own
        ("用水量降低（%）", "较2020年下降15%", 15),
        ("用水量下降率", "下降15%", 15),
        ("节水率（%）", "提高5个百分点", 5),
        ("用水量", "下降15%", 15),  # in per cent, for all that is said
    ],
)
def test_a_change_in_per_cent_is_no_value_in_another_unit(name: str, cell: str, value: int | None) -> None:
    (found,) = facts(f"指标\t2020年\t2025年\t属性\n{name}\t62\t{cell}\t约束性\n")
    assert found.target is not None
    assert (found.target.text, found.target.value) == (cell, value)


def test_a_forecast_in_a_table_of_the_past_is_observed() -> None:
    text = "一、发展基础\n主要指标完成情况\n指标\t2015年\t2020年规划目标\t2020年预计\n参保率（%）\t95\t96\t97\n"
    assert observations(text) == [("参保率", 2015, Decimal(95), "%"), ("参保率", 2020, Decimal(97), "%")]


def test_a_column_without_a_label_behind_the_names_holds_no_groups() -> None:
    text = "指标\t2020年\t2025年\t\t属性\n参保率（%）\t95\t96\t5\t预期性\n床位（张）\t3\t5\t9\t预期性\n"
    assert [(fact.dimension, measure(fact.target)) for fact in facts(text)] == [
        (None, (2025, "96", "=", Decimal(96), "%")),
        (None, (2025, "5", "=", Decimal(5), "张")),
    ]


def test_a_year_to_compare_with_is_no_value() -> None:
    assert read_value("不低于2020年水平", "%") == CellValue(unit="%")


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("森林覆盖率（%）", "森林覆盖率", "%"),
        ("3.用水总量①（亿立方米）", "用水总量", "亿立方米"),
        ("（2）千人床位数（张）*", "千人床位数", "张"),
        ("单位GDP能耗降低[1]（%）", "单位GDP能耗降低", "%"),
        ("其中：农村居民（元）", "农村居民", "元"),
        ("总产值(单位：亿元)", "总产值", "亿元"),
        ("森林蓄积量（万m³）", "森林蓄积量", "万m³"),
        ("人均公园绿地面积²（m²）", "人均公园绿地面积", "m²"),  # the first is the mark of a note
        ("支付比例（含大病保险）", "支付比例（含大病保险）", None),  # a remark is no unit
        ("5G基站数", "5G基站数", None),  # no row number
        ("3岁以下婴幼儿托位数（个）", "3岁以下婴幼儿托位数", "个"),
        ("PM2.5浓度（微克/立方米）", "PM2.5浓度", "微克/立方米"),
    ],
)
def test_name_and_unit(text: str, name: str, unit: str | None) -> None:
    assert name_and_unit(text) == (name, unit)


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("（%）", "%"),
        ("（万人次", "万人次"),  # the other bracket was lost
        ("万吨（标准煤）", "万吨（标准煤）"),
        ("（万）人（次）", "（万）人（次）"),
        ("（万吨（标准煤））", "万吨（标准煤）"),
        ("（万吨（标准煤）", "万吨（标准煤）"),
        ("—", None),
    ],
)
def test_brackets_that_are_part_of_a_unit_stay(cell: str, unit: str | None) -> None:
    rows = f"指标 | 单位 | 2020年 | 2025年 | 属性\n--- | --- | --- | --- | ---\n供水总量 | {cell} | 82 | 94 | 预期性\n"
    assert [found.unit for found in facts(f"主要指标\n\n{rows}")] == [unit]


@pytest.mark.parametrize(
    ("name", "group", "repeated", "own", "full"),
    [
        ("支出", "门诊救助", False, False, "门诊救助支出"),  # too short alone
        ("对象人次", "医疗救助", True, False, "医疗救助对象人次"),  # another row has it too
        ("统筹基金收入", "职工医保基金收入", False, True, "职工医保统筹基金收入"),  # a part of what the group sums up
        ("报销金额", "本地结算情况", True, True, "本地结算报销金额"),
        ("养老机构数", "民政事业", False, True, "养老机构数"),  # says it all
        ("养老床位数", "养老", True, True, "养老床位数"),  # never twice
        ("就业人数", "就业工作", True, False, "就业人数"),  # nor where the group says 工作 too
        ("救助情况", "医疗救助情况", True, False, "救助情况"),
        ("参保率", None, True, True, "参保率"),
    ],
)
def test_within_group(name: str, group: str | None, repeated: bool, own: bool, full: str) -> None:
    assert within_group(name, group, repeated=repeated, own=own) == full


@pytest.mark.parametrize(
    ("outer", "inner", "others", "label"),
    [
        # the words go on alike wherever the table has them: one label on two lines
        ("居民养老", "服务补贴支出", ["居民养老服务机构数", "居民养老服务"], "居民养老服务补贴支出"),
        ("居民养老", "服务补贴支出", ["居民养老机构数", "居民养老服务"], "服务补贴支出"),  # they go on otherwise too
        ("社会救助", "门诊救助", ["社会救助", "人次"], "门诊救助"),  # they stand nowhere else: two labels
    ],
)
def test_a_label_broken_over_two_columns(outer: str, inner: str, others: list[str], label: str) -> None:
    group, name = TableCell(0, 1, inner, ()), TableCell(0, 2, "机构补贴支出", ())
    row = Row(0, (), (TableCell(0, 0, outer, ()), group, name), (0, 9))
    assert group_label(row, (0, 1), group, {outer, inner, *others}) == label


def test_the_label_of_the_rows_above_is_not_joined() -> None:
    group = TableCell(3, 1, "服务补贴支出", ())
    row = Row(3, (), (TableCell(0, 0, "居民养老", (), row_span=5), group, None), (0, 9))
    assert group_label(row, (0, 1), group, {"居民养老服务机构数"}) == "服务补贴支出"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市民政局、市财政局", ["市民政局", "市财政局"]),
        ("县医保局 县税务局", ["县医保局", "县税务局"]),
        ("县医保局县税务局", ["县医保局", "县税务局"]),  # no mark between them
        ("县医保局县税务局。", ["县医保局", "县税务局"]),
        ("县医保局县税务局等", ["县医保局", "县税务局"]),
        ("牵头单位：市水利局；各县（区）政府", ["市水利局", "各县（区）政府"]),
        ("市发展改革委（市能源局）等", ["市发展改革委（市能源局）"]),
        ("—", []),
        ("无", []),
        ("市办公室", ["市办公室"]),
    ],
)
def test_department_names(text: str, names: list[str]) -> None:
    assert list(department_names(text)) == names


def values(text: str) -> list[tuple[str, str | None, str | None, int | None]]:
    """(name, baseline text, target text, target year) of each indicator."""
    return [
        (
            fact.name,
            fact.baseline and fact.baseline.text,
            fact.target and fact.target.text,
            fact.target and fact.target.year,
        )
        for fact in facts(text)
    ]


HEADERS = [
    # 目标值 is merged over the baseline too: 2020 lies before the plan
    (
        "指标\t单位\t目标值\t\t属性\n\t\t2020年\t2025年\t\n供水普及率\t%\t88\t95\t约束性\n节水面积\t万亩\t8\t9\t预期性\n",
        [("供水普及率", "88", "95", 2025), ("节水面积", "8", "9", 2025)],
    ),
    # near miss: what was aimed at for 2020 is no baseline where the header is the column's own
    (
        "指标\t单位\t2020年目标\t2025年目标\t属性\n供水普及率\t%\t88\t95\t约束性\n节水面积\t万亩\t8\t9\t预期性\n",
        [("供水普及率", None, "95", 2025), ("节水面积", None, "9", 2025)],
    ),
    # both target years
    (
        "指标\t单位\t2020年\t2025年\t2035年\t属性\n供水普及率\t%\t88\t95\t98\t约束性\n节水面积\t万亩\t8\t—\t12\t预期性\n",
        [("供水普及率", "88", "95", 2025), ("供水普及率", "88", "98", 2035), ("节水面积", "8", "12", 2035)],
    ),
    # near miss: 2021 is in the plan's period, but nothing says that it is aimed at
    (
        "指标\t单位\t2021年\t2025年\t属性\n供水普及率\t%\t88\t95\t约束性\n节水面积\t万亩\t8\t9\t预期性\n",
        [("供水普及率", None, "95", 2025), ("节水面积", None, "9", 2025)],
    ),
    # three levels, and an average in place of the year's value
    (
        "序号\t指标\t单位\t“十四五”\t\t属性\n\t\t\t目标值\t\t\n\t\t\t2025年\t年均[累计]\t\n"
        "1\t工业增加值增长率\t%\t-\t5左右\t预期性\n2\t能耗降低率\t%\t—\t[13.5]\t约束性\n3\t研发占比\t%\t4.5\t-\t预期性\n",
        [
            ("工业增加值增长率", None, "5左右", 2025),
            ("能耗降低率", None, "[13.5]", 2025),
            ("研发占比", None, "4.5", 2025),
        ],
    ),
    # the whole is the target, not the part of the first year
    (
        "序号\t主要指标\t单位\t计划任务\t其中：2021年任务\t属性\n1\t新建管网\t公里\t200\t30\t约束性\n2\t改造泵站\t座\t20\t4\t预期性\n",
        [("新建管网", None, "200", 2025), ("改造泵站", None, "20", 2025)],
    ),
    # 项目类别 holds the names where no other column does
    (
        "序号\t项目类别\t单位\t规划目标\t属性\n1\t新开河道\t条\t40\t约束性\n2\t改造片区\t处\t20\t预期性\n",
        [("新开河道", None, "40", 2025), ("改造片区", None, "20", 2025)],
    ),
    # 目标任务 holds the names where another column holds the values; a column of persons never does
    (
        "序号\t目标任务\t2023年目标值\t责任领导\t牵头单位\n1\t造林\t40万亩\t张某\t县林业局\n2\t种草\t5万亩\t李某\t县林业局\n",
        [("造林", None, "40万亩", 2023), ("种草", None, "5万亩", 2023)],
    ),
    (
        "序号\t预期目标\t2022年完成\t2023年目标值\t牵头单位\n1\t造林\t30万亩\t40万亩\t县林业局\n2\t种草\t4万亩\t5万亩\t县林业局\n",
        [("造林", "30万亩", "40万亩", 2023), ("种草", "4万亩", "5万亩", 2023)],
    ),
    (
        "主要目标任务\t目标值\t责任县领导\t责任人\n造林\t40万亩\t张某\t赵某\n种草\t5万亩\t李某\t钱某\n",
        [("造林", None, "40万亩", 2025), ("种草", None, "5万亩", 2025)],
    ),
    # near miss: 预期目标 behind the values of a year holds what is aimed at
    (
        "类别\t2020年\t预期目标\t责任单位\n造林\t30万亩\t40万亩\t县林业局\n种草\t4万亩\t5万亩\t县林业局\n",
        [("造林", "30万亩", "40万亩", 2025), ("种草", "4万亩", "5万亩", 2025)],
    ),
    # near miss: 目标任务 of a table of work is no value
    ("序号\t重点工作\t目标任务\t责任单位\n1\t改造管网\t完成80公里\t市水利局\n2\t新建泵站\t建成4座\t市住建局\n", []),
    # the average rate of an amount is no amount
    (
        "指标\t单位\t2020年\t2025年\t年均增速\t属性\n水利投资\t亿元\t8\t—\t6.5\t预期性\n用水总量\t亿立方米\t2\t3\t8\t约束性\n",
        [("水利投资", "8", "6.5", 2025), ("用水总量", "2", "3", 2025)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), HEADERS)
def test_headers(text: str, expected: list[tuple[str, str | None, str | None, int | None]]) -> None:
    assert values("表1 主要指标\n" + text) == expected


def test_averages_and_sums_say_what_they_are() -> None:
    text = (
        "表1 主要指标\n指标\t单位\t2025年\t年均[累计]\t属性\n工业增加值增长率\t%\t-\t5左右\t预期性\n"
        "能耗降低率\t%\t—\t[13.5]\t约束性\n研发占比\t%\t4.5\t-\t预期性\n"
    )
    assert [fact.target and (fact.target.text, fact.target.basis) for fact in facts(text)] == [
        ("5左右", "年均"),
        ("[13.5]", "累计"),
        ("4.5", None),
    ]


@pytest.mark.parametrize(
    ("unit", "cell", "value"),
    [
        ("个", "[12万以上]", (">=", Decimal(120000), "个")),
        ("户", "8.6万", ("=", Decimal(86000), "户")),
        ("人", "1.86万人", ("=", Decimal(18600), "人")),
        ("万人", "1.2亿", ("=", Decimal(12000), "万人")),
        ("万人", "5000人", ("=", Decimal("0.5"), "万人")),
        ("万元", "8万", ("=", Decimal(8), "万元")),
        ("亿元", "1万以上", (">=", Decimal(10000), "亿元")),
        ("亿元", "5000万", (None, None, "亿元")),  # 5000万元, or as many 亿元
        ("万人", "111.3", ("=", Decimal("111.3"), "万人")),
        ("人", "8.5万元", ("=", Decimal("8.5"), "万元")),
        ("家", "12千瓦", ("=", Decimal(12), "千瓦")),
    ],
)
def test_a_number_is_in_the_unit_of_its_row(unit: str, cell: str, value: tuple[object, ...]) -> None:
    found = read_value(cell, unit)
    assert (found.op, found.value, found.unit) == value


@pytest.mark.parametrize(
    ("head", "row", "unit", "target"),
    [
        # the head of each column has its unit
        ("2023年完成（亿元）\t2024年预期目标（%）", "1578\t增长6左右", "%", ("~", 6, "%", "年均")),
        ("2023年完成（亿元）\t2024年预期目标（亿元）", "1578\t1680", "亿元", ("=", 1680, "亿元", None)),
        ("单位\t2023年完成\t2024年预期目标", "亿元\t1578\t1680", "亿元", ("=", 1680, "亿元", None)),
        ("单位\t2023年完成\t2024年预期目标", "％\t6.2\t6", "%", ("=", 6, "%", None)),
        # the growth of the plan's only year
        ("计量单位\t2023年完成\t2024年计划增长（%）", "亿元\t1578\t6左右", "%", ("~", 6, "%", "年均")),
        ("单位\t2023年完成数\t2023年增长（%）\t2024年目标数\t2024年增长（%）", "亿元\t1578\t6.2\t1680\t6", "亿元", ("=", 1680, "亿元", None)),
        ("单位\t2023年完成数\t2023年增长（%）\t2024年目标数\t2024年增长（%）", "亿元\t1578\t6.2\t—\t6", "%", ("=", 6, "%", "年均")),
    ],
)  # fmt: skip
def test_the_yearly_plan_says_how_much_or_by_how_much(
    head: str, row: str, unit: str | None, target: tuple[object, ...]
) -> None:
    found = facts(f"主要指标\n指标名称\t{head}\n地区生产总值\t{row}\n服务业总产值\t{row}\n", (2024, 2024))
    aimed = found[0].target
    assert aimed
    assert (found[0].unit, (aimed.op, aimed.value, aimed.unit, aimed.basis)) == (unit, target)
    # a baseline in another unit is observed
    before = observations(f"主要指标\n指标名称\t{head}\n地区生产总值\t{row}\n服务业总产值\t{row}\n", (2024, 2024))
    assert before[:1] == ([("地区生产总值", 2023, Decimal(1578), "亿元")] if found[0].baseline is None else [])


def test_growth_of_the_year_before_is_only_observed() -> None:
    text = "主要指标\n指标名称\t单位\t2023年完成\t2023年增长（%）\n地区生产总值\t亿元\t1578\t6\n总产值\t亿元\t15\t5\n"
    assert not facts(text, (2024, 2024))
    assert [year for _, year, _, _ in observations(text, (2024, 2024))] == [2023, 2023]


@pytest.mark.parametrize(
    ("name", "cell", "target"),
    [
        ("财政收入（亿元）", "16", (Decimal(16), "%", "年均")),
        ("城镇新增就业（万人）", "[300]", (Decimal(300), "万人", "累计")),
        ("单位产值能耗下降（%）", "〔16〕", (Decimal(16), "%", "累计")),
    ],
)
def test_a_number_in_square_brackets_below_an_average_is_a_sum(
    name: str, cell: str, target: tuple[object, ...]
) -> None:
    rows = f"{name}\t5\t—\t{cell}\t预期性\n服务业产值（亿元）\t7\t9\t8\t预期性\n"
    (aimed, *_) = (one.target for one in facts(f"主要指标\n指标\t2020年\t2025年\t年均增长（%）\t属性\n{rows}"))
    assert aimed
    assert (aimed.value, aimed.unit, aimed.basis) == target


@pytest.mark.parametrize(
    ("note", "basis"),
    [
        ("注：[ ]内为五年累计数。", "累计"),
        ("注：1.带〔〕的为5年累计值；2.其余为当年值。", "累计"),
        ("注：[ ]内为2019年数据，其他为累计数。", None),
        ("", None),
    ],
)
def test_a_note_says_what_brackets_mean(note: str, basis: str | None) -> None:
    text = f"表1 主要指标\n指标\t单位\t2020年\t2025年\n粮食总产量\t万吨\t100\t110\n高标准农田\t万亩\t60\t[90]\n{note}\n"
    assert [fact.target and fact.target.basis for fact in facts(text)] == [None, basis]


def test_an_average_rate_has_no_value_in_a_row_of_amounts() -> None:
    text = HEADERS[-1][0]
    assert measure(facts(text)[0].target) == (2025, "6.5", None, None, None)


@pytest.mark.parametrize(
    ("above", "units"),
    [
        ("表1 主要指标（单位：万元）\n", ["万元", None]),
        ("表1 主要指标\n单位：万元\n", ["万元", None]),  # a share is not in 万元
        ("表1 主要指标\n（计量单位：亿元）\n", ["亿元", None]),
        ("表1 主要指标\n单位：万元、%\n", [None, None]),  # which row has which is not said
        ("表1 主要指标\n", [None, None]),
    ],
)
def test_a_unit_said_once_above_the_table(above: str, units: list[str | None]) -> None:
    rows = "指标\t2020年\t2025年\t属性\n水利投资\t800\t900\t预期性\n投资增长率\t8\t9\t预期性\n"
    assert [fact.unit for fact in facts(above + rows)] == units


def test_a_row_that_cannot_be_told_is_refused_alone() -> None:
    text = (
        "表1 主要指标\n指标\t单位\t2020年\t2025年\t属性\n供水普及率\t%\t88\t95\t约束性\n"
        "节水\t面积\t万亩\t8\t9\t10\t预期性\n"  # a cell too many
        "供水量\t\t亿立方米\t2\t预期性\n"  # the unit stands where the value should
        "再生水利用率\t%\t18\t25\t预期性\n"
    )
    doc = read(text)
    assert [fact.name for fact in reading(doc).facts if isinstance(fact, Indicator)] == ["供水普及率", "再生水利用率"]
    document = reading(doc).document
    refused = [(document.text[one.start : one.end].split()[0], one.reason) for one in reading(doc).rejected]
    assert refused == [
        ("节水", "more or fewer cells than the table has columns"),
        ("供水量", "a unit stands where a value should"),
    ]


def test_values_for_several_places_are_divided_evenly_or_the_row_is_refused() -> None:
    lines = "表1 主要指标\n序号\n指标\n2020年\n2025年\n属性\n1\n供水保证率（%）\n82\n94\n约束性\n2\n达到节水标准的面积比例（%）\n"
    even = lines + "甲类县≥28\n乙类县≥22\n甲类县≥52\n乙类县≥26\n预期性\n3\n水表智能化率（%）\n—\n60\n预期性\n"
    odd = even.replace("乙类县≥22\n", "")
    assert values(even)[1] == ("达到节水标准的面积比例", "甲类县≥28乙类县≥22", "甲类县≥52乙类县≥26", 2025)
    assert [name for name, *_ in values(odd)] == ["供水保证率", "水表智能化率"]


# (layout of the text, expected): name, baseline, target, year; rows that cannot be told are missing
LAYOUTS = [
    # three lines of a name around its row, and the row below without such lines
    (
        "序号 指标 单位 2020年 2025年 属性\n1 节水灌溉面积 万亩 52 60左右 预期性\n规上工业企业技术改造\n"
        "2 支出相当于当年主营业 % 2.0 2.5左右 预期性\n务收入的比例\n3 节水企业数量 家 20 28左右 预期性\n",
        [
            ("节水灌溉面积", "52", "60左右", 2025),
            ("规上工业企业技术改造支出相当于当年主营业务收入的比例", "2.0", "2.5左右", 2025),
            ("节水企业数量", "20", "28左右", 2025),
        ],
    ),
    # one value for two columns: whether it is that of 2020 or of 2025 is not known, so only this row is refused
    (
        "序号 指标 单位 2020年 2025年 属性\n1 供水普及率 % 52 60左右 预期性\n2 研发投入强度 % 2.0 预期性\n"
        "3 森林覆盖率 % 40 42 约束性\n4 湿地保护率 % 50 55 预期性\n",
        [("供水普及率", "52", "60左右", 2025), ("森林覆盖率", "40", "42", 2025), ("湿地保护率", "50", "55", 2025)],
    ),
    # a label over two columns in a header with one label a line: three columns of values would leave one empty
    (
        "序号\n指标\n单位\n目标值\n2020年\n2025年\n属性\n1\n供水普及率\n%\n52\n60\n预期性\n2\n森林覆盖率\n%\n40\n42\n约束性\n",
        [("供水普及率", "52", "60", 2025), ("森林覆盖率", "40", "42", 2025)],
    ),
    # the years on a second line of the header
    (
        "序号 指标名称 单位 “十四五”目标 属性\n2020年 2025年\n1 供水普及率 % 52 60 预期性\n2 研发投入强度 % 2 3 预期性\n"
        "3 森林覆盖率 % 40 42 约束性\n",
        [("供水普及率", "52", "60", 2025), ("研发投入强度", "2", "3", 2025), ("森林覆盖率", "40", "42", 2025)],
    ),
    # labels and names over several lines, one cell a line
    (
        "序号\n\n主要指标\n\n2020年\n\n现状值\n\n2025年\n\n目标值\n\n2035年\n\n目标值\n\n指标\n\n属性\n\n"
        "1\n\n农村供水\n\n普及率（%）\n\n52\n\n60\n\n70\n\n预期性\n\n2\n\n森林覆盖率（%）\n\n40\n\n42\n\n45\n\n约束性\n\n",
        [
            ("农村供水普及率", "52", "60", 2025),
            ("农村供水普及率", "52", "70", 2035),
            ("森林覆盖率", "40", "42", 2025),
            ("森林覆盖率", "40", "45", 2035),
        ],
    ),
]


LAYOUTS += [
    # one cell a line with the labels of groups on lines of their own, one of the rows without its first value
    (
        "指标\n2020年\n2025年\n供水保障\n农村集中供水工程覆盖率（%）\n52\n60左右\n城市公共供水管网漏损率*（%）\n9*\n8以下\n"
        "节约用水\n农田灌溉用水有效利用系数（%）\n≥59\n工业用水重复利用率提高幅度（%）\n2\n3\n生态环境\n重点河湖生态流量保障率（%）\n40\n42\n",
        [
            ("农村集中供水工程覆盖率", "52", "60左右", 2025),
            ("城市公共供水管网漏损率", "9*", "8以下", 2025),
            ("工业用水重复利用率提高幅度", "2", "3", 2025),
            ("重点河湖生态流量保障率", "40", "42", 2025),
        ],
    ),
    # the first line of a name that is as wide as its second is no label of a group
    (
        "指标\n2020年\n2025年\n农村集中式供水\n工程普及率（%）\n52\n60\n森林覆盖率（%）\n40\n42\n湿地保护率（%）\n50\n55\n",
        [
            ("农村集中式供水工程普及率", "52", "60", 2025),
            ("森林覆盖率", "40", "42", 2025),
            ("湿地保护率", "50", "55", 2025),
        ],
    ),
    # a name broken before its numbers, with the number of the row before it and without
    (
        "序号 指标 2020年 2025年 属性\n1 供水投资（亿元） 159 250 预期性\n2 节水技术改造经费投入占水利建设\n总投资比重（%） 1.2 2.2 预期性\n"
        "3 管网漏损率（%） 9.2 ＜8.5 预期性\n",
        [
            ("供水投资", "159", "250", 2025),
            ("节水技术改造经费投入占水利建设总投资比重", "1.2", "2.2", 2025),
            ("管网漏损率", "9.2", "＜8.5", 2025),
        ],
    ),
    (
        "指标 2020年 2025年 属性\n供水投资（亿元） 159 250 预期性\n节水技术改造经费投入占水利建设\n总投资比重（%） 1.2 2.2 预期性\n"
        "管网漏损率（%） 9.2 ＜8.5 预期性\n",
        [
            ("供水投资", "159", "250", 2025),
            ("节水技术改造经费投入占水利建设总投资比重", "1.2", "2.2", 2025),
            ("管网漏损率", "9.2", "＜8.5", 2025),
        ],
    ),
    # a line above a row that may be the beginning of its name or the label of a group: the row is left out
    (
        "指标 2020年 2025年 属性\n供水投资（亿元） 159 250 预期性\n节水型社会\n节水技术改造经费投入比重（%） 1.2 2.2 预期性\n"
        "用水总量（亿方） 9 8 约束性\n城乡供水一体化水平\n管网漏损率（%） 9.2 ＜8.5 预期性\n",
        [
            ("供水投资", "159", "250", 2025),
            ("节水技术改造经费投入比重", "1.2", "2.2", 2025),
            ("用水总量", "9", "8", 2025),
        ],
    ),
    # the same below lines that label groups: no row has the number or the open end of another's name
    (
        "序号 指标 2020年 2025年 属性\n水利发展\n1 供水投资（亿元） 159 250 预期性\n2 节水技术改造经费投入占水利建设\n总投资比重（%） 1.2 2.2 预期性\n"
        "社会发展\n3 管网漏损率（%） 9.2 ＜8.5 预期性\n4 每千人口拥有节水（循环）\n器具数（件） 2.1 3 预期性\n",
        [
            ("供水投资", "159", "250", 2025),
            ("节水技术改造经费投入占水利建设总投资比重", "1.2", "2.2", 2025),
            ("管网漏损率", "9.2", "＜8.5", 2025),
            ("每千人口拥有节水（循环）器具数", "2.1", "3", 2025),
        ],
    ),
    (
        "指标 2020年 2025年 属性\n水利发展\n供水投资（亿元） 159 250 预期性\n节水技术改造经费投入占水利建设\n总投资比重（%） 1.2 2.2 预期性\n",
        [("节水技术改造经费投入占水利建设总投资比重", "1.2", "2.2", 2025)],
    ),
    # a wide label of a group is no beginning of a name: the row below it is left out
    (
        "指标 2020年 2025年\n供水投资（亿元） 159 250\n用水总量（亿方） 9 8\n水利基本公共服务与节水型社会建设水平提升\n"
        "管网漏损率（%） 9.2 ＜8.5\n湿地保护率（%） 50 55\n",
        [("供水投资", "159", "250", 2025), ("用水总量", "9", "8", 2025), ("湿地保护率", "50", "55", 2025)],
    ),
    (
        "指标 2020年 2025年\n水利基本公共服务与节水型社会建设水平提升\n管网漏损率（%） 9.2 ＜8.5\n湿地保护率（%） 50 55\n"
        "供水投资（亿元） 159 250\n用水总量（亿方） 9 8\n",
        [("湿地保护率", "50", "55", 2025), ("供水投资", "159", "250", 2025), ("用水总量", "9", "8", 2025)],
    ),
    # the first line of a broken name looks like the last of the row above it: the row is left out
    (
        "指标 2020年 2025年 属性\n水利发展\n供水投资（亿元） 159 250 预期性\n农村生活饮用水水源地水质\n合格比例（%） 50 55 预期性\n"
        "水库数（座） 5 8 预期性\n",
        [("水库数", "5", "8", 2025)],
    ),
    # a name goes on below its numbers
    (
        "序号 指标 2020年 2025年 属性\n1 供水投资（亿元） 159 250 预期性\n2 节水技术改造经费 1.2 2.2 预期性\n投入强度（%）\n"
        "3 管网漏损率（%） 9.2 ＜8.5 预期性\n4 水库数（座） 5 8 预期性\n",
        [("供水投资", "159", "250", 2025), ("水库数", "5", "8", 2025)],
    ),
    # what is below the number is no name, nor a part of one
    (
        "序号 指标 2020年 2025年 属性\n1 供水投资（亿元） 159 250 预期性\n2 用水总量（亿方） 9 8 约束性\n社会发展\n"
        "3 管网漏损率（%） 9.2 ＜8.5 预期性\n4 节水器具改造户数（户）\n累计值 1000 5000 预期性\n",
        [("供水投资", "159", "250", 2025), ("用水总量", "9", "8", 2025), ("管网漏损率", "9.2", "＜8.5", 2025)],
    ),
    (
        "序号 指标 2020年 2025年 属性\n1 供水投资（亿元） 159 250 预期性\n2 居民用水量（吨）\n其中：城镇居民用水量 9 8 预期性\n"
        "3 管网漏损率（%） 9.2 ＜8.5 预期性\n",
        [("供水投资", "159", "250", 2025), ("管网漏损率", "9.2", "＜8.5", 2025)],
    ),
    (
        "序号 指标 2020年 2025年 属性\n1 供水投资（亿元） 159 250 预期性\n2 居民用水量\n城镇居民用水量（吨） 9 8 预期性\n"
        "农村居民用水量（吨） 7 6 预期性\n3 管网漏损率（%） 9.2 ＜8.5 预期性\n",
        [("供水投资", "159", "250", 2025), ("农村居民用水量", "7", "6", 2025), ("管网漏损率", "9.2", "＜8.5", 2025)],
    ),
    # names that begin with a number or letters, one of them below a value without a number
    (
        "序号 指标 2020年 2025年 属性\n1 供水普及率 52% 60% 预期性\n2 节水企业数量（家） 20 28 预期性\n3 污水处理率 90% ≥95% 约束性\n"
        "4 65岁及以上老年人饮水达标率 70% ≥72% 预期性\n",
        [
            ("供水普及率", "52%", "60%", 2025),
            ("节水企业数量", "20", "28", 2025),
            ("污水处理率", "90%", "≥95%", 2025),
            ("65岁及以上老年人饮水达标率", "70%", "≥72%", 2025),
        ],
    ),
    (
        "序号 指标 单位 属性 2020年 2025年\n1 水利投资年均增速 % 预期性 3.1 5左右\n2 水费收入年均增速 % 预期性 1.4 与经济增长保持同步\n"
        "3 PM2.5年平均浓度 微克/立方米 约束性 31 稳定控制在35以下\n4 新增护河岗位 个 预期性 152 120以上\n"
        "5 水土流失治理面积 亩 约束性 6853 控制在省下达目标内\n6 平均水质指数 分 预期性 85.3 保持国内先进水平\n7 新增水库 座 约束性 — 15\n",
        [
            ("水利投资年均增速", "3.1", "5左右", 2025),
            ("水费收入年均增速", "1.4", "与经济增长保持同步", 2025),
            ("PM2.5年平均浓度", "31", "稳定控制在35以下", 2025),
            ("新增护河岗位", "152", "120以上", 2025),
            ("水土流失治理面积", "6853", "控制在省下达目标内", 2025),
            ("平均水质指数", "85.3", "保持国内先进水平", 2025),
            ("新增水库", None, "15", 2025),
        ],
    ),
]


LAYOUTS += [
    # a row a line, with blanks inside values, and a name that begins with a number
    (
        "序号 指 标 2025 年目标 属性\n1 供水普及率年均增长（%） 5 左右 预期性\n2 节水企业占企业总数比重（%） 4.8 左右 预期性\n"
        "3 再生水利用率（%） 提高 1 个百分点以上 预期性\n4 3 岁以上水表更新率（%） 25 预期性\n5 水费收缴率（%） 与经济增长同步 预期性\n"
        "6 万元产值用水量（立方米） ＜ 19 约束性\n",
        [
            ("供水普及率年均增长", None, "5左右", 2025),
            ("节水企业占企业总数比重", None, "4.8左右", 2025),
            ("再生水利用率", None, "提高1个百分点以上", 2025),
            ("3岁以上水表更新率", None, "25", 2025),
            ("水费收缴率", None, "与经济增长同步", 2025),
            ("万元产值用水量", None, "＜19", 2025),
        ],
    ),
    # blanks inside the values of two columns, which stay apart
    (
        "序号 指标 单位 2020 年 2025 年 属性\n1 供水普及率 % 52 左右 60 左右 预期性\n2 研发投入强度 % 2 3 左右 预期性\n"
        "3 森林覆盖率 % — 42 以上 约束性\n4 湿地保护率 % 50 55 预期性\n",
        [
            ("供水普及率", "52左右", "60左右", 2025),
            ("研发投入强度", "2", "3左右", 2025),
            ("森林覆盖率", None, "42以上", 2025),
            ("湿地保护率", "50", "55", 2025),
        ],
    ),
    # one value with a blank for two columns: only this row is refused
    (
        "序号 指标 单位 2020 年 2025 年 属性\n1 供水普及率 % 52 60 预期性\n2 研发投入强度 % 3 左右 预期性\n"
        "3 森林覆盖率 % 40 42 约束性\n4 湿地保护率 % 50 55 预期性\n",
        [("供水普及率", "52", "60", 2025), ("森林覆盖率", "40", "42", 2025), ("湿地保护率", "50", "55", 2025)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LAYOUTS)
def test_text_layouts(text: str, expected: list[tuple[str, str | None, str | None, int | None]]) -> None:
    plan = f"第二章 目标\n\n到2025年，供水更加安全。\n\n表1 主要指标\n{text}\n第三章 主要任务\n\n坚持统筹规划，推动各项任务落实到位。\n"
    assert values(plan) == expected


def test_centred_labels_on_lines_of_their_own_are_no_dimension() -> None:
    """Row by row text of a merged cell: 创新 and 驱动 are the two lines of one label."""
    text = (
        "表1 主要指标\n类别 序号 指标 单位 2020年 2025年 属性\n1 供水普及率 % 52 60左右 预期性\n创新\n"
        "2 研发投入强度 % 2.0 2.5左右 预期性\n驱动\n3 节水企业数量 家 20 28左右 预期性\n绿色 4 森林覆盖率 % 40 42 约束性\n"
    )
    assert [(fact.name, fact.dimension) for fact in facts(text)] == [
        ("供水普及率", None),
        ("研发投入强度", None),
        ("节水企业数量", None),
        ("森林覆盖率", None),
    ]


@pytest.mark.parametrize(
    ("labels", "dimensions"),
    [
        (("供水", "保障", "生态", "环境"), [None, None, None, None]),  # 供水保障 and 生态环境, each beside two rows
        (("供水", "供水", "生态", "生态"), ["供水", "供水", "生态", "生态"]),
        (("供水保障", "水资源", "生态", "防洪安全"), ["供水保障", "水资源", "生态", "防洪安全"]),
    ],
)
def test_a_label_printed_over_two_rows_is_no_dimension(labels: tuple[str, ...], dimensions: list[str | None]) -> None:
    names = ("供水普及率（%）", "管网投资（亿元）", "河湖面积（万亩）", "森林覆盖率（%）")
    lines = "".join(f"{label} {name} 15 25 预期性\n" for label, name in zip(labels, names, strict=True))
    found = facts(f"表1 主要指标\n类别 指标 2020年 2025年 属性\n{lines}")
    assert [one.dimension for one in found] == dimensions


def test_the_label_of_a_refused_row_is_not_replaced_by_the_one_above() -> None:
    text = (
        "表1 主要指标\n类别\t指标\t2020年\t2025年\t属性\n供水\t供水普及率（%）\t88\t95\t约束性\n"
        "防洪\t堤防\t长度\t（公里）\t8\t9\t约束性\n\t水库库容（万立方米）\t8\t9\t预期性\n节水\t灌溉面积（万亩）\t5\t6\t预期性\n"
    )
    assert [(fact.name, fact.dimension) for fact in facts(text)] == [
        ("供水普及率", "供水"),
        ("水库库容", None),
        ("灌溉面积", "节水"),
    ]


@pytest.mark.parametrize(
    ("title", "past"),
    [
        ("表1 “十三五”主要指标完成情况", True),
        ("表1 “十三五”规划主要指标", True),  # the period ended before the plan's
        ("表1 “十四五”主要指标", False),
    ],
)
def test_what_was_reached_in_the_past_is_an_observation_of_its_last_year(title: str, past: bool) -> None:
    text = (
        f"{title}\n指标\t单位\t规划目标值\t完成值\t是否完成\n森林覆盖率\t%\t40\t41\t是\n新造林面积\t万亩\t12\t11\t否\n"
    )
    expected = [("森林覆盖率", 2020, Decimal(41), "%"), ("新造林面积", 2020, Decimal(11), "万亩")]
    assert observations(text) == (expected if past else [])
    assert bool(facts(text)) is not past


@pytest.mark.parametrize(
    ("head", "targets", "observed"),
    [
        ("2019年实际\t2020年实际", [], [2019, 2020]),  # beside kinds, but both were reached
        ("2019年实际\t2025年", [2025], []),
        ("2019年\t2025年", [2025], []),
    ],
)
def test_values_that_were_reached_are_no_targets_of_a_plan_without_years(
    head: str, targets: list[int], observed: list[int]
) -> None:
    text = f"主要指标\n指标名称\t{head}\t属性\n床位数（张）\t10\t20\t预期性\n护理站（个）\t3\t5\t约束性\n"
    assert [one.target and one.target.year for one in facts(text, None)][: len(targets)] == targets
    assert len(facts(text, None)) == 2 * len(targets)
    assert [year for _, year, _, _ in observations(text, None)] == observed * 2


def test_an_average_does_not_make_a_target_of_what_was_reached() -> None:
    text = "主要指标\n指标名称\t2020年实际\t年均增长（%）\t属性\n总产值（亿元）\t10\t5\t预期性\n"
    (one,) = facts(text, None)
    assert (one.baseline, one.unit, one.target and one.target.basis) == (None, "%", "年均")
    assert observations(text, None) == [("总产值", 2020, Decimal(10), "亿元")]  # not in %


def test_a_change_below_a_head_with_its_unit_has_no_value_in_a_plan_of_several_years() -> None:
    text = "主要指标\n指标名称\t2020年（亿元）\t2025年目标（%）\n总产值\t10\t增长30\n服务业产值\t4\t增长40\n"
    (first, _) = facts(text)
    assert (measure(first.target), first.unit) == ((2025, "增长30", None, None, None), "亿元")


def test_the_label_of_a_group_with_a_number_of_items_is_no_part_of_a_name() -> None:
    text = (
        "表1 主要指标\n类别\n指标\n单位\n2020年\n2025年\n属性\n创新驱动（2项）\n研发投入强度\n%\n2.0\n2.5\n预期性\n"
        "专利数量\n件\n5\n6\n预期性\n民生福祉（2项）\n城镇失业率\n%\n5\n5\n预期性\n养老床位数\n张\n5\n6\n约束性\n"
    )
    plan = f"第二章 目标\n\n{text}\n第三章 保障\n"
    assert [(fact.name, fact.dimension) for fact in facts(plan)] == [
        ("研发投入强度", "创新驱动"),
        ("专利数量", "创新驱动"),
        ("城镇失业率", "民生福祉"),
        ("养老床位数", "民生福祉"),
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # the number of items below the label of a group; labels of the header on two lines
        (
            "类别 序号 指标名称 2020年 现状 2025年 目标 年均/ 累计 属性 经济发展 （2项） 1 供水普及率（%） 5.2左右 — 5以上 预期性 "
            "2 全员劳动生产率（万元/人） 29.6 35 — 预期性 民生福祉 （2项） 3 城镇新增就业人数（万人） 31.4 ＞25 [125] 预期性 "
            "4 人均预期寿命（岁） 84.18 84.3 — 约束性",
            [("供水普及率", "经济发展", "5以上"), ("全员劳动生产率", "经济发展", "35"),
             ("城镇新增就业人数", "民生福祉", "＞25"), ("人均预期寿命", "民生福祉", "84.3")],
        ),
        (
            "类别 序号 指标名称 2020年 2025年 属性 经济发展 （2个） 1 供水普及率（%） 52 55 预期性 2 节水率（%） 29.6 35 预期性 "
            "民生福祉 （1个） 3 水表更新率（%） 31.4 ＞25 预期性",
            [("供水普及率", "经济发展", "55"), ("节水率", "经济发展", "35"), ("水表更新率", "民生福祉", "＞25")],
        ),
        # a remark below a value is no number of items; of this row nothing is known, nor then of the labels
        (
            "类别 序号 指标名称 2020年 2025年 属性 经济发展 （2项） 1 供水普及率（%） 52 （2024年） 55 预期性 2 节水率（%） 29.6 35 预期性 "
            "民生福祉 （1项） 3 水表更新率（%） 31.4 ＞25 预期性",
            [("节水率", None, "35"), ("水表更新率", None, "＞25")],
        ),
    ],
)  # fmt: skip
def test_the_number_of_items_below_the_label_of_a_group(
    cells: str, expected: list[tuple[str, str | None, str]]
) -> None:
    lines = cells.replace(" ", "\n")
    found = facts(
        f"第二章 目标\n到2025年，供水更加安全。\n主要指标\n{lines}\n第三章 主要任务\n第一节 供水\n坚持统筹规划。\n"
    )
    assert [(fact.name, fact.dimension, fact.target and fact.target.text) for fact in found] == expected


@pytest.mark.parametrize(
    ("first", "second", "dimensions"),
    [
        ("一、经济强（3 项）", "二、百姓富（2 项）", ["经济强", "经济强", "百姓富"]),
        ("一、经济强（3项）", "二、百姓富（2项）", ["经济强", "经济强", "百姓富"]),
        ("一、 经济强", "二、 百姓富", ["经济强", "经济强", "百姓富"]),
        ("（一）经济强（3 个）", "（二）百姓富（2 个）", ["经济强", "经济强", "百姓富"]),
    ],
)
def test_bands_with_a_blank_head_the_rows_of_a_line_each(first: str, second: str, dimensions: list[str]) -> None:
    table = (
        f"表 1 主要指标\n序号 指 标 2025 年目标 属性\n{first}\n1 供水普及率年均增长（%） 5 左右 预期性\n"
        f"2 节水企业比重（%） 4.8 左右 预期性\n{second}\n3 城镇新增就业人数（万人） 175 预期性\n"
    )
    found = facts(f"第二章 目标\n\n到2025年，供水更加安全。\n\n{table}\n第三章 主要任务\n\n坚持统筹规划。\n")
    assert [fact.dimension for fact in found] == dimensions


# (the cells of a table, / between cells of a row), expected: name, unit, dimension, kind and target of each row
HEADS = "序号/类别/指标名称/单位/2025年目标值/属性"
VALUES_LAST = "类别/序号/指标名称/单位/属性/2025年目标值"
CLASSED = [
    # a new class is told from the name by the count of cells, whatever its words are
    (
        [HEADS, "1/智慧巡河/重点河道监控覆盖率/%/100/预期性", "2/河长公示牌二维码覆盖率/%/90/预期性",
         "3/多元参与/河湖保护和利用相关社会组织/个/33/预期性", "4/新增河道保洁员/人/50/预期性"],
        ["重点河道监控覆盖率|%|智慧巡河|预期性|100", "河长公示牌二维码覆盖率|%|智慧巡河|预期性|90",
         "河湖保护和利用相关社会组织|个|多元参与|预期性|33", "新增河道保洁员|人|多元参与|预期性|50"],
    ),
    # the first line of a name as wide as its column: no class
    (
        [HEADS, "1/智慧巡河/河道监控覆盖率/%/100/预期性", "2/集中式饮用水/水源水质达标率/%/90/约束性",
         "3/公示牌覆盖率/%/33/预期性"],
        ["河道监控覆盖率|%|智慧巡河|预期性|100", "集中式饮用水水源水质达标率|%|智慧巡河|约束性|90",
         "公示牌覆盖率|%|智慧巡河|预期性|33"],
    ),
    # a name on two lines; the first line of the other one may be a class, so that its row is refused
    (
        [HEADS, "1/智慧巡河/重点河道水位和流量的实时/监控覆盖率/%/100/预期性", "2/河长公示牌二维码覆盖率/%/90/预期性",
         "3/共建共治的/河湖保护和利用相关社会组织/个/33/预期性", "4/新增河道保洁员人数/人/50/预期性"],
        ["重点河道水位和流量的实时监控覆盖率|%|智慧巡河|预期性|100", "河长公示牌二维码覆盖率|%|智慧巡河|预期性|90",
         "新增河道保洁员人数|人|None|预期性|50"],
    ),
    # 类型 beside 属性, 指标单位, ％, a value that equals the number of the next row
    (
        ["序号/类型/指标名称/指标单位/2025年目标值/属性", "1/供水安全/供水普及率/％/98/约束性", "2/节水增效/节水企业数量/家/3/预期性",
         "3/新增节水学校/所/4/预期性", "4/新增节水小区/个/55/预期性"],
        ["供水普及率|%|供水安全|约束性|98", "节水企业数量|家|节水增效|预期性|3", "新增节水学校|所|节水增效|预期性|4",
         "新增节水小区|个|节水增效|预期性|55"],
    ),
    # two columns of classes, the heads of values on two lines; of a row without one value nothing is known
    (
        ["类别/序号/一级指标/二级指标/单位/属性/“十三五”/完成值/“十四五”/目标值", "供水安全/1/管网改造/老旧管网改造面积/万平方米/约束性/20/30",
         "节水增效/2/节水载体/节水载体建成数量/个/预期性/8/11", "3/用水效率/万元产值用水量/立方米/预期性/20/14", "4/再生水厂/座/预期性/5"],
        ["老旧管网改造面积|万平方米|供水安全|约束性|30", "节水载体建成数量|个|节水增效|预期性|11",
         "万元产值用水量|立方米|节水增效|预期性|14"],
    ),
    (
        ["序号/类别/一级指标/二级指标/单位/2025年/属性", "1/供水安全/管网改造/老旧管网改造面积/万平方米/30/约束性",
         "2/节水增效/节水载体/节水载体建成数量/个/11/预期性", "3/节水增效/用水效率/万元产值用水量/立方米/14/预期性"],
        ["老旧管网改造面积|万平方米|供水安全|约束性|30", "节水载体建成数量|个|节水增效|预期性|11",
         "万元产值用水量|立方米|节水增效|预期性|14"],
    ),
    # a class behind a value of words, with as many characters as the other classes
    (
        [VALUES_LAST, "促发展/1/片区更新数量/个/预期性/2", "惠民生/2/老旧住房修缮面积/万平方米/约束性/90",
         "提品质/3/完整社区建设覆盖率/%/预期性/进一步优化布局", "优生态/4/新增各类绿化面积/万平方米/约束性/5"],
        ["片区更新数量|个|促发展|预期性|2", "老旧住房修缮面积|万平方米|惠民生|约束性|90",
         "完整社区建设覆盖率|%|提品质|预期性|进一步优化布局", "新增各类绿化面积|万平方米|优生态|约束性|5"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), CLASSED)
def test_a_cell_a_line_with_classes(rows: list[str], expected: list[str]) -> None:
    cells = "\n".join(cell for row in rows for cell in row.split("/"))
    found = facts(
        f"一、目标\n到2025年，供水更加安全。\n主要指标表\n{cells}\n二、主要任务\n（一）加强保护。开展修缮。\n"
    )
    assert [
        "|".join(str(x) for x in (f.name, f.unit, f.dimension, f.kind, f.target and f.target.text)) for f in found
    ] == (expected)


@pytest.mark.parametrize(
    ("head", "dimension", "kind"),
    [("类型\t指标\t2025年\t属性", "供水", "约束性"), ("指标类型\t指标\t2025年\t指标属性", "供水", "约束性")],
)
def test_a_type_beside_a_kind_is_a_class(head: str, dimension: str, kind: str) -> None:
    row = "\t98\t".join(["供水\t供水普及率（％）", "约束性"])
    (found,) = facts(f"主要指标\n{head}\n{row}\n")
    assert (found.dimension, found.kind, found.unit) == (dimension, kind, "%")


def test_a_type_alone_is_the_kind() -> None:
    (found,) = facts("主要指标\n指标\t单位\t2025年\t指标类型\n供水普及率\t％\t98\t约束性\n")
    assert (found.dimension, found.kind, found.unit) == (None, "约束性", "%")


# the same, an empty line between the cells
CLASSED_APART = [
    # not with as many: it may be the rest of the value, so that row is refused, and its class is not that of the next
    (
        [VALUES_LAST, "促发展/1/片区更新数量/个/预期性/30", "惠民生/2/老旧住房修缮面积/万平方米/约束性/90",
         "提品质/3/完整社区建设覆盖率/%/预期性/进一步优化布局", "生态建设/4/新增各类绿化面积/万平方米/约束性/5"],
        ["片区更新数量|个|促发展|预期性|30", "老旧住房修缮面积|万平方米|惠民生|约束性|90",
         "新增各类绿化面积|万平方米|None|约束性|5"],
    ),
    # the rest of a value
    (
        [VALUES_LAST, "促发展/1/片区更新数量/个/预期性/30", "惠民生/2/老旧住房修缮面积/万平方米/约束性/90",
         "提品质/3/完整社区建设覆盖率/%/预期性/完成省下达/目标任务", "4/新增各类绿化面积/万平方米/约束性/5"],
        ["片区更新数量|个|促发展|预期性|30", "老旧住房修缮面积|万平方米|惠民生|约束性|90",
         "完整社区建设覆盖率|%|提品质|预期性|完成省下达目标任务", "新增各类绿化面积|万平方米|提品质|约束性|5"],
    ),
    (
        [VALUES_LAST, "促发展/1/片区更新数量/个/预期性/30", "惠民生/2/老旧住房修缮面积/万平方米/约束性/90",
         "提品质/3/完整社区建设覆盖率/%/预期性/与经济增长/同步提高", "4/新增各类绿化面积/万平方米/约束性/5"],
        ["片区更新数量|个|促发展|预期性|30", "老旧住房修缮面积|万平方米|惠民生|约束性|90",
         "完整社区建设覆盖率|%|提品质|预期性|与经济增长同步提高", "新增各类绿化面积|万平方米|提品质|约束性|5"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), CLASSED_APART)
def test_a_cell_a_paragraph_with_classes(rows: list[str], expected: list[str]) -> None:
    cells = "\n\n".join(cell for row in rows for cell in row.split("/"))
    found = facts(
        f"一、目标\n\n到2025年，供水更加安全。\n\n主要指标表\n\n{cells}\n\n二、主要任务\n\n（一）加强保护。开展修缮。\n"
    )
    assert [
        "|".join(str(x) for x in (f.name, f.unit, f.dimension, f.kind, f.target and f.target.text)) for f in found
    ] == expected
