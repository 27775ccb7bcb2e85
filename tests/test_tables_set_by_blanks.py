"""Text whose columns are set by blanks, as pdftotext -layout writes it: read where each row is one line, else closed and
named by the audit, never read in part."""

import pytest
from reading_of import source_of

from extractors.layout import layout
from extractors.pipeline import extract, pipeline
from extractors.tables import tables
from ontology.model.facts import Heading, Indicator, Passage, Plan, Responsibility, Target, Task, squeeze

HEAD = "云岭市“十四五”林业规划\n一、发展目标\n表1 主要指标\n"
END = "二、重点任务\n造林。\n"


def rows(table: str) -> list[list[str]]:
    found = tables(layout(source_of(HEAD + table + END)))
    return [[cell.flat if cell else "" for cell in row] for one in found for row in one.grid() if any(row)]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # columns that stand under no head: read where each line is a row, up to the next caption
        (
            "序号    指标名称            单位    2020年    2025年    2035年    属性\n"
            "1       供水能力            亿立方米    20      25      30      约束性\n"
            "2       灌溉面积            万亩    100     120     140     预期性\n"
            "表2 保障条件\n",
            [
                ["1", "供水能力", "亿立方米", "20", "25", "30", "约束性"],
                ["2", "灌溉面积", "万亩", "100", "120", "140", "预期性"],
            ],
        ),
        # labels of groups are left out: this one stands on two lines, beside two rows
        (
            "  类别          指标                    2020年    2025年    属性\n"
            "  资源培育      森林覆盖率（%）         38        40        约束性\n"
            "  和保护        湿地保护率（%）         50        55        约束性\n"
            "                古树保护数量（株）      120       120       约束性\n"
            "                林业总产值（亿元）      12        15        预期性\n"
            "  产业发展      森林旅游收入（亿元）    3         5         预期性\n",
            [
                ["", "森林覆盖率（%）", "38", "40", "约束性"],
                ["", "湿地保护率（%）", "50", "55", "约束性"],
                ["", "古树保护数量（株）", "120", "120", "约束性"],
                ["", "林业总产值（亿元）", "12", "15", "预期性"],
                ["", "森林旅游收入（亿元）", "3", "5", "预期性"],
            ],
        ),
        # the second may be the rest of the first
        (
            "  类别          指标                    2020年    2025年    属性\n"
            "  资源培育      森林覆盖率（%）         38        40        约束性\n"
            "                湿地保护率（%）         50        55        约束性\n"
            "                古树保护数量（株）      120       120       约束性\n"
            "  和保护        林业总产值（亿元）      12        15        预期性\n",
            [
                ["", "森林覆盖率（%）", "38", "40", "约束性"],
                ["", "湿地保护率（%）", "50", "55", "约束性"],
                ["", "古树保护数量（株）", "120", "120", "约束性"],
                ["", "林业总产值（亿元）", "12", "15", "预期性"],
            ],
        ),
        # one is a single character, the rest of which is elsewhere
        (
            "  类别          指标                    2020年    2025年    属性\n"
            "  资            森林覆盖率（%）         38        40        约束性\n"
            "                湿地保护率（%）         50        55        约束性\n"
            "                古树保护数量（株）      120       120       约束性\n"
            "                林业总产值（亿元）      12        15        预期性\n"
            "  产业发展      森林旅游收入（亿元）    3         5         预期性\n",
            [
                ["", "森林覆盖率（%）", "38", "40", "约束性"],
                ["", "湿地保护率（%）", "50", "55", "约束性"],
                ["", "古树保护数量（株）", "120", "120", "约束性"],
                ["", "林业总产值（亿元）", "12", "15", "预期性"],
                ["", "森林旅游收入（亿元）", "3", "5", "预期性"],
            ],
        ),
        # labels on two lines; the last column says what was seen half way
        (
            "类别  序号  指标            2020年  2022年  2025年  指标    进展\n"
            "                            实际    实际    目标    属性    情况\n"
            "      1     供水能力（万吨）  20      25      30      约束性  达到预期\n"
            "节水  2     灌溉面积（万亩）  100     120     140     预期性  低于预期\n"
            "三、对策建议\n",
            [
                ["", "1", "供水能力（万吨）", "20", "25", "30", "约束性", "达到预期"],
                ["", "2", "灌溉面积（万亩）", "100", "120", "140", "预期性", "低于预期"],
            ],
        ),
        # names on the lines above and below their figures
        (
            "指标            单位  2020年  2025年  属性\n"
            "森林覆盖率      %     38      40      约束性\n"
            "国家级自然\n"
            "                处    12      15      约束性\n"
            "保护地数量\n"
            "一、湿地保护\n"
            "重点河段湿地\n"
            "                %     50      55      预期性\n"
            "保护率\n"
            "林业总产值      亿元  12      15      预期性\n",
            [
                ["森林覆盖率", "%", "38", "40", "约束性"],
                ["国家级自然保护地数量", "处", "12", "15", "约束性"],
                ["一、湿地保护"] * 5,
                ["重点河段湿地保护率", "%", "50", "55", "预期性"],
                ["林业总产值", "亿元", "12", "15", "预期性"],
            ],
        ),
        # behind row numbers, a Chinese character twice as wide as a space
        (
            "序号  指标            单位  2020年  2025年  属性\n"
            "1     森林覆盖率      %     38      40      约束性\n"
            "      国家级自然\n"
            "2                     处    12      15      约束性\n"
            "      保护地数量\n"
            "3     林业总产值      亿元  12      15      预期性\n",
            [
                ["1", "森林覆盖率", "%", "38", "40", "约束性"],
                ["2", "国家级自然保护地数量", "处", "12", "15", "约束性"],
                ["3", "林业总产值", "亿元", "12", "15", "预期性"],
            ],
        ),
        # which of two rows the line between them names is not known, but those above are whole
        (
            "指标            单位  2020年  2025年  属性\n"
            "森林覆盖率      %     38      40      约束性\n"
            "湿地保护率      %     50      55      约束性\n"
            "国家级自然\n"
            "                处    12      15      约束性\n"
            "保护地数量\n"
            "                公顷  30      35      预期性\n"
            "林业总产值      亿元  12      15      预期性\n",
            [
                ["森林覆盖率", "%", "38", "40", "约束性"],
                ["湿地保护率", "%", "50", "55", "约束性"],
            ],
        ),
        # the upper of two lines may be the rest of the row above; a sentence below figures is no name
        (
            "指标            单位  2020年  2025年  属性\n"
            "森林覆盖率      %     38      40      约束性\n"
            "湿地保护率      %     50      55      约束性\n"
            "林业总产值      亿元  12      15      预期性\n"
            "及增长\n"
            "国家级自然\n"
            "                处    12      15      约束性\n"
            "保护地数量\n",
            [
                ["森林覆盖率", "%", "38", "40", "约束性"],
                ["湿地保护率", "%", "50", "55", "约束性"],
            ],
        ),
        (
            "指标            单位  2020年  2025年  属性\n"
            "森林覆盖率      %     38      40      约束性\n"
            "湿地保护率      %     50      55      约束性\n"
            "国家级保护地\n"
            "                处    12      15      约束性\n"
            "以上均为年末数。\n",
            [
                ["森林覆盖率", "%", "38", "40", "约束性"],
                ["湿地保护率", "%", "50", "55", "约束性"],
            ],
        ),
        (
            "序号  指标              2020年  2025年  属性\n"
            "1     供水能力（万吨）  20      25      约束性\n"
            "2     灌溉面积（万亩）  100     120     预期性\n",
            [
                ["1", "供水能力（万吨）", "20", "25", "约束性"],
                ["2", "灌溉面积（万亩）", "100", "120", "预期性"],
            ],
        ),
    ],
)
def test_rows_of_one_line_are_read(table: str, expected: list[list[str]]) -> None:
    assert rows(table) == expected


