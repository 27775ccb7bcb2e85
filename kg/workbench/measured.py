"""Tables with what pages need of them for each request, found once: facts about their columns, and the last selections
of their rows."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ontology.json_lines import json_value
from ontology.model.store import Table

MAX_CHOICES = 30  # different values of a column, up to which they are offered to choose from
SELECTIONS = 6  # of a table that are kept

Values = Sequence[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What pages need to know of a column of a table. `longest` is the number of characters of its longest text, 0
    without texts. `filled` is whether some value is not None; `numbers` whether some value is a number, which is
    anything but None, a text or a truth value; `changed`, for the column `origin`, whether some value is neither None
    nor 'read'. `values` are the values that are not None as `shown` writes them, each once, sorted; none at all where
    more than 60 (2 × MAX_CHOICES) are different."""

    longest: int
    filled: bool
    numbers: bool
    changed: bool
    values: tuple[str, ...]


class Measured(Table):
    """A table that keeps what pages need to know of its columns, and the SELECTIONS (6) selections of its rows that
    were made last."""

    @cached_property
    def about(self) -> dict[str, ColumnFacts]:
        """What pages need to know of each column, by its name."""
        return {name: _column([row[at] for row in self.rows]) for at, name in enumerate(self.columns)}

    @cached_property
    def _selections(self) -> OrderedDict[Hashable, Values]:
        """The selections that are kept, by key, the oldest first."""
        return OrderedDict()

    def selected(self, key: Hashable, select: Callable[[], Values]) -> Values:
        """The rows that are kept under `key`; where there are none, those that `select` returns, which are then kept.
        Of more than SELECTIONS (6) those that were kept first are dropped, however lately they were used."""
        rows = self._selections.get(key)
        if rows is None:
            rows = self._selections[key] = select()
            while len(self._selections) > SELECTIONS:
                self._selections.popitem(last=False)
        return rows


def measured(table: Table) -> Measured:
    """The table as a `Measured` one: itself where it is one already."""
    return table if isinstance(table, Measured) else Measured(table.columns, table.rows)


def shown(value: object) -> str:
    """A value as text for people: a float with at most 6 decimal places and no zeros at the end (65.0 -> '65', 0.25 ->
    '0.25'), a Decimal likewise, any other value as `str` writes it (None -> 'None')."""
    value = json_value(value)
    if isinstance(value, float):
        return f"{value:f}".rstrip("0").rstrip(".")
    return str(value)


def _column(values: list[object]) -> ColumnFacts:
    """What pages need to know of a column that has these values (`ColumnFacts`)."""
    different = set(values)
    filled = different - {None}
    texts = {value for value in filled if isinstance(value, str)}
    return ColumnFacts(
        max(map(len, texts), default=0),
        bool(filled),
        any(not isinstance(value, str | bool) for value in filled),
        bool(filled - {"read"}),
        tuple(sorted({shown(value) for value in filled})) if len(filled) <= 2 * MAX_CHOICES else (),
    )
