"""kg search"""

import sys
from typing import TYPE_CHECKING

import click

from exports.people import for_reader
from kg.cli.common import format_option, output_option, store_option, tell
from kg.cli.query import FILES, PEOPLE, bom_option, read_parameters, write_table
from ontology import words as spoken
from ontology.model.store import Table

if TYPE_CHECKING:
    from kg.search import Hit

MARKS = {"table": ("⟦", "⟧"), "markdown": ("**", "**")}  # around a hit, in formats for people


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "-p", "--param", "given", multiple=True, metavar="NAME=VALUE", help="plan, region, level or kind of fact."
)
@click.option("--exact", is_flag=True, help="These words alone, none of their other names.")
@click.option(
    "--limit", type=click.IntRange(0), default=100, show_default=True, help="The best so many passages; 0 for all."
)
@store_option
@format_option(*FILES, default="table")
@output_option
@bom_option
def search(
    words: tuple[str, ...],
    given: tuple[str, ...],
    exact: bool,
    limit: int,
    store: str,
    format_: str,
    output: str,
    bom: bool,
) -> None:
    """Find the passages of all plans that hold every one of WORDS, the best first.

    A word of one character or more is found wherever it stands, over line and page breaks too. Other names that the
    tables of indicators and bodies give it are found with it (医保局, 医疗保障局). The store is indexed when it is
    first searched, and again when it changed.

    \b
    Example: kg search 养老 护理员 -p level=county
    """
    from kg.search import COLUMNS, Index, index_path, refresh
    from kg.search import search as find
    from kg.stores import open_store

    with open_store(store) as source, Index(index_path(store)) as index:
        refresh(index, source)
        found = find(index, words, read_parameters(given), exact=exact, limit=limit or None)
        unread = index.without_text()
    rows = [tuple(_shown(hit, format_)[column] for column in COLUMNS) for hit in found.hits]
    table = Table(COLUMNS, rows)
    if format_ in PEOPLE:
        table = for_reader(table, spoken.LISTS.get, spoken.language())
    write_table(table, format_, output, bom)
    sys.stdout.flush()
    if found.total > len(rows):
        tell(f"{len(rows)} of {found.total} passages; --limit 0 shows all", err=True)
    if unread:
        tell(f"{unread} plans have no text in the store: build them again without --no-text", err=True)


def _shown(hit: "Hit", format_: str) -> dict[str, object]:
    """The row, with the hits marked in its quote where people read it."""
    return {**hit.row, "quote": hit.marked(*MARKS[format_])} if format_ in MARKS else hit.row
