"""Word files (.docx): paragraphs with the numbers that Word prints, tables, text boxes and footnotes, without headers,
footers, comments and what is struck out. Of tracked changes the new text is read, as if all were accepted; but a
deleted cell (w:cellDel) stays in its row, with the text in it that is not deleted itself."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.readers.docx_numbering import ListCounter
from extractors.readers.docx_styles import DISPLAY_FONT, Formatting, Styles, paragraph_look, run_look
from extractors.readers.limits import Limits
from extractors.readers.ooxml import Element, Package, attribute, child, integer, local
from extractors.readers.struck import struck_note
from extractors.readers.writer import GridCell, Paragraph, Run, Writer
from extractors.vocabulary.chapters import CONTENTS_TITLE
from ontology.model.errors import Refused
from ontology.model.source import Source

# deleted or moved away, the second way of drawing a text box, the instruction of a field, a note's own mark
DROPPED_ELEMENTS = frozenset(
    ("del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rt", "pPr", "rPr", "sdtPr")
)
BREAK_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
MAX_STYLED_HEADING_LENGTH = 60  # characters: a whole paragraph in a heading's style is a slip of its author's


@dataclass(frozen=True, slots=True)
class _WordRun:
    """A run of a paragraph, which is text in one formatting: its words, whether they are bold, and the name of their
    font, None where the file names none."""

    text: str
    bold: bool
    font: str | None


@dataclass(frozen=True, slots=True)
class _WordParagraph:
    """A paragraph as Word has it; line breaks in the text of its runs divide it into several lines. `level` is that of
    a heading, from 1, or 0; `title` says that its style is that of a title, `box` that it stands in a text box or
    between a left and a right border, `contents` that it is in place of a line or more of a table of contents, whose
    words are left out."""

    runs: tuple[_WordRun, ...]
    level: int = 0
    title: bool = False
    box: bool = False
    contents: bool = False


@dataclass(frozen=True, slots=True)
class _WordTable:
    """A table by its cells, in the order of rows and, in each row, of columns."""

    cells: tuple["_WordCell", ...]


@dataclass(frozen=True, slots=True)
class _WordCell:
    """A cell of a table: the first row and column that it covers, from 0, how many it covers (the spans), and its
    paragraphs (`lines`)."""

    row: int
    column: int
    column_span: int
    lines: tuple[_WordParagraph, ...]
    row_span: int = 1


def read_docx(name: str, data: bytes, limits: Limits) -> Source:
    """A .docx file -> Source of the format 'docx' with a line for each paragraph, or for each part of one that its line
    breaks divide, unless it is blank, including the number that Word prints (一、), and the tables. Footnotes, then
    endnotes, come last, without the lines that separate them from the text. A note says what was struck out
    (`struck_note`). Raises Refused for a damaged file, one
    without a body, and one beyond the limits."""
    package = Package(name, data, limits)
    path = package.main("word/document.xml")
    root = package.part(path)
    body = child(root, "body")
    if body is None:
        raise Refused(f"{name}: a Word file without a body; save it again in Word")
    related = package.relations(path)
    styles = Styles(package.part(related.get("styles")))
    reader = _Body(styles, ListCounter(package.part(related.get("numbering"))))
    pieces = list(reader.within(body))
    for kind in ("footnotes", "endnotes"):
        notes = package.part(related.get(kind))
        for note in notes if notes is not None else ():
            if attribute(note, "type") in (None, "normal"):
                pieces += reader.within(note)
    writer = Writer(name, limits)
    font = _body_font(pieces)
    for piece in _without_contents_title(pieces):
        if isinstance(piece, _WordTable):
            writer.grid([_grid_cell(cell, font) for cell in piece.cells])
        else:
            for paragraph in _paragraphs(piece, font):
                writer.paragraph(paragraph)
    return writer.source(data, "docx", notes=struck_note(reader.struck))


class _Body:
    """Reads the paragraphs and tables of a Word file in order, and counts its numbered lists on the way.

    `styles` are the styles of the file and `numbering` counts its lists. `boxes` collects the text boxes (elements
    w:txbxContent) found in the paragraph being read, `struck` the runs that are struck out. `carried` has the runs of a
    paragraph whose end was deleted or moved away, which belong to the next paragraph of the same body, cell, note or
    box, unless a table is between."""

    def __init__(self, styles: Styles, numbering: ListCounter) -> None:
        self.styles = styles
        self.numbering = numbering
        self.boxes: list[Element] = []
        self.struck: list[str] = []
        self.carried: list[_WordRun] = []

    def within(self, holder: Element) -> Iterator[_WordParagraph | _WordTable]:
        """The paragraphs and tables (`pieces`) of a body, cell, note or text box. A last paragraph whose end was
        deleted is one of them (`_rest`), and no runs are carried into `holder` or out of it."""
        outside, self.carried = self.carried, []
        yield from self.pieces(holder)
        yield from self._rest()
        self.carried = outside

    def pieces(self, parent: Element) -> Iterator[_WordParagraph | _WordTable]:
        """The paragraphs and tables in the element `parent`, in order, also those in elements around them, and those in
        a table that is a frame around tables (`_is_frame`), whose paragraphs have `box` set. A text box
        comes after the paragraph that it is anchored to, in its cell where that is in a table. Left out are a table of
        contents in a content control (`_is_contents`) and what is in DROPPED_ELEMENTS, such as what a tracked change
        deletes or moves away."""
        for each in parent:
            kind = local(each)
            if kind == "p":
                yield from self._paragraph(each)
                yield from self._hanging()
            elif kind == "tbl":
                yield from self._rest()
                yield from self._framed(each) if _is_frame(each) else (self._table(each),)
            elif self._is_contents(each):
                yield _WordParagraph((), contents=True)
            elif kind not in DROPPED_ELEMENTS:
                yield from self.pieces(each)

    def _rest(self) -> Iterator[_WordParagraph]:
        """The runs in `carried`, which is emptied, as a paragraph without a number or level, because no paragraph
        follows that they could belong to; nothing where they are blank."""
        runs, self.carried = self.carried, []
        if any(run.text.strip() for run in runs):
            yield _WordParagraph(tuple(runs))

    def _framed(self, frame: Element) -> Iterator[_WordParagraph | _WordTable]:
        """The paragraphs, with `box` set, and the tables in the cells of a table, row by row."""
        for row in _rows(frame):
            for cell in _inside(row, "tc"):
                yield from self._boxed(cell)

    def _hanging(self) -> Iterator[_WordParagraph | _WordTable]:
        """What the text boxes in `boxes` contain: their paragraphs, with `box` set, and their tables. `boxes` is
        emptied."""
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            yield from self._boxed(box)

    def _boxed(self, holder: Element) -> Iterator[_WordParagraph | _WordTable]:
        """The paragraphs, with `box` set, and the tables of a text box or a cell of a frame (`within`)."""
        for piece in self.within(holder):
            yield replace(piece, box=True) if isinstance(piece, _WordParagraph) else piece

    def _is_contents(self, each: Element) -> bool:
        """Whether the element is the content control that Word puts around a table of contents."""
        gallery = child(each, "sdtPr", "docPartObj", "docPartGallery")
        return attribute(gallery, "val") == "Table of Contents"

    def _paragraph(self, paragraph: Element) -> Iterator[_WordParagraph]:
        """The paragraph of a w:p element: the number that Word prints, in the type of the first run, then the runs in
        `carried`, which is emptied, then its own runs. It stands in a box where both the left and the right border that
        it sets itself, not its style, are visible (`_drawn`). One longer than MAX_STYLED_HEADING_LENGTH (60 characters,
        the number not counted) has no heading level. Nothing is returned, but its list is counted, for a blank
        paragraph, and one without runs for a line of a table of contents. Where a tracked change deleted its end or
        moved it away, nothing is returned or counted, and all these runs wait in `carried` for the next paragraph."""
        properties = child(paragraph, "pPr")
        style = attribute(child(properties, "pStyle"), "val") or self.styles.default_paragraph
        look = paragraph_look(properties).over(self.styles.look(style))
        runs = [*self.carried, *self._runs(paragraph, look)]
        self.carried = []
        ended = child(properties, "rPr")
        if child(ended, "del") is not None or child(ended, "moveFrom") is not None:  # it continues in the next
            self.carried = runs
            return
        words = "".join(run.text for run in runs)
        number = self._number(style, look)  # an empty paragraph of a list counts too
        if not words.strip():
            return
        if self.styles.is_contents(style):
            yield _WordParagraph((), contents=True)
            return
        level = self.styles.level(style, look)
        if len(words) > MAX_STYLED_HEADING_LENGTH:
            level = 0
        if number:
            runs.insert(0, replace(runs[0], text=number))
        border = child(properties, "pBdr")
        framed = _drawn(child(border, "left")) and _drawn(child(border, "right"))
        yield _WordParagraph(tuple(runs), level, self.styles.is_title(style), framed)

    def _number(self, style: str | None, look: Formatting) -> str:
        """The number that Word prints before a paragraph, which is counted: '第一章 '; '' where it is in no list, which
        a list id of 0 says too. `style` is the id of the paragraph's style, `look` its formatting, which names the
        list: one that alone names the style numbers nothing. The depth is what `look` names, else that of the list's
        level that is tied to the style, else 0."""
        identity, depth = look.number
        if depth is None:
            depth = self.numbering.style_depth(identity, style)
        return self.numbering.number(identity, depth) if identity not in (None, "0") else ""

    def _runs(self, parent: Element, look: Formatting) -> Iterator[_WordRun]:
        """The runs in an element, in order, also those inside links and inserted text; what is in DROPPED_ELEMENTS is
        left out. Text boxes in it are added to `boxes`. `look` is the formatting of the paragraph."""
        for each in parent:
            kind = local(each)
            if kind == "r":
                yield from self._run(each, look)
            elif kind == "txbxContent":
                self.boxes.append(each)
            elif kind not in DROPPED_ELEMENTS:
                yield from self._runs(each, look)

    def _run(self, run: Element, look: Formatting) -> Iterator[_WordRun]:
        """The run of a w:r element, its own formatting going before that of its style, of the paragraph (`look`) and of
        the file; nothing where it is hidden, struck out (its text is added to `struck`) or has no text. Text boxes in
        it are added to `boxes`, unless it is hidden."""
        properties = child(run, "rPr")
        style = self.styles.look(attribute(child(properties, "rStyle"), "val"))
        mine = run_look(properties).over(style).over(look).over(self.styles.default)
        if mine.hidden:
            return
        text = "".join(self._words(run))
        if mine.struck:
            self.struck.append(text)
        elif text:
            yield _WordRun(text, bool(mine.bold), mine.font)

    def _words(self, run: Element) -> Iterator[str]:
        """The pieces of text in a run, with tabs, line breaks and the hyphen as characters (BREAK_CHARACTERS), without
        what is in DROPPED_ELEMENTS; optional hyphens and characters of symbol fonts (w:sym) are none. Text boxes in it
        are added to `boxes`."""
        for each in run:
            kind = local(each)
            if kind == "t":
                yield each.text or ""
            elif kind in BREAK_CHARACTERS:
                yield BREAK_CHARACTERS[kind]
            elif kind == "txbxContent":
                self.boxes.append(each)
            elif kind not in DROPPED_ELEMENTS:
                yield from self._words(each)

    def _table(self, table: Element) -> _WordTable:
        """The table of a w:tbl element. A cell that continues the one above it (a vertical merge) lengthens the last
        cell that began in its column, and its own text is dropped; where there is none, or a later cell of another
        column covers the place, it is a cell of its own. Rows that a tracked change deletes are left out, columns that
        a row skips at its start (gridBefore) have no cell, and a cell spans 1 to 100 columns, 1 where it states no
        number. A table in a cell becomes paragraphs of the cell."""
        cells: list[_WordCell] = []
        above: dict[int, int] = {}  # column -> index in `cells` of the cell that a merge there continues
        for r, row in enumerate(_rows(table)):
            column = integer(attribute(child(row, "trPr", "gridBefore"), "val"))
            for each in _inside(row, "tc"):
                properties = child(each, "tcPr")
                span = max(1, min(integer(attribute(child(properties, "gridSpan"), "val"), 1), 100))
                merge = child(properties, "vMerge")
                lines = tuple(_flat(self.within(each)))
                if merge is not None and attribute(merge, "val") != "restart" and column in above:
                    first = cells[above[column]]
                    cells[above[column]] = replace(first, row_span=r - first.row + 1)
                else:
                    for covered in range(column, column + span):
                        above.pop(covered, None)
                    above[column] = len(cells)
                    cells.append(_WordCell(r, column, span, lines))
                column += span
        return _WordTable(tuple(cells))


def _without_contents_title(pieces: Sequence[_WordParagraph | _WordTable]) -> Iterator[_WordParagraph | _WordTable]:
    """The paragraphs and tables in order, without the title of a table of contents (目录) whose lines were left out:
    the first heading of the text would be taken for its first line."""
    for n, piece in enumerate(pieces):
        following = pieces[n + 1] if n + 1 < len(pieces) else None
        left_out = isinstance(following, _WordParagraph) and following.contents
        words = "".join(run.text for run in piece.runs) if isinstance(piece, _WordParagraph) else ""
        if not (left_out and CONTENTS_TITLE.fullmatch(words)):
            yield piece


def _drawn(side: Element | None) -> bool:
    """Whether a side of a paragraph's border is visible, by its w:left or w:right element; False for None, and for a
    side of no style, width 0 or white, as in web pages pasted into Word and files of WPS."""
    if side is None or attribute(side, "val") in ("none", "nil"):
        return False
    return attribute(side, "sz") != "0" and (attribute(side, "color") or "").upper() != "FFFFFF"


def _rows(table: Element) -> list[Element]:
    """The rows of a w:tbl element that no tracked change deletes, in order."""
    return [row for row in _inside(table, "tr") if child(row, "trPr", "del") is None]


def _is_frame(table: Element) -> bool:
    """Whether a table is a frame around others: each of its rows has one cell, and a table in one of these has a row
    with several cells."""
    rows = [list(_inside(row, "tc")) for row in _rows(table)]
    inner = (other for row in rows for cell in row for other in _inside(cell, "tbl"))
    return all(len(row) < 2 for row in rows) and any(
        len(list(_inside(row, "tc"))) > 1 for other in inner for row in _rows(other)
    )


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """The children of `parent` whose name without namespace is `name` ('tr' for the rows of a table, 'tc' for the cells
    of a row), in order, also those in a content control or a custom element, or inserted or moved there by a tracked
    change; not those in other elements, such as of a table in a cell."""
    for each in parent:
        if local(each) == name:
            yield each
        elif local(each) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(each, name)


def _flat(pieces: Iterable[_WordParagraph | _WordTable]) -> Iterator[_WordParagraph]:
    """The paragraphs of a cell in order, with those of the cells of a table inside it in the table's place."""
    for piece in pieces:
        if isinstance(piece, _WordTable):
            for cell in piece.cells:
                yield from cell.lines
        else:
            yield piece


