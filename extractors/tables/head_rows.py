"""The rows that head a table whose cells are known."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.tables.columns import Column, column
from extractors.tables.model import RawRow, TableCell
from extractors.tables.shapes import is_number
from ontology.model.facts import squeeze

MOST_COLUMNS = 30


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
                labels.append(together(last if extra or above.text else "", extra))
        return labels
    years = [k for k in known if k is not None and k.role in ("value", "growth")]
    open_heads = [
        n for n, cell in enumerate(upper) if (c := column(cell.flat)) and c.role == "value" and c.year is None
    ]
    if len(years) == len(below) and len(open_heads) == 1 and len(below) > 1:
        at = open_heads[0]
        return [
            *(cell.flat for cell in upper[:at]),
            *(together(upper[at].flat, cell.flat) for cell in below),
            *(cell.flat for cell in upper[at + 1 :]),
        ]
    return None


def together(upper: str, lower: str) -> str:
    """('目标值', '2025年') -> 目标值（2025年）"""
    return f"{upper}（{lower}）" if upper and lower and lower[0] not in "（(〔[" else upper + lower


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
