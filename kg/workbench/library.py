"""The store that the pages read: opened for reading, opened again when it changed, with the rows of presets kept."""

import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from exports.views.model import Row, Rows
from kg.search import Index, index_path, refresh
from kg.stores import open_store
from kg.workbench.changes import version_of
from kg.workbench.measured import Measured, measured
from ontology.model.errors import KgError, Refused, Usage
from ontology.model.store import Store, Table
from queries.presets import Preset, presets

CHECK_SECONDS = 1.0  # between two looks at whether a folder changed
SERVER_SECONDS = 15.0  # for which the rows of a server, which does not say when it changes, are kept
MAX_KEPT_TABLE_BYTES = 256_000_000  # of all rows that are kept
MAX_KEPT_RESULT_BYTES = 128_000_000  # of all pages, lists and other things made from rows that are kept
SAMPLE_SIZE = 50  # entries of a list by which its size is estimated

T = TypeVar("T")
Version = tuple[Any, ...]


class Library:
    """The store that pages read. What is queried or made from it is kept until a change of the store is seen (`store`;
    of a server, which tells none, for SERVER_SECONDS), or others need the room (MAX_KEPT_TABLE_BYTES,
    MAX_KEPT_RESULT_BYTES). May be used by several threads.

    `address` is the store's, `folders` are those of the user's own presets; `presets` has all presets by name.
    Raises Refused where the store cannot be opened, and for a preset of the user's own that is wrong; Usage for a
    folder that is missing, and a wrong address.
    """

    def __init__(self, address: str, folders: tuple[Path, ...] = ()) -> None:
        self.address = address
        self.folders = folders
        self.presets: dict[str, Preset] = presets(folders)
        self._lock = threading.Lock()
        self._version = self._version_now()
        self._store = open_store(address)
        self._checked = time.monotonic()
        self._tables = Cache(MAX_KEPT_TABLE_BYTES)
        self._results = Cache(MAX_KEPT_RESULT_BYTES)
        self._indexed: Version | None = None
        self._indexing = threading.Lock()

    @property
    def language(self) -> str:
        """The query language of the store: 'sparql' or 'cypher'."""
        return self._store.language

    def store(self) -> Store:
        """The store, opened again where it may have changed. At most once in CHECK_SECONDS (1) a folder is looked at,
        and opened again where its files differ from those of the last time; at most once in SERVER_SECONDS (15) a
        server is opened again. Where the store cannot be opened again, the one of before is returned."""
        with self._lock:
            pause = SERVER_SECONDS if "://" in self.address else CHECK_SECONDS
            if time.monotonic() - self._checked >= pause:
                self._checked = time.monotonic()
                if (version := self._version_now()) != self._version:
                    self._reopen(version)
            return self._store

    def table(self, name: str, parameters: Mapping[str, str] | None = None) -> Table:
        """The rows of the preset `name` with these parameters, as users write them; empty ones are ignored. They are
        kept, and returned for the same parameters, until the store changes or others need the room. Raises Usage for an
        unknown preset or parameter, a value that a parameter does not take, and a missing one that is required; Refused
        where the store cannot be read."""
        filled = {key: value for key, value in (parameters or {}).items() if value != ""}
        if name not in self.presets:
            raise Usage(f"no preset {name!r}")
        store = self.store()
        key = name, tuple(sorted(filled.items()))
        with self._lock:
            if (entry := self._tables.get(key)) is not None:
                return entry[0]  # type: ignore[no-any-return]
        table, size = shared(self._run(self.presets[name], store, filled))
        with self._lock:
            if store is self._store:
                self._tables.put(key, table, size)
        return table

    def rows(self, name: str, **parameters: str) -> list[Row]:
        """The rows of a preset as dicts by column: rows('tasks', plan='云岭'). Raises what `table` raises."""
        return list(self.table(name, parameters).dicts())

    def grouped(self, name: str, column: str) -> dict[Any, list[Row]]:
        """The rows of the preset `name`, without parameters, in lists by their values in a column, None among them, in
        the order of the preset. The dictionary is kept, so that a page that needs the rows of one plan need not go
        through all. Raises what `table` raises, and KeyError for a column that rows do not have."""

        def group() -> dict[Any, list[Row]]:
            groups: dict[Any, list[Row]] = {}
            for row in self.rows(name):
                groups.setdefault(row[column], []).append(row)
            return groups

        return self.cached(("grouped", name, column), group)

    def rows_of(self, document: str) -> Rows:
        """A function from a preset's name to those of its rows that are of the document (IRI), an empty list where it
        has none. A preset with the parameter `document` is queried for the document alone. Else one with the parameter
        `plan` is queried with the document as `plan`, and all these rows are returned, also those of other plans that
        it gives then, such as the chain of `lineage-path`. Of any other preset the rows of all plans are queried, and
        those with the document as `plan_id` returned. The function raises KeyError for an unknown preset, and for one
        that has rows, but neither such a parameter nor the column `plan_id`; and what `table` raises, such as Usage for
        a preset with another parameter that is required."""

        def rows(name: str) -> list[Row]:
            parameters = {parameter.name for parameter in self.presets[name].parameters}
            if "document" in parameters:
                return [row for row in self.rows(name, document=document) if row["plan_id"] == document]
            if "plan" not in parameters:
                return self.grouped(name, "plan_id").get(document, [])
            return self.rows(name, plan=document)

        return rows

    def cached(self, key: object, make: Callable[[], T]) -> T:
        """The value, be it None, that is kept under `key`. Where nothing is kept, the result of `make`, which is
        then kept until the store changes or others need the room, but not where the store was opened again while `make`
        ran. A table is kept and returned as a `Measured` one. Raises what `make` raises."""
        store = self.store()
        with self._lock:
            if (entry := self._results.get(key)) is not None:
                return entry[0]  # type: ignore[no-any-return]
        value = make()
        if isinstance(value, Table):
            value = measured(value)  # type: ignore[assignment]
        with self._lock:
            if store is self._store:
                self._results.put(key, value, size_of(value))
        return value

    def search(self, find: Callable[[Index], T]) -> T:
        """The result of `find`, called with the index of the store's texts, which is brought up to date first where it
        was not since the store was opened (again). Raises Refused where the index cannot be made, and what `find`
        raises."""
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

    def _run(self, preset: Preset, store: Store, parameters: Mapping[str, str]) -> Table:
        """The rows of the preset for the parameters, from `store`. A store refuses where a writer has replaced files
        that it had not opened yet; then the library's store is opened again, unless another thread has done so already,
        and the preset is run once more, on the library's store, which is the same one where it could not be opened.
        Raises Refused where that one refuses too, and Usage, at once, for parameters that are wrong."""
        try:
            return preset.run(store, parameters)
        except Refused:
            with self._lock:
                if store is self._store:
                    self._reopen(self._version_now())
                store = self._store
            return preset.run(store, parameters)

    def _reopen(self, version: Version) -> None:
        """Opens the store again, keeps `version` as its version, and drops all that was kept; nothing happens where the
        store cannot be opened. Requests that are being answered go on with the store of before, which
        is closed with the last of them and not here. To be called with the lock held."""
        with suppress(KgError):  # in the midst of a change: the old one answers until the next look
            self._store = open_store(self.address)
            self._version = version
            self._tables.clear()
            self._results.clear()

    def _version_now(self) -> Version:
        """A value that is another one when the store may have changed: for a folder that of `version_of`, for a server
        the time, which is always another one."""
        return (time.monotonic(),) if "://" in self.address else version_of(self.address)


