"""Builds into every kind of store: again, in part, over a stop in the middle, two at once."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import servers
from conftest import SAMPLES, content, different, nquads, wipe
from neo4j.exceptions import ServiceUnavailable, SessionExpired, TransientError

from kg.builder import build
from kg.stores import neo4j_write, open_store
from kg.stores.endpoint import Endpoint
from kg.stores.neo4j import Neo4jStore
from kg.stores.state import STATE, VERSION
from ontology.model.errors import KgError, Refused
from ontology.model.store import Record


def raw(address: str) -> object:
    """All that a server holds, the list of files included, but of its version only that there is one; a Neo4j server
    node by node and link by link."""
    with open_store(address) as store:
        if isinstance(store, Neo4jStore):
            nodes = store.query("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties").rows
            links = store.query("MATCH (a)-[r]->(b) RETURN a.iri, type(r), properties(r) AS p, b.iri").rows
            return sorted(map(str, nodes)), sorted(map(str, links))
        quads = [list(store.quads(graph)) for graph in [*store.graphs(), STATE.value]]
        versions = [quad for quad in quads[-1] if quad.predicate == VERSION]
        return [[quad for quad in graph if quad not in versions] for graph in quads], len(versions)


def twice(store: Neo4jStore) -> list[tuple[Any, ...]]:
    """Nodes and links that are there more than once."""
    nodes = "MATCH (n) WHERE n.iri IS NOT NULL WITH n.iri AS iri, count(*) AS c WHERE c > 1 RETURN iri"
    links = "MATCH (a)-[r]->(b) WITH a, b, type(r) AS type, r.graph AS graph, count(*) AS c WHERE c > 1 RETURN a.iri"
    return [*store.query(nodes).rows, *store.query(links).rows]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copies of three samples that cite one another, which a test may change."""
    plans = tmp_path / "plans"
    plans.mkdir()
    for name in ("qinghe.txt", "yunling.txt", "zening.md"):
        shutil.copy(SAMPLES / name, plans)
    return plans


def built(folder: Path, address: str, **options: Any) -> tuple[int, int, int]:
    """How many plans a build has loaded, left alone, removed."""
    with open_store(address, write=True) as store:
        report = build([folder], store, **options)
    assert report.refused == []
    return len(report.loaded), len(report.unchanged), len(report.removed)


def built_anew(folder: Path, tmp_path: Path) -> dict[str, list[ox.Quad]]:
    """What an embedded store holds that was built in one go."""
    built(folder, str(tmp_path / "anew.kg"))
    return content(str(tmp_path / "anew.kg"))


# Built again, and in part


def test_a_build_is_idempotent_incremental_and_prunes(empty: str, folder: Path, tmp_path: Path) -> None:
    assert built(folder, empty) == (3, 0, 0)
    first = raw(empty)
    assert built(folder, empty) == (0, 3, 0)
    assert raw(empty) == first
    plan = folder / "qinghe.txt"
    plan.write_text(plan.read_text("utf-8").replace("3.2 发展医养康养服务", "3.2 发展医养服务"), "utf-8")
    (folder / "zening.md").unlink()
    assert built(folder, empty) == (1, 1, 0)
    assert built(folder, empty, prune=True, agree=lambda gone, plans: True) == (0, 2, 1)
    left = raw(empty)
    assert different(content(empty), built_anew(folder, tmp_path)) == []
    assert "发展医养康养服务" not in str(left)
    wipe(empty)
    built(folder, empty)
    assert raw(empty) == left  # nothing that plans shared is left over, nothing is missing


def test_a_path_that_is_no_text(empty: str, corpus_store: str) -> None:
    path = os.fsdecode(b"/plans/\xff\xe6\xb8\xa0\\xff.txt")
    record = Record(path, "https://w3id.org/plan-kg/id/document/00", "0", "g")
    with open_store(corpus_store) as source, open_store(empty, write=True) as store:
        graph = next(graph for graph in source.graphs() if "/document/" in graph)
        data = nquads(source, graph).replace(graph.encode(), record.document.encode())
        store.load([(record, data)])
        store.load([(record, data)])
        assert store.records() == [record]
        store.forget([record.path])
        assert store.records() == []
        assert store.graphs() == []


def test_one_document_at_two_paths_goes_with_the_last(empty: str, corpus_store: str) -> None:
    with open_store(corpus_store) as source, open_store(empty, write=True) as store:
        record = source.records()[0]
        other = Record("/elsewhere/copy.txt", record.document, record.sha256, record.generator)
        data = nquads(source, record.document)
        store.load([(record, data), (other, data)])
        store.forget([record.path])
        assert store.graphs() == [record.document]
        assert list(store.quads(record.document)) == list(source.quads(record.document))
        store.forget([other.path])
        assert store.graphs() == []


def test_a_store_of_another_base_is_refused(empty: str, corpus_store: str) -> None:
    """It would answer presets with rows whose ids no other command takes, or with none."""
    with open_store(corpus_store) as source, open_store(empty, write=True) as store:
        record = source.records()[0]
        data = nquads(source, record.document).replace(b"<https://w3id.org/plan-kg/id/", b"<https://plans.test/")
        document = record.document.replace("https://w3id.org/plan-kg/id/", "https://plans.test/")
        store.load([(Record(record.path, document, record.sha256, record.generator), data)])
    with pytest.raises(Refused, match=r"set KG_BASE=https://plans\.test/ to use it"):
        open_store(empty)
    with open_store(corpus_store) as source, open_store(empty, write=True) as store:
        other = source.records()[1]
        store.load([(other, nquads(source, other.document))])
    with open_store(empty) as store:  # one of ours is there too
        assert len(store.records()) == 2


