"""Facts -> quads. The only place that knows how a fact is said in RDF."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from ontology.iris import Iris, scheme_concept
from ontology.model import facts as model
from ontology.model.source import Source
from ontology.schema import TYPE, literal, schema

RELATION_PROPERTIES = {
    "basis": "BASED_ON",
    "implements": "IMPLEMENTS",
    "issued": "ANNOUNCES",
    "mentions": "MENTIONS",
}
ROLE_PROPERTIES = {"lead": "LED_BY", "participant": "HAS_PARTICIPANT"}


def plan_graph(source: Source, facts: Iterable[model.Fact], generator: str, iris: Iris) -> list[Quad]:
    """The quads of one plan, in its own named graph, sorted and without repeats.

    A function of the file's name and bytes, the reference data and the program's version (`generator`) alone.
    """
    facts = list(facts)
    plan = next(fact for fact in facts if isinstance(fact, model.Plan))
    builder = _Builder(iris, iris.document(source.name, source.sha256), iris.policy(plan.policy))
    builder.document_node(source, plan, generator)
    for fact in facts:
        builder.add(fact)
    return sorted(set(builder.quads), key=sort_key)


def sort_key(quad: Quad) -> tuple[str, str, str]:
    """The order in which quads of a graph are stored and exported."""
    return str(quad.subject), str(quad.predicate), str(quad.object)


@dataclass(slots=True)
class _Builder:
    iris: Iris
    document: NamedNode
    plan: NamedNode
    quads: list[Quad] = field(default_factory=list)
    described: set[NamedNode] = field(default_factory=set)

    def put(self, subject: NamedNode, key: str, value: object) -> None:
        """One statement by the property's key; nothing where the value is None."""
        if value is None:
            return
        found = schema().properties[key]
        if isinstance(value, NamedNode):
            term: object = value
        elif found.holds == "concept":
            term = scheme_concept(found.scheme or "", str(value))
        else:
            term = literal(value, found.holds)
        self.quads.append(Quad(subject, found.iri, term, self.document))  # type: ignore[arg-type]

    def type(self, subject: NamedNode, key: str) -> None:
        self.quads.append(Quad(subject, TYPE, schema().classes[key], self.document))

    # Shared nodes: what is said of them follows from their identity, so that all graphs say the same.

    def region(self, region: model.Region) -> NamedNode:
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
        node = self.iris.concept(concept)
        if node not in self.described:
            self.described.add(node)
            self.type(node, "IndicatorConcept")
            self.put(node, "label", concept.name)
        return node

    def organization(self, organization: model.Organization) -> NamedNode:
        node = self.iris.organization(organization)
        if node not in self.described:
            self.described.add(node)
            self.type(node, "Organization")
            self.put(node, "label", f"{organization.region.name} · {organization.function}")
            self.put(node, "function", organization.function)
            self.put(node, "SERVES", self.region(organization.region))
        return node

    def document_node(self, source: Source, plan: model.Plan, generator: str) -> None:
        node = self.document
        self.type(node, "Document")
        for key, value in {
            "file": source.name,
            "sha256": source.sha256,
            "format": source.format,
            "encoding": source.encoding,
            "generator": generator,
            "title": plan.title,
            "doc_number": plan.doc_number,
            "issuer": "、".join(plan.issuers) or None,
            "issued": plan.issued and plan.issued.isoformat(),
            "period_start": plan.period and plan.period[0],
            "period_end": plan.period and plan.period[1],
            "horizon": plan.horizon,
            "OF_REGION": plan.region and self.region(plan.region),
            "MANIFESTS": self.policy(plan.policy),
        }.items():
            self.put(node, key, value)
        self.type(self.plan, "Plan")

    # Facts

    def fact_node(self, fact: model.Fact, kind: str, position: int | str) -> NamedNode:
        node = self.iris.fact(self.document, kind.lower(), position)
        self.type(node, kind)
        self.put(node, "DERIVED_FROM", self.document)
        self.put(node, "quote", fact.evidence.quote)
        self.put(node, "start", fact.evidence.start)
        self.put(node, "end", fact.evidence.end)
        self.put(node, "page", fact.evidence.page)
        if isinstance(position, int):
            self.put(node, "position", position)
        return node

    def sibling(self, kind: str, position: int | None) -> NamedNode | None:
        return None if position is None else self.iris.fact(self.document, kind, position)

    def add(self, fact: model.Fact) -> None:
        match fact:
            case model.Plan():
                for field_ in fact.fields:
                    self.add(field_)
            case model.PlanField():
                node = self.fact_node(fact, "PlanField", f"{fact.field}-{fact.evidence.start}")
                self.put(node, "field", fact.field)
                self.put(node, "field_value", fact.value)
            case model.Heading():
                node = self.fact_node(fact, "Heading", fact.position)
                self.put(node, "heading_kind", fact.kind)
                self.put(node, "number", fact.number)
                self.put(node, "title", fact.title)
                self.put(node, "UNDER", self.sibling("heading", fact.parent))
            case model.Task():
                node = self.fact_node(fact, "Task", fact.position)
                self.put(node, "title", fact.title)
                self.put(node, "label", fact.label)
                self.put(node, "UNDER", self.sibling("heading", fact.parent))
                self.put(node, "HEADED_BY", self.sibling("heading", fact.heading))
            case model.Indicator():
                self.indicator(fact)
            case model.Observation():
                node = self.fact_node(fact, "Observation", fact.position)
                self.put(node, "name", fact.name)
                self.put(node, "MEASURES", self.concept(fact.concept))
                self.put(node, "concept_rule", fact.concept.rule)
                self.put(node, "year", fact.year)
                self.put(node, "value", fact.value)
                self.put(node, "unit", fact.unit)
            case model.Target():
                node = self.fact_node(fact, "Target", fact.position)
                self.put(node, "PART_OF_TASK", self.sibling("task", fact.task))
                for key in ("subject", "op", "value", "unit", "deadline", "change", "relative_to"):
                    self.put(node, key, getattr(fact, key))
            case model.Citation():
                self.citation(fact)
            case model.Responsibility():
                self.responsibility(fact)
            case _:
                raise TypeError(f"{type(fact).__name__} has no place in the ontology: add it to ontology/graph.py")

    def indicator(self, fact: model.Indicator) -> None:
        node = self.fact_node(fact, "Indicator", fact.position)
        self.put(node, "name", fact.name)
        self.put(node, "MEASURES", self.concept(fact.concept))
        self.put(node, "concept_rule", fact.concept.rule)
        self.put(node, "dimension", fact.dimension)
        self.put(node, "indicator_kind", fact.kind)
        self.put(node, "departments", "、".join(fact.departments) or None)
        self.put(node, "unit", fact.unit)
        for lead in fact.leads:
            self.put(node, "LED_BY", self.organization(lead))
        for side, measure in (("baseline", fact.baseline), ("target", fact.target)):
            if measure is None:
                continue
            for key in ("year", "text", "op", "value", "unit"):
                self.put(node, f"{side}_{key}", getattr(measure, key))
            for position, part in enumerate(measure.parts):
                part_node = NamedNode(f"{node.value}/{side}/{position}")
                self.type(part_node, "ValuePart")
                self.put(part_node, "PART_OF_INDICATOR", node)
                self.put(part_node, "side", side)
                self.put(part_node, "position", position)
                for key in ("subject", "op", "value", "unit"):
                    self.put(part_node, key, getattr(part, key))

    def citation(self, fact: model.Citation) -> None:
        node = self.fact_node(fact, "Citation", fact.position)
        cited = self.policy(fact.policy)
        self.put(node, "CITING", self.plan)
        self.put(node, "CITED", cited)
        self.put(self.plan, RELATION_PROPERTIES[fact.relation], cited)
        for key in ("relation", "title", "work", "doc_number", "issuer", "level", "cue"):
            self.put(node, key, getattr(fact, key))

    def responsibility(self, fact: model.Responsibility) -> None:
        node = self.fact_node(fact, "Responsibility", fact.position)
        task = self.sibling("task", fact.task)
        self.put(node, "PART_OF_TASK", task)
        for key in ("department", "function", "role", "cue"):
            self.put(node, key, getattr(fact, key))
        if fact.organization:
            holder = self.organization(fact.organization)
            self.put(node, "HELD_BY", holder)
            if task:
                self.put(task, ROLE_PROPERTIES[fact.role], holder)
