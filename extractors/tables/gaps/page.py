"""Lines of a page as words with their columns, and the runs, the stretches of the page's width that words stand in.

A column of the page is a place for one character, counted from 0; it is not a column of a table.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extractors import expressions as re
from extractors.document import Document
from extractors.tables.model import Refusal
from extractors.tables.tokens import place, source_lines

# a run without white space; 2020 年 and 85 % are one
WORD = re.compile(r"(?:[^\s\u3000]|(?<=\d)[ ](?=[年%％]))+")
WIDE_GAP = 2  # columns between two cells; one column stands between two words of a cell
MOST_LINES = 400


class PageWord(NamedTuple):
    """A word of a line: `left:right` are the columns of the page that it takes up, as the converter aligned them;
    `start:end` is its place in `Document.text`. A blank between a number and 年 or % is inside a word."""

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
    def parted(self) -> bool:
        """Whether two neighbouring words have at least WIDE_GAP columns between them, so that they are in different
        cells."""
        return any(b.left - a.right >= WIDE_GAP for a, b in pairwise(self.words))


def lines_of_page(document: Document, start: int, end: int, measure: Callable[[str], int]) -> list[PageLine]:
    """The lines of the file that `Document.text[start:end]` comes from, without those that have no words. `measure`
    gives the width of a text in columns of the page: a Chinese character takes one in some conversions and two in
    others. At most MOST_LINES lines are read."""
    found: list[PageLine] = []
    text, previous = document.source.text, -1
    for first, last in source_lines(document, start, end):
        line = text[first:last]
        words: list[PageWord] = []
        x = at = 0
        for match in WORD.finditer(line):
            x += measure(line[at : match.start()].replace("\u3000", "一"))
            wide = measure(match[0])
            opens, closes = (place(document, first + n, start, end) for n in (match.start(), match.end() - 1))
            words.append(PageWord(match[0].replace(" ", ""), x, x + wide, opens, closes + 1))
            x, at = x + wide, match.end()
        between = text[previous:first] if previous >= 0 else ""
        if words:
            found.append(PageLine(tuple(words), between.count("\n") > 1 and "\f" not in between))
            previous = last
        if len(found) >= MOST_LINES:
            break
    return found


def pages(lines: Sequence[PageLine]) -> list[list[PageLine]]:
    """The lines divided into pages: before each repetition of the first line, which is the header that is printed again
    on every page. One page where the first line is not repeated."""
    if not lines:
        return []
    head = [word.text for word in lines[0].words]
    starts = [n for n, line in enumerate(lines) if [word.text for word in line.words] == head]
    return [list(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


Run = tuple[int, int]


def runs_of_words(lines: Sequence[PageLine], narrowest: int, most: int) -> list[Run]:
    """The stretches of the page, as (first column, column after the last), in which each column is taken up by words of
    more than `most` lines. Two stretches with fewer than `narrowest` columns between them are given as one."""
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
    """The indices in `runs` of the stretches that the word overlaps, or, if it overlaps none, of the nearest. `runs`
    are the stretches of the page that the columns of the table take up, so these are indices of columns of the table.
    Empty only where `runs` is."""
    found = [n for n, (left, right) in enumerate(runs) if word.left < right and left < word.right]
    return found or ([min(range(len(runs)), key=lambda n: distance(word, runs[n]))] if runs else [])


def distance(word: PageWord, run: Run) -> int:
    """By how many columns of the page (characters) the word reaches beyond `run` on both sides together; 0 where it
    is inside."""
    return max(0, run[0] - word.left) + max(0, word.right - run[1])


def refused_lines(lines: Sequence[PageLine], reason: str) -> Refusal:
    """The refusal, for this reason, of the rows on these lines, from their first to their last word."""
    words = [word for line in lines for word in line.words]
    return Refusal(min(word.start for word in words), max(word.end for word in words), reason)
