"""A Neo4j server as a store: the property graph of ontology/property_graph.py, one transaction a plan."""

import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from typing import Literal as OneOf
from urllib.parse import SplitResult, urlsplit

from neo4j import Driver, GraphDatabase, Query
from neo4j.exceptions import ConfigurationError, DriverError, Neo4jError
from pyoxigraph import Quad, RdfFormat, parse

from kg.closing import Closing
from kg.stores import neo4j_reach, neo4j_read, neo4j_write
from kg.stores.neo4j_values import plain
from kg.stores.state import check_base
from kg.stores.terms import ntriples
from ontology.iris import DEFAULT_BASE
from ontology.model.errors import KgError, Refused, Usage
from ontology.model.store import Parameter, Record, Table
from ontology.property_graph import project, restore

PASSWORD_VARIABLE = "NEO4J_PASSWORD"
CONNECT_SECONDS = 10.0  # to be connected, and as long again for the server's greeting
# To repeat a transaction whose server went away or whose lock was lost: a build waits for a server that starts again.
WRITE_SECONDS, READ_SECONDS = 60.0, 10.0
# Codes of errors of the client that do not say that its query is wrong.
_NOT_THE_QUERY = re.compile(r"\.Security\.|\.TransactionTimedOut")
HEX_PREFIX = "bytes:"  # before a path that is no UTF-8, in hexadecimal digits; no absolute path starts with it


