"""Writes the files that are made from the declaration (ontology/plan.ttl): `make ontology`.

tests/test_declaration.py fails where one of them is not what the declaration says.
"""

from pathlib import Path

from ontology import context, schema_page
from ontology.shapes import shapes

ROOT = Path(__file__).parent.parent


def generated() -> dict[Path, str]:
    """The text of each generated file."""
    return {
        ROOT / "ontology" / "shapes.ttl": shapes(),
        ROOT / "ontology" / "context.jsonld": context.published(),
        ROOT / "docs" / "schema.md": schema_page.page(),
        **{ROOT / name: with_diagram((ROOT / name).read_text("utf-8")) for name in ("README.md", "README.zh-CN.md")},
    }


def with_diagram(text: str) -> str:
    """A page in Markdown with its Mermaid diagram, between DIAGRAM_START and DIAGRAM_END, as the declaration has it;
    raises ValueError where it has none."""
    before, start, rest = text.partition(schema_page.DIAGRAM_START)
    return before + start + schema_page.diagram() + rest[rest.index(schema_page.DIAGRAM_END) :]


def main() -> None:
    """Writes each file that is not up to date and names it."""
    for path, text in generated().items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
