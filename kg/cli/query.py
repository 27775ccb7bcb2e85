"""The commands `kg query` (presets), `kg sparql` and `kg cypher` (queries of the user's own)."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exports import rows as output
from exports.passage import address
from exports.people import SPARE_COLUMNS, HeadedTable, for_reader, keys_of
from exports.terminal import escaped_line
from exports.whole import whole_file
from kg.cli.common import (
    Choice,
    format_option,
    legible,
    output_file,
    output_option,
    preset_folders,
    presets_option,
    read_query,
    store_option,
    tell,
)
from ontology import words
from ontology.model.errors import Usage
from ontology.model.store import Store, Table

if TYPE_CHECKING:
    from queries.presets import Preset

TABLE_FORMATS = (*output.TABLE_WRITERS, "parquet")  # in which a command writes rows
PEOPLE_FORMATS = ("table", "markdown")  # those with heads and values in the reader's language

bom_option = click.option(
    "--bom/--no-bom", default=None, help="Mark CSV as UTF-8 for Excel; the default for a file, not for standard output."
)


class PresetCommand(click.Command):
    """The command `kg query`, whose help with a preset's name (`kg query NAME --help`) lists that preset's parameters
    too."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parses the arguments as click does, and keeps for the help, as `kg.preset` in `ctx.meta`, the word that may
        be a preset's name: the first that neither begins with - nor stands behind a word that begins with -, because
        there it may be the value of an option. None where there is no such word."""
        before = ["", *args]  # a word after an option may be its value
        ctx.meta["kg.preset"] = next(
            (word for last, word in zip(before, args, strict=False) if not word.startswith("-") and last[:1] != "-"),
            None,
        )
        return super().parse_args(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the help of the preset that `kg.preset` in `ctx.meta` names, which may be one in a folder of
        $KG_PRESETS; nothing where no preset is named. Raises Usage for an unknown one."""
        from kg.cli.presets import help_of
        from queries.presets import preset as load

        if name := ctx.meta.get("kg.preset"):
            formatter.write("\n" + help_of(load(name, preset_folders(()))) + "\n")


@click.command(cls=PresetCommand)
@click.argument("preset")
@click.option("-p", "--param", "pairs", multiple=True, metavar="NAME=VALUE", help="A parameter; may repeat.")
@click.option("--columns", metavar="A,B,…", help="These columns alone, in this order.")
@click.option("--limit", type=click.IntRange(1), help="The first so many rows.")
@store_option
@presets_option
@format_option(*TABLE_FORMATS, default="table")
@output_option
@bom_option
@click.option(
    "--head",
    type=Choice(["keys", *words.LANGUAGES]),
    help="Heads and values in Chinese or English in any format; else keys in all but table and markdown.",
)
def query(
    preset: str,
    pairs: tuple[str, ...],
    columns: str | None,
    limit: int | None,
    store: str,
    folders: tuple[Path, ...],
    format_: str,
    output: str,
    bom: bool | None,
    head: str | None,
) -> None:
    """Run a canned query: the same rows from every kind of store.

    A drawn table and Markdown have heads and values in the person's language, the other formats keys, unless --head
    asks for others. With a drawn table, remarks on the rows, or why there are none, stand on standard error.

    \b
    Example: kg query tasks -p plan=云岭 --format csv
    """
    from kg.stores import open_store
    from queries.presets import preset as load

    found = load(preset, preset_folders(folders))
    values = read_parameters(pairs)
    found.bindings(values)
    names = keys_of(columns.replace("，", ",").split(","), found.columns) if columns else list(found.columns)
    if unknown := set(names) - set(found.columns):
        raise Usage(f"--columns {','.join(sorted(unknown))}: {preset} has {', '.join(found.columns)}")
    with open_store(store) as source:
        table = found.run(source, values, limit)
        if format_ == "table":
            for note in notes(found, values, table):
                tell(f"kg: {escaped_line(note)}", err=True)
            if not table.rows:
                from queries.empty import preset_runner, why_empty

                tell(f"kg: {escaped_line(why_empty(found, preset_runner(source), values))}", err=True)
        links = passages(source, table, format_, output)
    table = table.of(names)
    spoken = head or (words.language() if format_ in PEOPLE_FORMATS else "keys")
    spare = () if columns else tuple(tuple(key for key in group if key not in found.keeps) for group in SPARE_COLUMNS)
    if spoken != "keys":
        table = for_reader(table, found.list_of, "zh" if spoken == "zh" else "en", spare)
    elif format_ == "table":
        table = HeadedTable.of_keys(table, spare)
    write_table(table, format_, output, bom, links)


def passages(source: Store, table: Table, format_: str, output: str) -> list[str | None]:
    """For each row of a table, in its order, the address that opens the plan's file at the row's evidence
    (file:///…#page=3), by the columns `plan_id`, `page` and `quote` as far as the table has them; None for a row whose
    plan the store does not have, or whose file is not on this computer. The list is empty unless the table is drawn
    (`format_` is table) on a terminal (`output` is -, and standard output is a terminal), because nothing else shows
    links."""
    if format_ != "table" or output != "-" or not sys.stdout.isatty():
        return []
    paths = {record.document: record.path for record in source.records()}
    return [address(path, row) if (path := paths.get(str(row.get("plan_id")))) else None for row in table.dicts()]


