"""The ontology's terms, read from plan.ttl: what a property is called in RDF and outside it, and what it holds."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

NAMESPACE = "https://plan-kg.example/ontology#"
SCHEMES = "https://plan-kg.example/scheme/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "kg": NAMESPACE,
    "org": "http://www.w3.org/ns/org#",
    "owl": OWL,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "xsd": XSD,
}
TYPE = NamedNode(RDF + "type")

Holds = Literal["string", "integer", "decimal", "date", "concept", "node"]


@dataclass(frozen=True, slots=True)
class Property:
    """A property: `key` is its name outside RDF. `scheme` is the IRI of the SKOS scheme that a `concept` is in."""

    iri: NamedNode
    key: str
    holds: Holds
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Schema:
    """The terms by key and by IRI."""

    classes: dict[str, NamedNode]
    properties: dict[str, Property]
    class_keys: dict[str, str]
    by_iri: dict[str, Property]


@cache
def schema() -> Schema:
    """The terms of plan.ttl."""
    facts: dict[str, dict[str, str]] = {}
    for quad in ontology():
        if isinstance(quad.subject, NamedNode):
            facts.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value  # type: ignore[union-attr]
    classes: dict[str, NamedNode] = {}
    properties: dict[str, Property] = {}
    for iri, said in facts.items():
        key = said.get(NAMESPACE + "key")
        if key is None:
            continue
        if said[TYPE.value] == OWL + "Class":
            classes[key] = NamedNode(iri)
            continue
        target = said[RDFS + "range"]
        scheme = target if target.startswith(SCHEMES) else None
        holds: Holds = "concept" if scheme else _DATATYPES.get(target, "node")
        properties[key] = Property(NamedNode(iri), key, holds, scheme)
    return Schema(
        classes,
        properties,
        {node.value: key for key, node in classes.items()},
        {found.iri.value: found for found in properties.values()},
    )


_DATATYPES: dict[str, Holds] = {
    XSD + "string": "string",
    XSD + "integer": "integer",
    XSD + "decimal": "decimal",
    XSD + "date": "date",
}


def ontology() -> list[Quad]:
    """The triples of the OWL ontology."""
    return list(parse(text("plan.ttl"), format=RdfFormat.TURTLE))


def text(name: str) -> str:
    """The content of a file of this package."""
    return files("ontology").joinpath(name).read_text("utf-8")


def literal(value: object, holds: Holds) -> RdfLiteral:
    """A typed literal; a Decimal in its shortest plain form, so that equal numbers are equal terms."""
    if holds == "string":
        return RdfLiteral(str(value))
    if holds == "decimal":
        plain = f"{value:f}"
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
        return RdfLiteral(plain, datatype=NamedNode(XSD + "decimal"))
    return RdfLiteral(str(value), datatype=NamedNode(XSD + holds))
