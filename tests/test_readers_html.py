"""What becomes of web pages: the main text, its headings and bold runs, tables with their spans."""

import json
import re

import pytest

from extractors.layout import layout
from extractors.readers import Limits, read_bytes
from ontology.model.errors import Refused
from ontology.model.source import Source

PROSE = "到2025年，全省养老服务体系更加健全，服务质量明显提升。" * 3
AROUND = (
    '<html><head><title>x</title></head><body><div class="nav"><a href="/">首页</a><a href="/gk">公开</a></div>'
    '<div class="crumb">当前位置：<a href="/">首页</a></div><h1 class="title">云岭省养老服务规划</h1>'
    '<div id="zoom">{}</div><div class="foot">主办：云岭省人民政府 <a href="/m">地图</a></div></body></html>'
)


def page(body: str) -> Source:
    return read_bytes("a.html", f"<html><body>{body}</body></html>".encode())


def marked(source: Source, kind: str) -> list[str]:
    return [source.text[mark.start : mark.end] for mark in source.marks if mark.kind == kind]


def cells(source: Source) -> list[tuple[int, int, int, int, str]]:
    (table,) = source.tables
    return [(c.row, c.column, c.row_span, c.column_span, source.text[c.start : c.end]) for c in table.cells]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>一、总体要求</p><p>　　正文。</p>", "一、总体要求\n正文。\n"),
        ("<p>第一行<br>第二行</p>", "第一行\n第二行\n"),  # pages that know no other paragraphs
        ("<p>到 2025\n年，\n  覆盖率</p>", "到 2025 年，覆盖率\n"),  # a break of the source is none of the text
        ("前文<div>中文</div>后文", "前文\n中文\n后文\n"),
        ("<p>面积<span>5</span>km<sup>2</sup></p>", "面积5km2\n"),
        ("<p>说明<sup>[1]</sup>如下</p>", "说明如下\n"),  # the mark of a note
        ("<p>a<script>var x='规划，';</script>b<style>p{}</style></p>", "ab\n"),
        ('<p>可见</p><p style="display: none">不可见</p><p hidden>也不可见</p>', "可见\n"),
        ("<ol><li>甲<li>乙</ol><ul><li>丙</ul>", "1. 甲\n2. 乙\n丙\n"),  # numbers that the browser prints
        ('<ol start="3"><li>甲<li value="7">乙</ol>', "3. 甲\n7. 乙\n"),
        ("<p>&#35268;&#x5212;&nbsp;纲要&nosuch;</p>", "规划\xa0纲要&nosuch;\n"),
        ("<p>规<!-- 注释 -->划</p>", "规划\n"),
        ("<table><tr><td>布局<table><tr><td>内</td></tr></table></td></tr></table>", "布局\n内\n"),
    ],
)
def test_text(body: str, text: str) -> None:
    assert page(body).text == text


@pytest.mark.parametrize("style", ["visibility: hidden", "display:none"])
def test_a_page_that_a_script_would_show_is_read(style: str) -> None:
    """What holds all the text is no hidden part of the page."""
    for whole in (
        f"<body style='{style}'><p>{PROSE}</p></body>",
        f"<body><div style='{style}'><p>{PROSE}</p></div></body>",
    ):
        assert read_bytes("a.html", f"<html>{whole}</html>".encode()).text == f"{PROSE}\n"
    half = f"<p>{PROSE}</p><div style='{style}'><p>{PROSE}</p></div>"  # the text of another tab
    assert page(half).text == f"{PROSE}\n"


def in_script(*texts: str, shown: str = "") -> str:
    """A page of which a script holds the texts as strings of JSON, as some sites of governments send it."""
    strings = [json.dumps(text).replace("<", "\\u003C").replace("/", "\\/") for text in texts]
    data = ",".join(f'"content{n}":{string}' for n, string in enumerate(strings))
    return (
        f"<html><head><title>x</title><script>window.x = {{D: {{{data}}}}}</script></head><body>{shown}</body></html>"
    )


SCRIPTED = "".join(f"<p>第{n}，新建养老机构；改造养老机构。</p>" for n in range(20))


def test_a_text_that_stands_in_a_script_of_the_page_alone_is_read() -> None:
    footer = "<div><p>主办单位：云岭市人民政府</p><script>a</script></div>" * 9
    source = read_bytes("a.html", in_script(footer, SCRIPTED, shown="<div>首页</div>").encode())
    assert source.text.splitlines()[-20:] == [f"第{n}，新建养老机构；改造养老机构。" for n in range(20)]
    assert source.notes == ("text read from a script of the page",)


