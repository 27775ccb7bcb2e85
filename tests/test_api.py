"""`import kg`: rows, data frames, graphs, views and the spaCy pipeline, as a notebook uses them."""

import subprocess
import sys
from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path

import pytest
import spacy
from conftest import ROOT, SAMPLES
from spacy.language import Language
from spacy.tokens import Doc

import kg
import kg.api
from ontology import words
from ontology.model.errors import Refused, Usage

PLAN = SAMPLES / "qinghe.txt"


@pytest.fixture
def graph(corpus_store: str) -> Iterator[kg.Graph]:
    with kg.open(corpus_store) as opened:
        yield opened


@pytest.fixture(scope="module")
def nlp() -> Language:
    return kg.load()


def test_rows_are_dicts_by_column(graph: kg.Graph) -> None:
    rows = graph.query("due", year=2025, kind="规划指标")
    assert {row["kind"] for row in rows} == {"indicator"}
    assert rows[0]["due_year"] == 2025
    assert isinstance(rows[:2], kg.Rows)
    assert len(rows[:2]) == 2
    assert {type(row["value"]) for row in rows} <= {int, float, type(None)}  # no Decimal


def test_a_parameter_that_is_none_is_not_given(graph: kg.Graph) -> None:
    assert graph.query("due", year=2025, plan=None) == graph.query("due", year=2025)
    with pytest.raises(Usage, match="needs -p plan"):
        graph.query("lineage-path", plan=None)


def test_data_frames(graph: kg.Graph) -> None:
    rows = graph.query("indicators")
    assert list(rows.to_pandas()["region"]) == [row["region"] for row in rows]
    frame = rows.to_polars()
    assert (frame.height, tuple(frame.columns)) == (len(rows), rows.columns)


def test_a_graph_of_rows(graph: kg.Graph) -> None:
    rows = graph.query("lineage")
    found = rows.to_networkx()
    assert found.number_of_edges() == len(rows)
    assert {found.nodes[end]["kind"] for _, end in found.edges()} == {"policy"}
    assert rows.to_networkx(target="file").number_of_edges() == len(rows)
    with pytest.raises(Usage, match="name the columns"):
        graph.query("stats").to_networkx()


@pytest.mark.parametrize(
    ("ends", "edges"),
    [
        ((None, None), 1),
        (("plan", "file"), 1),
        (("region_id", "policy"), 1),
        (("nothing", "policy"), None),
        (("plan", "nothing"), None),
        (("nothing", None), None),
        ((None, "nothing"), None),
        (("region", "policy"), None),  # the rows have ids of regions, but no names
    ],
)
def test_the_ends_of_a_graph_are_columns_of_the_rows(ends: tuple[str | None, str | None], edges: int | None) -> None:
    rows = kg.api.Rows(("plan", "policy", "file", "region_id"), (("a", "b", "a.txt", "urn:r"),))
    if edges is None:
        with pytest.raises(Usage, match="name the columns"):
            rows.to_networkx(*ends)
    else:
        assert rows.to_networkx(*ends).number_of_edges() == edges


def test_the_data_of_an_edge_has_all_columns() -> None:
    rows = kg.api.Rows(("plan", "policy", "key", "u_for_edge"), (("a", "b", "k", 1), ("a", "b", "k", 2)))
    assert [data for _, _, data in rows.to_networkx().edges(data=True)] == list(rows)


def test_queries_of_ones_own(graph: kg.Graph) -> None:
    assert len(graph.sparql("SELECT DISTINCT ?d { GRAPH ?g { ?d a kg:Document ; kg:fileName ?f } }")) == len(
        graph.query("documents")
    )
    with pytest.raises(Usage, match="error at 2:"):
        graph.sparql("SELECT ?q {\n ?q }")
    with pytest.raises(Usage, match="use sparql"):
        graph.cypher("MATCH (n) RETURN n")


@pytest.mark.parametrize(("language", "said"), [("zh", "共 101 行，显示 100 行"), ("en", "101 rows, 100 shown")])
def test_a_notebook_is_told_how_many_rows_there_are(language: words.Language, said: str) -> None:
    def shown() -> str:
        words.use(language)
        return kg.Rows(("plan",), (("甲",),) * 101)._repr_html_()

    assert f"<p>{said}</p>" in copy_context().run(shown)


def test_html_is_escaped(graph: kg.Graph) -> None:
    rows = kg.Rows(("plan", "plan_id"), (("<b>&", "urn:x"),))
    assert "<td>&lt;b&gt;&amp;</td>" in rows._repr_html_()
    assert "urn:x" not in rows._repr_html_()  # ids are for programs
    page = graph.view("lineage", plans=["青禾县"])
    assert page.html.startswith("<!")
    assert page._repr_html_().startswith('<iframe srcdoc="&lt;!')
    with pytest.raises(Usage, match="no view"):
        graph.view("nonsense")


