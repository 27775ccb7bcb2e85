"""Marks in a file that are no words of the plan, and what is read in their place: Markdown, inline HTML, TeX."""

from collections.abc import Callable, Iterator
from html import unescape

from extractors import expressions as re
from ontology.model.source import Mark, Source

Cut = tuple[int, int, str]  # the stretch `start:end` to leave out, and what is read there instead

# a text with Markdown marks
MARKDOWN = re.compile(r"\*\*\S|^#{1,6}[ \t]", re.MULTILINE)
# > **专栏1 重点工程**, >1.道路工程, > alone: a line of a quotation; not > 50, a value in a table with a cell a line
QUOTE = re.compile(
    r"^[ \t]{0,3}>(?!=|[ \t]{0,4}\d{1,9}(?:\.\d{1,6})?[^\d\s，。、.．]{0,6}[ \t\r]{0,9}$)(?:[ \t]?>){0,3}[ \t]?",
    re.MULTILINE,
)
BOX_WORD = r"[【\[]?专[ ]{0,3}栏"
# 专栏1, **专栏：重点工程**, ### 【专栏】: with what a quotation begins that is a box
BOX_TITLE = re.compile(rf"[#*_\s]{{0,8}}{BOX_WORD}")
# lines of **…** or # … in a file of another format, whose program wrote Markdown into it as it was
WRITTEN_IN = re.compile(r"^[ \t\u3000]{0,8}(?:\*\*[^*\n]{2,200}\*\*|#{1,6}[ \t]{1,4}\S)", re.MULTILINE)
# **bold**, __bold__, `code`, \. escaped: marks that are not words
MARKDOWN_MARKS = re.compile(r"\*{2,3}|`|(?<!_)__(?!_)|\\(?=[\\`*_{}\[\]()#+\-.!|~>])|\x00")
# 检查企业 *80* 家: italics, after a blank; not 市教育局*、市财政局*, whose stars are a mark of the plan
ITALIC = re.compile(r"(?<![^\s（(“])(?<!\*)\*(?=[^\s*])[^*\n]{1,60}(?<=\S)\*(?=[\s，。；、）)”]|\Z)")
# <table>, </td>: what parts the pieces of a text whose tables were left as HTML
BLOCK_TAG = re.compile(
    r"</?(?:html|body|table|thead|tbody|tr|td|th|caption|p|div|center)(?:\s[^<>]{0,300})?>|<br\s?/?>", re.IGNORECASE
)
CELL_TAG = re.compile(r"<t[dh][\s>]", re.IGNORECASE)
# PM<sub>2.5</sub>
INLINE_TAG = re.compile(r"</?(?:b|strong|i|em|u|s|sup|sub|span|font)(?:\s[^<>]{0,300})?>|<br\s?/?>", re.IGNORECASE)
# &gt;95, &#8805;
ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#[xX][0-9A-Fa-f]{1,5});")
# $95\%$, $\geq 9 5 \%$, \(70\%\); not US$5 and a price in $
MATH = re.compile(
    r"(?P<open>\$|\\\()(?=[^$\n]{0,80}[\d\\])"
    r"(?P<inside>(?:\\[A-Za-z]{1,16}|\\[^A-Za-z()\n]|[\d\s.,%+\-–—~<>=≥≤≈/()\[\]{}^_°:]|(?<![A-Za-z])[A-Za-z](?![A-Za-z])"
    r"|(?<=\{)[A-Za-z]{2,12}(?=\})){1,80}?)(?P<close>\$|\\\))"
)
# \geq, \%, \!, {, ^ and the blanks between: all that is not read as it stands
TEX = re.compile(r"\\(?P<name>[A-Za-z]+)|\\(?P<sign>[%$#&_{}])|\\.|[{}^_]|\s+")
TEX_SIGNS = {
    "ge": "≥", "geq": "≥", "geqslant": "≥", "le": "≤", "leq": "≤", "leqslant": "≤", "gt": ">", "lt": "<",
    "rightarrow": "→",
    "sim": "~", "approx": "≈", "times": "×", "pm": "±", "cdot": "·", "circ": "°", "to": "→", "mu": "μ",
}  # fmt: skip
# 的医疗费用,经基本医疗保险; not 12,345 and 1:8
MARK_AFTER_CHINESE = re.compile(r"[,;:](?:(?<=[\u4e00-\u9fff”》）][,;:])|(?<=[\d%％)][,;])(?=[\u4e00-\u9fff“《]))")
FULL_WIDTH_OF = {",": "，", ";": "；", ":": "："}


def is_markdown(source: Source) -> bool:
    """Whether `**` and `#` in the text are marks of Markdown and not characters of the plan. In a text or Markdown file
    they are where `**` stands before a visible character, or a line begins with one to six # and a blank. In a file of
    another format, such as Word, they are only where a line begins with a phrase between `**` ('**一、总体要求**'), or
    with `#`, a blank and a word."""
    marks = MARKDOWN if source.format in ("txt", "md") else WRITTEN_IN
    return ("#" in source.text or "**" in source.text) and marks.search(source.text) is not None


