"""Tables whose columns are kept by spaces or under a rule of dashes: where a word stands tells its column."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.document import Document
from extractors.table_assembly import RawRow, assemble
from extractors.table_header import column
from extractors.table_model import Table, TableCell
from extractors.table_shapes import is_dash, is_number, is_serial, misfit
from extractors.table_tokens import display_width, place, source_lines

# --------  ------  -----: a rule with a stroke for each column
STROKE = re.compile(r"[-=─━—]{2,}")
RULE = re.compile(r"\s*[-=─━—]{2,}(?:[ \u3000]+[-=─━—]{2,})*\s*")
# words with at most one space between them
SEGMENT = re.compile(r"[^\s]+(?:[ ][^\s]+)*")
WIDE_GAP = re.compile(r"\S(?: {2,}|[ ]?\u3000+[ \u3000]*)\S")
MOST_LINES = 1200
WIDEST = 600


@dataclass(frozen=True, slots=True)
class Segment:
    """Words on one line: `left:right` in half-width characters from the line's start, `start:end` in the text."""

    text: str
    left: int
    right: int
    start: int
    end: int


@dataclass(slots=True)
class Line:
    segments: list[Segment]
    broken: bool  # an empty line or a rule is above it


def is_aligned(document: Document, start: int, end: int) -> bool:
    """The head and at least half of the lines have gaps of two spaces or more, or strokes rule the columns."""
    lines = [document.source.text[first:last] for first, last in source_lines(document, start, end)][:MOST_LINES]
    if any(len(STROKE.findall(line)) >= 3 and RULE.fullmatch(line) for line in lines[:6]):
        return True
    wide = [bool(WIDE_GAP.search(line.rstrip())) for line in lines]
    indented = [line[:2].isspace() for line in lines]
    return len(lines) >= 2 and wide[0] and sum(w or i for w, i in zip(wide, indented, strict=True)) * 2 >= len(lines)


def aligned(document: Document, start: int, end: int, title: str | None) -> Iterator[Table]:
    """The tables of a stretch whose words stand under the heads of their columns."""
    lines, strokes = read(document, start, end)
    bounds = _ruled(strokes) or _bounds(lines)
    if len(bounds) < 2:
        return
    grid = [[_under(line, left, right) for left, right in bounds] for line in lines]
    rows = [RawRow(row, broken) for row, broken in gathered(grid, lines)]
    yield from assemble(rows, "ruled" if strokes else "aligned", title)


def read(document: Document, start: int, end: int) -> tuple[list[Line], list[tuple[int, int]]]:
    """The lines with the places of their words, and the strokes of the rule under the head."""
    found: list[Line] = []
    strokes: list[tuple[int, int]] = []
    text, behind, ruled = document.source.text, -1, False
    for first, last in source_lines(document, start, end):
        line = text[first:last]
        if RULE.fullmatch(line):
            marks = [(display_width(line[: m.start()]), display_width(line[: m.end()])) for m in STROKE.finditer(line)]
            strokes = strokes or (marks if len(marks) >= 2 else [])
            ruled = True
            continue
        gap = text[behind:first] if behind >= 0 else ""
        behind = last
        broken = ruled or gap.count("\n") > 1 or bool(gap.strip())
        ruled = False
        segments, x, at = [], 0, 0
        for m in SEGMENT.finditer(line):
            x += display_width(line[at : m.start()].replace("\u3000", "\u4e00"))
            wide = display_width(m[0])
            segments.append(Segment(m[0], x, x + wide, place(document, first + m.start(), start, end), place(document, first + m.end(), start, end)))
            x, at = x + wide, m.end()
        if segments and x <= WIDEST:
            found.append(Line(segments, broken))
        if len(found) >= MOST_LINES:
            break
    return found, strokes


