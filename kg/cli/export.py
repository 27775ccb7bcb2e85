"""The command `kg export`: writes a store's graph in a format of other tools."""

import click

from kg.cli.common import Choice, say_file, store_option, tell

NAMED_GRAPHS = (
    "each plan is a named graph in it: read it with rdflib.Dataset(), or export jsonld-flat for rdflib.Graph()"
)

# What no export holds, by the first part of the names of derived graphs, and where it is to be had.
DERIVED = {
    "alignment": "the alignments of tasks are not in it: 'kg query task-alignment --format csv -o FILE' writes them",
    "observations": "the actual values that were loaded are not in it: 'kg query target-tracking --format csv -o FILE' "
    "writes those of the plans' indicators",
    "duplicates": "which files hold one plan is not in it: 'kg query duplicates --format csv -o FILE' writes it",
}
NO_PLAN_DATA = ("void", "pyvis")  # formats that nobody takes for all that the store holds


@click.command()
@click.argument("format_", metavar="FORMAT")
@click.option("-o", "--output", default="-", help="The file or folder to write, - for standard output.")
@store_option
@click.option("--plan", help="Only plans with this in their title or file name.")
@click.option("--region", help="Only plans of this region and those below it.")
@click.option("--split", "split_by", type=Choice(["plan"]), help="One file a plan, in the folder of -o.")
@click.option("--evidence/--no-evidence", default=True, show_default=True, help="With quotes, offsets and texts.")
@click.option("--text/--no-text", default=True, show_default=True, help="With the plans' texts.")
@click.option("--ontology", is_flag=True, help="With the ontology's own triples (RDF).")
@click.option("--describe", is_flag=True, help="With a VoID/DCAT description, in the graph and as FILE.void.ttl.")
@click.option("--licence", help="The licence that the description names.")
@click.option("--bom", is_flag=True, help="Mark CSV as UTF-8 for Excel.")
def export(
    format_: str,
    output: str,
    store: str,
    plan: str | None,
    region: str | None,
    split_by: str | None,
    evidence: bool,
    text: bool,
    ontology: bool,
    describe: bool,
    licence: str | None,
    bom: bool,
) -> None:
    """Write the graph for other tools.

    FORMAT is one of turtle, nt, nquads, trig, jsonld, rdfxml, graphml, gexf, neo4j-csv, cypher, parquet, csv, xlsx,
    jsonld-flat (no named graphs, for rdflib.Graph), sqlite, pyvis (needs the extra of that name), void (the description
    alone); or ontology, shapes, context: the OWL ontology, SHACL shapes and JSON-LD context, which need no store.

    An export holds what was read from the plans, not what 'kg align' and 'kg observations' derive from them or load:
    'kg query task-alignment' and 'kg query target-tracking' write that with --format csv or parquet.

    What was written to a file or folder is said on standard error, and what the store holds that is not in it; with
    --split plan, how many files, one for each plan.

    \b
    Example: kg export turtle -o plans.ttl --region 云岭省
    """
    from exports import EXPORT_FORMATS, Options
    from exports import export as write
    from exports import split as write_each
    from exports.declaration import DECLARATIONS
    from exports.whole import whole_file
    from kg.stores import open_store
    from ontology.model.errors import Usage
    from queries.parameters import one_of

    if format_ in DECLARATIONS:
        with whole_file(output) as out:
            out.write(DECLARATIONS[format_]())
        say_file(output)
        return
    if format_ not in EXPORT_FORMATS:
        raise Usage(f"no format {format_!r}; {one_of(format_, (*EXPORT_FORMATS, *DECLARATIONS))}")
    options = Options(plan, region, evidence, ontology, describe, bom, licence, text)
    with open_store(store) as source:
        if split_by:
            tell(f"{write_each(format_, source, output, options)} files in {output}", err=True)
        else:
            write(format_, source, output, options)
            say_file(output)
            if format_ == "jsonld":
                tell(NAMED_GRAPHS, err=True)
        if format_ not in NO_PLAN_DATA:
            kinds = {name.partition("/")[0] for name in source.derived()}
            for kind in DERIVED:
                if kind in kinds:
                    tell(DERIVED[kind], err=True)
