"""The XML graph formats: GraphML (for Gephi, yEd, networkx) and GEXF (for Gephi)."""

import re
import shutil
from collections.abc import Callable
from itertools import count
from tempfile import TemporaryFile
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from exports.columns import RELATIONSHIP_COLUMNS, ColumnKind, cell_text, node_columns
from exports.options import ExportSelection
from exports.stream import parts
from ontology.iris import last_segment
from ontology.model.store import Store
from ontology.property_graph import Node, Relationship, Value, stored_properties
from ontology.schema import schema

Values = dict[str, Value | float]

# what XML 1.0 cannot hold
XML_FORBIDDEN_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CARRIAGE_RETURN = {"\r": "&#13;"}  # else a reader takes it for a line break
GRAPHML_TYPES = {"string": "string", "integer": "long", "float": "double", "boolean": "boolean", "strings": "string"}


def graphml(store: Store, selection: ExportSelection, out: BinaryIO) -> None:
    """Writes the selection to `out` as GraphML with one directed graph; a node's id is its IRI, its labels are joined
    with ;."""
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for side, columns in (
        ("node", {"labels": "string", **node_columns()}),
        ("edge", {"type": "string", **RELATIONSHIP_COLUMNS}),
    ):
        for key, kind in columns.items():
            out.write(
                f'<key id="{side}_{key}" for="{side}" attr.name="{key}" attr.type="{GRAPHML_TYPES[kind]}"/>\n'.encode()
            )
    out.write(b'<graph edgedefault="directed">\n')
    _write(store, selection, out, _graphml_node, _graphml_edge)
    out.write(b"</graph>\n</graphml>\n")


def _graphml_node(node: Node) -> str:
    return f"<node id={_attribute(node.iri)}>{_data('node', _node_values(node))}</node>\n"


def _graphml_edge(number: int, link: Relationship) -> str:
    ends = f"source={_attribute(link.start)} target={_attribute(link.end)}"
    return f'<edge id="e{number}" {ends}>{_data("edge", _link_values(link))}</edge>\n'


def gexf(store: Store, selection: ExportSelection, out: BinaryIO) -> None:
    """Writes the selection to `out` as GEXF 1.2, without a date, so that two runs give the same bytes; a node's id is
    its IRI."""
    node_keys: dict[str, ColumnKind] = {"labels": "string", **node_columns()}
    out.write(
        b'<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
        b'<graph defaultedgetype="directed" mode="static">\n'
    )
    for side, columns in (("node", node_keys), ("edge", RELATIONSHIP_COLUMNS)):
        out.write(f'<attributes class="{side}" mode="static">\n'.encode())
        for key, kind in columns.items():
            out.write(f'<attribute id="{key}" title="{key}" type="{GRAPHML_TYPES[kind]}"/>\n'.encode())
        out.write(b"</attributes>\n")
    out.write(b"<nodes>\n")
    _write(store, selection, out, _gexf_node, _gexf_edge, b"</nodes>\n<edges>\n")
    out.write(b"</edges>\n</graph>\n</gexf>\n")


def _gexf_node(node: Node) -> str:
    label = _attribute(label_of(node))
    return f"<node id={_attribute(node.iri)} label={label}>{_attvalues(_node_values(node))}</node>\n"


def _gexf_edge(number: int, link: Relationship) -> str:
    ends = f"source={_attribute(link.start)} target={_attribute(link.end)} label={_attribute(link.type)}"
    values = {key: value for key, value in _link_values(link).items() if key != "type"}
    return f'<edge id="{number}" {ends}>{_attvalues(values)}</edge>\n'


def _write(
    store: Store,
    selection: ExportSelection,
    out: BinaryIO,
    node_text: Callable[[Node], str],
    edge_text: Callable[[int, Relationship], str],
    between: bytes = b"",
) -> None:
    """Writes the nodes of the selection to `out`, then `between`, then the relationships. These are kept in a temporary
    file meanwhile, so that the store is read once. `node_text` and `edge_text` return the XML of a node, and of a
    relationship with its number, from 0."""
    with TemporaryFile() as edges:
        numbers = count()
        for part in parts(store, selection):
            out.writelines(node_text(node).encode() for node in part.nodes)
            edges.writelines(edge_text(next(numbers), link).encode() for link in part.relationships)
        out.write(between)
        edges.seek(0)
        shutil.copyfileobj(edges, out)


def _node_values(node: Node) -> Values:
    """The properties of a node as they are written: a decimal as a float, with its digits as KEY_exact where a float
    cannot hold them, and the IRI of the plan's graph, if any, as `graph` (`stored_properties`). Its labels, joined with
    semicolons, are added as `labels`, and the text shown for it (`label_of`) as `label`, unless it has a property of
    this name."""
    named = {"labels": ";".join(node.labels), "label": label_of(node)}
    return named | stored_properties(node.properties, node.graph)


def label_of(node: Node) -> str:
    """The text shown for a node, cut to MAX_NODE_LABEL_LENGTH (60) characters and … where it is longer: its property
    `label`, else the first that is text of those that its first class declares, in their order and without those of
    _NO_LABEL_KEYS, else its quote, else, uncut, the last part of its IRI. Empty text does not count."""
    for key in ("label", *schema().declared[node.labels[0]].properties, "quote"):
        value = node.properties.get(key)
        if isinstance(value, str) and value and (key == "quote" or key not in _NO_LABEL_KEYS):
            return value if len(value) <= MAX_NODE_LABEL_LENGTH else value[:MAX_NODE_LABEL_LENGTH] + "…"
    return last_segment(node.iri)


MAX_NODE_LABEL_LENGTH = 60
# Properties that are the same for many nodes, or say why they are there.
_NO_LABEL_KEYS = frozenset({"quote", "origin", "field", "passage_kind", "reason", "cue"})


def _link_values(link: Relationship) -> Values:
    """The properties of a relationship as they are written: decimals as floats, and the IRI of the plan's graph, if
    any, as `graph` (`stored_properties`); with its type as `type`."""
    return {"type": link.type, **stored_properties(link.properties, link.graph)}


def _data(side: str, values: Values) -> str:
    """Properties, by key, as GraphML's data elements, each value as `cell_text` writes it, escaped. `side` is 'node' or
    'edge', with which the ids of the keys begin: <data key="node_page">3</data>."""
    return "".join(
        f'<data key="{side}_{key}">{escape(xml_text(cell_text(value)), CARRIAGE_RETURN)}</data>'
        for key, value in values.items()
    )


def _attvalues(values: Values) -> str:
    """Properties, by key, as GEXF's attvalues element, each value as `cell_text` writes it, escaped; keys are not
    escaped. An element without children for no properties."""
    members = "".join(f'<attvalue for="{key}" value={_attribute(cell_text(value))}/>' for key, value in values.items())
    return f"<attvalues>{members}</attvalues>"


def _attribute(value: str) -> str:
    """The text as the value of an XML attribute, escaped and in quotation marks, with U+FFFD in place of each character
    that XML cannot hold."""
    return quoteattr(xml_text(value), {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})


def xml_text(value: str) -> str:
    """The text with U+FFFD in place of each character that XML cannot hold. Nothing is escaped: & and < stay."""
    return XML_FORBIDDEN_CHARACTER.sub("\ufffd", value)
