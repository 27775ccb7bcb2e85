"""Building: again, in parts, interrupted, with bad files. Each case is a store of its own."""

import pickle
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pyoxigraph as ox
import pytest
from conftest import CORPUS, ROOT, SAMPLES
from dying import dies
from pdf_maker import Sheet, pdf

from exports import Options, export
from extractors.readers import Limits
from kg.builder import BuildReport, build
from kg.builder.jobs import FileJob
from kg.builder.workers import _Worker, extract_all
from kg.stores import open_store
from ontology.model.errors import Refused

PLAN = (SAMPLES / "qinghe.txt").read_text("utf-8")


def run(store: Path, *paths: Path, **options: object) -> BuildReport:
    with open_store(str(store), write=True) as opened:
        return build(paths, opened, **options)  # type: ignore[arg-type]


def yes(gone: list[str], plans: int) -> bool:
    return True


def nquads(store: Path) -> list[str]:
    target = store.with_suffix(".nq")
    with open_store(str(store)) as opened:
        export("nquads", opened, str(target), Options())
    return target.read_text("utf-8").splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the samples that a test may change."""
    return Path(shutil.copytree(SAMPLES, tmp_path / "plans"))


def test_a_second_build_does_nothing(folder: Path, tmp_path: Path) -> None:
    first, second = run(tmp_path / "s.kg", folder), run(tmp_path / "s.kg", folder)
    assert (len(first.loaded), len(first.unchanged)) == (6, 0)
    assert (len(second.loaded), len(second.unchanged)) == (0, 6)


def test_a_changed_file_is_replaced(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.kg"
    run(store, folder)
    (folder / "qinghe.txt").write_text(
        PLAN.replace("养老床位1850张", "养老床位1900张").replace("3.2 发展医养康养服务", "3.2 发展医养服务"), "utf-8"
    )
    report = run(store, folder)
    assert [Path(path).name for path in report.loaded] == ["qinghe.txt"]
    lines = "\n".join(nquads(store))
    assert "发展医养服务" in lines
    assert "发展医养康养服务" not in lines


def test_prune_removes_what_is_gone_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.kg"
    run(store, folder, tmp_path.joinpath("plans", "zening.md"))
    for name in ("qinghe.txt", "zening.md"):
        (folder / name).unlink()
    assert run(store, folder).removed == []  # only when asked
    assert '"qinghe.txt"' in "\n".join(nquads(store))
    refused = run(store, folder, prune=True).refused  # 2 of 6 is more than a fifth: somebody has to agree
    assert "would remove 2 of 6 plans (qinghe.txt, zening.md)" in refused[0][1]
    gone = run(store, folder, prune=True, agree=yes).removed
    assert [Path(path).name for path in gone] == ["qinghe.txt", "zening.md"]
    assert '"qinghe.txt"' not in "\n".join(nquads(store))
    other = tmp_path / "elsewhere"
    other.mkdir()
    assert run(store, other, prune=True).removed == []  # not under the paths that were named


def test_one_file_under_two_names_and_in_two_folders(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.kg"
    (folder / "deeper").mkdir()
    shutil.copy(folder / "qinghe.txt", folder / "deeper" / "qinghe.txt")
    shutil.copy(folder / "qinghe.txt", folder / "copy.txt")
    run(store, folder)
    lines = "\n".join(nquads(store))
    assert lines.count('"qinghe.txt"') == 1  # the same name and bytes are one document
    assert lines.count('"copy.txt"') == 1
    (folder / "deeper" / "qinghe.txt").unlink()
    run(store, folder, prune=True, agree=yes)
    assert '"qinghe.txt"' in "\n".join(nquads(store))  # the other path still holds it


@pytest.mark.parametrize("first", ["x/规划.md", "x.zip"])
def test_two_files_of_one_name_that_hold_one_plan_are_two_documents(first: str, tmp_path: Path) -> None:
    store, text = tmp_path / "s.kg", (SAMPLES / "zening.md").read_text("utf-8")
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
    (tmp_path / "x" / "规划.md").write_text(text, "utf-8")
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("规划.md", text)
    run(store, tmp_path / first)
    (tmp_path / "y" / "规划.md").write_text(f"{text}\n\n新建养老院3所。\n", "utf-8")
    run(store, tmp_path / first, tmp_path / "y")
    with open_store(str(store)) as opened:
        documents = {record.document for record in opened.records()}
        assert len(documents) == 2
        assert all(list(opened.quads(document)) for document in documents)


HALVED = [*(SAMPLES / name for name in ("qinghe.txt", "yunling.txt", "zening.md")), CORPUS[1]]


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The sorted quads of a store that one process filled with all files at once."""
    store = tmp_path_factory.mktemp("whole") / "whole.kg"
    run(store, *HALVED, jobs=1)
    return sorted(nquads(store))


