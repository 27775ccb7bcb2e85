"""Where the index of a store is kept."""

from pathlib import Path

from kg.stores.cache import cache_path


def index_path(address: str) -> Path:
    """The path of the index of the store at the address: 'plans.kg' -> plans.kg/search.sqlite, 'neo4j://host' ->
    ~/.cache/plan-kg/search-3f….sqlite"""
    return cache_path(address, "search")
