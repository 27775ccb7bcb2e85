"""Tables of scanned pages: one whose rules were found in part, or whose cells ran together, is not read."""

import numpy
import pytest

from extractors.indicators.values import read_value
from extractors.readers.ocr_ppocr import _brightness, _rules
from extractors.readers.pdf_grid import anchored, grids
from extractors.readers.pdf_page import Face, Glyph
from extractors.readers.pdf_strokes import Stroke
from extractors.readers.scanned import GLUED_CELLS, OPEN_RULES, doubt

PLAIN = Face("", False)
XS, YS = (50.0, 200.0, 350.0), (100.0, 140.0, 180.0)
FULL = [Stroke(True, y, XS[0], XS[-1]) for y in YS] + [Stroke(False, x, YS[0], YS[-1]) for x in XS]
WITHOUT_A_RULE = [s for s in FULL if s.at != YS[1]]


def words(text: str, left: float, top: float) -> list[Glyph]:
    return [Glyph(c, left + 10 * n, left + 10 * n + 10, top, top + 10, top + 10, PLAIN) for n, c in enumerate(text)]


@pytest.mark.parametrize(
    ("rules", "lines", "expected"),
    [
        (FULL, [("参保率", 55, 105), ("95%", 205, 105), ("床位数", 55, 145), ("90张", 205, 145)], None),
        (FULL, [("基本医疗保险", 55, 105), ("参保率", 55, 117), ("150792.1", 205, 105), ("万元", 205, 117)], None),
        ([*FULL, Stroke(True, 120, 50, 130)], [], OPEN_RULES),  # ends in the middle of a cell
        ([*FULL[:1], *FULL[2:], Stroke(True, 140, 50, 290)], [], OPEN_RULES),
        (WITHOUT_A_RULE, [("参保率", 55, 105), ("95%", 205, 105), ("90张", 205, 117)], GLUED_CELLS),
        (WITHOUT_A_RULE, [("参保率", 55, 105), ("床位数", 55, 145)], GLUED_CELLS),
        (WITHOUT_A_RULE, [("约束性", 205, 105), ("约束性", 205, 117)], GLUED_CELLS),
        (WITHOUT_A_RULE, [("稳定在", 205, 105), ("98%以上", 205, 117)], None),
        (FULL, [("覆", 55, 102), ("盖", 55, 128)], None),  # a label that is set down its cell
    ],
)
def test_a_table_is_doubted_where_its_cells_ran_together(
    rules: list[Stroke], lines: list[tuple[str, float, float]], expected: str | None
) -> None:
    (ruled,) = grids(rules)
    assert doubt(ruled, [g for text, x, y in lines for g in words(text, x, y)], 1) == expected


def test_sides_may_be_open() -> None:
    (ruled,) = grids([s for s in FULL if s.horizontal or s.at == XS[1]])
    assert not ruled.broken


def test_short_strokes_of_characters_are_no_rules() -> None:
    assert len(anchored([*FULL, Stroke(True, 120, 70, 110), Stroke(False, 80, 110, 135)])) == len(FULL)


def test_a_faint_rule_on_grey_paper_is_found() -> None:
    picture = numpy.full((400, 600, 3), 215, numpy.uint8)
    picture[20:40, 20:60] = 0  # a word, which says what black is
    picture[200:203, 50:550] = 175
    assert [(s.horizontal, round(s.at)) for s in _rules(_brightness(picture), 1.0)] == [(True, 201)]


@pytest.mark.parametrize(("cell", "value"), [("95%", 95), ("\ufffd5%", None), ("达到90%，其中达到\ufffd0%", None)])
def test_a_cell_with_an_unread_character_has_no_value(cell: str, value: int | None) -> None:
    assert read_value(cell).value == value
