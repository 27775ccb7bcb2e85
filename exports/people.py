"""Tables for people, with headings and values in the reader's language. Programs get the keys unchanged."""

from collections.abc import Callable

from ontology import words
from ontology.messages import said
from ontology.model.store import Table

OPERATOR = "op"
SEPARATOR = "、"  # between the values of a column that joins several
# Comparators as they are printed.
SIGNS = {">=": "≥", "<=": "≤", "~": "≈"}


def for_reader(table: Table, lists: Callable[[str], str | None], spoken: words.Language) -> Table:
    """The table with heads and values in a language: level county -> 行政级别 县级.

    English heads are the keys, which `--columns` takes.
    """
    heads = tuple(words.head(name, spoken) if spoken == "zh" else name for name in table.columns)
    of = [OPERATOR if name == "op" or name.endswith("_op") else lists(name) for name in table.columns]
    rows = [tuple(_shown(name, cell, spoken) for name, cell in zip(of, row, strict=True)) for row in table.rows]
    return Table(heads, rows)


def _shown(list_name: str | None, cell: object, spoken: words.Language) -> object:
    if list_name == words.REASONS and isinstance(cell, str):
        return said(cell, spoken)
    if list_name == OPERATOR:
        return SIGNS.get(str(cell), cell)
    if isinstance(cell, bool) and spoken == "zh":
        return "是" if cell else "否"
    if list_name and isinstance(cell, str) and SEPARATOR in cell:
        return SEPARATOR.join(str(words.value(list_name, each, spoken)) for each in cell.split(SEPARATOR))
    return words.value(list_name, cell, spoken) if list_name else cell


def keys_of(heads: list[str], known: tuple[str, ...]) -> list[str]:
    """The keys of columns that a user named by key or by heading: ['区域', 'file'] -> ['region', 'file']. `heads`
    is what the user wrote, `known` the keys that there are."""
    by_head = {words.head(name, spoken): name for spoken in words.LANGUAGES for name in reversed(known)}
    return [name if name in known else by_head.get(name, name) for name in heads]
