"""The page of a plan's text: all of it, each fact marked in place, nothing of it taken for markup."""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from exports.views import Selection, selection
from exports.views.document import PlanText, document_of, document_page, page_name, plan_text
from exports.views.document.data import MarkedFact, OutlineEntry
from kg.cli.view import preset_rows
from kg.cli.view_set import write_set
from ontology.model.errors import Refused
from ontology.model.store import Store
from ontology.model.text import DocumentText

EVIL = "</script><img src=x onerror=alert(1)>\u202e'\"&\x1b[2J𠀀"


def fact(kind: str, start: int, end: int, label: str = "", **more: str) -> MarkedFact:
    return MarkedFact(kind, label, start, end, None, tuple(more.items()), ())


def plain(page: str) -> str:
    """The text of the page, line by line."""
    lines = re.findall(r"<p[^>]*>(.*?)</p>", page.partition("<main")[2])
    return "\n".join(unescape(re.sub(r"<[^>]+>", "", line)) for line in lines)


def spans(page: str) -> list[tuple[int, str, str]]:
    """(offset, numbers of facts, text) of each stretch."""
    found = re.findall(
        r'<span(?: class="[^"]*")? data-s="(\d+)"(?: data-f="([\d ]+)")?>(.*?)</span>(?=<span data-s|<span class="f|</p>)',
        page,
    )
    return [(int(at), facts, unescape(re.sub(r"<[^>]+>", "", words))) for at, facts, words in found]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], [(0, "", "甲乙丙丁")]),
        ([(1, 3)], [(0, "", "甲"), (1, "0", "乙丙"), (3, "", "丁")]),
        ([(0, 4), (1, 2)], [(0, "0", "甲"), (1, "0 1", "乙"), (2, "0", "丙丁")]),  # one in another
        ([(0, 3), (2, 4)], [(0, "0", "甲乙"), (2, "0 1", "丙"), (3, "1", "丁")]),  # overlapping
        ([(0, 2), (2, 4)], [(0, "0", "甲乙"), (2, "1", "丙丁")]),
    ],
)
def test_stretches(facts: list[tuple[int, int]], expected: list[tuple[int, str, str]]) -> None:
    marked = tuple(fact("target", start, end) for start, end in facts)
    assert spans(document_page(PlanText("x/1", "题", "a.txt", DocumentText("甲乙丙丁"), (), marked))) == expected


def test_a_fact_over_lines_and_pages() -> None:
    page = document_page(
        PlanText("x/1", "题", "a.txt", DocumentText("甲乙\r\n丙丁", (0, 4)), (), (fact("target", 1, 5),))
    )
    assert spans(page) == [(0, "", "甲"), (1, "0", "乙\u00a0"), (4, "0", "丙"), (5, "", "丁")]
    assert page.count("<hr data-page=") == 2


def test_nothing_of_a_plan_is_markup() -> None:
    evil = fact("target", 0, 5, EVIL, **{EVIL: EVIL})
    page = document_page(
        PlanText("x/1", EVIL, EVIL, DocumentText(EVIL + "\n" + EVIL), (OutlineEntry(EVIL, 0, 3, 0),), (evil,))
    )
    assert "<img" not in page
    assert page.count("<script") == 4
    assert page.count("</script>") == 4
    assert "\x1b" not in page
    assert plain(page) == "\n".join([EVIL.replace("\x1b", "\u241b")] * 2)
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", page)


def test_the_page_has_the_whole_text_and_every_fact(store: Store) -> None:
    rows = preset_rows(store)
    row = document_of(rows, ["qinghe.txt"])
    document = plan_text(rows, row)
    page = document_page(document)
    assert [line.strip() for line in plain(page).split("\n")] == [line.strip() for line in row["text"].split("\n")]
    kinds = {fact.kind for fact in document.facts}
    assert {"heading", "task", "target", "indicator", "responsibility", "citation", "planfield"} <= kinds
    assert all(any(str(n) in numbers.split() for _, numbers, _ in spans(page)) for n in range(len(document.facts)))
    assert any(fact.links for fact in document.facts if fact.kind == "responsibility")
    assert document_page(plan_text(rows, row)) == page


@pytest.mark.parametrize("names", [["没有"], ["养老"], []])
def test_a_page_is_that_of_one_plan(store: Store, names: list[str]) -> None:
    with pytest.raises(Refused, match="one plan"):
        document_of(preset_rows(store), names)


def test_the_set_links_to_the_texts(corpus_store: str, store: Store, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "view", "all", "-o", str(tmp_path / "set"), "--store", corpus_store]
    assert subprocess.run(command, capture_output=True).returncode == 0
    made = {path.name for path in (tmp_path / "set").iterdir()}
    row = document_of(preset_rows(store), ["qinghe.txt"])
    assert {"lineage.html", "graph.html", "plans.xlsx", page_name(row["plan_id"])} <= made
    assert page_name(row["plan_id"]) in (tmp_path / "set" / "lineage.html").read_text("utf-8")
    figures = ["index.html", "diffusion.html", "matrix.html", "tracking.html", "regions.html"]
    compared = sorted(name for name in made if name.startswith("compare-"))
    assert compared
    views = ["lineage.html", "tasks.html", "responsibilities.html", "indicators.html", "graph.html"]
    texts = [name for name in made if name.startswith("document-")]
    for name in [*figures, *compared, *views, *texts]:
        links = set(re.findall(r'<a href="([^"#]+)', (tmp_path / "set" / name).read_text("utf-8")))
        assert links
        assert links <= made, name
        assert {"index.html", *views} <= links or name == "index.html", name
        assert name != "index.html" or links == made - {"index.html", ".plan-kg-export"}
    index = dict(
        re.findall(r'<a href="(compare-[^"]*)">(.*?)</a>', (tmp_path / "set" / "index.html").read_text("utf-8"))
    )
    for name in compared:  # the upper plan first, as on the page
        written = (tmp_path / "set" / name).read_text("utf-8")
        assert f"<h1>{re.sub(r'（[^（）]*[.][a-z]+）', '', index[name])}</h1>" in written
    assert len(set(index.values())) == len(compared)
    text = (tmp_path / "set" / page_name(row["plan_id"])).read_text("utf-8")
    found = re.search(r'href="lineage.html#only=([^"&]+)', text)
    assert found  # the drawing, narrowed to this plan
    assert f'"{unquote(found[1])}"' in (tmp_path / "set" / "lineage.html").read_text("utf-8")
    assert compared[0] in (tmp_path / "set" / "matrix.html").read_text("utf-8")  # the pair of a cell
    from openpyxl import load_workbook

    sheet = load_workbook(tmp_path / "set" / "plans.xlsx")["标题 outline"]
    assert any(cell.hyperlink and "document-" in cell.hyperlink.target for cells in sheet.iter_rows() for cell in cells)


def test_a_set_of_many_plans_reads_one_plan_at_a_time(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same pages, but the facts of all plans are asked for by the views of all plans alone."""
    sets = []
    for most in (selection.MAX_PLANS, 1):
        monkeypatch.setattr(selection, "MAX_PLANS", most)
        write_set(store, Selection(), str(tmp_path / str(most)))
        sets.append({path.name: path.read_bytes() for path in (tmp_path / str(most)).glob("*.html")})
    assert sets[0].keys() == sets[1].keys()
    assert [name for name in sets[0] if sets[0][name] != sets[1][name]] == []
    assert any(name.startswith("compare-") for name in sets[0])
