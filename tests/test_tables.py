"""Tables taken apart into cells: every layout, with what naive reading would make of it, and what is no table."""

import hashlib
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from measure_tables import around, bare, read_back, share, wrong
from table_renderings import (
    as_lines,
    as_pipes,
    as_spaced,
    as_tabs,
    as_visual,
    as_wrapped,
    sample,
)

from extractors.layout import layout
from extractors.readers import read_bytes
from extractors.tables import PlanTable, tables
from extractors.tables.cost import cell_cost, is_number
from extractors.tables.header import column
from extractors.tables.model import centred
from ontology.model.facts import squeeze
from ontology.model.source import Cell, Source, SourceTable


def source(text: str, cells: tuple[SourceTable, ...] = ()) -> Source:
    return Source("t.txt", hashlib.sha256(text.encode()).hexdigest(), text, "txt", "utf-8", tables=cells)


def found(text: str) -> list[PlanTable]:
    return list(tables(layout(source(text))))


def grid(table: PlanTable) -> list[list[str]]:
    return [[cell.flat if cell else "" for cell in row] for row in table.grid()]


def rows(text: str) -> list[list[str]]:
    """The rows of the only table."""
    (table,) = found(text)
    return grid(table)


@pytest.mark.parametrize(
    ("label", "role", "year", "sense"),
    [
        ("序号", "serial", None, None),
        ("参考文件", "text", None, None),
        ("编 号", "serial", None, None),
        ("责任单位（排第一位的为牵头单位）", "departments", None, None),
        ("主要指标", "name", None, None),
        ("指标名称", "name", None, None),
        ("指标项", "name", None, None),
        ("考察维度", "dimension", None, None),
        ("一级指标", "dimension", None, None),
        ("类别", "dimension", None, None),
        ("单位", "unit", None, None),
        ("指标 属性", "kind", None, None),
        ("指标性质", "kind", None, None),
        ("牵头单位", "departments", None, None),  # a naive rule would call it a unit
        ("责任部门", "departments", None, None),
        ("2020年", "value", 2020, None),
        ("2020年实际值", "value", 2020, "actual"),
        ("2025年预期 指标值", "value", 2025, "target"),
        ("２０２５年目标", "value", 2025, "target"),
        ("二〇二五年", "value", 2025, None),
        ("“十二五”期末数（2015年）", "value", 2015, None),
        ("“十三五”期末", "value", 2020, None),
        ("“十四五”目标", "value", 2025, "target"),
        ("2021—2025年累计", "value", 2025, None),
        ("基期值", "value", None, "actual"),
        ("目标值", "value", None, "target"),
        ("规划目标完成情况", "value", None, "actual"),  # both words; it says what was reached
        ("年均增速〔累计〕", "growth", None, None),
        ("年均增长（%）", "growth", None, None),
        ("备注", "note", None, None),
        ("总投资（万元）", "text", None, None),
        ("完成时限", "deadline", None, None),
        ("2025年2035年", None, None, None),  # the heads of two columns, run together
        ("2020年基期值2025年目标值", None, None, None),
        ("“十三五”期末数（", None, None, None),  # half a head
        ("基本医疗保险参保率", None, None, None),  # a row's name
        ("约束性", None, None, None),
        ("95%以上", None, None, None),
        ("", None, None, None),
        ("进展情况", "note", None, None),
        ("评估结果", "note", None, None),
        ("进度", "deadline", None, None),
        ("时间进度", "deadline", None, None),
        ("时间及进度安排", "deadline", None, None),
        ("责任县领导", "text", None, None),
        ("联系人", "text", None, None),
        # lists of powers
        ("权力责任名称", "task", None, None),
        ("职权名称", "task", None, None),
        ("行使主体", "departments", None, None),
        ("权力责任事项", "content", None, None),
        ("权力和责任事项", "content", None, None),
        ("责任事项", "duty", None, None),
        ("权力类型", "text", None, None),
        ("设定依据", "text", None, None),
        ("行使层级", "text", None, None),
        ("追责情形", "text", None, None),
        ("权力下放", None, None, None),
        ("行使权力", None, None, None),
        ("设定", None, None, None),
        ("完成情况", "value", None, "actual"),
    ],
)
def test_column(label: str, role: str | None, year: int | None, sense: str | None) -> None:
    head = column(label)
    assert (head and head.role, head and head.year, head and head.sense) == (role, year, sense)


@pytest.mark.parametrize(
    ("label", "basis"),
    [
        ("年均增速〔累计〕", ("年均", "累计")),
        ("2021—2025年年均增速", ("年均",)),  # 5年 of a year in digits is no five years
        ("2025年增速", ()),
        ("5年增长", ("累计",)),
    ],
)
def test_a_label_of_growth_says_what_it_is_of(label: str, basis: tuple[str, ...]) -> None:
    head = column(label)
    assert (head and head.role, head and head.basis) == ("growth", basis)


@pytest.mark.parametrize(
    ("role", "text", "fits"),
    [
        ("kind", "约束性", True),
        ("kind", "参保率", False),
        ("unit", "亿立方米", True),
        ("unit", "微克/立方米", True),
        ("unit", "约束性", False),
        ("value", "≥45.2", True),
        ("value", "[12.5]", True),
        ("value", "—", True),
        ("value", "稳定在95%以上", True),
        ("value", "预期性", False),
        ("name", "森林覆盖率（%）", True),
        ("name", "38.2", False),
        ("name", "率（%", False),  # brackets without a partner: half a name
        ("departments", "市民政局、市自然资源局", True),
        ("departments", "市消防支队牵头，市自然资源局、市住建局配合，各县区政府负责实施", True),
        ("departments", "市水利局负责河道清淤", False),
        ("departments", "市农业农村局、国家统计局泽宁调查队", True),
        ("departments", "国家级经济开发区", False),
        ("departments", "达到国家节水型城市", False),
        ("departments", "保持稳定", False),
        ("serial", "12", True),
        ("serial", "1.2", False),
        ("name", "及以上综合性医院占比", False),  # the rest of a name
        ("name", "等级公路里程", True),
        ("name", "并网装机容量", True),
        ("name", "收入增长（%）4.城镇调查失业率", False),  # two names
        ("dimension", "设施网络", True),
        ("dimension", "新型城镇化", True),
        ("dimension", "新增", False),
        ("dimension", "不含城市道路", False),  # remarks
        ("dimension", "三级及以上", False),
        ("dimension", "占比", False),  # the rest of a name
        ("dimension", "全", False),
        ("unit", "1/10万", True),
        ("unit", "起/每万枚", True),
        ("growth", "与经济增长基本同步", True),
        ("growth", "预期性", False),
        ("value", "—与经济增长基本同步", False),  # a dash and the next column's words
        ("value", "（%）7.4", False),  # the end of a name and its number
    ],
)
def test_a_cell_fits_its_column_or_does_not(role: str, text: str, fits: bool) -> None:
    assert (cell_cost(role, text) < 1.5) is fits  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["98", "98.5%", "＞95", "约120万人", "1～5年", "112个", "〔1〕", "25以上", "-2.10", "下降15%"]
)
def test_numbers(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "—", "参保率", "112个药品品种和1类耗材", "县级统筹", "2.1.3", "…", "下降"])
def test_no_numbers(text: str) -> None:
    assert not is_number(text)


