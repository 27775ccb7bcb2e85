"""Folders that are gone, files of somebody else, terminals that obey what they are sent: nothing lost, nothing let in."""

import os
import pty
import re
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from conftest import SAMPLES

from exports.rows import TABLE_WRITERS, write
from exports.terminal import escaped_line, with_escapes
from exports.whole import MAX_NAME_BYTES, safe_file_name
from kg.builder import build
from kg.builder import workers as processes
from kg.stores import open_store
from ontology.model.errors import Refused
from ontology.model.store import Table

KG = [sys.executable, "-P", "-m", "kg"]  # -P: the command's own start is the installed script's, without the folder


def kg(*arguments: str | bytes, cwd: Path | None = None, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([*KG, *arguments], capture_output=True, cwd=cwd, env={**os.environ, **environment})


def test_code_beside_the_plans_is_not_run(tmp_path: Path) -> None:
    for name in ("spacy.py", "calendar.py", "kg.py", "extractors/__init__.py", "pickle.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("import pathlib; pathlib.Path('ran').touch()\nraise SystemExit(9)\n")
    shutil.copy(SAMPLES / "qinghe.txt", tmp_path)
    done = kg("build", "qinghe.txt", "--store", "s.kg", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("given", "kept"), [(".", None), ("", None), (":", None), ("plans:/opt/kg", "/opt/kg"), ("/a:/b", "/a:/b")]
)
def test_a_worker_takes_no_relative_path(monkeypatch: pytest.MonkeyPatch, given: str, kept: str | None) -> None:
    monkeypatch.setenv("PYTHONPATH", given)
    assert processes._environment().get("PYTHONPATH") == kept


@pytest.mark.usefixtures("read_by_workers")
def test_a_worker_that_cannot_be_started_costs_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes.sys, "executable", str(tmp_path / "no-python"))
    with open_store(str(tmp_path / "s.kg"), write=True) as store:
        report = build([SAMPLES], store, jobs=2)
    assert len(report.refused) == len([*SAMPLES.glob("*.txt"), *SAMPLES.glob("*.md")])
    assert all("no process could be started" in reason for _, reason in report.refused)


def test_an_error_of_the_program_ends_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """It must not leave the build waiting for an answer that never comes."""

    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(processes._Worker, "answer", fails)
    with pytest.raises(ZeroDivisionError):
        list(processes.extract_all(["job"], 1))  # type: ignore[list-item]


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder of two plans, one of them in a folder below, and a store of both."""
    folder = tmp_path / "plans"
    (folder / "below").mkdir(parents=True)
    shutil.copy(SAMPLES / "qinghe.txt", folder)
    shutil.copy(SAMPLES / "zening.md", folder / "below")
    with open_store(str(tmp_path / "s.kg"), write=True) as store:
        assert len(build([folder], store).loaded) == 2
    return folder


def pruned(plans: Path) -> tuple[int, str]:
    """How many plans are left after a prune that nobody objects to, and what was refused."""
    with open_store(str(plans.parent / "s.kg"), write=True) as store:
        report = build([plans], store, prune=True, agree=lambda gone, count: True)
        remarks = [*report.refused, *report.notes]
        return len(store.records()), " ".join(reason for _, reason in remarks)


def test_prune_leaves_what_is_in_a_folder_that_was_moved(plans: Path) -> None:
    plans.rename(plans.with_name("moved"))
    assert pruned(plans) == (2, f"{plans}: no such file or folder; check the path")


def test_prune_leaves_what_is_in_a_folder_behind_a_link(plans: Path) -> None:
    shutil.move(plans / "below", plans.parent / "elsewhere")
    (plans / "below").symlink_to(plans.parent / "elsewhere")
    left, said = pruned(plans)
    assert (left, "link to a folder" in said) == (2, True)


def test_prune_leaves_what_is_in_a_folder_that_cannot_be_listed(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The superuser may list every folder, so the system call is made to fail."""
    listed = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("below"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    left, said = pruned(plans)
    assert (left, "cannot be read (Permission denied)" in said) == (2, True)


def test_prune_of_much_needs_a_yes(plans: Path) -> None:
    (plans / "qinghe.txt").unlink()
    store = ["--store", str(plans.parent / "s.kg")]
    done = kg("build", str(plans), "--prune", *store)
    assert (done.returncode, b"would remove 1 of 2 plans (qinghe.txt)" in done.stderr) == (1, True)
    assert b"1 removed" in kg("build", str(plans), "--prune", "--yes", *store).stdout


HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e题\r\n名"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("渠县\t规划\n", "渠县\t规划\n"),  # tabs and newlines are layout, not commands
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x9b31mred", "\\x9b31mred"),  # the one-byte form of ESC [
        ("a\rb", "a\\x0db"),  # would overwrite what stands before it
        ("\u202egnp.txt", "\\u202egnp.txt"),
        ("\udcff", "\\udcff"),
    ],
)
def test_control_characters_are_shown(text: str, shown: str) -> None:
    assert with_escapes(text) == shown


def test_a_name_cannot_begin_a_line_of_its_own() -> None:
    assert escaped_line("a\nrefused: b") == "a\\nrefused: b"


