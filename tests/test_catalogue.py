"""The catalogue of a store names the documents that the store itself names, and is renewed by itself."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import servers

from kg.builder import build
from kg.stores import open_store, sparql
from kg.stores.catalogue import documents_named, make, pairs, stamp
from kg.stores.neo4j import Neo4jStore
from kg.stores.oxigraph import OxigraphStore
from kg.stores.sparql import SparqlStore
from ontology.iris import DEFAULT_BASE
from ontology.model.errors import Refused
from ontology.model.store import Catalogued, Record, Store, Table
from ontology.schema import schema
from queries.presets import preset
from queries.selection import _CYPHER, chosen_documents


class Asked:
    """A store without its catalogue."""

    language = "sparql"

    def __init__(self, inner: Store) -> None:
        self.query: Callable[..., Table] = inner.query


# Whole names, their ends, one character, two, marks, nothing, what stands in no name, and what FTS5 could misread.
FRAGMENTS = [
    "青禾县", "青禾", "禾", "规", "规划", "“十四五”", "十四五”", "青禾县养老", "qinghe.txt", "qinghe", ".txt", "t", "QINGHE", "",
    "县县", "划规", '"', "*", "a OR b", "' OR 1=1", "青 禾", "\n", "云岭省", "省", "泽宁市", "110000", "11000", "无此规划",
    "https://w3id.org/plan-kg/id/document/", "https://w3id.org/plan-kg/id/document/0", "https://", "\U0010ffff",
]  # fmt: skip


@pytest.mark.parametrize("name", ["plan", "region", "document"])
def test_it_names_what_the_store_names(name: str, store: Store) -> None:
    assert isinstance(store, Catalogued)
    assert store.documents_named({}) is not None
    ids = [str(row[0]) for row in preset("plans").run(store).of(["plan_id"]).rows[:2]]
    more = [str(v) for row in preset("plans").run(store).of(["policy_id", "region_id", "file"]).rows for v in row if v]
    for text in [*FRAGMENTS, *ids, *(iri[:-1] for iri in ids), *more]:
        assert chosen_documents(store, {name: text}) == chosen_documents(Asked(store), {name: text}), text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"plan": "青禾", "region": "青禾县"},
        {"plan": "青禾", "region": "云岭省"},
        {"plan": "规划", "region": "县", "document": "https://"},
        {"plan": "规划", "document": "urn:"},
        {"plan": None, "region": "县"},
    ],
)
def test_several_values_are_all_kept(given: dict[str, str | None], store: Store) -> None:
    assert chosen_documents(store, given) == chosen_documents(Asked(store), given)  # type: ignore[arg-type]


def test_it_is_renewed_when_the_store_changed(tmp_path: Path) -> None:
    address, plans = str(tmp_path / "s.kg"), tmp_path / "plans"
    plans.mkdir()

    def built() -> None:
        with open_store(address, write=True) as store:
            build([plans], store, prune=True, agree=lambda gone, count: True)

    def named(text: str) -> list[str]:
        with open_store(address) as store:
            return [file for _, file in chosen_documents(store, {"plan": text})]

    (plans / "a.txt").write_text("青禾县“十四五”养老规划\n\n第一章 总则\n", "utf-8")
    built()
    assert named("青禾") == ["a.txt"]
    made = (tmp_path / "s.kg" / "catalogue.sqlite").stat().st_mtime_ns
    built()  # nothing is new
    built()
    assert named("青禾") == ["a.txt"]
    unchanged = (tmp_path / "s.kg" / "catalogue.sqlite").stat().st_mtime_ns
    (plans / "b.txt").write_text("青禾县“十四五”医疗规划\n\n第一章 总则\n", "utf-8")
    built()
    assert named("青禾") == ["a.txt", "b.txt"]
    assert named("医疗") == ["b.txt"]
    (plans / "a.txt").unlink()
    built()
    assert named("青禾") == ["b.txt"]
    assert named("养老") == []
    assert made <= unchanged < (tmp_path / "s.kg" / "catalogue.sqlite").stat().st_mtime_ns


def test_a_reader_asks_for_what_it_sees(tmp_path: Path) -> None:
    """What another process adds is not in a store that was opened before, nor is its catalogue used for it."""
    address, plan = str(tmp_path / "s.kg"), tmp_path / "a.txt"
    plan.write_text("青禾县“十四五”养老规划\n\n第一章 总则\n", "utf-8")
    with open_store(address, write=True) as store:
        build([plan], store)
    with open_store(address) as old:
        (tmp_path / "b.txt").write_text("青禾县“十四五”医疗规划\n\n第一章 总则\n", "utf-8")
        with open_store(address, write=True) as store:
            build([tmp_path / "b.txt"], store)
        with open_store(address) as new:
            assert len(chosen_documents(new, {"plan": "青禾"})) == 2
        assert len(chosen_documents(old, {"plan": "青禾"})) == 1


@pytest.mark.parametrize("fault", [b"", b"not a database", b"SQLite format 3\x00" + b"\x00" * 500])
def test_a_damaged_one_is_made_anew(fault: bytes, tmp_path: Path) -> None:
    address = str(tmp_path / "s.kg")
    (tmp_path / "a.txt").write_text("青禾县“十四五”养老规划\n\n第一章 总则\n", "utf-8")
    with open_store(address, write=True) as store:
        build([tmp_path / "a.txt"], store)
    (tmp_path / "s.kg" / "catalogue.sqlite").write_bytes(fault)
    with open_store(address) as store:
        assert isinstance(store, OxigraphStore)
        assert len(store.documents_named({"plan": "青禾"}) or {}) == 1


def test_the_store_is_asked_where_none_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = str(tmp_path / "s.kg")
    (tmp_path / "a.txt").write_text("青禾县“十四五”养老规划\n\n第一章 总则\n", "utf-8")
    with open_store(address, write=True) as store:
        build([tmp_path / "a.txt"], store)
        assert isinstance(store, OxigraphStore)
        assert store.documents_named({"plan": "青禾"}) is None  # it is being written
        assert [file for _, file in chosen_documents(store, {"plan": "青禾"})] == ["a.txt"]
    (tmp_path / "s.kg" / "catalogue.sqlite").mkdir()
    with open_store(address) as store:
        assert isinstance(store, OxigraphStore)
        assert store.documents_named({"plan": "青禾"}) is None
        assert [file for _, file in chosen_documents(store, {"plan": "青禾"})] == ["a.txt"]


def test_a_stamp_is_of_what_is_written(tmp_path: Path) -> None:
    (tmp_path / "1.sst").write_bytes(b"a")
    first = stamp(tmp_path)
    (tmp_path / "2.log").write_bytes(b"")  # what opening a store leaves
    (tmp_path / "LOG").write_bytes(b"messages")
    assert stamp(tmp_path) == first
    (tmp_path / "2.log").write_bytes(b"a")
    assert stamp(tmp_path) != first
    assert stamp(tmp_path / "missing") is None


def test_pairs_of_a_fragment_stand_in_those_of_its_text() -> None:
    whole = " ".join(pairs("云岭省青禾县规划"))
    assert " ".join(pairs("青禾县")[:-1]) in whole
    assert " ".join(pairs("禾青")[:-1]) not in whole
    assert pairs("") == []  # a document without a title


SPARQL_SERVERS = pytest.mark.parametrize("server", ["virtuoso", "oxigraph", "fuseki"], indirect=True)


@pytest.fixture
def served(server: servers.Server, empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty server's store, whose catalogue is made at once and kept in the test's own folder."""
    monkeypatch.setattr(sparql, "SETTLED_SECONDS", 0)
    with server.used(XDG_CACHE_HOME=str(tmp_path / "cache")):
        yield empty


