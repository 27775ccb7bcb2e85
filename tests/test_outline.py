"""Outline and tasks of whole documents, and the rules for headings one by one.

`outlines/` holds fictional plans in the styles that plans are written in, each with what must be read from it below
a line `=====`.
"""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_of import listing, reading_of

from extractors.document import Block, Document
from extractors.outline.headings import candidate, clause, run_in
from extractors.vocabulary.chapters import annex_role, chapter_role, holds_tasks, own_role, part_role
from extractors.vocabulary.numbering import NUMBER_STARTS, NUMBER_STYLES, NumberStyle, marker, number_pattern
from ontology.model.facts import Heading

OUTLINES = sorted((Path(__file__).parent / "outlines").iterdir())


@pytest.mark.parametrize("row", NUMBER_STYLES, ids=lambda row: row.style)
def test_samples_of_the_table_are_read_as_their_style(row: NumberStyle) -> None:
    for sample, _ in row.forms:
        found = marker(sample)
        assert found is not None, sample
        assert found.style == row.style, sample
        assert sample[0] in NUMBER_STARTS, sample
        assert re.match(number_pattern(row.style), sample), sample


def test_every_outline_is_read() -> None:
    assert len(OUTLINES) == 39


@pytest.mark.parametrize("path", OUTLINES, ids=lambda path: path.name)
def test_outline_and_tasks(path: Path) -> None:
    text, expected = path.read_text(encoding="utf-8").split("\n=====\n")
    assert "\n".join(listing(reading_of(text, f"plan{path.suffix}"))) == expected.rstrip("\n")


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_breaks_of_other_systems_change_nothing(newline: str) -> None:
    text, _ = OUTLINES[0].read_text(encoding="utf-8").split("\n=====\n")
    assert listing(reading_of(text.replace("\n", newline))) == listing(reading_of(text))


# a number, and how it is printed; None for what only looks like one
NUMBERS = [
    ("第一章规划背景", "第一章", (1,)),  # printed without a space
    ("第 十 一 章　总　则", "第十一章", (11,)),  # spread out
    ("第1章 总则", "第1章", (1,)),
    ("第三篇 规划实施", "第三篇", (3,)),
    ("第二部分：重点任务", "第二部分", (2,)),
    ("第12条 规划期限", "第12条", (12,)),  # a land plan, set out like a law
    ("01农村道路提升工程：修路。", "01", (1,)),  # a box's line
    ("行动一：道路畅通行动", "行动一", (1,)),
    ("重点任务2 道路畅通", "重点任务2", (2,)),
    ("行动方案印发后", None, None),
    ("工程一期", None, None),
    ("二十、加强组织领导", "二十、", (20,)),
    ("一　总体要求", "一", (1,)),  # the comma left out
    ("（十二）强化考核。", "（十二）", (12,)),
    ("(三)健全机制", "(三)", (3,)),
    ("㈢健全机制", "㈢", (3,)),
    ("三）健全机制", "三）", (3,)),  # the opening bracket lost
    ("⒊健全机制", "⒊", (3,)),
    ("3，健全机制", "3", (3,)),  # a comma for the 、
    ("3，5万吨", None, None),
    ("壹、总体要求", "壹、", (1,)),  # as Word numbers with chineseLegalSimplified
    ("贰拾叁、监督评估", "贰拾叁、", (23,)),
    ("贰零二一年", None, None),
    ("第一条 规划目的", "第一条", (1,)),
    ("方面一：完善制度", "方面一", (1,)),
    ("方面一致", None, None),
    ("1﹒完善标准", "1", (1,)),  # the small full stop of some input methods
    ("1·完善标准", "1", (1,)),
    ("一·二八抗战", None, None),  # a day, no number 一
    ("11.121人才项目", "11", (11,)),  # the title has digits of its own
    ("6.12345热线", "6", (6,)),
    ("2.5G网络建设", "2", (2,)),
    ("12.2025年目标", "12", (12,)),
    ("1.125亿元", None, None),  # a sum
    ("3.2+X就业帮扶工程", "3", (3,)),
    ("1.1+6引才工程", "1", (1,)),
    ("3.2 就业帮扶", "3.2", (3, 2)),
    ("3。推广智慧灌溉", "3", (3,)),  # a full stop of sentences for the point
    ("3。5万吨", None, None),
    ("1.海塘达标。", "1", (1,)),
    ("１、海塘达标", "１", (1,)),
    ("（2）备塘。", "（2）", (2,)),
    ("3)备塘", "3)", (3,)),
    ("③备塘", "③", (3,)),
    ("第一、完善服务网络。", "第一", (1,)),
    ("第十二、培养队伍。", "第十二", (12,)),
    ("第一、二、三产业协调发展", None, None),
    ("第一、第二产业增加值", None, None),
    ("第一、二季度完成", None, None),
    ("第一，完善服务网络。", None, None),
    ("1.1.1 全民保障", "1.1.1", (1, 1, 1)),
    ("3 重点任务", "3", (3,)),
    ("专栏 1 支付改革工程", "专栏1", (1,)),
    ("专栏（二）：重点项目", "专栏（二）", (2,)),
    ("专栏：重点项目", "专栏", (0,)),
    ("专栏中的项目", None, None),
    ("3重点任务", "3", (3,)),  # the space lost
    ("3重点任务完成，", None, None),
    ("一二三产业融合", None, None),  # a numeral, but no mark behind it
    ("二〇二五年目标", None, None),
    ("95.5%以上", None, None),  # a share, no 95.5
    ("10个县全部通车", None, None),
    ("05年建成", "05", (5,)),  # two digits: what stands behind them decides
    ("2025年，全市", None, None),
    ("“一老一小”服务", None, None),
    ("百年大计", None, None),
]


@pytest.mark.parametrize(("text", "printed", "ordinals"), NUMBERS)
def test_numbers(text: str, printed: str | None, ordinals: tuple[int, ...] | None) -> None:
    found = marker(text)
    assert (found and found.printed, found and found.ordinals) == (printed, ordinals)


