"""What becomes of Word files: printed numbers, tables, boxes, notes, changes."""

import shutil

import pytest
from hostile.word import HEAD, W, body, packed, relations, word

from extractors.layout import layout
from extractors.readers import Limits, read_bytes
from extractors.readers.docx_numbering import han, printed
from ontology.model.errors import Refused
from ontology.model.source import Source


def read(inner: str, **parts: str) -> Source:
    return read_bytes("a.docx", word(body(inner), **parts))


def p(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tbl(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def marked(source: Source, kind: str) -> list[str]:
    return [source.text[mark.start : mark.end] for mark in source.marks if mark.kind == kind]


def numbering(*levels: tuple[str, str], extra: str = "") -> str:
    """Levels as (form, pattern), list 1."""
    each = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for n, (form, pattern) in enumerate(levels)
    )
    lists = f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{extra}'
    return f'{HEAD}<w:numbering {W}><w:abstractNum w:abstractNumId="0">{each}</w:abstractNum>{lists}</w:numbering>'


def styles(*each: str) -> str:
    return f"{HEAD}<w:styles {W}>{''.join(each)}</w:styles>"


def style(identity: str, name: str, properties: str = "", run: str = "", based: str = "") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>{on}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


DELETED_END, MOVED_END = "<w:rPr><w:del/></w:rPr>", "<w:rPr><w:moveFrom/></w:rPr>"


def num(depth: int, identity: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{identity}"/></w:numPr>'


@pytest.mark.parametrize(
    ("n", "form", "text"),
    [
        (10, "chineseCounting", "十"), (21, "chineseCountingThousand", "二十一"), (105, "japaneseCounting", "一百零五"),
        (110, "chineseCounting", "一百一十"), (3, "ideographTraditional", "丙"), (2, "decimalEnclosedCircle", "②"),
        (4, "upperRoman", "IV"), (28, "lowerLetter", "bb"), (7, "decimalZero", "07"), (7, "bullet", ""),
        (7, "odd", "7"), (12, "decimalFullWidth", "１２"), (0, "chineseCounting", "0"),
        (3, "chineseLegalSimplified", "叁"),
    ],
)  # fmt: skip
def test_numbers(n: int, form: str, text: str) -> None:
    assert printed(n, form) == text


def test_every_number_is_one_of_its_own() -> None:
    assert len({han(n) for n in range(3000)}) == 3000


def test_lists_are_counted_by_level() -> None:
    forms = numbering(("chineseCountingThousand", "第%1章"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    lines = [("总则", 0), ("思想", 1), ("甲", 2), ("乙", 2), ("原则", 1), ("丙", 2), ("任务", 0), ("丁", 1)]
    text = read("".join(p(words, num(depth)) for words, depth in lines), numbering=forms).text
    assert text == "第一章 总则\n（一）思想\n1.甲\n2.乙\n（二）原则\n1.丙\n第二章 任务\n（一）丁\n"


@pytest.mark.parametrize(
    ("overridden", "places", "numbers"),
    [  # places: (list, depth); list 3 overrides first numbers
        ({0: 1}, [(1, 0), (2, 0), (3, 0), (3, 0)], "1 2 1 2"),
        # an override counts from the first paragraph of its own level on
        ({0: 1, 1: 1}, [(1, 0), (3, 1), (3, 1), (1, 0)], "1 1.1 1.2 2"),
        ({0: 1}, [(3, 1), (3, 0)], "1.1 1"),
        ({1: 5}, [(3, 0), (3, 1), (3, 1), (3, 0), (3, 1)], "1 1.5 1.6 2 2.5"),
        ({1: 5}, [(1, 0), (1, 1), (3, 1), (1, 1)], "1 1.1 1.5 1.6"),
        ({4: 5}, [(3, 0), (3, 1)], "1 1.1"),
    ],
)
def test_lists_of_one_kind_go_on_unless_told_to_start_again(
    overridden: dict[int, int], places: list[tuple[int, int]], numbers: str
) -> None:
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for depth, start in overridden.items()
    )
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="3"><w:abstractNumId w:val="0"/>{overrides}</w:num>'
    )
    forms = numbering(("decimal", "%1、"), ("decimal", "%1.%2、"), extra=again)
    lines = "".join(p("甲", num(depth, identity)) for identity, depth in places)
    assert read(lines, numbering=forms).text == "".join(f"{number}、甲\n" for number in numbers.split())


def test_a_number_that_the_style_gives_and_one_that_is_taken_away() -> None:
    parts = {
        "numbering": numbering(("chineseCounting", "%1、")),
        "styles": styles(style("a", "heading 1", num(0)), style("b", "own", based="a")),
    }
    styled = '<w:pStyle w:val="{}"/>'
    lines = p("总则", styled.format("b")) + p("无号", styled.format("a") + num(0, 0)) + p("任务", styled.format("a"))
    assert read(lines, **parts).text == "一、总则\n无号\n二、任务\n"


@pytest.mark.parametrize(
    ("numbered", "text"),
    [
        (
            '<w:numPr><w:numId w:val="1"/></w:numPr>',
            "一、总则\n（一）思想\n",
        ),  # the list says which level the style has
        ("", "总则\n思想\n"),  # an unused list that names the style numbers nothing
        ('<w:numPr><w:numId w:val="0"/></w:numPr>', "总则\n思想\n"),
    ],
)
def test_a_list_that_names_a_style_numbers_it_where_the_style_names_the_list(numbered: str, text: str) -> None:
    forms = numbering(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"))
    for depth, identity in enumerate(("a", "b")):
        tie = f'<w:lvl w:ilvl="{depth}"><w:pStyle w:val="{identity}"/>'
        forms = forms.replace(f'<w:lvl w:ilvl="{depth}">', tie)
    given = styles(style("a", "heading 1", numbered), style("b", "heading 2", numbered))
    lines = p("总则", '<w:pStyle w:val="a"/>') + p("思想", '<w:pStyle w:val="b"/>')
    assert read(lines, numbering=forms, styles=given).text == text


def test_an_empty_paragraph_of_a_list_is_counted() -> None:
    lines = p("甲", num(0)) + p("", num(0)) + p("乙", num(0))
    assert read(lines, numbering=numbering(("decimal", "%1."))).text == "1.甲\n3.乙\n"


def test_headings_titles_and_contents() -> None:
    given = styles(
        style("1", "heading 1"), style("2", "标题 2"), style("t", "Title"), style("c", "toc 1"),
        style("d", "own", based="e"), style("e", "e", '<w:outlineLvl w:val="2"/>'),
        style("n", "Normal", '<w:outlineLvl w:val="9"/>'),
    )  # fmt: skip
    lines = "".join(
        p(text, f'<w:pStyle w:val="{identity}"/>')
        for text, identity in (
            ("规划", "t"),
            ("总则\t1", "c"),
            ("总则", "1"),
            ("思想", "2"),
            ("原则", "d"),
            ("正文", "n"),
        )
    )
    source = read(lines + p("长" * 61, '<w:pStyle w:val="1"/>'), styles=given)
    levels = [(source.text[m.start : m.end], m.level) for m in source.marks if m.kind == "heading"]
    assert levels == [("总则", 1), ("思想", 2), ("原则", 3)]
    assert marked(source, "title") == ["规划"]
    assert "1" not in source.text  # the contents went


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (p("目  录") + p("前言\t1", '<w:pStyle w:val="c"/>') + p("总则\t2", '<w:pStyle w:val="c"/>'), "前言\n正文。\n"),
        (
            p("目录")
            + '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
            f"<w:sdtContent>{p('前言 1')}</w:sdtContent></w:sdt>",
            "前言\n正文。\n",
        ),
        (p("目录"), "目录\n前言\n正文。\n"),  # typed by hand: the lines below are its own
        (p("第一章") + p("前言\t1", '<w:pStyle w:val="c"/>'), "第一章\n前言\n正文。\n"),
    ],
)
def test_the_title_of_contents_goes_with_their_lines(before: str, text: str) -> None:
    assert read(before + p("前言") + p("正文。"), styles=styles(style("c", "toc 1"))).text == text


def test_bold_runs_by_weight_style_and_font() -> None:
    given = styles(style("h", "h", run="<w:b/>"), style("k", "k", run='<w:b w:val="0"/>', based="h"))
    song, hei = '<w:rFonts w:eastAsia="仿宋_GB2312"/>', '<w:rFonts w:eastAsia="楷体_GB2312"/>'
    text = "完善制度，强化保障。"
    run = "<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>"
    rest, on = run.format(song, text), '<w:b w:val="true"/>'
    lines = (
        f"<w:p>{run.format('<w:b/>', '健全')}{run.format(on, '体系。')}{rest}</w:p>"
        + p("粗体", '<w:pStyle w:val="h"/>', song) + p("不粗", '<w:pStyle w:val="k"/>', song)
        + f"<w:p>{run.format(hei, '优化。')}{rest}</w:p>"
    )  # fmt: skip
    assert marked(read(lines, styles=given), "bold") == ["健全体系。", "粗体", "优化。"]


def test_changes_are_accepted() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    lines = (
        f"<w:p>{run.format('前')}<w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:ins>{run.format('增')}</w:ins>"
        f"<w:moveFrom>{run.format('移出')}</w:moveFrom><w:moveTo>{run.format('移入')}</w:moveTo></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run.format('此段')}</w:p><w:p>{run.format('与此段相连')}</w:p>"
        + tbl("<w:trPr><w:del/></w:trPr>" + tc("删") + tc("去"), tc("甲") + tc("1"), tc("乙") + tc("2"))
    )
    assert read(lines).text == "前增移入\n此段与此段相连\n甲\t1\n乙\t2\n"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (p("甲", DELETED_END) + p("乙", DELETED_END) + p("丙"), "甲乙丙\n"),
        (p("甲") + p("乙", DELETED_END), "甲\n乙\n"),
        (p("甲") + p(" ", DELETED_END), "甲\n"),
        # a whole paragraph that was moved away is not counted
        (p("甲", num(0)) + f"<w:p><w:pPr>{num(0)}{MOVED_END}</w:pPr></w:p>" + p("乙", num(0)), "1.甲\n2.乙\n"),
        (p("甲", DELETED_END) + tbl(tc("一") + tc("二"), tc("三") + tc("四")), "甲\n一\t二\n三\t四\n"),
        (tbl(f"<w:tc>{p('一', DELETED_END)}</w:tc>" + tc("二"), tc("三") + tc("四")), "一\t二\n三\t四\n"),
        (p("甲", DELETED_END, "</w:rPr><w:txbxContent>" + p("框") + "</w:txbxContent><w:rPr>") + p("乙"), "框\n甲乙\n"),
    ],
)
def test_a_paragraph_without_its_end_goes_on_in_the_next_of_its_cell_or_text(lines: str, text: str) -> None:
    assert read(lines, numbering=numbering(("decimal", "%1."))).text == text


