"""Text that is a table by its header and its rows, and that no layout could read, gives no heading, task, target or
duty and is named by the audit; text that only looks like one is read as ever."""

import pytest
from reading_of import source_of

from extractors.layout import layout
from extractors.pipeline import extract, pipeline
from extractors.tables import read_tables
from ontology.model.facts import Fact, Heading, Passage, Responsibility, Target, Task, squeeze

NLP = pipeline()
OPENING = [
    "桐川县便民服务实施方案（2023—2026年）",
    "一、总体要求",
    "坚持统筹推进，提高工作水平。",
    "二、重点任务",
    "（一）完善服务网络。新建站点30个。（责任单位：县民政局）",
    "（二）优化办理流程。压缩办理时限。",
]
ENDING = ["三、保障措施", "（一）加强组织领导。各单位抓好落实。", "（二）严格督促检查。每月通报进度。"]
ANNEX = ["附件", "桐川县重点任务清单"]
# what the opening and the ending give by themselves
HEADINGS = ["总体要求", "重点任务", "完善服务网络", "优化办理流程"]
LAST = ["保障措施", "加强组织领导", "严格督促检查"]


def facts_of(*lines: str) -> list[Fact]:
    return extract(source_of("\n".join([*lines, ""])), NLP)


def told(facts: list[Fact]) -> list[str]:
    """Headings, tasks, targets and duties as short texts, in order."""
    found = [f"# {fact.title}" for fact in facts if isinstance(fact, Heading)]
    found += [f"task {fact.label}" for fact in facts if isinstance(fact, Task)]
    found += [fact.evidence.quote for fact in facts if isinstance(fact, Target)]
    return found + [fact.department for fact in facts if isinstance(fact, Responsibility)]


UNREAD = {
    "blanks inside of the cells": [
        "重点任务 具体举措 责任单位 完成时限",
        "改造食堂 改造36个 县教育局 2024年6月",
        "清理河道 清理 违建 县水利局 2024年8月",
        "硬化村道 20公里 县交通运输局",
    ],
    "rows with the numbers of chapters": [
        "重点任务 责任单位",
        "一、改造食堂 36个 县教育局",
        "二、清理河道 县水利局 县财政局",
        "三、硬化村道 县交通运输局",
    ],
    "a row whose first word begins as a caption does": [
        "重点任务 责任单位",
        "改造食堂 36个 县教育局",
        "图书馆 总馆 20个 县文旅局",
        "一、清理河道 县水利局 县财政局",
        "二、硬化村道 县交通运输局",
    ],
    "rows with the numbers of sections": [
        "任务名称 工作措施 责任单位 完成时限",
        "（一）改造食堂 36个 县教育局 2024年6月",
        "（二）清理河道 县水利局 县财政局 2024年8月",
        "（三）硬化村道 县交通运输局",
    ],
    "rows with the numbers of a list": [
        "重点任务 责任单位",
        "1.改造食堂 36个 县教育局",
        "2.清理河道 县水利局 县财政局",
        "3.硬化村道 县交通运输局",
    ],
    "a cell with marks of a sentence, and lines across the table": [
        "序号 工作任务 责任单位",
        "一、设施建设",
        "1 改造食堂，新增 36个 县教育局",
        "2 清理河道。清理违建 45处 县水利局",
        "二、道路建设",
        "3 硬化村道 20公里",
    ],
    "no column of bodies": [
        "工作任务 具体举措 完成时间",
        "1 改造食堂 改造 农村食堂 36个 2024年",
        "2 清理河道 清理违建 45处",
        "3 硬化村道 硬化 20公里 2024年底",
    ],
    "labels broken by blanks": [
        "序 号 重点 任务 责任 单位 完成 时限",
        "1 改造 食堂 36个 县教育局 2024年6月",
        "2 清理 河道 县水利局 县财政局 2024年8月",
    ],
    "cells on lines of their own, one number missing": [
        "序号", "重点任务", "责任单位", "1", "改造食堂", "设备36套", "县教育局", "2", "清理河道", "县水利局", "县财政局",
        "4", "硬化村道", "县交通运输局",
    ],
    "cells on lines of their own, some of them empty": [
        "重点任务", "责任单位", "完成时限", "改造食堂", "县教育局", "2024年6月", "清理河道", "县水利局", "硬化村道",
        "20公里", "县交通运输局", "2024年9月",
    ],
}  # fmt: skip


@pytest.mark.parametrize("table", UNREAD.values(), ids=UNREAD)
@pytest.mark.parametrize("annex", [ANNEX, [*ANNEX, "（2024年）"], []], ids=["annex", "dated", "no title"])
def test_an_unread_table_gives_nothing_and_is_named(table: list[str], annex: list[str]) -> None:
    facts = facts_of(*OPENING, *annex, *table)
    assert told(facts) == told(facts_of(*OPENING))
    named = [(one.reason, one.evidence.quote) for one in facts if isinstance(one, Passage) and one.suspicious]
    assert named == [("a table that could not be read", squeeze("".join(table)))]


