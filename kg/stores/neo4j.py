"""A Neo4j server as a store: the property graph of ontology/property_graph.py, one transaction a plan."""

import logging
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from types import TracebackType
from typing import Any, Self
from typing import Literal as OneOf
from urllib.parse import urlsplit

from neo4j import Driver, GraphDatabase, ManagedTransaction, NotificationMinimumSeverity
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    CypherSyntaxError,
    DriverError,
    Neo4jError,
)
from neo4j.graph import Node as GraphNode
from neo4j.graph import Path as GraphPath
from neo4j.graph import Relationship as GraphRelationship
from pyoxigraph import Quad, RdfFormat, parse, serialize

from kg.model.errors import Refused, Usage
from kg.model.store import Record, Scalar, Table
from kg.stores.terms import ntriples
from ontology.property_graph import (
    EXACT,
    LABELS,
    SHARED_LINKS,
    Node,
    PropertyGraph,
    Relationship,
    Value,
    project,
    restore,
    stored,
)

SHARED = ("Policy", "Region", "Organization", "IndicatorConcept")
OWNED = tuple(label for label in LABELS if label not in SHARED and label != "Plan")
CITING_LINKS = ("BASED_ON", "IMPLEMENTS", "ANNOUNCES", "MENTIONS")
BATCH = 5_000
PASSWORD = "NEO4J_PASSWORD"


