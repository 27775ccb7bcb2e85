"""Where paragraphs begin inside lines that hold many, because a conversion dropped the breaks between them.

In all functions but `_is_number` `words` is one line of the file, and offsets are those in it.
"""

from collections.abc import Sequence
from itertools import pairwise

from extractors import expressions as re
from extractors.vocabulary.numbering import (
    BLANK_CHARACTER,
    DIVISION_STYLES,
    INLINE,
    MENTION,
    STRONG_STYLES,
    Marker,
    Style,
    marker,
    number_pattern,
)
from extractors.vocabulary.numerals import ONES
from extractors.vocabulary.run_on import title_end
from extractors.vocabulary.stops import CLAUSE_ENDS, FULL_STOPS, SENTENCE_ENDS

# 第一章 总则……1: an entry of a table of contents
LEADERS = re.compile(r"[.．·…]{3}|\s\d{1,3}\s")
MIN_MERGED_LENGTH = 80  # characters of a line that may hold several paragraphs, and numbers that show it
MIN_NUMBERS = 2
MIN_MERGED_SHARE = 0.4  # of a text, in such lines, before its other lines are cut too
MIN_DIVIDED_LENGTH = 40
MIN_CERTAIN_LENGTH = 300  # of a line that is cut in any text, and numbers
MIN_BEGINNINGS = 3
MIN_LENGTH_PER_NUMBER = 8  # characters that a number and its words have at least: less is no text
ONE_LINE_SHARE = 0.8  # of a text in one line, which is the text then, on a line
MIN_CHAPTERS = 3
MAX_UNSTOPPED_LENGTH = 100  # of a title without a stop, a note of who does it
# the styles whose numbers need not follow on each other in one line
UNCOUNTED_STYLES: frozenset[Style] = STRONG_STYLES | {"article"}
# an indent inside the line, where a paragraph began
INNER_INDENT = re.compile(r"(?<=[^\s])(?:\u3000{2,8}| {4,16}|\xa0{2,16})(?=\S)")
INDENT_STARTS = ("\u3000\u3000", "    ", "\xa0\xa0")  # what it begins with
# 。- 4 -第二节: the number of a page
PAGE_BETWEEN = re.compile(
    rf"[{SENTENCE_ENDS}]\s{{0,4}}(?P<number>[-－—]{{1,2}}\s?\d{{1,3}}\s?[-－—]{{1,2}}\s{{0,4}})(?=[^\d\s])"
)
# 一、, 第一章: what numbers the chapters of a text without line breaks
CHAPTER_NUMBER = re.compile(rf"{number_pattern('chapter')}|(?<![（(第{ONES}十]){number_pattern('han')}(?![{ONES}]、)")
PARAGRAPH_CLOSED = re.compile(rf"[{SENTENCE_ENDS}][”）】]?\s{{0,8}}$|）\s{{0,8}}$")
# 配合单位：市财政局
UNITS_NOTE = re.compile(r"(?:单位|部门)[：:][^。；]{2,80}$")
CLAUSE_END = re.compile(rf"[{CLAUSE_ENDS}]")
SENTENCE_ENDED = re.compile(rf"[{FULL_STOPS}][”）】]?\s{{0,3}}$")
# 面临形势 “十四五”时期，…: a title and the text after it
TITLE_AND_BLANK = re.compile(rf"(?P<title>[^{CLAUSE_ENDS}]{{2,40}})\s+(?=[^\s{CLAUSE_ENDS}]{{2,40}}[，；：。].{{10}})")


