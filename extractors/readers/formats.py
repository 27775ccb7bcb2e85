"""Which reader a file gets. A format is one entry here, or an entry point `kg.readers` of another package."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType

from extractors.readers.limits import Limits
from ontology.model.source import Source

Reader = Callable[[str, bytes, Limits], Source]  # the file's name, its bytes, what it may cost

GROUP = "kg.readers"
# suffix -> where its reader is; loaded when first needed
READERS: Mapping[str, str] = MappingProxyType(
    {
        "txt": "extractors.readers.text:read_text",
        "text": "extractors.readers.text:read_text",
        "md": "extractors.readers.text:read_markdown",
        "markdown": "extractors.readers.text:read_markdown",
        "html": "extractors.readers.html:read_html",
        "htm": "extractors.readers.html:read_html",
        "shtml": "extractors.readers.html:read_html",
        "xhtml": "extractors.readers.html:read_html",
        "docx": "extractors.readers.docx:read_docx",
        "pdf": "extractors.readers.pdf:read_pdf",
        "doc": "extractors.readers.office:read_office",
        "wps": "extractors.readers.office:read_office",
        "rtf": "extractors.readers.office:read_office",
        "odt": "extractors.readers.office:read_office",
    }
)
PLAIN = frozenset(("txt", "text", "md", "markdown"))
HEAD = 1024  # bytes in which a signature stands

# What a file is by its first bytes, whatever its name says: web pages called .doc are common. A suffix in the last
# column keeps its own reader: a txt file may quote a web page.
SIGNATURES: tuple[tuple[re.Pattern[bytes], str, frozenset[str]], ...] = (
    (re.compile(rb"%PDF-"), "pdf", frozenset()),
    (re.compile(rb"PK\x03\x04"), "docx", frozenset(("odt",))),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "doc", frozenset()),
    (re.compile(rb"\{\\rtf"), "rtf", PLAIN),
    (re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?<(?:!doctype )?html"), "html", PLAIN),
)


def reader(name: str, data: bytes) -> Reader:
    """A third party's reader by suffix, else by what the content is, else by suffix, else as text."""
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if suffix in others():
        return _load(others()[suffix])
    for signature, actual, left_alone in SIGNATURES:
        if suffix not in left_alone and signature.match(data[:HEAD]):
            suffix = actual
            break
    return _load(EntryPoint(suffix, READERS.get(suffix, READERS["txt"]), GROUP))


def suffixes() -> frozenset[str]:
    """The suffixes that a reader knows, without the dot and in lower case: what a folder is searched for."""
    return frozenset(READERS) | frozenset(others())


@cache
def others() -> Mapping[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


@cache
def _load(point: EntryPoint) -> Reader:
    found: Reader = point.load()
    return found
