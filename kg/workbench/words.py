"""The words of the pages. Chinese is what templates are written in; English stands in words.yaml.

Labels of closed lists and of kinds of fact come from the ontology, titles of presets from their headers.
"""

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from ontology.namespaces import SKOS, notation_of
from ontology.schema import schema, scheme_quads

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_FILE = yaml.safe_load((files("kg.workbench") / "words.yaml").read_text("utf-8"))
ENGLISH: dict[str, str] = _FILE["english"]
COLUMNS: dict[str, str] = _FILE["columns"]
VALUES = {"read": ("读取", "read"), "corrected": ("人工更正", "corrected"), "added": ("人工补充", "added")}
KINDS = {"passage": ("未读懂", "not understood"), "duty": ("职责", "duty")}
LEVELS = ("national", "provincial", "prefectural", "county", "township")


def say(chinese: str, language: Language) -> str:
    """The words in the language: ('首页', 'en') -> 'Home'"""
    return chinese if language == "zh" else ENGLISH[chinese]


def column(name: str, language: Language) -> str:
    """The heading of a column: ('due_year', 'zh') -> '到期年'"""
    return COLUMNS.get(name, name) if language == "zh" else name.replace("_", " ")


def of_two(text: str, language: Language) -> str:
    """The part of a preset's title or description in the language: 'Plans / 规划' -> '规划'"""
    english, mark, chinese = text.removesuffix("*").rpartition(" / ")
    if not mark:
        return text.removesuffix("*")
    return chinese if language == "zh" else english


def value(name: str, text: str, language: Language) -> str:
    """A value of a closed list or the name of a kind as it is called: ('level', 'county', 'zh') -> '县级'"""
    if name == "reason" or name == "share":
        return text
    found = _labels().get(text) or VALUES.get(text) or KINDS.get(text)
    if found is None and name == "kind":
        found = _kinds().get(text.lower())
    return found[language == "en"] if found else text


def scheme(name: str) -> list[str]:
    """The notations of a closed list, in its order."""
    return [text for text, (scheme_, _) in _notations().items() if scheme_ == name]


@cache
def _notations() -> dict[str, tuple[str, tuple[str, str]]]:
    labels: dict[str, dict[str, str]] = {}
    schemes: dict[str, str] = {}
    for quad in scheme_quads():
        iri = quad.subject.value  # type: ignore[union-attr]
        if quad.predicate.value == SKOS + "prefLabel":
            labels.setdefault(iri, {})[quad.object.language or ""] = quad.object.value  # type: ignore[union-attr]
        elif quad.predicate.value == SKOS + "inScheme":
            schemes[iri] = notation_of(quad.object.value)  # type: ignore[union-attr]
    return {
        notation_of(iri): (name, (labels[iri].get("zh", ""), labels[iri].get("en", "")))
        for iri, name in schemes.items()
        if name != "function"
    }


@cache
def _labels() -> dict[str, tuple[str, str]]:
    return {text: pair for text, (_, pair) in _notations().items() if all(pair)}


@cache
def _kinds() -> dict[str, tuple[str, str]]:
    return {kind.key.lower(): (kind.label("zh"), kind.label("en")) for kind in schema().kinds}
