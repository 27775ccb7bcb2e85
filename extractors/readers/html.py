"""Web pages: the main text without navigation, with its tables, headings and bold runs."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from lxml import etree

from extractors.readers.decode import decode
from extractors.readers.html_main import (
    BLOCK_TAGS,
    HEADING_LEVELS,
    HTML_SPACE,
    all_text,
    headline,
    is_attachment,
    is_silent,
    main_part,
    particulars,
    struck_out,
    unveil,
)
from extractors.readers.html_missing import missing
from extractors.readers.html_script import scripted_text
from extractors.readers.limits import Limits
from extractors.readers.ooxml import Element, integer, line
from extractors.readers.provenance import of_page
from extractors.readers.struck import struck_note
from extractors.readers.writer import GridCell, Paragraph, Run, Writer, place
from ontology.model.errors import Refused
from ontology.model.source import Source

BOLD_TAGS = frozenset(("b", "strong"))
BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?P<weight>bold|[6-9]00|normal|[1-5]00)", re.IGNORECASE)
# a line break of the page's source inside Chinese text
SOFT_BREAK = re.compile(r"(?<=[^\x00-\x7f])[ \t]*+[\r\n][ \t\r\n]*+(?=[^\x00-\x7f])")
# <p class="a">: the quotes may hold angle brackets
START_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+'|["'])*+""")
# where a page says that it ends; some say so twice, and the parser would stop at the first
PAGE_END_TAG = re.compile(r"</(?:html|body)\s{0,9}>", re.IGNORECASE)
# an image within the page: data:image/png;base64,iVBORw0KGgo
DATA_URI = re.compile(r"data:[^\"'\s>]{200,}+", re.IGNORECASE)
# what may stand before the link to a file: 附件1：
ATTACHMENT_LABEL = re.compile(r"\s{0,9}附\s{0,4}件\s{0,4}\d{0,2}\s{0,4}[:：.、]?\s{0,9}|[\s\d.、（）()]{1,9}")
MAX_TAG_LENGTH = 16_384  # characters: the parser takes quadratic time over the attributes of one tag
LAYOUT_TABLE_SHARE = 0.5  # of the main text: a table of one column that holds more arranges the page and is no box
MAX_INNER_TABLE_LENGTH = 60  # characters of a table that is part of a cell of another one


def read_html(name: str, data: bytes, limits: Limits) -> Source:
    """The main text of a web page, after the lines with data about the document (`particulars`) and the headline
    (`headline`; marked as the title) that the page has above it or in its head:
    b'<nav>…</nav><h1>规划</h1><p>正文。</p>' -> a Source of the format 'html' with the lines 规划 and 正文。, the first
    marked as a heading. The text that only a script of the page holds (`scripted_text`) is read as if the page
    showed it below the rest. Its `notes` are those of the decoding (`Decoded.notes`), those on what the file does not
    hold (`missing`), one on text that is struck out (`struck_note`), and one that says that the text is a script's;
    `source_url` is the address that the page states.

    The encoding is found from the bytes (`decode`), because the one that pages declare is often wrong. Raises Refused
    where the bytes are not text, or the page is not HTML, has no element at all or is beyond the limits, and where it
    shows nothing but has a script, which may load its text; another page without text gives a Source with an empty
    text.
    """
    decoded = decode(name, data)
    root = _parse(name, _checked(name, decoded.text, limits))
    unveil(root)
    scripted = scripted_text(root)
    if scripted is not None:
        root.append(_parse(name, f"<div>{_checked(name, scripted, limits)}</div>"))
    main = main_part(root)
    writer = Writer(name, limits)
    for particular in particulars(root, main):
        writer.paragraph(Paragraph((Run(particular),)))
    if title := headline(root, main):
        writer.paragraph(Paragraph((Run(title),), title=True))
    pieces = list(_pieces(main, len(all_text(main)) * LAYOUT_TABLE_SHARE))
    if not pieces and next(root.iter("script"), None) is not None:
        raise Refused(
            f"{name}: no text in the page, which a script may load; open it in a browser and save what it shows as a "
            "txt file"
        )
    for piece in pieces:
        if isinstance(piece, Paragraph):
            writer.paragraph(piece)
        else:
            writer.grid(piece)
    notes = [*decoded.notes, *missing(root, main), *struck_note(struck_out(main))]
    notes += ["text read from a script of the page"] if scripted is not None else []
    source = writer.source(data, "html", decoded.encoding, notes)
    return replace(source, source_url=of_page(decoded.text).url)