WATER = """表2 水安全保障主要指标

序号\t指标\t单位\t2020年\t规划目标\t\t属性
\t\t\t\t2025年\t累计\t
1\t农村自来水普及率\t%\t88\t92\t[4]\t预期性
2\t新增水库库容\t亿立方米\t-\t1.5\t[1.5]\t预期性
"""


def test_a_head_of_two_rows() -> None:
    (table,) = found(WATER)
    assert [c.label for c in table.columns][3:6] == ["2020年", "规划目标（2025年）", "规划目标（累计）"]
    assert [c.role for c in table.columns] == ["serial", "name", "unit", "value", "value", "growth", "kind"]
    assert grid(table) == [
        ["1", "农村自来水普及率", "%", "88", "92", "[4]", "预期性"],
        ["2", "新增水库库容", "亿立方米", "-", "1.5", "[1.5]", "预期性"],
    ]


@pytest.mark.parametrize(
    ("text", "labels", "expected"),
    [
        (  # the lower row of the header has only the cells below 目标值
            "指标\t单位\t目标值\t属性\n2025年\t2030年\n森林覆盖率\t%\t40\t42\t约束性\n湿地保护率\t%\t55\t60\t预期性\n",
            ["指标", "单位", "目标值（2025年）", "目标值（2030年）", "属性"],
            [["森林覆盖率", "%", "40", "42", "约束性"], ["湿地保护率", "%", "55", "60", "预期性"]],
        ),
        (  # 基期值 has no year either, but the rows say that it has one column
            "指标\t基期值\t目标值\t属性\n2025年\t2030年\n"
            "森林覆盖率\t40%\t42%\t43%\t约束性\n湿地保护率\t55%\t60%\t61%\t预期性\n",
            ["指标", "基期值", "2025年", "2030年", "属性"],
            [["森林覆盖率", "40%", "42%", "43%", "约束性"], ["湿地保护率", "55%", "60%", "61%", "预期性"]],
        ),
        (  # the level itself and its growth below one year, whose label stands once
            "指标\t2020年\t2025年\t\t属性\n\t\t绝对值\t年均增长（%）\t\n"
            "林业产值（亿元）\t12\t15\t4.6\t预期性\n森林蓄积量（万立方米）\t40\t42\t—\t约束性\n",
            ["指标", "2020年", "2025年（绝对值）", "2025年（年均增长（%））", "属性"],
            [["林业产值（亿元）", "12", "15", "4.6", "预期性"], ["森林蓄积量（万立方米）", "40", "42", "—", "约束性"]],
        ),
        (  # and where it is repeated, as labels over two rows are
            "指标\t2020年\t2025年\t2025年\n指标\t2020年\t总量\t年均增长\n"
            "林业产值（亿元）\t12\t15\t4.6%\n森林蓄积量（万立方米）\t40\t42\t—\n",
            ["指标", "2020年", "2025年（总量）", "2025年（年均增长）"],
            [["林业产值（亿元）", "12", "15", "4.6%"], ["森林蓄积量（万立方米）", "40", "42", "—"]],
        ),
        (  # a name such as 总量 is no label of the header
            "指标\t2020年\t2025年\n总量\t12\t15\n其中：林业产值\t4\t5\n",
            ["指标", "2020年", "2025年"],
            [["总量", "12", "15"], ["其中：林业产值", "4", "5"]],
        ),
        (  # a line break in the last cell, after a mark of a list or in a column of bodies; 产业发展 is a title
            "指标\t2025年\t责任单位\n森林覆盖率\t40%\t县林草局、\n县统计局\n湿地保护率\t55%\t县林草局\n县水利局\n"
            "产业发展\n林业产值\t15亿元\t县林草局\n",
            ["指标", "2025年", "责任单位"],
            [
                ["森林覆盖率", "40%", "县林草局、县统计局"],
                ["湿地保护率", "55%", "县林草局县水利局"],
                ["产业发展", "产业发展", "产业发展"],
                ["林业产值", "15亿元", "县林草局"],
            ],
        ),
        (  # two tables side by side under the same labels
            "指标\t2025年\t指标\t2025年\n森林覆盖率\t40%\t林业产值\t15亿元\n湿地保护率\t55%\t旅游收入\t5亿元\n护林人数\t120人\n",
            ["指标", "2025年"],
            [
                ["森林覆盖率", "40%"],
                ["湿地保护率", "55%"],
                ["护林人数", "120人"],
                ["林业产值", "15亿元"],
                ["旅游收入", "5亿元"],
            ],
        ),
        (  # the same label twice is not yet two tables
            "指标\t2025年\t2030年\t2025年\n森林覆盖率\t40%\t42%\t39%\n湿地保护率\t55%\t60%\t50%\n",
            ["指标", "2025年", "2030年", "2025年"],
            [["森林覆盖率", "40%", "42%", "39%"], ["湿地保护率", "55%", "60%", "50%"]],
        ),
        (  # the label of a group that spans two rows is only in the first; a row with too many cells is refused
            "类别\t指标\t单位\t2025年\t属性\n资源保护\t森林覆盖率\t%\t40\t约束性\n湿地保护率\t%\t55\t约束性\n"
            "产业发展\t林业产值\t亿元\t15\t预期性\n旅游收入\t亿元\t5\t预期性\n护林人数\t人\t5\t6\t7\t8\t预期性\n",
            ["类别", "指标", "单位", "2025年", "属性"],
            [
                ["资源保护", "森林覆盖率", "%", "40", "约束性"],
                ["资源保护", "湿地保护率", "%", "55", "约束性"],
                ["产业发展", "林业产值", "亿元", "15", "预期性"],
                ["产业发展", "旅游收入", "亿元", "5", "预期性"],
            ],
        ),
    ],
)
def test_headers_and_rows_with_other_numbers_of_cells(text: str, labels: list[str], expected: list[list[str]]) -> None:
    (table,) = found("表1 主要指标\n" + text)
    assert ([c.label for c in table.columns], grid(table)) == (labels, expected)


