"""What a plan says of itself: title, document number, issuers, day, period, horizon, region, each with its evidence."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from extractors import expressions as re
from extractors.document import Document
from extractors.metadata.annexes import ANY_YEAR
from extractors.metadata.bodies import bodies_of
from extractors.metadata.front import (
    Dated,
    Front,
    Signature,
    addressees,
    cover,
    date_below_number,
    date_beside_number,
    front,
    given_to_meeting,
    heard_by,
    is_heading,
    key_date,
    last_date,
    letterhead,
    number_line,
    order,
    passed,
    printing,
    published,
    signature,
)
from extractors.metadata.notices import Title, senders_of
from extractors.metadata.region import Placed, plan_region
from extractors.metadata.reports import refuse_unless_told_apart, report_year
from extractors.metadata.title import body_line, plan_title
from extractors.metadata.untitled import FROM_FILE_NAME, named_by_file
from extractors.metadata.years import plan_horizon, plan_period
from extractors.policies.identity import identify
from extractors.reading import Given, Reading, reading
from extractors.reference.regions import NOWHERE, Gazetteer, gazetteer
from extractors.vocabulary.dates import CALENDAR_YEAR, CENTURY_YEAR, PERIOD_BRACKET, inside_title
from extractors.vocabulary.notices import DOC_NUMBER, DRAFT_STATUS, LETTERHEAD_BEFORE, REPLY, WORK_REPORT
from extractors.vocabulary.words import Words
from ontology.model.facts import AMBIGUOUS, Plan, PlanField, Policy, Region, readable

if TYPE_CHECKING:
    from spacy.tokens import Doc


def metadata(doc: "Doc") -> "Doc":
    """Sets `Reading.plan` of `doc` to what `read_plan` gives, and appends the plan to `Reading.facts`; where that is
    None, nothing is appended. Returns `doc`. Raises Usage for a Doc that was not made of a plan, and Refused as
    `read_plan` does."""
    state = reading(doc)
    state.plan = read_plan(state)
    if state.plan:
        state.facts.append(state.plan)
    return doc


@dataclass(frozen=True, slots=True)
class FieldSources:
    """The parts of the text from which the plan's fields are read.

    `title` is the title as found, and `own` the title as the plan prints it after the notice, the same where it does
    not. `notice`, `cover`, `after` and `printed` are the signatures of the notice, of the cover, after the plan's text,
    and in the printing line; `letterhead` are the bodies of the letterhead. `heard` are the meeting that heard a
    report, and the line on who gave it.
    """

    title: Title
    own: Words
    notice: Signature
    cover: Signature
    after: Signature
    printed: Signature
    letterhead: list[Words]
    heard: list[Words]


@dataclass(frozen=True, slots=True)
class PrintedFields:
    """The plan's fields as the text prints them, each with its words; None, or [] for `issuers`, where it does not.

    `own` is the title as the plan prints it; `titles` has that and, where it is another, the one in the notice.
    `status` are the words that say that the plan is a draft (征求意见稿), `placed` is the region that it is for.
    `period` and `horizon` are the years with the words that state them.
    """

    own: Words
    titles: tuple[Words, ...]
    issuers: list[Words]
    status: Words | None
    placed: Placed | None
    number: Words | None
    issued: Dated | None
    period: tuple[tuple[int, int], Words] | None
    horizon: tuple[int, Words] | None


def read_plan(state: Reading) -> Plan | None:
    """The plan of a reading, with its fields; None where neither the text nor the file's name has a title, even if the
    user gave one.

    Each field that the text prints has its evidence in `Plan.fields`. A title or region that the user gave
    (`state.given`) replaces that of the text and has no evidence there; neither has the title in the file's name
    (`named_by_file`), which is taken where the text has none. The plan's own evidence is that of its first field, else
    the document's first block. Raises Refused where a file of people's decisions on policies cannot be read or has a
    wrong line, and for a government's work report in which past and future are not told apart
    (`refuse_unless_told_apart`).
    """
    document, given = state.document, state.given
    around = front(document)
    title = plan_title(document, around)
    stop = len(document.text)  # what stands after is the file's name
    if title is None:
        if (named := named_by_file(document, state.headings)) is None:
            return None
        document, title = named
    read = _read_fields(state, document, around, title)
    region = given.region or (read.placed.region if read.placed else None)
    name = given.title or _printed(document, read.own)
    signed = tuple(_printed(document, body) for body in read.issuers)
    fields = _fields(document, _values(read, given, name, signed), stop)
    first = document.blocks[0]
    return Plan(
        evidence=fields[0].evidence if fields else document.evidence(first.start, first.end),
        title=name,
        title_origin=FROM_FILE_NAME if read.own.start > stop and not given.title else None,
        policy=_policy(document, read, region, given.title, name, signed),
        region=region,
        doc_number=read.number.text if read.number else None,
        issuers=signed,
        issued=read.issued.day if read.issued else None,
        period=read.period[0] if read.period else None,
        horizon=read.horizon[0] if read.horizon else None,
        fields=tuple(fields),
    )


def _read_fields(state: Reading, document: Document, around: Front, title: Title) -> PrintedFields:
    """The fields that the text prints. `document` is that of `state`, or has the title in the file's name at its end;
    `around` are the lines before and after the plan's text, `title` is the title as found. Regions are looked up in the
    year of the day of issue, else in the first year of the period, else in that of the document number, else as the
    latest data have them. Raises Refused for a work report as `read_plan` does."""
    sources = _sources(document, around, title)
    titles = tuple(dict.fromkeys((sources.own, title.words)))
    number = _number(document, around, title)
    issuers = _issuers(document, around, sources, number)
    issued = _issued(around, sources)
    report = WORK_REPORT.fullmatch(sources.own.text) is not None
    if report:
        refuse_unless_told_apart(state)
    period = plan_period(state, titles) or (report_year(state) if report else None)
    year = issued.day.year if issued else period[0][0] if period else _year(number)
    placed = _region(document, around, sources, titles, issuers, number, gazetteer(year or ANY_YEAR))
    horizon = plan_horizon(state, titles, period[0][1] if period else None)
    return PrintedFields(sources.own, titles, issuers, _status(around, titles), placed, number, issued, period, horizon)


def _policy(
    document: Document,
    read: PrintedFields,
    region: Region | None,
    given: str | None,
    name: str,
    signed: tuple[str, ...],
) -> Policy:
    """The policy that the plan is, by the title that the user gave (`given`), else by the printed one with its period
    (`_full_title`), and by issuers (`signed`, as printed) and document number. Where `region`, that of the plan, is not
    known or AMBIGUOUS (several regions have its name, and which is meant is open), no other plan has the same policy,
    because plans of two places of one name must not become one: it is told from others by `name`, the plan's title,
    with the document number, else with the file's name."""
    number = read.number.text if read.number else None
    home = region if region and region.origin != AMBIGUOUS else NOWHERE
    return identify(
        given or _full_title(document, read.titles, read.period),
        issuer="、".join(signed) or None,
        doc_number=number,
        home=home,
        within=None if home is region else f"{name}（{number or document.source.name}）",
    )