def test_what_a_run_may_hold() -> None:
    lines = (
        "<w:p><w:r><w:t>第一行</w:t><w:br/><w:t>第二行</w:t><w:tab/><w:t>后</w:t><w:noBreakHyphen/></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
        "<w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r><w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent>"
        "</w:sdt><w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby>"
        "</w:r></w:p>"
    )
    assert read(lines).text == "第一行\n第二行\t后-链接控件拼\n"


def test_merged_cells() -> None:
    merge, on, two = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    source = read(
        tbl(
            tc("专栏1 主要指标", '<w:gridSpan w:val="3"/>'),
            tc("指标", merge) + tc("数值", two),
            tc("", on) + tc("2020年") + tc("2025年"),
            tc("床位") + tc("1") + tc("2", merge),
            "<w:trPr><w:gridBefore w:val='1'/></w:trPr>" + tc("3") + tc("", on),
        )
    )
    (table,) = source.tables
    found = [(c.row, c.column, c.row_span, c.column_span, source.text[c.start : c.end]) for c in table.cells]
    assert found == [
        (0, 0, 2, 1, "指标"), (0, 1, 1, 2, "数值"), (1, 1, 1, 1, "2020年"), (1, 2, 1, 1, "2025年"),
        (2, 0, 1, 1, "床位"), (2, 1, 1, 1, "1"), (2, 2, 2, 1, "2"), (3, 1, 1, 1, "3"),
    ]  # fmt: skip
    assert source.text.startswith("专栏1 主要指标\n")


