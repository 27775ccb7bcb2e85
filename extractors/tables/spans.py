"""How many rows the label of a group spans, where the text shows the label in one of them only."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from extractors.tables.columns import Column
from extractors.tables.model import How, TableCell

MOST_SOLUTIONS = 64


def grouped(
    cells: Sequence[TableCell], columns: Sequence[Column], height: int, how: How, refused: Collection[int] = ()
) -> list[TableCell]:
    """The cells, with the labels in columns of groups ("dimension", "group") given the rows that they span (`row_span`
    and `above`). `height` is the number of rows of the body, `refused` the indices of those that were left out, `how`
    what separates the cells (`Table.how`).

    A label spans the rows from its own to the next label, a band, a refused row, whose label is not known, or a row in
    which a column of groups further left has a label and this one has none. Where the first row of the table, or the
    first after a band, has no label, the labels are vertically centred in their groups, and a label spans only the rows
    that are its own in every division of the rows with each label in the middle of its group. A column "group" with a
    label in every row stays as it is, unless nothing separates the cells ("wrapped").
    """
    found = list(cells)
    for c, head in enumerate(columns):
        if head.role not in ("dimension", "group"):
            continue
        bands = {cell.row for cell in found if cell.column_span >= len(columns) > 1}
        places = {cell.row: n for n, cell in enumerate(found) if cell.column == c and cell.column_span < len(columns)}
        if not places or (head.role == "group" and how != "wrapped" and len(places) == height):
            continue
        bounds = sorted(bands | set(refused))
        spans = _spans(sorted(places), [0, *(b + 1 for b in bounds)], [*bounds, height], refused)
        outer = sorted(
            cell.row for cell in found
            if cell.column < c and columns[cell.column].role in ("dimension", "group") and cell.row not in places
        )  # fmt: skip
        for row, (first, end) in spans.items():
            label = found[places[row]]
            after = bisect_right(outer, row)
            end = min(end, outer[after]) if after < len(outer) else end
            found[places[row]] = replace(label, row_span=max(label.row_span, end - row), above=row - first)
    return found


def _spans(
    labels: Sequence[int], firsts: Sequence[int], ends: Sequence[int], refused: Collection[int]
) -> dict[int, tuple[int, int]]:
    """For the index of each row with a label the rows `(first, end)` that the label spans. `labels` are the indices of
    the rows with a label, in order; `firsts[n]:ends[n]` are the rows of section `n`, which bands or refused rows divide
    the table into; `refused` are the indices of the rows that were left out."""
    spans: dict[int, tuple[int, int]] = {}
    for first, end in zip(firsts, ends, strict=True):
        inside = labels[bisect_left(labels, first) : bisect_left(labels, end)]
        if not inside:
            continue
        if inside[0] == first or first - 1 in refused:
            spans |= {row: (row, after) for row, after in zip(inside, [*inside[1:], end], strict=True)}
        else:
            spans |= centred(inside, first, end)
    return spans


def centred(labels: Sequence[int], first: int, end: int) -> dict[int, tuple[int, int]]:
    """For the index of each row with a label the rows `(first, end)` that are the label's own, out of those from
    `first` up to but without `end`: labels in rows 1 and 4 of six -> {1: (0, 2), 4: (4, 6)}. These are the rows that
    the label has in every division of the rows with each label in the middle of its group; only the label's own row
    where there is no such division."""
    ways = list(_ways(labels, first, end))
    found = {}
    for n, row in enumerate(labels):
        starts, ends = [way[n] for way in ways], [way[n + 1] for way in ways]
        found[row] = (max(starts), min(ends)) if ways else (row, row + 1)
    return found


def _ways(labels: Sequence[int], first: int, end: int) -> Iterator[tuple[int, ...]]:
    """Every division of the rows `first:end` into groups whose labels are in the rows `labels` and in the middle of
    their groups, as the bounds between the groups, `first` and `end` included: labels 1 and 4 of `0:6` -> (0, 2, 6),
    (0, 3, 6), (0, 4, 6). Of the divisions of the first rows, at most MOST_SOLUTIONS are followed up."""
    open_ways: list[tuple[int, ...]] = [(first,)]
    for n, row in enumerate(labels):
        following = labels[n + 1] if n + 1 < len(labels) else end
        open_ways = [
            (*way, end)
            for way in open_ways
            for end in {2 * row - way[-1], 2 * row - way[-1] + 1, 2 * row - way[-1] + 2}
            if row < end <= following
        ][:MOST_SOLUTIONS]
    for way in open_ways:
        if way[-1] == end:
            yield way
