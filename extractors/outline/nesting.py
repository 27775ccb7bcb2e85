"""Which of the candidates are headings, and which heading is above which: the plan's own numbering decides."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors import expressions as re
from extractors.document import Document
from extractors.layout.contents import entry_key
from extractors.layout.tables import NOTE_LABEL
from extractors.outline.explanations import explanations
from extractors.outline.headings import HeadingCandidate, annex_heading, candidate, clause, spaceless, titled_sentence
from extractors.outline.unnumbered import with_unnumbered
from extractors.outline.whole import (
    WORK_TITLE,
    Key,
    further_works,
    nested_styles,
    numbered,
    ranks,
    through_numbers,
    with_titles_above_lists,
    without_page_parts,
)
from extractors.outline.whole import (
    key as _key,
)
from extractors.vocabulary.chapters import ANNEX_OF_WORK, BEGINS_WITH_VERB
from extractors.vocabulary.numbering import (
    BY_STYLE,
    DIVISION_STYLES,
    LIST_STYLES,
    UNRANKED,
    WEAK_STYLES,
    Marker,
    marker,
)
from ontology.model.facts import Heading, HeadingKind

Found = tuple[Heading, HeadingCandidate]
# numbers of headings that a sentence may have too; a decimal one may be a quantity
SIBLING_STYLES = WEAK_STYLES | {"han", "formal"}
LOOKAHEAD = 80  # candidates in which the rest of a list is looked for
MAX_LOST_HEADINGS = 2  # headings that a conversion may have dropped between two of the same kind
# 附件：1.重点项目表
ATTACHMENT_LIST = re.compile(r"附\s{0,6}[件表录]\s{0,3}[：:]")
MAX_ATTACHMENT_LENGTH = 60  # characters of a numbered line with the name of what is attached
# 重点项目清单, 任务分工表（2021年）: the name of a table, no heading
TABLE_NAME = re.compile(r".{0,50}(?:表|清单|名单|名录|一览|(?:布局|分布|分区|示意|区位|规划)图)(?:[（(].{0,12}[）)])?")
MAX_ANNEX_TITLE_LENGTH = 50  # of an annex
MAX_ANNEX_DISTANCE = 200  # characters between an annex's title and its first heading
MAX_LINE_PARAGRAPHS = 4  # paragraphs that a numbered line of a box may have


@dataclass(frozen=True, slots=True)
class Outline:
    """What `headings` finds: `headings`, each with the candidate that it was read from; `lists`, the offsets at which
    text begins that belongs to no heading, in order: annexes that are tables or lists, titles of further plans in the
    file, and texts that explain the plan; `works` and `explained`, the offsets of the last two alone; and `untitled`,
    the offsets at which a numbered sentence ends the text of the heading whose number is one lower, with the index of
    the heading above both (`_OutlineBuilder._untitled`)."""

    headings: list[Found]
    lists: list[int]
    works: list[int]
    explained: frozenset[int]
    untitled: dict[int, int]


def headings(document: Document, body: int, works: Sequence[int] = ()) -> Outline:
    """The outline from block `body` on: the headings, those of boxes among them, and the offsets at which text begins
    that belongs to no heading (`Outline`: annexes that are tables or lists, further plans, texts that explain the
    plan). `works` are the indices of blocks with titles of further plans that are known already."""
    builder = _OutlineBuilder(document, body, works)
    works = [document.blocks[block].start for block in builder.works]
    return Outline(builder.build(), sorted(builder.lists), works, builder.explained, builder.untitled)


@dataclass(slots=True)
class _OpenHeading:
    """A heading below which the next one may be placed. `key` is the style of its number with the count of its parts,
    ("decimal", 2), or ("level", 2), ("annex", 0), ("below", 0) for one that is placed without a number. `ordinals` are
    the parts of the number, (0,) for such a heading, `heading` its index among the headings, and `level` that of its
    candidate, 0 for none."""

    key: Key
    ordinals: tuple[int, ...]
    heading: int
    level: int

    @property
    def ordinal(self) -> int:
        """The last part of its number: 2 for 3.2; 0 where it is placed without a number."""
        return self.ordinals[-1]


@dataclass(slots=True)
class _OpenBox:
    """The box (专栏) being read. `heading` is its index among the headings, and `key` the style of its numbered lines,
    ("arabic", 1), None before the first one. `ordinal` and `block` are the number of the last numbered line and the
    index of its block; before the first line they are 0 and the block of the caption."""

    heading: int
    key: Key | None
    ordinal: int
    block: int


class _OutlineBuilder:
    """Takes the candidates in order and keeps those that the plan's numbering confirms as headings. In its methods
    `one` is a candidate, `n` its index, and `own` the key of its style: ('han-paren', 1) for （一）.

    It is made from a document, the index of the block at which the plan begins (`body`), and the indices of blocks that
    are titles of further plans (`works`). `stack` has the open headings, from the highest to the lowest; `found` has
    the headings so far; `last` the number that each style has come to; `lists` the offsets at which text begins that
    belongs to no heading, among them `explained`, those of texts that explain the plan (`explanations`; no block of
    such a text is a candidate); `untitled` the offsets of numbered sentences that count on from a heading and are none
    (`_untitled`), each with the index of the heading above.
    """

    def __init__(self, document: Document, body: int, works: Sequence[int]) -> None:
        self.document = document
        explained = explanations(document, body)
        aside = {i for stretch in explained for i in stretch}
        blocks = [i for i in range(body, len(document.blocks)) if i not in aside]
        pointers = _pointers(document) | _notes(document)
        found = [one for i in blocks if i not in pointers and (one := candidate(document, i))]
        self.candidates = without_page_parts(
            with_unnumbered(document, blocks, with_titles_above_lists(document, found))
        )
        self.works = sorted({*works, *further_works(document, self.candidates)} - aside)
        self.through = through_numbers(document, self.candidates)
        self.pairs = nested_styles(self.candidates)
        self.ranks = ranks(self.candidates)
        self.top = min((self.ranks[_key(one)[0]] for one in numbered(self.candidates)), default=UNRANKED)
        self.contents = {
            entry_key(line)
            for block in document.blocks
            if block.kind == "contents"
            for line in document.words(block).split("\n")
        }
        self.decimals = any(
            one.marker and one.marker.style == "decimal" and one.form == "lone" for one in self.candidates
        )
        self.stack: list[_OpenHeading] = []
        self.last: dict[Key, int] = {}  # the number that each style has come to
        self.unusual: set[tuple[Key, Key]] = set()  # styles that this plan nests against use
        self.found: list[Found] = []
        self.box: _OpenBox | None = None
        self.explained = frozenset(document.blocks[stretch.start].start for stretch in explained)
        self.lists = list(self.explained)  # and where annexes begin that are tables or lists
        self.untitled: dict[int, int] = {}  # where numbered sentences begin beside headings, and the heading above them
        self.listed = False  # inside of one
        self.titled = -1  # the block that is the title of the last annex

    def build(self) -> list[Found]:
        """The headings, each with its candidate, in order. The candidates are taken one by one:

        - Passed over are titles of further plans, and the title of an annex, which is read with the annex; while an
          annex that is a list is being read, all but annexes; captions of boxes that are not alone on their line; what
          is in a frame or belongs to the box being read, except the numbered lines of the box, which are added
          (`_in_box`).
        - The caption of a box is added and opens the box (`_open_box`), a candidate without a number goes to
          `_unnumbered`, an annex to `_annex`.
        - Another with a number is added (`_push`) where `_accepted` confirms it. A sentence that counts on from an open
          heading (`_is_sibling`) is added with its beginning as title (`titled_sentence`) where it begins with the verb
          of a measure, and else ends that heading's text (`_untitled`). Otherwise the count of its style (`last`) is
          forgotten, unless its numbers run through the plan.

        At the title of a further plan all begins anew (`_further_work`).
        """
        works = list(self.works)
        for n, one in enumerate(self.candidates):
            while works and works[0] < one.block:
                self._further_work(works.pop(0))
            if one.block in self.works or one.block == self.titled:
                continue  # the title of a further work, or of the annex above it
            if self.listed and (one.marker is None or one.marker.style != "annex"):
                continue
            if one.marker and one.marker.style == "box":
                if one.form == "lone":
                    self._open_box(one)
            elif (self.box and self._in_box(n, self.box, one)) or self.document.blocks[one.block].box:
                continue
            elif one.marker is None:
                self._unnumbered(one)
            elif one.marker.style == "annex":
                self._annex(n, one)
            elif self._is_sibling(one):
                if BEGINS_WITH_VERB.match(one.title):
                    self._push(n, titled_sentence(self.document, one))
                else:
                    self._untitled(one)
            elif self._accepted(n, one):
                self._push(n, one)
            elif _key(one) not in self.through:
                self.last.pop(_key(one), None)
        return self.found

    def _further_work(self, block: int) -> None:
        """Begins anew at block `block`, the title of a further plan, whose chapters are numbered from 1 again: no
        heading, box or annex is open, and no style has come to a number. The offset of the block is added to
        `lists`."""
        self.stack, self.last, self.box, self.listed = [], {}, None, False
        self.lists.append(self.document.blocks[block].start)

    # boxes

    def _open_box(self, one: HeadingCandidate) -> None:
        """Adds the candidate, the caption of a box, as a heading below the open ones, and begins to read the box."""
        self._append("box", one, self.stack[-1].heading if self.stack else None)
        self.box = _OpenBox(len(self.found) - 1, None, 0, one.block)

    def _in_box(self, n: int, box: _OpenBox, one: HeadingCandidate) -> bool:
        """Whether candidate `n`, which is `one`, belongs to the box. By the first of these that it is:

        - The next numbered line of the box (`_next_line`), in a frame or where it does not open sections
          (`_opens_sections`): it belongs to the box, and is added as a heading of kind `box-item`.
        - Something else in a frame: it belongs to the box and is no heading.
        - A list's number of another style than the box's lines, once there are lines, unless an open heading expects
          it: it belongs to the box and is no heading.
        - Another: it does not belong to the box and ends it, so that `self.box` becomes None.
        """
        own = None if one.marker is None else _key(one)
        framed = self.document.blocks[one.block].box
        if own and self._next_line(box, one, own, framed) and (framed or not self._opens_sections(n, box, one)):
            assert one.marker is not None
            words = self.document.text[one.start + one.marker.end : self.document.blocks[one.block].end]
            self._append("box-item", one, box.heading, clause(words) or one.title)
            self.box = _OpenBox(box.heading, own, one.marker.ordinals[-1], one.block)
            return True
        if framed or (own and box.key and own != box.key and own[0] in LIST_STYLES and not self._expected(one)):
            return True  # a list inside the box's line
        self.box = None
        return False

    def _opens_sections(self, n: int, box: _OpenBox, one: HeadingCandidate) -> bool:
        """Whether candidate `n`, which is `one`, is a first number (（一）) that opens the sections of the chapter and
        not the first line of the box above it. Its number must be 1, of a style that is no list's and of which no
        heading is open; some heading must be open, the box have no line yet, and text of the box stand between the two.
        And either the plan has such a number right below a heading like the lowest open one, or `one` is alone on its
        line and the next candidate has the number 1."""
        assert one.marker is not None
        own = _key(one)
        if box.key is not None or own[0] in LIST_STYLES or one.block == box.block + 1 or not self.stack:
            return False
        if any(entry.key == own for entry in self.stack) or one.marker.ordinals[-1] != 1:
            return False
        after = self.candidates[n + 1] if n + 1 < len(self.candidates) else None
        follows = after is not None and after.marker is not None and after.marker.ordinals == (1,)
        return (self.stack[-1].key, own) in self.pairs or (follows and one.form == "lone")

    def _next_line(self, box: _OpenBox, one: HeadingCandidate, own: Key, framed: bool) -> bool:
        """Whether the candidate is the next numbered line of the box. Its number, whose style is `own` (("arabic", 1)
        for 1.), must be one more than that of the last line, 1 for the first, and of the same style: none of a division
        or annex, nor of several parts (1.2); 一、 outside of a frame must be one of the box (`_han_in_box`). Outside of
        a frame, and not right below the last line, at most MAX_LINE_PARAGRAPHS (4) blocks may stand between, and no
        open heading may expect the number. `framed` says that the file format has the candidate inside a frame."""
        assert one.marker is not None
        ordinal = one.marker.ordinals[-1]
        if own[0] in DIVISION_STYLES or own[1] > 1 or own[0] == "annex":
            return False
        if own[0] == "han" and not framed and not self._han_in_box(box, one, own):
            return False
        if ordinal != box.ordinal + 1 or own != (box.key or own):
            return False
        between = one.block - box.block - 1
        if framed or not between:
            return True
        # with paragraphs between, the number may as well be the body's next
        return not self._expected(one) and between <= MAX_LINE_PARAGRAPHS

    def _han_in_box(self, box: _OpenBox, one: HeadingCandidate, own: Key) -> bool:
        """Whether a candidate with a number like 一、, whose style is `own`, is a line of the box: it is right below
        the caption, or at most MAX_LINE_PARAGRAPHS (4) blocks below the last line; the highest style of the plan is
        above 第一节; and no heading of the plan has the style: none is open, none is counted (`last`), and no number 1
        of it comes right below a higher one."""
        opens = one.block == box.block + 1 if box.key is None else one.block <= box.block + MAX_LINE_PARAGRAPHS
        used = any(entry.key == own for entry in self.stack) or any(lower == own for _, lower in self.pairs)
        return opens and self.top < self.ranks["section"] and not used and (self.last.get(own) is None)

    def _expected(self, one: HeadingCandidate) -> bool:
        """Whether the candidate's number is one more than that of an open heading of its style: 3. where 2. is open."""
        assert one.marker is not None
        own, ordinal = _key(one), one.marker.ordinals[-1]
        return any(entry.key == own and ordinal == entry.ordinal + 1 for entry in self.stack)

    # headings without a number

    def _unnumbered(self, one: HeadingCandidate) -> None:
        """Adds a candidate without a number as a heading. It is left out where it is the first heading and the title of
        the plan, because it reads as such a title or, having a level, is the plan's by its level (`_is_title`).

        - One with `below` is placed below all headings that are open, in place of one with `below` that is the lowest.
        - One with a level closes, from the lowest open heading up, all that have no level or the same or a lower one
          (as great a number or a greater).
        - 前言 and the like, without a level, close all and are chapters.
        """
        if not self.found and WORK_TITLE.fullmatch(one.title):
            return
        if one.below:
            if self.stack and self.stack[-1].key == ("below", 0):
                self.stack.pop()
            self._open(one, ("below", 0), (0,))
            return
        if not self.found and one.level and self._is_title(one):
            return
        if one.level:
            while self.stack and (self.stack[-1].level == 0 or self.stack[-1].level >= one.level):
                self.stack.pop()
        else:
            self.stack = []
        self._open(one, ("level", one.level), (0,))

    def _is_title(self, one: HeadingCandidate) -> bool:
        """Whether the candidate, which is the first and has a level, is the plan's own title: the file format gives all
        other candidates with a level a lower one (a greater number), or the same only to numbered ones. True where no
        other has a level."""
        others = [other for other in self.candidates if other is not one and other.level]
        return all(other.level > one.level or (other.marker and other.level == one.level) for other in others)

    def _annex(self, n: int, one: HeadingCandidate) -> None:
        """Adds candidate `n`, which is `one`, an annex (附件1), as a chapter, which closes all open headings. Without a
        title it takes the one on the next line (`_titled_below`). Left out are

        - an annex before the first heading, because the plan itself is then the annex of its notice;
        - an annex with the title of a further plan below it, with which all begins anew (`_further_work`). Its offset
          is added to `lists`;
        - an annex that is a table or a list: 附表, one with a table right below it, or one with the name of a table
          (项目清单) and without headings (`_outlined`). Its offset is added to `lists`; where its label is 附件, all
          that is in it is left out too, up to the next annex.
        """
        if not self.found:
            return  # the plan itself is the annex of its notice
        if one.block + 1 in self.works:
            self.lists.append(one.start)
            return
        assert one.marker is not None
        blocks, printed = self.document.blocks, one.marker.printed
        if one.title == printed and one.block + 1 < len(blocks):
            one = self._titled_below(one)
        at = bisect_left(blocks, one.end, key=lambda block: block.start)
        under = blocks[at] if at < len(blocks) else None
        tabular = under is not None and under.kind == "table"
        if printed.startswith("附表") or tabular or (TABLE_NAME.fullmatch(one.title) and not self._outlined(n, one)):
            self.listed = printed.startswith("附件")
            self.lists.append(one.start)
            return
        self.listed = False
        self.stack = []
        self._open(one, ("annex", 0), (0,))

    def _outlined(self, n: int, annex: HeadingCandidate) -> bool:
        """Whether an annex that sets work (任务清单, 分工方案) has headings of its own, though its title says that it
        is a list: the first candidate below `annex`, which is candidate `n`, is at most MAX_ANNEX_DISTANCE (200)
        characters below it, has the number 1 or one that ends with it (一、, 2.1), and is neither a sentence, a box nor
        an annex."""
        if not ANNEX_OF_WORK.search(annex.title):
            return False
        following = (self.candidates[k] for k in range(n + 1, len(self.candidates)))
        after = next((one for one in following if one.start >= annex.end), None)
        if after is None or after.marker is None or after.marker.ordinals[-1] != 1 or after.form == "sentence":
            return False
        return self.document.blocks[after.block].start - annex.end <= MAX_ANNEX_DISTANCE and after.marker.style not in (
            "box",
            "annex",
        )

    def _titled_below(self, one: HeadingCandidate) -> HeadingCandidate:
        """The candidate of an annex with the title that is on the line below it, which is then no candidate of its own
        (its block is noted in `titled`); unchanged where the block below is no paragraph, is a candidate with a number
        or a level, ends with 。；： or ，, or has more than MAX_ANNEX_TITLE_LENGTH (50) characters. `one` is not the
        last block."""
        following = self.document.blocks[one.block + 1]
        words = self.document.words(following)
        if following.kind != "text" or len(words) > MAX_ANNEX_TITLE_LENGTH or words[-1] in "。；：，":
            return one
        other = candidate(self.document, one.block + 1)
        if other and (other.marker or other.level):
            return one
        self.titled = one.block + 1  # 附件2 / 名词解释
        return replace(one, title=spaceless(words), end=following.end, body=following.end)

    # numbered headings

    def _accepted(self, n: int, one: HeadingCandidate) -> bool:
        """Whether candidate `n`, which is `one` and has a number, is a heading. By the first of these that applies:

        - It reads as a sentence: False. It has a bare number (1): False, unless it is alone on its line in a plan with
          decimal numbers alone on lines.
        - The table of contents has it, by its `entry_key`: True.
        - 第一章 and the like: where it is alone on its line.
        - A decimal number: as `_follows` says.
        - The number 1 alone on its line, with a level in the file format: True.
        - A style whose numbers run through the plan: where the number is 1 to 3 above the last one.
        - Another: as `_begins_style` says where no heading of its style is open, else as `_counts_on` says.
        """
        assert one.marker is not None
        own, ordinal, style = _key(one), one.marker.ordinals[-1], one.marker.style
        lone = one.form == "lone"
        if one.form == "sentence" or (BY_STYLE[style].needs == "decimals" and not (self.decimals and lone)):
            return False
        if entry_key(self.document.text[one.start : one.end]) in self.contents:
            return True
        if style in DIVISION_STYLES:
            return lone
        if style == "decimal":
            return self._follows(one.marker.ordinals, own)
        if one.level and lone and ordinal == 1:
            return True  # the format says that it is a heading
        if own in self.through:
            return 0 < ordinal - self.last.get(own, self.through[own] - 1) <= 1 + MAX_LOST_HEADINGS
        entry = next((entry for entry in self.stack if entry.key == own), None)
        return self._begins_style(n, one) if entry is None else self._counts_on(n, one, entry)

    def _is_sibling(self, one: HeadingCandidate) -> bool:
        """Whether a candidate reads as a sentence and counts on from an open heading, so that what it says belongs no
        more to that: （二）改造老旧小区1.1万户，新建… after the heading （一）新建幼儿园30所. Its number, of a style of
        SIBLING_STYLES, must be one more than that of the open heading of its style, which is below another, and no
        other number of the style stand between, as those of a list inside the heading's text do."""
        assert one.marker is not None
        own, before = _key(one), one.marker.ordinals[-1] - 1
        counted = any(entry.key == own and entry.ordinal == before for entry in self.stack[1:])
        return one.form == "sentence" and own[0] in SIBLING_STYLES and counted and self.last.get(own) == before

    def _untitled(self, one: HeadingCandidate) -> None:
        """Ends the text of the open heading from which the candidate, a numbered sentence, counts on (`_is_sibling`),
        and that of the headings below it. The sentence takes its place among the open headings, with the heading above
        it as its own, so that later numbers count on from it; it is noted in `untitled`."""
        assert one.marker is not None
        own = _key(one)
        while self.stack.pop().key != own:
            pass
        above = self.stack[-1].heading
        self.untitled[one.start] = above
        self.last[own] = one.marker.ordinals[-1]
        self.stack.append(_OpenHeading(own, one.marker.ordinals, above, one.level))
        self.box = None

    def _begins_style(self, n: int, one: HeadingCandidate) -> bool:
        """Whether candidate `n`, which is `one` and has a number of whose style no heading is open, is a heading.

        The number 1 is one where such numbers come right after headings of the style of the lowest open one more than
        once in the plan (`nested_styles`), or where it begins a list (`_run`) of one or more, of two or more for a
        style that needs a list. Another number is one where it is one more than the last of its style; one of the style
        一、 二、 … is one also where it is alone on its line, whatever the number.
        """
        assert one.marker is not None
        own, ordinal, style = _key(one), one.marker.ordinals[-1], one.marker.style
        if ordinal == 1:
            if self.stack and self.pairs[self.stack[-1].key, own] > 1:
                return True  # 1. alone under （二）, where the plan has 1. and 2. under （一）
            return self._run(n, own) >= (2 if BY_STYLE[style].needs == "list" else 1)
        # （五） under a new chapter: the plan numbers its items through
        continued = ordinal == self.last.get(own, -1) + 1
        return continued or (style == "han" and one.form == "lone")

    def _counts_on(self, n: int, one: HeadingCandidate, entry: _OpenHeading) -> bool:
        """Whether candidate `n`, which is `one` and has a number of the style of the open heading `entry`, is a
        heading. By the first of these that applies to its number:

        - One more than that of `entry`: True.
        - One that leaves out at most MAX_LOST_HEADINGS (2) numbers: True, for a list's style only alone on its line.
        - 1: where it is alone on its line and begins a list of two (`_run`).
        - That of `entry` once more: where it is alone on its line and its style is no list's.
        - Another: False.
        """
        assert one.marker is not None
        ordinal, listed, lone = one.marker.ordinals[-1], one.marker.style in LIST_STYLES, one.form == "lone"
        if ordinal == entry.ordinal + 1:
            return True
        if entry.ordinal < ordinal <= entry.ordinal + 1 + MAX_LOST_HEADINGS:
            return not listed or lone
        if ordinal == 1:
            return lone and self._run(n, _key(one)) >= 2
        return ordinal == entry.ordinal and lone and not listed  # a misprinted number

    def _follows(self, ordinals: tuple[int, ...], own: Key) -> bool:
        """Whether a decimal number continues the open headings. `ordinals` are the parts of the number, (3, 2) for 3.2,
        and `own` is the key of its style. It does in these cases:

        - A number of its style is open, with the same parts before the last, and its last part is 1 to 3 higher: 3.2
          after 3.1.
        - Its last part is 1, and the number of an open heading ends with the parts before that: 3.1 below 第三章.
        - Its last part is 1, and no heading is open, or the open one of its style has lower parts before the last: 3.1
          after 2.4.
        """
        *above, count = ordinals
        before = next((entry.ordinals for entry in self.stack if entry.key == own), None)
        if before and list(before[:-1]) == above and before[-1] < count <= before[-1] + 1 + MAX_LOST_HEADINGS:
            return True
        under = any(list(entry.ordinals[-len(above) :]) == above for entry in self.stack)
        return count == 1 and (under or not self.stack or (before is not None and before[:-1] < tuple(above)))

    def _run(self, n: int, own: Key) -> int:
        """The number of headings in the list that begins with candidate `n`: its candidates, without those that are
        sentences, whose numbers, of the style `own`, count from 1. 3 for 一、 二、 三、. The list ends at a number out
        of order, a candidate without a number, one of another style of which a heading is open, a division alone on its
        line, and after LOOKAHEAD (80) candidates; other styles, and the numbers of a box's own list, are passed over.

        0 where more than a third of its candidates are sentences; for a list's style also where two thirds of those
        after the first are in the block right after the one before, which is alone on its line, without text between.
        """
        count = titled = bare = boxed = 0
        next_block = -1
        open_keys = {entry.key for entry in self.stack}
        for one in self.candidates[n : n + LOOKAHEAD]:
            if one.marker is None:
                break
            key, ordinal = _key(one), one.marker.ordinals[-1]
            if key[0] == "box":
                boxed = 1  # the next number of a box's own list
            if key != own:
                if key in open_keys or (key[0] in DIVISION_STYLES and one.form == "lone"):
                    break
                continue
            if boxed and ordinal == boxed:
                boxed += 1
                continue
            if ordinal != count + 1:
                break
            boxed = 0
            count += 1
            titled += one.form != "sentence"
            bare += one.block == next_block
            next_block = one.block + 1 if one.form == "lone" else -1
        if count > 1 and own[0] in LIST_STYLES and bare * 3 >= (count - 1) * 2:
            return 0
        return titled if titled * 3 >= count * 2 else 0

    def _push(self, n: int, one: HeadingCandidate) -> None:
        """Adds candidate `n`, which is `one`, as a heading and notes its number in `last`. It first closes open
        headings: where one of its style is open, that and all below it; else from the lowest up those that it cannot be
        below (`_stands_below`), up to one that stays above it nevertheless (`_holds`)."""
        assert one.marker is not None
        own = _key(one)
        if any(entry.key == own for entry in self.stack):
            while self.stack.pop().key != own:
                pass
        else:
            while self.stack and self._stands_below(self.stack[-1], one, own):
                if self._holds(n, self.stack[-1], own):
                    break
                self.stack.pop()
        self.last[own] = one.marker.ordinals[-1]
        self._open(one, own, one.marker.ordinals)

    def _holds(self, n: int, entry: _OpenHeading, own: Key) -> bool:
        """Whether the open heading `entry`, with a number like 1., （1） or （一）, stays above candidate `n`, whose
        number has the style `own`, although `own` is usually the higher style of the two: （一） is below 1. where the
        next candidate of the style of 1. (among the 79 after `n`) is alone on its line and continues its count. That is
        noted in `unusual`, and then holds for all later headings of these two styles. False for other styles."""
        if entry.key[0] not in ("arabic", "arabic-paren", "han-paren"):
            return False
        following = (one for one in self.candidates[n + 1 : n + LOOKAHEAD] if one.marker and _key(one) == entry.key)
        after = next(following, None)
        if after and after.marker and after.form == "lone" and after.marker.ordinals[-1] == entry.ordinal + 1:
            self.unusual.add((entry.key, own))
        return (entry.key, own) in self.unusual

    def _stands_below(self, entry: _OpenHeading, one: HeadingCandidate, own: Key) -> bool:
        """Whether the open heading `entry` has the same or a lower style than `own`, that of the candidate, so that the
        candidate cannot be below it. For two numbers the ranks of the styles in this plan decide (`ranks`), but a
        decimal number can be below all except （1）, ① and decimal numbers of as many parts or more. Where `entry` is
        placed without a number:

        - one with a level: where the candidate has a level too, which is the same or higher (as small a number or a
          smaller);
        - 前言 and the like, without a level: where `own` is the plan's highest style;
        - an annex: never;
        - one placed `below`: always, except for a decimal number.
        """
        if entry.key[0] == "level":
            if entry.level == 0:  # 总则 holds 一、 where the plan's chapters are 第一章
                return self.ranks[own[0]] <= self.top
            return bool(one.level and entry.level >= one.level)
        if own[0] == "decimal":
            return entry.key[0] in ("arabic-paren", "circled") or (entry.key[0] == "decimal" and entry.key[1] >= own[1])
        return entry.key[0] != "annex" and self.ranks.get(entry.key[0], UNRANKED) >= self.ranks[own[0]]

    def _open(self, one: HeadingCandidate, key: Key, ordinals: tuple[int, ...]) -> None:
        """Adds the candidate as a heading below the open ones, and opens it; a box that was open is closed. Its kind is
        'chapter', 'section' or 'item' by the number of headings above it. `key` is the style of its number, ("han", 1),
        and `ordinals` are the parts of the number."""
        kinds: tuple[HeadingKind, ...] = ("chapter", "section", "item")
        self._append(kinds[min(len(self.stack), 2)], one, self.stack[-1].heading if self.stack else None)
        self.stack.append(_OpenHeading(key, ordinals, len(self.found) - 1, one.level))
        self.box = None

    def _append(self, kind: HeadingKind, one: HeadingCandidate, parent: int | None, title: str | None = None) -> None:
        """Adds a heading of this kind for the candidate to `found`. `parent` is the index of the heading above it, None
        for a highest one; `title` replaces the candidate's where it is given."""
        number = one.marker.printed if one.marker else None
        evidence = self.document.evidence(one.start, one.end)
        self.found.append((Heading(evidence, kind, number, title or one.title, parent, position=len(self.found)), one))


