"""The layout: what a conversion broke is mended, what is no text is set apart, and every character keeps its place."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_of import source_of

from extractors.document import Document
from extractors.layout import layout
from extractors.layout.markup import readable
from ontology.model.source import Cell, Mark, SourceTable

OUTLINES = sorted((Path(__file__).parent / "outlines").iterdir())
KINDS = {"text": "", "table": "T:", "contents": "C:"}


def blocks_of(text: str, name: str = "plan.txt", **more: object) -> list[str]:
    """The blocks' words; a table's begin with T:, a table of contents' with C:."""
    document = layout(source_of(text, name, **more))
    return [KINDS[block.kind] + document.words(block) for block in document.blocks]


# a text whose lines are set 20 wide, first lines indented by two (the indent itself is gone)
WRAPPED = """第一章 发展基础
全市公路总里程达到一万二千公里，其中
高速公路六百公里，普通国省干线基本达到二
级以上标准，农村公路通达所有的建制村。
服务水平稳步提升，城区公共交通分担率
达到百分之四十五，建制村客车通达率达到百
分之百，群众出行更加便捷。
第二章 主要任务
加快推进高铁建设，推动既有铁路电气化
改造，实现县县通铁路，新增铁路营业里程三
百公里以上。
"""


def test_hard_wrapped_lines_are_joined() -> None:
    assert blocks_of(WRAPPED) == [
        "第一章 发展基础",
        "全市公路总里程达到一万二千公里，其中高速公路六百公里，普通国省干线基本达到二级以上标准，农村公路通达所有的建制村。",
        "服务水平稳步提升，城区公共交通分担率达到百分之四十五，建制村客车通达率达到百分之百，群众出行更加便捷。",
        "第二章 主要任务",
        "加快推进高铁建设，推动既有铁路电气化改造，实现县县通铁路，新增铁路营业里程三百公里以上。",
    ]


# 45 sentences whose full stops a conversion turned into line breaks; paragraphs are indented
SENTENCES = (
    "第一章 主要任务\n　　坚持创新驱动，加快建设教育强县\n扩大学位供给\n九年义务教育巩固率达到９６％，学位增加2，000个\n"
    "　　第一节　医疗卫生　　健全服务体系，推进分级诊疗\n每千人口床位数达到6张，药品供应有保障\n"
    + "　　完善服务，落实责任\n"
    * 40
)


def test_lines_that_lost_their_full_stops_are_sentences() -> None:
    assert blocks_of(SENTENCES)[:4] == [
        "第一章 主要任务",
        "坚持创新驱动，加快建设教育强县。扩大学位供给。九年义务教育巩固率达到９６％，学位增加2，000个",
        "第一节　医疗卫生",
        "健全服务体系，推进分级诊疗。每千人口床位数达到6张，药品供应有保障",
    ]
    exact(layout(source_of(SENTENCES)), " \n。")


GAPS = "第一章  任务\n" + "".join(
    f"第{n}节  {title}     {text}\n"
    for n, title, text in (
        ("一", "完善学前教育", "扩大普惠资源，新建幼儿园。"),
        ("二", "发展职业教育", "推进产教融合，建设实训基地。"),
        ("三", "提升高等教育", "优化学科布局，引进人才。"),
        ("四", "推进结构调整", "优化专业结构"),
    )
)


def test_a_short_text_behind_a_gap_is_no_title_where_others_are_none() -> None:
    assert blocks_of(GAPS)[-2:] == ["第四节  推进结构调整", "优化专业结构"]
    few = "\n".join(GAPS.split("\n")[i] for i in (0, 1, 4))  # one other line is too few to tell
    assert blocks_of(few)[-1] == "第四节  推进结构调整     优化专业结构"


@pytest.mark.parametrize(
    "text",
    [
        SENTENCES + "　　到2025年，全面建成。\n",  # the text has full stops
        SENTENCES.replace("，落实责任", "，"),  # lines end inside sentences
        "\n".join(SENTENCES.split("\n")[:20]),  # too few lines to tell
    ],
)
def test_other_lines_are_no_sentences(text: str) -> None:
    assert not any("教育强县。扩大" in block for block in blocks_of(text))


@pytest.mark.parametrize(
    ("line", "stays"), [("深化养老服务改革以及推进健康云岭建设的重要政策文件", True), ("云岭省人民政府文件", False)]
)
def test_only_a_letterhead_of_a_body_is_dropped_inside_a_sentence(line: str, stays: bool) -> None:
    text = f"各级各部门要认真学习贯彻落实近年来省里出台的一系列关于\n{line}\n的精神，结合本地实际抓好落实。\n"
    assert (line in "".join(blocks_of(text))) == stays


def test_blank_lines_between_wrapped_lines_change_nothing() -> None:
    assert blocks_of(WRAPPED.replace("\n", "\n\n")) == blocks_of(WRAPPED)


@pytest.mark.parametrize(
    "number", ["-12-", "- 7 -", "— 11 —", "-13- -13-", "－ 3 －", "第 3 页", "第3页 共30页", "·5·", "3/30"]
)
def test_page_numbers_do_not_cut_a_paragraph(number: str) -> None:
    lines = WRAPPED.split("\n")
    assert blocks_of("\n".join([*lines[:2], "", number, "", *lines[2:]])) == blocks_of(WRAPPED)


def test_headings_at_the_margin_leave_indented_paragraphs_their_indent() -> None:
    headings = iter(["第一节 设施情况\n", "第二节 服务情况\n", "第三节 满意情况\n", "第四节 问题\n"])
    body = re.sub("^    ", lambda _: next(headings) + "    ", INDENTED.split("\n", 1)[1], flags=re.MULTILINE)
    title = "    云岭市城乡公共交通服务体系建设与发展规划"  # as wide as the text, and no sentence
    assert blocks_of(f"{title}\n    云岭市交通运输局\n{body}")[:2] == [title.strip(), "云岭市交通运输局"]


def test_the_title_and_the_number_of_a_notice_stand_alone() -> None:
    title = "云岭市人民政府办公室关于印发全市道路交通设施\n建设与公共服务能力提升三年发展规划的通知\n"
    text = f"{title}云政办发〔2021〕12号\n各县（市、区）：\n{WRAPPED}"
    assert blocks_of(text)[:3] == [title.replace("\n", ""), "云政办发〔2021〕12号", "各县（市、区）："]


def test_a_title_as_wide_as_the_text_does_not_swallow_the_first_heading() -> None:
    text = f"云岭市城乡道路交通设施建设与服务能力规划\n一、发展基础\n{WRAPPED}"
    assert blocks_of(text)[:2] == ["云岭市城乡道路交通设施建设与服务能力规划", "一、发展基础"]


def test_contents_without_page_numbers_end_where_the_text_begins() -> None:
    entries = "目 录\n一、发展基础\n（一）现状\n二、主要任务\n（一）修路\n"
    preface = "公路运输是重大的民生工程、连着千家万户与\n各行各业。为推动发展，根据《云岭省公路规划》\n（云政发〔2021〕1号），制定本规划。\n"
    found = blocks_of(entries + preface + "一、发展基础\n" + WRAPPED)
    assert found[0].startswith("C:目 录")
    assert found[1].startswith("公路运输是重大的民生工程")