def written(address: str, folder: Path, **texts: str) -> None:
    """Builds plans of these titles, by file names, into the store; other plans of the folder are removed from it."""
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    for name, title in texts.items():
        (folder / f"{name}.txt").write_text(f"{title}\n\n第一章 总则\n", "utf-8")
    with open_store(address, write=True) as store:
        build([folder], store, prune=True, agree=lambda gone, count: True)


def named(address: str, text: str) -> tuple[list[str], bool]:
    """The files of the plans that a text names, the same as without a catalogue, and whether there was one."""
    with open_store(address) as store:
        assert isinstance(store, SparqlStore)
        listed = store.documents_named({"plan": text})
        found = chosen_documents(store, {"plan": text})
        assert found == chosen_documents(Asked(store), {"plan": text})  # type: ignore[arg-type]
        return [file for _, file in found], listed is not None


@pytest.mark.parametrize("name", ["plan", "region", "document"])
def test_servers_name_what_the_embedded_store_names(
    name: str, loaded: Store, corpus_store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sparql, "SETTLED_SECONDS", 0)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with open_store(corpus_store) as store:
        rows = preset("plans").run(store).of(["plan_id", "policy_id", "region_id", "file"]).rows[:2]
        for text in [*FRAGMENTS, *(str(value) for row in rows for value in row if value)]:
            assert chosen_documents(loaded, {name: text}) == chosen_documents(store, {name: text}), text
        for given in ({}, {"plan": "青禾", "region": "青禾县"}, {"plan": "规划", "document": "urn:"}):
            assert chosen_documents(loaded, given) == chosen_documents(store, given)  # type: ignore[arg-type]
    assert loaded.language == "cypher" or list(tmp_path.rglob("catalogue-*.sqlite"))


