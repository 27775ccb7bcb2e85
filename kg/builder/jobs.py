"""What is asked of a process that reads plans, and what it answers; importing this costs no extractor.

The functions are names for those of `kg.builder.extraction`, which the process that does the work imports.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.readers.limits import Limits
from extractors.readers.provenance import UNKNOWN, Provenance
from kg.builder.stamp import Stamp
from ontology.model.corrections import Correction

if TYPE_CHECKING:
    from ontology.model.facts import Fact, Passage
    from ontology.model.source import Source


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read; `sha256` is that of the bytes that the build saw, `stamp` what the graph is to be made with.

    `number` is not 1 where another file of the same name holds the same plan (`Iris.document`).
    """

    path: str
    sha256: str
    stamp: Stamp
    base: str
    limits: Limits
    corrections: tuple[Correction, ...] = ()
    number: int = 1
    known: Provenance = UNKNOWN  # what a table or a file beside it says of its source


@dataclass(frozen=True, slots=True)
class Extracted:
    """The result of a file: its graph as N-Quads, None where the process that read it has written it already;
    `counts` are the facts by kind."""

    document: str
    generator: str
    nquads: bytes | None
    counts: dict[str, int]
    notes: tuple[str, ...]
    suspicious: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """A file to read for a person; `data` is its content where that comes from standard input."""

    path: str
    data: bytes | None
    limits: Limits


@dataclass(frozen=True, slots=True)
class Step:
    """What a process says while it works on a file, for the progress bar: "page 3 of 60 by OCR"."""

    text: str


def run(job: Job) -> Extracted:
    """See `kg.builder.extraction.run`, also for the functions below."""
    from kg.builder import extraction

    return extraction.run(job)


def look(job: Look) -> "Source":
    """Reads one file and extracts nothing."""
    from kg.builder import extraction

    return extraction.look(job)


def look_closely(job: Look) -> "tuple[Source, list[Fact]]":
    """Reads one file, and returns its source and its facts."""
    from kg.builder import extraction

    return extraction.look_closely(job)


def look_as_graph(job: Look) -> tuple[str, bytes]:
    """Reads one file, and returns the IRI of its graph, and the graph as N-Quads."""
    from kg.builder import extraction

    return extraction.look_as_graph(job)


def account_of(job: Look) -> "tuple[str, str, list[Passage]]":
    """The plan's title, the file's name, and the account of its text."""
    from kg.builder import extraction

    return extraction.account_of(job)