# how a paragraph stands: a heading alone, with its text behind it, or a plain sentence
FORMS = [
    ("第三章 重点任务", "lone", "重点任务"),
    ("第三章　完善体系，提升能力", "lone", "完善体系，提升能力"),
    ("（一）怎样建设网点？", "lone", "怎样建设网点？"),
    ("（三）健全服务网络．新建网点20个，改造5个。", "run-in", "健全服务网络"),
    ("（三）指导思想。", "lone", "指导思想"),  # a full stop, and nothing behind it
    ("（一）加强领导。各部门要落实责任。", "run-in", "加强领导"),
    ("1.工作目标：到2025年，建成示范点20个以上。", "run-in", "工作目标"),
    ("（一）加强组织领导　各级各部门要切实提高认识，落实责任。", "run-in", "加强组织领导"),  # a gap for the stop
    ("（一）加强组 织领导。各级各部门要切实提高认识，落实好责任。", "run-in", "加强组织领导"),  # or a stray one
    ("（一）优化公共服务 布局。各级各部门要切实提高认识，落实责任。", "run-in", "优化公共服务布局"),
    ("1.推进改造（责任单位：市教育局、市财政局）", "lone", "推进改造"),  # who does it is no part of the title
    ("1.推广滴灌3万亩。（市农业农村局牵头）", "lone", "推广滴灌3万亩"),
    ("1.完善制度，健全体系，强化监管，实现全过程管理；", "sentence", None),  # an enumeration
    ("（一）到2025年，参保率稳定在95%以上。", "sentence", None),  # a goal
    ("4.用地保障：优先保障重点项目用地，适当倾斜年度计划。", "run-in", "用地保障"),  # one sentence behind the label
    ("（2）完成备塘加固，", "sentence", None),
    ("（1）综合物流园：占地300亩，建设仓储、分拨设施；", "sentence", None),  # a list inside a sentence
    ("（1）综合物流园：占地300亩，建设仓储、分拨设施。", "run-in", "综合物流园"),
    ("（一）本规划是指导未来五年工作的纲领。各部门要执行。", "sentence", None),  # says what something is
    ("第三章明确的任务，由市发展改革委牵头。", None, None),  # a sentence that mentions a chapter
    ("第一章至第三章由各部门落实", None, None),
    ("第一节、第二节所列任务", None, None),
    ("第一条 生态概况。全市林草丰茂。", "run-in", "生态概况"),
    ("第三条规定的情形除外", None, None),
    ("（一）家政服务提质扩容", "lone", "家政服务提质扩容"),  # 家 measures nothing here
    ("3.5万人以上的乡镇", None, None),  # a number with a unit
    ("附件1：重点项目表", "lone", "重点项目表"),
    ("附件：1.重点项目表", None, None),  # points to it
    ("前　言", "lone", "前言"),
    ("前言部分指出", None, None),
    ("1. —— 2", None, None),  # a table's row
    ("（一）新建水源：新建水库3座，完善管网。", "run-in", "新建水源"),  # a number tells a statement
    ("（一）新建水源：完善管网。", "run-in", "新建水源"),  # a verb, and nothing after the full stop
    ("（一）水环境：统筹推进治理。", "lone", "水环境：统筹推进治理"),
    ("（一）水环境：统筹推进治理。加强监测。", "run-in", "水环境：统筹推进治理"),
    ("（一）【新建水源】新建水库3座。", "run-in", "新建水源"),
    ("（一）【新建水源】", "lone", "新建水源"),
    ("（一）【党建】引领工程", "lone", "【党建】引领工程"),
    ("1.东湖街道办事处负责东湖片区建筑的排查工作。", "sentence", None),
    ("1.市公安局：负责巡查。", "run-in", "市公安局"),
]


@pytest.mark.parametrize(("text", "form", "title"), FORMS)
def test_forms_of_headings(text: str, form: str | None, title: str | None) -> None:
    document = Document(None, text + "\n", None, (Block("text", 0, len(text)),))  # type: ignore[arg-type]
    found = candidate(document, 0)
    assert (found and found.form) == form
    if title:
        assert found is not None
        assert found.title == title


RUN_INS = [
    ("健全服务网络。新建网点20个。", "健全服务网络"),
    ("——健全服务网络。新建网点20个。", "健全服务网络"),
    ("健全服务网络．新建网点20个。", "健全服务网络"),  # a full-width point for the stop
    ("到2025年．网点达到20个。", None),
    ("参保率达到95．5%。继续提高。", None),  # the point of a number
    ("巩固改革成果，与乡村振兴衔接。加大投入。", "巩固改革成果，与乡村振兴衔接"),  # two clauses
    ("推进农产品加工：培育企业20家。", "推进农产品加工"),
    ("健全服务网络。", None),  # no text behind it
    ("健全服务网络，新建网点，完善管理，提高水平，让群众满意。今后五年再翻一番。", None),  # a sentence
    ("到2025年，网点达到20个。覆盖全市。", None),
    ("“十四五”期间新建一批网点，完善管理。覆盖全市。", None),
    ("十五五时期健全服务网络，完善管理。覆盖全市。", None),
    ("一是健全网络。新建网点。", None),  # an enumeration
    ("县城：以县城为中心。", None),  # a label without a verb
    ("“一带”：沿江走廊。重点布局光伏。", None),
    ("● 健全服务网络。新建网点20个。", "健全服务网络"),
    ("第一，健全服务网络。新建网点20个。", None),  # an enumeration
    ("参保率达到95%以上。继续提高。", None),  # a measured statement
    ("坚守18亿亩耕地红线。落实保护制度。", "坚守18亿亩耕地红线"),  # the number is part of a name
    ("新建高标准农田5万亩左右。改造旧田。", None),
    ("可再生能源发展。新增装机。", "可再生能源发展"),
    ("可按规定申请补助。先到先得。", None),
    ("【新建网点】建设网点20个。", "新建网点"),
    ("【工作目标】建设网点20个。", None),  # a label of what follows
    # a body and what it does, which is a sentence
    ("市科技局会同市财政局等单位制定实施细则。严格程序。", None),
    ("东湖街道办事处负责东湖片区的排查工作。每月报送。", None),
    ("市水利局牵头开展河道巡查。每月报送。", None),
    ("加强部门会同监管。每月报送。", "加强部门会同监管"),
    ("市级部门负责制。落实责任。", "市级部门负责制"),
    ("以项目建设为抓手，改造老旧管网。逐年推进。", "以项目建设为抓手，改造老旧管网"),
    ("以2020年为基期，改造老旧管网。逐年推进。", None),
    ("以项目建设为抓手，管网漏损明显下降。逐年推进。", None),  # no verb of a measure
    ("坚持政府负责社会参与。落实责任。", "坚持政府负责社会参与"),
]


