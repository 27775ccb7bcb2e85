"""Full-text search over the passages of all plans of a store.

with open_store("plans.kg") as store, Index(index_path("plans.kg")) as index:  # kg.stores.open_store
    refresh(index, store)
    quotes = [hit.row["quote"] for hit in search(index, ["护理"], {"level": "county"}).hits]
"""

from kg.search.index import Index, index_path
from kg.search.query import HIT_COLUMNS, Hit, Ranked, SearchResult, ranked, search, why_nothing
from kg.search.refresh import refresh

__all__ = [
    "HIT_COLUMNS",
    "Hit",
    "Index",
    "Ranked",
    "SearchResult",
    "index_path",
    "ranked",
    "refresh",
    "search",
    "why_nothing",
]
