"""Words for people: the heads of columns and the values of closed lists, in Chinese and English.

They are the labels of plan.ttl and schemes.ttl, and of words.ttl where the graph has no such term. Machine formats
keep the keys; tables, workbooks and views show these.
"""

import os
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, get_args

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import RdfFormat, parse

from ontology.namespaces import SCHEMES, SKOS
from ontology.schema import package_text, schema, scheme_quads

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_language: ContextVar[Language] = ContextVar("language")

# The closed list that a column's values are of, where the preset does not say otherwise.
COLUMN_LISTS = {
    name: name
    for name in (
        "level",
        "relation",
        "role",
        "origin",
        "change",
        "direction",
        "match",
        "polarity",
        "status",
        "side",
        "facet",
        "plan_order",
        "part",
    )
} | {
    "indicator_kind": "kind",
    "heading_kind": "heading",
    "other_level": "level",
    "plan_level": "level",
    "upper_level": "level",
    "policy_level": "level",
    "missing": "level",
    "relations": "relation",
    "field": "field",
    "facet": "facet",
}
# Reasons and rules are sentences of the program: `ontology.messages` has their words.
REASON_LIST = "reason"
COLUMN_LISTS |= dict.fromkeys((REASON_LIST, "concept_rule", "year_rule", "looked_at", "rule", "what"), REASON_LIST)
# A column may be the other side of one that has words: other_plan, upper_region.
_SIDE_PREFIXES = ("other", "upper", "lower", "earlier", "later")


@dataclass(slots=True)
class ListMember:
    """A member of a closed list: its key in the data (`notation`), its labels by language ('zh', 'en'), and other names
    that are understood in its place."""

    notation: str
    labels: dict[str, str] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)

    def names(self) -> set[str]:
        """Every way in which the member may be written: key, labels and other names."""
        return {self.notation, *self.labels.values(), *self.others}


def language() -> Language:
    """The language for people: the one that `use` set, else what `language_of` says of the environment of the
    process."""
    chosen = _language.get(None)
    return chosen or language_of(os.environ)


def use(chosen: Language) -> None:
    """Sets the language in which the current context, usually the whole process, writes for people; it is used in place
    of what the environment says."""
    _language.set(chosen)


