"""Pages that are one drawing and the passages behind it: compare, diffusion, matrix."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import CHROMIUM

from exports.views import FIGURES, Links, Selection, draw, pair_key
from exports.views.differences import with_differences
from exports.views.diffusion import COLUMN, LANES, LINE, _way
from exports.views.markup import clipped, distinct_labels, join, tag
from exports.views.matrix import _labels
from exports.views.tiles import TILES
from exports.views.tracking import STATUS_STYLES, _ink
from kg.cli.view import preset_rows
from kg.cli.view_set import compared_pairs
from kg.workbench.desk import compare_address
from kg.workbench.pages.views import _pairs
from ontology.model.errors import KgError, Refused, Usage
from ontology.model.store import Store

TWO = Selection(plans=("yunling.txt", "guojia.txt"))
SELECTIONS = dict.fromkeys(FIGURES, Selection()) | {"compare": TWO}
Row = dict[str, Any]
Rows = Callable[[str], list[Row]]


@pytest.fixture
def rows(store: Store) -> Rows:
    return preset_rows(store)


@pytest.mark.parametrize("name", FIGURES)
def test_a_page_asks_no_network_and_its_drawing_is_svg(rows: Rows, name: str) -> None:
    written = draw(name, rows, SELECTIONS[name])
    assert written == draw(name, rows, SELECTIONS[name])
    assert written.startswith("<!DOCTYPE html>")
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
    for preset_name, title, file, other in (
        ("coverage-gaps", "上位规划中无对应的任务", "guojia.txt", "lower_file"),
        ("own-additions", "下位规划自主增加的任务", "yunling.txt", "upper_file"),
    ):
        left = [row for row in rows(preset_name) if row["file"] == file and row[other] in ("yunling.txt", "guojia.txt")]
        assert f"{title}（{len(left)}）" in written
        assert all(f"<summary>{row['task_label']}</summary>" in written for row in left)


@pytest.mark.parametrize(
    ("order", "position", "words", "not_words"),
    [
        (
            "above",
            "upper",
            ["左为上位规划", "上位规划中无对应的任务（1）", "下位规划自主增加的任务（0）"],
            ["较早", "不明"],
        ),
        (
            "earlier",
            "earlier",
            ["左为较早规划", "较早规划中无对应的任务（1）", "较晚规划新增的任务（0）"],
            ["上位", "不明"],
        ),
        (None, None, ["先后上下不明", "无对应的任务：“十四五”全国养老服务发展规划（1）"], ["上位", "下位", "较早"]),
    ],
)
def test_compare_says_what_is_known_of_the_order(
    rows: Rows, order: str | None, position: str | None, words: list[str], not_words: list[str]
) -> None:
    """And lists what is perhaps taken up, and what a passage outside of tasks takes up with its words."""
    two = {"guojia.txt", "yunling.txt"}
    (*nobody, perhaps, _) = [row for row in rows("tasks") if row["file"] == "guojia.txt"]
    upper = {
        "plan_id": perhaps["plan_id"],
        "other_plan_id": next(r["plan_id"] for r in rows("plans") if r["file"] == "yunling.txt"),
    }

    def changed(name: str) -> list[Row]:
        if name == "task-alignment":
            return [row | {"plan_order": order} for row in rows(name) if {row["file"], row["other_file"]} == two]
        if name == "unmatched-tasks":
            return [
                {**task, **upper, "task_label": task["label"], "nearest": "近的", "nearest_score": 0.28,
                 "position": position, "perhaps": task is perhaps}
                for task in (nobody[0], perhaps)
            ]  # fmt: skip
        if name == "taken-up-elsewhere":
            return [
                {**nobody[1], **upper, "task_label": nobody[1]["label"], "other_quote": "改造敬老院12所",
                 "other_file": "yunling.txt", "other_start": 3, "other_end": 11, "other_page": None}
            ]  # fmt: skip
        return list(rows(name))

    written = draw("compare", changed, TWO)
    for text in (
        *words,
        "或有对应的任务（1）",
        "或对应：近的 0.28",
        "任务之外承接的任务（1）",
        "任务之外的承接：改造敬老院12所",
    ):
        assert text in written, text
    page = written.partition("<main")[2].partition("</main>")[0]
    assert not [text for text in not_words if text in page]


def test_numbers_of_kinds_are_listed_in_the_language_of_the_page(rows: Rows) -> None:
    assert re.search(r" · copied \d+, adapted \d+, related \d+<", draw("compare", rows, TWO, language="en"))
    assert re.search(r" · 照搬 \d+、改编 \d+、相关 \d+<", draw("compare", rows, TWO, language="zh"))


@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium")
@pytest.mark.parametrize("name", ["matrix", "diffusion"])
def test_names_stay_in_sight_and_are_saved_where_they_belong(
    rows: Rows, name: str, browser: Any, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(draw(name, rows, Selection()), "utf-8")
    page = browser.new_page(viewport={"width": 500, "height": 300})
    page.goto(f"file://{tmp_path}/page.html")

    def ends(direction: str) -> tuple[float, float]:
        """The right and lower ends of the first group that stays in this direction, from the frame's corner."""
        box, frame = (page.locator(found).first.bounding_box() for found in (f"[data-stay={direction}]", "#drawing"))
        return box["x"] + box["width"] - frame["x"], box["y"] + box["height"] - frame["y"]

    before = page.evaluate("source()")
    beside, above = ends("x")[0], ends("y")[1]
    page.evaluate("document.getElementById('drawing').scrollTo(10000, 10000)")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("document.getElementById('drawing').scrollLeft") > 100
    width, height = page.evaluate("['clientWidth', 'clientHeight'].map(key => document.getElementById('drawing')[key])")
    assert ends("x")[0] == pytest.approx(min(beside, width / 2), abs=2)  # not over more than half of it
    assert ends("y")[1] == pytest.approx(min(above, height / 2), abs=2)
    assert page.evaluate("source()") == before
    page.close()


