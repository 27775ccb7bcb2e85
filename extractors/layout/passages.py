"""Where the paragraphs of a document stand in the source text, so that a search finds words across line and page breaks
there."""

from extractors.document import Block, Document
from ontology.model.text import Paragraph, Span


def paragraphs(document: Document) -> tuple[Paragraph, ...]:
    r"""For each paragraph, heading, line of a table or of a table of contents and name of an attached file, the spans
    in `Document.source.text` that hold its characters. What the layout left out of a paragraph, such as a page number,
    divides its spans; white space does not. Lines without text are left out.

    '第一章 背景\n我市坚持创新驱动，加快建设制造强市，推动经济\n-1-\n社会发展。' -> (((0, 6),), ((7, 29), (34, 39))).
    """
    return tuple(
        found
        for block in document.blocks
        for start, end in _rows(document, block)
        if (found := _spans(document, start, end))
    )


def _rows(document: Document, block: Block) -> list[Span]:
    """The spans in `Document.text` of the paragraphs in a block: each line of a table or table of contents, and any
    other block as a whole."""
    if block.kind == "text":
        return [(block.start, block.end)]
    rows, at = [], block.start
    for line in document.words(block).split("\n"):
        rows.append((at, at + len(line)))
        at += len(line) + 1
    return rows


def _spans(document: Document, start: int, end: int) -> Paragraph:
    """The spans in the source text of the characters `start:end` of `Document.text`, as pairs (start, end), from the
    first visible character of each to its last; () where these are white space. A span goes on across what is white
    space in the source, and ends before anything else that the document left out. A character of the document whose
    origin a span already holds, such as a full stop put in, belongs to none."""
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
