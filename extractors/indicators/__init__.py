"""Rows of indicator tables: what is to be reached, and what was."""

from extractors.indicators.component import indicators

__all__ = ["indicators"]
