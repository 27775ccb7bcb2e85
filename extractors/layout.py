from array import array

from extractors.document import Block, Document
from kg.model.source import Source


def layout(source: Source) -> Document:
    parts, origin, blocks, at, out = [], array("l"), [], 0, 0
    for line in source.text.split("\n"):
        if line.strip():
            parts.append(line + "\n")
            origin.extend(range(at, at + len(line) + 1))
            blocks.append(Block("text", out, out + len(line)))
            out += len(line) + 1
        at += len(line) + 1
    return Document(source, "".join(parts), origin, tuple(blocks))
