"""Brings the derived graphs of alignments up to date with a store: only what is new or changed is compared."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from multiprocessing import get_context

from kg.align.judge import ALIGNMENT_METHOD, Pair, pairs
from kg.align.measures import ComparedText, Prepared
from kg.align.read import ComparedPlan, PlanPassage, read
from kg.align.related import MAX_PEERS, Related, related
from kg.align.sketch import reused
from ontology.derived import comparison_quads
from ontology.iris import Iris, short
from ontology.model.derived import Alignment, Comparison, Side
from ontology.model.store import Store
from queries.presets import preset

CACHED_PLANS = 400  # plans whose n-grams are kept in memory; a plan's comparisons stand together
ALIGNMENT_PREFIX = "alignment/"
MIN_PARALLEL_PAIRS = 200  # pairs of plans
PLANS_PER_PROCESS = 16  # lower plans that each process is given ahead

Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class AlignmentReport:
    """What an update did: how many pairs of plans it `compared` and left `unchanged`, how many derived graphs it
    `dropped` because their plan is gone or no longer compared, how many comparisons of plans of one domain were
    `left_out`, and the number of new alignments by kind (copied, adapted, related)."""

    compared: int = 0
    unchanged: int = 0
    dropped: int = 0
    left_out: int = 0
    kinds: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def align(
    store: Store,
    *,
    base: str = Iris().base,
    peers: int = MAX_PEERS,
    jobs: int = 1,
    progress: Progress = lambda done, total, name: None,
) -> AlignmentReport:
    """Compares the related plans that are not compared yet, and replaces the derived graph of each lower plan
    completely; returns what was done. With nothing changed it only reads.

    `base` is the IRI below which new IRIs are made, `peers` the most plans of its own field that a plan is compared
    with, `jobs` the number of processes. `progress` is called with (pairs compared, pairs to compare, file name of the
    lower plan).
    """
    versions: dict[str, str] = {}  # a document's IRI stays when its file changes: what it says is known by the bytes
    for record in store.records():
        if record.document:
            versions[record.document] = f"{record.document} {record.sha256} {record.generator}"
    twice = {str(row[0]) for row in preset("duplicates").run(store).of(["plan_id"]).rows}
    documents = sorted(document for document in versions if document not in twice)
    selection = related([read(store, document) for document in documents], peers)
    report = AlignmentReport(left_out=selection.left_out)
    known = store.derived()
    by_lower: dict[str, list[Related]] = defaultdict(list)
    for pair in selection.pairs:
        by_lower[pair.lower.document].append(pair)
    names = {_name(document): document for document in by_lower}
    for name in sorted(name for name in known if name.startswith(ALIGNMENT_PREFIX) and name not in names):
        store.load_derived(name, None, [])
        report.dropped += 1
    ordered = sorted(names, key=lambda name: by_lower[names[name]][0].lower.file)
    marks = {name: _fingerprint(by_lower[names[name]], versions) for name in ordered}
    stale = [name for name in ordered if known.get(name) != marks[name]]
    report.unchanged = sum(len(by_lower[names[name]]) for name in ordered if known.get(name) == marks[name])
    done, total = 0, sum(len(by_lower[names[name]]) for name in stale)
    for name, found in zip(stale, compared([by_lower[names[name]] for name in stale], total, jobs), strict=True):
        graph = Iris(base).derived(name)
        quads = [quad for comparison in found for quad in comparison_quads(comparison, graph)]
        store.load_derived(name, marks[name], quads)
        for comparison in found:
            for alignment in comparison.alignments:
                report.kinds[alignment.kind] += 1
        done += len(found)
        progress(done, total, by_lower[names[name]][0].lower.file)
    report.compared = total
    return report


def compared(todo: Sequence[list[Related]], total: int, jobs: int) -> Iterator[list[Comparison]]:
    """The comparisons of each lower plan, in the order of `todo`, which has the pairs of one lower plan together. They
    are made in `jobs` processes where the `total` number of pairs is large enough for that to be faster. What waits is
    bounded, so that memory does not grow with the pairs."""
    if jobs == 1 or total < MIN_PARALLEL_PAIRS:
        yield from map(_compare_all, todo)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        size = PLANS_PER_PROCESS * jobs  # not all at once: what waits holds its texts in memory
        for start in range(0, len(todo), size):
            yield from pool.map(_compare_all, todo[start : start + size])


def _compare_all(todo: Sequence[Related]) -> list[Comparison]:
    return [compare(pair) for pair in todo]


def compare(pair: Related) -> Comparison:
    """The comparison of two plans: their tasks with each other, then the tasks with the other plan's passages that are
    no tasks."""
    upper, lower = pair.upper, pair.lower
    found = pairs(_prepared(upper.tasks), _prepared(lower.tasks))
    alignments = [_alignment(upper.tasks, lower.tasks, one) for one in found]
    taken = {one.one for one in found if one.kind != "related"}
    taking = {one.other for one in found if one.kind != "related"}
    alignments += [
        _alignment(upper.tasks, lower.others, one)
        for one in _elsewhere(upper.tasks, lower.others)
        if one.one not in taken
    ]
    alignments += [
        _alignment(upper.others, lower.tasks, Pair(one.other, one.one, one.kind, one.score, one.shared))
        for one in _elsewhere(lower.tasks, upper.others)
        if one.one not in taking
    ]
    shares = reused(_text(upper), _text(lower))
    return Comparison(
        upper.document,
        lower.document,
        upper.sha256,
        lower.sha256,
        pair.relation,
        ALIGNMENT_METHOD,
        Decimal(str(shares[0])),
        Decimal(str(shares[1])),
        _looked_at(lower),
        _looked_at(upper),
        tuple(alignments),
    )


def _elsewhere(tasks: Sequence[PlanPassage], others: Sequence[PlanPassage]) -> list[Pair]:
    """For each task that has the same policy measure as one of the `others`, which are passages of the other plan but
    no tasks: the pair (index in `tasks`, index in `others`) of the highest score."""
    best: dict[int, Pair] = {}
    for pair in pairs(_prepared(tuple(tasks)), _prepared(tuple(others))):
        if pair.kind != "related":
            best.setdefault(pair.one, pair)
    return list(best.values())


def _alignment(upper: Sequence[PlanPassage], lower: Sequence[PlanPassage], pair: Pair) -> Alignment:
    """The alignment of a pair, whose numbers are indices in `upper` and `lower`."""
    return Alignment(
        _side(upper[pair.one]),
        _side(lower[pair.other]),
        pair.kind,
        Decimal(str(pair.score)),
        Decimal(str(pair.shared)),
    )


def _side(unit: PlanPassage) -> Side:
    """A passage as an end of an alignment: a task by its IRI, any other passage by its words and place."""
    if unit.iri:
        return Side(unit.iri)
    return Side(None, unit.part, unit.label, unit.text, unit.start, unit.end, unit.page)


@lru_cache(maxsize=2 * CACHED_PLANS)
def _prepared(units: tuple[PlanPassage, ...]) -> Prepared:
    """The passages, prepared for comparison; the results of the last calls are kept."""
    return Prepared.of([ComparedText(unit.label, unit.above, unit.text) for unit in units])


def _text(plan: ComparedPlan) -> str:
    """The text of all tasks of a plan, which is compared for passages taken over."""
    return "。".join(task.text for task in plan.tasks)


_OTHER_PARTS = ("goal", "indicator", "box")


def _looked_at(plan: ComparedPlan) -> str:
    """What was compared of a plan, in words: '62 tasks, 14 goals, 20 indicators, 3 boxes'."""
    counts = [(len(plan.tasks), "task")]
    counts += [(sum(unit.part == part for unit in plan.others), part) for part in _OTHER_PARTS]
    return ", ".join(f"{count} {part}{_plural(part, count)}" for count, part in counts)


def _plural(word: str, count: int) -> str:
    return "" if count == 1 else "es" if word.endswith("x") else "s"


def _name(document: str) -> str:
    """The name of the derived graph that has the comparisons of a lower plan (IRI of its document)."""
    return ALIGNMENT_PREFIX + short(document)


def _fingerprint(todo: Iterable[Related], versions: Mapping[str, str]) -> str:
    """A digest that changes whenever the comparison of these pairs may give another result: of ALIGNMENT_METHOD, the
    relations, and the `versions` of both documents by IRI."""
    said = [f"{versions[pair.upper.document]} {versions[pair.lower.document]} {pair.relation}" for pair in todo]
    return sha256("\n".join([ALIGNMENT_METHOD, *sorted(said)]).encode()).hexdigest()[:16]
