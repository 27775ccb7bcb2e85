"""Canned queries, each a file for SPARQL (.rq) and one for Cypher (.cypher) with a header in YAML. A folder of the
user's works the same way.

A kind of fact without such files has a preset that is made from its declaration.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from ontology import words
from ontology.json_lines import json_value
from ontology.model.errors import Refused, Usage
from ontology.model.store import Catalogued, Scalar, Store, Table
from ontology.namespaces import with_base
from queries.compute import COMPUTE, EVIDENCE_COLUMNS, Row, computed
from queries.generated import generated
from queries.includes import declare_prefixes, full_parameter, with_includes
from queries.parameters import Parameter, both_languages, by_language, nearest, read_parameter
from queries.selection import (
    CHOOSING_PARAMETERS,
    MAX_CHOSEN_DOCUMENTS,
    MAX_DOCUMENTS_ASKED_SINGLY,
    batches,
    chosen_documents,
    documents_of_policies,
    limited_to_documents,
    optional_last,
)

QUERY_SUFFIXES = (".rq", ".cypher")
# libyaml's loader where PyYAML has it: a tenth of the time, and all presets are read to list them
YAML_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Names of presets that have another name now.
ALIASES = {"targets-due": "due"}
# The questions that presets answer, in the order in which they are listed: header `group`.
GROUPS = {
    "plans": {"en": "Plans and their texts", "zh": "规划与文本"},
    "goals": {"en": "Indicators and targets", "zh": "指标与目标"},
    "work": {"en": "Tasks, projects and departments", "zh": "任务、项目与部门"},
    "lineage": {"en": "Policies and lineage", "zh": "政策依据与传导"},
    "quality": {"en": "What to check", "zh": "核查"},
    "other": {"en": "Others", "zh": "其他"},
}


@dataclass(frozen=True, slots=True)
class Preset:
    """A canned query.

    `title` and `description` have the English and the Chinese text on one line, `titles` and `descriptions` each by its
    language ("en", "zh"). `columns` are those of its rows, `order` those that the rows are sorted by, `-` before one
    for descending. `documents` names the parameters that choose documents (`queries.selection`). `compute` names the
    function that makes the final rows from those of the query (`queries.compute`); where it also needs the rows of the
    plans that are the cited policies, `follows` names the column with the policies' ids. `joined` names columns of
    several values: a store answers a row for each, and these become one row. `lists` gives for a column the closed list
    that its values belong to (`ontology.words`); `keeps` are columns that a drawn table never leaves out for want of
    width. `sparql` and `cypher` are the query in both languages, None where it does not exist in one. `group` is a key
    of GROUPS.
    """

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    order: tuple[str, ...]
    documents: tuple[str, ...]
    follows: str | None
    compute: str | None
    joined: tuple[str, ...]
    sparql: str | None
    cypher: str | None
    group: str = "other"
    titles: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)
    keeps: tuple[str, ...] = ()

    def list_of(self, column: str) -> str | None:
        """The name of the closed list (`ontology.words`) that the values of a column belong to: the one that `lists`
        names, else that of the parameter with the column's name, else that in COLUMN_LISTS; None for a column of other
        values. Two names stand for no such list: 'function', where the parameter takes government functions, and
        REASON_LIST, of columns with sentences of the program."""
        declared = next((p.values for p in self.parameters if p.name == column and isinstance(p.values, str)), None)
        return self.lists.get(column) or declared or words.COLUMN_LISTS.get(column)

    def bindings(self, written: Mapping[str, str]) -> dict[str, Scalar]:
        """The value of each parameter by its name: read from `written`, what the user wrote, else its default. An empty
        string becomes None, which restricts nothing, unless the parameter is required: then it stays ''. Raises Usage
        for a parameter that the preset does not have, else for a text that its parameter does not take
        (`Parameter.read`), else for a required parameter that is not written and has no default."""
        parameters = {parameter.name: parameter for parameter in self.parameters}
        for name in written:
            if name not in parameters:
                near = "".join(f"; did you mean {other}?" for other in nearest(name, parameters)[:1])
                raise Usage(
                    f"preset {self.name} has no parameter {name!r}; it takes: {', '.join(parameters) or 'none'}{near}"
                )
        values = {name: p.read(written[name]) if name in written else p.default for name, p in parameters.items()}
        for name, value in values.items():
            if value == "" and not parameters[name].required:
                values[name] = None
            elif value is None and parameters[name].required:
                raise Usage(f"preset {self.name} needs -p {name}=…, for example -p {name}={parameters[name].example}")
        return values

    def run(self, store: Store, written: Mapping[str, str] | None = None, limit: int | None = None) -> Table:
        """The preset's rows: the same, in the same order, from every store, each once; the first `limit` of them, all
        by default. `written` are the parameters as the user wrote them, by name. Raises Usage for a parameter that
        `bindings` refuses, and where the preset has no form in the store's language, Refused where the store cannot be
        used, and what its function raises (`computed`)."""
        values = self.bindings(written or {})
        rows: list[Row] = []
        for each_list in self._found(store, values, limit):
            rows += each_list
        rows = self._joined(rows)
        if self.compute:
            rows = computed(self.compute, rows, values)
        distinct = [dict(zip(self.columns, row, strict=True)) for row in self._distinct(rows)]
        return Table(self.columns, _sorted(distinct, self.order)[:limit])

    def _joined(self, rows: list[Row]) -> list[Row]:
        """The rows with one row in place of several that differ in one column of `joined` only, for each such column in
        turn. Its different values, as texts with numbers as `json_value` has them, are joined with 、 in the order in
        which the column `quote` has them (`_in_order`); None where there are none, and where the query has no such
        column."""
        for column in self.joined:
            groups: dict[tuple[object, ...], tuple[Row, list[str]]] = {}
            for row in rows:
                key = tuple(value for name, value in row.items() if name != column)
                values = groups.setdefault(key, (row, []))[1]
                if (value := row.get(column)) is not None and (text := str(json_value(value))) not in values:
                    values.append(text)
            rows = [{**row, column: _in_order(values, row.get("quote"))} for row, values in groups.values()]
        return rows

    def _distinct(self, rows: list[Row]) -> dict[tuple[object, ...], None]:
        """The rows as tuples in the order of `columns`, each once, as the keys of a dict."""
        return dict.fromkeys(tuple(row.get(column) for column in self.columns) for row in rows)

    def _found(self, store: Store, values: Mapping[str, Scalar], limit: int | None) -> Iterator[list[Row]]:
        """The rows of the query, in one list or several: those of the documents that the parameters choose and of those
        that these cite (`follows`), or of all documents where no parameter chooses or more than MAX_CHOSEN_DOCUMENTS
        (500) are chosen. `values` are those of `bindings`; a parameter whose value is None does not choose. Raises
        Usage where the preset has no form in the store's language.

        With a `limit`, a preset that has `documents`, computes nothing and is sorted by file first is asked about the
        chosen documents, or all, in groups (`batches`), until there are `limit` different rows.
        """
        query = self.sparql if store.language == "sparql" else self.cypher
        if query is None:
            raise Usage(f"preset {self.name} has no {store.language} form")
        limited = bool(limit and self.documents and not self.compute and self.order[0] == "file")
        choosing = {name: values[name] for name in self.documents if values.get(name) is not None}
        documents = chosen_documents(store, choosing) if choosing or limited else None
        if limited and documents is not None:
            rows: list[Row] = []
            for group in batches(documents):
                answers = _answers(store, query, values, group)
                yield answers
                rows += answers
                if limit and len(self._distinct(self._joined(rows))) >= limit:
                    return
        elif documents is None or len(documents) > MAX_CHOSEN_DOCUMENTS:
            yield _answers(store, query, values)
        elif self.follows is None:
            yield _answers(store, query, values, [document for document, _ in documents])
        else:
            yield from self._followed(store, query, values, [document for document, _ in documents])

    def _followed(
        self, store: Store, query: str, values: Mapping[str, Scalar], documents: list[str]
    ) -> Iterator[list[Row]]:
        """The rows of the documents with these IRIs, then those of the documents that hold the policies in the column
        `follows`, and so on until there is no new one; a list for each round. `values` are those of the parameters of
        `query`."""
        queried: set[str] = set()
        policies: set[str] = set()
        while documents:
            queried.update(documents)
            rows = _answers(store, query, values, documents)
            yield rows
            new = {str(row[self.follows]) for row in rows if self.follows} - policies
            policies |= new
            documents = [document for document in documents_of_policies(store, new) if document not in queried]


def _in_order(values: list[str], quote: object) -> str | None:
    """The values joined with 、 in the order in which the quote has them, of several at one place the longest first;
    those that it lacks come last, in the same way. White space does not count. ['县税务局', '县医保局'] and '参保率
    县医保局、县税务局' -> '县医保局、县税务局'; None for no values."""
    words = re.sub(r"\s+", "", str(quote or ""))

    def place(value: str) -> tuple[int, int, str]:
        at = words.find(re.sub(r"\s+", "", value))
        return (at if at >= 0 else len(words), -len(value), value)

    return "、".join(sorted(values, key=place)) or None


