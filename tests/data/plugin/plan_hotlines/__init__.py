"""Hotlines: 服务热线 with their numbers. What plan-kg needs of a package: a dataclass, a component, a declaration.

The package has a kind of store too: hotlines://NAME is the folder NAME.hotlines.
"""

import re
from dataclasses import dataclass
from importlib.resources import files

from spacy.tokens import Doc

from extractors.reading import reading
from kg.stores.oxigraph import OxigraphStore
from ontology.model.facts import Fact
from ontology.model.store import Store

HOTLINE = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8}热线)[“\"]?(?P<number>\d{5})")


@dataclass(frozen=True, slots=True)
class Hotline(Fact):
    """A hotline that a plan names; `task` is the position of the task that holds it."""

    name: str
    dial: str
    task: int | None = None


def hotlines(doc: Doc) -> Doc:
    """Appends a `Hotline` for each number in the text."""
    state = reading(doc)
    for found in HOTLINE.finditer(state.document.text):
        task = state.task_at(found.start())
        evidence = state.document.evidence(*found.span())
        state.facts.append(Hotline(evidence, found["name"], found["number"], task.position if task else None))
    return doc


def declaration() -> str:
    """The class and its properties, in Turtle."""
    return files("plan_hotlines").joinpath("hotlines.ttl").read_text("utf-8")


class HotlineStore:
    """The store of an address hotlines://NAME."""

    @classmethod
    def open(cls, address: str, *, write: bool = False) -> Store:
        return OxigraphStore.open(address.removeprefix("hotlines://") + ".hotlines", write=write)
