"""The models of the views and the page writer, without a browser."""

import base64
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from views_rows import EVIL, PLANS, evil, large, sample

from exports.views import VIEWS, Selection, draw, in_language, page
from exports.views.frame import safe_json
from exports.views.lineage import _provinces, short_title
from exports.views.model import GraphSheet, PlotSheet, Quote, Row, View, ViewEdge
from exports.views.overview import overview
from exports.views.words import localized
from ontology.model.errors import Refused, Usage

ROWS = sample()


def graph(name: str, selection: Selection | None = None) -> GraphSheet:
    found = VIEWS[name](ROWS, selection or Selection()).sheets[0]
    assert isinstance(found, GraphSheet)
    return found


def quotes(view: View) -> Iterator[Quote]:
    for sheet in view.sheets:
        if isinstance(sheet, GraphSheet):
            for item in (*sheet.nodes, *sheet.edges):
                yield from item.quotes
        else:
            for panel in sheet.panels:
                for row in panel.rows:
                    yield from row.quotes


def test_every_citation_is_in_an_edge() -> None:
    edges = graph("lineage").edges
    assert sum(edge.weight for edge in edges) == len(ROWS("lineage"))
    assert all(edge.weight == len(edge.quotes) for edge in edges)


def test_a_plan_that_is_cited_is_one_node() -> None:
    sheet = graph("lineage")
    assert [node.kind for node in sheet.nodes].count("plan") == len(PLANS)
    labels = [node.label for node in sheet.nodes]
    assert len(labels) == len(set(labels))
    targets = {edge.target for edge in sheet.edges}
    assert {node.id for node in sheet.nodes if node.kind == "plan"} & targets  # 澄江's rests on 云岭's


@pytest.mark.parametrize(
    ("selection", "plans", "policies"),
    [
        (Selection(), 3, 11),
        (Selection(plans=("石桥",), depth=1), 2, 9),  # itself and, cited, 澄江's plan
        (Selection(plans=("石桥",)), 3, 11),  # and what those rest on
        (Selection(plans=("shiqiao.txt",), depth=1), 2, 9),  # by the file's name
        (Selection(regions=("澄江市",), depth=1), 3, 11),  # the city and its county; 云岭's plan is cited
        (Selection(regions=("990121",), depth=1), 2, 9),
        (Selection(relations=("issued",)), 3, 2),
    ],
)
def test_lineage_selects(selection: Selection, plans: int, policies: int) -> None:
    kinds = [node.kind for node in graph("lineage", selection).nodes]
    assert (kinds.count("plan"), kinds.count("policy")) == (plans, policies)


def drawn(sheet: GraphSheet, opened: frozenset[str] = frozenset()) -> tuple[set[str], list[ViewEdge]]:
    """The nodes and edges that the page draws where these groups are open."""
    groups = {node.group for node in sheet.nodes if node.group}
    nodes = {
        node.id
        for node in sheet.nodes
        if (node.id not in opened if node.id in groups else node.group is None or node.group in opened)
    }
    return nodes, [edge for edge in sheet.edges if {edge.source, edge.target} <= nodes]


def test_what_one_plan_alone_cites_is_a_group_where_there_are_many() -> None:
    held = large(20, 1, 10)
    own = [
        row | ({"policy": name, "policy_id": name} if row["start"] >= 40 else {})
        for row in held("lineage")
        for name in [f"{row['plan']}所依第{row['start']}号办法"]
    ]

    def rows(name: str) -> list[Row]:
        return own if name == "lineage" else held(name)

    sheet = VIEWS["lineage"](rows, Selection()).sheets[0]
    alone = VIEWS["lineage"](rows, Selection(plans=("plan0000.txt",))).sheets[0]
    assert isinstance(sheet, GraphSheet)
    assert isinstance(alone, GraphSheet)
    cited = [row for row in rows("lineage") if row["file"] == "plan0000.txt"]
    assert len(alone.edges) == len({(row["policy_id"], row["relation"]) for row in cited})
    nodes, edges = drawn(sheet)
    assert len(nodes) < len({row["policy_id"] for row in rows("lineage")})
    assert sum(edge.weight for edge in edges) == len(rows("lineage"))  # none is lost
    assert sum(len(edge.quotes) for edge in edges) == len(rows("lineage"))
    folded = [node for node in sheet.nodes if "份：" in node.label]
    assert len(folded) >= 20
    for node in folded:
        assert len({edge.source for edge in edges if edge.target == node.id}) == 1


