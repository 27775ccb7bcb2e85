"""Words and lines of a text that may be a table, each with its place, and words with the kind of gap before them in the
file (`Token`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice

from extractors import expressions as re
from extractors.document import Document

NARROW = re.compile(r"[\x00-\u2000]")
WITHOUT_SPACE = re.compile(r"\S+")
# what a conversion leaves of a page number inside a table: -13-, — 7 —
PAGE_NUMBER_WORD = re.compile(r"[-－—–~·]\s?\d{1,4}\s?[-－—–~·]")
# one space at the very start of a line: where some conversions had a form feed
LEADING_SPACE = re.compile(r"\r?\n ")
# -----, ======: rules drawn between rows
DRAWN_LINE = re.compile(r"[-=─━—_|+:]{4,}")
# 省委组织部    加强考核: two blanks or more between two words
GAP_IN_LINE = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")
MAX_TABLE_LINES = 400


class Gap(IntEnum):
    """The kind of gap between a word and the one before in the file, from NONE (there is no word before) and SPACE (on
    the same line) over LINE and BLANK (a line break, an empty line) to PAGE (a page break, or text that is left out,
    such as a page number or a repeated header); the higher the value, the less likely both words are in one cell."""

    NONE = 0
    SPACE = 1  # the same line
    LINE = 2  # a line break
    BLANK = 3  # at least one empty line
    PAGE = 4  # a page break, or text that is left out


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a candidate: `start:end` is its place in `Document.text`, `gap` the kind of gap before it. `width`
    is its printed width in half-width characters: 2 for a Chinese character, 1 for a Latin one."""

    text: str
    start: int
    end: int
    gap: Gap
    width: int


def tokens(document: Document, start: int, end: int) -> list[Token]:
    """The words of `Document.text[start:end]`, divided at white space there or in the file (`_runs`): '参保率\\n95%以上
    约束性' -> 参保率, 95%以上 (gap `Gap.LINE`), 约束性 (`Gap.SPACE`); the first word has `Gap.NONE`. Left out are page
    numbers between dashes or points that do not follow another word on their line (-13-, ·7·), after which the next
    word has `Gap.PAGE`, and drawn lines of four characters or more (-----)."""
    found: list[Token] = []
    end_before: int | None = None
    skipped = False
    for first, last in _runs(document, start, end):
        text = document.text[first:last]
        at = document.origin[first]
        gap = Gap.NONE if end_before is None else _gap(document, end_before, at)
        end_before = document.origin[last - 1] + 1
        if PAGE_NUMBER_WORD.fullmatch(text) and (skipped or gap != Gap.SPACE):
            skipped = True
            continue
        if DRAWN_LINE.fullmatch(text):
            continue
        if skipped:
            gap, skipped = Gap.PAGE, False
        found.append(Token(text, first, last, gap, display_width(text)))
    return found


def lines_of(words: Sequence[Token]) -> list[list[Token]]:
    """The words divided into the lines of the file: each word that does not come after a space begins a line. No words
    give no lines."""
    lines: list[list[Token]] = []
    for word in words:
        if word.gap == Gap.SPACE and lines:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def display_width(text: str) -> int:
    """The printed width of the text in half-width characters, of which each character above U+2000 counts two, also “
    and —: '约束性%' -> 7."""
    return 2 * len(text) - len(NARROW.findall(text))


def _runs(document: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches `first:last` of `Document.text[start:end]`, in order, that have no white space, neither in
    `Document.text` nor in the file between the characters that they were taken from: the layout joins lines without a
    space."""
    text, origin = document.text, document.origin
    for match in WITHOUT_SPACE.finditer(text, start, end):
        first, last = match.span()
        if origin[last - 1] - origin[first] == last - first - 1:
            yield first, last
            continue
        at = first
        for i in range(first + 1, last):
            if origin[i] != origin[i - 1] + 1 and _breaks(document, origin[i - 1] + 1, origin[i]):
                yield at, i
                at = i
        yield at, last


def _breaks(document: Document, start: int, end: int) -> bool:
    """Whether `Document.source.text[start:end]` contains white space; False where it is empty."""
    return any(c.isspace() for c in document.source.text[start:end])


def _gap(document: Document, start: int, end: int) -> Gap:
    """The kind of gap that `Document.source.text[start:end]` is, the text between two words of the file. A form feed, a
    page boundary of the source, text that the layout left out, and a line break with exactly one space after it and
    nothing else (`LEADING_SPACE`) are a page break; else no line break is SPACE, one is LINE, more are BLANK."""
    between = document.source.text[start:end]
    if "\f" in between or between.strip():
        return Gap.PAGE
    pages = document.source.pages
    if pages and bisect_right(pages, start) != bisect_right(pages, end):
        return Gap.PAGE
    breaks = between.count("\n") or between.count("\r")
    if breaks == 0:
        return Gap.SPACE
    if breaks == 1:
        return Gap.PAGE if LEADING_SPACE.fullmatch(between) else Gap.LINE
    return Gap.BLANK


def source_lines(document: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of the file that `Document.text[start:end]` was taken from, in order, each as offsets `first:last` in
    `Document.source.text` without its line break. A line of which only a part is in `Document.text[start:end]` is given
    whole. Empty lines, and lines that the layout left out (page numbers), are not given."""
    text, origin = document.source.text, document.origin
    at, stop = start, min(end, len(origin))
    while at < stop:
        while at < stop and document.text[at].isspace():
            at += 1
        if at >= stop:
            return
        place = origin[at]
        first = max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1
        breaks = [i for i in (text.find("\n", place), text.find("\r", place)) if i >= 0]
        last = min(breaks, default=len(text))
        yield first, last
        at = max(at + 1, bisect_left(origin, last, at, stop))


def text_offset(document: Document, source_offset: int, start: int, end: int) -> int:
    """The offset in `Document.text` of the character at `source_offset` of `Document.source.text`, looked for from the
    offset `start` up to `end` of `Document.text`. Where the layout left that character out, the offset of the next that
    it kept; `end` where there is none."""
    return bisect_left(document.origin, source_offset, start, end)


def has_gaps(document: Document, start: int, end: int) -> bool:
    """Whether at least a third of the lines of `Document.text[start:end]`, of which the first MAX_TABLE_LINES (400) are
    read, have a wide gap (two blanks or more, full-width ones too, between words) or begin with three blanks or tabs,
    as in a text whose columns are set by blanks. False where there are no lines."""
    lines = [
        document.source.text[first:last].rstrip()
        for first, last in islice(source_lines(document, start, end), MAX_TABLE_LINES)
    ]
    return sum(GAP_IN_LINE.search(line) is not None or line[:3].isspace() for line in lines) * 3 >= len(lines) > 0
