"""Tables of work (重点任务清单, 任务分解表, 分工方案, 职责清单) through the whole pipeline, in the forms that readers give:
each row is a task with its targets and duties; and tables that look like them and set no work."""

from collections.abc import Callable, Sequence

import pytest
from hostile.word import body, word
from reading_of import source_of

from extractors.pipeline import extract, pipeline
from extractors.projects import Project
from extractors.readers import read_bytes
from ontology.model.facts import Passage, Responsibility, Target, Task
from ontology.model.source import Source

NLP = pipeline()
Table = Sequence[Sequence[str | None] | str]  # None: merged with the cell above; a text: a line across all columns
OPENING = [
    "桐川县便民服务实施方案（2023—2026年）",
    "一、总体要求",
    "坚持统筹推进，提高工作水平。",
    "二、组织实施",
    "各单位按照附件抓好落实。",
]


def as_lines(title: str, table: Table) -> Source:
    cells = [cell for row in table for cell in ([row] if isinstance(row, str) else row) if cell]
    return source_of("\n".join([*OPENING, "附件", title, *cells, ""]))


def as_tabs(title: str, table: Table, mark: str = "\t") -> Source:
    rows = [row if isinstance(row, str) else mark.join(cell or "" for cell in row) for row in table]
    return source_of("\n".join([*OPENING, "附件", title, *rows, ""]))


