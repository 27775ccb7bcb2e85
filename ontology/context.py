"""The JSON-LD context, made from the declaration; context.jsonld is its published form."""

import json
from typing import Any

from ontology.namespaces import local_name
from ontology.schema import PREFIXES, SCHEMES, schema

# the facts of a document by kind, each the inverse of prov:wasDerivedFrom
FACT_TERMS = {kind.key: kind.plural for kind in schema().kinds}
# the kinds that are parts of a fact (values of a cell), with the term that leads from a part to its owner
OWNER_TERMS = {
    found.key: local_name(prop.iri.value)
    for found in schema().declared.values()
    for prop in found.properties.values()
    if prop.parts_field
}


def context() -> dict[str, Any]:
    """The value of @context, a dict by term: the prefixes; the classes and properties, each by the last part of its IRI
    ('docNumber'), with a type for each property that holds no strings; for each kind of fact its plural (FACT_TERMS:
    'tasks'), which leads from a document to its facts of that kind; and for each class of parts of a value its plural,
    which leads from a fact to these parts."""
    terms: dict[str, Any] = {**PREFIXES, "scheme": SCHEMES, "skos": PREFIXES["skos"]}
    for node in schema().classes.values():
        terms[local_name(node.value)] = node.value
    for prop in schema().properties.values():
        term: dict[str, str] = {"@id": prop.iri.value}
        if prop.holds in {"node", "concept"}:
            term["@type"] = "@id"
        elif prop.holds != "string":
            term["@type"] = f"xsd:{prop.holds}"
        terms[local_name(prop.iri.value)] = term
    derived = schema().properties["DERIVED_FROM"].iri.value
    for name in FACT_TERMS.values():
        terms[name] = {"@reverse": derived, "@container": "@set"}
    for key, owner in OWNER_TERMS.items():
        reverse = {"@reverse": terms[owner]["@id"], "@container": "@set"}
        terms[schema().declared[key].plural] = reverse
    return terms


def published() -> str:
    """The text of context.jsonld: a JSON object with @context alone."""
    return json.dumps({"@context": context()}, ensure_ascii=False, indent=1) + "\n"
