"""A plan file of any format -> Source: its text, and what the format knows of its layout."""

from dataclasses import replace
from pathlib import Path

from extractors.readers.archive import archive_of, members
from extractors.readers.files import content, legible, shown
from extractors.readers.formats import Reader, reader, suffixes
from extractors.readers.limits import DEFAULTS, Limits
from ontology.model.errors import Refused
from ontology.model.source import Source

__all__ = ["Limits", "Reader", "archive_of", "content", "legible", "members", "read", "read_bytes", "shown", "suffixes"]


def read(path: Path, limits: Limits = DEFAULTS) -> Source:
    """The file as a Source; Refused, in one line, where it cannot be read."""
    return read_bytes(path.name, content(path, limits), limits)


def read_bytes(name: str, data: bytes, limits: Limits = DEFAULTS) -> Source:
    """The same for content from elsewhere (stdin); the suffix of `name` chooses the reader."""
    name = legible(name)
    where = shown(name)
    if not data.strip():
        raise Refused(f"{where}: the file is empty; remove it or put the plan's text into it")
    if len(data) > limits.size:
        raise Refused(f"{where}: larger than {limits.size:,} bytes; split the file or raise the limit")
    source = reader(name, data)(where, data, limits)
    if len(source.text) > limits.characters:
        raise Refused(
            f"{where}: {len(source.text):,} characters of text, {limits.characters:,} are allowed; "
            "split the file or raise the limit"
        )
    if not source.text.strip():
        because = "; ".join(source.notes) or "put the plan's text into it"
        raise Refused(f"{where}: no text in it; {because}")
    return replace(source, name=name)