@pytest.mark.parametrize(
    ("regions", "found"),
    [
        (2, {"县级0县", "县级1县"}),  # a card a region
        (13, {"云岭省"}),  # of more regions than MAX_GROUPED_REGIONS: a card a province
    ],
)
def test_many_plans_are_grouped_by_region(regions: int, found: set[str]) -> None:
    places = [("云岭省", "990000", "provincial", "中国")]
    places += [(f"县级{i}县", f"9901{i:02}", "county", "云岭省") for i in range(regions)]
    rows: dict[str, list[Row]] = {
        "regions": [dict(zip(("region", "code", "level", "parent"), place, strict=True)) for place in places],
        "plans": [],
        "lineage": [],
    }
    for number in range(39):
        region, code, level, _ = places[1 + number % regions]
        plan: dict[str, Any] = dict.fromkeys(
            ("doc_number", "issuer", "issued", "horizon", "period_start", "work", "cue", "page")
        )
        plan |= {"plan": f"{region}第{number}规划", "file": f"{number}.txt", "plan_id": f"d/{number}"}
        plan |= {"policy_id": f"p/{number}", "region": region, "region_code": code}
        rows["plans"].append(plan)
        for cited, at in (("公路条例", "national"), (f"{region}办法", level), (f"第{number}号通知", "provincial")):
            row = plan | {"relation": "basis", "policy": cited, "policy_id": cited, "level": at}
            rows["lineage"].append(row | {"start": 0, "end": 9, "quote": cited})
    sheet = VIEWS["lineage"](lambda name: rows[name], Selection()).sheets[0]
    assert isinstance(sheet, GraphSheet)
    groups = {node.group for node in sheet.nodes if node.group}
    plans = {node.label.partition("：")[0] for node in sheet.nodes if node.id in groups and node.kind == "plan"}
    assert plans == found
    group_of = {node.id: node.group for node in sheet.nodes}
    assert not any(edge.target == group_of[edge.source] or edge.source == group_of[edge.target] for edge in sheet.edges)
    inside = sum(row["level"] == "county" for row in rows["lineage"])  # of a policy that is on the card of its plans
    for opened, lost in ((frozenset(), inside), (groups, 0)):
        _, edges = drawn(sheet, frozenset(opened))
        assert sum(edge.weight for edge in edges) == len(rows["lineage"]) - lost
        assert all(edge.weight == len(edge.quotes) for edge in edges)


@pytest.mark.parametrize("name", sorted(VIEWS))
@pytest.mark.parametrize("selection", [Selection(plans=("无此规划",)), Selection(regions=("无此地",))])
def test_what_is_not_there_is_said(name: str, selection: Selection) -> None:
    with pytest.raises(Refused, match=r"无此.*kg query"):
        VIEWS[name](ROWS, selection)


@pytest.mark.parametrize(
    ("name", "relation", "listed"),
    [
        ("lineage", "lead", "one of basis, implements, issued, mentions"),
        ("responsibilities", "basis", "one of lead, participant"),
        ("graph", "basiss", r"under, of, lead, participant.*did you mean basis"),  # edges that no closed list has
        ("graph", "undr", r"did you mean under\?"),
        ("tasks", "under", "it draws none"),
    ],
)
def test_a_relation_that_a_view_does_not_draw_is_said(name: str, relation: str, listed: str) -> None:
    with pytest.raises(Usage, match=f"no relation '{relation}'; .*{listed}"):
        VIEWS[name](ROWS, Selection(relations=(relation,)))


def test_an_empty_store_is_said() -> None:
    with pytest.raises(Refused, match="kg build"):
        VIEWS["lineage"](lambda _: [], Selection())


@pytest.mark.parametrize(
    ("parents", "province"),
    [
        ({"石桥县": "澄江市", "澄江市": "云岭省"}, "云岭省"),
        ({"石桥县": None}, None),
        ({"石桥县": "石桥县"}, None),  # names that lead back to a region
        ({"石桥县": "澄江市", "澄江市": "石桥县"}, None),
    ],
)
def test_the_province_of_a_region(parents: dict[str, str | None], province: str | None) -> None:
    def rows(name: str) -> list[Row]:
        return [row | {"parent": parents.get(row["region"], row["parent"])} for row in ROWS(name)]

    assert _provinces(rows).get(("石桥县", "990121")) == province


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("某省人民政府关于印发“十四五”养老规划的通知", "“十四五”养老规划"),
        ("某省人民政府关于印发《“十四五”养老规划》的通知", "“十四五”养老规划"),
        ("关于转发《〈养老规划〉实施方案》的通知", "〈养老规划〉实施方案"),
        ("关于印发《养老规划》和《托育规划》的通知", "《养老规划》和《托育规划》"),
        ("关于做好养老工作的通知", "关于做好养老工作的通知"),
    ],
)
def test_the_short_title_of_a_notice(title: str, short: str) -> None:
    assert short_title(title) == short