def quoted(source: Source) -> list[tuple[int, int]]:
    """The marks of quotations in the source's text, as (start, end) of each, in order: of each line that begins with
    `>` the one to four of these signs with the blanks between, and one blank after the last. They count only in
    Markdown files and in texts with other marks of Markdown (`is_markdown`), and not before a value alone on its line
    (> 50%) or = (>=95)."""
    if ">" not in source.text or not (source.format == "md" or is_markdown(source)):
        return []
    return [found.span() for found in QUOTE.finditer(source.text)]


def quoted_boxes(source: Source) -> list[Mark]:
    """A mark `box` for each line of the quotations that are boxes, because their first line with words begins with
    专栏. The mark is on the words of the line, without the marks of the quotation. Two quotations that only empty lines
    part are one."""
    found: list[Mark] = []
    end, box = -1, None  # whether the quotation is a box, None before its first line with words
    for start, stop in quoted(source):
        if end < 0 or source.text[end:start].strip():
            box = None
        last = source.text.find("\n", stop)
        end = last if last >= 0 else len(source.text)
        if not source.text[stop:end].strip():
            continue
        if box is None:
            box = BOX_TITLE.match(source.text, stop, end) is not None
        if box:
            found.append(Mark("box", stop, end))
    return found


def markup(source: Source) -> Callable[[str], list[Cut]]:
    r"""A function that finds the marks in a piece of the source's text. It returns, for each, (start, end, what is read
    in its place), with offsets in that piece, so that '参保率$\geq 9 5 \%$' is read as 参保率≥95%. They come kind by
    kind, so they are not sorted, and marks of two kinds may overlap. Which marks it looks for depends on the format and
    the text of the source: Markdown (italics in Markdown files only), and in text and Markdown files TeX, HTML entities
    and tags."""
    text = source.text
    finders: list[Callable[[str], Iterator[Cut]]] = []
    if is_markdown(source):
        finders.append(lambda words: ((found.start(), found.end(), "") for found in MARKDOWN_MARKS.finditer(words)))
        if source.format == "md":
            finders.append(_italics)
    if source.format not in ("txt", "md"):  # other formats say the rest by other means
        return lambda words: [cut for finder in finders for cut in finder(words)]
    if MATH.search(text):
        finders.append(_math)
    if ENTITY.search(text):
        finders.append(_entities)
    if INLINE_TAG.search(text):
        finders.append(lambda words: ((found.start(), found.end(), "") for found in INLINE_TAG.finditer(words)))
    return lambda words: [cut for finder in finders for cut in finder(words)]


def readable(source: Source) -> str:
    r"""The text of the source, of the same length, with some characters replaced: , ; and : after a Chinese character
    or ” 》 ）, and , and ; between a digit, % ％ or an ASCII ) and a Chinese character or “ 《, by the full-width marks
    ('费用,经' -> '费用，经'); and, in text and Markdown files with cells of HTML tables, each tag of BLOCK_TAG (tables,
    paragraphs, div, br and the like) by blanks and a line break ('<td>甲' -> '   \n甲')."""
    text = MARK_AFTER_CHINESE.sub(lambda mark: FULL_WIDTH_OF[mark[0]], source.text)
    if source.format not in ("txt", "md") or not CELL_TAG.search(text):
        return text
    return BLOCK_TAG.sub(lambda tag: " " * (len(tag[0]) - 1) + "\n", text)


def _math(words: str) -> Iterator[Cut]:
    r"""The marks of TeX in the words: the delimiters and commands of a formula, each as (start, end, what is read in
    its place): '$\geq 95$' -> ≥95. Blanks, { } ^ _ and commands that TEX_SIGNS does not have are read as nothing; of
    \%, \$, \# and the like only the backslash is."""
    for found in MATH.finditer(words):
        yield found.start("open"), found.end("open"), ""
        for token in TEX.finditer(words, *found.span("inside")):
            yield token.start(), token.end() - bool(token["sign"]), TEX_SIGNS.get(token["name"] or "", "")
        yield found.start("close"), found.end("close"), ""


def _italics(words: str) -> Iterator[Cut]:
    """The two stars around words in italics, each as (start, end, ''). They count around at most 60 characters of one
    line, at the beginning or after white space, （, ( or “, and before white space, one of ，。；、）)” or the end:
    达到 *80* 亿元; not 达到*80*亿元, where stars may be marks of notes."""
    for found in ITALIC.finditer(words):
        yield found.start(), found.start() + 1, ""
        yield found.end() - 1, found.end(), ""


def _entities(words: str) -> Iterator[Cut]:
    """The HTML entities in the words, each as (start, end, the character that it stands for): &gt; -> >. What HTML does
    not define is left as it is."""
    for found in ENTITY.finditer(words):
        if (read := unescape(found[0])) != found[0]:
            yield found.start(), found.end(), read
