"""The responsibilities: which public body has which part in which measure, with the clause that says so."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors import expressions as re
from extractors.plain import span
from extractors.reading import FORWARD_ROLES, Reading, Rejected, reading
from extractors.reference.departments import organization
from extractors.reference.regions import NOWHERE, REFERENCE_YEAR
from extractors.responsibilities.brackets import DutyList, duty_lists, left_out
from extractors.responsibilities.clauses import running
from extractors.responsibilities.duty import Duty
from extractors.responsibilities.mentions import Mention, mentions
from extractors.responsibilities.roles import Convention, convention
from extractors.responsibilities.tables import headed, tabled
from extractors.responsibilities.titled import before_colons, under_titles
from extractors.vocabulary.duties import head_kind
from ontology.model.facts import Organization, Region, Responsibility

if TYPE_CHECKING:
    from spacy.tokens import Doc

DUTY_SPANS = "responsibilities"
# A list of bodies after a measure gives work wherever a measure stands; in these only with a word that says so.
PAST_ROLES = ("background", "notice")
WORK_CUE = re.compile(r"牵头|负责|责任|主责|主办")
# a title that says who does what
SENTENCE_TITLE = re.compile(
    r"，|由[^，。；]{2,40}(?:组织|牵头|负责|承担|实施)|(?:部门|政府|[局委厅会协院])(?:要|应当|负责)"
)
# 本规划…，由市医疗保障局牵头组织实施
CARRIED_OUT = re.compile(r"由[^，。；\n]{2,40}(?:牵头|负责)(?:组织|编制和)?(?:实施|落实)")


# 牵头科室 | 县教育局, 各县（区）教育局, 市委编办: a body by its whole name, though the label speaks of offices
WHOLE_BODY = re.compile(
    r"(?:各[省市县区州旗盟（）()、]{1,8}|[国省市县区州旗盟镇乡])[\u4e00-\u9fff]{2,12}[局委厅]"
    r"|[省市县区州旗盟](?:委[\u4e00-\u9fff]{1,8}[部办]|总工会|妇联|残联|科协|文联|工商联|红十字会)"
)


def responsibilities(doc: "Doc") -> "Doc":
    """Appends to `Reading.facts` a `Responsibility` for each body and clause, in the order of the names in the text,
    and returns the same `doc`; a body that is named twice in a clause by the same words gets one. The names of the
    bodies are the spans `doc.spans["responsibilities"]`, with the role as label. Lists and cells that are refused for a
    reason (`_duties`) go to `Reading.rejected`. Names are resolved for the first year of the plan's period, or
    REFERENCE_YEAR. Raises Usage for a Doc that was not made of a plan."""
    state = reading(doc)
    home = state.home
    year = state.plan.period[0] if state.plan and state.plan.period else REFERENCE_YEAR
    spans = []
    known_duties = set()
    for duty in sorted(_duties(doc, state, home, year), key=lambda duty: (duty.start, duty.end)):
        printed = duty.printed or state.document.text[duty.start : duty.end]
        if (printed, duty.clause) in known_duties:
            continue
        known_duties.add((printed, duty.clause))
        state.facts.append(_fact(state, duty, printed, home, year))
        spans.append(span(doc, duty.start, duty.end, label=duty.role))
    doc.spans[DUTY_SPANS] = spans
    return doc


def _duties(doc: "Doc", state: Reading, home: Region, year: int) -> Iterator[Duty]:
    """The duties of the plan from all sources, in this order: brackets and labels (`_lists`), but not in a cell that
    was read by its column; tables; headings that name bodies, whatever was read there; bodies before a colon, but not
    in tables, nor where a heading gave the same name a duty; the preface; running text, which is that of sections of
    FORWARD_ROLES. The last two leave out the names in what the others have read and in tables. Lists that are refused
    (`_lists`) and cells of a column of bodies in which no body is recognised are appended to `state.rejected`."""
    text = state.document.text
    rule = convention(text)
    cells = [(block.start, block.end) for block in state.document.blocks if block.kind == "table"]
    in_tables = list(tabled(doc, home, year, rule, state.rejected)) if headed(text) else []
    read_spans = [*cells, *(duty.clause for duty in in_tables)]
    for duty_list in _lists(state, cells, in_tables, home, year, rule):
        read_spans.append((duty_list.start, duty_list.end))
        yield from duty_list.duties
    yield from in_tables
    titles = list(under_titles(state, home, year))
    names = [(duty.start, duty.end) for duty in titles]
    starts = [start for start, _ in cells]
    titles += [
        duty
        for duty in before_colons(state, home, year)
        if (duty.start, duty.end) not in names and not _within(duty.start, starts, cells)
    ]
    read_spans += [(duty.start, duty.end) for duty in titles]
    yield from titles
    prefaces = [(section.start, section.end) for section in state.sections if section.role == "preface"]
    stretches = list(_stretches(state))
    free = _FreeMentions(mentions(text, sorted([*prefaces, *stretches])), read_spans)
    for start, end in prefaces:
        yield from _in_preface(text, start, end, free, home, year)
    for start, end in stretches:
        yield from running(text, start, end, free.between(start, end), home, year)


def _lists(
    state: Reading, cells: list[tuple[int, int]], in_tables: list[Duty], home: Region, year: int, rule: Convention
) -> Iterator[DutyList]:
    """The brackets and labels of the whole text that give bodies duties. `cells` are the spans of the blocks that are
    tables, in order, `in_tables` the duties that were read from cells by their columns: a list whose first body stands
    in one of these cells is left out.

    Appended to `state.rejected` are the lists that have a reason in place of duties, those in parts that tell of the
    past, unless a label or a word such as 牵头 gives the work, and those in tables without a verb or label; of the
    others the parts in which a body is lost (`left_out`).
    """
    text = state.document.text
    tables = [start for start, _ in cells]
    read_cells = sorted((duty.start, duty.end) for duty in in_tables)
    cell_starts = [start for start, _ in read_cells]
    for start, end, past in _stretches_of_lists(state):
        for duty_list in duty_lists(text, start, end, home, year, rule):
            reason = duty_list.reason
            in_table = _within(duty_list.start, tables, cells)
            cue = next((duty.cue for duty in duty_list.duties if duty.cue), "")
            if in_table and duty_list.duties and _within(duty_list.duties[0].start, cell_starts, read_cells):
                continue  # a label in a cell, which was read with its column
            if not reason and past and not (WORK_CUE.search(cue) or head_kind(cue)):
                reason = "stands in a part that tells of the past"
            elif not reason and in_table and not cue:
                reason = "a bracket without a label in a table"  # may be anything: 各乡镇（街道）
            if reason:
                state.rejected.append(Rejected(duty_list.start, duty_list.end, "responsibility", reason))
            else:
                yield duty_list
                state.rejected.extend(
                    Rejected(*part, "responsibility", "other words stand among the bodies")
                    for part in left_out(text, duty_list, home, year)
                )


class _FreeMentions:
    """Of the mentions `found`, given in the order of the text, those whose name without the region before it begins (at
    `core`) outside of the spans `read_spans`, which other readers have read. The spans may overlap and have any
    order."""

    def __init__(self, found: list[Mention], read_spans: list[tuple[int, int]]) -> None:
        spans: list[tuple[int, int]] = []
        for start, end in sorted(read_spans):
            if spans and start < spans[-1][1]:  # a row in a table
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        starts = [start for start, _ in spans]
        self._found = [m for m in found if not _within(m.core, starts, spans)]
        self._places = [m.core for m in self._found]

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions whose names, without the region before them (`core`), begin in `start:end` of the text."""
        return self._found[bisect_left(self._places, start) : bisect_left(self._places, end)]