def test_words_and_numbers_in_gaps_are_no_text_whatever_their_heads() -> None:
    rows = ["修路里程   公里   120      150", "          市公路局   约束性     里程", "改造桥梁   座    30 以上    40"]
    found = blocks_of("第一章 目标\n" + "\n".join([*rows, *rows]) + "\n第二章 任务\n修路。\n")
    assert [words[:2] for words in found] == ["第一", "T:", "第二", "修路"]
    line = "项目名称   公里   120      150"  # one such line says little
    assert blocks_of(f"第一章 目标\n修路。\n{line}\n修桥。\n")[2] == line


def test_the_next_of_a_count_begins_anew_behind_a_full_line_without_a_stop() -> None:
    text = (
        WRAPPED
        + "2.完善公交网络。新开线路二十条，优化站点。\n责任单位：市交通局、市住建局、市财政局等\n3.建设充电设施。新建充电桩。\n"
    )
    assert blocks_of(text)[-1] == "3.建设充电设施。新建充电桩。"
    other = WRAPPED + "2.完善公交网络。开通线路，优化站点，新增\n5.2公里专用道。\n"  # a number, and not the next one
    assert blocks_of(other)[-1].endswith("新增5.2公里专用道。")


def test_a_label_goes_on_in_the_bracket_that_the_line_before_opened() -> None:
    line = "实施历史遗留矿山修复一千二百公顷，治理水土流失面积若干。"
    text = f"{line}\n{line}\n{line}（\n责任单位：县水利局、县林业局；\n配合单位：县财政局）\n责任单位：县教育局\n"
    found = blocks_of(text)
    assert found[-2].endswith("。（责任单位：县水利局、县林业局；配合单位：县财政局）")
    assert found[-1] == "责任单位：县教育局"


@pytest.mark.parametrize(
    ("head", "kept"),
    [("云岭市林草保护规划", False), ("市林业局", True)],  # the names in a table's cells have numbers beside them too
)
def test_odd_page_numbers_beside_the_title_that_comes_back(head: str, kept: bool) -> None:
    page = "全市森林蓄积量达到一定规模，生态功能明显增强，林业产值增加。\n" * 8
    text = "云岭市林草保护规划\n" + "".join(f"{page}{n}\n{head}\n" for n in (1, 3, 5, 7))
    assert any(words.startswith(("1", "3", "5", "7")) for words in blocks_of(text)) is kept


def test_a_labelled_line_goes_on_behind_a_page_break() -> None:
    label = "02云岭全市老旧桥梁改造提升工程：对老旧桥"
    text = f"{WRAPPED}{label}\n- 3 -\n梁开展检测，及时加固修复。\n"
    assert blocks_of(text)[-1] == "02云岭全市老旧桥梁改造提升工程：对老旧桥梁开展检测，及时加固修复。"


def test_a_paragraph_that_a_form_feed_cuts_is_joined() -> None:
    assert blocks_of(WRAPPED.replace("\n高速公路", "\n\f高速公路")) == blocks_of(WRAPPED)


