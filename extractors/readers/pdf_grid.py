"""The rules on a page -> grids of cells, with merged cells as one, and frames around text. All coordinates are in
points from the page's top left."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.readers.pdf_page import Glyph
from extractors.readers.pdf_strokes import Stroke

SAME_RULE_DISTANCE = 3.5  # points: rules as close as this belong together
RULE_END_DISTANCE = (
    6.0  # points: the end of a rule that is farther from all rules across it ends in the middle of a cell
)
MAX_STROKE_LENGTH = 60.0  # points: in a picture, what is shorter may be strokes of characters in a row
MAX_HANGING = 2.0  # widths of a character below the last rule: words of a cell that goes on over the page
MIN_OPEN_RULES = 3  # rules down the page that end together and make a row with a single rule across
MAX_GRID_RULES = 400  # rules of one direction: a page with more is a drawing


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
    `boxes` are its cells in reading order.

    `columns` are the x coordinates of all vertical rules and edges, one more than there are columns. `open_top` and
    `open_bottom` say that vertical rules go on beyond the last horizontal one on that side. `broken` says that a rule
    ends in the middle of a cell, or that cells without a rule between them do not make a rectangle, so that some rules
    were not found. `unclosed` are the columns, from 0, without a rule below the last row, though others have one: their
    last cell goes on over the page, as browsers print a merged cell.
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
    unclosed: frozenset[int] = frozenset()


def grids(strokes: Iterable[Stroke]) -> list[Ruled]:
    """The grids and frames that the rules of a page make (`_grid`), from its top to its bottom, those at one height
    from left to right. Those inside a larger one are left out; [] for a page with more than MAX_GRID_RULES (400) rules
    of one direction."""
    across, down = _by_direction(strokes)
    every = [ruled for horizontal, vertical in _meeting(across, down) if (ruled := _grid(horizontal, vertical))]
    outer = [one for one in every if not any(_within(one, other) for other in every if other is not one)]
    return sorted(outer, key=lambda ruled: (ruled.top, ruled.left))


def anchored(strokes: Iterable[Stroke]) -> list[Stroke]:
    """The rules found in a picture, the horizontal ones first, with pieces of one rule joined and short ones left out
    (`_joined`). Of these, strokes of characters are left out: rules of at most MAX_STROKE_LENGTH (60) points of which
    an end is on no rule of the other direction that is left. Where the rules are more than 2 MAX_GRID_RULES (800), as
    in a drawing, all of them stay."""
    across, down = _by_direction(strokes)
    while len(across) + len(down) <= 2 * MAX_GRID_RULES:
        long_or_fixed = [
            [s for s in one if s.high - s.low > MAX_STROKE_LENGTH or not _loose(s, other)]
            for one, other in ((across, down), (down, across))
        ]
        if [len(across), len(down)] == [*map(len, long_or_fixed)]:
            break
        across, down = long_or_fixed
    return across + down


def _by_direction(strokes: Iterable[Stroke]) -> tuple[list[Stroke], list[Stroke]]:
    """The horizontal and the vertical rules, with pieces of one rule joined and those that remain short left out
    (`_joined`); each list is in the order of the rules' places."""
    every = list(strokes)
    return _joined([s for s in every if s.horizontal]), _joined([s for s in every if not s.horizontal])


def _ends_loose(strokes: Sequence[Stroke], others: Sequence[Stroke]) -> bool:
    """Whether one of the rules `strokes`, of which there is at least one and which are all horizontal or all vertical,
    ends in the middle of a cell (`_loose`); `others` are the rules of the other direction. Where at least two of
    `strokes` end at the outermost place of a side, give or take RULE_END_DISTANCE (6 points), the table is taken to
    have no rule along that side, and ends there do not count."""
    open_sides = []
    for edge, ends in ((min, [s.low for s in strokes]), (max, [s.high for s in strokes])):
        side = edge(ends)
        if sum(abs(end - side) <= RULE_END_DISTANCE for end in ends) > 1:
            open_sides.append(side)
    for stroke in strokes:
        closing = [Stroke(not stroke.horizontal, side, stroke.at, stroke.at) for side in open_sides]
        if _loose(stroke, [*others, *closing]):
            return True
    return False


def _loose(stroke: Stroke, others: Iterable[Stroke]) -> bool:
    """Whether the rule `stroke` has an end that is on no rule of the other direction: on none of `others` that reaches
    the place of the rule, give or take RULE_END_DISTANCE (6 points) along and across."""
    crossing = [o.at for o in others if o.low - RULE_END_DISTANCE <= stroke.at <= o.high + RULE_END_DISTANCE]
    return not all(any(abs(at - end) <= RULE_END_DISTANCE for at in crossing) for end in (stroke.low, stroke.high))


