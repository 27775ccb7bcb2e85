"""The declaration of plan.ttl, read: classes with their properties, what these are called outside RDF, and what they
hold.

Other packages add their own Turtle through the entry point group `kg.ontology`, with a function that takes nothing and
returns the text.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from typing import Any, Literal

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse
from pyoxigraph import Literal as RdfLiteral

from ontology.namespaces import (
    KG,
    OWL,
    PREFIXES,
    RDF,
    RDFS,
    SCHEMES,
    SKOS,
    XSD,
    notation_of,
    with_base,
)

NAMESPACE = KG
VALUE_SEPARATOR = "、"  # between several values that one text holds, as plans print them
RDF_TYPE = NamedNode(RDF + "type")
SHACL = "http://www.w3.org/ns/shacl#"

__all__ = ["NAMESPACE", "OWL", "PREFIXES", "RDF", "RDFS", "RDF_TYPE", "SCHEMES", "SKOS", "XSD"]

Holds = Literal["string", "integer", "decimal", "date", "boolean", "concept", "node"]
Term = NamedNode | BlankNode | RdfLiteral


@dataclass(frozen=True, slots=True)
class Property:
    """A property, by itself or with what one class says of it.

    `key` is its name outside RDF, `field` the name of the field in the fact model. `holds` is the datatype of its
    values, 'concept' for members of the closed list whose IRI is `scheme`, or 'node' for nodes of the class whose IRI
    is `target`. A node has at least `least` and at most `most` values, any number where `most` is None. `limits` are
    SHACL constraints as (local name, terms). `labels` and `comments` are (language, text). `parts_field` is set for a
    link from a part of a value to its fact: the name of the field that holds the parts.
    """

    iri: NamedNode
    key: str
    holds: Holds
    field: str
    scheme: str | None = None
    target: str | None = None
    least: int = 0
    most: int | None = 1
    limits: tuple[tuple[str, tuple[Term, ...]], ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    parts_field: str | None = None

    def label(self, language: str) -> str:
        """The label in the language 'zh' or 'en'; the key where there is none."""
        return dict(self.labels).get(language, self.key)


@dataclass(frozen=True, slots=True)
class DirectLink:
    """The direct link that says a fact of some class in short. It leads from the node that is the value of the fact's
    property `start` to the value of its property `end`; `start`, `end` and `by` are keys of properties. `links` has the
    type of the link for each value of the property `by`: {'basis': 'BASED_ON'}."""

    start: str
    end: str
    by: str
    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Class:
    """A class of nodes. `above` are the keys of the declared classes above it, nearest first. `properties` are its own
    and those that it has from classes above it, by key, in the declared order.

    `identity` are the keys of the properties whose values make the IRI of a fact, and `needs` those of which a node
    must have at least one. `plural` is the name of its table, `preset` that of the preset that lists its nodes.
    `is_fact` says that it is a kind of fact; `direct` is the direct link of such a fact, if any. `labels` and
    `comments` are (language, text).
    """

    iri: NamedNode
    key: str
    above: tuple[str, ...]
    properties: Mapping[str, Property]
    identity: tuple[str, ...]
    plural: str
    preset: str
    is_fact: bool
    direct: DirectLink | None
    needs: tuple[str, ...]
    labels: tuple[tuple[str, str], ...] = ()
    comments: tuple[tuple[str, str], ...] = ()

    def label(self, language: str) -> str:
        """The label in the language 'zh' or 'en'; the key where there is none."""
        return dict(self.labels).get(language, self.key)

    def field(self, name: str) -> Property | None:
        """The property as which the field `name` of the fact model is stored in nodes of this class; None where there
        is none."""
        return next((prop for prop in self.properties.values() if prop.field == name), None)


@dataclass(frozen=True, slots=True)
class Schema:
    """The declared terms: `declared` has the classes and `properties` the properties by key, `by_iri` the properties by
    IRI; `classes` has the IRIs of the classes by key, and `class_keys` the keys by IRI."""

    declared: Mapping[str, Class]
    classes: Mapping[str, NamedNode]
    properties: Mapping[str, Property]
    class_keys: Mapping[str, str]
    by_iri: Mapping[str, Property]

    @property
    def kinds(self) -> list[Class]:
        """The kinds of fact, in the declared order."""
        return [declared for declared in self.declared.values() if declared.is_fact]

    def of_iri(self, iri: str) -> Class:
        """The class with this IRI. Raises KeyError where none has it."""
        return self.declared[self.class_keys[iri]]


@cache
def schema() -> Schema:
    """The terms that plan.ttl and the packages that add to it declare, read once. Raises ValueError for two classes or
    two properties with one key, for a property without a range, and for a class that has a property which is not
    declared; KeyError for an unknown cardinality, and for a class that is identified by, needs or makes its direct link
    of a property which is not declared; SyntaxError for a text that is no Turtle."""
    return _Reader(declaration_quads()).schema()


def declaration_quads() -> list[Quad]:
    """The triples of the declaration: those of plan.ttl, then those of other packages."""
    return [quad for words in declarations() for quad in parse(words, format=RdfFormat.TURTLE)]


def declarations() -> list[str]:
    """The Turtle of plan.ttl, then that of each package that adds to it, in the order of the entry points' names."""
    points = sorted(entry_points(group="kg.ontology"), key=lambda point: point.name)
    return [package_text("plan.ttl"), *(with_base(point.load()()) for point in points)]


