"""The API for programs: each preset and the search as JSON, with a description in OpenAPI 3.1."""

from importlib.metadata import version
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.search import search as find
from kg.workbench import words
from kg.workbench.desk import Desk, desk, language_of
from kg.workbench.pages.questions import closed
from kg.workbench.tables import FILE_TYPES, file_of
from ontology.json_lines import json_rows
from ontology.model.errors import Usage
from ontology.model.store import Table
from ontology.words import labels
from queries.parameters import Parameter
from queries.presets import Preset

CONTROLS = {"format", "limit", "offset", "lang", "token"}


def problem(message: str, status: int) -> Response:
    """A response with an error as JSON (RFC 9457, type application/problem+json): its HTTP status and a message for the
    user as `detail`."""
    body = {"status": status, "detail": message}
    return JSONResponse(body, status, media_type="application/problem+json")


def overview(request: Request) -> Response:
    """GET /api: the page that describes the API for people, with an address that runs each preset (`_example`)."""
    state = desk(request)
    language = language_of(request)
    entries = [
        (preset.name, words.of_preset(preset, language)[0], [p.name for p in preset.parameters], _example(preset))
        for preset in state.library.presets.values()
    ]
    return state.page(request, "api.html", entries=entries)


def presets(request: Request) -> Response:
    """GET /api/presets: the presets as JSON, each with `name`, `title` (by language: {'en': 'Plans', 'zh': '规划'}),
    and the names of its `parameters` and `columns`."""
    return JSONResponse(
        [
            {
                "name": preset.name,
                "title": preset.titles,
                "parameters": [p.name for p in preset.parameters],
                "columns": preset.columns,
            }
            for preset in desk(request).library.presets.values()
        ]
    )


def run_preset(request: Request) -> Response:
    """GET /api/presets/NAME?PARAMETER=…&limit=50&offset=100&format=csv: the rows of a preset, from row `offset` on
    (without one from the first row, 0) and at most `limit` (without one all), as JSON or as a file in another format of
    FILE_TYPES. lang and token in the address are ignored. 404 for an unknown preset; raises Usage for an unknown
    parameter, a wrong value, a missing parameter that is required, a `limit` or `offset` that is no number of at most 9
    digits, and another format."""
    library = desk(request).library
    name = request.path_params["name"]
    if name not in library.presets:
        raise HTTPException(404, f"no preset {name}")
    values = {key: value for key, value in request.query_params.items() if key not in CONTROLS}
    library.presets[name].bindings(values)
    table = library.table(name, values)
    offset, limit = _number(request, "offset", 0), _number(request, "limit", len(table.rows))
    table = Table(table.columns, table.rows[offset : offset + limit])
    format_ = request.query_params.get("format", "json")
    if format_ == "json":
        return JSONResponse(list(json_rows(table)))
    return file_of(table, format_, name)


def search(request: Request) -> Response:
    """GET /api/search?q=WORDS&plan=…&region=…&level=county&kind=target&exact=1&limit=100: the passages that contain all
    words (divided by blanks), or, unless `exact` is 1 or true, other names of them, as JSON: `passages`, the best
    first, at most `limit` (50 without one, never more than 1,000), and `total`, how many there are. `plan` and `region`
    (parts of names), `level` and `kind` narrow the search; offset, format, lang and token are ignored. Raises Usage
    where no word is given, and for an unknown parameter or a wrong value, such as an empty level; Refused where the
    index of texts cannot be made."""
    library = desk(request).library
    sought = request.query_params.get("q", "").split()
    filters = {key: value for key, value in request.query_params.items() if key not in CONTROLS | {"q", "exact"}}
    exact = request.query_params.get("exact", "") in {"1", "true"}
    limit = min(_number(request, "limit", 50), 1000)
    result = library.cached(
        ("search, api", request.url.query),
        lambda: library.search(lambda index: find(index, sought, filters, exact=exact, limit=limit)),
    )
    return JSONResponse({"total": result.total, "passages": [hit.row for hit in result.hits]})


def openapi(request: Request) -> Response:
    """GET /api/openapi.json: the description of the API in OpenAPI 3.1, as JSON."""
    return JSONResponse(description(desk(request)))


