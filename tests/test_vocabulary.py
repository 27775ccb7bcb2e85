"""Numerals, years, numbers of headings, marks that end sentences, and notices' titles are spelled in the vocabulary alone:
other modules are written with its named parts. The name of a constant or class stands for one thing."""

import ast
import re
from collections import defaultdict
from importlib import import_module
from pathlib import Path
from typing import cast

import pytest
from conftest import ROOT

from extractors import expressions
from extractors.expressions import Later

PACKAGES = ("ontology", "extractors", "queries", "exports", "kg")
VOCABULARY = ROOT / "extractors" / "vocabulary"
# what only a numeral's or a year's own pattern holds, and the name to use in its place
SPELLED = {
    "ONES": re.compile("一二三四|壹贰叁"),
    "HAN_ZERO or HAN_DIGIT": re.compile("〇零|〇○|零○|二〇"),
    "DIGIT": re.compile("0-9０-９|０-９"),
    "CALENDAR_YEAR": re.compile(r"\(\?:19\|20\)|\[12\]\\d|\[12\]\[0"),
    "CENTURY_YEAR": re.compile(r"20\\d\\d|20\\d\{2\}|20\[0-9\]"),
    # 。！？ in any order: the class of marks that end a sentence
    "ENDS, SENTENCE_ENDS or CLAUSE_ENDS": re.compile("[。；：]！|！？|？！|！!"),
    # 第…章 with a numeral's pattern inside: a style of numbering
    "printed(…) or a row of TABLE": re.compile(
        r"第[^第号届个年]{0,12}?(?:\{\}|\]|\\d)[^第号届个年]{0,12}?[篇编章节]|专\\s\S{0,6}栏"
    ),
    # 关于印发…, …的通知: a notice that carries a plan
    "extractors.vocabulary.notices": re.compile(r"印发\|转发|转发\|批转|批转\|转发|的\??\(\?:通知\||通\\s\*知"),
}


def literals(source: str) -> list[tuple[int, str]]:
    """The strings of a module with their lines, its docstrings left out."""
    tree = ast.parse(source)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body
        if isinstance(node.body[0], ast.Expr)
    }
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    inside = {id(part) for node in joined for part in node.values}
    found = [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs | inside
    ]
    return found + [(node.lineno, "".join(map(_part, node.values))) for node in joined]


def _part(node: ast.expr) -> str:
    """A part of an f-string: its text, or {} for a value."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else "{}"


def spelled(source: str) -> list[tuple[int, str]]:
    """The lines of a module that spell a numeral or a year, and the name that belongs there."""
    return [(line, name) for line, text in literals(source) for name, part in SPELLED.items() if part.search(text)]


def modules() -> list[Path]:
    every = [
        path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "node_modules" not in path.parts
    ]
    return sorted(path for path in every if VOCABULARY not in path.parents)


def test_numerals_and_years_are_spelled_in_the_vocabulary_alone() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{line}": name
        for path in modules()
        for line, name in spelled(path.read_text("utf-8"))
    }
    assert len(modules()) > 100
    assert found == {}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('X = re.compile(r"第[一二三四五六七八九十]+章")', ["ONES", "printed(…) or a row of TABLE"]),
        ('X = rf"[一二][〇零○]{Y}"', ["HAN_ZERO or HAN_DIGIT"]),
        ('X = r"(?:19|20)\\d\\d年"', ["CALENDAR_YEAR"]),
        ('X = rf"到20\\d\\d{Y}"', ["CENTURY_YEAR"]),
        ('def f():\n    """二〇二一 -> 2021, 一二三四"""', []),  # a docstring gives examples
        ('X = rf"第[{ONES}十]+号"', []),
        ('X = re.compile(r"[。！？；]")', ["ENDS, SENTENCE_ENDS or CLAUSE_ENDS"]),
        ('X = re.compile(r"[，。；]")', []),  # a few marks that do not end sentences alone
        ('X = re.compile(rf"第{N}{{1,3}}章")', ["printed(…) or a row of TABLE"]),
        ('X = re.compile(rf"第{N}[篇章]")', ["printed(…) or a row of TABLE"]),
        ('X = re.compile(r"关于(?:印发|转发)《")', ["extractors.vocabulary.notices"]),
        ('X = re.compile(r"印发|制定|出台")', []),  # verbs of a sentence
        ('X = r"第一，第二"', []),  # words, no pattern of numerals
    ],
)
def test_what_counts_as_spelled(source: str, names: list[str]) -> None:
    assert [name for _, name in spelled(source)] == names


def defined(source: str) -> set[str]:
    """The constants (without a leading underscore) and classes that a module defines; not its type variables."""
    found = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            found.add(node.name)
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        found |= {name.id.lstrip("_") for name in targets if isinstance(name, ast.Name) and name.id.isupper()}
    return {name for name in found if len(name) > 1}


def test_a_name_is_defined_in_one_module() -> None:
    """LONGEST in eight modules had eight meanings: what means the same has one home, what does not has its own name."""
    homes: dict[str, list[str]] = defaultdict(list)
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "node_modules" not in path.parts:
                for name in defined(path.read_text("utf-8")):
                    homes[name].append(str(path.relative_to(ROOT)))
    assert len(homes) > 1000
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("MAX_TITLE_LENGTH = 90", {"MAX_TITLE_LENGTH"}),
        ("_KINDS: tuple[str, ...] = ()", {"KINDS"}),
        ("class Table: ...", {"Table"}),
        ("T = TypeVar('T')", set()),
        ("def f():\n    LONGEST = 1", set()),  # a name of its function's own
        ("table = 1", set()),
    ],
)
def test_what_counts_as_defined(source: str, names: set[str]) -> None:
    assert defined(source) == names


def test_every_pattern_of_the_rules_can_be_compiled() -> None:
    rules = [path for path in (ROOT / "extractors").rglob("*.py") if "readers" not in path.relative_to(ROOT).parts]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in rules if path.stem != "__init__"]
    patterns = {
        f"{name}.{key}": value
        for name in names
        for key, value in vars(import_module(name)).items()
        if isinstance(value, Later)
    }
    assert len(patterns) > 500
    broken = {}
    for name, pattern in patterns.items():
        try:
            cast("re.Pattern[str]", pattern).search("")
        except re.error as error:
            broken[name] = error
    assert broken == {}


def test_a_pattern_is_compiled_when_it_is_first_used() -> None:
    faulty = expressions.compile("(")
    assert faulty.pattern == "("
    with pytest.raises(re.error):
        faulty.search("a")
    year = expressions.compile(r"(?P<year>\d{4})年", expressions.IGNORECASE)
    found = year.fullmatch("2025年")
    assert found
    assert found["year"] == "2025"
    assert year.groupindex == {"year": 1}
    assert year.flags & re.IGNORECASE
    with pytest.raises(AttributeError):
        _ = year.other  # type: ignore[attr-defined]
