"""What a query language cannot say: functions from a preset's rows to its final rows, named in preset headers."""

from collections.abc import Callable, Mapping
from typing import Any

from ontology.model.store import Scalar
from queries.alignment import both_directions, gaps
from queries.collaboration import (
    collaboration,
    collaboration_network,
    collaboration_over_time,
    participants,
    workload,
)
from queries.comparison import comparison, joined_parts
from queries.diffusion import diffusion, joint_issuers, timeline
from queries.lineage import coverage, influence, matches, missing, paths
from queries.targets import escalation, evolution, tracking

Row = dict[str, Any]


def region_chain(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """Rows of one document (region, above) -> one row, `regions` with its region and all above, joined with 、."""
    merged: dict[str, Row] = {}
    names: dict[str, set[str]] = {}
    for row in rows:
        merged.setdefault(row["document"], row)
        names.setdefault(row["document"], set()).update(
            name for name in (row.get("region"), row.get("above")) if name is not None
        )
    return [{**row, "regions": "、".join(sorted(names[document]))} for document, row in merged.items()]


COMPUTE: dict[str, Callable[[list[Row], Mapping[str, Scalar]], list[Row]]] = {
    "region_chain": region_chain,
    "workload": workload,
    "participants": participants,
    "collaboration": collaboration,
    "collaboration_network": collaboration_network,
    "collaboration_over_time": collaboration_over_time,
    "gaps": gaps,
    "both_directions": both_directions,
    "escalation": escalation,
    "evolution": evolution,
    "tracking": tracking,
    "diffusion": diffusion,
    "timeline": timeline,
    "joint_issuers": joint_issuers,
    "paths": paths,
    "influence": influence,
    "missing": missing,
    "coverage": coverage,
    "matches": matches,
    "comparison": comparison,
    "joined_parts": joined_parts,
}
