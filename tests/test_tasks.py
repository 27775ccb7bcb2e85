"""What is a task and what is none; whole plans stand in test_outline.py."""

from dataclasses import replace

import pytest
from reading_of import reading_of

from extractors.tasks.units import tasks_of_text

HEAD = "一、总体要求\n坚持改革。\n二、主要目标\n到2025年，网点达到20个。\n三、重点任务\n"
TAIL = "四、保障措施\n各部门要加强领导，抓好落实。\n"


def tasks_of(text: str) -> list[tuple[str | None, str]]:
    """Title and body of each task of the third chapter."""
    found = reading_of(HEAD + text + TAIL)
    assert [task.title for _, _, task in found.tasks][-1] == "保障措施"
    return [(task.title, found.document.text[start:end].strip()) for start, end, task in found.tasks][:-1]


TASKS = [
    # measures of a line each, with a note of who does them, whatever their units and marks
    (
        "1.改造灌区5处。（市水利局牵头）\n2.推广滴灌3万亩。（市农业农村局牵头，2024年底前完成）\n3.培训农民1万人次（市水利局负责）\n",
        [
            ("改造灌区5处", "（市水利局牵头）"),
            ("推广滴灌3万亩", "（市农业农村局牵头，2024年底前完成）"),
            ("培训农民1万人次", "（市水利局负责）"),
        ],
    ),
    # the note of a heading with text or sections below it is none of them
    (
        "（一）推进节水（市水利局牵头）\n1.改造灌区。改造5处。\n2.推广滴灌。推广3万亩。\n（二）培训农民（市水利局牵头）\n培训1万人次。\n",
        [("改造灌区", "改造5处。"), ("推广滴灌", "推广3万亩。"), ("培训农民", "培训1万人次。")],
    ),
    # numbered sentences that set no work: how things stand, how long the plan is in force, who explains it
    (
        "（一）稳定粮食\n新建粮库5座。\n（二）截至2020年已建成高标准农田2万亩，还存在短板5处。\n（三）目前存在的短板要在2年内补齐，新建泵站5座。\n"
        "（四）本方案有效期5年。\n（五）本方案执行情况每年评估。\n（六）目前全县有农机50台。\n（七）本方案由市财政局负责解释。\n",
        [
            ("稳定粮食", "新建粮库5座。"),
            ("目前存在的短板要在2年内补齐，新建泵站5座", "目前存在的短板要在2年内补齐，新建泵站5座。"),
            ("本方案执行情况每年评估", "本方案执行情况每年评估。"),
        ],
    ),
    # numbered sentences, each with the labels of who does it and when on the lines below it
    (
        "（一）稳定粮食\n1.牢牢守住粮食安全底线，粮食播种面积稳定在140万亩以上。\n牵头单位：市粮食局\n责任领导：张某\n2.实施粮库改造提升行动，全市粮库的完好率达到65%。\n牵头单位：市财政局\n完成时限：6月底\n",
        [
            (None, "牢牢守住粮食安全底线，粮食播种面积稳定在140万亩以上。\n牵头单位：市粮食局\n责任领导：张某"),
            (None, "实施粮库改造提升行动，全市粮库的完好率达到65%。\n牵头单位：市财政局\n完成时限：6月底"),
        ],
    ),
    # titles on lines of their own, whatever word they begin with, and also above what looks like one
    (
        "（一）扩大投资\n加强粮库改造。\n各县继续改造，新建粮库5座。\n加力建设泵站。\n落实各项制度，新建泵站6座。\n",
        [("加强粮库改造", "各县继续改造，新建粮库5座。"), ("加力建设泵站", "落实各项制度，新建泵站6座。")],
    ),
    (
        "（一）扩大投资\n加强粮库改造。\n实施改造行动，新建粮库5座。推动设立中心。\n深入打好节水战。\n统筹推进建设，强化治理。新建泵站6座。\n",
        [
            ("加强粮库改造", "实施改造行动，新建粮库5座。推动设立中心。"),
            ("深入打好节水战", "统筹推进建设，强化治理。新建泵站6座。"),
        ],
    ),
    # a short sentence between others, and a section that does not begin with such a title
    (
        "（一）扩大投资\n各县新建粮库5座，改造3座。\n粮食产量稳定。\n各县新建泵站6座，改造7座。\n",
        [("扩大投资", "各县新建粮库5座，改造3座。\n粮食产量稳定。\n各县新建泵站6座，改造7座。")],
    ),
    # one block of labels for all of them: they are one task
    (
        "（一）稳定粮食\n1.守住底线，新建粮库5座。\n2.实施改造，改造粮库3座。\n牵头单位：市财政局\n",
        [("稳定粮食", "1.守住底线，新建粮库5座。\n2.实施改造，改造粮库3座。\n牵头单位：市财政局")],
    ),
    # who makes detailed rules for all measures stands in none of them
    (
        "（一）建设平台\n建设中心。新建3个。\n推动上云。培训100家。\n（二）支持融资\n拓宽渠道。加强对接。\n"
        "市科技局会同市财政局等单位制定具体实施细则。严格申报程序。\n",
        [("建设中心", "新建3个。"), ("推动上云", "培训100家。"), ("拓宽渠道", "加强对接。")],
    ),
    (
        "（一）建设平台\n建设中心。新建3个。\n推动上云。培训100家。\n市科技局会同市财政局等单位定期会商。加强调度。\n",
        [("建设中心", "新建3个。"), ("推动上云", "培训100家。\n市科技局会同市财政局等单位定期会商。加强调度。")],
    ),
    # a sentence above a table is no title of that
    (
        "（一）建设网点\n推进网点建设。\n\n| 县 | 数量 | 年份 |\n|---|---|---|\n| 甲县 | 5个 | 2023 |\n\n",
        [("建设网点", "推进网点建设。")],
    ),
    # a chapter without sections is itself a task
    ("加强建设，推进改革。\n", [("重点任务", "加强建设，推进改革。")]),
    # the lowest heading
    (
        "（一）建设网点\n新建网点20个。\n（二）培训人员\n培训100人。\n",
        [("建设网点", "新建网点20个。"), ("培训人员", "培训100人。")],
    ),
    # run-in headings, numbered
    ("1.建设网点。新建20个。\n2.培训人员。培训100人。\n", [("建设网点", "新建20个。"), ("培训人员", "培训100人。")]),
    (
        "做好下列工作。\n第一、建设网点。新建20个。\n第二、培训人员。培训100人。\n",
        [("建设网点", "新建20个。"), ("培训人员", "培训100人。")],
    ),
    # run-in headings without a number, behind an opening paragraph
    (
        "按照要求，做好下列工作，不断提高水平。\n健全网络。新建20个。\n培训人员。培训100人。\n",
        [("健全网络", "新建20个。"), ("培训人员", "培训100人。")],
    ),
    # so it does where two of three have one
    (
        "（一）建设网点\n健全网络。新建20个。\n培训人员。培训100人。\n各级政府要落实责任，加大投入，工资按月发放。\n",
        [("健全网络", "新建20个。"), ("培训人员", "培训100人。\n各级政府要落实责任，加大投入，工资按月发放。")],
    ),
    # a paragraph without a title goes on with the task before it
    (
        "健全网络。新建20个。\n培训人员。培训100人。\n加强管理。定期检查。\n这些人员由县里统一管理，工资按月发放。\n",
        [
            ("健全网络", "新建20个。"),
            ("培训人员", "培训100人。"),
            ("加强管理", "定期检查。\n这些人员由县里统一管理，工资按月发放。"),
        ],
    ),
    # what a web page puts below a text is no part of it
    (
        "（一）建设网点\n健全网络。新建20个。\n培训人员。培训100人。\n扫一扫在手机打开当前页\n关闭窗口\n",
        [("健全网络", "新建20个。"), ("培训人员", "培训100人。")],
    ),
    # numbers that do not count are no headings, and no part of a title either
    (
        "（一）建设网点\n4.健全网络。新建20个。\n9.培训人员。培训100人。\n",
        [("健全网络", "新建20个。"), ("培训人员", "培训100人。")],
    ),
    (
        "（一）建设网点\n健全网络。新建20个。\n培训人员。培训100人。\n【打印】【关闭】\n主办单位：县政府办\n",
        [("健全网络", "新建20个。"), ("培训人员", "培训100人。")],
    ),
    # printing and closing that are work
    (
        "（一）建设网点\n健全网络。新建20个。\n关闭小厂。关停5家。\n打印店。整治3家。\n",
        [("健全网络", "新建20个。"), ("关闭小厂", "关停5家。"), ("打印店", "整治3家。")],
    ),
    # who is responsible belongs to the task
    ("（一）建设网点。新建20个。\n责任单位：县民政局\n", [("建设网点", "新建20个。\n责任单位：县民政局")]),
    # a list of sentences is the section's text
    (
        "（一）建设网点\n抓好以下工作：\n1.摸清底数；\n2.制定计划；\n3.组织实施。\n",
        [("建设网点", "抓好以下工作：\n1.摸清底数；\n2.制定计划；\n3.组织实施。")],
    ),
    # one short sentence at the start of one paragraph is no title
    (
        "（一）建设网点\n坚持统筹。新建网点，改造网点，配备人员。\n",
        [("建设网点", "坚持统筹。新建网点，改造网点，配备人员。")],
    ),
    # the lines of a box whose frame was lost do not count against the run-in headings above them
    (
        "（一）建设网点\n健全网络。新建20个。\n培训人员。培训100人。\n- 1.按照统一标准，建设平台。\n- 2.建成网络，实现共享。\n",
        [
            ("健全网络", "新建20个。"),
            ("培训人员", "培训100人。\n- 1.按照统一标准，建设平台。\n- 2.建成网络，实现共享。"),
        ],
    ),
    # run-in headings are the plan's way, but the only one here would be a sentence of clauses
    (
        "（一）建设网点\n健全网络。新建20个。\n培训人员。培训100人。\n（二）宣传引导\n做好解读，回应关切，引导预期。运用媒介，宣传效果。\n",
        [
            ("健全网络", "新建20个。"),
            ("培训人员", "培训100人。"),
            ("宣传引导", "做好解读，回应关切，引导预期。运用媒介，宣传效果。"),
        ],
    ),
    # 一是, 二是 count inside a task
    (
        "（一）建设网点\n一是新建。建20个。\n二是改造。改5个。\n",
        [("建设网点", "一是新建。建20个。\n二是改造。改5个。")],
    ),
    # the lines of a box are no tasks, and no part of the one before
    (
        "（一）建设网点\n新建20个。\n专栏1 网点工程\n1.道路工程。修路。\n2.桥梁工程。修桥。\n",
        [("建设网点", "新建20个。")],
    ),
    # goals inside a chapter of tasks are none
    ("（一）工作目标\n到2025年建成。\n（二）主要举措\n新建20个。\n", [("主要举措", "新建20个。")]),
]


