"""The command `kg load`: loads a folder of shards into a store."""

import click

from kg.cli.common import progress_bar, store_option, tell


@click.command()
@click.argument("shards")
@store_option
def load(shards: str, store: str) -> None:
    """Load a folder of shards (kg build --shards) into a store of any kind; plans that it holds already are left alone.

    \b
    Example: kg load shards/ --store plans.kg
    """
    from kg.builder.loading import load_shards
    from kg.builder.shards import Shards

    source = Shards.open(shards)
    with progress_bar("loading") as progress:
        loaded, unchanged = load_shards(source, store, lambda done, total: progress(done, total, "loading"))
    tell(f"{loaded} loaded, {unchanged} unchanged")
