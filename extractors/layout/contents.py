"""The table of contents: headings that come again, with or without page numbers."""

import re
from functools import cached_property

from extractors.layout.lines import Line
from extractors.vocabulary.numbering import marker, printed
from extractors.vocabulary.numerals import ONES, ORDINAL

# 目 录, 目　　录, 目次, **目录**, # 目录, 专栏目录
TITLE = re.compile(r"[#*\s]{0,8}(?:专栏|图表|附表|表格|插图)?目\s{0,12}[录次錄][*\s]{0,4}")
# 发展基础……4, 发展基础·····, 第一章	规划背景	4, 第一节 发展基础 - 4 -
DOT = "[.．·•…⋯。﹒‧―─_]"
LEADER = re.compile(
    rf"(?:(?<!{DOT}){DOT}{{3,}}+|(?<!{DOT}\s)(?:{DOT}\s){{4,}}+{DOT}?)[\s（(\-－—]{{0,6}}(?:\d{{1,4}}|[IVXivx]{{1,5}})?[\s）)\-－—]{{0,4}}$"
    r"|[…⋯]{2}\s{0,3}\d{1,4}$|\t\s{0,9}[-－—（(]?\s?\d{1,4}\s?[-－—）)]?$"
)
DOTS = re.compile(rf"{DOT}{{3}}|(?:{DOT}\s){{3}}")
# 发展基础 4
TRAILING = re.compile(r"\s{1,40}[-－—（(]?\s?(?:\d{1,4}|[IVXivx]{1,5})\s?[-－—）)]?$")
# 第一章规划背景4
ATTACHED = re.compile(r"(?<=[\u4e00-\u9fff”）)])\d{1,3}$")
# 4, …4: a page number that the conversion put on a line of its own
PAGE = re.compile(rf"(?:{DOT}|[\d\s（()）—-]){{1,120}}")
# 目录 第一章 总则 1 第二章 任务 4: entries one after the other on a line
RUN = re.compile(r"[#*\s]{0,8}目\s{0,12}[录次錄](?=\s{0,9}第)")
ENTRY = re.compile(printed("part", "chapter"))
# 第一章 背景……1     第三章 任务……5: two columns
COLUMNS = re.compile(rf"(?<=\S)\s{{3,60}}(?=第|[（(][{ONES}十]|{ORDINAL}、|\d{{1,2}}\.\d)")
# what an entry with a page number can end with
ENDS = frozenset(".．·•…⋯。﹒‧―─_)）-－—0123456789０１２３４５６７８９IVXivx")
LONGEST_ENTRY = 70
LONGEST_LEADER = 130  # an entry with its dots
WIDE = 20  # an entry without a number, such as 前言, is narrower
FEWEST_ENTRIES = 3
FEWEST_BARE = 4


def contents(lines: list[Line]) -> list[tuple[int, int]]:
    """The stretches `first:behind` of lines that are tables of contents (the text's, and one of tables or boxes)."""
    found: list[tuple[int, int]] = []
    repeats = _Repeats(lines)
    i = refused = 0
    while i < len(lines):
        run = _led_run(lines, i) if i >= refused else i
        if behind := _titled(lines, i) or _led(lines, i, run, repeats):
            found.append((i, behind))
        elif (bare := _bare_run(lines, i)) > i:
            if behind := _repeated(lines, i, bare, repeats):
                found.append((i, behind))
            behind = behind or bare
        if not behind:
            refused = max(refused, run)  # the rows of a table: none of them begins a table of contents
        i = behind or i + 1
    return found


def _titled(lines: list[Line], i: int) -> int | None:
    """目录, and the entries under it, or after it."""
    if not TITLE.fullmatch(lines[i].text):
        return _run(lines, i) if RUN.match(lines[i].text) else None
    behind = _entries(lines, i + 1)
    return behind if behind > i + 1 else None


def _run(lines: list[Line], i: int) -> int | None:
    """Where the lines end that hold several entries each, and what a line break cut off the last."""
    behind = i
    while behind < len(lines) and len(ENTRY.findall(lines[behind].text)) >= 2:
        behind += 1
    if behind == i or behind == len(lines) or lines[behind - 1].text[-1] in ENDS:
        return behind if behind > i else None
    last = lines[behind].text
    return behind + 1 if len(last) <= LONGEST_ENTRY and last[-1].isdecimal() else behind


def _led_run(lines: list[Line], i: int) -> int:
    """Where the lines end that have leaders and page numbers, from line `i` on."""
    while i < len(lines) and _leader(lines[i].text):
        i += 1
    return i


