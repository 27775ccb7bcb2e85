"""kg extract, kg text"""

import json
import sys

import click

from exports.terminal import for_people
from kg.cli.common import file_job, format_option


@click.command()
@click.argument("file")
@format_option("jsonl", default="jsonl")
def extract(file: str, format_: str) -> None:
    """Print the facts of one file, one JSON object a line (subject, predicate, object, evidence); no store is touched.

    \b
    Example: kg extract plan.txt | jq 'select(.predicate == "Task")'
    """
    from kg.build.extraction import look_closely
    from kg.build.workers import answer_of
    from ontology.json_lines import lines

    for line in lines(*answer_of(look_closely, file_job(file))):
        click.echo(json.dumps(line, ensure_ascii=False))


@click.command()
@click.argument("file")
def text(file: str) -> None:
    """Print the text of a file as it was read, with page marks, so that evidence can be checked.

    \b
    Example: kg text plan.pdf
    """
    from extractors.readers.show import marked_text
    from kg.build.extraction import look
    from kg.build.workers import answer_of

    click.echo(for_people(marked_text(answer_of(look, file_job(file))), sys.stdout), nl=False)
