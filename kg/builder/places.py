"""A folder, local or at an address of fsspec, in which a file appears only when it is complete."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exports.whole import whole_path
from ontology.model.errors import Refused


@dataclass(slots=True)
class Folder:
    """Reads and writes files by their name below `address`, the path of a folder that need not exist or an address of
    fsspec; a file appears under its name only when it is complete.

    An address with a scheme (s3://bucket/folder) needs fsspec and the package that fsspec names for it; raises Refused
    where they are not installed or fsspec cannot use the address. The object store at such an address puts a file under
    its name when its last byte has come. Errors that it reports, when files are read or written, are raised unchanged.
    """

    address: str
    _fs: Any = field(init=False, default=None)
    _root: str = field(init=False, default="")

    def __post_init__(self) -> None:
        if "://" not in self.address:
            self._root = os.path.abspath(self.address)
            return
        try:
            import fsspec
        except ImportError:
            raise Refused(f"{self.address}: an address needs fsspec: pip install 'plan-kg[dask]'") from None
        try:
            self._fs, self._root = fsspec.core.url_to_fs(self.address)
        except (ImportError, ValueError) as error:
            raise Refused(f"{self.address}: cannot be reached: {error}") from None

    def exists(self, name: str) -> bool:
        """Whether there is a file, no folder, of this name."""
        return bool(self._fs.isfile(self._at(name))) if self._fs else os.path.isfile(self._at(name))

    def read(self, name: str) -> bytes:
        """The content of the file of this name. Raises FileNotFoundError where there is none, OSError where it cannot
        be read."""
        if self._fs:
            content: bytes = self._fs.cat_file(self._at(name))
            return content
        return Path(self._at(name)).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        """Writes a file, replacing one of the same name; `name` may begin with folders, which are made. Raises OSError
        where a local folder cannot be made, Refused where a local file cannot be written."""
        if self._fs:
            self._fs.makedirs(self._at(os.path.dirname(name)), exist_ok=True)
            self._fs.pipe_file(self._at(name), content)
            return
        target = Path(self._at(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        with whole_path(str(target)) as part:
            part.write_bytes(content)

    def remove(self, name: str) -> None:
        """Removes the file of this name; does nothing where there is none. Raises errors of the file system
        unchanged."""
        if not self._fs:
            Path(self._at(name)).unlink(missing_ok=True)
        elif self._fs.exists(self._at(name)):
            self._fs.rm_file(self._at(name))

    def names(self, folder: str) -> Iterator[str]:
        """The names of the files in the folder `folder` of `address` ('' for `address` itself) and in all folders below
        it, relative to `address` ('plans/3f/3f9a….nq'). The order is that of the names at an address of fsspec; locally
        a folder's own files come by name before those of its folders, and files that are being written (.part) are left
        out. Yields nothing where there is no such folder."""
        top = self._at(folder)
        if self._fs:
            paths = self._fs.find(top) if self._fs.exists(top) else []
            yield from sorted(os.path.relpath(path, self._root) for path in paths)
            return
        for at, folders, files in os.walk(top):
            folders.sort()
            yield from (
                os.path.relpath(os.path.join(at, name), self._root)
                for name in sorted(files)
                if not name.endswith(".part")
            )

    def _at(self, name: str) -> str:
        """The full path of the file or folder of this name; for '' that of the folder at `address`."""
        return f"{self._root}/{name}" if name else self._root