@pytest.mark.parametrize(
    "html",
    [
        in_script(SCRIPTED, shown=f"<p>{PROSE * 20}</p>"),  # the page has a text of its own
        in_script(SCRIPTED, SCRIPTED.replace("新建", "扩建"), shown="<p>首页</p>"),  # which is shown is not known
        in_script(re.sub("<.*?>", "", SCRIPTED), shown="<p>首页</p>"),  # no HTML
        in_script(SCRIPTED[:60], shown="<p>首页</p>"),  # too short for a document
        in_script(SCRIPTED, shown="<p>首页</p>").replace("\\u003C", "\\x3C"),  # no JSON
    ],
)
def test_other_strings_of_scripts_are_not_read(html: str) -> None:
    source = read_bytes("a.html", html.encode())
    assert "改造养老机构" not in source.text
    assert source.notes == ()


def test_what_a_string_of_a_script_cannot_hold_is_left_out() -> None:
    html = in_script(SCRIPTED + "<p>完善</p>").replace("\\u5b8c", "\\ud83d\\u0000\\u5b8c")
    assert read_bytes("a.html", html.encode()).text.endswith("\n完善\n")


def test_a_page_that_ends_twice_is_read_to_its_end() -> None:
    first = "<html><body><p>首页</p></body></html>"
    both = f"<!doctype html>{first}<!doctype html><html><body><p>{PROSE}</p></body></html>"
    assert PROSE in read_bytes("a.html", both.encode()).text


@pytest.mark.parametrize(
    ("body", "attached"),
    [
        ('<p><a href="1.docx">附件1.docx</a></p>', ["附件1.docx"]),
        ('<h2><a href="/P0.pdf">附件：云岭省养老服务规划</a></h2>', ["附件：云岭省养老服务规划"]),
        ('<p>附件1：<a href="1.docx">任务分工表</a></p>', ["附件1：任务分工表"]),
        ('<p>（1）<a href="1.docx">任务分工表</a></p>', ["（1）任务分工表"]),
        ("<p>2025</p>", []),  # no link
        ("<h2>1</h2>", []),
        ('<p>见<a href="1.docx">任务分工表</a>。</p>', []),  # a sentence with a link
        ('<p><a href="/gk/2021.html">第一章 总则</a></p>', []),  # a link to another page
    ],
)
def test_links_to_files(body: str, attached: list[str]) -> None:
    source = page(f"<p>{PROSE}</p>{body}")
    assert marked(source, "attachment") == attached
    kinds = [block.kind for block in layout(source).blocks]
    assert kinds == ["text", "attachment" if attached else "text"]


def test_leaves_out_what_surrounds_the_main_text() -> None:
    source = read_bytes("a.html", AROUND.format(f"<p>{PROSE}</p><p>二、任务</p>").encode())
    assert source.text == f"云岭省养老服务规划\n{PROSE}\n二、任务\n"
    assert marked(source, "title") == ["云岭省养老服务规划"]


def test_the_headline_is_not_repeated() -> None:
    body = f"<p>云岭省养老服务规划</p><p>{PROSE}</p>"
    assert read_bytes("a.html", AROUND.format(body).encode()).text.count("云岭省养老服务规划") == 1