# paragraphs that are one line each, but where a page break cuts one
CUT = "进一步加快健全公共服务体系，推进信息系统建\n\n设，提升经办能力，让群众更加满意。\n"
JOINS = [
    (CUT, ["进一步加快健全公共服务体系，推进信息系统建设，提升经办能力，让群众更加满意。"]),
    # a finished paragraph
    ("健全服务体系，推进建设。\n\n提升能力，让群众满意。\n", ["健全服务体系，推进建设。", "提升能力，让群众满意。"]),
    # a heading is no cut sentence
    ("第一节 健全服务体系\n\n推进建设，提升能力。\n", ["第一节 健全服务体系", "推进建设，提升能力。"]),
    # a list is not joined to the line before
    (
        "重点抓好以下工作，包括健全服务体系和推进系统建设\n1.开展调查，摸清底数；\n",
        ["重点抓好以下工作，包括健全服务体系和推进系统建设", "1.开展调查，摸清底数；"],
    ),
    # a value that the line before announces is no number of a heading
    (
        "坚持底线约束，开发边界扩展倍数不超过\n1.3。统筹划定控制线。\n",
        ["坚持底线约束，开发边界扩展倍数不超过1.3。统筹划定控制线。"],
    ),
    (
        "加快数字校园建设，全县生机比达到8：\n1，建成校园网络。\n",
        ["加快数字校园建设，全县生机比达到8：1，建成校园网络。"],
    ),
    ("优化空间，城镇化率提高到\n65，耕地稳定。\n", ["优化空间，城镇化率提高到65，耕地稳定。"]),
    # numbers of lists and headings behind the same words
    ("全面推进，重点任务为\n1，改造校舍。\n", ["全面推进，重点任务为", "1，改造校舍。"]),
    ("全面推进，主要目标达到\n1、改造校舍。\n", ["全面推进，主要目标达到", "1、改造校舍。"]),
    ("全面推进，目标如下：\n1，改造校舍。\n", ["全面推进，目标如下：", "1，改造校舍。"]),
    ("全面推进，把工作落实到\n1.1 改造校舍\n", ["全面推进，把工作落实到", "1.1 改造校舍"]),
    # a title inside 《》 goes on in the next line
    (
        "关于印发《云岭市养老服务\n“十四五”规划》的通知\n各区：\n",
        ["关于印发《云岭市养老服务“十四五”规划》的通知", "各区："],
    ),
    # a Markdown heading is a line, however short the lines below are
    (
        "# 云岭市节水行动方案\n\n总体目标\n\n新建水库5座。\n\n**推进节水。**改造灌区5处，推广滴灌。\n",
        ["云岭市节水行动方案", "总体目标", "新建水库5座。", "推进节水。改造灌区5处，推广滴灌。"],
    ),
    # a signature and its day stand alone
    ("云岭市人民政府\n2021年8月1日\n", ["云岭市人民政府", "2021年8月1日"]),
    # the note of who does what ends a paragraph; a bracket inside a sentence does not
    (
        "健全服务体系，推进信息系统建设，提升经办能力。（责任单位：市教育局，各县\n（市）人民政府）\n\n提升能力，让群众满意。\n",
        [
            "健全服务体系，推进信息系统建设，提升经办能力。（责任单位：市教育局，各县（市）人民政府）",
            "提升能力，让群众满意。",
        ],
    ),
    (
        "健全服务体系，推进信息系统建设，提升经办能力。（责任单位：\n省水利厅、省财政厅）\n提升能力。\n",
        ["健全服务体系，推进信息系统建设，提升经办能力。（责任单位：省水利厅、省财政厅）", "提升能力。"],
    ),
    # so does the note of its time; a year in brackets does not
    (
        "培训护理员500名，改造幸福院8所，（2024年6月底前完成）\n保障措施\n加强领导。\n",
        ["培训护理员500名，改造幸福院8所，（2024年6月底前完成）", "保障措施", "加强领导。"],
    ),
    (
        "培训护理员500名，改造幸福院8所（长期坚持）\n提升服务。\n",
        ["培训护理员500名，改造幸福院8所（长期坚持）", "提升服务。"],
    ),
    (
        "健全服务体系，推进实施养老服务体系建设行动方案（2024年）\n的各项任务，提升能力。\n",
        ["健全服务体系，推进实施养老服务体系建设行动方案（2024年）的各项任务，提升能力。"],
    ),
    # so does the label of its time with that time, which a line break may divide
    (
        "新建敬老院1所，改造幸福院8所。责任单位：县民政局　完成时限：2024年6月底\n改造校舍，提升能力。完成时限：持续推进\n提升服务。\n",
        [
            "新建敬老院1所，改造幸福院8所。责任单位：县民政局完成时限：2024年6月底",
            "改造校舍，提升能力。完成时限：持续推进",
            "提升服务。",
        ],
    ),
    (
        "新建敬老院1所，改造幸福院8所，提升服务能力。完成时限：2024年6月\n底前。\n",
        ["新建敬老院1所，改造幸福院8所，提升服务能力。完成时限：2024年6月底前。"],
    ),
    (
        "新建敬老院1所，改造幸福院8所，提升服务能力，对完成时限另有规定的项目，到2024年\n全部完成。\n",
        ["新建敬老院1所，改造幸福院8所，提升服务能力，对完成时限另有规定的项目，到2024年全部完成。"],
    ),
    # a bracket that is never closed
    (
        "健全服务体系，推进信息系统建设，提升经办能力。（见附件。\n提升能力（含开发区），让群众满意。\n",
        ["健全服务体系，推进信息系统建设，提升经办能力。（见附件。", "提升能力（含开发区），让群众满意。"],
    ),
    (
        "健全服务体系，推进信息系统建设，支持各地（含开发区）\n\n提升能力，让群众满意。\n",
        ["健全服务体系，推进信息系统建设，支持各地（含开发区）提升能力，让群众满意。"],
    ),
    (
        "健全服务体系，推进信息系统建设，提升经办能力。（省水利厅、\n省财政厅）\n（二）提升能力\n",
        ["健全服务体系，推进信息系统建设，提升经办能力。（省水利厅、省财政厅）", "（二）提升能力"],
    ),
    # a measure at the beginning of a line is no number
    (
        "全面推进农村安全饮水工程建设，新建水厂，解决\n1.8万人的饮水问题，让群众满意。\n",
        ["全面推进农村安全饮水工程建设，新建水厂，解决1.8万人的饮水问题，让群众满意。"],
    ),
    # a heading of clauses that fills its line, and the first number under it
    (
        "（一）完善制度机制，为群众提供更好的保障\n1.健全制度。建立动态监测机制，落实责任到\n人，及时发现。\n" * 4,
        [
            "（一）完善制度机制，为群众提供更好的保障",
            "1.健全制度。建立动态监测机制，落实责任到人，及时发现。",
        ]
        * 4,
    ),
    # a numbered heading of two clauses, and its text
    (
        "三、优化产业发展方式，高质量发展优势特色产业\n坚持生态优先，推进规模化开发。\n",
        ["三、优化产业发展方式，高质量发展优势特色产业", "坚持生态优先，推进规模化开发。"],
    ),
    # a chapter's title on two lines; a section's below it
    (
        "第三章 坚持创新驱动\n建设科技强市\n一、培育主体\n好。\n",
        ["第三章 坚持创新驱动建设科技强市", "一、培育主体", "好。"],
    ),
    (
        "第三章\n重点任务\n建设网点\n新建网点20个。\n",
        ["第三章重点任务", "建设网点", "新建网点20个。"],
    ),
    # a long title with a comma, whose rest is on the next line, and what is no rest
    (
        "第三篇 坚持做深做透“两篇大文章”，打造更高水平\n创新活力之城\n\n着力推进改革。\n第九章 深化改革\n第一节 人才\n好。\n",
        [
            "第三篇 坚持做深做透“两篇大文章”，打造更高水平创新活力之城",
            "着力推进改革。",
            "第九章 深化改革",
            "第一节 人才",
            "好。",
        ],
    ),
    (
        "第四篇 坚持因地制宜发展新质生产力，构建青禾特色\n现代化产业体系\n第十三章 打造制造业基地\n第一节 集群\n好。\n",
        [
            "第四篇 坚持因地制宜发展新质生产力，构建青禾特色现代化产业体系",
            "第十三章 打造制造业基地",
            "第一节 集群",
            "好。",
        ],
    ),
    (
        "第三章 坚持因地制宜发展新质生产力，构建现代化产业体系\n发展形势\n\n当前形势严峻。\n",
        ["第三章 坚持因地制宜发展新质生产力，构建现代化产业体系", "发展形势", "当前形势严峻。"],
    ),
    (
        "第三章 坚持因地制宜发展新质生产力，构建现代化产业体系\n培育市场主体\n\n新增主体20家。\n",
        ["第三章 坚持因地制宜发展新质生产力，构建现代化产业体系", "培育市场主体", "新增主体20家。"],
    ),
    (
        "第三章 坚持创新，建设强市\n第一城\n\n新增主体20家。\n",  # there was room for the rest
        ["第三章 坚持创新，建设强市", "第一城", "新增主体20家。"],
    ),
    # words of a sentence that are the title of a report too
    (
        "各县要认真学习省长在会上所作的报告，深入贯彻省人民代表大会批准的，\n政府工作报告\n的各项部署，抓好落实，加快建设。\n",
        [
            "各县要认真学习省长在会上所作的报告，深入贯彻省人民代表大会批准的，政府工作报告的各项部署，抓好落实，加快建设。"
        ],
    ),
    # a full stop that a page sets behind a heading, on the next line
    (
        "（一）以党建为引领，统筹实施工作\n。落实要求，建设阵地。\n（二）发挥规划师的作用\n。健全制度保障。\n",
        ["（一）以党建为引领，统筹实施工作", "落实要求，建设阵地。", "（二）发挥规划师的作用", "健全制度保障。"],
    ),
    (
        "到2025年建成学校30所\n。新增学位2万个。\n到2026年建成幼儿园5所\n。新增学位1万个。\n",  # no headings
        ["到2025年建成学校30所", "。新增学位2万个。", "到2026年建成幼儿园5所", "。新增学位1万个。"],
    ),
    # Latin words that a line break parted
    (
        "全面推广应用电子凭证，同步升级服务平台 APP\nV2 版本，方便群众办事。\n",
        ["全面推广应用电子凭证，同步升级服务平台APP V2版本，方便群众办事。"],
    ),
    # a 文号 and a year that the margin parted
    (
        "按照市政府办公室印发的《养老服务办法》（云政办〔\n2021〕3号），推进建设，提升能力，到20\n25年全面建成服务网络，让群众满意。\n",
        [
            "按照市政府办公室印发的《养老服务办法》（云政办〔2021〕3号），推进建设，提升能力，到2025年全面建成服务网络，让群众满意。"
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), JOINS)
def test_joins(text: str, expected: list[str]) -> None:
    assert blocks_of(text) == expected


def test_lines_of_a_format_that_knows_its_paragraphs_stay() -> None:
    text = "完善服务体系，推进信息系统建\n设，提升经办能力，让群众满意。\n"
    assert blocks_of(text, wrapped=False) == text.splitlines()


# first lines are indented, and one stops at the margin with the end of its sentence
INDENTED = """    第一章  发展基础
    坚持以人民为中心的发展思想，全面推进各
项改革，着力保障和改善民生，让改革发展成果惠
及全体人民。
    全市公路总里程达到一万二千公里，高速公
路通车里程突破六百公里，基本实现县县通高速。
铁路营业里程达到三百公里。
    服务水平稳步提升，城区公共交通分担率达
到百分之四十五，建制村客车通达率达到百分之百。
    群众出行更加便捷，对交通的满意度连续五
年提高，投诉明显减少。
"""


def test_indented_paragraphs_begin_at_their_indent() -> None:
    assert [block[:8] for block in blocks_of(INDENTED)] == [
        "第一章  发展基",
        "坚持以人民为中心",
        "全市公路总里程达",
        "服务水平稳步提升",
        "群众出行更加便捷",
    ]


# each line a paragraph, 18 of 19 indented; the pages of the file divided three of them
DIVIDED = "第一章 任务\n" + "".join(
    f"　　第{n}个县要完善交通设施，加快建设县乡道路和客运站点，提高服务水平。\n"
    for n in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午"
)
CUT = "　　全市公路要加强养护，推进农村公路的改造和\n桥梁的加固，保障群众出行。\n" * 2


@pytest.mark.parametrize(
    ("line", "goes_on"),
    [
        ("严格整治超限运输，查处非法营运。", True),
        ("严格整治超限运输", False),  # no sentence
        ("整治超限运输。严格查处，规范营运。", False),  # it begins with a title of its own
        ("（一）整治超限运输，查处非法营运。", False),
        ("　　整治超限运输，查处非法营运。", False),
    ],
)
def test_a_sentence_at_the_margin_below_indented_paragraphs_goes_on(line: str, goes_on: bool) -> None:
    blocks = blocks_of(f"{DIVIDED}{CUT}　　铁路要扩大覆盖，提高运能。\n{line}\n　　航空要增加航线，扩大服务。\n")
    assert (f"铁路要扩大覆盖，提高运能。{line}" in blocks) is goes_on


def test_where_more_paragraphs_stand_at_the_margin_each_is_one() -> None:
    line = "严格整治超限运输，查处非法营运。\n"
    blocks = blocks_of(f"{DIVIDED}{CUT}{line * 4}　　航空要增加航线，扩大服务。\n")
    assert blocks.count(line.strip()) == 4


CONTACTS = [
    ("市卫生健康委联系人：孙某某，联系电话：81085234", False),
    ("联系人：孙某某", False),
    ("联 系 人：孙某某；电　话：81085234", False),
    ("电子邮箱：abc@gd.gov.cn，传真：81085234", False),
    ("（联系方式：孙某某，81085234）", False),
    ("市卫生健康委联系人：孙某某，", True),  # it goes on
    ("市卫生健康委建立联系制度，确定一批联系人和联络员", True),
]


@pytest.mark.parametrize(("line", "goes_on"), CONTACTS)
def test_the_line_of_whom_to_ask_ends(line: str, goes_on: bool) -> None:
    blocks = blocks_of(f"现将规划印发给你们，请认真贯彻执行。\n　　{line}\n　　泽宁市卫生健康委员会\n")
    assert (blocks[-1] == f"{line}泽宁市卫生健康委员会") is goes_on


PAGES = "总则。\n云岭规划\n-1-\n背景。\n云岭规划\n-2-\n任务。\n云岭规划\n-3-\n保障。\n"
ASSIGNED = "总则。\n责任单位：市教育局\n背景。\n责任单位：市教育局\n任务。\n责任单位：市教育局\n"
NOISE = [
    # a running head at each page number
    (PAGES, ["总则。", "背景。", "任务。", "保障。"]),
    # a line that comes back where no page ends is text
    (ASSIGNED, ASSIGNED.splitlines()),
    # the plan's title, which is the running head as well, stays where it is the title
    ("云岭规划\n" + PAGES, ["云岭规划", "总则。", "背景。", "任务。", "保障。"]),
    # the title as a head on one more page only
    (
        "云岭市道路规划\n总则。\n云岭市道路规划\n-1-\n背景。\n",
        ["云岭市道路规划", "总则。", "背景。"],
    ),
    # a heading that comes twice, once behind a page number
    ("保障措施\n总则。\n-1-\n保障措施\n背景。\n", ["保障措施", "总则。", "保障措施", "背景。"]),
    # the links of a page below a plan
    (
        "三、保障\n健全机制。\n上一篇：《云岭省水文条例》解读\n下一条: 云岭省关于印发《云岭省气象条例》的通知\n相关文件：《云岭省防洪条例》\n《云岭省水法》\n",
        ["三、保障", "健全机制。"],
    ),
    ("健全机制。\n【上一篇】：无\n相关链接\n《云岭省防洪条例》\n", ["健全机制。"]),
    # what a site or who copied it says of the text, above and below it
    (
        "本文正文由脚本自官方公开页面提取，仅供检索。\n依《中华人民共和国著作权法》第五条第一项，具有立法性质的文件不适用著作权法。\n总则。\n"
        "本网站内容受《中华人民共和国著作权法》保护。\n版权声明：版权归云岭市人民政府所有。\n本文内容仅供参考。\n",
        ["总则。"],
    ),
    # a measure on copyright
    (
        "依据《中华人民共和国著作权法》加强版权保护，打击不法行为。\n保护版权所有者的权益。\n本文由市教育局起草。\n",
        [
            "依据《中华人民共和国著作权法》加强版权保护，打击不法行为。",
            "保护版权所有者的权益。",
            "本文由市教育局起草。",
        ],
    ),
    # measures and parts that begin like links
    (
        "下篇：改革措施\n一、任务\n政策解读：由市教育局负责。\n相关政策：落实补贴政策\n二、保障\n健全机制。\n",
        [
            "下篇：改革措施",
            "一、任务",
            "政策解读：由市教育局负责。",
            "相关政策：落实补贴政策",
            "二、保障",
            "健全机制。",
        ],
    ),
    # numbers that count nothing
    ("新增床位\n500\n张。\n", ["新增床位", "500", "张。"]),
]


@pytest.mark.parametrize(("text", "expected"), NOISE)
def test_noise(text: str, expected: list[str]) -> None:
    assert blocks_of(text) == expected


def test_bare_page_numbers_stand_a_page_apart() -> None:
    page = ["坚持以人民为中心，推进改革。"] * 8
    text = "\n".join([*page, "4", *page, "5", *page, "6", *page])
    assert set(blocks_of(text)) == {"坚持以人民为中心，推进改革。"}


def test_the_numbers_of_rows_below_a_label_a_line_are_no_page_numbers() -> None:
    labels = ["序号", "项目名称", "主要内容", "牵头领导", "责任单位", "配合单位", "完成时限"]
    row = ["城乡供水", "新建工程12处，改造管网35公里", "张明", "县水利局", "县财政局", "2024年10月"]
    text = "\n".join(["民生实事任务分工表", *labels, "1", *row, "2", *row, "3", *row])
    found = "".join(blocks_of(text))
    assert [number for number in "123" if f"{number}城乡供水" in found] == ["1", "2", "3"]
    # without a header they are those of pages
    found = "".join(blocks_of("\n".join(["1", *row, "坚持改革。", "2", *row, "坚持改革。", "3", *row])))
    assert "2城乡供水" not in found


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["42.8", "50", "7", "3", "森林覆盖率"], ["42.8", "50", "3", "森林覆盖率"]),
        (["覆盖率", "县级", "7", "参保率", "97", "7", "合格率", "95"], []),  # which of the two is the page's is unknown
    ],
)
def test_a_page_number_inside_a_table_between_two_that_are_known(lines: list[str], kept: list[str]) -> None:
    page = ["坚持以人民为中心，推进改革。"] * 8
    text = "\n".join([*page, "5", *page, "6", *page, *lines, *page, "8", *page, "9", *page])
    found = [block for block in "".join(blocks_of(text)).split("坚持以人民为中心，推进改革。") if block]
    assert found == ["".join(kept or lines)]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (  # the frame of a box
            "| 专栏2 特色农业工程 |\n|---|\n| 1.高原梨工程。新植梨5万亩。<br>2.生猪工程。出栏80万头。 |",
            ["专栏2 特色农业工程", "1.高原梨工程。新植梨5万亩。", "2.生猪工程。出栏80万头。"],
        ),
        (
            "| 专栏2 特色农业工程 |\n| :---: |\n| 1.高原梨工程。 |\n|  |\n| 2.生猪工程。 |",
            ["专栏2 特色农业工程", "1.高原梨工程。", "2.生猪工程。"],
        ),
        ("|  |\n|---|\n| **专栏3** |\n| 1.梨。 |", ["专栏3", "1.梨。"]),  # the frame has no header
        ("| 指标 | 数量 |\n|---|---|\n| 梨 | 5万亩 |", ["| 指标 | 数量 |\n|---|---|\n| 梨 | 5万亩 |"]),
        ("| 重点工程 |\n| --- |\n| 1.新建国道30公里。 |", ["| 重点工程 |\n| --- |\n| 1.新建国道30公里。 |"]),  # no box
        (  # two tables, of which the second is a box
            "| 序号 |\n|---|\n| 1 |\n\n| 专栏2 梨 |\n|---|\n| 1.梨。 |",
            ["| 序号 |\n|---|\n| 1 |", "专栏2 梨", "1.梨。"],
        ),
        (
            "| 专栏2 梨 |\n|---|\n| 1.梨。 |\n\n| 县 |\n|---|\n| 甲县 |",
            ["专栏2 梨", "1.梨。", "| 县 |\n|---|\n| 甲县 |"],
        ),
        (
            "| 专栏2 梨 |\n|---|\n| 1.梨。 |\n|---|\n| 2.杏。 |",
            ["专栏2 梨", "1.梨。", "2.杏。"],
        ),  # rules between the rows
    ],
)
def test_a_box_that_is_a_table_of_one_column_is_text(table: str, expected: list[str]) -> None:
    document = layout(source_of(f"# 云岭市规划\n\n加快发展。\n\n{table}\n\n加强领导。\n", "plan.md"))
    found = [document.words(block) for block in document.blocks]
    assert found == ["云岭市规划", "加快发展。", *expected, "加强领导。"]


