"""JSON-LD with the project's context. Each plan is an object that holds its facts by kind; what plans share follows."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import pyoxigraph as ox

from exports.dataset import describe
from exports.options import ExportSelection, Options
from ontology.context import FACT_TERMS, OWNER_TERMS, context
from ontology.model.store import Store
from ontology.namespaces import ONTOLOGY, compact, local_name
from ontology.published import ontology
from ontology.schema import RDF_TYPE, XSD, schema

Objects = dict[str, dict[str, Any]]
STRING_DATATYPE = ox.NamedNode(XSD + "string")


def jsonld(store: Store, selection: ExportSelection, out: BinaryIO) -> None:
    """Writes the selection to `out` as JSON-LD in which each graph is a named graph: those of the plans, the reference
    graph, and the ontology and the description where the options ask for them."""
    _document(out, ({"@id": graph, "@graph": members} for graph, members in _graphs(store, selection)))


def jsonld_flat(store: Store, selection: ExportSelection, out: BinaryIO) -> None:
    """Writes what `jsonld` does to `out` as JSON-LD, but all in the default graph, for readers without named graphs,
    such as `rdflib.Graph().parse`."""
    _document(out, (member for _, members in _graphs(store, selection) for member in members))


def _graphs(store: Store, selection: ExportSelection) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The IRI and the JSON objects of each graph of the selection: those of plans, the reference graph, and, where the
    options ask for them, the ontology and the description."""
    options = selection.options
    for graph in selection.graphs:
        yield graph, _framed(graph, ox.parse(store.dump(graph), format=ox.RdfFormat.N_TRIPLES), options)
    if selection.reference:
        yield selection.reference, _flat(ox.parse(store.dump(selection.reference), format=ox.RdfFormat.N_TRIPLES))
    if options.ontology:
        yield ONTOLOGY, _flat(ontology())
    if options.describe:
        description = describe(store, selection)
        yield description.graph, _flat(description.triples)


def _document(out: BinaryIO, members: Iterable[dict[str, Any]]) -> None:
    """Writes to `out` a JSON-LD document with the context and these members of `@graph`, each as it comes."""
    out.write(b'{"@context": ' + json.dumps(context(), ensure_ascii=False, indent=1).encode() + b',\n"@graph": [\n')
    for number, member in enumerate(members):
        out.write((b",\n" if number else b"") + json.dumps(member, ensure_ascii=False, indent=1).encode())
    out.write(b"\n]}\n")


def _framed(graph: str, triples: Iterable[ox.Quad], options: Options) -> list[dict[str, Any]]:
    """The JSON objects of one plan's graph, whose IRI is `graph`: the document, its text if the graph has one, then,
    sorted by id, all other nodes that are no fact or part of one, such as policies, regions and corrections.

    The document's object contains the objects of its facts in a list for each kind (FACT_TERMS), sorted by position (0
    for none) and id; a fact's object contains those of its parts (OWNER_TERMS) in a list for each class, by the plural
    of the class. What is contained has no link back. Without `options.evidence` the properties of EVIDENCE_KEYS are
    left out. Raises KeyError where the graph has no such document, a node no class, a fact a class that FACT_TERMS
    lacks, or a part no fact.
    """
    objects = _objects(triples, {schema().properties[key].iri.value for key in options.left_out})
    document = objects.pop(graph)
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    parts: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    shared, texts = [], []
    for node in objects.values():
        types = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
        if node.get("wasDerivedFrom") == graph:
            del node["wasDerivedFrom"]
            kinds[FACT_TERMS[types[0]]].append(node)
        elif "DocumentText" in types:
            texts.append(node)
        elif types[0] in OWNER_TERMS:
            owner = node.pop(OWNER_TERMS[types[0]])
            parts[owner, schema().declared[types[0]].plural].append(node)
        else:
            shared.append(node)
    facts = {fact["@id"]: fact for members in kinds.values() for fact in members}
    for (owner, name), members in parts.items():
        facts[owner][name] = members
    for name in FACT_TERMS.values():
        if kinds[name]:
            document[name] = sorted(kinds[name], key=lambda fact: (fact.get("position", 0), fact["@id"]))
    return [document, *texts, *sorted(shared, key=lambda node: str(node["@id"]))]


def _flat(triples: Iterable[ox.Quad | ox.Triple]) -> list[dict[str, Any]]:
    """The JSON objects of the nodes of these triples, sorted by id, none inside another."""
    return sorted(_objects(triples, set()).values(), key=lambda node: str(node["@id"]))


def _objects(triples: Iterable[ox.Quad | ox.Triple], left_out: set[str]) -> Objects:
    """A JSON object for each subject of the triples, by its id, an IRI or '_:name'. Its types are `@type`, its other
    values as `_member` has them; a key with several values has a list. Triples whose predicate is one of the IRIs
    `left_out` are not in it. The objects and their members are in the order of the sorted triples."""
    objects: Objects = {}
    for triple in sorted(triples, key=lambda t: (str(t.subject), str(t.predicate), str(t.object))):
        if triple.predicate.value in left_out:
            continue
        iri = str(triple.subject) if isinstance(triple.subject, ox.BlankNode) else triple.subject.value  # type: ignore[union-attr]
        node = objects.setdefault(iri, {"@id": iri})
        if triple.predicate == RDF_TYPE:
            key, value = "@type", _class(triple.object.value)  # type: ignore[union-attr]
        else:
            key, value = _member(triple.predicate.value, triple.object)
        if key in node:
            before = node[key] if isinstance(node[key], list) else [node[key]]
            node[key] = [*before, value]
        else:
            node[key] = value
    return objects


def _class(iri: str) -> str:
    """The name of the class with this IRI: the context's term ('Task') for one of the ontology's, else a prefixed name
    ('skos:Concept'), or the IRI unchanged where it has no known prefix (`compact`)."""
    return local_name(iri) if iri in schema().class_keys else compact(iri)


def _member(predicate: str, term: object) -> tuple[str, Any]:
    """The predicate and object of a triple (`predicate` is an IRI) as a member of a JSON object.

    A property of the context has its term as key and a plain value, an int for an integer property, else text (also of
    a decimal or boolean) or the prefixed name of a node: ('page', 3). Any other property, and one whose object is a
    text with a language or a blank node, has a prefixed name as key and the value in expanded form unless it is a plain
    string: ('skos:prefLabel', {'@value': '任务', '@language': 'zh'}). An IRI without a known prefix stays whole.
    """
    prop = schema().by_iri.get(predicate)
    if prop is not None and isinstance(term, ox.Literal) and term.language is None:
        return local_name(predicate), int(term.value) if prop.holds == "integer" else term.value
    if prop is not None and isinstance(term, ox.NamedNode):
        return local_name(predicate), compact(term.value)
    if isinstance(term, ox.Literal) and term.datatype == STRING_DATATYPE:
        return compact(predicate), term.value
    if isinstance(term, ox.Literal):
        typed = {"@language": term.language} if term.language else {"@type": term.datatype.value}
        return compact(predicate), {"@value": term.value, **typed}
    return compact(predicate), {"@id": _name(term)}


def _name(term: Any) -> str:
    """The prefixed name ('skos:Concept') or IRI of a node, or the label of a blank node ('_:b0')."""
    return str(term) if isinstance(term, ox.BlankNode) else compact(term.value)
