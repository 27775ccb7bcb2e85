"""Runs the layout, outline and tasks on a text, for tests."""

from hashlib import sha256

import spacy
from spacy.tokens import Doc

from extractors.layout import layout
from extractors.outline.component import outline
from extractors.reading import Reading, reading
from extractors.tasks import tasks
from ontology.model.source import Source

NLP = spacy.blank("zh")
DEPTH = {"chapter": 0, "section": 1, "item": 2, "box": 3, "box-item": 4}


def source_of(text: str, name: str = "plan.txt", **more: object) -> Source:
    return Source(name, sha256(text.encode()).hexdigest(), text, name.rpartition(".")[2], "utf-8", **more)  # type: ignore[arg-type]


def doc_of(state: Reading) -> Doc:
    """A spaCy Doc with the reading, one token a character, as the pipeline hands it to the components."""
    text = state.document.text
    doc = Doc(NLP.vocab, words=list(text), spaces=[False] * len(text))
    doc.user_data["reading"] = state
    return doc


def reading_of(text: str, name: str = "plan.txt", **more: object) -> Reading:
    return reading(tasks(outline(doc_of(Reading(layout(source_of(text, name, **more)))))))


def listing(found: Reading) -> list[str]:
    """A line for each heading (`chapter 一、 总体要求 [principles]`), task (`-> 备塘 | 完成…30公里；`) and table."""
    lines: list[tuple[int, int, str]] = []
    roles = {id(section.heading): section.role for section in reversed(found.sections)}
    for heading in found.headings:
        place = next(i for i, at in enumerate(found.document.origin) if at >= heading.evidence.start)
        number = f"{heading.number} " if heading.number else ""
        words = f"{heading.kind} {number}{heading.title} [{roles[id(heading)]}]"
        if heading.kind.startswith("box") or heading.kind == "item":
            words += f" < {found.headings[heading.parent].title if heading.parent is not None else None}"
        lines.append((place, 0, "  " * DEPTH[heading.kind] + words))
    for start, end, task in found.tasks:
        words = found.document.text[start:end].strip()
        lines.append((start, 1, f"-> {task.title or '?'} | {words[:10]}…{words[-6:]}"))
    for block in found.document.blocks:
        if block.kind != "text":
            rows = found.document.words(block).split("\n")
            lines.append((block.start, 2, f"{block.kind}: {len(rows)} lines, {rows[0].strip()[:12]}…"))
    return [line for _, _, line in sorted(lines)]
