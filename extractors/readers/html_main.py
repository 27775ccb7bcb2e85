"""The main part of a web page, and what the page says about the document above it and in <meta>."""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from lxml import etree

from extractors.readers.ooxml import Element
from extractors.readers.struck import STRUCK_STYLE, STRUCK_TAGS
from extractors.readers.writer import SENTENCE_PUNCTUATION, clean
from extractors.vocabulary.pages import FILE_ENDING, spaced_labels

# fmt: off
SILENT_TAGS = frozenset((
    "aside", "button", "footer", "head", "iframe", "input", "nav", "noscript", "object", "option",
    "script", "select", "style", "svg", "template", "textarea",
))
BLOCK_TAGS = frozenset((
    "address", "article", "blockquote", "body", "br", "caption", "center", "dd", "details", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))
# fmt: on
HEADING_LEVELS = {f"h{level}": level for level in range(1, 7)}
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
HTML_SPACE = re.compile(r"[ \t\r\n\f]+")
# [1], ［2］, ①: the mark of a footnote
NOTE_MARK = re.compile(r"\s*(?:[\[［]\s*\d{1,3}\s*[\]］]|[①-⑳])\s*")
# 附件：云岭省养老服务规划.docx
ATTACHMENT_ADDRESS = re.compile(rf"{FILE_ENDING}(?:$|[?#])", re.IGNORECASE)
# 发文字号：云政发〔2021〕5号, 【发文字号】云政发〔2021〕5号, but not 发布机构概况; the value may stand in the next cell
PARTICULAR = re.compile(
    rf"[\s【\[]*(?P<label>{spaced_labels('发文字号|文号|发文机关|发文单位|发布机构|发布单位|成文日期|发文日期|发布日期')})"
    r"(?:[\s】\]]*[：:]|[\s】\]]+|$)(?P<value>.*)",
    re.DOTALL,
)
LABEL_FRAME = re.compile(r"[\s【】\[\]]+")
MAX_PARTICULAR_LENGTH = 40  # characters of a value
# a headline by its name must be that of a document: the site has a title too
DOCUMENT_WORD = re.compile(r"规划|计划|纲要|方案|意见|通知|决定|办法")
MAX_STATED_HEADLINE_LENGTH = 100  # characters
# a headline that nothing names as such ends as the title of a document and is no heading of the site (规划计划)
DOCUMENT_TITLE = re.compile(
    rf".{{6,}}(?:{DOCUMENT_WORD.pattern}|细则|批复|公告|要点|清单)(?:[（(][^（）()]{{1,20}}[）)])?"
)
CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
# 泽宁市养老服务规划_泽宁市人民政府: what parts the title of the document from the name of the site in <title>
# (not the dash of 2021-2025年)
SITE_NAME = re.compile(r"[_|｜]|(?<![—–-])[—–-]++(?!\s?\d)|(?<!\s)\s{2,}")
HEADLINE_SEARCH_LENGTH = 2_000  # characters at the beginning of the main text
NAMED_HEADLINE_TAGS = frozenset(("h1", "h2", "h3", "div", "p", "span"))  # whose id or class may say title
HEADLINE_TAGS = NAMED_HEADLINE_TAGS | {"h4", "td", "center", "font", "b", "strong"}
PUBLISHER_LABELS = ("发文机关", "发文单位", "发布机构", "发布单位")
# 泽宁市民政局; a page's source may also be a newspaper or another site
PUBLISHING_BODY = re.compile(r"[\u4e00-\u9fff]{3,30}(?:人民政府|办公厅|办公室|委员会|[厅局委部])")
META_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
MAX_LINE_ELEMENTS = 50  # elements, itself included, of an element that is one line
TITLE_ATTRIBUTE = re.compile(r"title|biaoti|bt\b", re.IGNORECASE)
MAIN_RUNNING_SHARE = 0.95  # of the running text outside of links, which the main part must keep
MAIN_TEXT_SHARE = 0.5  # of all text outside of links, which it must keep
MAX_HIDDEN_SHARE = 0.8  # of the running text: what hides more is no hidden part but the page before its script runs
MAIN_TABLE_SHARE = 0.9  # of all text, where it is a part of a table: a cell with less is one of a table of data


def main_part(root: Element) -> Element:
    """The element with the plan's text: the innermost one reached from the root by going down to a child as long as the
    child has nearly all running text and at least half of all text of its parent, and is a block other than a
    paragraph, list item or heading (`_heaviest`). Where that is a table, or a group of rows or a row of a table, the
    element around the table."""
    weights = _weights(root)
    node = _heaviest(root, weights)
    while node.tag in ("table", "thead", "tbody", "tfoot", "tr") and (parent := node.getparent()) is not None:
        node = parent
    return node


