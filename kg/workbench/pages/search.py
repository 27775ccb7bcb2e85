"""Search: passages of all plans with facets, and the things that are called so."""

from collections import Counter
from typing import Any

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from exports.views.model import Row
from kg.search import Hit
from kg.search import search as find
from kg.workbench.desk import department, desk, local, plan_address, same_address
from kg.workbench.library import Library
from ontology.model.errors import Usage

BEST = 400  # passages that are looked at for facets
PAGE = 25
NAMES = 12
OPEN, CLOSE = "\ue000", "\ue001"  # private use characters, which no text holds
FACETS = {"level": "层级", "region": "地区", "period": "规划期", "kind": "事实类型"}


def search_page(request: Request) -> Response:
    """GET /search?q=…"""
    state = desk(request)
    asked = request.query_params.get("q", "").strip()
    context: dict[str, Any] = {"asked": asked, "exact": bool(request.query_params.get("exact"))}
    if asked:
        context |= _found(state.library, asked, request)
    return state.page(request, "search.html", **context)


def _found(library: Library, asked: str, request: Request) -> dict[str, Any]:
    chosen = {name: value for name in FACETS if (value := request.query_params.get(name))}
    passed = {name: value for name, value in chosen.items() if name != "period"}
    if plan := request.query_params.get("plan"):
        passed["plan"] = plan
    exact = bool(request.query_params.get("exact"))
    try:
        found, unread = library.search(
            lambda index: (find(index, asked.split(), passed, exact=exact, limit=BEST), index.without_text())
        )
    except Usage as error:
        return {"trouble": str(error)}
    plans = {row["plan_id"]: row for row in library.rows("plans")}
    hits = [(hit, plans.get(hit.row["plan_id"], {})) for hit in found.hits]
    if period := chosen.get("period"):
        hits = [(hit, plan) for hit, plan in hits if _period(plan) == period]
    total = found.total if not period else len(hits)
    text = request.query_params.get("_page", "1")
    page = min(max(1, int(text) if text.isascii() and text.isdigit() else 1), max(1, -(-len(hits) // PAGE)))
    return {
        "total": total,
        "seen": len(hits),
        "facets": _facets(hits, chosen, request),
        "hits": [(hit, plan, marked(hit)) for hit, plan in hits[(page - 1) * PAGE : page * PAGE]],
        "names": _names(library, asked),
        "unread": unread,
        "page": page,
        "previous": same_address(request, _page=page - 1) if page > 1 else None,
        "following": same_address(request, _page=page + 1) if page * PAGE < len(hits) else None,
    }


def marked(hit: Hit) -> Markup:
    """The HTML of the passage with its hits in <mark>."""
    text = str(escape(hit.marked(OPEN, CLOSE)))
    return Markup(text.replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))


def _facets(
    hits: list[tuple[Hit, Row]], chosen: dict[str, str], request: Request
) -> list[tuple[str, str, list[tuple[str, int, str, bool]]]]:
    """(name, title, [(value, count, address, chosen)]) for each facet; the address selects the value, or deselects a
    chosen one."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for hit, plan in hits:
        counts["level"][plan.get("level") or ""] += 1
        counts["region"][hit.row["region"] or ""] += 1
        counts["period"][_period(plan)] += 1
        counts["kind"].update(set(hit.passage.kinds))
    made = []
    for name, title in FACETS.items():
        values = []
        for value, count in counts[name].most_common(12):
            if value:
                here = chosen.get(name) == value
                address = same_address(request, **{"_page": None, name: None if here else value})
                values.append((value, count, address, here))
        if values:
            made.append((name, title, values))
    return made


def _period(plan: Row) -> str:
    return f"{plan['period_start']}—{plan['period_end']}" if plan.get("period_start") else ""


def _names(library: Library, asked: str) -> list[tuple[str, str, str]]:
    """(kind, name, address) of the things whose names contain all the words."""
    every = library.made("names", lambda: _every_name(library))
    parts = asked.split()
    return [entry for entry in every if all(part in entry[1] for part in parts)][:NAMES]


def _every_name(library: Library) -> list[tuple[str, str, str]]:
    found: dict[str, tuple[str, str, str]] = {}
    for row in library.rows("regions"):
        found[row["region_id"]] = ("地区", row["region"], local(row["region_id"]))
    for row in library.rows("plans"):
        found[row["plan_id"]] = ("规划", row["plan"], plan_address(row["plan_id"]))
    for row in library.rows("indicators"):
        found[row["concept_id"]] = ("指标", row["concept"], local(row["concept_id"]))
    for row in library.rows("responsibilities"):
        if row["function"]:
            found["function " + row["function"]] = ("部门", row["function"], department(row["function"]))
    for row in library.rows("policy-influence"):
        found.setdefault(row["policy_id"], ("政策", row["policy"], local(row["policy_id"])))
    return sorted(found.values(), key=lambda entry: len(entry[1]))
