"""The embedded store: a folder with an Oxigraph (RocksDB) database, and a marker file that says that it is one."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Literal as OneOf

import pyoxigraph as ox

from kg.closing import Closing
from kg.stores.binding import bind
from kg.stores.cache import cache_path
from kg.stores.catalogue import documents_after_update, stamp
from kg.stores.state import (
    DOCUMENT,
    PENDING,
    STATE,
    check_base,
    derived_quads,
    documents,
    fingerprint_quads,
    pending_quads,
    read_derived,
    read_fingerprint,
    read_records,
    record_node,
    record_quads,
)
from kg.stores.terms import data_block, first_line, python_value, triples_table, truth_table
from ontology.graph import sort_key
from ontology.iris import DEFAULT_BASE, Iris
from ontology.model.errors import KgError, Refused, Usage
from ontology.model.store import Parameter, Record, Table

STORE_MARKER = "plan-kg.json"
PART_SUFFIX = ".part"
STORE_FORMAT = 1
# New plans are written together once they have so many bytes of N-Quads or have waited for so many seconds. Each write
# costs more the more files there are to merge: half of this size takes 1.4 times the CPU time for 240 MB. Memory is
# about seven times this size.
BULK_BYTES = 64_000_000
# Fewer are one transaction; more are a bulk load, which takes half the CPU time but leaves a file for each index, and
# is no transaction.
TRANSACTION_BYTES = 4_000_000
MAX_WAIT_SECONDS = 10.0
# Once so many bytes of N-Quads were written, the files are merged when the store is closed: queries are several times
# faster then.
COMPACT_BYTES = 100_000_000
OPEN_PAUSES = (0.05, 0.2, 0.5)  # seconds before each further attempt of a reader to open the database


@dataclass(slots=True)
class OxigraphStore(Closing):
    """A store folder. It is open for writing by one process at a time; readers see it as it was when they opened it.
    The methods are those of `ontology.model.store.Store`.

    `inner` is the database, `reference_graph` the IRI of the reference graph, `write` whether the store is open for
    writing. `written` is the number of bytes of N-Quads of new plans written since the store was opened, which decides
    whether `close` merges the files; `fill` adds COMPACT_BYTES instead. `stamp` changes with what is in the store; it
    is None for a store that is open for writing, or whose files cannot be listed. `per_document` tells presets to ask
    about a few documents one by one, with a query that reads the graph of one alone, and not about all in one query
    (`ontology.model.store.Catalogued`).
    """

    path: Path
    inner: ox.Store
    reference_graph: ox.NamedNode
    write: bool
    language: OneOf["sparql", "cypher"] = "sparql"
    written: int = 0
    stamp: str | None = None
    per_document: bool = True

    @classmethod
    def open(cls, address: str, *, write: bool = False) -> "OxigraphStore":
        """The store in the folder `address`. With `write` a missing or empty folder is made one, and graphs that an
        interrupted build left are deleted. Raises Refused where the folder is no store of this format, cannot be made
        or opened (such as one that is damaged, or that another process holds for writing too), or without `write` where
        it was built with another base of IRIs."""
        path = Path(address)
        _check_marker(path, write)
        # before it is opened: what a writer adds meanwhile makes the stamp an old one, never one that is too new
        reader_stamp = None if write else stamp(path / "quads")
        inner = _open(path / "quads", write)
        store = cls(path, inner, Iris(DEFAULT_BASE).reference(), write, stamp=reader_stamp)
        if write:
            store._tidy()
        else:
            try:
                loaded = inner.quads_for_pattern(None, DOCUMENT, None, STATE)
                check_base(address, (quad.object.value for quad in loaded))  # type: ignore[union-attr]
            except Refused:
                store.close()
                raise
        return store

    def records(self) -> list[Record]:
        return read_records(self.inner.quads_for_pattern(None, None, None, STATE))

    def load(self, plans: Iterable[tuple[Record, bytes]]) -> None:
        """Writes the graphs of plans and their records; each plan is given as its record and its graph in N-Quads. New
        plans wait until they have BULK_BYTES (64 MB) or MAX_WAIT_SECONDS (10) have passed since the last time, and are
        written together, also when `plans` ends or raises an error. A plan whose path or document is loaded already, or
        waits, is replaced in a transaction of its own, after the plans that wait are written. Raises Refused where the
        folder cannot be written."""
        waiting: list[tuple[Record, bytes]] = []
        waiting_names: set[str] = set()  # their paths and documents
        size, since = 0, monotonic()
        try:
            for record, nquads in plans:
                if not waiting_names.isdisjoint({record.path, record.document}) or not self._is_new(record):
                    self._add(waiting)
                    waiting = []
                    self._change(record, nquads)
                else:
                    waiting.append((record, nquads))
                    waiting_names |= {record.path, record.document}
                    size += len(nquads)
                if size >= BULK_BYTES or monotonic() - since > MAX_WAIT_SECONDS:
                    self._add(waiting)
                    waiting = []
                    since = monotonic()
                if not waiting:
                    waiting_names.clear()
                    size = 0
        finally:
            self._add(waiting)

    def fill(self, plans: Iterable[tuple[Record, bytes]]) -> int:
        """Loads plans, each as its record and its graph in N-Quads, into an empty store by one bulk load, and returns
        how many; `close` then merges the store's files. Raises Refused where the folder cannot be written.

        The store is damaged if the process is killed meanwhile, so the caller fills a temporary folder and renames it.
        """
        records: list[Record] = []

        def quads() -> Iterator[ox.Quad]:
            for record, nquads in plans:
                records.append(record)
                yield from ox.parse(nquads, format=ox.RdfFormat.N_QUADS)

        with self._writing():
            self.inner.bulk_extend(quads())
            self.inner.bulk_extend(quad for record in records for quad in record_quads(record))
        self.written += COMPACT_BYTES
        return len(records)

    def forget(self, paths: Iterable[str]) -> None:
        nodes = {record_node(path) for path in paths}
        entries = [quad for node in nodes for quad in self.inner.quads_for_pattern(node, None, None, STATE)]
        with self._writing():
            self._replace(self._free(documents(entries), nodes), entries, [])

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

    def derived(self) -> dict[str, str]:
        return {name: fingerprint for name, (fingerprint, _) in self._derived().items()}

    def load_derived(self, name: str, fingerprint: str | None, quads: Sequence[ox.Quad]) -> None:
        """Replaces the derived graph of this name by the quads, which are of one graph, and records it with the
        fingerprint; without a fingerprint only deletes it. Without quads the graph's IRI is the one recorded under the
        name, so that an empty graph can be recorded; nothing is done where none is recorded."""
        old = self._derived().get(name)
        graph = quads[0].graph_name.value if quads else old[1] if old else None  # type: ignore[union-attr]
        if graph is None:
            return
        with self._writing():
            former = {old[1]} if old else set()
            self._replace({ox.NamedNode(iri) for iri in {graph} | former}, derived_quads(name, *old) if old else [], [])
            if fingerprint is not None:
                self.inner.extend(quads)
                self._replace(set(), [], derived_quads(name, fingerprint, graph))

    def query(self, text: str, parameters: Mapping[str, Parameter] | None = None) -> Table:
        try:
            return to_table(self.inner.query(bind(text, parameters or {}), use_default_graph_as_union=True))
        except (SyntaxError, ValueError) as error:
            raise Usage(f"SPARQL: {first_line(error)}") from None
        except (OSError, RuntimeError) as error:
            raise refusal(self.path, error) from None

    def documents_named(self, given: Mapping[str, str]) -> dict[str, str] | None:
        """The file names by IRI of the documents that match all values of `given`, which are parts of names or
        identifiers by the parameter `plan`, `region` or `document` (`kg.stores.catalogue.documents_named`), by a
        catalogue that is made where it is not up to date. None for a store that is open for writing or whose files
        cannot be listed, and where no catalogue can be written."""
        if self.stamp is None:
            return None
        path = cache_path(str(self.path), "catalogue").absolute()
        return documents_after_update(path, self.query, self.stamp, given)

    def graphs(self) -> list[str]:
        derived = {graph for _, graph in self._derived().values()}
        named = (g.value for g in self.inner.named_graphs() if g != STATE and isinstance(g, ox.NamedNode))
        return sorted(graph for graph in named if graph not in derived)

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        return iter(sorted(self.inner.quads_for_pattern(None, None, None, ox.NamedNode(graph)), key=sort_key))

    def dump(self, graph: str) -> bytes:
        return self.inner.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph)) or b""

    def close(self) -> None:
        """Closes the database, so that others may open it. A store that was open for writing is written out before, and
        its files are merged where at least COMPACT_BYTES (100 MB) were written."""
        if self.write:
            self.inner.flush()
            if self.written >= COMPACT_BYTES:
                self.inner.optimize()
        self.inner = ox.Store()  # pyoxigraph closes a database when nothing refers to it

    def _tidy(self) -> None:
        """Deletes the graphs that the list of loaded files announces (PENDING) and that no loaded file refers to, and
        the announcements: a bulk load left them when its process died.

        A graph that the list does not name was added by somebody else and stays.
        """
        pending = list(self.inner.quads_for_pattern(None, PENDING, None, STATE))
        if pending:
            holders = {quad.subject for quad in pending}
            with self._writing():
                self._replace(self._free({quad.object for quad in pending}, holders), pending, [])  # type: ignore[misc,arg-type]

    def _derived(self) -> dict[str, tuple[str, str]]:
        """(fingerprint, IRI of the graph) of each derived graph by its name."""
        return read_derived(self.inner.quads_for_pattern(None, None, None, STATE))

    def _is_new(self, record: Record) -> bool:
        """Whether neither the record's path nor its document is in the list of loaded files: there is no entry for the
        path, not even one that only announces a graph, and no loaded file has the document."""
        entries = self.inner.quads_for_pattern(record_node(record.path), None, None, STATE)
        return next(entries, None) is None and not self._holders(ox.NamedNode(record.document))

    def _add(self, plans: Sequence[tuple[Record, bytes]]) -> None:
        """Writes plans of which none is in the store, each given as its record and its graph in N-Quads: in one
        transaction where the graphs have fewer than TRANSACTION_BYTES (4 MB), else by a bulk load; does nothing for no
        plans. Raises Refused where the folder cannot be written."""
        if not plans:
            return
        quads = b"".join(data for _, data in plans)
        entries = [quad for record, _ in plans for quad in record_quads(record)]
        with self._writing():
            if len(quads) < min(TRANSACTION_BYTES, BULK_BYTES):  # one transaction
                listed = ox.serialize(entries, format=ox.RdfFormat.N_QUADS) or b""
                self.inner.load(quads + listed, format=ox.RdfFormat.N_QUADS)
            else:  # a bulk load is no transaction: the list announces the plans before it and records them after it
                announced = [quad for record, _ in plans for quad in pending_quads(record) if quad.predicate == PENDING]
                self.inner.extend(announced)
                self.inner.bulk_load(quads, format=ox.RdfFormat.N_QUADS)
                self._replace(set(), announced, entries)
        self.written += len(quads)

    def _change(self, record: Record, nquads: bytes) -> None:
        """Replaces the graph of the record's document, and the record of its path, in one transaction. The graph of
        another document that the path had before is deleted, unless another loaded file refers to it."""
        node = record_node(record.path)
        old = list(self.inner.quads_for_pattern(node, None, None, STATE))
        graph = ox.NamedNode(record.document)
        with self._writing():
            self._replace(
                {graph} | self._free(documents(old) - {graph}, {node}),
                old,
                [*ox.parse(nquads, format=ox.RdfFormat.N_QUADS), *record_quads(record)],
            )

    def _holders(self, graph: ox.NamedNode) -> set[object]:
        """The nodes of the loaded files whose document is this graph."""
        return {quad.subject for quad in self.inner.quads_for_pattern(None, DOCUMENT, graph, STATE)}

    def _free(self, graphs: set[ox.NamedNode], holders: set[ox.NamedNode]) -> set[ox.NamedNode]:
        """Those of the graphs to which no loaded file will refer when the files with the nodes `holders` are removed
        from the list."""
        return {graph for graph in graphs if not self._holders(graph) - holders}

    def _replace(self, graphs: set[ox.NamedNode], remove: Sequence[ox.Quad], add: Sequence[ox.Quad]) -> None:
        """Deletes the graphs, whether they exist or not, then removes quads, then adds quads, all of named graphs, in
        one transaction (one SPARQL update request); does nothing where all three are empty."""
        steps = [f"DROP SILENT GRAPH {graph}" for graph in sorted(graphs, key=str)]
        if remove:
            steps.append(f"DELETE DATA {{ {data_block(remove)} }}")
        if add:
            steps.append(f"INSERT DATA {{ {data_block(add)} }}")
        if steps:
            self.inner.update(" ;\n".join(steps))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A context manager in which an error of the file system (OSError) is raised as Refused; other errors are
        raised unchanged."""
        try:
            yield
        except OSError as error:
            raise Refused(
                f"store {self.path}: cannot be written ({first_line(error)}); what is in it stays: make room and "
                "build again"
            ) from None