def _notes(document: Document) -> set[int]:
    """The indices of the blocks that begin with 注：, 资料来源： or the like, as notes below a table do, and, where
    such a note begins with the number 1 (注：1.…), of the blocks after it that count on in the same style. Another
    paragraph ends the count, a block of another kind (a table) does not."""
    found: set[int] = set()
    last: Marker | None = None
    for i, block in enumerate(document.blocks):
        words = document.words(block)
        note = NOTE_LABEL.match(words)
        number = marker(words[note.end() :].lstrip()) if note else marker(words)
        if note:
            last = number if number and number.ordinals == (1,) else None
            found |= {i}
        elif last and number and number.style == last.style and number.ordinals[-1] == last.ordinals[-1] + 1:
            found.add(i)
            last = number
        elif block.kind == "text":
            last = None
    return found


def _pointers(document: Document) -> set[int]:
    """The indices of the blocks of lists that only name what is attached: a block that begins with 附件：, 附表： or
    附录： (附件：1.重点项目表); the heading of an annex (`annex_heading`) that has a title and no number (附件
    名词解释); and the numbered blocks of at most MAX_ATTACHMENT_LENGTH (60) characters that follow either of them one
    right after the other. The heading of an annex without a number is left out where a paragraph with a 。 stands right
    below it, for the annex itself then follows."""
    found: set[int] = set()
    for i, block in enumerate(document.blocks):
        before = i - 1 in found
        one = annex_heading(document, i)
        if one and one.marker and one.marker.printed[-1] in "件表录":
            below = document.blocks[i + 1] if i + 1 < len(document.blocks) else None
            if below is not None and below.kind == "text" and "。" in document.words(below):
                continue
            if one.title != one.marker.printed:
                found.add(i)
                continue
        if ATTACHMENT_LIST.match(document.text, block.start, block.end) or (
            before and marker(document.words(block)) and block.end - block.start <= MAX_ATTACHMENT_LENGTH
        ):
            found.add(i)
    return found
