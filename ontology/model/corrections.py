"""A correction made by a person: a line of corrections.jsonl, and what became of it when a plan was read."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from dataclasses import field as member
from hashlib import sha256
from typing import Any, Literal, get_args

from ontology.model.errors import Refused

Action = Literal["set", "remove", "add", "merge", "part", "undo"]
# `applied`; `unneeded`: the program now reads it so by itself; `lost`: the words are no longer in the text; `no fact`:
# the words are there and no fact is read from them; `ambiguous`: several facts answer to it; `invalid`: the value is
# none of the field's; `clash`: it would make two facts alike.
State = Literal["applied", "unneeded", "lost", "no fact", "ambiguous", "invalid", "clash"]


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction, keyed by plan, quote and field, so that it holds for another version of the file and the program.

    `set` gives `field` of the fact of this `kind` with this `quote` the `value`; `of` are values that tell it from
    other facts with the same quote. `remove` takes the fact away, `add` makes one with `values`. `merge` and `part` say
    that two policies, each a scope and a name, or two other `things` (`kg.corrections.things`), are one or are not.
    `undo` takes back the correction with the id.
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
        """A digest of all its fields."""
        return sha256(self.line().encode()).hexdigest()[:12]

    def line(self) -> str:
        """The line of the file, without empty fields."""
        said = {name: value for name, value in asdict(self).items() if value not in (None, {}, ())}
        return json.dumps(said, ensure_ascii=False, sort_keys=False)

    def concerns(self, file: str, plan: str | None) -> bool:
        """Whether it is about the plan with this file name or this title."""
        return self.action in {"set", "remove", "add"} and (
            self.file == file or (plan is not None and self.plan == plan)
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction in one plan."""

    correction: Correction
    state: State


def read_corrections(text: str, name: str) -> list[Correction]:
    """The corrections of a file's text in order, without those that are undone; `name` is for messages."""
    found: dict[str, Correction] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        correction = _correction(line, f"{name}, line {number}")
        if correction.action == "undo":
            found.pop(correction.undoes or "", None)
        else:
            found[correction.id] = correction
    return list(found.values())


def relevant(corrections: Iterable[Correction], file: str, title: str | None) -> list[Correction]:
    """The corrections that a plan is read with: those of its file or of one of its titles, and those of things that
    several plans name. A plan whose title was corrected is meant by the title before, too."""
    every = list(corrections)
    titles = {title}
    for each in reversed(every):
        if (each.kind, each.field) == ("Plan", "title") and each.value in titles:
            titles.add(each.plan)
    return [each for each in every if each.things or any(each.concerns(file, name) for name in titles)]


def digest(corrections: Iterable[Correction]) -> str:
    """A short digest of corrections in order, empty for none."""
    ids = [correction.id for correction in corrections]
    return sha256("\n".join(ids).encode()).hexdigest()[:8] if ids else ""


def _correction(line: str, where: str) -> Correction:
    try:
        said: dict[str, Any] = json.loads(line)
        if said.get("action") not in get_args(Action):
            raise ValueError(f"action {said.get('action')!r} is none of {', '.join(get_args(Action))}")
        policies = tuple((str(scope), str(policy)) for scope, policy in said.pop("policies", ()))
        things = tuple(tuple(map(str, thing)) for thing in said.pop("things", ()))
        for name in ("of", "values"):
            said[name] = {str(key): str(value) for key, value in said.get(name, {}).items()}
        correction = Correction(**said, policies=policies, things=things)
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