def test_plans_of_one_label_are_told_apart() -> None:
    one = {"region": "云岭省", "plan": "云岭省养老服务规划", "file": "a.pdf"}
    assert _labels([one, one | {"file": "b.txt"}, one | {"plan": "云岭省医疗规划"}]) == [
        "云岭省 养老服务规划（a.pdf）",
        "云岭省 养老服务规划（b.txt）",
        "云岭省 医疗规划",
    ]


def test_diffusion_shows_who_came_after_whom(rows: Rows) -> None:
    written = draw("diffusion", rows, Selection(plans=("全国", "“十四五”养老服务发展规划")))
    assert "101 天后" in written
    assert "2016年</text>" not in written  # policies of another name are left out


def uptake(
    policy: str, year: int | None, plan: str, relation: str = "basis", plan_year: int | None = None
) -> dict[str, Any]:
    found = {"policy": policy, "policy_id": policy, "policy_year": year, "year_rule": year and "document number"}
    found |= {"policy_level": "national", "plan_id": plan, "plan": f"{plan}规划", "level": "county", "date": None}
    found |= {"plan_year": plan_year, "plan_year_rule": plan_year and "first year of the plan's period"}
    found |= {"relation": relation, "days_after": None, "order": None, "quote": f"依据《{policy}》", "file": plan}
    return found | {"start": 0, "end": 9, "page": None}


def test_diffusion_lists_what_it_does_not_draw_and_knows_plans_by_their_period() -> None:
    held = plan("a.txt", "泽宁市", None) | {"policy_id": "泽宁"}
    tables = {
        "plans": [held, held | {"plan_id": "b.txt", "file": "b.txt", "policy_id": "青禾"}],
        "policy-diffusion": [
            uptake("甲办法", 2019, "a.txt", plan_year=2021),
            uptake("乙办法", None, "a.txt", plan_year=2021),
            uptake("丙办法", 2020, "b.txt"),
        ],
    }
    written = draw("diffusion", tables.__getitem__, Selection())
    drawing, below = written.split("</svg>")
    assert "2 次承接 · 另有 1 次承接因政策年份未明而未画" in written
    assert re.findall(r"<text[^>]*>(20..年|年份未明)</text>", drawing) == ["2019年", "2020年", "2021年", "年份未明"]
    assert "乙办法" not in drawing
    assert "依据《乙办法》" in below
    assert "2021年 · 据规划期首年 · 依据 · a.txt规划" in below
    assert "日期未明 · 依据 · b.txt规划" in below
    named = draw("diffusion", tables.__getitem__, Selection(plans=("乙",)))  # a policy that one asks for is drawn
    assert "乙办法" in named.split("</svg>")[0]
    assert "未画" not in named


@pytest.mark.parametrize(
    ("start", "end"),
    [((136, 97), (346, 97)), ((136, 97), (976, 97)), ((136, 97), (976, 400)), ((136, 97), (136, 400))],
)
@pytest.mark.parametrize("lane", range(LANES))
def test_lines_of_diffusion_pass_no_label_and_no_dot(
    start: tuple[float, float], end: tuple[float, float], lane: int
) -> None:
    """Labels of 15 characters of 12 pixels stand from 8 pixels below each dot, in rows 38 pixels apart."""
    numbers = [float(number) for number in re.findall(r"-?\d+\.\d", _way(start, end, lane).replace("-", " -"))]
    assert len(numbers) in (8, 15)
    if len(numbers) == 8:  # one column: beside the dots, before their labels
        assert max(numbers[0::2]) <= start[0]
        return
    height, before = numbers[7], numbers[8]
    assert end[0] - COLUMN - 5 + 15 * 12 <= before < end[0]  # the labels of the column before end left of the turn
    assert height == start[1] if end[0] - start[0] == COLUMN else start[1] - LINE + 20 < height <= start[1] - 5


