"""Small whole documents of many kinds through the whole pipeline: what each author or converter does, and its near miss."""

import pytest
from hostile.word import body, word
from reading_of import source_of

from extractors.pipeline import extract, pipeline
from extractors.readers import read_bytes
from ontology.model.facts import Citation, Heading, Indicator, Observation, Plan, Responsibility, Target
from ontology.model.source import Source

NLP = pipeline()


def told(source: Source) -> dict[str, list[str]]:
    """Each kind of fact as short texts: '县教育局 lead', '>= 90 %', 'title relation'."""
    found: dict[str, list[str]] = {kind: [] for kind in ("heads", "duties", "targets", "indicators", "past", "cited")}
    for fact in extract(source, NLP):
        match fact:
            case Heading():
                found["heads"].append(fact.title)
            case Responsibility():
                found["duties"].append(f"{fact.department} {fact.role}")
            case Target():
                found["targets"].append(f"{fact.value} {fact.unit}")
            case Indicator():
                value = fact.target.value if fact.target else None
                found["indicators"].append(f"{fact.name} {value}")
            case Observation():
                found["past"].append(f"{fact.name} {fact.year} {fact.value}")
            case Citation():
                found["cited"].append(f"{fact.title} {fact.relation}")
            case _:
                pass
    return found


def measure(text: str) -> str:
    return (
        "泽宁市绿色出行行动方案（2023—2025年）\n为做好有关工作，制定本方案。\n一、重点任务\n"
        f"（一）健全工作机制。{text}\n（二）加强宣传引导。利用多种媒体开展宣传。\n"
    )


def annex(*lines: str, title: str = "职责分工") -> str:
    return "\n".join(
        [
            "青禾县消防安全三年行动方案（2024—2026年）",
            "为做好消防工作，制定本方案。",
            "一、主要任务",
            "（一）整治重点场所。整治场所200家。",
            "二、工作要求",
            "各单位要抓好落实。",
            "附件",
            f"青禾县消防安全专项整治{title}",
            *lines,
            "",
        ]
    )


RULED = "| 序号 | 任务名称 | 主要内容 | 责任分工 | 时间节点 |\n|---|---|---|---|---|\n"
ROWS = "| 一 | 优化审批 | 推进并联审批 | 牵头：市行政审批局；配合：市住建局 | 2023年底 |\n| 二 | 降低成本 | 清理收费 | 市财政局 | 2024年6月底前 |\n"


@pytest.mark.parametrize(
    ("text", "duties"),
    [
        # the bodies are the headings of an annex, and what each does stands below
        (
            annex(
                "一、县消防救援大队", "负责专班日常工作，组织开展联合检查。", "二、县教育局", "负责学校消防安全管理。"
            ),
            ["县消防救援大队 lead", "县教育局 lead"],
        ),
        (
            annex("一、县教育局、县民政局", "负责学校和养老机构消防安全。", "二、县财政局", "主要配合做好经费保障。"),
            ["县教育局 lead", "县民政局 lead", "县财政局 participant"],
        ),
        # the same on one line each
        (
            annex(
                "一、县教育局：负责学校消防安全，组织演练。",
                "二、县财政局：配合做好经费保障。",
                title="成员单位职责清单",
            ),
            ["县教育局 lead", "县财政局 participant"],
        ),
        # names and posts of persons below such a heading are no work
        (annex("一、县教育局", "张某某  局长", "二、县民政局", "李某某  副局长", title="领导小组成员名单"), []),
        # a heading with other words beside the body's name
        (annex("一、县教育局检查结果", "负责人签字后上报。", "二、县民政局检查结果", "负责人签字后上报。"), []),
        # a comma at the end of the names does not swallow the next line
        (
            measure("\n牵头单位：市发展改革委\n配合单位：市财政局，市教育局，各区人民政府\n完成时间：长期坚持"),
            ["市发展改革委 lead", "市财政局 participant", "市教育局 participant", "各区人民政府 participant"],
        ),
        (measure("（包联单位：市总工会；帮扶单位：市妇联）"), ["市总工会 lead", "市妇联 participant"]),
        (measure("（帮扶对象：市妇联）"), []),
        # 负责|人才引进 gives work, and 负责人 is a person
        (measure("由市委组织部、市教育局负责人才引进。"), ["市委组织部 lead", "市教育局 lead"]),
        (measure("由市教育局负责人签字后上报。"), []),
        # a label in a cell counts once, with or without the rule below the head, and under Chinese serial numbers
        (
            measure("按照附件推进。") + "附件1\n重点任务清单\n" + RULED + ROWS,
            ["市行政审批局 lead", "市住建局 participant", "市财政局 lead"],
        ),
        (
            measure("按照附件推进。") + "附件1\n重点任务清单\n" + RULED.split("\n")[0] + "\n" + ROWS,
            ["市行政审批局 lead", "市住建局 participant", "市财政局 lead"],
        ),
    ],
)
def test_duties(text: str, duties: list[str]) -> None:
    assert told(source_of(text))["duties"] == duties


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("消除易涝点11处，新造油茶10万亩，恢复湿地3000公顷。", ["11 处", "10 万亩", "3000 公顷"]),
        ("新增供水能力4万m3/d，处理规模达到2万m³/d。", ["4 万m3/d", "2 万m³/d"]),
        ("培训新型职业农民三千人次。", ["3000 人次"]),
        ("推动三个专项行动。", []),  # few, in words: a name
        ("新建人行道共50万平方米，完成改造共计20公里。", ["50 万平方米", "20 公里"]),
        ("全区共有公园12个。", []),  # what there is
    ],
)
def test_targets(sentence: str, values: list[str]) -> None:
    assert told(source_of(measure(sentence)))["targets"] == values