def _answers(
    store: Store, query: str, values: Mapping[str, Scalar], documents: Sequence[str] | None = None
) -> list[Row]:
    """The rows of the query in the store, each once, as dicts by column: all of them, or those of the documents with
    these IRIs. These are asked for in one query, or, where the store prefers that (`Catalogued.per_document`) and they
    are at most MAX_DOCUMENTS_ASKED_SINGLY (10), one by one. `values` are those of the query's parameters by name."""
    if documents is None:
        tables = [store.query(query, values)]
    else:
        one_by_one = isinstance(store, Catalogued) and store.per_document
        each = one_by_one and len(documents) <= MAX_DOCUMENTS_ASKED_SINGLY
        groups = [(document,) for document in documents] if each else [tuple(documents)]
        text = limited_to_documents(query, store.language, one=each)
        tables = [store.query(text, {**values, "documents": group}) for group in groups]
    rows = dict.fromkeys((table.columns, row) for table in tables for row in table.rows)
    return [dict(zip(columns, row, strict=True)) for columns, row in rows]


def preset(name: str, folders: Iterable[Traversable] = ()) -> Preset:
    """The preset of this name: in the last of the user's `folders` that has one, else of the program, else generated
    for a kind of fact, else the one that ALIASES names. Raises Usage where there is none, with names spelled nearly
    alike, or where one of `folders` is no folder, and Refused where the preset's header is wrong or one of its files
    cannot be read."""
    places = _folders(folders)
    for folder in reversed(places):
        if name in _stems(folder):
            return _read(
                str(folder.joinpath(name)), {suffix: _text(folder.joinpath(name + suffix)) for suffix in QUERY_SUFFIXES}
            )
    if texts := generated().get(name):
        return _read(name, {".rq": texts.sparql, ".cypher": texts.cypher})
    if name in ALIASES:
        return preset(ALIASES[name], folders)
    names = sorted({stem for place in places for stem in _stems(place)} | set(generated()))
    near = f": did you mean {', '.join(near_names)}?" if (near_names := nearest(name, names)) else ";"
    raise Usage(f"no preset {name!r}{near} 'kg presets' lists them")


