"""Counterparts of tasks outside of tasks: the goal, the indicator or the item of a box that is about the measure of a
task. These passages are short, so that a long task has the words of many of them; they must name what it is about."""

import re
from collections.abc import Sequence

import numpy as np

from kg.align.grams import Grams, Weighted
from kg.align.judge import SAME_MEASURE, Flags, Pair, pairs_of, score
from kg.align.measures import Prepared, measures, shared_words
from kg.align.read import PlanPassage

# （含生育保险）, 占国内生产总值的比重, 年均增长, 工业|增加值, 全社会|投资: how something is measured, not what
_MEASURE_WORDS = re.compile(
    r"[（(][^（）()]*[）)]|占[^占，、]*?的?(?:比重|比例)|(?:平均)?(?:年均|每年)(?:增长|增加|提高)?(?:率|速度)?|增加值|全社会"
)
# The least share of the weight of a task's title that the passage has, and of the passage's name that the task has.
TITLE_IN_PASSAGE, NAME_IN_TASK = 0.25, 0.3


def counterparts_outside(tasks: Prepared, others: Sequence[PlanPassage], prepared_others: Prepared) -> list[Pair]:
    """For each of `tasks` that is taken up in one of `others`, passages of the other plan that are no tasks, the pair
    (index in `tasks`, index in `others`) of the highest score; of equal ones that with the lowest index in `others`.
    The highest score is first. `prepared_others` are `others`, prepared for comparison as the tasks are.

    A task is taken up where its score (`judge.score`) is at least SAME_MEASURE (0.33), and both name each other
    (`_naming`): 完善异地就医直接结算服务 in the indicator 跨省异地就医直接结算率, but not 鼓励纺织工业增加附加值 in
    单位工业增加值用水量. The kind is copied where at least COPIED (0.48) of the four-character sequences of the task's
    text stand in the passage, else adapted; this share is `shared`. Empty where either plan has no such passage."""
    if not len(tasks) or not others:
        return []
    scores = np.where(_naming(tasks, others), score(measures(tasks, prepared_others)), 0)
    best = np.zeros(scores.shape, dtype=np.bool_)
    best[np.arange(len(tasks)), scores.argmax(axis=1)] = True
    return pairs_of(best & (scores >= SAME_MEASURE), scores, shared_words(tasks, prepared_others)[0])


def _naming(tasks: Prepared, others: Sequence[PlanPassage]) -> Flags:
    """For each task and each other passage whether they name each other: the passage's name, of an item of a box its
    words, has at least TITLE_IN_PASSAGE (0.25) of the pairs of letters of the task's title; and the title and text of
    the task, unless the passage is an item of a box, at least NAME_IN_TASK (0.3) of those of the passage's name. Both
    are weighted as by `Weighted`; of names _MEASURE_WORDS do not count."""
    in_box = np.array([other.part == "box" for other in others])
    names = Grams.of(
        [other.text if other.part == "box" else _MEASURE_WORDS.sub("", other.label) for other in others], (2,)
    )
    of_title = Weighted.of(tasks.titles, names).containment()[0]
    of_name = Weighted.of(tasks.titled, names).containment()[1]
    named: Flags = (of_title >= TITLE_IN_PASSAGE) & ((of_name >= NAME_IN_TASK) | in_box)
    return named
