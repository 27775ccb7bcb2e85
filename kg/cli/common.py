"""Options and helpers that commands share."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from exports.terminal import escaped_line
from exports.whole import whole_file
from ontology.iris import DEFAULT_BASE
from ontology.messages import translated
from ontology.model.errors import Usage

if TYPE_CHECKING:
    from kg.builder.jobs import FileJob

DEFAULT_STORE = "plans.kg"
MAX_PATH_LENGTH = 4096  # characters, less than which a query may be the path of a file

store_option = click.option(
    "--store",
    envvar="KG_STORE",
    default=DEFAULT_STORE,
    show_default=True,
    help="A folder, neo4j://HOST:PORT[/DB] or http(s)://HOST/… (also $KG_STORE).",
)


def base_iri() -> str:
    """The IRI below which the IRIs of data are made: that of $KG_BASE when the program was started, or the default."""
    return DEFAULT_BASE


def preset_folders(folders: tuple[Path, ...]) -> list[Path]:
    """The folders of the user's own presets: those that --presets names (`folders`), or else those of $KG_PRESETS,
    separated as in $PATH; an empty list where neither names one."""
    return list(folders) or [Path(p) for p in os.environ.get("KG_PRESETS", "").split(os.pathsep) if p]


presets_option = click.option(
    "--presets",
    "folders",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A folder of your own presets (also $KG_PRESETS); may repeat.",
)


class Choice(click.Choice[str]):
    """The type of an option with a closed list of values, in upper or lower case; another value is refused with the
    list and with the values most like it. `others` maps further words, in exactly this spelling, to the values, such as
    the heads that tables have."""

    def __init__(self, choices: Sequence[str], others: Mapping[str, str] | None = None) -> None:
        super().__init__(choices, case_sensitive=False)
        self.others = others or {}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value of the list that the user's text stands for: the value itself in upper or lower case, or a word of
        `others`: 'LINEAGE' or '政策脉络' -> 'lineage'. Raises Usage for any other text, with the name of the option or
        argument and the values of the list."""
        from queries.parameters import one_of

        try:
            return super().convert(self.others.get(value, value), param, ctx)
        except click.BadParameter:
            name = param.opts[0] if isinstance(param, click.Option) else param.human_readable_name if param else ""
            listed = one_of(value, [*self.choices, *self.others], self.choices)
            raise Usage(f"{name}: no such value {value!r}; {listed}") from None


def format_option(*formats: str, default: str) -> Callable[[Any], Any]:
    """A decorator that gives a command the option --format with these formats; the command's function gets it as
    `format_`."""
    return click.option("--format", "format_", type=Choice(formats), default=default, show_default=True)


output_option = click.option(
    "-o",
    "--output",
    default="-",
    help="The file to write, - for standard output.",
    type=click.Path(path_type=str),
)


@contextmanager
def output_file(path: str) -> Iterator[TextIO]:
    """A context manager with the file to write text to: standard output for -, else a file in UTF-8 that appears under
    its name only when it is complete. Line ends are written as they are given. Raises Refused where the path is a
    folder or the file cannot be written; an OSError in the `with` becomes Refused too, except for standard output."""
    if path == "-":
        yield sys.stdout
        return
    with whole_file(path) as file, TextIOWrapper(file, encoding="utf-8", newline="") as out:
        yield out


def tell(text: str, err: bool = False) -> None:
    """Writes a line for a person, given in English and translated into the person's language, to standard output or,
    with `err`, to standard error."""
    click.echo(translated(text), err=err)


def say_file(path: str) -> None:
    """Writes a line on standard error that says which file or folder (`path`) was written, of a file with its size in
    KiB, rounded down, but 1 at least; nothing for -, standard output."""
    if path == "-":
        return
    file = Path(path)
    size = f", {max(1, file.stat().st_size // 1024)} KiB" if file.is_file() else ""
    tell(f"kg: wrote {escaped_line(path)}{size}", err=True)


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int, str], None]]:
    """A context manager that draws a bar on standard error, with `title` before it, and removes it at the end; it draws
    nothing where standard error is no terminal. Its value is a function that moves the bar: it takes the number of
    things done, the number of all, and the name of the last one, whose last 40 characters replace the title."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task(title, total=None)

        def move(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=escape(escaped_line(name)[-40:]))

        yield move


def legible(text: str) -> str:
    """The text itself, where it can be written in UTF-8; raises Usage where it has lone surrogates, to which Python
    decodes arguments that are not UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Usage(f"{text!a}: is not UTF-8; write it in the encoding of the terminal") from None
    return text


def file_job(file: str) -> "FileJob":
    """The job of reading one file to show it, with the default limits. For - standard input is read here, up to a byte
    more than the limit of size, so that the job refuses what is too large; of any other file nothing is read yet."""
    from extractors.readers import Limits
    from kg.builder.jobs import FileJob

    return FileJob(file, sys.stdin.buffer.read(Limits().size + 1) if file == "-" else None, Limits())


def read_query(query: str) -> str:
    """The text of a query: all of standard input where `query` is -; that of a file where `query` is its path, has no
    line break and is shorter than MAX_PATH_LENGTH (4096) characters; else `query` itself. Raises Usage where the
    argument, the input or the file is not UTF-8, OSError where the file cannot be read."""
    legible(query)
    try:
        if query == "-":
            return sys.stdin.read()
        if "\n" not in query and len(query) < MAX_PATH_LENGTH and Path(query).is_file():
            return Path(query).read_text("utf-8")
    except UnicodeDecodeError:
        raise Usage(f"{query}: the query is not UTF-8") from None
    return query
