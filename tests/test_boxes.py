"""Boxes (专栏) through the whole pipeline, in the forms in which files have them: what stands in them is in the outline
and gives targets and projects, and the tasks around them stay what they are."""

import pytest
from hostile.word import body, word
from reading_of import source_of

from extractors.layout import layout
from extractors.pipeline import extract, pipeline
from extractors.projects import Project
from extractors.readers import read_bytes
from ontology.model.facts import Heading, Target, Task
from ontology.model.source import Source

NLP = pipeline()
ABOVE = """云岭省“十四五”养老服务发展规划

一、总体要求

到2025年，服务体系更加完善。

二、主要任务

（一）完善设施体系

推进设施建设，完善服务体系。

"""
BELOW = """
（二）培养队伍

加强队伍建设。

三、保障措施

（一）加强组织领导

加强组织领导，形成工作合力。
"""
TASKS = ["完善设施体系", "培养队伍", "加强组织领导"]


def plan(box: str, name: str = "plan.txt") -> Source:
    return source_of(ABOVE + box + BELOW, name)


def told(source: Source) -> list[str]:
    """Targets as `subject op value unit deadline` and projects as `name amount`, in the order of the facts."""
    found = []
    for fact in extract(source, NLP):
        if isinstance(fact, Target):
            parts = (fact.subject, fact.op, fact.value, fact.unit, fact.deadline)
            found.append(" ".join(str(part) for part in parts if part is not None))
        elif isinstance(fact, Project):
            found.append(f"project {fact.name}" + (f" {fact.investment}{fact.unit}" if fact.unit else ""))
    return found


def tasks_in(source: Source) -> list[str | None]:
    return [fact.title for fact in extract(source, NLP) if isinstance(fact, Task)]


def headings_in(source: Source) -> list[str]:
    return [f"{fact.kind} {fact.title}" for fact in extract(source, NLP) if isinstance(fact, Heading)]


def blocks_of(text: str, name: str = "plan.txt") -> list[str]:
    document = layout(source_of(text, name))
    return [document.words(block) for block in document.blocks]


FACILITIES = ("设施建设工程", "新建服务综合体50个，改造护理型床位1万张。")
STAFF = ("人才培养工程", "培训护理员1万人次。")
THREE = ["服务综合体 = 50 个", "护理型床位 = 1 万张", "护理员 = 1 万人次"]


def pipes(*rows: tuple[str, ...]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|---" * len(rows[0]) + "|")
    return "\n".join(["专栏1 养老服务重点工程", "", *lines, ""])


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        (pipes(FACILITIES, STAFF), THREE),
        (pipes(("1", *FACILITIES), ("2", *STAFF)), THREE),
        (pipes(("项目名称", "建设内容"), FACILITIES, STAFF), [*THREE, "project 设施建设工程", "project 人才培养工程"]),
        ("专栏1 养老服务重点工程\n" + "\n".join("\t".join(row) for row in (FACILITIES, STAFF)) + "\n", THREE),
        # without a mark at their end, and what the cell to the left names
        (pipes(("设施建设工程", "新建服务综合体50个"), ("培训基地", "总投资3亿元，2024年建成。")), ["服务综合体 = 50 个", "培训基地 2024"]),
        # names alone, what was done, and the other kinds of tables
        (pipes(("设施建设工程", "新建50个服务综合体工程"), ("人才培养", "完善制度。")), []),
        (pipes(("设施建设", "“十三五”期间，已建成综合体20个。"), ("人才培养", "目前有护理员2万人。")), []),
        (pipes(("指标", "2020年", "2025年", "属性"), ("综合体（个）", "新建50，达到80", "120", "预期性")), []),
        (pipes(("类别", "现状", "属性"), ("综合体", "已达到80个，新建50个", "预期性")), []),
        (pipes(("重点任务", "具体举措", "责任单位"), ("设施", "新建综合体50个。", "省民政厅"), ("人才", "培训护理员1万人次。", "省教育厅")),
         ["综合体 = 50 个", "护理员 = 1 万人次"]),  # of a table of work, once
        # deeds and how many, but not of what
        (pipes(("乡镇", "敬老院20个", "续建10个，新建10个"), ("城区", "福利院", "新建2个。")), []),
        (pipes(("乡镇", "敬老院", "续建敬老院10个，新建福利院10个")), ["敬老院 = 10 个", "福利院 = 10 个"]),
        # a table without the caption of a box
        (pipes(FACILITIES, STAFF).replace("专栏1 养老服务重点工程", "表1 养老服务重点工程"), []),
    ],
)  # fmt: skip
def test_the_cells_of_a_box_that_is_a_table(box: str, expected: list[str]) -> None:
    assert told(plan(box, "plan.md")) == expected


