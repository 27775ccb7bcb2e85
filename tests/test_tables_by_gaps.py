"""Tables whose cells are set by gaps, as pdftotext -layout writes them: read whole or refused, never in part."""

import pytest
from reading_of import source_of

from extractors.layout import layout
from extractors.pipeline import extract, pipeline
from extractors.tables import tables
from ontology.model.facts import Indicator, Passage

HEAD = "云岭市“十四五”林业规划\n一、发展目标\n表1 主要指标\n"
END = "二、重点任务\n造林。\n"


def rows(table: str) -> list[list[str]]:
    found = tables(layout(source_of(HEAD + table + END)))
    return [[cell.flat if cell else "" for cell in row] for one in found for row in one.grid() if any(row)]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # cells in the middle of their rows, a Chinese character as wide as a space
        (
            "     指标        单位   2020年   2025年   属性\n"
            " 居民健康素养综合利                            约束性\n"
            "              %    16.6   19.6\n"
            "    用率\n"
            "  水利工程投资总额    亿元    97     102   约束性\n"
            " 一般工业固体废物达                            预期性\n"
            "              万吨    —     54.3\n"
            "    标数量\n",
            [
                ["居民健康素养综合利用率", "%", "16.6", "19.6", "约束性"],
                ["水利工程投资总额", "亿元", "97", "102", "约束性"],
                ["一般工业固体废物达标数量", "万吨", "—", "54.3", "预期性"],
            ],
        ),
        # at the top of their rows, a Chinese character twice as wide, with the head repeated on the next page
        (
            "序号  指标          2020年  2025年  属性\n"
            "1     普惠性幼儿园  86.5    88      约束性\n"
            "      覆盖率（%）\n"
            "2     高中阶段教育  92      95以上  预期性\n"
            "      毛入学率（%）\n"
            "\f序号  指标          2020年  2025年  属性\n"
            "3     公办学校学位  12.5    14      预期性\n"
            "      数（万个）\n",
            [
                ["1", "普惠性幼儿园覆盖率（%）", "86.5", "88", "约束性"],
                ["2", "高中阶段教育毛入学率（%）", "92", "95以上", "预期性"],
                ["3", "公办学校学位数（万个）", "12.5", "14", "预期性"],
            ],
        ),
        # the figures of the head a line below its characters; a kind over two lines; a number and its unit
        (
            "    主要指标         年基期值     年目标值    属性\n"
            "                 2020     2025\n"
            "   森林蓄积量      16亿立     18亿立    约束\n"
            "                 方米      方米     性\n"
            "   湿地保护率       50%      55%    预期\n"
            "                                 性\n",
            [["森林蓄积量", "16亿立方米", "18亿立方米", "约束性"], ["湿地保护率", "50%", "55%", "预期性"]],
        ),
        # columns that stand under no head: read line by line where each line is a row, up to the next caption
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
        # the label of a group between two rows, with and without empty lines around it
        (
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
            [
                ["", "森林覆盖率（%）", "38", "40", "约束性"],
                ["资源保护", "湿地保护率（%）", "50", "55", "约束性"],
                ["", "古树保护数量（株）", "120", "120", "约束性"],
                ["", "林业总产值（亿元）", "12", "15", "预期性"],
                ["产业发展", "森林旅游收入（亿元）", "3", "5", "预期性"],
            ],
        ),
        # a label on two lines, beside two rows
        (
            "  类别          指标                    2020年    2025年    属性\n"
            "  资源培育      森林覆盖率（%）         38        40        约束性\n"
            "  和保护        湿地保护率（%）         50        55        约束性\n"
            "                古树保护数量（株）      120       120       约束性\n"
            "                林业总产值（亿元）      12        15        预期性\n"
            "  产业发展      森林旅游收入（亿元）    3         5         预期性\n",
            [
                ["资源培育和保护", "森林覆盖率（%）", "38", "40", "约束性"],
                ["资源培育和保护", "湿地保护率（%）", "50", "55", "约束性"],
                ["", "古树保护数量（株）", "120", "120", "约束性"],
                ["", "林业总产值（亿元）", "12", "15", "预期性"],
                ["产业发展", "森林旅游收入（亿元）", "3", "5", "预期性"],
            ],
        ),
        # no labels where the second may be the rest of the first
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
        # nor where one is a single character, the rest of which is elsewhere
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
        # a label over two columns, on the line of the other labels
        (
            "  指标                单位    2020年       规划目标值         属性\n"
            "                                        2025年       2030年\n"
            "  森林覆盖率          %       38        40           42        约束性\n"
            "  湿地保护率          %       50        55           60        约束性\n"
            "  林业总产值          亿元    12        15           18        预期性\n",
            [
                ["森林覆盖率", "%", "38", "40", "42", "约束性"],
                ["湿地保护率", "%", "50", "55", "60", "约束性"],
                ["林业总产值", "亿元", "12", "15", "18", "预期性"],
            ],
        ),
    ],
)
def test_rows(table: str, expected: list[list[str]]) -> None:
    assert rows(table) == expected


@pytest.mark.parametrize(
    "table",
    [
        # 数量 may end the row above or begin the row below
        "    指标       2020年   2025年\n  林场苗圃       12      15\n  数量\n  护林员人数      120     150\n",
        # two numbers in one column of a row without a name between them
        "    指标          2020年   2025年   属性\n"
        "  森林覆盖         38      40    约束性\n"
        "                39      41\n"
        "  率          \n",
        # a column without a head
        "    指标       2020年            属性\n  林场数量       12      15    约束性\n   （个）\n",
    ],
)
def test_what_is_not_clear_is_refused_and_said(table: str) -> None:
    facts = extract(source_of(HEAD + table + END), pipeline())
    names = [fact.name for fact in facts if isinstance(fact, Indicator)]
    assert set(names) <= {"护林员人数", "林场苗圃数量"}
    assert any(isinstance(fact, Passage) and fact.suspicious for fact in facts)
