"""SHACL validation, graph by graph: one plan is validated by itself, and again only when it or the shapes changed."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat, serialize

from ontology.model.store import Store
from ontology.schema import schema
from ontology.shapes import shapes

if TYPE_CHECKING:
    from rdflib import Graph


@dataclass(frozen=True, slots=True)
class Violation:
    """What is wrong with a node of a file's graph."""

    file: str
    node: str
    message: str


@dataclass(slots=True)
class Checked:
    """`known` counts the graphs that were found in order before and have not changed."""

    checked: int = 0
    known: int = 0
    violations: list[Violation] = field(default_factory=list)


def validate(store: Store, *, jobs: int = 1, again: bool = False) -> Checked:
    """Validates the plan graphs of the store."""
    report = Checked()
    todo = []
    for name in store.graphs():
        quads = list(store.quads(name))
        file = _file(quads)
        if file is None:
            continue  # the reference graph, which is the program's own
        data = serialize((q.triple for q in quads), format=RdfFormat.N_TRIPLES) or b""
        note = _note(data)
        if note.exists() and not again:
            report.known += 1
        else:
            todo.append((file, data, note))
    for (file, _, note), found in zip(todo, _validated([data for _, data, _ in todo], jobs), strict=True):
        report.checked += 1
        report.violations += [Violation(file, node, message) for node, message in found]
        if not found:
            _remember(note)
    return report


def violations(data: bytes) -> list[tuple[str, str]]:
    """(node, message) for each violation in a graph of N-Triples."""
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
    from rdflib import Graph

    return Graph().parse(data=shapes(), format="turtle")


def _validated(graphs: list[bytes], jobs: int) -> Iterator[list[tuple[str, str]]]:
    if jobs == 1 or len(graphs) < 2:
        yield from map(violations, graphs)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(violations, graphs)


def _file(quads: list[Quad]) -> str | None:
    name = schema().properties["file"].iri
    return next((q.object.value for q in quads if q.predicate == name), None)  # type: ignore[union-attr]


def _note(data: bytes) -> Path:
    """The empty file that says that this graph was found in order under these shapes."""
    cache_home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache_home / "plan-kg" / "checked" / sha256(data + shapes().encode()).hexdigest()


def _remember(note: Path) -> None:
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.touch()
    except OSError:
        return  # no cache on this machine: the graph is validated again next time