def particulars(root: Element, main: Element) -> list[str]:
    """The data about the document that the page has outside of the element `main`, as lines of a label and a value:
    ['发文字号：云政发〔2021〕5号', '成文日期：2021年12月20日']. They are those printed above `main`
    (`_labelled_above`), then what the page's <meta> elements add: 发布日期 where no line has it, from a PubDate that
    begins with a day (2021-12-20), and 发布机构 where no line has one of PUBLISHER_LABELS, from a ContentSource that is
    the name of a body (PUBLISHING_BODY)."""
    values = _labelled_above(root, main)
    if "发布日期" not in values and (day := META_DAY.match(metadata(root, "pubdate") or "")):
        values["发布日期"] = day[0]
    publisher = metadata(root, "contentsource") or ""
    if values.keys().isdisjoint(PUBLISHER_LABELS) and PUBLISHING_BODY.fullmatch(publisher):
        values["发布机构"] = publisher
    return [f"{label}：{value}" for label, value in values.items()]


def _labelled_above(root: Element, main: Element) -> dict[str, str]:
    """The values that the page prints above the element `main` beside a label of PARTICULAR, by the label, in order:
    {'发文字号': '云政发〔2021〕5号'}. The value is in the text of the label, after a colon, white space or a bracket,
    or else is the next text that is not blank, unless that begins with a label too; white space and the brackets 【】
    and [] are left out of both. Of several values of one label the first of 1 to MAX_PARTICULAR_LENGTH (40) characters
    counts."""
    values: dict[str, str] = {}
    texts = [text for text in _texts_above(root, main) if LABEL_FRAME.sub("", text)]
    for text, following in pairwise([*texts, ""]):
        if label := PARTICULAR.fullmatch(text):
            stated = label["value"] or ("" if PARTICULAR.fullmatch(following) else following)
            value = LABEL_FRAME.sub("", stated)
            if 0 < len(value) <= MAX_PARTICULAR_LENGTH:
                values.setdefault(LABEL_FRAME.sub("", label["label"]), value)
    return values


def _texts_above(root: Element, main: Element) -> Iterator[str]:
    """The texts between the tags of the page above the element `main`, in order, some of them blank or empty. Those in
    silent elements (`is_silent`) are left out, but not those after their end tags. Nothing where `main` is the root;
    all of the page where `main` is in a silent element."""
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if element is main:
            return
        if event == "end":
            yield element.tail or ""
        elif is_silent(element):
            walk.skip_subtree()
        else:
            yield element.text or ""


def metadata(root: Element, name: str) -> str | None:
    """The content of the page's <meta> element of this name, which is given in lower case, as one line: 'articletitle'
    finds <meta name="ArticleTitle" content="…">, as sites of governments describe their pages. Of several elements, the
    first whose content is not blank; None where there is none."""
    for element in root.iter("meta"):
        if (element.get("name") or "").strip().lower() == name and (content := clean(element.get("content") or "")):
            return content
    return None


def headline(root: Element, main: Element) -> str | None:
    """The headline of the document above the element `main` (`_heading_above`), or where there is none the content of
    <meta name="ArticleTitle">, if it has a word of DOCUMENT_WORD and at most MAX_STATED_HEADLINE_LENGTH (100)
    characters, or else the title of a document in <title> (`_page_title`). None where there is none of these, and where
    the first HEADLINE_SEARCH_LENGTH (2,000) characters of `main` contain it, white space aside. Where `main` is the
    body or the root, the headline is looked for in it, and where one is found the answer is None."""
    whole_page = main.tag == "body" or main.getparent() is None
    heading = _heading_above(root, None if whole_page else main)
    if heading and whole_page:
        return None
    stated = metadata(root, "articletitle")
    if not heading and stated and DOCUMENT_WORD.search(stated) and len(stated) <= MAX_STATED_HEADLINE_LENGTH:
        heading = stated
    heading = heading or _page_title(root)
    opening = re.sub(r"\s+", "", all_text(main))[:HEADLINE_SEARCH_LENGTH]
    return heading if heading and re.sub(r"\s+", "", heading) not in opening else None


def _page_title(root: Element) -> str | None:
    """The first part of the page's <title>, before the name of the site (SITE_NAME), where it is the title of a
    document (DOCUMENT_TITLE) of at most MAX_STATED_HEADLINE_LENGTH (100) characters:
    '泽宁市养老服务规划_泽宁市人民政府' -> '泽宁市养老服务规划'. None for other titles, and for a page without one."""
    printed = next((clean(HTML_SPACE.sub(" ", all_text(title))) for title in root.iter("title")), "")
    first = SITE_NAME.split(printed, maxsplit=1)[0].strip()
    return first if len(first) <= MAX_STATED_HEADLINE_LENGTH and DOCUMENT_TITLE.fullmatch(first) else None


