"""What tests share: the samples, a store of them, the real plans where they are, and real servers."""

import contextvars
import fcntl
import io
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pyoxigraph as ox
import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
sys.path[:0] = [str(ROOT / "tests" / "servers"), str(ROOT / "tools")]

import servers  # noqa: E402
from chromium import CHROMIUM  # noqa: E402

import hatch_build  # noqa: E402
from exports.terminal import escaped_line  # noqa: E402
from kg.align import align  # noqa: E402
from kg.builder import build, load_reference  # noqa: E402
from kg.builder.duplicates import find_duplicates  # noqa: E402
from kg.builder.worker import _answer  # noqa: E402
from kg.builder.workers import _Worker  # noqa: E402
from kg.cli.main import main  # noqa: E402
from kg.observations import load_observations  # noqa: E402
from kg.stores import open_store  # noqa: E402
from kg.stores.neo4j import Neo4jStore  # noqa: E402
from kg.stores.sparql import SparqlStore  # noqa: E402
from kg.stores.state import STATE, documents  # noqa: E402
from ontology import words  # noqa: E402
from ontology.iris import Iris  # noqa: E402
from ontology.model.store import Store  # noqa: E402

VALUES = SAMPLES / "values.csv"
ANSWER = _Worker.answer
DATA = ROOT / "tests" / "data"


# What `--dist loadgroup` divides among processes: the tests of a server stay together, as do those of a module, whose
# fixtures are then made once; but the tests of these modules take long and share little.
DIVIDED = {"test_bad_days", "test_build", "test_cli", "test_export_whole", "test_growth", "test_store_builds"}
# Groups that take longest begin, and many short tests are left to fill the time at the end.
FIRST = ("neo4j", "sparql", "test_views_browser", "test_workbench_browser", "test_hostile", "test_formats")
LAST = ("test_growth",)
# The fixtures that start a server, and the group of the tests that use one.
SERVERS = {"neo4j": "neo4j", "virtuoso": "sparql", "oxigraph": "sparql", "fuseki": "sparql"}


def group_of(item: pytest.Item) -> str:
    """The group of a test, which one process runs: that of its server, else its module; '' where that is divided."""
    fixtures: list[str] = getattr(item, "fixturenames", [])
    kind = item.callspec.params.get("server") if hasattr(item, "callspec") else None
    used = {kind, *(name.removesuffix("_server") for name in fixtures)} & SERVERS.keys()
    if used:
        return SERVERS[min(used)]
    return "" if item.path.stem in DIVIDED else item.path.stem


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Gives each test its group, and puts the groups in order. Of the tests of a server those that read what `loaded`
    holds come first, so that it is loaded once."""
    if not getattr(config.option, "loadgroup", False):
        return

    def rank(item: pytest.Item) -> tuple[int, bool]:
        group, module = group_of(item), item.path.stem
        place = FIRST.index(group) if group in FIRST else len(FIRST) + (module not in DIVIDED) + 2 * (module in LAST)
        return place, group in SERVERS.values() and "loaded" not in getattr(item, "fixturenames", [])

    for item in items:
        if group := group_of(item):
            item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=rank)


def pytest_configure(config: pytest.Config) -> None:
    """Makes the scripts of pages anew where their sources changed since the last installation."""
    if not hasattr(config, "workerinput") and not hatch_build.fresh(ROOT):
        hatch_build.make(ROOT)


# An example that takes long on a busy machine is no fault; growth is measured by tests of its own.
settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")

CORPUS = [SAMPLES, DATA / "literals.txt", DATA / "literals.md"]


def fill(store: Store) -> None:
    """Loads the corpus (two files of it hold one plan, one is corrected), and all that is derived."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_CORRECTIONS", str(DATA / "corrections.jsonl"))
        report = build(CORPUS, store, jobs=2)
    assert report.refused == []
    align(store)
    load_observations(VALUES, store)


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A language that a test chooses (--lang) is not that of the tests after it."""
    before = words._language.set(words._language.get(None))  # type: ignore[arg-type]
    yield
    words._language.reset(before)


@pytest.fixture(scope="session")
def corpus_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An embedded store of the samples and of a plan whose words hurt."""
    return made_once(tmp_path_factory, "corpus.kg", fill)


@pytest.fixture
def store(corpus_store: str) -> Iterator[Store]:
    """The corpus, open for reading."""
    with open_store(corpus_store) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium, which the tests of pages drive."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def real_plans() -> Path:
    """The folder of real plans, which is no part of the repository."""
    folder = ROOT.parent / "shared" / "plans"
    if not folder.is_dir():
        pytest.skip("no real plans beside the repository (../shared/plans)")
    return folder


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Store], None]) -> str:
    """The path of an embedded store that one process of the tests makes and all read."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    path = folder / name
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            with open_store(f"{path}.part", write=True) as store:
                make(store)
            Path(f"{path}.part").rename(path)
    return str(path)


@pytest.fixture(scope="session", autouse=True)
def read_here() -> Iterator[pytest.MonkeyPatch]:
    """Files are read in this process and not by workers, since a worker takes longer to start than a sample to read. All
    but the process is as it is outside the tests; where that matters a test has `read_by_workers`."""
    alone = threading.Lock()

    def answer(self: object, work: Callable[[Any], object], job: Any, on_message: object = None) -> object:
        with alone:
            return _answer(work, job)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Worker, "answer", answer)
        yield patch


@pytest.fixture
def read_by_workers(read_here: pytest.MonkeyPatch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read by worker processes."""
    monkeypatch.setattr(_Worker, "answer", ANSWER)


