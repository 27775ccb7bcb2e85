"""The headings of a plan and the sections between them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors import expressions as re
from extractors.document import Document
from extractors.outline.headings import ANNEX_HEADING, spaceless
from extractors.outline.nesting import headings
from extractors.outline.sections import sections
from extractors.plain import span
from extractors.reading import reading
from extractors.vocabulary.chapters import PREFACE
from extractors.vocabulary.notices import NAMED_WORK
from extractors.vocabulary.numbering import marker

if TYPE_CHECKING:
    from spacy.tokens import Doc

# quotation marks and brackets with what they hold: what a notice and the plan may print differently
UNSTEADY = re.compile(r"[\s“”‘’\"'<>〈〉《》*]|[（(〔][^（）()]*[）)〕]")
# 附件：云岭省养老服务规划, 各有关单位：
NEVER_TITLE = re.compile(r"^附|[。：；:]")
MAX_WORK_TITLE_LENGTH = 100
FRONT_BLOCKS = 60  # blocks in which a notice and the plan's title stand


def outline(doc: "Doc") -> "Doc":
    """Finds the headings and sections of the plan and puts them on the reading of `doc`: `headings`, `sections`, and
    the headings among its `facts`. The headings that are not empty in the text are also spans in
    `doc.spans["headings"]`, with their kind as label. Returns `doc`. Raises Usage for a Doc that was not made of a
    plan."""
    state = reading(doc)
    document = state.document
    body, titles = _body_start(document)
    found = headings(document, body, list(_other_works(document, body, titles)))
    state.headings = [heading for heading, _ in found.headings]
    state.sections = sections(document, found, body)
    state.facts.extend(state.headings)
    doc.spans["headings"] = [
        span(doc, seen.start, seen.end, label=heading.kind) for heading, seen in found.headings if seen.end > seen.start
    ]
    return doc


def _other_works(document: Document, body: int, titles: set[str]) -> Iterator[int]:
    """The indices of the paragraphs from block `body` on, of at most MAX_WORK_TITLE_LENGTH (100) characters, that print
    one of `titles` that is not the plan's own: in a notice of 《A》和《B》 that of B. The plan's own titles are in the
    three blocks before `body` (the first three of the document, where it begins earlier). `titles` are the keys of
    the works named at the beginning (`_body_start`); none is found where there are fewer than two. Keys of at most six
    characters are not compared, and the label of an annex before a title (附件2：) does not count."""
    own = {_title_key(document.words(block)) for block in document.blocks[max(body - 3, 0) : max(body, 3)]}
    if len(titles) < 2:
        return
    for i in range(body, len(document.blocks)):
        block = document.blocks[i]
        if block.kind == "text" and block.end - block.start <= MAX_WORK_TITLE_LENGTH:
            words = document.words(block)
            annex = ANNEX_HEADING.fullmatch(words)
            key = _title_key(annex["title"] if annex else words)
            if len(key) > 6 and key in titles and key not in own:
                yield i


def _body_start(document: Document) -> tuple[int, set[str]]:
    """The index of the block at which the plan itself begins, after the notice that distributes it and the table of
    contents; and the keys (as `_title_key` returns them) of all works that are named in the blocks searched for it: in
    《》, of 4 to 80 characters, or between 印发, 转发, 批转 or 发布 and 的通知 or 的函.

    - The plan begins after the last printing, on one to three blocks, of a title that is named above it or in it.
      Searched are the first FRONT_BLOCKS (60) blocks, or those up to the end of the contents where that is later; but
      none below a numbered block that follows both a printing and the contents: later printings are running heads.
    - Or it begins after the (last) table of contents, if that is later and ends in the first two thirds of the
      document; but at a preface (前言) that stands between the title and the end of the contents. Where there is
      neither, at block 0.
    """
    blocks = document.blocks
    after_contents = max((i + 1 for i, block in enumerate(blocks) if block.kind == "contents"), default=0)
    if after_contents * 3 > len(blocks) * 2:
        after_contents = 0
    titles: set[str] = set()
    last = numbered = 0
    early = range(min(len(blocks), max(FRONT_BLOCKS, after_contents)))
    words = [document.words(blocks[i]) if blocks[i].kind == "text" else "" for i in early]
    for i in early:
        titles |= {_title_key(named["title"] or named["bare"]) for named in NAMED_WORK.finditer(words[i])} - {""}
        if last and blocks[i].kind == "text" and marker(words[i]):
            numbered = i
        if last and i >= after_contents and numbered >= max(last, after_contents):
            break  # the title comes back as a running head
        # a title may stand on up to three lines
        stops = (i + n for n in (1, 2, 3) if any(words[i + n - 1 : i + n]))
        last = max([last, *(stop for stop in stops if _is_title(words[i:stop], titles))])
    # a preface may stand before the table of contents
    preface = (i for i in range(last, after_contents) if PREFACE.fullmatch(spaceless(document.words(blocks[i]))))
    return next(preface, max(last, after_contents)), titles


def _is_title(lines: list[str], titles: set[str]) -> bool:
    """Whether the lines together are one of the titles, with or without the region: their key is the same, or it has
    more than six characters and ends with that of the title, or that with it. `lines` are the words of one to three
    blocks that follow one another, '' for one that is no text; `titles` are keys, as `_title_key` returns them. False
    where one of the lines begins with a number or with 附, has one of 。；：: in it, or is longer than
    MAX_WORK_TITLE_LENGTH (100)."""
    if any(len(line) > MAX_WORK_TITLE_LENGTH or NEVER_TITLE.search(line) or marker(line) for line in lines):
        return False
    key = _title_key("".join(lines))
    return any(key == title or (len(key) > 6 and (title.endswith(key) or key.endswith(title))) for title in titles)


def _title_key(title: str) -> str:
    """The title without what a notice and the plan may print differently: white space, the quotation marks “”‘’"',
    《》, 〈〉, <>, *, and the brackets （）, () and 〔〕 with what is in them, also （云政发〔2021〕3号）; where round
    ones stand inside others, only the inner pair."""
    return UNSTEADY.sub("", title)
