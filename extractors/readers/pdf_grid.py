"""The rules on a page -> grids of cells, with merged cells as one, and frames around text. All coordinates are in
points from the page's top left."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.readers.pdf_page import Glyph
from extractors.readers.pdf_strokes import Stroke

SAME_RULE_DISTANCE = 3.5  # points: rules that close belong together
RULE_END_DISTANCE = (
    6.0  # points: the end of a rule that is farther from all rules across it ends in the middle of a cell
)
MAX_STROKE_LENGTH = 60.0  # points: in a picture, what is shorter may be strokes of characters in a row
MAX_GRID_RULES = 400  # a grid with more rows or columns is a drawing


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a grid: the first row and column that it covers, from 0, how many it covers (the spans), and its edges
    on the page, in points from the top left."""

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
    """A grid made of rules, or a frame where it has a single box; its edges are in points from the page's top left, and
    `boxes` are its cells.

    `columns` are the x coordinates of all vertical rules and edges, one more than there are columns. `open_top` and
    `open_bottom` say that the vertical rules go on beyond the last horizontal one on that side. `broken` says that a
    rule ends in the middle of a cell, or that cells without a rule between them do not make a rectangle, so that some
    rules were not found.
    """

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
    """The grids and frames that the rules make, from the top of the page to its bottom. Those inside another are left
    out."""
    across = _joined([s for s in strokes if s.horizontal])
    down = _joined([s for s in strokes if not s.horizontal])
    found = [ruled for h, v in _meeting(across, down) if (ruled := _grid(h, v))]
    outer = [one for one in found if not any(_within(one, other) for other in found if other is not one)]
    return sorted(outer, key=lambda ruled: (ruled.top, ruled.left))


def anchored(strokes: Iterable[Stroke]) -> list[Stroke]:
    """The rules found in a picture, with pieces of one rule joined, and without those that are strokes of characters:
    rules of at most MAX_STROKE_LENGTH points of which an end is on no other rule."""
    across = _joined([s for s in strokes if s.horizontal])
    down = _joined([s for s in strokes if not s.horizontal])
    while len(across) + len(down) <= 2 * MAX_GRID_RULES:
        kept = [
            [s for s in one if s.high - s.low > MAX_STROKE_LENGTH or not _loose(s, other)]
            for one, other in ((across, down), (down, across))
        ]
        if [len(across), len(down)] == [*map(len, kept)]:
            break
        across, down = kept
    return across + down


def _ends_loose(strokes: Sequence[Stroke], others: Sequence[Stroke]) -> bool:
    """Whether one of the rules `strokes`, which are all horizontal or all vertical, ends in the middle of a cell;
    `others` are the rules of the other direction. Where several end on the outermost coordinate of a side, the table is
    open on that side, and they count as closed."""
    outer = []
    for edge, ends in ((min, [s.low for s in strokes]), (max, [s.high for s in strokes])):
        side = edge(ends)
        if sum(abs(end - side) <= RULE_END_DISTANCE for end in ends) > 1:
            outer.append(side)
    sides = [Stroke(not s.horizontal, side, s.at, s.at) for s in strokes[:1] for side in outer]
    for stroke in strokes:
        open_sides = [Stroke(side.horizontal, side.at, stroke.at, stroke.at) for side in sides]
        if _loose(stroke, [*others, *open_sides]):
            return True
    return False


def _loose(stroke: Stroke, others: Iterable[Stroke]) -> bool:
    """Whether an end of the rule is on none of the rules `others`, which run across it."""
    crossing = [o.at for o in others if o.low - RULE_END_DISTANCE <= stroke.at <= o.high + RULE_END_DISTANCE]
    return not all(any(abs(at - end) <= RULE_END_DISTANCE for at in crossing) for end in (stroke.low, stroke.high))


def contents(ruled: Ruled, glyphs: Sequence[Glyph]) -> tuple[dict[Box, list[Glyph]], list[Glyph]]:
    """The glyphs in each cell of the grid, a list for every cell of `ruled.boxes`, and those outside the grid; `glyphs`
    are those of the page. A glyph belongs to the cell in which its centre is."""
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
    """The rules, all of one direction, with pieces of one rule joined: dashes, borders drawn cell by cell, double
    rules."""
    found: list[Stroke] = []
    line: list[Stroke] = []
    for stroke in [*sorted(strokes, key=lambda s: s.at), None]:
        if line and (stroke is None or stroke.at - line[0].at > SAME_RULE_DISTANCE):
            found += _along(line)
            line = []
        if stroke is not None:
            line.append(stroke)
    return found


