"""Corrected plans as annotations: with them `kg eval` measures the program on what a person has looked at."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ontology.json_lines import json_rows
from ontology.model.corrections import Correction
from ontology.model.facts import squeeze
from ontology.model.store import Store
from queries.presets import preset

TASK_NAME_LENGTH = 16  # characters of a task's text that name it


def gold(store: Store, corrections: Sequence[Correction]) -> dict[str, dict[str, Any]]:
    """The annotations (`_annotations`) of each plan of the store that one of the corrections concerns, by its file's
    name without the suffix; of several plans with one such name those of the last.

    They are the facts of the store, which holds them as corrected; facts that nobody corrected are taken for right.
    """
    rows = _PresetRows(store)
    annotations = {}
    for plan in rows.of("plans"):
        if any(each.concerns(plan["file"], plan["plan"]) for each in corrections):
            annotations[Path(plan["file"]).stem] = _annotations(plan, rows)
    return annotations


class _PresetRows:
    """The rows of the presets of a store; a preset is queried when its rows are first asked for, and they are kept."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.by_preset: dict[str, list[dict[str, Any]]] = {}

    def of(self, name: str, plan: str | None = None) -> list[dict[str, Any]]:
        """The rows of the preset `name` as dicts by column, with decimal numbers as int or float: all, or with `plan`
        those whose column `plan_id`, which the preset must have, is equal to it."""
        if name not in self.by_preset:
            self.by_preset[name] = list(json_rows(preset(name).run(self.store)))
        return [row for row in self.by_preset[name] if plan is None or row["plan_id"] == plan]


def _annotations(plan: dict[str, Any], rows: _PresetRows) -> dict[str, Any]:
    """The annotations of one plan, given as its row of preset `plans`, in the form that `kg eval` reads
    (OUTLINED_SCHEMA of `kg.evaluation.annotations`): under `doc` its file's name without the suffix, under `functions`
    'all' (assignments to every function are annotated), under `plan` its metadata (the period as [first year, last
    year], the last None where it is missing, and None without first year), under `region_chain` the names of its region
    and those above, and lists of dicts under outline, tasks, indicators, observations, targets, citations and
    assignments, taken from `rows`; quotes are without white space. An assignment has as `canonical` its function, else
    its department."""
    plan_id = plan["plan_id"]
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
        "outline": [_cells(row, "kind", "number", "title", "parent") for row in rows.of("outline", plan_id)],
        "tasks": [
            {"title": row["task"], "parent": row["parent"], "start": _beginning(row)}
            for row in rows.of("tasks", plan_id)
        ],
        "indicators": [
            {
                "name": row["indicator"],
                **_cells(row, "unit", "dimension", "kind"),
                "departments": row["departments"].split("、") if row["departments"] else [],
                "baseline": _measure(row, "baseline"),
                "target": _measure(row, "target"),
            }
            for row in rows.of("indicators", plan_id)
        ],
        "observations": _observations(rows.of("observations", plan_id)),
        "targets": [
            {**_cells(row, "subject", "op", "value", "unit", "deadline"), "quote": squeeze(row["quote"])}
            for row in rows.of("targets", plan_id)
        ],
        "citations": [
            {
                "title": row["policy"],
                **_cells(row, "work", "doc_number", "issuer", "level", "relation"),
                "quote": squeeze(row["quote"]),
            }
            for row in rows.of("lineage", plan_id)
        ],
        "assignments": [
            {
                "department": row["department"],
                "canonical": row["function"] or row["department"],
                "role": row["role"],
                "quote": squeeze(row["quote"]),
            }
            for row in rows.of("responsibilities", plan_id)
        ],
    }


def _cells(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """The cells of a row in these columns, by column. Raises KeyError for a column that the row does not have."""
    return {name: row[name] for name in names}


def _beginning(row: dict[str, Any]) -> str:
    """The first TASK_NAME_LENGTH (16) characters of a task's text without white space, by which an annotation names the
    task. `row` is the task's row in preset tasks."""
    return squeeze(row["quote"])[:TASK_NAME_LENGTH]


def _measure(row: dict[str, Any], side: str) -> dict[str, Any] | None:
    """The baseline or target (`side`) of an indicator's row as year, text, op and value; None where its text is None or
    empty."""
    measure = {name: row[f"{side}_{name}"] for name in ("year", "text", "op", "value")}
    return measure if measure["text"] else None


def _observations(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """An annotation for each name and unit in the rows of preset `observations`, in the order of their first rows:
    `name`, `unit`, and `values`, which has the values by the year as text ({'2020': 95}); of several values of a year
    the first."""
    annotations: dict[tuple[str, str | None], dict[str, Any]] = {}
    for row in rows:
        key = row["indicator"], row["unit"]
        entry = annotations.setdefault(key, {"name": row["indicator"], "unit": row["unit"], "values": {}})
        entry["values"].setdefault(str(row["year"]), row["value"])
    return list(annotations.values())


def _chain(region: str | None, regions: list[dict[str, Any]]) -> list[str]:
    """The names of the region with this id and of all regions above it, the lowest first, up to one that `regions`
    (rows of preset `regions`) lacks or a name that occurs again; empty for None."""
    by_id = {row["region_id"]: row for row in regions}
    names: list[str] = []
    while region in by_id and by_id[region]["region"] not in names:
        names.append(by_id[region]["region"])
        region = by_id[region].get("parent_id")
    return names
