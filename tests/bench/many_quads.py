"""What an export of many quads costs: python tests/bench/many_quads.py STORE FORMAT... prints the peak of memory in MB."""

import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from exports import FORMATS, Options, export
from kg.model.store import Record
from kg.stores import open_store

BASE = b"https://plan-kg.example/id/"


def many(store_path: str, target: str, quads: int) -> int:
    """Fills a store with copies of another's plans, each with IRIs and a file name of its own; answers their quads."""
    made = 0

    def copies(graphs: list[tuple[str, str, bytes]]) -> Iterator[tuple[Record, bytes]]:
        nonlocal made
        number = 0
        while made < quads:
            for name, file, triples in graphs:
                base = BASE.replace(b"/id/", f"/{number}/".encode())
                graph = name.encode().replace(BASE, base)
                lines = triples.replace(BASE, base).replace(f'"{file}"'.encode(), f'"{number}-{file}"'.encode())
                made += lines.count(b" .\n")
                number += 1
                yield (
                    Record(f"/copy/{number}", graph.decode(), "0" * 64, "bench"),
                    lines.replace(b" .\n", b" <" + graph + b"> .\n"),
                )

    with open_store(store_path) as source, open_store(target, write=True) as store:
        graphs = [
            (record.document, Path(record.path).name, source.dump(record.document)) for record in source.records()
        ]
        store.load(copies(graphs))
    return made


def peak(store_path: str, formats: Iterable[str]) -> int:
    """The peak of a process that writes these formats one after the other, in MB."""
    command = [sys.executable, __file__, store_path, *formats]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parent.parent.parent)
    return int(done.stdout)


def main() -> None:
    """Writes the formats of the arguments, and prints the peak of memory."""
    address, *formats = sys.argv[1:]
    with open_store(address) as store, tempfile.TemporaryDirectory() as folder:
        for name in formats:
            export(name, store, str(Path(folder, name + FORMATS[name].suffix)), Options())
    print(_peak() // 1024)


def _peak() -> int:
    """In kB, of this process alone: what getrusage says begins with what the parent held."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # macOS, in bytes
    return int(re.search(r"VmHWM:\s+(\d+)", status.read_text("utf-8")).group(1))  # type: ignore[union-attr]


if __name__ == "__main__":
    main()
