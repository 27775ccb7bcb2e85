"""A plan file -> Source. A format is an entry in READERS, or an entry point `kg.readers` named by suffix."""

import stat
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from types import MappingProxyType

from extractors.readers.docx import read_docx
from extractors.readers.html import read_html
from extractors.readers.limits import DEFAULTS, Limits
from extractors.readers.text import read_markdown, read_text
from kg.model.errors import Refused
from kg.model.source import Source

Reader = Callable[[str, bytes, Limits], Source]

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "txt": read_text,
        "text": read_text,
        "md": read_markdown,
        "markdown": read_markdown,
        "html": read_html,
        "htm": read_html,
        "shtml": read_html,
        "xhtml": read_html,
        "docx": read_docx,
    }
)

__all__ = ["READERS", "Limits", "Reader", "read", "read_bytes", "suffixes"]


def read(path: Path, limits: Limits = DEFAULTS) -> Source:
    """The file as a Source; Refused, in one line, where it cannot be read."""
    return read_bytes(path.name, content(path, limits), limits)


def read_bytes(name: str, data: bytes, limits: Limits = DEFAULTS) -> Source:
    """The same for content from elsewhere (stdin); the suffix of `name` chooses the reader."""
    name = legible(name)
    if not data.strip():
        raise Refused(f"{shown(name)}: the file is empty; remove it or put the plan's text into it")
    if len(data) > limits.size:
        raise Refused(f"{shown(name)}: larger than {limits.size:,} bytes; split the file or raise the limit")
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    source = _readers().get(suffix, read_text)(name, data, limits)
    if len(source.text) > limits.characters:
        raise Refused(
            f"{shown(name)}: {len(source.text):,} characters of text, {limits.characters:,} are allowed; "
            "split the file or raise the limit"
        )
    if not source.text.strip():
        raise Refused(f"{shown(name)}: no text in it{_because(source)}")
    return source


def suffixes() -> frozenset[str]:
    """The suffixes that a reader knows, without the dot and in lower case: what a folder is searched for."""
    return frozenset(_readers())


def shown(name: str) -> str:
    """A file name for a one-line message: 'a\\nb.txt' -> 'a\\\\nb.txt'"""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in name)


@cache
def _readers() -> Mapping[str, Reader]:
    return {**READERS, **{point.name: point.load() for point in entry_points(group="kg.readers")}}


def content(path: Path, limits: Limits) -> bytes:
    """Never opens what is not a plain file: a pipe would wait for ever, a device never ends."""
    where = shown(str(path))
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Refused(f"{where}: a folder, not a file; give the files in it")
        if not stat.S_ISREG(found.st_mode):
            raise Refused(f"{where}: a device or pipe, not a file; use - to read from stdin")
        with path.open("rb") as file:
            return file.read(limits.size + 1)
    except FileNotFoundError:
        raise Refused(f"{where}: no such file; check the path") from None
    except PermissionError:
        raise Refused(f"{where}: no permission to read it; check the file's rights") from None
    except (OSError, ValueError) as error:  # a loop of links, a name that is too long, a NUL in the path
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Refused(f"{where}: cannot be read: {reason}; check the path") from None


def legible(name: str) -> str:
    """A name whose bytes are not UTF-8 reaches Python with lone surrogates, which nothing can store."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _because(source: Source) -> str:
    return f": {'; '.join(source.notes)}" if source.notes else "; put the plan's text into it"
