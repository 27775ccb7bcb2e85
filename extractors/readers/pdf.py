"""PDF files with a text layer: paragraphs, tables and boxes as the page shows them; scanned pages through OCR."""

import shutil
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.readers.limits import Limits
from extractors.readers.ocr import PROGRAM, recognised
from extractors.readers.pdf_flow import Flow, blocks, flow, paragraph
from extractors.readers.pdf_grid import Ruled, contents, grids
from extractors.readers.pdf_lines import Line, in_columns, lines
from extractors.readers.pdf_margins import without_heads
from extractors.readers.pdf_notes import text_size, with_notes_apart
from extractors.readers.pdf_page import Page, read_page
from extractors.readers.pdf_streams import check_streams
from extractors.readers.pdf_tables import PageTable, goes_on, joined, page_table
from extractors.readers.writer import Writer
from ontology.model.errors import Refused
from ontology.model.source import Source

REASONS = {
    raw.FPDF_ERR_PASSWORD: "protected by a password; save it without one",
    raw.FPDF_ERR_SECURITY: "encrypted in a way that cannot be read; save it without protection",
    raw.FPDF_ERR_FORMAT: "damaged or cut off; get the file again",
}
PAGE_BORDER = 0.85  # of the page's width and height: a frame as large is an ornament
GARBLED = 0.1  # the share of unmapped characters that makes a page doubtful


def read_pdf(name: str, data: bytes, limits: Limits) -> Source:
    """A PDF -> Source with the offset of each page; paragraphs are joined over lines and pages."""
    check_streams(name, data, limits)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        reason = REASONS.get(error.err_code, "damaged; get the file again")
        raise Refused(f"{name}: {reason}") from None
    try:
        pages, notes = _pages(name, document, limits)
    finally:
        document.close()
    writer = Writer(name, limits)
    _write(pages, writer)
    writer.reach(len(pages))
    return writer.source(data, "pdf", notes=notes)


def _pages(name: str, document: pdfium.PdfDocument, limits: Limits) -> tuple[list[Page], list[str]]:
    """The pages, and remarks on those that cannot be read."""
    count = len(document)
    if count > limits.pages:
        raise Refused(f"{name}: {count:,} pages, {limits.pages:,} are allowed; split the file or raise the limit")
    found: list[Page] = []
    silent: list[int] = []
    read_by_ocr: list[int] = []
    garbled: list[int] = []
    left = limits.characters
    for n in range(count):
        number = n + 1
        try:
            page = document[n]
            seen = read_page(page, number, left)
        except pdfium.PdfiumError:
            found.append(Page(number, 0, 0))
            silent.append(number)
            continue
        left -= seen.count
        if left < 0:
            raise Refused(f"{name}: more than {limits.characters:,} characters; split the file or raise the limit")
        unclear = seen.unmapped > GARBLED * (len(seen.glyphs) + seen.unmapped)
        scanned = None
        if limits.ocr and (unclear or not seen.glyphs):
            scanned = recognised(page, limits.seconds / 4)
        if scanned:
            seen.glyphs = scanned
        kept = read_by_ocr if scanned else silent if not seen.glyphs else garbled if unclear else []
        kept.append(number)
        page.close()
        found.append(seen)
    return found, list(_notes(silent, read_by_ocr, garbled, limits.ocr))


def _notes(silent: list[int], read_by_ocr: list[int], garbled: list[int], ocr: bool) -> Iterator[str]:
    if silent:
        way_out = " (scanned? --ocr reads them where Tesseract is installed)"
        if ocr:
            way_out = " (OCR needs Tesseract with chi_sim, and found none)" if not shutil.which(PROGRAM) else ""
        yield f"no text on {_numbers(silent)}{way_out}"
    if read_by_ocr:
        yield f"read by OCR: {_numbers(read_by_ocr)}"
    if garbled:
        yield f"characters that the file does not name are missing on {_numbers(garbled)}"


def _numbers(pages: Sequence[int]) -> str:
    """[1, 2, 3, 7] -> 'pages 1-3, 7'"""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    words = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return f"page{'s' if len(pages) > 1 else ''} {words}"


def _write(pages: Sequence[Page], writer: Writer) -> None:
    running: list[list[Line]] = []
    ruled = [_ruled(page) for page in pages]
    for page, found in zip(pages, ruled, strict=True):
        glyphs = page.glyphs
        for one in found:
            _, glyphs = contents(one, glyphs)
        running.append(lines(glyphs, page.number))
    kept = without_heads([(page.height, found) for page, found in zip(pages, running, strict=True)])
    usual = text_size([line for lines_ in kept for line in lines_])
    items: list[Line | tuple[Page, Ruled]] = []
    for page, free, found in zip(pages, kept, ruled, strict=True):
        items += _in_order(page, with_notes_apart(free, page.height, usual), found)
    habits = flow([item for item in items if isinstance(item, Line)])
    _write_items(items, habits, writer)


def _ruled(page: Page) -> list[Ruled]:
    """The grids and frames of the page, without an ornament around all of it."""
    found = grids(page.strokes)
    return [
        one
        for one in found
        if not (
            len(one.boxes) == 1
            and one.right - one.left > PAGE_BORDER * page.width
            and one.bottom - one.top > PAGE_BORDER * page.height
        )
    ]


def _in_order(page: Page, free: list[Line], found: list[Ruled]) -> list[Line | tuple[Page, Ruled]]:
    """The lines and tables of a page in reading order; the lines within frames stand for these."""
    if not found:
        return list(in_columns(free, page.number))
    placed: list[tuple[float, Line | tuple[Page, Ruled]]] = [(line.top, line) for line in free]
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


def _write_items(items: Sequence[Line | tuple[Page, Ruled]], habits: Flow, writer: Writer) -> None:
    text: list[Line] = []
    table: PageTable | None = None
    for item in items:
        if isinstance(item, Line):
            if table:
                writer.grid(table.cells)
                table = None
            text.append(item)
            continue
        _write_text(text, habits, writer)
        text = []
        page, ruled = item
        following = page_table(ruled, page.glyphs, page.number, habits)
        if table and goes_on(table, following):
            table = joined(table, following)
        else:
            if table:
                writer.grid(table.cells)
            table = following
    if table:
        writer.grid(table.cells)
    _write_text(text, habits, writer)


def _write_text(text: Sequence[Line], habits: Flow, writer: Writer) -> None:
    for block in blocks(text, habits):
        writer.paragraph(paragraph(block, habits))