def test_a_box_that_is_a_table_of_word() -> None:
    def paragraphs(text: str) -> str:
        return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines() if line)

    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraphs(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in (FACILITIES, STAFF)
    )
    text = paragraphs(ABOVE) + paragraphs("专栏1 养老服务重点工程") + f"<w:tbl>{rows}</w:tbl>" + paragraphs(BELOW)
    source = read_bytes("plan.docx", word(body(text)))
    assert told(source) == THREE
    assert tasks_in(source) == TASKS


ROWS = "设施建设工程\n新建服务综合体50个，改造护理型床位1万张。\n人才培养工程\n培训护理员1万人次。\n"


@pytest.mark.parametrize(
    ("box", "below"),
    [
        (ROWS, []),  # the names alone on their lines
        (ROWS.replace("工程\n", "工程。"), []),
        (ROWS.replace("工程\n", "工程："), []),
        ("".join(f"{n}.{row}\n" for n, row in enumerate(ROWS.replace("工程\n", "工程。").splitlines(), 1)),
         ["box-item 设施建设工程", "box-item 人才培养工程"]),
        (ROWS.replace("新建", "1.新建").replace("，改造", "。\n2.改造"),  # a list in a row
         ["box-item 新建服务综合体50个", "box-item 改造护理型床位1万张"]),
    ],
)  # fmt: skip
def test_the_rows_of_a_box_are_no_tasks(box: str, below: list[str]) -> None:
    source = plan("专栏1 养老服务重点工程\n" + box)
    assert tasks_in(source) == TASKS
    assert told(source)[:3] == THREE
    assert headings_in(source)[2:-2] == ["section 完善设施体系", "box 养老服务重点工程", *below, "section 培养队伍"]


WORKS = "专栏1 重点工程\n居家养老工程\n改造家庭1000户。\n机构养老工程\n改造床位500张。\n"
FIELDS = WORKS.replace("养老工程", "养老")
MORE = "推进科技支撑\n建设平台1个。\n培养养老人才\n培训护理员100名。\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WORKS + MORE, ["推进科技支撑", "培养养老人才"]),
        (FIELDS + MORE, ["推进科技支撑", "培养养老人才"]),  # names, and then measures
        (WORKS + MORE.replace("推进科技", "科技").replace("培养养老", "养老"), ["科技支撑", "养老人才"]),
        ("设施建设\n新建机构3家。\n" + WORKS + "人才培养\n培训护理员100名。\n", ["设施建设", "人才培养"]),
        # of a heading and a row without such an end it cannot be told which is which
        ("设施建设\n新建机构3家。\n" + FIELDS + "人才培养\n培训护理员100名。\n", ["设施建设", "机构养老", "人才培养"]),
        (FIELDS + "人才培养\n培训护理员100名。\n", []),
    ],
)
def test_headings_without_a_number_below_a_box(text: str, expected: list[str]) -> None:
    source = plan("（二）推进养老\n" + text)
    assert tasks_in(source) == ["完善设施体系", *expected, *TASKS[1:]]


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        (WORKS + MORE, ["健全网络", "推进科技支撑", "培养养老人才", "保障措施"]),
        (WORKS, ["健全网络", "保障措施"]),
        (FIELDS + MORE, ["健全网络", "推进科技支撑", "培养养老人才", "保障措施"]),
    ],
)
def test_a_box_of_a_plan_without_numbers_ends_at_the_next_chapter(box: str, expected: list[str]) -> None:
    head = "云岭省“十四五”养老服务规划\n总体要求\n坚持以人为本。\n主要任务\n健全网络\n完善网络。\n"
    source = source_of(head + box + "保障措施\n省民政厅负责组织实施。\n", "plan.txt")
    assert tasks_in(source) == expected


def test_headings_without_a_number_around_a_box_of_one_paragraph_stay() -> None:
    text = "健全网络\n推进布局，完善网络。\n专栏1 重点工程\n修路5条，修桥2座。\n壮大队伍\n加强培养，壮大队伍。\n"
    assert tasks_in(plan(text)) == ["健全网络", "壮大队伍", *TASKS[1:]]


QUOTED = """#### 1.建设网络

推进网络建设。

#### 2.提升质量

完善质量标准。

> **专栏1 养老服务重点工程**
>
> 1.设施建设工程。新建服务综合体50个，改造护理型床位1万张。
>
> 2.人才培养工程。培训护理员1万人次。
>
> 3.信息化工程。2024年底前建成平台。
"""


