"""Facts as the program read them -> facts with the corrections that people made."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Literal

from extractors.positions import FoundFact, settled
from extractors.reading import Given
from kg.corrections.values import (
    CORRECTABLE_KINDS,
    IDENTITY_FIELDS,
    LINK_FIELDS,
    BadValue,
    new_fact,
    region_named,
    require_complete,
    shown,
    with_field,
)
from ontology.identity import Clash, identities
from ontology.model.corrections import Correction, Outcome, State, relevant
from ontology.model.facts import Evidence, Fact, Plan, PlanField, squeeze
from ontology.model.source import Source

CORRECTIONS_COMPONENT = "corrections"  # what messages call it


def identity_given(
    source: Source, facts: Sequence[Fact], corrections: Sequence[Correction]
) -> tuple[Given, dict[str, State]]:
    """What corrections say of the plan's title and region, and the state of each such correction by its id.

    The two decide which bodies, policies and places the plan's words mean, so the plan is then read again with what is
    given. `facts` are those of the first reading.
    """
    plan = next(fact for fact in facts if isinstance(fact, Plan))
    title, region = plan.title, plan.region
    given = Given()
    states: dict[str, State] = {}
    for said in corrections:
        if said.kind != "Plan" or said.field not in IDENTITY_FIELDS:
            continue
        if not any(said.concerns(source.name, name) for name in (plan.title, title)):
            continue
        meant = region_named(said.value) if said.field == "region" else None
        if not places(source, said.quote or ""):
            states[said.id] = "lost"
        elif said.action != "set" or not said.value or (said.field == "region" and meant is None):
            states[said.id] = "invalid"
        elif (said.field == "title" and said.value == title) or (said.field == "region" and meant == region):
            states[said.id] = "unneeded"
        elif said.field == "title":
            states[said.id], title, given = "applied", said.value, replace(given, title=said.value)
        else:
            states[said.id], region, given = "applied", meant, replace(given, region=meant)
    return given, states


def replay(
    source: Source,
    facts: Sequence[Fact],
    corrections: Sequence[Correction],
    settled_states: Mapping[str, State] | None = None,
) -> tuple[list[Fact], list[Outcome]]:
    """The facts after the corrections that concern the plan were applied in order, and the outcome of each.

    A correction that cannot be applied changes nothing and is reported. `settled_states` are those of corrections of
    the title and region, with which the facts were read already (`identity_given`).
    """
    settled_states = settled_states or {}
    plan = next(fact for fact in facts if isinstance(fact, Plan))
    mine = [each for each in relevant(corrections, source.name, plan.title) if not each.things]
    found, outcomes = list(facts), []
    told: dict[str, dict[str, str]] = {}  # what corrections before made of the values that tell a fact apart
    for said in mine:
        fact = f"{said.kind}\0{squeeze(said.quote or '')}\0{sorted(said.of.items())}"
        correction = replace(said, of={**said.of, **told.get(fact, {})})
        if said.kind == "Plan" and said.field in IDENTITY_FIELDS:
            changed, state = _identified(source, found, said, settled_states.get(said.id, "invalid"))
        else:
            changed, state = _applied(source, found, correction)
        if changed is not None and not _distinct(changed):
            changed, state = None, "clash"
        if changed is not None:
            named = [
                replace(f, corrections=tuple(said.id if c == correction.id else c for c in f.corrections))
                for f in changed
            ]
            found = settled(source.name, [FoundFact(CORRECTIONS_COMPONENT, each) for each in named])
            if said.action == "set" and said.field in said.of:
                told.setdefault(fact, {})[said.field] = said.value or ""
        outcomes.append(Outcome(said, state))
    return found, outcomes


def places(source: Source, quote: str) -> list[tuple[int, int]]:
    """The places (start, end) of a quote in the source text; white space is ignored in both."""
    at = [i for i, character in enumerate(source.text) if not character.isspace()]
    flat, words = squeeze(source.text), squeeze(quote)
    found, start = [], flat.find(words) if words else -1
    while start >= 0:
        found.append((at[start], at[start + len(words) - 1] + 1))
        start = flat.find(words, start + 1)
    return found


def candidates(facts: Sequence[Fact], correction: Correction, where: Sequence[tuple[int, int]]) -> list[Fact]:
    """The facts that the correction may mean: those of its kind with its quote; of several, those with the values of
    its `of`. Exactly one must be left for the correction to be applied.

    Where that leaves none, the facts of the kind whose evidence contains one of the places `where`, or lies within it,
    and which have the values of `of`; none where `of` is empty.
    """
    kind = CORRECTABLE_KINDS.get(correction.kind or "")
    every = [fact for fact in facts if kind is not None and type(fact) is kind]
    same = [fact for fact in every if squeeze(fact.evidence.quote) == squeeze(correction.quote or "")]
    told = [fact for fact in same if all(shown(fact, name) == value for name, value in correction.of.items())]
    if told or len(same) == 1:
        return told or same
    near = [fact for fact in every if any(_nested(fact.evidence, place) for place in where)]
    return [fact for fact in near if correction.of and all(shown(fact, n) == v for n, v in correction.of.items())]


def _nested(evidence: Evidence, place: tuple[int, int]) -> bool:
    """Whether the evidence contains the place (start, end), or the place the evidence."""
    start, end = place
    return (evidence.start <= start and end <= evidence.end) or (start <= evidence.start and evidence.end <= end)


def _applied(source: Source, facts: list[Fact], correction: Correction) -> tuple[list[Fact] | None, State]:
    """The facts after one correction, and what became of it ('applied', 'no fact' …, 'invalid' for a value or field
    that is wrong). None in place of the facts where the correction changes nothing."""
    where = places(source, correction.quote or "")
    if not where:
        return None, "lost"
    plan = next(fact for fact in facts if isinstance(fact, Plan))
    if correction.kind not in CORRECTABLE_KINDS:
        return None, "invalid"
    try:
        if correction.kind == "Plan":
            return _plan(source, facts, plan, correction, where)
        if correction.action == "add":
            return _added(source, facts, plan, correction, where)
        meant = candidates(facts, correction, where)
        if len(meant) != 1:
            return None, "ambiguous" if meant else "unneeded" if correction.action == "remove" else "no fact"
        if correction.action == "remove":
            return _without(facts, meant[0]), "applied"
        name = correction.field or ""
        if shown(meant[0], name) == correction.value:
            return None, "unneeded"
        changed = require_complete(with_field(meant[0], name, correction.value, plan))
        return [_marked(changed, correction) if fact is meant[0] else fact for fact in facts], "applied"
    except BadValue:
        return None, "invalid"


def _plan(
    source: Source, facts: list[Fact], plan: Plan, correction: Correction, where: Sequence[tuple[int, int]]
) -> tuple[list[Fact] | None, State]:
    """The facts after a correction of the plan's metadata, and what became of the correction; None in place of the
    facts where it changes nothing ('unneeded', 'invalid'). `where` are the places of its quote in the source text, the
    first of which becomes the evidence. Raises BadValue for a value that the field cannot have."""
    name = correction.field or ""
    if correction.action != "set":
        return None, "invalid"
    if shown(plan, name) == correction.value:
        return None, "unneeded"
    changed = with_field(plan, name, correction.value, plan)
    assert isinstance(changed, Plan)
    kept = tuple(each for each in plan.fields if each.field != name)
    proof = PlanField(Evidence.of(source, *where[0]), name, correction.value or "")
    changed = replace(changed, fields=(*kept, *([_marked(proof, correction)] if correction.value else [])))  # type: ignore[arg-type]
    return [changed if fact is plan else fact for fact in facts], "applied"


def _identified(
    source: Source, facts: list[Fact], correction: Correction, state: State
) -> tuple[list[Fact] | None, State]:
    """The facts in which the quote of a correction of the plan's title or region is the evidence of that field, and the
    correction's `state`, as `identity_given` returned it before the plan was read again. None in place of the facts
    where the state is not 'applied'."""
    if state != "applied":
        return None, state
    plan = next(fact for fact in facts if isinstance(fact, Plan))
    proof = PlanField(
        Evidence.of(source, *places(source, correction.quote or "")[0]), correction.field or "", correction.value or ""
    )
    kept = tuple(each for each in plan.fields if each.field != correction.field)
    changed = replace(plan, fields=(*kept, _marked(proof, correction)))  # type: ignore[arg-type]
    if correction.field == "title":
        changed = replace(changed, evidence=proof.evidence)
    return [changed if fact is plan else fact for fact in facts], state


def _added(
    source: Source, facts: list[Fact], plan: Plan, correction: Correction, where: Sequence[tuple[int, int]]
) -> tuple[list[Fact] | None, State]:
    """The facts with the one that the correction adds; None in place of the facts where there is such a fact already
    ('unneeded') or the quote has several places and none is named ('ambiguous'). `where` are the places of its quote.
    Raises BadValue for a value that a field cannot have, or one that is missing."""
    kind = CORRECTABLE_KINDS[correction.kind or ""]
    if len(where) > 1 and "start" not in correction.of:
        return None, "ambiguous"
    place = min(where, key=lambda each: abs(each[0] - int(correction.of.get("start", each[0]))))
    new = _linked(new_fact(kind, Evidence.of(source, *place), correction.values, plan), facts)
    if any(type(fact) is kind and _alike(fact, new, correction.values) for fact in facts):
        return None, "unneeded"
    return [*facts, _marked(new, correction, "added")], "applied"


def _alike(fact: Fact, new: Fact, values: dict[str, str]) -> bool:
    """Whether a fact overlaps the new one and has the same values in the fields of `values`."""
    return (
        fact.evidence.start < new.evidence.end
        and new.evidence.start < fact.evidence.end
        and all(shown(fact, name) == shown(new, name) for name in values)
    )


def _linked(fact: Fact, facts: Sequence[Fact]) -> Fact:
    """The fact with references (by their positions) to the shortest task that contains its start and to the last
    heading before it, in those of the fields `task` and `parent` that it has."""
    names = {member.name for member in fields(fact)}
    start = fact.evidence.start
    for name, kind in LINK_FIELDS.items():
        if name not in names or (name == "heading"):
            continue
        others = [other for other in facts if type(other).__name__ == kind]
        if kind == "Task":
            holding = [o for o in others if o.evidence.start <= start < o.evidence.end]
            chosen = min(holding, key=lambda o: o.evidence.end - o.evidence.start, default=None)
        else:
            chosen = max((o for o in others if o.evidence.start < start), key=lambda o: o.evidence.start, default=None)
        if chosen is not None:
            linked: dict[str, Any] = {name: chosen.position}
            fact = replace(fact, **linked)
    return fact


def _without(facts: Sequence[Fact], gone: Fact) -> list[Fact]:
    """The facts without `gone`. Facts that refer to it, where it is a heading, refer to the heading above it instead;
    where it is a task, to none."""
    kind, above = type(gone).__name__, getattr(gone, "parent", None)
    kept = []
    for fact in facts:
        if fact is gone:
            continue
        for name, target in LINK_FIELDS.items():
            if target == kind and getattr(fact, name, None) == gone.position:
                instead = above if name == "parent" else None
                freed: dict[str, Any] = {name: instead}
                fact = replace(fact, **freed)
        kept.append(fact)
    return kept


def _marked(fact: Fact, correction: Correction, origin: Literal["corrected", "added"] = "corrected") -> Fact:
    """The fact with the id of the correction among its `corrections`, and with this `origin` unless it has one
    already."""
    return replace(fact, origin=fact.origin or origin, corrections=(*fact.corrections, correction.id))


def _distinct(facts: Sequence[Fact]) -> bool:
    """Whether all facts have different identities, which their IRIs are made from."""
    try:
        identities([fact for fact in facts if not isinstance(fact, Plan)])
    except Clash:
        return False
    return True