def _values(
    read: PrintedFields, given: Given, name: str, signed: tuple[str, ...]
) -> list[tuple[str, Words | None, str]]:
    """The name, words and value of each field that the text may print, as `_fields` takes them; None for the words of
    what neither the text nor the file's name prints, or the user gave (`given`), whose value then does not count.
    `name` is the plan's title, `signed` the issuers as printed: ('issued', 二〇二二年一月二十九日, '2022-01-29')."""
    placed, number, issued, period, horizon = read.placed, read.number, read.issued, read.period, read.horizon
    return [
        ("title", None if given.title else read.own, name),
        *(("issuers", body, printed) for body, printed in zip(read.issuers, signed, strict=True)),
        ("status", read.status, read.status.text if read.status else ""),
        ("region", placed.words if placed and not given.region else None, placed.region.name if placed else ""),
        ("doc_number", number, number.text if number else ""),
        ("issued", issued.words if issued else None, issued.day.isoformat() if issued else ""),
        ("period", period and period[1], f"{period[0][0]}-{period[0][1]}" if period else ""),
        ("horizon", horizon and horizon[1], str(horizon[0]) if horizon else ""),
    ]


def _fields(document: Document, values: list[tuple[str, Words | None, str]], stop: int) -> list[PlanField]:
    """The fields with their evidence, in order. `values` has for each its name, its words and its value; one without
    words, or whose words begin at the offset `stop` or after it, where the file's name is, is left out."""
    return [
        PlanField(document.evidence(words.start, words.end), field, value)
        for field, words, value in values
        if words and words.start < stop
    ]


