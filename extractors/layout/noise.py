"""Page furniture: page numbers and running heads that each page repeats around the text, letterheads inside it, and the
links of a web page below it.

In all functions `lines` are all lines of the text, and sets of int are indices in them.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extractors import expressions as re
from extractors.layout.lines import TextLine
from extractors.tables.header import balanced, column
from extractors.vocabulary.pages import NEXT_PAGE, RELATED_PAGES, SITE_NOTE

# -12-, - 7 -, — 11 —, -13- -13-, ·3·, ～4～
DASHED_PAGE = re.compile(r"(?:[-－—–―─~～·•_]{1,4}\s{0,4}\d{1,4}\s{0,4}[-－—–―─~～·•_]{1,4}\s{0,8}){1,4}")
# 第 3 页, 第3页 共30页, 第3页/共30页, Page 3 of 30, 3 / 30
WORDED_PAGE = re.compile(
    r"(?:第\s{0,3}\d{1,4}\s{0,3}页[\s,，/]{0,4}(?:[（(]?\s{0,2}共\s{0,3}\d{1,4}\s{0,3}页[）)]?)?"
    r"|共\s{0,3}\d{1,4}\s{0,3}页[\s,，]{0,3}第\s{0,3}\d{1,4}\s{0,3}页"
    r"|[Pp]age\s{1,3}\d{1,4}(?:\s{1,3}of\s{1,3}\d{1,4})?|\d{1,3}\s{0,2}/\s{0,2}\d{1,4})"
)
# 12, VII
BARE_PAGE = re.compile(r"\d{1,4}|[IVXivx]{1,6}")
# the letterhead of a notice, which a conversion may set down in the middle of a sentence
LETTERHEAD_LINE = re.compile(
    r"[\u4e00-\u9fff（）()]{2,40}(?:[府局委厅部会院办室组社处站]|(?<!部)署|[分支银]行|海关|中心|公司)文件"
)

# 上一篇：…, 下一篇：…
NEXT_LINE = re.compile(NEXT_PAGE)
# 相关文件：《云岭省防洪条例》, 相关链接
RELATED_LINE = re.compile(RELATED_PAGES)
MAX_LINK_LENGTH = 80  # characters of a line below 相关链接
# 依《中华人民共和国著作权法》第五条，…不适用著作权法。
SITE_LINE = re.compile(SITE_NOTE)
EDGE_LINES = 40  # lines at the beginning and at the end of a text among which such a note stands

SENTENCE_MARK = re.compile(r"[，。；]")

UNFINISHED_ENDS = ("、", "，", "（", "和", "与", "及")  # no running head ends so
MIN_HEADS = 3  # a line that stands at fewer page breaks is not taken for a running head
# 云岭省养老服务规划: as a head it may come once more only
PLAN_TITLE = re.compile(r"[\u4e00-\u9fff“”（）()0-9—-]{4,50}(?:规划|纲要|方案|计划|意见)(?:[（(].{1,14}[）)])?")
FRONT_LINES = 60  # lines among which a plan's title stands
LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z]")
MIN_LABELS_ABOVE = 3  # labels of columns, each on a line, that show that rows follow
MAX_HIDDEN_PAGES = 4  # pages in a row that hold nothing but a table
MIN_LINES_OF_PAGE = 6  # bare numbers nearer to each other than this number the rows of a table, not pages


def without_noise(lines: list[TextLine]) -> list[TextLine]:
    """The lines without page numbers (no line of 60 characters or more is one), running heads, letterheads that
    interrupt the text, links of a web page to others (`_links`), and what a site says of the text (`_site_notes`). The
    lines given are changed: the next line that is
    kept after a dropped page number, or after a dropped line that begins a page, is marked as the first of a page."""
    numbers = {i for i, line in enumerate(lines) if len(line.text) < 60 and _page_number(line.text)}
    numbers |= _bare_numbers(lines)
    numbers |= _beside_titles(lines, numbers)
    dropped = numbers | _running_heads(lines, numbers) | _letterheads(lines) | _links(lines) | _site_notes(lines)
    kept, page = [], False
    for i, line in enumerate(lines):
        if i in dropped:
            page = page or line.page or i in numbers
            continue
        line.page = line.page or page
        page = False
        kept.append(line)
    return kept


def _page_number(text: str) -> bool:
    """Whether the text is a page number with dashes or the like (- ~ · _) on both sides, with 第…页 or Page, or with
    the number of pages: '- 7 -', '第 3 页', '3/30'."""
    return DASHED_PAGE.fullmatch(text) is not None or WORDED_PAGE.fullmatch(text) is not None


def _bare_numbers(lines: list[TextLine]) -> set[int]:
    """The indices of lines with a number alone, of up to four digits, that are page numbers: any, Roman ones too, right
    before or after a page break; each of two numbers that follow one another (4, 5), more than MIN_LINES_OF_PAGE (6)
    lines apart, that has running text within two lines; and those between two such numbers that the table on their page
    hides (`_between`). Numbers that are closer together, or beside cells only, are taken for those of a table's rows.
    So are those that count on below a header with a label a line (`_row_numbers`), unless a page break is beside
    them."""
    numbers = [
        (i, int(line.text)) for i, line in enumerate(lines) if line.text.isdecimal() and BARE_PAGE.fullmatch(line.text)
    ]
    found = set()
    rows = _row_numbers(lines, numbers)
    numbers = [(i, number) for i, number in numbers if i not in rows]
    for (i, count), (j, following) in pairwise(numbers):
        if following == count + 1 and j - i > MIN_LINES_OF_PAGE:
            found |= {at for at in (i, j) if _in_text(lines, at)}
    found |= _between(sorted((i, count) for i, count in numbers if i in found), numbers)
    for i, line in enumerate(lines):
        at_break = line.page or (i + 1 < len(lines) and lines[i + 1].page)
        if at_break and BARE_PAGE.fullmatch(line.text):
            found.add(i)
    return found


def _row_numbers(lines: list[TextLine], numbers: Sequence[tuple[int, int]]) -> set[int]:
    """The indices of the lines that number the rows of a table with a cell a line: a 1 below at least MIN_LABELS_ABOVE
    (3) lines that are each the label of a column (序号 / 项目名称 / 主要内容), with one cell between or none (the class
    of the row, below 类别 / 序号 / 指标 / 目标值), and the numbers that count on from it, each the first that is one
    more. `numbers` are all lines with a number alone, as (index, number), in order."""
    found: set[int] = set()
    expected = 0  # 0 outside of a table
    for i, number in numbers:
        if number == 1 and any(_below_labels(lines, at) for at in (i, i - 1)):
            expected = 1
        if number == expected:
            found.add(i)
            expected += 1
    return found


def _below_labels(lines: Sequence[TextLine], i: int) -> bool:
    """Whether the MIN_LABELS_ABOVE (3) lines above line `i` are each the label of a column."""
    return i >= MIN_LABELS_ABOVE and all(column(line.text) for line in lines[i - MIN_LABELS_ABOVE : i])


def _between(known: Sequence[tuple[int, int]], numbers: Sequence[tuple[int, int]]) -> set[int]:
    """The indices of the page numbers that are missing between two of the `known` ones (6 and 8) and that only one line
    between these prints (7), in their order; where a page has more such lines (the 7th row of its table), none.
    `numbers` are all lines with a number alone; both are pairs of index and number, in the order of the text."""
    found: set[int] = set()
    places = [at for at, _ in numbers]
    for (i, count), (j, following) in pairwise(known):
        if not 1 < following - count <= MAX_HIDDEN_PAGES + 1:
            continue
        inside = numbers[bisect_right(places, i) : bisect_left(places, j)]
        inside = [(at, number) for at, number in inside if count < number < following]
        if [number for _, number in inside] == list(range(count + 1, following)):
            found |= {at for at, _ in inside}
    return found


def _beside_titles(lines: list[TextLine], numbers: set[int]) -> set[int]:
    """The indices of lines with a number alone that stand next to the plan's title, where that is repeated page after
    page: 1 / 云岭省养老服务规划. A title has at most 60 characters; of its printings the last counts, and each whose
    next one is more than MIN_LINES_OF_PAGE (6) lines further on. At least MIN_HEADS (3) must count, two thirds of these
    must be next to a page number or a number alone, and the numbers alone must rise. `numbers` are the indices of page
    numbers that are known already."""
    places: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        if len(line.text) <= 60 and PLAN_TITLE.fullmatch(line.text):
            places.setdefault(line.text, []).append(i)
    found: set[int] = set()
    for at in places.values():
        apart = [
            i for i, following in pairwise([*at, len(lines) + MIN_LINES_OF_PAGE]) if following - i > MIN_LINES_OF_PAGE
        ]
        bare = {
            n: int(lines[n].text)
            for i in apart
            for n in (i - 1, i + 1)
            if 0 <= n < len(lines) and lines[n].text.isdecimal() and BARE_PAGE.fullmatch(lines[n].text)
        }
        beside = sum(not {i - 1, i + 1}.isdisjoint(numbers | bare.keys()) for i in apart)
        counts = list(bare.values())
        if len(apart) >= MIN_HEADS and beside * 3 >= len(apart) * 2 and counts == sorted(set(counts)):
            found |= bare.keys()
    return found


def _in_text(lines: list[TextLine], i: int) -> bool:
    """Whether one of the two lines above line `i`, or of the two below it, is running text: it ends as a sentence does,
    or has ， 。 or ； in it."""
    around = lines[max(i - 2, 0) : i] + lines[i + 1 : i + 3]
    return any(line.finished or SENTENCE_MARK.search(line.text) for line in around)


def _running_heads(lines: list[TextLine], numbers: set[int]) -> set[int]:
    """The indices of running heads: printings of words that are repeated (`_repeated`), may be a running head
    (`_may_be_head`) and are no header of a table. A printing is cut in where it is next to a page break or a page
    number, or inside a sentence. The words are a running head where at least two of their printings, and two thirds of
    all, are cut in; where they are printed just twice, one is enough.

    All printings of such words are returned, but among the first FRONT_LINES (60) lines only those that are cut in.
    Those of a plan's title there that are not cut in do not count in the two thirds either, as the title may stand
    there itself. `numbers` are the indices of page numbers.
    """
    repeated = _repeated(lines, numbers)
    places: dict[str, list[int]] = {}
    broken: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        if line.text not in repeated or not _may_be_head(line) or _heads_columns(lines, i):
            continue
        places.setdefault(line.text, []).append(i)
        beside = not {i - 1, i + 1}.isdisjoint(numbers) or line.page or (i + 1 < len(lines) and lines[i + 1].page)
        if beside or _interrupts(lines, i):
            broken.setdefault(line.text, []).append(i)
    found: set[int] = set()
    for text, at in broken.items():
        title = PLAN_TITLE.fullmatch(text) is not None  # its printings on the cover and above the text are no heads
        others = [i for i in places[text] if not title or i >= FRONT_LINES or i in at]
        if (len(at) >= 2 and len(at) * 3 >= len(others) * 2) or len(places[text]) == 2:
            found |= {i for i in places[text] if i >= FRONT_LINES or i in at}
    return found


def _repeated(lines: list[TextLine], numbers: set[int]) -> set[str]:
    """The words of lines with a letter, of 2 to 60 characters, that are printed MIN_HEADS (3) times or more, or, where
    they are like a plan's title and one of the printings is next to a page number, exactly twice. `numbers` are the
    indices of page numbers."""
    counts = Counter(line.text for line in lines if 2 <= len(line.text) <= 60)
    twice = {lines[i + d].text for i in numbers for d in (-1, 1) if 0 <= i + d < len(lines)}
    return {
        text
        for text, n in counts.items()
        if (n >= MIN_HEADS or (n == 2 and text in twice and PLAN_TITLE.fullmatch(text))) and LETTER.search(text)
    }


def _may_be_head(line: TextLine) -> bool:
    """Whether the words of the line may be a running head: they end neither as a sentence does nor with 、 ， （ 和 与
    及, have no heading's number, tab or pipe, and have as many opening as closing brackets."""
    if line.finished or line.number or "\t" in line.text or "|" in line.text:
        return False
    return not line.text.endswith(UNFINISHED_ENDS) and balanced(line.text)


