"""OFD files (GB/T 33190-2016), the national standard for official documents: the text and rules of their pages.

A page places its text objects and paths in millimetres from the top left. They become glyphs and strokes in points, as
those of a PDF page. Seals, annotations and pictures are left out. In all functions a `box` is the page's area: left,
top, width and height in millimetres.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from extractors.readers.limits import Limits
from extractors.readers.ooxml import Element, Package, attribute, child, integer, local
from extractors.readers.pages import write_pages
from extractors.readers.pdf_page import BOLD_FONT_NAME, UNKNOWN_FACE, Face, Glyph, GlyphPage
from extractors.readers.pdf_strokes import MAX_SEGMENTS, Points, rules_of
from extractors.readers.writer import Writer
from extractors.vocabulary.characters import INVISIBLE, substituted
from ontology.model.errors import Refused
from ontology.model.source import Source

POINTS_PER_MILLIMETRE = 72 / 25.4  # in a millimetre
A4_BOX = (0.0, 0.0, 210.0, 297.0)
MAX_COORDINATE = 100_000.0  # millimetres: numbers as large are damage
ASCENT = 0.86  # of the type size, above the base line
MAX_BLOCK_DEPTH = 20  # blocks in one another
OFD_NUMBER = re.compile(r"-?(?:\d{1,9}(?:\.\d{0,12})?|\.\d{1,12})(?:[eE][-+]?\d{1,2})?")
PATH_TOKEN = re.compile(rf"[A-Za-z]|{OFD_NUMBER.pattern}")
PATH_ARGUMENTS = {
    "S": 2,
    "M": 2,
    "L": 2,
    "Q": 4,
    "B": 6,
    "A": 7,
    "C": 0,
}  # of the path operators, table 37 of the standard
MAX_SLANT = 0.1  # b and c of a matrix: beyond, the text is turned, as watermarks are
OFD_UNMAPPED = re.compile(r"[\x00-\x1f\x7f\ue000-\uf8ff\ufffd-\uffff]")


@dataclass(frozen=True, slots=True)
class _Matrix:
    """A transformation of the plane, in the order of the standard: (x, y) -> (a x + c y + e, b x + d y + f). Without
    numbers it changes nothing."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The point that (x, y) is transformed to."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def upright(self) -> bool:
        """Whether text that is transformed so stands upright: it is not mirrored, and slanted by at most MAX_SLANT
        (0.1) of its width and height."""
        return abs(self.b) <= MAX_SLANT * abs(self.a) and abs(self.c) <= MAX_SLANT * abs(self.d) and self.a > 0 < self.d


@dataclass(slots=True)
class _OfdDocument:
    """What the pages of a document refer to: `faces` has the fonts, `templates` the paths of the pages that others are
    printed over, both by their ids; `box` is the area of pages that state none, A4 where the document states none
    either. `left` is the number of characters that may still be read, which goes down with each page."""

    faces: dict[str, Face] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    box: tuple[float, ...] = A4_BOX
    left: int = 0


def read_ofd(name: str, data: bytes, limits: Limits) -> Source:
    """An OFD file -> Source of the format 'ofd' with the offset of each page; pages without text are named in its
    `notes`. Of several documents in the file the first is read. Raises Refused for a file that is damaged, encrypted,
    without a document or beyond the limits."""
    package = Package(name, data, limits)
    root = package.part("OFD.xml")
    main = child(root, "DocBody", "DocRoot")
    path = _resolved("OFD.xml", main.text if main is not None else None)
    document = package.part(path)
    if document is None or path is None:
        raise Refused(f"{name}: an OFD file without a document in it; save it again or print it as a PDF file")
    shared = _OfdDocument(left=limits.characters)
    _common(package, path, child(document, "CommonData"), shared)
    listed = child(document, "Pages")
    places = [attribute(each, "BaseLoc") for each in listed if local(each) == "Page"] if listed is not None else []
    if len(places) > limits.pages:
        raise Refused(f"{name}: {len(places):,} pages, {limits.pages:,} are allowed; split the file or raise the limit")
    pages = [_page(package, number, _resolved(path, place), shared) for number, place in enumerate(places, 1)]
    silent = [str(page.number) for page in pages if not page.glyphs]
    writer = Writer(name, limits)
    write_pages(pages, writer)
    writer.reach(len(pages))
    notes = (
        [f"no text on page {', '.join(silent)} (pictures? print the file as a PDF and build with --ocr)"]
        if silent
        else []
    )
    return writer.source(data, "ofd", notes=notes)


