"""Shards -> store: a new embedded store is made by one bulk load in a temporary folder, any other store gets plan by
plan; then duplicates are found."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from kg.builder.duplicates import find_duplicates
from kg.builder.shards import Shards
from kg.stores import open_store
from kg.stores.oxigraph import OxigraphStore
from ontology.iris import base_of
from ontology.model.errors import Refused
from ontology.model.store import Record, Store

Progress = Callable[[int, int], None]  # plans done, all plans


def load_shards(shards: Shards, address: str, progress: Progress = lambda done, total: None) -> tuple[int, int]:
    """Loads the plans whose record the store at the address does not have with the same path, document, digest and
    stamp, and the reference graph where the shards have one and the store another or none, and finds duplicates among
    all plans of the store (`find_duplicates`); returns how many plans were loaded, and how many the store had already.
    Raises Refused where the store cannot be opened or made; where it exists, errors of reading the shards are raised
    unchanged. `progress` is called after each plan, loaded or not, with the number of plans so far and that of all.

    An embedded store that does not exist (or is an empty folder) is filled in a folder next to it, which is renamed
    when it is complete, so that a load that was killed can be run again. Any other store gets the plans by its method
    `load`. The records are loaded too, so the next `kg build` continues from there."""
    if "://" not in address and not _occupied(Path(address)):
        return _into_new_folder(shards, Path(os.path.abspath(address)), progress), 0
    with open_store(address, write=True) as store:
        loaded = {record.path: record for record in store.records()}
        fingerprint = shards.reference()
        if fingerprint is not None and store.reference() != fingerprint:
            store.load_reference(fingerprint, _quads(shards.reference_nquads()))
        total = len(shards)
        counts = {"new": 0, "unchanged": 0}

        def missing() -> Iterator[tuple[Record, bytes]]:
            """The plans that the store does not have, each as its record and its graph; counts them and the others in
            `counts`, and calls `progress` after each of either."""
            for record, nquads in _with_progress(shards, total, progress):
                unchanged = loaded.get(record.path) == record
                counts["unchanged" if unchanged else "new"] += 1
                if not unchanged:
                    yield record, nquads

        store.load(missing())
        _find_duplicates(store)
        return counts["new"], counts["unchanged"]


def _into_new_folder(shards: Shards, target: Path, progress: Progress) -> int:
    """Makes an embedded store from the shards, with their reference graph if they have one, in the folder `target`,
    which is missing or empty; returns the number of plans. The store is made in a folder beside `target` and renamed
    when it is complete; where that fails nothing is left. Raises Refused where the folder cannot be written or a shard
    cannot be read."""
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    total = len(shards)
    try:
        with OxigraphStore.open(str(part), write=True) as store:
            fingerprint = shards.reference()
            if fingerprint is not None:
                store.load_reference(fingerprint, _quads(shards.reference_nquads()))
            count = store.fill(_with_progress(shards, total, progress))
            _find_duplicates(store)
        if target.exists():
            target.rmdir()
        part.rename(target)
        return count
    except OSError as error:
        raise Refused(f"store {target}: cannot be made: {error.strerror or error}; nothing was left there") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _find_duplicates(store: Store) -> None:
    """Finds the duplicates among the plans of the store, if it has any, and writes them to its derived graph
    (`find_duplicates`), with the base of its first plan: the shards may have been made with another one than that of
    this computer."""
    if records := store.records():
        find_duplicates(store, base_of(records[0].document))


def _with_progress(shards: Shards, total: int, progress: Progress) -> Iterator[tuple[Record, bytes]]:
    """The plans of the shards, each as its record and its graph, with a call of `progress` with the number of plans so
    far and `total` after each."""
    for done, (record, nquads) in enumerate(shards.plans(), 1):
        yield record, nquads
        progress(done, total)


def _occupied(path: Path) -> bool:
    """Whether there is anything at the path that a new store must not replace: a file, or a folder that is not
    empty."""
    return path.exists() and (not path.is_dir() or any(path.iterdir()))


def _quads(nquads: bytes) -> list[Quad]:
    return list(parse(nquads, format=RdfFormat.N_QUADS))
