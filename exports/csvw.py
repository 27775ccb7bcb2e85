"""The CSV files of an export, one for each kind of thing, with CSVW metadata that describes their columns."""

import csv
import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from exports.columns import ColumnKind, csv_cell
from exports.kind_tables import ID, KindColumn, KindTable, kind_rows, kind_tables
from exports.options import ExportSelection
from ontology.model.store import Store
from ontology.schema import VALUE_SEPARATOR

METADATA = "csv-metadata.json"
CSVW_DATATYPES: dict[ColumnKind, str] = {
    "string": "string",
    "integer": "integer",
    "float": "double",
    "boolean": "boolean",
    "strings": "string",
}


def write_kinds(store: Store, selection: ExportSelection, folder: Path) -> None:
    """Writes PLURAL.csv (tasks.csv) for each kind of thing into the folder, and csv-metadata.json, which gives each
    column its datatype, so that a code such as 001 stays text. The files are UTF-8, with a byte order mark where the
    options ask for it. Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    encoding = "utf-8-sig" if selection.options.bom else "utf-8"
    with ExitStack() as stack:
        writers = {}
        for table in kind_tables().values():
            file = stack.enter_context((folder / f"{table.name}.csv").open("w", encoding=encoding, newline=""))
            writers[table.name] = csv.writer(file, lineterminator="\n")
            writers[table.name].writerow([column.name for column in table.columns])
        for table, row in kind_rows(store, selection):
            writers[table.name].writerow([csv_cell(row.get(column.name)) for column in table.columns])
    (folder / METADATA).write_text(json.dumps(metadata(), ensure_ascii=False, indent=1) + "\n", "utf-8")


def metadata() -> dict[str, Any]:
    """The CSVW description (https://www.w3.org/TR/tabular-metadata/) of all files that `write_kinds` writes, as the
    content of a JSON file."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "tables": [
            {
                "url": f"{table.name}.csv",
                "dc:title": _texts(table.declared.labels),
                "dc:description": _texts(table.declared.comments),
                "tableSchema": {
                    "aboutUrl": "{+" + ID + "}",
                    "primaryKey": ID,
                    "columns": [_column(column) for column in table.columns],
                    "foreignKeys": [key for column in table.columns if (key := _foreign(column))],
                },
            }
            for table in kind_tables().values()
        ],
    }


def _texts(texts: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    """`texts`, which are (language, text), as JSON-LD has them: [{'@value': '任务', '@language': 'zh'}]."""
    return [{"@value": words, "@language": language} for language, words in texts]


def _column(column: KindColumn) -> dict[str, Any]:
    """The CSVW description of a column, as JSON has it: its name, as `titles` too, its datatype (anyURI for ids), and
    the IRI, labels and comments of the property that it shows. The id of the row's own thing shows no property, and is
    required. A column of several values has a separator, a blank for ids, else 、."""
    description: dict[str, Any] = {"name": column.name, "titles": column.name, "datatype": CSVW_DATATYPES[column.kind]}
    if column.property is None:
        return description | {"datatype": "anyURI", "required": True}
    description |= {
        "propertyUrl": column.property.iri.value,
        "dc:title": _texts(column.property.labels),
        "dc:description": _texts(column.property.comments),
    }
    if column.link:
        description["datatype"] = "anyURI"
    if column.many:
        description["separator"] = " " if column.link else VALUE_SEPARATOR
    return description


def _foreign(column: KindColumn) -> dict[str, Any] | None:
    """The CSVW foreign key of a column whose cells hold the id of one other thing: a reference to the table that has
    these things. None for any other column, and where the things are not all in one table: where no table is of just
    the class that the property leads to, or the class has subclasses with tables (a plan is a policy too)."""
    prop = column.property
    if not column.link or column.many or prop is None:
        return None
    target = next((table for table in kind_tables().values() if table.declared.iri.value == prop.target), None)
    if target is None or _has_narrower(target):
        return None
    return {"columnReference": column.name, "reference": {"resource": f"{target.name}.csv", "columnReference": ID}}


def _has_narrower(table: KindTable) -> bool:
    """Whether the class of the table has subclasses with tables of their own."""
    return any(table.declared.key in other.declared.above for other in kind_tables().values())
