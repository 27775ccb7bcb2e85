"""Facts -> quads, as the ontology declares them: a field of a fact is a property of its class.

A new field or a new kind of fact needs nothing here. A field's value may be

- a string, number or date: a literal, or a concept of the scheme that the property names;
- the position of another fact of the plan (a heading, a task): a link to it;
- a region, policy, indicator concept or organization: a link to a node that plans share;
- a tuple of these: several values, or one string joined with 、 where the property has one value;
- a measure or another dataclass: its fields are properties by the name `field_subfield` (baseline_year), and its parts
  nodes of their own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any

from pyoxigraph import NamedNode, Quad

from ontology.identity import identities, kind_of
from ontology.iris import Iris, scheme_concept
from ontology.model import facts as model
from ontology.model.corrections import Outcome
from ontology.model.source import Source
from ontology.model.text import DocumentText
from ontology.schema import RDF_TYPE, VALUE_SEPARATOR, Class, Property, literal, schema

SHARED_TYPES = (model.Region, model.Policy, model.Concept, model.Organization)


def plan_graph(
    source: Source,
    facts: Iterable[model.Fact],
    generator: str,
    iris: Iris,
    document: NamedNode | None = None,
    text: DocumentText | None = None,
    outcomes: Sequence[Outcome] = (),
) -> list[Quad]:
    """The quads of one plan in its named graph, sorted and without repeats. `facts` must contain one Plan
    (StopIteration without; of several, the first counts and the others are left out); `text`, the document's text, and
    `outcomes`, what became of corrections, are added where they are given.

    The quads depend only on these arguments and the ontology; `generator` is the name and version of the program.
    `document` is the IRI of the graph where it is not the usual one. Raises Clash for two facts that cannot be told
    apart, TypeError for a kind or field that the ontology does not declare, and KeyError for a fact that refers to a
    position which no fact of that kind has, or to a correction that is not in `outcomes`.
    """
    every_fact = list(facts)
    plan = next(fact for fact in every_fact if isinstance(fact, model.Plan))
    read_facts = [*plan.fields, *(fact for fact in every_fact if not isinstance(fact, model.Plan))]
    document = document or iris.document(plan.policy, source.name)
    builder = _PlanQuads(iris, document, iris.policy(plan.policy))
    builder.document_node(source, plan, generator)
    if text is not None:
        builder.text_node(text)
    for outcome in outcomes:
        builder.correction(outcome)
    builder.facts(read_facts)
    return sorted(set(builder.quads), key=sort_key)


def sort_key(quad: Quad) -> tuple[str, str, str]:
    """The key by which quads of a graph are sorted where they are stored and exported: the texts of subject, predicate
    and object."""
    return str(quad.subject), str(quad.predicate), str(quad.object)


@dataclass(slots=True)
class _PlanQuads:
    """Collects the quads of one plan's graph. `iris` makes the IRIs. `document` is that of the graph and `plan` that of
    the policy that the plan is. `quads` are those that were added so far. `described` has the shared nodes of which
    everything has been said; `nodes` has the IRIs of facts and corrections by the IRI of their class and their position
    or id."""

    iris: Iris
    document: NamedNode
    plan: NamedNode
    quads: list[Quad] = field(default_factory=list)
    described: set[NamedNode] = field(default_factory=set)
    nodes: dict[tuple[str, int | str], NamedNode] = field(default_factory=dict)

    def put(self, subject: NamedNode, key: str, value: object) -> None:
        """Adds that the property with this key of the node `subject` has the value: an IRI for a link, the key of a
        member of a closed list, which is not looked up in the list, else a text, number or truth value, which becomes a
        literal of the property's datatype (`literal`). Where the value is None, adds nothing, and does not look up the
        key. Raises KeyError for a key that is not declared, and ValueError for a `str` where the property holds
        decimals."""
        if value is None:
            return
        prop = schema().properties[key]
        if isinstance(value, NamedNode):
            term: object = value
        elif prop.holds == "concept":
            term = scheme_concept(prop.scheme or "", str(value))
        else:
            term = literal(value, prop.holds)
        self.quads.append(Quad(subject, prop.iri, term, self.document))  # type: ignore[arg-type]

    def type(self, subject: NamedNode, key: str) -> None:
        """Adds that the node `subject` is of the class with this key."""
        self.quads.append(Quad(subject, RDF_TYPE, schema().classes[key], self.document))

    # Shared nodes: what is said of them follows from their identity, so that all graphs say the same.

    def shared(self, value: object) -> NamedNode:
        """The node of a region, policy, concept or organization, from the method `region`, `policy`, `concept` or
        `organization`, which adds its quads the first time. Raises TypeError for another value."""
        match value:
            case model.Region():
                return self.region(value)
            case model.Policy():
                return self.policy(value)
            case model.Concept():
                return self.concept(value)
            case model.Organization():
                return self.organization(value)
        raise TypeError(f"{type(value).__name__} is no node that plans share")

    def region(self, region: model.Region) -> NamedNode:
        """The node of a region. The first time, its quads and those of the regions above it are added. A region with an
        ambiguous name (`origin` is AMBIGUOUS) is a node of this plan alone."""
        node = self.iris.region(region)
        if region.origin == model.AMBIGUOUS:
            node = self.iris.fact(self.document, "region", region.name)  # this plan's own, joined with no other
        if node not in self.described:
            self.described.add(node)
            self.type(node, "Region")
            self.put(node, "label", region.name)
            self.put(node, "code", region.code)
            self.put(node, "level", region.level)
            self.put(node, "origin", region.origin)
            if region.parent:
                self.put(node, "WITHIN", self.region(region.parent))
        return node

    def policy(self, policy: model.Policy) -> NamedNode:
        """The node of a policy. The first time, its quads and those of its region, if it has one, are added."""
        node = self.iris.policy(policy)
        if node not in self.described:
            self.described.add(node)
            self.type(node, "Policy")
            self.put(node, "label", policy.label)
            self.put(node, "scope", policy.scope)
            self.put(node, "level", policy.level)
            self.put(node, "policy_type", policy.type)
            if policy.region:
                self.put(node, "GOVERNS", self.region(policy.region))
        return node

    def concept(self, concept: model.Concept) -> NamedNode:
        """The node of an indicator concept. The first time, its quads are added."""
        node = self.iris.concept(concept)
        if node not in self.described:
            self.described.add(node)
            self.type(node, "IndicatorConcept")
            self.put(node, "label", concept.name)
        return node

    def organization(self, organization: model.Organization) -> NamedNode:
        """The node of an organization. The first time, its quads and those of its region are added."""
        node = self.iris.organization(organization)
        if node not in self.described:
            self.described.add(node)
            self.type(node, "Organization")
            self.put(node, "label", f"{organization.region.name} · {organization.function}")
            self.put(node, "function", organization.function)
            self.put(node, "SERVES", self.region(organization.region))
        return node

    def document_node(self, source: Source, plan: model.Plan, generator: str) -> None:
        """Adds the document's node, with the properties that the class Document declares, and gives the node of the
        policy that the document is the class Plan. `generator` (the program's name and version) and the first and last
        year of the plan's period are set; the value of each other property is that of its field (`Property.field`) in
        `plan`, or in `source` where `plan` has no such field. A property whose field neither has, or whose value is
        None or (), is left out."""
        self.type(self.document, "Document")
        start, end = plan.period or (None, None)
        build_values: dict[str, object] = {"generator": generator, "period_start": start, "period_end": end}
        for prop in schema().declared["Document"].properties.values():
            for holder in (build_values, plan, source):
                if isinstance(holder, dict):
                    if prop.key in holder:
                        self.value(self.document, prop, holder[prop.key])
                        break
                elif hasattr(holder, prop.field):
                    self.value(self.document, prop, getattr(holder, prop.field))
                    break
        self.type(self.plan, "Plan")

    def text_node(self, text: DocumentText) -> None:
        """Adds the node that holds the document's text."""
        node = self.iris.text(self.document)
        self.type(node, "DocumentText")
        self.put(node, "TEXT_OF", self.document)
        self.put(node, "content", text.content)
        self.put(node, "page_starts", text.pages_text)
        self.put(node, "paragraphs", text.paragraphs_text)

    def correction(self, outcome: Outcome) -> None:
        """Adds the correction of an outcome, with the state that it got, and its IRI to `nodes`, by which facts that it
        changed refer to it. Its new value is `value`, else `values` as 'name=value; name=value'."""
        correction = outcome.correction
        node = self.iris.correction(self.document, correction.id)
        self.nodes[schema().classes["Correction"].value, correction.id] = node
        self.type(node, "Correction")
        self.put(node, "CORRECTION_OF", self.document)
        added = "; ".join(f"{name}={value}" for name, value in correction.values.items())
        for key, value in {
            "correction_action": correction.action,
            "correction_state": outcome.state,
            "corrected_kind": correction.kind,
            "corrected_quote": correction.quote,
            "corrected_field": correction.field,
            "corrected_from": correction.was,
            "corrected_to": correction.value or added or None,
            "corrected_who": correction.by,
            "corrected_at": correction.at,
            "corrected_why": correction.why,
        }.items():
            self.put(node, key, value)

    # Facts

    def facts(self, facts: Sequence[model.Fact]) -> None:
        """Adds the facts of the plan without the `Plan` itself, which may refer to one another by their positions, and
        their IRIs to `nodes`. Raises Clash for two facts that nothing tells apart, TypeError for a kind (also Plan) or
        field that the ontology does not declare, and KeyError for a reference to a fact or correction that is not
        there."""
        kinds = [kind_of(fact) for fact in facts]
        nodes = [
            self.iris.fact(self.document, kind.key, identity)
            for kind, identity in zip(kinds, identities(facts), strict=True)
        ]
        self.nodes |= {
            (kind.iri.value, fact.position): node for kind, fact, node in zip(kinds, facts, nodes, strict=True)
        }
        for fact, kind, node in zip(facts, kinds, nodes, strict=True):
            self.fact(fact, kind, node)

    def fact(self, fact: model.Fact, kind: Class, node: NamedNode) -> None:
        """Adds a fact of this kind as `node`: its class, document, evidence and fields; a link to the plan for each
        declared property that leads to Plan and is no field of the fact; and its direct link (`direct_link`). Raises
        TypeError as `field` and KeyError as `value` does."""
        self.type(node, kind.key)
        self.put(node, "DERIVED_FROM", self.document)
        for key in ("quote", "start", "end", "page", "ocr"):
            self.put(node, key, getattr(fact.evidence, key))
        first_quad = len(self.quads)
        for name in (member.name for member in fields(fact)):
            if name != "evidence":
                self.field(node, kind, name, getattr(fact, name))
        for prop in kind.properties.values():
            if prop.target == schema().classes["Plan"].value and not hasattr(fact, prop.field):
                self.put(node, prop.key, self.plan)
        if kind.direct:
            self.direct_link(kind, self.quads[first_quad:])

    def field(self, node: NamedNode, kind: Class, name: str, value: Any) -> None:
        """Adds to `node` the field `name` of a fact of this kind; nothing where its `value` is None or ().

        The value of a declared field becomes that of its property. Where the value is a dataclass, its own fields are
        added too, by both names joined with _ (`baseline` and `year`: baseline_year): only the declared ones where
        `name` is declared itself, else all, with parts of a value as nodes of their own (`parts`). Raises TypeError for
        any other field that is not declared, and KeyError as `value` does.
        """
        if value is None or value == ():
            return
        prop = kind.field(name)
        if prop is not None:
            self.value(node, prop, value)
        if is_dataclass(value) and not isinstance(value, type):
            subfields = [member.name for member in fields(value)]
            if prop is None:
                for part in subfields:
                    if parts := self.parts_property(kind, part):
                        self.parts(node, parts, name, getattr(value, part))
                    else:
                        self.field(node, kind, f"{name}_{part}", getattr(value, part))
            else:
                for part in subfields:
                    if extra := kind.field(f"{name}_{part}"):
                        self.value(node, extra, getattr(value, part))
        elif prop is None:
            raise TypeError(f"{kind.key}.{name} is no property of the ontology: declare it in plan.ttl")

    def value(self, node: NamedNode, prop: Property, value: Any) -> None:
        """Adds that the property `prop` of the node has the value: one, or several as a tuple, which are joined with
        、 where the property holds at most one; nothing for None and (). What plans share becomes a node of its own
        (`shared`), and a date ISO text. Where the property is a link, another value is the position of a fact, or the
        id of a correction, and KeyError is raised where there is none."""
        if value is None or value == ():
            return
        if isinstance(value, tuple) and prop.most == 1:
            value = VALUE_SEPARATOR.join(map(str, value))
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, SHARED_TYPES):
                self.put(node, prop.key, self.shared(one))
            elif prop.holds == "node":
                self.put(node, prop.key, self.nodes[prop.target or "", one])
            else:
                self.put(node, prop.key, one.isoformat() if isinstance(one, date) else one)

    def parts_property(self, kind: Class, name: str) -> Property | None:
        """The property by which the parts in the field `name` of a value point to their fact, which is of this kind;
        None where the ontology declares none."""
        for prop in schema().properties.values():
            if prop.parts_field == name and prop.target == kind.iri.value:
                return prop
        return None

    def parts(self, owner: NamedNode, link: Property, side: str, values: Sequence[Any]) -> None:
        """Adds a node, '…/target/0', for each of the parts `values` in a value of the fact `owner`, with the property
        `link` to the fact, its position from 0 and its fields. `side` is the name of the field that has the value
        ('target')."""
        part_class = next(c for c in schema().declared.values() if link.key in c.properties)
        for position, part in enumerate(values):
            node = NamedNode(f"{owner.value}/{side}/{position}")
            self.type(node, part_class.key)
            self.put(node, link.key, owner)
            self.put(node, "side", side)
            self.put(node, "position", position)
            for name in (member.name for member in fields(part)):
                self.field(node, part_class, name, getattr(part, name))

    def direct_link(self, kind: Class, quads: Sequence[Quad]) -> None:
        """Adds the direct link of a fact of this kind, which must declare one; nothing where the fact lacks one of the
        two ends or the relation or role that decides the type of the link, or no link is declared for that relation or
        role. Of several ends the first counts. `quads` are those of the fact's fields."""
        assert kind.direct
        ends = {
            key: next((quad.object for quad in quads if quad.predicate == schema().properties[key].iri), None)
            for key in (kind.direct.start, kind.direct.end, kind.direct.by)
        }
        start, end, by = ends.values()
        if start is not None and end is not None and by is not None:
            by_property = schema().properties[kind.direct.by]
            for notation, key in kind.direct.links.items():
                if scheme_concept(by_property.scheme or "", notation) == by:
                    self.put(start, key, end)  # type: ignore[arg-type]
