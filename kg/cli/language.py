"""--lang on every command, and the help in Chinese: zh.toml holds the Chinese of each help text by its English."""

import tomllib
from collections.abc import Sequence
from importlib.resources import files

import click

from ontology import words


def lang_option() -> click.Option:
    """The option --lang, which every command has."""
    return click.Option(
        ["--lang"],
        type=click.Choice(words.LANGUAGES),
        expose_value=False,
        is_eager=True,
        callback=_use,
        help="The language of heads, values and help (also $KG_LANG; else the locale).",
    )


def _use(_context: click.Context, _parameter: click.Parameter, given: words.Language | None) -> None:
    if given:
        words.use(given)


def in_language(cli: click.Group, arguments: Sequence[str]) -> None:
    """Puts the help of all commands into the language that the arguments, $KG_LANG or the locale name."""
    for word, after in zip(arguments, [*arguments[1:], ""], strict=True):
        given = after if word == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else None
        if given in words.LANGUAGES:
            words.use("zh" if given == "zh" else "en")
    if words.language() == "zh":
        known = catalog()
        for command in (cli, *cli.commands.values()):
            _translate(command, known)
            for below in getattr(command, "commands", {}).values():
                _translate(below, known)


def catalog() -> dict[str, str]:
    """The Chinese help texts by their English."""
    return tomllib.loads(files("kg.cli").joinpath("zh.toml").read_text("utf-8"))


def first_line(text: str | None) -> str:
    """The first paragraph of a help text on one line, by which the catalog knows it."""
    return " ".join((text or "").split("\n\n", 1)[0].split()).strip("\b ")


def _translate(command: click.Command, known: dict[str, str]) -> None:
    start = first_line(command.help)
    if found := known.get(start):
        _, sign, rest = (command.help or "").partition("\n\n")
        command.help = found + sign + rest.replace("Example:", "示例:")
        command.short_help = found
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = known.get(first_line(parameter.help), parameter.help)
