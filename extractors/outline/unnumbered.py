"""Headings without a number, which are taken only where the rest of the plan shows that there are some.

In all functions `lines` are short lines without a number (`short_line`), in order, and `numbered`, if nothing else is
said, the candidates with a number, sentences and captions of boxes aside.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.document import Document
from extractors.outline.headings import HeadingCandidate, short_line
from extractors.reading import SectionRole
from extractors.vocabulary.chapters import BEGINS_WITH_VERB, TASK_NOUN, WORKS_ENDING, is_part_title, part_role
from extractors.vocabulary.numbering import LIST_STYLES

MIN_OF_KIND = 2  # of a kind, before one is believed
PART_GROUPS: dict[SectionRole | None, str] = {"background": "before", "principles": "aims", "goals": "aims"}


def with_unnumbered(document: Document, blocks: Sequence[int], found: list[HeadingCandidate]) -> list[HeadingCandidate]:
    """The candidates `found`, in order, together with those lines among the `blocks` (indices, in order) that are
    headings without a number. The plan and each annex with a heading (附件2) are taken by themselves (`_of_part`),
    because an annex may have numbers where the plan has none. Lines that name the rows of a box are none
    (`_outside_boxes`). Nothing is added where the file format marks MIN_OF_KIND (2) headings without a number, 前言 and
    the like (UNNUMBERED) aside."""
    if sum(one.level > 0 for one in found if one.marker is None) >= MIN_OF_KIND:
        return found  # the format knows its headings
    known = {one.block for one in found}
    lines = [one for i in blocks if i not in known and (one := short_line(document, i))]
    lines = _outside_boxes(document, lines, found)
    numbered = [one for one in found if one.marker and one.form != "sentence" and one.marker.style != "box"]
    annexes = [one.block for one in numbered if one.marker and one.marker.style == "annex"]
    more: list[HeadingCandidate] = []
    for first, stop in pairwise([0, *annexes, len(document.blocks)]):
        within = [[one for one in each if first <= one.block < stop] for each in (lines, numbered)]
        more += _of_part(document, *within)
    return sorted([*found, *more], key=lambda one: one.block)


def _outside_boxes(
    document: Document, lines: Sequence[HeadingCandidate], found: Sequence[HeadingCandidate]
) -> list[HeadingCandidate]:
    """The short lines (`lines`) that are not the names of rows of a box, as a box of two columns has them in a text:
    专栏1 重点工程 / 设施建设工程 / 新建…。 / 人才培养工程 / 培训…。 Where such a line is right below the caption of a
    box and is not the name of a chapter that any plan has, it and those after it that `_rows` takes are such names.
    `found` are the other candidates, in order.

    A box ends at the next heading with a number (`_ends_box`), the caption of another box among them, and at the next
    name of a chapter that any plan has (`is_part_title`: 保障措施); it ends at the end of the text where there is
    neither."""
    at = [one.block for one in lines]
    parts = [one.block for one in lines if is_part_title(one.title)]
    numbered = [one.block for one in found if one.marker and _ends_box(one)]
    borders = sorted([*parts, *numbered])
    captions = [one for one in found if one.marker and one.marker.style == "box" and one.form == "lone"]
    inside: set[int] = set()
    for caption in captions:
        first = bisect_right(at, caption.block)
        if first == len(lines) or at[first] != caption.block + 1 or is_part_title(lines[first].title):
            continue
        border = bisect_right(borders, caption.block)
        end = borders[border] if border < len(borders) else len(document.blocks)
        begin = borders[border - 2] if border > 1 else -1  # borders[border - 1] is the caption itself
        above = lines[bisect_right(at, begin) : first]
        beside = any(one.block not in inside and _introduces(document, one.block, caption.block) for one in above)
        below = lines[first : bisect_left(at, end)]
        ends = border < len(borders)
        inside.update(one.block for one in _rows(document, below, end, unknown=beside or not ends))
    return [one for one in lines if one.block not in inside]


def _rows(
    document: Document, below: Sequence[HeadingCandidate], end: int, *, unknown: bool
) -> Sequence[HeadingCandidate]:
    """Of the short lines in or below a box (`below`), at least one, of which the first is right below its caption,
    those that name its rows; block `end` is the first after the box.

    - Where the first ends with a word for work (WORKS_ENDING: 设施建设工程), they are those before the first other line
      that running text follows: 居家养老工程 and 机构养老工程, but not 培养人才.
    - Where the first two or more (MIN_OF_KIND) begin with no verb, and all the others, at least two, with one, they are
      those without: 居家养老 and 机构养老, but neither 完善服务体系 nor 培养人才.
    - Otherwise they are all, but only the first where `unknown` says that there may be headings without a number among
      them."""
    if WORKS_ENDING.search(below[0].title):
        others = (
            n
            for n, one in enumerate(below)
            if not WORKS_ENDING.search(one.title) and _introduces(document, one.block, end)
        )
        return below[: next(others, len(below))]
    verbs = [BEGINS_WITH_VERB.match(one.title) is not None for one in below]
    names = verbs.index(True) if True in verbs else 0
    if min(names, len(verbs) - names) >= MIN_OF_KIND and all(verbs[names:]):
        return below[:names]
    return below[:1] if unknown else below


def _ends_box(one: HeadingCandidate) -> bool:
    """Whether the candidate, which has a number, is a heading below a box and no line in it: it is no sentence, and its
    number is no list's or it is alone on its line."""
    assert one.marker is not None
    return one.form == "lone" or (one.form == "run-in" and one.marker.style not in LIST_STYLES)


