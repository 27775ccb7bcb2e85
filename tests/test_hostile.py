"""No input makes a reader crash or hang: every hostile file loads, or is refused in one line."""

import gc
import re
import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from hostile.make import make
from hostile.prints import deadly
from hostile.run import Outcome, outcomes
from hostile.texts import PLAN

from extractors.readers import read
from extractors.readers.limits import DEFAULTS, Limits, cap_memory
from kg.builder import build
from kg.builder.extraction import FileJob, read_facts, read_source
from kg.builder.workers import answer_of
from kg.stores import open_store
from ontology.model.errors import Refused

FILES = 360  # at least; the corpus must not shrink unnoticed
SECONDS = 30
MEGABYTES = 500


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return make(tmp_path_factory.mktemp("hostile"), scale=0.002)


def held() -> int:
    """The bytes of data that this process has already, for a process of the tests holds more than a worker."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData"))


def reading(path: Path) -> str:
    cap_memory(replace(DEFAULTS, memory=DEFAULTS.memory + held()))
    source = read(path)
    source.text.encode()  # a lone surrogate would raise
    source.name.encode()
    assert all(0 <= start <= len(source.text) for start in source.pages)
    assert list(source.pages) == sorted(source.pages)
    for table in source.tables:
        assert all(table.start <= cell.start <= cell.end <= table.end for cell in table.cells)
    assert all(0 <= mark.start < mark.end <= len(source.text) for mark in source.marks)
    return "read"


def all_outcomes(paths: list[Path]) -> tuple[list[Outcome], float]:
    """What becomes of each file, and the megabytes with which the process of each begins. The readers of all formats
    are imported here, by a good file of each, not again in each process that reads one."""
    for path in {path.suffix: path for path in paths if re.search("-sound|^called", path.name)}.values():
        read(path)
    gc.collect()
    gc.freeze()
    begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return list(outcomes(paths, reading, limit=SECONDS)), begun


def test_every_file_loads_or_is_refused(corpus: list[Path]) -> None:
    assert len(corpus) >= FILES
    # a process that has run other tests is large, and takes as long to fork as most of the files to read
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        found, begun = fresh.submit(all_outcomes, corpus).result()
    most = MEGABYTES + begun
    odd = [
        (ascii(outcome.path.name), outcome.kind, outcome.words)
        for outcome in found
        if outcome.kind not in ("loaded", "refused") or outcome.megabytes > most or "\n" in outcome.words
    ]
    assert odd == []
    assert sum(outcome.kind == "loaded" for outcome in found) > 100
    assert sum(outcome.kind == "refused" for outcome in found) > 80


def greedy(path: Path) -> str:
    cap_memory(Limits(memory=300_000_000 + held()))
    return str(len(bytearray(600_000_000)))


def test_a_process_has_no_more_memory_than_its_limits_say(tmp_path: Path) -> None:
    (outcome,) = outcomes([tmp_path], greedy)
    assert (outcome.kind, outcome.words) == ("crashed", "MemoryError: ")


@pytest.mark.usefixtures("read_by_workers")
def test_a_file_that_kills_its_reader_takes_no_other_with_it(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(deadly())
    (tmp_path / "b.txt").write_text(PLAN, "utf-8")
    with open_store(str(tmp_path / "plans.kg"), write=True) as store:
        report = build([tmp_path], store)
    assert [Path(path).name for path in report.loaded] == ["b.txt"]
    ((path, reason),) = report.refused
    assert Path(path).name == "a.pdf"
    assert "died" in reason


@pytest.mark.usefixtures("read_by_workers")
@pytest.mark.parametrize("work", [read_source, read_facts])
def test_a_file_that_kills_its_reader_costs_a_person_no_more_than_a_message(
    work: Callable[[FileJob], object], tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(deadly())
    with pytest.raises(Refused, match=r"a\.pdf: the process that read it died"):
        answer_of(work, FileJob(str(tmp_path / "a.pdf"), None, Limits()))
