"""Presets as forms that are made from their headers."""

import shlex
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.workbench import words
from kg.workbench.desk import desk, language_of
from kg.workbench.library import Library
from kg.workbench.tables import chosen, file_of, sheet
from ontology.model.errors import KgError
from queries.presets import Preset

MANY = 2_000  # names that a field offers
# Values of parameters that are closed lists, by preset and parameter, else by parameter.
LISTS = {
    ("facts", "kind"): ("Heading", "Task", "Indicator", "Observation", "Target", "Citation", "Responsibility"),
    ("task-alignment", "kind"): ("copied", "adapted", "related"),
    ("due", "kind"): ("target", "indicator"),
}
# The preset and column that offer values of a parameter.
OFFERED = {
    "plan": ("plans", "plan"),
    "region": ("regions", "region"),
    "department": ("responsibilities", "function"),
    "concept": ("indicators", "concept"),
    "policy": ("policy-influence", "policy"),
    "year": ("targets-due", "due_year"),
    "unit": ("indicators", "unit"),
}
INNER = frozenset({"texts", "facts", "documents"})  # for programs: long, or without anything to read


def questions(request: Request) -> Response:
    """GET /presets"""
    state = desk(request)
    language = language_of(request)
    shown = [
        (found.name, words.of_two(found.title, language), words.of_two(found.description, language))
        for found in state.library.presets.values()
        if found.name not in INNER
    ]
    return state.page(request, "questions.html", questions=shown)


def question(request: Request) -> Response:
    """GET /presets/NAME?PARAMETER=…"""
    state = desk(request)
    found = _preset(state.library, request.path_params["name"])
    language = language_of(request)
    given = parameters(found, request)
    fields = [
        {
            "name": p.name,
            "value": given.get(p.name, ""),
            "example": "" if p.example is None else str(p.example),
            "default": "" if p.default is None else str(p.default),
            "required": p.description.endswith("*"),
            "help": words.of_two(p.description, language),
            "list": closed(found, p.name),
            "choices": choices(state.library, p.name),
        }
        for p in found.parameters
    ]
    missing = [field["name"] for field in fields if field["required"] and not field["value"]]
    context: dict[str, Any] = {"trouble": None, "sheet": None}
    if not missing:
        try:
            table = state.library.table(found.name, given)
            context["sheet"] = sheet(table, request, download=f"/presets/{found.name}")
        except KgError as error:
            context["trouble"] = str(error)
    return state.page(
        request,
        "question.html",
        preset=found,
        title=words.of_two(found.title, language),
        description=words.of_two(found.description, language),
        fields=fields,
        missing=missing,
        command=command(found, given),
        **context,
    )


def download(request: Request) -> Response:
    """GET /presets/NAME.csv?PARAMETER=…"""
    library = desk(request).library
    found = _preset(library, request.path_params["name"])
    table = chosen(library.table(found.name, parameters(found, request)), request)
    return file_of(table, request.path_params["format"], found.name)


def parameters(found: Preset, request: Request) -> dict[str, str]:
    """The parameters of a preset that the address gives; a field left empty gives none."""
    known = {parameter.name for parameter in found.parameters}
    return {name: value for name, value in request.query_params.items() if name in known and value.strip()}


def command(found: Preset, given: dict[str, str]) -> str:
    """The same in a terminal."""
    return shlex.join(["kg", "query", found.name, *(w for n, v in given.items() for w in ("-p", f"{n}={v}"))])


def closed(found: Preset, parameter: str) -> tuple[str, ...]:
    """The values that a parameter can have, where they are few and known."""
    if known := LISTS.get((found.name, parameter)):
        return known
    if parameter in {"role", "relation", "level"}:
        return tuple(words.scheme(parameter))
    if parameter == "kind":
        return tuple(words.scheme("heading" if found.name == "outline" else "kind"))
    return ()


def choices(library: Library, parameter: str) -> list[str]:
    """What the store offers for a parameter: titles of plans, names of regions, functions, concepts, policies."""
    if parameter not in OFFERED:
        return []

    def read() -> list[str]:
        preset, name = OFFERED[parameter]
        return [str(value) for value in sorted({row[name] for row in library.rows(preset)} - {None})][:MANY]

    return library.made(("choices", parameter), read)


def _preset(library: Library, name: str) -> Preset:
    if name not in library.presets:
        raise HTTPException(404, f"no preset {name}")
    return library.presets[name]
