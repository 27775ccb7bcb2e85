"""Words that hurt come back from every format as they went in; the options choose what is written, in every form."""

import csv
import re
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import networkx as nx
import openpyxl
import pandas
import polars
import pyoxigraph as ox
import pytest
from openpyxl.utils.escape import unescape
from rdflib import Dataset, Graph
from rdflib.term import Node
from test_export_formats import DATASETS, RDF, written

from exports.xlsx import CONTENTS_SHEET, TEXTS_SHEET
from exports.xml_graphs import xml_text
from kg.builder import load_reference
from kg.stores import open_store
from kg.stores.terms import ntriples
from ontology.iris import Iris
from ontology.model.store import Record, Store
from ontology.schema import schema

# Each stands for the quote of a task. What XML cannot hold is U+FFFD in RDF/XML, GraphML, GEXF and the workbook.
WORDS = [
    "=1+1",
    "+加强组织",
    "-1%的差距",
    "@推动普及",
    "＝全角",
    "\"引号\"与'撇号'",
    "反斜\\杠\\n不是换行",
    "第一行\n第二行\r\n第三行\r第四行",
    "\t制表\t",
    "表情😀👨‍👩‍👧与生僻字𠮷㐂",
    "《<办法>》<b>&amp;]]>",
    "http://example.org/不是链接",
    "00012345678901234567890",
    "换页\x0c竖向\x0b删除\x7f控制\x01零\x00下一行\x85分行\u2028分段\u2029",
    "非字\ufffe\uffff",
    " . \n .",
    " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ",
    "_x0041_",
    ";分号,逗号|竖线",
    "NULL",
    "e\u0301组合\u202e反向",
]


SHOWN = re.compile(r"/(task|indicator|target|citation|responsibility)/")  # facts that the workbook has a sheet of


