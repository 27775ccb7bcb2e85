"""The rules drawn on a page: straight strokes, and filled shapes that are thin enough to look like strokes.

Coordinates are in points from the top left of the page as it is shown, with y counted down.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MAX_FILLED_THICKNESS = 3.0  # points: a filled shape that is not thicker is a rule
MIN_STROKE_LENGTH = 4.0  # points: shorter strokes are parts of drawings
MAX_SEGMENTS = 20_000  # parts of paths: a page with more is a drawing or a map, not a table
MAX_FORM_DEPTH = 5  # form objects in one another


@dataclass(frozen=True, slots=True)
class Stroke:
    """A rule on a page, in points from the page's top left. A horizontal one has its y in `at` and reaches from x
    `low` to x `high`; a vertical one has its x in `at` and reaches from y `low` to y `high`."""

    horizontal: bool
    at: float
    low: float
    high: float


class Turn:
    """Converts the coordinates that a PDF stores to points from the top left of the page as it is shown. It is made
    from the rotation of the page, 0 to 3 quarter turns clockwise, and the edges, as stored, of the part that is
    shown."""

    def __init__(self, quarters: int, left: float, bottom: float, right: float, top: float) -> None:
        self.quarters, self.left, self.bottom, self.right, self.top = quarters, left, bottom, right, top

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point as stored (y counted up) -> x and y on the page as shown (y counted down from the top), whichever of
        the four ways the page is turned; both are 0 at the corner that is shown at the top left."""
        if self.quarters == 1:
            return y - self.bottom, x - self.left
        if self.quarters == 2:
            return self.right - x, y - self.bottom
        if self.quarters == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """The edges of a box as stored -> its left, top, right and bottom on the page as shown."""
        (a, b), (c, d) = self.point(left, bottom), self.point(right, top)
        return min(a, c), min(b, d), max(a, c), max(b, d)


# the segments of a path: (from, to, whether a straight line is drawn between them)
Points = list[tuple[tuple[float, float], tuple[float, float], bool]]


def strokes(page: pdfium.PdfPage, turn: Turn) -> list[Stroke]:
    """The rules that the page draws, also in form objects up to MAX_FORM_DEPTH (5) deep, in points from the top left;
    [] where its paths have more than MAX_SEGMENTS (20,000) segments, as in a map. `turn` converts the coordinates that
    the page stores."""
    rules: list[Stroke] = []
    remaining = MAX_SEGMENTS
    for path in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=MAX_FORM_DEPTH):
        remaining -= raw.FPDFPath_CountSegments(path.raw)
        if remaining < 0:
            return []
        rules += _of_path(path, turn)
    return rules


def _of_path(path: pdfium.PdfObject, turn: Turn) -> Iterator[Stroke]:
    """The rules that a path object draws (`rules_of`); none where pdfium does not say how it is drawn. `turn` converts
    the coordinates that the page stores."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if raw.FPDFPath_GetDrawMode(path.raw, fill, stroke):
        yield from rules_of(list(_points(path, _matrix(path), turn)), bool(stroke.value), bool(fill.value))


def rules_of(points: Points, stroked: bool, filled: bool) -> Iterator[Stroke]:
    """The rules that a path makes: where its line is drawn (`stroked`), its straight segments (`_straight`), else where
    it is `filled`, its thin shapes (`_thin_shapes`). `points` are its segments as (from, to, whether a straight line is
    drawn between them), each end as (x, y) in points."""
    if stroked:
        for (x0, y0), (x1, y1), drawn in points:
            if drawn:
                yield from _straight(x0, y0, x1, y1)
    elif filled:
        yield from _thin_shapes(points)


def _thin_shapes(points: Points) -> Iterator[Stroke]:
    """The rules that filled shapes make: the middle line of each shape of straight lines that is at most
    MAX_FILLED_THICKNESS (3) points high or wide, and wider or higher than that in the other direction. `points` are the
    segments of a path as (from, to, whether a straight line is drawn between them); one without a line, such as a move
    or a curve, ends a shape."""
    shape: list[tuple[float, float]] = []
    for before, after, drawn in [*points, ((0.0, 0.0), (0.0, 0.0), False)]:
        if drawn:
            shape += [before, after]
            continue
        if shape:
            xs, ys = [x for x, _ in shape], [y for _, y in shape]
            left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
            if bottom - top <= MAX_FILLED_THICKNESS < right - left:
                yield Stroke(True, (top + bottom) / 2, left, right)
            elif right - left <= MAX_FILLED_THICKNESS < bottom - top:
                yield Stroke(False, (left + right) / 2, top, bottom)
        shape = []


def _straight(x0: float, y0: float, x1: float, y1: float) -> Iterator[Stroke]:
    """The horizontal rule from (x0, y0) to (x1, y1) at the mean of y0 and y1, where these differ by less than a point
    and x0 and x1 by at least MIN_STROKE_LENGTH (4) points; likewise the vertical rule with x and y exchanged; nothing
    for slanted and shorter lines."""
    if abs(y0 - y1) < 1 and abs(x0 - x1) >= MIN_STROKE_LENGTH:
        yield Stroke(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
    elif abs(x0 - x1) < 1 and abs(y0 - y1) >= MIN_STROKE_LENGTH:
        yield Stroke(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


def _matrix(path: pdfium.PdfObject) -> pdfium.PdfMatrix:
    """The matrix from the coordinates of the path object to the page's, through the form objects that contain it."""
    matrix = path.get_matrix()
    holder = path.container
    while holder is not None:
        matrix = matrix.multiply(holder.get_matrix())
        holder = holder.container
    return matrix


def _points(
    path: pdfium.PdfObject, matrix: pdfium.PdfMatrix, turn: Turn
) -> Iterator[tuple[tuple[float, float], tuple[float, float], bool]]:
    """The segments of a path object as (from, to, whether a straight line is drawn between them), in points from the
    top left of the page; moves and curves are not drawn so, and a path that is closed gets a drawn segment back to
    where the last move led. The first begins at (0, 0). Segments for which pdfium gives no end, or no finite one, are
    left out. `matrix` leads from the object's coordinates to those that the page stores, `turn` from these to
    points."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start = before = (0.0, 0.0)
    for i in range(raw.FPDFPath_CountSegments(path.raw)):
        segment = raw.FPDFPath_GetPathSegment(path.raw, i)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        here = turn.point(*matrix.on_point(x.value, y.value))
        if not all(map(math.isfinite, here)):
            continue
        kind = raw.FPDFPathSegment_GetType(segment)
        yield before, here, kind == raw.FPDF_SEGMENT_LINETO
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here
        if raw.FPDFPathSegment_GetClose(segment):
            yield here, start, True
            here = start
        before = here
