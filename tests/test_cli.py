"""The command line as users meet it: help, formats, errors, and every command of the README."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import servers
from conftest import ROOT, SAMPLES, kg_here

from kg.cli import cli
from kg.stores import open_store
from ontology.schema import NAMESPACE

KG = [sys.executable, "-m", "kg"]


def kg(
    *arguments: str, stdin: str | bytes = "", cwd: Path | None = None, **environment: str
) -> "subprocess.CompletedProcess[str]":
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [*KG, *arguments], input=data, capture_output=True, cwd=cwd, env={**os.environ, **environment}
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_help_with_an_example(name: str) -> None:
    done = kg_here(name, "--help")
    assert done.returncode == 0
    assert f"kg {name}" in done.stdout.split("Example", 1)[1]


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"kg {name}" in (ROOT / "README.md").read_text("utf-8")


def commands(readme: str, kind: str) -> list[str]:
    blocks = re.findall(rf"^```sh{kind}\n(.*?)^```", (ROOT / readme).read_text("utf-8"), re.M | re.S)
    lines = [line.partition("   #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("make ")]


def test_both_readmes_show_the_same_commands() -> None:
    for kind in ("", " neo4j", " endpoint"):
        assert commands("README.md", kind) == commands("README.zh-CN.md", kind)


def run_all(lines: list[str], folder: Path, environment: dict[str, str]) -> int:
    shutil.copytree(SAMPLES, folder / "samples")
    count = 0
    for line in lines:
        words = shlex.split(line)
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            environment.setdefault(name, value)
            continue
        assert words[0] == "kg", line
        done = kg_here(*words[1:], cwd=folder, **environment)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        assert done.stdout or done.stderr or "-o" in words, line  # what was written where is said on stderr
        count += 1
    return count


def test_every_command_of_the_readme_runs(tmp_path: Path) -> None:
    assert run_all(commands("README.md", ""), tmp_path, {}) > 30
    for name in ("binding.csv", "plans.xlsx", "lineage.html", "plans.nq", "plans.jsonld.void.ttl"):
        assert (tmp_path / name).stat().st_size > 200
    assert len(list((tmp_path / "by-plan").glob("*.ttl"))) == 6


def test_the_readme_on_neo4j(tmp_path: Path, neo4j_server: servers.Server) -> None:
    with neo4j_server.used() as address:
        assert (
            run_all(commands("README.md", " neo4j"), tmp_path, {"KG_STORE": address, **neo4j_server.environment}) == 3
        )


def test_the_readme_on_an_endpoint(tmp_path: Path, oxigraph_server: servers.Server) -> None:
    with oxigraph_server.used() as address:
        assert (
            run_all(commands("README.md", " endpoint"), tmp_path, {"KG_STORE": address, **oxigraph_server.environment})
            == 2
        )


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["query", "nonsense"], 2, "no preset 'nonsense'"),
        (["query", "tasks", "-p", "nonsense=1"], 2, "no parameter 'nonsense'"),
        (["query", "tasks", "-p", "plan"], 2, "name=value"),
        (["query", "indicator-comparison"], 2, "needs -p concept="),
        (["query", "tasks", "--columns", "plan,nonsense"], 2, "tasks has plan, task"),
        (["query", "due", "-p", "year=soon"], 2, "is no integer"),
        (["query", "indicator"], 2, "did you mean indicators"),
        (["query", "regions", "-p", "level=镇街"], 2, "one of national"),
        (["query", "regions", "-p", "levl=county"], 2, "did you mean level?"),
        (["query", "department-workload", "-p", "department=民证"], 2, "民政"),
        (["sparql", "SELECT"], 2, "SPARQL: error at 1:7"),
        (["cypher", "MATCH (n) RETURN n"], 2, "speaks sparql"),
        (["export", "nonsense"], 2, "no format 'nonsense'"),
        (["export", "parquet"], 2, "-o DIR"),
        (["export", "turtle", "--plan", "无此规划"], 1, "nothing to export"),
        (["export", "turtle", "-o", "/proc/nowhere/x.ttl"], 1, "cannot be written"),
        (["export", "sqlite", "-o", "/proc/nowhere/x.sqlite"], 1, "cannot be written"),
        (["extract", "/nowhere.txt"], 1, "no such file"),
        (["view", "nonsense", "-o", "x.html"], 2, ""),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_an_error_is_one_line_with_a_way_out(corpus_store: str, arguments: list[str], status: int, words: str) -> None:
    done = kg_here(*arguments, KG_STORE=corpus_store)
    assert done.returncode == status, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_refused_file_costs_itself_and_the_status(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello", "utf-8")
    (tmp_path / "b.txt").write_text((SAMPLES / "qinghe.txt").read_text("utf-8"), "utf-8")
    store = str(tmp_path / "s.kg")
    for loaded in ("1 loaded, 0 unchanged", "0 loaded, 1 unchanged"):
        done = kg_here("build", str(tmp_path), "--store", store)
        assert (done.returncode, done.stderr.startswith(f"refused: {tmp_path}/a.txt: ")) == (1, True)
        assert loaded in done.stdout
    (tmp_path / "a.txt").unlink()
    assert kg_here("build", str(tmp_path), "--store", store).returncode == 0


def test_violations_cost_the_status(tmp_path: Path) -> None:
    path = str(tmp_path / "s.kg")
    assert kg_here("build", str(SAMPLES / "qinghe.txt"), "--store", path).returncode == 0
    assert kg_here("check", "--store", path).returncode == 0
    with open_store(path, write=True) as store:
        graph = next(graph for graph in store.graphs() if "/document/" in graph)
        store.inner.update(f"DELETE WHERE {{ GRAPH <{graph}> {{ ?fact <{NAMESPACE}quote> ?quote }} }}")  # type: ignore[attr-defined]
    done = kg_here("check", "--all", "--store", path)
    assert (done.returncode, "quote" in done.stdout) == (1, True)


def test_debug_shows_the_traceback(corpus_store: str) -> None:
    assert "Traceback" in kg("--debug", "query", "nonsense", KG_STORE=corpus_store).stderr


def test_no_store_names_the_way_out(tmp_path: Path) -> None:
    done = kg_here("query", "plans", cwd=tmp_path)
    assert (done.returncode, "kg build" in done.stderr) == (1, True)


def test_columns_of_ones_choice(corpus_store: str) -> None:
    done = kg_here(
        "query", "plans", "--columns", "region,file", "--format", "csv", "--limit", "1", KG_STORE=corpus_store
    )
    assert done.stdout.splitlines()[0] == "region,file"
    assert len(done.stdout.splitlines()) == 2


def test_stats_sum_up(corpus_store: str) -> None:
    facts = json.loads(kg_here("stats", "--format", "json", KG_STORE=corpus_store).stdout)
    tasks = sum(row["facts"] for row in facts if row["kind"] == "Task")
    shown = kg_here("stats", KG_STORE=corpus_store, COLUMNS="160").stdout.splitlines()
    total = next(line for line in shown if line.startswith("│ all "))
    assert total.split("│")[-2].strip() == str(tasks)


def test_the_formats_say_the_same(corpus_store: str) -> None:
    rows = json.loads(kg_here("query", "plans", "--format", "json", KG_STORE=corpus_store).stdout)
    lines = kg_here("query", "plans", "--format", "jsonl", KG_STORE=corpus_store).stdout.splitlines()
    assert rows == [json.loads(line) for line in lines]
    assert len(rows) == 8
    county = next(row for row in rows if row["file"] == "qinghe.txt")
    assert county["period_start"] == 2021
    assert county["region_code"] is None
    for format_ in ("csv", "markdown", "table"):  # in a table of few columns no title is folded
        shown = kg_here("query", "plans", "--columns", "plan,file", "--format", format_, KG_STORE=corpus_store).stdout
        assert county["plan"] in shown


def test_a_formula_stays_text_in_csv(corpus_store: str) -> None:
    text = kg_here("query", "outline", "--format", "csv", KG_STORE=corpus_store).stdout
    assert "'=1+1" in text
    assert ",=1+1" not in text
    assert ",>=," in kg_here("query", "indicators", "--format", "csv", KG_STORE=corpus_store).stdout


def test_standard_input_and_output(corpus_store: str) -> None:
    plan = (SAMPLES / "qinghe.txt").read_bytes()
    kinds = {json.loads(line)["predicate"] for line in kg_here("extract", "-", stdin=plan).stdout.splitlines()}
    assert {"Plan", "Heading", "Task", "Indicator", "Target", "Citation", "Responsibility"} <= kinds
    assert kg_here("sparql", "-", stdin="ASK {}", KG_STORE=corpus_store).stdout
    assert kg_here("export", "nquads", KG_STORE=corpus_store).stdout.count("\n") > 1000


def test_an_export_says_what_it_leaves_out(corpus_store: str, tmp_path: Path) -> None:
    said = kg_here("export", "nquads", KG_STORE=corpus_store).stderr
    assert ("task-alignment" in said, "target-tracking" in said, "duplicates" in said) == (True, True, True)
    assert "task-alignment" not in kg_here("export", "void", KG_STORE=corpus_store).stderr
    store = str(tmp_path / "plans.kg")
    kg_here("build", str(SAMPLES / "qinghe.txt"), "--store", store)
    assert kg_here("export", "nquads", "--store", store).stderr == ""


def test_a_reader_that_goes_away_is_no_error(corpus_store: str) -> None:
    command = f"{shlex.join(KG)} query outline --format csv | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        text=True,
        env={**os.environ, "KG_STORE": corpus_store},
    )
    assert done.stderr == ""


def test_own_presets_win(corpus_store: str, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(
        "#+ title: Mine\n#+ description: Titles\n#+ columns: [title]\nSELECT ?title { ?d a kg:Document ; dcterms:title ?title }\n"
    )
    done = kg_here("query", "mine", "--presets", str(tmp_path), "--format", "jsonl", KG_STORE=corpus_store)
    assert len(done.stdout.splitlines()) == 7
    (tmp_path / "bad.rq").write_text("#+ title: [\nSELECT")
    done = kg_here("query", "bad", KG_PRESETS=str(tmp_path), KG_STORE=corpus_store)
    assert (done.returncode, "header" in done.stderr) == (1, True)


def test_another_base(tmp_path: Path) -> None:
    """It moves data, ontology, closed lists and shapes alike; without it the store is refused: no preset would match."""
    store, base = str(tmp_path / "s.kg"), "https://plans.test/"
    kg("build", str(SAMPLES), "--store", store, KG_BASE=base)
    data = kg("export", "nquads", "--store", store, KG_BASE=base).stdout
    assert "<https://plans.test/policy/" in data
    assert "<https://plans.test/ontology#quote>" in data
    assert "w3id.org/plan-kg" not in data
    assert len(kg("query", "tasks", "--store", store, "--format", "jsonl", KG_BASE=base).stdout.splitlines()) > 10
    assert "<https://plans.test/shapes#>" in kg("export", "shapes", KG_BASE=base).stdout
    assert "w3id.org/plan-kg" not in kg("export", "ontology", KG_BASE=base).stdout
    done = kg("query", "tasks", "--store", store)
    assert (done.returncode, f"KG_BASE={base}" in done.stderr) == (1, True)


def test_sparql_prints_prefixed_names_for_people_only(corpus_store: str) -> None:
    query = "SELECT DISTINCT ?class { ?s a ?class FILTER(?class = kg:Task) }"
    drawn = kg_here("sparql", query, KG_STORE=corpus_store).stdout
    assert ("kg:Task" in drawn, "w3id.org" in drawn) == (True, False)
    rows = kg_here("sparql", query, "--format", "jsonl", KG_STORE=corpus_store).stdout
    assert json.loads(rows) == {"class": "https://w3id.org/plan-kg/ontology#Task"}


def test_starting_up_is_quick() -> None:
    """Neither spaCy nor a server's driver is loaded for a query."""
    code = "import sys, kg.cli; print([m for m in ('spacy', 'neo4j', 'rdflib', 'pyarrow', 'httpx', 'networkx', 'rich', 'xlsxwriter') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_plans_are_read_without_spacy() -> None:
    """Neither the process that reads a plan nor the one that waits for it pays for spaCy's import."""
    code = (
        "import sys; from pathlib import Path; import kg.builder.workers\n"
        "print([m for m in ('extractors.pipeline', 'spacy', 'numpy') if m in sys.modules])\n"
        "from extractors.readers import read; from kg.builder.extraction import facts_of\n"
        "print(len(facts_of(read(Path(sys.argv[1])))) > 20, [m for m in ('spacy', 'numpy') if m in sys.modules])"
    )
    sample = str(SAMPLES / "qinghe.txt")
    done = subprocess.run([sys.executable, "-c", code, sample], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\nTrue []\n"


def test_an_interrupted_build_says_one_line_and_can_be_run_again(tmp_path: Path) -> None:
    arguments = ["build", str(SAMPLES), "--store", str(tmp_path / "s.kg"), "--jobs", "2"]
    running = subprocess.Popen([*KG, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, process_group=0)
    while not (tmp_path / "s.kg").exists() and running.poll() is None:
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does, to all that run in it
    _, said = running.communicate(timeout=60)
    assert (running.returncode, said.decode().strip()) == (130, "kg: interrupted; run the same command again to go on")
    assert "6 loaded" in kg_here(*arguments).stdout
