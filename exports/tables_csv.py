"""The CSV export: a file for each kind of thing (`exports.csvw`), and all nodes and all relationships in a wide table
each."""

import csv
from pathlib import Path

from exports.columns import RELATIONSHIP_COLUMNS, csv_cell, node_columns
from exports.csvw import write_kinds
from exports.options import ExportSelection
from exports.stream import parts
from ontology.model.store import Store
from ontology.property_graph import stored_properties


def tables_csv(store: Store, selection: ExportSelection, folder: Path) -> None:
    """Writes nodes.csv, edges.csv and a CSV file for each kind of thing into the folder, in UTF-8, with a byte order
    mark where the options ask for it; text that looks like a formula gets an apostrophe before it, so that a
    spreadsheet keeps it as text."""
    encoding = "utf-8-sig" if selection.options.bom else "utf-8"
    with (
        (folder / "nodes.csv").open("w", encoding=encoding, newline="") as node_file,
        (folder / "edges.csv").open("w", encoding=encoding, newline="") as edge_file,
    ):
        nodes, edges = csv.writer(node_file, lineterminator="\n"), csv.writer(edge_file, lineterminator="\n")
        nodes.writerow(["iri", "labels", *node_columns()])
        edges.writerow(["source", "type", "target", *RELATIONSHIP_COLUMNS])
        for part in parts(store, selection):
            for node in part.nodes:
                values = stored_properties(node.properties, node.graph)
                cells = (csv_cell(values.get(key)) for key in node_columns())
                nodes.writerow([node.iri, ";".join(node.labels), *cells])
            for link in part.relationships:
                values = stored_properties(link.properties, link.graph)
                cells = (csv_cell(values.get(key)) for key in RELATIONSHIP_COLUMNS)
                edges.writerow([link.start, link.type, link.end, *cells])
    write_kinds(store, selection, folder)
