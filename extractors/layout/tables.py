"""Where the tables of a text are; their rows are read elsewhere.

In all functions `lines` are all lines of the text, `i` and `j` are indices in them, and `taken` are the indices of
lines that belong to something else, such as a table of contents. `raw` is the source's text, in which the lines have
their tabs.
"""

from bisect import bisect_left

from extractors import expressions as re
from extractors.layout.lines import TextLine
from extractors.tables.header import column
from extractors.tables.model import FREE_ROLES
from extractors.vocabulary.numbering import CUTTING_STYLES, SHORT_NUMBER, STRONG_STYLES

PIPES = re.compile(r"^\s*[|│┃].*[|│┃]\s*$|^[^|│┃]{1,200}[|│┃][^|│┃]*[|│┃]")
# ------	------, --- ---, |---|---|, :---: | ---:, ┌──┬──┐
RULE_JOINT = r"[ \t:|+│┃┌┬┐├┼┤└┴┘]"
ROW_RULE = re.compile(
    rf"{RULE_JOINT}{{0,2}}[-=─━]{{2,}}(?:{RULE_JOINT}{{1,20}}[-=─━]{{2,}}){{1,60}}{RULE_JOINT}{{0,20}}"
)
# |---|, ┌──┬──┐, +---+---+: a rule of the rows with pipes alone, so that what stands around it is no row
DRAWN = re.compile(r"[|+│┃┌┬┐├┼┤└┴┘]")
# a single rule across the page
SINGLE_RULE = re.compile(r"[-=─━_*—]{3,200}")
# the characters of rules and of what parts cells: few lines have one at all
RULERS, PARTING = frozenset("-=─━_*— \t:|+│┃┌┬┐├┼┤└┴┘"), ("|", "│", "┃")
# 注：2020年数据为快报数。
NOTE_LABEL = re.compile(r"[（(*\s]{0,3}(?:注|备注|说明|资料来源|数据来源)\s{0,3}\d{0,2}[：:]")
# 表 1：…, 表2-1 …, 附表1
TABLE_CAPTION = re.compile(rf"(?:附?表|图)\s{{0,3}}{SHORT_NUMBER}(?:[-－—.]\d{{1,2}})?[\s：:、.]?")
CELL_GAPS = re.compile(r"[ \u3000]{1,60}|\t+")
COMMA_OR_STOP = re.compile(r"[，。]")
# 参保率    95%    96%以上
NUMBER_AFTER_GAP = re.compile(r"\S {2,}[<>≥≤＜＞约]?\d")
MIN_GAPPED_POINTS = (
    8  # points for what is parted: two for a line with two numbers or three gaps, one for one with a number
)
MAX_LINES_BETWEEN = 5  # lines with the rest of a row's words
TWO_BLANKS = re.compile(r"\S {2,}(?=\S)")
PUNCTUATION = re.compile(r"[，。；：、]")
# 发展机遇, “十四五”时期的挑战
HEADING_WORDS = re.compile(r"[“《]?[\u4e00-\u9fff]")
MAX_CELL_WIDTH = 60
MIN_SENTENCE_WIDTH = 12


def tables(lines: list[TextLine], taken: set[int], raw: str, full: float | None) -> list[tuple[int, int]]:
    """The tables of a text, each as a pair (first, stop): `lines[first:stop]`. At each line outside of those found so
    far and of `taken`, the first that finds one of `_drawn`, `_tabbed` and `_columns` counts; that of `_gapped` counts
    where it is longer.

    `taken` are the indices of lines that belong to something else, such as a table of contents. `raw` is the source's
    text, in which the lines have their tabs. `full` is the width of a full line of running text in Chinese characters,
    None where lines are not wrapped.
    """
    found: list[tuple[int, int]] = []
    numbers = (line.number for line in lines)
    decimals = {number.ordinals for number in numbers if number and number.style == "decimal"}
    rules = [j for j, line in enumerate(lines) if ruled(line)]
    i = 0
    while i < len(lines):
        stop = i
        if i not in taken:
            stop = (
                _drawn(lines, i, rules)
                or _tabbed(lines, i, raw, taken)
                or _columns(lines, i, full, taken, decimals)
                or i
            )
            stop = max(stop, _gapped(lines, i, taken) or i)
        if stop > i:
            found.append((i, stop))
            i = stop
        else:
            i += 1
    return found


