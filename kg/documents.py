"""The text and the facts of one document, from a file or from the store: what commands that name FILE or PLAN share."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ontology.model.errors import Refused
from ontology.model.store import Store
from ontology.model.text import DocumentText
from queries.presets import preset

MAX_NAMES_SHOWN = 5  # names in a message


@dataclass(frozen=True, slots=True)
class FactPlace:
    """A fact by its kind and the place of its quote: the offsets of its first character and of the one after its
    last."""

    kind: str
    start: int
    end: int


def is_file(target: str) -> bool:
    """Whether the target is the path of a file, or - for standard input; if not, it is part of a plan's title or file
    name."""
    return target == "-" or Path(target).is_file()


def stored_document(store: Store, plan: str) -> dict[str, Any]:
    """The row of preset `texts` of the only plan that has `plan` in its title or file name: a dict with `plan` (title),
    `file`, `plan_id`, `text`, `page_starts` and `paragraphs`. An exact title or file name comes before parts of others.
    Raises Refused where there is none, or several."""
    table = preset("texts").run(store, {"plan": plan})
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    exact = [row for row in rows if plan in (row["plan"], row["file"])]
    found = exact or rows
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(f"no plan of the store with a text has {plan!r} in its title or file name")
    names = "; ".join(f"{row['plan']} ({row['file']})" for row in found[:MAX_NAMES_SHOWN])
    raise Refused(f"{len(found)} plans have {plan!r} in their title or file name: {names}; name one")


def stored_text(store: Store, plan: str) -> tuple[str, DocumentText, Callable[[], list[FactPlace]]]:
    """The file name and the text of the plan that `plan` names (see `stored_document`), and a function that queries the
    places of its facts when it is called. Raises Refused where `plan` names none, or several."""
    row = stored_document(store, plan)

    def places() -> list[FactPlace]:
        facts = preset("facts").run(store, {"document": row["plan_id"]}).of(("kind", "start", "end")).rows
        return [FactPlace(str(kind), int(str(start)), int(str(end))) for kind, start, end in facts]

    return row["file"], DocumentText.stored(row["text"], row["page_starts"], row["paragraphs"]), places


def innermost(places: list[FactPlace], offset: int) -> FactPlace | None:
    """The fact that contains the offset: of several the one that starts at the offset, else the shortest. None where
    none contains it."""
    holding = [place for place in places if place.start <= offset < place.end]
    return min(holding, key=lambda p: (p.start != offset, p.end - p.start, p.kind), default=None)
