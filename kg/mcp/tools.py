"""The tools: each returns rows with the words that prove them, and the place of these words."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.search import Index, index_path, refresh
from kg.search import search as find
from kg.stores import open_store
from kg.workbench.queries import Queries
from kg.workbench.settings import Settings
from kg.workbench.worker import QueryJob
from ontology.json_lines import json_rows
from ontology.model.errors import Refused, Usage
from ontology.model.store import Table
from ontology.model.text import DocumentText
from queries.includes import declare_prefixes, own_line_numbers
from queries.presets import Preset, presets

DEFAULT_ROWS = 50  # of an answer, unless more are asked for
MAX_ROWS = 500  # of an answer, whatever is asked for
CONTEXT_LENGTH = 300  # characters of the text before and after a passage, unless more are asked for
MAX_PASSAGE_LENGTH = 4_000  # characters of a passage, and of the text on each side of it


class Tools:
    """The tools over the store of the settings; all see what was built in the meantime. `query`, `search` and `passage`
    open the store anew, and raise Refused where it cannot be opened. `sparql` starts processes that open it; call
    `close` at the end, which ends them. `known` are the presets by name, those of the user's own folders too, which are
    read once, when this is made: that raises Usage where a folder is missing, Refused where a preset's header is
    wrong."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.known: dict[str, Preset] = presets(settings.folders)
        self.queries: Queries | None = None

    def presets(self) -> list[dict[str, Any]]:
        """The presets, each as a dict with `preset` (its name), `title`, `description`, `parameters` (dicts with
        `name`, `type`, `required`, `choices`, `example` and `description`) and `columns`. The preset `texts` is left
        out, whose rows are whole texts: `passage` gives them."""
        return [
            {
                "preset": found.name,
                "title": found.title,
                "description": found.description,
                "parameters": [
                    {
                        "name": p.name,
                        "type": p.type,
                        "required": p.required,
                        "choices": p.choices(),
                        "example": p.example,
                        "description": p.description,
                    }
                    for p in found.parameters
                ],
                "columns": found.columns,
            }
            for found in self.known.values()
            if found.name != "texts"
        ]

    def query(self, preset: str, parameters: Mapping[str, Any], limit: int, offset: int) -> dict[str, Any]:
        """The rows of a preset for these parameters (values are taken as text) as a dict: `rows`, dicts by column, from
        row `offset` on, at most `limit` (1 to MAX_ROWS, 500; the nearest for others); `total`, the number of all rows;
        and `offset`, 0 for a negative one. Raises Usage for an unknown preset or parameter, a value that a parameter
        does not take, and a missing one that is required."""
        if preset not in self.known:
            raise Usage(f"no preset {preset!r}; the tool presets lists them")
        texts = {name: str(value) for name, value in parameters.items()}
        with open_store(self.settings.store) as store:
            table = self.known[preset].run(store, texts)
        return _page(table, limit, offset)

    def search(self, words: str, parameters: Mapping[str, str], exact: bool, limit: int) -> dict[str, Any]:
        """The passages that contain all of the words (divided by blanks), the best first, at most `limit` (1 to
        MAX_ROWS, 500; the nearest for others): `rows`, dicts by the columns HIT_COLUMNS of `kg.search`, and `total`,
        the number of all passages found. `exact` looks for the words alone, not for their other names. `parameters`
        (plan, region, level, kind) narrow the search as those of `kg.search.search` do; empty values are left out.
        Raises Usage for no words and for an unknown parameter or value, Refused where the index of texts cannot be
        made."""
        chosen = {name: value for name, value in parameters.items() if value}
        with open_store(self.settings.store) as store, Index(index_path(self.settings.store)) as index:
            refresh(index, store)
            found = find(index, words.split(), chosen, exact=exact, limit=_limited(limit))
        return {"total": found.total, "rows": [hit.row for hit in found.hits]}

    def passage(self, plan_id: str, start: int, end: int, around: int) -> dict[str, Any]:
        """The text of a plan between two offsets (`quote`), with up to `around` characters (0 to 4,000,
        MAX_PASSAGE_LENGTH; the nearest for others) before and after it (`before`, `after`), and `plan` (title), `file`
        (its name without folder), `start`, `end` and `plan_id`. Raises Usage for a `start` that is negative or not
        before `end`, and for offsets more than 4,000 apart; then Refused where the store has no text of a plan with
        this very id; then Usage for an `end` beyond the text."""
        if not 0 <= start < end or end - start > MAX_PASSAGE_LENGTH:
            raise Usage(f"start and end are offsets in the plan's text, at most {MAX_PASSAGE_LENGTH} apart")
        with open_store(self.settings.store) as store:
            table = self.known["texts"].run(store, {"document": plan_id})
        row = next((row for row in table.dicts() if row["plan_id"] == plan_id), None)
        if row is None:
            raise Refused(f"no text of {plan_id} in the store; plan_id in the rows of other tools names a plan")
        text = DocumentText.stored(row["text"], row["page_starts"], row["paragraphs"])
        if end > len(text.content):
            raise Usage(f"the text has {len(text.content)} characters")
        around = max(0, min(around, MAX_PASSAGE_LENGTH))
        return {
            "plan": row["plan"],
            "file": Path(row["file"]).name,
            "start": start,
            "end": end,
            "quote": text.content[start:end],
            "before": text.content[max(0, start - around) : start],
            "after": text.content[end : end + around],
            "plan_id": plan_id,
        }

    def sparql(self, query: str, limit: int) -> dict[str, Any]:
        """The rows of a SPARQL query of the caller's own: `rows`, dicts by variable (by subject, predicate and object
        for CONSTRUCT, with the key answer for ASK) of values that JSON can hold, IRIs as text, at most `limit` (1 to
        MAX_ROWS, 500; the nearest for others), and `cut`, whether rows were left out. It runs in one of the processes
        that the first call starts, with the settings' limits of time and memory; the usual prefixes need no
        declaration. Raises Usage for a query that is wrong, fails or goes beyond a limit, and where the store cannot be
        opened or has no SPARQL."""
        if self.queries is None:
            self.queries = Queries(self.settings)
        answer = self.queries.ask(QueryJob(declare_prefixes(query), table=True, rows=_limited(limit)))
        if answer.kind != "table":
            body = str(answer.body)
            raise Usage(own_line_numbers(body, query) if answer.kind == "syntax" else body)
        columns, rows = answer.body
        return {"rows": list(json_rows(Table(columns, rows))), "cut": answer.cut}

    def close(self) -> None:
        """Ends the processes that run queries, if there are any."""
        if self.queries is not None:
            self.queries.close()


def _page(table: Table, limit: int, offset: int) -> dict[str, Any]:
    """Part of a table as a dict: `rows`, dicts by column, from row `offset` on, at most `limit` (1 to MAX_ROWS, 500;
    the nearest for others); `total`, the number of all rows; and `offset`, 0 for a negative one."""
    part = table.rows[max(0, offset) :][: _limited(limit)]
    rows = json_rows(Table(table.columns, part))
    return {"total": len(table.rows), "offset": max(0, offset), "rows": list(rows)}


def _limited(limit: int) -> int:
    """How many rows an answer may have: `limit`, or for one below 1 or above MAX_ROWS (500) the nearer of these."""
    return max(1, min(limit, MAX_ROWS))
