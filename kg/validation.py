"""SHACL validation, graph by graph: one plan is validated by itself, and again only when it or the shapes changed."""

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
    `message` says what is wrong."""

    file: str
    node: str
    message: str


@dataclass(slots=True)
class Checked:
    """The result of a validation: `checked` graphs were validated now, `known` ones were found valid before and have
    not changed since."""

    checked: int = 0
    known: int = 0
    violations: list[Violation] = field(default_factory=list)


def validate(store: Store, *, jobs: int = 1, again: bool = False) -> Checked:
    """Validates the graphs of the store's plans in `jobs` processes. A graph that was found valid before and has not
    changed is not validated once more, unless `again`."""
    report = Checked()
    whole = _note(store.stamp.encode()) if isinstance(store, Stamped) and store.stamp else None
    if whole is not None and not again and (known := _read(whole)) is not None:
        report.known = known
        return report

    def todo() -> Iterator[tuple[str, bytes]]:
        """The file's name and the graph of each plan that has to be validated; counts the others in the report."""
        for name in store.graphs():
            data = b"".join(sorted(store.dump(name).splitlines(keepends=True)))
            file = _file(data)
            if file is None:
                continue  # the reference graph, which is the program's own
            if not again and _note(data).exists():
                report.known += 1
            else:
                yield file, data

    for file, data, found in _validated(todo(), jobs):
        report.checked += 1
        report.violations += [Violation(file, node, message) for node, message in found]
        if not found:
            _remember(_note(data))
    if whole is not None and not report.violations:
        _remember(whole, f"{report.checked + report.known}\n")
    return report


def violations(data: bytes) -> list[tuple[str, str]]:
    """(node, message) for each violation in a graph of N-Triples; none for a valid one."""
    return [] if conforms(data) else shacl_violations(data)


def shacl_violations(data: bytes) -> list[tuple[str, str]]:
    """The same result as `violations`, by the SHACL processor alone, which takes about thirty times as long for a valid
    graph."""
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
    """The SHACL shapes of the ontology."""
    from rdflib import Graph

    return Graph().parse(data=shapes(), format="turtle")


Found = list[tuple[str, str]]


def _validated(graphs: Iterator[tuple[str, bytes]], jobs: int) -> Iterator[tuple[str, bytes, Found]]:
    """(file, graph, violations) for each of the (file, graph), in order. At most a few graphs for each of the `jobs`
    processes are in memory at once.

    Processes are forked, so that no child looks for modules in the working directory; where a system cannot fork, this
    process does the work alone.
    """
    if jobs == 1 or "fork" not in get_all_start_methods():
        for file, data in graphs:
            yield file, data, violations(data)
        return
    with ProcessPoolExecutor(jobs, get_context("fork")) as pool:
        running: deque[tuple[str, bytes, Future[Found]]] = deque()
        for file, data in graphs:
            running.append((file, data, pool.submit(violations, data)))
            if len(running) > 2 * jobs:
                file, data, done = running.popleft()
                yield file, data, done.result()
        for file, data, done in running:
            yield file, data, done.result()


def _file(data: bytes) -> str | None:
    """The file's name that a graph of N-Triples states; None for a graph that is no plan's."""
    predicate = re.escape(str(schema().properties["file"].iri).encode())
    line = re.search(rb"^[^ ]+ " + predicate + rb" .*$", data, re.MULTILINE)
    if line is None:
        return None
    (triple,) = parse(line[0], format=RdfFormat.N_TRIPLES)
    value: str = triple.object.value
    return value


def _note(data: bytes) -> Path:
    """The path of the file in the user's cache that exists when `data` is known to be valid under the present shapes: a
    graph as N-Triples, or the stamp of a whole store."""
    return user_cache() / "checked" / sha256(data + shapes().encode()).hexdigest()


def _remember(note: Path, words: str = "") -> None:
    """Writes a note with these words, if the cache can be written."""
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(words, "utf-8")
    except OSError:
        return  # no cache on this machine: the graph is validated again next time


def _read(note: Path) -> int | None:
    """The number of graphs that a store's note records; None where there is no such note, or it cannot be read or has
    no number."""
    try:
        return int(note.read_text("utf-8"))
    except (OSError, ValueError):
        return None
