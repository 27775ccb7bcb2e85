"""No input makes a reader crash or hang: every hostile file loads, or is refused in one line."""

from pathlib import Path

import pytest
from hostile.make import make
from hostile.run import outcomes

from extractors.readers import read

FILES = 250  # at least; the corpus must not shrink unnoticed
SECONDS = 30
MEGABYTES = 500


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return make(tmp_path_factory.mktemp("hostile"), scale=0.002)


def reading(path: Path) -> str:
    source = read(path)
    source.text.encode()  # a lone surrogate would raise
    source.name.encode()
    assert all(0 <= start <= len(source.text) for start in source.pages)
    assert list(source.pages) == sorted(source.pages)
    for table in source.tables:
        assert all(table.start <= cell.start <= cell.end <= table.end for cell in table.cells)
    assert all(0 <= mark.start < mark.end <= len(source.text) for mark in source.marks)
    return "read"


def test_every_file_loads_or_is_refused(corpus: list[Path]) -> None:
    assert len(corpus) >= FILES
    found = list(outcomes(corpus, reading, limit=SECONDS))
    odd = [
        (ascii(outcome.path.name), outcome.kind, outcome.words)
        for outcome in found
        if outcome.kind not in ("loaded", "refused") or outcome.megabytes > MEGABYTES or "\n" in outcome.words
    ]
    assert odd == []
    assert sum(outcome.kind == "loaded" for outcome in found) > 100
    assert sum(outcome.kind == "refused" for outcome in found) > 80
