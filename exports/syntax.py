"""RDF serialization by pyoxigraph with additions: prefixes in a fixed order, empty lines between subjects, XML without
forbidden characters."""

import re
from collections.abc import Callable, Iterable
from typing import BinaryIO

import pyoxigraph as ox

from ontology.namespaces import scheme_name
from ontology.schema import PREFIXES as COMMON
from ontology.schema import schema

EXPORT_PREFIXES = {"dcat": "http://www.w3.org/ns/dcat#", "void": "http://rdfs.org/ns/void#"}
HEADER_BYTES = 8192
# xmlns:kg="https://…" xmlns:org="…"
XML_PREFIXES = re.compile(rb'(?: xmlns:\w+="[^"]*"){2,}')
XML_PREFIX = re.compile(rb' xmlns:\w+="[^"]*"')
# what XML 1.0 cannot hold, as UTF-8
XML_FORBIDDEN_BYTES = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


def serialize(statements: Iterable[ox.Triple] | Iterable[ox.Quad], format: ox.RdfFormat, out: BinaryIO) -> None:
    """Writes the statements to `out`, in their order, below the declarations of the prefixes, which are sorted.
    `format` is Turtle or TriG, which get an empty line after each subject, or RDF/XML, in which U+FFFD stands for each
    character that XML forbids and &#13; for a carriage return."""
    if format == ox.RdfFormat.RDF_XML:
        tidied = _Tidied(out, _xml_header, _xml)
    else:
        tidied = _Tidied(out, _turtle_header, lambda lines: lines.replace(b" .\n", b" .\n\n"))
    ox.serialize(statements, tidied, format=format, prefixes=prefixes())  # type: ignore[arg-type]
    tidied.finish()


def prefixes() -> dict[str, str]:
    """The IRI of each prefix: the common ones, and one for each scheme that a property's values are of, closed or open
    (relation:basis, function:…)."""
    schemes = {found.scheme for found in schema().properties.values() if found.scheme}
    return {**COMMON, **EXPORT_PREFIXES, **{scheme_name(scheme): scheme + "/" for scheme in schemes}}


class _Tidied:
    """A file to which a serializer writes. Its first lines are changed by `header`, which returns them and the rest,
    all later complete lines by `tidy`; the result is written to `out`. `finish` has to be called at the end."""

    def __init__(self, out: BinaryIO, header: Callable[[bytes], tuple[bytes, bytes]], tidy: Callable[[bytes], bytes]):
        self.out, self.header, self.tidy = out, header, tidy
        self.held = b""
        self.begun = False

    def write(self, data: bytes) -> int:
        """Takes bytes from the serializer, and returns their number. They are held until they are more than
        HEADER_BYTES (8,192), from then on until their line is complete."""
        self.held += data
        if self.begun or len(self.held) > HEADER_BYTES:
            self._pass(self.held.rfind(b"\n") + 1)
        return len(data)

    def flush(self) -> None:
        self.out.flush()

    def finish(self) -> None:
        """Writes what is still held: the text after the last line break, or the whole of a text that is short."""
        self._pass(len(self.held))

    def _pass(self, size: int) -> None:
        """Writes the first `size` bytes of what is held to `out` and holds them no longer: at the first call what
        `header` makes of their beginning, then, as at later calls, the rest as `tidy` changes it."""
        complete, self.held = self.held[:size], self.held[size:]
        if not self.begun:
            self.begun = True
            header, complete = self.header(complete)
            self.out.write(header)
        self.out.write(self.tidy(complete))


def _xml(text: bytes) -> bytes:
    """The XML with U+FFFD for characters that XML cannot contain, and with carriage returns escaped."""
    return XML_FORBIDDEN_BYTES.sub(b"\xef\xbf\xbd", text).replace(b"\r", b"&#13;")


def _turtle_header(text: bytes) -> tuple[bytes, bytes]:
    """The declarations of prefixes with which the Turtle `text` begins, sorted and followed by an empty line, and the
    rest of the text."""
    lines = text.splitlines(keepends=True)
    count = next((i for i, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"".join(sorted(lines[:count])) + b"\n", b"".join(lines[count:])


def _xml_header(text: bytes) -> tuple[bytes, bytes]:
    """The XML up to and with the first two or more namespaces in a row, with these sorted, and the rest of it; b'' and
    the whole where its first HEADER_BYTES have none."""
    if match := XML_PREFIXES.search(text[:HEADER_BYTES]):
        return text[: match.start()] + b"".join(sorted(XML_PREFIX.findall(match[0]))), text[match.end() :]
    return b"", text