def test_levels_that_disagree_stay_open() -> None:
    def rows(name: str) -> list[dict[str, object]]:
        found = [dict(row) for row in ROWS(name)]
        if name == "lineage":
            next(row for row in found if row["policy"] == "交通强国建设纲要")["level"] = "provincial"
        return found

    sheet = VIEWS["lineage"](rows, Selection()).sheets[0]
    assert isinstance(sheet, GraphSheet)
    assert next(node.level for node in sheet.nodes if node.label == "交通强国建设纲要") == ""


def test_tree_has_each_task_once_under_its_heading() -> None:
    nodes = {node.id: node for node in graph("tasks").nodes}
    tasks = [node for node in nodes.values() if node.kind == "task"]
    assert len(tasks) == 9
    assert {nodes[task.parent or ""].kind for task in tasks} == {"section"}
    task = next(node for node in tasks if node.label == "实施农村公路提升")
    assert nodes[task.parent or ""].label == "第一节 完善公路网络"
    assert [quote.title for quote in task.quotes] == [None, "牵头 · 交通运输部门", *[q.title for q in task.quotes[2:]]]
    targets = [node for node in nodes.values() if node.kind == "target"]
    assert {nodes[target.parent or ""].kind for target in targets} == {"task"}


def test_a_heading_that_is_a_task_is_one_node() -> None:
    def rows(name: str) -> list[dict[str, object]]:
        found = [dict(row) for row in ROWS(name)]
        if name == "tasks":
            section = next(row for row in ROWS("outline") if row["title"] == "面临形势")
            ids = {"task_id": f"{section['plan_id']}/tasks/x", "heading_id": section["heading_id"]}
            found.append({**found[0], **ids, "task": "面临形势", "start": section["start"] + 5})
            found[-1]["end"] = section["start"] + 9
        return found

    sheet = VIEWS["tasks"](rows, Selection(plans=("云岭",))).sheets[0]
    assert isinstance(sheet, GraphSheet)
    assert [node.kind for node in sheet.nodes if node.label.endswith("面临形势")] == ["task"]


def test_two_tasks_of_one_title_are_two_nodes() -> None:
    def rows(name: str) -> list[dict[str, object]]:
        found = [dict(row) for row in ROWS(name)]
        if name in ("tasks", "responsibilities"):
            found += [row | {"task_id": f"{row['task_id']}-2", "start": row["start"] + 1} for row in ROWS(name)]
        return found

    once, twice = (VIEWS["responsibilities"](each, Selection()).sheets[0] for each in (ROWS, rows))
    assert isinstance(once, GraphSheet)
    assert isinstance(twice, GraphSheet)
    counts = [[node.kind for node in sheet.nodes].count("task") for sheet in (once, twice)]
    assert counts[1] == 2 * counts[0] > 0


@pytest.mark.parametrize(
    ("plans", "tasks", "found"),
    [
        (4, 40, {"其余 6 项职能", "石桥县第2号专项规划"}),
        (1, 60, {"其余 6 项职能"}),  # the tasks of a plan that is alone are its page
        (4, 12, set()),  # 48 tasks and 13 functions are no crowd
    ],
)
def test_duties_of_many_tasks_are_grouped(plans: int, tasks: int, found: set[str]) -> None:
    rows = large(plans, tasks, 1)
    sheet = VIEWS["responsibilities"](rows, Selection()).sheets[0]
    assert isinstance(sheet, GraphSheet)
    groups = {node.group for node in sheet.nodes if node.group}
    labels = {node.label for node in sheet.nodes if node.id in groups}
    assert found <= labels
    assert len(groups) == (plans + 1 if plans > 1 and found else len(found))
    edges = drawn(sheet)[1]
    assert sum(edge.weight for edge in edges) == len(rows("responsibilities"))  # none is lost


def test_collaboration_needs_one_sentence() -> None:
    network = VIEWS["responsibilities"](ROWS, Selection()).sheets[1]
    assert isinstance(network, GraphSheet)
    assert {edge.relation for edge in network.edges} == {"with-lead"}  # each sentence has a lead and a participant
    assert all("交通运输" in edge.source + edge.target for edge in network.edges)


