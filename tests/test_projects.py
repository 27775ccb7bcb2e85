"""Projects: rows of tables of projects, boxes that are a project, items of boxes."""

from decimal import Decimal

import pytest
from reading_of import source_of

from extractors.pipeline import extract, pipeline
from extractors.projects import Project
from extractors.projects.words import (
    group_of_table,
    in_groups,
    investment,
    is_list,
    money,
    name_column,
    of_costs,
    project_name,
    stated_years,
    years,
)

NLP = pipeline()
HEAD = "# 青禾县“十四五”水利发展规划\n\n## 一、总体要求\n\n坚持节水优先。\n\n## 二、重点任务\n\n### （一）完善供水网络\n\n推进城乡供水一体化。\n\n"


def projects(text: str, name: str = "plan.md") -> list[Project]:
    return [fact for fact in extract(source_of(text, name), NLP) if isinstance(fact, Project)]


def test_a_table_of_projects() -> None:
    table = (
        "表2 青禾县水利重点项目一览表\n\n| 序号 | 项目名称 | 建设地点 | 总投资（万元） | 建设年限 | 责任单位 |\n|---|---|---|---|---|---|\n"
        "| 1 | 石桥水库除险加固工程 | 石桥镇 | 3,200 | 2021—2023年 | 县水利局 |\n"
        "| 2 | 城乡供水一体化工程 | 全县 | 12500.5 | 2022年 | 县水利局、县发展改革局 |\n"
        "| | 合计 | | 15700.5 | | |\n"
    )
    first, second = projects(HEAD + table)  # the sum is no project
    assert (first.name, first.place, first.investment, first.unit) == (
        "石桥水库除险加固工程",
        "石桥镇",
        Decimal(3200),
        "万元",
    )
    assert (first.period_start, first.period_end, first.departments) == (2021, 2023, ("县水利局",))
    assert first.group
    assert "重点项目一览表" in first.group
    assert (second.period_start, second.period_end) == (2022, 2022)
    assert second.departments == ("县水利局", "县发展改革局")
    assert [lead.function for lead in second.leads] == ["水利", "发展改革"]
    assert first.evidence.quote.startswith("1")
    assert "石桥水库" in first.evidence.quote


def test_a_box_with_a_table_of_projects_is_no_project() -> None:
    table = (
        "专栏4 旅游项目\n\n| 序号 | 项目名称 | 建设内容及规模 | 总投资（亿元） | 建设年限 |\n|---|---|---|---|---|\n"
        "| 1 | 溶洞景区提升 | 新建游客中心1个，改造步道5公里 | 3.5 | 2026—2028 |\n"
        "| 2 | 古村保护 | 修缮民居200户 | 1.2 | 2026—2030 |\n| | 合计 | | 4.7 | |\n"
    )
    assert [(one.name, one.investment, one.unit, one.period_end) for one in projects(HEAD + table)] == [
        ("溶洞景区提升", Decimal("3.5"), "亿元", 2028),
        ("古村保护", Decimal("1.2"), "亿元", 2030),
    ]
    assert [one.name for one in projects(HEAD + "专栏4 石桥水库工程\n\n总投资3亿元。\n")] == ["石桥水库工程"]


def test_names_of_any_end_only_where_money_is_invested() -> None:
    table = "表2 重点项目表\n\n| 序号 | 项目名称 | {} |\n|---|---|---|\n| 1 | 古村保护 | 5 |\n| 2 | 石桥水库 | 6 |\n"
    names = [one.name for one in projects(HEAD + table.format("总投资（亿元）"))]
    assert names == ["古村保护", "石桥水库"]
    assert "古村保护" not in [one.name for one in projects(HEAD + table.format("建设内容"))]


