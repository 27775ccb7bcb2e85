"""Prints how the cost of alignment grows with the number of tasks: python tests/bench/alignment.py [TASKS …]

    python tests/bench/alignment.py 1000000 --whole --jobs 2

compares all pairs in so many processes, keeps none of the results, and prints how far it is, the time and the memory.

The plans are made from a seed: a national plan for each field, a plan of each province that takes over half of its
clauses, plans of cities and counties that take over half of the clauses above them; the rest of each task is its own.
CPU seconds are those of this process: of choosing the pairs of plans, and of comparing a sample of them; with
`--whole` also those of the other processes.
"""

import argparse
import random
import resource
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.align.read import ComparedPlan, PlanPassage
from kg.align.related import Related, related
from kg.align.update import compare, compared

TASKS, CLAUSES, FIELDS = 40, 6, 50
SAMPLE = 400
SIZES = (1_000, 10_000, 100_000)
# Regions below one: a nation of 31 provinces, of 11 cities each, of 9 counties each.
BELOW, LEVELS = (31, 11, 9), ("national", "provincial", "prefectural", "county")
LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 1200)]

Clauses = list[list[str]]


def plans(count: int, seed: int = 0) -> Iterator[ComparedPlan]:
    """So many plans, whole families first: a nation's plan of a field and what is below it."""
    chance, made = random.Random(seed), 0
    while made < count:
        name = f"{''.join(chance.choices(LETTERS, k=4))}"
        for plan in _below((), None, name, chance):
            yield plan
            made += 1
            if made == count:
                return


def _below(region: tuple[str, ...], above: Clauses | None, name: str, chance: random.Random) -> Iterator[ComparedPlan]:
    depth = len(region)
    clauses = [_task(above[i] if above else None, chance) for i in range(TASKS)]
    own = ("中国", *region)[::-1] if depth == 0 else (*region[::-1], "中国")
    document = f"{name}/{'/'.join(region)}"
    units = tuple(
        PlanPassage(f"{document}/{i}", "task", task[0][:8], "", "，".join(task) + "。", i * 100, i * 100 + 99, None)
        for i, task in enumerate(clauses)
    )
    title = f"{own[0]}{name}规划"
    yield ComparedPlan(document, "", document, title, document, own[0], LEVELS[depth], own, 2021, None, {}, units, ())
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


def whole(size: int, jobs: int) -> None:
    """Compares all pairs as `kg align` does, lower plan by lower plan."""
    start = time.perf_counter()
    made = list(plans(size // TASKS))
    pairs = related(made).pairs
    by_lower: dict[str, list[Related]] = defaultdict(list)
    for pair in pairs:
        by_lower[pair.lower.document].append(pair)
    done, found, told = 0, 0, 0.0
    for results in compared(list(by_lower.values()), len(pairs), jobs):
        done += len(results)
        found += sum(len(comparison.alignments) for comparison in results)
        if time.perf_counter() - told > 60 or done == len(pairs):
            told = time.perf_counter()
            used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
            print(
                f"{done:,} of {len(pairs):,} pairs, {found:,} counterparts, {told - start:,.0f} s, "
                f"{sum(one.ru_utime + one.ru_stime for one in used):,.0f} CPU s (of ended processes), "
                f"{used[0].ru_maxrss / 1024:,.0f} MB in this process",
                flush=True,
            )
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{size:,} tasks, {len(made):,} plans: {time.perf_counter() - start:,.0f} s with {jobs} processes, "
        f"{ended.ru_utime + ended.ru_stime:,.0f} CPU s and at most {ended.ru_maxrss / 1024:,.0f} MB in one of them"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tasks", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--whole", action="store_true", help="compare all pairs, not a sample")
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    if given.whole:
        for tasks in given.tasks:
            whole(tasks, given.jobs)
    else:
        main(given.tasks)
