"""Regions and organizations that people say are one: whatever a plan states of the first, the graph states of the
second.

A thing is written into a correction with all that is known of it, since the plan that names the first need not name the
second: ("Region", step, …) with the regions from the highest down, each `name|code|level|origin`, and ("Organization",
function, step, …) with the regions that it serves.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from ontology.iris import Iris, organization_parts
from ontology.model.corrections import Correction
from ontology.model.errors import Usage
from ontology.model.facts import Fact, Level, Organization, Region
from ontology.model.store import Store

STEP_SEPARATOR = "|"
_IRIS = Iris()

Thing = Region | Organization
Written = tuple[str, ...]


def thing_of(store: Store, iri: str) -> Written:
    """The region or organization of the store that has this id, in the form in which a correction holds it; raises
    Usage where the store has none."""
    from queries.presets import preset  # here, because the processes that read plans need no presets

    function = None
    region = iri
    if "/organization/" in iri:
        region, function = organization_parts(iri)
    table = preset("regions").run(store)
    rows = {row["region_id"]: row for row in (dict(zip(table.columns, cells, strict=True)) for cells in table.rows)}
    if region not in rows or "/document/" in region:  # a name that several regions have is one plan's own
        raise Usage(f"{iri}: no region_id or organization_id of a preset's row that several plans share")
    steps: list[str] = []
    at: object = region
    while at in rows:
        row = rows[at]
        steps.insert(0, STEP_SEPARATOR.join(str(row[name] or "") for name in ("region", "code", "level", "origin")))
        at = row["parent_id"]
    return ("Region", *steps) if function is None else ("Organization", function, *steps)


def name_of(written: Written) -> str:
    """A region or organization, as a correction holds it, in words: ('Organization', '民政', '四川省|…', '渠县|…') ->
    '四川省渠县 · 民政'"""
    steps = written[1:] if written[0] == "Region" else written[2:]
    place = "".join(step.split(STEP_SEPARATOR)[0] for step in steps if not step.startswith("中国|"))
    return place or "中国" if written[0] == "Region" else f"{place or '中国'} · {written[1]}"


def read(written: Written) -> Thing:
    """The region or organization that a correction holds in the form that `thing_of` returns."""
    kind, *steps = written
    function = steps.pop(0) if kind == "Organization" else None
    region: Region | None = None
    for step in steps:
        name, code, level, origin = step.split(STEP_SEPARATOR)
        region = Region(name, code or None, cast(Level, level), region, origin)
    assert region is not None
    return region if function is None else Organization(function, region)


def with_things(facts: Sequence[Fact], corrections: Sequence[Correction]) -> list[Fact]:
    """The facts in which each region and organization that corrections merge into another is replaced by that other."""
    same = _same(corrections)
    if not same:
        return list(facts)
    return [cast(Fact, _mapped(fact, lambda thing: _last(thing, same))) for fact in facts]


def _same(corrections: Sequence[Correction]) -> dict[str, Thing]:
    """The region or organization that each merged one is replaced by, by the IRI of the merged one. A later `part` of
    the two takes the merge back."""
    found: dict[str, Thing] = {}
    for each in corrections:
        if len(each.things) == 2:
            one, other = map(read, each.things)
            if each.action == "merge":
                found[_iri(one)] = other
            elif _iri(one) in found and _iri(found[_iri(one)]) == _iri(other):
                del found[_iri(one)]
    return found


def _last(thing: Thing, same: Mapping[str, Thing]) -> Thing:
    """The thing at the end of a chain of merges: where `same` has B for A and C for B, A -> C. Of a chain that is a
    ring the thing with the lowest IRI."""
    seen = {_iri(thing): thing}
    while (following := same.get(_iri(thing))) is not None:
        if _iri(following) in seen:
            return seen[min(seen)]
        thing = following
        seen[_iri(thing)] = thing
    return thing


def _iri(thing: Thing) -> str:
    """The IRI of a region or organization."""
    return (_IRIS.region(thing) if isinstance(thing, Region) else _IRIS.organization(thing)).value


def _mapped(value: Any, instead: Callable[[Thing], Thing]) -> Any:
    """A value in which each region and organization is replaced by what `instead` returns for it. The value may be a
    fact, a tuple, or any dataclass, and is returned itself where nothing changes."""
    if isinstance(value, tuple):
        return tuple(_mapped(member, instead) for member in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    if isinstance(value, Organization):
        value = replace(value, region=_mapped(value.region, instead))
    if isinstance(value, Region | Organization) and (other := instead(value)) != value:
        return other  # as it is written: nothing in it is merged further, so a ring of regions has an end
    changed = {
        member.name: new
        for member in fields(value)
        if (new := _mapped(old := getattr(value, member.name), instead)) is not old and new != old
    }
    return replace(value, **changed) if changed else value
