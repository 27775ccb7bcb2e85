"""Lines of a page -> paragraphs, by indents, line ends, centring, type, and the space between lines.

A region is a layout region, by its key (`GlyphLine.region`). In all functions `habits` is what the lines of the whole
document have in common, and a character as a measure is the type size of the line.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.readers.pdf_lines import GlyphLine
from extractors.readers.pdf_margins import FULL_LINE_TOLERANCE, Margins, margins
from extractors.readers.pdf_page import DISPLAY_FONT_NAME
from extractors.readers.writer import SENTENCE_PUNCTUATION, Paragraph, Run
from extractors.vocabulary.numbering import HEADING_STYLES, marker
from extractors.vocabulary.stops import SENTENCE_ENDS

# 第一章 规划背景……4, 目录 ...... 12
CONTENTS_LEADER = re.compile(r"(?:[.．·•…⋯﹒]\s?){4,}\s{0,4}[\d(（\-—]*|\t\s?[-—]?\s?\d{1,3}\s?[-—]?$")
# 。 or ：, and closing marks after it: the paragraph may be over
PARAGRAPH_END = re.compile(rf"[{SENTENCE_ENDS}：!?;:][”’」』）)》]{{0,3}}$")
# ① 护理型床位指…, [2] …: a footnote begins
FOOTNOTE_START = re.compile(r"\s*[\[［(（]?(?P<sign>\d{1,2}|[①-⑳]|[*＊†])[\]］)）]?\s*(?=[^\s\d.．、%])")
MIN_INDENT = 1.2  # characters: a first line begins at least so far in
MISSING_WORDS_INDENT = 6.0  # characters: a longer space before the first line says that its first words are missing
RUNNING_LINE_SHARE = 0.8  # of the width between the margins: a longer line with gaps is running text, not a row
PARAGRAPH_SPACING = 1.5  # times the usual distance of lines: a larger one is that of paragraphs
CENTRED_LINE_TOLERANCE = 1.6  # characters by which the two sides of a centred line may differ


@dataclass(slots=True)
class Flow:
    """What the lines of a document have in common: the margins of each layout region by its key, (page, kind, number);
    the usual distance of base lines in multiples of the type size (`pitch`); the name of the font of most characters,
    '' where it is not known; and whether first lines of paragraphs are indented."""

    margins: dict[tuple[int, str, int], Margins]
    pitch: float
    font: str
    indented: bool


@dataclass(slots=True)
class PageParagraph:
    """The lines of a paragraph, which may be on several pages. `box` says that a frame is drawn around it, `gap` that
    its first words are missing from the page."""

    lines: list[GlyphLine]
    box: bool = False
    gap: bool = False


def flow(lines: Sequence[GlyphLine]) -> Flow:
    """The Flow of a document, from its lines outside of tables, in reading order. The distance is that of most
    neighbouring lines of one region, in tenths of the type size, of several the smallest, and 1.5 without any; the font
    is that of most characters, of several the first, where each line counts with the font of most of it. First lines
    are indented where at least three lines, and one in twelve, begin MIN_INDENT (1.2) to 4 characters after the margin
    and are not centred."""
    edges = margins(lines)
    distances: Counter[int] = Counter()
    for before, after in pairwise(lines):
        if before.region == after.region and after.base > before.base:
            distances[round((after.base - before.base) / before.size * 10)] += 1
    fonts: Counter[str] = Counter()
    indented = 0
    for line in lines:
        fonts[line.face.font] += len(line.text)
        indent = (line.left - edges[line.region].left) / line.size
        indented += MIN_INDENT <= indent <= 4 and not _centred(line, edges[line.region])
    pitch = max(distances, key=lambda key: (distances[key], -key), default=15) / 10
    font = max(fonts, key=lambda key: fonts[key], default="")
    return Flow(edges, pitch, font, indented >= 3 and indented * 12 >= len(lines))


def blocks(lines: Sequence[GlyphLine], habits: Flow) -> list[PageParagraph]:
    """The lines, in reading order, divided into paragraphs (`_begins`), which may continue across pages; a frame's
    lines and others are never in one. A footnote comes after the paragraph before it, also where that ends on the next
    page. A line of a footnote begins a new footnote where it has a mark (FOOTNOTE_START) or the footnote before is on
    another page or belongs to an earlier paragraph; else it continues that footnote. A paragraph of several lines lacks
    its first words (`gap`) where its first line begins more than MISSING_WORDS_INDENT (6 characters) after the margin,
    reaches the right one and is not centred."""
    paragraphs: list[PageParagraph] = []
    last: PageParagraph | None = None
    notes: list[PageParagraph] = []  # since the last paragraph began, which may continue on the next page
    for line in lines:
        box = line.region[1] == "box"
        if line.region[1] == "note":
            if notes and notes[-1].lines[-1].page == line.page and not FOOTNOTE_START.match(line.text):
                notes[-1].lines.append(line)
            else:
                notes.append(PageParagraph([line]))
        elif last and last.box == box and not _begins(last.lines, line, habits):
            last.lines.append(line)
        else:
            edge = habits.margins[line.region]
            gap = (
                (line.left - edge.left) / line.size > MISSING_WORDS_INDENT
                and not _short(line, edge)
                and not _centred(line, edge)
            )
            last = PageParagraph([line], box, gap)
            paragraphs += [*notes, last]
            notes = []
    paragraphs += notes
    for block in paragraphs:
        block.gap = block.gap and len(block.lines) > 1
    return paragraphs


def paragraph(block: PageParagraph, habits: Flow) -> Paragraph:
    """The lines of a paragraph -> the paragraph that is written, with bold runs (`words`) and the marks of box and
    gap."""
    return replace(words(block.lines, habits), box=block.box, gap=block.gap)


def words(lines: Sequence[GlyphLine], habits: Flow) -> Paragraph:
    """The words of the lines, none of them empty, as one paragraph, a run for each stretch of a line in one typeface,
    with its page. A space, as bold as the run before it, is where a line break parts letters or digits of ASCII, but
    not two digits (`_needs_space`). A run is bold where its type is heavy, or is display type (黑体, 楷体) of another
    font than `habits.font`."""
    runs: list[Run] = []
    for n, line in enumerate(lines):
        if n and _needs_space(lines[n - 1].text[-1], line.text[0]):
            runs.append(Run(" ", runs[-1].bold, page=line.page))
        start = 0
        for at in range(1, len(line.text) + 1):
            if at == len(line.text) or line.faces[at] != line.faces[start]:
                face = line.faces[start]
                bold = face.heavy or (face.font != habits.font and DISPLAY_FONT_NAME.search(face.font) is not None)
                runs.append(Run(line.text[start:at], bold, page=line.page))
                start = at
    return Paragraph(tuple(runs))


def _begins(before: Sequence[GlyphLine], line: GlyphLine, habits: Flow) -> bool:
    """Whether `line` begins a new paragraph after the lines `before`, those of the paragraph so far. The first rule
    that applies to `line` and the last of `before` decides. It begins one where either line is a row (`_is_row`), where
    their type sizes differ by more than 0.15 of the larger, where they are in two regions of one page of which neither
    is a column, and where in one region their distance is more than PARAGRAPH_SPACING (1.5) times the usual. Where
    either is centred, it does unless it continues centred lines (`_continues_centred`); where it is indented by at
    least MIN_INDENT (1.2 characters), unless that is a hanging indent (`_is_hanging`). Where the last line is short,
    `_begins_after_short` decides. Where that is full, `line` begins a paragraph only if it has the number of a heading,
    or any number in a box, and the last line ends like a paragraph."""
    last = before[-1]
    edge, line_edge = habits.margins[last.region], habits.margins[line.region]
    if _is_row(last, edge) or _is_row(line, line_edge):
        return True
    if abs(last.size - line.size) > 0.15 * max(last.size, line.size):
        return True
    if last.region != line.region and last.page == line.page and "column" not in (last.region[1], line.region[1]):
        return True
    if last.region == line.region and line.base - last.base > habits.pitch * PARAGRAPH_SPACING * last.size:
        return True
    if _centred(last, edge) or _centred(line, line_edge):
        return not _continues_centred(before, line, edge)
    if (line.left - line_edge.left) / line.size >= MIN_INDENT:
        return not _is_hanging(before, line, edge, line_edge)
    if _short(last, edge):
        return _begins_after_short(last, line, edge, habits)
    number = marker(line.text)
    listed = number and (number.style in HEADING_STYLES or "box" in line.region)
    return bool(listed and PARAGRAPH_END.search(last.text))


def _begins_after_short(last: GlyphLine, line: GlyphLine, edge: Margins, habits: Flow) -> bool:
    """Whether `line`, which is neither indented nor centred, begins a new paragraph after `last`, a line that ends
    before the right margin; `edge` are the margins of its region. It does where first lines are not indented, `line`
    has a number, `last` ends like a paragraph, the typefaces of the lines differ, `last` begins more than
    MISSING_WORDS_INDENT (6 characters) farther in, as a title, or more than 0.35 of the width is free after it."""
    if not habits.indented or marker(line.text) or PARAGRAPH_END.search(last.text) or last.face != line.face:
        return True
    if last.left - line.left > MISSING_WORDS_INDENT * last.size:
        return True
    return (edge.right - last.right) > 0.35 * (edge.right - edge.left)


def _is_row(line: GlyphLine, edge: Margins) -> bool:
    """Whether the line is an entry of a table of contents (CONTENTS_LEADER), or a row of a table without rules: it has
    a tab and is no running text, which has a sentence's punctuation and is longer than RUNNING_LINE_SHARE (0.8) of the
    width. `edge` are the margins of its region."""
    if CONTENTS_LEADER.search(line.text):
        return True
    running = SENTENCE_PUNCTUATION.search(line.text) and line.right - line.left > RUNNING_LINE_SHARE * (
        edge.right - edge.left
    )
    return "\t" in line.text and not running


def _short(line: GlyphLine, edge: Margins) -> bool:
    """Whether the line ends more than FULL_LINE_TOLERANCE (2.2) characters before the right margin; `edge` are the
    margins of its region."""
    return (edge.right - line.right) / line.size > FULL_LINE_TOLERANCE


def _centred(line: GlyphLine, edge: Margins) -> bool:
    """Whether the line is centred between the margins `edge` of its region: more than 2.5 characters are free on each
    side, and the two sides differ by less than CENTRED_LINE_TOLERANCE (1.6) characters."""
    left, right = line.left - edge.left, edge.right - line.right
    return left > 2.5 * line.size and right > 2.5 * line.size and abs(left - right) < CENTRED_LINE_TOLERANCE * line.size


def _continues_centred(before: Sequence[GlyphLine], line: GlyphLine, edge: Margins) -> bool:
    """Whether `line` continues the lines `before` it, of which the last or `line` is centred: 第三章 健全多层次的 /
    医疗保障制度体系. `edge` are the margins of the region of the last. Never where `line` is in another typeface than
    the last, has a number or a sentence's punctuation, or the last ends like a paragraph. Else it does in two cases:
    `before` is one or two lines of which the first has the number of a heading; or the last is full and not centred."""
    first, last = before[0], before[-1]
    if (
        last.face != line.face
        or marker(line.text)
        or PARAGRAPH_END.search(last.text)
        or SENTENCE_PUNCTUATION.search(line.text)
    ):
        return False
    number = marker(first.text)
    return bool(number and number.style in HEADING_STYLES and len(before) < 3) or not (
        _centred(last, edge) or _short(last, edge)
    )


def _is_hanging(before: Sequence[GlyphLine], line: GlyphLine, edge: Margins, line_edge: Margins) -> bool:
    """Whether `line`, which is indented, continues a paragraph with a hanging indent, in which all lines but the first
    are indented:

        1. 健全医疗保障制度，完善
           基本医疗保险。

    It does where the last of the lines `before` it is full, `line` has no number, a single line before it is not in
    another typeface throughout, as a heading is, and `line` begins where it must:
    after a single line, which must have a number, MIN_INDENT (1.2) to 4 characters farther in than that line; after
    several lines at the left of the last one, give or take 0.3 characters. `edge` are the margins of the region of the
    lines before, `line_edge` those of the region of `line`, which may be on the next page; where a line begins is
    measured from the left margin of its region.
    """
    last = before[-1]
    if _short(last, edge) or marker(line.text):
        return False
    if len(before) == 1 and len(set(last.faces)) == 1 and last.face not in line.faces:
        return False
    shift = line_edge.left - edge.left
    if len(before) > 1:
        return abs(last.left + shift - line.left) < 0.3 * line.size
    return bool(marker(last.text)) and MIN_INDENT <= (line.left - shift - last.left) / line.size <= 4


def _needs_space(before: str, after: str) -> bool:
    """Whether a space belongs between the last character of a line (`before`) and the first of the next (`after`): both
    are letters or digits of ASCII, and not both are digits, which a line break may part inside a number (202 / 5年)."""
    return (before + after).isascii() and (before + after).isalnum() and not (before + after).isdecimal()
