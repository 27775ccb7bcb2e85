"""A Cypher script that cypher-shell or the driver runs: constraints, then nodes and relationships in batches."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import BinaryIO

from exports.options import Options, select
from exports.stream import nodes, relationships
from kg.model.store import Store
from ontology.property_graph import LABELS, SHARED_LINKS, Node, stored

BATCH = 500


def cypher(store: Store, options: Options, out: BinaryIO) -> None:
    """Statements that end with ; and a line break. Running them twice changes nothing."""
    selection = select(store, options)
    for label in LABELS:
        if label != "Plan":
            _statement(out, f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.iri IS UNIQUE")
    labels: dict[str, str] = {}
    for kinds, members in groupby(_remembered(nodes(store, options, selection), labels), key=lambda node: node.labels):
        for batch in _batches({"iri": n.iri, "values": stored(n.properties, n.graph)} for n in members):
            names = "".join(f":{label}" for label in kinds)
            merge = f"MERGE (n:{kinds[-1]} {{iri: row.iri}}) SET n{names}, n += row.values"
            _statement(out, f"UNWIND {batch} AS row {merge}")
    links = relationships(store, options, selection)
    for (start, kind, end), group in groupby(links, key=lambda link: (labels[link.start], link.type, labels[link.end])):
        rows = (
            {"start": x.start, "end": x.end, "values": stored(x.properties, x.graph), "graph": x.graph or ""}
            for x in group
        )
        for batch in _batches(rows):
            match = f"MATCH (a:{start} {{iri: row.start}}) MATCH (b:{end} {{iri: row.end}})"
            merge = f"MERGE (a)-[r:{kind} {{graph: row.graph}}]->(b) SET r += row.values"
            if kind in SHARED_LINKS:
                merge = f"MERGE (a)-[r:{kind}]->(b)"
            _statement(out, f"UNWIND {batch} AS row {match} {merge}")


def _remembered(found: Iterable[Node], labels: dict[str, str]) -> Iterator[Node]:
    for node in found:
        labels[node.iri] = node.labels[-1]
        yield node


def _batches(rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Lists of maps as Cypher literals, of at most BATCH rows."""
    batch: list[str] = []
    for row in rows:
        batch.append(_literal(row))
        if len(batch) == BATCH:
            yield f"[{', '.join(batch)}]"
            batch = []
    if batch:
        yield f"[{', '.join(batch)}]"


def _literal(value: object) -> str:
    """A Cypher literal. A JSON string is one too: the escapes of both are the same."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_literal(member)}" for key, member in value.items()) + "}"
    return json.dumps(value, ensure_ascii=True)


def _statement(out: BinaryIO, text: str) -> None:
    out.write(text.encode() + b";\n")
