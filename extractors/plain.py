"""A small replacement of spaCy's Doc, for use where spaCy is not imported: in a build, in a command.

The components of this program use two parts of a Doc: `user_data`, for what they share, and `spans`. Importing spaCy
takes longer than extracting a plan, so a Doc of spaCy is made only for users of the pipeline of `kg.load()`, and where
a component of another package needs one.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, cast

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


class PlainSpan(NamedTuple):
    """The characters `start:end` of the text with a label (`label_`). The members have the names that they have in
    spaCy's `Span`."""

    start: int
    end: int
    label_: str


@dataclass(slots=True)
class PlainDoc:
    """The two attributes of spaCy's Doc that the components of this program use: `user_data`, by name what they share,
    and `spans`, by name the groups of spans that they found."""

    user_data: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, list[Any]] = field(default_factory=dict)


def plain_doc() -> "Doc":
    """An empty `PlainDoc`, typed as spaCy's Doc because the components declare that type."""
    return cast("Doc", PlainDoc())


def span(doc: "Doc", start: int, end: int, label: str = "") -> "Span":
    """The characters `start:end` of the Doc's text with a label: a `Span` for a Doc of spaCy, a `PlainSpan` for a
    `PlainDoc`."""
    if isinstance(doc, PlainDoc):
        return cast("Span", PlainSpan(start, end, label))
    from spacy.tokens import Span

    return Span(doc, start, end, label=label)
