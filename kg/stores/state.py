"""The list of loaded files and graphs, as quads of a named graph of its own (STATE), which no export contains.

It has a node for each file that is loaded or announced, with the members of its `Record` or the document that is
PENDING, and one for each derived graph, for the reference graph, and on a server for the version of the list.
"""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from ontology.iris import DEFAULT_BASE, base_of
from ontology.model.errors import Refused
from ontology.model.store import Record

STATE = NamedNode("urn:plan-kg:state")
_TERMS = {
    name: NamedNode(f"urn:plan-kg:state:{name}")
    for name in ("path", "document", "pending", "sha256", "generator", "fingerprint", "graph", "name", "version")
}
DOCUMENT, PENDING, VERSION = _TERMS["document"], _TERMS["pending"], _TERMS["version"]
_RECORD_TERMS = {_TERMS[name] for name in ("path", "document", "sha256", "generator")}
_REFERENCE_NODE = NamedNode("urn:plan-kg:state:reference")
# The node with the version of the list of documents, on a server.
DOCUMENTS_NODE = NamedNode("urn:plan-kg:state:documents")
FILE_NODE_PREFIX = "urn:plan-kg:file:"
DERIVED_NODE_PREFIX = "urn:plan-kg:derived:"


def record_node(path: str) -> NamedNode:
    """The node of the file at the path in the list of loaded files: FILE_NODE_PREFIX and the path's bytes in
    hexadecimal digits."""
    return NamedNode(FILE_NODE_PREFIX + path.encode("utf-8", "surrogateescape").hex())


def record_quads(record: Record) -> list[Quad]:
    """The four quads of a record in the list: the path (its bytes in hexadecimal digits), the document, the digest of
    the file's bytes and the stamp (`generator`)."""
    node = record_node(record.path)
    return [
        Quad(node, _TERMS["path"], Literal(record.path.encode("utf-8", "surrogateescape").hex()), STATE),
        Quad(node, DOCUMENT, NamedNode(record.document), STATE),
        Quad(node, _TERMS["sha256"], Literal(record.sha256), STATE),
        Quad(node, _TERMS["generator"], Literal(record.generator), STATE),
    ]


def check_base(address: str, documents: Iterable[str]) -> None:
    """Raises Refused where loaded documents (their IRIs are `documents`) have another base of IRIs than the one in use
    ($KG_BASE), and none has that one; IRIs without a base (`base_of`) do not count. The message names the store's
    `address` and the base of the first of those documents.

    Presets use terms of the base in use and would find no rows in such a store.
    """
    other = None
    for document in documents:
        if (base := base_of(document)) == DEFAULT_BASE:
            return
        other = other or base
    if other:
        raise Refused(f"{address}: was built with another base of IRIs; set KG_BASE={other} to use it")


def pending_quads(record: Record) -> list[Quad]:
    """The quads that announce that the graph of a file will be written, for stores where that is no single transaction:
    its path, and the document that is PENDING."""
    node = record_node(record.path)
    return [record_quads(record)[0], Quad(node, PENDING, NamedNode(record.document), STATE)]


def read_records(quads: Iterable[Quad]) -> list[Record]:
    """The records in these quads of the list, sorted by path: the inverse of `record_quads`; quads of other nodes are
    ignored.

    The record of a file whose load was interrupted, or that two builds loaded in two versions, has '' as document,
    digest and generator, so that the next build reads the file again.
    """
    by_node: dict[NamedNode, list[Quad]] = defaultdict(list)
    for quad in quads:
        if quad.subject.value.startswith(FILE_NODE_PREFIX):  # type: ignore[union-attr]
            by_node[quad.subject].append(quad)  # type: ignore[index]
    return sorted((_record(node, quads) for node, quads in by_node.items()), key=lambda record: record.path)


def documents(quads: Iterable[Quad]) -> set[NamedNode]:
    """The IRIs of the graphs that these quads of the list name: of loaded files, and of files that were announced."""
    return {quad.object for quad in quads if quad.predicate in (DOCUMENT, PENDING)}  # type: ignore[misc]


def fingerprint_quads(fingerprint: str) -> list[Quad]:
    """The quad that says which reference graph is loaded, by its fingerprint."""
    return [Quad(_REFERENCE_NODE, _TERMS["fingerprint"], Literal(fingerprint), STATE)]


def read_fingerprint(quads: Iterable[Quad]) -> str | None:
    """The fingerprint of the reference graph in these quads of the list; None where there is none, or two builds have
    left two. Quads of other nodes are ignored."""
    found = [quad.object.value for quad in quads if quad.subject == _REFERENCE_NODE]  # type: ignore[union-attr]
    return found[0] if len(found) == 1 else None


def derived_quads(name: str, fingerprint: str, graph: str) -> list[Quad]:
    """The three quads of the derived graph `name` in the list: its name, its fingerprint and the IRI of its graph."""
    node = NamedNode(DERIVED_NODE_PREFIX + name.encode().hex())
    return [
        Quad(node, _TERMS["name"], Literal(name), STATE),
        Quad(node, _TERMS["fingerprint"], Literal(fingerprint), STATE),
        Quad(node, _TERMS["graph"], NamedNode(graph), STATE),
    ]


def read_derived(quads: Iterable[Quad]) -> dict[str, tuple[str, str]]:
    """(fingerprint, IRI of the graph) of each derived graph by its name, from these quads of the list. A node without a
    name or IRI is left out; of two names or IRIs the lower counts. The fingerprint is '' where there is none, or two
    runs have left two, so that the graph is made again."""
    by_node: dict[str, dict[NamedNode, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        if quad.subject.value.startswith(DERIVED_NODE_PREFIX):  # type: ignore[union-attr]
            by_node[quad.subject.value][quad.predicate].add(quad.object.value)  # type: ignore[union-attr]
    return {
        min(values[_TERMS["name"]]): (
            min(values[_TERMS["fingerprint"]]) if len(values[_TERMS["fingerprint"]]) == 1 else "",
            min(values[_TERMS["graph"]]),
        )
        for values in by_node.values()
        if values[_TERMS["name"]] and values[_TERMS["graph"]]
    }


def _record(node: NamedNode, quads: list[Quad]) -> Record:
    """The record of the file with this node of the list, from the node's quads. Where there is not exactly one quad for
    each of _RECORD_TERMS, all members but the path are ''."""
    path = bytes.fromhex(node.value.rsplit(":", 1)[1]).decode("utf-8", "surrogateescape")
    values = {quad.predicate: quad.object.value for quad in quads}  # type: ignore[union-attr]
    if len(quads) != len(_RECORD_TERMS) or values.keys() != _RECORD_TERMS:
        return Record(path, "", "", "")
    return Record(path, values[DOCUMENT], values[_TERMS["sha256"]], values[_TERMS["generator"]])
