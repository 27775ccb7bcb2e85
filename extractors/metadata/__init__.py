"""What a plan states about itself: in its title, and in the notice by which it was issued."""

from extractors.metadata.component import metadata

__all__ = ["metadata"]
