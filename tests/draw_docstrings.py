"""Draws docstrings at random, to see whether they can be understood without the code: docs/decisions/docstrings.md.

python tests/draw_docstrings.py 19            # names, signatures and docstrings of 100 that seed 19 draws
python tests/draw_docstrings.py 19 --bodies   # the same with their code, to be opened after they were explained
"""

import argparse
import ast
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("kg", "ontology", "extractors", "queries", "exports")

Documented = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Docstring:
    """A docstring with what a reader of it sees (`signature`) and the code that it is about."""

    name: str
    signature: str
    text: str
    body: str


def docstrings() -> Iterator[Docstring]:
    """The docstrings of all modules, classes and functions of the packages."""
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            code = file.read_text("utf-8")
            module = ast.parse(code)
            name = file.relative_to(ROOT).as_posix()
            if text := ast.get_docstring(module):
                yield Docstring(name, "", text, code)
            yield from _inside(module, f"{name}:", code.split("\n"))


def _inside(parent: ast.AST, prefix: str, lines: list[str]) -> Iterator[Docstring]:
    """The docstrings of the classes and functions in `parent`, a part of the module whose lines are `lines`; `prefix` is
    what their names begin with."""
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, Documented):
            name = f"{prefix}{node.name}"
            if text := ast.get_docstring(node):
                yield Docstring(name, _signature(node), text, "\n".join(lines[node.lineno - 1 : node.end_lineno]))
            yield from _inside(node, f"{name}.", lines)
        else:
            yield from _inside(node, prefix, lines)


def _signature(node: Documented) -> str:
    if isinstance(node, ast.ClassDef):
        members = [ast.unparse(each) for each in node.body if isinstance(each, ast.AnnAssign)]
        return "\n    ".join([f"class {node.name}({', '.join(map(ast.unparse, node.bases))})", *members])
    returned = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"def {node.name}({ast.unparse(node.args)}){returned}"


def main() -> None:
    """Prints the drawn docstrings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seed", type=int)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--bodies", action="store_true")
    options = parser.parse_args()
    every = {each.name: each for each in docstrings()}
    for number, name in enumerate(random.Random(options.seed).sample(sorted(every), options.count), 1):
        found = every[name]
        print(f"\n[{number}] {name}\n{found.signature}\n{found.body if options.bodies else found.text}")


if __name__ == "__main__":
    main()
