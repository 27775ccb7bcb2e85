"""What one sentence of a plan commits to: its measured and its dated promises."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from extractors.commitment_forms import form
from extractors.commitment_place import COUNTED, JOINT, Place
from extractors.commitment_subjects import stripped, subjects, trimmed
from extractors.commitment_words import last
from extractors.deadlines import Deadline, deadlines
from extractors.quantities import Quantity, masked, narrow, quantities
from kg.model.facts import Op

STOPS = "，,；;：:。！？!?\n"
CLAUSE = re.compile(rf"[^{STOPS}]+")
# 、和: between two items of one clause
ITEM = re.compile(r"[、和及与]")
BRACKETS = re.compile(r"[（(\[【〔][^（）()\[\]【】〔〕\n]{0,80}[）)\]】〕]")
# 1. （2） ①: the number of a line
NUMBERING = re.compile(r"\s*(?:[（(]?\d{1,2}[）)]|\d{1,2}(?:\.\d{1,2}){0,3}[.．、](?!\d)|[①-⑳])\s*")
# 建成使用, 完成: a clause whose subject stood before the date
COMPLETED = re.compile(
    r"[\s，,]?(?:全面|基本|力争|确保|正式|全部|率先|提前|如期|陆续|建成|完成|投入|投产|投用|竣工|通车|使用|运营|运行|启用|达标|实现|"
    r"开通|上线|完工|落地|达产|挂牌|验收|交付|全覆盖|完毕|到位|建设|改造|任务|工作|并|和|试|通水|通电|见效|发电|目标)+"
)
# 到2023年，已… / 有效期至2025年: no promise
NO_PROMISE = re.compile(r"[，,]?(?:是|为|已|以前|之前|的(?!确)|版|间|，?本规划|，?规划|近期|远期|中期|基期|目标年)")
# 2024年实现…: a bare year is a date where a deed follows
DEED = re.compile(
    r"[，,]|全[面部省市县区州国域]|基本|完成|实现|建[成立设]|出台|制定|编制|启用|上线|覆盖|达[到标]|投[入产用]|通车|竣工|开[展通]|组织|"
    r"推[行广]|力争|争取|确保|所有|各|形成|新[建增]|改造|培育|率先|全面|正式|[^，。]{1,20}(?:建成|投用|投产|通车|完成|竣工)"
)
VALIDITY = re.compile(r"(?:有效期?|期限|延[长续]|规划期|实施期|近期|远期|中期|展望期?|基期|目标年|水平年)\S{0,4}\Z")
# ，高于…1个百分点, ，为5000名: a deed of another kind, which does not go on with the one before
OTHER_DEED = re.compile(r"[，,、比较为对给向由将把使让按]|[高低快慢]于|已|超过")


@dataclass(frozen=True, slots=True)
class Commitment:
    """`start:end` is the place in the sentence that proves it: from its deadline, if it has one, to its clause's
    end. `rule` names what made it a promise."""

    subject: str
    op: Op | None
    value: Decimal | None
    unit: str | None
    deadline: str | None
    start: int
    end: int
    rule: str


def commitments(
    sentence: str, period: tuple[int, int] | None = None, horizon: int | None = None, issued: int | None = None
) -> list[Commitment]:
    """'到2025年，森林覆盖率达到35%以上' -> [森林覆盖率 >= 35 %, deadline 2025], in the order of the text.

    `period` and `horizon` are those of the plan: a date that only repeats them is no deadline of its own, and a
    year before the period has passed. `issued` stands in for the period where a plan names none.
    """
    dates = list(deadlines(sentence, period, issued))
    spoken = sentence
    if number := NUMBERING.match(narrow(sentence)):
        spoken = _blanked(spoken, number.start(), number.end())
    for date in dates:
        spoken = _blanked(spoken, date.start, date.end)
    flat = BRACKETS.sub(lambda bracket: "\0" * len(bracket[0]), masked(narrow(spoken)))
    measured = list(_measured(spoken, flat, dates))
    dated = list(_dated(sentence, flat, dates, measured, period, horizon))
    return sorted([*measured, *dated], key=lambda found: (found.start, found.end))


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + "\0" * (end - start) + text[end:]


def _measured(spoken: str, flat: str, dates: list[Deadline]) -> Iterator[Commitment]:
    clauses = [clause.span() for clause in CLAUSE.finditer(flat)]
    found = [q for q in quantities(flat) if q.high is None]
    accepted: list[tuple[Place, str, Deadline | None]] = []
    for at, quantity in enumerate(found):
        clause = next((span for span in clauses if span[0] <= quantity.number_start < span[1]), None)
        date = _date(flat, clauses, dates, found, at)
        if clause is None or (date and date.kind == "past"):
            continue
        place = _place(flat, clause, found, at, accepted[-1][0].quantity if accepted else None)
        if rule := form(place):
            accepted.append((place, rule, date or _later(flat, clause[1], dates)))
    names = subjects(spoken, clauses, [place for place, _, _ in accepted])
    for (place, rule, date), subject in zip(accepted, names, strict=True):
        quantity, (opened, closed) = place.quantity, place.span
        start = min(opened, date.start) if date else opened
        end = max(closed, date.end) if date else closed
        printed = date.printed if date else None
        yield Commitment(subject, quantity.op, quantity.value, quantity.unit, printed, start, end, rule)


def _date(
    flat: str, clauses: list[tuple[int, int]], dates: list[Deadline], found: list[Quantity], at: int
) -> Deadline | None:
    """The last date before the number. One that opens the sentence holds for all of it, another up to the next ；.

    到2023年、2025年，覆盖率分别达到60%、80%: each number has its own.
    """
    before = [d for d in dates if d.end <= found[at].start]
    if not before:
        return None
    run = [before[-1]]
    while len(run) < len(before) and flat[before[-len(run) - 1].end : run[0].start].strip("\0 ") in ("、", "和", "及"):
        run.insert(0, before[-len(run) - 1])
    numbers = [q for q in found if q.start >= run[-1].end]
    if len(run) > 1 and len(run) == len(numbers) and "分别" in flat[run[-1].end : numbers[0].start]:
        return run[numbers.index(found[at])]
    opens = not flat[: before[-1].start].strip("\0 　") or (clauses and before[-1].start < clauses[0][1])
    if before[-1].kind == "past":
        return before[-1]
    return before[-1] if opens or not re.search("[；;]", flat[before[-1].end : found[at].start]) else None


def _place(flat: str, clause: tuple[int, int], found: list[Quantity], at: int, accepted: Quantity | None) -> Place:
    """The quantity with the words of its item: from the last 、 or clause on, up to the next quantity."""
    quantity = found[at]
    earlier = found[at - 1] if at and found[at - 1].start >= clause[0] else None
    later = found[at + 1] if at + 1 < len(found) and found[at + 1].start < clause[1] else None
    start = clause[0]
    for one, next_one in pairwise([q for q in found[: at + 1] if q.start >= clause[0]]):
        if joint := ITEM.search(flat, one.end, next_one.start):
            start = joint.end()
    behind = later.start if later else clause[1]
    if later and "、" in flat[quantity.end : behind]:
        behind = flat.index("、", quantity.end)
    gap = flat[accepted.end : quantity.start] if accepted else None
    return Place(
        quantity=quantity,
        before=flat[start : quantity.start].replace("\0", ""),
        clause=flat[clause[0] : quantity.start].replace("\0", ""),
        after=flat[quantity.end : behind],
        sentence_before=_since(flat[: clause[0]]),
        joined=gap is not None and _joins(gap),
        item=(start, behind),
        span=(clause[0], _end(flat, clause, found, at)),
        counted_before=earlier is not None and _counts(flat, earlier, quantity),
        next_gap=flat[quantity.end : later.start] if later else None,
    )


def _counts(flat: str, one: Quantity, other: Quantity) -> bool:
    """'2个产值超千亿元': the first number counts what the second describes."""
    counted = one.op == "=" and COUNTED.fullmatch(one.unit or "")
    return bool(counted) and not JOINT.search(flat, one.end, other.start)


def _since(before: str) -> str:
    """What was said since the last semicolon: 已 holds no further."""
    return before[max(before.rfind("；"), before.rfind(";"), before.rfind("\0")) + 1 :]


def _joins(gap: str) -> bool:
    """'、敬老院' and '，教师' join; '，推动教师' and '，在' do not."""
    if len(gap) > 24 or any(stop in gap for stop in "；;。：:"):
        return False
    rest = re.sub(r"^[\u4e00-\u9fff]{0,10}[、，,和及与]", "", gap)
    if rest == gap:
        return False
    return not last("extent").search(rest) and not OTHER_DEED.search(rest)


def _end(flat: str, clause: tuple[int, int], found: list[Quantity], at: int) -> int:
    """The end of the quantity's item: of the clause, or where the next quantity's item begins.

    What is said of a share (90%的卫生院开通…) may stand at the end of the clause for all.
    """
    if found[at].unit == "%" and flat.startswith("的", found[at].end):
        return clause[1]
    later = found[at + 1] if at + 1 < len(found) and found[at + 1].start < clause[1] else None
    if later is None:
        return clause[1]
    joint = ITEM.search(flat, found[at].end, later.start)
    return joint.start() if joint else found[at].end


def _later(flat: str, end: int, dates: list[Deadline]) -> Deadline | None:
    """新建学校10所，2023年底前投入使用: the date behind the number."""
    date = next((d for d in dates if d.start >= end), None)
    if date is None or date.kind != "date" or flat[end : date.start].strip("，,\0 "):
        return None
    return date if COMPLETED.fullmatch(flat, date.end, _clause_end(flat, date.end)) else None


def _clause_end(flat: str, start: int) -> int:
    stop = re.compile(rf"[{STOPS}]").search(flat, start)
    return stop.start() if stop else len(flat)


def _dated(
    sentence: str,
    flat: str,
    dates: list[Deadline],
    measured: list[Commitment],
    period: tuple[int, int] | None,
    horizon: int | None,
) -> Iterator[Commitment]:
    """2022年底前，门诊结算覆盖所有县 -> a promise by that date, where the clause has no number of its own."""
    for date in dates:
        validity = VALIDITY.search(flat[: date.start])
        if not _own(date, period, horizon) or validity or NO_PROMISE.match(flat, date.end):
            continue
        if not (date.firm or DEED.match(flat, date.end)):
            continue
        start, end = _span(flat, date)
        if any(m.deadline == date.printed and date.start >= m.start and start < m.end <= end for m in measured):
            continue
        done = flat[start:end].replace("\0", "").strip("，, ")
        if len(done) < 4:
            continue
        if start >= date.end:
            subject = trimmed(sentence[date.end : end].strip("，, "))
        else:
            subject = stripped(sentence[start : date.start].strip("，, "))
        subject = subject or done
        yield Commitment(subject, None, None, None, date.printed, min(start, date.start), end, "dated")


def _own(date: Deadline, period: tuple[int, int] | None, horizon: int | None) -> bool:
    """Whether the date is more than the end of the plan or its horizon."""
    if date.kind != "date":
        return False
    if period is None:  # a paper without a period gives its milestones in round years
        return date.year % 5 != 0 or "-" in date.printed
    return date.year != period[1] and date.year != horizon


def _span(flat: str, date: Deadline) -> tuple[int, int]:
    """The clause that the date rules: the one behind it, or the one before where only 建成使用 follows."""
    start = date.end
    if start < len(flat) and flat[start] in "，,":
        start += 1
    end = _clause_end(flat, start)
    if not COMPLETED.fullmatch(flat, date.end, end):
        return date.end, end
    before = flat[: date.start].rstrip("，,\0 ")
    opened = max((before.rfind(stop) for stop in STOPS), default=-1) + 1
    return opened, end
