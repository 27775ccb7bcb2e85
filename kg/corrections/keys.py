"""How a correction names a fact of a store: by plan, file, kind, quote, and the values that distinguish it from others;
and the corrections that add a fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.corrections.forms import recorded
from kg.corrections.values import (
    CORRECTABLE_KINDS,
    BadValue,
    require_given,
    require_one_needed,
    settable,
    written,
)
from kg.documents import rows_named
from ontology.model.corrections import Correction
from ontology.model.errors import Refused, Usage
from ontology.model.facts import Fact, squeeze
from ontology.model.store import Store
from ontology.schema import schema
from queries.presets import preset

PRESET_BY_KIND = {name: schema().declared[name].preset for name in CORRECTABLE_KINDS if name != "Plan"}
# Columns of presets that have another name than the field.
FIELD_COLUMNS = {
    ("Task", "title"): "task",
    ("Heading", "kind"): "kind",
    ("Indicator", "name"): "indicator",
    ("Observation", "name"): "indicator",
    ("Citation", "title"): "policy",
    ("Project", "name"): "project",
}


class WrongValue(Usage):
    """A value of a field that a person wrote and that a build would not take; the text says why, and `field` names the
    field, None where it is about the whole fact."""

    def __init__(self, reason: str, field: str | None = None) -> None:
        super().__init__(reason)
        self.field = field


@dataclass(frozen=True, slots=True)
class FactKey:
    """How a correction names a fact. `members` are the members of a `Correction` that name the fact, by their names
    (plan, file, kind, quote, of); `document` is the IRI of the plan's graph, `kind` that of the fact ('Target'), `row`
    the fact's row in its preset."""

    document: str
    members: dict[str, Any]
    kind: str
    row: Mapping[str, Any]

    def was(self, name: str) -> str | None:
        """The value of the field `name` ('unit', 'target_value') in the store as people write it (`written`); None
        where it is empty or the preset has no column for it. Raises Usage for a field that cannot be set."""
        fields = settable(CORRECTABLE_KINDS[self.kind])
        if name not in fields:
            raise Usage(f"{self.kind} has no field {name!r} to set; it has {', '.join(fields)}")
        return _cell(self.row, self.kind, name)

    def changes(self, values: Mapping[str, str], signed: Mapping[str, Any]) -> list[Correction]:
        """The corrections that give the fact these values, by field, as a person writes them ('' for none), each with
        the value that the store has (`was`): first those that give a field a value, then those that empty one, so that
        a target which gets a deadline in place of its value is never without both. `signed` has the members `by`, `at`
        and `why` of the corrections. Raises Usage for a field that cannot be set; WrongValue for a value that it cannot
        have (`recorded`), and where the fact would be left without all the fields of which its kind needs one."""
        kind = CORRECTABLE_KINDS[self.kind]
        was = {name: self.was(name) for name in values}
        texts = {name: _recorded(kind, name, text) for name, text in values.items()}
        try:
            require_one_needed(kind, lambda name: texts[name] if name in texts else _cell(self.row, self.kind, name))
        except BadValue as error:
            raise WrongValue(str(error)) from None
        return [
            Correction("set", **self.members, field=name, was=was[name], value=texts[name], **signed)
            for name in sorted(texts, key=lambda name: texts[name] is None)
        ]


def _recorded(kind: type[Fact], name: str, text: str) -> str | None:
    """What `recorded` returns; raises WrongValue in place of BadValue."""
    try:
        return recorded(kind, name, text)
    except BadValue as error:
        raise WrongValue(str(error), name) from None


def _cell(row: Mapping[str, Any], kind: str, name: str) -> str | None:
    """The value of the field `name` of a fact of this kind in its preset's row, as people write it (`written`); None
    where it is empty or the row has no such column."""
    return written(row.get(FIELD_COLUMNS.get((kind, name), name)))


def is_of(correction: Correction, row: Mapping[str, Any]) -> bool:
    """Whether a correction sets or removes the fact of a row, by column, of a preset that has the facts of a kind: it
    concerns the row's file or plan, has the kind that is the last segment but one of `fact_id`, and the row has its
    quote, white space aside, and the values of its `of`. False for a row without `fact_id` or `quote`."""
    fact, quote = row.get("fact_id"), row.get("quote")
    if not isinstance(fact, str) or not isinstance(quote, str) or correction.action == "add":
        return False
    kind = correction.kind or ""
    return (
        fact.rpartition("/")[0].rpartition("/")[2] == kind.lower()
        and correction.concerns(str(row.get("file")), row.get("plan"))
        and squeeze(quote) == squeeze(correction.quote or "")
        and all((_cell(row, kind, name) or "") == value for name, value in correction.of.items())
    )


