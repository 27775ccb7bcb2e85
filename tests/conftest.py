"""What tests share: the samples, a store of them, the real plans where they are, and real servers."""

import fcntl
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
sys.path.insert(0, str(Path(__file__).parent / "servers"))

import servers  # noqa: E402

import hatch_build  # noqa: E402
from kg.align import align  # noqa: E402
from kg.builder import build, load_reference  # noqa: E402
from kg.builder.duplicates import find_duplicates  # noqa: E402
from kg.observations import load_observations  # noqa: E402
from kg.stores import open_store  # noqa: E402
from kg.stores.neo4j import Neo4jStore  # noqa: E402
from kg.stores.sparql import SparqlStore  # noqa: E402
from kg.stores.state import STATE, documents  # noqa: E402
from ontology import words  # noqa: E402
from ontology.iris import Iris  # noqa: E402
from ontology.model.store import Store  # noqa: E402

VALUES = SAMPLES / "values.csv"
CHROMIUM = Path("/usr/bin/chromium")
DATA = ROOT / "tests" / "data"


def pytest_configure(config: pytest.Config) -> None:
    """Makes the scripts of pages anew where their sources changed since the last installation."""
    if not hasattr(config, "workerinput") and not hatch_build.fresh(ROOT):
        hatch_build.make(ROOT)


CORPUS = [SAMPLES, DATA / "literals.txt", DATA / "literals.md"]


def fill(store: Store, *plans: Path) -> None:
    """Loads the corpus (two files of it hold one plan, one is corrected) and the plans, and all that is derived."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_CORRECTIONS", str(DATA / "corrections.jsonl"))
        report = build([*CORPUS, *plans], store, jobs=2)
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
    path = tmp_path_factory.mktemp("store") / "corpus.kg"
    with open_store(str(path), write=True) as store:
        fill(store)
    return str(path)


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


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An embedded store of the corpus, and of the real plans where they are; one process makes it, all read it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    path, plans = folder / "everything.kg", ROOT.parent / "shared" / "plans"
    with (folder / "everything.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            with open_store(f"{path}.part", write=True) as store:
                fill(store, *([plans] if plans.is_dir() else []))
            Path(f"{path}.part").rename(path)
    return str(path)


@pytest.fixture(
    params=[
        pytest.param("neo4j", marks=pytest.mark.xdist_group("neo4j")),
        pytest.param("virtuoso", marks=pytest.mark.xdist_group("sparql")),
        pytest.param("oxigraph", marks=pytest.mark.xdist_group("sparql")),
        pytest.param("fuseki", marks=pytest.mark.xdist_group("sparql")),
    ]
)
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
def loaded(server: servers.Server, everything: str) -> Iterator[Store]:
    """A server's store that holds what `everything` holds, open for reading."""
    with server.used() as address:
        with open_store(everything) as source, open_store(address) as target:
            fresh = (target.records(), target.reference()) == (source.records(), source.reference())
        if not fresh:
            wipe(address)
            copy(everything, address)
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
    """Names of tests that can be read, and are the same in every process: a made file may hold the time of day."""
    if isinstance(val, bytes):
        return "bytes"
    return f"{val[:40]}…" if isinstance(val, str) and len(val) > 60 else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Ends with the parts that were left out, and the command that brings what they need."""
    if terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("Some tests were left out (see above): `make services` installs what they need.")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI nothing may be left out: a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = 1


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
