"""The names that the editor of the query pages can complete: those of the ontology, with their labels in the page's
language."""

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
    in Cypher. `label` and `comment` are those of the ontology in the page's language, the comment '' where it
    has none; a prefix (its name with the colon: 'kg:') has its namespace as label and no comment ('')."""

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
    """The names for SPARQL: prefixes that need no declaration, then the classes and the properties of the graph:
    {'name': 'kg:Plan', 'kind': 'class', 'label': '规划', 'comment': '文本已被读取的政策文件。'}"""
    return [
        *(Term(name=f"{prefix}:", kind="prefix", label=iri, comment="") for prefix, iri in PREFIXES.items()),
        *(_term(_short(each.iri.value), "class", each, language) for each in schema().declared.values()),
        *(_term(_short(each.iri.value), "property", each, language) for each in schema().by_iri.values()),
    ]


def in_cypher(language: Language) -> list[Term]:
    """The names for Cypher: the labels of nodes in Neo4j, sorted by name, then relationship types and properties, in
    the order of the ontology: {'name': 'OF_REGION', 'kind': 'relationship', 'label': '规划区域', 'comment': …}"""
    return [
        *(_term(label, "label", schema().declared[label], language) for label in sorted(NODE_LABELS)),
        *(
            _term(key, "relationship" if each.holds == "node" else "property", each, language)
            for key, each in schema().properties.items()
        ),
    ]


def _term(name: str, kind: str, of: Class | Property, language: Language) -> Term:
    """The entry for a class or property of the ontology: `name` is what a query calls it ('kg:Plan', 'OF_REGION'),
    `kind` one of those that Term lists; label and comment are in the language, the comment '' where the ontology has
    none in it."""
    return Term(name=name, kind=kind, label=of.label(language), comment=dict(of.comments).get(language, ""))


def _short(iri: str) -> str:
    """The IRI with the first prefix of PREFIXES that it is below: 'http://purl.org/dc/terms/title' -> 'dcterms:title';
    in <> where it is below none."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"