def _printed(document: Document, words: Words) -> str:
    """The words as they are printed, on one line, without periods and statuses in brackets: 三年行动计划（2021—2023年）
    -> '三年行动计划'. Brackets inside 《》 stay, for they belong to another title."""
    kept, at = [], words.start
    brackets = [*PERIOD_BRACKET.finditer(words.text), *DRAFT_STATUS.finditer(words.text)]
    for found in sorted(brackets, key=lambda found: found.start()):
        if inside_title(words.text, found.start()):
            continue
        kept.append(document.text[at : words.at[found.start()]])
        at = words.at[found.end() - 1] + 1
    return readable("".join([*kept, document.text[at : words.end]]).strip())


def _status(around: Front, titles: tuple[Words, ...]) -> Words | None:
    """The words in brackets (DRAFT_STATUS) that say that the plan is a draft: '某省水网规划（征求意见稿）' ->
    征求意见稿, in the first of its `titles`, outside of 《》, or on a line of their own among the first twelve of
    `around.head`, that has some. None for no draft."""
    for words in (*titles, *around.head[:12]):
        found = DRAFT_STATUS.search(words.text)
        if found and (words in titles or found[0] == words.text) and not inside_title(words.text, found.start()):
            return words.part(found.start("status"), found.end("status"))
    return None


def _full_title(
    document: Document, titles: tuple[Words, ...], period: tuple[tuple[int, int], Words] | None
) -> str:  # fmt: skip
    """The first of the plan's `titles` (its own, then the one in the notice) that has its period in brackets, else the
    first of all, as printed but without a status such as （征求意见稿）: 三年行动计划（2021—2023年） is another plan
    than that of 2024—2026. A government's work report without a year in its title has that of its `period` in front."""
    printed = [DRAFT_STATUS.sub("", document.text[words.start : words.end]) for words in titles]
    if period and WORK_REPORT.fullmatch(titles[0].text) and not re.search(CALENDAR_YEAR, titles[0].text):
        return f"{period[0][0]}年{printed[0]}"
    return next((text for text in printed if PERIOD_BRACKET.search(text)), printed[0])


def _region(
    document: Document,
    around: Front,
    sources: FieldSources,
    titles: tuple[Words, ...],
    issuers: list[Words],
    number: Words | None,
    places: Gazetteer,
) -> Placed | None:
    """The region that `plan_region` gives for the first of the plan's `titles` for which it gives one: its own title
    comes before the one in the notice. None where it gives none. Passed to it are `issuers`, the document number
    (`number`), and as bodies printed nearby those of the letterhead, the printing line, the signature after the text
    and the meeting that heard a report (in `sources`) and of the key lines (in `around`). For a reply (批复) that has
    the plan behind it the bodies that asked for it (`addressees`), whose plan it is, take the place of the issuers
    where they are named, and the issuers count as printed nearby. `places` has the regions of the plan's year."""
    others = [*sources.letterhead, *sources.printed.bodies, *sources.after.bodies, *sources.heard]
    others += [*around.keys.get("body", []), *around.keys.get("publisher", [])]
    notice = sources.title
    if notice.carried and notice.whole and REPLY.search(notice.whole.text):
        asking = addressees(document, around.head, notice.stop)
        issuers, others = (asking, [*issuers, *others]) if asking else (issuers, others)
    for title in titles:
        if placed := plan_region(document, places, title, issuers, others, number):
            return placed
    return None


