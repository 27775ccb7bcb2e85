"""Builds and queries a knowledge graph of government plans. `kg.api` says how it is used from Python."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import Graph, Page, Rows, build, citation, extract, load, make_doc, open

__all__ = ["Graph", "Page", "Rows", "build", "citation", "extract", "load", "make_doc", "open"]


def __getattr__(name: str) -> Any:
    """A name of the interface (`__all__`), imported from `kg.api` when it is used, because the command line needs few
    of them. Raises AttributeError for any other name."""
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    import kg.api

    return getattr(kg.api, name)


def __dir__() -> list[str]:
    return __all__