def test_the_halves_of_two_tables_that_cannot_be_told_apart_are_not_read() -> None:
    assert not found("表1 主要指标\n指标\t2025年\t指标\t2025年\n森林覆盖率\t40%\n湿地保护率\t55%\n护林人数\t120人\n")


@pytest.mark.parametrize(
    "page",
    ["-7-\n率", "-7- 率", "·7· 率", "率\n-7- 指标 2020年 2025年 属性"],
    ids=["alone", "hyphens", "dots", "header"],
)
def test_a_page_number_is_no_part_of_a_name(page: str) -> None:
    """Also where the conversion left it on the line of the text below, which the layout keeps whole."""
    text = f"指标\n2020年\n2025年\n属性\n森林覆盖率\n38%\n40%\n约束性\n湿地保护\n{page}\n50%\n55%\n约束性\n"
    last = "林业产值\n12亿元\n15亿元\n预期性\n第三章 任务\n"
    assert rows("主要指标\n" + text + last)[1] == ["湿地保护率", "50%", "55%", "约束性"]


def test_a_number_between_hyphens_in_a_name_stays() -> None:
    text = "主要指标\n指标 2020年 2025年 属性\n一氧化碳 -7- 日浓度 38 40 约束性\n湿地保护率（%） 50 55 约束性\n第三章 任务\n"
    assert rows(text)[0][0] == "一氧化碳-7-日浓度"


def test_two_tables_in_one_of_the_file_and_the_unit_in_its_first_row() -> None:
    lines = ["项目 2024年 2025年", "林业投资 40 50", "指标 单位 2025年", "森林覆盖率 % 40"]
    title = "<tr><td colspan='3'>表1 林业投资</td></tr><tr><td></td><td></td><td>单位：万元</td></tr>"
    html = (
        f"<html><body><p>正文</p><table>{title}{_as_html_rows([line.split() for line in lines])}</table></body></html>"
    )
    read = tables(layout(read_bytes("plan.html", html.encode())))
    assert [(table.title, table.unit, grid(table)) for table in read] == [
        ("表1 林业投资", "万元", [["林业投资", "40", "50"]]),
        (None, None, [["森林覆盖率", "%", "40"]]),
    ]


def test_a_head_of_two_rows_without_marks() -> None:
    text = (
        "主要指标\n\n序号 指标 单位 2020年 目标值 属性\n2025年 2035年\n1 供水普及率 % 88 92 96 预期性\n2 堤防达标率 % 70 85 95 预期性\n"
        "3 再生水利用率 % 18 25 40 预期性\n"
    )
    (table,) = found(text)
    assert [(c.role, c.year, c.sense) for c in table.columns[3:]] == [
        ("value", 2020, None),
        ("value", 2025, "target"),
        ("value", 2035, "target"),
        ("kind", None, None),
    ]
    assert grid(table)[2] == ["3", "再生水利用率", "%", "18", "25", "40", "预期性"]


def test_tabs_with_a_row_broken_over_a_page_and_the_head_repeated() -> None:
    text = (
        "主要指标\t2020年\t2025年\t牵头单位\t属性\n"
        "再生水利用率\t18%\t25%以上\t市水利局\t约束性\n"
        "农村供水保障能力\t——\t建成城乡一体、运行可靠的供水\t市水利局 市财政局\t预期性\n\n"
        "主要指标\t2020 年\t2025年\t牵头 单位\t属性\n"
        "\t\t网络\t\t\n"
        "堤防达标率\t70%\t85%\t市水利局\t预期性\n"
    )
    assert rows(text) == [
        ["再生水利用率", "18%", "25%以上", "市水利局", "约束性"],
        ["农村供水保障能力", "——", "建成城乡一体、运行可靠的供水网络", "市水利局市财政局", "预期性"],
        ["堤防达标率", "70%", "85%", "市水利局", "预期性"],
    ]


def test_the_rest_of_a_name_behind_a_page_is_no_row_and_no_heading_line() -> None:
    text = (
        "指标名称\t2020年\t2025年\t属性\n"
        "------\t------\t------\t------\n\n"
        "采用绿色建材的新建民用建筑面积占全部新建民用建筑\t40%\t70%\t预期性\n\n"
        "面积的比例\t\t\t\n"
        "农村生活污水治\n理率\t60%\t95%\t约束性\n"
        "生态环境\t\t\t\n"
        "森林覆盖率\t51%\t52%\t约束性\n"
    )
    assert rows(text) == [
        ["采用绿色建材的新建民用建筑面积占全部新建民用建筑面积的比例", "40%", "70%", "预期性"],
        ["农村生活污水治理率", "60%", "95%", "约束性"],  # a line break inside the cell
        ["生态环境"] * 4,  # a line that heads those below
        ["森林覆盖率", "51%", "52%", "约束性"],
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("专项社会服务\n火化率\t47\t＞50\t预期性\n", [["专项社会服务"] * 4, ["火化率", "47", "＞50", "预期性"]]),
        (
            "城乡社区综合服务设施覆\n盖面积\t47\t＞50\t预期性\n",
            [["城乡社区综合服务设施覆盖面积", "47", "＞50", "预期性"]],
        ),
    ],
)
def test_a_group_above_a_short_name_is_no_part_of_it(lines: str, expected: list[list[str]]) -> None:
    found = rows(f"指标\t2020年\t2025年\t属性\n{lines}社区综合服务设施覆盖率\t82\t100\t预期性\n")
    assert found == [*expected, ["社区综合服务设施覆盖率", "82", "100", "预期性"]]


def test_pipes_with_empty_labels_escapes_and_breaks() -> None:
    text = (
        "| 一级指标 | 二级指标 | 单位 | 2020年 | 2025年 |\n|:---|---|:-:|---|---:|\n"
        "| **公共文化** | 人均文化设施<br>面积 | 平方米 | 0.35 | 0.5 |\n"
        "| | 图书\\|报刊流通人次 | 万人次 | 520 | 800 |\n"
        "| 文化产业 | 文化企业数 | 家 | 120 | 200 |\n"
    )
    assert rows(text) == [
        ["公共文化", "人均文化设施面积", "平方米", "0.35", "0.5"],
        ["公共文化", "图书|报刊流通人次", "万人次", "520", "800"],
        ["文化产业", "文化企业数", "家", "120", "200"],
    ]


