"""Running heads and page numbers of pages, and the margins of the text. Coordinates are in points from the top left."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extractors.readers.pdf_lines import GlyphLine

HEAD_ZONE = 0.12  # of the page's height, at its top and at its bottom, in which running heads and page numbers stand
# — 12 —, -12-, 12, 第 12 页, 第12页 共30页, 12/30, xii
PRINTED_PAGE_NUMBER = re.compile(
    r"[-—–－―·•~\s]{0,6}(?:\d{1,4}|[ivxIVX]{1,6})[-—–－―·•~\s]{0,6}"
    r"|第\s?\d{1,4}\s?页(?:[\s,，/]{0,3}共\s?\d{1,4}\s?页)?|\d{1,4}\s?/\s?\d{1,4}"
)
DIGIT_RUN = re.compile(r"\d+")
SAME_HEAD_DISTANCE = 3.0  # points: half of a step in which the heights of running heads are compared
MARGIN_LINE_SHARE = 0.5  # of the widest line: lines as long show the margins
MIN_EDGES = 3  # edges of lines, of which the outermost may be an exception
MIN_PAGE_LINES = 6  # lines of a page that show its margins
MAX_MARGIN_DISTANCE = 1.8  # type sizes between the margin of a page and the median of all: less than an indent
FULL_LINE_TOLERANCE = 2.2  # characters by which a full line may stop short of the margin


@dataclass(frozen=True, slots=True)
class Margins:
    """The x coordinates of the left and right edge of running text, in points."""

    left: float
    right: float


def without_heads(pages: Sequence[tuple[float, list[GlyphLine]]]) -> list[list[GlyphLine]]:
    """The lines of each page, in their order, without page numbers and running heads. Each page is given as its height
    in points and its lines.

    A line is left out where it stands in the upper or lower HEAD_ZONE (0.12) of the page, all lines between it and the
    edge of the page are left out too, and it is a page number (PRINTED_PAGE_NUMBER) or the same line, numbers aside,
    stands at nearly the same place (`_key`) on a fifth of the pages, rounded down, and on at least three (two where
    there are two). A single page has no running heads.
    """
    counts: Counter[tuple[bool, str, int]] = Counter()
    for height, lines in pages:
        counts.update({_key(height, line) for line in lines if _in_zone(height, line)})
    enough = max(2, min(3, len(pages)), len(pages) // 5)
    body = []
    for height, lines in pages:
        order = sorted(lines, key=lambda line: line.top)
        dropped = {id(line) for line in _outer(order, height, counts, enough)}
        dropped |= {id(line) for line in _outer(order[::-1], height, counts, enough)}
        body.append([line for line in lines if id(line) not in dropped])
    return body


def margins(lines: Sequence[GlyphLine]) -> dict[tuple[int, str, int], Margins]:
    """The margins of each layout region that the lines are in (`_edges`), by the region's key, (page, kind, number). A
    page whose margin on one side is more than MAX_MARGIN_DISTANCE (1.8 type sizes of its first line) farther in than
    the median of the pages with at least MIN_PAGE_LINES (6) lines gets the median there; where no page has so many, all
    pages keep their own margins, as frames, columns and notes always do."""
    regions: dict[tuple[int, str, int], list[GlyphLine]] = defaultdict(list)
    for line in lines:
        regions[line.region].append(line)
    edges = {region: _edges(inside) for region, inside in regions.items()}
    pages = [edges[region] for region, inside in regions.items() if not region[1] and len(inside) >= MIN_PAGE_LINES]
    if not pages:
        return edges
    left, right = median(page.left for page in pages), median(page.right for page in pages)
    for region, inside in regions.items():
        if not region[1]:
            near, page = MAX_MARGIN_DISTANCE * inside[0].size, edges[region]
            edges[region] = Margins(
                page.left if page.left <= left + near else left, page.right if page.right >= right - near else right
            )
    return edges


def _edges(lines: Sequence[GlyphLine]) -> Margins:
    """The margins of a region by its lines, of which there is at least one: of the lines that are at least
    MARGIN_LINE_SHARE (0.5) as long as the longest, the outermost edges that others of them share (`_edge`)."""
    widest = max(line.right - line.left for line in lines)
    long = [line for line in lines if line.right - line.left >= MARGIN_LINE_SHARE * widest]
    em = median(line.size for line in long)
    return Margins(_edge([line.left for line in long], em, 1), _edge([line.right for line in long], em, -1))


def _edge(values: list[float], em: float, direction: int) -> float:
    """The outermost of the x coordinates `values`, of which there is at least one, that has others within `em` (the
    type size): with itself at least two, and more than a twelfth of all. The outermost of all where none has, and of
    fewer than MIN_EDGES (3) values. It is the leftmost where `direction` is 1, the rightmost where it is -1."""
    enough = max(1, len(values) // 12)
    order = sorted(values)
    for value in order if direction > 0 else reversed(order):
        near = bisect_right(order, value + em) - bisect_left(order, value - em)
        if near > enough or len(values) < MIN_EDGES:
            return value
    return order[0] if direction > 0 else order[-1]


def _in_zone(height: float, line: GlyphLine) -> bool:
    """Whether the whole line is in the upper or lower HEAD_ZONE (0.12) of a page of this height."""
    return line.bottom < height * HEAD_ZONE or line.top > height * (1 - HEAD_ZONE)


def _key(height: float, line: GlyphLine) -> tuple[bool, str, int]:
    """What running heads of several pages have in common: whether the top of the line is in the lower half of a page of
    this height, its text with # for each number, and the place of its base line in steps of 2 SAME_HEAD_DISTANCE (6
    points), the nearest."""
    return line.top * 2 > height, DIGIT_RUN.sub("#", line.text), round(line.base / SAME_HEAD_DISTANCE / 2)


def _outer(
    order: Sequence[GlyphLine], height: float, counts: Counter[tuple[bool, str, int]], enough: int
) -> list[GlyphLine]:
    """The running heads and page numbers at one edge of a page of this height; `order` are its lines from that edge
    inwards, and the first that is none ends them. `counts` says on how many pages each key (`_key`) occurs; a key that
    occurs on at least `enough` pages, in its step or one beside it, is a running head."""
    heads = []
    for line in order:
        if not _in_zone(height, line):
            break
        lower, words, place = _key(height, line)
        times = max(counts[lower, words, near] for near in (place - 1, place, place + 1))
        if not (PRINTED_PAGE_NUMBER.fullmatch(line.text.strip()) or times >= enough):
            break
        heads.append(line)
    return heads
