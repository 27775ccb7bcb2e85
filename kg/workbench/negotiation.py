"""Which of several media types the Accept header of a request prefers (RFC 9110, 12.5.1)."""

from collections.abc import Sequence


def best(accept: str, offered: Sequence[str]) -> str | None:
    """The offered media type that the Accept header gives the greatest weight, the first of equals; None where it
    accepts none.

    ('text/csv, */*;q=0.1', ['application/json', 'text/csv']) -> 'text/csv'
    """
    ranges = [_parsed(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    found = [(_weight(kind, ranges), -number) for number, kind in enumerate(offered)]
    weight, number = max(found)
    return offered[-number] if weight > 0 else None


def _parsed(part: str) -> tuple[str, float]:
    """A part of an Accept header as media range and weight: 'text/csv;q=0.5' -> ('text/csv', 0.5)."""
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
    """The weight of a media type by the most specific range that matches it; 0 where none does."""
    for wanted in (kind, kind.partition("/")[0] + "/*", "*/*"):
        for found, weight in ranges:
            if found == wanted:
                return weight
    return 0.0
