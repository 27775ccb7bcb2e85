"""Words and lines of a text that may be a table, each with its place: words with the kind of gap before them in the
file (`Token`), and words of printed lines with the columns of the page that they take up (`PageWord`).

A column of the page is a place for one character, counted from 0; it is not a column of a table. A run is a stretch of
the page's width that words stand in.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

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


class Gap(IntEnum):
    """The kind of gap between a word and the one before in the file; the higher the value, the less likely both words
    are in one cell."""

    NONE = 0
    SPACE = 1  # the same line
    LINE = 2  # a line break
    BLANK = 3  # at least one empty line
    PAGE = 4  # a page break, a page number, or a repeated header


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
    """The words of `Document.text[start:end]`, divided at white space: '参保率\\n95%以上 约束性' -> 参保率, 95%以上
    (gap `Gap.LINE`), 约束性 (`Gap.SPACE`); the first word has `Gap.NONE`. Left out are page numbers that do not follow
    a word on their line (-13-), after which the next word has `Gap.PAGE`, and drawn lines (-----)."""
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
    """The printed width of the text in half-width characters: '约束性%' -> 7."""
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
    page boundary of the source, text that the layout left out, and a single line break that a space follows
    (`LEADING_SPACE`) are a page break; else no line break is SPACE, one is LINE, more are BLANK."""
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


# a run without white space; 2020 年 and 85 % are one
PAGE_WORD = re.compile(r"(?:[^\s\u3000]|(?<=\d)[ ](?=[年%％]))+")
MIN_CELL_GAP = 2  # columns between two cells; one column stands between two words of a cell
MAX_TABLE_LINES = 400


class PageWord(NamedTuple):
    """A word of a line: `left:right` are the columns of the page that it takes up, as the converter aligned them;
    `start:end` is its place in `Document.text`. A blank between a number and 年 or % does not end a word, and is left
    out of `text`."""

    text: str
    left: int
    right: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page as its words, from left to right. `blank` says that an empty line is above it on the same
    page."""

    words: tuple[PageWord, ...]
    blank: bool

    @property
    def has_cell_gap(self) -> bool:
        """Whether two neighbouring words have at least MIN_CELL_GAP columns of the page between them, so that they are
        in different cells."""
        return any(b.left - a.right >= MIN_CELL_GAP for a, b in pairwise(self.words))


def lines_of_page(document: Document, start: int, end: int, measure: Callable[[str], int]) -> list[PageLine]:
    """The lines of the file that `Document.text[start:end]` comes from, at most MAX_TABLE_LINES, without those that
    have no words. `measure` gives the width of a text in columns of the page: a Chinese character takes one in some
    conversions and two in others. A full-width blank is as wide as a Chinese character."""
    lines: list[PageLine] = []
    text, previous = document.source.text, -1
    for first, last in source_lines(document, start, end):
        line = text[first:last]
        words: list[PageWord] = []
        x = at = 0
        for match in PAGE_WORD.finditer(line):
            x += measure(line[at : match.start()].replace("\u3000", "一"))
            wide = measure(match[0])
            opens, closes = (text_offset(document, first + n, start, end) for n in (match.start(), match.end() - 1))
            words.append(PageWord(match[0].replace(" ", ""), x, x + wide, opens, closes + 1))
            x, at = x + wide, match.end()
        between = text[previous:first] if previous >= 0 else ""
        if words:
            lines.append(PageLine(tuple(words), between.count("\n") > 1 and "\f" not in between))
            previous = last
        if len(lines) >= MAX_TABLE_LINES:
            break
    return lines


def pages(lines: Sequence[PageLine]) -> list[list[PageLine]]:
    """The lines divided into pages: a page begins with each line that has the same words as the first, which is the
    header that is printed again on every page. One page where the first line is not repeated, none for no lines."""
    if not lines:
        return []
    head = [word.text for word in lines[0].words]
    starts = [n for n, line in enumerate(lines) if [word.text for word in line.words] == head]
    return [list(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


Run = tuple[int, int]


def runs_of_words(lines: Sequence[PageLine], narrowest: int, most: int) -> list[Run]:
    """The stretches of the page, from left to right, as (first column, column after the last), in which each column is
    taken up by words of more than `most` lines. Two stretches with fewer than `narrowest` columns between them are
    given as one. Empty where there are none."""
    counts: dict[int, int] = {}
    for line in lines:
        for word in line.words:
            for x in range(word.left, word.right):
                counts[x] = counts.get(x, 0) + 1
    found: list[Run] = []
    for x in sorted(x for x, count in counts.items() if count > most):
        if found and x < found[-1][1] + narrowest:
            found[-1] = found[-1][0], x + 1
        else:
            found.append((x, x + 1))
    return found


def columns_of(word: PageWord, runs: Sequence[Run]) -> list[int]:
    """The indices in `runs` of the stretches that the word overlaps, from left to right, or, if it overlaps none, of
    the nearest, of several the first. `runs` are the stretches of the page that the columns of the table take up, so
    these are indices of columns of the table. Empty only where `runs` is."""
    found = [n for n, (left, right) in enumerate(runs) if word.left < right and left < word.right]
    return found or ([min(range(len(runs)), key=lambda n: distance(word, runs[n]))] if runs else [])


def distance(word: PageWord, run: Run) -> int:
    """By how many columns of the page (characters) the word reaches beyond `run` on both sides together; 0 where it
    is inside."""
    return max(0, run[0] - word.left) + max(0, word.right - run[1])
