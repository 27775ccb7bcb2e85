"""Tables whose columns are kept by spaces or under a rule of dashes: where a word stands tells its column."""

import re
from collections.abc import Callable, Iterator, Sequence
from math import inf

from extractors.document import Document
from extractors.tables.assembly import assemble
from extractors.tables.columns import column
from extractors.tables.head_rows import named
from extractors.tables.labels import Segment
from extractors.tables.model import RawRow, Table
from extractors.tables.rows import Line, joined, rows
from extractors.tables.tokens import display_width, place, source_lines

# --------  ------  -----: a rule with a stroke for each column
STROKE = re.compile(r"[-=─━—]{2,}")
RULE = re.compile(r"[ \u3000]*[-=─━—]{2,}(?:[ \u3000]+[-=─━—]{2,})*[ \u3000]*")
# words with at most one space between them
SEGMENT = re.compile(r"[^\s]+(?:[ ][^\s]+)*")
WIDE_GAP = re.compile(r"\S(?: {2,}|[ ]?\u3000+[ \u3000]*)\S")
# how a column is counted: a Chinese character takes two of a terminal's, and one of those that pdftotext sets
MEASURES: tuple[Callable[[str], int], ...] = (display_width, len)
MOST_LINES = 1200
WIDEST = 600
MOST_HEAD_LINES = 5
MOST_COLUMNS = 40
STICKING_OUT = 5  # one line in so many may have words in the white space between two columns


def is_aligned(document: Document, start: int, end: int) -> bool:
    """The head and one line in five have gaps of two spaces or more, or strokes rule the columns."""
    lines = [document.source.text[first:last] for first, last in source_lines(document, start, end)][:MOST_LINES]
    if any("\t" in line for line in lines):
        return False
    if any(len(STROKE.findall(line)) >= 3 and RULE.fullmatch(line) for line in lines[:6]):
        return True
    wide = [bool(WIDE_GAP.search(line.rstrip())) for line in lines]
    indented = [line[:2].isspace() for line in lines]
    return len(lines) >= 2 and wide[0] and sum(w or i for w, i in zip(wide, indented, strict=True)) * 5 >= len(lines)


def headed(document: Document, start: int, end: int) -> bool:
    """The line has wide gaps, and known heads between them."""
    line = next((document.source.text[a:b] for a, b in source_lines(document, start, end)), "")
    words = [m[0] for m in SEGMENT.finditer(line)]
    return (
        len(words) >= 3 and WIDE_GAP.search(line) is not None and sum(column(word) is not None for word in words) >= 2
    )


def aligned(document: Document, start: int, end: int, title: str | None) -> Iterator[Table]:
    """The tables of a stretch whose words stand under the heads of their columns."""
    readings = [read(document, start, end, measure) for measure in MEASURES]
    lines, strokes, under = max(readings, key=lambda reading: _in_line(reading[0]))
    bounds = [(left, right) for left, right in _ruled(strokes)] if strokes else _bounds(lines)
    if not 2 <= len(bounds) <= MOST_COLUMNS or not lines:
        return
    grid = [_cells(line, bounds) for line in lines]
    used = under if 0 < under <= MOST_HEAD_LINES else _head_lines(grid)
    labels = [joined(grid[:used], c).flat for c in range(len(bounds))]
    columns = named(labels)
    head = RawRow([joined(grid[:used], c) for c in range(len(bounds))], True)
    body = _without_heads(grid[used:], lines[used:], labels, used)
    found = rows([g for g, _ in body], [line for _, line in body], columns)
    yield from assemble(
        [head, *(RawRow(list(cells), broken) for cells, broken in found)], "ruled" if strokes else "aligned", title
    )


def _in_line(lines: Sequence[Line]) -> int:
    """How many words of the body begin where one of the head's does."""
    heads = {segment.left for segment in lines[0].segments} if lines else set()
    return sum(segment.left in heads for line in lines[1:] for segment in line.segments)


def read(
    document: Document, start: int, end: int, measure: Callable[[str], int]
) -> tuple[list[Line], list[tuple[int, int]], int]:
    """The lines with the places of their words, the strokes of the first rule of several, and how many lines stand
    between it and a rule above, or the table's beginning."""
    found: list[Line] = []
    strokes: list[tuple[int, int]] = []
    text, behind, ruled, under = document.source.text, -1, False, 0
    for first, last in source_lines(document, start, end):
        first = _line_start(text, first)
        line = text[first:last]
        if RULE.fullmatch(line):
            marks = [(measure(line[: m.start()]), measure(line[: m.end()])) for m in STROKE.finditer(line)]
            if not strokes and len(marks) >= 2:
                strokes, under = marks, len(found)
            ruled = True
            continue
        gap = text[behind:first] if behind >= 0 else ""
        behind = last
        broken = ruled or gap.count("\n") > 1 or bool(gap.strip())
        ruled = False
        segments, x, at = [], 0, 0
        for m in SEGMENT.finditer(line):
            x += measure(line[at : m.start()].replace("\u3000", "一"))
            wide = measure(m[0])
            places = place(document, first + m.start(), start, end), place(document, first + m.end(), start, end)
            segments.append(Segment(m[0], x, x + wide, *places))
            x, at = x + wide, m.end()
        if segments and x <= WIDEST:
            found.append(Line(segments, broken, len(found)))
        if len(found) >= MOST_LINES:
            break
    return found, strokes, under


