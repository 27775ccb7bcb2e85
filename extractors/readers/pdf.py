"""PDF files with a text layer: paragraphs, tables and boxes as the page shows them; scanned pages through OCR."""

import logging
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.readers import ocr_ppocr
from extractors.readers.limits import Limits
from extractors.readers.ocr_tesseract import TESSERACT, recognised
from extractors.readers.pages import write_pages
from extractors.readers.pdf_page import GlyphPage, read_page
from extractors.readers.pdf_streams import check_streams
from extractors.readers.writer import Writer
from ontology.model.errors import Refused
from ontology.model.source import Source

LOGGER = logging.getLogger(__name__)
PDFIUM_REASONS = {
    raw.FPDF_ERR_PASSWORD: "protected by a password; save it without one",
    raw.FPDF_ERR_SECURITY: "encrypted in a way that cannot be read; save it without protection",
    raw.FPDF_ERR_FORMAT: "damaged or cut off; get the file again",
}
MAX_UNMAPPED_SHARE = 0.1  # the share of unmapped characters that makes a page doubtful


def read_pdf(name: str, data: bytes, limits: Limits) -> Source:
    """A PDF -> Source with the offset of each page; paragraphs are joined over lines and pages. Pages without text are
    read by OCR where `limits.ocr` allows it, else named in the `notes` of the Source, as are pages with characters that
    the file does not name. Raises Refused for a damaged or encrypted file, and for one beyond the limits."""
    check_streams(name, data, limits)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        reason = PDFIUM_REASONS.get(error.err_code, "damaged; get the file again")
        raise Refused(f"{name}: {reason}") from None
    try:
        pages, notes, read_by_ocr = _pages(name, document, limits)
    finally:
        document.close()
    writer = Writer(name, limits)
    write_pages(pages, writer)
    writer.reach(len(pages))
    return replace(writer.source(data, "pdf", notes=notes), ocr_pages=tuple(read_by_ocr))


def _pages(name: str, document: pdfium.PdfDocument, limits: Limits) -> tuple[list[GlyphPage], list[str], list[int]]:
    """The pages, remarks for the user on those that cannot be read, and the numbers (from 1) of the pages read by OCR.
    A page that is damaged is returned empty. Raises Refused, with `name` as the file's name, where there are more pages
    or characters than the limits allow."""
    count = len(document)
    if count > limits.pages:
        raise Refused(f"{name}: {count:,} pages, {limits.pages:,} are allowed; split the file or raise the limit")
    found: list[GlyphPage] = []
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
            found.append(GlyphPage(number, 0, 0))
            silent.append(number)
            continue
        left -= seen.count
        if left < 0:
            raise Refused(f"{name}: more than {limits.characters:,} characters; split the file or raise the limit")
        unclear = seen.unmapped > MAX_UNMAPPED_SHARE * (len(seen.glyphs) + seen.unmapped)
        scanned = False
        if limits.ocr and (unclear or not seen.glyphs):
            LOGGER.info("page %d of %d by OCR", number, len(document))
            scanned = _scanned(page, seen, limits)
        kept = read_by_ocr if scanned else silent if not seen.glyphs else garbled if unclear else []
        kept.append(number)
        page.close()
        found.append(seen)
    return found, list(_notes(silent, read_by_ocr, garbled, limits.ocr)), read_by_ocr


def _scanned(page: pdfium.PdfPage, seen: GlyphPage, limits: Limits) -> bool:
    """Reads the page by OCR and, where anything is found, puts it into `seen` in place of what the file says; returns
    whether anything was found. The models of the extra `ocr` are used where they are installed, else Tesseract."""
    if ocr_ppocr.is_installed():
        glyphs, rules = ocr_ppocr.recognised(page)
        if glyphs:
            seen.glyphs, seen.strokes, seen.scanned = glyphs, rules, True
        return bool(glyphs)
    if glyphs := recognised(page, limits.seconds / 4) or []:
        seen.glyphs, seen.scanned = glyphs, True
    return bool(glyphs)


def _notes(silent: list[int], read_by_ocr: list[int], garbled: list[int], ocr: bool) -> Iterator[str]:
    """Remarks for the user on the pages without text (`silent`), those read by OCR and those with many characters that
    the file does not name (`garbled`), all by their numbers from 1: 'read by OCR: pages 1-3'. `ocr` says whether OCR
    was allowed."""
    if silent:
        way_out = " (scanned? build with --ocr)"
        if ocr:
            found = ocr_ppocr.is_installed() or shutil.which(TESSERACT)
            way_out = "" if found else " (OCR needs pip install 'plan-kg[ocr]', or Tesseract with chi_sim)"
        yield f"no text on {_numbers(silent)}{way_out}"
    if read_by_ocr:
        yield f"read by OCR: {_numbers(read_by_ocr)}"
    if garbled:
        yield f"characters that the file does not name are missing on {_numbers(garbled)}"


def _numbers(pages: Sequence[int]) -> str:
    """Page numbers, in order, for a message: [1, 2, 3, 7] -> 'pages 1-3, 7'; [4] -> 'page 4'."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    words = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return f"page{'s' if len(pages) > 1 else ''} {words}"
