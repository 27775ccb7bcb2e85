"""A corpus of any size: the sample plans again and again, each time for regions of other names.

    with open_store("samples.kg") as source, open_store("many.kg", write=True) as target:
        fill(target, copies(source, 1000))

Each family of copies is a province, a city and a county of invented names, whose plans rest on one another and on the
one national plan as the samples do. The names come from a seed, so that a corpus is the same in every run.
"""

import hashlib
import random
import re
from collections.abc import Iterator
from itertools import count, islice
from pathlib import PurePath

from exports.lines import STATEMENT_END
from kg.stores.oxigraph import OxigraphStore
from ontology.iris import DEFAULT_BASE, Iris
from ontology.model.store import Record, Store

# The place names of the samples; a file that names none is national and is not copied.
PLACES = ("云岭", "泽宁", "青禾")
_FIRST = "澄沐霁岚朔汀溯渺崤泠棠槿栎榆槐桐枫檀柏梓杉芷蘅荻蒲菱芦薇萱茗"
_SECOND = "川原陵浦岗垣洲湾渡堰溪泉坪岭峪峰麓屿滩津"
_DOCUMENT = re.compile(rb"/id/document/([0-9a-f]{16})")


def copies(source: Store, plans: int, seed: int = 0) -> Iterator[tuple[Record, bytes]]:
    """So many plans, as (record, N-Quads): those of `source`, then copies of them under other names."""
    held = [(record, source.dump(record.document)) for record in source.records()]
    yield from islice(_all(held, random.Random(seed)), plans)


def _all(held: list[tuple[Record, bytes]], chance: random.Random) -> Iterator[tuple[Record, bytes]]:
    used = set(PLACES)
    for number in count():
        names = dict(zip(PLACES, invented(chance, used), strict=True)) if number else {}
        for record, triples in held:
            placed = any(place.encode() in triples.split(STATEMENT_END, 1)[0] + _title(triples) for place in PLACES)
            if number and not placed:
                continue
            yield _copy(record, triples, number, names)


def _title(triples: bytes) -> bytes:
    found = re.search(rb"^<[^>]*/id/document/[0-9a-f]{16}> <[^>]*/terms/title> (.*)$", triples, re.MULTILINE)
    return found[1] if found else b""


def _copy(record: Record, triples: bytes, number: int, names: dict[str, str]) -> tuple[Record, bytes]:
    file = PurePath(record.path).name

    def renamed(found: re.Match[bytes]) -> bytes:
        return b"/id/document/" + (_hashed(found[1], number) if number else found[1])

    text = _DOCUMENT.sub(renamed, triples).replace(f'"{file}"'.encode(), f'"{number:06}-{file}"'.encode())
    for old, new in names.items():
        text = text.replace(old.encode(), new.encode())
    graph = _DOCUMENT.sub(renamed, record.document.encode()).decode()
    return (
        Record(f"/copies/{number:06}-{file}", graph, hashlib.sha256(text).hexdigest(), record.generator),
        text.replace(STATEMENT_END, f" <{graph}>".encode() + STATEMENT_END),
    )


def _hashed(document: bytes, number: int) -> bytes:
    return hashlib.sha256(document + str(number).encode()).hexdigest()[:16].encode()


def invented(chance: random.Random, used: set[str]) -> list[str]:
    """Three names that no family has yet: of two characters while there are any, then of three."""
    names: list[str] = []
    while len(names) < len(PLACES):
        length = 1 if len(used) < len(_FIRST) * len(_SECOND) // 2 else 2
        name = "".join(chance.choice(_FIRST) for _ in range(length)) + chance.choice(_SECOND)
        if name not in used:
            used.add(name)
            names.append(name)
    return names


def fill(source: Store, target: Store, plans: int, seed: int = 0) -> None:
    """Writes so many plans, and the reference graph, into an empty store."""
    reference = Iris(DEFAULT_BASE).reference().value
    target.load_reference(source.reference() or "", list(source.quads(reference)))
    target.load(copies(source, plans, seed))
    if isinstance(target, OxigraphStore):
        target.inner.optimize()
