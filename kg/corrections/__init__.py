"""Corrections: changes of facts by people, which every build replays on the facts that it reads."""

from kg.corrections.files import CORRECTIONS_FILE, append, correction_files, file_for, folder_of, load, named_files
from ontology.model.corrections import CORRECTIONS_VARIABLE

__all__ = [
    "CORRECTIONS_FILE",
    "CORRECTIONS_VARIABLE",
    "append",
    "correction_files",
    "file_for",
    "folder_of",
    "load",
    "named_files",
]