def test_a_citation_has_the_number_of_the_plan_and_not_of_what_it_cites() -> None:
    row = {
        "plan": "甲规划",
        "plan_id": "a",
        "policy": "乙规划",
        "doc_number": "国发〔2021〕35号",
        "quote": "依据《乙规划》",
    }
    rows = kg.Rows(tuple(row), (tuple(row.values()),), {"a": ("甲发〔2022〕1号", "2022-03-01")})
    assert rows.citations() == ["《甲规划》（甲发〔2022〕1号），2022-03-01：“依据《乙规划》”"]
    assert kg.citation(row) == "《甲规划》：“依据《乙规划》”"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {
                "plan": "甲规划",
                "doc_number": "云府发〔2021〕3号",
                "issued": "2021-12-30",
                "page": 3,
                "quote": "达到60%",
            },
            "《甲规划》（云府发〔2021〕3号），2021-12-30，第3页：“达到60%”",
        ),
        ({"plan": "甲规划", "quote": "达到60%"}, "《甲规划》：“达到60%”"),  # a text file has no pages
        ({"file": "a.txt", "page": None}, "a.txt"),
    ],
)
def test_evidence_as_a_citation(row: dict[str, object], said: str) -> None:
    assert kg.citation(row) == said


def test_build_and_extract(tmp_path: Path) -> None:
    with kg.build([PLAN], store=tmp_path / "s.kg") as graph:
        assert [row["file"] for row in graph.query("plans")] == ["qinghe.txt"]
    kinds = {fact["predicate"] for fact in kg.extract(PLAN)}
    assert {"Plan", "Task", "Indicator", "Target"} <= kinds


def test_refused_files_are_each_named_once_and_the_others_are_loaded(tmp_path: Path) -> None:
    untitled, missing = tmp_path / "untitled.txt", tmp_path / "missing.txt"
    untitled.write_text("今天天气晴朗。\n", "utf-8")
    with pytest.raises(Refused) as refused:
        kg.build([PLAN, untitled, missing], store=tmp_path / "s.kg")
    assert [str(refused.value).count(file.name) for file in (PLAN, untitled, missing)] == [0, 1, 1]
    with kg.open(tmp_path / "s.kg") as graph:
        assert [row["file"] for row in graph.query("plans")] == ["qinghe.txt"]


def test_the_pipeline_gives_the_facts_of_extract(nlp: Language) -> None:
    doc = nlp(kg.make_doc(PLAN))
    assert doc._.plan == kg.extract(PLAN)
    assert len(doc.spans["facts"]) == len(doc._.plan)
    squeezed = "".join
    for span, fact in zip(doc.spans["facts"], doc._.plan, strict=True):
        assert span.label_ == fact["predicate"]
        if fact["predicate"] == "Target":
            assert squeezed(span.text.split()) == squeezed(fact["evidence"]["quote"].split())


def test_text_and_several_docs(nlp: Language) -> None:
    text = PLAN.read_text("utf-8")
    (doc,) = nlp.pipe([text])
    objects = [fact["object"] for fact in doc._.plan]
    assert objects == [fact["object"] for fact in kg.extract(PLAN)]
    assert len(list(nlp.pipe([kg.make_doc(PLAN), kg.make_doc(SAMPLES / "qinghe.txt")]))) == 2


def test_a_doc_can_be_kept(nlp: Language) -> None:
    doc = nlp(kg.make_doc(PLAN))
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.plan == doc._.plan
    assert [(s.start, s.label_) for s in again.spans["facts"]] == [(s.start, s.label_) for s in doc.spans["facts"]]


def test_the_pipeline_can_be_kept(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    assert spacy.load(tmp_path / "pipeline").pipe_names == nlp.pipe_names
    assert nlp.to_bytes()


def test_a_doc_of_another_pipeline_says_what_to_do(nlp: Language) -> None:
    with pytest.raises(Usage, match=r"kg\.make_doc"):
        nlp(Doc(nlp.vocab, words=["规", "划"]))


def test_importing_kg_is_light() -> None:
    code = "import sys, kg; kg.open; print([m for m in ('spacy', 'pandas', 'polars', 'rdflib', 'pyarrow') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize("first", ["kg.api", "kg.builder", "kg.builder.workers", "kg.cli.main", "kg"])
def test_public_names_do_not_depend_on_what_was_imported_first(first: str) -> None:
    """A subpackage becomes an attribute of its package when it is imported, and would hide a function of that name."""
    code = (
        f"import importlib, pkgutil, sys; sys.path.insert(0, '.'); importlib.import_module({first!r})\n"
        "import kg, kg.api, kg.builder, kg.cli.build, kg.cli.extract\n"
        "for module in pkgutil.iter_modules(kg.__path__):\n"
        "    assert module.name not in kg.__all__, module.name\n"
        "for name in kg.__all__:\n"
        "    assert callable(getattr(kg, name)) and getattr(kg, name) is getattr(kg.api, name), name"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
