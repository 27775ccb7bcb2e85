"""The dimension of an indicator: its own column, or the line above a group of rows; heads with the marks of notes."""

import pytest
from reading_of import source_of

from extractors.pipeline import extract, pipeline
from extractors.tables.header import column
from ontology.model.facts import Indicator

HEAD = "云岭市“十四五”林业规划\n一、发展目标\n表1 主要指标\n"


@pytest.mark.parametrize(
    ("table", "dimensions"),
    [
        # a column that holds nothing but the lines above the rows
        (
            "类别\t指标\t2020年\t2025年\n资源\n\t森林覆盖率（%）\t38\t40\n\t湿地保护率（%）\t50\t55\n"
            "产业\n\t林业产值（亿元）\t20\t30\n",
            ["资源", "资源", "产业"],
        ),
        # a label for several rows
        (
            "类别\t指标\t2020年\t2025年\n资源\t森林覆盖率（%）\t38\t40\n\t湿地保护率（%）\t50\t55\n"
            "产业\t林业产值（亿元）\t20\t30\n",
            ["资源", "资源", "产业"],
        ),
        # none
        ("指标\t2020年\t2025年\n森林覆盖率（%）\t38\t40\n湿地保护率（%）\t50\t55\n", [None, None]),
    ],
)
def test_dimensions(table: str, dimensions: list[str | None]) -> None:
    facts = extract(source_of(HEAD + table + "二、重点任务\n造林。\n"), pipeline())
    assert [fact.dimension for fact in facts if isinstance(fact, Indicator)] == dimensions


@pytest.mark.parametrize(
    ("label", "role", "year"),
    [
        ("2025年1）", "value", 2025),
        ("2025年目标①", "value", 2025),
        ("2025年[2]", "value", 2025),
        ("指标名称*", "name", None),
        ("目标值（2025年）", "value", 2025),  # a year, no mark
        ("2）", None, None),
    ],
)
def test_the_mark_of_a_note_is_no_part_of_a_head(label: str, role: str | None, year: int | None) -> None:
    found = column(label)
    assert (found and found.role, found and found.year) == (role, year)


GAPS = "{}    指标    2020年    2025年\n{}    森林覆盖率（%）    38    40\n{}    湿地保护率（%）    50    55\n"


@pytest.mark.parametrize(
    ("table", "found"),
    [
        # gaps of one width, the group's cell empty behind an indent
        (GAPS.format("类别", "资源", ""), [("森林覆盖率", 40), ("湿地保护率", 55)]),
        (
            "指标    2020年    2025年\n森林覆盖率（%）    38    40\n湿地保护率（%）    50    55\n",
            [("森林覆盖率", 40), ("湿地保护率", 55)],
        ),
        # a name in quotation marks, each cell on a line of its own, and a heading in quotation marks below
        (
            "序号\n指标\n2020年\n2025年\n属性\n1\n森林覆盖率（%）\n38\n40\n约束性\n2\n“互联网+”护林\n站比例（%）\n50\n55\n预期性\n"
            "3\n湿地保护率（%）\n50\n55\n预期性\n",
            [("森林覆盖率", 40), ("“互联网+”护林站比例", 55), ("湿地保护率", 55)],
        ),
        (
            "指标    2020年    2025年\n森林覆盖率（%）    38    40\n湿地保护率（%）    50    55\n（二）“十四五”面临的挑战\n少林。\n",
            [("森林覆盖率", 40), ("湿地保护率", 55)],
        ),
        # a name that a page break cut in two
        (
            "|指标|2020年|2025年|属性|\n|---|---|---|---|\n|节水灌溉面积占全部耕|38|40|约束性|\n|地面积的比例||||\n|湿地保护率|50|55|预期性|\n",
            [("节水灌溉面积占全部耕地面积的比例", 40), ("湿地保护率", 55)],
        ),
        # as pdftotext -layout sets it: which lines a row has is not known where cells take several
        (
            "类别       指标      2020 年   2025 年     属性\n资源保护     森林覆盖   38      40        约束性\n         率（%）\n"
            "         湿地保护   50      达到全国平      预期性\n         率（%）           均水平\n产业       林业产值   20      30        预期性\n"
            "         （亿元）\n",
            [],
        ),
        # strokes of a typewriter; a row may take two lines
        (
            "┌──┬──┬──┐\n│指标│2020年│2025年│\n├──┼──┼──┤\n│森林覆盖率（%）│38│40│\n│湿地保│50│55│\n│护率（%）│ │ │\n└──┴──┴──┘\n",
            [("森林覆盖率", 40), ("湿地保护率", 55)],
        ),
        # no pipes at the margins, a box's heading right above, and a heading with a wide gap behind
        (
            "指标 | 2020年 | 2025年\n---|---|---\n森林覆盖率（%） | 38 | 40\n\n（一）  近期目标\n造林。\n\n第二节  远期目标\n造林。\n",
            [("森林覆盖率", 40)],
        ),
        # Markdown's shortest rule
        ("|指标|2020年|2025年|\n|:-:|:-:|:-:|\n|森林覆盖率（%）|38|40|\n", [("森林覆盖率", 40)]),
    ],
)
def test_values(table: str, found: list[tuple[str, int]]) -> None:
    facts = extract(source_of(HEAD + table + "二、重点任务\n造林。\n"), pipeline())
    read = [(fact.name, fact.target and fact.target.value) for fact in facts if isinstance(fact, Indicator)]
    assert read == found


def test_a_body_of_the_cell_beside_is_no_part_of_a_label() -> None:
    rows = [
        ["1", "森林覆盖率", "38%", "40%", "县林业局、", "县财政局", "资源保护", "约束性"],
        ["2", "湿地保护率", "50%", "55%", "县林业局", "资源保护", "约束性"],
    ]
    rows += [["3", "林业产值", "20亿元", "30亿元", "县林业局", "产业发展", "预期性"]]
    lines = ["序号", "指标", "2020年", "2025年", "责任单位", "类别", "属性", *(cell for row in rows for cell in row)]
    facts = extract(source_of(HEAD + "\n".join(lines) + "\n二、重点任务\n造林。\n"), pipeline())
    found = [(fact.name, fact.dimension, fact.departments) for fact in facts if isinstance(fact, Indicator)]
    assert [name for name, *_ in found] == ["森林覆盖率", "湿地保护率", "林业产值"]
    assert found[0][1:] in [("资源保护", ("县林业局", "县财政局")), (None, ())]


def test_the_text_below_a_table_is_no_row_of_it() -> None:
    table = "类别\n指标\n2020年\n2025年\n属性\n资源\n森林覆盖率（%）\n38\n40\n约束性\n湿地保护率（%）\n50\n55\n预期性\n"
    more = "产业\n林业产值（亿元）\n20\n30\n预期性\n"
    below = "二、重点任务\n（一）完善体系，为群众提供更加稳\n定更高水平的服务\n1.造林。造林5万亩。\n"
    facts = extract(source_of(HEAD + table + more + below), pipeline())
    assert [fact.name for fact in facts if isinstance(fact, Indicator)] == ["森林覆盖率", "湿地保护率", "林业产值"]
