"""The command `kg load`: loads a folder of shards into a store."""

import sys

import click

from kg.cli.common import store_option, tell


@click.command()
@click.argument("shards")
@store_option
def load(shards: str, store: str) -> None:
    """Load a folder of shards (kg build --shards) into a store of any kind; plans that it holds already are left alone.

    \b
    Example: kg load shards/ --store plans.kg
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from kg.builder.loading import load_shards
    from kg.builder.shards import Shards

    columns = (TextColumn("loading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    source = Shards.open(shards)
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task("loading", total=None)
        new, known = load_shards(source, store, lambda done, total: bar.update(task, completed=done, total=total))
    tell(f"{new} loaded, {known} unchanged")