HEADINGS = ["第一章 背景", "第二章 任务", "第三章 保障", "第四章 附则"]
BODY = "".join(f"{heading}\n好。\n" for heading in HEADINGS)
CONTENTS = [
    # leaders, page numbers
    "目 录\n第一章 背景.......1\n第二章 任务······5\n第三章 保障……9\n" + BODY,
    # tabs
    "目　　录\n第一章\t背景\t1\n第二章\t任务\t5\n第三章\t保障\t9\n" + BODY,
    # nothing but headings, which come again
    "目录\n第一章 背景\n第二章 任务\n第三章 保障\n" + BODY,
    # the same, without a title
    "\n".join(HEADINGS) + "\n" + BODY,
    # page numbers on lines of their own
    "目录\n第一章 背景\n1\n第二章 任务\n5\n第三章 保障\n9\n" + BODY,
    # two columns
    "目录\n第一章 背景……1      第三章 保障……9\n第二章 任务……5\n" + BODY,
    # entries one behind the other, the last cut off by the margin
    "目录 第一章 背景 1 第二章 任务 5 第三章\n保障 9\n" + BODY,
    # leaders cut off by the margin
    "目录\n第一章 背景…………\n…1\n第二章 任务…………\n…5\n第三章 保障…………\n…9\n" + BODY,
    # page numbers that stick to the titles
    "目录\n第一章背景1\n第二章任务5\n第三章保障9\n" + BODY,
    # page numbers between dashes
    "目录\n第一章 背景 - 1 -\n第二章 任务 - 5 -\n第三章 保障 - 9 -\n" + BODY,
    # the same section under each chapter
    "目录\n第一章 城区\n一、现状\n第二章 乡村\n一、现状\n第三章 保障\n第一章 城区\n好。\n",
]


