"""An SQLite database with a table for each kind of thing, for SQL, pandas, DuckDB and Datasette."""

import sqlite3
from contextlib import closing
from pathlib import Path

from exports.columns import cell_text
from exports.kind_tables import SQL_TYPES, KindColumn, KindTable, kind_rows, kind_tables
from exports.options import ExportSelection
from ontology.model.store import Store

ROWS_PER_INSERT = 1000


def sqlite(store: Store, selection: ExportSelection, path: Path) -> None:
    """Writes the selection to an SQLite database at `path`, with every table of `kind_tables`, including empty ones.
    Ids are primary keys, and columns whose cells hold one id of another thing are indexed. The file is made where it is
    missing; a database that is there gets these tables beside its own, and after an error some empty ones may stay in
    it. Raises OSError where SQLite cannot open or write the file, where the file is no SQLite database, and where the
    database has one of these tables already."""
    try:
        with closing(sqlite3.connect(path)) as database:
            tables = kind_tables().values()
            for table in tables:
                columns = ", ".join(map(_typed, table.columns))
                database.execute(f'CREATE TABLE "{table.name}" ({columns})')
            pending: dict[str, list[tuple[object, ...]]] = {table.name: [] for table in tables}
            for table, row in kind_rows(store, selection):
                pending[table.name].append(tuple(_value(row.get(column.name)) for column in table.columns))
                if len(pending[table.name]) == ROWS_PER_INSERT:
                    _insert(database, table, pending)
            for table in tables:
                _insert(database, table, pending)
                for column in table.columns:
                    if column.link and not column.many:
                        index = f"{table.name} {column.name}"
                        database.execute(f'CREATE INDEX "{index}" ON "{table.name}" ("{column.name}")')
            database.commit()
    except sqlite3.DatabaseError as error:  # a full disk, a missing folder or another kind of file is no OSError here
        raise OSError(str(error)) from error


def _value(value: object) -> object:
    """A cell as SQLite takes it: several texts are joined with 、, other values are unchanged."""
    return cell_text(value) if isinstance(value, tuple) else value


def _typed(column: KindColumn) -> str:
    """The column in a CREATE TABLE statement: '"start" INTEGER', '"id" TEXT PRIMARY KEY'."""
    return f'"{column.name}" {SQL_TYPES[column.kind]}' + ("" if column.property else " PRIMARY KEY")


def _insert(database: sqlite3.Connection, table: KindTable, pending: dict[str, list[tuple[object, ...]]]) -> None:
    """Writes the rows of the table that are waiting to the database, without a commit, and empties their list in
    `pending`, which has a list of rows for each table by its name."""
    marks = ", ".join("?" * len(table.columns))
    database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', pending[table.name])
    pending[table.name] = []
