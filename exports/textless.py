"""A view of a store that hides the texts of its documents, for exports that leave them out."""

from collections.abc import Iterator
from typing import Any, cast

from pyoxigraph import NamedNode, Quad

from exports.options import Options
from ontology.iris import Iris
from ontology.model.store import Store


def store_to_export(store: Store, options: Options) -> Store:
    """The store itself, or, where the options leave out texts or evidence, a view of it whose `quads` and `dump` lack
    the texts of documents; queries still find them."""
    return store if options.text and options.evidence else cast(Store, _Textless(store))


class _Textless:
    """A store whose `quads` and `dump` leave out the nodes that hold texts of documents; all else is done by the store
    itself."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def quads(self, graph: str) -> Iterator[Quad]:
        node = _text(graph)
        return (quad for quad in self._store.quads(graph) if quad.subject != node)

    def dump(self, graph: str) -> bytes:
        start = f"{_text(graph)} ".encode()
        return b"".join(line for line in self._store.dump(graph).splitlines(True) if not line.startswith(start))


def _text(graph: str) -> NamedNode:
    """The node that holds the text of the document whose graph has the IRI `graph`."""
    return Iris().text(NamedNode(graph))
