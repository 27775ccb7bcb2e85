"""Shards: written by processes or by a Dask cluster, loaded into a store; the graph is that of one machine."""

import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import servers
from conftest import SAMPLES

from exports import Options, export
from kg.builder import build, build_shards
from kg.builder.cluster import cluster
from kg.builder.loading import load_shards
from kg.builder.shards import Shards, stem_of
from kg.stores import open_store
from ontology.model.errors import Refused
from queries.presets import preset


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of plans, one of them in no language that a reader knows."""
    folder = tmp_path_factory.mktemp("sharded") / "plans"
    shutil.copytree(SAMPLES, folder)
    (folder / "bad.txt").write_bytes(b"\0\1\2" * 99)
    return folder


@pytest.fixture(scope="module")
def expected(plans: Path) -> bytes:
    """The N-Quads of a store that one process made."""
    store = plans.parent / "one.kg"
    with open_store(str(store), write=True) as opened:
        build([plans], opened)
    return nquads(store)


@pytest.fixture(scope="module")
def shards(plans: Path) -> Path:
    """The shards of the plans, by local processes."""
    folder = plans.parent / "shards"
    report = build_shards([plans], Shards.open(str(folder), write=True), jobs=2)
    assert [Path(path).name for path, _ in report.refused] == ["bad.txt"]
    return folder


def nquads(store: Path) -> bytes:
    target = store.with_suffix(".nq")
    with open_store(str(store)) as opened:
        export("nquads", opened, str(target), Options())
    return target.read_bytes()


def test_loaded_shards_are_the_store_of_one_machine(plans: Path, shards: Path, expected: bytes, tmp_path: Path) -> None:
    store = tmp_path / "s.kg"
    source = Shards.open(str(shards))
    count = len(source)
    assert load_shards(source, str(store)) == (count, 0)
    assert nquads(store) == expected
    assert load_shards(source, str(store)) == (0, count)  # once more changes nothing
    with open_store(str(store), write=True) as opened:  # and the next build goes on from there
        report = build([plans], opened)
    assert (report.loaded, len(report.unchanged)) == ([], count)
    assert nquads(store) == expected


def test_shards_are_made_anew_only_where_they_changed(shards: Path, tmp_path: Path, plans: Path) -> None:
    folder = shutil.copytree(shards, tmp_path / "copy")
    record = Shards.open(str(folder)).records()[0]
    (folder / f"{stem_of(record.path)}.json").unlink()  # as a process leaves it that died before it was done
    (folder / f"{stem_of(record.path)}.nq").write_bytes(b"<half")
    assert build_shards([plans], Shards.open(str(folder), write=True)).loaded == [record.path]
    for name in ("nq", "json"):
        file = f"{stem_of(record.path)}.{name}"
        assert (folder / file).read_bytes() == (shards / file).read_bytes()


def test_a_store_that_holds_other_plans_keeps_them(shards: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text((SAMPLES / "qinghe.txt").read_text("utf-8").replace("青禾县", "河湾县"), "utf-8")
    store = tmp_path / "s.kg"
    with open_store(str(store), write=True) as opened:
        build([other], opened)
    load_shards(Shards.open(str(shards)), str(store))
    with open_store(str(store)) as opened:
        assert str(other) in {record.path for record in opened.records()}


def test_a_load_that_fails_leaves_no_store(shards: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Shards, "reference_nquads", fails)
    with pytest.raises(Refused, match="No space left"):
        load_shards(Shards.open(str(shards)), str(tmp_path / "s.kg"))
    assert list(tmp_path.iterdir()) == []


def test_graphs_of_others_are_left_alone(tmp_path: Path, expected: bytes) -> None:
    """A store that was filled by another program's loader loses nothing at the next build."""
    store = tmp_path / "s.kg"
    with open_store(str(store), write=True) as opened:
        opened.inner.bulk_load(expected, format=__import__("pyoxigraph").RdfFormat.N_QUADS)  # type: ignore[attr-defined]
        graphs = opened.graphs()
    with open_store(str(store), write=True) as opened:
        build([SAMPLES / "qinghe.txt"], opened)
        assert set(graphs) <= set(opened.graphs())