@pytest.mark.parametrize("text", CONTENTS)
def test_contents(text: str) -> None:
    first, following, *_ = blocks_of(text)
    assert first.startswith("C:")
    assert "第三章" in first
    assert following == ("第一章 城区" if "城区" in text else "第一章 背景")


MERGED = [
    "第二章 主要任务",
    "第一节 完善交通网络",
    "加快推进铁路建设，推动既有铁路电气化改造，实现县县通铁路，新增铁路营业里程三百公里以上。",
    "（一）推进公路建设。建成环城高速，改造国省干线，实施农村公路提升行动，通三级路的乡镇达到百分之九十。",
    "（二）推进港口建设。实施航道整治，建设两个作业区，新增千吨级泊位六个，年吞吐能力达到一千万吨。",
    "第二节 提升服务水平",
    "优化公交线网，发展定制客运，健全县乡村物流体系，快递服务通达所有建制村，群众出行更加便捷。",
    "第三章 保障措施",
    "各部门要加强领导，落实责任，抓好任务分解和督促检查，确保各项任务如期完成。",
]


@pytest.mark.parametrize("gap", ["　　", " "])
def test_a_text_without_line_breaks_is_cut_at_its_numbers(gap: str) -> None:
    assert blocks_of(gap.join(MERGED)) == MERGED


ONE_LINE = [
    "泽宁市养老服务发展规划",
    "一、发展基础",
    "“十三五”以来，全市养老服务体系不断完善，服务能力稳步提升。",
    "二、总体要求",
    "（一）指导思想。坚持以人民为中心，推动养老服务高质量发展。",
    "（二）发展目标。到2025年，护理型床位占比达到55%以上。",
    "三、主要任务",
    "（一）完善养老设施。建设养老服务中心120个，改造供养机构。（责任单位：市民政局）",
    "（二）壮大人才队伍。培训养老护理员1万人次。（责任单位：市人力资源社会保障局）",
    "四、保障措施",
    "（一）加强组织领导。建立部门协调机制，落实工作责任。",
    "（二）强化资金保障。统筹各级财政资金，支持养老服务发展。",
]


