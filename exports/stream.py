"""The property graph of a selection as streams: nodes and relationships, each shared one once, in a fixed order."""

from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox

from exports.options import Options, Selection
from kg.model.store import Store
from ontology.property_graph import EVIDENCE, Node, PropertyGraph, Relationship, project


def nodes(store: Store, options: Options, selection: Selection) -> Iterator[Node]:
    """Every node; a policy whose text is in the selection is a Plan wherever it is first met."""
    seen: set[str] = set()
    for graph in _graphs(store, selection):
        for node in graph.nodes:
            if node.graph is None:
                if node.iri in seen:
                    continue
                seen.add(node.iri)
                if node.iri in selection.plans:
                    node.labels = ("Plan", "Policy")
            elif not options.evidence:
                node.properties = {key: value for key, value in node.properties.items() if key not in _PROOF}
            yield node


def relationships(store: Store, options: Options, selection: Selection) -> Iterator[Relationship]:
    """Every relationship."""
    seen: set[tuple[str, str, str]] = set()
    for graph in _graphs(store, selection):
        for link in graph.relationships:
            if link.graph is None:
                key = (link.start, link.type, link.end)
                if key in seen:
                    continue
                seen.add(key)
            yield link if options.evidence else replace(link, properties={})


_PROOF = frozenset(EVIDENCE) - {"file"}


def _graphs(store: Store, selection: Selection) -> Iterator[PropertyGraph]:
    for name in selection.graphs:
        yield project(name, ox.parse(store.dump(name), format=ox.RdfFormat.N_TRIPLES))
