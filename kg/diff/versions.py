"""The rows of one version of a plan: of a file, which is read, or of a plan of a store."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.builder import load_reference
from kg.builder.jobs import FileJob, read_graph
from kg.builder.workers import answer_of
from kg.diff.changes import COMPARED_KINDS
from kg.documents import rows_named
from kg.stores.oxigraph import OxigraphStore
from ontology.iris import DEFAULT_BASE, Iris
from ontology.json_lines import json_rows
from ontology.model.errors import Refused
from ontology.model.store import Store
from queries.presets import preset

RowsByPreset = dict[str, Sequence[dict[str, Any]]]


def rows_of_file(job: FileJob) -> RowsByPreset:
    """The rows of a file in each preset of COMPARED_KINDS, by preset; the file is read by a process of its own as for a
    build without corrections. Raises Refused where it cannot be read or has no plan."""
    store = OxigraphStore(Path("memory"), ox.Store(), Iris(DEFAULT_BASE).reference(), True)
    load_reference(store, DEFAULT_BASE)
    document, nquads = answer_of(read_graph, job)
    store.inner.load(nquads, format=ox.RdfFormat.N_QUADS)
    return _rows(store, document)


def rows_of_plan(store: Store, plan: str) -> RowsByPreset:
    """The rows of the only plan of the store that `plan` names in each preset of COMPARED_KINDS, by preset. `plan` is
    the plan's title or file name, or, where no plan has it, a part of one of these, or the document's IRI. Raises
    Refused where it names none, or several."""
    named = rows_named(preset("plans").run(store).dicts(), plan)
    if len(named) != 1:
        raise Refused(f"{plan}: no such file, and {len(named)} plans of the store with this title or file name")
    return _rows(store, str(named[0]["plan_id"]))


def _rows(store: Store, document: str) -> RowsByPreset:
    """The rows of the document (IRI) in each preset of COMPARED_KINDS, by preset, each a dict by column with decimal
    numbers as int or float."""
    rows_by_preset: RowsByPreset = {}
    for name, _ in COMPARED_KINDS.values():
        rows = json_rows(preset(name).run(store))
        rows_by_preset[name] = [row for row in rows if row["plan_id"] == document]
    return rows_by_preset
