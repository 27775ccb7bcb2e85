"""Where the tables of contents of a text are, by their title (目录), the dots and page numbers of their lines, or
headings that come again in the text.

In all functions `lines` are all lines of the text, and `i`, `first` and `stop` are indices in them. An entry is a line
of a table of contents; a leader is the row of dots in it before the page number.
"""

from functools import cached_property

from extractors import expressions as re
from extractors.layout.lines import TextLine
from extractors.vocabulary.chapters import CONTENTS_TITLE
from extractors.vocabulary.numbering import DIVISION_STYLES, marker, number_pattern
from extractors.vocabulary.numerals import ONES, ORDINAL

# 发展基础……4, 发展基础·····, 第一章	规划背景	4, 第一节 发展基础 - 4 -
DOT = "[.．·•…⋯。﹒‧―─_]"
LEADER_AND_PAGE = re.compile(
    rf"(?:(?<!{DOT}){DOT}{{3,}}+|(?<!{DOT}\s)(?:{DOT}\s){{4,}}+{DOT}?)[\s（(\-－—]{{0,6}}(?:\d{{1,4}}|[IVXivx]{{1,5}})?[\s）)\-－—]{{0,4}}$"
    r"|[…⋯]{2}\s{0,3}\d{1,4}$|\t\s{0,9}[-－—（(]?\s?\d{1,4}\s?[-－—）)]?$"
)
LEADER_DOTS = re.compile(rf"{DOT}{{3}}|(?:{DOT}\s){{3}}")
# 发展基础 4
PAGE_AT_END = re.compile(r"\s{1,40}[-－—（(]?\s?(?:\d{1,4}|[IVXivx]{1,5})\s?[-－—）)]?$")
# 第一章规划背景4
PAGE_GLUED_TO_TITLE = re.compile(r"(?<=[\u4e00-\u9fff”）)])\d{1,3}$")
# 4, …4: a page number that the conversion put on a line of its own
PAGE_ALONE = re.compile(rf"(?:{DOT}|[\d\s（()）—-]){{1,120}}")
# 目录 第一章 总则 1 第二章 任务 4: entries one after the other on a line
CONTENTS_ON_ONE_LINE = re.compile(r"[#*\s]{0,8}目\s{0,12}[录次錄](?=\s{0,9}第)")
ENTRY_NUMBER = re.compile(number_pattern("part", "chapter"))
# 第一章 背景……1     第三章 任务……5: two columns
ENTRY_GAP = re.compile(rf"(?<=\S)\s{{3,60}}(?=第|[（(][{ONES}十]|{ORDINAL}、|\d{{1,2}}\.\d)")
# what an entry and its heading may be printed with and without
UNCOMPARED_MARKS = re.compile(r"[\s#*：:、.．·…]+")
# what an entry with a page number can end with
ENTRY_ENDS = frozenset(".．·•…⋯。﹒‧―─_)）-－—0123456789０１２３４５６７８９IVXivx")
# （327）, （33D, · ·（323）: a page number, of which OCR may have misread a digit
SCATTERED_PAGE = re.compile(r"[（(〈]\s?\d{1,3}\s?[\dA-Z)）〉]")
MIN_SCATTERED_LINES = 20  # lines
MAX_SCATTERED_LINES = 600
MAX_ENTRY_LENGTH = 70
MAX_LEADER_LENGTH = 130  # an entry with its dots
MIN_TEXT_WIDTH = 20  # an entry without a number, such as 前言, is narrower
MIN_ENTRIES = 3
MIN_BARE_ENTRIES = 4


def contents(lines: list[TextLine]) -> list[tuple[int, int]]:
    """The tables of contents of the plan, of its chapters and of its tables or boxes, each as a pair (first, stop): the
    lines from index `first` up to but without `stop` of `lines`, all lines of the text.

    At each line outside of those found so far the first of these that begins there is taken: one with a title such as
    目录 (`_titled`), one of lines with leaders (`_led`), one of headings that are repeated in the text (`_repeated`).
    Where a whole run of lines with leaders, or of headings that follow one another, is none, no part of the run is one
    either.
    """
    found: list[tuple[int, int]] = []
    repeats = _Repeats(lines)
    i = refused = 0
    while i < len(lines):
        run = _led_run(lines, i) if i >= refused else i
        if stop := _titled(lines, i, repeats) or _led(lines, i, run, repeats):
            found.append((i, stop))
        elif (bare := _bare_run(lines, i)) > i:
            if stop := _repeated(lines, i, bare, repeats):
                found.append((i, stop))
            stop = stop or bare
        if not stop:
            refused = max(refused, run)  # the rows of a table: none of them begins a table of contents
        i = stop or i + 1
    return found


