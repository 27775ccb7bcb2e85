"""What an export takes from a store, and how it is written apart from the format; and the documents that this
selects."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ontology.model.errors import Refused
from ontology.model.store import Store
from queries.presets import preset

EVIDENCE_KEYS = ("quote", "start", "end", "page", "cue")


@dataclass(frozen=True, slots=True)
class Options:
    """What to export. `plan` is part of a plan's title or file name, `region` the full name of a region, which includes
    all regions below it; None or '' means all.

    `evidence` keeps quotes, offsets, pages and cues; the texts of the documents are kept only where both `evidence` and
    `text` are set. `ontology` adds the ontology's own triples to RDF and JSON-LD; `describe` adds the description of
    the data set; `bom` begins the files of the format csv with a byte order mark, by which Excel knows UTF-8. `licence`
    is the licence that the description names: an address, a name of the SPDX list (CC-BY-4.0) or other words, None for
    none. `pages` are the addresses of pages with the plans' texts, by file name, to which a workbook links.
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

    @property
    def left_out(self) -> tuple[str, ...]:
        """The keys of the properties that the export lacks: EVIDENCE_KEYS without `evidence`, else none."""
        return () if self.evidence else EVIDENCE_KEYS


@dataclass(frozen=True, slots=True)
class ExportedDocument:
    """A plan's file: the IRI of its graph, the plan's title, the file's name, the IRI of the policy that the plan is
    (`plan`), its ISO date of issue (None where it is not known)."""

    graph: str
    title: str
    file: str
    plan: str
    issued: str | None


@dataclass(frozen=True, slots=True)
class ExportSelection:
    """The documents to export, sorted by graph, and the IRI of the reference graph, None where the store has none.
    `options` are those by which they were selected."""

    documents: tuple[ExportedDocument, ...]
    reference: str | None
    options: Options

    @property
    def graphs(self) -> list[str]:
        """The IRIs of the selected documents' graphs, sorted."""
        return [document.graph for document in self.documents]

    @property
    def all_graphs(self) -> list[str]:
        """The IRIs of the selected documents' graphs and of the reference graph, if there is one, sorted."""
        return sorted([*self.graphs, *([self.reference] if self.reference else [])])

    @property
    def plans(self) -> frozenset[str]:
        """The IRIs of the plans whose documents are selected."""
        return frozenset(document.plan for document in self.documents)

    def each(self) -> "list[ExportSelection]":
        """For each document a selection that has it alone."""
        return [replace(self, documents=(document,)) for document in self.documents]


def select(store: Store, options: Options) -> ExportSelection:
    """The documents that the options select, each once: those whose plan's title or file's name contains
    `options.plan`, and of which a region, their own or one above it, has exactly the name `options.region`; None or ''
    sets no condition. With them goes the reference graph, the first graph of the store that is no document's, None
    where there is none. Raises Refused where no document is selected; the message names `options.plan`, or where that
    is not set the region."""
    rows = list(preset("documents").run(store).dicts())
    chosen = [
        row
        for row in rows
        if (not options.plan or options.plan in row["plan"] or options.plan in row["file"])
        and (not options.region or options.region in (row["regions"] or "").split("、"))
    ]
    if not chosen:
        what = f"plan {options.plan!r}" if options.plan else f"region {options.region!r}" if options.region else "plan"
        raise Refused(f"nothing to export: the store holds no {what}; 'kg query plans' lists what it holds")
    documents = {row["document"] for row in rows}
    reference = next((graph for graph in store.graphs() if graph not in documents), None)
    keys = ("document", "plan", "file", "policy_id", "issued")
    chosen_documents = {row["document"]: ExportedDocument(*(row[key] for key in keys)) for row in chosen}
    return ExportSelection(tuple(chosen_documents[graph] for graph in sorted(chosen_documents)), reference, options)
