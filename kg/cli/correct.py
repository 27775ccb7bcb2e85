"""The commands `kg correct`, which writes corrections of facts, and `kg corrections`, which lists them."""

import getpass
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import click

from exports.people import SPARE_COLUMNS, for_reader
from kg.cli.common import format_option, output_option, store_option, tell
from kg.cli.query import PEOPLE_FORMATS, TABLE_FORMATS, read_parameters, write_table
from ontology import words
from ontology.model.errors import Refused, Usage
from ontology.model.store import Store, Table

if TYPE_CHECKING:
    from ontology.model.corrections import Correction

corrections_option = click.option(
    "--corrections",
    help="The file of corrections (also $KG_CORRECTIONS); else corrections.jsonl beside the plan's file.",
)
why_option = click.option("--why", help="The reason, for those who read the correction later.")
by_option = click.option("--by", default=getpass.getuser, help="Who corrects; your user name unless given.")


@click.group()
def correct() -> None:
    """Put a fact right: the correction is written to a file, and every later build replays it.

    FACT is the fact_id of a preset's row. After correcting, run 'kg build' as before.

    \b
    Example:
    kg correct set FACT value=65 --why "表格第三行"
    kg correct remove FACT
    kg correct add --plan 云岭 --kind Target --quote "新增床位500张" subject=新增床位 value=500 unit=张 op==
    kg correct merge ONE OTHER        kg correct part ONE OTHER    (policies, regions, organizations)
    kg correct undo ID                   (the id of a row of 'kg corrections')
    """


@correct.command("set")
@click.argument("fact")
@click.argument("values", metavar="FIELD=VALUE...", nargs=-1, required=True)
@corrections_option
@why_option
@by_option
@store_option
def set_(fact: str, values: tuple[str, ...], corrections: str | None, why: str | None, by: str, store: str) -> None:
    """Give fields of a fact other values; FIELD= alone empties one.

    \b
    Example: kg correct set https://w3id.org/plan-kg/id/document/1f…/target/2a… value=65 unit=%
    """
    from kg.corrections.keys import key_of

    with _opened(store) as source:
        key = key_of(source, fact)
        _write(source, key.document, key.changes(read_parameters(values), _signed(by, why)), corrections)


@correct.command()
@click.argument("fact")
@corrections_option
@why_option
@by_option
@store_option
def remove(fact: str, corrections: str | None, why: str | None, by: str, store: str) -> None:
    """Take a fact away that the text does not prove.

    \b
    Example: kg correct remove https://w3id.org/plan-kg/id/document/1f…/target/2a… --why 属于成就，不是目标
    """
    from kg.corrections.keys import key_of
    from ontology.model.corrections import Correction

    with _opened(store) as source:
        key = key_of(source, fact)
        _write(source, key.document, [Correction("remove", **key.members, **_signed(by, why))], corrections)


@correct.command()
@click.argument("values", metavar="FIELD=VALUE...", nargs=-1, required=True)
@click.option("--plan", required=True, help="Part of the plan's title or file name.")
@click.option(
    "--kind",
    required=True,
    help="Heading, Task, Indicator, Observation, Target, Citation, Responsibility, Project or Plan.",
)
@click.option("--quote", required=True, help="The words of the text that prove it.")
@click.option("--at", type=int, help="The offset of the quote, where its words stand at several places.")
@corrections_option
@why_option
@by_option
@store_option
def add(
    values: tuple[str, ...],
    plan: str,
    kind: str,
    quote: str,
    at: int | None,
    corrections: str | None,
    why: str | None,
    by: str,
    store: str,
) -> None:
    """Add a fact that was missed; its quote must stand in the plan's text. For --kind Plan, a value of its metadata.

    \b
    Example: kg correct add --plan 云岭 --kind Plan --quote 2022年3月1日 issued=2022-03-01
    """
    from kg.corrections.keys import new_facts

    with _opened(store) as source:
        document, added = new_facts(source, plan, kind, quote, at, read_parameters(values), _signed(by, why))
        _write(source, document, added, corrections)


@click.argument("one")
@click.argument("other")
@corrections_option
@why_option
@by_option
@store_option
@click.pass_context
def _decide(
    context: click.Context, one: str, other: str, corrections: str | None, why: str | None, by: str, store: str
) -> None:
    """Writes a decision on two things, whose ids are `one` and `other`, to the first file that --corrections or
    $KG_CORRECTIONS names: that they are one, where the command that runs is `merge`, or that they are not, where it is
    `part`. Policies are identified by their ids alone, the others are looked up in the store. Raises Usage where no
    file is named, an id is none of a policy, region or organization, or the two are of different kinds; Refused where
    the store cannot be opened or the file cannot be written."""
    from kg.corrections import named_files
    from kg.corrections.things import thing_of
    from ontology.model.corrections import Correction

    action: Any = context.command.name
    files = named_files(corrections)
    if not files:
        raise Usage("name the file with --corrections or $KG_CORRECTIONS: what plans share belongs to no single plan")
    if "/policy/" in one:
        members: dict[str, Any] = {"policies": (_policy(one), _policy(other))}
    else:
        with _opened(store) as source:
            things = thing_of(source, one), thing_of(source, other)
        if things[0][0] != things[1][0]:
            raise Usage(f"{one} and {other} are of two kinds")
        members = {"kind": things[0][0], "things": things}
    _append(files[0], [Correction(action, **members, **_signed(by, why))])


