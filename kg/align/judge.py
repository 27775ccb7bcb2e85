"""From measures of similarity to kinds of alignment: which tasks of two plans are counterparts, and how certain that
is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from kg.align.grams import Matrix
from kg.align.measures import Prepared, measures, shared_words

Flags = npt.NDArray[np.bool_]
Kind = Literal["copied", "adapted", "related"]

# A logistic regression on the measures, fitted by tools/fit_alignment.py on four annotated pairs of plans (151 tasks).
# Strongly regularised (C = 0.03): the weights of three pairs must also do for the fourth.
INTERCEPT = -5.062
WEIGHTS: Mapping[str, float] = {
    "letters_above_background": 2.922,
    "deviation": 0.747,
    "cosine_above_background": 2.117,
    "contained": 6.251,
    "clauses_both": 8.618,
    "title_in_text": 1.326,
    "same_place": 0.775,
}
# Two tasks are the same policy measure from the first score on; from the second on they may be of one topic.
SAME_MEASURE = 0.33
SAME_TOPIC = 0.03
# From this share on of the four-character sequences of one task that the other has, it is copied.
COPIED = 0.48
# Related pairs that are kept for each passage.
MAX_RELATED = 3
ALIGNMENT_METHOD = "measures of words, clauses, titles and place against the background of both plans; version 3"


@dataclass(frozen=True, slots=True)
class Pair:
    """Passage number `one` (from 0) of the first plan and passage number `other` of the second are counterparts. `kind`
    says how: copied (`shared` is at least COPIED, 0.48), adapted (the same policy measure in other words) or related
    (perhaps the same topic).

    `score` is the estimated probability (0..1) that they are the same policy measure. `shared` is the share (0..1) of
    the different four-character sequences of a passage that its counterpart has, the greater of the two directions.
    """

    one: int
    other: int
    kind: Kind
    score: float
    shared: float


def pairs(one: Prepared, other: Prepared) -> list[Pair]:
    """The counterparts among the passages of two plans, the highest score first, equal ones by `one`, then `other`. A
    pair is returned where its score is at least SAME_MEASURE (0.33); or at least SAME_TOPIC (0.03) and among the
    MAX_RELATED (3) best of one of its two passages (`_among_best`). Before that, a score is raised to at least
    SAME_MEASURE + (1 - SAME_MEASURE) * shared where `shared` is at least COPIED (0.48). `pairs_of` gives its kind and
    rounds. Empty where either plan has no passage."""
    if not len(one) or not len(other):
        return []
    scores = score(measures(one, other))
    shared = np.maximum(*shared_words(one, other))
    # What is copied is the same measure, however common its words are in the two plans.
    scores = np.where(shared >= COPIED, np.maximum(scores, SAME_MEASURE + (1 - SAME_MEASURE) * shared), scores)
    chosen = (scores >= SAME_MEASURE) | ((scores >= SAME_TOPIC) & _among_best(scores, MAX_RELATED))
    return pairs_of(chosen, scores, shared)


def pairs_of(chosen: Flags, scores: Matrix, shared: Matrix) -> list[Pair]:
    """A pair for each cell that is `chosen`, with its score, of at least SAME_TOPIC (0.03), its share and the kind that
    these give (`_kind`), in the order of `pairs`. The three matrices have a row for each passage of the first plan and
    a column for each of the second. Scores and shares are rounded to 4 decimals."""
    counterparts = [
        Pair(
            int(i),
            int(j),
            _kind(scores[i, j], shared[i, j]),
            round(float(scores[i, j]), 4),
            round(float(shared[i, j]), 4),
        )
        for i, j in zip(*np.nonzero(chosen), strict=True)
    ]
    return sorted(counterparts, key=lambda pair: (-pair.score, pair.one, pair.other))


def score(values: Mapping[str, Matrix]) -> Matrix:
    """For each pair of tasks the probability (0..1) that they are the same policy measure; `values` are the
    similarities by name, as `measures` returns them; raises KeyError where one of WEIGHTS is missing."""
    total = INTERCEPT + sum(weight * values[name] for name, weight in WEIGHTS.items())
    probability: Matrix = 1 / (1 + np.exp(-total))
    return probability


def _kind(score: float, shared: float) -> Kind:
    """The kind of a pair with a score of at least SAME_TOPIC, from its `score` and `shared` (see `Pair`): related where
    the score is below SAME_MEASURE (0.33), else copied where `shared` is at least COPIED (0.48), else adapted."""
    if score < SAME_MEASURE:
        return "related"
    return "copied" if shared >= COPIED else "adapted"


def _among_best(scores: Matrix, count: int) -> Flags:
    """For each cell of `scores` whether it is among the `count` highest of its row or of its column, as a matrix of
    truth values of the same shape. Cells that equal the last of the highest are among them; all cells of a row or
    column of fewer than `count` are."""
    by_row = scores >= -np.sort(-scores, axis=1)[:, : min(count, scores.shape[1])][:, -1:]
    by_column = scores >= -np.sort(-scores, axis=0)[: min(count, scores.shape[0])][-1:, :]
    flags: Flags = by_row | by_column
    return flags
