"""The command `kg presets` and the help of `kg query NAME`: which presets there are, their parameters and columns."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exports import rows as output
from kg.cli.common import format_option, preset_folders, presets_option
from ontology import words
from ontology.model.store import Table

if TYPE_CHECKING:
    from queries.presets import Preset


@click.command("presets")
@click.argument("name", required=False)
@presets_option
@format_option(*output.TABLE_WRITERS, default="table")
def list_presets(name: str | None, folders: tuple[Path, ...], format_: str) -> None:
    """List the canned queries by the question they answer; with NAME, tell its parameters, choices and an example.

    A drawn table is a text for people; the other formats have a row for each query, or with NAME for each parameter.

    \b
    Example: kg presets
             kg presets indicators
    """
    from queries.presets import preset, presets

    if name:
        found = preset(name, preset_folders(folders))
        if format_ == "table":
            click.echo(help_of(found))
        else:
            output.write(parameters_of(found), format_, sys.stdout)
        return
    every = list(presets(preset_folders(folders)).values())
    if format_ == "table":
        click.echo(_overview(every))
        return
    rows = [
        (p.name, p.title, ", ".join(f"{q.name}={q.example}" for q in p.parameters) or None, ", ".join(p.columns))
        for p in every
    ]
    output.write(Table(("preset", "title", "parameters", "columns"), rows), format_, sys.stdout)


def _overview(presets: list["Preset"]) -> str:
    """The presets, at least one, as text in the person's language: a line with name and title for each, below the
    question (GROUPS) that it answers, in bold print of a terminal; at the end a line that names `kg presets NAME`.
    Questions without presets are left out."""
    from queries.presets import GROUPS

    spoken = words.language()
    width = max(len(p.name) for p in presets)
    lines = []
    for group, titles in GROUPS.items():
        if members := [p for p in presets if p.group == group]:
            lines.append(click.style(titles[spoken], bold=True))
            lines += [f"  {p.name:{width}}  {p.titles.get(spoken, p.title)}" for p in members]
    last = {"en": "kg presets NAME tells the parameters of one.", "zh": "kg presets 名称：查看该查询的参数与示例。"}
    return "\n".join([*lines, "", last[spoken]])


def help_of(preset: "Preset") -> str:
    """The help of one preset as text in the person's language: the title; the description; each parameter, with whether
    it is required, its description, its choices where they are a closed list, and an example, or 'none' without
    parameters; the columns (in Chinese with their heads); and an example command. A text that the preset has only in
    the other language is given in that."""
    spoken = words.language()
    parameters, required, one_of, columns, example, none, colon, semicolon = {
        "en": ("Parameters:", "required", "one of", "Columns:", "Example:", "none", ": ", "; "),
        "zh": ("参数：", "必填", "可选", "列：", "示例：", "无", "：", "；"),
    }[spoken]
    lines = [
        f"{preset.name}: {preset.titles.get(spoken, preset.title)}",
        preset.descriptions.get(spoken, preset.description),
        "",
        parameters + ("" if preset.parameters else f" {none}"),
    ]
    for p in preset.parameters:
        needed = f" ({required})" if p.required else ""
        parts = [p.descriptions.get(spoken, p.description)]
        parts += [f"{one_of} {words.listed(p.choices(), spoken)}"] if p.choices() else []
        parts += [f"-p {p.name}={p.example}"]
        lines.append(f"  {p.name}{needed}{colon}{semicolon.join(parts)}")
    heads = [f"{c} {words.head(c, spoken)}" if spoken == "zh" else c for c in preset.columns]
    lines += ["", f"{columns} {words.listed(heads, spoken)}"]
    return "\n".join([*lines, "", example, f"  {example_of(preset)}"])


def example_of(preset: "Preset") -> str:
    """An example command: 'kg query due -p year=2025', with the examples of the required parameters, or where none is
    required of the first one, if there is one."""
    chosen = [p for p in preset.parameters if p.required] or list(preset.parameters[:1])
    return " ".join(["kg query", preset.name, *(f"-p {p.name}={p.example}" for p in chosen)])


def parameters_of(preset: "Preset") -> Table:
    """A table with a row for each parameter of a preset, for programs: `parameter` (its name), `type`, `required` (True
    or False), `choices` (`Parameter.choices`, joined with ', '; None where there are none), `example` as text ('None'
    where it has none), and `description`, in all languages that it has."""
    rows = [
        (p.name, p.type, p.required, ", ".join(p.choices()) or None, str(p.example), p.description)
        for p in preset.parameters
    ]
    return Table(("parameter", "type", "required", "choices", "example", "description"), rows)
