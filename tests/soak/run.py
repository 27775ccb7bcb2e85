"""Random builds, kills, prunes, renames, edits and queries against a model of what the store must hold.

usage: python tests/soak/run.py [--seconds 3600] [--plans 300] [--seed 1]

The model is the folder itself: after a build that was not killed, the store's list names just the folder's files (and,
until a prune, those that are gone), each with the digest of its bytes; and a graph depends on nothing but its file and
the corrections of it, so the same name, bytes and corrections always give the same quads, whatever was killed before.
Each correction has the state, and each corrected commitment the value, that `Soak.expected` says. A difference ends the
run with the seed and the step.
"""

import argparse
import os
import random
import re
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

from kg.corrections import append, load
from kg.stores import open_store
from ontology.model.corrections import Correction
from queries.presets import preset

ROOT = Path(__file__).parents[2]
KG = [sys.executable, "-m", "kg"]
# The words of a commitment of the sample, with the value that is read from them, and words that nothing is read from.
BUILT, READ = "2023年底前，建成县级养老服务指导中心1个", "1"
SHORT, ADDED = "护理型床位占比偏低", "60"
QUOTES = (BUILT, SHORT)
SURNAMES, GIVEN = "青白黄紫丹翠银金玉石", "禾河川岭原溪泽湖山林"


@dataclass
class Soak:
    """A folder of plans, a store of them, and what is known of both."""

    folder: Path
    store: Path
    chance: random.Random
    plans: int
    samples: list[str] = field(default_factory=list)
    # (file name, its digest, the corrections of it) -> digest of its quads
    graphs: dict[tuple[str, str, str], str] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)

    def step(self) -> str:
        """Does one thing at random and says which."""
        names = ["add", "edit", "rename", "remove", "correct", "undo", "build", "build", "killed", "prune", "query"]
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
        """Changes a number in a plan; at times the words that corrections quote, or back to them."""
        if files := self.files():
            file = self.chance.choice(files)
            text = file.read_text("utf-8")
            text = re.sub(r"\d{4}张", f"{self.chance.randint(1000, 9999)}张", text, count=1)
            if self.chance.random() < 0.3:
                text = re.sub(r"服务指导中心\d个", f"服务指导中心{self.chance.choice('13')}个", text, count=1)
            file.write_text(text, "utf-8")

    def rename(self) -> None:
        """Gives a plan another name."""
        if files := self.files():
            file = self.chance.choice(files)
            file.rename(file.with_name(f"{file.stem}x{self.chance.randint(1, 99)}.txt"))

    def remove(self) -> None:
        """Removes a plan."""
        if files := self.files():
            self.chance.choice(files).unlink()

    def correct(self) -> None:
        """Corrects a plan of the folder, or one that is gone: sets a value, removes a fact, adds one."""
        names = sorted({file.name for file in self.files()} | {key[0] for key in self.graphs})
        if not names:
            return
        of = {"file": self.chance.choice(names), "kind": "Target", "by": "soak", "at": str(sum(self.done.values()))}
        made = {
            "set": Correction("set", quote=BUILT, field="value", value=self.chance.choice("129"), **of),  # type: ignore[arg-type]
            "remove": Correction("remove", quote=BUILT, **of),  # type: ignore[arg-type]
            "add": Correction("add", quote=SHORT, values={"subject": "占比", "value": ADDED}, **of),  # type: ignore[arg-type]
        }
        append(self.corrections, [made[self.chance.choice(["set", "set", "remove", "add"])]])

    def undo(self) -> None:
        """Takes a correction back."""
        if found := load([self.corrections]):
            append(self.corrections, [Correction("undo", undoes=self.chance.choice(found).id, by="soak")])

    @property
    def corrections(self) -> Path:
        """The file beside the plans."""
        return self.folder / "corrections.jsonl"

    def expected(self, file: Path) -> tuple[dict[str, str], list[tuple[str, str]]]:
        """What has to become of each correction of a plan, by its id, and the values of its corrected commitments."""
        text = file.read_text("utf-8")
        states: dict[str, str] = {}
        value: str | None = READ if BUILT in text else None
        added = False
        for each in load([self.corrections]):
            if each.file != file.name:
                continue
            if each.action == "add":
                states[each.id], added = "unneeded" if added else "applied", True
            elif BUILT not in text:
                states[each.id] = "lost"
            elif each.action == "remove":
                states[each.id], value = "applied" if value else "unneeded", None
            elif value is None:
                states[each.id] = "no fact"
            else:
                states[each.id], value = "unneeded" if value == each.value else "applied", each.value
        values = [(BUILT, value)] if value else []
        return states, sorted([*values, *([(SHORT, ADDED)] if added else [])])

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
                name = Path(record.path).name
                lines = "".join(each.line() for each in load([self.corrections]) if each.file == name)
                key = name, record.sha256, sha256(lines.encode()).hexdigest()
                if record.path in present:  # a plan that is gone keeps the corrections of its last build
                    assert self.graphs.setdefault(key, found) == found, f"{key}: another graph than before"
            states = preset("corrections").run(store).of(("file", "correction_id", "state", "plan_id")).rows
            targets = preset("targets").run(store).of(("quote", "value", "plan_id")).rows
            for path in present:
                document = loaded[path].document
                wanted, values = self.expected(Path(path))
                held_states = {str(id_): str(state) for _, id_, state, plan in states if plan == document}
                assert held_states == wanted, f"{path}: corrections are {held_states}, not {wanted}"
                found_values = sorted(
                    (str(quote), f"{value:g}") for quote, value, plan in targets if plan == document and quote in QUOTES
                )
                assert found_values == values, f"{path}: {found_values}, not {values}"


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
