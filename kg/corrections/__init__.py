"""Corrections: what people put right, replayed whenever a plan is read."""

from kg.corrections.files import CORRECTIONS, VARIABLE, append, correction_files, load

__all__ = ["CORRECTIONS", "VARIABLE", "append", "correction_files", "load"]
