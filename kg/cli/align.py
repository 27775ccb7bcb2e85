"""The command `kg align`: compares the tasks of related plans."""

import os

import click

from kg.cli.common import base_iri, progress_bar, store_option, tell


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
    from kg.align import align as run
    from kg.stores import open_store

    with open_store(store, write=True) as target, progress_bar("comparing") as progress:
        report = run(target, base=base_iri(), peers=peers, jobs=jobs, progress=progress)
    tell(
        f"{report.compared} pairs of plans compared, {report.unchanged} unchanged; "
        f"{report.kinds['copied']} copied, {report.kinds['adapted']} adapted, {report.kinds['related']} related; "
        f"{report.outside} tasks taken up outside of tasks (preset taken-up-elsewhere)"
    )
    if report.left_out:
        tell(
            f"note: {report.left_out} plans of the same field were left out of comparisons: raise --peers to have them"
        )
