"""What one sentence of a plan commits to: values that are to be reached, and what is to be done by a date.

Other modules call `read_sentence` with the `Years` of the plan; `commitments` is its first result alone, where the
refused numbers are not needed, as in the tests; the other functions are steps of `read_sentence`. Quantities and
deadlines have offsets in the sentence, and so have `spoken` and `flat`, its two copies (docs/glossary.md).
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import NamedTuple

from extractors import expressions as re
from extractors.reference.units import ALSO
from extractors.targets.changes import DOWN, UP, Changed, changed
from extractors.targets.contexts import (
    QUANTITY_CLAUSE,
    context_of,
    date_of,
    dates_of_each,
    in_one_list,
    with_shared_comparators,
    with_shared_units,
)
from extractors.targets.dated import closes, dated, later_date
from extractors.targets.deadlines import Deadline, deadlines, undated
from extractors.targets.forms import form
from extractors.targets.in_turn import KIND_ALONE, deed_of, each_of
from extractors.targets.model import Commitment, QuantityContext, RefusedNumber
from extractors.targets.single import SIZE_ALONE
from extractors.targets.subjects import subjects
from extractors.targets.trimming import is_cut_off, says_nothing, size, without_level
from extractors.targets.words import BETWEEN_THINGS, CLAUSE_MARK, MAX_SUBJECT, SERVES, SHARE_UNITS
from extractors.vocabulary.dates import CALENDAR_YEAR
from extractors.vocabulary.numerals import DIGIT, ONES, ORDINAL
from extractors.vocabulary.quantities import RATIO_COLON, Quantity, half_width, masked, plain_numbers, quantities
from ontology.model.facts import Op

BRACKETED_WORDS = re.compile(rf"[（(\[【〔](?!(?<=[（(])(?:{ALSO}|含)[）)])[^（）()\[\]【】〔〕\n]{{0,80}}[）)\]】〕]")
# 1:500, 2.2:1: these colons part no clauses
SCALE_COLON = re.compile(rf"(?<=[^\d.]1)[:：](?=\d)|{RATIO_COLON}")
# 1.|2024年6月底前, 2.|6月底前: a date right after the number of a line or measure; 5、6月 are two months
DATE_AFTER_NUMBER = rf"(?:[.．、](?={CALENDAR_YEAR}\s?年)|[.．](?=1?\d月[底末前]))"
# 1. （2） ① （一） 二、, 2.7岁以下…: the number of a line; > - at the head of a list of Markdown
LINE_NUMBER = re.compile(
    r"\s*(?:>[>\s]*(?:[-*+]\s)?|[-*+]\s|[（(]?\d{1,2}[）)]|\d{1,2}(?:\.\d{1,2}){0,3}[.．、](?!\d)|\d{1,2}[.．](?=\d{1,2}岁)|[①-⑳]"
    rf"|\d{{1,2}}{DATE_AFTER_NUMBER}|[（(]{ORDINAL}[）)]|{ORDINAL}、)\s*"
)
MAX_LINE_NUMBER = 40  # characters, blanks included
# ；②打通专线12公里, ；2.改造企业6家, ；（2）…, 一是…，二要…: the number of one measure of several in a sentence
MEASURE_NUMBER = re.compile(
    rf"(?P<stop>\A|[；;，,：:。])(?P<blank>\s{{0,3}}(?:[①-⑳]|[{ONES}十](?:是(?![否非])|要(?=[\u4e00-\u9fff]))|第[{ONES}十](?=[，,])"
    r"|(?:首先|其次|再次|最后)(?=[，,建新完实改培推])|[a-h][.．)）](?=[\u4e00-\u9fff]))"
    rf"|(?<=[；;：:。])\s{{0,3}}(?:[（(]?\d{{1,2}}[）)]|[（(]{ORDINAL}[）)]|\d{{1,2}}(?:[.．](?!\d)|、(?=[\u4e00-\u9fff])|{DATE_AFTER_NUMBER})))"
)
# 泵站5座|②改造…, 床位500张|（2）新增…: the number of a measure before which a stop or line break was lost
NUMBER_WITHOUT_STOP = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:[②-⑳]|[（(][2-9][）)])(?![中款项条号目])(?=[\u4e00-\u9fff]{2})"
)
# 实现“技师达到300名，占比达到35%”的目标: what is quoted is what is promised
GOAL_QUOTED = re.compile(
    rf"[“\"](?=[^“”\"\n]{{0,70}}(?:达到?|提高|增长|下降|控制|不[低少高]于|超过|覆盖|实现|建成|新增|完成(?!率|度)|{DIGIT}[%％]))([^“”\"\n]{{6,80}})[”\"]"
    r"(?=的?[\u4e00-\u9fff]{0,10}?(?:目标|任务|要求|指标))"
)
REQUIREMENT = re.compile(r"[\u4e00-\u9fff]{4}(?:不得?[低少小高多大]于|不得?超过)\s?\d")
# 提高|至2025年的92%: the level that it rises to, not the amount by which it rises
LED_TO = re.compile(rf"(?:{UP}|{DOWN})[到至]\Z")
# 由2020年|的|88%提高至2025年|的|92%
OF_A_YEAR = re.compile(r"(?<=\0)的(?=\s?(?:约|近|不[低少高]于|不超过|[≥≤<>])?\s?\d)")
# 5月完成编制|、6月启动实施, 2022年启动建设|、2023年主体完工: a step that begins, whose date sets no limit, and the next
BEGUN_BY = rf"(?:{CALENDAR_YEAR}年(?:\d{{1,2}}月)?|\d{{1,2}}月)[底初]?(?:全面|正式|陆续)?(?:开工|启动|动工)"
STEP_BEGUN = re.compile(rf"、(?={BEGUN_BY})|(?P<begun>{BEGUN_BY}(?:建设|实施)?)、(?={CALENDAR_YEAR}年)")
# 近期（2021—2025年）|改造管网: the name of a stage with its years
STAGE_WITH_YEARS = re.compile(r"[近中远]期末?[（(]\0+[）)]")
# 回收率2023年|和|2025年: no words of the subject
BETWEEN_DATES = re.compile(rf"(?<=\0){BETWEEN_THINGS}(?=\0)")
# 控制在|基于2020年城镇建设用地规模的|1.3倍以内, 达到|2020年的|2倍, 达到|“十三五”末的|2倍: what a multiple is of
OF_A_BASE = re.compile(
    rf"(?:基于)?(?:{CALENDAR_YEAR}年|[“\"]?十[{ONES}]五[”\"]?(?:规划)?期?末)(?:(?!达到|[提增扩]|超|控制|实现|[是为到])[^，,。；;、：:\d\n]){{0,16}}的(?=\s?(?:约|近)?\d+(?:\.\d+)?\s?倍)"
)
# 年均增长6.5%，力争 | 7%: what stands before a second aim for the same
AIMED_FOR = re.compile(r"[并且和]?(?:力争|争取|努力|确保|挑战|奋斗目标)(?:为|在|达到?|实现)?")
# of which a percentage is mostly the share, and no growth: 60岁以上人口 | 20%, 民生支出 | 85%, 非化石能源 | 25%
SHARE_BY_NATURE = re.compile(r"人口|支出|税收|教育|投入|民营|非化石|清洁|可再生|新能源|优质|带动")
MAX_RATE_RATIO = 3  # of a growth rate to the one before it, where its words do not call it one
# 50家 | （其中省级5家、市级8家）
PORTIONS = re.compile(r"(?<=[\d\u4e00-\u9fff%％])[（(](?P<inner>其中(?![：:])[^（）()\n]{2,80})[）)]")
PORTIONS_OF = "新增，"  # what stands before the words of such a bracket when they are read: parts of what is made
# 减少|化肥使用量
DEED_OF_CHANGE = re.compile(
    r"^(?:减少|降低|削减|压减|压缩|减轻)(?=[\u4e00-\u9fff]{2,12}(?:量|率|数|额|成本|负担|强度|面积|时间|时限|环节)$)"
)
# 至少开展应急演练 | 2次, 最多设置 | 3个
BOUND = re.compile(r"(?:(?P<least>至少|最少|不少于)|至多|最多)(?![跑次])[\u4e00-\u9fff]{1,14}\Z")
# 个学位, 张床位: units of columns that name the thing that they count; not 个百分点, 个工作日
UNIT_WITH_THING = re.compile(r"[个张](?P<thing>[\u4e00-\u9fff]{1,3}位|(?:标准)?机架|端口)\Z")
# 投资强度达到每亩 | 200万元, 密度不高于每平方公里 | 900人
PER_AREA = re.compile(r"每(?P<area>亩|公顷|平方公里|平方米)(?:不[低少高大]于|不超过|达到?|约|为)*\Z")
# 稳定在70%左右: what is no subject
LEVEL_PHRASE = re.compile(r"稳定在|保持在|维持在|接近|达到|不[低少高]于|不超过|以[上下内]|左右|[\d.%％]")
SUBJECT_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z]")


@dataclass(frozen=True, slots=True)
class Years:
    """The years in which the dates of a plan are read: its `period` (first and last year), its `horizon` (a later year
    that it looks ahead to), and the day on which it was `issued`, which is used where it has no period. None for what
    is not known.

    Which dates are deadlines of their own, says `dated.is_own`; a year before the period, or without one before the
    issue, is past.
    """

    period: tuple[int, int] | None = None
    horizon: int | None = None
    issued: datetime.date | None = None

    def deadlines(self, text: str) -> list[Deadline]:
        """The deadlines in the text, in order, and with them the dates before the plan, as `past`: '到2025年，…' ->
        2025. See `deadlines.deadlines`, which gets the period and, where the day of issue is known, its year and month.
        """
        day = self.issued
        return list(deadlines(text, self.period, day.year if day else None, day.month if day else None))


NO_YEARS = Years()


def commitments(sentence: str, years: Years = NO_YEARS) -> list[Commitment]:
    """The commitments of the sentence in the order of the text: '到2025年，森林覆盖率达到35%以上' -> [森林覆盖率 >= 35
    %, deadline 2025]. `years` are those of the plan, by which dates are understood."""
    return read_sentence(sentence, years)[0]


def read_sentence(sentence: str, years: Years) -> tuple[list[Commitment], list[RefusedNumber]]:
    """The commitments of the sentence, by start and end of their proofs, and its numbers that commit to nothing, with
    the reasons. `years` are those of the plan, by which dates are understood. All offsets are those of the sentence.

    The number of a line (1.) is not read as a quantity, and neither that nor the number of a measure in the sentence
    (；②…, 二是…; MEASURE_NUMBER) is part of a subject. A quoted goal (实现“技师达到300名”的目标) is read as part of the
    sentence. Other numbers in quotation marks and those in brackets, of at most 80 characters each, are left out of
    both lists, but for the bounds and the parts of a number that `_in_brackets` and `_portions` read in brackets.
    """
    sentence = plain_numbers(sentence)
    dates = years.deadlines(sentence)
    sentence = _without_numbers(_steps_parted(sentence, dates))
    spoken = sentence
    for one in dates:
        led = one.start + 1 if LED_TO.search(sentence, 0, one.start + 1) else one.start
        spoken = _blanked(spoken, led, one.end)
    for span in undated(sentence, dates):
        spoken = _blanked(spoken, *span)
    spoken = OF_A_BASE.sub(lambda base: "\0" * len(base[0]), spoken)
    if dates:
        spoken = STAGE_WITH_YEARS.sub(lambda stage: "\0" * len(stage[0]), spoken)
        spoken = BETWEEN_DATES.sub(lambda joint: "\0" * len(joint[0]), OF_A_YEAR.sub("\0", spoken))
    spoken = GOAL_QUOTED.sub(lambda quoted: f"，{quoted[1]}，", spoken)
    flat = BRACKETED_WORDS.sub(lambda bracket: "\0" * len(bracket[0]), masked(half_width(SCALE_COLON.sub("∶", spoken))))
    refused: list[RefusedNumber] = []
    measured = list(_measured(spoken, flat, dates, refused))
    measured += [*_in_brackets(spoken, years), *_portions(spoken, measured)]
    promised = [*measured, *dated(spoken, flat, dates, measured, years.period, years.horizon)]
    return sorted(promised, key=lambda found: (found.start, found.end)), refused


def _steps_parted(sentence: str, dates: list[Deadline]) -> str:
    """The sentence with a comma for each 、 between what is done by one of its `dates` and the next of them:
    '2022年底前开工、2024年6月底前投用' -> '2022年底前开工，2024年6月底前投用'. A 、 between two dates, as in
    2023年、2024年分别达到5%、6%, stays, and so does one after words without a date before them in their clause. So also
    before a date with 开工 or 启动 (5月完成编制、6月启动实施)."""
    for one, other in pairwise(dates):
        step = sentence[one.end : other.start]
        if step.endswith("、") and len(step) > 1 and not CLAUSE_MARK.search(step):
            sentence = sentence[: other.start - 1] + "，" + sentence[other.start :]
    return STEP_BEGUN.sub(lambda step: (step["begun"] or "") + "，", sentence) if dates else sentence


def _in_brackets(spoken: str, years: Years) -> Iterator[Commitment]:
    """The commitments in brackets that set a bound for something that they name:
    （其中高风险地区排涝能力不低于150立方米/小时）. A bracket is read where it has four Chinese characters right before
    不低于, 不超过 or the like with digits after it (not ≥, 至少, 以上), and is not the whole sentence. Its words are
    read as a sentence, and those commitments of it are yielded that have the form `required` and a subject printed in
    the bracket. Their offsets are in `spoken`, `years` are those of the plan."""
    for bracket in BRACKETED_WORDS.finditer(spoken):
        inner = bracket[0][1:-1]
        if REQUIREMENT.search(inner) and len(inner) < len(spoken) - 2:
            for found in read_sentence(inner, years)[0]:
                if found.rule == "required" and inner.find(found.subject) >= 0:
                    start = bracket.start() + 1
                    yield replace(found, start=start + found.start, end=start + found.end)


def _portions(spoken: str, measured: list[Commitment]) -> Iterator[Commitment]:
    """The commitments in brackets that say what part of a number is of which kind:
    建成企业50家（其中省级5家、市级8家）. Such a bracket begins with 其中 and stands right after the number of one of
    `measured`, the commitments of the sentence. The parts have the deadline of that commitment; where a part is named
    by a level, type or size alone (省级), the subject of that commitment is put after it (省级企业; 新增省级企业 where
    so many are 新增). Their offsets are in `spoken`."""
    for bracket in PORTIONS.finditer(spoken):
        whole = next((one for one in reversed(measured) if one.start < bracket.start() <= one.end), None)
        if whole is None or whole.value is None:
            continue
        shift = bracket.start("inner") - len(PORTIONS_OF)
        for part in read_sentence(PORTIONS_OF + bracket["inner"], NO_YEARS)[0]:
            if part.rule in ("is_portion", "continues") and part.start >= len(PORTIONS_OF):
                alone = KIND_ALONE.fullmatch(part.subject) or SIZE_ALONE.fullmatch(part.subject)
                deed, counted = deed_of(whole.subject)
                kind = deed + part.subject + BRACKETED_WORDS.sub("", counted) if alone else part.subject
                start, end = shift + part.start, shift + part.end
                yield replace(part, subject=kind, deadline=whole.deadline, start=start, end=end)


def _blanked(text: str, start: int, end: int) -> str:
    """The text with the characters `start:end` replaced by NUL characters, so that offsets stay the same."""
    return text[:start] + "\0" * (end - start) + text[end:]


def _without_numbers(sentence: str) -> str:
    """The sentence with the number of its line and those of its measures (MEASURE_NUMBER) blanked, offsets unchanged. A
    comma before the number of a measure becomes a semicolon, and so does a number before which a stop was lost; where
    the sentence begins with a number and others follow, so does the last character of that first number. A date or
    change of one measure so does not hold for the next: '一是2024年建成泵站，二是…' -> ' ；2024年建成泵站；  …'."""
    first = LINE_NUMBER.match(half_width(sentence[:MAX_LINE_NUMBER])) or MEASURE_NUMBER.match(sentence)
    opened = first.end() if first else 0
    rest, unstopped = NUMBER_WITHOUT_STOP.subn(
        lambda found: "；" if len(found[0]) == 1 else "；\0；", sentence[opened:]
    )
    rest, others = MEASURE_NUMBER.subn(
        lambda found: found["stop"].replace("，", "；").replace(",", "；") + " " * len(found["blank"]),
        rest,
    )
    if opened and others + unstopped:
        return "\0" * (opened - 1) + "；" + rest
    return "\0" * opened + rest


class _Accepted(NamedTuple):
    """A number that has the form of a commitment: its context, the name of the form (`rule`), and its deadline, None
    where it has none."""

    context: QuantityContext
    rule: str
    date: Deadline | None


def _measured(spoken: str, flat: str, dates: list[Deadline], refused: list[RefusedNumber]) -> Iterator[Commitment]:
    """The commitments with a number, in the order of the numbers, one for each of several things (文化馆、图书馆各1座)
    and dates (2024年、2025年各新建水库5座). `dates` are all dates of the sentence. Numbers that commit to nothing are
    appended to `refused`: first those that `_accepted` refuses, then those whose subject names nothing ("no_subject"),
    and those of several things that cannot be told apart ("shared_subject"; `_shared`)."""
    clauses = [clause.span() for clause in QUANTITY_CLAUSE.finditer(flat)]
    accepted = _accepted(spoken, flat, clauses, dates, refused)
    contexts = [number.context for number in accepted]
    numbers = [context.quantity for context in contexts]
    names = subjects(spoken, flat, clauses, contexts)
    shared = _shared(flat, accepted, names)
    for at, (number, name, change) in enumerate(zip(accepted, names, _changes(flat, accepted), strict=True)):
        subject = name if SIZE_ALONE.fullmatch(name) else without_level(name)
        if at not in shared and _names_something(subject):
            by_when: list[Deadline | None] = [*dates_of_each(flat, dates, number.context.quantity, numbers)]
            for one, date in product(each_of(subject), by_when or [number.date]):
                yield _commitment(number._replace(date=date), one, change, clauses)
        else:
            quantity = number.context.quantity
            reason = "shared_subject" if at in shared else "no_subject"
            refused.append(RefusedNumber(quantity.start, quantity.end, reason))


def _shared(flat: str, accepted: list[_Accepted], names: list[str]) -> set[int]:
    """The indices of the numbers in a row whose things cannot be told apart, so that each would contradict the other as
    a value of the same: 甲乙两地收入分别达到5万元和3万元. Two numbers are so where they have the same unit, date and
    name (`names`) and stand in one list, or anywhere in a clause after 分别. The scale of a unit makes no other unit:
    公铁货运量分别达到1亿吨和2000万吨."""
    found: set[int] = set()
    for at, (one, other) in enumerate(pairwise(accepted)):
        first, second = one.context, other.context
        row = in_one_list(flat, first.quantity, second.quantity) or "分别" in first.clause
        alike = first.base_unit == second.base_unit and one.date == other.date and names[at] == names[at + 1]
        if row and alike and first.span[0] == second.span[0]:
            found |= {at, at + 1}
    return found


def _accepted(
    spoken: str, flat: str, clauses: list[tuple[int, int]], dates: list[Deadline], refused: list[RefusedNumber]
) -> list[_Accepted]:
    """The numbers of the sentence that have the form of a commitment, in order. The deadline of one is the date before
    it (`date_of`; not one that closes its own clause), else one that follows its clause and says when it is complete
    (`later_date`); a rate of growth has none that is the month of another deed (`_is_growth_of_year`). Other numbers
    are appended to `refused`: with "past_date" those after a date before the plan, else with the reason that `form`
    gives. A number outside of all `clauses`, the spans of the sentence's clauses, is neither. `dates` are all dates of
    the sentence."""
    numbers = with_shared_comparators(flat, with_shared_units(flat, [_without_thing(one) for one in quantities(flat)]))
    # a date that closes its clause says nothing of what follows: 平台2022年底前上线，打造10个…
    lasting = [date for date in dates if date.kind == "past" or not closes(flat, date)]
    accepted: list[_Accepted] = []
    for at, quantity in enumerate(numbers):
        clause = next((span for span in clauses if span[0] <= quantity.number_start < span[1]), None)
        if clause is None:
            continue
        date = date_of(flat, clauses, lasting, numbers, at)
        if date and date.kind == "past":
            refused.append(RefusedNumber(quantity.start, quantity.end, "past_date"))
            continue
        before = accepted[-1].context.quantity if accepted else None
        context = context_of(spoken, flat, clause, numbers, at, before, date)
        rule, reason = form(context)
        if date and _is_growth_of_year(context, date):
            date = None
        if rule is None:
            refused.append(RefusedNumber(quantity.start, quantity.end, reason))
        else:
            accepted.append(_Accepted(context, rule, date or later_date(flat, clause[1], dates)))
    return accepted


def _without_thing(quantity: Quantity) -> Quantity:
    """The quantity without the thing that its unit counts, which is the subject: 2000个 of 2000个学位, 500张 of
    500张床位. One with a word of comparison after the unit is left as it is (50张床位以上)."""
    unit = quantity.unit or ""
    found = UNIT_WITH_THING.search(unit)
    if found is None or quantity.end != quantity.unit_end:
        return quantity
    end = quantity.end - len(found["thing"])
    return replace(quantity, unit=unit[: found.start("thing")], unit_end=end, end=end)


def _is_growth_of_year(context: QuantityContext, date: Deadline) -> bool:
    """Whether the number is a rate of growth after a clause that begins with the month `date` and says what is done by
    then (三季度前建成项目，工业增加值增长12%), so that it is the growth of the year, not one up to that month."""
    deed = context.sentence_before[-1:] and date.end < context.span[0] - 2
    return bool(date.within_year and deed and context.unit == "%" and changed(context))


def _names_something(subject: str) -> bool:
    """Whether the subject names what a number is about: it has at most MAX_SUBJECT (60) characters, of which at least
    two letters or Chinese characters are no part of a number with its unit or of a word of level such as 稳定在, 达到
    or 以上, and it is neither a bare deed (`says_nothing`) nor the end of something (`is_cut_off`). False for ≥97 and
    稳定在70%左右 on a line of their own, where a table came apart."""
    if says_nothing(subject) or is_cut_off(subject) or len(subject) > MAX_SUBJECT:
        return False
    return len(SUBJECT_LETTER.findall(LEVEL_PHRASE.sub("", size().sub("", subject)))) >= 2


def _commitment(number: _Accepted, subject: str, change: Changed | None, clauses: list[tuple[int, int]]) -> Commitment:
    """The commitment of an accepted number about `subject`. A range (5—8家) has neither comparator nor value. With a
    `change`: the words of a yearly rate (年均增长) are put after the subject, unless it ends with them; without such
    words the comparator '=' is left out; and 减少 or the like at the beginning of the subject is dropped before a
    measure (减少化肥使用量 -> 化肥使用量). After 每亩 or another measure of area the unit is one for each: 每亩200万元
    -> 200 万元/亩. `clauses` are the spans of the sentence's clauses."""
    quantity, date = number.context.quantity, number.date
    per = PER_AREA.search(number.context.before + quantity.cue) if quantity.unit else None
    op, value = (None, None) if quantity.high is not None else (_op(number.context), quantity.value)
    if change is not None:
        if change.yearly and not subject.endswith(change.yearly):
            subject += change.yearly
        elif not change.yearly and op == "=":
            op = None
        subject = DEED_OF_CHANGE.sub("", subject)
    return Commitment(
        subject,
        op,
        value,
        f"{quantity.unit}/{per['area']}" if per else quantity.unit,
        date.printed if date else None,
        *_proof(number, clauses),
        number.rule,
        change.change if change else None,
        change.relative_to if change else None,
    )