UNREAD = [
    # cells in the middle of their rows, a Chinese character as wide as a space
    "     指标        单位   2020年   2025年   属性\n"
    " 居民健康素养综合利                            约束性\n"
    "              %    16.6   19.6\n"
    "    用率\n"
    "  水利工程投资总额    亿元    97     102   约束性\n"
    " 一般工业固体废物达                            预期性\n"
    "              万吨    —     54.3\n"
    "    标数量\n",
    # at the top of their rows, a Chinese character twice as wide, with the head repeated on the next page
    "序号  指标          2020年  2025年  属性\n"
    "1     普惠性幼儿园  86.5    88      约束性\n"
    "      覆盖率（%）\n"
    "2     高中阶段教育  92      95以上  预期性\n"
    "      毛入学率（%）\n"
    "\f序号  指标          2020年  2025年  属性\n"
    "3     公办学校学位  12.5    14      预期性\n"
    "      数（万个）\n",
    # the figures of the head a line below its characters; a kind over two lines; a number and its unit
    "    主要指标         年基期值     年目标值    属性\n"
    "                 2020     2025\n"
    "   森林蓄积量      16亿立     18亿立    约束\n"
    "                 方米      方米     性\n"
    "   湿地保护率       50%      55%    预期\n"
    "                                 性\n",
    # the label of a group between two rows, with and without empty lines around it
    "  类别          指标                    2020年    2025年    属性\n"
    "                森林覆盖率（%）         38        40        约束性\n"
    "  资源保护\n"
    "                湿地保护率（%）         50        55        约束性\n"
    "                古树保护数量（株）      120       120       约束性\n"
    "                林业总产值（亿元）      12        15        预期性\n"
    "\n"
    "  产业发展\n"
    "\n"
    "                森林旅游收入（亿元）    3         5         预期性\n",
    # a label over two columns, on the line of the other labels
    "  指标                单位    2020年       规划目标值         属性\n"
    "                                        2025年       2030年\n"
    "  森林覆盖率          %       38        40           42        约束性\n"
    "  湿地保护率          %       50        55           60        约束性\n"
    "  林业总产值          亿元    12        15           18        预期性\n",
    # 数量 may end the row above or begin the row below
    "    指标       2020年   2025年\n  林场苗圃       12      15\n  数量\n  护林员人数      120     150\n",
    # two numbers in one column of a row without a name between them
    "    指标          2020年   2025年   属性\n"
    "  森林覆盖         38      40    约束性\n"
    "                39      41\n"
    "  率          \n",
    # a column without a head
    "    指标       2020年            属性\n  林场数量       12      15    约束性\n   （个）\n",
]


