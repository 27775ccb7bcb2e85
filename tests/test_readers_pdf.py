"""What becomes of PDF files: paragraphs by what the page shows, tables by their rules, pages for evidence."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hostile.prints import locked
from pdf_maker import A4, Box, Sheet, pdf, scanned

from exports.passage import marked_text
from extractors.readers import Limits, ocr_ppocr, read_bytes
from extractors.readers.pdf_grid import Ruled
from extractors.readers.pdf_page import read_page
from extractors.readers.pdf_tables import PageTable, joined
from extractors.readers.writer import GridCell, Paragraph, Run
from ontology.model.errors import Refused
from ontology.model.facts import Evidence
from ontology.model.source import Source
from ontology.model.text import DocumentText

A = "加快建设居家社区机构相协调、医养康养相结合的养老服务体系，健全基本养老服务制度，强化服务保障。"
B = "到2025年，全省护理型床位占比达到55%以上，社区日间照料机构覆盖率达到90%以上，老年人满意度明显提升。"
C = "坚持政府主导、社会参与、市场运作、统筹发展，形成各方合力。"


def read(*sheets: Sheet) -> Source:
    return read_bytes("a.pdf", pdf(list(sheets)))


def lines(source: Source) -> list[str]:
    return source.text.splitlines()


def marked(source: Source, kind: str) -> list[str]:
    return [source.text[mark.start : mark.end] for mark in source.marks if mark.kind == kind]


def cells(source: Source) -> list[tuple[int, int, int, int, str]]:
    (table,) = source.tables
    return [(c.row, c.column, c.row_span, c.column_span, source.text[c.start : c.end]) for c in table.cells]


def text_page(*paragraphs: str, y: float = 110) -> Sheet:
    sheet = Sheet()
    for paragraph in paragraphs:
        y = sheet.paragraph(y, paragraph)
    return sheet


def test_lines_are_joined_by_the_indent_of_first_lines() -> None:
    assert lines(read(text_page(A, B, C, A + B))) == [A, B, C, A + B]


@pytest.mark.parametrize(
    ("size", "left", "measure"),
    [((595, 842), 104, 27), ((595, 842), 79, 26), ((842, 595), 79, 42)],  # moved, narrower, landscape
)
def test_pages_have_margins_of_their_own(size: tuple[int, int], left: float, measure: float) -> None:
    paragraphs = (A + B, C, B + C, C + A)
    other = [Sheet(*size), Sheet(*size)]
    for sheet in other:
        y = 110.0
        for paragraph in paragraphs:
            y = sheet.paragraph(y, paragraph, left=left, measure=measure)
    first, second = text_page(A, B, C, A + B), text_page(B, A, A + C, C)
    expected = [A, B, C, A + B, *paragraphs, B, A, A + C, C, *paragraphs]
    assert lines(read(first, other[0], second, other[1])) == expected


def test_a_page_of_indented_lines_has_the_margin_of_the_others() -> None:
    full = (C * 9)[: 27 * 3 - 3] + "。"  # three lines to the last place
    short = C[:20] + "等工作。"
    for few in ([short], [short, A[:22] + "等。"], [f"{short[:-1]}{n}。" for n in range(8)]):
        before = (B, C, A + B, A), (A, B, C, A + B, full)
        assert lines(read(*(text_page(*page) for page in before), text_page(*few))) == [*before[0], *before[1], *few]


def test_a_full_last_line_does_not_swallow_the_next_paragraph() -> None:
    full = (C * 9)[: 27 * 3 - 3] + "。"  # three lines to the last place, with the indent
    assert lines(read(text_page(full, B, A, C))) == [full, B, A, C]


def test_lines_are_joined_without_indents_where_short_lines_end_paragraphs() -> None:
    sheet, y = Sheet(), 110.0
    for words in (A, B, C, A):
        y = sheet.paragraph(y, words, indent=0)
    assert lines(read(sheet)) == [A, B, C, A]


def test_wide_spaces_between_lines_end_paragraphs() -> None:
    sheet, y = Sheet(), 110.0
    full = (C * 9)[: 27 * 2]
    for _ in range(4):
        y = sheet.paragraph(y, full, indent=0) + 20
    assert lines(read(sheet)) == [full] * 4


def test_headings_stand_alone_and_go_over_two_lines() -> None:
    sheet = Sheet()
    y = sheet.centred(100, "第三章 健全居家社区机构相协调、", 20)
    y = sheet.centred(y, "医养康养相结合的体系", 20)
    y = sheet.centred(y, "第一节 发展环境", 16)
    y = sheet.paragraph(y, ("一、健全制度", "hei"))
    y = sheet.paragraph(sheet.paragraph(y, A), B)
    assert lines(read(sheet))[:4] == [
        "第三章 健全居家社区机构相协调、医养康养相结合的体系",
        "第一节 发展环境",
        "一、健全制度",
        A,
    ]


def test_a_title_over_two_lines_stays_two_lines() -> None:
    sheet = Sheet()
    y = sheet.centred(100, "云岭省人民政府办公厅", 22)
    y = sheet.centred(y, "关于印发规划的通知", 22)
    sheet.paragraph(y, A)
    assert lines(read(sheet)) == ["云岭省人民政府办公厅", "关于印发规划的通知", A]


def test_run_in_headings_are_bold_by_weight_and_by_font() -> None:
    sheet = Sheet()
    y = sheet.paragraph(100, ("健全体系。", "bold"), A)
    y = sheet.paragraph(y, ("优化结构。", "hei"), B)
    sheet.paragraph(y, A)
    assert marked(read(sheet), "bold") == ["健全体系。", "优化结构。"]


def test_a_paragraph_goes_on_over_the_page_and_has_its_page() -> None:
    words = A + B
    first, second = text_page(C, y=110), Sheet()
    first.paragraph(700, words[:52])  # two full lines
    second.paragraph(110, words[52:], indent=0)
    source = read(first, second)
    assert lines(source) == [C, words]
    assert source.page_of(source.text.index(words[50])) == 1
    assert source.page_of(source.text.index(words[60:70])) == 2
    assert (
        marked_text(DocumentText.of(source, ()))
        == f"——— 第 1 页 ———\n{C}\n{words[:52]}\n——— 第 2 页 ———\n{words[52:]}\n"
    )


@pytest.mark.parametrize("number", ["— {} —", "-{}-", "{}", "第 {} 页 共 9 页", "{}/9"])
def test_running_heads_and_page_numbers_go(number: str) -> None:
    sheets = []
    for n in range(1, 5):
        sheet = text_page(A, B)
        sheet.text(79, 40, "云岭省养老服务规划", 9)
        sheet.text(280, 800, number.format(n), 12)
        sheets.append(sheet)
    assert lines(read(*sheets)) == [A, B] * 4


def test_a_line_of_the_text_near_the_edge_stays() -> None:
    sheets = [text_page(A) for _ in range(4)]
    for n, sheet in enumerate(sheets):
        sheet.paragraph(760, C[n:], indent=2)
    assert [line for line in lines(read(*sheets)) if line != A] == [C[n:] for n in range(4)]


def test_footnotes_wait_for_the_end_of_the_paragraph_that_the_page_breaks() -> None:
    words = A + B
    first, second = text_page(C, y=110), Sheet()
    x = first.text(111, 640, words[:10])
    first.text(x, 634, "①", 8)  # raised
    first.text(x + 8, 640, words[10:24])
    first.paragraph(668, words[24:51], indent=0)
    first.rule(79, 715, 200, 715)
    for n, note in enumerate(
        ["① 护理型床位指为失能老年人服务的床位，须有护理设施和人员，", "并登记在册。", "② 指普惠的。"]
    ):
        first.text(79, 730 + 16 * n, note, 10)
    second.paragraph(110, words[51:], indent=0)
    second.paragraph(200, C)
    source = read(first, second)
    assert lines(source) == [
        C,
        words,
        "① 护理型床位指为失能老年人服务的床位，须有护理设施和人员，并登记在册。",
        "② 指普惠的。",
        C,
    ]


def test_small_type_at_the_foot_that_is_no_footnote_stays_where_it_is() -> None:
    sheet = text_page(A, B)
    sheet.text(79, 700, "抄送：省委各部门。", 10)
    assert lines(read(sheet)) == [A, B, "抄送：省委各部门。"]


def test_small_rows_with_numbers_at_the_foot_are_no_footnotes() -> None:
    sheet = text_page(A, B)
    for n, row in enumerate([("5", "智慧医保平台", "市医保局"), ("6", "数字农业基地", "市农业局")]):
        for x, words in zip((79, 140, 320), row, strict=True):
            sheet.text(x, 700 + 16 * n, words, 10)
    assert lines(read(sheet)) == [A, B, "5\t智慧医保平台\t市医保局", "6\t数字农业基地\t市农业局"]


def set_by_blanks(sheet: Sheet, y: float, *lines: tuple[float, tuple[str, ...]]) -> float:
    """Words at four places of each line, whose distance from the line before is given; gives the last line's y."""
    for distance, words in lines:
        y += distance
        for x, each in zip((80, 200, 280, 380), words, strict=False):
            if each:
                sheet.text(x, y, each, 10)
    return y


