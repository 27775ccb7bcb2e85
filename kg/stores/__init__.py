"""The stores, by the scheme of their address. A package adds one by an entry point of the group `kg.stores`.

    [project.entry-points."kg.stores"]
    graphdb = "acme.graphdb:GraphDbStore"      # kg build plans --store graphdb://host/repository

The name of the entry point is the scheme, in lower case. What it names has `open(address, *, write)`, as `StoreType`
says; it is imported only when an address of its scheme is opened. A package's store is used in place of the store of
this program that has the same scheme; a folder, whose address has no scheme, is always opened by this program."""

from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

from ontology.model.errors import Usage
from ontology.model.store import Store

STORES_GROUP = "kg.stores"
FOLDER_SCHEME = ""  # the scheme of an address without one: the path of a folder
_NEO4J, _SPARQL = "kg.stores.neo4j:Neo4jStore", "kg.stores.sparql:SparqlStore"
STORES = {
    FOLDER_SCHEME: "kg.stores.oxigraph:OxigraphStore",
    **dict.fromkeys(("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"), _NEO4J),
    **dict.fromkeys(("http", "https"), _SPARQL),
}


def require_language(store: Store, language: str) -> None:
    """Raises Usage where `language` (sparql or cypher) is not the query language of the store. The message names the
    command that the store needs: 'kg sparql' or 'kg cypher'."""
    if store.language != language:
        raise Usage(f"this store speaks {store.language}, not {language}: use 'kg {store.language}'")


class StoreType(Protocol):
    """What an entry point of the group `kg.stores` names: a class, or another object with this method."""

    def open(self, address: str, *, write: bool = False) -> Store:
        """The store at the address, for writing too where `write`; raises Refused where it cannot be used, Usage where
        the address is wrong."""
        ...


def open_store(address: str, *, write: bool = False) -> Store:
    """The store at the address: a folder, where there is no :// in it, else by its scheme (in any case) a package's
    store or that of STORES: `neo4j://HOST[:PORT][/DATABASE]`, so also bolt:// and both with +s or +ssc, or
    `http(s)://HOST/…`. A package's store goes before this program's with the same scheme; where several packages have
    the scheme, any of them is used. With `write` a missing folder is made, and only one process may hold it. Raises
    Usage for an unknown scheme or a wrong address, Refused where the store cannot be opened, such as a missing folder
    without `write`, and errors of importing a package's store."""
    scheme = address.split("://", 1)[0].lower() if "://" in address else FOLDER_SCHEME
    found = {point.name: point for point in entry_points(group=STORES_GROUP)} if scheme else {}
    if scheme in STORES and scheme not in found:
        found[scheme] = EntryPoint(scheme, STORES[scheme], STORES_GROUP)
    if scheme not in found:
        others = "".join(f", {name}://…" for name in sorted(set(found) - set(STORES)))
        raise Usage(
            "no store has an address of this kind: name a folder, neo4j://HOST:PORT[/DATABASE] or http(s)://HOST/…"
            + others
        )
    store_type: StoreType = found[scheme].load()
    return store_type.open(address, write=write)
