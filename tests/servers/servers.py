"""Starts real servers for tests, each on a free loopback port with its data in a temporary folder.

usage: python tests/servers/servers.py neo4j|virtuoso|oxigraph     (runs until Enter, prints the address and the environment)
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "plan-kg" / "servers"
PASSWORD = "plans-and-tests"
DATABASE = "plans"
START_SECONDS = 120


@dataclass(slots=True)
class Server:
    """`address` is what --store takes; `environment` what else kg needs to know."""

    address: str
    process: "subprocess.Popen[bytes]"
    environment: dict[str, str] = field(default_factory=dict)
    stop: Callable[[], None] = lambda: None
    start: Callable[[], None] = lambda: None


def missing(name: str) -> str | None:
    """What this machine lacks for a server, None where nothing."""
    needs = {"neo4j": ("java", "mvn"), "virtuoso": ("virtuoso-t",), "oxigraph": ()}[name]
    lacking = [tool for tool in needs if not shutil.which(tool)]
    return f"{name} needs {' and '.join(lacking)}" if lacking else None


def neo4j_jars() -> Path:
    """The folder of the server's jars, fetched once by Maven."""
    pom = HERE / "neo4j" / "pom.xml"
    jars = CACHE / f"neo4j-{pom.stat().st_size}"
    if not (jars / "complete").exists():
        command = ["mvn", "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={jars}", "-DincludeScope=runtime"]
        subprocess.run(command, cwd=pom.parent, check=True, stdout=subprocess.DEVNULL)
        (jars / "complete").touch()
    return jars


def neo4j_admin(home: Path, *arguments: str) -> None:
    """Runs Neo4j's own admin tool on a server's folder."""
    (home / "conf").mkdir(parents=True, exist_ok=True)
    (home / "conf" / "neo4j.conf").touch()
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    command = ["java", "-cp", f"{neo4j_jars()}/*", "org.neo4j.cli.AdminTool", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"neo4j-admin {' '.join(arguments)}: {done.stdout[-800:]}{done.stderr[-800:]}")


@contextmanager
def neo4j(home: Path | None = None, database: str = DATABASE) -> Iterator[Server]:
    """A Neo4j Community server with one database, its name not the usual one."""
    with tempfile.TemporaryDirectory() as folder:
        home = home or Path(folder)
        port = _free_port()
        neo4j_admin(home, "dbms", "set-initial-password", PASSWORD)
        command = ["java", "-Xmx768m", "-cp", f"{neo4j_jars()}/*", str(HERE / "neo4j" / "Server.java"), str(home), str(port)]
        log = (home / "out.log").open("wb")
        server = Server(f"neo4j://127.0.0.1:{port}/{database}", None, {"NEO4J_PASSWORD": PASSWORD})  # type: ignore[arg-type]

        def start() -> None:
            server.process = subprocess.Popen([*command, database], stdin=subprocess.PIPE, stdout=log, stderr=log)
            _wait(server.process, home / "out.log", lambda: _listens(port))

        def stop() -> None:
            server.process.kill()
            server.process.wait()

        server.start, server.stop = start, stop
        start()
        try:
            yield server
        finally:
            stop()
            log.close()


@contextmanager
def virtuoso() -> Iterator[Server]:
    """A Virtuoso server; loading goes through its Graph Store with digest authentication."""
    with tempfile.TemporaryDirectory() as folder:
        http, sql = _free_port(), _free_port()
        settings = (HERE / "virtuoso.ini").read_text("utf-8").format(folder=folder, http=http, sql=sql)
        ini = Path(folder, "virtuoso.ini")
        ini.write_text(settings, "utf-8")
        out = Path(folder, "out.log")
        with out.open("wb") as log:
            process = subprocess.Popen(
                ["virtuoso-t", "+foreground", "+configfile", str(ini)], cwd=folder, stdout=log, stderr=log
            )
            address = f"http://127.0.0.1:{http}/sparql"
            try:
                _wait(process, out, lambda: _answers(address))
                _permit_updates(sql)
                yield Server(
                    f"{address}-auth",
                    process,
                    {
                        "KG_SPARQL_USERNAME": "dba",
                        "KG_SPARQL_PASSWORD": "dba",
                        "KG_SPARQL_AUTH": "digest",
                        "KG_UPDATE_URL": f"{address}-auth",
                        "KG_GRAPH_STORE_URL": f"{address}-graph-crud-auth",
                    },
                )
            finally:
                process.kill()
                process.wait()


@contextmanager
def oxigraph(token: str = "secret-token") -> Iterator[Server]:
    """pyoxigraph behind the SPARQL Protocol, with bearer authentication."""
    port = _free_port()
    process = subprocess.Popen([sys.executable, str(HERE / "oxigraph_server.py"), str(port), token])
    try:
        _wait(process, None, lambda: _listens(port))
        yield Server(f"http://127.0.0.1:{port}/query", process, {"KG_SPARQL_TOKEN": token})
    finally:
        process.kill()
        process.wait()


def _permit_updates(sql: int) -> None:
    """Lets the account that tests use write by SPARQL."""
    isql = shutil.which("isql-vt") or shutil.which("isql-v") or shutil.which("isql-virtuoso") or "isql-vt"
    statement = "exec=GRANT SPARQL_UPDATE TO \"dba\"; GRANT SPARQL_UPDATE TO \"SPARQL\";"
    subprocess.run([isql, str(sql), "dba", "dba", statement], check=False, capture_output=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address + "?query=ASK%7B%7D", timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _wait(process: "subprocess.Popen[bytes]", log: Path | None, ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"server did not start: {log.read_text('utf-8', 'replace')[-2000:] if log else ''}")
        time.sleep(0.2)


def main() -> None:
    """Runs one server until Enter."""
    with {"neo4j": neo4j, "virtuoso": virtuoso, "oxigraph": oxigraph}[sys.argv[1]]() as server:
        for name, value in server.environment.items():
            print(f"export {name}={value}")
        print(f"export KG_STORE={server.address}")
        input("Enter stops it. ")


if __name__ == "__main__":
    main()
