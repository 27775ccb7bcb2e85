"""`computed` makes the final rows of a preset from those of its query, for what a query language cannot express, by the
function that the preset's header names. COMPUTE says in which module each function stands."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from ontology.model.store import Scalar

Row = dict[str, Any]  # of a query or a preset, by column
EVIDENCE_COLUMNS = ("file", "start", "end", "page", "quote")  # where the words stand that prove a row, and they


def region_chain(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """One row for each document, from `rows` with one document and one region above its own each, with the columns of
    the first of them. `regions` is added: the names of its region and of all above, sorted and joined with 、; '' for a
    document without a region. `parameters` are not used."""
    merged: dict[str, Row] = {}
    names: dict[str, set[str]] = {}
    for row in rows:
        merged.setdefault(row["document"], row)
        names.setdefault(row["document"], set()).update(
            name for name in (row.get("region"), row.get("above")) if name is not None
        )
    return [{**row, "regions": "、".join(sorted(names[document]))} for document, row in merged.items()]


# The module of each function: it is imported where a preset that needs it runs, for some need networkx.
COMPUTE = {
    "region_chain": "queries.compute",
    "workload": "queries.collaboration",
    "participants": "queries.collaboration",
    "collaboration": "queries.collaboration",
    "collaboration_network": "queries.collaboration",
    "collaboration_over_time": "queries.collaboration",
    "gaps": "queries.alignment",
    "unmatched": "queries.alignment",
    "with_position": "queries.alignment",
    "both_directions": "queries.alignment",
    "escalation": "queries.targets",
    "evolution": "queries.targets",
    "tracking": "queries.targets",
    "diffusion": "queries.diffusion",
    "timeline": "queries.diffusion",
    "joint_issuers": "queries.diffusion",
    "paths": "queries.lineage",
    "influence": "queries.lineage",
    "missing": "queries.lineage",
    "coverage": "queries.lineage",
    "matches": "queries.lineage",
    "comparison": "queries.comparison",
    "joined_parts": "queries.comparison",
}


def computed(name: str, rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """The final rows of a preset: the result of the function of COMPUTE with this name on the rows of the preset's
    query and the values of its parameters. Raises KeyError for an unknown name, and what the function raises (Usage,
    Refused)."""
    function: Callable[[list[Row], Mapping[str, Scalar]], list[Row]] = getattr(import_module(COMPUTE[name]), name)
    return function(rows, parameters)
