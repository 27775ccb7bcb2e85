"""Word files: paragraphs with their printed numbers, tables, text boxes and footnotes; of tracked changes the new
text."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from extractors.readers.docx_numbering import ListCounter, integer
from extractors.readers.docx_styles import DISPLAY, Formatting, Styles, paragraph_look, run_look
from extractors.readers.limits import Limits
from extractors.readers.ooxml import Element, Package, attribute, child, local
from extractors.readers.writer import GridCell, Paragraph, Run, Writer
from ontology.model.errors import Refused
from ontology.model.source import Source

# deleted or moved away, the second way of drawing a text box, the instruction of a field, a note's own mark
DROPPED = frozenset(
    ("del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rt", "pPr", "rPr", "sdtPr")
)
BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
LONGEST_HEADING = 60  # a whole paragraph in a heading's style is a slip of its author's


@dataclass(frozen=True, slots=True)
class _Set:
    """A run of a paragraph: its words, whether they are bold, and their font."""

    text: str
    bold: bool
    font: str | None


@dataclass(frozen=True, slots=True)
class _Lines:
    """A paragraph as Word has it; line breaks inside its runs divide it into several lines."""

    runs: tuple[_Set, ...]
    level: int = 0
    title: bool = False
    box: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    cells: tuple["_Cell", ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    row: int
    column: int
    column_span: int
    lines: tuple[_Lines, ...]
    row_span: int = 1


def read_docx(name: str, data: bytes, limits: Limits) -> Source:
    """A .docx file -> Source with one line for each paragraph, including the number that Word prints (一、); raises
    Refused for a damaged file."""
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
        if isinstance(piece, _Table):
            writer.grid([_grid_cell(cell, font) for cell in piece.cells])
        else:
            for paragraph in _paragraphs(piece, font):
                writer.paragraph(paragraph)
    return writer.source(data, "docx")


class _Body:
    """Reads the blocks of a document in order and counts its numbered lists."""

    def __init__(self, styles: Styles, numbering: ListCounter) -> None:
        self.styles = styles
        self.numbering = numbering
        self.boxes: list[Element] = []
        self.carried: list[_Set] = []

    def pieces(self, parent: Element) -> Iterator[_Lines | _Table]:
        """The paragraphs and tables in `parent` in order; a text box comes after the paragraph that it is anchored
        to."""
        for each in parent:
            kind = local(each)
            if kind == "p":
                yield from self._paragraph(each)
                yield from self._hanging()
            elif kind == "tbl":
                yield self._table(each)
                yield from self._hanging()
            elif kind not in DROPPED and not self._is_contents(each):
                yield from self.pieces(each)

    def _hanging(self) -> Iterator[_Lines | _Table]:
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            for piece in self.pieces(box):
                yield replace(piece, box=True) if isinstance(piece, _Lines) else piece

    def _is_contents(self, each: Element) -> bool:
        """Whether the element is the frame that Word puts around a table of contents."""
        gallery = child(each, "sdtPr", "docPartObj", "docPartGallery")
        return attribute(gallery, "val") == "Table of Contents"

    def _paragraph(self, paragraph: Element) -> Iterator[_Lines]:
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
        if len(words) > LONGEST_HEADING:
            level = 0
        if number:
            runs.insert(0, replace(runs[0], text=number))
        border = child(properties, "pBdr")
        framed = _drawn(child(border, "left")) and _drawn(child(border, "right"))
        yield _Lines(tuple(runs), level, self.styles.is_title(style), framed)

    def _number(self, style: str | None, look: Formatting) -> str:
        identity, depth = look.number
        tied = self.numbering.style_level(style)
        if identity is None and tied:
            identity = tied[0]
        if depth is None:
            depth = tied[1] if tied else 0
        return self.numbering.number(identity, depth) if identity not in (None, "0") else ""

    def _runs(self, parent: Element, look: Formatting) -> Iterator[_Set]:
        for each in parent:
            kind = local(each)
            if kind == "r":
                yield from self._run(each, look)
            elif kind == "txbxContent":
                self.boxes.append(each)
            elif kind not in DROPPED:
                yield from self._runs(each, look)

    def _run(self, run: Element, look: Formatting) -> Iterator[_Set]:
        properties = child(run, "rPr")
        style = self.styles.look(attribute(child(properties, "rStyle"), "val"))
        mine = run_look(properties).over(style).over(look).over(self.styles.default)
        if mine.hidden:
            return
        text = "".join(self._words(run))
        if text:
            yield _Set(text, bool(mine.bold), mine.font)

    def _words(self, run: Element) -> Iterator[str]:
        for each in run:
            kind = local(each)
            if kind == "t":
                yield each.text or ""
            elif kind in BREAKS:
                yield BREAKS[kind]
            elif kind == "txbxContent":
                self.boxes.append(each)
            elif kind not in DROPPED:
                yield from self._words(each)

    def _table(self, table: Element) -> _Table:
        cells: list[_Cell] = []
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
                    cells.append(_Cell(r, column, span, lines))
                column += span
        return _Table(tuple(cells))


def _drawn(side: Element | None) -> bool:
    """Whether the side of a border is visible: web pages pasted into Word and files of WPS have sides that are not."""
    if side is None or attribute(side, "val") in ("none", "nil"):
        return False
    return attribute(side, "sz") != "0" and (attribute(side, "color") or "").upper() != "FFFFFF"


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table, or the cells of a row, including those inside a content control or a tracked change."""
    for each in parent:
        if local(each) == name:
            yield each
        elif local(each) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(each, name)


def _flat(pieces: Iterable[_Lines | _Table]) -> Iterator[_Lines]:
    """The paragraphs of a cell in order, including those in the cells of a table inside it."""
    for piece in pieces:
        if isinstance(piece, _Table):
            for cell in piece.cells:
                yield from cell.lines
        else:
            yield piece


def _body_font(pieces: Iterable[_Lines | _Table]) -> str | None:
    """The name of the font that most characters outside of tables are in; None where most are in runs that name no
    font, and where there is no text. Runs in a display font other than this one are read as bold."""
    counts: Counter[str | None] = Counter()
    for piece in pieces:
        for run in piece.runs if isinstance(piece, _Lines) else ():
            counts[run.font] += len(run.text)
    return max(counts, key=lambda font: counts[font]) if counts else None


def _grid_cell(cell: _Cell, font: str | None) -> GridCell:
    paragraphs = tuple(paragraph for lines in cell.lines for paragraph in _paragraphs(lines, font))
    return GridCell(cell.row, cell.column, paragraphs, cell.row_span, cell.column_span)


def _paragraphs(lines: _Lines, font: str | None) -> Iterator[Paragraph]:
    """The lines of a paragraph, divided at its line breaks. Runs that are bold, or in a display font other than
    `font`, the text's own, are marked as bold."""
    runs: list[Run] = []
    for run in lines.runs:
        stands_out = run.bold or (run.font != font and run.font is not None and bool(DISPLAY.search(run.font)))
        for n, words in enumerate(run.text.split("\n")):
            if n:
                yield Paragraph(tuple(runs), lines.level, lines.title, lines.box)
                runs = []
            runs.append(Run(words, stands_out))
    yield Paragraph(tuple(runs), lines.level, lines.title, lines.box)
