"""Titles of texts without a title line."""

import pytest
from reading_of import source_of

from extractors.pipeline import extract, pipeline
from ontology.model.facts import Plan

BODY = "一、总体要求\n到2025年，建成养老院3所。\n二、重点任务\n由市民政局负责。\n"


def plan(text: str, name: str) -> Plan | None:
    facts = extract(source_of(text, name), pipeline())
    return next((fact for fact in facts if isinstance(fact, Plan)), None)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("泽宁市养老服务“十四五”规划.txt", "泽宁市养老服务“十四五”规划"),
        ("附件1：泽宁市养老服务规划.txt", "泽宁市养老服务规划"),
        ("附件2-泽宁市养老服务规划（终稿）(1).txt", "泽宁市养老服务规划"),
        ("附件 四川省养老服务规划.txt", "四川省养老服务规划"),  # 四 is no number of the annex
        ("20210625_附件二、泽宁市养老服务规划.txt", "泽宁市养老服务规划"),
        ("附件3 2025年泽宁市养老服务规划.txt", "2025年泽宁市养老服务规划"),
        ("P020210625_泽宁市养老服务规划_最终版.txt", "泽宁市养老服务规划"),
        ("3、泽宁市养老服务规划重点任务分工表.txt", "泽宁市养老服务规划重点任务分工表"),
        ("plan.txt", None),
        ("泽宁市领导调研养老服务.txt", None),
        ("a：泽宁市养老规划。泽宁市养老规划.txt", None),  # a sentence
    ],
)
def test_the_name_of_the_file(name: str, title: str | None) -> None:
    found = plan(BODY, name)
    assert (found and found.title) == title
    if found:
        assert found.title_origin == "file name"
        assert found.evidence.quote == "一、总体要求"
        assert "title" not in {field.field for field in found.fields}  # nothing in the text proves it


@pytest.mark.parametrize(
    "sentence",
    [
        "上述三项任务，是相互联系的，其中最重要的是第一项任务",
        "以上工作都要列入年度计划",
        "做好这项工作，要立足全县规划",
    ],
)
def test_a_sentence_that_ends_like_a_title_is_none(sentence: str) -> None:
    found = plan(f"{sentence}\n{BODY}", "泽宁市养老服务规划.txt")
    assert found is not None
    assert found.title == "泽宁市养老服务规划"


CHAPTERS = "".join(f"第{n}章 加强第{n}项工作\n落实责任，健全机制。\n" for n in "一二三四五六")
KNOWN = "一、总体要求\n坚持创新。\n二、重点任务\n建设平台。\n三、保障措施\n加强领导。\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (CHAPTERS, "plan_07"),
        (KNOWN, "plan_07"),
        (KNOWN.replace("三、保障措施", "三、活动花絮"), None),
        ("一、活动背景\n好。\n二、活动经过\n好。\n三、活动成果\n好。\n", None),
    ],
)
def test_a_name_that_is_no_title_serves_where_the_text_has_the_chapters_of_a_plan(text: str, title: str | None) -> None:
    found = plan(text, "plan_07.txt")
    assert (found and found.title) == title
    assert found is None or found.title_origin == "file name"


def test_the_text_goes_before_the_name() -> None:
    found = plan("云岭省养老服务规划\n" + BODY, "泽宁市养老服务规划.txt")
    assert found
    assert (found.title, found.title_origin) == ("云岭省养老服务规划", None)


def test_a_text_without_a_heading_is_no_plan_whatever_its_name() -> None:
    assert plan("泽宁市领导昨日到养老院调研。\n", "泽宁市养老服务规划.txt") is None


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("云岭省水网建设规划，根据《国家水网建设规划纲要》编制，主要阐明目标。", "云岭省水网建设规划"),
        (
            "云岭省第十二个五年规划纲要（2011—2015年）根据《云岭省委关于制定规划的建议》编制。",
            "云岭省第十二个五年规划纲要",
        ),
        ("《云岭省水网建设规划》根据国家有关规定编制。", None),
        ("本规划根据《国家水网建设规划纲要》编制。", "本规划"),
    ],
)
def test_the_sentence_that_opens_the_text(first: str, title: str | None) -> None:
    found = plan(f"{first}\n{BODY}", "a.txt")
    assert (found and found.title) == (None if title == "本规划" else title)


def test_specks_of_a_scan_behind_a_title() -> None:
    found = plan("云岭省养老服务规划·\n" + BODY, "a.txt")
    assert found
    assert found.title == "云岭省养老服务规划"


def test_a_line_of_a_page_that_is_only_a_date_and_time() -> None:
    found = plan("2021-06-25 10:30\n云岭省养老服务规划\n" + BODY, "a.txt")
    assert found
    assert str(found.issued) == "2021-06-25"


SPOKEN = "一、总体要求\n我国进入新阶段。{}\n二、重点任务\n修路3条。\n三、保障措施\n好。\n"


@pytest.mark.parametrize(
    ("words", "region"),
    [
        ("", "中国"),
        ("健全市场体系，完善资本市场。", "中国"),  # not 全市, not 本市
        ("支持各民族自治区域，省、自治区、直辖市抓好落实。", "中国"),
        ("全市抓好落实。", None),
        ("我区抓好落实。", None),
        ("自治区人民政府抓好落实。", None),
    ],
)
def test_the_region_of_a_text_without_a_title(words: str, region: str | None) -> None:
    found = plan(SPOKEN.format(words), "plan_07.txt")
    assert found
    assert (found.region.name if found.region else None) == region