def package_text(name: str) -> str:
    """The content of a file of this package, such as 'plan.ttl', with its IRIs below the base that is in use. Raises
    FileNotFoundError where there is none."""
    return with_base(files("ontology").joinpath(name).read_text("utf-8"))


_HOLDS_OF_DATATYPE: dict[str, Holds] = {
    XSD + name: name for name in ("string", "integer", "decimal", "date", "boolean")
}
_LIMITS = ("pattern", "in", "minInclusive", "maxInclusive", "minLength", "lessThan", "lessThanOrEquals")
_CARDINALITIES: dict[str, tuple[int, int | None]] = {"0..1": (0, 1), "1": (1, 1), "0..n": (0, None), "1..n": (1, None)}


class _Reader:
    """Makes classes and properties from the triples of the declaration. A `subject` is a subject of these triples as
    text, '<IRI>' or '_:name', and a `name` the IRI of a predicate. `objects` has the objects of the triples by subject
    and then by predicate, `subjects` the subject that declares each term by the term's IRI."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.objects: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            self.objects[str(quad.subject)][quad.predicate.value].append(quad.object)  # type: ignore[arg-type]
        self.subjects: dict[str, str] = {}  # the subject that declares a term, by the term's IRI
        for subject, found in self.objects.items():
            if KG + "key" in found:
                self.subjects[self.iri(subject).value] = subject

    def iri(self, subject: str) -> NamedNode:
        """The IRI of the term that a subject of the declaration declares, which may be one of another vocabulary
        (`kg:termOf`)."""
        borrowed = self.objects[subject].get(KG + "termOf")
        return borrowed[0] if borrowed else NamedNode(subject[1:-1])  # type: ignore[return-value]

    def values(self, subject: str, name: str) -> list[str]:
        """The values, as text (`_value`) and in order, of the predicate with the IRI `name` of a subject of the
        declaration; [] where it has none."""
        return [_value(term) for term in self.objects[subject].get(name, [])]

    def one(self, subject: str, *names: str) -> str | None:
        """The first value of the first of these predicates, by their IRIs, that a subject of the declaration has; None
        where it has none of them."""
        return next((value for name in names for value in self.values(subject, name)), None)

    def kind(self, subject: str) -> str:
        """The IRI of the OWL class of the term that a subject declares: owl:Class, or a kind of property. It is the
        value of kg:kindOfTerm, else the first type of OWL's; '' without either."""
        return self.one(subject, KG + "kindOfTerm") or next(
            (value for value in self.values(subject, RDF_TYPE.value) if value.startswith(OWL)), ""
        )

    def schema(self) -> Schema:
        """All declared terms: each subject with a key is a class where its kind is owl:Class, else a property. A class
        and a property may have one key. Raises ValueError for two classes or two properties with one key, and the
        errors of `property` and `class_of`."""
        keyed = {subject: self.one(subject, KG + "key") or "" for subject in self.subjects.values()}
        properties: dict[str, Property] = {}
        classes = []
        for subject, key in keyed.items():
            if self.kind(subject) == OWL + "Class":
                classes.append(subject)
            elif key in properties:
                raise ValueError(f"two properties have the key {key!r}")
            else:
                properties[key] = self.property(subject, key)
        declared = {}
        by_iri = {prop.iri.value: prop for prop in properties.values()}
        for subject in classes:
            found = self.class_of(subject, by_iri)
            if found.key in declared:
                raise ValueError(f"two classes have the key {found.key!r}")
            declared[found.key] = found
        return Schema(
            declared,
            {key: found.iri for key, found in declared.items()},
            properties,
            {found.iri.value: key for key, found in declared.items()},
            by_iri,
        )

    def property(self, subject: str, key: str) -> Property:
        """The property that a subject of the declaration declares, whose key is `key`. It holds 'concept' where
        kg:scheme names a closed list, else the datatype that is its range (rdfs:range, else kg:range), else 'node'. Its
        field has the same name unless kg:field names another; without kg:cardinality it has 0..1 values. Raises
        ValueError where it has no range, and KeyError as `cardinality` does."""
        target = self.one(subject, RDFS + "range", KG + "range")
        if target is None:
            raise ValueError(f"property {key!r} has no range")
        scheme = self.one(subject, KG + "scheme")
        holds: Holds = "concept" if scheme else _HOLDS_OF_DATATYPE.get(target, "node")
        least, most = self.cardinality(subject) or (0, 1)
        return Property(
            self.iri(subject),
            key,
            holds,
            self.one(subject, KG + "field") or key,
            scheme,
            target if holds == "node" else None,
            least,
            most,
            self.limits(subject),
            self.texts(subject, "label"),
            self.texts(subject, "comment"),
            self.one(subject, KG + "partsField"),
        )

    def cardinality(self, subject: str) -> tuple[int, int | None] | None:
        """The least and the most values (None for any number) that `kg:cardinality` of a subject says: '0..n' -> (0,
        None); None where it is not given. Raises KeyError for another word."""
        words = self.one(subject, KG + "cardinality")
        return _CARDINALITIES[words] if words else None

    def limits(self, subject: str) -> tuple[tuple[str, tuple[Term, ...]], ...]:
        """The SHACL constraints of _LIMITS that a subject of the declaration has, in that order, as (local name,
        terms): ('pattern', (term,)). 'in' has the members of its list, the others one term."""
        constraints = []
        for name in _LIMITS:
            for term in self.objects[subject].get(SHACL + name, []):
                constraints.append((name, tuple(self.members(term)) if name == "in" else (term,)))
        return tuple(constraints)

    def members(self, head: Term) -> Iterable[Term]:
        """The members of the RDF list that begins with the node `head`, in order, up to the first node without
        rdf:first; none where `head` is no list."""
        while str(head) in self.objects and RDF + "first" in self.objects[str(head)]:
            yield self.objects[str(head)][RDF + "first"][0]
            head = self.objects[str(head)][RDF + "rest"][0]

    def texts(self, subject: str, name: str) -> tuple[tuple[str, str], ...]:
        """The labels or comments of the subject (`name` is 'label' or 'comment') as (language, text), sorted; '' for a
        text without a language. Of several in one language the last counts."""
        by_language = {
            term.language or "": term.value
            for term in self.objects[subject].get(RDFS + name, [])
            if isinstance(term, RdfLiteral)
        }
        return tuple(sorted(by_language.items()))

    def above(self, subject: str) -> list[str]:
        """The subjects that declare the classes above the one that `subject` declares: each parent, followed by those
        above it. Classes that are not declared are left out."""
        subjects: list[str] = []
        for iri in self.values(subject, RDFS + "subClassOf"):
            if iri in self.subjects:
                subjects += [self.subjects[iri], *self.above(self.subjects[iri])]
        return subjects

    def class_of(self, subject: str, by_iri: Mapping[str, Property]) -> Class:
        """The class that a subject of the declaration declares, with the properties of classes above it; of two with
        one key the nearer counts. Its identifying properties are its own, else those of the nearest class above it that
        has any. `plural` is the key in lower case with s, and `preset` the plural, unless they are declared. `by_iri`
        has all declared properties. Raises KeyError for an identifying or needed property that is none of them, and as
        `own_properties` and `direct` do, ValueError as `own_properties` does."""
        key = self.one(subject, KG + "key") or ""
        above = self.above(subject)
        properties: dict[str, Property] = {}
        for owner in (subject, *above):
            for prop in self.own_properties(owner, by_iri):
                properties.setdefault(prop.key, prop)
        identity = next(filter(None, (self.values(owner, KG + "identifiedBy") for owner in (subject, *above))), [])
        keys = tuple(self.iri(owner).value for owner in above)
        plural = self.one(subject, KG + "plural") or key.lower() + "s"
        return Class(
            self.iri(subject),
            key,
            tuple(self.one(owner, KG + "key") or "" for owner in above),
            properties,
            tuple(by_iri[iri].key for iri in identity),
            plural,
            self.one(subject, KG + "preset") or plural,
            KG + "Fact" in keys,
            self.direct(subject, by_iri),
            tuple(by_iri[iri].key for iri in self.values(subject, KG + "needsOneOf")),
            self.texts(subject, "label"),
            self.texts(subject, "comment"),
        )

    def own_properties(self, owner: str, by_iri: Mapping[str, Property]) -> Iterable[Property]:
        """The properties of a class, without those of classes above it: first those that its declaration lists
        (`kg:has`), with the cardinality, limits and field given there in place of their own, then those that name the
        class as their domain. `owner` is the subject that declares the class, `by_iri` has all properties. Raises
        ValueError for a listed property that is not declared, and KeyError as `cardinality` does."""
        for node in self.objects[owner].get(KG + "has", []):
            entry = str(node)
            iri = self.one(entry, KG + "property") or ""
            if iri not in by_iri:
                raise ValueError(f"{owner} has {iri}, which is not declared")
            found = by_iri[iri]
            least, most = self.cardinality(entry) or (found.least, found.most)
            limits = self.limits(entry) or found.limits
            yield replace(
                found, least=least, most=most, limits=limits, field=self.one(entry, KG + "field") or found.field
            )
        domain = self.iri(owner).value
        for subject in self.subjects.values():
            iri = self.iri(subject).value
            if iri in by_iri and domain in self.values(subject, RDFS + "domain") + self.values(subject, KG + "domain"):
                yield by_iri[iri]

    def direct(self, subject: str, by_iri: Mapping[str, Property]) -> DirectLink | None:
        """The direct link of the facts of a class, by the subject that declares the class; None where it lacks
        one of kg:directFrom, directTo and directBy. `by_iri` has all properties; KeyError is raised for one that is not
        in it."""
        start, end, by = (self.one(subject, KG + name) for name in ("directFrom", "directTo", "directBy"))
        if not (start and end and by):
            return None
        scheme = by_iri[by].scheme
        links = {
            notation_of(concept.value): by_iri[link].key
            for concept, found_scheme, link in _direct_links()
            if found_scheme == scheme
        }
        return DirectLink(by_iri[start].key, by_iri[end].key, by_iri[by].key, links)