@pytest.mark.parametrize(("text", "title"), RUN_INS)
def test_run_in_headings(text: str, title: str | None) -> None:
    found = run_in(text)
    assert (found and found[0]) == title


CLAUSES = [
    ("评估付费实施绩效。", "评估付费实施绩效"),
    ("加强价格监测，完善报送制度。持续完善监测。", "加强价格监测，完善报送制度"),  # a title of its own
    ("积极审慎拓围扩面，适时将失能人员纳入保障，完善体系。", "积极审慎拓围扩面"),  # the first clause
    ("2021年底前，开通直接结算。", "2021年底前"),
    ("“ + ”优化服务，方便群众。", "优化服务"),  # quotation marks whose words were lost
    ("推行“承诺制”，线上备案。", "推行“承诺制”"),
    ('"互联网+"医疗服务，线上备案。', '"互联网+"医疗服务'),  # straight marks with their words
    ('"+"优化服务，方便群众。', "优化服务"),
    ("云桥改造项目　对老旧桥梁逐座开展检测，及时加固修复。", "云桥改造项目"),  # a gap behind the title
    ("云桥 江桥", "云桥江桥"),  # two names
]


@pytest.mark.parametrize(("text", "title"), CLAUSES)
def test_titles_of_box_lines(text: str, title: str) -> None:
    assert clause(text) == title


PARTS = [
    ("行动目标", "goals"),
    ("整治范围", "principles"),
    ("行动方案", None),
    ("发展目标", "goals"),
    ("二〇三五年远景目标", "goals"),
    ("“十三五”发展回顾", "background"),
    ("取得的主要成效", "background"),
    ("面临的机遇与挑战", "background"),
    ("现状分析", "background"),
    ("发展现状与形势要求", "principles"),
    ("指导思想、基本原则和主要目标", "principles"),
    ("目标愿景与空间战略", "goals"),
    ("发展战略", "principles"),
    ("发展理念和方向", "principles"),
    ("发展战略机遇", "background"),
    ("夯实产业基础", None),  # a measure
    ("优化发展环境", None),
    ("强化目标考核", None),
    ("基础设施建设", None),
    ("环境保护", None),
    ("条件保障", None),
]


@pytest.mark.parametrize(("title", "role"), PARTS)
def test_parts_by_their_own_words(title: str, role: str | None) -> None:
    assert part_role(title) == role


CHAPTERS = [
    # title, which of how many, the role before, the role
    ("规划背景", 0, 5, None, "background"),
    ("法律责任", 7, 9, "tasks", "other"),
    ("罚则", 7, 9, "tasks", "other"),
    ("服务业发展现状", 0, 5, None, "background"),  # 服务 is no verb here
    ("明确总体要求和发展目标", 1, 5, "background", "goals"),
    ("健全多层次保障制度体系", 2, 6, "goals", "tasks"),
    ("优化发展环境", 3, 6, "tasks", "tasks"),
    ("保障措施", 4, 5, "tasks", "safeguards"),
    ("措施保障", 4, 5, "tasks", "safeguards"),
    ("组织实施", 3, 4, "tasks", "safeguards"),
    ("加强组织领导", 3, 4, "tasks", "safeguards"),
    ("健全规划实施机制", 4, 5, "tasks", "safeguards"),
    ("健全医疗保障体系", 3, 5, "tasks", "tasks"),  # 保障 is the subject here
    ("加强环境保护", 4, 5, "tasks", "tasks"),
    ("实施步骤", 2, 5, "tasks", "safeguards"),
    ("重点项目", 3, 5, "safeguards", "tasks"),
    ("环境影响评价", 4, 6, "tasks", "other"),
    ("规划实施的环境影响评价", 4, 6, "tasks", "other"),
    ("规划实施效果分析", 5, 6, "tasks", "other"),
    ("经济社会效益", 5, 6, "tasks", "other"),
    ("提升经济效益", 3, 6, "tasks", "tasks"),
    ("2035年远景目标展望", 5, 6, "tasks", "goals"),
    ("面临的形势与任务", 0, 5, None, "background"),
    ("重要性和紧迫性", 0, 5, None, "background"),
    ("前言", 0, 5, None, "preface"),
    ("附则", 4, 5, "safeguards", "other"),
    ("试点范围", 2, 5, "principles", "principles"),
    ("扩大服务范围", 2, 5, "goals", "tasks"),
    # what is, wherever the title says so
    ("现状与评价", 0, 6, None, "background"),
    ("规划实施评估", 0, 6, None, "background"),
    ("存在问题与成因分析", 1, 6, "background", "background"),
    ("抢抓发展机遇", 1, 6, "background", "background"),
    ("应对人口老龄化", 2, 6, "principles", "tasks"),  # a verb, and no word for what is
    # nothing known of the first chapter: it stands before the tasks
    ("千年水城", 0, 6, None, "background"),
    ("千年水城", 0, 2, None, "tasks"),
    ("推动水城复兴", 0, 6, None, "tasks"),
    ("引才工程", 0, 6, None, "tasks"),
    ("考评对象", 0, 4, None, "other"),
    ("考核结果运用", 3, 4, "tasks", "other"),
    ("结果运用", 2, 4, "other", "other"),
    ("强化结果运用", 2, 5, "tasks", "tasks"),  # a measure
    # slogans of three characters; words of other lengths are none
    ("夯基础：补齐设施短板", 0, 4, None, "tasks"),
    ("优势所在", 0, 4, None, "background"),
]

