"""The component that reads the tasks of a plan, from running text and from tables of work."""

from typing import TYPE_CHECKING

from extractors import expressions as re
from extractors.outline.headings import spaceless
from extractors.plain import span
from extractors.reading import Reading, Rejected, reading
from extractors.tables import tables_of
from extractors.tasks.rows import tasks_of_table
from extractors.tasks.units import TaskSpan, tasks_of_text
from ontology.model.facts import Task

if TYPE_CHECKING:
    from spacy.tokens import Doc


def tasks(doc: "Doc") -> "Doc":
    """Finds the tasks of the plan in the order of the text, appends them to `Reading.tasks` and `Reading.facts`, puts
    their places on `doc.spans["tasks"]`, and returns the same `doc`. Of tables of work that gave tasks, the rows that
    could not be read are appended to `Reading.rejected`. Raises Usage for a Doc that was not made of a plan."""
    state = reading(doc)
    tabled: list[TaskSpan] = []
    stretches: list[tuple[int, int]] = []
    for table in tables_of(doc):
        if rows := tasks_of_table(state, table):
            tabled += rows
            stretches.append((table.start, table.end))
            state.rejected += [Rejected(one.start, one.end, "task", one.reason) for one in table.refused]
    for part in sorted([*tasks_of_text(state, stretches), *tabled], key=lambda part: part.start):
        _add(state, part)
    state.facts.extend(task for _, _, task in state.tasks)
    doc.spans["tasks"] = [span(doc, start, end) for start, end, _ in state.tasks]
    return doc


def _add(state: Reading, part: TaskSpan) -> None:
    """Appends the task, as a fact, to `state.tasks`, and adds the offset of its title, if that begins before the task
    (`TaskSpan.opening`), to `state.openings`. Nothing is changed where the task has no words. Its name is its title,
    else the first clause of its label or text."""
    document = state.document
    words = part.label or document.text[part.start : part.end]
    if not words.strip():
        return
    task = Task(
        document.evidence(part.start, part.end),
        part.title,
        part.title or _first_clause(words),
        part.heading,
        part.parent,
        position=len(state.tasks),
    )
    if part.opening is not None and part.opening < part.start:
        state.openings[task.position] = part.opening
    state.tasks.append((part.start, part.end, task))


def _first_clause(words: str) -> str:
    """The words up to the first comma (not 、), full stop 。, semicolon, colon or line break, without white space:
    '保障公民依法参加基本医疗保险的权利和义务，建立…' -> '保障公民依法参加基本医疗保险的权利和义务'. The first 30
    characters where they begin with such a mark."""
    words = words.strip()
    return spaceless(re.split(r"[，。；：,;:\n]", words, maxsplit=1)[0]) or spaceless(words[:30])
