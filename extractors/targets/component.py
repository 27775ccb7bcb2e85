"""The component that reads targets: commitments in the running text, the boxes and the tables of work of those parts of
a plan that look ahead."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from extractors import expressions as re
from extractors.plain import span
from extractors.reading import FORWARD_ROLES, Reading, reading
from extractors.tables import tables_of
from extractors.targets.commitments import Years, read_sentence
from extractors.targets.dated import WHO_DOES_IT
from extractors.targets.due import Due, due_below, due_dates, due_of_line, is_label_line
from extractors.targets.model import Commitment, RefusedNumber
from extractors.targets.tables import RowCommitment, of_box, of_table
from extractors.targets.words import MAX_DEED, MIN_DEED
from extractors.vocabulary.dates import CALENDAR_YEAR
from extractors.vocabulary.dates import COMING_YEAR as YEAR
from extractors.vocabulary.duties import LINE_LABEL
from extractors.vocabulary.numbering import marker
from extractors.vocabulary.numerals import DIGIT, NUMERAL_CHARACTER, ONES
from extractors.vocabulary.stops import FULL_STOPS
from ontology.model.facts import Target

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

TARGET_SPANS = "targets"
REFUSED_SPANS = "refused_targets"
# 到2027年，…: with which the goals begin where 总体要求 has no heading for them
MILESTONE = re.compile(rf"(?:到|至|力争)\s?{YEAR}\s?年")
# 1.实施“城市更新提质”战略: work that is named in a chapter of principles; not 坚持创新驱动战略
WORK_NAMED = re.compile(r"(?:深入|大力|全面|加快)?(?:实施|推进)[^，,。；;]{2,24}(?:战略|行动|工程|计划)")
# “十三五”期间…, 截至2020年底…, 近年来…: what may look back, and with what a sentence after it looks ahead again
MAY_LOOK_BACK = re.compile(rf"\s*(?:截[至止]|[近多几]年来|目前|当前|过去|[“\"]?十[{ONES[:4]}]五|{CALENDAR_YEAR}年)")
LOOKS_AHEAD = re.compile(
    rf"到{YEAR}|十[四五六]五|规划期|今后|未来|下一步|[将要]|力争|确保|继续|进一步|加[快强大]|推[进动广行]|强化|完善|健全|优化|提升|提高|深化"
    r"|坚持|实施|支持|鼓励|打造|大力|积极|全面|落实|围绕"
)
LINE_SENTENCE = re.compile(rf"[^{FULL_STOPS}!?\n]+[{FULL_STOPS}!?]?")
# what no promise goes without: a digit, a numeral with a measure word, or a date without a number (今年底前)
MAY_BE_NUMBER = re.compile(
    rf"{DIGIT}|{NUMERAL_CHARACTER}[余多]?[\u4e00-\u9fff]{{0,2}}?|百分之|成|年[底末内]|[今明本]年内|半年|季度"
)
MAX_SENTENCE = 3000
MAX_RUN_IN_HEADING = 40
SENTENCE_BRACKET = re.compile(r"[（(][^（）()\n]{0,200}[）)]")
# 责任单位：县民政局，配合单位：县财政局，: who does the measure that stands before
WHO_LABELS = re.compile(rf"(?:{LINE_LABEL}[^，,。；;\d]{{2,100}}[，,。；;\s]{{0,4}}){{1,4}}")
MAX_LABEL_LINES = 4  # lines such as 牵头单位：… below a measure
# 注：甲类镇指…: the notes of a table
TABLE_NOTE = re.compile(r"\s*(?:注|备注|说明)\s?[：:]")


def targets(doc: "Doc") -> "Doc":
    """Appends to `Reading.facts` a Target for each commitment with a number or a deadline of its own, with the clause
    as its proof, and returns the same `doc`: first those of the tables of work and of the boxes that are tables, then
    those of the running text. One of the text without a subject gets the run-in heading of its paragraph as subject,
    which is then part of the proof; where there is none it is left out. Raises Usage for a Doc that was not made of a
    plan.

    `doc.spans["targets"]` are the proofs, in the order of the facts; `doc.spans["refused_targets"]` are the numbers in
    these tables and sentences that commit to nothing, each labelled with the reason of its RefusedNumber (`is_extent`,
    `no_form`, …).
    """
    state = reading(doc)
    years = _years(state)
    spans: list[Span] = []
    refused: list[Span] = []
    for row in _of_tables(doc, state, years):
        if isinstance(row, RowCommitment):
            state.facts.append(_target(state, row.found, row.subject, row.start, row.end, row.at))
            spans.append(span(doc, row.start, row.end, label="target"))
        else:
            refused.append(span(doc, row[0], row[1], label=row[2].reason))
    for sentence in _sentences(doc, state, years):
        start = sentence.start
        promised, refusals = read_sentence(_without_date(state.document.text, sentence), years)
        refused += [span(doc, start + one.start, start + one.end, label=one.reason) for one in refusals]
        for found in [*_with_date(promised, sentence), *_without_number(promised, sentence, state.document.text)]:
            proof = start + found.start, start + found.end
            subject = found.subject
            if not subject and sentence.opening:  # 古城保护项目。总投资35亿元，2024年建成
                title = state.document.text[slice(*sentence.opening)].rstrip("。")
                number = marker(title)
                subject, proof = title[number.end :] if number else title, (sentence.opening[0], proof[1])
            if not subject:
                continue
            task_offset = proof[1] - 1 if state.task_at(proof[1] - 1) else proof[0]
            state.facts.append(_target(state, found, subject, *proof, task_offset))
            spans.append(span(doc, *proof, label="target"))
    doc.spans[TARGET_SPANS] = spans
    doc.spans[REFUSED_SPANS] = refused
    return doc


def _target(state: Reading, found: Commitment, subject: str, start: int, end: int, at: int) -> Target:
    """The fact of the commitment `found`, proved by `Document.text[start:end]`. Its subject is `subject`, not that of
    `found`; its task is the one that contains the offset `at` of `Document.text`, or none."""
    task = state.task_at(at)
    return Target(
        state.document.evidence(start, end),
        task.position if task else None,
        subject,
        found.op,
        found.value,
        found.unit,
        found.deadline,
        found.change,
        found.relative_to,
    )


def _of_tables(doc: "Doc", state: Reading, years: Years) -> Iterator[RowCommitment | tuple[int, int, RefusedNumber]]:
    """The commitments in the rows of tables of work, then those in the cells of boxes that are tables, both in the
    order of the text, and, as (start, end, refusal) in `Document.text`, the numbers there that commit to nothing. Left
    out are tables of work in parts of the plan that look back (`background`) and after the last section, and boxes
    outside of the parts that look ahead (FORWARD_ROLES). `years` are those of the plan."""
    every = tables_of(doc)
    for table in every:
        section = state.section_at(table.start)
        if section is not None and section.role != "background":
            yield from of_table(state.document, table, years)
    starts = [table.start for table in every]
    for block in state.document.blocks:
        section = state.section_at(block.start) if block.kind == "table" else None
        if section is None or section.role not in FORWARD_ROLES or section.heading is None:
            continue
        if section.heading.kind in ("box", "box-item"):
            inside = every[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
            yield from of_box(state.document, block, inside, years)


class _Sentence(NamedTuple):
    """A sentence of running text, `start:end` in `Document.text`. `opening` is the span of the run-in heading of its
    paragraph, None where there is none; `due` is the date that is given for it in a bracket or after a label
    (`_bracket_dates`) or below it on a line of its own, None where there is none. `deed` says that the date is also a
    deadline for what the sentence says without a number."""

    start: int
    end: int
    opening: tuple[int, int] | None
    due: Due | None
    deed: bool = True


def _closes_plan(due: Due, years: Years) -> bool:
    """Whether the date `due` is the end of a plan of several years, which has these `years`, and so no deadline of its
    own: 2025 and 2025-12 in a plan for 2021–2025. False for a plan without a period."""
    if years.period is None or years.period[0] == years.period[1]:
        return False
    return due.printed in (str(years.period[1]), f"{years.period[1]}-12")


def _without_date(text: str, sentence: _Sentence) -> str:
    """The words of the sentence (`text` is `Document.text`), with the bracket, or the label, of its date and that date
    replaced by NUL characters, where they begin in the sentence, because that date is read separately."""
    words, due = text[sentence.start : sentence.end], sentence.due
    if due is None or due.start >= sentence.end:
        return words
    first, last = due.start - sentence.start, due.end - sentence.start
    return words[:first] + "\0" * (last - first) + words[last:]


def _with_date(promised: list[Commitment], sentence: _Sentence) -> list[Commitment]:
    """The commitments `promised` of the sentence, with the date of the sentence (`sentence.due`), if it has one, as the
    deadline of those that have none; their proof then reaches at least to the end of that date."""
    if sentence.due is None:
        return promised
    due, end = sentence.due, sentence.due.end - sentence.start
    return [
        found if found.deadline else replace(found, deadline=due.printed, end=max(found.end, end)) for found in promised
    ]


def _without_number(promised: list[Commitment], sentence: _Sentence, text: str) -> Iterator[Commitment]:
    """The commitment whose deadline is the date of the sentence and which has no number: '建成专区。（6月底完成）' ->
    建成专区, deadline 2023-06. Its subject is the sentence up to the date, without brackets and the number of its line
    (1.), or the first clause of that where it has more than MAX_DEED (80) characters. `promised` are the commitments
    that were read of the sentence itself, `text` is `Document.text`. Nothing is yielded where the sentence has no date
    or one that is no deadline for its words (`deed`), where the words up to the date have fewer than MIN_DEED (4)
    characters, where they have no more clauses than `promised` has commitments, where one of these has the same
    deadline, printed in the sentence too (6月底前完成编制。（完成时限：6月底）), and where the subject would be who
    does it (责任领导：…)."""
    if sentence.due is None or not sentence.deed:
        return
    words = text[sentence.start : min(sentence.end, sentence.due.start)]
    number = marker(words)
    start = number.end if number else 0
    deed = SENTENCE_BRACKET.sub("", words[start:]).strip("　 。；;，,")
    clauses = re.split(r"[，,；;]", deed)
    if len(deed) < MIN_DEED or len(clauses) <= len(promised):
        return
    subject = deed if len(deed) <= MAX_DEED else clauses[0]
    if WHO_DOES_IT.search(subject) or any(found.deadline == sentence.due.printed for found in promised):
        return
    yield Commitment(subject, None, None, None, sentence.due.printed, start, sentence.due.end - sentence.start, "due")


def _sentences(doc: "Doc", state: Reading, years: Years) -> Iterator[_Sentence]:
    """The sentences of running text in the parts of the plan that look ahead (FORWARD_ROLES), and in principles those
    below the title of a work (实施“城市更新”战略; `_names_work`) and those from such a title, or one with a milestone
    (到2025年), on in their block, as far as they may have a number or have a date of their own
    (`_sentences_of`). Left out are blocks that are a label with a date, and notes (注：)."""
    text = state.document.text
    in_rows = bytearray(len(text))  # 1 for the characters of tables, which are read apart
    for row in tables_of(doc):
        in_rows[row.start : row.end] = b"\1" * (row.end - row.start)
    for at, block in enumerate(state.document.blocks):
        if block.kind != "text" or due_of_line(text[block.start : block.end], years):
            continue
        section = state.section_at(block.start)
        if section is None or TABLE_NOTE.match(text, block.start, block.end):
            continue
        if section.role in FORWARD_ROLES or section.role == "principles":
            named = section.heading and section.role == "principles" and _names_work(section.heading.title)
            yield from _sentences_of(state, at, section.role == "principles" and not named, in_rows, years)


def _sentences_of(
    state: Reading, at: int, after_milestone: bool, in_rows: bytearray, years: Years
) -> Iterator[_Sentence]:
    """The sentences of the block of index `at` that may have a number, have a date in a bracket or after a label
    (`_bracket_dates`), or are the only deed above a date (`_only_deed`); `after_milestone` says that only those from
    one with a milestone (到2025年), or with the title of a work (`_names_work`), on count. One that begins with or in
    the bracket of the sentence before is yielded from the end of the bracket on. Where the block has no such date,
    the date below it (`_date_below`) is that of each of its sentences. `deed` is True only for a sentence with a date
    in a bracket or after a label, or with one below it where no other sentence of the block says what is to be done
    (`_only_deed`), and only where the date is not the end of the plan (`_closes_plan`).

    Left out are sentences of more than MAX_SENTENCE characters, those of which a character is in a row of a table (1 in
    `in_rows`, at its offset), and those after a sentence about the time before the plan (`_looks_back`), up to one with
    a word of what is to come; the sentence about that time itself is yielded. If the first sentence has at most
    MAX_RUN_IN_HEADING (40) characters and others follow it, it is the `opening` of all, itself included, also where it
    is left out; else `opening` is None.
    """
    text, block = state.document.text, state.document.blocks[at]
    opening, past, counts = None, False, not after_milestone
    sentences = [found.span() for found in LINE_SENTENCE.finditer(text, block.start, block.end)]
    dates, opened = _bracket_dates(text, block.start, block.end, sentences, years)
    below = None if dates else _date_below(state, at, years)
    deed = _only_deed(text[block.start : block.end], sentences) if below else None
    for start, end in sentences:
        words = text[start:end]
        if start == block.start and end < block.end and end - start <= MAX_RUN_IN_HEADING:
            opening = (start, end)
        if end - start > MAX_SENTENCE or in_rows.find(1, start, end) >= 0:
            continue
        if past and not LOOKS_AHEAD.search(words):
            continue  # “十三五”期间，新建学校10所。改造校舍5万平方米。
        past = _looks_back(words, state)
        counts = counts or MILESTONE.search(words) is not None or _names_work(words)
        if counts and (start in dates or start == deed or MAY_BE_NUMBER.search(words)):
            due = dates.get(start) or (below if start == deed else None)
            # a date of the sentence before opens this one: 建成专区。（6月底完成）覆盖全市。
            first = opened.get(start, start)
            if first < end:
                own = due is not None and not _closes_plan(due, years)
                yield _Sentence(first, end, opening, due or below, own)


def _names_work(words: str) -> bool:
    """Whether the words, a heading or the first sentence of a paragraph, with or without its number, are the title of a
    work that is carried out: '1.实施“城市更新提质”战略。' -> True, '坚持创新驱动战略' -> False."""
    number = marker(words)
    return WORK_NAMED.fullmatch(words[number.end if number else 0 :].strip("　 。")) is not None


def _only_deed(block: str, sentences: list[tuple[int, int]]) -> int | None:
    """Where the one sentence begins that says what is to be done in a block with a date below it, so that the date is
    its deadline also without a number: the only one, or the second of two of which the first is a run-in heading
    (规范管理。建成中心。). None for several, and for a line that only says more of a measure (牵头单位：市教育局).
    `block` is the text of the block, `sentences` the spans of its sentences."""
    titled = len(sentences) == 2 and sentences[0][1] - sentences[0][0] <= MAX_RUN_IN_HEADING
    if is_label_line(block) or not (titled or len(sentences) == 1):
        return None
    return sentences[-1][0]


def _date_below(state: Reading, at: int, years: Years) -> Due | None:
    """The date on a line of labels or brackets below the block of index `at`, which is the deadline of the whole
    measure: 建成平台。 / 完成时限：2024年12月 / 牵头单位：市教育局. It is the first (`due_below`) among the next four
    lines, up to one that is no such line, and in the same section as the block; None where there is none. Its span is
    the whole line."""
    text, blocks = state.document.text, state.document.blocks
    for block in blocks[at + 1 : at + 1 + MAX_LABEL_LINES]:
        line = text[block.start : block.end]
        if block.kind != "text" or not is_label_line(line):
            return None
        if (due := due_below(line, years)) and state.section_at(block.start) == state.section_at(blocks[at].start):
            return replace(due, start=block.start, end=block.end)
    return None


def _bracket_dates(
    text: str, start: int, end: int, sentences: list[tuple[int, int]], years: Years
) -> tuple[dict[int, Due], dict[int, int]]:
    """The dates in brackets after sentences (…。（6月底完成）) or after a label (完成时限：6月底), and the ends of
    those brackets and labelled dates, here called brackets. First, by the start of the sentence that a bracket belongs
    to, its date, where the sentence has several the last that `due_dates` gives. Second, by the start of a sentence
    that begins with such a bracket or inside it, the offset after the bracket.

    A bracket belongs to the sentence in which it stands; where only blanks, brackets, 。, ； and labels with bodies
    (责任单位：县民政局; `_names_deed`) stand before it there, to the nearest of the two sentences before with other
    words. `sentences` are the spans of the sentences of `text[start:end]`; all offsets are those of `text`.
    """
    found: dict[int, Due] = {}
    after: dict[int, int] = {}
    starts = [first for first, _ in sentences]
    for due in due_dates(text[start:end], years):
        due = replace(due, start=start + due.start, end=start + due.end)
        at = bisect_right(starts, due.start) - 1
        if not text[starts[at] : due.start].strip("　 "):
            after[starts[at]] = due.end
        for first in starts[at + 1 : bisect_left(starts, due.end)]:  # （6月底完成。牵头单位：市教育局）
            after[first] = due.end
        for first, last in reversed(sentences[max(0, at - 2) : at + 1]):
            if _names_deed(text[first : min(last, due.start)]):
                found[first] = due
                break
    return found, after


def _names_deed(words: str) -> bool:
    """Whether the words of a sentence before a date are more than brackets, blanks, 。, ； and up to four labels that
    name who does a measure: '新建敬老院1所' -> True; '责任单位：县民政局　' -> False; '责任单位：县民政局，建成平台'
    -> True, as what stands behind the comma is no label."""
    said = SENTENCE_BRACKET.sub("", words).strip("　 。；;")
    return bool(said) and WHO_LABELS.fullmatch(said) is None


def _looks_back(sentence: str, state: Reading) -> bool:
    """Whether the sentence is about the time before the plan's period, because it begins with it:
    '“十三五”期间，新建学校10所。' in a plan for 2021–2025. It must begin with 截至, 目前, 近年来, “十三五”, a year or
    the like (MAY_LOOK_BACK), and its first date must stand right there and be before the plan; where it has no date,
    that beginning must have no digit: '目前，…' -> True, '2022年起，…' -> False."""
    opening = MAY_LOOK_BACK.match(sentence)
    if not opening:
        return False
    date = next(iter(_years(state).deadlines(sentence)), None)
    if date is None:
        return not any(c.isdigit() for c in opening[0])  # 2022年起, …: a start
    return date.kind == "past" and date.start <= 2


def _years(state: Reading) -> Years:
    """The years of the plan that is read; all None where the reading has no plan."""
    plan = state.plan
    return Years(plan.period, plan.horizon, plan.issued) if plan else Years()
