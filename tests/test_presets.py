"""Canned queries: each is complete, and gives the same rows from every kind of store, whatever its parameters are."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT

import kg
from kg.stores import open_store
from ontology.json_lines import json_value
from ontology.model.errors import KgError, Refused, Usage
from ontology.model.store import Store
from queries.generated import generated
from queries.includes import full_parameter, in_order
from queries.presets import Preset, preset, presets

FOLDER = ROOT / "queries" / "presets"
ALL = presets()
EVIDENCE = "file, start, end, quote"
MANY = {"unparsed-values", "indicators-by-lead", "lineage-path", "target-escalation"}  # several rows for one fact
# What the rows of these presets quote is no fact, or a task.
OWN_ID = {"corrections": "correction_id"} | dict.fromkeys(
    ("coverage-gaps", "own-additions", "task-alignment", "taken-up-elsewhere", "unmatched-tasks"), "task_id"
)
# Columns that programs rely on.
CORE = {
    "plans": "plan, file, region, region_code, doc_number, issuer, issued, period_start, period_end, horizon",
    "regions": "region, code, level, parent",
    "outline": f"plan, number, title, kind, parent, position, {EVIDENCE}",
    "tasks": f"plan, task, parent, label, {EVIDENCE}",
    "indicators": "plan, region, indicator, concept, dimension, kind, departments, unit, baseline_year, baseline_text, "
    f"baseline_op, baseline_value, target_year, target_text, target_op, target_value, {EVIDENCE}",
    "observations": f"plan, region, indicator, concept, year, value, unit, {EVIDENCE}",
    "targets": f"plan, task, subject, op, value, unit, deadline, change, relative_to, {EVIDENCE}",
    "lineage": f"plan, relation, policy, work, policy_id, doc_number, issuer, level, {EVIDENCE}",
    "responsibilities": f"plan, task, department, function, role, {EVIDENCE}",
}


def header(name: str) -> dict[str, Any]:
    file = FOLDER / f"{name}.rq"
    lines = (file.read_text("utf-8") if file.is_file() else generated()[name].sparql).splitlines()
    found: dict[str, Any] = yaml.safe_load("\n".join(line[2:] for line in lines if line.startswith("#+")))
    return found


def required(found: Preset) -> list[str]:
    return [p["name"] for p in map(full_parameter, header(found.name).get("parameters") or ()) if p.get("required")]


def examples(found: Preset, *names: str) -> dict[str, str]:
    """Values for the named parameters, or all, as a user writes them."""
    return {
        p.name: str(p.example).lower() if isinstance(p.example, bool) else str(p.example)
        for p in found.parameters
        if not names or p.name in names
    }


def rows(found: Preset, store: Store, given: Mapping[str, str]) -> list[tuple[object, ...]]:
    return [tuple(map(json_value, row)) for row in found.run(store, given).rows]


def test_the_core_presets_have_the_columns_that_programs_rely_on() -> None:
    for name, columns in CORE.items():
        assert set(columns.split(", ")) <= set(ALL[name].columns), name


@pytest.mark.parametrize("name", ALL)
def test_a_preset_is_complete(name: str) -> None:
    found, said = ALL[name], header(name)
    assert found.sparql
    assert found.cypher, "a preset needs a form in both languages"
    described = [full_parameter(p)["description"] for p in said.get("parameters") or ()]
    for text in (said["title"], said["description"], *described):
        assert set(text) == {"en", "zh"}
        assert all(text.values())
    for parameter in found.parameters:
        assert parameter.type in {"string", "integer", "boolean"}
        assert parameter.example is not None
        assert parameter.read(examples(found)[parameter.name]) == parameter.example
    assert len(set(found.columns)) == len(found.columns)
    assert {column.removeprefix("-") for column in found.order} <= set(found.columns)
    for text in (found.sparql, found.cypher):
        used = set(re.findall(r"\$(\w+)", re.sub(r"(?m)^#.*$", "", text)))
        assert used <= {p.name for p in found.parameters}


def test_every_file_is_a_preset() -> None:
    stems = sorted({path.stem for path in FOLDER.iterdir() if path.suffix in {".rq", ".cypher"}})
    assert sorted({*stems, *generated()}) == sorted(ALL)  # a kind without a file has a preset of its declaration
    assert len(stems) > 20


@pytest.mark.parametrize("name", ALL)
def test_examples_find_something_in_the_samples(name: str, store: Store) -> None:
    """Each parameter's example by itself; parity of empty answers would prove little."""
    found = ALL[name]
    needed = required(found)
    for parameter in ["", *(p.name for p in found.parameters)]:
        assert found.run(store, examples(found, *needed, parameter)).rows, parameter


