"""The command `kg observations`: loads actual values, against which targets are tracked."""

from pathlib import Path

import click

from kg.cli.common import base_iri, store_option, tell


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@store_option
def observations(file: Path, store: str) -> None:
    """Load actual values, against which preset target-tracking holds the targets of plans.

    FILE is CSV (UTF-8 or GB 18030) whose first line names the columns region, concept, year and value, and where they
    are known unit and source (or 地区, 指标, 年份, 数值, 单位, 来源). A file of the same name is replaced.

    \b
    Example: kg observations values.csv --store plans.kg
    """
    from kg.observations import load_observations
    from kg.stores import open_store

    with open_store(store, write=True) as target:
        loaded = load_observations(file, target, base_iri())
    tell(f"{loaded.values} values loaded")
    if loaded.unknown:
        tell(f"note: no plan of the store is of {'、'.join(loaded.unknown)}")
