"""The RDF formats: N-Quads, N-Triples, Turtle, TriG and RDF/XML, in a fixed order, so that two runs give the same
bytes."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import pyoxigraph as ox

from exports.dataset import describe
from exports.lines import Unique, batches, joined, split, without
from exports.options import ExportSelection
from exports.syntax import serialize
from ontology.model.store import Store
from ontology.namespaces import ONTOLOGY
from ontology.published import ontology
from ontology.schema import RDF_TYPE

# In Turtle what a thing is comes first: this stands for `a`, sorts before any IRI, and is in no line of pyoxigraph's,
# which escapes control characters.
A, FIRST = f" {RDF_TYPE} ".encode(), b" \x01 "


def nquads(store: Store, selection: ExportSelection, out: BinaryIO) -> None:
    """Writes each graph of the selection to `out` under its IRI as N-Quads, in the order of `_graphs`; the lines of
    each are sorted."""
    for graph, lines in _graphs(store, selection):
        out.write(joined(lines, b" <" + graph.encode() + b">"))


def ntriples(store: Store, selection: ExportSelection, out: BinaryIO) -> None:
    """Writes all graphs of the selection to `out` as one, as N-Triples, each triple once: first those of each graph's
    own nodes (whose IRIs begin with the graph's), graph by graph and sorted in each, then all others, sorted."""
    for batch in batches(_once(_graphs(store, selection))):
        out.write(joined(batch))


def turtle(store: Store, selection: ExportSelection, out: BinaryIO) -> None:
    """Writes all graphs of the selection to `out` as one Turtle file, grouped by subject, with prefixes."""
    serialize(_triples(store, selection), ox.RdfFormat.TURTLE, out)


def rdfxml(store: Store, selection: ExportSelection, out: BinaryIO) -> None:
    """Writes all graphs of the selection to `out` as one, as RDF/XML."""
    serialize(_triples(store, selection), ox.RdfFormat.RDF_XML, out)


def trig(store: Store, selection: ExportSelection, out: BinaryIO) -> None:
    """Writes each graph of the selection to `out` under its IRI as TriG, grouped by subject, with prefixes."""
    quads = (
        quad
        for graph, lines in _graphs(store, selection, FIRST)
        for quad in ox.parse(
            joined(lines, b" <" + graph.encode() + b">").replace(FIRST, A), format=ox.RdfFormat.N_QUADS
        )
    )
    serialize(quads, ox.RdfFormat.TRIG, out)


def _triples(store: Store, selection: ExportSelection) -> Iterator[ox.Triple]:
    """The triples of all graphs of the selection, each once. Those of a subject follow one another, its type first."""
    for batch in batches(_once(_graphs(store, selection, FIRST))):
        for quad in ox.parse(joined(batch).replace(FIRST, A), format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple


def _graphs(store: Store, selection: ExportSelection, a: bytes = A) -> Iterator[tuple[str, list[bytes]]]:
    """The IRI and the lines of each graph of the selection, the reference graph among them, sorted by IRI; then, where
    the options ask for them, those of the ontology and of the description. Lines are statements of N-Triples without
    the full stop, sorted and each once (`lines.split`); where the options leave evidence out, those with predicates of
    EVIDENCE_KEYS are missing, but not from the ontology and the description. `a` stands in the lines in place of
    rdf:type: with FIRST the type of a subject is sorted before its other triples."""
    for name in selection.all_graphs:
        yield name, without(split(store.dump(name).replace(A, a)), selection.options.left_out)
    if selection.options.ontology:
        yield ONTOLOGY, _lines((quad.triple for quad in ontology()), a)
    if selection.options.describe:
        description = describe(store, selection)
        yield description.graph, _lines(description.triples, a)


def _lines(triples: Iterable[ox.Triple], a: bytes) -> list[bytes]:
    """The triples as lines (`lines.split`: without the full stop, sorted, each once), with `a` in place of rdf:type and
    the blanks around it (b" a "), put in before they are sorted."""
    return split((ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").replace(A, a))


def _once(graphs: Iterable[tuple[str, list[bytes]]]) -> Iterator[bytes]:
    """The lines of all graphs, given as (IRI, lines), each once: graph by graph those of the graph's own nodes, whose
    IRIs begin with the graph's, in their order, then all others, sorted."""
    shared = Unique()
    for graph, lines in graphs:
        own = b"<" + graph.encode()
        yield from (line for line in lines if line.startswith(own))
        shared.add(line for line in lines if not line.startswith(own))
    yield from shared
