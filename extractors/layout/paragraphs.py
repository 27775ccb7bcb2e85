"""Hard-wrapped lines put back together into paragraphs."""

import re
from collections import Counter
from collections.abc import Sequence

from extractors.layout.lines import Line
from extractors.numbering import Marker, marker

# numbers that begin a new block even where the line before stops inside its sentence
STRONG = {"part", "chapter", "section", "box"}
# numbers that lists and boxes use as well as headings
WEAK = {"arabic", "arabic-paren", "circled", "han-paren"}
# ——坚持党的领导。, ● 优化布局, # 一级标题, > 引文, 附件：, 表 1：…
OPENS = re.compile(
    r"[—－―─]{2}|[●◆■★▲◇□○※➢]|#{1,6}\s|附\s{0,2}[件表录](?:\s{0,2}\d{1,2})?\s{0,2}(?:[：:]|$)|附表\s?\d|[（(]?注\d?[：:]"
    r"|(?:抄送|主送|主题词|责任单位|牵头单位|信息公开(?:选项|属性))[：:]|表\s{0,2}\d{1,2}(?:[-－]\d{1,2})?[\s：:]|前\s{0,8}言$|引\s{0,8}言$"
)
# 2021年9月15日, 二〇二一年九月十五日
DATE = re.compile(r"[12二一][0-9〇零○一二三四五六七八九]{3}\s{0,3}年\s{0,3}[0-9一二三四五六七八九十]{1,3}\s{0,3}月\s{0,3}(?:[0-9一二三四五六七八九十]{1,3}\s{0,3}日)?")
# 关于印发《…规划》的通知: the end of a notice's title
TITLE_END = re.compile(r"(?:》|[〉>])等?的?(?:通知|批复|意见|函)[*]{0,2}$")
# the sentence goes on for certain
OPEN_END = re.compile(r"[，、,（(《〈“‘「『—－]$")
GOES_ON = re.compile(r"[，。、；：,;）)》〉”’」』！？]")
PROSE = re.compile(r"[，。；]|(?<=[^\x00-\x7f])[,;]")
PAUSE = re.compile(r"[，。；、]")
# 健全完善医疗救助制度。建立救助对象 : a paragraph that opens with its own title
RUN_IN = re.compile(r"[^，。；：]{4,30}。.")
SLACK = 3.0  # a full line may be this much shorter than the widest: marks are squeezed, a word is not broken
FEWEST_GAPS = 4  # with fewer, a short line is taken for a heading of its own


def line_width(lines: Sequence[Line]) -> float | None:
    """28.0 for a text hard-wrapped at 28 characters, None for one whose lines are whole paragraphs."""
    widths = Counter(round(line.width) for line in lines if line.width >= 12)
    total = sum(widths.values())
    if total < 8:
        return None
    best = max(widths, key=lambda w: (sum(widths[w + d] for d in (-1, 0, 1)), w))
    near = sum(widths[best + d] for d in (-1, 0, 1))
    best = max((best - 1, best, best + 1), key=lambda w: (widths[w], w))
    wider = sum(n for w, n in widths.items() if w > best * 1.7)
    stops = sum(line.finished for line in lines if abs(line.width - best) <= 1.5)
    if near * 10 < total * 3 or wider * 10 > total or stops * 2 > near:
        return None
    return float(best)


class Joiner:
    """Decides, line by line, whether the next one goes on with the paragraph at hand."""

    def __init__(self, lines: Sequence[Line], full: float | None) -> None:
        self.full = full
        self.gaps = _gaps(lines, full)

    def goes_on(self, paragraph: Sequence[Line], following: Line, after: Line | None) -> bool:
        last = paragraph[-1]
        words = "".join(line.text for line in paragraph[-3:])
        opened = _unclosed(words)
        number = marker(following.text)
        if OPENS.match(following.text) or (number and number.style in STRONG and not opened):
            return False
        if opened:
            return True
        if DATE.fullmatch(following.text) or DATE.fullmatch(last.text) or TITLE_END.search(last.text):
            return False
        if self.full is None:
            return self._cut(paragraph, words, last, following, number)
        return self._wrapped(paragraph, last, following, number, after)

    def lost(self, paragraph: Sequence[Line]) -> bool:
        """The first line stops inside its sentence well before the margin: its first words were lost."""
        if not self.gaps or self.full is None or len(paragraph) < 2:
            return False
        first = paragraph[0]
        full = max(self.full, max(line.width for line in paragraph) if paragraph[1].width > self.full + 2 else 0.0)
        return not first.finished and first.width < full - 4 and not OPENS.match(first.text)

    def _cut(self, paragraph: Sequence[Line], words: str, last: Line, following: Line, number: Marker | None) -> bool:
        """Lines are paragraphs; only a page break may have cut one."""
        if last.finished or not (PROSE.search(words) and len(words) >= 20):
            return bool(OPEN_END.search(last.text)) and not number
        return not number

    def _wrapped(
        self, paragraph: Sequence[Line], last: Line, following: Line, number: Marker | None, after: Line | None
    ) -> bool:
        assert self.full is not None
        full = max(self.full, max(line.width for line in paragraph) if paragraph[0].width > self.full + 2 else 0.0)
        if last.finished:
            return last.width >= full - 1.5 and not number and not self._first_line(following, after)
        if OPEN_END.search(last.text):
            return True
        is_full = last.width >= full - SLACK
        own = marker(paragraph[0].text)
        title = own is not None and not any(PROSE.search(line.text) for line in paragraph)
        if title and (is_full or not self.gaps or own.style not in WEAK):
            if number:
                return False
            if is_full and following.width < self.full - SLACK and not PROSE.search(following.text) and not following.finished:
                return True
            if own is None or own.style not in WEAK or self._first_line(following, after):
                return False
            return last.width >= full - (1.5 if following.finished else SLACK)
        if is_full:
            return True
        if number:
            return False
        if len(paragraph) > 2 or any(PROSE.search(line.text) for line in paragraph) or GOES_ON.match(following.text):
            return True
        # a short line that stops inside a sentence: a heading, or the rest of a line whose first words were lost
        return PAUSE.search(following.text) is not None and (bool(own) or following.width >= self.full - 1.0) and not self._first_line(following, after)

    def _first_line(self, line: Line, after: Line | None) -> bool:
        """The line is short by an indent, although the text goes on."""
        assert self.full is not None
        if after is None or line.finished:
            return False
        slack = 0.8 if RUN_IN.match(line.text) else 1.2
        return line.width < self.full - slack and after.width > line.width


def _gaps(lines: Sequence[Line], full: float | None) -> bool:
    """Run-in headings were lost: paragraphs begin with a short line, and the next one is full."""
    if full is None:
        return False
    count = 0
    for before, line, following in zip(lines, lines[1:], lines[2:], strict=False):
        if line.width < full - 4 and not line.finished and before.finished and not marker(line.text) and "  " not in line.text:
            count += following.width >= full - 0.6 and PAUSE.search(following.text) is not None and not following.finished
    return count >= FEWEST_GAPS


def _unclosed(words: str) -> bool:
    """《…规划 -> True: the title goes on in the next line."""
    return words.rfind("《") > words.rfind("》")