@SPARQL_SERVERS
def test_that_of_a_server_is_renewed_when_the_store_changed(served: str, tmp_path: Path) -> None:
    """By each way in which this program writes: a new plan, a changed one, one that is gone."""
    plans = tmp_path / "plans"
    written(served, plans, a="青禾县“十四五”养老规划")
    assert named(served, "青禾") == (["a.txt"], True)
    written(served, plans, a="青禾县“十四五”养老规划", b="青禾县“十四五”医疗规划")
    assert named(served, "青禾") == (["a.txt", "b.txt"], True)
    written(served, plans, a="泽宁市“十四五”养老规划", b="青禾县“十四五”医疗规划")
    assert named(served, "青禾") == (["b.txt"], True)
    assert named(served, "泽宁") == (["a.txt"], True)
    written(served, plans, a="泽宁市“十四五”养老规划")
    assert named(served, "青禾") == ([], True)


@SPARQL_SERVERS
def test_what_another_program_adds_to_a_server_is_found(served: str, tmp_path: Path) -> None:
    """It writes no version, but there are more documents, or fewer."""
    written(served, tmp_path / "plans", a="青禾县“十四五”养老规划")
    assert named(served, "青禾") == (["a.txt"], True)
    document = ox.NamedNode(f"{DEFAULT_BASE}document/0123456789abcdef")
    file = ox.Quad(document, schema().properties["file"].iri, ox.Literal("青禾.txt"), document)
    with open_store(served) as store:
        assert isinstance(store, SparqlStore)
        store.endpoint.put(document.value, [file])
        assert named(served, "青禾") == (["a.txt", "青禾.txt"], True)
        store.endpoint.update(f"DROP SILENT GRAPH {document}")
        assert named(served, "青禾") == (["a.txt"], True)


