"""The labels of groups of rows: each in the middle of its rows, or at their top, on one line or several."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from extractors.tables.model import TableCell
from extractors.tables.shapes import NO_FIT, misfit

SHORT_LABEL = 1.5  # the price of a line of a label that a longer one follows
APART = 1.0  # the price of a line left out inside one
CERTAIN = 0.6  # by how many lines a label must stand nearer to the middle of its rows than to that of any others
MOST_LABELS, MOST_ROWS = 80, 200


@dataclass(frozen=True, slots=True)
class Segment:
    """Words on one line: `left:right` in half-width characters from the line's start, `start:end` in the text."""

    text: str
    left: int
    right: int
    start: int
    end: int


def labelled(segments: Sequence[tuple[int, Segment]], spans: Sequence[tuple[int, int]]) -> list[TableCell]:
    """The label of each row, where a label of one or more lines stands in the middle of its rows, or at their top.
    A row that might as well be its neighbour's has none."""
    empty = TableCell(0, 0, "", ())
    if not segments or not spans or len(segments) > MOST_LABELS or len(spans) > MOST_ROWS:
        return [empty] * len(spans)
    top, middle = (_Labels(segments, spans, middle=middle) for middle in (False, True))
    best, other = (top, middle) if top.price <= middle.price else (middle, top)
    held = best.certain()
    if other.price < best.price + CERTAIN:
        held = [a if a == b else None for a, b in zip(held, other.certain(), strict=True)]
    cells: dict[tuple[int, int], TableCell] = {}
    for s, t in filter(None, held):
        parts = [segment for _, segment in segments[s:t]]
        text = "".join(p.text.replace(" ", "") for p in parts)
        cells[s, t] = TableCell(0, 0, text, tuple((p.start, p.end) for p in parts))
    return [cells[label] if label else empty for label in held]


Run = tuple[int, int]  # the first and the one behind the last


class _Labels:
    """The lines of the labels and the rows, both cut into the same number of runs, each label as near as can be to
    the middle (or the top) of its rows."""

    def __init__(self, segments: Sequence[tuple[int, Segment]], spans: Sequence[Run], *, middle: bool) -> None:
        self.segments, self.spans, self.middle = segments, spans, middle
        self.price, self.pairs = self._best()

    def certain(self) -> list[Run | None]:
        """By row the lines of its label, where moving it to the label before or behind is dearer."""
        held: list[Run | None] = [None] * len(self.spans)
        for label, (a, b) in self.pairs:
            held[a:b] = [label] * (b - a)
        for (upper, (a, b)), (lower, (_, c)) in pairwise(self.pairs):
            price = self._off(upper, (a, b)) + self._off(lower, (b, c))
            for border in range(a + 1, c):
                if self._off(upper, (a, border)) + self._off(lower, (border, c)) < price + CERTAIN:
                    held[min(b, border) : max(b, border)] = [None] * abs(border - b)
        return held

    def _best(self) -> tuple[float, list[tuple[Run, Run]]]:
        count, height = len(self.segments), len(self.spans)
        best: dict[Run, tuple[float, Run]] = {(0, 0): (0.0, (0, 0))}
        for s in range(count):
            labels = list(self._beginning(s))
            for a in range(height):
                if (s, a) not in best:
                    continue
                price = best[s, a][0]
                for t, own in labels:
                    for b in range(a + 1, min(height, a + 40) + 1):
                        total = price + own + self._off((s, t), (a, b))
                        if (t, b) not in best or total < best[t, b][0]:
                            best[t, b] = total, (s, a)
        at = count, height
        if at not in best:
            return inf, []
        pairs: list[tuple[Run, Run]] = []
        while at != (0, 0):
            s, a = best[at][1]
            pairs.append(((s, at[0]), (a, at[1])))
            at = s, a
        return best[count, height][0], pairs[::-1]

    def _beginning(self, s: int) -> Iterator[tuple[int, float]]:
        """The labels that begin with line `s`: the line behind each, and how badly its words fit."""
        text, apart = "", 0.0
        for t in range(s + 1, min(len(self.segments), s + 14) + 1):
            if t > s + 1:
                between = self.segments[t - 1][0] - self.segments[t - 2][0]
                if between > 2:
                    return
                apart += APART * (between - 1)
                above, line = self.segments[t - 2][1], self.segments[t - 1][1]
                apart += SHORT_LABEL if above.right - above.left < line.right - line.left else 0.0
            text += self.segments[t - 1][1].text.replace(" ", "")
            if (fit := misfit("dimension", text)) < NO_FIT:
                yield t, fit + apart + (0.2 if len(text) < 2 else 0.15 * max(0, len(text) - 6))

    def _off(self, label: Run, rows: Run) -> float:
        """By how many lines the label stands off the middle, or the top, of the rows."""
        (s, t), (a, b) = label, rows
        first, last = self.segments[s][0], self.segments[t - 1][0]
        if self.middle:
            return abs((first + last) / 2 - (self.spans[a][0] + self.spans[b - 1][1] - 1) / 2)
        return float(abs(first - self.spans[a][0]))
