"""The words of the pages. The views are written in Chinese; english.toml has the English of what they say.

Levels, roles, relations and kinds of heading have their words in the ontology.
"""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

from exports import people
from ontology import words
from ontology.phrases import Phrases
from queries.presets import preset

LEVEL_NAMES = words.labels("level", "zh")
UNKNOWN_LEVEL = words.head("unclear", "zh")
ROLE_NAMES = words.labels("role", "zh")
RELATION_NAMES = words.labels("relation", "zh")

_page_language: ContextVar[words.Language] = ContextVar("language of a view", default="zh")


@contextmanager
def in_language(language: words.Language) -> Iterator[None]:
    """Sets the language of the pages that are made inside its `with`; afterwards it is again what it was before.
    Outside of any they are in Chinese."""
    token = _page_language.set(language)
    try:
        yield
    finally:
        _page_language.reset(token)


def page_language() -> words.Language:
    """The language of the page that is being made."""
    return _page_language.get()


def localized(chinese: str) -> str:
    """A text of the page itself in the page's language: '3 份规划' -> '3 plans' in English, unchanged in Chinese and
    where there is no English for it. Words of plans must not go through here."""
    return chinese if page_language() == "zh" else _english().translated(chinese)


def localized_title(chinese: str) -> str:
    """A text of the page itself as the name of a page, in the page's language and with a capital at its beginning:
    '地区' -> 'Region' in English, unchanged in Chinese and where there is no English for it."""
    text = localized(chinese)
    return text[:1].upper() + text[1:]


def script_texts() -> dict[str, str]:
    """The English of each text that the page's script shows, by the Chinese; empty where the page is in Chinese."""
    return {} if page_language() == "zh" else _texts()["script"]


@cache
def _texts() -> dict[str, dict[str, str]]:
    """The content of english.toml: the English of each Chinese text, both with gaps for values ({}; `Phrases`), under
    'views' for what the views say, and under 'script' for what the page's script says."""
    return tomllib.loads((files("exports.views") / "english.toml").read_text("utf-8"))


@cache
def _english() -> Phrases:
    """The phrases that translate the views' Chinese: labels of the closed lists that views show, and the texts for
    views in english.toml."""
    phrases = {UNKNOWN_LEVEL: words.head("unclear", "en")}
    for name in ("level", "role", "relation", "kind", "heading", "alignment", "fact"):
        for key, label in words.labels(name, "zh").items():
            phrases[label] = str(words.value(name, key, "en"))
    return Phrases({**phrases, **_texts()["views"]})


def properties(**values: object) -> tuple[tuple[str, str], ...]:
    """The properties of an item as pairs of name and text, without those that are None or '': 文号="云府发〔2021〕3号",
    发布=None -> (("文号", "云府发〔2021〕3号"),)."""
    return tuple((name, str(value)) for name, value in values.items() if value not in (None, ""))


def shown(preset_name: str, column: str, value: object) -> str:
    """The value of a column of a preset's rows as text in the page's language: a member of a closed list by its label,
    ('outline', 'kind', 'box') -> '专栏', a comparator by its sign, ('targets', 'op', '>=') -> '≥', and so on as
    `exports.people.shown` has it; a float as `number` has it, other values, also None, by their `str`."""
    value = people.shown(_list_of(preset_name, column), value, page_language())
    return number(value) if isinstance(value, float) else str(value)


@cache
def _list_of(preset_name: str, column: str) -> str | None:
    """The name of the closed list that the values of a preset's column belong to, `people.OPERATOR` for a column of
    comparators, None for one of other values."""
    return people.list_of(column, preset(preset_name).list_of)


def number(value: float | int) -> str:
    """A number as text with at most six digits after the point, without trailing zeros: 98.0 -> '98', 0.5 -> '0.5'."""
    return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def amount(op: str | None, value: float | None, unit: str | None) -> str:
    """An amount for readers, as the sign of the comparator `op`, number and unit: ('>=', 100, '种') -> '≥100种', ('~',
    5, None) -> '约5', in English '~5'; '' where `value` is None. Without `op`, and for '=', there is no sign; > and <
    are their own signs."""
    if value is None:
        return ""
    return f"{ {'>=': '≥', '<=': '≤', '=': '', '~': localized('约')}.get(op or '=', op) }{number(value)}{unit or ''}"
