"""Regions and organizations that people decided are one: in the facts of all plans the first is replaced by the second.

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
Written = tuple[str, ...]  # a thing as a correction has it


def thing_of(store: Store, iri: str) -> Written:
    """The region or organization of the store with this IRI, as a correction has it: ('Region', step, …), or
    ('Organization', function, step, …). The steps are the region, or that which the organization serves, and those
    above it as far as the store has them, each once, from the highest down; a step is 'name|code|level|origin', with ''
    for what is missing. Raises Usage where the store does not have the region, for an organization the region that it
    serves, and where that region is one plan's own (a name that several regions have)."""
    from queries.presets import preset  # here, because the processes that read plans need no presets

    function = None
    region = iri
    if "/organization/" in iri:
        region, function = organization_parts(iri)
    rows = {row["region_id"]: row for row in preset("regions").run(store).dicts()}
    if region not in rows or "/document/" in region:  # a name that several regions have is one plan's own
        raise Usage(f"{iri}: no region_id or organization_id of a preset's row that several plans share")
    steps: list[str] = []
    at: object = region
    while at in rows:
        row = rows.pop(at)  # so a ring of regions has an end
        steps.insert(0, STEP_SEPARATOR.join(str(row[name] or "") for name in ("region", "code", "level", "origin")))
        at = row["parent_id"]
    return ("Region", *steps) if function is None else ("Organization", function, *steps)


def name_of(written: Written) -> str:
    """A region or organization, as a correction has it, in words: the names of the regions from the highest down
    without separators and without 中国, or 中国 where no other is left; for an organization ' · ' and the function
    behind: ('Organization', '民政', '四川省|…', '渠县|…') -> '四川省渠县 · 民政'."""
    steps = written[1:] if written[0] == "Region" else written[2:]
    place = "".join(step.split(STEP_SEPARATOR)[0] for step in steps if not step.startswith("中国|"))
    return place or "中国" if written[0] == "Region" else f"{place or '中国'} · {written[1]}"


def read(written: Written) -> Thing:
    """The region or organization that a correction has as ('Region', step, …), with a step 'name|code|level|origin' for
    each region from the highest down, or as ('Organization', function, step, …); the inverse of `thing_of`. Any other
    first member is read as 'Region'; an empty code is None. Raises ValueError for a step that has not four parts, and
    where there is no step."""
    kind, *steps = written
    function = steps.pop(0) if kind == "Organization" and steps else None
    region: Region | None = None
    for step in steps:
        name, code, level, origin = step.split(STEP_SEPARATOR)
        region = Region(name, code or None, cast(Level, level), region, origin)
    if region is None:
        raise ValueError(f"{written} names no region")
    return region if function is None else Organization(function, region)


def with_things(facts: Sequence[Fact], corrections: Sequence[Correction]) -> list[Fact]:
    """The facts in which each region and organization that corrections merge into another (`_same`) is replaced by that
    other, at the end of a chain of merges; in an organization its region too. Without merges, the same facts."""
    same = _same(corrections)
    if not same:
        return list(facts)
    return [cast(Fact, _mapped(fact, lambda thing: _last(thing, same))) for fact in facts]


def _same(corrections: Sequence[Correction]) -> dict[str, Thing]:
    """What each region or organization that is merged is replaced by, by the IRI of the merged one; of several merges
    of one the last. A later correction of the same two things, in the same order, that is no merge (`part`) takes the
    merge back; corrections without two things are ignored. Raises ValueError for a thing that `read` cannot read."""
    merged: dict[str, Thing] = {}
    for each in corrections:
        if len(each.things) == 2:
            one, other = map(read, each.things)
            if each.action == "merge":
                merged[_iri(one)] = other
            elif _iri(one) in merged and _iri(merged[_iri(one)]) == _iri(other):
                del merged[_iri(one)]
    return merged


def _last(thing: Thing, same: Mapping[str, Thing]) -> Thing:
    """The thing at the end of a chain of merges: where `same` has B for A and C for B, A -> C. Where the chain is a
    ring (A for B and B for A), the thing with the lowest IRI among those that it passed; a thing that is not merged is
    returned itself."""
    chain = {_iri(thing): thing}
    while (following := same.get(_iri(thing))) is not None:
        if _iri(following) in chain:
            return chain[min(chain)]
        thing = following
        chain[_iri(thing)] = thing
    return thing


def _iri(thing: Thing) -> str:
    """The IRI of a region or organization, with the base of IRIs of this process (`Iris()`)."""
    return (_IRIS.region(thing) if isinstance(thing, Region) else _IRIS.organization(thing)).value


def _mapped(value: Any, replacement: Callable[[Thing], Thing]) -> Any:
    """A value in which each region and organization is replaced by what `replacement` returns for it: a tuple with all
    its members, or a dataclass (a fact) with all its fields, in the same way; any other value unchanged. In an
    organization the region is replaced, and then the organization with that region. A region or organization for which
    another one is returned is replaced by that, which is not searched further; a region that stays is searched as any
    dataclass. A dataclass in which nothing changes is returned itself."""
    if isinstance(value, tuple):
        return tuple(_mapped(member, replacement) for member in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    if isinstance(value, Organization):
        region = _mapped(value.region, replacement)
        value = value if region == value.region else replace(value, region=region)
        return other if (other := replacement(value)) != value else value
    if isinstance(value, Region) and (other := replacement(value)) != value:
        return other  # so a ring of regions has an end
    changed = {
        member.name: new
        for member in fields(value)
        if (new := _mapped(old := getattr(value, member.name), replacement)) is not old and new != old
    }
    return replace(value, **changed) if changed else value
