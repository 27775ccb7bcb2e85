"""How the cost of commands grows: python tests/bench/growth.py [PLANS ...] [--folder FOLDER]

Fictional plans (`fictional.py`) of each number are built into a store, and commands asked of it. Each line is a
command: CPU seconds of all its processes and MB of memory at most, for each number of plans; the last table has these
beside one another. Stores that stand in the folder already are not built again, and their builds are not measured. Last,
the memory of each export of a million quads.
"""

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fictional import write
from many_quads import many, peak

from exports import EXPORT_FORMATS
from exports.lines import STATEMENT_END
from exports.views.frame import MAX_PAGE_BYTES
from kg.builder.shards import Shards
from kg.stores import open_store

KG = [sys.executable, "-P", "-m", "kg"]
RAW = """import sys, pyoxigraph as ox
store = ox.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)
store.flush()"""
PLANS = (100, 400, 1600)
MILLION = 1_000_000
ONE = "000000-qinghe"  # part of the name of a file that each corpus has


@dataclass(frozen=True, slots=True)
class Measured:
    """CPU seconds of a command with all its processes, MB of memory at most of one of them, lines of output; and
    what it said where it failed."""

    cpu: float
    memory: float
    lines: int
    said: str = ""


def commands(folder: Path, plans: int) -> Iterator[tuple[str, list[str]]]:
    """The commands that are measured, by the names of their lines. Those that write to the store stand last."""
    store = ["--store", str(folder / f"{plans}.kg")]
    yield "build", [*KG, "build", str(folder / f"{plans}"), *store]
    yield "check", [*KG, "check", *store]
    yield "check again", [*KG, "check", *store]
    yield "query plans of one plan, makes the catalogue", [*KG, "query", "plans", "-p", f"plan={ONE}", *store]
    for name in ("outline", "lineage-path"):
        yield f"query {name} of one plan", [*KG, "query", name, "-p", f"plan={ONE}", *store]
    for name in ("indicators", "possible-matches"):
        yield f"query {name}", [*KG, "query", name, "--format", "csv", *store]
    yield "search, makes the index", [*KG, "search", "养老", "--limit", "10", *store]
    yield "search", [*KG, "search", "养老", "--limit", "10", *store]
    yield "audit", [*KG, "audit", "--format", "csv", *store]
    for name in ("graph", "lineage", "responsibilities", "indicators", "diffusion", "regions"):
        yield f"view {name}", [*KG, "view", name, "-o", str(folder / f"{plans}-{name}.html"), *store]
    yield (
        "view document",
        [*KG, "view", "document", "--plan", f"{ONE}.txt", "-o", str(folder / f"{plans}-one.html"), *store],
    )
    for name in ("nquads", "parquet", "csv", "sqlite", "xlsx"):
        target = folder / f"{plans}-{name}{EXPORT_FORMATS[name].suffix}"
        yield f"export {name}", [*KG, "export", name, "-o", str(target), *store]
    nquads = folder / f"{plans}-nquads{EXPORT_FORMATS['nquads'].suffix}"
    yield "raw bulk load", [sys.executable, "-c", RAW, str(nquads), str(folder / f"{plans}-raw")]
    yield (
        "load of shards",
        [*KG, "load", str(folder / f"{plans}-shards"), "--store", str(folder / f"{plans}-loaded.kg")],
    )
    yield "align", [*KG, "align", "--jobs", "1", *store]
    yield "align again", [*KG, "align", "--jobs", "1", *store]
    yield "query task-alignment of one plan", [*KG, "query", "task-alignment", "-p", f"plan={ONE}", *store]
    yield "view matrix", [*KG, "view", "matrix", "-o", str(folder / f"{plans}-matrix.html"), *store]
    yield "view all", [*KG, "view", "all", "-o", str(folder / f"{plans}-all"), *store]


def measured(command: list[str], seconds: int) -> Measured:
    """What a command takes; one that fails, or takes more CPU seconds, is said to have failed."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, preexec_fn=_bounded(seconds))
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said = ""
        if process.returncode:
            err.seek(0)
            said = f"status {process.returncode} {err.read().decode('utf-8', 'replace')[-300:].strip()}"
        out.seek(0)
        lines = sum(1 for _ in out)
    return Measured(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, lines, said)


def _bounded(seconds: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def main() -> None:
    """Prints a line for each command and number of plans, as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", type=int, nargs="*", default=PLANS)
    parser.add_argument("--folder", type=Path, help="where plans and stores are kept; else they are deleted")
    parser.add_argument("--only", default="", help="a regular expression for the commands that are run")
    parser.add_argument("--seconds", type=int, default=1200, help="CPU seconds after which a command is ended")
    parser.add_argument("--no-exports", action="store_true", help="without the exports of a million quads")
    given = parser.parse_args()
    found: dict[str, dict[int, Measured]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        for plans in given.plans:
            _grown(folder, plans, given, found)
        for command, by_plans in found.items():
            figures = "  ".join(f"{each.cpu:.2f} s {each.memory:.0f} MB" for each in by_plans.values())
            first, *_, last = [each.cpu for each in by_plans.values()] * 2
            print(f"{command}: {figures}; the last is {last / first:.2f} times the first", flush=True)
        if not given.no_exports:
            store = str(folder / "million.kg")
            quads = many(str(folder / f"{given.plans[0]}.kg"), store, MILLION)
            for name_ in EXPORT_FORMATS:
                if name_ != "pyvis":
                    print(f"export {name_} of {quads:,} quads: {peak(store, [name_])} MB", flush=True)


def _grown(folder: Path, plans: int, given: argparse.Namespace, found: dict[str, dict[int, Measured]]) -> None:
    there = (folder / f"{plans}.kg").exists()
    if not there:
        write(folder / f"{plans}", plans)
    for name, command in commands(folder, plans):
        if (name == "build" and there) or not re.search(given.only, name):
            continue
        if name == "load of shards":
            _shards(folder, plans)
        each = measured(command, given.seconds)
        found.setdefault(name, {})[plans] = each
        made = Path(command[command.index("-o") + 1]) if "-o" in command else None
        size = _written(made) if made and made.exists() else f", {each.lines} lines" if each.lines > 3 else ""
        failed = f"; {each.said}" if each.said else ""
        print(f"{plans} plans, {name}: {each.cpu:.2f} CPU s, {each.memory:.0f} MB{size}{failed}", flush=True)


def _shards(folder: Path, plans: int) -> None:
    with open_store(str(folder / f"{plans}.kg")) as store:
        shards = Shards.open(str(folder / f"{plans}-shards"), write=True)
        for record in store.records():
            graph = f" <{record.document}>".encode() + STATEMENT_END
            shards.load([(record, store.dump(record.document).replace(STATEMENT_END, graph))])
        shards.load_reference(store.reference() or "", [])


def _written(path: Path) -> str:
    files = [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else [path]
    pages = [file.stat().st_size for file in files if file.suffix == ".html"]
    most = f" in {len(pages)} pages, the largest {max(pages) / 1e6:.2f} MB" if len(pages) > 1 else ""
    large = "; LARGER THAN 20 MB" if any(size > MAX_PAGE_BYTES for size in pages) else ""
    return f", {sum(file.stat().st_size for file in files) / 1e6:.2f} MB written{most}{large}"


if __name__ == "__main__":
    main()