def test_tracking_draws_a_panel_for_each_target_with_an_actual_value(rows: Rows) -> None:
    written = draw("tracking", rows, Selection())
    found = [row for row in rows("target-tracking") if row["value"] is not None]
    assert len(found) == written.count('href="#target-') > 3
    assert "进度滞后" in written
    assert "泽宁市民政事业发展统计公报" in written


@pytest.mark.parametrize(
    ("baseline_unit", "value_unit", "marks"),
    [
        ("万元", "亿元", 3),  # the baseline, the target and the actual value
        ("%", "亿元", 2),  # a share of 20 % and an amount of 20 亿元 stand on no common axis
        ("万元", "%", 0),  # nothing that could be compared: the target is only listed
        ("万元", None, 0),
    ],
)
def test_only_values_of_one_kind_stand_on_one_axis(baseline_unit: str, value_unit: str | None, marks: int) -> None:
    target = {"plan_id": "a", "plan": "泽宁市规划", "file": "a.txt", "region": "泽宁市", "concept": "总产值"}
    target |= {"target_op": "=", "target_value": 30, "unit": "亿元", "target_year": 2025, "status": "unknown"}
    target |= {"baseline_op": "<=", "baseline_value": 200000, "baseline_unit": baseline_unit, "baseline_year": 2020}
    target |= {"value": 25, "value_unit": value_unit, "year": 2023, "source": None, "quote": "总产值30亿元"}
    target |= {"start": 0, "end": 7, "page": None, "line": 1}
    found = {"plans": [plan("a", "泽宁市", None)], "target-tracking": [target]}
    if not marks:
        with pytest.raises(Refused):
            draw("tracking", found.__getitem__, Selection())
        return
    panel = draw("tracking", found.__getitem__, Selection()).split('href="#target-0"')[1].split("</a>")[0]
    assert (">≤200000万元<" in panel) == (marks == 3)  # the baseline with its comparator
    assert panel.count("<circle") + panel.count('width="9"') == marks
    assert ("200000万元" in panel or "200,000万元" in panel) == (marks == 3)


