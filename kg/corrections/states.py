"""The corrections as rows, each with what became of it at the last build."""

from collections.abc import Mapping, Sequence

from kg.corrections.things import name_of
from ontology.model.corrections import Correction
from ontology.model.store import Store, Table
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
    states = _states(preset("corrections").run(store))
    return [
        (
            each.id,
            _state(each, states),
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


def waiting(known: Table, corrections: Sequence[Correction]) -> list[Correction]:
    """The corrections that no build has met yet, without decisions that two things are one or are not, which have no
    state. `known` are the rows of preset `corrections` of the store."""
    states = _states(known)
    return [each for each in corrections if _state(each, states) == WAITING_STATE]


def _states(known: Table) -> dict[str, str]:
    """The state of each correction by its id, in the rows of preset `corrections`."""
    return {str(row["correction_id"]): str(row["state"]) for row in known.dicts()}


def _state(correction: Correction, states: Mapping[str, str]) -> str | None:
    """The state of a correction; None for a decision that two things are one, or are not."""
    return None if correction.policies or correction.things else states.get(correction.id, WAITING_STATE)


def _decision(correction: Correction) -> str | None:
    """The two policies (scope and name), regions or organizations (`name_of`) of a decision, with = between, whether it
    says that they are one or that they are not: '四川省 十四五规划 = 四川省 五年规划', '四川省渠县 · 民政 = 四川省渠县
    · 医疗保障'; None for other corrections."""
    names = [f"{scope} {name}" for scope, name in correction.policies] or [name_of(each) for each in correction.things]
    return " = ".join(names) or None
