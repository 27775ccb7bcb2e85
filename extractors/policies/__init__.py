"""Which document is meant by a title, a 文号 and the words around them."""

from extractors.policies.identity import identify

__all__ = ["identify"]
