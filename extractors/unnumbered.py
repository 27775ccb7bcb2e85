"""Headings that carry no number: only where the rest of the plan shows that there must be some."""

from dataclasses import replace

from extractors.document import Document
from extractors.headings import Candidate, plain
from extractors.roles import familiar

FEWEST_UNNUMBERED = 2


def with_unnumbered(document: Document, body: int, found: list[Candidate]) -> list[Candidate]:
    """Adds the headings that carry no number where the plan's numbering shows that there must be some: 一、 begins
    anew under each of them, or nothing is numbered at all."""
    tops = [one for one in found if one.marker and one.form != "sentence" and one.marker.style != "box"]
    if any(one.level for one in found if one.marker is None):
        return found
    if tops:
        assert tops[0].marker is not None
        first = tops[0].marker
        openings = [
            one for one in tops if one.marker and one.marker.style == first.style and one.marker.ordinals == (1,)
        ]
        if first.style not in ("han", "han-paren", "arabic") or len(openings) < FEWEST_UNNUMBERED:
            return found
        above = [plain(document, one.block - 1) for one in openings if one.block > body]
        parents = [one for one in above if one]
        return _merged(found, parents) if len(parents) == len(openings) else found
    lines = [one for i in range(body, len(document.blocks) - 1) if (one := plain(document, i))]
    chapters = [one for one in lines if familiar(one.title)]
    if len(chapters) < FEWEST_UNNUMBERED:
        return found
    sections = [
        replace(one, level=2)
        for one in lines
        if one not in chapters and one.block > chapters[0].block and _introduces(document, one.block)
    ]
    return _merged(found, chapters + sections)


def _merged(found: list[Candidate], more: list[Candidate]) -> list[Candidate]:
    known = {one.block for one in found}
    return sorted([*found, *(one for one in more if one.block not in known)], key=lambda one: one.block)


def _introduces(document: Document, index: int) -> bool:
    """Running text follows the line."""
    following = document.blocks[index + 1]
    return following.kind == "text" and "。" in document.words(following)