# Stopped in the middle


def interrupted(real: Callable[..., None], moment: str, happen: Callable[[], None]) -> Callable[..., None]:
    """The function, but that something happens before or after its work on the second plan."""
    plans = 0

    def work(*given: Any) -> None:
        nonlocal plans
        plans += "/document/" in getattr(given[1], "graph", given[1])
        if plans == 2 and moment == "before":
            happen()
        real(*given)
        if plans == 2 and moment == "after":
            happen()

    return work


@pytest.mark.parametrize(
    ("server", "step", "moment"),
    [
        # in the middle of the plan's one transaction
        pytest.param("neo4j", (neo4j_write, "_add"), "after"),
        # between the requests of which an endpoint needs several
        *(
            pytest.param(kind, (Endpoint, "put"), moment)
            for kind in ("virtuoso", "oxigraph")
            for moment in ("before", "after")
        ),
    ],
    indirect=["server"],
)
def test_a_server_that_is_stopped_in_the_middle(
    step: tuple[Any, str],
    moment: str,
    server: servers.Server,
    empty: str,
    corpus_store: str,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A store that holds other plans; one more was loaded, the server dies with the second; then all plans of the folder
    change before they are built again. The other plans stay as they were."""
    monkeypatch.setattr("kg.stores.neo4j.WRITE_SECONDS", 1.0)
    with open_store(corpus_store) as source, open_store(empty, write=True) as store:
        names = {file.name for file in folder.iterdir()}
        others = [record for record in source.records() if Path(record.path).name not in names]
        store.load((record, nquads(source, record.document)) for record in others)
    held = content(empty)
    before = {record.document: held[record.document] for record in others}
    with monkeypatch.context() as patched:
        patched.setattr(*step, interrupted(getattr(*step), moment, server.stop))
        with pytest.raises(Refused, match="no answer from the server"):
            built(folder, empty)
    server.start()
    with open_store(empty) as store:
        assert len([record for record in store.records() if record.document]) == 1 + len(others)
    for file in folder.glob("*.*"):
        file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    assert built(folder, empty) == (3, 0, 0)
    assert different(content(empty), built_anew(folder, tmp_path) | before) == []
    with open_store(empty) as store:
        assert not isinstance(store, Neo4jStore) or twice(store) == []


@pytest.mark.parametrize("server", ["neo4j"], indirect=True)
@pytest.mark.parametrize("error", [TransientError("deadlock"), ServiceUnavailable("gone"), SessionExpired("moved")])
def test_what_passes_is_tried_again(
    error: Exception, empty: str, corpus_store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, errors = neo4j_write._add, [error]

    def add(*given: Any) -> None:
        real(*given)
        if errors:
            raise errors.pop()

    monkeypatch.setattr(neo4j_write, "_add", add)
    with open_store(corpus_store) as source, open_store(empty, write=True) as store:
        record = source.records()[0]
        store.load([(record, nquads(source, record.document))])
        assert errors == []
        assert list(store.quads(record.document)) == list(source.quads(record.document))


# Two at once


def test_two_loads_at_once(empty: str, corpus_store: str) -> None:
    """The same plans from both ends, so that the shared nodes meet."""
    with open_store(corpus_store) as source:
        plans = [(record, nquads(source, record.document)) for record in source.records()]
        reference = [graph for graph in source.graphs() if "/document/" not in graph]
    failed: list[BaseException] = []

    def load(order: list[tuple[Record, bytes]]) -> None:
        try:
            with open_store(empty, write=True) as store:
                store.load(order)
        except KgError as error:
            failed.append(error)

    threads = [threading.Thread(target=load, args=(order,)) for order in (plans, plans[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    plans_alone = {graph: quads for graph, quads in content(corpus_store).items() if graph not in reference}
    assert different(content(empty), plans_alone) == []
    with open_store(empty) as store:
        assert len(store.records()) == len(plans)
        assert not isinstance(store, Neo4jStore) or twice(store) == []


@pytest.mark.parametrize("server", ["neo4j"], indirect=True)
def test_two_builds_at_once_of_one_folder(empty: str, folder: Path, tmp_path: Path) -> None:
    """Into a server without constraints, as one that is used for the first time."""
    with open_store(empty) as store:
        assert isinstance(store, Neo4jStore)
        names = [name for (name,) in store.query("SHOW CONSTRAINTS YIELD name RETURN name").rows]
        with store.driver.session(database=store.database) as session:
            session.execute_write(lambda tx: [tx.run(f"DROP CONSTRAINT {name}").consume() for name in names])
    command = [sys.executable, "-m", "kg", "build", str(folder), "--jobs", "1", "--store", empty]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in "12"]
    for process in running:
        out, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, ""), out
    assert different(content(empty), built_anew(folder, tmp_path)) == []
    with open_store(empty) as store:
        assert isinstance(store, Neo4jStore)
        assert twice(store) == []