def _heads_columns(lines: list[TextLine], i: int) -> bool:
    """Whether line `i` is the header of a table, which is repeated on each of the table's pages and is no running head:
    two of its words are labels of columns (序号 指标名称 单位), or one is and the line before or after it has one too,
    or a label continues across the line break (指标属 / 性)."""
    words = lines[i].text.split()
    known = sum(column(word) is not None for word in words)
    around = [lines[k].text for k in (i - 1, i + 1) if 0 <= k < len(lines)]
    if known >= 2 or (known and any(column(word) for text in around for word in text.split())):
        return True
    before, below = lines[i - 1].text if i else "", lines[i + 1].text if i + 1 < len(lines) else ""
    first, last = (words[0], words[-1]) if words else ("", "")
    return any(column(a + b) for a, b in ((last, below), (before.split(" ")[-1], first)) if a and b)


def _letterheads(lines: list[TextLine]) -> set[int]:
    """The indices of lines that are the letterhead of a notice (云岭省人民政府文件) and interrupt a sentence."""
    return {
        i
        for i, line in enumerate(lines)
        if line.text.endswith("文件") and LETTERHEAD_LINE.fullmatch(line.text) and _interrupts(lines, i)
    }


def _links(lines: list[TextLine]) -> set[int]:
    """The indices of lines that are links of a web page to others: those that begin with 上一篇： and the like, and,
    below the last line with a number or the end of a sentence, those from one that begins with 相关文件：, 政策解读：
    or the like (RELATED_PAGES) on, as far as each has at most MAX_LINK_LENGTH (80) characters."""
    found = {i for i, line in enumerate(lines) if NEXT_LINE.match(line.text)}
    rest = [i for i in range(len(lines)) if i not in found]
    last = next((i for i in reversed(rest) if lines[i].number or lines[i].finished), -1)
    below = [i for i in rest if i > last]
    first = next((n for n, i in enumerate(below) if RELATED_LINE.match(lines[i].text)), len(below))
    for i in below[first:]:
        if len(lines[i].text) > MAX_LINK_LENGTH:
            break
        found.add(i)
    return found


def _site_notes(lines: list[TextLine]) -> set[int]:
    """The indices of lines that say something of the text in the name of a website or of who copied it, and are none of
    the plan's: how it was taken, or whose copyright it is (SITE_NOTE). Only the first and the last EDGE_LINES (40)
    lines are looked at."""
    edges = {*range(min(EDGE_LINES, len(lines))), *range(max(0, len(lines) - EDGE_LINES), len(lines))}
    return {i for i in edges if SITE_LINE.match(lines[i].text)}


def _interrupts(lines: list[TextLine], i: int) -> bool:
    """Whether line `i` stands inside a sentence of the text: the line before it is at least 20 Chinese characters wide
    and does not end a sentence, and line `i` is not the last one."""
    before = lines[i - 1] if i else None
    return before is not None and before.width >= 20 and not before.finished and i + 1 < len(lines)