@pytest.mark.parametrize(("order", "jobs"), [((0, 1, 2, 3), 1), ((3, 2, 1, 0), 2), ((1, 3, 0, 2), 3)])
def test_halves_merge_to_the_whole(tmp_path: Path, whole: list[str], order: tuple[int, ...], jobs: int) -> None:
    assert len(HALVED) == 4
    shuffled = [HALVED[i] for i in order]
    run(tmp_path / "a.kg", *shuffled[:2], jobs=jobs)
    run(tmp_path / "b.kg", *shuffled[2:], jobs=jobs)
    merged = sorted({*nquads(tmp_path / "a.kg"), *nquads(tmp_path / "b.kg")})
    assert merged == whole


@pytest.mark.usefixtures("read_by_workers")
def test_workers_make_what_one_process_makes(tmp_path: Path, whole: list[str]) -> None:
    run(tmp_path / "s.kg", *reversed(HALVED), jobs=2)
    assert sorted(nquads(tmp_path / "s.kg")) == whole


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "binary.txt": (bytes(range(256)) * 40, "binary"),
    "noplan.txt": ("今天天气很好。\n我们去散步。\n".encode(), "no title"),
}


@pytest.mark.usefixtures("read_by_workers")
def test_bad_files_are_named_and_the_others_loaded(folder: Path, tmp_path: Path) -> None:
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    report = run(tmp_path / "s.kg", folder, folder / "missing.txt", jobs=2)
    assert len(report.loaded) == 6
    said = {Path(path).name: reason for path, reason in report.refused}
    assert said.keys() == {*BAD, "missing.txt"}
    for name, (_, words) in BAD.items():
        assert words in said[name], name
        assert "\n" not in said[name]
    assert "no such file" in said["missing.txt"]


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16"])
def test_other_encodings_are_decoded_and_said_so(tmp_path: Path, encoding: str) -> None:
    text = PLAN.translate(str.maketrans("禾县发务", "禾縣發務")) if encoding == "big5" else PLAN
    file = tmp_path / "plan.txt"
    file.write_bytes(text.encode(encoding, "ignore"))
    report = run(tmp_path / "s.kg", file)
    assert len(report.loaded) == 1, report.refused
    assert any(encoding.replace("-", "")[:5] in note.replace("-", "") for _, note in report.notes)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.write_text("x"), "is not a store"),
        (lambda path: (path.mkdir(), (path / "holiday.jpg").write_text("x")), "is not a store"),
        (lambda path: (path.mkdir(), (path / "plan-kg.json").write_text("{")), "damaged"),
        (lambda path: (path.mkdir(), (path / "plan-kg.json").write_text('{"format": 99}')), "format 99"),
    ],
)
def test_what_is_no_store_is_left_alone(tmp_path: Path, make: object, words: str) -> None:
    make(tmp_path / "s")  # type: ignore[operator]
    for write in (True, False):
        with pytest.raises(Refused, match=words):
            open_store(str(tmp_path / "s"), write=write)


def test_no_store_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="build one with"):
        open_store(str(tmp_path / "s.kg"))
    assert not (tmp_path / "s.kg").exists()