def presets(folders: Iterable[Traversable] = ()) -> dict[str, Preset]:
    """All presets by name, sorted: those of the program, of the kinds of fact and of the user's `folders`. Of one name
    that of the last of `folders` counts, else the program's, else that of the kind of fact (`preset`). Raises Refused
    where a header is wrong or a file cannot be read, and Usage where a folder is missing."""
    places = _folders(folders)
    names = {stem for place in places for stem in _stems(place)} | set(generated())
    return {name: preset(name, places[1:]) for name in sorted(names)}


def _folders(user_folders: Iterable[Traversable]) -> list[Traversable]:
    """The program's folder of presets, then the `user_folders`. Raises Usage for one of these that is no folder."""
    folders: list[Traversable] = [files("queries").joinpath("presets"), *user_folders]
    for folder in folders:
        if not folder.is_dir():
            raise Usage(f"no folder of presets at {folder}")
    return folders


def _stems(folder: Traversable) -> set[str]:
    """The names of the presets in a folder, which are those of its .rq and .cypher files."""
    names = [entry.name for entry in folder.iterdir()]
    return {name.rpartition(".")[0] for name in names if name.endswith((".rq", ".cypher"))}


def _read(path: str, texts: Mapping[str, str | None]) -> Preset:
    """The preset with the texts of its files by suffix ('.rq', '.cypher'), None for one that does not exist; the
    header, the lines that begin with #+ or //+, is that of the first that exists. `path` is the path of the files
    without suffix: its last part is the preset's name, and messages have it. Raises Refused where the header is no
    YAML, lacks title, description or columns, or names what does not exist, and where an include is unknown, or its
    variable is missing or not needed."""
    text = texts[".rq"] or texts[".cypher"] or ""
    lines = [line[len(mark) :] for line in text.splitlines() for mark in ("#+", "//+") if line.startswith(mark)]
    try:
        return _of_header(path.rpartition("/")[2], yaml.load("\n".join(lines), YAML_LOADER) or {}, texts)
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise Refused(f"preset {path}: its header is wrong or lacks {str(error).splitlines()[0]}") from None


