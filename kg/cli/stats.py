"""The command `kg stats`: counts the facts of a store by kind and plan."""

import sys
from collections import Counter

import click

from exports import rows as output
from exports.people import for_reader
from kg.cli.common import format_option, store_option
from ontology import words
from ontology.messages import translated
from ontology.model.store import Table


@click.command()
@store_option
@format_option(*output.TABLE_WRITERS, default="table")
def stats(store: str, format_: str) -> None:
    """Count the facts, by kind and by plan.

    A drawn table has a row for each file name, a column for each kind and the sums in the last row; the other formats
    have a row for each plan and kind.

    \b
    Example: kg stats --store plans.kg
    """
    from kg.stores import open_store
    from queries.presets import preset

    with open_store(store) as source:
        table = preset("stats").run(source)
    if format_ == "table":
        table = _across(table)
        heads = tuple(str(words.value("fact", name)) if words.language() == "zh" else name for name in table.columns)
        table = for_reader(Table(heads, table.rows), words.COLUMN_LISTS.get, words.language())
    output.write(table, format_, sys.stdout)


def _across(table: Table) -> Table:
    """The numbers of facts in preset `stats` (rows of file, kind, facts) as a table: a row for each file name, in the
    order of their first rows, and a column for each kind, sorted by their keys. A cell is None where there are no
    facts. The last row, 'all files' in the person's language, has the sums; without rows it is the only one."""
    total = translated("all files")
    facts = Counter[tuple[object, object]]()
    for file, kind, count in table.of(("file", "kind", "facts")).rows:
        for row in (file, total):
            facts[row, kind] += int(str(count))
    files = [*dict.fromkeys(file for file, _ in facts if file != total), total]
    kinds = sorted({str(kind) for _, kind in facts})
    return Table(("file", *kinds), [(file, *(facts[file, kind] or None for kind in kinds)) for file in files])