@pytest.mark.parametrize(
    ("before", "after", "headline"),
    [
        ("<div class='title'>云岭省供水规划</div>", "", ["云岭省供水规划"]),
        ("", "<div class='title'>关于印发云岭省供水规划的通知</div>", []),  # that of another document, below the text
        ("<div class='title'>供水</div>", "", []),  # of a column of the site
        # nothing names it: by its size, its place or the page's title
        ("<h2>云岭省供水发展规划</h2>", "", ["云岭省供水发展规划"]),
        (
            "<table><tr><td align='center'><b>云岭省供水发展规划（2021—2025年）</b></td></tr></table>",
            "",
            ["云岭省供水发展规划（2021—2025年）"],
        ),
        ("<title>云岭省供水发展规划_云岭省水利厅</title><p>云岭省供水发展规划</p>", "", ["云岭省供水发展规划"]),
        ("<title>云岭省供水发展规划 - 云岭省水利厅</title>", "", ["云岭省供水发展规划"]),
        ("<title>云岭省供水发展规划（2021-2025年）-云岭省水利厅</title>", "", ["云岭省供水发展规划（2021-2025年）"]),
        ("<title>规划计划_云岭省水利厅</title><h2>规划计划</h2>", "", []),
        ("<h3><a href='1.html'>云岭省供水发展规划</a></h3>", "", []),  # a link to another document
        ("<p>云岭省供水发展规划</p>", "", []),
    ],
)
@pytest.mark.parametrize("main", ["<div>{}</div>", "<article>{}</article>", "<table><tr><td>{}</td></tr></table>"])
def test_a_headline_stands_above_the_main_text(main: str, before: str, after: str, headline: list[str]) -> None:
    source = page(before + main.format(f"<p>{PROSE}</p><p>{PROSE * 2}</p>") + after)
    assert marked(source, "title") == headline
    assert PROSE in source.text


def test_each_line_of_preformatted_text_is_a_paragraph() -> None:
    source = page(f"<pre>云岭省供水发展规划\n\n一、<b>任务\n</b>{PROSE}\r\n{PROSE}</pre>")
    assert source.text == f"云岭省供水发展规划\n一、任务\n{PROSE}\n{PROSE}\n"


def test_the_notice_beside_the_plan_is_kept() -> None:
    """Two parts of one page, the shorter of which must not go with the navigation."""
    source = page(f"<div><p>{PROSE * 9}</p></div><div><p>{PROSE}</p></div><div><a href='/'>首页，地图。</a></div>")
    assert source.text.count(PROSE) == 10


def test_headings_and_bold_runs() -> None:
    source = page("<h2>第一章 <b>总则</b></h2><p><strong>健全</strong><b>体系。</b>完善<b>制度</b>。</p>")
    assert marked(source, "heading") == ["第一章 总则"]
    assert marked(source, "bold") == ["健全体系。", "制度"]


@pytest.mark.parametrize("style", ["font-weight:bold", "FONT-WEIGHT : 700", "color:red;font-weight:bolder"])
def test_bold_by_style(style: str) -> None:
    assert marked(page(f'<p><span style="{style}">健全。</span>完善</p>'), "bold") == ["健全。"]
    assert marked(page(f'<b><span style="{style}"><i style="font-weight:normal">健全</i></span></b>完善'), "bold") == []


def test_spans_of_a_table() -> None:
    source = page(
        "<table><tr><td colspan=4>专栏1 主要指标</td></tr><tr><th rowspan=2>指标<th colspan=2>数值<th rowspan=2>属性"
        "<tr><th>2020年<th>2025年<tr><td><p>护理型</p><p>床位</p><td>45<td><td rowspan=99>预期性<tr><td>人数<td>1<td>2"
        "<tr><td colspan=4>注：2020年为快报数。</table>"
    )
    assert cells(source) == [
        (0, 0, 2, 1, "指标"), (0, 1, 1, 2, "数值"), (0, 3, 2, 1, "属性"),
        (1, 1, 1, 1, "2020年"), (1, 2, 1, 1, "2025年"),
        (2, 0, 1, 1, "护理型 床位"), (2, 1, 1, 1, "45"), (2, 2, 1, 1, ""), (2, 3, 2, 1, "预期性"),
        (3, 0, 1, 1, "人数"), (3, 1, 1, 1, "1"), (3, 2, 1, 1, "2"),
    ]  # fmt: skip
    assert source.text.startswith("专栏1 主要指标\n指标\t数值\t属性\n")


def test_a_caption_and_a_note_across_the_table_are_lines() -> None:
    source = page("<table><tr><td colspan=2>表1 指标<tr><td>甲<td>1<tr><td colspan=2>注：快报数。</table>")
    assert source.text == "表1 指标\n甲\t1\n注：快报数。\n"
    assert [cell[4] for cell in cells(source)] == ["甲", "1"]
    assert marked(source, "box") == []


def test_a_caption_is_the_line_above_its_table() -> None:
    source = page(f"<p>{PROSE}</p><table><caption>专栏1 指标</caption><tr><td>甲<td>1<tr><td>乙<td>2</table>")
    assert source.text.endswith("\n专栏1 指标\n甲\t1\n乙\t2\n")


