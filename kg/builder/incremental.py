"""Plan files -> store: what is new or changed is read, what is unchanged is left alone, plans whose file is gone are
removed where that is wanted, and duplicates are found."""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypedDict, Unpack

from pyoxigraph import Quad

from extractors.readers import Limits, content, legible
from extractors.readers.provenance import Provenance, beside
from extractors.version import generator
from kg.builder.duplicates import find_duplicates
from kg.builder.finding import FoundFiles, find, is_there
from kg.builder.reference import load_reference
from kg.builder.shards import Shards
from kg.builder.sources import source_of
from kg.builder.stamp import Stamp
from kg.corrections.files import correction_files, load
from ontology.iris import DEFAULT_BASE, base_of
from ontology.model.corrections import Correction, relevant
from ontology.model.corrections import digest as digest_of
from ontology.model.derived import Duplicate
from ontology.model.errors import Refused
from ontology.model.store import Record, Store
from queries.presets import preset

if TYPE_CHECKING:
    from kg.builder.jobs import Extracted, Job


@dataclass(slots=True)
class BuildReport:
    """What a build did. `loaded`, `unchanged` and `removed` are the paths of files; `refused` and `notes` are (path,
    remark); `facts` counts the facts of the loaded files by kind, `skipped` the files without a reader by (kind,
    suffix), as `FoundFiles` has them, and `duplicates` are those of the whole store (none for a build into shards).
    `suspicious` are the paths of loaded files with passages that look like facts and were not understood."""

    loaded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    facts: Counter[str] = field(default_factory=Counter)
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)
    duplicates: list[Duplicate] = field(default_factory=list)
    suspicious: list[str] = field(default_factory=list)

    def refusals(self) -> list[str]:
        """The message of each refused file, which begins with the file's path, because several folders may have a file
        of that name: relative to the working directory where the file is below that, else as `refused` has it. The path
        or name with which the remark begins itself is left out: ('/here/plans/a.txt', 'a.txt: is empty') ->
        'plans/a.txt: is empty'."""
        messages = []
        for path, remark in self.refused:
            relative = os.path.relpath(path)
            shown = path if relative.startswith("..") else relative
            without = remark.removeprefix(f"{path}: ").removeprefix(f"{os.path.basename(path)}: ")
            messages.append(f"{shown}: {without}")
        return messages


class BuildTarget(Protocol):
    """The methods of a store that a build uses; `ontology.model.store.Store` describes them. A folder of shards
    (`kg.builder.shards.Shards`) has them too."""

    def records(self) -> list[Record]:
        """The records of loaded files, sorted by path."""
        ...

    def load(self, plans: "Iterable[tuple[Record, Any]]") -> None: ...
    def forget(self, paths: Iterable[str]) -> None: ...
    def reference(self) -> str | None: ...
    def load_reference(self, fingerprint: str, quads: Sequence[Quad]) -> None: ...


Extract = Callable[["Iterable[Job]", int], "Iterator[tuple[Job, Extracted | Refused]]"]
Progress = Callable[[int, int, str], None]  # files read, files to read, name of the file
Agree = Callable[[list[str], int], bool]  # paths of plans that are gone, number of plans below the same folders
# To remove more than one of so many plans looks like a folder that was moved: somebody has to agree.
PLANS_PER_REMOVAL = 5


def few(gone: list[str], plans: int) -> bool:
    """Whether so few plans are gone that they may be removed without asking: at most one in PLANS_PER_REMOVAL (5).
    `gone` are their paths, `plans` is the number of plans below the same folders, these included."""
    return len(gone) * PLANS_PER_REMOVAL <= plans


class BuildOptions(TypedDict, total=False):
    """The keyword arguments of a build.

    `jobs` is the number of processes that read files (1). With `prune` (False), plans are removed whose file is gone
    from a folder or archive that was named and could be read, if `agree` (`few`) returns True for their paths and the
    number of plans below the same folders; else none is removed, which is one remark under `refused`. `limits` (None
    for the default ones) bound the size of a file and the time for it. With `text` (True) the graph of each plan has
    the text of its file. `sources` (None for none) has the provenance of files (`kg.builder.sources.read_sources`),
    which goes before what a file beside a plan or the plan itself states. `progress` is called with the number of files
    read so far, the number of files to read, and a text: before the first file that is read with '', after each file
    with its name, and for each message of a reader with 'name: message'."""

    jobs: int
    prune: bool
    agree: Agree
    limits: Limits | None
    text: bool
    sources: Mapping[str, Provenance] | None
    progress: Progress


def build(
    paths: Iterable[Path], store: Store, *, base: str = DEFAULT_BASE, **options: Unpack[BuildOptions]
) -> BuildReport:
    """Brings the store up to date with the files at the paths, with the corrections of $KG_CORRECTIONS or beside the
    plans, and finds duplicates; can be run again at any time. `base` is the IRI below which the IRIs of data are made.

    Each file is written completely or not at all, so an interrupted build leaves only complete plans, and the next
    build continues from there. Files that cannot be used are in the report (`refused`); raises Refused where the store
    or a file of corrections cannot be used."""
    paths = list(paths)
    corrections = load(correction_files(None, paths))
    titles: dict[str, str] = {}
    if corrections:
        titles = dict(preset("documents").run(store).of(("document", "plan")).rows)  # type: ignore[arg-type]
    report = _build(paths, store, _Corrected(corrections, titles), base=base, **options)
    report.duplicates = find_duplicates(store, base)
    return report


