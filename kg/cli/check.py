"""The command `kg check`: validates a store against the SHACL shapes."""

import os

import click

from exports.terminal import escaped_line
from kg.cli.common import store_option, tell


@click.command()
@store_option
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default="cores",
    help="Graphs at once.",
)
@click.option("--all", "again", is_flag=True, help="Validate graphs again that were found in order before.")
@click.pass_context
def check(context: click.Context, store: str, jobs: int, again: bool) -> None:
    """Validate the store against the ontology's SHACL shapes; exit status 1 where something is wrong.

    Each plan is validated by itself, and without --all only once as long as it and the shapes stay the same.

    \b
    Example: kg check --store plans.kg
    """
    from kg.stores import open_store
    from kg.validation import validate

    with open_store(store) as source:
        report = validate(source, jobs=jobs, again=again)
    for violation in report.violations:
        tell(escaped_line(f"{violation.file}: {violation.node}: {violation.message}"))
    valid, count = report.unchanged, len(report.violations)
    tell(f"{report.checked} graphs validated, {valid} known to be in order, {count} violations")
    if report.violations:
        context.exit(1)
