"""CSV files for `neo4j-admin database import full`: a header and a file for each label and relationship type.

neo4j-admin database import full DB --multiline-fields=true --nodes=… --relationships=…  (the folder's README has the
whole command).
"""

import csv
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from exports.columns import RELATIONSHIP_COLUMNS, Kind, node_columns, text
from exports.options import Options, select
from exports.stream import nodes, relationships
from kg.model.store import Store
from ontology.property_graph import stored

TYPES = {"string": "string", "integer": "long", "float": "double"}


def neo4j_csv(store: Store, options: Options, folder: Path) -> None:
    """nodes-LABEL.csv and relationships-TYPE.csv, typed headers in the first line."""
    selection = select(store, options)
    with ExitStack() as stack:
        files = _Files(folder, stack)
        for node in nodes(store, options, selection):
            values = stored(node.properties, node.graph)
            writer = files.writer(f"nodes-{node.labels[0]}.csv", ["iri:ID", *_typed(node_columns()), ":LABEL"])
            writer.writerow([node.iri, *(text(values.get(key)) for key in node_columns()), ";".join(node.labels)])
        for link in relationships(store, options, selection):
            values = stored(link.properties, link.graph)
            columns = [":START_ID", *_typed(RELATIONSHIP_COLUMNS), ":END_ID", ":TYPE"]
            writer = files.writer(f"relationships-{link.type}.csv", columns)
            writer.writerow([link.start, *(text(values.get(key)) for key in RELATIONSHIP_COLUMNS), link.end, link.type])
        names = sorted(files.writers)
    (folder / "README").write_text(
        "neo4j-admin database import full neo4j --multiline-fields=true --overwrite-destination \\\n"
        + " \\\n".join(f"  --{name.partition('-')[0]}={name}" for name in names)
        + "\n",
        "utf-8",
    )


def _typed(columns: dict[str, Kind]) -> list[str]:
    return [f"{key}:{TYPES[kind]}" for key, kind in columns.items()]


class _Files:
    """The open files by name; each starts with its header."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        self.writers: dict[str, Any] = {}

    def writer(self, name: str, header: list[str]) -> Any:
        if name not in self.writers:
            file: TextIO = self.stack.enter_context((self.folder / name).open("w", encoding="utf-8", newline=""))
            self.writers[name] = csv.writer(file, lineterminator="\n")
            self.writers[name].writerow(header)
        return self.writers[name]
