"""The text of a plan as its author wrote it, out of what a conversion left of it."""

from extractors.layout.blocks import layout

__all__ = ["layout"]
