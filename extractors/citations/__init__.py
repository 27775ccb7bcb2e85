"""The documents that a plan names in 《》, and what it has to do with each."""

from extractors.citations.component import citations

__all__ = ["citations"]