def test_the_wide_gaps_of_a_table_part_no_paragraphs() -> None:
    """Most of the text stands in long lines with gaps: a naive reading takes them for merged paragraphs."""
    gap = " " * 16
    body = "".join(f"{'城市' * n}公园绿地面积占比{gap}%{gap}{n}.5{gap}{n}.8{gap}约束性\n" for n in range(2, 8))
    (table,) = found(f"主要指标\n指标{gap}{gap}单位{gap}2020年{gap}2025年{gap}属性\n{body}")
    assert [row[4] for row in grid(table)] == ["约束性"] * 6


ELDERLY = """表1 养老服务发展主要指标

序号 指标名称 2020年

现状值

2025年

目标值
指标性质 牵头单位

1
社区养老服务设施配建

达标率（%）
80 100 约束性

市民政局、市自

然资源局、市住

房城乡建设局

2
养老机构护理型床位占

比（%）
45.2 55 约束性 市民政局

3 老年大学覆盖面

每个县至少

1所

各县均建有

1所以上
预期性

市教育局、市委

老干部局

第三章 主要任务
"""


def test_every_cell_wrapped_one_after_another() -> None:
    assert rows(ELDERLY) == [
        ["1", "社区养老服务设施配建达标率（%）", "80", "100", "约束性", "市民政局、市自然资源局、市住房城乡建设局"],
        ["2", "养老机构护理型床位占比（%）", "45.2", "55", "约束性", "市民政局"],
        ["3", "老年大学覆盖面", "每个县至少1所", "各县均建有1所以上", "预期性", "市教育局、市委老干部局"],
    ]


def test_the_first_row_has_its_label_behind_the_row_number() -> None:
    """The first row's label is longer than the others: a naive reading makes it the beginning of the name."""
    text = (
        "专栏1 主要指标\n序号\n类别\n指标\n单位\n2020年\n2025年\n属性\n"
        "1\n粮食等重要农产品供给\n粮食播种面积\n万亩\n4286.3\n≥4280\n约束性\n"
        "2\n粮食综合生产能力\n万吨\n1245.8\n1300以上\n约束性\n"
        "3\n质量效益\n农业劳动生产率\n万元/人\n3.12\n4.6\n预期性\n"
        "4\n综合机械化率\n%\n58.4\n68以上\n预期性\n"
        "5\n乡村建设\n农村自来水普及率\n%\n90.2\n95\n预期性\n第三章 主要任务\n"
    )
    assert [row[1:3] for row in grid(found(text)[0])] == [
        ["粮食等重要农产品供给", "粮食播种面积"],
        ["粮食等重要农产品供给", "粮食综合生产能力"],
        ["质量效益", "农业劳动生产率"],
        ["质量效益", "综合机械化率"],
        ["乡村建设", "农村自来水普及率"],
    ]


def test_the_end_of_many_names_is_no_running_head() -> None:
    body = "".join(
        f"{name}（万  {n}.3          {n}.8          约束性\n人）\n"
        for n, name in enumerate(("参保人数", "就业人数", "务工规模", "人才总量"), 5)
    )
    text = f"主要指标\n指标          2020年        2025年        属性\n{body}第三章 主要任务\n\n服务更加完善。\n"
    assert layout(source(text)).text.count("人）") == 4


def test_a_head_on_each_of_many_pages_is_no_running_title() -> None:
    head = "序号 指标名称 单位\n\n2020年\n\n实际值\n\n2025年\n\n目标值\n\n"
    before = "".join(f"第{n}项任务全面完成，各项工作取得新的进展，群众满意度提升。\n\n" for n in range(60))
    pages = [
        "".join(f"{n} 第{n}类基本养老服务设施覆盖率 % {n}.5 {n + 3}\n\n" for n in range(k, k + 8))
        for k in range(1, 33, 8)
    ]
    body = "".join(f"{head}{rows}\n\n- {n} -\n\n\n" for n, rows in enumerate(pages, 3))
    (table,) = found(before + "表1 主要指标\n\n" + body + "第二章 主要任务\n\n加强设施建设，提高服务水平。\n")
    assert [row[1] for row in grid(table)] == [f"第{n}类基本养老服务设施覆盖率" for n in range(1, 33)]


def test_two_wrapped_values_side_by_side_are_cut_where_they_are_alike() -> None:
    text = (
        "指标 2020年 2025年 属性\n\n城乡供水管理\n\n层次\n\n县级\n\n统管\n\n市级\n\n统管\n约束性\n\n"
        "再生水利用率 18% 25% 预期性\n\n节水载体建成率 40% 60% 预期性\n"
    )
    assert rows(text)[0] == ["城乡供水管理层次", "县级统管", "市级统管", "约束性"]


@pytest.mark.parametrize("value", ["50", "≥50", "50%", "50以上"])
def test_two_numbers_on_lines_of_their_own_are_no_value(value: str) -> None:
    """The second may be the number of a page."""
    rows_of = "{}\n{}\n预期性\n42.8\n{}\n"
    text = "主要指标\n序号\n指标\n属性\n2025年\n2030年\n" + rows_of.format(1, "森林覆盖率（%）", "45")
    text += rows_of.format(2, "湿地保护率（%）", f"{value}\n7") + rows_of.format(3, "节水率（%）", "46")
    (table,) = found(text + rows_of.format(4, "绿化率（%）", "37") + "第三章 任务\n")
    assert [row for row in grid(table) if any(row)] == [
        ["1", "森林覆盖率（%）", "预期性", "42.8", "45"],
        ["3", "节水率（%）", "预期性", "42.8", "46"],
        ["4", "绿化率（%）", "预期性", "42.8", "37"],
    ]
    assert len(table.refused) == 1


BROKEN = """专栏2 水利发展主要指标

指标名称 2020年 2025年 指标属性

农村规模化供水

工程覆盖人口
62万人

供水规模与农村

人口分布更加匹
预期性



-13- -13-

比例 配

堤防达标率 70% 85% 约束性

第三章 主要任务
"""


def test_a_wrapped_row_goes_on_behind_a_page_number() -> None:
    assert rows(BROKEN)[0] == ["农村规模化供水工程覆盖人口比例", "62万人", "供水规模与农村人口分布更加匹配", "预期性"]


