"""The graph that all plans share: the closed lists, government functions and curated indicator concepts."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from ontology.graph import sort_key
from ontology.iris import Iris, scheme_concept
from ontology.model.facts import Concept
from ontology.namespaces import KG
from ontology.schema import RDF_TYPE, SCHEMES, SKOS, schema, scheme_quads


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """A function or an indicator concept: its Chinese name, an English label, other names, and the names of concepts
    with nearly the same meaning (`close`)."""

    name: str
    english: str | None = None
    others: tuple[str, ...] = ()
    close: tuple[str, ...] = ()


def reference_graph(functions: Iterable[ReferenceEntry], concepts: Iterable[ReferenceEntry], iris: Iris) -> list[Quad]:
    """The quads of the reference graph, sorted, each once: the closed lists of schemes.ttl without its annotations of
    kg:, these functions as members of the list of functions, and these indicator concepts."""
    graph = iris.reference()
    quads = [
        Quad(q.subject, q.predicate, q.object, graph)
        for q in scheme_quads()
        if not q.predicate.value.startswith(KG)  # what the declaration says to itself
    ]
    scheme = NamedNode(SCHEMES + "function")
    for entry in functions:
        node = scheme_concept("function", entry.name)
        quads += _labels(node, entry, graph)
        quads += [
            Quad(node, RDF_TYPE, NamedNode(SKOS + "Concept"), graph),
            Quad(node, NamedNode(SKOS + "inScheme"), scheme, graph),
            Quad(node, NamedNode(SKOS + "topConceptOf"), scheme, graph),
            Quad(node, NamedNode(SKOS + "notation"), Literal(entry.name), graph),
        ]
    for entry in concepts:
        node = iris.concept(Concept(entry.name, ""))
        quads += _labels(node, entry, graph)
        quads.append(Quad(node, RDF_TYPE, schema().classes["IndicatorConcept"], graph))
        quads.append(Quad(node, schema().properties["label"].iri, Literal(entry.name), graph))
        quads += [
            Quad(node, NamedNode(SKOS + "closeMatch"), iris.concept(Concept(near, "")), graph) for near in entry.close
        ]
    return sorted(set(quads), key=sort_key)


def fingerprint(quads: Iterable[Quad]) -> str:
    """Sixteen hexadecimal digits that depend on the quads and their order, by which a build sees whether a store holds
    them already."""
    return sha256(b"".join(serialize([quad], format=RdfFormat.N_QUADS) or b"" for quad in quads)).hexdigest()[:16]


def _labels(node: NamedNode, entry: ReferenceEntry, graph: NamedNode) -> list[Quad]:
    """The quads of an entry's names at its `node` in the named graph `graph`: the preferred labels in Chinese and,
    where it has one, in English, and its other names."""
    quads = [Quad(node, NamedNode(SKOS + "prefLabel"), Literal(entry.name, language="zh"), graph)]
    if entry.english:
        quads.append(Quad(node, NamedNode(SKOS + "prefLabel"), Literal(entry.english, language="en"), graph))
    quads += [Quad(node, NamedNode(SKOS + "altLabel"), Literal(other, language="zh"), graph) for other in entry.others]
    return quads
