"""A package of other people adds a kind of fact: installed, it stands in every store, export, preset and view."""

import csv
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars
import pytest
from conftest import ROOT, SAMPLES

PLUGIN = Path(__file__).parent / "data" / "plugin"
TEXT = (SAMPLES / "qinghe.txt").read_text("utf-8").rstrip() + "公布电话：养老服务热线96345、监督热线12349。\n"
IRI = "https://hotlines.example/ontology#"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("plugin")


# Runs commands, one after the other, and prints what each wrote on standard output as a list in JSON.
PROGRAM = """
import contextlib, io, json, sys
from kg.cli import cli
said = []
for arguments in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")) as out:
        assert cli.main(arguments, standalone_mode=False) in (None, 0), arguments
        out.flush()
    said.append(out.buffer.getvalue().decode())
print(json.dumps(said))
"""
Run = Callable[..., list[str]]


@pytest.fixture(scope="module")
def kg(folder: Path) -> Run:
    """Runs commands of kg, each a text, in one process in the folder, which has one plan in a store, with the package
    installed; what each wrote."""
    site = folder / "site"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--target",
        str(site),
    ]
    subprocess.run([*pip, str(PLUGIN)], check=True)
    (folder / "qinghe.txt").write_text(TEXT, "utf-8")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(site), str(ROOT)]), "KG_STORE": "plans.kg"}

    def run(*commands: str) -> list[str]:
        command = [sys.executable, "-c", PROGRAM, json.dumps([each.split() for each in commands])]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        said: list[str] = json.loads(done.stdout)
        return said

    run("build qinghe.txt")
    return run


def test_its_preset_is_made_from_its_declaration(kg: Run) -> None:
    every, none = kg("query hotlines --format json", "query hotlines -p plan=没有 --format json")
    rows = json.loads(every)
    assert [(row["name"], row["dial"], row["position"]) for row in rows] == [
        ("养老服务热线", "96345", 0),
        ("监督热线", "12349", 1),
    ]
    for row in rows:
        assert row["dial"] in row["quote"]
        assert row["fact_id"].startswith(row["plan_id"] + "/hotline/")
    assert json.loads(none) == []


def test_it_is_counted_and_checked(kg: Run) -> None:
    counts, checked, shapes, ontology = kg("stats", "check --all", "export shapes", "export ontology")
    assert "Hotline" in counts
    assert "0 violations" in checked
    assert f"<{IRI}dial>" in shapes
    assert "[0-9]{5}" in shapes
    assert f"<{IRI}Hotline>" in ontology


def test_it_stands_in_every_export(kg: Run, folder: Path) -> None:
    names = ("nquads", "nt", "trig", "turtle", "rdfxml", "jsonld", "jsonld-flat", "graphml", "gexf", "cypher")
    files = ("csv -o csv", "parquet -o parquet", "sqlite -o plans.sqlite", "xlsx -o plans.xlsx", "neo4j-csv -o neo4j")
    said = kg(*(f"export {name}" for name in (*names, "context", *files)))
    assert [name for name, words in zip(names, said, strict=False) if "96345" not in words] == []
    context = json.loads(said[len(names)])["@context"]
    assert (context["Hotline"], context["dial"]["@id"]) == (f"{IRI}Hotline", f"{IRI}dial")
    assert "hotlines" in context
    with (folder / "csv" / "hotlines.csv").open(encoding="utf-8", newline="") as file:
        assert sorted(row["dial"] for row in csv.DictReader(file)) == ["12349", "96345"]
    described = json.loads((folder / "csv" / "csv-metadata.json").read_text("utf-8"))
    (table,) = [table for table in described["tables"] if table["url"] == "hotlines.csv"]
    columns = {column["name"]: column for column in table["tableSchema"]["columns"]}
    assert (columns["dial"]["datatype"], columns["dial"]["propertyUrl"]) == ("string", f"{IRI}dial")
    assert sorted(polars.read_parquet(folder / "parquet" / "hotlines.parquet")["dial"]) == ["12349", "96345"]
    database = sqlite3.connect(folder / "plans.sqlite")
    found = database.execute("SELECT h.dial, t.label FROM hotlines h LEFT JOIN tasks t ON t.id = h.part_of_task_id")
    assert sorted(dial for dial, _ in found) == ["12349", "96345"]
    sheet = openpyxl.load_workbook(folder / "plans.xlsx")["服务热线 hotlines"]
    assert "96345" in [cell.value for row in sheet.iter_rows() for cell in row]
    assert (folder / "neo4j" / "nodes-Hotline.csv").exists()


def test_its_store_is_opened_by_the_scheme_of_the_address(kg: Run, folder: Path) -> None:
    other = "--store hotlines://other"
    _, found, expected = kg(f"build qinghe.txt {other}", f"query tasks {other}", "query tasks")
    assert (folder / "other.hotlines").is_dir()
    assert found == expected


def test_it_is_drawn(kg: Run, folder: Path) -> None:
    kg("view graph -o graph.html")
    page = (folder / "graph.html").read_text("utf-8")
    assert "服务热线" in page
    assert "96345" in page