def _line_start(text: str, first: int) -> int:
    return max(text.rfind("\n", 0, first), text.rfind("\r", 0, first)) + 1


def _ruled(strokes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Each column from its stroke to the next one."""
    return [
        (left if n else 0, strokes[n + 1][0] if n + 1 < len(strokes) else WIDEST) for n, (left, _) in enumerate(strokes)
    ]


def _bounds(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The columns: stretches across the page that words stand in, with white space down the whole table between; a
    few lines may stick out where the head has more columns than are parted so. A line of one run of words (a title,
    a group's heading, the rest of a name) parts nothing."""
    parted = [line for line in lines if len(line.segments) > 1]
    width = max((s.right for line in parted for s in line.segments), default=0)
    counts = [0] * (width + 2)
    for line in parted:
        for s in line.segments:
            for x in range(s.left, s.right):
                counts[x] += 1
    found: list[tuple[int, int]] = []
    for cut in range(len(lines) // 40, len(parted) // STICKING_OUT + 1):
        found = _runs(counts, cut)
        if len(found) >= len(lines[0].segments):
            break
    return [(a if n else 0, found[n + 1][0] if n + 1 < len(found) else WIDEST) for n, (a, _) in enumerate(found)]


def _runs(counts: Sequence[int], cut: int) -> list[tuple[int, int]]:
    """The stretches in which more than `cut` lines have words."""
    found: list[tuple[int, int]] = []
    left: int | None = None
    for x, count in enumerate(counts):
        if count > cut and left is None:
            left = x
        elif count <= cut and left is not None:
            found.append((left, x))
            left = None
    return found


def _cells(line: Line, bounds: Sequence[tuple[int, int]]) -> list[list[Segment]]:
    """The words of a line by column. Where two runs of words would share one (on another page the columns may stand
    elsewhere, and 含生(育) is printed narrower than it is counted), each goes to the nearest column of its own."""
    cells = [_inside(line, left, right) for left, right in bounds]
    middles = [(s.left + s.right) / 2 for s in line.segments]
    if all(sum(left <= at < right for at in middles) < 2 for left, right in bounds):
        return cells
    places = _one_each([s.left for s in line.segments], [left for left, _ in bounds])
    return [[s for s, place in zip(line.segments, places, strict=True) if place == c] for c in range(len(bounds))]


def _one_each(words: Sequence[int], columns: Sequence[int]) -> Sequence[int]:
    """([9, 15, 30], [0, 9, 15, 23, 32]) -> [1, 2, 4]: for each word, in order, a column of its own, all as near as can
    be; no columns for more words than there are."""
    if len(words) > len(columns):
        return [-1] * len(words)
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ()), *((inf, ()) for _ in words)]
    for c, left in enumerate(columns):
        for n in range(min(c + 1, len(words)), 0, -1):
            price = best[n - 1][0] + abs(words[n - 1] - left)
            if price < best[n][0]:
                best[n] = price, (*best[n - 1][1], c)
    return best[-1][1]


def _inside(line: Line, left: int, right: int) -> list[Segment]:
    """The words whose middle stands in the column; a run of words over several columns is parted at its spaces."""
    parts = [s for whole in line.segments for s in _parted(whole, left, right)]
    return [s for s in parts if left <= (s.left + s.right) / 2 < right]


def _parted(segment: Segment, left: int, right: int) -> Iterator[Segment]:
    if " " not in segment.text or (segment.left >= left and segment.right <= right):
        yield segment
        return
    x, at = segment.left, segment.start
    measure = next(measure for measure in MEASURES if measure(segment.text) == segment.right - segment.left)
    for word in segment.text.split(" "):
        wide = measure(word)
        yield Segment(word, x, x + wide, at, at + len(word))
        x, at = x + wide + 1, at + len(word) + 1


def _head_lines(grid: Sequence[Sequence[Sequence[Segment]]]) -> int:
    """How many lines the head takes: the most that are all heads together, else as few as hold the most of them."""

    def labels(count: int) -> list[str]:
        return [text for c in range(len(grid[0])) if (text := joined(grid[:count], c).flat)]

    counts = range(1, min(MOST_HEAD_LINES, len(grid)) + 1)
    known = {count: sum(column(text) is not None for text in labels(count)) for count in counts}
    whole = [count for count in counts if known[count] == len(labels(count)) >= 2]
    return max(whole) if whole else max(counts, key=lambda count: (2 * known[count] - len(labels(count)), -count))


def _without_heads(
    grid: Sequence[list[list[Segment]]], lines: Sequence[Line], labels: Sequence[str], used: int
) -> list[tuple[list[list[Segment]], Line]]:
    """The body without the heads that come again on every page."""
    kept: list[tuple[list[list[Segment]], Line]] = []
    i, broken = 0, False
    while i < len(grid):
        again = [joined(grid[i : i + used], c).flat for c in range(len(labels))]
        if again == list(labels):
            i, broken = i + used, True
            continue
        line = lines[i]
        kept.append((grid[i], Line(line.segments, line.broken or broken, line.number)))
        i, broken = i + 1, False
    return kept
