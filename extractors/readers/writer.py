"""Paragraphs and tables -> Source: what all readers of structured formats share.

A paragraph is one line, a row of a table one line with tabs between its cells, as in a txt file.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from extractors.readers.limits import Limits
from ontology.model.errors import Refused
from ontology.model.source import Cell, Mark, MarkKind, Source, SourceTable

# every kind of line break; \x1c-\x1e are ones to Python
LINE_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
# control characters, lone surrogates and non-characters, which no store takes
UNSTORABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f\ufeff\ud800-\udfff\ufffe\uffff]")
# "a sentence's punctuation" below: of running text, not of a label
SENTENCE_PUNCTUATION = re.compile(r"[，。；]")
WIDE_SPACES = "\u3000\u2003"  # as wide as a Chinese character; other white space is half as wide
MISSING_WORDS_BLANK = 6  # Chinese characters' width of white space before a paragraph whose first words are missing
MAX_ONE_BOX_LENGTH = 500  # characters of a text that may well be one box (专栏)
MAX_BOXED_SHARE = 0.8  # of a longer text: where more stands in boxes, the frame arranges the page
MIN_DATA_ROWS, MAX_HEAD_LENGTH = 3, 12  # of a table of data: rows below its head, characters of a column head
MIN_PROSE_LENGTH = 40  # characters of a paragraph that is no content of a cell of data


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a paragraph in one typeface, bold or not. `page` is the number of its page, from 1, None where the
    format has no pages."""

    text: str
    bold: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph by its runs, and what the file says of it.

    `level` is that of a heading, from 1, or 0; `title` says that it is the title of the document, `box` that it stands
    in a box (专栏), `gap` that its first words are missing from the file, `attachment` that it is a link to another
    file.
    """

    runs: tuple[Run, ...]
    level: int = 0
    title: bool = False
    box: bool = False
    gap: bool = False
    attachment: bool = False

    @property
    def text(self) -> str:
        """The text of all runs, joined."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table. `row` and `column` are the first that it covers, from 0; the spans say how many it covers. It
    may have no paragraphs."""

    row: int
    column: int
    paragraphs: tuple[Paragraph, ...]
    row_span: int = 1
    column_span: int = 1

    @property
    def text(self) -> str:
        """The paragraphs of the cell, each on one line (`clean`) and joined by spaces, without blank ones."""
        return " ".join(filter(None, (clean(paragraph.text) for paragraph in self.paragraphs)))

    @property
    def page(self) -> int | None:
        """The number of the page of the cell's first run, which may be blank; None for a cell without runs and for a
        file without pages."""
        return next((run.page for paragraph in self.paragraphs for run in paragraph.runs), None)


Grid = Sequence[GridCell]


def clean(text: str) -> str:
    r"""The text on one line, with a space for each group of line breaks, without characters that cannot be stored and
    without white space at its ends: '　一、总体\r\n要求 ' -> '一、总体 要求'."""
    return UNSTORABLE.sub("", LINE_BREAKS.sub(" ", text)).strip()


class Writer:
    """Collects the text of a file paragraph by paragraph, with its marks, tables and page breaks, and makes a Source of
    it. Its methods raise Refused where the text becomes longer than `limits.characters`; `name` is the file's name,
    `length` the number of characters written so far."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.length = 0
        self._parts: list[str] = []
        self._marks: list[Mark] = []
        self._tables: list[SourceTable] = []
        self._pages: list[int] = []

    def reach(self, page: int | None) -> None:
        """Notes that what is written next is on this page, counted from 1. Pages up to it that were not reached begin
        at the same offset; a page that was reached before, and None, change nothing."""
        if page is not None:
            self._pages += [self.length] * (page - len(self._pages))

    def paragraph(self, paragraph: Paragraph) -> None:
        """Writes a paragraph as one line, without white space at its ends (`_tidy`), with its marks: bold runs, and a
        heading (where its level is not 0), title, box, gap or attachment on all of it. It gets the mark 'gap' where its
        `gap` is set, and where it is prose after wide white space (`_is_gap`). The page of each run is reached before
        it. Nothing for a blank paragraph."""
        start = self.length
        gap = paragraph.gap or _is_gap(paragraph)
        for run in _tidy(paragraph.runs):
            self.reach(run.page)
            if run.bold:
                self._mark("bold", self.length, self.length + len(run.text))
            self._add(run.text)
        if self.length == start:
            return
        if paragraph.level:
            self._mark("heading", start, self.length, paragraph.level)
        properties: dict[MarkKind, bool] = {
            "title": paragraph.title,
            "box": paragraph.box,
            "gap": gap,
            "attachment": paragraph.attachment,
        }
        for kind, holds in properties.items():
            if holds:
                self._mark(kind, start, self.length)
        self._add("\n")

    def grid(self, grid: Grid, doubt: str | None = None) -> None:
        """Writes the cells of a table, of which there is at least one. Rows of one cell, as wide as the table or blank,
        at the top and bottom become lines, in no box, and the rows between them a table (`_split`), without marks.
        Where there are none between, or they hold prose (`_is_prose`), the table is a frame, and all cells become lines
        of a box. Where there is a `doubt`, a reason why the cells cannot be trusted, all of them are written as a table
        with that reason, from which no facts are read."""
        if doubt is not None:
            self._table(grid, doubt)
            return
        above, rows, below = _split(grid)
        framed = not rows or _is_prose(rows)
        for cell in above:
            self._cell_lines(cell, framed)
        if framed:
            for cell in sorted(rows, key=lambda cell: (cell.row, cell.column)):
                self._cell_lines(cell, True)
        else:
            self._table(rows)
        for cell in below:
            self._cell_lines(cell, framed)

    def source(self, data: bytes, kind: str, encoding: str | None = None, notes: Iterable[str] = ()) -> Source:
        """What was written, as a Source with the digest of `data`, the bytes of the file, and lines that are paragraphs
        (`wrapped` is False). `kind` is its format ('docx'), `encoding` that of a web page or other file of text, and
        `notes` are remarks for the user. Where boxes hold more than MAX_BOXED_SHARE (0.8) of a text longer than
        MAX_ONE_BOX_LENGTH (500 characters), nothing is marked as a box."""
        marks = self._marks
        boxed = sum(mark.end - mark.start for mark in marks if mark.kind == "box")
        if self.length > MAX_ONE_BOX_LENGTH and boxed > MAX_BOXED_SHARE * self.length:
            marks = [mark for mark in marks if mark.kind != "box"]
        return Source(
            self.name,
            sha256(data).hexdigest(),
            "".join(self._parts),
            kind,
            encoding,
            wrapped=False,
            pages=tuple(self._pages),
            tables=tuple(self._tables),
            marks=tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind))),
            notes=tuple(notes),
        )

    def _cell_lines(self, cell: GridCell, box: bool) -> None:
        """Writes the paragraphs of a cell as lines; `box` says whether they stand in a box, whatever they say
        themselves."""
        for paragraph in cell.paragraphs:
            self.paragraph(replace(paragraph, box=box))

    def _table(self, rows: Grid, doubt: str | None = None) -> None:
        """Writes the cells, of which there is at least one, as a table: a line for each row that has any, with tabs
        between them. Its rows are counted from the first of `rows`, row spans are cut to the last row, and tabs in a
        cell become spaces. `doubt` is the reason why the cells cannot be trusted, None where they can."""
        top, bottom = min(cell.row for cell in rows), max(cell.row for cell in rows) + 1
        start, cells, last = self.length, [], None
        for cell in sorted(rows, key=lambda cell: (cell.row, cell.column)):
            if last is not None:
                self._add("\t" if cell.row == last else "\n")
            last = cell.row
            text = cell.text.replace("\t", " ")
            self.reach(cell.page)
            at = self.length
            self._add(text)
            row_span = min(cell.row_span, bottom - cell.row)
            cells.append(Cell(cell.row - top, cell.column, at, at + len(text), row_span, cell.column_span))
        end = self.length
        self._add("\n")
        self._tables.append(SourceTable(start, end, tuple(cells), doubt))

    def _mark(self, kind: MarkKind, start: int, end: int, level: int = 0) -> None:
        """Adds a mark of this kind on `start:end`; `level` is that of a heading, 0 for other kinds. A bold mark that
        begins where the last mark ends, if that is bold too, as after a page break, lengthens it."""
        last = self._marks[-1] if self._marks else None
        if kind == "bold" and last and last.kind == "bold" and last.end == start:
            self._marks[-1] = replace(last, end=end)
        else:
            self._marks.append(Mark(kind, start, end, level))

    def _add(self, text: str) -> None:
        """Appends the text and counts it in `length`; raises Refused where that goes above `limits.characters`."""
        self._parts.append(text)
        self.length += len(text)
        if self.length > self.limits.characters:
            raise Refused(
                f"{self.name}: more than {self.limits.characters:,} characters of text; "
                "split the file or raise the limit"
            )


