"""What a plan says of itself: title, 文号, issuers, day, period, horizon, region, each with its proof."""

import re
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from extractors.dates import BRACKET, RANGE, YEAR, integer, range_of, title_period
from extractors.document import Document
from extractors.front import (
    Dated,
    Front,
    Signature,
    bodies_of,
    cover,
    front,
    is_heading,
    key_date,
    letterhead,
    number_line,
    passed,
    printing,
    signature,
)
from extractors.patterns import DOC_NUMBER
from extractors.plan_region import plan_region
from extractors.plan_title import Title, body_line, plan_title
from extractors.policies import identify
from extractors.reading import Reading, reading
from extractors.regions import gazetteer
from extractors.words import Words
from kg.model.facts import Plan, PlanField, readable

LATEST = 9999  # the gazetteer's last year, for a plan that gives none


def metadata(doc: Doc) -> Doc:
    """Sets the plan of the reading, and appends it to the facts; nothing where no title or no region is found."""
    state = reading(doc)
    state.plan = read_plan(state)
    if state.plan:
        state.facts.append(state.plan)
    return doc


@dataclass(frozen=True, slots=True)
class Sources:
    """The places that the values are read from."""

    title: Title
    own: Words  # the title as the plan itself prints it
    notice: Signature
    cover: Signature
    behind: Signature
    printed: Signature
    letterhead: list[Words]


def read_plan(state: Reading) -> Plan | None:
    """The plan with its fields; None for a text without a plan's title, or of no region."""
    document = state.document
    around = front(document)
    title = plan_title(document, around)
    if title is None:
        return None
    found = _sources(document, around, title)
    number = _number(around)
    issuers = _issuers(document, around, found, number)
    issued = _issued(around, found)
    period = _period(document, found)
    year = issued.day.year if issued else period[0][0] if period else _year(number)
    others = [*found.letterhead, *found.printed.bodies, *around.keys.get("body", []), *around.keys.get("publisher", [])]
    placed = plan_region(document, gazetteer(year or LATEST), found.own, issuers, [*others, *found.behind.bodies], number)
    if placed is None and found.own is not title.words:
        placed = plan_region(document, gazetteer(year or LATEST), title.words, issuers, [], number)
    if placed is None:
        return None
    horizon = _horizon(state, found, period[0] if period else None)
    fields = [_field(document, "title", found.own, _printed(document, found.own))]
    fields += [_field(document, "issuers", body, _printed(document, body)) for body in issuers]
    fields.append(_field(document, "region", placed.words, placed.region.name))
    if number:
        fields.append(_field(document, "doc_number", number, number.text))
    if issued:
        fields.append(_field(document, "issued", issued.words, issued.day.isoformat()))
    if period:
        fields.append(_field(document, "period", period[1], f"{period[0][0]}-{period[0][1]}"))
    if horizon:
        fields.append(_field(document, "horizon", horizon[1], str(horizon[0])))
    name = fields[0].value
    signed = tuple(_printed(document, body) for body in issuers)
    return Plan(
        fields[0].evidence,
        name,
        identify(
            _full_title(document, found),
            issuer="、".join(signed) or None,
            doc_number=number and number.text,
            home=placed.region,
        ),
        placed.region,
        number and number.text,
        signed,
        issued and issued.day,
        period and period[0],
        horizon and horizon[0],
        tuple(fields),
    )


def _field(document: Document, name: str, words: Words, value: str) -> PlanField:
    return PlanField(document.evidence(words.start, words.end), name, value)


def _printed(document: Document, words: Words) -> str:
    """The words on one line, without a period in brackets."""
    return readable(BRACKET.sub("", document.text[words.start : words.end].strip()))


def _full_title(document: Document, found: Sources) -> str:
    """The title with its period in brackets where one is printed: 三年行动计划（2021—2023年） is not the next one."""
    printed = [document.text[words.start : words.end] for words in (found.own, found.title.words)]
    return next((text for text in printed if BRACKET.search(text)), printed[0])


def _sources(document: Document, around: Front, title: Title) -> Sources:
    """Where the notice ends and the plan begins, and what is signed there."""
    head = around.head
    printed_at = body_line(head, title) if title.carried or not title.behind else None
    own = printed_at[0] if printed_at else title.words
    behind = printed_at[1] if printed_at else len(head)
    bodies = [i for i, line in enumerate(head) if i >= title.behind and is_heading(line)]
    if not title.carried and bodies:
        behind = min(behind, bodies[0])
    notice = signature(document, head, title.behind, behind, bare=title.carried)
    rest = head[behind:] + around.tail
    ending = Signature() if notice.dated else signature(document, rest, 0, len(rest), bare=False)
    marked = next((found for line in head[:20] if (found := letterhead(document, line))), [])
    return Sources(title, own, notice, cover(document, head), ending, printing(document, head + around.tail), marked)


def _number(around: Front) -> Words | None:
    """The 文号 of the notice: of a key line, or on a line of its own, never one that the text cites."""
    for value in around.keys.get("number", []):
        if found := re.search(DOC_NUMBER, value.text):
            return value.part(found.start(), found.end())
    for line in around.head[:40]:
        if found_line := number_line(line):
            return found_line
    return None


