"""Radicals, compatibility forms and invisible characters: read as what is meant, quoted as they stand."""

import pytest
from reading_of import listing, reading_of, source_of

from extractors.layout import layout
from extractors.vocabulary.characters import SUBSTITUTES, substituted
from ontology.model.facts import squeeze
from ontology.model.source import Cell, Mark, Source, SourceTable


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("⼀、⽔利⼯程", "一、水利工程"),  # Kangxi radicals, which fonts of PDF files name
        ("⻓江⻔户", "长江门户"),  # the Radicals Supplement, which NFKC leaves alone
        ("\uf9ca量", "流量"),  # a compatibility ideograph
        ("︵一︶目标﹕95﹪", "（一）目标：95%"),  # vertical and small forms; the marks stay full-width
        ("≧90", "≥90"),
        ("责任单位︰市水利局", "责任单位：市水利局"),  # the two dots of vertical text
        ("1・更新 2･更换 3‧改造", "1·更新 2·更换 3·改造"),  # middle dots of other scripts
        ("\ue5e5\ue5e5我市", "\u3000\u3000我市"),  # what GB18030 makes of a Founder system's space
        # not touched: they mean something by themselves, or become more than one character
        ("①㎡Ⅳ²（一）１．", "①㎡Ⅳ²（一）１．"),
    ],
)
def test_substitutes(written: str, read: str) -> None:
    assert substituted(written) == read
    assert len(written) == len(read)


def test_no_substitute_is_substituted_again() -> None:
    assert not [meant for meant in SUBSTITUTES.values() if ord(meant) in SUBSTITUTES]


PLAN = "青禾县{0}水利规划\n第一章{0} 任务\n{0}一、新建{0}水源\n到202{0}5年建成水库{0}3座，由县水利局{0}牵头。\n"


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u00ad", "\u200e", "\ufeff", "\u2060", "\u202c", "\ufe0f", "\u200b\u200d"]
)
@pytest.mark.parametrize("name", ["plan.txt", "plan.md", "plan.html", "plan.docx"])
def test_invisible_characters(hidden: str, name: str) -> None:
    """The outline is that of the text without them; a quote is what stands in the file, with them."""
    text = PLAN.format(hidden)
    found = reading_of(text, name)
    assert listing(found) == listing(reading_of(PLAN.format(""), name))
    for heading in found.headings:
        proof = heading.evidence
        assert squeeze(proof.quote) == squeeze(text[proof.start : proof.end])
    assert hidden not in found.document.text
    start = found.document.text.index("2025年")
    assert found.document.evidence(start, start + 5).quote == f"202{hidden}5年"


def test_tables_marks_and_pages_move_with_the_text() -> None:
    text = "\u200b标题\n甲\u200b\t乙\n丙\t\u200b丁\n后\u200b文\n"
    second = text.index("后")
    cells = tuple(Cell(row, column, text.index(word), text.index(word) + 1) for row, column, word in (
        (0, 0, "甲"), (0, 1, "乙"), (1, 0, "丙"), (1, 1, "丁")
    ))  # fmt: skip
    source = Source(
        "a.pdf", "", text, "pdf", pages=(0, second), tables=(SourceTable(text.index("甲"), second - 1, cells),),
        marks=(Mark("heading", 1, 3, 1),),
    )  # fmt: skip
    document = layout(source)
    heading, table, after = document.blocks
    assert (document.words(heading), heading.level) == ("标题", 1)
    assert [document.text[cell.start : cell.end] for cell in table.cells] == ["甲", "乙", "丙", "丁"]
    proof = document.evidence(after.start, after.end)
    assert (proof.page, proof.quote, proof.start) == (2, "后\u200b文", second)


def test_a_text_without_them_is_left_as_it_is() -> None:
    source = source_of("一、总体要求\n")
    assert layout(source).source is source
