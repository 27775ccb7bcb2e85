"""The real format of a file, by its bytes; and for formats that no reader reads, their names and what to do."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from extractors.readers.archive import ZIP_ERRORS, check_directory
from ontology.model.errors import Refused

PLAIN_TEXT_SUFFIXES = frozenset(("txt", "text", "md", "markdown"))
SIGNATURE_LENGTH = 1024  # bytes in which a signature stands
PACKAGE_SUFFIXES = ("docx", "docm", "xlsx", "xlsm", "ofd")
OLE_SIGNATURE = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: Word, Excel, PowerPoint and Outlook up to 2003, WPS
)


@dataclass(frozen=True, slots=True)
class UnreadFormat:
    """A format that no reader reads: `what` the file is ('a RAR archive') and what its user can do, the `way_out`
    ('unpack it and give the folder')."""

    what: str
    way_out: str


PICTURE_WAY_OUT = "put it into a PDF file and build with --ocr"
PRESENTATION_WAY_OUT = "save it as .docx or .pdf"
PROGRAM_WAY_OUT = "open it in the program that it came with and print it as a PDF file"
ARCHIVE_WAY_OUT = "unpack it and give the files"

# The signatures of files that have a reader. A suffix in the last column keeps its own: a txt file may quote a page.
SIGNATURES: tuple[tuple[re.Pattern[bytes], str, frozenset[str]], ...] = (
    (re.compile(rb"%PDF-"), "pdf", frozenset()),
    (re.compile(rb"\{\\rtf"), "rtf", PLAIN_TEXT_SUFFIXES),
    (
        re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?<(?:!doctype )?html"),
        "html",
        PLAIN_TEXT_SUFFIXES,
    ),
    (
        re.compile(rb"(?i)(?:From: <?Saved by|MIME-Version:|Content-Type: ?multipart/related)"),
        "mht",
        PLAIN_TEXT_SUFFIXES,
    ),
)
UNREAD_SIGNATURES: tuple[tuple[re.Pattern[bytes], UnreadFormat], ...] = (
    (re.compile(rb"Rar!\x1a\x07"), UnreadFormat("a RAR archive", ARCHIVE_WAY_OUT)),
    (re.compile(rb"7z\xbc\xaf\x27\x1c"), UnreadFormat("a 7-Zip archive", ARCHIVE_WAY_OUT)),
    (re.compile(rb"\x1f\x8b\x08|BZh[1-9]|\xfd7zXZ\0"), UnreadFormat("a compressed file", ARCHIVE_WAY_OUT)),
    (re.compile(rb"\xff\xd8\xff"), UnreadFormat("a JPEG picture", PICTURE_WAY_OUT)),
    (re.compile(rb"\x89PNG\r\n"), UnreadFormat("a PNG picture", PICTURE_WAY_OUT)),
    (re.compile(rb"II\*\0|MM\0\*"), UnreadFormat("a TIFF picture", PICTURE_WAY_OUT)),
    (re.compile(rb"GIF8[79]a|BM.{4}\0{4}", re.DOTALL), UnreadFormat("a picture", PICTURE_WAY_OUT)),
    (re.compile(rb"Founder CEB"), UnreadFormat("a CEB file of Founder Apabi", PROGRAM_WAY_OUT)),
    (re.compile(rb"CAJ\0|HN\0\0|KDH "), UnreadFormat("a CAJ file of CNKI", PROGRAM_WAY_OUT)),
    (re.compile(rb"AT&TFORM"), UnreadFormat("a DjVu file", PROGRAM_WAY_OUT)),
)
# names of streams in the directory of an OLE compound file, the deciding ones first
OLE_STREAMS: tuple[tuple[str, str | UnreadFormat], ...] = (
    ("EncryptedPackage", UnreadFormat("protected by a password", "save it without one")),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", UnreadFormat("a PowerPoint presentation (.ppt, .dps)", PRESENTATION_WAY_OUT)),
    ("__properties_version1.0", UnreadFormat("an Outlook message (.msg)", "save its text or its attachment as a file")),
)
# the parts by which packages are told from one another, in any case
PACKAGE_PARTS: tuple[tuple[str, str | UnreadFormat], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", UnreadFormat("an Excel binary workbook (.xlsb)", "save it as .xlsx")),
    ("ppt/presentation.xml", UnreadFormat("a PowerPoint presentation (.pptx)", PRESENTATION_WAY_OUT)),
    ("OFD.xml", "ofd"),
)
PACKAGE_MIMETYPES: tuple[tuple[bytes, str | UnreadFormat], ...] = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (
        b"application/vnd.oasis.opendocument",
        UnreadFormat("an OpenDocument drawing or presentation", PRESENTATION_WAY_OUT),
    ),
    (b"application/epub+zip", UnreadFormat("an e-book (EPUB)", "save its text as .html or .txt")),
)


def format_of(name: str, data: bytes) -> str:
    """The format of a file as the suffix of its reader: ('plan.doc', b'%PDF-1.7…') -> 'pdf', because web pages and PDF
    files are often named .doc. 'zip' for an archive of files, also where it is named .docx. A zip file that is damaged,
    or is a package whose main part has another name than usual, is what its suffix says where that is one of
    PACKAGE_SUFFIXES (docx, xlsx, ofd …), else 'zip' (`_packed`).

    Where the bytes do not show it, the suffix of the name, '' where it has none. For a text by its suffix
    (PLAIN_TEXT_SUFFIXES: txt, md …) only PDF, zip and OLE compound files are recognised. Raises Refused, with the
    format's name, where the bytes show a format that no reader reads, and for a zip file whose list of entries is too
    long.
    """
    suffix = suffix_of(name)
    head = data[:SIGNATURE_LENGTH]
    kind: str | UnreadFormat | None
    if head.startswith(b"PK\x03\x04"):
        kind = _packed(name, data)
    elif head.startswith(OLE_SIGNATURE):
        kind = _compound(data)
    else:
        kind = next(_by_signature(head, suffix), None)
    if isinstance(kind, UnreadFormat):
        raise Refused(f"{name}: {kind.what}; {kind.way_out}")
    return kind or suffix


def suffix_of(name: str) -> str:
    """What follows the last dot of a file's name, or of the last part of a path with /, in lower case: '规划.DOCX' ->
    'docx', 'v1.2/规划' -> ''; '' where that has no dot."""
    last = name.rpartition("/")[2]
    return last.rpartition(".")[2].lower() if "." in last else ""


def _by_signature(head: bytes, suffix: str) -> Iterator[str | UnreadFormat]:
    """The formats (the suffix of a reader, or an UnreadFormat) whose signature `head`, the first bytes of a file,
    begins with, those that have a reader first. `suffix` is that of the file's name: where it is one of
    PLAIN_TEXT_SUFFIXES, only a PDF is recognised, for a text may begin with the words of another format."""
    for signature, kind, left_alone in SIGNATURES:
        if suffix not in left_alone and signature.match(head):
            yield kind
    for signature, unread in UNREAD_SIGNATURES:
        if suffix not in PLAIN_TEXT_SUFFIXES and signature.match(head):
            yield unread


def _compound(data: bytes) -> str | UnreadFormat:
    """The format of an OLE compound file (doc, xls, wps …), by the names of streams in its directory, which are in
    UTF-16: the suffix of its reader, or an UnreadFormat for a presentation, a message or a file with a password. The
    first of OLE_STREAMS whose name stands in the file counts; 'doc' where none does."""
    return next((kind for name, kind in OLE_STREAMS if name.encode("utf-16-le") + b"\0\0" in data), "doc")


def _packed(name: str, data: bytes) -> str | UnreadFormat:
    """The format of a zip file, by what its part `mimetype` begins with (PACKAGE_MIMETYPES), else by the first of
    PACKAGE_PARTS that it has, in any case: 'docx' for one with word/document.xml, an UnreadFormat for a presentation,
    an e-book or the like. A package whose main part has another name, which is known by [Content_Types].xml or
    _rels/.rels, and a file too damaged to list its parts, are what the suffix of `name` says where that is one of
    PACKAGE_SUFFIXES. All others are 'zip', archives of files. Raises Refused for a list of entries that is too long."""
    suffix = suffix_of(name)
    check_directory(name, data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
            mimetype = package.open("mimetype").read(100) if "mimetype" in names else b""
    except ZIP_ERRORS:
        return suffix if suffix in PACKAGE_SUFFIXES else "zip"
    for start, kind in PACKAGE_MIMETYPES:
        if mimetype.startswith(start):
            return kind
    lower = {each.lower() for each in names}
    for part, kind in PACKAGE_PARTS:
        if part.lower() in lower:
            return kind
    # a package may call its main part otherwise
    return (
        suffix if suffix in PACKAGE_SUFFIXES and not lower.isdisjoint(("[content_types].xml", "_rels/.rels")) else "zip"
    )
