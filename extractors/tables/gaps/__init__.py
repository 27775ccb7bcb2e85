"""Tables whose cells stand one under the other, parted by gaps of several spaces, as `pdftotext -layout` writes them.

`page` gives the words of the lines with their places, `header` the columns from the labels over them, `cells` the
column of each word and the cost of words as a cell, `rows` cuts the lines into rows, and `table` puts them together.

Needed by: texts that `pdftotext -layout` and similar converters make of the PDF files of plans, and tables of work that
were lined up with spaces.
"""

from extractors.tables.gaps.table import by_gaps, has_gaps, set_by_gaps, single_lines

__all__ = ["by_gaps", "has_gaps", "set_by_gaps", "single_lines"]
