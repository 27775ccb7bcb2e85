"""The command `kg search`: passages of all plans that contain the given words."""

import sys
from typing import TYPE_CHECKING

import click

from exports.people import SPARE_COLUMNS, for_reader
from exports.terminal import escaped_line
from kg.cli.common import format_option, output_option, store_option, tell
from kg.cli.query import PEOPLE_FORMATS, TABLE_FORMATS, bom_option, passages, read_parameters, write_table
from ontology import words as spoken
from ontology.model.store import Table

if TYPE_CHECKING:
    from kg.search import Hit

# The columns of a hit in a drawn table.
DRAWN_COLUMNS = ("region", "file", "heading", "start", "quote")
SNIPPET_REACH = 48  # characters of its quote before and after the start of the first hit
HIT_MARKS = {"table": ("⟦", "⟧"), "markdown": ("**", "**")}  # around a hit, in formats for people


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "-p", "--param", "pairs", multiple=True, metavar="NAME=VALUE", help="plan, region, level or kind of fact."
)
@click.option("--exact", is_flag=True, help="These words alone, none of their other names.")
@click.option(
    "--limit", type=click.IntRange(0), default=100, show_default=True, help="The best so many passages; 0 for all."
)
@store_option
@format_option(*TABLE_FORMATS, default="table")
@output_option
@bom_option
def search(
    words: tuple[str, ...],
    pairs: tuple[str, ...],
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

    Lines on standard error say how many passages there are where not all are shown, how many plans have no text, and
    with a drawn table why nothing was found.

    \b
    Example: kg search 养老 护理员 -p level=county
    """
    from kg.search import HIT_COLUMNS, Index, index_path, refresh, why_nothing
    from kg.search import search as find
    from kg.stores import open_store

    with open_store(store) as source, Index(index_path(store)) as index:
        refresh(index, source)
        parameters = read_parameters(pairs)
        found = find(index, words, parameters, exact=exact, limit=limit or None)
        if not found.hits and format_ == "table":
            tell(f"kg: {escaped_line(why_nothing(index, words, parameters, exact=exact))}", err=True)
        unread = index.without_text()
        every_column = Table(HIT_COLUMNS, [tuple(hit.row[column] for column in HIT_COLUMNS) for hit in found.hits])
        links = passages(source, every_column, format_, output)
    columns = DRAWN_COLUMNS if format_ == "table" else HIT_COLUMNS
    rows = [tuple(_row(hit, format_)[column] for column in columns) for hit in found.hits]
    table = Table(columns, rows)
    if format_ in PEOPLE_FORMATS:
        table = for_reader(table, spoken.COLUMN_LISTS.get, spoken.language(), SPARE_COLUMNS)
    write_table(table, format_, output, bom, links)
    sys.stdout.flush()
    if found.total > len(rows):
        tell(f"{len(rows)} of {found.total} passages; --limit 0 shows all", err=True)
    if unread:
        tell(f"{unread} plans have no text in the store: build them again without --no-text", err=True)


def _row(hit: "Hit", format_: str) -> dict[str, object]:
    """The row of a hit by the columns of HIT_COLUMNS (plan, file, heading, quote …). In the formats of HIT_MARKS the
    words that were found are marked in the quote: for markdown in the whole quote ('**医养**结合'), for table in the
    part of it around the first of the words ('⟦医养⟧结合'; `_around`). In any other format the row is as found."""
    if format_ not in HIT_MARKS:
        return hit.row
    quote = hit.marked(*HIT_MARKS[format_])
    return {**hit.row, "quote": _around(quote, HIT_MARKS[format_][0]) if format_ == "table" else quote}


def _around(quote: str, mark: str) -> str:
    """The part of a quote around the first `mark`, the sign before a word that was found: up to SNIPPET_REACH (48)
    characters before the mark and as many from the mark on, with … at an end where something is cut:
    '…推动⟦医养⟧结合…'. Without a mark, the part around the quote's start."""
    at = max(0, quote.find(mark))
    start, end = max(0, at - SNIPPET_REACH), at + SNIPPET_REACH
    return "…" * (start > 0) + quote[start:end] + "…" * (end < len(quote))