HEAD = (0, ("指标名称", "单位", "2025年", "责任部门"))
FIRST = (20, ("普及率", "％％", "95", "县水务局"))


@pytest.mark.parametrize(
    ("rows", "cells", "doubt"),
    [
        # the second cell of two lines stands around the one line of the others
        (
            [HEAD, FIRST, (20, ("", "", "", "县水务局、县发展")), (7, ("用水总量", "亿立方米", "86")), (7, ("", "", "", "改革局")),
             (20, ("保持率", "％％", "73", "县林业局"))],
            ["用水总量", "亿立方米", "86", "县水务局、县发展改革局", "保持率"],
            None,
        ),
        # three lines, of which the outer two overlap with no other
        (
            [HEAD, FIRST, (20, ("", "", "", "县水务局、县发展")), (12, ("用水总量", "亿立方米", "86", "改革局、县自然资")),
             (12, ("", "", "", "源局")), (20, ("供水规模化程度", "％％", "73")), (-6, ("", "", "", "县林业局、")), (12, ("", "", "", "县财政局"))],
            ["用水总量", "亿立方米", "86", "县水务局、县发展改革局、县自然资源局", "供水规模化程度"],
            None,
        ),
        # two rows beside one name: which line belongs to which cannot be seen
        (
            [HEAD, FIRST, (20, ("", "亿立方米", "86", "县水务局")), (7, ("用水总量",)), (9, ("", "％％", "50", "县财政局"))],
            [],
            "the rows of a table without rules cannot be told apart",
        ),
        # words above a row without any below it
        (
            [HEAD, FIRST, (20, ("", "", "", "县水务局、县发展")), (12, ("用水总量", "亿立方米", "86", "改革局")),
             (20, ("规模化程度", "％％", "73")), (-6, ("", "", "", "县林业局、")), (12, ("", "", "", "县财政局"))],
            [],
            "the rows of a table without rules cannot be told apart",
        ),
    ],
)  # fmt: skip
def test_cells_of_several_lines_in_a_table_without_rules(
    rows: list[tuple[float, tuple[str, ...]]], cells: list[str], doubt: str | None
) -> None:
    sheet = text_page(A, B)
    sheet.paragraph(set_by_blanks(sheet, 300, *rows) + 60, C)
    source = read(sheet)
    (table,) = source.tables
    texts = [source.text[cell.start : cell.end] for cell in table.cells]
    assert table.doubt == doubt
    assert texts[8 : 8 + len(cells)] == cells
    assert lines(source)[-1] == C


