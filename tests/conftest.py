"""What tests share: the samples, a store of them, the real plans where they are, and real servers."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
sys.path.insert(0, str(Path(__file__).parent / "servers"))

import servers  # noqa: E402

from kg.build import build  # noqa: E402
from kg.model.store import Store  # noqa: E402
from kg.stores import open_store  # noqa: E402

CORPUS = [SAMPLES, ROOT / "tests" / "data" / "literals.txt"]


@pytest.fixture(scope="session")
def corpus_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An embedded store of the samples and of a plan whose words hurt."""
    path = tmp_path_factory.mktemp("store") / "corpus.kg"
    with open_store(str(path), write=True) as store:
        report = build(CORPUS, store, jobs=2)
    assert report.refused == []
    return str(path)


@pytest.fixture
def store(corpus_store: str) -> Iterator[Store]:
    """The corpus, open for reading."""
    with open_store(corpus_store) as opened:
        yield opened


@pytest.fixture(scope="session")
def real_plans() -> Path:
    """The folder of real plans, which is no part of the repository."""
    folder = ROOT.parent / "shared" / "plans"
    if not folder.is_dir():
        pytest.skip("no real plans beside the repository (../shared/plans)")
    return folder


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


def need(what: str | None) -> None:
    """Skips where a tool is missing, and says so; fails in CI, where nothing may be skipped."""
    if what and os.environ.get("CI"):
        pytest.fail(f"not installed: {what}")
    if what:
        pytest.skip(what)


def _server(name: str) -> Iterator[servers.Server]:
    need(servers.missing(name))
    with getattr(servers, name)() as server:
        before = {key: os.environ.get(key) for key in server.environment}
        os.environ.update(server.environment)
        yield server
        for key, value in before.items():
            if value is None:
                os.environ.pop(key, None)
            else:
                os.environ[key] = value