def _open(data: Path, write: bool) -> ox.Store:
    """The database in the folder `data`, which is made with `write`; raises Refused where it cannot be opened
    (`refusal`). Without `write` it is tried again after each of OPEN_PAUSES (0.05, 0.2 and 0.5 s), because a writer may
    have replaced some of the files meanwhile; with `write` it is tried once."""
    for pause in (*OPEN_PAUSES, None):
        try:
            return ox.Store(str(data)) if write else ox.Store.read_only(str(data))
        except (OSError, RuntimeError) as error:
            if write or pause is None:
                raise refusal(data.parent, error) from None
            sleep(pause)
    raise AssertionError


def refusal(store: Path, error: OSError | RuntimeError) -> Refused:
    """The error to raise where Oxigraph could not open or read the files of the store at the path `store`, with what to
    do. The first of these that holds decides: another process has locked the store, this user may not open its files,
    the store is damaged or a file is missing; else the message is that of `error`. The cases are told apart by the type
    of `error` and by its message, because Oxigraph raises OSError for most of them."""
    message = first_line(error)
    if _LOCKED.search(message):
        return Refused(f"store {store}: another process is writing to it; wait for it or stop it")
    if isinstance(error, PermissionError) or "Permission denied" in message:
        return Refused(f"store {store}: its files may not be opened by this user; ask for the permission, or copy it")
    if isinstance(error, FileNotFoundError) or _CORRUPT.search(message):
        return Refused(
            f"store {store}: is damaged ({message}); remove the folder and run 'kg build PLANS --store {store}' again: "
            "everything in it comes from the plans"
        )
    return Refused(f"store {store}: cannot be used: {message}")


