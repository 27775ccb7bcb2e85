"""What changed between two versions of one plan."""

from kg.diff.changes import Change, changes

__all__ = ["Change", "changes"]
