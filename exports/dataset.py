"""The description of an exported data set: VoID and DCAT, with how it was made (PROV)."""

from collections import Counter
from dataclasses import dataclass
from typing import BinaryIO

import pyoxigraph as ox

from exports.options import Options, Selection, select
from kg.model.store import Store
from kg.version import generator
from ontology.schema import NAMESPACE, PREFIXES, RDF, TYPE, XSD
from queries.presets import preset

VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
DCTERMS = PREFIXES["dcterms"]
PROV = PREFIXES["prov"]
VOCABULARIES = (NAMESPACE, *(PREFIXES[name] for name in ("dcterms", "eli", "org", "prov", "skos")))
UNKNOWN_LICENCE = "not stated"


@dataclass(frozen=True, slots=True)
class Description:
    """The triples and the name of the graph that holds them."""

    graph: str
    triples: list[ox.Triple]


def void(store: Store, options: Options, out: BinaryIO) -> None:
    """The description alone, as Turtle."""
    triples = describe(store, options, select(store, options)).triples
    prefixes = {**PREFIXES, "void": VOID, "dcat": DCAT}
    ox.serialize(sorted(triples, key=str), out, format=ox.RdfFormat.TURTLE, prefixes=prefixes)


def describe(store: Store, options: Options, selection: Selection) -> Description:
    """Counts, the newest source's date, licence, vocabularies, and the program that made it: a function of the data."""
    rows = [dict(zip(t.columns, row, strict=True)) for t in [preset("documents").run(store)] for row in t.rows]
    rows = [row for row in rows if row["document"] in set(selection.graphs)]
    classes: Counter[str] = Counter()
    total, subjects = 0, set()
    for graph in selection.graphs:
        for line in store.dump(graph).split(b" .\n")[:-1]:
            subject, predicate, value = line.split(b" ", 2)
            total += 1
            if predicate == b"<" + RDF.encode() + b"type>" and (subject, value) not in subjects:
                subjects.add((subject, value))
                classes[value.decode()[1:-1]] += 1
    base = selection.graphs[0].rsplit("/document/", 1)[0]
    node = ox.NamedNode(f"{base}/dataset")
    triples = [
        ox.Triple(node, TYPE, ox.NamedNode(VOID + "Dataset")),
        ox.Triple(node, TYPE, ox.NamedNode(DCAT + "Dataset")),
        ox.Triple(node, _dcterms("title"), ox.Literal("Knowledge graph of government plans", language="en")),
        ox.Triple(node, _dcterms("title"), ox.Literal("政府规划知识图谱", language="zh")),
        ox.Triple(node, _dcterms("license"), ox.Literal(options.licence or UNKNOWN_LICENCE)),
        ox.Triple(node, ox.NamedNode(VOID + "triples"), ox.Literal(total)),
        ox.Triple(node, ox.NamedNode(VOID + "documents"), ox.Literal(len(rows))),
        ox.Triple(node, ox.NamedNode(VOID + "classes"), ox.Literal(len(classes))),
        ox.Triple(node, ox.NamedNode(VOID + "uriSpace"), ox.Literal(base + "/")),
    ]
    newest = max((str(row["issued"]) for row in rows if row["issued"]), default=None)
    if newest:
        triples.append(ox.Triple(node, _dcterms("modified"), ox.Literal(newest, datatype=ox.NamedNode(XSD + "date"))))
    triples += [ox.Triple(node, ox.NamedNode(VOID + "vocabulary"), ox.NamedNode(iri)) for iri in VOCABULARIES]
    for position, (name, count) in enumerate(sorted(classes.items())):
        part = ox.NamedNode(f"{node.value}/class/{position}")
        triples += [
            ox.Triple(node, ox.NamedNode(VOID + "classPartition"), part),
            ox.Triple(part, ox.NamedNode(VOID + "class"), ox.NamedNode(name)),
            ox.Triple(part, ox.NamedNode(VOID + "entities"), ox.Literal(count)),
        ]
    made = ox.NamedNode(f"{node.value}/making")
    triples += [
        ox.Triple(node, ox.NamedNode(PROV + "wasGeneratedBy"), made),
        ox.Triple(made, TYPE, ox.NamedNode(PROV + "Activity")),
        ox.Triple(made, _dcterms("description"), ox.Literal(f"exported by {generator()}")),
        *(ox.Triple(made, ox.NamedNode(PROV + "used"), ox.NamedNode(graph)) for graph in selection.graphs),
    ]
    return Description(node.value, triples)


def _dcterms(name: str) -> ox.NamedNode:
    return ox.NamedNode(DCTERMS + name)
