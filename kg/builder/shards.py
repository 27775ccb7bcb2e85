"""A folder of shards: for each plan one N-Quads file and its record, written by any number of machines, loaded by any
store.

    DIR/plans/3f/3f9a….nq      the graph of the plan whose path has this digest
    DIR/plans/3f/3f9a….json    its record; it is written last, so a shard without one is unfinished and made anew
    DIR/reference.nq, DIR/reference.json

The folder has the methods of a store that a build uses (`kg.builder.incremental.BuildTarget`), so a build into shards
reads only what is new or changed, and prunes, as one into a store does. A shard's bytes do not depend on which machine
wrote it.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256

from pyoxigraph import Quad, RdfFormat, serialize

from kg.builder.places import Folder
from ontology.model.errors import Refused
from ontology.model.store import Record

SHARDS_MARKER = "plan-kg-shards.json"
SHARDS_FORMAT = 1


@dataclass(slots=True)
class Shards:
    """The shards in the folder `place`, which may be local or below an address that fsspec knows (s3://bucket/plans).
    `len` is the number of plans."""

    place: Folder

    @classmethod
    def open(cls, address: str, *, write: bool = False) -> "Shards":
        """The shards in the folder at the address (`Folder`); with `write` a missing or empty folder is made one of
        shards. Raises Refused where the folder has shards of another format, and where it has no marker of shards,
        unless `write` is given and it has no file at all. Errors of reading and writing are raised unchanged."""
        place = Folder(address)
        if place.exists(SHARDS_MARKER):
            format_ = json.loads(place.read(SHARDS_MARKER)).get("format")
            if format_ != SHARDS_FORMAT:
                raise Refused(
                    f"{address}: shards of format {format_}, this version reads {SHARDS_FORMAT}; build them again"
                )
        elif not write:
            raise Refused(
                f"{address}: no shards in it (no {SHARDS_MARKER}); write them with 'kg build PLANS --shards DIR'"
            )
        elif any(place.names("")):
            raise Refused(f"{address}: is not empty and holds no shards; name a new folder")
        else:
            place.write(SHARDS_MARKER, json.dumps({"format": SHARDS_FORMAT}).encode())
        return cls(place)

    def records(self) -> list[Record]:
        """The records of the shards, sorted by path."""
        records = (Record(**json.loads(self.place.read(name))) for name in self._record_names())
        return sorted(records, key=lambda record: record.path)

    def load(self, plans: Iterable[tuple[Record, bytes | None]]) -> None:
        """Writes a shard for each plan, given as its record and its graph in N-Quads, the record after the graph; None
        stands for a graph that a worker has written already. Shards of the same paths are replaced."""
        for record, nquads in plans:
            stem = stem_of(record.path)
            if nquads is not None:
                self.place.write(f"{stem}.nq", nquads)
            self.place.write(f"{stem}.json", json.dumps(asdict(record), ensure_ascii=True).encode())

    def forget(self, paths: Iterable[str]) -> None:
        """Removes the shards of the plan files with these paths, the record first; paths without a shard are
        ignored."""
        for path in paths:
            self.place.remove(f"{stem_of(path)}.json")
            self.place.remove(f"{stem_of(path)}.nq")

    def reference(self) -> str | None:
        """The fingerprint of the reference graph in the folder; None where there is none."""
        return (
            json.loads(self.place.read("reference.json"))["fingerprint"]
            if self.place.exists("reference.json")
            else None
        )

    def load_reference(self, fingerprint: str, quads: Sequence[Quad]) -> None:
        """Writes the reference graph and then its fingerprint, in place of those that the folder has."""
        self.place.write("reference.nq", serialize(quads, format=RdfFormat.N_QUADS) or b"")
        self.place.write("reference.json", json.dumps({"fingerprint": fingerprint}).encode())

    def reference_nquads(self) -> bytes:
        """The reference graph of the folder as N-Quads. Raises FileNotFoundError where there is none."""
        return self.place.read("reference.nq")

    def plans(self) -> Iterator[tuple[Record, bytes]]:
        """Each record with its graph as N-Quads, in the order of the shards' names. Raises FileNotFoundError for a
        record without a graph."""
        for name in self._record_names():
            yield Record(**json.loads(self.place.read(name))), self.place.read(name.removesuffix(".json") + ".nq")

    def __len__(self) -> int:
        return sum(1 for _ in self._record_names())

    def _record_names(self) -> Iterator[str]:
        """The names of the files with records: 'plans/3f/3f9a….json'."""
        return (name for name in self.place.names("plans") if name.endswith(".json"))


def stem_of(path: str) -> str:
    """The name of the shard of the plan file with this path, without suffix: '/data/渠县.txt' -> 'plans/93/93b5…'.
    Below the folder `plans`, whatever folder the file is in, and a folder of the first two digits, it is 32 hexadecimal
    digits of a digest of the whole path."""
    digest = sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return f"plans/{digest[:2]}/{digest}"
