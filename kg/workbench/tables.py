"""A table as a page shows it: filtered, sorted, a part of its rows, with links; and as files to save."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from exports import rows as output
from exports.people import COMPARATOR_SIGNS
from exports.xlsx import table_workbook
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
# Columns whose values are offered to choose from, where they are few.
FILTER_COLUMNS = frozenset(
    {"region", "plan", "level", "kind", "relation", "role", "concept", "dimension", "policy_type", "type", "suspicious"}
    | {"due_year", "target_year", "unit", "state", "action", "function", "direction", "origin", "reason", "match"}
)
MINOR_COLUMNS = frozenset({"match", "origin"})  # columns that say how a row was found
MAX_CELL_LENGTH = 160  # characters of a cell that are shown at first
# What people do not read: it leads somewhere, or repeats what the quote's link says.
HIDDEN_COLUMNS = frozenset({"file", "start", "end", "page", "position", "correction", "concept_rule"})
CORRECTABLE = frozenset({"heading", "task", "indicator", "observation", "target", "citation", "responsibility"})
FILE_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SELECTION_PREFIXES = ("_q", "_f.", "_sort")  # what names in an address that select rows begin with


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of a page's table; `text` is shown, `rest` is the remainder of a long text, shown on request. `href` is
    the address that it links to, `number` and `quote` say how it is styled."""

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
class Sheet:
    """The part of a table that one page shows. Each row is its cells and the address of the form that corrects it, or
    None.

    `total` is the number of all rows, `found` of those that the filters select, `words` the words looked for. `page` is
    the number of this page of `pages`; `previous`, `following` and `cleared` (without filters) are addresses, None
    where there is nothing to go to. `downloads` are addresses by format, `kept` the parameters of the address that a
    new search keeps, and `correctable` is whether any row can be corrected.
    """

    heads: tuple[Head, ...]
    rows: tuple[tuple[tuple[ShownCell, ...], str | None], ...]
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
    correctable: bool


def chosen(table: Table, request: Request) -> Table:
    """The rows that the request's address selects and sorts: `_q` for words anywhere, `_f.COLUMN` for a value, `_sort`
    for a column (-COLUMN in descending order)."""
    asked = sorted((name, value) for name, value in request.query_params.items() if name.startswith(SELECTION_PREFIXES))
    if not asked:
        return table
    return Table(table.columns, measured(table).selected(tuple(asked), lambda: _selected(table, dict(asked))))


def _selected(table: Table, asked: Mapping[str, str]) -> Sequence[tuple[object, ...]]:
    """The rows of the table that the parameters of an address (`asked`) select, sorted; see `chosen`. Rows without a
    value in the column sorted by come last."""
    rows: Sequence[tuple[object, ...]] = table.rows
    for word in asked.get("_q", "").split():
        rows = [row for row in rows if any(word in (v if type(v) is str else str(v)) for v in row if v is not None)]
    for name, value in asked.items():
        if name.startswith("_f.") and value and name[3:] in table.columns:
            at = table.columns.index(name[3:])
            rows = [row for row in rows if row[at] is not None and shown(row[at]) == value]
    order = asked.get("_sort", "")
    name = order.removeprefix("-")
    if name in table.columns:
        at = table.columns.index(name)
        present = [row for row in rows if row[at] is not None]
        present.sort(key=lambda row: _sortable(row[at]), reverse=order.startswith("-"))
        rows = [*present, *(row for row in rows if row[at] is None)]
    return rows


