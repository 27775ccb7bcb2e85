"""Tables whose text comes in row-major order, as PDF text layers have it: the lines of a wrapped cell stand above,
beside and below the other cells of its row, and only the order of the words shows the columns.

  社区养老服务设施配建
  1 % 80 100 约束性
  达标率

A line of several words with a kind, or in a table without kinds with at least as many numbers or dashes as there are
columns of values and growth, is an anchor: each row has one. Where cells are vertically centred, a row has as many
lines above its anchor as below: the lines above the first anchor tell how many of those between it and the second
belong to the first row, and so on to the end. Where the counts do not add up, or a row would have the row number or the
beginning of another, rows of one line are read, whose anchor has another anchor, a band or an end of the table right
above or below, or the next row's number below, and rows whose anchor is their last line, because the name was broken
before its numbers:

  2 研究与试验发展经费投入占地区生产
  总值比重（%） 1.2 2.2 预期性

The remaining lines are left out.

Needed by: a city's five-year outline, text layer of a PDF.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extractors import expressions as re
from extractors.tables.beam import FittedRow, Solution
from extractors.tables.cost import (
    BODIES_INSIDE,
    CHINESE_START,
    EMPTY_COST,
    NAME_END,
    NO_FIT,
    REST_OF_NUMBER,
    SPACED_ROLES,
    UNIT_AT_END,
    cell_cost,
    is_dash,
    is_number,
    is_numbered_band,
    is_unit,
    may_be_part,
    serial_number,
)
from extractors.tables.model import FREE_ROLES, GROUP_ROLES, VALUE_ROLES, Column, Role
from extractors.tables.words import Token, lines_of

MAX_LINE_ASSIGNMENTS = 300  # of a line's words over the columns
MAX_LINES_ABOVE = 4  # lines above a row's anchor
MAX_BEAM_WAYS = 12
# 研发经费投入占地区生产|总值比重, 每千人口拥有执业（助理）|医师数: no label of a group and, unless it ends as names do
# (NAME_END), no whole name; a share (占: not 占有, 占用, 占地面积) has 比 or 率 after it
BEGUN_NAME = re.compile(r"(?P<share>占(?![有用]|地面)[^占比率]+$)|每[百千万]|人均|^(?:万元|单位)")
# 其中：农村户数: a part of the row above
PART_OF_ROW = re.compile(r"^(?:其中|#|＃)")
# 市文化广电旅, 游局、市水利局: pieces of a list of bodies
BODIES_PIECE = re.compile(r"^[市县区省州](?!域|政|级|场|容)|[局委厅]|[部办][、，]|[、，][市县区省州]")
SECOND_VALUE_COST = 3.0  # the cost of two complete values in one cell
SPACE_INSIDE_COST = 0.8
MIN_ASSIGNMENT_MARGIN = 0.8  # by how much the best assignment must be cheaper than any other
MIN_ALIGNMENT_MARGIN = 1.0  # and centred rows than top-aligned ones, or the reverse
MAX_LINE_NAME_COST = 1.4  # the cost of a name from which its row is left out
MIN_WRAPPED_WIDTH = 16  # of a line of a name that goes on below, in half-width characters
MAX_LABEL_PART = 4  # characters of a word that may be a label, or the rest of one
MAX_ROW_MAJOR_LINES = 150


@dataclass(frozen=True, slots=True)
class LineParse:
    """A reading of a table in row-major order. `complete` says that the places of the anchors explain all lines of the
    sections between bands that have an anchor, whether or not each of their rows could be read, and that there are
    lines beside anchors and bands, which a table of one line a row would not have; such lines may also follow the last
    row."""

    solution: Solution
    complete: bool


class _CellSoFar(NamedTuple):
    """The part of a cell that has been read: its words, their text joined, and the index of the line of the last."""

    text: str
    last: int  # line
    words: tuple[Token, ...]


class _RowSoFar(NamedTuple):
    """An assignment of the words of a row's first lines to the columns: for each column the cell so far, None where it
    is empty. `cost` counts only blanks and second values inside cells; how the cells fit is added at the end."""

    cost: float
    cells: tuple[_CellSoFar | None, ...]


class RowLines(NamedTuple):
    """The lines of a row by their index: the anchor, the first and the last. A band has only one, which is all
    three."""

    anchor: int
    first: int
    last: int
    band: bool = False


def solve_lines(columns: Sequence[Column], words: Sequence[Token]) -> LineParse | None:
    """The reading of the words as rows in row-major order. Cells are taken to stand in the middle of their rows. Where
    they could also stand at the top, that reading is used if cells in the middle do not explain all lines and it costs
    less; if they do, `_agreed` chooses one of the two readings, or only the rows that both have. For `complete` see
    LineParse. None for no words, where there are no rows but bands, and where there are more than MAX_ROW_MAJOR_LINES
    (150) lines."""
    lines = lines_of(words)
    if not lines or len(lines) > MAX_ROW_MAJOR_LINES:
        return None
    table = _Lines(columns, lines)
    middle, complete = table.centred_rows()
    read = table.rows(middle)
    if not complete and (top := table.top_aligned_rows()):
        other = table.rows(top)
        if sum(cost for cost, _ in other) < sum(cost for cost, _ in read):
            read, complete = other, True
    elif complete and (top := table.top_aligned_rows()):
        read = _agreed(read, table.rows(top))
    rows = tuple(row for _, row in read)
    if not any(not row.band for row in rows):
        return None
    used = max(words.index(word) for row in rows for cell in row.cells.values() for word in cell) + 1
    return LineParse(
        Solution(tuple(columns), rows, used, sum(cost for cost, _ in read)),
        complete and len(table.lines) > len(table.anchors) + len(table.bands),
    )


Costed = list[tuple[float, FittedRow]]


def _agreed(middle: Costed, top: Costed) -> Costed:
    """The rows to use of two readings of one table, in which cells are taken to stand in the middle and at the top of
    their rows: those of the reading with more rows; of as many, those of the one that costs at least
    MIN_ALIGNMENT_MARGIN (1) less in all; else the rows of `middle` that `top` has too."""
    if len(middle) != len(top):
        return max(middle, top, key=len)
    a, b = (sum(cost for cost, _ in rows) / max(1, len(rows)) for rows in (middle, top))
    if abs(a - b) * min(len(middle), len(top)) >= MIN_ALIGNMENT_MARGIN:
        return middle if a < b else top
    return [(cost, row) for cost, row in middle if any(row == other for _, other in top)]


class _Lines:
    """The lines of a table in row-major order, with what its columns say about them: `anchors` and `bands` are the
    indices of the lines that are anchors, and of those that are bands."""

    def __init__(self, columns: Sequence[Column], lines: Sequence[Sequence[Token]]) -> None:
        """Finds the anchors and the bands among the lines, each of which is its words from left to right.

        What it keeps of the columns, each by its index: `name`, the first for names (0 where none is); `bodies`, the
        first for bodies (-1 where none is); `labels`, all for labels of groups, and `label`, the last of these (the
        number of columns where there are none). `values` is the number of columns of values and growth, `serial` 1
        where the first holds row numbers, else 0. `empty` is the cost of an empty cell in each: 0 for labels, 0.3 for
        row numbers where fewer than two lines begin with one, else EMPTY_COST. `widest_name` is the width, in
        half-width characters, of the widest line of a name on an anchor, which is the anchor's first word that is no
        number; 0 where there is none. There must be a column, and each line must have a word."""
        self.columns, self.lines = tuple(columns), lines
        self.roles = [head.role for head in columns]
        self.values = sum(role in VALUE_ROLES for role in self.roles)
        self.name = self.roles.index("name") if "name" in self.roles else 0
        self.serial = int(self.roles[0] == "serial")
        self.bodies = self.roles.index("departments") if "departments" in self.roles else -1
        self.labels = [c for c, role in enumerate(self.roles) if role in GROUP_ROLES]
        self.label = self.labels[-1] if self.labels else len(columns)
        numbered = sum(serial_number(line[0].text) is not None for line in lines) >= 2
        self.empty = [
            0.3
            if head.role == "serial" and not numbered
            else 0.0
            if head.role in GROUP_ROLES
            else EMPTY_COST[head.role]
            for head in columns
        ]
        # 一、经济强（3 项） has a blank inside
        self.bands = [n for n, line in enumerate(lines) if is_numbered_band("".join(word.text for word in line))]
        self.anchors = [n for n, line in enumerate(lines) if self._is_anchor(line)]
        names = (next((word for word in lines[n] if not is_number(word.text)), None) for n in self.anchors)
        self.widest_name = max((word.width for word in names if word), default=0)

    def _is_anchor(self, line: Sequence[Token]) -> bool:
        """Whether the line is an anchor: it has several words and among them a kind or, in a table without kinds, at
        least as many numbers or dashes as there are columns of values and growth."""
        if "kind" in self.roles:
            return len(line) > 1 and any(cell_cost("kind", word.text) == 0.0 for word in line)
        return len(line) > 1 and sum(is_number(word.text) or is_dash(word.text) for word in line) >= self.values

    def centred_rows(self) -> tuple[list[RowLines], bool]:
        """The lines of each row and band, in the order of the table, if anchors stand in the middle of their rows; and
        whether that explains all lines of sections with an anchor. Below the last anchor of the table there may be more
        lines than its row has, because text may follow. In a section (`_sections`) where the anchors cannot all be in
        the middle, where a row would have more than MAX_LINES_ABOVE (4) lines above its anchor, or where it would have
        lines of several rows (`_of_several_rows`), `_single_rows` says which are given. A row of one line whose
        name may begin on the line above it (`_rest`) is left out."""
        places: list[RowLines] = []
        complete = True
        for first, own, end in self._sections():
            around = [b - a - 1 for a, b in zip([first - 1, *own], [*own, end], strict=True)]  # lines between
            tall, left = [], 0
            for n in range(len(own)):
                tall.append(around[n] - left)
                left = tall[-1]
            last = end == len(self.lines)  # text may follow the last section
            centred = [RowLines(at, at - k, at + k) for at, k in zip(own, tall, strict=True)]
            if (
                all(0 <= k <= MAX_LINES_ABOVE for k in tall)
                and (left == around[-1] or (last and left < around[-1]))
                and not any(self._of_several_rows(place) for place in centred)
            ):
                places += [place for n, place in enumerate(centred) if not (n and self._rest(centred[n - 1], place))]
            else:
                complete = False
                places += self._single_rows(around, own)
        places += [RowLines(n, n, n, band=True) for n in self.bands]
        return sorted(places), complete

    def _of_several_rows(self, place: RowLines) -> bool:
        """Whether the lines of `place` cannot be those of one row: two of them begin with a row number, or the last,
        below the anchor, is one word with which no name ends (`_is_begun`): 研发经费投入占地区生产总值."""
        lines = self.lines[place.first : place.last + 1]
        open_end = place.last > place.anchor and len(lines[-1]) == 1 and _is_begun(lines[-1][0].text)
        return open_end or self._numbers(place) > 1

    def _numbers(self, place: RowLines) -> int:
        """How many lines of `place` begin with a row number."""
        return sum(self._numbered(line) for line in self.lines[place.first : place.last + 1])

    def _rest(self, above: RowLines, place: RowLines) -> bool:
        """Whether the row of one line `place`, without a row number, may have only the rest of its name, because the
        last line of the row `above` may be the beginning: it is one word that fills its line (`_full`), and the words
        of that row beside its anchor, one on each line, make no name with the first word of the anchor."""
        if place.first < place.last or above.last == above.anchor or self._numbered(self.lines[place.anchor]):
            return False
        lines = self.lines[above.first : above.last + 1]
        if any(len(line) != 1 for line in lines if line is not self.lines[above.anchor]):
            return False
        words = [next((word for word in line if not is_number(word.text)), line[0]) for line in lines]
        return self._full(words[-1]) and not _is_name("".join(word.text for word in words), single=False)

    def _single_rows(self, around: Sequence[int], own: Sequence[int]) -> Iterator[RowLines]:
        """The rows of a section in which the anchors `own` cannot all stand in the middle; `around` has the numbers of
        lines above the first of them, between each two, and below the last. A row of several lines is given where the
        lines above the anchor begin its name (`_begin_name`). A row of one line is given where another anchor or an end
        of the section is right above or below, or where it has a row number and the line below has the next row's; but
        not where the lines above it may be its own, because

        - the table numbers its rows, and a line above has a number and the anchor has none;
        - they are too wide for labels of groups, and the row above has no lines above its anchor of which they could be
          the counterpart;
        - of the first row, they are as wide as a line of a name that goes on below (`_full`), and the anchor has no row
          number.

        Nor is it given where the line below the anchor has a unit in brackets and the name on the anchor has none,
        because the name may end there (节水技术改造经费 1.2 2.2 above 投入强度（%）)."""
        begun = [bool(lines) and self._begin_name(at - lines, at) for lines, at in zip(around, own, strict=False)]
        for n, at in enumerate(own):
            first = at - around[n]
            mine = self._numbered(self.lines[at])
            next_number = mine and around[n + 1] > 0 and self._numbered(self.lines[at + 1])
            if begun[n]:
                yield RowLines(at, first, at)
            elif next_number or 0 in (around[n], around[n + 1]):
                loose = self.lines[first:at]
                numbered = any(self._numbered(line) for line in loose) and not mine
                if n:
                    wide = any(line[-1].width * 2 > self.widest_name for line in loose)
                    doubtful = wide and (begun[n - 1] or not around[n - 1])
                else:
                    doubtful = not mine and any(len(line) == 1 and self._full(line[0]) for line in loose)
                below = self.lines[at + 1] if around[n + 1] else ()
                ends_below = len(below) == 1 and UNIT_AT_END.search(below[0].text) is not None
                if ends_below and not any(UNIT_AT_END.search(word.text) for word in self.lines[at]):
                    continue
                if not (numbered or doubtful):
                    yield RowLines(at, at, at)

    def _numbered(self, line: Sequence[Token]) -> bool:
        """Whether the line begins with a row number, in a table whose first column holds these."""
        return bool(self.serial) and serial_number(line[0].text) is not None

    def _full(self, word: Token) -> bool:
        """Whether the word fills a line of the column of names: it is as wide as the widest line of a name in the
        table, less one half-width character, and at least MIN_WRAPPED_WIDTH (16)."""
        return word.width >= max(MIN_WRAPPED_WIDTH, self.widest_name - 1)

    def _begin_name(self, first: int, at: int) -> bool:
        """Whether the lines from `first` up to the anchor `at`, one or two, each of one word, begin the name that the
        first word of the anchor ends. In a table that numbers its rows the first of them has the number and the anchor
        has none, and the anchor is neither a part of a row (其中) nor right above another anchor without a number.
        Without numbers each must fill its line (`_full`), and together they must be no label of a group and no whole
        name (`_is_begun`). Never in a table with labels of groups, which may stand on such lines too."""
        loose = [list(line) for line in self.lines[first:at]]
        if self.labels or len(loose) > 2:
            return False
        numbered = self._numbered(loose[0])
        if numbered:
            loose[0] = loose[0][1:]
        if any(len(line) != 1 for line in loose) or (numbered and self._numbered(self.lines[at])):
            return False
        words = [line[0] for line in loose]
        text = "".join(word.text for word in words)
        rest = self.lines[at][0].text
        if not _is_name(text + rest, single=False) or PART_OF_ROW.search(rest):
            return False
        if numbered:
            return at + 1 not in self.anchors or self._numbered(self.lines[at + 1])
        return not self.serial and all(self._full(word) for word in words) and _is_begun(text)

    def top_aligned_rows(self) -> list[RowLines]:
        """The lines of each row, if every row begins with its anchor and reaches to the next; an empty list where the
        first line is no anchor, where there are bands or columns of labels, and where a row other than the last would
        have more than twice MAX_LINES_ABOVE lines below its anchor, or two lines with a row number."""
        if self.labels or not self.anchors or self.anchors[0] != 0 or self.bands:
            return []
        ends = [*self.anchors[1:], len(self.lines)]
        places = [RowLines(at, at, end - 1) for at, end in zip(self.anchors, ends, strict=True)]
        short = all(p.last - p.first <= 2 * MAX_LINES_ABOVE for p in places[:-1])
        several = any(self._numbers(place) > 1 for place in places[:-1])
        return places if short and not several else []

    def _sections(self) -> Iterator[tuple[int, list[int], int]]:
        """The sections of the table between bands, each as (first line, anchors, stop), by the index of the line;
        `stop` is the band below it, or the number of lines. Sections without an anchor are left out."""
        bounds = [-1, *self.bands, len(self.lines)]
        for before, end in pairwise(bounds):
            if own := [n for n in self.anchors if before < n < end]:
                yield before + 1, own, end

    def rows(self, places: Sequence[RowLines]) -> Costed:
        """The rows whose lines `places` names, each with its cost, 0 for a band. Rows whose words cannot be assigned to
        columns (`_read`), that have no name, or whose name is no complete one (`_is_name`) are left out; in a table
        without labels of groups the name of a row of one line may end in any way. Labels of groups are kept only where
        every row whose words can be assigned is a single line and has a label."""
        found: Costed = []
        ways = [(place, None if place.band else self._read(place)) for place in places]
        labelled = all(
            place.first == place.last and any(way.cells[c] for c in self.labels) for place, way in ways if way
        )
        for place, way in ways:
            if place.band:
                found.append((0.0, FittedRow({0: list(self.lines[place.anchor])}, band=True)))
            elif (
                way
                and (cell := way.cells[self.name])
                and _is_name(cell.text, single=place.first == place.last and not self.labels)
            ):
                filled = {c: list(cell.words) for c, cell in enumerate(way.cells) if cell}
                cells = {c: words for c, words in filled.items() if labelled or c not in self.labels}
                found.append((self._cost(way), FittedRow(cells)))
        return found

    def _read(self, place: RowLines) -> _RowSoFar | None:
        """The cheapest assignment of the words of the row's lines to the columns; None where none is possible, or where
        the columns of some words are not known (`_columns_by_order`). In a row of several lines whose first is the
        anchor, the name must begin on that line. A cell is left empty where another assignment that costs less than
        MIN_ASSIGNMENT_MARGIN (0.8) more has other words in it."""
        shares = list(self._columns_by_order(place))
        if any(share is None for share in shares):
            return None
        ways = [_RowSoFar(0.0, (None,) * len(self.columns))]
        for n, share in zip(range(place.first, place.last + 1), shares, strict=True):
            ways = self._extend_beam(
                ways, n, [share] if share else list(column_assignments(self.lines[n], self.columns))
            )
        if place.first == place.anchor < place.last:  # at the top of its row the name begins on the row's own line
            ways = [way for way in ways if (name := way.cells[self.name]) and name.words[0] in self.lines[place.anchor]]
        if not ways:
            return None
        best = min(ways, key=self._cost)
        most = self._cost(best) + MIN_ASSIGNMENT_MARGIN
        cells = list(best.cells)
        for way in ways:
            if self._cost(way) < most:
                for c, (mine, other) in enumerate(zip(best.cells, way.cells, strict=True)):
                    if (mine and mine.text) != (other and other.text):
                        cells[c] = None
        return best._replace(cells=tuple(cells))

    def _columns_by_order(self, place: RowLines) -> Iterator[tuple[int, ...] | None]:
        """For each line of the row the columns of its words, as far as only their order shows them: an empty tuple for
        the anchor, whose words are assigned by what they are; None where the columns cannot be known.

        On the other lines they are known only where the anchor has a number or dash for each column of values and
        growth and a unit for that of units, and there is no column of free text or notes: only the name, the label
        before it and the bodies after it can then have words there. Nor are they known of a line of which
        `_may_be_another_cell` is true. One word is of the bodies if it looks like a piece of them (BODIES_PIECE), of
        the name if no line has such a piece; two are of name and bodies if only the second is such a piece, of label
        and name if no line has one and the column of labels is left of the names. Without a column of bodies no word is
        such a piece. Of a first line with the row's number, above an anchor without one, the second word is of the
        name.
        """
        own = self.lines[place.anchor][self.serial :]
        numbers = sum(is_number(word.text) or is_dash(word.text) for word in own)
        units = "unit" not in self.roles or any(is_unit(word.text) and not word.text[0].isdigit() for word in own)
        known = numbers >= self.values and units and not (FREE_ROLES | {"note"}) & set(self.roles)
        loose = [n for n in range(place.first, place.last + 1) if n != place.anchor]
        bodies = self.bodies >= 0 and any(BODIES_PIECE.search(word.text) for n in loose for word in self.lines[n])
        for n in range(place.first, place.last + 1):
            words = [word.text for word in self.lines[n]]
            if n == place.anchor:
                yield ()
            elif known and n == place.first and place.anchor == place.last and self._numbered(self.lines[n]):
                yield (0, self.name) if len(words) == 2 else None
            elif not known or self._may_be_another_cell(words):
                yield None
            elif len(words) == 1:
                yield (self.name,) if not bodies else (self.bodies,) if BODIES_PIECE.search(words[0]) else None
            elif bodies:
                yield (
                    (self.name, self.bodies)
                    if BODIES_PIECE.search(words[1]) and not BODIES_PIECE.search(words[0])
                    else None
                )
            else:
                yield (self.label, self.name) if self.label < self.name else None

    def _may_be_another_cell(self, words: Sequence[str]) -> bool:
        """Whether the words of a line above or below the anchor may belong to another cell than the name, its label and
        the bodies: they are more than two, there is a number among them, or they are one word of at most MAX_LABEL_PART
        (4) characters in a table with labels of groups."""
        label = len(words) == 1 and bool(self.labels) and len(words[0]) <= MAX_LABEL_PART
        return label or len(words) > 2 or any(is_number(word) for word in words)

    def _extend_beam(self, ways: Sequence[_RowSoFar], n: int, shares: Sequence[tuple[int, ...]]) -> list[_RowSoFar]:
        """The assignments `ways` of the lines before, extended by line `n`: each by each of `shares`, the ways to
        assign the words of the line to columns. Only the MAX_BEAM_WAYS (12) cheapest are kept, cheapest first, by their
        cost and the least that their cells are likely to cost (`_least_cost`)."""
        found: list[_RowSoFar] = []
        for way in ways:
            for share in shares:
                cells, cost = list(way.cells), way.cost
                for c, word in zip(share, self.lines[n], strict=True):
                    cost += self._add(cells, c, word, n)
                found.append(_RowSoFar(cost, tuple(cells)))
        found.sort(key=lambda way: way.cost + self._least_cost(way))
        return found[:MAX_BEAM_WAYS]

    def _add(self, cells: list[_CellSoFar | None], c: int, word: Token, n: int) -> float:
        """Adds the word, which is on line `n`, to the cell of column `c` in `cells`, which is changed. Returns what
        that costs: nothing for the first word of the cell; SPACE_INSIDE_COST (0.8) for one on the same line as the last
        word of the cell, but nothing for the rest of a value (5 左右); and SECOND_VALUE_COST (3) for a number or dash
        in a column of values or growth, where the cell is one so far."""
        cell = cells[c]
        if cell is None:
            cells[c] = _CellSoFar(word.text, n, (word,))
            return 0.0
        cells[c] = _CellSoFar(cell.text + word.text, n, (*cell.words, word))
        role = self.columns[c].role
        cost = SPACE_INSIDE_COST if cell.last == n and role not in VALUE_ROLES else 0.0
        return cost + (SECOND_VALUE_COST if is_value(role, cell.text) and is_value(role, word.text) else 0.0)

    def _least_cost(self, way: _RowSoFar) -> float:
        """An estimate of the least that the cells of `way`, an assignment of a row's first lines, will cost: the cost
        of each cell so far, at most NO_FIT, and at most 0.5 for a name, which may fit when it is complete. Other cells
        may still become cheaper (控制在 with 5%)."""
        return sum(
            min(cell_cost(head.role, cell.text), 0.5 if head.role == "name" else NO_FIT)
            for head, cell in zip(self.columns, way.cells, strict=True)
            if cell
        )

    def _cost(self, way: _RowSoFar) -> float:
        """The cost of the whole row that `way` assigns: that of the assignment, of each cell in its column, and of the
        empty cells."""
        return way.cost + sum(
            min(NO_FIT, cell_cost(head.role, cell.text)) if cell else empty
            for head, cell, empty in zip(self.columns, way.cells, self.empty, strict=True)
        )


def column_assignments(line: Sequence[Token], columns: Sequence[Column]) -> Iterator[tuple[int, ...]]:
    """The ways to assign the words of a line, from left to right, to columns, each as the index of the column of each
    word: those for 1 % 80 100 约束性 below 序号 | 指标 | 单位 | 2020年 | 2025年 | 属性 are (0, 1, 3, 4, 5) and (0, 2,
    3, 4, 5). At most MAX_LINE_ASSIGNMENTS (300), those with the leftmost columns first; none where some word fits no
    column (`may_be_part`; a name may begin with a number, `_begins_name`). A column takes several words only where its
    cells may have spaces (names, bodies, notes, free text), names only in a table without labels of groups, and values
    only where the words are one number (`_is_rest_of_value`). No words have one way, ()."""
    # before a name there may be a label: two words are not taken for one name then
    several = SPACED_ROLES - ({"name"} if any(head.role in GROUP_ROLES for head in columns) else set())

    def fits(share: tuple[int, ...], c: int, n: int) -> bool:
        role, text = columns[c].role, line[n].text
        if not share or c > share[-1]:
            if share and REST_OF_NUMBER.fullmatch(text) and is_number(line[n - 1].text):
                return False
            return may_be_part(role, text) or (role == "name" and role in several and _begins_name(line, n))
        if role == "value":
            return _is_rest_of_value("".join(word.text for word in line[share.index(c) : n]), text)
        return role in several and may_be_part(role, text)

    stack: list[tuple[int, ...]] = [()]
    for n in range(len(line)):
        stack = [
            (*share, c) for share in stack for c in range(share[-1] if share else 0, len(columns)) if fits(share, c, n)
        ]
    yield from stack[:MAX_LINE_ASSIGNMENTS]


def _begins_name(line: Sequence[Token], n: int) -> bool:
    """Whether word `n` of the line, a number, may begin a name, because it stands between the row number and a word
    that begins with a Chinese character: 5 | 3 岁以下婴幼儿入托率（%）."""
    return (
        n == 1
        and n + 1 < len(line)
        and serial_number(line[0].text) is not None
        and line[n].text.isdecimal()
        and CHINESE_START.match(line[n + 1].text) is not None
    )


def _is_rest_of_value(text: str, word: str) -> bool:
    """Whether `word` goes on with the value `text`, which blanks divide, so that both are one number, or will be with
    the next words: '5', '左右' and '提高', '1' -> True; two numbers ('5', '6') and '—', '5' -> False."""
    return is_number(text + word) and not is_dash(text) and not (is_number(text) and is_number(word))


def is_value(role: Role, text: str) -> bool:
    """Whether the text is a number or a dash, and the role one of values or growth."""
    return role in VALUE_ROLES and (is_number(text) or is_dash(text))


def _is_begun(text: str) -> bool:
    """Whether the text is the first part of a name, and can be neither a whole one nor the label of a group: it names a
    share without the word for it, or for how many something is measured without what is measured (BEGUN_NAME):
    '经费投入占地区生产总值', '每千人口拥有执业（助理）' -> True, '每千人口医师数', '社会民生保障水平提升' -> False."""
    found = BEGUN_NAME.search(text)
    return found is not None and not UNIT_AT_END.search(text) and bool(found["share"] or not NAME_END.search(text))


def _is_name(text: str, *, single: bool) -> bool:
    """Whether the text is a complete name: it ends as names do, which is not asked where it is on one line by itself
    (`single`); it holds no list of bodies; and it costs less than MAX_LINE_NAME_COST (1.4) as a name. Not `single`:
    '森林覆盖率' -> True, '森林覆' -> False."""
    return (
        (single or NAME_END.search(text) is not None)
        and cell_cost("name", text) < MAX_LINE_NAME_COST
        and not (BODIES_INSIDE.search(text))
    )