def test_the_head_of_a_joint_document_is_no_table() -> None:
    sheet = Sheet()
    for x, y, words in ((150, 100, "泽宁市财政局"), (150, 130, "泽宁市民政局"), (300, 115, "文件")):
        sheet.text(x, y, words, 22)
    sheet.text(79, 170, "泽财〔2021〕5号", 16)
    sheet.text(350, 170, "签发人：张三", 16)
    assert read(sheet).tables == ()


def test_a_table_without_rules_goes_on_over_the_page_under_its_head_again() -> None:
    part = [
        (20.0, ("", "", "", "县水务局、县发展")),
        (7.0, ("用水总量", "亿立方米", "86")),
        (7.0, ("", "", "", "改革局")),
    ]
    first, second = text_page(A, B), Sheet()
    set_by_blanks(first, 600, HEAD, *part)
    set_by_blanks(second, 100, HEAD, *part)
    (table,) = read(first, second).tables
    assert max(cell.row for cell in table.cells) == 2


def test_contents_are_not_joined() -> None:
    sheet = Sheet()
    entries = [f"第{n}章 规划背景与发展环境{'…' * 12}{n}" for n in range(1, 6)]
    for n, entry in enumerate(entries):
        sheet.text(79, 100 + 28 * n, entry, 16)
    assert lines(read(sheet)) == entries


def table_page(rows: list[list[str]], top: float = 200, xs: tuple[float, ...] = (80, 200, 320, 440)) -> Sheet:
    sheet = Sheet()
    sheet.grid(list(xs), [top + 30 * n for n in range(len(rows) + 1)])
    for n, row in enumerate(rows):
        for x, words in zip(xs, row, strict=False):
            if words:
                sheet.text(x + 6, top + 20 + 30 * n, words, 12)
    return sheet


ROWS = [["指标", "2020年", "2025年"], ["护理型床位", "38%", "55%以上"], ["探访率", "—", "100%"]]


def test_a_ruled_table() -> None:
    sheet = table_page(ROWS)
    sheet.paragraph(110, A)
    sheet.paragraph(320, B)
    source = read(sheet)
    assert source.text == f"{A}\n指标\t2020年\t2025年\n护理型床位\t38%\t55%以上\n探访率\t—\t100%\n{B}\n"
    assert [cell[:2] for cell in cells(source)] == [(r, c) for r in range(3) for c in range(3)]


def test_merged_cells_and_open_sides() -> None:
    """The first column goes over two rows, the head over two columns; no rules on the left and right."""
    sheet = Sheet()
    for y, x0 in ((200, 80), (260, 80), (320, 80), (230, 200), (290, 200)):
        sheet.rule(x0, y, 440, y)
    sheet.rule(200, 200, 200, 320)
    sheet.rule(320, 230, 320, 320)
    placed = [(86, 235, "指标"), (290, 220, "数值"), (210, 250, "2020年"), (330, 250, "2025年"), (86, 295, "床位")]
    placed += [(210, 280, "1"), (330, 280, "2"), (210, 310, "3"), (330, 310, "4")]
    for x, y, words in placed:
        sheet.text(x, y, words, 12)
    assert cells(read(sheet)) == [
        (0, 0, 2, 1, "指标"), (0, 1, 1, 2, "数值"), (1, 1, 1, 1, "2020年"), (1, 2, 1, 1, "2025年"),
        (2, 0, 2, 1, "床位"), (2, 1, 1, 1, "1"), (2, 2, 1, 1, "2"), (3, 1, 1, 1, "3"), (3, 2, 1, 1, "4"),
    ]  # fmt: skip