@pytest.mark.parametrize("gap", [" ", "　　", ""])
@pytest.mark.parametrize("format_", ["txt", "docx"])
def test_a_plan_on_one_line_is_cut_where_its_chapters_count_on(gap: str, format_: str) -> None:
    assert blocks_of(gap.join(ONE_LINE), f"plan.{format_}") == ONE_LINE


@pytest.mark.parametrize("gap", [" ", " " * 6])
def test_a_chapter_of_a_plan_on_one_line_begins_after_any_gap(gap: str) -> None:
    chapters = [
        "云岭市养老服务规划",
        "一、发展基础“十三五”以来，全市养老服务体系不断完善，服务能力稳步提升。",
        "二、总体要求坚持以人民为中心，推动养老服务高质量发展，促进公平。",
        "三、保障措施加强组织领导，统筹各级财政资金，支持养老服务发展。",
    ]
    titled = [part for line in chapters[1:] for part in (line[:6], line[6:])]
    assert blocks_of(gap.join(chapters)) == [chapters[0], *titled]


@pytest.mark.parametrize(
    "text",
    [
        # items of a sentence
        "按照一、二类机构分级管理的要求，坚持一、政府主导，加大投入力度；二、社会参与，发动各方力量；三、市场运作，培育各类主体。"
        "各县区抓好落实，确保取得实效，" * 3 + "按期完成任务。",
        # two that count on, and one that does not
        "关于设施的意见一、总体要求。"
        + "坚持以人民为中心，" * 6
        + "好。二、主要任务。"
        + "建设服务中心，" * 6
        + "好。四、保障。",
    ],
)
def test_a_line_whose_numbers_do_not_vouch_for_chapters_stays_whole(text: str) -> None:
    assert blocks_of(text) == [text]


RUN_ON = [
    ("第一节加强水利建设", "水利建设要全面规划，统筹兼顾，标本兼治，综合治理"),
    ("第二节拓宽增收领域", "通过加工转化、扩大出口等多种方式，解决农产品供过于求问题"),
    ("第三节深化金融改革", "建立和完善金融组织体系、市场体系、监管体系和调控体系"),
    ("第四节发展小城镇", "发展小城镇是推进城镇化的重要途径，是一项长期任务"),
    ("第五节重视水资源的可持续利用", "坚持开源节流并重，把节水放在突出位置"),
]


def test_titles_whose_text_follows_without_a_mark() -> None:
    text = "\n".join(f"{title}{words}。" for title, words in RUN_ON)
    assert blocks_of(text) == [line for title, words in RUN_ON for line in (title, f"{words}。")]


@pytest.mark.parametrize(
    "line",
    [
        "第一节加快建设现代产业体系推动经济体系优化升级",  # titles of two phrases
        "第二节强化战略科技力量坚持创新驱动发展",
        "第三节加强基础研究和应用基础研究",
        "第四节 完善价格形成机制 积极稳妥地推进资源性产品价格改革，建立反映供求关系的机制",  # a mark is there
        "第五节提高对外开放水平的重要举措和第六节的积极扩大就业的主要任务",
    ],
)
def test_titles_of_two_phrases_stay_whole(line: str) -> None:
    text = "\n".join(f"{line}\n各地要抓好落实" for _ in range(3))
    assert blocks_of(text)[0].startswith(line.split(" 积极")[0])


def scattered(page: str, body: str) -> str:
    """Contents whose columns a recognition took apart, and the text behind them."""
    names = ["水利建设", "林业", "能源", "交通", "邮电", "商业", "外贸", "科技", "教育", "文化", "卫生", "体育"]
    apart = "".join(f"第{'一二三四五六'[n % 6]}节\n{name}\n· ·{page.format(330 + n)}\n" for n, name in enumerate(names))
    return (
        f"目录\n第一章 基本任务（315）\n第二章 主要指标（318）\n第三章 农业（320）\n{apart}第一节第二节第三节\n{body}"
    )


BODY = (
    "第一章 基本任务\n第二章 主要指标\n到2025年，全市粮食产量要稳定在一百万吨以上，比上年有所提高，农民收入较快增长。\n"
)


def test_contents_that_a_recognition_took_apart_end_where_the_text_begins() -> None:
    found = blocks_of(
        scattered("（{}）", "序言说明计划的制定过程，经过了反复的讨论和修改，现在公布如下，请各地执行。\n" * 2 + BODY)
    )
    assert found[0].startswith("C:")
    assert found[1].startswith("序言说明")


@pytest.mark.parametrize(
    ("headings", "first"),
    [
        ("第一章 基本任务\n", "第一章 基本任务"),
        ("第一章 基本任务\n第一节 综合指标\n", "第一章 基本任务"),  # which the contents do not have as one line
        ("第四章 财政\n", "到2025年"),  # no entry: perhaps one that was misread
    ],
)
def test_headings_right_above_the_first_sentences_are_no_contents(headings: str, first: str) -> None:
    sentence = "到2025年，全市粮食产量要稳定在一百万吨以上，比上年有所提高，农民收入较快增长。\n"
    text = scattered("（{}）", headings + sentence * 2 + "第二章 主要指标\n" + sentence)
    for page in (315, 318, 320):
        text = text.replace(f"（{page}）", f"……{page}")
    found = blocks_of(text)
    assert found[0].startswith("C:")
    assert found[1].startswith(first)


def test_other_short_lines_below_contents_are_text() -> None:
    names = "水利建设（三）\n林业（三）\n" * 12
    contents = "目录\n第一章 基本任务（315）\n第二章 主要指标（318）\n第三章 农业（320）\n"
    assert len(blocks_of(contents + names + BODY)) > 20


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("专栏1 设施工程 新建中心120个，改造机构50家，护理型床位占比达到55%。", ["专栏1 设施工程", "新建中心120个，改造机构50家，护理型床位占比达到55%。"]),
        ("专栏2 设施工程 人才工程", ["专栏2 设施工程 人才工程"]),  # no sentence
    ],
)  # fmt: skip
def test_a_box_whose_text_follows_on_its_title(line: str, expected: list[str]) -> None:
    assert blocks_of(f"一、任务\n建设设施。\n{line}\n")[2:] == expected


def test_one_title_without_a_mark_before_its_text_is_left() -> None:
    assert blocks_of("".join(RUN_ON[0]) + "\n各地要抓好落实\n")[0].startswith("".join(RUN_ON[0]))


def test_a_title_on_two_lines_that_the_contents_have() -> None:
    text = "目录\n第一章 坚持创新\n建设强市……1\n第二章 保障措施……5\n第一章 坚持创新\n建设强市\n培育企业，壮大产业。\n"
    assert blocks_of(text)[1:] == ["第一章 坚持创新建设强市", "培育企业，壮大产业。"]


def test_headings_on_two_lines_behind_contents_on_one() -> None:
    contents = "目录\n第一章 坚持创新\n建设强市……1\n第二章 保障措施……5\n"
    assert blocks_of(contents + "第一章\n坚持创新\n建设强市\n一、企业\n好。\n")[1:] == [
        "第一章坚持创新建设强市",
        "一、企业",
        "好。",
    ]