def _resolved(holder: str, place: str | None) -> str | None:
    """The path of the part that the part `holder` refers to by `place`: ('Doc_0/Document.xml',
    'Pages/Page_0/Content.xml') -> 'Doc_0/Pages/Page_0/Content.xml'. A `place` that begins with / is a path from the
    root, and none leads above it. None for a blank place and for None. Whether the part exists is not checked."""
    if not place or not place.strip():
        return None
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(holder), place.strip())).lstrip("/")


def _common(package: Package, path: str, common: Element | None, shared: _OfdDocument) -> None:
    """Adds to `shared` the page area, templates and fonts that `common`, the element CommonData of the part `path`,
    names; of several with one id the last counts, and no id is ''. An area that is not sound (`_box`), a template
    without a path, and fonts in a part that does not exist change nothing. A font has its FontName or else FamilyName,
    '' without either, and is heavy where it is marked so or its name says so (BOLD_FONT_NAME). Nothing for None. Raises
    Refused where a part with fonts is damaged or beyond the limits."""
    for each in common if common is not None else ():
        kind = local(each)
        if kind == "PageArea":
            shared.box = _box(each) or shared.box
        elif kind == "TemplatePage":
            if place := _resolved(path, attribute(each, "BaseLoc")):
                shared.templates[attribute(each, "ID") or ""] = place
        elif kind in ("PublicRes", "DocumentRes"):
            place = _resolved(path, each.text)
            resources = package.part(place)
            fonts = child(resources, "Fonts")
            for font in fonts if fonts is not None else ():
                name = attribute(font, "FontName") or attribute(font, "FamilyName") or ""
                heavy = attribute(font, "Bold") == "true" or BOLD_FONT_NAME.search(name) is not None
                shared.faces[attribute(font, "ID") or ""] = Face(name, heavy)


def _box(area: Element | None) -> tuple[float, ...] | None:
    """The area that the PhysicalBox in a PageArea or Area element states, as left, top, width and height in
    millimetres; None where there is none, where it has not four sound numbers, and where width or height are not above
    0."""
    box = child(area, "PhysicalBox")
    numbers = _numbers(box.text if box is not None else None)
    return numbers if len(numbers) == 4 and numbers[2] > 0 < numbers[3] else None


def _numbers(text: str | None) -> tuple[float, ...]:
    """The numbers in the first 4,000 characters of an attribute, whatever stands between them: '0 0 210 297' -> (0.0,
    0.0, 210.0, 297.0). () for None, and where one of them reaches MAX_COORDINATE (100,000), so that the file must be
    damaged."""
    numbers = tuple(float(number) for number in OFD_NUMBER.findall((text or "")[:4000]))
    return numbers if all(abs(number) < MAX_COORDINATE for number in numbers) else ()


def _page(package: Package, number: int, path: str | None, document: _OfdDocument) -> GlyphPage:
    """The glyphs and rules of the page in the part `path`, those of the templates that it is printed over before its
    own; `number` is the page's, from 1, and `document` what pages refer to. A part or template that does not exist has
    none. The line of a path is drawn unless the path says no, and it is filled only where it says so. The page has no
    rules where its paths have MAX_SEGMENTS (20,000) segments or more, as in a map. Raises Refused for a damaged part,
    and where more characters are read than `document.left` allows."""
    root = package.part(path)
    box = _box(child(root, "Area")) or document.box
    page = GlyphPage(number, box[2] * POINTS_PER_MILLIMETRE, box[3] * POINTS_PER_MILLIMETRE)
    templates = [each for each in root if local(each) == "Template"] if root is not None else []
    parts = [package.part(document.templates.get(attribute(each, "TemplateID") or "")) for each in templates]
    segments = 0
    for part in [*parts, root]:
        content = child(part, "Content")
        for layer in content if content is not None else ():
            for item in _objects(layer, 0):
                if local(item) == "TextObject":
                    page.glyphs += _glyphs(package.name, item, box, document, len(page.glyphs))
                elif segments < MAX_SEGMENTS:
                    points = _points(item, box)
                    segments += len(points)
                    drawn, filled = attribute(item, "Stroke") != "false", attribute(item, "Fill") == "true"
                    page.strokes += rules_of(points, drawn, filled)
    if segments >= MAX_SEGMENTS:
        page.strokes = []
    return page


