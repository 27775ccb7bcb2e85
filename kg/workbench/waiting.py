"""The corrections that wait for the next build, so that the pages of plans and of questions can say so."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from kg.corrections import CORRECTIONS_FILE, correction_files, folder_of, load
from kg.corrections.keys import is_of
from kg.corrections.states import waiting
from kg.workbench.desk import Desk
from ontology.model.corrections import Correction
from ontology.model.errors import KgError
from ontology.model.facts import squeeze


class Waiting:
    """The corrections that wait for the next build. `every` are all of them."""

    def __init__(self, corrections: Sequence[Correction]) -> None:
        self.every = corrections
        self._by_quote: dict[str, list[Correction]] = defaultdict(list)
        for each in corrections:
            self._by_quote[squeeze(each.quote or "")].append(each)

    def has(self, row: Mapping[str, Any]) -> bool:
        """Whether one of them sets or removes the fact of the row of a preset (`is_of`)."""
        quote = row.get("quote")
        return isinstance(quote, str) and any(is_of(each, row) for each in self._by_quote.get(squeeze(quote), ()))

    def number(self, plan: Mapping[str, Any]) -> int:
        """The number of those that concern a plan, given as its row of preset `plans`."""
        return sum(each.concerns(plan["file"], plan["plan"]) for each in self.every)


def waiting_now(state: Desk) -> Waiting:
    """The corrections that wait for the next build of the store, from the files as they are now: those of the settings
    or of $KG_CORRECTIONS, else the existing corrections.jsonl beside the loaded files. None are found where a file
    cannot be read: the page of corrections says why."""
    with suppress(KgError):
        folders = state.library.cached("folders of files", lambda: folders_of_files(state))
        files = correction_files(state.settings.corrections, [folder / CORRECTIONS_FILE for folder in folders])
        return Waiting(waiting(state.library.table("corrections"), load(files)))
    return Waiting([])


def folders_of_files(state: Desk) -> list[Path]:
    """The folders of the loaded files, or of the archives that have them, each once."""
    return list(dict.fromkeys(folder_of(Path(record.path)) for record in state.library.store().records()))
