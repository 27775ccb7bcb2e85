"""Rows of two versions of a plan -> facts that are gone, new or changed.

Facts are matched by kind: first those whose fields and quotes are the same, then those whose fields are the same, then
those with the same name (the title of a heading, the subject of a target …) or all without one, each in their order;
then those whose quotes are similar, the most similar first. Rows of plans are matched in their order."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from ontology.model.facts import squeeze

Row = Mapping[str, Any]
# By kind of fact, in lower case: the preset with its facts, and the columns that name a fact of the kind.
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
# Columns of the place, the evidence and the origin of a fact, which may differ while the fact is the same.
UNCOMPARED_COLUMNS = frozenset({"file", "start", "end", "page", "quote", "position", "origin", "cue"})
MIN_QUOTE_SIMILARITY = 0.6  # of the quotes of one fact in two versions, as `difflib.SequenceMatcher.ratio` has it


@dataclass(frozen=True, slots=True)
class FactChange:
    """A difference between two versions. `kind` is a key of COMPARED_KINDS ('target'). `fields` are (name, value
    before, value after) of what differs in a changed fact, the quote last, () for another; `old` and `new` are the
    fact's rows in its preset, None where that version has no such fact. `label` is the fact's name for people, of a
    changed one that of its new row: the values of the columns that name facts of its kind, or the plan's title where
    they have none."""

    kind: str
    change: Literal["gone", "new", "changed"]
    label: str
    fields: tuple[tuple[str, object, object], ...]
    old: Row | None
    new: Row | None


def changes(old: Mapping[str, Sequence[Row]], new: Mapping[str, Sequence[Row]]) -> list[FactChange]:
    """The changes between two versions of a plan, by kind (in the order of COMPARED_KINDS), then by the offset in the
    new text, of a fact that is gone in the old text. `old` and `new` are the rows of the versions by preset
    ('targets'); a preset that is missing counts as one without rows."""
    differences: list[FactChange] = []
    for kind, (preset, key) in COMPARED_KINDS.items():
        differences += _of_kind(kind, key, list(old.get(preset, ())), list(new.get(preset, ())))
    return differences


def _of_kind(kind: str, key: Sequence[str], old: list[Row], new: list[Row]) -> list[FactChange]:
    """The changes of one kind, sorted by offset (`start`, 0 for none), then by what changed in the order changed, gone,
    new, then by label; `key` are the columns that name its facts. Rows are matched by their fields and quotes, then by
    their fields, then by `key`, then by similar quotes, those of plans in their order; a matched pair without
    differences is no change. Matched rows are removed from the two lists."""
    pairs: list[tuple[Row, Row]] = []
    if kind == "plan":
        pairs += _pop_equal(old, new, lambda row: ())
    else:
        pairs += _pop_equal(old, new, lambda row: (_contents(row), squeeze(str(row.get("quote")))))
        pairs += _pop_equal(old, new, _contents)
        pairs += _pop_equal(old, new, lambda row: tuple(row[name] for name in key))
    pairs += _pop_similar(old, new)
    differences = [
        (row_new.get("start") or 0, FactChange(kind, "changed", _label(key, row_new), fields, row_old, row_new))
        for row_old, row_new in pairs
        if (fields := _differences(row_old, row_new))
    ]
    differences += [(row.get("start") or 0, FactChange(kind, "gone", _label(key, row), (), row, None)) for row in old]
    differences += [(row.get("start") or 0, FactChange(kind, "new", _label(key, row), (), None, row)) for row in new]
    differences.sort(key=lambda each: (each[0], each[1].change, each[1].label))
    return [change for _, change in differences]


def _pop_equal(old: list[Row], new: list[Row], key: Callable[[Row], Hashable]) -> list[tuple[Row, Row]]:
    """Pairs of an old and a new row for which `key` returns the same value, in the order of the new rows, of several
    old ones the first that is left; they are removed from both lists."""
    old_by_key: dict[Hashable, list[Row]] = defaultdict(list)
    for row in old:
        old_by_key[key(row)].append(row)
    pairs = []
    for row in list(new):
        if candidates := old_by_key.get(key(row)):
            match = candidates.pop(0)
            pairs.append((match, row))
            new.remove(row)
            old.remove(match)
    return pairs


def _pop_similar(old: list[Row], new: list[Row]) -> list[tuple[Row, Row]]:
    """The pairs of an old and a new row with the most similar quotes (a ratio of at least MIN_QUOTE_SIMILARITY (0.6)
    without white space), the most similar first, of equal ones by the order of the old rows, then of the new ones; each
    row is in one pair at most. They are removed from both lists. A quote that is None or missing is empty, and two
    empty ones are equal."""
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
    matched = [(old[i], new[j]) for i, j in pairs]
    old[:] = [row for i, row in enumerate(old) if all(i != a for a, _ in pairs)]
    new[:] = [row for j, row in enumerate(new) if all(j != b for _, b in pairs)]
    return matched


def _fields(row: Row) -> dict[str, object]:
    """The columns of a row that are compared, with their values: all but UNCOMPARED_COLUMNS and those whose name ends
    with _id. In the row of a fact, which has a column `quote`, `plan` and `region` are not compared either; in that of
    a plan they are."""
    is_plan = "quote" not in row
    return {
        name: value
        for name, value in row.items()
        if name not in UNCOMPARED_COLUMNS and not name.endswith("_id") and (is_plan or name not in {"plan", "region"})
    }


def _contents(row: Row) -> tuple[tuple[str, str], ...]:
    """The names of the columns that are compared, which are not those of place, evidence, origin and ids (`_fields`),
    with their values as text, in their order. Two rows with equal contents state the same fact."""
    return tuple((name, str(value)) for name, value in _fields(row).items())


def _differences(old: Row, new: Row) -> tuple[tuple[str, object, object], ...]:
    """(name, value before, value after) of each field that is compared (`_fields`: not place, origin and ids) and
    differs, in the order of the new row; the value before is None where the old row lacks the field. A field that the
    new row lacks is not compared. Last comes the quote, where it differs in more than white space."""
    before, after = _fields(old), _fields(new)
    fields = [(name, before.get(name), value) for name, value in after.items() if before.get(name) != value]
    quotes = old.get("quote"), new.get("quote")
    if squeeze(str(quotes[0])) != squeeze(str(quotes[1])):
        fields.append(("quote", *quotes))
    return tuple(fields)


def _label(key: Sequence[str], row: Row) -> str:
    """The values of the columns `key`, which name the fact of the row, without None and with ' · ' between; where that
    is empty the plan's title, '' where that is missing too."""
    return " · ".join(str(row[name]) for name in key if row.get(name) is not None) or str(row.get("plan") or "")
