"""txt and md: the decoded text exactly as it is in the file."""

from hashlib import sha256

from extractors.readers.decode import decode
from extractors.readers.embedded import embedded_tables
from extractors.readers.limits import Limits
from ontology.model.source import Source


def read_text(name: str, data: bytes, limits: Limits) -> Source:
    """b'\\xb9\\xe6\\xbb\\xae' -> Source(text='规划', encoding='gb18030', notes=('decoded as gb18030',))"""
    return _source(name, data, "txt")


def read_markdown(name: str, data: bytes, limits: Limits) -> Source:
    """The text of a Markdown file with its marks (#, **, |), which offsets count; the layout interprets them."""
    return _source(name, data, "md")


def _source(name: str, data: bytes, kind: str) -> Source:
    decoded = decode(name, data)
    tables = embedded_tables(decoded.text)
    return Source(
        name, sha256(data).hexdigest(), decoded.text, kind, decoded.encoding, tables=tables, notes=decoded.notes
    )