def on_terminal(*arguments: str, cwd: Path) -> bytes:
    """What a command sends to a terminal, on both of its streams."""
    here, there = pty.openpty()
    process = subprocess.Popen([*KG, *arguments], stdout=there, stderr=there, stdin=there, cwd=cwd)
    os.close(there)
    sent = b""
    while True:
        try:
            more = os.read(here, 65536)
        except OSError:  # Linux says EIO where the other side is closed
            break
        if not more:
            break
        sent += more
    process.wait()
    os.close(here)
    return sent


# a hyperlink of ours to the passage (OSC 8): an address without control characters, and its end
LINK = re.compile(rb"\x1b\]8;(?:id=\d+)?;(?:file:[!-~]*)?\x1b\\")
SENT = (b"\x1b]", b"\x07", b"\x1b[2J", "\x9b".encode(), "\u202e".encode())


def test_a_terminal_gets_no_command_from_a_plan(tmp_path: Path) -> None:
    plan = (SAMPLES / "qinghe.txt").read_text("utf-8").replace("发展医养康养服务", f"发展医养{HOSTILE[:-4]}康养服务")
    (tmp_path / "\x1b]0;owned\x07name.txt").write_text(plan, "utf-8")
    (tmp_path / "\x1b]0;owned\x07bad.txt").write_text("x", "utf-8")
    for command in (
        ["build", ".", "--store", "s.kg"],
        *(["query", "outline", "--format", name, "--store", "s.kg"] for name in TABLE_WRITERS),
        ["stats", "--store", "s.kg"],
        ["text", "\x1b]0;owned\x07name.txt"],
    ):
        sent = LINK.sub(b"", on_terminal(*command, cwd=tmp_path))
        assert b"owned" in sent, command
        assert not [code for code in SENT if code in sent], command


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("[a](http://b)", r"\[a\](http://b)"),
        ("![a](http://b)", r"!\[a\](http://b)"),
        ("<http://b>", r"\<http://b>"),
        ("3 < 5", "3 < 5"),
    ],
)
def test_markdown_makes_links_and_images_inert(text: str, cell: str) -> None:
    out = StringIO()
    write(Table(("title",), [(text,)]), "markdown", out)
    assert out.getvalue().splitlines()[2] == f"| {cell} |"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("渠县规划.txt", "渠县规划.txt.ttl"),
        ("a/b\\c:d\x1be", "a_b_c_d_e.ttl"),
        ("..", "_.ttl"),  # the folder above
        ("con", "_con.ttl"),  # a device of Windows
        ("", "_.ttl"),
        ("规划\udcb0.txt", "规划_.txt.ttl"),  # a byte of a name that is not UTF-8
    ],
)
def test_a_title_becomes_a_file_name(title: str, name: str) -> None:
    assert safe_file_name(title, ".ttl") == name


@pytest.mark.parametrize("title", ["规" * 300, "con." + "规" * 300])
def test_a_long_title_is_cut_to_what_file_systems_hold(title: str) -> None:
    name = safe_file_name(title, ".ttl")
    assert len(name.encode()) <= MAX_NAME_BYTES
    assert name.endswith("规.ttl")  # no part of a character


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda quads: [f.write_bytes(b"garbage") for f in quads.glob("*.sst")], "is damaged"),
        (lambda quads: [f.write_bytes(b"garbage") for f in quads.glob("MANIFEST*")], "is damaged"),
        (lambda quads: [f.unlink() for f in quads.glob("MANIFEST*")], "is damaged"),
        (lambda quads: (quads / "CURRENT").write_bytes(b"x"), "is damaged"),
    ],
)
def test_a_damaged_store_is_not_called_busy(plans: Path, damage: object, words: str) -> None:
    store = plans.parent / "s.kg"
    damage(store / "quads")  # type: ignore[operator]
    for write_ in (False, True):
        with pytest.raises(Refused, match=words) as raised:
            open_store(str(store), write=write_)
        assert "kg build" in str(raised.value)


FULL = Path("/dev/full")


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (["query", "plans", "-p", b"plan=\xff"], {}, b"is not UTF-8"),
        (["sparql", b"SELECT \xff"], {}, b"is not UTF-8"),
        (["extract", "规" * 300 + ".txt"], {}, "规规".encode()),
        (["build", "规" * 300 + ".txt"], {}, "规规".encode()),
        (["view", "lineage", "-o", "规" * 300 + ".html"], {}, b"cannot be written"),
    ],
)
def test_an_odd_argument_is_one_line(
    plans: Path, arguments: list[str | bytes], environment: dict[str, str], words: bytes
) -> None:
    done = kg(*arguments, cwd=plans.parent, KG_STORE=str(plans.parent / "s.kg"), **environment)
    assert done.returncode in {1, 2}
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr.decode()


def test_a_full_disk_on_standard_output_is_one_line(plans: Path) -> None:
    with FULL.open("wb") as full:
        done = subprocess.run(
            [*KG, "query", "outline", "--format", "csv", "--store", str(plans.parent / "s.kg")],
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert done.returncode == 1
    assert b"No space left on device" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
@pytest.mark.parametrize("command", [["query", "outline"], ["stats"], ["query", "outline", "--format", "json"]])
def test_any_encoding_of_the_output_takes_any_text(plans: Path, encoding: str, command: list[str]) -> None:
    done = kg(*command, "--store", str(plans.parent / "s.kg"), PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode(encoding)
