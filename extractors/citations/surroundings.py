"""The sentence around a 《…》 and the part of the plan that it stands in."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extractors import expressions as re
from extractors.citations.bracketed import Bracketed
from extractors.citations.relation import OTHER_DOCUMENT, PLAN_ITSELF, Zone
from extractors.reading import FORWARD_ROLES, Reading, Section
from extractors.vocabulary.chapters import BEGINS_WITH_VERB
from extractors.vocabulary.dates import five_year_period
from extractors.vocabulary.numerals import ONES
from extractors.vocabulary.stops import FULL_STOPS
from ontology.model.facts import Plan

# How many characters of a sentence are looked at on each side.
LEFT_REACH, RIGHT_REACH = 600, 300
# The end of a sentence; ；only where no document of the same list follows it.
SENTENCE_STOP = re.compile(rf"[{FULL_STOPS}\n]|；(?!\s*(?:[（(]?\d{{1,2}}[）).、．]?|[①-⑳])?\s*《)")
# 1.《土地管理法》；: an item of a list of documents
LIST_ITEM = re.compile(rf"\s*(?:[-—·•]|[（(]?[0-9{ONES}十]{{1,3}}[）).、．]{{1,2}}|[①-⑳])?\s*[^《。，；：\n]{{0,12}}《")
# （一）法律法规, 2.政策文件：: the headings of such a list's parts
LIST_HEADING = re.compile(r"[^《。，；\n]{0,8}(?:法律|法规|规章|文件|政策|规划|标准|规范|依据)[^《。，；\n]{0,8}")
# 本规划编制的主要依据如下：, …。为加快发展，根据：
LEAD_IN = re.compile(r"(?:^|。)[^。\n]{0,60}(?:依据|根据|遵循|按照)[^。\n]{0,30}[：:]?\s*$")
GUIDING_TITLE = re.compile(
    r"指导思想|总体要求|总体思路|总体思想|基本思路|总则|编制说明|引言|前言|序言|编制背景|规划说明"
)
GROUNDS_TITLE = re.compile(r"依据")
OUTLOOK_TITLE = re.compile(
    r"形势|机遇|挑战|(?<!生态)(?<!营商)(?<!人居)(?<!水)环境(?!保护|治理|质量|监管|卫生|整治)|趋势|背景"
)
RECORD_TITLE = re.compile(r"成效|成就|成绩|基础|回顾|现状|进展")
AIMS_TITLE = re.compile(r"原则|目标|理念")
FIVE_YEAR_STRETCH = re.compile(rf"(?P<n>十[{ONES}]|二十|[六七八九十])五[”\"’]?(?:期间|时期|以来|期末|末|规划期)")
# How many lines of a list are read back to the line that introduces it, and how many headings up.
MAX_LIST_LINES, MAX_HEADINGS_ABOVE = 40, 6
# Before the first heading, or in a text without any, so much of it counts as the part that makes the plan.
OPENING_LENGTH = 1500


@dataclass(frozen=True, slots=True)
class Around:
    """The words of the sentence before (`left`) and after (`right`) a document, without white space, with ◇ for other
    documents and ◆ for the plan. `offsets[i]` is the offset in `Document.text` of the i-th character of `left`,
    `after[i]` that of the i-th character of `right`."""

    left: str
    right: str
    offsets: tuple[int, ...]
    after: tuple[int, ...]


class Surroundings:
    """Gives the sentence around each cited document of one text, in which other documents are ◇ and the plan is ◆, and
    what the part of the plan says of it. `brackets` are all titles in 《》, in order, `own` those of them that name the
    plan itself. An `item` of its methods is one of `brackets`; offsets are those in `Document.text`."""

    def __init__(self, state: Reading, brackets: Sequence[Bracketed], own: Sequence[Bracketed]) -> None:
        self.state = state
        self.text = state.document.text
        self.headings = {heading.position: heading for heading in state.headings}
        mine = {bracket.start for bracket in own}
        marked = [(b.start, b.tail, PLAN_ITSELF if b.start in mine else OTHER_DOCUMENT) for b in brackets]
        marked.sort()
        self.spans = [*marked, *self._own_titles(marked, state.plan)]
        self.spans.sort()
        self.starts = [start for start, _, _ in self.spans]
        self.first = min((s.start for s in state.sections if s.heading is not None), default=OPENING_LENGTH)
        self.stops = [m.end() for m in SENTENCE_STOP.finditer(self.text) if not self._covered(m.start())]

    def _own_titles(self, marked: list[tuple[int, int, str]], plan: Plan | None) -> list[tuple[int, int, str]]:
        """The places where the plan's title is printed without 《》, in exactly its characters, that begin outside of
        the stretches `marked` (sorted), each as (start, end, ◆). None of a title of fewer than 6 characters, or where
        there is no plan."""
        if plan is None or len(plan.title) < 6:
            return []
        starts = [start for start, _, _ in marked]
        found = []
        for match in re.finditer(re.escape(plan.title), self.text):
            i = bisect_right(starts, match.start()) - 1
            if i < 0 or match.start() >= marked[i][1]:
                found.append((match.start(), match.end(), PLAN_ITSELF))
        return found

    def _covered(self, at: int) -> bool:
        """Whether the offset `at` is inside a title that is replaced by ◇ or ◆."""
        i = bisect_right(self.starts, at) - 1
        return i >= 0 and at < self.spans[i][1]

    def around(self, item: Bracketed) -> Around:
        """The rest of the sentence on both sides of the bracket, without white space and with each other document as
        one character (◇, the plan ◆). A sentence ends at 。！？ or a line break outside of titles, and at a ； that no
        《 of the same list follows (SENTENCE_STOP); at most 600 characters of the text before the bracket and 300 after
        its `tail` are taken."""
        i = bisect_right(self.stops, item.start)
        begin = max(self.stops[i - 1] if i else 0, item.start - LEFT_REACH)
        j = bisect_right(self.stops, item.tail)
        end = min(self.stops[j] if j < len(self.stops) else len(self.text), item.tail + RIGHT_REACH)
        left, offsets = self._words(begin, item.start)
        right, after = self._words(item.tail, end)
        return Around(left, right, offsets, after)

    def _words(self, start: int, end: int) -> tuple[str, tuple[int, ...]]:
        """The words of `text[start:end]` without white space and with each document as one character (◇, the plan ◆),
        and for each character of the result its offset in the text, for a document that of its beginning. A document
        that begins before `start` or ends after `end` counts as a whole where some of it stands between them."""
        words: list[str] = []
        places: list[int] = []
        at = start
        for i in range(max(bisect_left(self.starts, start) - 1, 0), len(self.spans)):
            begin, close, mark = self.spans[i]
            if begin >= end:
                break
            if close <= at:
                continue
            for k in range(at, max(begin, at)):
                if not self.text[k].isspace():
                    words.append(self.text[k])
                    places.append(k)
            words.append(mark)
            places.append(begin)
            at = close
        for k in range(at, end):
            if not self.text[k].isspace():
                words.append(self.text[k])
                places.append(k)
        return "".join(words), tuple(places)

    def lead_in(self, item: Bracketed) -> tuple[int, int] | None:
        """Start and end in the text of the line that introduces the list in which the bracket is an item, where the
        last sentence of that line has 依据, 根据, 遵循 or 按照 near its end (规划依据如下：; LEAD_IN). Between the two
        only items of the list and the headings of its parts stand, and the line is at most 40 lines above. None where
        there is no such line, or the bracket does not begin its line as an item does."""
        lines_end = self.text.rfind("\n", 0, item.start)
        if not LIST_ITEM.match(self.text, lines_end + 1, item.start + 1):
            return None
        for _ in range(MAX_LIST_LINES):
            if lines_end <= 0:
                return None
            start = self.text.rfind("\n", 0, lines_end) + 1
            line = self.text[start:lines_end]
            if LEAD_IN.search(line):
                return start, lines_end
            if not LIST_ITEM.match(line) and not LIST_HEADING.fullmatch(line):
                return None
            lines_end = start - 1
        return None

    def grounds(self, item: Bracketed) -> str | None:
        """The title of the section that contains the bracket, or of the nearest one above it, where the title has 依据,
        so that the section names the plan's grounds (编制依据). Six headings at most, its own included, are looked at;
        None where none of them has it."""
        section = self.section(item.start)
        heading = section.heading if section else None
        for _ in range(MAX_HEADINGS_ABOVE):
            if heading is None or GROUNDS_TITLE.search(heading.title):
                return heading.title if heading else None
            heading = self.headings.get(heading.parent) if heading.parent is not None else None
        return None

    def section(self, at: int) -> Section | None:
        """The innermost section of the outline that contains the offset `at`; None after the last section."""
        return self.state.section_at(at)

    def zone(self, item: Bracketed) -> Zone:
        """What the part of the plan that contains the bracket does: front (it draws up the plan), back (it looks back),
        forward (it sets goals and work) or open. By the role of the section:

        - notice and preface: front;
        - background: front where its title is of guiding thought (总则, 编制说明; not 背景), else back;
        - principles: forward where its title names 原则, 目标 or 理念, else front;
        - goals, tasks and safeguards (FORWARD_ROLES): forward;
        - another: front where its title is of guiding thought, else open.

        Without a section: front before the first heading (the first 1500 characters where there is none), else open.
        """
        section = self.section(item.start)
        if section is None:
            return "front" if item.start < self.first else "open"
        title = section.heading.title if section.heading else ""
        if section.role in ("notice", "preface"):
            return "front"
        if section.role == "background":
            return "front" if GUIDING_TITLE.search(title) and "背景" not in title else "back"
        if section.role == "principles":
            return "forward" if AIMS_TITLE.search(title) else "front"
        if section.role in FORWARD_ROLES:
            return "forward"
        return "front" if GUIDING_TITLE.search(title) else "open"

    def outlook(self, item: Bracketed) -> bool:
        """Whether the bracket is in a section on chances and challenges, which tells what others do: the title of the
        innermost section has a word of OUTLOOK_TITLE (发展形势, 规划背景; not 生态环境, 营商环境). False where the
        title also speaks of what was reached (发展基础与面临形势), or begins with a verb and the section's role is not
        background, as that of a task (优化营商环境), and without a section or title."""
        section = self.section(item.start)
        title = section.heading.title if section and section.heading else ""
        if section is None or OUTLOOK_TITLE.search(title) is None or RECORD_TITLE.search(title):
            return False
        return section.role == "background" or BEGINS_WITH_VERB.match(title) is None

    def past(self, words: str) -> bool:
        """Whether the words, those of a sentence before a document, name five-year periods, all of which ended before
        the plan's begins: '“十三五”期间，' in a plan for 2021–2025 -> True. A period counts where 期间, 时期, 以来, 末
        or the like follows it (not in “十三五”规划). False where the words name none, or the plan's is not known."""
        period = self.state.plan.period if self.state.plan else None
        if period is None:
            return False
        ends = [p[1] for m in FIVE_YEAR_STRETCH.finditer(words) if (p := five_year_period(m["n"]))]
        return bool(ends) and max(ends) < period[0]