GROUPS = """表1 “十三五”期间民政事业主要指标完成情况

序号 指标名称 单位

“十二五”

期末数

（2015年）

“十三五”

期末数

（2020年）

1

社

会

救

助

城乡最

低生活

保障

城市最低生活保障对象人数 万人 12.5 9.8

2 农村最低生活保障对象人数 万人 45.1 38.2

3 城市最低生活保

障资金支出

中央资金支出
亿元/年

3.1 4.2

4 地方资金支出 1.2 1.9

5
城市最低生活保障标准占上年度城镇居民人均

消费支出比例
% 24.5 31.03

6

临时救助

对象人次 万人次 - 7.9

7 支出 万元 - 1977

8 养老机构数 家 120 184

第二章 总体要求
"""


def test_vertical_labels_and_a_unit_for_two_rows() -> None:
    (table,) = found(GROUPS)
    got = [[cell.flat if cell and cell.row == r else "" for cell in row] for r, row in enumerate(table.grid())]
    name = [c.role for c in table.columns].index("name")
    assert [row[name:] for row in got] == [
        ["城市最低生活保障对象人数", "万人", "12.5", "9.8"],
        ["农村最低生活保障对象人数", "万人", "45.1", "38.2"],
        ["中央资金支出", "亿元/年", "3.1", "4.2"],
        ["地方资金支出", "", "1.2", "1.9"],
        ["城市最低生活保障标准占上年度城镇居民人均消费支出比例", "%", "24.5", "31.03"],
        ["对象人次", "万人次", "-", "7.9"],
        ["支出", "万元", "-", "1977"],
        ["养老机构数", "家", "120", "184"],
    ]
    assert grid(table)[3][name + 1] == "亿元/年"
    assert got[2][name - 1] == "城市最低生活保障资金支出"
    assert got[5][name - 1] == "临时救助"


def test_lines_as_the_eye_sees_them() -> None:
    text = (
        "专栏1 主要指标\n序号 指标名称 2020年 2025年 属性 牵头单位\n"
        "社区养老服务设施配建 市民政局、市自然\n1 80% 100% 约束性\n达标率 资源局\n"
        "养老机构护理型床位占\n2 45.2% 55% 约束性 市民政局\n比\n"
        "市民政局、市卫生\n3 老年人健康管理率 60% 72% 预期性\n健康委\n第三章 主要任务\n"
    )
    assert rows(text) == [
        ["1", "社区养老服务设施配建达标率", "80%", "100%", "约束性", "市民政局、市自然资源局"],
        ["2", "养老机构护理型床位占比", "45.2%", "55%", "约束性", "市民政局"],
        ["3", "老年人健康管理率", "60%", "72%", "预期性", "市民政局、市卫生健康委"],
    ]


def test_a_name_that_looks_like_a_body_where_no_column_holds_bodies() -> None:
    """市民 begins as 市民政局 does; it was put into the last column."""
    text = (
        "专栏1 主要指标\n序号 指标 2020年 2025年 属性\n公共文化服务\n1 80% 90% 约束性\n市民满意率\n"
        "公共体育服务\n2 70% 85% 预期性\n群众满意率\n县区生活垃圾\n3 60% 75% 预期性\n分类覆盖率\n第三章 主要任务\n"
    )
    assert rows(text) == [
        ["1", "公共文化服务市民满意率", "80%", "90%", "约束性"],
        ["2", "公共体育服务群众满意率", "70%", "85%", "预期性"],
        ["3", "县区生活垃圾分类覆盖率", "60%", "75%", "预期性"],
    ]


def test_a_name_on_the_line_above_and_below_its_numbers() -> None:
    """PDF text layer: the only row without a name of its own takes both lines, its neighbours none of them."""
    text = (
        "表1 主要指标\n序号 指标 单位 2020年 2025年 属性\n"
        "1 节水灌溉面积 万亩 52 60左右 预期性\n2 再生水利用量 万吨 300 360左右 预期性\n"
        "规上企业节水技术改造支出相当于\n3 % 2.0 2.5左右 预期性\n当年用水支出的比例\n"
        "4 节水型企业数量 家 200 280左右 预期性\n第二章 保障措施\n加强组织领导。\n"
    )
    assert rows(text) == [
        ["1", "节水灌溉面积", "万亩", "52", "60左右", "预期性"],
        ["2", "再生水利用量", "万吨", "300", "360左右", "预期性"],
        ["3", "规上企业节水技术改造支出相当于当年用水支出的比例", "%", "2.0", "2.5左右", "预期性"],
        ["4", "节水型企业数量", "家", "200", "280左右", "预期性"],
    ]


def test_a_name_that_stands_where_none_is_drawn_is_not_believed() -> None:
    """Read cell by cell the rows would be 湿地保护率面积, 公顷 …: each name shares its line with the numbers."""
    text = (
        "专栏1 主要指标\n指标 单位 2020年 2025年 属性\n"
        "自然保护地占国土\n湿地保护与生态 % 50 55 预期性\n面积比例\n"
        "森林蓄积量 万立方米 320 360 约束性\n"
        "单位国内生产总值\n二氧化碳排放 % 13 18 约束性\n降低\n第三章 主要任务\n"
    )
    names = [row[0] for row in rows(text)]
    assert "森林蓄积量" in names
    assert not {"湿地保护与生态", "二氧化碳排放", "面积比例森林蓄积量"} & set(names)


def test_rows_of_one_line_need_no_other_reading() -> None:
    """Most names end as names seldom do; with a line for each row there is nothing to mix up."""
    text = (
        "专栏1 主要指标\n类别 指标 单位 2020年 2025年 属性\n文化遗产 国家级非遗代表性项目 项 58 65 预期性\n"
        "全国重点文物保护单位 处 132 140 预期性\n旅游发展 5A级旅游景区 家 9 12以上 预期性\n"
        "旅游总收入 亿元 4312.6 7000 预期性\n第三章 主要任务\n"
    )
    assert [row[:2] for row in grid(found(text)[0])] == [
        ["文化遗产", "国家级非遗代表性项目"],
        ["文化遗产", "全国重点文物保护单位"],
        ["旅游发展", "5A级旅游景区"],
        ["旅游发展", "旅游总收入"],
    ]


def test_lines_as_the_eye_sees_them_are_left_out_where_they_do_not_come_out_even() -> None:
    text = (
        "专栏1 主要指标\n序号 指标 2020年 2025年 属性 责任单位\n"
        "1 森林覆盖率 38 40 约束性 市林业局\n"
        "2 湿地保护率 50 55 预期性 市林业局\n"
        "生活垃圾分类 住房城乡\n3 90 95 预期性\n覆盖率 建设\n农村\n"  # what the last word belongs to is not told
        "4 水土保持率 76 78 预期性 市水利局\n第三章 主要任务\n"
    )
    assert [row[1] for row in rows(text)][:2] == ["森林覆盖率", "湿地保护率"]
    assert all(row[1] in ("森林覆盖率", "湿地保护率", "水土保持率") for row in rows(text))


