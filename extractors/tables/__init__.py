"""The tables of a plan, whatever separates their cells in the file.

    for table in tables_of(doc):            # or tables(document), before there is a Doc
        for row in table.rows():
            row.text("task", "content")     # 改造老旧管网; None where the row has no such cell
            row.of("departments")           # [(Column(label='牵头单位', …), TableCell(text='市水利局', …)), …]
            row.span                        # where the row stands in Document.text

`Column.role` says what a column holds: serial (row numbers), dimension or group (labels of groups of rows), name (of an
indicator or item), unit, value, growth (年均, 累计), kind (约束性), departments, task (重点任务), content (具体举措),
duty (职责), deadline (完成时限), note or text. `PlanTable.refused` are rows that were left out, with the reason.

Where to look, from the top down (each module imports only those below it):

- `find`: where a table may begin, which layout reads it, and what looks like a table and could not be read, which is
  closed to all other readers.
- `boxes`: the cells of boxes (专栏) that are tables.
- The layouts, each with the files that need it: `marked` (cells of html, docx and xlsx, tabs, pipes), `plain_text`
  (a row a line with blanks between its cells, or a cell a line), `wrapped` (no marks at all: text layers of PDF files),
  which finds the cells where each word is a whole one (`whole_cells`), line by line (`row_major`), or by a beam search
  (`beam`).
- `work`: which tables set work, and what their rows say.
- `header`: the labels of the columns, and the role that a label gives; `bounds`: the title above a table, and what
  ends it.
- `cost`: how badly a text fits a column.
- `model`: Column, PlanTable, Row, TableCell, and how many rows a cell spans.
- `words`: words and lines with their places.
"""

from extractors.tables.find import read_tables, tables, tables_of
from extractors.tables.model import Column, PlanTable, Refusal, Role, Row, TableCell

__all__ = ["Column", "PlanTable", "Refusal", "Role", "Row", "TableCell", "read_tables", "tables", "tables_of"]
