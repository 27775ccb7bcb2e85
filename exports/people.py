"""Tables for people: headings and values in the reader's language, and which columns a narrow drawing can do
without."""

from collections.abc import Callable
from dataclasses import dataclass

from ontology import words
from ontology.messages import translated
from ontology.model.store import Table
from ontology.schema import VALUE_SEPARATOR

OPERATOR = "op"
# Comparators as they are printed.
COMPARATOR_SIGNS = {">=": "≥", "<=": "≤", "~": "≈"}
# Columns of presets that a drawn table can do without, the first first, in the groups of `HeadedTable.spare`: places
# and origins, then columns that repeat others or that most readers do not look for.
SPARE_COLUMNS = (
    ("hit_start", "hit_end", "position", "origin", "concept_rule", "cue", "page", "end", "start"),
    ("region_code", "source_url", "retrieved", "file", "dimension", "baseline_op", "target_basis", "baseline_text",
     "target_text", "policy_label", "quote", "horizon", "level", "plan", "baseline_year", "match", "target_year",
     "indicator"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeadedTable(Table):
    """A table whose `columns` are headings for people; `keys` are the keys of these columns, in the same order.

    `spare` are the keys of columns that may be left out where the table is drawn and too wide, in groups: the columns
    of a group are left out one by one, in its order; when all are, narrower cells are tried before the next group.
    """

    keys: tuple[str, ...]
    spare: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of_keys(cls, table: Table, spare: tuple[tuple[str, ...], ...] = ()) -> "HeadedTable":
        """The table with the keys of its columns as headings. `spare` are the keys of columns that may be left out
        where the table is drawn and too wide, in groups, the first to go first."""
        return cls(table.columns, table.rows, table.columns, spare)


def for_reader(
    table: Table,
    lists: Callable[[str], str | None],
    spoken: words.Language,
    spare: tuple[tuple[str, ...], ...] = (),
) -> HeadedTable:
    """The table with headings and values in the language `spoken` (a value as `shown` has it): level county ->
    行政级别 县级. English headings are the keys, which `--columns` takes.

    `lists` returns for the key of a column the name of the closed list that its values belong to, None for none; it is
    not called for `op` and keys that end with _op, whose columns have comparators. `spare` are the keys of columns that
    a drawing may leave out for want of width, in groups, the first to go first.
    """
    heads = tuple(words.head(name, spoken) if spoken == "zh" else name for name in table.columns)
    list_names = [list_of(name, lists) for name in table.columns]
    rows = [tuple(shown(name, cell, spoken) for name, cell in zip(list_names, row, strict=True)) for row in table.rows]
    return HeadedTable(heads, rows, table.columns, spare)


def list_of(column: str, lists: Callable[[str], str | None]) -> str | None:
    """The list of a column, given by its key, as `shown` takes it. `lists` returns for the key the name of the closed
    list (`ontology.words`) that the column's values belong to, or None; it is not called for `op` and keys that end
    with _op, whose columns have comparators (OPERATOR)."""
    return OPERATOR if column == "op" or column.endswith("_op") else lists(column)


def shown(list_name: str | None, cell: object, spoken: words.Language) -> object:
    """A cell as it is shown in the language `spoken`: county -> 县级, '>=' -> '≥'. `list_name` is the closed list of
    the column, or one of two names that stand for no such list: OPERATOR of a column of comparators, REASON_LIST of one
    of sentences of the program (a reason, a rule); None for a column of other values.

    Such a sentence is translated; a comparator becomes its sign (≥, ≤, ≈; others stay); in any other column True and
    False become 是 and 否 in Chinese. Any other value of a column with a list becomes its label there, each part by
    itself where it is a text with 、. What has no list, or no label in it, is unchanged.
    """
    if list_name == words.REASON_LIST and isinstance(cell, str):
        return translated(cell, spoken)
    if list_name == OPERATOR:
        return COMPARATOR_SIGNS.get(str(cell), cell)
    if isinstance(cell, bool) and spoken == "zh":
        return "是" if cell else "否"
    if list_name and isinstance(cell, str) and VALUE_SEPARATOR in cell:
        return VALUE_SEPARATOR.join(str(words.value(list_name, each, spoken)) for each in cell.split(VALUE_SEPARATOR))
    return words.value(list_name, cell, spoken) if list_name else cell


def keys_of(written: list[str], keys: tuple[str, ...]) -> list[str]:
    """The keys of columns that a user named by key or by heading, in either language: ['区域', 'file'] -> ['region',
    'file']. `written` is what the user wrote, `keys` are the keys of the table; where several of these have one
    heading, it means the first. Words that are neither key nor heading stay as they are."""
    by_head = {words.head(name, spoken): name for spoken in words.LANGUAGES for name in reversed(keys)}
    return [name if name in keys else by_head.get(name, name) for name in written]