@pytest.mark.parametrize(("text", "expected"), TASKS)
def test_tasks(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert tasks_of(text) == expected


def test_background_principles_and_goals_hold_no_tasks() -> None:
    found = reading_of(
        "一、发展基础\n网点增多。新建20个。\n人员增多。培训100人。\n"
        "二、基本原则\n坚持领导。加强党建。\n坚持改革。推进创新。\n"
        "三、发展目标\n网点健全。达到20个。\n人员充足。达到100人。\n"
    )
    assert found.tasks == []


def test_bold_first_words_are_a_title() -> None:
    text = (
        "# 规划\n\n## 一、总体要求\n\n好。\n\n## 二、重点任务\n\n**建设网点** 新建20个。\n\n## 三、保障措施\n\n好。\n"
    )
    found = reading_of(text, "plan.md")
    assert [task.title for _, _, task in found.tasks] == ["建设网点", "保障措施"]


def test_what_stands_behind_the_last_words_is_no_task() -> None:
    found = reading_of(
        "一、重点任务\n新建20个。\n二、组织实施\n抓好落实。\n\n抄送：县委办。\n县府办 2021年8月1日印发\n"
    )
    start, end, task = found.tasks[-1]
    assert found.document.text[start:end].strip() == "抓好落实。"
    assert task.evidence.quote == "抓好落实。"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("更新时间: 2026-01-26 11:25:37", False),
        ("**浏览次数**: 312", False),
        ("- 发布机构：县林业局", False),
        ("【法规分类】通知公告", False),
        ("来源:县政府网", False),
        ("【原文下载】", False),
        ("下载附件：云岭省养老规划.doc", False),
        ("- [云岭省养老规划.pdf](/cmsres/b0/b019.pdf )", False),
        ("[云岭省养老规划](http://www.yl.gov.cn/P0.docx?id=1)", False),
        ("【相关附件】", False),
        ("【附件】", False),
        ("1. [云岭省养老规划.pdf](/a.pdf)", False),
        ("下载文件数增加。", True),
        ("[养老服务平台](http://www.yl.gov.cn/) 要上线。", True),
        ("服务对象：六十岁以上老人。", True),
        ("更新设备，浏览次数增加。", True),
    ],
)
def test_the_lines_of_a_page_are_no_task(line: str, kept: bool) -> None:
    found = reading_of(f"一、重点任务\n新建20个。\n二、组织实施\n抓好落实。\n{line}\n", "a.md")
    assert (found.tasks[-1][2].evidence.quote == "抓好落实。") is not kept
    assert len(found.tasks) == 2


