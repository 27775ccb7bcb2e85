"""JSON-LD, compact and framed by plan: an object a plan, its facts by kind in it, then what it shares with others."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, BinaryIO

import pyoxigraph as ox

from exports.dataset import describe
from exports.options import Options, Selection
from exports.rdf import EVIDENCE_KEYS
from ontology.context import FACTS, PARTS, context
from ontology.model.store import Store
from ontology.namespaces import ONTOLOGY, compact, local_name
from ontology.published import ontology
from ontology.schema import TYPE, XSD, schema

Objects = dict[str, dict[str, Any]]
STRING = ox.NamedNode(XSD + "string")


def jsonld(store: Store, selection: Selection, out: BinaryIO) -> None:
    """One named graph a plan."""
    options = selection.options
    out.write(b'{"@context": ' + json.dumps(context(), ensure_ascii=False, indent=1).encode() + b',\n"@graph": [\n')
    first = True
    for graph in selection.graphs:
        triples = ox.parse(store.dump(graph), format=ox.RdfFormat.N_TRIPLES)
        first = _write(out, graph, _framed(graph, triples, options), first)
    if selection.reference:
        first = _write(
            out,
            selection.reference,
            _flat(ox.parse(store.dump(selection.reference), format=ox.RdfFormat.N_TRIPLES)),
            first,
        )
    if options.ontology:
        quads = ontology()
        first = _write(out, ONTOLOGY, _flat(quads), first)
    if options.describe:
        description = describe(store, selection)
        _write(out, description.graph, _flat(description.triples), first)
    out.write(b"\n]}\n")


def _write(out: BinaryIO, graph: str, members: list[dict[str, Any]], first: bool) -> bool:
    text = json.dumps({"@id": graph, "@graph": members}, ensure_ascii=False, indent=1)
    out.write((b"" if first else b",\n") + text.encode())
    return False


def _framed(graph: str, triples: Iterable[ox.Quad], options: Options) -> list[dict[str, Any]]:
    """The document with its facts inside it; the shared nodes follow."""
    left_out = () if options.evidence else EVIDENCE_KEYS
    objects = _objects(triples, {schema().properties[key].iri.value for key in left_out})
    document = objects.pop(graph)
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    shared, texts = [], []
    for found in objects.values():
        types = found["@type"] if isinstance(found["@type"], list) else [found["@type"]]
        if found.get("wasDerivedFrom") == graph:
            del found["wasDerivedFrom"]
            kinds[FACTS[types[0]]].append(found)
        elif "DocumentText" in types:
            texts.append(found)
        elif "ValuePart" in types:
            parts[found.pop("partOfIndicator")].append(found)
        else:
            shared.append(found)
    for indicator in kinds["indicators"]:
        if found_parts := parts.get(indicator["@id"]):
            indicator[PARTS] = found_parts
    for name in FACTS.values():
        if kinds[name]:
            document[name] = sorted(kinds[name], key=lambda fact: (fact.get("position", 0), fact["@id"]))
    return [document, *texts, *sorted(shared, key=lambda node: str(node["@id"]))]


def _flat(triples: Iterable[ox.Quad | ox.Triple]) -> list[dict[str, Any]]:
    return sorted(_objects(triples, set()).values(), key=lambda node: str(node["@id"]))


def _objects(triples: Iterable[ox.Quad | ox.Triple], left_out: set[str]) -> Objects:
    objects: Objects = {}
    for triple in sorted(triples, key=lambda t: (str(t.subject), str(t.predicate), str(t.object))):
        if triple.predicate.value in left_out:
            continue
        iri = str(triple.subject) if isinstance(triple.subject, ox.BlankNode) else triple.subject.value  # type: ignore[union-attr]
        node = objects.setdefault(iri, {"@id": iri})
        if triple.predicate == TYPE:
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
    return local_name(iri) if iri in schema().class_keys else compact(iri)


def _member(predicate: str, term: object) -> tuple[str, Any]:
    """A property by its term in the context, or by a prefixed name with its value written out."""
    found = schema().by_iri.get(predicate)
    if found is not None and isinstance(term, ox.Literal) and term.language is None:
        return local_name(predicate), int(term.value) if found.holds == "integer" else term.value
    if found is not None and isinstance(term, ox.NamedNode):
        return local_name(predicate), compact(term.value)
    if isinstance(term, ox.Literal) and term.datatype == STRING:
        return compact(predicate), term.value
    if isinstance(term, ox.Literal):
        typed = {"@language": term.language} if term.language else {"@type": term.datatype.value}
        return compact(predicate), {"@value": term.value, **typed}
    return compact(predicate), {"@id": _name(term)}


def _name(term: Any) -> str:
    """A node's IRI, or the label of a blank node."""
    return str(term) if isinstance(term, ox.BlankNode) else compact(term.value)
