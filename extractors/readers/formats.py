"""Which reader reads a file. A format is one entry of READERS, or an entry point of the group `kg.readers` of another
package."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType

from extractors.readers.limits import Limits
from extractors.readers.signatures import format_of, suffix_of
from ontology.model.source import Source

Reader = Callable[[str, bytes, Limits], Source]  # the file's name, its bytes, what it may cost

# the group of entry points in which another package registers a reader by a suffix
READER_GROUP = "kg.readers"
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
        "docm": "extractors.readers.docx:read_docx",
        "pdf": "extractors.readers.pdf:read_pdf",
        "ofd": "extractors.readers.ofd:read_ofd",
        "xlsx": "extractors.readers.xlsx:read_xlsx",
        "xlsm": "extractors.readers.xlsx:read_xlsx",
        "mht": "extractors.readers.mht:read_mht",
        "mhtml": "extractors.readers.mht:read_mht",
        "zip": "extractors.readers.zipped:read_zip",
        "doc": "extractors.readers.office:read_office",
        "wps": "extractors.readers.office:read_office",
        "rtf": "extractors.readers.office:read_office",
        "odt": "extractors.readers.office:read_office",
        "xls": "extractors.readers.office:read_workbook",
        "et": "extractors.readers.office:read_workbook",
        "ods": "extractors.readers.office:read_workbook",
    }
)


def reader(name: str, data: bytes) -> Reader:
    """The reader for a file with this name and these bytes: the reader that another package registers for the suffix of
    `name`, else the reader of the format that the bytes show or, where they show none, that the suffix says
    (`format_of`). Files of unknown suffix are read as plain text.

    Raises Refused where the bytes show a format that no reader reads. Errors of importing a reader of another package
    are passed on.
    """
    suffix = suffix_of(name)
    if suffix in others():
        return _load(others()[suffix])
    kind = format_of(name, data)
    return _load(EntryPoint(kind, READERS.get(kind, READERS["txt"]), READER_GROUP))


def suffixes() -> frozenset[str]:
    """The suffixes that have a reader in this package or another, without the dot and in lower case: 'docx'. A build
    reads the files of a folder that have one of these suffixes."""
    return frozenset(READERS) | frozenset(others())


@cache
def others() -> Mapping[str, EntryPoint]:
    """The readers that installed packages register in the entry point group `kg.readers`, by the suffix that they are
    for, without the dot and in lower case ('ofd'); of several for one suffix the last. The packages are asked once."""
    return {point.name.lower(): point for point in entry_points(group=READER_GROUP)}


@cache
def _load(point: EntryPoint) -> Reader:
    """The function that the entry point names, imported when first needed."""
    function: Reader = point.load()
    return function
