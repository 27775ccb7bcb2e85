"""What a store of graphs must offer: the protocol `Store`, the records of loaded files, and the tables that queries
return; and what a store may offer besides: a catalogue of its documents (`Catalogued`), and a stamp that tells whether
it was written to (`Stamped`)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, Protocol, Self, runtime_checkable

from pyoxigraph import Quad

Scalar = str | int | float | bool | None
# A parameter of a query: one value, or several IRIs.
Parameter = Scalar | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The entry of a loaded file: its absolute path, the IRI of its document, which is also that of its named graph,
    the digest of its bytes, and the name and version of the program that read it. The last three are '' where the
    loading of the file was interrupted, or two builds loaded two versions of it."""

    path: str
    document: str
    sha256: str
    generator: str


@dataclass(frozen=True, slots=True)
class Table:
    """The answer of a query: rows of values, in the order of the columns."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[object, ...]]

    def of(self, columns: Sequence[str]) -> "Table":
        """The same rows with these columns alone, in this order. Raises ValueError for a column that the table does not
        have."""
        at = [self.columns.index(name) for name in columns]
        return Table(tuple(columns), [tuple(row[i] for i in at) for row in self.rows])

    def dicts(self) -> Iterator[dict[str, Any]]:
        """Each row as a dict by column."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)


class Store(Protocol):
    """Where graphs are kept: the graphs of plans, each replaced in one step, the shared reference graph, derived
    graphs, and the list of loaded files.

    `language` is the query language of `query`. The store binds parameters; they are never pasted into the text of a
    query. Its methods raise Refused where the store cannot be used.
    """

    language: Literal["sparql", "cypher"]

    def records(self) -> list[Record]:
        """The records of loaded files, sorted by path."""
        ...

    def load(self, plans: Iterable[tuple[Record, bytes]]) -> None:
        """Writes the graph of each file, given as its record and the graph in N-Quads, in place of the graph with the
        same IRI and of the one that the store has for the path, unless another record names that; each in one
        transaction if possible."""
        ...

    def forget(self, paths: Iterable[str]) -> None:
        """Removes the records of the files with these paths, and those of their graphs that no other record names. A
        path without a record is ignored."""
        ...

    def reference(self) -> str | None:
        """The fingerprint of the loaded reference graph; None where there is none."""
        ...

    def load_reference(self, fingerprint: str, quads: Sequence[Quad]) -> None:
        """Replaces the reference graph by these quads, and keeps their fingerprint, which `reference` then returns."""
        ...

    def derived(self) -> dict[str, str]:
        """The fingerprints of the derived graphs, by the names of the graphs ('alignment/0f3a…')."""
        ...

    def load_derived(self, name: str, fingerprint: str | None, quads: Sequence[Quad]) -> None:
        """Replaces the derived graph of this name by these quads, and keeps their fingerprint, which `derived` then
        returns; where that is None, removes the graph. Derived graphs are in neither `records` nor `graphs`."""
        ...

    def query(self, text: str, parameters: Mapping[str, Parameter] | None = None) -> Table:
        """The rows that the query `text` finds; `parameters` has the values of its parameters by name. The values in
        the rows are str, int, bool, Decimal (from Neo4j float), dates as ISO text, and None where a row has no value.
        Raises Usage for a text that is no query of `language`."""
        ...

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs of plans and of the reference graph, sorted; neither derived graphs nor the list
        of loaded files."""
        ...

    def quads(self, graph: str) -> Iterator[Quad]:
        """The quads of the named graph with the IRI `graph`, sorted by `ontology.graph.sort_key`; none for a graph that
        the store does not have."""
        ...

    def dump(self, graph: str) -> bytes:
        """The triples of the named graph with the IRI `graph` as N-Triples, in any order; b'' for a graph that the
        store does not have."""
        ...

    def close(self) -> None:
        """Writes what has not been written yet, and releases the store."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


@runtime_checkable
class Catalogued(Protocol):
    """A store that keeps a catalogue of its documents, so that a part of a title is found without a query that reads
    all titles."""

    per_document: bool
    """Whether a few documents are queried one by one, with the document's IRI in place of ?doc, so that the engine
    reads no other graph, instead of all in one query."""

    def documents_named(self, given: Mapping[str, str]) -> dict[str, str] | None:
        """The file names of documents, by their IRIs, that match all values of `given`. A key that is missing or has
        the value '' restricts nothing: {} names all documents. None where the store must be queried.

        - `plan`: a part of the document's title, file name or region's name; the code of the region; or the IRI of the
          document, of its policy or of its region
        - `region`: a part of the region's name, its code or its IRI
        - `document`: the beginning of the document's IRI

        Case counts. They may be more than the filters of a preset keep, never fewer. Raises KeyError for another key
        with a value."""
        ...


@runtime_checkable
class Stamped(Protocol):
    """A store that can tell whether it was written to: `stamp` changes whenever something in the store does."""

    stamp: str | None
    """The same as long as nothing is written; None where that cannot be told."""