@SPARQL_SERVERS
def test_none_is_used_while_a_server_is_written_to(
    served: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor after a build that was killed, before the next one has mended that."""
    plans = tmp_path / "plans"
    written(served, plans, a="青禾县“十四五”养老规划")
    assert named(served, "青禾") == (["a.txt"], True)
    graph = f"{DEFAULT_BASE}document/0123456789abcdef"
    with open_store(served, write=True) as store, monkeypatch.context() as patch:
        assert isinstance(store, SparqlStore)
        put = type(store.endpoint).put

        def killed(*arguments: object) -> None:
            put(*arguments)  # type: ignore[arg-type]
            raise Refused("killed")

        patch.setattr(type(store.endpoint), "put", killed)
        quad = f'<{graph}> {schema().properties["file"].iri} "青禾.txt" <{graph}> .\n'
        with pytest.raises(Refused):
            store.load([(Record(str(plans / "青禾.txt"), graph, "0" * 64, ""), quad.encode())])
    assert named(served, "青禾") == (["a.txt", "青禾.txt"], False)
    written(served, plans, a="青禾县“十四五”养老规划")
    assert named(served, "青禾") == (["a.txt"], True)


@pytest.mark.parametrize(
    ("ago", "settled"), [(0.0, False), (59.5, False), (61.0, True), (-0.6, False), (-59.0, False), (-3600.0, True)]
)
def test_a_server_is_settled_a_minute_after_a_write(ago: float, settled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1_800_000_000 + ago)
    assert sparql._settled("1800000000-0123-4") is settled
    assert sparql._settled("²-0123-4")  # no time


@pytest.mark.parametrize("server", ["oxigraph"], indirect=True)
def test_none_is_made_for_a_server_that_was_just_written_to(
    served: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sparql, "SETTLED_SECONDS", 3600)
    written(served, tmp_path / "plans", a="青禾县“十四五”养老规划")
    assert named(served, "青禾") == (["a.txt"], False)
    with open_store(served) as store:  # who loads by other means may write a version of any form
        assert isinstance(store, SparqlStore)
        version = "GRAPH <urn:plan-kg:state> { <urn:plan-kg:state:documents> <urn:plan-kg:state:version> "
        store.endpoint.update(f"DELETE WHERE {{ {version} ?v }} }}; INSERT DATA {{ {version} 'third load' }} }}")
    assert named(served, "青禾") == (["a.txt"], True)


@pytest.mark.parametrize("server", ["oxigraph"], indirect=True)
def test_one_plan_costs_a_server_two_requests(served: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One for the version, one for the document's own graph; the second time, when the catalogue is made."""
    written(served, tmp_path / "plans", a="青禾县“十四五”养老规划", b="泽宁市“十四五”养老规划")
    with open_store(served) as store:
        assert isinstance(store, SparqlStore)
        rows = preset("outline").run(store, {"plan": "青禾县"}).rows
        asked: list[str] = []
        select = type(store.endpoint).select
        monkeypatch.setattr(
            type(store.endpoint), "select", lambda self, query: (asked.append(query), select(self, query))[1]
        )
        assert preset("outline").run(store, {"plan": "青禾县"}).rows == rows
        assert len(asked) == 2
        assert "GRAPH ?doc {" not in asked[1]


def test_one_that_was_read_while_the_store_changed_is_not_kept(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    assert not make(path, store.query, "1", lambda: False)
    assert documents_named(path, "1", {}) is None
    assert make(path, store.query, "1", lambda: True)
    assert documents_named(path, "1", {})
    assert documents_named(path, "2", {}) is None
    assert [file.name for file in tmp_path.iterdir()] == ["c.sqlite"]


@pytest.mark.parametrize("server", ["neo4j"], indirect=True)
@pytest.mark.parametrize("name", ["plan", "region", "document"])
def test_neo4j_finds_parts_of_names_by_its_indexes(name: str, loaded: Store) -> None:
    """No step of its plan reads all nodes of a label."""
    assert isinstance(loaded, Neo4jStore)
    with loaded.driver.session(database=loaded.database) as session:
        plan = session.run(f"EXPLAIN {_CYPHER[name]}", text="青禾").consume().plan
    steps = [str(step) for step in operators(plan or {})]
    assert any("Scan" in step or "Seek" in step for step in steps)
    assert [step for step in steps if step.startswith(("NodeByLabelScan", "AllNodesScan"))] == []


def operators(plan: dict[str, Any]) -> Iterator[object]:
    """The operators of a plan of Neo4j's."""
    yield plan.get("operatorType")
    for child in plan.get("children", []):
        yield from operators(child)