@pytest.mark.parametrize("table", UNREAD.values(), ids=UNREAD)
def test_the_text_below_an_unread_table_is_read(table: list[str]) -> None:
    facts = facts_of(*OPENING, *table, *ENDING)
    assert told(facts) == told(facts_of(*OPENING, *ENDING))
    assert [fact.title for fact in facts if isinstance(fact, Heading)] == [*HEADINGS, *LAST]


@pytest.mark.parametrize("table", UNREAD.values(), ids=UNREAD)
def test_the_signature_below_an_unread_table_stays_text(table: list[str]) -> None:
    lines = [*OPENING, *table, "桐川县人民政府办公室", "2023年5月6日"]
    document = layout(source_of("\n".join(lines)))
    closed, found = read_tables(document)
    assert not found
    assert closed.text == document.text
    blocks = {closed.words(block).strip(): block.kind for block in closed.blocks}
    assert blocks["2023年5月6日"] == "text"
    assert [block.kind for block in closed.blocks].count("table") == 1


# what looks like such a table: each stays text, with the headings or tasks that it gives
OPEN = {
    "a list after a sentence": (
        ["（三）完善工作机制。重点任务和责任单位如下：", "1.改造学校食堂；", "2.清理河道；", "3.硬化村道。"],
        "task 完善工作机制",
    ),
    "a heading that contains 责任单位": (
        ["（三）明确责任单位 完成时限", "1.县教育局改造食堂。", "2.县水利局清理河道。"],
        "# 明确责任单位完成时限",
    ),
    "one label above a list of titles": (
        ["（三）主要任务", "1.改造学校食堂", "改造食堂36个，配备设备。", "2.清理河道", "清理违建45处，划定范围。"],
        "# 主要任务",
    ),
    "a header above paragraphs": (
        ["重点任务 责任分工", "（三）改造学校食堂。改造食堂36个，配备设备。", "（四）清理河道。清理违建45处，划定范围。"],
        "# 改造学校食堂",
    ),
    "running text with blanks beside figures": (
        ["（三）加快建设。", "工作任务 完成时限", "到 2025 年，建成食堂 30 个，改造村道 20 公里，", "清理河道 8 条，建成公园 5 个。"],
        "# 加快建设",
    ),
    "one row": (["工作任务 责任单位", "改造食堂 县教育局", *ENDING], "# 加强组织领导"),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), OPEN.values(), ids=OPEN)
def test_what_only_looks_like_a_table_stays_text(lines: list[str], expected: str) -> None:
    document = layout(source_of("\n".join([*OPENING, *lines])))
    assert read_tables(document)[0] is document
    assert expected in told(facts_of(*OPENING, *lines))


def test_two_headers_in_one_table_without_cells_leave_the_text_below_as_it_is() -> None:
    header = "项目名称 建设内容 总投资 责任单位"
    table = [header, "# 前言", header, "2.改造。好。", "3.改造。好。", header, "# 前言", header]
    whole = layout(source_of("\n".join(table), "plan.md"))
    assert [block.kind for block in read_tables(whole)[0].blocks] == ["table"]
    document, _ = read_tables(
        layout(source_of("\n".join([*table, "", "一、任务", "", "各部门要抓好落实。", ""]), "plan.md"))
    )
    assert [document.words(block) for block in document.blocks if block.kind == "text"] == [
        "一、任务",
        "各部门要抓好落实。",
    ]
    edges = [edge for block in document.blocks for edge in (block.start, block.end)]
    assert edges == sorted(edges)


@pytest.mark.parametrize("below", ["", "一、好的任务\n"])
def test_a_table_that_ends_with_a_frame_ends_before_the_text_below(below: str) -> None:
    document, _ = read_tables(layout(source_of(f"项目名称 建设内容 总投资 责任单位\n6.改造\n│专栏1 工程│\n{below}")))
    assert [(block.kind, document.words(block)[-4:].strip()) for block in document.blocks] == [
        ("table", "1 工程"),
        *([("text", "好的任务")] if below else []),
    ]
    assert document.blocks[-1].end <= len(document.text)
    assert not below or document.words(document.blocks[-1]).strip() == "一、好的任务"


def test_a_box_of_several_columns_that_was_not_read_is_named() -> None:
    text = "# 云岭市农业规划\n\n## 一、重点任务\n\n### （一）发展工业\n\n新建工厂3家。\n\n{}\n|---|---|\n| 铝精深加工 | 新建生产线3条 |\n"
    boxed = extract(source_of(text.format("| 专栏3 | 特色工业工程 |"), "plan.md"), NLP)
    other = extract(source_of(text.format("| 产业 | 布局 |"), "plan.md"), NLP)
    named = [[one.reason for one in facts if isinstance(one, Passage) and one.suspicious] for facts in (boxed, other)]
    assert named == [["a table that could not be read"], []]