def _year(number: Words | None) -> int | None:
    """'渠府办〔2023〕69号' -> 2023"""
    found = re.search(r"(?:19|20)\d\d", number.text) if number else None
    return int(found[0]) if found else None


def _issuers(document: Document, around: Front, found: Sources, number: Words | None) -> list[Words]:
    """Who issued the plan: the notice's title, its signature, key lines, letterhead, in this order.

    A title that names only the first of several (等部门), or a body without its region (市政府办公室), gives way to
    the signature.
    """
    named, signed = list(found.title.senders), list(found.notice.bodies)
    if named and not (signed and (found.title.several or _local(named[0].text))):
        return named
    for bodies in (signed, _keyed(document, around, "body"), found.letterhead, found.cover.bodies, found.behind.bodies):
        if bodies:
            return list(bodies)
    if publisher := _keyed(document, around, "publisher"):
        return publisher
    offices = [body for body in found.printed.bodies if re.search(r"政府办公[厅室]$", body.text)]
    return offices if number and "办" in number.text else []


def _local(body: str) -> bool:
    """'市政府办公室' -> True: named without its region."""
    return re.match(r"[省市区县州盟旗](?:人民)?(?:政府|委)", body) is not None


def _keyed(document: Document, around: Front, role: str) -> list[Words]:
    for value in around.keys.get(role, []):
        if bodies := bodies_of(document, value):
            return bodies
    return []


def _issued(around: Front, found: Sources) -> Dated | None:
    """The day of the signature; else of the key lines, of the meeting, of the printing line, of the page."""
    return (
        found.notice.dated
        or key_date(around, "date")
        or passed(around.head)
        or found.behind.dated
        or found.printed.dated
        or key_date(around, "published")
    )


# 规划期为2021至2025年, 规划期限：2021—2035年, 本方案实施期限为2023年至2025年, 行动期限自2021年到2025年
PERIOD = re.compile(
    rf"(?:规划|计划|方案|行动|实施|编制|纲要)(?:的)?(?:基期[^，。；]{{0,20}}，)?(?:规划)?(?:期限?|年限|时限|周期|时段|时间)(?:范围)?(?:为|是|[：:]|自|从)?(?:五年|5年|三年|3年)?[，,]?(?:即|自|从)?(?P<range>{RANGE})"
)


def _period(document: Document, found: Sources) -> tuple[tuple[int, int], Words] | None:
    """The years that the title names, else those that the text says the plan is for."""
    for words in dict.fromkeys((found.own, found.title.words)):
        if read := title_period(words.text):
            return read[0], words.part(read[1], read[2])
    if (stated := PERIOD.search(document.text)) and (years := range_of(stated)):
        return years, Words(stated["range"], tuple(range(stated.start("range"), stated.end("range"))))
    return None


# 展望到2035年, 展望二〇三五年, 远景展望至2050年, 展望期到2035年
OUTLOOK = re.compile(rf"展望(?:期|年限)?(?:为|到|至)?\s?(?P<year>{YEAR})\s?年?")
# 二〇三五年远景目标, 2035年愿景
VISION = re.compile(rf"(?P<year>{YEAR})\s?年(?:的)?(?:远景|愿景|长远|展望|中长期目标)")
# 到二〇三五年，…: the sentence that begins a paragraph on the goals
UNTIL = re.compile(rf"(?:（[一二三四五六七八九]）|[0-9一二三四五]{{1,2}}[.、．])?到(?P<year>{YEAR})\s?年[，,]")


def _horizon(state: Reading, found: Sources, period: tuple[int, int] | None) -> tuple[int, Words] | None:
    """The year beyond the plan's end that it looks out to, where the text says so."""
    document = state.document
    end = period[1] if period else date.min.year
    for match in OUTLOOK.finditer(document.text):
        if (read := _later(match, end)) and not _cited(document.text, match.start()):
            return read
    for words in (found.own, found.title.words):
        if (match_title := VISION.search(words.text)) and (year := integer(match_title["year"])) and year > end:
            return year, words.part(match_title.start(), match_title.end())
    for block in document.blocks:
        if block.kind == "text" and block.end - block.start <= 40:
            match_head = VISION.search(document.text, block.start, block.end)
            if match_head and (read := _later(match_head, end)):
                return read
    if period:
        for block in document.blocks:
            match_until = UNTIL.match(document.text, block.start, block.end) if block.kind == "text" else None
            section = match_until and state.section_at(block.start)
            if match_until and section and section.role in ("goals", "principles") and (read := _later(match_until, end)):
                return read
    return None


def _later(match: re.Match[str], end: int) -> tuple[int, Words] | None:
    year = integer(match["year"])
    if year is None or not end < year <= 2100:
        return None
    return year, Words(match[0], tuple(range(match.start(), match.end())))


def _cited(text: str, at: int) -> bool:
    """Whether the place lies inside 《》."""
    before = text[max(0, at - 80) : at]
    return before.rfind("《") > before.rfind("》")
