"""Functions of presets on targets of one concept: between levels of government, over periods, and beside what was
reached.

Each function is named in a preset's header. It gets the rows of the preset's query and the values of the preset's
parameters, and returns the preset's final rows.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from extractors.policies.fields import field, same_field
from extractors.reference.polarity import Polarity, polarity
from extractors.reference.units import convert
from ontology.model.store import Scalar
from queries.compute import EVIDENCE_COLUMNS, Row


def escalation(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """One row for each pair of targets of one concept for the same year, of which the upper one is of a region above
    the region of the lower one; `rows` has one indicator and one region above its own (or none) each. The row has
    region, plan, their ids, `fact_id`, `op`, `value`, `unit` (of the value), `text`, kind, level and evidence of the
    lower target, the same of the upper target with upper_ before their names, and `concept`, `polarity`, `year`,
    `difference` and `direction`. `parameters` are not used.

    `difference` is the lower plan's value less the upper one's, in `unit`, None where a number is missing or the units
    cannot be converted. `direction` is "stricter", "looser", "equal" or "unclear" (`_direction`).
    """
    indicators = _indicators(rows)
    by_place: dict[tuple[str, str, int], list[Row]] = defaultdict(list)
    for one in indicators:
        if one["region_id"] and one["target_year"]:
            by_place[one["concept"], one["region_id"], one["target_year"]].append(one)
    result = []
    for lower in indicators:
        for above in sorted(lower["above"]):
            for upper in by_place.get((lower["concept"], above, lower["target_year"]), ()):
                preferred = polarity(lower["concept"])
                difference = _difference(lower, upper)
                result.append(
                    _side(upper, "upper_")
                    | _side(lower, "")
                    | {
                        "concept": lower["concept"],
                        "polarity": preferred,
                        "year": lower["target_year"],
                        "difference": difference,
                        "direction": _direction(lower, upper, difference, preferred),
                    }
                )
    return result


def _side(row: Row, prefix: str) -> Row:
    """The columns of an indicator's row that stand in a row about a pair, with `prefix` before their names: region,
    plan, their ids and `fact_id`, `op`, `value`, `unit` (of the value) and `text` of the target, kind, level, and the
    evidence."""
    names = {"region": "region", "region_id": "region_id", "plan": "plan", "plan_id": "plan_id", "fact_id": "fact_id"}
    names |= {"target_op": "op", "target_value": "value", "target_text": "text", "kind": "kind", "level": "level"}
    columns = {to: row[key] for key, to in names.items()} | {key: row[key] for key in EVIDENCE_COLUMNS}
    return {prefix + key: value for key, value in (columns | {"unit": _unit(row, "target")}).items()}


def _difference(lower: Row, upper: Row) -> Decimal | None:
    """The target value of the row `lower` less that of `upper`, in the unit of `lower`; None where one is missing or
    the units cannot be converted."""
    mine, theirs = lower["target_value"], upper["target_value"]
    if mine is None or theirs is None:
        return None
    converted = convert(Decimal(str(theirs)), _unit(upper, "target"), _unit(lower, "target"))
    return None if converted is None else Decimal(str(mine)) - converted


def _unit(row: Row, side: str) -> str | None:
    """The unit of a cell of an indicator's row (`side` is "target" or "baseline"), else that of the indicator; None
    without either."""
    unit: str | None = row[f"{side}_unit"] or row["unit"]
    return unit


# Comparators that bound a value on the same side: at least, at most, and what is not said to be either.
_BOUNDS = {">": "least", ">=": "least", "<": "most", "<=": "most", "=": "", "~": "", None: ""}


def _direction(lower: Row, upper: Row, difference: Decimal | None, preferred: Polarity | None) -> str:
    """Whether the target of the row `lower` is "stricter" than that of `upper`, which means more of what is good or
    less of what is not, or "looser", "equal" or "unclear". `difference` is that of `_difference`, `preferred` the
    polarity of the concept.

    "unclear" where there is no difference to tell (None), or one target is a minimum and the other a maximum, though
    of one value; else "equal" where it is 0; else by the polarity, or where that is None by the bound that one or both
    targets are: more is better than a minimum, less than a maximum; "unclear" where neither is a bound.
    """
    bounds = {_BOUNDS[row["target_op"]] for row in (lower, upper)} - {""}
    if difference is None or len(bounds) > 1:
        return "unclear"
    if difference == 0:
        return "equal"
    if preferred is None:
        preferred = {"least": "more", "most": "less"}.get(next(iter(bounds), ""))  # type: ignore[assignment]
    if preferred is None:
        return "unclear"
    return "stricter" if (difference > 0) == (preferred == "more") else "looser"


def evolution(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """What became of each indicator in the next plan of the same region and field (subject, such as 医疗保障), one row
    for each concept that the earlier or the later plan has, with the earlier plan's target, the later plan's baseline
    and target, and the evidence of both (`_evolved`); `rows` has one indicator each. Where a plan lacks the concept,
    its target and baseline are None. Of several indicators of one concept in a plan the last counts; plans without a
    region or a period are left out. `parameters` are not used.

    `change` is as `_change` says: "kept", "raised", "lowered", "dropped" or "new", None where the targets cannot be
    compared. `reached` says whether the later plan's baseline meets the earlier plan's target (`_reached`), None where
    it cannot be told or one of the plans lacks the concept.
    """
    plans: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for one in _indicators(rows):
        if one["region_id"] and one["period_start"]:
            plans[one["region_id"], one["plan_id"]].append(one)
    result = []
    for earlier, later in _successors(plans):
        mine = {row["concept"]: row for row in later}
        theirs = {row["concept"]: row for row in earlier}
        for concept in sorted({*mine, *theirs}):
            result.append(_evolved(concept, theirs.get(concept), mine.get(concept), earlier[0], later[0]))
    return result


def _successors(plans: Mapping[tuple[str, str], list[Row]]) -> Iterator[tuple[list[Row], list[Row]]]:
    """Each pair of plans of one region and field of which the later directly follows the earlier, as the rows of their
    indicators: (earlier, later). The earlier plan is the one whose period begins last before that of the later plan;
    where several begin in that year, there is a pair for each. `plans` has the rows of the indicators of each plan, at
    least one, all with a `period_start`, by the ids of region and plan. The pairs are sorted by the ids of the region,
    of the later plan and of the earlier."""
    for (region, _), later in sorted(plans.items()):
        before = [
            rows
            for (other, _), rows in sorted(plans.items())
            if other == region and rows[0]["period_start"] < later[0]["period_start"] and _one_field(rows[0], later[0])
        ]
        if before:
            start = max(rows[0]["period_start"] for rows in before)
            yield from ((rows, later) for rows in before if rows[0]["period_start"] == start)


def _one_field(one: Row, other: Row) -> bool:
    """Whether the plans of two rows have one field (医疗保障): by their titles without the regions' names it is equal,
    as the '' of two outline plans is, or `same_field` says so."""
    fields = [field(row["plan"], [row["region"] or ""]) for row in (one, other)]
    return fields[0] == fields[1] or same_field(*fields)


def _evolved(concept: str, earlier: Row | None, later: Row | None, first: Row, second: Row) -> Row:
    """The row of `evolution` about a concept in two plans: `region`, its id, `concept`, `polarity`; of the earlier plan
    the title, id, first year, target, its unit and its printed text (`earlier_…`); of the later one the title, id,
    baseline, its unit, target and its text (`later_…`); `unit`, which is that of the later target, else of the earlier
    one; `change` ('raised', 'dropped' …; `_change`) and `reached` (whether the later baseline meets the earlier target;
    `_reached`); the evidence and `fact_id` of the later indicator, else of the earlier one; and, where both are there,
    the evidence of the earlier one (`other_…`).

    `earlier` and `later` are the rows of the concept's indicator in the two plans, None where a plan has none; `first`
    and `second` are any rows of the earlier and of the later plan.
    """
    row = later or earlier
    assert row
    difference = _difference(later, earlier) if earlier and later else None
    return {key: row[key] for key in EVIDENCE_COLUMNS} | {
        "region": row["region"],
        "region_id": row["region_id"],
        "concept": concept,
        "polarity": polarity(concept),
        "earlier_plan": first["plan"],
        "earlier_plan_id": first["plan_id"],
        "earlier_start": first["period_start"],
        "earlier_target": earlier and earlier["target_value"],
        "earlier_target_unit": earlier and _unit(earlier, "target"),
        "earlier_target_text": earlier and earlier["target_text"],
        "later_plan": second["plan"],
        "later_plan_id": second["plan_id"],
        "later_baseline": later and later["baseline_value"],
        "later_baseline_unit": later and _unit(later, "baseline"),
        "later_target": later and later["target_value"],
        "later_target_text": later and later["target_text"],
        "unit": _unit(row, "target"),
        "change": _change(earlier, later, difference),
        "reached": _reached(concept, earlier, later) if earlier and later else None,
        "fact_id": row["fact_id"],
        **{f"other_{key}": earlier and later and earlier[key] for key in EVIDENCE_COLUMNS},
    }


def _change(earlier: Row | None, later: Row | None, difference: Decimal | None) -> str | None:
    """What the later plan did with the target: "new", "dropped", "raised", "lowered" or "kept"; None where the values
    cannot be compared. `earlier` and `later` are the indicators' rows, None where a plan has none; `difference` is the
    later value less the earlier one."""
    if earlier is None:
        return "new"
    if later is None:
        return "dropped"
    return None if difference is None else "raised" if difference > 0 else "lowered" if difference < 0 else "kept"


def _reached(concept: str, earlier: Row, later: Row) -> bool | None:
    """Whether the baseline of the row `later` meets the target of `earlier`, both indicators of the concept. None where
    one of the two numbers or of their years is missing, the baseline is of an earlier year than the target, the units
    cannot be converted, or `_meets` cannot tell."""
    target, value = earlier["target_value"], later["baseline_value"]
    years = earlier["target_year"], later["baseline_year"]
    if target is None or value is None or None in years or years[1] < years[0]:
        return None
    goal = convert(Decimal(str(target)), _unit(earlier, "target"), _unit(later, "baseline"))
    return None if goal is None else _meets(concept, earlier["target_op"], Decimal(str(value)), goal)


def _meets(concept: str, op: str | None, value: Decimal, goal: Decimal) -> bool | None:
    """Whether a value meets a target (`goal`), both in one unit: at least the target where its comparator `op` is > or
    >=, at most where it is < or <=; with any other, or None, by whether more or less of the concept is better. Where
    neither says which side is good, True for equal values, else None: ('常住人口', None, 5, 6) -> None. A value that
    equals the target always meets it."""
    side = _BOUNDS.get(op, "") or {"more": "least", "less": "most", None: ""}[polarity(concept)]
    if not side:
        return True if value == goal else None
    return value >= goal if side == "least" else value <= goal


def tracking(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """How each target stands by its latest actual value, one row for each indicator; `rows` has one indicator and one
    actual value (or none) each. `unit` is that of the target, `baseline_unit` that of the baseline. `year`, `value` and
    `value_unit` are those of the actual value, None where none counts; `expected` is the value, in `unit`, of a
    straight line from baseline to target in that year, `polarity` that of the concept.

    Only values count that are later than the baseline's year and no later than the target's, as far as these are known.
    `status` is one of these (see `_status` for their order):

    - reached: the value meets the target (`_meets`), in whatever year;
    - missed: the value is of the target's year and does not meet the target;
    - on course, behind: the value is of an earlier year, does not meet the target, and is at least as far as
      `expected`, or is not;
    - unknown: a number is missing or cannot be converted, or differs from the target while neither a comparator nor the
      concept says which side of it is good; where the value is not known to be of the target's year, also where it
      does not meet the target and there is no `expected`, because a year or the baseline is missing, or the baseline
      cannot be converted.
    """
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["fact_id"]].append(row)
    return [_tracked(group) for group in groups.values()]


def _tracked(group: list[Row]) -> Row:
    """The row of `tracking` for the rows of one indicator, which have one actual value (or none) each. Its columns are
    those of the row with the latest value that counts (`_tells`), of several of one year the last by source, of equal
    ones the first; where no value counts, those of the first row, with None in the columns of the actual value. The
    columns `year`, `value`, `value_unit`, `polarity`, `expected` and `status` are added, and `unit` and `baseline_unit`
    are those of the cells (`_unit`). `expected` is rounded to four decimals, and the target itself in its year; None
    where a number, one of the three years or a conversion is missing, or the baseline's year is not before the
    target's."""
    values = [row for row in group if row["actual_year"] is not None and _tells(row)]
    none = dict.fromkeys(("actual_year", "actual_value", "actual_unit", "source"))
    row = max(values, key=lambda row: (row["actual_year"], row["source"] or ""), default=group[0] | none)
    target, baseline = _number(row, "target"), _number(row, "baseline")
    actual = row["actual_value"]
    if actual is not None:
        actual = convert(Decimal(str(actual)), row["actual_unit"], _unit(row, "target"))
    expected = None
    years = row["baseline_year"], row["actual_year"], row["target_year"]
    if None not in years and baseline is not None and target is not None and years[0] < years[2]:
        passed = min(Decimal(1), Decimal(years[1] - years[0]) / Decimal(years[2] - years[0]))
        expected = round(baseline + (target - baseline) * passed, 4)
    return row | {
        "unit": _unit(row, "target"),
        "baseline_unit": _unit(row, "baseline"),
        "year": row["actual_year"],
        "value": row["actual_value"],
        "value_unit": row["actual_unit"],
        "polarity": polarity(row["concept"]),
        "expected": expected,
        "status": _status(row, actual, target, expected),
    }


