"""Exports from each kind of store are the same bytes; stores that load an export by their own means answer alike."""

import re
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import servers
from conftest import need, wipe
from test_export_formats import contents, written

from exports import EXPORT_FORMATS
from kg.stores import open_store
from kg.stores.neo4j import Neo4jStore
from ontology.derived import classes, terms
from ontology.json_lines import json_value
from ontology.model.store import Scalar, Store, Table
from queries.presets import presets


class Remembering:
    """A store that is asked for each thing once, so that writing every format does not take minutes."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.known: dict[object, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def dump(self, graph: str) -> bytes:
        if graph not in self.known:
            self.known[graph] = self.store.dump(graph)
        found: bytes = self.known[graph]
        return found

    def query(self, text: str, parameters: Mapping[str, Scalar] | None = None) -> Table:
        key = text, *(parameters or {}).items()
        if key not in self.known:
            self.known[key] = self.store.query(text, parameters)
        found: Table = self.known[key]
        return found


_TERMS = [*classes().values(), *(term.iri for term in terms().values())]
DERIVED = re.compile("kg:(" + "|".join(iri.value.rpartition("#")[2] for iri in _TERMS) + r")\b")
# The presets that ask nothing of what is derived from plans (alignments, duplicates, values of a statistics office).
OF_PLANS = tuple(name for name, found in presets().items() if not DERIVED.search(found.sparql or ""))
# pyvis draws rows of presets, and a number of 20 digits is a double in those of Neo4j.
STORED = [name for name in EXPORT_FORMATS if name != "pyvis"]


def all_formats(store: Store, folder: Path) -> dict[str, list[tuple[str, bytes]]]:
    remembering: Any = Remembering(store)
    return {name: contents(written(name, remembering, folder)) for name in STORED}


@pytest.fixture(scope="session")
def embedded(corpus_store: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, bytes]]]:
    """What the embedded store writes, by format."""
    with open_store(corpus_store) as store:
        return all_formats(store, tmp_path_factory.mktemp("embedded"))


def test_every_format_has_the_same_bytes(
    loaded: Store, embedded: dict[str, list[tuple[str, bytes]]], tmp_path: Path
) -> None:
    found = all_formats(loaded, tmp_path)
    assert [name for name in STORED if found[name] != embedded[name]] == []


def rows(store: Store, names: tuple[str, ...] = ()) -> dict[str, list[tuple[object, ...]]]:
    """The rows of presets with their required parameters alone."""
    return {
        name: [tuple(map(json_value, row)) for row in found.run(store, needed).rows]
        for name, found in presets().items()
        if name in names or not names
        for needed in [{p.name: str(p.example) for p in found.parameters if p.required}]
    }


def test_oxigraph_answers_from_nquads_that_it_loaded_itself(corpus_store: str, tmp_path: Path) -> None:
    with open_store(corpus_store) as source:
        ox.Store(str(tmp_path / "data")).bulk_load(
            path=str(written("nquads", source, tmp_path)), format=ox.RdfFormat.N_QUADS
        )
        with servers.oxigraph(str(tmp_path / "data")) as server, server.used() as address, open_store(address) as found:
            assert rows(found, OF_PLANS) == rows(source, OF_PLANS)


# One for each kind of fact, for servers that compile each query for a second.
FEW = ("plans", "regions", "tasks", "indicators", "lineage", "targets", "responsibilities")


def test_virtuoso_answers_from_nquads_that_it_loaded_itself(corpus_store: str, tmp_path: Path) -> None:
    need(servers.missing("virtuoso"))
    with open_store(corpus_store) as source, servers.virtuoso() as server, server.used() as address:
        folder = server.folder
        written("nquads", source, folder)
        server.shell(f"DB.DBA.TTLP(file_to_string_output('{folder}/out.nq'), '', 'urn:none', 512);")
        with open_store(address) as found:
            assert rows(found, FEW) == rows(source, FEW)


@pytest.fixture(scope="module")
def imported(corpus_store: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jStore]:
    """A Neo4j server on what its own import tool made of an export, by the command that the export's README has."""
    need(servers.missing("neo4j"))
    folder, home = tmp_path_factory.mktemp("import"), tmp_path_factory.mktemp("neo4j")
    with open_store(corpus_store) as source:
        target = written("neo4j-csv", source, folder)
    command = re.search(r"neo4j-admin (.*?)\n\n", (target / "README").read_text("utf-8").replace("\\\n", ""), re.DOTALL)
    assert command
    arguments = shlex.split(command[1].replace("full neo4j", f"full {servers.DATABASE}"))
    arguments = [re.sub(r"^(--(?:nodes|relationships)=)", rf"\1{target}/", argument) for argument in arguments]
    servers.neo4j_admin(home, *arguments, f"--report-file={folder}/report")
    with servers.neo4j(home) as server, server.used() as address, open_store(address) as store:
        assert isinstance(store, Neo4jStore)
        run(store, target / "schema.cypher")
        yield store


def run(store: Neo4jStore, script: Path) -> None:
    """Runs a script as cypher-shell does: a statement ends with ; at the end of a line."""
    with store.driver.session(database=store.database) as session:
        for statement in script.read_text("utf-8").split(";\n")[:-1]:
            session.run(statement).consume()


def content(store: Neo4jStore) -> tuple[Counter[str], Counter[str]]:
    """Every node and every relationship with all that they carry, as text."""
    nodes = store.query("MATCH (n) RETURN n")
    links = store.query("MATCH (a)-[r]->(b) RETURN a.iri, r, b.iri")
    return Counter(map(repr, nodes.rows)), Counter(map(repr, links.rows))


def test_neo4j_admin_imports_a_database_that_answers_alike(imported: Neo4jStore, store: Store) -> None:
    """Other presets would find nothing else: the next test compares all that it holds."""
    assert set(FEW) <= set(OF_PLANS)
    assert rows(imported, FEW) == rows(store, FEW)


def test_an_imported_database_is_a_store(imported: Neo4jStore, store: Store, tmp_path: Path) -> None:
    wanted = written("nquads", store, tmp_path).read_bytes()
    assert written("nquads", imported, tmp_path).read_bytes() == wanted


def test_the_script_makes_the_same_database_and_nothing_twice(
    imported: Neo4jStore, store: Store, tmp_path: Path
) -> None:
    """The server compiles each of its statements, so the script of one plan must do: what names the plan is as in the
    imported database (a node of several plans has members of each)."""
    nodes, links = content(imported)
    assert (len(nodes), len(links)) > (500, 1000)
    script = written("cypher", store, tmp_path, plan="literals.txt")
    run(imported, script)  # what is there is not made again
    assert content(imported) == (nodes, links)
    wipe(imported.address)
    run(imported, script)
    (document,) = [record.document for record in store.records() if record.path.endswith("literals.txt")]
    for made, every in zip(content(imported), (nodes, links), strict=True):
        of_plan = Counter({text: count for text, count in every.items() if document in text})
        assert len(of_plan) > 25
        assert Counter({text: count for text, count in made.items() if document in text}) == of_plan