@pytest.mark.parametrize(
    "signed",
    ["云岭市人民政府", "工业和信息化部\n教育部\n中国科学院", "中国人民银行\n新华社", "云岭市教育局　云岭市妇联"],
)
def test_the_signature_is_no_task(signed: str) -> None:
    found = reading_of(f"一、重点任务\n新建20个。\n二、组织实施\n抓好落实。\n\n{signed}\n2021年8月1日\n")
    assert found.tasks[-1][2].evidence.quote == "抓好落实。"


UNITED = "紧密团结在以某同志为核心的党中央周围，"
UNITY_LINE = "继续按照“一国两制”方针，维护香港、澳门的长期繁荣稳定。\n"


@pytest.mark.parametrize(
    ("closing", "left"),
    [
        (f"全国各族人民要在党的领导下，{UNITED}为实现规划而努力奋斗。\n", ""),
        (f"让我们更加{UNITED}为实现规划作出新的贡献！\n", ""),
        ("全省上下要振奋精神，开拓创新，奋力谱写云岭发展新篇章！\n", ""),
        (f"“十五”计划是第一个五年计划，是重要的计划。全省各族人民要{UNITED}努力奋斗。\n", ""),
        (f"“十一五”规划是重要的规划\n全国各族人民要{UNITED}努力奋斗\n", ""),
        (f"{UNITY_LINE}全国各族人民要{UNITED}努力奋斗。\n", ""),
        # work of which all take part, an appeal behind work, and one with work below it
        ("全市人民要增强节水意识，推广节水器具。\n", "全市人民要增强节水意识，推广节水器具。"),
        (
            f"加强监督，定期评估。全国各族人民要{UNITED}努力奋斗。\n",
            f"加强监督，定期评估。全国各族人民要{UNITED}努力奋斗。",
        ),
        ("让我们努力奋斗，再创佳绩！\n定期评估。\n", "让我们努力奋斗，再创佳绩！定期评估。"),
        (UNITY_LINE, UNITY_LINE.strip()),
    ],
)
def test_the_appeal_that_closes_a_plan_is_no_task(closing: str, left: str) -> None:
    found = reading_of(f"一、重点任务\n新建20个。\n二、组织实施\n抓好落实，加强考核。\n{closing}")
    assert found.tasks[-1][2].evidence.quote == f"抓好落实，加强考核。{left}"


