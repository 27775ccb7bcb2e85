"""The text of a plan in the graph: offsets of evidence mean something to whoever has the store alone."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SAMPLES
from reading_of import source_of

from exports import Options, export
from exports.passage import passage
from extractors.layout import layout, paragraphs
from kg.builder import build
from kg.builder.stamp import Stamp
from kg.stores import open_store
from ontology.model.facts import squeeze
from ontology.model.store import Store
from ontology.model.text import DocumentText
from queries.presets import preset

WRAPPED = """第一章 发展基础
全市公路总里程达到一万二千公里，其中
高速公路六百公里，普通国省干线基本达到二
- 1 -
级以上标准，农村公路通达所有的建制村。
服务水平稳步提升，城区公共交通分担率
达到百分之四十五，建制村客车通达率达到百
分之百，群众出行更加便捷。
第二章 主要任务
加快推进高铁建设，推动既有铁路电气化
改造，实现县县通铁路，新增铁路营业里程三
百公里以上。
"""
PARAGRAPHS = [
    "第一章发展基础",
    "全市公路总里程达到一万二千公里，其中高速公路六百公里，普通国省干线基本达到二|级以上标准，农村公路通达所有的建制村。",
    "服务水平稳步提升，城区公共交通分担率达到百分之四十五，建制村客车通达率达到百分之百，群众出行更加便捷。",
    "第二章主要任务",
    "加快推进高铁建设，推动既有铁路电气化改造，实现县县通铁路，新增铁路营业里程三百公里以上。",
]
TABLE = """一、主要指标
| 指标 | 2025年 |
| --- | --- |
| 床位数 | 500 |
"""


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (WRAPPED, "a.txt", PARAGRAPHS),  # a page number parts the spans of a paragraph, a line break does not
        (
            TABLE,
            "a.md",
            ["一、主要指标", "|指标|2025年|", "|床位数|500|"],
        ),  # each row of a table is a passage of its own
        ("  \n\n规划\n\n", "a.txt", ["规划"]),  # white space is no paragraph
    ],
)
def test_paragraphs(text: str, name: str, expected: list[str]) -> None:
    found = paragraphs(layout(source_of(text, name)))
    words = ["|".join(squeeze(text[a:b]) for a, b in spans) for spans in found]
    assert [w for w in words if set(w) - set("|-")] == expected
    assert all(a < b for spans in found for a, b in spans)


@pytest.mark.parametrize(
    "text",
    [
        DocumentText("甲\n乙", (), (((0, 1),), ((2, 3),))),
        DocumentText("甲\f乙", (0, 2), (((0, 1), (2, 3)),)),
        DocumentText("甲"),  # neither pages nor paragraphs
    ],
)
def test_what_a_store_holds_of_a_text_gives_it_back(text: DocumentText) -> None:
    assert DocumentText.stored(text.content, text.pages_text, text.paragraphs_text) == text


def test_pages_and_lines_count_from_one() -> None:
    text = DocumentText("甲\n乙\n丙", (0, 4))
    assert [(text.page_of(at), text.line_of(at)) for at in (0, 2, 4)] == [(1, 1), (1, 2), (2, 3)]
    assert DocumentText("甲").page_of(0) is None


@pytest.mark.parametrize(
    "name", ["outline", "tasks", "indicators", "observations", "targets", "lineage", "responsibilities"]
)
def test_every_quote_stands_in_the_text_that_the_store_holds(store: Store, name: str) -> None:
    table = preset("texts").run(store).of(("file", "text"))
    texts = dict(table.rows)
    facts = preset(name).run(store).of(("file", "start", "end", "quote")).rows
    assert facts
    assert [
        quote for file, start, end, quote in facts if squeeze(str(texts[file])[start:end]) != squeeze(str(quote))
    ] == []  # type: ignore[misc]


def test_a_text_is_as_the_file_has_it(store: Store) -> None:
    texts = dict(preset("texts").run(store).of(("file", "text")).rows)
    for path in SAMPLES.glob("*.txt"):
        assert texts[path.name] == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize(
    ("have", "want", "serves"),
    [
        (Stamp("p 1+ab"), Stamp("p 1+ab"), True),
        (Stamp("p 1+ab"), Stamp("p 1+cd"), False),  # another program
        (Stamp("p 1+ab", ocr=True), Stamp("p 1+ab"), True),  # OCR read more
        (Stamp("p 1+ab"), Stamp("p 1+ab", ocr=True), False),
        (Stamp("p 1+ab", text=False), Stamp("p 1+ab"), False),  # the text is to come in
        (Stamp("p 1+ab"), Stamp("p 1+ab", text=False), False),  # and to go
        (Stamp("p 1+ab", corrections="12"), Stamp("p 1+ab"), False),  # a correction was taken back
        (Stamp("p 1+local+ab", True, False, "0f"), Stamp("p 1+local+ab", True, False, "0f"), True),
    ],
)
def test_a_stamp_says_whether_a_file_has_to_be_read_again(have: Stamp, want: Stamp, serves: bool) -> None:
    assert Stamp.read(str(have)) == have
    assert Stamp.read(str(have)).serves(want) is serves


def test_a_store_without_texts(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "s.kg"), write=True) as store:
        plan = SAMPLES / "qinghe.txt"
        build([plan], store, text=False)
        assert preset("texts").run(store).rows == []
        assert preset("tasks").run(store).rows
        assert build([plan], store, text=False).loaded == []
        assert len(build([plan], store).loaded) == 1
        assert len(preset("texts").run(store).rows) == 1


@pytest.mark.parametrize(
    ("form", "mark"),
    [
        ("turtle", "kg:content "),
        ("nquads", "ontology#content> "),
        ("jsonld", '"content": "'),
        ("cypher", 'content: "'),
        ("graphml", ">DocumentText"),
    ],
)
def test_an_export_has_the_texts_unless_they_are_left_out(store: Store, tmp_path: Path, form: str, mark: str) -> None:
    for name, options in (("with", Options()), ("without", Options(text=False)), ("bare", Options(evidence=False))):
        export(form, store, str(tmp_path / name), options)
    found = [mark in (tmp_path / name).read_text("utf-8") for name in ("with", "without", "bare")]
    assert found == [True, False, False]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (
            6,
            8,
            ["plan.txt, line 3, page 1", "  1  一", "  2  二二", "> 3  三⟦三三⟧", "  4  四", "  5", "  6  六"],
        ),
        (
            0,
            1,
            ["plan.txt, line 1, page 1", "> 1  ⟦一⟧", "  2  二二", "  3  三三三", "  4  四"],
        ),  # nothing before it
        (
            3,
            7,
            ["plan.txt, line 2–3, page 1", "  1  一", "> 2  二⟦二", "> 3  三三⟧三", "  4  四", "  5", "  6  六"],
        ),
        (
            18,
            19,
            ["plan.txt, line 10, page 2", "   7  七", "   8  八", "   9  \\x1b[2J", "> 10  ⟦十⟧"],
        ),  # no command to the terminal
    ],
)
def test_a_passage_in_its_surroundings(start: int, end: int, expected: list[str]) -> None:
    text = DocumentText("一\n二二\n三三三\n四\n\n六\n七\n八\n\x1b[2J\n十", (0, 11))
    start, end = (start, end) if start < 18 else (len(text.content) - 1, len(text.content))
    assert passage(text, "plan.txt", start, end).splitlines() == expected


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["qinghe.txt", "--at", "409:411"], 0, "⟦护理⟧"),
        (["qinghe.txt", "--at", "820"], 0, "⟦每个中心护理型床位不少于40张⟧"),  # the fact that holds it
        ([str(SAMPLES / "qinghe.txt"), "--at", "409:411"], 0, "⟦护理⟧"),
        (["qinghe.txt", "--at", "5:2"], 2, "START:END"),
        (["qinghe.txt", "--at", "x"], 2, "START:END"),
        (["qinghe.txt", "--at", "999999"], 2, "characters"),
        (["养老", "--at", "1"], 1, "name one"),  # several plans
        (["没有", "--at", "1"], 1, "no such file"),
    ],
)
def test_the_command(corpus_store: str, arguments: list[str], status: int, words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "text", *arguments, "--store", corpus_store], capture_output=True, text=True
    )
    assert (done.returncode, words in done.stdout + done.stderr) == (status, True), done.stderr
