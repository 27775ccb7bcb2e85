"""The headings of a plan and the sections between them."""

from extractors.outline.component import outline

__all__ = ["outline"]
