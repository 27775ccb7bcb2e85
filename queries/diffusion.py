"""Functions of presets on dates: when policies were issued, which plans took them up and in which order, and which
bodies issue plans together.

Each function is named in a preset's header. It gets the rows of the preset's query and the values of the preset's
parameters, and returns the preset's final rows.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from itertools import combinations

from extractors.policies.years import PolicyYear, policy_year
from extractors.reference.issuers import written_out
from ontology.model.store import Scalar
from queries.compute import Row

RELATIONS_BY_STRENGTH = ("basis", "implements", "issued", "mentions")


def diffusion(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """One row for each policy and each plan that took it up, from `rows` with one citation each, with their columns and
    six more. Of several citations of a policy by a plan the one with the strongest relation is kept (`_rank`), of
    equally strong ones the first in the text. A plan's citation of itself, and of a policy that it only announces
    (relation `issued`), do not count. `parameters` are not used.

    `days_after` is the number of days from the policy's date of issue (`policy_date`) to the plan's (`date`), negative
    where the plan is earlier, None where one of them is not known. `order` is the place of the plan's date among the
    different dates at which plans took the policy up, from 1: plans of one day share it. It is None for a plan without
    a date, and where such a plan may have been earlier, unless its document number is of a later year. `plan_year` is
    the plan's year and `plan_year_rule` how it was found, as of a policy (`policy_year`). `policy_year` is the policy's
    year and `year_rule` how it was found, both None where it is not known."""
    strongest: dict[tuple[str, str], Row] = {}
    for row in sorted(rows, key=lambda row: (_rank(row), row["start"])):
        if row["policy_id"] != row["own_id"] and row["relation"] != "issued":
            strongest.setdefault((row["policy_id"], row["plan_id"]), row)
    numbers = _numbers(rows)
    dates: dict[str, set[str]] = defaultdict(set)
    undated: dict[str, list[PolicyYear | None]] = defaultdict(list)
    own_years: dict[str, PolicyYear | None] = {}
    for row in strongest.values():
        own_years[row["plan_id"]] = own = policy_year(
            row["plan"] or "", row["plan_doc_number"], row["date"], row["plan_period_start"]
        )
        if row["date"]:
            dates[row["policy_id"]].add(row["date"])
        else:
            undated[row["policy_id"]].append(own)
    result = []
    for row in strongest.values():
        after = _days(row["policy_date"], row["date"])
        own = own_years[row["plan_id"]]
        order = None
        if row["date"] and all(_is_after(year, row["date"]) for year in undated[row["policy_id"]]):
            order = sorted(dates[row["policy_id"]]).index(row["date"]) + 1
        found = {"days_after": after, "order": order, "plan_year": own and own.year, "plan_year_rule": own and own.rule}
        result.append(row | _year(row, numbers) | found)
    return result


def _is_after(year: PolicyYear | None, day: str) -> bool:
    """Whether a plan without a date, of which only this year is known, was issued after the ISO date `day`: its
    document number is of a later year. The first year of a period says nothing, since plans are issued before and after
    it."""
    return year is not None and year.rule == "document number" and year.year > int(day[:4])


def _rank(row: Row) -> int:
    """The place of the row's relation in RELATIONS_BY_STRENGTH, the strongest first; the number after the last for any
    other."""
    relation = row["relation"]
    return RELATIONS_BY_STRENGTH.index(relation) if relation in RELATIONS_BY_STRENGTH else len(RELATIONS_BY_STRENGTH)


def _days(earlier: str | None, later: str | None) -> int | None:
    """The number of days from the ISO date `earlier` to `later`, both of them days (2021-03-05), negative where they
    are the other way round; None where one is missing."""
    if not earlier or not later:
        return None
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def _numbers(rows: list[Row]) -> dict[str, str]:
    """The document number of each policy by the policy's id, from rows with one citation each; policies whose citations
    give none, or several, are left out."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["doc_number"]:
            numbers[row["policy_id"]].add(row["doc_number"])
    return {policy: next(iter(several)) for policy, several in numbers.items() if len(several) == 1}


def _year(row: Row, numbers: Mapping[str, str]) -> Row:
    """The columns `policy_year` and `year_rule` of the policy in a citation's row, both None where nothing tells a
    year. `numbers` has the document numbers of policies by their ids."""
    policy_year_found: PolicyYear | None = policy_year(
        row["policy_label"], numbers.get(row["policy_id"]), row["policy_date"], row["policy_period_start"]
    )
    return {
        "policy_year": policy_year_found and policy_year_found.year,
        "year_rule": policy_year_found and policy_year_found.rule,
    }


def timeline(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """One row for each cited policy, from `rows` with one citation each, with the columns of the first of them (by file
    and place) and these: its year (`policy_year`, and `year_rule`, how it was found), the `doc_number` if all citations
    that give one agree, else None, the number of `plans` that cite it (of different `own_id`), whether the store has
    its text (`held`), and the earliest and latest dates of these plans (`first_cited`, `last_cited`, None where none
    has a date). `parameters` are not used."""
    numbers = _numbers(rows)
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["file"], row["start"])):
        groups[row["policy_id"]].append(row)
    result = []
    for policy, citing in groups.items():
        dates = sorted({row["date"] for row in citing if row["date"]})
        result.append(
            citing[0]
            | _year(citing[0], numbers)
            | {
                "doc_number": numbers.get(policy),
                "plans": len({row["own_id"] for row in citing}),
                "held": citing[0]["held_title"] is not None,
                "first_cited": dates[0] if dates else None,
                "last_cited": dates[-1] if dates else None,
            }
        )
    return result


def joint_issuers(rows: list[Row], parameters: Mapping[str, Scalar]) -> list[Row]:
    """One row for each pair of bodies that issued plans together (`issuer`, `other`, in the order of their names), from
    `rows` with one document each, whose `issuer` has the names of its issuers joined with 、: the number of these
    `plans`, their different `titles`, sorted and joined with ；, and the years in which the first and the last of them
    was issued (`first_year`, `last_year`), None where no date is known. A body has its name in full
    (`extractors.reference.issuers.written_out`), in whatever way it is printed. Documents of one plan (`own_id`, the id
    of the policy that it is) count once, by the last of them by title and day. With the parameter `issuer` only pairs
    remain in which the name of one of the two, in full or as printed, contains its words."""
    words = str(parameters.get("issuer") or "")
    plans: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    printed: dict[str, set[str]] = defaultdict(set)
    for row in sorted(rows, key=lambda row: (row["plan"], row["issued"] or "")):
        names = {written_out(name): name for name in row["issuer"].split("、") if name.strip()}
        for full, name in names.items():
            printed[full].update((full, name))
        for pair in combinations(sorted(names), 2):
            plans[pair][row["own_id"]] = row
    result = []
    for (one, other), shared in plans.items():
        if not any(words in name for name in printed[one] | printed[other]):
            continue
        years = sorted({row["issued"][:4] for row in shared.values() if row["issued"]})
        result.append(
            {
                "issuer": one,
                "other": other,
                "plans": len(shared),
                "titles": "；".join(sorted({row["plan"] for row in shared.values()})),
                "first_year": int(years[0]) if years else None,
                "last_year": int(years[-1]) if years else None,
            }
        )
    return result
