"""GraphML (Gephi, yEd, networkx) and GEXF (Gephi): nodes with their label, relationships with their type."""

import re
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from exports.columns import RELATIONSHIP_COLUMNS, Kind, node_columns, text
from exports.options import Selection
from exports.stream import nodes, relationships
from kg.model.store import Store
from ontology.property_graph import Node, Relationship, Value

# what XML 1.0 cannot hold
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
GRAPHML_TYPES = {"string": "string", "integer": "long", "float": "double"}


def graphml(store: Store, selection: Selection, out: BinaryIO) -> None:
    """One directed graph; a node's id is its IRI, its labels are joined with ;."""
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
    for node in nodes(store, selection):
        out.write(f"<node id={_attribute(node.iri)}>{_data('node', _node_values(node))}</node>\n".encode())
    for number, link in enumerate(relationships(store, selection)):
        ends = f"source={_attribute(link.start)} target={_attribute(link.end)}"
        out.write(f'<edge id="e{number}" {ends}>{_data("edge", _link_values(link))}</edge>\n'.encode())
    out.write(b"</graph>\n</graphml>\n")


def gexf(store: Store, selection: Selection, out: BinaryIO) -> None:
    """GEXF 1.2 without a date, so that two runs give the same bytes."""
    node_keys: dict[str, Kind] = {"labels": "string", **node_columns()}
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
    for node in nodes(store, selection):
        label = _attribute(str(node.properties.get("label") or node.properties.get("title") or node.labels[0]))
        out.write(f"<node id={_attribute(node.iri)} label={label}>{_attvalues(_node_values(node))}</node>\n".encode())
    out.write(b"</nodes>\n<edges>\n")
    for number, link in enumerate(relationships(store, selection)):
        ends = f"source={_attribute(link.start)} target={_attribute(link.end)} label={_attribute(link.type)}"
        values = {key: value for key, value in _link_values(link).items() if key != "type"}
        out.write(f'<edge id="{number}" {ends}>{_attvalues(values)}</edge>\n'.encode())
    out.write(b"</edges>\n</graph>\n</gexf>\n")


def _node_values(node: Node) -> dict[str, Value | None]:
    return {"labels": ";".join(node.labels), **node.properties, "graph": node.graph}


def _link_values(link: Relationship) -> dict[str, Value | None]:
    return {"type": link.type, **link.properties, "graph": link.graph}


def _data(side: str, values: dict[str, Value | None]) -> str:
    return "".join(
        f'<data key="{side}_{key}">{escape(_clean(text(value)))}</data>'
        for key, value in values.items()
        if value is not None
    )


def _attvalues(values: dict[str, Value | None]) -> str:
    members = "".join(
        f'<attvalue for="{key}" value={_attribute(text(value))}/>' for key, value in values.items() if value is not None
    )
    return f"<attvalues>{members}</attvalues>"


def _attribute(value: str) -> str:
    return quoteattr(_clean(value), {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})


def _clean(value: str) -> str:
    return FORBIDDEN.sub("\ufffd", value)
