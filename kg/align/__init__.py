"""Alignment: which task of one plan repeats or adapts which of another, computed from a store into its derived graphs.

`align(store)` brings a store's derived graphs up to date; which plans are compared is decided in `related`, how similar
two tasks are in `measures`, and what that means in `judge`.
"""

from kg.align.update import AlignmentReport, align

__all__ = ["AlignmentReport", "align"]
