"""CSV files for `neo4j-admin database import full`: a file for each label and each relationship type, its first row the
typed header."""

import csv
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from exports.columns import RELATIONSHIP_COLUMNS, cell_text, node_columns
from exports.options import ExportSelection
from exports.reference import reference
from exports.stream import parts
from ontology.model.store import Store
from ontology.neo4j_schema import NEO4J_SCHEMA
from ontology.property_graph import stored_properties

NEO4J_TYPES = {"string": "string", "integer": "long", "float": "double", "strings": "string[]", "boolean": "boolean"}
# Columns of nodes that the reference graph describes; other nodes have those of the ontology.
CURATED = {
    "label": "string",
    "english": "string",
    "others": "strings",
    "notation": "string",
    "scheme": "string",
    "curated": "boolean",
}
COLUMNS_BY_LABEL = {
    "IndicatorConcept": CURATED,
    "SchemeConcept": CURATED,
    "KgReference": {"fingerprint": "string", "graph": "string", "nquads": "string"},
}
# Between the members of a list: the import tool has no way to write a member that has the delimiter in it, as a name
# may have the tool's own, ;. This is the separator of units in ASCII, which is in no text.
ARRAY_DELIMITER = "\x1f"
README = """\
These files are for Neo4j's import alone: a spreadsheet would run cells that begin with = as formulas. In this folder:

neo4j-admin database import full neo4j --overwrite-destination --multiline-fields=true --array-delimiter=U+001F \\
{files}

Then start the server and give it its constraints and indexes:

cypher-shell --file schema.cypher
"""


def neo4j_csv(store: Store, selection: ExportSelection, folder: Path) -> None:
    """Writes nodes-LABEL.csv and relationships-TYPE.csv with typed headers into the folder, a README with the command
    that imports them, and schema.cypher with the constraints and indexes. A node that is in the reference graph has its
    properties from there alone."""
    with ExitStack() as stack:
        files = _Files(folder, stack)
        reference_iris = _reference(store, selection, files)
        for part in parts(store, selection):
            for node in part.nodes:
                if node.iri not in reference_iris:
                    files.node(
                        node.iri, node.labels, {"iri": node.iri, **stored_properties(node.properties, node.graph)}
                    )
            for link in part.relationships:
                files.relationship(link.start, link.type, link.end, stored_properties(link.properties, link.graph))
        names = sorted(files.writers)
    options = (f"  --{name.partition('-')[0]}={name}" for name in names)
    (folder / "README").write_text(README.format(files=" \\\n".join(options)), "utf-8")
    (folder / "schema.cypher").write_text("".join(f"{statement};\n" for statement in NEO4J_SCHEMA), "utf-8")


def _reference(store: Store, selection: ExportSelection, files: "_Files") -> set[str]:
    """Writes the nodes and relationships of the store's reference graph and its node KgReference to `files`, and
    returns the IRIs of the nodes without that one. Without a reference graph in the selection it writes nothing and
    returns an empty set."""
    graph = reference(store, selection)
    if graph is None:
        return set()
    for node in graph.nodes:
        files.node(node.iri, node.labels, {"iri": node.iri, **node.properties})
    for link in graph.links:
        files.relationship(link.start, link.type, link.end, {})
    files.node(graph.record["graph"], ("KgReference",), graph.record)
    return {node.iri for node in graph.nodes}


class _Files:
    """The CSV files of the folder, each opened and given its header when its first row is written; `writers` has their
    writers by name. `stack` closes them."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        self.writers: dict[str, Any] = {}

    def node(self, id: str, labels: tuple[str, ...], values: Mapping[str, object]) -> None:
        """Writes a node to the file of its first label, with the columns that COLUMNS_BY_LABEL has for this label, else
        those of `node_columns`. `values` are its properties by key; `id`, its IRI, is that by which relationships name
        it, and is imported as a property too where `values` have the key `iri`."""
        columns = COLUMNS_BY_LABEL.get(labels[0]) or node_columns()
        name = "iri:ID" if "iri" in values else ":ID"
        writer = self._writer(f"nodes-{labels[0]}.csv", [name, *_typed(columns), ":LABEL"])
        writer.writerow([id, *(_cell(values.get(key)) for key in columns), ARRAY_DELIMITER.join(labels)])

    def relationship(self, start: str, kind: str, end: str, values: Mapping[str, object]) -> None:
        """Writes a relationship between the nodes with the ids `start` and `end` to the file of its type (`kind`), with
        those of `values`, its properties by key, that RELATIONSHIP_COLUMNS has; a cell is empty where one is missing,
        other keys are left out."""
        header = [":START_ID", *_typed(RELATIONSHIP_COLUMNS), ":END_ID", ":TYPE"]
        writer = self._writer(f"relationships-{kind}.csv", header)
        writer.writerow([start, *(_cell(values.get(key)) for key in RELATIONSHIP_COLUMNS), end, kind])

    def _writer(self, name: str, header: list[str]) -> Any:
        """The CSV writer of the file with this name, which is opened and given the row `header` at the first call."""
        if name not in self.writers:
            file: TextIO = self.stack.enter_context((self.folder / name).open("w", encoding="utf-8", newline=""))
            self.writers[name] = csv.writer(file, lineterminator="\n")
            self.writers[name].writerow(header)
        return self.writers[name]


def _typed(columns: Mapping[str, str]) -> list[str]:
    """The columns, given as types by name, as headers with the types of the import tool: {'start': 'integer'} ->
    ['start:long']."""
    return [f"{key}:{NEO4J_TYPES[kind]}" for key, kind in columns.items()]


def _cell(value: object) -> str:
    """A value as the text of a cell (`cell_text`); the texts of a tuple are joined with ARRAY_DELIMITER, with which the
    README has the import tool divide them."""
    return ARRAY_DELIMITER.join(value) if isinstance(value, tuple) else cell_text(value)
