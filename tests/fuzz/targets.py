"""What the fuzzers feed bytes to. A target raises nothing but Refused on any bytes; anything else is a finding."""

from collections.abc import Callable, Iterator

from hostile.pages import pages
from hostile.prints import prints
from hostile.texts import texts
from hostile.word import P, body, word, words
from pdf_maker import Sheet, pdf

from extractors.layout import layout
from extractors.readers import Limits, read_bytes
from ontology.model.errors import Refused

LIMITS = Limits(size=1_000_000, unpacked=1_000_000, elements=20_000, characters=50_000, pages=20)
LARGEST_SEED = 20_000


def text(data: bytes) -> None:
    _read("a.txt", data)


def markdown(data: bytes) -> None:
    _read("a.md", data)


def html(data: bytes) -> None:
    _read("a.html", data)


def docx(data: bytes) -> None:
    """The whole file, container and all."""
    _read("a.docx", data)


def docx_part(data: bytes) -> None:
    """The document part alone: few changes of a zip file get past its checksums."""
    _read("a.docx", word(data))


def pdf_file(data: bytes) -> None:
    _read("a.pdf", data)


def pdf_page(data: bytes) -> None:
    """The operators of a page."""
    _read("a.pdf", pdf([Sheet(operators=[data.decode("latin-1")])]))


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (text, markdown, html, docx, docx_part, pdf_file, pdf_page)
}


def seeds(target: str) -> Iterator[bytes]:
    """Where the fuzzer starts from: the small ones of the hostile files, and sound ones."""
    makers = {"text": texts, "markdown": texts, "html": pages, "docx": words, "pdf_file": prints}
    if target == "docx_part":
        yield body(P).encode()
        yield body(f"<w:tbl><w:tr><w:tc>{P}</w:tc></w:tr></w:tbl>").encode()
    elif target == "pdf_page":
        sheet = Sheet()
        sheet.grid([80, 200, 300], [100, 130, 160])
        sheet.paragraph(200, "到2025年，护理型床位占比达到55%以上。")
        yield "\n".join(sheet.operators).encode("latin-1")
    else:
        yield from (content for _, content in makers[target](0.0) if len(content) <= LARGEST_SEED)


def _read(name: str, data: bytes) -> None:
    try:
        source = read_bytes(name, data, LIMITS)
    except Refused as refusal:
        if "\n" in str(refusal):
            raise AssertionError("a refusal of several lines") from refusal
        return
    source.text.encode()
    document = layout(source)
    if len(document.origin) != len(document.text):
        raise AssertionError("characters without a place in the file")
    if any(not 0 <= place <= len(source.text) for place in document.origin):
        raise AssertionError("a place outside of the file")
