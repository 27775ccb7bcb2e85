"""What an export takes from a store, and how it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ontology.model.errors import Refused
from ontology.model.store import Store
from queries.presets import preset


@dataclass(frozen=True, slots=True)
class Options:
    """`plan` is part of a plan's title or file name, `region` a region's name, which takes in all below it.

    `evidence` keeps quotes and offsets, `text` the texts of the documents; `ontology` adds the ontology's own
    triples to RDF; `bom` marks CSV as UTF-8 for Excel. `licence` goes into the description of the data set,
    which `describe` adds. `pages` are the addresses of pages with the plans' texts, by file, that a workbook links to.
    """

    plan: str | None = None
    region: str | None = None
    evidence: bool = True
    ontology: bool = False
    describe: bool = False
    bom: bool = False
    licence: str | None = None
    text: bool = True
    pages: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ExportedDocument:
    """A plan's file: the name of its graph, the plan's title, the file's name, the plan's IRI, its date of issue."""

    graph: str
    title: str
    file: str
    plan: str
    issued: str | None


@dataclass(frozen=True, slots=True)
class ExportSelection:
    """The documents to export, sorted by graph, and the reference graph where the store has one."""

    documents: tuple[ExportedDocument, ...]
    reference: str | None
    options: Options

    @property
    def graphs(self) -> list[str]:
        """The IRIs of the selected plans' graphs."""
        return [document.graph for document in self.documents]

    @property
    def plans(self) -> frozenset[str]:
        """The IRIs of the plans whose text is exported."""
        return frozenset(document.plan for document in self.documents)

    def each(self) -> "list[ExportSelection]":
        """A selection for each document by itself."""
        return [replace(self, documents=(document,)) for document in self.documents]


def select(store: Store, options: Options) -> ExportSelection:
    """The documents and the reference graph that the options select; raises Refused where there are none."""
    table = preset("documents").run(store)
    rows: list[dict[str, Any]] = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    wanted = [
        row
        for row in rows
        if (not options.plan or options.plan in row["plan"] or options.plan in row["file"])
        and (not options.region or options.region in (row["regions"] or "").split("、"))
    ]
    if not wanted:
        what = f"plan {options.plan!r}" if options.plan else f"region {options.region!r}" if options.region else "plan"
        raise Refused(f"nothing to export: the store holds no {what}; 'kg query plans' lists what it holds")
    documents = {row["document"] for row in rows}
    reference = next((graph for graph in store.graphs() if graph not in documents), None)
    keys = ("document", "plan", "file", "policy_id", "issued")
    found = {row["document"]: ExportedDocument(*(row[key] for key in keys)) for row in wanted}
    return ExportSelection(tuple(found[graph] for graph in sorted(found)), reference, options)