for _action, _words in {
    "merge": "Say that two policies, regions or organizations are one: ONE is OTHER.",
    "part": "Say that two policies, regions or organizations are not one, though they look alike.",
}.items():
    correct.command(
        _action,
        help=f"""{_words} Each is a policy_id, region_id or organization_id of a preset's row.

    \b
    Example: kg correct {_action} https://w3id.org/plan-kg/id/policy/中国/甲 https://w3id.org/plan-kg/id/policy/中国/乙
    """,
    )(_decide)


@correct.command()
@click.argument("identity", metavar="ID")
@corrections_option
@why_option
@by_option
@store_option
def undo(identity: str, corrections: str | None, why: str | None, by: str, store: str) -> None:
    """Take a correction back; its line stays in the file, followed by one that undoes it.

    \b
    Example: kg correct undo 1f0c9a2b77d3
    """
    from kg.corrections import load
    from ontology.model.corrections import Correction

    for file in _files(corrections, store):
        if any(each.id == identity for each in load([file])):
            _append(file, [Correction("undo", undoes=identity, **_signed(by, why))])
            return
    raise Refused(f"no correction {identity}; 'kg corrections' lists them")


@click.command("corrections")
@click.option(
    "--as-gold", is_flag=True, help="Write corrected plans as annotations, a JSON file each, to the folder of -o."
)
@corrections_option
@store_option
@format_option(*TABLE_FORMATS, default="table")
@output_option
def list_corrections(as_gold: bool, corrections: str | None, store: str, format_: str, output: str) -> None:
    """List the corrections and what became of each at the last build; `waiting` is one that no build has met.

    With --as-gold nothing is listed: the corrected plans are written as annotations to the folder of -o.

    \b
    Example: kg corrections --format csv
    """
    from kg.corrections import load
    from kg.corrections.states import STATE_COLUMNS, rows
    from queries.presets import preset

    every = load(_files(corrections, store))
    with _opened(store) as source:
        if as_gold:
            _write_gold(source, every, output)
            return
        table = Table(STATE_COLUMNS, rows(source, every))
    if format_ in PEOPLE_FORMATS:
        table = for_reader(table, preset("corrections").list_of, words.language(), SPARE_COLUMNS)
    write_table(table, format_, output, False)


def _write_gold(store: Store, corrections: Sequence["Correction"], folder: str) -> None:
    """Writes the annotations of each corrected plan as a JSON file, named after the plan's file, to the folder, which
    is made where it is missing, and names the files on standard error; a file of the same name is replaced. Raises
    Usage where the folder is -."""
    from kg.corrections.gold import gold

    if folder == "-":
        raise Usage("--as-gold writes a file for each plan: name a folder with -o DIR")
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, annotations in gold(store, corrections).items():
        file = Path(folder) / f"{name}.json"
        file.write_text(json.dumps(annotations, ensure_ascii=False, indent=1) + "\n", "utf-8")
        tell(str(file), err=True)


def _opened(store: str) -> Store:
    """The store at this address, open for reading; raises Refused where it cannot be opened."""
    from kg.stores import open_store

    return open_store(store)


def _signed(by: str, why: str | None) -> dict[str, Any]:
    """The members of a correction that say who made it (`by`), when (`at`: now, in UTC, to the second) and `why` (None
    for no reason)."""
    return {"by": by, "at": datetime.now(UTC).isoformat(timespec="seconds"), "why": why}


def _policy(iri: str) -> tuple[str, str]:
    """The scope and the name in a policy's IRI, without percent-encoding: 'https://…/policy/中国/十四五…规划' ->
    ('中国', '十四五…规划'). Raises Usage for an IRI without /policy/, or without exactly two segments after the last
    one."""
    parts = iri.rpartition("/policy/")[2].split("/")
    if "/policy/" not in iri or len(parts) != 2:
        raise Usage(f"{iri}: no policy_id of a preset's row")
    return unquote(parts[0]), unquote(parts[1])


def _files(corrections: str | None, store: str) -> list[Path]:
    """The files of corrections: those that --corrections (`corrections`) or else $KG_CORRECTIONS names, whether they
    exist or not, else the existing corrections.jsonl in the folders of the store's plans. Raises Refused where the
    store cannot be opened."""
    from kg.corrections import correction_files

    with _opened(store) as source:
        return correction_files(corrections, [Path(record.path) for record in source.records()])


def _write(store: Store, document: str, corrections: Sequence["Correction"], file: str | None) -> None:
    """Writes corrections of a document (IRI), and a line on standard error for each, to the first of the files that
    `file` names, or where that is None $KG_CORRECTIONS (separated as in $PATH), or else to corrections.jsonl next to
    the plan's file. Raises Usage where none is named and the plan's folder is not on this computer, Refused where the
    file cannot be written."""
    from kg.corrections import file_for

    _append(file_for(store, document, file), corrections)


def _append(file: Path, corrections: Sequence["Correction"]) -> None:
    """Adds corrections to the end of a file, and writes a line on standard error for each; raises Refused where the
    file cannot be written."""
    from kg.corrections import append

    append(file, corrections)
    for each in corrections:
        tell(f"{each.id} {each.action}, in {file}; build again to apply it", err=True)
    sys.stderr.flush()
