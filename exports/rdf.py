"""RDF: N-Quads, N-Triples, Turtle, TriG and RDF/XML, graph by graph, sorted, so that two runs give the same bytes."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from itertools import chain
from typing import BinaryIO

import pyoxigraph as ox

from exports.dataset import describe
from exports.options import Options, Selection, select
from kg.model.store import Store
from ontology.schema import NAMESPACE, PREFIXES, ontology, schema

EVIDENCE_KEYS = ("quote", "start", "end", "page", "cue")
END = b" .\n"
HEADER_BYTES = 8192
XMLN = re.compile(rb' xmlns:\w+="[^"]*"')
XMLNS = re.compile(rb'(?: xmlns:\w+="[^"]*"){2,}')


def nquads(store: Store, options: Options, out: BinaryIO) -> None:
    """Every graph under its name; the graphs and the lines of each sorted."""
    for graph, lines in _graphs(store, options):
        end = b" <" + graph.encode() + b">" + END
        if lines:
            out.write(end.join(lines) + end)


def ntriples(store: Store, options: Options, out: BinaryIO) -> None:
    """All graphs as one, each triple once."""
    for lines in _once(store, options):
        if lines:
            out.write(END.join(lines) + END)


def turtle(store: Store, options: Options, out: BinaryIO) -> None:
    """All graphs as one, grouped by subject, with prefixes."""
    _serialize(chain.from_iterable(_once(store, options)), ox.RdfFormat.TURTLE, out)


def rdfxml(store: Store, options: Options, out: BinaryIO) -> None:
    """All graphs as one."""
    _serialize(chain.from_iterable(_once(store, options)), ox.RdfFormat.RDF_XML, out)


def trig(store: Store, options: Options, out: BinaryIO) -> None:
    """Every graph under its name, grouped by subject, with prefixes."""
    quads = (
        quad
        for graph, lines in _graphs(store, options)
        for quad in ox.parse(_joined(lines, b" <" + graph.encode() + b">"), format=ox.RdfFormat.N_QUADS)
    )
    with _sorted_header(out) as sorted_out:
        ox.serialize(quads, sorted_out, format=ox.RdfFormat.TRIG, prefixes=PREFIXES)


def _serialize(lines: Iterable[bytes], format: ox.RdfFormat, out: BinaryIO) -> None:
    batches = (ox.parse(_joined(batch), format=ox.RdfFormat.N_TRIPLES) for batch in _batches(lines))
    with _sorted_header(out) as sorted_out:
        ox.serialize((q.triple for batch in batches for q in batch), sorted_out, format=format, prefixes=PREFIXES)


@contextmanager
def _sorted_header(out: BinaryIO) -> Iterator[BinaryIO]:
    """The serializer declares prefixes in an order that differs from run to run; this puts them in one order."""
    writer = _HeaderSorter(out)
    yield writer  # type: ignore[misc]
    writer.finish()


class _HeaderSorter:
    """Holds back what is written until the header is complete, then passes everything on."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.held: bytes | None = b""

    def write(self, data: bytes) -> int:
        if self.held is None:
            self.out.write(data)
            return len(data)
        self.held += data
        if len(self.held) > HEADER_BYTES:
            self.finish()
        return len(data)

    def flush(self) -> None:
        self.out.flush()

    def finish(self) -> None:
        if self.held is None:
            return
        held, self.held = self.held, None
        lines = held.split(b"\n")
        count = next((i for i, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
        lines[:count] = sorted(lines[:count])
        text = b"\n".join(lines)
        names = XMLNS.search(text[:HEADER_BYTES])
        if names:
            text = text[: names.start()] + b"".join(sorted(XMLN.findall(names[0]))) + text[names.end() :]
        self.out.write(text)


def _graphs(store: Store, options: Options) -> Iterator[tuple[str, list[bytes]]]:
    """Each graph's name and its lines of N-Triples without their full stop, sorted."""
    selection = select(store, options)
    names = sorted([*selection.graphs, *([selection.reference] if selection.reference else [])])
    left_out = set() if options.evidence else {str(schema().properties[key].iri).encode() for key in EVIDENCE_KEYS}
    for name in names:
        lines = sorted(set(store.dump(name).split(END)))
        yield name, [line for line in lines if line and line.split(b" ", 2)[1] not in left_out]
    yield from _extra(store, options, selection)


def _extra(store: Store, options: Options, selection: Selection) -> Iterator[tuple[str, list[bytes]]]:
    if options.ontology:
        triples = (quad.triple for quad in ontology())
        yield (
            NAMESPACE.rstrip("#"),
            sorted((ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").split(END)[:-1]),
        )
    if options.describe:
        description = describe(store, options, selection)
        yield (
            description.graph,
            sorted((ox.serialize(description.triples, format=ox.RdfFormat.N_TRIPLES) or b"").split(END)[:-1]),
        )


def _once(store: Store, options: Options) -> Iterator[list[bytes]]:
    """The lines of all graphs, each once. Only triples about shared nodes can repeat, so only these are remembered."""
    seen: set[bytes] = set()
    for graph, lines in _graphs(store, options):
        own = b"<" + graph.encode()
        fresh = []
        for line in lines:
            if not line.startswith(own):
                digest = blake2b(line, digest_size=8).digest()
                if digest in seen:
                    continue
                seen.add(digest)
            fresh.append(line)
        yield fresh


def _batches(lines: Iterable[bytes], size: int = 20_000) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for line in lines:
        batch.append(line)
        if len(batch) == size:
            yield batch
            batch = []
    yield batch


def _joined(lines: list[bytes], graph: bytes = b"") -> bytes:
    end = graph + END
    return end.join(lines) + end if lines else b""
