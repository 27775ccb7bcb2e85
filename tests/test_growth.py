"""Repeated shapes: a text of twice the length takes about twice the CPU time to be read, whatever it repeats.

`tests/data/shapes.tsv` holds the shapes. The time is that of this process, so other processes do not count except by
the caches that all share. So a ratio that is too high is measured again: first with the same texts, of whose times the
shorter count, then with longer texts, where the caches matter less: what grows with the square of the length only
becomes worse there."""

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
RATIO = 2.5
DOUBLINGS = 4  # of the text, before a ratio that is too high fails
SHORT = 0.04  # seconds that the smaller size takes at least: below, a ratio says nothing, and the counts are doubled


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
def warm() -> None:
    """What is loaded once is loaded before anything is measured."""
    for format_ in ("txt", "md", "html"):
        seconds(next(shape for shape in SHAPES if shape.format == format_), 20)


def test_the_list_has_its_length() -> None:
    assert len({shape.name for shape in SHAPES}) == len(SHAPES) >= AT_LEAST


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_twice_the_text_takes_about_twice_the_time(shape: Shape) -> None:
    count = shape.count
    once = seconds(shape, count)
    while once < SHORT:
        count *= 2
        once = seconds(shape, count)
    twice = seconds(shape, 2 * count)
    if twice > RATIO * once:
        once, twice = min(once, seconds(shape, count)), min(twice, seconds(shape, 2 * count))
    for _ in range(DOUBLINGS):
        if twice <= RATIO * once:
            break
        sleep(1)
        count *= 2
        once, twice = seconds(shape, count), seconds(shape, 2 * count)
    assert twice <= RATIO * once, f"{count} of {shape.name}: {once:.2f} s, {2 * count}: {twice:.2f} s"
