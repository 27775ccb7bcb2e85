"""What stores refuse: one line that says what is wrong, where, and what to do; and never a secret."""

import base64
import http.server
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import SimpleNamespace

import pytest
import servers
from conftest import SAMPLES, wipe
from neo4j import Driver, GraphDatabase

from kg.cli.main import main
from kg.stores import open_store
from kg.stores.endpoint import Endpoint
from kg.stores.neo4j import Neo4jStore
from kg.stores.neo4j_reach import judged
from ontology.model.errors import KgError, Refused

SECRET = "s3cret-of-the-user"
Refusal = Callable[..., tuple[int, str]]


@pytest.fixture
def refusal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Refusal:
    """Runs a command that fails; its exit status and its one line. Neither the line nor a traceback has a secret."""

    def run(*arguments: str, **environment: str) -> tuple[int, str]:
        with monkeypatch.context() as patched:
            for name, value in environment.items():
                patched.setenv(name, value)
            patched.setattr(sys, "argv", ["kg", *arguments])
            with pytest.raises(SystemExit) as ended:
                main()
            patched.setattr(sys, "argv", ["kg", "--debug", *arguments])
            with pytest.raises(KgError) as raised:
                main()
        out, errors = capsys.readouterr()
        assert out == ""
        assert len(errors.splitlines()) == 1, errors
        for secret in (SECRET, servers.PASSWORD):
            assert secret not in errors + "".join(traceback.format_exception(raised.value))
        assert isinstance(ended.value.code, int)
        return ended.value.code, errors

    return run