def _drawn(lines: list[TextLine], i: int, rules: list[int]) -> int | None:
    """The index after a table that begins at line `i` and has lines drawn between its cells or rows: where line `i` has
    pipes between cells, or is a rule that begins with + | ┌ or ├, by `_piped`, else by `_dashed`; None where none
    begins there. `rules` are the indices of the lines that are rules (`ruled`), in order."""
    if _has_pipes(lines[i]) or (lines[i].text[0] in "+|┌├" and ruled(lines[i])):
        return _piped(lines, i)
    after = bisect_left(rules, i)
    return _dashed(lines, i, rules[after]) if after < len(rules) else None


def _piped(lines: list[TextLine], i: int) -> int | None:
    """The index after the lines from `i` on that have pipes between cells or are rules; None where line `i` is the only
    one."""
    j = i
    while j < len(lines) and (_has_pipes(lines[j]) or ruled(lines[j])):
        j += 1
    return j if j - i >= 2 else None


def _dashed(lines: list[TextLine], i: int, rule: int) -> int | None:
    """The index after a table that begins at line `i` and has rules of dashes, the first of them on line `rule`, which
    is `i` or below it; None where none begins there.

    The first rule is at most three lines below line `i` and has no tab in it. Line `i` is no heading of a chapter or
    box (`_opens_part`), has a pipe where the rule has pipes, + or corners, and no empty line stands between the two,
    unless line `i` is a rule too. The table ends before running text, such a heading, or a line without gaps below an
    empty one; and after a rule of dashes across the page that follows the first rule.
    """
    if rule > i + 3 or "\t" in lines[rule].text or _opens_part(lines[i]):
        return None
    if DRAWN.search(lines[rule].text) and not any(mark in lines[i].text for mark in PARTING):
        return None
    if any(lines[j].blanks for j in range(i + 1, rule + 1)) and not ruled(lines[i]):
        return None
    j = rule + 1
    while (
        j < len(lines)
        and (ruled(lines[j]) or "  " in lines[j].text or not lines[j].blanks)
        and not _prose(lines[j], None)
        and not _opens_part(lines[j])
    ):
        if single_rule(lines[j]) and lines[j].text[0] == "-":
            return j + 1
        j += 1
    return j


def ruled(line: TextLine) -> bool:
    """Whether the line is a rule between the rows of a table, with dashes for each of two or more columns: '--- ---',
    '|---|---|'."""
    return line.text[0] in RULERS and ROW_RULE.fullmatch(line.text) is not None


def single_rule(line: TextLine) -> bool:
    """Whether the line is one rule across the page, of 3 to 200 of the characters - = ─ ━ _ * —: '------'."""
    return line.text[0] in RULERS and SINGLE_RULE.fullmatch(line.text) is not None


def _has_pipes(line: TextLine) -> bool:
    """Whether the line has pipes between cells: at both ends, or two in a line that begins with other words (a|b|c, not
    |a|b|c)."""
    return any(mark in line.text for mark in PARTING) and PIPES.match(line.text) is not None


def _tabbed(lines: list[TextLine], i: int, raw: str, taken: set[int]) -> int | None:
    """The index after the last row of a table of at least two rows that begins at line `i` and has tabs between its
    cells; up to three lines between two rows are parts of broken cells, and rules count as rows. It ends before a line
    of `taken`, and before one without cells that is a heading or caption but no band, wider than MAX_CELL_WIDTH (60),
    or ends with 。 None where line `i` has no cells or no second row follows. `raw` is the source's text, in which the
    lines have their tabs; `taken` are the indices of lines that belong to something else, such as a table of
    contents."""
    if not _cells(lines[i], raw):
        return None
    last, j, rows = i, i + 1, 1
    while j < len(lines) and j not in taken and j - last <= 4:
        line = lines[j]
        if _cells(line, raw) or ruled(line):
            rows += 1
            last = j
        elif (
            (_ends_table(line) and not _band(lines, j, raw)) or line.width > MAX_CELL_WIDTH or line.text.endswith("。")
        ):
            break
        j += 1
    return last + 1 if rows >= 2 else None


def _band(lines: list[TextLine], j: int, raw: str) -> bool:
    """Whether line `j` is a title across all columns (一、丰富业态), so that the table continues below it: it is no
    heading of a chapter or box, and the next line is another row and no header. `raw` is the source's text, in which
    the lines have their tabs."""
    below = lines[j + 1] if j + 1 < len(lines) else None
    return below is not None and not _opens_part(lines[j]) and _cells(below, raw) and not _head(below)


