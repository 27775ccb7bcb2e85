"""The columns of nodes and relationships in formats that have columns: their keys, in one order, with their types."""

from decimal import Decimal
from functools import cache
from typing import Literal

from exports.rows import without_formula
from ontology.json_lines import EXACT_INTEGERS_BELOW
from ontology.property_graph import EXACT_SUFFIX
from ontology.schema import VALUE_SEPARATOR, schema

ColumnKind = Literal["string", "integer", "float", "boolean", "strings"]
RELATIONSHIP_COLUMNS: dict[str, ColumnKind] = {
    "quote": "string",
    "file": "string",
    "start": "integer",
    "end": "integer",
    "page": "integer",
    "cue": "string",
    "graph": "string",
}


@cache
def node_columns() -> dict[str, ColumnKind]:
    """The columns for the properties of nodes, as types by name: the key of each property that a node can have, in the
    ontology's order, then `graph`, a string. A decimal has two columns, a float and, behind it, as KEY_exact, a string
    for digits that a float cannot hold; an integer or boolean has its own type; anything else is a string, or strings
    where a node can have several. A link has no column."""
    columns: dict[str, ColumnKind] = {}
    for key, found in schema().properties.items():
        if found.holds == "decimal":
            columns[key] = "float"
            columns[key + EXACT_SUFFIX] = "string"
        elif found.holds in {"integer", "boolean"}:
            columns[key] = "integer" if found.holds == "integer" else "boolean"
        elif found.holds != "node":
            columns[key] = "string" if found.most == 1 else "strings"
    columns["graph"] = "string"
    return columns


def cell_text(value: object) -> str:
    """A value as the text of a cell: '' for None; 'true' or 'false'; a float, or a decimal rounded to a double, without
    a point where it is whole and below 2**53 in amount (2.0 as '2'), else as Python writes it (0.1, 1e-05); the members
    of a tuple, each as such a text ('' too), joined with 、; any other value by its `str`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return VALUE_SEPARATOR.join(map(cell_text, value))
    if isinstance(value, float | Decimal):
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < EXACT_INTEGERS_BELOW else repr(number)
    return str(value)


def csv_cell(value: object) -> str:
    """A value as the text of a cell of CSV (`cell_text`); text that a spreadsheet would take for a formula has an
    apostrophe before it (`without_formula`), a number never: '=1+1' -> "'=1+1", -0.00001 -> '-1e-05'."""
    text = cell_text(value)
    return text if isinstance(value, int | float | Decimal) else without_formula(text)