def _is_gap(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins with white space at least as wide as MISSING_WORDS_BLANK (6) Chinese characters, far
    more than an indent, before prose: MIN_PROSE_LENGTH (40) characters or more with a sentence's punctuation. Its first
    words are missing then. Of white space, WIDE_SPACES are as wide as a Chinese character, and all other is half as
    wide."""
    text = paragraph.text
    words = text.lstrip()
    blank = sum(2 if c in WIDE_SPACES else 1 for c in text[: len(text) - len(words)]) / 2
    return (
        blank >= MISSING_WORDS_BLANK
        and len(words) >= MIN_PROSE_LENGTH
        and SENTENCE_PUNCTUATION.search(words) is not None
    )


def _tidy(runs: Sequence[Run]) -> list[Run]:
    """The runs on one line: a space stands for each group of line breaks in a run, characters that cannot be stored and
    white space at the ends of the whole are left out. Neighbours on one page that are both bold or both not are joined,
    and so is white space with the run before it on its page. [] where nothing is left."""
    joined: list[Run] = []
    for run in runs:
        text = UNSTORABLE.sub("", LINE_BREAKS.sub(" ", run.text))
        if not joined:
            text = text.lstrip()
        if not text:
            continue
        last = joined[-1] if joined else None
        if last and last.page == run.page and (last.bold == run.bold or text.isspace()):
            joined[-1] = replace(last, text=last.text + text)
        else:
            joined.append(replace(run, text=text))
    while joined:
        last = joined.pop()
        if last.text.rstrip():
            return [*joined, replace(last, text=last.text.rstrip())]
    return []


def _split(grid: Grid) -> tuple[list[GridCell], list[GridCell], list[GridCell]]:
    """The cells of a table as (those above, those between, those below), where above and below are the rows at the top
    and bottom in which one cell begins, which is blank or as wide as the table. Where all rows do, they are all above.
    Rows are in order, and so are the cells of each as given; three empty lists without cells.

        | 专栏1 主要指标 |  -> above
        | 指标 | 2025年 |
        | 注：……    |  -> below
    """
    rows: dict[int, list[GridCell]] = {}
    for cell in grid:
        rows.setdefault(cell.row, []).append(cell)
    order = sorted(rows)
    width = max((cell.column + cell.column_span for cell in grid), default=0)

    def across(row: int) -> bool:
        return len(rows[row]) == 1 and (rows[row][0].column_span == width or not rows[row][0].text)

    first, stop = 0, len(order)
    while first < stop and across(order[first]):
        first += 1
    while stop > first and across(order[stop - 1]):
        stop -= 1

    def cells(chosen: Sequence[int]) -> list[GridCell]:
        return [cell for row in chosen for cell in rows[row]]

    return cells(order[:first]), cells(order[first:stop]), cells(order[stop:])


def _is_prose(rows: Grid) -> bool:
    """Whether the cells, of which there is at least one, hold running text, so that the table is a frame for columns of
    text and not data: a cell has two paragraphs of prose (`_runs_on`), and the table has no header over full rows
    (`_is_headed`)."""
    return not _is_headed(rows) and any(sum(map(_runs_on, cell.paragraphs)) >= 2 for cell in rows)


def _is_headed(rows: Grid) -> bool:
    """Whether the table holds data, however long the texts in its cells are: its first row has at least two cells, all
    with a label of 1 to MAX_HEAD_LENGTH (12) characters without a sentence's punctuation, ，。；(部门 | 职责); below it
    are at least MIN_DATA_ROWS (3) rows; and four in five of these have as many cells as the first, none of them
    blank."""
    lines: dict[int, list[GridCell]] = {}
    for cell in rows:
        lines.setdefault(cell.row, []).append(cell)
    head, *body = (lines[row] for row in sorted(lines))
    labels = [cell.text.strip() for cell in head]
    if len(labels) < 2 or len(body) < MIN_DATA_ROWS or not all(0 < len(label) <= MAX_HEAD_LENGTH for label in labels):
        return False
    if any(SENTENCE_PUNCTUATION.search(label) for label in labels):
        return False
    full = sum(len(line) == len(head) and all(cell.text.strip() for cell in line) for line in body)
    return full * 5 >= len(body) * 4


def _runs_on(paragraph: Paragraph) -> bool:
    """Whether the paragraph is prose: at least MIN_PROSE_LENGTH (40) characters with a sentence's punctuation."""
    return len(paragraph.text) >= MIN_PROSE_LENGTH and SENTENCE_PUNCTUATION.search(paragraph.text) is not None


def place(rows: Iterable[Sequence[tuple[int, int, tuple[Paragraph, ...]]]]) -> list[GridCell]:
    """The cells of a table in their rows and columns, placed as HTML does, from the top left. Each of `rows` has (row
    span, column span, paragraphs) for each of its cells.

    A cell goes to the first column after the one before it that no cell from above covers at that row. Spans are at
    least 1 (rowspan="0" too); row spans are cut to the end of the table, column spans to 100.
    """
    every = list(rows)
    grid: list[GridCell] = []
    covered: list[int] = []  # for each column, the first row that is free again
    for r, row in enumerate(every):
        column = 0
        for row_span, column_span, content in row:
            while column < len(covered) and covered[column] > r:
                column += 1
            row_span = max(1, min(row_span, len(every) - r))
            column_span = max(1, min(column_span, 100))
            grid.append(GridCell(r, column, content, row_span, column_span))
            covered.extend([0] * (column + column_span - len(covered)))
            for c in range(column, column + column_span):
                covered[c] = r + row_span
            column += column_span
    return grid
