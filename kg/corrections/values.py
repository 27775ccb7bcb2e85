"""Fields of facts as people write them: '60' for a number, '2025' for a year, 县医保局、县税务局 for several."""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from extractors.policies.identity import identify
from extractors.projects.model import Project
from extractors.reference.concepts import concept
from extractors.reference.departments import organization
from extractors.reference.regions import NOWHERE, REFERENCE_YEAR, gazetteer
from ontology.conformity import permits
from ontology.model import facts as model
from ontology.model.facts import Evidence, Fact, Measure, Plan
from ontology.schema import Class, schema

CORRECTABLE_KINDS: dict[str, type[Fact]] = {
    kind.__name__: kind
    for kind in (
        model.Heading,
        model.Task,
        model.Indicator,
        model.Observation,
        model.Target,
        model.Citation,
        model.Responsibility,
        Project,
        model.Plan,
    )
}
# Fields that follow from others, or that no person sets.
DERIVED_FIELDS = frozenset(
    {"evidence", "position", "origin", "corrections", "leads", "organization", "policy", "fields"}
)
# Fields that refer to another fact of the plan by its position, and the kind of that fact.
LINK_FIELDS = {"parent": "Heading", "heading": "Heading", "task": "Task"}
# Fields that a fact has to have, and that follow from others where a person who adds it does not give them.
FOLLOWING_FIELDS = frozenset({"concept", "label"})
IDENTITY_FIELDS = ("title", "region")  # of a plan: which bodies, places and policies its words mean follows from them
PLAN_FIELDS = (*IDENTITY_FIELDS, "doc_number", "issuers", "issued", "period", "horizon")


FIELD_YEARS = range(1900, 2101)  # a field that holds a whole number holds a year
MAX_NUMBER_DIGITS = 40  # before or behind the point of a number


class BadValue(ValueError):
    """A value or a field that a fact of this kind cannot have; the text says why."""


def settable(kind: type[Fact]) -> list[str]:
    """The names of the fields of a kind that can be set, in the order of the class: all but DERIVED_FIELDS and
    LINK_FIELDS, of a plan those of PLAN_FIELDS alone. In place of a field that holds a Measure stand the members of
    that, after the field's name (target_value, target_text, …), without `parts`."""
    names = []
    for member in fields(kind):
        if member.name in DERIVED_FIELDS or member.name in LINK_FIELDS:
            continue
        if Measure in get_args(_hints(kind)[member.name]):
            names += [f"{member.name}_{inner.name}" for inner in fields(Measure) if inner.name != "parts"]
        else:
            names.append(member.name)
    return [name for name in names if kind is not Plan or name in PLAN_FIELDS]


def declared_class(kind: type[Fact]) -> Class:
    """What the ontology declares of the kind; of Plan, it is what it declares of the class Document."""
    return schema().declared["Document" if kind is Plan else kind.__name__]


def shown(fact: Fact, name: str) -> str | None:
    """The value of the field `name`, or of a part of a measure ('target_value'), as people write it (`written`), and
    the field `period` (2021, 2025) as '2021-2025'. None for a field without a value, and for one that the fact has
    not."""
    value = _get(fact, name)
    return "-".join(map(str, value)) if name == "period" and value else written(value)


def written(value: object) -> str | None:
    """A value of a fact or of a store as people write it: a Decimal or float without exponent and without zeros at its
    end (Decimal('60.0') -> '60'), a region or concept by its name, the members of a tuple as `str` writes them with 、
    between, any other value as `str` writes it (a date in ISO form). None for None and for an empty tuple."""
    if value is None or value == ():
        return None
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.name if isinstance(value, model.Concept | model.Region) else str(value)


def with_field(fact: Fact, name: str, text: str | None, plan: Plan) -> Fact:
    """The fact, which is of `plan`, with the field `name` set to the value that `text` writes (`value_of`), None or ''
    for no value, and with the field that is derived from it (`with_derived_fields`). For a part of a measure
    ('target_value') the part is set in the measure, which is made where the fact has none. Raises BadValue for a field
    that is not `settable`, and for a value that it cannot have; Refused where the policy of a citation is to be found
    and a file of decisions on policies cannot be read."""
    kind = type(fact)
    value = value_of(kind, name, text)
    outer = _measure_of(kind, name)
    if outer is None:
        return with_derived_fields(replace(fact, **{name: value}), plan, {name})
    measure = getattr(fact, outer) or Measure(None, "")
    measured: dict[str, Any] = {outer: replace(measure, **{name.removeprefix(f"{outer}_"): value})}
    return replace(fact, **measured)