# annexes that set work, and such as do not
ANNEXES = [
    ("泽宁市养老服务重点任务清单", [], "tasks"),
    ("任务分解表", [], "tasks"),
    ("重点任务分工方案", [], "tasks"),
    ("部门职责清单", ["县民政局"], "tasks"),
    ("考评指标", [], "tasks"),
    ("市级林长制成员单位职责清单", ["市林业局"], "tasks"),
    ("林长制领导小组成员", ["组长"], "other"),
    ("名词解释", ["节水型灌区"], "other"),
    ("工作专班成员名单", ["组长"], "other"),
    ("申报指南", ["申报条件"], "other"),
    ("近期安排", ["建设管网", "改造泵站", "资金来源"], "tasks"),  # most of its sections are measures
    ("有关材料", ["材料一", "改造泵站"], "other"),
]


@pytest.mark.parametrize(("title", "children", "role"), ANNEXES)
def test_annexes(title: str, children: list[str], role: str) -> None:
    assert annex_role(title, children) == role


@pytest.mark.parametrize(("title", "nth", "of", "before", "role"), CHAPTERS)
def test_chapters(title: str, nth: int, of: int, before: str | None, role: str) -> None:
    assert chapter_role(title, nth, of, before) == role  # type: ignore[arg-type]


# the first of several chapters, of whose title nothing is known, by its sections
FIRST_CHAPTERS = [
    ("赋能基层", ["推进资源下沉", "完善服务体系"], "tasks"),
    ("将健康融入经济建设", [], "tasks"),
    ("开启新征程", ["发展环境", "指导方针"], "background"),
    ("决胜全面小康，开启新征程", ["决胜小康取得成就", "把握新阶段", "坚持新理念", "实现更高目标"], "background"),
    ("深刻认识重大意义", ["提高思想认识", "把握形势任务"], "background"),
    ("走在前列", ["推进改革"], "background"),  # one section tells nothing
]


@pytest.mark.parametrize(("title", "sections", "role"), FIRST_CHAPTERS)
def test_a_first_chapter_by_its_sections(title: str, sections: list[str], role: str) -> None:
    assert chapter_role(title, 0, 5, None, sections) == role


@pytest.mark.parametrize(
    ("title", "following", "role"),
    [
        ("简政放权", ["放管结合", "优化服务", "保障措施"], "tasks"),  # a list of work has no chapter before it
        ("坚决守住粮食安全底线", ["扎实推进乡村发展", "加强党的领导"], "tasks"),
        ("持续简政放权", ["加强监管创新", "优化政府服务", "工作要求"], "tasks"),  # 要求 of safeguards
        ("千年水城", ["总体要求", "主要任务", "保障措施"], "background"),
        ("千年水城", ["总体思路和发展目标", "推进复兴"], "background"),
        ("工作背景", ["放管结合", "优化服务", "保障措施"], "background"),
        ("过去五年工作", ["健全服务网络", "培养人才队伍", "保障措施"], "background"),  # what was
        ("“十三五”时期养老服务", ["健全服务网络", "培养人才队伍"], "background"),
        ("产业发展态势", ["健全服务网络", "培养人才队伍"], "background"),  # what is
        ("工业经济稳增长", ["农业生产稳步发展", "项目建设提速", "保障措施"], "tasks"),
    ],
)
def test_a_first_chapter_by_those_after_it(title: str, following: list[str], role: str) -> None:
    assert chapter_role(title, 0, 1 + len(following), None, [], following) == role


@pytest.mark.parametrize(
    ("title", "before", "sections", "following", "role"),
    [
        # what is asked of those who do the work
        ("整治要求", "tasks", [], ["保障措施"], "safeguards"),
        ("实施要求", "tasks", [], ["职责分工"], "safeguards"),
        ("具体要求", "tasks", [], ["保障措施"], "safeguards"),
        ("建设要求", "tasks", [], [], "safeguards"),
        ("组织实施和工作要求", "tasks", [], [], "safeguards"),
        ("几点要求", "safeguards", [], [], "safeguards"),
        ("工作要求", "goals", ["加快整治"], ["整治计划安排", "保障措施"], "tasks"),
        ("整治要求", "principles", [], ["加强组织领导"], "tasks"),
        ("工作要求", "goals", [], ["组织实施"], "tasks"),
        # guiding thought before the work
        ("工作要求", "principles", [], ["重点任务", "保障措施"], "principles"),
        ("工作要求", "goals", [], ["推进设施建设", "优化服务"], "principles"),
        ("工作要求", "goals", ["坚持统筹推进", "坚持问题导向"], ["保障措施"], "principles"),
        ("总体要求", "goals", [], ["保障措施"], "principles"),
        ("总体要求", "tasks", [], ["保障措施"], "principles"),
        ("基本要求", "tasks", [], ["保障措施"], "principles"),
        ("发展要求", "background", [], ["保障措施"], "principles"),
        # the work of a year
        ("2026年工作安排", "goals", [], [], "tasks"),
        ("2026年政府工作安排", "background", [], [], "tasks"),
        ("今年工作安排和主要目标", "background", [], [], "tasks"),
        ("2026年发展主要目标和工作安排", "goals", [], [], "tasks"),
        ("工作安排", "tasks", [], [], "safeguards"),  # the time that it takes
        ("2025年工作安排落实情况", None, [], ["2026年工作安排"], "background"),
        ("2026年主要目标", "background", [], ["重点任务"], "goals"),
    ],
)
def test_what_is_asked_of_the_work_and_the_work_of_a_year(
    title: str, before: str | None, sections: list[str], following: list[str], role: str
) -> None:
    nth = 1 if before else 0
    assert chapter_role(title, nth, nth + 1 + len(following), before, sections, following) == role  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sections", "chapters", "held"),
    [
        (["人工林栽培", "中幼林抚育"], ["总体要求", "目标任务", "保障措施"], True),
        (["总体目标", "主要任务"], ["总体要求", "目标任务", "保障措施"], False),
        (["经济发展", "社会民生"], ["总体要求", "目标任务", "重点任务"], False),
        (["到2025年", "到2035年"], ["总体要求", "目标任务", "保障措施"], False),
        ([], ["总体要求", "目标任务", "保障措施"], False),
    ],
)
def test_a_chapter_of_goals_that_holds_the_tasks(sections: list[str], chapters: list[str], held: bool) -> None:
    assert holds_tasks("目标任务", sections, chapters) is held
    of_year = [chapter.replace("目标", "2026年目标") for chapter in chapters]
    assert holds_tasks("2026年目标任务", sections, ["“十五五”时期主要目标任务", *of_year]) is held
    assert not holds_tasks("发展目标", sections, chapters)


