"""The reference graph, put together from the extractors' data and the ontology's closed lists, and how it is loaded."""

from typing import TYPE_CHECKING

from pyoxigraph import Quad

from extractors.reference.concepts import scheme
from extractors.reference.functions import functions
from ontology.iris import Iris
from ontology.reference import ReferenceEntry, fingerprint, reference_graph

if TYPE_CHECKING:
    from kg.builder.incremental import BuildTarget


def load_reference(store: "BuildTarget", base: str) -> None:
    """Loads the reference graph, with IRIs below `base`, where the store has none, or one with other quads (by
    `fingerprint`)."""
    quads = reference_quads(base)
    digest = fingerprint(quads)
    if store.reference() != digest:
        store.load_reference(digest, quads)


def reference_quads(base: str) -> list[Quad]:
    """The quads of the reference graph (closed lists, functions, indicator concepts), with IRIs below `base`. The other
    names of a function are the parts of a department's name (stems) and the whole names of bodies by which it is
    recognized."""
    entries = [
        ReferenceEntry(
            f.name,
            f.english,
            tuple(other for other in dict.fromkeys((*f.stems, *f.bodies)) if other != f.name),
        )
        for f in functions().values()
    ]
    concepts = [ReferenceEntry(c.label, c.english, c.others, c.close) for c in scheme()]
    return reference_graph(entries, concepts, Iris(base))
