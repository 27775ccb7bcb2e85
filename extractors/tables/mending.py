"""Rows whose cells go on in the next line, or behind a page break, put together again."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.tables.columns import Column
from extractors.tables.model import RawRow, TableCell
from extractors.tables.shapes import BAND_NUMBER, NAME_END, is_band, is_number, misfit

UNFIT = 6.0  # a row that fits no better than this is none


def mended(body: Sequence[RawRow], columns: Sequence[Column]) -> list[RawRow]:
    """The rows with the rests of broken ones put back: cells that go on below, behind a page break or an empty name."""
    rows: list[RawRow] = []
    i = 0
    while i < len(body):
        raw = body[i]
        while len(raw.cells) < len(columns) and i + 1 < len(body) and _goes_on(raw, body[i + 1], columns):
            following = body[i + 1]
            joined = joined_cells(raw.cells[-1], following.cells[0])
            raw = replace(raw, cells=[*raw.cells[:-1], joined, *following.cells[1:]])
            i += 1
        i += 1
        if rows and (rest := _rest(rows[-1], raw, columns)) is not None:
            rows[-1] = rest
        else:
            rows.append(raw)
    return rows


def _goes_on(raw: RawRow, following: RawRow, columns: Sequence[Column]) -> bool:
    """The line break was inside a cell: with it closed the two have as many cells as the head."""
    if len(raw.cells) + len(following.cells) - 1 != len(columns) or not raw.cells or not following.cells:
        return False
    text, rest = raw.cells[-1].flat, following.cells[0].flat
    if len(raw.cells) == 1 and is_band(text) and not _cut_short(text, rest):
        return False
    whole = [*raw.cells[:-1], joined_cells(raw.cells[-1], following.cells[0]), *following.cells[1:]]
    return sum(misfit(c.role, cell.flat) for c, cell in zip(columns, whole, strict=True) if cell.text) < UNFIT


def _cut_short(text: str, rest: str) -> bool:
    """('农村生活污水治', '理率') -> True: a name that stops short and its last syllables, no line that heads others."""
    whole = NAME_END.search(text + rest) is not None and NAME_END.search(text) is None
    return whole and len(text) >= 6 and len(rest) <= 3


def _torn(text: str, rest: str) -> bool:
    """('住院费用占全部住', '院费用的比例') -> True: a name that stops short and what no group is called."""
    whole = NAME_END.search(text + rest) is not None and NAME_END.search(text) is None
    return whole and ("的" in rest or rest[-1:] in "）)" or _cut_short(text, rest))


def _rest(before: RawRow, raw: RawRow, columns: Sequence[Column]) -> RawRow | None:
    """The row before with this one's cells put behind its own, if this is the rest of it."""
    if len(before.cells) != len(columns):
        return None
    cells = [*raw.cells, *[TableCell(0, 0, "", ())] * (len(columns) - len(raw.cells))]
    if len(cells) != len(columns):
        return None
    filled = {n for n, cell in enumerate(cells) if cell.text}
    held = {n for n, cell in enumerate(before.cells) if cell.text}
    roles = {columns[n].role for n in filled}
    names = {n for n in filled if columns[n].role == "name"}
    if not filled or roles & {"serial"} or any(columns[n].role in ("kind", "unit") for n in filled & held):
        return None
    if names or roles <= {"dimension", "group"}:
        torn = filled == names and any(_torn(before.cells[n].flat, cells[n].flat) for n in names)
        if not (raw.broken or torn) or len(filled) > max(1, len(columns) // 2):
            return None
        if filled - names - held and held - filled:
            return None
        name = next(iter(names), None)
        if name is None or not before.cells[name].text:
            return None
        alone, whole = before.cells[name].flat, before.cells[name].flat + cells[name].flat
        if BAND_NUMBER.match(cells[name].flat) or (misfit("name", whole) >= misfit("name", alone) and len(filled) == 1):
            return None
    elif not _adds(before.cells, cells, filled & held, columns):
        return None
    return replace(
        before,
        cells=[
            joined_cells(a, b) if a.text and b.text else (a if a.text else b)
            for a, b in zip(before.cells, cells, strict=True)
        ],
    )


def _adds(before: Sequence[TableCell], cells: Sequence[TableCell], both: set[int], columns: Sequence[Column]) -> bool:
    """No two whole numbers are put together: a row without a name of its own may be one under a merged name."""
    return not any(is_number(before[n].flat) and is_number(cells[n].flat) for n in both if columns[n].role == "value")


def joined_cells(first: TableCell, second: TableCell) -> TableCell:
    return replace(first, text=first.text + second.text, pieces=(*first.pieces, *second.pieces))
