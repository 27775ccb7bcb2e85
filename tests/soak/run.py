"""Random builds, kills, prunes, renames, edits and queries against a model of what the store must hold.

usage: python tests/soak/run.py [--seconds 3600] [--plans 300] [--seed 1]

The model is the folder itself: after a build that was not killed, the store's list names just the folder's files (and,
until a prune, those that are gone), each with the digest of its bytes; and a graph depends on nothing but its file, so
the same name and bytes always give the same quads, whatever was killed before. A difference ends the run with the seed
and the step.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from kg.stores import open_store

ROOT = Path(__file__).parents[2]
KG = [sys.executable, "-m", "kg"]
SURNAMES, GIVEN = "青白黄紫丹翠银金玉石", "禾河川岭原溪泽湖山林"


@dataclass
class Soak:
    """A folder of plans, a store of them, and what is known of both."""

    folder: Path
    store: Path
    chance: random.Random
    plans: int
    samples: list[str] = field(default_factory=list)
    graphs: dict[tuple[str, str], str] = field(default_factory=dict)  # (file name, its digest) -> digest of its quads
    done: Counter[str] = field(default_factory=Counter)

    def step(self) -> str:
        """Does one thing at random and says which."""
        names = ["add", "edit", "rename", "remove", "build", "build", "killed", "prune", "query"]
        name = self.chance.choice(names)
        getattr(self, name)()
        self.done[name] += 1
        return name

    def files(self) -> list[Path]:
        """The plans in the folder."""
        return sorted(self.folder.rglob("*.txt"))

    def add(self) -> None:
        """Puts new plans of other counties into the folder, some of them below it."""
        for _ in range(self.chance.randint(1, 8)):
            if len(self.files()) >= self.plans:
                return
            county = f"{self.chance.choice(SURNAMES)}{self.chance.choice(GIVEN)}{self.chance.choice(GIVEN)}县"
            place = self.folder / self.chance.choice(["", "a", "b/c"])
            place.mkdir(parents=True, exist_ok=True)
            text = self.chance.choice(self.samples).replace("青禾县", county)
            (place / f"{county}{self.chance.randint(1, 99)}.txt").write_text(text, "utf-8")

    def edit(self) -> None:
        """Changes a number in a plan."""
        if files := self.files():
            file = self.chance.choice(files)
            text = file.read_text("utf-8")
            file.write_text(text.replace("1850张", f"{self.chance.randint(1000, 9999)}张"), "utf-8")

    def rename(self) -> None:
        """Gives a plan another name."""
        if files := self.files():
            file = self.chance.choice(files)
            file.rename(file.with_name(f"{file.stem}x{self.chance.randint(1, 99)}.txt"))

    def remove(self) -> None:
        """Removes a plan."""
        if files := self.files():
            self.chance.choice(files).unlink()

    def build(self) -> None:
        """Builds, and compares the store with the folder."""
        self._run("build", str(self.folder), "--store", str(self.store))
        self._compare(pruned=False)

    def prune(self) -> None:
        """Builds with --prune."""
        self._run("build", str(self.folder), "--prune", "--yes", "--store", str(self.store))
        self._compare(pruned=True)

    def killed(self) -> None:
        """Kills a build, with all its processes, at a random moment."""
        command = [*KG, "build", str(self.folder), "--store", str(self.store)]
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)
        time.sleep(self.chance.uniform(0.2, 12))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def query(self) -> None:
        """Asks for the plans, whatever state the store is in."""
        if self.store.exists():
            self._run("query", "plans", "--format", "json", "--store", str(self.store))

    def _run(self, *arguments: str) -> None:
        done = subprocess.run([*KG, *arguments], capture_output=True, text=True)
        if done.returncode:
            raise AssertionError(f"kg {' '.join(arguments)}: exit {done.returncode}: {done.stderr[-2000:]}")

    def _compare(self, pruned: bool) -> None:
        present = {str(file): sha256(file.read_bytes()).hexdigest() for file in self.files()}
        with open_store(str(self.store)) as store:
            loaded = {record.path: record for record in store.records()}
            for path, digest in present.items():
                assert path in loaded, f"{path} is not in the store"
                assert loaded[path].sha256 == digest, f"{path}: the store holds another version"
            assert not pruned or loaded.keys() == present.keys(), f"left: {loaded.keys() - present.keys()}"
            held = {record.document for record in loaded.values()}
            plans = {graph for graph in store.graphs() if "/document/" in graph}
            assert plans == held, f"graphs of no file: {plans - held}; files without a graph: {held - plans}"
            for record in loaded.values():
                quads = ox.serialize(store.quads(record.document), format=ox.RdfFormat.N_QUADS) or b""
                found = sha256(quads.replace(record.document.encode(), b"")).hexdigest()
                key = Path(record.path).name, record.sha256
                assert self.graphs.setdefault(key, found) == found, f"{key}: another graph than before"


def main() -> None:
    """Soaks for the time that is given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=3600)
    parser.add_argument("--plans", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    samples = [(ROOT / "samples" / "qinghe.txt").read_text("utf-8")]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "plans")
        folder.mkdir()
        soak = Soak(folder, Path(temporary, "s.kg"), random.Random(options.seed), options.plans, samples)
        end, number = time.monotonic() + options.seconds, 0
        soak.add()
        soak.build()
        while time.monotonic() < end:
            number += 1
            try:
                name = soak.step()
            except AssertionError as error:
                sys.exit(f"seed {options.seed}, step {number}: {error}")
            if sys.stderr.isatty():
                print(f"\rstep {number}: {name:8} {len(soak.files())} plans", end="", file=sys.stderr)
        soak.build()
        counts = ", ".join(f"{count} {name}" for name, count in sorted(soak.done.items()))
        print(f"{number} steps ({counts}); the store agreed after each build")


if __name__ == "__main__":
    main()
