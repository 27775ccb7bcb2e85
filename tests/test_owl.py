"""The published ontology as an ontology engineer reads it, and the questions that it is there to answer."""

from functools import cache

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS

from ontology.model.store import Store
from ontology.namespaces import KG, ONTOLOGY, PREFIXES, SKOS
from ontology.published import ontology
from ontology.schema import schema, scheme_quads


@cache
def published() -> Graph:
    lines = ox.serialize((quad.triple for quad in ontology()), format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=lines, format="nt")


def ours() -> list[URIRef]:
    return sorted({s for s in published().subjects() if isinstance(s, URIRef) and s.startswith(KG)})


def test_every_term_is_described_and_says_where_it_is_defined() -> None:
    graph = published()
    assert len(ours()) > 100
    for term in ours():
        for predicate in (RDFS.label, RDFS.comment):
            assert {text.language for text in graph.objects(term, predicate)} == {"en", "zh"}, (term, predicate)  # type: ignore[union-attr]
        assert graph.value(term, RDFS.isDefinedBy) == URIRef(ONTOLOGY)
        assert graph.value(term, RDF.type)


def test_the_ontology_has_a_version_a_licence_and_a_creator() -> None:
    said = {predicate for predicate, _ in published().predicate_objects(URIRef(ONTOLOGY))}
    wanted = {OWL.versionIRI, OWL.versionInfo, OWL.priorVersion}
    assert wanted | {URIRef(PREFIXES["dcterms"] + name) for name in ("license", "creator", "title")} <= said


def test_nothing_is_said_of_other_vocabularies_but_the_kind_of_a_term() -> None:
    foreign = {
        (subject, predicate)
        for subject, predicate in published().subject_predicates()
        if isinstance(subject, URIRef) and not str(subject).startswith((KG, ONTOLOGY))
    }
    assert foreign
    assert {predicate for _, predicate in foreign} == {RDF.type}


def test_ranges_are_classes_and_datatypes() -> None:
    graph = published()
    for term, found in graph.subject_objects(RDFS.range):
        assert not found.startswith(KG.replace("ontology#", "scheme/")), term  # type: ignore[attr-defined]


def test_every_concept_is_a_top_concept_of_its_scheme() -> None:
    said: dict[str, set[str]] = {}
    for quad in scheme_quads():
        said.setdefault(quad.predicate.value, set()).add(str(quad.subject))
    assert said[SKOS + "topConceptOf"] == said[SKOS + "inScheme"]


@pytest.fixture(scope="module")
def closed(corpus_store: str) -> Graph:
    """One plan's graph with the ontology, under the OWL RL rules."""
    from kg.stores import open_store

    with open_store(corpus_store) as store:
        data = next(store.dump(graph) for graph in store.graphs() if b"qinghe.txt" in store.dump(graph))
    graph = published() + Graph().parse(data=data, format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def test_the_closure_is_consistent(closed: Graph) -> None:
    """A node of two disjoint classes, or with two values of a property that has one, would be an error."""
    errors = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
    assert list(closed.subjects(RDF.type, errors)) == []
    assert not list(closed.subjects(RDF.type, OWL.Nothing))


# Competency questions: (question, SPARQL with inference, an answer that the sample gives)
QUESTIONS = [
    (
        "Which regions is the plan's region located in, however far up?",
        "SELECT ?name { ?d kg:ofRegion/kg:locatedIn/rdfs:label ?name }",
        {"云岭省", "泽宁市", "中国"},
    ),
    (
        "What kinds of statement does the plan make?",
        "SELECT ?key { ?f a kg:Fact, ?c . ?c rdfs:subClassOf kg:Fact ; kg:key ?key }",
        {"Heading", "Task", "Target", "Citation", "Responsibility", "Project"},
    ),
    (
        "Which regions contain the plan's region directly?",
        "SELECT ?name { ?d kg:ofRegion ?r . ?above kg:contains ?r ; rdfs:label ?name }",
        {"泽宁市"},
    ),
    (
        "What does the plan rest on, and where does it say so?",
        "SELECT ?title { ?plan a kg:Plan ; eli:based_on ?p . ?p kg:citedIn ?c . ?c dcterms:title ?title ; kg:quote ?q }",
        {"云岭省“十四五”养老服务发展规划"},
    ),
]


@pytest.mark.parametrize(("question", "query", "answers"), QUESTIONS, ids=[question for question, _, _ in QUESTIONS])
def test_competency_questions(question: str, query: str, answers: set[str], closed: Graph) -> None:
    found = {str(row[0]) for row in closed.query(query, initNs=PREFIXES)}  # type: ignore[index]
    assert answers <= found


def test_the_data_alone_answers_who_leads_what(store: Store) -> None:
    query = "SELECT ?label ?quote { GRAPH ?g { ?t kg:ledBy ?o ; rdfs:label ?label . ?a kg:partOfTask ?t ; kg:heldBy ?o ; kg:quote ?quote } }"
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    assert store.query(prefixes + query).rows
    assert schema().declared["Responsibility"].direct
