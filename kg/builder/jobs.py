"""The jobs of a process that reads plan files, and its answers; importing this module imports none of the code that
reads a format or finds facts.

Each function calls the one of the same name in `kg.builder.extraction`, whose docstring says more, and imports it only
then, in the process that does the work.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.readers.limits import Limits
from extractors.readers.provenance import UNKNOWN_PROVENANCE, Provenance
from kg.builder.stamp import Stamp
from ontology.model.corrections import Correction

if TYPE_CHECKING:
    from ontology.model.facts import Fact, Passage
    from ontology.model.source import Source


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read for a build. `path` is absolute, `sha256` that of the bytes that the build saw, `stamp` what the
    graph is to be made with, `limits` what reading it may cost, `base` the IRI below which its IRIs are made,
    `corrections` all corrections of the build, `known` the address and day of the file that a table of sources or a
    file beside it states. `number` is not 1 where another file of the same name holds the same plan (`Iris.document`).
    """

    path: str
    sha256: str
    stamp: Stamp
    base: str
    limits: Limits
    corrections: tuple[Correction, ...] = ()
    number: int = 1
    known: Provenance = UNKNOWN_PROVENANCE


@dataclass(frozen=True, slots=True)
class Extracted:
    """The result of a job: `document` is the IRI of the graph, `generator` the stamp that it was made with, `nquads`
    the graph, None where the process that read the file has written it already. `counts` has the number of facts of
    each kind ('Target') other than Passage, `notes` are remarks for the user, and `suspicious` is the number of
    passages that look like facts and were not understood."""

    document: str
    generator: str
    nquads: bytes | None
    counts: dict[str, int]
    notes: tuple[str, ...]
    suspicious: int = 0


@dataclass(frozen=True, slots=True)
class FileJob:
    """A file to read for a command that shows it, not for a build. `data` is the content where that comes from standard
    input, with `path` as its name; with None the file at the path is read."""

    path: str
    data: bytes | None
    limits: Limits


@dataclass(frozen=True, slots=True)
class Step:
    """A message of a process while it works on a file, for the progress bar: "page 3 of 60 by OCR"."""

    text: str


def run(job: Job) -> Extracted:
    """Reads one file and makes its graph; raises Refused where it cannot be used. See `kg.builder.extraction.run`."""
    from kg.builder import extraction

    return extraction.run(job)


def read_source(job: FileJob) -> "Source":
    """The source of one file, without facts; raises Refused where it cannot be read."""
    from kg.builder import extraction

    return extraction.read_source(job)


def read_facts(job: FileJob) -> "tuple[Source, list[Fact]]":
    """The source of one file and its facts, the plan's own first, without corrections; raises Refused where it cannot
    be read or has no plan."""
    from kg.builder import extraction

    return extraction.read_facts(job)


def read_graph(job: FileJob) -> tuple[str, bytes]:
    """The IRI of one file's graph, and the graph, with the text and without corrections, as N-Quads; raises Refused
    where the file cannot be read or has no plan."""
    from kg.builder import extraction

    return extraction.read_graph(job)


def account_of(job: FileJob) -> "tuple[str, str, list[Passage]]":
    """The plan's title, the file's name, and the account of its text, sorted by start; raises Refused where the file
    cannot be read or has no plan."""
    from kg.builder import extraction

    return extraction.account_of(job)
