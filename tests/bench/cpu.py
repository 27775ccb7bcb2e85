"""CPU time, which other processes change less than the time on the wall."""

import statistics
import time
from collections.abc import Callable


def least_cpu(work: Callable[[], object], runs: int = 5) -> float:
    """The least of a few runs, in CPU seconds."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def growth_of(few: Callable[[], object], many: Callable[[], object], runs: int = 25) -> float:
    """The CPU time of `many` in that of `few`: the median of runs in turn.

    A processor that is shared works at two speeds for seconds at a time, so that one measured after the other may seem
    to take twice as long; two that are measured within milliseconds have the same speed.
    """
    few()
    many()
    return statistics.median(least_cpu(many, 1) / least_cpu(few, 1) for _ in range(runs))
