"""Quads -> property graph and back, without loss: what Neo4j, GraphML, GEXF, Parquet and CSV hold.

There is a node for each IRI, labelled with its classes. Literals and values of closed lists are its properties; a
property with several values (`departments`) is a tuple; links between nodes are relationships. What belongs to one plan
(its document, its facts, their links) carries `graph`, the IRI of the plan's graph. Nodes that plans share (regions,
policies, concepts, organizations) and the links of SHARED_LINKS, which lead from one of these to another, say the same
in every graph, so they are there once and carry none. A direct link (BASED_ON, LED_BY …) carries `graph` and the
evidence of the fact that it says in short.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from ontology.graph import sort_key
from ontology.iris import belongs_to, is_concept, scheme_concept
from ontology.namespaces import local_name, notation_of
from ontology.schema import RDF_TYPE, Class, literal, schema

Value = str | int | bool | Decimal | tuple[str, ...]

# The most specific label first: a node's own table in formats that have one a label.
NODE_LABELS = tuple(
    sorted((key for key in schema().declared if key != "Fact"), key=lambda key: -len(schema().declared[key].above))
)
# Links between shared nodes: they follow from the identity of the node they start at.
SHARED_LINKS = frozenset({"WITHIN", "GOVERNS", "SERVES"})
EXACT_SUFFIX = "_exact"
LINK_EVIDENCE = ("quote", "file", "start", "end", "page", "cue")


@dataclass(slots=True)
class Node:
    """A node with its IRI, its labels, the most specific first, and its properties by key. `graph` is the IRI of the
    plan's graph, None for a node that plans share."""

    iri: str
    labels: tuple[str, ...] = ()
    properties: dict[str, Value] = field(default_factory=dict)
    graph: str | None = None


@dataclass(slots=True)
class Relationship:
    """A link between the nodes with the IRIs `start` and `end`, with its type and its properties by key. `graph` is the
    IRI of the plan's graph, None for a link of a type in SHARED_LINKS."""

    start: str
    type: str
    end: str
    graph: str | None
    properties: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True)
class PropertyGraph:
    """The property graph of one plan: the IRI of its named graph, and its nodes and relationships, sorted."""

    graph: str
    nodes: list[Node]
    relationships: list[Relationship]


def project(graph: str, quads: Iterable[Quad]) -> PropertyGraph:
    """The property graph of the quads of one plan; `graph` is the IRI of its named graph, which is its document. Each
    subject is a node, with its labels in the order of NODE_LABELS; the document and what is below its IRI have `graph`.
    A property of at most one value has the last that is given, any other is a sorted tuple; a member of a closed list
    is its key ('county'), and of several of one property only the last is kept. Nodes are sorted by IRI, relationships
    by type and ends; direct links have the evidence of their facts. Raises KeyError for a term that the ontology does
    not declare, and ValueError for a node of the class Fact itself."""
    nodes: dict[str, Node] = {}
    links: list[Relationship] = []
    terms = schema()
    for quad in quads:
        subject, predicate, value = quad.subject.value, quad.predicate, quad.object  # type: ignore[union-attr]
        node = nodes.get(subject)
        if node is None:
            owner = graph if belongs_to(subject, graph) else None
            node = nodes[subject] = Node(subject, graph=owner)
        if predicate == RDF_TYPE:
            label = terms.class_keys[value.value]  # type: ignore[union-attr]
            node.labels = tuple(sorted((*node.labels, label), key=NODE_LABELS.index))
            continue
        prop = terms.by_iri[predicate.value]
        if prop.holds == "node":
            owner = None if prop.key in SHARED_LINKS else graph
            links.append(Relationship(subject, prop.key, value.value, owner))  # type: ignore[union-attr]
        elif prop.holds == "concept":
            node.properties[prop.key] = notation_of(value.value)  # type: ignore[union-attr]
        elif prop.most == 1:
            node.properties[prop.key] = _python(value)  # type: ignore[arg-type]
        else:
            before = node.properties.get(prop.key, ())
            node.properties[prop.key] = (*before, _python(value))  # type: ignore[misc, arg-type]
    _carry_evidence(graph, nodes, links)
    for node in nodes.values():
        for key, several in node.properties.items():
            if isinstance(several, tuple):
                node.properties[key] = tuple(sorted(several))
    links.sort(key=lambda link: (link.type, link.start, link.end))
    return PropertyGraph(graph, [nodes[iri] for iri in sorted(nodes)], links)


def restore(graph: PropertyGraph) -> list[Quad]:
    """The quads of a plan's property graph, sorted: the inverse of `project`. The evidence on direct links adds none,
    because the facts have it. Raises KeyError for a label, key or type that the ontology does not declare."""
    terms = schema()
    name = NamedNode(graph.graph)
    quads = []
    for node in graph.nodes:
        subject = NamedNode(node.iri)
        quads += [Quad(subject, RDF_TYPE, terms.classes[label], name) for label in node.labels]
        for key, value in node.properties.items():
            prop = terms.properties[key]
            for one in value if isinstance(value, tuple) else (value,):
                term = (
                    scheme_concept(prop.scheme or "", str(one)) if prop.holds == "concept" else literal(one, prop.holds)
                )
                quads.append(Quad(subject, prop.iri, term, name))
    for link in graph.relationships:
        quads.append(Quad(NamedNode(link.start), terms.properties[link.type].iri, NamedNode(link.end), name))
    return sorted(quads, key=sort_key)


