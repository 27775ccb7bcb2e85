"""The ontology is one source: code uses what it declares, data uses all of it, and broken data is found out."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.validation import shacl_violations, violations
from ontology.conformity import _rule, conforms
from ontology.graph import sort_key
from ontology.iris import Iris, segment
from ontology.model.errors import Usage
from ontology.model.facts import Concept, Evidence, Organization, Policy, Region
from ontology.model.source import Source
from ontology.model.store import Store
from ontology.property_graph import NODE_LABELS, project, restore
from ontology.published import ontology
from ontology.schema import NAMESPACE, RDF_TYPE, literal, schema

ROOT = Path(__file__).parent.parent
CHINA = Region("中国", "100000", "national", None, "GB/T 2260")
COUNTY = Region("青禾县", None, "county", Region("泽宁市", None, "prefectural", CHINA, "named"), "named")


def plan_quads(store: Store) -> list[ox.Quad]:
    return [quad for graph in store.graphs() if "/document/" in graph for quad in store.quads(graph)]


def test_every_term_that_data_uses_is_declared(store: Store) -> None:
    declared = {quad.subject for quad in ontology()}
    used = {quad.predicate for quad in plan_quads(store)} | {
        quad.object for quad in plan_quads(store) if quad.predicate == RDF_TYPE
    }
    assert used - {RDF_TYPE} <= declared


def test_every_declared_term_is_used(store: Store) -> None:
    quads = plan_quads(store)
    used = {quad.predicate.value for quad in quads} | {q.object.value for q in quads if q.predicate == RDF_TYPE}
    # only formats with pages have them; tests/test_formats.py reads these
    optional = {
        "page",
        "page_starts",
        "change",
        "relative_to",
        "title_origin",
        "source_url",
        "retrieved",
        "ocr",
        "target_basis",
        "investment",  # tests/test_projects.py
        "place",
        "CORRECTED_BY",
        "CORRECTION_OF",
    }
    optional |= {key for key in schema().properties if key.startswith("correct")}  # tests/test_corrections.py
    unused = {p.key for iri, p in schema().by_iri.items() if iri not in used} - optional
    assert unused == set()
    assert set(schema().class_keys) - used == {NAMESPACE + "Fact"}  # the parent of others


def test_every_term_has_a_label_in_both_languages() -> None:
    terms = [*schema().declared.values(), *schema().properties.values()]
    assert terms
    for texts in ("labels", "comments"):
        assert [term.key for term in terms if {language for language, _ in getattr(term, texts)} != {"en", "zh"}] == []


def test_labels_of_the_property_graph_are_the_classes() -> None:
    assert set(NODE_LABELS) == set(schema().classes) - {"Fact"}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("渠县", "渠县"),
        ("a/b", "a%2Fb"),  # a slash would make another path
        ("药品 <试行>", "药品%20%3C试行%3E"),  # neither may stand in an IRI
        ("“十四五”、纲要", "“十四五”、纲要"),  # punctuation beyond ASCII may
        ("中\u3000文\u202e", "中%E3%80%80文%E2%80%AE"),  # what cannot be seen may not
        ("", ""),
    ],
)
def test_segment(raw: str, expected: str) -> None:
    assert segment(raw) == expected
    ox.NamedNode("https://x.example/" + segment(raw))


def test_iris_come_from_content() -> None:
    iris = Iris("https://plans.test/")
    policy = Policy("青禾县", "十四五规划", "青禾县“十四五”规划", "county", "规划", COUNTY)
    assert iris.region(COUNTY).value == "https://plans.test/region/100000/泽宁市/青禾县"
    assert iris.region(CHINA).value == "https://plans.test/region/100000中国"
    assert iris.policy(policy).value == "https://plans.test/policy/青禾县/十四五规划"
    assert iris.organization(Organization("税务", CHINA)).value == "https://plans.test/organization/100000中国/税务"
    assert iris.concept(Concept("参保率", "x")) == iris.concept(Concept("参保率", "y"))
    assert iris.document(policy, "a.txt") != iris.document(policy, "b.txt")
    assert iris.document(policy, "a.txt", 2).value == iris.document(policy, "a.txt").value + "-2"


@pytest.mark.parametrize(
    "base", ["plans", "https://plans.test/id", "https://pl ans.test/", "https://plans.test/#", "urn:plans:", ""]
)
def test_a_base_that_is_no_iri_is_refused(base: str) -> None:
    with pytest.raises(Usage):
        Iris(base)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("98.50", "98.5"),
        ("98", "98"),
        ("100", "100"),
        ("0.10", "0.1"),
        ("12345678901234567890", "12345678901234567890"),
    ],
)
def test_equal_numbers_are_equal_terms(value: str, expected: str) -> None:
    assert literal(Decimal(value), "decimal").value == expected


def test_evidence_cannot_be_made_without_text() -> None:
    source = Source("a.txt", "0" * 64, "规划 \n 背景", "txt")
    assert Evidence.of(source, 0, 7) == Evidence(0, 7, "规划背景", None)
    assert Evidence.of(source, 2, 6).quote == "背"
    with pytest.raises(ValueError, match="needs a quote"):
        Evidence.of(source, 2, 5)


def test_the_property_graph_loses_nothing(store: Store) -> None:
    graphs = [graph for graph in store.graphs() if "/document/" in graph]
    assert len(graphs) == 8
    for graph in graphs:
        quads = list(store.quads(graph))
        assert restore(project(graph, quads)) == sorted(quads, key=sort_key)


def test_direct_links_carry_their_proof(store: Store) -> None:
    graph = next(g for g in store.graphs() if "/document/" in g)
    projected = project(graph, store.quads(graph))
    links = [
        link for link in projected.relationships if link.type in {"BASED_ON", "LED_BY"} and "task" not in link.start
    ]
    assert links
    assert all(link.properties.get("quote") for link in links if link.type == "BASED_ON")


# Each plants one fault in a sound graph: (what to replace, with what, words of the report).
FAULTS = [
    (rf"<{re.escape(NAMESPACE)}quote> \"[^\"]*\"", f'<{NAMESPACE}quote> ""', "quote"),
    (rf"<{re.escape(NAMESPACE)}start> \"\d+\"", f'<{NAMESPACE}start> "99999999"', "less than the end of the quote"),
    (r"/scheme/role/lead>", "/scheme/role/boss>", "lead or participant"),
    (
        rf"(/region/\S+> <{re.escape(NAMESPACE)}level> <https://w3id.org/plan-kg/scheme/level)/county>",
        r"\1/village>",
        "administrative level",
    ),
    (rf"<{re.escape(NAMESPACE)}sha256> \"[0-9a-f]+\"", f'<{NAMESPACE}sha256> "abc"', "SHA-256"),
    (r"/scheme/relation/basis>", "/scheme/relation/cause>", "basis, implements, issued or mentions"),
    (r"/scheme/heading/chapter>", "/scheme/heading/page>", "chapter, section"),
    (rf"<{re.escape(NAMESPACE)}targetOp> \">=\"", f'<{NAMESPACE}targetOp> "=>"', "comparator"),
    (r"\^\^<http://www.w3.org/2001/XMLSchema#date>", "^^<http://www.w3.org/2001/XMLSchema#string>", "date"),
    (r"<http://www.w3.org/ns/prov#wasDerivedFrom>", f"<{NAMESPACE}under>", "one document"),
    (rf"<{re.escape(NAMESPACE)}manifests>", f"<{NAMESPACE}serves>", "one plan"),
    (r"(/organization/\S+> )<http://www.w3.org/ns/org#purpose>", rf"\1<{NAMESPACE}role>", "government function"),
    (rf"<{re.escape(NAMESPACE)}measures>", f"<{NAMESPACE}under>", "one indicator concept"),
    (rf"<{re.escape(NAMESPACE)}cited>", f"<{NAMESPACE}within>", "one policy"),
]


@pytest.fixture(scope="module")
def sound(corpus_store: str) -> bytes:
    """The graph of a sample that has every kind of fact."""
    from kg.stores import open_store

    with open_store(corpus_store) as store:
        for graph in store.graphs():
            data = store.dump(graph)
            if b"qinghe.txt" in data:
                return data
    raise AssertionError("qinghe.txt is not in the corpus")


def test_a_sound_graph_has_no_violation(sound: bytes) -> None:
    assert violations(sound) == []


def test_what_surely_conforms_has_no_violation_for_a_processor(store: Store) -> None:
    """The quick check settles every sound graph, and a processor agrees."""
    graphs = [store.dump(graph) for graph in store.graphs()]
    assert all(conforms(data) for data in graphs)
    assert shacl_violations(min(graphs, key=len)) == []


@pytest.mark.parametrize(("pattern", "fault", "words"), FAULTS)
def test_a_planted_fault_is_found(sound: bytes, pattern: str, fault: str, words: str) -> None:
    broken, count = re.subn(pattern, fault, sound.decode(), count=1)
    assert count == 1
    assert not conforms(broken.encode())
    found = violations(broken.encode())
    assert any(words in message for _, message in found)
    assert found == shacl_violations(broken.encode())


P, K = "https://plans.test/", NAMESPACE
XSD_INTEGER = "<http://www.w3.org/2001/XMLSchema#integer>"
A_REGION = (
    f"<{P}r> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{K}Region> .\n"
    f'<{P}r> <http://www.w3.org/2000/01/rdf-schema#label> "青禾县" .\n'
    f"<{P}r> <{K}level> <https://w3id.org/plan-kg/scheme/level/county> .\n"
    f'<{P}r> <{K}origin> "read" .\n'
)


@pytest.mark.parametrize(
    ("more", "sure"),
    [
        ("", True),
        (f'<{P}r> <{K}code> "110101" .\n', True),
        (f'<{P}r> <{K}code> "110101" .\n' * 2, True),  # one triple, said twice
        (f'<{P}r> <{K}code> "010101" .\n', False),
        (f'<{P}r> <{K}code> "110101"@zh .\n', False),
        (f'<{P}r> <{K}code> "110101"^^{XSD_INTEGER} .\n', False),
        (f'<{P}r> <{K}code> "110101" .\n<{P}r> <{K}code> "110102" .\n', False),
        (f'<{P}r> <{K}origin> "" .\n', False),  # a second one
        (f"<{P}r> <{K}within> <{P}r> .\n", True),
        (f"<{P}r> <{K}within> <{P}other> .\n", False),
        (f'<{P}r> <{K}within> "r" .\n', False),
        (f"<{P}r> <{K}level> <https://w3id.org/plan-kg/scheme/level/national> .\n", False),
        (f"<{P}x> <{K}code> <{P}y> .\n", True),  # a node of no class
        (f"<{K}Region> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <{P}Place> .\n", False),
    ],
)
def test_a_graph_is_sure_only_where_a_processor_finds_nothing(more: str, sure: bool) -> None:
    data = (A_REGION + more).encode()
    assert conforms(data) == sure
    found = shacl_violations(data)
    assert violations(data) == found
    if sure:
        assert found == []


@pytest.mark.parametrize(
    ("limits", "sure"),
    [
        ([("lessThan", ox.NamedNode(f"{K}end"))], True),
        ([("lessThan", ox.Literal("end"))], False),  # a processor refuses it
        ([("lessThan", ox.NamedNode(f"{K}end")), ("lessThanOrEquals", ox.NamedNode(f"{K}end"))], False),
    ],
)
def test_an_order_that_is_not_checked_makes_no_value_sure(
    limits: list[tuple[str, ox.NamedNode | ox.Literal]], sure: bool
) -> None:
    declared = replace(schema().properties["start"], limits=tuple((name, (term,)) for name, term in limits))
    assert all(check(literal(0, "integer"), {}) for check in _rule(declared).checks) == sure


@pytest.mark.parametrize(
    ("property_", "value", "sure"),
    [
        ("start", "0", True),
        ("start", "-1", False),
        ("start", "5", False),  # not before the end
        ("start", "six", False),
        ("end", "0", False),
        ("page", "1", True),
        ("page", "0", False),
        ("page", "1.5", False),
    ],
)
def test_numbers_are_sure_only_where_a_processor_finds_nothing(
    sound: bytes, property_: str, value: str, sure: bool
) -> None:
    """The values of one fact are replaced; those of all others stay as they are."""
    fact = re.search(rf"(\S+) <{re.escape(K)}quote> ", sound.decode())
    assert fact
    kept = [
        line
        for line in sound.decode().splitlines()
        if not line.startswith((f"{fact[1]} <{K}{property_}>", f"{fact[1]} <{K}start>", f"{fact[1]} <{K}end>"))
    ]
    values = {"start": "0", "end": "5", property_: value}
    kept += [f'{fact[1]} <{K}{name}> "{number}"^^{XSD_INTEGER} .' for name, number in values.items()]
    data = "\n".join(kept).encode()
    assert conforms(data) == sure
    assert (violations(data) == []) == sure