# 第一篇　转型升级　走出新路子　　今后五年，…。, 第一章　任务　　（一）增强能力　　1990年…: a wide gap between a title
# and what follows it, its text or the next number
PRINTED_DIVISION = number_pattern(*DIVISION_STYLES)
WIDE_INDENT = r"(?:\u3000{2,8}| {4,16}|\xa0{2,16})"
NO_MENTION = rf"(?!{MENTION.pattern})"
TITLE_IN_LINE = re.compile(
    rf"(?:(?P<division>{PRINTED_DIVISION}){NO_MENTION}|{number_pattern('han', 'han-paren', 'formal')}"
    r"|(?P<preface>[前引序]\s{0,4}言))"
    rf"(?:(?<=言)|(?=\S)[^{SENTENCE_ENDS}]{{2,40}}?){WIDE_INDENT}(?=\S)"
)
# 第一章 发展基础 “十三五”以来，…。, 专栏1 设施工程 新建中心120个，…。: one blank, and a sentence too long for a title
TITLE_AND_SENTENCE = re.compile(
    rf"(?:{PRINTED_DIVISION}|{number_pattern('box')})(?=\S)[^{CLAUSE_ENDS}\s]{{4,24}}{BLANK_CHARACTER}(?=[^\s{CLAUSE_ENDS}]{{2,40}}，[^。]{{4,}}。)"
)
LONG_CLAUSE = re.compile(r"[^。]{4,}[，。；]")
SHORT_TEXT = re.compile(r"[\u4e00-\u9fff“]{4}")
MIN_TEXT_LENGTH = 20  # of what stands after a title without a stop
# 第五篇坚持可持续发展第十八章控制人口增长: titles without a break between; 第二章第三节规定的 mentions both
NEXT_TITLE = re.compile(rf"(?<=[\u4e00-\u9fff”）]{{2}})\s{{0,4}}(?={PRINTED_DIVISION}[\u4e00-\u9fff“])")
OPENS_TITLE = re.compile(rf"{PRINTED_DIVISION}[\u4e00-\u9fff“]")
# 第一节加强水利建设水利建设要全面规划，…: a title and its text, where the text lost the marks between them
DIVISION_AT = re.compile(rf"\s{{0,8}}{PRINTED_DIVISION}(?=[\u4e00-\u9fff“]){NO_MENTION}")
MIN_RUN_ON = 3  # lines of a text: one alone may be a title of two phrases
NO_DIVISION_TITLE = re.compile(r"[。；：]|规定|所[列述]|中的|详见|参见|[见按至和与及、到](?=\s{0,2}第)")
# 目录序言, 第二十六章保障计划全面落实序言, 2022 年 5 月 前  言: 前言 and the like glued to what stands before them
GLUED_PREFACE = re.compile(
    r"(?:(?P<after>^目\s{0,9}录|\d\s{0,3}月)|[\u4e00-\u9fff]{4})\s{0,9}(?=[前引序]\s{0,9}言\s{0,3}$)"
)
GLUED_CONTENTS = re.compile(rf"^目\s{{0,9}}录\s{{0,4}}(?={PRINTED_DIVISION})")


def merged_lines(stretches: Sequence[str]) -> list[list[int]]:
    """For each of the lines of a file (`stretches`), the offsets in it, after 0, at which paragraphs begin inside it,
    because a conversion dropped the breaks between them. In '第一节 背景 五年来，…。第二节 目标 到2025年，…', if it is
    long enough, these are the offsets of 五, of 第二节 and of 到. [] for a line that is one paragraph.

    A line is divided by numbers and gaps (`_paragraphs`) and titles (`_titles`). A line that these do not divide is
    divided after a title that runs on into its text (`_run_on`) where MIN_RUN_ON (3) such lines are in the file. A line
    that is still whole is divided after the gap behind a division's title (`_gap`) where MIN_RUN_ON other lines are
    divided at that gap.
    """
    found = [{*edges, *_titles(words)} for words, edges in zip(stretches, _paragraphs(stretches), strict=True)]
    run_on = [_run_on(words) if not edges else None for words, edges in zip(stretches, found, strict=True)]
    if sum(at is not None for at in run_on) >= MIN_RUN_ON:
        found = [edges | ({at} if at else set()) for edges, at in zip(found, run_on, strict=True)]
    if sum(_gap(words) in edges for words, edges in zip(stretches, found, strict=True) if edges) >= MIN_RUN_ON:
        found = [
            edges or ({at} if (at := _gap(words)) else set()) for words, edges in zip(stretches, found, strict=True)
        ]
    return [sorted(edges) for edges in found]


def _has_cells(words: str) -> bool:
    """Whether the line is a row of a table, whose cells are parted by tabs or pipes."""
    return "\t" in words or "|" in words


def _gap(words: str) -> int | None:
    """The offset after the wide gap that follows a division's title at the start of the line, where four Chinese
    characters or “ stand after it: that of 优 in '第二节  推进结构调整    优化产业结构'. None where there is no such
    gap, for a row of a table and for a line like an entry of a table of contents (`LEADERS`: dots, or a number between
    blanks)."""
    title = TITLE_IN_LINE.match(words, len(words) - len(words.lstrip()))
    if title is None or not title["division"] or _has_cells(words) or LEADERS.search(words):
        return None
    return title.end() if SHORT_TEXT.match(words, title.end()) else None


