"""Starts real servers for tests, each on a free loopback port with its data in a temporary folder.

usage: python tests/servers/servers.py neo4j|virtuoso|oxigraph|fuseki

Prints the address and the environment of a server that runs until Enter.
"""

import fcntl
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
from functools import partial
from hashlib import sha256
from pathlib import Path
from unittest import mock

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "plan-kg" / "servers"
SAMPLE = HERE.parents[1] / "samples" / "yunling.txt"
PASSWORD = "plans-and-tests"
DATABASE = "plans"
START_SECONDS = 120


@dataclass(slots=True)
class Server:
    """`address` is what --store takes, `environment` what else kg needs. `stop` kills it, `start` revives it, `end`
    lets it end by itself, where it does so when its standard input ends.

    `folder` is one that it may read files of, `shell` runs a statement of its own; both Virtuoso's alone.
    `holds` is the embedded store of which the server holds a copy, empty where that is not known.
    """

    address: str
    environment: dict[str, str] = field(default_factory=dict)
    stop: Callable[[], None] = lambda: None
    start: Callable[[], None] = lambda: None
    folder: Path = HERE
    shell: Callable[[str], None] = lambda statement: None
    holds: str = ""
    end: Callable[[], None] = lambda: None

    @contextmanager
    def used(self, **more: str) -> Iterator[str]:
        """The address, while the environment is this server's and no other's. Who uses it may change what it holds."""
        self.holds = ""
        with mock.patch.dict(os.environ):
            for name in list(os.environ):
                if name.startswith(("KG_", "NEO4J_")):
                    del os.environ[name]
            os.environ.update(self.environment | more)
            yield self.address


def missing(name: str) -> str | None:
    """What this machine lacks for a server, None where nothing."""
    needs = {"neo4j": ("java", "javac", "mvn"), "virtuoso": ("virtuoso-t",), "oxigraph": (), "fuseki": ("java", "mvn")}[
        name
    ]
    lacking = [tool for tool in needs if not shutil.which(tool)]
    return f"{name} needs {' and '.join(lacking)}" if lacking else None


