"""The text of a plan as its author wrote it, out of what a conversion left of it."""

from extractors.layout.blocks import layout
from extractors.layout.passages import paragraphs

__all__ = ["layout", "paragraphs"]
