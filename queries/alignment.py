"""What a lower plan did with an upper one: gaps, own additions, and the share of text that two plans have in common.

Each function is named in a preset's header. The rows that it gets are those of the preset's query.
"""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ontology.model.store import Scalar

Row = dict[str, Any]
STRONG = frozenset({"copied", "adapted"})


def gaps(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """Rows of one task and one counterpart (or none) -> one row for each task of which no counterpart is a copy or an
    adaptation (`counterpart_kind` copied or adapted). `nearest` and `nearest_score` are the label and the similarity of
    the most similar counterpart, None where the task has none."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["comparison"], row["task_id"]].append(row)
    found = []
    for group in groups.values():
        if any(row["counterpart_kind"] in STRONG for row in group):
            continue
        near = [row for row in group if row["counterpart_label"] is not None]
        best = max(near, key=lambda row: (row["counterpart_score"], row["counterpart_label"]), default=None)
        found.append(
            group[0]
            | {
                "nearest": best and best["counterpart_label"],
                "nearest_score": best and best["counterpart_score"],
            }
        )
    return found


def both_directions(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """A row for two plans -> a row for each of the two: `share` is the share of its tasks' text, from 0 to 1, that the
    other has (`other_plan`; `other_share` is that of the other), `position` whether it is the "upper" or the "lower"
    plan. Rows with a smaller share than the parameter `least` (per cent) are left out."""
    least = Decimal(str(parameters.get("least") or 0)) / 100
    found = []
    for row in rows:
        for side, other in (("upper", "lower"), ("lower", "upper")):
            turned = {key: row[f"{side}_{key}"] for key in ("plan", "file", "region", "plan_id", "share")}
            turned |= {f"other_{key}": row[f"{other}_{key}"] for key in ("plan", "file", "region", "plan_id", "share")}
            if Decimal(str(turned["share"])) >= least:
                found.append(turned | {"relation": row["relation"], "position": side, "rule": row["rule"]})
    return found
