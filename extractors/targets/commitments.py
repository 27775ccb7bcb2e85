"""What one sentence of a plan commits to: values that are to be reached, and deeds that are to be done by a date.

`commitments` and `read` are called by other modules; the other functions are steps of `read`. Quantities and deadlines
have offsets in the sentence, and so have `spoken` and `flat`, its two copies (docs/glossary.md).
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors import expressions as re
from extractors.reference.units import ALSO
from extractors.targets.changes import DOWN, UP, Changed, changed
from extractors.targets.dated import closes, dated, later_date
from extractors.targets.deadlines import Deadline, deadlines
from extractors.targets.forms import form
from extractors.targets.place import (
    CLAUSE_MARKS,
    COUNT_UNIT,
    ITEM_SEPARATOR,
    SERVES,
    Commitment,
    QuantityContext,
    RefusedNumber,
)
from extractors.targets.subjects import is_cut_off, says_nothing, size, subjects, without_level
from extractors.targets.words import last
from extractors.vocabulary.dates import CALENDAR_YEAR
from extractors.vocabulary.numerals import DIGIT, ORDINAL
from extractors.vocabulary.quantities import THOUSANDS_COMMA, Quantity, half_width, masked, plain_numbers, quantities
from ontology.model.facts import Op

MAX_QUANTITY_CLAUSE = 300  # characters: no clause of a plan is longer, and hostile ones must not cost their square
# a full-width point between words is a full stop (完善设施．新建中心20个)
QUANTITY_CLAUSE = re.compile(
    rf"(?:[^{CLAUSE_MARKS}．]|(?<![\u4e00-\u9fff])．|．(?![\u4e00-\u9fff“])|{THOUSANDS_COMMA}){{1,{MAX_QUANTITY_CLAUSE}}}"
)
# 、和: between two items of one clause
ITEM_JOINT = re.compile(r"以及|[、和与]|及(?!以[上下])|并(?=[\u4e00-\u9fff]{4})(?![购网轨联行排])")
BRACKETED_WORDS = re.compile(rf"[（(\[【〔](?!(?<=[（(])(?:{ALSO}|含)[）)])[^（）()\[\]【】〔〕\n]{{0,80}}[）)\]】〕]")
# 1:500: this colon parts no clauses
SCALE_COLON = re.compile(r"(?<=[^\d.]1)[:：](?=\d)")
# 1. （2） ① （一） 二、, 2.7岁以下…: the number of a line; > - at the head of a list of Markdown
LINE_NUMBER = re.compile(
    r"\s*(?:>[>\s]*(?:[-*+]\s)?|[-*+]\s|[（(]?\d{1,2}[）)]|\d{1,2}(?:\.\d{1,2}){0,3}[.．、](?!\d)|\d{1,2}[.．](?=\d{1,2}岁)|[①-⑳]"
    rf"|[（(]{ORDINAL}[）)]|{ORDINAL}、)\s*"
)
MAX_LINE_NUMBER = 40  # characters, blanks included
# 实现“技师达到300名，占比达到35%”的目标: what is quoted is what is promised
GOAL_QUOTED = re.compile(
    rf"[“\"](?=[^“”\"\n]{{0,70}}(?:达到?|提高|增长|下降|控制|不[低少高]于|超过|覆盖|实现|建成|新增|{DIGIT}[%％]))([^“”\"\n]{{6,80}})[”\"]"
    r"(?=的?[\u4e00-\u9fff]{0,10}?(?:目标|任务|要求|指标))"
)
REQUIREMENT = re.compile(r"[\u4e00-\u9fff]{4}(?:不得?[低少小高多大]于|不得?超过)\s?\d")
# 提高|至2025年的92%: the level that it rises to, not the amount by which it rises
LED_TO = re.compile(rf"(?:{UP}|{DOWN})[到至]\Z")
# 由2020年|的|88%提高至2025年|的|92%
OF_A_YEAR = re.compile(r"(?<=\0)的(?=\s?(?:约|近|不[低少高]于|不超过|[≥≤<>])?\s?\d)")
# 控制在|基于2020年城镇建设用地规模的|1.3倍以内, 达到|2020年的|2倍: what a multiple is of
OF_A_BASE = re.compile(
    rf"(?:基于)?{CALENDAR_YEAR}年(?:(?!达到|[提增扩]|超|控制|实现|[是为到])[^，,。；;、：:\d\n]){{0,16}}的(?=\s?(?:约|近)?\d+(?:\.\d+)?\s?倍)"
)
# 减少|化肥使用量
DEED_OF_CHANGE = re.compile(
    r"^(?:减少|降低|削减|压减|压缩)(?=[\u4e00-\u9fff]{2,12}(?:量|率|数|额|成本|强度|面积|时间|时限|环节)$)"
)
# 至少开展应急演练 | 2次, 最多设置 | 3个
BOUND = re.compile(r"(?:(?P<least>至少|最少|不少于)|至多|最多)(?![跑次])[\u4e00-\u9fff]{1,14}\Z")
MAX_SUBJECT = 60
MAX_LIST_GAP = 60  # characters from one number of a list to the next
# 稳定在70%左右: what is no subject
LEVEL_PHRASE = re.compile(r"稳定在|保持在|维持在|接近|达到|不[低少高]于|不超过|以[上下内]|左右|[\d.%％]")
SUBJECT_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z]")
# ，高于…1个百分点, ，为5000名: a deed of another kind, which does not go on with the one before
OTHER_DEED = re.compile(
    r"[，,、较为给由把让]|比(?![例重])|对(?![外口接象])|向(?!阳|导|日)|从(?!业|事|军)|将(?!军)|使(?![用命馆])|按(?![揭钮摩])|[高低快慢]于|已|超过"
)


@dataclass(frozen=True, slots=True)
class Years:
    """The years in which the dates of a plan are read: its `period` (first and last year), its `horizon` (a later year
    that it looks ahead to), and the day on which it was `issued`, which is used where it has no period. None for what
    is not known.

    A date equal to the last year of the period or to the horizon is no deadline of its own; a year before the period is
    past.
    """

    period: tuple[int, int] | None = None
    horizon: int | None = None
    issued: datetime.date | None = None

    def deadlines(self, text: str) -> list[Deadline]:
        """The deadlines in the text, in order: '到2025年，…' -> 2025. See `deadlines.deadlines`."""
        day = self.issued
        return list(deadlines(text, self.period, day.year if day else None, day.month if day else None))


NO_YEARS = Years()


def commitments(sentence: str, years: Years = NO_YEARS) -> list[Commitment]:
    """The commitments of the sentence in the order of the text: '到2025年，森林覆盖率达到35%以上' -> [森林覆盖率 >= 35
    %, deadline 2025]. `years` are those of the plan, by which dates are understood."""
    return read(sentence, years)[0]


def read(sentence: str, years: Years) -> tuple[list[Commitment], list[RefusedNumber]]:
    """The commitments of the sentence, in the order of the text, and its numbers that commit to nothing, with the
    reasons. `years` are those of the plan, by which dates are understood. All offsets are those of the sentence."""
    sentence = plain_numbers(sentence)
    dates = years.deadlines(sentence)
    if number := LINE_NUMBER.match(half_width(sentence[:MAX_LINE_NUMBER])):
        sentence = _blanked(sentence, number.start(), number.end())
    spoken = sentence
    for one in dates:
        led = one.start + 1 if LED_TO.search(sentence, 0, one.start + 1) else one.start
        spoken = _blanked(spoken, led, one.end)
    spoken = OF_A_BASE.sub(lambda base: "\0" * len(base[0]), spoken)
    if dates:
        spoken = OF_A_YEAR.sub("\0", spoken)
    spoken = GOAL_QUOTED.sub(lambda quoted: f"，{quoted[1]}，", spoken)
    flat = BRACKETED_WORDS.sub(lambda bracket: "\0" * len(bracket[0]), masked(half_width(SCALE_COLON.sub("∶", spoken))))
    refused: list[RefusedNumber] = []
    measured = list(_measured(spoken, flat, dates, refused))
    measured += _in_brackets(spoken, years)
    promised = [*measured, *dated(spoken, flat, dates, measured, years.period, years.horizon)]
    return sorted(promised, key=lambda found: (found.start, found.end)), refused


def _in_brackets(spoken: str, years: Years) -> Iterator[Commitment]:
    """The commitments in brackets that have a subject of their own and set a bound:
    （其中高风险地区排涝能力不低于150立方米/小时）. Their offsets are in `spoken`, `years` are those of the plan."""
    for bracket in BRACKETED_WORDS.finditer(spoken):
        inner = bracket[0][1:-1]
        if REQUIREMENT.search(inner) and len(inner) < len(spoken) - 2:
            for found in read(inner, years)[0]:
                if found.rule == "required" and inner.find(found.subject) >= 0:
                    start = bracket.start() + 1
                    yield replace(found, start=start + found.start, end=start + found.end)


def _blanked(text: str, start: int, end: int) -> str:
    """The text with the characters `start:end` replaced by NUL characters, so that offsets stay the same."""
    return text[:start] + "\0" * (end - start) + text[end:]


def _measured(spoken: str, flat: str, dates: list[Deadline], refused: list[RefusedNumber]) -> Iterator[Commitment]:
    """The commitments with a number, in the order of the numbers. `dates` are all dates of the sentence. Numbers that
    commit to nothing, also those after a date before the plan and those without a subject, are appended to
    `refused`."""
    found = _alike(flat, list(quantities(flat)))
    if not found:
        return
    clauses = [clause.span() for clause in QUANTITY_CLAUSE.finditer(flat)]
    # a date that closes its clause says nothing of what follows: 平台2022年底前上线，打造10个…
    lasting = [date for date in dates if date.kind == "past" or not closes(flat, date)]
    accepted: list[tuple[QuantityContext, str, Deadline | None]] = []
    for at, quantity in enumerate(found):
        clause = next((span for span in clauses if span[0] <= quantity.number_start < span[1]), None)
        date = _date(flat, clauses, lasting, found, at)
        if clause is None or (date and date.kind == "past"):
            if clause:
                refused.append(RefusedNumber(quantity.start, quantity.end, "past_date"))
            continue
        place = _place(spoken, flat, clause, found, at, accepted[-1][0].quantity if accepted else None, date)
        rule, reason = form(place)
        if rule is None:
            refused.append(RefusedNumber(quantity.start, quantity.end, reason))
        else:
            accepted.append((place, rule, date or later_date(flat, clause[1], dates)))
    names = subjects(spoken, clauses, [place for place, _, _ in accepted])
    changes = _changes(flat, [place for place, _, _ in accepted])
    for (place, rule, date), subject, change in zip(accepted, names, changes, strict=True):
        subject = without_level(subject)
        named = LEVEL_PHRASE.sub("", size().sub("", subject))
        lost = says_nothing(subject) or is_cut_off(subject)
        if len(SUBJECT_LETTER.findall(named)) < 2 or len(subject) > MAX_SUBJECT or lost:
            # ≥97, 稳定在70%左右 on a line of their own: a table came apart
            refused.append(RefusedNumber(place.quantity.start, place.quantity.end, "no_subject"))
            continue
        quantity, (opened, closed) = place.quantity, place.span
        start = min(opened, date.start) if date else opened
        if rule == "is_served" and place.following and not SERVES.match(place.after):
            closed = place.span[1] + len(place.following)  # 面向2万名农技人员，开展培训
        if date and date.start >= closed:  # 新建泵站6座，2024年底前建成
            closed = next((span[1] for span in clauses if span[0] <= date.start < span[1]), date.end)
        printed = date.printed if date else None
        several = quantity.high is not None  # 5—8家: no single number
        op, value = (None, None) if several else (_op(place), quantity.value)
        if change is None:
            yield Commitment(subject, op, value, quantity.unit, printed, start, closed, rule)
            continue
        if change.yearly:  # 国内生产总值年均增长: a rate of its own, with a level
            subject = subject if subject.endswith(change.yearly) else subject + change.yearly
        elif op == "=":
            op = None
        subject = DEED_OF_CHANGE.sub("", subject)
        yield Commitment(
            subject, op, value, quantity.unit, printed, start, closed, rule, change.change, change.relative_to
        )


def _changes(flat: str, places: list[QuantityContext]) -> list[Changed | None]:
    """For each number of `places` the change that it states, None where it states a level. In an unbroken list
    (分别增长10%和12%) the change of the first number holds for all."""
    found: list[Changed | None] = []
    for at, place in enumerate(places):
        change = changed(place)
        if change is None and at and found[-1] and not place.before.strip("\0 "):
            one, other = places[at - 1].quantity, place.quantity
            change = found[-1] if flat[one.end : other.start].strip() in ("、", "和", "及", "与") else None
        found.append(change)
    return found


def _op(place: QuantityContext) -> Op:
    """The comparator of the commitment: that of the number itself or, where it has none, of the words before its verb.
    至少开展演练2次 -> >=, 建成10个 -> =; = also where 突破 is the verb of what is done (`_breaks_through`)."""
    if _breaks_through(place):
        return "="
    if place.quantity.op == "=" and (bound := BOUND.search(place.before)):
        return ">=" if bound["least"] else "<="
    return place.quantity.op


def _breaks_through(place: QuantityContext) -> bool:
    """Whether 突破 before the number is the verb of what is done (突破10项关键技术) and not a comparator
    (产值突破10亿元)."""
    technology = place.unit in ("项", "个", "种") and bool(re.match(r"(?:以上)?[\u4e00-\u9fff]", place.after))
    return place.quantity.cue == "突破" and not place.before.strip("\0 ") and technology


def _alike(flat: str, found: list[Quantity]) -> list[Quantity]:
    """The numbers `found` of a sentence, with the comparator of one number of an unbroken list given to those beside it
    that have none: in '80%和70%左右' both get ~, in '不低于5%、6%' both >=. The list is changed in place and
    returned."""
    for at in range(len(found) - 2, -1, -1):
        one, other = found[at], found[at + 1]
        if one.op == "=" != other.op and not other.cue and _listed(flat, one, other):
            again = found[at + 2] if at + 2 < len(found) else None
            if again and again.op == other.op and flat[other.unit_end : other.end] and _listed(flat, other, again):
                continue  # 8%、10%以上、10%以上: each has its own
            found[at] = replace(one, op=other.op)
    for at, (one, other) in enumerate(pairwise(found), 1):
        if one.cue and other.op == "=" != one.op and _listed(flat, one, other):
            found[at] = replace(other, op=one.op)
    return found


def _listed(flat: str, one: Quantity, other: Quantity) -> bool:
    """Whether two numbers have the same unit and nothing but 、 or a word for 'and' between them."""
    return one.unit == other.unit and flat[one.end : other.start].strip() in ("、", "和", "及", "与")


def _date(
    flat: str, clauses: list[tuple[int, int]], dates: list[Deadline], found: list[Quantity], at: int
) -> Deadline | None:
    """The deadline of the number `found[at]`: the last of `dates` before it, also one of the kind `past`; None where
    there is none. `dates` are those of the sentence that may hold for what follows them, `clauses` the spans of its
    clauses, `found` its numbers. A date that begins the sentence holds for all of it, another one up to the next ；. In
    到2023年、2025年，覆盖率分别达到60%、80% each number has its own date."""
    before = [d for d in dates if d.end <= found[at].start]
    if not before:
        return None
    run = [before[-1]]
    while len(run) < len(before) and flat[before[-len(run) - 1].end : run[0].start].strip("\0 ") in ("、", "和", "及"):
        run.insert(0, before[-len(run) - 1])
    numbers = [q for q in found if q.start >= run[-1].end]
    if len(run) > 1 and len(run) == len(numbers) and "分别" in flat[run[-1].end : numbers[0].start]:
        return run[numbers.index(found[at])]
    said = flat[: before[-1].start].rstrip("\0 　")
    opens = not said or said[-1] in "：:" or (clauses and before[-1].start < clauses[0][1])
    if before[-1].kind == "past":
        return before[-1]
    return before[-1] if opens or not re.search("[；;]", flat[before[-1].end : found[at].start]) else None


def _place(
    spoken: str,
    flat: str,
    clause: tuple[int, int],
    found: list[Quantity],
    at: int,
    accepted: Quantity | None,
    date: Deadline | None,
) -> QuantityContext:
    """The number `found[at]` with the words around it, which forms and guards are asked about. `found` are the numbers
    of the sentence, `clause` is the span of the clause of this one, `accepted` the last number before it that was taken
    as a commitment, `date` its own deadline; None where there is none."""
    quantity = found[at]
    earlier = found[at - 1] if at and found[at - 1].start >= clause[0] else None
    later = found[at + 1] if at + 1 < len(found) and found[at + 1].start < clause[1] else None
    start = clause[0]
    for one, next_one in pairwise([q for q in found[: at + 1] if q.start >= clause[0]]):
        if joint := ITEM_JOINT.search(flat, one.end, next_one.start):
            start = joint.end()
    stop = _item_stop(flat, clause[1], quantity, later)
    gap = flat[accepted.end : quantity.start] if accepted else None
    return QuantityContext(
        quantity=quantity,
        before=flat[start : quantity.start].replace("\0", ""),
        clause=flat[clause[0] : quantity.start].replace("\0", ""),
        after=flat[quantity.end : stop],
        sentence_before=_since(flat[: clause[0]]),
        joined=gap is not None and (_joins(gap) or _lists(gap, accepted, quantity)),
        follows=accepted is not None,
        dated=date is not None and date.kind == "date",
        item=(start, stop),
        span=(clause[0], _end(flat, clause, found, at)),
        counts=later is not None and _counts(flat, quantity, later),
        counted_before=earlier is not None and _counts(flat, earlier, quantity),
        next_gap=flat[quantity.end : later.start] if later else None,
        following=_following(flat, clause[1]),
        said=_since(spoken[: quantity.start]),
    )


def _following(flat: str, end: int) -> str:
    """The clause after the comma at the offset `end` of the sentence, comma included: '，开展培训'. '' where no comma
    stands there."""
    found = QUANTITY_CLAUSE.match(flat, end + 1) if flat[end : end + 1] in ("，", ",") else None
    return "，" + found[0] if found else ""


def _counts(flat: str, one: Quantity, other: Quantity) -> bool:
    """Whether the number `one` counts things that the next number `other` describes: '2个产值超千亿元的集群' -> True,
    '一类新药批件5个' -> False."""
    if one.chinese and one.unit == "类":
        return False
    counted = COUNT_UNIT.fullmatch(one.unit or "") and (one.op == "=" or not COUNT_UNIT.fullmatch(other.unit or ""))
    return bool(counted) and not ITEM_SEPARATOR.search(flat, one.end, other.start)


def _since(before: str) -> str:
    """The end of the text after its last semicolon, at most MAX_QUANTITY_CLAUSE characters. `before` is the part of a
    sentence before a clause or a number."""
    return before[max(before.rfind("；"), before.rfind(";"), len(before) - MAX_QUANTITY_CLAUSE - 1) + 1 :]


def _joins(gap: str) -> bool:
    """Whether `gap`, the text between a commitment's number and another number, goes on with a list, so that the second
    number is one more item of it: '、敬老院', '，教师' -> True; '，让教师', '，在', and text of more than 24 characters
    -> False."""
    if len(gap) > 24 or any(stop in gap for stop in "；;。：:"):
        return False
    rest = re.sub(r"^[^、，,和及与\0]{0,20}(?:[、，,]|以及|[和及与])", "", gap)
    if rest == gap:
        return False
    return not last("extent").search(rest) and not OTHER_DEED.search(rest)


def _lists(gap: str, accepted: Quantity | None, quantity: Quantity) -> bool:
    """Whether the number `quantity` continues the list of the clause before, in the same unit of counting: 25家 in
    '4家…综合型电商，25家…'. `gap` is the text between the two numbers, at most MAX_LIST_GAP characters that end
    with a comma or 、; `accepted` is the number before, None where no commitment is before `quantity`."""
    if accepted is None or accepted.unit != quantity.unit or not COUNT_UNIT.fullmatch(quantity.unit or ""):
        return False
    return len(gap) <= MAX_LIST_GAP and gap[-1:] in "，,、" and not re.search(r"[；;。：:\d]", gap)


def _item_stop(flat: str, clause_end: int, quantity: Quantity, later: Quantity | None) -> int:
    """The offset at which the words after the number `quantity` end that belong to it: the end of the clause
    (`clause_end`), or the next number `later` of the clause or the 、 before it; but beyond `later` where that
    describes what the number counts (3个百万千瓦级基地, 2个产值超千亿元、5个…). `later` is None where the clause has no
    further number."""
    if later is None:
        return clause_end
    joint = ITEM_JOINT.search(flat, quantity.end, later.start)
    if joint or not _counts(flat, quantity, later):
        return joint.start() if joint and (joint[0] == "、" or joint.end() == later.start) else later.start
    joint = ITEM_JOINT.search(flat, later.end, clause_end)
    return joint.start() if joint else clause_end


def _end(flat: str, clause: tuple[int, int], found: list[Quantity], at: int) -> int:
    """The offset at which the proof of the number `found[at]` ends. It is the end of its clause (`clause` is the span)
    for the last number of the clause, and for a share with 的 (90%的乡镇、80%的…), because the last words may be about
    all shares. Else it is the 、 or 和 before the next number, or the end of the number itself where none is between;
    where the next number describes what this one counts (2个产值超千亿元的集群), that of `_item_stop`."""
    quantity = found[at]
    later = found[at + 1] if at + 1 < len(found) and found[at + 1].start < clause[1] else None
    if later is None or (quantity.unit == "%" and flat.startswith("的", quantity.end)):
        return clause[1]
    if _counts(flat, quantity, later):
        return _item_stop(flat, clause[1], quantity, later)
    joint = ITEM_JOINT.search(flat, quantity.end, later.start)
    return joint.start() if joint else quantity.end
