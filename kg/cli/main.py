"""The group of commands `kg`, and its entry point, which turns errors into exit statuses."""

import os
import sys
from typing import NoReturn

import click

from exports.terminal import escaped_line, make_encodable
from kg.cli.align import align
from kg.cli.audit import audit
from kg.cli.build import build
from kg.cli.check import check
from kg.cli.correct import correct, list_corrections
from kg.cli.diff import diff
from kg.cli.evaluate import evaluate
from kg.cli.export import export
from kg.cli.extract import extract, text
from kg.cli.language import in_language, lang_option, show
from kg.cli.load import load
from kg.cli.mcp import mcp
from kg.cli.observations import observations
from kg.cli.presets import list_presets
from kg.cli.query import cypher, query, sparql
from kg.cli.search import search
from kg.cli.serve import serve
from kg.cli.stats import stats
from kg.cli.view import view
from ontology.messages import translated
from ontology.model.errors import KgError, Usage

INTERRUPTED = 130  # as shells count what SIGINT ended


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="plan-kg")
def cli(debug: bool) -> None:
    """Build and query a knowledge graph of government plans."""


for command in (
    audit, build, load, align, observations, extract, text, correct, list_corrections, diff, evaluate,
    list_presets, query, search, sparql, cypher, check, stats, export, view, serve, mcp
):  # fmt: skip
    cli.add_command(command)
    command.params.append(lang_option())
cli.params.append(lang_option())


def main() -> None:
    """Runs the command line and exits with the status of the command: 0, or 1 where it says so. An error is one line on
    standard error; the status is then 2 for wrong usage, 1 for refused data and for an error of the file system, such
    as a full disk, after which the rest of the output is dropped; 130 when interrupted. With --debug these errors
    (KgError, OSError) are raised instead; any other exception, a fault of the program, is always raised. Returns, with
    the rest of the output dropped, where the reader of standard output has gone away."""
    make_encodable()
    in_language(cli, sys.argv[1:])
    try:
        status = cli.main(standalone_mode=False)  # what a command exits with, None where it just ends
        sys.stdout.flush()  # here, where a full disk can still be told in one line
        sys.exit(status)
    except click.ClickException as error:
        show(error)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(translated("kg: interrupted; run the same command again to go on"), err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        _drop_output()  # the reader went away, as `head` does
    except KgError as error:
        if "--debug" in sys.argv:
            raise
        _fail(str(error), 2 if isinstance(error, Usage) else 1)
    except OSError as error:  # a full disk, a name that the file system does not take
        if "--debug" in sys.argv:
            raise
        _drop_output()
        where = f"{error.filename}: " if error.filename else ""
        _fail(f"{where}{error.strerror or error}; nothing more was written: make room or choose another place", 1)


def _fail(message: str, status: int) -> NoReturn:
    """Writes the message on standard error, translated into the person's language, as one line that begins with 'kg: '
    (line breaks and control characters are escaped), and exits with the status."""
    click.echo(f"kg: {translated(escaped_line(message))}", err=True)
    sys.exit(status)


def _drop_output() -> None:
    """Discards standard output after it could not be written, so that its buffer does not fail again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