def language_of(environment: "os._Environ[str] | dict[str, str]") -> Language:
    """The language that the variables of an environment say: {'LANG': 'zh_CN.UTF-8'} -> 'zh'. The first of $KG_LANG,
    $LC_ALL, $LC_MESSAGES and $LANG that is not empty counts; a name that does not begin with zh or chinese, in any
    case, is English. Without any, the language of Windows, where it is Chinese, elsewhere English."""
    for name in ("KG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "zh" if value.lower().startswith(("zh", "chinese")) else "en"
    return "zh" if os.name == "nt" and _windows_is_chinese() else "en"


def _windows_is_chinese() -> bool:
    """Whether the language of the user interface of Windows is Chinese, in any country's form; False on other
    systems."""
    import ctypes

    windll: Any = getattr(ctypes, "windll", None)
    return bool(windll) and windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 0x04  # LANG_CHINESE


def head(column: str, spoken: Language | None = None) -> str:
    """The heading of a column of a table: ('doc_number', 'zh') -> '文号'; the column's name itself where there are no
    words for it in the language. `spoken` is the language, that of the process where it is None.

    Where a name has no words of its own, parts of it may have: 'plan_id' is the heading of 'plan' with 标识 or ' id';
    'upper_plan' is the heading of 'upper' and that of 'plan', in English with a blank between them; so are names that
    begin with other_, lower_, earlier_ and later_ (_SIDE_PREFIXES).
    """
    spoken = spoken or language()
    if (term := terms("column").get(column)) or (term := _properties().get(column)):
        return term.labels.get(spoken, column)
    if column.endswith("_id"):
        return head(column[:-3], spoken) + ("标识" if spoken == "zh" else " id")
    side, _, other = column.partition("_")
    if side in _SIDE_PREFIXES and other:
        return head(side, spoken) + ("" if spoken == "zh" else " ") + head(other, spoken)
    return column


def has_words(column: str) -> bool:
    """Whether the Chinese `head` of the column is other than its name. It always is for a name that ends with _id or
    begins with a side (upper_region), because the heading is made from parts, of which some may have no words."""
    return head(column, "zh") != column


def value(list_name: str, notation: object, spoken: Language | None = None) -> object:
    """The label of a member of a closed list: ('role', 'lead', 'zh') -> '牵头'. `list_name` is the name of the list,
    `notation` the key of the member, which is returned unchanged where the list has no such member or the member no
    label in the language; `spoken` is the language, that of the process where it is None."""
    term = terms(list_name).get(str(notation))
    return term.labels.get(spoken or language(), notation) if term else notation


def understood(list_name: str, written: str) -> str | None:
    """The key of the member of the closed list `list_name` that a person wrote, as key, label or other name, in any
    case and with blanks around it: ('level', '县级') -> 'county'; of several members with this name the first. None for
    other words ('县')."""
    folded = written.strip().casefold()
    return next(
        (term.notation for term in terms(list_name).values() if folded in {name.casefold() for name in term.names()}),
        None,
    )


@cache
def terms(list_name: str) -> dict[str, ListMember]:
    """The members of a closed list by key, in the declared order; {} for a list that does not exist. Besides the
    schemes and the lists of words.ttl, 'fact' is the list of the kinds of fact, 'field' that of the graph's properties
    with those that words.ttl adds, and 'comparison' that of how two plans are related, by a citation or otherwise. The
    result is kept and must not be changed."""
    if list_name == "fact":
        return {
            kind.key: ListMember(kind.key, dict(kind.labels), {kind.plural, kind.preset}) for kind in schema().kinds
        }
    if list_name == "field":
        return _properties() | _lists()["field"]
    if list_name == "comparison":
        return terms("relation") | _lists()["comparison"]
    return _lists().get(list_name, {})


@cache
def _lists() -> dict[str, dict[str, ListMember]]:
    """The members, by key, of each list that schemes.ttl and words.ttl declare, by the name of the list. A node with
    skos:inScheme is a member; of several values of skos:inScheme or skos:notation, of several labels in one language
    and of several members with one key the last counts. A label without a language has the language ''."""
    members: dict[str, ListMember] = {}
    of: dict[str, str] = {}
    for quad in (*scheme_quads(), *parse(package_text("words.ttl"), format=RdfFormat.TURTLE)):
        node, predicate, term = str(quad.subject), quad.predicate.value, quad.object
        if predicate == SKOS + "inScheme":
            of[node] = term.value.removeprefix(SCHEMES)
        if not isinstance(term, RdfLiteral):
            continue
        member = members.setdefault(node, ListMember(""))
        if predicate == SKOS + "notation":
            member.notation = term.value
        elif predicate == SKOS + "prefLabel":
            member.labels[term.language or ""] = term.value
        elif predicate == SKOS + "altLabel":
            member.others.add(term.value)
    lists: dict[str, dict[str, ListMember]] = {}
    for node, list_name in of.items():
        lists.setdefault(list_name, {})[members[node].notation] = members[node]
    return lists


@cache
def _properties() -> dict[str, ListMember]:
    """The properties of the graph, by their key in lower case, which is how columns are called, each as a
    `ListMember`."""
    return {key.lower(): ListMember(key.lower(), dict(prop.labels)) for key, prop in schema().properties.items()}


def labels(list_name: str, spoken: Language | None = None) -> dict[str, str]:
    """The labels of the members of a closed list by key: ('role', 'zh') -> {'lead': '牵头', 'participant': '参与'}; the
    key itself where a member has no label in the language. `spoken` is the language, that of the process where it is
    None."""
    return {key: term.labels.get(spoken or language(), key) for key, term in terms(list_name).items()}


def listed(values: Iterable[str], spoken: Language | None = None) -> str:
    """Names as an enumeration: 'a, b' in English, 'a、b' in Chinese. `spoken` is the language, that of the process
    where it is None."""
    return ("、" if (spoken or language()) == "zh" else ", ").join(values)
