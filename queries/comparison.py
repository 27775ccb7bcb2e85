"""Functions of presets on indicators: the values of one concept in many plans in one unit, and several values of one
cell on one line."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from extractors.reference.concepts import scheme
from extractors.reference.units import convert, plain_decimal
from extractors.reference.units import unit as known_unit
from ontology.model.errors import Usage
from ontology.model.store import Scalar
from queries.compute import Row


def comparison(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """The rows with both values of each (`baseline_value`, `target_value`) in one unit, which is then their `unit`, and
    two more columns: `gap`, target less baseline (None where one is missing), and `match`, how the concept was found:
    "name", "other name" or "part".

    The unit is the parameter `unit`, else the one that most values of the concept are in, of equally frequent ones the
    first by alphabet. A row of which a value cannot be converted keeps its own unit and numbers, with a `gap` only
    where both are in one unit; the printed texts are never changed. `match` compares the concept with the parameter
    `concept` (`_match`). Raises Usage for a unit that is neither known nor in the rows.
    """
    wanted_unit = parameters.get("unit")
    units: dict[str, list[str]] = {row["concept"]: [] for row in rows}
    for row in rows:
        units[row["concept"]] += _units(row)
    if wanted_unit and known_unit(str(wanted_unit)) is None and not any(wanted_unit in some for some in units.values()):
        raise Usage(f"parameter unit: {wanted_unit!r} is no unit that is known; an example is 亿元")
    target_units = {concept: str(wanted_unit) if wanted_unit else _usual(some) for concept, some in units.items()}
    concept_words = str(parameters.get("concept") or "")
    return [
        _compared(row, target_units[row["concept"]]) | {"match": _match(row["concept"], concept_words)} for row in rows
    ]


def _match(concept: str, concept_words: str) -> str:
    """How the words `concept_words`, which chose the concept with the name `concept`, name it: 'name' (they are its
    name), 'other name' (they are a curated synonym of it), else 'part' (its name contains them)."""
    if concept == concept_words:
        return "name"
    others = next((curated.others for curated in scheme() if curated.label == concept), ())
    return "other name" if concept_words in others else "part"


def joined_parts(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """One row for each cell of an indicator, from `rows` with one cell and one part of it each
    (药品500个以上，耗材5类以上 has two parts), with the columns of the first of them. `parts` is added: all parts of
    the cell in order, '药品 >= 500 个；耗材 >= 5 类'; None for a cell without parts. `parameters` are not used."""
    cells: dict[tuple[Any, ...], Row] = {}
    parts: dict[tuple[Any, ...], dict[int, str]] = {}
    for row in rows:
        key = tuple(row[name] for name in ("fact_id", "side"))
        cells.setdefault(key, row)
        if row["part_position"] is not None:
            printed = (row["part_subject"], row["part_op"], _plain(row["part_value"]), row["part_unit"])
            parts.setdefault(key, {})[row["part_position"]] = " ".join(filter(None, printed))
    return [
        row | {"parts": "；".join(text for _, text in sorted(parts.get(key, {}).items())) or None}
        for key, row in cells.items()
    ]


def _units(row: Row) -> list[str]:
    """The units of the baseline and the target of a row, in this order, each that of the cell or else of the indicator;
    none for a value that is missing or has neither."""
    sides = ("baseline", "target")
    return [
        row[f"{side}_unit"] or row["unit"]
        for side in sides
        if row[f"{side}_value"] is not None and (row[f"{side}_unit"] or row["unit"])
    ]


def _usual(units: list[str]) -> str | None:
    """The most frequent unit; of equally frequent ones the first in alphabetical order. None where there are none."""
    counted = Counter(units)
    return min(counted, key=lambda unit: (-counted[unit], unit)) if counted else None


def _compared(row: Row, to: str | None) -> Row:
    """A copy of the row with `baseline_value` and `target_value` converted to the unit `to` (None where the concept has
    no unit), `unit` set to that unit, and `gap`, target less baseline, added. A missing value stays None, and `gap`
    then is None too; where both are missing, `unit` stays as it is. Where one of the values cannot be converted, both
    values and `unit` stay as they are, and `gap` is that of `_gap`."""
    converted: dict[str, Decimal | None] = {}
    for side in ("baseline", "target"):
        value, unit = row[f"{side}_value"], row[f"{side}_unit"] or row["unit"]
        converted[side] = None if value is None else convert(plain_decimal(Decimal(str(value))), unit, to)
        if value is not None and converted[side] is None:
            return row | {"gap": _gap(row)}
    baseline, target = converted["baseline"], converted["target"]
    gap = None if baseline is None or target is None else target - baseline
    unit = to if baseline is not None or target is not None else row["unit"]
    return row | {"baseline_value": baseline, "target_value": target, "gap": gap, "unit": unit}


def _gap(row: Row) -> Decimal | None:
    """Target less baseline of a row that keeps its own units, None where one of the values is missing or their units
    (of the cell, else of the indicator) differ."""
    units = {row[f"{side}_unit"] or row["unit"] for side in ("baseline", "target")}
    values = (row["baseline_value"], row["target_value"])
    return None if None in values or len(units) > 1 else Decimal(str(values[1])) - Decimal(str(values[0]))


def _plain(value: Any) -> str | None:
    """The number as text without exponent and trailing zeros; None for None."""
    return None if value is None else format(Decimal(str(value)).normalize(), "f")