def _titled(lines: list[TextLine], i: int, repeats: "_Repeats") -> int | None:
    """The index after a table of contents that begins on line `i` with its title 目录: alone, with entries on the lines
    below it and perhaps below these what is left of columns (`_scattered`); or, before 第, with two entries or more on
    the line (`_run`). None where line `i` begins none. `repeats` looks up which headings are repeated further down."""
    if not CONTENTS_TITLE.fullmatch(lines[i].text):
        return _run(lines, i) if CONTENTS_ON_ONE_LINE.match(lines[i].text) else None
    stop = _entries(lines, i + 1)
    return _scattered(lines, i + 1, stop, repeats) if stop > i + 1 else None


def _scattered(lines: list[TextLine], first: int, stop: int, repeats: "_Repeats") -> int:
    """The index after a table of contents whose columns OCR took apart: after its entries, the lines `first:stop`, its
    numbers, titles and page numbers are on lines of their own, in any order. These are the lines from `stop` on up to
    the first two in a row that have the marks of a sentence and are wider than MIN_TEXT_WIDTH (20), fewer than
    MAX_SCATTERED_LINES (600), without the headings right above these two, with which the text begins
    (`_headings_above`). `repeats` looks up which headings are repeated further down.

    `stop` itself where they are no such lines: there are fewer than MIN_SCATTERED_LINES (20), more than one in eight
    has the marks of a sentence, fewer than one in five have a page number in brackets, or no division (第一章) among
    the entries is repeated after them.
    """
    at = paged = prose = 0
    for at in range(stop, min(len(lines), stop + MAX_SCATTERED_LINES)):
        if all(line.prose and line.width > MIN_TEXT_WIDTH for line in lines[at : at + 2]):
            break
        paged += SCATTERED_PAGE.search(lines[at].text) is not None
        prose += lines[at].prose
    at = _headings_above(lines, first, stop, at, repeats)
    count = at - stop
    if count < MIN_SCATTERED_LINES or paged * 5 < count or prose * 8 > count:
        return stop
    chapters = [line for line in lines[first:stop] if line.number and line.number.style in DIVISION_STYLES]
    return at if any(repeats.again(line, at) for line in chapters) else stop


def _headings_above(lines: list[TextLine], first: int, stop: int, at: int, repeats: "_Repeats") -> int:
    """The index of the first heading of the text of which line `at` is the first running text, after a table of
    contents that begins at line `first` and has its entries up to line `stop`; `at` itself where there is none. It is
    the highest of the lines right above `at`, down to `stop`, that all have a heading's number and a title, which
    repeats a line of the table of contents above them, by its `entry_key`, and is not repeated further down, as
    `repeats` says."""
    above = at
    while above > stop and (number := lines[above - 1].number) and number.end < len(lines[above - 1].text):
        above -= 1
    entries = {entry_key(line.text) for line in lines[first:above]}
    numbered = range(above, at)
    return next((i for i in numbered if entry_key(lines[i].text) in entries and not repeats.again(lines[i], i + 1)), at)


def _run(lines: list[TextLine], i: int) -> int | None:
    """The index after the lines from `i` on that have the numbers of two or more entries each, which are parts or
    chapters (目录 第一章 总则 1 第二章 任务 4). Where the last of them does not end as an entry does, the next line is
    its end, if it has at most MAX_ENTRY_LENGTH (70) characters and ends with a digit. None where line `i` has fewer
    than two."""
    stop = i
    while stop < len(lines) and len(ENTRY_NUMBER.findall(lines[stop].text)) >= 2:
        stop += 1
    if stop == i or stop == len(lines) or lines[stop - 1].text[-1] in ENTRY_ENDS:
        return stop if stop > i else None
    last = lines[stop].text
    return stop + 1 if len(last) <= MAX_ENTRY_LENGTH and last[-1].isdecimal() else stop