@pytest.mark.parametrize("mark", ["> ", ">", "> > ", ""])
def test_a_quotation_that_is_a_box(mark: str) -> None:
    """The numbers of its lines do not go on those of the headings above it."""
    lines = [mark + line[1:].lstrip() if line.startswith(">") else line for line in QUOTED.splitlines(keepends=True)]
    text = "".join(line if line.endswith("\n") else line + "\n" for line in lines)
    source = plan(text.replace("**", "") if not mark else text, "plan.md")
    assert tasks_in(source) == ["建设网络", "提升质量", *TASKS[1:]]
    assert [one for one in headings_in(source) if one.startswith("box")] == [
        "box 养老服务重点工程", "box-item 设施建设工程", "box-item 人才培养工程", "box-item 信息化工程",
    ]  # fmt: skip
    assert told(source)[:3] == THREE
    assert not any(">" in fact.evidence.quote[-1:] for fact in extract(source, NLP))


def test_other_signs_at_the_start_of_a_line_are_no_quotation() -> None:
    assert blocks_of("# 指标\n\n甲率\n\n> 50%\n\n>=95\n\n> 说明：好。\n", "plan.md") == [
        "指标",
        "甲率",
        "> 50%",
        ">=95",
        "说明：好。",
    ]
    assert blocks_of("指标\n\n> 说明\n") == ["指标", "> 说明"]  # no Markdown


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        # works with an investment of their own, whatever the title of their box
        (
            "专栏2 重大交通项目\n1.泽宁机场轨道快线。线路全长58公里，总投资245亿元，2022年建成。\n"
            "2.青桐铁路。线路全长77公里，总投资270亿元，2026年建成。\n",
            ["泽宁机场轨道快线 2022", "青桐铁路 2026", "project 泽宁机场轨道快线 245亿元", "project 青桐铁路 270亿元"],
        ),
        (
            "专栏2 轨道交通建设工程\n1.泽宁机场轨道快线。总投资245亿元。\n2.青桐轻轨。总投资270亿元。\n",
            ["project 轨道交通建设工程"],  # the box is one by its title, and what stands in it may be its parts
        ),
        (
            "专栏2 桐川河综合治理工程\n1.河道整治。投资1亿元。\n2.截污纳管。投资2亿元。\n",
            ["project 桐川河综合治理工程"],
        ),
        # one work with steps, or with parts of which one has a sum
        ("专栏2 石桥水库工程\n1.大坝加固。加固大坝。\n2.渠道衬砌。总投资2亿元。\n", ["project 石桥水库工程"]),
        # classes of works: the one work of a line, but neither its class, nor one of several
        (
            "专栏1 重大交通项目\n1.铁路：建成泽青铁路，推进桐泽铁路建设，总投资90亿元。\n"
            "2.公路：泽青高速、桐青高速，总投资320亿元。\n3.机场：泽宁通用机场，2021—2023年，总投资5亿元。\n",
            ["project 泽宁通用机场 5亿元"],
        ),
        (
            "专栏1 重大交通项目\n1.国省干线公路。总投资90亿元。\n2.智慧交通。总投资2亿元。\n3.城际铁路。总投资9亿元。\n",
            [],
        ),
        ("专栏1 环境治理\n1.大气污染防治。投资2亿元。\n2.水污染防治。投资3亿元。\n", []),
        (
            "专栏1 水利重点工程\n1.防洪工程：桐川河治理，2021—2023年，总投资5亿元。\n2.供水工程：新建管网50公里，投资3亿元。\n"
            "3.灌溉工程。新建渠道60公里。\n4.铁路工程：泽青铁路桐川段，总投资40亿元，2020—2024年。\n5.天网工程。完善网络。\n",
            ["管网 = 50 公里", "渠道 = 60 公里", "project 泽青铁路桐川段 40亿元", "project 天网工程"],
        ),
        ("专栏1 重点人群健康项目\n1.妇幼健康。投资1亿元。\n", ["project 重点人群健康项目"]),
        # measures, and money by what it is spent on
        (
            "专栏1 重大交通项目\n1.加快铁路建设。总投资90亿元。\n2.前期工作费用。总投资2亿元。\n3.道路养护。经常养护。\n",
            [],
        ),
    ],
)
def test_works_in_a_box(box: str, expected: list[str]) -> None:
    assert told(plan(box)) == expected


def test_the_years_of_a_work_in_a_box() -> None:
    text = (
        "专栏1 产业重点项目\n1.青云产业园项目。总投资52亿元，2023年建成投产。\n"
        "2.桐川产业园项目。建设期限2021—2024年，总投资9亿元。\n3.石桥产业园项目。一期2022年建成，二期2024年建成。\n"
    )
    found = [fact for fact in extract(plan(text), NLP) if isinstance(fact, Project)]
    assert [(one.period_start, one.period_end) for one in found] == [(None, 2023), (2021, 2024), (None, None)]
    assert found[0].evidence.quote.endswith("2023年建成投产")
    assert found[1].evidence.quote.endswith("总投资9亿元")
