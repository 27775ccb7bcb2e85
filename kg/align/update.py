"""Brings the derived graphs of alignments up to date with a store: only what is new or changed is compared."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from multiprocessing import get_context

from kg.align.judge import ALIGNMENT_METHOD, Pair, pairs
from kg.align.measures import ComparedText, Prepared
from kg.align.outside import counterparts_outside
from kg.align.read import ComparedPlan, PlanPassage, read
from kg.align.related import MAX_PEERS, Related, related
from kg.align.sketch import reused
from ontology.derived import comparison_quads
from ontology.iris import Iris, last_segment
from ontology.model.derived import Alignment, Comparison, Side
from ontology.model.store import Store
from queries.presets import preset

CACHED_PLANS = 400  # plans whose n-grams are kept in memory; the comparisons of one plan follow one another
ALIGNMENT_PREFIX = "alignment/"  # of the names of derived graphs
MIN_PARALLEL_PAIRS = 200  # fewer pairs of plans are compared by one process
PLANS_PER_PROCESS = 16  # lower plans whose comparisons are handed out at once for each process

Progress = Callable[[int, int, str], None]  # pairs compared, pairs to compare, file name of the lower plan


@dataclass(slots=True)
class AlignmentReport:
    """What an update did: how many pairs of plans it `compared` and how many it left `unchanged`, how many derived
    graphs it `dropped` because their plan is gone or no longer the lower one of a pair, how many plans were `left_out`
    as peers of another plan of their field and time (`PlanPairs.left_out`), under `kinds` the number of alignments of
    two tasks in the new comparisons by kind (copied, adapted, related), and how many tasks have a counterpart `outside`
    of tasks."""

    compared: int = 0
    unchanged: int = 0
    dropped: int = 0
    left_out: int = 0
    kinds: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    outside: int = 0


def align(
    store: Store,
    *,
    base: str = Iris().base,
    peers: int = MAX_PEERS,
    jobs: int = 1,
    progress: Progress = lambda done, total, name: None,
) -> AlignmentReport:
    """Brings the alignments of the store up to date. There is a derived graph for each plan that is the lower one of a
    pair (`related`), with the comparisons of all these pairs. It is replaced where the pairs, their relations, the
    records of their plans or ALIGNMENT_METHOD changed, and deleted where the plan has no pair any more. Files that a
    build found to repeat another file of the same plan (preset `duplicates`) are not compared. With nothing changed the
    store is only read.

    `base` is the IRI below which new IRIs are made, `peers` the most plans of its own field that a plan is compared
    with (see `related`), `jobs` the number of processes that compare (see `compared`). `progress` is called after each
    graph that is written, with the number of pairs compared so far, that of all pairs to compare, and the name of the
    lower plan's file.
    """
    versions = _versions(store)
    duplicates = {str(row[0]) for row in preset("duplicates").run(store).of(["plan_id"]).rows}
    selection = related([read(store, document) for document in sorted(versions.keys() - duplicates)], peers)
    pairs_by_graph: dict[str, list[Related]] = defaultdict(list)
    for pair in selection.pairs:
        pairs_by_graph[_graph_name(pair.lower.document)].append(pair)
    loaded = store.derived()
    dropped = [name for name in sorted(loaded.keys() - pairs_by_graph.keys()) if name.startswith(ALIGNMENT_PREFIX)]
    for name in dropped:
        store.load_derived(name, None, [])
    report = AlignmentReport(dropped=len(dropped), left_out=selection.left_out)
    fingerprints = {name: _fingerprint(group, versions) for name, group in pairs_by_graph.items()}
    stale = [name for name, fingerprint in fingerprints.items() if loaded.get(name) != fingerprint]
    stale.sort(key=lambda name: pairs_by_graph[name][0].lower.file)
    total = sum(len(pairs_by_graph[name]) for name in stale)
    report.unchanged = len(selection.pairs) - total
    for name, comparisons in zip(stale, compared([pairs_by_graph[name] for name in stale], total, jobs), strict=True):
        graph = Iris(base).derived(name)
        quads = [quad for comparison in comparisons for quad in comparison_quads(comparison, graph)]
        store.load_derived(name, fingerprints[name], quads)
        for comparison in comparisons:
            for alignment in comparison.alignments:
                if alignment.upper.task and alignment.lower.task:
                    report.kinds[alignment.kind] += 1
                else:
                    report.outside += 1
        report.compared += len(comparisons)
        progress(report.compared, total, pairs_by_graph[name][0].lower.file)
    return report


def _versions(store: Store) -> dict[str, str]:
    """For each loaded document (IRI) a text that changes with its graph: the IRI, the digest of the file and the stamp
    that the graph was made with, with blanks between."""
    return {
        record.document: f"{record.document} {record.sha256} {record.generator}"
        for record in store.records()
        if record.document
    }


def compared(todo: Sequence[list[Related]], total: int, jobs: int) -> Iterator[list[Comparison]]:
    """The comparisons of each group of pairs in `todo`, in order. They are made in this process where `jobs` is 1 or
    the `total` number of pairs below MIN_PARALLEL_PAIRS (200), else in `jobs` others. At most PLANS_PER_PROCESS (16)
    groups for each process are handed out at once, so that memory does not grow with the pairs."""
    if jobs == 1 or total < MIN_PARALLEL_PAIRS:
        yield from map(_compare_all, todo)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        size = PLANS_PER_PROCESS * jobs
        for start in range(0, len(todo), size):
            yield from pool.map(_compare_all, todo[start : start + size])


def _compare_all(todo: Sequence[Related]) -> list[Comparison]:
    return [compare(pair) for pair in todo]


def compare(pair: Related) -> Comparison:
    """The comparison of two plans: its alignments, and which share of the text of each plan's tasks the other plan's
    tasks have (`reused`). The alignments are those of the tasks of both plans (`kg.align.judge.pairs`). Then a task of
    the upper plan, and of the lower one, that is neither copied nor adapted in a task of the other plan has one with
    the passage that takes it up, among the other plan's passages that are no tasks (`counterparts_outside`), if there
    is such a passage."""
    upper, lower = pair.upper, pair.lower
    of_tasks = pairs(_prepared(upper.tasks), _prepared(lower.tasks))
    alignments = [_alignment(upper.tasks, lower.tasks, one) for one in of_tasks]
    upper_matched = {one.one for one in of_tasks if one.kind != "related"}
    lower_matched = {one.other for one in of_tasks if one.kind != "related"}
    for one in _outside(upper.tasks, lower.others):
        if one.one not in upper_matched:
            alignments.append(_alignment(upper.tasks, lower.others, one))
    for one in _outside(lower.tasks, upper.others):
        if one.one not in lower_matched:
            turned = replace(one, one=one.other, other=one.one)
            alignments.append(_alignment(upper.others, lower.tasks, turned))
    shares = reused(_text(upper), _text(lower))
    return Comparison(
        upper.document,
        lower.document,
        upper.sha256,
        lower.sha256,
        pair.relation,
        pair.order,
        ALIGNMENT_METHOD,
        Decimal(str(shares[0])),
        Decimal(str(shares[1])),
        _compared_counts(lower),
        _compared_counts(upper),
        tuple(alignments),
    )


def _outside(tasks: tuple[PlanPassage, ...], others: tuple[PlanPassage, ...]) -> list[Pair]:
    """`counterparts_outside`, with both prepared."""
    return counterparts_outside(_prepared(tasks), others, _prepared(others))


def _alignment(upper: Sequence[PlanPassage], lower: Sequence[PlanPassage], pair: Pair) -> Alignment:
    """The alignment of a pair, whose numbers are indices in `upper` and `lower`."""
    return Alignment(
        _side(upper[pair.one]),
        _side(lower[pair.other]),
        pair.kind,
        Decimal(str(pair.score)),
        Decimal(str(pair.shared)),
    )


def _side(passage: PlanPassage) -> Side:
    """A passage as an end of an alignment: one with an IRI (a task) by that alone, any other passage by its part,
    label, text, offsets and page."""
    if passage.iri:
        return Side(passage.iri)
    return Side(None, passage.part, passage.label, passage.text, passage.start, passage.end, passage.page)


@lru_cache(maxsize=2 * CACHED_PLANS)
def _prepared(passages: tuple[PlanPassage, ...]) -> Prepared:
    """The passages, prepared for comparison by label, heading above and text; the results of the last calls are
    kept."""
    return Prepared.of([ComparedText(passage.label, passage.above, passage.text) for passage in passages])


def _text(plan: ComparedPlan) -> str:
    """The texts of all tasks of a plan with 。 between them, of which the share that the other plan has is computed."""
    return "。".join(task.text for task in plan.tasks)


def _compared_counts(plan: ComparedPlan) -> str:
    """How many passages of each part were compared of a plan: 'tasks 62, goals 0, indicators 20, items of boxes 1'."""
    counts = Counter(passage.part for passage in plan.others)
    return (
        f"tasks {len(plan.tasks)}, goals {counts['goal']}, indicators {counts['indicator']}, "
        f"items of boxes {counts['box']}"
    )


def _graph_name(document: str) -> str:
    """The name of the derived graph with the comparisons of the lower plan that has this document (IRI)."""
    return ALIGNMENT_PREFIX + last_segment(document)


def _fingerprint(todo: Iterable[Related], versions: Mapping[str, str]) -> str:
    """A digest that changes whenever the comparison of these pairs may give another result: of ALIGNMENT_METHOD and,
    for each pair in any order, of its relation, its order and the versions of both plans (`_versions`)."""
    lines = [
        f"{versions[pair.upper.document]} {versions[pair.lower.document]} {pair.relation} {pair.order}" for pair in todo
    ]
    return sha256("\n".join([ALIGNMENT_METHOD, *sorted(lines)]).encode()).hexdigest()[:16]
