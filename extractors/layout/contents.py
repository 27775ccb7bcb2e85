"""The table of contents: headings that come again, with or without page numbers."""

import re

from extractors.layout.lines import Line
from extractors.numbering import marker

# 目 录, 目　　录, 目次, **目录**, # 目录
TITLE = re.compile(r"[#*\s]{0,8}目\s{0,12}[录次錄][*\s]{0,4}")
# 发展基础……4, 发展基础·····, 第一章	规划背景	4, 第一节 发展基础 - 4 -
LEADER = re.compile(
    r"(?:[.．·•…⋯。﹒‧―─_]{3,}|(?:[.．·•…⋯]\s){4,})[\s.．·…（(\-－—]{0,6}(?:\d{1,4}|[IVXivx]{1,5})?[\s）)\-－—]{0,4}$"
    r"|\t\s{0,9}[-－—（(]?\s?\d{1,4}\s?[-－—）)]?$"
)
# 发展基础 4
TRAILING = re.compile(r"\s{1,40}[-－—（(]?\s?(?:\d{1,4}|[IVXivx]{1,5})\s?[-－—）)]?$")
LONGEST_ENTRY = 70
LONGEST_LEADER = 130  # an entry with its dots
FEWEST_ENTRIES = 3


def contents(lines: list[Line]) -> list[tuple[int, int]]:
    """The stretches `first:behind` of lines that are tables of contents (the text's, and one of tables or boxes)."""
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(lines):
        if TITLE.fullmatch(lines[i].text):
            behind = _entries(lines, i + 1)
            if behind > i + 1:
                found.append((i, behind))
                i = behind
                continue
        elif _leader(lines[i].text):
            behind = i + 1
            while behind < len(lines) and _leader(lines[behind].text):
                behind += 1
            if behind - i >= FEWEST_ENTRIES:
                found.append((i, behind))
                i = behind
                continue
        i += 1
    return found


def _leader(text: str) -> bool:
    return len(text) <= LONGEST_LEADER and LEADER.search(text) is not None and "|" not in text


def entry_key(text: str) -> str:
    """'第一章	规划背景	4' -> '第一章规划背景': an entry and its heading alike."""
    text = LEADER.sub("", text)
    text = TRAILING.sub("", text)
    return re.sub(r"[\s#*：:、.．·…]+", "", text)


def _entries(lines: list[Line], first: int) -> int:
    """Where the entries that begin at `first` end: at the heading that repeats one, or at the first line of prose."""
    seen: set[str] = set()
    numbered = 0
    i = first
    while i < len(lines):
        text = lines[i].text
        if len(text) > LONGEST_LEADER:
            return i
        entry = _leader(text) or (TRAILING.search(text) is not None and text[-1].isdecimal())
        key = entry_key(text)
        if not entry and key in seen:
            return i
        if not entry and (len(text) > LONGEST_ENTRY or (lines[i].finished and not marker(text))):
            return i
        if not entry and numbered >= FEWEST_ENTRIES and numbered * 4 >= (i - first) * 3:
            # a numbered table of contents: only an entry broken over two lines goes without its page number
            after = lines[i + 1].text[-LONGEST_LEADER:] if i + 1 < len(lines) else ""
            if not (_leader(after) or TRAILING.search(after)) or marker(after):
                return i
        numbered += entry
        seen.add(key)
        i += 1
    return i if numbered else first