HEAD_OF_TABLE = "| 项目名称 | 总投资（亿元） | 建设年限 |\n| --- | --- | --- |\n| 甲乙高速 | 60 | 2019-2023 |\n"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # a table of something else below it, with an empty line alone between them
        (
            HEAD_OF_TABLE + "\n| 资金来源 | 总投资（亿元） | 占比 |\n|---|---|---|\n| 中央资金 | 50 | 30% |\n",
            {"甲乙高速": None},
        ),
        (HEAD_OF_TABLE + "\n| 单位 | 2021年总投资 |\n|:--|--:|\n| 甲县 | 2000 |\n", {"甲乙高速": None}),
        # the first row below a page break, taken for a header by a conversion
        (
            HEAD_OF_TABLE + "\n| 乙丙高速 | 50 | 2021-2023 |\n|---|---|---|\n| 丙丁高速 | 40 | 2021-2023 |\n",
            {"甲乙高速": None, "乙丙高速": None, "丙丁高速": None},
        ),
        (HEAD_OF_TABLE + "\n" + HEAD_OF_TABLE.replace("甲乙", "乙丙"), {"甲乙高速": None, "乙丙高速": None}),
        # a table of one column above it is no title
        ("| 甲县、乙县 |\n| --- |\n\n" + HEAD_OF_TABLE, {"甲乙高速": None}),
        ("| 专栏4 路网 |\n| --- |\n| 新建公路。 |\n\n" + HEAD_OF_TABLE, {"甲乙高速": None}),
        ("表1 重点项目\n\n" + HEAD_OF_TABLE, {"甲乙高速": "重点项目"}),
        (HEAD_OF_TABLE.replace("甲乙高速", "设备购置费"), {}),
        (HEAD_OF_TABLE.replace("甲乙高速", "高速公路（2个）") + "| 乙丙高速 | 60 | 2021 |\n", {"乙丙高速": None}),
    ],
)
def test_tables_beside_one_another_groups_and_costs(table: str, expected: dict[str, str | None]) -> None:
    assert {one.name: one.group for one in projects(HEAD + table)} == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("一", "高速公路（2个）"), ("1", "甲乙高速"), ("2", "乙丙高速")], [False, True, True]),
        ([("", "一、高速公路"), ("", "甲乙高速"), ("", "（二）国道"), ("", "青河大桥")], [False, True, False, True]),
        ([("一", "甲乙高速"), ("二", "乙丙高速"), ("", "合计")], [True, True, False]),  # they only count
        ([("", "高速公路（共2项）"), ("", "甲乙高速"), ("", "高速公路小计")], [False, True, False]),
        ([("1", "乡镇卫生院（5个）"), ("2", "县医院（二期）")], [True, True]),  # one project in several places
        ([("", "三江湿地"), ("", "一河两岸"), ("1", "古村保护")], [True, True, True]),  # no numbers
        ([("1", "古村保护"), ("2", "征地拆迁费")], [True, False]),
    ],
)
def test_rows_that_are_no_projects_of_a_group(rows: list[tuple[str, str]], expected: list[bool]) -> None:
    assert in_groups(rows) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["人员经费", "设备购置费", "不可预见费"], True),
        (["建筑工程", "安装工程", "工程建设其他费用", "预备费（10%）"], True),
        (["中央车购税", "银行贷款", "地方自筹"], True),
        (["古村保护", "石桥水库", "景区提升", "征地拆迁费"], False),
        (["促进消费", "节水改造工程（免费）"], False),
        ([], False),
    ],
)
def test_tables_of_costs(names: list[str], expected: bool) -> None:
    assert of_costs(names) is expected


@pytest.mark.parametrize(
    ("labels", "title", "expected"),
    [
        (["序号", "项目名称", "总投资（万元）"], "重点项目表", 1),
        (["序号", "项目名称", "建设地点"], None, 1),  # a column that only such tables have
        (["工程名称", "建设内容"], "附表1 重大工程清单", 0),
        (["序号", "项目名称", "单位", "2020年", "2025年"], "主要指标", None),  # a table of indicators
        (["项目", "单位", "2020年", "2025年"], "重点项目主要目标", None),
        (["项目", "收费标准"], "医疗服务项目价格", None),  # no table of projects: nothing says so
        (["项目名称"], "重点项目表", None),  # one column is a list
        (["重点任务", "项目名称", "工程名称"], "重点项目表", None),  # which of the two is the name?
    ],
)
def test_which_column_has_the_names(labels: list[str], title: str | None, expected: int | None) -> None:
    assert name_column(labels, title) == expected