def _checked(name: str, text: str, limits: Limits) -> str:
    """The page's HTML (`text`) with the contents of data: addresses (embedded images) of 200 characters or more
    removed, and without </body> and </html>, at which the parser would stop although more may follow. Raises Refused,
    with `name` as the file's name, where what remains has more than `limits.unpacked` characters or `limits.elements`
    opening angle brackets, or a start tag longer than MAX_TAG_LENGTH (16,384 characters)."""
    text = PAGE_END_TAG.sub("", DATA_URI.sub("data:", text))
    if len(text) > limits.unpacked or text.count("<") > limits.elements:
        raise Refused(
            f"{name}: more than {limits.unpacked:,} characters or {limits.elements:,} elements; "
            "save the page's text as a txt file or raise the limit"
        )
    if max(map(len, START_TAG.findall(text)), default=0) > MAX_TAG_LENGTH:
        raise Refused(f"{name}: a tag of more than {MAX_TAG_LENGTH:,} characters; save the page's text as a txt file")
    return text


def _parse(name: str, text: str) -> Element:
    """The root element of the page, whose HTML is `text`, without comments and processing instructions. Raises Refused,
    with `name` as the file's name, where the parser refuses it, where it has no content, and where elements are nested
    too deeply."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.LxmlError as error:
        raise Refused(f"{name}: not a web page: {line(error)}; save the page again") from None
    if root is None:
        raise Refused(f"{name}: a web page without content; save the page again")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Refused(f"{name}: elements nested thousands deep; save the page's text as a txt file")
    return root


def _pieces(main: Element, largest: float) -> Iterator[Paragraph | list[GridCell]]:
    """The paragraphs and the tables (as lists of cells) in the element `main`, in reading order, without what
    `is_silent` says is no text. The caption of a table comes before it; text between its cells is left out. A table is
    read as paragraphs where it only arranges the page or has no cells (`_grid`), where it has a single column and more
    than `largest` characters (half of those of the main text; 0 within a cell), and where it is `main` itself."""
    collector = _ParagraphCollector()
    walk = etree.iterwalk(main, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            yield from collector.leave(element)
            if element is not main:
                yield from collector.add(element.tail)
        elif element is not main and is_silent(element):
            walk.skip_subtree()
            yield from collector.enter(element)
        elif element is not main and element.tag == "table" and (grid := _grid(element, largest)):
            walk.skip_subtree()
            yield from collector.enter(element)
            for caption in element.iterchildren("caption"):
                if not is_silent(caption):
                    yield from _pieces(caption, largest)
            yield grid
        else:
            yield from collector.enter(element)
            yield from collector.add(element.text)


class _ParagraphCollector:
    """Collects the paragraph being read while the elements of a page are entered and left in order.

    `runs` are its parts so far, and `linked` says of each that is neither blank, nor the number of a list item, nor a
    label such as 附件1： or （1） (ATTACHMENT_LABEL), whether it is in a link to a file. The other attributes say what
    the current element stands in: `bold` for each open element whether its text is bold, `level` that of the heading (0
    for none), `lists` the next number of each open list (None for a bulleted one), `links` the number of open links to
    files, `verbatim` that of open <pre>.
    """

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.bold = [False]
        self.level = 0
        self.lists: list[int | None] = []
        self.links = self.verbatim = 0
        self.linked: list[bool] = []

    def enter(self, element: Element) -> Iterator[Paragraph]:
        """Notes that an element begins; yields the paragraph before it where the element is one of BLOCK_TAGS and the
        paragraph is not blank. An item whose innermost list is numbered gets its number as first words ('1. '), which
        is its own `value`, else one more than the number before it, and at first the list's `start` or 1; a `value` or
        `start` that is not one to six digits does not count."""
        tag = element.tag
        if tag in BLOCK_TAGS:
            yield from self.flush()
        if tag in HEADING_LEVELS:
            self.level = HEADING_LEVELS[tag]
        if tag in ("ol", "ul"):
            self.lists.append(integer(element.get("start"), 1) if tag == "ol" else None)
        if tag == "li" and self.lists and (number := self.lists[-1]) is not None:
            number = integer(element.get("value"), number)
            self.runs.append(Run(f"{number}. "))
            self.lists[-1] = number + 1
        self.links += is_attachment(element)
        self.verbatim += tag == "pre"
        self.bold.append(self._is_bold(element))

    def leave(self, element: Element) -> Iterator[Paragraph]:
        """Notes that an element ends, so that the bold type, list or link that it began is over; after any heading no
        heading is open. Yields the paragraph in it where the element is one of BLOCK_TAGS and the paragraph is not
        blank."""
        if element.tag in BLOCK_TAGS:
            yield from self.flush()
        if element.tag in HEADING_LEVELS:
            self.level = 0
        if element.tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        self.links -= is_attachment(element)
        self.verbatim -= element.tag == "pre"
        self.bold.pop()

    def add(self, text: str | None) -> Iterator[Paragraph]:
        """Adds text to the paragraph, and notes in `linked` whether it is in a link to a file, unless it is blank or,
        outside of such a link, a label (ATTACHMENT_LABEL). Line breaks of the HTML between two characters of the text
        that are not ASCII are removed, other white space of HTML_SPACE (no U+3000) becomes one space; in a <pre> each
        line of the text is a paragraph, of which all but the last are yielded. It is bold where the current element is
        bold and no heading is open. Nothing for None and ''."""
        lines = (text or "").split("\n") if self.verbatim else [SOFT_BREAK.sub("", text or "")]
        for n, part in enumerate(lines):
            if n:
                yield from self.flush()
            words = HTML_SPACE.sub(" ", part)
            if words.strip() and (self.links or not ATTACHMENT_LABEL.fullmatch(words)):
                self.linked.append(self.links > 0)
            if words:
                self.runs.append(Run(words, self.bold[-1] and not self.level))

    def flush(self) -> Iterator[Paragraph]:
        """Yields the paragraph collected so far, unless it is blank, and begins a new one. A paragraph of one or
        more links to files, and nothing else but labels (`linked`), is marked as an attachment, and is no heading."""
        if any(run.text.strip() for run in self.runs):
            linked = all(self.linked) and bool(self.linked)
            yield Paragraph(tuple(self.runs), 0 if linked else self.level, attachment=linked)
        self.runs, self.linked = [], []

    def _is_bold(self, element: Element) -> bool:
        """Whether the text of an element that is being entered is bold: by the font-weight of its style, where that is
        bold or bolder, normal, or 100 to 900 in hundreds; else where its tag is one of BOLD_TAGS or the text around it
        is bold."""
        if style := BOLD_STYLE.search(element.get("style") or ""):
            return style["weight"].lower() not in ("normal", "100", "200", "300", "400", "500")
        return self.bold[-1] or element.tag in BOLD_TAGS


def _grid(table: Element, largest: float) -> list[GridCell] | None:
    """The cells of a table, placed in rows and columns; [] where it has none. None for a table that only arranges the
    page: it contains a heading or a table of more than MAX_INNER_TABLE_LENGTH (60) characters; it contains tables and
    has fewer than two rows of at least three cells; or no row has two cells and it has more than `largest` characters,
    half of those of the main text (0 within a cell). Rows of tables in it are not counted as its own.

    The rows of <tfoot> come last, wherever it stands. Silent rows and cells (`is_silent`), and all in silent groups of
    rows, are left out. Smaller tables inside a cell, which some editors put around a value, are part of the cell."""
    if next(table.iter(*HEADING_LEVELS), None) is not None:
        return None
    inner = [other for other in table.iter("table") if other is not table]
    if any(len(all_text(other)) > MAX_INNER_TABLE_LENGTH for other in inner):
        return None
    own_rows = [row for row in table.iter("tr") if not inner or next(row.iterancestors("table")) is table]
    own_rows = [row for row in own_rows if not any(map(is_silent, (row, *islice(row.iterancestors(), 1))))]
    own_rows.sort(key=lambda row: any(group.tag == "tfoot" for group in islice(row.iterancestors(), 1)))
    rows = [[_cell(cell) for cell in row if cell.tag in ("td", "th") and not is_silent(cell)] for row in own_rows]
    if inner and sum(len(row) > 2 for row in rows) < 2:
        return None
    single = all(len(row) < 2 for row in rows)
    return None if single and len(all_text(table)) > largest else place(rows)


def _cell(cell: Element) -> tuple[int, int, tuple[Paragraph, ...]]:
    """The row span, the column span and the paragraphs of a td or th element; a table in it gives the paragraphs of its
    cells. A span that is no number is 1, and 0 stays 0."""
    paragraphs: list[Paragraph] = []
    for piece in _pieces(cell, 0):
        paragraphs += [piece] if isinstance(piece, Paragraph) else [p for inner in piece for p in inner.paragraphs]
    return integer(cell.get("rowspan"), 1), integer(cell.get("colspan"), 1), tuple(paragraphs)
