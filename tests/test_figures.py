"""Pages that are one drawing and the passages behind it: compare, diffusion, matrix."""

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest

from exports.views import FIGURES, Selection, draw
from exports.views.differences import marked
from exports.views.markup import clipped, join, tag, told_apart
from kg.cli.view import preset_rows
from ontology.model.errors import KgError, Refused, Usage
from ontology.model.store import Store

TWO = Selection(plans=("yunling.txt", "guojia.txt"))
SELECTIONS = {"compare": TWO, "diffusion": Selection(), "matrix": Selection()}
Rows = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def rows(store: Store) -> Rows:
    return preset_rows(store)


@pytest.mark.parametrize("name", FIGURES)
def test_a_page_asks_no_network_and_its_drawing_is_svg(rows: Rows, name: str) -> None:
    written = draw(name, rows, SELECTIONS[name])
    assert written == draw(name, rows, SELECTIONS[name])
    assert written.startswith("<!doctype html>")
    addresses = set(re.findall(r"https?://[^\s\"'<]+", written))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    drawing = re.search(r"<svg.*?</svg>", written, re.S)
    assert drawing
    ElementTree.fromstring(drawing[0])


@pytest.mark.parametrize("name", FIGURES)
def test_each_link_of_the_drawing_leads_somewhere(rows: Rows, name: str) -> None:
    written = draw(name, rows, SELECTIONS[name])
    links, ids = set(re.findall(r'href="#([^"]+)"', written)), re.findall(r' id="([^"]+)"', written)
    assert links
    assert links <= set(ids)
    assert len(ids) == len(set(ids))


def test_compare_has_every_pair_and_every_task_that_is_left(rows: Rows) -> None:
    written = draw("compare", rows, TWO)
    pairs = [
        row
        for row in rows("task-alignment")
        if {row["file"], row["other_file"]} == {"yunling.txt", "guojia.txt"} and row["kind"] != "related"
    ]
    assert written.count('class="pair"') == len(pairs) > 3
    own = {row["task_id"] for row in pairs}
    left = [row for row in rows("tasks") if row["file"] == "yunling.txt" and row["task_id"] not in own]
    assert f"下位规划自主增加的任务（{len(left)}）" in written
    assert all(f"<summary>{row['label']}</summary>" in written for row in left)


def test_diffusion_shows_who_came_after_whom(rows: Rows) -> None:
    written = draw("diffusion", rows, Selection(plans=("全国", "“十四五”养老服务发展规划")))
    assert "101 天后" in written
    assert "2016年</text>" not in written  # policies of another name are left out


@pytest.mark.parametrize(
    ("name", "selection", "error", "says"),
    [
        ("compare", Selection(plans=("yunling.txt",)), Usage, "two plans"),
        ("compare", Selection(plans=("养老服务", "guojia.txt")), Usage, "names several plans"),
        ("compare", Selection(plans=("guojia.txt", "guojia.txt")), Usage, "the same plan"),
        ("compare", Selection(plans=("literals.txt", "guojia.txt")), Refused, "run `kg align`"),
        ("diffusion", Selection(plans=("无此政策",)), Refused, "no plan of the store"),
        ("matrix", Selection(plans=("literals.txt",)), Refused, "run `kg align`"),
    ],
)
def test_what_cannot_be_drawn(rows: Rows, name: str, selection: Selection, error: type[KgError], says: str) -> None:
    with pytest.raises(error, match=re.escape(says)):
        draw(name, rows, selection)


@pytest.mark.parametrize(
    ("one", "other", "first", "second"),
    [
        (
            "到2025年达到50%",
            "到2025年达到55%",
            '到2025年达到<mark class="number">50%</mark>',
            '到2025年达到<mark class="number">55%</mark>',
        ),
        ("健全制度", "健全制度", "健全制度", "健全制度"),
        ("健全制度", "完善体系", "<mark>健全制度</mark>", "<mark>完善体系</mark>"),
        (
            "<b>健全</b>",
            "<b>健全</b>",
            "&lt;b&gt;健全&lt;/b&gt;",
            "&lt;b&gt;健全&lt;/b&gt;",
        ),  # what plans say is no markup
        ("", "健全", "", "<mark>健全</mark>"),
    ],
)
def test_differences(one: str, other: str, first: str, second: str) -> None:
    assert [side.text for side in marked(one, other)] == [first, second]


def test_markup_escapes_all_but_markup() -> None:
    assert tag("a", "<1>", tag("b", "&"), None, href='"#x"', class_="pair", title=None).text == (
        '<a href="&quot;#x&quot;" class="pair">&lt;1&gt;<b>&amp;</b></a>'
    )
    assert join("\ud800").text == "?"


def test_labels_that_are_cut_differ() -> None:
    long = [f"云岭省国民经济和社会发展第十{n}个五年规划纲要" for n in "三四"]
    short = told_apart([*long, "养老服务"], 15)
    assert len(set(short.values())) == 3
    assert all(len(text) <= 15 for text in short.values())
    assert "十三" in short[long[0]]
    assert short["养老服务"] == "养老服务"
    assert clipped("加强养老服务人才队伍建设", 8) == "加强养老服务人…"
