"""The formats by name, and how each is written: as a stream of bytes, a folder of files, or a file at a given path."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, Literal

from exports.options import Options, select
from exports.textless import store_to_export
from exports.whole import safe_file_name, whole_file, whole_folder, whole_path
from ontology.iris import last_segment
from ontology.model.errors import Refused, Usage
from ontology.model.store import Store


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is written: by `module.function` below `exports`, imported when first used, because some libraries
    load slowly. `suffix` is that of its files ('.ttl'), '' for a folder; `kind` says whether the function writes to a
    stream, fills a folder or is given a path."""

    module: str
    function: str
    suffix: str
    kind: Literal["stream", "folder", "path"] = "stream"

    def writer(self) -> Callable[..., Any]:
        """The function that writes the format, which takes the store, the `ExportSelection` and the place to write to
        (a binary file, a folder or a path, by `kind`). Imports its module; raises Refused where that needs a library of
        EXTRAS which is not installed (pyvis is imported by the function itself, which then raises Refused),
        ModuleNotFoundError for any other."""
        try:
            module = import_module(f"exports.{self.module}")
        except ModuleNotFoundError as missing:
            if missing.name not in EXTRAS:
                raise
            raise Refused(needs(missing.name, f"the format {self.function}")) from None
        function: Callable[..., Any] = getattr(module, self.function)
        return function


# Libraries that are no part of the runtime, and the extra that brings each.
EXTRAS = {"pyarrow": "parquet", "pyvis": "pyvis"}


def needs(library: str, what: str) -> str:
    """The message for a missing library: ('pyarrow', 'the format parquet') -> "the format parquet needs pyarrow: pip
    install 'plan-kg[parquet]'". Raises KeyError for a library that no extra brings."""
    return f"{what} needs {library}: pip install 'plan-kg[{EXTRAS[library]}]'"


EXPORT_FORMATS = {
    "turtle": Format("rdf", "turtle", ".ttl"),
    "nt": Format("rdf", "ntriples", ".nt"),
    "nquads": Format("rdf", "nquads", ".nq"),
    "trig": Format("rdf", "trig", ".trig"),
    "jsonld": Format("jsonld", "jsonld", ".jsonld"),
    "jsonld-flat": Format("jsonld", "jsonld_flat", ".jsonld"),
    "rdfxml": Format("rdf", "rdfxml", ".rdf"),
    "graphml": Format("xml_graphs", "graphml", ".graphml"),
    "gexf": Format("xml_graphs", "gexf", ".gexf"),
    "neo4j-csv": Format("neo4j_csv", "neo4j_csv", "", "folder"),
    "cypher": Format("cypher", "cypher", ".cypher"),
    "parquet": Format("parquet", "parquet", "", "folder"),
    "csv": Format("tables_csv", "tables_csv", "", "folder"),
    "sqlite": Format("sqlite", "sqlite", ".sqlite", "path"),
    "xlsx": Format("xlsx", "xlsx", ".xlsx", "path"),
    "pyvis": Format("pyvis", "pyvis", ".html"),
    "void": Format("dataset", "void", ".ttl"),
}


def export(name: str, store: Store, target: str, options: Options) -> None:
    """Writes the part of the store that the options select, in the format `name`, to the file or folder `target`; - is
    standard output. With `options.describe` a description of the data, which RDF formats and JSON-LD then contain, is
    also written beside a file or folder, as TARGET.void.ttl, unless the format is that of the description itself
    (void). Raises KeyError for an unknown format, Refused where nothing is selected, Usage where a format that is a
    folder, a database or a workbook is to go to standard output, and Refused where a library is missing or the target
    cannot be written."""
    form, selection = EXPORT_FORMATS[name], select(store, options)
    store = store_to_export(store, options)
    if form.kind == "folder":
        with whole_folder(target) as folder:
            form.writer()(store, selection, folder)
    elif form.kind == "path":
        if target == "-":
            raise Usage(f"{name} is a file: name it with -o FILE")
        with whole_path(target) as path:
            form.writer()(store, selection, path)
    else:
        with whole_file(target) as out:
            form.writer()(store, selection, out)
    if options.describe and target != "-" and name != "void":
        export("void", store, f"{target.rstrip('/')}.void.ttl", replace(options, describe=False))


def split(name: str, store: Store, target: str, options: Options) -> int:
    """Writes each plan that the options select as a file of its own in the format `name` into the folder `target`, and
    returns how many there are; what plans share, such as regions, is in each. A file is called by the plan's file,
    plan.txt.ttl, and where several of these have one name also by the document's id, plan.txt.1f0c.ttl. No description
    is written beside them. Raises Usage for a format that is a folder, a database or a workbook and for the target -,
    KeyError for an unknown format, Refused where nothing is selected, a library is missing or the target cannot be
    written."""
    form, selections = EXPORT_FORMATS[name], select(store, options).each()
    if form.kind != "stream":
        raise Usage(f"{name} cannot be split: it is a folder or a workbook already")
    store = store_to_export(store, options)
    names = Counter(safe_file_name(selection.documents[0].file, form.suffix) for selection in selections)
    with whole_folder(target) as folder:
        for selection in selections:
            document = selection.documents[0]
            name = safe_file_name(document.file, form.suffix)
            if names[name] > 1:
                name = safe_file_name(document.file, f".{last_segment(document.graph)}{form.suffix}")
            with (folder / name).open("wb") as out:
                form.writer()(store, selection, out)
    return len(selections)
