"""Which plans share passages, found without comparing all with all; and how much of a plan's text is contained in
another."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kg.align.grams import Ids, code_points, gram_ids

RUN_LENGTH = 8  # letters in a row that count as a shared passage
SAMPLING_DIVISOR = 16  # one of so many runs is in a plan's sketch: the same ones in every plan
MAX_RUN_PLANS = 50  # a run that more plans share is a set phrase, and says nothing about any two of them
CACHED_TEXTS = 400  # texts whose runs are kept in memory; the comparisons of one plan follow one another
MIN_SHARED_RUNS = 3  # runs that the sketches of two plans share that are taken to share passages


def sketch(text: str) -> Ids:
    """A sample of the text (as `letters`), to compare with those of other texts: of the different hashes of RUN_LENGTH
    (8) letters in a row those that are a multiple of SAMPLING_DIVISOR (16), sorted, as in MinHash with a fixed share of
    the text; empty for a text of fewer letters."""
    ids = np.unique(gram_ids(code_points(text), RUN_LENGTH))
    sampled: Ids = ids[ids % SAMPLING_DIVISOR == 0]
    return sampled


def sharing(sketches: Mapping[str, Ids]) -> dict[str, Counter[str]]:
    """For each plan, a key of `sketches`, the other plans that share passages with it, with the number of hashes that
    the samples of both have; `sketches` has the sample of each plan (`sketch`). Hashes that more than MAX_RUN_PLANS
    (50) plans have do not count; plans with fewer than MIN_SHARED_RUNS (3) hashes in common share no passages."""
    holders: dict[int, list[str]] = defaultdict(list)
    for plan, ids in sketches.items():
        for run in ids.tolist():
            holders[run].append(plan)
    shared: dict[str, Counter[str]] = {plan: Counter() for plan in sketches}
    for plans in holders.values():
        if 1 < len(plans) <= MAX_RUN_PLANS:
            for plan in plans:
                shared[plan].update(plans)
    return {
        plan: Counter({other: n for other, n in counts.items() if other != plan and n >= MIN_SHARED_RUNS})
        for plan, counts in shared.items()
    }


def reused(one: str, other: str) -> tuple[float, float]:
    """For each of the two texts the share (0..1, to 4 decimals) of its letters (see `letters`) that are in a row of
    RUN_LENGTH (8) letters or more which the other text has too; 0 for both where a text has fewer letters.

    >>> reused("健全重大疫情医疗保障机制", "完善制度，健全重大疫情医疗保障机制。")
    (1.0, 0.75)
    """
    (runs, distinct), (other_runs, other_distinct) = _runs(one), _runs(other)
    return _covered(runs, other_distinct), _covered(other_runs, distinct)


@lru_cache(maxsize=CACHED_TEXTS)
def _runs(text: str) -> tuple[Ids, Ids]:
    """The hashes of RUN_LENGTH (8) letters in a row in a text, of which only the letters count (`letters`): for each
    letter but the last 7 that of the run which begins there, and the different ones, sorted; both empty for a text
    of fewer letters."""
    found = gram_ids(code_points(text), RUN_LENGTH)
    return found, np.unique(found)


def _covered(runs: Ids, others: Ids) -> float:
    """The share (0..1, to 4 decimals) of a text's letters that are in a run of RUN_LENGTH (8) letters which another
    text has too. `runs` are the hashes that begin at each letter of the text, `others` the different hashes of the
    other text, sorted: the two results of `_runs`. 0 where one is empty."""
    if not len(runs) or not len(others):
        return 0.0
    starts = others[np.minimum(np.searchsorted(others, runs), len(others) - 1)] == runs
    marks: npt.NDArray[np.bool_] = np.zeros(len(runs) + RUN_LENGTH - 1, dtype=np.bool_)
    for i in range(RUN_LENGTH):
        marks[i : i + len(runs)] |= starts
    return round(float(marks.mean()), 4)
