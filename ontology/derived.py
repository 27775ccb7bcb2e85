"""Derived knowledge -> quads: comparisons of plans with the alignments that they found, duplicates and actual values,
in graphs of their own.

The terms are declared in derived.ttl. What is derived links to plans' documents and facts, never the other way, so a
plan's own graph stays a function of its file.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ontology.graph import sort_key
from ontology.model.derived import ActualValue, Alignment, Comparison, Duplicate, Side
from ontology.schema import NAMESPACE, OWL, RDF_TYPE, RDFS, XSD, literal, package_text

_HOLDS = {XSD + "string": "string", XSD + "integer": "integer", XSD + "decimal": "decimal"}


@dataclass(frozen=True, slots=True)
class DerivedProperty:
    """A property of derived things, with its IRI. `holds` is 'string', 'integer', 'decimal', or 'node' for a link;
    `range` is the last part of the IRI of the class that a link leads to ('Task'), None for a value."""

    iri: NamedNode
    holds: str
    range: str | None


@cache
def classes() -> Mapping[str, NamedNode]:
    """The IRIs of the classes of derived things, by key ('Comparison')."""
    return {key: NamedNode(iri) for key, iri, values in _declared() if values["type"] == OWL + "Class"}


@cache
def terms() -> Mapping[str, DerivedProperty]:
    """The properties of derived things, those terms of derived.ttl that have a range, by key ('upper_share'). A range
    that is none of xsd:string, xsd:integer and xsd:decimal is a class."""
    return {
        key: DerivedProperty(
            NamedNode(iri),
            _HOLDS.get(values["range"], "node"),
            None if values["range"] in _HOLDS else values["range"].removeprefix(NAMESPACE),
        )
        for key, iri, values in _declared()
        if "range" in values
    }


def _declared() -> Iterator[tuple[str, str, dict[str, str]]]:
    """The key and the IRI of each term of derived.ttl, with a dict of its 'key', the IRI of its 'type' and, for a
    property, that of its 'range', of several the last one. Raises KeyError for a term without a key."""
    objects: dict[str, dict[str, str]] = {}
    names = {RDF_TYPE.value: "type", RDFS + "range": "range", NAMESPACE + "key": "key"}
    for quad in parse(package_text("derived.ttl"), format=RdfFormat.TURTLE):
        if quad.predicate.value in names:
            objects.setdefault(quad.subject.value, {})[names[quad.predicate.value]] = quad.object.value
    for iri, values in objects.items():
        yield values["key"], iri, values


def comparison_quads(comparison: Comparison, graph: NamedNode) -> list[Quad]:
    """The quads of one comparison and its alignments in the named graph `graph`, sorted. The IRIs are below that of the
    graph, and follow from the IRIs and places of what is compared."""
    builder = _DerivedQuads(graph)
    node = _node(graph, comparison.upper, comparison.lower)
    builder.type(node, "Comparison")
    builder.put(node, "UPPER_PLAN", comparison.upper)
    builder.put(node, "LOWER_PLAN", comparison.lower)
    builder.put(node, "plan_relation", comparison.relation)
    builder.put(node, "plan_order", comparison.order)
    for key in ("upper_sha256", "lower_sha256", "rule", "upper_share", "lower_share", "looked_at", "upper_looked_at"):
        builder.put(node, key, getattr(comparison, key))
    for alignment in comparison.alignments:
        _alignment(builder, node, alignment)
    return sorted(set(builder.quads), key=sort_key)


def actual_quads(values: Iterable[ActualValue], file: str, graph: NamedNode) -> list[Quad]:
    """The quads of the actual values that were loaded from a file, whose name without folders is `file`, in the named
    graph `graph`, sorted."""
    builder = _DerivedQuads(graph)
    for value in values:
        node = _node(graph, value.region, value.concept, str(value.year), str(value.line))
        builder.type(node, "ActualValue")
        builder.put(node, "actual_file", file)
        for key in ("region", "concept", "year", "value", "unit", "source", "line"):
            builder.put(node, f"actual_{key}", getattr(value, key))
    return sorted(set(builder.quads), key=sort_key)


def _alignment(builder: "_DerivedQuads", comparison: NamedNode, alignment: Alignment) -> None:
    """Adds to `builder` the quads of an alignment that the comparison with this IRI found: a link to each side that is
    a task, and the kind, label, words, place and page of a side that is none."""
    node = _node(builder.graph, comparison.value, _name(alignment.upper), _name(alignment.lower))
    builder.type(node, "Alignment")
    builder.put(node, "FOUND_IN", comparison.value)
    builder.put(node, "alignment_kind", alignment.kind)
    builder.put(node, "score", alignment.score)
    builder.put(node, "shared", alignment.shared)
    for key, side in (("UPPER_TASK", alignment.upper), ("LOWER_TASK", alignment.lower)):
        if side.task:
            builder.put(node, key, side.task)
        else:
            builder.put(node, "part", side.part)
            for field in ("label", "quote", "start", "end", "page"):
                builder.put(node, f"passage_{field}", getattr(side, field))


def duplicate_quads(duplicates: Iterable[Duplicate], graph: NamedNode) -> list[Quad]:
    """The quads that say of each of `duplicates` which document holds a plan a second time and which one counts, in the
    named graph `graph`, sorted."""
    builder = _DerivedQuads(graph)
    for duplicate in duplicates:
        node = _node(graph, duplicate.left_out, duplicate.used)
        builder.type(node, "Duplicate")
        builder.put(node, "LEFT_OUT", duplicate.left_out)
        builder.put(node, "USED_INSTEAD", duplicate.used)
        builder.put(node, "reason", duplicate.reason)
    return sorted(set(builder.quads), key=sort_key)


def _name(side: Side) -> str:
    """What identifies a side within its comparison: the task's IRI, or the kind and place of the passage: 'box 120
    260'."""
    return side.task or f"{side.part} {side.start} {side.end}"


