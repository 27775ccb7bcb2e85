"""Parameters of presets, and how the text that a user writes for one is read.

For a parameter with a list of values every word that the tool prints for one is understood: `-p relation=依据` is
`basis`, `-p level=县级` is `county`. Anything else is refused with the values that there are, unless the parameter is
`open`.
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
    given, of which None restricts nothing; `example` is a value for help and messages. `required` says that it must be
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
        """The value that a user wrote, by the type: '-5' -> -5 for an integer (ASCII digits, with - or without); 'true'
        or 'false' in any case for a boolean; for a string the value that the text names ('依据' -> 'basis'), or the
        text itself where it is empty, there are no `values`, or it names none of them and they are `open`. Raises Usage
        for any other text, with an example of an integer or boolean, or with the values of a string that there are."""
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
        """The values to write: the labels of the members of a closed list that `values` names, in the language of the
        user, or the `values` themselves, also where other words are taken too (`open`); [] where there are no `values`,
        or they are FUNCTION_LIST, for which names of bodies may be given."""
        if self.values is None or self.values == FUNCTION_LIST:
            return []
        if isinstance(self.values, str):
            return list(words.labels(self.values).values())
        return list(self.values)

    def _understood(self, text: str) -> str | None:
        """The value that the text stands for, None where it stands for none. Where `values` is FUNCTION_LIST, that is
        the function that the text names, or whose body it names ('县财政局'), unless `open` also by a part of such a
        name ('医保'); where `values` names another list, the key of the member that has the text as one of its names;
        else the text itself, if it is one of the `values`."""
        if self.values == FUNCTION_LIST:
            return _function(text, body_only=self.open)
        if isinstance(self.values, str):
            return words.understood(self.values, text)
        return text if text in (self.values or ()) else None

    def _names(self) -> list[str]:
        """All words that are understood as values: the names of the functions for FUNCTION_LIST; for another list that
        `values` names the key, labels and other names of each member, sorted member by member; else the `values`
        themselves, [] where there are none."""
        if self.values == FUNCTION_LIST:
            from extractors.reference.functions import functions

            return list(functions())
        if isinstance(self.values, str):
            return [name for term in words.terms(self.values).values() for name in sorted(term.names())]
        return list(self.values or ())


def read_parameter(header: Mapping[str, Any]) -> Parameter:
    """A parameter from its mapping in a preset's header, whose keys are the members of `Parameter`; `description` is an
    English text, or one for each language. Raises KeyError where name, type or description is missing, TypeError where
    the description is no such text."""
    values = header.get("values")
    return Parameter(
        header["name"],
        header["type"],
        header.get("default"),
        header.get("example"),
        both_languages(header["description"]),
        bool(header.get("required")),
        by_language(header["description"]),
        tuple(values) if isinstance(values, list) else values,
        bool(header.get("open")),
    )


def both_languages(text: str | Mapping[str, str]) -> str:
    """A text of a header: as it is, or, where it is given by language, its English and Chinese forms, as far as there
    are any, joined with ' / ', '' where there are none. Line breaks are kept. Raises TypeError as `by_language`."""
    texts = by_language(text)
    return " / ".join(texts[key] for key in ("en", "zh") if key in texts)


def by_language(text: str | Mapping[str, str]) -> dict[str, str]:
    """A text of a header by language ('en', 'zh'); one that is given without a language is English. Raises TypeError,
    which says what, for what YAML makes of anything else, such as a list."""
    texts = {"en": text} if isinstance(text, str) else text
    if not isinstance(texts, Mapping) or not all(isinstance(each, str) for each in texts.values()):
        raise TypeError(f"a text, or one for each language, in place of {text!r}")
    return dict(texts)


def one_of(written: str, names: Iterable[str], listed_names: Iterable[str] | None = None) -> str:
    """The part of a message that lists the values of a parameter, where they are at most 24, and then names those
    spelled nearly as `written`: 'one of lead, participant; did you mean lead?'; 'leave it out to see all' where there
    is neither. `names` are all words that are understood, `listed_names` those to list, the same where it is None."""
    understood_names = list(dict.fromkeys(names))
    listed = list(listed_names if listed_names is not None else understood_names)
    sentences = [f"one of {words.listed(listed)}"] if listed and len(listed) <= 24 else []
    if near := nearest(written, understood_names):
        sentences.append(f"did you mean {words.listed(near)}?")
    return "; ".join(sentences) or "leave it out to see all"


def nearest(written: str, names: Iterable[str]) -> list[str]:
    """Up to three of the names that are spelled nearly as what was given (a ratio of 0.5 or more by difflib), the
    nearest first; upper and lower case are equal: 'Lead' -> ['lead']. Of names that differ in case alone the last
    counts."""
    folded = {name.casefold(): name for name in names}
    return [folded[name] for name in get_close_matches(written.casefold(), folded, n=3, cutoff=0.5)]


def _function(text: str, body_only: bool) -> str | None:
    """The government function that a text stands for: the name of a function, which stays as it is, or the name of a
    body or a part of it ('县财政局' -> '财政', '医保' -> '医疗保障'). None for other words. With `body_only` the name
    of a body must end as such names do (局, 委 …), so that 医保, which other names contain too, gives None."""
    from extractors.reference.departments import organization
    from extractors.reference.functions import functions
    from extractors.reference.regions import CHINA

    if text in functions():
        return text
    if body_only and not text.endswith(("局", "委", "厅", "部", "办", "委员会", "署", "办公室", "部门")):
        return None
    return organization(text, CHINA)[0]
