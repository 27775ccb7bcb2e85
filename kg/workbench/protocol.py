"""`/sparql`: the SPARQL 1.1 Protocol, for queries only, and a page to write them on; `/cypher` for Neo4j, a page
only."""

import re
from dataclasses import replace
from itertools import count
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
from queries.presets import Preset

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
# Columns of triples have heads of their own: the subject of a triple is not that of a target.
TRIPLE_COLUMNS = {name: f"triple_{name}" for name in ("subject", "predicate", "object")}
EXAMPLE_PRESETS = ("plans", "binding-indicators", "targets", "lineage", "responsibilities")


class _Wrong(Exception):
    """A request that the protocol does not allow: (HTTP status, message) of the answer."""


async def sparql(request: Request) -> Response:
    """GET (or HEAD) and POST /sparql: answers a SPARQL query by the SPARQL 1.1 Protocol, as `_protocol_answer` does. A
    GET whose header Accept gives HTML more weight than every type of RESULT_TYPES and GRAPH_TYPES gets the page to
    write a query on, with the rows of the first `query` in the address if there is one. A request of which
    `_parameters` raises _Wrong is answered by the status and message of that, any other by status 501 where the store
    is Neo4j."""
    state = desk(request)
    try:
        parameters = await _parameters(request)
    except _Wrong as error:
        status, message = error.args
        return PlainTextResponse(message + "\n", status)
    accept = request.headers.get("accept", "*/*")
    if state.library.language != "sparql":
        message = "the store is Neo4j: it has no SPARQL; /cypher takes queries in Cypher"
        return PlainTextResponse(message + "\n", 501)
    wants_page = best(accept, [*RESULT_TYPES, *GRAPH_TYPES, "text/html"]) == "text/html"
    if wants_page and request.method != "POST":
        return await run_in_threadpool(_sparql_page, state, request, next(iter(parameters.getlist("query")), ""))
    return await run_in_threadpool(_protocol_answer, state, parameters, accept)


def _protocol_answer(state: Desk, parameters: QueryParams, accept: str) -> Response:
    """The answer of the protocol to a request with these parameters: the answer to `query`, of which there has to be
    one, from the graphs that default-graph-uri and named-graph-uri name, or from all. The rows or triples are in the
    format that the header Accept (`accept`) prefers, in JSON or Turtle where it accepts none that there is. The usual
    prefixes need no declaration.

    Where something is wrong, the answer is a text that says what, with status 400 where there is not exactly one
    `query`, or it is wrong or not allowed; 503 where it takes too long, or no process is free to run it; 500 where it
    fails, or its answer needs more memory or has more rows than the settings allow."""
    queries = parameters.getlist("query")
    if len(queries) != 1:
        return PlainTextResponse("give one parameter query: the text of a SPARQL query\n", 400)
    results = best(accept, list(RESULT_TYPES)) or "application/sparql-results+json"
    graphs = best(accept, list(GRAPH_TYPES)) or "text/turtle"
    job = QueryJob(
        declare_prefixes(queries[0]),
        RESULT_TYPES[results],
        GRAPH_TYPES[graphs],
        default=tuple(parameters.getlist("default-graph-uri")),
        named=tuple(parameters.getlist("named-graph-uri")),
        rows=state.settings.rows,
    )
    answer = state.queries.ask(job)
    if answer.kind == "results":
        return Response(answer.body, media_type=_with_charset(results), headers={"Vary": "Accept"})
    if answer.kind == "graph":
        return Response(answer.body, media_type=_with_charset(graphs), headers={"Vary": "Accept"})
    message = own_line_numbers(answer.body, queries[0]) if answer.kind == "syntax" else answer.body
    return PlainTextResponse(f"{message}\n", FAILURE_STATUS[answer.kind])


async def _parameters(request: Request) -> QueryParams:
    """The parameters of a request: of the address for GET and HEAD. For POST the media type of the body decides: for a
    form they are those of the body alone, for application/sparql-query those of the address and the body as one more
    `query`. Raises _Wrong with status 413 for a body of more than MAX_REQUEST_BYTES (200,000), 400 for one that is not
    UTF-8, 403 for application/sparql-update, 415 for any other media type or none; then, of any method, 403 for a
    parameter `update`."""
    if request.method != "POST":
        parameters = QueryParams(request.url.query)
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
            parameters = QueryParams([*QueryParams(request.url.query).multi_items(), ("query", text)])
        elif kind == "application/x-www-form-urlencoded":
            parameters = QueryParams(parse_qsl(text, keep_blank_values=True))
        elif kind == "application/sparql-update":
            raise _Wrong(403, "this endpoint is read-only: it takes no update")
        else:
            raise _Wrong(415, "send application/sparql-query or application/x-www-form-urlencoded")
    if "update" in parameters:
        raise _Wrong(403, "this endpoint is read-only: it takes no update")
    return parameters