@pytest.mark.parametrize(
    "foot",
    [
        "2021年8月1日\n（此件主动公开）\n相关解读：一图读懂\n打印\t收藏\n主办：云岭市人民政府\n",
        "云岭市人民政府办公室\n2021年8月1日\n（此件公开发布）\n",
        "打印关闭\n版权所有：云岭市人民政府\n",
    ],
)
def test_the_signature_above_the_foot_of_a_page_is_no_task(foot: str) -> None:
    found = reading_of(f"一、重点任务\n新建20个。\n二、组织实施\n抓好落实。\n\n{foot}")
    assert found.tasks[-1][2].evidence.quote == "抓好落实。"


def test_a_date_and_a_verb_inside_the_text_end_no_task() -> None:
    found = reading_of(
        "一、重点任务\n新建20个。\n2021年8月1日\n起施行新规。\n打印关闭证明事项。\n二、保障\n抓好落实。\n"
    )
    assert found.tasks[0][2].evidence.quote.endswith("打印关闭证明事项。")


def test_parents_and_headings() -> None:
    found = reading_of(
        HEAD + "（一）建设网点\n1.新建。建20个。\n2.改造。改5个。\n（二）培训\n健全制度。好。\n加强考核。好。\n" + TAIL
    )
    titles = [heading.title for heading in found.headings]
    rows = [(task.title, task.heading, task.parent) for _, _, task in found.tasks]
    assert rows == [
        ("新建", titles.index("新建"), titles.index("建设网点")),
        ("改造", titles.index("改造"), titles.index("建设网点")),
        ("健全制度", None, titles.index("培训")),
        ("加强考核", None, titles.index("培训")),
        ("保障措施", titles.index("保障措施"), None),
    ]


