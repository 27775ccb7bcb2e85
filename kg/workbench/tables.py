"""A table as a page shows it: filtered, sorted, a part of its rows, with links; and as files to save."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from exports import rows as output
from exports.people import COMPARATOR_SIGNS
from exports.xlsx import table_workbook
from kg.corrections.keys import PRESET_BY_KIND
from kg.workbench import words as spoken
from kg.workbench.desk import department_address, language_of, local, passage_address, plan_address, same_address
from kg.workbench.measured import MAX_CHOICES, Measured, measured, shown
from kg.workbench.words import Language
from ontology.messages import translated
from ontology.model.errors import Usage
from ontology.model.store import Table
from ontology.words import COLUMN_LISTS, REASON_LIST
from queries.presets import Preset

ROWS_PER_PAGE = 100
# Columns whose values are offered to choose from, where there are 2 to MAX_CHOICES of them.
FILTER_COLUMNS = frozenset(
    {"region", "plan", "level", "kind", "relation", "role", "concept", "dimension", "policy_type", "type", "suspicious"}
    | {"due_year", "target_year", "unit", "state", "action", "function", "direction", "origin", "reason", "match"}
)
MINOR_COLUMNS = frozenset({"match", "origin"})  # say how a row was found, and stand after the others
MAX_CELL_LENGTH = 160  # characters of a cell that are shown at first
# What people do not read: it leads somewhere, or repeats what the quote's link says.
HIDDEN_COLUMNS = frozenset({"file", "start", "end", "page", "position", "correction", "concept_rule"})
CORRECTABLE = frozenset(kind.lower() for kind in PRESET_BY_KIND)  # as the IRIs of facts have them
FILE_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
EMPTY_CELL = "—"  # in place of a value to filter by: the rows that have none
SELECTION_PREFIXES = ("_q", "_f.", "_sort")  # with which the names of parameters begin that select and sort rows


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of a page's table; `text` is shown, `rest` is the remainder of a long text, shown on request, or at once
    where the cell links and is no quote. `href` is the address that it links to, `number` and `quote` say how it is
    styled."""

    text: str
    href: str | None = None
    rest: str = ""
    number: bool = False
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a page's table; `name` is its name in the table, `title` its head, `sort` the address that sorts
    by it, `sorted` 'ascending', 'descending' or ''. `choices` are values to filter by, as (value, label), and
    `chosen` is the one that is chosen, or ''. `number` is whether it has numbers, `width` a class of CSS: narrow,
    middle or wide."""

    name: str
    title: str
    sort: str
    sorted: str
    chosen: str
    choices: tuple[tuple[str, str], ...]
    number: bool
    width: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a page's table: its `cells`, the address of the form that corrects it (`correction`) and the id of the
    correction that its button takes back (`undo`), each None where there is none, and whether a correction of it is
    `waiting` for the next build."""

    cells: tuple[ShownCell, ...]
    correction: str | None
    undo: str | None
    waiting: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The part of a table that one page shows.

    `total` is the number of all rows, `found` of those that words and filters select, `words` the words looked for, or
    ''. `page` is the number, from 1, of this page of `pages`, of which there is one at least. `previous` and
    `following` are addresses of pages, None where there is none; `cleared` is that without words and filters, None
    where these leave out no row. `downloads` are addresses by format (xlsx, csv, json), {} where none are offered,
    `kept` the parameters of the address that a new search keeps (all but words, filters and page), and `actions` is
    whether any row of this page can be corrected, or has a correction that can be taken back.
    """

    heads: tuple[Head, ...]
    rows: tuple[ShownRow, ...]
    total: int
    found: int
    words: str
    page: int
    pages: int
    previous: str | None
    following: str | None
    cleared: str | None
    downloads: Mapping[str, str]
    kept: tuple[tuple[str, str], ...]
    actions: bool


def chosen(table: Table, request: Request) -> Table:
    """The rows that parameters of the request's address select, sorted; the table itself where the address has none of
    them. `_q` has words (divided by blanks), which must all be in a row, each in any of its cells that is not None, as
    `str` writes it, in the same case. `_f.COLUMN` has the value that a column must have, as `shown` writes it;
    EMPTY_CELL (—) selects None too. `_sort` is a column to sort by: numbers before texts, for -COLUMN in descending
    order, rows with None last in both, equal ones as they are. Of a parameter given several times the last counts;
    empty ones and columns that the table does not have are ignored."""
    parameters = sorted(
        (name, value) for name, value in request.query_params.items() if name.startswith(SELECTION_PREFIXES)
    )
    if not parameters:
        return table
    return Table(table.columns, measured(table).selected(tuple(parameters), lambda: _selected(table, dict(parameters))))


def _selected(table: Table, parameters: Mapping[str, str]) -> Sequence[tuple[object, ...]]:
    """The rows of the table that these parameters select and sort, as `chosen` says; all rows in their order for
    none."""
    rows: Sequence[tuple[object, ...]] = table.rows
    for word in parameters.get("_q", "").split():
        rows = [row for row in rows if any(word in (v if type(v) is str else str(v)) for v in row if v is not None)]
    for name, value in parameters.items():
        if name.startswith("_f.") and value and name[3:] in table.columns:
            at = table.columns.index(name[3:])
            rows = [row for row in rows if (EMPTY_CELL if row[at] is None else shown(row[at])) == value]
    order = parameters.get("_sort", "")
    name = order.removeprefix("-")
    if name in table.columns:
        rows = _sorted(rows, table.columns.index(name), order.startswith("-"))
    return rows


def _sorted(rows: Sequence[tuple[object, ...]], at: int, descending: bool) -> Sequence[tuple[object, ...]]:
    """The rows sorted by their cells at the index `at`, in ascending order numbers and truth values before texts, in
    descending order after them; rows with None there come last in both, equal ones stay in their order."""
    present = [row for row in rows if row[at] is not None]
    present.sort(key=lambda row: _sortable(row[at]), reverse=descending)
    return [*present, *(row for row in rows if row[at] is None)]


def sheet(
    table: Table,
    request: Request,
    *,
    preset: Preset | None = None,
    lists: Mapping[str, str] | None = None,
    hide: Sequence[str] = (),
    download: str | None = None,
    as_asked: bool = False,
    undo: str | None = None,
    waiting: Callable[[Mapping[str, Any]], bool] = lambda row: False,
) -> Sheet:
    """The page, of ROWS_PER_PAGE (100) rows, that the request's address asks for by `_page` (as `_number` reads it; the
    last for a greater number), of the rows that `chosen` returns.

    The closed list whose labels a column shows is the one that `preset` names for it, or without a preset the one that
    `lists` has (`_lists_by_column`). The columns are those of `_shown_columns`, without those in `hide`; with
    `as_asked`, for a user's own query, all columns in their order, whatever `hide` has. `download` is the address,
    without suffix, of files with the rows of all pages; None where none are offered. `undo` is the column with the ids
    of corrections that buttons of the rows take back, None for no buttons. `waiting` returns of a row, by column,
    whether a correction of its fact waits for the next build."""
    lists_by_column = _lists_by_column(table.columns, preset, lists or {})
    language = language_of(request)
    table = measured(table)
    rows = chosen(table, request).rows
    pages = max(1, -(-len(rows) // ROWS_PER_PAGE))
    page = min(max(1, _number(request.query_params.get("_page", "1"))), pages)
    names = list(table.columns) if as_asked else _shown_columns(table, hide)
    shown_rows = []
    for values in rows[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE]:
        row = dict(zip(table.columns, values, strict=True))
        cells = tuple(cell(name, row, language, lists_by_column[name]) for name in names)
        shown_rows.append(ShownRow(cells, correction_address(row), str(row[undo]) if undo else None, waiting(row)))
    parameters = request.query_params
    without_filters = {name: None for name in parameters if name.startswith("_") and name != "_sort"}
    query = f"?{request.url.query}" if request.url.query else ""
    return Sheet(
        heads=tuple(_head(name, table, request, lists_by_column[name]) for name in names),
        rows=tuple(shown_rows),
        total=len(table.rows),
        found=len(rows),
        words=parameters.get("_q", ""),
        page=page,
        pages=pages,
        previous=same_address(request, _page=page - 1) if page > 1 else None,
        following=same_address(request, _page=page + 1) if page < pages else None,
        cleared=same_address(request, **without_filters) if len(rows) < len(table.rows) else None,
        downloads={form: f"{download}.{form}{query}" for form in ("xlsx", "csv", "json")} if download else {},
        kept=tuple((n, v) for n, v in parameters.multi_items() if not n.startswith(("_q", "_f.", "_page"))),
        actions=any(row.correction or row.undo for row in shown_rows),
    )


def _lists_by_column(columns: Sequence[str], preset: Preset | None, lists: Mapping[str, str]) -> dict[str, str | None]:
    """The closed list that the values of each column are of ('level'), None for none. With a preset it is the one that
    `preset.list_of` returns, whatever `lists` has; without a preset the one that `lists` has for the column, else the
    one that `ontology.words.COLUMN_LISTS` has."""
    if preset is not None:
        return {name: preset.list_of(name) for name in columns}
    return {name: {**COLUMN_LISTS, **lists}.get(name) for name in columns}


def _shown_columns(table: Measured, hide: Sequence[str]) -> list[str]:
    """The columns of a table that a page shows: those that are `_visible` and not in `hide`, but not policy_label where
    policy is among them, whose text it repeats. They are sorted by `_rank`, those of one rank in the order of the
    table."""
    names = [name for name in table.columns if _visible(name, table) and name not in hide]
    if "policy" in names and "policy_label" in names:
        names.remove("policy_label")
    return sorted(names, key=lambda name: _rank(name, names))


def _rank(name: str, names: Sequence[str]) -> int:
    """The place of the column `name` among the columns `names` of a page, which are sorted by it: 0 for region, unless
    the name of the first column ends in plan; 3 for a name that ends in quote; 2 for MINOR_COLUMNS (match, origin), and
    for NAME_op where NAME_text is there too, which says the comparator; 1 for all others."""
    if name.endswith("quote"):
        return 3
    printed = name.removesuffix("_op") + "_text"  # the value as printed says the comparator too
    if name in MINOR_COLUMNS or (name.endswith("_op") and printed in names):
        return 2
    return 0 if name == "region" and not names[0].endswith("plan") else 1


def cell(name: str, row: Mapping[str, Any], language: Language, list_name: str | None = None) -> ShownCell:
    """The cell of the column `name` of a row (by column) on a page. None is '', a truth value 是 or 否 in the language,
    any other value that is no text a number as `shown` writes it; these have no address. A text has the address that
    `link` returns, and beyond MAX_CELL_LENGTH (160) characters is continued in `rest`. In a column whose name ends in
    quote the text is shown as it is; in any other, a comparator (column op or NAME_op) as its sign ('>=' -> '≥'), a
    value of the closed list `list_name` as its label in the language, a reason of REASON_LIST translated."""
    value = row[name]
    if value is None:
        return ShownCell("")
    if isinstance(value, bool):
        return ShownCell(spoken.say("是" if value else "否", language))
    text = shown(value)
    if not isinstance(value, str):
        return ShownCell(text, number=True)
    href = link(name, row)
    if name.endswith("quote"):
        return ShownCell(text[:MAX_CELL_LENGTH], href, text[MAX_CELL_LENGTH:], quote=True)
    if name == "op" or name.endswith("_op"):
        text = COMPARATOR_SIGNS.get(text, text)
    if list_name == REASON_LIST:
        text = translated(text, language)
    elif list_name:
        text = spoken.value(list_name, text, language)
    return ShownCell(text[:MAX_CELL_LENGTH], href, text[MAX_CELL_LENGTH:])


def link(name: str, row: Mapping[str, Any]) -> str | None:
    """The address that the text in the column `name` of a row links to; None where the row lacks what it is made from.

    A text links to the page of the thing whose IRI is in the column NAME_id: region to that in region_id. In place of
    NAME_id it is region_id for home, policy_id for policy_label, plan_id for file. A document's IRI in the columns of
    plan, file, other_plan and upper_plan leads to the plan's page (`plan_address`), any other IRI to the page that
    `local` returns. task, heading, and a parent that is no region, have no link. function links to the department's
    page; quote to its place in the document, by plan_id, start and end, other_quote by other_plan_id, other_start and
    other_end, upper_quote likewise."""
    if name == "quote":
        return passage_address(row)
    if name in {"other_quote", "upper_quote"}:
        side = name.partition("_")[0]
        at = {"plan_id": row.get(f"{side}_plan_id"), "start": row.get(f"{side}_start"), "end": row.get(f"{side}_end")}
        return passage_address(at)
    if name == "function":
        return department_address(row[name])
    iri = row.get({"policy_label": "policy_id", "home": "region_id", "file": "plan_id"}.get(name, f"{name}_id"))
    if not isinstance(iri, str) or not iri or name in {"task", "heading"}:
        return None
    if name == "parent" and "/region/" not in iri:
        return None
    if name in {"plan", "other_plan", "upper_plan", "file"} and "/document/" in iri:
        return plan_address(iri)
    return local(iri)


def correction_address(row: Mapping[str, Any]) -> str | None:
    """The address of the form that corrects the fact with the row's `fact_id`; None where that is missing or no IRI of
    a fact that can be corrected: the kind, its last segment but one ('…/target/2a…'), is not in CORRECTABLE."""
    fact = row.get("fact_id")
    if not isinstance(fact, str) or fact.rpartition("/")[0].rpartition("/")[2] not in CORRECTABLE:
        return None
    return "/correct?fact=" + quote(fact, safe="")


def file_of(table: Table, format_: str, name: str) -> Response:
    """A response with all rows of the table as a file to save, in the format `format_`, one of FILE_TYPES (csv, xlsx,
    json, jsonl); raises Usage for another one. `name` is the file's name without the suffix, which is the format; in a
    workbook it is the title too. CSV begins with a byte order mark; in all formats but xlsx lone surrogates become
    '?'."""
    if format_ not in FILE_TYPES:
        raise Usage(f"no format {format_!r}: it is one of {', '.join(FILE_TYPES)}")
    body: bytes
    if format_ == "xlsx":
        buffer = BytesIO()
        table_workbook(name, table, buffer)
        body = buffer.getvalue()
    else:
        out = StringIO()
        output.write(table, format_, out)
        body = ((output.BOM if format_ == "csv" else "") + out.getvalue()).encode("utf-8", "replace")
    disposition = f"attachment; filename*=UTF-8''{quote(f'{name}.{format_}', safe='')}"
    return Response(body, media_type=FILE_TYPES[format_], headers={"Content-Disposition": disposition})


def _head(name: str, table: Measured, request: Request, list_name: str | None) -> Head:
    """The head of the column `name` of a table, as the address of the request sorts and filters it; `list_name` is the
    closed list that its values are of, or None. Its `sort` sorts in ascending order, or in descending order where the
    table is sorted in ascending order by it, and leads to the first page. It offers the values of one of FILTER_COLUMNS
    that has 2 to MAX_CHOICES (30) of them, with the labels of `_choice_label`. A column is narrow up to 8 characters of
    its longest text (also without texts), middle up to 24, else wide."""
    order, language = request.query_params.get("_sort", ""), language_of(request)
    sorted_ = {name: "ascending", f"-{name}": "descending"}.get(order, "")
    following = f"-{name}" if sorted_ == "ascending" else name
    about = table.about[name]
    offered = about.values if name in FILTER_COLUMNS and 1 < len(about.values) <= MAX_CHOICES else ()
    choices = tuple((key, _choice_label(key, list_name, language)) for key in offered)
    return Head(
        name,
        spoken.column(name, language),
        same_address(request, _sort=following, _page=None),
        sorted_,
        request.query_params.get(f"_f.{name}", ""),
        choices,
        about.numbers,
        "narrow" if about.longest <= 8 else "middle" if about.longest <= 24 else "wide",
    )


def _choice_label(value: str, list_name: str | None, language: Language) -> str:
    """The label of a value to filter by, in the language: 是 or 否, or their English, for 'True' or 'False'; else that
    of the closed list `list_name`; the value itself where that is None or does not have it."""
    if value in {"True", "False"}:
        return spoken.say("是" if value == "True" else "否", language)
    return spoken.value(list_name, value, language) if list_name else value


def _visible(name: str, table: Measured) -> bool:
    """Whether a page shows the column `name` of the table: none of HIDDEN_COLUMNS, and none whose name ends in _id,
    _start, _end, _page or _file; `origin` only where some fact was corrected or added (a value other than 'read'); any
    other where it has a value that is not None, or the table has no rows."""
    if name in HIDDEN_COLUMNS or name.endswith(("_id", "_start", "_end", "_page", "_file")):
        return False
    about = table.about[name]
    return about.changed if name == "origin" else about.filled or not table.rows


def _sortable(value: object) -> tuple[bool, Any]:
    """A key that sorts the values of a column: numbers and truth values before texts, each among themselves; not for
    None."""
    return (isinstance(value, str), value)


def _number(text: str) -> int:
    """The number of a page that a user asks for; 1 for text that is not 1 to 8 ASCII digits, such as '' or '-2'."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