@contextmanager
def answering(status: int, headers: dict[str, str], body: bytes) -> Iterator[str]:
    """The host and port of a web server that has one answer."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("address", "environment", "status", "words"),
    [
        ("neo4j://127.0.0.1:9", {"NEO4J_PASSWORD": SECRET}, 1, "nothing listens at port 9; start the server"),
        (f"bolt://127.0.0.1:9/plans?key={SECRET}", {}, 1, "bolt://127.0.0.1:9/plans: no answer from the server"),
        (f"neo4j://neo4j:{SECRET}@127.0.0.1:9", {}, 2, "give user and password as $NEO4J_USERNAME"),
        ("neo4j://:9/plans", {}, 2, "write neo4j://HOST:7687"),
        ("neo4j://", {}, 2, "write neo4j://HOST:7687"),
        ("neo4j://localhost:bolt", {}, 2, "write neo4j://HOST:7687"),
        ("neo4j://localhost:99999", {}, 2, "write neo4j://HOST:7687"),
        ("neo4j://a..b:1", {}, 2, "write neo4j://HOST:7687"),
        (f"postgres://user:{SECRET}@127.0.0.1/plans", {}, 2, "no store has an address of this kind"),
        ("http://127.0.0.1:9/query", {"KG_SPARQL_TOKEN": SECRET}, 1, "no answer from the server"),
        (f"http://127.0.0.1:9/query?key={SECRET}", {}, 1, "http://127.0.0.1:9/query: no answer from the server"),
        (f"http://user:{SECRET}@127.0.0.1:9/query", {}, 2, "give user and password as $KG_SPARQL_USERNAME"),
        ("http://127.0.0.1:9/query", {"KG_UPDATE_URL": f"http://u:{SECRET}@host/update"}, 2, "not in the address"),
        ("http://127.0.0.1:9/query", {"KG_SPARQL_TIMEOUT": "soon"}, 2, "$KG_SPARQL_TIMEOUT is 'soon': write a number"),
        ("http://127.0.0.1:9/query", {"KG_SPARQL_PAGE": "-1"}, 2, "$KG_SPARQL_PAGE is '-1': write a number"),
        (
            "http://127.0.0.1:9/query",
            {"KG_SPARQL_USERNAME": "u", "KG_SPARQL_PASSWORD": SECRET, "KG_SPARQL_AUTH": "kerberos"},
            2,
            "write basic or digest",
        ),
        ("http://", {}, 2, "no address of a SPARQL endpoint"),
        ("http://a..b/query", {}, 2, "no address of a SPARQL endpoint"),
        (f"http://{'a' * 64}.example/query", {}, 2, "no address of a SPARQL endpoint"),
        ("http://127.0.0.1:9/query", {"KG_SPARQL_TOKEN": f"{SECRET}密"}, 2, "$KG_SPARQL_TOKEN has a character that"),
        ("http://127.0.0.1:9/query", {"KG_SPARQL_TOKEN": f"{SECRET}\r"}, 2, "$KG_SPARQL_TOKEN has a character that"),
        (
            "http://127.0.0.1:9/query",
            {"KG_SPARQL_USERNAME": "u", "KG_SPARQL_PASSWORD": f"{SECRET}\udcff"},
            2,
            "$KG_SPARQL_PASSWORD has a character that cannot be sent",
        ),
        (
            "http://127.0.0.1:9/query",
            {"KG_SPARQL_USERNAME": "张", "KG_SPARQL_PASSWORD": SECRET, "KG_SPARQL_AUTH": "digest"},
            2,
            "or set $KG_SPARQL_AUTH to basic",
        ),
        ("http://127.0.0.1:9/query", {"KG_SPARQL_USERNAME": "张", "KG_SPARQL_PASSWORD": "密"}, 1, "no answer from the"),
    ],
)
def test_what_is_wrong_with_an_address(
    address: str, environment: dict[str, str], status: int, words: str, refusal: Refusal
) -> None:
    found, line = refusal("stats", "--store", address, **environment)
    assert (found, words in line) == (status, True), line


@pytest.mark.parametrize(
    ("status", "headers", "body", "words"),
    [
        (200, {"Content-Type": "text/html"}, b"<!DOCTYPE html>", "no SPARQL results"),
        (200, {"Content-Type": "application/n-triples"}, b"<a> <b>", "no N-Triples ("),
        (501, {"Content-Type": "text/html"}, b"<!DOCTYPE html>", "HTTP 501: Not Implemented; is this a SPARQL endpo"),
        (503, {"Content-Type": "text/plain"}, b"busy\ntry later", "HTTP 503: busy\n"),
        (503, {"Content-Type": "text/plain"}, b" \n", "HTTP 503: Service Unavailable\n"),
        (301, {"Location": "https://data.example/query"}, b"", "sends on to https://data.example/query; use that"),
        (301, {"Location": f"http://user:{SECRET}@data.example/"}, b"", "sends on to http://data.example/; use"),
        (403, {}, b"", "set $KG_SPARQL_USERNAME and $KG_SPARQL_PASSWORD, or $KG_SPARQL_TOKEN"),
    ],
)
def test_web_servers_that_are_no_endpoint(
    status: int, headers: dict[str, str], body: bytes, words: str, refusal: Refusal
) -> None:
    with answering(status, headers, body) as host:
        assert words in refusal("stats", "--store", f"http://{host}/query")[1]


def test_https_where_http_is_spoken(refusal: Refusal) -> None:
    with answering(200, {}, b"") as host:
        assert "check http or https" in refusal("stats", "--store", f"https://{host}/query")[1]


# Neo4j


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "neo4j+s"])
def test_a_web_server_is_no_neo4j(scheme: str, refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the port of Neo4j's pages is given for that of Bolt."""
    monkeypatch.setattr("kg.stores.neo4j.CONNECT_SECONDS", 0.5)
    monkeypatch.setattr("kg.stores.neo4j_reach.PROBE_SECONDS", 0.5)
    with answering(200, {}, b"") as host:
        assert "no Neo4j server listens there; its Bolt port is" in refusal("stats", "--store", f"{scheme}://{host}")[1]


@pytest.mark.parametrize(
    ("scheme", "plain", "encrypted", "trusted", "words"),
    [
        ("neo4j", True, False, False, None),
        ("neo4j", True, True, False, None),  # TLS is the user's choice
        ("neo4j+s", True, False, False, "the server has no TLS; write neo4j://"),
        ("bolt+ssc", True, False, False, "the server has no TLS; write bolt://"),
        ("bolt", False, True, True, "the server asks for TLS; write bolt+s://"),
        (
            "neo4j+s",
            False,
            True,
            False,
            "the server's certificate is not trusted; have it signed, or write neo4j+ssc:/",
        ),
        ("neo4j+ssc", False, True, False, None),
        ("neo4j+s", False, True, True, None),
        ("neo4j", False, False, False, "no Neo4j server listens there"),
    ],
)
def test_which_scheme_fits(scheme: str, plain: bool, encrypted: bool, trusted: bool, words: str | None) -> None:
    found = judged(scheme, plain=plain, encrypted=encrypted, trusted=trusted)
    assert found is None if words is None else found is not None and found.startswith(words)


