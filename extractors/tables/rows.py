"""Lines whose words stand under their columns -> rows: which lines make up each row, and which rows each group's
label holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.tables.columns import Column, Role
from extractors.tables.model import TableCell
from extractors.tables.shapes import NO_FIT, is_dash, is_number, misfit
from extractors.tables.solver import EMPTY

TALLEST = 20  # lines of one row
OUTSIDE = 2.0  # the price of a line behind the table
ACROSS = 1.5  # the price of a row that goes on over an empty line
UNBROKEN = 0.3  # the price of a row that begins without one, where the table has them
SHORT_LINE = 0.15  # the price of a line that is a half-width character too short to be followed by another
TWO_CELLS = 4.0  # the price of two whole cells in one row
APART = 1.0  # the price of a line left out inside one
MOST_LABELS, MOST_ROWS = 80, 200


@dataclass(frozen=True, slots=True)
class Segment:
    """Words on one line: `left:right` in half-width characters from the line's start, `start:end` in the text."""

    text: str
    left: int
    right: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """`broken` says that an empty line, a rule or a head that comes again is above it."""

    segments: list[Segment]
    broken: bool
    number: int


Grid = Sequence[Sequence[Sequence[Segment]]]  # by line and column


def rows(grid: Grid, lines: Sequence[Line], columns: Sequence[Column]) -> Iterator[tuple[list[TableCell], bool]]:
    """The rows, and whether there is a break above each."""
    if not grid:
        return
    groups = [c for c, head in enumerate(columns) if head.role in ("dimension", "group")]
    spans = _partition(grid, lines, columns, ())
    if not spans:
        return
    cells = [[joined(grid[a:b], c) for c in range(len(columns))] for a, b in spans]
    if not all(_each_its_own([row[c] for row in cells]) for c in groups):
        spans = _partition(grid, lines, columns, groups)
        cells = [[joined(grid[a:b], c) for c in range(len(columns))] for a, b in spans]
        for c in groups:
            segments = [(n, s) for n, line in enumerate(grid[: spans[-1][1]]) for s in line[c]]
            for r, label in enumerate(labelled(segments, [_words_only(grid, span, groups) for span in spans])):
                cells[r][c] = label
    for (a, _), row in zip(spans, cells, strict=True):
        yield row, lines[a].broken


def joined(grid: Grid, c: int) -> TableCell:
    """The lines of a cell put together; a space is kept between words on one line."""
    lines = [line[c] for line in grid if line[c]]
    text = "".join(" ".join(s.text for s in line) for line in lines)
    return TableCell(0, c, text, tuple((s.start, s.end) for line in lines for s in line))


def _partition(
    grid: Grid, lines: Sequence[Line], columns: Sequence[Column], groups: Sequence[int]
) -> list[tuple[int, int]]:
    """The lines cut into rows so that the cells fit their columns best."""
    count = len(grid)
    wide = [
        max((line[c][-1].right - line[c][0].left for line in grid if line[c]), default=0) for c in range(len(columns))
    ]
    parted = any(line.broken for line in lines[1:])
    counted = [c for c in range(len(columns)) if c not in groups]
    best: list[tuple[float, int]] = [(0.0, 0), *[(float("inf"), 0)] * count]
    for i in range(count):
        if best[i][0] == float("inf"):
            continue
        begin = UNBROKEN if parted and i and not lines[i].broken else 0.0
        texts = [""] * len(columns)
        short = [0.0] * len(columns)
        last = [0] * len(columns)
        over = 0.0
        for j in range(i, min(count, i + TALLEST)):
            over += ACROSS if j > i and lines[j].broken else 0.0
            for c in counted:
                if segments := grid[j][c]:
                    words = "".join(s.text.replace(" ", "") for s in segments)
                    if last[c]:
                        short[c] += (
                            TWO_CELLS if _whole(columns[c].role, texts[c]) and _whole(columns[c].role, words) else 0.0
                        )
                        short[c] += max(0.0, min(2.0, SHORT_LINE * (wide[c] - last[c] - 3)))
                    last[c] = segments[-1].right - segments[0].left
                    texts[c] += words
            if not any(texts) and groups:
                price = best[i][0] + 0.1  # a line that holds a label alone
            else:
                price = (
                    best[i][0]
                    + begin
                    + over
                    + sum(
                        short[c]
                        + (min(NO_FIT, misfit(columns[c].role, texts[c])) if texts[c] else EMPTY[columns[c].role])
                        for c in counted
                    )
                )
            if price < best[j + 1][0]:
                best[j + 1] = price, i
    end = min(range(count + 1), key=lambda n: best[n][0] + OUTSIDE * (count - n))
    cuts = [end]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    spans = list(zip(cuts[::-1], cuts[-2::-1], strict=False))
    return _with_words(grid, spans, counted)