def _body_font(pieces: Iterable[_WordParagraph | _WordTable]) -> str | None:
    """The font that most characters outside of tables are in: '仿宋_GB2312'; of several the one that stands first. None
    where most are in runs that name no font, and where there is no text."""
    counts: Counter[str | None] = Counter()
    for piece in pieces:
        for run in piece.runs if isinstance(piece, _WordParagraph) else ():
            counts[run.font] += len(run.text)
    return max(counts, key=lambda font: counts[font]) if counts else None


def _grid_cell(cell: _WordCell, font: str | None) -> GridCell:
    """The cell as a Writer takes it: its paragraphs divided at their line breaks, with runs in bold that are bold or in
    a display font (DISPLAY_FONT) other than `font` (`_paragraphs`). `font` is the font of the running text, None where
    its runs name none."""
    paragraphs = tuple(paragraph for lines in cell.lines for paragraph in _paragraphs(lines, font))
    return GridCell(cell.row, cell.column, paragraphs, cell.row_span, cell.column_span)


def _paragraphs(paragraph: _WordParagraph, font: str | None) -> Iterator[Paragraph]:
    """The paragraph as one Paragraph for each of its lines, divided at its line breaks; each line has the level, title
    and box of the whole paragraph, and may be empty. Runs that are bold, or in a display font (DISPLAY_FONT) that is
    not `font`, the font of the running text, become bold; `font` is None where runs of the text name none."""
    runs: list[Run] = []
    for run in paragraph.runs:
        stands_out = run.bold or (run.font != font and run.font is not None and bool(DISPLAY_FONT.search(run.font)))
        for n, words in enumerate(run.text.split("\n")):
            if n:
                yield Paragraph(tuple(runs), paragraph.level, paragraph.title, paragraph.box)
                runs = []
            runs.append(Run(words, stands_out))
    yield Paragraph(tuple(runs), paragraph.level, paragraph.title, paragraph.box)
