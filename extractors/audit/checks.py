"""What looks like a fact and gave none: an ordered table of checks, each a function of the plan as the components read
it.

A check yields findings: a stretch of `Document.text`, what is odd about it, and the words that show it. The checks look
at what the components kept (`Reading.rejected`, spans of refused numbers), at the layout, and at words that facts have.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors import expressions as re
from extractors.audit.account import place
from extractors.citations.bracketed import Bracketed
from extractors.citations.not_documents import is_document
from extractors.citations.own import is_own, without_period
from extractors.citations.relation import OTHER_DOCUMENT
from extractors.document import Block, Document
from extractors.layout.contents import entry_key
from extractors.policies.titles import name_of
from extractors.reading import FORWARD_ROLES, Reading, reading
from extractors.tables import tables_of
from extractors.tables.header import column
from extractors.tables.model import FREE_ROLES
from extractors.targets.component import REFUSED_SPANS
from extractors.vocabulary.duties import labels
from extractors.vocabulary.numbering import LIST_STYLES, Marker, marker, number_pattern
from extractors.vocabulary.numerals import DIGIT, NUMERAL_CHARACTER
from extractors.vocabulary.stops import CLAUSE_ENDS
from ontology.model.facts import Citation, Fact, Heading, Indicator, Observation, Responsibility, Target, Task, squeeze

if TYPE_CHECKING:
    from spacy.tokens import Doc

MAX_HEADING_LIKE_LENGTH = 40
MAX_BESIDE_TITLE = 120  # characters on each side of a title that say what it is, other titles included
# 达到, 新建, 不低于, 办结: the verbs with which a plan commits itself to a number, at most 8 characters before it
REACHING = re.compile(
    r"(?:达到?|提高到|提升至|增加到|增至|降至|降到|控制在|保持在|稳定在|不?超过|突破|不[低少高]于|力争|确保|实现|完成|新增|[新改扩]建|建成|培育|打造|引进|办[结理]|走访|化解|启动)"
    r"[^，。；]{0,8}$"
)
# | 不超过 | 8天: a comparator before a number, which is part of it
UP_TO_NUMBER = re.compile(rf"(?:(?!{DIGIT}|{NUMERAL_CHARACTER}).)*")
# 2%左右, 20以上: a number with a comparator after it is hardly ever a mere fact
COMPARED = re.compile(r"(?:以[上下内]|左右)$")
COMPARED_REASONS = frozenset({"no_form", "measures_nothing"})
BOUND_REASONS = COMPARED_REASONS | {"is_span_of_time", "is_extent", "no_subject"}  # other guards know a bound
# 医护比达到 | 1:1.25, 养老护理员与老人比例不低于 | 1:4: a ratio that is no decimal
RATIO_REACHED = re.compile(
    r"比(?:例|值)?(?:[达提调优]\S{0,3}?[到至为]|达|不[低高]于|不超过|保持在|控制在|为|从|由)\s?(?P<ratio>\d[\d.]*(?:\s?[:：∶]\s?\d[\d.]*)+)"
)
# guards whose numbers are never commitments, however the sentence goes on: their refusal is not worth a look
SURE_GUARDS = frozenset({"measures_nothing", "is_article", "is_name", "is_past", "is_definition"})
UNTOLD = "shared_subject"  # numbers in a row for several things, of which the words do not say which is whose
# why a bracket or a label gives no duty, where no reader would take it for one
PLAIN_REASONS = frozenset({"the bracket explains a word", "foot of a web page"})
KIND_WORD = re.compile(r"(?:约束性|预期性)(?!指标|目标|要求|任务|管控|、|和|与|作用|引导)")
# | 专栏3 | 特色工业工程 |: the frame of a box
BOX_CAPTION = re.compile(rf"[|│┃*\s]{{0,8}}{number_pattern('box')}")
# 指标名称, 目标值, 重点任务, 责任单位, 完成时限: heads of tables that hold facts
FACT_HEADERS = re.compile(r"指标|目标|任务|责任|牵头|措施|举措|事项|时限|期限")
TITLE_END = re.compile(rf"[{CLAUSE_ENDS};,:!?]$")
THREE_CHARACTERS = re.compile(r"[\u4e00-\u9fff]{3}")  # 0.5～2 万 counts, it is no number of a heading
FIRST_PARAGRAPH = re.compile(r"\S[^\n]*")
MIN_ENTRY_LIKENESS = 0.75  # of the characters of an entry of the contents and its heading
MAX_INNER_BRACKET = 6  # 乡镇（街道）, 市直（有关）部门: brackets inside a name
BRACKETED_TITLE = re.compile(r"《([^《》]{4,100})》")
ANY_TITLE = re.compile(r"《[^《》]{1,100}》")


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch `start:end` of `Document.text` that looks like a fact and gave none: `reason` says why it is reported,
    and `cue` has the word or number that shows this, or else the first characters of the stretch."""

    start: int
    end: int
    reason: str
    cue: str | None