def value_of(kind: type[Fact], name: str, text: str | None) -> Any:
    """The value of the field `name` of a kind, or of a part of a measure ('target_value'), that `text` writes
    (`_typed`), None or '' for no value: (Target, 'value', '60') -> Decimal(60). Raises BadValue for a field that is not
    `settable`, for a value that it cannot have, and for no value where the field has to have one, as the title and the
    region of a plan do (IDENTITY_FIELDS)."""
    if name not in settable(kind):
        raise BadValue(f"{kind.__name__} has no field {name!r} to set; it has {', '.join(settable(kind))}")
    if not text and not may_be_empty(kind, name):
        raise BadValue(f"{name} cannot be empty")
    return _permitted(kind, name, _typed(type_of(kind, name), name, text))


def type_of(kind: type[Fact], name: str) -> Any:
    """The annotated type of a settable field of a kind, or of a part of a measure: (Target, 'value') -> Decimal | None.
    Raises KeyError for a field that the kind has not."""
    outer = _measure_of(kind, name)
    return _hints(kind)[name] if outer is None else _hints(Measure)[name.removeprefix(f"{outer}_")]


def _measure_of(kind: type[Fact], name: str) -> str | None:
    """The field of a kind that holds the measure of which `name` is a part: (Indicator, 'target_value') -> 'target';
    None where `name` is a field of its own, or no part of one."""
    names = _names(kind)
    return next((outer for outer in names if name.startswith(f"{outer}_")), None) if name not in names else None


def _permitted(kind: type[Fact], name: str, value: Any) -> Any:
    """The value itself. Raises BadValue where it breaks a limit that the ontology declares for the field `name` of the
    kind (`ontology.conformity.permits`): a deadline '2025年', a year 60, a period from 60 to 65. No value (None or '')
    breaks none, nor does a tuple other than a period."""
    declared = declared_class(kind)
    parts = dict(zip(("period_start", "period_end"), value or (), strict=False)) if name == "period" else {name: value}
    for field, part in parts.items():
        prop = declared.field(field)
        if prop and part not in (None, "") and not isinstance(part, tuple) and not permits(prop, part):
            raise BadValue(f"{name} {value} is {_NOT_PERMITTED.get(field, 'not as the ontology wants it')}")
    return value


def new_fact(kind: type[Fact], evidence: Evidence, values: Mapping[str, str], plan: Plan) -> Fact:
    """A fact of this kind, of `plan`, with these values by field, as people write them, and with what is derived from
    them (concept, organization, policy); a task without label is labelled by its title, else by the first 20 characters
    of the quote; all other fields are None or (). Raises BadValue for a field that cannot be set, for a value that it
    cannot have, where a field is missing whose type has no None (LINK_FIELDS apart), and where the fact has none of the
    fields of which its kind needs one (`require_complete`); Refused where it is a citation and a file of decisions on
    policies cannot be read.

    The fields are set in the order of the class, whatever that of `values`: a function that is given stays, though one
    follows from the department too."""
    require_given(kind, values)
    hints = _hints(kind)
    empty: dict[str, Any] = {
        member.name: () if get_origin(hints[member.name]) is tuple else None
        for member in fields(kind)
        if member.name not in {"evidence", "position", "origin", "corrections"}
    }
    if "concept" in empty:
        empty["concept"] = concept(values.get("name", ""), _home(plan).name)
    fact = kind(evidence, **empty)
    order = settable(kind)
    for name in sorted(values, key=lambda name: order.index(name) if name in order else len(order)):
        fact = with_field(fact, name, values[name], plan)
    if isinstance(fact, model.Task) and fact.label is None:
        fact = replace(fact, label=fact.title or evidence.quote[:20])
    return require_complete(fact)


def require_given(kind: type[Fact], values: Mapping[str, str]) -> None:
    """Raises BadValue where `values`, by the names of fields, lack a field without which a fact of the kind cannot be
    made: one that is settable and whose type has neither None nor a tuple, parts of measures and FOLLOWING_FIELDS
    apart."""
    missing = [name for name in required(kind) if name not in values]
    if missing:
        raise BadValue(f"a {kind.__name__} needs {', '.join(missing)}")


