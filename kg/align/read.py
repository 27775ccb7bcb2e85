"""What is compared of a plan, read from its graph: its tasks, its other passages, and what relates it to other
plans."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Quad

from ontology.model.store import Store
from ontology.schema import TYPE, schema

LEVELS = ("national", "provincial", "prefectural", "county", "township")


@dataclass(frozen=True, slots=True)
class PlanPassage:
    """A passage to compare: a task (`part` is "task", `iri` its IRI), or another passage of the plan (`iri` None,
    `part` goal, indicator or box). `label` is its title or name, `above` the title of the heading above it ('' for
    none); `start` and `end` are the offsets of `text`, its quote."""

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
    day of issue in ISO form.

    `cited` maps the IRIs of the policies that it cites to the relation; `within` has the IRIs of its region and of all
    regions above, the lowest first. `tasks` and `others` are its passages in the order of the text.
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
    """A node of a graph: the key of its class (Task), and by the keys of the properties its values as text and the IRIs
    that it links to (UNDER); of several values or links of one property the last."""

    kind: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


def read(store: Store, document: str) -> ComparedPlan:
    """The plan in the graph of this document (IRI), as far as it is compared. Raises KeyError where the store has no
    such graph, or it is not that of a plan."""
    nodes = _nodes(store.quads(document))
    found = nodes[document]
    region = nodes.get(found.links.get("OF_REGION", ""))
    tasks = sorted((_task(iri, node, nodes) for iri, node in nodes.items() if node.kind == "Task"), key=_place)
    return ComparedPlan(
        document,
        found.values["sha256"],
        found.links["MANIFESTS"],
        found.values["title"],
        found.values["file"],
        region.values["label"] if region else None,
        region.values.get("level") if region else None,
        tuple(_chain(found.links.get("OF_REGION"), nodes)),
        int(found.values["period_start"]) if "period_start" in found.values else None,
        found.values.get("issued"),
        _cited(nodes),
        tuple(tasks),
        tuple(sorted(_others(nodes, tasks), key=_place)),
    )


def _nodes(quads: Iterable[Quad]) -> dict[str, _Node]:
    """The nodes of a graph by IRI. A value from a closed list is given by its key."""
    terms = schema()
    nodes: dict[str, _Node] = {}
    for quad in quads:
        node = nodes.setdefault(quad.subject.value, _Node())  # type: ignore[union-attr]
        value: str = quad.object.value  # type: ignore[union-attr]
        if quad.predicate == TYPE:
            node.kind = terms.class_keys[value]
            continue
        found = terms.by_iri[quad.predicate.value]
        if found.holds == "node":
            node.links[found.key] = value
        else:
            node.values[found.key] = value.rsplit("/", 1)[1] if found.holds == "concept" else value
    return nodes


def _chain(iri: str | None, nodes: Mapping[str, _Node]) -> Iterable[str]:
    """The IRI of a region and those of all regions above it, the lowest first; none for None."""
    while iri is not None and iri in nodes:
        yield iri
        iri = nodes[iri].links.get("WITHIN")


# The relations of citation, the one that says most first.
_CITATION_RELATIONS = ("basis", "implements", "issued", "mentions")


def _cited(nodes: Mapping[str, _Node]) -> dict[str, str]:
    """The IRIs of the policies that are cited, with the relation; where there are several relations, the first of
    _CITATION_RELATIONS."""
    found: dict[str, str] = {}
    for node in nodes.values():
        if node.kind == "Citation":
            policy, relation = node.links["CITED"], node.values["relation"]
            found[policy] = min(relation, found.get(policy, relation), key=_CITATION_RELATIONS.index)
    return found


def _task(iri: str, node: _Node, nodes: Mapping[str, _Node]) -> PlanPassage:
    """The task at this node, with its title, or its label where it has none."""
    above = nodes.get(node.links.get("UNDER", ""))
    title = node.values.get("title") or node.values["label"]
    return _unit(iri, "task", title, above.values.get("title", "") if above else "", node)


def _others(nodes: Mapping[str, _Node], tasks: Iterable[PlanPassage]) -> Iterable[PlanPassage]:
    """The passages of the plan that lie outside of the tasks: targets, indicators, and boxes with their items. A
    counterpart of another plan's task may be in them."""
    inside = [(task.start, task.end) for task in tasks]
    for node in nodes.values():
        if node.kind == "Target":
            unit = _unit(None, "goal", node.values["subject"], "", node)
        elif node.kind == "Indicator":
            unit = _unit(None, "indicator", node.values["name"], "", node)
        elif node.kind == "Heading" and node.values["heading_kind"] in {"box", "box-item"}:
            unit = _unit(None, "box", node.values["title"], "", node)
        else:
            continue
        if not any(start <= unit.start < end for start, end in inside):
            yield unit


def _unit(iri: str | None, part: str, label: str, above: str, node: _Node) -> PlanPassage:
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


def _place(unit: PlanPassage) -> tuple[int, int]:
    """A key that sorts passages as they stand in the text."""
    return unit.start, unit.end
