"""Scanned pages read with the PP-OCR models of the package rapidocr (extra `ocr`), without a network."""

import math
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import Any

import pypdfium2 as pdfium

from extractors.readers.pdf_page import Face, Glyph
from extractors.readers.pdf_strokes import Stroke
from extractors.vocabulary.characters import UNREAD
from extractors.vocabulary.numerals import HAN_ZERO, ONES

DOTS = 200 / 72  # per point: the models were trained on pictures of about this size
MOST_DOTS = 20_000_000
SURE = 0.5  # a character below stands as U+FFFD: that something stands there is known, what is not
SURE_OF_NUMBERS = 0.85  # a digit or comparison below, which a value would be read from
NUMERIC = frozenset(f"0123456789０１２３４５６７８９.．%％≥≤<>＜＞{HAN_ZERO}{ONES}十百千万亿")
GAP = 0.6  # of the height: a wider gap between characters is a space
SCANNED = Face("", False)
INK = 0.5  # of the way from paper to black: what is darker is ink, also where a scan made thin rules grey
SHORTEST_RULE = 30.0  # points
LEVEL = 0.001  # radians: less is no skew
STEEPEST = 0.1  # more is no skew of a scanner but a line that is set so
LONG_LINE = 5  # times its height
BREAK = 3  # dots that a rule may be interrupted by
THICKEST = 4.0  # points


def is_installed() -> bool:
    """Whether the extra `ocr` is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def recognised(page: pdfium.PdfPage) -> tuple[list[Glyph], list[Stroke]]:
    """The characters of the page with their places, and the rules of its tables."""
    width, height = page.get_size()
    scale = min(DOTS, (MOST_DOTS / max(1.0, width * height)) ** 0.5)
    picture = page.render(scale=scale).to_numpy()[:, :, :3]
    answer = _engine()(picture, return_word_box=True, return_single_char_box=True)
    if answer.boxes is None:  # a blank page, or one of pictures
        return [], _rules(picture, scale)
    angle = _skew(answer.boxes)
    if abs(angle) > LEVEL:
        picture = _turned(picture, angle)
    centre = picture.shape[1] / 2, picture.shape[0] / 2
    glyphs: list[Glyph] = []
    for line in answer.word_results or ():
        _add(glyphs, [(text, sure, _upright(box, angle, centre)) for text, sure, box in line if box is not None], scale)
    return glyphs, _rules(picture, scale)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False})


def _skew(boxes: Any) -> float:
    """The angle in radians by which the lines of the page slope down to the right: the median of the long lines."""
    slopes = []
    for (x0, y0), (x1, y1), *_ in boxes:
        if x1 - x0 > LONG_LINE * max(1.0, abs(boxes[0][3][1] - boxes[0][0][1])):
            slopes.append(math.atan2(y1 - y0, x1 - x0))
    angle = median(slopes) if slopes else 0.0
    return angle if abs(angle) < STEEPEST else 0.0


def _turned(picture: Any, angle: float) -> Any:
    """The picture rotated back about its centre by the angle, so that its lines are level."""
    import numpy
    from PIL import Image

    return numpy.asarray(
        Image.fromarray(picture).rotate(math.degrees(angle), Image.Resampling.BILINEAR, fillcolor=(255,) * 3)
    )


def _upright(box: Any, angle: float, centre: tuple[float, float]) -> list[tuple[float, float]]:
    """The corners of a box after the picture was rotated back about `centre`."""
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = centre
    return [
        (x + (px - x) * cos + (py - y) * sin, y - (px - x) * sin + (py - y) * cos)
        for px, py in ((float(corner[0]), float(corner[1])) for corner in box)
    ]


def _add(glyphs: list[Glyph], line: Any, scale: float) -> None:
    """Appends to `glyphs` the characters of a recognised line, which is a list of (text, confidence, the four
    corners of its box); those of low confidence become U+FFFD. `scale` is the number of pixels to a point."""
    boxes = [[corner[1] / scale for corner in box] for _, _, box in line]
    if not boxes:
        return
    top, base = min(min(ys) for ys in boxes), max(max(ys) for ys in boxes)
    before: Glyph | None = None
    for text, sure, box in line:
        left, right = min(corner[0] for corner in box) / scale, max(corner[0] for corner in box) / scale
        step = max(0.1, right - left) / max(1, len(text))
        if before is not None and 0 < left - before.right < GAP * (base - top):
            before.right = left  # boxes are drawn tight around the ink
        for n, character in enumerate(text):
            least = SURE_OF_NUMBERS if character in NUMERIC else SURE
            shown = character if float(sure) >= least else UNREAD
            before = Glyph(shown, left + n * step, left + (n + 1) * step, top, base, base, SCANNED, len(glyphs))
            glyphs.append(before)


def _rules(picture: Any, scale: float) -> list[Stroke]:
    """The horizontal and vertical rules in the picture of a page (an array of pixels): long thin runs of dark
    pixels. `scale` is the number of pixels to a point."""
    import numpy

    grey = picture.min(axis=2)
    paper, black = numpy.percentile(grey[::4, ::4], (50, 1))
    ink = grey < paper - INK * (paper - black)
    found = [Stroke(True, at / scale, low / scale, high / scale) for at, low, high in _runs(ink, scale)]
    return found + [Stroke(False, at / scale, low / scale, high / scale) for at, low, high in _runs(ink.T, scale)]


def _runs(ink: Any, scale: float) -> list[tuple[float, float, float]]:
    """The long runs of dark pixels that are thin across, as (row, first column, last column). `ink` is a matrix
    that is true where a pixel is dark, `scale` the number of pixels to a point."""
    import numpy

    least = int(SHORTEST_RULE * scale)
    found: list[tuple[int, int, int]] = []
    for row in numpy.flatnonzero(ink.sum(axis=1) >= least):
        at = numpy.flatnonzero(ink[row])
        parts = numpy.split(at, numpy.flatnonzero(numpy.diff(at) > BREAK + 1) + 1)
        found += [(int(row), int(part[0]), int(part[-1])) for part in parts if part[-1] - part[0] >= least]
    merged: list[list[int]] = []  # first row, last row, first dot, last dot
    for at_row, low, high in found:
        last = next((m for m in reversed(merged[-50:]) if at_row - m[1] <= 1 and low <= m[3] and high >= m[2]), None)
        if last:
            last[1], last[2], last[3] = at_row, min(last[2], low), max(last[3], high)
        else:
            merged.append([at_row, at_row, low, high])
    thick = THICKEST * scale
    return [((top + bottom) / 2, low, high) for top, bottom, low, high in merged if bottom - top < thick]
