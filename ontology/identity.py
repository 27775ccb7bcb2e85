"""What makes a fact the fact that it is: its kind, and the properties of it that the ontology names (kg:identifiedBy),
of which the words that prove it are one for every kind of the ontology but Task.

Where a fact stands in the file is no part of it. A blank line changes no identity, and a correction of a sentence
changes those of the facts that are identified by their quote. Facts with the same identity at two places are told apart
by their order.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from hashlib import sha256

from ontology.model.facts import Fact, squeeze
from ontology.schema import Class, literal, schema


@dataclass(frozen=True, slots=True)
class Clash(Exception):
    """Raised where two facts of one kind have the same identity and the same place. `first` and `second` are their
    indices in the list of facts."""

    first: int
    second: int


def kind_of(fact: Fact) -> Class:
    """The declared class of a fact, the one with the name of the fact's Python class as key. Raises TypeError where the
    ontology declares no kind of fact with this key."""
    declared = schema().declared.get(type(fact).__name__)
    if declared is None or not declared.is_fact:
        raise TypeError(f"{type(fact).__name__} is no kind of fact of the ontology: declare it in plan.ttl")
    return declared


def identities(facts: Sequence[Fact]) -> list[str]:
    """An identity for each fact, in the order given, unique within its kind: a digest of its identifying fields, with
    -2, -3 and so on for facts further on in the text that have the same ones.

    Raises Clash where two facts of one kind have the same identity and the same place, and TypeError for a kind that
    the ontology does not declare.
    """
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, fact in enumerate(facts):
        kind = kind_of(fact)
        groups[kind.key, _digest(fact, kind)].append(number)
    names = [""] * len(facts)
    for (_, digest), numbers in groups.items():
        numbers.sort(key=lambda number: _place(facts[number]))
        for ordinal, number in enumerate(numbers, 1):
            if ordinal > 1 and _place(facts[numbers[ordinal - 2]]) == _place(facts[number]):
                raise Clash(*sorted((numbers[ordinal - 2], number)))
            names[number] = digest if ordinal == 1 else f"{digest}-{ordinal}"
    return names


def _place(fact: Fact) -> tuple[int, int]:
    """The start and end of the fact's evidence."""
    return fact.evidence.start, fact.evidence.end


def _digest(fact: Fact, kind: Class) -> str:
    """Sixteen hexadecimal digits that depend on the values of the fact's identifying fields, which `kind`, its class,
    names."""
    values = [
        squeeze(fact.evidence.quote) if key == "quote" else _text(_value(fact, kind.properties[key].field))
        for key in kind.identity
    ]
    return sha256("\x1f".join(values).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _value(fact: Fact, name: str) -> object:
    """The value of the field `name` of a fact, or of a field of a value inside it: target_year is `target.year`, None
    where `target` is None or has no such field. Of several fields with which the name begins the first counts. Raises
    StopIteration where there is none."""
    if hasattr(fact, name):
        return getattr(fact, name)
    outer = next(member.name for member in fields(fact) if name.startswith(f"{member.name}_"))
    return getattr(getattr(fact, outer), name.removeprefix(f"{outer}_"), None)


def _text(value: object) -> str:
    """A value as a text without white space, equal for equal values: '' for None; a decimal as it is stored (2.50 and
    2.5 give '2.5'); the members of a tuple or other iterable, each as such a text, joined with U+001E, '' for none; any
    other by its `str`."""
    if value is None:
        return ""
    if isinstance(value, str):
        return squeeze(value)
    if isinstance(value, Decimal):
        return literal(value, "decimal").value
    if isinstance(value, Iterable):
        return "\x1e".join(map(_text, value))
    return squeeze(str(value))
