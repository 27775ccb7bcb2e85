"""The reference graph, put together from the extractors' data and the ontology's closed lists."""

from pyoxigraph import Quad

from extractors.reference.concepts import scheme
from extractors.reference.functions import functions
from ontology.iris import Iris
from ontology.reference import ReferenceEntry, reference_graph


def reference_quads(base: str) -> list[Quad]:
    """The quads of the reference graph (closed lists, functions, indicator concepts), with IRIs below `base`. A
    function's other names are the forms and bodies by which it is found."""
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
