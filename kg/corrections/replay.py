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
from ontology.model.facts import Evidence, Fact, Plan, PlanField, Region, squeeze
from ontology.model.source import Source

CORRECTIONS_COMPONENT = "corrections"  # what messages call it
MAX_OFFSET_DIGITS = 18


def identity_given(
    source: Source, facts: Sequence[Fact], corrections: Sequence[Correction]
) -> tuple[Given, dict[str, State]]:
    """The title and region that corrections give the plan (None for one that they do not change; of several corrections
    the last counts), and the state (`_identity_state`) of each correction of its title or region, by the correction's
    id. Corrections of other plans are left out: a correction is of this plan where it has the plan's file name, the
    title that was read, or the title that earlier corrections give.

    The two decide which bodies, policies and places the plan's words mean, so the plan is then read again with what is
    given. `facts` are those of the first reading, with the plan among them."""
    plan = next(fact for fact in facts if isinstance(fact, Plan))
    title, region = plan.title, plan.region
    given = Given()
    states: dict[str, State] = {}
    for correction in corrections:
        if correction.kind != "Plan" or correction.field not in IDENTITY_FIELDS:
            continue
        if not any(correction.concerns(source.name, name) for name in (plan.title, title)):
            continue
        states[correction.id] = state = _identity_state(source, correction, title, region)
        if state == "applied" and correction.field == "title":
            title = correction.value or title
            given = replace(given, title=title)
        elif state == "applied":
            region = region_named(correction.value)
            given = replace(given, region=region)
    return given, states


def _identity_state(source: Source, correction: Correction, title: str | None, region: Region | None) -> State:
    """The state of a correction of the title or region of a plan that has this `title` and `region` so far, as read or
    by earlier corrections. The first of these that holds: lost (its quote is empty or not in the text), invalid (it is
    no `set`, has no value, or for the region names none or several), unneeded (the plan has the value), applied."""
    if not places(source, correction.quote or ""):
        return "lost"
    if correction.action != "set" or not correction.value:
        return "invalid"
    if correction.field == "title":
        return "unneeded" if correction.value == title else "applied"
    meant = region_named(correction.value)
    return "invalid" if meant is None else "unneeded" if meant == region else "applied"


def replay(
    source: Source,
    facts: Sequence[Fact],
    corrections: Sequence[Correction],
    settled_states: Mapping[str, State] | None = None,
) -> tuple[list[Fact], list[Outcome]]:
    """The facts after the corrections that concern the plan (`relevant`, but none that merges or parts things) were
    applied in order, and the outcome of each. The facts get new positions (`settled`) after each one that is applied.

    A correction that cannot be applied, or would give two facts one identity (clash), changes nothing. `settled_states`
    are those of corrections of the title and region, with which the facts were read already (`identity_given`); without
    one such a correction is invalid. Where a `set` changed a field that is in its `of`, later corrections with the same
    kind, quote and `of` still find the fact: the new value, '' for none, counts in place of that in their `of`. Raises
    Refused where the policy of a citation is to be found and a file of decisions on policies cannot be read, and where
    one of `facts` refers to a fact that is not among them (`settled`)."""
    settled_states = settled_states or {}
    plan = next(fact for fact in facts if isinstance(fact, Plan))
    current, outcomes = list(facts), []
    new_values: dict[str, dict[str, str]] = {}  # by fact: the values in `of` that earlier corrections changed
    for original in relevant(corrections, source.name, plan.title):
        if original.things:
            continue
        fact = f"{original.kind}\0{squeeze(original.quote or '')}\0{sorted(original.of.items())}"
        correction = replace(original, of={**original.of, **new_values.get(fact, {})})
        if original.kind == "Plan" and original.field in IDENTITY_FIELDS:
            changed, state = _identified(source, current, original, settled_states.get(original.id, "invalid"))
        else:
            changed, state = _applied(source, current, correction)
        if changed is not None and not _distinct(changed):
            changed, state = None, "clash"
        if changed is not None:
            with_ids = [
                replace(f, corrections=tuple(original.id if c == correction.id else c for c in f.corrections))
                for f in changed
            ]
            current = settled(source.name, [FoundFact(CORRECTIONS_COMPONENT, each) for each in with_ids])
            if original.action == "set" and original.field in original.of:
                new_values.setdefault(fact, {})[original.field] = original.value or ""
        outcomes.append(Outcome(original, state))
    return current, outcomes


def places(source: Source, quote: str) -> list[tuple[int, int]]:
    """The places (start, end) of a quote in the source text, in order, also overlapping ones; white space is ignored in
    both. Empty for a quote that is not there, or is empty or only white space."""
    offsets = [i for i, character in enumerate(source.text) if not character.isspace()]
    text, words = squeeze(source.text), squeeze(quote)
    spans, start = [], text.find(words) if words else -1
    while start >= 0:
        spans.append((offsets[start], offsets[start + len(words) - 1] + 1))
        start = text.find(words, start + 1)
    return spans