def test_indicators_by_concept_and_level() -> None:
    sheet = VIEWS["indicators"](ROWS, Selection()).sheets[0]
    assert isinstance(sheet, PlotSheet)
    assert [len(panel.rows) for panel in sheet.panels] == [3, 3, 3, 2]
    assert [row.label for row in sheet.panels[0].rows] == ["云岭省", "澄江市", "石桥县"]
    county = sheet.panels[0].rows[2]
    assert county.baseline is None  # an empty cell is no mark
    assert county.target
    assert (county.target.text, county.target.value) == ("45以上", 45)


def test_whole_graph_has_all_kinds() -> None:
    sheet = graph("graph")
    assert {node.kind for node in sheet.nodes} == {kind.key for kind in sheet.kinds}
    ids = {node.id for node in sheet.nodes}
    assert len(ids) == len(sheet.nodes)
    assert all(edge.source in ids and edge.target in ids for edge in sheet.edges)
    assert sum(node.kind == "task" for node in sheet.nodes) == len(ROWS("tasks"))


def test_graph_depth() -> None:
    kinds = {node.kind for node in graph("graph", Selection(depth=1)).nodes}
    assert not kinds & {"heading", "task", "target"}
    assert "indicator" in kinds


@pytest.mark.parametrize(
    ("own_heading", "depth", "parent"),
    [(False, None, "task"), (True, None, "task"), (True, 1, "plan"), (False, 2, "plan")],
)
def test_a_project_is_below_its_task(own_heading: bool, depth: int | None, parent: str) -> None:
    """Also where the task and its heading are one node; below the plan where the depth leaves the task out."""

    def rows(name: str) -> list[Row]:
        found = [dict(row) for row in ROWS(name)]
        if own_heading and name == "tasks":
            section = next(row for row in ROWS("outline") if row["plan_id"] == found[0]["plan_id"])
            found[0]["heading_id"] = section["heading_id"]
        if name == "projects":
            task = ROWS("tasks")[0]
            found.append(task | {"fact_id": f"{task['plan_id']}/projects/x", "project": "沿江高速公路"})
        return found

    sheet = VIEWS["graph"](rows, Selection(depth=depth)).sheets[0]
    assert isinstance(sheet, GraphSheet)
    nodes = {node.id: node for node in sheet.nodes}
    (project,) = (node for node in nodes.values() if node.kind == "projects")
    assert nodes[project.parent or ""].kind == parent


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_quotes_are_the_rows_own(name: str) -> None:
    known = {(row["file"], row["start"], row["quote"]) for preset in _PRESETS for row in ROWS(preset)}
    found = {(quote.file, quote.start, quote.text) for quote in quotes(VIEWS[name](ROWS, Selection()))}
    assert found
    assert found <= known


_PRESETS = ("outline", "tasks", "indicators", "targets", "lineage", "responsibilities")


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_same_rows_same_bytes(name: str) -> None:
    def turned(preset: str) -> list[dict[str, object]]:
        return list(reversed(ROWS(preset)))

    written = page(VIEWS[name](ROWS, Selection()))
    assert written == page(VIEWS[name](sample(), Selection()))
    if name == "lineage":  # its order is that of names, not of rows
        assert written == page(VIEWS[name](turned, Selection()))


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_page_loads_nothing(name: str) -> None:
    written = page(VIEWS[name](ROWS, Selection()))
    assert not re.search(r"""(src|href)\s*=\s*["']?(https?:)?//""", written)
    assert not re.search(r"@import|url\(|\bfetch\(|XMLHttpRequest|WebSocket|\beval\(|new Function|innerHTML", written)
    addresses = set(re.findall(r"https?://[^\s\"'`<>\\]+", written)) - {"http://www.w3.org/2000/svg"}
    assert not addresses


def test_policy_allows_the_own_script_alone() -> None:
    written = page(VIEWS["lineage"](ROWS, Selection()))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', written)
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    script = re.findall(r"<script>(.*?)</script>", written, re.S)
    assert len(script) == 1
    assert base64.b64encode(hashlib.sha256(script[0].encode()).digest()).decode() in policy[1]


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_markup_in_the_data_stays_data(name: str) -> None:
    written = page(VIEWS[name](evil(), Selection()))
    assert written.lower().count("<script") == 4
    assert "<img" not in written
    assert "\u2028" not in re.sub(r"<script>.*?</script>", "", written, flags=re.S)


@pytest.mark.parametrize("text", [EVIL, "\ud800", "<!--<script>", "]]>", "\u2029"])
def test_safe_json(text: str) -> None:
    found = safe_json([text])
    assert "<" not in found
    assert json.loads(found.encode()) == [text.replace("\ud800", "?")]


