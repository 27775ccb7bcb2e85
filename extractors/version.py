"""The version of the program that made a graph, with a digest of what decides what is extracted."""

from functools import cache
from hashlib import sha256
from importlib.metadata import entry_points, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from extractors.policies.decisions import decision_rows

PROGRAM_NAME = "plan-kg"


def generator() -> str:
    """Name, version and digest of the program: 'plan-kg 0.1.0+1f0c9a2b'. A file whose graph was made under another
    string has to be read again.

    The digest is of the code and data of `extractors` and `ontology`, of the names and versions of the plug-ins, and of
    people's decisions about policies, which change what is extracted too. Raises Refused where a file of decisions
    cannot be read or has a wrong line.
    """
    digest = sha256(_program() + repr(decision_rows()).encode("utf-8", "surrogatepass"))
    return f"{PROGRAM_NAME} {version(PROGRAM_NAME)}+{digest.hexdigest()[:8]}"


@cache
def _program() -> bytes:
    """A digest of the code and the data of `extractors` and `ontology`, and of the names and versions of the plug-ins,
    without their code."""
    digest = sha256()
    for package in ("extractors", "ontology"):
        for name, content in _contents(files(package), package):
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
    for group in ("kg.components", "kg.ontology", "kg.readers"):
        for point in sorted(entry_points(group=group), key=lambda point: point.name):
            digest.update(f"{point.name}={point.value}@{point.dist and point.dist.version}\0".encode())
    return digest.digest()


def _contents(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    """The path and the bytes of each file of `folder` and the folders in it, sorted by name within each folder;
    compiled code is left out. `path` is the path of the folder, with which the paths of the result begin."""
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            found += _contents(entry, f"{path}/{entry.name}")
        elif entry.is_file() and not entry.name.endswith(".pyc"):
            found.append((f"{path}/{entry.name}", entry.read_bytes()))
    return found
