"""Comparison of one measure over plans: one unit, the gap, and what cannot be converted."""

from decimal import Decimal
from typing import Any

import pytest

from queries.comparison import comparison, joined_parts

Row = dict[str, Any]


def row(baseline: str | None, baseline_unit: str | None, target: str | None, target_unit: str | None) -> Row:
    return {
        "concept": "x",
        "unit": target_unit,
        "baseline_value": None if baseline is None else Decimal(baseline),
        "baseline_unit": baseline_unit,
        "target_value": None if target is None else Decimal(target),
        "target_unit": target_unit,
    }


@pytest.mark.parametrize(
    ("given", "unit", "expected"),
    [
        (("95", "%", "98", "%"), None, ("95", "98", "3", "%")),
        (("150792.1", "万元", "20", "亿元"), "亿元", ("15.07921", "20", "4.92079", "亿元")),
        (("12", "亿元", "15", "亿元"), "万元", ("120000", "150000", "30000", "万元")),
        (("12", "亿元", None, "亿元"), None, ("12", None, None, "亿元")),  # the target is in words
        ((None, None, "60", "%"), None, (None, "60", None, "%")),
        ((None, None, None, "万人"), None, (None, None, None, "万人")),
        (("5", "个", "8", "个"), "%", ("5", "8", "3", "个")),  # cannot be converted: its own unit, as printed
        (("5", "个", "8", "家"), "%", ("5", "8", None, "家")),  # and no gap between two measures
        (("5", "%", "8", "‰"), "%", ("5", "0.8", "-4.2", "%")),
    ],
)
def test_one_row(given: tuple[str | None, ...], unit: str | None, expected: tuple[str | None, ...]) -> None:
    found = comparison([row(*given)], {"unit": unit})[0]
    values = tuple(None if v is None else Decimal(v) for v in expected[:3])
    assert (found["baseline_value"], found["target_value"], found["gap"]) == values
    assert found["unit"] == expected[3]


def test_the_unit_is_the_one_that_most_rows_are_in() -> None:
    rows = [row("1", "亿元", "2", "亿元"), row("30000", "万元", None, None), row("4", "亿元", None, None)]
    assert [(r["baseline_value"], r["unit"]) for r in comparison(rows, {"unit": None})] == [
        (Decimal(1), "亿元"),
        (Decimal(3), "亿元"),
        (Decimal(4), "亿元"),
    ]


def test_each_concept_has_a_unit_of_its_own() -> None:
    rows = [row("1", "%", None, None), row("2", "%", None, None), row("3", "人", None, None) | {"concept": "y"}]
    assert [r["unit"] for r in comparison(rows, {"unit": None})] == ["%", "%", "人"]


def test_numbers_of_a_store_without_decimals_are_taken_as_printed() -> None:
    given = row(None, "%", None, "%") | {"baseline_value": 49.03, "target_value": 70.0}
    assert comparison([given], {"unit": None})[0]["gap"] == Decimal("20.97")


def test_parts_of_a_cell_are_joined_in_their_order() -> None:
    cell = {"fact_id": "urn:x", "file": "a.txt", "position": 3, "side": "target", "text": "药品500个以上，耗材5类以上"}
    names = ("part_position", "part_subject", "part_op", "part_value", "part_unit")
    parts = [(1, "耗材", ">=", Decimal("5.0"), "类"), (0, "药品", ">=", Decimal(500), "个")]
    rows = [cell | dict(zip(names, part, strict=True)) for part in parts]
    bare = cell | {"side": "baseline"} | dict.fromkeys(names)
    found = joined_parts([*rows, bare], {})
    assert [(r["side"], r["parts"]) for r in found] == [("target", "药品 >= 500 个；耗材 >= 5 类"), ("baseline", None)]
