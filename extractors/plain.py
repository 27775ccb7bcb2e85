"""What stands in for spaCy's Doc where nobody asked for spaCy: a build, a command.

The components of this program need of a Doc a place to keep what they share (`user_data`) and to leave their spans.
spaCy's import alone costs more than a plan's extraction, so a Doc of spaCy is made only for those who use the pipeline
of `kg.load()`, and where a component of another package has to be given one.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


@dataclass(frozen=True, slots=True)
class PlainSpan:
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
    """A span of the Doc, of the kind that the Doc is of."""
    if isinstance(doc, PlainDoc):
        return cast("Span", PlainSpan(start, end, label))
    from spacy.tokens import Span

    return Span(doc, start, end, label=label)
