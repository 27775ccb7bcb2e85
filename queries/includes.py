"""Parts of queries that several presets need, each written once for SPARQL and once for Cypher, as files of the folder
`includes`.

A line `#include plan-filter` in SPARQL, `//include plan-filter` in Cypher, stands for the lines of that file. A word
after the name takes the place of FACT in them: `#include fact t` is the evidence of ?t. Presets of a user's own may use
them.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from ontology.model.errors import Refused
from ontology.namespaces import PREFIXES

# A parameter that a header names alone (`- plan`) is one of these.
STANDARD_PARAMETERS: dict[str, dict[str, Any]] = {
    "plan": {
        "name": "plan",
        "type": "string",
        "example": "云岭",
        "description": {
            "en": "part of a plan's title, file name or region; a region's code; an id",
            "zh": "规划题名、文件名或区域片段，区划代码或标识",
        },
    },
    "region": {
        "name": "region",
        "type": "string",
        "example": "云岭",
        "description": {"en": "part of a region's name, its code or its id", "zh": "区域名称片段、区划代码或标识"},
    },
}
_INCLUDE = re.compile(r"^[ \t]*(?:#|//)include (?P<name>[\w-]+)(?: (?P<fact>\w+))?[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"^(?:#|//).*\n", re.MULTILINE)


def with_includes(query: str, suffix: str) -> str:
    """The query with each line `#include NAME` or `//include NAME` replaced by the lines of the file of that name,
    without its comments, so that it cannot include others; a word after NAME takes the place of FACT in them. `suffix`
    is that of the file, .rq or .cypher. Raises Refused for an unknown name, and where the word is missing although the
    file needs one, or is there although it needs none."""

    def lines(found: re.Match[str]) -> str:
        words = _text(found["name"] + suffix)
        if ("FACT" in words) != bool(found["fact"]):
            if found["fact"]:
                raise Refused(f"include {found['name']}: takes no word after its name")
            raise Refused(f"include {found['name']}: name the variable of the fact, as in `include fact t`")
        return words.replace("FACT", found["fact"] or "")

    return _INCLUDE.sub(lines, query)


def declare_prefixes(query: str) -> str:
    """The SPARQL query with declarations of the usual prefixes (PREFIXES) before it, except those that it declares
    itself: that it contains as `PREFIX NAME:` with one blank, in upper or lower case, wherever it stands."""
    lower = query.lower()
    missing = {name: iri for name, iri in PREFIXES.items() if f"prefix {name}:" not in lower}
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in missing.items()) + query


def own_line_numbers(message: str, query: str) -> str:
    """The message of a parser that read `declare_prefixes(query)`, with its line number as it is in `query`: 'error at
    13:2: expected …' -> 'error at 3:2: expected …' where ten lines of prefixes were added. Only the first number that
    `error_line` would return changes, to 1 at least; a message without one is unchanged."""
    added = declare_prefixes(query).count("\n") - query.count("\n")
    return _ERROR_LINE.sub(lambda match: f"{match[1]}{max(int(match[2]) - added, 1)}", message, count=1)


def error_line(message: str) -> int | None:
    """The line, from 1, that the message of a parser of SPARQL or Cypher names first: 'error at 3:2: …' -> 3, '… at
    line 12, column 1' -> 12; None where it names none."""
    match = _ERROR_LINE.search(message)
    return int(match[2]) if match else None


# How pyoxigraph, Jena, RDF4J and Neo4j say where a query is wrong.
_ERROR_LINE = re.compile(r"\b(error at |line[ =:]{1,2})(\d+)", re.IGNORECASE)


def in_order(columns: Sequence[str], query: str) -> list[str]:
    """The columns of a query with `SELECT *` in the order in which it first names its variables, those that it does not
    name last, in their order; those of any other query as they are. Strings, addresses and comments of the query do not
    count.

    SPARQL leaves the order open, and stores sort the names. `in_order(["p", "s"], "SELECT * { ?s a ?p }")` is `["s",
    "p"]`.
    """
    words = NO_CODE.sub(" ", query)
    if not re.search(r"\A[^{]*\bselect\s+((distinct|reduced)\s+)?\*", words, re.IGNORECASE):
        return list(columns)
    first_places = {name: at for at, name in reversed(list(enumerate(re.findall(r"[?$](\w+)", words))))}
    return sorted(columns, key=lambda name: first_places.get(name, len(first_places)))


# Strings, addresses and comments of a query.
NO_CODE = re.compile(
    r'"""(?:\\.|[^\\])*?"""|'
    r"'''(?:\\.|[^\\])*?'''|"
    r'"(?:\\.|[^"\\\n])*"|'
    r"'(?:\\.|[^'\\\n])*'|<[^<>\s]*>|#[^\n]*",
    re.DOTALL,
)


def full_parameter(header: Any) -> dict[str, Any]:
    """A parameter as a preset's header gives it, with all its keys (name, type, description …): `header` is the name of
    a parameter of STANDARD_PARAMETERS, or a mapping, to which the keys that it leaves out are added from the parameter
    of STANDARD_PARAMETERS of the same name, if there is one. A name alone for which there is none gives a mapping with
    only the name. Raises KeyError for a mapping without `name`."""
    keys = {"name": header} if isinstance(header, str) else header
    return {**STANDARD_PARAMETERS.get(keys["name"], {}), **keys}


@cache
def _text(name: str) -> str:
    """The text of the include file `name` ('plan-filter.rq') without its comments. Raises Refused where there is no
    such file."""
    file = files("queries").joinpath("includes", name)
    if not file.is_file():
        raise Refused(f"no include {name}; there are {', '.join(_names())}")
    return _COMMENT.sub("", file.read_text("utf-8")).rstrip("\n")


def _names() -> list[str]:
    """The names of all include files, sorted: 'plan-filter.rq'."""
    return sorted(entry.name for entry in files("queries").joinpath("includes").iterdir())
