"""Stores behind one small interface (`ontology.model.store.Store`)."""

from ontology.model.errors import Usage
from ontology.model.store import Store


def open_store(address: str, *, write: bool = False) -> Store:
    """The store at the address: a folder, `neo4j://HOST:PORT[/DATABASE]`, or `http(s)://HOST/…`.

    With `write` a missing folder is made, and only one process may hold it.
    """
    scheme = address.split("://", 1)[0].lower() if "://" in address else ""
    if scheme in {"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"}:
        from kg.stores.neo4j import Neo4jStore

        return Neo4jStore.open(address, write=write)
    if scheme in {"http", "https"}:
        from kg.stores.sparql import SparqlStore

        return SparqlStore.open(address, write=write)
    if scheme:
        raise Usage(
            "no store has an address of this kind: name a folder, neo4j://HOST:PORT[/DATABASE] or http(s)://HOST/…"
        )
    from kg.stores.oxigraph import OxigraphStore

    return OxigraphStore.open(address, write=write)