@pytest.mark.parametrize(
    "hidden",
    ["<tr hidden><td>旧<td>0", "<tr style='display:none'><td>旧<td>0", "<tbody style='display:none'><tr><td>旧<td>0</tbody>",
     "<tr><td style='display:none'>旧"],
)  # fmt: skip
def test_hidden_rows_and_cells_of_a_table_are_not_read(hidden: str) -> None:
    source = page(f"<p>{PROSE}</p><table><tr><td>甲<td>1</tr>{hidden}</tr><tr><td>乙<td>2</table>")
    assert [cell[4] for cell in cells(source)] == ["甲", "1", "乙", "2"]


def test_a_table_of_one_cell_is_a_box() -> None:
    source = page(f"<p>{PROSE}</p><table><tr><td><p>专栏2 重点工程</p><p>1.建设养老院。</p></td></tr></table>")
    assert source.tables == ()
    assert marked(source, "box") == ["专栏2 重点工程", "1.建设养老院。"]


def test_a_table_that_sets_text_in_columns_is_a_box() -> None:
    long = "1.推进设施建设，新建改建一批社区养老服务设施，完善运营补助办法，提升服务能力。"
    source = page(f"<p>{PROSE}</p><table><tr><td>工程</td><td><p>{long}</p><p>2{long}</p></td></tr></table>")
    assert source.tables == ()
    assert marked(source, "box") == ["工程", long, f"2{long}"]


def test_a_table_around_the_whole_page_is_no_box() -> None:
    source = page(f"<table><tr><td><p>第一章 总则</p><p>{PROSE}</p></td></tr></table>")
    assert marked(source, "box") == []
    assert source.text == f"第一章 总则\n{PROSE}\n"


GOES_ON = "the text goes on on other pages, which are not in the file ({})"


@pytest.mark.parametrize(
    ("around", "notes"),
    [
        (
            '<div>上一页 <a href="a_1.html">1</a> <a href="a_2.html">2</a> 下一页 共2页</div>',
            (GOES_ON.format("共2页"),),
        ),
        ('<div><a href="a_1.html">1</a> <a href="a_2.html">下一页</a></div>', (GOES_ON.format("下一页"),)),
        ('<div>上一页 <a href="a_1.html">1</a> <a href="#">下一页</a> 共 1 页</div>', ()),
        ('<script>createPageHTML(3, 0, "t2021_1", "html");</script>', (GOES_ON.format("共3页"),)),
        ('<script>createPageHTML(1, 0, "t2021_1", "html");</script>', ()),
        ('<p>上一篇：<a href="b.html">通知</a> 下一篇：<a href="c.html">公告</a></p>', ()),  # other documents
        ("<p>规划文本共120页，图件共12页，由编制单位保管，供查阅，不随本通知印发，请各单位自行前往市局领取。</p>", ()),
        ('<iframe src="/pdfjs/viewer.html?file=/x/P020.pdf"></iframe>', ("attachments, not read: P020.pdf",)),
        (
            '<iframe src="/tj/count.html"></iframe><object data="b.docx?v=1"></object>',
            ("attachments, not read: b.docx",),
        ),
    ],
)
def test_notes_what_the_file_does_not_hold(around: str, notes: tuple[str, ...]) -> None:
    assert page(f"<p>{PROSE}</p>{around}").notes == notes


def test_the_foot_of_a_table_comes_last() -> None:
    """Wherever it stands: its row is no label of the rows below it."""
    source = page(
        f"<p>{PROSE}</p><table><thead><tr><td>指标<td>值</thead><tfoot><tr><td colspan=2>注：略。</tfoot>"
        "<tbody><tr><td>甲<td>1<tr><td>乙<td>2</tbody></table>"
    )
    assert source.text == f"{PROSE}\n指标\t值\n甲\t1\n乙\t2\n注：略。\n"


def test_names_attachments() -> None:
    source = page(f'<p>{PROSE}</p><p>附件：<a href="/x/a.docx?v=1">1.指标.docx</a> <a href="b.htm">解读</a></p>')
    assert source.notes == ("attachments, not read: 1.指标.docx",)
    assert "附件：1.指标.docx 解读" in source.text


