"""How a text is set: how wide its lines are, and what the first lines of its paragraphs look like. `full` is the width
of a full line in Chinese characters."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractors import expressions as re
from extractors.layout.lines import TextLine

PAUSE_MARK = re.compile(r"[，。；、]")
LINE_SLACK = 3.0  # a full line may be this much shorter than the widest: marks are squeezed, a word is not broken
MIN_GAP_WIDTH = 4.0  # characters by which a line is short whose first words were lost
MIN_GAPS = 4  # with fewer, a short line is taken for a heading of its own
MIN_WIDE_LINES = 8  # of which one can say how wide they are set

MIN_PARAGRAPHS = 16  # of which one can say that nearly all are indented
MIN_SENTENCE_LINES = 40  # lines with a comma, of which one can say that each is a sentence


def is_sentence_a_line(lines: Sequence[TextLine]) -> bool:
    """Whether each line of the text is a whole sentence, because a conversion put a line break in the place of each
    full stop: no line has one, at least MIN_SENTENCE_LINES (40) have a ，, and at most one in fifty of these ends with
    ， or 、."""
    if any("。" in line.text for line in lines):
        return False
    paused = [line.text for line in lines if "，" in line.text]
    return len(paused) >= MIN_SENTENCE_LINES and sum(text[-1] in "，、" for text in paused) * 50 <= len(paused)


def line_width(lines: Sequence[TextLine]) -> float | None:
    """The width of a full line of a text that was hard-wrapped, in Chinese characters: 28.0. Of the three
    neighbouring widths, as 27, 28 and 29, that have the most lines together it is the one with the most lines (of equal
    ones the greater). Widths are rounded, and lines narrower than 12 are not counted.

    None where fewer than MIN_WIDE_LINES (8) lines are left, and for a text whose lines are whole paragraphs: fewer than
    three in ten have about this width, more than one in ten are wider than 1.7 times this, more than half of those of
    about this width end a sentence, or four in five of the others of this width are headings.
    """
    widths = Counter(round(line.width) for line in lines if line.width >= 12)
    total = sum(widths.values())
    if total < MIN_WIDE_LINES:
        return None
    best = max(widths, key=lambda w: (sum(widths[w + d] for d in (-1, 0, 1)), w))
    near = sum(widths[best + d] for d in (-1, 0, 1))
    best = max((best - 1, best, best + 1), key=lambda w: (widths[w], w))
    wider = sum(n for w, n in widths.items() if w > best * 1.7)
    stops = sum(line.finished for line in lines if abs(line.width - best) <= 1.5)
    if near * 10 < total * 3 or wider * 10 > total or stops * 2 > near:
        return None
    # 一、夯基础：补齐设施短板 and （一）道路：畅通最后一公里: headings of one length, no lines that were broken there
    broken = [line for line in lines if abs(line.width - best) <= 1.5 and not line.finished]
    if sum(line.number is not None and not line.prose for line in broken) * 5 >= len(broken) * 4:
        return None
    return float(best)


def is_indented(lines: Sequence[TextLine], full: float | None) -> bool:
    """Whether the first lines of paragraphs are indented: at least seven in ten of the first lines are, and at most one
    in ten of the lines inside a sentence, with two or more of each sort.

    First lines are those after a heading or the end of a sentence, headings themselves aside; in a wrapped text only
    those after a short line, one that is narrower than a full one by more than LINE_SLACK (3). Lines inside a sentence
    are those after a line that is not short (12 wide, where lines are not wrapped), has the marks of a sentence and
    does not end one. `full` is the width of a full line in Chinese characters, None where lines are not wrapped.
    """
    least = 12.0 if full is None else full - LINE_SLACK
    inside = begin = indented_inside = indented_begin = 0
    for before, line in pairwise(lines):
        heading = before.number is not None and not before.prose
        if before.finished or heading:
            if line.number and not line.prose:
                continue  # headings are often set to the margin
            if full is None or before.width < least:
                begin += 1
                indented_begin += line.indent > 0
        elif before.width >= least and before.prose:
            inside += 1
            indented_inside += line.indent > 0
    return begin >= 2 and inside >= 2 and indented_begin * 10 >= begin * 7 and indented_inside * 10 <= inside


def indents_all(lines: Sequence[TextLine]) -> bool:
    """Whether nearly all paragraphs of a text that is not hard-wrapped are indented, so that a sentence at the margin
    goes on with the paragraph before it: of the lines without a number that follow the end of a sentence and are
    sentences themselves there are at least MIN_PARAGRAPHS (16), and at most one in eight stands at the margin."""
    indented = [
        line.indent > 0
        for before, line in pairwise(lines)
        if before.finished and line.finished and line.prose and line.number is None
    ]
    return len(indented) >= MIN_PARAGRAPHS and indented.count(False) * 8 <= len(indented)


def is_stepped(lines: Sequence[TextLine], full: float) -> bool:
    """Whether the first lines of paragraphs are narrower than the others, because a conversion dropped the indent but
    kept the line breaks. At least two of them must be known, and the median of their widths be narrower than a full
    line by 1.2 or more. Known as first lines are those that end no sentence, are as wide as a full line within
    MIN_GAP_WIDTH (4), and follow a line that is shorter than a full one by more than LINE_SLACK (3) and is a heading or
    ends a sentence. `full` is the width of a full line, as all widths in Chinese characters."""
    first = [
        line.width
        for before, line in pairwise(lines)
        if abs(line.width - full) < MIN_GAP_WIDTH and not line.finished and before.width < full - LINE_SLACK
        if before.finished or (before.number and not before.prose)
    ]
    return len(first) >= 2 and median(first) <= full - 1.2


def has_gaps(lines: Sequence[TextLine], full: float) -> bool:
    """Whether a conversion lost the run-in headings of the text, so that first lines have a gap in their place. That is
    where it finds at least MIN_GAPS (4) lines

    - that follow the end of a sentence, have no number and no gap of two blanks, and stop inside a sentence more than
      MIN_GAP_WIDTH (4) before the margin;
    - after which comes a full line (within 0.6) that has a mark of a clause and does not end the sentence.

    `full` is the width of a full line, as all widths in Chinese characters.
    """
    count = 0
    for before, line, following in zip(lines, lines[1:], lines[2:], strict=False):
        if line.width >= full - MIN_GAP_WIDTH or line.finished or not before.finished:
            continue
        if following.width >= full - 0.6 and not following.finished and PAUSE_MARK.search(following.text):
            count += line.number is None and "  " not in line.text
    return count >= MIN_GAPS