def _proof(number: _Accepted, clauses: list[tuple[int, int]]) -> tuple[int, int]:
    """The start and end of the words that prove the number: its `QuantityContext.span`, extended by the next clause
    where that says what is done for those whom the number counts (面向2万名农技人员，开展培训), and by its deadline:
    one before the number from the date on, one after it up to the end of the date's clause. `clauses` are the spans of
    the sentence's clauses."""
    context, date = number.context, number.date
    start, end = context.span
    if number.rule == "is_served" and context.following and not SERVES.match(context.after):
        end += len(context.following)  # 面向2万名农技人员，开展培训
    if date is None:
        return start, end
    if date.start >= end:  # 新建泵站6座，2024年底前建成
        end = next((span[1] for span in clauses if span[0] <= date.start < span[1]), date.end)
    return min(start, date.start), end


def _changes(flat: str, accepted: list[_Accepted]) -> list[Changed | None]:
    """For each number of `accepted` the change that it states, None where it states a level. One that states none goes
    on with that of the number before (`_goes_on_changing`)."""
    found: list[Changed | None] = []
    for at, number in enumerate(accepted):
        change = changed(number.context)
        if change is None and at and _goes_on_changing(flat, accepted[at - 1], number):
            change = found[-1]
        found.append(change)
    return found


