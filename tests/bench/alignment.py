"""Prints how the cost of alignment grows with the number of tasks: python tests/bench/alignment.py [TASKS …]

The plans are made from a seed: a national plan for each field, a plan of each province that takes over half of its
clauses, plans of cities and counties that take over half of the clauses above them; the rest of each task is its own.
CPU seconds are those of this process: of choosing the pairs of plans, and of comparing a sample of them.
"""

import random
import sys
import time
from collections.abc import Iterator, Sequence

from kg.align.read import PlanText, Unit
from kg.align.related import Related, related
from kg.align.update import compare

TASKS, CLAUSES, FIELDS = 40, 6, 50
SAMPLE = 400
SIZES = (1_000, 10_000, 100_000)
# Regions below one: a nation of 31 provinces, of 11 cities each, of 9 counties each.
BELOW, LEVELS = (31, 11, 9), ("national", "provincial", "prefectural", "county")
LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 1200)]

Clauses = list[list[str]]


def plans(count: int, seed: int = 0) -> Iterator[PlanText]:
    """So many plans, whole families first: a nation's plan of a field and what is below it."""
    chance, made = random.Random(seed), 0
    while made < count:
        name = f"{''.join(chance.choices(LETTERS, k=4))}"
        for plan in _below((), None, name, chance):
            yield plan
            made += 1
            if made == count:
                return


def _below(region: tuple[str, ...], above: Clauses | None, name: str, chance: random.Random) -> Iterator[PlanText]:
    depth = len(region)
    clauses = [_task(above[i] if above else None, chance) for i in range(TASKS)]
    own = ("中国", *region)[::-1] if depth == 0 else (*region[::-1], "中国")
    document = f"{name}/{'/'.join(region)}"
    units = tuple(
        Unit(f"{document}/{i}", "task", task[0][:8], "", "，".join(task) + "。", i * 100, i * 100 + 99, None)
        for i, task in enumerate(clauses)
    )
    title = f"{own[0]}{name}规划"
    yield PlanText(document, "", document, title, document, own[0], LEVELS[depth], own, 2021, None, {}, units, ())
    if depth < len(BELOW):
        for number in range(BELOW[depth]):
            yield from _below((*region, f"{'省市县'[depth]}{'.'.join(region)}{number}"), clauses, name, chance)


def _task(above: list[str] | None, chance: random.Random) -> list[str]:
    own = ["".join(chance.choices(LETTERS, k=14)) for _ in range(CLAUSES)]
    return own if above is None else [chance.choice(both) for both in zip(own, above, strict=True)]


def _sample(pairs: Sequence[Related]) -> list[Related]:
    """All pairs of some lower plans that follow one another, as `align` compares them: n-grams are made once a plan."""
    start = len(pairs) // 2
    return list(pairs[start : start + SAMPLE]) or list(pairs)


def main(sizes: list[int]) -> None:
    for size in sizes:
        made = list(plans(size // TASKS))
        start = time.process_time()
        pairs = related(made).pairs
        chosen = time.process_time() - start
        sample = _sample(pairs)
        start = time.process_time()
        found = sum(len(compare(pair).alignments) for pair in sample)
        each = (time.process_time() - start) / len(sample)
        print(
            f"{size:>9,} tasks: {len(made):,} plans, {len(pairs):,} pairs chosen in {chosen:.1f} s, {1000 * each:.0f} ms and "
            f"{found / len(sample):.0f} counterparts a pair: {chosen + each * len(pairs):,.0f} s"
        )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