def required(kind: type[Fact]) -> list[str]:
    """The names of the fields that a fact of the kind cannot be added without: Target -> ['subject']; [] for a plan,
    which nobody adds."""
    if kind is Plan:
        return []
    own = [name for name in settable(kind) if _measure_of(kind, name) is None and name not in FOLLOWING_FIELDS]
    return [name for name in own if not may_be_empty(kind, name)]


def may_be_empty(kind: type[Fact], name: str) -> bool:
    """Whether the field of a fact of the kind may be without a value: whether its type has None or is a tuple, but not
    for IDENTITY_FIELDS of a plan."""
    if kind is Plan and name in IDENTITY_FIELDS:
        return False
    hint = type_of(kind, name)
    return type(None) in get_args(hint) or get_origin(hint) is tuple


def require_complete(fact: Fact) -> Fact:
    """The fact itself. Raises BadValue where it has none of the fields of which its kind needs one
    (`require_one_needed`)."""
    require_one_needed(type(fact), lambda name: _get(fact, name))
    return fact


def require_one_needed(kind: type[Fact], value_of_field: Callable[[str], object]) -> None:
    """Raises BadValue where the ontology requires a value for one of some fields of a kind (`kg:needsOneOf`: a target
    needs a value, a deadline or a unit) and none of them has one. `value_of_field` returns the value of a field by its
    name; None, '' and () are no value."""
    declared = declared_class(kind)
    needed = [declared.properties[key].field for key in declared.needs]
    if needed and all(value_of_field(name) in (None, "", ()) for name in needed):
        raise BadValue(f"a {kind.__name__} needs one of {', '.join(needed)}")


def with_derived_fields(fact: Fact, plan: Plan, changed: set[str]) -> Fact:
    """The fact with its derived field computed anew, where one of the fields `changed` (their names) is what that field
    is derived from, else the fact itself. Names of bodies and regions are understood as in its `plan`. From the name of
    an indicator or observation follows its `concept`; from the departments of an indicator or project `leads`, the
    organizations of those that name one; from the department or function of a responsibility what `_with_body` says;
    from the title, work, doc_number or issuer of a citation its `policy`. Nothing follows while an added fact has no
    department or no title yet. Raises Refused where a file of decisions on policies cannot be read."""
    if isinstance(fact, model.Indicator | model.Observation) and "name" in changed:
        return replace(fact, concept=concept(fact.name, _home(plan).name))
    if isinstance(fact, model.Indicator | Project) and "departments" in changed:
        bodies = (organization(printed, _home(plan))[1] for printed in fact.departments)
        return replace(fact, leads=tuple(body for body in bodies if body))
    if isinstance(fact, model.Responsibility) and fact.department and changed & {"department", "function"}:
        return _with_body(fact, plan, keep_function="function" in changed)
    if isinstance(fact, model.Citation) and fact.title and changed & {"title", "work", "doc_number", "issuer"}:
        policy = identify(fact.title, work=fact.work, issuer=fact.issuer, doc_number=fact.doc_number, home=_home(plan))
        return replace(fact, policy=policy)
    return fact


def _with_body(fact: model.Responsibility, plan: Plan, *, keep_function: bool) -> model.Responsibility:
    """The responsibility with the function and the organization that its department names (`organization`), each None
    where it names none. With `keep_function` the function that the responsibility has, or None, stays; where that is
    another than the department's, the organization becomes that of the function in the plan's region (`_home`), None
    where the function is None or that region is not known (NOWHERE)."""
    function, body = organization(fact.department, _home(plan))
    if keep_function and fact.function != function:
        function = fact.function
        body = model.Organization(function, _home(plan)) if function and _home(plan) != NOWHERE else None
    return replace(fact, function=function, organization=body)


def region_named(name: str | None) -> model.Region | None:
    """The region of this name (of REFERENCE_YEAR): '四川省达州市渠县' -> that county. None for no name, and for a name
    that no region has, or several regions have."""
    return gazetteer(REFERENCE_YEAR).resolve(name) if name else None


def _home(plan: Plan) -> model.Region:
    """The plan's region, in which 县民政局 is looked for; NOWHERE where it has none, or several regions have its
    name."""
    return plan.region if plan.region and plan.region.origin != model.AMBIGUOUS else NOWHERE


def _get(fact: Fact, name: str) -> Any:
    """The value of the field `name`, or of a part of a measure: 'target_value'. None where the fact has no such field,
    and where it has no such measure or the measure no such part."""
    if name in _names(type(fact)):
        return getattr(fact, name)
    outer = _measure_of(type(fact), name)
    return getattr(getattr(fact, outer), name.removeprefix(f"{outer}_"), None) if outer else None


