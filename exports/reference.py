"""The closed lists and curated concepts as a Neo4j store has them, so that a database made by an import can be used
as a store."""

from dataclasses import dataclass

import pyoxigraph as ox

from exports.options import ExportSelection
from ontology.graph import sort_key
from ontology.model.store import Store
from ontology.property_graph import Node, Relationship, project_reference


@dataclass(frozen=True, slots=True)
class Reference:
    """The nodes and links of the reference graph; `record` is the node KgReference, which holds the graph as RDF
    text."""

    nodes: list[Node]
    links: list[Relationship]
    record: dict[str, str]


def reference(store: Store, selection: ExportSelection) -> Reference | None:
    """The reference graph of the store as nodes and links; None where the store has none, or it is not among what
    is exported."""
    name = selection.reference
    if name is None:
        return None
    quads = sorted(store.quads(name), key=sort_key)
    nodes, links = project_reference(quads)
    nquads = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode()
    return Reference(nodes, links, {"fingerprint": store.reference() or "", "graph": name, "nquads": nquads})
