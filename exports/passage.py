"""The text of a document, or a passage of it among the lines around it, for a person who checks evidence at a
terminal."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ontology.model.text import DocumentText
from ontology.words import language

FRAGMENT_LENGTH = 24  # characters of a quote by which a browser finds it
CONTEXT_LINES = 3  # lines before and after
QUOTE_OPEN, QUOTE_CLOSE = "⟦", "⟧"


def address(path: str, row: Mapping[str, Any]) -> str | None:
    """The address for a browser of the passage that proves a row, in the file at `path`: '/plans/a.pdf' and a row with
    page 3 -> 'file:///plans/a.pdf#page=3'. In files whose suffix is not .pdf, and without a page, the first line of the
    row's quote, cut to FRAGMENT_LENGTH (24) characters and percent-encoded, is named as a text fragment (#:~:text=);
    where it is empty, the address is that of the file alone. None where there is no such file."""
    file = Path(path)
    if not file.is_file():  # gone, on another machine, or within an archive
        return None
    where = file.absolute().as_uri()
    if row.get("page") is not None and file.suffix.lower() == ".pdf":
        return f"{where}#page={row['page']}"
    words = str(row.get("quote") or "").split("\n", 1)[0][:FRAGMENT_LENGTH]
    # a hyphen stands between the parts of a text fragment
    return f"{where}#:~:text={quote(words, safe='').replace('-', '%2D')}" if words else where


def marked_text(text: DocumentText) -> str:
    """The text with a line ——— 第 2 页 ——— before each page, the first too, in Chinese in either language; where a page
    begins within a line, that line is broken there. Unchanged where the document has no pages."""
    parts, copied = [], 0
    for number, start in enumerate(text.pages, 1):
        before = text.content[copied:start]
        parts += [before, "" if not before or before.endswith("\n") else "\n", f"——— 第 {number} 页 ———\n"]
        copied = start
    parts.append(text.content[copied:])
    return "".join(parts)


def passage(text: DocumentText, name: str, start: int, end: int) -> str:
    """The lines that contain `text.content[start:end]` with up to CONTEXT_LINES (3) on each side, numbered, below a
    line with the name of the file (`name`), the lines of the stretch and, where the text has pages, the page of its
    start, in the language of the process. The stretch itself, which must have a character at least, stands between ⟦
    and ⟧, and > marks its lines; where it begins or ends with a line feed, the bracket there is missing. Characters are
    as `_shown` has them, without white space at the ends of lines.

        plan.txt, line 2, page 1
          1  （二）服务提质
        > 2  到2025年，⟦护理型床位占比达到60%⟧。
    """
    content = text.content
    lines = content.split("\n")
    first, last = text.line_of(start), text.line_of(max(start, end - 1))
    page = text.page_of(start)
    line_numbers = f"{first}–{last}" if last > first else str(first)
    if language() == "zh":
        head = f"{_shown(name)}，第 {line_numbers} 行" + (f"，第 {page} 页" if page else "")
    else:
        head = f"{_shown(name)}, line {line_numbers}" + (f", page {page}" if page else "")
    result = [head]
    width = len(str(min(len(lines), last + CONTEXT_LINES)))
    at = _line_start(content, max(1, first - CONTEXT_LINES))
    for number in range(max(1, first - CONTEXT_LINES), min(len(lines), last + CONTEXT_LINES) + 1):
        line = lines[number - 1]
        opens, closes = start - at, end - at
        words = "".join(
            QUOTE_OPEN * (i == opens) + _shown(character) + QUOTE_CLOSE * (i + 1 == closes)
            for i, character in enumerate(line)
        )
        result.append(f"{'>' if first <= number <= last else ' '} {number:{width}}  {words}".rstrip())
        at += len(line) + 1
    return "\n".join(result) + "\n"


def _line_start(content: str, number: int) -> int:
    r"""The offset at which the line with this number, from 1, begins. Lines end at \n alone. Raises ValueError for a
    number after that of the last line."""
    at = 0
    for _ in range(number - 1):
        at = content.index("\n", at) + 1
    return at


def _shown(text: str) -> str:
    r"""The text with characters that are not printable (`str.isprintable`) as escapes, so that a terminal does not obey
    them: an escape character becomes \x1b, a line feed \n, a no-break space \xa0. Tabs and ideographic spaces stay,
    carriage returns are dropped."""
    return "".join(c if c.isprintable() or c in "\t\u3000" else "" if c == "\r" else repr(c)[1:-1] for c in text)