def _of_part(
    document: Document, lines: Sequence[HeadingCandidate], numbered: Sequence[HeadingCandidate]
) -> list[HeadingCandidate]:
    """Those of the short lines (`lines`) of the plan or an annex that are headings without a number: the chapters of
    any plan, where numbers begin again below them (`_chapters`), or else those below each of which 一、, （一） or 1.
    is repeated (`_above`), and those that, several or in bold type, divide the text below one heading (`_between`).
    Where no heading but that of the annex has a number, the chapters of any plan, and the other lines that running text
    follows as their sections (`_alone`)."""
    own = [one for one in numbered if one.marker and one.marker.style != "annex"]
    if not own:
        return _alone(document, lines)
    more = _chapters(document, lines, own) or _above(lines, own)
    taken = {one.block for one in more}
    others = [one for one in lines if one.block not in taken]
    return more + _between(document, others, sorted([*numbered, *more], key=lambda one: one.block))


def _openings(numbered: Sequence[HeadingCandidate]) -> list[HeadingCandidate]:
    """Those of the candidates `numbered`, at least one, that have the number 1 in the style of the first of them, which
    is 一、, （一） or 1.; [] for another style."""
    assert numbered[0].marker is not None
    top = numbered[0].marker.style
    if top not in ("han", "han-paren", "arabic"):
        return []
    return [one for one in numbered if one.marker and one.marker.style == top and one.marker.ordinals == (1,)]


def _above(lines: Sequence[HeadingCandidate], numbered: Sequence[HeadingCandidate]) -> list[HeadingCandidate]:
    """Of the short lines without a number (`lines`), those that are headings above numbered ones, whose numbers begin
    at 1 again below each: 产业振兴 / 一、… 二、… / 人才振兴 / 一、…. [] unless such a line is in the block right above
    every number 1 of the first number's style (`_openings`), of which there must be at least MIN_OF_KIND (2).
    `numbered` are the candidates with a number, at least one."""
    openings = _openings(numbered)
    above = {one.block: one for one in lines}
    parents = [above[one.block - 1] for one in openings if one.block - 1 in above]
    return parents if len(parents) == len(openings) >= MIN_OF_KIND else []


def _chapters(
    document: Document, lines: Sequence[HeadingCandidate], numbered: Sequence[HeadingCandidate]
) -> list[HeadingCandidate]:
    """The chapters without a number of a plan whose sections have one, from its short lines (`lines`): 工作目标 with
    running text below it, 工作任务 / （一）… （二）…, 工作要求 / （一）…. They have names that any plan has
    (`is_part_title`) and the levels of `_nested`; with them come the other lines right above every number 1
    (`_beside`). [] where

    - fewer than MIN_OF_KIND (2) of all these have level 1, or only one has a usual name and only one number 1 is below
      them, or the first with a usual name is below a number;
    - the numbers of the first number's style (`numbered`, at least one) do not begin at 1 again below each, or have a
      chapter of tasks themselves (二、重点任务);
    - one has neither running text below it (`_introduces`) nor a number 1 or another short line right below.
    """
    openings = _openings(numbered)
    known = [one for one in lines if is_part_title(one.title)]
    if not openings or not known or known[0].block > numbered[0].block:
        return []
    assert openings[0].marker is not None
    top = openings[0].marker.style
    same = [one for one in numbered if one.marker and one.marker.style == top]
    below = {one.block for one in [*openings, *lines]}
    for one in known:
        following = next((other for other in same if other.block > one.block), None)
        if following and following not in openings:
            return []
        if one.block + 1 not in below and not _introduces(document, one.block, len(document.blocks)):
            return []
    chapters = _nested(known)
    beside = _beside(lines, chapters, openings)
    named = sum(one.level == 1 for one in chapters)
    if named + sum(one.level == 1 for one in beside) < MIN_OF_KIND or max(named, len(openings)) < MIN_OF_KIND:
        return []
    if any(TASK_NOUN.fullmatch(one.title) for one in same):
        return []
    return sorted([*chapters, *beside], key=lambda one: one.block)


def _beside(
    lines: Sequence[HeadingCandidate], chapters: Sequence[HeadingCandidate], openings: Sequence[HeadingCandidate]
) -> list[HeadingCandidate]:
    """The other short lines (`lines`) in the blocks right above the numbers 1 (`openings`): sections, of level 2, of
    the chapter above them where that is of tasks (主要任务 / 推进农业节水 / 1.…), else chapters of level 1 (总体目标 /
    产业振兴 / 一、…). `chapters` are those with usual names, in order. [] where such a line, or a chapter, is not right
    above every one of them."""
    blocks = {one.block for one in chapters}
    above = {one.block: one for one in lines if one.block not in blocks}
    if not all(one.block - 1 in above or one.block - 1 in blocks for one in openings):
        return []
    found = []
    for one in (above[opening.block - 1] for opening in openings if opening.block - 1 in above):
        chapter = next((other for other in reversed(chapters) if other.block < one.block), None)
        found.append(replace(one, level=2) if chapter and TASK_NOUN.fullmatch(chapter.title) else one)
    return found


def _between(
    document: Document, lines: Sequence[HeadingCandidate], numbered: Sequence[HeadingCandidate]
) -> list[HeadingCandidate]:
    """Of the short lines without a number (`lines`), those that divide the text below one of the headings `numbered`,
    which are all that are known, in order: 做强龙头企业 / 引进…。 / 扶持中小企业 / 落实…。 All lines below a heading
    are taken where there are at least MIN_OF_KIND (2), running text follows each (`_introduces`), and no two are in
    neighbouring blocks; else those that begin with bold words and that running text follows. None is taken below a
    heading that is not alone on its line. Those returned have the level 0 and are marked as `below`."""
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
