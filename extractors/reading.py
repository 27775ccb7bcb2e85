"""What the components share about the plan being read.

Each component is a function from a Doc to the same Doc. The Doc's text is `Document.text`, one token for each
character, so character and token offsets are equal; a `PlainDoc` has no text and no tokens. A component reads what the
earlier ones found, and may append facts to `Reading.facts` and add groups of spans to `doc.spans`.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Literal

from extractors.document import Document
from extractors.reference.regions import NOWHERE
from ontology.model.errors import Usage
from ontology.model.facts import AMBIGUOUS, Fact, Heading, Plan, Region, Task

if TYPE_CHECKING:
    from spacy.tokens import Doc

SectionRole = Literal["notice", "preface", "background", "principles", "goals", "tasks", "safeguards", "other"]
# the parts of a plan that look ahead: its targets, duties and issued documents stand in these
FORWARD_ROLES: tuple[SectionRole, ...] = ("goals", "tasks", "safeguards")


@dataclass(frozen=True, slots=True)
class Section:
    """The text from the end of a heading's words to the next heading, as offsets into `Document.text`
    (`extractors.outline.sections.sections` has all cases).

    Sections stand in order and leave out nothing but the words of headings, with the marks and blanks after these. A
    heading's text that goes on after a box (专栏) is another section of the same heading. `heading` is None for what
    stands before the first heading, for an annex without headings, for what follows the title of another plan in the
    file, and for what follows a box outside of chapters.

    `role` says what the chapter is for: background, principles, goals, tasks, safeguards or other; a section whose own
    title says otherwise has a role of its own (发展目标 in 总体要求 is `goals`). What stands before the first heading
    is `notice`, then `preface`, where there is such text.

    `untitled` says that the section begins with a numbered sentence that stands beside headings and is none (（三）以各
    单位报送的分值为基础，… after （二）实行百分制); its `heading` is then the one above these.
    """

    heading: Heading | None
    role: SectionRole
    start: int
    end: int
    untitled: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """The stretch `start:end` of `Document.text`, which looks like a fact of this kind and gave none, and why
    (`reason`): ("responsibility", "the label is not known")."""

    start: int
    end: int
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Given:
    """Title and region of the plan as a person corrected them, None where nobody did. They take the place of what would
    be read from the text, and what depends on them (the plan's policy, the regions and bodies that it names) is derived
    from them."""

    title: str | None = None
    region: Region | None = None


@dataclass(slots=True)
class Reading:
    """What is known of the plan being read. Each component reads what earlier ones left here, and adds what it finds.

    `document` is the plan's mended text. `given` is what a person said of the plan; `plan` is None until the metadata
    are read, and stays None where no title is found. `headings` and `sections` are the outline; `tasks` are (start,
    end, task), offsets in `Document.text`; `openings` says, by a task's position, where the words of its title begin
    that stand right before `start`, and has no entry for a task without such words. `facts` are all facts found so far,
    the headings and tasks among them; `rejected` are stretches that looked like facts and were refused. `_ends` and
    `_innermost` keep what `section_at` and `task_at` computed, until the number of sections or tasks is another.
    """

    document: Document
    given: Given = Given()
    plan: Plan | None = None
    headings: list[Heading] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    tasks: list[tuple[int, int, Task]] = field(default_factory=list)  # start, end in Document.text
    openings: dict[int, int] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    _ends: list[int] | None = None  # for `section_at`: where the sections end
    # For `task_at`: how many tasks there were, where the innermost one changes, and its number from there on.
    _innermost: tuple[int, list[int], list[int | None]] | None = None

    @property
    def home(self) -> Region:
        """The plan's region, which 本市 and 市民政局 refer to; NOWHERE where no plan was read, or its region is not
        known or is AMBIGUOUS."""
        region = self.plan.region if self.plan else None
        return region if region and region.origin != AMBIGUOUS else NOWHERE

    def section_at(self, offset: int) -> Section | None:
        """The section that contains the offset in `Document.text`. Sections follow one another, none is inside another;
        the words of a heading belong to its section, and what stands before the first section to that one. None after
        the last section, and where there are none."""
        if self._ends is None or len(self._ends) != len(self.sections):
            self._ends = [section.end for section in self.sections]
        at = bisect_right(self._ends, offset)
        return self.sections[at] if at < len(self.sections) else None

    def task_at(self, offset: int) -> Task | None:
        """The shortest of the tasks that contain the offset in `Document.text`, the words of their titles included
        (`openings`), the first of several of one length; None where none contains it, and so for each offset without
        tasks. Its end does not belong to a task."""
        if self._innermost is None or self._innermost[0] != len(self.tasks):
            spans = [(self.openings.get(task.position, start), end) for start, end, task in self.tasks]
            self._innermost = (len(self.tasks), *innermost(spans))
        _, starts, numbers = self._innermost
        number = numbers[bisect_right(starts, offset) - 1] if starts and offset >= starts[0] else None
        return None if number is None else self.tasks[number][2]


def innermost(spans: Sequence[tuple[int, int]]) -> tuple[list[int], list[int | None]]:
    """Which of the spans `(start, end)` is the shortest one at each offset. The first list has the offsets at which
    some span begins or ends, in order, each once; the second has, for each of these, the index in `spans` of the
    shortest span from there on, None where no span is. Of two spans of one length the first of the list counts.

    >>> innermost([(0, 9), (2, 5)])
    ([0, 2, 5, 9], [0, 1, 0, None])
    """
    starts: list[int] = []
    numbers: list[int | None] = []
    open_: list[tuple[int, int]] = []  # a heap of (length, number)
    edges = sorted([(end, -1) for _, end in spans] + [(start, n) for n, (start, _) in enumerate(spans)])
    for at, number in edges:
        if number >= 0:
            heappush(open_, (spans[number][1] - spans[number][0], number))
        while open_ and spans[open_[0][1]][1] <= at:
            heappop(open_)
        inner = open_[0][1] if open_ else None
        if starts and starts[-1] == at:
            numbers[-1] = inner
        else:
            starts.append(at)
            numbers.append(inner)
    return starts, numbers


def reading(doc: "Doc") -> Reading:
    """The reading that the Doc carries in `user_data`. Raises Usage for a Doc that was not made of a plan."""
    found: Reading | None = doc.user_data.get("reading")
    if found is None:
        raise Usage("this Doc has no plan: use nlp = kg.load() with nlp(kg.make_doc(path)) or nlp(text)")
    return found
