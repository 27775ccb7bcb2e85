"""The process that runs queries of users, apart from the server so that it can be ended.

pyoxigraph has no limit of time, and an answer that does not fit into memory would end the server too.
"""

import os
import re
import signal
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any

import pyoxigraph as ox

from kg.stores import open_store
from kg.stores.sparql import SparqlStore
from kg.stores.terms import python_value
from kg.workbench.results import written
from ontology.model.errors import KgError, Usage
from ontology.namespaces import PREFIXES

RDF_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class QueryJob:
    """A query of a user. The answer has at most `rows` rows; for Cypher it may take `seconds` seconds. `format` is
    json, xml, csv or tsv, for rows; `graph_format` is one of RDF_FORMATS, for triples; `table` asks for values of
    Python instead, for a page. `default` and `named` are the IRIs of the graphs to query, none for all."""

    query: str
    format: str = "json"
    graph_format: str = "turtle"
    table: bool = False
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    rows: int = 100_000
    language: str = "sparql"
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The answer to a job. `kind` says what `body` is: `results` or `graph` (bytes in the format asked for), `table`
    (names of columns, rows); or, with a message, the kind of failure: `syntax`, `rows` (too many), `failed`, and from
    `Queries` also `memory`, `time` and `busy`. The first answer of a process is `ready`. `cut` is whether rows of a
    table were left out."""

    kind: str
    body: Any = b""
    cut: bool = False


def main() -> None:
    """Runs the process. Its arguments are the file descriptor of the connection to the server, the store's address, and
    the limit of memory in bytes."""
    descriptor, address, memory = sys.argv[1:]
    run(address, int(memory), Connection(int(descriptor)))


def run(address: str, memory: int, connection: Connection) -> None:
    """Opens the store, sends an answer of the kind `ready` (or `failed`), and then answers one job after another until
    the connection ends. Ends the process (status 3) where an answer needs more memory than there is.

    `memory` is the limit in bytes above what the open store takes.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's
    try:
        store = open_store(address)
    except KgError as error:
        connection.send(QueryAnswer("failed", str(error)))
        return
    _limit(memory)
    connection.send(QueryAnswer("ready"))
    while True:
        try:
            job = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer = _cypher(store, job) if job.language == "cypher" else _answer(store, job)
        except MemoryError:
            os._exit(3)
        try:
            connection.send(answer)
        except (BrokenPipeError, OSError):
            return


def _limit(memory: int) -> None:
    """Limits the process to `memory` bytes more than it uses now. Where the system has no such limit, only the limit
    of time holds."""
    try:
        import resource
    except ImportError:  # Windows
        return
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            used = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(store: Any, job: QueryJob) -> QueryAnswer:
    """The answer to the SPARQL query of a job; where it is wrong or fails an answer of the kind `syntax`, `failed` or
    `rows`. SERVICE is not allowed."""
    if calls_service(job.query):
        return QueryAnswer("syntax", "SERVICE is not allowed here: this endpoint asks no other server")
    try:
        return _written(_asked(store, job), job)
    except (SyntaxError, ValueError, Usage) as error:
        return QueryAnswer("syntax", str(error).strip())
    except (OSError, RuntimeError, KgError) as error:
        return QueryAnswer("failed", str(error))
    except _TooMany:
        return QueryAnswer("rows", f"the answer has more than {job.rows} rows: add LIMIT, or make the pattern narrower")


def _asked(store: Any, job: QueryJob) -> Any:
    """The result of the job's SPARQL query from the store: solutions, triples or a truth value, or what
    `Endpoint.select` returns. `store` is an `OxigraphStore` or a `SparqlStore`. Raises Usage where the job names graphs
    and the store is a server."""
    if isinstance(store, SparqlStore):
        if job.default or job.named:
            raise Usage("name the graphs in the query, by FROM: the store is a server")
        return store.endpoint.select(job.query)
    if not (job.default or job.named):
        return store.inner.query(job.query, use_default_graph_as_union=True)
    return store.inner.query(
        job.query,
        default_graph=[ox.NamedNode(iri) for iri in job.default],
        named_graphs=[ox.NamedNode(iri) for iri in job.named],
    )


class _TooMany(Exception):
    """Raised where the answer has more rows than allowed."""


def _written(found: Any, job: QueryJob) -> QueryAnswer:
    """The answer with what the store returned (`found`, see `_asked`), in the form that the job asks for; raises
    _TooMany where it has more rows than the job allows, except for a page, where they are cut."""
    if isinstance(found, ox.QueryBoolean | bool):
        truth = bool(found)
        if job.table:
            return QueryAnswer("table", (["answer"], [(truth,)]))
        return QueryAnswer("results", _BOOLEAN_RESULTS[job.format].format(str(truth).lower()).encode())
    if isinstance(found, ox.QuerySolutions):
        names, rows = [variable.value for variable in found.variables], iter(found)
    elif isinstance(found, tuple):
        names, rows = list(found[0]), iter(found[1])
    else:
        if not job.table:
            triples = _counted(found, job.rows)
            return QueryAnswer("graph", ox.serialize(triples, format=RDF_FORMATS[job.graph_format], prefixes=PREFIXES))
        names, rows = ["subject", "predicate", "object"], ((t.subject, t.predicate, t.object) for t in found)
    if job.table:
        some = [tuple(python_value(term) for term in row) for row in islice(rows, job.rows + 1)]
        return QueryAnswer("table", (names, some[: job.rows]), len(some) > job.rows)
    return QueryAnswer("results", written(names, _counted(rows, job.rows), job.format))


# What an ASK answers.
_BOOLEAN_RESULTS = {
    "json": '{{"head":{{}},"boolean":{}}}',
    "xml": '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head></head>'
    "<boolean>{}</boolean></sparql>",
    "csv": "{}",
    "tsv": "{}",
}


def _counted(items: Iterable[Any], most: int) -> Iterator[Any]:
    """The items one by one; raises _TooMany where there are more than `most`."""
    for number, item in enumerate(items, 1):
        if number > most:
            raise _TooMany
        yield item


def _cypher(store: Any, job: QueryJob) -> QueryAnswer:
    """The answer to the Cypher query of a job; where it is wrong or fails an answer of the kind `syntax` or `failed`.
    `store` is a `Neo4jStore`."""
    try:
        table = store.read(job.query, job.seconds, job.rows + 1)
    except Usage as error:
        return QueryAnswer("syntax", str(error))
    except KgError as error:
        return QueryAnswer("failed", str(error))
    return QueryAnswer("table", (list(table.columns), list(table.rows[: job.rows])), len(table.rows) > job.rows)


def calls_service(query: str) -> bool:
    """Whether the query contains SERVICE, which sends a query to another server; the word in strings, IRIs, comments
    and names does not count."""
    bare = _QUOTED_OR_COMMENT.sub(" ", query)
    return bool(re.search(r"(?i)(?<![\w:?$@.-])SERVICE(?![\w:-])", bare))


# Strings, IRIs and comments, as SPARQL's grammar has them.
_QUOTED_OR_COMMENT = re.compile(
    r"""'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\"|'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*"
    |<[^<>"{}|^`\\\x00-\x20]*>|\#[^\n\r]*""",
    re.VERBOSE | re.DOTALL,
)
