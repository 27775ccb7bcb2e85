"""The command `kg diff`: what changed between two versions of a plan."""

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import file_job, format_option, output_file, output_option, store_option
from ontology import words
from ontology.messages import translated

if TYPE_CHECKING:
    from kg.diff import FactChange
    from kg.diff.versions import RowsByPreset

CHANGE_SIGNS = {"gone": "-", "new": "+", "changed": "~"}


@click.command()
@click.argument("old")
@click.argument("new")
@store_option
@format_option("text", "json", default="text")
@output_option
def diff(old: str, new: str, store: str, format_: str, output: str) -> None:
    """Compare two versions of a plan: facts that are gone (-), new (+) or changed (~), with the words of both.

    OLD and NEW are files, which are read, or parts of the title or file name of a plan of the store. A file against the
    plan of the store shows what a correction or another version of the program changed.

    \b
    Example: kg diff 征求意见稿.docx 正式稿.pdf
    """
    from exports.terminal import escaped_for
    from kg.diff import changes

    differences = changes(_rows(old, store), _rows(new, store))
    with output_file(output) as out:
        if format_ == "json":
            out.write(json.dumps([_entry(each) for each in differences], ensure_ascii=False, indent=1) + "\n")
        else:
            text = "".join(_lines(each) for each in differences) or translated("no fact differs") + "\n"
            out.write(escaped_for(text, out))
    sys.stdout.flush()


def _rows(target: str, store: str) -> "RowsByPreset":
    """The rows, by preset, of the version of a plan that `target` names: of a file (- for standard input), which is
    read; or, where there is no such file, of the only plan of the store that has `target` as its title or file name,
    or, where none has, in one of these (`rows_of_plan`). Raises Refused for a file that cannot be read, where the store
    cannot be opened, and where no plan or several have the name."""
    from kg.diff.versions import rows_of_file, rows_of_plan
    from kg.documents import is_file
    from kg.stores import open_store

    if is_file(target):
        return rows_of_file(file_job(target))
    with open_store(store) as source:
        return rows_of_plan(source, target)


def _entry(change: "FactChange") -> dict[str, Any]:
    """A change as an object of JSON: `kind`, `change`, `label`, `fields` ({name: {"old": …, "new": …}}), and as `old`
    and `new` the place of the fact in that version (file, start, end, page, quote, fact_id; null for one that its row
    does not have), or null where that version does not have the fact."""

    def place(row: Any) -> dict[str, Any] | None:
        return row and {name: row.get(name) for name in ("file", "start", "end", "page", "quote", "fact_id")}

    return {
        "kind": change.kind,
        "change": change.change,
        "label": change.label,
        "fields": {name: {"old": before, "new": after} for name, before, after in change.fields},
        "old": place(change.old),
        "new": place(change.new),
    }


def _lines(change: "FactChange") -> str:
    """A change as lines for a person, in the person's language: '~ 标题  主要任务'; then a line for each field that
    differs except the quote, values of closed lists by their labels, ∅ for None; then the quotes of the old and the new
    fact with their offsets, as far as they have one. In English fields have their keys as heads, as in tables."""
    from kg.diff.changes import COMPARED_KINDS
    from queries.presets import preset

    of = preset(COMPARED_KINDS[change.kind][0])

    def value(name: str, cell: object) -> str:
        return "∅" if cell is None else str(words.value(of.list_of(name) or "", cell))

    head = words.head if words.language() == "zh" else str
    lines = [f"{CHANGE_SIGNS[change.change]} {kind_label(change.kind)}  {change.label}"]
    lines += [
        f"      {head(name)}: {value(name, old)} → {value(name, new)}"
        for name, old, new in change.fields
        if name != "quote"
    ]
    for title, row in (("old", change.old), ("new", change.new)):
        if row is not None and row.get("quote"):
            lines.append(f"    {head(title)} {row['start']}–{row['end']}  {row['quote']}")
    return "\n".join(lines) + "\n"


def kind_label(kind: str) -> str:
    """The kind of a change in the person's language: 'heading' -> '标题' or 'heading'. For 'plan', which is no kind of
    fact, the head of the column of that name."""
    return words.head(kind) if kind == "plan" else str(words.value("fact", kind.capitalize()))
