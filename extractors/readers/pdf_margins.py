"""Running heads and page numbers of pages, and the margins of the text. Coordinates are in points from the top left."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extractors.readers.pdf_lines import GlyphLine

HEAD_ZONE = 0.12  # of the page's height: running heads and page numbers stand above and below
# — 12 —, -12-, 12, 第 12 页, 第12页 共30页, 12/30, xii
PAGE_NUMBER_LINE = re.compile(
    r"[-—–－―·•~\s]{0,6}(?:\d{1,4}|[ivxIVX]{1,6})[-—–－―·•~\s]{0,6}"
    r"|第\s?\d{1,4}\s?页(?:[\s,，/]{0,3}共\s?\d{1,4}\s?页)?|\d{1,4}\s?/\s?\d{1,4}"
)
DIGIT_RUN = re.compile(r"\d+")
SAME_HEAD_DISTANCE = 3.0  # points
MARGIN_LINE_SHARE = 0.5  # of the widest line: the lines of running text show the margins
MIN_EDGES = 3  # of which the outermost may be an exception
MIN_PAGE_LINES = 6  # lines of a page that show its margins
MAX_MARGIN_DISTANCE = 3.0  # characters
FULL_LINE_TOLERANCE = 2.2  # characters by which a full line may stop short of the margin


@dataclass(frozen=True, slots=True)
class Margins:
    """The x coordinates of the left and right edge of running text, in points."""

    left: float
    right: float


def without_heads(pages: Sequence[tuple[float, list[GlyphLine]]]) -> list[list[GlyphLine]]:
    """The lines of each page without page numbers and running heads. Each page is given as its height in points and its
    lines.

    A line is such a head where it stands in the upper or lower HEAD_ZONE of the page, every line between it and the
    edge is one too, and it is a page number or stands at the same place, numbers aside, on several pages.
    """
    seen: Counter[tuple[bool, str, int]] = Counter()
    for height, lines in pages:
        seen.update({_key(height, line) for line in lines if _in_zone(height, line)})
    enough = max(2, min(3, len(pages)), len(pages) // 5)
    kept = []
    for height, lines in pages:
        order = sorted(lines, key=lambda line: line.top)
        dropped = {id(line) for line in _outer(order, height, seen, enough)}
        dropped |= {id(line) for line in _outer(order[::-1], height, seen, enough)}
        kept.append([line for line in lines if id(line) not in dropped])
    return kept


def margins(lines: Sequence[GlyphLine]) -> dict[tuple[int, str, int], Margins]:
    """The margins of each layout region that the lines are in, by the region's key, (page, kind, number). A page whose
    lines all stay away from the median margin on one side gets the median there; frames and columns keep their own. The
    medians are those of the pages with at least MIN_PAGE_LINES lines."""
    regions: dict[tuple[int, str, int], list[GlyphLine]] = defaultdict(list)
    for line in lines:
        regions[line.region].append(line)
    own = {region: _edges(inside) for region, inside in regions.items()}
    pages = [own[region] for region, inside in regions.items() if not region[1] and len(inside) >= MIN_PAGE_LINES]
    if not pages:
        return own
    left, right = median(page.left for page in pages), median(page.right for page in pages)
    for region, inside in regions.items():
        if not region[1]:
            near = MAX_MARGIN_DISTANCE * inside[0].size
            mine = own[region]
            own[region] = Margins(
                mine.left if mine.left <= left + near else left, mine.right if mine.right >= right - near else right
            )
    return own


def _edges(lines: Sequence[GlyphLine]) -> Margins:
    """The margins that the longer ones of `lines`, which are those of one region, show."""
    widest = max(line.right - line.left for line in lines)
    long = [line for line in lines if line.right - line.left >= MARGIN_LINE_SHARE * widest]
    em = median(line.size for line in long)
    return Margins(_edge([line.left for line in long], em, 1), _edge([line.right for line in long], em, -1))


def _edge(values: list[float], em: float, direction: int) -> float:
    """The outermost of the x coordinates `values` that several lines share, within `em` (the type size): the leftmost
    where `direction` is 1, the rightmost where it is -1."""
    enough = max(1, len(values) // 12)
    order = sorted(values)
    for value in order if direction > 0 else reversed(order):
        near = bisect_right(order, value + em) - bisect_left(order, value - em)
        if near > enough or len(values) < MIN_EDGES:
            return value
    return order[0] if direction > 0 else order[-1]


def _in_zone(height: float, line: GlyphLine) -> bool:
    """Whether the line is in the upper or lower HEAD_ZONE of a page of this height."""
    return line.bottom < height * HEAD_ZONE or line.top > height * (1 - HEAD_ZONE)


def _key(height: float, line: GlyphLine) -> tuple[bool, str, int]:
    """What running heads of several pages have in common: whether they stand in the lower half of a page of this
    height, their text with # for numbers, and the place of their base line in steps of 2 SAME_HEAD_DISTANCE points."""
    return line.top * 2 > height, DIGIT_RUN.sub("#", line.text), round(line.base / SAME_HEAD_DISTANCE / 2)


def _outer(
    order: Sequence[GlyphLine], height: float, seen: Counter[tuple[bool, str, int]], enough: int
) -> list[GlyphLine]:
    """The running heads and page numbers at one edge of a page of this height; `order` are its lines from that edge
    inwards. `seen` counts on how many pages each key (`_key`) occurs, and `enough` is the number that makes a running
    head."""
    found = []
    for line in order:
        if not _in_zone(height, line):
            break
        upper, words, place = _key(height, line)
        times = max(seen[upper, words, near] for near in (place - 1, place, place + 1))
        if not (PAGE_NUMBER_LINE.fullmatch(line.text.strip()) or times >= enough):
            break
        found.append(line)
    return found
