"""How similar the tasks of two plans are: a matrix for each measure, with a row for each task of one and a column for
each of the other.

Most of the measures are relative: they say how far a pair stands out among all pairs that its two tasks are in. That is
what carries over from one pair of plans to another, where levels of similarity do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.align.grams import Grams, Matrix, Weighted, clauses

NEIGHBOURS = 5  # of a task, whose mean similarity is its background
# The least spread of similarities, in long plans, and what is added for short ones, whose few values may happen to lie
# close together: divided by the number of tasks of both.
MIN_SPREAD, SHORT_PLAN_SPREAD = 0.02, 0.2
DEFAULT_BACKGROUND = 0.1  # the background of a task that has fewer neighbours than that


@dataclass(frozen=True, slots=True)
class ComparedText:
    """A text to compare: a task or another passage. `heading` is its own title, `above` the heading that it stands
    under; '' for none."""

    heading: str
    above: str
    text: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """The n-grams of a plan's passages, computed once for all comparisons of the plan: of title, heading above and text
    together (`letters`: single letters and pairs; `apart`: pairs, those one letter apart too), of the text (`body`, and
    4-grams in `words`), of the title (`titles`), of title and text (`titled`), and of each clause of title and text
    (`clauses`, with their lengths in characters in `clause_lengths`, and for each passage the index of its first clause
    in `clause_starts`)."""

    letters: Grams  # letters and pairs of letters of title, heading above and text
    apart: Grams  # pairs of letters that stand together or one letter apart, of the same
    body: Grams
    titles: Grams
    titled: Grams  # pairs of letters of title and text
    words: Grams  # 4-grams
    clauses: Grams
    clause_lengths: Matrix
    clause_starts: Sequence[int]

    def __len__(self) -> int:
        return len(self.body)

    @classmethod
    def of(cls, passages: Sequence[ComparedText]) -> "Prepared":
        """The passages, prepared for comparison."""
        parts = [clauses(f"{passage.heading}。{passage.text}") or ["…"] for passage in passages]
        flat = [clause for part in parts for clause in part]
        starts = np.cumsum([0, *(len(part) for part in parts)])[:-1]
        texts = [passage.text for passage in passages]
        whole = [p.heading * 2 + p.above + p.text for p in passages]
        return cls(
            Grams.of(whole, (1, 2)),
            Grams.of(whole, (2,), apart=True),
            Grams.of(texts, (2, 3)),
            Grams.of([p.heading for p in passages], (2,)),
            Grams.of([p.heading + p.text for p in passages], (2,)),
            Grams.of(texts, (4,)),
            Grams.of(flat, (1, 2)),
            np.array([float(len(clause)) for clause in flat]),
            [int(start) for start in starts],
        )


def measures(one: Prepared, other: Prepared) -> dict[str, Matrix]:
    """The measures of similarity by name (the keys of `judge.WEIGHTS`), each a matrix with a row for each passage of
    `one` and a column for each of `other`; higher is more similar. Both plans must have at least one passage."""
    body = Weighted.of(one.body, other.body)
    mine, theirs = body.containment()
    first, second = aligned_clauses(one, other)
    return {
        "letters_above_background": above_background(Weighted.of(one.letters, other.letters).cosine()),
        "deviation": _deviation(Weighted.of(one.apart, other.apart).cosine()),
        "cosine_above_background": above_background(body.cosine()),
        "contained": np.sqrt(mine * theirs),
        "clauses_both": np.minimum(first, second),
        "title_in_text": above_background(_titles_in_texts(one, other)),
        "same_place": -np.abs(_places(len(one))[:, None] - _places(len(other))[None, :]),
    }


def _titles_in_texts(one: Prepared, other: Prepared) -> Matrix:
    """For each pair of tasks how much of the title of each is contained in title and text of the other (0..1), as the
    mean of both directions."""
    found: Matrix = (
        Weighted.of(one.titles, other.titled).containment()[0] + Weighted.of(one.titled, other.titles).containment()[1]
    ) / 2
    return found


def shared_words(one: Prepared, other: Prepared) -> tuple[Matrix, Matrix]:
    """Two matrices, of which share (0..1) of each task's 4-grams the other task has: of the tasks of `one`, of those of
    `other`."""
    return Weighted.of(one.words, other.words).containment(weighted=False)


def aligned_clauses(one: Prepared, other: Prepared) -> tuple[Matrix, Matrix]:
    """For each pair of tasks the mean similarity of the clauses of one to the most similar clause of the other,
    weighted by the clauses' lengths.

    The first matrix is for the clauses of one plan's tasks, the second for those of the other's.
    """
    nearest = Weighted.of(one.clauses, other.clauses).cosine()
    by_other = np.maximum.reduceat(nearest, other.clause_starts, axis=1)
    by_one = np.maximum.reduceat(nearest, one.clause_starts, axis=0)
    first = np.add.reduceat(by_other * one.clause_lengths[:, None], one.clause_starts, axis=0)
    second = np.add.reduceat(by_one * other.clause_lengths[None, :], other.clause_starts, axis=1)
    return (
        first / np.add.reduceat(one.clause_lengths, one.clause_starts)[:, None],
        second / np.add.reduceat(other.clause_lengths, other.clause_starts)[None, :],
    )


def above_background(values: Matrix, neighbours: int = NEIGHBOURS) -> Matrix:
    """How far the similarity of each pair in `values` stands out: twice the similarity, less the background of both
    tasks, which is the mean of the `neighbours` highest other values in its row and in its column.

    Cross-domain similarity local scaling (Conneau et al. 2018), with the pair itself left out of its background.
    """
    found: Matrix = 2 * values - _background(values, neighbours) - _background(values.T, neighbours).T
    return found


def _background(values: Matrix, neighbours: int) -> Matrix:
    """For each cell of the similarities `values` the mean of the `neighbours` highest other cells of its row;
    DEFAULT_BACKGROUND stands for those that a short row lacks."""
    rows, columns = values.shape
    lacking = np.full((rows, neighbours + 1 if columns <= neighbours else 0), DEFAULT_BACKGROUND)
    padded = np.hstack([values, lacking])
    highest = -np.sort(-padded, axis=1)[:, : neighbours + 1]
    total = highest.sum(axis=1, keepdims=True)
    inside = values >= highest[:, -1:]
    found: Matrix = np.where(inside, total - values, total - highest[:, -1:]) / neighbours
    return found


def _deviation(values: Matrix) -> Matrix:
    """For each pair by how many standard deviations its similarity in `values` exceeds the mean of its row and of its
    column (of both the average)."""
    mean = (values.mean(axis=1)[:, None] + values.mean(axis=0)[None, :]) / 2
    spread = np.sqrt((values.var(axis=1)[:, None] + values.var(axis=0)[None, :]) / 2)
    found: Matrix = (values - mean) / np.maximum(spread, MIN_SPREAD + SHORT_PLAN_SPREAD / sum(values.shape))
    return found


def _places(count: int) -> Matrix:
    """The positions of a plan's `count` tasks from 0 (beginning) to 1 (end). They are compared because related plans
    keep their order."""
    return np.arange(count) / count