def _run_on(words: str) -> int | None:
    """The offset, in a line, of the text that follows a division's title without a mark between them:
    '第一节加强水利建设水利建设要全面规划，统筹兼顾，标本兼治' -> that of the second 水. None where the line does not
    begin with such a title (`title_end` finds none), for a row of a table and for a line like an entry of a table of
    contents (`LEADERS`)."""
    if _has_cells(words) or LEADERS.search(words):
        return None
    number = DIVISION_AT.match(words)
    end = title_end(words[number.end() :]) if number else None
    return number.end() + end if number and end else None


def _titles(words: str) -> set[int]:
    """The offsets in a line at which something begins after a title: 前言 at the end of a line, under the conditions of
    `_glued_preface`; and the text after titles that a wide gap or the like ends (`_titles_in_line`), or, where there is
    none, the next title glued to one (`_glued_titles`). Empty for a row of a table."""
    if _has_cells(words):
        return set()
    start = len(words) - len(words.lstrip())
    return _glued_preface(words, start) | (_titles_in_line(words, start) or _glued_titles(words, start))


def _glued_preface(words: str, start: int) -> set[int]:
    """The offset of 前言 (引言, 序言) at the end of a line of fewer than MAX_UNSTOPPED_LENGTH (100) characters, glued
    to 目录 at the very start of the line, to a month in digits (5月), or to any four Chinese characters of a line that
    begins with a division's title; as a set of one, empty where there is none. `start` is the offset of the first
    character that is not white space."""
    if len(words) >= MAX_UNSTOPPED_LENGTH or not words.rstrip().endswith("言"):
        return set()
    preface = GLUED_PREFACE.search(words)
    return {preface.end()} if preface and (preface["after"] or OPENS_TITLE.match(words, start)) else set()


def _glued_titles(words: str, start: int) -> set[int]:
    """The offsets of the divisions' titles that follow one another without a break in a line that begins with one
    (第五篇发展第十八章控制人口 -> that of 第十八章), or with 目录 and one (then of that too, if it is right after 目录
    or a second follows). Empty for other lines, for one like an entry of a table of contents (`LEADERS`), and for a
    line that is no row of titles: it has 。；： or words such as 规定, or only refers to a division (见第三章). `start`
    is the offset of the first character that is not white space."""
    glued = GLUED_CONTENTS.match(words)
    if not (glued or OPENS_TITLE.match(words, start)) or NO_DIVISION_TITLE.search(words) or LEADERS.search(words):
        return set()
    stop = glued.end() if glued else start
    titles = {at.end() for at in NEXT_TITLE.finditer(words, stop)}
    return titles | ({stop} if glued and titles else set())


def _titles_in_line(words: str, start: int) -> set[int]:
    """The offsets at which paragraphs begin after each of the titles that follow one another from the offset `start`
    on, each ended by a wide gap: '第二章　分配　　（一）收入　　1990年人均收入为三百元，比上年增长一成，比全省高' ->
    those of （一） and of 1990.

    A title counts where one of these follows it, and the first that does not count ends the search:

    - a heading's number, unless the line is like an entry of a table of contents (`LEADERS`);
    - after a division's title or 前言: four or more characters and then one of ，。；, or MIN_TEXT_LENGTH (20) more
      characters of the line, unless it is like such an entry;
    - after another title: MIN_TEXT_LENGTH more characters of the line, none of them a 。.

    Where none counts, the offset after a division's or box's title at `start` that one blank separates from a long
    sentence. Empty where there is no such title either.
    """
    found: set[int] = set()
    at = start
    while title := TITLE_IN_LINE.match(words, at):
        rest = words[title.end() :]
        number = marker(rest[:MAX_UNSTOPPED_LENGTH]) is not None and not LEADERS.search(words)
        division = title["division"] or title["preface"]
        text = LONG_CLAUSE.match(rest) if division else len(rest) >= MIN_TEXT_LENGTH and "。" not in rest
        if not (number or text or (division and len(rest) >= MIN_TEXT_LENGTH and not LEADERS.search(words))):
            break
        found.add(title.end())
        at = title.end()
    if not found and (title := TITLE_AND_SENTENCE.match(words, start)):
        found.add(title.end())
    return found


