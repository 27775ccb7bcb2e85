"""How similar the tasks of two plans are: a matrix for each measure, with a row for each task of one and a column for
each of the other.

Most of the measures are relative: they say how far a pair stands out among all pairs that its two tasks are in. That is
what carries over from one pair of plans to another, where levels of similarity do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.align.grams import Grams, Matrix, Weighted, clauses

NEIGHBOURS = 5  # the highest similarities of a task, whose mean is its background
# The least standard deviation of similarities, in long plans, and what is added to it for short ones, whose few values
# may happen to lie close together: divided by the number of tasks of both.
MIN_SPREAD, SHORT_PLAN_SPREAD = 0.02, 0.2
DEFAULT_BACKGROUND = 0.1  # the similarity that stands for each neighbour that a task of a short plan lacks


@dataclass(frozen=True, slots=True)
class ComparedText:
    """A text to compare: a task or another passage. `heading` is its own title, `above` the heading that it stands
    under; '' for none."""

    heading: str
    above: str
    text: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """The n-grams of a plan's passages, computed once for all comparisons of the plan. `letters` (single letters and
    pairs) and `skipped` (pairs, also of letters with one between) are those of the title, which counts twice, the
    heading above and the text together; `body` (pairs and triples) and `words` (4-grams) those of the text alone,
    `titles` (pairs) of the title, `titled` (pairs) of title and text together, and `clauses` (letters and pairs) of
    each clause of title and text. `clause_lengths` has the length of each clause in letters, `clause_starts` for each
    passage the index of its first clause. `len` is the number of passages."""

    letters: Grams
    skipped: Grams
    body: Grams
    titles: Grams
    titled: Grams
    words: Grams
    clauses: Grams
    clause_lengths: Matrix
    clause_starts: Sequence[int]

    def __len__(self) -> int:
        return len(self.body)

    @classmethod
    def of(cls, passages: Sequence[ComparedText]) -> "Prepared":
        """The passages, prepared for comparison. A passage without clauses (`clauses`) has one without letters, whose
        length counts as 1."""
        parts = [clauses(f"{passage.heading}。{passage.text}") or ["…"] for passage in passages]
        flat = [clause for part in parts for clause in part]
        starts = np.cumsum([0, *(len(part) for part in parts)])[:-1]
        texts = [passage.text for passage in passages]
        full = [p.heading * 2 + p.above + p.text for p in passages]
        return cls(
            Grams.of(full, (1, 2)),
            Grams.of(full, (2,), skip=True),
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
    of_one, of_other = body.containment()
    clauses_of_one, clauses_of_other = aligned_clauses(one, other)
    return {
        "letters_above_background": above_background(Weighted.of(one.letters, other.letters).cosine()),
        "deviation": _deviation(Weighted.of(one.skipped, other.skipped).cosine()),
        "cosine_above_background": above_background(body.cosine()),
        "contained": np.sqrt(of_one * of_other),
        "clauses_both": np.minimum(clauses_of_one, clauses_of_other),
        "title_in_text": above_background(_titles_in_texts(one, other)),
        "same_place": -np.abs(_places(len(one))[:, None] - _places(len(other))[None, :]),
    }


def _titles_in_texts(one: Prepared, other: Prepared) -> Matrix:
    """For each pair of tasks how far their titles occur in each other's title and text (0..1): the share of the pairs
    of letters of one task's title that the title and text of the other task have, weighted as by `Weighted`, and the
    same the other way round; the mean of both. A title of fewer than two letters counts as 0."""
    mean: Matrix = (
        Weighted.of(one.titles, other.titled).containment()[0] + Weighted.of(one.titled, other.titles).containment()[1]
    ) / 2
    return mean


def shared_words(one: Prepared, other: Prepared) -> tuple[Matrix, Matrix]:
    """For each pair of tasks which share (0..1) of the different 4-grams of its text the other has: a matrix of the
    shares of the tasks of `one`, and one of those of the tasks of `other`, both with a row for each task of `one`."""
    return Weighted.of(one.words, other.words).containment(weighted=False)


def aligned_clauses(one: Prepared, other: Prepared) -> tuple[Matrix, Matrix]:
    """For each pair of tasks how well the clauses of one find a match in the other: each clause's similarity (0..1) to
    the most similar clause of the other task, averaged with the clauses' lengths as weights. The first matrix is for
    the clauses of the tasks of `one`, the second for those of `other`; both have a row for each task of `one` and a
    column for each of `other`."""
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
    """How far each similarity in `values` exceeds those around it: twice the similarity, less the mean of the
    `neighbours` highest other values of its row, less the same of its column (`_background`).

    Cross-domain similarity local scaling (Conneau et al. 2018), with the pair itself left out of its background.
    """
    difference: Matrix = 2 * values - _background(values, neighbours) - _background(values.T, neighbours).T
    return difference


def _background(values: Matrix, neighbours: int) -> Matrix:
    """For each cell of the similarities `values` the mean of the `neighbours` highest other cells of its row. A row of
    at most `neighbours` cells counts as if it had `neighbours` + 1 further ones with the value DEFAULT_BACKGROUND
    (0.1)."""
    rows, columns = values.shape
    lacking = np.full((rows, neighbours + 1 if columns <= neighbours else 0), DEFAULT_BACKGROUND)
    padded = np.hstack([values, lacking])
    highest = -np.sort(-padded, axis=1)[:, : neighbours + 1]
    total = highest.sum(axis=1, keepdims=True)
    among_highest = values >= highest[:, -1:]
    mean: Matrix = np.where(among_highest, total - values, total - highest[:, -1:]) / neighbours
    return mean


def _deviation(values: Matrix) -> Matrix:
    """For each cell of the similarities `values` by how many standard deviations it exceeds the mean of its row and of
    its column: the mean is the average of both means, the deviation the root of the average of both variances, and at
    least MIN_SPREAD (0.02) + SHORT_PLAN_SPREAD (0.2) / (number of rows + number of columns)."""
    mean = (values.mean(axis=1)[:, None] + values.mean(axis=0)[None, :]) / 2
    spread = np.sqrt((values.var(axis=1)[:, None] + values.var(axis=0)[None, :]) / 2)
    deviation: Matrix = (values - mean) / np.maximum(spread, MIN_SPREAD + SHORT_PLAN_SPREAD / sum(values.shape))
    return deviation


def _places(count: int) -> Matrix:
    """The place of each of a plan's `count` tasks among them: 0, 1/count, 2/count, … below 1. They are compared because
    related plans keep the order of their tasks."""
    return np.arange(count) / count
