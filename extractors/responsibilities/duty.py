"""A body's part in a measure, before it becomes a fact, and the clause that proves it."""

from dataclasses import dataclass

from extractors import expressions as re
from extractors.vocabulary.stops import SENTENCE_ENDS
from ontology.model.facts import Role, squeeze

# A quote proves something from here on.
SHORTEST = 8
# one clause of a sentence; a line break ends it too
CLAUSE = re.compile(rf"[^{SENTENCE_ENDS}，,;\n]+")


@dataclass(frozen=True, slots=True)
class Duty:
    """The part of a body in a measure. `start:end` is its name, `clause` the evidence, all in the text.

    `printed` is the name where it is not `text[start:end]` (broken over the lines of a cell), `function` the
    government function where the name does not give it (税 in 医保税银). `of_offices` says that the body is an office
    inside a department (规划财务处), without a function of its own. `at` is a place in the task that the duty is part
    of, where `start` is in none or in another: a cell that is merged over several rows.
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
    """The bounds in `text` of the clause, extended by its neighbours in the sentence until it has SHORTEST (8)
    characters without white space. It stays shorter where the sentence has no more."""
    while len(squeeze(text[start:end])) < SHORTEST and start > 0 and text[start - 1] in "，,":
        start = max(text.rfind(mark, 0, start - 1) for mark in "，,。；;\n") + 1
    while len(squeeze(text[start:end])) < SHORTEST and text[end : end + 1] in ("，", ",", "；"):
        following = CLAUSE.match(text, end + 1)
        if following is None:
            break
        end = following.end()
    return start, end
