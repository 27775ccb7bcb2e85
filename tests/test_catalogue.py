"""The catalogue of an embedded store names the documents that the store itself names, and is renewed by itself."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.builder import build
from kg.stores import open_store
from kg.stores.catalogue import pairs, stamp
from kg.stores.oxigraph import OxigraphStore
from ontology.model.store import Catalogued, Store, Table
from queries.presets import preset
from queries.selection import chosen

pytestmark = pytest.mark.usefixtures("extracted_here")


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
        assert chosen(store, {name: text}) == chosen(Asked(store), {name: text}), text  # type: ignore[arg-type]


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
    assert chosen(store, given) == chosen(Asked(store), given)  # type: ignore[arg-type]


def test_it_is_renewed_when_the_store_changed(tmp_path: Path) -> None:
    address, plans = str(tmp_path / "s.kg"), tmp_path / "plans"
    plans.mkdir()

    def built() -> None:
        with open_store(address, write=True) as store:
            build([plans], store, prune=True, agree=lambda gone, count: True)

    def named(text: str) -> list[str]:
        with open_store(address) as store:
            return [file for _, file in chosen(store, {"plan": text})]

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
            assert len(chosen(new, {"plan": "青禾"})) == 2
        assert len(chosen(old, {"plan": "青禾"})) == 1


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
        assert [file for _, file in chosen(store, {"plan": "青禾"})] == ["a.txt"]
    (tmp_path / "s.kg" / "catalogue.sqlite").mkdir()
    with open_store(address) as store:
        assert isinstance(store, OxigraphStore)
        assert store.documents_named({"plan": "青禾"}) is None
        assert [file for _, file in chosen(store, {"plan": "青禾"})] == ["a.txt"]


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
