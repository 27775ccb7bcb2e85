"""The views' pages in a real browser without network: what they draw, and what they do when used."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import CHROMIUM
from views_rows import EVIL, evil, large, sample

from exports.views import VIEWS, Selection, write_page
from exports.views.model import GraphSheet

expect = pytest.importorskip("playwright.sync_api").expect
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium")

Open = Callable[..., Any]
LAPTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("views")
    for name, view in VIEWS.items():
        write_page(view(sample(), Selection()), made / f"{name}.html")
        write_page(view(evil(), Selection()), made / f"evil-{name}.html")
    write_page(VIEWS["tasks"](sample(), Selection(depth=1)), made / "closed.html")
    write_page(VIEWS["graph"](large(20, 90, 10), Selection()), made / "large.html")
    write_page(VIEWS["lineage"](large(60, 2, 12), Selection()), made / "sixty.html")
    write_page(VIEWS["responsibilities"](large(20, 20, 1), Selection()), made / "duties.html")
    rows = sample()
    write_page(VIEWS["indicators"](lambda name: rows(name) if name == "plans" else [], Selection()), made / "none.html")
    return made


@pytest.fixture
def visit(browser: Any, folder: Path) -> Iterator[Open]:
    """Opens a page, and afterwards holds that nothing was asked of a network, failed, or was complained of."""
    contexts: list[Any] = []
    troubles: list[str] = []

    def go(name: str, viewport: dict[str, int] = LAPTOP, fragment: str = "", **options: Any) -> Any:
        context = browser.new_context(viewport=viewport, offline=True, accept_downloads=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "request", lambda r: r.url.startswith(("file:", "data:", "blob:")) or troubles.append(f"asked for {r.url}")
        )
        page.on("requestfailed", lambda r: troubles.append(f"failed {r.url}"))
        page.on("console", lambda m: troubles.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: troubles.append(str(e)))
        page.goto(f"file://{folder}/{name}.html{fragment}")
        page.wait_for_selector("[data-drawn]")
        return page

    yield go
    for context in contexts:
        context.close()
    assert not troubles


def state(page: Any, what: str = "") -> Any:
    return page.evaluate(f"JSON.parse(JSON.stringify(kgView.state(){what}))")


def click_edge(page: Any, key: str) -> None:
    """Clicks where the edge is to be seen."""
    x, y = page.evaluate("key => kgView.state().reach(key)", key)
    box = page.locator(".stage").bounding_box()
    page.mouse.click(box["x"] + x, box["y"] + y)


def settled(page: Any, sheet: str = ".stage") -> None:
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.mark.parametrize("name", ["lineage", "graph", "responsibilities"])
def test_draws_all(visit: Open, name: str) -> None:
    sheet = VIEWS[name](sample(), Selection()).sheets[0]
    assert isinstance(sheet, GraphSheet)
    found = state(visit(name))
    assert (found["nodes"], found["edges"]) == (len(sheet.nodes), len(sheet.edges))


def test_draws_something_to_see(visit: Open) -> None:
    """The canvas holds the colours of cards and relations, not just the ground."""
    page = visit("lineage")
    colours = page.evaluate(
        """() => {
            const c = document.querySelector('.stage canvas');
            const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
            const found = new Set();
            for (let i = 0; i < d.length; i += 4) found.add(d[i] << 16 | d[i+1] << 8 | d[i+2]);
            return [...found];
        }"""
    )
    assert {0x27364B, 0xFFFFFF, 0xFBFBF9} <= set(colours)
    assert len(colours) > 50


@pytest.mark.parametrize("name", ["lineage", "responsibilities", "graph", "tasks"])
@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_labels_do_not_overlap_at_first_sight(visit: Open, name: str, viewport: dict[str, int]) -> None:
    page = visit(name, viewport)
    boxes = []
    for text in state(page, ".texts()"):
        width = text["size"] * sum(1.0 if ord(letter) > 0x2E80 else 0.55 for letter in text["text"])
        left = text["x"] - {"left": 0, "center": width / 2, "right": width}[text["align"]]
        boxes.append((left, text["y"] - text["size"] * 0.42, width, text["size"] * 0.84, text["text"]))
    assert len(boxes) >= (12 if viewport is LAPTOP else 5)
    for index, (x, y, w, h, one) in enumerate(boxes):
        for x2, y2, w2, h2, other in boxes[index + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y, (one, other)


@pytest.mark.parametrize("name", ["lineage", "tasks", "responsibilities"])
def test_labels_are_large_enough_at_first_sight(visit: Open, name: str) -> None:
    assert min(text["size"] for text in state(visit(name), ".texts()")) >= 8.8


def test_click_on_an_edge_shows_the_sentence(visit: Open) -> None:
    page = visit("lineage")
    key = next(key for key in state(page, ".edgeKeys()") if key.endswith("交通强国建设纲要") and "澄江市" in key)
    click_edge(page, key)
    page.wait_for_selector(".panel figure")
    quoted = page.locator(".panel blockquote").all_inner_texts()
    assert quoted == [
        "根据《交通强国建设纲要》，结合实际，制定本规划。",
        "以《交通强国建设纲要》为统领，推动高质量发展。",
    ]
    assert page.locator(".panel figcaption").first.inner_text() == "chengjiang.txt · 字符 20–44"
    assert page.locator(".panel .end").all_inner_texts() == ["澄江市“十四五”交通运输发展规划", "交通强国建设纲要"]


def test_every_edge_can_be_clicked(visit: Open) -> None:
    page = visit("lineage")
    assert [key for key in state(page, ".edgeKeys()") if not page.evaluate("k => kgView.state().reach(k)", key)] == []


@pytest.mark.parametrize("name", ["lineage", "sixty"])
def test_cards_stand_in_the_band_of_their_level_and_apart(visit: Open, name: str) -> None:
    page = visit(name)
    if name == "sixty":
        page.get_by_role("button", name="全部展开").click()
    cards = state(page, ".cards()")
    bands = state(page, ".bands()")
    words = {"national": "国家级", "provincial": "省级", "prefectural": "市级", "county": "县级", "": "层级未明"}
    for index, card in enumerate(cards):
        title = words[card["level"]]
        assert [t for t, top, bottom in bands if top < card["top"] and card["bottom"] < bottom] == [title]
        for other in cards[index + 1 :]:
            assert (
                card["right"] < other["left"]
                or other["right"] < card["left"]
                or card["bottom"] < other["top"]
                or other["bottom"] < card["top"]
            )


def test_sixty_plans_can_be_read_at_first_sight(visit: Open) -> None:
    """A group is one card until it is opened; every title that is seen is large enough."""
    page = visit("sixty")
    texts = state(page, ".texts()")
    assert min(text["size"] for text in texts) >= 8.8
    cards = state(page, ".cards()")
    assert len(cards) <= 70
    assert len({text["y"] for text in texts}) > 5
    cut = [text["text"] for text in texts if text["text"].endswith("…")]
    assert len(cut) == len(set(cut))


def test_the_duties_of_twenty_plans_can_be_read_at_first_sight(visit: Open) -> None:
    """The tasks of each plan are a card, and the cards are as wide as the area is."""
    page = visit("duties", {"width": 1360, "height": 820})
    texts = state(page, ".texts()")
    assert min(text["size"] for text in texts) >= 8.8
    cards = state(page, ".cards()")
    assert len(cards) == 20 + 21  # plans, functions, the group of other functions
    assert len(texts) >= len(cards)
    assert {text["text"] for text in texts} >= {f"职能{number}" for number in range(20)}
    scale = state(page)["camera"]["scale"]
    wide, high = (
        (max(card[end] for card in cards) - min(card[begin] for card in cards)) * scale
        for begin, end in (("left", "right"), ("top", "bottom"))
    )
    area = page.locator(".stage").first.bounding_box()
    assert max(wide / area["width"], high / area["height"]) > 0.85
    assert min(wide / area["width"], high / area["height"]) > 0.5


def test_the_columns_of_duties_stand_apart(visit: Open) -> None:
    page = visit("duties")
    page.get_by_role("button", name="全部展开").click()
    cards = state(page, ".cards()")
    assert len(cards) == 20 * 20 + 21
    assert len({card["left"] for card in cards}) > 3  # several columns on each side
    boxes = np.array([[card[side] for side in ("left", "top", "right", "bottom")] for card in cards])
    for index, (left, top, right, bottom) in enumerate(boxes):
        others = boxes[index + 1 :]
        over = (left < others[:, 2]) & (others[:, 0] < right) & (top < others[:, 3]) & (others[:, 1] < bottom)
        assert not over.any()


def test_a_group_opens_and_closes(visit: Open) -> None:
    page = visit("sixty")
    closed = state(page)
    groups = state(page, ".groups()")
    page.keyboard.press("n")
    while state(page)["selection"]["node"] not in groups:
        page.keyboard.press("n")
    chosen = state(page)["selection"]["node"]
    page.wait_for_selector(".panel .act")
    listed = page.locator(".panel .links").first.locator("li").count()
    assert listed > 1
    page.keyboard.press("Enter")
    assert chosen not in state(page, ".groups()")
    assert state(page)["nodes"] >= closed["nodes"] - 1 + listed
    page.reload()  # the address keeps it
    page.wait_for_selector("[data-drawn]")
    assert state(page)["selection"]["open"] == [chosen]
    page.get_by_role("button", name="全部收起").click()
    assert {k: state(page)[k] for k in ("nodes", "edges")} == {k: closed[k] for k in ("nodes", "edges")}
    x, y = page.evaluate("id => kgView.state().where(id)", chosen)
    box = page.locator(".stage").bounding_box()
    page.mouse.dblclick(box["x"] + x, box["y"] + y)
    assert state(page)["selection"]["open"] == [chosen]


def test_the_table_lists_what_is_in_closed_groups(visit: Open) -> None:
    page = visit("sixty")
    sheet = VIEWS["lineage"](large(60, 2, 12), Selection()).sheets[0]
    assert isinstance(sheet, GraphSheet)
    groups = {node.group for node in sheet.nodes if node.group}
    page.keyboard.press("t")
    said = page.locator(".pager span").all_inner_texts()
    rows = page.locator("tbody").nth(0).locator("tr").count()
    single = len(sheet.nodes) - len(groups)
    assert rows == single or said[0].endswith(str(single))


def test_only_what_is_linked_to_a_document(visit: Open) -> None:
    page = visit("sixty")
    page.fill(".search input", "第30号专项规划")
    page.locator(".hits li").first.click()
    page.wait_for_selector(".panel .act")
    page.get_by_role("button", name="只看相关").click()
    chosen = state(page)["selection"]["only"]
    sheet = VIEWS["lineage"](large(60, 2, 12), Selection()).sheets[0]
    assert isinstance(sheet, GraphSheet)
    groups = {node.group for node in sheet.nodes}
    cited = {edge.target for edge in sheet.edges if edge.source == chosen} - groups
    assert {card["id"] for card in state(page, ".cards()")} == {chosen} | cited
    assert state(page, ".groups()") == []
    assert page.locator(".narrowed").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.locator(".narrowed").is_hidden()
    assert "only" not in state(page)["selection"]


@pytest.mark.parametrize(
    ("name", "press"),
    [
        ("lineage", ""),
        ("lineage", "[data-entry='level:provincial']"),
        ("sixty", ""),
        ("sixty", "text=全部展开"),
        ("duties", ""),
        ("duties", "text=全部展开"),
    ],
)
def test_no_edge_passes_behind_a_card(visit: Open, name: str, press: str) -> None:
    page = visit(name)
    hidden = "provincial" in press
    if press:
        page.click(press)
        settled(page)
    cards = state(page, ".cards()")
    along = 0 if name == "duties" else 1  # the direction of edges
    crossed = 0
    boxes = np.array([[card[side] for side in ("left", "top", "right", "bottom")] for card in cards])
    for way in json.loads(page.evaluate("JSON.stringify(kgView.state().ways())")):
        others = boxes[[card["id"] not in way["ends"] for card in cards]]
        points = np.array(way["points"])
        low, high = sorted((points[0][along], points[-1][along]))
        crossed += bool(((low < others[:, along]) & (others[:, along + 2] < high)).any())
        x, y = points[:, :1], points[:, 1:]
        inside = (others[:, 0] < x) & (x < others[:, 2]) & (others[:, 1] < y) & (y < others[:, 3])
        assert not inside.any(), way["ends"]
    assert crossed or hidden  # some pass a row or column of cards


def test_titles_that_begin_alike_differ_where_they_are_cut(visit: Open) -> None:
    page = visit("lineage")
    cut = [text["text"] for text in state(page, ".texts()") if text["text"].endswith("…")]
    assert len(cut) == len(set(cut))


def test_search_and_neighbours(visit: Open) -> None:
    page = visit("lineage")
    page.keyboard.press("/")
    page.keyboard.type("交通强国")
    assert page.locator(".hits li").first.inner_text().startswith("交通强国建设纲要")
    page.keyboard.press("Enter")
    page.wait_for_selector(".panel.open h2")
    assert page.locator(".panel h2").inner_text() == "交通强国建设纲要"
    assert page.locator(".links li").count() == 3
    page.locator(".links button").first.click()
    page.wait_for_function("document.querySelector('.panel h2').textContent.includes('规划')")
    page.keyboard.press("Escape")
    assert "selection" not in page.evaluate("location.hash")


def test_search_finds_what_other_sheets_and_folded_branches_hold(visit: Open) -> None:
    page = visit("tasks")
    nodes = "JSON.parse(document.getElementById('data').textContent).sheets[{}].nodes"
    label = page.evaluate(f"{nodes.format(1)}.label.at(-1)")
    page.fill(".search input", label)
    page.locator(".hits li").filter(has_text=label).first.click()
    page.wait_for_selector(".panel.open h2")
    assert page.locator("[role=tab]").nth(1).get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    page.wait_for_selector("table")
    assert f"，共 {page.evaluate(f'{nodes.format(1)}.id.length')}" in page.locator(".pager").first.inner_text()


def test_search_waits_for_the_input_method(visit: Open) -> None:
    """While pinyin is being composed nothing is searched, and Enter ends the composing alone."""
    page = visit("lineage")
    page.focus(".search input")
    client = page.context.new_cdp_session(page)
    client.send("Input.imeSetComposition", {"text": "jiao'tong", "selectionStart": 9, "selectionEnd": 9})
    assert page.locator(".hits").is_hidden()
    enter = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true})"
    page.evaluate(f"document.querySelector('.search input').dispatchEvent({enter})")
    assert page.locator(".panel.open").count() == 0
    client.send("Input.insertText", {"text": "交通"})
    page.wait_for_selector(".hits li")
    assert page.locator(".hits li").count() > 3


def test_search_forgives_width_and_case(visit: Open) -> None:
    page = visit("lineage")
    page.fill(".search input", "２０２１〕27号")  # full-width digits
    assert page.locator(".hits li").first.inner_text().startswith("“十四五”现代综合交通运输体系发展规划")
    page.fill(".search input", "没有这个")
    assert page.locator(".hits .none").inner_text() == "没有找到"


def test_filters(visit: Open) -> None:
    page = visit("lineage")
    before = state(page)
    page.click("[data-entry='relation:basis']")
    basis = sum(edge.relation == "basis" for edge in VIEWS["lineage"](sample(), Selection()).sheets[0].edges)  # type: ignore[union-attr]
    assert state(page)["edges"] == before["edges"] - basis
    page.click("[data-entry='level:national']")
    assert state(page)["nodes"] == before["nodes"] - 5
    page.click("[data-entry='kind:policy']")
    assert state(page)["nodes"] == 3
    assert page.get_attribute("[data-entry='kind:policy']", "aria-pressed") == "false"


def test_address_brings_back_selection_and_filters(visit: Open) -> None:
    page = visit("lineage")
    page.click("[data-entry='relation:mentions']")
    key = next(key for key in state(page, ".edgeKeys()") if "issued" in key)
    click_edge(page, key)
    page.wait_for_selector(".panel blockquote")
    said = page.locator(".panel blockquote").inner_text()
    again = visit("lineage", fragment=page.evaluate("location.hash"))
    again.wait_for_selector(".panel blockquote")
    assert again.locator(".panel blockquote").inner_text() == said
    assert state(again)["selection"] == {"hide": ["relation:mentions"], "edge": key}
    again.evaluate("location.hash = ''")
    again.wait_for_function("!document.querySelector('.panel.open')")
    assert state(again)["selection"] == {"hide": []}


def test_address_with_nonsense_is_ignored(visit: Open) -> None:
    page = visit("lineage", fragment="#node=nothing&edge=%E0%A4%A&hide=kind:none,,level&sheet=none")
    assert state(page)["selection"] == {"hide": []}


def test_address_keeps_the_sheet(visit: Open) -> None:
    page = visit("responsibilities")
    page.locator("[role=tab]").nth(1).click()
    assert state(page)["sheet"] == "network"
    assert state(visit("responsibilities", fragment=page.evaluate("location.hash")))["sheet"] == "network"


def test_save_png(visit: Open, tmp_path: Path) -> None:
    page = visit("lineage")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="存为 PNG 图片").click()
    assert waiting.value.suggested_filename == "规划的政策脉络.png"
    waiting.value.save_as(tmp_path / "picture.png")
    data = (tmp_path / "picture.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") > 1500  # wide enough for a slide


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_save_svg(visit: Open, tmp_path: Path, name: str) -> None:
    page = visit(f"evil-{name}")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="存为 SVG 图片").click()
    waiting.value.save_as(tmp_path / "picture.svg")
    text = (tmp_path / "picture.svg").read_text("utf-8")
    kind = page.evaluate("t => new DOMParser().parseFromString(t, 'image/svg+xml').documentElement.nodeName", text)
    assert kind == "svg"
    assert "<img" not in text
    assert "onerror=&#34;" in text or "onerror" not in text


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_markup_in_the_data_is_text(visit: Open, name: str) -> None:
    page = visit(f"evil-{name}")
    page.keyboard.press("n")
    page.keyboard.press("t")
    settled(page)
    assert page.title() != "broken"
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 4
    assert re.sub(r"\s", "", EVIL) in re.sub(r"\s", "", page.locator(".tables").inner_text())


def test_a_hovered_or_selected_evil_title_is_text(visit: Open) -> None:
    page = visit("evil-lineage")
    click_edge(page, state(page, ".edgeKeys()")[0])
    page.wait_for_selector(".panel blockquote")
    assert EVIL[:20] in page.locator(".panel blockquote").first.inner_text()
    assert page.locator("img").count() == 0


def test_tree_opens_and_closes(visit: Open) -> None:
    page = visit("closed")
    assert state(page)["nodes"] == 5  # the plan and its chapters
    page.keyboard.press("/")
    page.keyboard.type("建设数据平台")
    page.keyboard.press("Enter")
    page.wait_for_selector(".panel.open blockquote")  # found although its branch was closed
    assert "牵头 · 交通运输部门" in page.locator(".panel").inner_text()
    opened = state(page)["nodes"]
    assert opened > 5
    page.keyboard.press("Enter")  # the selected task holds a target
    assert state(page)["nodes"] == opened + 1
    page.keyboard.press("Enter")
    assert state(page)["nodes"] == opened


def test_tree_handle(visit: Open) -> None:
    page = visit("tasks")
    before = state(page)["nodes"]
    x, y = page.evaluate("kgView.state().where('plan')")
    width = page.evaluate("kgView.state().texts().find(t => t.text.startsWith('云岭省')).text.length")
    box = page.locator(".stage").bounding_box()
    scale = state(page)["camera"]["scale"]
    right = x + (width * 13 + 44) / 2 * scale - 13 * scale
    page.mouse.click(box["x"] + right, box["y"] + y)
    assert state(page)["nodes"] == 1 < before


def test_zoom_pan_fit(visit: Open) -> None:
    page = visit("graph")
    first = state(page)["camera"]
    page.keyboard.press("+")
    page.keyboard.press("ArrowLeft")
    moved = state(page)["camera"]
    assert moved["scale"] > first["scale"]
    assert moved["x"] != first["x"]
    page.keyboard.press("0")
    assert state(page)["camera"] == pytest.approx(first)
    page.mouse.move(500, 500)
    page.mouse.wheel(0, -200)
    settled(page)
    assert state(page)["camera"]["scale"] > first["scale"]
    page.mouse.down()
    page.mouse.move(600, 560, steps=4)
    page.mouse.up()
    assert state(page)["selection"] == {"hide": []}  # dragging selects nothing


DRAWN_AT_SCALE = """before => new Promise(done => {
    const look = () => {
        const { drawnScale, camera } = kgView.state();
        if (drawnScale !== before && drawnScale === camera.scale) done();
        else requestAnimationFrame(look);
    };
    look();
})"""


def test_a_zoom_is_drawn_once_the_scale_stays(visit: Open) -> None:
    """While the wheel turns the picture is a scaled copy, unless that would be too coarse; then it is drawn anew."""
    page = visit("graph")
    page.wait_for_selector("[data-drawn]")
    first = state(page)["drawnScale"]
    assert first == pytest.approx(state(page)["camera"]["scale"])
    page.mouse.move(500, 500)
    before = first
    for turn in (-60, -200, 300):
        page.mouse.wheel(0, turn)
        page.evaluate(DRAWN_AT_SCALE, before)
        before = state(page)["drawnScale"]
    assert before != first


def test_plot(visit: Open) -> None:
    page = visit("indicators")
    assert state(page)["rows"] == 11
    row = page.locator("rect.row").first
    row.hover()
    assert page.locator(".tip").inner_text().splitlines()[1:] == ["基期（2020）：4200", "目标（2025）：6000以上"]
    row.click()
    page.wait_for_selector(".panel blockquote")
    assert page.locator(".panel blockquote").inner_text() == "高速公路里程 4200 6000以上"
    page.click("[data-entry='kind:约束性']")
    assert state(page)["rows"] == 8
    page.fill(".search input", "分担率")
    assert page.locator(".hits li").count() == 2


def test_table_has_the_same_data(visit: Open) -> None:
    page = visit("lineage")
    page.keyboard.press("t")
    assert page.locator("caption").all_inner_texts() == ["节点", "连线"]
    assert page.locator("tbody").nth(0).locator("tr").count() == 14
    assert page.locator("tbody").nth(1).locator("tr").count() == state(page)["edges"]
    page.locator("tbody").nth(1).get_by_role("button", name="看原文").first.click()
    page.wait_for_selector(".panel blockquote")
    page.keyboard.press("t")
    assert page.locator("table").count() == 0


def test_a_page_without_anything_to_draw_says_so(visit: Open) -> None:
    assert visit("none").locator(".empty").inner_text() == "所选规划中没有读出可画的内容。"
    assert visit("indicators").locator(".empty").count() == 0


def test_table_turns_pages(visit: Open) -> None:
    page = visit("large")
    page.keyboard.press("t")
    assert page.locator("tbody").nth(0).locator("tr").count() == 200
    page.get_by_role("button", name="下一页").first.click()
    assert page.locator(".pager span").first.inner_text().startswith("201–400")


def test_tables_are_filtered_sorted_and_copied(visit: Open) -> None:
    page = visit("lineage")
    page.keyboard.press("t")
    table = page.locator("table").first
    head = table.locator("th button").first

    def column() -> list[str]:
        return [row.locator("td").first.inner_text() for row in table.locator("tbody tr").all()]

    before = column()
    head.click()
    up = column()
    assert sorted(before) == sorted(up)
    head.click()
    assert column() == up[::-1] != up
    assert table.locator("th").first.get_attribute("aria-sort") == "descending"
    word = before[0]
    page.locator(".tabletools input").first.fill(word)
    expect(table.locator("tbody tr")).not_to_have_count(len(before))
    left = table.locator("tbody tr").all_inner_texts()
    assert left
    assert all(word in row for row in left)
    with page.expect_download() as saved:
        page.locator(".tabletools").first.get_by_role("button", name="CSV").click()
    rows = list(csv.reader(Path(saved.value.path()).read_text("utf-8-sig").splitlines()))
    assert rows[0] == table.locator("th").all_inner_texts()
    assert [row[0] for row in rows[1:]] == column()
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async text => { window.copied = text } } })"
    )
    page.locator(".tabletools").first.get_by_role("button", name="复制").click()
    expect(page.locator(".pager").first).to_contain_text("已复制")
    assert [line.split("\t")[0] for line in page.evaluate("window.copied").split("\n")[1:]] == column()
    page.locator(".tabletools input").first.fill("没有这样的文字")
    expect(table.locator("tbody tr")).to_have_count(0)
    assert page.locator(".pager").first.inner_text() == "无"


def test_packed_details(visit: Open) -> None:
    page = visit("large")
    assert page.get_attribute("#details", "data-encoding") == "gzip"
    page.keyboard.press("/")
    page.keyboard.type("推进第17项")
    page.keyboard.press("Enter")
    page.wait_for_selector(".panel blockquote")
    assert page.locator(".panel blockquote").first.inner_text().startswith("推进第17项工程建设，")


def test_packed_details_in_an_old_browser(visit: Open) -> None:
    page = visit("large")
    page.add_init_script("delete window.DecompressionStream")
    page.reload()
    page.wait_for_selector("[data-drawn]")
    page.keyboard.press("n")
    page.wait_for_selector(".panel dd")
    assert "浏览器过旧" in page.locator(".panel dd").inner_text()


def test_light_and_dark(visit: Open) -> None:
    page = visit("lineage", color_scheme="dark")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="明暗").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != dark


def test_print(visit: Open, tmp_path: Path) -> None:
    page = visit("lineage")
    printed = page.pdf(path=str(tmp_path / "page.pdf"))
    assert printed.startswith(b"%PDF")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".print > svg").bounding_box()["width"] > 600
    assert page.locator("#app").is_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".print").count() == 0


def test_phone(visit: Open) -> None:
    page = visit("lineage", PHONE, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".panel").is_hidden()
    x, y = next(
        (x, y)
        for x, y in (
            page.evaluate("id => kgView.state().where(id)", id) for id in ("交通强国建设纲要", "农村公路养护条例")
        )
        if 60 < x < 380
    )
    box = page.locator(".stage").bounding_box()
    page.touchscreen.tap(box["x"] + x, box["y"] + y)
    page.wait_for_selector(".panel.open")
    assert page.locator(".panel").bounding_box()["height"] < 844 * 0.6
    page.locator(".panel .close").click()
    assert page.locator(".panel").is_hidden()


def test_controls_have_names(visit: Open) -> None:
    page = visit("lineage")
    nameless = page.evaluate(
        """[...document.querySelectorAll('button, input, select, canvas[tabindex]')]
            .filter(e => !(e.getAttribute('aria-label') || e.textContent.trim())).length"""
    )
    assert nameless == 0


def test_colours_apart_for_the_colour_blind(visit: Open) -> None:
    """Relations differ in dash, kinds in shape, so that no difference rests on colour alone."""
    for name in VIEWS:
        for sheet in VIEWS[name](sample(), Selection()).sheets:
            if isinstance(sheet, GraphSheet) and name in ("lineage", "responsibilities"):
                assert len({relation.dash for relation in sheet.relations}) == len(sheet.relations)
