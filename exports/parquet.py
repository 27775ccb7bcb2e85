"""nodes.parquet and edges.parquet, typed, for pandas, polars and DuckDB."""

from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from exports.columns import RELATIONSHIP_COLUMNS, Kind, node_columns
from exports.options import Selection
from exports.stream import nodes, relationships
from kg.model.store import Store
from ontology.property_graph import stored

ROWS = 20_000  # in a row group
TYPES = {"string": pa.string(), "integer": pa.int64(), "float": pa.float64()}


def parquet(store: Store, selection: Selection, folder: Path) -> None:
    """A value that a double cannot hold has its digits in the column beside it."""
    node_rows = (
        {"iri": node.iri, "labels": ";".join(node.labels), **stored(node.properties, node.graph)}
        for node in nodes(store, selection)
    )
    write(folder / "nodes.parquet", {"iri": "string", "labels": "string", **node_columns()}, node_rows)
    edge_rows = (
        {"source": link.start, "type": link.type, "target": link.end, **stored(link.properties, link.graph)}
        for link in relationships(store, selection)
    )
    columns: dict[str, Kind] = {"source": "string", "type": "string", "target": "string", **RELATIONSHIP_COLUMNS}
    write(folder / "edges.parquet", columns, edge_rows)


def write(path: Path, columns: Mapping[str, Kind], rows: Iterable[Mapping[str, object]]) -> None:
    """Writes rows by groups, so that memory does not grow with them."""
    schema = pa.schema([(key, TYPES[kind]) for key, kind in columns.items()])
    left = iter(rows)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while group := list(islice(left, ROWS)):
            writer.write_table(pa.Table.from_pylist([dict(row) for row in group], schema=schema))
