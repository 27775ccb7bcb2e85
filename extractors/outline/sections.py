"""The text of a plan divided at its headings, and the role of each section (tasks, goals …)."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors import expressions as re
from extractors.document import Document
from extractors.layout.tables import NOTE_LABEL
from extractors.outline.headings import HeadingCandidate
from extractors.outline.nesting import Outline
from extractors.reading import Section, SectionRole
from extractors.vocabulary.chapters import DUTIES_OF_BODIES, annex_role, chapter_role, holds_tasks, own_role, part_role
from extractors.vocabulary.notices import NOTICE_WORDS
from ontology.model.facts import Heading


def sections(document: Document, outline: Outline, body: int) -> list[Section]:
    """The text divided into sections, in order, at its headings, at the offsets of annexes without headings, of titles
    of further plans and of texts that explain the plan (`Outline.lists`), and at numbered sentences that count on from
    a heading without being one (`Outline.untitled`: （三）以各单位报送的分值为基础，… after （二）实行百分制). `body`
    is the index of the block at which the plan's own text begins.

    - The text before block `body` is a section without a heading, of the role "notice" where it has words of a notice,
      else "preface", or "other" in a text without headings.
    - The text from there to the first heading is another, of the role "preface"; in a text without headings that of the
      section before it, if there is one.
    - Each heading has a section, from the end of the heading's words to the next heading. That of a box ends with the
      box (`_box_end`); what follows up to the next heading is another section of the heading above the box, with its
      role, or "other" without such a heading.
    - A numbered sentence ends the section that it stands in and begins another, of the heading above the one from which
      it counts on (`_at_untitled`).
    - What begins at an offset of `Outline.lists` is a section without a heading (`_without_lists`).

    The words of the headings, with the marks and blanks after them (`HeadingCandidate.body`), are in no section; apart
    from these the sections cover the text from its first character to its last.
    """
    found = outline.headings
    blocks, length = document.blocks, len(document.text)
    first = found[0][1].start if found else length
    start = min(blocks[body].start, first) if body < len(blocks) else first
    pieces: list[Section] = []
    if start:
        noticed = NOTICE_WORDS.search(document.text, 0, start) is not None
        pieces.append(Section(None, "notice" if noticed else "preface" if found else "other", 0, start))
    if start < first:
        pieces.append(Section(None, "preface" if found or not pieces else pieces[0].role, start, first))
    roles = _roles([heading for heading, _ in found], [bisect_right(outline.works, seen.start) for _, seen in found])
    for n, (heading, seen) in enumerate(found):
        limit = found[n + 1][1].start if n + 1 < len(found) else length
        end = limit
        if heading.kind in ("box", "box-item"):
            end = _box_end(document, found, n, limit)
        pieces.append(Section(heading, roles[n], min(seen.body, end), end))
        if end < limit:
            box = heading if heading.kind == "box" else found[heading.parent or 0][0]
            above = None if box.parent is None else found[box.parent][0]
            role = roles[above.position] if above else "other"
            pieces.append(Section(above, role, end, limit))
    untitled = list(outline.untitled)  # in the order of the text
    divided = [part for piece in pieces for part in _at_untitled(piece, untitled, outline, roles)]
    return [part for piece in divided for part in _without_lists(piece, outline)]


def _at_untitled(
    piece: Section, untitled: Sequence[int], outline: Outline, roles: Sequence[SectionRole]
) -> list[Section]:
    """The section divided at the numbered sentences in it that count on from a heading without being one
    (`Outline.untitled`): what is before the first of them, and for each a section that is marked as `untitled`, of the
    heading above the one from which it counts on, with the role of that. `untitled` are the offsets of all such
    sentences, in order, `roles` the roles of the headings. A section without any is returned as it is."""
    starts = untitled[bisect_left(untitled, piece.start) : bisect_left(untitled, piece.end)]
    parts = [replace(piece, end=starts[0])] if starts else [piece]
    for start, end in pairwise([*starts, piece.end]):
        above = outline.untitled[start]
        parts.append(Section(outline.headings[above][0], roles[above], start, end, untitled=True))
    return parts


def _without_lists(piece: Section, outline: Outline) -> list[Section]:
    """The section divided at the offsets in it of annexes without headings (附件2 重点项目表), titles of further plans
    and texts that explain the plan (`Outline.lists`): what is before the first, which may be empty, and from each on a
    section without a heading, with the role "background" for what explains the plan, which tells how it came about,
    else "other". A section without any is returned as it is."""
    starts = outline.lists[bisect_left(outline.lists, piece.start) : bisect_left(outline.lists, piece.end)]
    parts = [replace(piece, end=starts[0])] if starts else [piece]
    for start, end in pairwise([*starts, piece.end]):
        parts.append(Section(None, "background" if start in outline.explained else "other", start, end))
    return parts


def _box_end(document: Document, found: Sequence[tuple[Heading, HeadingCandidate]], n: int, limit: int) -> int:
    """The offset at which the text of the heading `found[n]`, a box or a line of one, ends: at the latest at `limit`,
    where the next heading begins. `found` are all headings, each with its candidate. By the first of these that
    applies:

    - The next heading is a line of the box: at `limit`.
    - The file format draws a frame around the heading's block: after the frame.
    - A box: after the tables and notes right below its caption, at `limit` where no table is.
    - The last line of a box: after its own paragraph, and, where the heading is alone on its line and the one before is
      a line of the box too, after as many further paragraphs as that has.
    """
    heading, seen = found[n]
    blocks = document.blocks
    if n + 1 < len(found) and found[n + 1][0].kind == "box-item":
        return limit
    at = seen.block
    if blocks[at].box:
        while at + 1 < len(blocks) and blocks[at + 1].box and blocks[at + 1].start < limit:
            at += 1
    elif heading.kind == "box":
        if at + 1 >= len(blocks) or blocks[at + 1].kind != "table":
            return limit
        while at + 1 < len(blocks) and (
            blocks[at + 1].kind == "table" or NOTE_LABEL.match(document.words(blocks[at + 1]))
        ):
            at += 1
    elif found[n - 1][0].kind == "box-item" and seen.form == "lone":
        # 01 高端新材料, with its text on the lines below: the last has as many as the one before
        at += max(0, seen.block - found[n - 1][1].block - 1)
    return min(limit, blocks[min(at, len(blocks) - 1)].end + 1)


def _roles(headings: Sequence[Heading], works: Sequence[int]) -> list[SectionRole]:
    """The role of the section of each of the headings, in order. `works` has for each the number of the plan in the
    file to which it belongs; places and neighbours of chapters are those in their plan.

    - A chapter's follows from its title, its place, the role of the chapter before it (tasks, if a section in that has
      it; annexes aside) and the titles of its sections (`chapter_role`). Where that is tasks, it is the role that the
      titles of its sections give (`_of_children`), if they give one; where that is goals, it is tasks if the chapter
      holds the tasks of the plan (`holds_tasks`).
    - An annex's follows from its title and sections (`annex_role`).
    - A box outside of chapters has "other".
    - A heading below another has the role that its own title gives, else that of the heading above it; boxes and their
      lines always have that of the heading above.
    """
    chapters: dict[int, list[str]] = {work: [] for work in works}  # the titles
    places: dict[int, int] = {}  # of each chapter in its plan, by the position of the heading
    for heading, work in zip(headings, works, strict=True):
        if heading.kind == "chapter":
            places[heading.position] = len(chapters[work])
            chapters[work].append(heading.title)
    children: dict[int | None, list[str]] = {}
    for heading in headings:
        children.setdefault(heading.parent, []).append(heading.title)
    roles: list[SectionRole] = []
    before: SectionRole | None = None  # the last chapter's role; tasks, if any stood in it
    last = None
    for heading, work in zip(headings, works, strict=True):
        before, last = before if work == last else None, work
        role: SectionRole
        if heading.parent is not None:
            inherited = roles[heading.parent]
            role = inherited if heading.kind in ("box", "box-item") else own_role(heading.title, inherited)
            before = "tasks" if role == "tasks" else before
        elif heading.kind == "box":
            role = "other"
        elif (heading.number or "").startswith("附"):
            role = annex_role(heading.title, children.get(heading.position, ()))
        else:
            below = children.get(heading.position, ())
            own = chapters[work]
            at = places[heading.position]
            role = chapter_role(heading.title, at, len(own), before, below, own[at + 1 :])
            if role == "tasks":
                role = _of_children(below) or role
            elif role == "goals" and holds_tasks(heading.title, below, own):
                role = "tasks"
            before = role
        roles.append(role)
    return roles


def _of_children(titles: Sequence[str]) -> SectionRole | None:
    """The role that the titles of a chapter's sections give the chapter, which is that of the first: 发展环境 and
    指导方针 below 第一篇 开启新征程 -> "background". None where one of the titles gives no role, or there are none."""
    roles = [part_role(title) for title in titles]
    return roles[0] if roles and None not in roles else None


def duties_above(headings: Sequence[Heading], heading: Heading) -> re.Match[str] | None:
    """The words that say that the heading right above this one of the plan's `headings` is that of a chapter of duties
    (工作职责: DUTIES_OF_BODIES), with the word for them as `cue`; None where it is not, or there is none above."""
    return None if heading.parent is None else DUTIES_OF_BODIES.search(headings[heading.parent].title)