def _heading_above(root: Element, main: Element | None) -> str | None:
    """The text, on one line, of the headline above the element `main`, or on the whole page for None. The headline is
    the last of HEADLINE_TAGS, also in a silent element, that has one line of text (`_is_line`), which is not blank, and
    is marked as a headline (`_is_marked_headline`); where none is, the last that is the title of a document by its
    words (`_is_plain_headline`). None where there is neither."""
    marked = plain = None
    page_title = "".join("".join(map(all_text, root.iter("title"))).split())
    for element in root.iter():
        if element is main:
            break
        if element.tag in HEADLINE_TAGS and _is_line(element):
            words = clean(HTML_SPACE.sub(" ", all_text(element)))
            if _is_marked_headline(element, words):
                marked = words or marked
            elif _is_plain_headline(element, words, page_title):
                plain = words
    return marked or plain


def _is_marked_headline(element: Element, words: str) -> bool:
    """Whether the element, one of HEADLINE_TAGS, is an <h1>, or an <h2>, <h3>, <div>, <p> or <span> whose id or class
    says title (TITLE_ATTRIBUTE) and whose text, which is `words`, has a word of DOCUMENT_WORD."""
    if element.tag == "h1":
        return True
    named = TITLE_ATTRIBUTE.search(f"{element.get('id', '')} {element.get('class', '')}")
    return bool(named) and element.tag in NAMED_HEADLINE_TAGS and DOCUMENT_WORD.search(words) is not None


def _is_plain_headline(element: Element, words: str, page_title: str) -> bool:
    """Whether the element is a headline by its words. Its text, which is `words`, must be the title of a document
    (DOCUMENT_TITLE), and the element must not be in a link or contain one, as the titles of other documents do.
    Besides, it must be an <h2>, <h3> or <h4>, be centred, or have its text in the page's <title>, which is `page_title`
    without white space."""
    if not DOCUMENT_TITLE.fullmatch(words) or _is_linked(element):
        return False
    return element.tag in ("h2", "h3", "h4") or _is_centred(element) or "".join(words.split()) in page_title


def _is_centred(element: Element) -> bool:
    """Whether the element, or the one around it, is centred: by its tag <center>, its attribute align or the text-align
    of its style."""
    around = [element, *islice(element.iterancestors(), 1)]
    return any(
        each.tag == "center" or each.get("align", "").lower() == "center" or CENTRED.search(each.get("style", ""))
        for each in around
    )


def _is_linked(element: Element) -> bool:
    """Whether the element is in a link or contains one, as the titles of other documents do."""
    return next(element.iterancestors("a"), None) is not None or next(element.iter("a"), None) is not None


def _is_line(element: Element) -> bool:
    """Whether the element is a single line of text: fewer than MAX_LINE_ELEMENTS (50) elements with itself, and none
    inside it is a block (BLOCK_TAGS); line breaks (br) are allowed."""
    inner = list(islice(element.iter(), MAX_LINE_ELEMENTS))
    return len(inner) < MAX_LINE_ELEMENTS and not any(each.tag in BLOCK_TAGS and each.tag != "br" for each in inner[1:])


def is_attachment(element: Element) -> bool:
    """Whether the element is a link to a file: its address has a suffix of ATTACHMENT_ADDRESS (pdf, doc, docx, wps,
    xls, xlsx, et, ofd, zip, rar or 7z) at its end or before ? or #. <a href="P02021.docx"> -> True."""
    return element.tag == "a" and ATTACHMENT_ADDRESS.search(element.get("href") or "") is not None


def unveil(root: Element) -> None:
    """Removes the style and the attribute `hidden` of elements that hide themselves (`_is_hidden`) and are the page
    (html, body) or have more than MAX_HIDDEN_SHARE (0.8) of its running text, for a script shows them later. The
    elements are changed in place; those of SILENT_TAGS, and all others, stay hidden."""
    hidden = [e for e in root.iter() if isinstance(e.tag, str) and e.tag not in SILENT_TAGS and _is_hidden(e)]
    if not hidden:
        return
    lengths = _sentences(root)
    for element in hidden:
        if element.tag in ("html", "body") or lengths[element] > lengths[root] * MAX_HIDDEN_SHARE:
            for name in ("style", "hidden"):
                element.attrib.pop(name, "")


def _sentences(root: Element) -> dict[Element, int]:
    """For each element the number of characters of running text in it, including hidden text and links, but not what is
    in SILENT_TAGS; the text after an end tag belongs to the element around it. A text between two tags counts in full,
    with its white space, where it has a sentence's punctuation, else not at all."""
    lengths: dict[Element, int] = dict.fromkeys(root.iter(), 0)
    for element in reversed(list(lengths)):
        if element.tag in SILENT_TAGS:
            lengths[element] = 0
        elif element.text and SENTENCE_PUNCTUATION.search(element.text):
            lengths[element] += len(element.text)
        parent = element.getparent()
        if parent is not None:
            tail = element.tail or ""
            lengths[parent] += lengths[element] + (len(tail) if SENTENCE_PUNCTUATION.search(tail) else 0)
    return lengths