def _along(line: Sequence[Stroke]) -> list[Stroke]:
    """The rules that pieces on one line make: pieces that touch become one rule, and rules of at most 2
    SAME_RULE_DISTANCE points are left out."""
    at = sum(stroke.at for stroke in line) / len(line)
    spans: list[list[float]] = []
    for stroke in sorted(line, key=lambda s: s.low):
        if spans and stroke.low <= spans[-1][1] + SAME_RULE_DISTANCE:
            spans[-1][1] = max(spans[-1][1], stroke.high)
        else:
            spans.append([stroke.low, stroke.high])
    return [Stroke(line[0].horizontal, at, low, high) for low, high in spans if high - low > 2 * SAME_RULE_DISTANCE]


def _meeting(across: list[Stroke], down: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """The horizontal rules (`across`) and vertical rules (`down`) of a page, divided into groups that touch one
    another: (horizontal, vertical) for each group, which may be a table. [] for a page with more than MAX_GRID_RULES
    rules of one direction, which is a drawing."""
    if len(across) > MAX_GRID_RULES or len(down) > MAX_GRID_RULES:
        return []
    group = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, h in enumerate(across):
        for j, v in enumerate(down, len(across)):
            if (
                h.low - SAME_RULE_DISTANCE <= v.at <= h.high + SAME_RULE_DISTANCE
                and v.low - SAME_RULE_DISTANCE <= h.at <= v.high + SAME_RULE_DISTANCE
            ):
                group[root(i)] = root(j)
    members: dict[int, tuple[list[Stroke], list[Stroke]]] = defaultdict(lambda: ([], []))
    for i, stroke in enumerate([*across, *down]):
        members[root(i)][i >= len(across)].append(stroke)
    return [members[key] for key in sorted(members)]


def _grid(across: list[Stroke], down: list[Stroke]) -> Ruled | None:
    """The grid that a group of horizontal rules (`across`) and vertical rules (`down`) makes. Its cells are between
    neighbouring rules; cells without a rule between them are one merged cell, and an open side counts as closed. A
    single cell is a frame. None where the rules make no cell."""
    if len(across) < 2 or not down:
        return None
    left, right = min(h.low for h in across), max(h.high for h in across)
    top, bottom = min(h.at for h in across), max(h.at for h in across)
    open_top = min(v.low for v in down) < top - 2 * SAME_RULE_DISTANCE
    open_bottom = max(v.high for v in down) > bottom + 2 * SAME_RULE_DISTANCE
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
    """Where a rule is drawn along the lines of the grid: (n, m) for the line at `places[n]`, between `others[m]` and
    `others[m + 1]`. `strokes` and `places` are of one direction, `others` are the coordinates of the lines across
    them."""
    found = set()
    for stroke in strokes:
        n = min(range(len(places)), key=lambda i: abs(places[i] - stroke.at))
        for m in range(len(others) - 1):
            if stroke.low - SAME_RULE_DISTANCE <= (others[m] + others[m + 1]) / 2 <= stroke.high + SAME_RULE_DISTANCE:
                found.add((n, m))
    return found


def _places(values: Iterable[float]) -> list[float]:
    """The coordinates in order; of those less than 2 SAME_RULE_DISTANCE points apart only the first."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 2 * SAME_RULE_DISTANCE:
            found.append(value)
    return found


def _within(inner: Ruled, outer: Ruled) -> bool:
    """Whether the grid `inner` is inside the area of the grid `outer` and smaller."""
    return (
        outer.left - SAME_RULE_DISTANCE <= inner.left
        and inner.right <= outer.right + SAME_RULE_DISTANCE
        and outer.top - SAME_RULE_DISTANCE <= inner.top
        and inner.bottom <= outer.bottom + SAME_RULE_DISTANCE
        and (inner.right - inner.left) * (inner.bottom - inner.top)
        < (outer.right - outer.left) * (outer.bottom - outer.top)
    )
