"""The JSON-LD context, made from the declaration; context.jsonld is its published form."""

import json
from typing import Any

from ontology.namespaces import local_name
from ontology.schema import PREFIXES, SCHEMES, schema

# the facts of a document by kind, each the inverse of prov:wasDerivedFrom
FACT_TERMS = {kind.key: kind.plural for kind in schema().kinds}
# the kinds that are parts of a fact (values of a cell), with the term that leads from a part to its owner
OWNER_TERMS = {
    found.key: local_name(held.iri.value)
    for found in schema().declared.values()
    for held in found.properties.values()
    if held.parts_field
}


def context() -> dict[str, Any]:
    """The value of @context: a term for each class and property, named by the last part of its IRI; and for each kind
    of fact a term that leads from a document to its facts."""
    terms: dict[str, Any] = {**PREFIXES, "scheme": SCHEMES, "skos": PREFIXES["skos"]}
    for node in schema().classes.values():
        terms[local_name(node.value)] = node.value
    for found in schema().properties.values():
        term: dict[str, str] = {"@id": found.iri.value}
        if found.holds in {"node", "concept"}:
            term["@type"] = "@id"
        elif found.holds != "string":
            term["@type"] = f"xsd:{found.holds}"
        terms[local_name(found.iri.value)] = term
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
