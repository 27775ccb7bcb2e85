"""The search page: passages of all plans with facets, and things whose names have the words."""

from collections import Counter
from typing import Any

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from exports.views.model import Row
from kg.search import Hit, Index, Ranked, ranked
from kg.workbench.desk import department_address, desk, local, plan_address, same_address
from kg.workbench.library import Library
from ontology.model.errors import Usage

MAX_RANKED = 400  # passages that are counted for facets and can be turned to
HITS_PER_PAGE = 25
MAX_NAMES = 12  # of things, beside the passages
OPEN, CLOSE = "\ue000", "\ue001"  # private use characters, which no text holds
FACETS = {"level": "层级", "region": "地区", "period": "规划期", "kind": "事实类型"}


def search_page(request: Request) -> Response:
    """GET /search?q=…: the search page, with the passages found, facets to narrow them, and the regions, plans,
    concepts, departments and policies whose names have the words."""
    state = desk(request)
    asked = request.query_params.get("q", "").strip()
    context: dict[str, Any] = {"asked": asked, "exact": bool(request.query_params.get("exact"))}
    if asked:
        context |= _found(state.library, asked, request)
    return state.page(request, "search.html", **context)


def _found(library: Library, asked: str, request: Request) -> dict[str, Any]:
    """What the template shows for the words `asked` (apart by spaces): the values of `read` by name, and `names` (see
    `_names`); only `trouble`, a message, where the search is wrong."""
    chosen = {name: value for name in FACETS if (value := request.query_params.get(name))}
    passed = {name: value for name, value in chosen.items() if name != "period"}
    if plan := request.query_params.get("plan"):
        passed["plan"] = plan
    exact = bool(request.query_params.get("exact"))
    plans = library.grouped("plans", "plan_id")
    period = chosen.get("period")

    def read(index: Index) -> dict[str, Any]:
        """The values that the template shows: the `hits` of one page, how many there are in all (`total`) and among the
        MAX_RANKED (`seen`), the `facets`, how many documents are `unread` because they have no text, the number of the
        `page`, and the addresses of the `previous` and `following` one."""
        found = ranked(index, asked.split(), passed, exact=exact, limit=MAX_RANKED)
        about = [(plans.get(document, [{}])[0], kinds) for document, kinds in map(found.about, range(len(found)))]
        numbers = [number for number, (plan, _) in enumerate(about) if not period or _period(plan) == period]
        page = _page(request, len(numbers))
        shown = numbers[(page - 1) * HITS_PER_PAGE : page * HITS_PER_PAGE]
        return {
            "total": len(numbers) if period else found.total,
            "seen": len(numbers),
            "facets": _facets([about[number] for number in numbers], chosen, request),
            "hits": _shown(found, shown, [about[number][0] for number in shown]),
            "unread": index.without_text(),
            "page": page,
            "previous": same_address(request, _page=page - 1) if page > 1 else None,
            "following": same_address(request, _page=page + 1) if page * HITS_PER_PAGE < len(numbers) else None,
        }

    try:
        found = library.cached(("search", request.url.query), lambda: library.search(read))
        return found | {"names": _names(library, asked)}
    except Usage as error:
        return {"trouble": str(error)}


def _page(request: Request, hits: int) -> int:
    """The number of the page that is asked for (`_page` in the address, else 1), from 1 to that of the last of the
    `hits`, of which each page has HITS_PER_PAGE."""
    text = request.query_params.get("_page", "1")
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
    return min(max(1, asked), max(1, -(-hits // HITS_PER_PAGE)))


def _shown(found: Ranked, numbers: list[int], plans: list[Row]) -> list[tuple[Hit, Row, Markup]]:
    """The hits at the places `numbers` of the ranking `found`, each with its plan, given in `plans` in the same order,
    and its HTML."""
    return [(hit, plan, marked(hit)) for hit, plan in zip(found.hits(numbers), plans, strict=True)]


def marked(hit: Hit) -> Markup:
    """The HTML of the passage with its hits in <mark>."""
    text = str(escape(hit.marked(OPEN, CLOSE)))
    return Markup(text.replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))


def _facets(
    hits: list[tuple[Row, tuple[str, ...]]], chosen: dict[str, str], request: Request
) -> list[tuple[str, str, list[tuple[str, int, str, bool]]]]:
    """(name, title in Chinese, [(value, count, address, whether it is chosen)]) for each facet that has values, at most
    12 of them, the most frequent first. The address selects the value, or deselects it where it is `chosen` in the
    request. `hits` has for each passage the row of its plan and the kinds of its facts."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for plan, kinds in hits:
        counts["level"][plan.get("level") or ""] += 1
        counts["region"][plan.get("region") or ""] += 1
        counts["period"][_period(plan)] += 1
        counts["kind"].update(set(kinds))
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
    """The period of a plan, which is a row of preset `plans`: '2021—2025'; '' where it is not known."""
    return f"{plan['period_start']}—{plan['period_end']}" if plan.get("period_start") else ""


def _names(library: Library, asked: str) -> list[tuple[str, str, str]]:
    """(kind in Chinese, name, address of the page) of the regions, plans, concepts, functions and policies whose names
    contain all the words of `asked`, the shortest first, at most MAX_NAMES."""
    every = library.cached("names", lambda: _every_name(library))
    parts = asked.split()
    return [entry for entry in every if all(part in entry[1] for part in parts)][:MAX_NAMES]


def _every_name(library: Library) -> list[tuple[str, str, str]]:
    """(kind in Chinese, name, address of the page) of each region, plan, concept, function and policy of the store, the
    shortest name first: ('地区', '渠县', '/id/region/…')."""
    found: dict[str, tuple[str, str, str]] = {}
    for row in library.rows("regions"):
        found[row["region_id"]] = ("地区", row["region"], local(row["region_id"]))
    for row in library.rows("plans"):
        found[row["plan_id"]] = ("规划", row["plan"], plan_address(row["plan_id"]))
    for row in library.rows("indicators"):
        found[row["concept_id"]] = ("指标", row["concept"], local(row["concept_id"]))
    for row in library.rows("responsibilities"):
        if row["function"]:
            found["function " + row["function"]] = ("部门", row["function"], department_address(row["function"]))
    for row in library.rows("policy-influence"):
        found.setdefault(row["policy_id"], ("政策", row["policy"], local(row["policy_id"])))
    return sorted(found.values(), key=lambda entry: len(entry[1]))
