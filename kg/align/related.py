"""Which plans are compared: those related by citations, region, period or domain, and those that share passages."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.policies.fields import bigrams, field, same_field
from kg.align.read import LEVELS, ComparedPlan
from kg.align.sketch import sharing, sketch
from ontology.model.derived import PlanRelation

MAX_PEERS = 30  # plans of the same domain that a plan is compared with, beside those of its own region and above
MAX_FIELD_PLANS = 120  # plans of a field: a larger one is searched by shared passages alone
MAX_YEARS_APART = 4  # most years between the starts of two plans that may be upper and lower, or peers: of one period
# The order in which relations are named: the first that holds.
RELATION_ORDER: tuple[PlanRelation, ...] = (
    *("basis", "implements", "issued", "mentions"),
    *("period", "region", "domain", "text"),
)


@dataclass(frozen=True, slots=True)
class Related:
    """Two plans to compare: `upper` is of the higher level, or of two of one level the earlier; `relation` says how
    they are related, by the first of RELATION_ORDER that holds."""

    upper: ComparedPlan
    lower: ComparedPlan
    relation: PlanRelation


@dataclass(frozen=True, slots=True)
class PlanPairs:
    """The pairs of plans to compare, and how many comparisons of plans of one domain were left out because a plan has
    more than `peers` such plans."""

    pairs: tuple[Related, ...]
    left_out: int


def related(plans: Sequence[ComparedPlan], peers: int = MAX_PEERS) -> PlanPairs:
    """The pairs of plans to compare, each once and in a fixed order; two files of the same plan are no pair.

    Of the plans of its domain and time each plan is compared with the `peers` that share most passages with it, and of
    all plans with the `peers` that share most.
    """
    by_document = {plan.document: plan for plan in plans}
    relations: dict[tuple[str, str], PlanRelation] = {}

    def note(one: ComparedPlan, other: ComparedPlan, relation: PlanRelation) -> None:
        if one.policy == other.policy:
            return
        key = min(one.document, other.document), max(one.document, other.document)
        relations[key] = min(relation, relations.get(key, relation), key=RELATION_ORDER.index)

    for one, other, relation in _cited(plans):
        note(one, other, relation)
    shares = sharing({plan.document: sketch("。".join(task.text for task in plan.tasks)) for plan in plans})
    left_out = 0
    fields = _Field.of_each(plans)
    for plan in plans:
        group, counts = fields[plan.document], shares[plan.document]
        for other, relation in group.of_region(plan):
            note(plan, other, relation)
        near, more = group.nearest(plan, counts, peers)
        left_out += more
        for other in near:
            note(plan, other, "domain")
        for document, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:peers]:
            note(plan, by_document[document], "text")
    for one, other in _general(plans):
        note(one, other, "region")
    pairs = [Related(*_ordered(by_document[a], by_document[b]), relation) for (a, b), relation in relations.items()]
    pairs.sort(key=lambda pair: (pair.lower.document, pair.upper.document))
    return PlanPairs(tuple(pairs), left_out)


def _cited(plans: Sequence[ComparedPlan]) -> Iterator[tuple[ComparedPlan, ComparedPlan, PlanRelation]]:
    """(plan, other plan, relation) for each plan that cites the policy that another one is."""
    holding: dict[str, list[ComparedPlan]] = defaultdict(list)
    for plan in plans:
        holding[plan.policy].append(plan)
    for plan in plans:
        for policy, relation in plan.cited.items():
            for other in holding.get(policy, ()):
                yield plan, other, relation  # type: ignore[misc]


class _Field:
    """The plans of one field (医疗保障), indexed by region and period, so that the related plans of one are found
    without comparing it with all.

    Two titles are of one field that share half of their pairs of letters.
    """

    def __init__(self, plans: Sequence[ComparedPlan]) -> None:
        self.plans = {plan.document: plan for plan in plans}
        self._by_region: dict[str, list[ComparedPlan]] = defaultdict(list)
        for plan in plans:
            if plan.within:
                self._by_region[plan.within[0]].append(plan)
        self._starts = Counter(plan.period_start for plan in plans)

    @classmethod
    def of_each(cls, plans: Sequence[ComparedPlan]) -> Mapping[str, "_Field"]:
        """The field of each plan by its document (IRI). Plans whose titles have the same domain (`core_of`) share
        one."""
        cores: dict[str, list[ComparedPlan]] = defaultdict(list)
        for plan in plans:
            cores[core_of(plan)].append(plan)
        holding: dict[str, list[str]] = defaultdict(list)
        for core in cores:
            for bigram in bigrams(core):
                holding[bigram].append(core)
        found: dict[str, _Field] = {}
        for core, own in cores.items():
            near = {other for bigram in bigrams(core) for other in holding[bigram] if same_field(core, other)}
            group = cls([plan for other in sorted(near | {core}) for plan in cores[other]])
            found.update({plan.document: group for plan in own})
        return found

    def of_region(self, plan: ComparedPlan) -> Iterator[tuple[ComparedPlan, PlanRelation]]:
        """The other plans of a plan's own region, with the relation `period`, and those of the regions above it that
        are of the same time (`_in_time`), with the relation `region`."""
        for number, region in enumerate(plan.within):
            for other in self._by_region[region]:
                if other.document == plan.document:
                    continue
                if number == 0:
                    yield other, "period"
                elif _in_time(plan, other):
                    yield other, "region"

    def nearest(self, plan: ComparedPlan, counts: Mapping[str, int], peers: int) -> tuple[list[ComparedPlan], int]:
        """At most `peers` plans of the same time, those that share most passages with the plan first, and how many
        plans of that time are left out. `counts` has the number of shared passages by document.

        Of a field of more than MAX_FIELD_PLANS plans those alone are candidates that share passages, so that the cost
        does not grow with the pairs that are possible."""
        if len(self.plans) <= MAX_FIELD_PLANS:
            others = [other for other in self.plans.values() if other.document != plan.document]
        else:
            others = [self.plans[document] for document in counts if document in self.plans]
        near = [other for other in others if _in_time(plan, other)]
        near.sort(key=lambda other: (-counts[other.document], other.document))
        return near[:peers], max(0, self._at_the_time_of(plan) - 1 - len(near[:peers]))

    def _at_the_time_of(self, plan: ComparedPlan) -> int:
        """How many plans of the field are of the time of this one (`_in_time`), itself included."""
        if plan.period_start is None:
            return len(self.plans)
        years = range(plan.period_start - MAX_YEARS_APART, plan.period_start + MAX_YEARS_APART + 1)
        return self._starts[None] + sum(self._starts[year] for year in years)


def core_of(plan: ComparedPlan) -> str:
    """The domain of a plan by its title (医疗保障); '' for an outline plan of the whole economy and society."""
    return field(plan.title, [plan.region] if plan.region else [])


def _general(plans: Sequence[ComparedPlan]) -> Iterator[tuple[ComparedPlan, ComparedPlan]]:
    """(plan of one field, outline plan of the same region and time) for each such pair."""
    outlines: dict[str, list[ComparedPlan]] = defaultdict(list)
    for plan in plans:
        if plan.within and not core_of(plan):
            outlines[plan.within[0]].append(plan)
    for plan in plans:
        if plan.within and core_of(plan):
            for outline in outlines[plan.within[0]]:
                if _in_time(plan, outline):
                    yield plan, outline


def _in_time(one: ComparedPlan, other: ComparedPlan) -> bool:
    """Whether the periods of two plans start at most MAX_YEARS_APART (4) years apart; true where one is not known."""
    years = (one.period_start, other.period_start)
    return None in years or abs(years[0] - years[1]) <= MAX_YEARS_APART  # type: ignore[operator]


def _ordered(one: ComparedPlan, other: ComparedPlan) -> tuple[ComparedPlan, ComparedPlan]:
    """The upper and the lower of two plans: by level, then by the start of the period, the day of issue and the file's
    name."""

    def rank(plan: ComparedPlan) -> tuple[int, int, str, str, str]:
        level = LEVELS.index(plan.level) if plan.level in LEVELS else len(LEVELS)
        return level, plan.period_start or 9999, plan.issued or "9999", plan.file, plan.document

    return (one, other) if rank(one) <= rank(other) else (other, one)
