"""Pages of placed characters and rules (PDF, OFD, OCR) -> paragraphs, tables and boxes."""

from collections.abc import Sequence

from extractors.readers.pdf_flow import Flow, blocks, flow, paragraph
from extractors.readers.pdf_grid import Ruled, contents, grids
from extractors.readers.pdf_lines import GlyphLine, in_columns, lines
from extractors.readers.pdf_margins import without_heads
from extractors.readers.pdf_notes import text_size, with_notes_apart
from extractors.readers.pdf_page import GlyphPage
from extractors.readers.pdf_tables import PageTable, goes_on, joined, page_table
from extractors.readers.scanned import doubt
from extractors.readers.writer import Writer

MIN_BORDER_SHARE = 0.85  # of the page's width and height: a frame as large is an ornament


def write_pages(pages: Sequence[GlyphPage], writer: Writer) -> None:
    """Writes the pages of a file into `writer`, without running heads and page numbers. Paragraphs and tables continue
    across page breaks."""
    running: list[list[GlyphLine]] = []
    ruled = [_ruled(page) for page in pages]
    for page, found in zip(pages, ruled, strict=True):
        glyphs = page.glyphs
        for one in found:
            _, glyphs = contents(one, glyphs)
        running.append(lines(glyphs, page.number))
    kept = without_heads([(page.height, found) for page, found in zip(pages, running, strict=True)])
    usual = text_size([line for lines_ in kept for line in lines_])
    items: list[GlyphLine | tuple[GlyphPage, Ruled]] = []
    for page, free, found in zip(pages, kept, ruled, strict=True):
        items += _in_order(page, with_notes_apart(free, page.height, usual), found)
    habits = flow([item for item in items if isinstance(item, GlyphLine)])
    _write_items(items, habits, writer)


def _ruled(page: GlyphPage) -> list[Ruled]:
    """The grids and frames that the rules of the page make. A single frame around nearly the whole page is an ornament
    and is left out."""
    found = grids(page.strokes)
    return [
        one
        for one in found
        if not (
            len(one.boxes) == 1
            and one.right - one.left > MIN_BORDER_SHARE * page.width
            and one.bottom - one.top > MIN_BORDER_SHARE * page.height
        )
    ]


def _in_order(page: GlyphPage, free: list[GlyphLine], found: list[Ruled]) -> list[GlyphLine | tuple[GlyphPage, Ruled]]:
    """The lines outside of tables (`free`) and the tables (`found`, each with its page) in reading order. Frames, and
    tables of a single column, are given as the lines inside them, whose layout region (kind 'box') becomes one of its
    own for each cell. On a page without tables, lines across two columns of text are divided."""
    if not found:
        return list(in_columns(free, page.number))
    placed: list[tuple[float, GlyphLine | tuple[GlyphPage, Ruled]]] = [(line.top, line) for line in free]
    for k, one in enumerate(found):
        if len(one.columns) > 2:
            placed.append((one.top, (page, one)))
            continue
        inside, _ = contents(one, page.glyphs)
        for n, box in enumerate(one.boxes):
            for line in lines(inside[box], page.number):
                line.region = (page.number, "box", k * 1000 + n)
                placed.append((one.top + (line.top - one.top) / 1000, line))
    return [item for _, item in sorted(placed, key=lambda pair: pair[0])]


def _write_items(items: Sequence[GlyphLine | tuple[GlyphPage, Ruled]], habits: Flow, writer: Writer) -> None:
    """Writes the lines and tables of all pages, in the order given, into `writer`. Neighbouring lines become
    paragraphs, and a table that continues on the next page is joined to its beginning. The tables of a scanned page get
    a doubt where their rules were not all found. `habits` is what the lines of the document have in common."""
    text: list[GlyphLine] = []
    table: PageTable | None = None
    for item in items:
        if isinstance(item, GlyphLine):
            if table:
                writer.grid(table.cells, table.doubt)
                table = None
            text.append(item)
            continue
        _write_text(text, habits, writer)
        text = []
        page, ruled = item
        following = page_table(ruled, page.glyphs, page.number, habits)
        if page.scanned:
            following.scanned = True
            following.doubt = doubt(ruled, page.glyphs, page.number)
        if table and following.doubt and table.page == page.number - 1:
            table.doubt = table.doubt or following.doubt  # its last row may go on in what is not read
        if table and goes_on(table, following):
            table = joined(table, following)
        else:
            if table:
                writer.grid(table.cells, table.doubt)
            table = following
    if table:
        writer.grid(table.cells, table.doubt)
    _write_text(text, habits, writer)


def _write_text(text: Sequence[GlyphLine], habits: Flow, writer: Writer) -> None:
    """Writes the lines into `writer` as paragraphs; `habits` is what the lines of the document have in common."""
    for block in blocks(text, habits):
        writer.paragraph(paragraph(block, habits))
