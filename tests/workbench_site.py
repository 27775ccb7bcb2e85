"""A workbench over the samples, served as `kg serve` serves it, for tests of pages and protocols."""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "samples"
EVIL = "<script>alert(1)</script>"


@dataclass(frozen=True)
class Site:
    """`address` ends with a slash; `folder` holds the plans, the store and the corrections."""

    address: str
    folder: Path
    process: "subprocess.Popen[str]"

    @property
    def store(self) -> Path:
        return self.folder / "plans.kg"

    def build(self) -> None:
        """Builds the store of the plans as they are now."""
        build(self.folder)


def build(folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "kg", "build", str(folder / "samples"), "--store", str(folder / "plans.kg")],
        check=True,
        capture_output=True,
    )


# No subject, no known body, and no subject once more.
UNREAD = "\n其中，新建50万亩。（责任单位：另定）\n其中，新建60万亩。\n"


def made(folder: Path) -> Path:
    """The samples, and a plan whose title and text look like markup, with sentences that give no fact; in a store."""
    shutil.copytree(SAMPLES, folder / "samples")
    text = (SAMPLES / "qinghe.txt").read_text("utf-8")
    hostile = text.replace("青禾县", "白石县").replace("养老服务", f"养老{EVIL}服务")
    (folder / "samples" / "baishi.txt").write_text(hostile + UNREAD, "utf-8")
    build(folder)
    return folder


@contextmanager
def serving(folder: Path, *options: str, store: Path | None = None) -> Iterator[Site]:
    """`kg serve` on a free port, of the folder's store or another; ended by SIGINT, as by Ctrl-C, after which its exit
    status is 0."""
    served = store or folder / "plans.kg"
    command = [sys.executable, "-m", "kg", "serve", "--store", str(served), "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    first = process.stderr.readline()
    found = re.match(r"(http://\S+?/)", first)
    assert found, first + process.stderr.read()
    try:
        yield Site(found[1], folder, process)
    finally:
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=60)[1]
    assert process.returncode == 0, rest
    assert "Traceback" not in rest
