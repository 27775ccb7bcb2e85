"""How well plans are read, measured against annotations that people made."""

from kg.evaluation.annotations import what_is_wrong
from kg.evaluation.scores import Miss, Score, evaluate

__all__ = ["Miss", "Score", "evaluate", "what_is_wrong"]
