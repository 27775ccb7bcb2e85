"""Scanned pages read with the PP-OCR models of the package rapidocr (extra `ocr`), without a network.

A `picture` is the page as an array of rows, pixels and colours (0..255: blue, green, red); `scale` is the number of its
pixels to a point.
"""

import math
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2 as pdfium

from extractors.readers.pdf_grid import Box, anchored, contents, grids
from extractors.readers.pdf_lines import HAN_CHARACTER
from extractors.readers.pdf_page import UNKNOWN_FACE, Glyph, drawing_scale
from extractors.readers.pdf_strokes import Stroke
from extractors.vocabulary.characters import UNREADABLE
from extractors.vocabulary.numerals import HAN_ZERO, ONES

PPOCR_SCALE = 200 / 72  # pixels to a point: the models were trained on pictures of about this size
MAX_PPOCR_PIXELS = 20_000_000  # of a page; larger pages are drawn coarser
MIN_CHARACTER_CONFIDENCE = 0.5  # a character below stands as U+FFFD: that something stands there is known, what is not
MIN_DIGIT_CONFIDENCE = 0.85  # a digit or comparison below, which a value would be read from
NUMERIC_CHARACTERS = frozenset(f"0123456789０１２３４５６７８９.．%％≥≤<>＜＞{HAN_ZERO}{ONES}十百千万亿")
PPOCR_SPACE_WIDTH = 0.6  # of the height: a wider gap between characters is a space
INK_DARKNESS = 0.5  # of the way from paper to black: what is darker is ink, also where a scan made thin rules grey
MIN_RULE_LENGTH = 30.0  # points: shorter runs of ink are parts of characters
MIN_SKEW = 0.001  # radians: less is no skew
MAX_SKEW = 0.1  # radians: more is no skew of a scanner but a line that is set so
SLOPE_LINE_LENGTH = 5  # times its height
MIN_SLOPE_LINES = 5  # that are long; where a page has fewer (one of a table), those half as long count too
# radians, and steps to each side, in which the angle is looked for that shows the rules best
ANGLE_STEP, ANGLE_STEPS = 0.001, 5
FAINT_DARKNESS = 0.15  # of the way from paper to black by which a faint rule is darker than what is beside it
FAINT_DISTANCE = 1.5  # points between a rule and what is beside it
BOX_CUT = 0.15  # of a character's height: its box may cut off as much of it
RULE_MARGIN = 1.5  # points beside a rule that may be its own ink
MIN_HAN_WIDTH = 0.7  # of the height of a line that a Chinese character is wide at least
MIN_RULED_SHARE = 0.8  # of a row of pixels behind the character: more ink is that of a rule
MAX_SPECK_SIZE = 0.1  # of a character's height: ink of less than its square is no character
FULL_WIDTH_BRACKETS = str.maketrans("()", "（）")
SMOOTHING_LENGTH = 3.2  # points along a rule over which the noise of a scan is averaged
MAX_RULE_BREAK = 3  # pixels that a rule may be interrupted by
MAX_RULE_THICKNESS = 4.0  # points: a thicker run of ink is a bar or a picture


