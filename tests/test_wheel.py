"""The sdist and the wheel hold all that they need: installed in a clean environment, the program works anywhere."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

from conftest import ROOT, SAMPLES


def names(wheel: Path) -> list[str]:
    """The files of a wheel."""
    with zipfile.ZipFile(wheel) as found:
        return sorted(found.namelist())


def test_a_wheel_works_from_any_folder(tmp_path: Path) -> None:
    hatchling = [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path / "own")]
    subprocess.run(hatchling, check=True, cwd=ROOT, capture_output=True)
    (sdist,) = (tmp_path / "own").glob("*.tar.gz")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(tmp_path)]
    subprocess.run([*build, str(sdist)], check=True)  # what is tried is the wheel that the sdist makes
    (wheel,), (own,) = tmp_path.glob("*.whl"), (tmp_path / "own").glob("*.whl")
    assert names(wheel) == names(own)
    assert "kg/workbench/static/editor.js" in names(wheel)
    assert not [name for name in names(wheel) if "/web/" in name or name.endswith(".ts")]
    with zipfile.ZipFile(wheel) as found:
        editor = found.read("kg/workbench/static/editor.js").decode("utf-8")
    assert "Marijn Haverbeke" in editor  # the notice that its licence asks for
    assert len(editor.encode("utf-8")) < 450_000
    home = tmp_path / "env"
    venv.create(home)
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(wheel)], check=True)
    # The dependencies are those that the tests run with. A path that a .pth file adds has its own .pth files ignored,
    # so the repository, which is installed there for editing, stays out.
    packages = next(home.glob("lib/python*/site-packages"))
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    folder = tmp_path / "elsewhere"
    folder.mkdir()

    def kg(*arguments: str) -> str:
        command = [str(home / "bin" / "kg"), *arguments]
        return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout

    where = subprocess.run(
        [str(python), "-c", "import kg; print(kg.__file__)"], cwd=folder, capture_output=True, text=True
    )
    assert str(home) in where.stdout
    assert "6 loaded" in kg("build", str(SAMPLES))
    assert "云岭省" in kg("query", "plans")
    assert "0 violations" in kg("check", "--all")
    kg("view", "lineage", "-o", "lineage.html")
    assert "kgView" in (folder / "lineage.html").read_text("utf-8")  # the bundled program is in the page
    assert len(kg("export", "jsonld", "--ontology")) > 10_000
