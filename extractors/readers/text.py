"""txt and md: the decoded text exactly as it is in the file."""

from hashlib import sha256

from extractors.readers.decode import decode
from extractors.readers.embedded import embedded_tables
from extractors.readers.limits import Limits
from ontology.model.source import Source


def read_text(name: str, data: bytes, limits: Limits) -> Source:
    r"""The text of a plain text file, and the HTML tables in it: b'\xb9\xe6\xbb\xae' -> Source(text='规划',
    encoding='gb18030', notes=('decoded as gb18030',)). No limits are needed. Raises Refused where the bytes are not
    text (`decode`)."""
    return _source(name, data, "txt")


def read_markdown(name: str, data: bytes, limits: Limits) -> Source:
    """The text of a Markdown file, and the HTML tables in it. Its marks (#, **, |) are part of the text and counted by
    offsets; the layout interprets them. No limits are needed. Raises Refused where the bytes are not text
    (`decode`)."""
    return _source(name, data, "md")


def _source(name: str, data: bytes, kind: str) -> Source:
    """The Source of a file whose format is `kind`, 'txt' or 'md', with its encoding, tables and notes. Raises Refused
    where the bytes are not text (`decode`)."""
    decoded = decode(name, data)
    tables = embedded_tables(decoded.text)
    return Source(
        name, sha256(data).hexdigest(), decoded.text, kind, decoded.encoding, tables=tables, notes=decoded.notes
    )
