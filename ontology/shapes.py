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
    """The text of shapes.ttl."""
    prefixes = {**ALL_PREFIXES, "shape": SHAPES}
    used = ("dcterms", "eli", "kg", "org", "prov", "rdfs", "xsd", "sh", "shape")
    lines = [f"@prefix {name}: <{prefixes[name]}> .\n" for name in used]
    blocks = [_shape(found) for found in schema().declared.values() if found.key != "Fact"]
    return SHAPES_HEADER + "".join(lines) + "\n" + "\n".join(blocks)


def _shape(found: Class) -> str:
    """The shape of a class, in Turtle, with a constraint for each of its properties that has any."""
    parts = [f"shape:{found.key} a sh:NodeShape ; sh:targetClass {_term(found.iri)}"]
    for held in found.properties.values():
        constraints = [f"sh:path {_term(held.iri)}", *_constraints(held)]
        if len(constraints) > 1:
            parts.append(f"    sh:property [ {' ; '.join([*constraints, _message(found, held)])} ]")
    if found.needs:
        choices = " ".join(f"[ sh:path {_term(schema().properties[key].iri)} ; sh:minCount 1 ]" for key in found.needs)
        names = _either([found.properties[key].label("en") for key in found.needs])
        message = _string(f"{_article(found.label('en'))} has a {names}")
        parts.append(f"    sh:or ( {choices} ) ; sh:message {message}")
    return " ;\n".join(parts) + " .\n"


def _constraints(held: Property) -> Iterator[str]:
    """The constraints of a property, in Turtle: 'sh:minCount 1'."""
    if held.least:
        yield f"sh:minCount {held.least}"
    if held.most is not None:
        yield f"sh:maxCount {held.most}"
    if held.holds == "node":
        yield f"sh:class {_term(NamedNode(held.target or ''))}"
    elif held.holds == "concept":
        values = concepts(held.scheme or "")
        yield f"sh:in ( {' '.join(f'<{value}>' for value in values)} )" if values else "sh:nodeKind sh:IRI"
    else:
        yield f"sh:datatype xsd:{held.holds}"
    for name, terms in held.limits:
        words = [_term(term) for term in terms]
        yield f"sh:{name} ( {' '.join(words)} )" if name == "in" else f"sh:{name} {words[0]}"


def concepts(scheme: str) -> list[str]:
    """The IRIs of the members of a closed list, in the declared order; [] for a list whose members come from data.
    `scheme` is the IRI of the list."""
    if scheme_name(scheme) in OPEN_SCHEMES:
        return []
    return [
        quad.subject.value
        for quad in scheme_quads()
        if isinstance(quad.subject, NamedNode)
        and quad.predicate.value == SKOS + "inScheme"
        and quad.object == NamedNode(scheme)
    ]


def _message(found: Class, held: Property) -> str:
    """The message, in Turtle, of a violated constraint of the property `held` of a class: 'a heading has one kind of
    heading: chapter, section, item, box or box-item'."""
    count = {(1, 1): "one", (0, 1): "at most one", (1, None): "at least one"}.get(
        (held.least, held.most), "any number of"
    )
    words = f"{_article(found.label('en'))} has {count} {held.label('en')}"
    if held.holds == "node":
        target = schema().of_iri(held.target or "").label("en")
        words = f"{_article(found.label('en'))} has {count} {target} ({held.label('en')})"
    tail = [*_limits(held)]
    return f"sh:message {_string(words + (': ' + ', '.join(tail) if tail else ''))}"


def _limits(held: Property) -> Iterator[str]:
    """What messages say of the values that a property may have: 'a date', 'not empty'."""
    if held.holds == "concept":
        names = [notation_of(value) for value in concepts(held.scheme or "")]
        yield _either(names) if names else f"a concept of the scheme {scheme_name(held.scheme or '')}"
    elif held.holds not in {"string", "node"}:
        yield _article(held.holds)
    for name, terms in held.limits:
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
    """The noun after its indefinite article: 'an indicator'."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _either(names: Sequence[str]) -> str:
    """Names joined as alternatives: 'a, b or c'."""
    return " or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _term(term: Term) -> str:
    """A term in Turtle: 'kg:Task', '5', '"text"'."""
    if isinstance(term, NamedNode):
        return turtle_name(term.value)
    if isinstance(term, Literal) and term.datatype.value == XSD + "integer":
        return term.value
    return str(term)


def _string(words: str) -> str:
    """The words as a string of Turtle, with quotation marks and escapes."""
    return str(Literal(words))