def contents(ruled: Ruled, glyphs: Sequence[Glyph]) -> tuple[dict[Box, list[Glyph]], list[Glyph]]:
    """The glyphs in each cell of the grid, a list in the order of `glyphs` for every cell of `ruled.boxes`, and those
    outside the grid; `glyphs` are glyphs of the page. A glyph whose centre is more than a point outside of the grid's
    edges is outside, but for one below a column that is not closed (`_hangs_out`). Any other is in the cell of its row
    in which its centre is, or which is nearest to it; of two rows the upper, of two cells at one distance the one that
    begins higher, else the left."""
    inside: dict[Box, list[Glyph]] = {box: [] for box in ruled.boxes}
    rows = sorted({box.top for box in ruled.boxes})
    starting: dict[float, list[Box]] = defaultdict(list)
    for box in ruled.boxes:
        for top in rows[bisect_left(rows, box.top) : bisect_left(rows, box.bottom)]:
            starting[top].append(box)
    outside = []
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        within = ruled.left - 1 <= x <= ruled.right + 1 and ruled.top - 1 <= y
        if not (within and (y <= ruled.bottom + 1 or _hangs_out(glyph, ruled))):
            outside.append(glyph)
            continue
        band = rows[max(0, bisect_left(rows, y) - 1)]
        holder = min(starting[band], key=lambda box: max(box.left - x, x - box.right))
        inside[holder].append(glyph)
    return inside, outside


def _hangs_out(glyph: Glyph, ruled: Ruled) -> bool:
    """Whether a glyph below the grid belongs to a column that is not closed there: it stands in the column, and its
    base line is at most MAX_HANGING (2) times its width below the grid."""
    x = (glyph.left + glyph.right) / 2
    column = bisect_left(ruled.columns, x) - 1
    return column in ruled.unclosed and glyph.base - ruled.bottom <= MAX_HANGING * (glyph.right - glyph.left)


def _joined(strokes: Sequence[Stroke]) -> list[Stroke]:
    """The rules, all of one direction, in the order of their places, with pieces of one rule joined (`_along`): dashes,
    borders drawn cell by cell, double rules. Pieces at most SAME_RULE_DISTANCE (3.5 points) from the first of a line
    are on it. What is then at most 2 SAME_RULE_DISTANCE long is left out."""
    rules: list[Stroke] = []
    line: list[Stroke] = []
    for stroke in [*sorted(strokes, key=lambda s: s.at), None]:
        if line and (stroke is None or stroke.at - line[0].at > SAME_RULE_DISTANCE):
            rules += _along(line)
            line = []
        if stroke is not None:
            line.append(stroke)
    return rules


def _along(line: Sequence[Stroke]) -> list[Stroke]:
    """The rules that pieces on one line make, from the left or top on, at the mean of the places of all pieces: pieces
    at most SAME_RULE_DISTANCE (3.5 points) apart become one rule, and rules of at most 2 SAME_RULE_DISTANCE points are
    left out. There is at least one piece."""
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
    another, give or take SAME_RULE_DISTANCE (3.5 points): (horizontal, vertical) for each group, which may be a table;
    one of the two may be empty. [] for a page with more than MAX_GRID_RULES (400) rules of one direction, which is a
    drawing."""
    if len(across) > MAX_GRID_RULES or len(down) > MAX_GRID_RULES:
        return []
    touching = (
        (i, j)
        for i, h in enumerate(across)
        for j, v in enumerate(down, len(across))
        if h.low - SAME_RULE_DISTANCE <= v.at <= h.high + SAME_RULE_DISTANCE
        and v.low - SAME_RULE_DISTANCE <= h.at <= v.high + SAME_RULE_DISTANCE
    )
    return [
        ([across[i] for i in group if i < len(across)], [down[i - len(across)] for i in group if i >= len(across)])
        for group in _groups(len(across) + len(down), touching)
    ]


def _groups(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The numbers from 0 up to `count`, divided into groups such that the two of each pair are in one group: (4, [(0,
    2), (2, 3)]) -> [[0, 2, 3], [1]]. Groups, and the numbers of each, are in order."""
    parent = list(range(count))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for one, other in pairs:
        parent[root(one)] = root(other)
    groups: dict[int, list[int]] = defaultdict(list)
    for number in range(count):
        groups[root(number)].append(number)
    return list(groups.values())