def test_a_cell_does_not_continue_one_that_another_cell_parts_from_it() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    source = read(tbl(tc("指标") + tc("数值"), tc("合计", wide), tc("床位") + tc("3", "<w:vMerge/>")) + p("完"))
    assert source.text == "指标\t数值\n合计\n床位\t3\n完\n"
    assert max(cell.row_span for cell in source.tables[0].cells) == 1


def test_boxes() -> None:
    inner = f"<w:txbxContent>{p('专栏2 工程')}{p('1.建设养老院。')}</w:txbxContent>"
    drawn = f"<mc:AlternateContent xmlns:mc='mc'><mc:Choice><w:drawing>{inner}</w:drawing></mc:Choice>"
    again = f"<mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent>"
    border = "<w:pBdr><w:top/><w:left/><w:bottom/><w:right/></w:pBdr>"
    lines = (
        f"<w:p><w:r><w:t>正文。</w:t>{drawn}{again}</w:r></w:p>"
        + tbl(tc("专栏3 行动")) + p("框内", border) + p("线下", "<w:pBdr><w:bottom/></w:pBdr>")
    )  # fmt: skip
    source = read(lines)
    assert source.text == "正文。\n专栏2 工程\n1.建设养老院。\n专栏3 行动\n框内\n线下\n"
    assert marked(source, "box") == ["专栏2 工程", "1.建设养老院。", "专栏3 行动", "框内"]


