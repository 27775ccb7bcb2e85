"""A Neo4j server as a store: the property graph of ontology/property_graph.py, one transaction a plan."""

import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from typing import Literal as OneOf
from urllib.parse import urlsplit

from neo4j import Driver, GraphDatabase, NotificationMinimumSeverity
from neo4j.exceptions import AuthError, ClientError, ConfigurationError, CypherSyntaxError, DriverError, Neo4jError
from pyoxigraph import Quad, RdfFormat, parse

from kg.model.errors import Refused, Usage
from kg.model.store import Record, Scalar, Table
from kg.stores import neo4j_read, neo4j_write
from kg.stores.terms import ntriples
from ontology.property_graph import project, restore

PASSWORD = "NEO4J_PASSWORD"
OPEN_SECONDS = 10  # to reach the server when it is opened
RETRY_SECONDS = 60  # to repeat a transaction whose server went away or whose lock was lost
BYTES = "bytes:"  # marks a path that is no UTF-8; no absolute path starts with it


@dataclass(slots=True)
class Neo4jStore:
    """A database of a Neo4j server: 4.4 is read, 5 and later are read and written."""

    address: str
    driver: Driver
    database: str | None
    language: OneOf["sparql", "cypher"] = "cypher"

    @classmethod
    def open(cls, address: str, *, write: bool = False) -> "Neo4jStore":
        parts = urlsplit(address)
        if parts.password or parts.username:
            raise Usage(
                f"{parts.hostname}: give user and password as $NEO4J_USERNAME and ${PASSWORD}, not in the address"
            )
        user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get(PASSWORD)
        logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # its retries are told in one line, by us
        shown = f"{parts.scheme}://{parts.netloc}{parts.path}"
        store = cls(shown, _driver(f"{parts.scheme}://{parts.netloc}", user, password), parts.path.strip("/") or None)
        try:
            with store.errors():
                with store.driver.session(database=store.database) as session:
                    session.run("RETURN 1").consume()  # at once: a transaction would be tried again for a minute
                if write:
                    store.prepare()
        except BaseException:
            store.close()
            raise
        return store

    def prepare(self) -> None:
        """Checks that the server can be written to, and makes the constraints and indexes that are missing."""
        (version,), *_ = self._rows(
            "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0]"
        )
        if int(version.split(".")[0]) < 5:
            raise Refused(f"{self.address}: Neo4j {version} can be read only; building needs Neo4j 5 or later")
        for statement in neo4j_write.SCHEMA:
            self.driver.execute_query(statement, database_=self.database)

    def records(self) -> list[Record]:
        found = self._rows("MATCH (r:KgRecord) RETURN r.path, r.document, r.sha256, r.generator")
        return sorted((Record(_path(name), *rest) for name, *rest in found), key=lambda record: record.path)

    def load(self, plans: Iterable[tuple[Record, bytes]]) -> None:
        with self.driver.session(database=self.database) as session:
            for record, nquads in plans:
                graph = project(record.document, parse(nquads, format=RdfFormat.N_QUADS))
                named = Record(_name(record.path), record.document, record.sha256, record.generator)
                with self.errors():
                    session.execute_write(neo4j_write.load, named, graph)

    def forget(self, paths: Iterable[str]) -> None:
        with self.errors(), self.driver.session(database=self.database) as session:
            session.execute_write(neo4j_write.forget, [_name(path) for path in paths])

    def reference(self) -> str | None:
        rows = self._rows("MATCH (r:KgReference) RETURN r.fingerprint")
        return rows[0][0] if rows else None

    def load_reference(self, fingerprint: str, quads: Sequence[Quad]) -> None:
        with self.errors(), self.driver.session(database=self.database) as session:
            session.execute_write(neo4j_write.load_reference, fingerprint, quads)

    def query(self, text: str, parameters: Mapping[str, Scalar] | None = None) -> Table:
        with (
            self.errors(),
            self.driver.session(database=self.database, default_access_mode="READ") as session,
        ):
            return session.execute_read(neo4j_read.query, text, dict(parameters or {}))

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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """The driver's errors as ours, in one line, without what was sent."""
        try:
            yield
        except AuthError:
            raise Refused(
                f"{self.address}: the server refuses the user or password: set $NEO4J_USERNAME and ${PASSWORD}"
            ) from None
        except CypherSyntaxError as error:
            raise Usage(f"Cypher: {_one_line(error)}") from None
        except ClientError as error:
            if "DatabaseNotFound" in (error.code or ""):
                raise Refused(
                    f"{self.address}: no database {self.database!r} on this server; create it or name another"
                ) from None
            raise Usage(f"{self.address}: {_one_line(error)}") from None
        except (DriverError, Neo4jError, ConfigurationError, OSError) as error:
            raise Refused(f"{self.address}: no answer from the server ({_one_line(error)}); is it running?") from None

    def _rows(self, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
        with self.errors():
            found = self.driver.execute_query(statement, parameters, database_=self.database, routing_="r")
        return [tuple(record.values()) for record in found.records]


def _driver(server: str, user: str, password: str | None) -> Driver:
    try:
        return GraphDatabase.driver(
            server,
            auth=(user, password) if password is not None else None,
            connection_timeout=OPEN_SECONDS,
            max_transaction_retry_time=RETRY_SECONDS,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
        )
    except (ValueError, ConfigurationError) as error:
        raise Usage(f"{server}: no Neo4j address ({_one_line(error)}); write neo4j://HOST:7687") from None


def _name(path: str) -> str:
    """A path as text that every server stores: one whose bytes are no UTF-8 is written in hexadecimal digits."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return BYTES + path.encode("utf-8", "surrogateescape").hex()
    return path


def _path(name: str) -> str:
    """The inverse of `_name`."""
    return bytes.fromhex(name[len(BYTES) :]).decode("utf-8", "surrogateescape") if name.startswith(BYTES) else name


def _one_line(error: BaseException) -> str:
    return " ".join(str(getattr(error, "message", None) or error).split())[:300]
