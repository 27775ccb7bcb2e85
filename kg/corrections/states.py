"""The corrections as rows, each with what became of it at the last build."""

from collections.abc import Sequence

from ontology.model.corrections import Correction
from ontology.model.store import Store
from queries.presets import preset

COLUMNS = ("id", "state", "action", "plan", "file", "kind", "field", "was", "value", "quote", "by", "at", "why")
WAITING = "waiting"  # no build has met its plan since it was made


def rows(store: Store, corrections: Sequence[Correction]) -> list[tuple[object, ...]]:
    """A row a correction; merged and parted policies have no state, being part of how every file is read."""
    known = preset("corrections").run(store).of(("correction_id", "state"))
    states = {row[0]: row[1] for row in known.rows}
    return [
        (
            each.id,
            None if each.policies else states.get(each.id, WAITING),
            each.action,
            each.plan,
            each.file,
            each.kind,
            each.field,
            each.was,
            each.value or "; ".join(f"{n}={v}" for n, v in each.values.items()) or _policies(each),
            each.quote,
            each.by,
            each.at,
            each.why,
        )
        for each in corrections
    ]


def _policies(correction: Correction) -> str | None:
    return " = ".join(f"{scope} {name}" for scope, name in correction.policies) or None
