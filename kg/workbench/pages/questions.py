"""The pages of presets: the list, and for each a form that is made from the preset's header."""

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
from ontology.words import Language, labels
from queries.empty import why_empty
from queries.parameters import FUNCTION_LIST, Parameter
from queries.presets import GROUPS, Preset

MAX_CHOICE_VALUES = 2_000  # names that a field offers
# The preset and column that offer values of a parameter.
CHOICE_SOURCES = {
    "plan": ("plans", "plan"),
    "region": ("regions", "region"),
    "department": ("responsibilities", "function"),
    "concept": ("indicators", "concept"),
    "policy": ("policy-influence", "policy"),
    "year": ("due", "due_year"),
    "unit": ("indicators", "unit"),
}
INTERNAL_PRESETS = frozenset({"texts", "facts", "documents"})  # for programs: long, or without anything to read


def questions(request: Request) -> Response:
    """GET /presets: the page that lists the presets by the question they answer."""
    state = desk(request)
    language = language_of(request)
    groups = [
        (
            title[language],
            [
                (found.name, *words.of_preset(found, language))
                for found in state.library.presets.values()
                if found.group == key and found.name not in INTERNAL_PRESETS
            ],
        )
        for key, title in GROUPS.items()
    ]
    return state.page(request, "questions.html", groups=[group for group in groups if group[1]])


def question(request: Request) -> Response:
    """GET /presets/NAME?PARAMETER=…: the form of a preset, and its rows where all required parameters are given; 404
    for an unknown preset."""
    state = desk(request)
    found = _preset(state.library, request.path_params["name"])
    language = language_of(request)
    given = parameters(found, request)
    title, description = words.of_preset(found, language)
    fields = [
        {
            "name": p.name,
            "value": given.get(p.name, ""),
            "example": "" if p.example is None else str(p.example),
            "default": "" if p.default is None else str(p.default),
            "required": p.required,
            "help": p.descriptions.get(language) or p.description,
            "list": closed(p, language),
            "choices": choices(state.library, p.name),
        }
        for p in found.parameters
    ]
    missing = [field["name"] for field in fields if field["required"] and not field["value"]]
    context: dict[str, Any] = {"trouble": None, "sheet": None, "why": None}
    if not missing:
        try:
            table = state.library.table(found.name, given)
            context["sheet"] = sheet(table, request, preset=found, download=f"/presets/{found.name}")
            if not table.rows:
                context["why"] = _why_empty(state.library, found, given)
        except KgError as error:
            context["trouble"] = str(error)
    return state.page(
        request,
        "question.html",
        preset=found,
        title=title,
        description=description,
        fields=fields,
        missing=missing,
        command=command(found, given),
        **context,
    )


def _why_empty(library: Library, found: Preset, given: dict[str, str]) -> str:
    """A sentence that says why the preset `found` has no rows for the parameters `given`."""
    key = "why", found.name, tuple(sorted(given.items()))
    return library.cached(key, lambda: why_empty(found, lambda asked, some: library.table(asked.name, some), given))


def download(request: Request) -> Response:
    """GET /presets/NAME.FORMAT?PARAMETER=…: the rows of a preset as a file (csv, xlsx, json, jsonl); 404 for an unknown
    preset. Raises Usage for another format and for a wrong value of a parameter."""
    library = desk(request).library
    found = _preset(library, request.path_params["name"])
    table = chosen(library.table(found.name, parameters(found, request)), request)
    return file_of(table, request.path_params["format"], found.name)


def parameters(found: Preset, request: Request) -> dict[str, str]:
    """The parameters of the preset in the address of the request; fields left empty are left out."""
    known = {parameter.name for parameter in found.parameters}
    return {name: value for name, value in request.query_params.items() if name in known and value.strip()}


def command(found: Preset, given: dict[str, str]) -> str:
    """The command that gives the rows of the preset `found` for the parameters `given` in a terminal: 'kg query due -p
    year=2025'."""
    return shlex.join(["kg", "query", found.name, *(w for n, v in given.items() for w in ("-p", f"{n}={v}"))])


def closed(parameter: Parameter, language: Language) -> list[tuple[str, str]]:
    """The values of a parameter's closed list, each with its label in the language. An empty list where it has no
    closed list, where other words are taken too, and for functions, whose names are offered by `choices`."""
    if isinstance(parameter.values, tuple):
        return [(value, value) for value in parameter.values]
    if parameter.values is None or parameter.values == FUNCTION_LIST or parameter.open:
        return []
    return list(labels(parameter.values, language).items())


def choices(library: Library, parameter: str) -> list[str]:
    """The values in the store that a field for this parameter offers, sorted, at most MAX_CHOICE_VALUES: titles of
    plans, names of regions, functions, concepts, policies, years, units. An empty list for parameters that are not in
    CHOICE_SOURCES."""
    if parameter not in CHOICE_SOURCES:
        return []

    def read() -> list[str]:
        """The values, queried."""
        preset, name = CHOICE_SOURCES[parameter]
        return [str(value) for value in sorted({row[name] for row in library.rows(preset)} - {None})][
            :MAX_CHOICE_VALUES
        ]

    return library.cached(("choices", parameter), read)


def _preset(library: Library, name: str) -> Preset:
    """The preset with this name; raises HTTPException (404) where there is none."""
    if name not in library.presets:
        raise HTTPException(404, f"no preset {name}")
    return library.presets[name]