def _led(lines: list[Line], i: int, behind: int, repeats: "_Repeats") -> int | None:
    """Entries with leaders and page numbers, without a title; with tabs for leaders they could be the rows of a table,
    so half of them must come again as headings."""
    if behind - i < FEWEST_ENTRIES:
        return None
    rows = [line for line in lines[i:behind] if "\t" in line.text and not DOTS.search(line.text)]
    again = sum(repeats.again(line, behind) for line in rows)
    return behind if again * 2 >= len(rows) else None


class _Repeats:
    """Where the same heading stands for the last time; looked up only where headings stand one under the other."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines

    @cached_property
    def last(self) -> dict[str, int]:
        numbered = ((i, line) for i, line in enumerate(self.lines) if line.number and len(line.text) <= LONGEST_ENTRY)
        return {entry_key(line.text): i for i, line in numbered}

    def again(self, line: Line, behind: int) -> bool:
        return self.last.get(entry_key(line.text), -1) >= behind


def _bare_run(lines: list[Line], i: int) -> int:
    """Where the numbered headings end that stand one under the other from line `i` on."""
    while i < len(lines) and _is_bare(lines[i]):
        i += 1
    return i


def _repeated(lines: list[Line], i: int, run: int, repeats: _Repeats) -> int | None:
    """Headings without a text between are a table of contents if nearly all come again."""
    behind = run
    while behind - i >= FEWEST_BARE and not repeats.again(lines[behind - 1], behind):
        behind -= 1  # the last lines of the run may be the first headings of the text
    again = sum(repeats.again(line, behind) for line in lines[i:behind])
    return behind if behind - i >= FEWEST_BARE and again * 10 >= (behind - i) * 8 else None


def _is_bare(line: Line) -> bool:
    if len(line.text) > LONGEST_ENTRY or line.finished:
        return False
    number = line.number
    return number is not None and number.style not in ("bare", "circled") and "\t" not in line.text


def _leader(text: str) -> bool:
    return text[-1:] in ENDS and len(text) <= LONGEST_LEADER and LEADER.search(text) is not None and "|" not in text


def entry_key(text: str) -> str:
    """'第一章	规划背景	4' -> '第一章规划背景': an entry and its heading alike."""
    if text[-1:] in ENDS:
        text = ATTACHED.sub("", TRAILING.sub("", LEADER.sub("", text)))
    return re.sub(r"[\s#*：:、.．·…]+", "", text)


def _entries(lines: list[Line], first: int) -> int:
    """Where the entries that begin at `first` end: at the heading that repeats one, or at the first line of prose."""
    seen: dict[str, int] = {}
    numbered = 0
    for i in range(first, len(lines)):
        text = lines[i].text
        if len(text) > LONGEST_LEADER:
            return i
        if PAGE.fullmatch(text):
            continue
        entry = _leader(text) or any(pattern.search(text) for pattern in (TRAILING, ATTACHED))
        number = lines[i].number
        if number and number.end == len(text) and i + 1 < len(lines):  # 第一章 / 规划背景
            text += lines[i + 1].text
        key = entry_key(text)
        if not entry:
            if key in seen and _begins_text(lines, i, seen, key):
                return i
            if len(text) > LONGEST_ENTRY or (lines[i].finished and not lines[i].number):
                return _text_above(lines, i, first)
            if lines[i].prose and not lines[i].number and not _broken(lines, i):
                return _text_above(lines, i, first)
            if numbered >= FEWEST_ENTRIES and numbered * 4 >= len(seen) * 3 and not _broken(lines, i):
                return i
        numbered += entry
        for column in COLUMNS.split(text):
            seen.setdefault(entry_key(column), len(seen))
    return len(lines) if numbered else first


def _text_above(lines: list[Line], i: int, first: int) -> int:
    """Where the paragraph of the line begins: above it stand lines as wide as a text's, without numbers."""
    while i > first and lines[i - 1].number is None and lines[i - 1].width >= WIDE:
        i -= 1
    return i


def _begins_text(lines: list[Line], i: int, seen: dict[str, int], key: str) -> bool:
    """The repeated line is the text's first heading, no 一、发展现状 that stands under each chapter of the table."""
    if seen[key] == 0 or i + 1 == len(lines):
        return True
    following = lines[i + 1]
    return len(following.text) > LONGEST_ENTRY or following.finished or entry_key(following.text) in seen


def _broken(lines: list[Line], i: int) -> bool:
    """The line is the first half of an entry whose page number stands on the next."""
    after = lines[i + 1].text[-LONGEST_LEADER:] if i + 1 < len(lines) else ""
    return bool(_leader(after) or TRAILING.search(after) or ATTACHED.search(after)) and marker(after) is None