def _of_header(name: str, header: Any, texts: Mapping[str, str | None]) -> Preset:
    """The preset of this name with the header as YAML has it; `texts` are the texts of its files by suffix ('.rq',
    '.cypher'), None for one that does not exist. The column `evidence` stands for those of EVIDENCE_COLUMNS (file,
    start, end, page, quote); without `order` rows are sorted by all columns; `group` is 'other' where it is no key of
    GROUPS. Both queries get their includes; in the one in SPARQL prefixes are declared, $KG_BASE replaces the default
    base, and OPTIONAL parts are moved behind the others (`optional_last`). Raises KeyError, which says what, where
    title, description or columns are missing, a parameter lacks a key, or the function (`compute`), a column of `order`
    or `keeps`, or a choosing parameter (`documents`) does not exist, while `joined`, `lists` and `follows` are taken as
    they are; TypeError, AttributeError or ValueError for a value of a wrong kind; Refused where an include is unknown,
    or its variable is missing or not needed."""
    parameters = tuple(read_parameter(full_parameter(p)) for p in header.get("parameters") or ())
    columns = tuple(
        c for column in header["columns"] for c in (EVIDENCE_COLUMNS if column == "evidence" else (column,))
    )
    compute = header.get("compute")
    if compute is not None and compute not in COMPUTE:
        raise KeyError(f"compute function {compute!r}")
    order = tuple(header.get("order") or columns)
    keeps = tuple(header.get("keeps") or ())
    documents = tuple(header.get("documents") or ())
    _check_names("column", [column.removeprefix("-") for column in order], columns, "order")
    _check_names("column", keeps, columns, "keeps")
    _check_names("parameter", documents, CHOOSING_PARAMETERS.intersection(p.name for p in parameters), "documents")
    sparql, cypher = texts[".rq"], texts[".cypher"]
    group = header.get("group")
    return Preset(
        name,
        both_languages(header["title"]),
        both_languages(header["description"]),
        parameters,
        columns,
        order,
        documents,
        header.get("follows"),
        compute,
        tuple(header.get("joined") or ()),
        sparql and declare_prefixes(with_base(optional_last(with_includes(sparql, ".rq")))),
        cypher and with_includes(cypher, ".cypher"),
        group if group in GROUPS else "other",
        by_language(header["title"]),
        by_language(header["description"]),
        dict(header.get("lists") or {}),
        keeps,
    )


def _check_names(what: str, names: Iterable[str], known: Iterable[str], key: str) -> None:
    """Raises KeyError for the first by name of `names`, which the header's `key` lists, that is not in `known`; `what`
    says what they are ('column')."""
    if unknown := set(names) - set(known):
        raise KeyError(f"{what} {min(unknown)!r}, which {key} names")


def _text(file: Traversable) -> str | None:
    """The text of a file of a preset, None where there is no such file. Raises Refused where it cannot be read or is
    not UTF-8."""
    try:
        return file.read_text("utf-8") if file.is_file() else None
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"preset {file}: cannot be read: {error}; write it in UTF-8") from None


def _sorted(rows: list[Row], order: Sequence[str]) -> list[tuple[object, ...]]:
    """The rows, dicts with the same columns in one order, as tuples of their values in this order, sorted by the
    columns of `order` (`-` before one for descending); rows with None in such a column stand last either way. Rows that
    are equal in these are sorted by their columns of text, in turn, so that every store gives the same order."""
    rows = sorted(rows, key=lambda row: [value if isinstance(value, str) else "" for value in row.values()])
    for column in reversed(order):
        name = column.removeprefix("-")
        present = [row for row in rows if row[name] is not None]
        absent = [row for row in rows if row[name] is None]
        present.sort(key=_key(name), reverse=column.startswith("-"))
        rows = present + absent
    return [tuple(row.values()) for row in rows]


def _key(name: str) -> Callable[[Row], tuple[bool, Any]]:
    """The sort key, as a function of a row, for the column `name`, in which the row must have a value: numbers come
    before text, so that a column of both can be sorted."""
    return lambda row: (isinstance(row[name], str), row[name])
