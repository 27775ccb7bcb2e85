"""Corrections: what people put right, replayed whenever a plan is read."""

from kg.corrections.files import CORRECTIONS, VARIABLE, append, correction_files, file_for, load

__all__ = ["CORRECTIONS", "VARIABLE", "append", "correction_files", "file_for", "load"]
