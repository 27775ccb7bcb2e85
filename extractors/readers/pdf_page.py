"""A page of a PDF as pdfium sees it: its characters with their places and faces, and the rules drawn on it. Face, Glyph
and GlyphPage also hold what is read from OFD files and scanned pages."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.readers.pdf_strokes import Stroke, Turn, strokes
from extractors.vocabulary.characters import INVISIBLE, substituted

# no character: unmapped, private use, control
UNMAPPED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd-\uffff\ue000-\uf8ff]")
# 黑体, 楷体, 小标宋 beside the 仿宋 or 宋体 of the text: SimHei, KaiTi_GB2312, FZXiaoBiaoSong
DISPLAY_FONT_NAME = re.compile(r"hei|kai|xiaobiaosong|xbs|黑|楷|小标宋", re.IGNORECASE)
BOLD_FONT_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
QUARTER_TURN = math.pi / 2


@dataclass(frozen=True, slots=True)
class Face:
    """The typeface of characters: the name of the font, '' where it is not known, and whether it is bold (`heavy`), by
    its weight, its name or an outline that is drawn."""

    font: str
    heavy: bool


UNKNOWN_FACE = Face("", False)


@dataclass(slots=True)
class Glyph:
    """A character, its typeface, and its edges on the page in points, with y counted from the top. `base` is the y of
    its base line. `order` rises by one from a character to the one that follows it in the file or in a recognised line;
    with Tesseract it counts from 0 in each line. `text` is U+FFFD for a character that OCR could not tell."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    face: Face
    order: int = 0


@dataclass(slots=True)
class GlyphPage:
    """The glyphs and rules of a page, and its width and height in points. `number` counts from 1.

    `count` is the number of all its characters in the file, also where these were too many to be read; `unmapped` is
    the number of glyphs for which the file gives no character, which are left out; both are 0 in an OFD file. `scanned`
    says that the glyphs, and the strokes where PP-OCR found them, were recognised in a picture.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    count: int = 0
    unmapped: int = 0
    scanned: bool = False


def read_page(page: pdfium.PdfPage, number: int, most: int) -> GlyphPage:
    """The glyphs and rules of a page, rotated so that most of its text is upright; `number` is the page's, from 1. A
    page of more than `most` characters has no glyphs, and its `count` says how many there are. Raises PdfiumError where
    pdfium cannot read the page."""
    width, height = page.get_size()
    result = GlyphPage(number, width, height)
    turn = Turn(page.get_rotation() // 90 % 4, *page.get_bbox())  # the box of get_size: the crop box in the media box
    text_page = page.get_textpage()
    try:
        angle = _read_glyphs(text_page, result, turn, most)
    finally:
        text_page.close()
    result.strokes = strokes(page, turn)
    if angle:
        _turn_all(result, angle)
    return result


def drawing_scale(page: pdfium.PdfPage, usual: float, most: int) -> float:
    """The number of pixels to a point with which a page is drawn for OCR: `usual`, or less where the picture would have
    more than `most` pixels."""
    width, height = page.get_size()
    return min(usual, float((most / max(1.0, width * height)) ** 0.5))


def _read_glyphs(text_page: pdfium.PdfTextPage, page: GlyphPage, turn: Turn, most: int) -> int:
    """Fills in the glyphs, `count` and `unmapped` of `page`, and returns by how many quarter turns clockwise, 0 to 3,
    it must be rotated for most of its text to be upright. The direction of most counts, by a sample, the characters
    whose number is a multiple of seven; of several directions the first met, and without any the text is taken as
    upright before the page's own rotation. A page of more than `most` characters gets no glyphs, and the answer is 0.
    Left out are line breaks, characters that pdfium made up, invisible ones, those without a finite place, and those
    without a Unicode value, which `unmapped` counts. `turn` converts coordinates."""
    handle = text_page.raw
    page.count = raw.FPDFText_CountChars(handle)
    if page.count > most:
        return 0
    rect, faces, angles = raw.FS_RECTF(), _Faces(), Counter[int]()
    x, y = ctypes.c_double(), ctypes.c_double()
    for i, text in _characters(handle, page.count):
        if UNMAPPED.match(text):
            page.unmapped += 1
            continue
        if INVISIBLE.match(text):
            continue
        if not (raw.FPDFText_GetLooseCharBox(handle, i, rect) and raw.FPDFText_GetCharOrigin(handle, i, x, y)):
            continue
        if not all(map(math.isfinite, (rect.left, rect.bottom, rect.right, rect.top, x.value, y.value))):
            continue
        if i % 7 == 0:
            angles[round(raw.FPDFText_GetCharAngle(handle, i) / QUARTER_TURN) % 4] += 1
        text = substituted(text)  # fonts name radicals for ordinary characters: ⼯ -> 工
        left, top, right, bottom = turn.box(rect.left, rect.bottom, rect.right, rect.top)
        face = faces.of(raw.FPDFText_GetTextObject(handle, i))
        base = turn.point(x.value, y.value)[1]
        page.glyphs.append(Glyph(text, left, right, top, bottom, base, face, i))
    most_common = max(angles, key=lambda quarter: angles[quarter], default=0)
    return (-most_common - turn.quarters) % 4


def _characters(handle: raw.FPDF_TEXTPAGE, count: int) -> Iterator[tuple[int, str]]:
    """The characters of the text page with the pdfium handle `handle`, which are `count`, each with its number from 0,
    without line breaks and those that pdfium made up. A character beyond U+FFFF comes in two halves (surrogates) and
    gets the number of the second; a first half alone is left out, a second half alone and a number that is no
    character's are U+FFFD."""
    high = 0
    for i in range(count):
        code = raw.FPDFText_GetUnicode(handle, i)
        if code in (10, 13) or raw.FPDFText_IsGenerated(handle, i) == 1:
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        yield i, chr(code) if code <= 0x10FFFF else "\ufffd"


