"""The reference graph as nodes and links, as a store in Neo4j has it, so that a database made by an import can be used
as a store."""

from dataclasses import dataclass

import pyoxigraph as ox

from exports.options import ExportSelection
from ontology.graph import sort_key
from ontology.model.store import Store
from ontology.property_graph import Node, Relationship, project_reference


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference graph as nodes and links. `record` has the properties of the node KgReference: the graph's
    fingerprint, its IRI (`graph`) and the graph as RDF text (`nquads`)."""

    nodes: list[Node]
    links: list[Relationship]
    record: dict[str, str]


def reference(store: Store, selection: ExportSelection) -> Reference | None:
    """The reference graph of the store as `project_reference` has it; its fingerprint is '' where the store knows none.
    None where the selection has no reference graph."""
    name = selection.reference
    if name is None:
        return None
    quads = sorted(store.quads(name), key=sort_key)
    nodes, links = project_reference(quads)
    nquads = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode()
    return Reference(nodes, links, {"fingerprint": store.reference() or "", "graph": name, "nquads": nquads})
