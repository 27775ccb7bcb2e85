"""The list of what was loaded, as quads of a graph of its own that no export carries."""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kg.model.store import Record

STATE = NamedNode("urn:plan-kg:state")
_TERMS = {
    name: NamedNode(f"urn:plan-kg:state:{name}") for name in ("path", "document", "sha256", "generator", "fingerprint")
}
_REFERENCE = NamedNode("urn:plan-kg:state:reference")


def record_quads(record: Record) -> list[Quad]:
    """The quads that say that the file at the path is loaded."""
    node = NamedNode("urn:plan-kg:file:" + record.path.encode("utf-8", "surrogateescape").hex())
    return [
        Quad(node, _TERMS["path"], Literal(record.path.encode("utf-8", "surrogateescape").hex()), STATE),
        Quad(node, _TERMS["document"], NamedNode(record.document), STATE),
        Quad(node, _TERMS["sha256"], Literal(record.sha256), STATE),
        Quad(node, _TERMS["generator"], Literal(record.generator), STATE),
    ]


def read_records(quads: Iterable[Quad]) -> list[Record]:
    """The inverse of `record_quads`, sorted by path."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in quads:
        said[str(quad.subject)][quad.predicate.value.rsplit(":", 1)[1]] = quad.object.value  # type: ignore[union-attr]
    records = [
        Record(
            bytes.fromhex(fields["path"]).decode("utf-8", "surrogateescape"),
            fields["document"],
            fields["sha256"],
            fields["generator"],
        )
        for fields in said.values()
        if "path" in fields
    ]
    return sorted(records, key=lambda record: record.path)


def fingerprint_quads(fingerprint: str) -> list[Quad]:
    """The quad that says which reference graph is loaded."""
    return [Quad(_REFERENCE, _TERMS["fingerprint"], Literal(fingerprint), STATE)]


def read_fingerprint(quads: Iterable[Quad]) -> str | None:
    """The inverse of `fingerprint_quads`."""
    return next((q.object.value for q in quads if q.subject == _REFERENCE), None)  # type: ignore[union-attr]
