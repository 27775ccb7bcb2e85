"""The lines of a source text, with what their place on the page says about them."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors import expressions as re
from extractors.layout.markup import BOX_WORD, quoted
from extractors.layout.merged import merged_lines
from extractors.vocabulary.numbering import GLUED_PAGE, HEADING_STYLES, MEASURED, Marker, marker
from extractors.vocabulary.stops import SENTENCE_ENDS
from ontology.model.source import Source

# a stretch between line breaks of any kind
STRETCH = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
# what surrounds a line's words without being seen
UNSEEN_BLANKS = " \t\u3000\xa0\u2002\u2003\u2007\u2009\u202f\ufeff\u200b\u200c\u200d\u2060\x00"
FRAME_BARS = ("│", "┃", "║")
# | 专栏1 重点工程 |, |---|, a<br>b: a table of one column
ONE_CELL = re.compile(r"[ \t]*\|[^|\n]+\|[ \t]*")
ONE_CELL_RULE = re.compile(r"[ \t]*\|[ \t]*:?-{2,200}:?[ \t]*\|[ \t]*")
# | **专栏1 重点工程** |, |【专栏】|: the first words of a box; a table of anything else is none
BOX_CELL = re.compile(rf"[ \t]*\|[ \t]*(?:\*\*|__)?{BOX_WORD}")
CELL_WITHOUT_WORDS = re.compile(r"[ \t]*\|[ \t]*\|[ \t]*")
CELL_BREAK = re.compile(r"<br[ ]?/?>", re.IGNORECASE)
# the sentence is over; a closing mark may follow
SENTENCE_FINISHED = re.compile(rf"[{SENTENCE_ENDS}：!?;:…][”’」』）)》】*\"']{{0,4}}$")


# **（一）加强组织领导。**…: the marks of bold print before a number
BOLD_MARKS = re.compile(r"(?:\*\*|__)\s{0,4}")
# running text; , and ; after Chinese characters are often typed for ， and ；
PROSE = re.compile(r"[，。；,;](?:(?<=[，。；])|(?<=[^\x00-\x7f][,;]))")
# 云 岭 省: a blank after each character
CHARACTER = re.compile(r"[\u4e00-\u9fff]")
SPACED = re.compile(r"[\u4e00-\u9fff] (?=\S)")
UNSPACED_PAIR = re.compile(r"[\u4e00-\u9fff]{2}|[\t|]")
SINGLE_BLANK = re.compile(r"(?<=\S) (?=\S)")  # a longer gap is kept in a heading
ADDED_BLANK = re.compile(r"(?<=\S) (?=\S)|(?<=[^\x00-\x7f\s])\s++|(?<!\s)\s++(?=[^\x00-\x7f])")
# 第第一一章章 总总则则: bold print, set twice
DOUBLED = re.compile(r"(?:(\S)\1\s{0,4})+")
DOUBLE = re.compile(r"(\S)\1")
MIN_DOUBLED = 6
# a line break, whatever the system it was written on
LINE_BREAK = re.compile(r"\r\n|[\n\r\v\x1c-\x1e\x85\u2028\u2029]")


@dataclass(slots=True)
class TextLine:
    """A line of the source text: `text[start:end]` of the source is the line without the white space and the strokes of
    a frame around it, and `left` is the offset at which the line begins, these included. `text` is the line's words,
    without what a conversion inserted.

    `width` is the width of the words and `indent` that of what stands before them, white space (a tab is 2) and the
    stroke of a frame, in Chinese characters (a Latin letter is 0.5). `blanks` is the number of empty lines between the
    line and the one before it, `page` says that a page begins between these two; the first line of a document, which
    has none before it, has one empty line less than there are, and no page unless a form feed stands there. `number`
    is the heading's number at its beginning. `finished` says that it ends with the end of a sentence, which is one of
    。！？；：…!?;: with up to four closing marks after it; `prose` that it has a mark of a sentence: one of ，。；, or
    a half-width , or ; after a character that is not ASCII. `added` are the stretches between `start` and `end` that a
    conversion inserted, as offsets from `start`.
    """

    text: str
    start: int
    end: int
    left: int
    width: float
    indent: float
    blanks: int
    page: bool
    number: Marker | None  # 第一章, 一、 at its beginning
    finished: bool  # ends with the end of a sentence
    prose: bool  # has the marks of a sentence
    added: tuple[tuple[int, int], ...]  # what the conversion put between the words, from `start` on; not in `text`


def lines(source: Source, text: str) -> list[TextLine]:
    r"""The lines of the text that are not blank, with their places: '一\n\n 二' -> 一 (0:1) and 二 (4:5, indented, one
    empty line before it). A line in which a conversion merged several paragraphs is one line for each of them, and one
    in a frame drawn with characters (│…│) comes without the strokes. What a conversion inserted (`TextLine.added`: a
    page number before a heading, doubled characters, blanks between all characters) is no part of a line's words.

    `text` is `readable(source)`, which is as long as `source.text`, so that offsets hold in both.
    """
    pages, stop = source.pages, 0
    found: list[TextLine] = []
    spread = _is_spread(text)
    for left, stretch in _stretches(text, dict(quoted(source))):
        words = _framed(stretch.strip(UNSEEN_BLANKS))
        if not words:
            continue
        start = text.index(words[0], left)
        page = text.find("\f", stop, left) >= 0 or (
            bool(pages) and bisect_right(pages, start) != bisect_right(pages, max(stop - 1, 0))
        )
        blanks = len(LINE_BREAK.findall(text, stop, left)) - 1
        indent = width(text[left:start].replace("\t", "    ")) if start > left else 0.0
        end = start + len(words)
        added = _added(words, spread)
        words = _without(words, added)
        reading = _number(words), SENTENCE_FINISHED.search(words[-6:]) is not None, PROSE.search(words) is not None
        found.append(TextLine(words, start, end, left, width(words), indent, max(blanks, 0), page, *reading, added))
        stop = end
    return _without_stray_stops(found)


MIN_STRAY_STOPS = 2  # one may be a line break before a mark


def _without_stray_stops(found: list[TextLine]) -> list[TextLine]:
    """The lines, in order, without the 。 with which the text below a heading begins where a page sets the heading in
    an element of its own and the full stop behind that (（一）发挥社区规划师的作用 / 。进一步健全制度保障。). That is
    so where at least MIN_STRAY_STOPS (2) lines with a number like 一、 or （一） (HEADING_STYLES) and without the end
    of a sentence stand above such a line."""
    strays = [
        i
        for i, (above, line) in enumerate(pairwise(found), 1)
        if line.text.startswith("。") and len(line.text) > 1 and not line.added and not line.blanks
        if above.number and above.number.style in HEADING_STYLES and not above.finished and "。" not in above.text
    ]
    if len(strays) < MIN_STRAY_STOPS:
        return found
    for i in strays:
        line = found[i]
        words = line.text[1:].lstrip(UNSEEN_BLANKS)
        start = line.end - len(words)
        found[i] = replace(line, text=words, start=start, width=width(words), number=_number(words))
    return found


def _framed(words: str) -> str:
    """The words inside a frame drawn with characters: '│专栏1 重点工程  │' -> '专栏1 重点工程'. A line with more than
    the two vertical strokes is a row of a table, and is returned unchanged, as are lines without a stroke at both
    ends."""
    if words[:1] not in FRAME_BARS or words[-1:] not in FRAME_BARS or any(side in words[1:-1] for side in FRAME_BARS):
        return words
    return words[1:-1].strip(UNSEEN_BLANKS)


def _stretches(text: str, quotes: Mapping[int, int]) -> Iterator[tuple[int, str]]:
    """The lines of the text that are not empty, as (offset, words), with the white space around their words, be it all
    of the line. The marks of quotations (`quoted`) before them are left out; `quotes` has the offset after each of
    these by the one at which it begins. Of a line in which a conversion merged several paragraphs each of the
    paragraphs is given, with an empty one first where a chain of chapters begins the line, and of a box that is a table
    of one column the lines of its cells (`_out_of_boxes`)."""
    starts = [(quotes.get(match.start(), match.start()), match.end()) for match in STRETCH.finditer(text)]
    stretches = _out_of_boxes(text, [(start, text[start:end]) for start, end in starts if start < end])
    for (start, words), cuts in zip(stretches, merged_lines([words for _, words in stretches]), strict=True):
        for first, stop in pairwise([0, *cuts, len(words)]):
            yield start + first, words[first:stop]


def _out_of_boxes(text: str, stretches: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines of `text`, each given as (offset, words), with those of boxes that are Markdown tables of one column,
    as which a converter writes their frames (| 专栏1 重点工程 | / |---| / | 1.道路工程。<br>2.桥梁工程。 |), without
    their pipes, and divided at <br>; the rule |---| is left out. Such a table is two lines or more, one of them the
    rule, that have a pipe at both ends and no other (`_tables_of_cells`), and its first cell that is not empty begins
    with 专栏. The lines of other tables of one column (| 重点工程 |, | 序号 |) stay as they are, for nothing says that
    what is in them belongs to the text around."""
    found: list[tuple[int, str]] = []
    run: list[tuple[int, str]] = []
    for start, words in [*stretches, (-1, "")]:
        if ONE_CELL.fullmatch(words):
            run.append((start, words))
            continue
        for table in _tables_of_cells(text, run):
            found += [piece for line in table for piece in _lines_of_cell(*line)] if _is_box(table) else table
        run = []
        if start >= 0:
            found.append((start, words))
    return found