def _sources(document: Document, around: Front, title: Title) -> FieldSources:
    """The parts of the text from which the fields are read, after the notice and the plan's own text have been told
    apart. `around` are the lines before and after the plan's text, `title` is the title as found.

    - A title that was in a notice, in a key line or in the file's name is looked for once more, as the plan prints it
      (`body_line`). The notice ends there, or, where no such printing is found, at the end of the head; but where the
      title was not in a notice at the latest at the first heading below the title.
    - The notice is signed by bodies with a date, or by a date alone where the title was in a notice or the date is in
      brackets; a report without a dated signature has the day of the meeting that heard it (`given_to_meeting`), a plan
      without any dated signature that of a bracket (`published`).
    - The bodies of the cover are those of `cover`; where there are none, and the title was not in a notice, those right
      above the title where the text prints it once more, below what a page says of the document.
    - The signature after the plan's text is read only where the notice has none with a day.
    - The letterhead is the issuers of an order (`order`), else the first among the first 20 lines of the head, if any.
    """
    head = around.head
    again = body_line(document, head, title)
    printed_at = again if title.carried or not title.stop else None
    own = printed_at[0] if printed_at else title.words
    stop = printed_at[1] if printed_at else len(head)
    bodies = [i for i, line in enumerate(head) if i >= title.stop and is_heading(line)]
    if not title.carried and bodies:
        stop = min(stop, bodies[0])
    notice = signature(document, head, title.stop, stop, bare=title.carried)
    if not notice.dated and own.text.endswith("报告"):
        notice = given_to_meeting(document, head, title.stop)
    rest = head[stop:] + around.tail
    ending = Signature() if notice.dated else signature(document, rest, 0, len(rest), bare=False)
    if not notice.dated and not ending.dated and (stated := published(document, head, title.stop)).dated:
        notice = stated
    ordered = order(document, head)
    marked = ordered[1] if ordered else next((found for line in head[:20] if (found := letterhead(document, line))), [])
    covered = cover(document, head, title.first)
    if again and not printed_at and not covered.bodies:
        covered = cover(document, head, again[1])
    heard = heard_by(head, title.stop) if own.text.endswith("报告") else []
    return FieldSources(title, own, notice, covered, ending, printing(document, head + around.tail), marked, heard)


# 某市人民政府令第12号, 公告2022年第3号: a 文号 where a key line says that it is one
KEYED_NUMBER = re.compile(rf"[\u4e00-\u9fff]{{2,20}}(?:{CENTURY_YEAR}年)?第?\d{{1,5}}号")
# …的通知（桂政办发〔2022〕20号）, 某政办〔2019〕29号关于印发…, 某市人民政府文件某政办〔2019〕29号关于印发…
NUMBER_AROUND = re.compile(
    rf"^{LETTERHEAD_BEFORE}[（(]?(?P<before>{DOC_NUMBER})|(?:(?<=通知|公告|通告|命令|决定|批复)|(?<=[（(]))(?P<after>{DOC_NUMBER})[）)]?$"
)