def _paragraphs(stretches: Sequence[str]) -> list[list[int]]:
    """For each line of a file (`stretches`), the offsets in it at which paragraphs begin inside it, by numbers, gaps
    and titles (`_cuts`); 0 is one of them only where a chain of chapters begins the line. Which lines are divided is
    decided by the first of these that applies:

    - One line is nearly all of the text (at least ONE_LINE_SHARE, 0.8, and MIN_MERGED_LENGTH, 80 characters) and has a
      chain of chapters (`_chain`): the first such line alone.
    - At least MIN_MERGED_SHARE (0.4) of the text is in lines of MIN_MERGED_LENGTH characters or more that `_cuts`
      divides with `fewest` 2: all lines of MIN_DIVIDED_LENGTH (40) characters or more, with `fewest` 1.
    - Else the lines of MIN_CERTAIN_LENGTH (300) characters or more that it divides, with `fewest` 2, at MIN_BEGINNINGS
      (3) offsets or more.

    The other lines have [].
    """
    total = sum(map(len, stretches))
    for at, words in enumerate(stretches):
        if len(words) >= max(MIN_MERGED_LENGTH, total * ONE_LINE_SHARE) and (chain := _chain(words)):
            return [_cuts(words, MIN_NUMBERS, chain) if n == at else [] for n, words in enumerate(stretches)]
    found = [_cuts(words, MIN_NUMBERS) if len(words) >= MIN_MERGED_LENGTH else [] for words in stretches]
    if sum(len(words) for words, edges in zip(stretches, found, strict=True) if edges) < total * MIN_MERGED_SHARE:
        return [
            edges if len(words) >= MIN_CERTAIN_LENGTH and len(edges) >= MIN_BEGINNINGS else []
            for words, edges in zip(stretches, found, strict=True)
        ]
    return [_cuts(words, 1) if len(words) >= MIN_DIVIDED_LENGTH else [] for words in stretches]


def _chain(words: str) -> frozenset[int]:
    """The offsets of the chapters' numbers in a text that stands on one line: 一、 or 第一章, then 二、 or 第二章, and
    so on, each after the end of a sentence or a ）, the first perhaps within MAX_UNSTOPPED_LENGTH (100)
    characters of the start, after the plan's title; numbers out of order are passed over. Empty where fewer than
    MIN_CHAPTERS (3) follow one another, or one has fewer than MIN_TEXT_LENGTH (20) characters before the next or the
    end: these are then numbers of a list in a sentence."""
    found: list[int] = []
    for place in CHAPTER_NUMBER.finditer(words):
        at = place.start()
        number = _marker_at(words, at)
        if number is None or number.ordinals != (len(found) + 1,):
            continue
        if PARAGRAPH_CLOSED.search(words, max(0, at - 10), at) or (not found and at <= MAX_UNSTOPPED_LENGTH):
            found.append(at)
    near = any(following - at < MIN_TEXT_LENGTH for at, following in pairwise([*found, len(words)]))
    return frozenset() if near or len(found) < MIN_CHAPTERS else frozenset(found)


def _cuts(words: str, fewest: int, chain: frozenset[int] = frozenset()) -> list[int]:
    """The offsets in a line at which paragraphs begin: after wide gaps, before and after page numbers, at numbers of
    headings (`_numbers`), and after titles (`_after_title`; after the number of a chapter of `chain` also where
    `title_end` finds the end of its title). A gap does not count after a heading's number alone, nor in a line without
    the mark of a clause. [] for a row of a table.

    `chain` are offsets at which chapters begin for certain, as `_chain` returns them; other numbers count only where
    there are, with those of `chain` after the line's start, at least `fewest`.
    """
    if _has_cells(words):
        return []
    # the gaps of a line without a sentence part the cells of a table
    indents = (
        INNER_INDENT.finditer(words) if any(map(words.__contains__, INDENT_STARTS)) and CLAUSE_END.search(words) else ()
    )
    found = {at.end() for at in indents if not _is_number(words[: at.start()][-12:])}
    found |= {at for page in PAGE_BETWEEN.finditer(words) for at in page.span("number")}
    found |= chain
    found |= _numbers(words, found, fewest)
    edges = [0, *sorted(found), len(words)]
    for start, end in pairwise(edges):
        found |= _after_title(words, start, end)
        if start in chain and (title := title_end(words[(begin := _begin(words, start)) : end])):
            found.add(begin + title)  # 一、发展基础“十三五”以来，…
    return sorted(found)


