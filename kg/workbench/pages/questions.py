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
from kg.workbench.waiting import waiting_now
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
    """GET /presets: the page that lists the presets by the question they answer, without INTERNAL_PRESETS and without
    questions that have no other ones."""
    state = desk(request)
    language = language_of(request)
    groups = [
        (
            title[language],
            [
                (preset.name, *words.of_preset(preset, language))
                for preset in state.library.presets.values()
                if preset.group == key and preset.name not in INTERNAL_PRESETS
            ],
        )
        for key, title in GROUPS.items()
    ]
    return state.page(request, "questions.html", groups=[group for group in groups if group[1]])


def question(request: Request) -> Response:
    """GET /presets/NAME?PARAMETER=…: the page of a preset with a form for its parameters and the command that gives the
    same rows. Where all required parameters are given the page has the rows too, and if there are none the reason;
    where the rows cannot be had, such as for a wrong value, it has the message in their place. Blank values count as
    not given. Raises HTTPException (404) for an unknown preset."""
    state = desk(request)
    preset = _preset(state.library, request.path_params["name"])
    language = language_of(request)
    values = parameters(preset, request)
    title, description = words.of_preset(preset, language)
    missing = [p.name for p in preset.parameters if p.required and p.name not in values]
    context: dict[str, Any] = {"trouble": None, "sheet": None, "why": None}
    if not missing:
        try:
            table = state.library.table(preset.name, values)
            context["sheet"] = sheet(
                table, request, preset=preset, download=f"/presets/{preset.name}", waiting=waiting_now(state).has
            )
            if not table.rows:
                context["why"] = _why_empty(state.library, preset, values)
        except KgError as error:
            context["trouble"] = str(error)
    return state.page(
        request,
        "question.html",
        preset=preset,
        title=title,
        description=description,
        fields=[_field(state.library, p, values.get(p.name, ""), language) for p in preset.parameters],
        missing=missing,
        command=command(preset, values),
        **context,
    )


def _field(library: Library, parameter: Parameter, value: str, language: Language) -> dict[str, Any]:
    """What the form shows for a parameter, by the names that the template uses: `name`, `value`, `example` as text (''
    for none), whether it is `required`, `help` in the language, and the values to choose from: `list`, those of a
    closed list as (value, label), and `choices`, values in the store as text; both empty where there are none (see the
    functions `closed` and `choices`)."""
    return {
        "name": parameter.name,
        "value": value,
        "example": "" if parameter.example is None else str(parameter.example),
        "required": parameter.required,
        "help": parameter.descriptions.get(language) or parameter.description,
        "list": closed(parameter, language),
        "choices": choices(library, parameter.name),
    }


def _why_empty(library: Library, preset: Preset, values: dict[str, str]) -> str:
    """The sentence of `queries.empty.why_empty`, in English, that says why the preset has no rows for these values of
    its parameters; to be called only where it has none. It is kept until the store changes."""
    key = "why", preset.name, tuple(sorted(values.items()))
    return library.cached(key, lambda: why_empty(preset, lambda each, some: library.table(each.name, some), values))


def download(request: Request) -> Response:
    """GET /presets/NAME.FORMAT?PARAMETER=…: the rows of a preset as a file (csv, xlsx, json, jsonl), filtered and
    sorted as its page is, but with all columns; 404 for an unknown preset. Raises Usage for another format, a wrong
    value of a parameter, and a missing one that is required."""
    library = desk(request).library
    preset = _preset(library, request.path_params["name"])
    table = chosen(library.table(preset.name, parameters(preset, request)), request)
    return file_of(table, request.path_params["format"], preset.name)


def parameters(preset: Preset, request: Request) -> dict[str, str]:
    """The values that the address of the request has for parameters of the preset, by name, of several for one name the
    last; blank ones are left out, and what is no parameter of the preset."""
    names = {parameter.name for parameter in preset.parameters}
    return {name: value for name, value in request.query_params.items() if name in names and value.strip()}


def command(preset: Preset, values: dict[str, str]) -> str:
    """The command that gives the rows of the preset for these values of its parameters in a terminal, quoted for a
    shell: 'kg query due -p year=2025'."""
    options = (word for name, value in values.items() for word in ("-p", f"{name}={value}"))
    return shlex.join(["kg", "query", preset.name, *options])


def closed(parameter: Parameter, language: Language) -> list[tuple[str, str]]:
    """The values that a parameter is chosen from, each with its label in the language: ('county', '县级'). They are
    those that the preset's header lists itself, as their own labels, or those of the closed list of the ontology that
    the header names. An empty list for a parameter that is typed: the header has neither, or names the list of
    functions, whose names `choices` offers, or a list beside which other words are taken (`open`)."""
    if isinstance(parameter.values, tuple):
        return [(value, value) for value in parameter.values]
    if parameter.values is None or parameter.values == FUNCTION_LIST or parameter.open:
        return []
    return list(labels(parameter.values, language).items())


def choices(library: Library, parameter: str) -> list[str]:
    """The values in the store that a field for the parameter with this name offers, such as titles of plans or years:
    those of the column and preset that CHOICE_SOURCES has for the parameter, without None, each once, sorted by value,
    as text, the first MAX_CHOICE_VALUES (2,000). An empty list for a name that CHOICE_SOURCES does not have."""
    if parameter not in CHOICE_SOURCES:
        return []

    def read() -> list[str]:
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
