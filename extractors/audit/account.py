"""The account of a plan's text: what each of its visible characters was read as."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import groupby, pairwise

from extractors import expressions as re
from extractors.document import Block, Document
from extractors.outline.nesting import MAX_ATTACHMENT_LENGTH
from extractors.reading import Reading, Section
from extractors.tasks import ABOUT_PLAN, APPEAL, SIGNATURE
from extractors.vocabulary.chapters import sets_no_work
from extractors.vocabulary.numbering import marker
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

PassageClass = tuple[str, str | None]
FURNITURE: PassageClass = ("reason", "page furniture")  # running heads, page numbers, rules, menus of a web page

# What a section's role says of text in it that is no fact. Goals and tasks are what the tool is for: there text is
# understood only as far as facts say it, and a goal without a figure is a statement that no fact can hold.
SECTION_CLASSES: dict[str, PassageClass] = {
    "notice": ("reason", "notice"),
    "preface": ("reason", "preface"),
    "background": ("reason", "background"),
    "principles": ("reason", "guiding thought and principles"),
    "goals": ("reason", "goal without a figure or a date"),
    "tasks": ("unread", "in a tasks chapter, outside every task"),
    "safeguards": ("unread", "in a safeguards chapter, outside every task"),
    "other": ("unread", "in a part whose role is not known"),
}
BOX_TEXT: PassageClass = ("reason", "text of a box, whose items stand in the outline")
INTRODUCTION: PassageClass = ("reason", "introduction above further headings")
UNREAD_TABLE: PassageClass = ("unread", "table without a row that was read")
TABLE_TOP: PassageClass = ("reason", "title and head of a table")
WORKLESS_PART: PassageClass = ("reason", "estimates, effects, terms and other parts that give no work")
TASK_TITLE: PassageClass = ("Task", None)
HEADING_LINE: PassageClass = ("Heading", None)
MAX_TABLE_TOP_LENGTH = 120  # characters of a table above its first row that was read
BLOCK_CLASSES: dict[str, PassageClass] = {
    "contents": ("reason", "table of contents"),
    "attachment": ("reason", "name of an attached file"),
}
CLOSING_WORDS: PassageClass = ("reason", "closing and signature")

# A character that several facts prove belongs to the last of these that it is part of: the most particular one.
PRECEDENCE: tuple[type[Fact], ...] = (
    Task, Heading, Plan, PlanField, Citation, Target, Responsibility, Indicator, Observation,
)  # fmt: skip


VISIBLE_WORD = re.compile(r"\S+")


def account(read: Reading) -> list[Passage]:
    """The passages of the file's text in order; together they hold every visible character once. A character in the
    evidence of facts belongs to the most particular kind of these, as that of a task and of a target in it to Target
    (`_precedence`); another to what `_layout` says of its place in the mended text; one that the mended text does not
    have, or of whose place `_layout` says nothing, is page furniture. `read` is the reading of a plan after all
    components have run. None of the passages is suspicious: those come from `suspicious`."""
    document = read.document
    file = document.file or document.source
    classes: list[PassageClass] = [FURNITURE]
    numbers: dict[PassageClass, int] = {FURNITURE: 0}
    owner = array("H", bytes(2 * len(file.text)))

    def number(of: PassageClass) -> int:
        if of not in numbers:
            numbers[of] = len(classes)
            classes.append(of)
        return numbers[of]

    for start, end, found in _layout(read):
        kind = number(found)
        for at in _places(document, start, end):
            owner[at] = kind
    precedence = {kind: _precedence(kind) for kind in {type(fact) for fact in read.facts}}
    for fact in sorted(read.facts, key=lambda fact: precedence[type(fact)]):
        kind = number((type(fact).__name__, None))
        first, last = fact.evidence.start, fact.evidence.end
        owner[first:last] = array("H", [kind]) * (last - first)
    every = visible_length(file.text)
    return [
        Passage(Evidence.of(file, start, end), *classes[kind], False, None, share(file.text[start:end], every))
        for start, end, kind in _runs(file, owner)
    ]


def _places(document: Document, start: int, end: int) -> Iterable[int]:
    """The offset in the file's text of each character of `Document.text[start:end]`, in their order, as `place` gives
    it for one."""
    found = document.origin[start:end]
    return found if document.places is None else map(document.places.__getitem__, found)


def place(document: Document, at: int) -> int:
    """The offset in the file's text of the character at offset `at` of `Document.text`."""
    found = document.origin[at]
    return found if document.places is None else document.places[found]


def visible_length(text: str) -> int:
    """The number of characters that are not white space, of which `share` gives parts: '第 一 章' -> 3"""
    return sum(map(len, text.split()))


def share(text: str, every: int) -> Decimal:
    """The share of a text in its file: its number of visible characters (`visible_length`) divided by `every`, that of
    the whole file (by 1 where that is 0), to five places: ('第 一', 4) -> 0.5."""
    return (Decimal(visible_length(text)) / max(1, every)).quantize(Decimal("0.00001")).normalize()


def _precedence(of: type[Fact]) -> int:
    """The place of the last kind in PRECEDENCE that the kind of fact `of` is or is derived from; the number after the
    last for kinds of other packages. Of two facts about one character that of the higher number counts."""
    kinds = [n for n, kind in enumerate(PRECEDENCE) if issubclass(of, kind)]
    return kinds[-1] if kinds else len(PRECEDENCE)  # kinds of other packages are the most particular


