"""Jobs of an analyst, done in a real browser without a command."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from workbench_site import Site, made, serving

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium")
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(made(tmp_path_factory.mktemp("browser"))) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def visit(browser: Any, site: Site) -> Iterator[Open]:
    """Opens the first page, and afterwards holds that nothing outside was asked for and nothing was complained of."""
    troubles: list[str] = []
    contexts = []

    def go(path: str = "", **options: Any) -> Any:
        context = browser.new_context(accept_downloads=True, **{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("request", lambda r: r.url.startswith((site.address, "data:", "blob:")) or troubles.append(r.url))
        page.on("console", lambda m: troubles.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: troubles.append(str(e)))
        page.goto(site.address + path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert not troubles


def cells(page: Any, column: str) -> list[str]:
    """The texts of a column of the page's last table."""
    table = page.locator(".sheet table")
    heads = [text.strip() for text in table.locator("thead th").all_inner_texts()]
    at = heads.index(column) + 1
    return [text.strip() for text in table.locator(f"tbody tr > :nth-child({at})").all_inner_texts()]


def test_regions_that_bind_themselves_and_who_leads(visit: Open) -> None:
    page = visit()
    page.get_by_text("哪些地区约束性承诺更高的参与率").click()
    page.get_by_label("在结果中筛选").fill("床位占比")
    page.get_by_role("button", name="筛选").click()
    assert {"云岭省", "泽宁市"} <= set(cells(page, "区域"))
    assert "省民政厅" in cells(page, "责任单位")
    page.locator("thead").get_by_text("目标数值").click()
    values = [float(text) for text in cells(page, "目标数值") if text]
    assert values == sorted(values)


def test_all_passages_on_a_subject(visit: Open) -> None:
    page = visit()
    page.get_by_label("搜索全部规划的原文").fill("护理型床位")
    page.get_by_label("搜索全部规划的原文").press("Enter")
    page.wait_for_selector(".hit")
    every = page.locator(".hit").count()
    assert every >= 3
    page.locator(".facet").get_by_text("省级").click()
    assert 0 < page.locator(".hit").count() < every
    assert "护理型床位" in page.locator("mark").first.inner_text()


def test_what_was_not_understood_in_a_plan(visit: Open) -> None:
    page = visit("plans")
    page.get_by_role("link", name="云岭省“十四五”养老服务发展规划").first.click()
    page.locator(".tabs").get_by_text("未读懂").click()
    assert "发展老年助餐服务。" in page.locator(".sheet").inner_text()
    assert page.locator("td .proof").count() >= 3


def test_english_by_a_switch_and_it_stays(visit: Open) -> None:
    page = visit()
    page.get_by_text("English").click()
    page.get_by_role("link", name="Questions").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("heading", level=1).inner_text() == "Questions"
