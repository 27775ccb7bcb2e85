"""Corrections made by people: the lines of corrections.jsonl, and what became of each when a plan was read."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from dataclasses import field as member
from hashlib import sha256
from typing import Any, Literal, get_args

from ontology.model.errors import Refused

CORRECTIONS_VARIABLE = "KG_CORRECTIONS"  # of the environment: the files of corrections, separated as in $PATH

Action = Literal["set", "remove", "add", "merge", "part", "undo"]
# `applied`; `unneeded`: the program now reads it so by itself; `lost`: the words are not in the text; `no fact`: the
# words are there and no such fact is read from them; `ambiguous`: several facts (of an addition: places) answer to it;
# `invalid`: the kind, field or value is none that it can have; `clash`: it would make two facts alike.
State = Literal["applied", "unneeded", "lost", "no fact", "ambiguous", "invalid", "clash"]


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction, keyed by plan, quote and field, so that it holds for another version of the file and the program.

    `plan` is the title of the plan and `file` the name of its file; one of them is enough, and where both are given, a
    plan that has either is meant. `action` says what is done:

    - `set` gives `field` of the fact of this `kind` ('Target') with this `quote` the `value`, or empties it (None or
      ''); `was` is the value before, which is not compared, and `of` has values of other fields that tell the fact from
      others with the same quote.
    - `remove` takes the fact away, `add` makes one with these `values`, at the place of the quote that is nearest to
      the offset which `of` has as 'start' (it may lack this where the quote has one place).
    - `merge` says that two policies, each as (scope, name), or two `things` are one; `part` says that they are two. A
      thing is a region, as ('Region', step, …), or an organization, as ('Organization', function, step, …), with a step
      'name|code|level|origin' for each region from the highest down (`kg.corrections.things`).
    - `undo` takes back the correction whose id is `undoes`.

    `by`, `at` and `why` say who made the correction, when and for what reason.
    """

    action: Action
    plan: str | None = None
    file: str | None = None
    kind: str | None = None
    quote: str | None = None
    of: dict[str, str] = member(default_factory=dict)
    field: str | None = None
    was: str | None = None
    value: str | None = None
    values: dict[str, str] = member(default_factory=dict)
    policies: tuple[tuple[str, str], ...] = ()
    things: tuple[tuple[str, ...], ...] = ()
    undoes: str | None = None
    by: str | None = None
    at: str | None = None
    why: str | None = None

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits that depend on all its fields."""
        return sha256(self.line().encode()).hexdigest()[:12]

    def line(self) -> str:
        """The line of corrections.jsonl that holds it, without a line feed: a JSON object of the fields that are none
        of None, {} and () (one that is '' stays)."""
        fields = {name: value for name, value in asdict(self).items() if value not in (None, {}, ())}
        return json.dumps(fields, ensure_ascii=False, sort_keys=False)

    def concerns(self, file: str, plan: str | None) -> bool:
        """Whether it sets, removes or adds a fact (merge, part and undo never do) of the plan with this file name or,
        where `plan` is not None, this title."""
        return self.action in {"set", "remove", "add"} and (
            self.file == file or (plan is not None and self.plan == plan)
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction when one plan was read: `state` is 'applied', 'unneeded' (the program now reads it so
    by itself), or why it changed nothing: 'lost', 'no fact', 'ambiguous', 'invalid' or 'clash', which the comment at
    `State` explains."""

    correction: Correction
    state: State


def read_corrections(text: str, name: str) -> list[Correction]:
    """The corrections in the text of a corrections.jsonl, in order, without those of the action `undo` and those that a
    later line undoes; a repeated one counts once, at its first place. Lines end at line feeds alone. Blank lines, and
    the undoing of what is not there, have no effect. `name` is the file's name in messages. Raises Refused for a line
    that is no correction."""
    corrections: dict[str, Correction] = {}
    for number, line in enumerate(text.split("\n"), 1):  # JSON leaves other line breaks (U+2028) in a text as they are
        if not line.strip():
            continue
        correction = _correction(line, f"{name}, line {number}")
        if correction.action == "undo":
            corrections.pop(correction.undoes or "", None)
        else:
            corrections[correction.id] = correction
    return list(corrections.values())


def relevant(corrections: Iterable[Correction], file: str, title: str | None) -> list[Correction]:
    """The corrections with which a plan is read, in their order: those that set, remove or add a fact of its file
    (`file` is the name) or title, and those that merge or part `things`, which several plans name; those that merge or
    part policies are left out. `title` is None where it is not known. Where a correction changed the plan's title to
    this one, those that name the plan by its earlier title count too."""
    every = list(corrections)
    titles = {title}
    for each in reversed(every):
        if (each.kind, each.field) == ("Plan", "title") and each.value in titles:
            titles.add(each.plan)
    return [each for each in every if each.things or any(each.concerns(file, name) for name in titles)]


def digest(corrections: Iterable[Correction]) -> str:
    """Eight hexadecimal digits that depend on the corrections and their order; '' where there are none."""
    ids = [correction.id for correction in corrections]
    return sha256("\n".join(ids).encode()).hexdigest()[:8] if ids else ""


def _correction(line: str, where: str) -> Correction:
    """The correction that a line of corrections.jsonl holds; `where` names the file and the line in messages. Values of
    members that are no text, as numbers, are taken as their text. Raises Refused for a line that is no JSON object with
    fields of `Correction` and one of its actions, that has lone surrogates, that lacks a field which its action needs
    or has it empty (_NEEDED; `things` do in place of `policies`), or that sets, removes or adds and names neither plan
    nor file."""
    try:
        fields: dict[str, Any] = json.loads(line)
        if fields.get("action") not in get_args(Action):
            raise ValueError(f"action {fields.get('action')!r} is none of {', '.join(get_args(Action))}")
        policies = tuple((str(scope), str(policy)) for scope, policy in fields.pop("policies", ()))
        things = tuple(tuple(map(str, thing)) for thing in fields.pop("things", ()))
        mappings = {
            name: {str(key): str(value) for key, value in fields.pop(name, {}).items()} for name in ("of", "values")
        }
        texts = {name: None if value is None else str(value) for name, value in fields.items()}
        correction = Correction(**texts, **mappings, policies=policies, things=things)  # type: ignore[arg-type]
        correction.line().encode()  # raises ValueError for lone surrogates
    except (ValueError, TypeError, AttributeError) as error:
        raise Refused(f"{where}: no correction: {error}; see 'kg correct --help' for what writes one") from None
    lacking = [name for name in _NEEDED[correction.action] if not getattr(correction, name)]
    lacking = [] if lacking == ["policies"] and correction.things else lacking
    if lacking or (correction.action in {"set", "remove", "add"} and not (correction.plan or correction.file)):
        raise Refused(f"{where}: a correction of this kind needs {', '.join(lacking) or 'plan or file'}")
    return correction


_NEEDED: dict[str, tuple[str, ...]] = {
    "set": ("kind", "quote", "field"),
    "remove": ("kind", "quote"),
    "add": ("kind", "quote", "values"),
    "merge": ("policies",),
    "part": ("policies",),
    "undo": ("undoes",),
}
