"""The corrections as rows, each with what became of it at the last build."""

from collections.abc import Sequence

from kg.corrections.things import name_of
from ontology.model.corrections import Correction
from ontology.model.store import Store
from queries.presets import preset

STATE_COLUMNS = ("id", "state", "action", "plan", "file", "kind", "field", "was", "value", "quote", "by", "at", "why")
WAITING_STATE = "waiting"  # no build has read its plan since the correction was made


def rows(store: Store, corrections: Sequence[Correction]) -> list[tuple[object, ...]]:
    """A row with the columns STATE_COLUMNS (id, state, action, plan, file, kind, field, was, value, quote, by, at, why)
    for each correction, with its state at the last build ('applied', 'no fact' …; see
    `ontology.model.corrections.State`; of several records of it in the store the last), 'waiting' where the store has
    none. `value` is that of the field, else the values of a fact that is added ('unit=%; deadline=2025'), else what is
    decided (`_decision`), else None. Decisions that two things are one, or are not, have no state (None), because they
    are used in reading every file."""
    known = preset("corrections").run(store).of(("correction_id", "state"))
    states = {row[0]: row[1] for row in known.rows}
    return [
        (
            each.id,
            None if each.policies or each.things else states.get(each.id, WAITING_STATE),
            each.action,
            each.plan,
            each.file,
            each.kind,
            each.field,
            each.was,
            each.value or "; ".join(f"{n}={v}" for n, v in each.values.items()) or _decision(each),
            each.quote,
            each.by,
            each.at,
            each.why,
        )
        for each in corrections
    ]


def _decision(correction: Correction) -> str | None:
    """The two policies (scope and name), regions or organizations (`name_of`) of a decision, with = between, whether it
    says that they are one or that they are not: '四川省 十四五规划 = 四川省 五年规划', '四川省渠县 · 民政 = 四川省渠县
    · 医疗保障'; None for other corrections."""
    names = [f"{scope} {name}" for scope, name in correction.policies] or [name_of(each) for each in correction.things]
    return " = ".join(names) or None
