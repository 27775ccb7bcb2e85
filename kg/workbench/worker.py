"""The process that runs queries of users. It is another one than the server, so that it can be ended.

pyoxigraph has no limit of time, and an answer that does not fit into memory would end the server too.
"""

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any

import pyoxigraph as ox

from exports.rows import as_text
from kg.stores import open_store, require_language
from kg.stores.sparql import SparqlStore
from kg.stores.terms import python_value
from kg.workbench.guard import refusal
from kg.workbench.results import written
from ontology.model.errors import KgError, Usage
from ontology.model.store import Store
from ontology.namespaces import PREFIXES

RDF_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class QueryJob:
    """A query of a user in `language`, sparql or cypher. An answer has at most `rows` rows or triples: a table is cut
    after them, in other formats more are a failure. Cypher always gives a table and uses, beside `rows`, only
    `seconds`, the most that it may take, which SPARQL does not use. `format` is json, xml, csv or tsv, for rows;
    `graph_format` is one of RDF_FORMATS, for triples; `table` asks for values of Python instead, for a page. `default`
    and `named` are the IRIs of the graphs to query by SPARQL, none in both for all; where only one has any, the other
    is empty. A server of SPARQL refuses both."""

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
    `Queries` also `memory`, `time` and `busy`. The first answer of a process is `ready`, without a body. `cut` is
    whether rows of a table were left out."""

    kind: str
    body: Any = b""
    cut: bool = False


def main() -> None:
    """Runs the process. Its arguments are the file descriptor of the connection to the server, the store's address, and
    the limit of memory in bytes."""
    descriptor, address, memory = sys.argv[1:]
    run(address, int(memory), Connection(int(descriptor)))


def run(address: str, memory: int, connection: Connection) -> None:
    """Opens the store, sends an answer of the kind `ready`, and then answers one job after another until the connection
    ends or breaks; where the store cannot be opened, sends the reason as `failed` and returns. Ends the process (status
    3) where an answer needs more memory than there is. Ignores SIGINT, which is meant for the server.

    `memory` is the limit in bytes above what the open store takes, see `_limit`.
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
            answer = answer_of(store, job)
        except MemoryError:
            os._exit(3)
        try:
            connection.send(answer)
        except (BrokenPipeError, OSError):
            return


def _limit(memory: int) -> None:
    """Limits the process to `memory` bytes more of address space than it uses now, and lets it write no core dump. Does
    nothing where the system has no such limit (Windows) or does not say what the process uses (no /proc/self/statm)."""
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


def answer_of(store: Store, job: QueryJob) -> QueryAnswer:
    """The answer of a store to a job, as `_sparql` or `_cypher` makes it; of the kind `failed` where the job's query is
    in another language than the store's."""
    try:
        require_language(store, job.language)
    except Usage as error:
        return QueryAnswer("failed", str(error))
    return _cypher(store, job) if job.language == "cypher" else _sparql(store, job)


def _sparql(store: Any, job: QueryJob) -> QueryAnswer:
    """The answer to the SPARQL query of a job. It is of the kind `syntax` where the query is wrong or not allowed
    (`guard.refusal`), and where the job names graphs that the store cannot choose or that are no IRIs; `failed` where
    the store cannot answer it; `rows` where there are more than `job.rows` rows or triples (a table is cut instead);
    else as `_written` makes it."""
    if reason := refusal(job.query, server=isinstance(store, SparqlStore)):
        return QueryAnswer("syntax", reason)
    try:
        return _written(_result(store, job), job)
    except (SyntaxError, ValueError, Usage) as error:
        return QueryAnswer("syntax", str(error).strip())
    except (OSError, RuntimeError, KgError) as error:
        return QueryAnswer("failed", str(error))
    except _TooManyRows:
        return QueryAnswer("rows", f"the answer has more than {job.rows} rows: add LIMIT, or make the pattern narrower")


def _result(store: Any, job: QueryJob) -> Any:
    """The result of the job's SPARQL query. From a `SparqlStore` it is what `Endpoint.select` returns; raises Usage
    where the job names graphs. From an `OxigraphStore` it is solutions, triples or a truth value; raises ValueError for
    a name that is no IRI. For a wrong query raises what the store raises.

    The graphs in `job.default` together are the default graph, those in `job.named` are found by GRAPH; where the job
    names only one of the two, the other has no graph. Where it names none, all graphs of the store together are the
    default graph, and GRAPH finds each of them.
    """
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


class _TooManyRows(Exception):
    """Raised where the answer has more rows than allowed."""


def _written(result: Any, job: QueryJob) -> QueryAnswer:
    """The answer with a result as `_result` returns it. For a page (`job.table`) it is a table with values of Python,
    cut after `job.rows` rows, which `cut` says: of triples with the columns subject, predicate and object, of a truth
    value with the column answer. Else it is results, or for triples a graph, in the job's formats; raises _TooManyRows
    for more than `job.rows` rows or triples in these."""
    if isinstance(result, ox.QueryBoolean | bool):
        truth = bool(result)
        if job.table:
            return QueryAnswer("table", (["answer"], [(truth,)]))
        return QueryAnswer("results", _BOOLEAN_RESULTS[job.format].format(str(truth).lower()).encode())
    if isinstance(result, ox.QuerySolutions):
        names, rows = [variable.value for variable in result.variables], iter(result)
    elif isinstance(result, tuple):
        names, rows = list(result[0]), iter(result[1])
    else:
        if not job.table:
            triples = _limited(result, job.rows)
            return QueryAnswer("graph", ox.serialize(triples, format=RDF_FORMATS[job.graph_format], prefixes=PREFIXES))
        names, rows = ["subject", "predicate", "object"], ((t.subject, t.predicate, t.object) for t in result)
    if job.table:
        first = [tuple(python_value(term) for term in row) for row in islice(rows, job.rows + 1)]
        return QueryAnswer("table", (names, first[: job.rows]), len(first) > job.rows)
    return QueryAnswer("results", written(names, _limited(rows, job.rows), job.format))


# The result of ASK by format; {} is true or false.
_BOOLEAN_RESULTS = {
    "json": '{{"head":{{}},"boolean":{}}}',
    "xml": '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head></head>'
    "<boolean>{}</boolean></sparql>",
    "csv": "{}",
    "tsv": "{}",
}


def _limited(items: Iterable[Any], limit: int) -> Iterator[Any]:
    """The items one by one; raises _TooManyRows in place of the first beyond `limit`."""
    for number, item in enumerate(items, 1):
        if number > limit:
            raise _TooManyRows
        yield item


def _cypher(store: Any, job: QueryJob) -> QueryAnswer:
    """The answer to the Cypher query of a job: a table cut after `job.rows` rows, which `cut` says, with nodes, paths,
    lists and maps as text (`as_text`); of the kind `syntax` where the query is wrong or does what a visitor may not
    (`Neo4jStore.read`), `failed` where the store cannot answer it in `job.seconds` seconds. `store` is a
    `Neo4jStore`."""
    try:
        table = store.read(job.query, job.seconds, job.rows + 1)
    except Usage as error:
        return QueryAnswer("syntax", str(error))
    except KgError as error:
        return QueryAnswer("failed", str(error))
    rows = [tuple(as_text(v) if isinstance(v, list | dict) else v for v in row) for row in table.rows[: job.rows]]
    return QueryAnswer("table", (list(table.columns), rows), len(table.rows) > job.rows)