@pytest.mark.parametrize("format_", ["docx", "html"])
def test_a_number_and_its_title_in_two_paragraphs(format_: str) -> None:
    text = "第一章\n总体要求\n坚持改革\n推进创新。\n"
    assert blocks_of(text, f"plan.{format_}", wrapped=False) == ["第一章总体要求", "坚持改革", "推进创新。"]


def test_rules_across_the_page_are_no_text() -> None:
    text = f"一、任务\n{'=' * 38}\n专栏1 工程\n1.道路。修路。\n{'-' * 38}\n二、保障\n好。\n"
    assert blocks_of(text) == ["一、任务", "专栏1 工程", "1.道路。修路。", "二、保障", "好。"]


def test_a_frame_drawn_with_characters() -> None:
    text = "一、任务\n┌──────┐\n│专栏1 工程  │\n│1.道路。修路。│\n└──────┘\n二、保障\n"
    assert blocks_of(text) == ["一、任务", "专栏1 工程", "1.道路。修路。", "二、保障"]


def test_lines_around_a_table_drawn_with_characters_are_no_rows() -> None:
    table = "┌──┬──┐\n│指标│2025年│\n├──┼──┤\n│绿地│95│\n└──┴──┘\n"
    text = f"2.农业提升。合格率稳定在98%以上。\n3.收入增加。\n主要指标\n{table}三、主要任务\n（一）夯实基础\n"
    blocks = blocks_of(text)
    assert blocks[:3] == ["2.农业提升。合格率稳定在98%以上。", "3.收入增加。", "主要指标"]
    assert blocks[-2:] == ["三、主要任务", "（一）夯实基础"]


def test_characters_that_were_set_twice() -> None:
    assert blocks_of("第第11章章 总总则则\n好。\n1100\n天天向上\n") == ["第1章 总则", "好。", "1100", "天天向上"]


def test_a_list_behind_a_colon_is_cut_with_the_text_around_it() -> None:
    text = [
        "（一）妇女健康。主要目标：",
        "1.妇女预期寿命延长。",
        "2.筛查率提高。策略措施：",
        "1.健全制度。" + "落实责任。" * 20,
    ]
    text += ["2.完善服务。" + "建设网络。" * 20, "（二）妇女教育。" + "发展教育。" * 20]
    assert blocks_of("一、任务\n" + "".join(text)) == ["一、任务", *text]


# long lines that are one paragraph
WHOLE = [
    # an enumeration inside a sentence
    "要抓好以下重点：（一）"
    + "推进铁路建设，" * 12
    + "建成通车；（二）"
    + "推进公路建设，" * 12
    + "完成改造；（三）抓好督查。",
    # numbers that follow on nothing
    "全市共有网点20个。" + "不断完善服务网络，" * 30 + "基本实现全覆盖。3个县建成示范区。5.6万户受益。4、5级堤防达标。",
]


@pytest.mark.parametrize("text", WHOLE)
def test_long_paragraphs_are_not_cut(text: str) -> None:
    assert blocks_of(f"一、总体要求\n{text}\n") == ["一、总体要求", text]


def test_a_text_with_a_blank_behind_each_character() -> None:
    text = "\n".join(" ".join(line) for line in ["1.2 主要任务", "建成 WiFi 网点20个，覆盖 3.5 万人。", "（一）保障"])
    assert blocks_of(text) == ["1.2   主要任务", "建成WiFi网点20个，覆盖3.5万人。", "（一）保障"]


def test_a_line_that_only_begins_like_contents_is_text() -> None:
    assert blocks_of("总则。\n目录 第一章 背景\n好。\n") == ["总则。", "目录 第一章 背景", "好。"]


def test_headings_without_text_that_do_not_come_again_are_no_contents() -> None:
    text = "第一章 背景\n第二章 任务\n第三章 保障\n第四章 附则\n制定本规划。\n"
    assert not any(block.startswith("C:") for block in blocks_of(text))


TABLES = [
    # tabs; a cell broken over two lines, the head again on a new page
    ("指标\t2020年\t2025年\n床位\t10\t20\n护理型床位占\t40\t60\n指标\t2020年\t2025年\n\t比\t\n好评\t8\t9\n好。\n", 6),
    # pipes
    ("| 指标 | 2025年 |\n| --- | --- |\n| 床位 | 20 |\n好。\n", 3),
    # rules
    (
        "指标      2020年   2025年\n------  ------  ------\n床位      10      20\n满意度    80      90\n\n"
        "这里是正文，不再是表格里的内容，因此不属于表格的一部分了，请注意区分。\n",
        4,
    ),
    # columns that only spaces part, cells on lines of their own
    (
        "序号 指标 单位 2020年 2025年\n1 床位 张 10 20\n2\n护理型\n床位占比\n% 40 60\n第三章 任务\n好。\n",
        6,
    ),
    # figures behind the last tab are no page numbers
    (
        "类别\t指标\t2020年\t2025年\n学位\t小学学位\t10\t20\n\t中学学位\t8\t9\n规模\t教师\t5\t6\n\t学生\t30\t36\n好。\n",
        5,
    ),
    # a group of rows is no heading
    (
        "指标 单位 2020年 2025年\n一、设施\n床位 张 10 20\n网点 个 5 8\n二、服务\n满意度 % 80 90\n"
        "二、重点任务\n（一）建设\n好。\n",
        6,
    ),
    # every cell on a line of its own
    ("序号\n指标\n单位\n2025年\n1\n床位\n张\n20\n2\n满意度\n%\n90\n二、重点任务\n好。\n", 12),
    # a class before the number of its row: the 1 and 2 number rows, and no pages
    (
        "类别\n序号\n一级指标\n二级指标\n单位\n属性\n2025年\n2030年\n供水安全\n1\n管网改造\n改造里程\n公里\n约束性\n—\n"
        "全面启动管网改造，完成改造项目的前期工作\n节水增效\n2\n节水载体\n载体数量\n个\n预期性\n8\n11\n二、重点任务\n好。\n",
        24,
    ),
]


@pytest.mark.parametrize(("text", "rows"), TABLES)
def test_tables_keep_their_lines(text: str, rows: int) -> None:
    first = blocks_of(text)[0]
    assert first.startswith("T:")
    assert len(first.split("\n")) == rows


NO_TABLES = [
    "第一章\t规划背景\n好。\n第二章\t重点任务\n好。\n",  # a tab behind a heading's number
    "云岭市财政局    云岭市教育局\n2021年8月1日\n",  # signatures side by side
    "主要指标和目标任务 分解情况如下，各单位要认真落实。\n一、总则\n",
    "3.1 指标 单位\n好。\n",
]


@pytest.mark.parametrize("text", NO_TABLES)
def test_no_tables(text: str) -> None:
    assert not any(block.startswith("T:") for block in blocks_of(text))


def test_a_caption_stands_before_its_table() -> None:
    assert blocks_of("表1 主要指标\n序号 指标 单位 2025年\n1 床位 张 20\n2 网点 个 8\n")[0] == "表1 主要指标"


