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
MAX_FACET_VALUES = 12
OPEN, CLOSE = "\ue000", "\ue001"  # private use characters, which no text holds
FACETS = {"level": "层级", "region": "地区", "period": "规划期", "kind": "事实类型"}


def search_page(request: Request) -> Response:
    """GET /search?q=WORDS&exact=&level=&region=&period=&kind=&plan=&_page=: the search page, with the passages found,
    facets to narrow them, and the things whose names contain the words; without words the form alone. Any text in
    `exact` searches for the words alone, not for their other names."""
    state = desk(request)
    query = request.query_params.get("q", "").strip()
    context: dict[str, Any] = {"asked": query, "exact": bool(request.query_params.get("exact"))}
    if query:
        context |= _results(state.library, query, request)
    return state.page(request, "search.html", **context)


def _results(library: Library, query: str, request: Request) -> dict[str, Any]:
    """What the template shows for the words of `query`, which are divided by blanks: by name the values that `read`
    returns (`hits`, `total`, `facets` …), and as `names` the things whose names contain the words (`_names`). For words
    that cannot be searched for and a wrong value in the address `trouble` alone, a message. The parameters plan, level,
    region and kind of the address, where they are not empty, narrow the search; `period` selects among the first
    MAX_RANKED (400) passages found. Any text in `exact` searches for the words alone, not for their other names."""
    chosen = {name: value for name in FACETS if (value := request.query_params.get(name))}
    filters = {name: value for name, value in chosen.items() if name != "period"}
    if plan := request.query_params.get("plan"):
        filters["plan"] = plan
    exact = bool(request.query_params.get("exact"))
    plans = library.grouped("plans", "plan_id")
    period = chosen.get("period")

    def read(index: Index) -> dict[str, Any]:
        """The values that the template shows: `seen`, the number of passages that pages show, which are those of the
        first MAX_RANKED (400) that are of the chosen period, or all of these without one; `total`, how many were found,
        with a period the same as `seen`; the `facets` of the passages seen, and the `hits` of one page of them; the
        number of the `page`, and the addresses of the `previous` and the `following` page, or None; and `unread`, how
        many documents have no text."""
        ranking = ranked(index, query.split(), filters, exact=exact, limit=MAX_RANKED)
        about = [(plans.get(document, [{}])[0], kinds) for document, kinds in map(ranking.about, range(len(ranking)))]
        numbers = [number for number, (plan, _) in enumerate(about) if not period or _period(plan) == period]
        page = _page(request, len(numbers))
        on_page = numbers[(page - 1) * HITS_PER_PAGE : page * HITS_PER_PAGE]
        return {
            "total": len(numbers) if period else ranking.total,
            "seen": len(numbers),
            "facets": _facets([about[number] for number in numbers], chosen, request),
            "hits": _hits(ranking, on_page, [about[number][0] for number in on_page]),
            "unread": index.without_text(),
            "page": page,
            "previous": same_address(request, _page=page - 1) if page > 1 else None,
            "following": same_address(request, _page=page + 1) if page * HITS_PER_PAGE < len(numbers) else None,
        }

    try:
        values = library.cached(("search", request.url.query), lambda: library.search(read))
        return values | {"names": _names(library, query)}
    except Usage as error:
        return {"trouble": str(error)}


def _page(request: Request, hits: int) -> int:
    """The number of the page to show: that of `_page` in the address, or the nearest that there is of the pages for so
    many `hits`, HITS_PER_PAGE (25) on each. 1 where the address has no `_page`, or one that is no number of at most 8
    digits, and where there are no hits."""
    text = request.query_params.get("_page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
    return min(max(1, number), max(1, -(-hits // HITS_PER_PAGE)))


def _hits(ranking: Ranked, numbers: list[int], plans: list[Row]) -> list[tuple[Hit, Row, Markup]]:
    """The hits at the places `numbers` of the ranking (0 is the best), each as (hit, plan, HTML of the passage);
    `plans` has the row of each hit's plan, in the order of `numbers`."""
    return [(hit, plan, marked(hit)) for hit, plan in zip(ranking.hits(numbers), plans, strict=True)]


def marked(hit: Hit) -> Markup:
    """The HTML of the passage, escaped, with each place of a word that was found in <mark>."""
    text = str(escape(hit.marked(OPEN, CLOSE)))
    return Markup(text.replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))


def _facets(
    hits: list[tuple[Row, tuple[str, ...]]], chosen: dict[str, str], request: Request
) -> list[tuple[str, str, list[tuple[str, int, str, bool]]]]:
    """For each of FACETS that has values (name, title in Chinese, values), each value as (value, number of passages,
    address, whether it is chosen). The values are the MAX_FACET_VALUES (12) most frequent ones, the most frequent
    first, of equal ones the one met first; '' (not known) is left out, though it may be one of the 12. The address
    selects the value, or deselects it where `chosen` (values by facet) has it, and leads to the first page. `hits` has
    for each passage the row of its plan, {} where it is not known, and the kinds of its facts, of which one that occurs
    twice counts once."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for plan, kinds in hits:
        counts["level"][plan.get("level") or ""] += 1
        counts["region"][plan.get("region") or ""] += 1
        counts["period"][_period(plan)] += 1
        counts["kind"].update(dict.fromkeys(kinds, 1))
    facets = []
    for name, title in FACETS.items():
        values = []
        for value, count in counts[name].most_common(MAX_FACET_VALUES):
            if value:
                here = chosen.get(name) == value
                address = same_address(request, **{"_page": None, name: None if here else value})
                values.append((value, count, address, here))
        if values:
            facets.append((name, title, values))
    return facets


def _period(plan: Row) -> str:
    """The period of a plan, which is a row of preset `plans`: '2021—2025'; '' where its first year is not known, or the
    row is empty."""
    return f"{plan['period_start']}—{plan['period_end']}" if plan.get("period_start") else ""


def _names(library: Library, query: str) -> list[tuple[str, str, str]]:
    """(kind in Chinese, name, address of the page) of the regions, plans, concepts, functions and policies whose names
    contain all the words of `query`, which are divided by blanks, in the same case: the first MAX_NAMES (12) in the
    order of `_every_name`, the shortest name first."""
    every = library.cached("names", lambda: _every_name(library))
    parts = query.split()
    return [entry for entry in every if all(part in entry[1] for part in parts)][:MAX_NAMES]


def _every_name(library: Library) -> list[tuple[str, str, str]]:
    """(kind in Chinese, name, address of the page) of each region, plan, concept that indicators have, function that
    has responsibilities, and policy of preset `policy-influence`: ('地区', '渠县', '/id/region/…'). The shortest name
    is first; of equally long ones regions come before plans, and so on in this order. A thing is listed once, a concept
    by the name in its last row, a policy by that in its first."""
    entries: dict[str, tuple[str, str, str]] = {}
    for row in library.rows("regions"):
        entries[row["region_id"]] = ("地区", row["region"], local(row["region_id"]))
    for row in library.rows("plans"):
        entries[row["plan_id"]] = ("规划", row["plan"], plan_address(row["plan_id"]))
    for row in library.rows("indicators"):
        entries[row["concept_id"]] = ("指标", row["concept"], local(row["concept_id"]))
    for row in library.rows("responsibilities"):
        if row["function"]:
            entries["function " + row["function"]] = ("部门", row["function"], department_address(row["function"]))
    for row in library.rows("policy-influence"):
        entries.setdefault(row["policy_id"], ("政策", row["policy"], local(row["policy_id"])))
    return sorted(entries.values(), key=lambda entry: len(entry[1]))