@pytest.mark.parametrize(
    ("text", "listed", "expected"),
    [
        ("1.实施城乡供水一体化工程", False, "城乡供水一体化工程"),  # number and verb are none of the name
        ("石桥水库除险加固工程（二期）", False, "石桥水库除险加固工程（二期）"),
        ("开展节水示范工程建设", False, None),  # a measure
        ("重点项目", False, None),  # no project's name
        ("工程项目", False, None),
        ("合计", True, None),
        ("泽宁支线机场", False, None),  # a name only in a list of projects
        ("泽宁支线机场", True, "泽宁支线机场"),
        ("天网工程", True, "天网工程"),  # what is a name anywhere is one in a list
        ("新机场", True, None),
        ("青桐铁路", True, "青桐铁路"),
        ("城际铁路", True, None),  # a class
        ("普通国省干线公路", True, None),
        ("加固水库", True, None),
        ("泽青铁路桐川段", True, "泽青铁路桐川段"),
        ("建成水库3座，新增库容200万立方米，实施供水工程", False, None),  # a sentence
    ],
)
def test_names(text: str, listed: bool, expected: str | None) -> None:
    assert project_name(text, listed=listed) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("水利重点工程", True),
        ("“十四五”重大项目清单", True),
        ("石桥水库除险加固工程", False),
        ("重大疾病救助工程", False),  # 重大 belongs to 疾病
        ("重大交通项目", True),
        ("“十四五”重点文旅项目", True),
        ("全市重大产业项目建设", True),
        ("泽宁重大交通项目", False),  # may be one, with the name of a place
        ("重大项目", True),
        ("重点人群健康项目", False),  # 重点 belongs to 人群
    ],
)
def test_lists(title: str, expected: bool) -> None:
    assert is_list(title) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("总投资3亿元，建设期限2021—2024年。", (2021, 2024)),
        ("2021—2023年，总投资5亿元。", (2021, 2023)),
        ("2023年建成投产。", (None, 2023)),
        ("建设大坝，2024年底前全线建成通车。", (None, 2024)),
        ("一期2022年建成，二期2024年建成。", None),  # of what the years are is not certain
        ("2021—2022年，2024年建成。", None),
        ("2024—2021年，建设大坝。", None),
        ("2021—2023年增长5%。", None),  # no clause of its own
        ("2023年开工建设。", None),
        ("2021年开工，2023年建成。", (None, 2023)),
        # the year of a part, of a stage or of the past
        ("总投资8亿元，一期2023年建成。", None),
        ("教学楼2022年建成投用，宿舍楼随后建设。", None),
        ("主桥2016年建成，2023年实施加固。", None),
        ("2020年建成通车，“十四五”续建二期。", None),
        ("2021—2022年，建设主干管网；完善支线管网。", None),
        ("总投资8亿元，2021—2022年。", (2021, 2022)),
        ("总投资6.8亿元，2021—2024年建设。", (2021, 2024)),
        ("2022—2024年实施，总投资1.8亿元。", (2022, 2024)),
        ("总投资8亿元，2021—2022年建设大坝。", None),  # of a step
        ("2021—2022年建设，2024年运营。", None),
        # a colon before the years, which then open a clause too
        ("建设期限：2021—2024年。", (2021, 2024)),
        ("建设期限：2021—2024年，总投资3亿元。", (2021, 2024)),
        ("总投资：3亿元；建设年限：2022年—2025年", (2022, 2025)),
        ("（建设周期：2021-2023年）", (2021, 2023)),
        ("实施年限:2021—2022年。", (2021, 2022)),
        ("建设期限：2021—2024年，2022—2023年建设。", None),
        ("建设期限：2021—2024年，2023年建成。", None),
        ("建设内容：2021—2024年建设大坝。", None),
        ("一期建设期限：2021—2024年。", None),
    ],
)
def test_years_of_a_project_in_a_text(text: str, expected: tuple[int | None, int] | None) -> None:
    found = stated_years(text)
    assert (found and found[:2]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("总投资3.5亿元，2025年建成。", (Decimal("3.5"), "亿元")),
        ("计划投资1200万元。", (Decimal(1200), "万元")),
        ("投资额为1,200万元。", (Decimal(1200), "万元")),
        ("总投资约3亿元。", None),  # about: no sum that can be compared
        ("总投资3亿元以上。", None),
        ("总投资达12亿元，其中中央投资3亿元。", None),  # the share is not the project's sum
        ("总投资12亿余元，其中中央投资3亿元。", None),
        ("总投资12余亿元，其中中央投资3亿元。", None),
        ("总投资10—12亿元，其中中央投资3亿元。", None),
        ("总投资3亿元，其中一期投资1亿元。", None),  # two sums: which is the project's is not certain
        ("总投资1,200万元，其中一期投资300万元。", None),
        ("改造管网35公里。", None),
        ("每年投资500万元。", None),
        ("其中2022年投资1亿元。", None),
        ("新建泵站，其中：一期投资1亿元。", None),
        ("市级投资2亿元，县级配套5000万元。", None),
        ("“十三五”期间总投资50亿元。", None),
        ("园区总投资8亿元。", (Decimal(8), "亿元")),
        ("其中新建泵站2座，总投资8亿元。", (Decimal(8), "亿元")),
        # a colon or blanks before the sum
        ("总投资：12亿元", (Decimal(12), "亿元")),
        ("总投资12 亿元，2025年建成。", (Decimal(12), "亿元")),
        ("总投资 12亿元", (Decimal(12), "亿元")),
        ("投资估算：3,200万元。", (Decimal(3200), "万元")),
        ("总投资额: 1.5 亿元", (Decimal("1.5"), "亿元")),
        ("总投资：约12亿元", None),
        ("总投资 12 亿元以上", None),
        ("总投资：10—12 亿元", None),
        ("其中，县级投资：2亿元", None),
        ("总投资：12亿元，其中一期投资：3亿元", None),
        ("总投资：\n3亿元", None),  # perhaps a cell that was left empty
    ],
)
def test_investment_in_a_box(text: str, expected: tuple[Decimal, str] | None) -> None:
    found = investment(text)
    assert (found and found[:2]) == expected


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("3,200", "万元", (Decimal(3200), "万元")),
        ("3.5亿元", "万元", (Decimal("3.5"), "亿元")),  # the cell's own unit
        ("3200", None, (None, None)),  # of what?
        ("3200", "公顷", (None, None)),
        ("约3200", "万元", (None, None)),
        ("-", "万元", (None, None)),
        (None, "万元", (None, None)),
    ],
)
def test_money(text: str | None, unit: str | None, expected: tuple[Decimal | None, str | None]) -> None:
    assert money(text, unit) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021—2025年", (2021, 2025)),
        ("2021-2025", (2021, 2025)),
        ("2023年", (2023, 2023)),
        ("2025-2021", (None, None)),
        ("长期", (None, None)),
        ("2021.3-2022.5", (None, None)),
        (None, (None, None)),
    ],
)
def test_years(text: str | None, expected: tuple[int | None, int | None]) -> None:
    assert years(text) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("表3 重点项目一览表", "重点项目一览表"),
        ("表3项目一览表", "项目一览表"),
        ("附表2-1：重点项目表", "重点项目表"),
        ("附件一、重点项目表", "重点项目表"),
        ("附件1—重点项目表", "重点项目表"),
        ("附表一重点项目表", "重点项目表"),
        ("附件 十二 重点项目表", "重点项目表"),
        ("件3 重点项目表", "重点项目表"),  # 附 is on the line before
        ("附件：项目清单", "项目清单"),
        ("附表 项目清单", "项目清单"),
        ("表彰项目一览表", "表彰项目一览表"),  # words that only begin with the characters of a label
        ("件杂货码头项目", "件杂货码头项目"),
        ("附件加工项目清单", "附件加工项目清单"),
        ("附表十四五重点项目", "附表十四五重点项目"),  # no number of a table
        ("附件2023年重点项目", "附件2023年重点项目"),
        ("附件20个重点项目", "附件20个重点项目"),
        ("表一体化项目", "表一体化项目"),
        ("重点项目表3", "重点项目表3"),
        ("附件：", None),
        ("附表", None),
        ("表3", None),
        (None, None),
    ],
)
def test_the_group_of_a_table(title: str | None, expected: str | None) -> None:
    assert group_of_table(title) == expected