@dataclass
class CheckedPlan:
    """A plan as the components read it, which every check gets: the Doc, and its reading (`read`), with questions that
    several checks ask. Raises Usage for a Doc that was not made of a plan."""

    doc: "Doc"
    read: Reading = field(init=False)

    def __post_init__(self) -> None:
        self.read = reading(self.doc)

    def proves(self, start: int, end: int, *kinds: type[Fact]) -> bool:
        """Whether a fact of one of these kinds, or of one derived from it, has evidence that shares a character with
        the stretch of the file from the first to the last character of `start:end` of `Document.text`; of an empty
        stretch the character at `start` counts. False for no kinds."""
        document = self.read.document
        first, last = place(document, start), place(document, max(start, end - 1))
        for kind in kinds:
            starts, furthest = self._spans(kind)
            at = bisect_right(starts, last)
            if at and furthest[at - 1] > first:
                return True
        return False

    def _spans(self, kind: type[Fact]) -> tuple[list[int], list[int]]:
        """For `proves`: where the evidence of the facts of a kind, or of one derived from it, begins in the file's
        text, in order, and for each of these the furthest end of the evidence up to it."""
        if kind not in self._by_kind:
            spans = sorted((f.evidence.start, f.evidence.end) for f in self.read.facts if isinstance(f, kind))
            furthest, most = [], 0
            for _, end in spans:
                most = max(most, end)
                furthest.append(most)
            self._by_kind[kind] = [start for start, _ in spans], furthest
        return self._by_kind[kind]

    def at_file(self, offset: int) -> int:
        """The offset in `Document.text` of the character at `offset` in the file's text, or of the next one where the
        mended text does not have it; the length of `Document.text` where it has none of these."""
        return bisect_left(range(len(self.read.document.text)), offset, key=partial(place, self.read.document))

    @cached_property
    def _by_kind(self) -> dict[type[Fact], tuple[list[int], list[int]]]:
        """What `_spans` has returned so far, by the kind of fact; it is filled in by `_spans`."""
        return {}

    @cached_property
    def body(self) -> int:
        """The offset at which the text below the first heading begins, after the notice and the table of contents,
        whose lines repeat headings of the body; 0 where no section has a heading."""
        return next((section.start for section in self.read.sections if section.heading is not None), 0)

    def role(self, at: int) -> str | None:
        """The role of the section that contains the offset `at`; None where no section does."""
        section = self.read.section_at(at)
        return section.role if section else None


def suspicious(doc: "Doc") -> list[Finding]:
    """The findings of all checks in the order of the text; of two about the same stretch that of the first check in
    CHECKS. `doc` is one that the components have read; raises Usage for a Doc that was not made of a plan."""
    view = CheckedPlan(doc)
    found: dict[tuple[int, int], Finding] = {}
    for check in CHECKS:
        for finding in check(view):
            found.setdefault((finding.start, finding.end), finding)
    return sorted(found.values(), key=lambda finding: (finding.start, finding.end))


def line_without_heading(view: CheckedPlan) -> Iterator[Finding]:
    """Lines of 4 to MAX_HEADING_LIKE_LENGTH (40) characters, after the first heading, that look like headings and are
    neither heading nor the beginning of a task: a line all in bold, or one with a number that is no list's and three
    Chinese characters in a row (（三）加强监督管理). Only in a part with goals, tasks or safeguards or one whose role
    is not known. Lines that end with a punctuation mark (TITLE_END), and the one right above a table, are left out. The
    reason of a line that is both is that of a bold one. The cue is the number with which the line begins (of a bold
    line also that of a list), if the line has three Chinese characters in a row; else the first 12 characters."""
    document = view.read.document
    for block, after in pairwise([*document.blocks, None]):
        assert block is not None
        words = document.words(block).strip()
        if after is not None and after.kind == "table":
            continue  # the title of a table
        if (
            block.kind != "text"
            or block.start < view.body
            or not block.line
            or not 3 < len(words) <= MAX_HEADING_LIKE_LENGTH
        ):
            continue
        if view.role(block.start) not in (*FORWARD_ROLES, "other") or TITLE_END.search(words):
            continue
        number = marker(words) if THREE_CHARACTERS.search(words) else None
        bold = bool(block.bold_end) and block.bold_end >= block.end - 1
        if not (bold or (number and number.style not in LIST_STYLES)) or view.proves(block.start, block.end, Heading):
            continue
        if not any(start == block.start for start, _, _ in view.read.tasks):
            reason = "a bold line that is no heading" if bold else "a numbered line that is no heading"
            yield Finding(block.start, block.end, reason, number.printed if number else words[:12])