def _number(document: Document, around: Front, title: Title) -> Words | None:
    """The document number of the notice; None where there is none. `around` are the lines before and after the plan's
    text, `title` is the title as found. The first of these that has one:

    - the key lines of the number, in their order (also 某市人民政府令第12号 or 公告2022年第3号 at the beginning of
      one);
    - the head of an order (`order`);
    - one of the first 40 lines on which a number stands alone or after a letterhead (`number_line`);
    - the lines of the title: at their beginning, perhaps after a letterhead, or at their end after 通知 and the like or
      in brackets.
    """
    for value in around.keys.get("number", []):
        if found := re.search(DOC_NUMBER, value.text) or KEYED_NUMBER.match(value.text):
            return value.part(found.start(), found.end())
    if ordered := order(document, around.head):
        return ordered[0]
    for line in around.head[:40]:
        if found_line := number_line(line):
            return found_line
    if title.whole and (beside := NUMBER_AROUND.search(title.whole.text)):
        group = "before" if beside["before"] else "after"
        return title.whole.part(beside.start(group), beside.end(group))
    return None


def _year(number: Words | None) -> int | None:
    """The first year in a document number: '渠府办〔2023〕69号' -> 2023; None where there is no number, or none with a
    year."""
    found = re.search(rf"{CALENDAR_YEAR}", number.text) if number else None
    return int(found[0]) if found else None


def _issuers(document: Document, around: Front, sources: FieldSources, number: Words | None) -> list[Words]:
    """The bodies that issued the plan, [] where none are named. `sources` has the parts of the text, `around` the key
    lines; `number` is the document number. From the first of these that names some: the notice's title, its signature,
    the key line of the issuer, the letterhead, the cover, the signature after the text, the key line of the publisher,
    a news item, and for a number of an office (国办发) the offices of governments in the printing line. The bodies of a
    key line are replaced by those that the text prints before the title (`_before_title`).

    But the bodies in the notice's title are replaced, by the first of these that applies,

    - by those of the signature, where the title names only the first of several (等部门), one without its region first
      (市政府办公室), or bodies by short names;
    - without a signature, by the single body of the key line (issuer, else publisher), where the title has a single one
      without its region with which the name of that body ends;
    - by the bodies of the key line, else of the signature after the text, where the title has 等部门 and they include
      all that it names.
    """
    named, signed = list(sources.title.senders), list(sources.notice.bodies)
    if len(named) == 1 and not signed and _local(named[0].text):  # 自治区人民政府; 发布部门：云岭自治区人民政府
        keyed = _keyed(document, around, "body") or _keyed(document, around, "publisher")
        if len(keyed) == 1 and keyed[0].text != named[0].text and keyed[0].text.endswith(named[0].text):
            return keyed
    if named and not (signed and (sources.title.several or _local(named[0].text) or _fuller(signed, named))):
        return (_all_of(document, around, sources, named) if sources.title.several else None) or named
    for bodies in (
        signed,
        _before_title(document, around, sources.own, _keyed(document, around, "body")),
        sources.letterhead,
        sources.cover.bodies,
        sources.after.bodies,
    ):
        if bodies:
            return list(bodies)
    if publisher := _keyed(document, around, "publisher"):
        return _before_title(document, around, sources.own, publisher)
    if lead := _of_news(document, around, sources.own):
        return lead
    offices = [body for body in sources.printed.bodies if re.search(r"政府办公[厅室]$", body.text)]
    return offices if number and "办" in number.text else []


def _before_title(document: Document, around: Front, own: Words, keyed: list[Words]) -> list[Words]:
    """The bodies with which a line of `around.head` prints the plan's title once more, where they include all of
    `keyed`, the bodies of a key line, else `keyed`: 中共中央 and 国务院 for the key line 中共中央, the title
    关于做好重点工作的意见 and a line 中共中央 国务院关于做好重点工作的意见. `own` is the title as found; only one that
    begins with 关于 has bodies before it."""
    if not keyed or not own.text.startswith("关于"):
        return keyed
    names = {body.text for body in keyed}
    for line in around.head:
        if line.text.endswith(own.text) and len(line) > len(own):
            senders, _ = senders_of(document, line.part(0, len(line) - len(own)))
            if senders and names <= {body.text for body in senders}:
                return list(senders)
    return keyed