@pytest.mark.parametrize("name", ALL)
def test_an_empty_text_restricts_nothing(name: str) -> None:
    """None is what queries and functions take for a parameter that is not given; '' in Cypher is a text to look for."""
    found = ALL[name]
    free = {p.name for p in found.parameters if p.type == "string" and not p.required}
    given = examples(found, *required(found)) | dict.fromkeys(free, "")
    assert {name for name, value in found.bindings(given).items() if value is None} >= free


@pytest.mark.parametrize("name", ALL)
def test_parity(name: str, loaded: Store, corpus_store: str) -> None:
    """Cypher is another text than SPARQL, so each of its filters is compared by itself; the servers of SPARQL get the
    same text as the embedded store, once without filters and once with all of them."""
    cases = expected_rows(name, corpus_store)
    for given, expected in cases if loaded.language == "cypher" else cases[:2]:
        assert rows(ALL[name], loaded, given) == expected, given


@cache
def expected_rows(name: str, corpus_store: str) -> list[tuple[dict[str, str], list[tuple[object, ...]]]]:
    """Values for a preset's parameters (none, all, each by itself), and the rows that the embedded store has for them."""
    found = ALL[name]
    needed = required(found)
    cases = [
        examples(found, *needed, ""),
        examples(found),
        *(examples(found, *needed, p.name) for p in found.parameters),
    ]
    distinct = [given for number, given in enumerate(cases) if given not in cases[:number]]
    with open_store(corpus_store) as source:
        return [(given, rows(found, source, given)) for given in distinct]


OF_NO_REGION = """关于加强养老服务的行动方案
（2021—2025年）
根据《中共中央 国务院关于加强新时代老龄工作的意见》和《云岭省“十四五”养老服务发展规划》，制定本方案。
第一章 主要任务
第一节 完善服务设施
新建社区养老服务设施。到2025年，护理型床位占比达到55%以上。（责任单位：民政部门、财政部门）
第二章 主要指标
| 指标 | 单位 | 2020年 | 2025年 | 属性 |
| --- | --- | --- | --- | --- |
| 养老机构护理型床位占比 | % | 40 | ≥55 | 约束性 |
"""


@pytest.fixture(scope="module")
def of_no_region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    folder = tmp_path_factory.mktemp("plan")
    (folder / "行动方案.md").write_text(OF_NO_REGION, "utf-8")
    with kg.build([folder], store=str(folder / "s.kg")) as graph:
        yield graph


@pytest.mark.parametrize(
    "name", ["collaboration-over-time", "level-coverage", "plans", "policy-diffusion", "target-tracking", "texts"]
)
def test_a_plan_without_a_region_has_no_level(name: str, of_no_region: kg.Graph) -> None:
    """Not that of a policy that it cites, and not the names of all closed lists."""
    rows = list(of_no_region.query(name))
    assert rows
    assert {row.get(column) for row in rows for column in ("region", "level")} == {None}


# What an attacker would write as a value. The first two find rows in a query that they are pasted into, see below;
# the others end a string, an expression, a pattern or a query of some language.
ATTEMPTS = [
    '") || true || CONTAINS(?plan, "',
    '" || true || "" = "',
    "\\u0022) || true || CONTAINS(?plan, \\u0022",
    "' OR true OR '' = '",
    "') OR true //",
    '\\") || true) #',
    '"""',
    "'''\n} #",
    '" } } ; DROP ALL ; INSERT DATA { <urn:x> <urn:x> "',
    "' RETURN 1 AS x UNION MATCH (n) DETACH DELETE n RETURN 1 AS x //",
    "`) MATCH (n) DETACH DELETE n //",
    "} UNION { ?s ?p ?o",
    "\x00 $other ?plan <urn:x>",
]
OPEN = [name for name, found in ALL.items() if any(p.type == "string" for p in found.parameters)]


def amount(store: Store) -> object:
    if store.language == "cypher":
        return store.query("MATCH (n) WITH count(n) AS nodes MATCH ()-[r]->() RETURN nodes, count(r)").rows
    return store.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows


