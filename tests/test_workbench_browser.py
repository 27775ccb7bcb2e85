"""The ten jobs of an analyst, done in a real browser without a command, and every page judged by axe-core."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import openpyxl
import pytest
from conftest import CHROMIUM
from workbench_site import Site, made, serving

pytest.importorskip("playwright.sync_api")
axe_package = pytest.importorskip("axe_playwright_python")
AXE = (Path(axe_package.__file__).parent / "axe.min.js").read_text("utf-8")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium")
Open = Callable[..., Any]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(made(tmp_path_factory.mktemp("browser"))) as found:
        yield found


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
    table = page.locator(".sheet table").last
    heads = [text.strip() for text in table.locator("thead th").all_inner_texts()]
    at = heads.index(column) + 1
    return [text.strip() for text in table.locator(f"tbody tr > :nth-child({at})").all_inner_texts()]


def saved(page: Any, name: str) -> bytes:
    """The file that a link of the page gives."""
    with page.expect_download() as caught:
        page.get_by_role("link", name=name, exact=True).first.click()
    return Path(caught.value.path()).read_bytes()


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


def test_what_a_department_must_do_in_each_plan(visit: Open) -> None:
    page = visit("departments")
    page.get_by_role("link", name="财政", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "财政"
    plans = page.locator(".sheet").first.locator("tbody a").all_inner_texts()
    assert len(plans) >= 2
    page.goto(page.url.replace(quote("财政"), quote("民政")))
    assert {"指标", "职责"} <= set(cells(page, "类型"))  # tasks, indicators and duties in one table
    assert len(set(cells(page, "规划"))) >= 2


def test_all_that_is_due_in_a_year(visit: Open) -> None:
    page = visit()
    page.get_by_text("某年到期的目标与指标").click()
    assert set(cells(page, "类型")) == {"目标承诺", "规划指标"}
    assert set(cells(page, "到期年份")) == {"2025"}
    page.locator("select[name='_f.kind']").select_option("target")  # the choice sends the form
    page.wait_for_url("**_f.kind=target**")
    assert set(cells(page, "类型")) == {"目标承诺"}


def test_an_indicator_over_regions_taken_to_excel(visit: Open) -> None:
    page = visit("concepts")
    page.get_by_role("link", name="养老机构护理型床位占比", exact=True).click()
    assert len(set(cells(page, "区域"))) >= 3
    page.frame_locator("iframe").locator("rect.row").first.wait_for()
    assert page.frame_locator("iframe").locator("rect.row").count() >= 3
    rows = list(openpyxl.load_workbook(io.BytesIO(saved(page, "Excel"))).active.values)
    assert len(rows) == len(cells(page, "区域")) + 1
    assert "云岭省" in {value for row in rows for value in row}
    text = saved(page, "CSV").decode("utf-8")
    assert text.startswith("\ufeff")  # so that Excel takes it for UTF-8
    assert len(list(csv.DictReader(io.StringIO(text)))) == len(rows) - 1


def test_national_documents_that_plans_rest_on(visit: Open) -> None:
    page = visit()
    page.get_by_text("各规划所依据的国家文件").click()
    assert set(cells(page, "引用关系")) == {"依据"}
    page.locator(".sheet tbody a[href*='/id/policy']").filter(has_text="养老服务").first.click()
    page.get_by_role("heading", name="谁引用了它").wait_for()
    assert cells(page, "规划")


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


def test_a_picture_for_a_colleague(visit: Open) -> None:
    page = visit()
    page.get_by_text("给同事的一张图").click()
    page.locator("main").get_by_text("政策依据与引用").click()
    page.frame_locator("iframe").locator("[data-drawn], canvas, svg").first.wait_for()
    text = saved(page, "另存为文件").decode("utf-8")
    assert "kgView" in text
    assert "https://w3id.org" not in text or "src=" not in text  # it asks for nothing
    frame = page.frame_locator("iframe")
    with page.expect_download() as caught:
        frame.get_by_role("button", name="存为 PNG 图片").click()
    assert Path(caught.value.path()).read_bytes().startswith(b"\x89PNG")


def test_a_fact_is_corrected(visit: Open, site: Site) -> None:
    page = visit("presets/targets?_q=护理型床位")
    page.locator(".fix").first.click()
    page.get_by_label("数值").fill("41")
    page.get_by_label("您的姓名").fill("李")
    page.get_by_label("理由").fill("原文为四十一")
    page.get_by_role("button", name="保存更正").click()
    assert "已记下" in page.locator("main").inner_text()
    line = json.loads((site.folder / "samples/corrections.jsonl").read_text("utf-8").splitlines()[-1])
    assert (line["by"], line["why"]) == ("李", "原文为四十一")
    page.get_by_role("link", name="更正", exact=True).first.click()
    assert "原文为四十一" in page.locator(".sheet").inner_text()
    site.build()
    page.goto(site.address + "presets/targets?_f.origin=corrected")
    assert "41" in cells(page, "数值")


def test_the_sentence_behind_a_number(visit: Open) -> None:
    page = visit("presets/indicators?_f.region=泽宁市")
    words = page.locator("td q").first.inner_text()
    page.locator("td .proof").first.click()
    text = page.frame_locator("#frame")
    text.locator("#panel h2").first.wait_for()
    chosen = page.frames[1].evaluate("getSelection().toString()")
    assert "".join(chosen.split())[:12] == "".join(words.split())[:12]


def test_what_was_not_understood_in_a_plan(visit: Open) -> None:
    page = visit("plans")
    page.get_by_role("link", name="白石县“十四五”").first.click()
    page.locator(".tabs").get_by_text("未读懂").click()
    assert "（责任单位：另定）" in page.locator(".sheet").inner_text()
    assert page.locator("td .proof").count() >= 3
    assert not {text for text in cells(page, "原因") if text.isascii()}


def test_a_query_is_written_with_completion(visit: Open) -> None:
    page = visit("sparql")
    options = page.get_by_role("option")

    def typed(text: str, offered: str, key: str) -> None:
        page.keyboard.type(text)
        options.filter(has_text=offered).first.wait_for()
        page.wait_for_timeout(200)  # a key right after the list opens is not meant for it, and not taken by it
        page.keyboard.press(key)

    assert not page.locator("textarea").is_visible()  # the field that the form sends, which the editor writes to
    page.get_by_role("textbox", name="查询").click()
    typed("sel", "SELECT", "Enter")
    typed(" ?file { ?plan a 规划", "kg:Plan", "Escape")  # a class, by its label
    for _ in "规划":
        page.keyboard.press("Backspace")
    typed("kg:Docum", "文件", "Enter")
    typed(" ; kg:fileN", "kg:fileName", "Tab")
    typed(" ?f", "?file", "Enter")
    query = "SELECT ?file { ?plan a kg:Document ; kg:fileName ?file}"  # the brace was closed as it was opened
    assert page.locator("textarea").input_value() == query
    page.keyboard.press("Control+Enter")
    page.locator(".sheet tbody").wait_for()
    assert "baishi.txt" in cells(page, "文件名")


def test_cypher_is_completed_by_where_a_name_stands(visit: Open) -> None:
    page = visit()

    def as_cypher(route: Any) -> None:
        answer = route.fetch()  # the page of both languages is one; a store that is Neo4j makes it say cypher
        route.fulfill(
            response=answer, body=answer.text().replace('="sparql"', '="cypher"').replace("/sparql/t", "/cypher/t")
        )

    page.route("**/sparql", as_cypher)
    page.goto(page.url + "sparql")
    page.get_by_role("textbox", name="查询").click()
    options = page.get_by_role("option")
    for text, offered, others in [
        ("MATCH (p:Pla", "Plan", "period_start"),
        ("n)-[:OF_R", "OF_REGION", "Region"),
        ("EGION]->(region:Region) RETURN region.lev", "level", "LED_BY"),
        ("el, reg", "region", "REGEX"),
    ]:
        page.keyboard.type(text)
        options.filter(has_text=offered).first.wait_for()
        names = [name.partition("\n")[0] for name in options.locator(".cm-completionLabel").all_inner_texts()]
        assert offered in names
        assert others not in names
        page.keyboard.press("Escape")


def test_the_line_of_an_error_is_marked_until_it_is_changed(visit: Open) -> None:
    page = visit("sparql?query=" + quote("SELECT * {\n  ?s kg:label\n}\nLIMIT 3"))
    marked = page.locator(".cm-line.cm-failed")
    assert marked.all_inner_texts() == ["}"]  # where an object is missing
    assert page.locator(".cm-gutterElement.cm-failed").all_inner_texts() == ["3"]
    assert "出错的行：3" in page.get_by_role("alert").inner_text()
    marked.click()
    page.keyboard.press("Home")
    page.keyboard.type("?o ")
    assert marked.count() == 0
    page.get_by_role("button", name="运行").click()
    page.locator(".sheet").wait_for()
    assert page.locator(".cm-failed").count() == 0
    assert page.get_by_role("alert").count() == 0


def test_the_keyboard_leaves_the_editor(visit: Open) -> None:
    page = visit("sparql")
    page.get_by_role("textbox", name="查询").focus()
    page.keyboard.press("Tab")
    assert page.locator("textarea").input_value() == "  "  # indents
    page.keyboard.press("Control+z")
    assert page.locator("textarea").input_value() == ""
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "运行"


def test_without_script_the_query_page_is_a_form(visit: Open) -> None:
    page = visit("sparql", java_script_enabled=False)
    page.get_by_label("查询").fill("SELECT (1 + 1 AS ?two) {}")
    page.get_by_role("button", name="运行").click()
    assert page.locator(".sheet tbody").inner_text().strip() == "2"


def test_english_by_a_switch_and_it_stays(visit: Open) -> None:
    page = visit()
    page.get_by_text("English").click()
    page.get_by_role("link", name="Questions").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("heading", level=1).inner_text() == "Questions"
    page.goto(page.url.partition("/presets")[0] + "/embed/views/indicators")
    assert page.get_by_role("heading", level=1).inner_text() == "Indicators, from baseline to target"


def addresses(site: Site) -> list[str]:
    """A page of every kind."""
    with httpx.Client(base_url=site.address, timeout=60) as client:

        def first(preset: str, column: str) -> str:
            rows = client.get(f"/api/presets/{preset}").json()
            return str(next(row[column] for row in rows if row[column]))

        def of(iri: str) -> str:
            return "id/" + quote(iri.removeprefix("https://w3id.org/plan-kg/id/"))

        plan = first("indicators", "plan_id").rpartition("/")[2]
        return [
            *("", "search?q=养老", "plans", "regions", "departments", "concepts", "policies", "presets", "views"),
            *(f"plan/{plan}{tab}" for tab in ("", "/outline", "/tasks", "/duties", "/document", "/audit")),
            *(of(first("indicators", name)) for name in ("concept_id", "region_id", "fact_id")),
            of(first("lineage", "policy_id")),
            "department?name=民政",
            "presets/due?year=2025",
            "presets/tasks?plan=没有此地",
            "correct?fact=" + quote(first("targets", "fact_id"), safe=""),
            *(f"correct/add?plan={plan}", "corrections", "api", "sparql?query=ASK{}", "views/lineage"),
            "sparql?query=" + quote('# a comment\nSELECT ?s {\n ?s kg:fileName "a", 1 . FILTER(str(?s)\n}'),
            *(f"embed/views/{name}" for name in ("lineage", "tasks", "indicators", "responsibilities", "graph")),
            f"embed/document/{plan}",
        ]


CONTRAST = ["color-contrast", "link-in-text-block"]  # what colours alone decide
LOOKS = [({}, []), ({"color_scheme": "dark"}, CONTRAST), (PHONE, [])]


@pytest.mark.parametrize(("look", "rules"), LOOKS, ids=["light", "dark", "phone"])
def test_axe_finds_no_violation_on_any_page(visit: Open, site: Site, look: dict[str, Any], rules: list[str]) -> None:
    page = visit(bypass_csp=True, **look)  # what runs axe is no script of the page
    found = {}
    for n, address in enumerate(addresses(site)):
        of_style = n % 3 == 0  # colours and narrow screens have one style sheet, and colours take axe longest
        if look and not of_style:
            continue
        page.goto(site.address + address)
        page.evaluate(AXE + "; 0")
        options = {"iframes": False, "resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
        if not of_style:
            options["rules"] = {rule: {"enabled": False} for rule in CONTRAST}
        violations = page.evaluate("options => axe.run(document, options)", options)["violations"]
        if violations:
            found[address] = [(v["id"], v["nodes"][0]["html"][:200]) for v in violations]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    assert found == {}