def candidates(facts: Sequence[Fact], correction: Correction, where: Sequence[tuple[int, int]]) -> list[Fact]:
    """The facts that the correction may mean, all of its kind; it can be applied only where exactly one is returned.
    The result is the first of these lists that is not empty: the facts with the correction's quote (white space aside)
    and the values of its `of`; the one fact with its quote, where no other has it; where `of` is not empty, the facts
    with the values of `of` whose evidence contains one of the places `where` of the quote, or lies within one. [] where
    all are empty, and for an unknown kind."""
    kind = CORRECTABLE_KINDS.get(correction.kind or "")
    of_kind = [fact for fact in facts if kind is not None and type(fact) is kind]
    quoted = [fact for fact in of_kind if squeeze(fact.evidence.quote) == squeeze(correction.quote or "")]
    matching = [fact for fact in quoted if _has_values(fact, correction.of)]
    if matching or len(quoted) == 1:
        return matching or quoted
    near = [fact for fact in of_kind if any(_nested(fact.evidence, place) for place in where)]
    return [fact for fact in near if correction.of and _has_values(fact, correction.of)]


def _has_values(fact: Fact, values: Mapping[str, str]) -> bool:
    """Whether the fact's fields have these values, as people write them (`shown`), by the field's name, '' for a field
    without a value; True for no values."""
    return all((shown(fact, name) or "") == value for name, value in values.items())


def _nested(evidence: Evidence, place: tuple[int, int]) -> bool:
    """Whether the evidence contains the place (start, end), or the place contains the evidence; True where they are
    equal."""
    start, end = place
    return (evidence.start <= start and end <= evidence.end) or (start <= evidence.start and evidence.end <= end)


def _applied(source: Source, facts: list[Fact], correction: Correction) -> tuple[list[Fact] | None, State]:
    """The facts after one correction that is not one of the plan's title or region, and its state; None in place of the
    facts where it changes nothing. A fact that it changes is marked with it (`_marked`).

    The first of these that holds decides the state:

    - the quote is empty or not in the text: 'lost'; the kind is unknown: 'invalid'
    - it is of other metadata of the plan (kind 'Plan'): that of `_plan`; an addition: that of `_added`; 'invalid' where
      these raise BadValue
    - it may mean several facts (`candidates`): 'ambiguous'; none: 'unneeded' for a removal, else 'no fact'
    - it removes the one that it means: 'applied'
    - the field to set has the value already, or is to have none and has none: 'unneeded'
    - the field cannot be set or not have the value, or the fact would not be complete: 'invalid'; else 'applied'
    """
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
        if shown(meant[0], name) == (correction.value or None):
            return None, "unneeded"
        changed = require_complete(with_field(meant[0], name, correction.value, plan))
        return [_marked(changed, correction) if fact is meant[0] else fact for fact in facts], "applied"
    except BadValue:
        return None, "invalid"


def _plan(
    source: Source, facts: list[Fact], plan: Plan, correction: Correction, where: Sequence[tuple[int, int]]
) -> tuple[list[Fact] | None, State]:
    """The facts after a correction of the plan's metadata other than title and region (which are for `_identified`),
    and its state; None in place of the facts where it is invalid (no `set`) or else unneeded (the field has the value,
    or is to have none and has none). `where` are the places of its quote in the source text, of which there is at least
    one; the first becomes the evidence of the field (a `PlanField`, which is marked with the correction) in place of
    what it had. A field that is emptied (value None or '') has no evidence. Raises BadValue for a field that is none of
    PLAN_FIELDS, or a value that it cannot have."""
    name = correction.field or ""
    if correction.action != "set":
        return None, "invalid"
    if shown(plan, name) == (correction.value or None):
        return None, "unneeded"
    changed = with_field(plan, name, correction.value, plan)
    assert isinstance(changed, Plan)
    others = tuple(each for each in plan.fields if each.field != name)
    proof = PlanField(Evidence.of(source, *where[0]), name, correction.value or "")
    changed = replace(changed, fields=(*others, *([_marked(proof, correction)] if correction.value else [])))  # type: ignore[arg-type]
    return [changed if fact is plan else fact for fact in facts], "applied"