def test_a_store_has_one_writer(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "s.kg"), write=True):
        code = f"from kg.stores import open_store; open_store({str(tmp_path / 's.kg')!r}, write=True)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "another process is writing" in done.stderr


def test_a_reader_works_beside_a_writer(tmp_path: Path) -> None:
    run(tmp_path / "s.kg", SAMPLES)
    with open_store(str(tmp_path / "s.kg"), write=True), open_store(str(tmp_path / "s.kg")) as reader:
        assert len(reader.graphs()) == 7


@pytest.mark.parametrize(
    ("method", "number", "moment", "bulk"),
    [
        # all new plans in one transaction
        ("load", 1, "before", 2**30),
        ("load", 1, "during", 2**30),
        ("load", 1, "after", 2**30),
        # in bulk, plan by plan: the list says first what is coming, then what is there
        ("extend", 1, "after", 1),
        ("bulk_load", 1, "during", 1),
        ("bulk_load", 1, "after", 1),
        ("bulk_load", 2, "during", 1),
        ("update", 1, "before", 1),
        ("update", 2, "during", 1),
        ("update", 2, "after", 1),
    ],
)
def test_a_load_that_is_killed_loses_nothing(
    method: str, number: int, moment: str, bulk: int, corpus_store: str, tmp_path: Path
) -> None:
    """Into a store with two plans, of which one is changed, come all seven: every plan is there whole or not at all."""
    with open_store(corpus_store) as whole:
        records = whole.records()
        graphs = {
            r.document: ox.serialize(whole.quads(r.document), format=ox.RdfFormat.N_QUADS) or b"" for r in records
        }
    plans = [(record, graphs[record.document]) for record in records]
    changed = replace(records[0], sha256="0" * 64), graphs[records[0].document].replace("\u3002".encode(), b"!")
    store = tmp_path / "s.kg"
    with open_store(str(store), write=True) as opened:
        opened.load([changed, plans[1]])
    (tmp_path / "plans").write_bytes(pickle.dumps(plans))
    assert dies(store, tmp_path / "plans", method, number, moment, bulk)
    with open_store(str(store), write=True) as opened:
        held = opened.records()
        assert {record.path for record in held} >= {record.path for record in records[:2]}
        assert sorted(record.document for record in held) == opened.graphs()
        for record in held:
            quads = ox.serialize(opened.quads(record.document), format=ox.RdfFormat.N_QUADS)
            assert quads == (graphs[record.document] if record in records else changed[1])
        opened.load(plan for plan in plans if plan[0] not in held)
        assert opened.records() == records
        for name in opened.graphs():
            assert (ox.serialize(opened.quads(name), format=ox.RdfFormat.N_QUADS) or b"") == graphs[name]


def test_a_killed_build_is_completed_by_the_next(tmp_path: Path, corpus_store: str) -> None:
    """The whole build, with its processes, over a store that holds other plans."""
    store = Path(shutil.copytree(corpus_store, tmp_path / "s.kg"))
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "more.txt").write_text(PLAN.replace("青禾县“十四五”", "青禾县第二轮“十四五”"), "utf-8")
    before = nquads(store)
    assert dies(store, folder, "load", 1, "during")
    assert set(before) <= set(nquads(store))
    report = run(store, folder)
    assert (report.refused, len([*report.loaded, *report.unchanged])) == ([], 1)
    with open_store(str(store)) as opened, open_store(corpus_store) as others:
        assert len(opened.records()) == len(others.records()) + 1


def test_a_full_disk_loses_nothing_else(tmp_path: Path) -> None:
    """A file size limit stands in for a full disk: writing fails in the same way, and the store stays whole."""
    store = tmp_path / "s.kg"
    run(store, SAMPLES / "qinghe.txt")
    before = nquads(store)
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "from kg.stores import open_store; from kg.builder import build; from pathlib import Path;"
        f"s = open_store({str(store)!r}, write=True);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000));"
        f"build([Path({str(SAMPLES)!r})], s, jobs=1)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode != 0
    assert "cannot be written" in done.stderr
    assert nquads(store) == before
    assert run(store, SAMPLES).refused == []


