"""The context of each number of a sentence: its comparator, its deadline, and the words around it that belong to it.
`flat` and `spoken` are the copies of the sentence that docs/glossary.md describes; all offsets are those of the
sentence."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors import expressions as re
from extractors.targets.deadlines import Deadline
from extractors.targets.model import QuantityContext
from extractors.targets.words import (
    BETWEEN_THINGS,
    CLAUSE_MARK,
    CLAUSE_MARKS,
    COUNT_UNIT,
    ITEM_SEPARATOR,
    OTHER_SIZE_AFTER,
    SHARE_UNITS,
    TIME_UNITS,
    last,
    some,
)
from extractors.vocabulary.numerals import ONES
from extractors.vocabulary.quantities import THOUSANDS_COMMA, Quantity

MAX_QUANTITY_CLAUSE = 300  # characters: no clause of a plan is longer, and hostile ones must not cost their square
# a point between words is a full stop (完善设施．新建中心20个, 完善设施.新建), and so is a point after a percentage
# (增长6%·农业总产值达到80亿元)
QUANTITY_CLAUSE = re.compile(
    rf"(?:[^{CLAUSE_MARKS}．·.]|(?<![\u4e00-\u9fff])\.|\.(?![\u4e00-\u9fff])|(?<![%％])·|·(?![\u4e00-\u9fff])|(?<![\u4e00-\u9fff])．|．(?![\u4e00-\u9fff“])|{THOUSANDS_COMMA}){{1,{MAX_QUANTITY_CLAUSE}}}"
)
# 、和: between two items of one clause
ITEM_JOINT = re.compile(r"以及|[、和与]|及(?!以[上下])|并(?=[\u4e00-\u9fff]{4})(?![购网轨联行排])")
# 今明两年修渠, 力争三年内建成, 下半年新建, 每年培训: a clause that begins with a time of its own, which is no date of a
# month; those of OWN_REST only where the date before them is a month
OWN_YEARS = rf"(?:今明[两二]?年|(?:未来|今后)[{ONES}\d]{{1,2}}年|(?:[{ONES}两]|\d{{1,2}})年(?:之?内|左右|时间))"
OWN_EARLIER = rf"(?:上半年|(?:第?[{ONES[:3]}1-3]|前三)个?季度)"
OWN_REST = rf"(?:下半年|第?[{ONES[3]}4]季度|全年|每年|每个?(?:月|季度?)|年均)"
CLAUSE_OPENS = r"[，,；;：:、][\0\s]{0,8}(?:力争|争取|确保|计划|预计|并|再|在|用)*"
OWN_TIME = re.compile(rf"{CLAUSE_OPENS}(?:{OWN_YEARS}|{OWN_EARLIER})")
OWN_TIME_AFTER_MONTH = re.compile(rf"{CLAUSE_OPENS}(?:{OWN_YEARS}|{OWN_EARLIER}|{OWN_REST})")
# 150万吨以上 | 的大型企业和园区: which ones, so that the words after it belong to what the next number is of
WHICH_THINGS = re.compile(r"的[\u4e00-\u9fff]")
AT_LEAST = re.compile("至少|最少")
# 至少建成1处 | 中心、 | 2处食堂
LIST_OF_THINGS = re.compile(rf"(?:\d?[\u4e00-\u9fffA-Z]){{0,12}}{BETWEEN_THINGS}(?P<next>[\u4e00-\u9fff]{{0,12}})")
# 国家级2家|；农民合作社|800家
THING_AFTER_STOP = re.compile(r"[；;](?![现已])([\u4e00-\u9fff]{2,12})")
MAX_LIST_GAP = 60  # characters from one number of a list to the next
# 2024年、2025年 | 各新建水库5座, 2024年和2025年 | 每年新建水库5座
IN_EACH = re.compile("[\0 ]{0,4}(?:[各均]|每年)(?=新|建|完成|改|培|治|整治|实施|引|开|造|植|增|创|打造)")
# 分别达到 | 10、20万亩
RESPECTIVELY = re.compile(r"分别[^，,；;。]{0,40}\Z")
# ，高于…1个百分点, ，为5000名: a deed of another kind, which does not go on with the one before
OTHER_DEED = re.compile(
    r"[，,、较为给由把让]|比(?![例重])|对(?![外口接象])|向(?!阳|导|日)|从(?!业|事|军)|将(?!军)|使(?![用命馆])|按(?![揭钮摩])|[高低快慢]于|已|超过"
)


def with_shared_units(flat: str, found: list[Quantity]) -> list[Quantity]:
    """The numbers `found` of a sentence, in which the unit of one number of an unbroken list holds for the one before
    it: a unit of shares or of time for a bare 个 ('提高2个和3个百分点' -> both 个百分点), and after 分别 any unit for a
    number without one ('分别达到10、20万亩' -> both 万亩; 2、3个 without 分别 is two or three). The list is changed in
    place and returned."""
    for at in range(len(found) - 2, -1, -1):
        one, other = found[at], found[at + 1]
        if other.unit is None or not in_one_list(flat, one, other):
            continue
        shortened = one.unit == "个" and other.unit[0] == "个" and other.unit in SHARE_UNITS | TIME_UNITS
        if shortened or (one.unit is None and RESPECTIVELY.search(flat[: one.start])):
            found[at] = replace(one, unit=other.unit)
    return found


def with_shared_comparators(flat: str, found: list[Quantity]) -> list[Quantity]:
    """The numbers `found` of a sentence, in which the comparator of one number of an unbroken list of one unit
    (`_listed`), or after 分别 of any units, holds for exact numbers beside it: one printed after a number for those
    before it ('80%和70%左右' -> both ~, '分别降到22/10万和12‰以下' -> both <=), one printed before a number for those
    after it ('不低于5%、6%、7%' -> all >=). Where the next two numbers both have it printed after them, the one before
    stays exact (8% of 8%、10%以上、10%以上). That of 至少 holds for further things of its list, too, whatever their
    unit (至少建成1处中心、2处食堂; `_of_bound`). The list is changed in place and returned."""
    for at in range(len(found) - 2, -1, -1):
        one, other = found[at], found[at + 1]
        if one.op == "=" != other.op and not other.cue and (_listed(flat, one, other) or _in_turn(flat, one, other)):
            again = found[at + 2] if at + 2 < len(found) else None
            if again and again.op == other.op and flat[other.unit_end : other.end] and _listed(flat, other, again):
                continue  # 8%、10%以上、10%以上: each has its own
            found[at] = replace(one, op=other.op)
    goes_on = False  # 不低于5%、6%、7%: from one to the next
    for at in range(1, len(found)):
        one, other = found[at - 1], found[at]
        both = other.op == "=" != one.op and other.cue == ""
        at_least = AT_LEAST.match(one.cue) is not None or (goes_on and one.op == ">=")
        goes_on = both and (
            ((goes_on or one.cue != "") and _listed(flat, one, other)) or (at_least and _of_bound(flat, one, other))
        )
        if goes_on:
            found[at] = replace(other, op=one.op)
    return found


def _of_bound(flat: str, one: Quantity, other: Quantity) -> bool:
    """Whether the bound of 至少 before the number `one` holds for `other` too, because only the thing that `one`
    counts, a 、 or 和 and words without a verb of making or reaching stand between both: 至少建成1处中心、2处食堂."""
    between = LIST_OF_THINGS.fullmatch(flat, one.end, other.start)
    return (
        between is not None and not some("create").search(between["next"]) and not last("reach").search(between["next"])
    )


def _listed(flat: str, one: Quantity, other: Quantity) -> bool:
    """Whether two numbers of one list (`in_one_list`) have the same unit."""
    return one.unit == other.unit and in_one_list(flat, one, other)


def _in_turn(flat: str, one: Quantity, other: Quantity) -> bool:
    """Whether two numbers of one list (`in_one_list`) stand after 分别 in their clause, whatever their units."""
    return in_one_list(flat, one, other) and RESPECTIVELY.search(flat[: one.start]) is not None


def in_one_list(flat: str, one: Quantity, other: Quantity) -> bool:
    """Whether nothing stands between the number `one` and the next, `other`, but one of 、, 和, 及, 与 and 以及, with
    blanks or without: '8%和10%'. No words say then what the second is of."""
    return flat[one.end : other.start].strip() in ("、", "和", "及", "与", "以及")


def date_of(
    flat: str, clauses: list[tuple[int, int]], dates: list[Deadline], found: list[Quantity], at: int
) -> Deadline | None:
    """The deadline of the number `found[at]`: the last of `dates` before it. None where there is none, or where a
    semicolon stands between both, unless that date is of the kind `past` or opens the sentence, that is, stands in its
    first clause, before all other words, after a colon, or alone before its numbers (`_is_milestone`); and where a
    clause between both begins with a time of its own (`_has_own_time`). Where the sentence begins with a semicolon (in
    place of the number of a measure), its first clause is one measure of several, and a date there does not open the
    sentence.

    With 分别 between several dates in a row (到2023年、2025年，…) and as many numbers after them, up to the next date
    (…分别达到60%、80%), each number has the date at its own place in the row; so also with 各
    (2023年、2024年各改造小区20个、30个; `_by_turns`). `found` are the numbers of the sentence, `clauses` the spans of
    its clauses, `dates` its dates that may hold for what follows them.
    """
    before = [d for d in dates if d.end <= found[at].start]
    if not before:
        return None
    run = _in_a_row(flat, before)
    later = next((d.start for d in dates if d.start >= found[at].start), len(flat))
    numbers = [q for q in found if run[-1].end <= q.start < later]
    if len(run) > 1 and len(run) == len(numbers) and "分别" in flat[run[-1].end : numbers[0].start]:
        return run[numbers.index(found[at])]
    if found[at] in (turns := _by_turns(flat, run, numbers)):
        return run[turns.index(found[at])]
    said = flat[: before[-1].start].rstrip("\0 　")
    opens = (
        not said
        or said[-1] in "：:"
        or (clauses and before[-1].start < clauses[0][1] and not flat.lstrip("\0 ").startswith("；"))
        or _is_milestone(flat, before[-1], found)
    )
    if before[-1].kind == "past":
        return before[-1]
    if _has_own_time(flat, before[-1], found[at].start):
        return None
    return before[-1] if opens or not re.search("[；;]", flat[before[-1].end : found[at].start]) else None


def _is_milestone(flat: str, date: Deadline, found: Sequence[Quantity]) -> bool:
    """Whether the date is a year with 到 or the like, or a period, that is a clause by itself, before all numbers
    `found` of the sentence and no measure of several: 落实任务，到2025年，… It then holds for all that follows."""
    alone = flat[: date.start].rstrip("\0 　")[-1:] in ("，", ",") and flat.startswith(("，", ","), date.end)
    whole = alone and len(date.printed) == 4 and (date.firm or date.kind == "period")
    return whole and found[0].start >= date.end and not flat.lstrip("\0 ").startswith("；")


def _has_own_time(flat: str, date: Deadline, stop: int) -> bool:
    """Whether a clause between `date` and the number at the offset `stop` begins with a time of its own, so that the
    date does not hold for it: 今明两年, 三年内, 上半年 or one of the first three quarters, after any date; 下半年,
    四季度, 全年 or 每年 only after a date with a month other than December. '2024年6月底前建成大棚100亩，全年培训' ->
    True; '2024年建成大棚100亩，下半年培训' -> False. The clause that begins right after the date (到2025年，每年培训)
    has no other time."""
    start = date.end + flat.startswith(("，", ","), date.end)
    own = OWN_TIME_AFTER_MONTH if date.within_year else OWN_TIME
    return own.search(flat, start, stop) is not None


def _in_a_row(flat: str, before: list[Deadline]) -> list[Deadline]:
    """The last of the dates `before`, of which there is at least one, with those that stand in a row right before it:
    2023年、2024年和2025年."""
    run = [before[-1]]
    joints = ("", "、", "和", "及")  # '' where `read_sentence` has blanked it
    while len(run) < len(before) and flat[before[-len(run) - 1].end : run[0].start].strip("\0 ") in joints:
        run.insert(0, before[-len(run) - 1])
    return run


def _by_turns(flat: str, run: list[Deadline], numbers: Sequence[Quantity]) -> list[Quantity]:
    """The numbers of which each belongs to the date at its own place in the row `run`:
    2023年、2024年各改造小区20个、30个 -> [20个, 30个]. They are the first of `numbers`, those after the row, that stand
    in one list (`in_one_list`), as many as the dates; 各 or the like with a verb (IN_EACH) and one thing, without a
    joining word or the end of a clause, stand between both. Else the result is empty."""
    if not numbers or not _in_each(flat, run, numbers[0]) or ITEM_JOINT.search(flat, run[-1].end, numbers[0].start):
        return []
    listed = [numbers[0]]
    for one, other in pairwise(numbers):
        if not in_one_list(flat, one, other):
            break
        listed.append(other)
    return listed if len(listed) == len(run) else []


def _in_each(flat: str, run: list[Deadline], number: Quantity) -> bool:
    """Whether 各, 均 or 每年 with a verb (IN_EACH) stands right behind the row of dates `run`, of which there are
    several, in the clause of the number."""
    return (
        len(run) > 1
        and IN_EACH.match(flat, run[-1].end) is not None
        and not CLAUSE_MARK.search(flat, run[-1].end, number.start)
    )


def dates_of_each(flat: str, dates: list[Deadline], quantity: Quantity, numbers: Sequence[Quantity]) -> list[Deadline]:
    """The dates in a row before the number, by each of which so much is to be done: 2024 and 2025 of
    2024年、2025年各新建水库5座. The row is the last before the number, and 各, 均 or 每年 with a verb (IN_EACH) stands
    right behind it in its clause; else, where one of them is no date by its `kind`, and where the number has one of
    these dates alone (`_by_turns`), the result is empty. `dates` are the dates of the sentence, `numbers` its numbers,
    `quantity` among them."""
    run = _in_a_row(flat, before) if (before := [d for d in dates if d.end <= quantity.start]) else []
    if run and quantity in _by_turns(flat, run, [one for one in numbers if one.start >= run[-1].end]):
        return []
    return run if _in_each(flat, run, quantity) and all(date.kind == "date" for date in run) else []


def context_of(
    spoken: str,
    flat: str,
    clause: tuple[int, int],
    found: list[Quantity],
    at: int,
    accepted: Quantity | None,
    date: Deadline | None,
) -> QuantityContext:
    """The number `found[at]` with the words around it, which forms and guards are asked about. `found` are the numbers
    of the sentence, `clause` is the span of the clause of this one, `accepted` the last number before it that has the
    form of a commitment, `date` its own deadline; None where there is none. Its item begins where the clause does, or
    after a joining word (ITEM_JOINT) between two neighbouring numbers of the clause up to this one: the first in the
    last such gap that has one, but for gaps after a number that says which things are meant (150万吨以上的企业和园区;
    投资额5000万元以上、税收20万元以上的项目), and after a time that opens the clause (五年城镇就业和…). It ends as
    `_item_stop` says."""
    quantity = found[at]
    earlier = found[at - 1] if at and found[at - 1].start >= clause[0] else None
    later = found[at + 1] if at + 1 < len(found) and found[at + 1].start < clause[1] else None
    start = clause[0]
    for one, next_one in pairwise([q for q in found[: at + 1] if q.start >= clause[0]]):
        joint = ITEM_JOINT.search(flat, one.end, next_one.start)
        if joint is None or (one.unit == "年" and one.start <= clause[0] + 1):  # 五年城镇就业和…
            continue
        which = WHICH_THINGS.match(flat, one.end) or OTHER_SIZE_AFTER.match(flat, one.end)
        if not which or joint.end() == next_one.start:
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
        spoken_before=_since(spoken[: quantity.start]),
        rest=flat[quantity.end : clause[1]],
    )


def _following(flat: str, end: int) -> str:
    """The clause after the comma at the offset `end` of the sentence, with '，' before it: '，开展培训'. '' where no
    comma stands there or no clause follows it."""
    found = QUANTITY_CLAUSE.match(flat, end + 1) if flat[end : end + 1] in ("，", ",") else None
    return "，" + found[0] if found else ""


def _counts(flat: str, one: Quantity, other: Quantity) -> bool:
    """Whether the number `one` counts things that the next number `other` describes: '2个产值超千亿元的集群' -> True.
    `one` must have a unit of counting (COUNT_UNIT), and no comparator if `other` has such a unit too; no 、, ，, 和 or
    the like (ITEM_SEPARATOR) may be between both. False for 类 after a Chinese numeral (一类新药批件5个)."""
    if one.chinese and one.unit == "类":
        return False
    counted = COUNT_UNIT.fullmatch(one.unit or "") and (one.op == "=" or not COUNT_UNIT.fullmatch(other.unit or ""))
    return bool(counted) and not ITEM_SEPARATOR.search(flat, one.end, other.start)


def _since(before: str) -> str:
    """The end of the text after its last semicolon, at most MAX_QUANTITY_CLAUSE (300) characters. `before` is the part
    of a sentence before a clause or a number."""
    return before[max(before.rfind("；"), before.rfind(";"), len(before) - MAX_QUANTITY_CLAUSE - 1) + 1 :]


def _joins(gap: str) -> bool:
    """Whether `gap`, the text between a commitment's number and another number, continues a list of which the second
    number is one more item: '、敬老院', '，教师' -> True. In its first 21 characters there is a 、, comma, 和, 与, 及
    or 以及, with no NUL character before it. False where the words after the first of these end with a word of extent
    (在, 涉及) or hold a sign of another deed (OTHER_DEED: 让, 为, one more comma or 、), for gaps of more than 24
    characters, and where a semicolon, full stop or colon is in the gap."""
    if len(gap) > 24 or any(stop in gap for stop in "；;。：:"):
        return False
    rest = re.sub(r"^[^、，,和及与\0]{0,20}(?:[、，,]|以及|[和及与])", "", gap)
    if rest == gap:
        return False
    return not last("extent").search(rest) and not OTHER_DEED.search(rest)


def _lists(gap: str, accepted: Quantity | None, quantity: Quantity) -> bool:
    """Whether the number `quantity` continues the list of the clause before, in the same unit of counting: 25家 in
    '4家…综合型电商，25家…', or after a semicolon with its thing alone: 800家 in '60家，…2家；农民合作社800家'. `gap` is
    the text between the two numbers: that thing, or at most MAX_LIST_GAP (60) characters that end with a comma or 、
    and hold no digit, semicolon, full stop or colon. `accepted` is the number before; where it is None the result is
    False."""
    if accepted is None or accepted.unit != quantity.unit or not COUNT_UNIT.fullmatch(quantity.unit or ""):
        return False
    if (thing := THING_AFTER_STOP.fullmatch(gap)) and not last("extent").search(thing[1]):
        return not some("create").search(thing[1]) and not some("past").search(thing[1])
    return len(gap) <= MAX_LIST_GAP and gap[-1:] in "，,、" and not re.search(r"[；;。：:\d]", gap)


def _item_stop(flat: str, clause_end: int, quantity: Quantity, later: Quantity | None) -> int:
    """The offset at which the words after the number `quantity` end that belong to it: the end of the clause
    (`clause_end`) where no number `later` follows in it; else the beginning of the first joining word (ITEM_JOINT)
    between both, if it is 、 or stands right before `later`; else the beginning of `later`.

    Where `later` describes what the number counts (3个百万千瓦级基地) and no joining word is between, the words after
    `later` belong to it too, up to the next joining word or the end of the clause; 、 before more of which things are
    meant (、带动能力强的; OTHER_SIZE_AFTER) is no joining word.
    """
    if later is None:
        return clause_end
    joint = ITEM_JOINT.search(flat, quantity.end, later.start)
    if joint or not _counts(flat, quantity, later):
        return joint.start() if joint and (joint[0] == "、" or joint.end() == later.start) else later.start
    which = OTHER_SIZE_AFTER.match(flat, later.end, clause_end)  # 3个产值超10亿元、带动能力强的产业园
    joint = ITEM_JOINT.search(flat, which.end() if which else later.end, clause_end)
    return joint.start() if joint else clause_end


def _end(flat: str, clause: tuple[int, int], found: list[Quantity], at: int) -> int:
    """The offset at which the proof of the number `found[at]` ends: for the last number of the clause the end of
    `clause`, the span of the clause; so also for a percentage with 的 (90%的乡镇、80%的…), because the last words may
    be about all shares. Where the next number describes what this one counts (2个产值超千亿元的集群), the result of
    `_item_stop`; for a number whose unit stands after the next one (提高2个和3个百分点) the end of that one's proof;
    else the beginning of the first joining word before the next number, or the end of the number itself where there is
    none. `found` are the numbers of the sentence."""
    quantity = found[at]
    later = found[at + 1] if at + 1 < len(found) and found[at + 1].start < clause[1] else None
    if later is None or (quantity.unit == "%" and flat.startswith("的", quantity.end)):
        return clause[1]
    lent = _listed(flat, quantity, later) and flat[quantity.unit_end - 1] != (quantity.unit or " ")[-1]
    if lent and not quantity.chinese:  # 提高2个和3个百分点
        return _end(flat, clause, found, at + 1)
    if _counts(flat, quantity, later):
        return _item_stop(flat, clause[1], quantity, later)
    joint = ITEM_JOINT.search(flat, quantity.end, later.start)
    return joint.start() if joint else quantity.end
