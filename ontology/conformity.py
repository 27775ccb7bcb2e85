"""Whether a plan's graph certainly conforms to the SHACL shapes, checked in one pass by the constraints of the
declaration.

A SHACL processor reads every shape for every node, which takes longer than extracting the plan. This reads each triple
once. It returns True only where a processor finds nothing; where a value or a constraint has a form that is not known
here, it returns False, and the processor decides (`kg.validation`).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from ontology.namespaces import RDFS
from ontology.schema import RDF_TYPE, XSD, Property, Term, literal, schema
from ontology.shapes import concepts

Types = Mapping[object, set[object]]
Nodes = Mapping[object, Mapping[object, Sequence[object]]]
Check = Callable[[object, Types], bool]
# The forms that are surely of their datatype; others may be too.
_DATATYPE_FORMS: dict[str, Callable[[str], bool]] = {
    "string": lambda _: True,
    "integer": re.compile(r"[+-]?[0-9]{1,40}").fullmatch,  # type: ignore[dict-item]
    "decimal": re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?").fullmatch,  # type: ignore[dict-item]
    "boolean": frozenset({"true", "false"}).__contains__,
    "date": lambda text: _is_date(text),
}
_NUMBERS = frozenset({XSD + "integer", XSD + "decimal"})
# A graph that declares classes of its own may have instances that their types do not say.
_DECLARES = NamedNode(RDFS + "subClassOf")


@dataclass(frozen=True, slots=True)
class _Rule:
    """The constraints of a class on one property, whose IRI is `path`: the least and most values (None for any number),
    and functions that each take a value and the classes of all nodes, and return whether the value is allowed. `below`
    is another property of the node, whose values must be greater, or with `equal` not smaller; None where there is
    none."""

    path: NamedNode
    least: int
    most: int | None
    checks: tuple[Check, ...]
    below: NamedNode | None
    equal: bool


def conforms(data: bytes) -> bool:
    """Whether a graph in N-Triples certainly conforms to the shapes; False does not mean that it does not. It is False
    for every graph that declares subclasses. Raises SyntaxError where the data is no N-Triples.

    >>> conforms(b'<urn:a> <urn:b> "nothing that a shape asks for" .')
    True
    """
    triples: Iterable[Triple] = parse(data, format=RdfFormat.N_TRIPLES)
    nodes: dict[object, dict[object, dict[object, None]]] = defaultdict(lambda: defaultdict(dict))
    for triple in triples:
        nodes[triple.subject][triple.predicate][triple.object] = None
    if any(_DECLARES in predicates for predicates in nodes.values()):
        return False
    types: Types = {node: set(by_path[RDF_TYPE]) for node, by_path in nodes.items() if RDF_TYPE in by_path}
    properties: Nodes = {
        node: {path: list(values) for path, values in by_path.items()} for node, by_path in nodes.items()
    }
    shapes = _shapes()
    return all(
        _keeps(properties[node], rules, needs, types)
        for node, classes in types.items()
        for rules, needs in (shapes[name] for name in classes if name in shapes)
    )


def _keeps(
    properties: Mapping[object, Sequence[object]], rules: Sequence[_Rule], needs: Sequence[NamedNode], types: Types
) -> bool:
    """Whether a node keeps all `rules` of one of its classes, and has a value of at least one of the properties `needs`
    (if there are any). A rule is kept where the node has as many values of the property as the rule allows, and each of
    them passes all checks and is below (or with `equal` not above) every value that the node has of the property
    `below`, none or more. The values of the node's properties are `properties`, by their IRIs; `types` has the classes
    of each node of the graph."""
    if needs and not any(path in properties for path in needs):
        return False
    for rule in rules:
        values = properties.get(rule.path, ())
        if len(values) < rule.least or (rule.most is not None and len(values) > rule.most):
            return False
        for value in values:
            if not all(check(value, types) for check in rule.checks):
                return False
            if rule.below is not None and not all(
                _ordered(value, other, rule.equal) for other in properties.get(rule.below, ())
            ):
                return False
    return True


@cache
def _shapes() -> dict[object, tuple[tuple[_Rule, ...], tuple[NamedNode, ...]]]:
    """For each declared class but Fact, by its IRI, its rules and the properties of which a node must have at least one
    (() where the class names none): the same constraints as `ontology.shapes` writes."""
    return {
        declared.iri: (
            tuple(_rule(prop) for prop in declared.properties.values()),
            tuple(schema().properties[key].iri for key in declared.needs),
        )
        for declared in schema().declared.values()
        if declared.key != "Fact"
    }


def _rule(prop: Property) -> _Rule:
    """The rule for a property as a class declares it: its counts, a check that the value is what the property holds, a
    check for each limit but lessThan and lessThanOrEquals, and the property that the one of these two names. Where a
    class declares more than one of these two, or one of them for what is no IRI, the rule is one that no value keeps,
    so that `conforms` leaves such data to the SHACL engine."""
    below = [(name, terms[0]) for name, terms in prop.limits if name.startswith("lessThan")]
    checks = [_kind(prop), *(_limit(name, terms) for name, terms in prop.limits if not name.startswith("lessThan"))]
    name, other = below[0] if below else ("", None)
    if len(below) > 1 or (below and not isinstance(other, NamedNode)):
        checks.append(lambda value, types: False)
    return _Rule(
        prop.iri,
        prop.least,
        prop.most,
        tuple(checks),
        other if isinstance(other, NamedNode) else None,
        name == "lessThanOrEquals",
    )


def _kind(prop: Property) -> Check:
    """A function that takes a value and the classes of all nodes, and returns whether the value is what the property
    holds: a node of the class, a member of the closed list (any IRI where the list is open), or a literal of the
    datatype in a form of _DATATYPE_FORMS."""
    if prop.holds == "node":
        target = NamedNode(prop.target or "")
        return lambda value, types: target in types.get(value, ())
    if prop.holds == "concept":
        allowed = frozenset(NamedNode(iri) for iri in concepts(prop.scheme or ""))
        return lambda value, types: value in allowed if allowed else isinstance(value, NamedNode)
    datatype, form = NamedNode(XSD + prop.holds), _DATATYPE_FORMS[prop.holds]
    return lambda value, types: isinstance(value, Literal) and value.datatype == datatype and bool(form(value.value))


def _limit(name: str, terms: Sequence[Term]) -> Check:
    """A function that takes a value and the classes of all nodes, and returns whether the value keeps the SHACL
    constraint with this local name and these terms. For 'in' the value must be one of the terms; for 'pattern',
    'minLength', 'minInclusive' and 'maxInclusive' the first term is the bound, and the value must be a literal (SHACL
    allows IRIs for the first two, which are refused here). A pattern is searched as a regular expression of Python.
    For any other name the function always returns False."""
    first = terms[0]
    text = "" if isinstance(first, BlankNode) else first.value
    match name:
        case "in":
            allowed = frozenset(terms)
            return lambda value, types: value in allowed
        case "pattern":
            pattern = re.compile(text)
            return lambda value, types: isinstance(value, Literal) and bool(pattern.search(value.value))
        case "minLength":
            return lambda value, types: isinstance(value, Literal) and len(value.value) >= int(text)
        case "minInclusive":
            return lambda value, types: _ordered(first, value, True)
        case "maxInclusive":
            return lambda value, types: _ordered(value, first, True)
    return lambda value, types: False


def permits(prop: Property, value: object) -> bool:
    """Whether a value of a fact keeps the limits of a property that holds values of a datatype, as far as they concern
    it alone: a deadline keeps the pattern of deadlines ('2025', not '2025年'), a year the least and the greatest one.
    True for a property without limits, and for one that holds concepts or nodes. Raises ValueError for a `str`, also
    '2.5', where the property holds decimals."""
    if prop.holds in ("concept", "node"):
        return True
    term = literal(value, prop.holds)
    return all(_limit(name, terms)(term, {}) for name, terms in prop.limits if not name.startswith("lessThan"))


def _ordered(less: object, more: object, equal: bool) -> bool:
    """Whether `less` is smaller than `more`, or with `equal` not greater, as numbers. False where one of them is no
    xsd:integer or xsd:decimal that `_numbers` can read, such as a date."""
    numbers = list(_numbers((less, more)))
    return len(numbers) == 2 and (numbers[0] < numbers[1] or (equal and numbers[0] == numbers[1]))


def _numbers(terms: Iterable[object]) -> Iterator[Decimal]:
    """The values of those of the terms that are xsd:integer or xsd:decimal and written as digits, with or without a
    sign or a point (-5, 2.50), at most 40 digits before it and after it; other terms are left out."""
    for term in terms:
        if isinstance(term, Literal) and term.datatype.value in _NUMBERS and _DATATYPE_FORMS["decimal"](term.value):
            yield Decimal(term.value)


def _is_date(text: str) -> bool:
    """Whether the text is an existing day in the form 2025-12-31."""
    with suppress(ValueError):
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)) and bool(date.fromisoformat(text))
    return False
