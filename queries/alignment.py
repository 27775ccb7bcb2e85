"""Functions of presets on what a lower plan did with an upper one: tasks that it left out, and the share of text that
two plans have in common.

Each function is named in a preset's header. It gets the rows of the preset's query and the values of the preset's
parameters, and returns the preset's final rows.
"""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ontology.model.store import Scalar
from queries.compute import Row

STRONG_KINDS = frozenset({"copied", "adapted"})
# From this similarity on a task and its nearest, if they are nearest for each other, may be the same measure.
PERHAPS = Decimal("0.2")


def gaps(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """The tasks of a plan that another plan neither copied nor adapted, without those that it `perhaps` did
    (`_unmatched`). `parameters` are not used."""
    return [row for row in _unmatched(rows) if not row["perhaps"]]


def unmatched(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """The tasks of a plan that another plan neither copied nor adapted (`_unmatched`), with what their plan is to the
    other (`with_position`). `parameters` are not used."""
    return with_position(_unmatched(rows), parameters)


def _unmatched(rows: list[Row]) -> list[Row]:
    """The tasks of a plan that are neither copied nor adapted in another, one row for each task and comparison with the
    columns of `rows` and three more. `rows` has a row for each task and each counterpart of it in the other plan, or
    one row for a task without any; a task with a counterpart whose `counterpart_kind` is "copied" or "adapted" is left
    out. `nearest` and `nearest_score` are the label and the similarity (0 to 1) of the most similar counterpart that is
    a task, of equally similar ones the last by label, None where there is none. `perhaps` says whether it is perhaps
    taken up there: the similarity is at least PERHAPS (0.20), and no other task is as similar to that counterpart."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    similar: dict[tuple[Any, ...], dict[str, Any]] = defaultdict(dict)
    for row in rows:
        groups[row["comparison"], row["task_id"]].append(row)
        if row["counterpart_label"] is not None:
            similar[row["comparison"], row["counterpart_id"]][row["task_id"]] = row["counterpart_score"]
    result = []
    for group in groups.values():
        if any(row["counterpart_kind"] in STRONG_KINDS for row in group):
            continue
        near = [row for row in group if row["counterpart_label"] is not None]
        best = max(near, key=lambda row: (row["counterpart_score"], row["counterpart_label"]), default=None)
        found = {
            "nearest": best and best["counterpart_label"],
            "nearest_score": best and best["counterpart_score"],
            "perhaps": best is not None and _for_each_other(best, similar[best["comparison"], best["counterpart_id"]]),
        }
        result.append(group[0] | found)
    return result


def _for_each_other(row: Row, similar: Mapping[str, Any]) -> bool:
    """Whether the similarity of the row's task and counterpart is at least PERHAPS, and greater than that of any other
    task to this counterpart; `similar` has the similarity of each task to this counterpart by the task's id."""
    score = row["counterpart_score"]
    others = (value for task, value in similar.items() if task != row["task_id"])
    return bool(score >= PERHAPS and score > max(others, default=0))


def with_position(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """The rows with a column more, `position`: what the row's plan is to the other one (`_position`). `parameters` are
    not used."""
    return [row | {"position": _position(row["plan_order"], row["plan_id"] == row["upper_plan_id"])} for row in rows]


def _position(order: str | None, first: bool) -> str | None:
    """What a plan is to the one that it was compared with: "upper" or "lower", or where time decided "earlier" or
    "later"; None where neither is known. `order` is that of the comparison, and `first` says whether the plan is its
    upper one."""
    if order is None:
        return None
    return ("earlier" if first else "later") if order == "earlier" else ("upper" if first else "lower")


def both_directions(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """Two rows for each of `rows`, which has one row for two compared plans, with columns that begin with upper_ and
    lower_: one row with the upper plan as `plan` and the lower as `other_plan`, one with the lower as `plan`.
    `position` says what `plan` is to the other (`_position`); `share`, from 0 to 1, is the part of the text of its
    tasks that also stands in the other plan, `other_share` the reverse. The other columns are the file, the region and
    the id of each plan, `relation` and `rule`. A row is left out where its own `share` is below the parameter `least`
    (per cent, 0 by default)."""
    least = Decimal(str(parameters.get("least") or 0)) / 100
    directed = []
    for row in rows:
        for side, other in (("upper", "lower"), ("lower", "upper")):
            columns = {key: row[f"{side}_{key}"] for key in ("plan", "file", "region", "plan_id", "share")}
            columns |= {f"other_{key}": row[f"{other}_{key}"] for key in ("plan", "file", "region", "plan_id", "share")}
            if Decimal(str(columns["share"])) >= least:
                position = _position(row["plan_order"], side == "upper")
                directed.append(columns | {"relation": row["relation"], "position": position, "rule": row["rule"]})
    return directed
