"""A table of query results as Parquet. A column that has the name of an integer or decimal property of the ontology has
the type of the property where its values fit, any other that of its values."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, BinaryIO

from ontology.json_lines import json_value
from ontology.model.errors import Refused
from ontology.model.store import Table
from ontology.schema import schema


def write_parquet(table: Table, out: BinaryIO) -> None:
    """Writes the table to `out` as Parquet. A column has the type of the ontology's property of its name where its
    values fit (`_kind`), so that results without rows or values can be joined with others; None is kept, and in a
    column of text other values than text are JSON. Raises Refused where pyarrow is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        raise Refused("the format parquet needs pyarrow: pip install 'plan-kg[parquet]'") from None

    arrays, fields = [], []
    for position, name in enumerate(table.columns):
        values = [row[position] for row in table.rows]
        kind = _kind(name, values)
        arrays.append(pa.array([None if v is None else _PARQUET_CASTS[kind](v) for v in values], type=kind))
        fields.append((name, kind))
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), out, compression="zstd")


def _kind(name: str, values: Sequence[object]) -> str:
    """The Parquet type of the column `name` with these values; None does not count, and an integer or decimal property
    of this name that the ontology declares counts as one more value of its type. 'bool' where all are bool; 'int64'
    where all are int, but 'string' where one of them is 2**63 or more in amount; 'float64' where all are int, float or
    Decimal, not all int; 'string' for all else, such as bool with int, and without any."""
    kinds = {type(value) for value in values if value is not None}
    if declared := _DECLARED.get(getattr(schema().properties.get(name), "holds", "")):
        kinds.add(declared)
    if kinds == {bool}:
        return "bool"
    if kinds == {int}:
        return "int64" if all(abs(int(str(value))) < 2**63 for value in values if value is not None) else "string"
    return "float64" if kinds and kinds <= {int, float, Decimal} else "string"


def _text(value: object) -> str:
    """A text as it is, any other value as JSON (True as true, a node that a user's Cypher query returns as an object),
    with numbers as `json_value` has them (Decimal('1.5') as 1.5); what JSON does not have stands by its `str` in
    quotation marks."""
    return value if isinstance(value, str) else json.dumps(json_value(value), ensure_ascii=False, default=str)


_DECLARED = {"integer": int, "decimal": Decimal}
_PARQUET_CASTS: dict[str, Any] = {"bool": bool, "int64": int, "float64": float, "string": _text}