@dataclass(slots=True)
class Neo4jStore(Closing):
    """A database of a Neo4j server: 4.4 is read, 5 and later are read and written. `address` is the scheme, host, port
    and path of the store's address; `database` is None for the server's default one. The methods are those of
    `ontology.model.store.Store`."""

    address: str
    driver: Driver
    database: str | None
    language: OneOf["sparql", "cypher"] = "cypher"

    @classmethod
    def open(cls, address: str, *, write: bool = False) -> "Neo4jStore":
        """The database at an address neo4j://HOST[:PORT][/DATABASE], or one with another scheme of the driver, as the
        user $NEO4J_USERNAME (neo4j) with the password $NEO4J_PASSWORD, or as no user where that is not set; with
        `write` it is prepared for writing. Raises Refused where the server cannot be used, is too old to be written to,
        or without `write` where its plans were built with another base of IRIs; Usage for a wrong address. The driver's
        own log is silenced."""
        parts = _parts(address)
        user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get(PASSWORD_VARIABLE)
        logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # errors are reported in one line (`errors`)
        server = f"{parts.scheme}://{parts.netloc}"
        driver = GraphDatabase.driver(
            server,
            auth=(user, password) if password is not None else None,
            connection_timeout=CONNECT_SECONDS,
            connection_acquisition_timeout=2 * CONNECT_SECONDS,
            max_transaction_retry_time=WRITE_SECONDS if write else READ_SECONDS,
        )
        store = cls(server + parts.path, driver, parts.path.strip("/") or None)
        try:
            with store.errors():
                with store.driver.session(database=store.database) as session:
                    session.run("RETURN 1").consume()  # at once: a transaction would be tried again for a minute
                if write:
                    store.prepare()
            if not write:
                ours_first = "MATCH (d:Document) RETURN d.iri ORDER BY d.iri STARTS WITH $base DESC LIMIT 1"
                check_base(store.address, (row[0] for row in store._rows(ours_first, base=DEFAULT_BASE)))
        except BaseException:
            store.close()
            raise
        return store

    def prepare(self) -> None:
        """Makes the constraints and indexes that are missing; raises Refused where the server is older than Neo4j 5."""
        (version,), *_ = self._rows(
            "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0]"
        )
        if int(version.split(".")[0]) < 5:
            raise Refused(f"{self.address}: Neo4j {version} can be read only; building needs Neo4j 5 or later")
        with self.driver.session(database=self.database) as session:
            session.execute_write(neo4j_write.prepare)

    def records(self) -> list[Record]:
        found = self._rows("MATCH (r:KgRecord) RETURN r.path, r.document, r.sha256, r.generator")
        return sorted((Record(_path(name), *rest) for name, *rest in found), key=lambda record: record.path)

    def load(self, plans: Iterable[tuple[Record, bytes]]) -> None:
        with self.driver.session(database=self.database) as session:
            for record, nquads in plans:
                graph = project(record.document, parse(nquads, format=RdfFormat.N_QUADS))
                storable = Record(_name(record.path), record.document, record.sha256, record.generator)
                with self.errors():
                    session.execute_write(neo4j_write.load, storable, graph)

    def forget(self, paths: Iterable[str]) -> None:
        with self.errors(), self.driver.session(database=self.database) as session:
            session.execute_write(neo4j_write.forget, [_name(path) for path in paths])

    def reference(self) -> str | None:
        rows = self._rows("MATCH (r:KgReference) RETURN r.fingerprint")
        return rows[0][0] if rows else None

    def load_reference(self, fingerprint: str, quads: Sequence[Quad]) -> None:
        with self.errors(), self.driver.session(database=self.database) as session:
            session.execute_write(neo4j_write.load_reference, fingerprint, quads)

    def derived(self) -> dict[str, str]:
        return dict(self._rows("MATCH (d:KgDerived) RETURN d.name, d.fingerprint"))

    def load_derived(self, name: str, fingerprint: str | None, quads: Sequence[Quad]) -> None:
        with self.errors(), self.driver.session(database=self.database) as session:
            session.execute_write(neo4j_write.load_derived, name, fingerprint, quads)

    def query(self, text: str, parameters: Mapping[str, Parameter] | None = None) -> Table:
        with (
            self.errors(),
            self.driver.session(database=self.database, default_access_mode="READ") as session,
        ):
            return session.execute_read(neo4j_read.query, text, dict(parameters or {}))

    def read(self, text: str, seconds: float, most: int) -> Table:
        """The first `most` rows of a Cypher query of somebody who may read the graph and nothing else, with values that
        JSON can hold (`kg.stores.neo4j_values.plain`). Raises Usage for a query that is wrong, writes, or by its plan
        reaches beyond the graph, such as by LOAD CSV (`beyond_graph`); Refused where the server cannot be used or ends
        the query because it takes longer than `seconds`."""
        with (
            self.errors(),
            self.driver.session(database=self.database, default_access_mode="READ") as session,
        ):
            try:
                plan = session.run(Query(f"{_EXPLAIN}{text}", timeout=seconds)).consume().plan
            except Neo4jError as error:
                raise self._reported(error.code or "", _one_line(_as_written(error.message or ""))) from None
            if step := beyond_graph(plan):
                raise Usage(f"Cypher: {step} is not allowed here: a query reads this graph alone")
            result = session.run(Query(text, timeout=seconds))
            names, records = tuple(result.keys()), result.fetch(most)
            rows = [tuple(plain(value) for value in record.values()) for record in records]
            return Table(names, rows)

    def graphs(self) -> list[str]:
        rows = self._rows("MATCH (d:Document) RETURN d.iri AS iri UNION MATCH (r:KgReference) RETURN r.graph AS iri")
        return sorted(row[0] for row in rows)

    def quads(self, graph: str) -> Iterator[Quad]:
        rows = self._rows("MATCH (r:KgReference {graph: $graph}) RETURN r.nquads", graph=graph)
        if rows:
            return iter(parse(rows[0][0], format=RdfFormat.N_QUADS))
        return iter(restore(neo4j_read.property_graph(graph, self._rows)))

    def dump(self, graph: str) -> bytes:
        return ntriples(self.quads(graph))

    def close(self) -> None:
        self.driver.close()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """A context manager in which errors that the server reports are raised as Usage where the query is wrong, else
        as Refused (`_reported`), and other errors of the driver, of the network and of values (OSError, ValueError) as
        Refused with the reason that `neo4j_reach.reason` finds, else the error's text; all on one line and without the
        query."""
        try:
            yield
        except Neo4jError as error:
            raise self._reported(error.code or "", _one_line(error.message or "")) from None
        except (DriverError, ConfigurationError, OSError, ValueError) as error:
            parts = urlsplit(self.address)
            why = neo4j_reach.reason(parts.scheme, parts.hostname or "", parts.port) or _one_line(str(error))
            raise Refused(f"{self.address}: no answer from the server: {why}") from None

    def _reported(self, code: str, message: str) -> KgError:
        """The error to raise for an error that the server reports by this code and message: Usage where the code is one
        of the client (ClientError), apart from a database that does not exist, one that is read-only, a query that took
        too long, and what concerns security; Refused for these and for all other codes. Codes:
        https://neo4j.com/docs/status-codes/current/errors/"""
        match code.removeprefix("Neo."):
            case "ClientError.Statement.SyntaxError":
                return Usage(f"Cypher: {message}")
            case "ClientError.Statement.AccessMode":
                return Usage(f"{self.address}: a query only reads, this one writes; plans are written by 'kg build'")
            case "ClientError.Database.DatabaseNotFound":
                return Refused(
                    f"{self.address}: no database {self.database!r} on this server; create it or name another"
                )
            case "ClientError.Security.Unauthorized":
                return Refused(
                    f"{self.address}: the server refuses the user or password: "
                    f"set $NEO4J_USERNAME and ${PASSWORD_VARIABLE}"
                )
            case "ClientError.Security.Forbidden" | "ClientError.General.ForbiddenOnReadOnlyDatabase":
                return Refused(
                    f"{self.address}: the user may not do this ({message}); ask for the right to, or name another"
                )
            case reported if reported.startswith("ClientError.") and not _NOT_THE_QUERY.search(reported):
                return Usage(f"{self.address}: {message}")
        return Refused(f"{self.address}: the server reports: {message}")

    def _rows(self, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a query that only reads, with the driver's values; `parameters` are those of the statement.
        Raises Usage or Refused as `errors` does."""
        with self.errors():
            result = self.driver.execute_query(statement, parameters, database_=self.database, routing_="r")
        return [tuple(record.values()) for record in result.records]


def _parts(address: str) -> SplitResult:
    """The parts of an address. Raises Usage where it contains a user or password, cannot be read as an address, has no
    host, or one that no host can be called (a..b), or has a port that is 0 or no number up to 65535; a port need not be
    given."""
    try:
        parts = urlsplit(address)
        if parts.username or parts.password:
            raise Usage(
                f"{parts.hostname}: give user and password as $NEO4J_USERNAME and ${PASSWORD_VARIABLE}, "
                "not in the address"
            )
        # asking for a port that is none raises, too, as does a name that cannot be looked up
        if (parts.hostname or "").encode("idna") and parts.port != 0:
            return parts
    except ValueError:
        pass
    raise Usage("no address of a Neo4j server: write neo4j://HOST:7687 or neo4j://HOST:7687/DATABASE")


def _name(path: str) -> str:
    """A path as text that every server can store: the path itself; where it has bytes that are not UTF-8 (lone
    surrogates), HEX_PREFIX and its bytes in hexadecimal digits."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return HEX_PREFIX + path.encode("utf-8", "surrogateescape").hex()
    return path


def _path(name: str) -> str:
    """The path of a file from the text that the server keeps for it (`_name`): the text itself, or, where it begins
    with HEX_PREFIX, the path whose bytes it has in hexadecimal digits."""
    if not name.startswith(HEX_PREFIX):
        return name
    return bytes.fromhex(name.removeprefix(HEX_PREFIX)).decode("utf-8", "surrogateescape")


# Asks for the plan of the query that follows, and does not run it.
_EXPLAIN = "EXPLAIN\n"
# (line 2, column 1 (offset: 9))
_PLACE_OF_ERROR = re.compile(r"\(line (?P<line>\d+), column (?P<column>\d+) \(offset: (?P<offset>\d+)\)\)")
# Steps of a plan that a session for reading does not refuse, although they reach beyond the graph: a file or an address
# is read (LOAD CSV), the server's settings, users and queries are shown, queries of others are ended.
_BEYOND_GRAPH = re.compile(r"(?P<step>LoadCSV|AdministrationCommand|Terminate\w+|Show(?!Indexes|Constraints)\w+)")
# Procedures that tell what the graph has. Others may read files and addresses (apoc.load.json) or end connections.
_ABOUT_GRAPH = frozenset(
    {
        "db.labels",
        "db.relationshipTypes",
        "db.propertyKeys",
        "db.schema.visualization",
        "db.schema.nodeTypeProperties",
        "db.schema.relTypeProperties",
        "db.index.fulltext.queryNodes",
        "db.index.fulltext.queryRelationships",
    }
)


def beyond_graph(plan: Mapping[str, Any] | None) -> str | None:
    """The first step of a plan, from its end to its beginning, that reaches beyond the graph: LoadCSV for LOAD CSV,
    ShowSettings for SHOW SETTINGS, `CALL dbms.listConfig` for a procedure other than those of _ABOUT_GRAPH. None where
    there is no such step, and for None. `plan` is one that Neo4j's EXPLAIN gives: a step with its `operatorType`, its
    `args` and the `children` that it takes its rows from."""
    if not plan:
        return None
    operator = str(plan.get("operatorType", "")).partition("@")[0]
    if found := _BEYOND_GRAPH.match(operator):
        return found["step"]
    if operator == "ProcedureCall":
        called = str(plan.get("args", {}).get("Details", "")).partition("(")[0].strip()
        if called not in _ABOUT_GRAPH:
            return f"CALL {called}"
    return next((step for child in plan.get("children", ()) if (step := beyond_graph(child))), None)


def _as_written(message: str) -> str:
    """The server's message for a query after _EXPLAIN, with the place of the error in the query as it was written:
    '(line 2, column 1 (offset: 8))' -> '(line 1, column 1 (offset: 0))'."""
    return _PLACE_OF_ERROR.sub(
        lambda place: (
            f"(line {int(place['line']) - 1}, column {place['column']} "
            f"(offset: {int(place['offset']) - len(_EXPLAIN)}))"
        ),
        message,
    )


def _one_line(text: str) -> str:
    """The text with a space for each stretch of white space, cut after 300 characters."""
    return " ".join(text.split())[:300]
