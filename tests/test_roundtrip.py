"""Facts of any kind -> RDF -> property graph -> RDF -> tables: the same facts come out.

The facts are made from the declaration itself, so that a kind or a field that is added is tested with the rest.
"""

import dataclasses
import sqlite3
import typing
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.kind_tables import KindTable, kind_tables
from exports.options import ExportedDocument, ExportSelection, Options
from exports.sqlite import sqlite
from extractors.projects import Project
from kg.stores import neo4j_write
from ontology.graph import plan_graph, sort_key
from ontology.iris import Iris
from ontology.model import facts as model
from ontology.model.facts import Evidence, Fact, Organization, Plan, Policy, Region
from ontology.model.source import Source
from ontology.property_graph import EXACT_SUFFIX, Node, PropertyGraph, Relationship, project, restore
from ontology.schema import schema

CHINA = Region("中国", "100000", "national", None, "GB/T 2260")
COUNTY = Region("青禾县", None, "county", CHINA, "named in the plan")
POLICY = Policy("青禾县", "十四五规划", "青禾县“十四五”规划", "county", "规划", COUNTY)
PLAN = Plan(
    Evidence(0, 5, "青禾县规划", None), title="青禾县规划", policy=POLICY, region=COUNTY, issued=date(2021, 5, 1)
)
SOURCE = Source("a.txt", "0" * 64, "青禾县规划" + "文" * 5000, "txt", "utf-8")
KINDS = [*(getattr(model, kind.key) for kind in schema().kinds if hasattr(model, kind.key)), Project]

# Words as files have them: quotes, markup, what looks like a formula or a number, and characters beyond the BMP.
WORDS = st.text(st.sampled_from("青禾县医保12.= \"'<&>\\𠮷,；\n+-"), min_size=1, max_size=12)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.just(Decimal("12345678901234567890"))
REGIONS = st.sampled_from([CHINA, COUNTY])
SPECIAL: Mapping[tuple[str, str], st.SearchStrategy[Any]] = {
    ("Responsibility", "function"): st.sampled_from(["民政", "医疗保障", None]),
    ("Observation", "year"): st.integers(1949, 2100),
}


def strategy(hint: Any, owner: str, name: str) -> st.SearchStrategy[Any]:
    """Values of a field's type."""
    if (owner, name) in SPECIAL:
        return SPECIAL[owner, name]
    if get_origin(hint) in {typing.Union, UnionType}:
        return st.one_of(*(strategy(part, owner, name) for part in get_args(hint)))
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) is tuple:
        return st.lists(strategy(get_args(hint)[0], owner, name), max_size=3).map(tuple)
    if hint is Organization:
        return st.builds(Organization, st.sampled_from(["民政", "财政"]), REGIONS)
    if hint is Region:
        return REGIONS
    if hint is Policy:
        return st.builds(Policy, WORDS, WORDS, WORDS, st.sampled_from(["county", None]), st.none(), REGIONS | st.none())
    if dataclasses.is_dataclass(hint):
        return st.builds(hint, **{f.name: strategy(t, hint.__name__, f.name) for f, t in typed(hint)})  # type: ignore[arg-type, call-overload, no-any-return]
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: WORDS,
        int: st.integers(0, 9),
        bool: st.booleans(),
        Decimal: NUMBERS,
        NoneType: st.none(),
    }
    return plain[hint]


def typed(kind: Any) -> Iterator[tuple[Any, Any]]:
    hints = typing.get_type_hints(kind)
    for field in dataclasses.fields(kind):
        yield field, hints[field.name]


def references(kind: type[Fact]) -> set[str]:
    """The fields that are positions of other facts: those are set to facts that are there, or to none."""
    declared = schema().declared[kind.__name__]
    facts = {found.iri.value for found in schema().kinds}
    return {found.field for found in declared.properties.values() if found.target in facts}


