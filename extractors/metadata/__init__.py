"""What a plan says of itself, and the notice that carries it."""

from extractors.metadata.component import metadata

__all__ = ["metadata"]