@pytest.fixture(scope="module")
def hard(corpus_store: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of one plan, the quotes of whose facts are WORDS; its file's name has Chinese and brackets, and the names
    of its indicators' departments marks that separate names."""
    path = str(tmp_path_factory.mktemp("hard") / "hard.kg")
    quote, file, departments = (schema().properties[key].iri for key in ("quote", "file", "departments"))
    words = iter(WORDS)
    with open_store(corpus_store) as source, open_store(path, write=True) as target:
        (graph, *_), *_ = source.query(f"SELECT ?d {{ GRAPH ?d {{ ?d {file} 'yunling.txt' }} }}").rows
        quads = []
        for quad in source.quads(str(graph)):
            value = quad.object
            if quad.predicate == quote and SHOWN.search(str(quad.subject)):
                value = ox.Literal(next(words, "够了"))
            if quad.predicate == file:
                value = ox.Literal("海川市[2021]规划（试行）<1>.txt")
            if quad.predicate == departments:
                value = ox.Literal(f"{quad.object.value};,|\t处")
            quads.append(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))
        assert next(words, None) is None
        record = Record("/hard", str(graph), "0" * 64, "test")
        load_reference(target, Iris().base)
        target.load([(record, ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")])
    return path


@pytest.fixture
def hurting(hard: str) -> Store:
    return open_store(hard)


def triples(store: Store) -> Graph:
    found = Graph()
    for graph in store.graphs():
        found.parse(data=ntriples(store.quads(graph)), format="nt")
    return found


@pytest.mark.parametrize("name", ["turtle", "nt", "nquads", "trig", "jsonld"])
def test_rdf_keeps_every_character(name: str, hurting: Store, tmp_path: Path) -> None:
    found = Dataset().parse(written(name, hurting, tmp_path), format={**RDF, **DATASETS}[name])
    quotes = {str(value) for _, _, value, _ in found.quads((None, None, None, None))}
    assert set(WORDS) <= quotes


def test_rdfxml_is_xml(hurting: Store, tmp_path: Path) -> None:
    found = Graph().parse(written("rdfxml", hurting, tmp_path), format="xml")
    assert {xml_text(word) for word in WORDS} <= {str(value) for value in found.objects()}
    assert len(found) == len(triples(hurting))


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_graph_files_are_xml(name: str, hurting: Store, tmp_path: Path) -> None:
    target = written(name, hurting, tmp_path)
    graph = nx.read_graphml(target) if name == "graphml" else nx.read_gexf(target)
    quotes = {values.get("quote") for _, values in graph.nodes(data=True)}
    assert {xml_text(word) for word in WORDS} <= quotes


def test_parquet_keeps_every_character(hurting: Store, tmp_path: Path) -> None:
    folder = written("parquet", hurting, tmp_path)
    assert set(WORDS) <= set(polars.read_parquet(folder / "nodes.parquet")["quote"])
    assert set(WORDS) <= set(pandas.read_parquet(folder / "nodes.parquet")["quote"])


def test_lists_for_neo4j_are_divided_between_their_members_alone(hurting: Store, tmp_path: Path) -> None:
    folder = written("neo4j-csv", hurting, tmp_path)
    assert "--array-delimiter=U+001F " in (folder / "README").read_text("utf-8")
    cells = pandas.read_csv(folder / "nodes-Indicator.csv", dtype=str)["departments:string[]"].dropna()
    found = {name for cell in cells for name in cell.split("\x1f")}
    names = hurting.query(f"SELECT ?n {{ GRAPH ?g {{ ?i {schema().properties['departments'].iri} ?n }} }}").rows
    assert found == {name for (name,) in names} != set()


def test_csv_differs_by_an_apostrophe_alone(hurting: Store, tmp_path: Path) -> None:
    with (written("csv", hurting, tmp_path) / "nodes.csv").open(encoding="utf-8", newline="") as file:
        quotes = {row["quote"].removeprefix("'") for row in csv.DictReader(file)}
    assert set(WORDS) <= quotes


def test_the_workbook_keeps_text_as_text(hurting: Store, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written("xlsx", hurting, tmp_path))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    linked = [cell for cell in cells if cell.hyperlink and cell.parent.title != CONTENTS_SHEET]
    assert all(
        cell.hyperlink.location.startswith(f"'{TEXTS_SHEET}'!") for cell in linked
    )  # no address from a plan's words
    quotes = {unescape(str(cell.value)) for cell in cells}
    assert {re.sub(r"\r\n?", "\n", xml_text(word)) for word in WORDS} <= quotes


def canonical(triples: Iterable[tuple[Node, Node, Node]]) -> set[ox.Triple]:
    """The triples with names of blank nodes that are the same for every graph that says the same."""
    text = "\n".join(" ".join(term.n3() for term in triple) + " ." for triple in triples)
    found = ox.Dataset(ox.parse(text, format=ox.RdfFormat.TURTLE))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {quad.triple for quad in found}


def by_graph(found: Dataset) -> dict[str, list[tuple[Node, Node, Node]]]:
    """The triples of each named graph; each form gives its blank nodes names of its own."""
    graphs: dict[str, list[tuple[Node, Node, Node]]] = {}
    for subject, predicate, value, graph in found.quads():
        graphs.setdefault(str(graph), []).append((subject, predicate, value))
    return graphs


OPTIONS: list[dict[str, object]] = [
    {"plan": "qinghe.txt", "ontology": True},
    {"region": "泽宁市", "evidence": False},
    {"plan": "qinghe.txt", "evidence": False, "describe": True},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_every_form_says_the_same_under_every_option(options: dict[str, object], store: Store, tmp_path: Path) -> None:
    wanted = canonical(Graph().parse(written("nt", store, tmp_path, **options), format="nt"))
    assert len(wanted) > 500
    for name in ("turtle", "rdfxml"):
        assert canonical(Graph().parse(written(name, store, tmp_path, **options), format=RDF[name])) == wanted, name
    graphs: dict[str, set[ox.Triple]] = {}
    for name, format_ in DATASETS.items():
        found = by_graph(Dataset().parse(written(name, store, tmp_path, **options), format=format_))
        assert canonical(chain(*found.values())) == wanted, name
        made = {graph: canonical(triples) for graph, triples in found.items()}
        assert made == (graphs := graphs or made), name
