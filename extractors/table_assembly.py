"""Rows of cells -> tables: heads found, heads that come again dropped, broken rows mended, short rows set under
their columns."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.table_groups import grouped
from extractors.table_header import Column, column
from extractors.table_model import How, Table, TableCell
from extractors.table_shapes import BAND, BAND_NUMBER, NO_FIT, is_number, misfit
from extractors.table_solver import EMPTY
from kg.model.facts import squeeze

UNFIT = 6.0  # a short row that fits no better than this is left out
MOST_COLUMNS = 30


@dataclass(slots=True)
class RawRow:
    """The cells of a row as they stand, left to right; `broken` says that a page break, an empty line or a repeated
    head is above it."""

    cells: list[TableCell]
    broken: bool = False

    @property
    def filled(self) -> list[TableCell]:
        """The cells with words, each once even where it spans columns."""
        return list({id(cell): cell for cell in self.cells if cell.text}.values())


def assemble(rows: Sequence[RawRow], how: How, title: str | None) -> Iterator[Table]:
    """The tables that the rows make up: a new head begins a new one."""
    head: list[Column] | None = None
    body: list[RawRow] = []
    start = i = 0
    broken = False
    while i < len(rows):
        found, used = heads(rows, i)
        if found is None:
            if head is not None and rows[i].filled:
                body.append(replace(rows[i], broken=True) if broken else rows[i])
                broken = False
            elif head is None and len(rows[i].filled) == 1:
                title = rows[i].filled[0].flat
            i += 1
            continue
        if head is not None and same(found, head):
            broken = True
        else:
            if head is not None:
                yield from _table(start, head, body, how, title)
                title = None
            head, body, start = found, [], _start(rows[i])
        i += used
    if head is not None:
        yield from _table(start, head, body, how, title)


def heads(rows: Sequence[RawRow], i: int) -> tuple[list[Column] | None, int]:
    """The columns that one or two rows head, and how many rows that takes."""
    upper = rows[i].cells
    if len(upper) > MOST_COLUMNS or not is_head(upper):
        return None, 1
    labels = [cell.flat for cell in upper]
    if i + 1 < len(rows) and (below := _second(upper, rows[i + 1].cells)) is not None:
        return named(below), 2
    return named(labels), 1


def is_head(cells: Sequence[TableCell]) -> bool:
    """At least two heads of different columns, most of the cells heads."""
    texts = [cell.flat for cell in cells if cell.text]
    known = [found for text in texts if (found := column(text))]
    roles = {found.role for found in known}
    return (
        len(texts) >= 2
        and len(roles) >= 2
        and len(known) * 5 >= len(texts) * 3
        and bool(roles & {"name", "text"})
        and not any(is_number(text) and column(text) is None for text in texts)
    )


def _second(upper: Sequence[TableCell], lower: Sequence[TableCell]) -> list[str] | None:
    """The labels of both rows together, where the lower one goes on with the head."""
    below = [cell for cell in lower if cell.text and not any(cell is above for above in upper)]
    known = [column(cell.flat) for cell in below]
    if not below or not all(known) or any(k is not None and k.role in ("serial", "name") for k in known):
        return None
    if len(lower) == len(upper):
        labels, last = [], ""
        for above, under in zip(upper, lower, strict=True):
            last = above.flat or last
            extra = under.flat if under.text and under is not above else ""
            if not above.text and not extra:
                labels.append("")
            else:
                labels.append((last if extra or above.text else "") + extra)
        return labels
    years = [k for k in known if k is not None and k.role in ("value", "growth")]
    open_heads = [
        n for n, cell in enumerate(upper) if (c := column(cell.flat)) and c.role == "value" and c.year is None
    ]
    if len(years) == len(below) and len(open_heads) == 1 and len(below) > 1:
        at = open_heads[0]
        return [
            *(cell.flat for cell in upper[:at]),
            *(upper[at].flat + cell.flat for cell in below),
            *(cell.flat for cell in upper[at + 1 :]),
        ]
    return None


def named(labels: Sequence[str]) -> list[Column]:
    """The columns of these labels; one without a label beside the names holds the names' groups or the names."""
    columns: list[Column] = []
    for label in labels:
        found = column(label) or (column(label[-12:]) if len(label) > 12 else None)
        if not label and columns and columns[-1].role == "name":
            columns[-1] = replace(columns[-1], role="group")
            found = Column("name", "")
        columns.append(replace(found, label=label) if found else Column("text" if label else "group", label))
    if sum(c.role == "name" for c in columns) > 1:
        columns = _one_name(columns)
    if not any(c.role == "name" for c in columns):
        at = next((n for n, c in enumerate(columns) if c.role == "text"), None)
        if at is not None and any(c.role == "value" for c in columns):
            columns[at] = replace(columns[at], role="name")
    return columns


def _one_name(columns: list[Column]) -> list[Column]:
    """指标 | 指标 (one head over two columns) -> the last is the name; 项目 | 指标 -> 指标 is the name."""
    names = [n for n, c in enumerate(columns) if c.role == "name"]
    best = max(names, key=lambda n: ("指标" in columns[n].label or not columns[n].label, n))
    return [replace(c, role="group") if n in names and n != best else c for n, c in enumerate(columns)]