def _sparql_page(state: Desk, request: Request, query: str) -> Response:
    """The page with a SPARQL query and at most MAX_SHOWN_ROWS (1,000) of its rows, or what was wrong with it, with line
    numbers as in `query`; for a blank query the page without either. The usual prefixes need no declaration."""
    answer = (
        state.queries.ask(QueryJob(declare_prefixes(query), table=True, rows=MAX_SHOWN_ROWS)) if query.strip() else None
    )
    if answer is not None and answer.kind == "syntax":
        answer = replace(answer, body=own_line_numbers(answer.body, query))
    return _query_page(state, request, query, answer, "sparql")


def cypher(request: Request) -> Response:
    """GET /cypher?query=…: the page with a Cypher query and at most MAX_SHOWN_ROWS (1,000) of its rows, or what was
    wrong with it; for a missing or blank query the page to write one on. Status 501 for a store that is no Neo4j."""
    state = desk(request)
    query = request.query_params.get("query", "")
    if state.library.language != "cypher":
        return PlainTextResponse("the store is no Neo4j: /sparql takes queries\n", 501)
    answer = None
    if query.strip():
        job = QueryJob(query, table=True, rows=MAX_SHOWN_ROWS, language="cypher", seconds=state.settings.seconds)
        answer = state.queries.ask(job)
    return _query_page(state, request, query, answer, "cypher")


def _query_page(state: Desk, request: Request, query: str, answer: QueryAnswer | None, language: str) -> Response:
    """The page with a query in the language 'sparql' or 'cypher' and what came of it: of an `answer` of the kind
    `table` the rows, all columns in their order (those of triples by other names, TRIPLE_COLUMNS), and whether rows
    were left out; of an answer of any other kind the message, and of `syntax` also the line that the message names;
    nothing for None, where there is no query yet. For SPARQL it offers those presets of EXAMPLE_PRESETS that there
    are as examples, by their titles."""
    context: dict[str, Any] = {"query": query, "trouble": None, "sheet": None, "cut": False, "failed": None}
    if answer is not None and answer.kind == "table":
        columns, rows = answer.body
        if columns == list(TRIPLE_COLUMNS):
            columns = list(TRIPLE_COLUMNS.values())
        context["sheet"] = sheet(Table(_distinct(columns), rows), request, as_asked=True)
        context["cut"] = answer.cut
    elif answer is not None:
        context["trouble"] = answer.body
        context["failed"] = error_line(str(answer.body)) if answer.kind == "syntax" else None
    presets = state.library.presets
    context["examples"] = [
        (words.of_preset(presets[name], language_of(request))[0], _plain(presets[name]))
        for name in EXAMPLE_PRESETS
        if language == "sparql" and name in presets
    ]
    return state.page(
        request, "query.html", shown=MAX_SHOWN_ROWS, limits=state.settings, query_language=language, **context
    )


def _plain(preset: Preset) -> str:
    """The SPARQL query of a preset as an example: without lines that are blank or begin with # or PREFIX, and with ""
    in place of the preset's parameters, as where none is given: $level -> "". Empty for a preset without SPARQL."""
    lines = [line for line in (preset.sparql or "").splitlines() if line.strip()]
    text = "\n".join(line for line in lines if not line.startswith(("#", "PREFIX ")))
    names = {parameter.name for parameter in preset.parameters}
    return re.sub(r"\$(\w+)", lambda found: '""' if found[1] in names else found[0], text)


def _distinct(names: list[str]) -> tuple[str, ...]:
    """The names of columns, of which a server may send equal ones, made different: the first column of a name keeps it,
    each later one gets the first of 'NAME 2', 'NAME 3' … that no other column has.

    >>> _distinct(["n", "m", "n", "n 2", "n"])
    ('n', 'm', 'n 3', 'n 2', 'n 4')
    """
    distinct: list[str] = []
    for name in names:
        numbered = (f"{name} {number}" for number in count(2))
        distinct.append(
            name if name not in distinct else next(each for each in numbered if each not in {*names, *distinct})
        )
    return tuple(distinct)


def _with_charset(kind: str) -> str:
    """The media type, one of text with its encoding: 'text/csv' -> 'text/csv; charset=utf-8'."""
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
