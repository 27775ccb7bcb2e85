"""Parameters of presets, and how the text that a user writes for one is read.

Every word that the tool prints for a value is understood: `-p relation=依据` is `basis`, `-p level=县级` is `county`.
Anything else is refused with the values that there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from ontology import words
from ontology.model.errors import Usage
from ontology.model.store import Scalar

# The list of government functions: every name of a body is understood as the function that it stands for.
FUNCTION_LIST = "function"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a preset. `type` is "string", "integer" or "boolean"; `default` is the value where it is not
    given, None for a query without it; `example` is a value for help and messages. `required` says that it must be
    given. `description` has the texts of all languages on one line, `descriptions` each by its language ("en", "zh").

    `values` is the name of the closed list that the values belong to (of `ontology.words`, or "function"), or the
    values themselves; None where any words may be given. With `open` words outside of the list are taken as they are.
    """

    name: str
    type: str
    default: Scalar
    example: Scalar
    description: str
    required: bool = False
    descriptions: Mapping[str, str] = field(default_factory=dict)
    values: str | tuple[str, ...] | None = None
    open: bool = False

    def read(self, text: str) -> Scalar:
        """The value of the parameter that a user wrote: '2025' -> 2025 for an integer, '依据' -> 'basis' for a
        relation; any text for a string without `values`. Raises Usage, with the values that there are, for a text that
        the parameter does not take."""
        if self.type == "integer" and text.removeprefix("-").isascii() and text.removeprefix("-").isdigit():
            return int(text)
        if self.type == "boolean" and text.lower() in {"true", "false"}:
            return text.lower() == "true"
        if self.type != "string":
            raise Usage(f"parameter {self.name}: {text!r} is no {self.type}; an example is {self.example!r}")
        if not self.values or not text:
            return text
        if (found := self._understood(text)) is not None:
            return found
        if self.open:
            return text
        raise Usage(
            f"parameter {self.name}: no such value {text!r}; " + one_of(text, self._names(), self.choices() or None)
        )

    def choices(self) -> list[str]:
        """The values to write, in the language of the user; an empty list where any words, or names of bodies, may be
        given."""
        if self.values is None or self.values == FUNCTION_LIST:
            return []
        if isinstance(self.values, str):
            return list(words.labels(self.values).values())
        return list(self.values)

    def _understood(self, text: str) -> str | None:
        """The value that the text stands for, by any of its names; None where it is none of the closed list."""
        if self.values == FUNCTION_LIST:
            return _function(text, body_only=self.open)
        if isinstance(self.values, str):
            return words.understood(self.values, text)
        return text if text in (self.values or ()) else None

    def _names(self) -> list[str]:
        """All words that are understood as values of the closed list."""
        if self.values == FUNCTION_LIST:
            from extractors.reference.functions import functions

            return list(functions())
        if isinstance(self.values, str):
            return [name for term in words.terms(self.values).values() for name in sorted(term.names())]
        return list(self.values or ())


def read_parameter(header: Mapping[str, Any]) -> Parameter:
    """A parameter from its mapping in a preset's header. Raises KeyError where name, type or description is missing."""
    said = header["description"]
    values = header.get("values")
    return Parameter(
        header["name"],
        header["type"],
        header.get("default"),
        header.get("example"),
        said if isinstance(said, str) else " / ".join(said[key] for key in ("en", "zh") if key in said),
        bool(header.get("required")),
        {"en": said} if isinstance(said, str) else dict(said),
        tuple(values) if isinstance(values, list) else values,
        bool(header.get("open")),
    )


def one_of(given: str, names: Iterable[str], shown: Iterable[str] | None = None) -> str:
    """The part of a message that lists the values of a parameter, where they are at most 24, with those spelled nearly
    as `given`: 'one of lead, participant; did you mean lead?'. `names` are all words that are understood, `shown` those
    to list, the same where it is None."""
    known = list(dict.fromkeys(names))
    listed = list(shown if shown is not None else known)
    said = [f"one of {words.listed(listed)}"] if listed and len(listed) <= 24 else []
    if near := nearest(given, known):
        said.append(f"did you mean {words.listed(near)}?")
    return "; ".join(said) or "leave it out to see all"


def nearest(given: str, names: Iterable[str]) -> list[str]:
    """Up to three of the names that are spelled nearly as what was given, the nearest first; upper and lower case are
    equal: 'Lead' -> ['lead']."""
    folded = {name.casefold(): name for name in names}
    return [folded[name] for name in get_close_matches(given.casefold(), folded, n=3, cutoff=0.5)]


def _function(text: str, body_only: bool) -> str | None:
    """The government function that a text stands for: the name of a body ('县财政局' -> '财政') or of a function, which
    stays as it is. None for other words; with `body_only` also for words without the ending of a body (医保), because
    names may contain them."""
    from extractors.reference.departments import organization
    from extractors.reference.functions import functions
    from extractors.reference.regions import CHINA

    if text in functions():
        return text
    if body_only and not text.endswith(("局", "委", "厅", "部", "办", "委员会", "署", "办公室", "部门")):
        return None
    return organization(text, CHINA)[0]
