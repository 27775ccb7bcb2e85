"""PDF files with a text layer: paragraphs, tables and boxes as the page shows them; scanned pages through OCR."""

import logging
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.readers import ocr_ppocr, ocr_tesseract
from extractors.readers.limits import Limits
from extractors.readers.pages import write_pages
from extractors.readers.pdf_page import GlyphPage, read_page
from extractors.readers.pdf_streams import check_streams
from extractors.readers.pdf_struck import without_struck
from extractors.readers.struck import struck_note
from extractors.readers.writer import Writer
from ontology.model.errors import Refused
from ontology.model.source import Source

LOGGER = logging.getLogger(__name__)
PDFIUM_REASONS = {
    raw.FPDF_ERR_PASSWORD: "protected by a password; save it without one",
    raw.FPDF_ERR_SECURITY: "encrypted in a way that cannot be read; save it without protection",
    raw.FPDF_ERR_FORMAT: "damaged or cut off; get the file again",
}
MAX_UNMAPPED_SHARE = 0.1  # of the characters of a page: where more have no Unicode value, the text is doubtful


def read_pdf(name: str, data: bytes, limits: Limits) -> Source:
    """A PDF -> Source of the format 'pdf' with the offset of each page; paragraphs are joined over lines and pages.
    Pages without text, and those on which too many characters have no Unicode value, are read by OCR where `limits.ocr`
    allows it; `ocr_pages` has the numbers of the pages on which OCR found characters. What is struck out is left out
    (`without_struck`). The `notes` name the pages that stay without text, those read by OCR, those with missing
    characters and what was struck out.

    Raises Refused for a damaged or encrypted file, and for one beyond the limits.
    """
    check_streams(name, data, limits)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        reason = PDFIUM_REASONS.get(error.err_code, "damaged; get the file again")
        raise Refused(f"{name}: {reason}") from None
    try:
        pages, numbers = _pages(name, document, limits)
    finally:
        document.close()
    writer = Writer(name, limits)
    write_pages(pages, writer)
    writer.reach(len(pages))
    source = writer.source(data, "pdf", notes=_notes(numbers, limits.ocr))
    return replace(source, ocr_pages=tuple(numbers.by_ocr))


@dataclass(slots=True)
class _PageNumbers:
    """The numbers, from 1, of the pages without text (`silent`), of those read by OCR, and of those with many
    characters that the file does not name (`garbled`); and the words that are `struck` out on all pages."""

    silent: list[int] = field(default_factory=list)
    by_ocr: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)


def _pages(name: str, document: pdfium.PdfDocument, limits: Limits) -> tuple[list[GlyphPage], _PageNumbers]:
    """The pages of the document, and the numbers of the pages that are not plain text. Pages without characters, and
    pages on which more than MAX_UNMAPPED_SHARE (a tenth) of the characters have no Unicode value, are read by OCR where
    `limits.ocr` allows it. Each of these pages is in one list: `by_ocr` where OCR found characters, else `silent` where
    it has no characters, else `garbled`. A damaged page is returned empty and is in `silent`.

    Raises Refused, with `name` as the file's name, where there are more pages, or more characters on all of them, than
    the limits allow.
    """
    count = len(document)
    if count > limits.pages:
        raise Refused(f"{name}: {count:,} pages, {limits.pages:,} are allowed; split the file or raise the limit")
    pages: list[GlyphPage] = []
    numbers = _PageNumbers()
    remaining = limits.characters
    for number in range(1, count + 1):
        try:
            pdf_page = document[number - 1]
            page = read_page(pdf_page, number, remaining)
        except pdfium.PdfiumError:
            pages.append(GlyphPage(number, 0, 0))
            numbers.silent.append(number)
            continue
        remaining -= page.count
        if remaining < 0:
            raise Refused(f"{name}: more than {limits.characters:,} characters; split the file or raise the limit")
        garbled = page.unmapped > MAX_UNMAPPED_SHARE * (len(page.glyphs) + page.unmapped)
        if limits.ocr and (garbled or not page.glyphs):
            LOGGER.info("page %d of %d by OCR", number, count)
            _recognise(pdf_page, page, limits)
        if page.scanned:
            numbers.by_ocr.append(number)
        elif not page.glyphs:
            numbers.silent.append(number)
        elif garbled:
            numbers.garbled.append(number)
        if not page.scanned:
            numbers.struck += without_struck(page)
        pdf_page.close()
        pages.append(page)
    return pages, numbers


def _recognise(pdf_page: pdfium.PdfPage, page: GlyphPage, limits: Limits) -> None:
    """Reads the page by OCR and, where any character is found, puts what is found into `page` in place of what the file
    says. The models of the extra `ocr` are used where they are installed, and find rules too; else Tesseract, for at
    most a quarter of `limits.seconds`, and the rules stay."""
    strokes = page.strokes
    if ocr_ppocr.is_installed():
        glyphs, strokes = ocr_ppocr.recognised(pdf_page)
    else:
        glyphs = ocr_tesseract.recognised(pdf_page, limits.seconds / 4) or []
    if glyphs:
        page.glyphs, page.strokes, page.scanned = glyphs, strokes, True


def _notes(numbers: _PageNumbers, ocr: bool) -> Iterator[str]:
    """Remarks for the user, one for each list of `numbers` that has any, in the order silent, by_ocr, garbled, struck:
    'read by OCR: pages 1-3'. The remark on silent pages also says what to do: to build with OCR where `ocr` is false
    (OCR was not allowed), else to install an OCR where none is installed, else nothing."""
    if numbers.silent:
        way_out = " (scanned? build with --ocr)"
        if ocr:
            installed = ocr_ppocr.is_installed() or shutil.which(ocr_tesseract.TESSERACT)
            way_out = "" if installed else " (OCR needs pip install 'plan-kg[ocr]', or Tesseract with chi_sim)"
        yield f"no text on {_numbers(numbers.silent)}{way_out}"
    if numbers.by_ocr:
        yield f"read by OCR: {_numbers(numbers.by_ocr)}"
    if numbers.garbled:
        yield f"characters that the file does not name are missing on {_numbers(numbers.garbled)}"
    yield from struck_note(numbers.struck)


def _numbers(pages: Sequence[int]) -> str:
    """The numbers of pages, in order and at least one, for a message: [1, 2, 3, 7] -> 'pages 1-3, 7'; [4] -> 'page
    4'."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    words = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return f"page{'s' if len(pages) > 1 else ''} {words}"
