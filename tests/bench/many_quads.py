"""What an export of many quads costs: python tests/bench/many_quads.py STORE FORMAT... prints the peak of memory in MB."""

import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from exports import EXPORT_FORMATS, Options, export
from exports.lines import STATEMENT_END
from exports.options import ExportedDocument, select
from kg.stores import open_store
from ontology.model.store import Record


def many(store_path: str, target: str, quads: int) -> int:
    """Fills a store with copies of another's plans, each with IRIs and a file name of its own; answers their quads."""
    made = 0

    def copies(plans: list[tuple[ExportedDocument, bytes]]) -> Iterator[tuple[Record, bytes]]:
        nonlocal made
        for number in count():
            for plan, triples in plans:
                if made >= quads:
                    return
                base, name = plan.graph.rpartition("document/")[0].encode(), f'"{plan.file}"'.encode()
                own = re.compile(re.escape(base) + rb"[a-z]+/"), rb"\g<0>%d-" % number  # the base of all stays one
                graph = own[0].sub(own[1], plan.graph.encode())
                lines = own[0].sub(own[1], triples).replace(name, f'"{number}-{plan.file}"'.encode())
                made += lines.count(STATEMENT_END)
                nquads = lines.replace(STATEMENT_END, b" <" + graph + b">" + STATEMENT_END)
                yield Record(f"/{number}/{plan.file}", graph.decode(), "0" * 64, "bench"), nquads

    with open_store(store_path) as source, open_store(target, write=True) as store:
        store.load(copies([(plan, source.dump(plan.graph)) for plan in select(source, Options()).documents]))
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
            export(name, store, str(Path(folder, name + EXPORT_FORMATS[name].suffix)), Options())
    print(_peak() // 1024)


def _peak() -> int:
    """In kB, of this process alone: what getrusage says begins with what the parent held."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # macOS, in bytes
    return int(re.search(r"VmHWM:\s+(\d+)", status.read_text("utf-8")).group(1))  # type: ignore[union-attr]


if __name__ == "__main__":
    main()
