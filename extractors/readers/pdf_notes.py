"""Footnotes of a page: small type at the bottom, and the raised marks in the text that refer to it."""

from collections.abc import Sequence

from extractors.readers.pdf_flow import FOOTNOTE_START
from extractors.readers.pdf_lines import GlyphLine
from extractors.readers.pdf_page import Glyph

MAX_NOTE_SIZE = 0.87  # of the size of the text, below which notes and their marks are set
MIN_RAISE = 0.15  # of the type size of the line: a mark stands so far above its base line
NOTES_TOP = 0.4  # of the page's height: all lines of notes begin below


def text_size(lines: Sequence[GlyphLine]) -> float:
    """The median type size of all characters in points, each taken with the size of its line; of two in the middle the
    smaller; 0 without lines."""
    sizes = sorted((line.size, len(line.text)) for line in lines)
    half = sum(length for _, length in sizes) / 2
    for size, length in sizes:
        half -= length
        if half <= 0:
            return size
    return 0.0


def with_notes_apart(lines: Sequence[GlyphLine], height: float, usual: float) -> list[GlyphLine]:
    """The lines of a page, in the order given, with footnotes in a layout region of kind 'note' and without the raised
    marks in the text that refer to them (`_without_signs`). Footnotes are the lines from the lowest upwards, as long as
    a line is smaller than MAX_NOTE_SIZE (0.87) of `usual`, begins below NOTES_TOP (0.4) of `height` and is no row of a
    table, with a tab other than behind its mark; the uppermost
    must begin with a mark, and a line of the text be above it, else nothing is changed. `height` is that of the page
    and `usual` the type size of the text, both in points. The footnotes' lines, and the glyphs before the marks, are
    changed in place; a line of nothing but marks is left out."""
    order = sorted(lines, key=lambda line: line.top)
    first = len(order)
    while first and order[first - 1].size < MAX_NOTE_SIZE * usual and order[first - 1].top > NOTES_TOP * height:
        if "\t" in FOOTNOTE_START.sub("", order[first - 1].text, count=1):
            break
        first -= 1
    if not 0 < first < len(order) or not FOOTNOTE_START.match(order[first].text):
        return list(lines)
    signs = {start["sign"] for line in order[first:] if (start := FOOTNOTE_START.match(line.text))}
    notes = {id(line) for line in order[first:]}
    result = []
    for line in lines:
        if id(line) in notes:
            line.region = (line.page, "note", 0)
            result.append(line)
        elif words := _without_signs(line, signs):
            result.append(line if len(words) == len(line.glyphs) else GlyphLine(words, line.page, line.region))
    return result


def _without_signs(line: GlyphLine, signs: set[str]) -> list[Glyph]:
    """The glyphs of a line without raised marks (`_is_raised`); `signs` are the marks of the page's footnotes, of which
    those of one character are found. The right edge of a mark becomes that of the glyph before it, which is changed, so
    that no gap remains; a mark at the beginning of the line is only left out."""
    words: list[Glyph] = []
    for glyph in line.glyphs:
        if glyph.text not in signs or not _is_raised(glyph, line):
            words.append(glyph)
        elif words:
            words[-1].right = glyph.right
    return words


def _is_raised(glyph: Glyph, line: GlyphLine) -> bool:
    """Whether the height of the glyph is less than MAX_NOTE_SIZE (0.87) of its line's, and its base line more than
    MIN_RAISE (0.15) type sizes of the line above the line's."""
    return glyph.base < line.base - MIN_RAISE * line.size and glyph.bottom - glyph.top < MAX_NOTE_SIZE * (
        line.bottom - line.top
    )
