"""Alignment: which task of one plan took up which of another, derived from a store and kept beside what was read.

`align(store)` brings a store's derived graphs up to date; what is compared with what is in `related`, how alike two
tasks are in `measures`, and what that means in `judge`.
"""

from kg.align.update import Report, align

__all__ = ["Report", "align"]