def is_installed() -> bool:
    """Whether the packages of the extra `ocr` are installed: rapidocr and onnxruntime."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def recognised(page: pdfium.PdfPage) -> tuple[list[Glyph], list[Stroke]]:
    """The characters of the page and the rules of its tables, in points from its top left; characters that the models
    are not sure of, or did not recognise in a table or frame (`_missed`), are U+FFFD. No characters for a page on which
    no line is found. Where the lines of a page slope by more than MIN_SKEW (0.001 radians), places are those on the
    page made level (`_turned`)."""
    scale = drawing_scale(page, PPOCR_SCALE, MAX_PPOCR_PIXELS)
    picture = page.render(scale=scale).to_numpy()[:, :, :3]
    answer = _engine()(picture, return_word_box=True, return_single_char_box=True)
    if answer.boxes is None:  # a blank page, or one of pictures
        return [], _rules(_brightness(picture), scale)
    angle = _skew(answer.boxes)
    if abs(angle) > MIN_SKEW:
        angle = _by_the_rules(picture, angle)
        picture = _turned(picture, angle)
    centre = picture.shape[1] / 2, picture.shape[0] / 2
    glyphs: list[Glyph] = []
    before_gaps: list[Glyph] = []
    for line in answer.word_results or ():
        upright = [(text, sure, _upright(box, angle, centre)) for text, sure, box in line if box is not None]
        added = _line_glyphs(upright, scale, len(glyphs))
        glyphs += added
        before_gaps += [
            one for one, after in pairwise([*added, None]) if one and (after is None or after.left > one.right)
        ]
    brightness = _brightness(picture)
    rules = _rules(brightness, scale)
    return glyphs + _missed(brightness, scale, glyphs, before_gaps, rules), rules


def _missed(
    brightness: tuple[Any, float, float],
    scale: float,
    glyphs: Sequence[Glyph],
    before_gaps: Sequence[Glyph],
    rules: Sequence[Stroke],
) -> list[Glyph]:
    """For each place in a cell of a table or in a frame where something is printed that was not recognised, a glyph
    with the text U+FFFD. The engine leaves out a 、 at times, and the name would go on without it.

    Such a place is looked for to the right of each of the characters `before_gaps`, which are those that a gap or
    nothing follows. `glyphs` are all characters of the page and `rules` its rules; `brightness` is (that of each pixel
    of the page's picture, that of the paper, that of the ink) from `_brightness`, and the picture has `scale` pixels to
    a point.
    """
    grey, paper, black = brightness
    ink = grey < paper - INK_DARKNESS * (paper - black)
    missed = []
    for ruled in grids(rules):
        inside, _ = contents(ruled, before_gaps)
        for box, last in ((box, last) for box, lasts in inside.items() for last in lasts):
            left, top, right, bottom = _place_after(last, box, glyphs)
            behind = ink[int(top * scale) : int(bottom * scale), int(left * scale) : int(right * scale)]
            if behind.size and _is_printed(behind, (last.base - last.top) * scale):
                place = last.right, max(last.right + 0.1, right)
                missed.append(Glyph(UNREADABLE, *place, last.top, last.base, last.base, UNKNOWN_FACE, len(glyphs)))
    return missed


def _place_after(last: Glyph, box: Box, glyphs: Sequence[Glyph]) -> tuple[float, float, float, float]:
    """The area after the character `last` in the cell `box` where a further character may stand: left, top, right and
    bottom in points; it is empty where left is not less than right. With h as the height of `last`, it begins BOX_CUT
    (0.15) h before the right edge of `last`, but for a Chinese character at least MIN_HAN_WIDTH (0.7) h after its left
    edge. It ends h after that right edge, but RULE_MARGIN (1.5 points) before the cell's right rule and BOX_CUT h
    before the next of `glyphs` on the line. Top and bottom are those of `last`, RULE_MARGIN inside the cell's rules."""
    height = last.base - last.top
    left = last.right - BOX_CUT * height
    if HAN_CHARACTER.match(last.text):  # its box may be too narrow, but it is as wide as it is high
        left = max(left, last.left + MIN_HAN_WIDTH * height)
    right = min(last.right + height, box.right - RULE_MARGIN)
    middle = (last.top + last.base) / 2
    beside = [g.left for g in glyphs if g.left >= last.right and g.top < middle < g.base]
    right = min([right, *(at - BOX_CUT * height for at in beside)])
    return left, max(last.top, box.top + RULE_MARGIN), right, min(last.base, box.bottom - RULE_MARGIN)


def _is_printed(ink: Any, height: float) -> bool:
    """Whether a place has the ink of a character, by a matrix of its pixels, true where one is dark: more than a square
    of MAX_SPECK_SIZE (0.1) of `height`, that of the line in pixels. Rows of pixels of which MIN_RULED_SHARE (0.8) or
    more are ink are rules and do not count, nor do the columns before the first of those with the least ink, which
    belong to the character before."""
    import numpy

    columns = ink[ink.mean(axis=1) < MIN_RULED_SHARE].sum(axis=0)
    return bool(columns[numpy.argmin(columns) :].sum() > (MAX_SPECK_SIZE * height) ** 2)


def _brightness(picture: Any) -> tuple[Any, float, float]:
    """(the brightness of each pixel of a picture, that of the paper, that of the darkest ink), 0..255. A pixel is as
    bright as its darkest colour; the paper is the median and the ink the first percentile of the pixels in every fourth
    row and column."""
    import numpy

    grey = picture.min(axis=2).astype(numpy.float32)
    paper, black = numpy.percentile(grey[::4, ::4], (50, 1))
    return grey, paper, black


@cache
def _engine() -> Any:
    """The engine of rapidocr, whose models are loaded once."""
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False})