def _direct_links() -> list[tuple[NamedNode, str, str]]:
    """For each member of a closed list that has a direct link declared (kg:directLink): its IRI, that of the list, and
    that of the link's property."""
    objects: dict[NamedNode, dict[str, str]] = defaultdict(dict)
    for quad in scheme_quads():
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            objects[quad.subject][quad.predicate.value] = quad.object.value
    return [
        (concept, values[SKOS + "inScheme"], values[KG + "directLink"])
        for concept, values in objects.items()
        if KG + "directLink" in values
    ]


@cache
def scheme_quads() -> list[Quad]:
    """The triples of schemes.ttl, which declares the closed lists."""
    return list(parse(package_text("schemes.ttl"), format=RdfFormat.TURTLE))


def _value(term: Any) -> str:
    """The text of a term: an IRI, the words of a literal, or '_:name' for a blank node."""
    return str(term) if isinstance(term, BlankNode) else str(term.value)


def literal(value: object, holds: Holds) -> RdfLiteral:
    """The value as an RDF literal of the datatype `holds` (no 'concept' or 'node'). A decimal is written without
    exponent and trailing zeros (2.50 as 2.5), so that equal numbers are equal terms (a float is rounded to six decimals
    first), a boolean as 'true' where Python takes the value as true, else 'false', any other value as its `str`. Raises
    ValueError for a `str`, also '2.5', as a decimal."""
    if holds == "string":
        return RdfLiteral(str(value))
    if holds == "decimal":
        plain = f"{value:f}"
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
        return RdfLiteral(plain, datatype=NamedNode(XSD + "decimal"))
    if holds == "boolean":
        return RdfLiteral("true" if value else "false", datatype=NamedNode(XSD + "boolean"))
    return RdfLiteral(str(value), datatype=NamedNode(XSD + holds))