def _is_hidden(element: Element) -> bool:
    """Whether the element hides itself, by its attribute `hidden` or by display: none or visibility: hidden in its
    style."""
    return element.get("hidden") is not None or HIDDEN_STYLE.search(element.get("style") or "") is not None


def is_silent(element: Element) -> bool:
    """Whether the text of the element is no part of the page's text: its tag is one of SILENT_TAGS (a script, a style,
    navigation), it is a comment or processing instruction, hides itself, is struck out (`is_struck`), or is the mark of
    a footnote in <sup> ([1], ①; not 2, which may be an exponent). The text after its end tag is not meant, and belongs
    to the page."""
    return (
        element.tag in SILENT_TAGS
        or not isinstance(element.tag, str)
        or _is_hidden(element)
        or is_struck(element)
        or (element.tag == "sup" and NOTE_MARK.fullmatch(all_text(element)) is not None)
    )


def is_struck(element: Element) -> bool:
    """Whether the element draws a line through its text: <del>, <s>, <strike>, or line-through in its style."""
    return element.tag in STRUCK_TAGS or STRUCK_STYLE.search(element.get("style") or "") is not None


def struck_out(main: Element) -> list[str]:
    """The texts of the elements in `main` that are struck out (`is_struck`), in order, each in one that is not:
    <p>敬老院<del>2</del>3所</p> -> ['2']."""
    found: list[str] = []
    walk = etree.iterwalk(main, events=("start",))
    for _, element in walk:
        if element is not main and isinstance(element.tag, str) and is_struck(element):
            walk.skip_subtree()
            found.append(all_text(element))
    return found


def all_text(element: Element) -> str:
    """The text of an element and of all elements in it, without tags."""
    return "".join(str(text) for text in element.itertext())


def _heaviest(node: Element, weights: dict[Element, tuple[int, int]]) -> Element:
    """The element where a walk down from `node` ends; `node` itself where the walk cannot begin. Each step goes to the
    child with most running text, of several the child with most text, then the first. The walk ends before a child that
    has no running text, is not one of BLOCK_TAGS or is a paragraph, list item or heading, or that has less than
    MAIN_RUNNING_SHARE (0.95) of its parent's running text, or less than MAIN_TEXT_SHARE (0.5; MAIN_TABLE_SHARE, 0.9,
    for a tbody, tr or td) of all its parent's text. `weights` are those that `_weights` returns."""
    while True:
        heaviest = max(node, key=lambda child: weights[child], default=None)
        if heaviest is None or heaviest.tag not in BLOCK_TAGS or heaviest.tag in ("p", "li", *HEADING_LEVELS):
            return node
        (running, words), (all_running, all_words) = weights[heaviest], weights[node]
        most = MAIN_TABLE_SHARE if heaviest.tag in ("tbody", "tr", "td") else MAIN_TEXT_SHARE
        if not running or running < all_running * MAIN_RUNNING_SHARE or words < all_words * most:
            return node
        node = heaviest


def _weights(root: Element) -> dict[Element, tuple[int, int]]:
    """For each element (characters of running text in it, all its characters), white space around each text left out. A
    link or silent element (`is_silent`) has (0, 0) and adds nothing to those around it, though elements inside it have
    weights of their own; the text after its end tag is counted. A text between two tags is running text where it has a
    sentence's punctuation."""
    weights: dict[Element, tuple[int, int]] = dict.fromkeys(root.iter(), (0, 0))
    for element in reversed(list(weights)):
        if element.tag == "a" or is_silent(element):
            weights[element] = 0, 0
        else:
            weights[element] = _added(weights[element], element.text)
        parent = element.getparent()
        if parent is not None:
            running, words = weights[element]
            weights[parent] = _added((weights[parent][0] + running, weights[parent][1] + words), element.tail)
    return weights


def running_length(root: Element) -> int:
    """The number of characters of running text that the page shows, by `_weights`: 0 for a page of links."""
    return _weights(root)[root][0]


def _added(weight: tuple[int, int], text: str | None) -> tuple[int, int]:
    """The weight of an element, (characters of running text, all characters), after a further text node in it is
    counted: ((5, 9), '到2025年，') -> (12, 16). The same weight for None."""
    words = len(text.strip()) if text else 0
    return weight[0] + (words if text and SENTENCE_PUNCTUATION.search(text) else 0), weight[1] + words
