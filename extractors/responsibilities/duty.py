"""A body's part in a measure, before it becomes a fact, and the clause that proves it."""

from dataclasses import dataclass

from extractors import expressions as re
from extractors.vocabulary.stops import SENTENCE_ENDS
from ontology.model.facts import Role, squeeze

# A quote proves something from here on.
MIN_PROOF = 8
# one clause of a sentence; a line break ends it too
DUTY_CLAUSE = re.compile(rf"(?:[^{SENTENCE_ENDS}，,;\n]|[，,](?=以及))+")


@dataclass(frozen=True, slots=True)
class Duty:
    """The part of a body in a measure, not yet a fact. `start:end` is the place of its name, in a table that of the
    cell, and `clause` the span of the evidence, both in `Document.text`; `cue` are the words that decided the `role`,
    in a table always the column's label, '' where no word did.

    `printed` is the name where it is not `text[start:end]`, as in a table; `function` is the government function where
    the name does not give it (税 in 医保税银). `of_offices` says that the body is an office inside a department
    (规划财务处), which has no function of its own. `at` is an offset in the task that the duty is part of, where
    `start` may be in no task or in another one, as in a cell that is merged over several rows; None where `start` is in
    it.
    """

    start: int
    end: int
    role: Role
    cue: str
    clause: tuple[int, int]
    printed: str | None = None
    function: str | None = None
    of_offices: bool = False
    at: int | None = None


def long_enough(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the clause `text[start:end]`, extended until it has MIN_PROOF (8) characters without white space:
    first by the clauses before it that a comma right before it joins, then by those after it over ，, a half-width
    comma or ；, without the mark after the last. Shorter where there are no more."""
    while len(squeeze(text[start:end])) < MIN_PROOF and start > 0 and text[start - 1] in "，,":
        start = max(text.rfind(mark, 0, start - 1) for mark in f"{SENTENCE_ENDS}，,;\n") + 1
    while len(squeeze(text[start:end])) < MIN_PROOF and text[end : end + 1] in ("，", ",", "；"):
        following = DUTY_CLAUSE.match(text, end + 1)
        if following is None:
            break
        end = following.end()
    return start, end
