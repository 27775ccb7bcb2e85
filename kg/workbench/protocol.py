"""`/sparql`: the SPARQL 1.1 Protocol, for queries only, and a page to write them on; `/cypher` for Neo4j, a page
only."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.workbench import words
from kg.workbench.desk import Desk, desk, language_of
from kg.workbench.negotiation import best
from kg.workbench.tables import sheet
from kg.workbench.worker import QueryAnswer, QueryJob
from ontology.model.store import Table
from queries.includes import declare_prefixes, error_line, own_line_numbers

MAX_REQUEST_BYTES = 200_000  # bytes of a request
MAX_SHOWN_ROWS = 1_000  # rows on the page
RESULT_TYPES = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPH_TYPES = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "text/plain": "ntriples",
    "application/xml": "rdfxml",
}
# SPARQL 1.1 Protocol, 2.1.7: 400 for a query that is wrong, 500 for one that is refused.
FAILURE_STATUS = {"syntax": 400, "rows": 500, "memory": 500, "failed": 500, "time": 503, "busy": 503}
EXAMPLE_PRESETS = ("plans", "binding-indicators", "targets", "lineage", "responsibilities")


class _Wrong(Exception):
    """A request that the protocol does not allow: (HTTP status, message) of the answer."""


async def sparql(request: Request) -> Response:
    """GET and POST /sparql: answers a SPARQL query by the SPARQL 1.1 Protocol, in the format that the header Accept
    prefers; a GET that prefers HTML gets the page to write a query on, with its rows. Status 501 for a Neo4j store."""
    state = desk(request)
    try:
        asked = await _request(request)
    except _Wrong as error:
        status, message = error.args
        return PlainTextResponse(message + "\n", status)
    accept = request.headers.get("accept", "*/*")
    wants_page = best(accept, [*RESULT_TYPES, *GRAPH_TYPES, "text/html"]) == "text/html"
    if state.library.language != "sparql":
        message = "the store is Neo4j: it has no SPARQL; /cypher takes queries in Cypher"
        return PlainTextResponse(message + "\n", 501)
    queries = asked.getlist("query")
    if wants_page and request.method == "GET":
        return await run_in_threadpool(_page, state, request, queries[0] if queries else "")
    if len(queries) != 1:
        return PlainTextResponse("give one parameter query: the text of a SPARQL query\n", 400)
    results = best(accept, list(RESULT_TYPES)) or "application/sparql-results+json"
    graphs = best(accept, list(GRAPH_TYPES)) or "text/turtle"
    job = QueryJob(
        declare_prefixes(queries[0]),
        RESULT_TYPES[results],
        GRAPH_TYPES[graphs],
        default=tuple(asked.getlist("default-graph-uri")),
        named=tuple(asked.getlist("named-graph-uri")),
        rows=state.settings.rows,
    )
    answer = await run_in_threadpool(state.queries.ask, job)
    if answer.kind == "results":
        return Response(answer.body, media_type=_with_charset(results), headers={"Vary": "Accept"})
    if answer.kind == "graph":
        return Response(answer.body, media_type=_with_charset(graphs), headers={"Vary": "Accept"})
    said = own_line_numbers(answer.body, queries[0]) if answer.kind == "syntax" else answer.body
    return PlainTextResponse(f"{said}\n", FAILURE_STATUS[answer.kind])


async def _request(request: Request) -> QueryParams:
    """The parameters of a request, from the address or the body; raises _Wrong for an update (403), a body that is too
    long (413) or not UTF-8 (400), and a type that the protocol does not have (415)."""
    if request.method == "GET":
        asked = QueryParams(request.url.query)
    else:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_REQUEST_BYTES:
                raise _Wrong(413, f"a query has at most {MAX_REQUEST_BYTES} bytes here")
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            raise _Wrong(400, "the request is not UTF-8") from None
        if kind == "application/sparql-query":
            asked = QueryParams([*QueryParams(request.url.query).multi_items(), ("query", text)])
        elif kind == "application/x-www-form-urlencoded":
            asked = QueryParams(parse_qsl(text, keep_blank_values=True))
        elif kind == "application/sparql-update":
            raise _Wrong(403, "this endpoint is read-only: it takes no update")
        else:
            raise _Wrong(415, "send application/sparql-query or application/x-www-form-urlencoded")
    if "update" in asked:
        raise _Wrong(403, "this endpoint is read-only: it takes no update")
    return asked


def _page(state: Desk, request: Request, query: str) -> Response:
    """The page with a SPARQL query and its rows; the query may be empty."""
    job = QueryJob(declare_prefixes(query), table=True, rows=MAX_SHOWN_ROWS)
    answer = state.queries.ask(job) if query.strip() else None
    if answer is not None and answer.kind == "syntax":
        answer = replace(answer, body=own_line_numbers(answer.body, query))
    return _shown(state, request, query, answer, "sparql")


def cypher(request: Request) -> Response:
    """GET /cypher?query=…: the page with the rows of a Cypher query; status 501 for a store that is no Neo4j."""
    state = desk(request)
    query = request.query_params.get("query", "")
    if state.library.language != "cypher":
        return PlainTextResponse("the store is no Neo4j: /sparql takes queries\n", 501)
    answer = None
    if query.strip():
        job = QueryJob(query, table=True, rows=MAX_SHOWN_ROWS, language="cypher", seconds=state.settings.seconds)
        answer = state.queries.ask(job)
    return _shown(state, request, query, answer, "cypher")


def _shown(state: Desk, request: Request, query: str, answer: QueryAnswer | None, language: str) -> Response:
    """The page with a query in SPARQL or Cypher (`language`), and its rows, or what was wrong with it; `answer` is None
    where there is no query yet."""
    context: dict[str, Any] = {"query": query, "trouble": None, "sheet": None, "cut": False, "failed": None}
    if answer is not None and answer.kind == "table":
        columns, rows = answer.body
        context["sheet"] = sheet(Table(_distinct(columns), rows), request, as_asked=True)
        context["cut"] = answer.cut
    elif answer is not None:
        context["trouble"] = answer.body
        context["failed"] = error_line(str(answer.body)) if answer.kind == "syntax" else None
    reading = language_of(request)
    presets = state.library.presets
    context["examples"] = [
        (words.of_preset(presets[name], reading)[0], _plain(presets[name].sparql or ""))
        for name in EXAMPLE_PRESETS
        if language == "sparql" and name in presets
    ]
    return state.page(
        request, "query.html", shown=MAX_SHOWN_ROWS, limits=state.settings, query_language=language, **context
    )


def _plain(query: str) -> str:
    """The query of a preset without header and prefixes, and with '' for its parameters, as an example."""
    lines = [line for line in query.splitlines() if line.strip() and not line.startswith(("#", "PREFIX "))]
    text = "\n".join(lines)
    for name in ("plan", "region", "kind", "relation", "role", "year"):
        text = text.replace(f"${name}", '""')
    return text


def _distinct(names: list[str]) -> tuple[str, ...]:
    """The names of columns with numbers added to those that are equal, which Cypher allows: ['n', 'n'] -> ('n', 'n
    1')."""
    found: list[str] = []
    for name in names:
        found.append(name if name not in found else f"{name} {len(found)}")
    return tuple(found)


def _with_charset(kind: str) -> str:
    """The media type with charset=utf-8 where it is one of text."""
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
