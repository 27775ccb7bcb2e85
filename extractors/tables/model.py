"""A table: columns with their meaning, and a grid of cells with the places of their pieces."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.document import Document
from extractors.tables.columns import Column
from extractors.tables.tokens import Gap, Token
from ontology.model.facts import squeeze

How = Literal["cells", "tabs", "pipes", "ruled", "aligned", "wrapped"]
Span = tuple[int, int]
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class TableCell:
    """`pieces` are the places of its words in `Document.text`, in reading order; none where it is empty.

    A label that stands in the middle of its rows holds as many `above` it. `text` has its lines joined; a space
    stands where the file has one inside a line (县医保局 县税务局).
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
        return squeeze(self.text)


@dataclass(frozen=True, slots=True)
class Table:
    """`cells` are those of the body, by row and column; the heads are `columns`. `start:end` is the whole table in
    `Document.text`; `how` says how it was told apart."""

    start: int
    end: int
    title: str | None
    how: How
    columns: tuple[Column, ...]
    cells: tuple[TableCell, ...]

    @property
    def height(self) -> int:
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    def grid(self) -> list[list[TableCell | None]]:
        """Row by row the cell that holds each column; a cell that spans rows or columns stands in all of them."""
        grid: list[list[TableCell | None]] = [[None] * len(self.columns) for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row - cell.above, cell.row + cell.row_span):
                for column in range(cell.column, min(cell.column + cell.column_span, len(self.columns))):
                    if grid[row][column] is None or row == cell.row:
                        grid[row][column] = cell
        return grid

    def row_span(self, row: int) -> Span | None:
        """The stretch of `Document.text` from the row's first to its last character; the label of several rows is not
        counted in, for it may stand among the words of another row."""
        own = [cell for cell in self.cells if cell.row == row]
        narrow = [cell for cell in own if cell.row_span == 1 and not cell.above] or own
        places = [piece for cell in narrow for piece in cell.pieces]
        return (min(p[0] for p in places), max(p[1] for p in places)) if places else None


@dataclass(slots=True)
class RawRow:
    """The cells of a row as they stand, left to right; `broken` says that a page break, an empty line or a repeated
    head is above it."""

    cells: list[TableCell]
    broken: bool = False

    @property
    def filled(self) -> list[TableCell]:
        """The cells with words, each once even where it spans columns."""
        return list({id(cell): cell for cell in self.cells if cell.text}.values())


def from_tokens(row: int, column: int, words: Sequence[Token]) -> TableCell:
    """The cell of these words: a space is kept only where it stands inside a line."""
    text, behind = "", -1
    for word in words:
        text += (" " if word.gap == Gap.SPACE and behind == word.start - 1 else "") + word.text
        behind = word.end
    return TableCell(row, column, text, tuple((word.start, word.end) for word in words))


def cell(document: Document, row: int, column: int, start: int, end: int) -> TableCell:
    """The cell that is `Document.text[start:end]`; line breaks in it join, other white space is one space."""
    text = document.text[start:end]
    first = start + len(text) - len(text.lstrip())
    last = start + len(text.rstrip())
    if first >= last:
        return TableCell(row, column, "", ())
    return TableCell(row, column, inline(document.text[first:last]), ((first, last),))


def inline(text: str) -> str:
    """'参保\\n率  （%）' -> '参保率 （%）'"""
    lines = [SPACES.sub(" ", line.strip()) for line in text.splitlines()]
    return "".join(_join(lines)).strip()


def _join(lines: Iterable[str]) -> Iterable[str]:
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