def key_of(store: Store, fact: str) -> FactKey:
    """The key of the fact with this IRI, which begins with that of its document. Its `of` has, as people write them
    (`written`), the values of the fields that identify a fact of the kind and can be set, without the quote and fields
    that are empty. Raises Refused where the store has no such fact, or it is of a kind that cannot be corrected or is a
    plan."""
    document = fact.rpartition("/")[0].rpartition("/")[0]
    facts = preset("facts").run(store, {"document": document}).dicts()
    found = next((row for row in facts if row["fact_id"] == fact), None)
    if found is None or found["kind"] not in PRESET_BY_KIND:
        raise Refused(
            f"no fact {fact} that can be corrected; fact_id in the rows of 'kg query targets' and others names one"
        )
    kind = found["kind"]
    row = next(row for row in preset(PRESET_BY_KIND[kind]).run(store).dicts() if row["fact_id"] == fact)
    declared = schema().declared[kind]
    identity = [declared.properties[key].field for key in declared.identity if key != "quote"]
    fields = settable(CORRECTABLE_KINDS[kind])
    of = {name: text for name in identity if name in fields and (text := _cell(row, kind, name)) is not None}
    members = {"plan": found["plan"], "file": found["file"], "kind": kind, "quote": found["quote"], "of": of}
    return FactKey(document, members, kind, row)


def new_facts(
    store: Store, plan: str, kind: str, quote: str, at: int | None, values: Mapping[str, str], signed: Mapping[str, Any]
) -> tuple[str, list[Correction]]:
    """The IRI of the plan's document, and the corrections that record what a person adds: for a `kind` of fact
    ('Target') one correction, which adds the fact with the `quote` as evidence; for 'Plan' one for each of `values`,
    which sets this field of the plan's metadata ('' for no value) with the `quote` as its evidence.

    `plan` names the plan as `rows_named` says: its title or file name, else a part of them that only one plan has, or
    the IRI of its document. `at` is the offset of the quote in the document's text, or None; it must be given where the
    quote occurs several times and the kind is not 'Plan', which ignores it. `values` are those of the fact's fields by
    name, as a person writes them (`recorded`), `signed` the members `by`, `at` and `why` of the corrections. Raises
    Usage for an unknown kind or field; WrongValue for a value that its field cannot have, and where a fact of the kind
    needs more than these fields; Refused where not exactly one plan is named, and, where the store has the plan's text,
    for a quote that it does not have, or has several times although `at` is needed."""
    if kind not in CORRECTABLE_KINDS:
        raise Usage(f"no kind {kind!r}; it is one of {', '.join(CORRECTABLE_KINDS)}")
    fields = settable(CORRECTABLE_KINDS[kind])
    for name in values:
        if name not in fields:
            raise Usage(f"{kind} has no field {name!r}; it has {', '.join(fields)}")
    named = rows_named(preset("plans").run(store).dicts(), plan)
    if len(named) != 1:
        raise Refused(f"{len(named)} plans have {plan!r} in their title or file name; 'kg query plans' lists them")
    texts = {name: _recorded(CORRECTABLE_KINDS[kind], name, text) for name, text in values.items()}
    title, file, document = (str(named[0][column] or "") for column in ("plan", "file", "plan_id"))
    _check_quote(store, document, file, quote, anywhere=at is not None or kind == "Plan")
    members: dict[str, Any] = {"plan": title, "file": file, "kind": kind, "quote": quote, **signed}
    if kind == "Plan":
        return document, [Correction("set", field=name, value=value, **members) for name, value in texts.items()]
    given = {name: text for name, text in texts.items() if text is not None}
    try:
        require_given(CORRECTABLE_KINDS[kind], given)
        require_one_needed(CORRECTABLE_KINDS[kind], given.get)
    except BadValue as error:
        raise WrongValue(str(error)) from None
    of = {} if at is None else {"start": str(at)}
    return document, [Correction("add", values=given, of=of, **members)]


def _check_quote(store: Store, document: str, file: str, quote: str, *, anywhere: bool) -> None:
    """Raises Refused where the quote, which is not empty, does not occur in the document's text, white space apart, or
    occurs several times and may not stand `anywhere`. Where the store was built without the text nothing is checked.
    `file` is named in messages."""
    for (text,) in preset("texts").run(store, {"document": document}).of(("text",)).rows:
        count = squeeze(str(text)).count(squeeze(quote))
        if not count:
            raise Refused(f"{quote!r} does not stand in the text of {file}: a fact needs words that prove it")
        if count > 1 and not anywhere:
            raise Refused(f"{quote!r} stands {count} times in {file}: quote more, or say where with --at")
