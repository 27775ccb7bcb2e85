"""Full-text search: every passage that holds a word, whatever its length and the breaks in it, and under its other names."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import SAMPLES

from kg.builder import build
from kg.cli import cli
from kg.search import Index, index_path, refresh, search
from kg.search.characters import fold, phrase
from kg.search.index import IndexedPassage
from kg.search.names import other_names
from kg.search.query import Hit
from kg.stores import open_store
from ontology.model.errors import Refused, Usage
from ontology.model.facts import squeeze
from ontology.model.store import Store
from queries.presets import preset


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        (
            "ＰＭ２.５ 浓度",
            "pm2．5浓度",
        ),  # width, case and blanks say nothing; an ASCII stop is a character like others
        ("医\n疗\u200b保障", "医疗保障"),  # neither do line breaks and what cannot be seen
        ("㎡", "m2"),
        ('a"b', "a＂b"),  # no quotation mark is left that could end a phrase
        (" \t", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert phrase(fold(text)).count('"') == 2


@pytest.mark.parametrize(
    ("word", "found", "not_found"),
    [
        ("照护", ["护理"], []),  # the rules of concept names take one for the other
        ("长期照护保险", ["长期护理保险"], ["护理"]),  # inside a longer word too; the part alone is another word
        ("医保局", ["医疗保障局"], ["医疗保障"]),
        ("卫健委", ["卫生健康委"], []),
        ("人社部门", ["人力资源社会保障部门"], []),
        ("GDP", ["国内生产总值"], []),  # names of one indicator
        ("海洋", [], ["自然资源"]),  # a function that took another over is no other name
        ("民政", [], ["民政和人力资源社会保障"]),
        ("增速", [], ["增长"]),  # the rule holds after certain words only
        ("县", [], ["市"]),
    ],
)
def test_other_names(word: str, found: list[str], not_found: list[str]) -> None:
    names = other_names(word)
    assert set(found) <= set(map(str.upper, names)) | set(names)
    assert not set(not_found) & set(names)


@pytest.fixture(scope="module")
def index(corpus_store: str) -> Index:
    opened = Index(index_path(corpus_store))
    with open_store(corpus_store) as store:
        refresh(opened, store)
    return opened


@pytest.mark.parametrize(
    "word", ["县", "老", "护理", "养老", "责任", "2025", "养老服务", "农村留守老年人", "》", "≥", "%"]
)
def test_every_passage_with_a_word_is_found_and_none_without(index: Index, store: Store, word: str) -> None:
    texts = dict(preset("texts").run(store).of(("file", "text")).rows)
    found = search(index, [word], exact=True)
    assert found.total == len(found.hits) > 0
    for hit in found.hits:
        row = hit.row
        passage = str(texts[row["file"]])[row["start"] : row["end"]]
        assert squeeze(passage) == squeeze(row["quote"])
        assert all(fold(str(texts[row["file"]])[a:b]) == fold(word) for a, b in hit.spans)
        assert hit.spans
    in_paragraphs = sum(
        fold("".join(str(text)[a:b] for a, b in spans)).count(fold(word)) > 0
        for text, paragraphs in preset("texts").run(store).of(("text", "paragraphs")).rows
        for spans in ([tuple(map(int, s.split("-"))) for s in p.split(",")] for p in str(paragraphs).split())
    )
    assert found.total == in_paragraphs


def test_other_names_are_found_unless_exact(index: Index) -> None:
    assert {hit.row["matched"] for hit in search(index, ["照护"], exact=True).hits} == {"照护"}
    assert {"护理", "照护、护理"} <= {hit.row["matched"] for hit in search(index, ["照护"]).hits}


@pytest.mark.parametrize(
    ("parameters", "column", "expected"),
    [
        ({"plan": "青禾县"}, "file", {"qinghe.txt", "qinghe-shisanwu.txt"}),
        ({"plan": "zening.md"}, "file", {"zening.md"}),  # by its file's name
        ({"region": "云岭省"}, "region", {"云岭省"}),
        ({"level": "county"}, "region", {"青禾县"}),
        ({"level": "county", "region": "云岭省"}, "region", set()),
    ],
)
def test_parameters(index: Index, parameters: dict[str, str], column: str, expected: set[str]) -> None:
    assert {hit.row[column] for hit in search(index, ["养老"], parameters).hits} == expected


def test_a_kind_keeps_passages_that_hold_such_a_fact(index: Index, store: Store) -> None:
    places = {(r[0], r[1], r[2]) for r in preset("targets").run(store).of(("file", "start", "end")).rows}
    found = search(index, ["养老"], {"kind": "target"}).hits
    assert 0 < len(found) < search(index, ["养老"]).total
    for hit in found:
        assert any(f == hit.row["file"] and s < hit.row["end"] and hit.row["start"] < e for f, s, e in places)  # type: ignore[operator]


def test_several_words_stand_in_one_passage(index: Index) -> None:
    both = search(index, ["护理", "医养"], exact=True)
    assert both.total
    assert all("护理" in hit.row["quote"] and "医养" in hit.row["quote"] for hit in both.hits)
    assert both.hits[0].marked("[", "]").count("[") >= 2
    assert both.hits[0].marked("", "") == both.hits[0].row["quote"]


@pytest.mark.parametrize(
    ("text", "spans", "marked"),
    [
        ("see the plan by 2025 for more", [(13, 15)], "see the plan [by] 2025 for more"),
        ("建设 养老\n机构", [(0, 2), (3, 8)], "[建设][养老机构]"),  # white space beside Chinese is dropped
        ("到 2025 年", [(2, 6)], "到[2025]年"),
    ],
)
def test_marks_change_no_white_space(text: str, spans: list[tuple[int, int]], marked: str) -> None:
    start = 40  # of the passage in its document
    passage = IndexedPassage(start, text, ((0, len(text)),), None, None, ())
    places = tuple((start + first, start + last) for first, last in spans)
    assert Hit({}, places, passage).marked("[", "]") == marked


@pytest.mark.parametrize(
    ("words", "parameters"),
    [
        ([], {}),
        (["  "], {}),
        (["县"], {"year": "2025"}),
        (["县"], {"kind": 'target" OR "县'}),
        (["县"], {"kind": "目的"}),
        (["县"], {"level": "县"}),
    ],
)
def test_refused(index: Index, words: list[str], parameters: dict[str, str]) -> None:
    with pytest.raises(Usage):
        search(index, words, parameters)


@pytest.mark.parametrize(
    "word", ['" OR 县', "县 NOT 市", "text:县", "县*", "^县", "NEAR(县 市)", "县'; DROP TABLE words; --"]
)
def test_a_word_is_never_a_query(index: Index, word: str) -> None:
    assert search(index, [word]).total == 0
    assert search(index, ["县"], {"plan": word, "region": word}).total == 0


def test_the_index_follows_the_store(tmp_path: Path) -> None:
    plan, address = tmp_path / "plan.txt", str(tmp_path / "s.kg")
    plan.write_bytes((SAMPLES / "qinghe.txt").read_bytes())
    with open_store(address, write=True) as store, Index(index_path(address)) as index:
        build([plan], store)
        assert refresh(index, store) == 1
        assert refresh(index, store) == 0
        before = search(index, ["养老"]).total
        plan.write_text(plan.read_text("utf-8") + "\n鼓励发展银龄经济，扩大养老消费。\n", "utf-8")
        build([plan], store)
        assert search(index, ["银龄"]).total == 0
        assert refresh(index, store) == 1
        assert search(index, ["银龄"]).total == 1
        assert search(index, ["养老"]).total == before + 1  # what was indexed before is gone
        store.forget([str(plan)])
        refresh(index, store)
        assert search(index, ["养老"]).total == 0


def test_an_index_that_is_damaged_or_of_another_format_is_made_anew(corpus_store: str, tmp_path: Path) -> None:
    path = tmp_path / "index"
    for content in (b"no database", None):
        if content:
            path.write_bytes(content)
        with Index(path) as index, open_store(corpus_store) as store:
            assert refresh(index, store) > 0
            assert search(index, ["养老"]).total
            index.connection.execute("UPDATE meta SET value = 'older'")
            index.connection.commit()


def test_an_index_that_another_process_has_locked_is_kept(
    corpus_store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "index"
    monkeypatch.setattr("kg.search.index.WAIT_SECONDS", 0.0)
    with Index(path) as index, open_store(corpus_store) as store:
        refresh(index, store)
        with closing(sqlite3.connect(path)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(Refused, match="locked"):
                Index(path)
            with pytest.raises(Refused, match="locked"):
                index.update(index.stamps(), ())
            other.execute("ROLLBACK")
            other.execute("BEGIN EXCLUSIVE")  # a writer holds it while it writes to the file
            for reading in (
                index.stamps,
                index.without_text,
                lambda: index.kinds(1),
                lambda: index.passage(1),
                lambda: search(index, ["养老"]),
                lambda: search(index, ["养老"], {"level": "county"}),
            ):
                with pytest.raises(Refused, match="locked"):
                    reading()
        assert search(index, ["养老"]).total
    with Index(path) as index:
        assert search(index, ["养老"]).total


def test_the_command(corpus_store: str) -> None:
    def run(*arguments: str) -> str:
        command = ["search", *arguments, "--store", corpus_store]
        done = CliRunner().invoke(cli, command, env={"COLUMNS": "400"})
        assert done.exit_code == 0, done.output
        return done.stdout

    assert "**护理**" in run("护理", "--format", "markdown")
    assert "⟦护理⟧" in run("护理", "--limit", "1")
    assert run("护理", "--format", "json").count('"quote"') == run("护理", "--format", "jsonl").count("\n")
    assert run("没有这样的词", "--format", "csv").startswith("plan,region,file,heading,matched,score,")


def test_every_store_answers_alike(loaded: Store, corpus_store: str, tmp_path: Path) -> None:
    with open_store(corpus_store) as here, Index(tmp_path / "here") as mine, Index(tmp_path / "there") as theirs:
        refresh(mine, here)
        refresh(theirs, loaded)
        for words, parameters in ((["护理"], {}), (["2025"], {"level": "county"}), (["养老"], {"kind": "target"})):
            one, other = search(mine, words, parameters), search(theirs, words, parameters)
            assert one.total
            assert [hit.row for hit in one.hits] == [hit.row for hit in other.hits]
