"""A SPARQL 1.1 endpoint as a store: query and update by the SPARQL Protocol, loading by the Graph Store Protocol.

The store's address is that of queries. These variables of the environment give what cannot be derived from it:
$KG_UPDATE_URL, $KG_GRAPH_STORE_URL (empty: load by updates), $KG_SPARQL_USERNAME and $KG_SPARQL_PASSWORD with
$KG_SPARQL_AUTH (basic or digest), $KG_SPARQL_TOKEN (bearer), $KG_SPARQL_TIMEOUT (seconds), $KG_SPARQL_PAGE (the number
of rows after which the server cuts an answer without reporting it, where this is no multiple of 100).
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf
from uuid import uuid4

import pyoxigraph as ox

from kg.closing import Closing
from kg.stores.binding import bind
from kg.stores.cache import cache_path
from kg.stores.catalogue import documents_after_update, documents_named
from kg.stores.endpoint import Endpoint
from kg.stores.state import (
    DOCUMENT,
    DOCUMENTS_NODE,
    PENDING,
    STATE,
    VERSION,
    check_base,
    derived_quads,
    documents,
    fingerprint_quads,
    pending_quads,
    read_derived,
    read_fingerprint,
    read_records,
    record_node,
    record_quads,
)
from kg.stores.terms import canonical, data_block, ntriples, python_value, triples_table, truth_table
from ontology.graph import sort_key
from ontology.iris import DEFAULT_BASE, Iris
from ontology.model.store import Parameter, Record, Table
from ontology.schema import schema

CONCEPT_SCHEME = ox.NamedNode("http://www.w3.org/2004/02/skos/core#ConceptScheme")
# A catalogue is made so many seconds after the last write, so that none is made again and again while a build writes.
SETTLED_SECONDS = 60.0
_VERSION = f"GRAPH {STATE} {{ {DOCUMENTS_NODE} {VERSION} ?version }}"
_FORGET_VERSION = f"DELETE {{ {_VERSION} }} WHERE {{ {_VERSION} }}"
# One request: versions, documents that are being written, and the number of documents.
_STATE_OF_DOCUMENTS = f"""SELECT ?version ?pending ?count {{
  {{ {_VERSION} }} UNION {{ GRAPH {STATE} {{ ?file {PENDING} ?pending }} }}
  UNION {{ SELECT (COUNT(*) AS ?count) {{ GRAPH ?doc {{ ?doc {schema().properties["file"].iri} ?name }} }} }}
}}"""


@dataclass(slots=True)
class SparqlStore(Closing):
    """A SPARQL endpoint as a store. The methods are those of `ontology.model.store.Store`; `base` is the IRI below
    which the store's IRIs are.

    No transaction spans several requests, so a plan's graph is first announced in the list of loaded files, then
    uploaded, then recorded. A graph that an interrupted build announced is replaced or deleted by the next build of
    that file. The list has a version, a text that no other state of it has: it is deleted before a plan's graph is
    written, and written anew last."""

    endpoint: Endpoint
    base: str
    language: OneOf["sparql", "cypher"] = "sparql"

    @property
    def per_document(self) -> bool:
        """Whether presets are to ask about a few documents one by one, with a query that reads the graph of one alone,
        and not about all in one query (`ontology.model.store.Catalogued`): False once a Virtuoso server has
        answered."""
        return not self.endpoint.virtuoso

    @classmethod
    def open(cls, address: str, *, write: bool = False) -> "SparqlStore":
        """The store whose queries are answered at `address`; a query is sent there to see whether the server answers.
        Raises Refused where the server does not answer, or without `write` where all of its plans were built with
        another base of IRIs; Usage for a wrong address, a wrong setting (`Endpoint.of`), or a server that cannot read
        the query."""
        store = cls(Endpoint.of(address), DEFAULT_BASE)
        try:
            loaded = store.endpoint.select(
                f"SELECT ?document {{ GRAPH {STATE} {{ ?file {DOCUMENT} ?document }} }} "
                f"ORDER BY DESC(STRSTARTS(STR(?document), {ox.Literal(store.base)})) LIMIT 1"  # ours, if there is one
            )
            if not write and isinstance(loaded, tuple):
                check_base(address, (term.value for (term,) in loaded[1] if isinstance(term, ox.NamedNode)))
        except BaseException:
            store.close()
            raise
        return store

    def records(self) -> list[Record]:
        return read_records(self.quads(STATE.value))

    def load(self, plans: Iterable[tuple[Record, bytes]]) -> None:
        for record, nquads in plans:
            quads = list(ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
            entries = self._entries(record.path)
            self._replace([], [], pending_quads(record), _FORGET_VERSION)
            self.endpoint.put(record.document, quads)
            stale = documents(entries) - {ox.NamedNode(record.document)}
            announced = [quad for quad in pending_quads(record) if quad not in record_quads(record)]
            free = self._free(stale, {record_node(record.path)})
            self._replace(free, [*entries, *announced], record_quads(record), _FORGET_VERSION, _new_version())

    def forget(self, paths: Iterable[str]) -> None:
        nodes = {record_node(path) for path in paths}
        entries = [quad for quad in self.quads(STATE.value) if quad.subject in nodes]
        self._replace(self._free(documents(entries), nodes), entries, [], _FORGET_VERSION, _new_version())

    def reference(self) -> str | None:
        return read_fingerprint(self.quads(STATE.value))

    def load_reference(self, fingerprint: str, quads: Sequence[ox.Quad]) -> None:
        old = [quad for quad in self.quads(STATE.value) if quad.subject == fingerprint_quads("")[0].subject]
        self._replace([], old, [])
        self.endpoint.put(Iris(self.base).reference().value, quads)
        self._replace([], [], fingerprint_quads(fingerprint))

    def derived(self) -> dict[str, str]:
        return {name: fingerprint for name, (fingerprint, _) in read_derived(self.quads(STATE.value)).items()}

    def load_derived(self, name: str, fingerprint: str | None, quads: Sequence[ox.Quad]) -> None:
        """Replaces the derived graph of this name by the quads, which are of one graph; only deletes it where there is
        no fingerprint or are no quads. Its entry in the list is deleted first and written last, so that after an
        interruption the graph is made again."""
        old = read_derived(self.quads(STATE.value)).get(name)
        if old:
            self._replace([ox.NamedNode(old[1])], derived_quads(name, *old), [])
        if fingerprint is not None and quads:
            graph = quads[0].graph_name.value  # type: ignore[union-attr]
            self.endpoint.put(graph, quads)
            self._replace([], [], derived_quads(name, fingerprint, graph))

    def query(self, text: str, parameters: Mapping[str, Parameter] | None = None) -> Table:
        answer = self.endpoint.select(bind(text, parameters or {}))
        if isinstance(answer, bool):
            return truth_table(answer)
        if isinstance(answer, list):
            return triples_table(answer)
        names, rows = answer
        return Table(names, [tuple(python_value(term) for term in row) for row in rows])

    def documents_named(self, given: Mapping[str, str]) -> dict[str, str] | None:
        """The file names by IRI of the documents that match all values of `given`, which are parts of names or
        identifiers by the parameter `plan`, `region` or `document` (`kg.stores.catalogue.documents_named`), by a
        catalogue in the user's cache. A catalogue that is missing or not up to date is made first, unless the list of
        loaded files was written in the last SETTLED_SECONDS (60). None where there is then no catalogue that is up to
        date, and where the list has no version or announces a graph."""
        stamp = self._stamp()
        if stamp is None:
            return None
        path = cache_path(f"{self.endpoint.queries} {self.endpoint.user}", "catalogue").absolute()
        if not _settled(stamp):
            return documents_named(path, stamp, given)
        return documents_after_update(path, self.query, stamp, given, lambda: self._stamp() == stamp)

    def _stamp(self) -> str | None:
        """A text that changes with the list of loaded files: its versions, sorted, of which two builds at once may
        leave several, and the number of documents, with blanks between: '1735689600-3f… 412'. None where the list has
        no version, or where it announces a document, because that is being written or a build was interrupted."""
        table = self.query(_STATE_OF_DOCUMENTS)
        versions = sorted(str(version) for version, _, _ in table.rows if version is not None)
        if not versions or any(pending is not None for _, pending, _ in table.rows):
            return None
        (count,) = [count for _, _, count in table.rows if count is not None]
        return f"{' '.join(versions)} {count}"

    def graphs(self) -> list[str]:
        """The IRIs, sorted, of the graphs of plans and of the reference graph that are below `base`: those that contain
        a document or a SKOS scheme, because Virtuoso takes seconds to list its graphs."""
        plans, reference = f"?g a {schema().classes['Document']}", f"?s a {CONCEPT_SCHEME}"
        table = self.query(
            f"SELECT DISTINCT ?g {{ {{ GRAPH ?g {{ {plans} }} }} UNION {{ GRAPH ?g {{ {reference} }} }} }}"
        )
        return sorted(str(row[0]) for row in table.rows if str(row[0]).startswith(self.base))

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        name = ox.NamedNode(graph)
        return iter(sorted(set(self._select(f"GRAPH {name} {{ ?s ?p ?o }}", name)), key=sort_key))

    def dump(self, graph: str) -> bytes:
        return ntriples(self.quads(graph))

    def close(self) -> None:
        self.endpoint.close()

    def _select(self, pattern: str, graph: ox.NamedNode) -> list[ox.Quad]:
        """The solutions of the SPARQL pattern, which binds ?s, ?p and ?o and names by GRAPH where it looks, as quads of
        the named graph `graph`, which restricts nothing, with terms as they were stored (`canonical`)."""
        answer = self.endpoint.select(f"SELECT ?s ?p ?o {{ {pattern} }}")
        assert isinstance(answer, tuple)
        return [ox.Quad(*map(canonical, row), graph) for row in answer[1]]  # type: ignore[arg-type, call-arg]

    def _entries(self, path: str) -> list[ox.Quad]:
        """The quads of the file at the path in the list of loaded files; none for one that is neither loaded nor
        announced."""
        node = record_node(path)
        return self._select(f"GRAPH {STATE} {{ ?s ?p ?o FILTER(?s = {node}) }}", STATE)

    def _free(self, graphs: set[ox.NamedNode], holders: set[ox.NamedNode]) -> list[ox.NamedNode]:
        """Those of the graphs to which no loaded file will refer when the files with the nodes `holders` are removed
        from the list; sorted by IRI. The server is asked only where there are graphs."""
        if not graphs:
            return []
        names = ", ".join(map(str, graphs))
        entries = self._select(f"GRAPH {STATE} {{ ?s ?p ?o FILTER(?p = {DOCUMENT} && ?o IN ({names})) }}", STATE)
        used = {quad.object for quad in entries if quad.subject not in holders}
        return sorted((graph for graph in graphs if graph not in used), key=str)

    def _replace(
        self,
        graphs: Sequence[ox.NamedNode],
        remove: Sequence[ox.Quad],
        add: Sequence[ox.Quad],
        before: str = "",
        after: str = "",
    ) -> None:
        """Sends one request that makes these changes in this order: the update `before`, graphs deleted, quads removed,
        quads added, the update `after`. '' is no update; no request is sent where there is no change."""
        steps = [before] if before else []
        steps += [f"DROP SILENT GRAPH {graph}" for graph in graphs]
        steps += [f"DELETE DATA {{ {data_block(remove)} }}"] if remove else []
        steps += [f"INSERT DATA {{ {data_block(add)} }}"] if add else []
        steps += [after] if after else []
        if steps:
            self.endpoint.update(" ;\n".join(steps))


def _new_version() -> str:
    """An update that adds a version to the list that it has not had: the time in whole seconds since 1970 and a random
    text."""
    version = ox.Literal(f"{int(time.time())}-{uuid4().hex}")
    return f"INSERT DATA {{ {data_block([ox.Quad(DOCUMENTS_NODE, VERSION, version, STATE)])} }}"


def _settled(stamp: str) -> bool:
    """Whether the time with which the stamp (`SparqlStore._stamp`) begins, that of a write of the list, is at least
    SETTLED_SECONDS (60) before or after now; True for a stamp that does not begin with a time.

    A clock that is wrong delays the catalogue, or has it made in vain; it makes none wrong. A time that is a little
    ahead is that of a writer whose clock is.
    """
    seconds = stamp.partition("-")[0]
    return not (seconds.isascii() and seconds.isdecimal()) or abs(time.time() - int(seconds)) >= SETTLED_SECONDS
