"""A plan file of any format -> Source: its text, and what the format knows of its layout."""

from dataclasses import replace
from pathlib import Path

from extractors.readers.archive import archive_of, members
from extractors.readers.decode import decode
from extractors.readers.files import content, legible, shown
from extractors.readers.formats import Reader, reader, suffixes
from extractors.readers.limits import DEFAULTS, Limits
from extractors.readers.provenance import Provenance, beside, of_text
from extractors.readers.signatures import suffix_of
from ontology.model.errors import Refused
from ontology.model.source import Source

__all__ = [
    "Limits",
    "Reader",
    "archive_of",
    "content",
    "decode",
    "legible",
    "members",
    "read",
    "read_bytes",
    "shown",
    "suffix_of",
    "suffixes",
]


def read(path: Path, limits: Limits = DEFAULTS) -> Source:
    """The text and layout of the plan file at `path`, which may lead into a zip archive (a.zip/规划.docx). The web
    address that it came from and the day on which it was fetched (`source_url`, `retrieved`) are taken, each by itself,
    from a file beside it (such as 规划.json or 规划.url: `beside`), else from the file itself.

    Raises Refused, with a message of one line, where there is no such file, it is no regular file or cannot be read,
    and wherever `read_bytes` does.
    """
    source = read_bytes(path.name, content(path, limits), limits)
    provenance = beside(path).over(Provenance(source.source_url, source.retrieved))
    return replace(source, source_url=provenance.url, retrieved=provenance.retrieved)


def read_bytes(name: str, data: bytes, limits: Limits = DEFAULTS) -> Source:
    """The text and layout of a file given by its bytes, such as those of stdin. `name` is the file's name with its
    suffix, which helps to tell the format (`formats.reader`); in the name of the Source, bytes that are not UTF-8 are
    U+FFFD. `source_url` and `retrieved` are what the file itself states, if it is a text (txt, md) or a web page (html,
    mht); each None where it states none.

    Raises Refused, with a message of one line, where the bytes are empty or only white space, are of a format that no
    reader reads, are damaged or hold no text, and where they or their text are more than the limits allow.
    """
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
    if source.source_url is None and source.format in ("txt", "md"):
        stated = of_text(source.text)
        source = replace(source, source_url=stated.url, retrieved=stated.retrieved)
    return replace(source, name=name)