def test_boxes() -> None:
    """A box that is a project, and one that lists projects; a box of measures has none."""
    text = (
        HEAD
        + "> **专栏1 石桥水库除险加固工程**\n> 加固大坝1座，总投资3.5亿元。\n\n"
        + "### （二）提升防洪能力\n\n加强堤防建设。\n\n"
        + "> **专栏2 水利重点工程**\n> **1.青河堤防达标工程。**加固堤防12公里。\n> **2.加强巡查。**每年两次。\n"
    )
    found = {project.name: project for project in projects(text)}
    assert "石桥水库除险加固工程" in found
    assert "水利重点工程" not in found
    assert not [name for name in found if "巡查" in name]
    for project in found.values():
        assert project.group
        assert project.name in project.evidence.quote


@pytest.mark.parametrize(
    "invisible",
    [
        "",
        "\u00ad",  # a soft hyphen, which the text that is read does not have
        "\u200b\u200b",
    ],
)
def test_the_evidence_of_an_investment_has_the_offsets_of_the_file(invisible: str) -> None:
    box = "> **专栏1 石桥水库除险加固工程**\n> 加固大坝1座，总投资3.5亿元。\n"
    text = HEAD.replace("坚持", f"坚{invisible}持") + box.replace("总投资", f"总{invisible}投资")
    (project,) = projects(text)
    assert project.investment == Decimal("3.5")
    evidence = project.evidence
    assert (evidence.start, evidence.end) == (text.index("专栏1"), text.index("亿元") + 2)
