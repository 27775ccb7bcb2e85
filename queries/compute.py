"""What a query language cannot say: functions from a preset's rows to its final rows, named in preset headers."""

from collections.abc import Callable, Mapping
from typing import Any

from ontology.model.store import Scalar
from queries.collaboration import collaboration, collaboration_network, participants, workload
from queries.comparison import comparison, joined_parts
from queries.lineage import coverage, influence, matches, missing, paths

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
    "paths": paths,
    "influence": influence,
    "missing": missing,
    "coverage": coverage,
    "matches": matches,
    "comparison": comparison,
    "joined_parts": joined_parts,
}
