"""The documentation: the site builds without a warning, the commands of the tutorials and the notebook run."""

import ast
import doctest
import importlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT, SAMPLES

from kg.stores import open_store
from ontology import words
from queries.presets import preset, presets


def test_the_site_builds(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "indicator-comparison" in (tmp_path / "site" / "reference" / "presets" / "index.html").read_text("utf-8")
    assert 'id="kg.api.Graph.query"' in (tmp_path / "site" / "api" / "index.html").read_text("utf-8")
    assert "查询参数" in (tmp_path / "site" / "reference" / "commands.zh-CN" / "index.html").read_text("utf-8")


def commands(page: str) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", (ROOT / "docs" / page).read_text("utf-8"), re.M | re.S)
    return [line for block in blocks for line in block.splitlines() if line]


def test_both_tutorials_show_the_same_commands() -> None:
    english = commands("tutorial.md")
    assert len(english) > 8
    assert [line.replace(" --lang zh", "") for line in commands("tutorial.zh-CN.md")] == english


@pytest.mark.parametrize("page", ["tutorial.zh-CN.md"])
def test_the_commands_of_the_tutorial_run(page: str, tmp_path: Path) -> None:
    shutil.copytree(SAMPLES, tmp_path / "samples")
    for line in commands(page):
        done = subprocess.run(
            [sys.executable, "-m", *shlex.split(line)], cwd=tmp_path, capture_output=True, text=True
        )  # fmt: skip
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        assert "no rows" not in done.stdout, line
    assert (tmp_path / "due.csv").read_text("utf-8-sig").startswith("到期年份")


def test_the_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANS", str(SAMPLES / "qinghe.txt"))
    monkeypatch.setenv("KG_STORE", str(tmp_path / "plans.kg"))
    notebook = nbformat.read(ROOT / "docs" / "tour.ipynb", as_version=4)
    nbformat.validate(notebook)
    names: dict[str, object] = {}
    shown = []
    for cell in notebook.cells:
        if cell.cell_type == "code":  # as a notebook does: the value of the last expression is shown
            *before, last = ast.parse(cell.source).body
            exec(compile(ast.Module(before, []), "tour.ipynb", "exec"), names)
            if isinstance(last, ast.Expr):
                shown.append(eval(compile(ast.Expression(last.value), "tour.ipynb", "eval"), names))
            else:
                exec(compile(ast.Module([last], []), "tour.ipynb", "exec"), names)
    pages = [value._repr_html_() for value in shown if hasattr(value, "_repr_html_")]
    assert any("<table" in page for page in pages)
    assert any("<iframe" in page for page in pages)


def test_each_example_of_how_to_add_holds() -> None:
    ran = doctest.testfile(str(ROOT / "docs/extending.md"), module_relative=False, encoding="utf-8")
    assert (ran.failed, ran.attempted > 12) == (0, True)


@pytest.mark.parametrize(
    "module",
    [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for package in ("extractors", "ontology", "queries", "exports", "kg")
        for path in sorted((ROOT / package).rglob("*.py"))
        if ">>> " in path.read_text("utf-8")
    ],
)
def test_each_example_in_a_docstring_holds(module: str) -> None:
    ran = doctest.testmod(importlib.import_module(module))
    assert (ran.failed, ran.attempted > 0) == (0, True)


def test_the_preset_of_how_to_add_runs(corpus_store: str, tmp_path: Path) -> None:
    page = (ROOT / "docs/extending.md").read_text("utf-8")
    (query,) = re.findall(r"^```sparql\n(.*?)^```", page, re.M | re.S)
    (tmp_path / "titles.rq").write_text(query, "utf-8")
    with open_store(corpus_store) as store:
        rows = preset("titles", [tmp_path]).run(store, {"part": "云岭"}).rows
    assert ("云岭省“十四五”养老服务发展规划",) in rows


def test_the_chinese_glossary_uses_the_words_of_the_program() -> None:
    """A term is the heading of a column, a value of a closed list, or the title of a preset."""
    page = (ROOT / "docs" / "glossary.zh-CN.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|、]+) \| `([^`|]+)` \|", page, re.MULTILINE)
    assert len(rows) > 30
    lists = ("relation", "role", "kind", "heading", "fact")
    known = presets()
    unknown = []
    for term, key in rows:
        said = {words.head(key, "zh")} | {
            str(words.value(each, name, "zh")) for each in lists for name in (key, key.capitalize())
        }
        titles = {known[key].titles["zh"]} if key in known else set()
        if term not in said | titles:
            unknown.append((term, key))
    assert unknown == []