def description(state: Desk) -> dict[str, Any]:
    """The description of the API in OpenAPI 3.1: each preset, the search and GET /sparql; where the settings have a
    token, also that requests need one."""
    paths: dict[str, Any] = {
        f"/api/presets/{preset.name}": {"get": _operation(preset)} for preset in state.library.presets.values()
    }
    search_parameters = [
        _parameter("q", "string", "words that a passage must hold, apart by spaces", required=True),
        *(_parameter(name, "string", f"part of the {name}") for name in ("plan", "region")),
        _parameter("level", "string", "level of government", [*labels("level")]),
        _parameter("kind", "string", "kind of fact that the passage holds"),
        _parameter("exact", "boolean", "these words alone, none of their other names"),
        _parameter("limit", "integer", "the best so many passages"),
    ]
    paths["/api/search"] = {
        "get": {
            "operationId": "search",
            "summary": "Passages of all plans / 全文检索",
            "parameters": search_parameters,
            "responses": {"200": {"description": "passages", "content": {"application/json": {}}}, **_PROBLEM},
        }
    }
    paths["/sparql"] = {
        "get": {
            "operationId": "sparql",
            "summary": "SPARQL 1.1 Protocol, queries",
            "parameters": [_parameter("query", "string", "a SPARQL query", required=True)],
            "responses": {"200": {"description": "results, in the format that Accept asks for"}},
        }
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "plan-kg", "version": version("plan-kg"), "description": "Read-only."},
        "paths": paths,
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        **({"security": [{"token": []}]} if state.settings.token else {}),
    }


_PROBLEM = {
    code: {"description": meaning, "content": {"application/problem+json": {}}}
    for code, meaning in {"400": "a parameter is wrong", "404": "no such preset"}.items()
}


def _operation(preset: Preset) -> dict[str, Any]:
    """The operation that runs the preset, as OpenAPI describes it: its parameters and those of all presets (limit,
    offset, format); the columns of its rows, all of which each row has, of any type; and the errors (400, 404)."""
    fields: dict[str, dict[str, Any]] = {column: {} for column in preset.columns}
    schema = {"type": "array", "items": {"type": "object", "properties": fields, "required": list(fields)}}
    return {
        "operationId": preset.name,
        "summary": preset.title,
        "description": preset.description,
        "parameters": [
            *map(_preset_parameter, preset.parameters),
            _parameter("limit", "integer", "at most so many rows"),
            _parameter("offset", "integer", "without the first so many rows"),
            _parameter("format", "string", "what to answer in", tuple(FILE_TYPES)),
        ],
        "responses": {
            "200": {"description": "rows", "content": {"application/json": {"schema": schema}}},
            **_PROBLEM,
        },
    }


def _preset_parameter(parameter: Parameter) -> dict[str, Any]:
    """A parameter of a preset, as OpenAPI describes it, with the values that it may have where these are a closed list
    (the keys of `closed`), and with its example where that is not None."""
    described = _parameter(
        parameter.name,
        parameter.type,
        parameter.description,
        [key for key, _ in closed(parameter, "en")],
        parameter.required,
    )
    return {**described, **({} if parameter.example is None else {"example": parameter.example})}


def _parameter(name: str, type_: str, about: str, values: Any = (), required: bool = False) -> dict[str, Any]:
    """A parameter in the query of an address, as OpenAPI describes it: `type_` is a type of JSON Schema, `about` the
    description, and `values` are those that it may have, where the list is closed."""
    schema = {"type": type_, **({"enum": list(values)} if values else {})}
    return {"name": name, "in": "query", "required": required, "description": about, "schema": schema}


def _example(preset: Preset) -> str:
    """An address that runs the preset, with examples for the required parameters alone, not percent-encoded:
    '/api/presets/lineage-path?plan=云岭'; where none is required, without a query."""
    needed = [p for p in preset.parameters if p.required]
    return f"/api/presets/{preset.name}" + ("?" + "&".join(f"{p.name}={p.example}" for p in needed) if needed else "")


def _number(request: Request, name: str, default: int) -> int:
    """The number of rows in the parameter `name` of the request, or the default where it is missing; raises Usage for
    text that is not 1 to 9 ASCII digits: an empty one, a sign, a point."""
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Usage(f"{name}: {text!r} is no number of rows")
    return int(text)
