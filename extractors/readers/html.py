"""Web pages: the main text without navigation, with its tables, headings and bold runs."""

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from extractors.readers.decode import decode
from extractors.readers.limits import Limits
from extractors.readers.writer import GridCell, Paragraph, Run, Writer, clean, place
from kg.model.errors import Refused
from kg.model.source import Source

Element = etree._Element

# fmt: off
SILENT = frozenset((
    "aside", "button", "footer", "head", "iframe", "input", "nav", "noscript", "object", "option",
    "script", "select", "style", "svg", "template", "textarea",
))
BLOCK = frozenset((
    "address", "article", "blockquote", "body", "br", "caption", "center", "dd", "details", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))
# fmt: on
BOLD = frozenset(("b", "strong"))
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?P<weight>bold|[6-9]00|normal|[1-5]00)", re.IGNORECASE)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
SPACE = re.compile(r"[ \t\r\n\f]+")
# a line break of the page's source inside Chinese text
SOFT_BREAK = re.compile(r"(?<=[^\x00-\x7f])[ \t]*+[\r\n][ \t\r\n]*+(?=[^\x00-\x7f])")
SENTENCE = re.compile(r"[，。；]")
# [1], ［2］, ①: the mark of a footnote
NOTE_MARK = re.compile(r"\s*(?:[\[［]\s*\d{1,3}\s*[\]］]|[①-⑳])\s*")
# 附件：云岭省养老服务规划.docx
ATTACHMENT = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|zip|rar|7z)(?:$|[?#])", re.IGNORECASE)
# 发文字号：云政发〔2021〕5号; the value may stand in the next cell
LABEL = re.compile(
    r"(?P<label>发文字号|文号|发文机关|发文单位|发布机构|发布单位|成文日期|发文日期|发布日期)[：:]?(?P<value>.*)"
)
FRAME = re.compile(r"[\s【】\[\]]+")
LONGEST_VALUE = 40
TITLE_NAME = re.compile(r"title|biaoti|bt\b", re.IGNORECASE)
# <p class="a">: the quotes may hold angle brackets
TAG = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+'|["'])*+""")
# an image within the page: data:image/png;base64,iVBORw0KGgo
DATA_URI = re.compile(r"data:[^\"'\s>]{200,}+", re.IGNORECASE)
LONGEST_TAG = 16_384  # the parser takes quadratic time over the attributes of one tag
MAIN = 0.95  # the share of the running text that the main part must keep
MOST = 0.5  # and of all its words
MOST_OF_TABLE = 0.9  # a cell with less shares a table of data with others
LAYOUT = 0.5  # the share of the main text that a single column holds when it is the page's, not a box's


def read_html(name: str, data: bytes, limits: Limits) -> Source:
    """b'<nav>…</nav><h1>规划</h1><p>正文。</p>' -> text '规划\\n正文。\\n', a heading mark on 规划.

    The encoding is that of the bytes: what the page declares of itself is wrong too often.
    """
    decoded = decode(name, data)
    root = _parse(name, _checked(name, decoded.text, limits))
    main = _main(root)
    writer = Writer(name, limits)
    for particular in _particulars(root, main):
        writer.paragraph(Paragraph((Run(particular),)))
    if title := _title(root, main):
        writer.paragraph(Paragraph((Run(title),), title=True))
    for piece in _pieces(main, len(_all_text(main)) * LAYOUT):
        if isinstance(piece, Paragraph):
            writer.paragraph(piece)
        else:
            writer.grid(piece)
    attached = _attachments(main)
    notes = [*decoded.notes, *([f"attachments, not read: {'、'.join(attached)}"] if attached else [])]
    return writer.source(data, "html", decoded.encoding, notes)


def _checked(name: str, text: str, limits: Limits) -> str:
    """The page without embedded images; Refused where parsing it would cost too much."""
    text = DATA_URI.sub("data:", text)
    if len(text) > limits.unpacked or text.count("<") > limits.elements:
        raise Refused(
            f"{name}: more than {limits.unpacked:,} bytes or {limits.elements:,} elements; "
            "save the page's text as a txt file or raise the limit"
        )
    if max(map(len, TAG.findall(text)), default=0) > LONGEST_TAG:
        raise Refused(f"{name}: a tag of more than {LONGEST_TAG:,} characters; save the page's text as a txt file")
    return text


def _parse(name: str, text: str) -> Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.LxmlError as error:
        raise Refused(f"{name}: not a web page: {_line(error)}; save the page again") from None
    if root is None:
        raise Refused(f"{name}: a web page without content; save the page again")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Refused(f"{name}: elements nested thousands deep; save the page's text as a txt file")
    return root


def _line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _main(root: Element) -> Element:
    """The innermost element that keeps nearly all running text, and most of the other, of what is no link."""
    weights = _weights(root)
    node = _heaviest(root, weights)
    while node.tag in ("table", "thead", "tbody", "tr") and (parent := node.getparent()) is not None:
        node = parent
    return node


def _heaviest(node: Element, weights: dict[Element, tuple[int, int]]) -> Element:
    while True:
        heaviest = max(node, key=lambda child: weights[child], default=None)
        if heaviest is None or heaviest.tag not in BLOCK or heaviest.tag in ("p", "li", *HEADINGS):
            return node
        (running, words), (all_running, all_words) = weights[heaviest], weights[node]
        most = MOST_OF_TABLE if heaviest.tag in ("tbody", "tr", "td") else MOST
        if not running or running < all_running * MAIN or words < all_words * most:
            return node
        node = heaviest


def _weights(root: Element) -> dict[Element, tuple[int, int]]:
    """For each element the characters of sentences, and of all words, that are neither links nor silent."""
    weights: dict[Element, tuple[int, int]] = dict.fromkeys(root.iter(), (0, 0))
    for element in reversed(list(weights)):
        if element.tag == "a" or _is_silent(element):
            weights[element] = 0, 0
        else:
            weights[element] = _added(weights[element], element.text)
        parent = element.getparent()
        if parent is not None:
            running, words = weights[element]
            weights[parent] = _added((weights[parent][0] + running, weights[parent][1] + words), element.tail)
    return weights


def _added(weight: tuple[int, int], text: str | None) -> tuple[int, int]:
    words = len(text.strip()) if text else 0
    return weight[0] + (words if text and SENTENCE.search(text) else 0), weight[1] + words


def _is_silent(element: Element) -> bool:
    return (
        element.tag in SILENT
        or not isinstance(element.tag, str)
        or element.get("hidden") is not None
        or HIDDEN_STYLE.search(element.get("style") or "") is not None
        or (element.tag == "sup" and NOTE_MARK.fullmatch(_all_text(element)) is not None)
    )


def _particulars(root: Element, main: Element) -> list[str]:
    """What the site says of the document above its main part: 发文字号：云政发〔2021〕5号, 成文日期：2021年12月20日."""
    words: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if element is main:
            break
        if event == "end":
            words.append(element.tail or "")
        elif _is_silent(element):
            walk.skip_subtree()
        else:
            words.append(element.text or "")
    found: dict[str, str] = {}
    pieces = list(filter(None, (FRAME.sub("", text) for text in words)))
    for piece, following in pairwise([*pieces, ""]):
        if label := LABEL.fullmatch(piece):
            value = label["value"] or (following if not LABEL.fullmatch(following) else "")
            if 0 < len(value) <= LONGEST_VALUE:
                found.setdefault(label["label"], value)
    return [f"{label}：{value}" for label, value in found.items()]


def _title(root: Element, main: Element) -> str | None:
    """The headline that stands above the main part, unless the main part begins with it."""
    headline = None
    for element in root.iter("h1", "h2", "h3", "div", "p", "span"):
        if element is main:
            break
        named = TITLE_NAME.search(f"{element.get('id', '')} {element.get('class', '')}")
        if (element.tag == "h1" or named) and not any(True for _ in element.iter(*BLOCK - {"br", element.tag})):
            headline = clean(SPACE.sub(" ", _all_text(element))) or headline
    if not headline or main.tag == "body" or main.getparent() is None:
        return None
    opening = re.sub(r"\s+", "", _all_text(main))[:2000]
    return None if re.sub(r"\s+", "", headline) in opening else headline


def _all_text(element: Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _attachments(main: Element) -> list[str]:
    """The names of the files that the main part links to."""
    names = [clean(_all_text(a)) for a in main.iter("a") if ATTACHMENT.search(a.get("href") or "")]
    return list(dict.fromkeys(filter(None, names)))


def _pieces(main: Element, largest: float) -> Iterator[Paragraph | list[GridCell]]:
    """The paragraphs and tables in reading order; a single column of more than `largest` is no table."""
    text = _Text()
    walk = etree.iterwalk(main, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            yield from text.leave(element)
            if element is not main:
                text.add(element.tail)
        elif element is not main and _is_silent(element):
            walk.skip_subtree()
            yield from text.enter(element)
        elif element is not main and element.tag == "table" and (grid := _grid(element, largest)):
            walk.skip_subtree()
            yield from text.enter(element)
            yield grid
        else:
            yield from text.enter(element)
            text.add(element.text)


class _Text:
    """The paragraph being collected, and the faces of the elements around it."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.bold = [False]
        self.level = 0
        self.lists: list[int | None] = []

    def enter(self, element: Element) -> Iterator[Paragraph]:
        tag = element.tag
        if tag in BLOCK:
            yield from self.flush()
        if tag in HEADINGS:
            self.level = HEADINGS[tag]
        if tag in ("ol", "ul"):
            self.lists.append(_number(element.get("start"), 1) if tag == "ol" else None)
        if tag == "li" and self.lists and (number := self.lists[-1]) is not None:
            number = _number(element.get("value"), number)
            self.runs.append(Run(f"{number}. "))
            self.lists[-1] = number + 1
        self.bold.append(self._is_bold(element))

    def leave(self, element: Element) -> Iterator[Paragraph]:
        if element.tag in BLOCK:
            yield from self.flush()
        if element.tag in HEADINGS:
            self.level = 0
        if element.tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        self.bold.pop()

    def add(self, text: str | None) -> None:
        if text:
            text = SPACE.sub(" ", SOFT_BREAK.sub("", text))
            self.runs.append(Run(text, self.bold[-1] and not self.level))

    def flush(self) -> Iterator[Paragraph]:
        if any(run.text.strip() for run in self.runs):
            yield Paragraph(tuple(self.runs), self.level)
        self.runs = []

    def _is_bold(self, element: Element) -> bool:
        if style := BOLD_STYLE.search(element.get("style") or ""):
            return style["weight"].lower() not in ("normal", "100", "200", "300", "400", "500")
        return self.bold[-1] or element.tag in BOLD


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def _grid(table: Element, largest: float) -> list[GridCell] | None:
    """The cells of a table; None for one that lays out the page: it has tables, headings, the text."""
    if any(True for inner in table.iter("table", *HEADINGS) if inner is not table):
        return None
    rows = [[_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    single = all(len(row) < 2 for row in rows)
    return None if single and len(_all_text(table)) > largest else place(rows)


def _cell(cell: Element) -> tuple[int, int, tuple[Paragraph, ...]]:
    paragraphs = tuple(piece for piece in _pieces(cell, 0) if isinstance(piece, Paragraph))
    return _number(cell.get("rowspan"), 1), _number(cell.get("colspan"), 1), paragraphs