@pytest.fixture(params=["neo4j", "virtuoso", "oxigraph", "fuseki"])
def server(request: pytest.FixtureRequest) -> servers.Server:
    """Each kind of server in turn; one of each kind runs in the whole session."""
    found: servers.Server = request.getfixturevalue(f"{request.param}_server")
    return found


@pytest.fixture
def empty(server: servers.Server) -> Iterator[str]:
    """The address of a server's store with nothing in it; the environment is the server's."""
    with server.used() as address:
        wipe(address)
        yield address


@pytest.fixture
def loaded(server: servers.Server, corpus_store: str) -> Iterator[Store]:
    """A server's store that holds what `corpus_store` holds, open for reading."""
    held = server.holds
    with server.used() as address:
        if held != corpus_store:
            wipe(address)
            copy(corpus_store, address)
        server.holds = corpus_store
        with open_store(address) as target:
            yield target


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[servers.Server]:
    """A Neo4j server of this session's own."""
    yield from _server("neo4j")


@pytest.fixture(scope="session")
def virtuoso_server() -> Iterator[servers.Server]:
    """A Virtuoso server of this session's own."""
    yield from _server("virtuoso")


@pytest.fixture(scope="session")
def oxigraph_server() -> Iterator[servers.Server]:
    """pyoxigraph behind HTTP."""
    yield from _server("oxigraph")


@pytest.fixture(scope="session")
def fuseki_server() -> Iterator[servers.Server]:
    """An Apache Jena Fuseki server of this session's own."""
    yield from _server("fuseki")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Names of tests that can be read, also in Chinese, and are the same in every process: a made file may hold the time
    of day."""
    if isinstance(val, bytes):
        return "bytes"
    if not isinstance(val, str):
        return None
    name = escaped_line(val)
    return f"{name[:40]}…" if len(name) > 60 else name


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Ends with the parts that were left out, and the command that brings what they need."""
    if terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("Some tests were left out (see above): `make services` installs what they need.")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI nothing may be left out: a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = 1


def kg_here(
    *arguments: str, stdin: str | bytes = "", cwd: Path | None = None, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Runs `kg` as its entry point does, in this process, which has imported all that a new one would import first.

    For commands in English alone: the Chinese help stays with the commands for the rest of the process.
    """
    assert "zh" not in (*arguments, environment.get("KG_LANG"))
    data = stdin.encode() if isinstance(stdin, str) else stdin
    out, errors = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    # what the command writes into the environment, for its workers, goes with it
    with mock.patch.dict(os.environ, {"KG_LANG": "en", **environment}), pytest.MonkeyPatch.context() as patch:
        if cwd:
            patch.chdir(cwd)
        patch.setattr(sys, "argv", ["kg", *arguments])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", errors)
        with pytest.raises(SystemExit) as ended:
            contextvars.copy_context().run(main)  # a language that the command chooses is its own
    for stream in (out, errors):
        stream.flush()
    status = ended.value.code or 0
    assert isinstance(status, int)
    said = (stream.buffer.getvalue().decode() for stream in (out, errors))  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(["kg", *arguments], status, *said)


def need(what: str | None) -> None:
    """Skips where a tool is missing, and says so; fails in CI, where nothing may be skipped."""
    if what and os.environ.get("CI"):
        pytest.fail(f"not installed: {what}")
    if what:
        pytest.skip(what)


def _server(name: str) -> Iterator[servers.Server]:
    need(servers.missing(name))
    with getattr(servers, name)() as server:
        yield server


def copy(source: str, target: str) -> None:
    """Loads all that one store holds into another."""
    with open_store(source) as origin, open_store(target, write=True) as copied:
        load_reference(copied, Iris().base)
        copied.load((record, nquads(origin, record.document)) for record in origin.records())
        align(copied)
        load_observations(VALUES, copied)
        find_duplicates(copied, Iris().base)


def nquads(store: Store, graph: str) -> bytes:
    """A graph of a store as N-Quads."""
    return ox.serialize(store.quads(graph), format=ox.RdfFormat.N_QUADS) or b""


def wipe(address: str) -> None:
    """Empties a server's store."""
    with open_store(address) as store:
        if isinstance(store, SparqlStore):
            begun = documents(store.quads(STATE.value))  # also what a server that was stopped left behind
            for name in store.derived():
                store.load_derived(name, None, [])
            for graph in {*map(ox.NamedNode, store.graphs()), *begun, STATE}:
                store.endpoint.update(f"DROP SILENT GRAPH {graph}")
        elif isinstance(store, Neo4jStore):
            store.driver.execute_query("MATCH (n) DETACH DELETE n", database_=store.database)


def content(address: str) -> dict[str, list[ox.Quad]]:
    """The quads of each graph."""
    with open_store(address) as store:
        return {graph: list(store.quads(graph)) for graph in store.graphs()}


def different(one: dict[str, list[ox.Quad]], other: dict[str, list[ox.Quad]]) -> list[str]:
    """What two stores do not have in common, a little of it; not the version, which changes as files are edited."""
    here, there = (
        {str(quad) for quads in each.values() for quad in quads if not quad.predicate.value.endswith("#generator")}
        for each in (one, other)
    )
    return sorted({*(here ^ there), *(one.keys() ^ other.keys())})[:5]
