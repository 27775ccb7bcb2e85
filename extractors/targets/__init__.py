"""Commitments in running text: which numbers and dates are promises, of what, and by when."""

from extractors.targets.component import targets

__all__ = ["targets"]
