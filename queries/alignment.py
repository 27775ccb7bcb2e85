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


def gaps(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """The tasks of an upper plan that a lower plan neither copied nor adapted, one row for each task and comparison
    with the columns of `rows` and two more. `rows` has a row for each task and each counterpart of it in the lower
    plan, or one row for a task without any; a task with a counterpart whose `counterpart_kind` is "copied" or "adapted"
    is left out. `nearest` and `nearest_score` are the label and the similarity (0 to 1) of the most similar
    counterpart, of equally similar ones the last by label, None where the task has none. `parameters` are not used."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["comparison"], row["task_id"]].append(row)
    unmatched = []
    for group in groups.values():
        if any(row["counterpart_kind"] in STRONG_KINDS for row in group):
            continue
        near = [row for row in group if row["counterpart_label"] is not None]
        best = max(near, key=lambda row: (row["counterpart_score"], row["counterpart_label"]), default=None)
        unmatched.append(
            group[0]
            | {
                "nearest": best and best["counterpart_label"],
                "nearest_score": best and best["counterpart_score"],
            }
        )
    return unmatched


def both_directions(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """Two rows for each of `rows`, which has one row for two compared plans, with columns that begin with upper_ and
    lower_: one row with the upper plan as `plan` and the lower as `other_plan`, one with the lower as `plan`.
    `position` says which of the two `plan` is ("upper" or "lower"); `share`, from 0 to 1, is the part of the text of
    its tasks that also stands in the other plan, `other_share` the reverse. The other columns are the file, the region
    and the id of each plan, `relation` and `rule`. A row is left out where its own `share` is below the parameter
    `least` (per cent, 0 by default)."""
    least = Decimal(str(parameters.get("least") or 0)) / 100
    directed = []
    for row in rows:
        for side, other in (("upper", "lower"), ("lower", "upper")):
            columns = {key: row[f"{side}_{key}"] for key in ("plan", "file", "region", "plan_id", "share")}
            columns |= {f"other_{key}": row[f"{other}_{key}"] for key in ("plan", "file", "region", "plan_id", "share")}
            if Decimal(str(columns["share"])) >= least:
                directed.append(columns | {"relation": row["relation"], "position": side, "rule": row["rule"]})
    return directed