@pytest.mark.parametrize(
    ("arguments", "scheme", "database", "environment", "status", "words"),
    [
        (
            ["stats"],
            "neo4j",
            "plans",
            {"NEO4J_PASSWORD": SECRET},
            1,
            "the server refuses the user or password: set $NEO",
        ),
        (
            ["stats"],
            "bolt",
            "plans",
            {"NEO4J_USERNAME": "nobody"},
            1,
            "the server refuses the user or password: set $NEO",
        ),
        (["stats"], "neo4j", "none", {}, 1, "no database 'none' on this server; create it or name another"),
        (["stats"], "bolt", "none", {}, 1, "no database 'none' on this server; create it or name another"),
        (
            ["build", str(SAMPLES)],
            "neo4j",
            "none",
            {},
            1,
            "no database 'none' on this server; create it or name another",
        ),
        (["stats"], "neo4j+s", "plans", {}, 1, "the server has no TLS; write neo4j://"),
        (["cypher", "MATCH (n RETURN n"], "neo4j", "plans", {}, 2, "Cypher: Invalid input 'RETURN'"),
        (["cypher", "MATCH (n) DETACH DELETE n"], "neo4j", "plans", {}, 2, "a query only reads, this one writes"),
        (["cypher", "RETURN $x"], "neo4j", "plans", {}, 2, "Expected parameter(s): x"),
        (["sparql", "ASK {}"], "neo4j", "plans", {}, 2, "this store speaks cypher, not sparql: use 'kg cypher'"),
    ],
)
def test_what_neo4j_refuses(
    arguments: list[str],
    scheme: str,
    database: str,
    environment: dict[str, str],
    status: int,
    words: str,
    neo4j_server: servers.Server,
    refusal: Refusal,
) -> None:
    address = f"{scheme}://{neo4j_server.address.split('/')[2]}/{database}"
    with neo4j_server.used(**environment):
        found, line = refusal(*arguments, "--store", address)
    assert (found, words in line) == (status, True), line


@pytest.mark.parametrize(
    ("code", "status", "words"),
    [
        # https://neo4j.com/docs/status-codes/current/errors/
        ("ClientError.Security.Forbidden", 1, "the user may not do this (said); ask for the right to"),
        ("ClientError.General.ForbiddenOnReadOnlyDatabase", 1, "the user may not do this (said); ask for the right to"),
        (
            "ClientError.Security.CredentialsExpired",
            1,
            "the server reports: said",
        ),  # the first password is to be changed
        ("ClientError.Security.AuthenticationRateLimit", 1, "the server reports: said"),
        ("TransientError.General.MemoryPoolOutOfMemoryError", 1, "the server reports: said"),
        ("ClientError.Transaction.TransactionTimedOutClientConfiguration", 1, "the server reports: said"),
        ("ClientError.Statement.ArithmeticError", 2, "bolt://h: said"),
    ],
)
def test_what_other_neo4j_servers_refuse(code: str, status: int, words: str) -> None:
    store = Neo4jStore("bolt://h", None, None)  # type: ignore[arg-type]
    error = store._reported(f"Neo.{code}", "said")
    assert words in str(error)
    assert isinstance(error, Refused) == (status == 1)


