"""What the Neo4j store reads: rows of any query as plain values, and the property graph of one plan."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from neo4j import ManagedTransaction
from neo4j.graph import Node as GraphNode

from kg.stores.neo4j_values import plain
from ontology.model.store import Parameter, Table
from ontology.neo4j_schema import PLAN_LABELS, SHARED_LABELS
from ontology.property_graph import EXACT_SUFFIX, NODE_LABELS, SHARED_LINKS, Node, PropertyGraph, Relationship, Value

Rows = Callable[..., list[tuple[Any, ...]]]

_SHARED_LINK_TYPES = "|".join(sorted(SHARED_LINKS))
_OWN_NODES = "\nUNION ALL\n".join(f"MATCH (n:{label} {{graph: $graph}}) RETURN n" for label in PLAN_LABELS)
_RETURN_LINK = (
    "RETURN n.iri AS start, type(r) AS type, m.iri AS end, CASE WHEN m.graph IS NULL THEN labels(m) END AS labels"
)
_OWN_LINKS = "\nUNION ALL\n".join(
    [
        *(f"MATCH (n:{label} {{graph: $graph}})-[r]->(m) {_RETURN_LINK}" for label in PLAN_LABELS),
        f"MATCH (:Document {{iri: $graph}})-[:MANIFESTS]->(n)-[r]->(m) WHERE r.graph = $graph {_RETURN_LINK}",
    ]
)
# What a plan adds to a shared node of the reference graph is not the plan's.
_REFERENCE_KEYS = frozenset({"iri", "graph", "curated", "english", "others"})


def query(tx: ManagedTransaction, text: str, parameters: dict[str, Parameter]) -> Table:
    """The rows of the Cypher query `text`, run in the transaction `tx` with the values of its parameters by name, as
    plain values (`kg.stores.neo4j_values.plain`). Raises errors of the driver."""
    result = tx.run(text, parameters)
    return Table(tuple(result.keys()), [tuple(plain(value) for value in record.values()) for record in result])


def property_graph(graph: str, rows: Rows) -> PropertyGraph:
    """The nodes and relationships of one plan (`graph` is the IRI of its graph), and the shared nodes that they lead
    to, directly or through at most nine relationships between shared nodes. A policy has the label Plan only where this
    plan is its text (MANIFESTS). Without nodes where no plan has this graph. `rows` runs a query with parameters and
    returns its rows."""
    read = _Collected()
    for (node,) in rows(_OWN_NODES, graph=graph):
        read.add(node)
    shared: dict[str, set[str]] = {label: set() for label in SHARED_LABELS}
    for start, kind, end, labels in rows(_OWN_LINKS, graph=graph):
        read.links[start, kind, end] = Relationship(start, kind, end, graph)
        if labels:
            shared[next(label for label in SHARED_LABELS if label in labels)].add(end)
    for label, iris in shared.items():
        if iris:
            _add_shared(read, label, sorted(iris), rows)
    plans = {link.end for link in read.links.values() if link.type == "MANIFESTS"}
    for described in read.nodes.values():
        if described.labels[0] == "Plan" and described.iri not in plans:
            described.labels = ("Policy",)
    return PropertyGraph(graph, list(read.nodes.values()), list(read.links.values()))


@dataclass(slots=True)
class _Collected:
    """The nodes by IRI, and the relationships by (start, type, end), that were read so far."""

    nodes: dict[str, Node] = field(default_factory=dict)
    links: dict[tuple[str, str, str], Relationship] = field(default_factory=dict)

    def add(self, node: GraphNode) -> None:
        """Adds a node of the driver, which has an `iri`, in place of one with the same IRI; its labels are sorted by
        NODE_LABELS. Raises ValueError for a label that is none of these."""
        labels = tuple(sorted(node.labels, key=NODE_LABELS.index))
        self.nodes[node["iri"]] = Node(node["iri"], labels, _properties(node), node.get("graph"))


def _add_shared(read: _Collected, label: str, iris: list[str], rows: Rows) -> None:
    """Adds to `read` the shared nodes with this label and IRIs, all nodes that up to nine relationships of the types
    SHARED_LINKS lead to from them, and the relationships of these types that begin at one of all these nodes. `rows`
    runs a query with parameters and returns its rows."""
    statement = f"""MATCH (n:{label}) WHERE n.iri IN $iris
                    MATCH (n)-[:{_SHARED_LINK_TYPES}*0..9]->(a) WITH DISTINCT a
                    OPTIONAL MATCH (a)-[r:{_SHARED_LINK_TYPES}]->(b) RETURN a, type(r), b.iri"""
    for node, kind, end in rows(statement, iris=iris):
        read.add(node)
        if kind is not None:
            read.links[node["iri"], kind, end] = Relationship(node["iri"], kind, end, None)


def _properties(node: GraphNode) -> dict[str, Value]:
    """The properties of a node, without `iri`, `graph`, those that the reference graph gives (_REFERENCE_KEYS), and
    those whose key ends in EXACT_SUFFIX. A float becomes a Decimal: of the text under its key with EXACT_SUFFIX, where
    there is one, else as the float is printed. A list becomes a tuple. The inverse of
    `ontology.property_graph.stored_properties`."""
    values: dict[str, Value] = {}
    for key, value in node.items():
        if key in _REFERENCE_KEYS or key.endswith(EXACT_SUFFIX):
            continue
        if isinstance(value, float):
            value = Decimal(node.get(key + EXACT_SUFFIX) or repr(value))
        values[key] = tuple(value) if isinstance(value, list) else value
    return values
