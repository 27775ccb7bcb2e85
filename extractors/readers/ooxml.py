"""The parts of an Office Open XML file (.docx, .xlsx) or OFD file, unpacked within limits and parsed safely."""

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from extractors.readers.archive import ZIP_ERRORS
from extractors.readers.limits import Limits
from ontology.model.errors import Refused

Element = etree._Element

DIRECTORY_ENTRY = b"PK\x01\x02"  # the head of an entry in a zip file's directory
MAX_ENTRIES = 20_000  # entries in the directory of an office file
SAVE_AGAIN = "save it again in the program that it was made with"


def local(element: Element) -> str:
    """The name of an element without its namespace, which differs between transitional and strict files:
    '{http://…/main}p' -> 'p'. '' for a comment or processing instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str) -> str | None:
    """The value of the first attribute whose name without namespace is `name`: 'val' of <w:ilvl w:val="0"/> -> '0'.
    None where the element has none, and where the element is None."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def is_true(element: Element | None, name: str) -> bool:
    """Whether the attribute `name` of the element (see `attribute`) is a boolean that is true: 1 or true."""
    return attribute(element, name) in ("1", "true")


def integer(text: str | None, otherwise: int = 0) -> int:
    """The number that an attribute holds: '3' -> 3. `otherwise` for None and for what is not one to six ASCII digits
    alone."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def child(element: Element | None, *names: str) -> Element | None:
    """The first child whose name without namespace is the first of `names`, then the first child of that one with the
    second name, and so on; a later child is not tried. None where one is missing, and where the element is None; the
    element itself without names."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


class Package:
    """An opened zip file of XML parts. All parts that are read may together unpack to `limits.unpacked` bytes, and each
    may have `limits.elements` opening angle brackets. `name` is the file's name in messages.

    Raises Refused where the file is damaged or has more than MAX_ENTRIES (20,000) entries.
    """

    def __init__(self, name: str, data: bytes, limits: Limits) -> None:
        self.name = name
        self._left = limits.unpacked
        self._elements = limits.elements
        if data.count(DIRECTORY_ENTRY) > MAX_ENTRIES:
            raise Refused(f"{name}: a zip archive with more than {MAX_ENTRIES:,} entries; {SAVE_AGAIN}")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self._names = set(self._zip.namelist())
        except ZIP_ERRORS as error:
            raise Refused(f"{name}: damaged or cut off: {line(error)}; {SAVE_AGAIN}") from None

    def main(self, usual: str) -> str:
        """The path of the main part, as the package declares it, else `usual`, such as 'word/document.xml'. Raises
        Refused where the file has no part of this path, and where the part with the declaration is damaged or beyond
        the limits."""
        path = self.relations("").get("officeDocument", usual)
        if path not in self._names:
            raise Refused(f"{self.name}: a zip file without {usual}, which a file of this format has; {SAVE_AGAIN}")
        return path

    def relations(self, path: str) -> dict[str, str]:
        """The paths of the parts that the part `path` refers to, by the kind of the relation, which is the last part of
        its type's address: {'numbering': 'word/numbering.xml'}. Of several of one kind the first; '' is the path of the
        package itself. Links out of the file are left out; {} where it refers to nothing. Whether the parts exist is
        not checked. Raises Refused where the part with the relations is damaged or beyond the limits."""
        paths: dict[str, str] = {}
        for relation, target in self._relations(path):
            paths.setdefault((attribute(relation, "Type") or "").rpartition("/")[2], target)
        return paths

    def target(self, path: str, identity: str | None) -> str | None:
        """The path of the part that the relation with the id `identity` of the part `path` points to:
        ('xl/workbook.xml', 'rId1') -> 'xl/worksheets/sheet1.xml'. None where the part has no such relation, as for
        None, or it leads out of the file. Whether the part exists is not checked. Raises Refused where the part with
        the relations is damaged or beyond the limits."""
        targets = (target for relation, target in self._relations(path) if attribute(relation, "Id") == identity)
        return next(targets, None) if identity is not None else None

    def _relations(self, path: str) -> Iterator[tuple[Element, str]]:
        """The relations of the part `path` (the elements of its part _rels/….rels) that stay in the file, in order,
        each with the path that it points to; nothing where it has none. Raises Refused where the part with the
        relations is damaged or beyond the limits."""
        folder, base = posixpath.split(path)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        for relation in root if root is not None else ():
            if attribute(relation, "TargetMode") != "External":
                target = attribute(relation, "Target") or ""
                yield relation, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")

    def part(self, path: str | None) -> Element | None:
        """The root element of an XML part, without comments and processing instructions; None where there is no such
        part or `path` is None. Raises Refused for a part that is damaged, protected by a password, has a document type
        (which could declare entities), or is beyond the limits."""
        if path is None or path not in self._names:
            return None
        content = self._unpacked(path)
        if content.count(b"<") > self._elements:
            raise Refused(f"{self.name}: over {self._elements:,} elements; split the file or raise the limit")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.LxmlError as error:
            raise Refused(f"{self.name}: {path} is not sound XML: {line(error)}; {SAVE_AGAIN}") from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise Refused(f"{self.name}: {path} declares entities, which no such file does; {SAVE_AGAIN}")
        return root

    def _unpacked(self, path: str) -> bytes:
        """The bytes of the part `path`, which the file has; they are counted against the limit. Raises Refused where
        the part is damaged or protected by a password, or where all parts read so far unpack to more than
        `limits.unpacked` bytes."""
        try:
            with self._zip.open(path) as file:
                content = file.read(self._left + 1)
        except ZIP_ERRORS as error:
            reason = "protected by a password" if "password" in str(error) else f"damaged: {line(error)}"
            raise Refused(f"{self.name}: {reason}; save it again without a password") from None
        if len(content) > self._left:
            raise Refused(f"{self.name}: unpacks to too many bytes; split the file or raise the limit")
        self._left -= len(content)
        return content


def line(error: Exception) -> str:
    """The message of an exception on one line of at most 200 characters; the name of its type where it has no
    message."""
    words = " ".join(str(error).split())
    return words[:200] or type(error).__name__
