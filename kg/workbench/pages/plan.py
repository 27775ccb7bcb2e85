"""The pages of one plan: a tab for each kind of fact, its document, and what was not understood."""

from collections import Counter
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from exports.views.document.data import HEADING_DEPTHS
from exports.views.model import Row
from kg.workbench.accounted import shares
from kg.workbench.desk import compare_address, desk, plan_address
from kg.workbench.library import Library
from kg.workbench.tables import chosen, file_of, sheet
from kg.workbench.waiting import waiting_now
from ontology.iris import last_segment
from ontology.model.store import Table

# The tabs that are a table: their preset and title.
TABLE_TABS = {
    "tasks": ("tasks", "任务"),
    "indicators": ("indicators", "指标"),
    "targets": ("targets", "目标"),
    "duties": ("responsibilities", "职责"),
    "lineage": ("lineage", "依据与引用"),
    "projects": ("projects", "项目"),
    "observations": ("observations", "回顾数据"),
    "audit": ("unread", "未读懂"),
}
TABS = {"": "概览", "document": "原文", "outline": "大纲", **{name: title for name, (_, title) in TABLE_TABS.items()}}
# The kind of fact that the preset `stats` counts for a tab.
TAB_KINDS = {
    "tasks": "Task",
    "indicators": "Indicator",
    "targets": "Target",
    "duties": "Responsibility",
    "lineage": "Citation",
    "projects": "Project",
    "observations": "Observation",
    "outline": "Heading",
    "audit": "Passage",
}


def plan_page(request: Request) -> Response:
    """GET /plan/SHORT[/TAB]: the page of the plan whose document's IRI has SHORT as its whole last segment, at the tab
    TAB, a key of TABS. The tabs of TABLE_TABS have a table of facts, or for `audit` of passages that were not read,
    and how much of the text was read as what; all tabs say how many corrections of the plan wait for the next build;
    `outline` has the headings and the tasks without a title, `document` the text; without a TAB the page is the
    overview, with the other files that hold the same policy and the plans that this one was compared with. The tabs of
    projects and observations are offered only where the plan has such facts. Raises HTTPException (404) for an unknown
    plan or tab."""
    state = desk(request)
    plan = plan_of(state.library, request.path_params["short"])
    tab = request.path_params.get("tab", "")
    if tab not in TABS:
        raise HTTPException(404)
    iri = plan["plan_id"]
    counts = state.library.cached(("counts", iri), lambda: _counts(state.library, iri))
    tabs = [
        (name, title, plan_address(iri, name), counts.get(name))
        for name, title in TABS.items()
        if name not in {"projects", "observations"} or counts.get(name)
    ]
    waiting = waiting_now(state)
    context: dict[str, Any] = {"plan": plan, "tab": tab, "tab_title": TABS[tab], "tabs": tabs, "counts": counts}
    context["waiting"] = waiting.number(plan)
    if tab in TABLE_TABS:
        table = _table(state.library, iri, tab)
        context["sheet"] = sheet(
            table,
            request,
            preset=state.library.presets[TABLE_TABS[tab][0]],
            hide=("plan", "region"),
            download=plan_address(iri, tab),
            waiting=waiting.has,
        )
        if tab == "audit":
            context["shares"] = state.library.cached(("shares", iri), lambda: _shares(state.library, iri))
            context["suspicious"] = sum(bool(row["suspicious"]) for row in table.dicts())
    elif tab == "outline":
        context["outline"] = _outline(state.library, iri)
    elif tab == "":
        twins = state.library.grouped("plans", "policy_id")[plan["policy_id"]]
        context["twins"] = [row for row in twins if row["plan_id"] != iri]
        context["compared"] = _compared(state.library, iri)
    return state.page(request, "plan.html", **context)


def _compared(library: Library, iri: str) -> list[tuple[str, str]]:
    """(title, address of the page of both) of the plans that `kg align` compared with this one (IRI), both as they are
    in the store now, in the order of preset `text-reuse`; an empty list where there are none."""
    return [
        (row["plan"], compare_address(iri, row["plan_id"]))
        for row in library.grouped("text-reuse", "other_plan_id").get(iri, [])
    ]


def download(request: Request) -> Response:
    """GET /plan/SHORT/TAB.FORMAT: the rows of one tab of a plan's page as a file (csv, xlsx, json, jsonl), filtered and
    sorted as the page is, but with all columns. The file's name is the titles of tab and plan, cut after 80 characters.
    404 for an unknown plan, and for a tab that is no table. Raises Usage for another format."""
    state = desk(request)
    plan = plan_of(state.library, request.path_params["short"])
    tab = request.path_params["tab"]
    if tab not in TABLE_TABS:
        raise HTTPException(404)
    name = f"{TABLE_TABS[tab][1]}-{plan['plan']}"[:80]
    return file_of(chosen(_table(state.library, plan["plan_id"], tab), request), request.path_params["format"], name)


def plan_of(library: Library, name: str) -> Row:
    """The row of preset `plans` of the document whose IRI has `name` as its last segment, of several the last. Raises
    HTTPException (404) where the store has none."""
    plans = library.cached("by short", lambda: {last_segment(row["plan_id"]): row for row in library.rows("plans")})
    if name not in plans:
        raise HTTPException(404, f"no plan {name} in the store")
    return plans[name]


def _table(library: Library, iri: str, tab: str) -> Table:
    """The rows of a tab (a key of TABLE_TABS) that are of the plan with this IRI, in the order of their preset; in the
    audit suspicious passages come first. Raises ValueError for a preset without `plan_id`."""
    table = library.table(TABLE_TABS[tab][0], {"plan": iri})
    plan_id = table.columns.index("plan_id")
    rows = [row for row in table.rows if row[plan_id] == iri]
    if tab == "audit":
        suspicious = table.columns.index("suspicious")
        rows.sort(key=lambda row: not row[suspicious])
    return Table(table.columns, rows)


def _shares(library: Library, iri: str) -> list[tuple[str, float]]:
    """How much of the text of the plan with this IRI was read as what (`shares`); [] where the store has not its
    text."""
    rows = library.rows_of(iri)
    return next((shares(row["text"], list(rows("facts"))) for row in rows("texts")), [])


def _counts(library: Library, iri: str) -> dict[str, int]:
    """The number of facts of the plan (IRI), for `audit` of passages, by the key in TAB_KINDS of the tab that shows
    them ('tasks'); 0 for none."""
    kinds = Counter[str]()
    for row in library.rows("stats", document=iri):
        if row["plan_id"] == iri:
            kinds[row["kind"]] += row["facts"]
    return {tab: kinds[kind] for tab, kind in TAB_KINDS.items()}


def _outline(library: Library, iri: str) -> list[dict[str, Any]]:
    """The headings of a plan (IRI) and its tasks without a title, in the order of the text; where both begin at one
    place, the heading is first. They are rows of the presets `outline` and `tasks` with two more columns: `text`, the
    number and title of a heading, as far as it has them, or the label of a task; and `depth`, by which a page indents
    them: for a heading that of its kind in HEADING_DEPTHS, else 2, for a task 3. The `kind` of a task is 'task'."""
    entries = [
        {
            **row,
            "depth": HEADING_DEPTHS.get(row["kind"], 2),
            "text": " ".join(filter(None, (row["number"], row["title"]))),
        }
        for row in library.rows("outline", plan=iri)
        if row["plan_id"] == iri
    ]
    for row in library.rows("tasks", plan=iri):
        if row["plan_id"] == iri and row["task"] is None:
            entries.append({**row, "depth": 3, "text": row["label"], "kind": "task"})
    return sorted(entries, key=lambda row: row["start"])
