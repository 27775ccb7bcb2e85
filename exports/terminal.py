"""What keeps a terminal from obeying control characters in texts of plans, titles and file names, and an encoding from
refusing characters."""

import os
import re
import sys
from io import TextIOWrapper
from typing import TextIO

# C0 and C1 control characters but for tab and newline, what reorders a line (U+202E), and line separators
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def with_escapes(text: str) -> str:
    r"""The text with control characters as escapes: 'a\x1b[31mb' -> r'a\x1b[31mb'; so are marks of the direction of
    writing, line separators and lone surrogates (`_CONTROL`). Tabs and line feeds stay, a carriage return is \x0d."""
    return _CONTROL.sub(_escape, text)


def escaped_line(text: str) -> str:
    r"""The text with control characters as escapes, also line feeds (\n) and tabs (\t), and with all others that
    `with_escapes` replaces, for a name in a message, which must not begin a line of its own."""
    return with_escapes(text).replace("\n", r"\n").replace("\t", r"\t")


def _escape(match: re.Match[str]) -> str:
    """A control character as an escape: \\x1b, \\u202e."""
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def escaped_for(text: str, out: TextIO) -> str:
    """The text for `out`: with control characters as escapes (`with_escapes`) where it is a terminal, unchanged for a
    file or pipe."""
    return with_escapes(text) if out.isatty() else text


def make_encodable() -> None:
    """Changes the encoding of standard output and standard error, so that every character can be written to them.

    A stream that is a file or a pipe gets UTF-8, which is what other programs read, unless $PYTHONIOENCODING names
    another encoding. A terminal keeps its own. A character that an encoding lacks (GBK has no U+1F600) is written as an
    escape. How line ends are written does not change. A stream that is no TextIOWrapper, such as one that a notebook
    puts in place of Python's own, stays as it is.
    """
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, TextIOWrapper):
            continue
        keeps_encoding = stream.isatty() or os.environ.get("PYTHONIOENCODING")
        stream.reconfigure(encoding=None if keeps_encoding else "utf-8", errors="backslashreplace")
