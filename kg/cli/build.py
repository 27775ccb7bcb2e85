"""The command `kg build`: reads plan files into a store."""

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exports.terminal import escaped_line
from kg.cli.common import base_iri, progress_bar, store_option, tell
from ontology import words
from ontology.messages import translated
from ontology.model.errors import Usage

if TYPE_CHECKING:
    from extractors.readers.limits import Limits
    from kg.builder.incremental import BuildReport


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@store_option
@click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="cores", help="Files at once."
)
@click.option("--prune", is_flag=True, help="Remove plans whose file under PATHS is gone.")
@click.option("--yes", is_flag=True, help="Let --prune remove more than a fifth of the plans without asking.")
@click.option("--ocr", is_flag=True, help="Read scanned pages by OCR (the extra `ocr`, or Tesseract).")
@click.option("--corrections", help="The file of corrections (also $KG_CORRECTIONS); else those beside the plans.")
@click.option("--text/--no-text", default=True, show_default=True, help="Keep the text of each plan in the store.")
@click.option(
    "--source-csv",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A table of where files come from: columns file, url, retrieved.",
)
@click.option("--shards", metavar="DIR", help="Write one N-Quads file a plan to DIR instead of a store (see kg load).")
@click.option("--dask", metavar="ADDRESS", help="With --shards: read the plans on the Dask cluster of this scheduler.")
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
    yes: bool,
    ocr: bool,
    corrections: str | None,
    text: bool,
    source_csv: Path | None,
    shards: str | None,
    dask: str | None,
    seconds: float | None,
    max_size: int | None,
    max_pages: int | None,
    max_unpacked: int | None,
) -> None:
    """Read plan files and folders (txt, md, html, docx, pdf, ofd, xlsx, zip …), extract their facts, load them.

    A second run reads only what is new or changed. Exit status 1 where a file was refused; the others are loaded. Plans
    whose files below PATHS are gone stay unless --prune removes them; more than a fifth of the plans below PATHS only
    with --yes or when the user agrees. With --shards nothing is loaded: the plans are written as files for 'kg load'.

    \b
    Example: kg build plans/ --store plans.kg
    """
    from kg.builder import build as run
    from kg.builder import build_shards, few
    from kg.builder.cluster import cluster
    from kg.builder.incremental import BuildOptions
    from kg.builder.shards import Shards
    from kg.builder.sources import read_sources
    from kg.corrections import CORRECTIONS_VARIABLE, correction_files
    from kg.stores import open_store

    files = correction_files(corrections, paths)
    # for the workers too: merged policies are read by them
    os.environ[CORRECTIONS_VARIABLE] = os.pathsep.join(map(str, files))
    if dask and not shards:
        raise Usage("--dask writes shards: name their folder with --shards DIR")
    folder = Shards.open(shards, write=True) if shards else None
    with (
        nullcontext() if shards else open_store(store, write=True) as target,
        cluster(dask, shards) if dask and shards else nullcontext() as extract,
        progress_bar("reading") as progress,
    ):
        options: BuildOptions = {
            "jobs": jobs,
            "prune": prune,
            "agree": lambda gone, plans: yes or few(gone, plans) or _confirmed(gone, plans),
            "sources": read_sources(source_csv) if source_csv else None,
            "limits": _limits(ocr, seconds=seconds, size=max_size, pages=max_pages, unpacked=max_unpacked),
            "text": text,
            "progress": progress,
        }
        if folder is not None:
            report = build_shards(paths, folder, base=base_iri(), extract=extract, **options)
        elif target is not None:
            report = run(paths, target, base=base_iri(), **options)
    _tell_report(report, store)
    if report.refused:
        context.exit(1)


def _limits(ocr: bool, seconds: float | None, **others: int | None) -> "Limits":
    """The limits for one file: those that options gave (`seconds`, and by name `others`: size, pages, unpacked), the
    defaults in place of None. With `ocr` scanned pages are read too, and the default of seconds is OCR_SECONDS."""
    from extractors.readers.limits import OCR_SECONDS, Limits

    chosen = {"seconds": seconds or (OCR_SECONDS if ocr else None), "ocr": ocr or None, **others}
    return Limits(**{name: value for name, value in chosen.items() if value is not None})  # type: ignore[arg-type]


def _tell_report(report: "BuildReport", store: str) -> None:
    """Writes what a build did. On standard output: the numbers of files; the numbers of facts by kind, if there are
    any; and notes on duplicates, on files that were skipped, on single files, and on passages that were not understood.
    On standard error: each refused file. `store` is the store's address, for the command that the last note names."""
    from kg.builder import skipped_lines

    tell(
        f"{len(report.loaded)} loaded, {len(report.unchanged)} unchanged, {len(report.removed)} removed, "
        f"{len(report.refused)} refused"
    )
    if report.facts:
        tell("facts read: " + words.listed(_with_kind(kind, count) for kind, count in sorted(report.facts.items())))
    if report.duplicates:
        tell(f"files whose plan another file holds too: {len(report.duplicates)}; kg query duplicates names them")
    for line in skipped_lines(report.skipped):
        tell(line)
    for path, note in report.notes:
        tell(escaped_line(f"note: {os.path.basename(path)}: {note}"))
    if count := len(report.suspicious):
        which = "1 file has" if count == 1 else f"{count} files have"
        tell(f"{which} passages that look like facts and were not understood: kg audit --store {store}")
    for message in report.refusals():
        tell(escaped_line(f"refused: {message}"), err=True)


def _with_kind(kind: str, count: int) -> str:
    """The number of facts of a kind, in words of the person's language: ('Citation', 26) -> '26 Citation', in Chinese
    '引用 26'."""
    return f"{words.value('fact', kind)} {count}" if words.language() == "zh" else f"{count} {kind}"


def _confirmed(gone: list[str], plans: int) -> bool:
    """Whether the plans whose files are gone may be removed from the store: names them on standard error and asks the
    user. Where standard input or standard error is no terminal, False without a question, because nobody can answer.
    `gone` are the paths of these plans; `plans`, which the question names, is how many plans the store has from the
    folders that are built, these included."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    for path in gone:
        tell(escaped_line(f"gone: {path}"), err=True)
    return click.confirm(translated(f"Remove these {len(gone)} of {plans} plans from the store?"), err=True)