@pytest.mark.parametrize("table", UNREAD)
def test_other_rows_give_nothing_and_are_named(table: str) -> None:
    facts = extract(source_of(HEAD + table + END), pipeline())
    assert not [fact for fact in facts if isinstance(fact, (Indicator, Target, Responsibility))]
    assert [fact.title for fact in facts if isinstance(fact, Heading)] == ["发展目标", "重点任务"]
    assert [fact.evidence.quote for fact in facts if isinstance(fact, Task)] == ["造林。"]
    named = [fact for fact in facts if isinstance(fact, Passage) and fact.reason == "a table that could not be read"]
    assert [squeeze(fact.evidence.quote) for fact in named] == [squeeze(table)]


# what stands below the last row of one line, which is then refused with the row, and nothing of it is read elsewhere
RESTS = [
    "      （万人）\n",
    "      图书量\n",
    "              2.培训学员3万人。\n                                      县林业局\n",
    "5     造林                    12      15      预期性\n      面积\n",
    "      县林业局新建苗圃3个。\n5     造林面积    12      15      预期性\n",
]


@pytest.mark.parametrize("rest", RESTS)
def test_a_row_that_goes_on_below_is_refused_with_all_that_follows(rest: str) -> None:
    table = (
        "序号  指标          2020年  2025年  属性\n"
        "1     森林覆盖率    38%     40%     约束性\n"
        "2     湿地保护率    50%     55%     约束性\n"
        "3     古树保有量    120株   130株   约束性\n"
        "4     护林员人数    12      15      预期性\n"
    )
    facts = extract(source_of(HEAD + table + rest + END), pipeline())
    names = [fact.name for fact in facts if isinstance(fact, Indicator)]
    assert names in (
        ["森林覆盖率", "湿地保护率", "古树保有量"],
        ["森林覆盖率", "湿地保护率", "古树保有量", "护林员人数"],
    )
    assert "护林员人数" not in names or "造林" in rest
    assert not [fact for fact in facts if isinstance(fact, (Target, Responsibility))]
    assert [fact.title for fact in facts if isinstance(fact, Heading)] == ["发展目标", "重点任务"]
    marked = "".join(fact.evidence.quote for fact in facts if isinstance(fact, Passage) and fact.suspicious)
    assert squeeze(rest) in squeeze(marked)


