"""Tables without marks between their cells, whose words come one after another: cell by cell, with the lines of each
cell together, or row by row.

`table` finds the words of a candidate after its header, chooses between the readings and makes the table; `costs` says
how badly words fit as a cell of each column, `beam` reads the words cell by cell, `row_major` row by row, and
`confidence` judges a reading.

Needed by: text layers of PDF files of city and prefecture plans (cell by cell), a city's five-year outline (row by
row), a provincial plan saved from Word as text (one cell a line).
"""

from extractors.tables.wrapped.table import candidate, reach, wrapped

__all__ = ["candidate", "reach", "wrapped"]
