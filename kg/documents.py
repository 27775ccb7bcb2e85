"""The text and the facts of one document of a store, and which plan a name means: what commands that name FILE or PLAN
share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ontology.model.errors import Refused
from ontology.model.store import Store
from ontology.model.text import DocumentText
from queries.presets import preset

Row = dict[str, Any]
MAX_NAMES_SHOWN = 5  # of plans in a message


@dataclass(frozen=True, slots=True)
class FactPlace:
    """A fact by its kind ('Target') and the place of its quote: the offsets of its first character and of the one after
    its last."""

    kind: str
    start: int
    end: int


def is_file(target: str) -> bool:
    """Whether the target of a command is the path of an existing file (no folder), or - for standard input; if not, the
    command takes it for the name of a plan of the store."""
    return target == "-" or Path(target).is_file()


def rows_named(rows: Iterable[Row], name: str) -> list[Row]:
    """The rows of plans that `name` names, in their order: those whose title (column `plan`) or `file` is equal to it;
    where there are none, those whose title or file name contains it, or whose `plan_id` (if they have that column) is
    equal to it. A title or file name that is None contains nothing but ''."""
    named = [
        row for row in rows if name in (row["plan"] or "") or name in (row["file"] or "") or name == row.get("plan_id")
    ]
    return _exactly_named(named, name)


def _exactly_named(rows: list[Row], name: str) -> list[Row]:
    """Those of the rows whose title or file is equal to the name; where there are none, all."""
    return [row for row in rows if name in (row["plan"], row["file"])] or rows


def stored_document(store: Store, plan: str) -> Row:
    """The row of preset `texts` of the only plan with a text that its parameter `plan` finds (a part of the title or
    file name, or the IRI of the document): a dict with, among others, `plan` (title), `file`, `plan_id`, `text`,
    `page_starts` and `paragraphs`. Where plans have exactly `plan` as title or file name, the others do not count.
    Raises Refused where there is none, or several; the message names the first MAX_NAMES_SHOWN (5)."""
    rows = _exactly_named(list(preset("texts").run(store, {"plan": plan}).dicts()), plan)
    if len(rows) == 1:
        return rows[0]
    if not rows:
        raise Refused(f"no plan of the store with a text has {plan!r} in its title or file name")
    names = "; ".join(f"{row['plan']} ({row['file']})" for row in rows[:MAX_NAMES_SHOWN])
    raise Refused(f"{len(rows)} plans have {plan!r} in their title or file name: {names}; name one")


def stored_text(store: Store, plan: str) -> tuple[str, DocumentText, Callable[[], list[FactPlace]]]:
    """The file name and the text of the plan that `stored_document` finds for `plan`, and a function that queries the
    places of all its facts, without the passages of its audit, when it is called. Raises Refused where `plan` names no
    plan with a text, or several."""
    row = stored_document(store, plan)

    def places() -> list[FactPlace]:
        facts = preset("facts").run(store, {"document": row["plan_id"]}).of(("kind", "start", "end")).rows
        return [FactPlace(str(kind), int(str(start)), int(str(end))) for kind, start, end in facts]

    return row["file"], DocumentText.stored(row["text"], row["page_starts"], row["paragraphs"]), places


def innermost(places: list[FactPlace], offset: int) -> FactPlace | None:
    """The fact whose quote contains the offset. Of several, those that start at the offset go before all others; then
    the shortest counts, then the first by the name of the kind, then the first of `places`. None where none contains
    it."""
    containing = [place for place in places if place.start <= offset < place.end]
    return min(containing, key=lambda p: (p.start != offset, p.end - p.start, p.kind), default=None)