def test_cells_that_the_format_declares_with_spans() -> None:
    words = [
        "类别",
        "指标",
        "2020年",
        "目标值",
        "2025年",
        "2035年",
        "供水",
        "普及率",
        "88%",
        "92%",
        "96%",
        "达标率",
        "70%",
        "85%",
        "95%",
    ]
    text, places = "", []
    for word in words:
        places.append((len(text), len(text) + len(word)))
        text += word + "\n"
    shape = [
        *((0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 2, 1), (0, 3, 1, 2), (1, 3, 1, 1), (1, 4, 1, 1)),
        *((2, 0, 2, 1), (2, 1, 1, 1), (2, 2, 1, 1), (2, 3, 1, 1), (2, 4, 1, 1)),
        *((3, 1, 1, 1), (3, 2, 1, 1), (3, 3, 1, 1), (3, 4, 1, 1)),
    ]
    cells = tuple(Cell(r, c, a, b, rs, cs) for (r, c, rs, cs), (a, b) in zip(shape, places, strict=True))
    document = layout(source(text, (SourceTable(0, len(text), cells),)))
    (table,) = tables(document)
    assert [c.label for c in table.columns] == ["类别", "指标", "2020年", "目标值（2025年）", "目标值（2035年）"]
    assert grid(table) == [["供水", "普及率", "88%", "92%", "96%"], ["供水", "达标率", "70%", "85%", "95%"]]
    assert document.text[slice(*table.rows()[1].span)].split() == [
        "达标率",
        "70%",
        "85%",
        "95%",
    ]  # the label's row is another


def test_two_tables_one_behind_another() -> None:
    text = (
        "表1 现状\n指标\t单位\t2020年\n馆藏\t万册\t180\n\n表2 目标\n指标\t单位\t2025年\t属性\n馆藏\t万册\t260\t预期性\n"
    )
    assert [grid(table) for table in found(text)] == [[["馆藏", "万册", "180"]], [["馆藏", "万册", "260", "预期性"]]]


@pytest.mark.parametrize(
    "text",
    [
        "一、\t加强领导\t落实责任\n二、\t加大投入\t保障资金\n三、\t强化宣传\t营造氛围\n",  # a list with tabs
        "指标体系逐步完善。\n\n主要指标 2020年以来持续改善，2025年目标基本明确。\n",  # prose that begins like a head
        "主要指标 单位\n\n",  # a head without rows
        "第一章\t总体要求\t1\n第二章\t主要任务\t5\n第三章\t保障措施\t12\n",  # contents
        "联系人\t电话\n张明\t12345\n",  # a table of nothing that a plan measures
    ],
)
def test_no_table(text: str) -> None:
    assert [table for table in found(text) if any(c.role == "value" for c in table.columns)] == []


def test_a_table_of_duties_keeps_its_columns() -> None:
    text = (
        "附件 重点任务分工表\n序号\t重点任务\t牵头单位\t配合单位\t完成时限\n"
        "1\t建立长期照护制度\t市医保局\t市财政局、市民政局\t2023年底前\n"
        "2\t改造养老机构\t市民政局\t市住房城乡建设局\t持续推进\n"
    )
    (table,) = found(text)
    assert [c.role for c in table.columns] == ["serial", "task", "departments", "departments", "deadline"]
    assert grid(table)[1] == ["2", "改造养老机构", "市民政局", "市住房城乡建设局", "持续推进"]


DIVISION = """附件 重点任务分工表

序号

重点任务

具体举措

责任单位

完成时限

1

完善设施

新建敬老院3所，改造护理床位。

市民政局、市财政局

2025年12月

2

提升服务

培训护理员1000人次。

建立志愿者队伍。

市人力资源社会保障局、市残联

持续推进

3

开展助餐服务，建设社区食堂。

市民政局

2024年底前
"""

DUTIES = """职责清单

部门

职责与任务

省委宣传部

创新健康文化传播手段，大力宣传健康文化。

省发展改革委

加大对健康领域的规划和投资。

鼓励发展健康产业。

省财政厅

强化资金统筹。

云岭省人民政府办公厅

2023年5月6日
"""


def test_a_table_of_work_with_one_cell_a_line() -> None:
    """A cell of two paragraphs takes two lines; a merged one (提升服务) has none in its second row."""
    assert rows(DIVISION) == [
        ["1", "完善设施", "新建敬老院3所，改造护理床位。", "市民政局、市财政局", "2025年12月"],
        ["2", "提升服务", "培训护理员1000人次。建立志愿者队伍。", "市人力资源社会保障局、市残联", "持续推进"],
        ["3", "提升服务", "开展助餐服务，建设社区食堂。", "市民政局", "2024年底前"],
    ]


# a paragraph a cell: its lines are not parted by empty ones; the last label is one that is not known
PARAGRAPHS = """附件 重点任务分工表

序号

重点任务

具体举措

责任单位

参照范本

1

完善设施

新建敬老院3所，改造护理床位。

市民政局、市财政局等部门，
各街镇

《云岭省养老办法》

2

提升
服务

培训护理员1000人次。

市教育局

《云岭省养老意见》
（云政办发〔2022〕3号）
"""


def test_a_table_of_work_with_one_cell_a_paragraph() -> None:
    assert rows(PARAGRAPHS) == [
        ["1", "完善设施", "新建敬老院3所，改造护理床位。", "市民政局、市财政局等部门，各街镇", "《云岭省养老办法》"],
        ["2", "提升服务", "培训护理员1000人次。", "市教育局", "《云岭省养老意见》（云政办发〔2022〕3号）"],
    ]


@pytest.mark.parametrize(
    ("label", "last"),
    [
        ("参照范本", ["参照范本"]),
        ("参照范本\n\n考核要点", ["参照范本", "考核要点"]),
        ("一、民生保障类", []),  # a band
        ("责任单位列首位的为牵头单位。", []),  # a remark
    ],
)
def test_labels_that_are_not_known_below_those_that_are(label: str, last: list[str]) -> None:
    more = "".join("《云岭省养老办法》\n\n" for _ in last)
    text = "附件 重点任务分工表\n\n序号\n\n重点任务\n\n具体举措\n\n责任单位\n\n" + label + "\n\n"
    text += f"1\n\n完善设施\n\n新建敬老院3所，改造床位。\n\n市民政局\n\n{more}"
    text += f"2\n\n提升服务\n\n培训护理员1000人次。\n\n市教育局\n\n{more}"
    (table,) = found(text)
    assert [column.label for column in table.columns][4:] == last
    assert [row[3] for row in grid(table)] == ["市民政局", "市教育局"]