def _cells(line: TextLine, raw: str) -> bool:
    """Whether the line has cells of a table: it contains a tab that is neither its indent nor the gap after a heading's
    number, other than a bare one (1). Two tabs before its words will do, where these end no sentence; tabs after its
    words do not count, nor does a single one in a sentence that is more than 80 characters wide. `raw` is the source's
    text, in which the line has its tabs."""
    if "\t" not in raw[line.left : line.end]:
        return False
    text = raw[line.left : line.end]
    if "\t" not in line.text:
        return text.count("\t") >= 2 and not line.finished
    number = line.number
    words = line.text[number.end :] if number and number.style != "bare" else line.text
    return "\t" in words and not (line.width > 80 and line.finished and words.count("\t") < 2)


def _columns(
    lines: list[TextLine], i: int, full: float | None, taken: set[int], decimals: set[tuple[int, ...]]
) -> int | None:
    """The index after a table that begins with a header at line `i` (序号 指标名称 单位 2020年 …), printed on one line
    or with each label on a line of its own (`_stacked_head`). None where no header is there, or where the table has
    fewer than 3 lines with the header, or 8 with stacked labels. The table ends before

    - a line of `taken` or a note (注：…);
    - running text (`_prose`), below stacked labels only a line too long for a cell (`_long`);
    - a line that cannot be a row (`_ends_table`) or is the next heading (`_next_heading`), unless it names a group of
      rows (`_group`); a header that is repeated is a row.

    `full` is the width of a full line in Chinese characters, None where lines are not wrapped. `taken` are the indices
    of lines that belong to something else, and `decimals` the decimal numbers ((1, 2) for 1.2) with which lines of the
    text begin.
    """
    stacked = _stacked_head(lines, i)
    if not (stacked or _head(lines[i])):
        return None
    j = i + 1
    while j < len(lines) and j not in taken:
        line = lines[j]
        if _ends_table(line) and not _head(line) and not _group(lines, j):
            break
        if _next_heading(lines, j, decimals) and not _group(lines, j):
            break
        if NOTE_LABEL.match(line.text) or (_long(line) if stacked else _prose(line, full)):
            break
        j += 1
    return j if j - i >= (8 if stacked else 3) else None


def _gapped(lines: list[TextLine], i: int, taken: set[int]) -> int | None:
    """The index after the last row of a table that begins at line `i` without a known header: its rows have wide gaps
    between words and numbers. A line with two such numbers or three gaps gives two points, one with one number gives
    one, and MIN_GAPPED_POINTS (8) are needed; the first line must give two. Up to four other lines may stand between
    two rows; a line of `taken`, a heading, a caption and the end of a sentence end the table. None where none begins
    there. `taken` are the indices of lines that belong to something else, such as a table of contents."""
    if "  " not in lines[i].text:
        return None
    last, rows = i, 0
    for j in range(i, len(lines)):
        line = lines[j]
        if j in taken or j - last > MAX_LINES_BETWEEN or _ends_table(line) or line.finished:
            break
        numbers, gaps = len(NUMBER_AFTER_GAP.findall(line.text)), len(TWO_BLANKS.findall(line.text))
        if j == i and numbers < 2 and gaps < 3:
            return None
        if numbers or gaps > 2:
            rows, last = rows + (2 if numbers > 1 or gaps > 2 else 1), j
    return last + 1 if rows >= MIN_GAPPED_POINTS else None


def _stacked_head(lines: list[TextLine], i: int) -> bool:
    """Whether a header begins at line `i` that has each label on a line of its own: 序号 / 指标 / 单位. That line and
    the two below it must be labels of columns with short cells (`_heads_column`), of at most 12 characters, and the
    first must not begin with a bracket."""
    heads = lines[i : i + 3]
    if len(heads) < 3 or heads[0].text[0] in "（(":  # （2024年） is the end of a title
        return False
    return all(len(line.text) <= 12 and _heads_column(line.text) for line in heads)


def _heads_column(words: str) -> bool:
    """Whether the words head a column whose cells are short: 序号, 指标, 单位, 2025年, 责任单位; not 重点任务, whose
    cells are running text."""
    found = column(words)
    return found is not None and found.role not in FREE_ROLES


def _group(lines: list[TextLine], j: int) -> bool:
    """Whether line `j` is a row with the name of a group of rows (一、资源利用): right below it is a row with several
    cells or a tab that is no running text, or three lines that are narrower than 16, have no heading's number and end
    no sentence, as cells printed one on a line. False for a line with the number of a part, chapter, section or box
    (第一篇, 第一节; not 第一条), and for a line right above such a line."""
    below = lines[j + 1 : j + 4]
    if any(_opens_part(line) for line in (lines[j], *below[:1])):
        return False  # 第 三 章　任务 above 第 一 节　建设
    if below and (_many_cells(below[0].text) or "\t" in below[0].text) and not _runs_on(below[0]):
        return True
    return len(below) == 3 and all(line.width < 16 and not line.finished and line.number is None for line in below)