def sheet(
    table: Table,
    request: Request,
    *,
    preset: Preset | None = None,
    lists: Mapping[str, str] | None = None,
    hide: Sequence[str] = (),
    download: str | None = None,
    as_asked: bool = False,
) -> Sheet:
    """The part of the rows that the request's address asks for.

    `preset` gives the closed lists that the values of its columns are of, `lists` those of other tables by column.
    `hide` are columns that are not shown. `download` is the address of the files without their suffix, None where there
    are none. `as_asked` shows all columns in their order, for a user's own query; otherwise columns that are for
    programs are hidden, and the region comes first.
    """
    of = {
        name: preset.list_of(name) if preset else {**COLUMN_LISTS, **(lists or {})}.get(name) for name in table.columns
    }
    language = language_of(request)
    table = measured(table)
    found = chosen(table, request)
    number = max(1, _number(request.query_params.get("_page", "1")))
    pages = max(1, -(-len(found.rows) // ROWS_PER_PAGE))
    number = min(number, pages)
    part = found.rows[(number - 1) * ROWS_PER_PAGE : number * ROWS_PER_PAGE]
    if as_asked:
        names = list(table.columns)
    else:
        names = [name for name in table.columns if _visible(name, table) and name not in hide]
        if "policy" in names and "policy_label" in names:
            names.remove("policy_label")  # the title again, by another column's name
        names = sorted(names, key=lambda name: _rank(name, names))
    order = request.query_params.get("_sort", "")
    heads = tuple(_head(name, table, order, request, language, of[name]) for name in names)
    rows = []
    for values in part:
        row = dict(zip(table.columns, values, strict=True))
        cells = tuple(cell(name, row, language, of[name]) for name in names)
        rows.append((cells, correction_address(row)))
    query = request.url.query
    return Sheet(
        heads,
        tuple(rows),
        len(table.rows),
        len(found.rows),
        request.query_params.get("_q", ""),
        number,
        pages,
        same_address(request, _page=number - 1) if number > 1 else None,
        same_address(request, _page=number + 1) if number < pages else None,
        same_address(request, **{n: None for n in request.query_params if n.startswith("_") and n != "_sort"})
        if len(found.rows) < len(table.rows)
        else None,
        {form: f"{download}.{form}" + (f"?{query}" if query else "") for form in ("xlsx", "csv", "json")}
        if download
        else {},
        tuple((n, v) for n, v in request.query_params.multi_items() if not n.startswith(("_q", "_f.", "_page"))),
        any(address for _, address in rows),
    )


def _rank(name: str, names: Sequence[str]) -> int:
    """A key by which the columns of a page are sorted (0 to 3), for the column `name`: the region first, quotes last,
    and before them what is read least. `names` are all of its columns."""
    if name.endswith("quote"):
        return 3
    printed = name.removesuffix("_op") + "_text"  # the value as printed says the comparator too
    if name in MINOR_COLUMNS or (name.endswith("_op") and printed in names):
        return 2
    return 0 if name == "region" and not names[0].endswith("plan") else 1


def cell(name: str, row: Mapping[str, Any], language: Language, list_name: str | None = None) -> ShownCell:
    """The cell of a value on a page: its text in the reader's language and the address that it links to. `name` is the
    column, `row` the row by column (the link needs its ids), `list_name` the closed list that its values are of."""
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
    """The address that the value of the column `name` of a row links to: of the page of the thing that it names, or of
    a quote's place; None where there is none."""
    if name == "quote":
        return passage_address(row)
    if name in {"other_quote", "upper_quote"}:
        side = name.partition("_")[0]
        at = {"plan_id": row.get(f"{side}_plan_id"), "start": row.get(f"{side}_start"), "end": row.get(f"{side}_end")}
        return passage_address(at)
    if name in {"plan", "other_plan", "upper_plan", "file"}:
        document = row.get(f"{name}_id" if name != "file" else "plan_id")
        return plan_address(document) if document and "/document/" in document else document and local(document)
    if name in {"function"}:
        return department_address(row[name])
    named = {"policy_label": "policy_id", "home": "region_id"}.get(name, f"{name}_id")
    iri = row.get(named)
    if not isinstance(iri, str) or name in {"task", "heading", "parent"}:
        return local(iri) if isinstance(iri, str) and name == "parent" and "/region/" in iri else None
    return local(iri)


def correction_address(row: Mapping[str, Any]) -> str | None:
    """The address of the form that corrects the row's fact; None for a kind that cannot be corrected."""
    fact = row.get("fact_id")
    if not isinstance(fact, str) or fact.split("/")[-2] not in CORRECTABLE:
        return None
    return "/correct?fact=" + quote(fact, safe="")


def file_of(table: Table, format_: str, name: str) -> Response:
    """A response with all rows of the table as a file to save, in the format `format_`, one of FILE_TYPES (csv, xlsx,
    json, jsonl); raises Usage for another one. `name` is the file's name without the suffix, which the format gives."""
    if format_ not in FILE_TYPES:
        raise Usage(f"no format {format_!r}: it is one of {', '.join(FILE_TYPES)}")
    body: bytes
    if format_ == "xlsx":
        held = BytesIO()
        table_workbook(name, table, held)
        body = held.getvalue()
    else:
        out = StringIO()
        output.write(table, format_, out)
        body = ((output.BOM if format_ == "csv" else "") + out.getvalue()).encode("utf-8", "replace")
    saved = f"attachment; filename*=UTF-8''{quote(f'{name}.{format_}', safe='')}"
    return Response(body, media_type=FILE_TYPES[format_], headers={"Content-Disposition": saved})


def _head(
    name: str,
    table: Measured,
    order: str,
    request: Request,
    language: Language,
    list_name: str | None,
) -> Head:
    """The head of the column `name` of a table. `order` is the value of `_sort` in the address, `list_name` the closed
    list that its values are of."""
    sorted_ = {name: "ascending", f"-{name}": "descending"}.get(order, "")
    following = f"-{name}" if sorted_ == "ascending" else name
    about = table.about[name]
    offered = about.values if name in FILTER_COLUMNS and 1 < len(about.values) <= MAX_CHOICES else ()
    choices = tuple((key, _called(key, list_name, language)) for key in offered)
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


def _called(value: str, list_name: str | None, language: Language) -> str:
    """The label of a value to filter by: that of the closed list `list_name`, 是 or 否 for 'True' or 'False', else the
    value itself."""
    if value in {"True", "False"}:
        return spoken.say("是" if value == "True" else "否", language)
    return spoken.value(list_name, value, language) if list_name else value


def _visible(name: str, table: Measured) -> bool:
    """Whether a page shows the column `name` of the table: not if it is for programs, or has no value; `origin` only
    where a fact was corrected."""
    if name in HIDDEN_COLUMNS or name.endswith(("_id", "_start", "_end", "_page", "_file")):
        return False
    about = table.about[name]
    return about.changed if name == "origin" else about.filled or not table.rows


def _sortable(value: object) -> tuple[bool, Any]:
    """A key that sorts the values of a column, numbers before texts. None has no place in this order and must be left
    out before."""
    return (isinstance(value, str), value)


def _number(text: str) -> int:
    """The number of a page that a user asks for; 1 for other text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
