"""Openings of invented plans in the layouts that governments use -> what the plan says of itself."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_of import doc_of

from extractors.layout import layout
from extractors.metadata.annexes import label_end
from extractors.metadata.component import metadata, read_plan
from extractors.metadata.front import number_line
from extractors.metadata.notices import _bare_work
from extractors.metadata.zones import zone_of
from extractors.outline.component import outline
from extractors.reading import Reading, reading
from extractors.reference.regions import chain, gazetteer
from extractors.vocabulary.words import Words
from ontology.model.errors import Refused
from ontology.model.facts import AMBIGUOUS, Plan, squeeze
from ontology.model.source import Mark, Source

FIXTURES = Path(__file__).parent / "data" / "openings.txt"


def plan_of(text: str, marks: tuple[Mark, ...] = (), kind: str = "txt", wrapped: bool = True) -> Plan | None:
    source = Source("a.txt", sha256(text.encode()).hexdigest(), text, kind, "utf-8", wrapped, marks=marks)
    document = layout(source)
    return reading(metadata(outline(doc_of(Reading(document))))).plan


@dataclass(frozen=True)
class Case:
    why: str
    wanted: dict[str, str]
    text: str


def cases() -> list[Case]:
    found = []
    for part in FIXTURES.read_text("utf-8").split("### ")[1:]:
        head, text = part.split("\n---\n", 1)
        why, *lines = head.split("\n")
        found.append(Case(why, {k: v.strip() for k, v in (line.split(":", 1) for line in lines)}, text))
    return found


def test_no_fixture_is_lost():
    assert len(cases()) >= 40


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.why)
def test_opening(case: Case):
    plan = plan_of(case.text)
    assert plan is not None
    assert squeeze(plan.title) == case.wanted["title"]
    assert squeeze(plan.doc_number or "") == case.wanted["doc_number"]
    assert "、".join(plan.issuers) == case.wanted["issuers"]
    assert (plan.issued.isoformat() if plan.issued else "") == case.wanted["issued"]
    assert ("{}-{}".format(*plan.period) if plan.period else "") == case.wanted["period"]
    regions = chain(plan.region) if plan.region else []
    assert " ".join(region.name for region in regions) == case.wanted["chain"]
    if "horizon" in case.wanted:
        assert str(plan.horizon or "") == case.wanted["horizon"]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.why)
def test_every_value_has_its_proof(case: Case):
    plan = plan_of(case.text)
    assert plan is not None
    proven = {field.field for field in plan.fields}
    has = {"title"} | {
        name for name in ("region", "doc_number", "issuers", "issued", "period", "horizon") if getattr(plan, name)
    }
    assert proven - {"status"} == has
    for field in plan.fields:
        stretch = case.text[field.evidence.start : field.evidence.end]
        assert squeeze(field.evidence.quote) == squeeze(stretch) != ""


@pytest.mark.parametrize(
    ("signed", "quote"),
    [
        ("泽宁市人民政府\n2022年1月29日（此件公开发布）", "2022年1月29日"),
        ("泽宁市人民政府2022年1月29日", "2022年1月29日"),
        ("（2022年1月29日）", "2022年1月29日"),
        ("泽宁市人民政府\n2022-01-29", "2022-01-29"),
        ("泽宁市人民政府\n二〇二二年一月二十九日", "二〇二二年一月二十九日"),
    ],
)
def test_the_words_of_a_day_are_the_whole_day_and_nothing_else(signed: str, quote: str):
    notice = "泽宁市人民政府关于印发《泽宁市养老服务规划》的通知\n各县人民政府：\n现印发给你们。\n"
    plan = plan_of(f"{notice}{signed}\n泽宁市养老服务规划\n一、发展基础\n")
    assert plan is not None
    assert [field.evidence.quote for field in plan.fields if field.field == "issued"] == [quote]


@pytest.mark.parametrize(
    ("line", "quote"),
    [
        ("成文日期：2022-01-29 10:30", "2022-01-29"),
        ("成文日期：2022年1月29日", "2022年1月29日"),
        ("（2022年1月15日批准）", "2022年1月15日"),
        ("（2022年1月15日泽宁市第五届人民代表大会通过）", "2022年1月15日"),
    ],
)
def test_the_words_of_a_day_elsewhere_are_the_whole_day_too(line: str, quote: str):
    plan = plan_of(f"{line}\n泽宁市养老服务规划\n一、发展基础\n建成一批养老机构。\n")
    assert plan is not None
    assert [field.evidence.quote for field in plan.fields if field.field == "issued"] == [quote]


REPORT = "泽宁市2024年政府工作报告\n——2024年1月5日在泽宁市第五届人民代表大会第三次会议上\n各位代表：\n"


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("2023年主要工作", "2024年重点工作", None),  # no word says that the first is past
        ("2024年重点工作", "加强政府建设", None),
        ("2023年工作回顾", "过去五年工作", "2024年重点工作"),
    ],
)
def test_a_work_report_whose_review_is_not_told_apart_is_refused(first: str, second: str, third: str | None):
    text = f"{REPORT}一、{first}\n（一）改善民生。新建公园7个。\n二、{second}\n（一）改善民生。新建学校5所。\n"
    with pytest.raises(Refused, match="the past year"):
        plan_of(text + (f"三、{third}\n（一）改善民生。新建医院3家。\n" if third else ""))


@pytest.mark.parametrize(
    ("ahead", "period"),
    [
        ("2024年工作安排", (2024, 2024)),
        ("2024年政府工作安排", (2024, 2024)),
        ("2024年目标任务", (2024, 2024)),
        ("2024年工作安排和主要目标", (2024, 2024)),
        ("2024年发展主要目标和工作安排", (2024, 2024)),
    ],
)
def test_a_work_report_with_the_work_of_the_year(ahead: str, period: tuple[int, int]):
    text = f"{REPORT.replace('2024年政府', '政府')}一、2023年和“十四五”时期工作回顾\n增长5%。\n"
    plan = plan_of(f"{text}二、“十五五”时期主要目标任务\n能级提升。\n三、{ahead}\n（一）改善民生。新建学校5所。\n")
    assert plan is not None
    assert plan.period == period


@pytest.mark.parametrize("caption", ["政府工作报告。 云岭日报记者 李某 摄", "云岭日报记者 李某 摄", "会议现场。李某摄"])
def test_a_work_report_below_the_caption_of_a_picture(caption: str):
    meeting = "（2024年1月5日在云岭省第五届人民代表大会第三次会议上）\n省长 李某某\n各位代表：\n现在，我报告工作。\n"
    text = f"{caption}\n政府工作报告\n{meeting}一、2023年工作回顾\n增长5%。\n二、2024年重点工作\n（一）改善民生。新建学校5所。\n"
    plan = plan_of(text)
    assert plan is not None
    assert (squeeze(plan.title), plan.period, plan.issued) == ("政府工作报告", (2024, 2024), date(2024, 1, 5))


@pytest.mark.parametrize(
    "text",
    [
        "政府工作报告\n云岭政府网\n一、2023年工作回顾\n完成投资8亿元。\n",  # the name of a page
        "学习政府工作报告心得\n各位代表：\n一、2023年工作回顾\n完成投资8亿元。\n",
    ],
)
def test_no_work_report(text: str):
    assert plan_of(text) is None


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("泽宁市2024年教育工作要点任务分解表", (2024, 2024)),
        ("泽宁市2024年民政工作任务分工表", (2024, 2024)),
        ("泽宁市2024年度统计报表", None),
        ("泽宁市2024年《政府工作报告》重点任务分解", (2024, 2024)),
        ("泽宁市“十四五”养老规划2023年度实施计划", (2023, 2023)),
        ("泽宁市“十四五”养老规划实施方案", (2021, 2025)),
        ("泽宁市“十四五”养老服务规划及2035年工作任务", (2021, 2025)),  # two works
        ("泽宁市2021年和2022年工作计划", None),
        ("泽宁市教育局关于报送2024年工作计划的报告", None),  # no plan but what sends it
        ("泽宁市2024年国民经济和社会发展计划（草案）", (2024, 2024)),
        # the plan is the one that follows the year reported on
        ("关于泽宁市2023年国民经济和社会发展计划执行情况与2024年国民经济和社会发展计划草案的报告", (2024, 2024)),
        ("关于泽宁市2023年国民经济和社会发展计划\n执行情况和2024年国民经济和社会发展计划（草案）的报告", (2024, 2024)),
        ("泽宁市2023年国民经济和社会发展计划执行情况及2024年国民经济和社会发展计划（草案）", (2024, 2024)),
        ("泽宁市2023年国民经济和社会发展计划执行情况的通报", None),  # looks back alone
    ],
)
def test_the_year_of_a_yearly_plan(title: str, period: tuple[int, int] | None):
    plan = plan_of(f"{title}\n一、发展基础\n建成一批养老机构。\n")
    assert (plan.period if plan else None) == period


@pytest.mark.parametrize(
    ("sentence", "period", "quote"),
    [
        (
            "本纲要根据《中共云岭省委关于制定农业发展第十个五年计划的建议》编制，是“十五”期间（2001年至2005年）农业的宏伟蓝图。",
            (2001, 2005),
            "“十五”期间（2001年至2005年）",
        ),
        ("本规划是我市“十三五”时期推进农业现代化的行动纲领。", (2016, 2020), "“十三五”时期"),
        ("本规划是“十五”期间农业发展的纲领性文件。", (2001, 2005), "“十五”期间"),
        ("本规划总结“十三五”时期的经验，是今后农业发展的蓝图。", None, None),  # looks back
        ("本方案是落实“十三五”时期农业发展蓝图的安排。", None, None),  # of another plan
        ("《农业规划》是“十三五”时期农业发展的蓝图。", None, None),
        ("本规划与《农业规划》衔接，《农业规划》是“十三五”时期农业发展的蓝图。", None, None),
    ],
)
def test_the_period_that_a_plan_says_that_it_is_of(sentence: str, period: tuple[int, int] | None, quote: str | None):
    plan = plan_of(f"云岭省农业发展规划\n序言\n{sentence}\n第一章 重点任务\n建成一批水库。\n")
    assert plan is not None
    assert plan.period == period
    assert [field.evidence.quote for field in plan.fields if field.field == "period"] == ([quote] if quote else [])


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("国发〔2016〕73号", "国发〔2016〕73号"),
        ("（国发〔2016〕73号）", "国发〔2016〕73号"),
        ("澄江市医疗保障局文件国发〔2016〕73号", "国发〔2016〕73号"),
        ("国发〔2016〕73号2016年11月7日", "国发〔2016〕73号"),
        ("和政发〔2021〕3号", "和政发〔2021〕3号"),
        ("见国发〔2016〕73号", None),  # another document's
        ("（见国发〔2016〕73号）", None),
        ("根据国发〔2016〕73号", None),
        ("按照国发〔2016〕73号2016年11月7日", None),
        ("国发〔2016〕73号同时废止", None),
    ],
)
def test_a_number_alone_on_its_line(line: str, number: str | None):
    found = number_line(Words(line, tuple(range(len(line)))))
    assert (found and found.text) == number


@pytest.mark.parametrize(
    ("sentence", "horizon"),
    [
        ("在此基础上再奋斗五年，到二〇三五年我市经济实力迈上新台阶。", 2035),
        ("在此基础上，到2035年，城市综合竞争力大幅提升。", 2035),
        ("再经过五年的努力，到2035年基本实现现代化。", 2035),
        ("再用五年时间，到2035年，现代水网全面建成。", 2035),
        ("接续奋斗，到2035年泽宁市核心竞争力大幅提升。", 2035),
        ("到2030年，能级提升。在此基础上再奋斗五年，到2035年全市经济实力迈上新台阶。", 2035),
        ("——到2035年，全面建成现代化城市典范。", 2035),
        ("(二)到2035年，应急能力满足需求。", 2035),
        ("远期目标：到2035年，水网全面建成。", 2035),
        ("到2035年我市经济实力大幅提升。", 2035),
        ("为到2035年基本实现现代化奠定基础。", None),
        ("“十五五”时期是我国到2035年基本实现现代化承上启下的五年。", None),
        ("到2035年的道路网规划全面衔接。", None),
        ("到2035年基本实现现代化的目标不动摇。", None),
        ("国家提出，到2035年建成科技强国。", None),
        ("继续奋斗，到2030年能级提升。", None),  # the plan's own last year
        ("在此基础上，2035年前建成水网。", None),
    ],
)
def test_the_year_that_the_goals_look_ahead_to(sentence: str, horizon: int | None):
    text = "泽宁市国民经济和社会发展第十五个五年规划纲要\n第一章 主要目标\n到2030年，产值达到500亿元。\n"
    plan = plan_of(f"{text}\n{sentence}\n第二章 加快产业发展\n第一节 壮大工业\n加快培育集群。\n")
    assert plan is not None
    assert plan.horizon == horizon


@pytest.mark.parametrize(
    ("line", "issued"),
    [
        ("——2022年1月15日在泽宁市第五届人民代表大会第四次会议上通过", date(2022, 1, 15)),
        ("2022年1月15日泽宁市第五届人民代表大会第四次会议批准", date(2022, 1, 15)),
        ("——2022年1月15日在泽宁市第五届人民代表大会第四次会议上", None),  # a report that was given there
        ("——2022年1月15日通过", None),  # by whom is not said
    ],
)
def test_the_day_of_a_meeting_below_the_title(line: str, issued: date | None):
    plan = plan_of(f"泽宁市养老服务规划\n{line}\n一、发展基础\n建成一批养老机构。\n")
    assert plan is not None
    assert (plan.title, plan.issued) == ("泽宁市养老服务规划", issued)


@pytest.mark.parametrize(
    ("signed", "wanted"),
    [
        ("泽宁市残联和泽宁市妇联", ("泽宁市残联", "泽宁市妇联")),
        ("泽宁市教育局和泽宁市财政局", ("泽宁市教育局", "泽宁市财政局")),
        ("泽宁市水务集团公司", ("泽宁市水务集团公司",)),
        ("泽宁市公共资源交易中心办公室", ("泽宁市公共资源交易中心办公室",)),
        ("民政部国家卫生健康委员会", ("民政部", "国家卫生健康委员会")),
        ("国务院国有资产监督管理委员会", ("国务院国有资产监督管理委员会",)),
        ("教育部办公厅", ("教育部办公厅",)),
        ("教育部办公厅财政部办公厅", ("教育部办公厅", "财政部办公厅")),
    ],
)
def test_bodies_that_sign_together_are_several(signed: str, wanted: tuple[str, ...]):
    plan = plan_of(f"泽宁市养老服务规划\n一、发展基础\n建成一批养老机构。\n{signed}\n2022年1月29日\n")
    assert plan is not None
    assert plan.issuers == wanted


@pytest.mark.parametrize(
    ("line", "issuers"),
    [
        ("中共泽宁市委 泽宁市人民政府关于做好重点工作的意见", ("中共泽宁市委", "泽宁市人民政府")),
        ("泽宁市人民政府、中共泽宁市委关于做好重点工作的意见", ("泽宁市人民政府", "中共泽宁市委")),
        ("泽宁市民政局、泽宁市财政局关于做好重点工作的意见", ("中共泽宁市委",)),  # others than the page says
        ("转发泽宁市民政局关于做好重点工作的意见", ("中共泽宁市委",)),
        ("泽宁日报评论：关于做好重点工作的意见", ("中共泽宁市委",)),
        ("泽宁市民政局关于做好日常工作的意见", ("中共泽宁市委",)),  # another document
        ("做好工作。", ("中共泽宁市委",)),
    ],
)
def test_bodies_before_the_title_that_the_text_prints_once_more(line: str, issuers: tuple[str, ...]):
    page = (
        "# 关于做好重点工作的意见\n\n**发布日期**: 2023年2月14日\n**发布机构**: 中共泽宁市委\n\n---\n\n## 政策全文\n\n"
    )
    plan = plan_of(
        f"{page}{line}\n\n一、抓好粮食\n\n（一）抓好生产。确保产量8亿斤。\n\n（二）抓好收购。稳定价格。\n", kind="md"
    )
    assert plan is not None
    assert plan.issuers == issuers


@pytest.mark.parametrize(
    ("name", "outer", "wanted"),
    [
        ("开发区", "贵阳市", "贵阳开发区"),
        ("开发区", "渠县", "渠县开发区"),  # one character is no name
        ("开发区", "内蒙古自治区", "内蒙古开发区"),
        ("临港新片区", "上海市", "临港新片区"),
    ],
)
def test_a_plain_zone_has_the_name_of_the_region_in_front(name: str, outer: str, wanted: str):
    places = gazetteer(2021)
    assert zone_of(places, name, places.resolve(outer)).name == wanted


def test_format_marks_the_title():
    """A docx whose title is a style, not a line of its own kind; the first line is a slogan."""
    text = "内部资料\n渝中区山城步道建设三年打算的规划\n第一章 现状\n步道成网。"
    start = text.index("渝中区")
    plan = plan_of(text, (Mark("title", start, start + 16),), "docx", False)
    assert plan is not None
    assert plan.title == "渝中区山城步道建设三年打算的规划"


def test_a_plan_without_a_region_is_still_a_plan():
    plan = plan_of("“十四五”养老服务规划\n\n全省养老机构增加。")
    assert plan is not None
    assert plan.region is None
    assert plan.policy.region is None


def test_a_place_of_several_identifies_nothing():
    # 朝阳区 is in Beijing and in Changchun: two plans of that name must not become one policy by it
    plan = plan_of("朝阳区“十四五”养老服务规划\n\n全区养老机构增加。")
    assert plan is not None
    assert plan.region is not None
    assert plan.region.origin == AMBIGUOUS
    assert plan.policy.region is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        "今天天气很好，我们去公园看花。",  # no title
        "报价单\n桌子 三百元",
    ],
)
def test_no_plan_without_title(text: str):
    assert plan_of(text) is None


@pytest.mark.parametrize(
    "title", ["泽宁市人民政府2024年重点工作责任分解", "泽宁市2024年目标任务分解表", "泽宁市基本养老服务清单"]
)
def test_titles_of_divided_work(title: str):
    plan = plan_of(f"{title}\n一、稳定经济增长\n1.新增企业20家。\n牵头单位：市工业和信息化局\n")
    assert plan is not None
    assert plan.title == title


PIECES = [
    "关于印发",
    "《",
    "》",
    "的通知",
    "上海市",
    "普陀区",
    "人民政府",
    "规划",
    "“十四五”",
    "2021年",
    "9月",
    "31日",
    "标题:",
    "文号：",
    "〔2021〕",
    "1号",
    "附件",
    "（2021—2025年）",
    "<",
    ">",
    "、",
    "中共",
    "镇",
    "|",
    "展望",
    "等部门",
    "到2035年，",
    "关于",
    "转发",
    "\n",
    "\t",
    " ",
]  # what openings are made of


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("附件1：泽宁市水网规划", "泽宁市水网规划"),
        ("附1：泽宁市水网规划", "泽宁市水网规划"),
        ("附1泽宁市水网规划", "泽宁市水网规划"),
        ("附2 泽宁市水网规划", "泽宁市水网规划"),
        ("附 2.泽宁市水网规划", "泽宁市水网规划"),
        ("附一：泽宁市水网规划", "泽宁市水网规划"),
        ("附：泽宁市水网规划", "泽宁市水网规划"),
        ("附2023年工作要点", "2023年工作要点"),  # a year is no number of an annex
        ("附12023年工作要点", "2023年工作要点"),
        ("附属医院建设规划", "附属医院建设规划"),
        ("附三亚市水网规划", "附三亚市水网规划"),
    ],
)
def test_the_label_of_an_annex_before_a_title(line: str, title: str) -> None:
    assert line[label_end(line) :] == title


@pytest.mark.parametrize(
    ("rest", "work"),
    [
        ("教育部制定的全国幼儿园发展规划", "全国幼儿园发展规划"),
        ("国家发展改革委、财政部等部门联合制定的全国水网建设规划", "全国水网建设规划"),
        ("市发改委、市水利局起草的某市水网规划", "某市水网规划"),
        ("省林业厅等部门某省绿化规划", "某省绿化规划"),
        ("市发改委关于某市水网建设的意见", "关于某市水网建设的意见"),
        ("市水网规划", "市水网规划"),  # no body
        ("市发改委、市水利局某某市水网规划", "某某市水网规划"),
        # the last of several may begin the title
        ("市发展改革委、市国资委监管企业改革方案", "市国资委监管企业改革方案"),
        ("市发展改革委和市国资委监管企业改革方案", "市国资委监管企业改革方案"),
        ("市经济和信息化局某某市水网规划", "某某市水网规划"),
    ],
)
def test_the_author_of_what_is_forwarded_is_no_part_of_its_title(rest: str, work: str) -> None:
    found = _bare_work(Words(rest, tuple(range(len(rest)))), forwarded=True)
    assert found is not None
    assert found.text == work


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=60,
    )
)
def test_any_mixture_is_read_without_an_error(parts: list[str]):
    plan = plan_of("".join(parts))
    assert plan is None or plan.title


@pytest.mark.parametrize(
    "piece",
    [
        "关于",
        "关于印发《",
        "中共",
        "镇",
        "标题：\n",
        "（2021",
        "《〈",
        "等",
        "市\n",
        "2021-",
        "、\n",
        "国务院2021年1月1日\n",
        "文号  ",
        "　",
    ],
)
def test_time_grows_with_the_text_and_not_faster(piece: str):
    document = layout(Source("a.txt", "0" * 64, piece * 20_000, "txt", "utf-8"))
    began = process_time()
    read_plan(Reading(document))
    assert process_time() - began < 2
