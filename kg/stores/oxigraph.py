"""The embedded store: an Oxigraph (RocksDB) folder with a marker file beside it."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal as OneOf
from typing import Self

import pyoxigraph as ox

from kg.model.errors import KgError, Refused, Usage
from kg.model.store import Record, Scalar, Table
from kg.stores.binding import bind
from kg.stores.state import STATE, fingerprint_quads, read_fingerprint, read_records, record_quads
from kg.stores.terms import data_block, first_line, python_value
from ontology.graph import sort_key
from ontology.iris import Iris

MARKER = "plan-kg.json"
FORMAT = 1


@dataclass(slots=True)
class OxigraphStore:
    """A store folder. Open for writing by one process at a time; readers see it as it was when they opened it."""

    path: Path
    inner: ox.Store
    reference_graph: ox.NamedNode
    write: bool
    language: OneOf["sparql", "cypher"] = "sparql"

    @classmethod
    def open(cls, address: str, *, write: bool = False) -> "OxigraphStore":
        path = Path(address)
        _check_marker(path, write)
        data = str(path / "quads")
        try:
            inner = ox.Store(data) if write else ox.Store.read_only(data)
        except (OSError, RuntimeError) as error:
            if "lock" in str(error).lower():
                raise Refused(f"store {path}: another process is writing to it; wait for it or stop it") from None
            raise Refused(f"store {path}: cannot be opened: {first_line(error)}") from None
        return cls(path, inner, Iris(os.environ.get("KG_BASE", Iris().base)).reference(), write)

    def records(self) -> list[Record]:
        return read_records(self.inner.quads_for_pattern(None, None, None, STATE))

    def load(self, record: Record, quads: Sequence[ox.Quad]) -> None:
        before = {known.path: known for known in self.records()}
        old = before.get(record.path)
        stale = old.document if old and old.document != record.document else None
        kept = {known.document for path, known in before.items() if path != record.path}
        with self._writing():
            if old is None and record.document not in kept:
                # A new file: one transaction, four times as fast as the update below.
                self.inner.extend([*quads, *record_quads(record)])
                return
            graph = ox.NamedNode(record.document)
            doomed = {graph} | ({ox.NamedNode(stale)} if stale and stale not in kept else set())
            self._replace(
                doomed,
                [q for r in ([old] if old else []) for q in record_quads(r)],
                [*quads, *record_quads(record)],
            )

    def forget(self, paths: Iterable[str]) -> None:
        gone = set(paths)
        records = self.records()
        kept = {record.document for record in records if record.path not in gone}
        lost = [record for record in records if record.path in gone]
        with self._writing():
            self._replace(
                {ox.NamedNode(record.document) for record in lost if record.document not in kept},
                [quad for record in lost for quad in record_quads(record)],
                [],
            )

    def reference(self) -> str | None:
        return read_fingerprint(self.inner.quads_for_pattern(None, None, None, STATE))

    def load_reference(self, fingerprint: str, quads: Sequence[ox.Quad]) -> None:
        old = self.reference()
        with self._writing():
            self._replace(
                {self.reference_graph},
                fingerprint_quads(old) if old else [],
                [*quads, *fingerprint_quads(fingerprint)],
            )

    def query(self, text: str, parameters: Mapping[str, Scalar] | None = None) -> Table:
        try:
            results = self.inner.query(bind(text, parameters or {}), use_default_graph_as_union=True)
        except (SyntaxError, ValueError) as error:
            raise Usage(f"SPARQL: {first_line(error)}") from None
        return to_table(results)

    def graphs(self) -> list[str]:
        return sorted(g.value for g in self.inner.named_graphs() if g != STATE and isinstance(g, ox.NamedNode))

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        return iter(sorted(self.inner.quads_for_pattern(None, None, None, ox.NamedNode(graph)), key=sort_key))

    def dump(self, graph: str) -> bytes:
        return self.inner.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph)) or b""

    def close(self) -> None:
        if self.write:
            self.inner.flush()
        self.inner = ox.Store()  # lets go of the folder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _replace(self, graphs: set[ox.NamedNode], remove: Sequence[ox.Quad], add: Sequence[ox.Quad]) -> None:
        """Drops graphs, removes and adds quads in one transaction: a SPARQL update request is one."""
        steps = [f"DROP SILENT GRAPH {graph}" for graph in sorted(graphs, key=str)]
        if remove:
            steps.append(f"DELETE DATA {{ {data_block(remove)} }}")
        if add:
            steps.append(f"INSERT DATA {{ {data_block(add)} }}")
        if steps:
            self.inner.update(" ;\n".join(steps))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise Refused(
                f"store {self.path}: cannot be written ({first_line(error)}); nothing of this file was kept"
            ) from None


def to_table(results: object) -> Table:
    """What pyoxigraph answers, as a table: solutions, a truth value, or triples."""
    if isinstance(results, ox.QuerySolutions):
        names = tuple(variable.value for variable in results.variables)
        return Table(names, [tuple(python_value(term) for term in row) for row in results])
    if isinstance(results, ox.QueryBoolean):
        return Table(("answer",), [(bool(results),)])
    if isinstance(results, ox.QueryTriples):
        return Table(
            ("subject", "predicate", "object"),
            [tuple(map(str, (t.subject, t.predicate, t.object))) for t in results],
        )
    raise KgError(f"unexpected answer {type(results).__name__}")


def _check_marker(path: Path, write: bool) -> None:
    marker = path / MARKER
    if marker.is_file():
        try:
            found = json.loads(marker.read_text("utf-8")).get("format")
        except (OSError, ValueError, AttributeError):
            raise Refused(f"store {path}: {MARKER} is damaged; build into a new folder") from None
        if found != FORMAT:
            raise Refused(
                f"store {path}: has format {found}, this version reads {FORMAT}; build it again into a new folder"
            )
        return
    if not path.exists() and not write:
        raise Refused(f"no store at {path}: build one with 'kg build PLANS --store {path}'")
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise Refused(f"{path} is not a store (no {MARKER} in it): name a new folder, or an empty one")
    if not write:
        raise Refused(f"no store in {path}: build one with 'kg build PLANS --store {path}'")
    try:
        path.mkdir(parents=True, exist_ok=True)
        part = path / (MARKER + ".part")
        part.write_text(json.dumps({"format": FORMAT}) + "\n", "utf-8")
        part.replace(marker)
    except OSError as error:
        raise Refused(f"store {path}: cannot be made: {error.strerror}") from None
