"""Commitments in running text and boxes of the parts of a plan that look ahead."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from extractors.reading import Reading, reading
from extractors.targets.commitments import commitments
from extractors.targets.deadlines import YEAR, deadlines
from extractors.vocabulary.numbering import marker
from ontology.model.facts import Target

LABEL = "targets"
FORWARD = ("goals", "tasks", "safeguards")
# 到2027年，…: with which the goals begin where 总体要求 has no heading for them
MILESTONE = re.compile(rf"(?:到|至|力争)\s?{YEAR}\s?年")
# “十三五”期间…, 截至2020年底…, 近年来…: what may look back, and with what a sentence behind it looks ahead again
BACK = re.compile(r"\s*(?:截[至止]|[近多几]年来|目前|当前|过去|[“\"]?十[一二三四]五|[12][09]\d\d年)")
AHEAD = re.compile(
    rf"到{YEAR}|十[四五六]五|规划期|今后|未来|下一步|[将要]|力争|确保|继续|进一步|加[快强大]|推[进动广行]|强化|完善|健全|优化|提升|提高|深化"
    r"|坚持|实施|支持|鼓励|打造|大力|积极|全面|落实|围绕"
)
SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
# what no promise goes without: a digit, or a numeral with a measure word
NUMERIC = re.compile(r"[0-9０-９]|[〇零一二三四五六七八九十百千两][余多]?[\u4e00-\u9fff]{0,2}?|百分之|成")
LONGEST = 3000
LONGEST_HEADING = 40


def targets(doc: Doc) -> Doc:
    """Appends a Target for each commitment with a number or a deadline of its own, with the clause as its proof."""
    state = reading(doc)
    period, issued = _years(state)
    horizon = state.plan.horizon if state.plan else None
    spans: list[Span] = []
    for start, end, opening in _sentences(doc, state):
        for found in commitments(state.document.text[start:end], period, horizon, issued):
            place = start + found.start, start + found.end
            subject = found.subject
            if not subject and opening:  # 古城保护项目。总投资35亿元，2024年建成
                title = state.document.text[slice(*opening)].rstrip("。")
                number = marker(title)
                subject, place = title[number.end :] if number else title, (opening[0], place[1])
            if not subject:
                continue
            task = state.task_at(place[1] - 1)
            state.facts.append(
                Target(
                    state.document.evidence(*place),
                    len(spans),
                    task.position if task else None,
                    subject,
                    found.op,
                    found.value,
                    found.unit,
                    found.deadline,
                )
            )
            spans.append(Span(doc, *place, label="target"))
    doc.spans[LABEL] = spans
    return doc


def _sentences(doc: Doc, state: Reading) -> Iterator[tuple[int, int, tuple[int, int] | None]]:
    """The sentences of running text that look ahead and have a number, with the run-in heading before them."""
    rows = [(span.start, span.end) for key in ("indicators", "observations") for span in doc.spans.get(key, [])]
    text = state.document.text
    for block in state.document.blocks:
        if block.kind != "text":
            continue
        section = state.section_at(block.start)
        if section is None or section.role not in (*FORWARD, "principles"):
            continue
        opening, behind = None, False
        goals = section.role in FORWARD
        for sentence in SENTENCE.finditer(text, block.start, block.end):
            start, end = sentence.span()
            if start == block.start and end < block.end and end - start <= LONGEST_HEADING:
                opening = (start, end)
            if end - start > LONGEST or any(a < end and start < b for a, b in rows):
                continue
            if behind and not AHEAD.search(sentence[0]):
                continue  # “十三五”期间，新建学校10所。改造校舍5万平方米。
            behind = _looks_back(sentence[0], state)
            goals = goals or MILESTONE.search(sentence[0]) is not None
            if goals and NUMERIC.search(sentence[0]):
                yield start, end, opening


def _looks_back(sentence: str, state: Reading) -> bool:
    """'“十三五”期间，新建学校10所。' in a plan for 2021 to 2025 -> True: it begins with a time that has passed."""
    opening = BACK.match(sentence)
    if not opening:
        return False
    period, issued = _years(state)
    date = next(deadlines(sentence, period, issued), None)
    if date is None:
        return not any(c.isdigit() for c in opening[0])  # 2022年起, …: a start
    return date.kind == "past" and date.start <= 2


def _years(state: Reading) -> tuple[tuple[int, int] | None, int | None]:
    """The plan's period and the year of its notice."""
    plan = state.plan
    return (plan.period, plan.issued.year if plan.issued else None) if plan else (None, None)