def test_a_task_is_found_at_its_offset() -> None:
    found = reading_of(HEAD + "（一）建设网点\n新建20个。\n" + TAIL)
    at = found.document.text.index("新建20个")
    task = found.task_at(at)
    assert task is not None
    assert task.title == "建设网点"
    assert found.task_at(0) is None


def test_the_words_of_a_title_belong_to_its_task() -> None:
    text = (
        HEAD
        + "（一）建设网点20个。\n责任单位：市商务局\n（二）规范管理\n培训人员。培训100人。\n健全制度。健全2项制度。\n"
        + TAIL
    )
    found = reading_of(text)
    titles = {}
    for words in ("建设网点20个", "规范管理", "培训人员", "健全制度", "一、"):
        task = found.task_at(found.document.text.index(words))
        titles[words] = task.title if task else None
    assert titles == {
        "建设网点20个": "建设网点20个",
        "规范管理": None,  # its paragraphs have titles of their own
        "培训人员": "培训人员",
        "健全制度": "健全制度",
        "一、": None,
    }


def test_a_task_whose_heading_was_lost() -> None:
    from test_outline import OUTLINES

    text = next(path for path in OUTLINES if path.stem == "lost_headings").read_text(encoding="utf-8")
    lost = [task for _, _, task in reading_of(text.split("\n=====\n")[0]).tasks if task.title is None]
    assert [task.label for task in lost][:1] == ["发挥应急管理部门综合优势和各相关部门专业优势"]
    assert lost[0].evidence.quote.startswith("发挥应急管理部门综合优势")


def test_a_task_whose_heading_was_lost_is_no_closing_paragraph() -> None:
    """Of a plan that closes below it, the task ended before it began, and was in no result."""
    text = (
        "一、重点任务\n（一）建设网点\n健全网络。新建20个。\n培训人员。培训100人。\n发挥部门优势，改造5个。\n"
        "本方案自2023年起施行。\n"
    )
    found = reading_of(text)
    blocks = [replace(b, lost=found.document.words(b).startswith("发挥")) for b in found.document.blocks]
    found.document = replace(found.document, blocks=tuple(blocks))
    parts = [found.document.text[part.start : part.end].strip() for part in tasks_of_text(found, [])]
    assert parts == ["新建20个。", "培训100人。", "发挥部门优势，改造5个。"]
