"""The rows of indicator tables: values that are to be reached, and values of the past."""

from extractors.indicators.component import indicators

__all__ = ["indicators"]