def test_an_old_neo4j_is_read_only(neo4j_server: servers.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = Neo4jStore._rows

    def old(store: Neo4jStore, statement: str, **parameters: object) -> list[tuple[object, ...]]:
        return [("4.4.41",)] if "dbms.components" in statement else rows(store, statement, **parameters)

    def driver(address: str, **options: object) -> Driver:
        # 4.4 speaks no later Bolt, and the driver refuses it where a later one's options are set
        assert not [name for name in options if name.startswith(("notifications", "telemetry"))]
        return GraphDatabase.driver(address, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Neo4jStore, "_rows", old)
    monkeypatch.setattr("kg.stores.neo4j.GraphDatabase", SimpleNamespace(driver=driver))
    with neo4j_server.used() as address:
        with open_store(address) as store:
            assert store.query("RETURN 1 AS one").rows == [(1,)]
        with pytest.raises(Refused, match=r"Neo4j 4\.4\.41 can be read only; building needs Neo4j 5"):
            open_store(address, write=True)


def test_neo4j_goes_away_while_it_is_read(neo4j_server: servers.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.stores.neo4j.READ_SECONDS", 1.0)
    _, _, host, database = neo4j_server.address.split("/")
    long = "UNWIND range(1, 100000) AS a UNWIND range(1, 1000000) AS b RETURN count(a % 7 + b % 3)"
    with (
        Cable(int(host.split(":")[1])) as cable,
        neo4j_server.used(),
        open_store(f"bolt://127.0.0.1:{cable.port}/{database}") as store,
    ):
        assert store.query("RETURN 1 AS one").rows == [(1,)]
        cutting = threading.Timer(0.3, cable.cut)
        cutting.start()
        with pytest.raises(Refused, match=rf"nothing listens at port {cable.port}; start the server") as refused:
            store.query(long)
        cutting.join()
    assert "\n" not in str(refused.value)


class Cable:
    """A port that leads to another one, until it is cut."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.ends = [self.listener]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def __enter__(self) -> "Cable":
        return self

    def __exit__(self, *error: object) -> None:
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, far = self.listener.accept()[0], socket.create_connection(("127.0.0.1", self.target))
                self.ends += [near, far]
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    @staticmethod
    def _carry(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)


# SPARQL endpoints


@pytest.mark.parametrize("kind", ["basic", "digest"])
def test_user_and_password_are_sent_in_place_of_a_token(kind: str) -> None:
    sent = {"KG_SPARQL_TOKEN": SECRET, "KG_SPARQL_USERNAME": "u", "KG_SPARQL_PASSWORD": "p", "KG_SPARQL_AUTH": kind}
    endpoint = Endpoint.of("http://127.0.0.1:9/query", sent)
    request = next(endpoint.client.auth.auth_flow(endpoint.client.build_request("GET", "http://127.0.0.1:9/query")))
    assert not request.headers.get("Authorization", "").startswith("Bearer")


def test_what_an_endpoint_refuses(
    oxigraph_server: servers.Server, virtuoso_server: servers.Server, refusal: Refusal
) -> None:
    with oxigraph_server.used(KG_SPARQL_TOKEN=SECRET) as address:
        assert "the server refuses (HTTP 401)" in refusal("stats", "--store", address)[1]
    with virtuoso_server.used(KG_SPARQL_PASSWORD=SECRET) as address:  # digest
        assert "the server refuses (HTTP 401)" in refusal("stats", "--store", address)[1]
    with oxigraph_server.used() as address:
        assert refusal("sparql", "SELECT", "--store", address)[0] == 2
        status, line = refusal("cypher", "RETURN 1", "--store", f"{address}?key={SECRET}")
        assert (status, "this store speaks sparql, not cypher: use 'kg sparql'" in line) == (2, True)
        wipe(address)
    nowhere = {"KG_GRAPH_STORE_URL": oxigraph_server.address.replace("/query", "/nothing")}
    with oxigraph_server.used(**nowhere) as address:
        status, line = refusal("build", str(SAMPLES / "qinghe.txt"), "--store", address)
        assert (status, "set $KG_GRAPH_STORE_URL (empty: load by updates)" in line) == (1, True)
    with oxigraph_server.used(KG_UPDATE_URL=oxigraph_server.address) as address:  # the address of queries, by mistake
        status, line = refusal("build", str(SAMPLES / "qinghe.txt"), "--store", address)
        assert (status, "does not take what is written (HTTP 400" in line, "set $KG_UPDATE_URL;" in line) == (
            1,
            True,
            True,
        )


def test_basic_authentication() -> None:
    header = "Basic " + base64.b64encode(b"analyst:pass:word").decode()
    with servers.oxigraph(auth=header) as server:
        right, wrong = (
            {"KG_SPARQL_USERNAME": "analyst", "KG_SPARQL_PASSWORD": word} for word in ("pass:word", "wrong")
        )
        with server.used(**right) as address, open_store(address) as store:
            assert store.graphs() == []
        with server.used(**wrong) as address, pytest.raises(Refused, match="HTTP 401"):
            open_store(address)


def test_timeouts() -> None:
    with (
        servers.oxigraph(delay=1.0) as server,
        server.used(KG_SPARQL_TIMEOUT="0.2") as address,
        pytest.raises(Refused, match=r"no answer within 0\.2 s; raise \$KG_SPARQL_TIMEOUT"),
    ):
        open_store(address)
