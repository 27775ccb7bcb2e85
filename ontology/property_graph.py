"""Quads <-> property graph, without loss: what Neo4j, GraphML, GEXF, Parquet and CSV hold.

A node per IRI, labelled with its classes; literals and closed-list values are its properties; links between nodes are
relationships. What belongs to one plan (its document, its facts, their links) carries `graph`, the name of the plan's
graph. Nodes that plans share (regions, policies, concepts, organizations) and the links between these say the same in
every graph, so they are there once and carry none. A direct link (BASED_ON, LED_BY …) carries the evidence of the fact
that it stands for.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Quad

from ontology.graph import RELATION_PROPERTIES, ROLE_PROPERTIES, sort_key
from ontology.iris import scheme_concept
from ontology.schema import TYPE, literal, schema

Value = str | int | Decimal | tuple[str, ...]

# The most specific label first: a node's own table in formats that have one a label.
LABELS = (
    "Document",
    "Plan",
    "Policy",
    "Region",
    "Organization",
    "IndicatorConcept",
    "PlanField",
    "Heading",
    "Task",
    "Indicator",
    "ValuePart",
    "Observation",
    "Target",
    "Citation",
    "Responsibility",
)
# Links between shared nodes: they follow from the identity of the node they start at.
SHARED_LINKS = frozenset({"WITHIN", "GOVERNS", "SERVES"})
EXACT = "_exact"
EVIDENCE = ("quote", "file", "start", "end", "page", "cue")


@dataclass(slots=True)
class Node:
    """`properties` by key. `graph` is None for a node that plans share."""

    iri: str
    labels: tuple[str, ...] = ()
    properties: dict[str, Value] = field(default_factory=dict)
    graph: str | None = None


@dataclass(slots=True)
class Relationship:
    """A link from `start` to `end` (IRIs). `graph` is None for a link between shared nodes (SHARED_LINKS)."""

    start: str
    type: str
    end: str
    graph: str | None
    properties: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True)
class PropertyGraph:
    """One plan's graph; nodes and relationships sorted."""

    graph: str
    nodes: list[Node]
    relationships: list[Relationship]


def project(graph: str, quads: Iterable[Quad]) -> PropertyGraph:
    """The property graph of one plan's quads."""
    nodes: dict[str, Node] = {}
    links: list[Relationship] = []
    terms = schema()
    for quad in quads:
        subject, predicate, value = quad.subject.value, quad.predicate, quad.object  # type: ignore[union-attr]
        node = nodes.get(subject)
        if node is None:
            owner = graph if _owned(subject, graph) else None
            node = nodes[subject] = Node(subject, graph=owner)
        if predicate == TYPE:
            label = terms.class_keys[value.value]  # type: ignore[union-attr]
            node.labels = tuple(sorted((*node.labels, label), key=LABELS.index))
            continue
        found = terms.by_iri[predicate.value]
        if found.holds == "node":
            owner = None if found.key in SHARED_LINKS else graph
            links.append(Relationship(subject, found.key, value.value, owner))  # type: ignore[union-attr]
        elif found.holds == "concept":
            node.properties[found.key] = _notation(value)
        else:
            node.properties[found.key] = _python(value)  # type: ignore[arg-type]
    _carry_evidence(graph, nodes, links)
    links.sort(key=lambda link: (link.type, link.start, link.end))
    return PropertyGraph(graph, [nodes[iri] for iri in sorted(nodes)], links)


def restore(graph: PropertyGraph) -> list[Quad]:
    """The quads that `project` was given, sorted."""
    terms = schema()
    name = NamedNode(graph.graph)
    quads = []
    for node in graph.nodes:
        subject = NamedNode(node.iri)
        quads += [Quad(subject, TYPE, terms.classes[label], name) for label in node.labels]
        for key, value in node.properties.items():
            found = terms.properties[key]
            term = (
                scheme_concept(found.scheme or "", str(value))
                if found.holds == "concept"
                else literal(value, found.holds)
            )
            quads.append(Quad(subject, found.iri, term, name))
    for link in graph.relationships:
        quads.append(Quad(NamedNode(link.start), terms.properties[link.type].iri, NamedNode(link.end), name))
    return sorted(quads, key=sort_key)


