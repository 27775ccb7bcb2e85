"""The commands `kg extract`, which prints the facts of one file, and `kg text`, which prints its text."""

import json
import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from exports.terminal import escaped_for
from kg.cli.common import file_job, format_option, store_option
from ontology.model.errors import Refused, Usage

if TYPE_CHECKING:
    from kg.documents import FactPlace
    from ontology.model.text import DocumentText


@click.command()
@click.argument("file")
@format_option("jsonl", default="jsonl")
def extract(file: str, format_: str) -> None:
    """Print the facts of one file, one JSON object a line (subject, predicate, object, evidence); no store is touched.

    \b
    Example: kg extract plan.txt | jq 'select(.predicate == "Task")'
    """
    from kg.builder.jobs import read_facts
    from kg.builder.workers import answer_of
    from ontology.json_lines import fact_objects

    for line in fact_objects(*answer_of(read_facts, file_job(file))):
        click.echo(json.dumps(line, ensure_ascii=False))


@click.command()
@click.argument("target", metavar="FILE|PLAN")
@click.option(
    "--at", metavar="START[:END]", help="This stretch with three lines around it; START alone: the fact there."
)
@store_option
def text(target: str, at: str | None, store: str) -> None:
    """Print the text of a file as it was read, with page marks, so that evidence can be checked.

    PLAN is part of the title or file name of a plan of the store, whose text is printed. START and END are offsets as
    evidence has them; the lines are numbered and the stretch stands between ⟦ and ⟧. START alone stands for a
    fact that begins there, else for one around it, of several the shortest; where there is none, for one character.

    \b
    Example: kg text plan.pdf --at 1520:1544
    """
    from exports.passage import marked_text, passage
    from kg.documents import innermost

    start, end = _stretch(at) if at else (None, None)
    name, document, places = _document(target, store)
    if start is None:
        click.echo(escaped_for(marked_text(document), sys.stdout), nl=False)
        return
    if end is None:
        fact = innermost(places(), start)
        start, end = (fact.start, fact.end) if fact else (start, start + 1)
    if end > len(document.content):
        raise Usage(f"--at {at}: {name} has {len(document.content)} characters")
    click.echo(passage(document, name, start, end), nl=False)


def _document(target: str, store: str) -> "tuple[str, DocumentText, Callable[[], list[FactPlace]]]":
    """The name, the text and the facts' places of a file (- for standard input), or where there is no such file of the
    plan of the store that `target` names (`kg.documents.stored_text`). The places are given as a function that returns
    them, because a file has to be read once more for them. Raises Refused where the file cannot be read, where the
    store cannot be opened, and where no plan with a text or several have the name."""
    from kg.builder.jobs import read_facts, read_source
    from kg.builder.workers import answer_of
    from kg.documents import FactPlace, is_file, stored_text
    from kg.stores import open_store
    from ontology.model.text import DocumentText

    if not is_file(target):
        try:
            with open_store(store) as opened:
                name, stored, query_places = stored_text(opened, target)
                places = query_places()
        except Refused as error:
            raise Refused(f"{target}: no such file, and no such plan: {error}") from None
        return name, stored, lambda: places
    job = file_job(target)
    source = answer_of(read_source, job)

    def read_again() -> list[FactPlace]:
        """The places of the facts of the file, which is read once more with the extractors."""
        _, facts = answer_of(read_facts, job)
        return [FactPlace(type(f).__name__, f.evidence.start, f.evidence.end) for f in facts]

    return source.name, DocumentText.of(source, ()), read_again


def _stretch(at: str) -> tuple[int, int | None]:
    """The offsets that --at names, of at most 12 ASCII digits each, the end None where it is not given: '1520:1544' ->
    (1520, 1544), '1520' -> (1520, None). Raises Usage for other text, blanks too, and for an end that is not after the
    start."""
    match = re.fullmatch(r"(\d{1,12})(?::(\d{1,12}))?", at, re.ASCII)
    if not match or (match[2] and int(match[2]) <= int(match[1])):
        raise Usage(f"--at {at}: write START or START:END, offsets such as 1520:1544")
    return int(match[1]), int(match[2]) if match[2] else None
