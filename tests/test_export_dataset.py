"""The description of a data set, and exports of one file a plan."""

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, PROV, RDF, RDFS, VOID, XSD
from test_export_formats import written

from exports import Options, split
from kg.stores import open_store
from ontology.model.store import Record, Store
from ontology.schema import NAMESPACE, schema

DATASET = URIRef("https://w3id.org/plan-kg/id/dataset")


@pytest.mark.parametrize("options", [{}, {"evidence": False}, {"text": False}])
def test_the_triples_of_the_description_are_those_of_the_export(
    options: dict[str, bool], store: Store, tmp_path: Path
) -> None:
    found = Graph().parse(written("void", store, tmp_path, **options), format="turtle")
    exported = written("nquads", store, tmp_path, **options).read_bytes().count(b"\n")
    assert found.value(DATASET, VOID.triples) == Literal(exported)


def test_the_description_counts_what_is_there(store: Store, tmp_path: Path) -> None:
    found = Graph().parse(written("void", store, tmp_path), format="turtle")
    assert {DCAT.Dataset, VOID.Dataset} <= set(found.objects(DATASET, RDF.type))
    assert found.value(DATASET, VOID.documents) == Literal(8)
    period = found.value(DATASET, DCTERMS.temporal)  # from the oldest source to the newest
    assert found.value(period, DCAT.endDate) == Literal("2022-07-06", datatype=XSD.date)
    assert str(found.value(period, DCAT.startDate)) < "2022-07-06"
    assert found.value(DATASET, DCTERMS.modified) is None  # the data are a function of the sources: no day of making
    assert len(set(found.objects(DATASET, PROV.wasDerivedFrom))) == 8
    assert URIRef(NAMESPACE) in set(found.objects(DATASET, VOID.vocabulary))
    assert "plan-kg" in str(found.value(found.value(DATASET, PROV.wasGeneratedBy), DCTERMS.description))
    whole = Graph().parse(written("nt", store, tmp_path), format="nt")
    wanted = Counter(kind for subject, kind in whole.subject_objects(RDF.type) if "/document/" in subject)
    for part in found.objects(DATASET, VOID.classPartition):
        kind, count = found.value(part, VOID["class"]), found.value(part, VOID.entities)
        shared = len(set(whole.subjects(RDF.type, kind)))  # plans and regions too, each once
        assert int(str(count)) == (wanted.get(kind) or shared)


@pytest.mark.parametrize(
    ("stated", "iri", "label"),
    [
        ("CC-BY-4.0", "http://spdx.org/licenses/CC-BY-4.0", None),
        ("https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by/4.0/", None),
        ("仅供内部使用 <草案>", f"{DATASET}/licence", "仅供内部使用 <草案>"),
        ("http://no address", f"{DATASET}/licence", "http://no address"),  # no IRI
        (None, f"{DATASET}/licence", "not stated"),
    ],
)
def test_licences(stated: str | None, iri: str, label: str | None, store: Store, tmp_path: Path) -> None:
    found = Graph().parse(written("void", store, tmp_path, licence=stated), format="turtle")
    assert found.value(DATASET, DCTERMS.license) == URIRef(iri)
    assert found.value(URIRef(iri), RDFS.label) == (None if label is None else Literal(label))


def test_split_tells_files_apart(store: Store, tmp_path: Path) -> None:
    """Two files of one name, and one whose name is part of another's."""
    names = {"qinghe.txt": "plan.txt", "zening.md": "plan.txt", "yunling.txt": "a/plan.txt", "literals.txt": "lan.txt"}
    file, loaded = schema().properties["file"].iri, []
    for document, name in store.query(f"SELECT ?d ?f {{ GRAPH ?d {{ ?d {file} ?f }} }}").rows:
        quads = [
            ox.Quad(q.subject, q.predicate, ox.Literal(names.get(str(name), str(name))), q.graph_name)
            if q.predicate == file
            else q
            for q in store.quads(str(document))
        ]
        record = Record(f"/{name}", str(document), "0" * 64, "test")
        loaded.append((record, ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""))
    with open_store(str(tmp_path / "s.kg"), write=True) as renamed:
        renamed.load(loaded)
        assert split("nquads", renamed, str(tmp_path / "out"), Options()) == 8
    files = sorted(path.name for path in (tmp_path / "out").glob("*.nq"))
    assert files[:3] == ["a_plan.txt.nq", "guojia.txt.nq", "lan.txt.nq"]
    assert len(files) == 8
    for path in (tmp_path / "out").glob("*.nq"):
        assert len({quad.graph_name for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)}) == 1
