"""The rows of one version of a plan: of a file, which is read, or of a plan of a store."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.builder import load_reference
from kg.builder.jobs import FileJob, read_graph
from kg.builder.workers import answer_of
from kg.diff.changes import COMPARED_KINDS
from kg.stores.oxigraph import OxigraphStore
from ontology.iris import DEFAULT_BASE, Iris
from ontology.json_lines import json_value
from ontology.model.errors import Refused
from ontology.model.store import Store
from queries.presets import preset

RowsByPreset = dict[str, Sequence[dict[str, Any]]]


def rows_of_file(job: FileJob) -> RowsByPreset:
    """The rows of a file by preset; it is read as for a build without corrections. Raises Refused where it cannot be
    read or has no plan."""
    store = OxigraphStore(Path("memory"), ox.Store(), Iris(DEFAULT_BASE).reference(), True)
    load_reference(store, DEFAULT_BASE)
    document, nquads = answer_of(read_graph, job)
    store.inner.load(nquads, format=ox.RdfFormat.N_QUADS)
    return _rows(store, document)


def rows_of_plan(store: Store, plan: str) -> RowsByPreset:
    """The rows, by preset, of the only plan that has `plan` in its title or file name, or as its id; a complete title
    or name comes before parts of others. Raises Refused where there is none, or several."""
    table = preset("plans").run(store)
    rows = [
        dict(zip(table.columns, ("" if cell is None else str(cell) for cell in row), strict=True)) for row in table.rows
    ]
    found = [row for row in rows if plan in (row["plan"], row["file"], row["plan_id"])] or [
        row for row in rows if plan in row["plan"] or plan in row["file"]
    ]
    if len(found) != 1:
        raise Refused(f"{plan}: no such file, and {len(found)} plans of the store with this title or file name")
    return _rows(store, found[0]["plan_id"])


def _rows(store: Store, document: str) -> RowsByPreset:
    """The rows of the document (IRI) in each preset of COMPARED_KINDS."""
    found: RowsByPreset = {}
    for name, _ in COMPARED_KINDS.values():
        table = preset(name).run(store)
        every = [dict(zip(table.columns, map(json_value, row), strict=True)) for row in table.rows]
        found[name] = [row for row in every if row["plan_id"] == document]
    return found