def _names(kind: type[Fact]) -> list[str]:
    """The names of the fields of a kind, in the order of the class."""
    return [member.name for member in fields(kind)]


def _hints(kind: type[Any]) -> dict[str, Any]:
    """The annotated types of the fields of a kind of CORRECTABLE_KINDS, or of a measure, by name."""
    return _hints_by_kind()[kind]


@cache
def _hints_by_kind() -> dict[type[Any], dict[str, Any]]:
    """What `_hints` gives, for all of them."""
    return {kind: get_type_hints(kind) for kind in (*CORRECTABLE_KINDS.values(), Measure)}


def _typed(hint: Any, name: str, text: str | None) -> Any:
    """The text, as people write it, as a value (`_parsed`) of `held_type(hint)`, where `hint` is the type of the field
    `name`. No text (None or '') is None where the type has None, else (). Raises BadValue as `_parsed` does."""
    if text:
        return _parsed(held_type(hint), name, text)
    return None if type(None) in get_args(hint) else ()


def held_type(hint: Any) -> Any:
    """The first type but None of an annotated type: str | None -> str; str -> str."""
    choices = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    return next(each for each in choices if each is not type(None))


def _parsed(kind: Any, name: str, text: str) -> Any:
    """A text that is not empty as a value of the type `kind`, for the field `name`: for a `Literal` the text, which
    must be one of its values; for a region the one that `region_named` finds; for a concept one of this name with the
    rule 'corrected'; for str the text; for numbers, dates and tuples what `_converted` says. Raises BadValue for a text
    that is no such value, and for any other type, which nobody sets."""
    if get_origin(kind) is Literal:
        if text not in get_args(kind):
            raise BadValue(f"{name} {text!r} is none of {', '.join(get_args(kind))}")
        return text
    if kind is model.Region:
        if (region := region_named(text)) is None:
            raise BadValue(f"no region, or several, are called {text!r}: write it with those above it")
        return region
    if kind is model.Concept:
        return model.Concept(text, "corrected")
    if kind is str:
        return text
    if kind in (int, Decimal, date) or get_origin(kind) is tuple:
        return _converted(kind, name, text)
    raise BadValue(f"{name} cannot be set")


def _converted(kind: Any, name: str, text: str) -> Any:
    """A text as a year (int), a finite Decimal, a date (ISO text) or a tuple, of which `kind` is the type: for the
    field `period`, whatever its type, two years as int, the second not before the first (2021-2025, also with —); for
    any other tuple the parts between 、 as text, without empty ones, and () where all are. `name` is the field's.
    Raises BadValue for a text that is no such value, for a whole number that is no year from 1900 to 2100
    (FIELD_YEARS), and for a number with more than MAX_NUMBER_DIGITS (40) digits before or behind the point."""
    if name == "period":
        years = [_year(part) for part in text.replace("—", "-").split("-")]
        if len(years) != 2 or years[0] is None or years[1] is None or years[0] > years[1]:
            raise BadValue(f"{name} {text!r} is no period of years, such as 2021-2025")
        return tuple(years)
    if get_origin(kind) is tuple:
        return tuple(part for part in text.split("、") if part)
    if kind is int:
        if (year := _year(text)) is None:
            raise BadValue(f"{name} {text!r} is no year, such as 2025")
        return year
    if kind is date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise BadValue(f"{name} {text!r} is no day, such as 2025-06-30") from None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise BadValue(f"{name} {text!r} is no number") from None
    behind = number.as_tuple().exponent  # a text for no finite number
    if isinstance(behind, str) or -behind > MAX_NUMBER_DIGITS or number.adjusted() >= MAX_NUMBER_DIGITS:
        raise BadValue(f"{name} {text!r} is no number")
    return number


def _year(text: str) -> int | None:
    """The year that digits write, blanks around them aside; None for other text and for a number that is none of 1900
    to 2100 (FIELD_YEARS)."""
    digits = text.strip()
    year = int(digits) if digits.isdecimal() and len(digits) == 4 else 0
    return year if year in FIELD_YEARS else None


# Why a value breaks a limit of the ontology, by its field.
_NOT_PERMITTED = {"deadline": "neither a year nor a month, such as 2025 or 2025-06"}