def notes(asked: "Preset", given: Mapping[str, str], table: Table) -> list[str]:
    """Remarks for a person on the rows (`table`) that the preset `asked` has for the parameters `given`, which are as
    the user wrote them; an empty list where there is nothing to remark. There is a remark for each parameter that takes
    a department and whose value was understood as a function of another name ('department=县医保局 is read as the
    function 医疗保障, of every region'); and one that lists the concepts in rows whose column `match` is 'part', which
    only contain the word asked for. Raises Usage for a parameter that the preset does not have, for a value that a
    parameter does not take, and where one that is required is not given."""
    from queries.parameters import FUNCTION_LIST

    remarks = []
    values = asked.bindings(given)
    for p in asked.parameters:
        if given.get(p.name) and p.values == FUNCTION_LIST and values[p.name] != given[p.name]:
            remarks.append(f"{p.name}={given[p.name]} is read as the function {values[p.name]}, of every region")
    if "match" in table.columns:
        concepts = dict.fromkeys(table.of(("match", "concept")).rows)
        if partly := [str(concept) for match, concept in concepts if match == "part"]:
            remarks.append(f"these concepts only contain {given.get('concept')}: {'、'.join(partly)}")
    return remarks


def read_parameters(pairs: tuple[str, ...]) -> dict[str, str]:
    """The parameters of a query, or the fields of a correction, as users write them, by name: ('plan=云岭',) ->
    {'plan': '云岭'}. Only the first = of a pair divides it; of two pairs with one name the last counts. Raises Usage
    for one without = or not in UTF-8."""
    values = {}
    for pair in pairs:
        name, sign, value = legible(pair).partition("=")
        if not sign:
            raise Usage(f"{pair}: write it as name=value")
        values[name] = value
    return values


@click.command()
@click.argument("query", default="-")
@store_option
@format_option(*TABLE_FORMATS, default="table")
@output_option
@bom_option
def sparql(query: str, store: str, format_: str, output: str, bom: bool | None) -> None:
    """Run a SPARQL query of your own: its text, a file, or - for standard input. The usual prefixes are known;
    a drawn table uses them too, all other formats have full IRIs.

    \b
    Example: kg sparql "SELECT ?t { ?d a kg:Document ; dcterms:title ?t }"
    """
    _run("sparql", query, store, format_, output, bom)


@click.command()
@click.argument("query", default="-")
@store_option
@format_option(*TABLE_FORMATS, default="table")
@output_option
@bom_option
def cypher(query: str, store: str, format_: str, output: str, bom: bool | None) -> None:
    """Run a Cypher query of your own on a Neo4j store: its text, a file, or - for standard input.

    \b
    Example: kg cypher "MATCH (p:Plan) RETURN p.label" --store neo4j://localhost:7687
    """
    _run("cypher", query, store, format_, output, bom)


def _run(language: str, query: str, store: str, format_: str, path: str, bom: bool | None) -> None:
    """Runs a query of the user's own and writes its rows to `path` as `write_table` does, with all columns under the
    names that the query gives them. `language` is 'sparql' or 'cypher'; `query` is what `read_query` takes. A drawn
    table of SPARQL has prefixed names in place of the IRIs of well-known vocabularies. Raises Usage where the store has
    another language, the query is wrong or not in UTF-8, or `write_table` does not take the format with `bom` or on a
    terminal; Refused where the store cannot answer or the file cannot be written, OSError where that of the query
    cannot be read."""
    from kg.stores import open_store, require_language

    text = read_query(query)
    with open_store(store) as source:
        require_language(source, language)
        table = _sparql_rows(source, text) if language == "sparql" else source.query(text)
    if format_ == "table":
        table = output.with_prefixes(table) if language == "sparql" else table
        table = HeadedTable.of_keys(table)  # the user named the columns: none is left out
    write_table(table, format_, path, bom)


def _sparql_rows(store: Store, query: str) -> Table:
    """The rows of a SPARQL query, in which the usual prefixes need no declaration. For `SELECT *` the columns are in
    the order of the variables in the query, else as the store has them. Raises Usage, with the line number in the query
    as the user wrote it, where it is wrong."""
    from queries.includes import declare_prefixes, in_order, own_line_numbers

    try:
        table = store.query(declare_prefixes(query))
    except Usage as error:
        raise Usage(own_line_numbers(str(error), query)) from None
    return table.of(in_order(table.columns, query))


def write_table(table: Table, format_: str, path: str, bom: bool | None, links: Sequence[str | None] = ()) -> None:
    """Writes rows in a format (one of TABLE_FORMATS) to the file at `path`, or to standard output for -; for a file a
    line on standard error says so. `bom` says whether CSV begins with a byte order mark; None means in a file only.
    `links` are the addresses that a table drawn on a terminal links its rows to (None for none); other formats do not
    use them. Raises Usage where `bom` is True for another format than csv, and for Parquet on a terminal; Refused where
    the file cannot be written."""
    if bom and format_ != "csv":
        raise Usage("--bom marks CSV: use it with --format csv")
    if format_ != "parquet":
        marked = format_ == "csv" and (path != "-" if bom is None else bom)
        with output_file(path) as out:
            out.write(output.BOM if marked else "")
            output.write(table, format_, out, links)
        say_written(path, len(table.rows), marked)
        return
    from exports.rows_parquet import write_parquet

    if path == "-" and sys.stdout.isatty():
        raise Usage("parquet is for programs: name a file with -o FILE")
    with whole_file(path) as file:
        write_parquet(table, file)
    say_written(path, len(table.rows))


def say_written(path: str, rows: int, marked: bool = False) -> None:
    """Writes a line on standard error that says how many rows are in which file (`path`), and if `marked` that it
    begins with a byte order mark; nothing for standard output."""
    if path != "-":
        with_bom = ", UTF-8 with a mark for Excel (--no-bom leaves it out)" if marked else ""
        tell(f"kg: {rows} rows in {escaped_line(path)}{with_bom}", err=True)
