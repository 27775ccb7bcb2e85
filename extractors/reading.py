"""What the components share about the plan being read.

Each component is a function from a Doc to the same Doc. The Doc's text is `Document.text`, one token for each
character, so character and token offsets are equal. A component reads what the earlier ones found, appends facts to
`Reading.facts`, and adds spans with a label of its own to `doc.spans`.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from extractors.document import Document
from extractors.reference.regions import NOWHERE
from ontology.model.errors import Usage
from ontology.model.facts import AMBIGUOUS, Fact, Heading, Plan, Region, Task

if TYPE_CHECKING:
    from spacy.tokens import Doc

SectionRole = Literal["notice", "preface", "background", "principles", "goals", "tasks", "safeguards", "other"]


@dataclass(frozen=True, slots=True)
class Section:
    """The text from one heading to the next; offsets into `Document.text`, `start` after the heading.

    Sections stand in order and leave out nothing but headings. A heading's text that goes on after a box (专栏) is
    another section of the same heading.

    `role` is that of the chapter, or of a section whose own title says otherwise (发展目标 in 总体要求 is `goals`).
    What stands before the first heading is `notice` and `preface`.
    """

    heading: Heading | None
    role: SectionRole
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """A stretch of `Document.text` that looks like a fact of this kind and gave none, and why: ("responsibility",
    "the label is not known")."""

    start: int
    end: int
    kind: str
    reason: str


@dataclass(slots=True)
class Reading:
    """The state of one plan's extraction."""

    document: Document
    plan: Plan | None = None
    headings: list[Heading] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    tasks: list[tuple[int, int, Task]] = field(default_factory=list)  # start, end in Document.text
    facts: list[Fact] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def home(self) -> Region:
        """The plan's region, which 本市 and 市民政局 refer to; NOWHERE for a plan whose region is not certain."""
        region = self.plan.region if self.plan else None
        return region if region and region.origin != AMBIGUOUS else NOWHERE

    def section_at(self, offset: int) -> Section | None:
        """The section that contains the offset in `Document.text`; the words of a heading belong to its section. None
        after the last section."""
        at = bisect_right(self.sections, offset, key=lambda section: section.end)
        return self.sections[at] if at < len(self.sections) else None

    def task_at(self, offset: int) -> Task | None:
        """The innermost task that contains the offset in `Document.text`; None where none does."""
        holding = [(end - start, task.position, task) for start, end, task in self.tasks if start <= offset < end]
        return min(holding)[2] if holding else None


def reading(doc: "Doc") -> Reading:
    """The reading that belongs to the Doc. Raises Usage for a Doc that was not made of a plan."""
    found: Reading | None = doc.user_data.get("reading")
    if found is None:
        raise Usage("this Doc has no plan: use nlp = kg.load() with nlp(kg.make_doc(path)) or nlp(text)")
    return found
