"""The fuzzers' findings and seeds again, and a bounded run of structured fuzzing."""

from pathlib import Path

import pytest
from fuzz.targets import TARGETS, seeds
from hostile.word import body, word
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_maker import Sheet, pdf

from extractors.layout import layout
from extractors.readers import read_bytes
from extractors.vocabulary.characters import substituted
from ontology.model.errors import Refused
from ontology.model.source import Mark, MarkKind, Source

FOUND = sorted((Path(__file__).parent / "fuzz" / "found").glob("*"))

bounded = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
words = st.text(
    alphabet="第一二章节（）、1.规划服务体系，。；：《》“”%2025年 　\t\n|*#-—…·\u200b\u3000\ue000\ud800", max_size=40
)


@pytest.mark.parametrize("target", [name for name in TARGETS if name not in ("docx", "pdf_file")])
def test_seeds(target: str) -> None:
    """Those of docx and pdf_file are read as hostile files elsewhere."""
    for seed in seeds(target):
        TARGETS[target](seed)


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_findings(target: str) -> None:
    """Each was a crash, a hang or a wrong answer once; its name begins with its target's."""
    for finding in FOUND:
        if max((name for name in TARGETS if finding.name.startswith(f"{name}-")), key=len) == target:
            TARGETS[target](finding.read_bytes())


def checked(name: str, data: bytes) -> None:
    try:
        source = read_bytes(name, data)
    except Refused:
        return
    source.text.encode()
    assert read_bytes(name, data) == source
    holds(source)


def holds(source: Source) -> None:
    """Every character of the mended text is the character of the file that it says it is, or a joining space.

    The file's character may be another form of it, a radical or a compatibility character.
    """
    unified = substituted(source.text)
    document = layout(source)
    assert len(document.origin) == len(document.text)
    plain, places = document.source.text, document.places
    assert places is None or len(places) == len(plain)
    for character, place in zip(document.text, document.origin, strict=True):
        assert character in " \n" or plain[place] == character
        assert character in " \n" or unified[place if places is None else places[place]] == character
    for block in document.blocks:
        assert 0 <= block.start <= block.end <= len(document.text)
        assert all(block.start <= cell.start <= cell.end <= block.end for cell in block.cells)


TAGS = "<p> <div> <b> <strong> <h1> <h2> <br> <table> <tr> <td> <th> <ol> <ul> <li> <span> <a> <sup> <script> <nav>"
SPANS = ["", ' rowspan="3"', ' colspan="0"', ' colspan="9999"', ' style="display:none"', ' href="a.doc"']
opened = st.builds(
    lambda tag, span: tag.replace(">", f"{span}>"), st.sampled_from(TAGS.split()), st.sampled_from(SPANS)
)
closed = st.sampled_from(TAGS.replace("<", "</").split())
pages = st.lists(st.one_of(words, opened, closed), max_size=60)


@bounded
@given(pages)
def test_any_page(parts: list[str]) -> None:
    checked("a.html", "".join(parts).encode("utf-8", "replace"))


ELEMENTS = "p ins del tbl tr tc sdt sdtContent hyperlink r txbxContent moveTo moveFrom pPr tcPr"
runs = st.recursive(
    st.builds("<w:r><w:t>{}</w:t></w:r>".format, st.text(alphabet="规划服务，。1 ", max_size=30)),
    lambda inner: st.builds(
        lambda name, parts: f"<w:{name}>{''.join(parts)}</w:{name}>",
        st.sampled_from(ELEMENTS.split()),
        st.lists(inner, max_size=4),
    ),
    max_leaves=30,
)
merges = st.sampled_from(["<w:tcPr><w:vMerge/></w:tcPr>", '<w:tcPr><w:gridSpan w:val="3"/></w:tcPr>', "<w:tcPr/>"])
rows = st.lists(st.lists(st.tuples(merges, st.text(alphabet="规划1", max_size=4)), max_size=4), max_size=5)


@bounded
@given(st.lists(runs, max_size=6), rows)
def test_any_word_file(parts: list[str], table: list[list[tuple[str, str]]]) -> None:
    cells = [
        "".join(f"<w:tc>{merge}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for merge, text in row) for row in table
    ]
    made = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"
    checked("a.docx", word(body("".join(parts) + made)))


places = st.tuples(st.integers(-20, 620), st.integers(-20, 860))
strings = st.text(alphabet="第一章规划服务，。12.% ", min_size=1, max_size=30)
texts = st.tuples(places, strings, st.integers(4, 30), st.sampled_from(["song", "hei", "bold"]))
rules = st.tuples(st.integers(0, 12), st.integers(0, 16), st.integers(0, 12), st.integers(0, 16))


Drawn = tuple[list[tuple[tuple[int, int], str, int, str]], list[tuple[int, int, int, int]]]


@bounded
@given(st.lists(st.tuples(st.lists(texts, max_size=12), st.lists(rules, max_size=14)), min_size=1, max_size=3))
def test_any_print(sheets: list[Drawn]) -> None:
    made = []
    for placed, drawn in sheets:
        sheet = Sheet()
        for (x, y), text, size, font in placed:
            sheet.text(x, y, text, size, font)
        for a, b, c, d in drawn:  # straight ones, that meet
            sheet.rule(a * 48, b * 50, *((c * 48, b * 50) if (a + b) % 2 else (a * 48, d * 50)))
        made.append(sheet)
    checked("a.pdf", pdf(made))


kinds = st.sampled_from(["heading", "bold", "box", "title", "gap"])
stretches = st.lists(st.tuples(kinds, st.integers(0, 300), st.integers(1, 40)), max_size=6)
encodable = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@bounded
@given(encodable, st.booleans(), stretches, st.lists(st.integers(0, 300), max_size=4))
def test_any_layout(text: str, wrapped: bool, marks: list[tuple[MarkKind, int, int]], pages: list[int]) -> None:
    given_marks = tuple(
        Mark(kind, start, min(start + length, len(text))) for kind, start, length in marks if start < len(text)
    )
    starts = tuple(sorted(place for place in pages if place <= len(text)))
    holds(Source("a.txt", "0" * 64, text, "txt", "utf-8", wrapped, starts, (), given_marks))
