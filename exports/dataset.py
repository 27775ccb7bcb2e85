"""The description of an exported data set: VoID and DCAT, with how it was made (PROV)."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import pyoxigraph as ox

from exports.lines import Unique, split, without
from exports.options import ExportSelection
from exports.syntax import EXPORT_PREFIXES, serialize
from extractors.version import generator
from ontology.iris import base_of
from ontology.model.store import Store
from ontology.schema import NAMESPACE, PREFIXES, RDF_TYPE, RDFS, XSD

SPDX = "http://spdx.org/licenses/"
VOID, DCAT = EXPORT_PREFIXES["void"], EXPORT_PREFIXES["dcat"]
VOCABULARIES = (NAMESPACE, *(PREFIXES[name] for name in ("dcterms", "eli", "org", "prov", "skos")))
UNKNOWN_LICENCE = "not stated"
# https://creativecommons.org/licenses/by/4.0/
LICENCE_ADDRESS = re.compile(r"https?://(?:[^\s<>\"{}|\\^`%]|%[0-9A-Fa-f]{2})+")
# the name of a licence in the SPDX list: CC-BY-4.0
SPDX_NAME = re.compile(r"[A-Za-z0-9.+-]+")


@dataclass(frozen=True, slots=True)
class Description:
    """The triples of a description, and the IRI of the graph that they belong to."""

    graph: str
    triples: list[ox.Triple]


def void(store: Store, selection: ExportSelection, out: BinaryIO) -> None:
    """Writes the description of the selected data (`describe`) to `out` as Turtle, sorted, without the data."""
    triples = sorted(describe(store, selection).triples, key=_order)
    serialize(triples, ox.RdfFormat.TURTLE, out)


def describe(store: Store, selection: ExportSelection) -> Description:
    """The description of the exported data: counts (of the graphs of documents and the reference graph, as far as the
    options export them), the period in which the sources were issued, licence, vocabularies, and the program that made
    it. It is a function of the data, the options and the program's version: no clock, no random ids. Its triples are in
    no fixed order. Raises IndexError for a selection without a document."""
    counts = _Counts()
    for graph in selection.all_graphs:
        counts.add(graph, without(split(store.dump(graph)), selection.options.left_out))
    base = base_of(selection.graphs[0]).removesuffix("/")
    node = ox.NamedNode(f"{base}/dataset")
    return Description(node.value, [ox.Triple(*triple) for triple in _triples(node, base, selection, counts)])


class _Counts:
    """The number of quads, and of things of each class; a thing that several graphs describe counts once. `own_counts`
    counts the things of single graphs by the IRI of the class (b'<IRI>'), `shared` collects the lines that give a class
    to those that may be in several."""

    def __init__(self) -> None:
        self.quads = 0
        self.own_counts: Counter[bytes] = Counter()
        self.shared = Unique()

    def add(self, graph: str, lines: list[bytes]) -> None:
        """Counts the statements of the graph with the IRI `graph`, given as `lines.split` returns them, and its things
        by class: a thing whose IRI begins with that of the graph in `own_counts`, any other in `shared`. A quoted text
        that contains the IRI of rdf:type is not mistaken for the type of a thing."""
        self.quads += len(lines)
        own_prefix = f"<{graph}".encode()
        typed = (line.split(_A) for line in lines if _A in line)
        pairs = [(subject, value) for subject, value, *more in typed if not more and b'"' not in subject]
        self.own_counts.update(value for subject, value in pairs if subject.startswith(own_prefix))
        self.shared.add(_A.join(pair) for pair in pairs if not pair[0].startswith(own_prefix))

    def classes(self) -> list[tuple[str, int]]:
        """The IRI of each class and the number of things of it, sorted by IRI. It must be called only once, because
        `shared` may be read only once."""
        counts = self.own_counts + Counter(line.split(_A)[1] for line in self.shared)
        return sorted((value.decode()[1:-1], count) for value, count in counts.items())


_A = f" {RDF_TYPE} ".encode()


def _triples(
    node: ox.NamedNode, base: str, selection: ExportSelection, counts: _Counts
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    """The triples of the description. `node` is the data set, `base` the IRI, without its last /, below which the IRIs
    of data are, and `counts` has counted all graphs of the selection. The period is from the earliest to the latest
    date of issue, left out where none is known; without a licence in the options, UNKNOWN_LICENCE stands for it."""
    classes = counts.classes()
    making = ox.NamedNode(f"{node.value}/making")
    yield node, RDF_TYPE, ox.NamedNode(VOID + "Dataset")
    yield node, RDF_TYPE, ox.NamedNode(DCAT + "Dataset")
    yield node, _dcterms("title"), ox.Literal("Knowledge graph of government plans", language="en")
    yield node, _dcterms("title"), ox.Literal("政府规划知识图谱", language="zh")
    yield node, ox.NamedNode(VOID + "triples"), ox.Literal(counts.quads)
    yield node, ox.NamedNode(VOID + "documents"), ox.Literal(len(selection.documents))
    yield node, ox.NamedNode(VOID + "classes"), ox.Literal(len(classes))
    yield node, ox.NamedNode(VOID + "uriSpace"), ox.Literal(base + "/")
    if issued := sorted(document.issued for document in selection.documents if document.issued):
        period = ox.NamedNode(f"{node.value}/period")
        yield node, _dcterms("temporal"), period
        yield period, RDF_TYPE, _dcterms("PeriodOfTime")
        for name, day in (("startDate", issued[0]), ("endDate", issued[-1])):
            yield period, ox.NamedNode(DCAT + name), ox.Literal(day, datatype=ox.NamedNode(XSD + "date"))
    for iri in VOCABULARIES:
        yield node, ox.NamedNode(VOID + "vocabulary"), ox.NamedNode(iri)
    for name, count in classes:
        part = ox.NamedNode(f"{node.value}/class/{re.split('[#/]', name)[-1]}")
        yield node, ox.NamedNode(VOID + "classPartition"), part
        yield part, ox.NamedNode(VOID + "class"), ox.NamedNode(name)
        yield part, ox.NamedNode(VOID + "entities"), ox.Literal(count)
    yield from _licence(node, selection.options.licence or UNKNOWN_LICENCE)
    yield node, _prov("wasGeneratedBy"), making
    yield making, RDF_TYPE, _prov("Activity")
    yield making, _dcterms("description"), ox.Literal(f"exported by {generator()}")
    for document in selection.documents:
        yield node, _prov("wasDerivedFrom"), ox.NamedNode(document.graph)
        yield making, _prov("used"), ox.NamedNode(document.graph)


def _licence(node: ox.NamedNode, stated: str) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    """The triples that give the data set `node` its licence: `stated` itself where that is as a whole an address with
    http or https (LICENCE_ADDRESS), the address of SPDX's page where it can be the name of an SPDX licence (ASCII
    letters, digits, points, + and - alone), else a node of its own with the words as label."""
    licence = ox.NamedNode(f"{node.value}/licence")
    if LICENCE_ADDRESS.fullmatch(stated):
        yield node, _dcterms("license"), ox.NamedNode(stated)
    elif SPDX_NAME.fullmatch(stated):
        yield node, _dcterms("license"), ox.NamedNode(SPDX + stated)
    else:
        yield node, _dcterms("license"), licence
        yield licence, RDF_TYPE, _dcterms("LicenseDocument")
        yield licence, ox.NamedNode(RDFS + "label"), ox.Literal(stated)


def _dcterms(name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES["dcterms"] + name)


def _prov(name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES["prov"] + name)


def _order(triple: ox.Triple) -> tuple[str, bool, str, str]:
    """The sort key of a triple: its subject without the closing >, so that the data set comes before things whose IRIs
    are below its own; for one subject rdf:type before other predicates, then predicate and object."""
    return str(triple.subject)[:-1], triple.predicate != RDF_TYPE, str(triple.predicate), str(triple.object)
