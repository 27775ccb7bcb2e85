"""How well plans are read, measured against annotations that people made."""

from kg.evaluation.scores import Miss, Score, evaluate

__all__ = ["Miss", "Score", "evaluate"]
