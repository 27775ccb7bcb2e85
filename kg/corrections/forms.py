"""What a person writes into a field -> the text that a correction records; and what a form offers for a field."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from extractors.targets.deadlines import deadlines
from extractors.vocabulary.dates import FULL_DATE_RE, PERIOD_RANGE_RE, date_of, integer
from kg.corrections.values import (
    declared_class,
    held_type,
    may_be_empty,
    required,
    settable,
    type_of,
    value_of,
    written,
)
from ontology import words
from ontology.model.facts import Fact, Region
from ontology.namespaces import SCHEMES

Form = Literal["choice", "number", "year", "month", "day", "years", "several", "region", "text"]
MONTH_FIELDS = frozenset({"deadline"})  # fields of text that hold a year or a month
# 2025, 2025年
YEAR_AS_WRITTEN = re.compile(r"\d{4}年?", re.ASCII)


@dataclass(frozen=True, slots=True)
class FieldForm:
    """What a form offers for a field of a kind of fact.

    `form` says how its values are written: `choice` one of a closed list, `number`, `year` (2025), `month` a year or a
    month (2025-06), `day` (2025-06-30), `years` (2021-2025), `several` texts with 、 between, `region` the name of one,
    else `text`. `choices` are the values of a choice, () for other forms, and `list_name` is the closed list that has
    their labels, None where there is none. `empty` is whether a fact may be without the field, and `required` whether a
    fact cannot be added without it.
    """

    form: Form
    choices: tuple[str, ...]
    list_name: str | None
    empty: bool
    required: bool


def form_of(kind: type[Fact], name: str) -> FieldForm:
    """What a form offers for the field `name` of a kind, or for a part of a measure: (Target, 'op') -> the comparators.
    Raises KeyError for a field that the kind has not."""
    held = held_type(type_of(kind, name))
    choices = get_args(held) if get_origin(held) is Literal else ()
    list_name = _list_of(kind, name) if choices else None
    return FieldForm(_form(held, name), choices, list_name, may_be_empty(kind, name), name in required(kind))


def recorded(kind: type[Fact], name: str, text: str | None) -> str | None:
    """The text that a correction records for the field `name` of a kind where a person writes `text`, with blanks
    around it or not; None for no text, in a field that may be empty. Numbers, years, days, periods and choices are
    recorded in one spelling ('65.0' -> '65'), whichever of these is written:

    - of a closed list a key, a label in either language or another name: lead, 牵头; >=, ≥
    - a year with or without 年; for a deadline also 2025年6月 and 2025年底, as in the text of plans
    - for a day 2022-03-01 or 2022年3月1日, for a period 2021-2025 or 2021—2025年

    Raises BadValue where a build would find the correction invalid (`value_of`): for a field that cannot be set, and
    for a value that it cannot have, such as abc for a number."""
    text = (text or "").strip()
    if not text or name not in settable(kind):
        value_of(kind, name, text)  # raises BadValue, but for a field that may be empty
        return None
    form = form_of(kind, name)
    written_so = _in_keys(form, text)
    value = value_of(kind, name, written_so)
    if form.form == "years":
        return "-".join(map(str, value))
    return written_so if form.form in ("text", "region") else written(value)


def _in_keys(form: FieldForm, text: str) -> str:
    """The text as `value_of` takes it, for a field of this form: '≥' -> '>=', '2025年6月' -> '2025-06'. A text that is
    understood as no such value is returned itself."""
    match form.form:
        case "choice" if form.list_name:
            key = words.understood(form.list_name, text)
            return text if key is None else key
        case "year" | "month":
            if YEAR_AS_WRITTEN.fullmatch(text):
                return text.removesuffix("年")
            found = next(deadlines(text, None), None)
            if form.form == "month" and found and (found.kind, found.start, found.end) == ("date", 0, len(text)):
                return found.printed
        case "day":
            day = FULL_DATE_RE.fullmatch(text)
            return str(date_of(day) or text) if day else text
        case "years":
            years = PERIOD_RANGE_RE.fullmatch(text.removesuffix("年"))
            return f"{integer(years['from'])}-{integer(years['to'])}" if years else text
    return text


def _form(held: Any, name: str) -> Form:
    """The form in which values of the type `held` are written in the field `name`."""
    if name in MONTH_FIELDS:
        return "month"
    if name == "period":
        return "years"
    if get_origin(held) in _FORMS:
        return _FORMS[get_origin(held)]
    return _FORMS.get(held, "text")


def _list_of(kind: type[Fact], name: str) -> str | None:
    """The closed list that has the labels of the choices of a field: (Citation, 'level') -> 'level', (Indicator,
    'target_op') -> 'op'; None where no list has them."""
    declared = declared_class(kind).field(name)
    if declared is not None and declared.scheme:
        return declared.scheme.removeprefix(SCHEMES)
    last = name.rpartition("_")[2]
    return last if words.terms(last) else None


_FORMS: dict[Any, Form] = {
    Literal: "choice",
    tuple: "several",
    int: "year",
    Decimal: "number",
    date: "day",
    Region: "region",
}