def test_a_table_of_duties_with_one_cell_a_line_ends_above_the_signature() -> None:
    assert rows(DUTIES) == [
        ["省委宣传部", "创新健康文化传播手段，大力宣传健康文化。"],
        ["省发展改革委", "加大对健康领域的规划和投资。鼓励发展健康产业。"],
        ["省财政厅", "强化资金统筹。"],
    ]


FIELDS = """各部门护林重点领域
部门
政策制定重点领域
对应的护林因素
宣传部（融媒体中心）
把护林文化纳入文明县城创建活动，动员全社会参与。
加大护林知识宣传力度。
林区文化、护林知识
发展改革局
加大对林业的投资；确保重点项目用地。
林业资源
自然资源局
加强林地保护。
建设林区功能区域
林区环境、林地
水利局
保障林区饮水安全。
饮水供给、生活方式与行为
县自然资源和
规划局
科学规划林区用地。
林区用地
工会、团委、妇联等
组织职工参加义务植树。
护林队伍
附件2
护林专家名单
"""


def test_the_names_of_bodies_show_where_rows_begin() -> None:
    """A row has as many lines as columns, or more of which those that end a sentence are one cell; else it is
    refused (自然资源局: 建设林区功能区域 may be of either cell)."""
    (table,) = found(FIELDS)
    assert [[cell.flat if cell else "" for cell in row] for row in table.grid()] == [
        [
            "宣传部（融媒体中心）",
            "把护林文化纳入文明县城创建活动，动员全社会参与。加大护林知识宣传力度。",
            "林区文化、护林知识",
        ],
        ["发展改革局", "加大对林业的投资；确保重点项目用地。", "林业资源"],
        ["", "", ""],
        ["水利局", "保障林区饮水安全。", "饮水供给、生活方式与行为"],
        ["县自然资源和规划局", "科学规划林区用地。", "林区用地"],
        ["工会、团委、妇联等", "组织职工参加义务植树。", "护林队伍"],
    ]
    assert [FIELDS[row.start : row.end].split("\n")[0] for row in table.refused] == ["自然资源局"]


@pytest.mark.parametrize("cell", ["无", "—", "/"])
def test_a_word_for_an_empty_cell_is_no_body_that_begins_a_row(cell: str) -> None:
    """Read as a body, 无 would begin a row of its own, and the row of 水利局 would lack a cell."""
    (table,) = found(FIELDS.replace("饮水供给、生活方式与行为", cell))
    assert ["水利局", "保障林区饮水安全。", cell] in grid(table)


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [
        # a cell without a line, a body that is not known as one, a body among the texts, a date in a column of text
        ("保障林区饮水安全。\n", "", "水利局"),
        ("林业资源\n", "林业资源\n县科协\n传播林业科学。\n林业科学\n", "发展改革局"),
        ("保障林区饮水安全。\n", "保障林区饮水安全。\n县水利局\n", "水利局"),
        ("饮水供给、生活方式与行为\n", "2024年6月\n", "水利局"),
        # a name on two lines below a row that has a line too many
        ("林区环境、林地\n水利局\n", "林区环境、林地\n县农业农村\n水利局\n", "水利局"),
    ],
)
def test_a_row_whose_lines_may_be_of_other_cells_is_refused(old: str, new: str, gone: str) -> None:
    assert FIELDS.count(old) == 1
    text = FIELDS.replace(old, new)
    (table,) = found(text)
    names = [row.text("departments") for row in table.rows()]
    assert gone not in names
    assert "工会、团委、妇联等" in names
    assert any(gone in text[row.start : row.end] for row in table.refused)


def test_a_row_with_lines_for_either_of_two_columns_is_refused_alone() -> None:
    text = DIVISION.replace("培训护理员1000人次。\n\n建立志愿者队伍。", "建立服务队伍\n\n培训骨干人员").replace(
        "持续推进", "2024年6月。"
    )
    (table,) = found(text)
    assert [row.text("serial") for row in table.rows()] == ["1", None, "3"]
    assert table.rows()[2].text("task") is None  # that of the row above is not known
    assert [refused.reason for refused in table.refused] == [
        "its lines can be divided between the columns in several ways"
    ]


def test_rows_give_their_cells_by_role() -> None:
    (table,) = found(DIVISION)
    row = table.rows()[0]
    assert (row.text("task"), row.text("content", "duty"), row.text("note")) == (
        "完善设施",
        "新建敬老院3所，改造护理床位。",
        None,
    )
    assert [(head.label, cell.text) for head, cell in row.of("departments")] == [("责任单位", "市民政局、市财政局")]


# a header without the label of the first column, which the one over the names covers too: the file lost its span
ONE_LABEL_LESS = [
    ["指标", "2020年", "2025年", "属性"],
    ["医疗保障", "基本医疗保险参保率（%）", "95.3", "97", "约束性"],
    ["", "住院费用报销比例（%）", "70", "75", "预期性"],
    ["养老服务", "护理型床位占比（%）", "48", "60", "预期性"],
]


def _as_html_rows(lines: list[list[str]]) -> str:
    return "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in lines)


@pytest.mark.parametrize("filled_up", [False, True])
def test_a_label_over_groups_and_names(filled_up: bool) -> None:
    head, *body = ONE_LABEL_LESS
    head = [*head, ""] if filled_up else head
    piped = "\n".join("| " + " | ".join(line) + " |" for line in (head, ["---"] * len(head), *body))
    html = f"<html><body><p>第二章 发展目标</p><table>{_as_html_rows([head, *body])}</table></body></html>"
    for document in (layout(source(f"第二章 发展目标\n\n{piped}\n")), layout(read_bytes("plan.html", html.encode()))):
        (table,) = tables(document)
        assert [head.label for head in table.columns] == ["", "指标", "2020年", "2025年", "属性"]
        assert [row[1:4] for row in grid(table)] == [line[1:4] for line in body]


def test_a_column_without_a_label_at_the_end_stays_there() -> None:
    (table,) = found(
        "| 指标 | 2020年 | 2025年 | |\n|---|---|---|---|\n| 参保率（%） | 95 | 97 | 含居民 |\n| 床位（张） | 30 | 50 | 含农村 |\n"
    )
    assert [head.label for head in table.columns] == ["指标", "2020年", "2025年", ""]


