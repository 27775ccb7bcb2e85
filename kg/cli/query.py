"""kg presets, kg query, kg sparql, kg cypher"""

import re
import sys
from pathlib import Path

import click

from exports import rows as output
from exports.whole import whole_file
from kg.cli.common import (
    format_option,
    legible,
    output_file,
    output_option,
    preset_folders,
    presets_option,
    read_query,
    store_option,
)
from ontology.model.errors import Usage
from ontology.model.store import Table

FORMATS = tuple(output.FORMATS)
FILES = (*FORMATS, "parquet")
BOM = "\ufeff"

bom_option = click.option("--bom", is_flag=True, help="Mark CSV as UTF-8 for Excel.")


@click.command("presets")
@presets_option
@format_option(*FORMATS, default="table")
def list_presets(folders: tuple[Path, ...], format_: str) -> None:
    """List the canned queries with their parameters.

    \b
    Example: kg presets
    """
    from queries.presets import presets

    rows = [
        (
            p.name,
            p.title,
            ", ".join(f"{q.name}={q.example}" for q in p.parameters) or None,
            ", ".join(p.columns),
        )
        for p in presets(preset_folders(folders)).values()
    ]
    output.write(Table(("preset", "title", "parameters", "columns"), rows), format_, sys.stdout)


@click.command()
@click.argument("preset")
@click.option("-p", "--param", "given", multiple=True, metavar="NAME=VALUE", help="A parameter; may repeat.")
@click.option("--columns", metavar="A,B,…", help="These columns alone, in this order.")
@click.option("--limit", type=click.IntRange(1), help="The first so many rows.")
@store_option
@presets_option
@format_option(*FILES, default="table")
@output_option
@bom_option
def query(
    preset: str,
    given: tuple[str, ...],
    columns: str | None,
    limit: int | None,
    store: str,
    folders: tuple[Path, ...],
    format_: str,
    output: str,
    bom: bool,
) -> None:
    """Run a canned query: the same rows from every kind of store.

    \b
    Example: kg query tasks -p plan=云岭 --format csv
    """
    from kg.stores import open_store
    from queries.presets import preset as load

    found = load(preset, preset_folders(folders))
    values = read_parameters(given)
    found.bindings(values)
    names = columns.split(",") if columns else list(found.columns)
    if unknown := set(names) - set(found.columns):
        raise Usage(f"--columns {','.join(sorted(unknown))}: {preset} has {', '.join(found.columns)}")
    with open_store(store) as source:
        table = found.run(source, values).of(names)
    write_table(Table(table.columns, table.rows[:limit]), format_, output, bom)


def read_parameters(given: tuple[str, ...]) -> dict[str, str]:
    """('plan=云岭',) -> {'plan': '云岭'}"""
    values = {}
    for pair in given:
        name, sign, value = legible(pair).partition("=")
        if not sign:
            raise Usage(f"-p {pair}: write it as name=value")
        values[name] = value
    return values


@click.command()
@click.argument("query", default="-")
@store_option
@format_option(*FILES, default="table")
@output_option
@bom_option
def sparql(query: str, store: str, format_: str, output: str, bom: bool) -> None:
    """Run a SPARQL query of your own: its text, a file, or - for standard input. The usual prefixes are known.

    \b
    Example: kg sparql "SELECT ?t { ?d a kg:Document ; dcterms:title ?t }"
    """
    _own("sparql", query, store, format_, output, bom)


@click.command()
@click.argument("query", default="-")
@store_option
@format_option(*FILES, default="table")
@output_option
@bom_option
def cypher(query: str, store: str, format_: str, output: str, bom: bool) -> None:
    """Run a Cypher query of your own on a Neo4j store: its text, a file, or - for standard input.

    \b
    Example: kg cypher "MATCH (p:Plan) RETURN p.label" --store neo4j://localhost:7687
    """
    _own("cypher", query, store, format_, output, bom)


def _own(language: str, query: str, store: str, format_: str, path: str, bom: bool) -> None:
    from kg.stores import open_store
    from queries.presets import prefixed

    text = read_query(query)
    with open_store(store) as source:
        if source.language != language:
            raise Usage(f"this store speaks {source.language}, not {language}: use 'kg {source.language}'")
        whole = prefixed(text) if language == "sparql" else text
        try:
            table = source.query(whole)
        except Usage as error:
            raise Usage(_in_ones_own_lines(str(error), whole.count("\n") - text.count("\n"))) from None
    write_table(table, format_, path, bom)


def write_table(table: Table, format_: str, path: str, bom: bool) -> None:
    """Writes rows in one of FILES to a file, or to standard output for -."""
    if bom and format_ != "csv":
        raise Usage("--bom marks CSV: use it with --format csv")
    if format_ != "parquet":
        with output_file(path) as out:
            out.write(BOM if bom else "")
            output.write(table, format_, out)
        return
    from exports.rows_parquet import write_parquet

    if path == "-" and sys.stdout.isatty():
        raise Usage("parquet is for programs: name a file with -o FILE")
    with whole_file(path) as file:
        write_parquet(table, file)


def _in_ones_own_lines(message: str, before: int) -> str:
    """'error at 11:30' -> 'error at 1:30' where ten lines of prefixes were put before the query."""
    return re.sub(r"(?<=\bat )(\d+)(?=:\d)|(?<=\bline )(\d+)", lambda m: str(max(1, int(m[0]) - before)), message)
