"""Pages of the documentation that are made from the program: commands from click, presets from their headers.

A hook of MkDocs: the pages are made when the site is built and stand in no file.
"""

from typing import Any

import click

from kg.cli.language import catalog, first_line
from kg.cli.main import cli
from kg.cli.presets import example_of
from ontology import words
from queries.presets import GROUPS, presets


def on_files(files: Any, config: Any) -> Any:
    """Adds the pages to those that MkDocs found."""
    from mkdocs.structure.files import File

    for name, content in pages().items():
        files.append(File.generated(config, name, content=content))
    return files


def pages() -> dict[str, str]:
    """The text of each page by its path below docs."""
    return {
        "reference/commands.md": commands_page("en"),
        "reference/commands.zh-CN.md": commands_page("zh"),
        "reference/presets.md": presets_page("en"),
        "reference/presets.zh-CN.md": presets_page("zh"),
    }


def commands_page(spoken: words.Language) -> str:
    """The page of all commands by name, in the language: the first paragraph of each one's help and of its options'
    help, in English where the catalog has no Chinese."""
    chinese = catalog() if spoken == "zh" else {}
    parts = ["# " + ("命令" if spoken == "zh" else "Commands")]
    for name, command in sorted(cli.commands.items()):
        for each, title in [(command, f"kg {name}")] + [
            (below, f"kg {name} {key}") for key, below in sorted(getattr(command, "commands", {}).items())
        ]:
            parts += [f"## {title}", chinese.get(first_line(each.help), first_line(each.help))]
            lines = [
                f"- `{', '.join(p.opts)}`: {chinese.get(first_line(p.help), first_line(p.help))}"
                for p in each.params
                if isinstance(p, click.Option) and p.help
            ]
            parts += ["\n".join(lines)] if lines else []
    return "\n\n".join(parts) + "\n"


def presets_page(spoken: words.Language) -> str:
    """The page of the program's own presets in the language, by the question that they answer: title, description, an
    example, parameters with the values of their closed lists, columns."""
    zh = spoken == "zh"
    parts = ["# " + ("预置查询" if zh else "Presets")]
    for group, titles in GROUPS.items():
        members = [p for p in presets().values() if p.group == group]
        if not members:
            continue
        parts.append(f"## {titles[spoken]}")
        for found in members:
            parts += [
                f"### {found.name}: {found.titles.get(spoken, found.title)}",
                found.descriptions.get(spoken, found.description),
                f"```sh\n{example_of(found)}\n```",
            ]
            lines = []
            for p in found.parameters:
                needed = ("（必填）" if zh else " (required)") if p.required else ""
                listed = words.labels(p.values, spoken).values() if isinstance(p.values, str) else p.values or ()
                choices = f" — {words.listed(listed, spoken)}" if listed else ""
                lines.append(f"- `{p.name}`{needed}: {p.descriptions.get(spoken, p.description)}{choices}")
            parts += ["\n".join(lines)] if lines else []
            heads = [f"`{c}` {words.head(c, spoken)}" for c in found.columns]
            parts.append(("列：" if zh else "Columns: ") + words.listed(heads, spoken))
    return "\n\n".join(parts) + "\n"
