"""Which plans are compared: those that lineage, region, period or domain relates, and those that share passages."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.policies.fields import bigrams, field, same_field
from kg.align.read import LEVELS, PlanText
from kg.align.sketch import sharing, sketch
from ontology.model.derived import PlanRelation

PEERS = 30  # plans of the same domain that a plan is compared with, beside those of its own region and above
PERIODS = 4  # most years between the starts of two plans that may be upper and lower, or peers: of one period
# The order in which relations are named: the first that holds.
ORDER: tuple[PlanRelation, ...] = ("basis", "implements", "issued", "mentions", "period", "region", "domain", "text")


@dataclass(frozen=True, slots=True)
class Related:
    """Two plans to compare: `upper` is of the higher level, else the earlier; `relation` how they are related."""

    upper: PlanText
    lower: PlanText
    relation: PlanRelation


@dataclass(frozen=True, slots=True)
class Selection:
    """The pairs of plans to compare, and how many peers were left out because a plan has more than PEERS."""

    pairs: tuple[Related, ...]
    left_out: int


def related(plans: Sequence[PlanText], peers: int = PEERS) -> Selection:
    """Each related pair once, in a fixed order; two files of the same plan are no pair."""
    by_document = {plan.document: plan for plan in plans}
    relations: dict[tuple[str, str], PlanRelation] = {}

    def note(one: PlanText, other: PlanText, relation: PlanRelation) -> None:
        if one.policy == other.policy:
            return
        key = min(one.document, other.document), max(one.document, other.document)
        relations[key] = min(relation, relations.get(key, relation), key=ORDER.index)

    for one, other, relation in _cited(plans):
        note(one, other, relation)
    shares = sharing({plan.document: sketch("。".join(task.text for task in plan.tasks)) for plan in plans})
    same_domain = _same_domain(plans)
    left_out = 0
    for plan in plans:
        others = [by_document[other] for other in same_domain[plan.document]]
        for other in others:
            if plan.within and other.within and plan.within[0] == other.within[0]:
                note(plan, other, "period")
            elif _in_time(plan, other) and plan.within and plan.within[0] in other.within:
                note(plan, other, "region")
        counts = shares[plan.document]
        near = [other for other in others if _in_time(plan, other)]
        near.sort(key=lambda other: (-counts[other.document], other.document))
        left_out += max(0, len(near) - peers)
        for other in near[:peers]:
            note(plan, other, "domain")
        for document, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:peers]:
            note(plan, by_document[document], "text")
    for one, other in _general(plans):
        note(one, other, "region")
    pairs = [Related(*_ordered(by_document[a], by_document[b]), relation) for (a, b), relation in relations.items()]
    pairs.sort(key=lambda pair: (pair.lower.document, pair.upper.document))
    return Selection(tuple(pairs), left_out)


def _cited(plans: Sequence[PlanText]) -> Iterator[tuple[PlanText, PlanText, PlanRelation]]:
    holding: dict[str, list[PlanText]] = defaultdict(list)
    for plan in plans:
        holding[plan.policy].append(plan)
    for plan in plans:
        for policy, relation in plan.cited.items():
            for other in holding.get(policy, ()):
                yield plan, other, relation  # type: ignore[misc]


def _same_domain(plans: Sequence[PlanText]) -> Mapping[str, list[str]]:
    """For each plan the documents of the other plans of its domain, which two titles share half of their bigrams in."""
    cores: dict[str, list[str]] = defaultdict(list)
    for plan in plans:
        cores[core_of(plan)].append(plan.document)
    cited_by: dict[str, list[str]] = defaultdict(list)
    for core in cores:
        for bigram in bigrams(core):
            cited_by[bigram].append(core)
    found: dict[str, list[str]] = {}
    for core, documents in cores.items():
        near = {other for bigram in bigrams(core) for other in cited_by[bigram] if same_field(core, other)}
        near.add(core)
        alike = [document for other in sorted(near) for document in cores[other]]
        found.update({document: [other for other in alike if other != document] for document in documents})
    return found


def core_of(plan: PlanText) -> str:
    """The domain of a plan; '' for an outline plan of the whole economy and society."""
    return field(plan.title, [plan.region] if plan.region else [])


def _general(plans: Sequence[PlanText]) -> Iterator[tuple[PlanText, PlanText]]:
    """A region's outline plan and its plans of one field."""
    outlines: dict[str, list[PlanText]] = defaultdict(list)
    for plan in plans:
        if plan.within and not core_of(plan):
            outlines[plan.within[0]].append(plan)
    for plan in plans:
        if plan.within and core_of(plan):
            for outline in outlines[plan.within[0]]:
                if _in_time(plan, outline):
                    yield plan, outline


def _in_time(one: PlanText, other: PlanText) -> bool:
    years = (one.period_start, other.period_start)
    return None in years or abs(years[0] - years[1]) <= PERIODS  # type: ignore[operator]


def _ordered(one: PlanText, other: PlanText) -> tuple[PlanText, PlanText]:
    """The upper and the lower of two plans: by level, then by time, then by file."""

    def rank(plan: PlanText) -> tuple[int, int, str, str, str]:
        level = LEVELS.index(plan.level) if plan.level in LEVELS else len(LEVELS)
        return level, plan.period_start or 9999, plan.issued or "9999", plan.file, plan.document

    return (one, other) if rank(one) <= rank(other) else (other, one)
