"""The identity of a policy, found from its title, its 文号 and the words around them."""

from extractors.policies.identity import identify

__all__ = ["identify"]
