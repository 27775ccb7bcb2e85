"""What only all candidates together show: titles of further plans, numbers that continue through the whole plan, and
which styles of numbers are below which."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extractors import expressions as re
from extractors.document import Document
from extractors.outline.headings import NOTE_ALONE, HeadingCandidate, spaceless, title_above_list
from extractors.vocabulary.chapters import PAGE_PART, is_part_title
from extractors.vocabulary.notices import TITLE_KINDS
from extractors.vocabulary.numbering import LIST_STYLES, STYLE_RANK, marker
from extractors.vocabulary.stops import CLAUSE_ENDS

Key = tuple[str, int]  # a style of number, and how many numbers it has (1.1.1: 3)
# 云岭省储能产业行动计划（2023—2025年）: a line that may be the title of a further work
WORK_TITLE = re.compile(rf"[^{CLAUSE_ENDS}、|附]{{4,60}}{TITLE_KINDS}(?:[（(][^（）()]{{1,30}}[）)])?")
MIN_THROUGH_NUMBERS = 4  # numbers that run through a plan
MAX_THROUGH_TITLE_LENGTH = 36
MAX_LOST_NUMBERS = 3  # how far the next number may be where headings were lost
MIN_LINES_ABOVE = 2  # lines 一、 right above a chapter
MAX_WRAPPERS = 4  # headings that a page or a crawler sets above a text


def key(one: HeadingCandidate) -> Key:
    """The style of the candidate's number and how many numbers it has: （一） -> ("han-paren", 1), 1.2.1 -> ("decimal",
    3). Only for a candidate with a number."""
    assert one.marker is not None
    return one.marker.style, len(one.marker.ordinals)


def numbered(candidates: Sequence[HeadingCandidate]) -> list[HeadingCandidate]:
    """The candidates with a number, in order, without those that read as sentences, captions of boxes and annexes."""
    return [
        one for one in candidates if one.marker and one.form != "sentence" and one.marker.style not in ("box", "annex")
    ]


def further_works(document: Document, candidates: Sequence[HeadingCandidate]) -> list[int]:
    """The indices of the blocks that are titles of a second or third plan in one file. They are looked for above each
    place but the first where the plan's highest numbers begin at 1 again: of the five blocks above that place the
    nearest that looks like a title (WORK_TITLE) and has no number. None is taken where a numbered block, a table or
    another block that is no paragraph stands between, right below 附件, 附录 or 附表, or as the document's first block.
    [] for a plan without numbers."""
    found: list[int] = []
    known = numbered(candidates)
    if not known:
        return found
    top = min(known, key=lambda one: STYLE_RANK[key(one)[0]])
    opening = [one for one in known if key(one) == key(top) and one.marker and one.marker.ordinals == (1,)]
    blocks = {one.block for one in candidates if one.marker}
    for one in opening[1:]:
        for i in range(one.block - 1, max(one.block - 6, 0), -1):
            words = spaceless(document.words(document.blocks[i]))
            if i in blocks or document.blocks[i].kind != "text":
                break
            if WORK_TITLE.fullmatch(words) and marker(words) is None and not _annexed(document, i):
                found.append(i)
                break
    return found


def _annexed(document: Document, block: int) -> bool:
    """Whether the block right above block `block` begins with 附件, 附录 or 附表, so that the title in the block is
    that of an annex and not of a further plan. False for the first block."""
    return block > 0 and re.match(r"附\s{0,6}[件录表]", document.words(document.blocks[block - 1])) is not None


def through_numbers(document: Document, candidates: Sequence[HeadingCandidate]) -> dict[Key, int]:
    """The styles of list items (1., （1）) whose numbers continue through the whole plan, each with its first number:
    {("arabic", 1): 1}. There are headings of a higher style between them (1. in chapter 一, 2. to 4. in chapter 二), or
    they begin at a number above MAX_LOST_NUMBERS (3), as in a part of a plan. Sentences aside, there must be
    MIN_THROUGH_NUMBERS (4), each 1 to MAX_LOST_NUMBERS higher than the one before, at most one in eight by more than 1;
    and two thirds of all candidates of the style must have short titles (`_titled`)."""
    found: dict[Key, int] = {}
    for own in {key(one) for one in candidates if one.marker and one.marker.style in LIST_STYLES}:
        places = [
            (n, one) for n, one in enumerate(candidates) if one.marker and key(one) == own and one.form != "sentence"
        ]
        every = sum(one.marker is not None and key(one) == own for one in candidates)
        if sum(_titled(document, one) for _, one in places) * 3 < every * 2:
            continue
        counts = [one.marker.ordinals[-1] for _, one in places if one.marker]
        steps = [later - count for count, later in pairwise(counts)]
        gaps = sum(step != 1 for step in steps)
        if (
            len(counts) < MIN_THROUGH_NUMBERS
            or not all(0 < step <= MAX_LOST_NUMBERS for step in steps)
            or gaps * 8 > len(steps)
        ):
            continue
        parted = sum(any(_above(candidates[k], own) for k in range(n + 1, m)) for (n, _), (m, _) in pairwise(places))
        if parted or counts[0] > MAX_LOST_NUMBERS:
            found[own] = counts[0]
    return found


def _titled(document: Document, one: HeadingCandidate) -> bool:
    """Whether the candidate has a title of at most MAX_THROUGH_TITLE_LENGTH (36) characters without 。, and the text
    after it is not just one to three notes in brackets: True for 工匠培养项目。培养技师60名。 and for a title alone,
    False for 新增基站1000座。（市工信局负责）."""
    later = document.text[one.body : document.blocks[one.block].end].strip()
    return len(one.title) <= MAX_THROUGH_TITLE_LENGTH and "。" not in one.title and not NOTE_ALONE.fullmatch(later)


def _above(one: HeadingCandidate, own: Key) -> bool:
    """Whether the candidate is a heading, but no annex, whose style is usually above the style of the key `own`: 一、
    for ("arabic", 1) -> True."""
    if one.marker is None or one.form == "sentence" or one.marker.style == "annex":
        return False
    return STYLE_RANK[one.marker.style] < STYLE_RANK[own[0]]


def with_titles_above_lists(document: Document, candidates: Sequence[HeadingCandidate]) -> list[HeadingCandidate]:
    """The candidates, where a sentence in the block right above the number 1 of a lower style, which is no sentence
    itself, is a heading if only its length speaks against it (`title_above_list`)."""
    result = list(candidates)
    for n, (one, below) in enumerate(pairwise(candidates)):
        if one.marker is None or one.form != "sentence" or one.marker.style in ("box", "annex"):
            continue
        opens = below.marker is not None and below.form != "sentence" and below.marker.ordinals == (1,)
        if opens and below.block == one.block + 1 and STYLE_RANK[key(one)[0]] < STYLE_RANK.get(key(below)[0], 0):
            result[n] = title_above_list(document, one)
    return result


def nested_styles(candidates: Sequence[HeadingCandidate]) -> Counter[tuple[Key, Key]]:
    """How often a heading with the number 1, or the last part 1 (3.1), comes right after a candidate with a number of a
    higher style: {(("han", 1), ("han-paren", 1)): 7} where （一） comes right after headings such as 三、 seven times.
    The heading is no sentence and no annex; the candidate before may be a sentence, but no box or annex. Which style is
    higher is the usual order (STYLE_RANK), in which a box is the lowest."""
    found: Counter[tuple[Key, Key]] = Counter()
    before: HeadingCandidate | None = None
    for one in candidates:
        opens = one.marker is not None and one.form != "sentence" and one.marker.ordinals[-1] == 1
        if opens and before and before.marker and before.marker.style not in ("box", "annex"):
            upper, lower = key(before), key(one)
            if STYLE_RANK[upper[0]] < STYLE_RANK.get(lower[0], 0):
                found[upper, lower] += 1
        before = one
    return found


def ranks(candidates: Sequence[HeadingCandidate]) -> dict[str, float]:
    """The rank of each style of number in this plan, by its name, the smaller the higher: {"chapter": 1, …}. It is the
    usual one (STYLE_RANK), but 一、 ("han", "formal") alone on its line is above 第一章, or else above 第一条, where at
    least MIN_LINES_ABOVE (2) such lines, and two thirds of all, are in the block right above a chapter, or else an
    article."""
    known = numbered(candidates)
    lines = [n for n, one in enumerate(known) if one.form == "lone" and key(one)[0] in ("han", "formal")]
    for lower in ("chapter", "article"):
        above = sum(n + 1 < len(known) and _right_above(known[n], known[n + 1], lower) for n in lines)
        if above >= MIN_LINES_ABOVE and above * 3 >= len(lines) * 2:
            return STYLE_RANK | {"han": STYLE_RANK[lower] - 0.4, "formal": STYLE_RANK[lower] - 0.5}
    return STYLE_RANK


def _right_above(upper: HeadingCandidate, lower: HeadingCandidate, style: str) -> bool:
    """Whether `lower` has a number of the style named `style` ("chapter") and is in the block right after that of
    `upper`."""
    return key(lower)[0] == style and lower.block == upper.block + 1


def without_page_parts(candidates: list[HeadingCandidate]) -> list[HeadingCandidate]:
    """The candidates without the headings that a web page sets above or below a text (基本信息, 政策全文, 相关附件;
    PAGE_PART), which have a level and no number.

    Where there is such a heading, and at most MAX_WRAPPERS (4) candidates have a level and no number, all of them above
    the first numbered heading, the candidates with a level and no number are all left out, except those with the name
    of a chapter of any plan (总体要求) and the first of them, unless that is a web page's too.
    """
    bare = [one for one in candidates if one.marker is None and one.level]
    opening = next((one.block for one in candidates if one.marker and one.form != "sentence"), None)
    dropped = {one.block for one in bare if PAGE_PART.fullmatch(one.title)}
    if dropped and opening is not None and len(bare) <= MAX_WRAPPERS and all(one.block < opening for one in bare):
        dropped |= {one.block for one in bare[1:] if not is_part_title(one.title)}
    return [one for one in candidates if one.block not in dropped]
