"""The SHACL shapes, made from the declaration: a shape for each class, a constraint for each property."""

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from ontology.namespaces import ALL_PREFIXES, SHAPES, SKOS, XSD, notation_of, scheme_name, turtle_name
from ontology.schema import Class, Property, Term, schema, scheme_quads

# Schemes that the extractors' data fill: a shape cannot list what is in them.
OPEN_SCHEMES = frozenset({"function"})
SHAPES_HEADER = """\
# Made from plan.ttl by `make ontology`: what a plan's graph must hold for its facts to be trusted. Each graph is
# validated by itself.
"""


def shapes() -> str:
    """The text of shapes.ttl: a note, the prefixes, and the shape of each declared class but Fact, in the declared
    order."""
    prefixes = {**ALL_PREFIXES, "shape": SHAPES}
    used = ("dcterms", "eli", "kg", "org", "prov", "rdfs", "xsd", "sh", "shape")
    lines = [f"@prefix {name}: <{prefixes[name]}> .\n" for name in used]
    blocks = [_shape(declared) for declared in schema().declared.values() if declared.key != "Fact"]
    return SHAPES_HEADER + "".join(lines) + "\n" + "\n".join(blocks)


def _shape(declared: Class) -> str:
    """The shape of a class, in Turtle, with a constraint for each of its properties, and one that it has at least one
    of `needs` where it names any."""
    parts = [f"shape:{declared.key} a sh:NodeShape ; sh:targetClass {_term(declared.iri)}"]
    for prop in declared.properties.values():
        constraints = [f"sh:path {_term(prop.iri)}", *_constraints(prop)]
        parts.append(f"    sh:property [ {' ; '.join([*constraints, _message(declared, prop)])} ]")
    if declared.needs:
        choices = " ".join(
            f"[ sh:path {_term(schema().properties[key].iri)} ; sh:minCount 1 ]" for key in declared.needs
        )
        names = _either([declared.properties[key].label("en") for key in declared.needs])
        message = _string(f"{_article(declared.label('en'))} has a {names}")
        parts.append(f"    sh:or ( {choices} ) ; sh:message {message}")
    return " ;\n".join(parts) + " .\n"


def _constraints(prop: Property) -> Iterator[str]:
    """The constraints of a property, in Turtle, in this order: 'sh:minCount 1' unless the least number is 0;
    sh:maxCount where there is a greatest one; sh:class for nodes, sh:in with the members of a closed list or
    sh:nodeKind sh:IRI where `concepts` has none, else sh:datatype; then one for each of its limits, of which sh:in has
    all terms and any other its first term alone."""
    if prop.least:
        yield f"sh:minCount {prop.least}"
    if prop.most is not None:
        yield f"sh:maxCount {prop.most}"
    if prop.holds == "node":
        yield f"sh:class {_term(NamedNode(prop.target or ''))}"
    elif prop.holds == "concept":
        values = concepts(prop.scheme or "")
        yield f"sh:in ( {' '.join(f'<{value}>' for value in values)} )" if values else "sh:nodeKind sh:IRI"
    else:
        yield f"sh:datatype xsd:{prop.holds}"
    for name, terms in prop.limits:
        words = [_term(term) for term in terms]
        yield f"sh:{name} ( {' '.join(words)} )" if name == "in" else f"sh:{name} {words[0]}"


def concepts(scheme: str) -> list[str]:
    """The IRIs of the members of a closed list, in the declared order; [] for a list whose members come from data, and
    for one that schemes.ttl does not declare. `scheme` is the IRI of the list."""
    if scheme_name(scheme) in OPEN_SCHEMES:
        return []
    return [
        quad.subject.value
        for quad in scheme_quads()
        if isinstance(quad.subject, NamedNode)
        and quad.predicate.value == SKOS + "inScheme"
        and quad.object == NamedNode(scheme)
    ]


def _message(declared: Class, prop: Property) -> str:
    """The predicate sh:message with the English message on a violated constraint of the property `prop` of a class:
    'sh:message "a heading has one kind of heading: chapter, section, item, box or box-item"'."""
    count = {(1, 1): "one", (0, 1): "at most one", (1, None): "at least one"}.get(
        (prop.least, prop.most), "any number of"
    )
    words = f"{_article(declared.label('en'))} has {count} {prop.label('en')}"
    if prop.holds == "node":
        target = schema().of_iri(prop.target or "").label("en")
        words = f"{_article(declared.label('en'))} has {count} {target} ({prop.label('en')})"
    tail = [*_limits(prop)]
    return f"sh:message {_string(words + (': ' + ', '.join(tail) if tail else ''))}"


def _limits(prop: Property) -> Iterator[str]:
    """What messages say of the values that a property may have, first of their kind: 'a, b or c' for a closed list, 'a
    concept of the scheme function' where `concepts` has no members, 'a date', nothing for strings and nodes; then of
    each limit: the values of `in` ('a, b or c'), the pattern ('of the form ^[1-9][0-9]{5}$'), 'not empty' for any
    minLength, '0 or more', '5 or less', or the label of the other property ('less than the end of the quote')."""
    if prop.holds == "concept":
        names = [notation_of(value) for value in concepts(prop.scheme or "")]
        yield _either(names) if names else f"a concept of the scheme {scheme_name(prop.scheme or '')}"
    elif prop.holds not in {"string", "node"}:
        yield _article(prop.holds)
    for name, terms in prop.limits:
        value = terms[0]
        match name:
            case "in":
                yield _either([term.value for term in terms if not isinstance(term, str)])
            case "pattern":
                yield f"of the form {value.value}"
            case "minLength":
                yield "not empty"
            case "minInclusive":
                yield f"{value.value} or more"
            case "maxInclusive":
                yield f"{value.value} or less"
            case "lessThan" | "lessThanOrEquals":
                other = schema().by_iri[value.value]
                yield f"{'less than' if name == 'lessThan' else 'no more than'} the {other.label('en')}"


def _article(noun: str) -> str:
    """The noun after its indefinite article, an before a, e, i, o and u in lower case: 'an indicator'."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _either(names: Sequence[str]) -> str:
    """Names, at least one, joined as alternatives: 'a, b or c'."""
    return " or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _term(term: Term) -> str:
    """A term in Turtle: an IRI as a prefixed name or in <>, an integer as it is, another literal in quotation marks
    with its datatype or language ('kg:Task', '5', '"text"@en'), a blank node as '_:name'."""
    if isinstance(term, NamedNode):
        return turtle_name(term.value)
    if isinstance(term, Literal) and term.datatype.value == XSD + "integer":
        return term.value
    return str(term)


def _string(words: str) -> str:
    """The words as a string of Turtle, with quotation marks and escapes."""
    return str(Literal(words))
