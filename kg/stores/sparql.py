"""A SPARQL 1.1 endpoint as a store: query and update by the SPARQL Protocol, loading by the Graph Store Protocol.

The address is that of queries. Where the others differ from the usual ones, and for secrets, the environment tells:
$KG_UPDATE_URL, $KG_GRAPH_STORE_URL (empty: load by updates), $KG_SPARQL_USERNAME and $KG_SPARQL_PASSWORD with
$KG_SPARQL_AUTH (basic or digest), $KG_SPARQL_TOKEN (bearer), $KG_SPARQL_TIMEOUT (seconds), $KG_SPARQL_PAGE (rows).
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Literal as OneOf
from typing import Self

import httpx
import pyoxigraph as ox

from kg.model.errors import Refused, Usage
from kg.model.store import Record, Scalar, Table
from kg.stores.binding import bind
from kg.stores.state import STATE, fingerprint_quads, read_fingerprint, read_records, record_quads
from kg.stores.terms import data_block, first_line, ntriples, python_value
from ontology.graph import sort_key
from ontology.iris import Iris

CHUNK = 1_000  # quads in one INSERT DATA, where there is no graph store: some servers refuse long updates
RESULTS = "application/sparql-results+json"


@dataclass(slots=True)
class SparqlStore:
    """An endpoint. A plan's graph is put whole; the list of what was loaded follows in one update."""

    address: str
    update_address: str
    graph_store: str | None
    client: httpx.Client
    page: int
    reference_graph: ox.NamedNode
    language: OneOf["sparql", "cypher"] = "sparql"

    @classmethod
    def open(cls, address: str, *, write: bool = False) -> "SparqlStore":
        url = httpx.URL(address)
        if url.username or url.password:
            raise Usage(
                f"{url.host}: give user and password as $KG_SPARQL_USERNAME and $KG_SPARQL_PASSWORD, not in the address"
            )
        environment = os.environ
        graph_store = environment.get("KG_GRAPH_STORE_URL", _sibling(address, "store"))
        token = environment.get("KG_SPARQL_TOKEN")
        client = httpx.Client(
            auth=_auth(environment),
            headers={"Authorization": f"Bearer {token}"} if token else {},
            timeout=float(environment.get("KG_SPARQL_TIMEOUT", "120")),
        )
        store = cls(
            address,
            environment.get("KG_UPDATE_URL", _sibling(address, "update")) or address,
            graph_store or None,
            client,
            int(environment.get("KG_SPARQL_PAGE", "10000")),
            Iris(environment.get("KG_BASE", Iris().base)).reference(),
        )
        try:
            store._select("SELECT ?s { ?s ?p ?o } LIMIT 1")
        except BaseException:
            client.close()
            raise
        return store

    def records(self) -> list[Record]:
        return read_records(self.quads(STATE.value))

    def load(self, record: Record, quads: Sequence[ox.Quad]) -> None:
        before = self.records()
        old = next((known for known in before if known.path == record.path), None)
        kept = {known.document for known in before if known.path != record.path} | {record.document}
        self._put(record.document, quads)
        stale = [old.document] if old and old.document not in kept else []
        self._replace(stale, record_quads(old) if old else [], record_quads(record))

    def forget(self, paths: Iterable[str]) -> None:
        gone = set(paths)
        records = self.records()
        kept = {record.document for record in records if record.path not in gone}
        lost = [record for record in records if record.path in gone]
        self._replace(
            sorted({record.document for record in lost} - kept),
            [q for record in lost for q in record_quads(record)],
            [],
        )

    def reference(self) -> str | None:
        return read_fingerprint(self.quads(STATE.value))

    def load_reference(self, fingerprint: str, quads: Sequence[ox.Quad]) -> None:
        old = self.reference()
        self._put(self.reference_graph.value, quads)
        self._replace([], fingerprint_quads(old) if old else [], fingerprint_quads(fingerprint))

    def query(self, text: str, parameters: Mapping[str, Scalar] | None = None) -> Table:
        query = bind(text, parameters or {})
        names, rows, limit = self._select(query)
        if names is None:
            return Table(("answer",), rows)
        if limit is not None and len(rows) >= limit:
            rows = list(self._pages(query, names, limit))
        return Table(names, rows)

    def graphs(self) -> list[str]:
        _, rows, _ = self._select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        ours = (self.reference_graph.value.rsplit("/", 2)[0] + "/", str(STATE.value))
        return sorted(str(row[0]) for row in rows if str(row[0]).startswith(ours[0]) and row[0] != STATE.value)

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        """By pages, in the server's own order of terms, sorted here."""
        name = ox.NamedNode(graph)
        found: list[ox.Quad] = []
        while True:
            batch = self._terms(
                f"SELECT ?s ?p ?o {{ GRAPH {name} {{ ?s ?p ?o }} }} ORDER BY ?s ?p ?o LIMIT {self.page} OFFSET {len(found)}"
            )
            found += [ox.Quad(*row, name) for row in batch]
            if len(batch) < self.page:
                return iter(sorted(set(found), key=sort_key))

    def dump(self, graph: str) -> bytes:
        return ntriples(self.quads(graph))

    def close(self) -> None:
        self.client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _select(self, query: str) -> tuple[tuple[str, ...] | None, list[tuple[object, ...]], int | None]:
        """Columns (None for an ASK), rows, and after how many rows the server cuts an answer."""
        response = self._post(self.address, "query", query, RESULTS)
        cap = response.headers.get("X-SPARQL-MaxRows") or self.page
        try:
            results = ox.parse_query_results(response.content, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise Refused(
                f"{self.address}: no SPARQL results ({first_line(error)}); is this a query endpoint?"
            ) from None
        if isinstance(results, ox.QueryBoolean):
            return None, [(bool(results),)], None
        names = tuple(variable.value for variable in results.variables)
        return names, [tuple(python_value(term) for term in row) for row in results], int(cap)

    def _terms(self, query: str) -> list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
        response = self._post(self.address, "query", query, RESULTS)
        return [tuple(row) for row in ox.parse_query_results(response.content, format=ox.QueryResultsFormat.JSON)]  # type: ignore[misc, union-attr]

    def _pages(self, query: str, names: tuple[str, ...], limit: int) -> Iterator[tuple[object, ...]]:
        """The rows of a query that the server cuts, asked for in pages of a total order."""
        head = _PROLOGUE.match(query)
        prologue, body = query[: head.end()] if head else "", query[head.end() :] if head else query
        order = " ".join(f"?{name}" for name in names)
        offset = 0
        while True:
            _, rows, _ = self._select(
                f"{prologue} SELECT {order} {{ {{ {body} }} }} ORDER BY {order} LIMIT {limit} OFFSET {offset}"
            )
            yield from rows
            offset += len(rows)
            if len(rows) < limit:
                return

    def _put(self, graph: str, quads: Sequence[ox.Quad]) -> None:
        """Puts a graph in place of the one of its name."""
        if self.graph_store:
            body = ntriples(quads)
            self._request(
                "PUT",
                self.graph_store,
                params={"graph": graph},
                content=body,
                headers={"Content-Type": "application/n-triples"},
            )
            return
        self._update(f"DROP SILENT GRAPH {ox.NamedNode(graph)}")
        for start in range(0, len(quads), CHUNK):
            self._update(f"INSERT DATA {{ {data_block(quads[start : start + CHUNK])} }}")

    def _replace(self, graphs: Sequence[str], remove: Sequence[ox.Quad], add: Sequence[ox.Quad]) -> None:
        steps = [f"DROP SILENT GRAPH {ox.NamedNode(graph)}" for graph in graphs]
        steps += [f"DELETE DATA {{ {data_block(remove)} }}"] if remove else []
        steps += [f"INSERT DATA {{ {data_block(add)} }}"] if add else []
        if steps:
            self._update(" ;\n".join(steps))

    def _update(self, request: str) -> None:
        self._post(self.update_address, "update", request, "*/*")

    def _post(self, address: str, kind: str, text: str, accept: str) -> httpx.Response:
        """By a form, which every server reads; Virtuoso never answers a query that is posted directly."""
        return self._request("POST", address, data={kind: text}, headers={"Accept": accept})

    def _request(self, method: str, address: str, **options: object) -> httpx.Response:
        try:
            response = self.client.request(method, address, **options)  # type: ignore[arg-type]
        except httpx.TimeoutException:
            raise Refused(
                f"{address}: no answer within {self.client.timeout.read:g} s; raise $KG_SPARQL_TIMEOUT"
            ) from None
        except httpx.HTTPError as error:
            raise Refused(f"{address}: no answer from the server ({first_line(error)}); is it running?") from None
        if response.status_code in {401, 403}:
            raise Refused(
                f"{address}: the server refuses (HTTP {response.status_code}): set $KG_SPARQL_USERNAME and "
                "$KG_SPARQL_PASSWORD, or $KG_SPARQL_TOKEN"
            )
        if response.status_code == 400:
            raise Usage(f"{address}: the server cannot read the request: {first_line(response.text)[:200]}")
        if not response.is_success:
            raise Refused(f"{address}: HTTP {response.status_code}: {first_line(response.text)[:200]}")
        return response


# PREFIX kg: <…> BASE <…>, and comments between
_PROLOGUE = re.compile(r"(?:\s+|#[^\n]*\n|(?i:PREFIX)\s+[^\s:]*:\s*<[^>]*>|(?i:BASE)\s+<[^>]*>)*")


def _sibling(address: str, name: str) -> str:
    """'http://host/query' -> 'http://host/update', 'http://host/ds/sparql' -> 'http://host/ds/update'."""
    head, _, last = address.rpartition("/")
    return f"{head}/{name}" if last in {"query", "sparql"} else address


def _auth(environment: Mapping[str, str]) -> httpx.Auth | None:
    user, password = environment.get("KG_SPARQL_USERNAME"), environment.get("KG_SPARQL_PASSWORD")
    if user is None or password is None:
        return None
    return (
        httpx.DigestAuth(user, password)
        if environment.get("KG_SPARQL_AUTH") == "digest"
        else httpx.BasicAuth(user, password)
    )