@pytest.mark.parametrize(
    ("sentence", "deadlines"),
    [
        # the year of a stage in its bracket
        ("近期（2025年）供水能力达到30万吨/日，远期（2035年）达到45万吨/日。", ["2025", "2035"]),
        ("按照供水规划（2025年）新建水厂3座。", [None]),  # the year of a document
    ],
)
def test_deadlines(sentence: str, deadlines: list[str | None]) -> None:
    text = measure(sentence).replace("（2023—2025年）", "（2021—2035年）")
    assert [fact.deadline for fact in extract(source_of(text), NLP) if isinstance(fact, Target)] == deadlines


def goals(table: str) -> str:
    return (
        f"泽宁市养老服务“十四五”规划\n第一章 发展目标\n到2025年，主要目标如下。\n{table}\n第二章 保障措施\n健全机制。\n"
    )


@pytest.mark.parametrize(
    ("table", "indicators", "past"),
    [
        # no year and no word for an aim: the attribute says that it is one
        (
            "| 指标 | 指标值 | 性质 |\n|---|---|---|\n| 护理型床位占比 | ≥55% | 约束性 |\n| 服务覆盖率 | 100% | 预期性 |",
            ["护理型床位占比 55", "服务覆盖率 100"],
            [],
        ),
        # what was aimed at and what was reached in one and the same year: nothing of it lies ahead
        (
            "表1 “十三五”主要指标完成情况表\n| 指标 | 2015年 | 2020年规划目标 | 2020年实际 |\n"
            "| 灌溉水利用系数 | 0.50 | 0.55 | 0.56 |\n| 用水总量（亿立方米） | 12 | 13 | 12.6 |",
            [],
            ["灌溉水利用系数 2015 0.50", "灌溉水利用系数 2020 0.56", "用水总量 2015 12", "用水总量 2020 12.6"],
        ),
        (
            "表1 “十三五”完成情况和“十四五”目标\n| 指标 | 单位 | 2020年实际 | 2025年目标 | 属性 |\n"
            "| 服务覆盖率 | % | 60 | 80 | 预期性 |\n| 护理床位占比 | % | 40 | 55 | 约束性 |",
            ["服务覆盖率 80", "护理床位占比 55"],
            [],
        ),
    ],
)
def test_tables(table: str, indicators: list[str], past: list[str]) -> None:
    found = told(source_of(goals(table)))
    assert (found["indicators"], sorted(found["past"])) == (indicators, sorted(past))


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        (
            "泽宁市城市更新规划（2021—2025年）\n【一】总体要求\n坚持规划引领。\n【二】重点任务\n（一）改造老旧小区\n改造小区。\n"
            "【三】保障措施\n（一）加强领导\n健全机制。\n",
            ["总体要求", "重点任务", "改造老旧小区", "保障措施", "加强领导"],
        ),
        # half-width marks of Japanese code pages
        (
            "泽宁市“十四五”供水规划\n一､重点任务\n(一)改造管网｡改造管网120公里｡\n(二)新建水厂｡新建水厂2座｡\n"
            "二､保障措施\n(一)加强领导｡健全机制｡\n",
            ["重点任务", "改造管网", "新建水厂", "保障措施", "加强领导"],
        ),
    ],
)
def test_headings(text: str, heads: list[str]) -> None:
    assert told(source_of(text))["heads"] == heads


def test_a_draft_for_the_public_bears_its_status_and_not_in_its_title() -> None:
    text = "泽宁市水网规划\n（2021-2035年）\n（公众征求意见稿）\n前  言\n编制本规划。\n第一章 总则\n第一节 期限\n到2035年。\n"
    (plan,) = [fact for fact in extract(source_of(text), NLP) if isinstance(fact, Plan)]
    assert plan.title == "泽宁市水网规划"


def test_works_that_the_title_of_a_notice_names_are_no_citations() -> None:
    text = (
        "泽宁市教育局关于印发《泽宁市学前教育提升行动计划》《泽宁市义务教育均衡行动计划》的通知\n泽教发〔2023〕15号\n各县区教育局：\n"
        "我们制定了《泽宁市学前教育提升行动计划》《泽宁市义务教育均衡行动计划》，现印发给你们。\n泽宁市教育局\n2023年4月18日\n附件1\n"
        "泽宁市学前教育提升行动计划\n一、重点任务\n（一）扩大资源。落实《云岭省学前教育条例》，新建幼儿园12所。\n"
        "附件2\n泽宁市义务教育均衡行动计划\n一、重点任务\n（一）改善条件。改造学校40所。\n"
    )
    assert told(source_of(text))["cited"] == ["云岭省学前教育条例 implements"]


def _word_table(*rows: tuple[str, ...]) -> Source:
    def cell(text: str) -> str:
        paragraphs = "".join(f"<w:p><w:r><w:t>{part}</w:t></w:r></w:p>" for part in text.split("|"))
        return f"<w:tc><w:tcPr/>{paragraphs}</w:tc>"

    lines = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    return read_bytes("a.docx", word(body(f"<w:tbl>{lines}</w:tbl>")))


LONG = "把健康教育纳入学校教学计划，改善学校卫生环境，预防控制学生常见病和传染病，提高学生的身心素质和健康素养。"


def test_a_headed_table_is_data_however_much_text_a_cell_holds() -> None:
    rows = [("县教育局", f"{LONG}|{LONG}"), ("县民政局", LONG), ("县水利局", "保障饮水安全。")]
    assert len(_word_table(("部门", "职责"), *rows).tables) == 1
    # a frame that sets running text in columns has no head
    assert _word_table((f"{LONG}|{LONG}", LONG), (LONG, LONG), (LONG, LONG)).tables == ()
