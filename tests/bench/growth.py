"""How the cost of commands grows: python tests/bench/growth.py [PLANS ...] [--folder FOLDER]

Fictional plans (`fictional.py`) of each number are built into a store, and commands asked of it. Each line is a
command: CPU seconds of all its processes and MB of memory at most, for each number of plans. Stores that stand in the
folder already are not built again, and their builds are not measured. Last, the memory of each export of a million quads.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fictional import write
from many_quads import many, peak

from exports import FORMATS

KG = [sys.executable, "-P", "-m", "kg"]
PLANS = (100, 400, 1600)
MILLION = 1_000_000
ONE = "000000-qinghe"  # part of the name of a file that each corpus has


def commands(folder: Path, plans: int) -> Iterator[tuple[str, list[str]]]:
    """The commands that are measured, by the names of their lines."""
    store = ["--store", str(folder / f"{plans}.kg")]
    yield "build", [*KG, "build", str(folder / f"{plans}"), *store]
    yield "check", [*KG, "check", *store]
    yield "check again", [*KG, "check", *store]
    yield "query plans, makes the catalogue", [*KG, "query", "plans", "-p", f"plan={ONE}", *store]
    for name in ("outline", "lineage-path"):
        yield f"query {name} of one plan", [*KG, "query", name, "-p", f"plan={ONE}", *store]
    for name in ("indicators", "possible-matches"):
        yield f"query {name}", [*KG, "query", name, "--format", "csv", *store]
    yield "search, makes the index", [*KG, "search", "养老", "--limit", "10", *store]
    yield "search", [*KG, "search", "养老", "--limit", "10", *store]
    yield "audit", [*KG, "audit", "--format", "csv", *store]
    for name in ("graph", "lineage", "responsibilities"):
        yield f"view {name}", [*KG, "view", name, "-o", str(folder / f"{plans}-{name}.html"), *store]
    for name in ("nquads", "parquet"):
        yield f"export {name}", [*KG, "export", name, "-o", str(folder / f"{plans}-{name}"), *store]


def measured(command: list[str]) -> tuple[float, float, int]:
    """CPU seconds, MB of memory at most of one process, and lines of output of a command."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE)
        assert process.stderr is not None
        said = process.stderr.read().decode("utf-8", "replace")
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stderr.close()
        if process.returncode:
            raise SystemExit(f"{' '.join(command)}: {said[-500:]}")
        out.seek(0)
        lines = sum(1 for _ in out)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, lines


def main() -> None:
    """Prints a line for each command and number of plans, as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", type=int, nargs="*", default=PLANS)
    parser.add_argument("--folder", type=Path, help="where plans and stores are kept; else they are deleted")
    parser.add_argument("--no-exports", action="store_true", help="without the exports of a million quads")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        for plans in given.plans:
            _grown(folder, plans)
        if not given.no_exports:
            store = str(folder / "million.kg")
            quads = many(str(folder / f"{given.plans[0]}.kg"), store, MILLION)
            for name_ in FORMATS:
                if name_ != "pyvis":
                    print(f"export {name_} of {quads:,} quads: {peak(store, [name_])} MB", flush=True)


def _grown(folder: Path, plans: int) -> None:
    there = (folder / f"{plans}.kg").exists()
    if not there:
        write(folder / f"{plans}", plans)
    for name, command in commands(folder, plans):
        if name == "build" and there:
            continue
        cpu, memory, lines = measured(command)
        made = Path(command[command.index("-o") + 1]) if "-o" in command else None
        size = f", {_bytes(made) / 1e6:.2f} MB written" if made else f", {lines} lines" if lines > 3 else ""
        print(f"{plans} plans, {name}: {cpu:.2f} CPU s, {memory:.0f} MB{size}", flush=True)


def _bytes(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*")) if path.is_dir() else path.stat().st_size


if __name__ == "__main__":
    main()