def _node(graph: NamedNode, *parts: str) -> NamedNode:
    """An IRI below that of the graph, made from `parts`, which identify the node: '…/0f3a…'."""
    return NamedNode(f"{graph.value}/{sha256(chr(0).join(parts).encode()).hexdigest()[:20]}")


class _DerivedQuads:
    """Collects the quads of one derived graph."""

    def __init__(self, graph: NamedNode) -> None:
        self.graph = graph
        self.quads: list[Quad] = []

    def put(self, subject: NamedNode, key: str, value: object) -> None:
        """Adds that the node `subject` has, as the property with this key, the value, an IRI for a link; nothing,
        whatever the key, where it is None. Raises KeyError for a key that derived.ttl does not declare."""
        if value is None:
            return
        term = terms()[key]
        object_term: NamedNode | Literal
        object_term = NamedNode(str(value)) if term.holds == "node" else literal(value, term.holds)  # type: ignore[arg-type]
        self.quads.append(Quad(subject, term.iri, object_term, self.graph))

    def type(self, subject: NamedNode, key: str) -> None:
        """Adds that the node `subject` is of the class with this key."""
        self.quads.append(Quad(subject, RDF_TYPE, classes()[key], self.graph))


@dataclass(frozen=True, slots=True)
class DerivedNode:
    """A derived thing in the property graph: its IRI, its label (the key of its class), its properties by key, and its
    links as (type, label of the other end, IRI of the other end)."""

    iri: str
    label: str
    properties: Mapping[str, str | int | float]
    links: Sequence[tuple[str, str, str]]


def project_derived(quads: Sequence[Quad]) -> list[DerivedNode]:
    """The quads of a derived graph as nodes of a property graph, in the order in which their types come; integers
    become ints, decimals floats, other values text. Of several types of a node, or values of a property, the last
    counts; links are all kept. Raises KeyError for a term that derived.ttl does not declare, and for a node without a
    class."""
    by_iri = {term.iri: (key, term) for key, term in terms().items()}
    labels = {iri: key for key, iri in classes().items()}
    nodes: dict[str, tuple[str, dict[str, str | int | float], list[tuple[str, str, str]]]] = {}
    for quad in quads:
        if quad.predicate == RDF_TYPE:
            nodes[quad.subject.value] = (labels[quad.object], {}, [])  # type: ignore[union-attr, index]
    for quad in quads:
        if quad.predicate == RDF_TYPE:
            continue
        key, term = by_iri[quad.predicate]
        _, properties, links = nodes[quad.subject.value]  # type: ignore[union-attr]
        value: str = quad.object.value  # type: ignore[union-attr]
        if term.range:
            links.append((key, term.range, value))
        else:
            properties[key] = (
                int(value) if term.holds == "integer" else float(value) if term.holds == "decimal" else value
            )
    return [DerivedNode(iri, *parts) for iri, parts in nodes.items()]