# IO error: While lock file: /p/LOCK: Resource temporarily unavailable; IO error: lock hold by current process, …
_LOCKED = re.compile(r"^IO error: (?:While lock file|lock hold by)")
# Corruption: block checksum mismatch …; Invalid argument: Column family not found: id2str
_CORRUPT = re.compile(r"^Corruption|Column family not found")


def to_table(results: object) -> Table:
    """The result of a query by pyoxigraph as a table: the solutions of SELECT, with values of Python (`python_value`),
    the truth value of ASK (`truth_table`), or the triples of CONSTRUCT and DESCRIBE (`triples_table`). Raises KgError
    for anything else."""
    if isinstance(results, ox.QuerySolutions):
        names = tuple(variable.value for variable in results.variables)
        return Table(names, [tuple(python_value(term) for term in row) for row in results])
    if isinstance(results, ox.QueryBoolean):
        return truth_table(bool(results))
    if isinstance(results, ox.QueryTriples):
        return triples_table(results)
    raise KgError(f"unexpected answer {type(results).__name__}")


def _check_marker(path: Path, write: bool) -> None:
    """Checks that the folder `path` is a store of this format, which its marker file says (`_check_format`); with
    `write` makes a missing or empty folder one (`_make_marker`). A folder with nothing but a marker that was not
    finished is empty. Raises Refused where there is a file, or a folder with other files and no marker; and without
    `write` where there is nothing, or an empty folder."""
    marker = path / STORE_MARKER
    if marker.is_file():
        _check_format(path, marker)
        return
    if not path.exists() and not write:
        raise Refused(f"no store at {path}: build one with 'kg build PLANS --store {path}'")
    if path.exists() and (
        not path.is_dir() or any(entry.name != STORE_MARKER + PART_SUFFIX for entry in path.iterdir())
    ):
        raise Refused(f"{path} is not a store (no {STORE_MARKER} in it): name a new folder, or an empty one")
    if not write:
        raise Refused(f"no store in {path}: build one with 'kg build PLANS --store {path}'")
    _make_marker(path, marker)


def _check_format(path: Path, marker: Path) -> None:
    """Raises Refused where the marker file of the store at `path` cannot be read, is no JSON object, or has another
    `format` than STORE_FORMAT or none."""
    try:
        found = json.loads(marker.read_text("utf-8")).get("format")
    except (OSError, ValueError, AttributeError):
        raise Refused(f"store {path}: {STORE_MARKER} is damaged; build into a new folder") from None
    if found != STORE_FORMAT:
        raise Refused(
            f"store {path}: has format {found}, this version reads {STORE_FORMAT}; build it again into a new folder"
        )


def _make_marker(path: Path, marker: Path) -> None:
    """Makes the folder `path`, with those above it, where it is missing, and writes the marker file in it, which
    appears only when it is complete. Raises Refused where one of them cannot be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        part = path / (STORE_MARKER + PART_SUFFIX)
        part.write_text(json.dumps({"format": STORE_FORMAT}) + "\n", "utf-8")
        part.replace(marker)
    except OSError as error:
        raise Refused(f"store {path}: cannot be made: {error.strerror}") from None
