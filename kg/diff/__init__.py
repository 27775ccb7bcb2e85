"""What changed between two versions of one plan."""

from kg.diff.changes import FactChange, changes

__all__ = ["FactChange", "changes"]