@pytest.mark.parametrize(
    ("side", "box"),
    [
        ('w:val="single" w:sz="4"', True),
        ('w:val="none"', False),  # web pages pasted into Word
        ('w:val="nil"', False),  # files of WPS
        ('w:val="single" w:sz="0"', False),
        ('w:val="single" w:sz="4" w:color="FFFFFF"', False),  # white on white
    ],
)
def test_a_border_that_does_not_show_is_no_box(side: str, box: bool) -> None:
    border = f"<w:pBdr><w:top {side}/><w:left {side}/><w:bottom {side}/><w:right {side}/></w:pBdr>"
    assert marked(read(p("一、总体要求", border)), "box") == ["一、总体要求"] * box


def test_a_frame_around_all_the_text_is_no_box() -> None:
    border = '<w:pBdr><w:left w:val="single"/><w:right w:val="single"/></w:pBdr>'
    assert marked(read(p("正文，" * 50, border) * 5), "box") == []
    assert len(marked(read(p("正文，" * 50, border) + p("正文，" * 50) * 4), "box")) == 1


def test_markdown_that_a_program_wrote_into_a_word_file() -> None:
    document = layout(read(p("**一、总体要求**") + p("推进**改革**，共2*3项。")))
    assert document.text == "一、总体要求\n推进改革，共2*3项。\n"
    assert document.blocks[0].bold_end
    assert layout(read(p("注：**表示未评估。"))).text == "注：**表示未评估。\n"  # a sign, not a mark


def test_notes_stand_at_the_end() -> None:
    notes = (
        f'{HEAD}<w:footnotes {W}><w:footnote w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{p("脚注。")}</w:footnote></w:footnotes>'
    )
    lines = '<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id="2"/></w:r></w:p>' + p("后文")
    assert read(lines, footnotes=notes).text == "正文\n后文\n脚注。\n"


def test_strict_files_differ_in_their_namespace_alone() -> None:
    strict = body(p("规划")).replace(
        "schemas.openxmlformats.org/wordprocessingml/2006", "purl.oclc.org/ooxml/wordprocessingml"
    )
    assert read_bytes("a.docx", word(strict)).text == "规划\n"


