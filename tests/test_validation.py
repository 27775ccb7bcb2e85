"""kg check reads one graph after the other, and nothing from the folder that it runs in."""

import subprocess
import sys
from pathlib import Path

import pytest

from kg import validation
from ontology.schema import schema

FILE = schema().properties["file"].iri


class Graphs:
    """A store of plan graphs that keeps the order of what is read."""

    def __init__(self, count: int, log: list[str]) -> None:
        self.names, self.log = [f"urn:{i}" for i in range(count)], log

    def graphs(self) -> list[str]:
        return ["urn:reference", *self.names]

    def dump(self, graph: str) -> bytes:
        self.log.append(f"read {graph}")
        if graph == "urn:reference":
            return b"<urn:a> <urn:b> <urn:c> .\n"
        return f'<{graph}> <urn:b> "x" .\n<{graph}> {FILE} "规划\\"{graph}.txt" .\n'.encode()


def test_a_graph_is_read_when_the_one_before_is_done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    log: list[str] = []
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def check(data: bytes) -> list[tuple[str, str]]:
        log.append("checked")
        return [("urn:1", "planted")] if b"<urn:1>" in data else []

    monkeypatch.setattr(validation, "violations", check)
    report = validation.validate(Graphs(3, log))  # type: ignore[arg-type]
    assert log == ["read urn:reference", *(step for i in range(3) for step in (f"read urn:{i}", "checked"))]
    assert report.violations == [validation.Violation('规划"urn:1.txt', "urn:1", "planted")]
    again = validation.validate(Graphs(3, log))  # type: ignore[arg-type]
    assert (again.checked, again.unchanged) == (1, 2)  # the one that is wrong is looked at again


def test_a_store_without_changes_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    log: list[str] = []
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(validation, "violations", lambda data: [("urn:1", "planted")] if b"<urn:wrong>" in data else [])

    class Stamped(Graphs):
        stamp: str | None = "first"

    store = Stamped(3, log)
    report = validation.validate(store)  # type: ignore[arg-type]
    assert (report.checked, report.unchanged) == (3, 0)
    log.clear()
    report = validation.validate(store)  # type: ignore[arg-type]
    assert (report.checked, report.unchanged, log) == (0, 3, [])
    report = validation.validate(store, again=True)  # type: ignore[arg-type]
    assert (report.checked, report.unchanged) == (3, 0)
    store.stamp = "second"  # something was written: each graph is looked at, those that are the same are known
    store.names.append("urn:wrong")
    for _ in range(2):  # a store with a violation is read again each time
        report = validation.validate(store)  # type: ignore[arg-type]
        assert (report.checked, report.unchanged, len(report.violations)) == (1, 3, 1)
    store.stamp = None  # it cannot be told
    assert validation.validate(store).unchanged == 3  # type: ignore[arg-type]


def test_modules_beside_the_plans_are_not_run(tmp_path: Path, corpus_store: str) -> None:
    for name in ("rdflib", "pyshacl", "multiprocessing", "calendar"):
        (tmp_path / f"{name}.py").write_text("open('was-run', 'w')\nraise SystemExit(1)\n", "utf-8")
    kg = Path(sys.executable).with_name("kg")
    done = subprocess.run(
        [str(kg), "check", "--all", "--jobs", "2", "--store", corpus_store],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "was-run").exists()
