"""The command `kg eval`: precision and recall of a store's plans against annotations."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import click

from exports.people import for_reader
from kg.cli.common import format_option, output_option, store_option, tell
from kg.cli.query import PEOPLE_FORMATS, TABLE_FORMATS, write_table
from ontology import words
from ontology.model.errors import Refused
from ontology.model.store import Table

SCORE_DECIMALS = 3


@click.command("eval")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--misses", is_flag=True, help="What is not as annotated, a row each, instead of the scores.")
@store_option
@format_option(*TABLE_FORMATS, default="table")
@output_option
def evaluate(gold: Path, misses: bool, store: str, format_: str, output: str) -> None:
    """Measure the plans of a store against annotations: precision, recall and F1 of each facet.

    GOLD is a JSON file, or a folder of them, named after the plans' files: quxian.json for quxian.txt. 'kg corrections
    --as-gold' writes such files. Annotations of a plan that the store has no text of are named on standard error and
    left out.

    \b
    Example: kg eval gold/ --misses
    """
    from kg.evaluation import evaluate as score
    from kg.stores import open_store
    from ontology.json_lines import json_rows
    from queries.presets import preset

    annotations = _annotations(gold)
    with open_store(store) as source:

        @cache
        def rows(name: str) -> list[dict[str, Any]]:
            """The rows of a preset as dicts by column, queried once."""
            return list(json_rows(preset(name).run(source)))

        texts = {
            Path(str(file)).stem: str(text) for file, text in preset("texts").run(source).of(("file", "text")).rows
        }
        for doc in [each["doc"] for each in annotations if each["doc"] not in texts]:
            tell(f"{doc}: no plan of this name with a text in the store, left out", err=True)
        result = score([each for each in annotations if each["doc"] in texts], rows, texts)
    if misses:
        table = Table(("facet", "doc", "what"), [(miss.facet, miss.doc, miss.what) for miss in result.misses])
    else:
        figures = [
            (facet, s.right, s.found, s.gold, *(round(each, SCORE_DECIMALS) for each in (s.precision, s.recall, s.f1)))
            for facet, s in result.scores.items()
        ]
        table = Table(("facet", "right", "found", "gold", "precision", "recall", "f1"), figures)
    if format_ in PEOPLE_FORMATS:
        table = for_reader(table, words.COLUMN_LISTS.get, words.language())
    write_table(table, format_, output, False)


def _annotations(path: Path) -> list[dict[str, Any]]:
    """The annotations in a JSON file (UTF-8), or in each *.json directly in a folder, sorted by path, with the file's
    name without suffix as `doc` unless they name another. Raises Refused for a folder without such files, for a file
    that is missing, cannot be read or is no JSON, and for one that lacks what the scores read (`what_is_wrong`)."""
    from kg.evaluation import what_is_wrong

    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise Refused(f"{path}: no annotations; they are JSON files named after the plans' files")
    annotations = []
    for file in files:
        try:
            members = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise Refused(f"{file}: cannot be read as annotations: {error}") from None
        if wrong := what_is_wrong(members):
            raise Refused(f"{file}: no annotations of a plan: {wrong}")
        annotations.append({**members, "doc": members.get("doc") or file.stem})
    return annotations
