"""Which body has which part in a measure, read from running text, brackets, lists and tables."""

from extractors.responsibilities.component import responsibilities

__all__ = ["responsibilities"]
