"""What a reader makes of a file: its text, and what the format knows of its layout."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: the first row and column that it covers, from 0, and how many it covers (the spans);
    `start:end` is its text in the source text, empty where they are equal."""

    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table that the file format itself declares (such as docx or html) or that rules on a page show (such as pdf);
    `start:end` is its place in the source text. `doubt` says why its cells cannot be trusted (such as that not all
    rules of a scanned page were found), and nothing is read from such a table; None where they can."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    doubt: str | None = None


MarkKind = Literal["heading", "bold", "box", "title", "gap", "attachment"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What the file format says of the stretch `start:end` of the source text.

    The kinds are `heading`, with a `level` from 1 (0 for other kinds); `bold`, a run of bold text; `box`, text in a
    frame (专栏); `title`, the document's title; `gap`, a paragraph whose first words are missing from the file;
    `attachment`, a link to another file.
    """

    kind: MarkKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A file as a reader read it. `text` depends on nothing but the file's bytes, so that offsets into it hold; where
    LibreOffice converted the file or OCR read pages of it, also on the version of these.

    `name` is the file's name, `sha256` the digest of its bytes, `format` its format ('docx') and `encoding` that of a
    file of text or web page, None for others. `wrapped` is False where the reader knows the paragraphs, so that each
    line of `text` is a paragraph or a row of a table; it is True for txt and md alone, whose lines may end inside a
    paragraph. `tables` and `marks` are what the format says of parts of the text. `pages` has the offset at which each
    page starts, in order; () where the format has no pages. `ocr_pages` are the numbers, from 1, of the pages that were
    read by OCR. `notes` are remarks for the user (a decoded GB18030 file, pages without text). `source_url` is the web
    address that the file came from, `retrieved` the day on which it was fetched.
    """

    name: str
    sha256: str
    text: str
    format: str
    encoding: str | None = None
    wrapped: bool = True
    pages: tuple[int, ...] = ()
    tables: tuple[SourceTable, ...] = ()
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    ocr_pages: tuple[int, ...] = ()
    source_url: str | None = None
    retrieved: date | None = None

    def page_of(self, offset: int) -> int | None:
        """The number, from 1, of the page that contains the offset, 0 for one before the first page; None where the
        format has no pages."""
        return bisect_right(self.pages, offset) if self.pages else None
