"""--lang on every command, and the help in Chinese: zh.toml has the Chinese of each paragraph of the help, by the
English paragraph on one line, and of words in its tables, by these words."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from inspect import cleandoc

import click

from exports.terminal import escaped_line
from kg.cli.common import Choice
from ontology import words
from ontology.messages import translated


def lang_option() -> click.Option:
    """The option --lang, which every command has."""
    return click.Option(
        ["--lang"],
        type=Choice(words.LANGUAGES),
        expose_value=False,
        is_eager=True,
        callback=_use,
        help="The language of heads, values and help (also $KG_LANG; else the locale).",
    )


def _use(_context: click.Context, _parameter: click.Parameter, language: words.Language | None) -> None:
    """The callback of --lang: sets the language of this process; nothing for None, where the option is missing."""
    if language:
        words.use(language)


def in_language(cli: click.Group, arguments: Sequence[str]) -> None:
    """Sets the language that the last --lang zh or --lang en in the arguments names, in upper or lower case as `Choice`
    takes it; any other value is left to click. Where the language of the process (`words.language`) is then Chinese,
    translates in place the help of `cli`, of its commands and of the commands below these, and the words that click
    adds."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        value = following if word == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else None
        for language in words.LANGUAGES:
            if value and value.lower() == language:
                words.use(language)
    if words.language() == "zh":
        chinese = catalog()
        click.Context.formatter_class = ChineseHelp
        for command in (cli, *cli.commands.values()):
            _translate(command, chinese)
            for below in getattr(command, "commands", {}).values():
                _translate(below, chinese)


class ChineseHelp(click.HelpFormatter):
    """Writes help pages with the words that click itself puts there (Usage, Options, default) in Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Writes the line 'Usage: kg …' as '用法: kg …', with another word before it where `prefix` gives one."""
        super().write_usage(prog, args, prefix or "用法: ")

    def write_heading(self, heading: str) -> None:
        """Writes the heading 'Options:' as '选项:'; one that HELP_HEADINGS does not have as it is."""
        super().write_heading(HELP_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Writes the options or commands; the notes of click in their texts (HELP_NOTES) are translated: '[default: 4]'
        -> '[缺省: 4]'."""
        translated = [(name, _HELP_NOTE.sub(lambda note: HELP_NOTES[note[0]], text)) for name, text in rows]
        super().write_dl(translated, col_max, col_spacing)


HELP_HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}
HELP_NOTES = {
    "Show this message and exit.": "显示本帮助并退出。",
    "Show the version and exit.": "显示版本并退出。",
    "default: ": "缺省: ",
    "required]": "必填]",
    "env var: ": "环境变量: ",
}
_HELP_NOTE = re.compile("|".join(map(re.escape, HELP_NOTES)))


def show(error: click.ClickException) -> None:
    """Writes an error of click as one line on standard error, in the user's language: "kg: No such option '--stor'.
    Did you mean '--store'? (kg query --help)". For a wrong use the line names the help of the command that was used so,
    as here (that of `kg` for an unknown command); for other errors it ends with the message."""
    message = translated(escaped_line(error.format_message()))
    if isinstance(error, click.UsageError) and error.ctx is not None:
        message += f" ({error.ctx.command_path} --help)"
    click.echo(f"kg: {message}", err=True)


def catalog() -> dict[str, str]:
    """The contents of zh.toml: the Chinese of the help's paragraphs and of words in its tables, by the English on one
    line, as `first_line` returns it."""
    return tomllib.loads(files("kg.cli").joinpath("zh.toml").read_text("utf-8"))


def first_line(text: str | None) -> str:
    """The first paragraph of a help text on one line, single-spaced and without the sign \\b of click at its ends: the
    key of the paragraph in the catalog. '' for None, and for a text that begins with a blank line."""
    return " ".join((text or "").split("\n\n", 1)[0].split()).strip("\b ")


def _paragraph(text: str, chinese: dict[str, str]) -> str:
    """A paragraph of a help text in Chinese; `chinese` is the catalog. A paragraph that the catalog does not have is a
    table or an example, whose lines are kept: of a line such as 'graph  everything' what stands behind the last two
    blanks is translated by itself, where the catalog has it, and 'Example:' becomes '示例:'."""
    if translated := chinese.get(first_line(text)):
        return translated
    lines = _LAST_COLUMN.sub(lambda line: line["before"] + chinese.get(line["last"], line["last"]), text)
    return lines.replace("Example:", "示例:")


_LAST_COLUMN = re.compile(r"^(?P<before>.*\S {2,})(?P<last>\S.*)$", re.MULTILINE)


def _translate(command: click.Command, chinese: dict[str, str]) -> None:
    """Translates the help of a command and of its options in place; `chinese` is the catalog. The help of a command is
    translated paragraph by paragraph (`_paragraph`) where the catalog has its first one, which becomes the short help
    too; the help of an option, whole, becomes the Chinese of its first paragraph where the catalog has that. All else
    stays."""
    if summary := chinese.get(first_line(command.help)):
        command.help = "\n\n".join(_paragraph(text, chinese) for text in cleandoc(command.help or "").split("\n\n"))
        command.short_help = summary
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = chinese.get(first_line(parameter.help), parameter.help)
