"""The names that the editor of the query pages can complete: those of the ontology, with their labels in the page's
language."""

from collections.abc import Iterator
from typing import TypedDict

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.workbench.desk import language_of
from kg.workbench.words import Language
from ontology.namespaces import PREFIXES
from ontology.property_graph import NODE_LABELS
from ontology.schema import Class, Property, schema


class Term(TypedDict):
    """A name that a query may contain. `kind` is class, property or prefix in SPARQL; label, relationship or property
    in Cypher. `label` and `comment` are those of the ontology; the label of a prefix is its namespace."""

    name: str
    kind: str
    label: str
    comment: str


def terms_of(request: Request) -> Response:
    """GET /sparql/terms.json and /cypher/terms.json: the names for this query language as JSON; 404 for another one."""
    language = language_of(request)
    match request.path_params["query_language"]:
        case "sparql":
            return JSONResponse(in_sparql(language))
        case "cypher":
            return JSONResponse(in_cypher(language))
    raise HTTPException(404, request.url.path)


def in_sparql(language: Language) -> list[Term]:
    """The names for SPARQL: prefixes that need no declaration, and the classes and properties of the graph: {'name':
    'kg:Plan', 'kind': 'class', 'label': '规划', 'comment': '文本已被读取的政策文件。'}"""

    def found() -> Iterator[Term]:
        for prefix, iri in PREFIXES.items():
            yield Term(name=f"{prefix}:", kind="prefix", label=iri, comment="")
        for one in schema().declared.values():
            yield _term(_short(one.iri.value), "class", one, language)
        for each in schema().by_iri.values():
            yield _term(_short(each.iri.value), "property", each, language)

    return list(found())


def in_cypher(language: Language) -> list[Term]:
    """The names for Cypher, the labels, relationship types and properties of the graph in Neo4j: {'name': 'OF_REGION',
    'kind': 'relationship', 'label': '规划区域', 'comment': …}"""

    def found() -> Iterator[Term]:
        for label in sorted(NODE_LABELS):
            yield _term(label, "label", schema().declared[label], language)
        for key, each in schema().properties.items():
            yield _term(key, "relationship" if each.holds == "node" else "property", each, language)

    return list(found())


def _term(name: str, kind: str, of: Class | Property, language: Language) -> Term:
    """The entry for a class or property of the ontology: `name` is what a query calls it ('kg:Plan', 'OF_REGION'),
    `kind` one of those that Term lists."""
    return Term(name=name, kind=kind, label=of.label(language), comment=dict(of.comments).get(language, ""))


def _short(iri: str) -> str:
    """The IRI with a prefix: 'http://purl.org/dc/terms/title' -> 'dcterms:title'; in <> where none is known."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"
