"""Compares the OCR engines on scans of plans: python tests/bench/ocr.py PLAN.txt... [--pages 6] [--scans bad] [--keep DIR]

Each plan is rendered as a PDF (tools/render_plans.py, which needs LibreOffice), of which the first pages and those with
an indicator table are taken. They are drawn, degraded and stored as pictures, and read by each engine; the same pages
with their text layer are the truth. For each scan and engine a row is printed: characters wrong (edit distance by
length), numbers with their comparators (≥90%) read rightly, wrongly and lost, and the facts. A fact that lacks a value of the
true one and has none that is wrong counts as lost.
"""

import argparse
import io
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import reduce
from itertools import pairwise
from pathlib import Path

import numpy
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

from extractors import language
from extractors.readers import Limits, ocr_ppocr, read
from extractors.reading import reading
from extractors.vocabulary.characters import UNREADABLE
from ontology.model.facts import Fact, Heading, Indicator, Measure, Observation, Responsibility, Target, Task

RENDER = Path(__file__).parents[2] / "tools" / "render_plans.py"
NUMBER = re.compile(
    rf"[≥≤<>＞＜]?[\d{UNREADABLE}.．]*\d[\d{UNREADABLE}.．]*[%％‰]?|[≥≤<>＞＜][\d{UNREADABLE}.．]+[%％‰]?"
)
TABLE = ("约束性", "预期性")
POINTS = 72
NARROW = str.maketrans("（）", "()")  # engines do not tell the width of brackets


@dataclass(frozen=True)
class Scan:
    """What is done to a page: dots per inch, radius of the blur in dots, standard deviation of the noise and fall of
    the light over the page (of 255), skew in degrees, quality of the JPEG."""

    dpi: int
    blur: float
    noise: float
    shade: float
    skew: float
    quality: int


SCANS = {
    "clean": Scan(300, 0, 0, 0, 0, 92),
    "office": Scan(200, 0.6, 6, 10, 0.3, 75),
    "bad": Scan(120, 0.7, 14, 40, 0.8, 45),
}
ENGINES: dict[str, Callable[[], bool]] = {"PP-OCR": lambda: True, "Tesseract chi_sim": lambda: False}


