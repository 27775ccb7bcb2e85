"""Word files (.docx): paragraphs with the numbers that Word prints, tables, text boxes and footnotes. Of tracked
changes the new text is read, as if all were accepted."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from extractors.readers.docx_numbering import ListCounter, integer
from extractors.readers.docx_styles import DISPLAY_FONT, Formatting, Styles, paragraph_look, run_look
from extractors.readers.limits import Limits
from extractors.readers.ooxml import Element, Package, attribute, child, local
from extractors.readers.writer import GridCell, Paragraph, Run, Writer
from ontology.model.errors import Refused
from ontology.model.source import Source

# deleted or moved away, the second way of drawing a text box, the instruction of a field, a note's own mark
DROPPED_ELEMENTS = frozenset(
    ("del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rt", "pPr", "rPr", "sdtPr")
)
BREAK_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
MAX_STYLED_HEADING_LENGTH = 60  # a whole paragraph in a heading's style is a slip of its author's


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
    frame."""

    runs: tuple[_WordRun, ...]
    level: int = 0
    title: bool = False
    box: bool = False


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
    """A .docx file -> Source with one line for each paragraph, including the number that Word prints (一、). Footnotes
    and endnotes come last. Raises Refused for a damaged file and for one beyond the limits."""
    package = Package(name, data, limits)
    path = package.main("word/document.xml")
    root = package.part(path)
    body = child(root, "body")
    if body is None:
        raise Refused(f"{name}: a Word file without a body; save it again in Word")
    related = package.relations(path)
    styles = Styles(package.part(related.get("styles")))
    reader = _Body(styles, ListCounter(package.part(related.get("numbering"))))
    pieces = list(reader.pieces(body))
    for kind in ("footnotes", "endnotes"):
        notes = package.part(related.get(kind))
        for note in notes if notes is not None else ():
            if attribute(note, "type") in (None, "normal"):
                pieces += reader.pieces(note)
    writer = Writer(name, limits)
    font = _body_font(pieces)
    for piece in pieces:
        if isinstance(piece, _WordTable):
            writer.grid([_grid_cell(cell, font) for cell in piece.cells])
        else:
            for paragraph in _paragraphs(piece, font):
                writer.paragraph(paragraph)
    return writer.source(data, "docx")


class _Body:
    """Reads the paragraphs and tables of a Word file in order, and counts its numbered lists on the way.

    `styles` are the styles of the file and `numbering` counts its lists. `boxes` collects the text boxes (elements
    w:txbxContent) found in the paragraph or table being read. `carried` has the runs of a paragraph whose end was
    deleted, which belong to the next paragraph.
    """

    def __init__(self, styles: Styles, numbering: ListCounter) -> None:
        self.styles = styles
        self.numbering = numbering
        self.boxes: list[Element] = []
        self.carried: list[_WordRun] = []

    def pieces(self, parent: Element) -> Iterator[_WordParagraph | _WordTable]:
        """The paragraphs and tables in the element `parent`, in order. A text box comes after the paragraph or table
        that it is anchored to. Left out are a table of contents and what a tracked change deletes or moves away."""
        for each in parent:
            kind = local(each)
            if kind == "p":
                yield from self._paragraph(each)
                yield from self._hanging()
            elif kind == "tbl":
                yield self._table(each)
                yield from self._hanging()
            elif kind not in DROPPED_ELEMENTS and not self._is_contents(each):
                yield from self.pieces(each)

    def _hanging(self) -> Iterator[_WordParagraph | _WordTable]:
        """The paragraphs, marked as standing in a box, and the tables of the text boxes in `boxes`, which is
        emptied."""
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            for piece in self.pieces(box):
                yield replace(piece, box=True) if isinstance(piece, _WordParagraph) else piece

    def _is_contents(self, each: Element) -> bool:
        """Whether the element is the content control that Word puts around a table of contents."""
        gallery = child(each, "sdtPr", "docPartObj", "docPartGallery")
        return attribute(gallery, "val") == "Table of Contents"

    def _paragraph(self, paragraph: Element) -> Iterator[_WordParagraph]:
        """The paragraph of a w:p element, with the runs in `carried` before its own and the number that Word prints
        first. Nothing where it is empty, is a line of a table of contents, or continues in the next paragraph because
        its end was deleted; its runs are then put into `carried`. One longer than MAX_STYLED_HEADING_LENGTH has no
        heading level."""
        properties = child(paragraph, "pPr")
        style = attribute(child(properties, "pStyle"), "val") or self.styles.default_paragraph
        look = paragraph_look(properties).over(self.styles.look(style))
        runs = [*self.carried, *self._runs(paragraph, look)]
        self.carried = []
        if child(properties, "rPr", "del") is not None:  # its end was deleted: it runs on into the next
            self.carried = runs
            return
        words = "".join(run.text for run in runs)
        number = self._number(style, look)  # an empty paragraph of a list counts too
        if self.styles.is_contents(style) or not words.strip():
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
        """The number that Word prints before a paragraph, which is counted: '第一章 '; '' where it is in no list.
        `style` is the id of the paragraph's style, `look` its formatting, which may name the list."""
        identity, depth = look.number
        tied = self.numbering.style_level(style)
        if identity is None and tied:
            identity = tied[0]
        if depth is None:
            depth = tied[1] if tied else 0
        return self.numbering.number(identity, depth) if identity not in (None, "0") else ""

    def _runs(self, parent: Element, look: Formatting) -> Iterator[_WordRun]:
        """The runs in an element, which may be inside links and tracked changes; text boxes in it are added to `boxes`.
        `look` is the formatting of the paragraph."""
        for each in parent:
            kind = local(each)
            if kind == "r":
                yield from self._run(each, look)
            elif kind == "txbxContent":
                self.boxes.append(each)
            elif kind not in DROPPED_ELEMENTS:
                yield from self._runs(each, look)

    def _run(self, run: Element, look: Formatting) -> Iterator[_WordRun]:
        """The run of a w:r element, in its own formatting over that of the paragraph (`look`); nothing where it is
        hidden or has no text. Text boxes in it are added to `boxes`."""
        properties = child(run, "rPr")
        style = self.styles.look(attribute(child(properties, "rStyle"), "val"))
        mine = run_look(properties).over(style).over(look).over(self.styles.default)
        if mine.hidden:
            return
        text = "".join(self._words(run))
        if text:
            yield _WordRun(text, bool(mine.bold), mine.font)

    def _words(self, run: Element) -> Iterator[str]:
        """The pieces of text in a run, with tabs and line breaks as characters, without what a tracked change deletes.
        Text boxes in it are added to `boxes`."""
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
        """The table of a w:tbl element. A cell that goes on with the one above it (a vertical merge) lengthens that
        cell; rows that a tracked change deletes are left out."""
        cells: list[_WordCell] = []
        above: dict[int, int] = {}  # column -> index of the cell that a merge from above goes on with
        rows = [row for row in _inside(table, "tr") if child(row, "trPr", "del") is None]
        for r, row in enumerate(rows):
            column = integer(attribute(child(row, "trPr", "gridBefore"), "val"))
            for each in _inside(row, "tc"):
                properties = child(each, "tcPr")
                span = max(1, min(integer(attribute(child(properties, "gridSpan"), "val"), 1), 100))
                merge = child(properties, "vMerge")
                lines = tuple(_flat(self.pieces(each)))
                if merge is not None and attribute(merge, "val") != "restart" and column in above:
                    first = cells[above[column]]
                    cells[above[column]] = replace(first, row_span=r - first.row + 1)
                else:
                    above[column] = len(cells)
                    cells.append(_WordCell(r, column, span, lines))
                column += span
        return _WordTable(tuple(cells))


