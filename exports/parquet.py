"""Typed Parquet files for pandas, polars and DuckDB: one for each kind of thing, and all nodes and all
relationships."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from exports.columns import RELATIONSHIP_COLUMNS, node_columns
from exports.kind_tables import kind_rows, kind_tables
from exports.options import ExportSelection
from exports.stream import parts
from ontology.model.store import Store
from ontology.property_graph import stored_properties

ROWS_PER_GROUP = 10_000  # in a row group
PARQUET_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "float": pa.float64(),
    "boolean": pa.bool_(),
    "strings": pa.list_(pa.string()),
}


def parquet(store: Store, selection: ExportSelection, folder: Path) -> None:
    """Writes PLURAL.parquet (tasks.parquet) for each kind of thing, nodes.parquet and edges.parquet into the folder. A
    decimal has a column of floats, and one for its exact digits as text, which has a value where a double cannot hold
    them."""
    node_types = {"iri": "string", "labels": "string", **node_columns()}
    edge_types = {"source": "string", "type": "string", "target": "string", **RELATIONSHIP_COLUMNS}
    with _Rows(folder / "nodes.parquet", node_types) as nodes, _Rows(folder / "edges.parquet", edge_types) as edges:
        for part in parts(store, selection):
            for node in part.nodes:
                values = stored_properties(node.properties, node.graph)
                nodes.add({"iri": node.iri, "labels": ";".join(node.labels), **values})
            for link in part.relationships:
                values = stored_properties(link.properties, link.graph)
                edges.add({"source": link.start, "type": link.type, "target": link.end, **values})
    with ExitStack() as stack:
        files = {
            table.name: stack.enter_context(
                _Rows(folder / f"{table.name}.parquet", {column.name: column.kind for column in table.columns})
            )
            for table in kind_tables().values()
        }
        for table, row in kind_rows(store, selection):
            files[table.name].add(row)


class _Rows:
    """A Parquet file to which rows are added, dicts by the name of the column; used in a `with`, which writes the last
    ones unless it ends with an error. They are written in groups of ROWS_PER_GROUP, so that memory stays bounded.
    `columns` are the kinds of the columns (keys of PARQUET_TYPES) by name."""

    def __init__(self, path: Path, columns: Mapping[str, str]) -> None:
        self.schema = pa.schema([(key, PARQUET_TYPES[kind]) for key, kind in columns.items()])
        self.writer = pq.ParquetWriter(path, self.schema, compression="zstd")
        self.rows: list[dict[str, Any]] = []

    def add(self, row: dict[str, Any]) -> None:
        self.rows.append(row)
        if len(self.rows) == ROWS_PER_GROUP:
            self._write()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._write()
        self.writer.close()

    def _write(self) -> None:
        self.writer.write_table(pa.Table.from_pylist(self.rows, schema=self.schema))
        self.rows = []