def test_a_page_break_inside_a_name() -> None:
    """The end of a name, on the next page before the next name, is no label of a group."""
    text = (
        "专栏1 主要指标\n\n类别\n指标\n2020年\n2025年\n属性\n\n参保覆盖\n\n基本医疗保险参保率（%）\n\n95.3\n\n97\n\n约束性\n\n"
        "基金安全\n\n住院费用占全部住\n\n70\n\n75\n\n预期性\n\n院费用的比例（%）\n\n护理型床位占比（%）\n\n48\n\n60\n\n预期性\n\n"
        "服务能力\n\n养老机构床位数（张）\n\n300\n\n500\n\n预期性\n\n社区服务设施覆盖率（%）\n\n90\n\n100\n\n预期性\n\n第三章 主要任务\n"
    )
    assert rows(text)[1:3] == [
        ["基金安全", "住院费用占全部住院费用的比例（%）", "70", "75", "预期性"],
        ["基金安全", "护理型床位占比（%）", "48", "60", "预期性"],
    ]


def test_a_text_with_blanks_beside_its_figures() -> None:
    """Where the text prints 到 2025 年, a blank beside a figure parts no cells (少于 1 所)."""
    text = (
        "到 2025 年，服务体系更加健全，群众更加满意。\n\n专栏1 主要发展指标\n\n具体指标 2020 年实际值 2025 年 责任部门\n指标属\n\n性\n\n"
        "高标准农田专业化运营人数 —\n每个县（区）不\n\n少于 1 所\n市水利局 预期性\n\n"
        "五保供养对象提质改造完成\n\n人数\n24 万人 ≥34.81 万人 市自然资源局 预期性\n\n"
        "基本养老服务率 实现全覆盖\n每个县（区）不\n\n少于 1 所\n市生态环境局 约束性\n\n"
        "居民健康素养配建增加值占\n\n比\n29.0% 34.8%左右 市水利局 约束性\n\n"
        "第三章 主要任务\n\n到 2025 年，坚持统筹规划，推动各项任务落实到位。\n"
    )
    assert rows(text)[2] == ["基本养老服务率", "实现全覆盖", "每个县（区）不少于1所", "市生态环境局", "约束性"]


EXACT = {"tabs": as_tabs, "pipes": as_pipes}
NEARLY = {"wrapped": as_wrapped, "spaced": as_spaced, "lines": as_lines}
SEEDS = st.integers(0, 10_000)
RARELY = settings(max_examples=25, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("name", EXACT)
@RARELY
@given(seed=SEEDS)
def test_tables_with_marks_between_their_cells_read_back_cell_for_cell(name: str, seed: int) -> None:
    table = sample(seed)
    right, total = share(table, read_back(table, around(table, EXACT[name](table, seed))))
    assert right == total


@pytest.mark.parametrize("name", NEARLY)
def test_most_cells_of_tables_without_marks_read_back(name: str) -> None:
    """The measured share is higher (see measure_tables); below this something has broken."""
    right = total = bad = 0
    for seed in range(500, 520):
        table = sample(seed)
        got = read_back(table, around(table, NEARLY[name](table, seed)))
        a, b = share(table, got)
        right, total, bad = right + a, total + b, bad + wrong(table, got)
    assert right >= 0.95 * total
    assert bad <= 0.02 * total


def test_tables_in_the_order_of_the_eye_are_rather_left_out_than_mixed_up() -> None:
    right = total = bad = 0
    for seed in range(500, 520):
        table = sample(seed)
        got = read_back(table, around(table, as_visual(table, seed)))
        a, b = share(table, got)
        right, total, bad = right + a, total + b, bad + wrong(table, got)
    assert right >= 0.35 * total
    assert bad <= 0.03 * total


@pytest.mark.parametrize("name", [*EXACT, *NEARLY])
@RARELY
@given(seed=SEEDS)
def test_every_cell_is_the_text_at_its_places(name: str, seed: int) -> None:
    table = sample(seed)
    document = layout(source(around(table, {**EXACT, **NEARLY}[name](table, seed))))
    for one in tables(document):
        for cell in one.cells:
            words = squeeze("".join(document.text[a:b] for a, b in cell.pieces))
            assert words == cell.flat
        for row in one.rows():
            assert row.span is None or document.evidence(*row.span).quote


HEADS = [
    "指标 单位 2020年 2025年 属性\n",
    "序号\t指标\t2020年\t2025年\n",
    "| 指标 | 2020年 | 2025年 |\n|---|---|---|\n",
    "指标  单位  2020年\n",
]
NOISE = st.text(alphabet="参保率面积亩%约束预性0123456789.-—\t |\n（）、，。x\x00\u3000局", max_size=300)


@settings(max_examples=150, derandomize=True)
@given(head=st.sampled_from(HEADS), noise=NOISE)
def test_noise_under_a_head_never_raises_and_invents_nothing(head: str, noise: str) -> None:
    text = head + noise
    flat = squeeze(text.replace("\\|", "|"))
    for document in (layout(source(text)), bare(source(text))):
        for table in tables(document):
            for cell in table.cells:
                assert all(squeeze(document.text[a:b]) in flat for a, b in cell.pieces)
                assert cell.flat == squeeze("".join(document.text[a:b] for a, b in cell.pieces)) or "|" in head


@settings(max_examples=60, derandomize=True)
@given(seed=SEEDS, cuts=st.lists(st.integers(0, 2000), max_size=8))
def test_damaged_tables_never_raise(seed: int, cuts: list[int]) -> None:
    table = sample(seed)
    text = around(table, as_wrapped(table, seed))
    for cut in cuts:
        at = cut % len(text)
        text = text[:at] + random.Random(cut).choice(["", "\n", " ", "\n\n", "7", "。"]) + text[at + 2 :]
    for one in tables(layout(source(text))):
        assert one.grid()


@pytest.mark.parametrize(
    ("labels", "height", "spans"),
    [
        ([1, 4], 6, {1: (0, 2), 4: (4, 6)}),  # rows 2 and 3 may be of either
        ([1], 3, {1: (0, 3)}),
        ([0, 2], 2, {0: (0, 1), 2: (2, 3)}),  # no division: the labels' own rows
        ([1, 4, 7, 9, 11, 13], 15, {1: (0, 2), 4: (4, 5), 7: (7, 8), 9: (9, 10), 11: (11, 12), 13: (13, 15)}),
    ],
)
def test_rows_surely_of_a_centred_label(labels: list[int], height: int, spans: dict[int, tuple[int, int]]) -> None:
    assert centred(labels, 0, height) == spans