def _ruled(strokes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Each column from its stroke to the next one."""
    return [(left if n else 0, strokes[n + 1][0] if n + 1 < len(strokes) else WIDEST) for n, (left, _) in enumerate(strokes)]


def _bounds(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The columns: stretches across the page that words stand in, with white space down the whole table between."""
    full = [line for line in lines if len(line.segments) > 1]
    heads = {id(line) for line in full if sum(column(s.text) is not None for s in line.segments) >= 2}
    width = max((s.right for line in lines for s in line.segments), default=0)
    counts = [0] * (width + 2)
    for line in lines:
        if len(line.segments) == 1 and id(line) not in heads and line.segments[0].right - line.segments[0].left > 40:
            continue  # a title or a note across the columns
        for s in line.segments:
            for x in range(s.left, s.right):
                counts[x] += 1
    cut = len(lines) // 40
    found: list[tuple[int, int]] = []
    left: int | None = None
    for x in range(width + 2):
        if counts[x] > cut and left is None:
            left = x
        elif counts[x] <= cut and left is not None:
            found.append((left, x))
            left = None
    return [(a if n else 0, found[n + 1][0] if n + 1 < len(found) else WIDEST) for n, (a, _) in enumerate(found)]


def _under(line: Line, left: int, right: int) -> TableCell:
    """The words whose middle stands in the column; a run of words over several columns is parted at its spaces."""
    inside = [s for whole in line.segments for s in _parted(whole, left, right) if left <= (s.left + s.right) / 2 < right]
    if not inside:
        return TableCell(0, 0, "", ())
    return TableCell(0, 0, " ".join(s.text for s in inside), tuple((s.start, s.end) for s in inside))


def _parted(segment: Segment, left: int, right: int) -> Iterator[Segment]:
    if " " not in segment.text or (segment.left >= left and segment.right <= right):
        yield segment
        return
    x, at = segment.left, segment.start
    for word in segment.text.split(" "):
        wide = display_width(word)
        yield Segment(word, x, x + wide, at, at + len(word))
        x, at = x + wide + 1, at + len(word) + 1


def gathered(grid: Sequence[Sequence[TableCell]], lines: Sequence[Line]) -> Iterator[tuple[list[TableCell], bool]]:
    """The lines of the grid put together into rows."""
    head = next((n for n, row in enumerate(grid) if sum(column(c.flat) is not None for c in row if c.text) >= 2), None)
    if head is None:
        for row, line in zip(grid, lines, strict=True):
            yield list(row), line.broken
        return
    behind = head + 1
    while behind < len(grid) and all(column(c.flat) or _tail(c.flat) for c in grid[behind] if c.text):
        behind += 1
    first = head
    while first > 0 and not lines[first].broken and all(_tail(c.flat) or column(c.flat) for c in grid[first - 1] if c.text):
        first -= 1
    for n in range(first):
        yield list(grid[n]), lines[n].broken
    yield _joined(grid[first:behind]), True
    body, places = grid[behind:], lines[behind:]
    if not body:
        return
    for group in _groups(body, places):
        yield _joined([body[n] for n in group]) if isinstance(group, range) else _picked(body, group), places[group[0]].broken


def _tail(text: str) -> bool:
    """(%), 值, 单位: the second line of a head."""
    return text in ("值", "数", "性", "位", "年", "名称", "单位") or (text[:1] in "（(" and text[-1:] in "）)")


def _joined(rows: Sequence[Sequence[TableCell]]) -> list[TableCell]:
    """The lines of a row, column by column."""
    found = []
    for cells in zip(*rows, strict=True):
        parts = [c for c in cells if c.text]
        found.append(TableCell(0, 0, "".join(c.text for c in parts), tuple(p for c in parts for p in c.pieces)))
    return found


def _picked(body: Sequence[Sequence[TableCell]], group: Sequence[int]) -> list[TableCell]:
    return _joined([body[n] for n in group])


def _groups(body: Sequence[Sequence[TableCell]], places: Sequence[Line]) -> list[range]:
    """The lines that make up each row: those between empty lines where all rows have such, else those about the line
    that holds the cells that never wrap."""
    whole = [n for n, row in enumerate(body) if sum(bool(c.text) for c in row) * 2 > len(row)]
    breaks = [n for n in range(len(body)) if n == 0 or places[n].broken]
    if len(whole) == len(body):
        return [range(n, n + 1) for n in range(len(body))]
    if len(breaks) > 1 and len(breaks) < len(body) and _one_each(breaks, whole, len(body)):
        return [range(a, b) for a, b in zip(breaks, [*breaks[1:], len(body)], strict=True)]
    return _anchored(body)


def _one_each(breaks: Sequence[int], whole: Sequence[int], count: int) -> bool:
    """Between two empty lines there is one full line each."""
    held = Counter(bisect_right(breaks, n) for n in whole)
    return all(held[k] <= 1 for k in range(1, len(breaks) + 1)) and len(whole) * 10 >= len(breaks) * 8


def _anchored(body: Sequence[Sequence[TableCell]]) -> list[range]:
    """Rows about their anchors, the lines with a cell that never wraps (a number, a kind, a row number): the words
    above and below belong to the nearest, as top, middle or bottom alignment makes them fit best."""
    anchors = [n for n, row in enumerate(body) if sum(_fixed(c.flat) for c in row if c.text) >= 1]
    strong = [n for n in anchors if sum(_fixed(c.flat) for c in body[n] if c.text) >= 2]
    anchors = strong if len(strong) * 2 >= len(anchors) else anchors
    if not anchors:
        return [range(n, n + 1) for n in range(len(body))]
    cuts: list[list[int]] = [_cuts(anchors, len(body), how) for how in ("top", "middle", "bottom")]
    best = min(cuts, key=lambda found: _price(body, anchors, found))
    return [range(a, b) for a, b in zip(best, [*best[1:], len(body)], strict=True)]


def _fixed(text: str) -> bool:
    return is_number(text) or is_dash(text) or is_serial(text) is not None or misfit("kind", text) == 0.0


def _cuts(anchors: Sequence[int], count: int, how: str) -> list[int]:
    """The first line of each row."""
    if how == "top":
        return [0, *anchors[1:]]
    if how == "bottom":
        return [0, *(a + 1 for a in anchors[:-1])]
    return [0, *((a + b + 1) // 2 for a, b in zip(anchors, anchors[1:], strict=False))]


def _price(body: Sequence[Sequence[TableCell]], anchors: Sequence[int], cuts: Sequence[int]) -> float:
    """How badly the names fit that this way of cutting makes."""
    price = 0.0
    for a, b in zip(cuts, [*cuts[1:], len(body)], strict=True):
        for cell in _joined(body[a:b]):
            if len(cell.pieces) > 1:
                price += min(misfit("name", cell.flat), misfit("value", cell.flat), misfit("departments", cell.flat))
    return price