def _skew(boxes: Any) -> float:
    """The angle in radians by which the lines of the page slope down to the right: the median over the lines that are
    longer than SLOPE_LINE_LENGTH (5) times their height or, where fewer than MIN_SLOPE_LINES (5) are, longer than 2.5
    times. 0 where there are none, or where the slope is MAX_SKEW (0.1 radians) or more. `boxes` has the four corners of
    each line from its top left on, clockwise, in pixels."""
    slopes: list[float] = []
    for length in (SLOPE_LINE_LENGTH, SLOPE_LINE_LENGTH / 2):
        if len(slopes) < MIN_SLOPE_LINES:
            slopes = [
                math.atan2(y1 - y0, x1 - x0)
                for (x0, y0), (x1, y1), _, (x3, y3) in boxes
                if x1 - x0 > length * max(1.0, math.hypot(x3 - x0, y3 - y0))
            ]
    angle = median(slopes) if slopes else 0.0
    return angle if abs(angle) < MAX_SKEW else 0.0


def _by_the_rules(picture: Any, angle: float) -> float:
    """The angle near `angle`, in radians, by which the picture of a page must be rotated for its ink to stand in the
    fewest rows and columns: of `angle` and the angles up to ANGLE_STEPS (5) steps of ANGLE_STEP (0.001) to each side of
    it that for which the variance of the darkness of the rows and that of the columns have the greatest sum; of several
    that with the smallest value, sign included. The boxes of short lines give the angle too roughly: at an error of
    0.001 a rule across the page does not stay in one row of pixels."""
    import numpy
    from PIL import Image

    small = Image.fromarray(picture).convert("L")
    small = small.resize((max(1, small.width // 2), max(1, small.height // 2)), Image.Resampling.BOX)

    def alignment(tried: float) -> float:
        turned = small.rotate(math.degrees(tried), Image.Resampling.BILINEAR, fillcolor=255)
        dark = 255.0 - numpy.asarray(turned, dtype=numpy.float32)
        return float(dark.mean(axis=0).var() + dark.mean(axis=1).var())

    return max((angle + step * ANGLE_STEP for step in range(-ANGLE_STEPS, ANGLE_STEPS + 1)), key=alignment)


def _turned(picture: Any, angle: float) -> Any:
    """The picture rotated about its centre by `angle` radians against the slope that `_skew` measures, so that its
    lines are level; it keeps its size, and the corners become white."""
    import numpy
    from PIL import Image

    return numpy.asarray(
        Image.fromarray(picture).rotate(math.degrees(angle), Image.Resampling.BILINEAR, fillcolor=(255,) * 3)
    )


def _upright(box: Any, angle: float, centre: tuple[float, float]) -> list[tuple[float, float]]:
    """The corners (x, y) of a box of the slanted picture, in the picture that was rotated about `centre` by `angle`
    radians; all in pixels."""
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = centre
    return [
        (x + (px - x) * cos + (py - y) * sin, y - (px - x) * sin + (py - y) * cos)
        for px, py in ((float(corner[0]), float(corner[1])) for corner in box)
    ]


def _line_glyphs(line: Any, scale: float, order: int) -> list[Glyph]:
    """The characters of a recognised line, given as a list of (text, confidence 0..1, the four corners of its box in
    pixels), numbered from `order` on; all have the top and the base line of the whole line. [] for a line without
    texts. `scale` is the number of pixels to a point.

    The characters of one text share its width, and the last of them reaches to the next text unless the gap is a space,
    which is PPOCR_SPACE_WIDTH (0.6) of the line's height or wider. Those with a confidence below
    MIN_CHARACTER_CONFIDENCE (0.5), or MIN_DIGIT_CONFIDENCE (0.85) for NUMERIC_CHARACTERS, become U+FFFD. Where any text
    of the line begins with a Chinese character, brackets become full-width, for the models do not tell their width.
    """
    if not line:
        return []
    glyphs: list[Glyph] = []
    ys = [corner[1] / scale for _, _, box in line for corner in box]
    top, base = min(ys), max(ys)
    chinese = any(HAN_CHARACTER.match(text) for text, _, _ in line)
    for text, sure, box in line:
        left, right = min(corner[0] for corner in box) / scale, max(corner[0] for corner in box) / scale
        step = max(0.1, right - left) / max(1, len(text))
        if glyphs and 0 < left - glyphs[-1].right < PPOCR_SPACE_WIDTH * (base - top):
            glyphs[-1].right = left  # boxes are drawn tight around the ink
        for n, character in enumerate(text):
            least = MIN_DIGIT_CONFIDENCE if character in NUMERIC_CHARACTERS else MIN_CHARACTER_CONFIDENCE
            shown = character if float(sure) >= least else UNREADABLE
            shown = shown.translate(FULL_WIDTH_BRACKETS) if chinese else shown
            place = left + n * step, left + (n + 1) * step
            glyphs.append(Glyph(shown, *place, top, base, base, UNKNOWN_FACE, order + len(glyphs)))
    return glyphs


def _rules(brightness: tuple[Any, float, float], scale: float) -> list[Stroke]:
    """The horizontal and vertical rules of tables in the picture of a page, in points: long thin runs of dark or
    faintly dark pixels, without those that `anchored` takes for strokes of characters. `brightness` is (that of each
    pixel of the picture, that of the paper, that of the ink) from `_brightness`, `scale` the number of pixels to a
    point."""
    grey, paper, black = brightness
    rules: list[Stroke] = []
    for horizontal, dots in ((True, grey), (False, grey.T)):
        ink = (dots < paper - INK_DARKNESS * (paper - black)) | _faint(dots, FAINT_DARKNESS * (paper - black), scale)
        rules += [Stroke(horizontal, at / scale, low / scale, high / scale) for at, low, high in _runs(ink, scale)]
    return anchored(rules)


def _faint(grey: Any, least: float, scale: float) -> Any:
    """A matrix that is true for pixels that may belong to a faint horizontal rule, and for the row below: averaged
    along the row, they are darker by more than `least` than those FAINT_DISTANCE (1.5) points above and below. All
    false for a picture too small for that. `grey` has the brightness of each pixel (0 is black), `scale` is the number
    of pixels to a point. A rule that is grey itself, or lies on grey paper, is faint so."""
    import numpy

    reach, width = max(1, round(FAINT_DISTANCE * scale)), max(1, round(SMOOTHING_LENGTH * scale))
    if min(grey.shape) <= 2 * max(reach, width):
        return numpy.zeros(grey.shape, bool)
    sums = numpy.cumsum(numpy.pad(grey, ((0, 0), (width // 2 + 1, width - width // 2 - 1)), "edge"), axis=1)
    mean = (sums[:, width:] - sums[:, :-width]) / width
    mean = numpy.concatenate((mean, grey[:, mean.shape[1] :]), axis=1)
    faint = numpy.zeros(grey.shape, bool)
    middle = mean[reach:-reach]
    faint[reach:-reach] = numpy.minimum(mean[: -2 * reach], mean[2 * reach :]) - middle > least
    faint[1:] |= faint[:-1]  # a rule that is nearly level goes from one row to the next
    return faint


def _runs(ink: Any, scale: float) -> list[tuple[float, float, float]]:
    """The horizontal runs of dark pixels that are at least MIN_RULE_LENGTH (30) points long, from the first pixel to
    the last, and less than MAX_RULE_THICKNESS (4) points thick, as (middle row, first column, last column) in pixels,
    from the top down. Breaks of up to MAX_RULE_BREAK (3) pixels do not end a run; a row of pixels with fewer dark ones
    in all than MIN_RULE_LENGTH is long has none. A run that is found in one row is joined to the latest of the 50
    before it that overlaps it and reaches to the same row or the row above. `ink` is a matrix that is true where a
    pixel is dark, `scale` the number of pixels to a point."""
    import numpy

    least = int(MIN_RULE_LENGTH * scale)
    runs: list[tuple[int, int, int]] = []
    for row in numpy.flatnonzero(ink.sum(axis=1) >= least):
        at = numpy.flatnonzero(ink[row])
        parts = numpy.split(at, numpy.flatnonzero(numpy.diff(at) > MAX_RULE_BREAK + 1) + 1)
        runs += [(int(row), int(part[0]), int(part[-1])) for part in parts if part[-1] - part[0] >= least]
    merged: list[list[int]] = []  # first row, last row, first dot, last dot
    for at_row, low, high in runs:
        last = next((m for m in reversed(merged[-50:]) if at_row - m[1] <= 1 and low <= m[3] and high >= m[2]), None)
        if last:
            last[1], last[2], last[3] = at_row, min(last[2], low), max(last[3], high)
        else:
            merged.append([at_row, at_row, low, high])
    thick = MAX_RULE_THICKNESS * scale
    return [((top + bottom) / 2, low, high) for top, bottom, low, high in merged if bottom - top < thick]
