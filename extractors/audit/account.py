"""Each character of a plan's text with what it was read as."""

from array import array
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.document import Document
from extractors.reading import Reading, Section
from extractors.tasks import SIGNATURE
from ontology.model.facts import (
    Citation,
    Evidence,
    Fact,
    Heading,
    Indicator,
    Observation,
    Passage,
    Plan,
    PlanField,
    Responsibility,
    Target,
    Task,
)
from ontology.model.source import Source

Class = tuple[str, str | None]
FURNITURE: Class = ("reason", "page furniture")  # running heads, page numbers, rules, menus of a web page

# What a section's role says of text in it that is no fact. Goals and tasks are what the tool is for: there text is
# understood only as far as facts say it, and a goal without a figure is a statement that no fact can hold.
ROLES: dict[str, Class] = {
    "notice": ("reason", "notice"),
    "preface": ("reason", "preface"),
    "background": ("reason", "background"),
    "principles": ("reason", "guiding thought and principles"),
    "goals": ("reason", "goal without a figure or a date"),
    "tasks": ("unread", "in a tasks chapter, outside every task"),
    "safeguards": ("unread", "in a safeguards chapter, outside every task"),
    "other": ("unread", "in a part whose role is not known"),
}
BOX: Class = ("reason", "text of a box, whose items stand in the outline")
INTRODUCTION: Class = ("reason", "introduction above further headings")
TABLE: Class = ("unread", "table without a row that was read")
BLOCKS: dict[str, Class] = {
    "contents": ("reason", "table of contents"),
    "attachment": ("reason", "name of an attached file"),
}
CLOSING: Class = ("reason", "closing and signature")

# A character that several facts prove belongs to the last of these that it is part of: the most particular one.
PRECEDENCE: tuple[type[Fact], ...] = (
    Task, Heading, Plan, PlanField, Citation, Target, Responsibility, Indicator, Observation,
)  # fmt: skip


def account(read: Reading) -> list[Passage]:
    """The passages of the text in order; together they hold every visible character once."""
    document = read.document
    file = document.file or document.source
    classes: list[Class] = [FURNITURE]
    numbers: dict[Class, int] = {FURNITURE: 0}
    owner = array("H", bytes(2 * len(file.text)))

    def number(of: Class) -> int:
        if of not in numbers:
            numbers[of] = len(classes)
            classes.append(of)
        return numbers[of]

    for start, end, found in _layout(read):
        kind = number(found)
        for at in range(start, end):
            owner[place(document, at)] = kind
    for fact in sorted(read.facts, key=_precedence):
        kind = number((type(fact).__name__, None))
        first, last = fact.evidence.start, fact.evidence.end
        owner[first:last] = array("H", [kind]) * (last - first)
    every = visible_length(file.text)
    return [
        Passage(Evidence.of(file, start, end), *classes[kind], False, None, share(file.text[start:end], every))
        for start, end, kind in _runs(file, owner)
    ]


def place(document: Document, at: int) -> int:
    """The offset in the file's text of a character of `Document.text`."""
    found = document.origin[at]
    return found if document.places is None else document.places[found]


def visible_length(text: str) -> int:
    """The number of characters that are not white space: what shares are shares of. '第 一 章' -> 3"""
    return sum(not character.isspace() for character in text)


def share(text: str, every: int) -> Decimal:
    """The part that the text's visible characters are of `every`, to five places: ('第 一', 4) -> 0.5"""
    return (Decimal(visible_length(text)) / max(1, every)).quantize(Decimal("0.00001")).normalize()


def _precedence(fact: Fact) -> int:
    kinds = [n for n, kind in enumerate(PRECEDENCE) if isinstance(fact, kind)]
    return kinds[-1] if kinds else len(PRECEDENCE)  # kinds of other packages are the most particular


def _layout(read: Reading) -> Iterator[tuple[int, int, Class]]:
    """Stretches of `Document.text` and what their place in the plan says of them; later ones win."""
    document = read.document
    above = {heading.parent for heading in read.headings}
    for section in read.sections:
        yield section.start, section.end, _of_section(section, above)
    for block in document.blocks:
        holder = read.section_at(block.start)
        if block.kind == "table" and holder is not None and ROLES[holder.role][0] == "unread":
            yield block.start, block.end, TABLE
        elif block.kind in BLOCKS:
            yield block.start, block.end, BLOCKS[block.kind]
    yield from _closing(read)


def _of_section(section: Section, above: set[int | None]) -> Class:
    heading = section.heading
    if heading is not None and heading.kind in ("box", "box-item"):
        return BOX
    if heading is not None and heading.position in above and section.role in ("tasks", "safeguards"):
        return INTRODUCTION
    return ROLES[section.role]


def _closing(read: Reading) -> Iterator[tuple[int, int, Class]]:
    """The blocks after the last task that sign the plan, or say how it was published."""
    last = max((end for _, end, _ in read.tasks), default=0)
    for block in reversed(read.document.blocks):
        if block.start < last or not SIGNATURE.fullmatch(read.document.words(block)):
            return
        yield block.start, block.end, CLOSING


def _runs(file: Source, owner: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """(start, end, class) of the longest stretches of one class; white space parts nothing."""
    text = file.text
    start = end = kind = -1
    for at, character in enumerate(text):
        if character.isspace():
            continue
        if owner[at] != kind:
            if start >= 0:
                yield start, end, kind
            start, kind = at, owner[at]
        end = at + 1
    if start >= 0:
        yield start, end, kind