# 近日，中共中央、国务院印发了《扩大内需战略规划纲要》: the news that brings a plan
NEWS = re.compile(
    r"(?:近日|日前|日电|消息)[，,\s]{0,2}(?P<who>[^，。《]{3,60}?)(?:联合)?印发(?:了)?《(?P<title>[^》]{4,80})》"
)
MIN_TITLE_LIKENESS = 0.8  # of the characters of two printings of one title


def _of_news(document: Document, around: Front, own: Words) -> list[Words]:
    """The bodies that issued the plan according to a news item among the first twelve lines above it
    (近日，某部印发《…》), which names a title that agrees with the plan's in MIN_TITLE_LIKENESS (0.8) of the
    characters; [] where there is none, or the words before 印发 are not bodies. `around` are the lines before and after
    the plan's text, `own` is the title as the plan prints it."""
    for line in around.head[:12]:
        found = NEWS.search(line.text)
        if found and SequenceMatcher(None, found["title"], own.text).ratio() >= MIN_TITLE_LIKENESS:
            return bodies_of(document, line.part(found.start("who"), found.end("who"))) or []
    return []


def _all_of(document: Document, around: Front, sources: FieldSources, named: list[Words]) -> list[Words] | None:
    """The bodies of the key line of the issuer, of that of the publisher (both in `around`) or of the signature after
    the text (in `sources`), the first of these that include all of `named`, the bodies that the title names, by the
    same or longer names, and more: 某市交通委员会等四部门 -> the four. None where none do."""
    for every in (_keyed(document, around, "body"), _keyed(document, around, "publisher"), sources.after.bodies):
        if len(every) > len(named) and all(any(_spells(one.text, body.text) for one in every) for body in named):
            return list(every)
    return None


def _local(body: str) -> bool:
    """Whether a body is named without its region, by the 市, 省 or the like with which it begins: '市政府办公室',
    '省发展改革委' -> True; '市北区人民政府' -> False, for 市北区 is a region."""
    return re.match(r"(?:自治区|[省市区县州盟旗])(?![北南中]区)", body) is not None


def _fuller(signed: list[Words], named: list[Words]) -> bool:
    """Whether `signed` are the bodies `named`, in the same order, by longer names or the same ones:
    '泽宁市高新区管理委员会' for '高新区管委会' -> True. The characters of each short name must occur in the long one in
    order."""
    pairs = list(zip(signed, named, strict=False))
    return len(signed) == len(named) and all(_spells(long.text, short.text) for long, short in pairs)


def _spells(long: str, short: str) -> bool:
    """Whether the characters of `short` occur in `long` in the same order."""
    letters = iter(long)
    return all(letter in letters for letter in short)


def _keyed(document: Document, around: Front, role: str) -> list[Words]:
    """The bodies in the first key line (`around.keys`) of this role that names bodies, such as 'body' (发文机关) or
    'publisher' (发布机构); [] where there is none."""
    for value in around.keys.get(role, []):
        if bodies := bodies_of(document, value):
            return bodies
    return []


def _issued(around: Front, sources: FieldSources) -> Dated | None:
    """The day on which the plan was issued, from the first of these that has one: the notice's signature, the key line
    of the date, the line of the document number, the meeting that passed the plan, the signature after the text, the
    line below the document number, the last line (only where the title names who sent it), the printing line, the day
    of publication. None where none has. `around` has the lines before and after the plan's text, `sources` the
    signatures in them."""
    return (
        sources.notice.dated
        or key_date(around, "date")
        or date_beside_number(around.head)
        or passed(around.head)
        or sources.after.dated
        or date_below_number(around.head)
        or (last_date(around.tail or around.head) if sources.title.senders else None)
        or sources.printed.dated
        or key_date(around, "published")
    )
