"""kg extract, kg text"""

import json
import sys
from pathlib import Path

import click

from kg.commands.common import format_option
from kg.model.source import Source


@click.command()
@click.argument("file")
@format_option("jsonl", default="jsonl")
def extract(file: str, format_: str) -> None:
    """Print the facts of one file, one JSON object a line (subject, predicate, object, evidence); no store is touched.

    \b
    Example: kg extract plan.txt | jq 'select(.predicate == "Task")'
    """
    from kg.extraction import facts_of
    from kg.lines import lines

    source = _source(file)
    for line in lines(source, facts_of(source)):
        click.echo(json.dumps(line, ensure_ascii=False))


@click.command()
@click.argument("file")
def text(file: str) -> None:
    """Print the text of a file as it was read, with page marks, so that evidence can be checked.

    \b
    Example: kg text plan.pdf
    """
    from extractors.readers.show import marked_text

    click.echo(marked_text(_source(file)), nl=False)


def _source(file: str) -> Source:
    from extractors.readers import Limits, read, read_bytes

    return read_bytes("-", sys.stdin.buffer.read(Limits().size + 1), Limits()) if file == "-" else read(Path(file))