@pytest.mark.parametrize("status", STATUS_STYLES)
def test_words_in_the_colour_of_a_status_can_be_read_on_white(status: str) -> None:
    """The contrast of WCAG 2, 4.5 for text: https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio."""
    ink = _ink(STATUS_STYLES[status][1])
    shares = (int(ink[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in shares)
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5


def plan(file: str, region: str, code: str | None) -> dict[str, Any]:
    return {
        "plan_id": file,
        "plan": f"{region}规划",
        "file": file,
        "region": region,
        "region_code": code,
        "period_start": 2021,
    }


def test_tiles_count_the_plans_of_a_province_with_those_within_it() -> None:
    tables = {
        "plans": [
            plan("a.txt", "四川省", "510000"),
            plan("b.txt", "阿坝州", "513200"),
            plan("c.txt", "中国", "100000"),
            plan("d.txt", "青禾县", None),
            plan("e.txt", "", None) | {"region": None},
            plan("f.pdf", "四川省", "510000"),
        ],
        "duplicates": [{"plan_id": "f.pdf", "other_plan_id": "a.txt"}],
        "regions": [{"region": "中国", "code": "100000", "level": "national", "parent": None}],
    }
    written = draw("regions", tables.__getitem__, Selection())
    assert "<title>四川：2 份规划</title>" in written
    assert "<title>其他：1 份规划</title>" in written
    assert "<title>全国：1 份规划</title>" in written
    assert "云南：" not in written
    # what no tile counts is named
    assert "4 份规划 · 1 个省级地区 · 全国性 1 份 · 另有 1 份地区不明，列于页末 · 重复文件 1 个，不另计" in written
    lists = dict(re.findall(r'<section id="region-(\w+)">(.*?)</section>', written))
    assert ("e.txt" in lists["unknown"], "f.pdf" in lists["twice"]) == (True, True)
    assert "f.pdf" not in lists["51"]


def test_tiles_have_colours_where_the_country_has_the_most_plans() -> None:
    tables = {
        "plans": [plan("a.txt", "四川省", "510000"), *(plan(f"{i}.txt", "中国", "100000") for i in range(5))],
        "duplicates": [],
        "regions": [{"region": "中国", "code": "100000", "level": "national", "parent": None}],
    }
    fills = set(re.findall(r'fill="([^"]*)"', draw("regions", tables.__getitem__, Selection())))
    assert "#003f72" in fills  # the darkest, of the country's tile
    assert all(re.fullmatch(r"#[0-9a-f]{6}", fill) for fill in fills), fills


def test_the_tiles_are_apart() -> None:
    assert len({(column, row) for _, column, row in TILES.values()}) == len(TILES) == 34


def test_links_lead_to_texts_and_to_pages_of_two_plans(rows: Rows) -> None:
    one, other = (row["plan_id"] for row in rows("plans") if row["file"] in {"yunling.txt", "guojia.txt"})
    links = Links({"yunling.txt": "text.html"}, {pair_key(one, other): "pair.html"}, (("全图", "graph.html"),))
    written = draw("matrix", rows, Selection(), links)
    assert '"texts":{"yunling.txt":"text.html"}' in written
    assert f'data-pair="{pair_key(other, one)}"' in written
    assert '<a href="graph.html">全图</a>' in written
    assert 'data-file="yunling.txt"' in written


@pytest.mark.parametrize(
    ("name", "selection", "error", "says"),
    [
        ("compare", Selection(plans=("yunling.txt",)), Usage, "two plans"),
        ("compare", Selection(plans=("养老服务", "guojia.txt")), Usage, "names several plans"),
        ("compare", Selection(plans=("guojia.txt", "guojia.txt")), Usage, "the same plan"),
        ("compare", Selection(plans=("literals.txt", "guojia.txt")), Refused, "run `kg align`"),
        ("diffusion", Selection(plans=("无此政策",)), Refused, "no plan of the store"),
        ("matrix", Selection(plans=("literals.txt",)), Refused, "run `kg align`"),
        ("tracking", Selection(plans=("guojia.txt",)), Refused, "kg observations"),
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
    assert [side.text for side in with_differences(one, other)] == [first, second]


def test_markup_escapes_all_but_markup() -> None:
    assert tag("a", "<1>", tag("b", "&"), None, href='"#x"', class_="pair", title=None).text == (
        '<a href="&quot;#x&quot;" class="pair">&lt;1&gt;<b>&amp;</b></a>'
    )
    assert join("\ud800").text == "?"


def test_labels_that_are_cut_differ() -> None:
    long = [f"云岭省国民经济和社会发展第十{n}个五年规划纲要" for n in "三四"]
    short = distinct_labels([*long, "养老服务"], 15)
    assert len(set(short.values())) == 3
    assert all(len(text) <= 15 for text in short.values())
    assert "十三" in short[long[0]]
    assert short["养老服务"] == "养老服务"
    begun = ["云岭省养老服务体系建设规划", *(f"云岭省养老服务体系建设规划{n}" for n in "一二")]
    assert len(set(distinct_labels(begun, 10).values())) == 3  # the first is the beginning of the others
    assert clipped("加强养老服务人才队伍建设", 8) == "加强养老服务人…"


@pytest.mark.parametrize(
    ("one", "other"), [("upper", "lower"), ("lower", "upper"), ("earlier", "later"), ("later", "earlier"), (None, None)]
)
def test_two_compared_plans_are_one_pair_whatever_is_known_of_their_order(one: str | None, other: str | None) -> None:
    """In the set of pages, in the workbench and in the matrix; the lower or later plan comes second."""
    first_is_upper = one in ("upper", "earlier", None)
    plans = [
        {"plan": f"{name}规划", "file": f"{name}.txt", "plan_id": f"d/{name}", "region": None, "region_code": None,
         "period_start": None}
        for name in "甲乙"
    ]  # fmt: skip
    sides = [(plans[0], plans[1], one), (plans[1], plans[0], other)]
    shared = [
        {"plan": a["plan"], "plan_id": a["plan_id"], "other_plan": b["plan"], "other_plan_id": b["plan_id"],
         "relation": "text", "share": 0.2, "other_share": 0.2, "position": position}
        for a, b, position in sides
    ]  # fmt: skip
    upper, lower = plans if first_is_upper else plans[::-1]
    alignment = {"plan_id": lower["plan_id"], "other_plan_id": upper["plan_id"], "kind": "related"}
    tables = {"text-reuse": shared, "plans": plans, "regions": [], "task-alignment": [alignment]}
    found = compared_pairs(tables.__getitem__, [row["plan_id"] for row in plans], lambda plan: tables.__getitem__)
    assert list(found.values()) == [(upper["plan_id"], lower["plan_id"])]
    (address,) = [address for _, address in _pairs(tables.__getitem__)]
    assert one is None or address == compare_address(upper["plan_id"], lower["plan_id"])
    assert draw("matrix", tables.__getitem__, Selection()).count("对应任务 0 对") == 1