@dataclass(slots=True)
class Neo4jStore:
    """A database of a Neo4j server: 4.4 is read, 5 and later are read and written."""

    address: str
    driver: Driver
    database: str | None
    language: OneOf["sparql", "cypher"] = "cypher"

    @classmethod
    def open(cls, address: str, *, write: bool = False) -> "Neo4jStore":
        parts = urlsplit(address)
        if parts.password or parts.username:
            raise Usage(
                f"{parts.hostname}: give user and password as $NEO4J_USERNAME and ${PASSWORD}, not in the address"
            )
        server = f"{parts.scheme}://{parts.netloc}"
        user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get(PASSWORD)
        logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # its retries are told in one line, by us
        store = cls(address, _driver(server, user, password), parts.path.strip("/") or None)
        try:
            with store.errors():
                store._rows("RETURN 1")
                if write:
                    store.prepare()
        except BaseException:
            store.close()
            raise
        return store

    def prepare(self) -> None:
        """Checks that the server can be written to, and makes the constraints and indexes."""
        version = str(
            self.driver.execute_query("CALL dbms.components() YIELD versions RETURN versions[0]").records[0][0]
        )
        if int(version.split(".")[0]) < 5:
            raise Refused(f"{self.address}: Neo4j {version} can be read only; building needs Neo4j 5 or later")
        for label in (*SHARED, *OWNED, "SchemeConcept"):
            self._schema(f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.iri IS UNIQUE")
        self._schema("CREATE CONSTRAINT IF NOT EXISTS FOR (n:KgRecord) REQUIRE n.path IS UNIQUE")
        self._schema("CREATE CONSTRAINT IF NOT EXISTS FOR (n:KgLock) REQUIRE n.name IS UNIQUE")
        for label in OWNED:
            self._schema(f"CREATE INDEX IF NOT EXISTS FOR (n:{label}) ON (n.graph)")
        for kind in CITING_LINKS:
            self._schema(f"CREATE INDEX IF NOT EXISTS FOR ()-[r:{kind}]-() ON (r.graph)")
        for label, key in (
            ("Policy", "label"),
            ("Region", "label"),
            ("IndicatorConcept", "label"),
            ("Organization", "function"),
        ):
            self._schema(f"CREATE INDEX IF NOT EXISTS FOR (n:{label}) ON (n.{key})")

    def records(self) -> list[Record]:
        found = self._rows("MATCH (r:KgRecord) RETURN r.path, r.document, r.sha256, r.generator ORDER BY r.path")
        return [Record(*row) for row in found]

    def load(self, record: Record, quads: Sequence[Quad]) -> None:
        graph = project(record.document, quads)
        with self.errors(), self.driver.session(database=self.database) as session:
            session.execute_write(_load, record, graph)

    def forget(self, paths: Iterable[str]) -> None:
        with self.errors(), self.driver.session(database=self.database) as session:
            session.execute_write(_forget, [_bytes(path) for path in paths])

    def reference(self) -> str | None:
        rows = self._rows("MATCH (r:KgReference) RETURN r.fingerprint")
        return rows[0][0] if rows else None

    def load_reference(self, fingerprint: str, quads: Sequence[Quad]) -> None:
        with self.errors(), self.driver.session(database=self.database) as session:
            session.execute_write(_load_reference, fingerprint, quads)

    def query(self, text: str, parameters: Mapping[str, Scalar] | None = None) -> Table:
        with (
            self.errors(),
            self.driver.session(database=self.database, default_access_mode="READ") as session,
        ):
            return session.execute_read(_query, text, dict(parameters or {}))

    def graphs(self) -> list[str]:
        rows = self._rows("MATCH (d:Document) RETURN d.iri UNION MATCH (r:KgReference) RETURN r.graph AS `d.iri`")
        return sorted(row[0] for row in rows)

    def quads(self, graph: str) -> Iterator[Quad]:
        rows = self._rows("MATCH (r:KgReference {graph: $graph}) RETURN r.nquads", graph=graph)
        if rows:
            return iter(parse(rows[0][0], format=RdfFormat.N_QUADS))
        return iter(restore(self._property_graph(graph)))

    def dump(self, graph: str) -> bytes:
        return ntriples(self.quads(graph))

    def close(self) -> None:
        self.driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """The driver's errors as ours, in one line, without what was sent."""
        try:
            yield
        except AuthError:
            raise Refused(
                f"{self.address}: the server refuses the user or password: set $NEO4J_USERNAME and ${PASSWORD}"
            ) from None
        except CypherSyntaxError as error:
            raise Usage(f"Cypher: {_one_line(error)}") from None
        except ClientError as error:
            if "DatabaseNotFound" in (error.code or ""):
                raise Refused(
                    f"{self.address}: no database {self.database!r} on this server; create it or name another"
                ) from None
            raise Usage(f"{self.address}: {_one_line(error)}") from None
        except (DriverError, Neo4jError, ConfigurationError, OSError) as error:
            raise Refused(f"{self.address}: no answer from the server ({_one_line(error)}); is it running?") from None

    def _schema(self, statement: str) -> None:
        self.driver.execute_query(statement, database_=self.database)

    def _rows(self, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
        with self.errors():
            found = self.driver.execute_query(statement, parameters, database_=self.database, routing_="r")
        return [tuple(record.values()) for record in found.records]

    def _property_graph(self, graph: str) -> PropertyGraph:
        """The nodes and links of one plan, and the shared nodes that it touches with all that follows from them."""
        found = self._rows(
            """MATCH (d:Document {iri: $graph})
               CALL { WITH d MATCH (a {graph: d.iri})-[r]->(b) RETURN a, r, b
                      UNION WITH d MATCH (a:Plan)-[r]->(b:Policy) WHERE r.graph = d.iri RETURN a, r, b }
               RETURN a, r, b""",
            graph=graph,
        )
        nodes: dict[str, Node] = {}
        links: dict[tuple[str, str, str], Relationship] = {}
        for row in [*found, *self._descriptions({b["iri"] for _, _, b in found if "graph" not in b})]:
            _collect(row, nodes, links)
        plans = {link.end for link in links.values() if link.type == "MANIFESTS"}
        for node in nodes.values():
            if node.labels[0] == "Plan" and node.iri not in plans:
                node.labels = ("Policy",)
        return PropertyGraph(graph, list(nodes.values()), list(links.values()))

    def _descriptions(self, shared: set[str]) -> list[tuple[Any, ...]]:
        return self._rows(
            f"""UNWIND $iris AS iri
               CALL {{ WITH iri MATCH (n:{"|".join(SHARED)} {{iri: iri}}) RETURN n }}
               MATCH (n)-[:{"|".join(sorted(SHARED_LINKS))}*0..8]->(a)
               OPTIONAL MATCH (a)-[r:{"|".join(sorted(SHARED_LINKS))}]->(b)
               RETURN DISTINCT a, r, b""",
            iris=sorted(shared),
        )


def _driver(server: str, user: str, password: str | None) -> Driver:
    try:
        return GraphDatabase.driver(
            server,
            auth=(user, password) if password is not None else None,
            connection_timeout=10,
            max_transaction_retry_time=60,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
        )
    except (ValueError, ConfigurationError) as error:
        raise Usage(f"{server}: no Neo4j address ({_one_line(error)}); write neo4j://HOST:7687") from None


def _load(tx: ManagedTransaction, record: Record, graph: PropertyGraph) -> None:
    _lock(tx)
    path = _bytes(record.path)
    old = tx.run("MATCH (r:KgRecord {path: $path}) RETURN r.document", path=path).single()
    stale = {record.document}
    if (
        old
        and not tx.run(
            "MATCH (r:KgRecord {document: $document}) WHERE r.path <> $path RETURN r LIMIT 1",
            document=old[0],
            path=path,
        ).single()
    ):
        stale.add(old[0])
    _drop(tx, stale)
    by_label: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in graph.nodes:
        by_label[node.labels].append(node)
    for labels, nodes in by_label.items():
        verb = "MERGE" if nodes[0].graph is None else "CREATE"
        for batch in _batches([{"iri": n.iri, "values": stored(n.properties, n.graph)} for n in nodes]):
            _run(
                tx,
                f"UNWIND $rows AS row {verb} (n:{labels[-1]} {{iri: row.iri}}) SET n{''.join(f':{x}' for x in labels)}, n += row.values",
                rows=batch,
            )
    label_of = {node.iri: node.labels[-1] for node in graph.nodes}
    by_type: dict[tuple[str, str, str, bool], list[Relationship]] = defaultdict(list)
    for link in graph.relationships:
        by_type[label_of[link.start], link.type, label_of[link.end], link.graph is None].append(link)
    for (start, kind, end, shared), links in by_type.items():
        verb = "MERGE" if shared else "CREATE"
        rows = [{"start": x.start, "end": x.end, "values": stored(x.properties, x.graph)} for x in links]
        for batch in _batches(rows):
            _run(
                tx,
                f"UNWIND $rows AS row MATCH (a:{start} {{iri: row.start}}) MATCH (b:{end} {{iri: row.end}}) "
                f"{verb} (a)-[r:{kind}]->(b) SET r += row.values",
                rows=batch,
            )
    _run(
        tx,
        "MERGE (r:KgRecord {path: $path}) SET r.document = $document, r.sha256 = $sha256, r.generator = $generator",
        path=path,
        document=record.document,
        sha256=record.sha256,
        generator=record.generator,
    )
    _sweep(tx)


def _forget(tx: ManagedTransaction, paths: list[str]) -> None:
    _lock(tx)
    gone = tx.run(
        """MATCH (r:KgRecord) WHERE r.path IN $paths WITH DISTINCT r.document AS document
           WHERE NOT EXISTS { MATCH (o:KgRecord {document: document}) WHERE NOT o.path IN $paths }
           RETURN document""",
        paths=paths,
    ).value()
    _drop(tx, set(gone))
    _run(tx, "MATCH (r:KgRecord) WHERE r.path IN $paths DELETE r", paths=paths)
    _sweep(tx)


def _lock(tx: ManagedTransaction) -> None:
    """Holds other builds back until this transaction ends, so that none of them makes the same node."""
    _run(tx, "MERGE (l:KgLock {name: 'build'}) SET l.held = true")


def _drop(tx: ManagedTransaction, graphs: set[str]) -> None:
    for label in OWNED:
        _run(tx, f"MATCH (n:{label}) WHERE n.graph IN $graphs DETACH DELETE n", graphs=sorted(graphs))
    for kind in CITING_LINKS:
        _run(tx, f"MATCH ()-[r:{kind}]->() WHERE r.graph IN $graphs DELETE r", graphs=sorted(graphs))


def _sweep(tx: ManagedTransaction) -> None:
    """Removes shared nodes that no plan touches any more."""
    _run(tx, "MATCH (p:Plan) WHERE NOT EXISTS { (:Document)-[:MANIFESTS]->(p) } REMOVE p:Plan")
    _run(
        tx,
        "MATCH (p:Policy) WHERE NOT EXISTS { (p)<-[:MANIFESTS|CITED|CITING|BASED_ON|IMPLEMENTS|ANNOUNCES|MENTIONS]-() } "
        "DETACH DELETE p",
    )
    _run(
        tx,
        "MATCH (o:Organization) WHERE NOT EXISTS { (o)<-[:HELD_BY|LED_BY|HAS_PARTICIPANT]-() } DETACH DELETE o",
    )
    _run(
        tx,
        "MATCH (c:IndicatorConcept) WHERE c.curated IS NULL AND NOT EXISTS { (c)<-[:MEASURES]-() } DETACH DELETE c",
    )
    while tx.run(
        "MATCH (r:Region) WHERE NOT EXISTS { (r)<-[:OF_REGION|GOVERNS|SERVES|WITHIN]-() } DETACH DELETE r RETURN count(*)"
    ).single(strict=True)[0]:
        pass


def _load_reference(tx: ManagedTransaction, fingerprint: str, quads: Sequence[Quad]) -> None:
    """The closed lists as SchemeConcept nodes, curated names on IndicatorConcept nodes, and the quads as they are."""
    _lock(tx)
    _run(tx, "MATCH (c:SchemeConcept) DETACH DELETE c")
    _run(tx, "MATCH (:IndicatorConcept)-[r:CLOSE_MATCH]->() DELETE r")
    _run(tx, "MATCH (c:IndicatorConcept) WHERE c.curated REMOVE c.curated, c.english, c.others")
    said: dict[str, dict[str, Any]] = defaultdict(lambda: {"others": []})
    close = []
    for quad in quads:
        subject, value = quad.subject.value, quad.object  # type: ignore[union-attr]
        match quad.predicate.value.rsplit("#", 1)[1], getattr(value, "language", None):
            case "prefLabel", language:
                said[subject]["label" if language == "zh" else "english"] = value.value  # type: ignore[union-attr]
            case "altLabel", _:
                said[subject]["others"].append(value.value)  # type: ignore[union-attr]
            case "notation", _:
                said[subject]["notation"] = value.value  # type: ignore[union-attr]
            case "inScheme", _:
                said[subject]["scheme"] = value.value.rsplit("/", 1)[1]  # type: ignore[union-attr]
            case "closeMatch", _:
                close.append({"start": subject, "end": value.value})  # type: ignore[union-attr]
    rows = [{"iri": iri, "values": values} for iri, values in said.items()]
    schemes = [row for row in rows if "notation" in row["values"]]
    curated = [row for row in rows if "notation" not in row["values"] and "/concept/" in row["iri"]]
    _run(tx, "UNWIND $rows AS row CREATE (c:SchemeConcept {iri: row.iri}) SET c += row.values", rows=schemes)
    _run(
        tx,
        "UNWIND $rows AS row MERGE (c:IndicatorConcept {iri: row.iri}) SET c += row.values, c.curated = true",
        rows=curated,
    )
    _run(
        tx,
        "UNWIND $rows AS row MATCH (a:IndicatorConcept {iri: row.start}) MATCH (b:IndicatorConcept {iri: row.end}) "
        "MERGE (a)-[:CLOSE_MATCH]->(b)",
        rows=close,
    )
    _run(
        tx,
        "MERGE (r:KgReference) SET r.fingerprint = $fingerprint, r.graph = $graph, r.nquads = $nquads",
        fingerprint=fingerprint,
        graph=quads[0].graph_name.value,  # type: ignore[union-attr]
        nquads=(serialize(quads, format=RdfFormat.N_QUADS) or b"").decode(),
    )
    _sweep(tx)


def _query(tx: ManagedTransaction, text: str, parameters: dict[str, Scalar]) -> Table:
    result = tx.run(text, parameters)
    return Table(tuple(result.keys()), [tuple(_plain(value) for value in record.values()) for record in result])


def _plain(value: Any) -> Any:
    """A node or link as its properties, a path as their list."""
    if isinstance(value, GraphNode):
        return {"labels": sorted(value.labels), **dict(sorted(value.items()))}
    if isinstance(value, GraphRelationship):
        return {"type": value.type, **dict(sorted(value.items()))}
    if isinstance(value, GraphPath):
        steps: list[Any] = [value.start_node]
        for link in value.relationships:
            steps += [link, link.end_node]
        return [_plain(step) for step in steps]
    if isinstance(value, list):
        return [_plain(member) for member in value]
    return value


def _collect(row: tuple[Any, ...], nodes: dict[str, Node], links: dict[tuple[str, str, str], Relationship]) -> None:
    start, link, end = row
    for found in (start, end):
        if found is not None and found["iri"] not in nodes:
            labels = tuple(sorted(found.labels, key=LABELS.index))
            nodes[found["iri"]] = Node(found["iri"], labels, _read(found), found.get("graph"))
    if link is not None:
        key = (start["iri"], link.type, end["iri"])
        links[key] = Relationship(*key, link.get("graph"))


def _read(found: GraphNode) -> dict[str, Value]:
    """The inverse of `stored`."""
    own = {"iri", "graph", "curated", "english", "others"}
    values: dict[str, Value] = {}
    for key, value in found.items():
        if key in own or key.endswith(EXACT):
            continue
        if isinstance(value, float):
            value = Decimal(found.get(key + EXACT) or repr(value))
        values[key] = value
    return values


def _run(tx: ManagedTransaction, statement: str, **parameters: Any) -> None:
    tx.run(statement, parameters).consume()


def _batches(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    return (rows[i : i + BATCH] for i in range(0, len(rows), BATCH))


def _bytes(path: str) -> str:
    """A path as text that every server stores: bytes that are no UTF-8 are escaped."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _one_line(error: BaseException) -> str:
    return " ".join(str(getattr(error, "message", None) or error).split())[:300]