# C1 alone and one thread for garbage: half the time, for so short a life.
JAVA = ("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time makes what is kept for later runs."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def neo4j_jars() -> Path:
    """The folder of the server's jars, fetched once by Maven."""
    pom = HERE / "neo4j" / "pom.xml"
    jars = CACHE / f"neo4j-{pom.stat().st_size}"
    if not (jars / "complete").exists():
        command = ["mvn", "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={jars}"]
        subprocess.run([*command, "-DincludeScope=runtime"], cwd=pom.parent, check=True, stdout=subprocess.DEVNULL)
        (jars / "complete").touch()
    return jars


def neo4j_server_jar() -> Path:
    """The compiled `Server.java`, made once for each of its versions; a jar, since an archive of classes takes no folder."""
    source = HERE / "neo4j" / "Server.java"
    jar = CACHE / f"server-{sha256(source.read_bytes()).hexdigest()[:12]}.jar"
    if not jar.exists():
        with tempfile.TemporaryDirectory() as classes:
            subprocess.run(["javac", "-cp", f"{neo4j_jars()}/*", "-d", classes, str(source)], check=True)
            subprocess.run(["jar", "--create", "--file", f"{jar}.part", "-C", classes, "."], check=True)
        Path(f"{jar}.part").rename(jar)
    return jar


def neo4j_java() -> list[str]:
    """The beginning of a command that runs a class of Neo4j: with an archive of the classes that a build needs, which
    halves the time until the first answers. It is made once, by a server that takes a sample; a Java that has changed
    since ignores it."""
    with _alone():
        jar = neo4j_server_jar()
        archive = jar.with_suffix(".jsa")
        java = [*JAVA, "-cp", f"{jar}:{neo4j_jars()}/*"]
        if not archive.exists():
            part = Path(f"{archive}.part")
            made = [*java, f"-XX:ArchiveClassesAtExit={part}"]
            with tempfile.TemporaryDirectory() as home, _neo4j(made, Path(home), DATABASE) as server:
                build = [sys.executable, "-m", "kg", "build", str(SAMPLE), "--jobs", "1", "--store", server.address]
                subprocess.run(build, env=os.environ | server.environment, check=True, capture_output=True)
                server.end()
            part.rename(archive)
    return [*java, f"-XX:SharedArchiveFile={archive}"]


def neo4j_admin(home: Path, *arguments: str) -> None:
    """Runs Neo4j's own admin tool on a server's folder."""
    (home / "conf").mkdir(parents=True, exist_ok=True)
    (home / "conf" / "neo4j.conf").touch()
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    command = [*neo4j_java(), "org.neo4j.cli.AdminTool", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"neo4j-admin {' '.join(arguments)}: {done.stdout[-800:]}{done.stderr[-800:]}")


@contextmanager
def neo4j(home: Path | None = None, database: str = DATABASE) -> Iterator[Server]:
    """A Neo4j Community server with one database, its name not the usual one."""
    with tempfile.TemporaryDirectory() as folder, _neo4j(neo4j_java(), home or Path(folder), database) as server:
        yield server


@contextmanager
def _neo4j(java: list[str], home: Path, database: str) -> Iterator[Server]:
    port = _free_port()
    command = [*java, "-Xmx768m", "Server", str(home), str(port), database, PASSWORD]
    log = home / "out.log"  # which says that the password is set; of an earlier start it is
    with _Process(command, log, lambda: _listens(port) and b"ready" in log.read_bytes()) as process:
        address = f"neo4j://127.0.0.1:{port}/{database}"
        yield Server(address, {"NEO4J_PASSWORD": PASSWORD}, process.stop, process.start, end=process.end)


@contextmanager
def virtuoso() -> Iterator[Server]:
    """A Virtuoso server; loading goes through its Graph Store with digest authentication."""
    with tempfile.TemporaryDirectory() as folder:
        http, sql = _free_port(), _free_port()
        settings = (HERE / "virtuoso.ini").read_text("utf-8").format(folder=folder, http=http, sql=sql)
        ini = Path(folder, "virtuoso.ini")
        ini.write_text(settings, "utf-8")
        address = f"http://127.0.0.1:{http}/sparql"
        command = ["virtuoso-t", "+foreground", "+configfile", str(ini)]
        with _Process(command, Path(folder, "out.log"), lambda: _answers(address)) as process:
            isql(sql, 'GRANT SPARQL_UPDATE TO "dba"; GRANT SPARQL_UPDATE TO "SPARQL";')
            environment = {
                "KG_SPARQL_USERNAME": "dba",
                "KG_SPARQL_PASSWORD": "dba",
                "KG_SPARQL_AUTH": "digest",
                "KG_UPDATE_URL": f"{address}-auth",
                "KG_GRAPH_STORE_URL": f"{address}-graph-crud-auth",
            }
            shell = partial(isql, sql)
            yield Server(f"{address}-auth", environment, process.stop, process.start, Path(folder), shell)


@contextmanager
def oxigraph(
    folder: str | None = None, *, auth: str = f"Bearer {PASSWORD}", rows: int = 0, delay: float = 0
) -> Iterator[Server]:
    """pyoxigraph behind the SPARQL Protocol; each request needs `auth`. `rows` is where it cuts answers, unsaid."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as temporary:
        data = folder or str(Path(temporary, "data"))
        command = [sys.executable, str(HERE / "oxigraph_server.py"), str(port), data, auth, str(rows), str(delay)]
        with _Process(command, Path(temporary, "out.log"), lambda: _listens(port)) as process:
            environment = {"KG_SPARQL_TOKEN": auth.removeprefix("Bearer ")} if auth.startswith("Bearer ") else {}
            yield Server(f"http://127.0.0.1:{port}/query", environment, process.stop, process.start)


FUSEKI = "org.apache.jena:jena-fuseki-server:5.2.0"  # the newest that runs on Java 17


def fuseki_jar() -> Path:
    """The server's jar, fetched once by Maven."""
    _, name, version = FUSEKI.split(":")
    jar = CACHE / f"{name}-{version}.jar"
    if not jar.exists():
        command = ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={FUSEKI}", f"-DoutputDirectory={CACHE}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return jar


@contextmanager
def fuseki() -> Iterator[Server]:
    """An Apache Jena Fuseki server with one data set in memory."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [*JAVA, "-Xmx512m", "-jar", str(fuseki_jar())]
        command += ["--localhost", f"--port={port}", "--mem", "--update", "/plans"]
        address = f"http://127.0.0.1:{port}/plans/query"
        with _Process(command, Path(folder, "out.log"), lambda: _answers(address)) as process:
            environment = {"KG_GRAPH_STORE_URL": f"http://127.0.0.1:{port}/plans/data"}
            yield Server(address, environment, process.stop, process.start)


class _Process:
    """A server's process, which can be killed and started again."""

    def __init__(self, command: list[str], log: Path, ready: Callable[[], bool]) -> None:
        self.command, self.log, self.ready = command, log, ready
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=out, stderr=out, cwd=self.log.parent
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"server did not start: {self.log.read_text('utf-8', 'replace')[-2000:]}")
            time.sleep(0.1)

    def stop(self) -> None:
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()

    def end(self) -> None:
        """Waits until the server has ended, for which the end of its standard input is the sign."""
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(START_SECONDS)

    def __enter__(self) -> "_Process":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()


def isql(port: int, statement: str) -> None:
    """Runs a statement in Virtuoso's own shell, as the account that tests use."""
    shell = shutil.which("isql-vt") or shutil.which("isql-v") or shutil.which("isql-virtuoso") or "isql-vt"
    subprocess.run([shell, str(port), "dba", "dba", f"exec={statement}"], check=False, capture_output=True)


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


def main() -> None:
    """Runs one server until Enter."""
    with {"neo4j": neo4j, "virtuoso": virtuoso, "oxigraph": oxigraph, "fuseki": fuseki}[sys.argv[1]]() as server:
        for name, value in server.environment.items():
            print(f"export {name}={value}")
        print(f"export KG_STORE={server.address}")
        input("Enter stops it. ")


if __name__ == "__main__":
    main()
