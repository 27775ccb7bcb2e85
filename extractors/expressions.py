"""The names of the standard library's `re` that the program uses, with patterns that are compiled at their first use.

    from extractors import expressions as re

    CHAPTER = re.compile(r"第[一二三]章")   # nothing is compiled yet
    CHAPTER.match("第二章")                 # now it is

The rules hold about a thousand patterns, half a second of work at every start of a process; a file does not need all of
them, and a command that only asks for a title needs few.
"""

import re as _re
from re import (
    ASCII,
    DOTALL,
    IGNORECASE,
    MULTILINE,
    Match,
    Pattern,
    escape,
    findall,
    finditer,
    fullmatch,
    match,
    search,
    split,
    sub,
)
from typing import Any, cast

__all__ = [
    "ASCII", "DOTALL", "IGNORECASE", "MULTILINE", "Match", "Pattern", "compile", "escape", "findall", "finditer",
    "fullmatch", "match", "search", "split", "sub",
]  # fmt: skip

METHODS = (
    "findall", "finditer", "flags", "fullmatch", "groupindex", "groups", "match", "search", "split", "sub", "subn",
)  # fmt: skip


class Later:
    """A pattern that is not compiled yet, with the methods and attributes of `re.Pattern` that METHODS names. The first
    use of one of them (`search`, `flags` …) compiles it, and from then on they are those of the compiled pattern. A
    faulty pattern raises re.error at that first use, not when it is made. `pattern` is the text of the pattern, and
    compiles nothing; any other attribute of `re.Pattern` raises AttributeError."""

    __slots__ = ("_flags", "pattern", *METHODS)

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name not in METHODS:
            raise AttributeError(name)
        compiled = _re.compile(self.pattern, self._flags)
        for each in METHODS:
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)

    def __repr__(self) -> str:
        return f"expressions.compile({self.pattern!r})"


def compile(pattern: str, flags: int = 0) -> Pattern[str]:
    """A pattern that is compiled at its first use (a `Later`), typed as `re.Pattern` because it has the methods that
    METHODS names. Functions such as `search(pattern, text)` do not take it. `pattern` is a text, `flags` are those of
    `re.compile`."""
    return cast("Pattern[str]", Later(pattern, flags))
