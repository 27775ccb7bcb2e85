"""A Cypher script that cypher-shell or the driver runs: constraints, then nodes and relationships in batches."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import BinaryIO

from exports.options import ExportSelection
from exports.reference import reference
from exports.stream import PlanPart, parts
from ontology.model.store import Store
from ontology.neo4j_schema import NEO4J_SCHEMA
from ontology.property_graph import SHARED_LINKS, stored_properties

ROWS_PER_STATEMENT = 500
Rows = Iterable[Mapping[str, object]]


def cypher(store: Store, selection: ExportSelection, out: BinaryIO) -> None:
    """Writes the selection to `out` as a Cypher script: statements that end with ; and a line break, first those of
    constraints and indexes, then those of the reference graph, then those of plan after plan. Nodes and relationships
    that the database has already are updated (MERGE), so that a second run changes nothing."""
    for statement in (*NEO4J_SCHEMA, *_reference(store, selection)):
        _write(out, statement)
    for part in parts(store, selection):
        for statement in _part(part):
            _write(out, statement)


def _reference(store: Store, selection: ExportSelection) -> Iterator[str]:
    """The statements, without ;, that write the reference graph of the store; none where the selection has none."""
    graph = reference(store, selection)
    if graph is None:
        return
    for labels, members in groupby(graph.nodes, key=lambda node: node.labels):
        rows = ({"iri": node.iri, "values": node.properties} for node in members)
        yield from _unwind(rows, f"MERGE (n:{labels[0]} {{iri: row.iri}}) SET n += row.values")
    ends = ({"start": link.start, "end": link.end} for link in graph.links)
    yield from _unwind(ends, _match("IndicatorConcept", "IndicatorConcept") + "MERGE (a)-[:CLOSE_MATCH]->(b)")
    yield f"MERGE (r:KgReference) SET r += {_literal(graph.record)}"


def _part(part: PlanPart) -> Iterator[str]:
    """The statements, without ;, that write the nodes and relationships of one plan."""
    nodes: dict[tuple[str, ...], list[dict[str, object]]] = defaultdict(list)
    for node in part.nodes:
        nodes[node.labels].append({"iri": node.iri, "values": stored_properties(node.properties, node.graph)})
    for labels, members in nodes.items():
        names = "".join(f":{label}" for label in labels)
        yield from _unwind(members, f"MERGE (n:{labels[-1]} {{iri: row.iri}}) SET n{names}, n += row.values")
    links: dict[tuple[str, str, str], list[dict[str, object]]] = defaultdict(list)
    for link in part.relationships:
        row: dict[str, object] = {
            "start": link.start,
            "end": link.end,
            "values": stored_properties(link.properties, link.graph),
        }
        links[part.labels[link.start], link.type, part.labels[link.end]].append(row)
    for (start, kind, end), members in links.items():
        one = "" if kind in SHARED_LINKS else " {graph: row.values.graph}"
        yield from _unwind(members, f"{_match(start, end)}MERGE (a)-[r:{kind}{one}]->(b) SET r += row.values")


def _match(start: str, end: str) -> str:
    """The two MATCH clauses, each with a blank after it, that find the ends of a relationship, as `a` and `b`, by their
    labels `start` and `end` and the IRIs `row.start` and `row.end`. The labels are put in as they are, without quotes
    or escapes."""
    return f"MATCH (a:{start} {{iri: row.start}}) MATCH (b:{end} {{iri: row.end}}) "


def _unwind(rows: Rows, statement: str) -> Iterator[str]:
    """'UNWIND [ROWS] AS row STATEMENT' for each ROWS_PER_STATEMENT (500) rows, the last for the rest; nothing without
    rows. `statement` is what is done with each row, which it names `row`."""
    batch: list[str] = []
    for row in rows:
        batch.append(_literal(row))
        if len(batch) == ROWS_PER_STATEMENT:
            yield f"UNWIND [{', '.join(batch)}] AS row {statement}"
            batch = []
    if batch:
        yield f"UNWIND [{', '.join(batch)}] AS row {statement}"


def _literal(value: object) -> str:
    """A value as a Cypher literal, a mapping as a map: {'page': 3} -> '{page: 3}'; keys are written as they are. All
    else is written as JSON, whose strings are Cypher's too, because both have the same escapes; a mapping inside a list
    must not occur, because it would be written as JSON too, which Cypher cannot read. Raises TypeError for what JSON
    does not have."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_literal(member)}" for key, member in value.items()) + "}"
    return json.dumps(value, ensure_ascii=True)


def _write(out: BinaryIO, statement: str) -> None:
    out.write(statement.encode() + b";\n")
