"""The first page: what the store holds, what is new, what was not understood, and common questions."""

from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from exports.views.model import Row
from kg.workbench.desk import Desk, desk, plan_address
from kg.workbench.library import Library
from kg.workbench.tables import EMPTY_CELL
from ontology.model.facts import LEVELS

MAX_NEW_PLANS = 8  # that are listed
MAX_SUSPICIOUS_PLANS = 12  # that are listed


def home(request: Request) -> Response:
    """GET /: the first page, with the numbers of plans, of facts (by kind, most first) and of regions that have plans,
    the plans by province and level (the first three of each, and how many there are), the newest plans, and the
    MAX_SUSPICIOUS_PLANS (12) plans with most passages that were not understood."""
    state = desk(request)
    library = state.library
    plans = library.table("plans").rows
    facts = library.cached("facts", lambda: counts(library))
    suspicious = library.cached("suspicious", lambda: suspicions(library))
    return state.page(
        request,
        "home.html",
        plans=len(plans),
        facts=sorted(facts.items(), key=lambda item: -item[1]),
        total=sum(facts.values()),
        regions=len(library.grouped("plans", "region_id").keys() - {None}),
        grid=library.cached("grid", lambda: by_region(library)),
        levels=LEVELS,
        no_value=EMPTY_CELL,
        new=library.cached("new", lambda: newest(state)),
        suspicious=suspicious[:MAX_SUSPICIOUS_PLANS],
        suspicions=sum(count for _, _, count in suspicious),
    )


def counts(library: Library) -> dict[str, int]:
    """How many facts of each kind the store has, by the name of the kind ("Target"), a kind without facts left out;
    what the preset `stats` counts as Passage is no fact and left out too."""
    facts = Counter[str]()
    for row in library.rows("stats"):
        facts[row["kind"]] += row["facts"]
    facts.pop("Passage", 0)
    return facts


def suspicions(library: Library) -> list[tuple[str, str, int]]:
    """(title of the plan, address of its audit, how many passages look like facts but were not read), most first, of
    equal ones in the order of the preset `unread`; only plans with such passages."""
    counts = Counter[tuple[str, str]]()
    for row in library.rows("unread"):
        if row["suspicious"]:
            counts[row["plan"], row["plan_id"]] += 1
    return [(plan, plan_address(iri, "audit"), count) for (plan, iri), count in counts.most_common()]


def by_region(library: Library) -> list[tuple[str, dict[str, list[Row]]]]:
    """The plans by province and level, as (name of the province, {'county': rows of the preset `plans`}), sorted by
    name; the level is '' where it is not known. A plan that is in no province is listed under the highest of its
    regions, a plan of the nation under the nation's name; those whose region is not known, or has parents that form a
    circle, come last, under ''."""
    above = {row["region_id"]: row for row in library.rows("regions")}
    grid: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for plan in library.rows("plans"):
        grid[_province(plan["region_id"], above)][plan["level"] or ""].append(plan)
    return sorted(((name, dict(levels)) for name, levels in grid.items()), key=lambda item: (item[0] == "", item[0]))


def _province(region: str | None, above: dict[str, Row]) -> str:
    """The name of the province that the region (id) is or is in: of the region and its parents, as far as `above` (rows
    of regions by id) has them, the highest that is not the nation; for the nation itself the nation's name. '' where
    the region is None or not in `above`, or its parents form a circle."""
    visited: set[str] = set()
    while region in above and region not in visited:
        visited.add(region)
        row = above[region]
        parent = above.get(row["parent_id"] or "")
        if parent is None or parent["level"] == "national":
            return str(row["region"])
        region = row["parent_id"]
    return ""


def newest(state: Desk) -> list[dict[str, Any]]:
    """The MAX_NEW_PLANS (8) plans whose files on this computer were changed last, the last first, without plans whose
    files are not here; where no file is here, those issued last, without plans that have no day of issue. Each is a row
    of the preset `plans` with `when`, the day of the change or issue ("2024-05-31"); plans of one day are in descending
    order of their titles."""
    plans = state.library.rows("plans")
    times = {}
    for record in state.library.store().records():
        try:
            times[record.document] = Path(record.path).stat().st_mtime
        except (OSError, ValueError):
            continue
    dated = [
        {**plan, "when": datetime.fromtimestamp(times[plan["plan_id"]]).date().isoformat()}
        for plan in plans
        if plan["plan_id"] in times
    ] or [{**plan, "when": plan["issued"]} for plan in plans if plan["issued"]]
    return sorted(dated, key=lambda plan: (plan["when"], plan["plan"]), reverse=True)[:MAX_NEW_PLANS]
