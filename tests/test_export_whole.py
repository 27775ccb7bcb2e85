"""Exports are whole or not there, and need no more memory for more plans."""

import os
import resource
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from test_export_formats import contents, written

from exports import EXPORT_FORMATS, Options, export, lines, parquet
from exports.options import select
from kg.stores import open_store
from ontology.model.errors import Refused, Usage
from ontology.model.store import Store

sys.path.insert(0, str(ROOT / "tests" / "bench"))

from many_quads import many

FROM_GRAPHS = sorted(set(EXPORT_FORMATS) - {"xlsx", "pyvis"})  # these two are made of rows


class Between:
    """A store that does something each time that it is asked for a graph or for rows."""

    def __init__(self, store: Store, step: Any) -> None:
        self.store, self.step = store, step

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def dump(self, graph: str) -> bytes:
        self.step()
        return self.store.dump(graph)

    def query(self, *arguments: Any) -> Any:
        self.step()
        return self.store.query(*arguments)


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), Refused("server gone"), KeyboardInterrupt()])
@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_a_store_that_fails_in_the_middle_leaves_what_was_there(
    name: str, error: BaseException, store: Store, tmp_path: Path
) -> None:
    left = 4  # the documents, then a few graphs or presets

    def step() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise error

    target = tmp_path / "out"
    export(name, store, str(target), Options())
    before = contents(target)
    broken: Any = Between(store, step)
    with pytest.raises((Refused, KeyboardInterrupt)):
        export(name, broken, str(target), Options(evidence=False))
    assert left == 0
    assert contents(target) == before
    assert list(tmp_path.iterdir()) == [target]


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """What a full disk does: writing ends with an error."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_a_full_disk_leaves_nothing(name: str, store: Store, tmp_path: Path) -> None:
    with files_of_at_most(1000), pytest.raises(Refused, match="cannot be written"):
        export(name, store, str(tmp_path / "out"), Options())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_no_name_before_all_is_written(name: str, store: Store, tmp_path: Path) -> None:
    target = tmp_path / "out"
    watched: Any = Between(store, lambda: seen.append(target.exists()))
    seen: list[bool] = []
    export(name, watched, str(target), Options())
    assert len(seen) > 3
    assert not any(seen)


def test_a_device_and_a_link_stay_what_they_are(store: Store, tmp_path: Path) -> None:
    """A rename would put a file in the place of /dev/null."""
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    export("void", store, str(tmp_path / "pipe"), Options())
    assert os.read(reader, 7) == b"@prefix"
    os.close(reader)
    (tmp_path / "link").symlink_to(tmp_path / "file")
    export("void", store, str(tmp_path / "link"), Options())
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes().startswith(b"@prefix")


@pytest.mark.parametrize(
    ("name", "target", "error", "words"),
    [
        ("nquads", "none/such/out.nq", Refused, "No such file or directory"),
        ("nquads", ".", Refused, "is a folder"),
        ("xlsx", ".", Refused, "is a folder"),
        ("xlsx", "-", Usage, "name it with -o FILE"),
        ("csv", "-", Usage, "name it with -o DIR"),
        ("csv", "mine", Refused, "not made by an export"),  # a folder of the user's own is not replaced
        ("parquet", "mine/notes.txt", Refused, "not made by an export"),
        ("csv", "x" * 300, Refused, "File name too long"),
        ("nquads", "x" * 300, Refused, "File name too long"),
    ],
)
def test_a_wrong_place_is_named(
    name: str, target: str, error: type[Exception], words: str, store: Store, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(error, match=words):
        export(name, store, target if target == "-" else str(tmp_path / target), Options())
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "notes.txt"]


@pytest.fixture(scope="module")
def copies(corpus_store: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of the corpus's plans more than twice, under other names."""
    path = str(tmp_path_factory.mktemp("copies") / "copies.kg")
    assert many(corpus_store, path, 10_000) > 10_000
    return path


@pytest.mark.parametrize("name", FROM_GRAPHS)
def test_memory_does_not_grow_with_the_plans(
    name: str, copies: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In each pass, no more is held at the last plans than at the fifth: the quads of those between are two megabytes."""
    monkeypatch.setattr(lines, "MAX_LINES_IN_MEMORY", 500)
    monkeypatch.setattr(lines, "LINES_PER_BATCH", 500)
    monkeypatch.setattr(parquet, "ROWS_PER_GROUP", 50)  # of each kind
    held: list[int] = []
    with open_store(copies) as store:
        plans = len(select(store, Options()).documents)
        watched: Any = Between(store, lambda: held.append(tracemalloc.get_traced_memory()[0]))
        tracemalloc.start()
        try:
            written(name, watched, tmp_path)
        finally:
            tracemalloc.stop()
    assert len(held) > 12
    for end in range(len(held), plans - 1, -plans):
        passed = held[end - plans : end]
        assert max(passed[-4:]) - max(passed[4:8]) < 700_000
