"""Which plans are compared: those related by citations, region, period or domain, and those that share passages."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.policies.fields import bigrams, field, same_field
from kg.align.read import ComparedPlan
from kg.align.sketch import sharing, sketch
from ontology.model.derived import PlanOrder, PlanRelation
from ontology.model.facts import LEVELS

MAX_PEERS = 30  # plans of the same field that a plan is compared with, beside those of its own region and above
MAX_FIELD_PLANS = 120  # of a field of more plans, those alone are candidates that share passages
MAX_YEARS_APART = 4  # between the first years of the periods of two plans of one time
# Of several relations of two plans the first of these is named.
RELATION_ORDER: tuple[PlanRelation, ...] = (
    *("basis", "implements", "issued", "mentions"),
    *("period", "region", "domain", "text"),
)


@dataclass(frozen=True, slots=True)
class Related:
    """Two plans to compare: `upper` is the one that the other rests on, else the earlier, or of one time that of the
    region above (`_ordered`), and `order` says which of these holds; `relation` says how they are related, by the first
    of RELATION_ORDER that holds: basis, implements, issued, mentions (citations), period, region, domain, text. Where
    `order` is None, `upper` is merely the first of the two: what one has and the other has not says nothing of
    either."""

    upper: ComparedPlan
    lower: ComparedPlan
    relation: PlanRelation
    order: PlanOrder | None


@dataclass(frozen=True, slots=True)
class PlanPairs:
    """The pairs of plans to compare. `left_out` is the number of other plans of a plan's field and time that were not
    chosen as its peers (`_Field.nearest`), added up over all plans; some of these may be compared with the plan for
    another reason."""

    pairs: tuple[Related, ...]
    left_out: int


def related(plans: Sequence[ComparedPlan], peers: int = MAX_PEERS) -> PlanPairs:
    """The pairs of plans to compare, each once, sorted by the IRIs of the lower and the upper document; two files of
    the same plan (policy) are no pair.

    A plan is compared with these plans, with the relation in brackets: those that it cites (basis … mentions); those of
    its field in its region (period); those of its field in the regions above it (region); the outline plan of its
    region (region); the `peers` of its field that share most passages with it, in a small field also some that share
    none (domain, `_Field.nearest`); the `peers` of all plans that share most passages with it (text). Plans of its
    field above its region, outline plans and peers of its field must be of the same time (`_in_time`).
    """
    by_document = {plan.document: plan for plan in plans}
    relations: dict[tuple[str, str], PlanRelation] = {}

    def note(one: ComparedPlan, other: ComparedPlan, relation: PlanRelation) -> None:
        if one.policy == other.policy:
            return
        key = min(one.document, other.document), max(one.document, other.document)
        relations[key] = min(relation, relations.get(key, relation), key=RELATION_ORDER.index)

    rests: set[tuple[str, str]] = set()  # a plan and the one that it is based on or carries out
    for one, other, relation in _cited(plans):
        note(one, other, relation)
        if relation in ("basis", "implements"):
            rests.add((one.document, other.document))
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
    for one, other in _with_outlines(plans):
        note(one, other, "region")
    pairs = [_ordered(by_document[a], by_document[b], relation, rests) for (a, b), relation in relations.items()]
    pairs.sort(key=lambda pair: (pair.lower.document, pair.upper.document))
    return PlanPairs(tuple(pairs), left_out)


def _cited(plans: Sequence[ComparedPlan]) -> Iterator[tuple[ComparedPlan, ComparedPlan, PlanRelation]]:
    """(plan, other plan, relation) for each policy that one of `plans` cites (`ComparedPlan.cited`, with the relation)
    and each of `plans` that is a text of it, also the plan itself where it cites its own policy."""
    by_policy: dict[str, list[ComparedPlan]] = defaultdict(list)
    for plan in plans:
        by_policy[plan.policy].append(plan)
    for plan in plans:
        for policy, relation in plan.cited.items():
            for other in by_policy.get(policy, ()):
                yield plan, other, relation  # type: ignore[misc]


class _Field:
    """The plans of one field (医疗保障), indexed by region and by the first year of the period, so that the related
    plans of a plan are found without comparing it with all."""

    def __init__(self, plans: Sequence[ComparedPlan]) -> None:
        self.plans = {plan.document: plan for plan in plans}
        self._by_region: dict[str, list[ComparedPlan]] = defaultdict(list)
        for plan in plans:
            if plan.within:
                self._by_region[plan.within[0]].append(plan)
        self._starts = Counter(plan.period_start for plan in plans)

    @classmethod
    def of_each(cls, plans: Sequence[ComparedPlan]) -> Mapping[str, "_Field"]:
        """The plans of the field of each plan, by the plan's document (IRI): all plans whose `field_of` equals that of
        the plan, or is the same field by `extractors.policies.fields.same_field`. Plans with equal `field_of` share one
        `_Field`."""
        by_field: dict[str, list[ComparedPlan]] = defaultdict(list)
        for plan in plans:
            by_field[field_of(plan)].append(plan)
        by_bigram: dict[str, list[str]] = defaultdict(list)
        for name in by_field:
            for bigram in bigrams(name):
                by_bigram[bigram].append(name)
        fields: dict[str, _Field] = {}
        for name, members in by_field.items():
            near = {other for bigram in bigrams(name) for other in by_bigram[bigram] if same_field(name, other)}
            group = cls([plan for other in sorted(near | {name}) for plan in by_field[other]])
            fields.update({plan.document: group for plan in members})
        return fields

    def of_region(self, plan: ComparedPlan) -> Iterator[tuple[ComparedPlan, PlanRelation]]:
        """The other plans of the field in the plan's own region, with the relation `period`, and those in the regions
        above it that are of the same time (`_in_time`), with the relation `region`; none for a plan without region."""
        for number, region in enumerate(plan.within):
            for other in self._by_region[region]:
                if other.document == plan.document:
                    continue
                if number == 0:
                    yield other, "period"
                elif _in_time(plan, other):
                    yield other, "region"

    def nearest(self, plan: ComparedPlan, counts: Mapping[str, int], peers: int) -> tuple[list[ComparedPlan], int]:
        """At most `peers` other plans of the field and the same time (`_in_time`), those that share most passages with
        the plan first (of equal ones by IRI); and how many other plans of the field and time are left out. `counts` has
        the number of shared passages by document, without the plan's own, and answers 0 for any other, as a Counter
        does. In a field of more than MAX_FIELD_PLANS (120) plans only those that share passages are returned, so that
        the cost does not grow with the possible pairs."""
        if len(self.plans) <= MAX_FIELD_PLANS:
            others = [other for other in self.plans.values() if other.document != plan.document]
        else:
            others = [self.plans[document] for document in counts if document in self.plans]
        near = [other for other in others if _in_time(plan, other)]
        near.sort(key=lambda other: (-counts[other.document], other.document))
        return near[:peers], max(0, self._at_the_time_of(plan) - 1 - len(near[:peers]))

    def _at_the_time_of(self, plan: ComparedPlan) -> int:
        """How many plans of the field are of the time of this one (`_in_time`), itself included; those without a period
        are of every time."""
        if plan.period_start is None:
            return len(self.plans)
        years = range(plan.period_start - MAX_YEARS_APART, plan.period_start + MAX_YEARS_APART + 1)
        return self._starts[None] + sum(self._starts[year] for year in years)


def field_of(plan: ComparedPlan) -> str:
    """The field of a plan, which is what is left of its title without its region, years and general words (医疗保障;
    `extractors.policies.fields.field`); '' where nothing is left, as of an outline plan."""
    return field(plan.title, [plan.region] if plan.region else [])


def _with_outlines(plans: Sequence[ComparedPlan]) -> Iterator[tuple[ComparedPlan, ComparedPlan]]:
    """(plan, outline plan) for each plan that is no outline plan and each outline plan of the same region and time, in
    the order of `plans`. An outline plan is one without a field (`field_of`); the region is the plan's own (the first
    of `within`), and the time is that of `_in_time`. Plans without a region are in no pair."""
    outlines: dict[str, list[ComparedPlan]] = defaultdict(list)
    for plan in plans:
        if plan.within and not field_of(plan):
            outlines[plan.within[0]].append(plan)
    for plan in plans:
        if plan.within and field_of(plan):
            for outline in outlines[plan.within[0]]:
                if _in_time(plan, outline):
                    yield plan, outline


def _in_time(one: ComparedPlan, other: ComparedPlan) -> bool:
    """Whether the periods of two plans start at most MAX_YEARS_APART (4) years apart; True where one is not known."""
    years = (one.period_start, other.period_start)
    return None in years or abs(years[0] - years[1]) <= MAX_YEARS_APART  # type: ignore[operator]


def _ordered(
    one: ComparedPlan, other: ComparedPlan, relation: PlanRelation, rests: Container[tuple[str, str]]
) -> Related:
    """Two plans with this relation as upper and lower. The upper is the one that the other rests on, where only one
    does so (`rests` has the documents of a plan and of one that it rests on; `order` is "cited"); else the one whose
    period starts first, or, where a period is not known, that was issued first ("earlier"): a plan cannot take up what
    is later. Else it is the plan of a region above that of the other, or the outline plan of its region where both
    periods are known ("above"); else the one that was issued first ("earlier"); else the first by `_rank` (None).
    `order` is None too where the relation is of _NO_ORDER: nobody expects one of these plans to take up the other."""
    upper, order = _upper(one, other, rests)
    return Related(upper, other if upper is one else one, relation, None if relation in _NO_ORDER else order)


def _upper(
    one: ComparedPlan, other: ComparedPlan, rests: Container[tuple[str, str]]
) -> tuple[ComparedPlan, PlanOrder | None]:
    """The upper of two plans and why it is that, by the rules of `_ordered`; the relation is not asked."""
    if (up := (one.document, other.document) in rests) != ((other.document, one.document) in rests):
        return other if up else one, "cited"
    starts, days = (one.period_start, other.period_start), (one.issued, other.issued)
    times: tuple[int | str | None, ...] = days if None in starts else starts
    if (first := _earlier(one, other, times)) is not None:
        return first, "earlier"
    above = [plan for plan, lower in ((one, other), (other, one)) if _is_above(plan, lower)]
    if len(above) == 1:
        return above[0], "above"
    if (first := _earlier(one, other, days)) is not None:
        return first, "earlier"
    return min(one, other, key=_rank), None


# Two plans of one field or with passages in common, of unrelated regions or different times.
_NO_ORDER: frozenset[PlanRelation] = frozenset({"domain", "text"})


def _earlier(one: ComparedPlan, other: ComparedPlan, times: tuple[int | str | None, ...]) -> ComparedPlan | None:
    """That of two plans whose time is the first of their `times`, years or days; None where one is not known, or both
    are the same."""
    if None in times or times[0] == times[1]:
        return None
    return one if times[0] < times[1] else other  # type: ignore[operator]


def _is_above(plan: ComparedPlan, lower: ComparedPlan) -> bool:
    """Whether the plan is of a region above that of `lower`; or is the outline plan (`field_of` is '') of its region
    and `lower` is none, with the periods of both known."""
    if not plan.within or not lower.within:
        return False
    if plan.within[0] != lower.within[0]:
        return plan.within[0] in lower.within
    return None not in (plan.period_start, lower.period_start) and not field_of(plan) and bool(field_of(lower))


def _rank(plan: ComparedPlan) -> tuple[int, int, str, str, str]:
    """A key that sorts plans by level, the highest first, then by the first year of the period, the day of issue, the
    file's name and the document's IRI; a level, year or day that is not known comes last."""
    levels: tuple[str, ...] = LEVELS
    level = levels.index(plan.level) if plan.level in levels else len(levels)
    return level, plan.period_start or 9999, plan.issued or "9999", plan.file, plan.document
