"""Statements of N-Triples as lines without the full stop. `Unique` sorts any number of them in bounded memory."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from heapq import merge
from itertools import groupby
from tempfile import TemporaryFile
from typing import IO

from ontology.schema import schema

STATEMENT_END = b" .\n"
MAX_LINES_IN_MEMORY = 50_000  # lines, at some 300 bytes each
LINES_PER_BATCH = 20_000


def split(data: bytes) -> list[bytes]:
    """The statements of N-Triples, without the STATEMENT_END that pyoxigraph writes after each, sorted by their bytes,
    each once: b'<a> <b> "c" .\\n' -> [b'<a> <b> "c"']."""
    return sorted({line for line in data.split(STATEMENT_END) if line})


def without(lines: list[bytes], keys: Sequence[str]) -> list[bytes]:
    """The lines, in their order, whose predicate is none of the ontology's properties with these keys. Raises KeyError
    for the key of no property."""
    predicates = {str(schema().properties[key].iri).encode() for key in keys}
    return [line for line in lines if line.split(b" ", 2)[1] not in predicates] if predicates else lines


def joined(lines: list[bytes], graph: bytes = b"") -> bytes:
    """N-Triples with these lines, which have no full stop, each with its own; with `graph` (b' <IRI>'), put behind each
    line, N-Quads. b'' without lines."""
    end = graph + STATEMENT_END
    return end.join(lines) + end if lines else b""


def batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The lines in lists of LINES_PER_BATCH (20,000), the last one shorter, in their order; no list is empty."""
    batch: list[bytes] = []
    for line in lines:
        batch.append(line)
        if len(batch) == LINES_PER_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


class Unique:
    """A sorted set of lines of any size: lines are added, then iterating over it gives each of them once, sorted by
    their bytes. It may be iterated once alone; where lines were moved to files, the second time raises ValueError.
    Whenever MAX_LINES_IN_MEMORY (50,000) or more lines are held after a call of `add`, they are sorted and moved to a
    temporary file."""

    def __init__(self) -> None:
        self.held: set[bytes] = set()
        self.files: list[IO[bytes]] = []
        self.stack = ExitStack()

    def add(self, lines: Iterable[bytes]) -> None:
        """Adds lines, each without its line break; they may have been added before. Moves all that are held to a
        temporary file where they are then MAX_LINES_IN_MEMORY (50,000) or more."""
        self.held.update(lines)
        if len(self.held) >= MAX_LINES_IN_MEMORY:
            file = self.stack.enter_context(TemporaryFile())  # noqa: SIM115 (it lives as long as the stack)
            file.writelines(line + b"\n" for line in sorted(self.held))
            file.seek(0)
            self.files.append(file)
            self.held = set()

    def __iter__(self) -> Iterator[bytes]:
        with self.stack:
            runs = [(line[:-1] for line in file) for file in self.files]
            for line, _ in groupby(merge(*runs, sorted(self.held))):
                yield line
