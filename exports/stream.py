"""The property graph of an export as a stream, document by document: each shared node and link once, in a fixed
order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b

import pyoxigraph as ox

from exports.options import ExportSelection
from ontology.model.store import Store
from ontology.property_graph import LINK_EVIDENCE, Node, Relationship, project


@dataclass(slots=True)
class PlanPart:
    """The nodes and relationships of one document that no document before it has given. `labels` has the most general
    label of each node in the document's graph by its IRI, also of those that were given before."""

    nodes: list[Node]
    relationships: list[Relationship]
    labels: dict[str, str]


def parts(store: Store, selection: ExportSelection) -> Iterator[PlanPart]:
    """The nodes and relationships of the selection, a part for each document in the order of the graphs; what plans
    share is in the first part that has it. A policy whose text is in the selection has the labels Plan and Policy from
    its first occurrence on. Properties of nodes are sorted by key. Without `options.evidence` relationships have no
    properties, and the plan's own nodes lack those of LINK_EVIDENCE but for `file`; shared nodes keep all."""
    plans, given_before = selection.plans, _Seen()
    for name in selection.graphs:
        graph = project(name, ox.parse(store.dump(name), format=ox.RdfFormat.N_TRIPLES))
        for node in graph.nodes:
            if node.iri in plans:
                node.labels = ("Plan", "Policy")
            left_out = frozenset() if selection.options.evidence or node.graph is None else _PROOF
            node.properties = {key: node.properties[key] for key in sorted(node.properties.keys() - left_out)}
        links = (link if selection.options.evidence else replace(link, properties={}) for link in graph.relationships)
        yield PlanPart(
            [node for node in graph.nodes if node.graph or given_before.first(node.iri)],
            [link for link in links if link.graph or given_before.first(link.start, link.type, link.end)],
            {node.iri: node.labels[-1] for node in graph.nodes},
        )


_PROOF = frozenset(LINK_EVIDENCE) - {"file"}


class _Seen:
    """The set of shared nodes and links that were given already, each kept as a digest of 16 bytes."""

    def __init__(self) -> None:
        self.known: set[bytes] = set()

    def first(self, *words: str) -> bool:
        """Whether these words, which identify a node (its IRI) or link (start, type, end), are given for the first
        time; they are remembered."""
        digest = blake2b("\0".join(words).encode(), digest_size=16).digest()
        if digest in self.known:
            return False
        self.known.add(digest)
        return True
