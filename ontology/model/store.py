"""What a store of graphs must offer: the protocol `Store`, the records of loaded files, and the tables that queries
return."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Protocol, Self, runtime_checkable

from pyoxigraph import Quad

Scalar = str | int | float | bool | None
# A parameter of a query: one value, or several IRIs.
Parameter = Scalar | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A loaded file: `document` is the IRI of its named graph, `generator` the program that read it."""

    path: str
    document: str
    sha256: str
    generator: str


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a query."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[object, ...]]

    def of(self, columns: Sequence[str]) -> "Table":
        """The same rows with these columns alone, in this order."""
        at = [self.columns.index(name) for name in columns]
        return Table(tuple(columns), [tuple(row[i] for i in at) for row in self.rows])


class Store(Protocol):
    """Where graphs are kept: the graphs of plans, each replaced in one step, the shared reference graph, derived
    graphs, and the list of loaded files.

    `language` is the query language of `query`. The store binds parameters; they are never pasted into the text of a
    query.
    """

    language: Literal["sparql", "cypher"]

    def records(self) -> list[Record]:
        """The records of loaded files, sorted by path."""
        ...

    def load(self, plans: Iterable[tuple[Record, bytes]]) -> None:
        """Writes the graph of each file (N-Quads), replacing that of its path, each in one transaction if possible."""
        ...

    def forget(self, paths: Iterable[str]) -> None:
        """Removes the records of these paths, and each graph that no other record names."""
        ...

    def reference(self) -> str | None:
        """The fingerprint of the loaded reference graph; None where there is none."""
        ...

    def load_reference(self, fingerprint: str, quads: Sequence[Quad]) -> None:
        """Replaces the reference graph by these quads, and remembers their fingerprint, which `reference` returns."""
        ...

    def derived(self) -> dict[str, str]:
        """The fingerprints of the derived graphs by name."""
        ...

    def load_derived(self, name: str, fingerprint: str | None, quads: Sequence[Quad]) -> None:
        """Replaces the derived graph of this name; with no fingerprint removes it.

        Derived graphs are no plan's: they are in no `records`, and `graphs` leaves them out.
        """
        ...

    def query(self, text: str, parameters: Mapping[str, Parameter] | None = None) -> Table:
        """Rows of a query; terms become Python values (str, int, Decimal, date as ISO text, None)."""
        ...

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted; the list of what was loaded is none of them."""
        ...

    def quads(self, graph: str) -> Iterator[Quad]:
        """The quads of one named graph, sorted by `ontology.graph.sort_key`."""
        ...

    def dump(self, graph: str) -> bytes:
        """The triples of one named graph as N-Triples, in any order."""
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
    """An optional method of a store, for query engines that would read all titles to find a part of one."""

    def documents_named(self, given: Mapping[str, str]) -> dict[str, str] | None:
        """The file name by IRI of the documents that match all of the values of `plan`, `region` and `document`.

        They may be more than the filters of a preset keep, never fewer. None where the store has to be queried.
        """
        ...


@runtime_checkable
class Stamped(Protocol):
    """An optional attribute of a store: a value that changes whenever something in the store does."""

    stamp: str | None
    """The same as long as nothing is written; None where that cannot be told."""