def test_the_document_part_may_have_another_name() -> None:
    parts = {"_rels/.rels": relations(officeDocument="word/document2.xml"), "word/document2.xml": body(p("规划"))}
    assert read_bytes("a.docx", packed(parts)).text == "规划\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (packed({"a.jpg": "规划"}), "a zip archive without a file that can be read"),
        (word(body(p("规划")).replace("</w:body>", "")), "not sound XML"),
        (word(f'{HEAD}<!DOCTYPE w [<!ENTITY a "b">]>' + body(p("规划&a;")).removeprefix(HEAD)), "declares entities"),
        (word(body(p("规划")))[:300], "damaged or cut off"),
        (word(body("<w:p/>" * 600)), "elements"),
        (word(body(" " * 60_000)), "too many bytes"),
        (word(body(p("规划" * 600))), "characters"),
    ],
)
def test_refuses(data: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason) as refused:
        read_bytes("a.docx", data, Limits(elements=500, unpacked=50_000, characters=1000))
    assert "\n" not in str(refused.value)


def test_doc_files_name_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(
        Refused,
        match=r"an older text document .*; save it as \.docx in Office, WPS or LibreOffice, or install LibreOffice Writer",
    ):
        read_bytes("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_doc_files_through_libreoffice() -> None:
    rtf = rb"{\rtf1\ansi\uc0 \u35268\u21010 2025\par}"
    source = read_bytes("a.rtf", rtf)
    assert source.text == "规划2025\n"
    assert (source.format, source.notes) == ("rtf", ("converted by LibreOffice",))


@pytest.mark.parametrize(
    ("run", "text", "notes"),
    [
        ("<w:strike/>", "敬老院3所\n", ("struck-out text, left out: 2",)),
        ("<w:dstrike/>", "敬老院3所\n", ("struck-out text, left out: 2",)),
        ('<w:strike w:val="0"/>', "敬老院23所\n", ()),
        ('<w:dstrike w:val="false"/>', "敬老院23所\n", ()),
        ('<w:u w:val="single"/>', "敬老院23所\n", ()),
    ],
)
def test_what_is_struck_out_is_no_text(run: str, text: str, notes: tuple[str, ...]) -> None:
    lines = (
        f"<w:p><w:r><w:t>敬老院</w:t></w:r><w:r><w:rPr>{run}</w:rPr><w:t>2</w:t></w:r><w:r><w:t>3所</w:t></w:r></w:p>"
    )
    source = read(lines)
    assert (source.text, source.notes) == (text, notes)


def test_a_table_in_a_frame_stays_a_table() -> None:
    inner = tbl(
        tc("类别", '<w:vMerge w:val="restart"/>') + tc("供水率") + tc("95"),
        tc("", "<w:vMerge/>") + tc("保持率") + tc("73"),
    )
    source = read(p("前") + tbl(f"<w:tc>{p('专栏1 主要指标')}{inner}{p('注：略。')}</w:tc>") + p("后"))
    assert source.text == "前\n专栏1 主要指标\n类别\t供水率\t95\n保持率\t73\n注：略。\n后\n"
    assert marked(source, "box") == ["专栏1 主要指标", "注：略。"]
    assert [(c.row, c.column, c.row_span) for c in source.tables[0].cells] == [
        (0, 0, 2), (0, 1, 1), (0, 2, 1), (1, 1, 1), (1, 2, 1),
    ]  # fmt: skip
    # a table of one column in a cell, and one in a cell of a table of data, are parts of the cell
    single = tbl(f"<w:tc>{p('专栏2')}{tbl(tc('第一项'), tc('第二项'))}</w:tc>")
    assert read(single).tables == ()
    data = tbl(tc("指标") + tc("值"), tc("供水率") + f"<w:tc>{tbl(tc('95') + tc('96'))}</w:tc>")
    assert read(data).text == "指标\t值\n供水率\t95 96\n"