def project_reference(quads: Iterable[Quad]) -> tuple[list[Node], list[Relationship]]:
    """The nodes, sorted by label and IRI, and the links, sorted, of the reference graph: what has a notation, the
    members of lists (also of functions), as nodes with the label SchemeConcept; of the others the indicator concepts
    (IndicatorConcept, `curated` is True); with CLOSE_MATCH links between concepts of nearly the same meaning.
    Properties are `label` (the Chinese one), `english` (that in another language), `others` (a tuple of the alternative
    labels), `notation`, and `scheme` (the name of the list: 'level'), each where it is given. Other nodes are left
    out."""
    nodes: dict[str, Node] = {}
    links = []
    for quad in quads:
        subject, value = quad.subject.value, quad.object  # type: ignore[union-attr]
        name = local_name(quad.predicate.value)
        if name == "closeMatch":
            links.append(Relationship(subject, "CLOSE_MATCH", value.value, None))  # type: ignore[union-attr]
        elif name in _REFERENCE_PREDICATES:
            properties = nodes.setdefault(subject, Node(subject)).properties
            match name, getattr(value, "language", None):
                case "prefLabel", language:
                    properties["label" if language == "zh" else "english"] = value.value  # type: ignore[union-attr]
                case "altLabel", _:
                    properties["others"] = (*properties.get("others", ()), value.value)  # type: ignore[union-attr, misc]
                case "notation", _:
                    properties["notation"] = value.value  # type: ignore[union-attr]
                case "inScheme", _:
                    properties["scheme"] = notation_of(value.value)  # type: ignore[union-attr]
    for node in nodes.values():
        if "notation" in node.properties:
            node.labels = ("SchemeConcept",)
        elif is_concept(node.iri):
            node.labels = ("IndicatorConcept",)
            node.properties["curated"] = True
    links.sort(key=lambda link: (link.start, link.end))
    return sorted((node for node in nodes.values() if node.labels), key=lambda node: (node.labels, node.iri)), links


_REFERENCE_PREDICATES = frozenset({"prefLabel", "altLabel", "notation", "inScheme"})


def stored_properties(properties: Mapping[str, Value], graph: str | None) -> dict[str, Value | float]:
    """The properties as a database without decimals holds them, with `graph` among them where it is neither None nor
    ''. Each decimal becomes a float, and its digits a further property with the suffix EXACT_SUFFIX (`value_exact`)
    where the float's own digits are another number."""
    values: dict[str, Value | float] = {"graph": graph} if graph else {}
    for key, value in properties.items():
        if isinstance(value, Decimal):
            number = float(value)
            values[key] = number
            if Decimal(repr(number)) != value:
                values[key + EXACT_SUFFIX] = f"{value:f}"
        else:
            values[key] = value
    return values


def _python(value: Literal) -> Value:
    """The value of a literal as int for xsd:integer, Decimal for xsd:decimal, bool for xsd:boolean (True for 'true'
    alone), else as str."""
    kind = local_name(value.datatype.value)
    casts: dict[str, Callable[[str], Value]] = {
        "integer": int,
        "decimal": Decimal,
        "boolean": lambda text: text == "true",
    }
    return casts.get(kind, str)(value.value)


def _carry_evidence(graph: str, nodes: Mapping[str, Node], links: list[Relationship]) -> None:
    """Gives each direct link among `links`, in place, the evidence of its fact (the one whose `_direct_link` it is) as
    its properties: `quote`, `file`, `start`, `end`, `page` and `cue` (LINK_EVIDENCE), without those that the fact
    lacks. Where several facts have this link, the one with the least position counts, of equal positions the first in
    `nodes`. Links without a fact are unchanged. `graph` is the IRI of the document, whose node has the name of the
    file, and `nodes` has the plan's nodes by IRI."""
    file = nodes[graph].properties.get("file") if graph in nodes else None
    kinds = {kind.key: kind for kind in schema().kinds if kind.direct}
    end_types = {key for kind in kinds.values() if kind.direct for key in (kind.direct.start, kind.direct.end)}
    ends = {(link.start, link.type): link.end for link in links if link.type in end_types}
    proofs: dict[tuple[str, str, str], Node] = {}
    for node in nodes.values():
        kind = next((kinds[label] for label in node.labels if label in kinds), None)
        key = _direct_link(node, kind, ends) if kind else None
        if key and (key not in proofs or _position(node) < _position(proofs[key])):
            proofs[key] = node
    for link in links:
        proof = proofs.get((link.start, link.type, link.end))
        if proof:
            properties = {**proof.properties, "file": file}
            link.properties = {key: properties[key] for key in LINK_EVIDENCE if properties.get(key) is not None}  # type: ignore[misc]


def _direct_link(node: Node, kind: Class, ends: Mapping[tuple[str, str], str]) -> tuple[str, str, str] | None:
    """The start, type and end of the direct link (BASED_ON, LED_BY …) of the fact of this kind that `node` is; None
    where the fact lacks one of the two ends, or no link is declared for its relation or role. `ends` has the IRI of the
    other end of each link by (IRI of the start, type)."""
    assert kind.direct
    start, end = ends.get((node.iri, kind.direct.start)), ends.get((node.iri, kind.direct.end))
    link = kind.direct.links.get(str(node.properties.get(kind.direct.by)))
    return (start, link, end) if start and end and link else None


def _position(node: Node) -> int:
    """The position of the fact that the node is; 0 where it has none."""
    return int(str(node.properties.get("position", 0)))