def as_gaps(title: str, table: Table) -> Source:
    rows = [row for row in table if not isinstance(row, str)]
    widths = [max(2 * len(row[n] or "") for row in rows) + 3 for n in range(len(rows[0]))]
    lines = [
        row if isinstance(row, str)
        else "".join((cell or "") + " " * (w - _wide(cell or "")) for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]  # fmt: skip
    return source_of("\n".join([*OPENING, "附件", title, *lines, ""]))


def _wide(text: str) -> int:
    return sum(1 if c.isascii() else 2 for c in text)


def as_markdown(title: str, table: Table) -> Source:
    width = len(table[0])
    rows = [[row, *[""] * (width - 1)] if isinstance(row, str) else row for row in table]
    lines = ["| " + " | ".join(cell or "" for cell in row) + " |" for row in rows]
    lines.insert(1, "|---" * width + "|")
    return source_of("\n\n".join([*OPENING, "附件", title, "\n".join(lines), ""]), "plan.md")


def _spanned(table: Table, cell: Callable[[str, int, int], str], covered: str) -> str:
    """The rows of cells, where a merged one says how many rows and columns it spans."""
    found = ""
    for at, row in enumerate(table):
        found += "<tr>"
        if isinstance(row, str):
            found += cell(row, 1, len(table[0])) + "</tr>"
            continue
        for n, text in enumerate(row):
            below = table[at + 1 :]
            span = next((k for k, one in enumerate(below) if isinstance(one, str) or one[n] is not None), len(below))
            found += covered if text is None else cell(text, span + 1, 1)
        found += "</tr>"
    return found


def as_html(title: str, table: Table) -> Source:
    rows = _spanned(table, lambda text, down, over: f'<td rowspan="{down}" colspan="{over}">{text}</td>', "")
    lines = "".join(f"<p>{line}</p>" for line in [*OPENING, "附件", title])
    return read_bytes("plan.html", f"<html><body>{lines}<table>{rows}</table></body></html>".encode())


def as_word(title: str, table: Table) -> Source:
    def paragraph(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    def cell(text: str, down: int, over: int) -> str:
        merge = '<w:vMerge w:val="restart"/>' if down > 1 else ""
        return f'<w:tc><w:tcPr><w:gridSpan w:val="{over}"/>{merge}</w:tcPr>{paragraph(text)}</w:tc>'

    covered = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{paragraph('')}</w:tc>"
    rows = _spanned(table, cell, covered).replace("<tr>", "<w:tr>").replace("</tr>", "</w:tr>")
    text = "".join(map(paragraph, [*OPENING, "附件", title]))
    return read_bytes("plan.docx", word(body(text + f"<w:tbl>{rows}</w:tbl>")))


def as_blanks(title: str, table: Table) -> Source:
    return as_tabs(title, table, " ")


FORMS = {
    "markdown": as_markdown, "html": as_html, "word": as_word, "tabs": as_tabs, "gaps": as_gaps, "lines": as_lines,
    "blanks": as_blanks,
}  # fmt: skip
MARKED = ("markdown", "html", "word", "tabs")
SPANNING = ("html", "word")


def told(source: Source) -> list[str]:
    """Tasks, targets and duties of the table as short texts, in the order of the text: 'task 改造食堂',
    '= 36 个 2024-12 改造食堂', '县教育局 lead 改造食堂'."""
    facts = extract(source, NLP)
    tasks = {fact.position: fact for fact in facts if isinstance(fact, Task)}
    found = [f"task {task.title or '? ' + task.label}" for task in tasks.values() if task.title not in HEADED]
    for fact in facts:
        if isinstance(fact, (Target, Responsibility)):
            where = tasks[fact.task].label if fact.task is not None else "?"
            if isinstance(fact, Responsibility):
                found.append(f"{fact.department} {fact.role} {where}")
            elif fact.value is None:
                found.append(f"{fact.subject} {fact.deadline} {where}")
            else:
                found.append(f"{fact.op} {fact.value} {fact.unit} {fact.deadline} {where}")
    return sorted(found)


HEADED = ("总体要求", "组织实施")
MERGED_ROWS = [
    ["序号", "重点任务", "主要举措", "牵头单位", "配合单位", "完成时限"],
    ["1", "完善充电网络", "新建公共充电桩1200个。", "县发展改革局", "县住房城乡建设局", "2025年底前"],
    ["2", None, "建成快速充电站18座。", "县交通运输局", "县发展改革局", "2024年底前"],
    ["3", "强化运营监管", "归集全部运营数据。", "县大数据局", "县市场监管局", "2024.9"],
]
MERGED_FACTS = [
    "task 完善充电网络", "task 完善充电网络", "task 强化运营监管",
    "= 1200 个 2025-12 完善充电网络", "= 18 座 2024-12 完善充电网络", "强化运营监管 2024-09 强化运营监管",
    "县发展改革局 lead 完善充电网络", "县住房城乡建设局 participant 完善充电网络",
    "县交通运输局 lead 完善充电网络", "县发展改革局 participant 完善充电网络",
    "县大数据局 lead 强化运营监管", "县市场监管局 participant 强化运营监管",
]  # fmt: skip
TABLES: list[tuple[str, Table, list[str], Sequence[str]]] = [
    # a row is a task; its date is the deadline of its numbers, or a target where it has none
    (
        "校园餐提升重点任务清单",
        [
            ["序号", "重点任务", "具体举措", "责任单位", "完成时限"],
            ["1", "改造学校食堂", "改造农村学校食堂36个，配备快检设备。", "县教育局", "2024年12月"],
            ["2", "推行集中采购", "建立采购平台，统一招标。", "县财政局、县教育局", "2024年6月"],
            ["3", "培训从业人员", "培训食堂从业人员800人次。", "县市场监管局", "长期坚持"],
        ],
        [
            "task 改造学校食堂", "task 推行集中采购", "task 培训从业人员",
            "= 36 个 2024-12 改造学校食堂", "推行集中采购 2024-06 推行集中采购", "= 800 人次 None 培训从业人员",
            "县教育局 lead 改造学校食堂", "县财政局 lead 推行集中采购", "县教育局 lead 推行集中采购",
            "县市场监管局 lead 培训从业人员",
        ],
        tuple(FORMS),
    ),
    # items that the title calls work
    (
        "2024年民生实事任务分工表",
        [
            ["序号", "项目名称", "主要内容", "责任单位", "配合单位", "完成时限"],
            ["1", "城乡供水", "新建农村供水工程12处，改造管网35公里", "县水利局", "县财政局", "2024年10月"],
            ["2", "教育提升", "新建幼儿园2所，新增学位360个", "县教育局", "县财政局", "2024年8月"],
            ["3", "养老服务", "建设养老服务中心3个", "县民政局", "县财政局", "2024年11月"],
        ],
        [
            "task 城乡供水", "task 教育提升", "task 养老服务",
            "= 12 处 2024-10 城乡供水", "= 35 公里 2024-10 城乡供水",
            "= 2 所 2024-08 教育提升", "= 360 个 2024-08 教育提升", "= 3 个 2024-11 养老服务",
            "县水利局 lead 城乡供水", "县财政局 participant 城乡供水",
            "县教育局 lead 教育提升", "县财政局 participant 教育提升",
            "县民政局 lead 养老服务", "县财政局 participant 养老服务",
        ],
        (*MARKED, "lines"),
    ),
    # elsewhere the name of a project is no task
    (
        "县城更新安排表",
        [
            ["序号", "项目名称", "建设内容", "责任单位", "完成时限"],
            ["1", "滨河公园", "新建公园2处。", "县住房城乡建设局", "2024年10月"],
            ["2", "城北管网", "改造管网35公里。", "县水利局", "2024年8月"],
        ],
        [
            "task 新建公园2处", "task 改造管网35公里",
            "= 2 处 2024-10 新建公园2处", "= 35 公里 2024-08 改造管网35公里",
            "县住房城乡建设局 lead 新建公园2处", "县水利局 lead 改造管网35公里",
        ],
        MARKED,
    ),
    # a task that several rows share
    ("公共充电设施任务分解表", MERGED_ROWS, MERGED_FACTS, (*MARKED, "lines")),
    # one column says what is to be done
    (
        "河湖清理任务清单",
        [
            ["序号", "工作任务", "责任单位", "完成时间"],
            ["1", "清理河道违建45处", "县水利局", "2023年10月底"],
            ["2", "划定河湖管理范围", "县自然资源局", "2023年12月底"],
        ],
        [
            "task 清理河道违建45处", "task 划定河湖管理范围",
            "= 45 处 2023-10 清理河道违建45处", "划定河湖管理范围 2023-12 划定河湖管理范围",
            "县水利局 lead 清理河道违建45处", "县自然资源局 lead 划定河湖管理范围",
        ],
        tuple(FORMS),
    ),
    # the cell begins with a title of its own
    (
        "港口转型任务清单",
        [
            ["序号", "任务内容", "牵头单位"],
            ["1", "推广岸电使用。新建岸电设施16套，泊位覆盖率达到90%。", "县交通运输局"],
            ["2", "更新作业机械。更新电动集卡300辆。", "县国资局"],
        ],
        [
            "task 推广岸电使用", "task 更新作业机械",
            "= 16 套 None 推广岸电使用", "= 90 % None 推广岸电使用", "= 300 辆 None 更新作业机械",
            "县交通运输局 lead 推广岸电使用", "县国资局 lead 更新作业机械",
        ],
        tuple(FORMS),
    ),
    # several sentences without a title: the text is there, the title is none
    (
        "任务分工表",
        [
            ["主要任务", "责任部门"],
            ["对学校食堂开展一次全面检查，到2024年检查率达到100%。对问题食堂限期整改。", "县教育局"],
            ["完善台账", "县民政局"],
        ],
        [
            "task ? 对学校食堂开展一次全面检查", "task 完善台账", "= 100 % 2024 对学校食堂开展一次全面检查",
            "县教育局 lead 对学校食堂开展一次全面检查", "县民政局 lead 完善台账",
        ],
        MARKED,
    ),
    # levels of tasks: the lowest is the task; persons are no bodies; aims are read, problems are not
    (
        "整改任务清单",
        [
            ["一级任务", "二级任务", "存在问题", "整改措施", "整改目标", "责任领导", "责任单位"],
            ["改善环境", "改造厕所", "仍有旱厕200座", "逐户改造。", "改造户厕8000户", "王某", "县农业农村局"],
            [None, "治理污水", "管网老化", "新建污水处理站30座。", "稳定达标", "李某", "县生态环境局"],
        ],
        [
            "task 改造厕所", "task 治理污水", "= 8000 户 None 改造厕所", "= 30 座 None 治理污水",
            "县农业农村局 lead 改造厕所", "县生态环境局 lead 治理污水",
        ],
        MARKED,
    ),
    # a body and a date that are merged over two rows hold for both
    (
        "冰雪旅游重点任务分工表",
        [
            ["重点任务", "具体措施", "责任单位", "完成时限"],
            ["提升场馆", "改造滑雪场4家。", "县文化和旅游局", "2025年10月"],
            ["培育赛事", "举办比赛5场。", None, None],
        ],
        [
            "task 提升场馆", "task 培育赛事", "= 4 家 2025-10 提升场馆", "= 5 场 2025-10 培育赛事",
            "县文化和旅游局 lead 提升场馆", "县文化和旅游局 lead 培育赛事",
        ],
        SPANNING,
    ),
    # but an empty cell is no merged one
    (
        "冰雪旅游重点任务分工表",
        [
            ["重点任务", "具体措施", "责任单位", "完成时限"],
            ["提升场馆", "改造滑雪场4家。", "县文化和旅游局", "2025年10月"],
            ["培育赛事", "举办比赛5场。", "", ""],
        ],
        [
            "task 提升场馆", "task 培育赛事", "= 4 家 2025-10 提升场馆", "= 5 场 None 培育赛事",
            "县文化和旅游局 lead 提升场馆",
        ],
        MARKED,
    ),
    # 时间进度 is the deadline
    (
        "重点任务分工及进度安排表",
        [
            ["序号", "工作任务", "牵头单位", "参加单位", "时间进度"],
            ["1", "制定养老设施规划", "县民政局", "县财政局、县老龄办", "2024年12月底前"],
            ["2", "建立评估制度", "县民政局", "县医保局", "持续实施"],
        ],
        [
            "task 制定养老设施规划", "task 建立评估制度", "制定养老设施规划 2024-12 制定养老设施规划",
            "县民政局 lead 制定养老设施规划", "县财政局 participant 制定养老设施规划",
            "县老龄办 participant 制定养老设施规划",
            "县民政局 lead 建立评估制度", "县医保局 participant 建立评估制度",
        ],
        (*MARKED, "lines", "gaps", "blanks"),
    ),
    # lines across the table are no rows; the parts of bodies stand in the cell
    (
        "夜间经济重点任务清单",
        [
            ["序号", "重点任务", "主要内容", "责任分工"],
            "一、丰富业态",
            ["1", "打造街区", "打造夜间消费街区6条。", "县商务局牵头，县公安局配合"],
            "二、优化服务",
            ["2", "延长运营", "延长公交运营时间。", "县交通运输局牵头"],
        ],
        [
            "task 打造街区", "task 延长运营", "= 6 条 None 打造街区",
            "县商务局 lead 打造街区", "县公安局 participant 打造街区", "县交通运输局 lead 延长运营",
        ],
        (*MARKED, "gaps"),
    ),
    # classes with their aims, which are deeds; a bureau below 牵头科室 keeps its function
    (
        "年度任务安排",
        [
            ["项目类别", "年度目标", "牵头科室", "配合科室"],
            ["坡耕地治理", "治理坡耕地12万亩", "县水利局", "规划科"],
            ["淤地坝建设", "新建淤地坝40座", "建管科", "财务科"],
        ],
        [
            "task 坡耕地治理", "task 淤地坝建设", "= 12 万亩 None 坡耕地治理", "= 40 座 None 淤地坝建设",
            "县水利局 lead 坡耕地治理", "规划科 participant 坡耕地治理",
            "建管科 lead 淤地坝建设", "财务科 participant 淤地坝建设",
        ],
        MARKED,
    ),
    # a list of powers and duties
    (
        "公路管理权力和责任清单",
        [
            ["序号", "权力责任名称", "行使主体", "权力责任类别", "设定依据", "权力责任事项"],
            ["1", "公路的具体管理", "县交通运输局", "管理", "《公路法》第八条", "按照其职责权限，负责所辖区域内公路的具体管理。"],
            ["2", "养护资金补助", "县人民政府", "资金补助", "《公路法》第三十六条", "应当将养护资金纳入一般公共财政预算。"],
        ],
        [
            "task 公路的具体管理", "task 养护资金补助",
            "县交通运输局 lead 公路的具体管理", "县人民政府 lead 养护资金补助",
        ],
        (*MARKED, "lines", "blanks", "gaps"),
    ),
    # the list's own year is no date of a row
    (
        "2023年联席会议工作任务清单",
        [
            ["序号", "重点任务", "责任单位", "完成时限"],
            ["1", "完善联合检查工作机制", "县教育局", "2023年"],
            ["2", "改造食堂36个", "县教育局", "2023年"],
            ["3", "公布收费目录清单", "县民政局", "2023年6月"],
            ["4", "健全信用评价体系", "县民政局", "2024年"],
        ],
        [
            "task 完善联合检查工作机制", "task 改造食堂36个", "task 公布收费目录清单", "task 健全信用评价体系",
            "= 36 个 2023 改造食堂36个", "公布收费目录清单 2023-06 公布收费目录清单", "健全信用评价体系 2024 健全信用评价体系",
            "县教育局 lead 完善联合检查工作机制", "县教育局 lead 改造食堂36个",
            "县民政局 lead 公布收费目录清单", "县民政局 lead 健全信用评价体系",
        ],
        MARKED,
    ),
    # what each body has to do
    (
        "部门职责清单",
        [["部门", "职责"], ["县财政局", "统筹安排建设资金。"], ["县公安局", "负责网络安全监督检查。"]],
        [
            "task 统筹安排建设资金", "task 负责网络安全监督检查",
            "县财政局 lead 统筹安排建设资金", "县公安局 lead 负责网络安全监督检查",
        ],
        (*MARKED, "lines", "blanks"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "title", "table", "expected"),
    [(form, title, table, expected) for title, table, expected, forms in TABLES for form in forms],
    ids=[f"{title}-{len(table[0])}-{form}" for title, table, _, forms in TABLES for form in forms],
)
def test_rows_of_work(form: str, title: str, table: Table, expected: list[str]) -> None:
    assert told(FORMS[form]("桐川县" + title, table)) == sorted(expected)


# Tables that look like tables of work and set none
MISSES: list[tuple[str, Table]] = [
    (
        "营商环境考评表",
        [
            ["序号", "考评内容", "评分标准", "分值", "责任单位"],
            ["1", "窗口服务", "未设综合窗口的扣2分", "10", "县大数据局"],
            ["2", "信用建设", "未归集数据的扣1分", "8", "县发展改革局"],
        ],
    ),
    (
        "主要指标表",
        [
            ["序号", "指标", "单位", "2020年", "2025年", "属性"],
            ["1", "森林覆盖率", "%", "45.2", "46.5", "约束性"],
            ["2", "粮食产量", "万吨", "32", "35", "预期性"],
        ],
    ),
    # levels that indicators are to reach, and amounts, are no deeds
    (
        "教育发展目标",
        [
            ["项目", "年度目标", "责任科室"],
            ["毛入园率", "提高到92%以上", "学前科"],
            ["巩固率", "保持在97%以上", "基教科"],
        ],
    ),
    (
        "绿化安排",
        [["项目类别", "年度目标", "责任单位"], ["造林", "12万亩", "县林业局"], ["种草", "新增5万亩", "县林业局"]],
    ),
    ("危房改造任务分配表", [["乡镇", "改造户数", "资金"], ["东坪镇", "120", "180"], ["西岗镇", "86", "129"]]),
    (
        "重点任务完成情况",
        [
            ["序号", "重点任务", "完成情况", "责任单位"],
            ["1", "改造学校食堂", "已改造食堂30个。", "县教育局"],
            ["2", "清理河道", "已清理河道8条。", "县水利局"],
        ],
    ),
    (
        "重点项目表",
        [
            ["序号", "项目名称", "建设内容", "总投资（万元）", "责任单位"],
            ["1", "城区供水工程", "新建水厂1座。", "5000", "县水利局"],
            ["2", "城区公园项目", "新建公园2个。", "1200", "县城市管理局"],
        ],
    ),
    ("领导小组成员名单", [["姓名", "单位", "职务"], ["王某", "县教育局", "局长"], ["李某", "县民政局", "局长"]]),
]


@pytest.mark.parametrize("form", MARKED)
@pytest.mark.parametrize(("title", "table"), MISSES, ids=[title for title, _ in MISSES])
def test_tables_that_set_no_work(form: str, title: str, table: Table) -> None:
    found = told(FORMS[form]("桐川县" + title, table))
    assert not [one for one in found if one.startswith("task")]
    assert not [one for one in found if one[0] in "=<>~"]


def test_the_names_of_annexes_are_no_tasks() -> None:
    names = "附件：1.重点任务清单\n　　　2.责任分工表\n桐川县人民政府办公室\n2023年2月1日\n"
    text = "桐川县人民政府办公室关于印发桐川县便民服务实施方案的通知\n各乡镇：\n现将《桐川县便民服务实施方案》印发给你们。\n"
    assert told(source_of(text + names + "\n".join(OPENING) + "\n")) == []


BLANK_ROWS = [
    # a row with a word too few, one with a blank inside a cell, one whose bodies stand where its text should
    ("3 硬化村道 2024年9月", "task 硬化村道"),
    ("3 硬化村道 改造桥梁 县交通运输局 2024年9月", "task 硬化村道"),
    ("3 县交通运输局 硬化村道 2024年9月", "task 县交通运输局"),
    # what goes on below may belong to any of the cells
    ("3 硬化村道 县交通运输局 2024年9月\n及县住房城乡建设局", "task 硬化村道"),
]


@pytest.mark.parametrize(("row", "wrong"), BLANK_ROWS)
def test_of_a_table_with_single_blanks_only_the_clear_rows_are_read(row: str, wrong: str) -> None:
    table = [
        "附件", "桐川县重点任务清单", "序号 重点任务 责任单位 完成时限",
        "1 改造食堂 县教育局 2024年6月", "2 清理河道 县水利局 2024年8月", row, "",
    ]  # fmt: skip
    source = source_of("\n".join([*OPENING, *table]))
    found = told(source)
    assert {"task 改造食堂", "task 清理河道"} <= set(found)
    assert wrong not in found
    marked = [fact.evidence.quote for fact in extract(source, NLP) if isinstance(fact, Passage) and fact.suspicious]
    assert any(quote.startswith("3") for quote in marked)


def test_a_row_whose_columns_cannot_be_told_is_named_by_the_audit() -> None:
    lines = [
        *OPENING, "附件", "桐川县重点任务清单",
        "序号        重点任务        责任单位        完成时限",
        "1           改造食堂        县教育局        2024年6月",
        "2           清理河道        县水利局        2024年8月",
        "3           改造食堂清理河道村道      县教育局县水利局     2024年9月",
        "4           硬化村道        县交通运输局    2024年9月",
        "5           种植行道树      县林业局        2024年9月",
        "",
    ]  # fmt: skip
    facts = extract(source_of("\n".join(lines)), NLP)
    titles = [fact.title for fact in facts if isinstance(fact, Task)]
    assert not any("改造食堂清理" in (title or "") for title in titles)
    assert any(
        isinstance(fact, Passage) and fact.suspicious and "改造食堂清理" in fact.evidence.quote for fact in facts
    )


def test_projects_of_a_table_with_single_blanks() -> None:
    table = [
        "附件", "桐川县重点项目表", "序号 项目名称 建设地点 总投资（万元） 责任单位",
        "1 城区供水工程 城关镇 5000 县水利局", "2 城区公园项目 东坪镇 1200 县城市管理局",
        "3 西岗水库 扩建工程 西岗镇 800 县水利局", "",
    ]  # fmt: skip
    facts = extract(source_of("\n".join([*OPENING, *table])), NLP)
    found = [(fact.name, fact.place, fact.investment, fact.unit) for fact in facts if isinstance(fact, Project)]
    assert found == [("城区供水工程", "城关镇", 5000, "万元"), ("城区公园项目", "东坪镇", 1200, "万元")]


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (["县机管局", "县城管局", "2023年9月"], True),
        (["县机管局", "县城管局、县商务局", "2023年9月", "长期坚持"], True),  # a time on two lines
        (["县机管局", "县城管局", "2023年起", "2024年9月"], True),
        # of two cells of bodies and the time: which has the second line is not known
        (["县机管局", "县城管局", "县党政机关、公共机构", "2023年9月"], False),
        (["县机管局", "县城管局", "各公共机构", "2023年9月底前"], False),
    ],
)
def test_a_line_too_many_is_no_part_of_the_time(cells: list[str], read: bool) -> None:
    head = ["序号", "任务名称", "任务内容", "牵头部门", "配合部门", "时间节点"]
    rows = [
        ["1", "推进全面覆盖", "发挥志愿者作用。", "县委组织部", "各街镇", "2023年"],
        ["2", "加快体系建设", "完善收运设施。", "县城管局", "县民政局", "2023年"],
        ["3", "公共机构分类", "垃圾分类完成全覆盖，实现达标标准。", *cells],
        ["4", "处理能力建设", "完善处理设施。", "县城管局", "县商务局", "2023年6月"],
    ]
    found = extract(as_lines("桐川县垃圾分类工作任务清单", [head, *rows]), NLP)
    assert any(isinstance(fact, Responsibility) and fact.department == "县机管局" for fact in found) is read
