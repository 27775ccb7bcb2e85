"""The tables of a plan, however its file sets them down, as grids of cells with their places in the text."""

from extractors.tables.find import tables, tables_of
from extractors.tables.model import Table, TableCell

__all__ = ["Table", "TableCell", "tables", "tables_of"]