def _whole(role: Role, text: str) -> bool:
    """The text is a cell by itself, so that two of them are the cells of two rows."""
    if role in ("serial", "kind", "unit"):
        return misfit(role, text) == 0.0
    return role in ("value", "growth") and (is_number(text) or is_dash(text))


def _with_words(grid: Grid, spans: Sequence[tuple[int, int]], counted: Sequence[int]) -> list[tuple[int, int]]:
    """A line that holds a label alone belongs to the row before it, or behind it where it is the first."""
    kept: list[tuple[int, int]] = []
    first: int | None = None
    for a, b in spans:
        if any(grid[n][c] for n in range(a, b) for c in counted):
            kept.append((a if first is None else first, b))
            first = None
        elif kept:
            kept[-1] = kept[-1][0], b
        elif first is None:
            first = a
    return kept


def _words_only(grid: Grid, span: tuple[int, int], groups: Sequence[int]) -> tuple[int, int]:
    """The row without the lines at its ends that hold nothing but a label."""
    held = [n for n in range(*span) if any(line for c, line in enumerate(grid[n]) if c not in groups)]
    return held[0], held[-1] + 1


def _each_its_own(labels: Sequence[TableCell]) -> bool:
    """Every row has its label, the same one in rows one behind another: no label spans rows."""
    texts = [label.flat for label in labels]
    return all(texts) and any(a == b for a, b in pairwise(texts))


def labelled(segments: Sequence[tuple[int, Segment]], spans: Sequence[tuple[int, int]]) -> list[TableCell]:
    """The label of each row, where a label of one or more lines stands in the middle of its rows, or at their top."""
    empty = TableCell(0, 0, "", ())
    if not segments or not spans or len(segments) > MOST_LABELS or len(spans) > MOST_ROWS:
        return [empty] * len(spans)
    ways = [_labels(segments, spans, middle=False), _labels(segments, spans, middle=True)]
    _, best = min(ways, key=lambda way: way[0])
    found = [empty] * len(spans)
    for (s, t), (a, b) in best:
        parts = [segment for _, segment in segments[s:t]]
        cell = TableCell(0, 0, "".join(p.text.replace(" ", "") for p in parts), tuple((p.start, p.end) for p in parts))
        for r in range(a, b):
            found[r] = cell
    return found


Pairing = tuple[tuple[int, int], tuple[int, int]]  # of the label's lines and the rows


def _labels(
    segments: Sequence[tuple[int, Segment]], spans: Sequence[tuple[int, int]], *, middle: bool
) -> tuple[float, list[Pairing]]:
    """Both cut into the same number of runs, each label as near as can be to the middle (or the top) of its rows."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for s in range(len(segments)):
        for a in range(len(spans)):
            if (s, a) not in best:
                continue
            price = best[s, a][0]
            text, apart = "", 0.0
            for t in range(s + 1, min(len(segments), s + 14) + 1):
                if t > s + 1:
                    between = segments[t - 1][0] - segments[t - 2][0]
                    if between > 2:
                        break
                    apart += APART * (between - 1)
                text += segments[t - 1][1].text.replace(" ", "")
                misfits = misfit("dimension", text)
                if misfits >= NO_FIT:
                    continue
                centre = (segments[s][0] + segments[t - 1][0]) / 2
                for b in range(a + 1, min(len(spans), a + 40) + 1):
                    at = (spans[a][0] + spans[b - 1][1] - 1) / 2 if middle else spans[a][0]
                    off = abs(centre - at) if middle else abs(segments[s][0] - at)
                    total = price + off + apart + misfits + (0.2 if len(text) < 2 else 0.15 * max(0, len(text) - 6))
                    if (t, b) not in best or total < best[t, b][0]:
                        best[t, b] = total, (s, a)
    end = (len(segments), len(spans))
    if end not in best:
        return float("inf"), []
    found: list[Pairing] = []
    at_key = end
    while at_key != (0, 0):
        before = best[at_key][1]
        found.append(((before[0], at_key[0]), (before[1], at_key[1])))
        at_key = before
    return best[end][0], found[::-1]