def test_thin_filled_shapes_are_rules() -> None:
    """As Word draws them."""
    sheet = table_page([])
    sheet.operators = []
    for x in (80, 200, 320):
        sheet.operators.append(f"{x} 560 0.5 60 re f")
    for y in (560, 590, 620):
        sheet.operators.append(f"80 {y} 240 0.5 re f")
    for x, y, words in ((90, 240, "甲"), (210, 240, "乙"), (90, 270, "丙"), (210, 270, "丁")):
        sheet.text(x, y, words, 12)
    assert [cell[4] for cell in cells(read(sheet))] == ["甲", "乙", "丙", "丁"]


def test_lines_within_a_cell() -> None:
    """A line that filled its cell goes on; one that did not was ended on purpose; 覆盖范围 stands upright."""
    sheet = Sheet()
    sheet.grid([80, 120, 220, 340], [200, 300])
    for n, character in enumerate("覆盖范围"):
        sheet.text(94, 220 + 18 * n, character, 12)
    for n, words in enumerate(["养老机构护理型", "床位占比"]):  # seven characters fill 100 points
        sheet.text(128, 220 + 18 * n, words, 12)
    for n, words in enumerate(["省民政厅", "省财政厅"]):
        sheet.text(256, 220 + 18 * n, words, 12)
    sheet.rule(80, 330, 340, 330)
    for x in (80, 120, 220, 340):
        sheet.rule(x, 300, x, 330)
    assert [cell[4] for cell in cells(read(sheet))][:3] == ["覆盖范围", "养老机构护理型床位占比", "省民政厅 省财政厅"]


def test_a_table_goes_on_over_the_page_under_its_head_again() -> None:
    first = table_page(ROWS, top=700)
    second = table_page([ROWS[0], ["满意度", "80%", "90%"]], top=110)
    source = read(first, second)
    assert source.text == "指标\t2020年\t2025年\n护理型床位\t38%\t55%以上\n探访率\t—\t100%\n满意度\t80%\t90%\n"
    assert source.page_of(source.text.index("满意度")) == 2
    assert source.page_of(source.text.index("探访率")) == 1


def test_a_table_goes_on_behind_the_footnotes_of_its_page() -> None:
    first, second = table_page(ROWS, top=600), table_page([["满意度", "80%", "90%"]], top=110)
    first.paragraph(110, A)
    first.text(79, 760, "① 探访率指当月的。", 9)
    second.paragraph(200, B)
    source = read(first, second)
    assert lines(source)[-3:] == ["满意度\t80%\t90%", "① 探访率指当月的。", B]
    assert len(source.tables) == 1


def test_a_row_that_the_page_cuts_in_two_is_put_together() -> None:
    first = table_page([*ROWS, ["高值耗材采购金额占", "80%", "85%"]], top=690)
    second = table_page([["金额的比例", "", ""], ["满意度", "80%", "90%"]], top=110)
    assert [cell[4] for cell in cells(read(first, second))][9:] == [
        "高值耗材采购金额占金额的比例", "80%", "85%", "满意度", "80%", "90%",
    ]  # fmt: skip


def test_a_label_over_rows_goes_on_over_the_page() -> None:
    def part(top: float, label: str, rows: list[list[str]]) -> Sheet:
        sheet = table_page([["", *row] for row in rows], top=top)
        sheet.operators = [op for op in sheet.operators if not (op.startswith("0.5 w 80") and op.endswith("l S"))]
        sheet.rule(80, top, 440, top)
        sheet.rule(80, top + 30 * len(rows), 440, top + 30 * len(rows))
        sheet.rule(80, top, 80, top + 30 * len(rows))
        for n in range(1, len(rows)):
            sheet.rule(200, top + 30 * n, 440, top + 30 * n)
        if label:
            sheet.text(86, top + 20, label, 12)
        return sheet

    source = read(part(700, "覆盖", [["甲", "1"], ["乙", "2"]]), part(110, "", [["丙", "3"], ["丁", "4"]]))
    assert cells(source)[0] == (0, 0, 4, 1, "覆盖")
    assert [cell[4] for cell in cells(source)[1:]] == ["甲", "1", "乙", "2", "丙", "3", "丁", "4"]
    # words that fill the label's part on the first page go on on the second; others end there
    source = read(part(700, "参保人员异地结算服", [["甲", "1"]]), part(110, "务情况", [["丙", "3"], ["丁", "4"]]))
    assert cells(source)[0] == (0, 0, 3, 1, "参保人员异地结算服务情况")
    source = read(part(700, "参保人员", [["甲", "1"]]), part(110, "服务情况", [["丙", "3"], ["丁", "4"]]))
    assert [cell[4] for cell in cells(source)] == ["参保人员", "甲", "1", "服务情况", "丙", "3", "丁", "4"]


def browser_part(top: float, rows: list[list[str]], head: bool, open_label: bool) -> Sheet:
    """Rows as a browser prints them: no rule at the top of a part that goes on, and none below the first cell of a last
    row whose label goes on."""
    sheet, bottom = Sheet(), top + 30 * len(rows)
    for x in (80, 140, 260, 320, 380, 440):
        sheet.rule(x, top, x, bottom)
    for n in range(len(rows) + 1):
        if n or head:
            sheet.rule(140 if n == len(rows) and open_label else 80, top + 30 * n, 440, top + 30 * n)
    for n, row in enumerate(rows):
        for x, words in zip((84, 144, 264, 324, 384), row, strict=True):
            if words:
                sheet.text(x, top + 20 + 30 * n, words, 10)
    return sheet