def gap_in_numbers(view: CheckedPlan) -> Iterator[Finding]:
    """Headings below one heading, or below none, whose numbers leave out one to three: after 二、 the heading 四、. A
    jump over more is not reported. The stretch is the heading after the gap, the cue '二、 … 四、'. A number is
    compared with the last of its style below the same heading, and the first of each may be any. Boxes and their lines,
    and numbers of several parts (1.2) or of no known style, are left out."""
    last: dict[tuple[int | None, str], tuple[Heading, int]] = {}
    for heading in view.read.headings:
        if not heading.number or heading.kind in ("box", "box-item"):
            continue
        number = _number(heading.number)
        if number is None or len(number.ordinals) != 1:
            continue
        key, ordinal = (heading.parent, number.style), number.ordinals[0]
        before, counted = last.get(key, (heading, ordinal - 1))
        if counted + 1 < ordinal <= counted + 4:
            start, end = view.at_file(heading.evidence.start), view.at_file(heading.evidence.end - 1) + 1
            cue = f"{before.number} … {heading.number}"
            yield Finding(start, end, "a gap in the numbers of headings", cue)
        last[key] = heading, ordinal


def _number(printed: str) -> Marker | None:
    """The marker of a heading's printed number (第三章, 一、, 3), or else of the number with a point after it (三, of
    which that is `marker("三.题目")`); None where neither is of a known style (附件1)."""
    return marker(f"{printed}题目") or marker(f"{printed}.题目")


def entry_without_heading(view: CheckedPlan) -> Iterator[Finding]:
    """Numbered entries of the table of contents, of two or more characters besides the number, that no heading of the
    body has, by its title alone or with its number, nor one that differs in a few characters and has the same number
    (`_alike`). The cue is the number."""
    document = view.read.document
    titles = {entry_key(f"{h.number or ''}{h.title}") for h in view.read.headings}
    titles |= {entry_key(h.title) for h in view.read.headings}
    for block in document.blocks:
        if block.kind != "contents":
            continue
        at = block.start
        for line in document.words(block).split("\n"):
            key, number = entry_key(line), marker(line.strip())
            bare = entry_key(line.strip()[number.end :]) if number else key
            if number and len(bare) > 1 and not {key, bare} & titles and not _alike(bare, number.printed, view.read):
                yield Finding(at, at + len(line), "an entry of the contents without its heading", number.printed)
            at += len(line) + 1


def _alike(words: str, printed: str, read: Reading) -> bool:
    """Whether a heading of the plan has the number `printed` (第三章) of an entry of the contents and a title that is
    like the entry (`words`, as `entry_key` gives it) in at least three quarters of the characters (MIN_ENTRY_LIKENESS),
    so that one of the two was misread."""
    return any(
        h.number == printed and SequenceMatcher(None, entry_key(h.title), words).ratio() >= MIN_ENTRY_LIKENESS
        for h in read.headings
    )


def rejected(view: CheckedPlan) -> Iterator[Finding]:
    """The stretches of more than MAX_INNER_BRACKET (6) characters, of a bracket with its marks, that a component
    refused as facts, in a part with goals, tasks or safeguards or one whose role is not known; refused rows of a table
    in every part but the background. Those refused for a reason in PLAIN_REASONS, which no reader would take for facts,
    are left out. The reason has the kind of fact before that of the component ('responsibility: the label is not
    known'), the cue is the first 12 characters."""
    rows = {(row.start, row.end) for table in tables_of(view.doc) for row in table.refused}
    for one in view.read.rejected:
        role = view.role(one.start)
        forward = role in (*FORWARD_ROLES, "other") or ((one.start, one.end) in rows and role != "background")
        if forward and one.reason not in PLAIN_REASONS and one.end - one.start > MAX_INNER_BRACKET:
            words = view.read.document.text[one.start : one.end]
            yield Finding(one.start, one.end, f"{one.kind}: {one.reason}", squeeze(words)[:12])


