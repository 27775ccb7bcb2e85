"""What takes the place of spaCy's Doc where spaCy is not used: in a build, in a command.

The components of this program use two parts of a Doc: `user_data`, for what they share, and `spans`. Importing spaCy
takes longer than extracting a plan, so a Doc of spaCy is made only for users of the pipeline of `kg.load()`, and
where a component of another package needs one.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, cast

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


class PlainSpan(NamedTuple):
    """A stretch of the text with a label, under the names that spaCy has for them."""

    start: int
    end: int
    label_: str


@dataclass(slots=True)
class PlainDoc:
    """The part of spaCy's Doc that the components of this program use."""

    user_data: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, list[Any]] = field(default_factory=dict)


def plain_doc() -> "Doc":
    """A `PlainDoc` under the type that the components name."""
    return cast("Doc", PlainDoc())


def span(doc: "Doc", start: int, end: int, label: str = "") -> "Span":
    """A span `start:end` of the Doc with a label: spaCy's `Span` for a Doc of spaCy, else a `PlainSpan`."""
    if isinstance(doc, PlainDoc):
        return cast("Span", PlainSpan(start, end, label))
    from spacy.tokens import Span

    return Span(doc, start, end, label=label)
