"""Each format is read back by a tool that it is meant for."""

import csv
import json
import re
from importlib.util import find_spec
from pathlib import Path

import duckdb
import networkx as nx
import openpyxl
import polars
import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph
from rdflib.compare import to_isomorphic

from exports import EXPORT_FORMATS, Options, export, split
from exports.options import EVIDENCE_KEYS
from exports.xlsx import COMPARISON_SHEET, CONTENTS_SHEET, TEXTS_SHEET, _comparison, sheets
from kg.validation import violations
from ontology.model.errors import Refused
from ontology.model.facts import squeeze
from ontology.model.store import Store, Table
from ontology.schema import NAMESPACE

RDF = {"turtle": "turtle", "nt": "nt", "rdfxml": "xml"}
DATASETS = {"nquads": "nquads", "trig": "trig", "jsonld": "json-ld"}


def written(name: str, store: Store, folder: Path, **options: object) -> Path:
    target = folder / f"out{EXPORT_FORMATS[name].suffix or '-' + name}"
    export(name, store, str(target), Options(**options))  # type: ignore[arg-type]
    return target


def contents(target: Path) -> list[tuple[str, bytes]]:
    """The name and bytes of a file, or of each in a folder."""
    files = sorted(target.iterdir()) if target.is_dir() else [target]
    return [(file.name, file.read_bytes()) for file in files]


@pytest.fixture(scope="module")
def quads(corpus_store: str) -> set[tuple[str, str, str, str]]:
    """Every quad of the corpus."""
    from kg.stores import open_store

    with open_store(corpus_store) as store:
        return {
            (str(q.subject), str(q.predicate), str(q.object), graph)
            for graph in store.graphs()
            for q in store.quads(graph)
        }


@pytest.mark.parametrize("name", sorted(EXPORT_FORMATS))
def test_two_runs_give_the_same_bytes(name: str, store: Store, tmp_path: Path) -> None:
    runs = []
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        runs.append(contents(written(name, store, folder)))
    assert runs[0] == runs[1]
    assert sum(len(content) for _, content in runs[0]) > 1000


@pytest.mark.parametrize("name", sorted(RDF))
def test_rdflib_reads_the_same_graph(name: str, store: Store, tmp_path: Path) -> None:
    wanted = Graph().parse(data=written("nt", store, tmp_path).read_text("utf-8"), format="nt")
    found = Graph().parse(written(name, store, tmp_path), format=RDF[name])
    assert len(found) > 2000
    assert to_isomorphic(found) == to_isomorphic(wanted)


@pytest.mark.parametrize("name", sorted(DATASETS))
def test_rdflib_reads_the_same_named_graphs(
    name: str, store: Store, tmp_path: Path, quads: set[tuple[str, str, str, str]]
) -> None:
    found = Dataset()
    found.parse(written(name, store, tmp_path), format=DATASETS[name])
    names = {str(graph.identifier): len(graph) for graph in found.graphs() if len(graph)}
    wanted: dict[str, int] = {}
    for *_, graph in quads:
        wanted[graph] = wanted.get(graph, 0) + 1
    assert names == wanted


def test_oxigraph_reads_every_quad(store: Store, tmp_path: Path, quads: set[tuple[str, str, str, str]]) -> None:
    for name in ("nquads", "trig"):
        format_ = ox.RdfFormat.N_QUADS if name == "nquads" else ox.RdfFormat.TRIG
        parsed = ox.parse(path=str(written(name, store, tmp_path)), format=format_)
        assert {(str(q.subject), str(q.predicate), str(q.object), q.graph_name.value) for q in parsed} == quads


def test_shapes_hold_after_the_round_trip(store: Store, tmp_path: Path) -> None:
    graph = Graph().parse(written("turtle", store, tmp_path, plan="qinghe.txt"), format="turtle")
    assert violations(graph.serialize(format="nt").encode()) == []


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_networkx_reads_the_property_graph(name: str, store: Store, tmp_path: Path) -> None:
    target = written(name, store, tmp_path)
    graph = nx.read_graphml(target) if name == "graphml" else nx.read_gexf(target)
    table = polars.read_parquet(written("parquet", store, tmp_path) / "nodes.parquet")
    assert graph.number_of_nodes() == len(table) > 200
    titles = {values.get("title") for _, values in graph.nodes(data=True)}
    assert "=1+1的公式处理带制表符" in titles
    assert any("<尖括号>" in str(title) for title in titles)


def test_parquet_is_typed(store: Store, tmp_path: Path) -> None:
    folder = written("parquet", store, tmp_path)
    nodes, edges = polars.read_parquet(folder / "nodes.parquet"), polars.read_parquet(folder / "edges.parquet")
    assert (nodes["start"].dtype, nodes["target_value"].dtype) == (polars.Int64, polars.Float64)
    assert set(edges["source"]) | set(edges["target"]) <= set(nodes["iri"])
    assert "12345678901234567890" in set(nodes["value_exact"])
    count = (
        duckdb.connect().execute(f"SELECT count(*) FROM '{folder}/edges.parquet' WHERE type = 'BASED_ON'").fetchone()
    )
    assert count is not None
    assert count[0] == edges.filter(polars.col("type") == "BASED_ON").height > 5


