"""Texts that explain a plan and stand behind it in one file: 起草说明, 政策解读, 答记者问."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from extractors import expressions as re
from extractors.document import Document
from extractors.outline.headings import annex_heading, candidate, short_line, spaceless
from extractors.vocabulary.chapters import BEGINS_WITH_VERB, is_part_title
from extractors.vocabulary.notices import EXPLAINS_PLAN
from extractors.vocabulary.numbering import HIGH_STYLES, Marker, marker

MAX_EXPLANATION_TITLE = 90  # characters
MIN_HEADINGS_ABOVE = 2  # headings of the plan, before what follows can explain it
MAX_NUMBERS = 200  # numbers looked at behind a title that does not name the plan
# 《云岭省水网规划》政策解读, 云岭省节水行动方案起草说明, but not 惠企政策解读: a title with the name of a plan
PLAN_NAME = re.compile(r"》|规划|纲要|计划|方案|意见")


def explanations(document: Document, body: int) -> list[range]:
    """The stretches of blocks from block `body` on, in order, that explain the plan above them: from the title of such
    a text (`_explains`), or the label of an annex right above it (附件2), to the next annex or the end. A title that is
    no annex's and does not name the plan (政策解读) may be a heading in the plan; it counts where numbers begin anew
    behind it (`_numbers_begin_anew`). A title with fewer than MIN_HEADINGS_ABOVE (2) headings of the plan above it
    counts as none: the text before it is no plan, but the head of a page, or the file holds the explanation alone."""
    found: list[range] = []
    numbers: list[tuple[int, Marker]] | None = None  # looked for once, where a title needs them
    blocks = document.blocks
    above = 0
    for i in range(body, len(blocks)):
        if found and i < found[-1].stop:
            continue
        if above >= MIN_HEADINGS_ABOVE and _explains(document, i):
            first = i - 1 if i > body and annex_heading(document, i - 1) else i
            named = first < i or annex_heading(document, i) or PLAN_NAME.search(spaceless(document.words(blocks[i])))
            if not named:
                numbers = _numbers(document, body) if numbers is None else numbers
                if not _numbers_begin_anew(numbers, i):
                    continue
            stop = next((j for j in range(i + 1, len(blocks)) if annex_heading(document, j)), len(blocks))
            found.append(range(first, stop))
        elif above < MIN_HEADINGS_ABOVE:
            above += _heads(document, i)
    return found


def _explains(document: Document, i: int) -> bool:
    """Whether block `i` is the title of a text that explains the plan, alone (《云岭省水网规划》政策解读, 起草说明) or
    as that of an annex (附件2：起草说明). False for a line with another number, for a measure (加强政策解读), and for
    more than MAX_EXPLANATION_TITLE (90) characters."""
    block = document.blocks[i]
    if block.kind != "text" or block.end - block.start > MAX_EXPLANATION_TITLE:
        return False
    annex = annex_heading(document, i)
    title = annex.title if annex else spaceless(document.words(block))
    return EXPLAINS_PLAN.fullmatch(title) is not None and not BEGINS_WITH_VERB.match(title) and marker(title) is None


def _numbers_begin_anew(numbers: Sequence[tuple[int, Marker]], i: int) -> bool:
    """Whether the numbers behind block `i` are those of another text than the plan's above it: 一、 behind 一、 and
    二、, or behind a plan whose chapters have other numbers or none. `numbers` are those of all blocks (`_numbers`).

    The first MAX_NUMBERS (200) numbers behind the block are looked at, as far as the next annex. The first of these
    that is a 1 of the plan's highest style (that of its first number) makes it True; one that is no 1, before any 1 of
    its style, makes it False, because it goes on after the plan's: 政策解读 in （一） with （二） or 三、 behind it.
    Where neither comes, it is True if a 1 of HIGH_STYLES (一、, 第一章 and the like) is among them.
    """
    behind = bisect_right(numbers, i, key=itemgetter(0))
    highest = numbers[0][1].style if behind else None
    begun: set[str] = set()
    for _, number in numbers[behind : behind + MAX_NUMBERS]:
        if number.style == "annex":
            break
        if number.ordinals[-1] == 1:
            begun.add(number.style)
        elif number.style not in begun:
            return False
        if number.style == highest:
            return True
    return not begun.isdisjoint(HIGH_STYLES)


def _numbers(document: Document, body: int) -> list[tuple[int, Marker]]:
    """The numbers with which blocks begin, from block `body` on, those of annexes among them and those of boxes (专栏)
    not, each with the index of its block, in order."""
    found = (candidate(document, i) for i in range(body, len(document.blocks)))
    return [(one.block, one.marker) for one in found if one and one.marker and one.marker.style != "box"]


def _heads(document: Document, i: int) -> bool:
    """Whether block `i` looks like a heading of a plan: it has a number and is no sentence, or it is a line with the
    name of a part of any plan (主要任务)."""
    one = candidate(document, i)
    if one and one.marker:
        return one.form != "sentence" and one.marker.style not in ("box", "annex")
    line = short_line(document, i)
    return line is not None and is_part_title(line.title)