def test_sections_of_a_chapter() -> None:
    assert own_role("主要任务", "goals") == "tasks"  # 目标任务 holds both
    assert own_role("工作目标", "tasks") == "goals"
    assert own_role("完善目标体系", "tasks") == "tasks"
    assert own_role("国民经济和社会发展的主要目标", "principles") == "goals"
    assert own_role("坚持分类推进目标", "principles") == "principles"  # a deed, not the goals
    assert own_role("工作要求", "tasks") == "tasks"
    assert own_role("有关要求", "safeguards") == "safeguards"
    assert own_role("总体要求", "tasks") == "principles"


def test_a_text_that_explains_the_plan_sets_no_work() -> None:
    text = "一、总体目标\n好。\n二、重点任务\n修路。\n附件1：重点项目表\n附件2\n起草说明\n一、主要内容\n修桥。\n"
    state = reading_of(text)
    section = state.section_at(state.document.text.index("修桥"))
    assert section is not None
    assert (section.heading, section.role) == (None, "background")


@pytest.mark.parametrize(
    ("annex", "title"),
    [
        ("附件：名词解释\n1.瞪羚企业：成立3年以上、年均增长20%以上的企业。", "名词解释"),
        ("附件 名词解释\n瞪羚企业是指成立3年以上的企业。", "名词解释"),
        ("附录：名词解释\n瞪羚企业是指成立3年以上的企业。", "名词解释"),
        ("附件：名词解释\n云岭市人民政府\n2023年1月2日", None),  # only names what is attached
        ("附件：1.名词解释\n2.专家名单", None),
        ("附件：重点任务清单\n各县要抓好落实。", None),  # of a plan's work
    ],
)
def test_an_annex_with_its_title_on_one_line(annex: str, title: str | None) -> None:
    found = reading_of(f"一、重点任务\n（一）建设网点\n新建20个。\n二、保障措施\n（一）加强领导\n健全机制。\n{annex}\n")
    annexes = [heading.title for heading in found.headings if (heading.number or "").startswith("附")]
    assert annexes == ([title] if title else [])


@pytest.mark.parametrize(
    ("line", "heading"), [("表1 主要指标", False), ("图2-1 空间布局", False), ("表彰奖励", True), ("图书馆建设", True)]
)
def test_the_caption_of_a_table_is_no_heading_in_markdown(line: str, heading: bool) -> None:
    text = f"## 第一章 发展目标\n\n### {line}\n\n加快建设。\n\n## 第二章 任务\n\n### 第一节 网点\n\n新建20个。\n"
    assert (line in [one.title for one in reading_of(text, "plan.md").headings]) == heading


def test_sections_cover_the_text() -> None:
    for path in OUTLINES:
        found = reading_of(path.read_text(encoding="utf-8").split("\n=====\n")[0])
        text = found.document.text
        behind = 0
        for section in found.sections:
            between = text[behind : section.start]
            # only a heading's own words lie between two sections
            assert not between.strip() or section.heading is not None
            assert section.start <= section.end
            behind = section.end
        assert behind == len(text)
        for offset in range(0, len(text), 7):
            assert found.section_at(offset) is not None


def test_parents_precede_their_children() -> None:
    for path in OUTLINES:
        found = reading_of(path.read_text(encoding="utf-8"))
        for position, heading in enumerate(found.headings):
            assert heading.position == position
            assert heading.parent is None or heading.parent < position
            assert (heading.parent is None) == (heading.kind == "chapter")


def test_a_box_before_any_heading_has_no_parent() -> None:
    found = reading_of("专栏1 重点工程\n1.道路工程。新建10公里。\n2.桥梁工程。新建2座。\n第一章 总则\n制定本规划。\n")
    assert [(h.kind, h.parent) for h in found.headings] == [
        ("box", None),
        ("box-item", 0),
        ("box-item", 0),
        ("chapter", None),
    ]


def headings_of(text: str) -> list[str]:
    return [heading.title for heading in reading_of(text).headings if isinstance(heading, Heading)]


NEAR_MISSES = [
    # an enumeration under a heading, each line a sentence
    (
        "一、总体要求\n抓好以下工作：\n1.开展调查，摸清底数；\n2.制定计划，分类处置；\n3.建立机制。\n二、任务\n好。\n",
        ["总体要求", "任务"],
    ),
    (
        "一、任务\n第一、增加投入10万元，新建中心，形成合力。\n健全制度。\n二、保障\n好。\n",
        ["任务", "保障"],
    ),  # no second
    # a list of names without any text
    ("一、重点项目\n1.云岭水库\n2.澄江灌区\n3.南山水厂\n二、保障\n好。\n", ["重点项目", "保障"]),
    # a number that follows on nothing
    ("一、总体要求\n制定本规划。\n7.加强领导。落实责任。\n二、任务\n好。\n", ["总体要求", "任务"]),
    # 1.2 is no number of this chapter's
    (
        "1 背景\n1.1 基础\n好。\n8.3 公里道路\n1.2 形势\n好。\n2 任务\n2.1 改造\n好。\n",
        ["背景", "基础", "形势", "任务", "改造"],
    ),
    # a chapter that a sentence mentions
    ("第一章 背景\n如前所述。\n第二章所列任务由各部门落实\n第二章 任务\n好。\n", ["背景", "任务"]),
]


