"""Facts as JSON lines: subject, predicate, object, evidence."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from math import isfinite, isnan
from typing import TYPE_CHECKING, Any

from ontology.model.facts import Fact, Plan, Region
from ontology.model.source import Source

if TYPE_CHECKING:
    from ontology.model.store import Table

# From here on a double, which is what JSON readers and Neo4j have, no longer holds every whole number.
EXACT_INTEGERS_BELOW = 2**53


def fact_objects(source: Source, facts: Iterable[Fact]) -> Iterator[dict[str, Any]]:
    """A JSON object for each fact: `subject` is the title of the last Plan up to it (so the Plan has to come first;
    None before any), `predicate` the name of its class, `object` its fields by name without the evidence, `evidence`
    its file, start, end, page and quote, with `ocr` where the page was read by OCR."""
    subject = None
    for fact in facts:
        if isinstance(fact, Plan):
            subject = fact.title
        evidence = fact.evidence
        yield {
            "subject": subject,
            "predicate": type(fact).__name__,
            "object": {f.name: _value(getattr(fact, f.name)) for f in fields(fact) if f.name != "evidence"},
            "evidence": {
                "file": source.name,
                "start": evidence.start,
                "end": evidence.end,
                "page": evidence.page,
                **({"ocr": True} if evidence.ocr else {}),
                "quote": evidence.quote,
            },
        }


def _value(value: Any) -> Any:
    """A value of a field as JSON has it: a date becomes ISO text, a decimal a number as in `json_value`, a tuple a
    list, a dataclass an object of its fields, each in the same way (of a region name, code, level and parent alone);
    other values are returned unchanged."""
    if isinstance(value, Region):
        return {"name": value.name, "code": value.code, "level": value.level, "parent": _value(value.parent)}
    if isinstance(value, Decimal):
        return json_value(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_value(member) for member in value]
    if is_dataclass(value):
        return {f.name: _value(getattr(value, f.name)) for f in fields(value)}
    return value


def json_rows(table: "Table") -> Iterator[dict[str, Any]]:
    """Each row of a table as a dict by column, with its values as JSON has them (`json_value`)."""
    return (dict(zip(table.columns, map(json_value, row), strict=True)) for row in table.rows)


def json_value(value: object) -> object:
    """The value as JSON has it: a Decimal or float becomes an int where it is, as a double, whole and smaller in amount
    than EXACT_INTEGERS_BELOW (2**53), else a float, or 'INF', '-INF' or 'NaN', as XML Schema writes what JSON has no
    number for, and the members of a list and the values of a dict (no subclass of these) likewise; other values are
    returned unchanged. [Decimal("1.0"), "a"] -> [1, "a"]"""
    if isinstance(value, Decimal | float):
        number = float(value)
        if not isfinite(number):
            return "NaN" if isnan(number) else "INF" if number > 0 else "-INF"
        return int(number) if number.is_integer() and abs(number) < EXACT_INTEGERS_BELOW else number
    if type(value) is list:
        return [json_value(member) for member in value]
    if type(value) is dict:
        return {key: json_value(member) for key, member in value.items()}
    return value
