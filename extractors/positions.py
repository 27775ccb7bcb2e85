"""Gives the facts that the components found their positions, drops those that were found twice, and refuses those that
cannot be told apart."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import NamedTuple

from ontology.identity import Clash, identities, kind_of
from ontology.model.errors import Refused
from ontology.model.facts import Fact, Plan
from ontology.schema import Property, schema


class FoundFact(NamedTuple):
    """A fact and the name of the component that appended it."""

    component: str
    fact: Fact


def settled(name: str, found: Sequence[FoundFact]) -> list[Fact]:
    """The facts with their positions, numbered in reading order within their kind (by start and end of the evidence, of
    several with the same in the order in which they were found). The `Plan` comes first, without a new position, the
    others in the order in which they were found. `name` is the file's, for messages; `found` are the facts as the
    components appended them.

    A fact that refers to another (a target to its task) by the number that a component gave it refers to its new
    position. Of facts that are equal in all but position and component only the first is kept, except of a kind to
    which others refer. Raises Refused, with the name of the component, where a fact refers to one that is not there,
    where two facts of a kind to which others refer have one number, also from two components (the name is that of the
    second), and where nothing tells two facts apart; and TypeError for a kind that the ontology does not declare.
    """
    referred = _referred()
    facts = _once([each for each in found if not isinstance(each.fact, Plan)], referred)
    known: dict[str, dict[int, int]] = {}  # by the IRI of a kind: component's number -> position
    positions: dict[int, int] = {}  # by the index in `facts`
    for iri, members in _by_kind(facts).items():
        members.sort(key=lambda at: (facts[at].fact.evidence.start, facts[at].fact.evidence.end))
        positions |= {at: position for position, at in enumerate(members)}
        if iri in referred:
            known[iri] = {}
            for at in members:
                number = facts[at].fact.position
                if number in known[iri]:
                    kind = type(facts[at].fact).__name__
                    raise Refused(f"{name}: component {facts[at].component} gives a second {kind} the number {number}")
                known[iri][number] = positions[at]
    links = {type(each.fact): _references(each.fact) for each in {type(each.fact): each for each in facts}.values()}
    placed = [_placed(name, each, positions[at], known, links[type(each.fact)]) for at, each in enumerate(facts)]
    try:
        identities(placed)
    except Clash as clash:
        first, second = facts[clash.first], facts[clash.second]
        raise Refused(
            f"{name}: component {second.component} finds a {type(second.fact).__name__} that nothing tells apart from "
            f"one of component {first.component}: {second.fact.evidence.quote[:40]!r}"
        ) from None
    plans = [each.fact for each in found if isinstance(each.fact, Plan)]
    return [*plans, *placed]


def _once(facts: Sequence[FoundFact], referred: set[str]) -> list[FoundFact]:
    """The facts, each only once where several of the list are equal in all but position and component. Facts of a kind
    to which others refer are all kept, because the others name them by their number; `referred` are the IRIs of these
    kinds."""
    seen: dict[tuple[type[Fact], int, int], list[Fact]] = defaultdict(list)
    kept = []
    for each in facts:
        fact = each.fact
        same_place = seen[type(fact), fact.evidence.start, fact.evidence.end]
        if not any(_equal(fact, other) for other in same_place) or kind_of(fact).iri.value in referred:
            kept.append(each)
        same_place.append(fact)
    return kept


def _equal(one: Fact, other: Fact) -> bool:
    """Whether two facts of one kind have the same values in all fields but `position`. The last fields are compared
    first, because facts that share a place differ in these."""
    names = (field.name for field in reversed(fields(one)) if field.name != "position")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _by_kind(facts: Sequence[FoundFact]) -> dict[str, list[int]]:
    """The indexes in `facts` of the facts of each kind, by the IRI of the kind."""
    kinds: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(facts):
        kinds[kind_of(each.fact).iri.value].append(at)
    return kinds


def _references(fact: Fact) -> list[Property]:
    """The properties of this kind of fact whose values are positions of other facts of the plan, such as the task of a
    target."""
    facts = {kind.iri.value for kind in schema().kinds}
    return [
        found for found in kind_of(fact).properties.values() if found.target in facts and hasattr(fact, found.field)
    ]


def _referred() -> set[str]:
    """The IRIs of the kinds of fact to which properties of facts refer."""
    facts = {kind.iri.value for kind in schema().kinds}
    return {found.target for kind in schema().kinds for found in kind.properties.values() if found.target in facts}


def _placed(
    name: str, each: FoundFact, position: int, known: dict[str, dict[int, int]], links: Sequence[Property]
) -> Fact:
    """The fact with its position, and with the positions of the facts to which its properties `links` refer. `known`
    has by the IRI of a kind a dict from the number that a component gave a fact of the kind to the fact's position.
    Raises Refused for a number that no fact has; `name` is the file's, for the message."""
    changes: dict[str, int] = {"position": position}
    for found in links:
        number = getattr(each.fact, found.field)
        if number is None:
            continue
        if number not in known.get(found.target or "", {}):
            raise Refused(
                f"{name}: component {each.component} refers to {found.field} {number} of a plan, which there is none of"
            )
        changes[found.field] = known[found.target or ""][number]
    if all(getattr(each.fact, name) == value for name, value in changes.items()):
        return each.fact
    return replace(each.fact, **changes)  # type: ignore[arg-type]
