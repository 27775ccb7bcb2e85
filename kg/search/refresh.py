"""Brings an index up to date with its store: adds documents that were loaded since, replaces those that were read
again, removes those that are gone."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kg.search.index import Index, IndexedFact, IndexEntry
from ontology.model.store import Store
from ontology.model.text import DocumentText
from queries.presets import preset

MAX_EXACT_DOCUMENTS = 4  # that are queried one by one
MAX_DOCUMENTS_AT_ONCE = 400  # whose texts fit into memory together
HEX_DIGITS = "0123456789abcdef"


def refresh(index: Index, store: Store) -> int:
    """Updates the index from the store, and returns how many documents were indexed, as new or again: those that the
    index does not have, or has with another stamp (stamp of the record and SHA-256 of the file). Documents that the
    store has no longer are removed. The texts of up to MAX_EXACT_DOCUMENTS (4) documents are read one by one; for more,
    all texts of the store are read, and the index is merged afterwards (`Index.merge`). Raises Refused where the store
    cannot be used, and where another process has locked the index for WAIT_SECONDS (120)."""
    stamps = {record.document: f"{record.generator} {record.sha256}" for record in store.records() if record.document}
    indexed = index.stamps()
    removed = indexed.keys() - stamps.keys()
    stale = {iri for iri, stamp in stamps.items() if indexed.get(iri) != stamp}
    if removed or stale:
        index.update(removed, _entries(store, stale, stamps))
        if len(stale) > MAX_EXACT_DOCUMENTS:
            index.merge()
    return len(stale)


def _entries(store: Store, stale: set[str], stamps: dict[str, str]) -> Iterator[IndexEntry]:
    """The documents to index, with their texts and facts: those with the IRIs `stale`, each once. A document whose text
    the store was built without comes last and has its IRI and stamp alone. `stamps` has the stamp of each document by
    IRI."""
    without_text = set(stale)
    for prefix in _prefixes(stale):
        facts: dict[str, list[IndexedFact]] = defaultdict(list)
        for row in _rows("facts", store, prefix):
            facts[row["plan_id"]].append(IndexedFact(row["kind"].lower(), row["start"], row["end"], row["label"]))
        for row in _rows("texts", store, prefix):
            iri = row["plan_id"]
            if iri in stale:
                without_text.discard(iri)
                yield IndexEntry(
                    iri,
                    stamps[iri],
                    row["plan"],
                    row["file"],
                    row["region"],
                    row["level"],
                    DocumentText.stored(row["text"], row["page_starts"], row["paragraphs"]),
                    tuple(facts[iri]),
                )
    for iri in sorted(without_text):
        yield IndexEntry(iri, stamps[iri], "", "", None, None, DocumentText(""), ())


def _prefixes(documents: set[str]) -> list[str]:
    """Prefixes of IRIs, for a query each, which together cover the documents with these IRIs, and perhaps others. For
    up to MAX_EXACT_DOCUMENTS (4) documents they are the IRIs themselves, sorted; for more, the part of an IRI up to its
    last /, which must be that of all; for more than MAX_DOCUMENTS_AT_ONCE (400), this part with each hexadecimal digit
    behind it, since the rest of an IRI is a digest."""
    if len(documents) <= MAX_EXACT_DOCUMENTS:
        return sorted(documents)
    base = min(documents).rpartition("/")[0] + "/"
    return [base] if len(documents) <= MAX_DOCUMENTS_AT_ONCE else [base + digit for digit in HEX_DIGITS]


def _rows(name: str, store: Store, prefix: str) -> list[dict[str, Any]]:
    """The rows, as dicts by column, of the preset `name` for documents whose IRI begins with the prefix."""
    return list(preset(name).run(store, {"document": prefix}).dicts())
