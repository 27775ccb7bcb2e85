"""What a table is: columns with roles, rows of cells, where each stands in the text, and how many rows a cell spans."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extractors import expressions as re
from extractors.document import Document
from extractors.tables.words import Gap, Token
from ontology.model.facts import Basis, squeeze

Role = Literal[
    "serial", "dimension", "group", "name", "unit", "value", "growth", "kind", "departments", "note",
    "task", "content", "duty", "deadline", "text",
]  # fmt: skip
Sense = Literal["actual", "target"]
FREE_ROLES: frozenset[Role] = frozenset(("task", "content", "duty", "deadline", "text"))  # roles of free text
GROUP_ROLES: frozenset[Role] = frozenset(("dimension", "group"))  # roles of labels of groups of rows
VALUE_ROLES: frozenset[Role] = frozenset(("value", "growth"))
How = Literal["cells", "tabs", "pipes", "blanks", "wrapped"]
Span = tuple[int, int]
UNCERTAIN = "its lines may belong to the row above or below"
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    `label` is its header as printed, without white space; of a header of several rows, their labels together,
    目标值（2025年）. `year` is that of its values (2025), `unit` the unit that the label gives (万元 of
    总投资（万元）); each is None where the label does not say it. `sense` says whether the values were reached
    ("actual") or are aimed at ("target"), by the label, else by the one that spans it; else None, but "target" for the
    only column of values beside kinds whose label names no year either (`header.in_context`). Only columns of the role
    "value" have a year or a sense. A `growth` column holds a change or a sum over years instead of a level: `basis`
    says which (年均, 累计), and is empty where the label does not. `spanning` is the header cell above that covers this
    column and others, else None; in a "wrapped" table only columns of values have one. `part` says that the column
    counts a part of another (其中：2021年任务).
    """

    role: Role
    label: str
    year: int | None = None
    sense: Sense | None = None
    unit: str | None = None
    basis: tuple[Basis, ...] = ()
    spanning: str | None = None
    part: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table's body, or of a row before its header is known.

    `row` and `column` are its indices, from 0; a cell of the body covers `row_span` rows from `row` on, `above` rows
    before it, and `column_span` columns from `column` on. `above` is not 0 only for the label of a group whose text
    stands in the middle of its rows. `text` has the cell's lines joined; a space stays where the file has one inside a
    line (县医保局 县税务局; `inline`, `from_tokens`). `pieces` are the spans of its text in `Document.text`, in reading
    order, of each word or of several together; none where the cell is empty.
    """

    row: int
    column: int
    text: str
    pieces: tuple[Span, ...]
    row_span: int = 1
    column_span: int = 1
    above: int = 0

    @property
    def flat(self) -> str:
        """The text without white space."""
        return squeeze(self.text)


@dataclass(frozen=True, slots=True)
class Caption:
    """What is said of a table above it: its title (表1 主要指标), and the unit of all its values (万元 of 单位：万元);
    None for what is not said."""

    title: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row, or a stretch of them, `start:end` in `Document.text`, that was left out because it is not known what its
    cells are or say; `reason` says why, as an English sentence that is a key of ontology/messages.toml."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table's body. `index` is its number from 0; `cells` has for each of the `columns` the cell that covers
    it, or None; `span` is `start:end` in `Document.text` from the first to the last character of the cells that begin
    in it (`_row_span`), None where none does, as in a refused row or one that only cells merged with rows above cover.

    Of the row 1 | 改造管网 | 市水利局 | 市财政局, row.text("task") is '改造管网' and row.texts("departments") is
    ['市水利局', '市财政局'].
    """

    index: int
    columns: tuple[Column, ...]
    cells: tuple[TableCell | None, ...]
    span: Span | None

    def of(self, *roles: Role) -> list[tuple[Column, TableCell]]:
        """The row's filled cells in columns of these roles, with their columns, from left to right."""
        return [(c, cell) for c, cell in zip(self.columns, self.cells, strict=True) if c.role in roles and cell]

    def texts(self, *roles: Role) -> list[str]:
        """The texts of the row's filled cells in columns of these roles, without white space."""
        return [cell.flat for _, cell in self.of(*roles)]

    def text(self, *roles: Role) -> str | None:
        """The first text of `texts`; None where the row has no such cell."""
        return next(iter(self.texts(*roles)), None)

    @property
    def band(self) -> TableCell | None:
        """The row's first filled cell if it covers all columns, as the title of the rows below does (一、经济发展);
        else None, and so in every table of one column."""
        cell = next((cell for cell in self.cells if cell), None)
        return cell if cell and cell.column_span >= len(self.columns) > 1 else None


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A table with its body: `cells` are the filled cells below the header, each once, whose `column` is an index in
    `columns`. `start:end` is the whole table in `Document.text`, header included. `title` and `unit` are those of its
    `Caption`, None where there is none. `how` says what separates the cells in the file: "cells" (declared by html,
    docx and xlsx), "tabs", "pipes", "blanks", or "wrapped" (line breaks or nothing). `refused` are the rows that are
    left out."""

    start: int
    end: int
    title: str | None
    how: How
    columns: tuple[Column, ...]
    cells: tuple[TableCell, ...]
    unit: str | None = None
    refused: tuple[Refusal, ...] = ()

    @property
    def height(self) -> int:
        """The number of rows of the body, without the header, up to the last row that a cell begins in or spans;
        refused rows before that count, those after it do not. 0 for a table without cells."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    def rows(self) -> list[Row]:
        """The rows from top to bottom; a cell that spans several rows or columns is given in each of them."""
        own: list[list[TableCell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            own[cell.row].append(cell)
        return [
            Row(index, self.columns, tuple(cells), _row_span(own[index])) for index, cells in enumerate(self.grid())
        ]

    def grid(self) -> list[list[TableCell | None]]:
        """For each row the cell that covers each column, None where none does; a cell that spans several rows or
        columns is given in each of them. Where two cells cover one place, that which begins in the row counts, else the
        first."""
        grid: list[list[TableCell | None]] = [[None] * len(self.columns) for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row - cell.above, cell.row + cell.row_span):
                for column in range(cell.column, min(cell.column + cell.column_span, len(self.columns))):
                    if grid[row][column] is None or row == cell.row:
                        grid[row][column] = cell
        return grid


def _row_span(own: list[TableCell]) -> Span | None:
    """The span in `Document.text` from the first to the last character of `own`, the cells that begin in one row; None
    where they hold no text. Cells of several rows are left out where the row has others, because their text may be
    between words of another row."""
    narrow = [cell for cell in own if cell.row_span == 1 and not cell.above] or own
    places = [piece for cell in narrow for piece in cell.pieces]
    return (min(p[0] for p in places), max(p[1] for p in places)) if places else None


@dataclass(slots=True)
class RawRow:
    """The cells of a row from left to right, before the columns of its table are known; a cell that spans columns is
    given in each of them, as the same object. `broken` says that a page break, an empty line, a drawn line or a
    repeated header is above the row, or that it is of the right one of two tables side by side. `opens` says that the
    row stands between an empty line and a drawn line with pipes (|---|), as the header of a Markdown table does."""

    cells: list[TableCell]
    broken: bool = False
    opens: bool = False

    @property
    def filled(self) -> list[TableCell]:
        """The cells with text, from left to right, each once even where it spans columns."""
        return list({id(cell): cell for cell in self.cells if cell.text}.values())


def refusal(cells: Iterable[TableCell], reason: str) -> Refusal:
    """The refusal, for this reason, of the row that has these cells, from their first to their last character. Raises
    ValueError where none of them has text."""
    places = [piece for cell in cells for piece in cell.pieces]
    return Refusal(min(p[0] for p in places), max(p[1] for p in places), reason)


def from_tokens(row: int, column: int, words: Sequence[Token]) -> TableCell:
    """The cell of row `row` and column `column` with these words. Between two words a space is kept only where they are
    on one line of the file and one character apart in `Document.text`: 县医保局 县税务局; else they are joined."""
    text, last = "", -1
    for word in words:
        text += (" " if word.gap == Gap.SPACE and last == word.start - 1 else "") + word.text
        last = word.end
    return TableCell(row, column, text, tuple((word.start, word.end) for word in words))


def cell_at(document: Document, row: int, column: int, start: int, end: int) -> TableCell:
    """The cell of row `row` and column `column` with the text `Document.text[start:end]`, made one line by `inline`,
    and one piece, without white space at its ends; without text and pieces where that text is only white space."""
    text = document.text[start:end]
    first = start + len(text) - len(text.lstrip())
    last = start + len(text.rstrip())
    if first >= last:
        return TableCell(row, column, "", ())
    return TableCell(row, column, inline(document.text[first:last]), ((first, last),))


def inline(text: str) -> str:
    """The text on one line: its lines, without white space at their ends, are joined, with a space only between two
    ASCII letters; each other run of white space becomes one space. '参保\\n率 （%）' -> '参保率 （%）'."""
    lines = [SPACES.sub(" ", line.strip()) for line in text.splitlines()]
    return "".join(_join(lines)).strip()


def _join(lines: Iterable[str]) -> Iterable[str]:
    """The lines in order, empty ones too, with a space as an item of its own before each that begins with an ASCII
    letter where the nearest line before that is not empty ends with one."""
    before = ""
    for line in lines:
        if (
            before
            and line
            and before[-1].isascii()
            and line[0].isascii()
            and before[-1].isalpha()
            and line[0].isalpha()
        ):
            yield " "
        yield line
        before = line or before


def grouped(
    cells: Sequence[TableCell], columns: Sequence[Column], height: int, how: How, refused: Collection[int] = ()
) -> list[TableCell]:
    """The cells, with the labels in columns of groups ("dimension", "group") given the rows that they span (`row_span`
    and `above`). `height` is the number of rows of the body, `refused` the indices of those that were left out, `how`
    what separates the cells (`PlanTable.how`).

    A label spans the rows from its own to the next label, a band, a refused row, whose label is not known, or a row in
    which a column of groups further left has a label and this one has none. Where the first row of the table, or the
    first after a band, has no label, the labels are vertically centred in their groups, and a label spans only the rows
    that are its own in every division of the rows with each label in the middle of its group, its own row where there
    is no such division. A column "group" with a label in every row stays as it is, unless nothing separates the cells
    ("wrapped"). No `row_span` becomes smaller.
    """
    found = list(cells)
    for c, head in enumerate(columns):
        if head.role not in GROUP_ROLES:
            continue
        bands = {cell.row for cell in found if cell.column_span >= len(columns) > 1}
        places = {cell.row: n for n, cell in enumerate(found) if cell.column == c and cell.column_span < len(columns)}
        if not places or (head.role == "group" and how != "wrapped" and len(places) == height):
            continue
        bounds = sorted(bands | set(refused))
        spans = _spans(sorted(places), [0, *(b + 1 for b in bounds)], [*bounds, height], refused)
        outer = sorted(
            cell.row for cell in found
            if cell.column < c and columns[cell.column].role in GROUP_ROLES and cell.row not in places
        )  # fmt: skip
        for row, (first, end) in spans.items():
            label = found[places[row]]
            after = bisect_right(outer, row)
            end = min(end, outer[after]) if after < len(outer) else end
            found[places[row]] = replace(label, row_span=max(label.row_span, end - row), above=row - first)
    return found


def _spans(
    labels: Sequence[int], firsts: Sequence[int], ends: Sequence[int], refused: Collection[int]
) -> dict[int, tuple[int, int]]:
    """The rows that each label spans, as (first row, row after the last) by the index of the row that has the label.
    Bands and refused rows divide the table into sections, `firsts[n]:ends[n]` are the rows of section `n`. Where the
    first row of a section has a label, or the row above it was refused, a label reaches to the next one or to the end
    of the section; else as `centred` says. `labels` are the indices of the rows with a label, in order; `refused` those
    of the rows that were left out."""
    spans: dict[int, tuple[int, int]] = {}
    for first, end in zip(firsts, ends, strict=True):
        inside = labels[bisect_left(labels, first) : bisect_left(labels, end)]
        if not inside:
            continue
        if inside[0] == first or first - 1 in refused:
            spans |= {row: (row, after) for row, after in zip(inside, [*inside[1:], end], strict=True)}
        else:
            spans |= centred(inside, first, end)
    return spans


def centred(labels: Sequence[int], first: int, end: int) -> dict[int, tuple[int, int]]:
    """The rows that surely belong to each of the labels in the rows `labels`, where each stands in the middle of its
    group and the groups together are the rows `first:end`: as (first row, row after the last) by the row of the label.
    Labels in rows 1 and 4 of six -> {1: (0, 2), 4: (4, 6)}: rows 2 and 3 may be of either. A row belongs surely to a
    label where it does in every division of the rows (`_bounds`); where there is none, only the label's own row
    does."""
    bounds = _bounds(labels, first, end)
    return {row: (max(bounds[n]), min(bounds[n + 1])) if bounds[-1] else (row, row + 1) for n, row in enumerate(labels)}


def _bounds(labels: Sequence[int], first: int, end: int) -> list[set[int]]:
    """Where the groups can begin and end whose labels are in the rows `labels`, if the groups together are the rows
    `first:end` and each label is in the middle of its group, in a group of an even number of rows in one of its two
    middle rows: for each group the rows with which it begins in some division of the rows, and last `end` itself;
    labels 1 and 4 of `0:6` -> [{0}, {2, 3, 4}, {6}]. All are empty where there is no such division."""
    bounds = [{first}]
    for n, row in enumerate(labels):
        following = labels[n + 1] if n + 1 < len(labels) else end
        bounds.append({to for start in bounds[-1] for to in _ends(row, start) if row < to <= following})
    bounds[-1] &= {end}
    for n in reversed(range(len(labels))):
        bounds[n] = {start for start in bounds[n] if bounds[n + 1].intersection(_ends(labels[n], start))}
    return bounds


def _ends(row: int, start: int) -> range:
    """The rows before which a group can end that begins with the row `start` and has its label in the middle, in `row`:
    4 and 1 -> 7 (three rows on each side, the label's own counted once), and 8 and 9, of an even number of rows."""
    return range(2 * row - start, 2 * row - start + 3)


def merged_down(cells: Sequence[TableCell], columns: Sequence[Column], ends: Sequence[int]) -> list[TableCell]:
    """The cells, with those in columns of names and tasks spanning the rows below them, up to the next cell of their
    column: such a cell is taken for a merged one whose text stands in its first row. `ends` are sorted indices of rows
    that no span reaches beyond: those of refused rows, because another task may begin there, and last the number of
    rows."""
    found = list(cells)
    for c, head in enumerate(columns):
        if head.role not in ("task", "name"):
            continue
        places = sorted((cell.row, n) for n, cell in enumerate(found) if cell.column == c)
        for (row, n), following in zip(places, [*(row for row, _ in places[1:]), ends[-1]], strict=True):
            end = min(following, ends[bisect_right(ends, row)])
            found[n] = replace(found[n], row_span=end - row)
    return found


def spanned(rows: Sequence[Sequence[tuple[int, TableCell]]]) -> list[TableCell]:
    """The cells with text of a table's body, with their rows, columns and spans set. `rows` gives for each row its
    cells, each with the index of its column; a cell that is given in several places, as the same object, spans from the
    first of them to the last. The span of columns that a cell has already stays where it is larger."""
    found: list[TableCell] = []
    places: dict[int, int] = {}
    for r, row in enumerate(rows):
        for c, cell in row:
            if not cell.text:
                continue
            at = places.get(id(cell))
            if at is None:
                places[id(cell)] = len(found)
                found.append(replace(cell, row=r, column=c, row_span=1, column_span=max(1, cell.column_span)))
            else:
                known = found[at]
                height, width = max(known.row_span, r - known.row + 1), max(known.column_span, c - known.column + 1)
                found[at] = replace(known, row_span=height, column_span=width)
    return found
