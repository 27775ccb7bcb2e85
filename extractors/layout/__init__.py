"""Layout: from the text that a reader took from a file, the text of the plan as its author wrote it."""

from extractors.layout.blocks import layout
from extractors.layout.passages import paragraphs

__all__ = ["layout", "paragraphs"]