def doubtful_table(view: CheckedPlan) -> Iterator[Finding]:
    """Tables whose cells cannot be trusted, from which nothing was read; the reason is `Block.doubt`, the cue the first
    12 characters."""
    for block in view.read.document.blocks:
        if block.doubt:
            words = squeeze(view.read.document.text[block.start : block.end])
            yield Finding(block.start, block.end, block.doubt, words[:12])


def label_without_duty(view: CheckedPlan) -> Iterator[Finding]:
    """Labels that give work to bodies (牵头单位：…) after which no responsibility was read in their block, in a part
    with goals, tasks or safeguards or one whose role is not known. Left out are labels that begin in a stretch that a
    component refused (`Reading.rejected`), and those of the table of contents. The cue is the label."""
    document = view.read.document
    refused = {(one.start, one.end) for one in view.read.rejected}
    for block in document.blocks:
        if block.kind == "contents" or view.role(block.start) not in (*FORWARD_ROLES, "other"):
            continue
        for label in labels(document.text, block.start, block.end):
            if not label.gives_duty or view.proves(label.start, block.end, Responsibility):
                continue
            if not any(start <= label.start < end for start, end in refused):
                yield Finding(label.start, label.end, "a duty label that gave no duty", label.name)


def duty_in_background(view: CheckedPlan) -> Iterator[Finding]:
    """The first paragraph of each section of the background in which a responsibility was read: a measure ends so
    (…。（市发改委牵头，市财政局配合）), so the section may be work, whose tasks and targets were not looked for. The
    cue is the number of its heading, or the first 12 characters of the title."""
    text = view.read.document.text
    for section in view.read.sections:
        heading = section.heading
        if section.role != "background" or not heading:
            continue
        first = FIRST_PARAGRAPH.search(text, section.start, section.end)
        if first and view.proves(section.start, section.end, Responsibility):
            cue = heading.number or heading.title[:12]
            yield Finding(first.start(), first.end(), "a duty in what was read as background", cue)


def refused_number(view: CheckedPlan) -> Iterator[Finding]:
    """Numbers that were refused as targets and share no character with the evidence of a Target, Indicator or
    Observation: those after a verb of reaching (达到, 新建; REACHING), with at most 8 characters between, none of them
    ，。；, and, after any words, those of several things that could not be told apart (UNTOLD) and those with 以上,
    左右 or the like after them that have no form, or no unit (COMPARED_REASONS). A comparator before the number
    (不超过8天) is such a verb too. The reason is that of the RefusedNumber (a guard or another cause: 'target: past
    date'); other numbers with a guard that is never wrong (SURE_GUARDS) are left out. The cue is the first 6 characters
    from the verb on, up to the number, or of the number."""
    text = view.read.document.text
    for span in view.doc.spans.get(REFUSED_SPANS, []):
        start, end = span.start, span.end
        comparator = UP_TO_NUMBER.match(text, start, end) if span.label_ in BOUND_REASONS else None
        verb = REACHING.search(text, max(0, start - 14), comparator.end() if comparator else start)
        compared = span.label_ in COMPARED_REASONS and COMPARED.search(text[start:end])
        reported = span.label_ == UNTOLD or compared or (verb and span.label_ not in SURE_GUARDS)
        if not reported or view.proves(start, end, Target, Indicator, Observation):
            continue
        cue = verb[0] if verb else text[start:end]
        yield Finding(start, end, f"target: {span.label_.replace('_', ' ')}", cue[:6])


def ratio_without_value(view: CheckedPlan) -> Iterator[Finding]:
    """Ratios that are to be reached and that no number holds, because they do not end with 1 (医护比达到1:1.25,
    三次产业比调整为12:42:46; RATIO_REACHED), in a part with goals, tasks or safeguards, where no evidence of a Target,
    Indicator or Observation touches them. The cue is the ratio."""
    for found in RATIO_REACHED.finditer(view.read.document.text):
        start, end = found.span("ratio")
        if view.role(start) in FORWARD_ROLES and not view.proves(start, end, Target, Indicator, Observation):
            yield Finding(start, end, "target: ratio", found["ratio"])