def block_of(text: str, name: str = "plan.txt", **more: object) -> tuple[Document, str]:
    document = layout(source_of(text, name, **more))
    return document, document.words(document.blocks[0])


def test_markdown() -> None:
    document, words = block_of("## **一、总体要求**\n\n正文\\*一\\*。\n", "plan.md")
    assert (words, document.blocks[0].level) == ("一、总体要求", 2)
    assert document.blocks[0].bold_end == document.blocks[0].end
    assert document.words(document.blocks[1]) == "正文*一*。"
    document, words = block_of("# 规划\n\n——**坚持领导**。把领导落到实处。\n", "plan.md")
    run_in = document.blocks[1]
    assert document.words(run_in) == "——坚持领导。把领导落到实处。"
    assert document.text[run_in.start : run_in.bold_end] == "——坚持领导"
    document, _ = block_of("# 规划\n\n落实责任，**重点**抓好落实。\n", "plan.md")
    assert document.blocks[1].bold_end == 0  # bold words inside a sentence are no title


def test_white_space_inside_chinese_text_goes() -> None:
    assert blocks_of("截至 2020 年底，全市 \t参保 95% 以上。\n") == ["截至2020年底，全市参保95%以上。"]
    assert blocks_of("第一章　总体要求\n") == ["第一章　总体要求"]  # the gap behind a number says where it ends
    assert blocks_of("using the APP today\n") == ["using the APP today"]


def test_marks_of_the_format() -> None:
    text = "规划\n一、背景\n推进改革。深化试点。\n框内。\n缺字。\n"
    marks = (
        Mark("title", 0, 2),
        Mark("heading", 0, 2, 1),
        Mark("heading", 3, 7, 2),
        Mark("bold", 8, 13),
        Mark("box", 19, 22),
        Mark("gap", 23, 26),
    )
    blocks = layout(source_of(text, "plan.docx", wrapped=False, marks=marks)).blocks
    assert [(b.level, b.bold_end - b.start if b.bold_end else 0, b.box, b.lost) for b in blocks] == [
        (0, 0, False, False),
        (2, 0, False, False),
        (0, 5, False, False),
        (0, 0, True, False),
        (0, 0, False, True),
    ]


@pytest.mark.parametrize(
    ("linked", "attached"),
    [
        ("云岭省水网规划\n任务分工表", ["云岭省水网规划", "任务分工表"]),  # a link over two lines: each is inside it
        ("云岭省水网规划", ["云岭省水网规划"]),
        ("水网规划\n任务分工表", ["任务分工表"]),  # it begins inside a line
    ],
)
def test_lines_inside_a_link_to_a_file(linked: str, attached: list[str]) -> None:
    text = "坚持创新驱动，加快建设。\n云岭省水网规划\n任务分工表\n"
    mark = Mark("attachment", text.index(linked), text.index(linked) + len(linked))
    document = layout(source_of(text, "plan.html", marks=(mark,)))
    assert [document.words(block) for block in document.blocks if block.kind == "attachment"] == attached


@pytest.mark.parametrize(
    ("framed", "box"), [(("规划", "一、背景", "推进改革。", "深化试点。"), False), (("深化试点。",), True)]
)
def test_a_frame_around_all_of_the_text_is_no_box(framed: tuple[str, ...], box: bool) -> None:
    text = "规划\n一、背景\n推进改革。\n深化试点。\n"
    marks = tuple(Mark("box", text.index(words), text.index(words) + len(words)) for words in framed)
    assert layout(source_of(text, "plan.docx", wrapped=False, marks=marks)).blocks[-1].box is box


def test_tables_of_the_format() -> None:
    text = "前文。\n指标\t2025年\n床位\t20\n后文。\n"
    cells = (Cell(0, 0, 4, 6), Cell(0, 1, 7, 12), Cell(1, 0, 13, 15), Cell(1, 1, 16, 18))
    document = layout(source_of(text, "plan.docx", wrapped=False, tables=(SourceTable(4, 18, cells),)))
    assert [document.words(block) for block in document.blocks] == ["前文。", "指标\t2025年\n床位\t20", "后文。"]
    assert [document.text[c.start : c.end] for c in document.blocks[1].cells] == ["指标", "2025年", "床位", "20"]


def test_words_that_the_conversion_lost() -> None:
    text, _ = (Path(__file__).parent / "outlines" / "lost_headings.txt").read_text(encoding="utf-8").split("\n=====\n")
    document = layout(source_of(text))
    lost = [document.words(block)[:8] for block in document.blocks if block.lost]
    assert "发挥应急管理部门" in lost
    assert "坚持系统观念，推" not in lost  # a full first line
    assert not any(block.lost for block in layout(source_of(WRAPPED)).blocks)


@pytest.mark.parametrize("path", OUTLINES, ids=lambda path: path.name)
def test_mending_a_mended_text_changes_nothing(path: Path) -> None:
    text, _ = path.read_text(encoding="utf-8").split("\n=====\n")
    once = layout(source_of(text))
    mended = "\n".join(once.words(block) for block in once.blocks if block.kind == "text")
    assert "\n".join(blocks_of(mended)) == mended


def exact(document: Document, joining: str = " \n") -> None:
    """Each character of the mended text is read at its origin, but for those that join two pieces."""
    source = readable(document.source)
    assert len(source) == len(document.source.text)
    assert len(document.origin) == len(document.text)
    for at, character in enumerate(document.text):
        assert source[document.origin[at]] == character or character in joining
    behind = 0
    for block in document.blocks:
        assert behind <= block.start < block.end <= len(document.text)
        assert block.kind != "text" or "\n" not in document.words(block)
        behind = block.end


@pytest.mark.parametrize("path", OUTLINES, ids=lambda path: path.name)
def test_every_character_keeps_its_place(path: Path) -> None:
    document = layout(source_of(path.read_text(encoding="utf-8"), f"plan{path.suffix}"))
    exact(document)
    assert list(document.origin) == sorted(document.origin)


WORDS = "第一章 一、 （一） 1. 专栏1 目录 目录　第一章 | --- ** \\. 《 》 。 ， ： 坚持以人民为中心 2025年 12 ……"
BREAKS = ("\n", "\r\n", "\f", "\t", " ", "　", "# ", "序号 指标 单位", "- 1 -")
PIECES = st.sampled_from((*WORDS.split(), *BREAKS))


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)), st.booleans(), st.data())
def test_any_text_has_a_layout(text: str, wrapped: bool, data: st.DataObject) -> None:
    document = layout(source_of(text, "plan.md", wrapped=wrapped))
    exact(document)
    if document.text.strip():
        start = data.draw(st.integers(0, len(document.text) - 1))
        end = data.draw(st.integers(start + 1, len(document.text)))
        if document.text[start:end].strip():
            assert document.evidence(start, end).quote


@pytest.mark.parametrize("piece", ["（", "第一", "一", ".", "-", "*", "《", "|", "\t", " ", "1.", "a ", "—— 1 ——", "#"])
def test_long_runs_are_read_in_time(piece: str) -> None:
    exact(layout(source_of(piece * 20_000 + "x", "plan.md")))
