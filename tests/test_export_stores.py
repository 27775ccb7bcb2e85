"""Exports from each kind of store are the same bytes; stores that load an export by their own means answer alike."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from test_export_formats import contents, written

from exports import FORMATS
from kg.model.store import Scalar, Store, Table
from kg.stores import open_store


class Remembering:
    """A store that is asked for each thing once, so that writing every format does not take minutes."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.known: dict[object, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def dump(self, graph: str) -> bytes:
        if graph not in self.known:
            self.known[graph] = self.store.dump(graph)
        found: bytes = self.known[graph]
        return found

    def query(self, text: str, parameters: Mapping[str, Scalar] | None = None) -> Table:
        key = text, *(parameters or {}).items()
        if key not in self.known:
            self.known[key] = self.store.query(text, parameters)
        found: Table = self.known[key]
        return found


def all_formats(store: Store, folder: Path) -> dict[str, list[tuple[str, bytes]]]:
    remembering: Any = Remembering(store)
    return {name: contents(written(name, remembering, folder)) for name in FORMATS}


@pytest.fixture(scope="session")
def embedded(everything: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, bytes]]]:
    """What the embedded store writes, by format."""
    with open_store(everything) as store:
        return all_formats(store, tmp_path_factory.mktemp("embedded"))


def test_every_format_has_the_same_bytes(
    loaded: Store, embedded: dict[str, list[tuple[str, bytes]]], tmp_path: Path
) -> None:
    found = all_formats(loaded, tmp_path)
    assert [name for name in FORMATS if found[name] != embedded[name]] == []
