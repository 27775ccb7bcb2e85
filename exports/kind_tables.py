"""The tables of an export, one for each kind of thing: documents, plans, tasks, targets …, as the ontology declares
them.

A row is a thing; its columns are the properties of its class, and for each link the id at its other end (`…_id`), ids
joined with a space where there can be several. Several texts are a tuple; formats without lists join them with 、. A
thing of two classes is in the table of the narrower one alone: a plan, which is a policy too, in plans. Other packages'
kinds have a table too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from exports.columns import ColumnKind
from exports.options import ExportSelection
from exports.stream import parts
from ontology.model.store import Store
from ontology.property_graph import EXACT_SUFFIX, NODE_LABELS, Node, Relationship, Value, stored_properties
from ontology.schema import Class, Property, schema

Row = dict[str, Value | float]
ID = "id"


@dataclass(frozen=True, slots=True)
class KindColumn:
    """A column: `kind` is the type of its values; `property` is the declared property that it shows, None for the id of
    the row's own thing; `link` says that it holds ids of other things, `many` that a cell can hold several values."""

    name: str
    kind: ColumnKind
    property: Property | None = None
    link: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class KindTable:
    """The table of a class of things; `name` is the plural of the class (targets), `declared` the class in the
    ontology, `columns` are its columns in order."""

    name: str
    declared: Class
    columns: tuple[KindColumn, ...]


@cache
def kind_tables() -> dict[str, KindTable]:
    """The tables by the first label of the nodes in their rows ('Target'), in the order in which the ontology declares
    their classes."""
    classes = (schema().declared[key] for key in schema().declared if key in NODE_LABELS)
    return {declared.key: KindTable(declared.plural, declared, tuple(_columns(declared))) for declared in classes}


def _columns(declared: Class) -> Iterator[KindColumn]:
    """The columns of the table of the class `declared`: the id, then one for each of its properties in the declared
    order, by its key; a link has KEY_id in lower case, a decimal a second column for its exact digits. A property of
    several values that is no decimal has the kind "strings", or "string" where it is a link."""
    yield KindColumn(ID, "string")
    for prop in declared.properties.values():
        if prop.holds == "node":
            yield KindColumn(f"{prop.key.lower()}_id", "string", prop, True, prop.most != 1)
        elif prop.holds == "decimal":
            yield KindColumn(prop.key, "float", prop)
            yield KindColumn(prop.key + EXACT_SUFFIX, "string", prop)
        else:
            kind: ColumnKind = prop.holds if prop.holds in {"integer", "boolean"} else "string"
            yield KindColumn(prop.key, kind if prop.most == 1 else "strings", prop, many=prop.most != 1)


def kind_rows(store: Store, selection: ExportSelection) -> Iterator[tuple[KindTable, Row]]:
    """The rows of all tables, each with its table, as dicts by the name of the column, without columns that have no
    value: the things of each document, document by document, then those that plans share, sorted by id."""
    shared: dict[str, Node] = {}
    shared_links: dict[str, list[Relationship]] = defaultdict(list)
    for part in parts(store, selection):
        own_links: dict[str, list[Relationship]] = defaultdict(list)
        own_nodes = {node.iri for node in part.nodes if node.graph}
        for link in part.relationships:
            (own_links if link.start in own_nodes else shared_links)[link.start].append(link)
        for node in part.nodes:
            if node.graph:
                yield _row(node, own_links[node.iri])
            else:
                shared[node.iri] = node
    for iri in sorted(shared):
        yield _row(shared[iri], shared_links[iri])


def _row(node: Node, links: Iterable[Relationship]) -> tuple[KindTable, Row]:
    """The row of a node, and before it its table, which is that of its first label. The row has the node's id, its
    properties, and for each type of its links type_id (in lower case) with the ids at their other ends, each once,
    sorted and joined with blanks. `links` are the relationships that begin at the node."""
    table = kind_tables()[node.labels[0]]
    ends: dict[str, set[str]] = defaultdict(set)
    for link in links:
        ends[f"{link.type.lower()}_id"].add(link.end)
    row: Row = {ID: node.iri, **stored_properties(node.properties, None)}
    return table, row | {name: " ".join(sorted(ids)) for name, ids in ends.items()}


SQL_TYPES: dict[ColumnKind, str] = {
    "string": "TEXT",
    "integer": "INTEGER",
    "float": "REAL",
    "boolean": "BOOLEAN",
    "strings": "TEXT",
}