def build_shards(
    paths: Iterable[Path],
    shards: Shards,
    *,
    base: str = DEFAULT_BASE,
    extract: Extract | None = None,
    **options: Unpack[BuildOptions],
) -> BuildReport:
    """Brings a folder of shards up to date with the files at the paths, as `build` does with a store, but does not look
    for duplicates, which are found when the shards are loaded into a store. `extract`, where given, is called with jobs
    and a number of processes, at most `jobs`, in place of reading the files by processes of this machine. A plan that a
    correction names by its title alone is read anew by each build, since shards do not state their titles."""
    paths = list(paths)
    corrected = _Corrected(load(correction_files(None, paths)), {})
    return _build(paths, shards, corrected, base=base, extract=extract, **options)


def _build(
    paths: Iterable[Path],
    target: BuildTarget,
    corrected: "_Corrected",
    *,
    jobs: int = 1,
    prune: bool = False,
    agree: Agree = few,
    base: str = DEFAULT_BASE,
    limits: Limits | None = None,
    text: bool = True,
    sources: Mapping[str, Provenance] | None = None,
    progress: Progress = lambda done, total, name: None,
    extract: Extract | None = None,
) -> BuildReport:
    """Reads into the target what is new or changed, the reference graph first, and removes the plans whose file is gone
    where `prune` says so; see `BuildOptions`. Duplicates are left to the caller. `corrected` has the corrections
    to apply; `extract` is that of `build_shards`. Raises Refused where the target cannot be used."""
    limits = limits or Limits()
    report = BuildReport()
    records = {record.path: record for record in target.records()}
    load_reference(target, base)
    found = find(paths, limits)
    report.refused += found.refused
    report.notes += found.notes
    report.skipped = found.skipped
    stamp = Stamp(generator(), limits.ocr, text)
    work = _stale(found.files, records, stamp, corrected, base, limits, sources or {}, report)
    if work:
        target.load(_Loading(records, jobs, report, progress, extract).read(work))
    if prune:
        _prune(target, records, found, agree, report)
    return report


def _stale(
    files: Iterable[str],
    records: Mapping[str, Record],
    stamp: Stamp,
    corrected: "_Corrected",
    base: str,
    limits: Limits,
    sources: Mapping[str, Provenance],
    report: BuildReport,
) -> "list[Job]":
    """A job for each of the files (absolute paths) that has to be read: all but those whose record in the target
    (`records`, by path) has the digest of the file's bytes, the base, and a stamp that serves `stamp` with the file's
    corrections and provenance. Adds the others to the report as unchanged, and those that cannot be read as refused."""
    from kg.builder.jobs import Job

    work = []
    for file in files:
        try:
            digest = sha256(content(Path(file), limits)).hexdigest()
        except Refused as refusal:
            report.refused.append((file, str(refusal)))
            continue
        provenance = source_of(file, sources).over(beside(Path(file)))
        required = replace(stamp, source=provenance.digest)
        record = records.get(file)
        if (
            record
            and record.sha256 == digest
            and base_of(record.document) == base
            and Stamp.read(record.generator).serves(replace(required, corrections=corrected.digest(record)))
        ):
            report.unchanged.append(file)
        else:
            work.append(Job(file, digest, required, base, limits, corrected.corrections, known=provenance))
    return work


def _prune(
    target: BuildTarget, records: Mapping[str, Record], found: FoundFiles, agree: Agree, report: BuildReport
) -> None:
    """Removes from the target the files of `records` (by path) that are gone: that lie where the build looked
    (`FoundFiles.listed`) and were not found; adds them to the report. Does nothing where none is gone. Where `agree`,
    called with their paths and the number of records where the build looked, does not return True, none is removed, and
    the report has a remark under `refused`."""
    listed = [path for path in records if found.listed(path)]
    gone = sorted(set(listed) - set(found.files))
    if gone and not agree(gone, len(listed)):
        names = ", ".join(os.path.basename(path) for path in gone[:3]) + (", …" if len(gone) > 3 else "")
        reason = f"--prune would remove {len(gone)} of {len(listed)} plans ({names}); give --yes to let it"
        report.refused.append((os.path.commonpath(gone), reason))
    elif gone:
        target.forget(gone)
        report.removed = gone


class _Corrected:
    """The corrections that a build applies, and the titles of the plans that the store has by the IRI of their
    document, since a correction may name a plan by its title."""

    def __init__(self, corrections: Sequence[Correction], titles: Mapping[str, str]) -> None:
        self.corrections = tuple(corrections)
        self.titles = titles

    def digest(self, record: Record) -> str:
        """The digest, as a stamp has it, of the corrections with which the record's file is read (`relevant`): those
        that name the file, or the title of its plan where `titles` has the record's document, and all that merge or
        part regions and organizations."""
        name, title = legible(os.path.basename(record.path)), self.titles.get(record.document)
        return digest_of(relevant(self.corrections, name, title))