def _goes_on_changing(flat: str, before_it: _Accepted, number: _Accepted) -> bool:
    """Whether the number, which has no verb of change of its own, goes on with the change that the number `before_it`
    may state. Without words before it in its item it does where both stand in one list (分别增长10%和12%;
    `in_one_list`). With such words both must have the same unit of shares and no semicolon between them, and one of
    these must hold:

    - the words only say that it is aimed for: 增长6%，力争7%;
    - it is in percentage points and has the form `is_rate`: 城镇化率提高5个百分点，绿化率3个百分点;
    - it goes on with the list, has the form `continues` or `is_stated`, and may be a change like the one before it
      (`_is_like`): 第一产业增长5%，第二产业10%; not 产量增长5%，机械化率80%, which has the form `is_rate`.
    """
    context, one = number.context, before_it.context.quantity
    own = context.before.strip("\0 ")
    if not own:
        same_kind = (context.unit in SHARE_UNITS) == (one.unit in SHARE_UNITS)  # 增长5%、突破1万亿元: then a level
        return same_kind and in_one_list(flat, one, context.quantity)
    if (
        context.unit != one.unit
        or context.unit not in SHARE_UNITS
        or re.search("[；;]", flat[one.end : context.item[0]])
    ):
        return False
    if AIMED_FOR.fullmatch(own):
        return True
    if context.unit.endswith("百分点") and number.rule == "is_rate":
        return True
    return context.joined and number.rule in ("continues", "is_stated") and _is_like(own, one, context.quantity)


