"""What a reader makes of a file: its text, and what the format knows of its layout."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `start:end` is its text in the source text (start == end where it is empty)."""

    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table that the file format itself declares (docx, html, ruled pdf); `start:end` is its place in the source
    text. `doubt` says why its cells cannot be trusted (a scanned page whose rules were found in part); nothing is read
    from such a table."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    doubt: str | None = None


MarkKind = Literal["heading", "bold", "box", "title", "gap", "attachment"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What the format says of a stretch of text.

    `heading` has a level from 1; `bold` a run of bold text; `box` a framed text box (专栏);
    `title` the document's title, `gap` a paragraph whose first words are missing from the file, `attachment` a link to
    another file.
    """

    kind: MarkKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: `text` is a function of the bytes alone, so that offsets into it hold.

    `wrapped` is False where the format itself knows its paragraphs (docx, html): there a line is a paragraph.
    `pages` holds the offset at which each page starts, in order; empty where the format has no pages.
    `source_url` is the web address that the file was read at, `retrieved` the day on which that was.
    `ocr_pages` are the numbers of the pages that were read by OCR.
    `notes` are remarks for the user (a decoded GB18030 file, pages without text).
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
        """The number, from 1, of the page that contains the offset; None where the format has no pages."""
        return bisect_right(self.pages, offset) if self.pages else None