def _identified(
    source: Source, facts: list[Fact], correction: Correction, state: State
) -> tuple[list[Fact] | None, State]:
    """The facts after a correction of the plan's title or region with which they were read already, and its `state`, as
    `identity_given` returned it. Where that is 'applied', the first place of its quote in the source text becomes the
    evidence of the field, in place of what it had; that of the title becomes the evidence of the `Plan` too. The values
    stay. None in place of the facts where it is another state."""
    if state != "applied":
        return None, state
    plan = next(fact for fact in facts if isinstance(fact, Plan))
    proof = PlanField(
        Evidence.of(source, *places(source, correction.quote or "")[0]), correction.field or "", correction.value or ""
    )
    others = tuple(each for each in plan.fields if each.field != correction.field)
    changed = replace(plan, fields=(*others, _marked(proof, correction)))  # type: ignore[arg-type]
    if correction.field == "title":
        changed = replace(changed, evidence=proof.evidence)
    return [changed if fact is plan else fact for fact in facts], state


def _added(
    source: Source, facts: list[Fact], plan: Plan, correction: Correction, where: Sequence[tuple[int, int]]
) -> tuple[list[Fact] | None, State]:
    """The facts with the one that the correction adds, and its state; None in place of the facts where its quote has
    several places, `where`, and `of` names no start (ambiguous), or there is such a fact already (unneeded, see
    `_same_fact`). The evidence is the place that is nearest to the start that `of` names, of two the first; the
    position of the new fact is one that no fact of the kind has. Raises BadValue for a field or value that the kind
    cannot have, or one that is missing, and for a start that is no whole number of at most MAX_OFFSET_DIGITS (18)
    digits."""
    kind = CORRECTABLE_KINDS[correction.kind or ""]
    named = correction.of.get("start")
    if named is None and len(where) > 1:
        return None, "ambiguous"
    if named is not None and not (named.isascii() and named.isdigit() and len(named) <= MAX_OFFSET_DIGITS):
        raise BadValue(f"{named!r} is no offset")
    place = where[0] if named is None else min(where, key=lambda each: abs(each[0] - int(named)))
    new = _linked(new_fact(kind, Evidence.of(source, *place), correction.values, plan), facts)
    if any(type(fact) is kind and _same_fact(fact, new, correction.values) for fact in facts):
        return None, "unneeded"
    number = 1 + max((fact.position for fact in facts if type(fact) is kind), default=-1)  # one that no other has
    return [*facts, _marked(replace(new, position=number), correction, "added")], "applied"


def _same_fact(fact: Fact, new: Fact, values: Mapping[str, str]) -> bool:
    """Whether the evidence of a fact overlaps that of the new one, and both have the same values as people write them
    in the fields that are the keys of `values`; True for overlapping evidence and no keys."""
    return (
        fact.evidence.start < new.evidence.end
        and new.evidence.start < fact.evidence.end
        and all(shown(fact, name) == shown(new, name) for name in values)
    )


def _linked(fact: Fact, facts: Sequence[Fact]) -> Fact:
    """The fact with references (by their positions) to the shortest task that contains its start, in a field `task`,
    and to the last heading that starts before it, in a field `parent`; of equal ones the first in `facts`. A field that
    it has not, or for which there is no such fact, and a field `heading` are left as they are."""
    names = {member.name for member in fields(fact)}
    start = fact.evidence.start
    for name, kind in LINK_FIELDS.items():
        if name not in names or name == "heading":
            continue
        others = [other for other in facts if type(other).__name__ == kind]
        if kind == "Task":
            containing = [o for o in others if o.evidence.start <= start < o.evidence.end]
            chosen = min(containing, key=lambda o: o.evidence.end - o.evidence.start, default=None)
        else:
            chosen = max((o for o in others if o.evidence.start < start), key=lambda o: o.evidence.start, default=None)
        if chosen is not None:
            linked: dict[str, Any] = {name: chosen.position}
            fact = replace(fact, **linked)
    return fact


def _without(facts: Sequence[Fact], removed: Fact) -> list[Fact]:
    """The facts without `removed`, which is one of them. Where that is a heading, facts whose `parent` it was have the
    parent of `removed` instead (None where it has none); other references to `removed` (LINK_FIELDS) become None."""
    kind, above = type(removed).__name__, getattr(removed, "parent", None)
    remaining = []
    for fact in facts:
        if fact is removed:
            continue
        for name, target in LINK_FIELDS.items():
            if target == kind and getattr(fact, name, None) == removed.position:
                link: dict[str, Any] = {name: above if name == "parent" else None}
                fact = replace(fact, **link)
        remaining.append(fact)
    return remaining


def _marked(fact: Fact, correction: Correction, origin: Literal["corrected", "added"] = "corrected") -> Fact:
    """The fact with the id of the correction as the last of its `corrections`, and with this `origin` unless it has one
    already."""
    return replace(fact, origin=fact.origin or origin, corrections=(*fact.corrections, correction.id))


def _distinct(facts: Sequence[Fact]) -> bool:
    """Whether all facts but the plan have different identities, which their IRIs are made from: False where
    `identities` raises Clash."""
    try:
        identities([fact for fact in facts if not isinstance(fact, Plan)])
    except Clash:
        return False
    return True
