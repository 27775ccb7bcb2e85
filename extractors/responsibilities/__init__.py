"""Which body has which part in a measure: in running text, in brackets, in lists and in tables."""

from extractors.responsibilities.component import responsibilities

__all__ = ["responsibilities"]