def _is_like(subject: str, one: Quantity, other: Quantity) -> bool:
    """Whether the number `other` can be a growth rate as `one` before it is, without saying so: it is at most
    MAX_RATE_RATIO (3) times as great, and `subject`, the words before it, has no word for something of which a
    percentage is mostly the share (SHARE_BY_NATURE: 人口, 支出, 清洁). True for 10% in 第一产业增长5%，第二产业10%;
    False for 85% in 财政收入增长6%，民生支出85%, and for 20% in 能耗下降13%，非化石能源20%."""
    return other.value <= MAX_RATE_RATIO * one.value and not SHARE_BY_NATURE.search(subject)


def _op(context: QuantityContext) -> Op:
    """The comparator of the commitment. Where 突破 before the number is the verb of what is done (`_breaks_through`):
    '>=' with 以上 or the like after the number, '>' with 余 or 多 in it (突破10余项关键技术), else '='. For any other
    number without a comparator of its own: that of 至少, 最少 or 不少于 ('>='), 至多 or 最多 ('<='), where 1 to 14
    Chinese characters stand between it and the number (至少开展演练2次). Else that of the number."""
    if _breaks_through(context):
        if context.quantity.end > context.quantity.unit_end:  # 突破10项以上关键技术
            return ">="
        return ">" if context.quantity.more else "="
    if context.quantity.op == "=" and (bound := BOUND.search(context.before)):
        return ">=" if bound["least"] else "<="
    return context.quantity.op


def _breaks_through(context: QuantityContext) -> bool:
    """Whether 突破, with nothing before it in the item, is the verb of what is done to so many things (项, 个, 种) that
    are named after the number (突破10项关键技术), and not a comparator (产值突破10亿元)."""
    technology = context.unit in ("项", "个", "种") and bool(re.match(r"(?:以上)?[\u4e00-\u9fff]", context.after))
    return context.quantity.cue == "突破" and not context.before.strip("\0 ") and technology