def _objects(parent: Element, depth: int) -> Iterator[Element]:
    """The TextObject and PathObject elements in a layer, in order, also those in blocks (PageBlock) within it, without
    those that are marked as not visible or are in such a block. `depth` is the number of blocks around `parent`; what
    is in more than MAX_BLOCK_DEPTH (20) blocks is left out."""
    for each in parent:
        if attribute(each, "Visible") == "false":
            continue
        if local(each) in ("TextObject", "PathObject"):
            yield each
        elif local(each) == "PageBlock" and depth < MAX_BLOCK_DEPTH:
            yield from _objects(each, depth + 1)


def _place(item: Element, box: tuple[float, ...]) -> tuple[_Matrix, float, float]:
    """The matrix of an object, and the left and top of its boundary in millimetres from the top left of the page's area
    (`box`). Without six sound numbers the matrix is one that changes nothing, and without four of a boundary left and
    top are 0."""
    boundary = _numbers(attribute(item, "Boundary"))
    matrix = _numbers(attribute(item, "CTM"))
    left, top = (boundary[0] - box[0], boundary[1] - box[1]) if len(boundary) == 4 else (0.0, 0.0)
    return (_Matrix(*matrix) if len(matrix) == 6 else _Matrix()), left, top


def _glyphs(name: str, item: Element, box: tuple[float, ...], document: _OfdDocument, order: int) -> Iterator[Glyph]:
    """The characters of a TextObject, in points from the page's top left, without invisible and unmapped ones; none,
    and nothing is counted, where the text is turned or mirrored (`_Matrix.upright`), or its type size is missing or not
    above 0. `box` is the page's area, `name` the file's name, and `order` the number of characters that the page has
    before them, from which they are numbered, with those left out. They have the face of their font, UNKNOWN_FACE for a
    font that `document` does not have; where the object's Weight is 600 or more, the face is heavy, whatever the font.
    Counts down `document.left`, and raises Refused where it goes below 0 (`_set_characters`)."""
    matrix, left, top = _place(item, box)
    size = next(iter(_numbers(attribute(item, "Size"))), 0.0)
    if not matrix.upright or size <= 0:
        return
    face = document.faces.get(attribute(item, "Font") or "", UNKNOWN_FACE)
    weight = attribute(item, "Weight") or ""
    if weight.isascii() and weight.isdecimal() and int(weight[:4]) >= 600:
        face = Face(face.font, True)
    height = size * matrix.d * POINTS_PER_MILLIMETRE
    for number, (character, x, y, wide) in enumerate(_set_characters(name, item, size, document), order):
        if INVISIBLE.match(character) or OFD_UNMAPPED.match(character):
            continue
        (begin, base), (end, _) = matrix.point(x, y), matrix.point(x + wide, y)
        begin, end, base = (
            (begin + left) * POINTS_PER_MILLIMETRE,
            (end + left) * POINTS_PER_MILLIMETRE,
            (base + top) * POINTS_PER_MILLIMETRE,
        )
        low = base + (1 - ASCENT) * height
        yield Glyph(substituted(character), begin, end, low - height, low, base, face, number)