def same(found: Sequence[Column], head: Sequence[Column]) -> bool:
    return [squeeze(c.label) for c in found] == [squeeze(c.label) for c in head]


def _table(start: int, head: list[Column], body: list[RawRow], how: How, title: str | None) -> Iterator[Table]:
    columns = widened(head, body)
    rows = [placed for raw in mended(body, columns) if (placed := _placed(raw, columns))]
    cells = spanned(rows)
    if how in ("tabs", "pipes"):
        cells = grouped(cells, columns, len(rows), how)
    if cells:
        end = max(piece[1] for cell in cells for piece in cell.pieces)
        yield Table(start, end, title, how, tuple(columns), tuple(cells))


def spanned(rows: Sequence[Sequence[tuple[int, TableCell]]]) -> list[TableCell]:
    """The cells at their rows and columns; one that stands in several places is one cell that spans them."""
    found: list[TableCell] = []
    places: dict[int, int] = {}
    for r, row in enumerate(rows):
        for c, cell in row:
            if not cell.text:
                continue
            at = places.get(id(cell))
            if at is None:
                places[id(cell)] = len(found)
                found.append(replace(cell, row=r, column=c, row_span=1, column_span=max(1, cell.column_span)))
            else:
                held = found[at]
                rows_held, columns_held = (
                    max(held.row_span, r - held.row + 1),
                    max(held.column_span, c - held.column + 1),
                )
                found[at] = replace(held, row_span=rows_held, column_span=columns_held)
    return found


def widened(head: list[Column], body: Sequence[RawRow]) -> list[Column]:
    """With as many columns more before the names as most rows have cells more than the head: one head over two
    columns, groups and names."""
    counts = Counter(len(raw.cells) for raw in body if len(raw.filled) > 1)
    more = counts.most_common(1)[0][0] - len(head) if counts else 0
    at = next((n for n, c in enumerate(head) if c.role == "name"), None)
    if at is None or not 1 <= more <= 2:
        return head
    return [*head[:at], *[Column("group", "")] * more, *head[at:]]


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
    if len(raw.cells) == 1 and _is_band(raw.cells[0].flat):
        return False
    whole = [*raw.cells[:-1], joined_cells(raw.cells[-1], following.cells[0]), *following.cells[1:]]
    return sum(misfit(c.role, cell.flat) for c, cell in zip(columns, whole, strict=True) if cell.text) < UNFIT


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
        if not raw.broken or len(filled) > max(1, len(columns) // 2):
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


def _placed(raw: RawRow, columns: Sequence[Column]) -> list[tuple[int, TableCell]] | None:
    """The row's cells with their columns; None for a row that fits nowhere."""
    filled = raw.filled
    if not filled:
        return None
    if len(filled) == 1 and _is_band(filled[0].flat) and len(columns) > 2 and _leads(raw, filled[0], columns):
        return [(0, replace(filled[0], column_span=len(columns)))]
    if len(raw.cells) == len(columns):
        return list(enumerate(raw.cells))
    if len(raw.cells) > len(columns):
        if not any(cell.text for cell in raw.cells[len(columns) :]):
            return list(enumerate(raw.cells[: len(columns)]))
        return _aligned(filled, columns) if len(filled) <= len(columns) else None
    return _aligned(raw.cells, columns)


def _leads(raw: RawRow, cell: TableCell, columns: Sequence[Column]) -> bool:
    """The only cell of the row stands at or before the names."""
    name = next((n for n, c in enumerate(columns) if c.role == "name"), 0)
    return next(n for n, one in enumerate(raw.cells) if one is cell) <= name


def _is_band(text: str) -> bool:
    return BAND.fullmatch(text) is not None and misfit("kind", text) >= NO_FIT and not is_number(text)


def _aligned(cells: Sequence[TableCell], columns: Sequence[Column]) -> list[tuple[int, TableCell]] | None:
    """Fewer cells than columns, in order: each where it fits, so that the empty ones cost least."""
    width = len(columns)
    table: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for c, head in enumerate(columns):
        for n in range(len(cells) + 1):
            if (n, c) not in table:
                continue
            price, places = table[n, c]
            _offer(table, (n, c + 1), price + EMPTY[head.role], places)
            if n < len(cells):
                fit = misfit(head.role, cells[n].flat) if cells[n].text else EMPTY[head.role]
                _offer(table, (n + 1, c + 1), price + fit, (*places, c))
    found = table.get((len(cells), width))
    if found is None:
        return None
    empty = sum(EMPTY[head.role] for c, head in enumerate(columns) if c not in found[1])
    if found[0] - empty > UNFIT or not any(columns[c].role in ("name", "text") for c in found[1]):
        return None
    return list(zip(found[1], cells, strict=True))


def _offer(
    table: dict[tuple[int, int], tuple[float, tuple[int, ...]]],
    key: tuple[int, int],
    price: float,
    places: tuple[int, ...],
) -> None:
    if key not in table or price < table[key][0]:
        table[key] = price, places


def _start(raw: RawRow) -> int:
    return min(piece[0] for cell in raw.filled for piece in cell.pieces)
