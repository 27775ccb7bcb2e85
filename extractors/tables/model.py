"""What a table is: columns with roles, rows of cells, and where each stands in the text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from extractors import expressions as re
from extractors.document import Document
from extractors.tables.columns import Column, Role
from extractors.tables.tokens import Gap, Token
from ontology.model.facts import squeeze

How = Literal["cells", "tabs", "pipes", "gaps", "wrapped"]
Span = tuple[int, int]
UNCERTAIN = "its lines may belong to the row above or below"
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table's body, or of a row before its header is known.

    `row` and `column` are its indices, from 0; a cell of the body covers `row_span` rows from `row` on, `above` rows
    before it, and `column_span` columns from `column` on. `above` is not 0 only for the label of a group whose text
    stands in the middle of its rows. `text` has the cell's lines joined; a space stays where the file has one inside a
    line (县医保局 县税务局). `pieces` are the spans of its words in `Document.text`, in reading order; none where the
    cell is empty.
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
    """A row, `start:end` in `Document.text`, that was left out because it is not known which cells it has; `reason`
    says why, as an English sentence that is a key of ontology/messages.toml."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table's body. `index` is its number from 0; `cells` has for each of the `columns` the cell that covers
    it, or None; `span` is `start:end` in `Document.text` from its first to its last character, None for a row that only
    cells merged with rows above cover.

    >>> row.text("task"), row.texts("departments")    # 1 | 改造管网 | 市水利局 | 市财政局
    ('改造管网', ['市水利局', '市财政局'])
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
        """The cell that covers all columns, the title of the rows below (一、经济发展); None where there is none."""
        cell = next((cell for cell in self.cells if cell), None)
        return cell if cell and cell.column_span >= len(self.columns) > 1 else None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its body: `cells` are the filled cells below the header, each once, whose `column` is an index in
    `columns`. `start:end` is the whole table in `Document.text`, header included. `title` and `unit` are those of its
    `Caption`, None where there is none. `how` says what separates the cells in the file: declared cells of html, docx
    and xlsx, tabs, pipes, gaps (of blanks), or nothing ("wrapped"). `refused` are the rows that are left out."""

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
        """The number of rows of the body, without the header; 0 for a table without cells."""
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
        columns is given in each of them. Where two cells cover one place, that which begins in the row counts."""
        grid: list[list[TableCell | None]] = [[None] * len(self.columns) for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row - cell.above, cell.row + cell.row_span):
                for column in range(cell.column, min(cell.column + cell.column_span, len(self.columns))):
                    if grid[row][column] is None or row == cell.row:
                        grid[row][column] = cell
        return grid

    def row_span(self, row: int) -> Span | None:
        """The span in `Document.text` of the cells that begin in the row of index `row`, from their first to their last
        character; None where none does. Cells of several rows are left out where the row has others. `rows` gives the
        spans of all rows at once."""
        return _row_span([cell for cell in self.cells if cell.row == row])


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
    given in each of them, as the same object. `broken` says that a page break, an empty line or a repeated header is
    above the row."""

    cells: list[TableCell]
    broken: bool = False

    @property
    def filled(self) -> list[TableCell]:
        """The cells with text, each once even where it spans columns."""
        return list({id(cell): cell for cell in self.cells if cell.text}.values())


def refusal(cells: Iterable[TableCell], reason: str) -> Refusal:
    """The refusal, for this reason, of the row that has these cells, from their first to their last character. Raises
    ValueError where none of them has text."""
    places = [piece for cell in cells for piece in cell.pieces]
    return Refusal(min(p[0] for p in places), max(p[1] for p in places), reason)


def from_tokens(row: int, column: int, words: Sequence[Token]) -> TableCell:
    """The cell of row `row` and column `column` with these words. Between two words a space is kept only where the file
    has exactly one there: 县医保局 县税务局; across a line break they are joined."""
    text, last = "", -1
    for word in words:
        text += (" " if word.gap == Gap.SPACE and last == word.start - 1 else "") + word.text
        last = word.end
    return TableCell(row, column, text, tuple((word.start, word.end) for word in words))


def cell_at(document: Document, row: int, column: int, start: int, end: int) -> TableCell:
    """The cell of row `row` and column `column` with the text `Document.text[start:end]`, made one line by `inline`;
    without pieces where that text is only white space."""
    text = document.text[start:end]
    first = start + len(text) - len(text.lstrip())
    last = start + len(text.rstrip())
    if first >= last:
        return TableCell(row, column, "", ())
    return TableCell(row, column, inline(document.text[first:last]), ((first, last),))


def inline(text: str) -> str:
    """The text on one line: lines are joined, with a space only between two Latin letters; other white space becomes
    one space. '参保\\n率 （%）' -> '参保率 （%）'."""
    lines = [SPACES.sub(" ", line.strip()) for line in text.splitlines()]
    return "".join(_join(lines)).strip()


def _join(lines: Iterable[str]) -> Iterable[str]:
    """The lines, and a space before each that begins with a Latin letter where the line before ended with one."""
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
