"""What can be said on Linux of Windows: no module needs a POSIX-only one, and output survives a GBK console."""

import os
import pkgutil
import subprocess
import sys

import pytest
from conftest import ROOT

PACKAGES = ("kg", "ontology", "extractors", "queries", "exports")
POSIX = ("fcntl", "grp", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty")
# Modules of optional extras, which need not be installed.
EXTRAS = ("exports.pyvis",)


def modules() -> list[str]:
    found = [
        module.name
        for package in PACKAGES
        for module in pkgutil.walk_packages([str(ROOT / package)], f"{package}.")
        if not module.name.endswith("__main__") and module.name not in EXTRAS
    ]
    return [*PACKAGES, *found]


def test_every_module_can_be_imported_without_posix() -> None:
    """One process with the POSIX-only modules blocked imports them all; those of other packages guard theirs."""
    assert len(modules()) > 200
    code = f"""
import importlib, sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        caller = sys._getframe(1)
        while caller and ("importlib" in caller.f_code.co_filename or caller.f_code.co_filename == "<string>"):
            caller = caller.f_back
        if name in {POSIX!r} and caller and {str(ROOT)!r} in caller.f_code.co_filename and ".venv" not in caller.f_code.co_filename:
            raise ImportError(f"{{name}} is not there on Windows, but {{caller.f_code.co_filename}} imports it")
for name in {POSIX!r}:
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Blocked())
failed = []
for name in {modules()!r}:
    try:
        importlib.import_module(name)
    except ImportError as error:
        if "Windows" in str(error):
            failed.append(f"{{name}}: {{error}}")
print(*failed, sep="\\n")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout.strip(), done.returncode) == ("", 0), done.stderr


@pytest.mark.parametrize("encoding", ["gbk", "cp936", "cp1252"])
def test_a_console_of_another_encoding_gets_every_row(corpus_store: str, encoding: str) -> None:
    environment = os.environ | {"PYTHONIOENCODING": encoding, "KG_STORE": corpus_store, "KG_LANG": "zh"}
    done = subprocess.run(
        [sys.executable, "-m", "kg", "query", "plans", "--format", "csv"], capture_output=True, env=environment
    )
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode(encoding)
    assert ("青禾县" if encoding != "cp1252" else r"\u9752\u79be\u53bf") in text
