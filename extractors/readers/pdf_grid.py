"""The rules on a page -> grids of cells, with merged cells as one, and frames around text."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.readers.pdf_page import Glyph
from extractors.readers.pdf_strokes import Stroke

NEAR = 3.5  # points: rules that close belong together
LOOSE = 6.0  # points: the end of a rule that is farther from all rules across it ends in the middle of a cell
SHORT_RULE = 60.0  # points: in a picture, what is shorter may be strokes of characters in a row
MOST_LINES = 400  # a grid with more rows or columns is a drawing


@dataclass(frozen=True, slots=True)
class Box:
    """A cell by its place on the page and in its grid."""

    row: int
    column: int
    row_span: int
    column_span: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Ruled:
    """A grid made of rules, or a frame where it has a single box. `columns` are the x coordinates of the vertical
    rules; `open_top` and `open_bottom` say that no rule closes that side. `broken` says that a rule ends in the middle
    of a cell, or that the cells without a rule between them make no rectangle: some rules were not found. All
    coordinates are in points from the page's top left."""

    left: float
    top: float
    right: float
    bottom: float
    columns: tuple[float, ...]
    boxes: tuple[Box, ...]
    open_top: bool
    open_bottom: bool
    broken: bool = False


def grids(strokes: Iterable[Stroke]) -> list[Ruled]:
    """The grids that the rules make, from top to bottom of the page."""
    across = _joined([s for s in strokes if s.horizontal])
    down = _joined([s for s in strokes if not s.horizontal])
    found = [ruled for h, v in _meeting(across, down) if (ruled := _grid(h, v))]
    outer = [one for one in found if not any(_within(one, other) for other in found if other is not one)]
    return sorted(outer, key=lambda ruled: (ruled.top, ruled.left))


def anchored(strokes: Iterable[Stroke]) -> list[Stroke]:
    """The rules found in a picture, with their pieces joined and without those that strokes of characters made: short
    ones that do not reach from a rule to a rule."""
    across = _joined([s for s in strokes if s.horizontal])
    down = _joined([s for s in strokes if not s.horizontal])
    while len(across) + len(down) <= 2 * MOST_LINES:
        kept = [
            [s for s in one if s.high - s.low > SHORT_RULE or not _loose(s, other)]
            for one, other in ((across, down), (down, across))
        ]
        if [len(across), len(down)] == [*map(len, kept)]:
            break
        across, down = kept
    return across + down


def _ends_loose(strokes: Sequence[Stroke], others: Sequence[Stroke]) -> bool:
    """Whether a rule ends in the middle of a cell. A side of the table where several end together may be open."""
    outer = []
    for edge, ends in ((min, [s.low for s in strokes]), (max, [s.high for s in strokes])):
        side = edge(ends)
        if sum(abs(end - side) <= LOOSE for end in ends) > 1:
            outer.append(side)
    sides = [Stroke(not s.horizontal, side, s.at, s.at) for s in strokes[:1] for side in outer]
    for stroke in strokes:
        open_sides = [Stroke(side.horizontal, side.at, stroke.at, stroke.at) for side in sides]
        if _loose(stroke, [*others, *open_sides]):
            return True
    return False


def _loose(stroke: Stroke, others: Iterable[Stroke]) -> bool:
    """Whether an end of the rule is on none of the rules across it."""
    crossing = [o.at for o in others if o.low - LOOSE <= stroke.at <= o.high + LOOSE]
    return not all(any(abs(at - end) <= LOOSE for at in crossing) for end in (stroke.low, stroke.high))


def contents(ruled: Ruled, glyphs: Sequence[Glyph]) -> tuple[dict[Box, list[Glyph]], list[Glyph]]:
    """The glyphs of each cell of the grid, and the glyphs of the page that are outside the grid."""
    inside: dict[Box, list[Glyph]] = {box: [] for box in ruled.boxes}
    rows = sorted({box.top for box in ruled.boxes})
    starting: dict[float, list[Box]] = defaultdict(list)
    for box in ruled.boxes:
        for top in rows[bisect_left(rows, box.top) : bisect_left(rows, box.bottom)]:
            starting[top].append(box)
    outside = []
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        if not (ruled.left - 1 <= x <= ruled.right + 1 and ruled.top - 1 <= y <= ruled.bottom + 1):
            outside.append(glyph)
            continue
        band = rows[max(0, bisect_left(rows, y) - 1)]
        holder = min(starting[band], key=lambda box: max(box.left - x, x - box.right))
        inside[holder].append(glyph)
    return inside, outside


def _joined(strokes: Sequence[Stroke]) -> list[Stroke]:
    """The rules, with pieces of one rule joined: dashes, borders drawn cell by cell, double rules."""
    found: list[Stroke] = []
    line: list[Stroke] = []
    for stroke in [*sorted(strokes, key=lambda s: s.at), None]:
        if line and (stroke is None or stroke.at - line[0].at > NEAR):
            found += _along(line)
            line = []
        if stroke is not None:
            line.append(stroke)
    return found