@pytest.mark.parametrize(
    ("declared", "written", "encoding"),
    [("utf-8", "gb18030", "gb18030"), ("gb2312", "utf-8", "utf-8"), ("gb2312", "gb18030", "gb18030"),
     ("big5", "utf-16", "utf-16"), ("nonsense", "utf-8-sig", "utf-8-sig")],
)  # fmt: skip
def test_the_declared_encoding_is_not_believed(declared: str, written: str, encoding: str) -> None:
    html = f'<html><head><meta charset="{declared}"></head><body><p>{PROSE}</p></body></html>'
    source = read_bytes("a.html", html.encode(written))
    assert (source.text, source.encoding) == (f"{PROSE}\n", encoding)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<div>" * 5000 + PROSE, "nested"),
        ("<p " + "a " * 9000 + f">{PROSE}", "tag"),
        ("<i>" * 101, "more than"),
        ("规" * 50_001, "more than 50,000 characters or"),
        ("<script>1</script>", "which a script may load"),
        (in_script("<p " + "a " * 9000 + f">{SCRIPTED}"), "tag"),
        (in_script("<i>" * 101 + SCRIPTED), "more than"),
    ],
)
def test_refuses(html: str, reason: str) -> None:
    limits = Limits(elements=100, unpacked=50_000) if reason.startswith("more than") else Limits()
    with pytest.raises(Refused, match=reason):
        read_bytes("a.html", html.encode(), limits)


def test_entities_are_not_expanded() -> None:
    laughs = '<!DOCTYPE html [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    source = read_bytes("a.html", f"{laughs}<html><body><p>{PROSE}&b;&c;</p></body></html>".encode())
    assert "哈哈哈哈" not in source.text
    assert source.text.endswith("&b;&c;\n")


def test_a_sentence_behind_a_wide_gap_lost_its_first_words() -> None:
    source = page(f"<p>{'　' * 10}{PROSE}</p><p>　　{PROSE}</p><p>{'　' * 10}2021年12月</p>")
    assert marked(source, "gap") == [PROSE]


@pytest.mark.parametrize(
    "block",
    [
        "<table><tr><td>索 引 号：</td><td>0001</td><td>发文机关：</td><td>云岭省人民政府</td></tr>"
        "<tr><td>发文 字号：</td><td> 云政发〔2021〕5号 </td><td>主题词：</td><td></td></tr></table>",
        "<ul><li><b>【发文机关】</b>云岭省人民政府</li><li><b>发文字号：</b><span>云政发〔2021〕5号</span></li></ul>",
        # links of the site that begin with the words of a label
        "<div>发布机构概况</div><div>文号管理</div><div>发文机关 云岭省人民政府</div><div>[发文字号]云政发〔2021〕5号</div>",
        "<div>发文机关：云岭省人民政府</div><p>发文字号:云政发〔2021〕5号</p><p>废止日期：</p><p>浏览次数：5</p>",
    ],
)
def test_what_the_site_says_of_the_document(block: str) -> None:
    html = AROUND.replace('<div id="zoom">', f'{block}<div id="zoom">').format(f"<p>{PROSE}</p>")
    text = read_bytes("a.html", html.encode()).text
    assert text == f"发文机关：云岭省人民政府\n发文字号：云政发〔2021〕5号\n云岭省养老服务规划\n{PROSE}\n"


@pytest.mark.parametrize(
    ("body", "text", "notes"),
    [
        ("<p>敬老院<del>2</del><ins>3</ins>所</p>", "敬老院3所\n", ("struck-out text, left out: 2",)),
        ("<p>床位<strike>4000</strike><s>张</s>5000张</p>", "床位5000张\n", ("struck-out text, left out: 4000 | 张",)),
        (
            "<p>甲<span style='color:red; text-decoration: underline line-through'>由<b>市残联</b>牵头。</span>乙</p>",
            "甲乙\n",
            ("struck-out text, left out: 由市残联牵头。",),
        ),
        ("<p>甲<span style='text-decoration:underline'>乙</span><small>丙</small></p>", "甲乙丙\n", ()),
        ("<p>甲<del> </del>乙</p>", "甲乙\n", ()),
        (
            "<p>甲" + "".join(f"<s>第{n}处</s>，" for n in range(5)) + "</p>",
            "甲，，，，，\n",
            ("struck-out text, left out: 第0处 | 第1处 | 第2处 and 2 more",),
        ),
    ],
)
def test_what_is_struck_out_is_no_text(body: str, text: str, notes: tuple[str, ...]) -> None:
    source = page(body)
    assert (source.text, source.notes) == (text, notes)
