"""Parameters that are bound, answers that a server cuts, and loading where there is no graph store."""

import pyoxigraph as ox
import pytest
import servers
from conftest import copy
from hypothesis import given
from hypothesis import strategies as st

from kg.stores import endpoint, open_store
from kg.stores.binding import bind
from ontology.model.errors import Refused, Usage
from ontology.model.store import Store


def some(store: Store) -> dict[str, list[ox.Quad]]:
    """The quads of two graphs."""
    return {graph: list(store.quads(graph)) for graph in store.graphs()[:2]}


def test_loading_by_updates_alone(corpus_store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "MAX_INSERTED_QUADS", 100)
    with servers.oxigraph() as server, server.used(KG_GRAPH_STORE_URL="") as address:
        copy(corpus_store, address)
        copy(corpus_store, address)
        with open_store(address) as store, open_store(corpus_store) as source:
            assert store.graphs() == source.graphs()
            assert all(list(store.quads(graph)) == list(source.quads(graph)) for graph in source.graphs())


@pytest.mark.parametrize(
    ("cut", "page"),
    [
        (37, "37"),  # a number that must be told
        (100, ""),  # a round number gives itself away
        (2000, ""),  # as many as that there are not, but the quads of a graph are more
    ],
)
def test_answers_that_a_server_cuts(cut: int, page: str, corpus_store: str) -> None:
    with servers.oxigraph(rows=cut) as server, server.used(KG_SPARQL_PAGE=page) as address:
        copy(corpus_store, address)
        with open_store(address) as store, open_store(corpus_store) as source:
            assert some(store) == some(source)
            query = "SELECT ?s ?o { GRAPH ?g { ?s a ?o } }"
            expected = source.query(query).rows
            assert 100 < len(expected) < 2000
            assert sorted(map(str, store.query(query).rows)) == sorted(map(str, expected))
            ordered = f"# one's own order }}\n{query} ORDER BY DESC(?s) ?o"
            assert list(store.query(ordered).rows) == list(source.query(ordered).rows)
            assert len(store.query(f"{ordered} LIMIT {cut + 5}").rows) == min(cut + 5, len(expected))
            assert store.query("ASK { ?s ?p ?o }").rows == [(False,)]  # its default graph is no union


def test_a_cut_answer_that_cannot_be_asked_for_in_pages(corpus_store: str) -> None:
    with servers.oxigraph(rows=10) as server, server.used(KG_SPARQL_PAGE="10") as address:
        copy(corpus_store, address)
        with open_store(address) as store, pytest.raises(Refused, match="add LIMIT and OFFSET"):
            store.query(f"SELECT ?s FROM <{store.graphs()[0]}> {{ ?s ?p ?o }}")


def test_binding_leaves_what_is_no_parameter() -> None:
    text = "SELECT ?x { # $a\n <urn:$a> ?p \"$a\", '''$a''', 'it\\'s $a' FILTER(?x = $a || ?y = $ab || ?z = $b) }"
    assert bind(text, {"a": 'quo"te', "b": 5}) == text.replace("= $a |", '= "quo\\"te" |').replace(
        "= $b)", '= "5"^^<http://www.w3.org/2001/XMLSchema#integer>)'
    )


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("VALUES ?g { $all }", "VALUES ?g { <urn:a> <urn:b> }"),
        ("FILTER(?g IN ($all))", "FILTER(?g IN (<urn:a>, <urn:b>))"),
        ("VALUES (?g) { ( $all ) }", "VALUES (?g) { ( <urn:a> <urn:b> ) }"),
    ],
)
def test_a_tuple_is_bound_as_its_place_wants_it(text: str, bound: str) -> None:
    assert bind(text, {"all": ("urn:a", "urn:b")}) == bound


def test_a_text_with_lone_surrogates_is_no_value() -> None:
    with pytest.raises(Usage, match=r"'\\udcff' cannot be written as RDF"):
        bind("SELECT ($a AS ?v) {}", {"a": "\udcff"})


@given(st.text())
def test_a_value_is_one_term_whatever_it_is(value: str) -> None:
    query = 'SELECT ($a AS ?v) ("$a" AS ?w) {}'
    try:
        bound = bind(query, {"a": value})
    except Usage:
        assert any("\ud800" <= letter <= "\udfff" for letter in value)
        return
    row = next(iter(ox.Store().query(bound)))  # type: ignore[arg-type, call-overload]
    assert (row["v"].value, row["w"].value) == (value, "$a")