def _within(place: int, starts: list[int], spans: list[tuple[int, int]]) -> bool:
    """Whether the offset `place` is inside one of `spans`, which do not overlap and are in order; `starts` are their
    first offsets."""
    before = bisect_right(starts, place) - 1
    return before >= 0 and place < spans[before][1]


def _in_preface(text: str, start: int, end: int, free: "_FreeMentions", home: Region, year: int) -> Iterator[Duty]:
    """The duties of the bodies that carry out the whole plan, as its preface `text[start:end]` says:
    本规划由市医疗保障局牵头组织实施. Only such phrases (CARRIED_OUT) are read. `free` are the mentions that no other
    reader has read."""
    for clause in CARRIED_OUT.finditer(text, start, end):
        yield from running(text, *clause.span(), free.between(*clause.span()), home, year)


def _stretches(state: Reading) -> Iterator[tuple[int, int]]:
    """The spans of the text in which running text can give bodies work: those of the sections with one of
    FORWARD_ROLES. The heading of a section is part of its span, because it may be all that is said, unless it is the
    title of a chapter, section or box without ， and without words that give work (SENTENCE_TITLE)."""
    reached = 0
    for section in state.sections:
        heading = section.heading
        titled = (
            heading is not None
            and heading.kind in ("chapter", "section", "box")
            and not SENTENCE_TITLE.search(heading.title)
        )
        if section.role in FORWARD_ROLES:
            yield (section.start if titled else reached), section.end
        reached = section.end


def _stretches_of_lists(state: Reading) -> Iterator[tuple[int, int, bool]]:
    """The spans in which lists of bodies may stand, one for each section with its heading, as (start, end, whether the
    section tells of the past). They cover the text up to the last section's end; without sections the whole text is one
    span."""
    if not state.sections:
        yield 0, len(state.document.text), False
    reached = 0
    for section in state.sections:
        yield reached, section.end, section.role in PAST_ROLES
        reached = section.end


def _fact(state: Reading, duty: Duty, printed: str, home: Region, year: int) -> Responsibility:
    """The fact of the duty, in the task that contains `duty.at`, or else the beginning of its name. `printed` is the
    body's name. A function that the duty gives (`Duty.function`) is that of a body of `home`; without one, function and
    body are resolved from the name by `home` and `year`. They are None where they are not known, and for an office
    inside a department, unless the name is that of a whole bureau (WHOLE_BODY); the body is also None where its region
    is not certain."""
    function, body = organization(printed, home, year)
    if duty.function:
        function, body = duty.function, Organization(duty.function, home)
    if duty.of_offices and not WHOLE_BODY.fullmatch(printed):
        function, body = None, None
    if body is not None and body.region is NOWHERE:
        body = None
    task = state.task_at(duty.start if duty.at is None else duty.at)
    return Responsibility(
        state.document.evidence(*duty.clause),
        task.position if task else None,
        printed,
        function,
        duty.role,
        body,
        duty.cue or None,
    )