def test_the_workbook_keeps_text_as_text(store: Store, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written("xlsx", store, tmp_path))
    assert book.sheetnames == [CONTENTS_SHEET, COMPARISON_SHEET, *sheets().values(), TEXTS_SHEET]
    listed = {row[0].value: row[2].value for row in book[CONTENTS_SHEET].iter_rows(min_row=2)}
    assert listed == {name: book[name].max_row - 1 for name in book.sheetnames[1:]}
    heads = [cell.value for cell in book["指标 indicators"][1]]
    assert heads[:3] == ["plan", "region", "plan_level"]
    beds = next(row for row in book[COMPARISON_SHEET].iter_rows(values_only=True) if row[0] == "养老机构护理型床位占比")
    assert "≥55" in beds[3:]
    assert {"规划 plans", "指标 indicators", "重大项目 projects"} <= set(book.sheetnames)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("=1+1") for cell in cells)
    assert all(sheet.auto_filter.ref for sheet in book.worksheets[1:])


def test_indicators_without_a_concept_have_a_row_each_in_the_comparison() -> None:
    columns = ("concept", "indicator", "unit", "plan_id", "region", "plan", "target_op", "target_value", "target_text")
    rows = [
        (None, "甲率", "%", "a", "青禾县", "规划", None, 60, "60"),
        (None, "乙率", "%", "a", "青禾县", "规划", ">=", 80, "80"),
        ("丙率", "丙的比率", "%", "a", "青禾县", "规划", None, 90, "90"),
    ]
    found = {row[0]: row[1:] for row in _comparison(Table(columns, rows)).rows}
    assert found == {"甲率": ("%", 1, "60"), "乙率": ("%", 1, "≥80"), "丙率": ("%", 1, "90")}


def test_quotes_in_the_workbook_lead_to_their_paragraph(store: Store, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written("xlsx", store, tmp_path))
    for name in ("任务 tasks", "目标 targets", "引用 lineage"):
        heads = [cell.value for cell in book[name][1]]
        for row in book[name].iter_rows(min_row=2):
            cells = dict(zip(heads, row, strict=True))
            sheet, _, at = cells["quote"].hyperlink.location.partition("!E")
            plan, file, line, _, text = (cell.value for cell in book[sheet.strip("'")][int(at)])
            assert (plan, file) == (cells["plan"].value, cells["file"].value)
            assert squeeze(cells["quote"].value)[:4] in squeeze(text)
            assert line >= 1
    bare = openpyxl.load_workbook(written("xlsx", store, tmp_path, text=False))
    assert TEXTS_SHEET not in bare.sheetnames
    assert not any(cell.hyperlink for row in bare["目标 targets"].iter_rows() for cell in row)


def test_csv_for_excel(store: Store, tmp_path: Path) -> None:
    folder = written("csv", store, tmp_path, bom=True)
    text = (folder / "nodes.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader((folder / "nodes.csv").read_text("utf-8-sig").splitlines()))
    assert any(row["title"].startswith("'=1+1") for row in rows)


def test_jsonld_is_framed_by_plan(store: Store, tmp_path: Path) -> None:
    data = json.loads(written("jsonld", store, tmp_path, plan="qinghe.txt").read_text("utf-8"))
    plan = data["@graph"][0]["@graph"][0]
    assert plan["fileName"] == "qinghe.txt"
    assert len(plan["tasks"]) == 5
    assert all(task["quote"] for task in plan["tasks"])


def test_options_choose_what_is_written(store: Store, tmp_path: Path) -> None:
    whole = written("nt", store, tmp_path).read_text("utf-8")
    assert f"<{NAMESPACE}quote>" in whole
    assert f"<{NAMESPACE}quote>" not in written("nt", store, tmp_path, evidence=False).read_text("utf-8")
    book = openpyxl.load_workbook(written("xlsx", store, tmp_path, evidence=False))
    heads = {cell.value for sheet in book for cell in sheet[1]}
    assert "file" in heads
    assert not heads & set(EVIDENCE_KEYS)
    assert "owl#Class" in written("nt", store, tmp_path, ontology=True).read_text("utf-8")
    city = written("nt", store, tmp_path, region="泽宁市").read_text("utf-8")
    assert {name for name in ("qinghe.txt", "zening.md", "yunling.txt") if f'"{name}"' in city} == {
        "qinghe.txt",
        "zening.md",
    }
    with pytest.raises(Refused, match="nothing to export"):
        written("nt", store, tmp_path, region="无此地")
    assert split("turtle", store, str(tmp_path / "each"), Options()) == 8


@pytest.mark.skipif(find_spec("pyvis") is None, reason="pyvis is not installed")
def test_a_page_of_pyvis_has_the_plans_that_are_selected(store: Store, tmp_path: Path) -> None:
    assert split("pyvis", store, str(tmp_path / "each"), Options(region="泽宁市")) == 4
    pages = [file.read_text("utf-8") for file in sorted((tmp_path / "each").glob("*.html"))]
    # a plan of the page has the size 13; another one may be a policy that it cites
    plans = [
        json.loads(f'"{label}"') for page in pages for label in re.findall(r'"label": "([^"]*)"[^}]*"size": 13.0', page)
    ]
    assert plans == [
        "青禾县“十三五”养老服务体系建设实施方案",
        "青禾县“十四五”养老服务体系建设实施方案",
        "泽宁市“十三五”养老服务发展规划",
        "泽宁市“十四五”养老服务发展规划",
    ]


def test_a_description_goes_with_it(store: Store, tmp_path: Path) -> None:
    target = written("turtle", store, tmp_path, describe=True, licence="CC-BY-4.0")
    for file in (target, target.with_name(target.name + ".void.ttl")):
        text = file.read_text("utf-8")
        assert re.search(r"void#Dataset|void:Dataset", text)
        assert "CC-BY-4.0" in text
