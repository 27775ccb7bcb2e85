"""The text of a file for a person who checks evidence."""

from ontology.model.source import Source


def marked_text(source: Source) -> str:
    """The text with a line ——— 第 2 页 ——— where a page starts."""
    parts, behind = [], 0
    for number, start in enumerate(source.pages, 1):
        before = source.text[behind:start]
        parts += [before, "" if not before or before.endswith("\n") else "\n", f"——— 第 {number} 页 ———\n"]
        behind = start
    parts.append(source.text[behind:])
    return "".join(parts)
