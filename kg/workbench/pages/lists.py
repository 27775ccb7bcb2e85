"""The pages with lists of plans, regions, departments, indicator concepts and policies."""

from collections import defaultdict
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.workbench.desk import desk
from kg.workbench.library import Library
from kg.workbench.tables import chosen, file_of, sheet
from ontology.model.store import Table


def _plans(library: Library) -> Table:
    """The rows of preset `plans`, with region, level and title first and without `region_code`."""
    table = library.table("plans")
    first = ("region", "level", "plan")
    return table.of([*first, *(name for name in table.columns if name not in {*first, "region_code"})])


def _regions(library: Library) -> Table:
    """A row for each region, in the order of preset `regions`: `region` (name), `code`, `level`, `parent`, the number
    of `plans` of the region itself (None for none), `region_id` and `parent_id`."""
    counts: dict[str, int] = defaultdict(int)
    for row in library.rows("plans"):
        counts[row["region_id"] or ""] += 1
    names = ("region", "code", "level", "parent")
    found = [
        (*(row[name] for name in names), counts[row["region_id"]] or None, row["region_id"], row["parent_id"])
        for row in library.rows("regions")
    ]
    return Table((*names, "plans", "region_id", "parent_id"), found)


def _departments(library: Library) -> Table:
    """A row for each function: `function`, the numbers of its duties as `lead` and as `participant`, of its
    `indicators`, and of the `plans` that have these; those of most plans first, then those of most duties, then by
    name. Duties of bodies without a function do not count."""
    duties: dict[str, dict[str, int]] = defaultdict(lambda: {"lead": 0, "participant": 0, "indicators": 0})
    plans: dict[str, set[str]] = defaultdict(set)
    for row in library.rows("responsibilities"):
        if row["function"]:
            duties[row["function"]][row["role"]] += 1
            plans[row["function"]].add(row["plan_id"])
    for row in library.rows("indicators-by-lead"):
        if row["function"]:
            duties[row["function"]]["indicators"] += 1
            plans[row["function"]].add(row["plan_id"])
    rows = [(name, n["lead"], n["participant"], n["indicators"], len(plans[name])) for name, n in duties.items()]
    rows.sort(key=lambda row: (-row[4], -row[1] - row[2], row[0]))
    return Table(("function", "lead", "participant", "indicators", "plans"), rows)


def _concepts(library: Library) -> Table:
    """A row for each concept that indicators have: `concept` (the name in its last row), the numbers of `regions` and
    `plans` that have it, how many of its indicators are `binding` (约束性), and `concept_id`; those of most regions
    first, then of most plans, then by name."""
    names: dict[str, str] = {}
    plans: dict[str, set[str]] = defaultdict(set)
    regions: dict[str, set[str]] = defaultdict(set)
    binding: dict[str, int] = defaultdict(int)
    for row in library.rows("indicators"):
        iri = row["concept_id"]
        names[iri] = row["concept"]
        plans[iri].add(row["plan_id"])
        regions[iri].add(row["region_id"])
        binding[iri] += row["kind"] == "约束性"
    rows = [(name, len(regions[iri]), len(plans[iri]), binding[iri], iri) for iri, name in names.items()]
    rows.sort(key=lambda row: (-row[1], -row[2], row[0]))
    return Table(("concept", "regions", "plans", "binding", "concept_id"), rows)


def _policies(library: Library) -> Table:
    """The rows of preset `policy-influence`, in its order, without the columns `centrality` and `reach`."""
    table = library.table("policy-influence")
    return table.of([name for name in table.columns if name not in {"centrality", "reach"}])


LIST_TABLES: dict[str, tuple[str, Callable[[Library], Table]]] = {
    "plans": ("规划", _plans),
    "regions": ("地区", _regions),
    "departments": ("部门", _departments),
    "concepts": ("指标", _concepts),
    "policies": ("政策", _policies),
}


def _list(name: str, library: Library) -> Table:
    """The table of a list by its name in the address, a key of LIST_TABLES ('plans'); kept until the store changes."""
    return library.cached(("list", name), lambda: LIST_TABLES[name][1](library))


def _page(name: str) -> Callable[[Request], Response]:
    """The function that answers the address of the list `name` (a key of LIST_TABLES) with its page."""

    def page(request: Request) -> Response:
        state = desk(request)
        shown = sheet(_list(name, state.library), request, download=f"/lists/{name}")
        return state.page(request, "list.html", title=LIST_TABLES[name][0], sheet=shown)

    return page


plans, regions, departments = _page("plans"), _page("regions"), _page("departments")
concepts, policies = _page("concepts"), _page("policies")


def download(request: Request) -> Response:
    """GET /lists/NAME.FORMAT: a list (plans, regions, departments …) as a file (csv, xlsx, json, jsonl), filtered and
    sorted as its page is, but with all columns; 404 for an unknown list. Raises Usage for another format."""
    name = request.path_params["name"]
    if name not in LIST_TABLES:
        raise HTTPException(404)
    return file_of(chosen(_list(name, desk(request).library), request), request.path_params["format"], name)