def _layout(read: Reading) -> Iterator[tuple[int, int, PassageClass]]:
    """Stretches of `Document.text`, each as (start, end, class), where the class is what it was read as because of its
    place in the plan (notice, heading, table of contents …), a `PassageClass`: kind and reason. Where two stretches
    overlap, the later one counts: headings and sections come first, then tables (in sections of tasks, of safeguards or
    of no known role), contents and attached files, then titles of tasks, then the closing."""
    document = read.document
    above = {heading.parent for heading in read.headings}
    aside: set[int] = set()  # headings of parts that are known to give no work
    for heading in read.headings:
        if heading.parent in aside or sets_no_work(heading.title):
            aside.add(heading.position)
    reached = 0
    for section in read.sections:
        yield reached, section.start, HEADING_LINE  # also the mark after a run-in heading, which no evidence has
        yield section.start, section.end, _of_section(section, above, aside)
        reached = section.end
    proofs = sorted(fact.evidence.start for fact in read.facts)
    for before, block in pairwise([None, *document.blocks]):
        assert block is not None
        holder = read.section_at(block.start)
        if block.kind == "table" and holder is not None and SECTION_CLASSES[holder.role][0] == "unread":
            yield from _table(read, before, block, proofs)
        elif block.kind in BLOCK_CLASSES:
            yield block.start, block.end, BLOCK_CLASSES[block.kind]
    yield from _titles_of_tasks(read)
    yield from _closing(read)


def _table(
    read: Reading, before: Block | None, block: Block, proofs: Sequence[int]
) -> Iterator[tuple[int, int, PassageClass]]:
    """The stretches of the table `block`, each as (start, end, class), and what each was read as: the whole as a table
    without a row that was read. Where evidence of a fact begins in it within MAX_TABLE_TOP_LENGTH characters of its
    start, what stands before that evidence and the line above the table (`before`, the block there, if it is text on
    one line; None for no block) are its title and header instead. `proofs` are the offsets in the file's text at which
    evidence begins, in order."""
    yield block.start, block.end, UNREAD_TABLE
    first, last = (place(read.document, at) for at in (block.start, block.end - 1))
    at = bisect_left(proofs, first)
    if at < len(proofs) and proofs[at] <= min(last, first + MAX_TABLE_TOP_LENGTH):
        title = before.start if before and before.kind == "text" and before.line else block.start
        yield title, block.start, TABLE_TOP
        stop = bisect_left(range(block.end), proofs[at], lo=block.start, key=partial(place, read.document))
        yield block.start, stop, TABLE_TOP


def _titles_of_tasks(read: Reading) -> Iterator[tuple[int, int, PassageClass]]:
    """The stretches, each as (start, end, class), of the titles that open a task's paragraph, with their number and
    mark, whether they are headings of the outline too or not: of （一）健全医疗救助制度。建立… the words
    （一）健全医疗救助制度。; of a numbered sentence without a title the number. Only tasks that begin inside a block of
    text have one, so that rows of declared tables have none."""
    blocks = read.document.blocks
    for start, _, task in read.tasks:
        block = blocks[bisect_right(blocks, start, key=lambda one: one.start) - 1]
        opened = task.title or task.position in read.openings
        if opened and block.kind == "text" and block.start < start < block.end:
            yield block.start, start, TASK_TITLE


def _of_section(section: Section, above: set[int | None], aside: set[int]) -> PassageClass:
    """What the text of a section is read as where no fact holds it: by the first that applies, text of a box, a part
    that gives no work (only of the role "other"), the introduction above further headings (only of tasks and
    safeguards, and no numbered sentence beside these, `Section.untitled`), else what SECTION_CLASSES has for its role.
    `above` are the positions of the headings that have others below them, `aside` those of the parts that are known to
    give no work."""
    heading = section.heading
    if heading is not None and heading.kind in ("box", "box-item"):
        return BOX_TEXT
    if heading is not None and section.role == "other" and heading.position in aside:
        return WORKLESS_PART
    introduces = heading is not None and heading.position in above and not section.untitled
    if introduces and section.role in ("tasks", "safeguards"):
        return INTRODUCTION
    return SECTION_CLASSES[section.role]


def _closing(read: Reading) -> Iterator[tuple[int, int, PassageClass]]:
    """The stretches, each as (start, end, class), of the blocks after the last task that hold the signature, the names
    of attached files, words on how the plan was published, or the appeal to all with which a plan closes and the line
    above it on the plan, from the end of the text back to the first other block.
    Numbered lines of at most MAX_ATTACHMENT_LENGTH (60) characters are among them where 附件：1.… stands above them."""
    last = max((end for _, end, _ in read.tasks), default=0)
    numbered: list[Block] = []  # 2.重大项目表, which may be the second of those that 附件：1.… names
    for block in reversed(read.document.blocks):
        words = read.document.words(block)
        if block.start < last:
            return
        if SIGNATURE.fullmatch(words) or APPEAL.match(words) or ABOUT_PLAN.fullmatch(words):
            for one in (block, *(numbered if words.startswith("附") else ())):
                yield one.start, one.end, CLOSING_WORDS
            numbered = []
        elif marker(words) and len(words) <= MAX_ATTACHMENT_LENGTH:
            numbered.append(block)
        else:
            return


def _runs(file: Source, owner: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The longest stretches of the file's text whose visible characters have one class, as (start, end, class). `owner`
    has the class of each character, as a number; that of white space does not count. White space between two visible
    characters of the same class is part of their stretch, other white space of none."""
    start = end = kind = -1
    for word in VISIBLE_WORD.finditer(file.text):
        at = word.start()
        for found, same in groupby(owner[at : word.end()]):
            if found != kind:
                if start >= 0:
                    yield start, end, kind
                start, kind = at, found
            at = end = at + len(list(same))
    if start >= 0:
        yield start, end, kind