def attack(found: Preset, store: Store, attempts: Iterable[str]) -> None:
    before = amount(store)
    for parameter in found.parameters:
        for attempt in attempts:
            given = {**examples(found, *required(found), ""), parameter.name: attempt}
            with suppress(Usage, Refused):  # a clear error, as where a number is asked for
                assert found.run(store, given).rows == [], (parameter.name, attempt)
    assert amount(store) == before


@pytest.mark.parametrize("name", OPEN)
def test_injection(name: str, store: Store) -> None:
    attack(ALL[name], store, ATTEMPTS)


@pytest.mark.parametrize(("name", "attempt"), list(zip(OPEN[:: len(OPEN) // len(ATTEMPTS)], ATTEMPTS, strict=False)))
def test_injection_into_a_server(name: str, attempt: str, loaded: Store) -> None:
    """Each parser gets all attempts, each by another preset; parameters are bound in one place for all presets."""
    attack(ALL[name], loaded, [attempt])


def test_every_attempt_has_a_preset() -> None:
    assert len(OPEN) >= len(ATTEMPTS)


def test_the_attempts_would_work_if_values_were_pasted(store: Store) -> None:
    for name, parameter, given in (("tasks", "text", ATTEMPTS[0]), ("regions", "level", ATTEMPTS[1])):
        pasted = (ALL[name].sparql or "").replace(f"${parameter}", f'"{given}"')
        assert store.query(pasted, {"plan": ""} if "$plan" in pasted else {}).rows


def test_a_folder_of_ones_own(tmp_path: Path, store: Store) -> None:
    (tmp_path / "titles.rq").write_text(
        "#+ title: Titles\n#+ description: The titles alone\n"
        "#+ parameters:\n#+   - {name: part, type: string, example: 云岭, description: a part of it}\n"
        "#+ columns: [title]\n"
        "SELECT DISTINCT ?title {\n"
        "  GRAPH ?d { ?d a kg:Document ; dcterms:title ?title } FILTER(CONTAINS(?title, $part))\n}",
        "utf-8",
    )
    (tmp_path / "plans.cypher").write_text(
        "//+ title: Mine\n//+ description: Instead of the one that ships\n//+ columns: [n]\nMATCH (n) RETURN n", "utf-8"
    )
    found = presets([tmp_path])
    assert set(found) == set(ALL) | {"titles"}
    assert len(found["titles"].run(store, {"part": "云岭"}).rows) == 2
    assert found["plans"].title == "Mine"
    with pytest.raises(Usage, match="no sparql form"):
        found["plans"].run(store)


def test_values_that_are_no_texts_are_joined(tmp_path: Path, store: Store) -> None:
    (tmp_path / "mine.rq").write_text(
        "#+ title: x\n#+ description: x\n#+ columns: [plan, year]\n#+ joined: [year]\n"
        'SELECT ?plan ?year { VALUES (?plan ?year) { ("甲" 2025) ("甲" 2030.0) ("乙" UNDEF) } }',
        "utf-8",
    )
    assert set(preset("mine", [tmp_path]).run(store).rows) == {("甲", "2025、2030"), ("乙", None)}


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("#+ title: 目标\n#+ description: x\n#+ columns: [a]\nSELECT ?a {}", "gb18030")
    for read in (lambda: preset("mine", [tmp_path]), lambda: presets([tmp_path])):
        with pytest.raises(Refused, match=r"mine\.rq: cannot be read: .* write it in UTF-8"):
            read()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT * {}", "its header is wrong"),  # no header at all
        ("#+ title: [\nSELECT * {}", "its header is wrong"),
        ("#+ title: [a, b]\n#+ description: x\n#+ columns: [a]\nSELECT ?a {}", "a text, or one for each language"),
        (
            "#+ title: [目标, 任务]\n#+ description: x\n#+ columns: [a]\nSELECT ?a {}",
            "a text, or one for each language",
        ),
        ("#+ title: {zh: 2025}\n#+ description: x\n#+ columns: [a]\nSELECT ?a {}", "a text, or one for each language"),
        ("#+ title: 2025-13-01\n#+ description: x\n#+ columns: [a]\nSELECT ?a {}", "its header is wrong"),  # no month
        ("#+ title: x\n#+ description: x\n#+ columns: [a]\n#+ lists: [level]\nSELECT ?a {}", "its header is wrong"),
        ("#+ title: x\n#+ description: x\n#+ columns: [a]\n#+ compute: nothing\nSELECT * {}", "nothing"),
        ("#+ title: x\n#+ description: x\n#+ columns: [a]\n#+ parameters:\n#+   - {type: string}\nSELECT * {}", "name"),
        ("#+ title: x\n#+ description: x\n#+ columns: [a]\n#+ order: [b]\nSELECT ?a {}", "order"),
        ("#+ title: x\n#+ description: x\n#+ columns: [a]\n#+ keeps: [b]\nSELECT ?a {}", "keeps"),
    ],
)
def test_a_wrong_header_is_named(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "mine.rq").write_text(text, "utf-8")
    with pytest.raises(Refused, match=words) as caught:
        presets([tmp_path])
    assert "mine" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("nothing", {}, "no preset 'nothing'"),
        ("tasks", {"plans": "x"}, "takes: plan"),
        ("lineage-path", {}, "needs -p plan="),
    ],
)
def test_a_wrong_call_is_named(store: Store, name: str, given: dict[str, str], words: str) -> None:
    with pytest.raises(KgError, match=words):
        preset(name).run(store, given)