@st.composite
def plans(draw: st.DrawFn) -> list[Fact]:
    """A plan's facts, at least one of each kind, each at a place of its own."""
    found: list[Fact] = []
    for kind in KINDS:
        for position in range(draw(st.integers(1, 2))):
            start = len(found) * 20 + 10
            values = {
                field.name: draw(strategy(hint, kind.__name__, field.name))
                for field, hint in typed(kind)
                if field.name not in {"evidence", "position", "corrections", *references(kind)}
            }
            if values.get("baseline"):  # an average or a sum is what a target may be, never a baseline
                values["baseline"] = dataclasses.replace(values["baseline"], basis=None)
            for name in references(kind):
                values[name] = draw(st.sampled_from([0, None]))
            evidence = Evidence(start, start + 10, draw(WORDS.filter(str.strip)), draw(st.sampled_from([1, None])))
            found.append(kind(evidence=evidence, position=position, **values))
    return [PLAN, *found]


class Held:
    """A store of one plan, as far as an export reads it."""

    def __init__(self, quads: list[ox.Quad]) -> None:
        self.data = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""

    def dump(self, graph: str) -> bytes:
        return self.data


def from_tables(path: Path, graph: str) -> PropertyGraph:
    """The property graph that the tables say."""
    nodes: list[Node] = []
    links: list[Relationship] = []
    database = sqlite3.connect(path)
    database.row_factory = sqlite3.Row
    for table in kind_tables().values():
        for row in database.execute(f'SELECT * FROM "{table.name}"'):
            nodes.append(node_of(table, dict(row)))
            for column in table.columns:
                if column.link and column.property and row[column.name]:
                    ends = row[column.name].split(" ")
                    links += [Relationship(row["id"], column.property.key, end, graph) for end in ends]
    database.close()
    return PropertyGraph(graph, nodes, links)


def node_of(table: KindTable, row: dict[str, Any]) -> Node:
    above = tuple(key for key in table.declared.above if key != "Fact")
    node = Node(row["id"], (table.declared.key, *above))
    for column in table.columns:
        value = row[column.name]
        if column.property is None or column.link or value is None or column.name.endswith(EXACT_SUFFIX):
            continue
        exact = row.get(column.name + EXACT_SUFFIX)
        node.properties[column.name] = (
            Decimal(exact)
            if exact
            else Decimal(repr(value))
            if column.kind == "float"
            else bool(value)
            if column.kind == "boolean"
            else tuple(value.split("、"))
            if column.kind == "strings"
            else value
        )
    return node


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(plans())
def test_facts_come_back_from_every_form(facts: list[Fact]) -> None:
    iris = Iris("https://plans.test/id/")
    graph = iris.document(POLICY, "a.txt").value
    quads = plan_graph(SOURCE, facts, "test", iris)
    assert len({quad.subject for quad in quads if quad.predicate == schema().properties["quote"].iri}) == len(facts) - 1
    held = sorted(quads, key=sort_key)
    assert restore(project(graph, held)) == held
    document = ExportedDocument(graph, "", "a.txt", iris.policy(POLICY).value, None)
    selection = ExportSelection((document,), None, Options())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plans.sqlite"
        sqlite(Held(held), selection, path)  # type: ignore[arg-type]
        assert restore(from_tables(path, graph)) == held


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (b"no database, but a text of more than a hundred bytes. " * 3, "not a database"),
        (b"short", "not a database"),
        ("database", "already exists"),
        ("folder", "unable to open"),
    ],
)
def test_what_stands_at_the_path_of_a_database(before: bytes | str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "plans.sqlite"
    selection = ExportSelection((), None, Options())
    if isinstance(before, bytes):
        path.write_bytes(before)
    elif before == "folder":
        path.mkdir()
    else:
        sqlite(Held([]), selection, path)  # type: ignore[arg-type]
    held = None if path.is_dir() else path.read_bytes()
    with pytest.raises(OSError, match=words):
        sqlite(Held([]), selection, path)  # type: ignore[arg-type]
    assert held is None or path.read_bytes() == held


@pytest.mark.parametrize(("start", "end"), [("urn:a", "urn:missing"), ("urn:missing", "urn:a")])
def test_neo4j_takes_no_link_of_a_node_that_the_plan_does_not_describe(start: str, end: str) -> None:
    """The transaction gets no statement before that: none is given here."""
    graph = PropertyGraph("urn:g", [Node("urn:a", ("Task",))], [Relationship(start, "PART_OF", end, "urn:g")])
    with pytest.raises(KeyError, match="urn:missing"):
        neo4j_write._add(None, graph)  # type: ignore[arg-type]
