"""How a correction names a fact of a store: by plan, file, kind, quote, and the values that distinguish it from
others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.corrections.values import CORRECTABLE_KINDS, settable, written
from ontology.model.corrections import Correction
from ontology.model.errors import Refused, Usage
from ontology.model.facts import squeeze
from ontology.model.store import Store
from ontology.schema import schema
from queries.presets import preset

PRESET_BY_KIND = {name: schema().declared[name].preset for name in CORRECTABLE_KINDS if name != "Plan"}
# Where a preset's column has another name than the field.
FIELD_COLUMNS = {
    ("Task", "title"): "task",
    ("Heading", "kind"): "kind",
    ("Indicator", "name"): "indicator",
    ("Observation", "name"): "indicator",
    ("Citation", "title"): "policy",
    ("Project", "name"): "project",
}


@dataclass(frozen=True, slots=True)
class FactKey:
    """How a correction names a fact. `said` are the members of `Correction` that do so, by name (plan, file, kind,
    quote, of); `document` is the IRI of the plan's graph, `row` the fact's row in its preset."""

    document: str
    said: dict[str, Any]
    kind: str
    row: Mapping[str, Any]

    def was(self, name: str) -> str | None:
        """The value of the field `name` ('unit', 'target_value') as text, as it is in the store; None where it is
        empty. Raises Usage for a field that cannot be set."""
        if name not in settable(CORRECTABLE_KINDS[self.kind]):
            raise Usage(
                f"{self.kind} has no field {name!r} to set; it has {', '.join(settable(CORRECTABLE_KINDS[self.kind]))}"
            )
        return written(self.row.get(FIELD_COLUMNS.get((self.kind, name), name)))


def key_of(store: Store, fact: str) -> FactKey:
    """The key of the fact with this id; raises Refused where the store has none, or it is of a kind that cannot be
    corrected."""
    document = fact.rpartition("/")[0].rpartition("/")[0]
    table = preset("facts").run(store, {"document": document})
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    found = next((row for row in rows if row["fact_id"] == fact), None)
    if found is None or found["kind"] not in PRESET_BY_KIND:
        raise Refused(
            f"no fact {fact} that can be corrected; fact_id in the rows of 'kg query targets' and others names one"
        )
    kind = found["kind"]
    table = preset(PRESET_BY_KIND[kind]).run(store)
    row = next(r for values in table.rows if (r := dict(zip(table.columns, values, strict=True)))["fact_id"] == fact)
    identity = [
        schema().declared[kind].properties[key].field for key in schema().declared[kind].identity if key != "quote"
    ]
    of = {
        name: text
        for name in identity
        if name in settable(CORRECTABLE_KINDS[kind])
        and (text := written(row.get(FIELD_COLUMNS.get((kind, name), name)))) is not None
    }
    said = {"plan": found["plan"], "file": found["file"], "kind": kind, "quote": found["quote"], "of": of}
    return FactKey(document, said, kind, row)


def new_facts(
    store: Store, plan: str, kind: str, quote: str, at: int | None, values: Mapping[str, str], signed: Mapping[str, Any]
) -> tuple[str, list[Correction]]:
    """The IRI of the document, and the corrections that add a fact of this `kind` ('Target') with the `quote` as
    evidence: one; or that set values of the plan's metadata (kind 'Plan'): one for each value.

    `plan` is the title or file name of the plan, or a part that only one plan has. `at` is the offset of the quote,
    needed where it occurs several times; None else. `values` are the fields of the fact, `signed` the fields `by`, `at`
    and `why` of the corrections. Raises Usage for an unknown kind or field, Refused where not exactly one plan is
    found, where the quote is not in its text (if the store has that), and where it occurs several times without `at`
    (for a fact only)."""
    if kind not in CORRECTABLE_KINDS:
        raise Usage(f"no kind {kind!r}; it is one of {', '.join(CORRECTABLE_KINDS)}")
    for name in values:
        if name not in settable(CORRECTABLE_KINDS[kind]):
            raise Usage(f"{kind} has no field {name!r}; it has {', '.join(settable(CORRECTABLE_KINDS[kind]))}")
    table = preset("documents").run(store)
    rows = [
        dict(zip(table.columns, ("" if cell is None else str(cell) for cell in row), strict=True)) for row in table.rows
    ]
    found = [row for row in rows if plan in (row["plan"], row["file"])] or [
        row for row in rows if plan in row["plan"] or plan in row["file"]
    ]
    if len(found) != 1:
        raise Refused(f"{len(found)} plans have {plan!r} in their title or file name; 'kg query plans' lists them")
    document = found[0]["document"]
    for (text,) in preset("texts").run(store, {"document": document}).of(("text",)).rows:
        count = squeeze(str(text)).count(squeeze(quote))
        if not count:
            raise Refused(
                f"{quote!r} does not stand in the text of {found[0]['file']}: a fact needs words that prove it"
            )
        if count > 1 and at is None and kind != "Plan":
            raise Refused(f"{quote!r} stands {count} times in {found[0]['file']}: quote more, or say where with --at")
    said = {"plan": found[0]["plan"], "file": found[0]["file"], "kind": kind, "quote": quote, **signed}
    if kind == "Plan":
        return document, [Correction("set", field=name, value=value or None, **said) for name, value in values.items()]
    of = {} if at is None else {"start": str(at)}
    return document, [Correction("add", values=dict(values), of=of, **said)]