def _runs_on(line: TextLine) -> bool:
    """Whether the line is running text that happens to contain blanks (人口老龄化加快，预计到 2025 年将达到 30%): it
    has ， or 。 and no wide gap."""
    return COMMA_OR_STOP.search(line.text) is not None and TWO_BLANKS.search(line.text) is None


def _long(line: TextLine) -> bool:
    """Whether the line is too long for a cell: at least 80 Chinese characters wide, or 30 with a full stop at its
    end."""
    return line.width >= 80 or (line.width >= 30 and line.text.endswith("。"))


def _head(line: TextLine) -> bool:
    """Whether the line is a header: at least three words with gaps between them, of which at least two, and at least
    half, are labels of columns with short cells (`_heads_column`: 序号, 指标, 2025年). It is at most 60 Chinese
    characters wide, has no ， 。 or ；, and does not end as a sentence does."""
    if line.width > 60 or line.finished or any(c in line.text for c in "，。；"):
        return False
    words = [word for word in CELL_GAPS.split(line.text) if word]
    named = sum(map(_heads_column, words))
    return len(words) >= 3 and named >= 2 and named * 2 >= len(words)


def _ends_table(line: TextLine) -> bool:
    """Whether the line cannot be a row: it begins as a caption does (表2 …, 附表1, 图1), or has a number like 第三章,
    专栏2 or 一、 (CUTTING_STYLES) and no cells after it."""
    number = line.number
    if number is None:
        return TABLE_CAPTION.match(line.text) is not None
    return number.style in CUTTING_STYLES and not _many_cells(line.text[number.end :])


def _opens_part(line: TextLine) -> bool:
    """Whether the line begins with the number of a part, chapter, section or box (第三章  重点任务, 专栏2  主要指标;
    STRONG_STYLES)."""
    return line.number is not None and line.number.style in STRONG_STYLES


def _next_heading(lines: list[TextLine], j: int, decimals: set[tuple[int, ...]]) -> bool:
    """Whether line `j`, below the rows of a table, is a heading with a number that no row has, so that the table ends.
    Its words after the number begin with a Chinese character, perhaps after “ or 《, and are not several cells. And its
    number is

    - decimal, the line ends no sentence, and the last part of the number is 1 or the text has the number before: 1.2
      where it has 1.1;
    - （三）, and the line ends no sentence;
    - 3 or 3., and the next line begins with 3.1.

    `decimals` are the decimal numbers ((1, 2) for 1.2) with which lines of the text begin.
    """
    number = lines[j].number
    if number is None:
        return False
    words = lines[j].text[number.end :]
    if not HEADING_WORDS.match(words) or _many_cells(words):
        return False
    if number.style == "decimal":
        *above, count = number.ordinals
        return not lines[j].finished and (count == 1 or (*above, count - 1) in decimals)
    if number.style in ("bare", "arabic") and j + 1 < len(lines):
        after = lines[j + 1].number
        return after is not None and after.style == "decimal" and after.ordinals == (number.ordinals[0], 1)
    return number.style == "han-paren" and not lines[j].finished


def _many_cells(words: str) -> bool:
    """Whether the words, of a line after its number, are several cells: the last of them, after a blank, is a number,
    perhaps with > or the like before it or % after it, a dash or / (亿元 458.78 81.2), or there are at least four with
    gaps between them."""
    return bool(re.search(r"\s(?:[-－—–/]|[<>≥≤＜＞]?\d[\d.,]*[%％]?)$", words)) or len(CELL_GAPS.split(words)) > 3


def _prose(line: TextLine, full: float | None) -> bool:
    """Whether the line is running text and no row of a table.

    It is where it ends with 。, is at least MIN_SENTENCE_WIDTH (12) Chinese characters wide and has no gap in it; or
    where it is nearly as wide as a full line of the text (`full`), has a punctuation mark and at most two gaps, and
    does not end with a number or dash after a blank. Where `full` is None, 35 Chinese characters count as wide, and the
    line must have ， or 。 and neither a tab nor two blanks in a row."""
    text = line.text
    if text.endswith("。") and line.width >= MIN_SENTENCE_WIDTH and len(CELL_GAPS.split(text)) == 1:
        return True
    if full is None:
        return line.width >= 35 and "\t" not in text and bool(COMMA_OR_STOP.search(text)) and "  " not in text
    wide = line.width >= full * 0.85 and not _many_cells(text)
    return wide and bool(PUNCTUATION.search(text)) and len(CELL_GAPS.split(text)) <= 3
