"""The ontology as it is published: OWL alone, with what follows from the declaration written out.

The declaration's own annotations are left out, but for the keys. Cardinalities become restrictions, closed domains and
disjoint kinds axioms; every term names the ontology that defines it. Of the terms of other vocabularies only their kind
is said.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from ontology.namespaces import KG, ONTOLOGY, OWL, RDF, RDFS, XSD, local_name
from ontology.schema import RDF_TYPE, SHACL, Class, Property, declaration_quads, schema

Triple = tuple[NamedNode | BlankNode, NamedNode, NamedNode | BlankNode | Literal]
_PUBLISHED_AS = {KG + "range": RDFS + "range", KG + "domain": RDFS + "domain", KG + "key": KG + "key"}


def ontology() -> list[Quad]:
    """The triples of the OWL ontology, sorted, each once. Blank nodes have the same names in each run."""
    return sorted(
        {Quad(*triple) for triple in _triples()},
        key=lambda quad: (str(quad.subject), str(quad.predicate), str(quad.object)),
    )


def _triples() -> Iterator[Triple]:
    """The triples of the OWL ontology, some of them twice: those that declare kg:key, those of the declaration
    (`_published`), the restrictions of own classes, and that all own classes but Fact and Plan are disjoint. Raises
    KeyError as `_published` does."""
    yield from _key_declaration()
    yield from _published(declaration_quads())
    classes = schema().declared.values()
    for declared in classes:
        if declared.iri.value.startswith(KG):
            yield from _restrictions(declared)
    yield from _disjoint(declared for declared in classes if declared.key not in {"Fact", "Plan"})


def _key_declaration() -> Iterator[Triple]:
    """The triples that declare the annotation kg:key, which is the only one of the declaration's own that is
    published."""
    key = NamedNode(KG + "key")
    yield key, RDF_TYPE, NamedNode(OWL + "AnnotationProperty")
    yield key, NamedNode(RDFS + "label"), Literal("key", language="en")
    yield key, NamedNode(RDFS + "label"), Literal("键名", language="zh")
    yield key, NamedNode(RDFS + "comment"), Literal("The term's name outside RDF.", language="en")
    yield key, NamedNode(RDFS + "comment"), Literal("该术语在 RDF 以外的名称。", language="zh")
    yield key, NamedNode(RDFS + "isDefinedBy"), NamedNode(ONTOLOGY)


def _published(quads: Iterable[Quad]) -> Iterator[Triple]:
    """What is published of the triples of the declaration: all but those with a blank node or with an annotation of kg:
    or SHACL; of these annotations kg:key stays, and kg:range and kg:domain become those of RDFS. Each subject with a
    type, but the ontology itself, is said to be defined by the ontology. Of a term of another vocabulary (a subject
    with kg:termOf) only its kind is published, as the type of that term. Raises KeyError where such a subject has no
    kg:kindOfTerm."""
    quads = list(quads)
    borrowed = {str(quad.subject) for quad in quads if quad.predicate.value == KG + "termOf"}
    ontology_iri = NamedNode(ONTOLOGY)
    kinds: dict[str, NamedNode] = {}
    terms: dict[str, NamedNode] = {}
    for quad in quads:
        subject, name = str(quad.subject), quad.predicate.value
        if subject in borrowed:
            if name == KG + "termOf":
                terms[subject] = quad.object  # type: ignore[assignment]
            elif name == KG + "kindOfTerm":
                kinds[subject] = quad.object  # type: ignore[assignment]
        elif isinstance(quad.subject, NamedNode) and not isinstance(quad.object, BlankNode):
            if name in _PUBLISHED_AS or not name.startswith((KG, SHACL)):
                yield quad.subject, NamedNode(_PUBLISHED_AS.get(name, name)), quad.object  # type: ignore[misc]
            if name == RDF_TYPE.value and quad.subject != ontology_iri:
                yield quad.subject, NamedNode(RDFS + "isDefinedBy"), ontology_iri
    for subject, term in terms.items():
        yield term, RDF_TYPE, kinds[subject]


def _restrictions(declared: Class) -> Iterator[Triple]:
    """The triples of the OWL cardinality restrictions of a class: for each property an exact number, or a least and a
    most where it has such bounds (none for 0..n). A property that a class above it has with the same declaration is
    left out."""
    for prop in declared.properties.values():
        inherited = any(schema().declared[key].properties.get(prop.key) == prop for key in declared.above)
        if inherited:
            continue
        for name, count in _counts(prop):
            node = BlankNode(f"{declared.key}-{local_name(prop.iri.value)}-{name}")
            yield declared.iri, NamedNode(RDFS + "subClassOf"), node
            yield node, RDF_TYPE, NamedNode(OWL + "Restriction")
            yield node, NamedNode(OWL + "onProperty"), prop.iri
            yield node, NamedNode(OWL + name), Literal(str(count), datatype=NamedNode(XSD + "nonNegativeInteger"))


def _counts(prop: Property) -> Iterator[tuple[str, int]]:
    """The OWL terms for the number of values that a property may have, each with its number: ('minCardinality', 1), or
    one ('cardinality', 1) where least and most are equal; none for 0..n."""
    if prop.least == prop.most:
        yield "cardinality", prop.least
        return
    if prop.least:
        yield "minCardinality", prop.least
    if prop.most is not None:
        yield "maxCardinality", prop.most


def _disjoint(classes: Iterable[Class]) -> Iterator[Triple]:
    """The triples that say that no node is of two of these classes. Classes of other vocabularies are left out."""
    members = [declared.iri for declared in classes if declared.iri.value.startswith(KG)]
    node = BlankNode("disjoint")
    yield node, RDF_TYPE, NamedNode(OWL + "AllDisjointClasses")
    link: BlankNode | NamedNode = BlankNode("disjoint-1")
    yield node, NamedNode(OWL + "members"), link
    for number, member in enumerate(members, 2):
        last = number > len(members)
        onward = NamedNode(RDF + "nil") if last else BlankNode(f"disjoint-{number}")
        yield link, NamedNode(RDF + "first"), member
        yield link, NamedNode(RDF + "rest"), onward
        link = onward