def _set_characters(
    name: str, item: Element, size: float, document: _OfdDocument
) -> Iterator[tuple[str, float, float, float]]:
    """The characters of a TextObject with this type size, also invisible ones but no line breaks, each as (character,
    x, y, width): where it begins on its base line, and how wide it is. All are in the object's own coordinates, to
    which its matrix is yet to be applied.

    Each TextCode begins where its X and Y say, else where the one before it ended, the first at 0. The steps to the
    next character are DeltaX and DeltaY. Where DeltaX has no number for a character, it is the usual width, `size` or
    half of it for ASCII, or 0 where DeltaY is given; where DeltaY has none, 0. The width is the step across where that
    is above 0 and less than 1.5 times the usual width, else the usual one. Each character counts down `document.left`;
    Refused, with `name` as the file's name, is raised before a TextCode with which it goes below 0.
    """
    x = y = 0.0
    for code in item:
        if local(code) != "TextCode" or not code.text:
            continue
        text = code.text.replace("\n", "").replace("\r", "")
        document.left -= len(text)
        if document.left < 0:
            raise Refused(f"{name}: more characters than are allowed; split the file or raise the limit")
        x = next(iter(_numbers(attribute(code, "X"))), x)
        y = next(iter(_numbers(attribute(code, "Y"))), y)
        across = _deltas(attribute(code, "DeltaX"), len(text))
        down = _deltas(attribute(code, "DeltaY"), len(text))
        for n, character in enumerate(text):
            usual = size * (0.5 if character.isascii() else 1.0)
            step = across[n] if n < len(across) else (0.0 if down else usual)
            yield character, x, y, step if 0 < step < 1.5 * usual else usual
            x += step
            y += down[n] if n < len(down) else 0.0


def _deltas(text: str | None, most: int) -> list[float]:
    """The distances between neighbouring characters: 'g 3 5.6 7' -> [5.6, 5.6, 5.6, 7], where g stands before a count
    and a value that is repeated as often. At most `most` values. Of each word the first number counts; a word without a
    sound one (`_numbers`) is left out, as is a value whose count is no number of up to six digits, and a g without two
    words after it. [] for None."""
    words = (text or "").split()
    deltas: list[float] = []
    at = 0
    while at < len(words) and len(deltas) < most:
        if words[at] == "g" and at + 2 < len(words):
            count, value = words[at + 1], _numbers(words[at + 2])
            deltas += list(value[:1]) * min(integer(count), most)
            at += 3
        else:
            deltas += _numbers(words[at])[:1]
            at += 1
    return deltas[:most]


def _points(item: Element, box: tuple[float, ...]) -> Points:
    """The segments of a PathObject as (from, to, whether a straight line is drawn between them), each end as (x, y) in
    points from the page's top left; moves and curves are not drawn so, and C closes a path with a straight line to
    where the last move led. The first begins at (0, 0). [] where it has no path. Operators that are not known
    (PATH_ARGUMENTS) or lack numbers are left out, as are numbers beyond those of an operator, and so is what follows
    the first 4 MAX_SEGMENTS (80,000) operators and numbers. `box` is the page's area."""
    data = child(item, "AbbreviatedData")
    if data is None or not data.text:
        return []
    matrix, left, top = _place(item, box)
    segments: Points = []
    tokens = [token[0] for token in PATH_TOKEN.finditer(data.text)][: MAX_SEGMENTS * 4]
    start = before = (0.0, 0.0)
    at = 0
    while at < len(tokens):
        operator = tokens[at]
        count = PATH_ARGUMENTS.get(operator)
        following = takewhile(lambda token: not token.isalpha(), tokens[at + 1 : at + 1 + (count or 0)])
        numbers = [float(token) for token in following]
        at += 1 + len(numbers)
        if count is None or len(numbers) < count:
            continue
        if operator == "C":
            segments.append((before, start, True))
            before = start
            continue
        x, y = matrix.point(numbers[-2], numbers[-1])
        here = (x + left) * POINTS_PER_MILLIMETRE, (y + top) * POINTS_PER_MILLIMETRE
        segments.append((before, here, operator == "L"))
        if operator in "SM":
            start = here
        before = here
    return segments
