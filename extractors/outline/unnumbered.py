"""Headings without a number, which are taken only where the rest of the plan shows that there are some.

In all functions `lines` are short lines without a number (`short_line`), in order, and `numbered` are the candidates
with a number, sentences and captions of boxes aside.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.document import Document
from extractors.outline.headings import HeadingCandidate, short_line
from extractors.reading import SectionRole
from extractors.vocabulary.chapters import is_part_title, part_role

MIN_OF_KIND = 2  # of a kind, before one is believed
PART_GROUPS: dict[SectionRole | None, str] = {"background": "before", "principles": "aims", "goals": "aims"}


def with_unnumbered(document: Document, body: int, found: list[HeadingCandidate]) -> list[HeadingCandidate]:
    """The candidates `found`, in order, together with those lines from block `body` on that are headings without a
    number. These are taken where 一、, （一） or 1. is repeated below each of them (`_above`), where several, or one in
    bold type, divide the text below one numbered heading (`_between`), or where no heading has a number (`_alone`),
    sentences and captions of boxes aside; and not at all where the file format marks MIN_OF_KIND (2) headings without
    a number, 前言 and the like (UNNUMBERED) aside."""
    if sum(one.level > 0 for one in found if one.marker is None) >= MIN_OF_KIND:
        return found  # the format knows its headings
    known = {one.block for one in found}
    lines = [one for i in range(body, len(document.blocks)) if i not in known and (one := short_line(document, i))]
    numbered = [one for one in found if one.marker and one.form != "sentence" and one.marker.style != "box"]
    more = _above(lines, numbered) + _between(document, lines, numbered) if numbered else _alone(document, lines)
    return sorted([*found, *more], key=lambda one: one.block)


def _above(lines: Sequence[HeadingCandidate], numbered: Sequence[HeadingCandidate]) -> list[HeadingCandidate]:
    """Of the short lines without a number (`lines`), those that are headings above numbered ones, whose numbers begin
    at 1 again below each: 总体要求 / 一、… 二、… / 重点任务 / 一、…. [] unless such a line is in the block right above
    every number 1 of the first number's style (一、, （一） or 1.; [] for other styles), of which there must be at
    least MIN_OF_KIND (2). `numbered` are the candidates with a number, at least one."""
    assert numbered[0].marker is not None
    top = numbered[0].marker.style
    openings = [one for one in numbered if one.marker and one.marker.style == top and one.marker.ordinals == (1,)]
    if top not in ("han", "han-paren", "arabic") or len(openings) < MIN_OF_KIND:
        return []
    above = {one.block: one for one in lines}
    parents = [above[one.block - 1] for one in openings if one.block - 1 in above]
    return parents if len(parents) == len(openings) else []


def _between(
    document: Document, lines: Sequence[HeadingCandidate], numbered: Sequence[HeadingCandidate]
) -> list[HeadingCandidate]:
    """Of the short lines without a number (`lines`), those that divide the text below one of the `numbered` headings:
    做强龙头企业 / 引进…。 / 扶持中小企业 / 落实…。 All lines below a heading are taken where there are at least
    MIN_OF_KIND (2), running text follows each (`_introduces`), and no two are in neighbouring blocks; else those that
    begin with bold words and that running text follows. None is taken below a heading that is not alone on its line.
    Those returned have the level 0 and are marked as `below`."""
    found: list[HeadingCandidate] = []
    ends = [one.block for one in numbered[1:]] + [len(document.blocks)]
    at = 0
    for one, end in zip(numbered, ends, strict=True):
        while at < len(lines) and lines[at].block <= one.block:
            at += 1
        first = at
        while at < len(lines) and lines[at].block < end:
            at += 1
        inside = [line for line in lines[first:at] if _introduces(document, line.block, end)]
        bold = [line for line in inside if document.blocks[line.block].bold_end]
        if len(inside) >= MIN_OF_KIND and one.form == "lone" and len(inside) == at - first and _alternate(inside):
            found += inside
        elif one.form == "lone":
            found += bold
    return [replace(one, level=0, below=True) for one in found]


def _alternate(lines: Sequence[HeadingCandidate]) -> bool:
    """Whether no two of the lines without a number are in neighbouring blocks, so that each has a text of its own below
    it."""
    return all(following.block - line.block >= 2 for line, following in pairwise(lines))


def _alone(document: Document, lines: Sequence[HeadingCandidate]) -> list[HeadingCandidate]:
    """The headings of a plan without any numbers, from its short lines: chapters such as 总体要求, 主要任务, 保障措施
    with the levels of `_nested`, and after all of these the other lines below the first chapter that running text
    follows (`_introduces`), at level 2. [] where there are fewer than MIN_OF_KIND (2) chapters at level 1."""
    known = _nested([one for one in lines if is_part_title(one.title)])
    if sum(one.level == 1 for one in known) < MIN_OF_KIND:
        return []
    taken = {one.block for one in known}
    sections = [
        replace(one, level=2)
        for one in lines
        if one.block not in taken
        and one.block > known[0].block
        and _introduces(document, one.block, len(document.blocks))
    ]
    return known + sections


def _nested(known: Sequence[HeadingCandidate]) -> list[HeadingCandidate]:
    """The headings `known`, chapters by their names, with their levels. Level 2 has one that is in the block right
    below the heading before it and belongs to the same group of parts (PART_GROUPS), and those after it up to the first
    that does not belong to that group; the others have the level that they had. In 总体要求 / 指导思想 / … / 主要目标 /
    …, 指导思想 and 主要目标 are below 总体要求."""
    found: list[HeadingCandidate] = []
    part = None  # the part that has sections
    for one in known:
        own = PART_GROUPS.get(part_role(one.title))
        if own is None or own != part:
            part = None
        if (
            part is None
            and found
            and found[-1].block + 1 == one.block
            and PART_GROUPS.get(part_role(found[-1].title)) == own
        ):
            part = own
        found.append(replace(one, level=2) if part else one)
    return found


def _introduces(document: Document, index: int, end: int) -> bool:
    """Whether running text, a paragraph that ends with 。, follows block `index`, as it does after a heading. False
    where the next block is block `end` or after it."""
    if index + 1 >= end:
        return False
    following = document.blocks[index + 1]
    return following.kind == "text" and document.words(following).endswith("。")