@pytest.mark.parametrize(("text", "titles"), NEAR_MISSES)
def test_near_misses(text: str, titles: list[str]) -> None:
    assert headings_of(text) == titles


NESTINGS = [
    # what explains the plan behind it is no part of it, whatever its numbers
    (
        "总体目标\n新建水库5座。\n重点任务\n改造灌区5处。\n政策解读\n一、出台背景\n高度重视。\n二、主要任务\n推进节水。\n",
        "chapter 总体目标, chapter 重点任务",
    ),
    (
        "一、总体目标\n新建水库5座。\n二、重点任务\n改造灌区5处。\n《云岭省节水行动方案（2023—2025年）》政策解读\n一、出台背景\n高度重视。\n",
        "chapter 总体目标, chapter 重点任务",
    ),
    # a title without the plan's name, where the numbers begin anew
    (
        "一、总体目标\n新建水库5座。\n二、重点任务\n改造灌区5处。\n政策解读\n答问如下。\n一、出台背景\n高度重视。\n二、目标\n节水。\n",
        "chapter 总体目标, chapter 重点任务",
    ),
    (
        "第一章 总体目标\n新建水库5座。\n第二章 重点任务\n改造灌区5处。\n起草说明\n一、起草背景\n高度重视。\n二、目标\n节水。\n",
        "chapter 总体目标, chapter 重点任务",
    ),
    # where the plan's go on, it is a measure
    (
        "一、总体要求\n好。\n二、重点任务\n（一）优化服务\n政策解读\n县税务局开展解读。\n（二）强化监管\n检查。\n三、保障措施\n落实。\n",
        "chapter 总体要求, chapter 重点任务, section 优化服务, section 强化监管, chapter 保障措施",
    ),
    (
        "一、总体要求\n好。\n二、重点任务\n惠企政策解读\n1.开展解读\n办讲座。\n2.编印手册\n发放手册。\n三、保障措施\n落实。\n",
        "chapter 总体要求, chapter 重点任务, section 开展解读, section 编印手册, chapter 保障措施",
    ),
    # up to the next annex
    (
        "一、总体目标\n新建水库5座。\n二、重点任务\n改造灌区5处。\n附件1\n关于云岭省节水行动方案的起草说明\n一、起草过程\n座谈。\n附件2\n任务分工\n"
        "一、改造灌区\n改造5处。\n二、修桥\n修桥。\n",
        "chapter 总体目标, chapter 重点任务, chapter 任务分工, section 改造灌区, section 修桥",
    ),
    # numbers of an annex do not hide the headings of a plan without any
    (
        "总体目标\n新建水库5座。\n重点任务\n改造灌区5处。\n附件1\n任务分工\n一、改造灌区\n改造5处。\n二、修桥\n修桥。\n",
        "chapter 总体目标, chapter 重点任务, chapter 任务分工, section 改造灌区, section 修桥",
    ),
    # measures that are like such a title
    (
        "一、任务\n（一）加强政策解读\n及时解读。\n（二）修路\n修路。\n二、保障\n加强政策解读\n及时解读。\n编制说明书\n好。\n",
        "chapter 任务, section 加强政策解读, section 修路, chapter 保障, section 加强政策解读, section 编制说明书",
    ),
    # a link to the explanation above the plan
    (
        "《云岭省节水行动方案》政策解读\n云岭省节水行动方案\n一、总体目标\n新建水库5座。\n二、重点任务\n改造灌区5处。\n",
        "chapter 总体目标, chapter 重点任务",
    ),
    # chapters that lost their numbers, the goals with running text, the others with numbered sections
    (
        "工作目标\n到2025年，新建水库5座。\n工作任务\n（一）改造灌区\n改造灌区5处。\n（二）关停项目\n关停项目4个。\n工作要求\n（一）加强领导。健全机制。\n",
        "chapter 工作目标, chapter 工作任务, section 改造灌区, section 关停项目, chapter 工作要求, section 加强领导",
    ),
    # numbered sections in one chapter only
    (
        "总体目标\n新建水库5座。\n重点任务\n以下工作要抓紧。\n1.改造灌区。改造灌区5处。\n2.关停项目。关停项目4个。\n保障措施\n市水利局要健全机制。\n",
        "chapter 总体目标, chapter 重点任务, section 改造灌区, section 关停项目, chapter 保障措施",
    ),
    # chapters and sections without a number, the items with one
    (
        "总体目标\n新建水库5座。\n主要任务\n推进农业节水\n1.改造灌区。改造5处。\n2.推广滴灌。推广3万亩。\n推进工业节水\n1.严控项目。关停4个。\n"
        "2.改造企业。改造6家。\n保障措施\n加强领导。健全机制。\n",
        "chapter 总体目标, chapter 主要任务, section 推进农业节水, item 改造灌区, item 推广滴灌, section 推进工业节水, item 严控项目, "
        "item 改造企业, chapter 保障措施",
    ),
    # chapters of work with names of their own beside 总体目标
    (
        "总体目标\n新建水库5座。\n产业振兴\n一、建园区\n建设园区1个。\n二、强企业\n培育企业6家。\n人才振兴\n一、引人才\n引进5人。\n二、育人才\n培育9人。\n",
        "chapter 总体目标, chapter 产业振兴, section 建园区, section 强企业, chapter 人才振兴, section 引人才, section 育人才",
    ),
    # parts below a numbered chapter are no chapters: the numbers go on
    (
        "一、总体要求\n指导思想\n坚持创新。\n工作目标\n新建水库5座。\n二、重点任务\n改造灌区5处。\n",
        "chapter 总体要求, section 指导思想, section 工作目标, chapter 重点任务",
    ),
    # lines of a list in the opening, above chapters that have numbers
    (
        "总体目标\n重点任务\n一、总体要求\n坚持创新。\n二、重点任务\n改造灌区5处。\n",
        "chapter 总体要求, chapter 重点任务",
    ),
    # 1. above （一）: the list of 1. goes on behind it
    (
        "1.总体要求\n（一）指导思想\n好。\n（二）主要目标\n好。\n2.重点任务\n（一）建设\n好。\n（二）改造\n好。\n",
        "chapter 总体要求, section 指导思想, section 主要目标, chapter 重点任务, section 建设, section 改造",
    ),
    # the title on the line below its number
    ("第一章\n总体要求\n好。\n第二章\n重点任务\n好。\n", "chapter 总体要求, chapter 重点任务"),
    # a heading that the conversion dropped
    ("一、背景\n好。\n三、任务\n好。\n", "chapter 背景, chapter 任务"),
    # a number printed twice
    ("一、背景\n好。\n二、任务\n好。\n二、保障\n好。\n", "chapter 背景, chapter 任务, chapter 保障"),
    # brackets around a box's number
    (
        "一、任务\n好。\n【专栏1】重点工程\n（1）道路。修路。\n（2）桥梁。修桥。\n二、保障\n好。\n",
        "chapter 任务, box 重点工程, box-item 道路, box-item 桥梁, chapter 保障",
    ),
    # sentences that mention boxes
    ("一、任务\n专栏1所列工程要按期完成。\n专栏2、专栏3中的项目\n二、保障\n好。\n", "chapter 任务, chapter 保障"),
    # titles and texts on one line, set apart by wide gaps; the full stops were lost with the line breaks
    (
        "一、产业政策　　第一章　农业　　第一节　　任务　　继续加强农业，改善农民的生活条件，增加粮食产量\n"
        "　　第二章　工业，能源和建材　　（一）电力　　1990年全国发电量比五年前增加百分之四十以上\n"
        "二、地区布局　　第三章　东部　　发展沿海地区的加工工业和对外贸易，提高技术水平\n",
        "chapter 产业政策, section 农业, item 任务, section 工业，能源和建材, item 电力, chapter 地区布局, section 东部",
    ),
    # the same with a single blank, before a sentence that is too long for a title
    (
        "第一章 发展基础 “十三五”以来，全县森林面积稳步增加，林业产值增长。\n第二章 主要任务\n"
        "第一节 推进国土绿化 每年完成造林2万亩，提高林分质量。\n第三章 保护古镇 古村和民族节庆，做响品牌\n好。\n",
        "chapter 发展基础, chapter 主要任务, section 推进国土绿化, chapter 保护古镇古村和民族节庆，做响品牌",
    ),
    # 一、 above 第一章 where it stands right above a chapter, else below it
    (
        "一、总论\n第一章 背景\n好。\n第二章 形势\n好。\n二、任务\n第三章 修路\n好。\n第四章 修桥\n好。\n",
        "chapter 总论, section 背景, section 形势, chapter 任务, section 修路, section 修桥",
    ),
    (
        "一、总则\n第一条 目的\n好。\n第二条 范围\n好。\n二、布局\n第三条 修路\n好。\n三、实施\n第四条 领导\n好。\n",
        "chapter 总则, section 目的, section 范围, chapter 布局, section 修路, chapter 实施, section 领导",
    ),
    (
        "第一章 背景\n一、现状\n好。\n二、形势\n好。\n第二章 任务\n一、修路\n好。\n第三章 保障\n好。\n",
        "chapter 背景, section 现状, section 形势, chapter 任务, section 修路, chapter 保障",
    ),
    # 一、 right below a box's title counts its works, where the plan's own headings are 第一节
    (
        "第一章 任务\n第一节 景区\n好。\n专栏1 景区工程\n一、古镇工程。修缮古镇。\n二、步道工程。建设步道。\n"
        "第二节 产品\n好。\n",
        "chapter 任务, section 景区, box 景区工程, box-item 古镇工程, box-item 步道工程, section 产品",
    ),
    # a body and what it does
    (
        "一、市林业局：负责日常工作，组织考核。\n二、市公安局：负责打击违法犯罪。\n三、水环境：统筹推进江河治理\n好。\n",
        "chapter 市林业局, chapter 市公安局, chapter 水环境：统筹推进江河治理",
    ),
    # a preface before the contents
    (
        "前　言\n好。\n目录\n一、背景…………1\n二、任务…………3\n三、保障…………9\n"
        "一、背景\n好。\n二、任务\n好。\n三、保障\n好。\n",
        "chapter 前言, chapter 背景, chapter 任务, chapter 保障",
    ),
    # articles that are counted through the chapters
    (
        "第一章 总则\n第1条 规划目的\n好。\n第2条 规划范围\n好。\n第二章 布局\n第3条 开发边界\n好。\n",
        "chapter 总则, section 规划目的, section 规划范围, chapter 布局, section 开发边界",
    ),
    # parts of a plan of action
    (
        "一、目标\n好。\n二、重点行动\n行动一：修路行动\n1.建设。修路。\n2.养护。护路。\n行动二：修桥行动\n3.检测。查桥。\n"
        "4.加固。修桥。\n三、保障\n好。\n",
        "chapter 目标, chapter 重点行动, section 修路行动, item 建设, item 养护, section 修桥行动, item 检测, item 加固, chapter 保障",
    ),
    # a table without pipes at its margins holds neither the box's heading above nor the chapter below
    (
        "第一章 目标\n好。\n\n专栏1  主要指标\n指标 | 2020年 | 2025年\n---|---|---\n覆盖率（%） | 38 | 40\n\n第二章  重点任务\n\n第一节  造林\n好。\n",
        "chapter 目标, box 主要指标, chapter 重点任务, section 造林",
    ),
    # a table is over at a heading, although blanks stand around the numbers of the text below
    (
        "第一章 背景\n第一节 现状\n表1 完成情况\n指标    单位    2015 年    2020 年\n里程    公里    25.6    26.1\n（一）“十四五”挑战\n"
        "老龄化加快，预计到 2025 年 60 岁以上人口占 30%。\n第二节 形势\n预计到 2025 年，占比达 30% 以上。\n第二章 任务\n好。\n",
        "chapter 背景, section 现状, item “十四五”挑战, section 形势, chapter 任务",
    ),
    # … and at a chapter whose number was spread out, with its section on the next line
    (
        "第 一 章　目标\n好。\n表1 指标\n序号 指标 单位 2020年 2025年\n1 覆盖率 % 41.2 43.5\n2 蓄积量 万立方米 16 18\n"
        "第 二 章　任务\n第 一 节　北部\n好。\n",
        "chapter 目标, chapter 任务, section 北部",
    ),
    # 01 without a mark behind it
    (
        "一、任务\n专栏1 工程\n01道路工程：新建道路，改善出行。\n02桥梁工程：新建桥梁。\n二、保障\n好。\n",
        "chapter 任务, box 工程, box-item 道路工程, box-item 桥梁工程, chapter 保障",
    ),
    # the name of an attached table
    ("一、任务\n好。\n二、保障\n好。\n附表1 项目表\n序号\t项目\n1\t道路\n2\t桥梁\n", "chapter 任务, chapter 保障"),
    # annexes that are lists, with what is in them, and one with a text
    (
        "一、任务\n好。\n二、保障\n好。\n附件1\n重点项目清单\n一、道路\n修路。\n二、桥梁\n修桥。\n附件2\n考核办法\n一、对象\n好。\n",
        "chapter 任务, chapter 保障, chapter 考核办法, section 对象",
    ),
    # no numbers at all: what stands right below a heading stands under it
    (
        "总体要求\n指导思想\n坚持改革。\n主要目标\n到2025年建成。\n主要任务\n改造道路\n新建10公里。\n保障措施\n加强领导。\n",
        "chapter 总体要求, section 指导思想, section 主要目标, chapter 主要任务, section 改造道路, chapter 保障措施",
    ),
    # decimals whose spaces were lost
    (
        "1总则\n1.1目的\n好。\n1.2依据\n好。\n2任务\n2.1建设\n好。\n2.2改造\n好。\n",
        "chapter 总则, section 目的, section 依据, chapter 任务, section 建设, section 改造",
    ),
    # the plan's title as a head on its second page, once
    (
        "关于印发《云岭市道路规划》的通知\n各区：\n云岭市道路规划\n一、任务\n好。\n云岭市道路规划\n二、保障\n好。\n",
        "chapter 任务, chapter 保障",
    ),
    # the same right below the first heading, so that its line is between two printings of the title
    (
        "关于印发《云岭市道路规划》的通知\n各区：\n云岭市道路规划\n一、任务\n云岭市道路规划\n好。\n二、保障\n好。\n",
        "chapter 任务, chapter 保障",
    ),
    # bold numbers behind a note of who does it
    (
        "## 一、任务\n\n**（一）修路。**年内修好，方便出行。（责任单位：市交通局）\n\n**（二）修桥。**年内修好桥梁。\n",
        "chapter 任务, section 修路, section 修桥",
    ),
    # an annex among numbers that run through the plan
    (
        "1.道路。好。\n2.桥梁。好。\n附件1\n3.隧道。好。\n4.码头。好。\n",
        "chapter 道路, chapter 桥梁, chapter 附件1, section 隧道, section 码头",
    ),
    # a single 1. that the table of contents has
    (
        "目录\n一、任务……1\n1.道路……1\n二、改造……2\n\n一、任务\n1.道路\n修路。\n二、改造\n好。\n",
        "chapter 任务, section 道路, chapter 改造",
    ),
    # a long sentence by itself right above 1. is the title of that list
    (
        "一、任务\n（一）加快推进县城和乡镇老旧供水管网改造和厂站提升工程，保障供水。\n1.改造管网。修好。\n2.建设水厂。建好。\n"
        "（二）推进供水建设。\n1.保护水源。护好。\n2.降低漏损。降好。\n二、保障\n好。\n",
        "chapter 任务, section 加快推进县城和乡镇老旧供水管网改造和厂站提升工程，保障供水, item 改造管网, item 建设水厂, "
        "section 推进供水建设, item 保护水源, item 降低漏损, chapter 保障",
    ),
    # one that states something is none, nor one without a list
    (
        "一、任务\n（一）到2025年，县城和乡镇老旧供水管网改造和厂站提升工程全部完成，供水有保障。\n1.改造管网。修好。\n2.建设水厂。建好。\n"
        "二、保障\n好。\n",
        "chapter 任务, section 改造管网, section 建设水厂, chapter 保障",
    ),
    (
        "一、任务\n（一）加快推进县城和乡镇老旧供水管网改造和厂站提升工程，保障供水。\n（二）推进供水建设，让县城和乡镇群众喝上放心水，"
        "让企业用上便宜水。\n二、保障\n好。\n",
        "chapter 任务, chapter 保障",
    ),
    # a list of annexes is none of them
    ("一、任务\n好。\n二、保障\n好。\n附件一览表\n见各附件。\n", "chapter 任务, chapter 保障"),
    # the box ends where the body's own numbers go on
    (
        "一、任务\n1.建设。好。\n专栏1 工程\n1.道路。修路。\n2.桥梁。修桥。\n3.隧道。挖洞。\n修建时注意安全。\n"
        "2.改造。好。\n二、保障\n好。\n",
        "chapter 任务, section 建设, box 工程, box-item 道路, box-item 桥梁, box-item 隧道, section 改造, chapter 保障",
    ),
]


@pytest.mark.parametrize(("text", "expected"), NESTINGS)
def test_nesting(text: str, expected: str) -> None:
    found = reading_of(text).headings
    assert ", ".join(f"{heading.kind} {heading.title}" for heading in found) == expected


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                "第一章 背景",
                "一、任务",
                "（一）建设。好。",
                "1.改造。好。",
                "1.1 体系",
                "专栏1 工程",
                "附件1",
                "前言",
                "目录",
                "坚持发展，",
                "好。",
                "|a|b|",
                "a\tb",
                "序号 指标 单位 2020年",
                "- 1 -",
                "",
                "\f",
                "  3  ",
            ]
        ),
        max_size=40,
    )
)
def test_any_order_of_lines_is_read(parts: list[str]) -> None:
    found = reading_of("\n".join(parts))
    assert all(fact.evidence.quote for fact in found.facts)