@pytest.mark.parametrize(
    ("last", "row"),
    [
        (["防洪", "堤防达标率", "％％", "64", "80"], ["", "新增堤防长度", "公里", "20", "85"]),
        (
            ["防洪", "堤防达标率", "％％", "64", "80"],
            ["", "新增堤防长度", "公里", "20", ""],
        ),  # 80 is no value of this row
    ],
)
def test_rows_of_a_group_that_a_browser_cuts_stay_rows(last: list[str], row: list[str]) -> None:
    first = browser_part(600, [["类别", "指标", "单位", "2020年", "2025年"], last], head=True, open_label=True)
    first.text(84, 666, "安全", 10)  # the label's second line runs past the last rule
    second = browser_part(100, [row], head=False, open_label=False)
    second.paragraph(200, B)
    source = read(first, second)
    assert cells(source)[5:] == [
        (1, 0, 2, 1, "防洪 安全"),
        *((1, n, 1, 1, words) for n, words in enumerate(last) if n),
        *((2, n, 1, 1, words) for n, words in enumerate(row) if n),
    ]
    assert lines(source)[-1] == B


def test_another_value_below_a_short_one_is_another_row() -> None:
    rows = [["指标", "2020年", "2025年"], ["供水率", "38％", "55％"]]
    source = read(table_page(rows, top=700), table_page([["供水能力", "260万立方米", ""]], top=110))
    assert [cell[4] for cell in cells(source)][3:] == ["供水率", "38％", "55％", "供水能力", "260万立方米", ""]


def test_a_single_rule_makes_no_table() -> None:
    sheet = text_page(A, B)
    sheet.rule(80, 400, 440, 400)
    for x, bottom in ((80, 500), (200, 430), (320, 500)):  # a drawing: they end at different heights
        sheet.rule(x, 400, x, bottom)
    sheet.text(90, 450, "县水务局", 12)
    sheet.text(210, 450, "县财政局", 12)
    assert read(sheet).tables == ()


def test_a_frame_around_text_is_a_box_also_over_the_page() -> None:
    first, second = text_page(A, B), Sheet()
    first.grid([70, 525], [640, 790])
    y = first.centred(660, "专栏1 重点工程")
    first.paragraph(y, "1." + A[:50], left=90, measure=26)
    second.grid([70, 525], [90, 200])
    second.paragraph(110, A[50:] + C, left=90, measure=26, indent=0)
    second.paragraph(240, B)
    source = read(first, second)
    assert lines(source) == [A, B, "专栏1 重点工程", "1." + A + C, B]
    assert marked(source, "box") == ["专栏1 重点工程", "1." + A + C]
    assert source.tables == ()


def test_a_title_in_the_middle_of_a_frame_is_a_line_of_its_own() -> None:
    """It is not in the middle of the lines below it, which end early."""
    sheet = text_page(A, B, A, B, C)
    sheet.grid([34, 561], [500, 620])
    sheet.text(228, 530, "专栏2 防洪重点工程", 16)
    sheet.text(62, 560, "县城段防洪提升工程：治理河长14公里，新建护岸18公里", 16)
    sheet.text(62, 590, "小型病险水库除险加固工程：对16座水库实施除险加固。", 16)
    boxed = marked(read(sheet), "box")
    assert boxed[0] == "专栏2 防洪重点工程"


def test_a_number_behind_a_full_line_of_a_box_begins_a_paragraph() -> None:
    items = ["1.水源工程：新建水库三座，扩建两座，供水能力一亿。", "2.引水工程：二期。", "3.防洪工程。"]
    sheet = text_page(A, B)
    sheet.grid([70, 525], [300, 420])
    y = 320.0
    for item in items:
        y = sheet.paragraph(y, item, left=90, measure=26, indent=0)
    sheet.paragraph(460, C)
    assert lines(read(sheet)) == [A, B, *items, C]


def test_an_ornament_around_the_page_is_no_box() -> None:
    sheet = text_page(A, B)
    sheet.grid([20, 575], [20, 820])
    assert marked(read(sheet), "box") == []


def test_two_columns_are_read_one_after_the_other() -> None:
    sheet = Sheet()
    sheet.centred(80, "云岭省养老服务规划", 22)
    left = sheet.paragraph(130, A + B, left=60, measure=14)
    right = sheet.paragraph(130, B + A, left=320, measure=14)
    sheet.paragraph(left, C, left=60, measure=14)
    sheet.paragraph(right, C, left=320, measure=14)
    assert lines(read(sheet)) == ["云岭省养老服务规划", A + B, C, B + A, C]


@pytest.mark.parametrize("lower", [0, 3, 6, 10, 14, 20])
def test_two_columns_whose_lines_stand_at_different_heights(lower: float) -> None:
    """A heading with its own spacing in one column is enough."""
    sheet = Sheet()
    sheet.centred(80, "云岭省养老服务规划", 22)
    left = sheet.paragraph(130, A + B, left=60, measure=14)
    right = sheet.paragraph(130 + lower, B + A, left=320, measure=14)
    sheet.paragraph(left, C, left=60, measure=14)
    sheet.paragraph(right, C, left=320, measure=14)
    assert lines(read(sheet)) == ["云岭省养老服务规划", A + B, C, B + A, C]