@pytest.mark.parametrize(
    ("make", "words"),
    [(lambda folder: None, "no shards in it"), (lambda folder: (folder / "x").write_text("x"), "no shards in it")],
)
def test_what_holds_no_shards_is_said_so(tmp_path: Path, make: object, words: str) -> None:
    make(tmp_path)  # type: ignore[operator]
    with pytest.raises(Refused, match=words):
        Shards.open(str(tmp_path))
    if any(tmp_path.iterdir()):
        with pytest.raises(Refused, match="name a new folder"):
            Shards.open(str(tmp_path), write=True)


def test_an_address_of_fsspec(shards: Path, plans: Path) -> None:
    """memory:// stands for the object stores; its files are those of a folder."""
    target = Shards.open("memory://shards", write=True)
    build_shards([plans], target)
    assert target.records() == Shards.open(str(shards)).records()
    target.forget([target.records()[0].path])
    assert len(target) == len(Shards.open(str(shards))) - 1


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """A real scheduler and two real workers of one thread each; the address and the workers' processes."""
    file = tmp_path / "scheduler.json"
    command = [sys.executable, "-m"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = [
        *command,
        "distributed.cli.dask_scheduler",
        "--scheduler-file",
        str(file),
        "--no-dashboard",
        "--port",
        "0",
    ]
    worker = [*command, "distributed.cli.dask_worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny"]
    processes = [subprocess.Popen(scheduler, **quiet)]  # type: ignore[call-overload]
    try:
        while not file.exists():
            assert processes[0].poll() is None
            time.sleep(0.1)
        processes += [subprocess.Popen([*worker, "--no-dashboard"], **quiet) for _ in range(2)]  # type: ignore[call-overload]
        import json

        yield json.loads(file.read_text())["address"], processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_cluster_that_loses_a_worker_makes_the_same_shards(
    dask: tuple[str, list["subprocess.Popen[bytes]"]], plans: Path, shards: Path, tmp_path: Path
) -> None:
    address, workers = dask
    done = []

    def progress(count: int, total: int, name: str) -> None:
        done.append(name)
        if count == 1:
            workers[0].send_signal(signal.SIGKILL)

    folder = tmp_path / "by-dask"
    target = Shards.open(str(folder), write=True)
    with cluster(address, str(folder)) as extract:
        report = build_shards([plans], target, progress=progress, extract=extract)
    assert [Path(path).name for path, _ in report.refused] == ["bad.txt"]
    files = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert files == {path.relative_to(shards): path.read_bytes() for path in shards.rglob("*") if path.is_file()}


def test_no_scheduler_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.builder.cluster.SCHEDULER_TIMEOUT", 1)
    with pytest.raises(Refused, match="no scheduler answers"), cluster("tcp://127.0.0.1:9", str(tmp_path)):
        pass


@pytest.mark.parametrize("server", ["virtuoso"], indirect=True)
def test_virtuosos_own_loader_takes_the_shards(
    server: servers.Server, empty: str, plans: Path, shards: Path, expected: bytes
) -> None:
    """By the commands of docs/scale.md, with the folder that this server may read."""
    folder = server.folder / "shards"
    shutil.copytree(shards, folder)
    try:
        for statement in _commands("sql"):
            server.shell(statement.replace("/data/shards", str(folder)))
        with open_store(empty) as store, open_store(str(plans.parent / "one.kg")) as embedded:
            for name in ("plans", "outline", "responsibilities"):
                assert preset(name).run(store).rows == preset(name).run(embedded).rows != []
    finally:
        shutil.rmtree(folder)


def _commands(language: str) -> list[str]:
    """The statements of the block in docs/scale.md that is in this language and loads shards."""
    text = (Path(__file__).parent.parent / "docs" / "scale.md").read_text("utf-8")
    block = next(b for b in re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL) if "shards" in b)
    return [f"{statement.strip()};" for statement in block.split(";") if statement.strip()]
