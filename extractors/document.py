"""The text of a plan with its layout mended, and the way back to the file for every character."""

from array import array
from dataclasses import dataclass
from typing import Literal

from ontology.model.facts import Evidence
from ontology.model.source import Cell, Source

BlockKind = Literal["text", "table", "contents", "attachment"]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a document, by its `kind`: a paragraph or heading (`text`), the lines of a table (`table`), a table of
    contents (`contents`), or the name of an attached file (`attachment`).

    `start:end` are offsets into `Document.text`. In a `text` block hard-wrapped lines are joined, so it has no line
    break; a `table` block keeps its lines, or has `cells` (offsets into `Document.text`) where the format knows them.
    `line` says that it is a `text` block which stood on one line of its own in the file. `bold_end` is the offset at
    which the bold words at its start end (`**…**`, a bold run), 0 where it does not start in bold. `level` is the
    heading level that the format gives it, 0 for none; `box` says that it stands in a framed text box (专栏). `lost`
    says that its first words are missing: a conversion lost its run-in heading, or the format has a mark `gap` there.
    `doubt` says why nothing is read from a table's cells, None where they can be read.
    """

    kind: BlockKind
    start: int
    end: int
    line: bool = True
    bold_end: int = 0
    level: int = 0
    box: bool = False
    cells: tuple[Cell, ...] = ()
    lost: bool = False
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """`text` is the mended text (the blocks, each with a line break after it); `origin[i]` is the offset of its
    character i in the text of `source`; one that was put in (a line break, a blank, 。) has that of the one before it.

    `source` is the file without invisible characters, and with unified characters for their compatibility forms; `file`
    is the file as it was read, None in a Document that was not made by `layout`, where that is `source`. `places[i]` is
    the offset in the text of the file of character i of `source.text`; None where no character was left out, so that
    the offsets are equal.
    """

    source: Source
    text: str
    origin: "array[int]"
    blocks: tuple[Block, ...]
    file: Source | None = None
    places: "array[int] | None" = None

    def words(self, block: Block) -> str:
        """The text of a block of this document, as it stands in the mended text, with the line breaks of a table."""
        return self.text[block.start : block.end]

    def evidence(self, start: int, end: int) -> Evidence:
        """The evidence for `text[start:end]` (offsets into the mended text), without white space at both ends. The
        offsets and the quote of the result are those of the file as it was read. Raises ValueError for a stretch of
        white space alone, or of nothing."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start == end:
            raise ValueError(f"no text at {start}:{end} of {self.source.name}: a fact needs a quote")
        first, last = self.origin[start], self.origin[end - 1]
        if self.places is not None:
            first, last = self.places[first], self.places[last]
        return Evidence.of(self.file or self.source, first, last + 1)
