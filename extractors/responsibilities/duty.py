"""A body's part in a measure, before it becomes a fact, and the clause that proves it."""

import re
from dataclasses import dataclass

from extractors.vocabulary.stops import SENTENCE_ENDS
from ontology.model.facts import Role, squeeze

# A quote proves something from here on.
SHORTEST = 8
# one clause of a sentence; a line break ends it too
CLAUSE = re.compile(rf"[^{SENTENCE_ENDS}，,;\n]+")


@dataclass(frozen=True, slots=True)
class Duty:
    """A body's part: `start:end` is where its name stands, `clause` the stretch that proves it, all in the text.

    `printed` is the name where it is not the stretch itself (broken over the lines of a cell), `function` what it
    stands for where the name alone does not tell (the 税 of 医保税银). `of_offices`: the body is an office of one
    department (规划财务处), which has no function of its own.
    """

    start: int
    end: int
    role: Role
    cue: str
    clause: tuple[int, int]
    printed: str | None = None
    function: str | None = None
    of_offices: bool = False


def long_enough(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause, with its neighbours in the sentence while it is shorter than eight characters."""
    while len(squeeze(text[start:end])) < SHORTEST and start > 0 and text[start - 1] in "，,":
        start = max(text.rfind(mark, 0, start - 1) for mark in "，,。；;\n") + 1
    while len(squeeze(text[start:end])) < SHORTEST and text[end : end + 1] in ("，", ",", "；"):
        following = CLAUSE.match(text, end + 1)
        if following is None:
            break
        end = following.end()
    return start, end
