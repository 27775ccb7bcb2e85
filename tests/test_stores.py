"""The same graph in every kind of store: built again, in part, at once, and over a stop in the middle."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import servers
import yaml
from conftest import ROOT, SAMPLES, copy, nquads, wipe
from neo4j.exceptions import ServiceUnavailable, SessionExpired, TransientError

from kg.build import build
from kg.cli import cli
from kg.extraction import Extracted, Job, run
from kg.model.errors import KgError, Refused
from kg.model.store import Record, Store
from kg.stores import neo4j_write, open_store, oxigraph
from kg.stores.endpoint import Endpoint
from kg.stores.neo4j import Neo4jStore
from kg.stores.oxigraph import OxigraphStore
from kg.stores.state import STATE

NEO4J = pytest.mark.xdist_group("neo4j")
SPARQL = pytest.mark.xdist_group("sparql")


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


def raw(address: str) -> object:
    """All that a server holds, the list of files included; a Neo4j server node by node and link by link."""
    with open_store(address) as store:
        if isinstance(store, Neo4jStore):
            nodes = store.query("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties").rows
            links = store.query("MATCH (a)-[r]->(b) RETURN a.iri, type(r), properties(r) AS p, b.iri").rows
            return sorted(map(str, nodes)), sorted(map(str, links))
        return [list(store.quads(graph)) for graph in [*store.graphs(), STATE.value]]


def twice(store: Neo4jStore) -> list[tuple[Any, ...]]:
    """Nodes and links that are there more than once."""
    nodes = "MATCH (n) WHERE n.iri IS NOT NULL WITH n.iri AS iri, count(*) AS c WHERE c > 1 RETURN iri"
    links = "MATCH (a)-[r]->(b) WITH a, b, type(r) AS type, r.graph AS graph, count(*) AS c WHERE c > 1 RETURN a.iri"
    return [*store.query(nodes).rows, *store.query(links).rows]


@pytest.fixture
def extracted_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds without worker processes, which take longer to start than the samples to read."""

    def extract_all(jobs: Iterable[Job], count: int) -> Iterator[tuple[Job, Extracted]]:
        for job in jobs:
            yield job, run(job)

    monkeypatch.setattr("kg.workers.extract_all", extract_all)


@pytest.fixture
def folder(tmp_path: Path, extracted_here: None) -> Path:
    """A copy of the samples that a test may change."""
    return Path(shutil.copytree(SAMPLES, tmp_path / "plans"))


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


# The same graph on every server


def test_every_server_gives_the_quads_back(loaded: Store, everything: str) -> None:
    with open_store(everything) as source:
        assert loaded.graphs() == source.graphs()
        assert loaded.records() == source.records()
        for graph in source.graphs():
            assert list(loaded.quads(graph)) == list(source.quads(graph))
            assert sorted(loaded.dump(graph).splitlines()) == sorted(source.dump(graph).splitlines())


