"""Which of several media types the Accept header of a request prefers (RFC 9110, 12.5.1)."""

from collections.abc import Sequence


def best(accept: str, offered: Sequence[str]) -> str | None:
    """The offered media type (there is at least one) to which the Accept header gives the greatest weight, by the most
    specific of its ranges that matches (text/csv, text/*, */*); the first of equals; None where it gives all of them 0
    or does not match them. A header that is empty or blank accepts all.

    ('text/csv, */*;q=0.1', ['application/json', 'text/csv']) -> 'text/csv'
    """
    ranges = [_parsed(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    weights = [_weight(kind, ranges) for kind in offered]
    return offered[weights.index(max(weights))] if max(weights) > 0 else None


def _parsed(part: str) -> tuple[str, float]:
    """A part of an Accept header as media range, in lower case, and weight: 'text/csv;q=0.5' -> ('text/csv', 0.5). The
    weight is 1 without q, 0 for a q that is no number, one beyond 0 and 1 the nearest of these; the last q counts.
    Other parameters are dropped."""
    kind, *parameters = (piece.strip() for piece in part.split(";"))
    weight = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                weight = min(1.0, max(0.0, float(value)))
            except ValueError:
                weight = 0.0
    return kind.lower(), weight


def _weight(kind: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The weight of the media type `kind` ('text/csv'): that of the most specific of the `ranges` (range, weight) that
    matches it, text/csv before text/* and that before */*; of two equal ranges the first; 0 where none matches."""
    for pattern in (kind, kind.partition("/")[0] + "/*", "*/*"):
        for media_range, weight in ranges:
            if media_range == pattern:
                return weight
    return 0.0
