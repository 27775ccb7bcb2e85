"""Lines whose words stand under their columns -> rows: which lines make up each row, and which rows each group's
label holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from extractors.tables.columns import Column, Role
from extractors.tables.labels import Segment, labelled
from extractors.tables.model import TableCell
from extractors.tables.prices import TWO_PHRASES
from extractors.tables.shapes import BAND_NUMBER, NO_FIT, PHRASE, STARTS, is_band, is_dash, is_number, misfit
from extractors.tables.solver import EMPTY

TALLEST = 20  # lines of one row
OUTSIDE = 2.0  # the price of a line behind the table
ACROSS = 1.5  # the price of a row that goes on over an empty line
UNBROKEN = 0.3  # the price of a row that begins without one, where the table has them
SHORT_LINE = 0.15  # the price of a line that is a half-width character too short to be followed by another
TOP, MIDDLE = 0.0, 0.5  # where in their rows the cells of one line stand
OFF_PLACE = 1.0  # the price of a line that they stand off there
TWO_CELLS = 4.0  # the price of two whole cells in one row


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
        if not (spans := _partition(grid, lines, columns, groups)):
            return
        cells = [[joined(grid[a:b], c) for c in range(len(columns))] for a, b in spans]
        for c in groups:
            segments = [(n, s) for n, line in enumerate(grid[: spans[-1][1]]) for s in line[c]]
            for r, label in enumerate(labelled(segments, [_words_only(grid, span, groups) for span in spans])):
                cells[r][c] = label
    for c in groups:
        torn = _torn([row[c].flat for row in cells])
        for row in cells:
            row[c] = TableCell(0, c, "", ()) if row[c].flat in torn else row[c]
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
    """The lines cut into rows so that the cells fit their columns best, and those of one line stand at the top of
    their rows, or in the middle, all alike."""
    counted = [c for c in range(len(columns)) if c not in groups]
    wide = [max((line[c][-1].right - line[c][0].left for line in grid if line[c]), default=0) for c in counted]
    parted = any(line.broken for line in lines[1:])
    count = len(grid)
    ways = [[(0.0, 0), *[(inf, 0)] * count] for _ in (TOP, MIDDLE)]
    for i in range(count):
        begin = UNBROKEN if parted and i and not lines[i].broken else 0.0
        row = _Open([columns[c].role for c in counted], wide, i)
        for j in range(i, min(count, i + TALLEST)):
            if j > i and (_is_band(grid[i]) or _is_band(grid[j])):
                break
            begin += ACROSS if j > i and lines[j].broken else 0.0
            row.add([grid[j][c] for c in counted])
            if _is_band(grid[i]):
                prices = [0.0, 0.0]
            elif groups and row.empty:
                prices = [0.1, 0.1]  # a line that holds a label alone
            else:
                prices = [begin + row.price() + row.off(place) for place in (TOP, MIDDLE)]
            for best, price in zip(ways, prices, strict=True):
                if best[i][0] + price < best[j + 1][0]:
                    best[j + 1] = best[i][0] + price, i
    best = min(ways, key=lambda way: min(price + OUTSIDE * (count - n) for n, (price, _) in enumerate(way)))
    end = min(range(count + 1), key=lambda n: best[n][0] + OUTSIDE * (count - n))
    cuts = [end]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    spans = list(zip(cuts[::-1], cuts[-2::-1], strict=False))
    return _with_words(grid, spans, counted)


class _Open:
    """A row from line `first` on, as far as it has been read."""

    def __init__(self, roles: Sequence[Role], wide: Sequence[int], first: int) -> None:
        self.roles, self.wide, self.first, self.last = roles, wide, first, first - 1
        self.texts = [""] * len(roles)
        self.short = 0.0
        self.ends = [0] * len(roles)  # the width of each cell's last line
        self.single: dict[int, int] = {}  # the line of each cell that has but one
        self.empty = True

    def add(self, line: Sequence[Sequence[Segment]]) -> None:
        self.last += 1
        for c, segments in enumerate(line):
            if not segments:
                continue
            words = "".join(s.text.replace(" ", "") for s in segments)
            if self.texts[c]:
                self.single.pop(c, None)
                self.short += TWO_CELLS if _two_cells(self.roles[c], self.texts[c], words) else 0.0
                if self.roles[c] == "value" and STARTS.match(words) and PHRASE.search(self.texts[c]):
                    self.short += TWO_PHRASES
                self.short += max(0.0, min(2.0, SHORT_LINE * (self.wide[c] - self.ends[c] - 3)))
            else:
                self.single[c] = self.last
            self.ends[c] = segments[-1].right - segments[0].left
            self.texts[c] += words
            self.empty = False

    def price(self) -> float:
        fits = (
            min(NO_FIT, misfit(role, text)) if text else EMPTY[role]
            for role, text in zip(self.roles, self.texts, strict=True)
        )
        return self.short + sum(fits)

    def off(self, place: float) -> float:
        """The price of the cells of one line standing elsewhere than at the top (0) or in the middle (1/2)."""
        if not self.single:
            return 0.0
        at = sum(self.single.values()) / len(self.single)
        return OFF_PLACE * max(0.0, abs(at - self.first - place * (self.last - self.first)) - place)


def _is_band(line: Sequence[Sequence[Segment]]) -> bool:
    """'一、经济发展' alone on its line: it heads the rows below."""
    words = [segment for cell in line for segment in cell]
    return len(words) == 1 and BAND_NUMBER.match(words[0].text) is not None and is_band(words[0].text)


def _two_cells(role: Role, text: str, words: str) -> bool:
    """('亿元', '%') and ('85%', '90%') -> True; ('亿立方', '米') -> False: two units that make a third."""
    if not _whole(role, text) or not _whole(role, words):
        return False
    return role != "unit" or misfit(role, text + words) > 0.0


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


def _torn(labels: Sequence[str]) -> frozenset[str]:
    """服务, 体系服务体系 -> both: of labels one below another no one is part of the next."""
    beside = [(a, b) for a, b in pairwise(labels) if a and b and a != b and (a in b or b in a)]
    return frozenset(label for pair in beside for label in pair)


def _each_its_own(labels: Sequence[TableCell]) -> bool:
    """Every row has its label, the same one in rows one behind another: no label spans rows."""
    texts = [label.flat for label in labels]
    return all(texts) and any(a == b for a, b in pairwise(texts))
