"""What the Neo4j store writes. Each function runs in the transaction of its caller."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from neo4j import ManagedTransaction
from pyoxigraph import Quad, RdfFormat, serialize

from ontology.derived import project_derived
from ontology.model.store import Record
from ontology.neo4j_schema import CITING_LINKS, DERIVED_LABELS, NEO4J_SCHEMA, PLAN_LABELS, SHARED_LABELS
from ontology.property_graph import PropertyGraph, project_reference, stored_properties

MAX_BATCH_ROWS = 5_000


def prepare(tx: ManagedTransaction) -> None:
    """Makes the constraints and indexes of `ontology.neo4j_schema` that are missing."""
    for statement in NEO4J_SCHEMA:
        _run(tx, statement)


def load(tx: ManagedTransaction, record: Record, graph: PropertyGraph) -> None:
    """Writes a plan's graph in place of the one of its document, and records the file. The graph of another document
    that the file at this path was recorded with before is deleted, unless a file at another path is recorded with it
    too. Of the shared nodes that the replaced graphs were linked to, those that nothing needs any more are deleted
    (`_sweep`); indicator concepts of the reference graph stay."""
    _lock(tx)
    stale = tx.run(
        """OPTIONAL MATCH (r:KgRecord {path: $path})
           WITH [$document] + coalesce([r.document], []) AS documents
           UNWIND documents AS document
           WITH DISTINCT document WHERE document = $document
             OR NOT EXISTS { MATCH (o:KgRecord {document: document}) WHERE o.path <> $path }
           MATCH (d:Document {iri: document}) RETURN d.iri""",
        path=record.path,
        document=record.document,
    ).value()
    unlinked = _drop(tx, stale)
    _add(tx, graph)
    _run(
        tx,
        "MERGE (r:KgRecord {path: $path}) SET r.document = $document, r.sha256 = $sha256, r.generator = $generator",
        path=record.path,
        document=record.document,
        sha256=record.sha256,
        generator=record.generator,
    )
    _sweep(tx, unlinked)


def forget(tx: ManagedTransaction, paths: list[str]) -> None:
    """Removes the records of the files at these paths, the graphs that no other record names, and the shared nodes that
    no plan is linked to any more. Paths without a record are ignored."""
    _lock(tx)
    gone = tx.run(
        """MATCH (r:KgRecord) WHERE r.path IN $paths WITH DISTINCT r.document AS document
           WHERE NOT EXISTS { MATCH (o:KgRecord {document: document}) WHERE NOT o.path IN $paths }
           RETURN document""",
        paths=paths,
    ).value()
    unlinked = _drop(tx, gone)
    _run(tx, "MATCH (r:KgRecord) WHERE r.path IN $paths DELETE r", paths=paths)
    _sweep(tx, unlinked)


def load_reference(tx: ManagedTransaction, fingerprint: str, quads: Sequence[Quad]) -> None:
    """Replaces the reference graph by these quads, of which there must be at least one: the concepts of closed lists
    become SchemeConcept nodes, those of indicators IndicatorConcept nodes with their names and CLOSE_MATCH links; the
    quads, their graph's IRI and their `fingerprint` are kept on one KgReference node. Indicator concepts that neither
    the new graph nor a plan names are deleted."""
    _lock(tx)
    _run(tx, "MATCH (c:SchemeConcept) DETACH DELETE c")
    _run(tx, "MATCH (:IndicatorConcept)-[r:CLOSE_MATCH]->() DELETE r")
    former = tx.run(
        "MATCH (c:IndicatorConcept) WHERE c.curated REMOVE c.curated, c.english, c.others RETURN c.iri"
    ).value()
    nodes, links = project_reference(quads)
    rows = {
        label: [{"iri": node.iri, "values": node.properties} for node in members]
        for label, members in groupby(nodes, key=lambda node: node.labels[0])
    }
    close = [{"start": link.start, "end": link.end} for link in links]
    _run(
        tx,
        "UNWIND $rows AS row CREATE (c:SchemeConcept {iri: row.iri}) SET c += row.values",
        rows=rows.get("SchemeConcept", []),
    )
    _run(
        tx,
        "UNWIND $rows AS row MERGE (c:IndicatorConcept {iri: row.iri}) SET c += row.values",
        rows=rows.get("IndicatorConcept", []),
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
    _sweep(tx, former)


def load_derived(tx: ManagedTransaction, name: str, fingerprint: str | None, quads: Sequence[Quad]) -> None:
    """Replaces the derived graph of this name by these quads; without a fingerprint or quads it is only removed. Links
    to nodes that do not exist are left out, and the nodes of plans that it links to are not changed."""
    _lock(tx)
    old = tx.run("MATCH (d:KgDerived {name: $name}) RETURN d.graph", name=name).value()
    for label in DERIVED_LABELS:
        _run(tx, f"MATCH (n:{label}) WHERE n.graph IN $graphs DETACH DELETE n", graphs=old)
    _run(tx, "MATCH (d:KgDerived {name: $name}) DELETE d", name=name)
    if fingerprint is None or not quads:
        return
    graph = quads[0].graph_name.value  # type: ignore[union-attr]
    nodes = project_derived(quads)
    links: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for label in DERIVED_LABELS:
        properties: list[Mapping[str, Any]] = [
            {"iri": node.iri, "values": {**node.properties, "graph": graph}} for node in nodes if node.label == label
        ]
        for batch in _batches(properties):
            _run(tx, f"UNWIND $rows AS row CREATE (n:{label} {{iri: row.iri}}) SET n += row.values", rows=batch)
    for node in nodes:
        for kind, end, iri in node.links:
            links[node.label, kind, end].append({"start": node.iri, "end": iri})
    for (start, kind, end), rows in links.items():
        for batch in _batches(rows):
            _run(
                tx,
                f"UNWIND $rows AS row MATCH (a:{start} {{iri: row.start}}) MATCH (b:{end} {{iri: row.end}}) "
                f"CREATE (a)-[:{kind}]->(b)",
                rows=batch,
            )
    _run(
        tx,
        "CREATE (:KgDerived {name: $name, fingerprint: $fingerprint, graph: $graph})",
        name=name,
        fingerprint=fingerprint,
        graph=graph,
    )


def _lock(tx: ManagedTransaction) -> None:
    """Makes other transactions that call this wait until this one ends, so that no two make the same node."""
    _run(tx, "MERGE (l:KgLock {name: 'build'}) SET l.held = true")


def _add(tx: ManagedTransaction, graph: PropertyGraph) -> None:
    """Creates the plan's own nodes and links, and those shared ones that do not exist. An existing shared node or link
    gets the plan's values of its properties, a node also the labels that the plan gives it; what it has besides stays.
    A node is shared where its last label is one of SHARED_LABELS, a link where it has no graph. Both ends of each link
    must be nodes of `graph`, as they are in the graph of a plan, which describes the shared nodes too: raises KeyError
    for any other link, before anything is written."""
    label_of = {node.iri: node.labels[-1] for node in graph.nodes}
    links: dict[tuple[str, str, str, bool], list[Mapping[str, Any]]] = defaultdict(list)
    for link in graph.relationships:
        links[label_of[link.start], link.type, label_of[link.end], link.graph is None].append(
            {"start": link.start, "end": link.end, "values": stored_properties(link.properties, link.graph)}
        )
    nodes: dict[tuple[str, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for node in graph.nodes:
        nodes[node.labels].append({"iri": node.iri, "values": stored_properties(node.properties, node.graph)})
    for labels, rows in nodes.items():
        verb = "MERGE" if labels[-1] in SHARED_LABELS else "CREATE"
        more = "".join(f", n:{label}" for label in labels[:-1])
        for batch in _batches(rows):
            _run(
                tx,
                f"UNWIND $rows AS row {verb} (n:{labels[-1]} {{iri: row.iri}}) SET n += row.values{more}",
                rows=batch,
            )
    for (start, kind, end, shared), rows in links.items():
        verb = "MERGE" if shared else "CREATE"
        for batch in _batches(rows):
            _run(
                tx,
                f"UNWIND $rows AS row MATCH (a:{start} {{iri: row.start}}) MATCH (b:{end} {{iri: row.end}}) "
                f"{verb} (a)-[r:{kind}]->(b) SET r += row.values",
                rows=batch,
            )


def _drop(tx: ManagedTransaction, graphs: Sequence[str]) -> list[str]:
    """Deletes the nodes and links of the graphs with these IRIs. Returns the IRIs of the shared nodes that links led to
    from the deleted nodes, sorted."""
    if not graphs:
        return []
    linked: set[str] = set()
    for label in PLAN_LABELS:
        linked.update(
            tx.run(
                f"MATCH (n:{label})-->(s) WHERE n.graph IN $graphs AND s.graph IS NULL RETURN DISTINCT s.iri",
                graphs=graphs,
            ).value()
        )
    for label in PLAN_LABELS:
        _run(tx, f"MATCH (n:{label}) WHERE n.graph IN $graphs DETACH DELETE n", graphs=graphs)
    for kind in CITING_LINKS:
        _run(tx, f"MATCH ()-[r:{kind}]->() WHERE r.graph IN $graphs DELETE r", graphs=graphs)
    return sorted(linked)


def _sweep(tx: ManagedTransaction, iris: Sequence[str]) -> None:
    """Deletes those of the shared nodes with these IRIs that nothing needs any more, then in the same way the nodes
    that the deleted ones were linked to. A node is needed where one of the links that _HOLDING_LINKS has for its label
    leads to it; an indicator concept also where the reference graph has it. Before, policies of these IRIs whose text
    is no loaded document lose the label Plan. Does nothing for no IRIs."""
    if not iris:
        return
    _run(
        tx,
        "UNWIND $iris AS iri MATCH (p:Policy {iri: iri}) "
        "WHERE NOT EXISTS { (:Document)-[:MANIFESTS]->(p) } REMOVE p:Plan",
        iris=iris,
    )
    candidates = list(iris)
    while candidates:
        candidates = [
            iri
            for label, links, condition in _HOLDING_LINKS
            for iri in tx.run(
                f"UNWIND $iris AS iri MATCH (n:{label} {{iri: iri}}) "
                f"WHERE NOT EXISTS {{ (n)<-[:{links}]-() }}{condition} "
                "OPTIONAL MATCH (n)-->(s) WITH n, collect(s.iri) AS iris DETACH DELETE n "
                "WITH iris UNWIND iris AS iri RETURN DISTINCT iri",
                iris=candidates,
            ).value()
        ]


# (label of shared nodes, types of the links to a node that keep it, further condition of its deletion)
_HOLDING_LINKS = (
    ("Policy", "MANIFESTS|CITED|CITING|BASED_ON|IMPLEMENTS|ANNOUNCES|MENTIONS", ""),
    ("Organization", "HELD_BY|LED_BY|HAS_PARTICIPANT", ""),
    ("IndicatorConcept", "MEASURES", " AND n.curated IS NULL"),
    ("Region", "OF_REGION|GOVERNS|SERVES|WITHIN", ""),
)


def _run(tx: ManagedTransaction, statement: str, **parameters: Any) -> None:
    """Runs a statement in the transaction and waits for its end; `parameters` are those of the statement."""
    tx.run(statement, parameters).consume()


def _batches(rows: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[Mapping[str, Any]]]:
    """The rows in order, in parts of at most MAX_BATCH_ROWS (5,000); no part for no rows."""
    return (rows[i : i + MAX_BATCH_ROWS] for i in range(0, len(rows), MAX_BATCH_ROWS))