class _Loading:
    """The files to load, while they are being read. `records` are those of the target by path; `report` is added to;
    `jobs`, `progress` and `extract` are those of `_build`.

    Two files of one name in different folders that hold one plan, in different bytes, would have the same document IRI.
    A file that the target has, that is still there (`is_there`) and that this build does not read keeps the IRI, else
    the file whose path sorts first; any other gets an IRI with a number. A file's document is known only when it has
    been read, so the others are then read again.
    """

    def __init__(
        self, records: Mapping[str, Record], jobs: int, report: BuildReport, progress: Progress, extract: Extract | None
    ) -> None:
        self.jobs, self.report, self.progress = jobs, report, progress
        self.extract = extract or partial(_by_processes, on_message=self.step)
        self.digests: dict[str, dict[str, str]] = defaultdict(dict)  # document -> path -> SHA-256
        self.records = records
        self.loaded: dict[str, Extracted] = {}  # without their graphs

    def read(self, work: "list[Job]") -> Iterator[tuple[Record, bytes | None]]:
        """The record and the graph (N-Quads) of each file of `work` that can be used, in the order in which the files
        are read; None in place of a graph that is written already. Begins to count the files anew, with a call
        progress(0, number of files, ''). Adds the results to the report, those of the loaded files when all are read.

        A file that gets a numbered document is read again and returned after all others. It is returned twice where it
        had been returned with the plain document before the file was read that keeps the plain document.
        """
        own = {job.path for job in work}
        for path, record in self.records.items():
            if path not in own and is_there(Path(path)):
                self.digests[record.document][path] = record.sha256
        self.files, self.done = len(work), 0
        self.progress(0, self.files, "")
        again: list[Job] = []
        yield from self._read_all(work, again)
        yield from self._read_numbered(again)
        for path, answer in self.loaded.items():
            self.report.loaded.append(path)
            self.report.notes += [(path, note) for note in answer.notes]
            self.report.facts.update(answer.counts)
            self.report.suspicious += [path] if answer.suspicious else []

    def _read_all(self, work: "list[Job]", again: "list[Job]") -> Iterator[tuple[Record, bytes | None]]:
        """The results of `read` for the files of `work` that keep the plain IRI of their document, as far as that is
        known when they are read, in the order in which they are read. Adds to `again` the jobs of all others, also that
        of a file returned before the one that keeps the IRI was read. Files that cannot be used go into the report as
        refused. Calls `progress` after each file."""
        own = {job.path for job in work}
        for done, (job, answer) in enumerate(self.extract(work, max(1, min(self.jobs, len(work)))), 1):
            self.done = done
            if isinstance(answer, Refused):
                self.report.refused.append((job.path, str(answer)))
            else:
                others = {path for path, digest in self.digests[answer.document].items() if digest != job.sha256}
                if not others or (others <= own and job.path < min(others)):
                    again += [other for other in work if other.path in others]
                    for path in others:
                        del self.digests[answer.document][path]
                    yield self.result(job, answer)
                else:
                    again.append(job)
            self.progress(self.done, self.files, os.path.basename(job.path))

    def _read_numbered(self, jobs: "list[Job]") -> Iterator[tuple[Record, bytes | None]]:
        """The records and graphs (None for a graph that is written already) of files that are read again, in the order
        of their paths. Each gets the first number (`Job.number`), above that of its job, that gives it a document that
        no other file has, as the number is part of the document's IRI. Adds files that cannot be used to the report as
        refused."""
        for job in sorted(jobs, key=lambda job: job.path):
            while True:
                job = replace(job, number=job.number + 1)
                ((_, answer),) = self.extract([job], 1)
                if isinstance(answer, Refused):
                    self.report.refused.append((job.path, str(answer)))
                    break
                if not set(self.digests[answer.document]) - {job.path}:
                    yield self.result(job, answer)
                    break

    def step(self, path: str, text: str) -> None:
        """Calls `progress` with the number of files read so far and a message (`text`) that the reader of the file at
        `path` gives while it reads: '规划.pdf: page 3 of 60 by OCR'."""
        self.progress(self.done, self.files, f"{os.path.basename(path)}: {text}")

    def result(self, job: "Job", answer: "Extracted") -> tuple[Record, bytes | None]:
        """The record and the graph of a file that was read. Notes that the file has this document and is loaded."""
        self.digests[answer.document][job.path] = job.sha256
        self.loaded[job.path] = replace(answer, nquads=None)
        return Record(job.path, answer.document, job.sha256, answer.generator), answer.nquads


def _by_processes(
    work: "Iterable[Job]", count: int, on_message: Callable[[str, str], None]
) -> "Iterator[tuple[Job, Extracted | Refused]]":
    """Each job with its result, read by `count` processes of this machine; `on_message` is called with a file's path
    and each message of its reader on the way."""
    from kg.builder.workers import extract_all

    return extract_all(work, count, on_message)