def _tables_of_cells(text: str, run: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """The tables of one column that the lines `run` make up, which follow one another in `text`, each given as (offset,
    words): a table begins at the first of them, and at each that has an empty line right above it and the rule |---|
    right below. Nothing for no lines."""
    begin = 0
    for n in range(1, len(run) - 1):
        (before, words), (start, _), (_, below) = run[n - 1 : n + 2]
        if ONE_CELL_RULE.fullmatch(below) and len(LINE_BREAK.findall(text, before + len(words), start)) > 1:
            yield run[begin:n]
            begin = n
    if run:
        yield run[begin:]


def _is_box(table: list[tuple[int, str]]) -> bool:
    """Whether the lines of a table of one column, each given as (offset, words), are a box: they have a rule, and the
    first cell with words begins with 专栏."""
    rows = [words for _, words in table if not ONE_CELL_RULE.fullmatch(words)]
    first = next((words for words in rows if not CELL_WITHOUT_WORDS.fullmatch(words)), "")
    return 0 < len(rows) < len(table) and BOX_CELL.match(first) is not None


def _lines_of_cell(start: int, words: str) -> Iterator[tuple[int, str]]:
    """The lines of the only cell of a row, which is given as (offset, words), without the pipes around it: '| a<br>b |'
    -> a and b, each with its offset. None for a rule and an empty cell."""
    if ONE_CELL_RULE.fullmatch(words):
        return
    first, last = words.index("|") + 1, words.rindex("|")
    for end, after in [*(found.span() for found in CELL_BREAK.finditer(words, first, last)), (last, last)]:
        if words[first:end].strip(UNSEEN_BLANKS):
            yield start + first, words[first:end]
        first = after


def _is_spread(text: str) -> bool:
    """Whether a conversion put blanks between the characters of the text (云 岭 省 养 老): exactly one ASCII blank,
    with another character after it, follows more than seven in ten Chinese characters, and at least a quarter of all
    characters are ASCII blanks."""
    if text.count(" ") * 4 < len(text):
        return False
    characters = len(CHARACTER.findall(text))
    return characters > 0 and len(SPACED.findall(text)) * 10 > characters * 7


def _added(words: str, spread: bool) -> tuple[tuple[int, int], ...]:
    """The stretches of a line that a conversion added, as (start, end) in `words`, by the first of these that applies:
    the page number in '15三、强化'; the first of each two characters of '云云岭岭省省', with MIN_DOUBLED (6) Chinese
    characters or more; the ASCII blanks in '云 岭 省', where the whole text has them (`spread`), no two Chinese
    characters of the line stand together, and it has no tab or pipe. In a line with a heading's number or without the
    marks of a sentence, only single blanks count; elsewhere also any white space beside a character that is not ASCII.
    () where none applies."""
    if glued := GLUED_PAGE.match(words):
        return (glued.span(),)
    if DOUBLED.fullmatch(words) and len(CHARACTER.findall(words)) >= MIN_DOUBLED:
        return tuple((found.start(), found.start() + 1) for found in DOUBLE.finditer(words))
    if not spread or UNSPACED_PAIR.search(words):
        return ()
    heading = PROSE.search(words) is None or _number(SINGLE_BLANK.sub("", words)) is not None
    return tuple(found.span() for found in (SINGLE_BLANK if heading else ADDED_BLANK).finditer(words))


def _without(words: str, added: tuple[tuple[int, int], ...]) -> str:
    """The words without the stretches `added`, which are (start, end) in them, in order: '云 岭', ((1, 2),) ->
    '云岭'."""
    if not added:
        return words
    edges = [0, *(at for span in added for at in span), len(words)]
    return "".join(words[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


def _number(words: str) -> Marker | None:
    """The number of the heading or list item that the words begin with, perhaps after marks of bold:
    '**（一）加强领导**' -> the number （一）, whose `end` is 5, as an offset in `words`. None where there is none, and
    for a decimal or bare number with a unit or the like after it (1.8万人), the rest of a sentence."""
    bold = BOLD_MARKS.match(words)
    at = bold.end() if bold else 0
    number = marker(words[at:] if at else words)
    if number is None or (number.style in ("decimal", "bare") and MEASURED.match(words, at + number.end)):
        return None  # 1.8万人 …: the rest of a sentence
    return number._replace(end=at + number.end) if at else number


def width(text: str) -> float:
    """How many Chinese characters wide the text is printed; a character of Latin-1 (Latin letter, digit, blank,
    half-width mark) is half as wide as any other: '第1章' -> 2.5."""
    return len(text) - len(text.encode("latin-1", "ignore")) / 2
