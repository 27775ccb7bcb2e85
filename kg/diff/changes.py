"""Rows of two versions of a plan -> facts that are gone, new or changed.

Facts are matched by kind: first those whose fields and words are the same, then those whose fields are the same, then
those with the same name (the title of a heading, the subject of a target …) in their order, then those whose quotes are
similar.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from ontology.model.facts import squeeze

Row = Mapping[str, Any]
# Presets by kind, and the columns that name a fact of the kind.
COMPARED_KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "plan": ("plans", ()),
    "heading": ("outline", ("title",)),
    "task": ("tasks", ("label",)),
    "indicator": ("indicators", ("indicator",)),
    "observation": ("observations", ("indicator", "year")),
    "target": ("targets", ("subject",)),
    "citation": ("lineage", ("policy",)),
    "responsibility": ("responsibilities", ("department", "task")),
    "project": ("projects", ("project",)),
}
# Columns that say where a fact stands or what it is called by, not what it says.
UNCOMPARED_COLUMNS = frozenset({"file", "start", "end", "page", "quote", "position", "origin", "cue"})
MIN_QUOTE_SIMILARITY = 0.6  # share of two quotes that is to be the same for one fact


@dataclass(frozen=True, slots=True)
class FactChange:
    """A difference between two versions. `fields` are (name, value before, value after), for a changed fact only; `old`
    or `new` is None where that version has no such fact. `label` names the fact for people."""

    kind: str
    change: Literal["gone", "new", "changed"]
    label: str
    fields: tuple[tuple[str, object, object], ...]
    old: Row | None
    new: Row | None


def changes(old: Mapping[str, Sequence[Row]], new: Mapping[str, Sequence[Row]]) -> list[FactChange]:
    """The changes by kind, in the order of the new text; a fact that is gone is at the offset that it had. `old` and
    `new` are the rows of the two versions by preset."""
    found: list[FactChange] = []
    for kind, (preset, key) in COMPARED_KINDS.items():
        found += _of_kind(kind, key, list(old.get(preset, ())), list(new.get(preset, ())))
    return found


def _of_kind(kind: str, key: Sequence[str], old: list[Row], new: list[Row]) -> list[FactChange]:
    """The changes of one kind; `key` are the columns that name its facts. Rows that are matched are removed from the
    two lists."""
    pairs: list[tuple[Row, Row]] = []
    if kind == "plan":
        pairs += _taken(old, new, lambda row: ())
    else:
        pairs += _taken(old, new, lambda row: (_said(row), squeeze(str(row.get("quote")))))
        pairs += _taken(old, new, _said)
        pairs += _taken(old, new, lambda row: tuple(row[name] for name in key))
    pairs += _alike(old, new)
    found = [
        (row_new.get("start") or 0, FactChange(kind, "changed", _label(key, row_new), fields, row_old, row_new))
        for row_old, row_new in pairs
        if (fields := _differences(row_old, row_new))
    ]
    found += [(row.get("start") or 0, FactChange(kind, "gone", _label(key, row), (), row, None)) for row in old]
    found += [(row.get("start") or 0, FactChange(kind, "new", _label(key, row), (), None, row)) for row in new]
    return [change for _, change in sorted(found, key=lambda each: (each[0], each[1].change, each[1].label))]


def _taken(old: list[Row], new: list[Row], test: Callable[[Row], Hashable]) -> list[tuple[Row, Row]]:
    """Pairs of an old and a new row for which `test` returns the same value, in order; they are removed from both
    lists."""
    waiting: dict[Hashable, list[Row]] = defaultdict(list)
    for row in old:
        waiting[test(row)].append(row)
    pairs = []
    for row in list(new):
        if mates := waiting.get(test(row)):
            mate = mates.pop(0)
            pairs.append((mate, row))
            new.remove(row)
            old.remove(mate)
    return pairs


def _alike(old: list[Row], new: list[Row]) -> list[tuple[Row, Row]]:
    """The pairs of an old and a new row with the most similar quotes (at least MIN_QUOTE_SIMILARITY), the best first;
    they are removed from both lists."""
    ranked = []
    for i, one in enumerate(old):
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(squeeze(str(one.get("quote") or "")))
        for j, other in enumerate(new):
            matcher.set_seq1(squeeze(str(other.get("quote") or "")))
            if (
                matcher.real_quick_ratio() >= MIN_QUOTE_SIMILARITY
                and matcher.quick_ratio() >= MIN_QUOTE_SIMILARITY
                and matcher.ratio() >= MIN_QUOTE_SIMILARITY
            ):
                ranked.append((-matcher.ratio(), i, j))
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(ranked):
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    found = [(old[i], new[j]) for i, j in pairs]
    old[:] = [row for i, row in enumerate(old) if all(i != a for a, _ in pairs)]
    new[:] = [row for j, row in enumerate(new) if all(j != b for _, b in pairs)]
    return found


def _fields(row: Row) -> dict[str, object]:
    """The columns of a row that are compared: not those of UNCOMPARED_COLUMNS, and no ids. The plan's title and region
    are compared only in the row of the plan itself."""
    own = "quote" not in row
    return {
        name: value
        for name, value in row.items()
        if name not in UNCOMPARED_COLUMNS and not name.endswith("_id") and (own or name not in {"plan", "region"})
    }


def _said(row: Row) -> tuple[tuple[str, str], ...]:
    """The names and values of the columns that are compared (`_fields`): two rows say the same where these are
    equal."""
    return tuple((name, str(value)) for name, value in _fields(row).items())


def _differences(old: Row, new: Row) -> tuple[tuple[str, object, object], ...]:
    """(name, value before, value after) of each field that differs, and of the quote where it does."""
    before, after = _fields(old), _fields(new)
    fields = [(name, before.get(name), value) for name, value in after.items() if before.get(name) != value]
    quotes = old.get("quote"), new.get("quote")
    if squeeze(str(quotes[0])) != squeeze(str(quotes[1])):
        fields.append(("quote", *quotes))
    return tuple(fields)


def _label(key: Sequence[str], row: Row) -> str:
    """The values of the columns `key`, which name the fact of the row; the plan's title where there are none."""
    return " · ".join(str(row[name]) for name in key if row.get(name) is not None) or str(row.get("plan") or "")