class Cache:
    """A cache of values by key, of at most `capacity` bytes together; `bytes` are those in use, by the sizes that the
    caller of `put` gives. The values that were not used for longest are dropped, but never the one put last, however
    large it is. Threads that share a cache need a lock of their own."""

    def __init__(self, capacity: int) -> None:
        self.capacity, self.bytes = capacity, 0
        self._entries: OrderedDict[object, tuple[Any, int]] = OrderedDict()

    def get(self, key: object) -> tuple[Any] | None:
        """The value under this key in a tuple of one, since a value may be None, and it counts as used now; None where
        there is none."""
        if key not in self._entries:
            return None
        self._entries.move_to_end(key)
        return (self._entries[key][0],)

    def put(self, key: object, value: object, size: int) -> None:
        """Keeps a value of about `size` bytes under `key`, in place of an earlier one, whose bytes count no more. While
        all together are larger than the capacity, drops the value that was not used for longest, except this one."""
        if key in self._entries:
            self.bytes -= self._entries.pop(key)[1]
        self._entries[key] = value, size
        self.bytes += size
        while self.bytes > self.capacity and len(self._entries) > 1:
            self.bytes -= self._entries.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Drops all values."""
        self._entries.clear()
        self.bytes = 0


def shared(table: Table) -> tuple[Measured, int]:
    """The table as a `Measured` one in which equal texts are one object, since each plan's title comes back in all of
    its rows; and about how many bytes it takes: 200, 80 for each row, 12 for each cell, and each different text
    once."""
    texts: dict[str, str] = {}
    rows = [
        tuple(texts.setdefault(value, value) if type(value) is str else value for value in row) for row in table.rows
    ]
    cells = len(rows) * len(table.columns)
    return Measured(table.columns, rows), sum(map(sys.getsizeof, texts)) + 12 * cells + 80 * len(rows) + 200


def size_of(value: object, depth: int = 6) -> int:
    """About how many bytes a value takes: what Python says of the object itself (64 where it says nothing), and for a
    list, tuple, set, dictionary (keys and values) or dataclass (fields) also what it contains, through `depth` levels
    of these. Of more than SAMPLE_SIZE (50) entries the first ones stand for all, except of a dataclass. What is
    contained twice counts twice."""
    size = sys.getsizeof(value, 64)
    if isinstance(value, dict):
        entries: Iterable[object] = (part for item in islice(value.items(), SAMPLE_SIZE) for part in item)
    elif isinstance(value, list | tuple | set | frozenset):
        entries = islice(value, SAMPLE_SIZE)
    elif is_dataclass(value):
        return size + sum(size_of(getattr(value, each.name), depth - 1) for each in fields(value)) if depth else size
    else:
        return size
    if not value or depth == 0:
        return size
    sampled = sum(size_of(entry, depth - 1) for entry in entries)
    return size + sampled * len(value) // min(len(value), SAMPLE_SIZE)