@pytest.mark.parametrize(
    "arguments",
    [
        ["stats", "--format", "json"],
        ["query", "lineage", "--format", "csv"],
        ["export", "graphml"],
        ["view", "lineage", "-o", "-"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_every_command_says_the_same_on_every_server(
    arguments: list[str], loaded: Store, server: servers.Server, everything: str, said: Callable[..., str]
) -> None:
    expected = said(*arguments, "--store", everything)
    assert len(expected) > 10
    found = said(*arguments, "--store", server.address)
    assert found == expected
    assert servers.PASSWORD not in found


def test_a_server_is_checked(loaded: Store, server: servers.Server, said: Callable[..., str]) -> None:
    assert said("check", "--store", server.address).endswith(" 0 violations\n")


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a command in this process; what it wrote on standard output."""

    def run(*arguments: str) -> str:
        assert cli.main(list(arguments), standalone_mode=False) in {None, 0}
        return capsys.readouterr().out

    return run


@NEO4J
@pytest.mark.parametrize("server", ["neo4j"], indirect=True)
def test_cypher_of_ones_own(loaded: Store, server: servers.Server, said: Callable[..., str]) -> None:
    chains = loaded.query("MATCH p=(:Plan)-[:BASED_ON*1..4]->(:Policy) RETURN p").rows
    longest: Any = max((path for (path,) in chains), key=len)  # type: ignore[arg-type]
    assert len(longest) >= 5  # a plan, what it rests on, and what that rests on
    assert all("Policy" in node["labels"] and node["label"] for node in longest[::2])
    assert all(link["type"] == "BASED_ON" and link["quote"] for link in longest[1::2])
    # as Neo4j's own shell writes it, in the direction of each link
    pattern = "MATCH p=(:Region {label: '云岭省'})<-[:GOVERNS]-(:Plan)-[:BASED_ON]->(:Policy) RETURN p LIMIT 1"
    shown = said("cypher", pattern, "--format", "markdown", "--store", server.address)
    assert shown.index("(:Region {") < shown.index("})<-[:GOVERNS]-(:Plan:Policy {")
    assert '})-[:BASED_ON {cue: "' in shown
    assert "]->(:Policy {" in shown
    other = "RETURN date('2021-06-01') AS day, {a: [1.5, null]} AS map, [] AS list"
    assert loaded.query(other).rows == [("2021-06-01", {"a": [1.5, None]}, [])]
    assert said("cypher", other, "--format", "csv", "--store", server.address).splitlines()[1] == (
        '2021-06-01,"{""a"": [1.5, null]}",[]'
    )


@NEO4J
@pytest.mark.parametrize("server", ["neo4j"], indirect=True)
def test_constraints_and_indexes_are_there(loaded: Store) -> None:
    constraints = "SHOW CONSTRAINTS YIELD type, labelsOrTypes AS l, properties AS p RETURN type, l[0], p[0]"
    kept = {(label, key) for kind, label, key in loaded.query(constraints).rows if "UNIQUENESS" in str(kind)}
    labels = {label for (label,) in loaded.query("CALL db.labels() YIELD label RETURN label").rows}
    assert labels - {label for label, key in kept if key == "iri"} == {"Plan", "KgRecord", "KgReference", "KgLock"}
    indexes = (
        "SHOW INDEXES YIELD labelsOrTypes AS l, properties AS p, state WHERE l IS NOT NULL RETURN l[0], p[0], state"
    )
    found = set(loaded.query(indexes).rows)
    assert {("Task", "graph", "ONLINE"), ("Policy", "label", "ONLINE"), ("BASED_ON", "graph", "ONLINE")} <= found


@NEO4J
@pytest.mark.parametrize("server", ["neo4j"], indirect=True)
@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
@pytest.mark.parametrize("database", [f"/{servers.DATABASE}", ""], ids=["named", "default"])
def test_schemes_and_names_of_databases(scheme: str, database: str, loaded: Store, server: servers.Server) -> None:
    host = server.address.split("/")[2]
    with open_store(f"{scheme}://{host}{database}") as store:
        assert store.graphs() == loaded.graphs()


@SPARQL
@pytest.mark.parametrize("server", ["virtuoso", "oxigraph"], indirect=True)
def test_sparql_of_ones_own(loaded: Store, everything: str) -> None:
    construct = "CONSTRUCT { ?d <urn:t> ?t } { GRAPH ?d { ?d <http://purl.org/dc/terms/title> ?t } }"
    with open_store(everything) as source:
        for ask in ("ASK { GRAPH ?g { ?s ?p ?o } }", "ASK { GRAPH <urn:none> { ?s ?p ?o } }"):
            assert loaded.query(ask) == source.query(ask)
        here, there = loaded.query(construct), source.query(construct)
        assert here.columns == there.columns
        assert sorted(here.rows) == sorted(there.rows)  # type: ignore[type-var]


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
    assert built(folder, empty, prune=True) == (0, 2, 1)
    left = raw(empty)
    assert different(content(empty), built_anew(folder, tmp_path)) == []
    assert "发展医养康养服务" not in str(left)
    wipe(empty)
    built(folder, empty)
    assert raw(empty) == left  # nothing that plans shared is left over, nothing is missing


def test_a_path_that_is_no_text(empty: str, everything: str) -> None:
    path = os.fsdecode(b"/plans/\xff\xe6\xb8\xa0\\xff.txt")
    record = Record(path, "https://plan-kg.example/id/document/00", "0", "g")
    with open_store(everything) as source, open_store(empty, write=True) as store:
        graph = next(graph for graph in source.graphs() if "/document/" in graph)
        data = nquads(source, graph).replace(graph.encode(), record.document.encode())
        store.load([(record, data)])
        store.load([(record, data)])
        assert store.records() == [record]
        store.forget([record.path])
        assert store.records() == []
        assert store.graphs() == []


def test_one_document_at_two_paths_goes_with_the_last(empty: str, everything: str) -> None:
    with open_store(everything) as source, open_store(empty, write=True) as store:
        record = source.records()[0]
        other = Record("/elsewhere/copy.txt", record.document, record.sha256, record.generator)
        data = nquads(source, record.document)
        store.load([(record, data), (other, data)])
        store.forget([record.path])
        assert store.graphs() == [record.document]
        assert list(store.quads(record.document)) == list(source.quads(record.document))
        store.forget([other.path])
        assert store.graphs() == []


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
        pytest.param("neo4j", (neo4j_write, "_add"), "after", marks=NEO4J),
        # between the requests of which an endpoint needs several
        *(
            pytest.param(kind, (Endpoint, "put"), moment, marks=SPARQL)
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
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One plan was loaded, the server dies with the second; then all plans change before they are built again."""
    monkeypatch.setattr("kg.stores.neo4j.WRITE_SECONDS", 1.0)
    with monkeypatch.context() as patched:
        patched.setattr(*step, interrupted(getattr(*step), moment, server.stop))
        with pytest.raises(Refused, match="no answer from the server"):
            built(folder, empty)
    server.start()
    with open_store(empty) as store:
        assert len([record for record in store.records() if record.document]) == 1
    for file in folder.glob("*.*"):
        file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    assert built(folder, empty) == (3, 0, 0)
    assert different(content(empty), built_anew(folder, tmp_path)) == []
    with open_store(empty) as store:
        assert not isinstance(store, Neo4jStore) or twice(store) == []


@NEO4J
@pytest.mark.parametrize("server", ["neo4j"], indirect=True)
@pytest.mark.parametrize("error", [TransientError("deadlock"), ServiceUnavailable("gone"), SessionExpired("moved")])
def test_what_passes_is_tried_again(
    error: Exception, empty: str, everything: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, errors = neo4j_write._add, [error]

    def add(*given: Any) -> None:
        real(*given)
        if errors:
            raise errors.pop()

    monkeypatch.setattr(neo4j_write, "_add", add)
    with open_store(everything) as source, open_store(empty, write=True) as store:
        record = source.records()[0]
        store.load([(record, nquads(source, record.document))])
        assert errors == []
        assert list(store.quads(record.document)) == list(source.quads(record.document))


# Two at once


def test_two_loads_at_once(empty: str, everything: str) -> None:
    """The same plans from both ends, so that the shared nodes meet."""
    with open_store(everything) as source:
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
    plans_alone = {graph: quads for graph, quads in content(everything).items() if graph not in reference}
    assert different(content(empty), plans_alone) == []
    with open_store(empty) as store:
        assert len(store.records()) == len(plans)
        assert not isinstance(store, Neo4jStore) or twice(store) == []


@NEO4J
@pytest.mark.parametrize("server", ["neo4j"], indirect=True)
def test_two_builds_at_once_of_one_folder(empty: str, folder: Path, tmp_path: Path) -> None:
    """Into a server without constraints, as one that is used for the first time."""
    with open_store(empty) as store:
        assert isinstance(store, Neo4jStore)
        for (name,) in store.query("SHOW CONSTRAINTS YIELD name RETURN name").rows:
            store.driver.execute_query(f"DROP CONSTRAINT {name}", database_=store.database)
    command = [sys.executable, "-m", "kg", "build", str(folder), "--jobs", "1", "--store", empty]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in "12"]
    for process in running:
        out, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, ""), out
    assert different(content(empty), built_anew(folder, tmp_path)) == []
    with open_store(empty) as store:
        assert isinstance(store, Neo4jStore)
        assert twice(store) == []


# The embedded store


def test_a_bulk_load_is_the_same_and_one_that_died_is_cleared(
    tmp_path: Path, everything: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oxigraph, "BULK_BYTES", 200_000)  # some plans are above, some below
    target = str(tmp_path / "bulk.kg")
    copy(everything, target)
    copy(everything, target)
    assert different(content(target), content(everything)) == []
    with open_store(everything) as source, open_store(target) as store:
        assert store.records() == source.records()
    with open_store(target, write=True) as store:
        assert isinstance(store, OxigraphStore)
        dead = ox.NamedNode("https://plan-kg.example/id/document/dead")
        store.inner.bulk_extend([ox.Quad(dead, ox.NamedNode("urn:p"), ox.Literal("half a plan"), dead)])
        assert dead.value in store.graphs()
    with open_store(target, write=True):
        pass
    assert different(content(target), content(everything)) == []


def test_what_is_held_back_is_written_when_reading_breaks_off(tmp_path: Path, everything: str) -> None:
    """As an interrupt does, in the middle of a build."""
    with open_store(everything) as source, open_store(str(tmp_path / "s.kg"), write=True) as store:
        plans = [(record, nquads(source, record.document)) for record in source.records()]

        def broken() -> Iterator[tuple[Record, bytes]]:
            yield from plans[:2]
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            store.load(broken())
        assert store.records() == source.records()[:2]


def test_a_build_beside_a_reader_in_another_process(tmp_path: Path, everything: str) -> None:
    target = str(tmp_path / "s.kg")
    copy(everything, target)
    code = (
        "import sys; from kg.stores import open_store; s = open_store(sys.argv[1]);"
        "print(len(s.graphs()), flush=True); sys.stdin.readline(); print(len(s.graphs()), flush=True)"
    )
    command = [sys.executable, "-c", code, target]
    reader = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert reader.stdin
    assert reader.stdout
    before = reader.stdout.readline()
    with open_store(target, write=True) as store:
        store.forget([record.path for record in store.records()])
    after, _ = reader.communicate("\n")
    assert before == after  # as it was when it was opened
    assert len(content(target)) == 1


# Neo4j for users


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_compose_file_starts_what_the_readme_connects_to(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    service = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]["neo4j"]
    assert service["environment"] == {"NEO4J_AUTH": "neo4j/${NEO4J_PASSWORD:-plans-and-tests}"}
    assert "export NEO4J_PASSWORD=plans-and-tests\n" in text
    assert "export KG_STORE=neo4j://localhost:7687\n" in text
    assert "127.0.0.1:7687:7687" in service["ports"]
