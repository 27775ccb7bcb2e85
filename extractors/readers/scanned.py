"""Tables of scanned pages: whether their rules were found in full, so that each cell holds what is printed in it.

A bad scan loses rules, and the texts of neighbouring cells then run together: two names with one value. Such a table is
not read, because its cells no longer show which value belongs to which name. In all functions `cell_lines` are the
lines of one cell, from the top down.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.readers.pdf_grid import Box, Ruled, contents
from extractors.readers.pdf_lines import GlyphLine, lines
from extractors.readers.pdf_page import Glyph
from extractors.vocabulary.characters import UNREADABLE

OPEN_RULES = "the rules of the table on the scanned page are found in part"
GLUED_CELLS = "cells of the table on the scanned page hold what belongs to several"
# 95%以上, ≥98, 17.14亿元, 12: a line that is a value or a serial number and no part of a sentence
LONE_VALUE = re.compile(rf"[≥≤<>＞＜约]?[\d{UNREADABLE}][\d{UNREADABLE},.．]*(?:[%％‰]|[^\d\s，。；、（(]{{0,4}})")
MIN_BLANK_LINE = 1.0  # type sizes between two lines of a cell: less is the distance of lines
MIN_WORD_SPACE = 1.5  # type sizes between words of one line: less is a space
MIN_WORD_LENGTH = 2  # characters of a line, or of a part of it, that may be the text of a cell


def doubt(ruled: Ruled, glyphs: Sequence[Glyph], page: int) -> str | None:
    """Why the cells of a grid on a scanned page cannot be trusted, as words for the user; None where nothing speaks
    against them: no rule of the grid is missing, and no cell has two values, two equal lines, a gap between lines, or
    a gap in a line where the edge of a column is. `glyphs` are those of the page, `page` its number."""
    if ruled.broken:
        return OPEN_RULES
    inside, _ = contents(ruled, glyphs)
    for box in ruled.boxes:
        cell_lines = lines(inside[box], page)
        glued = _has_two_values(cell_lines) or _has_twins(cell_lines) or _has_gap(cell_lines)
        if glued or _spans_rule(box, ruled, cell_lines):
            return GLUED_CELLS
    return None


def _has_two_values(cell_lines: Sequence[GlyphLine]) -> bool:
    """Whether at least two lines of a cell are values or serial numbers (LONE_VALUE: a number, also after a sign such
    as ≥ or 约, that a sign of per cent or up to four characters follow, none of them a digit, white space, ，。；、 or
    an opening round bracket: 95%以上, 12, 2025年)."""
    return sum(LONE_VALUE.fullmatch(line.text.strip()) is not None for line in cell_lines) > 1


def _has_twins(cell_lines: Sequence[GlyphLine]) -> bool:
    """Whether two lines of a cell, of at least MIN_WORD_LENGTH (2) characters, have the same words, white space aside:
    约束性 / 约束性."""
    words = ["".join(line.text.split()) for line in cell_lines]
    words = [word for word in words if len(word) >= MIN_WORD_LENGTH]
    return len(set(words)) < len(words)


def _has_gap(cell_lines: Sequence[GlyphLine]) -> bool:
    """Whether the space between two neighbouring lines of a cell is higher than MIN_BLANK_LINE (1) times the larger of
    their type sizes, which lines of a paragraph do not leave. Two lines of which one has fewer than MIN_WORD_LENGTH (2)
    characters, as in a label set down its cell, do not count."""
    for before, line in pairwise(cell_lines):
        if min(len(before.text.strip()), len(line.text.strip())) < MIN_WORD_LENGTH:
            continue
        if line.top - before.bottom > MIN_BLANK_LINE * max(before.size, line.size):
            return True
    return False


def _spans_rule(box: Box, ruled: Ruled, cell_lines: Sequence[GlyphLine]) -> bool:
    """Whether a cell spans several columns and one of its lines has a gap of more than MIN_WORD_SPACE (1.5 type sizes)
    with the edge of a column in it, and at least MIN_WORD_LENGTH (2) characters on both sides. Edges within a point of
    the cell's own do not count. `box` is the cell in the grid `ruled`. False for a cell across the whole table, which
    is a title and may be spaced."""
    edges = [x for x in ruled.columns if box.left + 1 < x < box.right - 1]
    if not edges or box.column_span == len(ruled.columns) - 1:
        return False
    for line in cell_lines:
        for n in range(MIN_WORD_LENGTH, len(line.glyphs) - MIN_WORD_LENGTH + 1):
            left, right = line.glyphs[n - 1].right, line.glyphs[n].left
            if right - left > MIN_WORD_SPACE * line.size and any(left < x < right for x in edges):
                return True
    return False