@pytest.mark.parametrize(
    ("preset_name", "given", "files"),
    [
        ("plans", "青禾", {"qinghe.txt"}),  # part of the title
        ("plans", "qinghe.txt", {"qinghe.txt"}),
        ("tasks", "qinghe.txt", {"qinghe.txt"}),
        ("targets", "云岭省", {"yunling.txt"}),  # the region's name
        ("lineage", "没有这个", set()),
        ("plans", "QINGHE", set()),  # as written
    ],
)
def test_plans_are_chosen_by_title_file_region_or_id(
    preset_name: str, given: str, files: set[str], store: Store
) -> None:
    found = preset(preset_name).run(store, {"plan": given})
    at = found.columns.index("file")
    assert {row[at] for row in found.rows} >= files
    assert bool(found.rows) == bool(files)


@pytest.mark.parametrize("column", ["plan_id", "policy_id", "region_id"])
def test_an_id_chooses_one_plan(column: str, store: Store) -> None:
    table = preset("plans").run(store)
    for row in table.rows:
        value = row[table.columns.index(column)]
        chosen = preset("plans").run(store, {"plan": str(value)})
        assert [r for r in chosen.rows if r == row] == [row]
        assert {r[table.columns.index(column)] for r in chosen.rows} == {value}


def test_ids_are_nodes_and_rows_of_facts_have_them(store: Store) -> None:
    subjects = {quad.subject.value for graph in store.graphs() for quad in store.quads(graph)}
    for name, found in ALL.items():
        table = found.run(store, examples(found, *required(found)))
        ids = [at for at, column in enumerate(table.columns) if column.endswith("_id") and column != "correction_id"]
        own = {OWN_ID.get(name, "fact_id"), "later_plan_id" if name == "indicator-evolution" else "plan_id"}
        assert "quote" not in table.columns or own <= set(table.columns), name
        assert {row[at] for row in table.rows for at in ids} - {None} <= subjects, name
        if "fact_id" in table.columns and name not in MANY:
            at = table.columns.index("fact_id")
            assert len({row[at] for row in table.rows}) == len(table.rows), name


@pytest.mark.parametrize(
    ("columns", "query", "expected"),
    [
        (["p", "s"], "SELECT * { ?s a ?p }", ["s", "p"]),
        (["a", "z"], "select distinct * where { $z ?q ?a }", ["z", "a"]),
        (["a", "z"], "# ?a\nPREFIX x: <http://x/?a>\nSELECT * { ?z x:p '?a', ?a }", ["z", "a"]),  # no variables
        (["a", "z"], "SELECT * { ?z ?p 'it\\'s ?a' . ?z x:q ?a }", ["z", "a"]),
        (["p", "s"], "SELECT ?p ?s { ?s a ?p }", ["p", "s"]),  # the user's order
        (["n", "s"], "SELECT ?n ?s { { SELECT * { ?s a ?n } } }", ["n", "s"]),  # only the inner one has *
        (["n"], "SELECT (COUNT(*) AS ?n) { ?s a ?p }", ["n"]),
    ],
)
def test_columns_of_select_all_stand_as_the_query_names_them(
    columns: list[str], query: str, expected: list[str]
) -> None:
    assert in_order(columns, query) == expected
