"""An IRI says what a fact is: a change elsewhere in the file renames nothing, and two facts never share one."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import SAMPLES
from reading_of import source_of

from extractors.pipeline import extract, pipeline
from extractors.positions import FoundFact, settled
from kg.builder import build
from kg.stores import open_store
from ontology.graph import plan_graph
from ontology.identity import identities
from ontology.iris import Iris
from ontology.model.errors import Refused
from ontology.model.facts import Evidence, Fact, Heading, Plan, PlanField, Responsibility, Target, Task
from ontology.schema import RDF_TYPE, schema

TEXT = (SAMPLES / "qinghe.txt").read_text("utf-8")
NLP = pipeline()
SENTENCE = "到2025年，新增养老床位300张。"


def named(text: str) -> dict[str, tuple[str, str]]:
    """IRI -> (kind, quote) of each fact of a text, as a file of one name."""
    source = source_of(text, "qinghe.txt")
    facts = extract(source, NLP)
    quads = plan_graph(source, facts, "test", Iris())
    quotes = {q.subject.value: q.object.value for q in quads if q.predicate == schema().properties["quote"].iri}
    kinds = {q.subject.value: q.object.value for q in quads if q.predicate == RDF_TYPE}
    assert len(quotes) == sum(1 if not isinstance(fact, Plan) else len(fact.fields) for fact in facts)
    return {iri: (kinds[iri], quote) for iri, quote in quotes.items()}


def first_sentence(text: str) -> str:
    """A sentence of the sample that a target quotes."""
    target = next(fact for fact in extract(source_of(text, "qinghe.txt"), NLP) if isinstance(fact, Target))
    return target.evidence.quote


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\n" + text,  # a blank line at the top moves every offset
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("\n", "\r\n"),
    ],
    ids=["line at the top", "blank lines", "line ends of Windows"],
)
def test_blank_lines_rename_nothing(change: Callable[[str], str]) -> None:
    assert change(TEXT) != TEXT
    assert named(change(TEXT)).keys() == named(TEXT).keys()


def test_a_correction_of_a_sentence_renames_the_facts_that_quote_it_alone() -> None:
    sentence = first_sentence(TEXT)
    number = next(c for c in sentence if c.isdigit() and c not in "20")
    corrected = sentence.replace(number, "9" if number != "9" else "8", 1)
    before, after = named(TEXT), named(TEXT.replace(sentence, corrected))
    gone = [before[iri] for iri in before.keys() - after.keys()]
    assert gone
    assert [(kind, quote) for kind, quote in gone if sentence not in quote] == []
    assert not [kind for kind, _ in gone if kind.endswith("#Task")]  # a task is its title


def evidence(start: int, quote: str) -> Evidence:
    return Evidence(start, start + len(quote), quote, None)


FIRST = Target(evidence(3, SENTENCE), None, "养老床位", "=", Decimal(300), "张", "2025")


def test_the_same_words_at_two_places_are_two_facts() -> None:
    later = replace(FIRST, evidence=evidence(90, SENTENCE))
    one, two = identities([FIRST, later])
    assert two == f"{one}-2"
    assert identities([later, FIRST]) == [two, one]  # the order in the text counts, not that in the list
    assert identities([FIRST]) == [one]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (replace(FIRST, evidence=evidence(3, "到2025年，\n新增养老床位 300张。")), True),  # white space is none of it
        (replace(FIRST, value=Decimal("300.0")), True),
        (replace(FIRST, task=7), True),  # where it stands is none of it
        (replace(FIRST, position=7), True),
        (replace(FIRST, subject="床位"), False),
        (replace(FIRST, value=Decimal(301)), False),
        (replace(FIRST, deadline=None), False),
    ],
)
def test_what_makes_a_target_the_one_it_is(other: Target, same: bool) -> None:
    assert (identities([other]) == identities([FIRST])) is same


def heading(start: int, number: int) -> Heading:
    return Heading(evidence(start, "一、总体要求"), "chapter", "一、", "总体要求", None, position=number)


def test_positions_come_from_the_text() -> None:
    """A component that numbers from 0, or in any other way, is understood; references follow."""
    facts: list[Fact] = [
        heading(50, 9),
        Task(evidence(60, "建设养老院。"), None, "建设养老院", None, 9, position=4),
        replace(FIRST, evidence=evidence(61, SENTENCE), task=4),
        heading(10, 2),
        replace(FIRST, evidence=evidence(20, SENTENCE)),
    ]
    after = settled("a.txt", [FoundFact("test", fact) for fact in facts])
    assert [fact.position for fact in after] == [1, 0, 1, 0, 0]
    assert isinstance(after[1], Task)
    assert isinstance(after[2], Target)
    assert (after[1].parent, after[2].task) == (1, 0)


RESPONSIBILITY = Responsibility(evidence(3, "县民政局牵头。"), None, "县民政局", "民政", "lead")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        # nothing tells the two apart, and their values differ: one of them would overwrite the other
        ([RESPONSIBILITY, replace(RESPONSIBILITY, function="养老")], "component other finds a Responsibility"),
        ([heading(1, 0), heading(30, 0)], "component other gives a second Heading the number 0"),
        ([heading(1, 0), replace(FIRST, task=3)], "component other refers to task 3"),
    ],
)
def test_facts_that_cannot_be_told_apart_are_refused(facts: list[Fact], words: str) -> None:
    with pytest.raises(Refused, match=words):
        settled("a.txt", [FoundFact("first", facts[0]), FoundFact("other", facts[1])])


def test_a_fact_found_twice_is_kept_once() -> None:
    again = replace(FIRST, position=1)
    assert settled("a.txt", [FoundFact("first", FIRST), FoundFact("other", again)]) == [FIRST]


def test_fields_of_the_plan_are_facts_too() -> None:
    one, two = PlanField(evidence(0, "青禾县"), "title", "a"), PlanField(evidence(0, "青禾县"), "region", "a")
    assert len(set(identities([one, two]))) == 2


def test_two_files_of_one_name_and_plan_have_a_graph_each(tmp_path: Path) -> None:
    """The first by path has the plain IRI, whichever is read first; an edit keeps both."""
    for folder, more in (("a", ""), ("b", "\n另行公布。\n"), ("c", "\n以后公布。\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.txt").write_text(TEXT + more, "utf-8")
    with open_store(str(tmp_path / "store"), write=True) as store:
        report = build([tmp_path], store, jobs=2)
        assert (report.refused, len(report.loaded)) == ([], 3)
        graphs = {record.path: record.document for record in store.records()}
        plain = graphs[str(tmp_path / "a" / "plan.txt")]
        assert [graphs[str(tmp_path / f / "plan.txt")] for f in "bc"] == [f"{plain}-2", f"{plain}-3"]
        assert len([g for g in store.graphs() if "/document/" in g]) == 3
        (tmp_path / "b" / "plan.txt").write_text(TEXT + "\n另行印发。\n", "utf-8")
        assert build([tmp_path], store).loaded == [str(tmp_path / "b" / "plan.txt")]
        assert {record.path: record.document for record in store.records()} == graphs
        assert build([tmp_path], store).loaded == []
