"""What is compared of a plan, read from its graph: its tasks, its other passages, and what relates it to other
plans."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Quad

from ontology.model.store import Store
from ontology.schema import RDF_TYPE, schema


@dataclass(frozen=True, slots=True)
class PlanPassage:
    """A passage to compare: a task (`part` is "task", `iri` its IRI), or another passage of the plan (`iri` None,
    `part` goal, indicator or box). `label` is its title or name (of a goal the subject); `above` the title of the
    heading above a task, '' for none and for other passages; `start` and `end` are the offsets of `text`, its quote,
    and `page` is the number of its page, from 1, None in a file without pages."""

    iri: str | None
    part: str
    label: str
    above: str
    text: str
    start: int
    end: int
    page: int | None


@dataclass(frozen=True, slots=True)
class ComparedPlan:
    """A plan as far as it is compared. `document` and `policy` are the IRIs of its graph and of the policy that it is,
    `sha256` is that of the file's bytes, `region` the name of its region, `level` a key ('county'), and `issued` the
    day of issue in ISO form; None where not known.

    `cited` maps the IRIs of the policies that it cites to the relation, of several the first of basis, implements,
    issued and mentions; `within` has the IRIs of its region and of all regions above, the lowest first. `tasks`, and
    `others`, which lie outside of them, are its passages in the order of the text.
    """

    document: str
    sha256: str
    policy: str
    title: str
    file: str
    region: str | None
    level: str | None
    within: tuple[str, ...]
    period_start: int | None
    issued: str | None
    cited: Mapping[str, str]
    tasks: tuple[PlanPassage, ...]
    others: tuple[PlanPassage, ...]


@dataclass(slots=True)
class _Node:
    """A node of a graph. `kind` is the key of its class ('Task'; None where no class is stated); `values` has its
    values as text ('title'), and `links` the IRIs that it links to ('UNDER'), both by the key of the property. Of
    several values or links of one property, or several classes, the last that the store returns counts."""

    kind: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


def read(store: Store, document: str) -> ComparedPlan:
    """The plan in the graph of this document (IRI), as far as it is compared; the region is the one that it is linked
    to, None where that is no node of the graph. Raises KeyError where the store has no such graph, it is not that of a
    plan, or it has a class or property that the ontology does not declare."""
    nodes = _nodes(store.quads(document))
    plan = nodes[document]
    region = nodes.get(plan.links.get("OF_REGION", ""))
    tasks = sorted((_task(iri, node, nodes) for iri, node in nodes.items() if node.kind == "Task"), key=_place)
    return ComparedPlan(
        document,
        plan.values["sha256"],
        plan.links["MANIFESTS"],
        plan.values["title"],
        plan.values["file"],
        region.values["label"] if region else None,
        region.values.get("level") if region else None,
        _chain(plan.links.get("OF_REGION"), nodes),
        int(plan.values["period_start"]) if "period_start" in plan.values else None,
        plan.values.get("issued"),
        _cited(nodes),
        tuple(tasks),
        tuple(sorted(_others(nodes, tasks), key=_place)),
    )


def _nodes(quads: Iterable[Quad]) -> dict[str, _Node]:
    """The nodes of a graph by IRI. The value of a closed list is the last part of its concept's IRI, its key. Raises
    KeyError for a class or property that the ontology does not declare."""
    terms = schema()
    nodes: dict[str, _Node] = {}
    for quad in quads:
        node = nodes.setdefault(quad.subject.value, _Node())  # type: ignore[union-attr]
        value: str = quad.object.value  # type: ignore[union-attr]
        if quad.predicate == RDF_TYPE:
            node.kind = terms.class_keys[value]
            continue
        declared = terms.by_iri[quad.predicate.value]
        if declared.holds == "node":
            node.links[declared.key] = value
        else:
            node.values[declared.key] = value.rsplit("/", 1)[1] if declared.holds == "concept" else value
    return nodes


def _chain(iri: str | None, nodes: Mapping[str, _Node]) -> tuple[str, ...]:
    """The IRIs of a region and of the regions above it, each once, the lowest first, as far as they are nodes of the
    graph; () for None."""
    chain: tuple[str, ...] = ()
    while (
        iri is not None and iri in nodes and iri not in chain
    ):  # a region that was merged with its part is above itself
        chain += (iri,)
        iri = nodes[iri].links.get("WITHIN")
    return chain


# The relations of citation, the one that says most first.
_CITATION_RELATIONS = ("basis", "implements", "issued", "mentions")


def _cited(nodes: Mapping[str, _Node]) -> dict[str, str]:
    """The relation to each policy that a citation of the graph names, by the policy's IRI; of several relations the
    first of _CITATION_RELATIONS (basis, implements, issued, mentions)."""
    relations: dict[str, str] = {}
    for node in nodes.values():
        if node.kind == "Citation":
            policy, relation = node.links["CITED"], node.values["relation"]
            relations[policy] = min(relation, relations.get(policy, relation), key=_CITATION_RELATIONS.index)
    return relations


def _task(iri: str, node: _Node, nodes: Mapping[str, _Node]) -> PlanPassage:
    """The task at this node. The passage's `label` is the title of the task, or the node's label where it has none;
    `above` is the title of the heading that the task is linked to (UNDER), '' where that is missing or has none."""
    above = nodes.get(node.links.get("UNDER", ""))
    title = node.values.get("title") or node.values["label"]
    return _passage(iri, "task", title, above.values.get("title", "") if above else "", node)


def _others(nodes: Mapping[str, _Node], tasks: Iterable[PlanPassage]) -> Iterable[PlanPassage]:
    """The passages of the plan that begin outside of all `tasks`, in the order of `nodes`: its targets (part goal),
    indicators (indicator), and items of boxes (box). A counterpart of another plan's task may be in them. The heading
    of a box is none: it names what the items are about, and no measure."""
    inside = [(task.start, task.end) for task in tasks]
    for node in nodes.values():
        if node.kind == "Target":
            passage = _passage(None, "goal", node.values["subject"], "", node)
        elif node.kind == "Indicator":
            passage = _passage(None, "indicator", node.values["name"], "", node)
        elif node.kind == "Heading" and node.values["heading_kind"] == "box-item":
            passage = _passage(None, "box", node.values["title"], "", node)
        else:
            continue
        if not any(start <= passage.start < end for start, end in inside):
            yield passage


def _passage(iri: str | None, part: str, label: str, above: str, node: _Node) -> PlanPassage:
    """A `PlanPassage` with these members, and with the text, offsets and page of the evidence of the fact at this
    node."""
    page = node.values.get("page")
    return PlanPassage(
        iri,
        part,
        label,
        above,
        node.values["quote"],
        int(node.values["start"]),
        int(node.values["end"]),
        int(page) if page else None,
    )


def _place(passage: PlanPassage) -> tuple[int, int]:
    """A key that sorts passages by their start, then their end."""
    return passage.start, passage.end