def project_reference(quads: Iterable[Quad]) -> tuple[list[Node], list[Relationship]]:
    """What the reference graph says of closed lists, as SchemeConcept nodes, and of curated indicator concepts."""
    nodes: dict[str, Node] = {}
    links = []
    for quad in quads:
        subject, value = quad.subject.value, quad.object  # type: ignore[union-attr]
        name = quad.predicate.value.rsplit("#", 1)[1]
        if name == "closeMatch":
            links.append(Relationship(subject, "CLOSE_MATCH", value.value, None))  # type: ignore[union-attr]
        elif name in _REFERENCE:
            found = nodes.setdefault(subject, Node(subject)).properties
            match name, getattr(value, "language", None):
                case "prefLabel", language:
                    found["label" if language == "zh" else "english"] = value.value  # type: ignore[union-attr]
                case "altLabel", _:
                    found["others"] = (*found.get("others", ()), value.value)  # type: ignore[union-attr, misc]
                case "notation", _:
                    found["notation"] = value.value  # type: ignore[union-attr]
                case "inScheme", _:
                    found["scheme"] = value.value.rsplit("/", 1)[1]  # type: ignore[union-attr]
    for node in nodes.values():
        if "notation" in node.properties:
            node.labels = ("SchemeConcept",)
        elif "/concept/" in node.iri:
            node.labels = ("IndicatorConcept",)
            node.properties["curated"] = True
    links.sort(key=lambda link: (link.start, link.end))
    return sorted((node for node in nodes.values() if node.labels), key=lambda node: (node.labels, node.iri)), links


_REFERENCE = frozenset({"prefLabel", "altLabel", "notation", "inScheme"})


def stored(properties: Mapping[str, Value], graph: str | None) -> dict[str, Value | float]:
    """Properties for a database without decimals: a float, and beside it the digits where the float is not exact."""
    found: dict[str, Value | float] = {"graph": graph} if graph else {}
    for key, value in properties.items():
        if isinstance(value, Decimal):
            number = float(value)
            found[key] = number
            if Decimal(repr(number)) != value:
                found[key + EXACT] = f"{value:f}"
        else:
            found[key] = value
    return found


def _owned(iri: str, graph: str) -> bool:
    return iri == graph or iri.startswith(graph + "/")


def _notation(concept: object) -> str:
    """The notation of a closed list's concept: the last segment of its IRI."""
    return unquote(concept.value.rsplit("/", 1)[1])  # type: ignore[attr-defined]


def _python(value: Literal) -> Value:
    kind = value.datatype.value.rsplit("#", 1)[1]
    return int(value.value) if kind == "integer" else Decimal(value.value) if kind == "decimal" else value.value


def _carry_evidence(graph: str, nodes: Mapping[str, Node], links: list[Relationship]) -> None:
    """Gives each direct link the quote of the first fact that it stands for."""
    file = nodes[graph].properties.get("file") if graph in nodes else None
    ends = {
        (link.start, link.type): link.end
        for link in links
        if link.type in {"CITING", "CITED", "PART_OF_TASK", "HELD_BY"}
    }
    proofs: dict[tuple[str, str, str], Node] = {}
    for key, node in _proofs(nodes.values(), ends):
        known = proofs.get(key)
        if known is None or _position(node) < _position(known):
            proofs[key] = node
    for link in links:
        proof = proofs.get((link.start, link.type, link.end))
        if proof:
            found = {**proof.properties, "file": file}
            link.properties = {key: found[key] for key in EVIDENCE if found.get(key) is not None}  # type: ignore[misc]


def _proofs(nodes: Iterable[Node], ends: Mapping[tuple[str, str], str]) -> Iterator[tuple[tuple[str, str, str], Node]]:
    for node in nodes:
        if "Citation" in node.labels:
            start, end = ends.get((node.iri, "CITING")), ends.get((node.iri, "CITED"))
            kind = RELATION_PROPERTIES.get(str(node.properties.get("relation")))
        elif "Responsibility" in node.labels:
            start, end = ends.get((node.iri, "PART_OF_TASK")), ends.get((node.iri, "HELD_BY"))
            kind = ROLE_PROPERTIES.get(str(node.properties.get("role")))
        else:
            continue
        if start and end and kind:
            yield (start, kind, end), node


def _position(node: Node) -> int:
    return int(str(node.properties.get("position", 0)))