@pytest.mark.parametrize(("plans", "nodes"), [(3, 300), (20, 2000), (95, 9500)])
def test_size(plans: int, nodes: int) -> None:
    view = VIEWS["graph"](large(plans, 90, 10), Selection())
    sheet = view.sheets[0]
    assert isinstance(sheet, GraphSheet)
    assert len(sheet.nodes) >= nodes
    assert len(page(view).encode()) <= 2_000_000 + 300 * len(sheet.nodes)


VIEWS_FOLDER = Path(__file__).parents[1] / "exports/views"
ENGLISH = tomllib.loads((VIEWS_FOLDER / "english.toml").read_text("utf-8"))
HAN = re.compile(r"[\u4e00-\u9fff]")


def test_every_word_of_the_scripts_has_its_english() -> None:
    files = [*(VIEWS_FOLDER / "web/src").glob("*.ts"), VIEWS_FOLDER / "document/document.js"]
    said = {found for file in files for found in re.findall(r'\bt\("([^"]+)"', file.read_text("utf-8"))}
    assert len(said) > 60
    assert said == set(ENGLISH["script"])
    for file in files:  # and none is said without: Chinese stands in comments and tables of signs alone
        code = re.sub(r'\bt\("[^"]+"|//.*|/\*.*?\*/', "", file.read_text("utf-8"))
        assert file.name == "text.ts" or not HAN.search(code), file.name


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_a_page_in_english(name: str) -> None:
    written = draw(name, ROWS, Selection(), language="en")
    assert '<html lang="en">' in written
    data = json.loads(re.search(r'id="data">(.*?)</script>', written)[1])  # type: ignore[index]
    own = [data["title"], data["subtitle"], *(title for _, title in data["levels"])]
    for sheet in data["sheets"]:
        own += [kind[1] for kind in sheet["kinds"]] + [relation[1] for relation in sheet.get("relations", [])]
        own += [ranking[0] for ranking in sheet.get("rankings", [])] + [band[0] for band in sheet.get("bands", [])]
        if name != "tasks":
            own.append(sheet["title"])
    assert [text for text in own if HAN.search(text)] == []
    assert page(VIEWS[name](ROWS, Selection())) == draw(name, ROWS, Selection())  # without a language in Chinese


def test_words_of_the_program_beside_words_of_plans_in_english() -> None:
    """What a plan says stays as it is, also where it is a word that the program says elsewhere."""

    def rows(name: str) -> list[Row]:
        changed: dict[str, Any] = {
            "targets": {"change": "decrease", "op": "~"},
            "responsibilities": {"task_id": None, "task": None, "department": "其他"},
            "indicators": {"dimension": "3 处"},
        }
        return [{**row, **changed.get(name, {})} for row in ROWS(name)]

    with in_language("en"):
        (sheet, *_), (duties, _), (plot,) = (
            VIEWS[name](rows, Selection()).sheets for name in ("tasks", "responsibilities", "indicators")
        )
        written = page(VIEWS["responsibilities"](rows, Selection()))
    assert isinstance(sheet, GraphSheet)
    assert isinstance(duties, GraphSheet)
    assert isinstance(plot, PlotSheet)
    assert "加快高速公路建设项目 down ~5项 · 2025" in {node.label for node in sheet.nodes}
    assert f"{PLANS[0][0]}: outside any task" in {node.label for node in duties.nodes}
    values = {value for panel in plot.panels for row in panel.rows for _, value in row.properties}
    assert {"binding", "3 处"} <= values
    assert "约束性" not in values
    details = json.loads(re.search(r'id="details">(.*?)</script>', written)[1])  # type: ignore[index]
    assert "其他" in details["words"]


def test_one_is_not_many_in_english() -> None:
    def rows(name: str) -> list[Row]:
        return [{"region_id": None, "plan": "x"}] if name == "plans" else []

    with in_language("en"):
        one, two = (overview(rows, rows("plans") * count) for count in (1, 2))
    (sheet,) = one.sheets
    assert isinstance(sheet, GraphSheet)
    assert [(node.label, node.note) for node in sheet.nodes] == [("All plans", "1 plan"), ("region unknown", "1 plan")]
    with in_language("en"):
        assert [localized(view.subtitle).partition(";")[0] for view in (one, two)] == [
            "1 plan · 1 region",
            "2 plans · 1 region",
        ]


def test_each_text_of_the_views_has_its_english() -> None:
    files = [*VIEWS_FOLDER.rglob("*.py"), *(VIEWS_FOLDER.parents[1] / "kg/cli").glob("view*.py")]
    code = "".join(file.read_text("utf-8") for file in files)
    missing = [chinese for chinese in ENGLISH["views"] if re.sub(r"\{\}.*", "", chinese) not in code]
    assert missing == []  # no text that nobody says