def _led_run(lines: list[TextLine], i: int) -> int:
    """The index after the lines from `i` on that `_leader` accepts (规划背景……4); `i` itself where it does not accept
    line `i`."""
    while i < len(lines) and _leader(lines[i].text):
        i += 1
    return i


def _led(lines: list[TextLine], i: int, stop: int, repeats: "_Repeats") -> int | None:
    """`stop`, where the lines `i:stop`, all of which `_leader` accepts, are a table of contents without a title; else
    None: there are fewer than MIN_ENTRIES (3), or they are rows of a table. Lines with tabs in place of dots may be
    such rows, so at least half of those must be repeated as headings from `stop` on, as `repeats` says."""
    if stop - i < MIN_ENTRIES:
        return None
    rows = [line for line in lines[i:stop] if "\t" in line.text and not LEADER_DOTS.search(line.text)]
    again = sum(repeats.again(line, stop) for line in rows)
    return stop if again * 2 >= len(rows) else None


class _Repeats:
    """Looks up whether a heading is repeated further down in the text, of which `lines` are all lines."""

    def __init__(self, lines: list[TextLine]) -> None:
        self.lines = lines

    @cached_property
    def last(self) -> dict[str, int]:
        """The index of the last line of at most MAX_ENTRY_LENGTH (70) characters on which each numbered heading stands,
        by its `entry_key`."""
        numbered = (
            (i, line) for i, line in enumerate(self.lines) if line.number and len(line.text) <= MAX_ENTRY_LENGTH
        )
        return {entry_key(line.text): i for i, line in numbered}

    def again(self, line: TextLine, stop: int) -> bool:
        """Whether the heading on this line, by its `entry_key`, is repeated on the line with the index `stop` or after
        it, as a line of at most MAX_ENTRY_LENGTH (70) characters with a heading's number."""
        return self.last.get(entry_key(line.text), -1) >= stop


def _bare_run(lines: list[TextLine], i: int) -> int:
    """The index after the numbered headings (`_is_bare`) that follow one another from line `i` on, with no other line
    between; `i` itself where line `i` is none."""
    while i < len(lines) and _is_bare(lines[i]):
        i += 1
    return i


def _repeated(lines: list[TextLine], i: int, run: int, repeats: _Repeats) -> int | None:
    """The index after a table of contents without page numbers in the lines `i:run`, which are headings without text
    between them; None where these lines are none. Lines at the end that are not repeated below are headings of the text
    itself, and left out. Of the lines before these there must be at least MIN_BARE_ENTRIES (4), and four in five must
    be repeated below, as `repeats` says."""
    stop = run
    while stop - i >= MIN_BARE_ENTRIES and not repeats.again(lines[stop - 1], stop):
        stop -= 1  # the last lines of the run may be the first headings of the text
    again = sum(repeats.again(line, stop) for line in lines[i:stop])
    return stop if stop - i >= MIN_BARE_ENTRIES and again * 10 >= (stop - i) * 8 else None


def _is_bare(line: TextLine) -> bool:
    """Whether the line is a numbered heading of at most MAX_ENTRY_LENGTH (70) characters, and neither a sentence nor a
    row of a table: it does not end as a sentence does and has no tab, and its number is neither a digit without a mark
    (style "bare") nor circled (①)."""
    if len(line.text) > MAX_ENTRY_LENGTH or line.finished:
        return False
    number = line.number
    return number is not None and number.style not in ("bare", "circled") and "\t" not in line.text


def _leader(text: str) -> bool:
    """Whether the text, a line of at most MAX_LEADER_LENGTH (130) characters without a pipe, ends with a leader: three
    or more dots, … or strokes (― ─ _), or four or more with single blanks between, perhaps with a page number after
    them (规划背景...4); or two … or a tab, with a page number in digits after it (规划背景……4)."""
    return (
        text[-1:] in ENTRY_ENDS
        and len(text) <= MAX_LEADER_LENGTH
        and LEADER_AND_PAGE.search(text) is not None
        and "|" not in text
    )


