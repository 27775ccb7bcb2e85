"""A base class that gives whatever has a `close` the `with` statement: stores, graphs, the search index."""

from abc import ABC, abstractmethod
from typing import Self


class Closing(ABC):
    """A base class of what is used in a `with` statement, at whose end `close` is called, after an error too."""

    __slots__ = ()

    @abstractmethod
    def close(self) -> None:
        """Releases what is open: files, connections, processes."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
