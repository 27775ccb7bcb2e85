"""Texts that explain a plan and stand behind it in one file: 起草说明, 政策解读, 答记者问."""

from extractors.document import Document
from extractors.outline.headings import HeadingCandidate, candidate, short_line, spaceless
from extractors.vocabulary.chapters import BEGINS_WITH_VERB, is_part_title
from extractors.vocabulary.notices import EXPLAINS_PLAN
from extractors.vocabulary.numbering import marker

MAX_EXPLANATION_TITLE = 90  # characters
MIN_HEADINGS_ABOVE = 2  # headings of the plan, before what follows can explain it


def explanations(document: Document, body: int) -> list[range]:
    """The stretches of blocks from block `body` on, in order, that explain the plan above them: from the title of such
    a text (`_explains`), or the label of an annex right above it (附件2), to the next annex or the end. A title with
    fewer than MIN_HEADINGS_ABOVE (2) headings of the plan above it counts as none: the text before it is no plan, but
    the head of a page, or the file holds the explanation alone."""
    found: list[range] = []
    blocks = document.blocks
    above = 0
    for i in range(body, len(blocks)):
        if found and i < found[-1].stop:
            continue
        if above >= MIN_HEADINGS_ABOVE and _explains(document, i):
            first = i - 1 if i > body and _annex(document, i - 1) else i
            stop = next((j for j in range(i + 1, len(blocks)) if _annex(document, j)), len(blocks))
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
    annex = _annex(document, i)
    title = annex.title if annex else spaceless(document.words(block))
    return EXPLAINS_PLAN.fullmatch(title) is not None and not BEGINS_WITH_VERB.match(title) and marker(title) is None


def _annex(document: Document, i: int) -> HeadingCandidate | None:
    """Block `i` as the heading of an annex (附件2), None where it is none."""
    one = candidate(document, i) if document.text.startswith("附", document.blocks[i].start) else None
    return one if one and one.marker and one.marker.style == "annex" else None


def _heads(document: Document, i: int) -> bool:
    """Whether block `i` looks like a heading of a plan: it has a number and is no sentence, or it is a line with the
    name of a part of any plan (主要任务)."""
    one = candidate(document, i)
    if one and one.marker:
        return one.form != "sentence" and one.marker.style not in ("box", "annex")
    line = short_line(document, i)
    return line is not None and is_part_title(line.title)
