"""kg stats"""

import sys

import click

from kg import output
from kg.commands.common import format_option, store_option
from kg.commands.query import FORMATS


@click.command()
@store_option
@format_option(*FORMATS, default="table")
def stats(store: str, format_: str) -> None:
    """Count the facts, by kind and by plan.

    \b
    Example: kg stats --store plans.kg
    """
    from kg.stores import open_store
    from queries.presets import preset

    with open_store(store) as source:
        output.write(preset("stats").run(source), format_, sys.stdout)