def entry_key(text: str) -> str:
    """The text of a heading or of an entry of a table of contents without leader and page number, white space, # *
    dots, colons and 、, so that an entry and its heading are equal: '第一章 规划背景……4' -> '第一章规划背景'. Digits at
    the end of a heading are taken for a page number too: up to three, or after a blank up to four or a Roman number,
    perhaps in brackets or dashes ('专栏12', '专栏 （12）' and '专栏 IV' -> '专栏')."""
    if text[-1:] in ENTRY_ENDS:
        text = PAGE_GLUED_TO_TITLE.sub("", PAGE_AT_END.sub("", LEADER_AND_PAGE.sub("", text)))
    return UNCOMPARED_MARKS.sub("", text)


def _entries(lines: list[TextLine], first: int) -> int:
    """The index after the entries of a table of contents that begin at line `first`. A leader counts as a page number.
    They end before the first line

    - of more than MAX_LEADER_LENGTH (130) characters;
    - without a page number, that repeats an entry as the first heading of the text (`_begins_text`);
    - without a page number, that is running text (`_is_text`) or longer than MAX_ENTRY_LENGTH (70). The lines above it
      that belong to its paragraph are then left out too (`_text_above`);
    - without a page number, after MIN_ENTRIES (3) or more entries with one, three in four of all entries, unless the
      line is the first half of an entry (`_broken`).

    Without any such line they go on to the last line, if one of them has a page number; else there are none, and the
    result is `first`. Lines with a page number alone are passed over; a heading's number alone on its line belongs to
    the title on the next one.
    """
    seen: dict[str, int] = {}
    numbered = 0
    for i in range(first, len(lines)):
        text = lines[i].text
        if len(text) > MAX_LEADER_LENGTH:
            return i
        if PAGE_ALONE.fullmatch(text):
            continue
        entry = _leader(text) or any(pattern.search(text) for pattern in (PAGE_AT_END, PAGE_GLUED_TO_TITLE))
        number = lines[i].number
        if number and number.end == len(text) and i + 1 < len(lines):  # 第一章 / 规划背景
            text += lines[i + 1].text
        key = entry_key(text)
        if not entry:
            if key in seen and _begins_text(lines, i, seen, key):
                return i
            if len(text) > MAX_ENTRY_LENGTH or _is_text(lines, i):
                return _text_above(lines, i, first)
            if numbered >= MIN_ENTRIES and numbered * 4 >= len(seen) * 3 and not _broken(lines, i):
                return i
        numbered += entry
        for column in ENTRY_GAP.split(text):
            seen.setdefault(entry_key(column), len(seen))
    return len(lines) if numbered else first


def _is_text(lines: list[TextLine], i: int) -> bool:
    """Whether line `i` is running text: it has no heading's number, and either ends as a sentence does, or has the
    marks of a sentence and is not the first half of an entry (`_broken`)."""
    line = lines[i]
    return line.number is None and (line.finished or (line.prose and not _broken(lines, i)))


def _text_above(lines: list[TextLine], i: int, first: int) -> int:
    """The index of the first line of the paragraph of running text that contains line `i`, at least `first`: the lines
    above it belong to the paragraph as long as they are wide, MIN_TEXT_WIDTH (20) or more, and have no heading's
    number."""
    while i > first and lines[i - 1].number is None and lines[i - 1].width >= MIN_TEXT_WIDTH:
        i -= 1
    return i


def _begins_text(lines: list[TextLine], i: int, seen: dict[str, int], key: str) -> bool:
    """Whether line `i`, which repeats an entry of the table of contents, is the first heading of the text below it, and
    not an entry that the contents have once more under each chapter (一、发展现状): the entry is the first one, or line
    `i` is the last line, or the next line is longer than MAX_ENTRY_LENGTH (70), ends as a sentence does, or repeats an
    entry too. `seen` has the number of each entry, from 0, by its `entry_key`; `key` is the `entry_key` of line `i`."""
    if seen[key] == 0 or i + 1 == len(lines):
        return True
    following = lines[i + 1]
    return len(following.text) > MAX_ENTRY_LENGTH or following.finished or entry_key(following.text) in seen


def _broken(lines: list[TextLine], i: int) -> bool:
    """Whether line `i` is the first half of an entry of a table of contents, because the next line ends with a leader
    or what may be a page number (……4) and does not begin with a heading's number. False for the last line."""
    after = lines[i + 1].text[-MAX_LEADER_LENGTH:] if i + 1 < len(lines) else ""
    return (
        bool(_leader(after) or PAGE_AT_END.search(after) or PAGE_GLUED_TO_TITLE.search(after)) and marker(after) is None
    )
