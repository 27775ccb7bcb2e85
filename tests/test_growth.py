"""Repeated shapes: a text of four times the length takes about four times the CPU time to be read, whatever it repeats.

`tests/data/shapes.tsv` holds the shapes. The time is that of this process, so other processes do not count except by the
caches that all share. So a ratio that is too high is measured again: first with the same texts, of whose times the
shorter count, then with longer texts, where the caches matter less: what grows with the square of the length only
becomes worse there.

A quarter of the text and all of it find the same quadratic part (a third of the linear one at that length) as all of it
and twice the text would, in half the time.
"""

import gc
import re
from collections.abc import Iterator
from dataclasses import dataclass
from time import process_time, sleep

import pytest
from conftest import ROOT

from extractors.readers import read_bytes
from extractors.version import PROGRAM_NAME
from kg.builder.extraction import read_plan
from ontology.graph import plan_graph
from ontology.iris import Iris

AT_LEAST = 60  # shapes; the list must not shrink unnoticed
TIMES = 4  # the larger text in the smaller one
MOST = 5.0  # the time of the larger in that of the smaller
DOUBLINGS = 4  # of the text, before a ratio that is too high fails
SHORT = 0.02  # seconds that the smaller text takes at least: below, a ratio says nothing, and the counts are doubled


@dataclass(frozen=True)
class Shape:
    name: str
    format: str
    count: int
    before: str
    unit: str
    after: str

    def text(self, count: int) -> str:
        return self.before + "".join(self.unit.replace("#", str(n)) for n in range(1, count + 1)) + self.after


def shapes() -> Iterator[Shape]:
    for line in (ROOT / "tests" / "data" / "shapes.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, format_, count, *texts = line.split("\t")
            yield Shape(name, format_, int(count), *map(written_out, texts))


def written_out(text: str) -> str:
    """'a\\\\tb' -> 'a' tab 'b'"""
    escapes = {"n": "\n", "t": "\t", "\\": "\\"}
    return re.sub(r"\\(?:u([0-9a-f]{4})|(.))", lambda m: chr(int(m[1], 16)) if m[1] else escapes[m[2]], text)


SHAPES = list(shapes())


def seconds(shape: Shape, count: int) -> float:
    """The CPU time to read the text, find its facts and make its graph."""
    data = shape.text(count).encode()
    gc.collect()
    gc.disable()
    try:
        begun = process_time()
        source = read_bytes(f"规划.{shape.format}", data)
        facts, text = read_plan(source)
        plan_graph(source, facts, PROGRAM_NAME, Iris(), text=text)
        return process_time() - begun
    finally:
        gc.enable()


@pytest.fixture(scope="module", autouse=True)
def warm() -> Iterator[None]:
    """What is loaded once is loaded before anything is measured, and is no work for the collector of garbage."""
    for format_ in ("txt", "md", "html"):
        seconds(next(shape for shape in SHAPES if shape.format == format_), 20)
    gc.freeze()
    yield
    gc.unfreeze()


def test_the_list_has_its_length() -> None:
    assert len({shape.name for shape in SHAPES}) == len(SHAPES) >= AT_LEAST


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_four_times_the_text_takes_about_four_times_the_time(shape: Shape) -> None:
    few = max(1, shape.count // TIMES)
    once = seconds(shape, few)
    while once < SHORT:
        few *= 2
        once = seconds(shape, few)
    many = seconds(shape, TIMES * few)
    if many > MOST * once:
        once, many = min(once, seconds(shape, few)), min(many, seconds(shape, TIMES * few))
    for _ in range(DOUBLINGS):
        if many <= MOST * once:
            break
        sleep(1)
        few *= 2
        once, many = seconds(shape, few), seconds(shape, TIMES * few)
    assert many <= MOST * once, f"{few} of {shape.name}: {once:.2f} s, {TIMES * few}: {many:.2f} s"
