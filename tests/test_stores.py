"""The same graph in every kind of store, and the same answers to every command."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import servers
import yaml
from conftest import ROOT, content, copy, different, nquads

from kg.cli import cli
from kg.stores import open_store, oxigraph
from kg.stores.oxigraph import OxigraphStore
from kg.stores.state import pending_quads
from ontology.model.store import Record, Store

# The same graph on every server


def test_every_server_gives_the_quads_back(loaded: Store, corpus_store: str) -> None:
    with open_store(corpus_store) as source:
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
    arguments: list[str], loaded: Store, server: servers.Server, corpus_store: str, said: Callable[..., str]
) -> None:
    expected = said(*arguments, "--store", corpus_store)
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
    shown = re.sub(r"\\([][])", r"\1", shown)  # brackets are escaped, so that no text of a plan makes a link
    assert shown.index("(:Region {") < shown.index("})<-[:GOVERNS]-(:Plan:Policy {")
    assert '})-[:BASED_ON {cue: "' in shown
    assert "]->(:Policy {" in shown
    other = "RETURN date('2021-06-01') AS day, {a: [1.5, null]} AS map, [] AS list"
    assert loaded.query(other).rows == [("2021-06-01", {"a": [1.5, None]}, [])]
    assert said("cypher", other, "--format", "csv", "--store", server.address).splitlines()[1] == (
        '2021-06-01,"{""a"": [1.5, null]}",[]'
    )


@pytest.mark.parametrize("server", ["neo4j"], indirect=True)
def test_the_query_of_the_documentation(loaded: Store) -> None:
    (query,) = re.findall(r"```cypher\n(.*?)```", (ROOT / "docs" / "property-graph.md").read_text("utf-8"), re.DOTALL)
    assert max(len(chain) for chain, quotes in loaded.query(query).rows) >= 3  # type: ignore[arg-type]


@pytest.mark.parametrize("server", ["neo4j"], indirect=True)
def test_constraints_and_indexes_are_there(loaded: Store) -> None:
    constraints = "SHOW CONSTRAINTS YIELD type, labelsOrTypes AS l, properties AS p RETURN type, l[0], p[0]"
    kept = {(label, key) for kind, label, key in loaded.query(constraints).rows if "UNIQUENESS" in str(kind)}
    labels = {label for (label,) in loaded.query("CALL db.labels() YIELD label RETURN label").rows}
    assert labels - {label for label, key in kept if key == "iri"} == {
        "Plan",
        "KgRecord",
        "KgReference",
        "KgDerived",
        "KgLock",
    }
    indexes = (
        "SHOW INDEXES YIELD labelsOrTypes AS l, properties AS p, state WHERE l IS NOT NULL RETURN l[0], p[0], state"
    )
    found = set(loaded.query(indexes).rows)
    assert {("Task", "graph", "ONLINE"), ("Policy", "label", "ONLINE"), ("BASED_ON", "graph", "ONLINE")} <= found


@pytest.mark.parametrize("server", ["neo4j"], indirect=True)
@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
@pytest.mark.parametrize("database", [f"/{servers.DATABASE}", ""], ids=["named", "default"])
def test_schemes_and_names_of_databases(scheme: str, database: str, loaded: Store, server: servers.Server) -> None:
    host = server.address.split("/")[2]
    with open_store(f"{scheme}://{host}{database}") as store:
        assert store.graphs() == loaded.graphs()


@pytest.mark.parametrize("server", ["virtuoso", "oxigraph", "fuseki"], indirect=True)
def test_sparql_of_ones_own(loaded: Store, corpus_store: str) -> None:
    construct = "CONSTRUCT { ?d <urn:t> ?t } { GRAPH ?d { ?d <http://purl.org/dc/terms/title> ?t } }"
    with open_store(corpus_store) as source:
        for ask in ("ASK { GRAPH ?g { ?s ?p ?o } }", "ASK { GRAPH <urn:none> { ?s ?p ?o } }"):
            assert loaded.query(ask) == source.query(ask)
        here, there = loaded.query(construct), source.query(construct)
        assert here.columns == there.columns
        assert sorted(here.rows) == sorted(there.rows)  # type: ignore[type-var]


# The embedded store


def test_a_bulk_load_is_the_same_and_one_that_died_is_cleared(
    tmp_path: Path, corpus_store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oxigraph, "BULK_BYTES", 200_000)  # some plans are above, some below
    target = str(tmp_path / "bulk.kg")
    copy(corpus_store, target)
    copy(corpus_store, target)
    assert different(content(target), content(corpus_store)) == []
    with open_store(corpus_store) as source, open_store(target) as store:
        assert store.records() == source.records()
    with open_store(target, write=True) as store:
        assert isinstance(store, OxigraphStore)
        dead = ox.NamedNode("https://w3id.org/plan-kg/id/document/dead")
        store.inner.extend(pending_quads(Record("/plans/dead.txt", dead.value, "", "")))  # said before the load begins
        store.inner.bulk_extend([ox.Quad(dead, ox.NamedNode("urn:p"), ox.Literal("half a plan"), dead)])
        assert dead.value in store.graphs()
    with open_store(target, write=True):
        pass
    assert different(content(target), content(corpus_store)) == []


def test_a_derived_graph_of_another_iri_replaces_that_of_its_name(tmp_path: Path) -> None:
    def quads(graph: str) -> list[ox.Quad]:
        return [ox.Quad(*map(ox.NamedNode, ("urn:s", "urn:p", "urn:o", graph)))]

    with open_store(str(tmp_path / "store.kg"), write=True) as store:
        for graph in ("urn:g1", "urn:g2"):
            store.load_derived("n", graph, quads(graph))
            assert (store.derived(), store.graphs()) == ({"n": graph}, [])
        assert [list(store.quads(graph)) for graph in ("urn:g1", "urn:g2")] == [[], quads("urn:g2")]


def test_what_is_held_back_is_written_when_reading_breaks_off(tmp_path: Path, corpus_store: str) -> None:
    """As an interrupt does, in the middle of a build."""
    with open_store(corpus_store) as source, open_store(str(tmp_path / "s.kg"), write=True) as store:
        plans = [(record, nquads(source, record.document)) for record in source.records()]

        def broken() -> Iterator[tuple[Record, bytes]]:
            yield from plans[:2]
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            store.load(broken())
        assert store.records() == source.records()[:2]


def test_a_build_beside_a_reader_in_another_process(tmp_path: Path, corpus_store: str) -> None:
    target = str(tmp_path / "s.kg")
    copy(corpus_store, target)
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