def _along(line: Sequence[Stroke]) -> list[Stroke]:
    at = sum(stroke.at for stroke in line) / len(line)
    spans: list[list[float]] = []
    for stroke in sorted(line, key=lambda s: s.low):
        if spans and stroke.low <= spans[-1][1] + NEAR:
            spans[-1][1] = max(spans[-1][1], stroke.high)
        else:
            spans.append([stroke.low, stroke.high])
    return [Stroke(line[0].horizontal, at, low, high) for low, high in spans if high - low > 2 * NEAR]


def _meeting(across: list[Stroke], down: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """The rules of a page divided into groups that touch one another, each of which may be a table: (horizontal
    rules, vertical rules) for each group. Empty for a page with more than MOST_LINES rules of one direction, which
    is a drawing."""
    if len(across) > MOST_LINES or len(down) > MOST_LINES:
        return []
    group = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, h in enumerate(across):
        for j, v in enumerate(down, len(across)):
            if h.low - NEAR <= v.at <= h.high + NEAR and v.low - NEAR <= h.at <= v.high + NEAR:
                group[root(i)] = root(j)
    members: dict[int, tuple[list[Stroke], list[Stroke]]] = defaultdict(lambda: ([], []))
    for i, stroke in enumerate([*across, *down]):
        members[root(i)][i >= len(across)].append(stroke)
    return [members[key] for key in sorted(members)]


def _grid(across: list[Stroke], down: list[Stroke]) -> Ruled | None:
    """The cells between neighbouring rules; neighbours without a rule between them are one merged cell. An open side
    counts as closed. None where the rules make no grid."""
    if len(across) < 2 or not down:
        return None
    left, right = min(h.low for h in across), max(h.high for h in across)
    top, bottom = min(h.at for h in across), max(h.at for h in across)
    open_top = min(v.low for v in down) < top - 2 * NEAR
    open_bottom = max(v.high for v in down) > bottom + 2 * NEAR
    top, bottom = min([top, *(v.low for v in down)]), max([bottom, *(v.high for v in down)])
    xs = _places([left, right, *(v.at for v in down)])
    ys = _places([top, bottom, *(h.at for h in across)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    width, height = len(xs) - 1, len(ys) - 1
    covered_down = _covered(down, xs, ys)
    covered_across = _covered(across, ys, xs)
    group = list(range(width * height))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for r in range(height):
        for c in range(width):
            if c + 1 < width and (c + 1, r) not in covered_down:
                group[root(r * width + c + 1)] = root(r * width + c)
            if r + 1 < height and (r + 1, c) not in covered_across:
                group[root((r + 1) * width + c)] = root(r * width + c)
    members: dict[int, list[int]] = defaultdict(list)
    for i in range(width * height):
        members[root(i)].append(i)
    boxes = []
    broken = _ends_loose(across, down) or _ends_loose(down, across)
    for cells in members.values():
        rows, columns = [i // width for i in cells], [i % width for i in cells]
        r, c, r_end, c_end = min(rows), min(columns), max(rows) + 1, max(columns) + 1
        broken |= (r_end - r) * (c_end - c) != len(cells)
        boxes.append(Box(r, c, r_end - r, c_end - c, xs[c], ys[r], xs[c_end], ys[r_end]))
    boxes.sort(key=lambda box: (box.row, box.column))
    return Ruled(xs[0], ys[0], xs[-1], ys[-1], tuple(xs), tuple(boxes), open_top, open_bottom, broken)


def _covered(strokes: list[Stroke], places: list[float], others: list[float]) -> set[tuple[int, int]]:
    """The pieces (n, m) of the grid's lines where a rule is drawn: on the n-th of `places`, from the m-th of `others`
    to the next."""
    found = set()
    for stroke in strokes:
        n = min(range(len(places)), key=lambda i: abs(places[i] - stroke.at))
        for m in range(len(others) - 1):
            if stroke.low - NEAR <= (others[m] + others[m + 1]) / 2 <= stroke.high + NEAR:
                found.add((n, m))
    return found


def _places(values: Iterable[float]) -> list[float]:
    """The coordinates in order; those that are close together count once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 2 * NEAR:
            found.append(value)
    return found


def _within(inner: Ruled, outer: Ruled) -> bool:
    return (
        outer.left - NEAR <= inner.left
        and inner.right <= outer.right + NEAR
        and outer.top - NEAR <= inner.top
        and inner.bottom <= outer.bottom + NEAR
        and (inner.right - inner.left) * (inner.bottom - inner.top)
        < (outer.right - outer.left) * (outer.bottom - outer.top)
    )
