"""Marks that converters leave in txt and md files: TeX around numbers, HTML tables, entities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_of import source_of

from extractors.layout import layout
from extractors.pipeline import extract, pipeline
from extractors.readers import read_bytes
from extractors.readers.embedded import embedded_tables
from extractors.readers.limits import Limits
from ontology.model.facts import Evidence, Indicator, squeeze


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"参保率稳定在 $95\%$ 以上。", "参保率稳定在95%以上。"),
        (r"激活率 $\geq 8 5 . 5 \%$ ，满意度", "激活率≥85.5%，满意度"),  # the digits spread out
        (r"到 $2 0 2 5$ 年，达到 \(70\%\) 。", "到2025年，达到70%。"),
        (r"浓度降到 $35\mu\mathrm{g}/m^{3}$ 以下。", "浓度降到35μg/m3以下。"),
        (r"比例为 $50\%\sim 70\%$ ，", "比例为50%~70%，"),
        ("不低于&ge;98，<sup>①</sup>", "不低于≥98，①"),
        # no TeX: prices, a single sign, Chinese between two signs
        ("出口额达到$500亿。", "出口额达到$500亿。"),
        ("从$5到$10，", "从$5到$10，"),
        ("US$ is the name of a currency, and $ too.", "US$ is the name of a currency, and $ too."),
        ("AT&T公司，R&D投入", "AT&T公司，R&D投入"),  # no entity
        ("年均增长<5%，占比>3%。", "年均增长<5%，占比>3%。"),  # no tag
    ],
)
def test_words(written: str, read: str) -> None:
    document = layout(source_of(written))
    assert document.text.strip() == read
    start = document.text.index(read[0])
    quote = document.evidence(start, start + len(read)).quote
    assert squeeze(quote) in squeeze(written)  # what proves a fact stands in the file as it is


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("# 标题\n\n检查企业 *80* 家。", "检查企业80家。"),  # italics
        ("# 标题\n\n检查企业80家（*按月*）。", "检查企业80家（按月）。"),
        # stars of the plan's own
        ("# 标题\n\n责任单位：市教育局*、市财政局*", "责任单位：市教育局*、市财政局*"),
        ("# 标题\n\n总量 3 * 5 * 2 万吨", "总量 3 * 5 * 2 万吨"),
    ],
)
def test_italics_of_markdown(written: str, read: str) -> None:
    document = layout(source_of(written, "plan.md"))
    assert document.text.strip().endswith(read)


@given(st.text(alphabet='$\\{}^_ %&;<>/tdrablegq="0195，参\n', max_size=80))
def test_any_mixture_of_marks_is_read_and_keeps_its_places(text: str) -> None:
    source = read_bytes("a.txt", text.encode(), Limits()) if text.strip() else source_of(text)
    document = layout(source)
    assert len(document.text) == len(document.origin)
    assert list(document.origin) == sorted(document.origin)
    for block in document.blocks:
        if document.words(block).strip():
            assert isinstance(document.evidence(block.start, block.end), Evidence)


def cells(text: str) -> list[list[tuple[int, int, str]]]:
    return [
        [(cell.row, cell.column, text[cell.start : cell.end]) for cell in table.cells]
        for table in embedded_tables(text)
    ]


TWO = "<tr><td>甲</td><td>乙</td></tr>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"表1<table>{TWO}{TWO}</table>。", [[(0, 0, "甲"), (0, 1, "乙"), (1, 0, "甲"), (1, 1, "乙")]]),
        # spans, attributes, capitals, tags that are not closed
        (
            '<TABLE border=1><TR><TH rowspan="2">甲<TH colspan=2>乙<TR><TD>丙<TD>丁</TABLE>',
            [[(0, 0, "甲"), (0, 1, "乙"), (1, 1, "丙"), (1, 2, "丁")]],
        ),
        ("<table><tr><td>专栏1</td></tr><tr><td>1.工程。</td></tr></table>", []),  # a frame around text
        (f"<table>{TWO}</table>", []),  # one row says nothing
        (f"<table>{TWO}{TWO}", []),  # never closed
        (f"<table>{TWO}<tr><td><table>{TWO}{TWO}</table></td></tr></table>", []),  # which cell is whose?
        # two inside one are no more certain, whatever stands between them; one after the outer table is
        (f"<table><tr><td><table>{TWO}{TWO}</table>和<table>{TWO}{TWO}</table></td></tr></table>", []),
        (
            f"<table><tr><td><table>{TWO}{TWO}</table><table>{TWO}{TWO}</table></td></tr></table><table>{TWO}{TWO}</table>",
            [[(0, 0, "甲"), (0, 1, "乙"), (1, 0, "甲"), (1, 1, "乙")]],
        ),
        # a lost end tag costs its table and the next, not all that follow
        (
            f"<table>{TWO}{TWO}。<table>{TWO}{TWO}</table>。<table>{TWO}{TWO}</table>",
            [[(0, 0, "甲"), (0, 1, "乙"), (1, 0, "甲"), (1, 1, "乙")]],
        ),
        ("参保率<td，覆盖率<table>", []),
    ],
)
def test_embedded_tables(text: str, expected: list[list[tuple[int, int, str]]]) -> None:
    assert cells(text) == expected


PLAN = """云岭市林业“十四五”规划
第一章 发展目标
造林。
<html><body><table><tr><td colspan="4">表1 主要指标</td></tr><tr><td>类别</td><td>指标</td><td>2020年</td><td>2025年</td></tr>\
<tr><td rowspan="2">资源</td><td>森林覆盖率（%）</td><td>38</td><td>$\\geq 4 0$</td></tr>\
<tr><td>湿地保护率（%）</td><td>50</td><td>&gt;55</td></tr></table></body></html>
第二章 重点任务
造林。
<table><tr><td>专栏1 造林工程</td></tr><tr><td>1.荒山工程。造林5万亩。<br>2.河岸工程。造林1万亩。</td></tr></table>
第三章 保障措施
造林。
"""


@pytest.mark.parametrize("name", ["plan.txt", "plan.md"])
def test_a_plan_whose_tables_are_html(name: str) -> None:
    facts = extract(read_bytes(name, PLAN.encode(), Limits()), pipeline())
    rows = [fact for fact in facts if isinstance(fact, Indicator)]
    found = [(row.dimension, row.name, row.target and (row.target.op, row.target.value)) for row in rows]
    assert found == [("资源", "森林覆盖率", (">=", 40)), ("资源", "湿地保护率", (">", 55))]
    titles = [fact.title for fact in facts if type(fact).__name__ == "Heading"]
    assert titles == ["发展目标", "重点任务", "造林工程", "荒山工程", "河岸工程", "保障措施"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("患者的费用,经保险报销后;其余自付", "患者的费用，经保险报销后；其余自付"),
        ("主要目标:到2025年,覆盖率达到95%,力争更高", "主要目标：到2025年，覆盖率达到95%，力争更高"),
        # numbers, times and scales, words of other scripts
        ("1,200公里和1:500的图,PM2.5,SO2", "1,200公里和1:500的图，PM2.5,SO2"),
        ("见http://a.cn/b;c,d", "见http://a.cn/b;c,d"),
    ],
)
def test_marks_of_the_other_width(written: str, read: str) -> None:
    document = layout(source_of(written + "。"))
    assert document.text.strip() == read + "。"
    assert document.evidence(0, len(written)).quote == written  # as it stands in the file
