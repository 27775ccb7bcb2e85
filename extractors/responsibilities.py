"""Who does what with whom: the part that a plan gives to each public body, with the clause that says so."""

from spacy.tokens import Doc, Span

from extractors.departments import REFERENCE_YEAR, organization
from extractors.reading import Reading, reading
from extractors.regions import CHINA
from extractors.role_clauses import Duty, running
from extractors.role_mentions import mentions
from kg.model.facts import Responsibility

LABEL = "responsibilities"
# A plan gives work in these; what stands elsewhere is history, intention or an example.
FORWARD = ("goals", "tasks", "safeguards")


def responsibilities(doc: Doc) -> Doc:
    """Appends a `Responsibility` for each body and clause."""
    read = reading(doc)
    text = read.document.text
    home = read.plan.region if read.plan else CHINA
    year = read.plan.period[0] if read.plan and read.plan.period else REFERENCE_YEAR
    found = mentions(doc)
    duties: list[Duty] = []
    for start, end in _forward(read):
        inside = [m for m in found if start <= m.core < end]
        duties.extend(running(text, start, end, inside, home, year))
    seen = set()
    position = 0
    for duty in sorted(duties, key=lambda duty: duty.start):
        printed = text[duty.start : duty.end]
        function, body = organization(printed, home, year)
        key = (function or printed, duty.clause)
        if key in seen:
            continue
        seen.add(key)
        task = read.task_at(duty.start)
        read.facts.append(
            Responsibility(
                read.document.evidence(*duty.clause),
                position,
                task and task.position,
                printed,
                function,
                duty.role,
                body,
                duty.cue,
            )
        )
        position += 1
    return doc


def _forward(read: Reading) -> list[tuple[int, int]]:
    """The stretches that look ahead; an item's own line is part of its text, for it may be its whole text."""
    stretches = []
    reached = 0
    for section in read.sections:
        if section.role in FORWARD:
            titled = section.heading is not None and section.heading.kind in ("chapter", "section", "box")
            stretches.append((section.start if titled else reached, section.end))
        reached = section.end
    return stretches