def _grid(across: list[Stroke], down: list[Stroke]) -> Ruled | None:
    """The grid that a group of horizontal rules (`across`) and vertical rules (`down`) makes; one with a single cell is
    a frame. Its columns are between the vertical rules and the outermost ends of the horizontal ones, its rows between
    the horizontal rules and the ends of vertical ones that go beyond all of them; of coordinates at most 2
    SAME_RULE_DISTANCE (7 points) apart the first counts (`_places`). It is open at the top or bottom where a vertical
    rule goes farther than that beyond the last horizontal one, and broken where a cell is no rectangle (`_boxes`) or a
    rule ends in the middle of one (`_ends_loose`).

    None where there are no rules of one direction, or no area between, and where a single horizontal rule is not the
    edge of a row that a page break opened (`_is_open_row`).
    """
    if not down or (len(across) < 2 and not (across and _is_open_row(across[0], down))):
        return None
    left, right = min(h.low for h in across), max(h.high for h in across)
    top, bottom = min(h.at for h in across), max(h.at for h in across)
    highest, lowest = min(v.low for v in down), max(v.high for v in down)
    xs = _places([left, right, *(v.at for v in down)])
    ys = _places([min(top, highest), max(bottom, lowest), *(h.at for h in across)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    covered_across = _covered(across, ys, xs)
    boxes, rectangular = _boxes(covered_across, _covered(down, xs, ys), xs, ys)
    closed = {column for place, column in covered_across if place == len(ys) - 1}
    return Ruled(
        xs[0],
        ys[0],
        xs[-1],
        ys[-1],
        tuple(xs),
        tuple(boxes),
        open_top=highest < top - 2 * SAME_RULE_DISTANCE,
        open_bottom=lowest > bottom + 2 * SAME_RULE_DISTANCE,
        broken=not rectangular or _ends_loose(across, down) or _ends_loose(down, across),
        unclosed=frozenset(range(len(xs) - 1)) - closed if closed else frozenset(),
    )


def _is_open_row(rule: Stroke, down: Sequence[Stroke]) -> bool:
    """Whether the rules `down` the page make a row with the single `rule` across it, which a page break opened on the
    other side: at least MIN_OPEN_RULES (3), all of which go from the rule to one height above it, or all below it."""
    tops, bottoms = [stroke.low for stroke in down], [stroke.high for stroke in down]
    if len(down) < MIN_OPEN_RULES or max(max(ends) - min(ends) for ends in (tops, bottoms)) > RULE_END_DISTANCE:
        return False
    return min(abs(tops[0] - rule.at), abs(bottoms[0] - rule.at)) <= RULE_END_DISTANCE


def _boxes(
    covered_across: set[tuple[int, int]], covered_down: set[tuple[int, int]], xs: list[float], ys: list[float]
) -> tuple[list[Box], bool]:
    """The cells of a grid in reading order, and whether all are rectangles. They are between neighbouring places of
    `xs` and of `ys`, which both rise; neighbours without a rule between them (`_covered`, of the rules across the page
    and down it) are one merged cell, which gets the smallest rectangle around them."""
    width, height = len(xs) - 1, len(ys) - 1
    cells = [(r, c) for r in range(height) for c in range(width)]
    merged = [(r * width + c, r * width + c + 1) for r, c in cells if c + 1 < width and (c + 1, r) not in covered_down]
    merged += [
        (r * width + c, (r + 1) * width + c) for r, c in cells if r + 1 < height and (r + 1, c) not in covered_across
    ]
    boxes = []
    rectangular = True
    for members in _groups(width * height, merged):
        rows, columns = [i // width for i in members], [i % width for i in members]
        r, c, r_end, c_end = min(rows), min(columns), max(rows) + 1, max(columns) + 1
        rectangular &= (r_end - r) * (c_end - c) == len(members)
        boxes.append(Box(r, c, r_end - r, c_end - c, xs[c], ys[r], xs[c_end], ys[r_end]))
    return sorted(boxes, key=lambda box: (box.row, box.column)), rectangular


def _covered(strokes: list[Stroke], places: list[float], others: list[float]) -> set[tuple[int, int]]:
    """Where a rule is drawn along the lines of the grid: (n, m) for the line at `places[n]`, between `others[m]` and
    `others[m + 1]`. `strokes` and `places` are of one direction, `others` are the coordinates of the lines across them.
    A rule is on the nearest line, of two the first, and on a part of it whose middle it reaches, give or take
    SAME_RULE_DISTANCE (3.5 points)."""
    covered = set()
    for stroke in strokes:
        n = min(range(len(places)), key=lambda i: abs(places[i] - stroke.at))
        for m in range(len(others) - 1):
            if stroke.low - SAME_RULE_DISTANCE <= (others[m] + others[m + 1]) / 2 <= stroke.high + SAME_RULE_DISTANCE:
                covered.add((n, m))
    return covered


def _places(values: Iterable[float]) -> list[float]:
    """The coordinates in order, without those that are at most 2 SAME_RULE_DISTANCE (7) points after one that is
    kept."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > 2 * SAME_RULE_DISTANCE:
            places.append(value)
    return places


def _within(inner: Ruled, outer: Ruled) -> bool:
    """Whether the grid `inner` is inside the area of the grid `outer`, give or take SAME_RULE_DISTANCE (3.5 points) at
    each edge, and its area is smaller."""
    return (
        outer.left - SAME_RULE_DISTANCE <= inner.left
        and inner.right <= outer.right + SAME_RULE_DISTANCE
        and outer.top - SAME_RULE_DISTANCE <= inner.top
        and inner.bottom <= outer.bottom + SAME_RULE_DISTANCE
        and (inner.right - inner.left) * (inner.bottom - inner.top)
        < (outer.right - outer.left) * (outer.bottom - outer.top)
    )
