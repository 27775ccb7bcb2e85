"""Loading plans into a real Neo4j server against the driver's fastest write of the same rows."""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from neo4j import ManagedTransaction

from kg.stores import open_store
from kg.stores.neo4j import Neo4jStore
from ontology.model.store import Record
from ontology.property_graph import PropertyGraph, project, stored_properties

RUNS = 12  # a server that has just been started gets faster for as long
Rows = Mapping[tuple[str, ...], list[Mapping[str, Any]]]


def neo4j_loading(plans: list[tuple[Record, bytes]]) -> str:
    """A line with the ratio of the best times, or what the machine lacks."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "servers"))
    import servers

    if lacking := servers.missing("neo4j"):
        return f"loading into Neo4j: not measured, {lacking}"
    graphs = [project(record.document, ox.parse(data, format=ox.RdfFormat.N_QUADS)) for record, data in plans]
    nodes, links = rows(graphs)
    with servers.neo4j() as server, server.used() as address, open_store(address, write=True) as store:
        assert isinstance(store, Neo4jStore)
        ours, raw = [], []
        for _ in range(RUNS):
            ours.append(timed(store, lambda: store.load(plans)))
            raw.append(timed(store, lambda: write(store, nodes, links)))
    amount = sum(map(len, nodes.values())), sum(map(len, links.values()))
    return (
        f"loading into Neo4j: {min(ours) / min(raw):.2f} times the time of the driver's batched write of the same "
        f"{amount[0]:,} nodes and {amount[1]:,} relationships"
    )


def rows(graphs: Iterable[PropertyGraph]) -> tuple[Rows, Rows]:
    """The nodes by their labels, and the relationships by start, type and end; those that plans share once."""
    nodes = {node.iri: node for graph in graphs for node in graph.nodes}
    links = {(link.start, link.type, link.end): link for graph in graphs for link in graph.relationships}
    by_labels, by_ends = defaultdict(list), defaultdict(list)
    for node in nodes.values():
        by_labels[node.labels].append({"iri": node.iri, "values": stored_properties(node.properties, node.graph)})
    for link in links.values():
        ends = nodes[link.start].labels[-1], link.type, nodes[link.end].labels[-1]
        by_ends[ends].append(
            {"start": link.start, "end": link.end, "values": stored_properties(link.properties, link.graph)}
        )
    return by_labels, by_ends


def write(store: Neo4jStore, nodes: Rows, links: Rows) -> None:
    """All rows in one transaction, a statement for all that are alike; nothing is looked up but the ends of links."""

    def work(tx: ManagedTransaction) -> None:
        for labels, batch in nodes.items():
            create = f"CREATE (n:{':'.join(labels)} {{iri: row.iri}}) SET n += row.values"
            tx.run(f"UNWIND $rows AS row {create}", rows=batch).consume()
        for (start, kind, end), batch in links.items():
            match = f"MATCH (a:{start} {{iri: row.start}}) MATCH (b:{end} {{iri: row.end}})"
            tx.run(f"UNWIND $rows AS row {match} CREATE (a)-[r:{kind}]->(b) SET r = row.values", rows=batch).consume()

    with store.driver.session(database=store.database) as session:
        session.execute_write(work)


def timed(store: Neo4jStore, work: Callable[[], None]) -> float:
    """Seconds of the work on an empty database."""
    store.driver.execute_query("MATCH (n) DETACH DELETE n", database_=store.database)
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
