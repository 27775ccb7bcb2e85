"""The labels of groups of rows: which rows each one holds, where the file shows only the row that it stands in."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.tables.columns import Column
from extractors.tables.model import How, TableCell

MOST_SOLUTIONS = 64


def grouped(cells: Sequence[TableCell], columns: Sequence[Column], height: int, how: How) -> list[TableCell]:
    """The cells with each group's label spanning its rows.

    A label holds the rows from its own to the next label. Where the first row has none, the labels stand in the
    middle of their groups, and a label holds only the rows for which no other way of placing the middles is left.
    """
    found = list(cells)
    for c, head in enumerate(columns):
        if head.role not in ("dimension", "group"):
            continue
        bands = [cell.row for cell in found if cell.column_span >= len(columns) > 1]
        places = {cell.row: n for n, cell in enumerate(found) if cell.column == c and cell.column_span < len(columns)}
        if not places or (head.role == "group" and how != "wrapped" and len(places) == height):
            continue
        spans = _spans(sorted(places), [0, *(b + 1 for b in sorted(bands))], [*sorted(bands), height])
        outer = [
            cell.row for cell in found
            if cell.column < c and columns[cell.column].role in ("dimension", "group") and cell.row not in places
        ]  # fmt: skip
        for row, (first, behind) in spans.items():
            held = found[places[row]]
            behind = min([behind, *(o for o in outer if o > row)])
            found[places[row]] = replace(held, row=row, row_span=max(held.row_span, behind - row), above=row - first)
    return found


def _spans(labels: list[int], firsts: list[int], behinds: list[int]) -> dict[int, tuple[int, int]]:
    spans: dict[int, tuple[int, int]] = {}
    for first, behind in zip(firsts, behinds, strict=True):
        inside = [row for row in labels if first <= row < behind]
        if not inside:
            continue
        if inside[0] == first:
            ends = [*inside[1:], behind]
            spans |= {row: (row, end) for row, end in zip(inside, ends, strict=True)}
            continue
        spans |= centred(inside, first, behind)
    return spans


def centred(labels: Sequence[int], first: int, behind: int) -> dict[int, tuple[int, int]]:
    """Labels in rows 1 and 4 of six -> {1: (0, 3), 4: (3, 6)}; a label's rows are those that it holds in every
    way of placing each label in the middle of its rows, at least its own."""
    ways = list(_ways(labels, first, behind))
    found = {}
    for n, row in enumerate(labels):
        starts, ends = [way[n] for way in ways], [way[n + 1] for way in ways]
        found[row] = (max(starts), min(ends)) if ways else (row, row + 1)
    return found


def _ways(labels: Sequence[int], first: int, behind: int) -> Iterator[tuple[int, ...]]:
    """The bounds between the groups, first and last row included."""
    open_ways: list[tuple[int, ...]] = [(first,)]
    for n, row in enumerate(labels):
        following = labels[n + 1] if n + 1 < len(labels) else behind
        open_ways = [
            (*way, end)
            for way in open_ways
            for end in {2 * row - way[-1], 2 * row - way[-1] + 1, 2 * row - way[-1] + 2}
            if row < end <= following
        ][:MOST_SOLUTIONS]
    for way in open_ways:
        if way[-1] == behind:
            yield way
