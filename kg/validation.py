"""SHACL validation, graph by graph: one plan is validated by itself and, once it was found valid, again only when it or
the shapes changed, or that is wanted."""

import re
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

from kg.stores.cache import user_cache
from ontology.conformity import conforms
from ontology.model.store import Stamped, Store
from ontology.schema import schema
from ontology.shapes import shapes

if TYPE_CHECKING:
    from rdflib import Graph


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule of the ontology that a node breaks: `file` is the name of the plan's file, `node` the IRI of the node, and
    `message` the message of the SHACL shape."""

    file: str
    node: str
    message: str


@dataclass(slots=True)
class Checked:
    """The result of a validation: the number of graphs that were `checked` now, the number of those `unchanged` since
    they were found valid before, and the violations in the former."""

    checked: int = 0
    unchanged: int = 0
    violations: list[Violation] = field(default_factory=list)


def validate(store: Store, *, jobs: int = 1, again: bool = False) -> Checked:
    """Validates the graphs of the store's plans in `jobs` processes (1: in this one); graphs that state no file name,
    such as the reference graph, are left out. Each graph that is found valid is noted in the user's cache, and counted
    as unchanged the next time instead of being validated. Where no graph has a violation, the store's stamp is noted
    too, if it has one (`Stamped`), with the number of its graphs; a store whose stamp is noted is not read, and all its
    graphs are counted as unchanged. With `again` the notes are not used, only written."""
    report = Checked()
    store_note = _note(store.stamp.encode()) if isinstance(store, Stamped) and store.stamp else None
    if store_note is not None and not again and (count := _read(store_note)) is not None:
        report.unchanged = count
        return report

    def todo() -> Iterator[tuple[str, bytes]]:
        """The file's name and the graph, its lines sorted, of each plan whose graph, as it is now, is not noted as
        valid, with `again` of all plans; counts the others as unchanged in the report. Graphs that state no file name
        are neither."""
        for name in store.graphs():
            data = b"".join(sorted(store.dump(name).splitlines(keepends=True)))
            file = _file(data)
            if file is None:
                continue  # the reference graph, which is the program's own
            if not again and _note(data).exists():
                report.unchanged += 1
            else:
                yield file, data

    for file, data, broken in _validated(todo(), jobs):
        report.checked += 1
        report.violations += [Violation(file, node, message) for node, message in broken]
        if not broken:
            _write_note(_note(data))
    if store_note is not None and not report.violations:
        _write_note(store_note, f"{report.checked + report.unchanged}\n")
    return report


def violations(data: bytes) -> list[tuple[str, str]]:
    """(IRI of the node, message) for each violation in a graph of N-Triples, sorted; none for a valid one. A graph is
    given to the SHACL processor only where the faster `conforms` does not find it valid."""
    return [] if conforms(data) else shacl_violations(data)


def shacl_violations(data: bytes) -> list[tuple[str, str]]:
    """(IRI of the node, message) for each violation in a graph of N-Triples, sorted, as `violations` returns them, but
    by the SHACL processor alone, which takes more than ten times as long for a valid graph."""
    import pyshacl
    from rdflib import Graph
    from rdflib.namespace import SH

    _, results, _ = pyshacl.validate(Graph().parse(data=data, format="nt"), shacl_graph=_shapes(), inference="none")
    assert isinstance(results, Graph)
    return sorted(
        (str(results.value(result, SH.focusNode)), str(results.value(result, SH.resultMessage)))
        for result in results.subjects(None, SH.ValidationResult)
    )


@cache
def _shapes() -> "Graph":
    """The SHACL shapes of the ontology, read once for each process."""
    from rdflib import Graph

    return Graph().parse(data=shapes(), format="turtle")


Broken = list[tuple[str, str]]  # the result of `violations`


def _validated(graphs: Iterator[tuple[str, bytes]], jobs: int) -> Iterator[tuple[str, bytes, Broken]]:
    """(file, graph, violations) for each of the (file, graph), in order. About two graphs for each of the `jobs`
    processes are in memory at once.

    Processes are forked, so that no child looks for modules in the working directory; with one job, and where a system
    cannot fork, this process does the work alone.
    """
    if jobs == 1 or "fork" not in get_all_start_methods():
        for file, data in graphs:
            yield file, data, violations(data)
        return
    with ProcessPoolExecutor(jobs, get_context("fork")) as pool:
        running: deque[tuple[str, bytes, Future[Broken]]] = deque()
        for file, data in graphs:
            running.append((file, data, pool.submit(violations, data)))
            if len(running) > 2 * jobs:
                file, data, result = running.popleft()
                yield file, data, result.result()
        for file, data, result in running:
            yield file, data, result.result()


def _file(data: bytes) -> str | None:
    """The first file name that a graph of N-Triples states; None for a graph that states none, which is no plan's."""
    predicate = re.escape(str(schema().properties["file"].iri).encode())
    line = re.search(rb"^[^ ]+ " + predicate + rb" .*$", data, re.MULTILINE)
    if line is None:
        return None
    (triple,) = parse(line[0], format=RdfFormat.N_TRIPLES)
    value: str = triple.object.value
    return value


def _note(data: bytes) -> Path:
    """The path of the file in the user's cache that exists once `data`, a graph as N-Triples or the stamp of a store,
    was found valid under the present shapes."""
    return user_cache() / "checked" / sha256(data + shapes().encode()).hexdigest()


def _write_note(note: Path, text: str = "") -> None:
    """Writes a note with this text in place of what it had, and makes its folder; does nothing where the cache cannot
    be written."""
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(text, "utf-8")
    except OSError:
        return  # no cache on this machine: the graph is validated again next time


def _read(note: Path) -> int | None:
    """The number of graphs that a store's note records; None where there is no such note, or it cannot be read or has
    no number."""
    try:
        return int(note.read_text("utf-8"))
    except (OSError, ValueError):
        return None
