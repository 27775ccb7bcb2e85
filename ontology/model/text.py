"""The text of a document as it is kept in the graph: the characters that offsets count, its pages and paragraphs."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from ontology.model.source import Source

Span = tuple[int, int]
# A paragraph is the spans in the text that hold its characters: one, or several where a page number or a running head
# stands inside it, which is in none of them.
Paragraph = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text of a document as the graph keeps it: `content` is `Source.text`, the text before any mending, `pages`
    has the offset in it at which each page starts (() where the format has no pages). `paragraphs` has the paragraphs
    and table rows in reading order, each as the spans in `content` that hold its characters: ((13, 120), (126, 180))
    for a paragraph with a page number at 120:126."""

    content: str
    pages: tuple[int, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()

    @classmethod
    def of(cls, source: Source, paragraphs: Iterable[Paragraph]) -> "DocumentText":
        """The text of a source, with these paragraphs, whose spans are in `source.text`."""
        return cls(source.text, source.pages, tuple(paragraphs))

    @classmethod
    def stored(cls, content: str, pages: str | None, paragraphs: str | None) -> "DocumentText":
        """The inverse of `pages_text` and `paragraphs_text`: the text from the values that a store holds.

        >>> DocumentText.stored("甲\\f乙", "0 2", "0-1 2-3").pages
        (0, 2)
        """
        return cls(
            content,
            tuple(int(start) for start in (pages or "").split()),
            tuple(tuple(_span(span) for span in spans.split(",")) for spans in (paragraphs or "").split()),
        )

    @property
    def pages_text(self) -> str | None:
        """The offsets of the pages as one text for a store: '0 1203 2410'; None where there are no pages."""
        return " ".join(map(str, self.pages)) or None

    @property
    def paragraphs_text(self) -> str | None:
        """The paragraphs as one text for a store, spans joined with commas and paragraphs with spaces: '0-12
        13-120,126-180'; None where there are none."""
        return " ".join(",".join(f"{start}-{end}" for start, end in spans) for spans in self.paragraphs) or None

    def page_of(self, offset: int) -> int | None:
        """The number, from 1, of the page that holds the offset, 0 for one before the first page; None where the text
        has no pages."""
        return bisect_right(self.pages, offset) if self.pages else None

    def line_of(self, offset: int) -> int:
        """The number, from 1, of the line that holds the offset; lines end at line feeds."""
        return self.content.count("\n", 0, offset) + 1


def _span(text: str) -> Span:
    """A span from its text in a store: '13-120' -> (13, 120)."""
    start, _, end = text.partition("-")
    return int(start), int(end)