def _begin(words: str, at: int) -> int:
    """The offset at which the words after the heading's number at `at` begin; `at` itself where there is no number."""
    number = _marker_at(words, at)
    return at + number.end if number else at


def _is_number(words: str) -> bool:
    """Whether the words are nothing but a heading's number: '第一章 ' -> True."""
    number = marker(words.strip())
    return number is not None and number.end == len(words.strip())


def _numbers(words: str, edges: set[int], fewest: int) -> set[int]:
    """The offsets of heading numbers at which a paragraph begins inside a line, without that at its beginning. Each is
    1, one more than the last number of its style (the number with which the line begins counts as one), or like 第一章,
    第一条 or 专栏1 (UNCOUNTED_STYLES); and it stands at one of the offsets `edges` or after a complete paragraph
    (`_ended`). A number 1 after a colon counts only where 2 of its style follows and counts. Empty where there are
    fewer than `fewest`, or more places that look like a number (INLINE) than one in MIN_LENGTH_PER_NUMBER (8)
    characters, which are then numbers within a sentence."""
    last: dict[tuple[Style, int], int] = {}
    if begun := _marker_at(words, 0):
        last[begun.style, len(begun.ordinals)] = begun.ordinals[-1]
    found: list[int] = []
    announced: dict[tuple[Style, int], int] = {}  # 主要目标：1. begins a paragraph if 。2. does
    places = [at.end() for at in INLINE.finditer(words)]
    if len(places) * MIN_LENGTH_PER_NUMBER > len(words):
        return set()
    for start in places:
        number = _marker_at(words, start)
        if number is None or start == 0:
            continue
        own, ordinal = (number.style, len(number.ordinals)), number.ordinals[-1]
        follows = ordinal == last.get(own, -1) + 1
        if not (follows or ordinal == 1 or number.style in UNCOUNTED_STYLES):
            continue
        if start in edges or _ended(words, start, found[-1] if found else 0, follows):
            if ordinal == 2 and own in announced:
                found.append(announced.pop(own))
            found.append(start)
        elif ordinal == 1 and words[start - 1] in "：:":
            announced[own] = start
        else:
            continue
        last[own] = ordinal
    return set(found) if len(found) >= fewest else set()


def _ended(words: str, at: int, begin: int, follows: bool) -> bool:
    """Whether the paragraph `words[begin:at]` is complete, so that another one may begin at `at`: it ends with 。！？,
    perhaps with a closing mark after it, or is a numbered title of fewer than MAX_UNSTOPPED_LENGTH (100) characters
    without a mark of a clause; or, where `follows`, it ends with ） or a note of who is responsible (…市教委负责）,
    配合单位：…). `follows` says that the heading's number at `at` is one more than the last one."""
    if SENTENCE_ENDED.search(words, max(begin, at - 4), at):
        return True
    gap = words[max(begin, at - MAX_UNSTOPPED_LENGTH) : at].strip()
    if follows and (gap.endswith("）") or UNITS_NOTE.search(gap)):
        return True
    title = _marker_at(gap, 0) if at - begin < MAX_UNSTOPPED_LENGTH else None
    return title is not None and CLAUSE_END.search(gap, title.end) is None


def _marker_at(words: str, at: int) -> Marker | None:
    """The heading's number at the offset `at` of a line; None where there is none."""
    return marker(words[at : at + 60])


def _after_title(words: str, start: int, end: int) -> set[int]:
    """The offset of the text after the numbered title that begins at `start` and ends with a blank and no mark
    (一、面临形势 “十四五”时期，…), as a set of one; empty where there is no such title before `end`. The title has 2 to
    40 characters, none of them the mark of a clause; the text has its first mark of a clause, one of ，；：。, after 2
    to 40 characters without a blank, and ten more characters after that."""
    number = _marker_at(words, start)
    if number is None:
        return set()
    title = TITLE_AND_BLANK.match(words, start + number.end, end)
    return {title.end()} if title else set()
