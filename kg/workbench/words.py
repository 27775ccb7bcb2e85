"""The words of the pages themselves, in two languages. The Chinese ones stand in the templates; the English in
words.yaml.

Heads of columns, values of closed lists and kinds of fact have their words in the ontology (`ontology.words`), titles
of presets in their headers.
"""

from importlib.resources import files

import yaml

from ontology import words
from ontology.words import LANGUAGES, Language
from queries.presets import Preset

__all__ = ["ENGLISH", "LANGUAGES", "Language", "column", "of_preset", "say", "value"]

_FILE = yaml.safe_load((files("kg.workbench") / "words.yaml").read_text("utf-8"))
ENGLISH: dict[str, str] = _FILE["english"]
PAGE_HEADS: dict[str, dict[str, str]] = _FILE["columns"]


def say(chinese: str, language: Language) -> str:
    """Words of a page in the language: the Chinese ones themselves, or their English: ('首页', 'en') -> 'Home'. Raises
    KeyError where words.yaml does not have the English."""
    return chinese if language == "zh" else ENGLISH[chinese]


def column(name: str, language: Language) -> str:
    """The head of a column in the language: that of words.yaml, else that of the ontology; where both have none, the
    column's name with blanks for underscores. ('due_year', 'zh') -> '到期年份'."""
    if name in PAGE_HEADS:
        return PAGE_HEADS[name][language]
    head = words.head(name, language)
    return head.replace("_", " ") if head == name else head


def of_preset(preset: Preset, language: Language) -> tuple[str, str]:
    """The title and the description of a preset in the language: ('规划', '各规划及其元数据'). One that the preset has
    in the other language alone is given in that one."""
    return preset.titles.get(language) or preset.title, preset.descriptions.get(language) or preset.description


def value(list_name: str, text: str, language: Language) -> str:
    """The label of the key `text` of a closed list in the language: ('level', 'county', 'zh') -> '县级'. Of the list
    `fact`, the kinds of fact, a key may be in upper or lower case. A key that the list does not have is returned
    unchanged."""
    if list_name == "fact":
        key = next((key for key in words.terms("fact") if key.lower() == text.lower()), text)
        return str(words.value("fact", key, language))
    return str(words.value(list_name, text, language))
