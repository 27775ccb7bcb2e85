"""Pages of placed characters and rules (PDF, OFD, OCR) -> paragraphs, tables and boxes."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from extractors.readers.pdf_blanks import BlankTable, with_blank_tables
from extractors.readers.pdf_flow import Flow, blocks, flow, paragraph
from extractors.readers.pdf_grid import Ruled, contents, grids
from extractors.readers.pdf_lines import GlyphLine, in_columns, in_order, lines
from extractors.readers.pdf_margins import without_heads
from extractors.readers.pdf_notes import text_size, with_notes_apart
from extractors.readers.pdf_page import Glyph, GlyphPage
from extractors.readers.pdf_tables import PageTable, continues, joined, page_table
from extractors.readers.scanned import doubt
from extractors.readers.writer import Writer

Item = GlyphLine | BlankTable | tuple[GlyphPage, Ruled]  # a line, or a table without or with rules
MIN_BORDER_SHARE = 0.85  # of the page's width and height: a frame that is larger is an ornament


def write_pages(pages: Sequence[GlyphPage], writer: Writer) -> None:
    """Writes the pages of a file into `writer`, in order, without running heads and page numbers. Paragraphs and tables
    continue across page breaks; footnotes come after the paragraph before them, also where that ends on the next page.
    Raises Refused where the text becomes too long."""
    grids_of = [_grids(page) for page in pages]
    outside = [lines(_outside(page, areas), page.number) for page, areas in zip(pages, grids_of, strict=True)]
    body = without_heads([(page.height, page_lines) for page, page_lines in zip(pages, outside, strict=True)])
    gutters: list[float | None] = []
    for n, page in enumerate(pages):
        body[n], gutter = in_columns(body[n], page.number, gutters[-1] if gutters else None)
        gutters.append(gutter)
    usual = text_size([line for page_lines in body for line in page_lines])
    items: list[Item] = []
    for page, page_lines, areas, gutter in zip(pages, body, grids_of, gutters, strict=True):
        items += _items(page, in_order(with_notes_apart(page_lines, page.height, usual), areas, gutter), areas)
    habits = flow(list(_flowing(items)))
    _write_items(items, habits, writer)


def _flowing(items: Sequence[Item]) -> Iterator[GlyphLine]:
    """The lines outside of tables with rules, in order: those in tables without rules show the margins too."""
    for item in items:
        if isinstance(item, GlyphLine):
            yield item
        elif isinstance(item, BlankTable):
            yield from item.lines


def _outside(page: GlyphPage, areas: Sequence[Ruled]) -> Sequence[Glyph]:
    """The glyphs of the page that are in none of the areas, its grids and frames."""
    glyphs: Sequence[Glyph] = page.glyphs
    for ruled in areas:
        _, glyphs = contents(ruled, glyphs)
    return glyphs


def _grids(page: GlyphPage) -> list[Ruled]:
    """The grids and frames that the rules of the page make, from top to bottom. A single frame that is wider and higher
    than MIN_BORDER_SHARE (0.85) of the page is an ornament and is left out."""
    return [
        ruled
        for ruled in grids(page.strokes)
        if not (
            len(ruled.boxes) == 1
            and ruled.right - ruled.left > MIN_BORDER_SHARE * page.width
            and ruled.bottom - ruled.top > MIN_BORDER_SHARE * page.height
        )
    ]


def _items(page: GlyphPage, order: Sequence[GlyphLine | Ruled], areas: list[Ruled]) -> list[Item]:
    """The lines outside of tables and frames, and the tables, those with rules each with its page, as they are in
    `order`; some of the lines are tables without rules (`with_blank_tables`). In place of a
    frame, or of a table of a single column, stand the lines in its cells, by their heights; the layout region of each
    of these lines is that of its cell, of kind 'box'. `areas` are the grids and frames of the page."""
    items: list[Item] = []
    for _, group in groupby(order, key=lambda item: isinstance(item, GlyphLine)):
        neighbours = list(group)
        items += with_blank_tables([item for item in neighbours if isinstance(item, GlyphLine)])
        for item in neighbours:
            if isinstance(item, Ruled) and len(item.columns) > 2:
                items.append((page, item))
            elif isinstance(item, Ruled):
                items += _framed(page, item, areas.index(item))
    return items


def _framed(page: GlyphPage, ruled: Ruled, number: int) -> list[GlyphLine]:
    """The lines in the cells of a frame, or of a table of a single column, by their heights, each in the layout region
    of its cell, of kind 'box'; `number` is that of the frame on the page, from 0."""
    inside, _ = contents(ruled, page.glyphs)
    framed = []
    for n, box in enumerate(ruled.boxes):
        for line in lines(inside[box], page.number):
            line.region = (page.number, "box", number * 1000 + n)
            framed.append(line)
    return sorted(framed, key=lambda line: line.top)


def _write_items(items: Sequence[Item], habits: Flow, writer: Writer) -> None:
    """Writes the lines and tables of all pages, in the order given, into `writer`. Neighbouring lines become
    paragraphs, and a table that directly follows the one that it continues is joined to it; footnotes between the two
    come after both. Where the cells of a table on the next page cannot be trusted (`PageTable.doubt`), neither can
    those of a table that it directly follows, whose last row may continue there: it gets the same doubt, unless it has
    one of its own. `habits` is what the lines of the document have in common."""
    text: list[GlyphLine] = []
    table: PageTable | BlankTable | None = None
    for item in items:
        if isinstance(item, GlyphLine):
            if item.region[1] != "note":
                _write_table(table, writer)
                table = None
            text.append(item)
            continue
        following = item if isinstance(item, BlankTable) else _page_table(*item, habits)
        whole = _whole(table, following)
        if whole is None:
            _write_table(table, writer)
            _write_text(text, habits, writer)
            text = []
        table = whole or following
    _write_table(table, writer)
    _write_text(text, habits, writer)


def _whole(table: PageTable | BlankTable | None, following: PageTable | BlankTable) -> PageTable | BlankTable | None:
    """The table with what follows it on the next page, where that continues it; None where it does not. A table that
    does not continue where what follows cannot be trusted gets that doubt in place."""
    if isinstance(table, BlankTable) and isinstance(following, BlankTable):
        return table.continued(following)
    if not isinstance(table, PageTable) or not isinstance(following, PageTable):
        return None
    if following.doubt and table.page == following.page - 1:
        table.doubt = table.doubt or following.doubt  # its last row may continue in what is not read
    return joined(table, following) if continues(table, following) else None


def _page_table(page: GlyphPage, ruled: Ruled, habits: Flow) -> PageTable:
    """The table that the grid `ruled` makes of the glyphs of the page (`page_table`); on a scanned page marked as
    `scanned`, and with the reason why its cells cannot be trusted, if there is one, as its `doubt`. `habits` is what
    the lines of the document have in common."""
    table = page_table(ruled, page.glyphs, page.number, habits)
    if page.scanned:
        table.scanned = True
        table.doubt = doubt(ruled, page.glyphs, page.number)
    return table


def _write_table(table: PageTable | BlankTable | None, writer: Writer) -> None:
    """Writes the table, if there is one, into `writer`."""
    if table:
        writer.grid(table.cells, table.doubt)


def _write_text(text: Sequence[GlyphLine], habits: Flow, writer: Writer) -> None:
    """Writes the lines into `writer` as paragraphs (`pdf_flow.blocks`); nothing without lines. `habits` is what the
    lines of the document have in common."""
    for block in blocks(text, habits):
        writer.paragraph(paragraph(block, habits))
