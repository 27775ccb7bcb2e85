"""Whether a store in a folder has changed."""

from contextlib import suppress
from pathlib import Path

Version = tuple[tuple[str, int, int], ...]


def version_of(address: str) -> Version:
    """A value that is another one when the store at the address may have changed: the names, sizes and times of the
    files with its quads, sorted, without those of locks and logs (LOCK, LOG) and those that cannot be read; an empty
    tuple where there are none, as for a server."""
    files = []
    with suppress(OSError):
        for entry in (Path(address) / "quads").iterdir():
            with suppress(OSError):
                if entry.name not in {"LOCK", "LOG"}:
                    about = entry.stat()
                    files.append((entry.name, about.st_size, about.st_mtime_ns))
    return tuple(sorted(files))