def title_without_citation(view: CheckedPlan) -> Iterator[Finding]:
    """Titles of 4 to 100 characters in 《》, of nested ones the innermost, that name a document which no citation has.
    Left out are names that the title of a cited document is or ends with, in both without a status and a period of
    years at the end (`without_period`); those that a citation's evidence touches; the plan's own title (`is_own`); and
    titles of what is no document (newspapers, plays). The cue is the first 12 characters."""
    text = view.read.document.text
    plan = view.read.plan
    cited = {without_period(name_of(fact.title)) for fact in view.read.facts if isinstance(fact, Citation)}
    for found in BRACKETED_TITLE.finditer(text):
        title = squeeze(found[1])
        name = without_period(name_of(title))
        if any(other.endswith(name) for other in cited):
            continue  # named once more, in full or by its last words: 《实施方案》
        if view.proves(found.start(), found.end(), Citation):
            continue
        if plan and is_own(Bracketed(found.start(), found.end(), found.end(), title), view.read, plan):
            continue
        before, after = found.start() - MAX_BESIDE_TITLE, found.end() + MAX_BESIDE_TITLE
        beside = text[max(0, before) : found.start()], text[found.end() : after]
        left, right = (ANY_TITLE.sub(OTHER_DOCUMENT, words) for words in beside)
        if is_document(title, left[-30:], right[:30], False):
            yield Finding(found.start(), found.end(), "a title in 《》 that gave no citation", title[:12])


def table_without_rows(view: CheckedPlan) -> Iterator[Finding]:
    """Tables with 指标, 目标, 任务, 责任 or a similar word in the header (FACT_HEADERS) that gave nothing. First those
    that were read as tables and gave no indicator, observation, target, responsibility or task. Then those that were
    not read as tables, outside of the background, with the word among their first 60 characters, the labels of bodies
    and their work in their first line (`_heads_work`) or the caption of a box (BOX_CAPTION), that gave none of these
    kinds; there a task does not count, because the table may only be part of its text. The cue is the first 24
    characters of the labels of columns, or of those 60."""
    kinds = (Indicator, Observation, Responsibility, Target)
    read: list[tuple[int, int]] = []
    for table in tables_of(view.doc):
        read.append((table.start, table.end))
        heads = "".join(column.label for column in table.columns)
        if FACT_HEADERS.search(heads) and not view.proves(table.start, table.end, *kinds, Task):
            yield Finding(table.start, table.end, "a table that gave no row", heads[:24])
    document = view.read.document
    for block in document.blocks:
        if block.kind != "table" or view.role(block.start) == "background":
            continue
        if any(start < block.end and block.start < end for start, end in read):
            continue
        head = document.words(block)[:60]
        named = FACT_HEADERS.search(head) or BOX_CAPTION.match(head) or _heads_work(_first_line(document, block))
        if named and not view.proves(block.start, block.end, *kinds):
            yield Finding(block.start, block.end, "a table that could not be read", squeeze(head)[:24])


def _first_line(document: Document, block: Block) -> str:
    """What is left of the line in the text of `Document.source` from the block's first character on, with the blanks
    that divide its words (labels of columns)."""
    text, first = document.source.text, document.origin[block.start]
    last = text.find("\n", first)
    return text[first:] if last < 0 else text[first:last]


def _heads_work(text: str) -> bool:
    """Whether some words of the text are labels of columns of bodies (`Column.role` "departments"), and others of free
    text (FREE_ROLES: work, deadlines, places and the like): '部门 职责', '责任单位 完成时限' -> True; '部门 电话' ->
    False."""
    roles = {found.role for word in text.split() if (found := column(word))}
    return "departments" in roles and bool(roles & FREE_ROLES)


def kind_without_indicator(view: CheckedPlan) -> Iterator[Finding]:
    """The words 约束性 and 预期性, in a table or not, where they are not followed by 指标, 、 or another word with
    which running text speaks of them (KIND_WORD) and no evidence of an Indicator touches them, in the background none
    of an Observation either: a table there may show what was reached. The cue is the word."""
    for found in KIND_WORD.finditer(view.read.document.text):
        kinds = (Indicator, Observation) if view.role(found.start()) == "background" else (Indicator,)
        if not view.proves(found.start(), found.end(), *kinds):
            yield Finding(found.start(), found.end(), "a kind of indicator where no indicator was read", found[0])


Check = Callable[[CheckedPlan], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    doubtful_table,
    rejected,
    line_without_heading,
    gap_in_numbers,
    entry_without_heading,
    label_without_duty,
    duty_in_background,
    refused_number,
    ratio_without_value,
    title_without_citation,
    table_without_rows,
    kind_without_indicator,
)
