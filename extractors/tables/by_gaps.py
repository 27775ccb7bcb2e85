"""Tables whose cells are set one under the other by gaps of several spaces, as `pdftotext -layout` writes them.

  类别       指标      2020 年   2025 年     属性
  资源保护     森林覆盖   38      40        约束性
           率（%）

A column is a stretch of the page in which some line has words, with a stretch beside it in which no line has any; each
must have a head. A Chinese character is as wide as a space in some conversions and twice as wide in others; the table
must be whole under one of the two. A line belongs to one row. Where a row's lines end is found by cost: how well the
cells fit their columns, and whether they stand at the top or in the middle of their row. A row whose lines could as
well be other ones is refused.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, pairwise
from math import inf
from typing import Literal, NamedTuple

from extractors import expressions as re
from extractors.document import Document
from extractors.tables.beam import EMPTY
from extractors.tables.cell_by_cell import CAPTION, NOTE, UNCERTAIN
from extractors.tables.cell_cost import (
    BAND_NUMBER,
    CHINESE,
    DIGIT,
    FREE_CELL,
    NAME_END,
    NAME_GOES_ON,
    NO_FIT,
    PHRASE,
    THING_END,
    cell_cost,
    is_band,
    is_dash,
    is_number,
    is_serial,
    is_several,
    is_unit,
)
from extractors.tables.columns import FREE, Column, Role, column
from extractors.tables.header import in_context, plausible, together
from extractors.tables.model import Caption, Refusal, Table, TableCell, refusal
from extractors.tables.row_major import OPEN, may
from extractors.tables.tokens import display_width, place, source_lines
from extractors.vocabulary.duties import head_kind
from extractors.vocabulary.numbering import marker
from extractors.vocabulary.stops import ENDS

# a run without white space; 2020 年 and 85 % are one
WORD = re.compile(r"(?:[^\s\u3000]|(?<=\d)[ ](?=[年%％]))+")
WIDE = re.compile(r"\S[ \u3000]{2,}\S")
LINES_LOOKED_AT = 12
WIDE_GAP = 2  # columns between two cells; one column stands between two words of a cell
# how the columns of a page are counted
MEASURES: tuple[Callable[[str], int], ...] = (len, display_width)
MOST_LINES = 400
MOST_HEAD_LINES = 4
MOST_ROW_LINES = 9
FEWEST_COLUMNS, MOST_COLUMNS = 3, 14
MARGIN = 0.8  # by how much the best division into rows must be cheaper than any other
ASKEW = 0.4  # the cost of a line by which a cell is off its place in the row
OVER_BLANK = 0.6  # the cost of an empty line inside a row
ROW = 0.1
FULL_LINE = 3.0  # the cost of a further line with a word in each column, which is more likely a row
POOR = 2.5  # the cost of a cell from which its row is refused
BAD_NAME = 1.6
LEFT_OVER = 1.0  # the cost of lines above the first row that a page break cut from the row before
STICKING_OUT = 5  # one line in so many may have words in the white space between two columns
OUT = 0.4  # the cost of each place by which a word stands out of its column
MISFIT = 6.0  # and of a word that its column cannot hold
MOST_OF_IT = 0.6  # share of a label that stands in its column
MOST_WAYS = 40
NEAR = 3  # lines between which two labels may be the lines of one
CUT_OPEN = 1.5  # the cost of a text that begins as only the rest of one does
UNDERFULL = 1.5  # the cost of a line that ends early though its cell goes on
LONGEST_LABEL = 8  # characters of the label of a group
LABELS = frozenset(("dimension", "group"))
VALUES = frozenset(("value", "growth"))
WORK = FREE | {"departments"}

# 约束 | 性, 预 | 期性
KIND_PART = re.compile(r"约束?|预期?|束?性|期?性")
# ≥28.9 is not broken
LEADING_FIGURES = re.compile(r"[\x21-\x7e≥≤]+")
SENTENCE_END = re.compile(rf"[{ENDS}](?=.)")
# 年基期值: the year stands elsewhere
YEAR_LOST = re.compile(r"年(?![均度份])")

Aligned = Literal["middle", "top"]


class Word(NamedTuple):
    """A run without white space: `left:right` on its line, `start:end` in `Document.text`."""

    text: str
    left: int
    right: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """The words of a line; `blank` says that an empty line stands above it."""

    words: tuple[Word, ...]
    blank: bool

    @property
    def parted(self) -> bool:
        """A wide gap stands between two of its words."""
        return any(b.left - a.right >= WIDE_GAP for a, b in pairwise(self.words))


def set_by_gaps(document: Document, start: int, end: int) -> bool:
    """The first lines have heads of columns, and wide gaps part or indent them and a third of the lines below."""
    places = list(islice(source_lines(document, start, end), LINES_LOOKED_AT))
    lines = [document.source.text[first:last].rstrip() for first, last in places]
    if not lines or "\t" in lines[0]:
        return False
    wide = [WIDE.search(line) is not None or (n > 1 and line[:2].isspace()) for n, line in enumerate(lines)]
    head = 1 if wide[0] else 2
    heads = " ".join(lines[:head]).split()
    return (
        any(wide[:head]) and sum(wide) * 3 >= len(wide)
        and len(heads) >= FEWEST_COLUMNS and sum(column(head) is not None for head in heads) >= 2
    )  # fmt: skip


def has_gaps(document: Document, start: int, end: int) -> bool:
    """Wide gaps part or indent a third of the lines."""
    lines = [
        document.source.text[first:last].rstrip()
        for first, last in islice(source_lines(document, start, end), MOST_LINES)
    ]
    return sum(WIDE.search(line) is not None or line[:3].isspace() for line in lines) * 3 >= len(lines) > 0


def by_gaps(document: Document, start: int, end: int, caption: Caption) -> Table | None:
    """The table of the lines `start:end`; None where its columns are unclear. Rows whose cells are unclear are
    refused."""
    readings = [found for measure in MEASURES if (found := _read(document, start, end, measure))]
    if not readings:
        return None
    readings.sort(key=lambda reading: len(reading[2]))
    kept = [{(cell.column, cell.text, cell.pieces) for cell in cells} for _, cells, _, _ in readings]
    if not all(held <= kept[0] for held in kept):
        return None
    columns, cells, refused, last = readings[0]
    return Table(start, last, caption.title, "gaps", columns, tuple(cells), caption.unit, tuple(refused))


def single_lines(document: Document, table: Table, end: int) -> Table:
    """The table of lines set by gaps as another way of reading has it, with those rows alone that are one line, whole,
    between lines that are rows too: a line beside them with a part of a row may hold the rest of their cells."""
    lines = _lines(document, table.start, end, len)
    below = [n for n, line in enumerate(lines) if line.words[0].start >= table.end and _is_heading(line)]
    lines = lines[: min(below, default=len(lines))]
    at = {word.start: n for n, line in enumerate(lines) for word in line.words}
    starts = sorted(at)
    rows: dict[int, set[int]] = {}
    used: dict[int, set[int]] = {}
    for cell in table.cells:
        for first, last in cell.pieces:
            for start in starts[bisect_left(starts, first) : bisect_left(starts, last)]:
                rows.setdefault(cell.row, set()).add(at[start])
                used.setdefault(at[start], set()).add(start)
    columns = sum(head.role not in LABELS for head in table.columns)
    whole = {
        n for n, line in enumerate(lines)
        if (len(line.words) >= columns and len(used.get(n, ())) == len(line.words))
        or (len(line.words) == 1 and BAND_NUMBER.match(line.words[0].text))
    }  # fmt: skip
    first_row = min((n for held in rows.values() for n in held), default=0)
    head = set(range(first_row)) | {len(lines)}
    kept = {
        row for row, held in rows.items()
        if len(held) == 1 and held <= whole and {min(held) - 1, max(held) + 1} <= whole | head | {-1}
    }  # fmt: skip
    refused = [*table.refused]
    bands = {cell.row for cell in table.cells if cell.column_span >= len(table.columns) > 1}
    for row in sorted(rows.keys() - kept - bands):
        refused.append(refusal((cell for cell in table.cells if cell.row == row), UNCERTAIN))
    labels = {c for c, head in enumerate(table.columns) if head.role in LABELS}
    cells = tuple(cell for cell in table.cells if cell.row in kept and cell.column not in labels)
    return replace(table, cells=cells, refused=tuple(refused))


def _is_heading(line: Line) -> bool:
    """第二章 重点任务, 表2 主要指标, 注：…: no rest of a cell stands in such a line."""
    text = " ".join(word.text for word in line.words)
    return marker(text) is not None or NOTE.match(text) is not None or CAPTION.fullmatch(line.words[0].text) is not None


Reading = tuple[tuple[Column, ...], list[TableCell], list[Refusal], int]


def _read(document: Document, start: int, end: int, measure: Callable[[str], int]) -> Reading | None:
    lines = _lines(document, start, end, measure)
    if len(lines) > 1 and not lines[0].parted and lines[1].parted and _body(lines[1:]):
        lines = lines[1:]  # a title above the head
    parts = _parts(lines)
    columns: tuple[Column, ...] = ()
    cells: list[TableCell] = []
    refused: list[Refusal] = []
    last = height = 0
    for n, lines in enumerate(parts):
        body = _body(lines)
        if body is None or (n and [c.label for c in body.columns] != [c.label for c in columns]):
            if not n:
                return None
            refused.append(_refusal(lines, "its columns stand otherwise than those of the page before"))
            continue
        columns = body.columns
        found, left_out, torn = body.rows(continued=n > 0)
        if torn and cells:  # the first lines are the rest of the last row
            gone = max(cell.row for cell in cells)
            refused.append(refusal((cell for cell in cells if cell.row == gone), BROKEN))
            cells = [cell for cell in cells if cell.row != gone]
        cells += [replace(cell, row=cell.row + height) for cell in found]
        refused += left_out
        height = max((cell.row + cell.row_span for cell in cells), default=0)
        last = max([last, *(piece[1] for cell in found for piece in cell.pieces), *(one.end for one in left_out)])
    return (columns, cells, refused, last) if cells or refused else None


BROKEN = "a page break stands inside it"
UNFIT = "its cells do not fit the columns that they stand in"


def _refusal(lines: Sequence[Line], reason: str) -> Refusal:
    words = [word for line in lines for word in line.words]
    return Refusal(min(word.start for word in words), max(word.end for word in words), reason)


def _lines(document: Document, start: int, end: int, measure: Callable[[str], int]) -> list[Line]:
    found: list[Line] = []
    text, behind = document.source.text, -1
    for first, last in source_lines(document, start, end):
        line = text[first:last]
        words: list[Word] = []
        x = at = 0
        for match in WORD.finditer(line):
            x += measure(line[at : match.start()].replace("\u3000", "一"))
            wide = measure(match[0])
            opens, closes = (place(document, first + n, start, end) for n in (match.start(), match.end() - 1))
            words.append(Word(match[0].replace(" ", ""), x, x + wide, opens, closes + 1))
            x, at = x + wide, match.end()
        between = text[behind:first] if behind >= 0 else ""
        if words:
            found.append(Line(tuple(words), between.count("\n") > 1 and "\f" not in between))
            behind = last
        if len(found) >= MOST_LINES:
            break
    return found


def _parts(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines cut before each repetition of the first one, which heads the table on every page."""
    if not lines:
        return []
    head = [word.text for word in lines[0].words]
    starts = [n for n, line in enumerate(lines) if [word.text for word in line.words] == head]
    return [list(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


Run = tuple[int, int]


def _runs(lines: Sequence[Line], narrowest: int, most: int) -> list[Run]:
    """The stretches of the page that words of more than `most` lines stand in, with at least `narrowest` columns
    between them."""
    counts: dict[int, int] = {}
    for line in lines:
        for word in line.words:
            for x in range(word.left, word.right):
                counts[x] = counts.get(x, 0) + 1
    found: list[Run] = []
    for x in sorted(x for x, count in counts.items() if count > most):
        if found and x < found[-1][1] + narrowest:
            found[-1] = found[-1][0], x + 1
        else:
            found.append((x, x + 1))
    return found


def _body(lines: Sequence[Line]) -> "_Body | None":
    """The columns and the lines below the head; None where some column has no head or some head no column.

    White space down all lines parts two columns; where there is none, that down most of them."""
    crossing = [n for n, line in enumerate(lines) if n and not line.parted and len(line.words) == 1]
    runs = _runs([line for n, line in enumerate(lines) if n not in crossing], 1, 0)
    # a line of one word that stands in no single column is a band, or the text below
    outside = {n for n in crossing if len(_under(lines[n].words[0], runs)) > 1}
    ends = [n for n in outside if not is_band(lines[n].words[0].text)]
    last = max((n for n, line in enumerate(lines) if line.parted), default=0)
    ends += [n for n in range(last + 1, len(lines)) if lines[n].blank or BAND_NUMBER.match(lines[n].words[0].text)]
    lines = lines[: min(ends, default=len(lines))]
    inside = [line for n, line in enumerate(lines) if n not in outside]
    for most in range(len(inside) // STICKING_OUT + 1):
        for narrowest in (1, WIDE_GAP) if not most else (1,):  # a single blank may stand inside a cell
            runs = _runs(inside, narrowest, most)
            if not FEWEST_COLUMNS <= len(runs) <= MOST_COLUMNS:
                continue
            for used in range(min(MOST_HEAD_LINES, len(lines) - 1), 0, -1):
                if not any(n in outside for n in range(used)) and (columns := _columns(lines[:used], runs)):
                    return _Body(columns, tuple(runs), tuple(lines[used:]))
    return None


def _under(word: Word, runs: Sequence[Run]) -> list[int]:
    """The columns that the word stands in; one that stands in none is that of the nearest."""
    found = [n for n, (left, right) in enumerate(runs) if word.left < right and left < word.right]
    return found or ([min(range(len(runs)), key=lambda n: _off(word, runs[n]))] if runs else [])


def _off(word: Word, run: Run) -> int:
    """How far the word stands out of the column."""
    return max(0, run[0] - word.left) + max(0, word.right - run[1])


def _assigned(words: Sequence[Word], runs: Sequence[Run], columns: Sequence[Column]) -> tuple[list[int], bool]:
    """The columns of a line's words from left to right, by place and by what the columns hold; whether no other way
    is nearly as good."""
    ways: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for word in words:
        longer: list[tuple[float, tuple[int, ...]]] = []
        for cost, taken in ways:
            for c in range(taken[-1] if taken else 0, len(columns)):
                more = OUT * _off(word, runs[c]) + (0.0 if _may(columns[c].role, word.text) else MISFIT)
                if taken and taken[-1] == c:
                    more += 0.0 if columns[c].role in OPEN else MISFIT
                longer.append((cost + more, (*taken, c)))
        ways = sorted(longer)[:MOST_WAYS]
    best = ways[0]
    return list(best[1]), best[0] < MISFIT and (len(ways) < 2 or ways[1][0] - best[0] >= MARGIN)


def _may(role: Role, text: str) -> bool:
    """Whether the word can be all or part of such a cell; 预期 and 性 can be parts of a kind."""
    if role == "name" and is_unit(text) and text.strip("（()）") == text and (len(text) > 1 or not CHINESE.match(text)):
        return False
    return may(role, text) or (role == "kind" and KIND_PART.fullmatch(text) is not None)


def _columns(head: Sequence[Line], runs: Sequence[Run]) -> tuple[Column, ...] | None:
    """The columns of a head of these lines: every stretch has one label, whole, that heads a column."""
    labels: list[list[str]] = [[] for _ in runs]
    over: list[str | None] = [None] * len(runs)
    for line in head:
        before = -1
        for k, word in enumerate(line.words):
            places = _under(word, runs)
            nearest = min(places, key=lambda n: _off(word, runs[n]))
            if k and nearest == before and word.left - line.words[k - 1].right >= WIDE_GAP:
                return None  # two heads over one stretch
            before = nearest
            if len(places) > 1 and max(_shares(word, [runs[n] for n in places])) < MOST_OF_IT:
                if any(labels[n] or over[n] for n in places):
                    return None
                for n in places:
                    over[n] = word.text
            else:
                labels[nearest].append(word.text)
    found: list[Column] = []
    for own, spanning in zip(labels, over, strict=True):
        known = _label(own, spanning)
        if known is None:
            return None
        found.append(known)
    columns = in_context(found)
    roles = {c.role for c in columns}
    bodies = "departments" in roles or any(head_kind(c.label) for c in columns)
    work = bodies and bool(roles & FREE) and not roles & VALUES
    return tuple(columns) if plausible(columns) or work else None


def _shares(word: Word, runs: Sequence[Run]) -> list[float]:
    """What share of the word stands in each column."""
    wide = word.right - word.left
    return [(min(word.right, right) - max(word.left, left)) / wide for left, right in runs]


def _label(own: Sequence[str], spanning: str | None) -> Column | None:
    """(['年基期值', '2020']) -> value 2020: figures may be set lower than the characters beside them."""
    if not own or (len(own) == 1 and YEAR_LOST.match(own[0])):
        return None
    if spanning is not None:
        below = column("".join(own))
        found = column(together(spanning, "".join(own))) if below and below.role in VALUES and below.year else None
        return None if found is None else replace(found, spanning=spanning)
    ways = {"".join(own), "".join(reversed(own))} if len(own) == 2 and DIGIT.search(own[1]) else {"".join(own)}
    found_ways = [head for text in sorted(ways, key=lambda way: way != "".join(own)) if (head := column(text))]
    return found_ways[0] if found_ways else None


class Cells(NamedTuple):
    """The words of a row by column, with the number of the line that each stands on; what speaks against them."""

    words: tuple[tuple[tuple[int, Word], ...], ...]
    cost: float
    sound: bool


@dataclass(frozen=True)
class _Body:
    """The lines below a head, to be cut into rows."""

    columns: tuple[Column, ...]
    runs: tuple[Run, ...]
    lines: tuple[Line, ...]

    @cached_property
    def _assignments(self) -> list[tuple[list[int], bool]]:
        return [_assigned(line.words, self.runs, self.columns) for line in self.lines]

    @cached_property
    def placed(self) -> list[list[tuple[int, Word]]]:
        """The words of each line with their columns."""
        return [
            list(zip(places, line.words, strict=True))
            for (places, _), line in zip(self._assignments, self.lines, strict=True)
        ]

    def _is_clear(self, first: int, end: int) -> bool:
        """The columns of the words of these lines are known."""
        return all(clear for _, clear in self._assignments[first:end])

    @cached_property
    def bands(self) -> dict[int, Word]:
        """The lines that head the rows below them: one phrase that is numbered, or that stands in several columns."""
        found: dict[int, Word] = {}
        for n, line in enumerate(self.lines):
            if len(line.words) == 1 and is_band(line.words[0].text):
                word = line.words[0]
                if BAND_NUMBER.match(word.text) or len(_under(word, self.runs)) > 1:
                    found[n] = word
        return found

    @cached_property
    def bare(self) -> set[int]:
        """The lines that hold nothing but a group's label, so that they belong to no row."""
        return {
            n for n, words in enumerate(self.placed)
            if n not in self.bands and all(self.columns[c].role in LABELS for c, _ in words)
        }  # fmt: skip

    @cached_property
    def full(self) -> set[int]:
        """The lines with a word in each column, those aside whose cells may be merged: groups and tasks."""
        wanted = {c for c, head in enumerate(self.columns) if head.role not in LABELS and head.role != "task"}
        return {n for n, words in enumerate(self.placed) if wanted <= {c for c, _ in words}}

    @cached_property
    def numbered(self) -> bool:
        """Whether each line is a row with the next number in its column: 1, 2, 3 …"""
        at = next((c for c, head in enumerate(self.columns) if head.role == "serial"), None)
        lines = [words for n, words in enumerate(self.placed) if n not in self.bands]
        numbers = [[is_serial(word.text) for c, word in words if c == at] for words in lines]
        return at is not None and len(lines) > 1 and numbers == [[n] for n in range(1, len(lines) + 1)]

    @cached_property
    def widest(self) -> list[int]:
        """The width of each column's widest word."""
        found = [0] * len(self.columns)
        for words in self.placed:
            for c, word in words:
                found[c] = max(found[c], word.right - word.left)
        return found

    def rows(self, *, continued: bool) -> tuple[list[TableCell], list[Refusal], bool]:
        """The cells of the rows that are certain, the other rows, and whether the first lines go on with the page
        before."""
        ways = [self._cut(aligned, continued=continued) for aligned in ("middle", "top")]
        ways.sort(key=lambda way: way.cost)
        best, other = ways
        if best.cost == inf:
            return [], [_refusal(self.lines, UNCERTAIN)], False
        if other.cost - best.cost < MARGIN:
            best = best._replace(certain=best.certain & set(other.rows))
        cells: list[TableCell] = []
        refused: list[Refusal] = []
        at: dict[int, int] = {}  # the row of the table for each line
        good = [self._is_good(best, *row) for row in best.rows]
        for number, (first, end) in enumerate(best.rows):
            for n in range(first, end):
                at[n] = number
            if first in self.bands and good[number]:
                word = self.bands[first]
                span = ((word.start, word.end),)
                cells.append(TableCell(number, 0, word.text, span, column_span=len(self.columns)))
                continue
            row = self._cells(first, end)
            beside = not all(good[max(0, number - 2) : number + 3])
            if not good[number] or (beside and not self._is_one_line(first, end)):
                unfit = (first, end) in best.certain and not beside
                refused.append(_refusal(self.lines[first:end], UNFIT if unfit else UNCERTAIN))
                continue
            for c, words in enumerate(row.words):
                if words and self.columns[c].role not in LABELS:
                    cells.append(TableCell(number, c, *_joined(self.columns[c].role, words)))
        for c, head in enumerate(self.columns):
            if head.role in LABELS:
                cells += self._labels(c, at, {cell.row for cell in cells})
        if self._falsely_parted(cells):
            return [], [_refusal(self.lines, UNFIT)], False
        cells.sort(key=lambda cell: (cell.row, cell.column))
        return cells, refused, best.torn

    def _is_good(self, cut: "_Cut", first: int, end: int) -> bool:
        """The row is a band, or its lines, columns and cells leave no doubt."""
        if first in self.bands and end == first + 1:
            return BAND_NUMBER.match(self.bands[first].text) is not None  # others may be the rest of a cell
        return (first, end) in cut.certain and self._is_clear(first, end) and self._fits(self._cells(first, end))

    def _is_one_line(self, first: int, end: int) -> bool:
        """The row is one line with a word in each column and a number in each column of values: where a row beside it
        is in doubt, no line of that can be its own."""
        row = self._cells(first, end)
        own = [(head, words) for head, words in zip(self.columns, row.words, strict=True) if head.role not in LABELS]
        return (
            end == first + 1
            and not self._wraps_names
            and all(len(words) == 1 and (head.role not in VALUES or is_number(words[0][1].text)) for head, words in own)
        )

    def _falsely_parted(self, cells: Sequence[TableCell]) -> bool:
        """Whether two neighbouring columns of values may be one, because no row has a cell in both."""
        held = [{cell.row for cell in cells if cell.column == c} for c in range(len(self.columns))]
        return any(
            a.role in VALUES and b.role in VALUES and held[n] and held[n + 1] and not held[n] & held[n + 1]
            for n, (a, b) in enumerate(pairwise(self.columns))
        )

    def _cut(self, aligned: Aligned, *, continued: bool) -> "_Cut":
        """The cheapest division of the lines into rows, and those of its rows that every nearly as cheap one has."""
        count = len(self.lines)
        steps: dict[tuple[int, int], float] = {}
        for first in range(count):
            if first in self.bands:
                steps[first, first + 1] = 0.0
                continue
            for end in range(first + 1, min(count, first + (1 if self.numbered else MOST_ROW_LINES)) + 1):
                if end - 1 in self.bands:
                    break
                steps[first, end] = self._cost(first, end, aligned)
        torn_at: set[int] = set()
        if continued:
            for end in range(1, min(count, MOST_ROW_LINES)):
                if self._is_rest(end):
                    steps[0, end] = min(steps.get((0, end), inf), LEFT_OVER)
                    torn_at.add(end)
        to, since = [0.0] + [inf] * count, [inf] * count + [0.0]
        back = [0] * (count + 1)
        for first, end in sorted(steps, key=lambda step: (step[1], step[0])):
            if (cost := to[first] + steps[first, end]) < to[end]:
                to[end], back[end] = cost, first
        for first, end in sorted(steps, key=lambda step: (-step[0], step[1])):
            since[first] = min(since[first], steps[first, end] + since[end])
        if to[count] == inf:
            return _Cut(inf, [], set(), False)
        rows: list[tuple[int, int]] = []
        at = count
        while at:
            rows.append((back[at], at))
            at = back[at]
        rows.reverse()
        certain = {
            (first, end)
            for first, end in rows
            if all(
                to[a] + cost + since[b] - to[count] >= MARGIN
                for (a, b), cost in steps.items()
                if a <= first < b and (a, b) != (first, end) and not self._alike((a, b), (first, end))
            )
        }
        torn = continued and bool(rows) and rows[0][1] in torn_at and steps[rows[0]] == LEFT_OVER
        if torn:
            certain.discard(rows[0])
        return _Cut(to[count], rows, certain, torn)

    def _alike(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """The two stretches hold the same words, labels of groups aside."""
        lines = [{n for n in range(*each) if n not in self.bare} for each in (one, other)]
        return lines[0] == lines[1]

    def _is_rest(self, end: int) -> bool:
        """The lines up to `end` hold words of names and texts alone."""
        roles = {self.columns[c].role for words in self.placed[:end] for c, _ in words}
        return not roles & {"serial", "kind", "unit"} and not any(
            is_number(word.text) for words in self.placed[:end] for c, word in words if self.columns[c].role in VALUES
        )

    def _cost(self, first: int, end: int, aligned: Aligned) -> float:
        """What speaks against the lines being one row."""
        row = self._cells(first, end)
        cost = row.cost
        own = [n for n in range(first, end) if n not in self.bare]
        if not own:
            return 0.0 if end == first + 1 else inf
        top, bottom = own[0], own[-1]
        for c, words in enumerate(row.words):
            if not words or self.columns[c].role in LABELS:
                continue
            lines = [n for n, _ in words]
            if aligned == "top":
                cost += ASKEW * (lines[0] - top)
            else:
                cost += ASKEW * max(0.0, abs(lines[0] + lines[-1] - top - bottom) / 2 - 0.5)
        cost += FULL_LINE * max(0, sum(n in self.full for n in own) - 1)
        cost += OVER_BLANK * sum(self.lines[n].blank for n in range(first + 1, end))
        return cost + ROW

    def _cells(self, first: int, end: int) -> Cells:
        words: list[list[tuple[int, Word]]] = [[] for _ in self.columns]
        for n in range(first, end):
            for c, word in self.placed[n]:
                words[c].append((n, word))
        cost, sound = 0.0, True
        for c, head in enumerate(self.columns):
            if head.role in LABELS:
                continue
            if not words[c]:
                cost += EMPTY[head.role]
                continue
            more, whole = _fit(head, words[c], self.widest[c])
            cost, sound = cost + more, sound and whole
        return Cells(tuple(map(tuple, words)), cost, sound)

    @cached_property
    def _wraps_names(self) -> bool:
        """Some line holds no word but those of a name, which therefore takes several lines."""
        return any(
            {self.columns[c].role for c, _ in words if self.columns[c].role not in LABELS} == {"name"}
            for n, words in enumerate(self.placed)
            if n not in self.bands
        )

    def _fits(self, row: Cells) -> bool:
        """The row has a name and what goes with it, and each cell is what its column holds."""
        roles = [head.role for head in self.columns]
        if not row.sound:
            return False
        if "name" in roles and self._wraps_names:
            name = "".join(word.text for _, word in row.words[roles.index("name")])
            if not NAME_END.search(name) and not THING_END.search(name):
                return False
        for role, words in zip(roles, row.words, strict=True):
            text = "".join(word.text for _, word in words)
            if words and role not in FREE | LABELS and cell_cost(role, text) >= (BAD_NAME if role == "name" else POOR):
                reversed_text = _joined(role, words)[0]
                if cell_cost(role, reversed_text.replace(" ", "")) >= POOR:
                    return False
        if len({bool(words) for role, words in zip(roles, row.words, strict=True) if role in VALUES}) > 1:
            return False
        filled = {role for role, words in zip(roles, row.words, strict=True) if words}
        return ("name" in filled and bool(filled & VALUES)) or ("name" not in roles and bool(filled & WORK))

    def _labels(self, c: int, at: dict[int, int], rows: set[int]) -> Iterator[TableCell]:
        """The labels of a column, each at the rows that its lines stand in; none where lines of two may touch."""
        pieces = [(n, word) for n, words in enumerate(self.placed) for column_, word in words if column_ == c]
        labels: list[list[tuple[int, Word]]] = []
        for n, word in pieces:
            if labels and labels[-1][-1][0] + 1 >= n:
                labels[-1].append((n, word))
            else:
                labels.append([(n, word)])
        texts = ["".join(word.text for _, word in label) for label in labels]
        wide = max((word.right - word.left for _, word in pieces), default=0)
        near = any(
            b[0][0] - a[-1][0] <= NEAR and a[-1][1].right - a[-1][1].left >= wide for a, b in pairwise(labels)
        )  # the second may be the rest of the first
        if near or not all(2 <= len(text) <= LONGEST_LABEL for text in texts):
            return
        for label, text in zip(labels, texts, strict=True):
            held = sorted({at[n] for n, _ in label if n in at and at[n] in rows})
            if held and held == list(range(held[0], held[-1] + 1)):
                spans = tuple((word.start, word.end) for _, word in label)
                yield TableCell(held[0], c, text, spans, row_span=held[-1] - held[0] + 1)


class _Cut(NamedTuple):
    """A division into rows `first:end`, its cost, and the rows that are certain."""

    cost: float
    rows: list[tuple[int, int]]
    certain: set[tuple[int, int]]
    torn: bool


def _fit(head: Column, words: Sequence[tuple[int, Word]], widest: int) -> tuple[float, bool]:
    """The cost of the words as one cell, and whether nothing but the cost speaks against them.

    A wide gap inside a line, figures on a line of their own among the words of a name, and two numbers in one cell
    are no cell: which of the parts comes first, or whether they belong together, is not known."""
    role = head.role
    lines = _by_line(words)
    whole = not any(
        b.left - a.right >= WIDE_GAP
        for (n, a), (m, b) in pairwise(words) if n == m
    )  # fmt: skip
    text = "".join(lines)
    if role == "serial":
        return (0.0 if len(lines) == 1 else NO_FIT) + cell_cost(role, text), whole
    if role == "kind" and len(lines) > 1 and cell_cost(role, lines[0]) == 0.0 == cell_cost(role, lines[-1]):
        return NO_FIT, False
    if role in VALUES and len(lines) > 1:
        if sum(is_number(line) or is_dash(line) for line in lines) > 1:
            return NO_FIT, False
        if DIGIT.search(text):
            if is_number(text) or (is_several(text) and not any(map(is_number, lines))):
                return 0.0, whole
            if len(lines) == 2 and is_number(lines[1] + lines[0]):
                return 0.2, whole
            seam = any(a[-1:].isdigit() and b[:1].isdigit() for a, b in pairwise(lines))
            if seam or any(is_number(line) for line in lines) or not PHRASE.search(text):
                return 2.0 + cell_cost(role, text), False
    if role == "name" and len(lines) > 1 and any(not CHINESE.search(line) and DIGIT.search(line) for line in lines):
        whole = False
    if role in ("name", *WORK) and len(lines) > 1 and any(line.isascii() and line.isalnum() for line in lines):
        whole = False
    if role == "name" and any(n == m for (n, _), (m, _) in pairwise(words)):
        whole = False
    if role in FREE:
        # a line of text may hold the end of a sentence; 并完善管网 goes on with the row above
        text = SENTENCE_END.sub("", text)
        cost = (cell_cost(role, text) if text else 0.0) - FREE_CELL
        return max(0.0, cost) + (CUT_OPEN if NAME_GOES_ON.match(text) else _underfull(words, widest)), whole
    return cell_cost(role, text) + _underfull(words, widest), whole


def _underfull(words: Sequence[tuple[int, Word]], widest: int) -> float:
    """The cost of lines that end early though what follows would still have fitted."""
    cost = 0.0
    for (n, word), (m, following) in pairwise(words):
        each = (word.right - word.left) / len(word.text)  # a character
        next_piece = LEADING_FIGURES.match(following.text)
        room = widest - (word.right - word.left) - each * (len(next_piece[0]) if next_piece else 1)
        if n != m and room > 2 * each:
            cost += UNDERFULL
    return cost


def _by_line(words: Sequence[tuple[int, Word]]) -> list[str]:
    """The words of each line together."""
    found: dict[int, str] = {}
    for n, word in words:
        found[n] = found.get(n, "") + word.text
    return list(found.values())


def _joined(role: str, words: Sequence[tuple[int, Word]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text and the pieces of a cell; a number whose unit was set a line above it comes first."""
    lines = _by_line(words)
    pieces = tuple((word.start, word.end) for _, word in words)
    if role in VALUES and len(lines) == 2 and not is_number("".join(lines)) and is_number(lines[1] + lines[0]):
        return lines[1] + lines[0], pieces
    text = ""
    for k, (n, word) in enumerate(words):
        text += (" " if k and words[k - 1][0] == n else "") + word.text
    return text, pieces
