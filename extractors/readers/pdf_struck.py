"""Characters of a PDF with a line drawn through them, as a text with its changes shown has them: they are left out."""

from collections.abc import Sequence

from extractors.readers.pdf_lines import lines
from extractors.readers.pdf_page import Glyph, GlyphPage
from extractors.readers.pdf_strokes import Stroke

# of the type size above the base line: a line between them goes through the letters and underlines nothing
LOWEST_STRIKE, HIGHEST_STRIKE = 0.12, 0.6
STRIKE_END_DISTANCE = 0.3  # type sizes between the end of the line and the edge of the letter beside it


def without_struck(page: GlyphPage) -> list[str]:
    """Takes the glyphs that are struck out, and the lines through them, from the page, and returns the words taken, a
    piece for each stroke. A stroke strikes out the neighbouring glyphs of one line through which it goes between
    LOWEST_STRIKE and HIGHEST_STRIKE (0.12 and 0.6 type sizes above the base line), where it begins and ends at the
    edges of letters: a rule of a table on which a line of text was laid does not. The glyph before them gets their
    right edge, at the beginning of a line the one after them their left edge, so that no gap remains."""
    taken: list[str] = []
    struck: set[int] = set()
    rules: set[int] = set()
    across = [stroke for stroke in page.strokes if stroke.horizontal]
    for line in lines(page.glyphs, page.number) if across else ():
        for stroke in across:
            if LOWEST_STRIKE * line.size <= line.base - stroke.at <= HIGHEST_STRIKE * line.size and (
                through := _through(line.glyphs, stroke, line.size)
            ):
                struck.update(map(id, through))
                rules.add(id(stroke))
                if before := [glyph for glyph in line.glyphs if glyph.right <= through[0].left + 1]:
                    before[-1].right = through[-1].right
                elif after := [glyph for glyph in line.glyphs if glyph.left >= through[-1].right - 1]:
                    after[0].left = through[0].left
                taken.append("".join(glyph.text for glyph in through))
    if struck:
        page.glyphs = [glyph for glyph in page.glyphs if id(glyph) not in struck]
        page.strokes = [stroke for stroke in page.strokes if id(stroke) not in rules]
    return taken


def _through(glyphs: Sequence[Glyph], stroke: Stroke, em: float) -> list[Glyph]:
    """The glyphs of a line whose centres are between the ends of the stroke; [] where an end of the stroke is farther
    than STRIKE_END_DISTANCE (0.3 type sizes, `em` points each) from the edge of the outermost of them."""
    through = [glyph for glyph in glyphs if stroke.low <= (glyph.left + glyph.right) / 2 <= stroke.high]
    near = STRIKE_END_DISTANCE * em
    if not through or abs(through[0].left - stroke.low) > near or abs(through[-1].right - stroke.high) > near:
        return []
    return through
