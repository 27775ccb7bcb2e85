"""Where the paragraphs of a mended text stand in the file: a search finds words across line and page breaks there."""

from extractors.document import Block, Document
from ontology.model.text import Paragraph, Span


def paragraphs(document: Document) -> tuple[Paragraph, ...]:
    """For each paragraph, heading or table row the spans of its characters in `Document.source.text`: '第一章
    背景\\n我市坚\\n-1-\\n持发展。' -> ((0, 6),), ((7, 10), (15, 19)). White space does not part the spans of a
    paragraph; what the layout left out of it (a page number) does. Rows without text are left out."""
    return tuple(
        found
        for block in document.blocks
        for start, end in _rows(document, block)
        if (found := _spans(document, start, end))
    )


def _rows(document: Document, block: Block) -> list[Span]:
    """The spans of a block in `Document.text` that are paragraphs to search: each line of a table, any other block
    as one."""
    if block.kind == "text":
        return [(block.start, block.end)]
    rows, at = [], block.start
    for line in document.words(block).split("\n"):
        rows.append((at, at + len(line)))
        at += len(line) + 1
    return rows


def _spans(document: Document, start: int, end: int) -> Paragraph:
    text, origin = document.source.text, document.origin
    spans: list[list[int]] = []
    for i in range(start, end):
        at = origin[i]
        if document.text[i].isspace():
            continue
        if spans and at < spans[-1][1]:
            continue  # a joining character, which stands nowhere in the file
        if spans and (at == spans[-1][1] or not text[spans[-1][1] : at].strip()):
            spans[-1][1] = at + 1
        else:
            spans.append([at, at + 1])
    return tuple((first, last) for first, last in spans)
