"""Corrected plans as annotations: with them `kg eval` measures the program on what a person has looked at."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ontology.json_lines import json_value
from ontology.model.corrections import Correction
from ontology.model.facts import squeeze
from ontology.model.store import Store
from queries.presets import preset

TASK_NAME_LENGTH = 16  # characters of a task's text that name it


def gold(store: Store, corrections: Sequence[Correction]) -> dict[str, dict[str, Any]]:
    """The annotations of each plan that a correction concerns, by its file's name without the suffix.

    They are the facts of the store, which holds them as corrected; facts that nobody corrected are taken for right.
    """
    rows = _PresetRows(store)
    found = {}
    for plan in rows.of("plans"):
        if any(each.concerns(plan["file"], plan["plan"]) for each in corrections):
            found[Path(plan["file"]).stem] = _annotations(plan, rows)
    return found


class _PresetRows:
    """The rows of presets, each preset queried once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.known: dict[str, list[dict[str, Any]]] = {}

    def of(self, name: str, plan: str | None = None) -> list[dict[str, Any]]:
        """The rows of the preset `name` as dicts by column; with `plan` those of the plan with this id."""
        if name not in self.known:
            table = preset(name).run(self.store)
            self.known[name] = [dict(zip(table.columns, map(json_value, row), strict=True)) for row in table.rows]
        return [row for row in self.known[name] if plan is None or row["plan_id"] == plan]


def _annotations(plan: dict[str, Any], rows: _PresetRows) -> dict[str, Any]:
    """The annotations of one plan, which is a row of preset `plans`, in the form that `kg eval` reads. The facts are
    taken from `rows`."""
    own = plan["plan_id"]
    period = [plan["period_start"], plan["period_end"]] if plan["period_start"] else None
    return {
        "doc": Path(plan["file"]).stem,
        "functions": "all",
        "plan": {
            "title": plan["plan"],
            "doc_number": plan["doc_number"],
            "issuer": plan["issuer"],
            "issued": plan["issued"],
            "region": plan["region"],
            "period": period,
            "horizon": plan["horizon"],
        },
        "region_chain": _chain(plan["region_id"], rows.of("regions")),
        "outline": [_kept(row, "kind", "number", "title", "parent") for row in rows.of("outline", own)],
        "tasks": [
            {"title": row["task"], "parent": row["parent"], "start": _body(row)} for row in rows.of("tasks", own)
        ],
        "indicators": [
            {
                "name": row["indicator"],
                **_kept(row, "unit", "dimension", "kind"),
                "departments": row["departments"].split("、") if row["departments"] else [],
                "baseline": _measure(row, "baseline"),
                "target": _measure(row, "target"),
            }
            for row in rows.of("indicators", own)
        ],
        "observations": _observations(rows.of("observations", own)),
        "targets": [
            {**_kept(row, "subject", "op", "value", "unit", "deadline"), "quote": squeeze(row["quote"])}
            for row in rows.of("targets", own)
        ],
        "citations": [
            {
                "title": row["policy"],
                **_kept(row, "work", "doc_number", "issuer", "level", "relation"),
                "quote": squeeze(row["quote"]),
            }
            for row in rows.of("lineage", own)
        ],
        "assignments": [
            {
                "department": row["department"],
                "canonical": row["function"] or row["department"],
                "role": row["role"],
                "quote": squeeze(row["quote"]),
            }
            for row in rows.of("responsibilities", own)
        ],
    }


def _kept(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """The cells of a row in these columns."""
    return {name: row[name] for name in names}


def _body(row: dict[str, Any]) -> str:
    """The first TASK_NAME_LENGTH (16) characters of a task's text without white space, by which an annotation names the
    task. `row` is the task's row in preset tasks."""
    return squeeze(row["quote"])[:TASK_NAME_LENGTH]


def _measure(row: dict[str, Any], side: str) -> dict[str, Any] | None:
    """The baseline or target (`side`) of an indicator: year, text, op and value; None where its cell is empty."""
    found = {name: row[f"{side}_{name}"] for name in ("year", "text", "op", "value")}
    return found if found["text"] else None


def _observations(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of preset `observations`, those of one name and unit as one annotation with the values by year."""
    found: dict[tuple[str, str | None], dict[str, Any]] = {}
    for row in rows:
        key = row["indicator"], row["unit"]
        entry = found.setdefault(key, {"name": row["indicator"], "unit": row["unit"], "values": {}})
        entry["values"].setdefault(str(row["year"]), row["value"])
    return list(found.values())


def _chain(region: str | None, regions: list[dict[str, Any]]) -> list[str]:
    """The names of the region with this id and of all regions above it, the lowest first; `regions` are the rows of
    preset `regions`."""
    by_id = {row["region_id"]: row for row in regions}
    names: list[str] = []
    while region in by_id and by_id[region]["region"] not in names:
        names.append(by_id[region]["region"])
        region = by_id[region].get("parent_id")
    return names
