"""kg build"""

import os
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kg.cli.common import base_iri, store_option


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@store_option
@click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="cores", help="Files at once."
)
@click.option("--prune", is_flag=True, help="Remove plans whose file under PATHS is gone.")
@click.option("--ocr", is_flag=True, help="Read scanned pages by OCR (needs Tesseract with chi_sim).")
@click.option("--seconds", type=click.FloatRange(min=1), help="Most seconds for one file.")
@click.option("--max-size", type=click.IntRange(1), help="Most bytes of one file.")
@click.option("--max-pages", type=click.IntRange(1), help="Most pages of one file.")
@click.option("--max-unpacked", type=click.IntRange(1), help="Most bytes that one file may unpack to.")
@click.pass_context
def build(
    context: click.Context,
    paths: tuple[Path, ...],
    store: str,
    jobs: int,
    prune: bool,
    ocr: bool,
    seconds: float | None,
    max_size: int | None,
    max_pages: int | None,
    max_unpacked: int | None,
) -> None:
    """Read plan files and folders (txt, md, html, docx, pdf), extract their facts, load them.

    A second run reads only what is new or changed. Exit status 1 where a file was refused; the others are loaded.

    \b
    Example: kg build plans/ --store plans.kg
    """
    from extractors.readers.limits import OCR_SECONDS, Limits
    from kg.build import build as run
    from kg.stores import open_store

    chosen = {
        "seconds": seconds or (OCR_SECONDS if ocr else None),
        "size": max_size,
        "pages": max_pages,
        "unpacked": max_unpacked,
        "ocr": ocr or None,
    }
    limits = Limits(**{name: value for name, value in chosen.items() if value is not None})  # type: ignore[arg-type]
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        open_store(store, write=True) as target,
        Progress(*columns, console=console, disable=not sys.stderr.isatty(), transient=True) as bar,
    ):
        task = bar.add_task("reading", total=None)
        report = run(
            paths,
            target,
            jobs=jobs,
            prune=prune,
            base=base_iri(),
            limits=limits,
            progress=lambda done, total, name: bar.update(task, completed=done, total=total, description=name[-40:]),
        )
    click.echo(
        f"{len(report.loaded)} loaded, {len(report.unchanged)} unchanged, {len(report.removed)} removed, "
        f"{len(report.refused)} refused"
    )
    if report.facts:
        click.echo("facts read: " + ", ".join(f"{count} {kind}" for kind, count in sorted(report.facts.items())))
    for path, note in report.notes:
        click.echo(f"note: {os.path.basename(path)}: {note}")
    for _, reason in report.refused:
        click.echo(f"refused: {reason}", err=True)
    if report.refused:
        context.exit(1)