def _tells(row: Row) -> bool:
    """Whether the actual value of a row is later than the baseline and no later than the target's year, where these are
    known."""
    after = row["baseline_year"] is None or row["actual_year"] > row["baseline_year"]
    return after and (row["target_year"] is None or row["actual_year"] <= row["target_year"])


def _number(row: Row, side: str) -> Decimal | None:
    """The value of a cell of a row (`side` is "target" or "baseline") in the unit of the target; None where it is
    missing or cannot be converted."""
    value = row[f"{side}_value"]
    return None if value is None else convert(Decimal(str(value)), _unit(row, side), _unit(row, "target"))


def _status(row: Row, actual: Decimal | None, target: Decimal | None, expected: Decimal | None) -> str:
    """The status of the target of a row: 'unknown' where `actual` or `target` is None or `_meets` cannot tell; else
    'reached' where the actual value meets the target, in whatever year; else 'missed' where the target's year is known
    and the actual value is of it or later; else 'unknown' where `expected` is None; else 'on course' where the actual
    value meets `expected` as it would a target with this comparator, and 'behind' where not. The three numbers are in
    one unit."""
    if actual is None or target is None:
        return "unknown"
    met = _meets(row["concept"], row["target_op"], actual, target)
    if met is None:
        return "unknown"
    if met:
        return "reached"
    if row["target_year"] is not None and row["actual_year"] >= row["target_year"]:
        return "missed"
    if expected is None:
        return "unknown"
    return "on course" if _meets(row["concept"], row["target_op"], actual, expected) else "behind"


def _indicators(rows: list[Row]) -> list[Row]:
    """One row for each indicator, the first of it, from rows with an indicator and one region above its own (or none)
    each; the new column `above` is the set of the ids of all these regions, empty for none."""
    indicators: dict[str, Row] = {}
    above: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        indicators.setdefault(row["fact_id"], row)
        if row.get("above_id"):
            above[row["fact_id"]].add(row["above_id"])
    return [row | {"above": above[key]} for key, row in indicators.items()]
