"""What Neo4j answers as plain values, which JSON can hold; as text they look as in Neo4j's own shell."""

import json
from typing import Any

from neo4j.graph import Node, Path, Relationship


class NodeValue(dict[str, Any]):
    """A node as a dict: its properties, and its labels, sorted, under `labels`."""

    def __str__(self) -> str:
        """The node as Cypher writes it: (:Policy {label: "云岭省…规划"})"""
        return f"({''.join(f':{label}' for label in self['labels'])}{_properties(self)})"


class LinkValue(dict[str, Any]):
    """A relationship as a dict: its properties, and its type under `type`."""

    def __str__(self) -> str:
        """The relationship as Cypher writes it: [:BASED_ON {quote: "依据…"}]"""
        return f"[:{self['type']}{_properties(self)}]"


class PathValue(list[dict[str, Any]]):
    """A path as a list: a node, a relationship, a node, and so on; a path without relationship is its one node.
    `forward` says for each relationship whether it leads from the node before it to the one after it."""

    def __init__(self, path: Path) -> None:
        super().__init__([plain(path.start_node)])
        self.forward = []
        for start, link, end in zip(path.nodes, path.relationships, path.nodes[1:], strict=False):
            self += [plain(link), plain(end)]
            self.forward.append(link.start_node == start)

    def __str__(self) -> str:
        """The path as Cypher writes it: (:Plan)-[:BASED_ON]->(:Policy)<-[:MENTIONS]-(:Plan)"""
        text = str(self[0])
        for forward, link, node in zip(self.forward, self[1::2], self[2::2], strict=True):
            text += f"-{link}->{node}" if forward else f"<-{link}-{node}"
        return text


def plain(value: Any) -> Any:
    """A value of the driver as one that JSON can hold: a node, relationship or path as a NodeValue, LinkValue or
    PathValue; a list with its members, and a map with its values, in the same way; None, text, int, float and bool
    unchanged; a value that has `iso_format` (a date, time or duration) as that text; any other (a point, bytes, a
    tuple) as `str` writes it."""
    if isinstance(value, Node):
        return NodeValue(labels=sorted(value.labels), **_sorted(value))
    if isinstance(value, Relationship):
        return LinkValue(type=value.type, **_sorted(value))
    if isinstance(value, Path):
        return PathValue(value)
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [plain(member) for member in value]
    if value is None or isinstance(value, str | int | float):
        return value
    return value.iso_format() if hasattr(value, "iso_format") else str(value)


def _sorted(entity: Node | Relationship) -> dict[str, Any]:
    """The properties of a node or relationship as plain values, sorted by key. Properties that are called `labels` or
    `type` are left out, since NodeValue and LinkValue have something else under these keys."""
    return {key: plain(value) for key, value in sorted(entity.items()) if key not in {"labels", "type"}}


def _properties(entity: dict[str, Any]) -> str:
    """The properties of a NodeValue or LinkValue as Cypher writes them, without `labels` and `type`: ' {label:
    "云岭省…规划"}'; '' for none."""
    shown = [
        f"{key}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in entity.items()
        if key not in {"labels", "type"}
    ]
    return f" {{{', '.join(shown)}}}" if shown else ""
