"""The store that the pages read: opened read-only, opened again when it changed, with the rows of presets kept."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from exports.views.model import Row, Rows
from kg.search import Index, index_path, refresh
from kg.stores import open_store
from ontology.model.errors import KgError, Refused, Usage
from ontology.model.store import Store, Table
from queries.presets import Preset, presets

CHECK_SECONDS = 1.0  # between two looks at whether a folder changed
SERVER_SECONDS = 15.0  # for which the rows of a server, which does not say when it changes, are kept
CELLS = 6_000_000  # of kept tables together
PAGES = 40  # drawn views that are kept

T = TypeVar("T")
Version = tuple[Any, ...]


class Library:
    """The store that pages read. The rows of each preset are queried once and kept until the store changes. May be
    used by several threads."""

    def __init__(self, address: str, folders: tuple[Path, ...] = ()) -> None:
        self.address = address
        self.folders = folders
        self.presets: dict[str, Preset] = presets(folders)
        self.on_change: Callable[[], None] = lambda: None
        self._lock = threading.Lock()
        self._version = self._seen()
        self._store = open_store(address)
        self._checked = time.monotonic()
        self._tables: OrderedDict[object, Table] = OrderedDict()
        self._made: OrderedDict[object, Any] = OrderedDict()
        self._cells = 0
        self._indexed: Version | None = None
        self._indexing = threading.Lock()

    @property
    def language(self) -> str:
        """The query language of the store: 'sparql' or 'cypher'."""
        return self._store.language

    def store(self) -> Store:
        """The store in its current state, opened again where it has changed."""
        with self._lock:
            pause = SERVER_SECONDS if "://" in self.address else CHECK_SECONDS
            if time.monotonic() - self._checked >= pause:
                self._checked = time.monotonic()
                if (version := self._seen()) != self._version:
                    self._reopen(version)
            return self._store

    def table(self, name: str, parameters: Mapping[str, str] | None = None) -> Table:
        """The rows of a preset."""
        given = {key: value for key, value in (parameters or {}).items() if value != ""}
        if name not in self.presets:
            raise Usage(f"no preset {name!r}")
        store = self.store()
        key = name, tuple(sorted(given.items()))
        with self._lock:
            if (known := self._tables.get(key)) is not None:
                self._tables.move_to_end(key)
                return known
        table = self._run(self.presets[name], store, given)
        with self._lock:
            if store is self._store and key not in self._tables:
                self._tables[key] = table
                self._cells += _size(table)
                while self._cells > CELLS and len(self._tables) > 1:
                    self._cells -= _size(self._tables.popitem(last=False)[1])
        return table

    def rows(self, name: str, **parameters: str) -> list[Row]:
        """The rows of a preset by the names of their columns: rows('tasks', plan='云岭')"""
        table = self.table(name, parameters)
        return [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    def rows_of(self, document: str) -> Rows:
        """A function from a preset's name to its rows that are of one document."""

        def rows(name: str) -> list[Row]:
            known = {parameter.name for parameter in self.presets[name].parameters}
            if "document" in known:
                return [row for row in self.rows(name, document=document) if row["plan_id"] == document]
            if "plan" not in known:
                return [row for row in self.rows(name) if row.get("plan_id") == document]
            return self.rows(name, plan=document)

        return rows

    def made(self, key: object, make: Callable[[], T]) -> T:
        """The result of `make`, kept under `key` until the store changes."""
        store = self.store()
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]  # type: ignore[no-any-return]
        value = make()
        with self._lock:
            if store is self._store:
                self._made[key] = value
                while len(self._made) > PAGES:
                    self._made.popitem(last=False)
        return value

    def search(self, find: Callable[[Index], T]) -> T:
        """The result of `find` on the index of texts, which is updated first."""
        store = self.store()
        with Index(index_path(self.address)) as index:
            with self._indexing:
                if self._indexed != (mark := (id(store), self._version)):
                    refresh(index, store)
                    self._indexed = mark
            return find(index)

    def close(self) -> None:
        """Closes the store."""
        self._store.close()

    def _run(self, found: Preset, store: Store, given: Mapping[str, str]) -> Table:
        try:
            return found.run(store, given)
        except Refused:  # a writer has replaced files that this reader had not opened yet
            with self._lock:
                if store is self._store:
                    self._reopen(self._seen())
                store = self._store
            return found.run(store, given)

    def _reopen(self, version: Version) -> None:
        """Opens the store again. Requests that are being answered keep the old one, which is closed with the last."""
        with suppress(KgError):  # in the midst of a change: the old one answers until the next look
            self._store = open_store(self.address)
            self._version = version
            self._tables.clear()
            self._made.clear()
            self._cells = 0
            self.on_change()

    def _seen(self) -> Version:
        """A value that changes when the store does: of a folder its state, of a server the time."""
        if "://" in self.address:
            return (time.monotonic(),)
        found = []
        with suppress(OSError):
            for entry in (Path(self.address) / "quads").iterdir():
                with suppress(OSError):
                    if entry.name not in {"LOCK", "LOG"}:
                        about = entry.stat()
                        found.append((entry.name, about.st_size, about.st_mtime_ns))
        return tuple(sorted(found))


def _size(table: Table) -> int:
    return len(table.rows) * len(table.columns) + 1