@pytest.mark.usefixtures("read_by_workers")
def test_a_worker_that_dies_takes_one_file_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A component of a third party that crashes the process on one file; it comes by an entry point, as theirs do."""
    plugin = tmp_path / "plugin"
    (plugin / "crash-1.0.dist-info").mkdir(parents=True)
    (plugin / "crash-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: crash\nVersion: 1.0\n")
    (plugin / "crash-1.0.dist-info" / "entry_points.txt").write_text("[kg.components]\ncrash = crash:crash\n")
    (plugin / "crash.py").write_text(
        "import os\n"
        "def crash(doc):\n"
        "    if '青禾县' in doc.text[:300]:\n"
        "        os.kill(os.getpid(), 11)\n"
        "    return doc\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(plugin))
    report = run(tmp_path / "s.kg", *HALVED[:3], jobs=2)
    assert [Path(path).name for path, _ in report.refused] == ["qinghe.txt"]
    assert "died" in report.refused[0][1]
    assert len(report.loaded) == 2


@pytest.mark.usefixtures("read_by_workers")
def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.builder.workers.WORKER_START_SECONDS", 0.0)
    report = run(tmp_path / "s.kg", SAMPLES / "qinghe.txt", limits=Limits(seconds=0.05))
    assert "not read within" in report.refused[0][1]
    assert list(extract_all([], 2)) == []


@pytest.mark.usefixtures("read_by_workers")
def test_progress_names_the_page_that_is_read_by_ocr(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.paragraph(200, "云岭省养老服务发展规划")
    blank = Sheet(width=200, height=200)  # a small page is soon read
    (tmp_path / "scan.pdf").write_bytes(pdf([blank, sheet, blank]))
    shown: list[tuple[int, int, str]] = []
    run(tmp_path / "s.kg", tmp_path, limits=Limits(ocr=True), progress=lambda *said: shown.append(said))
    steps = [(0, 1, f"scan.pdf: page {page} of 3 by OCR") for page in (1, 3)]
    assert shown == [(0, 1, ""), *steps, (1, 1, "scan.pdf")]


@pytest.mark.usefixtures("read_by_workers")
def test_an_error_of_who_shows_progress_is_none_of_the_reader(tmp_path: Path) -> None:
    code = "import pickle, sys; from kg.builder.jobs import Step; pickle.dump(Step('page 1'), sys.stdout.buffer); sys.stdout.flush(); sys.stdin.read()"
    worker = _Worker()
    worker.process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    closed = mock.Mock(side_effect=BrokenPipeError)
    with pytest.raises(BrokenPipeError):
        worker.answer(len, FileJob(str(tmp_path / "a.pdf"), None, Limits()), closed)
    assert worker.process is None  # the rest of its answer is for nobody


def test_the_real_plans_build_without_a_violation(real_plans: Path, tmp_path: Path) -> None:
    from kg.validation import validate

    report = run(tmp_path / "s.kg", real_plans, jobs=2)
    assert (len(report.loaded), report.refused) == (4, [])
    with open_store(str(tmp_path / "s.kg")) as store:
        checked = validate(store, again=True)
    assert (checked.checked, checked.violations) == (4, [])


def test_evidence_is_found_again_in_the_file(tmp_path: Path) -> None:
    from extractors.readers import read
    from kg.builder.extraction import facts_of
    from ontology.model.facts import squeeze

    count = 0
    for file in [*SAMPLES.glob("*.txt"), *SAMPLES.glob("*.md"), ROOT / "tests" / "data" / "literals.txt"]:
        text = file.read_text("utf-8")
        for fact in facts_of(read(file)):
            found = fact.evidence
            assert squeeze(text[found.start : found.end]) == squeeze(found.quote)
            count += 1
    assert count > 150