@dataclass
class Score:
    """What one engine made of the pages of one kind."""

    pages: int = 0
    seconds: float = 0
    characters: int = 0
    errors: int = 0
    numbers: Counter[str] = field(default_factory=Counter)
    comparators: Counter[str] = field(default_factory=Counter)
    facts: dict[str, Counter[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description="Compares the OCR engines on scans of plans.")
    parser.add_argument("plans", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=6, help="of each plan, those with indicators among them")
    parser.add_argument("--scans", nargs="+", choices=SCANS, default=list(SCANS))
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--keep", type=Path, help="a folder to keep the rendered and scanned files in")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        todo = [plan for plan in given.plans if not (folder / f"{plan.stem}.pdf").exists()]
        if todo:
            command = [sys.executable, str(RENDER), *map(str, todo), "-o", str(folder), "--formats", "pdf"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        files = [_cut(folder / f"{plan.stem}.pdf", given.pages) for plan in given.plans]
        for name in given.scans:
            scans = [_scanned(file, name, SCANS[name]) for file in files]
            for engine in given.engines:
                score = _score(files, scans, ENGINES[engine])
                print(_row(name, engine, score), flush=True)
                for line in score.wrong:
                    print(f"    {line}", flush=True)


def _cut(file: Path, count: int) -> Path:
    """plan.pdf -> plan.part.pdf: the pages with an indicator table and their neighbours, then the first ones."""
    with pdfium.PdfDocument(file) as whole:
        texts = [page.get_textpage().get_text_bounded() for page in whole]
        tables = [n for n, text in enumerate(texts) if any(word in text for word in TABLE)]
        near = {n + step for n in tables for step in (-1, 0, 1)}
        order = [*sorted(near), *(n for n in range(len(texts)) if n not in near)]
        part = pdfium.PdfDocument.new()
        part.import_pages(whole, sorted([n for n in order if 0 <= n < len(texts)][:count]))
        target = file.with_suffix(".part.pdf")
        part.save(target)
    return target


def _scanned(file: Path, name: str, scan: Scan) -> Path:
    """A PDF of pictures of the pages."""
    target = file.with_name(file.name.replace(".part.pdf", f".{name}.pdf"))
    draw = random.Random(1)
    pictures = []
    with pdfium.PdfDocument(file) as pages:
        for page in pages:
            picture = page.render(scale=scan.dpi / POINTS, grayscale=True).to_pil().convert("L")
            pictures.append(_degraded(picture, scan, draw.choice((-1, 1)), draw.randrange(2**31)))
    pictures[0].save(target, save_all=True, append_images=pictures[1:], resolution=scan.dpi, quality=scan.quality)
    return target


def _degraded(picture: Image.Image, scan: Scan, side: int, seed: int) -> Image.Image:
    """The picture turned, blurred, shaded, with noise, and as its JPEG shows it."""
    if scan.skew:
        picture = picture.rotate(side * scan.skew, Image.Resampling.BICUBIC, fillcolor=255)
    if scan.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(scan.blur))
    dots = numpy.asarray(picture, dtype=float)
    dots = dots - scan.shade * numpy.linspace(0, 1, dots.shape[1])
    dots = dots + numpy.random.default_rng(seed).normal(0, scan.noise, dots.shape) if scan.noise else dots
    stored = io.BytesIO()
    Image.fromarray(dots.clip(0, 255).astype(numpy.uint8)).save(stored, "JPEG", quality=scan.quality)
    return Image.open(stored).convert("L")


def _score(files: list[Path], scans: list[Path], engine: Callable[[], bool]) -> Score:
    score, installed = Score(), ocr_ppocr.is_installed
    pipeline = language.load()
    pipeline.remove_pipe(language.FACTS_COMPONENT)  # the readings as they are
    for file, scan in zip(files, scans, strict=True):
        truth = read(file)
        ocr_ppocr.is_installed = engine
        begun = time.process_time(), _children()
        try:
            seen = read(scan, Limits(ocr=True, seconds=3600))
        finally:
            ocr_ppocr.is_installed = installed
        score.seconds += time.process_time() - begun[0] + _children() - begun[1]
        score.pages += len(truth.pages)
        for wanted, got in zip(_pages(truth), _pages(seen), strict=True):
            score.characters += len(wanted)
            score.errors += _distance(wanted, got)
            for right, read_as in _pairs(NUMBER.findall(wanted), NUMBER.findall(got)):
                kind = "right" if right == read_as else "lost" if not read_as or UNREADABLE in read_as else "wrong"
                score.numbers[kind] += 1
                if right.startswith(tuple("≥≤<>")) and read_as[:1] != right[:1]:
                    score.comparators["wrong" if kind == "wrong" else "lost"] += 1
                if kind == "wrong":
                    score.wrong.append(f"text, {scan.name}: {right or '-'} read as {read_as}")
        want, have = (_facts(pipeline(language.doc_of(source, pipeline.vocab))) for source in (truth, seen))
        for kind in sorted(want.keys() | have.keys()):
            counts = score.facts.setdefault(kind, Counter())
            a, b = want.get(kind, Counter()), have.get(kind, Counter())
            missing, other = a - b, b - a
            wrong = [key for key in other.elements() if not any(_in_part(key, true) for true in missing)]
            counts["right"] += (a & b).total()
            counts["wrong"] += len(wrong)
            counts["lost"] += missing.total()
            score.wrong += [f"{kind}, {scan.name}: {' | '.join(map(str, key))}" for key in wrong]
    return score


def _children() -> float:
    """Seconds of the processor that finished child processes took: Tesseract is one."""
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _pages(source: object) -> Iterator[str]:
    """The text of each page without white space."""
    starts = [*source.pages, len(source.text)]  # type: ignore[attr-defined]
    for start, end in pairwise(starts):
        yield "".join(source.text[start:end].split())  # type: ignore[attr-defined]


def _pairs(wanted: list[str], got: list[str]) -> Iterator[tuple[str, str]]:
    """Numbers of the truth with what was read in their place, "" where nothing was or nothing should have been."""
    for _, a, b, c, d in SequenceMatcher(None, wanted, got, autojunk=False).get_opcodes():
        left, right = wanted[a:b], got[c:d]
        size = max(len(left), len(right))
        yield from (
            zip(left + [""] * (size - len(left)), right + [""] * (size - len(right)), strict=True) if left else ()
        )
        yield from (("", number) for number in right if not left and UNREADABLE not in number)


def _distance(wanted: str, got: str) -> int:
    """The edit distance of two texts (Myers' bit vectors, in the form of Hyyrö 2003)."""
    if not wanted:
        return len(got)
    places = reduce(lambda found, at: found | {at[1]: found.get(at[1], 0) | 1 << at[0]}, enumerate(wanted), {})
    mask, last = (1 << len(wanted)) - 1, 1 << len(wanted) - 1
    plus, minus, distance = mask, 0, len(wanted)
    for character in got:
        here = places.get(character, 0)
        diagonal = (((here & plus) + plus) ^ plus) | here | minus
        up, down = minus | ~(diagonal | plus) & mask, plus & diagonal
        distance += bool(up & last) - bool(down & last)
        up, down = (up << 1 | 1) & mask, (down << 1) & mask
        plus, minus = down | ~(diagonal | up) & mask, up & diagonal
    return distance


def _facts(doc: object) -> dict[str, Counter[tuple[object, ...]]]:
    """The facts by kind; of indicators and targets also what was read of their numbers alone."""
    state = reading(doc)  # type: ignore[arg-type]
    found: dict[str, Counter[tuple[object, ...]]] = {}
    for fact in state.facts:
        for kind, key in _keys(fact):
            found.setdefault(kind, Counter())[key] += 1
    return found


def _keys(fact: Fact) -> Iterator[tuple[str, tuple[object, ...]]]:
    match fact:
        case Heading():
            yield "headings", (fact.kind, fact.number, fact.title)
        case Task():
            yield "tasks", (fact.title,)
        case Responsibility():
            yield "duties", (fact.department, fact.role)
        case Target():
            yield "targets", (fact.subject, fact.op, fact.value, fact.unit, fact.deadline)
            if fact.value is not None:
                yield "values", ("target", fact.op, fact.value, fact.unit)
        case Indicator():
            measures = [m for m in (fact.baseline, fact.target) if m]
            yield "indicators", (fact.name.translate(NARROW), *(key for m in measures for key in _measure(m)))
            for measure in measures:
                if measure.value is not None:
                    yield "values", ("indicator", *_measure(measure))
        case Observation():
            yield "observations", (fact.name, fact.year, fact.value, fact.unit)
            yield "values", ("observation", fact.year, fact.value, fact.unit)


def _in_part(key: tuple[object, ...], true: tuple[object, ...]) -> bool:
    """Whether a fact says what the true one says, or less: (床位数, 2025, None) of (床位数, 2025, 90)."""
    return key[0] == true[0] and all(a is None or a in true for a in key) and len(key) <= len(true)


def _measure(measure: Measure) -> tuple[object, ...]:
    return measure.year, measure.op, measure.value, measure.unit


def _row(scan: str, engine: str, score: Score) -> str:
    facts = "; ".join(f"{kind} {n['right']}/{n['wrong']}/{n['lost']}" for kind, n in sorted(score.facts.items()))
    n, c = score.numbers, score.comparators
    return (
        f"| {scan} | {engine} | {score.pages} | {score.errors / max(1, score.characters):.3f} "
        f"| {n['right']}/{n['wrong']}/{n['lost']} | {c['lost'] + c['wrong']} | {facts} "
        f"| {score.seconds / max(1, score.pages):.1f} s |"
    )


if __name__ == "__main__":
    main()
