"""nodes.csv and edges.csv: one wide table each, for pandas or a spreadsheet."""

import csv
from pathlib import Path

from exports.columns import RELATIONSHIP_COLUMNS, node_columns, text
from exports.options import Selection
from exports.stream import nodes, relationships
from kg.model.store import Store
from kg.output import safe

BOM = "\ufeff"


def tables_csv(store: Store, selection: Selection, folder: Path) -> None:
    """UTF-8, marked with a BOM on request; text that looks like a formula is kept text by an apostrophe."""
    with (folder / "nodes.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(BOM if selection.options.bom else "")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["iri", "labels", *node_columns()])
        for node in nodes(store, selection):
            values = {**node.properties, "graph": node.graph}
            writer.writerow([node.iri, ";".join(node.labels), *(safe(text(values.get(key))) for key in node_columns())])
    with (folder / "edges.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(BOM if selection.options.bom else "")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["source", "type", "target", *RELATIONSHIP_COLUMNS])
        for link in relationships(store, selection):
            values = {**link.properties, "graph": link.graph}
            writer.writerow(
                [link.start, link.type, link.end, *(safe(text(values.get(k))) for k in RELATIONSHIP_COLUMNS)]
            )