DUTIES = """附件 1



云岭省相关部门护林职责清单

   部门                    职责与任务

          加强对各级党委、政府和各部门落实护林工作情况的考核评
  省委组织部
          价，把考核结果作为评价干部的依据之一。

          创新护林文化传播手段，大力宣传护林知识，引导群众树立护

 省发展改革委   林意识；加大对护林领域的规划和投资，推进基础设施建设；

          新建林区公路30公里。

          指导各地将护林站用地纳入国土空间规划，做好规划和用地服

 省自然资源和   务保障，每年新增护林站用地12公顷。

   规划厅

省旅游和文化广电 推动森林旅游产业发展；加强社会护林员队伍建设，定期开展

   体育厅    培训；增设护林设施。

 省生态环境厅   做好污染监测和防治工作；实行最严格的生态环境保护制度；


                   —1—
部门                职责与任务

     严格建设项目环境准入制度。

 省水务厅    指导林区污水处理设施建设和管理。


                   —2—
"""


def test_duties_whose_names_stand_in_the_middle_of_their_rows_are_named_as_one_table() -> None:
    facts = extract(source_of(DUTIES), pipeline())
    assert [fact for fact in facts if not isinstance(fact, (Plan, Passage))] == []
    (named,) = [fact for fact in facts if isinstance(fact, Passage) and fact.reason == "a table that could not be read"]
    assert squeeze(named.evidence.quote).startswith("部门职责与任务加强")
    assert squeeze(named.evidence.quote).endswith("省水务厅指导林区污水处理设施建设和管理。")


def test_a_table_of_duties_is_named_by_its_labels_though_they_say_no_task() -> None:
    facts = extract(source_of(DUTIES.replace("职责与任务", "主要职责")), pipeline())
    assert "a table that could not be read" in [fact.reason for fact in facts if isinstance(fact, Passage)]


def test_the_text_below_a_table_set_by_blanks_stays_text() -> None:
    below = "    县林业局要加强组织领导，压实责任，把护林工作纳入年度考核，及时研究解决\n存在的问题，新建护林站5个。\n"
    table = DUTIES[DUTIES.index("   部门") :].split("                   —1—")[0]
    text = HEAD + END + "三、职责分工\n" + table + below
    facts = extract(source_of(text), pipeline())
    assert [squeeze(fact.evidence.quote) for fact in facts if isinstance(fact, Task)] == ["造林。", squeeze(below)]
    assert not [fact for fact in facts if isinstance(fact, Target)]


def test_rows_of_several_lines_below_a_line_across_the_table_give_nothing_and_are_named() -> None:
    table = (
        "序号  工作任务      责任单位    完成时间\n"
        "1     改造食堂      县教育局    2024年6月\n"
        "2     清理河道      县水利局    2024年8月\n"
        "一、道路建设\n"
        "      硬化村道，新  县交通运输\n"
        "3                               2024年9月\n"
        "      建桥梁3座     局\n"
        "4     种植行道树    县林业局    2024年9月\n"
    )
    facts = extract(source_of(HEAD + END + "附件\n重点任务清单\n" + table), pipeline())
    assert {fact.title for fact in facts if isinstance(fact, Task)} >= {"改造食堂", "清理河道"}
    assert not [fact for fact in facts if isinstance(fact, Target) and fact.value == 3]
    assert {fact.department for fact in facts if isinstance(fact, Responsibility)} == {"县教育局", "县水利局"}
    unread = [squeeze(fact.evidence.quote) for fact in facts if isinstance(fact, Passage) and fact.kind == "unread"]
    assert any(squeeze("".join(table.splitlines()[4:])) in quote for quote in unread)