def _drawn(side: Element | None) -> bool:
    """Whether a side of a paragraph's border is visible, by its w:left or w:right element; False for None. Web pages
    pasted into Word and files of WPS have sides of no style, width 0 or white."""
    if side is None or attribute(side, "val") in ("none", "nil"):
        return False
    return attribute(side, "sz") != "0" and (attribute(side, "color") or "").upper() != "FFFFFF"


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """The children of `parent` whose name without namespace is `name` ('tr' for the rows of a table, 'tc' for the cells
    of a row), including those inside a content control or inserted by a tracked change."""
    for each in parent:
        if local(each) == name:
            yield each
        elif local(each) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(each, name)


def _flat(pieces: Iterable[_WordParagraph | _WordTable]) -> Iterator[_WordParagraph]:
    """The paragraphs of a cell in order, including those in the cells of a table inside it."""
    for piece in pieces:
        if isinstance(piece, _WordTable):
            for cell in piece.cells:
                yield from cell.lines
        else:
            yield piece


def _body_font(pieces: Iterable[_WordParagraph | _WordTable]) -> str | None:
    """The font that most characters outside of tables are in: '仿宋_GB2312'. None where most are in runs that name no
    font, and where there is no text. Runs in a display font (黑体, 楷体) other than this one are read as bold."""
    counts: Counter[str | None] = Counter()
    for piece in pieces:
        for run in piece.runs if isinstance(piece, _WordParagraph) else ():
            counts[run.font] += len(run.text)
    return max(counts, key=lambda font: counts[font]) if counts else None


def _grid_cell(cell: _WordCell, font: str | None) -> GridCell:
    """The cell as a Writer takes it. `font` is the font of the running text, None where runs name none: runs in a
    display font (黑体) other than this one become bold."""
    paragraphs = tuple(paragraph for lines in cell.lines for paragraph in _paragraphs(lines, font))
    return GridCell(cell.row, cell.column, paragraphs, cell.row_span, cell.column_span)


def _paragraphs(paragraph: _WordParagraph, font: str | None) -> Iterator[Paragraph]:
    """The paragraph as one Paragraph for each of its lines, divided at its line breaks; each keeps its level and marks.
    Runs that are bold, or in a display font (黑体, 楷体) that is not `font`, the font of the running text, become
    bold."""
    runs: list[Run] = []
    for run in paragraph.runs:
        stands_out = run.bold or (run.font != font and run.font is not None and bool(DISPLAY_FONT.search(run.font)))
        for n, words in enumerate(run.text.split("\n")):
            if n:
                yield Paragraph(tuple(runs), paragraph.level, paragraph.title, paragraph.box)
                runs = []
            runs.append(Run(words, stands_out))
    yield Paragraph(tuple(runs), paragraph.level, paragraph.title, paragraph.box)