def test_marks_that_hang_into_the_gutter_and_a_last_page_with_one_column() -> None:
    first, second = Sheet(), Sheet()
    for x, y in ((60, 130.0), (310, 137.0)):
        for _ in range(5):
            first.text(
                x, y, "健全养老服务体系制度，完善机，", 16
            )  # the last mark is set beyond the column's 14 characters
            first.text(x, y + 28, "健全养老服务体系制度，完善机制", 16)
            y += 56
    second.paragraph(110, A, left=60, measure=14)
    column = "健全养老服务体系制度，完善机，健全养老服务体系制度，完善机制" * 5
    assert lines(read(first, second)) == [column + column, A]
    second.paragraph(117, B, left=310, measure=14)  # a few lines in both, not as high
    assert lines(read(first, second)) == [column + column, A, B]


def test_boxes_and_tables_stand_in_their_column_or_end_the_columns_above() -> None:
    sheet = Sheet()
    left = sheet.paragraph(110, A, left=60, measure=14)
    right = sheet.paragraph(117, B, left=320, measure=14)
    sheet.grid([56, 288], [left - 10, left + 30])
    sheet.text(66, left + 12, "专栏1 重点工程", 14)
    sheet.paragraph(left + 60, C, left=60, measure=14)
    last = sheet.paragraph(right, C, left=320, measure=14)
    top = max(left + 120, last) + 20
    sheet.grid([60, 200, 320, 540], [top, top + 30, top + 60])
    for k, words in enumerate(["指标", "2020年", "2025年", "床位", "12", "15"]):
        sheet.text((66, 206, 326)[k % 3], top + 20 + 30 * (k // 3), words, 12)
    assert lines(read(sheet)) == [A, "专栏1 重点工程", C, B, C, "指标\t2020年\t2025年", "床位\t12\t15"]


@pytest.mark.parametrize(
    ("lefts", "measure", "lower"),
    [((40, 220, 400), 10, (0, 6, 12)), ((40, 220, 400), 10, (0, 9, 4)), ((40, 180), 7, (0, 9))],
)
def test_columns_that_cannot_be_told_apart_are_not_read(
    lefts: tuple[float, ...], measure: int, lower: tuple[float, ...]
) -> None:
    sheet = Sheet()
    for left, below in zip(lefts, lower, strict=True):
        sheet.paragraph(110 + below, A, left=left, measure=measure)
    source = read(sheet)
    assert [table.doubt for table in source.tables] == ["the rows of a table without rules cannot be told apart"]
    assert source.tables[0].end == len(source.text) - 1


def test_lines_of_several_short_words_are_no_columns() -> None:
    sheet = Sheet()
    rows = [("县水务局", "负责供水工程建设"), ("县财政局", "负责落实补助"), ("县教育局", "负责培训")] * 2
    for n, row in enumerate(rows):
        for x, words in zip((80, 300), row, strict=True):
            sheet.text(x, 110 + 28 * n, words, 16)
    assert lines(read(sheet)) == ["\t".join(row) for row in rows]


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_page_reads_like_an_upright_one(quarters: int) -> None:
    """A page that is stored upright and shown turned, so that its text runs up or down: it is turned back."""
    upright = table_page(ROWS)
    upright.paragraph(110, A)
    turned = table_page(ROWS)
    turned.paragraph(110, A)
    turned.rotate = 90 * quarters
    assert read(turned).text == read(upright).text


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
@pytest.mark.parametrize(
    ("media", "crop"),
    [
        ((-30, -60, 700, 900), (0, 0, *A4)),  # room for marks of the printer's around the page
        ((0, 0, *A4), (-30, -60, 700, 900)),  # a crop box beyond the paper
        ((-30, 0, *A4), (0, -60, 700, 900)),
    ],
)
def test_a_page_is_what_its_boxes_show(media: Box, crop: Box, quarters: int) -> None:
    plain, boxed = (table_page(ROWS) for _ in range(2))
    boxed.media, boxed.crop = media, crop
    for sheet in (plain, boxed):
        sheet.rotate = 90 * quarters
        sheet.text(100, 40, "云岭省养老服务规划", 10)
    expected, found = (read_page(pdfium.PdfDocument(pdf([sheet]))[0], 1, 1000) for sheet in (plain, boxed))
    assert found == expected
    assert (len(found.glyphs) > 9, len(found.strokes) > 4) == (True, True)


def test_text_that_runs_up_an_upright_page() -> None:
    """A wide table set sideways."""
    sheet = Sheet()
    for n, words in enumerate(["健全养老服务体系，健全养老服务体系，", "提升服务质量。"]):
        sheet.text(100 + 28 * n, 700, words, 16, turned=True)
    assert "".join(lines(read(sheet))) == "健全养老服务体系，健全养老服务体系，提升服务质量。"


def test_first_words_that_are_missing() -> None:
    sheet = text_page(C, A)
    y = sheet.paragraph(250, A, indent=12)
    sheet.paragraph(y, C)
    source = read(sheet)
    assert lines(source) == [C, A, A, C]
    assert [mark.start for mark in source.marks if mark.kind == "gap"] == [source.text.rindex(A)]


def test_spaces_of_the_file_and_of_the_page() -> None:
    sheet = Sheet()
    sheet.text(79, 100, "第一章 总则", 16)
    sheet.text(sheet.text(79, 140, "第二章", 16) + 16, 140, "任务", 16)  # a gap without a space
    sheet.text(sheet.text(79, 180, "截至", 16) + 4, 180, "2025年", 16)  # the gap beside numbers
    sheet.text(sheet.text(79, 220, "5G ", 16), 220, "base station", 16)
    sheet.text(sheet.text(79, 260, "一、", 16) + 60, 260, "表头", 16)
    sheet.paragraph(300, A)
    assert lines(read(sheet))[:5] == ["第一章 总则", "第二章 任务", "截至2025年", "5G base station", "一、\t表头"]


def test_print_that_is_doubled_to_look_bold() -> None:
    sheet = Sheet()
    sheet.text(79, 100, "健全体系", 16)
    sheet.text(79.4, 100, "健全体系", 16)
    assert lines(read(sheet)) == ["健全体系"]


@pytest.mark.parametrize(
    ("y", "x0", "x1", "text"),
    [
        (95, 127, 143, "敬老院3所由市民政局负责。"),  # through the 12: 123所 would be another number
        (95, 129, 141, "敬老院3所由市民政局负责。"),
        (103, 127, 143, "敬老院123所由市民政局负责。"),  # underlined
        (95, 70, 500, "敬老院123所由市民政局负责。"),  # a rule of the page on which the line was laid
        (84, 127, 143, "敬老院123所由市民政局负责。"),
    ],
)
def test_what_is_struck_out_is_no_text(y: float, x0: float, x1: float, text: str) -> None:
    sheet = Sheet()
    x = sheet.text(79, 100, "敬老院", 16)
    x = sheet.text(x, 100, "12", 16)
    sheet.text(x, 100, "3所由市民政局负责。", 16)
    sheet.rule(x0, y, x1, y)
    source = read(sheet)
    assert lines(source) == [text]
    assert source.notes == (() if "123" in text else ("struck-out text, left out: 12",))


def test_words_struck_out_at_the_beginning_of_a_line_leave_no_indent() -> None:
    sheet = text_page(A)
    y = sheet.paragraph(250, A[:25])
    x = sheet.text(79, y, "由市能源局负责。", 16)
    sheet.rule(79, y - 5, x, y - 5)
    sheet.text(x, y, C[:19], 16)
    sheet.paragraph(y + 28, C[19:], indent=0)
    assert lines(read(sheet)) == [A, A[:25] + C]


def test_radicals_become_the_characters_that_they_look_like() -> None:
    sheet = Sheet()
    sheet.text(79, 100, "⼀⼆⽣⾦", 16)
    assert lines(read(sheet)) == ["一二生金"]


def test_pages_without_text_are_named() -> None:
    source = read(text_page(A), Sheet(), Sheet(), text_page(B), Sheet())
    assert source.notes == ("no text on pages 2-3, 5 (scanned? build with --ocr)",)
    assert source.page_of(source.text.index(B)) == 4
    assert len(source.pages) == 5


def test_characters_without_names_are_missing_and_noted() -> None:
    sheet = text_page(A)
    sheet.text(79, 300, "\ue123\ue124\ue125\ue126\ue127\ue128\ue129\ue130", 16)
    source = read(sheet)
    assert lines(source) == [A]
    assert source.notes == ("characters that the file does not name are missing on page 1",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([text_page(A)])[:900], "damaged or cut off"),
        (locked(pdf([text_page(A)]), b"secret"), "password"),
        (pdf([Sheet()]), "no text in it; no text on page 1"),
        (pdf([Sheet()] * 4), "4 pages, 3 are allowed"),
        (pdf([text_page(*[A * 3] * 3)]), "characters"),
    ],
)
def test_refuses(data: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_bytes("a.pdf", data, Limits(pages=3, characters=300))


def test_the_text_is_a_function_of_the_bytes() -> None:
    data = pdf([table_page(ROWS), text_page(A, B)])
    assert read_bytes("a.pdf", data) == read_bytes("a.pdf", data)


def test_characters_of_one_glyph_and_of_two() -> None:
    """—— is one glyph of some fonts, so both characters stand at one place; a word printed twice is one word."""
    sheet = Sheet()
    sheet.text(79, 100, "——健全体系", 16)
    sheet.operators += sheet.operators
    assert lines(read(sheet)) == ["——健全体系"]


def test_rows_without_rules_are_not_joined() -> None:
    sheet = Sheet()
    for n, row in enumerate([("年份", "床位", "占比"), ("2015年", "12.5", "30%"), ("2020年", "21.6", "38%")]):
        for k, words in enumerate(row):
            sheet.text(80 + 150 * k, 100 + 28 * n, words, 16)
    sheet.paragraph(200, A)
    assert lines(read(sheet)) == ["年份\t床位\t占比", "2015年\t12.5\t30%", "2020年\t21.6\t38%", A]


def has_chinese_ocr() -> bool:
    if not (shutil.which("tesseract") and shutil.which("soffice")):
        return False
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    return "chi_sim" in listed.stdout


@pytest.mark.skipif(not has_chinese_ocr(), reason="needs Tesseract with chi_sim, and LibreOffice to draw the page")
@pytest.mark.parametrize("models", [True, False])
def test_scanned_pages_are_read_by_ocr(models: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the models of the extra `ocr`, and by Tesseract where that is not installed."""
    assert ocr_ppocr.is_installed()
    monkeypatch.setattr(ocr_ppocr, "is_installed", lambda: models)
    words = "".join(f"\\u{ord(character)}" for character in A)
    (tmp_path / "a.rtf").write_text(rf"{{\rtf1\ansi\uc0\fs32 {words}\par {words}\par}}", "ascii")
    profile = f"-env:UserInstallation={tmp_path.as_uri()}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.rtf")], check=True, capture_output=True, timeout=120)
    bitmap = pdfium.PdfDocument(tmp_path / "a.pdf")[0].render(scale=2.5, grayscale=True)
    grey = bytes(bitmap.buffer)
    rows = b"".join(grey[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height))
    scan = scanned([(bitmap.width, bitmap.height, rows)])
    with pytest.raises(Refused, match="no text on page 1"):
        read_bytes("a.pdf", scan)
    source = read_bytes("a.pdf", scan, Limits(ocr=True))
    assert source.notes == ("read by OCR: page 1",)
    assert "养老服务体系" in source.text
    assert source.ocr_pages == (1,)
    start = source.text.index("养老")
    assert Evidence.of(source, start, start + 2).ocr
    assert Evidence.of(replace(source, ocr_pages=()), start, start + 2).ocr is None


def test_without_tesseract_pages_stay_unread_and_the_rest_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(ocr_ppocr, "is_installed", lambda: False)
    with pytest.raises(Refused, match=r"no text on page 1 .OCR needs pip install"):
        read_bytes("a.pdf", pdf([Sheet()]), Limits(ocr=True))
    source = read_bytes("a.pdf", pdf([Sheet(), text_page(A)]), Limits(ocr=True))
    assert source.notes == ("no text on page 1 (OCR needs pip install 'plan-kg[ocr]', or Tesseract with chi_sim)",)


NO_RULES = Ruled(0, 0, 0, 0, (), (), open_top=False, open_bottom=False)


def grid_of(*rows: str) -> list[GridCell]:
    """A cell for each part between bars: '甲|' has 甲 and an empty one; what is '-' stands in no cell."""
    return [
        GridCell(row, column, (Paragraph((Run(text),)),) if text else ())
        for row, parts in enumerate(rows)
        for column, text in enumerate(parts.split("|"))
        if text != "-"
    ]


@pytest.mark.parametrize(
    ("before", "after", "rows"),
    [
        # the name is not printed again: the row of the first page continues
        (["指标|目标", "覆盖率|达到"], ["|90%"], ["指标|目标", "覆盖率|达到90%"]),
        (["指标|目标", "覆盖率|达到"], ["参保率|90%"], ["指标|目标", "覆盖率|达到", "参保率|90%"]),
        # no cell of the first page ends where 90% stands: it would be lost
        (["指标|目标", "覆盖率|-"], ["|90%"], ["指标|目标", "覆盖率", "90%"]),
    ],
)
def test_no_words_are_lost_where_a_page_divides_a_row(before: list[str], after: list[str], rows: list[str]) -> None:
    def table(page: int, cells: list[GridCell]) -> PageTable:
        return PageTable(page, NO_RULES, cells, {}, {})

    found = joined(table(1, grid_of(*before)), table(2, grid_of(*after)))
    by_row: dict[int, list[str]] = {}
    for cell in found.cells:
        by_row.setdefault(cell.row, []).append(cell.text)
    assert ["|".join(filter(None, texts)) for _, texts in sorted(by_row.items())] == rows


@pytest.mark.parametrize(
    ("unit", "rows"),
    [
        # no unit is printed again: the row goes on, and no label begins within it
        ("", [(2, 0, 2, "防洪安全"), (2, 1, 1, "5级以上堤防达标率"), (2, 2, 1, "%"), (3, 1, 1, "堤防长度"), (3, 2, 1, "公里")]),
        (
            "‰",
            [(2, 0, 1, "防洪"), (2, 1, 1, "5级以上堤防"), (2, 2, 1, "%"), (3, 0, 2, "安全"), (3, 1, 1, "达标率"), (3, 2, 1, "‰"),
             (4, 1, 1, "堤防长度"), (4, 2, 1, "公里")],
        ),
    ],
)  # fmt: skip
def test_a_page_divides_a_row_and_the_label_of_its_group(unit: str, rows: list[tuple[int, int, int, str]]) -> None:
    def table(page: int, cells: list[GridCell]) -> PageTable:
        return PageTable(page, NO_RULES, cells, {}, {})

    before = grid_of("类别|指标|单位", "供水|普及率|%", "防洪|5级以上堤防|%")
    label, *rest = grid_of(f"安全|达标率|{unit}", "-|堤防长度|公里")
    found = joined(table(1, before), table(2, [replace(label, row_span=2), *rest]))
    assert sorted((c.row, c.column, c.row_span, c.text) for c in found.cells if c.row > 1) == rows