class _Faces:
    """The typefaces of the page's text objects, by their addresses, each looked up once."""

    def __init__(self) -> None:
        self._known: dict[int, Face] = {}

    def of(self, text_object: "ctypes._Pointer[raw.fpdf_pageobject_t__]") -> Face:
        """The typeface of a text object, given by a pointer to it; UNKNOWN_FACE for a null pointer."""
        if not text_object:
            return UNKNOWN_FACE
        address = ctypes.addressof(text_object.contents)
        if address not in self._known:
            self._known[address] = self._look_up(text_object)
        return self._known[address]

    def _look_up(self, text_object: "ctypes._Pointer[raw.fpdf_pageobject_t__]") -> Face:
        """The typeface of a text object as pdfium says it; UNKNOWN_FACE where it has no font. The font's name, of at
        most 255 bytes, is without the prefix of a subset (ABCDEF+SimHei). It is heavy where its outline is drawn too,
        its weight is at least 600, or its name says so (BOLD_FONT_NAME)."""
        font = raw.FPDFTextObj_GetFont(text_object)
        if not font:
            return UNKNOWN_FACE
        buffer = ctypes.create_string_buffer(256)
        length = raw.FPDFFont_GetBaseFontName(font, buffer, 256)
        name = buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace").rpartition("+")[2]
        outlined = raw.FPDFTextObj_GetTextRenderMode(text_object) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
        heavy = outlined or raw.FPDFFont_GetWeight(font) >= 600 or BOLD_FONT_NAME.search(name) is not None
        return Face(name, heavy)


def _turn_all(page: GlyphPage, quarters: int) -> None:
    """Rotates the glyphs and rules of the page, and its width and height, in place, by `quarters` quarter turns
    clockwise. A glyph that was turned has its base line at its lower edge."""
    for _ in range(quarters):
        page.width, page.height = page.height, page.width
        for glyph in page.glyphs:
            left, top = page.width - glyph.bottom, glyph.left
            glyph.right, glyph.bottom = page.width - glyph.top, glyph.right
            glyph.left, glyph.top, glyph.base = left, top, glyph.bottom
        page.strokes = [_turned(stroke, page.width) for stroke in page.strokes]


def _turned(stroke: Stroke, width: float) -> Stroke:
    """The rule after a quarter turn of the page clockwise; `width` is the width of the page after it."""
    if stroke.horizontal:
        return Stroke(False, width - stroke.at, stroke.low, stroke.high)
    return Stroke(True, stroke.at, width - stroke.high, width - stroke.low)
