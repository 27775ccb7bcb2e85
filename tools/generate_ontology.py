"""Writes the files that are made from the declaration (ontology/plan.ttl): `make ontology`.

tests/test_declaration.py fails where one of them is not what the declaration says.
"""

from pathlib import Path

from ontology import context
from ontology.shapes import shapes

ROOT = Path(__file__).parent.parent


def generated() -> dict[Path, str]:
    """The text of each generated file."""
    return {
        ROOT / "ontology" / "shapes.ttl": shapes(),
        ROOT / "ontology" / "context.jsonld": context.published(),
    }


def main() -> None:
    """Writes each file that is not up to date and names it."""
    for path, text in generated().items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
