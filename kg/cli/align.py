"""The command `kg align`: compares the tasks of related plans."""

import os
import sys

import click

from kg.cli.common import base_iri, store_option, tell


@click.command()
@store_option
@click.option(
    "--peers",
    type=click.IntRange(0),
    default=30,
    show_default=True,
    help="Most plans of the same field that a plan is compared with, beside those it cites and those of its region.",
)
@click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="cores", help="Processes at once."
)
def align(store: str, peers: int, jobs: int) -> None:
    """Compare the tasks of related plans: what was copied, adapted or left out.

    Plans are related by what they cite, by region, period or field, or by passages that they share. What is derived is
    kept in graphs of its own; a second run compares only what is new or changed.

    \b
    Example: kg align --store plans.kg
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from kg.align import align as run
    from kg.stores import open_store

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True)
    with open_store(store, write=True) as target, bar:
        task = bar.add_task("comparing", total=None)
        report = run(
            target,
            base=base_iri(),
            peers=peers,
            jobs=jobs,
            progress=lambda done, total, name: bar.update(task, completed=done, total=total, description=name[-40:]),
        )
    tell(
        f"{report.compared} pairs of plans compared, {report.unchanged} unchanged; "
        f"{report.kinds['copied']} copied, {report.kinds['adapted']} adapted, {report.kinds['related']} related"
    )
    if report.left_out:
        tell(
            f"note: {report.left_out} plans of the same field were left out of comparisons: raise --peers to have them"
        )
